"""Records and templates on disk bring the catalogs on disk up to date."""

import contextlib
import gettext
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from .article import Article, names, slug_fault
from .catalog import UI_DOMAIN, path_of
from .config import for_language
from .errors import A11yNewsError, CatalogError, Fault, LanguageError, NothingToDo, RecordError, TemplateFault, shorten
from .extract import at_address, record_entries, ui_entries
from .files import is_there
from .language import chain_of, name_of, same_language, script_of, tag_of
from .memory import Memory
from .merge import Merge, Wanted, merge
from .po import PoFile, plural_counts, plural_forms
from .resources import LOCALES
from .site import Site, find_records, id_of, read_record
from .spelling import same_but_for_spelling


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


@dataclass(frozen=True, slots=True)
class _Source:
    """A record, and the entries that its catalogs should have."""

    article: Article
    wanted: list[Wanted]


def update(
    site: Site,
    languages: Sequence[str] = (),
    *,
    trivial: bool = False,
    memory: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Update:
    """
    Bring the catalogs of the languages (all of the site's, where none is named) up to date.

    A language whose wider one (`de` for `de-AT`) has catalogs needs only what it says otherwise: unless it is named, its catalogs
    are kept up to date and get no new texts.

    With `trivial`, a translation whose source has changed in its spelling only stays what it is. With `memory`, a text without
    translation is offered the one that the same words have in another record. A catalog is written only where something in it
    changes; one that cannot be read is left as it is, and so are those of a record that cannot be read. Raises NothingToDo where
    there is no record.
    """
    done = Update()
    news = site.config.folder("news")
    paths = find_records(news)
    if not paths:
        raise NothingToDo(f"no record was found in {site.shown(news)}/; there is nothing to translate")
    sources = _read_sources(site, paths, done, tell)
    for language in languages or _served_by(site):
        add = language in languages or not has_wider(site, language)
        _update_ui(site, language, add, done)
        _update_records(site, language, sources, add, trivial, memory, done, tell)
    return done


def _served_by(site: Site) -> list[str]:
    """The languages whose catalogs serve the site: its own, and wider ones that have catalogs."""
    own = site.config.languages
    links = (link for language in own for link in reversed(chain_of(language)) if link == language or _has_catalogs(site, link))
    return list(dict.fromkeys(links))


def has_wider(site: Site, language: str) -> bool:
    """Whether a wider language (`de` for `de-AT`) has catalogs, so that this one needs only what it says otherwise."""
    return any(link in site.config.languages or _has_catalogs(site, link) for link in chain_of(language)[1:])


def _has_catalogs(site: Site, language: str) -> bool:
    return any(path_of(site.config.folder("locales"), language, UI_DOMAIN).parent.glob("*.po"))


def _read_sources(site: Site, paths: Sequence[Path], done: Update, tell: Callable[[str], None]) -> list[_Source]:
    sources = []
    seen: dict[str, str] = {}
    for path in paths:
        name = site.shown(path)
        tell(name)
        # A record that cannot be read has its catalogs all the same: no other one may take them.
        if (other := seen.setdefault(id_of(path), name)) != name:
            message = f"the record {other} has the id “{id_of(path)}” too, and catalogs go by it; rename one of the folders"
            done.faults.append(Fault(name, 1, 1, message))
            continue
        try:
            article = read_record(path, name)
        except RecordError as error:
            done.faults += error.faults
            continue
        sources.append(_Source(article, record_entries(article)))
    return sources


def _update_records(
    site: Site,
    language: str,
    sources: Sequence[_Source],
    add: bool,
    trivial: bool,
    memory: bool,
    done: Update,
    tell: Callable[[str], None],
) -> None:
    """The records' catalogs in one language. Each is read once; all of them, before the first one changes, are the memory."""
    memory = memory and add
    catalogs: list[tuple[_Source, PoFile, bool]] = []
    memories: dict[str, Memory] = {}
    for source in sources:
        article = source.article
        if language == article.language or not any(language in chain_of(other) for other in site.languages_of(article)):
            continue
        # Whoever reads `de-AT` reads a record in German as it is, but for what the catalog has otherwise.
        full = add and not same_language(language, article.language)
        if not full and not is_there(path_of(site.config.folder("locales"), language, article.id)):
            continue
        po = _read_or_begin(site, language, article.id, list(_record_notes(article, language)), done)
        if po is None:
            continue
        catalogs.append((source, po, full))
        if memory:
            memories.setdefault(article.language, Memory()).add(po)
    for source, po, full in catalogs:
        tell(po.file)
        article = source.article
        unchanged = partial(same_but_for_spelling, language=article.language, names=[name.words for name in names(article)])
        before = _address_of(site, article, language, po)
        merged = merge(
            po,
            at_address(source.wanted, before),
            trivial=unchanged if trivial else None,
            remember=memories[article.language].recall if memory and full else None,
            add=full,
        )
        after = _address_of(site, article, language, po)
        if after != before:  # the slug has got, or lost, its translation
            extracted = {text.key: text.extracted for text in at_address(source.wanted, after)}
            for entry in po.live:
                entry.set_extracted(extracted[entry.key])
        _write(site, language, article.id, po, merged, full, done)


def _record_notes(article: Article, language: str) -> Iterator[str]:
    yield f"{name_of(language, 'en')} translation of {article.file}: “{article.headline.words}”."
    yield "Links, names and **marks** stay; an entry marked fuzzy does not appear on the page."


def _address_of(site: Site, article: Article, language: str, po: PoFile) -> str:
    """The address that a page will have, with the slug that its catalog or that of a wider language (`de` for `de-AT`) has."""
    slug = article.slug.words if article.slug else article.id
    if article.slug:
        found = [entry.strings[0] for entry in po.live if entry.key == ("slug", slug) and not entry.fuzzy]
        if found and found[0].strip() and not slug_fault(found[0]):
            slug = found[0]
        elif wider := chain_of(language)[1:]:
            with contextlib.suppress(CatalogError):  # is told where that language's own catalogs are updated
                slug = site.catalogs(wider[0], article.id).look_up(article.slug).words
    path = site.address_of(article, language, slug)
    return site.config.site_url + quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)


