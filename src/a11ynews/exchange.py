"""
Catalogs go to translation agencies as XLIFF files, and what comes back goes into the catalogs.

An import touches the entries alone whose translation or state the agency has changed. What would break a page is refused, unit by
unit; all others are taken in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .article import ROLES, Article, Role, Text, names
from .catalog import UI_DOMAIN, path_of, plural_rule, read_catalog, translation_fault
from .errors import A11yNewsError, CatalogError, Fault, LanguageError, NothingToDo, RecordError, SourceError, shorten
from .extract import record_entries
from .files import is_there, write_bytes
from .language import chain_of, name_of, same_language, tag_of
from .markup import Level
from .model import nearest
from .po import PoEntry, PoFile
from .provenance import State
from .site import Site, find_records, id_of, read_record
from .translate import has_wider
from .xliff import (
    LARGEST,
    Delivered,
    Document,
    Form,
    Key,
    Unit,
    XliffFile,
    bare,
    codes,
    digest,
    file_id,
    fold,
    form_of,
    known_codes,
    length_of,
    limit_of,
    pieces,
    read,
    source_of,
    state_of,
    too_large,
    unit_id,
    write,
)

UI_ORIGINAL = "templates"
"""What stands as the original of the page's own words."""

# -- to an agency ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Exported:
    """One XLIFF file."""

    path: Path
    units: int
    open: int
    """How many of its entries are not translated, or fuzzy."""


@dataclass(slots=True)
class Export:
    """What an export did."""

    files: list[Exported] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Why something was not exported."""


def export_catalogs(site: Site, languages: Sequence[str] = (), records: Sequence[str] = (), out: Path | None = None) -> Export:
    """
    Write the catalogs of records as XLIFF files: `out/de/bridge.xlf`, by default in the folder `xliff` of the project.

    All languages and records where none is named; then the catalog of the page's own words too, which `a11ynews` names. A catalog
    that is not up to date with its record is not exported: an agency would translate what is no longer there. That of a language
    that has a wider one (`de` for `de-AT`) need not hold all texts, nor be there. Raises NothingToDo where there is no record, or
    no catalog of one, and A11yNewsError where one that is named is not there.
    """
    folder = out or site.config.root / "xliff"
    paths = _records(site)
    if unknown := next((name for name in records if name not in paths and name != UI_DOMAIN), None):
        raise A11yNewsError(f"“{unknown}” is no record of this site; {nearest(unknown, sorted(paths))}")
    done = Export()
    chosen = list(languages) or list(site.config.languages)
    if UI_DOMAIN in records or not records:
        for language in chosen:
            if not same_language(language, "en") and is_there(path_of(site.config.folder("locales"), language, UI_DOMAIN)):
                _export(site, language, None, folder, False, done)
    for id, path in paths.items():
        if records and id not in records:
            continue
        try:
            article = read_record(path, site.shown(path))
        except RecordError as error:
            done.faults += error.faults
            continue
        for language in chosen:
            if language in site.languages_of(article) and not same_language(language, article.language):
                _export(site, language, article, folder, has_wider(site, language) and not languages, done)
    if not done.files and not done.faults:
        raise NothingToDo(
            f"there is no catalog for {', '.join(chosen)} to export; name a language that texts are translated into"
        )
    return done


def _records(site: Site) -> dict[str, Path]:
    news = site.config.folder("news")
    records = {id_of(path): path for path in find_records(news)}
    if not records:
        raise NothingToDo(f"no record was found in {site.shown(news)}/; there is nothing to translate")
    return records


def _export(site: Site, language: str, article: Article | None, folder: Path, may_lack: bool, done: Export) -> None:
    domain = article.id if article else UI_DOMAIN
    path = path_of(site.config.folder("locales"), language, domain)
    name = site.shown(path)
    try:
        catalog = read_catalog(path, name, language, domain) if is_there(path) else None
    except CatalogError as error:
        done.faults += error.faults
        return
    entries = [entry for entry in catalog.entries.values() if not entry.is_header] if catalog else []
    if catalog is None and may_lack:
        return
    held, wanted = {entry.key for entry in entries}, {text.key for text in record_entries(article)} if article else set()
    if article and (catalog is None or not (held <= wanted if has_wider(site, language) else held == wanted)):
        what = "is not up to date with" if catalog else "is not there for"
        message = f"the catalog {what} {article.file}; run “a11ynews catalog update {language}”, then export again"
        done.faults.append(Fault(name, 1, 1, message))
        return
    if catalog and entries:
        content = write(
            catalog,
            source_language=article.language if article else "en",
            original=article.file if article else UI_ORIGINAL,
            names=names(article) if article else (),
        )
        target = folder / language / f"{domain}.xlf"
        write_bytes(target, content)
        # A slug may stay the source's: it waits for nobody.
        waiting = sum(1 for entry in entries if state_of(entry) is not State.TRANSLATED and entry.context != "slug")
        done.files.append(Exported(target, len(entries), waiting))


# -- and back --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to one catalog: how many entries …"""

    file: str
    translated: int
    """… have a new or confirmed translation."""
    fuzzy: int
    """… have one that somebody must look at."""
    unchanged: int
    refused: int
    written: bool


