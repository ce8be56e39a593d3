"""
A file that people write (YAML, JSON or TOML), read with the place of every value.

Every scalar is a string, as it was written: `no` stays Norwegian and `08` stays 08; what a value means is for the model to say.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

import yaml

from .errors import Fault, SourceError
from .provenance import strike

MOST_BYTES = 4 * 1024 * 1024
"""No record or configuration comes near this; a file that does is something else by mistake."""
MOST_VALUES = 100_000
MOST_DEPTH = 40


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

    Raises SourceError when it cannot be read at all: too large, not UTF-8, not in its format, empty, or no mapping.
    """

    def stop(line: int, column: int, message: str) -> SourceError:
        return SourceError([Fault(file, line, column, message)])

    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        raise stop(
            1, 1, f"the file has {size}, the most is {MOST_BYTES / 1e6:.1f} MB; keep pictures and data in files of their own"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise stop(line, column, f"the file is not UTF-8 (byte 0x{content[error.start]:02x}); save it as UTF-8") from None
    if not text.strip():
        raise stop(1, 1, "the file is empty; write at least language, published, headline and body")
    if (control := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text)) and control[0] != "\x7f":
        line, column = _place(text, control.start())
        raise stop(line, column, f"a control character (U+{ord(control[0]):04X}); take it out")
    builder = _Builder(file)
    suffix = file.rpartition(".")[2].lower()
    fill: Callable[[str, _Builder], None] = {"json": _fill_from_json, "toml": _fill_from_toml}.get(suffix, _fill_from_yaml)
    fill(text, builder)
    if not isinstance(builder.root, Mapping):
        line, column = (1, 1) if builder.root is None else (builder.root.line, builder.root.column)
        raise stop(line, column, "the file holds no mapping; write lines such as “headline: …”")
    return Source(file, builder.root, tuple(builder.faults))


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Builder:
    """Puts values into place as a parser meets them; refuses what grows without end."""

    def __init__(self, file: str) -> None:
        self.file = file
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

    def key(self, key: Scalar) -> None:
        mapping = self._open[-1]
        assert isinstance(mapping, Mapping)
        if key in mapping:
            first = mapping.keys_at[key][0]
            self.faults.append(
                Fault(
                    self.file,
                    key.line,
                    key.column,
                    f"“{key}” stands here a second time (first on line {first}); keep one of them",
                )
            )
        self._keys[-1] = key

    def value(self, value: Value) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            raise self.fail(value.line, value.column, f"more than {MOST_VALUES:,} values; a record has a few hundred")
        if not self._open:
            if self.root is not None:
                raise self.fail(value.line, value.column, "a second document begins here; a file holds one record")
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
            raise self.fail(line, column, f"values are nested more than {MOST_DEPTH} deep; a record needs six levels at the most")
        self._open.append(value)
        self._keys.append(None)

    def end(self) -> None:
        self._open.pop()
        self._keys.pop()

    def again(self, value: Value) -> None:
        """Put a value in that stands elsewhere already (a YAML alias), counting all that it holds."""
        self._count += sum(1 for _ in _all_values(value, MOST_VALUES - self._count + 1))
        self.value(value)


def _all_values(value: Value, most: int) -> Iterator[Value]:
    left = [value]
    while left and most > 0:
        most -= 1
        at = left.pop()
        yield at
        if isinstance(at, Mapping):
            left.extend(at.values())
        elif isinstance(at, Sequence):
            left.extend(at)


_YAML_NULL = ("", "~", "null", "Null", "NULL")


def _fill_from_yaml(text: str, builder: _Builder) -> None:
    anchors: dict[str, Value] = {}
    begun: list[str | None] = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not isinstance(event, yaml.NodeEvent):
                if isinstance(event, yaml.CollectionEndEvent):
                    builder.end()
                    begun.pop()
                continue
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if isinstance(event, yaml.AliasEvent):
                if event.anchor in begun or event.anchor not in anchors:
                    raise builder.fail(line, column, f"“*{event.anchor}” refers to nothing before it; write the value out")
                if builder.wants_key:
                    raise builder.fail(line, column, "an alias cannot be a key; write the key out")
                builder.again(anchors[event.anchor])
                continue
            tag = event.tag if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else None
            if tag and tag not in _PLAIN_TAGS:
                raise builder.fail(line, column, f"the YAML tag “{tag}” means nothing in a record; take it out")
            value: Value
            if isinstance(event, yaml.ScalarEvent):
                value = Scalar.at(event.value, line, column, event.style is None and event.value in _YAML_NULL)
                if builder.wants_key:
                    builder.key(value)
                    continue
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
    except yaml.MarkedYAMLError as error:
        problem = error.problem_mark or error.context_mark
        line, column = (problem.line + 1, problem.column + 1) if problem else (1, 1)
        raise builder.fail(line, column, f"this is not YAML: {_yaml_reason(error, text, line)}") from None
    except yaml.YAMLError as error:
        raise builder.fail(1, 1, f"this is not YAML: {error}; check the file") from None


_PLAIN_TAGS = ("!", "tag:yaml.org,2002:str")


