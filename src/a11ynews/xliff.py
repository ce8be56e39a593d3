"""
A catalog as an XLIFF file, which the tools of translation agencies read, and what comes back in one.

The format is XLIFF 2.1 (OASIS Standard, 13 February 2018): its core, and of its modules Size and Length Restriction (`slr`),
Translation Candidates (`mtc`) and Metadata (`mda`). Markup becomes inline codes whose original data is the markup as it is
written, so that a text comes back as it went; a tool that has not changed a target gives the same words to a character.
"""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NoReturn
from xml.parsers import expat

from . import markup
from .article import ROLES
from .catalog import UI_DOMAIN, Catalog
from .errors import Fault, SourceError, shorten
from .language import direction_of, same_language
from .markup import Level, Name, NameMarker
from .po import PoEntry
from .provenance import State, strike

VERSION = "2.1"
LARGEST = 20 * 1024 * 1024
"""The most bytes that an XLIFF file may have."""

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_MODULES = {
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0",
}
_XML = "http://www.w3.org/XML/1998/namespace"
# Nobody nests deeper or writes more; a file that does would only cost memory.
_MOST_DEPTH, _MOST_ELEMENTS = 100, 500_000

# -- texts and their inline codes ------------------------------------------------------------------------------------------

Key = tuple[str, str]
"""What a code is: `a` and an address, `i` and a language, `strong`, `em`, `field` and a name."""


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of markup around other pieces, or a {field}: what it is, and how it is written."""

    key: Key
    opening: str
    closing: str = ""
    children: tuple["Piece", ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A name that stays as it is."""

    words: str


Piece = str | Code | Term


@dataclass(frozen=True, slots=True)
class Form:
    """What a text may hold besides words."""

    level: Level
    fields: bool = False
    """Whether `{n}` is filled in."""


def form_of(domain: str, context: str) -> Form:
    """The form of a catalog entry's texts: of a record's by its role, of the page's own words with fields and no markup."""
    if domain == UI_DOMAIN:
        return Form(Level.NONE, fields=True)
    return Form(ROLES[context].level if context in ROLES else Level.NONE)


def pieces(words: str, form: Form) -> list[Piece]:
    """A text in its pieces: laid side by side as they are written, they are the text. An escaped character is text as written."""
    found, at = _aligned(markup.parse(words, form.level), words, 0)
    assert at == len(words), "a text is all of its pieces"
    return [part for piece in found for part in (_fields(piece) if form.fields and isinstance(piece, str) else [piece])]


def _aligned(nodes: Iterable[markup.Node], words: str, at: int) -> tuple[list[Piece], int]:
    """The nodes of a text from a character on, as they are written there, and where they end."""
    found: list[Piece] = []
    start = at  # of the text that has no code in it yet
    for node in nodes:
        if node.kind == "text":
            escaped = len(node.value) == 1 and words.startswith(f"\\{node.value}", at)
            at += escaped + len(node.value)
            continue
        if at > start:
            found.append(words[start:at])
        opening = words[at : words.index(">", at) + 1] if node.kind == "i" else _OPENINGS[node.kind]
        closing = f"]({node.value})" if node.kind == "a" else "</i>" if node.kind == "i" else opening
        children, end = _aligned(node.children, words, at + len(opening))
        found.append(Code((node.kind, node.value), opening, closing, tuple(children)))
        start = at = end + len(closing)
    if at > start:
        found.append(words[start:at])
    return found, at


_OPENINGS = {"strong": "**", "em": "*", "a": "["}


def _fields(words: str) -> Iterator[Piece]:
    for number, part in enumerate(re.split(r"(\{\w+\})", words)):
        if part:
            yield Code(("field", part), part) if number % 2 else part


def _with_terms(found: Iterable[Piece], names: NameMarker, language: str) -> list[Piece]:
    """The pieces with the names in them, where the page marks them."""
    marked: list[Piece] = []
    for piece in found:
        if isinstance(piece, Code):
            marked.append(Code(piece.key, piece.opening, piece.closing, tuple(_with_terms(piece.children, names, language))))
        elif isinstance(piece, str):
            for number, part in enumerate(re.split("<span[^>]*>(.*?)</span>", str(names(piece, language)), flags=re.DOTALL)):
                if part:
                    marked.append(Term(html.unescape(part)) if number % 2 else html.unescape(part))
        else:
            marked.append(piece)
    return marked


