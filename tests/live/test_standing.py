"""A page that a test has open: looked at as it stands, and left as it was."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as BrowserPage

from a11ynews.check import Settings, check_standing
from a11ynews.exclusion import Exclusion
from a11ynews.finding import Severity
from a11ynews.live import axe
from a11ynews.live.cell import Cell
from a11ynews.report import Report

HEAD = '<!doctype html><html lang="en"><head><title>Flood in town</title><meta name="description" content="The river rose.">'
START = f"{HEAD}</head><body><main><h1>Flood</h1><p>The river rose in the night.</p>"


def whole(body: str = "", head: str = "") -> str:
    """A page without a fault, but for what is given."""
    return START.replace("</head>", f"{head}</head>") + f"{body}</main></body></html>"


USUAL = Settings()


def checked(page: BrowserPage, settings: Settings = USUAL, **given: Any) -> Report:
    """The report on a page as it stands."""
    return check_standing(page, "the page", settings, **given)[0]


def rules(report: Report) -> set[str]:
    """The rules that found an error."""
    return {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}


def test_a_good_page_passes_and_says_how_it_was_looked_at(page: BrowserPage) -> None:
    """By the static rules, and by axe in the one cell that it is in."""
    page.set_viewport_size({"width": 700, "height": 500})
    page.emulate_media(color_scheme="dark")
    page.set_content(whole())
    report = checked(page)

    assert (report.verdict, report.findings) == ("passed", [])
    assert [one.checks for one in report.pages] == [("static", f"axe {axe.version()} (700 px, dark)")]
    assert (report.axe, report.browser.split()[0]) == (axe.version(), "Chromium")
    assert {"alt-missing", "axe/image-alt", "axe/target-size"} <= report.rules.keys()


def test_the_state_after_a_click_is_looked_at(page: BrowserPage) -> None:
    """By the static rules as well; nothing is loaded anew."""
    page.set_content(
        whole("<button onclick=\"document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=data:,>')\">+")
    )
    before = checked(page)
    page.get_by_role("button").click()
    after = checked(page)

    assert rules(before) == set()
    assert rules(after) == {"alt-missing", "axe/image-alt"}
    assert {finding.place.selector for finding in after.findings} == {"main > img"}


def test_frames_and_shadow_roots_are_looked_into(page: BrowserPage) -> None:
    """As in any other check."""
    frame = "<html lang=en><title>Map</title><main><h1>Map</h1><img src=data:,></main>"
    shadow = "<script>host.attachShadow({mode: 'open'}).innerHTML = '<button></button>'</script>"
    page.set_content(whole(f'<iframe title="Map" srcdoc="{frame}"></iframe><div id="host"></div>{shadow}'))
    page.frame_locator("iframe").get_by_role("heading").wait_for()

    assert {"axe/image-alt", "axe/button-name"} <= rules(checked(page))


def test_a_frame_that_cannot_be_reached_is_unfinished(page: BrowserPage) -> None:
    """It may hold anything."""
    page.set_content(whole('<iframe title="Map" src="http://127.0.0.1:9/"></iframe>'))
    report = checked(page)

    assert report.verdict == "incomplete"
    assert [str(one) for one in report.unfinished] == [
        'the page: the frame iframe[src="http://127.0.0.1:9/"] could not be looked into (it could not be loaded); '
        "mend or remove it"
    ]


STATE = """() => {
  const names = [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertySymbols(window)].map(String).sort();
  const own = [...Object.getOwnPropertyNames(document), ...Object.getOwnPropertySymbols(document)].map(String).sort();
  return [names, own, String(window.axe?.name), document.documentElement.outerHTML, document.adoptedStyleSheets.length,
    scrollX, scrollY, document.activeElement.id, innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches,
    matchMedia("(forced-colors: active)").matches, matchMedia("(prefers-reduced-motion: reduce)").matches, window.added.length,
    String(window.addEventListener), document.getAnimations().length];
}"""
LISTENING = """<script>
  window.added = [];
  const [add, remove] = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener];
  EventTarget.prototype.addEventListener = function (type, listener) {
    if (this === window && type === "message") added.push(listener);
    return add.apply(this, arguments);
  };
  EventTarget.prototype.removeEventListener = function (type, listener) {
    if (this === window && type === "message") added.splice(added.indexOf(listener), 1);
    return remove.apply(this, arguments);
  };
