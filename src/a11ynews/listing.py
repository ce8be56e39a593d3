"""
What a site shows of its articles besides their own pages: which lists there are, what stands in them, and where they lie.

An `Entry` is one edition of an article as far as lists, feeds and sitemaps show it; it can be kept as JSON, so that an article
that has not changed need not be read again. `arrange` makes of all entries a `Listing`. Nothing here reads or writes files.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Self
from urllib.parse import unquote, urlsplit

from .article import slug_fault
from .finding import Birthplace, Owner
from .pictures import Prepared, Size
from .provenance import Origin, State

# -- an entry ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that is looked up already, with where its words were written."""

    html: str
    """As it stands on a page, without marks. A phrase holds no links."""
    words: str
    """Without tags, not escaped."""
    origin: Origin

    def to_json(self) -> list[Any]:
        """As plain values."""
        o = self.origin
        pending = _place_to_json(o.pending) if o.pending else None
        return [self.html, self.words, _place_to_json(o.birthplace), o.language, o.role, o.state.value, pending]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Self:
        """Read what `to_json` wrote. Raises ValueError, KeyError, TypeError or IndexError for anything else."""
        html, words, place, language, role, state, pending = data
        origin = Origin(_place(place), str(language), str(role), State(state), _place(pending) if pending else None)
        return cls(str(html), str(words), origin)


def _place_to_json(place: Birthplace) -> list[Any]:
    return [place.file, place.line, place.column, place.owner.value, place.identity]


def _place(data: Sequence[Any]) -> Birthplace:
    file, line, column, owner, identity = data
    return Birthplace(str(file), int(line), int(column), Owner(owner), str(identity))


@dataclass(frozen=True, slots=True)
class Topic:
    """A section or a tag in an article's language."""

    name: Phrase
    key: str
    """The same wherever the same words stand in a record of the same language, whatever they are translated to."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """An article's first picture that says something."""

    alt: Phrase
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition of an article: what lists, feeds and sitemaps show of it."""

    record: str
    """The record's id."""
    language: str
    source_language: str
    path: str
    """In the site, as `de/slug.html`."""
    headline: Phrase
    published: datetime
    """With its time zone, as all moments here."""
    dates: Birthplace
    """Where the dates stand."""
    kicker: Phrase | None = None
    teaser: Phrase | None = None
    picture: Illustration | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    section: Topic | None = None
    tags: tuple[Topic, ...] = ()
    related: tuple[str, ...] = ()
    """The addresses of its related links that may lead to other articles of the site."""

    @property
    def changed(self) -> datetime:
        """When it was last changed."""
        return self.updated or self.published

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        picture = self.picture
        return {
            "record": self.record,
            "language": self.language,
            "source_language": self.source_language,
            "path": self.path,
            "headline": self.headline.to_json(),
            "published": self.published.isoformat(),
            "dates": _place_to_json(self.dates),
            "kicker": self.kicker and self.kicker.to_json(),
            "teaser": self.teaser and self.teaser.to_json(),
            "picture": picture and {"alt": picture.alt.to_json(), "files": prepared_to_json(picture.prepared)},
            "updated": self.updated and self.updated.isoformat(),
            "authors": list(self.authors),
            "section": self.section and [self.section.name.to_json(), self.section.key],
            "tags": [[tag.name.to_json(), tag.key] for tag in self.tags],
            "related": list(self.related),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises ValueError, KeyError, TypeError or IndexError for anything else."""

        def phrase(key: str) -> Phrase | None:
            return Phrase.from_json(data[key]) if data[key] else None

        picture, section, updated = data["picture"], data["section"], data["updated"]
        return cls(
            record=str(data["record"]),
            language=str(data["language"]),
            source_language=str(data["source_language"]),
            path=str(data["path"]),
            headline=Phrase.from_json(data["headline"]),
            published=_moment(data["published"]),
            dates=_place(data["dates"]),
            kicker=phrase("kicker"),
            teaser=phrase("teaser"),
            picture=Illustration(Phrase.from_json(picture["alt"]), prepared_from_json(picture["files"])) if picture else None,
            updated=_moment(updated) if updated else None,
            authors=tuple(str(author) for author in data["authors"]),
            section=Topic(Phrase.from_json(section[0]), str(section[1])) if section else None,
            tags=tuple(Topic(Phrase.from_json(tag), str(key)) for tag, key in data["tags"]),
            related=tuple(str(address) for address in data["related"]),
        )


def _moment(written: Any) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"{written} has no time zone")
    return moment


def prepared_to_json(prepared: Prepared) -> list[Any]:
    """A picture as plain values."""
    sizes = ([[size.path, size.width] for size in some] for some in (prepared.own, prepared.webp))
    return [prepared.width, prepared.height, prepared.path, *sizes]


def prepared_from_json(data: Sequence[Any]) -> Prepared:
    """Read what `prepared_to_json` wrote. Raises ValueError or TypeError for anything else."""
    width, height, path, own, webp = data

    def sizes(pairs: Sequence[Any]) -> tuple[Size, ...]:
        return tuple(Size(str(path), int(width)) for path, width in pairs)

    return Prepared(int(width), int(height), str(path), sizes(own), sizes(webp))


# -- names in addresses ------------------------------------------------------------------------------------------------

_RESERVED = frozenset(
    {"page", "tag", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""What stands in addresses of lists already, and what no folder can be called on Windows."""

_SIGNS = {"+": " plus", "#": " sharp"}
_MOST = 60
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŀ": "l", "ħ": "h", "ŧ": "t"}
)


