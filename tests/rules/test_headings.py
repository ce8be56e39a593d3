"""Headings: their order and their words."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.headings import content_heading, heading_empty, heading_order, heading_stopgap
from pages import RECORD, found, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (heading_order, "<p>Text</p>"),
        (heading_order, "<h3>Related</h3><h1>Flood</h1><h2>The night</h2>"),
        (heading_order, "<h1>Flood</h1><h4 hidden>Menu</h4><h2>The night</h2>"),
        (heading_order, '<h1>Flood</h1><h4 role="presentation">Menu</h4>'),
        (heading_order, '<h1>Flood</h1><div role="heading">The night</div>'),
        (heading_empty, "<h2 hidden></h2>"),
        (heading_empty, '<h2 role="none"></h2>'),
        (heading_empty, '<h2 aria-label="The night"></h2>'),
        (heading_empty, '<p id="n" hidden>The night</p><h2 aria-labelledby="n"></h2>'),
        (heading_stopgap, "<h2>Title of the book</h2>"),
        (heading_stopgap, "<h2>Überschriften richtig setzen</h2>"),
        (heading_stopgap, "<h2 hidden>Titolo</h2>"),
        (content_heading, "<main><p>Text</p></main>"),
        (content_heading, '<nav role="list"><a href="/">Home</a></nav><p>Text</p>'),
        (content_heading, "<nav><h2>Temi</h2></nav><header><h1>Alluvione</h1></header><p>Piove.</p>"),
        (content_heading, '<nav>A</nav><h1><img src="a.jpg" alt="Hochwasser"></h1>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Going up, hidden headings, and headings by role are understood."""
    assert told(rule, fragment) == []


def test_a_skipped_rank() -> None:
    """It is told where it happens, with what to make of it."""
    findings = found(heading_order, '<h1>Flood</h1>\n<h3>The night</h3>\n<div role="heading" aria-level="6">At the bridge</div>')

    assert [(finding.place.line, finding.message) for finding in findings] == [
        (3, "“The night” is an h3 under an h1; make it an h2"),
        (4, "“At the bridge” is an h6 under an h3; make it an h4"),
    ]


@pytest.mark.parametrize("words", ["", " ", "<br>", '<span aria-hidden="true">Text</span>', '<img src="a.png">', "<!-- Text -->"])
def test_a_heading_without_words(words: str) -> None:
    """What nobody hears is no heading."""
    assert told(heading_empty, f"<h2>{words}</h2>") == ["the h2 has no words; give it some, or take it away"]


def test_headings_on_pages_of_ours() -> None:
    """The tag is the template's, and so is its rank."""
    (finding,) = found(heading_order, "<h1>[en: Flood]</h1><h3>[en: The night]</h3>")

    assert str(finding.place.source) == "templates/page.html:2:1"
    assert RECORD not in str(finding.place.source)


@pytest.mark.parametrize("words", ["Heading", "Heading 2", "Lorem ipsum dolor", "Überschrift", "Titolo", "Intestazione 1"])
def test_headings_of_drafts(words: str) -> None:
    """In English, German and Italian."""
    assert told(heading_stopgap, f"<h2>{words}</h2>") == [f"the heading is “{words}” and no more; say what comes under it"]


def test_content_without_a_heading() -> None:
    """A heading of a menu, an empty one and a hidden one are none for it."""
    menu = "<nav><h2>Topics</h2></nav>"

    for content in ("<p>Text</p>", "<h1></h1>", '<h1 aria-hidden="true">Flood</h1>', "<aside><h1>Flood</h1></aside>"):
        assert told(content_heading, f"{menu}<main>{content}</main>") == [
            "no heading stands outside of menus and sidebars; begin the content with one"
        ]
