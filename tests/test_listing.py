"""Which lists a site has, what stands in them, and where they lie."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from a11ynews.finding import Birthplace, Owner
from a11ynews.listing import Articles, Entry, Illustration, Listing, Phrase, Place, Topic, arrange, slug_of
from a11ynews.pictures import Prepared, Size
from a11ynews.provenance import Origin, State

FIRST = datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
SECTIONS = {"Culture": {"de": "Kultur", "it": "Cultura"}, "Law": {"de": "Recht", "it": "Diritto"}}


def phrase(words: str, language: str = "en", role: str = "headline", state: State = State.SOURCE, line: int = 3) -> Phrase:
    place = Birthplace("news/a/record.yaml", line, 1, Owner.EDITOR, f"record a {role} {words}")
    pending = Birthplace("locales/de/LC_MESSAGES/a.po", 9, 1, Owner.TRANSLATOR, "x") if state is State.MISSING else None
    return Phrase(words, words, Origin(place, language, role, state, pending))


def entry(record: str, language: str = "en", *, day: float = 0, section: str | Phrase = "", **given: Any) -> Entry:
    """An edition of a record whose source is English, unless something else is said."""
    source = given.pop("source", "en")
    name = phrase(SECTIONS.get(section, {}).get(language, section), language) if isinstance(section, str) else section
    key = given.pop("key", section if isinstance(section, str) else name.words)
    return Entry(
        record=record,
        language=language,
        source_language=source,
        path=given.pop("path", f"{language}/{record}.html"),
        headline=phrase(f"{record} in {language}", language),
        published=FIRST + timedelta(days=day),
        dates=Birthplace(f"news/{record}/record.yaml", 2, 1, Owner.EDITOR, f"record {record} published"),
        section=Topic(name, f"{source} {key.casefold()}") if section else None,
        **given,
    )


def arranged(*entries: Entry, **given: Any) -> Listing:
    return arrange(entries, ["en", "de", "it"], **given)


def records(articles: Articles | None) -> list[str]:
    assert articles is not None
    return [f"{one.record} {one.language}" for one in articles.entries]


def section(listing: Listing, folder: str) -> Articles:
    return next(one for one in listing.lists if one.folder == folder)


# -- an entry ----------------------------------------------------------------------------------------------------------


def test_an_entry_is_the_same_after_it_was_kept_as_json() -> None:
    """Every text keeps its birthplace, its language and what is to be done, every moment its time zone."""
    full = entry(
        "a",
        "de",
        section=phrase("Culture", "en", "section", State.MISSING),
        kicker=phrase("Tal", "de", "kicker", State.TRANSLATED),
        teaser=phrase("<em>Kurz</em>", "de", "teaser", State.FUZZY),
        picture=Illustration(
            phrase("Eine Brücke", "de", "alt"),
            Prepared(640, 400, "media/a/b.jpg", (Size("media/a/b-480.jpg", 480),), (Size("media/a/b-480.webp", 480),)),
        ),
        updated=datetime(2026, 4, 1, tzinfo=UTC),
        authors=("Ana Martins",),
        tags=(Topic(phrase("Fluss", "de", "tag"), "en river"),),
        related=("/en/b.html",),
    )

    for one in (full, entry("b")):
        assert Entry.from_json(json.loads(json.dumps(one.to_json()))) == one


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("headline"),
        lambda data: data.update(published="2026-03-01T09:00:00"),
        lambda data: data.update(dates=["x"]),
        lambda data: data["headline"].__setitem__(5, "no state"),
    ],
)
def test_what_is_no_entry_is_not_taken_for_one(spoil: Any) -> None:
    """A ledger that is damaged is seen, and not guessed at."""
    data = entry("a").to_json()
    spoil(data)

    with pytest.raises((ValueError, KeyError, TypeError, IndexError)):
        Entry.from_json(data)


# -- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "language", "slug"),
    [
        ("Kultur & Leben", "de", "kultur-leben"),
        ("Über Größe", "de", "ueber-groesse"),
        ("Ürümqi", "en", "urumqi"),
        ("Università", "it", "universita"),
        ("Łódź, Ærø", "en", "lodz-aero"),
        ("C++", "en", "c-plus-plus"),
        ("C#", "en", "c-sharp"),
        ("A+B # 1", "en", "a-b-1"),
        ("İstanbul", "tr", "istanbul"),
        ("../../etc/passwd", "en", "etc-passwd"),
        ("أخبار محلية", "ar", "أخبار-محلية"),
        ("हिन्दी समाचार", "hi", "हिन्दी-समाचार"),
        ("ﬁne ½ Ⅳ", "en", "fine-1-2-iv"),
        ("Page", "en", "page-section"),
        ("CON", "en", "con-section"),
        ("one " * 40, "en", "one-" * 14 + "one"),
    ],
)
def test_a_name_becomes_a_part_of_an_address(words: str, language: str, slug: str) -> None:
    """Latin letters lose their accents as their language has it, other scripts stay, and nothing can leave the folder."""
    assert slug_of(words, language) == slug


def test_a_name_without_letters_has_an_address_too() -> None:
    """… always the same one, and another one than other such names have."""
    assert slug_of("???", "en") == slug_of("???", "de")
    assert slug_of("???", "en") != slug_of("!!!", "en")
    assert slug_of("", "en").startswith("section-")


# -- lists -------------------------------------------------------------------------------------------------------------


def test_the_newest_stand_first_whatever_their_time_zone() -> None:
    """Nine in the morning in Rome is before half past eight in London."""
    rome = entry("rome")
    london = Entry.from_json(entry("london").to_json() | {"published": "2026-03-01T08:30:00+00:00"})

    assert records(arranged(rome, london).home("en")) == ["london en", "rome en"]


def test_pages_are_numbered_from_1_and_hold_what_they_may() -> None:
    """The first page is the folder itself; the last one holds the rest, and is never empty."""
    even = arranged(*(entry(f"r{n}") for n in range(4)), per_page=2).home("en")
    assert even is not None
    assert even.count == 2
    home = arranged(*(entry(f"r{n}", day=n) for n in range(5)), per_page=2).home("en")

    assert home is not None
    assert [home.path_of(n) for n in range(1, home.count + 1)] == [
        "en/index.html",
        "en/page/2/index.html",
        "en/page/3/index.html",
    ]
    assert [[one.record for one in home.on_page(n)] for n in (1, 2, 3)] == [["r4", "r3"], ["r2", "r1"], ["r0"]]


def test_an_article_of_another_language_stands_in_the_list_or_not() -> None:
    """Readers learn of it, in the language of its source; a site can say that they should not."""
    both = entry("both"), entry("both", "de")
    german = entry("german", "de", day=1, source="de"), entry("german", "it", day=1, source="de")

    assert records(arranged(*both, *german).home("en")) == ["german de", "both en"]
    assert records(arranged(*both, *german, untranslated=False).home("en")) == ["both en"]


def test_a_language_without_an_article_has_no_list() -> None:
    """Nobody is led to a page that says nothing in the reader's language."""
    listing = arranged(entry("a"), entry("a", "de", section="Culture"))

    assert listing.languages == ("en", "de")
    assert [one.folder for one in listing.lists] == ["en", "de", "de/kultur"]


