"""Pages that others look at: by real workers on this machine, some of which die."""

import os
import pickle
import re
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dask
import psutil
import pytest
import trustme
from click.testing import CliRunner
from distributed import Security
from distributed.utils import get_mp_context

from a11ynews import build, result_cache
from a11ynews import cluster as module
from a11ynews.check import Settings, check, live_options
from a11ynews.cli import main
from a11ynews.cluster import Cluster, Identity, identity, introduce, joined, local
from a11ynews.config import load
from a11ynews.errors import A11yNewsError
from a11ynews.exclusion import Exclusion, Exclusions
from a11ynews.finding import Severity
from a11ynews.live.session import Options
from a11ynews.live.station import Plan
from a11ynews.messages import sayer
from a11ynews.report import Report
from a11ynews.reporters import REPORTERS
from a11ynews.result_cache import ResultCache
from a11ynews.site import Outcome, Site
from a11ynews.targets import gather
from clustered import (
    DEADLY,
    DEADLY_ONCE,
    at_work,
    be_another,
    be_late,
    be_punctual,
    blind,
    have_other_fonts,
    have_the_same_fonts,
    seeing,
    waiting,
)
from project import CONFIG, GERMAN, Project
from servers import Answer, answering

QUICK = Settings(profile="quick", workers=1)
STYLE = "p { color: #aaa; background: #fff } @font-face { font-family: x; src: url(deep/font.woff2) }"
TWO = CONFIG.replace('"de", "it"', '"de"')
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def whole(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>Flood</title><meta name="description" content="The river rose.">{head}'
        f"</head><body><main><h1>Flood</h1>{body}</main></body></html>"
    )


SITE: Mapping[str, str | bytes] = {
    "index.html": whole('<p>The river rose.</p><img src="a.png">', '<link rel="stylesheet" href="style.css">'),
    "en/left-out.html": whole('<div class="advert"><img src="../a.png"></div><p>The river rose.</p>'),
    "en/by-script.html": whole(
        "<p>The river rose.</p><img id=late><script>late.src = '../' + 'by-script' + '.png'; late.alt = late.id</script>"
    ),
    "en/framed.html": whole('<iframe title="inner" src="inner.htm"></iframe><p style="color:#bbb">Faint</p>'),
    "en/inner.htm": whole("<img src=../a.png>"),
    "en/nothing.html": whole("<img src=nothing.png alt=Water><p>There.</p>", '<link rel="stylesheet" href="nothing.css">'),
    "en/away.html": whole("<p>There.</p>", "<script>location = '../index.html'</script>"),
    "en/away-unseen.html": whole("<p>There.</p>", "<script>location = '../unseen.txt'</script>"),
    "en/empty.html": "<!doctype html><html lang=en><title>Flood</title><body></body></html>",
    "style.css": STYLE,
    "unseen.txt": "unseen",
    "a.png": PICTURE,
    "by-script.png": PICTURE,
}
IN_ONE_LOOK = ("en/by-script.html", "en/away-unseen.html", "en/empty.html")
"""Pages of which there is no more to be told in more cells, and by more rules."""


def make(folder: Path, files: Mapping[str, str | bytes] = SITE) -> Path:
    """A site of these files."""
    for name, content in files.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "site"


def report_of(site: Path, settings: Settings = QUICK, **more: Any) -> Report:
    return check(gather([str(site)]), settings, **more)


def told(report: Report) -> dict[str, str]:
    """A report in every form."""
    return {name: reporter(report, say=sayer("de"), lang="de") for name, reporter in REPORTERS.items()}


@pytest.fixture(scope="module")
def dask_cluster() -> Iterator[Any]:
    """Two workers, which die of certain pages; whatever they have begun is gone when they are."""
    # What a worker has died of is given back to us at once; and none that begins anew is given up, however long it takes.
    hasty = {"distributed.scheduler.allowed-failures": 0, "distributed.deploy.lost-worker-timeout": "10ms"}
    # Workers are copies of a process that has found out what they need: to do that anew takes longer than most tests.
    copied = {"distributed.worker.multiprocessing-method": "forkserver"}
    with dask.config.set(hasty | copied), pytest.MonkeyPatch.context() as patch:
        # Python 3.11 has that process look for modules where the environment says, and go on without those that it does not find.
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        context = get_mp_context()  # type: ignore[no-untyped-call]  # Dask's own
        context.set_forkserver_preload(["distributed", "copied"])
        with local(2, preload=["clustered"]) as made:
            yield made
            processes = descendants(os.getpid())
            workers = [one for one in processes if one.ppid() != os.getpid() and "forkserver" in " ".join(_command(one))]
            assert workers
            begun = {child for worker in workers for child in (worker, *descendants(worker.pid))}
    _, alive = psutil.wait_procs(begun, timeout=30)
    assert alive == []


