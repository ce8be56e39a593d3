"""Layout in a browser: narrow windows, large letters, wide spacing, upright windows, the order of reading."""

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Severity
from a11ynews.live.layout import (
    large_text,
    long_lines_scroll,
    narrow_text,
    orientation,
    pinned_bars,
    reading_order,
    reading_order_of_two,
    reflow,
    text_spacing,
    zoomed_text,
)
from a11ynews.live.livepage import LivePage
from a11ynews.rule import Rule
from livepages import found, opened
from servers import Answer, answering

RULES = [
    large_text,
    long_lines_scroll,
    narrow_text,
    orientation,
    pinned_bars,
    reading_order,
    reading_order_of_two,
    reflow,
    text_spacing,
    zoomed_text,
]
LONG = "The river rose in the night, and in the morning it stood in the streets of the old town. Nobody had seen it coming. "
STRICT = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"


def told(rule: Rule[LivePage], page: BrowserPage, fragment: str) -> list[str]:
    return [f"{finding.place.selector}: {finding.message}" for finding in found(rule, page, fragment)]


def test_what_sticks_out_is_named(page: BrowserPage) -> None:
    """The culprit, not all that holds it."""
    findings = found(reflow, page, '<main><div><p style="min-width:500px">The river rose.</p><p>Nobody saw it.</p></div></main>')

    assert [finding.place.selector for finding in findings] == ["main > div > p:nth-of-type(1)"]
    assert findings[0].message.startswith("this is 500 pixels wide and sticks out of a window of 320 pixels by 188; ")


def test_what_is_cut_off_at_the_edge_of_the_window_is_told_as_such(page: BrowserPage) -> None:
    """Where the window cannot be scrolled sideways, it cannot be read at all; what waits outside it is not there yet."""
    cut = f'<style>body {{ overflow-x: hidden }}</style><p style="width: 600px">{LONG}</p>'
    waiting = '<style>body {{ overflow-x: hidden }}</style><p style="position: absolute; left: 100%; width: 200px">Menu</p>'

    assert "a window of 320 pixels cuts off 288 of them; " in told(reflow, page, cut)[0]
    assert told(reflow, page, waiting.replace("{{", "{").replace("}}", "}")) == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>The river rose in the night.</p>",
        '<table><tr><td style="min-width:500px">A wide table</td></tr></table>',
        '<div style="overflow-x:auto"><div style="width:900px">It scrolls by itself.</div></div>',
        '<p style="width:900px;display:none">Nobody sees it.</p>',
        '<div style="width:900px;height:9px;background:#ccc"></div><p>An ornament</p>',
        f'<div style="margin-right: -30px"><div style="padding-right: 30px"><p>{LONG}</p></div></div>',
        '<div style="width:500px"><p style="width:200px">The river rose.</p></div>',
        f'<p style="width:100%;padding:0 8px">{LONG}</p>',
    ],
)
def test_what_wraps_scrolls_or_needs_two_dimensions_is_no_fault(page: BrowserPage, fragment: str) -> None:
    """Exempt by WCAG, or no wider than the window as far as there is something to read."""
    assert told(reflow, page, fragment) == []


def test_a_layout_table_is_no_table(page: BrowserPage) -> None:
    """One that says it is for looks alone needs no two dimensions."""
    fragment = '<table role="presentation"><tr><td style="min-width:500px">The river rose in the night.</td></tr></table>'

    assert len(told(reflow, page, fragment)) == 1


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_is_as_before(page: BrowserPage, width: int) -> None:
    """A rule leaves the window, the letters and the adopted sheets as they were."""
    state = """() => {
      const {fontSize, letterSpacing} = getComputedStyle(document.querySelector("p"));
      return [innerWidth, innerHeight, fontSize, letterSpacing, scrollY];
    }"""
    with opened(page, f"<p>{LONG * 40}</p>") as live, live.dressed(width=width):
        before = page.evaluate(state)
        for rule in RULES:
            list(rule(live))

        assert page.evaluate(state) == before


def test_lines_that_scroll_are_told_and_rows_of_cards_are_not(page: BrowserPage) -> None:
    """Nor is code, nor a wide table in a part that scrolls."""
    card = '<li style="flex: 0 0 240px">The river rose in the night, and stood in the streets.</li>'
    cards = f'<ul style="display: flex; overflow-x: scroll">{card * 4}</ul>'
    code = f'<div style="overflow: auto"><pre>{LONG}</pre></div>'

    assert len(told(long_lines_scroll, page, f'<div style="overflow: scroll"><p style="width: 100em">{LONG}</p></div>')) == 1
    assert told(long_lines_scroll, page, cards) == told(long_lines_scroll, page, code) == []