@dataclass(slots=True)
class Import:
    """What an import did."""

    catalogs: list[Imported] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """What was refused; the entries are as they were."""
    notes: list[Fault] = field(default_factory=list)
    """What somebody should know: remarks of the agency, translations that were taken in as fuzzy."""


def import_files(site: Site, paths: Sequence[Path]) -> Import:
    """
    Take what agencies have delivered into the catalogs.

    A unit that is refused leaves its entry as it was, a file that cannot be read all of its entries. Raises NothingToDo where the
    site has no record, and A11yNewsError where a catalog cannot be written.
    """
    records = _records(site)
    done = Import()
    opened: dict[Path, _Intake] = {}
    for path in paths:
        name = site.shown(path)
        try:
            document = read(_content(path, name), name)
        except SourceError as error:
            done.faults += error.faults
            continue
        for each in document.files:
            _import_file(site, document, each, records, opened, done)
        if not any(each.units for each in document.files):
            done.faults.append(Fault(name, 1, 1, "the file holds no unit; have the agency deliver it again"))
    for path, intake in opened.items():
        count = intake.outcomes
        written = intake.po.write(path)
        done.catalogs.append(
            Imported(intake.po.file, count["translated"], count["fuzzy"], count["unchanged"], count["refused"], written)
        )
    return done