def descendants(pid: int) -> list[psutil.Process]:
    """All processes that a process has begun, and those that these have."""
    return list(psutil.Process(pid).children(recursive=True))


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(process.cmdline())
    return []


@pytest.fixture(scope="module")
def cluster(dask_cluster: Any) -> Iterator[Cluster]:
    with joined(dask_cluster.scheduler_address) as made:
        yield made


def on_workers(cluster: Cluster, what: Callable[..., Any], *args: Any, **more: Any) -> dict[str, Any]:
    """Have each worker do something."""
    return dict(cluster.client.run(what, *args, **more))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that comes about in another process, as long as that may take on a busy machine."""
    moment = threading.Event()
    for _ in range(1800):
        if is_so():
            return
        moment.wait(0.1)
    raise AssertionError(is_so)


# -- the same report ---------------------------------------------------------------------------------------------------


def test_the_report_is_that_of_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    """In every form, with pictures, what is left out and what weighs otherwise, and in the order of the pages."""
    site = make(tmp_path, {name: content for name, content in SITE.items() if name not in IN_ONE_LOOK})
    settings = replace(
        QUICK,
        pictures=True,
        profile="usual",
        exclude=[Exclusion(".advert", "the advertiser's")],
        levels={"axe/color-contrast": Severity.WARNING, "axe/frame-title": None},
        cells=[(1280, "light", False), (320, "dark", False)],
    )
    one = report_of(site, settings)
    steps: list[tuple[int, int]] = []
    many = report_of(site, replace(settings, cluster=cluster), step=lambda *step: steps.append(step))

    assert many == one
    assert told(many) == told(one)
    assert len(one.pictures) > 1
    assert one.exit_code == 2
    assert any(finding.rule == "axe/image-alt" for finding in one.findings)
    assert steps == [(number, 6) for number in range(1, 7)]


@dataclass(frozen=True)
class Alone:
    """The site, and what one machine says of it."""

    site: Path
    report: Report


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """Looked at once for all tests that leave the site as it is, or as it was."""
    site = make(tmp_path_factory.mktemp("alone"))
    settle()
    return Alone(site, report_of(site))


def settle() -> None:
    """Wait until what was written can be told from what will be."""
    time.sleep(0.3)


@pytest.fixture
def _code_that_is_not_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may work on the code while these tests run."""
    monkeypatch.setattr(result_cache, "_code", lambda _files: [])