def codes(found: Iterable[Piece]) -> Iterator[Code]:
    """All codes of a text, one within another too, in the order in which they open."""
    for piece in found:
        if isinstance(piece, Code):
            yield piece
            yield from codes(piece.children)


_Token = tuple[Literal["text", "opening", "closing", "field"], str]


def _tokens(found: Iterable[Piece]) -> Iterator[_Token]:
    for piece in found:
        if isinstance(piece, str):
            yield "text", piece
        elif isinstance(piece, Term):
            yield "text", piece.words
        elif piece.key[0] == "field":
            yield "field", piece.opening
        else:
            yield "opening", piece.opening
            yield from _tokens(piece.children)
            yield "closing", piece.closing


_SPACES = re.compile("[ \t\r\n]+")


def _folded(tokens: Iterable[_Token]) -> list[_Token]:
    """
    The tokens with every run of white space as one space, none at the ends and none just inside a code.

    That is what `xml:space="default"` lets a tool do to a text, and undoes it.
    """
    folded: list[_Token] = []
    waiting: list[_Token] = []  # codes that are open and hold nothing yet
    space = False

    def put(token: _Token) -> None:
        nonlocal space
        if space and folded:
            folded.append(("text", " "))
        space = False
        folded.extend([*waiting, token])
        waiting.clear()

    for kind, written in tokens:
        if kind == "opening":
            waiting.append((kind, written))
        elif kind == "closing" and not waiting:
            folded.append((kind, written))
        elif kind != "text":
            put((kind, written))
        else:
            body = _SPACES.sub(" ", written)
            space = space or body.startswith(" ")
            if body.strip(" "):
                put(("text", body.strip(" ")))
                space = body.endswith(" ")
    return folded


def _join(tokens: Iterable[_Token]) -> str:
    return "".join(written for _, written in tokens)


def _bare(tokens: Iterable[_Token]) -> str:
    return _SPACES.sub("", "".join(written for kind, written in tokens if kind == "text"))


def bare(words: str, form: Form) -> str:
    """The words of a text without codes and white space."""
    return _bare(_tokens(pieces(words, form)))


def fold(words: str, form: Form) -> str:
    """A text with its white space as `xml:space="default"` leaves it."""
    return _join(_folded(_tokens(pieces(words, form))))


def digest(words: str, form: Form) -> str:
    """Sixteen hexadecimal digits that tell whether a text is still the one that was exported, white space apart."""
    return hashlib.sha256(fold(words, form).encode()).hexdigest()[:16]


def unit_id(context: str, id: str) -> str:
    """The id of the unit of a catalog entry; it stays the same as long as the entry's context and source words do."""
    name = re.sub("[^a-z0-9]+", "-", context.lower()).strip("-") or "page"
    # U+0004 parts context and words in gettext's own files.
    key = "\4".join([context, id])
    return f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def file_id(domain: str) -> str:
    """The id of a catalog's `file` element: the domain, with what an NMTOKEN cannot hold as `:20:`. No two domains have one."""
    return re.sub(r"[^A-Za-z0-9._-]", lambda match: f":{ord(match[0]):x}:", domain)


def state_of(entry: PoEntry) -> State:
    """How far an entry is: missing, fuzzy or translated."""
    if not any(words.strip() for words in entry.strings.values()):
        return State.MISSING
    return State.FUZZY if entry.fuzzy else State.TRANSLATED


def limit_of(entry: PoEntry, domain: str) -> int | None:
    """
    The most characters that a translation may have, markup not counted; None where there is no limit.

    What translates a text that is too long itself may be as long as that.
    """
    # Flags do not outlive every tool; what a role allows is known all the same.
    limit = ROLES[entry.context].most if domain != UI_DOMAIN and entry.context in ROLES else None
    for flag in entry.flags:
        if match := re.fullmatch(r"max-length:([0-9]{1,9})", flag):
            limit = int(match[1])
    return max(limit, length_of(entry.id, form_of(domain, entry.context))) if limit else None