def _content(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError([too_large(name)])
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"the file cannot be read ({reason}); check that it is a file and that you may read it"
        raise SourceError([Fault(name, 1, 1, message)]) from None


def _import_file(
    site: Site, document: Document, each: XliffFile, records: dict[str, Path], opened: dict[Path, "_Intake"], done: Import
) -> None:
    def refuse(message: str) -> None:
        done.faults.append(Fault(document.file, each.line, each.column, message))

    originals = {UI_DOMAIN: UI_ORIGINAL} | {id: site.shown(path) for id, path in records.items()}
    domain = next((id for id in originals if file_id(id) == each.id), None)
    domain = domain or next((id for id, original in originals.items() if original == each.original), None)
    if domain is None:
        told = shorten(each.original or each.id) or "nothing that it names"
        refuse(f"the file is of {told}, which is no record of this site; import it where it was exported")
        return
    try:
        source = "en" if domain == UI_DOMAIN else read_record(records[domain], originals[domain]).language
        language = _target_language(document, source, site.config.languages)
        path = path_of(site.config.folder("locales"), language, domain)
        if path not in opened:
            opened[path] = _Intake(PoFile.read(path, site.shown(path)), domain, language, source)
    except LanguageError as error:
        refuse(str(error))
    except SourceError as error:
        done.faults += [fault for fault in error.faults if fault not in done.faults]
    else:
        opened[path].take(document.file, each.units, done)


def _target_language(document: Document, source: str, languages: Sequence[str]) -> str:
    """The language of the site that a file brings: `de` for a file in `de-DE`. Raises LanguageError."""
    for name, told in (("srcLang", document.source_language), ("trgLang", document.target_language)):
        if not told:
            raise LanguageError(f"the file names no {name}; have the agency deliver it as it was exported")
    told, target = str(document.source_language), str(document.target_language)
    if not same_language(tag_of(told), source):
        own = f"{name_of(source, 'en')} ({source})"
        raise LanguageError(f"srcLang is {shorten(told)}, and the texts are in {own}; check that the file belongs here")
    others = [language for language in languages if not same_language(language, source)]
    found = next((link for link in chain_of(tag_of(target)) if link in others), None)
    if found is None:
        known = ", ".join(others) or "no language"
        raise LanguageError(
            f"trgLang is {shorten(target)}, and the texts are translated into {known}; check that the file belongs here"
        )
    return found


class _Intake:
    """A catalog that takes in what is delivered for it."""

    def __init__(self, po: PoFile, domain: str, language: str, source_language: str) -> None:
        self.po = po
        self.outcomes: Counter[str] = Counter()
        """How many entries were translated, fuzzy, unchanged, refused."""
        self._domain = domain
        self._language = language
        self._source_language = source_language
        self._plural = plural_rule(po.plural_forms)
        self._entries: dict[str, tuple[PoEntry, int]] = {}
        for entry in po.live:
            id = unit_id(*entry.key)
            self._entries |= {f"{id}-{n}" if entry.plural else id: (entry, n) for n in entry.strings}

    def take(self, file: str, units: Sequence[Unit], done: Import) -> None:
        """Take in the units of a file."""
        found: dict[PoEntry, dict[int, Unit]] = {}
        doubled: set[PoEntry] = set()
        for unit in units:
            if unit.id not in self._entries:
                self._tell_unknown(file, unit, done)
                continue
            entry, index = self._entries[unit.id]
            if index in found.setdefault(entry, {}):
                doubled.add(entry)
                message = f"{_name(unit, entry)}: the file has this unit twice; delete the one that is not meant"
                done.faults.append(Fault(file, *unit.place, message))
            found[entry][index] = unit
            for remark in unit.remarks(entry):
                done.notes.append(Fault(file, *unit.place, f"{_name(unit, entry)}: the agency notes: “{shorten(remark, 300)}”"))
        for entry, by_index in found.items():
            self.outcomes["refused" if entry in doubled else self._take(file, entry, by_index, done)] += 1

    def _tell_unknown(self, file: str, unit: Unit, done: Import) -> None:
        form = form_of(self._domain, unit.name)
        delivered = unit.deliver(form, {}, exact=False)
        if not delivered.words or digest(delivered.words, form) == delivered.digest:
            self.outcomes["unchanged"] += 1
            return
        self.outcomes["refused"] += 1
        message = (
            f"unit {shorten(unit.id)} ({shorten(unit.name)}): the catalog does not have its text “{shorten(unit.source, 60)}” "
            "any more, so it was not taken; have the new text translated, after: "
            f"a11ynews catalog export {self._language} --record {self._domain}"
        )
        done.faults.append(Fault(file, delivered.line, delivered.column, message))

    def _take(self, file: str, entry: PoEntry, units: dict[int, Unit], done: Import) -> str:
        """Take in the units of an entry, all or none, and say what became of it."""
        form, current, now = form_of(self._domain, entry.context), entry.strings, state_of(entry)
        delivered = {index: self._deliver(unit, entry, index, form) for index, unit in sorted(units.items())}

        def told(what: Iterable[tuple[int, str]]) -> list[Fault]:
            places = ((delivered[n].line, delivered[n].column, f"{_name(units[n], entry)}: {message}") for n, message in what)
            return [Fault(file, *place) for place in places]

        if faults := told(self._unfit(entry, delivered)):
            done.faults += faults
            return "refused"
        exported = {n: each.digest or digest(current[n], form) for n, each in delivered.items()}
        edited = [n for n, each in delivered.items() if each.words and digest(each.words, form) != exported[n]]
        wanted = _wanted(delivered.values())
        if not edited and (wanted in (None, _exported_state(delivered.values(), now)) or not entry.translated):
            return "unchanged"
        strings = current | {n: delivered[n].words for n in edited}
        if strings == current and wanted is now:
            return "unchanged"
        newer = [n for n in delivered if digest(current[n], form) != exported[n]]
        if newer := [n for n in newer if n not in edited or current[n] != strings[n]]:
            place = f"{self.po.file}:{entry.string_line}"
            done.faults += told((n, f"{place} has changed since the export too; enter there what is better") for n in newer)
            return "refused"
        if wanted is None and now is State.TRANSLATED:
            message = "its state is “initial”, so the finished translation was kept; have the state set to “translated”"
            done.notes += told([(edited[0], message)])
            return "unchanged"
        problems = [
            (n, problem)
            for n, each in delivered.items()
            for problem in self._problems(entry, n, each, strings[n], edited=n in edited)
        ]
        if not problems and wanted is State.TRANSLATED and not all(words.strip() for words in strings.values()):
            problems = [(max(delivered), "other plural forms have no translation; have all of them delivered together")]
        if problems:
            done.faults += told(problems)
            return "refused"
        if wanted is None:
            done.notes += told([(edited[0], "its state is “initial”, so it was taken in as fuzzy; look at it in the catalog")])
        entry.set_strings(strings)
        entry.set_fuzzy(wanted is not State.TRANSLATED)
        if wanted is State.TRANSLATED:
            entry.set_previous(None)
        return "translated" if wanted is State.TRANSLATED else "fuzzy"

    def _unfit(self, entry: PoEntry, delivered: Mapping[int, Delivered]) -> Iterator[tuple[int, str]]:
        """What stands against taking units in before their words are looked at."""
        for index, each in delivered.items():
            if each.partial:
                yield index, "some of its segments have no target; have all of them translated"
            elif not each.words and each.confirmed and entry.context == "alt":
                language = name_of(self._language, "en")
                yield index, f"the alternative text is empty; have it say in {language} what is to be seen"
            elif not each.words and each.confirmed and entry.context != "slug":
                yield index, "its target is empty and its state says that it is done; have it translated"
            elif each.words and each.language and not self._is_ours(each.language):
                yield index, f"its target is in {shorten(each.language)}, not in {self._language}; check xml:lang and the words"

    def _deliver(self, unit: Unit, entry: PoEntry, index: int, form: Form) -> Delivered:
        source, words = source_of(entry, index, self._plural), entry.strings[index]
        exact = any(fold(text, form) != text for text in (source, words))
        return unit.deliver(form, known_codes(source, words, form, self._language), exact=exact)

    def _is_ours(self, code: str) -> bool:
        try:
            return same_language(tag_of(code), self._language)
        except LanguageError:
            return False

    def _problems(self, entry: PoEntry, index: int, delivered: Delivered, words: str, *, edited: bool) -> Iterator[str]:
        """What a translation would break on the page; what to do."""
        form = form_of(self._domain, entry.context)
        if delivered.source not in {bare(source, form) for source in (entry.id, entry.plural)}:
            yield "its source is not whole, so words may be lost from its target, too; have it delivered from another tool"
            return
        limit = limit_of(entry, self._domain)
        if limit and (length := length_of(words, form)) > limit:
            yield f"it has {length} characters, and there is room for {limit}; have it shortened"
        if self._domain != UI_DOMAIN:
            role = ROLES.get(entry.context, Role(entry.context, Level.NONE))
            text = Text(entry.id, role, self._source_language, self.po.file, entry.line, 1, self._domain)
            if fault := translation_fault(text, words):
                yield fault
        if edited and delivered.problems:
            # What is wrong with a code makes it missing, too; that need not be told.
            yield from delivered.problems
        else:
            yield from self._misplaced(entry, index, words)

    def _misplaced(self, entry: PoEntry, index: int, words: str) -> Iterator[str]:
        """Codes of the source that are missing, and links and fields that are there too often."""
        form = form_of(self._domain, entry.context)
        has, wants, held = (_codes(text, form) for text in (words, entry.id, entry.strings[index]))
        if entry.plural:
            wants |= _codes(entry.plural, form)
        # What the finished translation does without, or has besides, was somebody's decision.
        settled = state_of(entry) is State.TRANSLATED
        for kind, value in (wants & held if settled else wants) - has:
            spoken = kind == "i" and self._is_ours(value)
            counted = kind == "field" and entry.plural
            if not spoken and not counted:
                yield f"{_told(kind, value)} is missing; put its code back"
        for kind, value in has - (wants | held if settled else wants):
            if kind == "field" or (kind == "a" and (kind, value) in wants):
                often = "is there more often than in the source" if (kind, value) in wants else "is not in the source"
                yield f"{_told(kind, value)} {often}; take it out"


def _codes(words: str, form: Form) -> Counter[Key]:
    return Counter(code.key for code in codes(pieces(words, form)))


def _name(unit: Unit, entry: PoEntry) -> str:
    return f"unit {shorten(unit.id)} ({entry.context or 'page'}: “{shorten(entry.id, 40)}”)"


def _wanted(delivered: Iterable[Delivered]) -> State | None:
    """The state that the agency gives to an entry; None where it says nothing of it."""
    units = list(delivered)
    if any(each.review for each in units):
        return State.FUZZY
    return State.TRANSLATED if all(each.confirmed for each in units) else None


def _exported_state(delivered: Iterable[Delivered], now: State) -> State:
    states = {each.exported or now for each in delivered}
    return next((state for state in (State.FUZZY, State.TRANSLATED) if state in states), State.MISSING)


def _told(kind: str, value: str) -> str:
    if kind == "a":
        return f"the link to {shorten(value)}"
    if kind == "i":
        return f'<i lang="{shorten(value)}">…</i>'
    return {"strong": "**…**", "em": "*…*"}.get(kind, value)