def test_pinned_bars_are_counted_together(page: BrowserPage) -> None:
    """A head and a foot that are pinned to the window; one that scrolls away, and one that asks first, are not in the way."""
    body = f"<main>{'<p>The river rose.</p>' * 80}</main>"
    head, foot = "position: sticky; top: 0", "position: fixed; bottom: 0; left: 0; right: 0"

    assert (
        "takes 63 % of"
        in told(
            pinned_bars, page, f'<div style="{head}; height: 80px">A</div>{body}<p style="{foot}; height: 80px; margin: 0">B</p>'
        )[0]
    )
    assert told(pinned_bars, page, f'<div style="{head}; height: 80px">A</div>{body}') == []
    assert told(pinned_bars, page, f'<div role="dialog" style="{foot}; height: 200px">A</div>{body}') == []
    assert told(pinned_bars, page, f'<div style="height: 200px">A</div>{body}') == []


@pytest.mark.parametrize(
    "fragment",
    [
        f'<div style="height: 1.5em; overflow: hidden">{LONG * 3}</div>',
        f'<div style="width: 50px; height: 16px; line-height: 16px; overflow-x: hidden; white-space: nowrap">{LONG}</div>',
        f'<div style="height: 50px; overflow: clip; width: 200px"><p>{LONG}</p></div>',
        f'<main><div style="height: 1.5em; overflow: hidden">{LONG * 3}</div></main><div><button>Menu</button></div>',
        f'<div style="height: 1.5em; overflow: hidden">{LONG * 3}</div><div hidden><button>Close</button></div>',
    ],
)
def test_text_that_its_box_cuts_off_is_told(page: BrowserPage, fragment: str) -> None:
    """In either direction, whichever element hides it."""
    assert len(told(zoomed_text, page, fragment)) == 1


@pytest.mark.parametrize(
    "fragment",
    [
        f'<div style="height: 1.5em; overflow: auto">{LONG * 3}</div>',
        f'<div style="height: 1.5em">{LONG * 3}</div>',
        f'<div style="width: 99px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">{LONG}</div>',
        f'<p style="display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden">{LONG * 3}</p>',
        f'<p>Next<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">{LONG}</span></p>',
        f'<p style="position: absolute; clip-path: inset(50%); height: 20px; overflow: hidden">{LONG * 5}</p>',
        f'<div style="height: 60px; overflow: hidden">{LONG * 5}</div><button aria-expanded="false">More</button>',
        f'<div style="height: 20px; overflow: hidden"><div style="transform: translateY(-10px)">{LONG * 5}</div></div>',
        '<div style="width: 300px; overflow: hidden"><div style="display: flex"><p style="flex: 0 0 200px">The river rose.</p>'
        '<p style="flex: 0 0 200px">Nobody saw it coming, nobody at all.</p></div></div>',
        '<div style="height: 20px; overflow: hidden" aria-hidden="true">The river<br>rose<br>in the night.</div>',
        '<svg width="20" height="9"><text x="0" y="15">The river rose in the night.</text></svg>',
        '<div style="height: 0; overflow: hidden">A part that is folded away.</div>',
        '<p style="line-height: 1; overflow: hidden">The river rose, jolly gentle.</p>',
    ],
)
def test_text_that_is_hidden_or_shortened_on_purpose_is_left_alone(page: BrowserPage, fragment: str) -> None:
    """What scrolls, ends in an ellipsis, is for screen readers, folds away or slides past."""
    with opened(page, fragment) as live:
        assert [finding.message for rule in (zoomed_text, narrow_text) for finding in rule(live)] == []


