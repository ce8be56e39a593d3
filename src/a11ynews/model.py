"""
The base of what people write as YAML, JSON or TOML: pydantic models that tell every fault at its line and column.

The fields' own readers note a fault and go on, so that one wrong value hides no other; `validate` raises them all at the end.
"""

import ast
import inspect
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from .errors import Fault, LanguageError, SourceError, shorten
from .language import tag_of
from .markup import url_fault
from .source import Mapping, Scalar, Sequence, Source


@dataclass(slots=True)
class Reading:
    """A file that is being read, and the faults found in it."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, value: Any, message: str) -> None:
        """Note what is wrong with a value of the source, at its place."""
        self.faults.append(Fault(self.file, getattr(value, "line", 1), getattr(value, "column", 1), message))

    @property
    def format(self) -> str:
        """The format of the file: `json`, `toml` or `yaml`."""
        suffix = self.file.rpartition(".")[2].lower()
        return suffix if suffix in ("json", "toml") else "yaml"

    def line_of(self, key: str, value: str = "…") -> str:
        """How a key and its value are written in the file."""
        return {"json": f'"{key}": {value}', "toml": f"{key} = {value}", "yaml": f"{key}: {value}"}[self.format]


def reading_of(info: ValidationInfo) -> Reading:
    """The reading that a validator takes part in."""
    assert isinstance(info.context, Reading)
    return info.context


def kind_of(value: Any) -> str:
    """What a value is, in words for people."""
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a text"


def fold(value: str) -> str:
    """White space folded as a page folds it: a line break in YAML is no other text."""
    # Most texts have single spaces alone. To look for each other kind takes half of the time that `isprintable` does.
    is_single = not ("  " in value or "\t" in value or "\r" in value or "\n" in value or "\f" in value or "\v" in value)
    if is_single and not ("\x85" in value or "\u2028" in value or "\u2029" in value):
        return value.strip(" ")
    return re.sub("[ \t\r\n\f\v\x85\u2028\u2029]+", " ", value).strip(" ")


# Letters and symbols that show nothing: fillers of Hangul and Khmer, and the Braille cell without dots.
_SHOW_NOTHING = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_blank(value: str) -> bool:
    """Whether nothing of a text is to be seen or said: it is empty, white space, or characters without width."""
    if "!" <= value[:1] <= "~":
        return False
    return all(
        character in _SHOW_NOTHING or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs") for character in value
    )


def scalar(value: Any, info: ValidationInfo, what: str, hint: str = "write one value") -> str | None:
    """A value that must be one word or line; None, and a fault, where it is not."""
    if isinstance(value, Scalar) and not is_blank(value):
        return value.strip()
    found = "empty" if isinstance(value, Scalar) else kind_of(value)
    reading_of(info).fault(value, f"{what} is {found}; {hint}")
    return None


def _read_language(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the language", "write one tag, such as “en”, “de-AT” or “sr-Latn”")
    if written is None:
        return ""
    try:
        return tag_of(written)
    except LanguageError as error:
        reading_of(info).fault(value, str(error))
        return ""


def _read_moment(value: Any, info: ValidationInfo) -> datetime:
    example = "write it as 2022-11-14T09:00:00+01:00"
    written = scalar(value, info, "the date", example)
    if written is None:
        return datetime.min
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        reading_of(info).fault(value, f"{shorten(written)!r} is no date that exists; {example}")
        return datetime.min
    if moment.tzinfo is None:
        reading_of(info).fault(value, f"{shorten(written)!r} says no time zone, so nobody knows which moment it is; {example}")
    return moment


def _read_url(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the address")
    if written is not None and (fault := url_fault(written)):
        reading_of(info).fault(value, fault)
    return written or ""


def _read_word(value: Any, info: ValidationInfo) -> str:
    return fold(scalar(value, info, str(info.field_name).replace("_", " ")) or "")


def is_true(value: Any) -> bool:
    """Whether a value of the source says yes."""
    return isinstance(value, Scalar) and value.strip().lower() == "true"


def _read_flag(value: Any, info: ValidationInfo) -> bool:
    if not isinstance(value, Scalar) or value.strip().lower() not in ("true", "false"):
        reading_of(info).fault(value, f"{info.field_name} is {_told(value)}; write true or false")
    return is_true(value)


def _told(value: Any) -> str:
    return repr(shorten(value)) if isinstance(value, Scalar) else kind_of(value)


def plain(read: Callable[[Any, ValidationInfo], Any], schema: dict[str, Any]) -> Any:
    """An annotation whose value our own function reads, with its JSON Schema."""

    class Plain:
        def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
            return core_schema.with_info_plain_validator_function(read)

        def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
            return dict(schema)

    return Plain()


Language = Annotated[str, plain(_read_language, {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"})]
Moment = Annotated[datetime, plain(_read_moment, {"type": "string", "format": "date-time"})]
Url = Annotated[str, plain(_read_url, {"type": "string", "minLength": 1})]
Word = Annotated[str, plain(_read_word, {"type": "string", "minLength": 1})]
Flag = Annotated[bool, plain(_read_flag, {"type": "boolean"})]


def whole_number(least: int, most: int) -> Any:
    """The annotation of a whole number between two limits."""

    def read(value: Any, info: ValidationInfo) -> int:
        written = value.strip() if isinstance(value, Scalar) else ""
        if re.fullmatch("[0-9]{1,9}", written) and least <= int(written) <= most:
            return int(written)
        reading_of(info).fault(value, f"{info.field_name} is {_told(value)}; write a whole number from {least} to {most}")
        return least

    return plain(read, {"type": "integer", "minimum": least, "maximum": most})


def one_of(*choices: str) -> Any:
    """The annotation of a value that is one of a few words."""

    def read(value: Any, info: ValidationInfo) -> str:
        written = value.strip() if isinstance(value, Scalar) else ""
        if written not in choices:
            among = f"{', '.join(f'“{choice}”' for choice in choices[:-1])} or “{choices[-1]}”"
            reading_of(info).fault(value, f"{_told(value)} is not among the choices; write {among}")
        return written

    return plain(read, {"enum": list(choices)})


class Short:
    """Lets a field be written in short, as the value of its main key alone; the JSON Schema allows both."""

    def __init__(self, key: str, kinds: type | tuple[type, ...], schema: dict[str, Any]) -> None:
        self.key, self.kinds, self.schema = key, kinds, schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [self.schema, handler(schema)]}

    def _expand(self, value: Any) -> Any:
        if not isinstance(value, Scalar | Sequence) or not isinstance(value, self.kinds):
            return value
        mapping = Mapping(value.line, value.column)
        mapping.put(self.key, value, (value.line, value.column))
        return mapping


A_STRING: dict[str, Any] = {"type": "string", "minLength": 1}


def tidy_schema(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """
    Say in a model's JSON Schema what the docstrings of its fields say, and leave out what is of no use in an editor; and null,
    which is a fault where a value can stand.
    """
    docs = _docs_of(model)
    for key, told in schema.get("properties", {}).items():
        told.pop("title", None)
        kinds = [kind for kind in told.get("anyOf", []) if kind != {"type": "null"}]
        if len(kinds) == 1:
            del told["anyOf"]
            schema["properties"][key] = told = {**kinds[0], **told}
        elif kinds:
            told["anyOf"] = kinds
        if told.get("default") in (None, "", [], {}):
            told.pop("default", None)
        if key in docs:
            told["description"] = docs[key]


def _docs_of(model: type[BaseModel]) -> dict[str, str]:
    """
    The docstrings below the fields of a model and of those that it is made of.

    Pydantic can read them as well, but does so whenever a model is imported: most of the time that this takes, for what only a
    schema tells.
    """
    docs: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            docs |= _docs_in(base.__module__).get(base.__name__, {})
    return docs


@cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    """The docstrings below the fields of the classes of a module, by the name of the class."""
    docs: dict[str, dict[str, str]] = {}
    for told in ast.parse(inspect.getsource(sys.modules[module])).body:
        if not isinstance(told, ast.ClassDef):
            continue
        of_class = docs[told.name] = {}
        for at, below in pairwise(told.body):
            if not isinstance(at, ast.AnnAssign) or not isinstance(at.target, ast.Name):
                continue
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                of_class[at.target.id] = inspect.cleandoc(str(below.value.value))
    return docs


@cache
def _fields_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(model.model_fields)


class Model(BaseModel):
    """
    The base of all of them: frozen, and a key that it does not know is a fault.

    The docstrings of the fields are what an editor says of the keys.
    """

    # Built when the first one is read: a render that has nothing to do reads no record.
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=tidy_schema, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _check_keys(cls, data: Any, info: ValidationInfo) -> Any:
        """Tell unknown keys with the nearest right one, and leave them out, so that the others are still looked at."""
        if not isinstance(data, Mapping):
            return data
        known = _fields_of(cls)
        if known.issuperset(data):
            return data
        for key in data.keys() - known:
            reading_of(info).fault(at_key(data, key), f"the key “{shorten(key)}” is not known; {nearest(key, cls.model_fields)}")
        return data.only(known.__contains__)


def nearest(key: str, known: Iterable[str]) -> str:
    """What to write in place of a key that is not known."""
    words = {name.replace("_", " "): name for name in known}
    near = get_close_matches(re.sub("[_-]", " ", key[:100].lower()), words, 1, 0.6)
    return f"did you mean “{words[near[0]]}”?" if near else f"the keys here are {', '.join(words.values())}"


def at_key(data: Mapping, key: str) -> Scalar:
    """The place of a key."""
    return Scalar.at("", *data.keys_at[key])


M = TypeVar("M", bound=Model)
_building = Lock()


def validate(model: type[M], source: Source, reading: Reading, error: type[SourceError]) -> M:
    """The model of a source. Raises `error` with every fault that there is."""
    if not model.__pydantic_complete__:
        with _building:  # two threads could ask at once
            model.model_rebuild()
    made = None
    try:
        made = model.model_validate(source.root, context=reading)
    except ValidationError as wrong:
        for fault in wrong.errors(include_url=False):
            if fault["type"] == "too_short" and fault["input"]:
                continue  # pydantic counts only entries without faults, and these are told
            reading.fault(fault["input"], _words_for(fault["type"], fault["loc"], fault, reading))
    if reading.faults or made is None:
        raise error(reading.faults)
    return made


def _words_for(kind: str, path: tuple[int | str, ...], fault: Any, reading: Reading) -> str:
    """What pydantic found, in words for an editor."""
    keys = [str(step) for step in path if not isinstance(step, int) and not step.startswith("function-")]
    key = keys[-1] if keys else "the record"
    found = fault["input"]
    if kind == "missing":
        return f"{key} is missing; add “{reading.line_of(key)}”"
    if kind in ("tuple_type", "list_type", "iterable_type"):
        how = "begin each entry on a line of its own with “- ”" if reading.format == "yaml" else "put its entries between [ and ]"
        return f"{key} must be a list, not {kind_of(found)}; {how}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        how = "write its keys on the lines below it, indented" if reading.format == "yaml" else "put its keys between { and }"
        return f"{key} must be a mapping, not {kind_of(found)}; {how}"
    if kind == "too_short":
        return f"{key} is empty; write at least one entry"
    return f"{key}: {fault['msg']}; mend it"
