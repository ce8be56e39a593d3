"""
Pages are looked at, and records rendered, on other machines, by the workers of a Dask cluster.

A job is a few pages, or records. It goes to the scheduler, which gives it to a worker, and to another one where that one dies;
what comes of it is taken in here, in order, as if it had been done on this machine. A worker looks at pages in the folder that we
have, where it sees the same one; else it is sent the files that the pages load. What is rendered is written here alone.

A worker takes part only where it is as we are: of the same version, with the same libraries, and with the browser that the
others have. What is sent is Dask's: Python's pickle. Whoever can speak to the scheduler can run what he likes on the workers.
"""

import hashlib
import logging
import os
import pickle
import platform
import re
import shutil
import signal
import tempfile
import time
import traceback
import uuid
import warnings
import zlib
from abc import ABC, abstractmethod
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from . import __version__
from .away import Away, Home, Task
from .changes import References
from .crew import cores
from .errors import A11yNewsError, BrowserError
from .exclusion import Exclusions
from .message import Message, say
from .page import Exposed, Page
from .rule import RuleFacts
from .site import Site

if TYPE_CHECKING:
    from .live.portrait import Shot, Taken
    from .live.session import Session, Visit
    from .live.station import Plan, Sent

EXTRA = "pip install 'a11ynews[cluster]'"

_PATIENCE = 5
"""Seconds that a scheduler may take to answer."""

_COMING, _COMING_BACK = 30.0, 180.0
"""Seconds in which a first worker must have come; and in which one must have come back, which begins anew after it died."""

_PAGES_A_JOB = 8
_JOBS_A_SLOT = 4
"""Where there are few pages, each worker has so many jobs, so that none has to wait for another one at the end."""

_WEB = 8
"""So many pages of the web are looked at at the same time, by all workers together: they can all be of one server."""

_AHEAD = 50
"""So many jobs may be done before one that takes its time, or is done again."""

_TRIES = 5
_MOST_SENT = 200_000_000
"""Bytes of files that a page may load from a folder which the workers do not see."""

_LIBRARIES = ("babel", "jinja2", "lxml", "markupsafe", "pillow", "pydantic")
_OF_BROWSER = ("axe-playwright-python", "playwright")
"""What decides, besides ourselves and the browser, what comes of a page."""


# -- who takes part ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be the same wherever pages of one check are looked at."""

    parts: tuple[tuple[str, str], ...]
    """Names and versions."""
    code: str
    """The digest of our own code: two of one version can differ."""
    browser: str = ""
    """The browser and its version; empty where none is needed."""
    by: str = field(default="", compare=False)
    """What tells the browser and its fonts from others that call themselves the same: results of these are not known by it."""

    def unlike(self, other: "Identity") -> str:
        """In what another one differs, in words; empty where it does not."""
        pairs = zip(self.parts, other.parts, strict=True)
        told = [f"{name} {ours or 'none'} instead of {theirs or 'none'}" for (name, ours), (_, theirs) in pairs if ours != theirs]
        if self.browser != other.browser:
            told.append(f"{self.browser or 'no browser'} instead of {other.browser or 'none'}")
        if not told and self.code != other.code:
            told = [f"another code of a11ynews {__version__}"]
        return ", ".join(told)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.js")]):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _parts(*, browser: bool) -> tuple[tuple[str, str], ...]:
    parts = [("a11ynews", __version__), ("Python", ".".join(platform.python_version_tuple()[:2]))]
    for name in (*_LIBRARIES, *(_OF_BROWSER if browser else ())):
        try:
            parts.append((name, version(name)))
        except PackageNotFoundError:
            parts.append((name, ""))
    return tuple(parts)


def identity(*, browser: bool) -> Identity:
    """What this process is. Raises BrowserError where there is no browser and one is wanted."""
    parts = _parts(browser=browser)
    if not browser:
        return Identity(parts, _code())
    from .live.station import looked_by

    return Identity(parts, _code(), _browser(os.environ.get("A11YNEWS_BROWSER", "")), looked_by())


@cache
def _browser(_named: str) -> str:
    from .live.browser import find

    return find().version


# -- what is sent ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Request:
    """What a worker is asked for."""

    check: str
    kind: str
    expected: Identity
    plan: "Plan | Away | None" = None
    """What it must know of the check; None where it knows that already."""
    sent: tuple["Sent", ...] = ()
    shots: tuple["Shot", ...] = ()
    files: Mapping[str, bytes | None] | None = None
    """The files of the site; None where the worker sees the folder, and in place of what it has been sent before."""
    task: "Task | None" = None
    """What is to be done with which records."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a worker answers."""

    worker: str
    kind: str
    """`done`; or why not: `plan`, `folder`, `files`, `stranger`, `browser`, `stopped`, `bug`."""
    content: Any = None