def test_a_long_word_in_a_narrow_window(page: BrowserPage) -> None:
    """German has many: where it may break nothing is lost."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

    assert "is cut off; " in told(narrow_text, page, f'<h1 lang="de" style="overflow: hidden">{word}</h1>')[0]
    assert told(narrow_text, page, f'<h1 lang="de" style="overflow: hidden; overflow-wrap: anywhere">{word}</h1>') == []


def test_text_on_other_text_is_told_and_what_is_behind_a_cover_is_not(page: BrowserPage) -> None:
    """Two that can be seen through each other; not a box with a background of its own over what it covers."""
    second = '<p style="position: absolute; top: 12px; left: 8px; margin: 0{more}">Nobody had seen it.</p>'
    first = '<p style="margin: 4px 0">The river rose in the night.</p>'

    assert "this lies on “The river rose in the night.”; " in told(narrow_text, page, first + second.format(more=""))[0]
    assert told(narrow_text, page, first + second.format(more="; background: #fff")) == []
    assert told(narrow_text, page, first + second.format(more="; visibility: hidden")) == []
    assert told(narrow_text, page, first + second.format(more="").replace("absolute", "fixed")) == []


def test_letters_grow_as_a_reader_sets_them(page: BrowserPage) -> None:
    """A page whose root has a size in per cent goes on from the reader's own size; pixels stay."""
    fragment = "<style>html { font-size: 62.5% } p { font-size: 1.6rem } b { font-size: 16px }</style><p>a <b>b</b></p>"
    sizes = "['p', 'b'].map(name => getComputedStyle(document.querySelector(name)).fontSize)"
    with opened(page, fragment) as live:
        assert page.evaluate(sizes) == ["16px", "16px"]
        with live.dressed(text_size=200):
            assert page.evaluate(sizes) == ["32px", "16px"]
        assert page.evaluate(sizes) == ["16px", "16px"]


def test_lines_of_a_height_in_pixels_lie_on_each_other_when_letters_grow(page: BrowserPage) -> None:
    """And a box of such a height cuts them off; text in pixels does not follow the reader's setting, and is left alone."""
    crowded = f'<p style="font-size: 1.2em; line-height: 22px; width: 300px">{LONG}</p>'
    cut = f'<p style="height: 3.9rem; max-height: 62px; width: 25rem; overflow: hidden; margin: 0">{LONG}</p>'

    assert "the lines of “The river rose" in told(large_text, page, crowded)[0]
    assert "is cut off; " in told(large_text, page, cut)[0]
    assert told(large_text, page, crowded.replace("1.2em", "19px")) == []
    assert told(large_text, page, crowded.replace("22px", "1.3")) == []


@pytest.mark.parametrize("policy", ["", STRICT])
def test_spacing_that_does_not_fit_is_told(page: BrowserPage, policy: str) -> None:
    """A strict Content Security Policy is no obstacle; what was cut off before is told by other rules."""
    box = '<p style="height: 60px; width: 340px; overflow: hidden; font: 16px/20px sans-serif; margin: 0">{}</p>'

    findings = found(text_spacing, page, policy + box.format(LONG))
    assert ["is cut off" in finding.message for finding in findings] == [True, True]
    assert told(text_spacing, page, policy + box.replace("height: 60px", "height: 30px").format(LONG)) == []
    assert told(text_spacing, page, policy + box.replace("height", "min-height").format(LONG)) == []


def test_spacing_that_pushes_one_text_onto_another_is_told(page: BrowserPage) -> None:
    """Where they stood side by side before."""
    second = '<b style="position: absolute; left: 190px; top: 0">In the evening</b>'
    fragment = f'<div style="position: relative; font: 16px/20px sans-serif"><span>Published on Monday</span>{second}</div>'

    assert "this lies on “Published on Monday”; " in told(text_spacing, page, fragment)[0]


@pytest.mark.parametrize(
    ("style", "count"),
    [
        ("@media (orientation: portrait) { body { transform: rotate(90deg) } }", 1),
        ("@media (orientation: landscape) { html { rotate: 0.25turn } }", 1),
        ("@media (orientation: portrait) { main { transform: rotateZ(-90deg) } }", 1),
        ("@media (orientation: portrait) { main { transform: matrix(0, 1, -1, 0, 0, 0) } }", 1),
        ("@media (orientation: portrait) { body { display: none } }", 1),
        ("@media (orientation: portrait) { html { rotate: 0turn } }", 0),
        ("@media (orientation: portrait) { body { transform: translateX(100px) } }", 0),
        ("@media (orientation: portrait) { main { transform: rotate(180deg) } }", 0),
        ("@media (orientation: landscape) { b { display: inline-block; transform: rotate(90deg) } }", 0),
        ("main { transform: rotate(90deg) }", 0),
    ],
)
def test_a_page_that_wants_to_be_turned(page: BrowserPage, style: str, count: int) -> None:
    """By a quarter, the most of it; an ornament may stand as it likes, and so may what is the same both ways."""
    assert len(told(orientation, page, f"<style>{style}</style><main>{LONG} <b>New</b></main>")) == count


