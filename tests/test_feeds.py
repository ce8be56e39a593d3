"""Feeds and sitemaps: what their specifications ask for, read as others read them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from a11ynews import feeds
from a11ynews.feeds import Address
from a11ynews.finding import Birthplace, Owner
from a11ynews.listing import Articles, Illustration, Topic, arrange
from a11ynews.pictures import Prepared, Size
from a11ynews.render import Channel, SiteView
from test_listing import entry, phrase

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PLACE = Birthplace("a11ynews.toml", 1, 1, Owner.WEB_TEAM, "configuration name")
CHANNEL = Channel("Flusstal", "Die neuesten Nachrichten von Flusstal.")


def view(publisher: str = "Valley Media") -> SiteView:
    return SiteView(
        ("Flusstal", "de"), PLACE, PLACE, "https://news.example.org/base/", "en", "", "", publisher, "https://v.example/"
    )


def german() -> Articles:
    """Two German articles, one with everything, and an English one among them."""
    picture = Illustration(
        phrase("Eine Brücke & ein <Fluss>", "de"), Prepared(1600, 1000, "media/a/b.jpg", (Size("media/a/b-1600.jpg", 1600),), ())
    )
    full = entry(
        "a",
        "de",
        section="Culture",
        teaser=phrase("Only in English", "en", "teaser"),
        picture=picture,
        updated=datetime(2026, 4, 1, 12, tzinfo=UTC),
        authors=("Ana Martins", "Jo Meyer"),
        tags=(Topic(phrase("Fluss", "de", "tag"), "en river"),),
    )
    home = arrange([full, entry("b", "de", path="de/bücher/index.html"), entry("c", day=9)], ["de", "en"]).home("de")
    assert home is not None
    return home


def children(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


# -- Atom --------------------------------------------------------------------------------------------------------------


def test_an_atom_feed_has_what_rfc_4287_asks_for() -> None:
    """Once each id, title and updated, in feed and entry; an author; links to itself and the page; only its own language."""
    root = etree.fromstring(feeds.atom(german(), view(), CHANNEL))

    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG) == "de"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert children(element).count(name) == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Valley Media"
    links = {link.get("rel"): link for link in root.findall(f"{ATOM}link")}
    assert links["self"].get("href") == "https://news.example.org/base/de/feed.xml"
    assert links["alternate"].get("href") == "https://news.example.org/base/de/"
    assert links["alternate"].get("hreflang") == "de"
    assert root.findtext(f"{ATOM}subtitle") == CHANNEL.description


def test_every_moment_in_a_feed_has_its_time_zone() -> None:
    """RFC 3339 in Atom, RFC 822 in RSS; the feed is as new as its newest change."""
    atom = etree.fromstring(feeds.atom(german(), view(), CHANNEL))
    rss = etree.fromstring(feeds.rss(german(), view(), CHANNEL))
    written = [moment.text or "" for moment in atom.iter(f"{ATOM}updated", f"{ATOM}published")]

    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", moment) for moment in written)
    assert atom.findtext(f"{ATOM}updated") == "2026-04-01T12:00:00+00:00"
    assert [parsedate_to_datetime(moment.text or "").utcoffset() for moment in rss.iter("pubDate")] == [timedelta(hours=1)] * 2


def test_an_article_keeps_its_name_in_feeds_when_it_moves() -> None:
    """A tag URI (RFC 4151) of day, record and language; no reader sees it a second time for a new slug."""
    ids = [one.text for one in etree.fromstring(feeds.atom(german(), view(), CHANNEL)).findall(f"{ATOM}entry/{ATOM}id")]
    guids = [(one.text, one.get("isPermaLink")) for one in etree.fromstring(feeds.rss(german(), view(), CHANNEL)).iter("guid")]

    assert ids == ["tag:news.example.org,2026-03-01:b/de", "tag:news.example.org,2026-03-01:a/de"]
    assert guids == [(name, "false") for name in ids]


def test_a_feed_says_the_language_of_what_is_not_in_its_own() -> None:
    """A teaser that is not translated, and nothing else."""
    root = etree.fromstring(feeds.atom(german(), view(), CHANNEL))

    assert [(one.tag, one.get(LANG)) for one in root.iter() if one.get(LANG)][1:] == [(f"{ATOM}summary", "en")]


@pytest.mark.parametrize("write", [feeds.atom, feeds.rss])
def test_a_picture_goes_into_a_feed_with_its_alternative_text(write: object) -> None:
    """Media RSS has a place for it, and its words are escaped once."""
    assert callable(write)
    root = etree.fromstring(write(german(), view(), CHANNEL))
    content = root.find(f".//{MEDIA}content")

    assert content is not None
    assert content.get("url") == "https://news.example.org/base/media/a/b-1600.jpg"
    assert (content.get("type"), content.get("width"), content.get("height")) == ("image/jpeg", "1600", "1000")
    assert content.findtext(f"{MEDIA}description") == "Eine Brücke & ein <Fluss>"


@pytest.mark.parametrize("write", [feeds.atom, feeds.rss])
def test_a_feed_reader_finds_everything(write: object) -> None:
    """feedparser, as a stranger to us, complains of nothing and finds titles, addresses, authors and topics."""
    assert callable(write)
    read = feedparser.parse(write(german(), view(), CHANNEL))

    assert not read.bozo
    assert read.feed.title == "Flusstal"
    assert [one.title for one in read.entries] == ["b in de", "a in de"]
    assert read.entries[0].link == "https://news.example.org/base/de/b%C3%BCcher/"
    assert [tag.term for tag in read.entries[1].tags] == ["Kultur", "Fluss"]
    assert "Ana Martins" in str(read.entries[1])
    assert read.entries[1].media_content[0]["medium"] == "image"


def test_an_rss_feed_has_what_its_specification_asks_for() -> None:
    """title, link and description of the channel, its language, a link to itself; each item with a title and a link."""
    channel = etree.fromstring(feeds.rss(german(), view(), CHANNEL)).find("channel")

    assert channel is not None
    assert children(channel)[:4] == ["title", "link", "description", "language"]
    assert channel.findtext("language") == "de"
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert (own.get("rel"), own.get("href")) == ("self", "https://news.example.org/base/de/rss.xml")
    for item in channel.iter("item"):
        assert item.findtext("title")
        assert urlsplit(item.findtext("link") or "").scheme == "https"


def test_a_feed_is_short() -> None:
    """The newest twenty, however many there are; and those in its language, whatever stands between."""
    many = [entry(f"r{n}", "de", day=n) for n in range(30)] + [entry(f"e{n}", day=n) for n in range(30)]
    home = arrange(many, ["de", "en"]).home("de")
    assert home is not None
    titles = [one.title for one in feedparser.parse(feeds.atom(home, view(), CHANNEL)).entries]

    assert titles == [f"r{n} in de" for n in range(29, 9, -1)]


def test_characters_that_no_xml_can_hold_do_no_harm() -> None:
    """A control character in a headline is left out, and the feed is still one."""
    one = entry("a", "de")
    listing = arrange([type(one).from_json(one.to_json() | {"headline": phrase("Eine\x0bBrücke\ufffe", "de").to_json()})], ["de"])

    assert etree.fromstring(feeds.atom(listing.lists[0], view(), CHANNEL)).findtext(f"{ATOM}entry/{ATOM}title") == "EineBrücke"


# -- sitemaps ----------------------------------------------------------------------------------------------------------


def addresses(number: int) -> Iterator[Address]:
    for n in range(number):
        url = f"https://news.example.org/{n}?a&b"
        yield Address(url, datetime(2026, 1, 1, tzinfo=UTC), (("de", url), ("x-default", url)))


def test_a_sitemap_names_each_page_with_its_languages() -> None:
    """loc, lastmod in W3C's form, and an alternate for each language, all escaped."""
    ((path, content),) = feeds.sitemaps(list(addresses(2)), "https://news.example.org/")
    first = etree.fromstring(content)[0]

    assert path == "sitemap.xml"
    assert first.findtext(f"{MAP}loc") == "https://news.example.org/0?a&b"
    assert first.findtext(f"{MAP}lastmod") == "2026-01-01T00:00:00+00:00"
    links = [(one.get("rel"), one.get("hreflang"), one.get("href")) for one in first if one.get("rel")]
    assert links == [("alternate", language, "https://news.example.org/0?a&b") for language in ("de", "x-default")]