def _pack(what: Any) -> bytes:
    return zlib.compress(pickle.dumps(what), 1)


def _unpack(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))


# -- on the worker -----------------------------------------------------------------------------------------------------


def work(packed: bytes) -> bytes:
    """Do a job. This is what runs on a worker."""
    from distributed import get_worker

    worker = get_worker()
    kind, content = _desk(worker).answer(_unpack(packed))
    return _pack(_Answer(worker.address, kind, content))


class _Call:
    """A job as it is sent: unpickling it does it. The scheduler unpickles what a worker is to call, and need not know us."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def __reduce__(self) -> tuple[Any, ...]:
        return work, (self._packed,)


def introduce(browser: bool) -> Identity | str:
    """What a worker says of itself, or why it cannot look at pages."""
    try:
        return identity(browser=browser)
    except BrowserError as error:
        return error.args[0]  # type: ignore[no-any-return]  # a message is a string


def leave(checks: Sequence[str]) -> None:
    """Have a worker do nothing more for checks that have ended."""
    if desk := _Desk.of_process:
        for check in checks:
            desk.station.stop(check)
        # This runs where the worker listens, which must not wait for a browser.
        Thread(target=desk.forget, args=(checks,), daemon=True).start()


class _Desk:
    """What a worker keeps from job to job."""

    of_process: "_Desk | None" = None
    lock = Lock()

    def __init__(self, scratch: str) -> None:
        from .live.station import Station

        self._scratch = scratch
        self.station = Station(scratch)
        self._plans: OrderedDict[str, Plan | Away] = OrderedDict()

    def answer(self, request: _Request) -> tuple[str, Any]:
        """Do what is asked for; the kind of the answer, and its content."""
        try:
            own = identity(browser=request.task is None)
            if own != request.expected:
                return "stranger", own
            if request.plan:
                self._plans[request.check] = request.plan
                while len(self._plans) > 16:
                    _close(self._plans.popitem(last=False)[1])
            plan = self._plans.get(request.check)
            return self._do(request, plan) if plan else ("plan", None)
        except BrowserError as error:
            return "browser", error.args[0]
        except A11yNewsError as error:
            return "fault", str(error)
        except Exception:  # noqa: BLE001 – told where the work was asked for, with where it happened
            return "bug", traceback.format_exc()

    def forget(self, checks: Sequence[str]) -> None:
        """Close what is kept for checks that have ended."""
        for check in checks:
            _close(self._plans.pop(check, None))
            self.station.forget(check)

    def close(self) -> None:
        """End all that is kept, browsers included."""
        # Playwright's driver may have ended before us, by the same Ctrl+C, and what it is asked then is nobody's business.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        self.station.close()
        for plan in self._plans.values():
            _close(plan)

    def _do(self, request: _Request, plan: "Plan | Away") -> tuple[str, Any]:
        if isinstance(plan, Away):
            assert request.task
            return "done", plan(request.task, self._scratch)
        if request.kind == "facts":
            return "done", self.station.facts(plan)
        if request.files is None:
            if not all(_digest(Path(plan.root, one.path)) == one.digest for one in request.sent if one.path):
                return "folder", None
        elif missing := self.station.lacks(plan, request.files):
            return "files", missing
        if request.kind == "portray":
            return "done", self.station.portray(plan, request.sent[0], request.shots, request.files)
        looked = [*self.station.looks(plan, request.sent, request.files)]
        return ("done", looked) if len(looked) == len(request.sent) else ("stopped", None)


def _close(plan: "Plan | Away | None") -> None:
    if isinstance(plan, Away):
        plan.close()


def _desk(worker: Any) -> _Desk:
    with _Desk.lock:
        if _Desk.of_process is None:
            _Desk.of_process = _Desk(worker.local_directory)
            worker.loop.add_callback(worker.plugin_add, plugin=_closing(), name="a11ynews")
        return _Desk.of_process


def _closing() -> Any:
    from distributed import WorkerPlugin

    class Closing(WorkerPlugin):
        """Ends the browsers with the worker."""

        def teardown(self, worker: Any) -> None:  # noqa: ARG002 – as Dask calls it
            desk, _Desk.of_process = _Desk.of_process, None
            if desk:
                desk.close()

    return Closing()


def _digest(file: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


# -- on our side -------------------------------------------------------------------------------------------------------


@contextmanager
def joined(scheduler: str, most: int | None = None) -> "Iterator[Cluster]":
    """
    The cluster of a scheduler, by its address; a new one on this machine where that is `local` or `local:4`.

    At most so many pages are looked at at the same time. Raises A11yNewsError where Dask is not installed, or no scheduler
    answers.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise A11yNewsError(f"--scheduler needs Dask, which is not installed ({error}); run: {EXTRA}") from None
    with ExitStack() as lifetime:
        lifetime.enter_context(_quiet(distributed))
        lifetime.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
        address: Any = scheduler
        connect: Any = distributed.Client
        if scheduler == "local" or scheduler.startswith("local:"):
            number = int(scheduler.partition(":")[2] or cores())
            try:
                address = lifetime.enter_context(local(number))
            except (OSError, RuntimeError) as error:
                raise A11yNewsError(
                    f"no Dask cluster starts on this machine ({error}); see that there is memory and disk left"
                ) from None
        else:
            _see_to_certificates(scheduler)
        try:
            client = connect(address, timeout=_PATIENCE, set_as_default=False, name="a11ynews")
        except (OSError, ValueError, RuntimeError, TypeError) as error:
            raise A11yNewsError(_unanswered(scheduler, " ".join(str(error).split()) or type(error).__name__)) from None
        lifetime.callback(client.close, timeout=5)
        yield Cluster(client, scheduler, most)