def length_of(words: str, form: Form) -> int:
    """How many characters of a text a reader sees."""
    return len(markup.plain(markup.parse(words, form.level)).strip())


# -- writing ---------------------------------------------------------------------------------------------------------------

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_CONTENT = str.maketrans(_ENTITIES)
_IN_ATTRIBUTES = str.maketrans(_ENTITIES | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def _content(text: str) -> str:
    """Words as the content of an element that may hold `cp`, the characters that XML cannot."""
    return _NOT_XML.sub(lambda match: f'<cp hex="{ord(match[0]):04X}"/>', text.translate(_IN_CONTENT))


def _plain(text: str) -> str:
    """… that may not."""
    return _NOT_XML.sub("\ufffd", text.translate(_IN_CONTENT))


def _tag(name: str, attributes: Mapping[str, str | None], *, empty: bool = False) -> str:
    """A start tag, or the tag of an empty element. What is None is left out."""
    told = [(key, value) for key, value in attributes.items() if value is not None]
    written = [f' {key}="{_NOT_XML.sub(chr(0xFFFD), value.translate(_IN_ATTRIBUTES))}"' for key, value in told]
    return f"<{name}{''.join(written)}{'/' if empty else ''}>"


class _Inline:
    """Writes a source and then a target as inline content; the same code has the same id in both."""

    def __init__(self, language: str) -> None:
        self.data: dict[str, str] = {}
        """The original data by what it says; the values are the ids."""
        self.codes: dict[str, Code] = {}
        self._language = language
        self._ids: dict[Key, list[str]] = {}
        self._count: Counter[str] = Counter()

    def source(self, found: Iterable[Piece]) -> str:
        """The content of `source`."""
        return self._written(found, {}, self._ids)

    def target(self, found: Iterable[Piece]) -> str:
        """The content of `target`."""
        return self._written(found, {key: list(ids) for key, ids in self._ids.items()}, None)

    def original_data(self) -> Iterator[str]:
        """The lines of `originalData`."""
        if self.data:
            yield "<originalData>"
            for written, id in self.data.items():
                yield f"  {_tag('data', {'id': id})}{_content(written)}</data>"
            yield "</originalData>"

    def _written(self, found: Iterable[Piece], known: dict[Key, list[str]], note: dict[Key, list[str]] | None) -> str:
        parts = []
        for piece in found:
            if isinstance(piece, str):
                parts.append(_content(piece))
                continue
            key = ("term", piece.words) if isinstance(piece, Term) else piece.key
            id = known[key].pop(0) if known.get(key) else self._new(key, note)
            if isinstance(piece, Term):
                tag = _tag("mrk", {"id": id, "type": "term", "translate": "no"})
                parts.append(f"{tag}{_content(piece.words)}</mrk>")
            elif key[0] == "field":
                parts.append(_tag("ph", self._attributes(id, piece), empty=True))
            else:
                tag = _tag("pc", self._attributes(id, piece))
                parts.append(f"{tag}{self._written(piece.children, known, note)}</pc>")
        return "".join(parts)

    def _new(self, key: Key, note: dict[Key, list[str]] | None) -> str:
        prefix = "m" if key[0] == "term" else ""
        self._count[prefix] += 1
        id = f"{prefix}{self._count[prefix]}"
        if note is not None:
            note.setdefault(key, []).append(id)
        return id

    def _attributes(self, id: str, code: Code) -> dict[str, str | None]:
        self.codes[id] = code
        kind, value = code.key
        type, sub_type = _TYPES[kind]
        # Words of the page's own language need not be marked as such.
        optional = kind == "i" and same_language(value, self._language)
        attributes: dict[str, str | None] = {
            "id": id,
            "type": type,
            "subType": sub_type,
            "canCopy": "no",
            "canDelete": None if optional else "no",
        }
        if kind == "field":
            attributes |= {"disp": code.opening, "equiv": code.opening, "dataRef": self._datum(code.opening)}
        else:
            attributes |= {"dispStart": code.opening, "dispEnd": code.closing}
            attributes |= {"dataRefStart": self._datum(code.opening), "dataRefEnd": self._datum(code.closing)}
        return attributes

    def _datum(self, written: str) -> str:
        return self.data.setdefault(written, f"d{len(self.data) + 1}")


_TYPES: dict[str, tuple[str, str | None]] = {
    "strong": ("fmt", "xlf:b"),
    "em": ("fmt", "xlf:i"),
    "a": ("link", None),
    "i": ("other", "a11ynews:lang"),
    "field": ("ui", "xlf:var"),
}


def write(catalog: Catalog, *, source_language: str, original: str, names: Sequence[Name] = ()) -> bytes:
    """
    The XLIFF file of a catalog: every entry that is in use, in the catalog's order.

    `original` names the record that the catalog translates, `names` are the ones that stay. Equal catalogs give equal bytes.
    """
    entries = [entry for entry in catalog.entries.values() if not entry.is_header]
    limited = any(limit_of(entry, catalog.domain) is not None for entry in entries)
    root = {"xmlns": _CORE, **{f"xmlns:{prefix}": uri for prefix, uri in _MODULES.items()}}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _tag("xliff", {**root, "version": VERSION, "srcLang": source_language, "trgLang": catalog.language}),
        "  "
        + _tag(
            "file",
            {
                "id": file_id(catalog.domain),
                "original": original,
                "srcDir": direction_of(source_language),
                "trgDir": direction_of(catalog.language),
            },
        ),
    ]
    if limited:
        lines.append(f"    {_tag('slr:profiles', {'generalProfile': 'xliff:codepoints'}, empty=True)}")
    unit = _UnitWriter(catalog, source_language, NameMarker(names))
    lines += [f"    {line}" for entry in entries for line in unit.entry(entry)]
    return "\n".join([*lines, "  </file>", "</xliff>", ""]).encode()


