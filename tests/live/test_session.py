"""Pages in the cells of the matrix: what is found, and what could not be looked at."""

import http.server
import os
import re
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.errors import BrowserError
from a11ynews.exclusion import Exclusion, Exclusions
from a11ynews.finding import Severity
from a11ynews.live import axe, hand, script, session
from a11ynews.live.browser import Driver, launched
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.livepage import LivePage
from a11ynews.live.rules import LIVE_RULES
from a11ynews.live.session import Options, examine
from a11ynews.message import say
from a11ynews.page import Page
from a11ynews.report import CheckedPage, Report
from a11ynews.rule import Rule
from servers import HANGS, Answer, Reply, answering, wait_for_ever

LIGHT, DARK, NARROW = Cell(1280, 800), Cell(1280, 800, "dark"), Cell(320, 640)


def whole(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>Test</title>{head}</head><body><main>{body}</main></body></html>'


def look(
    root: Path, files: dict[str, str], *, only: list[str] | None = None, report: Report | None = None, **options: Any
) -> Report:
    """The report on a site of these files."""
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    names = only or list(files)
    pages = [Page(name if "://" in name else str(root / name), files.get(name, "")) for name in names]
    report = report or Report()
    how = {name: options.pop(name) for name in ("tell", "step", "workers") if name in options}
    examine(pages, root, report, Options(**{"cells": (LIGHT,), **options}), **how)
    return report


def reasons(report: Report) -> dict[str, list[str]]:
    """Why pages were not looked at, by the names of their files."""
    told: dict[str, list[str]] = {}
    for entry in report.unfinished:
        told.setdefault(entry.page.rpartition("/")[2], []).append(entry.reason)
    return told


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.place.page.rpartition("/")[2], finding.rule) for finding in report.findings]


# -- one look at many pages --------------------------------------------------------------------------------------------

DARK_ONLY = "<style>p { color: #333; background: #fff } @media (prefers-color-scheme: dark) { p { color: #ccc } }</style>"
NARROW_ONLY = "<style>img { display: none } @media (max-width: 400px) { img { display: block } }</style>"
FORCED_ONLY = "<style>@media (forced-colors: active) { p { forced-color-adjust: none; color: #ccc; background: #fff } }</style>"
MOVING = """<style>
    @keyframes dawn { from { color: #ddd } to { color: #000 } }
    p { color: #000 }
    #once { animation: dawn 3600s forwards }
    #always { animation: dawn 3600s alternate infinite }
    #softly { background: #fff; transition: color 3600s }
    @media (prefers-color-scheme: dark) { #softly { color: #ddd; background: #000 } }
</style>"""
REMEMBERS = """<h1>Words</h1><script>
    if (localStorage.seen || sessionStorage.seen || document.cookie) document.querySelector("h1").innerHTML = "<img>";
    localStorage.seen = sessionStorage.seen = document.cookie = "seen=1";
</script>"""

HIDDEN = "nothing of it can be seen, for a style hides it; see that it is shown without waiting for a script"

