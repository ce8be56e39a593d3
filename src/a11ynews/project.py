"""A new project, and a new record in it: what a newsroom begins with. Nothing that is there already is ever written over."""

import io
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from . import iptc, pictures
from .article import record_schema, slug_fault
from .catalog import UI_DOMAIN, path_of
from .config import FILE, load
from .draft import comment, file_name_of, scalar, text
from .errors import A11yNewsError, ConfigError, Fault, LanguageError, RecordError, SourceError
from .files import write_bytes
from .language import chain_of, name_of, same_language, tag_of
from .po import PoFile
from .resources import STARTER
from .site import Site, find_records, id_of, read_record
from .translate import update

STORY = "reading-garden"
"""The id of the record that a new project has."""

_MOST_LANGUAGES = 100
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg")

# What a repository may have before a11ynews comes; nothing of ours depends on what is in them.
_OF_THE_HOUSE = ("README.md", ".gitignore", ".editorconfig", ".vscode/settings.json", ".vscode/extensions.json")


# -- a new project -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A language that not everything is ready in."""

    language: str
    folder: str
    """… of its catalogs."""
    texts: int
    """How many wait for a translation."""
    is_stopped: bool
    """Whether the sample's page is not made before they are translated: its alternative text is among them."""


@dataclass(slots=True)
class Begun:
    """What `init` has written."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What was there already and was left as it is."""
    waiting: list[Waiting] = field(default_factory=list)


def init(
    folder: Path,
    *,
    name: str,
    base_url: str,
    languages: Sequence[str],
    now: datetime,
    keep: bool = False,
    shown: str = "",
) -> Begun:
    """
    Make a small project that is complete: it renders and checks clean as it is.

    It is made in a folder of its own first, and then copied; so nothing is written where anything is in the way. With `keep`, a
    README and an editor's settings that are there already stay. Raises SourceError with everything that is in the way, and
    A11yNewsError where a name, an address or a language is none.
    """
    chosen = _languages(languages)
    if not name.strip() or not name.isprintable():
        raise A11yNewsError("the name of the site is empty, or holds what cannot be seen; write one such as “Library News”")
    with tempfile.TemporaryDirectory(prefix="a11ynews-") as made:
        begun = Begun()
        _make(Path(made), name.strip(), base_url.strip(), chosen, now, begun)
        paths = sorted(path.relative_to(made) for path in Path(made).rglob("*") if path.is_file())
        kept = [path for path in paths if keep and path.as_posix() in _OF_THE_HOUSE and (folder / path).is_file()]
        copied = [path for path in paths if path not in kept]
        if obstacles := list(dict.fromkeys(_obstacles(folder, copied, shown))):
            raise SourceError(obstacles)
        for path in copied:
            write_bytes(folder / path, (Path(made) / path).read_bytes())
    begun.written, begun.kept = [path.as_posix() for path in copied], [path.as_posix() for path in kept]
    return begun


def _languages(codes: Sequence[str]) -> list[str]:
    tags: list[str] = []
    for code in codes:
        try:
            tags.append(tag_of(code.strip()))
        except LanguageError as error:
            raise A11yNewsError(f"--languages: {error}") from None
    if not tags or len(tags) > _MOST_LANGUAGES:
        raise A11yNewsError("--languages: write the site's languages with commas between them, such as en,de,it")
    return list(dict.fromkeys(tags))


def _obstacles(folder: Path, paths: Sequence[Path], shown: str) -> Iterator[Fault]:
    """What is in the way of files: files, folders and links of their names, and files where they need folders."""
    for path in paths:
        for above in reversed(path.parents[:-1]):
            if os.path.lexists(folder / above) and not (folder / above).is_dir():
                yield Fault(f"{shown}{above.as_posix()}", 1, 1, "is a file, and a folder is needed there; move it away")
        if os.path.lexists(folder / path):
            is_file = (folder / path).is_file()
            what = "is there already, and nothing is overwritten" if is_file else "something of that name is there"
            how = "; --keep leaves it as it is" if is_file and path.as_posix() in _OF_THE_HOUSE else ""
            yield Fault(f"{shown}{path.as_posix()}", 1, 1, f"{what}; move it away, or name another folder{how}")
    for above in (folder, *folder.parents):
        if os.path.lexists(above) and not above.is_dir():
            yield Fault(str(above), 1, 1, "is a file; name a folder")


