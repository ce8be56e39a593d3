"""
The knowledge of where every text on a page was written, carried through any template.

A text enters a template between two characters of Unicode's private planes 15 and 16: one that numbers its `Origin`, one that
ends it. They pass through autoescaping, attributes and everybody's templates by themselves. A start tag that a template holds
carries two more, right after its name: the template's number and its line. What is deployed is the marked page with these
characters struck out, so the two cannot differ in anything else.

    U+F0000 + n             a text begins whose origin is the n-th of the page (n < 65,534)
    U+10F000 + n, U+F0000…  … with more than that, a high digit before it
    U+10FFFD                the text ends
    U+100000 + n            a start tag of the n-th template …
    U+101000 + n            … on line n

No input may hold these characters: records and catalogs lose them on reading (`strike`), templates are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Self

import orjson

from .finding import Birthplace, Owner
from .language import direction_of, same_language

_TEXT, _DIGITS = 0xF0000, 0xFFFE
_HIGH, _TEMPLATE, _LINE = 0x10F000, 0x100000, 0x101000
_MOST_TEMPLATES, _MOST_LINES = _LINE - _TEMPLATE, _HIGH - _LINE
END = "\U0010fffd"

MARK = re.compile("[\U000f0000-\U0010ffff]+")
"""Any run of marks."""

_TAG_MARK = re.compile("(<[A-Za-z][^\\s/>\U000f0000-\U0010ffff]*)([\U00100000-\U00100fff])([\U00101000-\U0010efff])")
_TEXT_MARK = re.compile("([\U0010f000-\U0010fffc]?)([\U000f0000-\U000ffffd])|\U0010fffd")


class State(StrEnum):
    """How the words of a text stand in the language of the page."""

    SOURCE = "source"
    """They are the source's own words, and the page is in the source's language."""
    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    """The catalog has a translation of an earlier wording; the source's words are shown."""
    MISSING = "missing"
    """The catalog has none; the source's words are shown."""
    BROKEN = "broken"
    """The catalog has one that would break the page; the source's words are shown."""


class Origin(NamedTuple):
    """Where the words of a text come from."""

    birthplace: Birthplace
    """Where the words that are shown were written."""
    language: str
    """The BCP 47 tag of the language they are in."""
    role: str
    """What the text is on the page: headline, alt, caption … or `page` for the page's own words."""
    state: State = State.SOURCE
    pending: Birthplace | None = None
    """The catalog entry that waits for a translator, where the words are not translated."""

    def __hash__(self) -> int:
        # Every text of a page is looked up by its origin: what tells most of them apart is enough.
        return hash((self.birthplace.line, self.birthplace.column, self.birthplace.identity, self.language))


def torn(encoded: bytes) -> tuple[int, int] | None:
    """
    Where on a page in UTF-8 a text has lost one of its marks, as the number of a template and a line; None where none has.

    All that follows such a text would be taken for a part of it. It happens where a template cuts a text in two.
    """
    # Pieces that each begin with a text: a quarter of the time that a pattern takes on a page of 25 KB.
    before, *begun = encoded.split(b"\xf3")
    depth = -before.count(_END_IN_BYTES)
    for piece in begun:
        if depth < 0:
            break
        depth += (piece[0] >= 0xB0) - piece.count(_END_IN_BYTES)
    if not depth:
        return None
    opened: list[int] = []
    marked = encoded.decode()
    for mark in _TEXT_MARK.finditer(marked):
        if mark[2]:
            opened.append(mark.start())
        elif opened:
            opened.pop()
        else:
            opened.append(mark.start())
            break
    if not opened:
        return None
    tag = None
    for tag in _TAG_MARK.finditer(marked, 0, opened[0]):  # noqa: B007  # the last one is wanted
        pass
    return (ord(tag[2]) - _TEMPLATE, ord(tag[3]) - _LINE) if tag else (-1, 1)


def strike(marked: str) -> str:
    """A text without marks."""
    return marked if marked.isascii() else MARK.sub("", marked)


