"""Colours: of text on pictures, of signs and fields, and where they are all that tells things apart."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import axe
from a11ynews.live.cell import CELLS
from a11ynews.live.colour import (
    behind_letters,
    colour_alone,
    contrast,
    contrast_by_pixels,
    contrast_range,
    field_edge,
    icon_contrast,
    icon_vanishes,
    link_hover,
    link_like_text,
)
from a11ynews.live.livepage import LivePage
from a11ynews.rule import Rule
from livepages import found, opened

RULES = [colour_alone, contrast_by_pixels, field_edge, icon_contrast, icon_vanishes, link_hover, link_like_text]
WORDS = "The river rose in the night, and in the morning it stood in the streets."


def told(rule: Rule[LivePage], page: BrowserPage, fragment: str) -> list[str]:
    return [f"{finding.place.selector}: {finding.message.partition(';')[0]}" for finding in found(rule, page, fragment)]


def outcomes(page: BrowserPage, fragment: str) -> tuple[int, int, int]:
    """Of axe's questions about contrast: how many there are, how many are resolved, and how many of these are found wanting."""
    with opened(page, fragment) as live:
        asked = axe.run(page, choice=axe.Choice(only=frozenset({"color-contrast"})))
        live.outcomes = {CELLS[0]: asked}
        findings = list(contrast_by_pixels(live))
        return len(asked.nodes), len(live.resolved), len(findings)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("color: #999; background: linear-gradient(#fff, #eee)", (1, 1, 1)),
        ("color: #333; background: linear-gradient(#fff, #ddd)", (1, 1, 0)),
        ("width: 400px; color: #333; background: linear-gradient(90deg, #fff, #00f)", (1, 0, 0)),
        ("color: #777; background: linear-gradient(90deg, #000, #fff)", (1, 0, 0)),
        ("color: rgba(0, 0, 0, 0.4); background: linear-gradient(#fff, #eee)", (1, 1, 1)),
        ("color: #999; background: linear-gradient(#fff, #eee); opacity: 0.9", (1, 0, 0)),
        ("color: #8a8a8a; font-size: 30px; background: linear-gradient(#fff, #fafafa)", (1, 1, 0)),
        ("color: transparent; background: linear-gradient(#f00, #00f); background-clip: text", (1, 0, 0)),
    ],
)
def test_a_question_is_answered_only_where_the_answer_is_clear(
    page: BrowserPage, style: str, expected: tuple[int, int, int]
) -> None:
    """Too little everywhere, or enough everywhere; the rest stays for a person."""
    assert outcomes(page, f'<p style="{style}">{WORDS}</p>') == expected


def test_text_over_a_picture_is_measured_where_it_stands(page: BrowserPage) -> None:
    """Far down the page as well, and where something else lies beside it."""
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='80'><rect width='900' height='80' fill='#222'/></svg>"
    background = f"url(&quot;data:image/svg+xml,{picture.replace('#', '%23')}&quot;)"
    text = f'<p style="color: #fff; background: {background}; width: 700px">{WORDS}</p>'

    assert outcomes(page, f'<div style="height: 3000px"></div>{text}') == (1, 1, 0)
    assert outcomes(page, text.replace("#fff", "#555")) == (1, 1, 1)


def test_cells_that_look_alike_are_measured_once_and_all_told(page: BrowserPage) -> None:
    """And where colours are forced, text has a ground of its own."""
    with opened(page, f'<p style="color: #999; background: linear-gradient(#fff, #eee)">{WORDS}</p>') as live:
        asked = axe.run(page, choice=axe.Choice(only=frozenset({"color-contrast"})))
        live.outcomes = {CELLS[0]: asked, CELLS[1]: asked, CELLS[2]: replace(asked)}

        assert [live.where for _ in contrast_by_pixels.check(live)] == ["1280 px, light", "1280 px, dark"]
        assert {cell for cell, _, _ in live.resolved} == set(CELLS[:3])


def test_text_that_is_covered_is_not_judged(page: BrowserPage) -> None:
    """What lies over it hides it in both pictures."""
    cover = '<div style="position: absolute; left: 0; top: 0; width: 900px; height: 90px; background: #fff"></div>'

    assert outcomes(page, f'<p style="color: #999; background: linear-gradient(#fff, #eee)">{WORDS}</p>{cover}')[1:] == (0, 0)


def test_the_page_is_left_as_it_was(page: BrowserPage) -> None:
    """With its text, its colours and its place."""
    state = "[getComputedStyle(document.querySelector('p')).color, document.adoptedStyleSheets.length, scrollY, innerWidth]"
    fragment = (
        f'<p style="color: #999; background: linear-gradient(#fff, #eee)">{WORDS}</p><button aria-label="A"><svg></svg></button>'
    )
    with opened(page, fragment) as live:
        live.outcomes = {CELLS[0]: axe.run(page, choice=axe.Choice(only=frozenset({"color-contrast"})))}
        with live.dressed(width=live.cell.width):
            before = page.evaluate(state)
        for rule in RULES:
            list(rule(live))

        assert page.evaluate(state) == before