SITE = {
    "clean.html": whole("<h1>Words</h1>"),
    "everywhere.html": whole("<img src=x>"),
    "dark.html": whole("<p>Words</p>", DARK_ONLY),
    "narrow.html": whole('<p>Words</p><img src="x">', NARROW_ONLY),
    "dark-canvas.html": whole("<p>Words <a href=x>link</a></p>", '<meta name="color-scheme" content="light dark">'),
    "forced.html": whole("<p>Words</p>", FORCED_ONLY),
    "moving.html": whole("<p id=once>Words</p><p id=always>Words</p><p id=softly>Words</p>", MOVING),
    "lazy.html": whole(
        '<h1>Words</h1><p style="height: 9000px">Far</p><iframe title="late" loading="lazy" src="everywhere.html"></iframe>'
    ),
    "strict.html": whole("<img src=x>", "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"),
    "busy.html": whole(
        "<h1>Words</h1><a id=d href=clean.html download>Get</a>"
        "<script>alert(1); open('clean.html'); open('clean.html', '', 'noopener'); d.click(); confirm('Really?')</script>"
    ),
    "empty.html": whole(""),
    "empty-body.html": "<!doctype html><html lang=en><title>Test</title><body><div> </div></body></html>",
    "hidden-body.html": "<!doctype html><html lang=en><title>Test</title><body><p hidden>Words</p></body></html>",
    "shown-late.html": whole(
        "<h1>Words</h1><p style='color: #ccc'>Pale</p><img alt=x src=data:,>",
        "<style id=hides>html { opacity: 0 !important }</style><script>setTimeout(() => hides.remove(), 60_000)</script>",
    ),
    "never-shown.html": whole(
        "<h1>Words</h1><p style='color: #ccc'>Pale</p><button>x</button>",
        "<style>body { visibility: hidden }</style><script src=//away.example/shows.js></script>",
    ),
    "shown-in-part.html": whole(
        "<h1 style='visibility: visible'>Words</h1>", "<style>body { visibility: hidden }</style><script>0</script>"
    ),
    "transparent.html": whole("<h1>Words</h1>", "<style>body { opacity: 0 }</style>"),
    "unfilled-body.html": "<!doctype html><html lang=en><title>Test</title><p hidden>Words</p><script src=x.js></script></html>",
    "away-by-script.html": whole("<h1>Words</h1>", "<script>location = 'clean.html'</script>"),
    "away-at-the-end.html": whole("<h1>Words</h1><img src=x><script>location.replace('clean.html')</script>"),
    "away-by-meta.html": whole("<h1>Words</h1>", '<meta http-equiv="refresh" content="0; url=http://away.example/">'),
    "away-unseen.html": whole("<h1>Words</h1>", "<script>location = 'unseen.html'</script>"),
    "away-to-nothing.html": whole("<h1>Words</h1>", "<script>setTimeout(() => location = 'about:blank', 100)</script>"),
    "again.html": whole("<h1>Words</h1>", '<meta http-equiv="refresh" content="0">'),
    "broken-frame.html": whole("<h1>Words</h1><iframe title=inner src=nothing.html></iframe>"),
    "broken-style.html": whole("<h1>Words</h1>", '<link rel="stylesheet" href="nothing.css">'),
    "dead-frame.html": whole(
        "<h1>Words</h1><iframe title=inner src=clean.html></iframe>",
        "<meta http-equiv='Content-Security-Policy' content=\"frame-src 'none'\">",
    ),
    "remembers.html": whole(REMEMBERS),
    "remembers-too.html": whole(REMEMBERS),
    "data.json": "{}",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on that site, in all cells; two of its files are not there."""
    root = tmp_path_factory.mktemp("site")
    (root / "folder").mkdir()
    (root / "folder" / "index.html").write_text(SITE["clean.html"])
    (root.parent / "outside.html").write_text(SITE["clean.html"])
    return look(root, SITE, only=[*SITE, "gone.html", "folder", "../outside.html"], cells=CELLS)


def test_a_clean_page_is_a_visible_pass(report: Report) -> None:
    """It is among the pages that were looked at, with the cells in which."""
    (page,) = [page for page in report.pages if page.name.endswith("/clean.html")]

    assert page.checks == tuple(
        f"axe {axe.version()} ({cell})"
        for cell in ("1280 px, light", "1280 px, dark", "1280 px, light, forced colours", "320 px, light")
    )
    assert "clean.html" not in reasons(report)
    assert "clean.html" not in [page for page, _ in found(report)]


@pytest.mark.parametrize(
    ("name", "rule", "cells"),
    [
        ("everywhere.html", "axe/image-alt", ()),
        ("dark.html", "axe/color-contrast", ("1280 px, dark",)),
        ("narrow.html", "axe/image-alt", ("320 px, light",)),
        ("forced.html", "axe/color-contrast", ("1280 px, light, forced colours",)),
        ("lazy.html", "axe/image-alt", ()),
        ("strict.html", "axe/image-alt", ()),
    ],
)
def test_a_finding_is_one_with_its_cells(report: Report, name: str, rule: str, cells: tuple[str, ...]) -> None:
    """However many cells it was seen in; none are named where it was in all."""
    findings = [finding for finding in report.findings if finding.place.page.endswith(f"/{name}")]

    assert [(finding.rule, finding.cells) for finding in findings] == [(rule, cells)]
    assert name not in reasons(report)


@pytest.mark.parametrize(
    "name",
    [
        *("moving.html", "busy.html", "again.html", "dark-canvas.html", "remembers.html", "remembers-too.html"),
        *("hidden-body.html", "transparent.html", "shown-in-part.html"),  # all that readers get of it has been looked at
    ],
)
def test_nothing_is_found_that_is_not_there(report: Report, name: str) -> None:
    """Animations end, dialogs, windows and downloads are closed, a dark canvas is dark, and no page has been seen before."""
    assert name not in [page for page, _ in found(report)]
    assert name not in reasons(report)
    assert any(page.name.endswith(f"/{name}") for page in report.pages)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.html", "it answers with HTTP status 404; see that it is there"),
        ("folder", "it sends readers on to /folder/; look at that page instead"),
        ("outside.html", r"it is not in the folder /.* that is looked at; name a folder that holds it"),
        ("data.json", "it is application/json and no HTML page; leave it out"),
        ("empty.html", "its main is empty; see that the page has its content without waiting for a script"),
        ("empty-body.html", "its body is empty; see that the page has its content without waiting for a script"),
        ("unfilled-body.html", "its body is empty; see that the page has its content without waiting for a script"),
        *((name, HIDDEN) for name in ("shown-late.html", "never-shown.html")),
        ("away-unseen.html", "it leads readers on by itself, to /unseen.html; look at that page too"),
        ("broken-frame.html", "its frame /nothing.html answers with HTTP status 404; put it where the page looks for it"),
        ("broken-style.html", "its style sheet /nothing.css answers with HTTP status 404; put it where the page looks for it"),
        (
            "dead-frame.html",
            r'the frame iframe\[src="clean.html"\] could not be looked into \(it could not be loaded\); mend or remove it',
        ),
    ],
)
def test_what_was_not_looked_at_is_told(report: Report, name: str, reason: str) -> None:
    """It fails the run: a page that was not seen is no pass."""
    (told,) = reasons(report)[name]

    assert re.fullmatch(reason, told)
    assert report.exit_code == 2


def test_a_page_that_leads_away_is_looked_at_all_the_same(report: Report) -> None:
    """It is held where it is, so that what is wrong with it is found too; where it leads is told."""
    assert ("away-at-the-end.html", "axe/image-alt") in found(report)
    (note,) = [note for note in report.notes if note.startswith("looked at before it led readers on by itself: ")]
    for told in ("away-by-script.html (to /clean.html)", "away-by-meta.html (to http://away.example/)"):
        assert told in note
    assert not {"away-by-script.html", "away-by-meta.html", "away-at-the-end.html", "away-to-nothing.html"} & {*reasons(report)}


def test_the_report_says_what_ran(report: Report) -> None:
    """Versions, and how many rules."""
    (note,) = [note for note in report.notes if note.startswith("axe-core")]

    assert re.fullmatch(rf"axe-core {re.escape(axe.version())} with \d\d rules, in \w+ [\d.]+", note)


# -- looks of their own ------------------------------------------------------------------------------------------------


def test_nothing_outside_the_site_is_asked_for(tmp_path: Path) -> None:
    """No file, no frame, no socket, no connection in advance; what was left out is told once."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.5)
        there = f"127.0.0.1:{other.getsockname()[1]}"
        page = whole(
            f"<h1>Words</h1><img alt='' src='http://{there}/a.png'><iframe title=a src='http://{there}/'></iframe>"
            f"<iframe title=b src='https://video.example/'></iframe>"
            f"<script src='http://{there}/a.js'></script><script>fetch('http://{there}/data'); new WebSocket('ws://{there}/');"
            f"navigator.sendBeacon('http://{there}/beacon', 'x')</script>",
            f"<link rel=preconnect href='http://{there}'><link rel=prefetch href='http://{there}/p.html'>"
            f"<link rel=stylesheet href='http://{there}/a.css'>",
        )

        report = look(tmp_path, {"a.html": page, "b.html": page})

        with pytest.raises(TimeoutError):
            other.accept()
    assert report.notes[1:] == [f"not loaded, because it is not part of the site: {there}, video.example; see “origins”"]
    assert not report.unfinished
    assert len(report.pages) == 2


def test_links_from_the_root_of_the_host_are_followed_below_the_sites_path(tmp_path: Path) -> None:
    """A page for what is not there must begin its links so; where the site will be, its other pages say."""
    home = '<link rel="canonical" href="https://site.example/news/en.html">'
    style = '<link rel="stylesheet" href="/news/style.css">'
    (tmp_path / "style.css").write_text("p { color: #000 }", "utf-8")
    files = {"404.html": whole("<h1>Words</h1>", style), "en.html": whole("<h1>Words</h1>", home)}

    assert reasons(look(tmp_path, files)) == {}
    assert list(reasons(look(tmp_path, files | {"en.html": whole("<h1>Words</h1>")}))) == ["404.html"]


def test_an_address_is_opened_as_it_is(tmp_path: Path) -> None:
    """A page that another server gives out is looked at there; one that is sent on is not taken for the other."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/old" else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Location", "/new")
            self.end_headers()
            self.wfile.write(whole("<img src=/x.png>").encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"

        report = look(tmp_path, {}, only=[f"{base}/new", f"{base}/old"])

        server.shutdown()
    assert found(report) == [("new", "axe/image-alt")]
    assert reasons(report) == {"old": [f"it sends readers on to {base}/new; look at that page instead"]}


HUNG = whole(f"<script>{HANGS}</script>")


def test_a_page_that_hangs_is_told_and_the_others_go_on() -> None:
    """It is tried once more, and then left."""
    report, _ = served({"/a.html": HUNG, "/never": wait_for_ever, "/b.html": IMAGE}, patience=5)

    assert reasons(report) == {"a.html": ["it did not answer within 5 seconds, twice; see what its scripts do"]}
    assert found(report) == [("b.html", FOUND)]


def test_a_browser_that_dies_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is looked at once more, and that is told."""
    look_at, deaths = session._Tab.look, iter([True])

    def dying(self: session._Tab, *args: Any, **options: Any) -> Any:
        if next(deaths, False):
            browser = self.context.browser
            assert browser
            processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            os.kill(next(process["id"] for process in processes if process["type"] == "browser"), signal.SIGKILL)
        return look_at(self, *args, **options)

    monkeypatch.setattr(session._Tab, "look", dying)

    report = look(tmp_path, {"a.html": whole("<img src=x>"), "b.html": whole("<img src=x>")})

    assert found(report) == [("a.html", "axe/image-alt"), ("b.html", "axe/image-alt")]
    assert not report.unfinished
    assert (
        len([note for note in report.notes if "a.html: looked at a second time, because at first the browser failed (" in note])
        == 1
    )


def test_a_rule_that_fails_in_one_cell_names_it(tmp_path: Path) -> None:
    """What could not be checked has its cells as a finding has."""
    script = """<script>matchMedia("(max-width: 400px)").onchange = () =>
        Object.defineProperty(document, "title", {get() { throw new Error("no title") }})</script>"""

    files = {
        "a.html": whole(f"<h1>Words</h1><p>More</p>{script}", "<style>@media (max-width: 400px) { p { display: none } }</style>")
    }
    report = look(tmp_path, files, cells=(LIGHT, NARROW))

    assert reasons(report) == {
        "a.html": ["axe's rule document-title failed (no title); tell axe-core's developers (320 px, light)"]
    }


def parts_run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes in which of axe's rules run from now on, cell by cell."""
    look_at = session._Tab.look
    runs: list[str] = []

    def counted(self: session._Tab, *args: Any, **options: Any) -> Any:
        seen = look_at(self, *args, **options)
        runs.extend([seen.part] if seen.part else [])
        return seen

    monkeypatch.setattr(session._Tab, "look", counted)
    return runs


def test_an_unchanged_cell_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing looks different nothing can be found that was not; where only colours do, only their rules run."""
    runs = parts_run(monkeypatch)

    report = look(tmp_path, {"a.html": SITE["everywhere.html"], "b.html": SITE["dark.html"]}, cells=(LIGHT, DARK))

    assert runs == ["whole", "whole", "colours"]
    assert [finding.cells for finding in report.findings] == [(), ("1280 px, dark",)]


def test_a_cell_is_looked_at_as_far_as_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where things only stand elsewhere the rules run that go by that; where the reader's colours are forced, none on colour."""
    runs = parts_run(monkeypatch)
    words = f"<p style='color: #ccc; background: #fff'>{'Words ' * 90}</p><button>x</button>"

    report = look(tmp_path, {"a.html": whole(words)}, cells=CELLS)

    assert runs[0] == "whole"
    assert runs[-1] == "looks"
    assert set(runs[1:-1]) <= {"colours", "places"}
    assert [(finding.rule, finding.cells) for finding in report.findings] == [
        ("axe/color-contrast", ("1280 px, light", "1280 px, dark", "320 px, light"))
    ]


def test_rules_that_do_not_run_run_in_no_cell(tmp_path: Path) -> None:
    """Where none of those are left that a cell asks for, there is nothing to run."""
    choice = axe.Choice(only=frozenset({"image-alt"}))

    report = look(tmp_path, {"a.html": whole(f"<img src=data:,><p>{'Words ' * 90}")}, cells=CELLS, choice=choice)

    assert [(finding.rule, finding.cells) for finding in report.findings] == [(FOUND, ())]
    assert report.unfinished == []


def test_best_practices_are_an_option(tmp_path: Path) -> None:
    """They come as warnings."""
    report = look(tmp_path, {"a.html": whole("<h3>Words</h3>")}, choice=axe.Choice(best_practices=True))

    assert report.counts[Severity.WARNING] > 0
    assert report.counts[Severity.ERROR] == 0


def test_a_page_that_was_checked_before_keeps_its_checks(tmp_path: Path) -> None:
    """There is one entry for a page, whoever looked at it."""
    (tmp_path / "a.html").write_text(SITE["clean.html"])
    name = str(tmp_path / "a.html")
    report = Report(pages=[CheckedPage(name, ("static",))])

    examine([Page(name, SITE["clean.html"])], tmp_path, report, Options(cells=(DARK,)))

    assert report.pages == [CheckedPage(name, ("static", f"axe {axe.version()} (1280 px, dark)"))]


def test_no_page_needs_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And adds nothing to the report, which then is no pass."""
    monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere")
    report = Report()

    examine([], tmp_path, report)

    assert report == Report()
    assert report.exit_code == 3


def test_of_pages_that_could_not_be_looked_at_nobody_says_by_how_many_rules_they_were(tmp_path: Path) -> None:
    """“axe-core with 0 rules” would stand beside what other folders are looked at by."""
    report = look(tmp_path, {"a.html": whole("Words")}, only=["gone.html"])

    assert reasons(report) == {"gone.html": ["it answers with HTTP status 404; see that it is there"]}
    assert report.notes == []


def test_no_browser_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is added to the report as if it had been looked at."""
    monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere")

    with pytest.raises(BrowserError, match="A11YNEWS_BROWSER is '/nowhere'"):
        look(tmp_path, {"a.html": SITE["clean.html"]})


def test_each_page_is_told_when_its_turn_comes(tmp_path: Path) -> None:
    """So that somebody who waits sees what for."""
    told: list[str] = []

    look(tmp_path, {"a.html": SITE["clean.html"], "b.html": SITE["clean.html"]}, tell=told.append)

    assert told == [str(tmp_path / "a.html"), str(tmp_path / "b.html")]


def test_any_number_of_workers_gives_the_same_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the pages, however long each of them takes, with the same notes and the same pictures."""
    files = {
        "slow.html": whole("<h1>Words</h1><img src=/first.png>"),
        "away.html": SITE["away-by-meta.html"],
        "broken.html": SITE["broken-frame.html"],
        "dark.html": SITE["dark.html"],
        "other.html": whole("<h1>Words</h1><img src=/second.png><script src=http://other.example/x.js></script>"),
        "empty.html": SITE["empty.html"],
    }
    steps: list[int] = []

    one = look(tmp_path, files, cells=(LIGHT, DARK), pictures=True, step=lambda: steps.append(1))
    last_comes_first(monkeypatch, len(files))
    three = look(tmp_path, files, cells=(LIGHT, DARK), pictures=True, workers=3, step=lambda: steps.append(1))

    assert one == three
    assert [page.name.rpartition("/")[2] for page in one.pages] == [*files]
    assert [name.rpartition("/")[2] for name, _ in found(one)] == ["slow.html", "dark.html", "other.html"]
    assert "/first.png, /second.png" in str(one.notes)
    assert len(one.pictures) == 3
    assert len(steps) == 2 * len(files)


def last_comes_first(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """From now on what came of the first of so many pages is handed over when all others have been."""
    put, others = session._Queue.put, threading.Semaphore(0)

    def late(queue: session._Queue, at: int, visit: session.Visit) -> None:
        assert at or all(others.acquire(timeout=100) for _ in range(number - 1))
        put(queue, at, visit)
        others.release()

    monkeypatch.setattr(session._Queue, "put", late)


def test_a_browser_that_does_not_start_beside_others_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory may be short: the one that has started looks at all pages."""
    scarce_from(monkeypatch, [True, False, False, True, True])  # whoever fails tries once more

    report = look(tmp_path, {f"{letter}.html": IMAGE for letter in "abc"}, workers=2)

    assert found(report) == [(f"{letter}.html", FOUND) for letter in "abc"]
    assert report.unfinished == []


def test_the_others_look_at_the_pages_where_the_first_gets_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that is to read what axe says of its rules."""
    start = session.Worker._running_browser

    def scarce(worker: session.Worker) -> Any:
        if worker.is_first:
            raise BrowserError(say("no memory"))
        return start(worker)

    monkeypatch.setattr(session.Worker, "_running_browser", scarce)

    report = look(tmp_path, {f"{letter}.html": IMAGE for letter in "abc"}, workers=2)

    assert found(report) == [(f"{letter}.html", FOUND) for letter in "abc"]
    assert report.unfinished == []


def scarce_from(monkeypatch: pytest.MonkeyPatch, starts: Sequence[bool]) -> None:
    """Which of the browsers that are begun do start."""
    following = iter(starts)

    @contextmanager
    def scarce(driver: Driver) -> Iterator[Any]:
        if not next(following):
            raise BrowserError(say("no memory"))
        with launched(driver) as browser:
            yield browser

    monkeypatch.setattr(hand, "_kept", None)
    monkeypatch.setattr(hand, "launched", scarce)


def test_pages_that_no_browser_is_left_for_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found until then stays found."""
    scarce_from(monkeypatch, [True, False, False])
    monkeypatch.setattr(session, "_PAGES_PER_BROWSER", 1)
    report = Report()

    with pytest.raises(BrowserError, match=r"^no memory; not looked at: \S+/c.html, \S+/d.html$"):
        look(tmp_path, {f"{letter}.html": IMAGE for letter in "abcd"}, report=report)

    assert found(report) == [("a.html", FOUND)]
    assert reasons(report) == {"b.html": ["no memory"]}


def test_a_page_that_hangs_holds_up_no_other() -> None:
    """Whoever looks at it loses its browser; the others look on, and nothing is looked at twice or not at all."""
    others = {f"/{letter}.html": IMAGE for letter in "bcdef"}

    report, _ = served({"/a.html": HUNG, "/never": wait_for_ever, **others}, patience=5, workers=2)

    assert reasons(report) == {"a.html": ["it did not answer within 5 seconds, twice; see what its scripts do"]}
    assert found(report) == [(f"{letter}.html", FOUND) for letter in "bcdef"]
    assert report.notes[1:] == []


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An interruption comes while the first page is looked at; the pages that were begun."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what is in the background ignore it
    begun: list[str] = []
    visit = session.Worker._visit

    def noted(self: session.Worker, page: Page) -> Any:
        begun.append(page.name)
        signal.raise_signal(signal.SIGINT) if threading.current_thread() is threading.main_thread() else os.kill(
            os.getpid(), signal.SIGINT
        )
        return visit(self, page)

    monkeypatch.setattr(session.Worker, "_visit", noted)
    yield begun
    signal.signal(signal.SIGINT, before)


def test_an_interruption_ends_it_after_the_page_that_is_open(tmp_path: Path, interrupted: list[str]) -> None:
    """Ctrl-C does not have to wait for the rest."""
    with pytest.raises(KeyboardInterrupt):
        look(tmp_path, {f"{letter}.html": SITE["clean.html"] for letter in "abc"})

    assert len(interrupted) == 1


# -- what pages and servers do that nobody wants --------------------------------------------------------------------------


def served(pages: dict[str, Answer | Reply | str], **options: Any) -> tuple[Report, str]:
    """The report on all pages of a server, and its base address; paths with a dot elsewhere than `.html` are no pages."""
    with answering(pages) as base, tempfile.TemporaryDirectory() as nothing:
        names = [f"{base}{path}" for path in pages if path.endswith(".html") and not path.startswith("/_")]
        report = Report()
        given = {"cells": (LIGHT,), "patience": 30, **options}
        how = {"workers": given.pop("workers")} if "workers" in given else {}
        examine([Page(name, "") for name in names], Path(nothing), report, Options(**given), **how)
    return report, base


IMAGE = whole("<h1>Words</h1><img src=data:,>")
FOUND = "axe/image-alt"


def redirecting(location: str) -> Answer:
    return Answer(status=302, headers={"Location": location})


def slowly(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer after a moment: who asks for it again and again costs no processor time."""
    time.sleep(0.05)
    handler.send_response(200)
    handler.end_headers()


RUDE: dict[str, Answer | Reply | str] = {
    "/endless.html": redirecting("/endless.html?"),
    "/endless.html?": redirecting("/endless.html"),
    "/download.html": Answer(IMAGE, headers={"Content-Disposition": 'attachment; filename="a.html"'}),
    "/no-content.html": Answer(status=204),
    "/error.html": Answer(IMAGE, 503),
    "/pdf.html": Answer(b"%PDF-1.4", kind="application/octet-stream"),
    "/drawing.html": Answer('<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>x</title></svg>', kind="image/svg+xml"),
    "/xhtml.html": Answer(
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body><img src="data:,"/></body>'
        "</html>",
        kind="application/xhtml+xml",
    ),
    "/not-well-formed.html": Answer("<html xmlns='http://www.w3.org/1999/xhtml'><p>x", kind="application/xhtml+xml"),
    "/ampersand.html": Answer(
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body>Fish & chips</body></html>',
        kind="application/xhtml+xml",
    ),
    "/twice-broken.html": Answer(
        b'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body><p =>\xff</p></body></html>',
        kind="application/xhtml+xml",
    ),
    "/broken-within.html": whole("<h1>x</h1><iframe title=a src=/ampersand.html></iframe>"),
    "/entity.html": Answer('<svg xmlns="http://www.w3.org/2000/svg"><title>A&nbsp;b</title></svg>', kind="image/svg+xml"),
    "/cut.html": Answer(IMAGE, headers={"Content-Length": "99999"}),
    "/latin.html": Answer(IMAGE.replace("Words", "Größe").encode("latin-1"), kind="text/html"),
    "/csp.html": Answer(IMAGE, headers={"Content-Security-Policy": "default-src 'none'"}),
    "/timers.html": whole("<h1>x</h1><img src=data:,><script>setInterval(() => document.body.append(' '), 1)</script>"),
    "/talks.html": whole(
        "<h1>x</h1><img src=data:,><script>(async () => { for (;;) await fetch('/_talk').catch(() => 0) })()</script>"
    ),
    "/_talk": slowly,
    "/dialogs.html": whole(
        "<h1>x</h1><img src=data:,><script>onbeforeunload = event => { event.preventDefault(); return 'Stay!' };"
        "alert(1); confirm(2); prompt(3); print()</script>"
    ),
    "/worker.html": whole(
        "<h1>x</h1><img src=data:,><script>navigator.serviceWorker.register('/_worker.js').catch(() => 0)</script>"
    ),
    "/_worker.js": Answer("onfetch = event => event.respondWith(new Response('<p>mine</p>'))", kind="text/javascript"),
    "/frameset.html": "<html lang=en><title>x</title><frameset cols='*'><frame title=a src='/_frame.html'></frameset></html>",
    "/_frame.html": IMAGE,
    "/frames.html": whole("<h1>x</h1><iframe title=a src='/_outer.html' loading=lazy></iframe>"),
    "/_outer.html": whole("<h1>x</h1><iframe title=b src='/_frame.html' loading=lazy></iframe>"),
    "/sandboxed.html": whole("<h1>x</h1><iframe title=a sandbox src='/_frame.html'></iframe>"),
    "/scriptless.html": Answer(IMAGE, headers={"Content-Security-Policy": "default-src 'self'; sandbox"}),
    "/media.html": whole("<h1>x</h1><img src=data:,><video autoplay loop src='/_film.webm'></video>"),
    "/deep.html": whole("<div>" * 3000 + "<img src=data:,>"),
    "/written.html": whole(
        "<h1>x</h1><script>setTimeout(() => { document.open(); document.write('<html lang=en><title>x</title><img src=data:,>')"
        "; document.close() }, 1)</script>"
    ),
    "/reloads.html": whole("<h1>x</h1><img src=data:,><script>setInterval(() => location.reload(), 20)</script>"),
    "/blob.html": whole(
        "<h1>x</h1><img src=data:,><script>location = URL.createObjectURL(new Blob(['x'], {type: 'text/html'}))</script>"
    ),
    "/framed-away.html": whole(
        "<h1>x</h1><img src=data:,><iframe title=a srcdoc='<script>top.location = \"/xhtml.html\"</script>'></iframe>"
    ),
    "/closes.html": whole("<h1>x</h1><img src=data:,><script>close()</script>"),
    "/spoils.html": whole(
        "<h1>x</h1><img src=data:,><script>Array.prototype.extra = 1; delete window.navigation; window.axe = {version: '0'};"
        "JSON.stringify = () => { throw new Error('no') }; document.querySelectorAll = null; window.Promise = null</script>"
    ),
}


@pytest.fixture(scope="module")
def rude() -> Report:
    """The report on them."""
    return served(RUDE)[0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("endless.html", "it sends readers on without end; mend its redirects"),
        ("download.html", "it is a file to download and no page; leave it out"),
        ("no-content.html", "it answers with nothing that a browser could show; see that it is a page"),
        ("error.html", "it answers with HTTP status 503; see that it is there"),
        ("pdf.html", "it is a file to download and no page; leave it out"),
        ("scriptless.html", "its Content-Security-Policy is a sandbox that lets no script run, not even axe; check it without"),
    ],
)
def test_an_answer_that_is_no_page_is_told(rude: Report, name: str, reason: str) -> None:
    """At once: a second attempt would not help."""
    assert reasons(rude)[name] == [reason]
    assert not [page for page in rude.pages if page.name.endswith(f"/{name}")]
    assert not [note for note in rude.notes if name in note]


@pytest.mark.parametrize(
    "name",
    [
        *("xhtml", "latin", "csp", "timers", "talks", "dialogs", "worker", "frameset", "frames", "media", "deep"),
        *("written", "reloads", "blob", "framed-away", "closes"),
    ],
)
def test_a_rude_page_is_looked_at_all_the_same(rude: Report, name: str) -> None:
    """To its end, in one attempt."""
    assert (f"{name}.html", FOUND) in [(finding.place.page.rpartition("/")[2], finding.rule) for finding in rude.findings]
    assert f"{name}.html" not in reasons(rude)
    assert not [note for note in rude.notes if f"{name}.html: " in note]


def test_a_frame_that_lets_no_script_run_is_told(rude: Report) -> None:
    """It would never answer."""
    assert reasons(rude)["sandboxed.html"] == [
        'the frame iframe[src="/_frame.html"] could not be looked into (its sandbox lets no script run, not even axe); '
        "mend or remove it"
    ]


def test_a_frame_that_the_browser_stops_reading_is_told(rude: Report) -> None:
    """As a page is."""
    assert reasons(rude)["broken-within.html"] == [
        'the frame iframe[src="/ampersand.html"] could not be looked into (it is not well-formed XML); mend or remove it'
    ]


def test_a_drawing_is_looked_at(rude: Report) -> None:
    """Rules for HTML find nothing in it."""
    assert [page.checks for page in rude.pages if page.name.endswith("/drawing.html")] == [
        (f"axe {axe.version()} (1280 px, light)",)
    ]
    assert "drawing.html" not in reasons(rude)


def test_what_comes_of_a_broken_answer_is_not_passed_over(rude: Report) -> None:
    """It is found fault with, or is told."""
    for name in ("not-well-formed.html", "cut.html", "spoils.html"):
        assert name in reasons(rude) or name in [page for page, _ in found(rude)], name


@pytest.mark.parametrize("name", ["ampersand.html", "entity.html", "not-well-formed.html", "twice-broken.html"])
def test_a_page_that_the_browser_stops_reading_is_told(rude: Report, name: str) -> None:
    """What comes after is not there for readers, nor for axe, which finds nothing wrong with what the browser says instead."""
    (reason,) = reasons(rude)[name]
    assert re.fullmatch(
        r"it is not well-formed XML \(error on line 1 at column \d+: .+\), and readers get nothing of what comes after; mend it",
        reason,
    )
    assert name not in [page for page, _ in found(rude)]


def test_missing_pictures_and_scripts_are_a_note() -> None:
    """Readers do not get them either; a page is looked at without them."""
    page = whole("<h1>x</h1><img alt=x src=/gone.png>", "<script src=/gone.js></script>")

    report, base = served({"/a.html": page})

    (note,) = [note for note in report.notes if note.startswith("asked for by pages, and not there: ")]
    assert f"{base}/gone.png" in note
    assert f"{base}/gone.js" in note
    assert report.unfinished == []


NOT_TO_ITS_END = "it was looked at before it had loaded to its end, which takes too long; see what it waits for"


def test_a_page_that_never_has_all_it_asks_for_is_looked_at_and_told() -> None:
    """What it waits for might have changed it."""
    report, _ = served({"/a.html": whole("<h1>x</h1><img src=/never.png>"), "/never.png": wait_for_ever}, patience=5)

    assert found(report) == [("a.html", FOUND)]
    assert reasons(report) == {"a.html": [NOT_TO_ITS_END]}


def test_a_plain_page_is_waited_for_and_looked_at_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is asked of it is asked by one word, and what is not there in time is told all the same."""
    asked: list[str] = []
    ask = session._Tab.ask

    def noted(tab: session._Tab, name: str, argument: Any) -> Any:
        asked.append(name)
        return ask(tab, name, argument)

    monkeypatch.setattr(session._Tab, "ask", noted)
    with answering({"/never.png": wait_for_ever}) as other:
        files = {"a.html": IMAGE, "b.html": whole(f"<h1>x</h1><img src={other}/never.png>")}
        report = look(tmp_path, files, origins=[other], patience=5)

    assert asked == ["look", "look"]
    assert found(report) == [("a.html", FOUND), ("b.html", FOUND)]
    assert reasons(report) == {"b.html": [NOT_TO_ITS_END]}


def test_a_plain_page_that_is_waited_for_has_loaded_first(tmp_path: Path) -> None:
    """Whatever else is asked of it first."""
    report = look(tmp_path, {"a.html": IMAGE}, wait_for="img", rules=(), runs_axe=False)

    assert report.unfinished == []
    assert [page.name.rpartition("/")[2] for page in report.pages] == ["a.html"]


def test_a_server_that_hangs_is_told() -> None:
    """After a second attempt."""
    report, _ = served({"/a.html": wait_for_ever_before_all, "/b.html": IMAGE}, patience=4)

    assert reasons(report) == {"a.html": ["it did not answer within 4 seconds, twice; see what its scripts do"]}
    assert found(report) == [("b.html", FOUND)]


def wait_for_ever_before_all(handler: http.server.BaseHTTPRequestHandler) -> None:
    with suppress(OSError):
        while handler.connection.recv(1):
            pass


def test_a_page_that_crashes_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The crash is the page's own each time; then it is left."""
    look_at = session._Tab.look

    def crashing(self: session._Tab, *args: Any, **options: Any) -> Any:
        if self.address.endswith("/a.html"):
            self.page.goto("chrome://crash")
        return look_at(self, *args, **options)

    monkeypatch.setattr(session._Tab, "look", crashing)

    report, _ = served({"/a.html": IMAGE, "/b.html": IMAGE})

    (reason,) = reasons(report)["a.html"]
    assert "the browser failed (" in reason
    assert found(report) == [("b.html", FOUND)]


def test_a_film_without_a_source_is_not_waited_for(page: BrowserPage) -> None:
    """Nothing of it will ever come; a page would be held up by it in every cell."""
    page.set_content("<video autoplay></video><audio autoplay></audio>")
    settle = f"Promise.race([({script('settle.js')})([true, 60_000]), new Promise(done => setTimeout(done, 5_000, 'waited'))])"

    assert page.evaluate(settle) != "waited"


@pytest.mark.parametrize("rules", [(), [rule for rule in LIVE_RULES if rule.on is LivePage]], ids=["axe", "all"])
def test_a_field_called_as_what_all_elements_have_hides_nothing(rules: Sequence[Rule[LivePage]], tmp_path: Path) -> None:
    """A form's `children` are then the field, as of adults and children who travel."""
    files = {
        f"{name}.html": whole(
            f"<h1>x</h1><form><label>Words <input name={name}></label> <input type=submit><img src=data:,></form>"
        )
        for name in ("children", "contains")
    }

    report = look(tmp_path, files, rules=rules)

    assert {name for name, rule in found(report) if rule == FOUND} == {*files}
    assert reasons(report) == {}


def test_an_element_that_is_waited_for_must_come() -> None:
    """A page that scripts fill is looked at when it is filled; one that they do not is told."""
    late = "<script>setTimeout(() => document.querySelector('main').innerHTML = '<h1 id=x>x</h1><img src=data:,>', 300)</script>"

    report, _ = served({"/a.html": whole("Wait") + late, "/b.html": whole("Wait")}, wait_for="#x", patience=8)

    assert found(report) == [("a.html", FOUND)]
    assert reasons(report) == {"b.html": ["#x, which is to be waited for, has not appeared; see why, or mend “wait_for”"]}


def test_other_origins_that_belong_to_the_site_are_loaded() -> None:
    """Also in frames, which are then looked into, though another process has them."""
    with answering({"/style.css": Answer("p { color: #ccc; background: #fff }", kind="text/css"), "/frame": IMAGE}) as other:
        page = whole(f"<p>Words</p><iframe title=a src={other}/frame></iframe>", f"<link rel=stylesheet href={other}/style.css>")
        with_it, _ = served({"/a.html": page}, origins=[other])
        without, _ = served({"/a.html": page})

    assert {("a.html", "axe/color-contrast"), ("a.html", FOUND)} <= {*found(with_it)}
    assert with_it.unfinished == without.unfinished == []
    assert not without.counts[Severity.ERROR]
    assert any("not loaded, because it is not part of the site" in note for note in without.notes)


def test_name_and_password_open_a_page() -> None:
    """Those of its origin."""

    def guarded(handler: http.server.BaseHTTPRequestHandler) -> None:
        is_known = handler.headers.get("Authorization") == "Basic ZWRpdG9yOnNlY3JldCE="  # editor:secret!
        handler.send_response(200 if is_known else 401)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("WWW-Authenticate", 'Basic realm="x"')
        handler.end_headers()
        handler.wfile.write(IMAGE.encode())

    with answering({"/a.html": guarded}) as base, tempfile.TemporaryDirectory() as nothing:
        report = Report()
        for credentials in ({base: ("editor", "secret!")}, {base: ("editor", "wrong")}):
            options = Options(cells=(LIGHT,), credentials=credentials)
            examine([Page(f"{base}/a.html", "")], Path(nothing), report, options)

    assert found(report) == [("a.html", FOUND)]
    assert len(report.unfinished) == 1


def test_parts_are_left_out_in_frames_and_shadow_roots_too(tmp_path: Path) -> None:
    """A frame within is not looked into, so it may be one that cannot be."""
    script = "<script>document.querySelector('#host').attachShadow({mode: 'open'}).innerHTML = '<img src=data:,>'</script>"
    files = {
        "a.html": whole(
            f"<h1>x</h1><aside><img src=data:,></aside><img src=data:, id=kept><div id=host></div>{script}"
            "<div class=map><iframe title=a src=gone.html></iframe></div><iframe title=b src=inner.html></iframe>"
        ),
        "inner.html": whole("<aside><img src=data:,></aside>"),
    }
    exclusions = Exclusions([Exclusion("aside", "sold"), Exclusion("#host", "theirs"), Exclusion(".map", "theirs")])
    exclusions.entries = [*exclusions.entries, Exclusion(".gone", "x"), Exclusion("p:contains('x')", "no selector of browsers")]

    report = look(tmp_path, files, only=["a.html"], exclusions=exclusions)

    assert [finding.place.html for finding in report.findings] == ['<img src="data:," id="kept">']
    assert {exclusion.selector: exclusions.left_out[exclusion] for exclusion in exclusions.matched} == {
        "aside": 2,
        "#host": 1,
        ".map": 0,
    }


def test_rules_of_axes_weigh_what_is_said(tmp_path: Path) -> None:
    """One that does not run by itself runs where it is named; one that there is not is told."""
    levels = {"image-alt": Severity.WARNING, "region": Severity.ERROR, "color-contrast": Severity.ERROR}
    choice = axe.Choice(on=frozenset({"image-alt", "region", "color-contrast"}), off=frozenset({"link-name", "imgae-alt"}))
    page = whole("<h1>x</h1><img src=data:,><a href=x></a>").replace("</main>", "</main>Outside") + (
        '<p style="color: #777; background: linear-gradient(#fff, #000)">Words</p>'
    )

    report = look(tmp_path, {"a.html": page}, choice=choice, levels=levels)

    weighed = {finding.rule: finding.severity for finding in report.findings}
    assert (weighed["axe/image-alt"], weighed["axe/region"]) == (Severity.WARNING, Severity.ERROR)
    assert weighed["axe/color-contrast"] is Severity.REVIEW, "what axe cannot tell stays for a person"
    assert "axe/link-name" not in weighed
    assert "axe/link-name" not in report.rules
    assert report.rules["axe/image-alt"].severity is Severity.WARNING
    assert [str(one) for one in report.unfinished] == ["there is no rule “axe/imgae-alt”; did you mean “axe/image-alt”?"]


def test_what_axe_says_of_its_rules_is_the_same_wherever_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a window that is there for the pages anyway, or of one of its own."""
    beside = look(tmp_path, {"a.html": IMAGE})
    monkeypatch.setattr(session, "can_look", lambda _core: False)
    within = look(tmp_path, {"a.html": IMAGE})

    assert beside.rules == within.rules
    assert len(beside.rules) > 50


def test_one_rule_of_axes_can_be_asked_for(tmp_path: Path) -> None:
    """It is no fault that it finds nothing to test."""
    report = look(tmp_path, {"a.html": SITE["clean.html"]}, choice=axe.Choice(only=frozenset({"image-alt"})))

    assert [*report.rules] == ["axe/image-alt"]
    assert report.unfinished == []


def test_an_axe_that_does_not_run_is_an_error(tmp_path: Path) -> None:
    """Told once, and not of each page."""
    broken = axe.Core("/*! axe v4.12.1 */ axe.version = ", "4.12.1")

    with pytest.raises(BrowserError, match=r"axe-core 4\.12\.1 does not run \("):
        look(tmp_path, {"a.html": SITE["clean.html"]}, core=broken)


def test_a_page_that_axe_cannot_finish_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours take the longest by far. They are told as not checked, at once; the others go on."""
    monkeypatch.setattr(session, "_LARGE", 100)
    run = axe.run

    def endless(page: Any, **options: Any) -> axe.Outcome:
        if options["part"] == "colours":
            page.evaluate(f"() => {{ {HANGS} }}")
        return run(page, **options)

    monkeypatch.setattr(axe, "run", endless)
    large = whole("<h1>x</h1>" + "<p><img src=data:,>" * 100)

    report, _ = served({"/a.html": large, "/b.html": IMAGE, "/never": wait_for_ever}, patience=6)

    assert reasons(report) == {
        "a.html": ["axe did not finish with colours within 6 seconds, for the page has 206 elements; allow it more time"]
    }
    assert found(report).count(("a.html", FOUND)) == 100
    assert ("b.html", FOUND) in found(report)
