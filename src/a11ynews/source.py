"""
A file that people write (YAML, JSON or TOML), read with the place of every value.

Every scalar is a string, as it was written: `no` stays Norwegian and `08` stays 08; what a value means is for the model to say.
"""

import contextlib
import json
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any, NamedTuple

import yaml

from .errors import Fault, SourceError, shorten
from .provenance import strike

MOST_BYTES = 4 * 1024 * 1024
"""No record or configuration comes near this; a file that does is something else by mistake."""
MOST_VALUES = 100_000
MOST_DEPTH = 40
_MOST_TOKENS = 5 * MOST_VALUES
_MOST_DIRECTIVES = 20


class Scalar(str):
    """A value as it was written, and where."""

    __slots__ = ("column", "is_null", "line")
    line: int
    column: int
    is_null: bool

    @classmethod
    def at(cls, value: str, line: int, column: int, is_null: bool = False) -> "Scalar":
        """A scalar at a line and a column, both counted from 1."""
        self = cls(strike(value))
        self.line, self.column, self.is_null = line, column, is_null
        return self


class Sequence(list[Any]):
    """A list, and where it begins."""

    line: int = 1
    column: int = 1


class Mapping(dict[str, Any]):
    """A mapping, where it begins, and where each of its keys stands."""

    def __init__(self, line: int = 1, column: int = 1) -> None:
        super().__init__()
        self.line, self.column = line, column
        self.keys_at: dict[str, tuple[int, int]] = {}

    def put(self, key: str, value: Any, place: tuple[int, int]) -> None:
        """Set a key that stands at a line and a column."""
        self[key] = value
        self.keys_at[key] = place

    def only(self, keep: Callable[[str], bool]) -> "Mapping":
        """The same mapping with some of its keys."""
        rest = Mapping(self.line, self.column)
        for key, value in self.items():
            if keep(key):
                rest.put(key, value, self.keys_at[key])
        return rest


Value = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """What stands in a file."""

    file: str
    root: Mapping
    faults: tuple[Fault, ...] = ()
    """What is wrong and yet leaves the rest readable: duplicate keys."""

    def place_of(self, path: tuple[int | str, ...]) -> tuple[int, int]:
        """Line and column of the value at a path; of the nearest value around it where there is none."""
        at: Any = self.root
        line, column = at.line, at.column
        for step in path:
            if isinstance(at, Mapping) and isinstance(step, str) and step in at:
                line, column = at.keys_at[step]
                at = at[step]
            elif isinstance(at, Sequence) and isinstance(step, int) and step < len(at):
                at = at[step]
                line, column = at.line, at.column
        return line, column


def read(content: bytes, file: str) -> Source:
    """
    Read a file's content by its suffix: `.json`, `.toml`, else YAML.

    Raises SourceError when it cannot be read at all: too large, not UTF-8, not in its format, empty, or no mapping. An empty TOML
    file is an empty mapping.
    """

    def stop(line: int, column: int, message: str) -> SourceError:
        return SourceError([Fault(file, line, column, message)])

    suffix = file.rpartition(".")[2].lower()
    if len(content) > MOST_BYTES:
        most = f"{MOST_BYTES // 1024 // 1024} MB"
        raise stop(1, 1, f"the file is larger than {most}, which is the most; keep pictures and data in files of their own")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec has left a byte order mark out of what it counts in.
        bad = error.object[error.start]
        line, column = _place(_with_lines(error.object[: error.start].decode("utf-8")), -1)
        raise stop(line, column, f"the file is not UTF-8 (byte 0x{bad:02x}); save it as UTF-8") from None
    text = _with_lines(text)
    if suffix != "toml" and not text.strip():
        raise stop(1, 1, "the file is empty; write at least language, published, headline and body")
    if "\0" in text:
        line, column = _place(text, text.index("\0"))
        raise stop(line, column, "the file holds zero bytes, so it is no text or not UTF-8; save it as UTF-8")
    # Of plain ASCII nothing is left over here: at a fifth of the time that a pattern takes.
    if content.translate(None, _ORDINARY) and (controls := list(islice(_CONTROL.finditer(text), 100))):
        raise SourceError([Fault(file, *_place(text, found.start()), _control_fault(found[0])) for found in controls])
    if suffix not in ("json", "toml") and (root := _plain_yaml(text)) is not None:
        return Source(file, root)
    # What was looked through has no control characters left but those that an escape stands for.
    builder = _Builder(file, may_hide="\\" in text)
    fill: Callable[[str, _Builder], None] = {"json": _fill_from_json, "toml": _fill_from_toml}.get(suffix, _fill_from_yaml)
    fill(text, builder)
    if not isinstance(builder.root, Mapping):
        line, column = (1, 1) if builder.root is None else (builder.root.line, builder.root.column)
        example = '{"headline": "…"}' if suffix == "json" else "headline: …"
        raise SourceError([*builder.faults, Fault(file, line, column, f"the file holds no mapping; write it as “{example}”")])
    return Source(file, builder.root, tuple(builder.faults))


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
"""What no text holds on purpose; a page cannot show it, and YAML does not allow it."""


