"""The window from which pages are looked at: the same is found as from within, and pages know nothing of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Error
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import axe, script, session
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.hand import hands
from a11ynews.live.lookout import Lookout, _turned, can_look, undrawn_context
from a11ynews.live.server import serving
from a11ynews.live.session import Options, Session, Visit, is_plain
from a11ynews.page import Exposed, Page
from a11ynews.report import Report
from mixed_pages import mixed_page
from pages import whole

FOUND = '<main><h1>a</h1><img src="data:,"></main>'


class Listening(Session):
    """A session that keeps what came of each page."""

    told: dict[str, Visit]

    def take_in(self, page: Page, visit: Visit) -> None:
        self.told[page.name.rpartition("/")[2]] = visit
        super().take_in(page, visit)


def looked(
    folder: Path,
    texts: dict[str, str],
    cells: Sequence[Cell] = CELLS,
    names: Sequence[str] = (),
    *,
    has_structures: bool = False,
) -> dict[str, Visit]:
    """What came of pages: of files, or of those that have the `names` of addresses."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    pages = [Page(str(folder / name), text) for name, text in texts.items()] + [Page(name, "") for name in names]
    with hands(1) as ready:
        structures: dict[Page, tuple[Exposed, ...]] | None = {} if has_structures else None
        listening = Listening(folder, Report(), Options(cells=cells, patience=20, structures=structures))
        listening.told = {}
        listening.run(pages, ready, lambda _: None, lambda: None)
    return listening.told


def said(visits: dict[str, Visit]) -> dict[str, Any]:
    """Each thing that axe says, by page and cell, and why anything was not looked at."""
    return {
        name: (
            {cell: sorted(map(repr, outcome.nodes)) for cell, outcome in visit.outcomes.items()},
            {cell: outcome.rules for cell, outcome in visit.outcomes.items()},
            [str(reason) for reason in visit.reasons],
        )
        for name, visit in visits.items()
    }


def noted_answers(patch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the lookout could look into the page, each time that it was asked."""
    given: list[bool] = []
    ask = Lookout.ask

    def noted(self: Lookout, name: str, argument: Any, address: str) -> tuple[bool, Any]:
        told = ask(self, name, argument, address)
        given.append(told[0])
        return told

    patch.setattr(Lookout, "ask", noted)
    return given


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Those that are given during a test."""
    return noted_answers(monkeypatch)


ODD = {
    "scripted.html": f"<script>document.title = 'a'; addEventListener('load', () => document.body.append('b'))</script>{FOUND}",
    "framed.html": f'{FOUND}<iframe title="a" srcdoc="<img src=\'data:,\'>"></iframe>',
    "shadow.html": f'<div><template shadowrootmode="open"><img src="data:,"></template></div>{FOUND}',
    "drawn.html": f"<style>body {{ content-visibility: auto }} p {{ color: #999 }}</style>{FOUND}<p>a</p>",
}


RESTLESS = {
    "begins.html": "<style>p { color: #999; transition: color 9s } @starting-style { p { color: #000 } }</style><p>words</p>",
    "fades.html": "<style>@keyframes a { from { opacity: 0 } } p { animation: a 9s }</style><p style='color: #999'>words</p>",
    "stays.html": "<style>@keyframes a { to { color: #999 } } p { animation: a 9s forwards }</style><p>words</p>",
    "bare.html": "<p style='color: #999'>words</p><p>more</p>",
    "own.html": "<style>body { background: #999; color: #888 }</style><p>words</p>",
}

MIXED = {
    **{f"page{seed:02}.html": mixed_page(seed) for seed in range(20, 23)},
    **{name: whole(text) for name, text in ODD.items()},
    **{name: whole(f"<main><h1>a</h1>{text}</main>") for name, text in RESTLESS.items()},
}
"""Pages with whatever there is."""


@pytest.fixture(scope="module")
def from_outside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is found on them from the lookout, in each cell."""
    with pytest.MonkeyPatch.context() as patch:
        given = noted_answers(patch)
        found = said(looked(tmp_path_factory.mktemp("outside"), MIXED))
    assert given
    assert all(given), "not every page was looked at from the lookout"
    return found


def test_the_same_is_found_as_from_within(
    tmp_path: Path, from_outside: dict[str, Any], answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each element, by each rule, with its words and its place, in each cell."""
    monkeypatch.setattr(session, "can_look", lambda _core: False)
    assert said(looked(tmp_path, MIXED)) == from_outside
    assert not answers


def test_in_one_cell_the_same_is_found_as_in_the_first_of_several(tmp_path: Path, from_outside: dict[str, Any]) -> None:
    """There nothing is compared with anything, less is waited for, and styles are left alone; what still moves is told, too."""
    first, visits = CELLS[0], looked(tmp_path, MIXED, CELLS[:1])
    for name, (nodes, rules, _) in said(visits).items():
        assert nodes[first] == from_outside[name][0][first]
        assert rules[first] == from_outside[name][1][first]
    for name in RESTLESS:
        assert "color-contrast" in {node.rule for node in visits[name].outcomes[first].nodes}, name


PALE = "color: #999; background: #fff"


KEEPING = [
    (f"p {{ {PALE} }}", {CELLS[0], CELLS[1], CELLS[3]}),
    (f"p {{ {PALE}; forced-color-adjust: none }}", {*CELLS}),
    (f"* {{ color-scheme: light; forced-color-adjust: none }} p {{ {PALE} }}", {*CELLS}),
    (f"@media (forced-colors: active) {{ p {{ {PALE}; forced-color-adjust: none }} }}", {CELLS[2]}),
]


@pytest.fixture(scope="module")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Visit]:
    """What came of pages with these styles."""
    texts = {
        f"{number}.html": whole(f"<style>{style}</style><main><h1>a</h1><p>Pale words</p></main>")
        for number, (style, _) in enumerate(KEEPING)
    }
    return looked(tmp_path_factory.mktemp("keeping"), texts)


