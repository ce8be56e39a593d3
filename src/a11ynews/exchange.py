"""
Catalogs go to translation agencies as XLIFF files, and what comes back goes into the catalogs.

An import touches the entries alone whose translation or state the agency has changed. What would break a page is refused, unit by
unit; all others are taken in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import markup
from .article import ROLES, Article, Role, Text, names
from .catalog import UI_DOMAIN, path_of, read_catalog, translation_fault
from .errors import A11yNewsError, CatalogError, Fault, LanguageError, NothingToDo, RecordError, SourceError, shorten
from .extract import record_entries
from .files import write_bytes
from .language import chain_of, same_language, tag_of
from .markup import Level
from .model import nearest
from .po import PoEntry, PoFile
from .provenance import State
from .site import Site, find_records, id_of, read_record
from .xliff import (
    LARGEST,
    Delivered,
    Document,
    Form,
    Unit,
    XliffFile,
    codes,
    digest,
    file_id,
    fold,
    form_of,
    known_codes,
    limit_of,
    notes_of,
    pieces,
    read,
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
    that is not up to date with its record is not exported: an agency would translate what is no longer there. Raises NothingToDo
    where there is no record, and A11yNewsError where one that is named is not there.
    """
    folder = out or site.config.root / "xliff"
    paths = _records(site)
    if unknown := next((name for name in records if name not in paths and name != UI_DOMAIN), None):
        raise A11yNewsError(f"“{unknown}” is no record of this site; {nearest(unknown, sorted(paths))}")
    done = Export()
    chosen = list(languages) or list(site.config.languages)
    if UI_DOMAIN in records or not records:
        for language in chosen:
            if not same_language(language, "en") and path_of(site.config.folder("locales"), language, UI_DOMAIN).is_file():
                _export(site, language, None, folder, done)
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
                _export(site, language, article, folder, done)
    return done


def _records(site: Site) -> dict[str, Path]:
    news = site.config.folder("news")
    records = {id_of(path): path for path in find_records(news)}
    if not records:
        raise NothingToDo(f"no record was found in {site.shown(news)}/; there is nothing to translate")
    return records


def _export(site: Site, language: str, article: Article | None, folder: Path, done: Export) -> None:
    domain = article.id if article else UI_DOMAIN
    path = path_of(site.config.folder("locales"), language, domain)
    name = site.shown(path)
    try:
        catalog = read_catalog(path, name, language, domain) if path.is_file() else None
    except CatalogError as error:
        done.faults += error.faults
        return
    entries = [entry for entry in catalog.entries.values() if not entry.is_header] if catalog else []
    if article and {entry.key for entry in entries} != {wanted.key for wanted in record_entries(article)}:
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
        waiting = sum(1 for entry in entries if state_of(entry) is not State.TRANSLATED)
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
        done.catalogs.append(
            Imported(
                intake.po.file,
                count[State.TRANSLATED],
                count[State.FUZZY],
                count[State.SOURCE],
                count[State.BROKEN],
                intake.po.write(path) if count[State.TRANSLATED] + count[State.FUZZY] else False,
            )
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

    domains = {UI_DOMAIN: UI_ORIGINAL} | {id: site.shown(path) for id, path in records.items()}
    domain = next((id for id in domains if file_id(id) == each.id), None)
    domain = domain or next((id for id, original in domains.items() if original == each.original), None)
    if domain is None:
        refuse(f"the file is of {shorten(each.original) or 'nothing that it names'}, which is no record of this site; check the name")
        return
    source_language = "en"
    if domain != UI_DOMAIN:
        try:
            source_language = read_record(records[domain], domains[domain]).language
        except RecordError as error:
            done.faults += [fault for fault in error.faults if fault not in done.faults]
            return
    language = _target_language(site, document, source_language, refuse_with := [])
    for message in refuse_with:
        refuse(message)
    if language is None:
        return
    path = path_of(site.config.folder("locales"), language, domain)
    try:
        if path not in opened:
            opened[path] = _Intake(PoFile.read(path, site.shown(path)), domain, language, source_language)
    except CatalogError as error:
        done.faults += [fault for fault in error.faults if fault not in done.faults]
        return
    opened[path].take(document.file, each.units, done)
