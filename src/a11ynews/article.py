"""
A news record: what it may hold, and every text in it with its place.

`parse` makes an `Article` of a `Source`, or raises RecordError with all the faults there are, wherever in the file they stand.
"""

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, Union

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
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
from .errors import Fault, LanguageError, RecordError, shorten
from .files import MOST_NAME, is_device, name_fault, same_name
from .finding import Birthplace, Owner
from .language import name_of, tag_of
from .markup import Level, Name
from .message import Message, say
from .model import (
    A_STRING,
    Flag,
    Language,
    Model,
    Moment,
    Reading,
    Short,
    Url,
    Word,
    at_key,
    fold,
    is_blank,
    is_true,
    kind_of,
    nearest,
    plain,
    reading_of,
    scalar,
    tidy_schema,
    validate,
    whole_number,
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


_EDITOR = Owner.EDITOR  # a member of an enumeration is looked up in three steps

MOST_LENGTH = 100_000
"""The most characters of one text, so that looking at it takes no time to speak of. A long article has half of them in all."""
_MOST_NAMES = 500
"""The most names of a record: each is looked for in every text."""


class Text(NamedTuple):
    """Words of a record in its source language, with the place where they stand. Lines and columns count from 1."""

    words: str
    role: Role
    language: str
    file: str
    line: int
    column: int
    record: str
    """The record's id."""
    stays: bool = False
    """Whether it is no matter for translators: one of the record's names, or a quotation in its own language. With no language of
    its own (an empty tag) it is in every page's."""
    cut: markup.Cut | None = None
    """The words as a page shows them, where that was found when they were read."""

    @property
    def birthplace(self) -> Birthplace:
        """Where they were written."""
        words, role, _, file, line, column, record, _, _ = self
        identity = f"record {record} {role.name} {hashlib.sha256(words.encode()).hexdigest()[:8]}"
        return tuple.__new__(Birthplace, (file, line, column, _EDITOR, identity))  # thousands: its own way takes twice as long


@dataclass(slots=True)
class _RecordReading(Reading):
    """… what the readers must know of the record besides."""

    record: str = ""
    language: str = ""
    updated_at: tuple[int, int] = (1, 1)
    names: dict[str, str] = field(default_factory=dict)
    """The names that stay as they are, with the language that they are in; an empty one where none is said."""
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
        return self.read(value, _record_of(info))

    def read(self, value: Any, reading: _RecordReading) -> Text:
        """The text that a value is; what is wrong with it is noted."""
        name = self.role.name
        words, cut = "", None
        line, column = getattr(value, "line", 1), getattr(value, "column", 1)
        if not isinstance(value, Scalar):
            hint = "; put quotation marks around it if it holds a colon, or begins with [ or {"
            hint = hint if reading.format == "yaml" else "; put it between quotation marks"
            reading.fault(value, f"the {name} must be a text, not {kind_of(value)}{hint}")
        elif is_blank(value):
            reading.fault(value, f"the {name} is empty; write it{'' if name == 'headline' else ', or take it out'}")
        elif len(value) > MOST_LENGTH:
            reading.fault(value, f"the {name} has more than {MOST_LENGTH:,} characters; make several texts of it")
        else:
            words = fold(value)
            cut = markup.cut(words, self.role.level)
            if cut is None and markup.may_be_marked(words):
                self._read_markup(value, words, reading)
            if name == "slug" and (message := slug_fault(words)):
                reading.fault(value, message)
        stays = words in reading.names and name != "slug"
        language = reading.names[words] if stays else reading.language
        return Text(words, self.role, language, reading.file, line, column, reading.record, stays, cut)

    def _read_markup(self, value: Scalar, words: str, reading: Reading) -> None:
        name, level = self.role.name, self.role.level
        nodes = markup.parse(words, level)
        for fault in markup.faults(nodes):
            reading.fault(value, f"{name}: {fault}")
        if level is Level.PHRASE and markup.targets(markup.parse(words)):
            reading.fault(value, f"a {name} holds no link; take it out, and put it into a paragraph")
        if is_blank(markup.plain(nodes)):
            reading.fault(value, f"the {name} has markup and no words; write them")


_OWN_IDS = re.compile("content|related|topics|(?:info|table|contact)-[0-9]+")
"""The ids that the page's own templates use."""


def _read_block_id(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the id") or "x"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", written):
        hint = "begin with a letter of a to z, then letters, digits, “-” or “_”, 64 in all"
        reading_of(info).fault(value, f"{shorten(written)!r} is no id; {hint}")
    elif _OWN_IDS.fullmatch(written):
        reading_of(info).fault(value, f"the page has an id “{written}” of its own; write another one")
    return written


def _file_reader(kind: FileKind) -> Callable[[Any, ValidationInfo], str]:
    def read(value: Any, info: ValidationInfo) -> str:
        written = scalar(value, info, f"the {kind} file")
        if written is None:
            return ""
        parts = written.split("/")
        if written.startswith(("/", "~")) or "\\" in written or ":" in written or ".." in parts or "" in parts:
            reading_of(info).fault(value, f"{shorten(written)!r} leaves the record's folder; write a path below it, with /")
        elif len(written) > 1000 or max(len(part.encode()) for part in parts) > MOST_NAME:
            reading_of(info).fault(value, f"{shorten(written)!r} is too long for a file's name; give the file a shorter one")
        elif fault := next(filter(None, map(name_fault, parts)), None):
            reading_of(info).fault(value, f"{fault}; give the file another name")
        elif fault := _record_of(info).look(kind, written):
            reading_of(info).fault(value, fault)
        return written

    return read


BlockId = Annotated[str, plain(_read_block_id, {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]{0,63}$"})]
PictureFile = Annotated[str, plain(_file_reader("picture"), {"type": "string", "minLength": 1})]
CaptionsFile = Annotated[str, plain(_file_reader("captions"), {"type": "string", "minLength": 1})]
VideoFile = Annotated[str, plain(_file_reader("video"), {"type": "string", "minLength": 1})]
AudioFile = Annotated[str, plain(_file_reader("audio"), {"type": "string", "minLength": 1})]


def _picture_schema(schema: dict[str, Any], model: type[BaseModel]) -> None:
    tidy_schema(schema, model)
    schema["oneOf"] = [
        {"required": ["alt"], "properties": {"decorative": {"const": False}, "reason": False}},
        {"required": ["decorative", "reason"], "properties": {"decorative": {"const": True}, "alt": False}},
    ]


class Picture(Model):
    """A picture. It has an alternative text, or it says that it is decoration and why."""

    model_config = ConfigDict(json_schema_extra=_picture_schema)

    file: PictureFile
    """The picture's file, below the record's folder, with / between folders: JPEG, PNG, WebP, GIF, AVIF or SVG."""
    alt: Annotated[Text, _TextOf("alt")] | None = None
    """
    The alternative text, said in place of the picture: what is to be seen, in the record's language. No “picture of”, no markup,
    not the caption again; at most about 250 characters.
    """
    decorative: Flag = False
    """true where the picture tells a reader nothing; then there is a reason and no alt."""
    reason: Word | None = None
    """Why a decorative picture tells a reader nothing. It does not stand on the page."""
    caption: Annotated[Text, _TextOf("caption")] | None = None
    """The line below the picture."""
    credit: Annotated[Text, _TextOf("credit")] | None = None
    """Who made or gave it; stands after “Image:”."""
    description: Annotated[Text, _TextOf("description")] | None = None
    """A full description of a chart or a map, for what an alt is too short for. Readers open it below the picture."""

    @model_validator(mode="before")
    @classmethod
    def _require_alt(cls, data: Any, info: ValidationInfo) -> Any:
        """WCAG 1.1.1, ATAG 2.0 B.2.3: no picture without a conscious choice, and never a stand-in for the words."""
        if not isinstance(data, Mapping):
            return data
        reading = _record_of(info)
        file, alt, reason = data.get("file"), data.get("alt"), data.get("reason")
        picture = f"the picture {shorten(file)}" if isinstance(file, Scalar) and not is_blank(file) else "this picture"
        language = f"{name_of(reading.language, 'en')} ({reading.language})" if reading.language else "the record's language"
        is_empty = isinstance(alt, Scalar) and is_blank(alt)
        is_written = "alt" in data and not is_empty  # a list is written too; that it is no text is told where the field is read
        no_reason = reason is None or (isinstance(reason, Scalar) and is_blank(reason))
        flag, why = reading.line_of("decorative", "true"), reading.line_of("reason")
        remedy = f"say in {language} what it shows, or write “{flag}” and “{why}” if it tells a reader nothing"
        if is_true(data.get("decorative")):
            if is_written:
                hint = f"keep one of the two: what it shows, in {language}, or “{flag}” if it tells a reader nothing"
                reading.fault(at_key(data, "decorative"), f"{picture} has an alt and is decorative; {hint}")
            elif no_reason:
                hint = f"write “{why}” beside it, or say in {language} what it shows"
                reading.fault(at_key(data, "decorative"), f"{picture} is decorative and no reason is given; {hint}")
        else:
            if is_empty:
                how = "white space only" if alt else "empty"
                reading.fault(at_key(data, "alt"), f"the alt of {picture} is {how}; {remedy}")
            elif not is_written:
                reading.fault(data, f"{picture} has no alt; {remedy}")
            if not no_reason:
                hint = f"add “{flag}”, or take the reason out"
                reading.fault(at_key(data, "reason"), f"{picture} has a reason and is not decorative; {hint}")
        return data.only(lambda key: not (key == "alt" and is_empty) and not (key == "reason" and no_reason))


class Heading(Model):
    """A heading within the body, of level 2 to 4; level 1 is the headline."""

    text: Annotated[Text, _TextOf("heading")]
    """The heading's words."""
    level: Annotated[int, whole_number(2, 4)] = 2
    """2, 3 or 4; no level is left out on the way down."""


class BulletList(Model):
    """A list, numbered where the order counts."""

    items: Annotated[tuple[Annotated[Text, _TextOf("list item")], ...], Field(min_length=1)]
    """The items, all in the same grammatical form."""
    ordered: Flag = False
    """true for a numbered list."""


class Quote(Model):
    """Somebody's words, with who said them. With `lang`, the words stay in that language on every page."""

    text: Annotated[Text, _TextOf("quote")]
    """The words, without quotation marks."""
    source: Annotated[Text, _TextOf("quote source")] | None = None
    """Who said them."""
    url: Url | None = None
    """Where they can be read."""
    lang: Language | None = None
    """The language of the words, if they are to stay in it on every page; they are not translated then."""

    @model_validator(mode="after")
    def _keep_language(self) -> "Quote":
        if self.lang:
            object.__setattr__(self, "text", self.text._replace(language=self.lang, stays=True))
        return self


class Table(Model):
    """A table with a caption and the headers of its columns; with `row_headers`, each row's first cell is its header."""

    caption: Annotated[Text, _TextOf("table caption")]
    """What the table shows."""
    header: Annotated[tuple[Annotated[Text, _TextOf("table header")], ...], Field(min_length=1)]
    """The headers of the columns."""
    rows: Annotated[tuple[tuple[Annotated[Text, _TextOf("table cell")], ...], ...], Field(min_length=1)]
    """The rows, each with as many cells as the header."""
    row_headers: Flag = False
    """true where each row's first cell is its header."""

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
    Field(min_length=1),
    BeforeValidator(lambda value: value if isinstance(value, Sequence) else [value]),
    WithJsonSchema({"anyOf": [A_STRING, {"type": "array", "items": A_STRING, "minItems": 1}]}),
]
"""The words that are heard, as one paragraph or several."""

Captions = Annotated[
    dict[Language, CaptionsFile],
    Field(min_length=1),
    WithJsonSchema({"anyOf": [A_STRING, {"type": "object", "additionalProperties": A_STRING, "minProperties": 1}]}),
]


class Video(Model):
    """A film with captions for each language and a transcript."""

    file: VideoFile
    """The film, below the record's folder: .mp4, .webm or .ogv."""
    title: Annotated[Text, _TextOf("media title")]
    """Its name, for screen readers."""
    captions: Captions
    """A WebVTT file (.vtt) for each language; a single one is in the record's language."""
    poster: PictureFile | None = None
    """The picture that stands there before the film runs."""
    caption: Annotated[Text, _TextOf("caption")] | None = None
    """The line below it."""
    credit: Annotated[Text, _TextOf("credit")] | None = None
    """Who made or gave it."""
    transcript: Transcript
    """The words that are heard, and what is to be seen where it matters: one paragraph, or a list of several."""

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
    """The recording, below the record's folder: .mp3, .m4a, .ogg, .opus, .wav or .flac."""
    title: Annotated[Text, _TextOf("media title")]
    """Its name, for screen readers."""
    caption: Annotated[Text, _TextOf("caption")] | None = None
    """The line below it."""
    credit: Annotated[Text, _TextOf("credit")] | None = None
    """Who made or gave it."""
    transcript: Transcript
    """The words that are heard: one paragraph, or a list of several."""


class Block(Model):
    """A part of the body. Its id, if it has one, is its anchor on the page and stays when the block moves."""

    id: BlockId | None = None
    """The block's anchor on the page: a letter, then letters, digits, - or _. It stays when the block moves."""


class ParagraphBlock(Block):
    """A paragraph."""

    paragraph: Annotated[Text, _TextOf("paragraph")]
    """A paragraph. Markup: **strong**, *emphasis*, [words](https://…), <i lang="it">parola</i>."""


class HeadingBlock(Block):
    """A heading."""

    heading: Annotated[Heading, Short("text", Scalar, A_STRING)]
    """A heading of level 2; with text and level, one of level 2 to 4."""


class ListBlock(Block):
    """A list."""

    list: Annotated[BulletList, Short("items", Sequence, {"type": "array", "items": A_STRING, "minItems": 1})]
    """A list of items; with items and ordered, a numbered one."""


class PictureBlock(Block):
    """A picture."""

    picture: Picture
    """A picture with its alternative text, or with the reason why it needs none."""


class QuoteBlock(Block):
    """A quotation."""

    quote: Annotated[Quote, Short("text", Scalar, A_STRING)]
    """Somebody's words, without quotation marks; with text, source, url and lang, who said them and where."""


class TableBlock(Block):
    """A table."""

    table: Table
    """A table with its caption and headers."""


class VideoBlock(Block):
    """A film."""

    video: Video
    """A film with captions and a transcript."""


class AudioBlock(Block):
    """A recording."""

    audio: Audio
    """A recording with a transcript."""


class ContactBlock(Block):
    """Whom to ask."""

    contact: Annotated[Text, _TextOf("contact")]
    """Whom to ask. It gets a heading of its own."""


# That a body is not empty is told with the faults of its blocks; pydantic need not say it a second time.
_NOT_EMPTY = Field(json_schema_extra={"minItems": 1})


_PARAGRAPH = _TextOf("paragraph")
_new_paragraph, _set = ParagraphBlock.__new__, object.__setattr__


def _paragraph_of(words: Scalar, reading: _RecordReading) -> ParagraphBlock:
    """
    A paragraph that is nothing but its words, as most blocks are: what pydantic would make of it, at a tenth of the time.

    It sets what pydantic's own `model_construct` sets.
    """
    made = _new_paragraph(ParagraphBlock)
    _set(made, "__dict__", {"id": None, "paragraph": _PARAGRAPH.read(words, reading)})
    _set(made, "__pydantic_fields_set__", {"paragraph"})
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


def _block_kind(value: Any) -> str | None:
    if type(value) is ParagraphBlock:
        return "paragraph"
    for key in value if isinstance(value, dict) else ():
        if key in _KINDS:
            return str(key)
    return None


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
    """The heading of the box."""
    body: Annotated[tuple[InfoContent, ...], _NOT_EMPTY]
    """Its paragraphs and lists."""

    @model_validator(mode="before")
    @classmethod
    def _check_blocks(cls, data: Any, info: ValidationInfo) -> Any:
        return _with_known_blocks(data, info, ("paragraph", "list"))


class InfoBlock(Block):
    """An info box."""

    info: Info
    """A box beside the story, with a heading of its own: background, figures, advice."""


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
    reading = _record_of(info)
    if not body:
        example = "- paragraph: …" if reading.format == "yaml" else reading.line_of("paragraph")
        reading.fault(body, f"the body is empty; write at least one “{example}”")
    begin = f"begin it with its kind, such as “{reading.line_of('paragraph')}” (the kinds: {', '.join(kinds)})"
    known = Sequence()
    known.line, known.column = body.line, body.column
    for block in body:
        if not isinstance(block, Mapping):
            reading.fault(block, f"a block is not {kind_of(block)}; {begin}")
            continue
        if len(block) == 1 and isinstance(words := block.get("paragraph"), Scalar):
            known.append(_paragraph_of(words, reading))
            continue
        found = [key for key in block if key in kinds]
        if len(found) == 1:
            known.append(block)
        elif found:
            example = f"- {found[1]}:" if reading.format == "yaml" else reading.line_of(found[1])
            reading.fault(at_key(block, found[1]), f"this block is a {found[0]} already; begin another one with “{example}”")
        elif odd := next((key for key in block if key != "id"), None):
            hint = f"it cannot stand here; the kinds here are {', '.join(kinds)}" if odd in _KINDS else nearest(odd, kinds)
            reading.fault(at_key(block, odd), f"“{shorten(odd)}” is no kind of block; {hint}")
        else:
            reading.fault(block, f"this block holds nothing; {begin}")
    data = data.only(lambda key: key != "body")
    data.put("body", known, (body.line, body.column))
    return data


class Related(Model):
    """A link to read on. `urls` gives other addresses for other languages; `hreflang` is the language of the page it leads to."""

    text: Annotated[Text, _TextOf("related link")]
    """The words of the link: what it leads to."""
    url: Url
    """Where it leads: https://…, or / and a path of this site."""
    urls: dict[Language, Url] = Field(default_factory=dict)
    """Other addresses for the pages in other languages: de: https://…"""
    hreflang: Language | None = None
    """The language of the page that url leads to. Where it is not the reader's, the link says so."""


class Author(Model):
    """Who wrote it."""

    name: Word
    """The person's name; it is not translated."""
    role: Annotated[Text, _TextOf("author role")] | None = None
    """What the person does."""
    url: Url | None = None
    """A page about the person."""


class Licence(Model):
    """Under what terms the text may be used."""

    url: Url
    """The address of the licence."""
    name: Annotated[Text, _TextOf("licence")] | None = None
    """Its name, such as CC BY 4.0."""


class ProperName(Model):
    """A name that is not translated, with its language where a voice should know it."""

    name: Word
    """The name, as it is written in the texts."""
    lang: Language | None = None
    """The language it is to be pronounced in."""


class Article(Model):
    """One news record. Every text in it is a `Text`."""

    language: Language
    """The language that the record is written in, as a tag of BCP 47: en, de-AT, sr-Latn."""
    slug: Annotated[Text, _TextOf("slug")] | None = None
    """The page's name in its address: small letters and digits, with - between words. Each language can have its own."""
    published: Moment
    """When it was published, with the time zone: 2022-11-14T09:00:00+01:00."""
    updated: Moment | None = None
    """When it was last changed, with the time zone; not before it was published."""
    kicker: Annotated[Text, _TextOf("kicker")] | None = None
    """The short line above the headline."""
    headline: Annotated[Text, _TextOf("headline")]
    """The headline: the page's main heading and its title."""
    teaser: Annotated[Text, _TextOf("teaser")] | None = None
    """One or two sentences below the headline, which search engines and previews show too."""
    authors: tuple[Annotated[Author, Short("name", Scalar, A_STRING)], ...] = ()
    """Who wrote it: names, or name, role and url of each."""
    location: Annotated[Text, _TextOf("location")] | None = None
    """The place that the news comes from."""
    body: Annotated[tuple[BodyBlock, ...], _NOT_EMPTY]
    """The blocks of the article, in their order: paragraph, heading, list, picture, quote, table, video, audio, info, contact."""
    related: tuple[Related, ...] = ()
    """Links to read on."""
    section: Annotated[Text, _TextOf("section")] | None = None
    """The part of the site it belongs to."""
    tags: tuple[Annotated[Text, _TextOf("tag")], ...] = ()
    """Words under which it is filed."""
    licence: Annotated[Licence, Short("url", Scalar, A_STRING)] | None = None
    """Under what terms the text may be used: an address, or url and name."""
    names: tuple[Annotated[ProperName, Short("name", Scalar, A_STRING)], ...] = ()
    """Names of people, places and institutions that are not translated; with lang where a voice should know their language."""
    languages: tuple[Language, ...] = ()
    """The languages that this record is wanted in, if not all of the site's."""

    _id: str = PrivateAttr("")
    _file: str = PrivateAttr("")
    _published_at: tuple[int, int] = PrivateAttr(default_factory=lambda: (1, 1))

    @property
    def id(self) -> str:
        """The record's name among the site's records, and the gettext domain of its catalogs."""
        return str(self._own("_id"))

    @property
    def file(self) -> str:
        """The record's file."""
        return str(self._own("_file"))

    def _own(self, name: str) -> Any:
        # Pydantic's own way to its private attributes takes ten times as long, and every text asks.
        return (self.__pydantic_private__ or {})[name]

    def birthplace_of_date(self) -> Birthplace:
        """Where the dates stand that CLDR puts into words."""
        line, column = self._own("_published_at")
        return Birthplace(self.file, line, column, Owner.EDITOR, f"record {self.id} published")

    @model_validator(mode="before")
    @classmethod
    def _check_whole(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        # Where a JSON record names its schema for an editor, as YAML does in a comment.
        data = data.only(lambda key: key != "$schema")
        if isinstance(listed := data.get("names"), Sequence) and len(listed) > _MOST_NAMES:
            reading_of(info).fault(listed, f"more than {_MOST_NAMES} names; keep those that stand in this record")
            data = data.only(lambda key: key != "names")
        if isinstance(body := data.get("body"), Sequence):
            _check_headings(body, reading_of(info))
            _check_ids(body, reading_of(info), {})
        return _with_known_blocks(data, info, _KINDS)

    @model_validator(mode="after")
    def _check_dates(self, info: ValidationInfo) -> "Article":
        both_told = self.updated is not None and self.published.tzinfo is not None and self.updated.tzinfo is not None
        if both_told and self.updated is not None and self.updated < self.published:
            reading = _record_of(info)
            place = Scalar.at("", *reading.updated_at)
            reading.fault(place, "updated is before published; mend one of them")
        return self


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record, with which editors complete keys and mark mistakes."""
    made = Article.model_json_schema()
    made["properties"]["$schema"] = {"type": "string", "description": "Where an editor finds this schema, in a JSON record."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "a11ynews record"}


def _check_headings(body: Sequence, reading: Reading) -> None:
    """No level is left out on the way down (WCAG 1.3.1); the headline is level 1."""
    above = 1
    for block in body:
        heading = block.get("heading") if isinstance(block, Mapping) else None
        level = heading.get("level", "2") if isinstance(heading, Mapping) else "2" if isinstance(heading, Scalar) else None
        level = level.strip() if isinstance(level, str) else None
        if level not in ("2", "3", "4"):
            continue
        if int(level) > above + 1:
            reading.fault(
                at_key(block, "heading"),
                f"this heading of level {level} follows one of level {above}; write level {above + 1}, or the one between",
            )
        above = int(level)


def _check_ids(body: Sequence, reading: Reading, seen: dict[str, int]) -> None:
    for block in body:
        if not isinstance(block, Mapping):
            continue
        if isinstance(identifier := block.get("id"), Scalar) and not is_blank(identifier):
            written = identifier.strip()
            if written in seen:
                message = f"the id “{shorten(written)}” is on line {seen[written]} already; an id stands once in a record"
                reading.fault(identifier, message)
            seen.setdefault(written, identifier.line)
        if isinstance(box := block.get("info"), Mapping) and isinstance(inner := box.get("body"), Sequence):
            _check_ids(inner, reading, seen)


def slug_fault(words: str) -> Message | None:
    """What is wrong with a slug; None where nothing is."""
    if len(words) > (most := ROLES["slug"].most or 0):
        return say("the slug has {length} characters, the most is {most}; shorten it", length=len(words), most=most)
    # It becomes the name of a file, and of these systems take 255 bytes.
    if (size := len(words.encode())) > 200:
        return say("the slug has {size} bytes in UTF-8, the most is {most}; shorten it", size=size, most=200)
    if is_device(words):
        return say("the slug “{slug}” is the name of a device on Windows; write another one", slug=words)
    # Vowel signs (Hindi, Thai) are marks; a letter with a mark of its own, such as é, is written as one character.
    letters = "".join("a" if unicodedata.category(character)[0] in "LMN" else character for character in words)
    is_plain = words == words.lower() and unicodedata.is_normalized("NFC", words)
    if is_plain and re.fullmatch("a+(?:-a+)*", letters) and not any(unicodedata.combining(part[0]) for part in words.split("-")):
        return None
    return say(
        "{slug!r} cannot be part of an address; write small letters and digits with “-” between words", slug=shorten(words)
    )


Path = tuple[int | str, ...]
"""Where in a record something stands: (`body`, 3, `picture`, `alt`)."""


def texts(article: Article) -> Iterator[tuple[Path, Text]]:
    """Every text of a record with its path, in the order in which a page reads; the slug comes last."""
    for name in sorted(Article.model_fields, key="slug".__eq__):
        yield from _texts((name,), getattr(article, name))


def all_texts(article: Article) -> list[Text]:
    """Every text of a record, in the same order."""
    found: list[Text] = []
    for name, value in article.__dict__.items():
        if name != "slug":
            _gather_texts(value, found)
    _gather_texts(article.slug, found)
    return found


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts((*path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _texts((*path, number), part)


def _gather_texts(value: Any, found: list[Text]) -> None:
    kind = type(value)
    if kind is Text:
        found.append(value)
    elif kind is tuple:
        for part in value:
            _gather_texts(part, found)
    elif issubclass(kind, BaseModel):
        for part in value.__dict__.values():
            _gather_texts(part, found)


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


def _names_in(root: Mapping) -> dict[str, str]:
    """The names of a record before it is validated, with their languages; what is wrong with them is told elsewhere."""
    found: dict[str, str] = {}
    listed = root.get("names")
    for name in listed if isinstance(listed, Sequence) else ():
        words, language = (name.get("name"), name.get("lang", "")) if isinstance(name, Mapping) else (name, "")
        if isinstance(words, Scalar) and isinstance(language, str):
            with contextlib.suppress(LanguageError):
                found[fold(words)] = tag_of(language.strip()) if language.strip() else ""
    return found


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
    reading.names = _names_in(root)
    if fault := name_fault(record):
        # It names folders of the site and catalogs.
        reading.faults.append(Fault(source.file, 1, 1, f"{fault}; give the record's folder another name"))
    article = validate(Article, source, reading, RecordError)
    named: dict[str, str] = {}
    for _, name in files(article):
        if (other := named.setdefault(same_name(name), name)) != name:
            message = f"{other} and {name} are one file on systems without upper and lower case; rename one of them"
            raise RecordError([Fault(source.file, 1, 1, message)])
    article._id, article._file = record, source.file
    article._published_at = root.keys_at["published"]
    return article
