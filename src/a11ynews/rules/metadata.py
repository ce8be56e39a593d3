"""What a page tells search engines and social media: its description, its picture, its JSON-LD."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..language import same_language
from ..message import Message, say
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


_FEEDS = frozenset({"application/atom+xml", "application/feed+json", "application/rss+xml"})


def _feed_file(page: Page, href: str) -> Path | None:
    """The file of a feed that a page on the disk names, whether it is there or not; None where that cannot be said."""
    # A page that is shown by another name than its file has cannot say where its neighbours are.
    if not page.file or not Path(page.file).is_file():
        return None
    href = unquote(re.split("[?#]", href)[0])
    folder = PurePosixPath(page.file).parent
    if href and ":" not in href and not href.startswith("/"):
        return Path(folder, href)
    if not page.address:
        return None
    # The page's own address tells where on the disk the site begins: at what is left of its file without its path.
    here, there = urlsplit(page.address), urlsplit(page.resolve(href))
    path = here.path + ("index.html" if here.path.endswith("/") else "")
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) or not f"/{page.file}".endswith(path):
        return None
    root = f"/{page.file}".removesuffix(path)
    return Path((root if page.file.startswith("/") else root[1:]) or ".", unquote(there.path).lstrip("/"))


@rule("feed", on=Page)
def feed(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A feed that a page names is there, and can be read.

    Many read the news with a program of their own, which is kinder to them than any page. Looked at are feeds on the disk, beside
    the pages that are checked.

    Bad: `<link rel="alternate" type="application/rss+xml" href="">`
    Good: `<link rel="alternate" type="application/rss+xml" href="https://a.example/feed.xml">`
    """
    for link in page.tagged("link"):
        kind = (link.get("type") or "").strip().lower()
        if kind not in _FEEDS or "alternate" not in (link.get("rel") or "").lower().split():
            continue
        href = (link.get("href") or "").strip()
        if not href:
            yield link, say("the link to the feed has no address; write it into its href")
        elif (file := _feed_file(page, href)) is not None:
            page.consulted.add(str(file))
            if (fault := _feed_fault(file, kind, _changed(file))) is not None:
                yield link, fault


_LARGEST_FEED = 20_000_000


def _changed(file: Path) -> int:
    """When a file was last changed; 0 where it is not there."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(256)  # every page of a language names the same
def _feed_fault(file: Path, kind: str, _changed: int) -> Message | None:
    """What is wrong with the file of a feed."""
    try:
        content = file.read_bytes() if file.stat().st_size <= _LARGEST_FEED else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return say(
            "the feed {file} cannot be opened ({reason}); mend the address, or write the feed", file=file.name, reason=reason
        )
    try:
        if kind.endswith("json"):
            is_feed = isinstance(data := json.loads(content), dict) and isinstance(data.get("items"), list)
        else:
            # Nothing is loaded, and no entity filled in.
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            is_feed = etree.QName(etree.fromstring(content, parser)).localname in ("RDF", "feed", "rss")
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        reason = str(error).partition("\n")[0]
        return say("the feed {file} cannot be read ({reason}); mend it", file=file.name, reason=reason)
    return None if is_feed else say("{file} is no feed; write RSS, Atom or JSON Feed into it", file=file.name)
