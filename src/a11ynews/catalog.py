"""
A locale's catalogs, and what they have for a text: its words, their language, and the line where they stand.

A catalog is read from its PO file each time; nothing compiled lies about that could be older than it.

`Bitext` is a catalog beside the source that it translates, which is how the rules of catalogs look at it.
"""

import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from . import markup
from .article import MOST_LENGTH, ROLES, Article, PictureBlock, Role, Text, slug_fault
from .finding import Birthplace, Owner, Place
from .language import chain_of, folder_of, same_language
from .markup import Level, Name, Node
from .message import say
from .po import Header, PoEntry, PoFile
from .provenance import Origin, State

# Asked for thousands of times, and a member of an enumeration is looked up in three steps.
_MISSING, _TRANSLATED, _TRANSLATOR = State.MISSING, State.TRANSLATED, Owner.TRANSLATOR
_new = tuple.__new__

UI_DOMAIN = "a11ynews"
"""The domain of the page's own words. Every record has one of its own, named by its id."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """One locale's PO entries for one domain."""

    language: str
    domain: str
    file: str
    entries: dict[tuple[str, str], PoEntry]
    plural: Callable[[int], int]

    def birthplace(self, entry: PoEntry) -> Birthplace:
        """Where an entry's translation stands."""
        (context, id), (line, column) = entry.key, entry.string_place
        identity = f"catalog {self.language} {self.domain} {context}: {id}"
        return _new(Birthplace, (self.file, line, column, _TRANSLATOR, identity))


def path_of(folder: Path, language: str, domain: str) -> Path:
    """Where the catalog of a language and a domain lies in a gettext tree."""
    return _path_of(str(folder), folder_of(language), domain)


@lru_cache(maxsize=256)
def _path_of(folder: str, language: str, domain: str) -> Path:
    # Each is asked for several times in a row, and in one piece: three steps take three times as long.
    return Path(f"{folder}/{language}/LC_MESSAGES/{domain}.po")


def read_catalog(path: Path, file: str, language: str, domain: str) -> Catalog:
    """
    Read a PO file; `file` is its name for messages. Raises CatalogError with all that is wrong in it.

    The plural rule is the header's; a header without one gives the rule of English.
    """
    return _catalog(PoFile.live_entries(path, file), file, language, domain)


def catalog_of(po: PoFile, language: str, domain: str) -> Catalog:
    """The catalog that a PO file is."""
    return _catalog({entry.key: entry for entry in po.entries if not entry.obsolete}, po.file, language, domain)


def _catalog(entries: dict[tuple[str, str], PoEntry], file: str, language: str, domain: str) -> Catalog:
    header = entries.get(("", ""))
    rule = Header(header.string if header else "").get("plural-forms", "")
    return Catalog(language, domain, file, entries, plural_rule(rule))


@cache
def plural_rule(header: str) -> Callable[[int], int]:
    """The rule of a `Plural-Forms` header; English's, where it is none or does not work out."""
    try:
        choose: Callable[[int], int] = gettext.c2py(header.partition("plural=")[2].rstrip("; "))
    except ValueError:
        return _english_plural

    def plural(n: int) -> int:
        try:
            return choose(n)
        except ArithmeticError:
            return _english_plural(n)

    return plural


def _english_plural(n: int) -> int:
    return int(n != 1)