@pytest.mark.parametrize("number", range(len(KEEPING)), ids=[style for style, _ in KEEPING])
def test_forced_colours_are_judged_where_a_page_keeps_its_own(keeping: dict[str, Visit], number: int) -> None:
    """Elsewhere they are the reader's, and where all else is as before nothing is looked for."""
    outcomes = keeping[f"{number}.html"].outcomes
    found = {cell for cell, outcome in outcomes.items() if any(node.rule == "color-contrast" for node in outcome.nodes)}
    assert found == KEEPING[number][1]


SPOILING = [
    "JSON.stringify = () => 'no'; Array.prototype.filter = () => []; Promise = undefined; Map = undefined",
    "setTimeout = () => 0; Symbol.for = () => 'a'",
    "Array.prototype.toJSON = () => 'no'",
    "window.axe = {run: () => { throw new Error('not this one') }}; window.opener = 'a'",
]


@pytest.fixture(scope="module")
def spoiling(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Visit]:
    """What came of pages with these scripts, and of one that says what it knows of others."""
    told = "[opener, name, parent === window, window.frameElement].join() === ',,true,'"
    knowing = f"close(); document.write({told} ? '<p>alone</p>' : '<img src=\"data:,\">')"
    texts = {f"{number}.html": whole(f"<script>{text}</script>{FOUND}") for number, text in enumerate(SPOILING)}
    texts["knowing.html"] = whole(f"<script>{knowing}</script><main><h1>a</h1></main>")
    return looked(tmp_path_factory.mktemp("spoiling"), texts, CELLS[:1])


@pytest.mark.parametrize("number", range(len(SPOILING)), ids=SPOILING)
def test_what_a_page_makes_of_its_language_changes_nothing(spoiling: dict[str, Visit], number: int) -> None:
    """Old libraries put their own things in its place; the scripts of the check do not use it."""
    visit = spoiling[f"{number}.html"]
    assert [node.rule for node in visit.outcomes[CELLS[0]].nodes] == ["image-alt"]
    assert not visit.reasons
    assert not visit.notes


def test_a_page_knows_nothing_of_it(spoiling: dict[str, Visit]) -> None:
    """It has no opener and no name, has nothing above it, and cannot close itself."""
    visit = spoiling["knowing.html"]
    assert not visit.outcomes[CELLS[0]].nodes
    assert not visit.reasons
    assert not visit.notes


