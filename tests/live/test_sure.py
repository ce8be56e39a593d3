"""What is certain of a page without asking axe: the same is found, and axe has less to do."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import axe, script
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.hand import hands
from a11ynews.live.session import Options, Session, Visit
from a11ynews.page import Page
from a11ynews.report import Report
from mixed_pages import mixed_page
from pages import whole

Told = dict[tuple[str, Cell], tuple[list[Any], list[str], list[str]]]


class Listening(Session):
    """A session that keeps what axe has said."""

    told: Told

    def take_in(self, page: Page, visit: Visit) -> None:
        for cell, outcome in visit.outcomes.items():
            nodes = sorted((node.rule, node.severity, node.target, str(node.message), node.degree) for node in outcome.nodes)
            self.told[page.name, cell] = nodes, sorted(outcome.rules), [str(reason) for reason in outcome.unfinished]
        super().take_in(page, visit)


def told(folder: Path, texts: dict[str, str], core: axe.Core) -> Told:
    """What axe says of pages in each cell."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with hands(1) as ready:
        session = Listening(folder, Report(), Options(core=core))
        session.told = {}
        session.run([Page(str(folder / name), text) for name, text in texts.items()], ready, lambda _: None, lambda: None)
    return session.told


def test_what_axe_says_is_the_same_where_it_is_asked_less(tmp_path: Path) -> None:
    """Of pages with whatever lies over, beside and under texts: each element, by each rule, with its words, in each cell."""
    texts = {f"page{seed:02}.html": mixed_page(seed) for seed in range(8)}
    sparing = told(tmp_path, texts, axe.packaged())
    # Another axe than the packaged one is asked about everything, for what is sure was found out of this one.
    asking = told(tmp_path, texts, replace(axe.packaged()))
    assert sparing == asking
    assert axe.packaged().is_known, "prove it for this version of axe-core, and write it into KNOWN_CORE"
    rules = {rule for nodes, _, _ in asking.values() for rule, *_ in nodes}
    assert {"color-contrast", "target-size"} <= rules, "nothing was found on colour or place, and the comparison is worth little"


def sure(tab: BrowserPage, fragment: str, cell: Cell = CELLS[0]) -> tuple[list[str], bool, bool]:
    """The names of the elements that are spared; whether that is all on colour, and whether all on places is sure."""
    cell.put_on(tab)
    tab.set_content(whole(fragment))
    tab.evaluate(script("settle.js"), [True, 5000])
    found = tab.evaluate(
        f"""() => {{ const {{spared, colours, places}} = ({script("sure.js").strip()})(({script("facts.js").strip()})());
        return [[...spared ?? []].map(one => one.id || one.localName), colours, places] }}"""
    )
    return found[0], found[1], found[2]


PLAIN = '<main><h1>Flood</h1><p id="one">The <b>river</b> rose. <a href="/more">More about it</a></p></main>'


def test_of_a_plain_page_all_is_sure(page: BrowserPage) -> None:
    """Black words on white, a link that is underlined, and nothing else near."""
    assert sure(page, PLAIN) == (["h1", "one", "b", "a"], True, True)


@pytest.mark.parametrize(
    "fragment",
    [
        '<p id="one" style="color: #777">Pale</p>',
        '<p id="one" style="color: #999; font-size: 30px">Large and pale</p>',
        '<p id="one" style="color: color-mix(in srgb, red, blue)">A mixed colour</p>',
        '<p id="one" style="background-image: linear-gradient(#fff, #000)">On a picture</p>',
        '<div style="opacity: .5"><p id="one">Half seen through</p></div>',
        '<p id="one" style="text-shadow: 1px 1px #fff">With a shadow</p>',
        '<p id="one">Under a box</p><div style="margin-top: -34px; height: 40px"></div>',
        '<p id="one" style="position: relative; z-index: -1">Behind all</p>',
        '<div style="background: #000; width: 4em; white-space: nowrap"><p id="one" style="color: #fff">Runs out of it</p></div>',
        '<div style="overflow: hidden; height: 20px"><p id="one">Cut off</p></div>',
        '<p id="one">\N{GRINNING FACE} \ue001</p>',
        '<style>p::before { content: ""; position: absolute; padding: 40px; background: #000 }</style><p id="one">Drawn</p>',
        '<style>*, ::before { margin: 0 } p:before { content: ""; position: absolute; padding: 40px; background: #000 }</style>'
        '<p id="one">Drawn, besides what says nothing</p>',
        '<style>main { p::before { content: ""; position: absolute; padding: 40px; background: #000 } }</style>'
        '<p id="one">Drawn by a nested rule</p>',
        '<style>@import "data:text/css,p::before{content:%27%27;position:absolute;padding:40px;background:red}";</style>'
        '<p id="one">Drawn by a sheet that is imported</p>',
        '<style>@scope (main) { :scope > p::before { content: ""; position: absolute; padding: 40px; background: #000 } }</style>'
        '<p id="one">Drawn within bounds</p>',
        '<style>p::before { @media all { content: ""; position: absolute; padding: 40px; background: #000 } }</style>'
        '<p id="one">Drawn under a condition</p>',
    ],
)
def test_what_is_not_plain_is_left_for_axe(fragment: str, page: BrowserPage) -> None:
    """Whatever the reason is, the text is not spared, and so not all on colour is sure."""
    names, colours, _ = sure(page, f"<main>{fragment}</main>")
    assert "one" not in names
    assert not colours