_ORDINARY = bytes([9, 10, 13, *range(0x20, 0x7F)])


def _control_fault(character: str) -> str:
    return f"an invisible character stands here (U+{ord(character):04X}); take it out"


def _with_lines(text: str) -> str:
    """A text whose only line ends are those that editors count: else YAML would count U+0085 and U+2028 too."""
    text = re.sub("\r\n?", "\n", text)
    return text if text.isascii() else re.sub("[\x85\u2028\u2029]", " ", text)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset; of the end of the text for -1."""
    offset = len(text) if offset < 0 else offset
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Builder:
    """Puts values into place as a parser meets them; refuses what grows without end."""

    def __init__(self, file: str, *, may_hide: bool = True) -> None:
        self.file = file
        self._may_hide = may_hide
        """Whether an escape can have brought in what the text itself does not hold."""
        self.root: Value | None = None
        self.faults: list[Fault] = []
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._count = 0

    @property
    def wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], Mapping) and self._keys[-1] is None

    def fail(self, line: int, column: int, message: str) -> SourceError:
        return SourceError([*self.faults, Fault(self.file, line, column, message)])

    def too_deep(self, line: int, column: int) -> SourceError:
        return self.fail(line, column, f"values are nested more than {MOST_DEPTH} deep; a record needs six levels at the most")

    def too_many(self, line: int, column: int) -> SourceError:
        return self.fail(line, column, f"more than {MOST_VALUES:,} values; a record has a few hundred")

    def twice(self, key: str, line: int, column: int, first: int) -> None:
        message = f"“{shorten(key)}” stands here a second time (first on line {first}); keep one of them"
        self.faults.append(Fault(self.file, line, column, message))

    def _refuse_controls(self, value: Scalar) -> None:
        """They can still come in as escapes: `\\u0000`."""
        if self._may_hide and (found := _CONTROL.search(value)):
            self.faults.append(Fault(self.file, value.line, value.column, _control_fault(found[0])))

    def key(self, key: Scalar) -> None:
        mapping = self._open[-1]
        assert isinstance(mapping, Mapping)
        self._refuse_controls(key)
        if key in mapping:
            self.twice(key, key.line, key.column, mapping.keys_at[key][0])
        self._keys[-1] = key

    def value(self, value: Value, place: tuple[int, int] | None = None) -> None:
        line, column = place or (value.line, value.column)
        self._count += 1
        if self._count > MOST_VALUES:
            raise self.too_many(line, column)
        if isinstance(value, Scalar):
            self._refuse_controls(value)
        if not self._open:
            if self.root is not None:
                raise self.fail(line, column, "a second document begins here; a file holds one record")
            self.root = value
        elif isinstance(parent := self._open[-1], Mapping):
            key = self._keys[-1]
            assert key is not None
            if key not in parent:
                parent.put(key, value, (key.line, key.column))
            self._keys[-1] = None
        else:
            parent.append(value)

    def begin(self, value: Sequence | Mapping, line: int, column: int) -> None:
        value.line, value.column = line, column
        self.value(value)
        if len(self._open) >= MOST_DEPTH:
            raise self.too_deep(line, column)
        self._open.append(value)
        self._keys.append(None)

    def end(self) -> None:
        self._open.pop()
        self._keys.pop()

    def again(self, value: Value, line: int, column: int) -> None:
        """Put a value in that stands elsewhere already (a YAML alias), counting all that it holds."""
        left = [(value, len(self._open))]
        while left:
            at, depth = left.pop()
            self._count += 1
            if self._count > MOST_VALUES:
                raise self.too_many(line, column)
            if depth >= MOST_DEPTH and not isinstance(at, Scalar):
                raise self.too_deep(line, column)
            inner: Iterable[Value] = at.values() if isinstance(at, Mapping) else at if isinstance(at, Sequence) else ()
            left.extend((value, depth + 1) for value in inner)
        self._count -= 1
        self.value(value, (line, column))


_YAML_NULL = ("", "~", "null", "Null", "NULL")

_PLAIN_LINE = re.compile(
    r"(?:( *)(- +)?([A-Za-z_][A-Za-z0-9_-]{0,60}:(?: +|$))?"
    r"""("[^"\\]*"|(?:[^\W_]|/)[^:#]*(?::(?! |\Z)[^:#]*)*)? *| *\#.*)"""
)
"""Spaces before it; a dash; a key; a value, in quotation marks and without escapes, or without any. Or a comment."""
_MOST_PLAIN_LINES = 5000
_new_scalar = Scalar.__new__