def test_a_large_sitemap_is_split_and_indexed() -> None:
    """No part has more addresses than it may, none is lost, and the index has the name that robots.txt tells."""
    made = dict(feeds.sitemaps(list(addresses(7)), "https://news.example.org/", most=3))
    index = etree.fromstring(made["sitemap.xml"])

    assert index.tag == f"{MAP}sitemapindex"
    assert [one.text for one in index.iter(f"{MAP}loc")] == [f"https://news.example.org/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [len(etree.fromstring(made[f"sitemap-{n}.xml"])) for n in (1, 2, 3)] == [3, 3, 1]


def test_fifty_thousand_addresses_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """The protocol's limit; and one of bytes, which long addresses reach first."""
    assert feeds.MOST_ADDRESSES == 50_000
    assert feeds.MOST_BYTES < 52_428_800
    monkeypatch.setattr(feeds, "MOST_BYTES", 1_000)
    parts = [
        content for path, content in feeds.sitemaps(list(addresses(9)), "https://news.example.org/") if path != "sitemap.xml"
    ]

    assert len(parts) > 2
    assert all(len(content) <= 1_000 for content in parts)


def test_the_news_sitemap_holds_the_last_two_days() -> None:
    """… in every language, with the name of the publication in that language; not what is older, nor what is to come."""
    now = datetime(2026, 3, 10, 12, tzinfo=UTC)
    days = {"old": 6, "edge": 7.2, "news": 9, "to come": 10}
    entries = [entry(name, "de", day=day) for name, day in days.items()]
    root = etree.fromstring(feeds.news_sitemap(entries, {"de": view()}, now))

    assert [one.text for one in root.iter(f"{NEWS}title")] == ["edge in de", "news in de"]
    assert {one.text for one in root.iter(f"{NEWS}name")} == {"Flusstal"}
    assert {one.text for one in root.iter(f"{NEWS}language")} == {"de"}
    assert [one.text for one in root.iter(f"{NEWS}publication_date")][1] == "2026-03-10T09:00:00+01:00"


def test_without_news_the_news_sitemap_is_a_sitemap_still() -> None:
    """It may not be empty: it names the first pages, and nothing as news."""
    root = etree.fromstring(
        feeds.news_sitemap([entry("a", "de")], {"de": view(), "en": view()}, datetime(2027, 1, 1, tzinfo=UTC))
    )

    assert [one.text for one in root.iter(f"{MAP}loc")] == [f"https://news.example.org/base/{tag}/" for tag in ("de", "en")]
    assert not list(root.iter(f"{NEWS}news"))


@pytest.mark.parametrize(
    ("tag", "code"), [("de-AT", "de"), ("zh", "zh-cn"), ("zh-TW", "zh-tw"), ("zh-Hant", "zh-tw"), ("lld", "lld")]
)
def test_the_news_sitemap_has_googles_codes(tag: str, code: str) -> None:
    """Two or three letters, but for Chinese, which is written in two ways."""
    root = etree.fromstring(feeds.news_sitemap([entry("a", tag)], {tag: view()}, datetime(2026, 3, 2, tzinfo=UTC)))

    assert root.findtext(f".//{NEWS}language") == code


def test_robots_are_let_in_and_told_the_sitemaps() -> None:
    """RFC 9309: a group that disallows nothing; the sitemaps by their whole addresses."""
    assert feeds.robots("https://news.example.org/", ["sitemap.xml"]).decode().splitlines() == [
        "User-agent: *",
        "Disallow:",
        "",
        "Sitemap: https://news.example.org/sitemap.xml",
    ]
