"""Records on disk become pages on disk, with what is known of them beside."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import captions, headers, pictures
from .article import Article, FileKind, files, parse, texts
from .catalog import UI_DOMAIN, Catalog, Catalogs, gather, path_of, read_catalog
from .config import Config, for_language
from .errors import A11yNewsError, CatalogError, Fault, RecordError, SourceError
from .files import copy_file, is_below, is_there, leaves, read_up_to, real, write_bytes
from .files import find_records as find_records
from .finding import Birthplace, Owner
from .language import same_language
from .listing import Surroundings
from .pictures import Prepared
from .provenance import Trace
from .render import Alternate, Localised, RenderedPage, Renderer, SiteView, localise
from .resources import LOCALES, TEMPLATES
from .settled import TRACES as TRACES
from .settled import Settled
from .settled import traces_of as traces_of
from .source import MOST_BYTES, read
from .stylesheet import compact

if TYPE_CHECKING:
    from .build import Hire

_PACKAGED = LOCALES.resolve()
_MOST_SHOWN = 10_000
_STYLESHEET, _THEME = "style.css", "theme.css"
_MEDIA_SUFFIXES = {
    "video": (".mp4", ".webm", ".ogv"),
    "audio": (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"),
    "captions": (".vtt",),
}


@dataclass(slots=True)
class Outcome:
    """What a render did, and what it could not do."""

    written: list[str] = field(default_factory=list)
    """The articles' pages that are other ones now, by their path in the site."""
    unchanged: int = 0
    """How many of the articles' pages are what they were."""
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
    left: list[str] = field(default_factory=list)
    """Files of an earlier render that should go and stay, for somebody has edited them."""
    remarks: list[str] = field(default_factory=list)
    """What else is to be told."""
    files: dict[str, Path] = field(default_factory=dict)
    """By record, its file."""


def id_of(record: Path) -> str:
    """A record's id: its folder's name; for a file of another name than `record`, that name."""
    return os.path.basename(os.path.dirname(real(record))) if record.stem == "record" else record.stem  # noqa: PTH119, PTH120  # of thousands


def read_record(
    path: Path, file: str, *, look: bool = True, ask: Callable[[FileKind, str], bool] = lambda _kind, _name: True
) -> Article:
    """
    Read a record and, where `look` says so, every file that it names and `ask` wants looked at.

    Raises RecordError with all that is wrong.
    """
    try:
        content = read_up_to(path, MOST_BYTES)
    except OSError as error:
        if path.is_symlink() and path.is_dir():
            raise RecordError([Fault(file, 1, 1, "is a link to a folder with records; put the folder itself there")]) from None
        raise RecordError([Fault(file, 1, 1, f"the record cannot be read ({error.strerror}); mend its path")]) from None
    folder = Path(real(path)).parent
    if leaves(path, path.parent):
        raise RecordError([Fault(file, 1, 1, "the record is a link that leaves its folder; put the file itself there")])
    try:
        source = read(content, file)
    except SourceError as error:
        raise RecordError(error.faults) from None
    record = id_of(path)
    if record == UI_DOMAIN:
        raise RecordError([Fault(file, 1, 1, f"“{UI_DOMAIN}” is the name of the page's own catalog; name the record otherwise")])
    return parse(source, record, lambda kind, name: _file_fault(folder, kind, name) if look and ask(kind, name) else None)


def _file_fault(folder: Path, kind: FileKind, name: str) -> str | None:
    path = folder / name
    if not path.is_file():
        near = [other.name for other in folder.iterdir() if other.name.lower() == name.lower()]
        return f"{name} is not there; " + (f"write {near[0]}" if near else f"put the file beside the record, in {folder.name}/")
    if not is_below(real(path), str(folder)):
        return f"{name} is a link that leaves the record's folder; put the file itself there"
    if kind == "picture":
        return pictures.fault(path)
    if path.suffix.lower() not in _MEDIA_SUFFIXES[kind]:
        return f"{name} is no {kind} file that browsers read; its name must end with {', '.join(_MEDIA_SUFFIXES[kind])}"
    if kind == "captions":
        return captions.fault(path)
    return None if path.stat().st_size else f"{name} is empty; save it again"


