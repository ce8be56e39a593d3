"""
A locale's catalogs, and what they have for a text: its words, their language, and the line where they stand.

A catalog is read from its PO file each time; nothing compiled lies about that could be older than it.
"""

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from . import markup
from .article import Text, slug_fault
from .finding import Birthplace, Owner
from .language import chain_of, folder_of, same_language
from .po import PoEntry, PoFile
from .provenance import Origin, State

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
        identity = f"catalog {self.language} {self.domain} {entry.context}: {entry.id}"
        return Birthplace(self.file, entry.string_line, entry.string_column, Owner.TRANSLATOR, identity)


def path_of(folder: Path, language: str, domain: str) -> Path:
    """Where the catalog of a language and a domain lies in a gettext tree."""
    return folder / folder_of(language) / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path, file: str, language: str, domain: str) -> Catalog:
    """
    Read a PO file; `file` is its name for messages. Raises CatalogError with all that is wrong in it.

    The plural rule is the header's; a header without one gives the rule of English.
    """
    po = PoFile.read(path, file)
    entries = {(entry.context, entry.id): entry for entry in po.entries if not entry.obsolete}
    return Catalog(language, domain, file, entries, _plural_rule(po.header.get("plural-forms", "")))


def _plural_rule(header: str) -> Callable[[int], int]:
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


@dataclass(frozen=True, slots=True)
class Found:
    """What the catalogs have for a text."""

    words: str
    origin: Origin
    problem: str = ""
    """Why the catalog's words cannot be used, where they are broken."""


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs that serve one language for one domain, the most specific first."""

    language: str
    domain: str
    catalogs: tuple[Catalog, ...]
    expected: Birthplace
    """Where a translator would find the catalog, if there were one."""
    _texts: dict[tuple[str, str, str], Found] = field(default_factory=dict)

    def look_up(self, text: Text) -> Found:
        """
        The words of a record's text in this language.

        Where no catalog has them, or only for an earlier wording, the source's words and what is to be done. An entry of a more
        specific catalog goes first; one that is empty, fuzzy or broken gives way to the next.
        """
        state, pending, problem = State.MISSING, self.expected, ""
        first = True
        for catalog in self.catalogs:
            entry = catalog.entries.get((text.role.name, text.words))
            if entry is None:
                continue
            words = entry.strings.get(0, "")
            birthplace = catalog.birthplace(entry)
            why = ""
            if not words.strip():
                found = State.MISSING
            elif entry.fuzzy:
                found = State.FUZZY
            elif why := translation_fault(text, words) or "":
                found = State.BROKEN
            else:
                return Found(words, Origin(birthplace, catalog.language, text.role.name, State.TRANSLATED))
            if first or (state is State.MISSING and found is not State.MISSING):
                state, pending, problem, first = found, birthplace, why, False
        if same_language(text.language, self.language):
            return Found(text.words, Origin(text.birthplace, text.language, text.role.name))
        return Found(text.words, Origin(text.birthplace, text.language, text.role.name, state, pending), problem)

    def look_up_ui(self, context: str, id: str, birthplace: Birthplace, plural: str = "", n: int | None = None) -> Found:
        """The page's own words: as `look_up`, for a message of a template in English, with its plural where it counts."""
        source = plural if plural and n != 1 else id
        waiting = None
        for catalog in self.catalogs:
            entry = catalog.entries.get((context, id))
            if entry is None:
                continue
            index = catalog.plural(n) if plural and n is not None else 0
            if not entry.fuzzy and (words := entry.strings.get(index, "")).strip():
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
    nodes = markup.parse(words, text.role.level)
    for fault in markup.faults(nodes):
        return fault
    own = markup.targets(markup.parse(text.words, text.role.level))
    for target in markup.targets(nodes):
        if target not in own:
            return f"the link leads to {target}, which the source does not link to; write the source's address"
    if not markup.plain(nodes).strip():
        return "there is markup and no words; translate them"
    return None


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
