"""
A site is made: every record is read, every page rendered, in several processes, and only where a change asks for it.

What decides is the `Ledger`, which says what each page was made of. A build has two parts, for a page names its alternates and
the sections of the site, and these are known when every record is: records are *opened* (read, looked up in every language),
then the pages that are not as they should be are *rendered*. Where pages show nothing of the rest of the site, a new one is
rendered as soon as its record is open. One process does both in the order of the records; several share the records, and what
they found is put together in that same order. So the pages and the messages are the same.

A page is written beside the old one and takes its place, and the ledger is written last: a build that is killed leaves a whole
site of old and new pages, and the next one makes the rest.
"""

import contextlib
import gc
import json
import os
import pickle
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, cast

import orjson

from .article import Article, FileKind, all_texts
from .catalog import UI_DOMAIN, path_of
from .crew import Crew, Team, cores
from .errors import A11yNewsError, CatalogError, Fault, NothingToDo, RecordError, SourceError, shorten
from .files import copy_file, look_anew, real, remove_leftovers, same_name, write_bytes
from .language import chain_of
from .ledger import Edition, Furniture, Ledger, Seen, Sheet, Stamp, digest_of, digest_of_file, folder_digest, signature
from .listing import Entry, Listing, Surroundings, arrange, prepared_from_json, prepared_to_json
from .pictures import Prepared
from .provenance import strike
from .render import Alternate, Localised, RenderedPage, entry_of, localise
from .resources import LOCALES, TEMPLATES
from .settled import LEDGER, Settled, versions
from .settled import watched as watched_now
from .site import Outcome, Site, find_records, id_of, read_manifest, read_record, read_trace, trace_content, trace_file

# What only a render of lists needs is imported there.
if TYPE_CHECKING:
    from .away import Away
    from .front import Leaf

FEW = 24
"""As many records are done before other processes have begun to work."""

_CHUNK = 6
"""How many records a process is given at a time."""

_MOST_OPEN = 600
"""How many records are kept open in memory, in all processes, between their two parts; the others are put aside."""

_CHILL = 40
"""After how many opened records they are frozen."""

_MOST_OPEN_AWAY = 500
"""How many records whoever renders them elsewhere keeps in memory."""

Hire: TypeAlias = "Callable[[Away, Site], contextlib.AbstractContextManager[Team]]"
"""Finds those who do the work on records of a site elsewhere, and away from it."""


# -- one record --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """The files that are a record of one id: one, unless somebody has given two the same."""

    record: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A record to be opened, with what is known of it as a line of the ledger; empty where that is nothing."""

    group: _Group
    known: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A record that was opened."""

    sheet: "Sheet | str"
    """What is known of it now; from another process as a line of the ledger. Empty where it cannot be read."""
    path: Path | None
    faults: tuple[Fault, ...]
    made: bytes = b""
    """Its pages that were made at once, packed: by language, an edition and whether it was written."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A page to be made."""

    language: str
    path: str
    key: str
    surroundings: Surroundings


@dataclass(frozen=True, slots=True)
class _Ahead:
    """
    What goes into pages besides their records, where that is known before any record is read: nothing of the site around them.

    Then a page is made as soon as its record is open. When all records are known, it is compared what it shows of the site with
    what it should show: another record may have its address.
    """

    looks: Mapping[str, str]
    """By language, what decides how its pages look."""
    stylesheet: str


@dataclass(frozen=True, slots=True)
class _Rendering:
    """A record whose pages are to be made."""

    group: _Group
    alternates: tuple[Alternate, ...]
    orders: tuple[_Order, ...]
    stylesheet: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class _Result:
    """A page that was made: how it is now; or why it was not."""

    edition: Edition | None
    is_written: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Opened:
    """An article that is ready to be rendered."""

    article: Article
    localised: dict[str, Localised]
    pictures: dict[str, Prepared]
    media: dict[str, str]


