"""The base of what people write: its readers note a fault and go on, and say what an editor needs to know."""

from datetime import datetime
from typing import Annotated, Any

import pytest

from a11ynews.errors import SourceError
from a11ynews.model import (
    Flag,
    Language,
    Model,
    Moment,
    Reading,
    Short,
    Url,
    Word,
    fold,
    is_blank,
    nearest,
    one_of,
    validate,
    whole_number,
)
from a11ynews.source import Scalar, read


class Inner(Model):
    """A part."""

    name: Word
    """What it is called."""
    tag: Language | None = None


class Outer(Model):
    """The whole."""

    inner: Annotated[Inner, Short("name", Scalar, {"type": "string"})]
    flag: Flag = False
    number: Annotated[int, whole_number(2, 4)] = 2
    choice: Annotated[str, one_of("left", "right")] = "left"
    moment: Moment | None = None
    url: Url | None = None
    words: tuple[Word, ...] = ()


def outer(text: str, file: str = "x.yaml") -> Outer:
    source = read(text.encode(), file)
    return validate(Outer, source, Reading(file, list(source.faults)), SourceError)


def faults_of(text: str, file: str = "x.yaml") -> list[str]:
    with pytest.raises(SourceError) as caught:
        outer(text, file)
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def test_values_become_what_they_mean() -> None:
    """Words, truths, numbers, choices, moments, addresses, and a shorthand."""
    made = outer("inner: A  b\nflag: TRUE\nnumber: ' 3 '\nchoice: right\nmoment: 2022-11-14T09:00:00Z\nurl: /x\nwords: [a]\n")

    assert (made.inner.name, made.flag, made.number, made.choice, made.url, made.words) == ("A b", True, 3, "right", "/x", ("a",))
    assert made.moment == datetime.fromisoformat("2022-11-14T09:00:00+00:00")


def test_a_wrong_value_hides_no_other() -> None:
    """Every reader notes its fault and goes on."""
    assert faults_of("inner: {tag: x}\nflag: 1\nnumber: 7\nchoice: up\nmoment: now\nurl: x:y\nwords: [[], '']\nodd: 1\n") == [
        "1:8: name is missing; add “name: …”",
        "1:14: 'x' is no language tag; write one such as “en”, “de-AT” or “sr-Latn”",
        "2:7: flag is '1'; write true or false",
        "3:9: number is '7'; write a whole number from 2 to 4",
        "4:9: 'up' is not among the choices; write “left” or “right”",
        "5:9: 'now' is no date that exists; write it as 2022-11-14T09:00:00+01:00",
        "6:6: 'x:y' is not safe: “x:” can run or hide code; write an address with https:, http:, mailto: or tel:",
        "7:9: words is a list; write one value",
        "7:13: words is empty; write one value",
        "8:1: the key “odd” is not known; the keys here are inner, flag, number, choice, moment, url, words",
    ]


def test_duplicates_are_told_with_the_rest() -> None:
    """What reading found and what the model finds, in the order of the file."""
    assert [fault.split(":")[0] for fault in faults_of("inner: [a]\nflag: x\nflag: true\n")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "moment",
    [
        "2022-11-14T09:00:00+01:00", "2022-11-14 09:00:00Z", "2022-11-14T09:00-05:00", "20221114T090000Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2022-11-14T09:00:00.123456+00:00",
    ],
)  # fmt: skip
def test_a_moment_has_a_date_a_time_and_a_zone(moment: str) -> None:
    """In the forms of ISO 8601."""
    made = outer(f"inner: a\nmoment: {moment}\n").moment

    assert made is not None
    assert made.utcoffset() is not None


@pytest.mark.parametrize(
    "moment",
    [
        "now",
        "14.11.2022",
        "2022-11-14",
        "2022-11-14T09:00:00",
        "2022-02-29T00:00:00Z",
        "2022-11-14T25:00:00Z",
        "10000-01-01T00:00:00Z",
        "0",
        "x" * 999,
    ],
)
def test_what_is_no_moment_is_told_with_an_example(moment: str) -> None:
    """A date alone is none: nobody knows in which zone."""
    [told] = faults_of(f"inner: a\nmoment: {moment}\n")

    assert told.startswith("2:9: ")
    assert told.endswith("write it as 2022-11-14T09:00:00+01:00")
    assert len(told) < 250


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        ("", True), (" \t\n", True), ("\u00a0\u2003\u3000", True), ("\u200b\u200d\u2060\ufeff", True), ("\u3164\u2800", True),
        ("\u0000", True), (".", False), ("a", False), ("\u200ba", False), ("😀", False), ("\u0301", False),
    ],
)  # fmt: skip
def test_blank_is_what_nobody_sees(value: str, blank: bool) -> None:
    """White space of any kind, and characters that have no shape."""
    assert is_blank(value) is blank


def test_folding_keeps_what_a_page_keeps() -> None:
    """Line ends and tabs become one space; hard and thin spaces stay."""
    assert fold(" a \n\t b\u2028c\u0085d\u00a0\u2009e ") == "a b c d\u00a0\u2009e"


@pytest.mark.parametrize(
    ("key", "known", "told"),
    [
        ("Captoin", ["caption", "credit"], "did you mean “caption”?"),
        ("ALT", ["file", "alt"], "did you mean “alt”?"),
        ("row-header", ["row_headers", "rows"], "did you mean “row_headers”?"),
        ("quote_source", ["quote", "quote source"], "did you mean “quote source”?"),
        ("zzz", ["a_b", "c"], "the keys here are a_b, c"),
        ("x" * 1_000_000, ["a"], "the keys here are a"),
    ],
)
def test_the_nearest_key_is_told(key: str, known: list[str], told: str) -> None:
    """Whatever its capitals, hyphens and underscores; all of them where none is near."""
    assert nearest(key, known) == told


@pytest.mark.parametrize(
    ("file", "line"), [("x.yaml", "a: …"), ("x.yml", "a: …"), ("x.json", '"a": …'), ("x.toml", "a = …"), ("x", "a: …")]
)
def test_a_line_is_told_in_the_words_of_its_format(file: str, line: str) -> None:
    """As it stands in such a file."""
    assert Reading(file).line_of("a") == line


def test_the_json_schema_says_what_an_editor_needs() -> None:
    """Descriptions, kinds, limits and choices; no titles, no null, no empty defaults."""
    schema: dict[str, Any] = Outer.model_json_schema()

    assert schema["$defs"]["Inner"]["properties"]["name"] == {
        "description": "What it is called.",
        "minLength": 1,
        "type": "string",
    }
    assert schema["$defs"]["Inner"]["properties"]["tag"] == {
        "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$",
        "type": "string",
    }
    assert schema["properties"]["inner"] == {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Inner"}]}
    assert schema["properties"]["flag"] == {"default": False, "type": "boolean"}
    assert schema["properties"]["number"] == {"default": 2, "maximum": 4, "minimum": 2, "type": "integer"}
    assert schema["properties"]["choice"] == {"default": "left", "enum": ["left", "right"]}
    assert schema["properties"]["words"] == {"items": {"minLength": 1, "type": "string"}, "type": "array"}
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["inner"]