@contextmanager
def served(headers: dict[str, str]) -> Iterator[str]:
    """A page with a finding, at an address of a server that answers with these headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = whole(FOUND).encode()
            self.send_response(200)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/a.html"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"},
        {"Content-Security-Policy": "default-src 'none'; sandbox allow-scripts"},
    ],
)
def test_a_page_that_cannot_be_looked_into_is_looked_at_from_within(
    tmp_path: Path, headers: dict[str, str], answers: list[bool]
) -> None:
    """It wants a group of windows of its own, or has an origin that nobody else has; the page after it is looked at as usual."""
    with served(headers) as closed, served({}) as open_:
        visits = looked(tmp_path, {}, CELLS[:1], [closed, open_.replace("a.html", "b.html")])
    for visit in visits.values():
        assert [node.rule for node in visit.outcomes[CELLS[0]].nodes] == ["image-alt"]
        assert not visit.reasons
    assert False in answers


def test_where_it_fails_the_page_is_looked_at_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is told, as any second attempt is; the next page is looked at from outside again."""
    ask = Lookout.ask
    asked: list[str] = []

    def once(self: Lookout, name: str, argument: Any, address: str) -> tuple[bool, Any]:
        asked.append(name)
        if len(asked) == 1:
            raise Error("something")
        return ask(self, name, argument, address)

    monkeypatch.setattr(Lookout, "ask", once)
    visits = looked(tmp_path, {"a.html": whole(FOUND), "b.html": whole(FOUND)}, CELLS[:1])
    assert [node.rule for node in visits["a.html"].outcomes[CELLS[0]].nodes] == ["image-alt"]
    assert "looked at a second time" in str(visits["a.html"].notes)
    assert not visits["b.html"].notes
    assert len(asked) > 1