def test_a_language_that_only_a_record_names_comes_last() -> None:
    """A record in Ladin has its list, though the site does not name the language."""
    assert arranged(entry("a", "lld"), entry("a")).languages == ("en", "lld")


def test_a_site_may_have_no_lists() -> None:
    """Then an article's page shows nothing of the rest, but for its related links."""
    one, other = entry("a", section="Culture", related=("/en/b.html",)), entry("b")
    listing = arranged(one, other, make=False)

    assert listing.lists == ()
    assert listing.surroundings(one).home == ""
    assert listing.surroundings(one).related == (("/en/b.html", Place("en", "en/b.html")),)


# -- sections ----------------------------------------------------------------------------------------------------------


def test_a_section_is_what_readers_see_by_one_name() -> None:
    """A German record's “Kultur” and the translation of “Culture” are one section in German; a capital makes no other one."""
    listing = arranged(
        entry("a", section="Culture"),
        entry("a", "de", section="Culture"),
        entry("b", "de", day=1, source="de", section="Kultur"),
        entry("c", day=2, section="culture"),
    )

    assert records(section(listing, "de/kultur")) == ["c en", "b de", "a de"]
    assert records(section(listing, "en/culture")) == ["c en", "b de", "a en"]


def test_what_a_language_tells_apart_stays_apart() -> None:
    """German calls “Law” and “Right” by one name: an article in “Right” does not come into “Law” in English for that."""
    law = [entry("l", language, section=phrase(name, language), key="Law") for language, name in (("en", "Law"), ("de", "Recht"))]
    right = [
        entry("r", language, section=phrase(name, language), key="Right") for language, name in (("en", "Right"), ("de", "Recht"))
    ]
    alone = entry("x", "it", section=phrase("Diritti", "it"), key="Right")
    listing = arranged(*law, *right, alone)

    assert records(section(listing, "en/law")) == ["l en"]
    assert records(section(listing, "en/right")) == ["x it", "r en"]
    assert len(section(listing, "de/recht").entries) == 3


