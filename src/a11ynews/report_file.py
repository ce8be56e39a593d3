"""
What a check has found, as plain values that JSON can hold, and back: nothing is lost, and nothing in it is run.

Whatever is made of dataclasses, named tuples, enumerations, dates, collections, words and numbers can be written: a whole
`Report`, the findings of one page, or what else is remembered of it; what is `Any` by its type is taken to be plain already. A
dataclass is an object with those of its fields that are not as they are by default; a message keeps its template and values, so
that it can still be said in other languages.

    {"rule": "alt-empty", "severity": "error", "message": {"say": "{file} has no words", "values": {"file": "a.jpg"}}, …}

What is read is checked to the last value: a file can be damaged, or somebody else's.
"""

import base64
import binascii
import dataclasses
import math
import re
import types
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from datetime import date
from enum import Enum
from functools import lru_cache
from string import Formatter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import LanguageError, shorten
from .message import LanguageName, Message, language_name

T = TypeVar("T")

VERSION = 1
"""The version of the format. It changes where what was written cannot be read any more, or would mean something else."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class FormatError(ValueError):
    """Plain values are not what was to be read; its words say what and, as `findings[3].place.line`, where."""

    def __init__(self, reason: str, at: str = "") -> None:
        self.reason, self.at = reason, at
        super().__init__(f"{at}: {reason}" if at else reason)


@dataclasses.dataclass(frozen=True, slots=True)
class Special:
    """How a type is written and read that has no plain form of its own, such as a rule by its id."""

    write: Callable[[Any], Any]
    """Gives plain values."""
    read: Callable[[Any], Any]
    """Gives the value back. Raises FormatError, ValueError, KeyError or TypeError where what it is given is none."""


_Write = Callable[[Any], Any]
_Read = Callable[[Any], Any]


class Coder:
    """Writes and reads values by their types; `special` says how those are treated that it does not know."""

    def __init__(self, special: Mapping[Any, Special] = types.MappingProxyType({})) -> None:
        self._special = dict(special)
        self._made: dict[Any, tuple[_Write, _Read]] = {}

    def to_data(self, value: Any, kind: Any) -> Any:
        """
        A value of that type, such as `Report` or `list[Finding]`, as plain values.

        Raises TypeError where the type is none that can be written.
        """
        return self._for(kind)[0](value)

    def from_data(self, data: Any, kind: type[T]) -> T:
        """Read what `to_data` gave. Raises FormatError for everything else."""
        try:
            value: T = self._for(kind)[1](data)
        except RecursionError:
            raise FormatError("it is nested too deeply") from None
        return value

    def _for(self, kind: Any) -> tuple[_Write, _Read]:
        made = self._made.get(kind)
        if made is None:
            # A type can hold itself: then it is made by the time that it is asked.
            self._made[kind] = (lambda value: self._made[kind][0](value), lambda data: self._made[kind][1](data))
            try:
                made = self._made[kind] = self._make(kind)
            except TypeError:
                del self._made[kind]
                raise
        return made

    def _make(self, kind: Any) -> tuple[_Write, _Read]:
        origin, inner = get_origin(kind), get_args(kind)
        if kind is Any:
            return _same, _same
        if kind in (None, type(None)):
            return _same, _read_nothing
        if special := self._special.get(origin or kind):
            return special.write, _guarded(special.read)
        if origin is Literal:
            return _same, _one_of(inner)
        if origin in (Union, types.UnionType):
            return self._make_union(inner)
        if origin is None and isinstance(kind, type):
            if dataclasses.is_dataclass(kind):
                return self._make_object(kind, {one.name: _default(one) for one in dataclasses.fields(kind) if one.init})
            if issubclass(kind, tuple) and (names := getattr(kind, "_fields", None)):
                defaults = getattr(kind, "_field_defaults", {})
                return self._make_object(kind, {name: defaults.get(name, dataclasses.MISSING) for name in names})
            if simple := _simple(kind):
                return simple
        if isinstance(origin, type):
            if issubclass(origin, tuple) and not (len(inner) == 2 and inner[1] is Ellipsis):
                return self._make_tuple(inner)
            if issubclass(origin, Mapping):
                return self._make_mapping(origin, *(inner if len(inner) == 2 else (*inner, int)))
            if issubclass(origin, Collection):
                return self._make_collection(origin, inner[0])
        raise TypeError(f"{kind} cannot be written as plain values")

    def _make_object(self, kind: Any, names: Mapping[str, Any]) -> tuple[_Write, _Read]:
        hints = get_type_hints(kind)
        fields = [(name, *self._for(hints[name]), default) for name, default in names.items()]
        known = {name: read for name, _, read, _ in fields}
        needed = [name for name, _, _, default in fields if default is dataclasses.MISSING]

        def write(value: Any) -> dict[str, Any]:
            data = {}
            for name, write_field, _, default in fields:
                held = getattr(value, name)
                # True is 1, and a message its words: what is left out must be the very same.
                if default is dataclasses.MISSING or type(held) is not type(default) or held != default:
                    data[name] = write_field(held)
            return data

        def read(data: Any) -> Any:
            if type(data) is not dict:
                raise FormatError(f"an object is wanted, and here is {_told(data)}")
            values = {}
            for name, held in data.items():
                read_field = known.get(name)
                if read_field is None:
                    raise FormatError(f"the key “{shorten(name)}” is not known")
                try:
                    values[name] = read_field(held)
                except FormatError as error:
                    raise _within(name, error) from None
            for name in needed:
                if name not in values:
                    raise FormatError(f"the key “{name}” is missing")
            return kind(**values)

        return write, read

    def _make_union(self, kinds: Sequence[Any]) -> tuple[_Write, _Read]:
        others = [one for one in kinds if one is not type(None)]
        if len(others) != 1 or len(others) == len(kinds):
            raise TypeError(f"{kinds} cannot be told from each other")
        write, read = self._for(others[0])
        return (
            lambda value: None if value is None else write(value),
            lambda data: None if data is None else read(data),
        )

    def _make_tuple(self, kinds: Sequence[Any]) -> tuple[_Write, _Read]:
        parts = [self._for(kind) for kind in kinds]

        def read(data: Any) -> Any:
            if type(data) is not list or len(data) != len(parts):
                raise FormatError(f"a list of {len(parts)} is wanted, and here is {_told(data)}")
            return tuple(_at(number, part[1], held) for number, (part, held) in enumerate(zip(parts, data, strict=True)))

        return lambda value: [part[0](held) for part, held in zip(parts, value, strict=True)], read

    def _make_mapping(self, origin: type, of_key: Any, of_value: Any) -> tuple[_Write, _Read]:
        key, value = self._for(of_key), self._for(of_value)
        make: Any = Counter if issubclass(origin, Counter) else dict
        if of_key is str:

            def read_object(data: Any) -> Any:
                if type(data) is not dict:
                    raise FormatError(f"an object is wanted, and here is {_told(data)}")
                return make({name: _at(name, value[1], held) for name, held in data.items()})

            def write_object(held: Mapping[str, Any]) -> Any:
                return {_clean_key(name): value[0](one) for name, one in held.items()}

            return write_object, read_object

        def read_pairs(data: Any) -> Any:
            if type(data) is not list or not all(type(one) is list and len(one) == 2 for one in data):
                raise FormatError(f"a list of pairs is wanted, and here is {_told(data)}")
            return make({_at(n, key[1], one[0]): _at(n, value[1], one[1]) for n, one in enumerate(data)})

        return lambda held: [[key[0](name), value[0](one)] for name, one in held.items()], read_pairs

    def _make_collection(self, origin: type, of: Any) -> tuple[_Write, _Read]:
        write, read = self._for(of)
        make: Any = list
        if issubclass(origin, tuple):
            make = tuple
        elif issubclass(origin, Set):
            make = set if issubclass(origin, set) else frozenset

        def read_list(data: Any) -> Any:
            if type(data) is not list:
                raise FormatError(f"a list is wanted, and here is {_told(data)}")
            try:
                return make([read(held) for held in data])
            except FormatError:
                # Where it is, is looked for only now: most are in order.
                return make([_at(number, read, held) for number, held in enumerate(data)])

        def write_list(value: Any) -> list[Any]:
            written = [write(held) for held in value]
            return sorted(written, key=repr) if issubclass(origin, Set) else written

        return write_list, read_list


_CODER = Coder()


def to_data(value: Any, kind: Any) -> Any:
    """A value of that type as plain values. Raises TypeError where the type is none that can be written."""
    return _CODER.to_data(value, kind)


def from_data(data: Any, kind: type[T]) -> T:
    """Read what `to_data` gave. Raises FormatError for everything else."""
    return _CODER.from_data(data, kind)


# -- simple values -----------------------------------------------------------------------------------------------------


def _simple(kind: type) -> tuple[_Write, _Read] | None:
    if kind is object:
        return _write_any, _read_any
    if issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return lambda value: value.value, _one_of(members, members)
    if issubclass(kind, str):
        return _write_words, _read_words if kind is str else _of_kind(kind)
    if kind is bool:
        return _same, _read_bool
    if kind is int:
        return _same, _read_int
    if kind is float:
        return _write_float, _read_float
    if kind is bytes:
        return lambda value: base64.b64encode(value).decode(), _read_bytes
    if kind is date:
        return date.isoformat, _read_date
    return None


def _same(value: Any) -> Any:
    return value


def _write_words(value: str) -> Any:
    if type(value) is str:
        return value if value.isascii() or not _SURROGATE.search(value) else _write_broken(value)
    if isinstance(value, Message):
        data: dict[str, Any] = {"say": _write_words(value.template)}
        if value.many:
            data["many"] = _write_words(value.many)
        if value.values:
            data["values"] = {name: _write_any(one) for name, one in value.values.items()}
        return data
    if isinstance(value, LanguageName):
        return {"language": value.tag}
    return _write_words(str(value))  # lxml and others give words of a kind of their own


def _write_broken(value: str) -> Any:
    """Words with a half of a character, from a broken page or file name: no file can hold them."""
    return {"bytes": base64.b64encode(value.encode("utf-8", "surrogatepass")).decode()}


def _clean_key(name: str) -> str:
    if _SURROGATE.search(name):
        raise TypeError("a name with half a character cannot be written")
    return name


def _write_any(value: object) -> Any:
    """A value of a message: words, a number, or nothing. What else a message holds is there to be shown."""
    if isinstance(value, str):
        return _write_words(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return {"number": repr(float(value))}
    return _write_words(str(value))


def _read_any(data: Any) -> object:
    if data is None or type(data) is bool or type(data) is int:
        return data
    if type(data) is dict and data.keys() == {"number"}:
        try:
            return float(_read_words(data["number"]))
        except ValueError:
            raise FormatError("“number” holds none") from None
    return _read_words(data)


_kept: dict[str, str] = {}
_MOST_KEPT = 50_000
_LONGEST_KEPT = 400


def _interned(words: str) -> str:
    """The same words, once: they stand in many findings. What is longer, such as a whole page, stands nowhere else."""
    if len(words) > _LONGEST_KEPT:
        return words
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    return _kept.setdefault(words, words)


def _read_words(data: Any) -> str:
    if type(data) is str:
        if _SURROGATE.search(data):
            raise FormatError("half a character stands in it")
        return _interned(data)
    if type(data) is not dict:
        raise FormatError(f"words are wanted, and here is {_told(data)}")
    if "say" in data and data.keys() <= {"say", "many", "values"}:
        return _read_message(data)
    if data.keys() == {"language"}:
        try:
            return language_name(_plain(data["language"]))
        except LanguageError as error:
            raise FormatError(str(error)) from None
    if data.keys() == {"bytes"}:
        try:
            return _read_bytes(data["bytes"]).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise FormatError("“bytes” are no words") from None
    raise FormatError(f"words are wanted, and here is {_told(data)}")


def _read_message(data: dict[str, Any]) -> Message:
    template, many = _read_words(data["say"]), _read_words(data.get("many", ""))
    held = data.get("values", {})
    if type(held) is not dict or type(template) is not str or type(many) is not str:
        raise FormatError("“say” and “many” are templates, and “values” is an object")
    values = {_interned(name): _at(name, _read_any, value) for name, value in held.items()}
    wanted = _names_in(template) | _names_in(many)
    if missing := wanted - values.keys():
        raise FormatError(f"the value “{shorten(min(missing))}” of a message is missing")
    if many and type(values.get("n")) not in (int, float):
        raise FormatError("the number “n” of a message is missing")
    return Message.of(template, many, values)


@lru_cache(10_000)
def _names_in(template: str) -> frozenset[str]:
    """The names in a template. More than names is not read: a format can ask for a gigabyte of blanks."""
    try:
        parts = [*Formatter().parse(template)]
    except ValueError:
        raise FormatError(f"“{shorten(template)}” is no template") from None
    names = set()
    for _, name, form, conversion in parts:
        if name is not None:
            if not name.isidentifier() or form or conversion not in (None, "r", "s"):
                raise FormatError(f"“{shorten(template)}” is no template")
            names.add(name)
    return frozenset(names)


def _of_kind(kind: type) -> _Read:
    def read(data: Any) -> Any:
        words = _read_words(data)
        if not isinstance(words, kind):
            raise FormatError(f"a message is wanted, and here is {_told(data)}")
        return words

    return read


def _plain(data: Any) -> str:
    if type(data) is not str:
        raise FormatError(f"words are wanted, and here is {_told(data)}")
    return data


def _read_nothing(data: Any) -> None:
    if data is not None:
        raise FormatError(f"null is wanted, and here is {_told(data)}")


def _read_bool(data: Any) -> bool:
    if type(data) is not bool:
        raise FormatError(f"true or false is wanted, and here is {_told(data)}")
    return data


def _read_int(data: Any) -> int:
    if type(data) is not int:
        raise FormatError(f"a whole number is wanted, and here is {_told(data)}")
    return data


def _write_float(value: float) -> Any:
    # JSON has no infinity; and an int where a float may be stays one.
    return value if type(value) is int or math.isfinite(value) else repr(value)


def _read_float(data: Any) -> float:
    if data in ("inf", "-inf", "nan"):
        return float(data)
    if type(data) is not int and type(data) is not float:
        raise FormatError(f"a number is wanted, and here is {_told(data)}")
    return data


def _read_bytes(data: Any) -> bytes:
    try:
        return base64.b64decode(_plain(data), validate=True)
    except (binascii.Error, ValueError):
        raise FormatError("it is not Base64") from None


def _read_date(data: Any) -> date:
    try:
        if len(_plain(data)) == len("2027-01-31"):
            return date.fromisoformat(data)
    except ValueError:
        pass
    raise FormatError(f"a day such as 2027-01-31 is wanted, and here is {_told(data)}")


def _one_of(allowed: Collection[Any], members: Mapping[Any, Any] | None = None) -> _Read:
    def read(data: Any) -> Any:
        if type(data) not in (str, int, bool) or data not in allowed:
            raise FormatError(f"one of {', '.join(map(str, allowed))} is wanted, and here is {_told(data)}")
        return members[data] if members else data

    return read


# -- places and words of faults ----------------------------------------------------------------------------------------


def _default(field: "dataclasses.Field[Any]") -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else dataclasses.MISSING


def _at(name: str | int, read: _Read, data: Any) -> Any:
    try:
        return read(data)
    except FormatError as error:
        raise _within(name, error) from None


def _within(name: str | int, error: FormatError) -> FormatError:
    step = f"[{name}]" if isinstance(name, int) else shorten(name, 40)
    joint = "." if error.at and not error.at.startswith("[") else ""
    return FormatError(error.reason, f"{step}{joint}{error.at}")


def _guarded(read: _Read) -> _Read:
    def guarded(data: Any) -> Any:
        try:
            return read(data)
        except FormatError:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(f"{_told(data)} is not known ({shorten(str(error))})") from None

    return guarded


def _told(data: Any) -> str:
    match data:
        case None:
            return "null"
        case bool():
            return str(data).lower()
        case dict():
            return "an object"
        case list():
            return f"a list of {len(data)}"
        case _:
            return shorten(str(data), 40)