def slug_of(words: str, language: str) -> str:
    """
    The words as a part of an address: small Latin letters without their accents, or the letters of another script as they are.

    Words that have none (“???”) give letters that nobody reads, but always the same ones.
    """
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", words).lower())
    if language.split("-")[0] == "de":
        letters = letters.translate(_GERMAN)
    # “C”, “C++” and “C#” are three things.
    letters = re.sub(r"(?<=\w)[+#]+(?!\w)", lambda signs: "".join(_SIGNS[sign] for sign in signs[0]), letters)
    letters = re.sub("(?<=[a-z])[\u0300-\u036f]+", "", "".join(_without_accent(one) for one in letters.translate(_LETTERS)))
    parts = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in letters).split()
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:_MOST]
        if len(longer) > _MOST or len(longer.encode()) > 2 * _MOST:
            break
        slug = longer
    if slug and slug not in _RESERVED and slug_fault(slug) is None:
        return slug
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{slug}-section" if slug in _RESERVED else f"section-{digest}"


def _without_accent(letter: str) -> str:
    """A Latin letter without its accent; any other character as it is."""
    base = unicodedata.normalize("NFKD", letter)
    return base[0] if base[0].isascii() and base[0].isalpha() else letter


# -- the lists ---------------------------------------------------------------------------------------------------------

Kind = Literal["home", "section", "tag"]


