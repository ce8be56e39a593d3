"""Records on disk become pages on disk; pages on disk become what the checker reads."""

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from . import headers, pictures
from .article import Article, FileKind, Text, files, parse, texts
from .catalog import UI_DOMAIN, Catalog, Catalogs, gather, path_of, read_catalog
from .config import Config, for_language
from .errors import A11yNewsError, CatalogError, Fault, NothingToDo, RecordError, SourceError
from .files import is_there, write_bytes
from .finding import Birthplace, Owner
from .front import Leaf, Press, leaves_of, static_files
from .language import same_language
from .listing import Entry, Listing, arrange
from .message import say
from .page import Page
from .pictures import Prepared
from .provenance import Trace, strike
from .render import Alternate, Localised, RenderedPage, Renderer, SiteView, entry_of, localise
from .report import Unfinished
from .resources import LOCALES, TEMPLATES
from .source import read

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".toml")
TRACES = ".a11ynews"
"""The folder beside a site that holds what is known of its pages and is not deployed."""

_STYLESHEET = "style.css"
_MEDIA_SUFFIXES = {
    "video": (".mp4", ".webm", ".ogv"),
    "audio": (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"),
    "captions": (".vtt",),
}


@dataclass(slots=True)
class Outcome:
    """What a render did, and what it could not do."""

    written: list[str] = field(default_factory=list)
    """The pages, by their path in the site."""
    stopped: list[Fault] = field(default_factory=list)
    """Why something was not rendered."""
    notes: list[Fault] = field(default_factory=list)
    """What was rendered in the source language because it is not translated."""
    removed: list[str] = field(default_factory=list)
    """Pages of an earlier render that no record makes any more."""
    kept: list[str] = field(default_factory=list)
    """Pages of an earlier render that could not be rendered anew: what readers have stays as it was."""
    around: list[str] = field(default_factory=list)
    """The pages that are no article's: lists, the choice of a language, the one for what is not there."""
    files_around: list[str] = field(default_factory=list)
    """The files beside the pages: feeds, sitemaps, static files."""
    files: dict[str, Path] = field(default_factory=dict)


def find_records(news: Path) -> list[Path]:
    """The records below a folder: every file named `record` with a suffix that is read. Sorted by path."""
    return sorted(path for path in news.rglob("record.*") if path.suffix in RECORD_SUFFIXES and path.is_file())


def id_of(record: Path) -> str:
    """A record's id: its folder's name; for a file of another name than `record`, that name."""
    return record.resolve().parent.name if record.stem == "record" else record.stem


def read_record(path: Path, file: str, *, look: bool = True) -> Article:
    """Read a record and, where `look` says so, every file that it names. Raises RecordError with all that is wrong."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RecordError([Fault(file, 1, 1, f"the record cannot be read ({error.strerror}); mend its path")]) from None
    folder = path.resolve().parent
    try:
        source = read(content, file)
    except SourceError as error:
        raise RecordError(error.faults) from None
    record = id_of(path)
    if record == UI_DOMAIN:
        raise RecordError([Fault(file, 1, 1, f"“{UI_DOMAIN}” is the name of the page's own catalog; name the record otherwise")])
    return parse(source, record, lambda kind, name: _file_fault(folder, kind, name) if look else None)


def _file_fault(folder: Path, kind: FileKind, name: str) -> str | None:
    path = folder / name
    if not path.is_file():
        near = [other.name for other in folder.iterdir() if other.name.lower() == name.lower()]
        return f"{name} is not there; " + (f"write {near[0]}" if near else f"put the file beside the record, in {folder.name}/")
    if not path.resolve().is_relative_to(folder):
        return f"{name} is a link that leaves the record's folder; put the file itself there"
    if kind == "picture":
        return pictures.fault(path)
    if path.suffix.lower() not in _MEDIA_SUFFIXES[kind]:
        return f"{name} is no {kind} file that browsers read; its name must end with {', '.join(_MEDIA_SUFFIXES[kind])}"
    with path.open("rb") as opened:
        start = opened.read(16)
    if not start:
        return f"{name} is empty; save it again"
    if kind == "captions" and not start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return f"{name} is no WebVTT file: it does not begin with WEBVTT; save the captions in that format"
    return None


class Site:
    """A configured site: renders its records."""

    def __init__(self, config: Config, out: Path | None = None) -> None:
        self.config = config
        self.out = out or config.folder("site")
        own = config.folder("templates")
        self._template_folders = list(dict.fromkeys(folder.resolve() for folder in (own, TEMPLATES) if folder.is_dir()))
        self.renderer = Renderer(self._template_folders, TEMPLATES, self.shown)
        self._catalogs: dict[Path, Catalog | CatalogError | None] = {}

    def shown(self, path: Path) -> str:
        """A file's name for messages: from the project's folder; of a packaged file, from the package."""
        resolved = path.resolve()
        for folder, prefix in ((self.config.root, ""), (TEMPLATES, "a11ynews/templates/"), (LOCALES, "a11ynews/locales/")):
            if resolved.is_relative_to(folder):
                return prefix + resolved.relative_to(folder).as_posix()
        return str(path)

    # -- catalogs ------------------------------------------------------------------------------------------------------

    def _read_catalog(self, path: Path, language: str, domain: str) -> Catalog | None:
        if path not in self._catalogs:
            self._catalogs[path] = self._try_catalog(path, language, domain)
        found = self._catalogs[path]
        if isinstance(found, CatalogError):
            raise found
        return found

    def _try_catalog(self, path: Path, language: str, domain: str) -> Catalog | CatalogError | None:
        if not is_there(path):
            return None
        try:
            return read_catalog(path, self.shown(path), language, domain)
        except CatalogError as error:
            return error

    def catalogs(self, language: str, domain: str) -> Catalogs:
        """The catalogs of a language and domain, the site's own before the packaged ones. Raises CatalogError."""
        own = self.config.folder("locales").resolve()
        folders = list(dict.fromkeys((own, LOCALES.resolve()))) if domain == UI_DOMAIN else [own]
        expected = self.shown(path_of(own, language, domain))
        place = Birthplace(expected, 1, 1, Owner.TRANSLATOR, f"catalog {language} {domain}")
        return gather(language, domain, folders, self._read_catalog, place)

    def forget(self, paths: Iterable[Path]) -> None:
        """Read the catalogs of these files anew when they are asked for next: they have changed on the disk."""
        for path in paths:
            self._catalogs.pop(path, None)

    # -- rendering -----------------------------------------------------------------------------------------------------

    def render(
        self,
        records: Sequence[Path] = (),
        locales: Sequence[str] = (),
        *,
        strict: bool = False,
        tell: Callable[[str], None] = lambda _: None,
        now: datetime | None = None,
    ) -> Outcome:
        """
        Render records (all, where none is named) in the site's languages (all, where none is named).

        What is wrong with one record, catalog or page leaves the others alone; the outcome names all of it. A page that cannot be
        rendered anew stays as an earlier render has made it, and those of deleted records go. Raises NothingToDo where there is
        no record, and A11yNewsError where the site cannot be written.
        """
        chosen = list(records) or find_records(self.config.folder("news"))
        if not chosen:
            news = self.shown(self.config.folder("news"))
            raise NothingToDo(f"no record was found in {news}/; a record is a file named record.yaml in a folder of its own")
        outcome = Outcome()
        before = _Pages(read_manifest(self.traces) or [])
        articles = self._read_all(chosen, outcome)
        sheet = self._write_stylesheet()
        self._write_headers()
        addresses: dict[str, Article] = {}
        pages: list[tuple[RenderedPage, Article]] = []
        unread = {id_of(path) for path in chosen} - {article.id for article in articles}
        tried = {(article.id, language) for article in articles for language in locales or self.languages_of(article)}
        complete = not records and not locales
        opened = []
        for article in articles:
            tell(article.file)
            opened.append(self._open(article, locales, strict, addresses, before, outcome))
        fresh = {(entry.record, entry.language): entry for one in opened for entry in one.entries}
        old = {
            (entry.record, entry.language): entry
            for entry in read_entries(self.traces)
            if (self.out / entry.path).is_file()
            and not (complete and (entry.record, entry.language) not in tried and entry.record not in unread)
        }
        listing = self._arrange({**old, **fresh})
        for one in opened:
            tell(one.article.file)
            for page in self._render_editions(one, strict, sheet, listing, outcome):
                self._write_page(page)
                pages.append((page, one.article))
                outcome.written.append(page.path)
        made = {(article.id, page.language) for page, article in pages}
        entries = {**old, **{key: entry for key, entry in fresh.items() if key in made}}
        if entries.keys() != {**old, **fresh}.keys():
            listing = self._arrange(entries)
        write_entries(self.traces, entries.values())
        around = self._furnish(listing, sheet, strict, outcome, now or datetime.now(UTC))
        self._settle(before, pages, tried, unread, around, complete=complete, outcome=outcome)
        return outcome

    def _arrange(self, entries: Mapping[tuple[str, str], Entry]) -> Listing:
        lists = self.config.lists
        return arrange(
            entries.values(),
            self.config.languages,
            make=lists.make,
            per_page=lists.per_page,
            navigation=lists.navigation,
            untranslated=lists.untranslated == "show",
            base_url=self.config.site_url,
        )

    def _furnish(self, listing: Listing, sheet: str, strict: bool, outcome: Outcome, now: datetime) -> list["_Around"]:
        """Make all of the site that is no article, and bring its static files; what could not be made anew stays as it was."""
        default = self.config.default_language or self.config.languages[0]
        press = Press(self.renderer, self._site_view, lambda language: self.catalogs(language, UI_DOMAIN), sheet)
        leaves = list(leaves_of(listing, press, default, now))
        taken = {entry.path: f"the article {entry.record}" for entry in listing.entries}
        static = self._static({leaf.path: f"our own {leaf.path}" for leaf in leaves} | taken, outcome)
        around = []
        for leaf in leaves:
            if leaf.path in static:
                continue
            if what := taken.get(leaf.path):
                message = f"{what} has the address {leaf.path}, which a list of articles has, too; give the article another slug"
                outcome.stopped.append(Fault(self._file_of(leaf.path, listing, outcome), 1, 1, message))
            elif self._make(leaf, strict, outcome) or (self.out / leaf.path).is_file():
                around.append(_Around(leaf.path, leaf.language))
        for path, file in static.items():
            _copy(file, self.out / path)
        around += [_Around(path, "") for path in static]
        outcome.around = [one.path for one in around if one.language]
        outcome.files_around = [one.path for one in around if not one.language]
        return around

    def _make(self, leaf: Leaf, strict: bool, outcome: Outcome) -> bool:
        """Make a page or file that is no article's; False where that cannot be done, or must not."""
        try:
            made = leaf.make()
        except SourceError as error:
            outcome.stopped += [fault for fault in error.faults if fault not in outcome.stopped]
            return False
        if isinstance(made, bytes):
            write_bytes(self.out / leaf.path, made)
            return True
        told = outcome.stopped if strict else outcome.notes
        told += [fault for fault in made.untranslated if fault not in told]
        if strict and made.untranslated:
            return False
        self._write_page(made)
        return True

    def _static(self, taken: Mapping[str, str], outcome: Outcome) -> dict[str, Path]:
        """The site's own static files by their paths."""
        folder, out = self.config.folder("static").resolve(), self.out.resolve()
        if not folder.is_dir():
            return {}
        if out.is_relative_to(folder) or folder.is_relative_to(out):
            message = f"{self.shown(folder)} and {self.shown(out)} lie in each other; give the static files a folder of their own"
            outcome.stopped.append(Fault(self.config.file, 1, 1, message))
            return {}
        found, faults = static_files(folder, self.shown, taken)
        outcome.stopped += faults
        return found

    def _file_of(self, path: str, listing: Listing, outcome: Outcome) -> str:
        record = next((entry.record for entry in listing.entries if entry.path == path), "")
        return self.shown(outcome.files[record]) if record in outcome.files else self.config.file

    def _read_all(self, paths: Iterable[Path], outcome: Outcome) -> list[Article]:
        articles: dict[str, Article] = {}
        for path in paths:
            try:
                article = read_record(path, self.shown(path))
            except RecordError as error:
                outcome.stopped += error.faults
                continue
            if other := articles.get(article.id):
                message = (
                    f"the record {other.file} has the id “{article.id}” too, and catalogs go by it; rename one of the folders"
                )
                outcome.stopped.append(Fault(article.file, 1, 1, message))
                continue
            articles[article.id] = article
            outcome.files[article.id] = path
        return list(articles.values())

    def languages_of(self, article: Article) -> list[str]:
        """The languages that an article is expected in, its own first where the site does not name it."""
        wanted = article.languages or self.config.languages
        has_own = any(same_language(article.language, language) for language in wanted)
        return list(dict.fromkeys(wanted if has_own else [article.language, *wanted]))

    def _open(
        self,
        article: Article,
        locales: Sequence[str],
        strict: bool,
        addresses: dict[str, Article],
        before: "_Pages",
        outcome: Outcome,
    ) -> "_Opened":
        """Look an article's texts up in every language, and bring its files."""
        placed = list(texts(article))
        all_texts: list[Text] = [text for _, text in placed]
        editions: list[tuple[Localised, str]] = []
        alternates: list[Alternate] = []
        for language in self.languages_of(article):
            wanted = not locales or language in locales
            localised = self._localise(article, language, all_texts, strict, outcome if wanted else Outcome())
            if localised is None:
                # What readers have of it stays, so the others go on naming it.
                if (kept := before.path_of(article.id, language)) and (self.out / kept).is_file():
                    alternates.append(Alternate(language, kept))
                continue
            path = self.address_of(article, localised.language, localised.slug)
            if other := addresses.get(path):
                message = f"{other.file} has the address {path} already; give one of them another slug"
                outcome.stopped.append(Fault(article.file, 1, 1, message))
                continue
            addresses[path] = article
            editions.append((localised, path))
            alternates.append(Alternate(language, path))
        editions = [(localised, path) for localised, path in editions if not locales or localised.language in locales]
        if not editions:
            return _Opened(article, [], alternates, {}, {}, [])
        prepared, media = self._write_files(article, outcome.files[article.id].resolve().parent)
        entries = [entry_of(localised, path, prepared, self.config.site_url) for localised, path in editions]
        return _Opened(article, editions, alternates, prepared, media, entries)

    def _render_editions(
        self, opened: "_Opened", strict: bool, sheet: str, listing: Listing, outcome: Outcome
    ) -> Iterable[RenderedPage]:
        for (localised, path), entry in zip(opened.editions, opened.entries, strict=True):
            try:
                page = self.renderer.render(
                    localised,
                    site=self._site_view(localised.language),
                    ui=self.catalogs(localised.language, UI_DOMAIN),
                    path=path,
                    alternates=opened.alternates,
                    pictures=opened.pictures,
                    media=opened.media,
                    stylesheet=sheet,
                    surroundings=listing.surroundings(entry),
                )
            except SourceError as error:
                outcome.stopped += [fault for fault in error.faults if fault not in outcome.stopped]
                continue
            told = outcome.stopped if strict else outcome.notes
            told += [fault for fault in page.untranslated if fault not in told]
            if not (strict and page.untranslated):
                yield page

    def stage(self, article: Article, record: Path, language: str) -> "Staged":
        """
        An article's page in a language as it stands now, also where `render` would refuse it; `record` is the article's file.

        Every untranslated text is shown in the source's words, an alt too, but for what the configuration leaves out. No page is
        written: only the pictures and the style sheet that it needs, below `out`. Raises CatalogError and TemplateFault.
        """

        def policy(role: str) -> str:
            return "hide" if self.config.policy(role) == "hide" else "show"

        all_texts = [text for _, text in texts(article)]
        catalogs = self.catalogs(language, article.id)
        localised = localise(article, catalogs, all_texts, policy, strict=False)
        alternates = [Alternate(other, self._staged_address(article, other)) for other in self.languages_of(article)]
        prepared, media = self._write_files(article, record.resolve().parent)
        page = self.renderer.render(
            localised,
            site=self._site_view(language),
            ui=self.catalogs(language, UI_DOMAIN),
            path=self._staged_address(article, language),
            alternates=alternates,
            pictures=prepared,
            media=media,
            stylesheet=self._write_stylesheet(),
        )
        weighed = localise(article, catalogs, all_texts, self.config.policy, strict=False)
        return Staged(article, localised, page, weighed.stops)

    def _staged_address(self, article: Article, language: str) -> str:
        slug = article.slug.words if article.slug else article.id
        if article.slug:
            # What is wrong with a catalog of another language is told on its own page.
            with contextlib.suppress(CatalogError):
                slug = self.catalogs(language, article.id).look_up(article.slug).words
        return self.address_of(article, language, slug)

    def _localise(
        self, article: Article, language: str, all_texts: list[Text], strict: bool, outcome: Outcome
    ) -> Localised | None:
        try:
            self.catalogs(language, UI_DOMAIN)
            localised = localise(article, self.catalogs(language, article.id), all_texts, self.config.policy, strict)
        except CatalogError as error:
            outcome.stopped += [fault for fault in error.faults if fault not in outcome.stopped]
            return None
        outcome.stopped += localised.stops
        outcome.notes += localised.notes
        return None if localised.stops else localised

    def address_of(self, article: Article, language: str, slug: str) -> str:
        """The path of a page in the site, with that slug in its address."""
        day = article.published
        address = self.config.address.format(
            language=language,
            slug=slug,
            record=article.id,
            year=f"{day.year:04}",
            month=f"{day.month:02}",
            day=f"{day.day:02}",
        )
        return address + "index.html" if address.endswith("/") else address

    def _site_view(self, language: str) -> SiteView:
        config = self.config

        def link(values: dict[str, str]) -> str:
            found = for_language(values, language)
            return found[0] if found else ""

        return SiteView(
            name=for_language(config.name, language) or ("", ""),
            name_place=config.birthplace("name"),
            languages_place=config.birthplace("languages"),
            base_url=config.site_url,
            default_language=config.default_language or config.languages[0],
            statement=link(config.accessibility.statement),
            contact=link(config.accessibility.contact),
            publisher=config.publisher.name if config.publisher else "",
            publisher_url=(config.publisher.url or "") if config.publisher else "",
            folders=config.address.endswith("/"),
        )

    # -- writing -------------------------------------------------------------------------------------------------------

    @property
    def traces(self) -> Path:
        """Where the traces of this site's pages are."""
        return traces_of(self.out)

    def _write_stylesheet(self) -> str:
        path = next(folder / _STYLESHEET for folder in self._template_folders if (folder / _STYLESHEET).is_file())
        content = path.read_bytes()
        name = f"assets/style-{hashlib.sha256(content).hexdigest()[:8]}.css"
        write_bytes(self.out / name, content)
        return name

    def _write_headers(self) -> None:
        """The file that tells the host the pages' headers; one that we have not written stays as it is."""
        name = self.config.headers.file
        if name == "none":
            return
        file = self.out / name
        if not file.is_file() or headers.is_ours(file.read_bytes()):
            write_bytes(file, headers.write(self.config.header_values, headers.FILES[name]).encode())

    def _write_files(self, article: Article, folder: Path) -> tuple[dict[str, Prepared], dict[str, str]]:
        prepared, media = {}, {}
        for kind, name in files(article):
            if kind == "picture":
                prepared[name] = pictures.prepare(folder / name, self.out, f"media/{article.id}")
                continue
            path = f"media/{article.id}/{name}"
            media[name] = path
            _copy(folder / name, self.out / path)
        return prepared, media

    def _write_page(self, page: RenderedPage) -> None:
        write_bytes(self.out / page.path, page.html.encode())
        trace = json.dumps({"marked": page.marked, "trace": page.trace.to_json()}, ensure_ascii=False, separators=(",", ":"))
        write_bytes(self.traces / "pages" / f"{page.path}.json", trace.encode())

    def _settle(
        self,
        before: "_Pages",
        pages: list[tuple[RenderedPage, Article]],
        tried: set[tuple[str, str]],
        unread: set[str],
        around: Sequence["_Around"],
        *,
        complete: bool,
        outcome: Outcome,
    ) -> None:
        """Write which pages there must be; take away those of an earlier render that there should be no more."""
        now = {page.path: {"path": page.path, "language": page.language, "record": article.id} for page, article in pages}
        made = {(page["record"], page["language"]) for page in now.values()}
        now |= {one.path: {"path": one.path, "language": one.language, "record": ""} for one in around if one.language}
        files = {one.path for one in around if not one.language}
        for path in read_files(self.traces):
            if path not in files and path not in now:
                (self.out / path).unlink(missing_ok=True)
        for old in before.listed:
            path, of = old["path"], (old["record"], old["language"])
            if path in now:
                continue
            if path in files:
                # A static file has taken its place.
                (self.traces / "pages" / f"{path}.json").unlink(missing_ok=True)
                continue
            if not old["record"] or of in made or (complete and of not in tried and old["record"] not in unread):
                (self.out / path).unlink(missing_ok=True)
                (self.traces / "pages" / f"{path}.json").unlink(missing_ok=True)
                outcome.removed.append(path)
                continue
            now[path] = old
            if of in tried or old["record"] in unread:
                outcome.kept.append(path)
        listing = {"version": 1, "pages": [now[path] for path in sorted(now)], "files": sorted(files)}
        write_bytes(self.traces / "manifest.json", (json.dumps(listing, ensure_ascii=False, indent=1) + "\n").encode())


@dataclass(frozen=True, slots=True)
class Staged:
    """A page as it stands, whether it can be published or not."""

    article: Article
    localised: Localised
    """The texts as they are shown on it."""
    page: RenderedPage
    stops: tuple[Fault, ...]
    """Why `render` does not make it; empty where it does."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article that is ready to be rendered."""

    article: Article
    editions: list[tuple[Localised, str]]
    """In each language in which it is to be rendered, with its path."""
    alternates: list[Alternate]
    pictures: dict[str, Prepared]
    media: dict[str, str]
    entries: list[Entry]
    """What lists show of its editions, in their order."""


@dataclass(frozen=True, slots=True)
class _Around:
    """A page or file of a site that is no article's."""

    path: str
    language: str
    """Empty for a file."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that an earlier render has made."""

    listed: list[dict[str, str]]

    def path_of(self, record: str, language: str) -> str | None:
        """The path of a record's page in a language."""
        return next((page["path"] for page in self.listed if (page["record"], page["language"]) == (record, language)), None)


def _copy(source: Path, target: Path) -> None:
    """Copy a large file as `write_bytes` would, without holding it in memory."""
    status = source.stat()
    if target.is_file() and (target.stat().st_size, target.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns):
        return
    beside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, beside)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise A11yNewsError(
            f"{target}: cannot be written ({error.strerror}); check the folder and the space on the disk"
        ) from None