class _Shelf:
    """
    Articles that are put aside in a file until they are rendered: to read them once more takes four times as long.

    The file has no name, so that nobody else reads or writes it and it goes with this process, however that ends.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, record: str, opened: _Opened) -> None:
        """Put one aside. Raises A11yNewsError where there is no room for it."""
        texts = all_texts(opened.article)
        numbers = {id(text): number for number, text in enumerate(texts)}
        localised = [
            (
                one.language,
                [one.found[id(text)] for text in texts],
                one.stops,
                one.notes,
                [numbers[id(t)] for t in one.hidden],
                one.is_mixed,
            )
            for one in opened.localised.values()
        ]
        content = pickle.dumps((opened.article, localised, opened.pictures, opened.media), pickle.HIGHEST_PROTOCOL)
        try:
            if self._file is None:
                import tempfile

                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = cast(BinaryIO, tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115  # as long as this lives
            self._file.seek(self._end)
            self._file.write(content)
        except OSError as error:
            told = f"{self._folder}: no file can be written there ({error.strerror}); check the folder and the space on the disk"
            raise A11yNewsError(told) from None
        self._places[record] = self._end, len(content)
        self._end += len(content)

    def take(self, record: str) -> _Opened | None:
        """Take one back; None where it was not put aside."""
        place = self._places.pop(record, None)
        if place is None or self._file is None:
            return None
        self._file.seek(place[0])
        article, localised, pictures, media = pickle.loads(self._file.read(place[1]))
        texts = all_texts(article)
        return _Opened(
            article,
            {
                language: Localised(
                    article,
                    language,
                    {id(text): one for text, one in zip(texts, found, strict=True)},
                    stops,
                    notes,
                    tuple(texts[number] for number in hidden),
                    is_mixed,
                )
                for language, found, stops, notes, hidden, is_mixed in localised
            },
            pictures,
            media,
        )

    def __del__(self) -> None:
        if self._file:
            self._file.close()


class _Hands:
    """What does the work on records, in this process or in another one."""

    def __init__(
        self,
        site: Site,
        key: str,
        *,
        strict: bool,
        most_open: int,
        is_here: bool = False,
        is_brief: bool = False,
        ahead: _Ahead | None = None,
    ) -> None:
        self.site = site
        self._ahead = ahead
        self.key = key
        self.strict = strict
        self._root = str(site.config.root) + os.sep
        self._locales = Path(real(site.config.folder("locales")))
        self._most_open = most_open
        self._is_here = is_here
        self._is_brief = is_brief
        """Whether this process ends with the render, or thaws what is frozen."""
        self._number = 0
        self._opened: dict[str, _Opened] = {}
        self._shelf = _Shelf(site.traces)

    def __call__(self, task: tuple[str, Sequence[Any]]) -> list[Any]:
        """Do a task: open records, or render them."""
        kind, given = task
        return [self.open(one) for one in given] if kind == "open" else [self.render(one) for one in given]

    # -- opening -------------------------------------------------------------------------------------------------------

    def open(self, opening: _Opening) -> _Answer:
        """Read a record, and look its texts up in every language; make its pages, where they can be made at once."""
        sheet, path, faults, opened = self._open(opening)
        if sheet is None or opened is None:
            return _Answer("", None, faults)
        made = self._make_ahead(opening, sheet, opened) if self._ahead else {}
        if len(made) < len(sheet.claims):
            self._keep(opening.group.record, opened)
        packed = orjson.dumps(
            {language: (one.edition.to_json(), one.is_written) for language, one in made.items() if one.edition}
        )
        return _Answer(sheet if self._is_here else sheet.to_line(), path, faults, packed if made else b"")

    def _keep(self, record: str, opened: _Opened) -> None:
        """Keep an article until its pages are made."""
        self._number += 1
        if self._is_brief and not self._number % _CHILL:
            gc.freeze()  # they stay until they are rendered, and hold no circles: nobody need look through them meanwhile
        if len(self._opened) < self._most_open:
            self._opened[record] = opened
        else:
            self._shelf.put(record, opened)

    def _make_ahead(self, opening: _Opening, sheet: Sheet, opened: _Opened) -> dict[str, _Result]:
        """
        Make those pages of a record that show nothing of the site around them; by language.

        None is made where another page stands, or one that may be as it should be.
        """
        known = Sheet.from_line(opening.known) if opening.known else None
        is_alone = not any(entry["related"] for entry in sheet.entries.values())
        # Of a language that cannot be rendered now, the page of an earlier time can be there, and is named by the others.
        if (ahead := self._ahead) is None or not is_alone or (known and len(sheet.claims) < len(sheet.languages)):
            return {}
        alternates = tuple([Alternate(language, path) for language, path in sheet.claims.items()])
        rendering = _Rendering(opening.group, alternates, (), ahead.stylesheet)
        digest, made = sheet.digest, {}
        for language, path in sheet.claims.items():
            if (look := ahead.looks.get(language)) is None:
                continue
            key = _key_of(look, digest, alternates, _NOTHING_AROUND, path)
            before = known.editions.get(language) if known else None
            if before.key == key if before and before.path == path else os.path.lexists(f"{self.site.out}{os.sep}{path}"):
                continue
            result = self._page(opened, _Order(language, path, key, _NOWHERE), rendering)
            if result.edition:  # what stands in its way is told in its turn
                made[language] = result
        return made

    def _open(self, opening: _Opening) -> tuple[Sheet | None, Path | None, tuple[Fault, ...], _Opened | None]:
        faults: list[Fault] = []
        first: tuple[Article, Path, dict[str, Seen]] | None = None
        known = Sheet.from_line(opening.known) if opening.known else None
        for path in opening.group.paths:
            file = self.site.shown(path)
            inputs = {self._name(path): Seen.of(path)}
            try:
                article = read_record(path, file, ask=partial(self._ask, path, inputs, known))
            except RecordError as error:
                faults += error.faults
                continue
            if first:
                told = f"the record {first[0].file} has the id “{article.id}” too, and catalogs go by it"
                faults.append(Fault(file, 1, 1, f"{told}; rename one of the folders"))
            else:
                first = article, path, inputs
        if first is None:
            return None, None, tuple(faults), None
        opened, sheet = self._look_up(*first, known)
        return sheet, first[1], tuple(faults), opened

    def _name(self, path: Path) -> str:
        """How the ledger calls a file: from the project's folder, where it is below that."""
        # What a link leads to is looked at, and not what it is called.
        return os.path.abspath(path).removeprefix(self._root).replace(os.sep, "/")  # noqa: PTH100

    def _ask(self, record: Path, inputs: dict[str, Seen], known: Sheet | None, kind: FileKind, name: str) -> bool:
        """Note a file that a record names. Whether it is to be looked at: a picture that is the same need not be."""
        file = self._name(record.parent / name)
        seen = inputs[file] = Seen.of(record.parent / name)
        before = known.inputs.get(file) if known else None
        return kind != "picture" or before is None or not seen.digest or before.digest != seen.digest

    def _look_up(self, article: Article, path: Path, inputs: dict[str, Seen], known: Sheet | None) -> tuple[_Opened, Sheet]:
        site, languages = self.site, self.site.languages_of(article)
        catalogs = [path_of(self._locales, link, article.id) for language in languages for link in chain_of(language)]
        inputs |= {self._name(catalog): Seen.of(catalog) for catalog in catalogs}
        texts = all_texts(article)
        localised: dict[str, Localised] = {}
        stops: dict[str, list[Fault]] = {}
        notes: dict[str, list[Fault]] = {}
        is_whole = True
        for language in languages:
            try:
                site.catalogs(language, UI_DOMAIN)
                found = localise(article, site.catalogs(language, article.id), texts, site.config.policy, self.strict)
            except CatalogError as error:
                stops[language] = list(error.faults)
                continue
            stops[language], notes[language] = list(found.stops), list(found.notes)
            is_whole = is_whole and not (found.stops or found.notes or found.hidden)
            if not found.stops:
                localised[language] = found
        site.forget(catalogs)
        claims = {language: site.address_of(article, language, found.slug) for language, found in localised.items()}
        prepared, media = self._bring(article, path, inputs, known) if localised else ({}, {})
        entries = {
            language: entry_of(found, claims[language], prepared, site.config.site_url).to_json()
            for language, found in localised.items()
        }
        sheet = Sheet(
            article.id,
            article.file,
            self.key,
            is_whole=is_whole,
            is_strict=self.strict,
            languages=languages,
            inputs=inputs,
            claims=claims,
            entries=entries,
            stops=stops,
            notes=notes,
            files={
                file: _as_made(site.out / file, known.files.get(file) if known else None) for file in _files_of(prepared, media)
            },
            pictures={name: prepared_to_json(one) for name, one in prepared.items()},
        )
        return _Opened(article, localised, prepared, media), sheet

    def _bring(
        self, article: Article, path: Path, inputs: Mapping[str, Seen], known: Sheet | None
    ) -> tuple[dict[str, Prepared], dict[str, str]]:
        """Bring the files beside the pages; a picture that is the same, and there in all its sizes, is not made again."""
        ready: dict[str, Prepared] = {}
        for name, data in known.pictures.items() if known and known.key == self.key else ():
            file = self._name(path.parent / name)
            if known and file in inputs and file in known.inputs and inputs[file].digest == known.inputs[file].digest:
                with contextlib.suppress(ValueError, TypeError, KeyError, IndexError):
                    prepared = prepared_from_json(data)
                    if all(self._is_as_made(known, made) for made in _files_of({name: prepared}, {})):
                        ready[name] = prepared
        return self.site.write_files(article, Path(real(path)).parent, ready)

    def _is_as_made(self, known: Sheet, file: str) -> bool:
        before = known.files.get(file)
        if before and before.now(self.site.out / file).digest == before.digest:
            return True
        # What somebody has edited is not what we have made of the picture, and is made anew.
        (self.site.out / file).unlink(missing_ok=True)
        return False

    # -- rendering -----------------------------------------------------------------------------------------------------

    def render(self, rendering: _Rendering) -> list[_Result]:
        """Make the pages of a record and write them."""
        record = rendering.group.record
        opened = self._opened.pop(record, None) or self._shelf.take(record)
        if opened is None:
            _, _, faults, opened = self._open(_Opening(rendering.group, rendering.known))
            if opened is None:
                return [_Result(None, faults=faults) for _ in rendering.orders]
        return [self._page(opened, order, rendering) for order in rendering.orders]

    def _page(self, opened: _Opened, order: _Order, rendering: _Rendering) -> _Result:
        localised = opened.localised.get(order.language)
        if localised is None:
            return _Result(None)  # changed since it was opened; the next render tells why
        try:
            page = self.site.renderer.render(
                localised,
                site=self.site.view_of(order.language),
                ui=self.site.catalogs(order.language, UI_DOMAIN),
                path=order.path,
                alternates=list(rendering.alternates),
                pictures=opened.pictures,
                media=opened.media,
                stylesheet=rendering.stylesheet,
                surroundings=order.surroundings,
            )
        except SourceError as error:
            return _Result(None, faults=error.faults)
        if self.strict and page.untranslated:
            return _Result(None, faults=page.untranslated)
        is_written, seen, trace = write_page(self.site, page)
        edition = Edition(page.path, order.key, seen, trace, None, list(page.untranslated))
        return _Result(edition, is_written)