@pytest.mark.parametrize("has_structures", [False, True])
def test_pages_that_have_gone_are_not_kept(has_structures: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there were, and whoever has looked into them."""
    counted: list[int] = []
    look = session.Worker.look_at

    def counting(self: session.Worker, page: Page) -> Visit:
        visit = look(self, page)
        assert self.tab
        self.tab.cdp.send("HeapProfiler.collectGarbage")
        counted.append(self.tab.cdp.send("Memory.getDOMCounters")["documents"])
        return visit

    monkeypatch.setattr(session.Worker, "look_at", counting)
    texts = {f"{number:02}.html": whole(FOUND) for number in range(12)}
    looked(tmp_path, texts, CELLS[:1], has_structures=has_structures)
    assert counted[-1] <= counted[3]


HEARD = (
    '<header><nav aria-label="Main"><a href="/a">a</a></nav></header><main><h1 id="h">b</h1><p>c <b>d</b></p>'
    '<ul role="list"><li>e</li></ul>'
    '<button aria-labelledby="h" disabled>f</button><label>g <input type="checkbox" checked></label><p hidden>h</p>'
    '<div style="display: none">i</div><span style="visibility: hidden">j</span><details><summary>k</summary>l</details>'
    '<svg role="img" aria-label="m"></svg><table><tr><th>n</th><td>o</td></tr></table><p class="p">q</p></main>'
)


def test_what_assistive_technology_is_told_is_the_same_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with a script is asked from within, as it could have changed what the questions are made of."""
    lying = "<script>Element.prototype.getAttribute = () => 'lie'; Element.prototype.hasAttribute = () => true</script>"
    texts = {
        "plain.html": whole(f"<style>.p::before {{ content: 'before' }}</style>{HEARD}"),
        "lying.html": whole(f"{lying}{HEARD}"),
        "empty.html": whole("<main><h1>a</h1></main>"),
    }
    root, asked = Lookout.root, []

    def noted(self: Lookout, address: str) -> Any:
        found = root(self, address)
        asked.append((address.rpartition("/")[2], found is not None))
        return found

    monkeypatch.setattr(Lookout, "root", noted)
    outside = looked(tmp_path, texts, CELLS[:1], has_structures=True)
    monkeypatch.setattr(Lookout, "root", lambda *_: None)
    within = looked(tmp_path, texts, CELLS[:1], has_structures=True)

    assert asked == [("plain.html", True), ("empty.html", True)]
    assert len(outside["plain.html"].structure or ()) > 15
    assert {name: visit.structure for name, visit in outside.items()} == {name: visit.structure for name, visit in within.items()}


def test_a_page_of_another_origin_has_no_root_for_the_lookout(tmp_path: Path) -> None:
    """Nor has one that has another address than it was asked for."""
    with serving(tmp_path) as base, serving(tmp_path) as other, hands(1) as (hand,):
        (tmp_path / "a.html").write_text(whole(FOUND), encoding="utf-8")

        def work() -> list[bool]:
            with hand.browser().new_context() as context:
                lookout = Lookout(context, base, axe.packaged(), {})
                told = []
                for address in (f"{base}/a.html", f"{other}/a.html"):
                    lookout.page.goto(address)
                    told.append(lookout.root(f"{address}#top") is not None)
                return [*told, lookout.root(f"{base}/b.html") is not None]

        assert hand.do(work).result() == [True, False, False]


def test_axe_keeps_what_it_has_found_out_in_maps() -> None:
    """Both of its lists: a new version may have others, which then stay as they are."""
    assert _turned(axe.packaged().source).count("return byArguments(") == 2
    assert "byArguments" not in _turned("!function e(window){var n=window,document=window.document;}")


def test_another_axe_than_the_known_one_runs_within() -> None:
    """How its source takes the window is not known."""
    assert can_look(axe.packaged())
    assert not can_look(axe.Core(axe.packaged().source, axe.packaged().version))


def test_its_scripts_ask_for_figures_by_the_window() -> None:
    """A bare `innerWidth` would be the lookout's own."""
    import re

    figures = (
        "innerWidth|innerHeight|outerWidth|outerHeight|scrollX|scrollY|pageXOffset|pageYOffset|devicePixelRatio|screenX|screenY"
    )
    sources = [*session._SCRIPTS.values(), script("runner.js"), axe.packaged().source]
    assert not [found[0] for source in sources for found in re.finditer(rf"(?<![.\w$])(?:{figures})(?![\w$:])", source)]


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>a</p>", True),
        ('<script type="application/ld+json">{}</script><p>a</p>', True),
        ("<script>a()</script>", False),
        ('<script type="module" src="a.js"></script>', False),
        ('<script type="application/json" src="a"></script>', False),
        ('<SCRIPT TYPE="application/ld+json">{}</SCRIPT><script>a()</script>', False),
        ("<SCRIPT>a()</SCRIPT>", False),
        ("<p>contrast = 4.5</p>", True),
        ('<body onload="a()">', False),
        ('<img src="a"onerror=a()>', False),
        ('<a href="javascript:a()">a</a>', False),
        ('<meta http-equiv="refresh" content="0">', False),
        ("<meta content=0 http-equiv=refresh>", False),
        ('<iframe src="a"></iframe>', False),
        ('<svg><animate attributeName="x"/></svg>', False),
        ("<video autoplay></video>", False),
        ("<marquee>a</marquee>", False),
        ("<input autofocus>", False),
        ('<div><template shadowrootmode="open"></template></div>', False),
    ],
)
def test_a_page_is_plain_where_nothing_in_it_acts_by_itself(html: str, plain: bool) -> None:
    """Scripts that are data do not; whatever is not certain is not plain."""
    assert is_plain(html.encode()) is plain
    assert not is_plain(html.encode("utf-16"))
    assert not is_plain(html.encode() + b"\xff")


FRAMES = """() => new Promise(done => {
  let frames = 0;
  const count = () => { frames += 1; requestAnimationFrame(count) };
  requestAnimationFrame(count);
  setTimeout(() => done(frames), 200);
})"""


def test_a_window_that_is_never_drawn_opens_others_that_are_not(browser: Browser) -> None:
    """Beside it, in the same browser, all others are."""
    context, window = undrawn_context(browser)
    assert window
    assert context.pages == [window]
    with window.expect_popup() as opened:
        window.evaluate("() => { window.open('about:blank') }")
    drawn = context.new_page()

    assert [tab.evaluate(FRAMES) for tab in (window, opened.value)] == [0, 0]
    assert drawn.evaluate(FRAMES) > 0
    context.close()