_TLS = "distributed.comm.tls"
_CERTIFICATES = (f"{_TLS}.ca-file", f"{_TLS}.client.cert", f"{_TLS}.client.key")


def _see_to_certificates(scheduler: str) -> None:
    """
    See that what TLS needs is there, before anybody is spoken to: Dask's configuration names it.

    Raises A11yNewsError where it is not, or where it does not fit together.
    """
    import dask
    import distributed

    if not scheduler.startswith("tls://"):
        return
    named = {key: dask.config.get(key, None) for key in _CERTIFICATES}
    if missing := [key for key, file in named.items() if not file]:
        variables = ", ".join(f"DASK_{key.upper().replace('.', '__').replace('-', '_')}" for key in missing)
        raise A11yNewsError(
            f"{scheduler} needs certificates, and Dask's configuration does not name all of them; name files for "
            f"{', '.join(missing)} there, or in the environment ({variables})"
        )
    for key, file in named.items():
        try:
            Path(file).read_bytes()
        except OSError as error:
            raise A11yNewsError(
                f"{file}: the file cannot be read ({error.strerror}); mend {key} in Dask's configuration"
            ) from None
    security: Any = distributed.Security
    try:
        security().get_connection_args("client")
    except OSError as error:
        reason = getattr(error, "reason", None) or str(error)
        raise A11yNewsError(
            f"{', '.join(named.values())}: these are no authority, certificate and key that go together ({reason}); mend "
            f"{_TLS} in Dask's configuration"
        ) from None


def _unanswered(scheduler: str, reason: str) -> str:
    """That a scheduler could not be joined, and what may be the matter."""
    if scheduler.startswith("tls://") and re.search(r"\b(?:TLS certificate|SSL\w*)\b", reason):
        return (
            f"the scheduler at {scheduler} and this machine do not accept each other's certificates ({reason}); see that both "
            f"have one of the authority in {_TLS}.ca-file, and that the scheduler speaks TLS at all: else write tcp://"
        )
    hint = ", and that it does not speak TLS: else write tls://" if "ConnectionReset" in reason else ""
    return f"no Dask scheduler answers at {scheduler} ({reason}); see that it runs, and that its address is right{hint}"