class Site:
    """
    A configured site: renders its records.

    `renderer` is that of the same site under an earlier configuration, whose templates are the same: it has read them already.
    """

    def __init__(self, config: Config, out: Path | None = None, renderer: Renderer | None = None) -> None:
        self.config = config
        self.out = out or config.folder("site")
        self._shown: dict[str, str] = {}
        self._news, self._locales = config.folder("news").resolve(), config.folder("locales").resolve()
        own = config.folder("templates")
        self.template_folders = list(dict.fromkeys(folder.resolve() for folder in (own, TEMPLATES) if folder.is_dir()))
        self.renderer = renderer or Renderer(self.template_folders, TEMPLATES, self.shown)
        self._catalogs: dict[Path, Catalog | CatalogError | None] = {}
        self._views: dict[str, SiteView] = {}
        self._own_words: dict[str, Catalogs] = {}
        """By language, the catalogs of the page's own words: every page asks for them."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Site, (self.config, self.out)

    def shown(self, path: Path) -> str:
        """A file's name for messages: from the project's folder; of a packaged file, from the package."""
        told = str(path)
        if told not in self._shown:
            if len(self._shown) > _MOST_SHOWN:
                self._shown.clear()
            self._shown[told] = self._name(path)
        return self._shown[told]

    def _name(self, path: Path) -> str:
        resolved = real(path)
        own = os.path.join(real(path.parent), path.name)  # noqa: PTH118  # of thousands
        for top, within in ((self._locales, self._locales), (self._news, path.parent)) if own != resolved else ():
            # Of a record or a catalog that is a link to elsewhere, the link is to be mended, and not what it leads to.
            if is_below(own, str(top)) and leaves(path, within):
                resolved = own
        for folder, prefix in ((self.config.root, ""), (TEMPLATES, "a11ynews/templates/"), (LOCALES, "a11ynews/locales/")):
            if is_below(resolved, str(folder)):
                return prefix + (resolved[len(str(folder)) :].strip(os.sep).replace(os.sep, "/") or ".")
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
        if leaves(path, self._locales) and leaves(path, LOCALES):
            message = "the catalog is a link that leaves the folder of catalogs; put the file itself there"
            return CatalogError([Fault(self.shown(path), 1, 1, message)])
        try:
            return read_catalog(path, self.shown(path), language, domain)
        except CatalogError as error:
            return error

    def catalogs(self, language: str, domain: str) -> Catalogs:
        """The catalogs of a language and domain, the site's own before the packaged ones. Raises CatalogError."""
        if domain == UI_DOMAIN:
            if language not in self._own_words:
                self._own_words[language] = self._gather(language, domain, list(dict.fromkeys((self._locales, _PACKAGED))))
            return self._own_words[language]
        return self._gather(language, domain, [self._locales])

    def _gather(self, language: str, domain: str, folders: list[Path]) -> Catalogs:
        own = self._locales
        expected = self.shown(path_of(own, language, domain))
        place = Birthplace(expected, 1, 1, Owner.TRANSLATOR, f"catalog {language} {domain}")
        return gather(language, domain, folders, self._read_catalog, place)

    def forget(self, paths: Iterable[Path] | None = None) -> None:
        """Read the catalogs of these files, or all, anew when they are asked for next: they have changed on the disk."""
        for path in list(self._catalogs) if paths is None else paths:
            self._catalogs.pop(path, None)
            if path.stem == UI_DOMAIN:
                self._own_words.clear()

    # -- rendering -----------------------------------------------------------------------------------------------------

    def render(
        self,
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
    ) -> Outcome:
        """
        Render records (all, where none is named) in the site's languages (all, where none is named).

        What is as the last render has left it stays so, unless `force` says otherwise. `jobs` is the number of processes; where
        nothing is said, one for each core if there are more than a few records; those whom `hire` finds take their place. `seen`
        is what was seen of the site a moment ago, which is not looked at again. What is wrong with one record, catalog or page
        leaves the others alone; the outcome names all of it. A page that cannot be rendered anew stays as an earlier render has
        made it, and those of deleted records go. Raises NothingToDo where there is no record, and A11yNewsError where the site
        cannot be written, or a process ends before its time.
        """
        from .build import Build  # it is made of what is here, and brings what only a render needs

        return Build(
            self, records, locales, strict=strict, force=force, jobs=jobs, tell=tell, now=now, hire=hire, seen=seen
        ).run()

    def languages_of(self, article: Article) -> list[str]:
        """The languages that an article is expected in, its own first where the site does not name it."""
        wanted = article.languages or self.config.languages
        has_own = any(same_language(article.language, language) for language in wanted)
        return list(dict.fromkeys(wanted if has_own else [article.language, *wanted]))

    def stage(self, article: Article, record: Path, language: str, surroundings: Surroundings | None = None) -> "Staged":
        """
        An article's page in a language as it stands now, also where `render` would refuse it; `record` is the article's file, and
        `surroundings` what the page shows of the rest of the site.

        Every untranslated text is shown in the source's words, an alt too, but for what the configuration leaves out. No page is
        written: only the pictures and the style sheet that it needs, below `out`. Raises CatalogError and TemplateFault.
        """

        def policy(role: str) -> str:
            return "hide" if self.config.policy(role) == "hide" else "show"

        all_texts = [text for _, text in texts(article)]
        catalogs = self.catalogs(language, article.id)
        localised = localise(article, catalogs, all_texts, policy, strict=False)
        alternates = [Alternate(other, self._staged_address(article, other)) for other in self.languages_of(article)]
        prepared, media = self.write_files(article, record.resolve().parent)
        page = self.renderer.render(
            localised,
            site=self.view_of(language),
            ui=self.catalogs(language, UI_DOMAIN),
            path=self._staged_address(article, language),
            alternates=alternates,
            pictures=prepared,
            media=media,
            stylesheet=self.write_stylesheet(),
            surroundings=surroundings or Surroundings(),
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

    def view_of(self, language: str) -> SiteView:
        """What the configuration says, as far as a page in a language shows it."""
        if language not in self._views:
            self._views[language] = self._view_of(language)
        return self._views[language]

    def _view_of(self, language: str) -> SiteView:
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

    @cached_property
    def traces(self) -> Path:
        """Where the traces of this site's pages are."""
        return traces_of(self.out)

    def write_stylesheet(self) -> str:
        """Write the style sheet, with what the site's own `theme.css` adds, without comments; give its path in the site."""
        sheets = []
        for name in (_STYLESHEET, _THEME):
            path = next((folder / name for folder in self.template_folders if (folder / name).is_file()), None)
            if path is None:
                continue
            if leaves(path, path.parent):
                message = "is a link that leaves the folder of templates; put the file itself there"
                raise A11yNewsError(f"{self.shown(path)}: {message}")
            sheets.append(path.read_bytes().decode("utf-8-sig", "surrogateescape"))
        content = compact("\n".join(sheets)).encode("utf-8", "surrogateescape")
        name = f"assets/style-{hashlib.sha256(content).hexdigest()[:8]}.css"
        write_bytes(self.out / name, content, self.out)
        return name

    def write_headers(self) -> None:
        """Write the file that tells the host the pages' headers; one that we have not written stays as it is."""
        name = self.config.headers.file
        if name == "none":
            return
        file = self.out / name
        if not file.is_file() or headers.is_ours(file.read_bytes()):
            write_bytes(file, headers.write(self.config.header_values, headers.FILES[name]).encode(), self.out)

    def write_files(
        self, article: Article, folder: Path, ready: Mapping[str, Prepared] | None = None
    ) -> tuple[dict[str, Prepared], dict[str, str]]:
        """Bring the pictures and media of an article, whose folder that is, into the site; those that are `ready` are there."""
        prepared, media = {}, {}
        for kind, name in files(article):
            if kind == "picture":
                there = ready.get(name) if ready else None
                prepared[name] = there or pictures.prepare(folder / name, self.out, f"media/{article.id}")
                continue
            path = f"media/{article.id}/{name}"
            media[name] = path
            copy_file(folder / name, self.out / path, self.out)
        return prepared, media


@dataclass(frozen=True, slots=True)
class Staged:
    """A page as it stands, whether it can be published or not."""

    article: Article
    localised: Localised
    """The texts as they are shown on it."""
    page: RenderedPage
    stops: tuple[Fault, ...]
    """Why `render` does not make it; empty where it does."""


# -- what is known of pages --------------------------------------------------------------------------------------------


def read_manifest(traces: Path) -> list[dict[str, str]] | None:
    """The pages that a site must have; None where there is no manifest that can be read."""
    try:
        pages = json.loads((traces / "manifest.json").read_text("utf-8"))["pages"]
        if any(_leads_out(page["path"]) for page in pages):
            return None
        return [{"path": str(page["path"]), "language": str(page["language"]), "record": str(page["record"])} for page in pages]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _leads_out(path: str) -> bool:
    """Whether a path of a manifest is none below the site's folder, on whatever system."""
    parts = path.replace("\\", "/").split("/")
    return not parts[0] or ":" in parts[0] or ".." in parts


def trace_file(traces: Path, path: str) -> Path:
    """Where the trace of a page is, by the page's path in the site."""
    return traces / "pages" / f"{path}.trace"


def trace_content(page: RenderedPage) -> bytes:
    """The trace of a page as it is kept: a line of JSON, and the marked page as it is, which JSON would take its time for."""
    return b"%b\n%b" % (page.trace.to_line(), page.encoded)


def read_trace(traces: Path, path: str) -> tuple[str, Trace] | None:
    """The marked page and its trace; None where there is no trace. Raises ValueError where it cannot be read."""
    try:
        line, _, marked = trace_file(traces, path).read_bytes().partition(b"\n")
        return marked.decode(), Trace.from_json(json.loads(line))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, KeyError, TypeError, IndexError) as error:
        raise ValueError(path) from error