def test_the_name_of_a_section_is_the_one_that_most_translations_have() -> None:
    """One translator said it otherwise: the section stays one, and what is not translated does not name it."""
    usual = [entry(f"r{n}", "de", section=phrase("Recht", "de"), key="Law", day=n) for n in range(2)]
    other = entry("x", "de", section=phrase("Jura", "de"), key="Law", day=5)
    untranslated = [
        entry(f"u{n}", "de", section=phrase("Law", "en", state=State.MISSING), key="Law", day=6 + n) for n in range(4)
    ]
    listing = arranged(*usual, other, *untranslated)

    assert [one.folder for one in listing.sections("de")] == ["de/recht"]
    assert len(section(listing, "de/recht").entries) == 7


def test_the_place_of_a_sections_name_is_the_oldest_articles() -> None:
    """It stands on every page: what is published today does not change it."""
    old = entry("old", section=phrase("Law", line=8))
    new = entry("new", section=phrase("Law", line=20), day=1)

    name = section(arranged(new, old), "en/law").name

    assert name is not None
    assert name.origin.birthplace.line == 8


def test_sections_are_the_same_in_other_languages_by_their_records() -> None:
    """They name each other and themselves, in the order of the site; a section that is not there is not named."""
    listing = arranged(
        *(entry("a", language, section="Culture") for language in ("en", "de", "it")),
        *(entry("b", language, section="Law") for language in ("en", "it")),
    )

    assert [one.folder for one in listing.counterparts(section(listing, "de/kultur"))] == [
        "en/culture",
        "de/kultur",
        "it/cultura",
    ]
    assert [one.folder for one in listing.counterparts(section(listing, "it/diritto"))] == ["en/law", "it/diritto"]


def test_of_counterparts_that_are_as_near_it_is_always_the_same_one() -> None:
    """No page comes out another way in another process, whose sets have another order."""
    entries = []
    for number in range(12):
        english, german = (f"{source}{number}" for source in ("culture", "kultur"))
        entries += [
            entry(f"a{number}", "en", section=phrase(english), key=english),
            entry(f"a{number}", "de", section=phrase(f"leben{number}", "de"), key=english),
            entry(f"b{number}", "de", section=phrase(german, "de"), key=german, source="de"),
            entry(f"b{number}", "en", section=phrase(english), key=german, source="de"),
        ]
    listing = arranged(*entries)

    found = [listing.counterparts(section(listing, f"en/culture{number}"))[1].folder for number in range(12)]
    assert found == [f"de/kultur{number}" for number in range(12)]


def test_counterparts_are_mutual() -> None:
    """Two English sections that German calls by one name: one of them is its counterpart, the other has none."""
    listing = arranged(
        *(
            entry(f"l{n}", language, section=phrase(name, language), key="Law")
            for n in range(2)
            for language, name in (("en", "Law"), ("de", "Recht"))
        ),
        *(
            entry("r", language, section=phrase(name, language), key="Right")
            for language, name in (("en", "Right"), ("de", "Recht"))
        ),
    )

    for one in listing.lists:
        for other in listing.counterparts(one):
            assert one in listing.counterparts(other)


def test_every_section_is_in_the_navigation_by_name() -> None:
    """Accents and capitals do not count in the order."""
    names = ["Zoo", "élections", "Arts", "Ethics"]
    listing = arranged(*(entry(f"r{n}", section=name) for n, name in enumerate(names)))

    assert [one.name.words for one in listing.signposts("en")] == ["Arts", "élections", "Ethics", "Zoo"]


def test_the_configuration_chooses_what_is_in_the_navigation() -> None:
    """In its order, by the name in any language; what has no article is left out."""
    listing = arranged(
        *(entry("a", language, section="Culture") for language in ("en", "de")),
        *(entry("b", language, section="Law") for language in ("en", "de")),
        entry("c", section="Sport"),
        navigation=["law", "Kultur", "Nothing"],
    )

    assert [one.path for one in listing.signposts("de")] == ["de/recht/index.html", "de/kultur/index.html"]
    assert [one.path for one in listing.signposts("en")] == ["en/law/index.html", "en/culture/index.html"]
    assert listing.unknown == ("Nothing",)


# -- what an article shows of the rest ---------------------------------------------------------------------------------


def test_an_articles_surroundings_lead_home_and_to_its_section() -> None:
    """Two ways to everything (WCAG 2.4.5)."""
    one = entry("a", "de", section="Culture")
    around = arranged(one, entry("b", "de")).surroundings(one)

    assert (around.home, around.feed) == ("de/index.html", "de/feed.xml")
    assert around.section == around.navigation[0]
    assert around.section.path == "de/kultur/index.html"


