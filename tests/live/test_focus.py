"""Where the focus is, in a browser: seen, not covered, taken past the menu."""

from contextlib import nullcontext
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

import livepages
from a11ynews.finding import Finding
from a11ynews.live import focus
from a11ynews.live.cell import Cell
from a11ynews.live.focus import focus_covered, focus_visible, focus_visible_forced, skip_link_works
from a11ynews.live.tour import tour
from a11ynews.rule import Rule
from livepages import opened

LINKS = '<p><a id="a" href="#1">A</a> and <a href="#2">B</a></p>'

SMALL = Cell(640, 400)
"""A window whose pictures are soon taken."""

LOOKS = {focus_visible: ("light", "dark"), focus_visible_forced: ("light", "dark", "forced")}


def found(rule: Rule[Any], page: BrowserPage, fragment: str) -> list[Finding]:
    """What a rule finds. Of all that is looked at once for three rules, only what it goes by itself is looked at here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(focus, "_LOOKS", {look: focus._LOOKS[look] for look in LOOKS.get(rule, ())})
        if rule is not focus_covered:
            patch.setattr(focus, "_covered", lambda *_: [])
        return livepages.found(rule, page, fragment, cell=SMALL)


def told(rule: Rule[Any], page: BrowserPage, fragment: str) -> list[str]:
    """The selectors of what a rule finds, each once."""
    return [*dict.fromkeys(finding.place.selector for finding in found(rule, page, fragment))]


def test_a_focus_that_nobody_sees(page: BrowserPage) -> None:
    """Of elements that look alike one is named; of each other kind one, too."""
    plain = f"<style>:focus {{ outline: none }}</style>{LINKS}"

    assert told(focus_visible, page, plain) == ["#a"]
    assert told(focus_visible, page, f'{plain}<button id="b">B</button>') == ["#a", "#b"]


@pytest.mark.parametrize(
    "fragment",
    [
        LINKS,
        f"<style>:focus {{ outline: none; box-shadow: 0 0 3px red }}</style>{LINKS}",
        f"<style>a {{ outline: none }} p:focus-within {{ background: yellow }}</style>{LINKS}",
        f"<style>a {{ outline: none }} i {{ position: fixed; inset: auto 0 0 auto }} a:focus ~ i {{ color: red }}</style>"
        f"{LINKS.replace('</p>', '<i>now</i></p>')}",
        "<style>input { outline: none }</style><input aria-label=A><textarea aria-label=B></textarea>",
        "<style>:focus { outline: none }</style><div tabindex=0></div><video controls></video>",
        '<style>.s:not(:focus) { position: absolute; left: -999px }</style><a class="s" href="#t">T</a><p id="t">Text</p>',
        '<p style="height:3000px"></p><div style="height:50px;overflow:auto"><p style="height:99px"></p><a href="#a">A</a></div>',
        '<a tabindex="-1" href="#1">A</a>',
        "<p>Nothing to use</p>",
    ],
)
def test_a_focus_that_is_seen(page: BrowserPage, fragment: str) -> None:
    """By the browser's ring, by anything that changes on the page, by a caret; and guards without content have no look."""
    assert found(focus_visible, page, fragment) == []


def test_a_focus_that_nobody_sees_in_a_frame(page: BrowserPage) -> None:
    """It is told with the way that leads there."""
    frame = "<iframe title=F srcdoc='<style>{}</style><p><a href=#a>A</a> <button>B</button>'></iframe>"

    assert told(focus_visible, page, frame.format("a:focus { outline: none }")) == ["body > iframe >>> body > p > a"]
    assert told(focus_visible, page, frame.format("")) == []


def test_a_focus_that_nobody_sees_among_many_kinds(page: BrowserPage) -> None:
    """However many kinds of controls there are: what the browser rings need not be photographed."""
    many = "".join(f'<a href="#{n}" class="k{n}">{n}</a> ' for n in range(80))

    assert told(focus_visible, page, f"<style>.k77:focus {{ outline: none }}</style><p>{many}</p>") == [
        "body > p > a:nth-of-type(78)"
    ]


