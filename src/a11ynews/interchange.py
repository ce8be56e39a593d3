"""Articles from elsewhere become drafts of records on disk; records become what others take: ninjs and JSON-LD."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from . import iptc, jsonld, ninjs, pictures
from .article import Article, files, slug_fault, texts
from .catalog import UI_DOMAIN
from .draft import Draft, Said, told
from .edition import Edition
from .errors import A11yNewsError, CatalogError, Fault, NothingToDo, RecordError
from .files import write_bytes
from .pictures import Prepared
from .project import taken, to_do
from .render import localise
from .site import Site, find_records, id_of, read_record

MOST_BYTES = 16 * 1024 * 1024
"""No article comes near this, nor does a feed of a day; a file that does is something else by mistake."""
MOST_DEPTH = 100
_MOST_ARTICLES = 1000
_MOST_VALUES = 500_000
"""The most lists and objects of JSON, or tags of a page: in memory each takes up many times its room in the file."""

Format = Literal["ninjs", "jsonld"]

# -- in ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft on disk."""

    record: str
    """Its file."""
    notes: tuple[str, ...]
    """What was left out or changed."""
    pictures: dict[str, str]
    """What must be put beside it, with the addresses where it can be got."""
    to_do: tuple[Fault, ...]
    """What a render refuses until it is filled."""


@dataclass(slots=True)
class Import:
    """What an import has done, and what it could not do."""

    drafts: list[Imported] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def import_files(
    paths: Sequence[Path],
    *,
    site: Site | None,
    to: Path | None,
    now: datetime,
    language: str = "",
    slug: str = "",
    shown: Callable[[Path], str] = str,
) -> Import:
    """
    Write a draft for each article in some files, each in a folder of its own below `to`, or below the site's folder of news.

    Nothing is downloaded, and nothing that is there is overwritten. What is wrong with one article stops no other. Raises
    NothingToDo where no file holds an article.
    """
    done = Import()
    drafts: list[tuple[Path, Draft]] = []
    for path in paths:
        try:
            drafts += [(path, draft) for draft in _read(path, shown(path), language, done)]
        except A11yNewsError as error:
            done.faults.append(Fault(shown(path), 1, 1, str(error)))
    if not drafts and not done.faults:
        raise NothingToDo("no article was found; a file holds ninjs, JSON-LD with a NewsArticle, or a page with such JSON-LD")
    if slug and len(drafts) > 1:
        raise A11yNewsError(f"--slug is for one article, and there are {len(drafts)}; leave it out")
    below = to or (site.config.folder("news") / f"{now.year:04}" if site else Path())
    named: set[str] = set()
    for path, draft in drafts:
        draft.slug = slug or draft.slug
        _write(path, draft, below, site, named, now, done, shown)
    return done


def _read(path: Path, name: str, language: str, done: Import) -> list[Draft]:
    content = _content(path)
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or content.lstrip()[:1] == "<":
        if content.count("<") > _MOST_VALUES:
            raise A11yNewsError(f"the page has more than {_MOST_VALUES:,} tags; that is no article")
        found, notes, root = jsonld.of_page(content)
        done.notes += [Fault(name, 1, 1, f"left out: {note}") for note in notes]
        page, tree = (content, root) if len(found) == 1 else ("", None)
        return list(_each(found, lambda one: jsonld.draft(one, language, page, tree), name, done))
    data = _json(content)
    items = list(ninjs.items(data))
    articles = [] if items else jsonld.articles(data)
    if (count := len(items) + len(articles)) > _MOST_ARTICLES:
        raise A11yNewsError(f"the file holds {count:,} articles, the most is {_MOST_ARTICLES:,}; part it")
    for item in items:
        if why := ninjs.why_not(item):
            done.notes.append(Fault(name, 1, 1, f"left out: {told(item.get('uri'))}: {why}"))
    items = [item for item in items if not ninjs.why_not(item)]
    drafts = list(_each(items, lambda item: ninjs.draft(item, language), name, done))
    return drafts + list(_each(articles, lambda one: jsonld.draft(one, language), name, done))