# -- what the checker reads --------------------------------------------------------------------------------------------


def traces_of(site: Path) -> Path:
    """The folder of the traces of a site: `.a11ynews/<name of the site's folder>` beside it."""
    resolved = site.resolve()
    return resolved.parent / TRACES / resolved.name


def read_manifest(traces: Path) -> list[dict[str, str]] | None:
    """The pages that a site must have; None where there is no manifest that can be read."""
    try:
        pages = json.loads((traces / "manifest.json").read_text("utf-8"))["pages"]
        return [{"path": str(page["path"]), "language": str(page["language"]), "record": str(page["record"])} for page in pages]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_files(traces: Path) -> list[str]:
    """The files beside the pages that a render has made: feeds, sitemaps, static files. None where that is not known."""
    try:
        files = json.loads((traces / "manifest.json").read_text("utf-8"))["files"]
        return [str(path) for path in files]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def read_entries(traces: Path) -> list[Entry]:
    """What lists show of the articles, as the last render has left it; none where it cannot be read."""
    try:
        data = json.loads((traces / "entries.json").read_text("utf-8"))
        return [Entry.from_json(entry) for entry in data["entries"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return []


def write_entries(traces: Path, entries: Iterable[Entry]) -> None:
    """Keep what lists show of the articles, for renders of some of them."""
    ordered = sorted(entries, key=lambda entry: (entry.record, entry.language))
    data = {"version": 1, "entries": [entry.to_json() for entry in ordered]}
    write_bytes(traces / "entries.json", (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


@dataclass(slots=True)
class FoundPages:
    """Pages to check, by the folder that their addresses start from."""

    by_root: dict[Path, list[Page]] = field(default_factory=dict)
    unfinished: list[Unfinished] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        """All of them."""
        return [page for pages in self.by_root.values() for page in pages]


def read_pages(paths: Sequence[Path], shown: Callable[[Path], str]) -> FoundPages:
    """
    The HTML pages that paths name: files, or all below a folder, with their traces where we rendered them.

    A page that the site's manifest names and that is not there, or a path that is not there, is unfinished. Raises NothingToDo
    where there is no page at all.
    """
    found = FoundPages()
    for path in paths:
        if path.is_dir():
            _read_folder(path, found, shown)
        elif path.is_file():
            root = next((folder for folder in path.resolve().parents if read_manifest(traces_of(folder)) is not None), None)
            top = root or _top_of(path)
            _read_page(path if top == path.parent else path.resolve(), top, found, shown, is_alone=root is None)
        else:
            found.unfinished.append(Unfinished(str(path), say("there is no such file or folder; mend the path, or render first")))
    if not found.pages and not found.unfinished:
        where = ", ".join(str(path) for path in paths)
        raise NothingToDo(f"no page was found in {where}; a page is a file whose name ends with .html, .htm or .xhtml")
    return found


_UPWARDS = re.compile(rb"""(?:<link\s[^>]*?href|\s(?:src|srcset|poster|data))\s*=\s*["']?((?:\.\./)+)""", re.IGNORECASE)


def _top_of(page: Path) -> Path:
    """
    The folder that the addresses of a page alone start from: its own, or as far above it as what it loads lies.

    A browser would look for `../style.css` at the top otherwise, and not find it.
    """
    try:
        above = max((len(match[1]) // 3 for match in _UPWARDS.finditer(page.read_bytes())), default=0)
    except OSError:
        above = 0
    # The whole disk is never the site.
    folders = page.resolve().parents[:-1]
    return folders[min(above, len(folders) - 1)] if above and folders else page.parent


def _read_folder(folder: Path, found: FoundPages, shown: Callable[[Path], str]) -> None:
    there = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".html", ".htm", ".xhtml") and path.is_file())
    for page in read_manifest(traces_of(folder)) or []:
        if folder / page["path"] not in there:
            reason = say("the site's manifest names this page and it is not there; render the site again")
            found.unfinished.append(Unfinished(shown(folder / page["path"]), reason))
    for path in there:
        _read_page(path, folder, found, shown)


def _read_page(path: Path, root: Path, found: FoundPages, shown: Callable[[Path], str], *, is_alone: bool = False) -> None:
    name = shown(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = say("the page cannot be read ({reason}); mend its permissions", reason=error.strerror or "?")
        found.unfinished.append(Unfinished(name, reason))
        return
    page = _with_trace(name, content, path, root, found)
    page.file = name
    if Path(name).is_absolute() and not is_alone:
        page.path = path.relative_to(root).as_posix()
    found.by_root.setdefault(root, []).append(page)


def _with_trace(name: str, content: bytes, path: Path, root: Path, found: FoundPages) -> Page:
    file = traces_of(root) / "pages" / f"{path.relative_to(root).as_posix()}.json"
    try:
        data = json.loads(file.read_text("utf-8"))
        marked, trace = str(data["marked"]), Trace.from_json(data["trace"])
    except FileNotFoundError:
        return Page.from_bytes(name, content)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        found.notes.append(say("{page}: what is known of its texts cannot be read; render the site again", page=name))
        return Page.from_bytes(name, content)
    if strike(marked).encode() != content:
        note = say("{page}: has changed since it was rendered, and nothing is known of its texts; render it again", page=name)
        found.notes.append(note)
        return Page.from_bytes(name, content)
    return Page(name, content.decode(), marked=marked, trace=trace)