</script>"""


TWO = (Cell(320, 640, "dark"), Cell(1000, 800, forced_colours=True))


@pytest.mark.parametrize(
    ("cells", "thorough", "has_own"),
    [((), False, False), ((), True, True), (TWO, False, True), (TWO, True, False)],  # each with each of both others
    ids=["as it is", "thorough, own axe", "cells, own axe", "cells, thorough"],
)
def test_the_page_is_left_as_it_was(page: BrowserPage, cells: tuple[Cell, ...], thorough: bool, has_own: bool) -> None:
    """No name, listener, style sheet or attribute stays; its width, colours, place, focus and its own axe are those of before."""
    page.set_viewport_size({"width": 800, "height": 400})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    tall = '<p style="height: 3000px"><a id="link" href="/">A link</a></p><iframe title="Map" srcdoc="<p>Map"></iframe>'
    page.set_content(whole(tall, LISTENING + ("<script>window.axe = {name: 'its own'}</script>" if has_own else "")))
    page.evaluate("link.focus(); scrollTo(0, 700)")
    frame = page.frames[1]
    before, in_frame = page.evaluate(STATE), frame.evaluate("Object.getOwnPropertyNames(window).length")
    report = checked(page, cells=cells, thorough=thorough)

    assert report.verdict == "passed"
    assert page.evaluate(STATE) == before
    assert frame.evaluate("[Object.getOwnPropertyNames(window).length, Object.getOwnPropertySymbols(window).length]") == [
        in_frame,
        0,
    ]


def test_live_rules_look_at_the_page_as_it_stands(page: BrowserPage) -> None:
    """Where they are asked for: at a part that a click has opened, at other widths too; what presses keys is told."""
    wide = '<p id=p hidden style="min-width: 900px">A wide text</p><button onclick="p.hidden = false">Open</button>'
    page.set_content(whole(wide + '<span role="button" onclick="this.hidden = true">Close</span>'))
    page.get_by_role("button", name="Open").click()
    usual, thorough = checked(page), checked(page, thorough=True)
    (note,) = thorough.notes

    assert rules(usual) == set()
    assert rules(thorough) == {"mouse-only", "reflow"}
    assert "live rules" in thorough.pages[0].checks
    assert {"text-spacing", "reflow", "reading-order"} <= thorough.rules.keys()
    assert note.startswith("not run on a page that a test has open, because they press keys on it or load it anew: ")
    assert {"focus-visible", "keyboard-trap", "moving-content"} <= {*note.partition("anew: ")[2].split(", ")}
    assert not {"focus-visible", "moving-content"} & thorough.rules.keys()


def test_cells_that_are_asked_for_are_looked_at_and_told(page: BrowserPage) -> None:
    """Something that shows only in one of them says so."""
    page.set_content(whole(head="<style>@media (prefers-color-scheme: dark) { p { color: #555; background: #333 } }</style>"))
    report = checked(page, cells=[Cell(1280, 800), Cell(320, 640, "dark")])

    assert [(finding.rule, finding.cells) for finding in report.findings] == [("axe/color-contrast", ("320 px, dark",))]
    assert report.pages[0].checks[1:] == tuple(f"axe {axe.version()} ({cell})" for cell in ("1280 px, light", "320 px, dark"))


def test_a_page_without_a_background_has_the_one_of_its_colour_scheme(page: BrowserPage) -> None:
    """Black in the dark, which axe takes for white."""
    page.emulate_media(color_scheme="dark")
    page.set_content(whole(head="<style>:root { color-scheme: light dark } p { color: #eee }</style>"))

    assert checked(page).findings == []


def test_colours_on_the_move_are_waited_for(page: BrowserPage) -> None:
    """What fades in is looked at when it is there."""
    page.set_content(whole(head="<style>@keyframes in { from { color: #fff } } p { animation: in 400ms; color: #000 }</style>"))

    assert checked(page).findings == []


def test_a_page_whose_clock_stands_still_is_looked_at(page: BrowserPage) -> None:
    """Tests put their own clock into pages."""
    page.clock.install()
    page.set_content(whole("<img src=data:,>"))
    page.clock.pause_at(4102444800000)

    assert rules(checked(page)) == {"alt-missing", "axe/image-alt"}


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"{HEAD}</head><body><main></main><footer>Imprint</footer></body></html>", "its main is empty; look at it after it has"),
        (f"{HEAD}</head><body></body></html>", "its body is empty; look at it after it has got its content"),
        (
            f"{HEAD}<style>body {{ opacity: 0 }}</style></head><body onload=''><main><h1>Words</h1></main></body></html>",
            "nothing of it can be seen, for a style hides it; look at it after it is shown",
        ),
        ("<title>404 Not Found</title><main><h1>Oh</h1>", "it is an error page (404 Not Found); see that the page is there"),
    ],
)
def test_a_page_without_content_is_unfinished(page: BrowserPage, html: str, reason: str) -> None:
    """Nothing was there to be found fault with."""
    page.set_content(html)
    report = checked(page)

    assert report.verdict == "incomplete"
    assert any(one.reason.startswith(reason) for one in report.unfinished)


@pytest.fixture
def server() -> Iterator[str]:
    """Answers with the status in the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.strip("/")
            status = int(number) if number.isdigit() else 200
            content = (whole() if number != "plain" else "Words.").encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if number == "plain" else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'none'")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> BrowserPage:
    """A tab of its own for each test: what has been checked in one is known there."""
    return new_context().new_page()


