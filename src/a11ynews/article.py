"""
A news record: what it may hold, and every text in it with its place.

`parse` makes an `Article` of a `Source`, or raises RecordError with all the faults there are, wherever in the file they stand.
"""

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union

from pydantic import (
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from . import markup
from .errors import LanguageError, RecordError
from .finding import Birthplace, Owner
from .language import name_of, tag_of
from .markup import Level, Name
from .model import (
    A_STRING,
    Language,
    Model,
    Moment,
    Reading,
    Short,
    Url,
    Word,
    at_key,
    fold,
    kind_of,
    nearest,
    plain,
    reading_of,
    scalar,
    validate,
)
from .source import Mapping, Scalar, Sequence, Source

FileKind = Literal["picture", "captions", "video", "audio"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a text is on the page. Its name is the message context (`msgctxt`) of its catalog entry."""

    name: str
    level: Level = Level.FULL
    most: int | None = None
    """The length to stay under, in characters; None where the layout sets no limit."""


ROLES = {
    role.name: role
    for role in (
        Role("kicker", Level.PHRASE, 40),
        Role("headline", Level.PHRASE, 110),
        Role("teaser", Level.PHRASE, 400),
        Role("slug", Level.NONE, 80),
        Role("author role", Level.NONE, 80),
        Role("location", Level.NONE, 60),
        Role("section", Level.NONE, 40),
        Role("tag", Level.NONE, 40),
        Role("paragraph"),
        Role("heading", Level.PHRASE, 90),
        Role("list item"),
        Role("alt", Level.NONE, 250),
        Role("caption"),
        Role("credit", Level.FULL, 120),
        Role("description"),
        Role("quote"),
        Role("quote source", Level.FULL, 120),
        Role("table caption", Level.PHRASE, 150),
        Role("table header", Level.PHRASE, 60),
        Role("table cell"),
        Role("media title", Level.NONE, 110),
        Role("transcript"),
        Role("info heading", Level.PHRASE, 90),
        Role("contact"),
        Role("related link", Level.PHRASE, 110),
        Role("licence", Level.NONE, 110),
    )
}
"""Every role that a text can have, by name."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a record in its source language, with the place where they stand. Lines and columns count from 1."""

    words: str
    role: Role
    language: str
    file: str
    line: int
    column: int
    record: str
    """The record's id."""

    @property
    def birthplace(self) -> Birthplace:
        """Where they were written."""
        digest = hashlib.sha256(self.words.encode()).hexdigest()[:8]
        return Birthplace(self.file, self.line, self.column, Owner.EDITOR, f"record {self.record} {self.role.name} {digest}")


@dataclass(slots=True)
class _RecordReading(Reading):
    """… what the readers must know of the record besides."""

    record: str = ""
    language: str = ""
    updated_at: tuple[int, int] = (1, 1)
    look: Callable[[FileKind, str], str | None] = lambda kind, name: None  # noqa: ARG005  # the names say what it is asked


def _record_of(info: ValidationInfo) -> _RecordReading:
    assert isinstance(info.context, _RecordReading)
    return info.context


class _TextOf:
    """The annotation of a field that holds a text of one role."""

    def __init__(self, role: str) -> None:
        self.role = ROLES[role]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1}

    def _read(self, value: Any, info: ValidationInfo) -> Text:
        reading, name = _record_of(info), self.role.name
        words = ""
        if not isinstance(value, Scalar):
            reading.fault(
                value,
                f"the {name} must be a text, not {kind_of(value)}; put quotation marks around it if it holds a colon, "
                "or begins with [ or {",
            )
        elif not fold(value):
            reading.fault(value, f"the {name} is empty; write it, or take the line out")
        else:
            words = fold(value)
            nodes = markup.parse(words, self.role.level)
            for fault in markup.faults(nodes):
                reading.fault(value, f"{name}: {fault}")
            if not markup.plain(nodes).strip():
                reading.fault(value, f"the {name} has markup and no words; write them")
            if name == "slug" and (message := slug_fault(words)):
                reading.fault(value, message)
        line, column = getattr(value, "line", 1), getattr(value, "column", 1)
        return Text(words, self.role, reading.language, reading.file, line, column, reading.record)


def _read_block_id(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the id") or "x"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", written):
        reading_of(info).fault(value, f"{written!r} is no id; begin with a letter, then letters, digits, “-” or “_” of a to z")
    return written


def _file_reader(kind: FileKind) -> Callable[[Any, ValidationInfo], str]:
    def read(value: Any, info: ValidationInfo) -> str:
        written = scalar(value, info, f"the {kind} file")
        if written is None:
            return ""
        parts = written.split("/")
        if written.startswith(("/", "~")) or "\\" in written or ":" in written or ".." in parts or "" in parts:
            reading_of(info).fault(value, f"{written!r} leaves the record's folder; write a path below it, with /")
        elif fault := _record_of(info).look(kind, written):
            reading_of(info).fault(value, fault)
        return written

    return read


BlockId = Annotated[str, plain(_read_block_id, {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"})]
PictureFile = Annotated[str, plain(_file_reader("picture"), {"type": "string", "minLength": 1})]
CaptionsFile = Annotated[str, plain(_file_reader("captions"), {"type": "string", "minLength": 1})]
VideoFile = Annotated[str, plain(_file_reader("video"), {"type": "string", "minLength": 1})]
AudioFile = Annotated[str, plain(_file_reader("audio"), {"type": "string", "minLength": 1})]


class Picture(Model):
    """A picture. It has an alternative text, or it says that it is decoration and why."""

    file: PictureFile
    alt: Annotated[Text, _TextOf("alt")] | None = None
    decorative: bool = False
    reason: Word | None = None
    caption: Annotated[Text, _TextOf("caption")] | None = None
    credit: Annotated[Text, _TextOf("credit")] | None = None
    description: Annotated[Text, _TextOf("description")] | None = None

    @model_validator(mode="before")
    @classmethod
    def _require_alt(cls, data: Any, info: ValidationInfo) -> Any:
        """WCAG 1.1.1, ATAG 2.0 B.2.3: no picture without a conscious choice, and never a stand-in for the words."""
        if not isinstance(data, Mapping):
            return data
        reading = _record_of(info)
        file = data.get("file")
        picture = f"the picture {file}" if isinstance(file, Scalar) and file else "this picture"
        language = f"{name_of(reading.language, 'en')} ({reading.language})" if reading.language else "the record's language"
        alt = data.get("alt")
        written = isinstance(alt, Scalar) and bool(alt.strip())
        decorative = str(data.get("decorative", "false")).lower() in ("true", "yes", "on", "1")
        reason = str(data.get("reason", "")).strip()
        say = f"say in {language} what it shows, or write “decorative: true” and “reason: …” if it tells a reader nothing"
        if written and decorative:
            reading.fault(at_key(data, "decorative"), f"{picture} has an alt and is decorative; keep one of the two")
        elif decorative and not reason:
            reading.fault(
                at_key(data, "decorative"), f"{picture} is decorative and no reason is given; write “reason: …” beside it"
            )
        elif "alt" in data and not written and not isinstance(alt, Sequence | Mapping):
            how = "empty" if not alt else "white space only"
            reading.fault(at_key(data, "alt"), f"the alt of {picture} is {how}; {say}")
        elif not written and not decorative and "alt" not in data:
            reading.fault(data, f"{picture} has no alt; {say}")
        if reason and not decorative:
            reading.fault(
                at_key(data, "reason"), f"{picture} has a reason and no “decorative: true”; add it, or take the reason out"
            )
        if "alt" in data and not written:
            data = data.only(lambda key: key != "alt")
        return data


class Heading(Model):
    """A heading within the body, of level 2 to 4; level 1 is the headline."""

    text: Annotated[Text, _TextOf("heading")]
    level: Annotated[int, Field(ge=2, le=4)] = 2


class BulletList(Model):
    """A list, numbered where the order counts."""

    items: Annotated[tuple[Annotated[Text, _TextOf("list item")], ...], Field(min_length=1)]
    ordered: bool = False


class Quote(Model):
    """Somebody's words, with who said them. With `lang`, the words stay in that language on every page."""

    text: Annotated[Text, _TextOf("quote")]
    source: Annotated[Text, _TextOf("quote source")] | None = None
    url: Url | None = None
    lang: Language | None = None

    @model_validator(mode="after")
    def _keep_language(self) -> "Quote":
        if self.lang:
            object.__setattr__(self, "text", replace(self.text, language=self.lang))
        return self


class Table(Model):
    """A table with a caption and the headers of its columns; with `row_headers`, each row's first cell is its header."""

    caption: Annotated[Text, _TextOf("table caption")]
    header: Annotated[tuple[Annotated[Text, _TextOf("table header")], ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Annotated[Text, _TextOf("table cell")], ...], ...], Field(min_length=1)]
    row_headers: bool = False

    @model_validator(mode="before")
    @classmethod
    def _check_width(cls, data: Any, info: ValidationInfo) -> Any:
        header, rows = (data.get("header"), data.get("rows")) if isinstance(data, Mapping) else (None, None)
        if isinstance(header, Sequence) and isinstance(rows, Sequence):
            for row in rows:
                if isinstance(row, Sequence) and len(row) != len(header):
                    reading_of(info).fault(row, f"cells in this row: {len(row)}, in the header: {len(header)}; make them equal")
        return data


Transcript = Annotated[
    tuple[Annotated[Text, _TextOf("transcript")], ...],
    BeforeValidator(lambda value: value if isinstance(value, Sequence) else [value]),
    WithJsonSchema({"anyOf": [A_STRING, {"type": "array", "items": A_STRING, "minItems": 1}]}),
]
"""The words that are heard, as one paragraph or several."""


class Video(Model):
    """A film with captions for each language and a transcript."""

    file: VideoFile
    title: Annotated[Text, _TextOf("media title")]
    captions: Annotated[dict[Language, CaptionsFile], Field(min_length=1)]
    transcript: Transcript
    poster: PictureFile | None = None
    caption: Annotated[Text, _TextOf("caption")] | None = None
    credit: Annotated[Text, _TextOf("credit")] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_captions_file(cls, data: Any, info: ValidationInfo) -> Any:
        """A single captions file is in the record's language."""
        if isinstance(data, Mapping) and isinstance(one := data.get("captions"), Scalar):
            place = (one.line, one.column)
            by_language = Mapping(*place)
            by_language.put(Scalar.at(_record_of(info).language or "en", *place), one, place)
            data = data.only(lambda key: key != "captions")
            data.put("captions", by_language, place)
        return data


class Audio(Model):
    """A recording with its transcript."""

    file: AudioFile
    title: Annotated[Text, _TextOf("media title")]
    transcript: Transcript
    caption: Annotated[Text, _TextOf("caption")] | None = None
    credit: Annotated[Text, _TextOf("credit")] | None = None


class Block(Model):
    """A part of the body. Its id, if it has one, is its anchor on the page and stays when the block moves."""

    id: BlockId | None = None


class ParagraphBlock(Block):
    """A paragraph."""

    paragraph: Annotated[Text, _TextOf("paragraph")]


class HeadingBlock(Block):
    """A heading."""

    heading: Annotated[Heading, Short("text", Scalar, A_STRING)]


class ListBlock(Block):
    """A list."""

    list: Annotated[BulletList, Short("items", Sequence, {"type": "array", "items": A_STRING, "minItems": 1})]


class PictureBlock(Block):
    """A picture."""

    picture: Picture


class QuoteBlock(Block):
    """A quotation."""

    quote: Annotated[Quote, Short("text", Scalar, A_STRING)]


class TableBlock(Block):
    """A table."""

    table: Table


class VideoBlock(Block):
    """A film."""

    video: Video


class AudioBlock(Block):
    """A recording."""

    audio: Audio


class ContactBlock(Block):
    """Whom to ask."""

    contact: Annotated[Text, _TextOf("contact")]


# That a body is not empty is told with the faults of its blocks; pydantic need not say it a second time.
_NOT_EMPTY = Field(json_schema_extra={"minItems": 1})


def _block_kind(value: Any) -> str | None:
    return next((key for key in value if key in _KINDS), None) if isinstance(value, dict) else None


InfoContent = Annotated[
    Union[  # noqa: UP007  # a discriminated union needs the form with brackets
        Annotated[ParagraphBlock, Tag("paragraph")],
        Annotated[ListBlock, Tag("list")],
    ],
    Discriminator(_block_kind),
]


class Info(Model):
    """A box beside the story: background, figures, advice."""

    heading: Annotated[Text, _TextOf("info heading")]
    body: Annotated[tuple[InfoContent, ...], _NOT_EMPTY]

    @model_validator(mode="before")
    @classmethod
    def _check_blocks(cls, data: Any, info: ValidationInfo) -> Any:
        return _with_known_blocks(data, info, ("paragraph", "list"))


class InfoBlock(Block):
    """An info box."""

    info: Info


BodyBlock = Annotated[
    Union[  # noqa: UP007  # a discriminated union needs the form with brackets
        Annotated[ParagraphBlock, Tag("paragraph")],
        Annotated[HeadingBlock, Tag("heading")],
        Annotated[ListBlock, Tag("list")],
        Annotated[PictureBlock, Tag("picture")],
        Annotated[QuoteBlock, Tag("quote")],
        Annotated[TableBlock, Tag("table")],
        Annotated[VideoBlock, Tag("video")],
        Annotated[AudioBlock, Tag("audio")],
        Annotated[InfoBlock, Tag("info")],
        Annotated[ContactBlock, Tag("contact")],
    ],
    Discriminator(_block_kind),
]

_KINDS = ("paragraph", "heading", "list", "picture", "quote", "table", "video", "audio", "info", "contact")


def _with_known_blocks(data: Any, info: ValidationInfo, kinds: tuple[str, ...]) -> Any:
    """Tell the blocks that are of no kind, or of two, and leave them out, so that the others are still looked at."""
    body = data.get("body") if isinstance(data, Mapping) else None
    if not isinstance(body, Sequence):
        return data
    reading = reading_of(info)
    if not body:
        reading.fault(body, "the body is empty; write at least one “- paragraph: …”")
    known = Sequence()
    for block in body:
        if not isinstance(block, Mapping):
            reading.fault(block, f"a block begins with its kind, such as “paragraph: …”; the kinds here are {', '.join(kinds)}")
            continue
        found = [key for key in block if key in kinds]
        if len(found) == 1:
            known.append(block)
        elif found:
            reading.fault(at_key(block, found[1]), f"this block is a {found[0]} already; begin another with “- {found[1]}:”")
        else:
            odd = next((key for key in block if key != "id"), "id")
            hint = f"it cannot stand here; the kinds here are {', '.join(kinds)}" if odd in _KINDS else nearest(odd, kinds)
            reading.fault(at_key(block, odd) if odd in block else block, f"“{odd}” is no kind of block; {hint}")
    data = data.only(lambda key: key != "body")
    data.put("body", known, (body.line, body.column))
    return data


class Related(Model):
    """A link to read on. `urls` gives other addresses for other languages; `hreflang` is the language of the page it leads to."""

    text: Annotated[Text, _TextOf("related link")]
    url: Url
    urls: dict[Language, Url] = Field(default_factory=dict)
    hreflang: Language | None = None


class Author(Model):
    """Who wrote it."""

    name: Word
    role: Annotated[Text, _TextOf("author role")] | None = None
    url: Url | None = None


class Licence(Model):
    """Under what terms the text may be used."""

    url: Url
    name: Annotated[Text, _TextOf("licence")] | None = None


class ProperName(Model):
    """A name that is not translated, with its language where a voice should know it."""

    name: Word
    lang: Language | None = None


class Article(Model):
    """One news record. Every text in it is a `Text`."""

    language: Language
    slug: Annotated[Text, _TextOf("slug")] | None = None
    published: Moment
    updated: Moment | None = None
    kicker: Annotated[Text, _TextOf("kicker")] | None = None
    headline: Annotated[Text, _TextOf("headline")]
    teaser: Annotated[Text, _TextOf("teaser")] | None = None
    authors: tuple[Annotated[Author, Short("name", Scalar, A_STRING)], ...] = ()
    location: Annotated[Text, _TextOf("location")] | None = None
    body: Annotated[tuple[BodyBlock, ...], _NOT_EMPTY]
    related: tuple[Related, ...] = ()
    section: Annotated[Text, _TextOf("section")] | None = None
    tags: tuple[Annotated[Text, _TextOf("tag")], ...] = ()
    licence: Annotated[Licence, Short("url", Scalar, A_STRING)] | None = None
    names: tuple[Annotated[ProperName, Short("name", Scalar, A_STRING)], ...] = ()
    languages: tuple[Language, ...] = ()

    _id: str = PrivateAttr("")
    _file: str = PrivateAttr("")
    _published_at: tuple[int, int] = PrivateAttr((1, 1))

    @property
    def id(self) -> str:
        """The record's name among the site's records, and the gettext domain of its catalogs."""
        return self._id

    @property
    def file(self) -> str:
        """The record's file."""
        return self._file

    def birthplace_of_date(self) -> Birthplace:
        """Where the dates stand that CLDR puts into words."""
        return Birthplace(self._file, *self._published_at, Owner.EDITOR, f"record {self._id} published")

    @model_validator(mode="before")
    @classmethod
    def _check_whole(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        if isinstance(body := data.get("body"), Sequence):
            _check_headings(body, reading_of(info))
            _check_ids(body, reading_of(info))
        return _with_known_blocks(data, info, _KINDS)

    @model_validator(mode="after")
    def _check_dates(self, info: ValidationInfo) -> "Article":
        both_told = self.updated is not None and self.published.tzinfo is not None and self.updated.tzinfo is not None
        if both_told and self.updated is not None and self.updated < self.published:
            reading = _record_of(info)
            place = Scalar.at("", *reading.updated_at)
            reading.fault(place, "updated is before published; mend one of them")
        return self


def _check_headings(body: Sequence, reading: Reading) -> None:
    """No level is left out on the way down (WCAG 1.3.1); the headline is level 1."""
    above = 1
    for block in body:
        heading = block.get("heading") if isinstance(block, Mapping) else None
        level = heading.get("level", "2") if isinstance(heading, Mapping) else "2" if isinstance(heading, Scalar) else None
        if level is None or level not in ("2", "3", "4"):
            continue
        if int(level) > above + 1:
            reading.fault(
                at_key(block, "heading"),
                f"this heading of level {level} follows one of level {above}; write level {above + 1}, or the one between",
            )
        above = int(level)


def _check_ids(body: Sequence, reading: Reading) -> None:
    seen: dict[str, int] = {}
    for block in body:
        identifier = block.get("id") if isinstance(block, Mapping) else None
        if isinstance(identifier, Scalar) and (first := seen.setdefault(str(identifier), identifier.line)) != identifier.line:
            reading.fault(identifier, f"the id “{identifier}” is on line {first} already; an id stands once in a record")


def slug_fault(words: str) -> str | None:
    """What is wrong with a slug; None where nothing is."""
    if len(words) > 100:
        return f"the slug has {len(words)} characters; the most is 100"
    if re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", words) and words == words.lower():
        return None
    return f"{words!r} cannot be part of an address; write small letters and digits with “-” between words"


Path = tuple[int | str, ...]
"""Where in a record something stands: (`body`, 3, `picture`, `alt`)."""


def texts(article: Article) -> Iterator[tuple[Path, Text]]:
    """Every text of a record with its path, in the order in which a page reads; the slug comes last."""
    for name in sorted(Article.model_fields, key="slug".__eq__):
        yield from _texts((name,), getattr(article, name))


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts((*path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _texts((*path, number), part)


def files(article: Article) -> Iterator[tuple[FileKind, str]]:
    """The files beside the record that it names, each once."""
    seen = set()
    for block in article.body:
        for kind, name in _files(block):
            if name not in seen:
                seen.add(name)
                yield kind, name


def _files(block: Block) -> Iterator[tuple[FileKind, str]]:
    if isinstance(block, PictureBlock):
        yield "picture", block.picture.file
    elif isinstance(block, VideoBlock):
        yield "video", block.video.file
        if block.video.poster:
            yield "picture", block.video.poster
        for file in block.video.captions.values():
            yield "captions", file
    elif isinstance(block, AudioBlock):
        yield "audio", block.audio.file


def names(article: Article) -> list[Name]:
    """The names that stay as they are in every language."""
    return [Name(name.name, name.lang) for name in article.names]


def parse(source: Source, record: str, look: Callable[[FileKind, str], str | None]) -> Article:
    """
    The article of a record's source.

    `record` is its id. `look` is asked about every file that the record names, and answers with what is wrong with it or None;
    reading files is not this module's business. Raises RecordError with every fault there is.
    """
    root = source.root
    reading = _RecordReading(source.file, list(source.faults), record, look=look)
    with contextlib.suppress(LanguageError):  # told where the field itself is read
        reading.language = tag_of(str(root.get("language", "")))
    reading.updated_at = root.keys_at.get("updated", (1, 1))
    article = validate(Article, source, reading, RecordError)
    article._id, article._file = record, source.file
    article._published_at = root.keys_at["published"]
    return article