def test_what_could_not_be_photographed_is_unfinished(page: BrowserPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pixels alone can tell, and there are too many kinds."""
    monkeypatch.setattr(focus, "_MOST_KINDS", 6)
    many = "".join(f'<a href="#{n}" class="k{n}">{n}</a> ' for n in range(9))
    with opened(page, f"<style>a:focus {{ outline: none; background: yellow }}</style><p>{many}</p>") as live:
        page.set_viewport_size({"width": 320, "height": 240})  # small pictures, not large ones
        assert list(focus_visible(live)) == []

    assert live.unfinished[0] == "whether the focus shows was not looked at for 3 kinds of elements; look at them yourself"


LINE = "<style>a:focus {{ outline: {} }} {}</style><div><a id=a href=#a>A</a></div>"


@pytest.mark.parametrize(
    ("outline", "more"),
    [
        ("2px solid #fff", ""),
        ("2px solid transparent", ""),
        ("2px solid #00f", "div { height: 20px; overflow: hidden; width: 90px } a { display: block; line-height: 20px }"),
        ("2px solid #00f", "a { clip-path: inset(0) }"),
        ("2px solid #00f", "div::after { content: ''; position: absolute; inset: 0; background: #fff }"),
    ],
    ids=["white", "transparent", "cut off", "clipped", "covered"],
)
def test_a_line_that_is_there_and_cannot_be_seen(page: BrowserPage, outline: str, more: str) -> None:
    """What a style sheet says is believed only where the eye sees it."""
    assert told(focus_visible, page, LINE.format(outline, f"body {{ background: #fff }} {more}")) == ["#a"]


def test_a_focus_that_vanishes_in_the_dark_only(page: BrowserPage) -> None:
    """The finding says where."""
    dark = "<style>:root { color-scheme: light dark } @media (prefers-color-scheme: dark) { :focus { outline: none } }</style>"
    with opened(page, dark + LINKS) as live:
        (finding,) = tour(live, [focus_visible], reload=lambda: None, patience=nullcontext).findings

    assert finding.cells == ("1280 px, dark",)


def test_a_focus_that_vanishes_with_forced_colours_only(page: BrowserPage) -> None:
    """Backgrounds and shadows are the browser's there."""
    shadow = f"<style>:focus {{ outline: none; box-shadow: 0 0 3px red }}</style>{LINKS}"

    assert told(focus_visible_forced, page, shadow) == ["#a"]
    assert told(focus_visible_forced, page, shadow.replace("none", "2px solid transparent")) == []
    assert told(focus_visible_forced, page, LINKS) == []


def test_a_focus_that_is_never_seen_is_told_once(page: BrowserPage) -> None:
    """The rule on forced colours leaves what the other one has found."""
    with opened(page, f"<style>:focus {{ outline: none }}</style>{LINKS}") as live:
        assert list(focus_visible(live))
        assert list(focus_visible_forced(live)) == []


def test_a_link_that_stays_out_of_sight(page: BrowserPage) -> None:
    """That it cannot be seen is another fault than that its focus cannot."""
    (finding, _) = found(
        focus_visible, page, '<a style="position:absolute;left:-999px" href="#t">To the text</a><p id="t">Text</p>'
    )

    assert finding.message.startswith("this is out of sight even when it has the focus; ")


BAR = '<div id="bar" style="position:fixed;inset:{} 0;background:{};padding:20px">Bar</div>'


def test_what_bars_cover(page: BrowserPage) -> None:
    """At the top or the bottom, where the browser sees no need to scroll."""
    bottom = f'<div style="height:700px"></div><a id="a" href="#a">A</a>{BAR.format("600px 0 0", "#fff")}'

    assert told(focus_covered, page, bottom) == ["#a"]
    assert told(focus_covered, page, f'<a id="a" href="#a">A</a>{BAR.format("0 0 auto", "#fff")}') == ["#a"]


def test_what_a_bar_covers_is_told_once_for_the_bar(page: BrowserPage) -> None:
    """With how many elements there are: to make room for one is to make room for all."""
    (finding, *others) = found(
        focus_covered, page, '<p><a href="#a">A</a> <a href="#b">B</a> <a href="#c">C</a></p>' + BAR.format("0 0 auto", "#fff")
    )

    assert {one.message for one in (finding, *others)} == {finding.message}
    assert finding.message.startswith("#bar covers this and 2 other elements wholly when they have the focus; ")


@pytest.mark.parametrize(
    "fragment",
    [
        f'<div style="height:90px"></div><a href="#a">A</a>{BAR.format("0 0 auto", "#fff")}',
        f'<a href="#a" style="display:block;height:300px">A</a>{BAR.format("0 0 auto", "#fff")}',
        f'<a href="#a">A</a>{BAR.format("0 0 auto", "rgba(0, 0, 0, 0.1)")}',
        '<label>L <input type="checkbox" style="opacity:0"></label>',
        '<div style="position:fixed;inset:0 0 auto;background:#fff"><a href="#a">A</a></div>',
    ],
)
def test_what_bars_leave_free(page: BrowserPage, fragment: str) -> None:
    """Not a pixel, a part of it, all because it is seen through, or what stands in the bar itself."""
    assert found(focus_covered, page, fragment) == []


SKIP = (
    '<a id="s" href="#text" onclick="{}">To the text</a><nav><a href="#n">N</a></nav><main id="text"{}><a href="#m">M</a></main>'
)


def test_skip_links_that_do_nothing(page: BrowserPage) -> None:
    """Because a script holds them up, or moves the view only."""
    assert told(skip_link_works, page, SKIP.format("event.preventDefault()", "")) == ["#s"]
    assert told(skip_link_works, page, SKIP.format("event.preventDefault(); scrollTo(0, 500)", "")) == ["#s"]


@pytest.mark.parametrize(
    "fragment",
    [
        SKIP.format("", ""),
        SKIP.format("", ' tabindex="-1"'),
        SKIP.format("event.preventDefault(); document.getElementById('text').focus()", ' tabindex="-1"'),
        SKIP.format("", "").replace('<a href="#m">M</a>', "Nothing comes after"),
        SKIP.format("", "").replace('id="text"', ""),
        '<nav><a href="/">N</a></nav><main>Text</main>',
    ],
)
def test_skip_links_that_skip(page: BrowserPage, fragment: str) -> None:
    """By the browser, by a script; a target that is missing is another rule's matter."""
    assert found(skip_link_works, page, fragment) == []