@dataclass(frozen=True, slots=True)
class _UnitWriter:
    """Writes the entries of a catalog."""

    catalog: Catalog
    source_language: str
    names: NameMarker

    def entry(self, entry: PoEntry) -> Iterator[str]:
        """The lines of an entry: a unit, or a group of a unit for each of its plural forms."""
        id = unit_id(*entry.key)
        if not entry.plural:
            yield from self.unit(entry, id, 0, entry.id, [])
            return
        yield _tag("group", {"id": id, "name": entry.context or "page", "type": "a11ynews:plural"})
        for index in entry.strings:
            source = source_of(entry, index, self.catalog.plural)
            told = ", ".join(map(str, _numbers(self.catalog, index)))
            note = f"Plural form {index + 1} of {len(entry.strings)}" + (f": for {told} …" if told else ".")
            yield from (f"  {line}" for line in self.unit(entry, f"{id}-{index}", index, source, [note]))
        yield "</group>"

    def unit(self, entry: PoEntry, id: str, index: int, source: str, notes: list[str]) -> Iterator[str]:
        """The lines of a unit."""
        form, words = form_of(self.catalog.domain, entry.context), entry.strings.get(index, "")
        limit, state = limit_of(entry, self.catalog.domain), state_of(entry)
        inline = _Inline(self.catalog.language)
        kept = entry.context != "slug"
        written = inline.source(self._pieces(source, form, self.source_language, kept))
        target = inline.target(self._pieces(words, form, self.catalog.language, kept)) if words.strip() else None
        exact = any(fold(text, form) != text for text in (source, words))
        yield _tag(
            "unit",
            {
                "id": id,
                "name": entry.context or "page",
                "translate": "yes",
                "slr:sizeRestriction": str(limit) if limit else None,
                "xml:space": "preserve" if exact else None,
            },
        )
        body = [
            *(self._match(entry, index, words, form) if state is State.FUZZY else ()),
            *self._metadata(entry, state if words.strip() else State.MISSING, words, form),
            *self._notes(entry, notes),
            *inline.original_data(),
        ]
        yield from (f"  {line}" for line in body)
        attributes: dict[str, str | None] = {"id": "s1", "state": "initial"}
        if target is not None:
            attributes |= {"subState": "a11ynews:fuzzy"} if state is State.FUZZY else {"state": "translated"}
        yield f"  {_tag('segment', attributes)}"
        yield f"    <source>{written}</source>"
        if target is not None:
            yield f"    <target>{target}</target>"
        yield "  </segment>"
        yield "</unit>"

    def _pieces(self, words: str, form: Form, language: str, kept: bool) -> list[Piece]:
        found = pieces(words, form)
        return _with_terms(found, self.names, language) if kept else found

    def _notes(self, entry: PoEntry, more: list[str]) -> Iterator[str]:
        notes = list(_notes(entry, more))
        if notes:
            yield "<notes>"
            for number, (category, note) in enumerate(notes, 1):
                applies = "target" if category == "translator" else None
                yield f"  {_tag('note', {'id': f'n{number}', 'appliesTo': applies, 'category': category})}{_plain(note)}</note>"
            yield "</notes>"

    def _metadata(self, entry: PoEntry, state: State, words: str, form: Form) -> Iterator[str]:
        """What the import must know, and where the words stand."""
        yield "<mda:metadata>"
        yield f"  {_tag('mda:metaGroup', {'category': 'a11ynews'})}"
        facts = [("reference", reference) for reference in entry.references]
        for type, value in [*facts, ("state", state.value), ("words", digest(words, form))]:
            yield f"    {_tag('mda:meta', {'type': type})}{_plain(value)}</mda:meta>"
        yield "  </mda:metaGroup>"
        yield "</mda:metadata>"

    def _match(self, entry: PoEntry, index: int, words: str, form: Form) -> Iterator[str]:
        """The earlier wording with its translation, as a candidate."""
        if entry.previous is None or not words.strip():
            return
        inline = _Inline(self.catalog.language)
        was = entry.previous.plural if index and entry.previous.plural else entry.previous.id
        source, target = inline.source(pieces(was, form)), inline.target(pieces(words, form))
        yield "<mtc:matches>"
        yield f"  {_tag('mtc:match', {'id': 'c1', 'ref': '#s1', 'type': 'tm', 'origin': self.catalog.file})}"
        yield from (f"    {line}" for line in inline.original_data())
        yield f"    <source>{source}</source>"
        yield f"    <target>{target}</target>"
        yield "  </mtc:match>"
        yield "</mtc:matches>"