_NOWHERE = Surroundings()
_NOTHING_AROUND = _NOWHERE.digest


def _key_of(look: str, digest: str, alternates: Sequence[Alternate], shown: str, path: str) -> str:
    """Differs where anything does that a page is made of: how all look, its record, what it shows of the site, its address."""
    return digest_of(json.dumps([look, digest, [[one.language, one.path] for one in alternates], shown, path]).encode())


def keys_of(site: Site) -> tuple[list[Any], str]:
    """What decides how pages look besides their records and templates, as plain values; and what differs where that does."""
    config = site.config
    places = [config.birthplace(key) for key in ("name", "languages")]
    told = config.model_dump_json(exclude={"check", "translation", "headers"})
    common = [told, [str(place) for place in places], *versions()]
    unread = []
    for language in config.languages:
        try:
            site.catalogs(language, UI_DOMAIN)
        except CatalogError as error:
            unread += [str(fault) for fault in error.faults]
    return common, digest_of(json.dumps([common, unread]).encode())


def write_page(site: Site, page: RenderedPage) -> tuple[bool, Seen, Seen]:
    """Write a page and its trace: whether the page is another one now, and what both are."""
    # Names and no Paths, which take longer to make than a file to write.
    content, file = page.content, f"{site.out}{os.sep}{page.path}"
    trace = f"{site.traces}{os.sep}pages{os.sep}{page.path}.trace"
    is_written = write_bytes(file, content, site.out)
    write_bytes(trace, told := trace_content(page))
    return is_written, Seen(signature(file), digest_of(content)), Seen(signature(trace), digest_of(told))


def _files_of(prepared: Mapping[str, Prepared], media: Mapping[str, str]) -> list[str]:
    """The files of the site that pictures and media have become."""
    sizes = [size.path for one in prepared.values() for size in (*one.own, *one.webp)]
    return list(dict.fromkeys([*(one.path for one in prepared.values()), *sizes, *media.values()]))


def _as_made(file: Path, before: Seen | None) -> Seen:
    told = signature(file)
    if before and before.signature == told:
        return before
    try:
        return Seen(told, digest_of_file(file))
    except OSError:
        return Seen("?", "?")


# -- the whole ---------------------------------------------------------------------------------------------------------


class _Tasks(Sequence[tuple[str, list[Any]]]):
    """What others are to do; each task is made when it is asked for, for all of them at once take much memory."""

    def __init__(self, number: int, make: Callable[[int], tuple[str, list[Any]]]) -> None:
        self._number, self._make = number, make

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._make(one) for one in range(*place.indices(self._number))]
        if not 0 <= place < self._number:
            raise IndexError(place)
        return self._make(place)


@dataclass(slots=True)
class _Known:
    """What the whole must know of a record: little, for there can be many."""

    group: _Group
    path: Path
    file: str
    languages: tuple[str, ...]
    claims: dict[str, str]
    """By language, the path of its page; what another record had first is taken out."""
    alternates: list[Alternate]
    worker: int | None
    """Who has it open."""