def _parts_of(line: str) -> tuple[str, ...] | None:
    """What `_PLAIN_LINE` finds in a line; None where it is another one. What stands before texts is mostly the same."""
    before, mark, quoted = line.partition('"')
    if mark and quoted[-1:] == '"' and "\\" not in quoted and quoted.count('"') == 1 and (begun := _begun_by(before)):
        return *begun, mark + quoted
    found = _PLAIN_LINE.fullmatch(line)
    return found and found.groups("")


@lru_cache(maxsize=1024)
def _begun_by(before: str) -> tuple[str, str, str] | None:
    found = _PLAIN_LINE.fullmatch(f'{before}""')
    return (found[1], found[2] or "", found[3] or "") if found and found[4] == '""' else None


def _plain_yaml(text: str) -> Mapping | None:
    """
    What stands in a file of the form that most records have: a key or an entry on each line, each text on a single one.

    None for anything else, be it sound or not: keys that stand twice, empty values, texts of several lines, escapes, flow style,
    anchors and so on. It gives what the parser of all of YAML gives, at a fifth of the time that this takes.
    """
    if text.count("\n") >= _MOST_PLAIN_LINES or "\t" in text:
        return None
    root = Mapping()
    top: Any = root
    at = 0
    """The column of its keys or dashes, from 0."""
    around: list[tuple[Any, int]] = []
    waiting: Scalar | None = None
    """A key whose value begins on a line to come."""
    for line, whole in enumerate(text.split("\n"), 1):
        parts = _parts_of(whole)
        if parts is None:
            return None
        before, dash, begun, written = parts
        if not (dash or begun or written):
            continue
        column = len(before)
        if waiting is not None:
            # The entries of a list can stand right below the key, and no further in.
            if not (dash or begun) or column < at or (column == at and not dash):
                return None
            around.append((top, at))
            inner: Any = Sequence() if dash else Mapping()
            inner.line, inner.column = line, column + 1
            top.put(waiting, inner, (waiting.line, waiting.column))
            top, at, waiting = inner, column, None
        elif dash or begun:
            wanted = Sequence if dash else Mapping
            while at > column or (at == column and around and type(top) is not wanted):
                top, at = around.pop()
            if at != column or type(top) is not wanted:
                return None
        else:
            return None  # a text that goes on
        column += len(dash)
        key = None
        if begun:
            if dash:
                around.append((top, at))
                inner = Mapping(line, column + 1)
                top.append(inner)
                top, at = inner, column
            key = _new_scalar(Scalar, begun[: begun.index(":")])
            key.line, key.column, key.is_null = line, column + 1, False
            if key in top:
                return None
            if not root:
                root.line, root.column = line, column + 1
            column += len(begun)
        if not written:
            if key is None or len(around) > MOST_DEPTH // 2:
                return None
            waiting = key
            continue
        words = written[1:-1] if written[0] == '"' else written.rstrip(" ")
        if words in _YAML_NULL and written[0] != '"':
            return None
        value = _new_scalar(Scalar, words if words.isascii() else strike(words))
        value.line, value.column, value.is_null = line, column + 1, False
        if key is None:
            top.append(value)
        else:
            top.put(key, value, (line, key.column))
    return root if root and waiting is None else None


