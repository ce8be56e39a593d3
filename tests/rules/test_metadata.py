"""What a page tells search engines and social media."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.metadata import description, json_ld, json_ld_article, json_ld_language, og_image_alt
from pages import found, told


def script(data: str) -> str:
    """A script with JSON-LD."""
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (description, '<meta name="DESCRIPTION" content="The river rose.">'),
        (og_image_alt, '<meta property="og:title" content="Flood">'),
        (json_ld, "<script>{</script>"),
        (json_ld, '<script type="application/json">{"a": 1}</script>'),
        (json_ld, script("[]")),
        (json_ld_article, script("{")),
        (json_ld_article, script('{"@type": "JobPosting"}')),
        (json_ld_article, script('{"@type": ["Thing", 1]}')),
        (json_ld_language, script('{"@type": "NewsArticle"}')),
        (json_ld_language, script('{"@type": "NewsArticle", "inLanguage": ["de", "en-US"]}')),
        (json_ld_language, script('{"@type": "NewsArticle", "inLanguage": {"@type": "Language", "alternateName": "en"}}')),
        (json_ld_language, script('{"@type": "Organization", "inLanguage": "de"}')),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Other scripts and other items are left alone."""
    assert told(rule, fragment) == []


def test_a_description_that_is_missing() -> None:
    """Of the page, or of the element that is empty."""
    (missing,) = found(description, "<p>Text</p>")
    (empty,) = found(description, '<meta name="description" content=" ">')

    assert missing.place.line == 0
    assert empty.place.line == 1


def test_json_ld_that_cannot_be_read() -> None:
    """Line and column are told; what is nested too deeply is a fault too, and no crash."""
    (finding,) = found(json_ld, f"<p>Text</p>\n{script(chr(10) + '{' + chr(10) + '}}')}")

    assert finding.place.line == 3
    assert finding.message == "the JSON-LD cannot be read: line 3 of it, column 2: Extra data; mend it"
    assert told(json_ld, script("[" * 100_000)) == [
        "the JSON-LD cannot be read: its numbers are too long or it is nested too deeply; mend it"
    ]
    assert told(json_ld, script('{"@graph": [{"@type": "Thing"}, {"name": "A"}]}')) == [
        "an item of the JSON-LD has no @type; say what it is, such as NewsArticle"
    ]


def test_articles() -> None:
    """Those in a graph too; a key with the wrong capital is missing."""
    graph = script('{"@graph": [{"@type": ["NewsArticle"], "headLine": "A", "inLanguage": "de"}]}')

    assert told(json_ld_article, graph) == [
        "the article in the JSON-LD has no headline; add it (schema.org tells small and capital letters apart)"
    ]
    assert told(json_ld_language, graph) == [
        "the JSON-LD says “de” of the article's language and the page “en”; make them the same"
    ]


def test_a_picture_for_social_media() -> None:
    """An empty text is none."""
    fragment = '<meta property="og:image" content="a.jpg"><meta property="og:image:alt" content="">'

    assert told(og_image_alt, fragment) == [
        "og:image has no og:image:alt; say what the picture shows, as its alt text on the page does"
    ]