def _update_ui(site: Site, language: str, add: bool, done: Update) -> None:
    """
    The page's own words: of the site's own templates as far as the packaged catalogs do not have them.

    What a site says otherwise than the package, entry by entry, stays.
    """
    own = path_of(site.config.folder("locales").resolve(), language, UI_DOMAIN)
    add = add and not same_language(language, "en")
    if not add and (language == "en" or not is_there(own)):
        return
    try:
        messages = list(site.renderer.ui_messages())
    except TemplateFault as error:
        done.faults += [fault for fault in error.faults if fault not in done.faults]
        return
    notes = [f"{name_of(language, 'en')} translation of the words that every page has.", "{…} is filled in: keep it as it is."]
    po = _read_or_begin(site, language, UI_DOMAIN, notes, done)
    if po is None:
        return
    there = {entry.key for entry in po.live}
    packaged = [path_of(LOCALES.resolve(), link, UI_DOMAIN) for link in chain_of(language)]
    ours = {key for path in packaged if path != own for key in _translated(path)}
    messages = [message for message in messages if (message.context, message.id) not in ours - there]
    wanted = ui_entries(messages)
    if wanted or is_there(own):
        _write(site, language, UI_DOMAIN, po, merge(po, wanted, add=add), add, done)


def _translated(path: Path) -> set[tuple[str, str]]:
    if not path.is_file():
        return set()
    return {entry.key for entry in PoFile.read(path, str(path)).live if entry.translated and not entry.fuzzy}


# -- files -------------------------------------------------------------------------------------------------------------