_CATEGORIES = ("description", "translator", "previous source")


def _notes(entry: PoEntry, more: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a unit says to translators, with the category of each note."""
    description, translator, previous = _CATEGORIES
    yield from ((description, note) for note in [*entry.extracted, *more] if note.strip())
    yield from ((translator, note) for note in entry.comments if note.strip())
    if entry.fuzzy and entry.previous:
        yield previous, f"The target translates an earlier wording: “{entry.previous.id}”"


def source_of(entry: PoEntry, index: int, plural: Callable[[int], int]) -> str:
    """
    What a string of an entry is to be translated from; `plural` is the catalog's rule.

    The singular is for the form of one thing, wherever that stands among the forms: it is the second one in Arabic. A form of
    other numbers too (1, 21, 31 …, as Russian has) needs the number's field, and the singular may do without it.
    """
    if not entry.plural:
        return entry.id
    if len(entry.strings) == 1 or index != plural(1) or plural(2) == plural(1):
        return entry.plural
    form = Form(Level.NONE, fields=True)
    has, wanted = ({code.key for code in codes(pieces(words, form))} for words in (entry.id, entry.plural))
    alone = [number for number in range(200) if plural(number) == index] == [1]
    return entry.id if alone or wanted <= has else entry.plural


def _numbers(catalog: Catalog, index: int) -> list[int]:
    return [number for number in range(200) if catalog.plural(number) == index][:6]


# -- reading ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of an XML file, of the core namespace by its local name alone. Lines and columns count from 1."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list["_Element | str"] = field(default_factory=list)

    def all(self, *names: str) -> list["_Element"]:
        """Its children of these names."""
        return [child for child in self.children if isinstance(child, _Element) and child.name in names]

    @property
    def text(self) -> str:
        """The text that it holds itself."""
        return "".join(child for child in self.children if isinstance(child, str))


class _TreeBuilder:
    """
    Builds the tree of an XML file with expat, which loads nothing and tells the line of everything.

    A document type is refused where it begins, before anything that it declares is read.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._top = _Element("", {}, 1, 1)
        self._open = [self._top]
        self._count = 0

    def build(self, content: bytes) -> _Element:
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            self._refuse(f"the file is no XML that can be read: {expat.ErrorString(error.code)}; export it from the tool again")
        except (LookupError, ValueError):
            self._refuse("the file is in an encoding that cannot be read; save it as UTF-8")
        finally:
            # The handlers hold the parser's owner, and the parser holds the handlers.
            del self._parser
        return next(child for child in self._top.children if isinstance(child, _Element))

    def _refuse(self, message: str) -> NoReturn:
        parser = self._parser
        raise SourceError([Fault(self._file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, message)]) from None

    def _refuse_doctype(self, *_: object) -> None:
        self._refuse("the file has a document type (<!DOCTYPE), which no XLIFF 2 file has and which can do harm; take it out")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) > _MOST_DEPTH:
            self._refuse("the file holds more elements, or deeper ones, than any export has; import the files one by one")
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        element = _Element(name.removeprefix(f"{_CORE} "), attributes, line, column)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(strike(text))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a unit brings back."""

    source: str
    """The words of its source, bare of codes and white space: some tools drop what they do not know, and then from both."""
    words: str
    """The target as the catalog would write it; empty where there is none."""
    confirmed: bool
    """Whether its state says that it is done: `translated`, `reviewed` or `final`."""
    review: bool
    """Whether its `subState` says that somebody must look at it again."""
    partial: bool
    """Whether only some of the segments that it was split into have a target."""
    language: str | None
    """The `xml:lang` of a target, where one is told."""
    exported: State | None
    """The state with which it was exported; None where the file does not tell any more."""
    digest: str | None
    """The digest of the words with which it was exported."""
    problems: tuple[str, ...]
    """What is wrong with its inline codes; what to do."""
    line: int
    column: int
    """Where its target, or without one the unit, stands in the file."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of an XLIFF file, as it came."""

    _element: _Element

    @property
    def id(self) -> str:
        """Its id; empty where it has none."""
        return self._element.attributes.get("id", "")

    @property
    def place(self) -> tuple[int, int]:
        """Its line and column."""
        return self._element.line, self._element.column

    @property
    def source(self) -> str:
        """Its source words as far as they are known without its entry: for messages."""
        return _join(_folded(token for part in self._sources() for token in part))

    def _sources(self) -> Iterator[Iterator[_Token]]:
        reading = _InlineReading(self._element, {})
        for part in self._element.all("segment", "ignorable"):
            yield from (reading.tokens(source) for source in part.all("source"))

    @property
    def name(self) -> str:
        """Its name: the role of its text."""
        return self._element.attributes.get("name", "")

    def remarks(self, entry: PoEntry) -> list[str]:
        """What others have noted on it: all notes but those of the export. Some tools write theirs into the segment."""
        holders = [self._element, *self._element.all("segment")]
        noted = [note for holder in holders for notes in holder.all("notes") for note in notes.all("note")]
        ours = {" ".join(note.split()) for _, note in _notes(entry, ())}
        found = [" ".join(note.text.split()) for note in noted if not _is_ours(note)]
        return [note for note in found if note and note not in ours and not _PLURAL_NOTE.match(note)]

    def deliver(self, form: Form, known: Mapping[str, Code], *, exact: bool) -> Delivered:
        """
        What it brings back for an entry.

        `known` are the codes that the export gave to it, for tools that drop the original data. Unless `exact`, white space is
        folded: the tool was free to add some.
        """
        parts = self._element.all("segment", "ignorable")
        reading = _InlineReading(self._element, known)
        targets = [(_order_of(part, position), part) for position, part in enumerate(parts, 1)]
        tokens: list[_Token] = []
        open_segments, done_segments, confirmed, review, language = 0, 0, True, False, None
        place = self.place
        for _, part in sorted(targets, key=lambda pair: pair[0]):
            target = next(iter(part.all("target")), None)
            content = list(reading.tokens(target)) if target else []
            if part.name == "ignorable":
                tokens += content or [token for source in part.all("source") for token in reading.tokens(source)]
                continue
            done = part.attributes.get("state") in ("translated", "reviewed", "final")
            confirmed = confirmed and done
            review = review or bool(_REVIEW.search(part.attributes.get("subState", "")))
            if target:
                language = language or target.attributes.get(f"{_XML} lang")
                place = place if done_segments else (target.line, target.column)
            if _join(content).strip() or done:
                done_segments += bool(_join(content).strip())
            else:
                open_segments += 1
            tokens += content
        words = ""
        problems: list[str] = []
        if done_segments:
            words = reading.words(tokens, form, exact)
            problems = reading.problems
        facts = self._facts()
        state = facts.get("state")
        return Delivered(
            _bare(token for part in self._sources() for token in part),
            words,
            confirmed,
            review,
            bool(done_segments and open_segments),
            language,
            State(state) if state in list(State) else None,
            facts.get("words"),
            tuple(dict.fromkeys(problems)),
            *place,
        )

    def _facts(self) -> dict[str, str]:
        """What the export noted for the import."""
        prefix = _MODULES["mda"]
        return {
            meta.attributes.get("type", ""): meta.text.strip()
            for metadata in self._element.all(f"{prefix} metadata")
            for group in metadata.all(f"{prefix} metaGroup")
            if group.attributes.get("category") == "a11ynews"
            for meta in group.all(f"{prefix} meta")
        }


