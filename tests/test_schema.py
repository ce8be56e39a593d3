"""The JSON Schema of a record: what editors complete and mark."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from a11ynews.article import record_schema
from records import YAML, plain

ROOT = Path(__file__).parents[1]
SCHEMA = record_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
HEAD = "language: en\npublished: 2026-03-02T09:00:00+01:00\nheadline: The room\n"


def told(text: str) -> list[str]:
    """Where an editor would mark a record."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(plain(text))]


def objects_of(schema: Any) -> list[dict[str, Any]]:
    """Every part of the schema that has keys."""
    inner = list(schema.values()) if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    own = [schema] if isinstance(schema, dict) and "additionalProperties" in schema and "properties" in schema else []
    return own + [part for value in inner for part in objects_of(value)]


def test_the_committed_schema_is_the_current_one() -> None:
    """Write it anew with “a11ynews schema > docs/record.schema.json”."""
    assert json.loads((ROOT / "docs/record.schema.json").read_text("utf-8")) == SCHEMA


def test_it_is_a_json_schema_of_2020() -> None:
    """By the meta-schema."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"] == "a11ynews record"


@pytest.mark.parametrize("file", sorted((ROOT / "news").rglob("record.yaml")), ids=lambda file: file.parent.name)
def test_the_sample_is_valid(file: Path) -> None:
    """What renders is not marked."""
    assert told(file.read_text("utf-8")) == []


def test_a_record_with_everything_is_valid() -> None:
    """Every key, every kind of block, long and in short."""
    assert told(YAML) == []


WRONG = {
    "a missing key": HEAD.replace("headline: The room\n", "") + "body:\n- paragraph: A\n",
    "an unknown key": HEAD + "body:\n- paragraph: A\ntitle: B\n",
    "an empty body": HEAD + "body: []\n",
    "an empty headline": HEAD.replace("The room", "''") + "body:\n- paragraph: A\n",
    "a language in words": HEAD.replace("en", "english please", 1) + "body:\n- paragraph: A\n",
    "a text for a list": HEAD + "body:\n- paragraph: A\ntags: a, b\n",
    "a list for a text": HEAD + "body:\n- paragraph: [A]\n",
    "a block of no kind": HEAD + "body:\n- paragaph: A\n",
    "a block of two kinds": HEAD + "body:\n- paragraph: A\n  quote: B\n",
    "a heading of level 5": HEAD + "body:\n- heading: {text: A, level: 5}\n",
    "a picture without alt": HEAD + "body:\n- picture: {file: a.png}\n",
    "a picture with alt and decorative": HEAD + "body:\n- picture: {file: a.png, alt: A, decorative: true, reason: B}\n",
    "a picture without reason": HEAD + "body:\n- picture: {file: a.png, decorative: true}\n",
    "an empty alt": HEAD + "body:\n- picture: {file: a.png, alt: ''}\n",
    "an alt of nothing": HEAD + "body:\n- picture: {file: a.png, alt: }\n",
    "a film without transcript": HEAD + "body:\n- video: {file: a.mp4, title: A, captions: a.vtt}\n",
    "a transcript of nothing": HEAD + "body:\n- audio: {file: a.mp3, title: A, transcript: []}\n",
    "a table without caption": HEAD + "body:\n- table: {header: [A], rows: [[a]]}\n",
    "a picture in a box": HEAD + "body:\n- info: {heading: A, body: [picture: {file: a.png, alt: A}]}\n",
    "an id that is none": HEAD + "body:\n- paragraph: A\n  id: 1 2\n",
    "a date that is a number": HEAD.replace("2026-03-02T09:00:00+01:00", "2026") + "body:\n- paragraph: A\n",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_marked(text: str) -> None:
    """As far as a schema can know it."""
    assert told(text) != []


@pytest.mark.parametrize(
    "picture",
    ["{file: a.png, alt: A}", "{file: a.png, alt: A, decorative: false}", "{file: a.png, decorative: true, reason: B}"],
)
def test_a_conscious_choice_about_a_picture_is_valid(picture: str) -> None:
    """Words, or the reason why there are none."""
    assert told(f"{HEAD}body:\n- picture: {picture}\n") == []


def test_every_key_is_explained() -> None:
    """An editor shows the description beside each key that it completes, and of each kind of block."""
    found = objects_of(SCHEMA)

    assert len(found) > 20
    for part in found:
        assert part["description"]
        assert [key for key, value in part["properties"].items() if not value.get("description")] == []


def test_nothing_in_it_allows_null() -> None:
    """A key without a value is a fault."""
    assert '"null"' not in json.dumps(SCHEMA)
