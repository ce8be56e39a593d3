"""
A site as it stands, for those who write and translate it: pages with all that is known of each text on them.

A `Preview` reads the project, renders the pages that are asked for in memory, and says of each text where it was written, how it
stands in the page's language, what stands beside it, what the rules find in it, and what a translator may change. Nothing of it
goes into the deployed site. `serve.py` shows it to a browser; edits of catalogs are made by `amend.py`.
"""

import contextlib
import hashlib
import html
import json
import math
import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .amend import Amendment, Refused, amend, catalog_file, faults_of, findings_of, revision_of, weigh
from .around import Around, entry_for, entry_from
from .article import Article, Text, texts
from .build import keys_of
from .catalog import UI_DOMAIN, Catalog, path_of
from .check import check_static, settings_of
from .config import Config, load
from .errors import A11yNewsError, CatalogError, ConfigError, Fault, RecordError, SourceError
from .exclusion import Exclusions
from .extract import BETTER
from .files import same_name
from .finding import Birthplace, Finding, Owner, Severity
from .language import direction_of, same_language
from .ledger import Ledger
from .listing import Entry, Surroundings
from .markup import parse, plain
from .message import Message, language_name, say, say_number
from .messages import LANGUAGES, language_of, sayer
from .page_texts import Annotated, Item, annotate
from .po import PoEntry, PoFile
from .provenance import State
from .render import Renderer, localise
from .report import Report
from .resources import LOCALES, TEMPLATES
from .rules.ignore import Remarks
from .settled import LEDGER, traces_of
from .site import TRACES, Site, Staged, find_records, id_of, read_record
from .suppress import honour
from .targets import Targets

RESOURCES = Path(__file__).parent / "overlay"
"""The overlay's script and style sheet, and the templates of the preview's own pages."""

PREFIX = "/.a11ynews/"
"""Where the preview's own addresses begin; all others are the site's."""

ROWS_A_PAGE = 50
"""How many records one page of the list shows."""

_MANY = 24
"""So many records are asked of the last render, before they are read."""

_A_WHILE = 0.2
"""For how many seconds of work at once nobody minds to wait."""

# -- words -------------------------------------------------------------------------------------------------------------

ROLES: Mapping[str, Message] = {
    "kicker": say("kicker"),
    "headline": say("headline"),
    "teaser": say("teaser"),
    "slug": say("address of the page"),
    "author role": say("what an author does"),
    "location": say("place"),
    "section": say("section"),
    "tag": say("tag"),
    "paragraph": say("paragraph"),
    "heading": say("heading"),
    "list item": say("list item"),
    "alt": say("alternative text"),
    "caption": say("caption"),
    "credit": say("credit"),
    "description": say("long description"),
    "quote": say("quotation"),
    "quote source": say("who is quoted"),
    "table caption": say("caption of a table"),
    "table header": say("header of a column"),
    "table cell": say("cell of a table"),
    "media title": say("name of a film or recording"),
    "transcript": say("transcript"),
    "info heading": say("heading of a box"),
    "contact": say("contact"),
    "related link": say("link to read on"),
    "licence": say("licence"),
    "page": say("the page's own words"),
    "template": say("words in a template"),
}
"""What a role is called in the overlay; where there is no name of it, the role itself."""

STATES: Mapping[str, Message] = {
    "source": say("in the language of the source"),
    "kept": say("the same in every language"),
    "translated": say("translated"),
    "fallback": say("from the catalog of a wider language"),
    "fuzzy": say("fuzzy: shown in the source's words"),
    "missing": say("not translated: shown in the source's words"),
    "broken": say("cannot be shown: shown in the source's words"),
    "hidden": say("not translated: left out of the page"),
    "given": say("given by the record or the configuration"),
    "literal": say("written in the template, for no catalog"),
}
"""How a text can stand, in words."""

SEVERITIES: Mapping[Severity, Message] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.REVIEW: say("to review"),
}

_OPEN = ("fuzzy", "missing", "broken", "hidden")
"""The states that wait for a translator."""

WORDS: Mapping[str, Message] = {
    "preview": say("Preview"),
    "title": say("Texts of this page"),
    "open": say("Show the texts of this page"),
    "close": say("Close"),
    "list": say("All pages"),
    "show": say("Show"),
    "all": say("all texts"),
    "to_translate": say("to translate"),
    "fuzzy": say("fuzzy"),
    "alts": say("alternative texts"),
    "machine": say("read by machines only"),
    "found": say("with findings"),
    "none": say("No text of this page is of that kind."),
    "where": say("Written in"),
    "places": say("Stands"),
    "source": say("Source"),
    "previous": say("The source when it was translated"),
    "notes": say("Notes for translators"),
    "comments": say("Translators' comments"),
    "beside": say("Beside it"),
    "picture": say("The picture"),
    "findings": say("Findings"),
    "page_findings": say("Findings about the page as a whole"),
    "accepted": say("accepted: {reason}", reason="{reason}"),
    "stops": say("This page would not be published:"),
    "translation": say("Translation into {language}", language="{language}"),
    "form": say("form {n}", n="{n}"),
    "needs_work": say("fuzzy: somebody must look at it once more"),
    "save": say("Save"),
    "save_next": say("Save and go on to the next one"),
    "discard": say("Discard the change"),
    "length": say("{n} characters", n="{n}"),
    "length_most": say("{n} of {most} characters", n="{n}", most="{most}"),
    "length_better": say("{n} of {most} characters, better {better}", n="{n}", most="{most}", better="{better}"),
    "too_long": say("{n} characters, and there is room for {most}", n="{n}", most="{most}"),
    "nothing_found": say("The rules find nothing in it."),
    "saving": say("Saving …"),
    "saved": say("Saved: {place}", place="{place}"),
    "no_next": say("Saved, and no other text waits: {place}", place="{place}"),
    "conflict": say("On the disk it says now:"),
    "take_theirs": say("Take what is on the disk"),
    "keep_mine": say("Keep mine, and save it over the other"),
    "changed": say("The page has changed on the disk. It is loaded anew when you save or discard your change."),
    "reloaded": say("The page was loaded anew: something in it has changed."),
    "lost": say("The preview does not answer; start “a11ynews serve” again."),
    "discard_twice": say("Not saved yet: Ctrl+Enter saves, Escape once more discards the change."),
}
"""The words of the overlay; what stands in braces, its script fills in."""