def strike_bytes(marked: bytes) -> bytes:
    """A text in UTF-8 without marks: the same as `strike`, at a fifth of the time."""
    # In UTF-8, what begins with F4 is of plane 16, where all are marks; what begins with F3 is of plane 15 from F3 B0 on.
    first, *rest = marked.split(b"\xf4")
    first, *rest = b"".join([first, *[part[3:] for part in rest]]).split(b"\xf3")
    return b"".join([first, *[part[3:] if part[0] >= 0xB0 else b"\xf3" + part for part in rest]])


_END_IN_BYTES = END.encode()


def tag_mark(template: int, line: int) -> str:
    """The mark of a start tag: the number of its template (from 0) and its line (from 1)."""
    return chr(_TEMPLATE + min(template, _MOST_TEMPLATES - 1)) + chr(_LINE + min(line, _MOST_LINES - 1))


def expose_tags(marked: str, attribute: str) -> str:
    """Turn the marks of start tags into an attribute, as `attribute="3:14"`: template 3, line 14."""
    return _TAG_MARK.sub(
        lambda m: f'{m[1]} {attribute}="{ord(m[2]) - _TEMPLATE}:{ord(m[3]) - _LINE}"',
        marked,
    )


def pieces(marked: str, opened: list[int]) -> Iterator[tuple[str, int | None]]:
    """
    Cut a text at its marks: each piece with the number of the innermost origin it stands in, or None.

    `opened` holds the numbers that are open where the text begins; it is left as it stands where the text ends, so that a text
    that runs over several nodes can be followed.
    """
    at = 0
    for mark in _TEXT_MARK.finditer(marked):
        if mark.start() > at:
            yield strike(marked[at : mark.start()]), opened[-1] if opened else None
        at = mark.end()
        if mark[2]:
            opened.append(_number(mark))
        elif opened:
            opened.pop()
    if at < len(marked):
        yield strike(marked[at:]), opened[-1] if opened else None


def _number(mark: re.Match[str]) -> int:
    return (ord(mark[1]) - _HIGH if mark[1] else 0) * _DIGITS + ord(mark[2]) - _TEXT