@pytest.mark.parametrize(
    "field", ['<input aria-label="x" value="Pale" style="color: #ccc"/>', '<textarea aria-label="x">Pale</textarea>']
)
@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml"])
def test_what_stands_in_a_field_is_left_for_axe(kind: str, field: str, page: BrowserPage) -> None:
    """In XHTML, too, where elements are not called in capitals."""
    words = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body>Words {field}</body></html>'
    page.goto(f"data:{kind};charset=utf-8,{quote(words)}")
    colours = page.evaluate(f"() => ({script('sure.js').strip()})(({script('facts.js').strip()})()).colours")
    assert colours is False


@pytest.mark.parametrize(
    ("fragment", "are_sure"),
    [
        ('<nav><a href="/a">One</a> <a href="/b">Two</a></nav>', False),
        (
            '<nav><a href="/a" style="display: inline-block; padding: 9px">One</a> <a href="/b" style="display: inline-block; '
            'padding: 9px">Two</a></nav>',
            True,
        ),
        ('<p>In <a href="/a">a text</a> and <a href="/b">another</a>.</p>', True),
        ('<div style="overflow: auto; height: 40px"><p style="height: 90px">Text</p></div>', False),
        ('<div style="overflow: auto; height: 140px"><p style="height: 90px">Text</p></div>', True),
    ],
)
def test_places_are_sure_where_all_is_large_or_apart_and_nothing_scrolls(
    fragment: str, are_sure: bool, page: BrowserPage
) -> None:
    """Then axe is not asked about target size (WCAG 2.5.8) and regions that scroll."""
    assert sure(page, f"<main>{fragment}</main>")[2] is are_sure


def test_a_line_that_the_text_has_too_tells_no_link(page: BrowserPage) -> None:
    """Wherever around the link it comes from."""
    text = '<p style="{}"><span style="{}">The <a href="/a">river</a> rose in the night.</span></p>'
    assert sure(page, text.format("", ""))[1]
    assert not sure(page, text.format("text-decoration: underline", "display: inline-block"))[1]
    assert not sure(page, text.format("", "display: inline-block; text-decoration: underline"))[1]


def test_an_axe_of_another_version_is_asked_about_everything() -> None:
    """Its reckoning is not known; nor is that of a file that somebody names."""
    assert not replace(axe.packaged()).is_known


def test_a_link_without_a_line_is_not_sure(page: BrowserPage) -> None:
    """axe knows whether it is in a text, and what else tells it."""
    assert not sure(page, '<p>The <a href="/a" style="text-decoration: none; color: #000">river</a> rose.</p>')[1]


def test_dark_colours_have_a_verdict_of_their_own(page: BrowserPage) -> None:
    """What is plain in light colours need not be so in dark ones."""
    fragment = "<style>@media (prefers-color-scheme: dark) { p { color: #555; background: #222 } }</style><p>Words</p>"
    assert sure(page, fragment)[1]
    assert not sure(page, fragment, CELLS[1])[1]


HELD = "@media (orientation: landscape) { main { rotate: 90deg } }"


@pytest.mark.parametrize(
    ("styles", "is_steady"),
    [
        ("<style>main { color: #000 } @media print { main { rotate: 90deg } }</style>", True),
        (f"<style>{HELD}</style>", False),
        (f"<style>@layer one {{ p {{ color: red }} }} {HELD.upper()}</style>", False),
        ("<style>@import 'data:text/css,a%7B%7D'; main { color: #000 }</style>", False),
        ("<style></style><style>main { color: #000 }</style>", False),
        ("<style media=print>main { color: #000 }</style>", False),
        ("", False),
    ],
)
def test_how_a_device_is_held_does_not_matter_where_no_style_goes_by_it(styles: str, is_steady: bool, page: BrowserPage) -> None:
    """axe, which reads all styles for it, finds nothing then, and asks nobody."""
    CELLS[0].put_on(page)
    page.set_content(whole(f"{styles}<main>Words</main>"))
    steady = f"() => ({script('sure.js').strip()})(({script('facts.js').strip()})()).steady"
    assert page.evaluate(steady) is is_steady
    page.evaluate(axe.packaged().source)
    told = page.evaluate("() => axe.run({runOnly: ['css-orientation-lock']})")
    assert is_steady <= (not told["violations"] and not told["incomplete"])


def test_what_has_no_label_of_its_own_is_not_asked_whether_it_is_called_so(page: BrowserPage) -> None:
    """axe's rule on labels and shown words says the same of each element as it does without us."""
    page.set_content(
        whole(
            """<main><button>Go</button><button aria-label="Stop">Go</button><button aria-label="Go on">Go</button>
            <b id=on>Onwards</b><a href=x aria-labelledby=on>Go</a><a href=x aria-labelledby="">Go</a><a href=x title=Stop>Go</a>
            <span role=button tabindex=0 aria-label=" ">Go</span><span role=link tabindex=0 aria-label=Stop>Go</span></main>"""
        )
    )
    ask = """async () => {
      const told = await axe.run({runOnly: ["label-content-name-mismatch"]});
      const targets = ({nodes}) => nodes.map(({target}) => target.join());
      return ["violations", "incomplete", "passes"].map(kind => told[kind].flatMap(targets));
    }"""
    page.evaluate(axe.packaged().source)
    without = page.evaluate(ask)
    page.evaluate(script("runner.js"))
    assert page.evaluate(ask) == without
    assert [len(kind) for kind in without] == [3, 0, 1]