_PLURAL_NOTE = re.compile("Plural form [0-9]+ of [0-9]+[:.]")


def _is_ours(note: _Element) -> bool:
    id, category = note.attributes.get("id", ""), note.attributes.get("category")
    return category in _CATEGORIES and re.fullmatch("n[0-9]+", id) is not None


# Tools have words of their own for what is not done; ours (`a11ynews:fuzzy`) stands beside the state “initial” alone, and a tool
# that confirms a translation may well leave it there.
_REVIEW = re.compile("^(?!a11ynews:fuzzy$).*(?:needs|fuzzy|draft|reject|to-review)", re.IGNORECASE)


def _order_of(part: _Element, position: int) -> int:
    """Where the target of a segment stands among the unit's targets (the attribute `order`)."""
    order = next((target.attributes.get("order", "") for target in part.all("target")), "")
    return int(order) if re.fullmatch("[0-9]{1,6}", order) else position


class _InlineReading:
    """Reads inline content back into words."""

    def __init__(self, unit: _Element, known: Mapping[str, Code]) -> None:
        self.problems: list[str] = []
        self._known = known
        self._pairs: list[tuple[str, str]] = []
        self._started: dict[str, str] = {}
        self._seen: set[str] = set()
        self._data: dict[str, str] = {}
        self._data = {
            # No markup has white space at its ends; a tool that indents everything has put it there.
            data.attributes.get("id", ""): _join(self.tokens(data)).strip(" \t\r\n")
            for original in unit.all("originalData")
            for data in original.all("data")
        }

    def tokens(self, element: _Element) -> Iterator[_Token]:
        """The content of an element. Annotations and what is not known are transparent."""
        for child in element.children:
            if isinstance(child, str):
                yield "text", child
            elif child.name == "cp":
                yield "text", self._character(child)
            elif child.name == "ph":
                opening, _ = self._pair(child, "dataRef", "")
                yield "field", opening
            elif child.name == "pc":
                opening, closing = self._pair(child, "dataRefStart", "dataRefEnd")
                yield "opening", opening
                yield from self.tokens(child)
                yield "closing", closing
            elif child.name == "sc":
                opening, closing = self._pair(child, "dataRef", "")
                self._started[child.attributes.get("id", "")] = closing
                yield "opening", opening
            elif child.name == "ec":
                known = self._started.pop(child.attributes.get("startRef", ""), "")
                yield "closing", self._data.get(child.attributes.get("dataRef", ""), known)
            else:
                yield from self.tokens(child)

    def words(self, tokens: list[_Token], form: Form, exact: bool) -> str:
        """The words of a content, with its codes as markup. What its text says of codes that it has not is its own affair."""
        needed = Counter(self._pairs)
        words = _join(tokens if exact else _folded(tokens))
        if needed <= _written(words, form):
            return words
        if form.level is not Level.NONE:
            # A character of the text may take part in the markup of a code beside it; as itself it cannot.
            plain: list[_Token] = [(kind, _escaped(written) if kind == "text" else written) for kind, written in tokens]
            escaped = _join(plain if exact else _folded(plain))
            if needed <= _written(escaped, form):
                return escaped
        for opening, closing in needed - _written(words, form):
            self.problems.append(
                f"the code {_told(opening, closing)} cannot stand where it is; "
                "let it begin and end between words, hold words, and overlap no other"
            )
        return words

    def _character(self, element: _Element) -> str:
        code = element.attributes.get("hex", "")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            self.problems.append(f"<cp hex=“{shorten(code)}”> stands for no character; take it out")
            return ""
        return strike(chr(number))

    def _pair(self, element: _Element, start: str, end: str) -> tuple[str, str]:
        """What a code opens and closes with."""
        attributes = element.attributes
        id = attributes.get("id", "")
        known = self._known.get(id) or self._known.get(attributes.get("copyOf", ""))
        usual = _FORMATS.get(attributes.get("subType", ""), "")
        opening = self._data.get(attributes.get(start, ""), known.opening if known else usual)
        closing = self._data.get(attributes.get(end, ""), known.closing if known else usual)
        if element.name == "ph":
            closing = ""
        if not opening:
            self.problems.append(f"the code “{shorten(id)}” is none that the export had; take it out")
        elif id in self._seen:
            self.problems.append(f"the code “{shorten(id)}” ({_told(opening, closing)}) is there twice; keep one")
        else:
            self._pairs.append((opening, closing))
        self._seen.add(id)
        return opening, closing