@dataclass(slots=True)
class Trace:
    """The origins of one page's texts, and the templates that its tags come from."""

    origins: list[Origin] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    """The files of the templates, by their numbers."""
    _latest: dict[str, tuple[Origin, str]] = field(default_factory=dict)
    """By identity, the origin that was marked last: most are the only ones of theirs, and a text is told from others quickest."""
    _openings: dict[Origin, str] = field(default_factory=dict)
    """The marks of those that others of their identity have followed: to look up an origin itself takes longer."""

    def mark(self, html: str, origin: Origin) -> str:
        """A text between its marks."""
        return f"{self.opening(origin)}{html}{END}"

    def opening(self, origin: Origin) -> str:
        """The mark that a text begins with; `END` is the one that it ends with."""
        identity = origin[0][4]
        latest = self._latest.get(identity)
        opening = None
        if latest is not None:
            if latest[0] == origin:
                return latest[1]
            opening = self._openings.get(origin)
            self._openings[latest[0]] = latest[1]
        if opening is None:
            number = len(self.origins)
            opening = (
                chr(_TEXT + number) if number < _DIGITS else f"{chr(_HIGH + number // _DIGITS)}{chr(_TEXT + number % _DIGITS)}"
            )
            self.origins.append(origin)
        self._latest[identity] = origin, opening
        return opening

    def origin(self, number: int | None) -> Origin | None:
        """The origin of that number; None for a number that is none of this page's."""
        return self.origins[number] if number is not None and number < len(self.origins) else None

    def to_json(self) -> dict[str, Any]:
        """The trace as plain values, every birthplace written once."""
        places: dict[Birthplace, int] = {}

        def place(birthplace: Birthplace | None) -> int | None:
            return None if birthplace is None else places.setdefault(birthplace, len(places))

        origins = [[place(o.birthplace), o.language, o.role, o.state, place(o.pending)] for o in self.origins]
        return {
            "templates": self.templates,
            "places": [[b.file, b.line, b.column, b.owner, b.identity] for b in places],
            "origins": origins,
        }

    def to_line(self) -> bytes:
        """What `to_json` gives as a line of JSON; each page has one."""
        places: dict[Birthplace, int] = {}
        origins = []
        for birthplace, language, role, state, pending in self.origins:
            number = places.setdefault(birthplace, len(places))
            waiting = None if pending is None else places.setdefault(pending, len(places))
            origins.append((number, language, role, state, waiting))
        return orjson.dumps({"templates": self.templates, "places": [[*place] for place in places], "origins": origins})

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises ValueError, KeyError, TypeError or IndexError for anything else."""
        places = [Birthplace(file, line, column, Owner(owner), name) for file, line, column, owner, name in data["places"]]
        trace = cls(templates=list(data["templates"]))
        for place, language, role, state, pending in data["origins"]:
            trace.origins.append(
                Origin(places[place], language, role, State(state), None if pending is None else places[pending])
            )
        return trace


def declare_languages(encoded: bytes, trace: Trace, page_language: str) -> bytes:
    """
    Say the language of every text that is not in the language it inherits, on the smallest element (WCAG 3.1.2).

    The page is given, and comes back, in UTF-8.

    `lang` (and `dir`, where the script runs the other way) goes on the text's element where it is alone there, on the element
    whose attribute it is, and else on a `span` around it. What already says its language rightly is left as it is.
    """
    foreign = {
        number
        for number, (_, language, *_) in enumerate(trace.origins)
        if language != page_language and not same_language(language, page_language)
    }
    if not foreign or not _undeclared(encoded, trace, foreign):
        return encoded
    marked = encoded.decode()
    edits = _Outline(marked, trace, page_language).edits()
    if not edits:
        return encoded
    out, at = [], 0
    for position, _, text in sorted(edits, key=lambda edit: edit[:2]):
        out += [marked[at:position], text]
        at = position
    return "".join([*out, marked[at:]]).encode()


def _undeclared(encoded: bytes, trace: Trace, foreign: set[int]) -> bool:
    """Whether a foreign text stands anywhere but alone at the start of an element that says its language. Cheap."""
    for number in foreign:
        high, low = divmod(number, _DIGITS)
        begun = f"{chr(_HIGH + high) if high else ''}{chr(_TEXT + low)}".encode()
        said = re.compile(rf'\slang="{re.escape(trace.origins[number].language)}"'.encode())
        at = encoded.find(begun)
        while at >= 0:
            start = encoded[encoded.rfind(b"<", 0, at) : at].rstrip()
            if not (start.endswith(b">") and said.search(start)):
                return True
            at = encoded.find(begun, at + 1)
    return False


_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    "|<(?P<close>/?)(?P<name>[A-Za-z][^\\s/>\U000f0000-\U0010ffff]*)(?P<mark>[\U000f0000-\U0010ffff]*)"
    r"""(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>"""
    "|(?P<text>[\U0010f000-\U0010fffc]?[\U000f0000-\U000ffffd])"
    f"|(?P<end>{END})",
    re.DOTALL,
)
_LANG = re.compile(r"""\slang\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_RAW = ("script", "style")
_RAW_END = {name: re.compile(f"</{name}[^>]*>", re.IGNORECASE) for name in _RAW}
_TEXT_ONLY = frozenset({"title", "textarea", "option"})


@dataclass(slots=True, eq=False)
class _Text:
    """A marked text where it stands in a page."""

    language: str
    start: int
    within: "_Element | _Text"
    end: int = -1
    declared: str = ""

    @property
    def effective(self) -> str:
        return self.language


@dataclass(slots=True, eq=False)
class _Element:
    """A start tag, what its attributes say, and where its content is."""

    name: str
    insert_at: int
    content: int
    within: "_Element | _Text | None"
    explicit: str | None
    attributes: list[str]
    end: int = -1
    declared: str = ""

    @property
    def effective(self) -> str:
        return self.declared or self.explicit or (self.within.effective if self.within else "")


class _Outline:
    """Elements and marked texts of a page in their order, as far as it takes to declare languages."""

    def __init__(self, marked: str, trace: Trace, page_language: str) -> None:
        self.marked = marked
        self.root = _Element("", 0, 0, None, page_language, [], len(marked))
        self.items: list[_Element | _Text] = []
        opened: list[_Element | _Text] = [self.root]
        at = 0
        while token := _TOKEN.search(marked, at):
            at = token.end()
            name = (token["name"] or "").lower()
            if token["text"]:
                self._open_text(token, opened, trace, page_language)
            elif token["end"]:
                if isinstance(opened[-1], _Text):
                    opened.pop().end = at  # its end mark is part of it
            elif name and token["close"]:
                self._close(opened, name, token.start())
            elif name:
                element = self._element(token, name, opened[-1], trace)
                self.items.append(element)
                if name in _RAW:
                    # What is in there is no markup, whatever it looks like.
                    end = _RAW_END[name].search(marked, at)
                    at = end.end() if end else len(marked)
                elif name not in _VOID and not token["attributes"].endswith("/"):
                    opened.append(element)

    def _open_text(self, token: re.Match[str], opened: list["_Element | _Text"], trace: Trace, page_language: str) -> None:
        mark = _TEXT_MARK.match(token["text"])
        origin = trace.origin(_number(mark)) if mark else None
        text = _Text(origin.language if origin else page_language, token.start(), opened[-1])
        self.items.append(text)
        opened.append(text)

    def _close(self, opened: list[_Element | _Text], name: str, at: int) -> None:
        for depth in range(len(opened) - 1, 0, -1):
            element = opened[depth]
            if isinstance(element, _Element) and element.name == name:
                for left in opened[depth:]:
                    left.end = at if left.end < 0 else left.end
                del opened[depth:]
                return

    def _element(self, token: re.Match[str], name: str, within: _Element | _Text, trace: Trace) -> _Element:
        attributes = token["attributes"]
        said = _declared(strike(attributes))
        origins = [trace.origin(_number(mark)) for mark in _TEXT_MARK.finditer(attributes) if mark[2]]
        languages = [origin.language for origin in origins if origin]
        return _Element(name, token.end("mark"), token.end(), within, said, languages)

    def edits(self) -> list[tuple[int, int, str]]:
        """What to insert where: (offset, order at that offset, text)."""
        edits: list[tuple[int, int, str]] = []
        alone: dict[_Element, _Text] = {}
        for item in self.items:
            if isinstance(item, _Text) and isinstance(item.within, _Element) and self._is_alone(item, item.within):
                alone[item.within] = item
        for number, item in enumerate(self.items):
            inherited = item.within.effective if item.within else ""
            if isinstance(item, _Element):
                wanted = item.attributes[0] if item.attributes else alone[item].language if item in alone else ""
                if wanted and item.explicit is None and not same_language(wanted, inherited):
                    item.declared = wanted
                    edits.append((item.insert_at, number, _attributes(wanted, inherited)))
            elif not same_language(item.language, inherited) and item.end >= 0:
                if isinstance(item.within, _Element) and item.within.name in _TEXT_ONLY:
                    # No span can stand in there: the language of its first text is the best that can be said.
                    if not item.within.declared and item.within.explicit is None:
                        item.within.declared = item.language
                        edits.append((item.within.insert_at, number, _attributes(item.language, inherited)))
                    continue
                edits.append((item.start, number, f"<span{_attributes(item.language, inherited)}>"))
                edits.append((item.end, -number, "</span>"))
        return edits

    def _is_alone(self, text: _Text, element: _Element) -> bool:
        return (
            element is not self.root
            and element.end >= 0
            and text.end >= 0
            and not self.marked[element.content : text.start].strip()
            and not self.marked[text.end : element.end].strip()
        )


def _declared(attributes: str) -> str | None:
    """The language that a start tag's attributes say; None where they say none."""
    if not _LANG.search(attributes):
        return None
    # What looks like it can stand in the value of another attribute.
    return next((m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes) if m[1].lower() == "lang"), None)


def _attributes(language: str, inherited: str) -> str:
    direction = direction_of(language)
    turn = f' dir="{direction}"' if inherited and direction != direction_of(inherited) else ""
    return f' lang="{language}"{turn}'