class Build:
    """One render of a site, or of some of its records and languages."""

    def __init__(
        self,
        site: Site,
        records: Sequence[Path] = (),
        locales: Sequence[str] = (),
        *,
        strict: bool = False,
        force: bool = False,
        jobs: int | None = None,
        tell: Callable[[str], None] = lambda _: None,
        now: datetime | None = None,
        hire: "Hire | None" = None,
        seen: Settled | None = None,
    ) -> None:
        self.site = site
        self._seen = seen
        self._seen_standing: Mapping[str, Stamp] = {}
        self.records, self.locales = list(records), list(locales)
        self.strict, self.force, self.tell = strict, force, tell
        self.jobs = jobs or cores()
        self._hire_away = hire
        self.now = now or datetime.now(UTC)
        self.is_complete = not records and not locales
        self.outcome = Outcome()
        self.ledger = Ledger()
        self._root, self._out = str(site.config.root), str(site.out)
        self._trace_files = str(trace_file(site.traces, "")).removesuffix(".trace")
        self._stopped: dict[Fault, None] = {}
        self._notes: dict[Fault, None] = {}
        self._made: dict[tuple[str, str], str] = {}
        """By record and language, the path of a page that is as it should be."""
        self._unread: set[str] = set()
        self._was_cut_off = False
        self._tried: set[tuple[str, str]] = set()
        self._fresh_entries: dict[tuple[str, str], Entry] = {}
        self._surroundings: dict[tuple[str, str], tuple[Surroundings, str]] = {}
        self._ahead: dict[str, bytes] = {}
        """By record, what was made of its pages at once."""
        self._contested: set[str] = set()
        """The addresses that more than one page would have."""
        self._gone: dict[str, Edition] = {}
        """By path, pages that have another address now."""
        self._replaced: dict[str, dict[str, Seen]] = {}
        """By record, the files that it had beside its pages."""
        self._has_moved = self._has_new_entries = self._has_related = False
        """Whether a record has other pages or files than before; shows something else in lists; links to others."""

    def run(self) -> Outcome:
        """
        Do it. What is wrong with one record, catalog or page leaves the others alone; the outcome names all of it.

        Raises NothingToDo where there is no record, and A11yNewsError where the site cannot be written.
        """
        look_anew()
        chosen = self.records or find_records(self.site.config.folder("news"))
        if not chosen:
            news = self.site.shown(self.site.config.folder("news"))
            raise NothingToDo(f"no record was found in {news}/; a record is a file named record.yaml in a folder of its own")
        by_id: dict[str, list[Path]] = {}
        ids: dict[str, str] = {}
        for path in chosen:
            # Records whose ids differ in their case alone would have one catalog and one folder on many systems.
            id = id_of(path)
            record = ids.setdefault(same_name(id), id)
            by_id.setdefault(record, []).append(path)
        groups = [_Group(record, tuple(dict.fromkeys(paths))) for record, paths in by_id.items()]
        with (
            _alone(self.site, is_complete=self.is_complete) as self._was_cut_off,
            self.site.renderer.unchanging(),
            _seldom_collected(),
        ):
            self._run(groups)
        return self.outcome

    def _run(self, groups: Sequence[_Group]) -> None:
        site = self.site
        file = site.traces / LEDGER
        self.ledger, is_sound = Ledger.read(file)
        self.ledger.folder = site.traces
        if self._seen and self._seen.ledger == signature(file):
            self._seen_standing = self._seen.standing
        if not is_sound:
            self.outcome.remarks.append(f"{site.shown(file)} is damaged or not ours; every page is rendered anew")
        site.forget()
        paths = (path for group in groups for path in group.paths if not path.name.startswith("record."))
        if any(path.is_symlink() and path.is_dir() for path in paths):
            # What is not there may be behind the link, which is told: its pages stay as they were.
            self._unread = set(self.ledger) - {group.record for group in groups}
        self._take_keys()
        state = self._state(groups)
        self._is_settled = bool(self.ledger.state) and self.ledger.state == state and not self._was_cut_off
        standing = self._standing(groups)
        fresh = {} if self.force else {group.record: path for group in groups if (path := self._fresh(group, standing))}
        if standing and len(fresh) == len(groups) and self._nothing_to_do(groups, standing):
            if self.ledger.watched != (watched := self._watched()):
                self.ledger.watched = watched
                self.ledger.write(file)
            return
        self._before = {(page["record"], page["language"]): page["path"] for page in read_manifest(site.traces) or []}
        stylesheet = site.write_stylesheet()
        site.write_headers()
        openings = [_Opening(group) for group in groups if group.record not in fresh]
        with contextlib.ExitStack() as stack:
            self._hire(groups, openings, stylesheet, stack)
            known = self._open_all(groups, openings, fresh, standing)
            self._share_out_addresses(known)
            self.outcome.files = {one.group.record: one.path for one in known}
            is_done = self._is_within(standing) and self._render_within(known, standing, stylesheet)
            if not is_done:
                self._note_standing(standing or {})
                old, listing = self._list(known)
                self._render_all(known, partial(self._around, listing), stylesheet)
        if not is_done:
            if self._fresh_entries.keys() - self._made.keys():
                listing = self._arrange(old | {key: entry for key, entry in self._fresh_entries.items() if key in self._made})
            self._furnish(listing, stylesheet)
        self.outcome.stopped, self.outcome.notes = list(self._stopped), list(self._notes)
        if not is_done:
            self._settle({*(group.record for group in groups), *(one.group.record for one in known), *self._unread})
            self.ledger.state = ""
            for name in listing.unknown:
                place = site.config.birthplace("lists")
                told = f"the navigation names a section “{shorten(name)}”, which no article is in; mend its name, or take it out"
                self.outcome.remarks.append(f"{place.file}:{place.line}:{place.column}: {told}")
            if self.is_complete and not (self.outcome.stopped or self.outcome.kept or self.outcome.left or listing.unknown):
                self.ledger.state, self.ledger.until = self._state(groups), self._news_until(listing)
                self.ledger.shown = self._shown_to_json()
        self.ledger.watched = self._watched() if self.ledger.state else None
        if self.ledger.is_damaged:
            told = "is damaged; what it said of some records is not believed, and their pages are rendered anew"
            self.outcome.remarks.append(f"{site.shown(file)} {told}")
        self.ledger.write(file)

    # -- what is as it should be ---------------------------------------------------------------------------------------

    def _take_keys(self) -> None:
        """What decides how all pages look, besides their records."""
        self._looks: dict[str, str] = {}
        self._templates = folder_digest(self.site.template_folders)
        self._common, self.key = keys_of(self.site)

    def _look(self, language: str) -> str:
        """What decides how the pages of a language look, besides their records."""
        if language not in self._looks:
            folders = (self.site.config.folder("locales").resolve(), LOCALES.resolve())
            files = [path_of(folder, link, UI_DOMAIN) for link in chain_of(language) for folder in folders]
            seen = [Seen.of(file).digest for file in files]
            self._looks[language] = digest_of(json.dumps([self._common, self._templates, seen]).encode())
        return self._looks[language]

    def _standing(self, groups: Sequence[_Group]) -> dict[str, Stamp] | None:
        """
        The records of which nothing has changed, neither what they were made of nor what was made of them.

        None where that does not tell enough: where the last render has left something to do, or something has changed that all
        pages show.
        """
        if not self.is_complete or self.force or not self._is_settled or self.now.timestamp() >= self.ledger.until:
            return None
        if not all(self._is_as_made(made, path) for path, made in self.ledger.around.items()):
            return None
        seen, ledger = self._seen_standing, self.ledger
        found = ((group, seen.get(group.record) or ledger.stamp(group.record)) for group in groups if len(group.paths) == 1)
        return {group.record: stamp for group, stamp in found if stamp and self._stands(group, stamp)}

    def _stands(self, group: _Group, stamp: Stamp) -> bool:
        if stamp.key != self.key or stamp.strict not in (None, self.strict):
            return False
        # The record itself is the first of what it is made of.
        if next(iter(stamp.inputs), "") != os.path.abspath(group.paths[0]).removeprefix(self._root + os.sep).replace(os.sep, "/"):  # noqa: PTH100
            return False
        is_standing = group.record in self._seen_standing or stamp.stands(self._root, self._out, self._trace_files)
        return is_standing and not (self.strict and stamp.has_notes)

    def _fresh(self, group: _Group, standing: Mapping[str, Stamp] | None) -> Path | None:
        """The file of a record that need not be opened: nothing that it was made of has changed, and its files are there."""
        if standing and group.record in standing:
            return group.paths[0]
        sheet = self.ledger.sheet(group.record)
        if sheet is None or len(group.paths) != 1 or sheet.key != self.key or sheet.file != self.site.shown(group.paths[0]):
            return None
        if sheet.is_strict != self.strict and not sheet.is_whole:
            return None
        for names, folder in ((sheet.inputs, self._root), (sheet.files, self._out)):
            for name, seen in names.items():
                # Thousands of them, and a Path takes longer. What lies elsewhere has a whole path for a name.
                now = seen.now(name if os.path.isabs(name) else f"{folder}{os.sep}{name}")  # noqa: PTH117
                if now.digest != seen.digest:
                    return None
                if now is not seen:
                    names[name] = now
                    self.ledger.put(sheet)
        return group.paths[0]

    def _is_as_made(self, edition: Edition | Furniture, path: str, sheet: Sheet | None = None) -> bool:
        """
        Whether a page or file is there as it was made, with its trace.

        Where they have been copied or unpacked since, as from a cache of CI, they are read, and known by their signatures again.
        """
        page = edition.page if isinstance(edition, Edition) else edition.file
        now = page.now(f"{self._out}{os.sep}{path}")
        if now.digest != page.digest or not now.digest:
            return False
        trace = edition.trace.now(f"{self._trace_files}{path}.trace") if edition.trace.digest else edition.trace
        if trace.digest != edition.trace.digest:
            return False
        if now is not page or trace is not edition.trace:
            if isinstance(edition, Edition):
                edition.page, edition.trace = now, trace
            else:
                edition.file, edition.trace = now, trace
            if sheet:
                self.ledger.put(sheet)
        return True

    def _state(self, groups: Sequence[_Group]) -> str:
        """The same where a site that is as it should be needs nothing done, as long as no file has changed."""
        looks = [self._look(language) for language in self.site.config.languages]
        config, static = self.site.config, []
        for parent, folders, names in os.walk(config.folder("static")):
            folders.sort()
            static += [(parent, name, signature(os.path.join(parent, name))) for name in sorted(names)]  # noqa: PTH118  # as above
        headers = Seen.of(self.site.out / config.headers.file).digest
        told = [self.key, looks, self.strict, sorted(group.record for group in groups), static, headers]
        return digest_of(json.dumps(told).encode())

    def _watched(self) -> Any:
        """What decides, besides records, whether the site is as it should be; so that the next render can tell at once."""
        config = self.site.config
        folders = [config.folder("locales"), LOCALES]
        catalogs = [path_of(one, link, UI_DOMAIN) for tag in config.languages for link in chain_of(tag) for one in folders]
        headers = self.site.out / config.headers.file
        walked = [config.folder("templates"), TEMPLATES, config.folder("static")]
        return watched_now(config._file, config.folder("news"), [*catalogs, headers], walked, strict=self.strict)

    def _nothing_to_do(self, groups: Sequence[_Group], standing: Mapping[str, Stamp]) -> bool:
        """Whether all of the site is as the last render has left it, and nothing has changed since."""
        if len(standing) != len(groups):
            return False
        notes: dict[Fault, None] = {}
        for record, stamp in standing.items():
            if stamp.has_notes and not self._note_again(record, notes):
                return False
        self.outcome.unchanged = sum(len(stamp.pages) for stamp in standing.values())
        self.outcome.notes = list(notes)
        self._tell_around()
        return True

    def _note_standing(self, standing: Mapping[str, Stamp]) -> None:
        """Take what is to be told of records that were not opened; what is to be told of their pages is taken with these."""
        for record in (record for record, stamp in standing.items() if stamp.has_notes):
            sheet = self.ledger.sheet(record)
            if sheet is not None:
                for language in filter(self._is_wanted, sheet.languages):
                    self._notes.update(dict.fromkeys(sheet.notes.get(language, ())))

    def _note_again(self, record: str, notes: dict[Fault, None]) -> bool:
        """Take what is to be told of a record each time; False where that cannot be read."""
        sheet = self.ledger.sheet(record)
        if sheet is None:
            return False
        for language in sheet.languages:
            notes.update(dict.fromkeys(sheet.notes.get(language, ())))
        for edition in sheet.editions.values():
            notes.update(dict.fromkeys(edition.notes))
        return True

    def _tell_around(self) -> None:
        self.outcome.around = [path for path, made in self.ledger.around.items() if made.language]
        self.outcome.files_around = [path for path, made in self.ledger.around.items() if not made.language]

    # -- opening -------------------------------------------------------------------------------------------------------

    def _hire(self, groups: Sequence[_Group], openings: Sequence[_Opening], stylesheet: str, stack: contextlib.ExitStack) -> None:
        # Where something has changed that all pages show, they are rendered without having been opened.
        number = len(openings) or (0 if self._is_settled else len(groups))
        jobs = min(self.jobs, number // FEW)
        self._crew: Team | None = None
        # With lists, pages name the sections of the site, which are known when all records are.
        looks = {language: self._look(language) for language in self.site.config.languages}
        ahead = _Ahead(looks, stylesheet) if self.is_complete and not self.site.config.lists.make else None
        hands = partial(_Hands, self.site, self.key, strict=self.strict, ahead=ahead)
        if number >= FEW:
            # A copy of this process need not do it again.
            Article.model_rebuild()
            with contextlib.suppress(SourceError):  # told for the page that it concerns
                self.site.renderer.warm()
        if self._hire_away and number >= FEW:
            from .away import Away

            away = Away(self.site, partial(_Hands, key=self.key, strict=self.strict, most_open=_MOST_OPEN_AWAY))
            self._crew = stack.enter_context(self._hire_away(away, self.site))
        elif jobs > 1:
            self._crew = stack.enter_context(Crew(jobs, partial(hands, most_open=_MOST_OPEN // jobs, is_brief=True)))
        else:
            self._hands = hands(most_open=_MOST_OPEN, is_here=True, is_brief=True)

    def _do(
        self, kind: str, given: Sequence[_Opening] | Sequence[_Rendering], owners: Sequence[int | None]
    ) -> Iterator[tuple[int | None, Any]]:
        """The results of work on records, in the order of the records, each with the number of the process that did it."""
        if self._crew is None:
            yield from ((None, self._hands((kind, [self._informed(one, None)]))[0]) for one in given)
            return
        chunks: list[tuple[int | None, list[int]]] = []
        filling: dict[int | None, list[int]] = {}
        for number, owner in enumerate(owners):
            if owner not in filling or len(filling[owner]) == _CHUNK:
                filling[owner] = []
                chunks.append((owner, filling[owner]))
            filling[owner].append(number)
        tasks = _Tasks(
            len(chunks), lambda place: (kind, [self._informed(given[number], chunks[place][0]) for number in chunks[place][1]])
        )
        done: dict[int, tuple[int | None, Any]] = {}
        following = 0
        for (_, numbers), (worker, results) in zip(chunks, self._crew.do(tasks, [owner for owner, _ in chunks]), strict=True):
            done.update((number, (worker, result)) for number, result in zip(numbers, results, strict=True))
            while following in done:
                yield done.pop(following)
                following += 1

    def _informed(self, one: _Opening | _Rendering, owner: int | None) -> _Opening | _Rendering:
        """A record with what is known of it, which whoever has it open knows already."""
        return replace(one, known=self.ledger.line(one.group.record)) if owner is None else one

    def _open_all(
        self,
        groups: Sequence[_Group],
        openings: Sequence[_Opening],
        fresh: Mapping[str, Path],
        standing: Mapping[str, Stamp] | None,
    ) -> list[_Known]:
        known = []
        answers = self._do("open", openings, [None] * len(openings))
        for group in groups:
            if standing and (stamp := standing.get(group.record)):
                claims = {language: path for language, path, _, _ in stamp.pages}
                known.append(_Known(group, fresh[group.record], stamp.file, tuple(claims), claims, [], None))
                continue
            worker, path = None, fresh.get(group.record)
            if path is None:
                worker, answer = next(answers)
                self._stopped.update(dict.fromkeys(answer.faults))
                path = answer.path
                if path is None:
                    self._unread.add(group.record)
                    continue
                sheet = answer.sheet if isinstance(answer.sheet, Sheet) else Sheet.from_line(answer.sheet)
                if answer.made:
                    self._ahead[sheet.record] = answer.made
                before = self.ledger.sheet(group.record)
                self._compare(before, sheet)
                if before:
                    sheet.editions = before.editions
                    self._replaced[group.record] = before.files
                self.ledger.put(sheet)
            else:
                held = self.ledger.sheet(group.record)
                assert held is not None
                sheet = held
            self._has_related = self._has_related or any(entry["related"] for entry in sheet.entries.values())
            self.tell(sheet.file)
            # Of two whose ids differ in their case alone, it can be the second one that could be read.
            group = _Group(sheet.record, (path,))
            self._tried.update((group.record, language) for language in self.locales or sheet.languages)
            for language in sheet.languages:
                if self._is_wanted(language):
                    self._stopped.update(dict.fromkeys(sheet.stops.get(language, ())))
                    self._notes.update(dict.fromkeys(sheet.notes.get(language, ())))
            known.append(_Known(group, path, sheet.file, tuple(sheet.languages), dict(sheet.claims), [], worker))
        return known

    def _compare(self, before: Sheet | None, now: Sheet) -> None:
        """Take note of what the rest of the site sees of a record that has changed."""
        if before is None or before.record != now.record:
            self._has_moved = True
            return
        if (before.languages, before.claims, before.files.keys()) != (now.languages, now.claims, now.files.keys()):
            self._has_moved = True
        self._has_new_entries = self._has_new_entries or before.entries != now.entries

    def _is_wanted(self, language: str) -> bool:
        return not self.locales or language in self.locales

    def _share_out_addresses(self, known: Sequence[_Known]) -> None:
        """
        Two pages cannot have one address: whoever has a page there keeps it, so that none that is out is replaced by another
        one; else whoever comes first has it.
        """
        taken: dict[str, str] = {}
        here = {one.group.record for one in known}
        for record in self._unread if self.is_complete else list(self.ledger):
            if record not in here and (sheet := self.ledger.sheet(record)):
                taken.update((same_name(edition.path), sheet.file) for edition in sheet.editions.values())
        for one in known:
            stopped = [language for language in one.languages if language not in one.claims]
            kept = [page for language in stopped for page in self._kept(one.group.record, language)]
            taken.update((same_name(page.path), one.file) for page in kept)
        wanted = Counter(same_name(path) for one in known for path in one.claims.values())
        self._contested = {name for name, number in wanted.items() if number > 1 or name in taken}
        standing = self._standing_at(self._contested, known)
        for one in known:
            for language in one.languages:
                path = one.claims.get(language)
                if path is None:
                    one.alternates += self._kept(one.group.record, language)
                    continue
                name = same_name(path)
                who, where = standing.get(name, (one, language))
                if other := taken.get(name) or ("" if who is one and where == language else who.file):
                    del one.claims[language]
                    told = f"{other} has the address {path} already; give one of them another slug"
                    self._stopped[Fault(one.file, 1, 1, told)] = None
                else:
                    taken[name] = one.file
                    one.alternates.append(Alternate(language, path))

    def _standing_at(self, names: Collection[str], known: Sequence[_Known]) -> dict[str, tuple[_Known, str]]:
        """Who has a page at an address that several want, and wants it still: the first of them, and in which language."""
        found: dict[str, tuple[_Known, str]] = {}
        for one in known if names else ():
            wanted = {language: path for language, path in one.claims.items() if same_name(path) in names}
            if not wanted or (sheet := self.ledger.sheet(one.group.record)) is None:
                continue
            for language, path in wanted.items():
                edition = sheet.editions.get(language)
                if edition and edition.path == path:
                    found.setdefault(same_name(path), (one, language))
        return found

    def _kept(self, record: str, language: str) -> list[Alternate]:
        """What readers have of a page that cannot be made anew stays, so the others go on naming it."""
        path = self._before.get((record, language))
        return [Alternate(language, path)] if path and (self.site.out / path).is_file() else []

    # -- rendering -----------------------------------------------------------------------------------------------------

    def _list(self, known: Sequence[_Known]) -> tuple[dict[tuple[str, str], Entry], Listing]:
        """The lists of the site, and the entries of its pages that are not to be rendered now."""
        lines: dict[tuple[str, str], Any] = {}
        claimed = {one.group.record: one for one in known}
        if not self.site.config.lists.make and not self._is_any_related(claimed):
            return {}, self._arrange({})
        for record in list(self.ledger):
            sheet = self.ledger.sheet(record)
            if sheet is None or (self.is_complete and record not in claimed and record not in self._unread):
                continue
            one = claimed.get(record)
            for language in dict.fromkeys([*sheet.languages, *sheet.editions]):
                key = record, language
                if one and self._is_wanted(language) and language in one.claims:
                    lines[key] = sheet.entries[language]
                elif edition := sheet.editions.get(language):
                    is_to_stay = not self.is_complete or key in self._tried or record in self._unread
                    if is_to_stay and (self.site.out / edition.path).is_file():
                        lines[key] = edition.entry
        entries = {key: Entry.from_json(entry) for key, entry in lines.items()}
        self._fresh_entries = {
            (record, language): entry
            for (record, language), entry in entries.items()
            if self._is_wanted(language) and record in claimed and language in claimed[record].claims
        }
        return {key: entry for key, entry in entries.items() if key not in self._fresh_entries}, self._arrange(entries)

    def _is_any_related(self, claimed: Mapping[str, _Known]) -> bool:
        """Whether any record leads to others: where none does and there are no lists, no page shows anything of another one."""
        others = (self.ledger.stamp(record) for record in self.ledger if record not in claimed)
        return self._has_related or any(stamp.has_related for stamp in others if stamp)

    def _arrange(self, entries: Mapping[tuple[str, str], Entry]) -> Listing:
        lists = self.site.config.lists
        return arrange(
            entries.values(),
            self.site.config.languages,
            make=lists.make,
            per_page=lists.per_page,
            navigation=lists.navigation,
            untranslated=lists.untranslated == "show",
            tags=lists.tags,
            tag_feeds=lists.tag_feeds,
            base_url=self.site.config.site_url,
        )

    def _around(self, listing: Listing, sheet: Sheet, language: str) -> tuple[Surroundings, str]:
        """What a page shows of the rest of the site, and the digest of that."""
        entry = self._fresh_entries.get((sheet.record, language))
        section = entry.section.key if entry and entry.section else ""
        around = (
            listing.surroundings(entry) if entry and (entry.related or (language, section) not in self._surroundings) else None
        )
        if (language, section) not in self._surroundings:
            base = replace(around, tags=(), related=()) if around else Surroundings()
            self._surroundings[language, section] = base, base.digest
        if entry and entry.related and around:
            return around, around.digest
        base, digest = self._surroundings[language, section]
        if entry and (tags := listing.tags_of(entry)):
            return replace(base, tags=tags), f"{digest} {' '.join(tags)}"
        return base, digest

    def _shown_to_json(self) -> Any:
        """What pages show of the rest of the site, for the next render: by language, and by its sections."""
        shown: dict[str, Any] = {}
        for (language, section), (around, _) in self._surroundings.items():
            told = around.to_json()
            of_language = shown.setdefault(language, [told[:-1], {}])
            of_language[1][section] = told[-1]
        return shown

    def _around_kept(self, sheet: Sheet, language: str) -> tuple[Surroundings, str]:
        """As `_around`, where nothing of that has changed."""
        if not self._has_related and not self.site.config.lists.make:
            return Surroundings(), Surroundings().digest
        entry, edition = sheet.entries[language], sheet.editions[language]
        section = entry["section"][1] if entry["section"] else ""
        common, sections = self.ledger.shown[language]
        if (language, section) not in self._surroundings:
            base = Surroundings.from_json([*common, sections[section]])
            self._surroundings[language, section] = base, base.digest
        base, digest = self._surroundings[language, section]
        if edition.links is None:
            return base, digest
        base = base.with_links(edition.links)
        return base, base.digest if base.related or entry["related"] else f"{digest} {' '.join(base.tags)}"

    def _is_within(self, standing: Mapping[str, Stamp] | None) -> bool:
        """Whether the changes are within the pages of the records that have changed, so that no other page shows them."""
        self._has_related = self._has_related or any(stamp.has_related for stamp in (standing or {}).values())
        if standing is None or self._has_moved or self._unread or self._stopped:
            return False
        is_shown = self._has_related or self.site.config.lists.make
        return not is_shown or (not self._has_new_entries and bool(self.ledger.shown))

    def _render_within(self, known: Sequence[_Known], standing: Mapping[str, Stamp] | None, stylesheet: str) -> bool:
        """Render the pages of the records that have changed; False where that is not all that is to be done."""
        assert standing is not None
        try:
            self._render_all([one for one in known if one.group.record not in standing], self._around_kept, stylesheet)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            return False  # what the ledger says of the site around is not what we write
        if self._stopped or self._gone or self._tried - self._made.keys():
            return False
        for record, stamp in standing.items():
            if stamp.has_notes and not self._note_again(record, self._notes):
                return False
        self.outcome.unchanged += sum(len(stamp.pages) for stamp in standing.values())
        self._tell_around()
        return True

    def _render_all(
        self, known: Sequence[_Known], around_of: Callable[[Sheet, str], tuple[Surroundings, str]], stylesheet: str
    ) -> None:
        """Render the pages that are not as they should be. `around_of` tells what a page shows of the rest of the site."""
        renderings, owners = [], []
        told: list[tuple[str, _Rendering | None]] = []
        """The records, in their order, of which pages were made at once, with what is to be made now."""
        for one in known:
            sheet = self.ledger.sheet(one.group.record)
            assert sheet is not None
            digest, orders, made = sheet.digest, [], self._made_ahead(sheet)
            self._withdraw(sheet, made)
            names_its_own = [(other.language, other.path) for other in one.alternates] == list(sheet.claims.items())
            for language, path in one.claims.items():
                if not self._is_wanted(language) or (one.group.record, language) in self._made:
                    continue
                around, shown = around_of(sheet, language)
                if (ahead := made.get(language)) and ahead.edition and names_its_own and shown == _NOTHING_AROUND:
                    continue
                key = _key_of(self._look(language), digest, one.alternates, shown, path)
                edition = sheet.editions.get(language)
                is_same = edition is not None and not self.force and (edition.key, edition.path) == (key, path)
                if edition and is_same and self._is_as_made(edition, path, sheet) and not (self.strict and edition.notes):
                    self._take(sheet, language, edition, around, is_written=False)
                else:
                    orders.append(_Order(language, path, key, around))
            rendering = _Rendering(one.group, tuple(one.alternates), tuple(orders), stylesheet) if orders else None
            if rendering:
                renderings.append(rendering)
                owners.append(one.worker)
            if rendering or made:
                told.append((one.group.record, rendering))
        answers = self._do("render", renderings, owners)
        for record, rendering in told:
            sheet = self.ledger.sheet(record)
            assert sheet is not None
            self.tell(sheet.file)
            results, made = {}, self._made_ahead(sheet)
            if rendering:
                _, found = next(answers)
                results = {order.language: (order, result) for order, result in zip(rendering.orders, found, strict=True)}
            for language in sheet.claims:
                ahead = made.get(language)
                if language in results:
                    order, result = results[language]
                    self._stopped.update(dict.fromkeys(result.faults))
                    if result.edition:
                        is_written = result.is_written or (ahead is not None and ahead.is_written)
                        self._take(sheet, language, result.edition, order.surroundings, is_written=is_written)
                elif ahead and ahead.edition:
                    self._take(sheet, language, ahead.edition, _NOWHERE, is_written=ahead.is_written)
            self.ledger.put(sheet)
        assert next(answers, None) is None

    def _made_ahead(self, sheet: Sheet) -> dict[str, _Result]:
        """What was made of a record's pages at once, by language; what is to be made once more has no edition."""
        made = {}
        for language, (edition, is_written) in orjson.loads(self._ahead.get(sheet.record, b"{}")).items():
            is_contested = bool(self._contested) and same_name(sheet.claims[language]) in self._contested
            made[language] = _Result(None if is_contested else Edition.from_json(edition), is_written)
        return made

    def _withdraw(self, sheet: Sheet, made: Mapping[str, _Result]) -> None:
        """Take away the new pages whose address others want, too: whichever was written last stands there."""
        for path in [sheet.claims[language] for language, result in made.items() if not result.edition]:
            if not any(edition.path == path for edition in sheet.editions.values()):
                (self.site.out / path).unlink(missing_ok=True)
                trace_file(self.site.traces, path).unlink(missing_ok=True)

    def _take(self, sheet: Sheet, language: str, edition: Edition, around: Surroundings, *, is_written: bool) -> None:
        record, before, links = sheet.record, sheet.editions.get(language), around.links
        if before and before.path != edition.path:
            self._gone[before.path] = before
        if edition is not before or edition.entry != sheet.entries[language] or edition.links != links:
            edition.entry, edition.links = sheet.entries[language], links
            sheet.editions[language] = edition
            self.ledger.put(sheet)
        self._made[record, language] = edition.path
        self._notes.update(dict.fromkeys(edition.notes))
        if is_written:
            self.outcome.written.append(edition.path)
        else:
            self.outcome.unchanged += 1

    # -- what is no article's ------------------------------------------------------------------------------------------

    def _furnish(self, listing: Listing, stylesheet: str) -> None:
        """Make all of the site that is no article, and bring its static files; what could not be made anew stays as it was."""
        from .front import Press, leaves_of

        site, outcome = self.site, self.outcome
        default = site.config.default_language or site.config.languages[0]
        press = Press(site.renderer, site.view_of, lambda language: site.catalogs(language, UI_DOMAIN), stylesheet)
        leaves = list(leaves_of(listing, press, default, self.now))
        taken = {entry.path: f"the article {entry.record}" for entry in listing.entries}
        static = self._static({leaf.path: f"our own {leaf.path}" for leaf in leaves} | taken)
        self._around_before, around = self.ledger.around, {}
        for leaf in leaves:
            if leaf.path in static:
                continue
            if what := taken.get(leaf.path):
                told = f"{what} has the address {leaf.path}, which a list of articles has, too; give the article another slug"
                self._stopped[Fault(self._file_of(leaf.path, listing), 1, 1, told)] = None
            elif made := self._furniture(leaf):
                around[leaf.path] = made
        for path, file in static.items():
            copy_file(file, site.out / path, site.out)
            around[path] = Furniture("", "static", _as_made(site.out / path, self._seen_before(path)))
        outcome.around = [path for path, made in around.items() if made.language]
        outcome.files_around = [path for path, made in around.items() if not made.language]
        around[stylesheet] = Furniture("", "style", _as_made(site.out / stylesheet, self._seen_before(stylesheet)))
        self.ledger.around = around

    def _seen_before(self, path: str) -> Seen | None:
        before = self._around_before.get(path)
        return before.file if before else None

    def _furniture(self, leaf: "Leaf") -> Furniture | None:
        """A page or file that is no article's, made anew where it is not as it should be; None where there is none."""
        before = self._around_before.get(leaf.path)
        looks = [self._look(language) for language in ([leaf.language] if leaf.language else self.site.config.languages)]
        key = digest_of(json.dumps([looks, leaf.digest, leaf.path]).encode())
        is_same = before is not None and before.key == key and not self.force and self._is_as_made(before, leaf.path)
        if before and is_same and not (self.strict and before.notes):
            self._notes.update(dict.fromkeys(before.notes))
            return before
        try:
            made = leaf.make()
        except SourceError as error:
            self._stopped.update(dict.fromkeys(error.faults))
            return self._left(before, leaf)
        file = self.site.out / leaf.path
        if isinstance(made, bytes):
            write_bytes(file, made, self.site.out)
            return Furniture("", key, Seen(signature(file), digest_of(made)))
        if self.strict and made.untranslated:
            self._stopped.update(dict.fromkeys(made.untranslated))
            return self._left(before, leaf)
        self._notes.update(dict.fromkeys(made.untranslated))
        _, seen, trace = write_page(self.site, made)
        return Furniture(leaf.language, key, seen, trace, list(made.untranslated))

    def _left(self, before: Furniture | None, leaf: "Leaf") -> Furniture | None:
        """What readers have in place of what could not be made: kept, and made at the next render."""
        if not (self.site.out / leaf.path).is_file():
            return None
        return replace(before, key="") if before else Furniture(leaf.language, "", Seen("?", "?"))

    def _static(self, taken: Mapping[str, str]) -> dict[str, Path]:
        """The site's own static files by their paths."""
        site = self.site
        folder, out = site.config.folder("static").resolve(), site.out.resolve()
        if not folder.is_dir():
            return {}
        if out.is_relative_to(folder) or folder.is_relative_to(out):
            told = f"{site.shown(folder)} and {site.shown(out)} lie in each other; give the static files a folder of their own"
            self._stopped[Fault(site.config.file, 1, 1, told)] = None
            return {}
        from .front import static_files

        found, faults = static_files(folder, site.shown, taken)
        self._stopped.update(dict.fromkeys(faults))
        return found

    def _file_of(self, path: str, listing: Listing) -> str:
        record = next((entry.record for entry in listing.entries if entry.path == path), "")
        file = self.outcome.files.get(record)
        return self.site.shown(file) if file else self.site.config.file

    def _news_until(self, listing: Listing) -> float:
        """When something that is news today is so no more, or something becomes news."""
        from .feeds import NEWS_DAYS

        days = timedelta(days=NEWS_DAYS)
        ends = (moment for entry in listing.entries for moment in (entry.published, entry.published + days) if moment >= self.now)
        return min((moment.timestamp() for moment in ends), default=1e12) if listing.lists else 1e12

    # -- what has to go ------------------------------------------------------------------------------------------------

    def _settle(self, here: set[str]) -> None:
        """Take away what an earlier render has made and what there should be no more; write which pages there are."""
        site, outcome, ledger = self.site, self.outcome, self.ledger
        pages: dict[str, dict[str, str]] = {}
        gone: dict[str, Edition | None] = dict(self._gone)
        files: dict[str, Seen] = {}
        occupied = set(self._made.values())
        for record in list(ledger):
            sheet = ledger.sheet(record)
            if sheet is None or (self.is_complete and record not in here):
                if sheet:
                    gone |= {edition.path: edition for edition in sheet.editions.values()}
                    files |= sheet.files
                ledger.drop(record)
                continue
            is_kept = record in self._unread
            for language, edition in list(sheet.editions.items()):
                if (record, language) not in self._made and edition.path in occupied:
                    # Another record's page stands there now.
                    del sheet.editions[language]
                    ledger.put(sheet)
                elif (record, language) in self._made or is_kept or (record, language) in self._tried or not self.is_complete:
                    pages[edition.path] = {"path": edition.path, "language": language, "record": record}
                    if (record, language) not in self._made and (is_kept or (record, language) in self._tried):
                        outcome.kept.append(edition.path)
                        is_kept = True
                else:
                    gone[edition.path] = edition
                    del sheet.editions[language]
                    ledger.put(sheet)
            if (before := self._replaced.get(record)) is not None:
                stale = {path: seen for path, seen in before.items() if path not in sheet.files}
                if is_kept:
                    # A page that stays shows what it showed.
                    sheet.files |= stale
                    ledger.put(sheet)
                else:
                    files |= stale
        self._settle_unknown(pages, gone)
        if self._was_cut_off and self.is_complete:
            # What a render has made that was killed: no ledger tells of it.
            top = site.traces / "pages"
            known = pages.keys() | ledger.around.keys()
            traced = (file.relative_to(top).as_posix().removesuffix(".trace") for file in top.rglob("*.trace"))
            gone |= {path: None for path in traced if path not in known and path not in gone}
        for path, made in self._around_before.items():
            if path in ledger.around:
                continue
            if made.key == "style" and not (self.is_complete and not outcome.kept):
                ledger.around[path] = made
            elif made.language:
                gone.setdefault(path, Edition(path, "", made.file, made.trace, None))
            else:
                files[path] = made.file
        pages |= {
            path: {"path": path, "language": made.language, "record": ""} for path, made in ledger.around.items() if made.language
        }
        standing = pages.keys() | ledger.around.keys()
        for path, was in gone.items():
            if path not in standing and self._remove(path, was.page if was else None):
                outcome.removed.append(path)
            if path not in pages:
                trace_file(site.traces, path).unlink(missing_ok=True)
        for path, seen in files.items():
            if path not in standing:
                self._remove(path, seen)
        listed = sorted(path for path, made in ledger.around.items() if not made.language and made.key != "style")
        write_bytes(site.traces / "manifest.json", _manifest([pages[path] for path in sorted(pages)], listed))
        outcome.kept.sort()

    def _settle_unknown(self, pages: dict[str, dict[str, str]], gone: dict[str, Edition | None]) -> None:
        """The pages that the manifest names and the ledger does not know, for it was lost."""
        for (record, language), path in self._before.items():
            of = record, language
            if path in pages or path in gone or path in self.ledger.around:
                continue
            is_replaced = of in self._made or not record
            if is_replaced or (self.is_complete and of not in self._tried and record not in self._unread):
                gone[path] = None
            elif (self.site.out / path).is_file():
                pages[path] = {"path": path, "language": language, "record": record}
                if of in self._tried or record in self._unread:
                    self.outcome.kept.append(path)

    def _remove(self, path: str, seen: Seen | None) -> bool:
        """Remove a file that we have made. One that is another by now is somebody's, and stays."""
        file, out = self.site.out / path, self.site.out.resolve()
        if not file.is_file():
            return True
        if seen is None:
            trace = read_trace(self.site.traces, path)
            is_ours = trace is not None and strike(trace[0]).encode() == file.read_bytes()
        else:
            is_ours = bool(seen.digest) and seen.now(file).digest == seen.digest
        if not is_ours or not file.parent.resolve().is_relative_to(out):
            self.outcome.left.append(path)
            return False
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise A11yNewsError(f"{file}: cannot be removed ({error.strerror}); check the folder's permissions") from None
        for folder in file.relative_to(self.site.out).parents[:-1]:
            with contextlib.suppress(OSError):
                (self.site.out / folder).rmdir()  # only an empty one can be
        return True


def _manifest(pages: Sequence[Mapping[str, str]], files: Sequence[str]) -> bytes:
    """The manifest of a site. Each page has a line: it is read by people, too, and `json` takes long to indent."""
    lines = ",\n ".join([json.dumps(page, ensure_ascii=False) for page in pages])
    return f'{{"version": 1,\n"pages": [\n {lines}\n],\n"files": {json.dumps(files, ensure_ascii=False, indent=1)}}}\n'.encode()


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """
    Look for objects that refer to each other in circles seldom: records are many objects and none of these. Nor need those be
    looked at that are there before, our own code and that of others; a copy of this process shares their memory the longer.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextlib.contextmanager
def _alone(site: Site, *, is_complete: bool = True) -> Iterator[bool]:
    """
    Keep other renders of this site waiting outside, and clear away what one that was killed has left; tell whether one was.

    A render of a part leaves it to the next one of everything to see what that has made. Raises A11yNewsError where another one
    is at work.
    """
    file = site.traces / "lock"
    try:
        site.traces.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _cannot_write(file, error) from None
    try:
        if not _lock(handle):
            raise A11yNewsError(f"{site.shown(site.out)}/ is being written by another render; wait until that has ended")
        if was_cut_off := bool(os.read(handle, 1)):
            for folder in (site.out, site.traces):
                remove_leftovers(folder)
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            os.write(handle, b"This site is being rendered, or was when that was cut off.\n")
        except OSError as error:
            raise _cannot_write(file, error) from None
        yield was_cut_off
        if is_complete or not was_cut_off:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _cannot_write(file: Path, error: OSError) -> A11yNewsError:
    return A11yNewsError(f"{file}: cannot be written ({error.strerror}); check the folder and the space on the disk")


def _lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # not on Windows
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network file systems have no locks
        return True
    return True