def test_where_a_browser_has_no_such_window_pages_are_drawn(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left behind of the attempt."""

    def refuse() -> None:
        raise Error("no such thing")

    monkeypatch.setattr(browser, "new_browser_cdp_session", refuse)
    context, window = undrawn_context(browser, locale="de-DE")
    assert window is None
    assert not context.pages
    assert context.new_page().evaluate("navigator.language") == "de-DE"
    context.close()


DRAWN = f"<style>p {{ content-visibility: auto }}</style>{FOUND}"


@pytest.mark.parametrize(
    ("texts", "options", "is_drawn"),
    [
        (
            [
                FOUND,
                f"<script>a = 1</script>{FOUND}",
                FOUND,
                DRAWN,
                FOUND,
                f"<style>@import 'data:text/css,';</style>{FOUND}",
                FOUND,
            ],
            Options(cells=CELLS[:1]),
            [[False], [True], [False], [False, True], [False], [False, True], [False]],
        ),
        (
            # A site has one style: nobody tries in vain with page after page, unless one among them shows otherwise.
            [DRAWN, DRAWN, FOUND, DRAWN, DRAWN, DRAWN, DRAWN, FOUND],
            Options(cells=CELLS[:1]),
            [[False, True], [False, True], [False], [False, True], [False, True], [False, True], [True], [True]],
        ),
        ([FOUND, FOUND], Options(cells=CELLS[:2]), [[True, True], [True, True]]),
        ([FOUND, FOUND], Options(cells=CELLS[:1], pictures=True), [[True], [True]]),
    ],
    ids=["scripts and styles", "page after page", "several cells", "pictures"],
)
def test_a_page_is_drawn_where_something_goes_by_that(
    tmp_path: Path, texts: list[str], options: Options, is_drawn: list[list[bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has scripts or such styles, is seen in several cells, or pictures are taken of it; the next one need not be again."""
    looks: dict[str, list[bool]] = {}
    look = session._Tab.look

    def noted(tab: session._Tab, *args: Any, **more: Any) -> Any:
        looks.setdefault(tab.address.rpartition("/")[2], []).append(tab.is_drawn)
        assert (tab.page.evaluate(FRAMES) > 0) is tab.is_drawn
        return look(tab, *args, **more)

    monkeypatch.setattr(session._Tab, "look", noted)
    names = [f"{number}.html" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name).write_text(whole(text), "utf-8")
    report = Report()

    pages = [Page(str(tmp_path / name), whole(text)) for name, text in zip(names, texts, strict=True)]
    session.examine(pages, tmp_path, report, options)

    assert looks == dict(zip(names, is_drawn, strict=True))
    assert [finding.rule for finding in report.findings].count("axe/image-alt") == len(names)
    assert not report.unfinished
    assert not any("second time" in str(note) for note in report.notes)


@pytest.mark.parametrize(
    ("style", "told", "frames"),
    [
        ("", [True, 1280], 0),
        ("", [False, 1280], 2),
        ("", [True, 320], 2),
        ("p { content-visibility: auto }", [True, 1280], 2),
        ("@media (width) { p { animation-timeline: view() } }", [True, 1280], 2),
        ("@import 'data:text/css,';", [True, 1280], 2),
    ],
)
def test_frames_are_waited_for_unless_nothing_can_change_by_them(
    style: str, told: list[Any], frames: int, page: BrowserPage
) -> None:
    """A plain page is the same after it has been drawn, where its window has its size and no style goes by what was drawn."""
    CELLS[0].put_on(page)
    page.set_content(whole(f"<style>{style}</style><p>a</p>"))
    page.evaluate(
        "() => { const ask = requestAnimationFrame; window.asked = 0; requestAnimationFrame = done => { asked++; ask(done) } }"
    )
    assert page.evaluate(script("settle.js"), [True, 5000, told[0], True, told[1]])
    assert page.evaluate("asked") == frames

    assert page.evaluate(script("settle.js"), [True, 5000, told[0], True, told[1], True, False]) is (frames == 0)
    assert page.evaluate("asked") == frames