@contextmanager
def local(number: int, **more: Any) -> Iterator[Any]:
    """
    A Dask cluster of so many processes on this machine, which ends with us; `more` is for Dask's own.

    It listens on 127.0.0.1 alone, and shows no dashboard.
    """
    import dask
    from distributed import LocalCluster

    start: Any = LocalCluster
    scratch = tempfile.mkdtemp(prefix="a11ynews-")
    # Without a dashboard nobody looks at what workers spend their time on, or at how busy the disk is.
    unseen = {"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.disk": False}
    nothing = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": [], **unseen}
    # A worker that has died is begun anew, which takes a while on a busy machine; after 15 seconds it would be given up for good.
    patient = {"distributed.deploy.lost-worker-timeout": "1h"}
    how: dict[str, Any] = {
        "n_workers": number,
        "threads_per_worker": 1,
        "processes": True,
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
        "worker_dashboard_address": None,
        "scheduler_kwargs": {"dashboard": False},
        "local_directory": scratch,
        "silence_logs": logging.CRITICAL,
    }
    try:
        with ExitStack() as lifetime:
            lifetime.enter_context(dask.config.set(patient))  # it is asked for when one has died
            with dask.config.set(nothing), _signals_kept():
                cluster = lifetime.enter_context(start(**how | more))
            yield cluster
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _signals_kept() -> Iterator[None]:
    """
    Keep Ctrl+C from the threads that begin meanwhile, and from the processes that these begin: it is for us to end them.

    A terminal sends it to all processes at once.
    """
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    ensure_running()  # where it began later, it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _quiet(distributed: Any) -> Iterator[None]:
    """Have Dask not write to the terminal: what there is to be said of it we say ourselves."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
            yield
    finally:
        log.setLevel(before)


@dataclass(slots=True, eq=False)
class _Job:
    """Something that is to be done by one worker."""

    kind: str
    numbers: tuple[int, ...] = ()
    pages: tuple[Page, ...] = ()
    shots: tuple["Shot", ...] = ()
    task: Task | None = None
    near: str = ""
    """The worker that is to have it, if it is still there."""
    has_plan: bool = False
    files: dict[str, Path] | None = None
    """The files that the pages load; None where the worker sees the folder."""
    carried: set[str] = field(default_factory=set)
    """Those of them that the worker has not."""
    is_alone: bool = False
    """Whether nothing else is done at the same time: so a worker's death is its own."""
    tries: int = 0


class Cluster:
    """Workers that look at pages for us."""

    def __init__(self, client: Any, address: str, most: int | None = None) -> None:
        self.client = client
        self.address = address
        self.most = most
        """How many pages are looked at at the same time, if that is limited."""
        self.barred: dict[str, Message] = {}
        """The workers that are not asked any more, each with why."""
        self._workers: dict[str, int] = {}
        self._asked = 0.0
        self._alone: float | None = None
        """Since when there is no worker."""
        self._has_worked = False

    @contextmanager
    def looking(self) -> Iterator["Lookers"]:
        """Those who look at the pages of one check; at the end the workers forget it, however it ends."""
        lookers = Lookers(self)
        try:
            yield lookers
        finally:
            lookers.end()

    @contextmanager
    def rendering(self, away: Away, site: Site) -> Iterator["Renderers"]:
        """Those who render records of a site. Raises A11yNewsError where they are not as they must be."""
        renderers = Renderers(self, away, site)
        try:
            yield renderers
        finally:
            renderers.end()

    def workers(self) -> dict[str, int]:
        """
        The workers that can be asked, with how many jobs each can do at the same time.

        Raises BrowserError where there has been none for a while, or the scheduler is gone.
        """
        now = time.monotonic()
        if self.client.status not in ("running", "connecting"):
            raise BrowserError(say("the Dask scheduler at {address} is gone; start it, and check again", address=self.address))
        if now - self._asked > 1 or not self._workers:
            self._asked = now
            with suppress(Exception):  # whatever is in the way: it is asked again soon
                self._workers = dict(self.client.sync(self.client.scheduler.ncores, callback_timeout=_PATIENCE))
        there = {worker: number for worker, number in self._workers.items() if worker not in self.barred}
        if self.barred and self._workers and not there:
            raise BrowserError(_odd(self.barred))
        if there:
            self._alone, self._has_worked = None, True
        elif self._alone is None:
            self._alone = now
        elif now - self._alone > (_COMING_BACK if self._has_worked else _COMING):
            raise BrowserError(
                say(
                    "there is no worker at {address} that could look at pages; start one: dask worker {address}",
                    address=self.address,
                )
            )
        return there

    def introduced(self, *, browser: bool) -> tuple[Identity | None, dict[str, Message]]:
        """
        What the workers are, and which of them cannot take part, each with why.

        The first is None where there is none that can. Raises BrowserError where no worker has come.
        """
        while not self.workers():
            time.sleep(0.2)
        told = self.client.run(introduce, browser, on_error="return")
        odd = {worker: _unknown(answer) for worker, answer in told.items() if not isinstance(answer, Identity)}
        known = {worker: answer for worker, answer in told.items() if isinstance(answer, Identity)}
        if not known:
            return None, odd
        most = Counter(answer.browser for answer in known.values()).most_common(1)[0][0]
        # We need no browser ourselves.
        looks = {answer.by for answer in known.values()}
        ours = Identity(_parts(browser=browser), _code(), most, looks.pop() if len(looks) == 1 else "")
        for worker, answer in known.items():
            if unlike := answer.unlike(ours):
                odd[worker] = _unlike(unlike)
        return ours, odd