_PAGE_WORDS: Mapping[str, Message] = {
    "preview": say("Preview"),
    "list": say("All pages"),
    "about": say("The pages of the site as they stand, for those who write and translate them"),
    "no_page": say("There is no such page"),
    "may_be_of": say("It may be the page of a record that cannot be read:"),
    "find_record": say("Find a record"),
    "find": say("Find"),
    "caption": say("The pages, and how much of them waits to be translated"),
    "record": say("Record"),
    "unread": say("cannot be read"),
    "unwanted": say("not wanted"),
    "is_source": say("source"),
    "complete": say("complete"),
    "unpublished": say("would not be published"),
    "pages": say("Parts of this list"),
    "previous": say("Previous"),
    "next": say("Next"),
}
"""The words of the preview's own pages."""


def _role_name(role: str) -> str:
    found = ROLES.get(role)
    return role if found is None else found


# -- what is shown -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A page: a record's id and a language; or, where it is no article's, its path in the site."""

    record: str
    language: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the preview, as a browser gets it."""

    html: str
    version: str
    """What changes when anything in it does; its script knows it, too."""
    status: int = 200
    path: str = ""
    """Its address in the site; empty where that is not known."""

    @classmethod
    def of(cls, html: str, *, status: int = 200, path: str = "") -> "Shown":
        """A page whose script is still to learn its version."""
        version = hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return cls(html.replace(_NO_VERSION, f'data-version="{version}"', 1), version, status, path)


_NO_VERSION = 'data-version=""'


@dataclass(frozen=True, slots=True)
class Cell:
    """How a record stands in one language."""

    language: str
    path: str
    """The page's address in the site; empty where it is not known."""
    total: int = 0
    open: int = 0
    """How many of its texts wait for a translator."""
    stops: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What is wrong with its catalogs."""
    is_source: bool = False
    entry: Entry | None = None
    """What lists show of it; None where its catalogs cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the list of all."""

    record: str
    file: str
    headline: str = ""
    language: str = ""
    cells: tuple[Cell, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_counted: bool = True
    """Whether it is known how many of its texts wait; the last render does not tell that."""


@dataclass(slots=True)
class _Made:
    """A page that was rendered, and what was found out about it, as long as nothing changes."""

    path: str
    staged: Staged | None
    """None for a page that is no article's."""
    annotated: Annotated
    html: str
    data: dict[str, Any] | None = None