def _each(
    articles: Iterable[dict[str, Any]], make: Callable[[dict[str, Any]], Draft], name: str, done: Import
) -> Iterator[Draft]:
    """The drafts of some articles; one that cannot be read stops no other."""
    for number, article in enumerate(articles, 1):
        try:
            yield make(article)
        except A11yNewsError as error:
            done.faults.append(Fault(name, 1, 1, f"article {number}: {error}"))


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            size, most = path.stat().st_size / 1e6, MOST_BYTES / 1e6
            raise A11yNewsError(f"the file has {size:.1f} MB, the most is {most:.1f} MB; part it, or leave pictures out of it")
        content = path.read_bytes()
    except OSError as error:
        raise A11yNewsError(f"the file cannot be read ({error.strerror}); mend its path") from None
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise A11yNewsError(f"the file is not UTF-8 (byte 0x{content[error.start]:02x}); save it as UTF-8") from None


def _json(content: str) -> Any:
    """A JSON value, no larger and no deeper than anything that is meant as articles."""
    if content.count("{") + content.count("[") > _MOST_VALUES:
        raise A11yNewsError(f"the file holds more than {_MOST_VALUES:,} lists and objects; part it")
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise A11yNewsError(f"the file is neither JSON ({where}: {error.msg}) nor HTML; save it as one of them") from None
    except (ValueError, RecursionError):
        raise A11yNewsError("the file cannot be read: its numbers are too long, or it is nested too deeply; mend it") from None
    left = [(data, 1)]
    while left:
        at, depth = left.pop()
        if depth > MOST_DEPTH:
            raise A11yNewsError(f"the file is nested more than {MOST_DEPTH} deep; that is no article")
        inner: Iterable[Any] = at.values() if isinstance(at, dict) else at if isinstance(at, list) else ()
        left.extend((value, depth + 1) for value in inner if isinstance(value, dict | list))
    return data


def _write(
    source: Path,
    draft: Draft,
    below: Path,
    site: Site | None,
    named: set[str],
    now: datetime,
    done: Import,
    shown: Callable[[Path], str],
) -> None:
    folder = below / draft.slug
    record = folder / "record.yaml"
    name = site.shown(record) if site else shown(record)
    obstacles: list[Fault] = []
    if fault := slug_fault(draft.slug):
        obstacles.append(Fault(shown(source), 1, 1, f"{fault} (--slug names the folder)"))
    elif draft.slug == UI_DOMAIN:
        obstacles.append(
            Fault(name, 1, 1, f"“{UI_DOMAIN}” is the name of the page's own catalog; choose another one with --slug")
        )
    elif draft.slug in named:
        obstacles.append(
            Fault(name, 1, 1, "two articles of this import would have this name; import them one by one, with --slug")
        )
    elif os.path.lexists(folder):
        obstacles.append(
            Fault(name, 1, 1, "its folder is there already, and nothing is overwritten; choose another one with --slug")
        )
    elif site:
        obstacles += [Fault(at.file, 1, 1, f"{at.message}, with --slug") for at in taken(site, draft.slug)]
    if obstacles:
        done.faults += obstacles
        return
    named.add(draft.slug)
    copied = _beside(source, draft)
    opening = (
        f"A draft, imported from {told(source.name)} on {now:%Y-%m-%d}. Look over every text; a render refuses what is missing.",
    )
    for file, content in copied.items():
        write_bytes(folder / file, content)
    write_bytes(record, draft.to_yaml(opening).encode())
    done.drafts.append(Imported(name, tuple(draft.notes), dict(draft.pictures), to_do(record, name)))