class Found(NamedTuple):
    """What the catalogs have for a text."""

    words: str
    origin: Origin
    problem: str = ""
    """Why the catalog's words cannot be used, where they are broken."""
    cut: markup.Cut | None = None
    """The words as a page shows them, where that was found when they were looked up."""


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs that serve one language for one domain, the most specific first."""

    language: str
    domain: str
    catalogs: tuple[Catalog, ...]
    expected: Birthplace
    """Where a translator would find the catalog, if there were one."""
    _own_words: dict[tuple[str, str], tuple[Birthplace, Found]] = field(default_factory=dict)

    def look_up(self, text: Text) -> Found:
        """
        The words of a record's text in this language.

        Where no catalog has them, or only for an earlier wording, the source's words and what is to be done. An entry of a more
        specific catalog goes first; one that is empty, fuzzy or broken gives way to the next.
        """
        state, pending, problem = _MISSING, self.expected, ""
        first, role = True, text.role
        key = role.name, text.words
        for catalog in self.catalogs:
            entry = catalog.entries.get(key)
            if entry is None:
                continue
            words, cut = entry.string, None
            birthplace = catalog.birthplace(entry)
            if words and not entry.fuzzy and (cut := _fit(text, words)) is not None:
                # Nearly all of them, and thousands: a named tuple's own way to be made takes twice as long.
                return _new(Found, (words, _new(Origin, (birthplace, catalog.language, role.name, _TRANSLATED, None)), "", cut))
            why = ""
            if not words or words.isspace():
                found = State.MISSING
            elif entry.fuzzy:
                found = State.FUZZY
            elif why := translation_fault(text, words) or "":
                found = State.BROKEN
            else:
                return Found(words, Origin(birthplace, catalog.language, role.name, _TRANSLATED))
            if first or (state is State.MISSING and found is not State.MISSING):
                state, pending, problem, first = found, birthplace, why, False
        if same_language(text.language, self.language):
            return Found(text.words, Origin(text.birthplace, text.language, role.name), "", text.cut)
        return Found(text.words, Origin(text.birthplace, text.language, role.name, state, pending), problem, text.cut)

    def look_up_ui(self, context: str, id: str, birthplace: Birthplace, plural: str = "", n: int | None = None) -> Found:
        """The page's own words: as `look_up`, for a message of a template in English, with its plural where it counts."""
        if not plural:
            # Every page asks for the same ones.
            kept = self._own_words.get((context, id))
            if kept is None or kept[0] != birthplace:
                kept = self._own_words[context, id] = birthplace, self._look_up_ui(context, id, birthplace, plural, n)
            return kept[1]
        return self._look_up_ui(context, id, birthplace, plural, n)

    def _look_up_ui(self, context: str, id: str, birthplace: Birthplace, plural: str, n: int | None) -> Found:
        source = plural if plural and n != 1 else id
        waiting = None
        for catalog in self.catalogs:
            entry = catalog.entries.get((context, id))
            if entry is None:
                continue
            index = catalog.plural(n) if plural and n is not None else 0
            if not entry.fuzzy and (words := entry.strings.get(index, "") if index else entry.string).strip():
                return Found(words, Origin(catalog.birthplace(entry), catalog.language, "page", State.TRANSLATED))
            waiting = waiting or catalog.birthplace(entry)
        state = State.SOURCE if same_language("en", self.language) else State.MISSING
        pending = None if state is State.SOURCE else waiting or self.expected
        return Found(source, Origin(birthplace, "en", "page", state, pending))

    @property
    def has_any(self) -> bool:
        """Whether there is a catalog at all."""
        return bool(self.catalogs)


def translation_fault(text: Text, words: str) -> str | None:
    """What makes a translation unfit for a page, whatever it says: unsafe or foreign links, markup that is none."""
    if text.role.name == "slug":
        return slug_fault(words)
    if len(words) > MOST_LENGTH:
        return say("the translation has more than {most} characters; make several texts of it in the source", most=MOST_LENGTH)
    if not markup.may_be_marked(words) and words.strip():
        return None
    nodes = markup.parse(words, text.role.level)
    for fault in markup.faults(nodes):
        return fault
    found = markup.targets(nodes)
    own = markup.targets(markup.parse(text.words, text.role.level)) if found else []
    for target in found:
        if target not in own:
            return say("the link leads to {target}, which the source does not link to; write the source's address", target=target)
    if not markup.plain(nodes).strip():
        return say("there is markup and no words; translate them")
    return None


def _fit(text: Text, words: str) -> markup.Cut | None:
    """What a translation is on a page, where one look tells that `translation_fault` has nothing to tell; else None."""
    if text.role.name == "slug":
        return None
    cut = markup.cut(words, text.role.level)
    if cut is None or (cut.links and not (text.cut and set(cut.links) <= set(text.cut.links))):
        return None
    return cut


def gather(
    language: str,
    domain: str,
    folders: Iterable[Path],
    read: Callable[[Path, str, str], Catalog | None],
    expected: Birthplace,
) -> Catalogs:
    """
    The catalogs for a language and a domain: along its fallback chain, and for each link in every folder in its order.

    `read(path, language, domain)` gives the catalog of a path, or None where there is none to be had.
    """
    found = []
    for link in chain_of(language):
        for folder in folders:
            catalog = read(path_of(folder, link, domain), link, domain)
            if catalog is not None:
                found.append(catalog)
    return Catalogs(language, domain, tuple(found), expected)


# -- a catalog beside its source ---------------------------------------------------------------------------------------

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
"""An e-mail address in words."""

URL = re.compile(
    r"""(?:https?://|\bwww\.)[^\s<>"“”„«»()]*[^\s<>"“”„«»().,;:!?…'’]"""
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+(?:at|ch|com|de|edu|es|eu|example|fr|gov|info|int|io|it|net|org|uk)"
    r"""\b(?!\.?[\w@-])(?:/[^\s<>"“”„«»()]*[^\s<>"“”„«»().,;:!?…'’])?"""
)
"""An address of a page in words, with or without `https://`."""

HIDDEN = "\ufffc"
"""What stands in `Unit.prose` for each name, address and run of foreign words."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One translation beside its source, as XLIFF calls it: a string of an entry that is translated and not fuzzy."""

    entry: PoEntry
    role: Role
    """What the text is on the page; a message of the page's own words has the role `page`."""
    source: str
    words: str
    language: str
    source_language: str
    source_nodes: list[Node]
    nodes: list[Node]
    source_plain: str
    """The source's words without markup."""
    plain: str
    source_prose: str
    """The source's words that are in its language: names, addresses and `<i lang>` are left out, with `HIDDEN` for each."""
    prose: str

    @property
    def limit(self) -> int | None:
        """How many characters the layout has room for: by the role, else by the entry's flag; None where there is no limit."""
        if self.role.most:
            return self.role.most
        flagged = (re.fullmatch(r"max-length:([0-9]{1,6})", flag) for flag in self.entry.flags)
        return next((int(match[1]) for match in flagged if match), None)