class Preview:
    """
    A project and its pages, in memory.

    `file` is its configuration; `lang` the language of the overlay's words, else the page's as far as there are such words.
    `token` is what a page must show to change anything. One thread at a time is served. Raises ConfigError where the
    configuration cannot be read at the start; later that is told on every page.
    """

    def __init__(self, file: Path, lang: str = "", token: str = "") -> None:
        self._file = file
        self._lang = lang
        self._token = token
        self._lock = threading.RLock()
        self._looking = threading.Lock()
        self._faults: tuple[Fault, ...] = ()
        self._keys: dict[str, Key] = {}
        self._read: dict[Path, Article | RecordError] = {}
        self._made: dict[Key, _Made | Shown] = {}
        self._rows: dict[Path, Row] = {}
        self._stale: set[Path] = set()
        """The records whose rows are those of an earlier configuration, and are shown until somebody has the time."""
        self._places: dict[Path, tuple[str, Path]] = {}
        """By record, its id and its folder with all links followed: asked for again and again, of all records."""
        self._listed: list[Path] | None = None
        self._around: Around | None = None
        self.site = self._site(load(file))
        self._templates = self._all_templates()

    @staticmethod
    def _site(config: Config, renderer: Renderer | None = None) -> Site:
        return Site(config, config.root / TRACES / "preview", renderer)

    @property
    def config(self) -> Config:
        """The configuration, as it could be read last."""
        return self.site.config

    @property
    def watched(self) -> list[Path]:
        """The files and folders whose changes change pages."""
        config = self.config
        own = [config.folder(name).resolve() for name in ("news", "locales", "templates", "static")]
        return list(dict.fromkeys([self._file.resolve(), *own, TEMPLATES.resolve(), LOCALES.resolve()]))

    def changed(self, paths: Iterable[Path]) -> None:
        """Take note that files have changed on the disk, so that what is made of them is made anew."""
        paths = set(paths)
        with self._lock:
            news, locales = (self.config.folder(name).resolve() for name in ("news", "locales"))
            catalogs = {path for path in paths if path.suffix == ".po" or path.is_relative_to(locales)}
            records = {path for path in paths if path.is_relative_to(news)}
            self._made.clear()
            self._listed = self._around = None
            self.site.forget(catalogs)
            if self._file.resolve() in paths:
                self._reload()
                return
            if paths - catalogs - records:
                self._take_templates()
            folders = {folder for path in records for folder in path.parents}
            for file in {*self._read, *self._rows}:
                if self._place(file)[1] in folders:
                    self._read.pop(file, None)
                    self._rows.pop(file, None)
            stems = {path.stem for path in catalogs}
            for file in [file for file in self._rows if self._place(file)[0] in stems]:
                del self._rows[file]

    def _all_templates(self) -> frozenset[Path]:
        return frozenset(path for folder in (self.config.folder("templates"), TEMPLATES) for path in folder.rglob("*"))

    def _take_templates(self) -> None:
        """Templates have changed: their contents the renderer sees by itself, but not that one now stands before another."""
        if (now := self._all_templates()) == self._templates:
            self.site.renderer.forget()
        else:
            self.site, self._templates = self._site(self.config), now

    def _reload(self) -> None:
        before = self.config
        self._read.clear()
        try:
            config = load(self._file)
        except ConfigError as error:
            self._faults = error.faults
            return
        self._faults = ()
        is_same_place = all(config.folder(name) == before.folder(name) for name in ("news", "locales"))
        is_same_look = config.folder("templates") == before.folder("templates") and self._all_templates() == self._templates
        self.site.renderer.forget()
        self.site = self._site(config, self.site.renderer if is_same_look else None)
        self._templates = self._all_templates()
        if not is_same_place:
            self._rows.clear()
        elif _for_rows(config) != _for_rows(before):
            self._stale.update(self._rows)
            self.catch_up()

    # -- the list of all pages ---------------------------------------------------------------------------------------------

    def _records(self) -> list[Path]:
        if self._listed is None:
            self._listed = find_records(self.config.folder("news"))
            for gone in self._rows.keys() - set(self._listed):
                del self._rows[gone]
        return self._listed

    def _place(self, file: Path) -> tuple[str, Path]:
        """A record's id, and its folder with all links followed."""
        if file not in self._places:
            self._places[file] = id_of(file), file.parent.resolve()
        return self._places[file]

    @property
    def is_behind(self) -> bool:
        """Whether it shows of some records what they were under an earlier configuration; `catch_up` mends that."""
        return bool(self._stale)

    def catch_up(self, seconds: float = _A_WHILE) -> None:
        """
        Read again what an earlier configuration has left, for some seconds of work.

        A configuration can ask for another look at every record (`languages`, `fallback`, `address`): nobody waits for ten
        thousand of them to see one page.
        """
        with self._lock:
            if not self._stale:
                return
            self._stale &= self._rows.keys()
            end = time.thread_time() + seconds
            while self._stale and time.thread_time() < end:
                file = self._stale.pop()
                self._rows[file] = self._row(file)
            self._made.clear()
            self._around = None

    def _all_rows(self) -> list[Row]:
        """Every record, each read once as long as it does not change."""
        seen: dict[str, str] = {}
        taken: dict[str, str] = {}
        rows = []
        self._recall()
        for file in self._records():
            if file not in self._rows:
                self._stale.discard(file)
                self._rows[file] = self._row(file)
            row = self._rows[file]
            if (other := seen.setdefault(row.record, row.file)) != row.file:
                message = f"the record {other} has the id “{row.record}” too, and catalogs go by it; rename one of the folders"
                self._rows[file] = Row(row.record, row.file, faults=(Fault(row.file, 1, 1, message),))
                rows.append(self._rows[file])
                continue
            late: dict[str, str] = {}
            for cell in row.cells:
                if cell.path and (other := taken.setdefault(same_name(cell.path), row.file)) != row.file:
                    late[cell.language] = other
                elif cell.path:
                    self._keys[cell.path] = Key(row.record, cell.language)
            rows.append(_without(self._counted(row), late) if late else row)
        return rows

    def _recall(self) -> None:
        """
        Take from the last render what it has told of records that are what they were.

        So whoever starts a preview need not wait until thousands of them are read to see one page.
        """
        unknown = [file for file in self._records() if file not in self._rows]
        if len(unknown) < _MANY:
            return
        ledger, _ = Ledger.read(traces_of(self.config.folder("site")) / LEDGER)
        _, key = keys_of(self.site)
        try:
            for file in unknown:
                if row := self._row_of(file, ledger, key):
                    self._rows[file] = row
        finally:
            ledger.close()

    def _row_of(self, file: Path, ledger: Ledger, key: str) -> Row | None:
        """A record as the last render has left it; None where that has told less, or something has changed since."""
        record, name = self._place(file)[0], self.site.shown(file)
        stamp = ledger.stamp(record)
        if stamp is None or (stamp.key, stamp.file) != (key, name) or stamp.strict or not len(stamp.pages):
            return None
        entries = ledger.entries(record) if stamp.is_made_of_the_same(str(self.config.root)) else None
        try:
            found = {language: entry_from(data) for language, data in (entries or {}).items()}
        except (ValueError, KeyError, TypeError, IndexError):
            return None
        own = next((entry for entry in found.values() if same_language(entry.language, entry.source_language)), None)
        if own is None:
            return None
        cells = [
            Cell(language, entry.path, is_source=same_language(language, own.source_language), entry=entry)
            for language, entry in found.items()
        ]
        return Row(record, name, own.headline.words, own.source_language, tuple(cells), is_counted=False)

    def _row(self, file: Path) -> Row:
        name = self.site.shown(file)
        try:
            # Whether its pictures are fit to be shown, its own page tells.
            article = read_record(file, name, look=False)
        except RecordError as error:
            return Row(id_of(file), name, faults=error.faults)
        placed = [text for _, text in texts(article)]
        cells = [self._cell(article, language, placed) for language in self.site.languages_of(article)]
        # The catalogs of ten thousand records are not kept: what is counted is.
        locales = self.config.folder("locales").resolve()
        self.site.forget(path_of(locales, language, article.id) for language in self.config.languages)
        headline = plain(parse(article.headline.words, article.headline.role.level))
        return Row(article.id, name, headline, article.language, tuple(cells))

    def _cell(self, article: Article, language: str, placed: Sequence[Text]) -> Cell:
        try:
            catalogs = self.site.catalogs(language, article.id)
            slug = catalogs.look_up(article.slug).words if article.slug else article.id
            path = self.site.address_of(article, language, slug)
            localised = localise(article, catalogs, placed, self.config.policy, strict=False)
            entry = entry_for(self.site, localised, path)
            if same_language(language, article.language):
                return Cell(language, path, is_source=True, entry=entry)
        except CatalogError as error:
            slug = article.slug.words if article.slug else article.id
            return Cell(language, self.site.address_of(article, language, slug), faults=error.faults)
        states = [found.origin.state for key, found in localised.found.items() if found.origin.role != "slug"]
        counted = [state for state in states if state is not State.SOURCE]
        waiting = sum(1 for state in counted if state is not State.TRANSLATED)
        return Cell(language, path, len(counted), waiting, localised.stops, entry=entry)

    def overview(self, query: str = "", number: int = 1) -> Shown:
        """The list of all records and languages, as far as they match a query; `number` counts its pages from 1."""
        with self._lock:
            if self._faults:
                return self._told(say("The configuration cannot be read"), self._faults)
            rows = self._all_rows()
            wanted = query.casefold().split()
            found = [
                row
                for row in rows
                if all(word in f"{row.record} {row.file} {row.headline}".casefold() for word in wanted)
                or (query and any(query.startswith(f"{fault.file}:") for fault in row.faults))
            ]
            pages = max(1, -(-len(found) // ROWS_A_PAGE))
            number = min(max(number, 1), pages)
            shown = [self._counted(row) for row in found[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]]
            languages = list(dict.fromkeys([*self.config.languages, *(cell.language for row in rows for cell in row.cells)]))
            records = say_number("{n} record", "{n} records", len(found))
            said = {
                "title": say("Preview of {name}", name=next(iter(self.config.name.values()))),
                "number": say("part {number} of {parts}", number=number, parts=pages),
                "records": say("{records} of {total}", records=records, total=len(rows)) if query else records,
            }
            variables: dict[str, Any] = {"rows": shown, "languages": languages, "query": query, "number": number, "pages": pages}
            return self._own_page("list.html.jinja", self._language_for("en"), said, **variables)

    def _counted(self, row: Row) -> Row:
        """A record with how much of it waits to be translated."""
        if row.is_counted:
            return row
        file = next(file for file, known in self._rows.items() if known is row)
        self._rows[file] = self._row(file)
        return self._rows[file]

    # -- pages -------------------------------------------------------------------------------------------------------------

    def find(self, path: str) -> Key | None:
        """The page that has an address, or had it before its slug was changed; None where none has."""
        with self._lock:
            if path not in self._keys and not self._faults:
                self._all_rows()
                if path not in self._keys and not self._kind_of(path) and self.is_behind:
                    self.catch_up(math.inf)
                    self._all_rows()
                if path not in self._keys and (language := self._kind_of(path)):
                    return Key("", language, path)
            return self._keys.get(path)

    def file(self, path: str) -> bytes | Path | None:
        """A feed, a sitemap or one of the site's own static files; None where there is none, or it cannot be made."""
        with self._lock, contextlib.suppress(A11yNewsError):
            if not self._faults:
                made = self._rest().make(path) if self._kind_of(path) == "" else None
                return made if isinstance(made, bytes) else self._rest().static(path)
        return None

    def _kind_of(self, path: str) -> str | None:
        """The language of a page that is no article's; empty for a file, None where there is neither."""
        # Why there is none (a style sheet that cannot be read …) the pages of the articles tell.
        with contextlib.suppress(A11yNewsError):
            return self._rest().language_of(path)
        return None

    def _rest(self) -> Around:
        """What stands around the articles."""
        if self._around is None:
            cells = [cell for row in self._all_rows() for cell in row.cells if not cell.stops]
            records = {self._place(file)[0]: file for file in self._records()}
            self._around = Around(self.site, [cell.entry for cell in cells if cell.entry], records)
        return self._around

    def _surroundings(self, key: Key) -> Surroundings:
        """What the page of an article shows of the rest of the site."""
        for file in [file for file in self._stale if self._place(file)[0] == key.record]:
            self._stale.discard(file)
            self._rows.pop(file, None)
            self._around = None
        rows = (row for row in self._all_rows() if row.record == key.record)
        entry = next((cell.entry for row in rows for cell in row.cells if cell.language == key.language), None)
        return self._rest().surroundings(entry) if entry else Surroundings()

    def page(self, key: Key) -> Shown:
        """A page as it stands, or what is wrong with what it is made of."""
        with self._lock:
            made = self._make(key)
            if isinstance(made, Shown):
                return made
            return Shown.of(made.html, path=made.path)

    def missing(self, path: str) -> Shown:
        """What is told where there is no page."""
        with self._lock:
            if self._faults:
                return self._told(say("The configuration cannot be read"), self._faults)
            said = {"path": say("No record makes the page {path}.", path=path)}
            return self._own_page("missing.html.jinja", self._language_for("en"), said, status=404, faults=self._all_faults())

    def _all_faults(self) -> list[Fault]:
        """What is wrong with records: the page that is missing may be one of theirs."""
        rows = self._all_rows()
        return sorted({fault for row in rows for fault in (*row.faults, *(fault for cell in row.cells for fault in cell.faults))})

    def _make(self, key: Key) -> "_Made | Shown":
        if key not in self._made:
            self._made[key] = self._try(key)
        return self._made[key]

    def _try(self, key: Key) -> "_Made | Shown":
        if self._faults:
            return self._told(say("The configuration cannot be read"), self._faults, key.language)
        try:
            return self._render(key)
        except RecordError as error:
            return self._told(say("The record cannot be read"), error.faults, key.language)
        except CatalogError as error:
            return self._told(say("The catalog cannot be read"), error.faults, key.language)
        except SourceError as error:
            return self._told(say("The page cannot be rendered"), error.faults, key.language)
        except A11yNewsError as error:
            return self._told(say("The page cannot be rendered"), [Fault(self.config.file, 1, 1, str(error))], key.language)

    def _article(self, record: str) -> tuple[Article, Path]:
        """An article and its file. Raises RecordError."""
        found = [file for file in self._records() if self._place(file)[0] == record]
        if not found:
            news = self.site.shown(self.config.folder("news"))
            message = say("there is no record “{record}” any more; bring it back, or go to the list of all pages", record=record)
            raise RecordError([Fault(f"{news}/{record}", 1, 1, message)])
        if len(found) > 1:
            names = [self.site.shown(file) for file in found]
            doubled = f"the record {names[0]} has the id “{record}” too, and catalogs go by it; rename one of the folders"
            raise RecordError([Fault(name, 1, 1, doubled) for name in names[1:]])
        file = found[0]
        if file not in self._read:
            try:
                self._read[file] = read_record(file, self.site.shown(file))
            except RecordError as error:
                self._read[file] = error
        article = self._read[file]
        if isinstance(article, RecordError):
            raise article
        return article, file

    def _render(self, key: Key) -> _Made:
        if key.path:
            made = self._rest().make(key.path)
            assert not isinstance(made, bytes)  # “find” gives keys of pages alone
            annotated = annotate(made, self._name_of(key.path))
            return _Made(key.path, None, annotated, self._with_script(annotated.html))
        article, file = self._article(key.record)
        staged = self.site.stage(article, file, key.language, self._surroundings(key))
        path = staged.page.path
        self._keys[path] = key
        annotated = annotate(staged.page, self._name_of(path), staged.localised)
        return _Made(path, staged, annotated, self._with_script(annotated.html))

    def _name_of(self, path: str) -> str:
        return f"{self.site.shown(self.config.folder('site'))}/{path}"

    def _with_script(self, page: str) -> str:
        return _with_script(page, {"version": "", "token": self._token})

    # -- the preview's own pages -------------------------------------------------------------------------------------------

    def _language_for(self, language: str) -> str:
        """
        The language of the overlay's words on a page.

        English, as long as any of them is not translated: two languages side by side help nobody, least of all who listens.
        """
        wanted = self._lang or language
        if wanted.split("-")[0] not in LANGUAGES:
            return "en"
        words = (*WORDS.values(), *_PAGE_WORDS.values(), *ROLES.values(), *STATES.values())
        return wanted if all(language_of(word, wanted) == wanted for word in words) else "en"

    def _told(self, title: str, faults: Iterable[Fault], language: str = "en") -> Shown:
        told = sorted(set(faults))
        said = {
            "faults": say_number(
                "{n} thing is wrong. The page comes back by itself when it is mended.",
                "{n} things are wrong. The page comes back by itself when they are mended.",
                len(told),
            )
        }
        return self._own_page("faults.html.jinja", self._language_for(language), said, status=500, title=title, faults=told)

    def _own_page(self, template: str, language: str, said: Mapping[str, str], *, status: int = 200, **variables: Any) -> Shown:
        say_in = sayer(language)

        def count_open(n: int) -> str:
            return say_in(say_number("{n} text to translate", "{n} texts to translate", n))

        common = {
            "words": {name: say_in(words) for name, words in _PAGE_WORDS.items()},
            "said": {name: say_in(words) for name, words in said.items()},
            "say": say_in,
            "count_open": count_open,
            "name_of_language": lambda tag: say_in(language_name(tag)),
            "direction_of": direction_of,
            "link": link_to,
            "lang": language,
            "language_of": lambda message: language_of(message, language),
            "prefix": PREFIX,
            "token": self._token,
            "resources": resource_version(),
        }
        return Shown.of(_templates().get_template(template).render(common | variables), status=status)

    # -- what is known of the texts ----------------------------------------------------------------------------------------

    def data(self, key: Key, *, findings: bool = True) -> dict[str, Any]:
        """
        All that the overlay shows of a page; without the findings, it is there at once.

        Raises A11yNewsError where the page cannot be rendered.
        """
        with self._lock:
            made = self._make(key)
            if isinstance(made, Shown):
                raise A11yNewsError(say("the page cannot be rendered; load it anew to see why"))
            if made.data is not None:
                return made.data
            own = self._own_entries(key)
            others = [other for other in self._versions(key, made) if isinstance(other, _Made)] if findings else []
        if not findings:
            return self._data(key, made, own, {}, [])
        # The rules take their time; whoever wants a page need not wait for them.
        with self._looking:
            if made.data is None:
                made.data = self._data(key, made, own, *self._sorted_findings(made, others, own))
            return made.data

    def _versions(self, key: Key, made: _Made) -> list["_Made | Shown"]:
        languages = self.site.languages_of(made.staged.article) if made.staged else ()
        return [self._make(Key(key.record, language)) for language in languages if language != key.language]

    def _data(
        self,
        key: Key,
        made: _Made,
        own: Mapping[Birthplace, tuple[Catalog, PoEntry]],
        found: Mapping[str, Sequence[Finding]],
        whole: Sequence[Finding],
    ) -> dict[str, Any]:
        language = self._language_for(key.language)
        say_in = sayer(language)
        return {
            "language": language,
            "page": {"record": key.record, "language": key.language, "name": say_in(language_name(key.language))},
            "direction": direction_of(key.language),
            "words": {name: say_in(words) for name, words in WORDS.items()},
            "stops": [_fault(fault, language) for fault in made.staged.stops] if made.staged else [],
            "texts": [self._told_item(item, key, made, own, found.get(item.id, []), language) for item in made.annotated.items],
            "findings": [_finding(finding, language) for finding in whole],
        }

    def _own_entries(self, key: Key) -> dict[Birthplace, tuple[Catalog, PoEntry]]:
        """The entries of the catalogs that serve a page, by the places where they stand."""
        domains = (key.record, UI_DOMAIN) if key.record else (UI_DOMAIN,)
        catalogs = [catalog for domain in domains for catalog in self.site.catalogs(key.language, domain).catalogs]
        return {
            catalog.birthplace(entry): (catalog, entry)
            for catalog in catalogs
            for entry in catalog.entries.values()
            if not entry.is_header
        }

    def _sorted_findings(
        self, made: _Made, others: Sequence[_Made], own: Mapping[Birthplace, tuple[Catalog, PoEntry]]
    ) -> tuple[dict[str, list[Finding]], list[Finding]]:
        """What the rules find on the page and in its catalogs: by the text that it is about, and all else."""
        by_place: dict[str, str] = {}
        for item in made.annotated.items:
            places = [item.literal, item.text.birthplace if item.text else None]
            places += [item.origin.birthplace, item.origin.pending] if item.origin else []
            for place in places:
                if place:
                    by_place.setdefault(place.identity, item.id)
        by_text: dict[str, list[Finding]] = {}
        whole = []
        for finding in self._page_findings(made, others):
            source = finding.place.source
            if source and source.identity in by_place:
                by_text.setdefault(by_place[source.identity], []).append(finding)
            else:
                whole.append(finding)
        for finding in self._catalog_findings(made.staged.article if made.staged else None, own):
            source = finding.place.source
            if source and source.identity in by_place:
                by_text.setdefault(by_place[source.identity], []).append(finding)
            elif source and source not in own:
                whole.append(finding)  # about the catalog's header; what is about a text of another page is told there
        return by_text, whole

    def _page_findings(self, made: _Made, others: Sequence[_Made]) -> list[Finding]:
        """By the static rules, beside the page's versions in other languages."""
        pages = [made.annotated.page, *(other.annotated.page for other in others)]
        settings = settings_of(self.config.check, self.config.root)
        report = Report()
        check_static(pages, report, settings.static_rules, {made.annotated.page}, exclusions=Exclusions(settings.exclude))
        # Comments that accept a finding are honoured; which of them are of no use, only a check of the whole site can tell.
        rules = [rule for rule in settings.static_rules if rule.on is not Remarks]
        honour(report, Targets(by_root={self.site.out: [made.annotated.page]}), self.config.root, rules)
        return report.findings

    def _catalog_findings(self, article: Article | None, own: Mapping[Birthplace, tuple[Catalog, PoEntry]]) -> Iterator[Finding]:
        for catalog in {id(catalog): catalog for catalog, _ in own.values()}.values():
            if catalog.domain == UI_DOMAIN and not self._is_own(catalog):
                continue
            path = path_of(self.config.folder("locales"), catalog.language, catalog.domain)
            try:
                po = PoFile.read(path, catalog.file)
            except CatalogError:
                continue  # it was read a moment ago: the next look tells
            yield from findings_of(
                self.site, article if catalog.domain != UI_DOMAIN else None, po, catalog.language, catalog.domain
            )

    def _is_own(self, catalog: Catalog) -> bool:
        """Whether a catalog is the site's and not one that comes with a11ynews."""
        return catalog.file == self.site.shown(path_of(self.config.folder("locales"), catalog.language, catalog.domain))

    def _told_item(
        self,
        item: Item,
        key: Key,
        made: _Made,
        own: Mapping[Birthplace, tuple[Catalog, PoEntry]],
        findings: Sequence[Finding],
        language: str,
    ) -> dict[str, Any]:
        say_in = sayer(language)
        catalog, entry = self._entry_of(item, own)
        role = item.text.role if item.text else None
        told: dict[str, Any] = {
            "id": item.id,
            "role": item.role,
            "name": say_in(_role_name(item.role)),
            "state": item.state,
            "standing": say_in(STATES[item.state]),
            "open": item.state in _OPEN and item.role != "slug",
            "words": item.words,
            "language": item.language,
            "direction": direction_of(item.language),
            "places": [say_in(words) for words in item.places.values()],
            "machine": not item.on_page,
            "where": [[say_in(what), place] for what, place in self._where(item, entry, catalog)],
            "beside": [[say_in(what), words, of] for what, words, of in _beside(item, made.staged)],
            "findings": [_finding(finding, language) for finding in findings],
        }
        if role and role.most:
            told["limit"] = role.most
            told["better"] = BETTER.get(role.name)
        if item.text and item.words != item.text.words:
            told["source"] = [item.text.words, item.text.language]
        elif entry and item.state in ("translated", "fallback") and not item.text:
            told["source"] = [entry.id, "en"]
        if entry:
            told["notes"] = list(entry.extracted)
            told["comments"] = list(entry.comments)
            if entry.fuzzy and entry.previous and entry.previous.id != entry.id:
                told["previous"] = [entry.previous.id, item.text.language if item.text else "en"]
        closed = self._closed(item, key, catalog, entry)
        if closed:
            told["closed"] = say_in(closed)
        elif catalog and entry:
            told["entry"] = _told_entry(catalog, entry)
        return told

    def _entry_of(self, item: Item, own: Mapping[Birthplace, tuple[Catalog, PoEntry]]) -> tuple[Catalog | None, PoEntry | None]:
        places = (item.origin.birthplace, item.origin.pending) if item.origin else ()
        return next((own[place] for place in places if place is not None and place in own), (None, None))

    def _where(self, item: Item, entry: PoEntry | None, catalog: Catalog | None) -> Iterator[tuple[Message, str]]:
        """Where a text was written: each place with what kind of file it is in."""
        kinds = {Owner.EDITOR: say("record"), Owner.TRANSLATOR: say("catalog"), Owner.WEB_TEAM: say("template")}
        if item.literal:
            yield kinds[Owner.WEB_TEAM], str(item.literal)
        if item.text:
            yield kinds[Owner.EDITOR], str(item.text.birthplace)
        if not item.origin:
            return
        place = item.origin.birthplace
        if not item.text and place.owner is not Owner.TRANSLATOR:
            yield say("configuration") if place.file == self.config.file else kinds[place.owner], str(place)
        elif not item.text and entry and entry.references:
            yield kinds[Owner.WEB_TEAM], ", ".join(entry.references)
        if entry and catalog:
            yield kinds[Owner.TRANSLATOR], str(catalog.birthplace(entry))
        elif not item.text and (waiting := item.origin.pending or place).owner is Owner.TRANSLATOR:
            yield kinds[Owner.TRANSLATOR], str(waiting)

    def _closed(self, item: Item, key: Key, catalog: Catalog | None, entry: PoEntry | None) -> Message | None:
        """Why a text cannot be changed here; None where it can."""
        if item.state == "literal":
            return say("It is written in the template, where no translator finds it; write _(“…”) there.")
        if item.state == "kept":
            return say("It is a name or a quotation that the record keeps as it is in every language.")
        if item.state in ("source", "given"):
            if item.origin and item.origin.birthplace.owner is Owner.TRANSLATOR:
                return None
            return say("It is changed where it is written.")
        if key.path and item.role != "page":
            return say("It is changed on the page of its article.")
        if not catalog or not entry:
            return say("The catalog has no entry for it; run “a11ynews catalog update {language}”", language=key.language)
        if not self._is_own(catalog):
            return say("It comes with a11ynews; a site's own catalog can say it otherwise.")
        try:
            catalog_file(self.site, catalog.language, catalog.domain)
        except Refused as error:
            return error.args[0] if isinstance(error.args[0], Message) else say("{reason}", reason=str(error))
        return None

    # -- edits -------------------------------------------------------------------------------------------------------------

    def weigh(self, key: Key, amendment: Amendment) -> dict[str, Any]:
        """What the rules find in an entry that says something else. Raises A11yNewsError where that cannot be told."""
        with self._lock:
            language, site = self._language_for(key.language), self.site
            article = self._of(key, amendment)
        with self._looking:
            return {
                "faults": [told_in(fault, language) for fault in faults_of(article, amendment)],
                "findings": [_finding(finding, language) for finding in weigh(site, article, amendment)],
            }

    def amend(self, key: Key, amendment: Amendment) -> dict[str, Any]:
        """Write an entry to its catalog, and say where it stands. Raises A11yNewsError where it is not written."""
        with self._lock:
            article = self._of(key, amendment)
            if article and amendment.context == "slug" and amendment.strings[0] and not amendment.fuzzy:
                self._keep_apart(article, key.language, amendment.strings[0].strip())
            entry = amend(self.site, article, amendment)
            path = path_of(self.config.folder("locales").resolve(), amendment.language, amendment.domain)
            self.changed([path])
            return {"place": f"{self.site.shown(path)}:{entry.string_line}", **_told_strings(entry)}

    def _keep_apart(self, article: Article, language: str, slug: str) -> None:
        """Raise Refused where another record's page has the address that a slug would make."""
        path = self.site.address_of(article, language, slug)
        for row in self._all_rows():
            if row.record != article.id and any(same_name(cell.path) == same_name(path) for cell in row.cells):
                raise Refused(f"{row.file} has the address {path} already; give one of them another slug")

    def _of(self, key: Key, amendment: Amendment) -> Article | None:
        """The article that an amendment is about; None for the page's own words. Raises Refused for what is on no such page."""
        article = self._article(key.record)[0] if key.record else None
        domains = (article.id, UI_DOMAIN) if article else (UI_DOMAIN,)
        catalogs = self.site.catalogs(key.language, amendment.domain).catalogs if amendment.domain in domains else ()
        if not any(catalog.language == amendment.language and self._is_own(catalog) for catalog in catalogs):
            raise Refused(say("the page has no text from that catalog; load it anew"))
        return article if amendment.domain != UI_DOMAIN else None

    def told(self, message: str, key: Key | None) -> dict[str, str]:
        """A message in the language of a page's overlay, as far as it can be said in that, with the language that it is in."""
        return told_in(message, self._language_for(key.language if key else "en"))


def _without(row: Row, late: Mapping[str, str]) -> Row:
    """A record without the pages whose addresses other records have, which a render refuses; by language, those records."""

    def refused(cell: Cell) -> Cell:
        told = f"{late[cell.language]} has the address {cell.path} already; give one of them another slug"
        return replace(cell, entry=None, faults=(Fault(row.file, 1, 1, told),))

    return replace(row, cells=tuple(refused(cell) if cell.language in late else cell for cell in row.cells))


def _for_rows(config: Config) -> tuple[object, ...]:
    """What of a configuration decides how records stand in its languages."""
    return config.languages, config.default_language, config.fallback, config.address, config.site_url


def told_in(message: str, language: str) -> dict[str, str]:
    """A message in a language, as far as it can be said in that, with the language that it is in: `said` and `language`."""
    return {"said": sayer(language)(message), "language": language_of(message, language)}


def _told_entry(catalog: Catalog, entry: PoEntry) -> dict[str, Any]:
    return {
        "language": catalog.language,
        "direction": direction_of(catalog.language),
        "domain": catalog.domain,
        "context": entry.context,
        "id": entry.id,
        **_told_strings(entry),
    }


def _told_strings(entry: PoEntry) -> dict[str, Any]:
    return {"strings": list(entry.strings.values()), "fuzzy": entry.fuzzy, "revision": revision_of(entry)}


def told_conflict(entry: PoEntry | None) -> dict[str, Any]:
    """How an entry stands now that somebody else has changed."""
    return {"now": _told_strings(entry)} if entry else {}


def _fault(fault: Fault, language: str) -> dict[str, str]:
    message = sayer(language)(fault.message)
    place = f"{fault.file}:{fault.line}:{fault.column}"
    return {"place": place, "message": message, "language": language_of(fault.message, language)}


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    place = finding.place
    where = str(place.source) if place.source else f"{place.page}:{place.line}"
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "weight": sayer(language)(SEVERITIES[finding.severity]),
        "message": sayer(language)(finding.message),
        "language": language_of(finding.message, language),
        "place": where,
        "wcag": list(finding.wcag),
        "selector": place.selector,
        "accepted": finding.known.reason if finding.known else "",
    }


def _beside(item: Item, staged: Staged | None) -> Iterator[tuple[str, str, str]]:
    """The texts that stand in the same part of the record: an alt's caption, a quotation's source."""
    if not item.text or not staged or len(item.path) < 3:
        return
    for path, text in texts(staged.article):
        if path[:-1] == item.path[:-1] and path != item.path and not isinstance(path[-1], int):
            found = staged.localised.found[id(text)]
            yield _role_name(text.role.name), found.words, found.origin.language


def link_to(path: str) -> str:
    """The address of a page of the site in the preview: the one that it has on the web, but for the host."""
    return "/" + quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)


# -- its own resources --------------------------------------------------------------------------------------------------------


def _with_script(page: str, settings: Mapping[str, str]) -> str:
    """A page with the overlay's script at the end of its head, or of itself where it has none."""
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in settings.items())
    script = f'<script defer src="{PREFIX}overlay.js?{resource_version()}"{data}></script>'
    head = re.search(r"</head\s*>", page, re.IGNORECASE)
    return f"{page[: head.start()]}{script}\n{page[head.start() :]}" if head else page + script


@cache
def resource_version() -> str:
    """What changes when the overlay's script or style sheet does."""
    content = b"".join((RESOURCES / name).read_bytes() for name in ("overlay.js", "overlay.css"))
    return hashlib.sha256(content).hexdigest()[:8]


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(RESOURCES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def as_json(data: Mapping[str, Any]) -> bytes:
    """Data for the overlay, as it goes over the wire."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