THREE = "<p>Moisturise</p><p>Exfoliate</p><p>Cleanse</p>"


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        (f"<style>p {{ float: right; width: 30% }}</style><h4>Three steps</h4>{THREE}", 1),
        (f'<div style="display: flex; flex-direction: row-reverse">{THREE}</div>', 1),
        (f'<div style="display: flex; flex-direction: column-reverse">{THREE}</div>', 1),
        (f'<div style="display: flex; flex-direction: row-reverse" dir="rtl">{THREE}</div>', 1),
        (f'<div style="display: flex" dir="rtl">{THREE}</div>', 0),
        (f'<div style="display: flex">{THREE}</div>', 0),
        (f'<div style="columns: 2">{THREE}</div>', 0),
        (f'<div style="display: grid; grid-auto-flow: column; grid-template-rows: 1fr 1fr">{THREE}</div>', 0),
        ('<div style="display: flex; flex-direction: row-reverse"><a href="a">A</a><a href="b">B</a><a href="c">C</a></div>', 0),
        ('<div style="display: flex"><p style="order: 1">Text</p><p>Kicker</p></div>', 0),
    ],
)
def test_three_texts_that_run_backwards(page: BrowserPage, fragment: str, count: int) -> None:
    """In the direction in which the language is read; a row of buttons is no text."""
    assert len(told(reading_order, page, fragment)) == count


def test_two_texts_are_for_a_person_to_look_at(page: BrowserPage) -> None:
    """And only where both say something."""
    (finding,) = found(
        reading_order_of_two, page, f'<div style="display: flex"><p style="order: 1">{LONG}</p><p>{LONG}</p></div>'
    )

    assert finding.severity is Severity.REVIEW
    assert told(reading_order, page, f'<div style="display: flex"><p style="order: 1">{LONG}</p><p>{LONG}</p></div>') == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<html></html>",
        "<html><frameset><frame></frameset></html>",
        "<p></p>",
        f"<div>{'<p>The river rose.</p>' * 3200}</div>",
        "<div>" * 400 + "deep",
        '<div id="h"></div><script>h.attachShadow({mode: "open"}).innerHTML = "<p>The river rose.</p>"</script>',
    ],
    ids=lambda fragment: fragment[:30],
)
def test_no_rule_breaks_down_on_odd_pages(page: BrowserPage, fragment: str) -> None:
    """Nor finds anything on them."""
    with opened(page, fragment) as live:
        assert [finding.message for rule in RULES for finding in rule(live)] == []


def test_text_in_a_shadow_root_is_looked_at(page: BrowserPage) -> None:
    """Its path leads through the host."""
    inner = f'<p style="height: 20px; overflow: hidden">{LONG * 5}</p>'
    fragment = f'<div id="h"></div><script>h.attachShadow({{mode: "open"}}).innerHTML = `{inner}`</script>'

    assert [finding.place.selector for finding in found(zoomed_text, page, fragment)] == ["#h >>> p"]


SHEET = "div { height: 44px; width: 300px; overflow: hidden; line-height: 22px } main { min-width: 500px }"
POLICIES = (
    "default-src 'none'; style-src 'self'",
    "default-src 'self'",
)


@pytest.mark.parametrize("policy", POLICIES)
def test_layout_is_tried_under_a_strict_policy(page: BrowserPage, policy: str) -> None:
    """With a style sheet of the site's own alone: sizes and spacing are the reader's, and no policy of the page holds them up."""
    html = f'<html lang="en"><title>T</title><link rel="stylesheet" href="s.css"><main><div>{LONG[:60]}</div><p>{LONG}</p></main>'
    pages = {
        "/s.css": Answer(SHEET, kind="text/css"),
        "/": Answer(html, headers={"Content-Security-Policy": policy}),
    }
    with answering(pages) as base, opened(page, "") as live:
        live.cdp.send("Fetch.disable")
        page.goto(f"{base}/")

        assert [finding.rule for finding in reflow(live)] == ["reflow"]
        assert {finding.rule for finding in text_spacing(live)} == {"text-spacing"}
        assert [finding.rule for finding in large_text(live)] == ["large-text"]


def test_text_is_enlarged_and_spaced_where_no_style_is_allowed(page: BrowserPage) -> None:
    """And set as before afterwards."""
    looks = "(s => [s.fontSize, s.letterSpacing, s.lineHeight])(getComputedStyle(document.querySelector('p')))"
    with opened(page, "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><p>The river rose.</p>") as live:
        before = page.evaluate(looks)
        with live.dressed(text_size=200, spacing=True):
            assert page.evaluate(looks) == ["32px", "3.84px", "48px"]
        live.rest()

        assert page.evaluate(looks) == before
