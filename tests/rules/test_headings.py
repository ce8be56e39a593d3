"""Headings: their order and their words."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.headings import heading_empty, heading_order
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