_TAG_LINE = re.compile("^%TAG", re.MULTILINE)


def _fill_from_yaml(text: str, builder: _Builder) -> None:
    # libyaml compares each with all before it: with thousands of them that takes minutes.
    if "%TAG" in text and (directives := list(islice(_TAG_LINE.finditer(text), _MOST_DIRECTIVES + 1))[_MOST_DIRECTIVES:]):
        raise builder.fail(*_place(text, directives[0].start()), "too many %TAG lines; take them out, a record needs none")
    try:
        _fill_from_yaml_events(text, builder)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark and "nesting depth" in str(error.problem):
            # PyYAML 6.0.4 has a limit of its own, far above ours, and may meet it before it has handed over what comes first.
            # What stands before that place is too deep as well, and shows where ours is met.
            with contextlib.suppress(yaml.MarkedYAMLError):
                _fill_from_yaml_events(text[: mark.index], _Builder(builder.file))
            raise builder.too_deep(mark.line + 1, mark.column + 1) from None
        raise _yaml_fault(error, text, builder) from None
    except yaml.YAMLError as error:
        raise builder.fail(1, 1, f"this is not YAML: {shorten(str(error), 200)}; check the file") from None


def _fill_from_yaml_events(text: str, builder: _Builder) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        _take_yaml_events(loader.get_event, builder)
    finally:
        loader.dispose()


def _take_yaml_events(next_event: Callable[[], Any], builder: _Builder) -> None:
    anchors: dict[str, Value] = {}
    begun: list[str | None] = []
    while not isinstance(event := next_event(), yaml.StreamEndEvent):
        if not isinstance(event, yaml.NodeEvent):
            if isinstance(event, yaml.CollectionEndEvent):
                builder.end()
                begun.pop()
            continue
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in begun:
                raise builder.fail(line, column, f"“*{event.anchor}” refers to what it stands in; write the value out")
            if event.anchor not in anchors:
                raise builder.fail(line, column, f"“*{event.anchor}” refers to nothing before it; write the value out")
            if builder.wants_key:
                raise builder.fail(line, column, "an alias cannot be a key; write the key out")
            builder.again(anchors[event.anchor], line, column)
            continue
        tag: str | None = getattr(event, "tag", None)
        if tag and tag not in _PLAIN_TAGS:
            raise builder.fail(line, column, f"the YAML tag “{tag}” means nothing in a record; take it out")
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            if builder.wants_key:
                builder.key(Scalar.at(event.value, line, column))
                continue
            is_null = not event.style and not tag and event.value in _YAML_NULL  # the C parser's style of a plain one is ""
            value = Scalar.at("" if is_null else event.value, line, column, is_null)
            builder.value(value)
        else:
            if builder.wants_key:
                raise builder.fail(
                    line, column, "a key must be a word; put quotation marks around a text that begins with [ or {"
                )
            value = Mapping() if isinstance(event, yaml.MappingStartEvent) else Sequence()
            builder.begin(value, line, column)
            begun.append(event.anchor)
        if event.anchor:
            anchors[event.anchor] = value


_PLAIN_TAGS = ("!", "tag:yaml.org,2002:str")