@pytest.mark.parametrize(
    ("path", "status", "reasons"),
    [
        ("/200", None, []),
        ("/404", 404, []),
        ("/404", None, ["it was served with HTTP status 404; see why, or give status=404 where that is what it should be"]),
        ("/500", 404, ["it was served with HTTP status 500 instead of 404; see why"]),
        ("/200", 404, ["it was served with HTTP status 200 instead of 404; see why"]),
        ("/plain", None, ["it is text/plain and no HTML page; leave it out"]),
    ],
)
def test_a_page_that_was_served_with_an_error_is_unfinished(
    page: BrowserPage, server: str, path: str, status: int | None, reasons: list[str]
) -> None:
    """Unless the test says that it should be; under the strictest Content Security Policy."""
    page.goto(server + path)
    report = checked(page, status=status)

    assert [one.reason for one in report.unfinished] == reasons
    assert report.verdict == ("incomplete" if reasons else "passed")


def test_the_browsers_own_error_page_is_unfinished(page: BrowserPage) -> None:
    """It has no barriers, and is not the page."""
    with pytest.raises(Exception, match="ERR_"):
        page.goto("http://127.0.0.1:9/")
    page.wait_for_url("chrome-error:**")
    report = checked(page)

    assert [one.reason for one in report.unfinished] == [
        "the browser could not load it, and shows an error page of its own; see that it is there"
    ]


def test_the_configuration_holds(page: BrowserPage) -> None:
    """Rules that weigh less, parts that are left out; a part that is on another page is no fault of this one."""
    page.set_content(whole('<div class="ad"><img src=data:,></div><p style="color: #aaa">Pale.</p>'))
    settings = Settings(
        levels={"axe/color-contrast": Severity.WARNING},
        exclude=[Exclusion(".ad", "somebody else's"), Exclusion(".map", "a map")],
    )
    report = checked(page, settings)

    assert (report.verdict, rules(report)) == ("passed", set())
    assert [finding.rule for finding in report.findings if finding.severity is Severity.WARNING] == ["axe/color-contrast"]
    assert "2 findings left out in .ad, because: somebody else's" in report.notes


def test_a_page_that_breaks_under_the_look_is_unfinished(page: BrowserPage) -> None:
    """And told in words."""
    page.set_content(whole("<script>Object.defineProperty(window, 'axe', {get() { throw Error('no') }, set() {}})</script>"))
    report = checked(page)

    assert report.verdict == "incomplete"
    assert report.unfinished[0].reason.startswith("it could not be looked at (")
    assert report.unfinished[0].reason.endswith("; see what the test does to it")