_FORMATS = {"xlf:b": "**", "xlf:i": "*"}


def _told(opening: str, closing: str) -> str:
    return f"{shorten(opening)}…{shorten(closing)}" if closing else shorten(opening)


def _written(words: str, form: Form) -> Counter[tuple[str, str]]:
    return Counter((code.opening, code.closing) for code in codes(pieces(words, form)))


def _escaped(text: str) -> str:
    return re.sub(r"\\?[\\*\[\]<]", lambda match: match[0] if len(match[0]) == 2 else f"\\{match[0]}", text)


@dataclass(frozen=True, slots=True)
class XliffFile:
    """A `file` element of an XLIFF file: what was exported from one catalog."""

    id: str
    original: str
    line: int
    column: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An XLIFF file. `file` is its name in messages; the languages are as it tells them, None where it does not."""

    file: str
    source_language: str | None
    target_language: str | None
    files: tuple[XliffFile, ...]


def read(content: bytes, file: str) -> Document:
    """Read an XLIFF 2.0 or 2.1 file in any encoding that it names. Raises SourceError where it is none."""
    if len(content) > LARGEST:
        raise SourceError([too_large(file)])
    root = _TreeBuilder(file).build(content)
    version = root.attributes.get("version", "")
    if root.name != "xliff" or version not in ("2.0", "2.1"):
        name = shorten(root.name.split(" ")[-1])
        told = f"XLIFF {shorten(version)}" if name == "xliff" and version else f"an XML file that begins with <{name}>"
        message = f"the file is {told}, and XLIFF 2.1 or 2.0 is read; have the agency deliver it in the format that it was given"
        raise SourceError([Fault(file, root.line, root.column, message)])
    files = tuple(
        XliffFile(
            each.attributes.get("id", ""),
            each.attributes.get("original", ""),
            each.line,
            each.column,
            tuple(Unit(unit) for unit in _units(each)),
        )
        for each in root.all("file")
    )
    return Document(file, root.attributes.get("srcLang"), root.attributes.get("trgLang"), files)


def _units(element: _Element) -> Iterator[_Element]:
    for child in element.all("unit", "group"):
        if child.name == "unit":
            yield child
        else:
            yield from _units(child)


def too_large(file: str) -> Fault:
    """What there is to say of a file that has too many bytes."""
    return Fault(file, 1, 1, f"the file is larger than {LARGEST // 1024 // 1024} MB; have the agency deliver it in several")


def known_codes(source: str, words: str, form: Form, language: str) -> dict[str, Code]:
    """The codes that an export gives to a unit, by their ids."""
    inline = _Inline(language)
    inline.source(pieces(source, form))
    inline.target(pieces(words, form))
    return inline.codes