def _yaml_fault(error: yaml.MarkedYAMLError, text: str, builder: _Builder) -> SourceError:
    mark = error.problem_mark or error.context_mark
    problem, context = str(error.problem or error.context or "it cannot be read"), str(error.context or "")
    hint = "check the indentation and the quotation marks here and on the line before"
    here = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
    if "mapping values are not allowed" in problem:
        hint = "put quotation marks around a text that holds a colon and a space"
    elif "cannot start any token" in problem and "\t" in here[: len(here) - len(here.lstrip())]:
        problem, hint = "a tab stands where YAML wants spaces", "indent with spaces"
    elif "cannot start any token" in problem:
        hint = "put quotation marks around a text that begins with %, @ or `"
    elif "alias" in context or "anchor" in context:
        hint = "put quotation marks around a text that begins with * or &"
    elif "quoted scalar" in context and "end of" in problem and error.context_mark:
        mark = error.context_mark
        problem, hint = "the quotation mark here is not closed", "close it at the end of the text"
    # Of a text that ends too early, libyaml tells a line that no editor shows.
    line, column = (mark.line + 1, mark.column + 1) if mark and mark.line <= text.count("\n") else _place(text, -1)
    return builder.fail(line, column, f"this is not YAML: {problem}; {hint}")


_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_JSON_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
# What can nest. A string that does not end takes the rest, so that none is looked at twice.
_JSON_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"?|(?P<begin>[\[{])|(?P<end>[\]}])', re.DOTALL)


def _fill_from_json(text: str, builder: _Builder) -> None:
    """Walk JSON that `json` itself has found well-formed, with the places that it does not tell."""
    depth = 0
    for token in _JSON_NESTING.finditer(text):
        depth += (token["begin"] is not None) - (token["end"] is not None)
        if depth > MOST_DEPTH:
            raise builder.too_deep(*_place(text, token.start()))
    try:
        # Numbers stay as they are written: Python refuses very long ones.
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise builder.fail(
            error.lineno, error.colno, f"this is not JSON: {error.msg}; check the commas and quotation marks"
        ) from None
    starts = _line_starts(text)
    at, line = 0, 0
    while at < len(text):
        space = _JSON_SPACE.match(text, at)
        at = space.end() if space else at
        if at >= len(text):
            break
        while line + 1 < len(starts) and starts[line + 1] <= at:
            line += 1
        place = (line + 1, at - starts[line] + 1)
        character = text[at]
        if character in "{[":
            builder.begin(Mapping() if character == "{" else Sequence(), *place)
        elif character in "}]":
            builder.end()
        elif character == '"':
            value, at = scanstring(text, at + 1)
            scalar = Scalar.at(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), *place)
            if builder.wants_key:
                builder.key(scalar)
            else:
                builder.value(scalar)
            continue
        elif plain := _JSON_PLAIN.match(text, at):
            builder.value(Scalar.at("" if plain[0] == "null" else plain[0], *place, is_null=plain[0] == "null"))
            at = plain.end()
            continue
        elif character not in ",:":
            # Python's reader lets NaN and Infinity through.
            raise builder.fail(*place, "this is not JSON: no value begins like this; put quotation marks around a text")
        at += 1


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _fill_from_toml(text: str, builder: _Builder) -> None:
    """Build from what `tomllib` reads; the places come from a walk over the tokens, since it does not tell them."""
    tokens = _toml_tokens(text, builder)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_fault(error, text, tokens, builder) from None
    except ValueError:  # Python reads no whole number of thousands of digits
        raise builder.fail(1, 1, "a number in this file has thousands of digits; put quotation marks around it") from None
    _TomlPlaces(tokens, builder).build(data)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.column

    def is_sign(self, signs: str) -> bool:
        return self.kind == "sign" and self.text in signs


# A string that does not end takes the rest (of its line, or of the text), so that none is looked at twice.
_TOML_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?|' + r"'''(?:[^']|'(?!''))*+(?:'{3,5})?|" + r'"(?:[^"\\\n]|\\.)*+"?|' + r"'[^'\n]*+'?"
)
_TOML_TOKEN = re.compile(
    rf"(?P<comment>\#[^\n]*)|(?P<string>{_TOML_STRING})|(?P<newline>\n)|(?P<space>[ \t]+)"
    r"|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.\"'#]+)",
    re.DOTALL,
)


