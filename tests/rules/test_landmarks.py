"""Landmarks and the link that skips to the content."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.landmarks import (
    banner_once,
    content_landmark,
    landmark_name,
    one_main,
    skip_link,
    skip_link_content,
    skip_link_target,
    skip_nothing,
)
from pages import found, told

MENU = '<nav><a href="/a">A</a> <a href="/b">B</a> <a href="/c">C</a></nav>'


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (one_main, '<div role="main">Text</div>'),
        (one_main, "<main>Text</main><main hidden>Old</main>"),
        (banner_once, "<main>Text</main>"),
        (banner_once, "<header>A</header><section><header>B</header></section><div role='article'><footer>C</footer></div>"),
        (banner_once, '<header>A</header><header role="presentation">B</header>'),
        (landmark_name, "<section>One</section><section>Two</section>"),
        (landmark_name, '<nav aria-label="A"></nav><aside aria-label="A"></aside>'),
        (landmark_name, '<nav aria-labelledby="a"></nav><nav aria-labelledby="b"></nav><p id="a">A</p><p id="b">B</p>'),
        (landmark_name, "<nav></nav><nav hidden></nav>"),
        (skip_link, f"<main>{MENU}</main>"),
        (skip_link, MENU),
        (skip_link, f"{MENU.replace('href', 'data-href')}<main>Text</main>"),
        (skip_link, f'<a href="#h">Skip</a>{MENU}<main><h1 id="h">Text</h1></main>'),
        (skip_link, f'<a href="#all">Skip</a>{MENU}<div id="all"><main>Text</main></div>'),
        (skip_link, f"<main>Text</main>{MENU}"),
        (skip_link_target, f"{MENU}<main>Text</main>"),
        (skip_link_target, '<a href="/home">Home</a><a href="#nowhere">Skip</a>'),
        (skip_link_target, '<a href="#nowhere" hidden>Skip</a>'),
        (skip_link_target, '<main><ul><li><a href="#s1">La piena del fiume</a></li></ul></main>'),
        (skip_link_target, '<nav><ul><li><a href="#lamps">Tischlampen</a></li></ul></nav><main>Text</main>'),
        (content_landmark, "<nav>Menu</nav><div role=main>Text</div>"),
        (content_landmark, "<p>Text</p>"),
        (content_landmark, '<a href="#a">Zum Inhalt</a><nav>Menü</nav><h1>Hochwasser</h1>'),
        (content_landmark, "<header>Testata</header><footer>Impronta</footer><p hidden>Testo</p>"),
        (skip_link_content, '<a href="/a">A</a><a href="#a">B</a><nav id="a">Menu</nav>'),
        (skip_link_content, '<a href="#gone">A</a><nav>Menu</nav>'),
        (skip_link_content, '<a href="#a">A</a><aside>Text<span id="a"></span></aside><main>Text</main>'),
        (skip_link_content, '<a href="#top">A</a><nav>Menu</nav>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Roles, hidden regions and pages with little before the content are understood."""
    assert told(rule, fragment) == []


def test_mains() -> None:
    """None is told of the page, a second one of the element; the two have different selectors."""
    (missing,) = found(one_main, "<p>Text</p>")
    (second,) = found(one_main, "<main>One</main>\n<main>Two</main>")

    assert (missing.place.selector, missing.message) == ("", "the page has no main; put <main> around what it is about")
    assert (second.place.line, second.place.selector) == (3, "body > main:nth-of-type(2)")


def test_headers_and_footers_of_the_page() -> None:
    """A second one, and one inside another region."""
    assert told(banner_once, "<footer>A</footer><main>Text</main><footer>B</footer>") == [
        "this is a second footer of the page; make it a <div>, or move it into the part that it belongs to"
    ]
    assert told(banner_once, '<article><p role="contentinfo">A</p></article>') == [
        'the footer of the page (role="contentinfo") stands inside another region; move it out, or take the role away'
    ]


def test_regions_of_one_kind() -> None:
    """Without a name, and with the same; case makes no difference."""
    assert told(landmark_name, '<nav aria-label="Themen"></nav><nav></nav>') == [
        "one of 2 navigation regions has no name; give it an aria-label of its own"
    ]
    assert told(landmark_name, '<aside aria-label="Mehr"></aside><aside aria-label="MEHR"></aside>') == [
        "two complementary regions are named “MEHR”; give each its own name"
    ]


def test_stops_before_the_content() -> None:
    """They are counted as the Tab key counts them, and the first is told."""
    (finding,) = found(skip_link, f'<button disabled>X</button>\n<input type="hidden"><audio></audio>{MENU}<main>Text</main>')

    assert finding.message == '3 stops come before the content; put a link to it first: <a href="#…">'
    assert finding.place.html == '<a href="/a">'


@pytest.mark.parametrize("href", ["#nowhere", "#menu", "/text"])
def test_a_link_that_does_not_lead_to_the_content(href: str) -> None:
    """A first link to anywhere else is no way around the menu."""
    assert len(told(skip_link, f'<a href="{href}">Skip</a><div id="menu">{MENU}</div><main>Text</main>')) == 1


def test_a_skip_link_without_its_target() -> None:
    """It is named by its words."""
    assert len(told(skip_link_target, '<ul><li><a href="#inhalt">Zum Inhalt</a></li></ul><main>Text</main>')) == 1
    assert told(skip_link_target, '<a href="#inhalt">Zum Inhalt</a><main id="content">Text</main>') == [
        "“Zum Inhalt” leads to #inhalt, which is not there; put the id on the main"
    ]


def test_content_outside_of_all_regions() -> None:
    """It is told where it begins, and instead of the missing main."""
    page = "<nav><a href='/'>Home</a></nav>\n<p>Der Fluss stieg in der Nacht.</p>"
    (finding,) = found(content_landmark, page)

    assert finding.place.line == 3
    assert finding.message == (
        "“Der Fluss stieg in der Nacht.” stands in no region while others are marked; put <main> around the content"
    )
    assert told(one_main, page) == []


def test_a_skip_link_into_the_menu() -> None:
    """Of several, one that leads to the content will do."""
    menu, links = '<nav id="m">Menu</nav>', '<a href="#m">Al menu</a>'

    assert told(skip_link_content, f'{links}{menu}<main id="c">Testo</main>') == [
        "“Al menu” leads into what stands before the content; lead to the main"
    ]
    assert told(skip_link_content, f'{links}<a href="#c">Al testo</a>{menu}<main id="c">Testo</main>') == []


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        ('<nav><a href="/">Home</a></nav><div><p>The river rose.</p></div>', 1),
        ('<aside lang="it"><p>Temi</p></aside><p lang="it">Il fiume è salito.</p>', 1),
        ('<nav><h2>Topics</h2><a href="/">Home</a></nav><p>The river rose.</p>', 1),
        ('<p>The river rose.</p><nav><a href="/">Home</a></nav>', 0),
        ('<nav><a href="/">Home</a></nav><footer><p>Example News</p></footer>', 0),
        ('<nav><a href="/">Home</a></nav><p hidden>The river rose.</p>', 0),
        ('<nav><a href="/">Home</a></nav><div role="main"><p>The river rose.</p></div>', 0),
        ('<nav hidden><a href="/">Home</a></nav><p>The river rose.</p>', 0),
        ("<p>The river rose.</p>", 0),
    ],
)
def test_nothing_to_skip_by(fragment: str, count: int) -> None:
    """Where a menu or a sidebar comes before the content, and no main, heading or link leads past it."""
    assert len(told(skip_nothing, fragment)) == count