def _unlike(what: str) -> Message:
    return say("it has {unlike}; install the same there", unlike=what)


def _odd(odd: Mapping[str, Message]) -> Message:
    """Why not every worker can take part."""
    told = [say("{worker}: {reason}", worker=worker, reason=reason) for worker, reason in sorted(odd.items())]
    return say("not every worker can take part in it: {reasons}", reasons=_joined(told))


def _unknown(answer: object) -> Message:
    if isinstance(answer, Message):
        return answer
    if isinstance(answer, ModuleNotFoundError):
        return say("a11ynews is not installed there ({error}); install it", error=str(answer))
    return say("it does not say what it is ({error}); look at what it logs", error=f"{type(answer).__name__}: {answer}")


class _Party(ABC):
    """The workers of a cluster at work on one thing, whatever it is."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._jobs = _Jobs(cluster.client)
        self._checks: list[str] = []
        self._expected: Identity
        """What a worker must be."""

    def end(self) -> None:
        """Have the workers do nothing more for it, and forget it."""
        self._jobs.drop()
        client = self.cluster.client
        if self._checks and client.status == "running":
            with suppress(Exception):  # a worker that cannot be reached forgets it by itself
                client.sync(client._run, leave, self._checks, on_error="ignore", callback_timeout=_PATIENCE)

    @property
    def _most(self) -> int | None:
        """How many jobs are given out at the same time, where that is limited."""
        return self.cluster.most

    @abstractmethod
    def _request(self, job: _Job) -> _Request | None:
        """What a worker is asked for; None where that is too large to be sent."""

    @abstractmethod
    def _more(self, job: _Job, answer: _Answer) -> bool:
        """Add to a job what a worker wants to have for it; False where the answer is about something else."""

    def _answers(self, supply: Callable[[int], _Job | None]) -> Iterator[tuple[_Job, str, Any]]:
        """
        Have jobs done as `supply` gives them, which is told how many are being done; what came of each.

        That is `done`, `killed`, `large` or `bug`. What only needs another worker, or more of what the job is about, is seen to
        here. Raises BrowserError where nobody can do them any more.
        """
        jobs = self._jobs
        while True:
            slots = sum(self.cluster.workers().values())
            while len(jobs.given) < (self._most or max(1, 2 * slots)) and (job := supply(len(jobs.given))):
                if not self._give(job):
                    yield job, "large", None
            if not jobs.given:
                return
            for job, kind, content in jobs.taken():
                if kind == "answer":
                    kind, content = self._heed(job, content)
                elif kind == "lost":
                    job.tries += 1
                    job.near, job.has_plan = "", False
                    kind = "again" if job.tries < _TRIES else "bug"
                if kind != "again":
                    yield job, kind, content
                elif not self._give(job):
                    yield job, "large", None

    def _heed(self, job: _Job, answer: _Answer) -> tuple[str, Any]:
        """What comes of an answer: `again` where the job is to be done with more, or by another worker."""
        if answer.kind in ("stranger", "browser"):
            is_other = answer.kind == "stranger"
            self.cluster.barred[answer.worker] = _unlike(answer.content.unlike(self._expected)) if is_other else answer.content
            job.near, job.has_plan = "", False
            return "again", None
        if answer.kind == "bug":
            job.tries += 1
            return ("again", None) if job.tries < 2 else ("bug", answer.content)
        if answer.kind == "stopped":
            job.tries += 1
            return ("again", None) if job.tries < _TRIES else ("bug", "it was stopped")
        job.near = answer.worker
        if answer.kind == "plan":
            job.has_plan = True
        elif not self._more(job, answer):
            return answer.kind, answer.content
        return "again", None

    def _give(self, job: _Job) -> bool:
        """Give a job to the workers; False where it is too large to be sent."""
        if (request := self._request(job)) is None:
            return False
        there = list(self.cluster.workers()) if self.cluster.barred else None
        near = [job.near] if job.near and job.near not in self.cluster.barred else there
        self._jobs.give(job, _pack(request), near, is_first=bool(job.near), is_bound=near is there)
        return True


class Lookers(_Party):
    """Looks at the pages of a check on the workers of a cluster. What it is asked is what `live.session.Others` says."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(cluster)
        self._session: Session
        self._plan: Plan
        self._references: References

    def facts(self, session: "Session") -> tuple[dict[str, RuleFacts], str]:
        """
        What axe says of its rules, and the browser's version.

        Raises BrowserError where the workers are not as they must be.
        """
        from .live.recall import Noting
        from .live.station import Plan

        expected, odd = self.cluster.introduced(browser=True)
        if odd or expected is None:
            raise BrowserError(_odd(odd))
        self._expected = expected
        check = uuid.uuid4().hex
        self._checks.append(check)
        self._session = session
        self._references = References(session.root, session.root, frozenset(), is_all=True)
        options = replace(session.options, exclusions=Exclusions(session.options.exclusions.entries))
        # The keeper and what is recalled are this machine's; it must be told what pages ask for.
        noting: Any = Noting() if options.recall else None
        structures: dict[Page, tuple[Exposed, ...]] | None = None if options.structures is None else {}
        options = replace(options, structures=structures, among=(), keeper=None, recall=noting)
        pages = session.pages
        root = str(session.root) if any(page.file for page in pages) else ""
        self._plan = Plan(check, root, session.home(pages), frozenset(session.origins_of(pages)), options)
        recall = session.options.recall
        if recall:
            recall.begin(session, session.home(pages), expected.by)
            if told := recall.facts():
                return told
        found: tuple[dict[str, RuleFacts], str] = self._one(_Job("facts"))
        if recall:
            recall.keep_facts(*found)
        return found

    def visits(self, session: "Session", pages: Sequence[Page], step: Callable[[], None]) -> "Iterator[Visit]":
        """
        What comes of pages, in their order. What is known of an earlier check is not asked for, and what comes is kept.

        Raises BrowserError where there is nobody any more to look at the rest.
        """
        recall = session.options.recall
        done: dict[int, Visit] = recall.known(pages) if recall else {}
        self._states: dict[str, str] = {}
        if recall:
            recall.listen(self._states, self._states)
        for _ in done:
            step()
        following = 0
        again: deque[_Job] = deque()
        suspects: deque[_Job] = deque()
        fresh = self._shared_out(session, pages, done, step)
        waiting: list[_Job] = []

        def supply(at_work: int) -> _Job | None:
            if again:
                return again.popleft()
            if suspects:
                # Others would be suspected with it.
                return None if at_work else suspects.popleft()
            if not waiting and (job := next(fresh, None)):
                waiting.append(job)
            if waiting and waiting[0].numbers[0] < following + _AHEAD * _PAGES_A_JOB:
                return waiting.pop()
            return None

        try:
            for job, kind, content in self._answers(supply):
                if kind == "killed" and not job.is_alone:
                    singles = zip(job.numbers, job.pages, strict=True)
                    suspects.extend(_Job("look", (number,), (page,), is_alone=True) for number, page in singles)
                    continue
                for number, visit in self._seen(job, kind, content, again):
                    done[number] = visit
                    step()
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            if recall:
                recall.end()
        while following in done:
            yield done.pop(following)
            following += 1

    def portray(self, page: Page, shots: "Sequence[Shot]") -> "Taken":
        """Take pictures of a page."""
        from .live.portrait import Taken

        try:
            taken = self._one(_Job("portray", (0,), (page,), tuple(shots)))
        except BrowserError:
            return Taken(is_whole=False)  # the check has been done and must stand
        return taken  # type: ignore[no-any-return]  # what a worker's own `portray` gives

    # -- jobs ----------------------------------------------------------------------------------------------------------

    def _shared_out(
        self, session: "Session", pages: Sequence[Page], done: "dict[int, Visit]", step: Callable[[], None]
    ) -> Iterator[_Job]:
        """Jobs of a few pages each; of what is not in the folder, that is said here."""
        slots, known = sum(self.cluster.workers().values()) or 1, frozenset(done)
        most = max(1, min(_PAGES_A_JOB, int((len(pages) - len(known)) / (_JOBS_A_SLOT * slots))))
        numbers: list[int] = []
        for number, page in enumerate(pages):
            if number in known:
                continue
            if session.address(page):
                numbers.append(number)
            else:
                done[number] = session.outside()
                step()
            if len(numbers) == most:
                yield _Job("look", tuple(numbers), tuple(pages[number] for number in numbers))
                numbers = []
        if numbers:
            yield _Job("look", tuple(numbers), tuple(pages[number] for number in numbers))

    def _seen(self, job: _Job, kind: str, content: Any, again: "deque[_Job]") -> "Iterator[tuple[int, Visit]]":
        """What came of the pages of a job; those that are to be looked at once more, with more files, are added to `again`."""
        from .live.session import Visit

        if kind != "done":
            for number in job.numbers:
                yield number, Visit(reasons=[self._fault(kind, content)])
            return
        for number, page, looked in zip(job.numbers, job.pages, content, strict=True):
            files = job.files or {}
            wanted = {path: file for path, file in self._files_of(looked.missed) if path not in files}
            if wanted:
                own = self._needed(page) if job.files is None else job.files
                again.append(
                    _Job("look", (number,), (page,), (), None, job.near, job.has_plan, own | wanted, {*job.carried, *wanted})
                )
            else:
                recall = self._session.options.recall
                if recall and looked.by and looked.by == self._expected.by:
                    self._states |= looked.states
                    recall.keep(page, looked.visit, looked.states)
                yield number, looked.visit

    def _fault(self, kind: str, content: Any) -> Message:
        if kind == "killed":
            return say("the worker that looked at it has ended each time; see how much memory it needs, and what the worker logs")
        if kind == "large":
            return say(
                "it loads more than {n} bytes from a folder that the workers do not see; give it to them, under the same path",
                n=_MOST_SENT,
            )
        line = str(content).strip().rpartition("\n")[2]
        return say("a11ynews broke down at it on a worker ({error}); report it as a bug of a11ynews", error=line)

    def _one(self, job: _Job) -> Any:
        """What comes of a job by itself. Raises BrowserError where nothing does."""
        left = [job]
        for _, kind, content in self._answers(lambda _at_work: left.pop() if left else None):
            if kind == "done":
                return content
            raise BrowserError(self._fault(kind, content))
        raise BrowserError(self._fault("killed", None))

    @property
    def _most(self) -> int | None:
        """How many jobs are given out at the same time, where that is limited."""
        if self.cluster.most is not None:
            return self.cluster.most
        return None if self._plan.root else _WEB

    def _more(self, job: _Job, answer: _Answer) -> bool:
        if answer.kind == "folder":
            job.files = {path: file for page in job.pages for path, file in self._needed(page).items()}
            job.carried = {self._path(page) for page in job.pages}
        elif answer.kind == "files":
            job.carried |= set(answer.content)
        else:
            return False
        return True

    def _request(self, job: _Job) -> _Request | None:
        from .live.station import Sent

        files: dict[str, bytes | None] | None = None
        if job.files is not None:
            if sum(_size(file) for path, file in job.files.items() if path in job.carried) > _MOST_SENT:
                return None
            files = {path: _content(file) if path in job.carried else None for path, file in job.files.items()}
        sent = []
        for page in job.pages:
            path = self._path(page)
            sent.append(Sent(page, path, _digest(self._session.root / path) if path and files is None else ""))
        plan = self._plan if job.has_plan else None
        return _Request(self._plan.check, job.kind, self._expected, plan, tuple(sent), job.shots, files)

    # -- files ---------------------------------------------------------------------------------------------------------

    def _path(self, page: Page) -> str:
        """Where a page's file is below the root; empty for a page from the web."""
        if not page.file:
            return ""
        return Path(page.file).resolve().relative_to(self._session.root).as_posix()

    def _needed(self, page: Page) -> dict[str, Path]:
        """The files that a page loads, as far as its markup, style sheets and scripts name them, with its own."""
        if not (own := self._path(page)):
            return {}
        root = self._session.root
        found = {own: root / own}
        for file in self._references.loaded(page):
            if file.resolve().is_relative_to(root) and file.is_relative_to(root) and _size(file) <= _MOST_SENT // 4:
                found[file.relative_to(root).as_posix()] = file
        return found

    def _files_of(self, asked: frozenset[str]) -> Iterator[tuple[str, Path]]:
        """The files here that a worker was asked for by a page and did not have."""
        from .live.server import file_of

        root = self._session.root
        for path in sorted(asked):
            file = file_of(path, root, self._plan.home) if self._plan.root else None
            if file and file.is_file():
                yield file.relative_to(root).as_posix(), file