def _toml_tokens(text: str, builder: _Builder) -> list[_Token]:
    """The tokens of a TOML text, well-formed or not; refuses what `tomllib` would take hours for: very long dotted keys."""
    starts = _line_starts(text)
    tokens: list[_Token] = []
    line = depth = dots = 0
    for match in _TOML_TOKEN.finditer(text):
        while line + 1 < len(starts) and starts[line + 1] <= match.start():
            line += 1
        kind = match.lastgroup or ""
        if kind in ("space", "comment"):
            continue
        token = _Token(kind, match[0], line + 1, match.start() - starts[line] + 1)
        depth += token.is_sign("[{") - token.is_sign("]}")
        dots = dots + token.is_sign(".") if token.is_sign(".") or kind in ("bare", "string") else 0
        if depth > MOST_DEPTH or dots >= MOST_DEPTH:
            raise builder.too_deep(*token.place)
        if len(tokens) >= _MOST_TOKENS:
            raise builder.too_many(*token.place)
        tokens.append(token)
    return tokens


_TOML_TWICE = re.compile(r"Cannot (?:overwrite|declare|mutate|redefine|extend)|Duplicate|twice")


def _toml_fault(error: tomllib.TOMLDecodeError, text: str, tokens: list[_Token], builder: _Builder) -> SourceError:
    where = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    end = (int(where[1]), int(where[2])) if where and where[1] else _place(text, -1)
    reason = re.sub(r"\s*\(at .*\)", "", str(error))
    before = [token for token in tokens if token.place < end]
    if before and _TOML_TWICE.search(reason):
        # It tells where the value ends, or the table's name; an editor wants to see where the key begins.
        key = statement = before[0]
        fresh = False
        for token in before:
            if token.kind == "newline" or token.is_sign("{,"):
                fresh = True
            elif fresh:
                statement, fresh = token, False
            if token.is_sign("=["):
                key = statement
        return builder.fail(*key.place, "this key or table stands here a second time; keep one of them")
    if "Unterminated" in reason and before and before[-1].kind == "string":
        return builder.fail(*before[-1].place, "this is not TOML: the quotation mark here is not closed; close it")
    return builder.fail(*end, f"this is not TOML: {reason}; check the quotation marks and brackets")


_TomlPath = tuple[int | str, ...]


