"""Records and templates on disk bring the catalogs on disk up to date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .article import Article
from .catalog import UI_DOMAIN, path_of
from .config import for_language
from .errors import CatalogError, Fault, NothingToDo, RecordError
from .extract import record_entries, ui_entries
from .language import name_of, same_language
from .merge import Merge, Wanted, merge
from .po import PoFile
from .resources import LOCALES
from .site import Site, find_records, read_record


@dataclass(frozen=True, slots=True)
class Updated:
    """One catalog that was looked at."""

    file: str
    merge: Merge
    written: bool
    open: int
    """Entries that are not translated, or fuzzy."""


@dataclass(slots=True)
class Update:
    """What an update did."""

    catalogs: list[Updated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Records and catalogs that could not be read; their catalogs are as they were."""


def update(site: Site, languages: Sequence[str] = ()) -> Update:
    """
    Bring the catalogs of the languages (all of the site's, where none is named) up to date.

    A catalog is written only where something in it changes. Raises NothingToDo where there is no record.
    """
    done = Update()
    records = find_records(site.config.folder("news"))
    if not records:
        raise NothingToDo(f"no record was found in {site.shown(site.config.folder('news'))}/; there is nothing to translate")
    chosen = list(languages) or list(site.config.languages)
    for language in chosen:
        if not same_language(language, "en"):
            _update_ui(site, language, done)
    for record in records:
        try:
            article = read_record(record, site.shown(record))
        except RecordError as error:
            done.faults += error.faults
            continue
        wanted = record_entries(article)
        for language in chosen:
            if language in site.languages_of(article) and not same_language(language, article.language):
                _update_one(site, language, article.id, wanted, list(_record_notes(article, language)), done)
    return done


def _record_notes(article: Article, language: str) -> Iterator[str]:
    yield f"{name_of(language, 'en')} translation of {article.file}: “{article.headline.words}”."
    yield "Links, names and **marks** stay; an entry marked fuzzy does not appear on the page."


def _update_ui(site: Site, language: str, done: Update) -> None:
    """
    The page's own words: of the site's own templates as far as the packaged catalogs do not have them.

    What a site says otherwise than the package, entry by entry, stays.
    """
    messages = list(site.renderer.ui_messages())
    own = path_of(site.config.folder("locales").resolve(), language, UI_DOMAIN)
    packaged = path_of(LOCALES.resolve(), language, UI_DOMAIN)
    if own != packaged:
        try:
            there = {entry.key for entry in PoFile.read(own, site.shown(own)).live} if own.is_file() else set()
        except CatalogError as error:
            done.faults += error.faults
            return
        ours = _translated(packaged)
        messages = [message for message in messages if (message.context, message.id) not in ours - there]
    wanted = ui_entries(messages)
    if wanted or own.is_file():
        notes = [
            f"{name_of(language, 'en')} translation of the words that every page has.",
            "{…} is filled in: keep it as it is.",
        ]
        _update_one(site, language, UI_DOMAIN, wanted, notes, done)


def _translated(path: Path) -> set[tuple[str, str]]:
    if not path.is_file():
        return set()
    return {entry.key for entry in PoFile.read(path, str(path)).live if entry.translated and not entry.fuzzy}


def _update_one(site: Site, language: str, domain: str, wanted: list[Wanted], notes: list[str], done: Update) -> None:
    path = path_of(site.config.folder("locales"), language, domain)
    name = site.shown(path)
    try:
        if path.is_file():
            po = PoFile.read(path, name)
        else:
            project = for_language(site.config.name, "en")
            po = PoFile.new(language, name, project=project[0] if project else "", comments=notes)
    except CatalogError as error:
        done.faults += error.faults
        return
    merged = merge(po, wanted)
    written = po.write(path) if merged.altered or not path.is_file() else False
    waiting = sum(1 for entry in po.live if entry.fuzzy or not entry.translated)
    done.catalogs.append(Updated(name, merged, written, waiting))