def _beside(source: Path, draft: Draft) -> dict[str, bytes]:
    """
    The pictures of a draft that lie beside the file it was made of, as agencies deliver them; what they carry is offered.

    Nothing is looked for anywhere else.
    """
    found: dict[str, bytes] = {}
    for block in draft.record["body"]:
        picture = block.get("picture")
        path = source.parent / picture["file"] if picture else source
        if not picture or path.is_symlink() or not path.is_file() or pictures.fault(path):
            continue
        found[picture["file"]] = path.read_bytes()
        draft.pictures.pop(picture["file"], None)
        alt = picture.get("alt")
        if isinstance(alt, Said):
            offers = iptc.offers(iptc.read(path), draft.record["language"] or "en")
            picture["alt"] = Said(alt.value, (*alt.comments, *(line for offer in offers for line in offer)))
    return found


# -- out ---------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Export:
    """What an export has made, and what it could not."""

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The items, by the names that their files would have."""
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def export(site: Site, records: Sequence[str], form: Format, languages: Sequence[str] = (), *, strict: bool = False) -> Export:
    """
    Records, named by their ids or paths, in some languages (in their own, where none is named), as items of a format.

    As with a render, a text that is not translated is given in the source language and noted, and an alternative text that is not
    translated stops the article in that language.
    """
    done = Export()
    for record in _chosen(site, records, done):
        try:
            article = read_record(record, site.shown(record))
        except RecordError as error:
            done.faults += error.faults
            continue
        with tempfile.TemporaryDirectory(prefix="a11ynews-") as made:
            prepared, media = _files(article, record.resolve().parent, Path(made))
        for language in languages or (article.language,):
            edition = _edition(site, article, language, prepared, media, strict, done)
            if edition:
                done.documents[f"{article.id}.{language}"] = (ninjs if form == "ninjs" else jsonld).item(edition)
                for note in (ninjs if form == "ninjs" else jsonld).left_out(edition):
                    fault = Fault(article.file, 1, 1, f"left out: {note}")
                    done.notes += [fault] if fault not in done.notes else []
    return done


def _chosen(site: Site, named: Sequence[str], done: Export) -> Iterator[Path]:
    there = {id_of(path): path for path in find_records(site.config.folder("news"))}
    for name in dict.fromkeys(named):
        path = Path(name)
        if name in there:
            yield there[name]
        elif path.is_dir() and (found := next(iter(sorted(path.glob("record.*"))), None)):
            yield found
        elif path.is_file():
            yield path
        else:
            near = f"the ids are {', '.join(sorted(there)[:10])}" if there else "the site has no records"
            done.faults.append(Fault(told(name), 1, 1, f"no record has this id; {near}"))


def _files(article: Article, folder: Path, out: Path) -> tuple[dict[str, Prepared], dict[str, str]]:
    """The names that a render gives to files: they hold a digest of how they are made, so they are made here and thrown away."""
    prepared, media = {}, {}
    for kind, name in files(article):
        if kind == "picture":
            prepared[name] = pictures.prepare(folder / name, out, f"media/{article.id}")
        else:
            media[name] = f"media/{article.id}/{name}"
    return prepared, media


def _edition(
    site: Site,
    article: Article,
    language: str,
    prepared: dict[str, Prepared],
    media: dict[str, str],
    strict: bool,
    done: Export,
) -> Edition | None:
    try:
        placed = [text for _, text in texts(article)]
        localised = localise(article, site.catalogs(language, article.id), placed, site.config.policy, strict)
    except CatalogError as error:
        done.faults += error.faults
        return None
    done.notes += localised.notes
    if localised.stops:
        done.faults += localised.stops
        return None
    path = site.address_of(article, localised.language, localised.slug)
    url = site.config.site_url + quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)
    publisher = site.config.publisher.name if site.config.publisher else ""
    return Edition(localised, url, publisher, prepared, media, site.config.site_url)


def document(done: Export, form: Format) -> Any:
    """All that was exported as one document: a single article by itself, several together."""
    items = list(done.documents.values())
    if form == "jsonld":
        return jsonld.document(items)
    return items[0] if len(items) == 1 else items


def alone(item: dict[str, Any], form: Format) -> dict[str, Any]:
    """One article as a document of its own."""
    return jsonld.document([item]) if form == "jsonld" else item