class Renderers(_Party):
    """Renders records on the workers of a cluster. What it is asked is what `crew.Team` says."""

    def __init__(self, cluster: Cluster, away: Away, site: Site) -> None:
        super().__init__(cluster)
        self._away, self._home = away, Home(site)
        self._checks.append(uuid.uuid4().hex)
        self._numbers: dict[str, int] = {}
        """The workers by their addresses, in the order in which they have answered."""
        expected, odd = cluster.introduced(browser=False)
        if odd or expected is None:
            raise BrowserError(_odd(odd))
        self._expected = expected

    def do(self, tasks: Sequence[Any], owners: Sequence[int | None] | None = None) -> Iterator[tuple[int, Any]]:
        """
        The results of tasks, in their order, each with the number of the worker that did it.

        `owners` says who is to do a task if he is there. Raises A11yNewsError where one cannot be done.
        """
        addresses = {number: worker for worker, number in self._numbers.items()}
        given = iter(enumerate(zip(tasks, owners or [None] * len(tasks), strict=True)))
        done: dict[int, tuple[int, Any]] = {}
        following = 0

        def supply(_at_work: int) -> _Job | None:
            number, (task, owner) = next(given, (0, (None, None)))
            if task is None:
                return None
            return _Job("render", (number,), task=task, near=addresses.get(owner, "") if owner is not None else "")

        for job, kind, answer in self._answers(supply):
            assert job.task
            if kind != "done":
                names = ", ".join(str(path) for one in job.task[1] for path in one.group.paths)
                raise A11yNewsError(self._fault(kind, answer, names))
            worker = self._numbers.setdefault(job.near, len(self._numbers))
            done[job.numbers[0]] = worker, self._home.take_in(job.task, answer, job.near)
            while following in done:
                yield done.pop(following)
                following += 1

    def _fault(self, kind: str, content: Any, names: str) -> str:
        if kind == "fault":
            return str(content)
        if kind == "killed":
            return f"each worker that rendered one of these has ended; see how much memory it needs, and what it logs: {names}"
        return f"a11ynews broke down at one of these on a worker; report it as a bug of a11ynews: {names}\n{content}"

    def _more(self, job: _Job, answer: _Answer) -> bool:  # noqa: ARG002 – there is nothing more
        return False

    def _request(self, job: _Job) -> _Request | None:
        return _Request(self._checks[0], job.kind, self._expected, self._away if job.has_plan else None, task=job.task)


