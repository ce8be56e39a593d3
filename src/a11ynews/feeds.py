"""
What a site says to programs: feeds, sitemaps and `robots.txt`.

Atom is RFC 4287, RSS is 2.0 with Media RSS for pictures and their alternative texts, sitemaps are sitemaps.org's with Google's
extensions for languages and news. Every address is whole, every moment has its time zone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from .language import same_language
from .listing import Articles, Entry, Phrase
from .render import Channel, SiteView

MOST_ENTRIES = 20
"""So many articles stand in a feed."""

MOST_ADDRESSES = 50_000
"""So many addresses a sitemap may have, by the protocol."""

MOST_BYTES = 50_000_000
"""So large a sitemap may be; the protocol allows 52,428,800 bytes."""

MOST_NEWS = 1_000
"""So many articles a news sitemap may have, by Google's guidelines."""

NEWS_DAYS = 2
"""For so long an article is news, by the same."""

_ATOM = "http://www.w3.org/2005/Atom"
_MEDIA = "http://search.yahoo.com/mrss/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


def _spaces(default: str, **others: str) -> Any:
    """The namespaces of a document; lxml's types do not know of one without a prefix."""
    return {None: default, **others}


def _add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    """Add an element in its parent's namespace, or in the one that its name brings."""
    space = etree.QName(parent).namespace
    tag = name if name.startswith("{") or not space else f"{{{space}}}{name}"
    element = etree.SubElement(parent, tag, {key.rstrip("_"): _NO_XML.sub("", value) for key, value in attributes.items()})
    if words:
        element.text = _NO_XML.sub("", words)
    return element


def _written(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def url_of(site: SiteView, path: str) -> str:
    """The whole address of a file of the site."""
    folder = path == "index.html" or path.endswith("/index.html")
    return site.base_url + quote(path.removesuffix("index.html") if folder else path)


def _id(site: SiteView, entry: Entry) -> str:
    """A name that stays when the article moves (RFC 4151), other than its address."""
    host = (urlsplit(site.base_url).hostname or "").encode("idna").decode()
    return f"tag:{host},{entry.published.date().isoformat()}:{quote(entry.record)}/{entry.language}"


# -- feeds -------------------------------------------------------------------------------------------------------------


def atom(articles: Articles, site: SiteView, channel: Channel) -> bytes:
    """The Atom feed of a list (RFC 4287): its newest articles in its own language."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_spaces(_ATOM, media=_MEDIA))
    root.set(_LANG, articles.language)
    _add(root, "id", url_of(site, articles.path))
    _add(root, "title", channel.title)
    _add(root, "subtitle", channel.description)
    _add(root, "updated", _changed(articles).isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=url_of(site, articles.atom))
    _add(root, "link", rel="alternate", type="text/html", hreflang=articles.language, href=url_of(site, articles.path))
    _add_publisher(root, site)
    _add(root, "generator", "a11ynews")
    for entry in newest(articles):
        item = _add(root, "entry")
        _add(item, "id", _id(site, entry))
        _speak(_add(item, "title", entry.headline.words), entry.headline, articles.language)
        _add(item, "published", entry.published.isoformat())
        _add(item, "updated", entry.changed.isoformat())
        _add(item, "link", rel="alternate", type="text/html", hreflang=entry.language, href=url_of(site, entry.path))
        for name in entry.authors:
            _add(_add(item, "author"), "name", name)
        for topic in _topics(entry):
            _speak(_add(item, "category", term=topic.words), topic, articles.language)
        if entry.teaser:
            _speak(_add(item, "summary", entry.teaser.words), entry.teaser, articles.language)
        _add_picture(item, entry, site, articles.language)
    return _written(root)


def rss(articles: Articles, site: SiteView, channel: Channel) -> bytes:
    """The RSS feed of a list (RSS 2.0): the same as its Atom feed, for programs that read no other."""
    from email.utils import format_datetime

    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM, "dc": _CREATOR, "media": _MEDIA})
    feed = _add(root, "channel")
    _add(feed, "title", channel.title)
    _add(feed, "link", url_of(site, articles.path))
    _add(feed, "description", channel.description)
    _add(feed, "language", articles.language.lower())
    _add(feed, "lastBuildDate", format_datetime(_changed(articles)))
    _add(feed, "generator", "a11ynews")
    _add(feed, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml", href=url_of(site, articles.rss))
    for entry in newest(articles):
        item = _add(feed, "item")
        _speak(_add(item, "title", entry.headline.words), entry.headline, articles.language)
        _add(item, "link", url_of(site, entry.path))
        if entry.teaser:
            _speak(_add(item, "description", entry.teaser.words), entry.teaser, articles.language)
        _add(item, "guid", _id(site, entry), isPermaLink="false")
        _add(item, "pubDate", format_datetime(entry.published))
        for name in entry.authors:
            _add(item, f"{{{_CREATOR}}}creator", name)
        for topic in _topics(entry):
            _speak(_add(item, "category", topic.words), topic, articles.language)
        _add_picture(item, entry, site, articles.language)
    return _written(root)


def newest(articles: Articles) -> list[Entry]:
    """The articles that stand in the feeds of a list."""
    return [entry for entry, _ in zip(articles.own, range(MOST_ENTRIES), strict=False)]


def _changed(articles: Articles) -> datetime:
    return max(entry.changed for entry in articles.own)


def _topics(entry: Entry) -> list[Phrase]:
    return [*([entry.section.name] if entry.section else []), *(tag.name for tag in entry.tags)]


def _speak(element: etree._Element, phrase: Phrase, language: str) -> None:
    """Say the language of what is not in the feed's."""
    if not same_language(phrase.origin.language, language):
        element.set(_LANG, phrase.origin.language)


def _add_publisher(root: etree._Element, site: SiteView) -> None:
    """Who answers for the articles that name no author; an Atom feed must say somebody."""
    author = _add(root, "author")
    _add(author, "name", site.publisher or site.name[0])
    if site.publisher and site.publisher_url:
        _add(author, "uri", site.publisher_url)


def _add_picture(item: etree._Element, entry: Entry, site: SiteView, language: str) -> None:
    if entry.picture is None:
        return
    from mimetypes import guess_type

    prepared, alt = entry.picture.prepared, entry.picture.alt
    width, height = prepared.largest_size
    kind = guess_type(prepared.largest)[0] or "image/jpeg"
    content = _add(
        item,
        f"{{{_MEDIA}}}content",
        url=url_of(site, prepared.largest),
        type=kind,
        medium="image",
        width=str(width),
        height=str(height),
    )
    _speak(_add(content, f"{{{_MEDIA}}}description", alt.words, type="plain"), alt, language)


# -- sitemaps ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """A page as a sitemap names it."""

    url: str
    changed: datetime | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    """The same page in every language that it is there in, itself among them: (language, address); `x-default` is one of them."""


def sitemaps(addresses: Sequence[Address], base_url: str, most: int = MOST_ADDRESSES) -> Iterator[tuple[str, bytes]]:
    """
    The sitemap of a site by its path, `sitemap.xml`; of a large site, several of them, and that one is their index.

    `most` is how many addresses one may have.
    """
    parts = list(_parts(addresses, most))
    if len(parts) == 1:
        yield "sitemap.xml", parts[0]
        return
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap=_spaces(_SITEMAP))
    for number, content in enumerate(parts, 1):
        name = f"sitemap-{number}.xml"
        _add(_add(root, "sitemap"), "loc", base_url + name)
        yield name, content
    yield "sitemap.xml", _written(root)