def test_contrast_is_that_of_wcag() -> None:
    """From 1 to 21, whichever is the lighter one."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (255, 255, 255)) == 1
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_a_twentieth_of_the_pixels_decides_nothing() -> None:
    """A bright corner of a picture helps nobody to read the rest, and a dark one spoils nothing."""
    behind = {(255, 255, 255): 96, (0, 0, 0): 4}

    best, worst = contrast_range((0, 0, 0), 1, behind)
    assert [best, worst] == pytest.approx([21, 21])
    assert list(contrast_range((0, 0, 0), 1, {(255, 255, 255): 50, (0, 0, 0): 50})) == pytest.approx([21, 1])


def test_only_what_is_right_behind_the_letters_counts() -> None:
    """Not the rest of the line, nor what has changed elsewhere."""
    bare = Image.new("RGB", (100, 40), "white")
    ImageDraw.Draw(bare).rectangle((50, 0, 99, 39), fill="black")
    whole = bare.copy()
    ImageDraw.Draw(whole).rectangle((10, 10, 20, 20), fill="gray")
    ImageDraw.Draw(whole).rectangle((80, 30, 90, 39), fill="gray")

    assert set(behind_letters(whole, bare, [[5, 5, 45, 25]])) == {(255, 255, 255)}
    assert behind_letters(bare, bare, [[5, 5, 45, 25]]) == {}


SIGN = (
    '<button aria-label="Search" style="background: #fff; border: 0; {}"><svg width="24" height="24">'
    '<rect width="20" height="20" fill="{}"/></svg></button>'
)


def test_a_pale_sign_is_told(page: BrowserPage) -> None:
    """One that has enough contrast, that says it in words, or that cannot be used, is not."""
    assert told(icon_contrast, page, SIGN.format("", "#ccc"))[0].startswith(
        "body > button: the contrast of this sign is about 1.6:1"
    )
    for other in (
        SIGN.format("", "#555"),
        SIGN.format("", "#ccc").replace("<svg", "Search <svg"),
        SIGN.format("", "#ccc").replace("<button", "<button disabled"),
        SIGN.format("", "none"),
        '<a href="x" aria-label="Read" style="position: absolute; inset: 0; width: 80px; height: 80px"></a>',
    ):
        assert told(icon_contrast, page, other) == []


def test_a_sign_that_is_pale_in_dark_colours_only_has_that_cell(page: BrowserPage) -> None:
    """The finding says where it was seen."""
    fragment = (
        SIGN.format("", "#555") + "<style>@media (prefers-color-scheme: dark) { button { background: #444 !important } }</style>"
    )
    with opened(page, fragment) as live:
        assert [live.where for _ in icon_contrast.check(live)] == ["1280 px, dark"]


def test_a_sign_that_vanishes_where_colours_are_forced(page: BrowserPage) -> None:
    """Cut out of a background it does; drawn in the colour of the text it does not."""
    mask = "mask-image: linear-gradient(90deg, #000 50%, transparent 50%)"
    cut = f'<a href="x" aria-label="Search" style="display: block; width: 24px; height: 24px; background: #000; {mask}"></a>'

    assert told(icon_vanishes, page, cut) == ["body > a: this sign vanishes where colours are forced"]
    assert told(icon_vanishes, page, cut.replace("background: #000", "background: #000; forced-color-adjust: none")) == []
    assert told(icon_vanishes, page, SIGN.format("", "currentColor")) == []


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        ('<input aria-label="A" style="border: 1px solid #ccc; background: #fff">', 1),
        ('<textarea aria-label="A" style="border: 1px solid #ddd; background: #fff"></textarea>', 1),
        ('<input aria-label="A" style="border: 0; background: #f4f4f4">', 1),
        ('<input aria-label="A" style="border: 1px solid #767676; background: #fff">', 0),
        ('<input aria-label="A" style="border: 0; border-bottom: 2px solid #333; background: #fff">', 0),
        ('<input aria-label="A" style="border: 0; background: #fff; box-shadow: 0 0 0 1px #333">', 0),
        ('<div style="border: 1px solid #333; width: 220px"><input aria-label="A" style="border: 0"></div>', 0),
        ('<div style="background: #123; padding: 9px"><input aria-label="A" style="border: 0; background: #fff"></div>', 0),
        ('<div style="background: url(x)"><input aria-label="A" style="border: 0"></div>', 0),
        ('<input aria-label="A" disabled style="border: 1px solid #ccc">', 0),
        ('<input aria-label="A"><select aria-label="B"></select><input type="checkbox" aria-label="C"><input type="submit">', 0),
    ],
)
def test_fields_whose_edge_is_not_to_be_seen(page: BrowserPage, fragment: str, count: int) -> None:
    """By edge, ground, shadow or a frame around it; fields as the browser draws them are none of the page's."""
    with opened(page, fragment) as live:
        assert len([1 for _ in field_edge.check(live) if live.cell.scheme == "light"]) == count