def _make(root: Path, name: str, base_url: str, languages: Sequence[str], now: datetime, begun: Begun) -> None:
    words = tomllib.loads(_starter("words.toml"))
    source, story = _source(words, languages)
    names = [name_of(language, "en") for language in languages]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    fields = {
        "name": _toml(name),
        "base_url": _toml(base_url),
        "languages": f"[{', '.join(map(_toml, languages))}]",
        "default_language": _toml(languages[0]),
        "title": name,
        "language_names": listed,
        "language": source,
        "published": now.isoformat(timespec="seconds"),
    }
    folder = f"news/{now.year:04}/{STORY}"
    files = {
        FILE: "a11ynews.toml",
        "README.md": "README.md",
        ".gitignore": "gitignore",
        ".editorconfig": "editorconfig",
        ".vscode/settings.json": "settings.json",
        ".vscode/extensions.json": "extensions.json",
        ".github/workflows/a11ynews.yml": "workflow.yml",
    }
    for path, resource in files.items():
        write_bytes(root / path, _filled(_starter(resource), fields).encode())
    schema = json.dumps(record_schema(), indent=2, ensure_ascii=False)
    write_bytes(root / "record.schema.json", f"{schema}\n".encode())
    record = _record(_starter("record.yaml"), {**fields, **story})
    write_bytes(root / folder / "record.yaml", record.encode())
    write_bytes(root / folder / "garden.png", draw_garden())
    try:
        site = Site(load(root / FILE))
    except ConfigError as error:
        raise A11yNewsError("; ".join(f"--name or --base-url: {fault.message}" for fault in error.faults)) from None
    for _ in range(2):  # the addresses that catalogs tell follow the translated slugs
        done = update(site, memory=False)
        if done.faults:
            raise SourceError(done.faults)
        for language in languages:
            _translate(site, language, story, _words_in(words, language))
        site = Site(site.config)
    begun.waiting = [waiting for language in languages if (waiting := _waiting(site, language))]