def _yaml_reason(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    problem = str(error.problem or error.context or "it cannot be read")
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "mapping values are not allowed" in problem:
        return f"{problem}; put quotation marks around a text that holds a colon and a space"
    if "cannot start any token" in problem and "\t" in here:
        return "a tab stands where YAML wants spaces; indent with spaces"
    if "alias" in problem or "anchor" in problem:
        return f"{problem}; put quotation marks around a text that begins with * or &"
    return f"{problem}; check the indentation and the quotation marks here and on the line before"


_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_JSON_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")


def _fill_from_json(text: str, builder: _Builder) -> None:
    """Walk JSON that `json` itself has found well-formed, with the places that it does not tell."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise builder.fail(
            error.lineno, error.colno, f"this is not JSON: {error.msg}; check the commas and quotation marks"
        ) from None
    except RecursionError:
        raise builder.fail(
            1, 1, f"values are nested more than {MOST_DEPTH} deep; a record needs six levels at the most"
        ) from None
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
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
        at += 1


def _fill_from_toml(text: str, builder: _Builder) -> None:
    """Build from what `tomllib` reads; the places come from a walk over the lines, since it does not tell them."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        line, column = (int(where[1]), int(where[2])) if where and where[1] else (text.count("\n") + 1, 1)
        reason = re.sub(r"\s*\(at .*\)", "", str(error))
        raise builder.fail(line, column, f"this is not TOML: {reason}; check the quotation marks and brackets") from None
    except RecursionError:
        raise builder.fail(
            1, 1, f"values are nested more than {MOST_DEPTH} deep; a record needs six levels at the most"
        ) from None
    _TomlPlaces(text, builder).build(data)


_TOML_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_TOML_TOKEN = re.compile(
    rf"(?P<comment>\#[^\n]*)|(?P<string>{_TOML_STRING})|(?P<newline>\n)|(?P<space>[ \t\r]+)"
    r"|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,\"'#]+)",
    re.DOTALL,
)


class _TomlPlaces:
    """The place of each value of a well-formed TOML text, by its path."""

    def __init__(self, text: str, builder: _Builder) -> None:
        self._builder = builder
        self._places: dict[tuple[int | str, ...], tuple[int, int]] = {}
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        line = 0
        self._tokens: list[tuple[str, str, tuple[int, int]]] = []
        for token in _TOML_TOKEN.finditer(text):
            while line + 1 < len(starts) and starts[line + 1] <= token.start():
                line += 1
            kind = token.lastgroup or ""
            if kind not in ("space", "comment"):
                self._tokens.append((kind, token[0], (line + 1, token.start() - starts[line] + 1)))
        self._at = 0
        self._read_document()

    def _peek(self) -> tuple[str, str, tuple[int, int]]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "", (1, 1))

    def _take(self) -> tuple[str, str, tuple[int, int]]:
        token = self._peek()
        self._at += 1
        return token

    def _read_document(self) -> None:
        table: tuple[int | str, ...] = ()
        counts: dict[tuple[int | str, ...], int] = {}
        while self._peek()[0] != "end":
            kind, text, place = self._peek()
            if kind == "newline":
                self._take()
            elif text == "[":
                self._take()
                many = self._peek()[1] == "["
                if many:
                    self._take()
                table = self._resolve(self._key(), counts, many)
                self._places.setdefault(table, place)
                while self._peek()[0] not in ("newline", "end"):
                    self._take()
            else:
                self._pair(table)

    def _resolve(self, key: list[str], counts: dict[tuple[int | str, ...], int], many: bool) -> tuple[int | str, ...]:
        path: tuple[int | str, ...] = ()
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
            kind, text, _ = self._take()
            # A bare key such as 2024-01 is one token; a dotted one of digits is several.
            parts.append(text if kind != "string" else str(tomllib.loads(f"x = {text}")["x"]))
            if self._peek()[1] != ".":
                return parts
            self._take()

    def _pair(self, table: tuple[int | str, ...]) -> None:
        place = self._peek()[2]
        path = (*table, *self._key())
        self._take()  # the equals sign
        self._value(path, place)

    def _value(self, path: tuple[int | str, ...], place: tuple[int, int]) -> None:
        self._places.setdefault(path, place)
        kind, text, _ = self._peek()
        if text == "[" and kind == "sign":
            self._take()
            number = 0
            while self._peek()[1] != "]":
                if self._peek()[0] == "newline" or self._peek()[1] == ",":
                    self._take()
                    continue
                self._value((*path, number), self._peek()[2])
                number += 1
            self._take()
        elif text == "{" and kind == "sign":
            self._take()
            while self._peek()[1] != "}":
                if self._peek()[0] == "newline" or self._peek()[1] == ",":
                    self._take()
                    continue
                self._pair(path)
            self._take()
        else:
            while self._peek()[0] in ("bare", "string") or self._peek()[1] == ".":
                self._take()

    def build(self, value: Any, path: tuple[int | str, ...] = (), around: tuple[int, int] = (1, 1)) -> None:
        place = self._places.get(path, around)
        if isinstance(value, dict):
            self._builder.begin(Mapping(), *place)
            for key, inner in value.items():
                self._builder.key(Scalar.at(key, *self._places.get((*path, key), place)))
                self.build(inner, (*path, key), place)
            self._builder.end()
        elif isinstance(value, list):
            self._builder.begin(Sequence(), *place)
            for number, inner in enumerate(value):
                self.build(inner, (*path, number), place)
            self._builder.end()
        else:
            written = (
                str(value).lower()
                if isinstance(value, bool)
                else value.isoformat()
                if hasattr(value, "isoformat")
                else str(value)
            )
            self._builder.value(Scalar.at(written, *place))