class _TomlPlaces:
    """The places of the keys and values of a well-formed TOML text, by their path."""

    def __init__(self, tokens: list[_Token], builder: _Builder) -> None:
        self._builder = builder
        self._keys: dict[_TomlPath, tuple[int, int]] = {}
        self._values: dict[_TomlPath, tuple[int, int]] = {}
        self._written: dict[_TomlPath, str] = {}
        """Numbers and the like, as they are written."""
        self._tokens = tokens
        self._at = 0
        self._read_document()

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("end", "", 1, 1)

    def _take(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _read_document(self) -> None:
        table: _TomlPath = ()
        counts: dict[_TomlPath, int] = {}
        while (token := self._peek()).kind != "end":
            if token.kind == "newline":
                self._take()
            elif token.is_sign("["):
                self._take()
                many = self._peek().is_sign("[")
                if many:
                    self._take()
                table = self._resolve(self._key(), counts, many)
                self._note(table, 1, token.place, token.place)
                while self._peek().kind not in ("newline", "end"):
                    self._take()
            else:
                self._pair(table)

    def _note(self, path: _TomlPath, since: int, key: tuple[int, int], value: tuple[int, int]) -> None:
        """Note where a path stands; what `a.b.c` says first of `a` and of `a.b` stands there too."""
        for length in range(since, len(path) + 1):
            self._keys.setdefault(path[:length], key)
            self._values.setdefault(path[:length], value if length == len(path) else key)

    def _resolve(self, key: list[str], counts: dict[_TomlPath, int], many: bool) -> _TomlPath:
        path: _TomlPath = ()
        for number, part in enumerate(key):
            path = (*path, part)
            last = number == len(key) - 1
            if last and many:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path

    def _key(self) -> list[str]:
        parts = []
        while True:
            token = self._take()
            parts.append(token.text if token.kind != "string" else str(tomllib.loads(f"x = {token.text}")["x"]))
            if not self._peek().is_sign("."):
                return parts
            self._take()

    def _pair(self, table: _TomlPath) -> None:
        place = self._peek().place
        path = (*table, *self._key())
        self._take()  # the equals sign
        self._note(path, len(table) + 1, place, self._peek().place)
        self._value(path)

    def _value(self, path: _TomlPath) -> None:
        if self._peek().is_sign("["):
            self._take()
            number = 0
            while not self._peek().is_sign("]"):
                if self._peek().kind == "newline" or self._peek().is_sign(","):
                    self._take()
                    continue
                inner = (*path, number)
                self._note(inner, len(inner), self._peek().place, self._peek().place)
                self._value(inner)
                number += 1
            self._take()
        elif self._peek().is_sign("{"):
            self._take()
            while not self._peek().is_sign("}"):
                if self._peek().kind == "newline" or self._peek().is_sign(","):
                    self._take()
                    continue
                self._pair(path)
            self._take()
        else:
            parts = []
            while self._peek().kind in ("bare", "string") or self._peek().is_sign("."):
                parts.append(self._take().text)
            self._written[path] = "".join(parts)

    def build(self, value: Any, path: _TomlPath = ()) -> None:
        """Hand over a value that `tomllib` has read, with its places."""
        place = self._values.get(path, (1, 1))
        if isinstance(value, dict):
            self._builder.begin(Mapping(), *place)
            for key, inner in value.items():
                self._builder.key(Scalar.at(key, *self._keys.get((*path, key), place)))
                self.build(inner, (*path, key))
            self._builder.end()
        elif isinstance(value, list):
            self._builder.begin(Sequence(), *place)
            for number, inner in enumerate(value):
                self.build(inner, (*path, number))
            self._builder.end()
        else:
            # A date has one way to be written that every reader knows.
            moment = value.isoformat() if hasattr(value, "isoformat") else self._written.get(path, "")
            self._builder.value(Scalar.at(value if isinstance(value, str) else moment, *place))


class Comment(NamedTuple):
    """A comment, without its mark, and where it begins."""

    words: str
    line: int
    column: int
    is_alone: bool
    """Whether nothing else stands on its line."""


def comments(content: bytes, file: str) -> list[Comment]:
    """The comments of a file that `read` can read. JSON has none, nor has a file that cannot be read."""
    suffix = file.rpartition(".")[2].lower()
    try:
        text = _with_lines(content.decode("utf-8-sig"))
        found = list({"json": _no_comments, "toml": _toml_comments}.get(suffix, _yaml_comments)(text))
    except (UnicodeDecodeError, yaml.YAMLError):
        return []
    told = []
    for at, words in found:
        line, column = _place(text, at)
        told.append(Comment(words, line, column, not text[at - column + 1 : at].strip()))
    return told


def _no_comments(_: str) -> Iterable[tuple[int, str]]:
    return ()


def _toml_comments(text: str) -> Iterable[tuple[int, str]]:
    return ((token.start(), token[0][1:]) for token in _TOML_TOKEN.finditer(text) if token.lastgroup == "comment")


def _yaml_comments(text: str) -> Iterable[tuple[int, str]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # What looks like a comment and stands in a text is a part of it; of a block it begins on the line after its sign.
    spans = [
        (text.find("\n", event.start_mark.index) if event.style in ("|", ">") else event.start_mark.index, event.end_mark.index)
        for event in yaml.parse(text, Loader=loader)
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark
    ]
    number = 0
    for match in re.finditer(r"(?:^|(?<=[ \t]))#(.*)$", text, re.MULTILINE):
        while number < len(spans) and spans[number][1] <= match.start():
            number += 1
        if number == len(spans) or match.start() < spans[number][0]:
            yield match.start(), match[1]