class _Jobs:
    """What the workers are doing for us."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._finished: SimpleQueue[Any] = SimpleQueue()
        self.given: dict[Any, _Job] = {}

    def give(self, job: _Job, packed: bytes, workers: Sequence[str] | None, *, is_first: bool, is_bound: bool) -> None:
        """Have a job done, by one of these workers if there are some; by no other if it `is_bound`."""
        name = f"a11ynews-{job.kind}-{uuid.uuid4().hex}"
        try:
            future = self._client.submit(
                pickle.loads,
                pickle.dumps(_Call(packed)),
                key=name,
                pure=False,
                workers=workers,
                allow_other_workers=bool(workers) and not is_bound,
                priority=10 * is_first,
            )
        except Exception:  # noqa: BLE001 – the connection is lost, which shows when it is asked for the workers
            job.tries += 1
            future = None
        if future is not None:
            self.given[future] = job
            future.add_done_callback(self._finished.put)

    def taken(self) -> Iterator[tuple[_Job, str, Any]]:
        """
        What has come of jobs since; a moment is waited for the first.

        That is an `answer`, or why there is none: `killed`, `lost` or `bug`, with what is to be said of it.
        """
        futures = []
        with suppress(Empty):
            futures.append(self._finished.get(timeout=0.2))
            while True:
                futures.append(self._finished.get_nowait())
        for future in futures:
            job = self.given.pop(future, None)
            if job:
                kind, content = _came_of(future)
                future.release()
                yield job, kind, content

    def drop(self) -> None:
        """Have nothing more done of what was given."""
        left, self.given = list(self.given), {}
        with suppress(Exception):  # the connection may be lost
            self._client.cancel(left, force=True)


def _came_of(future: Any) -> tuple[str, Any]:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    try:
        return "answer", _unpack(future.result(timeout=60))
    except KilledWorker:
        return "killed", None
    except (CancelledError, OSError, TimeoutError) as error:
        return "lost", str(error)
    except Exception as error:  # noqa: BLE001 – a worker can fail in ways of its own before our code is reached
        return "bug", f"{type(error).__name__}: {error}"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _joined(messages: Sequence[Message]) -> Message:
    """Messages, one after the other, as one."""
    told = messages[0]
    for more in messages[1:]:
        told = say("{one}; {more}", one=told, more=more)
    return told
