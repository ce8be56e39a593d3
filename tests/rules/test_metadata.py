"""What a page tells search engines and social media."""

from pathlib import Path
from typing import Any

import pytest

from a11ynews.page import Page
from a11ynews.rule import Rule
from a11ynews.rules.metadata import description, feed, json_ld, json_ld_article, json_ld_language, og_image_alt
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


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Notizie</title></feed>'


def feeds_of(folder: Path, href: str, *, canonical: str = "", kind: str = "application/atom+xml") -> list[str]:
    """What is said of a feed that a page in a folder names."""
    file = folder / "de" / "index.html"
    file.parent.mkdir(exist_ok=True)
    own = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    html = f'<html lang="de"><head>{own}<link rel="alternate" type="{kind}" href="{href}"></head><body>Text</body></html>'
    file.write_text(html, encoding="utf-8")
    page = Page(str(file), html)
    page.file = str(file)
    return [finding.message for finding in (*feed(page), *feed(page))]


def test_feeds_on_the_disk_are_read(tmp_path: Path) -> None:
    """By an address beside the page, or by the page's own address; each once for each page that names it."""
    (tmp_path / "feed.xml").write_text(ATOM, encoding="utf-8")
    (tmp_path / "feed.json").write_text('{"items": []}', encoding="utf-8")

    for href in ("../feed.xml", "https://a.example/feed.xml", "/feed.xml?v=2"):
        assert feeds_of(tmp_path, href, canonical="https://a.example/de/") == []
    assert feeds_of(tmp_path, "../feed.json", kind="application/feed+json") == []
    assert feeds_of(tmp_path, "../feed.xml", kind="application/feed+json")[0].startswith("the feed feed.xml cannot be read (")
    assert (
        feeds_of(tmp_path, "/gone.xml", canonical="https://a.example/de/")
        == ["the feed gone.xml cannot be opened (No such file or directory); mend the address, or write the feed"] * 2
    )


def test_feeds_that_are_none(tmp_path: Path) -> None:
    """Broken ones, other XML, and what is not known: another host, or a page that does not say its address."""
    (tmp_path / "broken.xml").write_text("<rss><channel></rss>", encoding="utf-8")
    (tmp_path / "page.xml").write_text("<html/>", encoding="utf-8")

    assert feeds_of(tmp_path, "../broken.xml")[0].startswith(
        "the feed broken.xml cannot be read (Opening and ending tag mismatch"
    )
    assert feeds_of(tmp_path, "../page.xml")[0] == "page.xml is no feed; write RSS, Atom or JSON Feed into it"
    assert feeds_of(tmp_path, "/gone.xml") == feeds_of(tmp_path, "https://b.test/x.xml", canonical="https://a.example/de/") == []
    assert feeds_of(tmp_path, "")[0] == "the link to the feed has no address; write it into its href"