def _read_or_begin(site: Site, language: str, domain: str, notes: Sequence[str], done: Update) -> PoFile | None:
    """A catalog as it is on disk, or a new one; None where it cannot be used, which is told."""
    path = path_of(site.config.folder("locales"), language, domain)
    name = f"{site.shown(path.parent)}/{path.name}"  # of a link, its own
    found = for_language(site.config.name, "en")
    project = found[0] if found else ""
    if not is_there(path):
        return PoFile.new(language, name, project=project, comments=notes)
    try:
        po = PoFile.read(path, name)
    except CatalogError as error:
        done.faults += error.faults
        return None
    if faults := list(_header_faults(po, language)):
        done.faults += faults
        return None
    if not any(entry.is_header for entry in po.entries):
        # Without a header, gettext's tools do not know in what characters the file is written.
        po.arrange([*PoFile.new(language, name, project=project, newline=po.newline).entries, *po.entries])
    return po


def _header_faults(po: PoFile, language: str) -> Iterator[Fault]:
    """Why a catalog cannot be that of a language."""
    if not po.entries:
        yield Fault(po.file, 1, 1, "the catalog is empty; bring back what it held, or delete the file to have it made anew")
        return
    told = po.language
    try:
        same = not told or _are_alike(tag_of(told.split(".")[0]), language)
    except LanguageError:
        same = False
    if not same:
        message = (
            f"the header says “Language: {shorten(told)}”, but the file lies in the folder of {name_of(language, 'en')} "
            f"({language}); write the right language, or put the file into its own folder"
        )
        yield Fault(po.file, *_place_of(po, "Language"), message)
    if po.plural_forms and (problem := _plural_fault(po.plural_forms, language)):
        message = f"the header's plural rule {problem}; write “Plural-Forms: {plural_forms(language)}”"
        yield Fault(po.file, *_place_of(po, "Plural-Forms"), message)


def _are_alike(tag: str, other: str) -> bool:
    """Whether a catalog that says the one can be of the other: `de` and `de-AT`, but not `zh-Hans` and `zh-Hant`."""
    return tag.split("-")[0] == other.split("-")[0] and script_of(tag) == script_of(other)


@cache
def _plural_fault(rule: str, language: str) -> str | None:
    match = re.fullmatch(r"\s*nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=([^;]*);?\s*", rule)
    if not match:
        return f"“{shorten(rule)}” is none"
    count = int(match[1])
    try:
        choose = gettext.c2py(match[2])
        found = {choose(number) for number in range(201)}
    except (ValueError, ArithmeticError, RecursionError):
        return f"“{shorten(rule)}” does not work out"
    if max(found) >= count:
        return f"“{shorten(rule)}” gives form {max(found)}, but there are only {count}, from 0 on"
    known = plural_counts(language)
    if known and count not in known:
        return f"has {count} forms, but {name_of(language, 'en')} has {' or '.join(map(str, sorted(known)))}"
    return None


def _place_of(po: PoFile, header: str) -> tuple[int, int]:
    """Line and column of a field of the header."""
    for entry in po.entries:
        if entry.is_header:
            for number, line in enumerate(entry.raw.splitlines()):
                if match := re.search(rf'"\s*({re.escape(header)})\s*:', line, re.IGNORECASE):
                    return entry.start + number, match.start(1) + 1
            return entry.string_line, 1
    return 1, 1


def _write(site: Site, language: str, domain: str, po: PoFile, merged: Merge, full: bool, done: Update) -> None:
    path = path_of(site.config.folder("locales"), language, domain)
    try:
        written = po.write(path)
    except A11yNewsError as error:
        done.faults.append(Fault(po.file, 1, 1, str(error).removeprefix(f"{os.path.realpath(path)}: ")))
        return
    # A slug may stay the source's, and what a wider language has may stay: that waits for nobody.
    waiting = sum(1 for entry in po.live if entry.context != "slug" and (entry.fuzzy or (full and not entry.translated)))
    done.catalogs.append(Updated(po.file, merged, written, waiting))