@dataclass(frozen=True, slots=True)
class Place:
    """A page that another one leads to."""

    language: str
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """One list: all articles of a language, or those of a section or a tag."""

    kind: Kind
    language: str
    folder: str
    """Where its pages lie, as `de/kultur`."""
    name: Phrase | None
    """The name of the section or tag; None for all articles."""
    keys: frozenset[str]
    """The sections or tags of the records that it is made of."""
    entries: tuple[Entry, ...]
    """The newest first. Those that are not there in this language are among them, in the one that they are there in."""
    per_page: int
    has_feed: bool = True

    @property
    def own(self) -> Iterator[Entry]:
        """Those in the list's own language."""
        return (entry for entry in self.entries if entry.language == self.language)

    @property
    def changed(self) -> datetime:
        """When one of its articles was last changed."""
        return max(entry.changed for entry in self.entries)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return -(-len(self.entries) // self.per_page)

    @property
    def path(self) -> str:
        """Its first page."""
        return self.path_of(1)

    @property
    def atom(self) -> str:
        """The path of its Atom feed."""
        return f"{self.folder}/feed.xml"

    @property
    def rss(self) -> str:
        """The path of its RSS feed."""
        return f"{self.folder}/rss.xml"

    def path_of(self, number: int) -> str:
        """The path of one of its pages, which count from 1."""
        return f"{self.folder}/index.html" if number == 1 else f"{self.folder}/page/{number}/index.html"

    def on_page(self, number: int) -> tuple[Entry, ...]:
        """What stands on one of its pages."""
        first = (number - 1) * self.per_page
        return self.entries[first : first + self.per_page]


@dataclass(frozen=True, slots=True)
class Signpost:
    """A section as a link to it."""

    name: Phrase
    path: str

    def to_json(self) -> list[Any]:
        """As plain values."""
        return [self.name.to_json(), self.path]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Self:
        """Read what `to_json` wrote. Raises ValueError, KeyError, TypeError or IndexError for anything else."""
        name, path = data
        return cls(Phrase.from_json(name), str(path))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page of an article shows of the rest of the site: while it stays the same, the page need not be made anew."""

    home: str = ""
    """The path of the language's first page; empty where a site has no lists."""
    feed: str = ""
    navigation: tuple[Signpost, ...] = ()
    section: Signpost | None = None
    """The section that the article is in."""
    related: tuple[tuple[str, Place], ...] = ()
    """By the address that stands in the record, the article that it leads to."""
    tags: tuple[str, ...] = ()
    """Of each tag of the article, the path of its list, empty where it has none; nothing at all where no tag has one."""

    @property
    def digest(self) -> str:
        """Letters that differ where anything of it differs."""

        def plain(value: Any) -> Any:
            return value.to_json() if isinstance(value, Phrase) else [getattr(value, name) for name in value.__slots__]

        return hashlib.sha256(json.dumps(plain(self), default=plain).encode()).hexdigest()

    @property
    def links(self) -> list[Any] | None:
        """As plain values, what it tells that pages of the same section need not have in common; None where that is nothing."""
        if not self.related and not self.tags:
            return None
        return [[[address, place.language, place.path] for address, place in self.related], list(self.tags)]

    def with_links(self, links: Sequence[Any]) -> "Surroundings":
        """The same with what `links` gave. Raises ValueError or TypeError for anything else."""
        related, tags = links
        places = tuple((str(address), Place(str(language), str(path))) for address, language, path in related)
        return replace(self, related=places, tags=tuple(str(tag) for tag in tags))

    def to_json(self) -> list[Any]:
        """All else as plain values; the section comes last."""
        return [self.home, self.feed, [one.to_json() for one in self.navigation], self.section and self.section.to_json()]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Self:
        """Read what `to_json` wrote. Raises ValueError, KeyError, TypeError or IndexError for anything else."""
        home, feed, navigation, section = data
        named = tuple(Signpost.from_json(one) for one in navigation)
        return cls(str(home), str(feed), named, Signpost.from_json(section) if section else None)


@dataclass(frozen=True, eq=False)
class Listing:
    """All lists of a site."""

    languages: tuple[str, ...]
    """The languages that have a first page, in the site's order."""
    lists: tuple[Articles, ...]
    """By language; the one of all articles before those of its sections."""
    navigation: Mapping[str, tuple[Articles, ...]]
    """By language, the sections that every page names."""
    entries: tuple[Entry, ...]
    """Every edition of every article, the newest first."""
    unknown: tuple[str, ...] = ()
    """What the navigation names and no article has for a section."""
    _places: Mapping[str, str] = field(default_factory=dict)
    """By path in an address, the record that is meant."""
    _editions: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By record, in the site's order of languages."""

    @cached_property
    def _homes(self) -> dict[str, Articles]:
        return {one.language: one for one in self.lists if one.kind == "home"}

    @cached_property
    def _by_key(self) -> dict[tuple[Kind, str, str], Articles]:
        """Sections and tags by their language and those of records that they are made of."""
        return {(one.kind, one.language, key): one for one in self.lists for key in one.keys}

    @cached_property
    def _signposts(self) -> dict[str, tuple[Signpost, ...]]:
        return {language: tuple(_signpost(one) for one in sections) for language, sections in self.navigation.items()}

    def home(self, language: str) -> Articles | None:
        """The list of all articles of a language."""
        return self._homes.get(language)

    def sections(self, language: str) -> Iterator[Articles]:
        """The sections of a language."""
        return (one for one in self.lists if one.kind == "section" and one.language == language)

    def section_of(self, entry: Entry) -> Articles | None:
        """The section that an article is in."""
        return self._by_key.get(("section", entry.language, entry.section.key)) if entry.section else None

    def tags_of(self, entry: Entry) -> tuple[str, ...]:
        """The paths of the lists of an article's tags, empty for each that has none; nothing where no tag has one."""
        found = [self._by_key.get(("tag", entry.language, tag.key)) for tag in entry.tags]
        return tuple(one.path if one else "" for one in found) if any(found) else ()

    def editions(self, record: str) -> tuple[Entry, ...]:
        """A record's editions."""
        return self._editions.get(record, ())

    def counterparts(self, articles: Articles) -> list[Articles]:
        """The same list in every language that has it, this one among them, in the site's order of languages."""
        if articles.kind == "home":
            return list(self._homes.values())
        return [
            there
            for language in self.languages
            if (there := self._nearest.get((articles, language))) and self._nearest.get((there, articles.language)) is articles
        ]

    @cached_property
    def _nearest(self) -> dict[tuple[Articles, str], Articles]:
        """By a section or tag and a language, the one there that has most in common with it: of its own language, itself."""
        found: dict[tuple[Articles, str], Articles] = {}
        for articles in self.lists:
            alike = Counter(
                there
                for key in sorted(articles.keys)  # of several that are as near, always the same one
                for language in self.languages
                if (there := self._by_key.get((articles.kind, language, key)))
            )
            for there, _ in reversed(alike.most_common()):
                found[articles, there.language] = there
        return found

    def surroundings(self, entry: Entry) -> Surroundings:
        """What the page of an article shows of the rest of the site."""
        home = self.home(entry.language)
        if home is None:
            return Surroundings(related=self._related(entry))
        section = self.section_of(entry)
        return Surroundings(
            home.path,
            home.atom,
            self.signposts(entry.language),
            _signpost(section) if section else None,
            self._related(entry),
            self.tags_of(entry),
        )

    def signposts(self, language: str) -> tuple[Signpost, ...]:
        """The sections that the pages of a language name."""
        return self._signposts.get(language, ())

    def _related(self, entry: Entry) -> tuple[tuple[str, Place], ...]:
        found = []
        for address in entry.related:
            record = self._places.get(unquote(address.partition("#")[0]))
            editions = self.editions(record) if record and record != entry.record else ()
            if editions:
                edition = _best(editions, entry.language)
                found.append((address, Place(edition.language, edition.path)))
        return tuple(found)


def _signpost(section: Articles) -> Signpost:
    assert section.name is not None
    return Signpost(section.name, section.path)


def _best(editions: Sequence[Entry], language: str) -> Entry:
    """The edition for a reader: in the reader's language, else in the record's own, else the first."""
    own = next((one for one in editions if one.language == language), None)
    return own or next((one for one in editions if one.language == one.source_language), editions[0])


def arrange(
    entries: Iterable[Entry],
    languages: Sequence[str],
    *,
    make: bool = True,
    per_page: int = 20,
    navigation: Sequence[str] | None = None,
    untranslated: bool = True,
    base_url: str = "/",
    tags: int = 2,
    tag_feeds: bool = False,
) -> Listing:
    """
    The lists of a site.

    `languages` gives their order. `navigation` names the sections that every page links to, in their order, by their names in any
    language; without it, all of them are, by name. With `untranslated`, an article that is not there in a list's language stands
    in it all the same, in one that it is there in. `base_url` is the site's address, for the addresses in related links. A tag
    has a list from as many articles on as `tags` says, none where that is 0, and feeds where `tag_feeds` says so.

    With `make` false there are no lists at all. Else a list is made where an article in its language stands in it: no list is
    empty, and none is foreign from end to end.
    """
    ordered = sorted(entries, key=lambda entry: (entry.published.timestamp(), entry.record), reverse=True)
    by_language: defaultdict[str, list[Entry]] = defaultdict(list)
    by_record: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in ordered:
        by_language[entry.language].append(entry)
        by_record[entry.record].append(entry)
    # A record can be in a language that the site does not name.
    order = [*(language for language in languages if language in by_language), *sorted(by_language.keys() - set(languages))]
    rank = {language: number for number, language in enumerate(order)}
    editions = {record: tuple(sorted(some, key=lambda one: rank[one.language])) for record, some in by_record.items()}
    everywhere = {
        language: [_best(some, language) for some in editions.values()] if untranslated else by_language[language]
        for language in order
    }
    sections = _Groups("section", {language: by_language[language] for language in order if make}, everywhere)
    tagged = _Groups("tag", {language: by_language[language] for language in order if make and tags}, everywhere)
    keys = _keys_by_name(ordered)
    lists: list[Articles] = []
    shown: dict[str, tuple[Articles, ...]] = {}
    for language in order if make else ():
        lists.append(Articles("home", language, language, None, frozenset(), tuple(everywhere[language]), per_page))
        filled = [sections.filled(one, language, per_page) for one in sections.of(language)]
        lists += filled
        shown[language] = _navigation(filled, navigation, keys)
        some = (tagged.filled(one, language, per_page, has_feed=tag_feeds) for one in tagged.of(language))
        lists += [one for one in some if len(one.entries) >= tags]
    unknown = tuple(name for name in navigation or () if make and name.casefold() not in keys)
    return Listing(tuple(order), tuple(lists), shown, tuple(ordered), unknown, _addresses(ordered, base_url), editions)


_SAID = (State.SOURCE, State.TRANSLATED)
"""How words stand that are those of the language."""


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """A section or a tag of a language before it is filled."""

    slug: str
    name: Phrase
    keys: frozenset[str]


class _Groups:
    """
    The sections, or the tags, of all languages.

    `own` are the articles that are there in a language, `everywhere` those that stand in its lists.
    """

    def __init__(self, kind: Kind, own: Mapping[str, Sequence[Entry]], everywhere: Mapping[str, Sequence[Entry]]) -> None:
        self._kind = kind
        self._entries = everywhere
        self._by_language = {language: list(_named(language, self._topics, some)) for language, some in own.items()}
        self._by_key: defaultdict[str, list[_Group]] = defaultdict(list)
        for group in (group for groups in self._by_language.values() for group in groups):
            for key in group.keys:
                self._by_key[key].append(group)
        self._taken = {language: {key for one in groups for key in one.keys} for language, groups in self._by_language.items()}
        self._numbers: dict[str, dict[str, list[int]]] = {}
        """By language and key, which articles have it, counted from the newest."""
        for language in self._by_language:
            numbers = self._numbers[language] = {}
            for number, entry in enumerate(everywhere[language]):
                for topic in self._topics(entry):
                    numbers.setdefault(topic.key, []).append(number)

    def _topics(self, entry: Entry) -> tuple[Topic, ...]:
        return entry.tags if self._kind == "tag" else (entry.section,) if entry.section else ()

    def of(self, language: str) -> Sequence[_Group]:
        """Those of a language, by name."""
        return self._by_language.get(language, ())

    def filled(self, group: _Group, language: str, per_page: int, *, has_feed: bool = True) -> Articles:
        """
        One with its articles.

        Those that are not there in its language come along, where another language has them in one section with its own: a
        German article in “Kultur” stands in “Culture”, if articles in “Culture” stand in “Kultur”.
        """
        others = {key for own in group.keys for one in self._by_key[own] for key in one.keys}
        keys = group.keys | (others - self._taken[language])
        numbers = sorted({number for key in keys for number in self._numbers[language].get(key, ())})
        inside = tuple(self._entries[language][number] for number in numbers)
        folder = f"{language}/tag/{group.slug}" if self._kind == "tag" else f"{language}/{group.slug}"
        return Articles(self._kind, language, folder, group.name, group.keys, inside, per_page, has_feed)


def _named(language: str, topics: Callable[[Entry], Iterable[Topic]], own: Iterable[Entry]) -> Iterator[_Group]:
    """
    The sections or tags of a language, by name.

    Records name them each for itself, and translators can say them in two ways: one name is chosen for all that the record's
    language calls by one word, the one that most articles have. What readers see by one name is one.
    """
    names: defaultdict[str, list[Phrase]] = defaultdict(list)
    for entry in own:
        for topic in topics(entry):
            names[topic.key].append(topic.name)
    slugs: defaultdict[str, dict[str, Phrase]] = defaultdict(dict)
    for key, phrases in names.items():
        translated = [one for one in phrases if one.origin.state in _SAID] or phrases
        (most, _), *_ = Counter(one.words for one in translated).most_common(1)
        # The oldest article's: its place stays the same whatever is published, and it stands on every page.
        phrase = next(one for one in reversed(translated) if one.words == most)
        slugs[slug_of(phrase.words, phrase.origin.language)][key] = phrase
    groups = []
    for slug, keys in slugs.items():
        # The name that is not translated gives way; of two others, the one of more articles stays.
        key = max(sorted(keys), key=lambda key: (keys[key].origin.language == language, len(names[key])))
        groups.append(_Group(slug, keys[key], frozenset(keys)))
    yield from sorted(groups, key=lambda group: (_collation(group.name.words), group.slug))


def _collation(words: str) -> str:
    """By this names are put in order: accents and capitals do not count."""
    return "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))


def _keys_by_name(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """By the name of a section in any language, in small letters, the sections of records that have it."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.section:
            keys[entry.section.name.words.casefold()].add(entry.section.key)
    return dict(keys)


def _navigation(sections: Sequence[Articles], wanted: Sequence[str] | None, keys: Mapping[str, set[str]]) -> tuple[Articles, ...]:
    if wanted is None:
        return tuple(sections)
    found: dict[Articles, None] = {}
    for name in wanted:
        found.update((section, None) for section in sections if section.keys & keys.get(name.casefold(), set()))
    return tuple(found)


def _addresses(entries: Iterable[Entry], base_url: str) -> dict[str, str]:
    """By every way to write an article's path in an address of this site, the article's record."""
    found: dict[str, str] = {}
    for entry in entries:
        for path in {entry.path, entry.path.removesuffix("index.html") if entry.path.endswith("/index.html") else entry.path}:
            for start in (base_url, urlsplit(base_url).path, "/"):
                found[start + path] = entry.record
    return found
