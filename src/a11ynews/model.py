"""
The base of what people write as YAML, JSON or TOML: pydantic models that tell every fault at its line and column.

The fields' own readers note a fault and go on, so that one wrong value hides no other; `validate` raises them all at the end.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
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

from .errors import Fault, LanguageError, SourceError
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


def reading_of(info: ValidationInfo) -> Reading:
    """The reading that a validator takes part in."""
    assert isinstance(info.context, Reading)
    return info.context


def kind_of(value: Any) -> str:
    """What a value is, in words for people."""
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a text"


def fold(value: str) -> str:
    """White space folded as a page folds it: a line break in YAML is no other text."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", value).strip(" ")


def scalar(value: Any, info: ValidationInfo, what: str) -> str | None:
    """A value that must be one word or line; None, and a fault, where it is not."""
    if isinstance(value, Scalar) and value.strip():
        return value.strip()
    found = "empty" if isinstance(value, Scalar) else kind_of(value)
    reading_of(info).fault(value, f"{what} is {found}; write one value")
    return None


def _read_language(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the language")
    if written is None:
        return ""
    try:
        return tag_of(written)
    except LanguageError as error:
        reading_of(info).fault(value, str(error))
        return ""


def _read_moment(value: Any, info: ValidationInfo) -> datetime:
    example = "write it as 2022-11-14T09:00:00+01:00"
    written = scalar(value, info, "the date")
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        if written is not None:
            reading_of(info).fault(value, f"{written!r} is no date that exists; {example}")
        return datetime.min
    if moment.tzinfo is None:
        reading_of(info).fault(value, f"{written!r} says no time zone, so nobody knows which moment it is; {example}")
    return moment


def _read_url(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the address")
    if written is not None and (fault := url_fault(written)):
        reading_of(info).fault(value, fault)
    return written or ""


def _read_word(value: Any, info: ValidationInfo) -> str:
    return fold(scalar(value, info, str(info.field_name).replace("_", " ")) or "")


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


class Model(BaseModel):
    """The base of all of them: frozen, and a key that it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _check_keys(cls, data: Any, info: ValidationInfo) -> Any:
        """Tell unknown keys with the nearest right one, and leave them out, so that the others are still looked at."""
        if not isinstance(data, Mapping):
            return data
        for key in data.keys() - cls.model_fields.keys():
            reading_of(info).fault(at_key(data, key), f"the key “{key}” is not known; {nearest(key, cls.model_fields)}")
        return data.only(cls.model_fields.__contains__)


def nearest(key: str, known: Iterable[str]) -> str:
    """What to write in place of a key that is not known."""
    near = get_close_matches(key, known, 1, 0.6)
    return f"did you mean “{near[0]}”?" if near else f"the keys here are {', '.join(known)}"


def at_key(data: Mapping, key: str) -> Scalar:
    """The place of a key."""
    return Scalar.at("", *data.keys_at[key])


M = TypeVar("M", bound=Model)


def validate(model: type[M], source: Source, reading: Reading, error: type[SourceError]) -> M:
    """The model of a source. Raises `error` with every fault that there is."""
    made = None
    try:
        made = model.model_validate(source.root, context=reading)
    except ValidationError as wrong:
        for fault in wrong.errors(include_url=False):
            reading.fault(fault["input"], _words_for(fault["type"], fault["loc"], fault))
    if reading.faults or made is None:
        raise error(reading.faults)
    return made


def _words_for(kind: str, path: tuple[int | str, ...], fault: Any) -> str:
    """What pydantic found, in words for an editor."""
    keys = [str(step) for step in path if not isinstance(step, int) and not step.startswith("function-")]
    key = keys[-1] if keys else "the record"
    found = fault["input"]
    if kind == "missing":
        return f"{key} is missing; add “{key}: …”"
    if kind.startswith("bool"):
        return f"{key} is {str(found)!r}; write true or false"
    if kind.startswith("int") or kind in ("greater_than_equal", "less_than_equal"):
        limits = " from 2 to 4" if key == "level" else ""
        return f"{key} is {str(found)!r}; write a whole number{limits}"
    if kind in ("tuple_type", "list_type", "iterable_type"):
        return f"{key} must be a list, not {kind_of(found)}; begin each entry on a line of its own with “- ”"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"{key} must be a mapping, not {kind_of(found)}; write its keys on the lines below it, indented"
    if kind == "too_short":
        return f"{key} is empty; write at least one entry, or take it out"
    return f"{key}: {fault['msg']}"