@dataclass(frozen=True, slots=True)
class PictureTexts:
    """The source's words about one picture; empty where it has none of the kind."""

    file: str
    alt: str
    caption: str
    carried: Mapping[str, str] = field(default_factory=dict)
    """What the picture's IPTC metadata offer as alternative texts, by language."""


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the glossary for one language."""

    source: str
    translations: tuple[str, ...]
    """Any of them is right; empty where the glossary has none."""
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Bitext:
    """A catalog beside the source that it translates."""

    catalog: Catalog
    source_language: str
    units: tuple[Unit, ...]
    names: tuple[Name, ...] = ()
    """The names that stay as they are."""
    pictures: tuple[PictureTexts, ...] = ()
    glossary: tuple[Term, ...] = ()

    @property
    def name(self) -> str:
        """The catalog's file."""
        return self.catalog.file

    @property
    def language(self) -> str:
        """The language it translates to."""
        return self.catalog.language

    @property
    def header_entry(self) -> PoEntry | None:
        """The entry that is the header; None where the file has none."""
        return self.catalog.entries.get(("", ""))

    @property
    def header(self) -> Header:
        """The fields of the header; empty where there is none."""
        entry = self.header_entry
        return Header(entry.strings[0] if entry else "")

    @property
    def messages(self) -> list[PoEntry]:
        """The entries that are in use: all but the header and those behind `#~`."""
        return [entry for entry in self.catalog.entries.values() if not entry.is_header]

    def locate(self, part: Unit | PoEntry | None) -> Place:
        """The line of a translation; of the header, where nothing is named."""
        entry = part.entry if isinstance(part, Unit) else part or self.header_entry
        if entry is None:
            identity = f"catalog {self.language} {self.catalog.domain} header"
            return Place(self.name, 1, source=Birthplace(self.name, 1, 1, Owner.TRANSLATOR, identity))
        return Place(self.name, entry.string_line, source=self.catalog.birthplace(entry))


@dataclass(frozen=True, slots=True, eq=False)
class BitextSet:
    """All catalogs of one language. What a catalog alone cannot show, rules look for here."""

    name: str
    """Their folder."""
    bitexts: tuple[Bitext, ...]

    def locate(self, part: tuple[Bitext, Unit] | None) -> Place:
        """The place of a unit of one of the catalogs; None stands for all of them."""
        return Place(self.name) if part is None else part[0].locate(part[1])


def bitext(
    catalog: Catalog,
    source_language: str,
    names: Iterable[Name] = (),
    pictures: Iterable[PictureTexts] = (),
    glossary: Iterable[Term] = (),
) -> Bitext:
    """A catalog beside its source, with what the record keeps and shows."""
    kept = tuple(names)
    longest_first = sorted({name.words for name in kept}, key=len, reverse=True)
    hide = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if kept else r"(?!)")
    units = tuple(
        _unit(catalog, entry, index, words, source_language, hide)
        for entry in catalog.entries.values()
        if not entry.is_header and not entry.fuzzy
        for index, words in entry.strings.items()
        if words
    )
    return Bitext(catalog, source_language, units, kept, tuple(pictures), tuple(glossary))


def pictures_of(article: Article) -> Iterator[PictureTexts]:
    """The pictures of a record with their texts."""
    for block in article.body:
        if isinstance(block, PictureBlock):
            alt, caption = block.picture.alt, block.picture.caption
            yield PictureTexts(block.picture.file, alt.words if alt else "", caption.words if caption else "")


def _unit(catalog: Catalog, entry: PoEntry, index: int, words: str, source_language: str, hide: re.Pattern[str]) -> Unit:
    is_page = catalog.domain == UI_DOMAIN
    role = Role("page", Level.NONE) if is_page else ROLES.get(entry.context) or Role(entry.context)
    source = entry.plural if index and entry.plural else entry.id
    source_nodes, nodes = markup.parse(source, role.level), markup.parse(words, role.level)
    return Unit(
        entry,
        role,
        source,
        words,
        catalog.language,
        source_language,
        source_nodes,
        nodes,
        markup.plain(source_nodes),
        markup.plain(nodes),
        _prose(source_nodes, hide),
        _prose(nodes, hide),
    )


def _prose(nodes: list[Node], hide: re.Pattern[str]) -> str:
    return URL.sub(HIDDEN, EMAIL.sub(HIDDEN, hide.sub(HIDDEN, _own_words(nodes))))


def _own_words(nodes: Iterable[Node]) -> str:
    parts = (node.value if node.kind == "text" else HIDDEN if node.kind == "i" else _own_words(node.children) for node in nodes)
    return "".join(parts)
