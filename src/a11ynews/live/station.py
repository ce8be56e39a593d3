"""
Looks at pages that others send, for several checks at the same time: what a process of a cluster does.

There is one browser for each page that is looked at at the same time, and it is kept for the next one. Each check has a server
of its own for its folder, and a tab of its own in the browser. What nobody has asked for in a while is closed.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath
from threading import Lock, Timer
from typing import Any

from ..errors import A11yNewsError
from ..files import write_bytes
from ..message import say
from ..page import Page
from ..report import Report
from ..result_cache import Files
from ..rule import RuleFacts
from .hand import Hand
from .portrait import Shot, Taken
from .recall import looks_by, state_of
from .rules import GATES
from .session import Options, Session, Visit, Worker

_IDLE = 300.0
"""Seconds after which a browser that nobody needs is closed."""

_CHECKS = 4
"""So many checks are kept open in one process; of more, the one that has been quiet for longest is closed."""

_ROOM = 1_000_000_000
"""Bytes of files that are kept for one check; of more, those that have not been asked for for longest go."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What all that is asked for in one check has in common."""

    check: str
    """A name that no other check has."""
    root: str
    """The folder that is served as the site; empty where the pages are on the web."""
    home: str
    """The path of the site on its host."""
    origins: frozenset[str]
    """The origins that belong to the site."""
    options: Options

    def __reduce__(self) -> tuple[Any, ...]:
        """Rules cross by their names, and which of them have a gate in this check must be said besides."""
        gated = frozenset(rule.id for rule in self.options.rules if rule.gate)
        return _arrived, (self.check, self.root, self.home, self.origins, self.options, gated)


def _arrived(check: str, root: str, home: str, origins: frozenset[str], options: Options, gated: frozenset[str]) -> Plan:
    rules = [replace(rule, gate=GATES[rule.id]) if rule.id in gated else rule for rule in options.rules]
    return Plan(check, root, home, origins, replace(options, rules=rules))


@dataclass(frozen=True, slots=True)
class Sent:
    """A page that is to be looked at."""

    page: Page
    path: str = ""
    """Where its file is below the root; empty for a page from the web."""
    digest: str = ""
    """The SHA-256 of that file: a folder of the same name may be another one here."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a page, and which paths it has asked for and not got."""

    visit: Visit
    missed: frozenset[str]
    by: str = ""
    """What tells the browser and its fonts from others; empty where nobody asks, or where it would not be the same again."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The digests of all files that were asked for meanwhile, by this page and by workers that several pages share."""


@cache
def looked_by() -> str:
    """What tells the browser of this process and its fonts from others; empty where nobody knows."""
    return looks_by(Files())


class _Open:
    """A check whose pages are looked at here."""

    def __init__(self, plan: Plan, root: Path, lifetime: ExitStack) -> None:
        self.session = Session(root, Report(), plan.options)
        self.root = root
        self.missed: list[str] = []
        self.served: list[str] = []
        self.home = plan.home
        self.busy = 0
        self.workers: dict[Hand, Worker] = {}
        self.held: dict[str, int] = {}
        """The files that were sent, with their sizes; those asked for last come last."""
        self._lifetime = lifetime
        opened = self.session.opened(plan.home, plan.origins, self.missed.append, self.served.append)
        lifetime.enter_context(opened)

    def close(self) -> None:
        """End the server, and the tabs as soon as their browsers are free."""
        self.session.stop.set()
        for hand, worker in self.workers.items():
            with suppress(RuntimeError):  # the hand may be closed already
                hand.do(worker.drop_tab)
        self._lifetime.close()