LINK = '<p style="color: #000{}">Find out more about the <a href="x" style="text-decoration: none; {}">flood of August</a>{}</p>'


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        (LINK.format("; font-weight: bold", "color: #000", ""), 1),
        (LINK.format("", "color: #005ea5", "").replace("color: #000", "color: #111"), 1),
        (LINK.format("", "color: #000; text-decoration: underline", ""), 0),
        (LINK.format("", "color: #000; border-bottom: 1px solid", ""), 0),
        (LINK.format("", "color: #000; font-weight: bold", ""), 0),
        (LINK.format("", "color: #000; background: #ff0", ""), 0),
        (LINK.format("", "color: #f66", ""), 0),
        ('<p style="color: #000">By <a href="x" style="text-decoration: none; color: #000">Jane Doe</a></p>', 0),
        ('<ul><li><a href="x" style="text-decoration: none; color: #000">The flood of August</a></li></ul>', 0),
        (f"<nav>{LINK.format('', 'color: #000', '')}</nav>", 0),
        (LINK.format("", "color: #000; display: block", ""), 0),
    ],
)
def test_links_that_look_like_the_text_around_them(page: BrowserPage, fragment: str, count: int) -> None:
    """A line, a weight, a ground, or enough of a colour is enough; what is no text with a link in it is left alone."""
    with opened(page, fragment) as live:
        assert len([1 for _ in link_like_text.check(live) if live.cell.scheme == "light"]) == count


HOVERED = "<style>p {{ color: #000 }} a {{ color: #005ea5; text-decoration: none }} {}</style>"


@pytest.mark.parametrize(
    ("style", "count"),
    [
        ("", 1),
        ("a:hover { color: #2e8aca; cursor: pointer }", 1),
        ("a:hover { text-decoration: none; border: 0 }", 1),
        ("nav a:hover { text-decoration: underline }", 1),
        ("a:hover { text-decoration: underline }", 0),
        ("p:hover a { background: #ff0 }", 0),
        ("a:hover::after { content: '→' }", 0),
        ("@media (hover: hover) { a { &:hover { border-bottom: 1px solid } } }", 0),
        ("a:hover b { font-weight: 900 }", 0),
    ],
)
def test_links_that_stay_plain_under_the_mouse(page: BrowserPage, style: str, count: int) -> None:
    """Another colour is not enough, a line, a frame or a ground is."""
    fragment = f"{HOVERED.format(style)}<p>Find out more about the <a href='x'>flood <b>of August</b></a> here</p>"
    with opened(page, fragment.replace("<b>", "<b style='font-weight: inherit'>")) as live:
        assert len([1 for _ in link_hover.check(live) if live.cell.scheme == "light"]) == count


def test_what_axe_has_found_is_not_told_again(page: BrowserPage) -> None:
    """Its rule on links in texts comes first."""
    fragment = f'<p style="color: #000">{WORDS} <a href="x" style="text-decoration: none; color: #333">flood</a> {WORDS}</p>'
    asked = axe.Choice(only=frozenset({"link-in-text-block"}))
    with opened(page, fragment) as live:
        assert len(list(link_like_text(live))) == 2
        live.outcomes = {CELLS[0]: axe.run(page, choice=asked)}
        assert live.outcomes[CELLS[0]].nodes
        assert list(link_like_text(live)) == []


MUSHROOMS = '<p>{}</p><ul><li style="color: #a1150b">Amanita{}</li><li style="color: #0a6703">Porcini</li></ul>'


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        (MUSHROOMS.format("The green mushrooms can be eaten. The red ones kill.", ""), 1),
        (MUSHROOMS.format("Die grünen Pilze sind essbar, die roten giftig.", ""), 1),
        (MUSHROOMS.format("I funghi verdi sono buoni, quelli rossi velenosi.", ""), 1),
        (MUSHROOMS.format("Some can be eaten, some kill.", ""), 0),
        (MUSHROOMS.format("The green mushrooms can be eaten.", ""), 0),
        (MUSHROOMS.format("The green mushrooms can be eaten. The red ones kill.", " (red)"), 0),
        (MUSHROOMS.replace("#0a6703", "#0a6703; font-weight: bold").format("Green ones can be eaten. Red ones kill.", ""), 0),
    ],
)
def test_lists_told_apart_by_colours_alone(page: BrowserPage, fragment: str, count: int) -> None:
    """Where the text speaks of the colours, in the languages of the site."""
    assert len(told(colour_alone, page, fragment)) == count


@pytest.mark.parametrize(
    "fragment",
    [
        "<html></html>",
        "<html><frameset><frame></frameset></html>",
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p>The river rose.</p>',
        f"<div>{'<p>The river rose. <a href=x>More</a></p>' * 2000}</div>",
        '<div id="h"></div><script>h.attachShadow({mode: "open"}).innerHTML = "<p>The river rose.</p>"</script>',
    ],
    ids=lambda fragment: fragment[:30],
)
def test_no_rule_breaks_down_on_odd_pages(page: BrowserPage, fragment: str) -> None:
    """Nor finds anything on them."""
    with opened(page, fragment) as live:
        assert [finding.message for rule in RULES for finding in rule(live)] == []
