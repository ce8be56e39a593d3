"""What a page tells search engines and social media: its description, its picture, its JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..language import same_language
from ..message import say
from ..page import Page, excerpt
from ..rule import rule


def _meta(page: Page, name: str) -> list[HtmlElement]:
    """The meta elements of that name."""
    return [
        meta for meta in page.tagged("meta") if name in ((meta.get("name") or "").lower(), (meta.get("property") or "").lower())
    ]


def _scripts(page: Page) -> list[HtmlElement]:
    return [script for script in page.tagged("script") if (script.get("type") or "").strip().lower() == "application/ld+json"]


def _items(page: Page) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """The items that the JSON-LD of a page describes, with the script that each is in. What cannot be read is left out."""
    for script in _scripts(page):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for inner in graph if isinstance(graph, list) else [item]:
                if isinstance(inner, dict):
                    yield script, inner


def _articles(page: Page) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    for script, item in _items(page):
        types = item.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and name.endswith(("Article", "Posting")) and name != "JobPosting" for name in names):
            yield script, item


@rule("description", on=Page, severity=Severity.WARNING, owner=Owner.EDITOR)
def description(page: Page) -> Iterator[tuple[HtmlElement | None, str]]:
    """
    A page has a description.

    It is what a search result shows under the title, and in the reader's language.

    Bad: `<title>Flood</title>`
    Bad: `<meta name="description" content="">`
    Good: `<meta name="description" content="The river rose in the night.">`
    """
    found = _meta(page, "description")
    if not any((meta.get("content") or "").strip() for meta in found):
        yield found[0] if found else None, say('the page has no description; write one as <meta name="description" content="…">')


@rule("og-image-alt", on=Page, severity=Severity.WARNING, owner=Owner.EDITOR)
def og_image_alt(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The picture for social media has an alternative text.

    It goes with the picture wherever the page is shared.

    Bad: `<meta property="og:image" content="https://a.example/flood.jpg">`
    Good: `<meta property="og:image" content="https://a.example/flood.jpg">
    <meta property="og:image:alt" content="A street under water">`
    """
    pictures = _meta(page, "og:image")
    if pictures and not any((meta.get("content") or "").strip() for meta in _meta(page, "og:image:alt")):
        yield pictures[0], say("og:image has no og:image:alt; say what the picture shows, as its alt text on the page does")


@rule("json-ld", on=Page)
def json_ld(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    JSON-LD can be read, and says of each item what it is.

    Bad: `<script type="application/ld+json">{"@type": "NewsArticle",}</script>`
    Bad: `<script type="application/ld+json">{"headline": "Flood"}</script>`
    Good: `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Flood", "inLanguage": "en"}</script>`
    """
    for script in _scripts(page):
        try:
            json.loads(script.text or "")
        except json.JSONDecodeError as error:
            yield (
                script,
                say(
                    "the JSON-LD cannot be read: line {lineno} of it, column {colno}: {msg}; mend it",
                    lineno=error.lineno,
                    colno=error.colno,
                    msg=error.msg,
                ),
            )
        except (ValueError, RecursionError):
            yield script, say("the JSON-LD cannot be read: its numbers are too long or it is nested too deeply; mend it")
    for script, item in _items(page):
        if not item.get("@type") and item:
            yield script, say("an item of the JSON-LD has no @type; say what it is, such as NewsArticle")


@rule("json-ld-article", on=Page, severity=Severity.WARNING)
def json_ld_article(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    An article in JSON-LD has a headline and a language.

    Bad: `<script type="application/ld+json">{"@type": "NewsArticle", "headLine": "Flood"}</script>`
    Good: `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Flood", "inLanguage": "en"}</script>`
    Good: `<script type="application/ld+json">{"@type": "Organization", "name": "Example News"}</script>`
    """
    for script, item in _articles(page):
        for key in ("headline", "inLanguage"):
            if not item.get(key):
                yield (
                    script,
                    say(
                        "the article in the JSON-LD has no {key}; add it (schema.org tells small and capital letters apart)",
                        key=key,
                    ),
                )


@rule("json-ld-language", on=Page)
def json_ld_language(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The language of an article in JSON-LD is the language of the page.

    Bad: `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Hochwasser", "inLanguage": "de"}</script>`
    Good: `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Flood", "inLanguage": "en-GB"}</script>`
    """
    for script, item in _articles(page):
        said = item.get("inLanguage")
        said = said.get("alternateName") if isinstance(said, dict) else said
        languages = [tag for tag in (said if isinstance(said, list) else [said]) if isinstance(tag, str)]
        if languages and page.language and not any(same_language(tag, page.language) for tag in languages):
            words = excerpt(", ".join(languages))
            yield (
                script,
                say(
                    "the JSON-LD says {words} of the article's language and the page “{language}”; make them the same",
                    words=words,
                    language=page.language,
                ),
            )