class Station:
    """Looks at pages. All of it can be called from several threads."""

    def __init__(self, scratch: str | None = None) -> None:
        self._scratch = scratch
        """The folder for temporary files: whoever gives it removes it, should this process be killed."""
        self._lock = Lock()
        self._idle: list[Hand] = []
        self._hands: list[Hand] = []
        self._checks: dict[tuple[str, str], _Open] = {}
        self._working: dict[Hand, str] = {}
        self._stopped: dict[str, None] = {}
        self._timer: Timer | None = None

    def facts(self, plan: Plan) -> tuple[dict[str, RuleFacts], str]:
        """What axe says of its rules, and the browser's version. Raises BrowserError where it does not work."""
        with self._at(plan, {}) as (_, worker):
            return worker.hand.do(worker.read_facts).result()

    def looks(self, plan: Plan, sent: Sequence[Sent], files: Mapping[str, bytes | None] | None) -> Iterator[Looked]:
        """
        What comes of pages, one after the other; it ends early where the check is stopped.

        The site's files are in the plan's folder where `files` is None; else these are all there is, of which those that are None
        were sent before. Raises BrowserError where no browser starts.
        """
        for one in sent:
            with self._at(plan, files) as (open_, worker):
                if open_.session.stop.is_set():
                    return
                looked = worker.hand.do(self._look, open_, worker, one).result()
            if open_.session.stop.is_set():
                return
            yield looked

    def _look(self, open_: _Open, worker: Worker, one: Sent) -> Looked:
        if one.path:
            open_.session.paths[one.page.name] = one.path
        before, served = len(open_.missed), len(open_.served)
        try:
            visit = worker.look_at(one.page)
        finally:
            open_.session.paths.pop(one.page.name, None)
        missed = frozenset(open_.missed[before:])
        if open_.session.options.recall is None or any(
            not open_.session.is_refused(asked) for asked in visit.seen.asked if not asked.startswith("/")
        ):
            return Looked(visit, missed)
        files = Files()
        asked = {*(path for path in visit.seen.asked if path.startswith("/")), *open_.served[served:]}
        states = {path: state_of(path, open_.session.root, open_.home, files) for path in asked}
        return Looked(visit, missed, looked_by(), states)

    def portray(self, plan: Plan, sent: Sent, shots: Sequence[Shot], files: Mapping[str, bytes | None] | None) -> Taken:
        """Take pictures of a page. Raises BrowserError where no browser starts."""
        with self._at(plan, files) as (open_, worker):
            if sent.path:
                open_.session.paths[sent.page.name] = sent.path
            try:
                return worker.portrayed(sent.page, shots)
            finally:
                open_.session.paths.pop(sent.page.name, None)

    def lacks(self, plan: Plan, files: Mapping[str, bytes | None]) -> list[str]:
        """Which of the files that are to have been sent before are not here."""
        with self._lock:
            open_ = self._checks.get((plan.check, ""))
            held = open_.held if open_ else {}
            return [path for path, content in files.items() if content is None and path not in held]

    def stop(self, check: str) -> None:
        """Have nothing more done for a check, whatever is under way."""
        with self._lock:
            self._stopped[check] = None
            for (name, _), open_ in self._checks.items():
                if name == check:
                    open_.session.stop.set()
            for hand in [hand for hand, name in self._working.items() if name == check]:
                hand.kill()

    def forget(self, check: str) -> None:
        """Close what was kept for a check that has ended."""
        self.stop(check)
        with self._lock:
            ended = [self._checks.pop(key) for key, open_ in list(self._checks.items()) if key[0] == check and not open_.busy]
        for open_ in ended:
            open_.close()

    def close(self) -> None:
        """End everything, browsers included."""
        with self._lock:
            timer, self._timer = self._timer, None
            checks, self._checks = list(self._checks.values()), {}
            hands, self._hands, self._idle = self._hands, [], []
        if timer:
            timer.cancel()
        for open_ in checks:
            open_.session.stop.set()
        for hand in hands:
            hand.kill()
        for open_ in checks:
            open_.close()
        for hand in hands:
            hand.close()

    # -- what is kept --------------------------------------------------------------------------------------------------

    @contextmanager
    def _at(self, plan: Plan, files: Mapping[str, bytes | None] | None) -> Iterator[tuple[_Open, Worker]]:
        """A check, open, and one who looks at its pages: nobody else's meanwhile."""
        with self._lock:
            hand = self._idle.pop() if self._idle else Hand()
            if hand not in self._hands:
                self._hands.append(hand)
            try:
                open_ = self._opened(plan, files)
            except BaseException:
                self._idle.append(hand)
                raise
            worker = open_.workers.setdefault(hand, Worker(open_.session, hand, is_first=True))
            open_.busy += 1
            self._working[hand] = plan.check
        try:
            yield open_, worker
        finally:
            with self._lock:
                open_.busy -= 1
                self._working.pop(hand, None)
                is_over = plan.check in self._stopped and not open_.busy
                if is_over:
                    self._checks = {key: kept for key, kept in self._checks.items() if kept is not open_}
                self._idle.append(hand)
                self._wind_up()
            if is_over:
                open_.close()

    def _opened(self, plan: Plan, files: Mapping[str, bytes | None] | None) -> _Open:
        key = plan.check, plan.root if files is None else ""
        open_ = self._checks.pop(key, None)
        if open_ is None:
            while len(self._checks) >= _CHECKS and (quiet := self._quiet()):
                self._checks.pop(quiet).close()
            lifetime = ExitStack()
            root = Path(plan.root)
            if files is not None or not plan.root:
                # Its name is the site's, so that messages can name it.
                folder = Path(tempfile.mkdtemp(prefix="a11ynews-", dir=self._scratch))
                lifetime.callback(partial(shutil.rmtree, folder, ignore_errors=True))
                root = folder / (root.name or "web")
                root.mkdir()
            open_ = _Open(plan, root, lifetime)
            if plan.check in self._stopped:
                open_.session.stop.set()
        self._checks[key] = open_
        if files:
            self._keep(open_, files)
        return open_

    def _quiet(self) -> tuple[str, str] | None:
        return next((key for key, open_ in self._checks.items() if not open_.busy), None)

    def _keep(self, open_: _Open, files: Mapping[str, bytes | None]) -> None:
        """Write the files that were sent, and remove the oldest where there are too many bytes of them."""
        for path, content in files.items():
            if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
                raise A11yNewsError(say("{path}: is no path within a site", path=path))
            if content is not None:
                write_bytes(open_.root / path, content, open_.root)
            size = open_.held.pop(path, None) if content is None else len(content)
            open_.held[path] = size or 0
        while sum(open_.held.values()) > _ROOM and (oldest := next(iter(open_.held))) not in files and not open_.busy:
            del open_.held[oldest]
            (open_.root / oldest).unlink(missing_ok=True)

    def _wind_up(self) -> None:
        """Begin to count the time in which nobody needs a browser."""
        if self._timer:
            self._timer.cancel()
        self._timer = Timer(_IDLE, self._rest)
        self._timer.daemon = True
        self._timer.start()

    def _rest(self) -> None:
        with self._lock:
            for hand in self._idle:
                with suppress(RuntimeError):  # the process ends, and its threads take nothing up any more
                    hand.do(hand.end)