_OPENING = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_CLOSING = b"</urlset>\n"


def _parts(addresses: Iterable[Address], most: int) -> Iterator[bytes]:
    """The sitemaps, each as full as it may be: addresses are written one by one, so that none gets too large."""
    part: list[bytes] = []
    size = len(_OPENING) + len(_CLOSING)
    for address in addresses:
        written = _url(address)
        if part and (len(part) == most or size + len(written) > MOST_BYTES):
            yield b"".join((_OPENING, *part, _CLOSING))
            part, size = [], len(_OPENING) + len(_CLOSING)
        part.append(written)
        size += len(written)
    yield b"".join((_OPENING, *part, _CLOSING))


def _url(address: Address) -> bytes:
    lines = [f"  <url>\n    <loc>{_escaped(address.url)}</loc>\n"]
    if address.changed:
        lines.append(f"    <lastmod>{address.changed.isoformat()}</lastmod>\n")
    lines += [
        f'    <xhtml:link rel="alternate" hreflang="{_escaped(language)}" href="{_escaped(url)}"/>\n'
        for language, url in address.alternates
    ]
    return "".join([*lines, "  </url>\n"]).encode()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def news_sitemap(entries: Iterable[Entry], view: Mapping[str, SiteView], now: datetime) -> bytes:
    """
    The articles of the last two days, for Google News, by their language's view of the site.

    On days without news it names the languages' first pages and nothing as news: a sitemap must not be empty.
    """
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap=_spaces(_SITEMAP, news=_NEWS))
    since = now - timedelta(days=NEWS_DAYS)
    recent = [entry for entry in entries if since <= entry.published <= now][:MOST_NEWS]
    for entry in recent:
        site = view[entry.language]
        url = _add(root, "url")
        _add(url, "loc", url_of(site, entry.path))
        news = _add(url, f"{{{_NEWS}}}news")
        publication = _add(news, "publication")
        _add(publication, "name", site.name[0])
        _add(publication, "language", _news_language(entry.language))
        _add(news, "publication_date", entry.published.isoformat())
        _add(news, "title", entry.headline.words)
    if not recent:
        for language, site in view.items():
            _add(_add(root, "url"), "loc", url_of(site, f"{language}/index.html"))
    return _written(root)


def _news_language(language: str) -> str:
    """The code of two or three letters that Google asks for; Chinese is written in two ways."""
    if language.split("-")[0] != "zh":
        return language.split("-")[0]
    return "zh-tw" if same_language(language, "zh-Hant") else "zh-cn"


def robots(base_url: str, sitemap_paths: Iterable[str]) -> bytes:
    """A robots.txt that shuts nobody out and names the sitemaps (RFC 9309, sitemaps.org)."""
    lines = ["User-agent: *", "Disallow:", "", *(f"Sitemap: {base_url}{path}" for path in sitemap_paths)]
    return ("\n".join(lines) + "\n").encode()
