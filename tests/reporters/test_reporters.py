"""All formats together: their names, and what docs/reports.md shows of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from a11ynews.reporters import REPORTERS
from reports import CASES, full

DOCUMENT = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))


def excerpts() -> list[Any]:
    """The excerpts of the document: the format, the language of the block, and what is in it."""
    found = []
    for name, section in SECTIONS.items():
        for kind, excerpt in re.findall(r"^```(\w+) excerpt\n(.*?)^```$", section, re.MULTILINE | re.DOTALL):
            found.append(pytest.param(name, kind, excerpt, id=name))
    return found


def parts(data: Any) -> list[Any]:
    """A value, and every value in it."""
    inner = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    return [data, *(part for value in inner for part in parts(value))]


def test_every_format_is_explained_with_a_command() -> None:
    """And no other."""
    # What a shard keeps is for “report merge” and nobody else, and is written by no reporter.
    assert set(SECTIONS) == {*REPORTERS, "shard"}
    assert re.findall(r"^\| \[`(\w+)`\]", DOCUMENT, re.MULTILINE) == list(SECTIONS)
    for name, section in SECTIONS.items():
        assert "$ a11ynews check" in section
        assert name == "text" or f"--format {name}" in section


@pytest.mark.parametrize(("name", "kind", "excerpt"), excerpts())
def test_an_excerpt_is_what_the_format_looks_like(name: str, kind: str, excerpt: str) -> None:
    """Line by line, or as a part of the data."""
    output = REPORTERS[name](full())
    if kind == "json":
        assert json.loads(excerpt) in parts(json.loads(output))
        return
    at = 0
    for line in excerpt.splitlines():
        if line != "…":
            assert line in output[at:]
            at = output.index(line, at) + len(line)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_can_tell_every_report(name: str, case: str) -> None:
    """As text that can be written, with a line break at its end; the same each time."""
    text = REPORTERS[name](CASES[case]())

    assert text.encode()
    assert text.endswith("\n")
    assert text == REPORTERS[name](CASES[case]())