def _source(words: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> tuple[str, Mapping[str, str]]:
    """The language that the sample is written in: the first of the site's that it is ready in, else English."""
    for language in languages:
        if found := _words_in(words, language):
            return language, found
    return "en", words["en"]


def _words_in(words: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str] | None:
    own = next((words[link] for link in chain_of(language) if link in words), None)
    if own and language in ("de-CH", "de-LI"):
        # There, no word is written with an ß.
        return {key: value.replace("ß", "ss") for key, value in own.items()}
    return own


def _translate(site: Site, language: str, story: Mapping[str, str], own: Mapping[str, str] | None) -> None:
    """Fill a language's catalog of the sample, as far as the sample is ready in it."""
    path = path_of(site.config.folder("locales"), language, STORY)
    if own and path.is_file():
        known = {story[key]: own[key] for key in story}
        po = PoFile.read(path, path.name)
        for entry in po.live:
            entry.set_strings({0: known[entry.id]})
        po.write(path)


def _waiting(site: Site, language: str) -> Waiting | None:
    folder = path_of(site.config.folder("locales"), language, STORY).parent
    open_ = {file.stem: sum(not entry.translated for entry in PoFile.read(file, file.name).live) for file in folder.glob("*.po")}
    if not sum(open_.values()):
        return None
    return Waiting(
        language, folder.relative_to(site.config.root).as_posix(), sum(open_.values()), is_stopped=open_.get(STORY, 0) > 0
    )


def _starter(resource: str) -> str:
    return (STARTER / resource).read_text("utf-8")


_FIELD = re.compile(r"\{\{(\w+)\}\}")


def _filled(template: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields[found[1]], template)


def _record(template: str, fields: Mapping[str, str]) -> str:
    """A record's template, with its fields as YAML, each as deep as it stands."""
    lines = []
    for line in template.splitlines():
        indent = " " * (len(line) - len(line.lstrip(" -")))
        lines.append(_filled(line, {key: text(value, indent) for key, value in fields.items()}) if "{{" in line else line)
    return "\n".join(lines) + "\n"


def _toml(value: str) -> str:
    """A text as a basic string of TOML, which is written as JSON's are."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def draw_garden() -> bytes:
    """The sample's picture, as its alternative text says: a red bench beneath a round tree, a house with three tall windows."""
    width, height, by = 1200, 750, 2
    drawing = Image.new("RGB", (width * by, height * by), "#cfe3ee")
    draw = ImageDraw.Draw(drawing)

    def box(x: int, y: int, right: int, bottom: int, colour: str, radius: int = 0) -> None:
        draw.rounded_rectangle([x * by, y * by, right * by, bottom * by], radius * by, fill=colour)

    def disc(x: int, y: int, radius: int, colour: str) -> None:
        draw.ellipse([(x - radius) * by, (y - radius) * by, (x + radius) * by, (y + radius) * by], fill=colour)

    box(90, 120, 780, 560, "#efe2c8")
    box(60, 92, 810, 126, "#9c5f43")
    for left in (165, 370, 575):
        disc(left + 65, 260, 65, "#ffffff")
        box(left, 258, left + 130, 490, "#ffffff")
        disc(left + 65, 262, 53, "#47708f")
        box(left + 12, 262, left + 118, 478, "#47708f")
        box(left + 61, 208, left + 69, 478, "#ffffff")
        box(left + 12, 346, left + 118, 354, "#ffffff")
    box(0, 550, width, height, "#8db36b")
    draw.polygon([(x * by, y * by) for x, y in ((330, 750), (520, 550), (610, 550), (720, 750))], fill="#e6d8b4")
    box(914, 330, 950, 610, "#7a5638", 8)
    for x, y, radius, colour in ((930, 250, 178, "#4d7d45"), (880, 210, 96, "#5f9154"), (985, 285, 84, "#437039")):
        disc(x, y, radius, colour)
    box(770, 560, 1110, 580, "#b3261e", 6)
    box(770, 596, 1110, 616, "#b3261e", 6)
    box(756, 628, 1124, 650, "#c9352b", 6)
    for left in (800, 1064):
        box(left, 556, left + 16, 700, "#3a3a3a")
    out = io.BytesIO()
    small = drawing.resize((width, height), Image.Resampling.LANCZOS)
    small.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


# -- a new record ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Created:
    """A record that `new` has begun."""

    record: str
    """Its file, from the project's folder."""
    files: tuple[str, ...]
    """The pictures beside it."""
    to_do: tuple[Fault, ...]
    """What must be filled before it is rendered."""
    notes: tuple[str, ...]


def new(
    site: Site,
    slug: str,
    now: datetime,
    *,
    files: Sequence[Path] = (),
    language: str = "",
    headline: str = "",
) -> Created:
    """
    Begin a record: a file that says in comments what goes where, with pictures copied beside it.

    What the pictures' IPTC metadata offer as an alternative text stands there as a comment: the record is refused until somebody
    has written one. Raises SourceError with everything that is in the way.
    """
    config = site.config
    if fault := slug_fault(slug):
        raise A11yNewsError(str(fault))
    if slug == UI_DOMAIN:
        raise A11yNewsError(f"“{slug}” is the name of the page's own catalog; choose another slug")
    language = language or config.default_language or config.languages[0]
    folder = config.folder("news") / f"{now.year:04}" / slug
    where = f"{site.shown(config.folder('news'))}/{now.year:04}/{slug}"
    obstacles = list(_slug_obstacles(site, slug, folder, where))
    named = list(_names(files, obstacles))
    if obstacles:
        raise SourceError(obstacles)
    spoken = {name: iptc.read(path) for path, name in named}
    schema = ""
    if (config.root / "record.schema.json").is_file():
        way = os.path.relpath(config.root / "record.schema.json", folder).replace(os.sep, "/")
        schema = f"# yaml-language-server: $schema={way}\n"
    fields = {
        "schema": schema,
        "language": language,
        "slug": slug,
        "published": now.isoformat(timespec="seconds"),
        "headline": f"headline: {text(headline, '')}".rstrip(" "),
        "body": "\n".join(_body(spoken, language)),
    }
    for path, name in named:
        write_bytes(folder / name, path.read_bytes())
    write_bytes(folder / "record.yaml", _filled(_starter("new.yaml"), fields).encode())
    notes = [f"{name}: {said.problem}; no alternative text was looked for" for name, said in spoken.items() if said.problem]
    if not any(same_language(language, other) for other in config.languages):
        notes.append(f"{name_of(language, 'en')} ({language}) is not among the site's languages; its page is made all the same")
    record = f"{where}/record.yaml"
    return Created(record, tuple(f"{where}/{name}" for _, name in named), to_do(folder / "record.yaml", record), tuple(notes))


def to_do(path: Path, file: str) -> tuple[Fault, ...]:
    """What a render will refuse in a record."""
    try:
        read_record(path, file)
    except RecordError as error:
        return error.faults
    return ()


def _slug_obstacles(site: Site, slug: str, folder: Path, where: str) -> Iterator[Fault]:
    yield from taken(site, slug)
    if os.path.lexists(folder):
        yield Fault(where, 1, 1, "is there already, and nothing is overwritten; choose another slug")


def taken(site: Site, slug: str) -> Iterator[Fault]:
    """That a record of this id is there already, wherever it lies: catalogs go by ids."""
    for record in find_records(site.config.folder("news")):
        if id_of(record) == slug:
            message = f"has the id “{slug}” already, and catalogs go by it; choose another slug"
            yield Fault(site.shown(record), 1, 1, message)


def _names(files: Sequence[Path], obstacles: list[Fault]) -> Iterator[tuple[Path, str]]:
    """Pictures with the names that they get beside the record; what is none is told."""
    seen: dict[str, Path] = {}
    for path in files:
        if not path.is_file():
            obstacles.append(Fault(str(path), 1, 1, "there is no such file; name a picture"))
        elif fault := pictures.fault(path):
            obstacles.append(Fault(str(path), 1, 1, fault))
        else:
            name = file_name_of(path.name, _SUFFIXES, "picture", path.suffix.lower())
            if other := seen.get(name.lower()):
                obstacles.append(Fault(str(path), 1, 1, f"would have the same name as {other}, {name}; rename one of them"))
            seen[name.lower()] = path
            yield path, name


def _body(spoken: Mapping[str, iptc.Spoken], language: str) -> Iterator[str]:
    if not spoken:
        yield "  - paragraph:"
    for name, said in spoken.items():
        yield "  - picture:"
        yield f"      file: {scalar(name)}"
        for offer, words in iptc.offers(said, language):
            yield from (f"      {line}" for line in (*comment(offer, "## "), *comment(words, "##   ")))
        yield "      alt:"
        yield "      # caption: The line below the picture"
        yield "      # credit: Who made or gave it"