@pytest.mark.parametrize(
    "address",
    [
        "/en/b.html",
        "https://news.example.org/base/en/b.html",
        "/base/en/b.html",
        "/base/de/b%C3%BCcher/",
        "/de/bücher/index.html#x",
    ],
)
def test_a_link_to_another_article_leads_to_the_readers_edition(address: str) -> None:
    """Whichever edition the record names, and however the address is written; where there is none, to one that there is."""
    editions = entry("b"), entry("b", "de", path="de/bücher/index.html")
    german, italian = entry("a", "de", related=(address,)), entry("a", "it", related=(address,))
    listing = arranged(*editions, german, italian, base_url="https://news.example.org/base/")

    assert dict(listing.surroundings(german).related) == {address: Place("de", "de/bücher/index.html")}
    assert dict(listing.surroundings(italian).related) == {address: Place("en", "en/b.html")}


def test_a_link_to_itself_stays_as_it_is() -> None:
    """The record means its page, and an editor will have had a reason."""
    one = entry("a", related=("/en/a.html",))

    assert arranged(one).surroundings(one).related == ()


def test_surroundings_have_another_digest_only_where_they_are_others() -> None:
    """An article in the list changes no other article's page; a new section does."""
    one = entry("a", section="Culture")
    before = arranged(one).surroundings(one).digest

    assert arranged(one, entry("b", section="Culture", day=1)).surroundings(one).digest == before
    assert arranged(one, entry("b", section="Law")).surroundings(one).digest != before


# -- tags --------------------------------------------------------------------------------------------------------------


def tagged(record: str, *tags: str, language: str = "en", **given: Any) -> Entry:
    """An edition with tags in English, or translated in so far as `SECTIONS` has them; those that begin with ? are not."""
    said = {tag: SECTIONS.get(tag, {}).get(language, tag) for tag in tags}
    topics = (
        Topic(phrase(tag.lstrip("?"), "en", "tag", State.MISSING), f"en {tag.lstrip('?').casefold()}")
        if tag.startswith("?")
        else Topic(phrase(words, language, "tag", State.TRANSLATED), f"en {tag.casefold()}")
        for tag, words in said.items()
    )
    return entry(record, language, tags=tuple(topics), **given)


def tags(listing: Listing) -> dict[str, list[str]]:
    return {one.folder: records(one) for one in listing.lists if one.kind == "tag"}


def test_a_tag_has_a_list_from_so_many_articles_on() -> None:
    """The newest first, by the name of the tag; no feed, unless it is asked for."""
    entries = [tagged("a", "Law", "Culture"), tagged("b", "Law", day=1), tagged("c", "Sport", day=2)]

    assert tags(arranged(*entries)) == {"en/tag/law": ["b en", "a en"]}
    assert list(tags(arranged(*entries, tags=1))) == ["en/tag/culture", "en/tag/law", "en/tag/sport"]
    assert tags(arranged(*entries, tags=0)) == tags(arranged(*entries, make=False)) == {}
    assert [one.has_feed for one in arranged(*entries).lists if one.kind == "tag"] == [False]
    assert [one.has_feed for one in arranged(*entries, tag_feeds=True).lists if one.kind == "tag"] == [True]


def test_a_tag_is_the_same_in_every_language() -> None:
    """By its translated name, or the source's; an article that is not there in a language comes along, as in all lists."""
    listing = arranged(
        tagged("a", "Law"), tagged("a", "Law", language="de"), tagged("b", "Law", day=1), tagged("a", "?Law", language="it")
    )

    lists = {"en/tag/law": ["b en", "a en"], "de/tag/recht": ["b en", "a de"], "it/tag/law": ["b en", "a it"]}
    assert tags(listing) == lists
    assert [one.folder for one in listing.counterparts(section(listing, "de/tag/recht"))] == list(lists)


def test_a_tag_and_a_section_of_one_name_are_two_lists() -> None:
    """Neither takes the other's articles, its place or its counterparts."""
    listing = arranged(
        tagged("a", "Law", section="Law"),
        tagged("b", "Law", day=1),
        tagged("c", section="Law", day=2),
        tagged("d", section="Tag"),
    )

    assert tags(listing) == {"en/tag/law": ["b en", "a en"]}
    assert records(section(listing, "en/law")) == ["c en", "a en"]
    assert [one.folder for one in listing.counterparts(section(listing, "en/law"))] == ["en/law"]
    assert section(listing, "en/tag-section").kind == "section"
    assert [one.path for one in listing.signposts("en")] == ["en/law/index.html", "en/tag-section/index.html"]


def test_an_article_leads_to_the_lists_of_its_tags() -> None:
    """In the order of the article's tags; nothing is said where none has a list."""
    one = tagged("a", "Sport", "Law")
    listing = arranged(one, tagged("b", "Law", day=1), alone := tagged("c", "Alone", day=2))

    assert listing.surroundings(one).tags == ("", "en/tag/law/index.html")
    assert listing.surroundings(alone).tags == ()
    assert listing.surroundings(one).digest != listing.surroundings(alone).digest