@pytest.mark.usefixtures("_code_that_is_not_edited")
def test_nothing_is_looked_at_twice(cluster: Cluster, alone: Alone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What workers have seen is kept, theirs as ours; only what has changed goes out, or all where nobody knows what looks."""
    site = alone.site
    settings = replace(QUICK, cluster=cluster)
    sent: list[str] = []
    give = module._Jobs.give

    def listening(self: Any, job: Any, *args: Any, **more: Any) -> None:
        sent.extend(Path(page.name).name for page in job.pages)
        give(self, job, *args, **more)

    monkeypatch.setattr(module._Jobs, "give", listening)

    def look(settings: Settings, *names: str) -> tuple[dict[str, str], list[str]]:
        sent.clear()
        cache = ResultCache(tmp_path / "cache")
        targets = gather([str(site)], cache=cache)
        if names:
            targets.chosen = frozenset(page for page in targets.pages if Path(page.name).name in names)
        report = check(targets, settings, cache=cache)
        cache.save()
        report.notes = [note for note in report.notes if "not looked at anew" not in note]
        return told(report), sorted(sent)

    first, to_all = look(settings)
    second, to_some = look(settings)
    assert first == second == told(alone.report)
    # The others are not certain to be the same again: unfinished, or led elsewhere.
    assert len(set(to_all)) == 9
    assert set(to_some) <= {"away.html", "away-unseen.html", "empty.html", "nothing.html"}
    assert look(QUICK)[0] == first

    certain = ("index.html", "left-out.html", "framed.html")
    (site / "style.css").write_text("p { color: #000 }")
    try:
        settle()
        assert set(look(settings, *certain)[1]) == {"index.html"}
    finally:
        (site / "style.css").write_text(STYLE)

    on_workers(cluster, have_other_fonts, workers=[next(iter(cluster.workers()))])
    assert {*look(settings, *certain)[1]} == {*certain}
    on_workers(cluster, have_the_same_fonts)


def test_workers_that_do_not_see_the_folder_are_sent_what_the_pages_load(
    cluster: Cluster, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Style sheets, what these load, frames, and what only a script knows; what is not there here either is missing there too."""
    site = alone.site
    on_workers(cluster, blind)
    many = report_of(site, replace(QUICK, cluster=cluster))
    assert many == alone.report

    monkeypatch.setattr(module, "_MOST_SENT", 10)
    large = report_of(site, replace(QUICK, cluster=cluster))
    on_workers(cluster, seeing)

    reason = "it loads more than 10 bytes from a folder that the workers do not see; give it to them, under the same path"
    assert [entry.reason for entry in large.unfinished].count(reason) == 9
    assert large.exit_code == 2


def test_pages_of_the_web_are_opened_by_the_workers_with_our_name_and_password(cluster: Cluster) -> None:
    """And not more of them at the same time than a server can be asked to bear."""

    def guarded(request: Any) -> None:
        is_known = request.headers.get("Authorization") == "Basic bmFtZTpzZWNyZXQ="
        body = whole("<img src=x>").encode() if is_known else b"Who are you?"
        request.send_response(200 if is_known else 401)
        request.send_header("WWW-Authenticate", 'Basic realm="x"')
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    with answering({"/a": guarded, "/b": Answer(whole("<p>Words</p>"))}) as base:
        addresses = [base.replace("//", "//name:secret@") + "/a", f"{base}/b"]
        one = check(gather(addresses), QUICK)
        many = check(gather(addresses), replace(QUICK, cluster=cluster))
        with cluster.looking() as lookers:
            check(gather(addresses), replace(QUICK, cluster=cluster))
            lookers._plan = Plan("check", "", "/", frozenset(), Options())
            assert lookers._most == 8
            lookers._plan = Plan("check", "/site", "/", frozenset(), Options())
            assert lookers._most is None

    assert many == one
    assert [finding.rule for finding in many.findings if finding.rule == "axe/image-alt" or finding.rule == "alt-missing"]
    assert [page.checks for page in many.pages] == [page.checks for page in one.pages]


def test_two_checks_share_a_cluster(dask_cluster: Any, tmp_path: Path) -> None:
    """Neither knows of the other."""
    sites = [make(tmp_path / name, {"index.html": whole(body)}) for name, body in (("a", "<img src=x>"), ("b", "<p>Words</p>"))]
    reports: dict[Path, Report] = {}

    def run(site: Path) -> None:
        with joined(dask_cluster.scheduler_address) as own:
            reports[site] = report_of(site, replace(QUICK, cluster=own))

    threads = [threading.Thread(target=run, args=(site,)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [reports[site] for site in sites] == [report_of(site) for site in sites]
    assert [reports[site].exit_code for site in sites] == [1, 0]


@pytest.mark.parametrize("profile", ["usual", "thorough"])
def test_rules_run_on_workers_as_they_do_here(profile: Any) -> None:
    """With the same gates: a rule without one runs on every page, and finds the same in five times the time."""
    settings = replace(QUICK, profile=profile, levels={"reflow": Severity.WARNING})
    options = live_options(settings, Exclusions(), {})
    arrived = pickle.loads(pickle.dumps(Plan("check", "/site", "/", frozenset(), options))).options

    assert [*arrived.rules] == [*options.rules]
    assert any(rule.gate for rule in options.rules) == (profile == "usual")


# -- workers that die --------------------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """Another one does its pages, and its browser ends with it."""
    site = make(
        tmp_path, {f"{name}.html": whole("<img src=x>") for name in ("a", "b", "c", "d")} | {DEADLY_ONCE: whole("<p>x</p>")}
    )
    browsers = {worker: descendants(worker) for worker in on_workers(cluster, os.getpid).values()}
    steps: list[int] = []
    many = report_of(site, replace(QUICK, cluster=cluster), step=lambda done, _all: steps.append(done))

    assert (site / DEADLY_ONCE).with_suffix(".died").exists()
    assert many == report_of(site)
    assert many.exit_code == 1
    assert steps == [1, 2, 3, 4, 5]
    died = [worker for worker in browsers if not psutil.pid_exists(worker)]
    assert died
    assert psutil.wait_procs([child for worker in died for child in browsers[worker]], timeout=30)[1] == []


def test_a_page_that_every_worker_dies_of_is_unfinished_and_the_others_are_looked_at(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were in the same job, too."""
    monkeypatch.setattr(module, "_JOBS_A_SLOT", 0.2)  # all in one
    site = make(tmp_path, {"a.html": whole("<img src=x>"), "b.html": whole("<p>x</p>"), DEADLY: whole("<p>x</p>")})
    many = report_of(site, replace(QUICK, cluster=cluster))

    assert [(Path(entry.page).name, entry.reason) for entry in many.unfinished] == [
        (DEADLY, "the worker that looked at it has ended each time; see how much memory it needs, and what the worker logs")
    ]
    assert {Path(page.name).name: len(page.checks) for page in many.pages} == {"a.html": 2, "b.html": 2, DEADLY: 1}
    assert many.exit_code == 2
    assert any(finding.rule == "axe/image-alt" or finding.rule == "alt-missing" for finding in many.findings)


# -- workers that are not as they must be ------------------------------------------------------------------------------


def test_a_worker_of_another_version_is_found_out_before_anything_is_looked_at(cluster: Cluster, tmp_path: Path) -> None:
    """Results of two browsers are never mixed."""
    site = make(tmp_path, {"a.html": whole("<p>x</p>"), "b.html": whole("<p>x</p>")})
    wait_until(lambda: len(on_workers(cluster, introduce, True)) == 2)  # what is known of them may be a second old
    odd = sorted(on_workers(cluster, introduce, True))[0]
    on_workers(cluster, be_another, "Chromium 1.2.3.4", workers=[odd])
    many = report_of(site, replace(QUICK, cluster=cluster))
    on_workers(cluster, be_another, "", workers=[odd])

    assert [entry.page for entry in many.unfinished] == [""]
    assert many.unfinished[0].reason.startswith("nothing was checked in a browser: not every worker can take part in it: ")
    assert "Chromium 1.2.3.4" in many.unfinished[0].reason
    assert {page.checks for page in many.pages} == {("static",)}
    assert many.exit_code == 2


def test_what_differs_is_said_in_words() -> None:
    """Versions, and our own code where all versions are the same."""
    ours = Identity((("a11ynews", "1.0"), ("Python", "3.13")), "code", "Chromium 2")

    assert ours.unlike(ours) == ""
    assert replace(ours, code="other").unlike(ours).startswith("another code of a11ynews ")
    assert Identity((("a11ynews", "1.0"), ("Python", "3.11")), "other", "").unlike(ours) == (
        "Python 3.11 instead of 3.13, no browser instead of Chromium 2"
    )


def test_a_worker_without_a_browser_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere")

    assert str(introduce(True)).startswith("A11YNEWS_BROWSER is '/nowhere', which is no Chromium that starts; ")
    assert introduce(False) == identity(browser=False)


# -- a cluster that goes away ------------------------------------------------------------------------------------------


def test_a_check_that_is_cut_off_leaves_nothing_to_do_on_the_cluster(cluster: Cluster, dask_cluster: Any, tmp_path: Path) -> None:
    """As by Ctrl+C."""
    site = make(tmp_path, {f"{number}.html": whole("<p>x</p>") for number in range(40)})

    def interrupt(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), joined(dask_cluster.scheduler_address) as own:
        report_of(site, replace(QUICK, cluster=own), step=interrupt)

    def is_quiet() -> bool:
        tasks = cluster.client.run_on_scheduler(waiting)
        return not tasks and not any(on_workers(cluster, at_work).values())

    wait_until(is_quiet)


def test_a_scheduler_that_ends_in_the_middle_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at until then is told as well."""
    monkeypatch.setattr(module, "_PATIENCE", 1)
    site = make(tmp_path, {f"{number}.html": whole("<img src=x>") for number in range(40)})
    with local(1, processes=False, protocol="tcp://") as made, joined(made.scheduler_address) as own:
        closing: list[bool] = []

        def end(_done: int, _all: int) -> None:
            if not closing:
                closing.append(True)
                made.close()

        report = report_of(site, replace(QUICK, cluster=own), step=end)

    told = f"the Dask scheduler at {own.address} is gone; start it, and check again"
    assert [entry.reason for entry in report.unfinished] == [f"the check in a browser was not brought to its end: {told}"]
    assert report.exit_code == 2
    assert len({page.checks for page in report.pages}) == 2


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, str]]:
    """Dask's configuration with the certificates of an authority by its name, one for all who speak to each other."""
    folder = tmp_path_factory.mktemp("certificates")

    def issued(authority: str) -> dict[str, str]:
        files = {name: folder / f"{authority}-{name}.pem" for name in ("ca", "cert", "key")}
        if not files["ca"].exists():
            made = trustme.CA()
            own = made.issue_cert("127.0.0.1")
            made.cert_pem.write_to_path(str(files["ca"]))
            own.private_key_pem.write_to_path(str(files["key"]))
            own.cert_chain_pems[0].write_to_path(str(files["cert"]))
        told = {"distributed.comm.tls.ca-file": str(files["ca"])}
        for who in ("client", "scheduler", "worker"):
            told |= {f"distributed.comm.tls.{who}.{name}": str(files[name]) for name in ("cert", "key")}
        return told

    return issued


@pytest.fixture(scope="module")
def safe_cluster(certificates: Callable[[str], dict[str, str]]) -> Iterator[Any]:
    """A scheduler and a worker, in this process, which speak TLS alone."""
    with dask.config.set(certificates("ours")):
        security = Security(require_encryption=True)  # type: ignore[no-untyped-call]  # Dask's own
        with local(1, protocol="tls", security=security, processes=False) as made:
            yield made


def test_who_has_a_certificate_joins_by_tls(safe_cluster: Any, certificates: Callable[[str], dict[str, str]]) -> None:
    """As Dask's configuration names it; the workers do what they are asked."""
    assert safe_cluster.scheduler_address.startswith("tls://")
    with dask.config.set(certificates("ours")), joined(safe_cluster.scheduler_address) as cluster:
        ours, odd = cluster.introduced(browser=False)

    assert ours == identity(browser=False)
    assert odd == {}


CERT, KEY = "distributed.comm.tls.client.cert", "distributed.comm.tls.client.key"


@pytest.mark.parametrize(
    ("certificate", "told"),
    [
        ("theirs", "do not accept each other's certificates (TLS certificate does not match"),
        ("ours, from others", "do not accept each other's certificates ("),
        ("none", "needs certificates, and Dask's configuration does not name all of them; name files for "),
        ("no key", f"name files for {KEY} there, or in the environment (DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY)"),
        ("nowhere", f"the file cannot be read (No such file or directory); mend {CERT} in Dask's configuration"),
        ("another's key", "these are no authority, certificate and key that go together ("),
        ("no certificate", "these are no authority, certificate and key that go together ("),
        ("plain", "and that it does not speak TLS: else write tls://"),
    ],
)
def test_a_certificate_that_is_refused_is_told(
    safe_cluster: Any, certificates: Callable[[str], dict[str, str]], tmp_path: Path, certificate: str, told: str
) -> None:
    """In one line that says what to mend."""
    ours, theirs, address = certificates("ours"), certificates("theirs"), safe_cluster.scheduler_address
    (tmp_path / "words.pem").write_text("words")
    named: dict[str, dict[str, Any]] = {
        "theirs": theirs,
        "ours, from others": ours | {CERT: theirs[CERT], KEY: theirs[KEY]},
        "none": dict.fromkeys(ours),
        "no key": ours | {KEY: None},
        "nowhere": ours | {CERT: str(tmp_path / "nowhere.pem")},
        "another's key": ours | {KEY: theirs[KEY]},
        "no certificate": ours | {CERT: str(tmp_path / "words.pem")},
        "plain": ours,
    }
    address = address.replace("tls://", "tcp://") if certificate == "plain" else address

    with dask.config.set(named[certificate]), pytest.raises(A11yNewsError) as refused, joined(address):
        pass

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_scheduler_that_is_not_there_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to look at."""
    monkeypatch.setattr(module, "_PATIENCE", 1)
    site = make(tmp_path, {"a.html": whole("<p>x</p>")})
    done = CliRunner().invoke(main, ["check", str(site), "--scheduler", "tcp://127.0.0.1:1"])

    assert done.exit_code == 2
    assert done.output.startswith("a11ynews: no Dask scheduler answers at tcp://127.0.0.1:1 (")
    assert done.output.endswith("); see that it runs, and that its address is right\n")
    assert done.output.count("\n") == 1


@pytest.mark.parametrize("command", ["check", "render"])
def test_without_dask_it_is_said_what_to_install(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In one line; nothing else needs it."""
    made = Project(tmp_path)
    made.record()
    monkeypatch.chdir(tmp_path)
    made.render()
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(main, [command, "--scheduler", "local:2"])

    assert done.exit_code == 2
    assert done.output.startswith("a11ynews: --scheduler needs Dask, which is not installed (")
    assert done.output.endswith("; run: pip install 'a11ynews[cluster]'\n")
    assert done.output.count("\n") == 1


def test_nothing_imports_dask_that_does_not_need_it() -> None:
    """Not even the command line."""
    modules = "a11ynews.cli, a11ynews.check, a11ynews.site, a11ynews.build"
    code = f"import sys, {modules}; print({{'dask', 'distributed'}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


@pytest.mark.parametrize("written", ["10.0.0.1:8786", "local:0", "local:x", "tcp://"])
def test_an_address_that_is_none_is_refused(written: str) -> None:
    """Before anything else is done."""
    done = CliRunner().invoke(main, ["check", "--scheduler", written])

    assert done.exit_code == 2
    assert "is no scheduler; write an address such as tcp://10.0.0.1:8786, or local:4" in done.output


# -- rendering ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """More records than are rendered without others; one of them is not translated."""
    monkeypatch.setattr(build, "FEW", 2)
    made = Project(tmp_path, TWO)
    for number in range(8):
        made.record(id=f"story-{number}")
        if number:
            made.translate("de", GERMAN, f"story-{number}")
    return made


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("ledger.jsonl", "lock")
    }


def rendered(project: Project, out: str, **more: Any) -> tuple[Outcome, dict[str, bytes], dict[str, bytes]]:
    """What a render has done, the files of the site, and its traces."""
    site = Site(load(project.root / "a11ynews.toml"), project.root / out / "site")
    outcome = site.render(now=datetime(2026, 7, 1, tzinfo=UTC), **more)
    return outcome, files_of(site.out), files_of(site.traces)


def test_the_site_is_that_of_one_machine(cluster: Cluster, project: Project) -> None:
    """Byte for byte, traces as well; what is wrong is told in the same order, and the next render has nothing to do."""
    one = rendered(project, "one", jobs=1)
    many = rendered(project, "many", hire=cluster.rendering)

    assert many == one
    assert len(one[0].written) == 15
    assert one[0].stopped
    assert rendered(project, "many", jobs=1)[0].written == []
    assert rendered(project, "one", hire=cluster.rendering)[0].written == []


def test_a_worker_that_has_another_project_renders_nothing(cluster: Cluster, project: Project) -> None:
    """Else some pages would be of today, and some of yesterday."""
    on_workers(cluster, be_late)
    with pytest.raises(A11yNewsError) as error:
        rendered(project, "many", hire=cluster.rendering)
    on_workers(cluster, be_punctual)

    assert re.fullmatch(
        rf"tcp://127\.0\.0\.1:\d+: news/\S+/record.yaml there is another than here; "
        rf"see that the worker has the folder {project.root} as it is here",
        str(error.value),
    )
    assert not list((project.root / "many").rglob("*.html"))
