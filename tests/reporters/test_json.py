"""The report for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from a11ynews.cli import main
from a11ynews.criteria import CRITERIA
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import pieces
from a11ynews.reporters.json import as_data, render, schema
from reports import CASES, RULES, cyrillic, full, hostile, many

ROOT = Path(__file__).parents[2]


def closed(part: Any) -> Any:
    """A schema that allows no key that it does not name."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(value) for key, value in part.items()}
    return {**inner, "additionalProperties": False} if "properties" in part and "type" in part else inner


VALIDATOR = Draft202012Validator(closed(schema()), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    """By the draft that it names."""
    Draft202012Validator.check_schema(schema())

    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_committed_schema_is_the_current_one() -> None:
    """Write it anew with “a11ynews schema --of report > docs/report.schema.json”."""
    printed = CliRunner().invoke(main, ["schema", "--of", "report"]).output

    assert printed == (ROOT / "docs" / "report.schema.json").read_text("utf-8")
    assert json.loads(printed) == schema()


@pytest.mark.parametrize("case", CASES)
def test_every_report_is_as_the_schema_says(case: str) -> None:
    """And has no key that the schema does not name."""
    data = json.loads(render(CASES[case]()))

    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []


def test_the_schema_allows_keys_to_come() -> None:
    """A program written for version 1 reads later reports of that version, too."""
    data = json.loads(render(full()))
    data["new"] = data["findings"][0]["new"] = data["pages"][0]["new"] = 1

    assert Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize("key", ["version", "findings", "verdict"])
def test_the_schema_asks_for_every_key(key: str) -> None:
    """A report without one is none."""
    data = json.loads(render(full()))
    del data[key]

    assert not VALIDATOR.is_valid(data)


def test_version_1_has_the_keys_that_programs_rely_on() -> None:
    """They never go, within a version."""
    data = as_data(full())

    assert data["version"] == 1
    assert data.keys() >= {"version", "tool", "axe", "pages", "rules", "findings", "unfinished", "verdict"}
    assert all(page.keys() >= {"url", "file", "status"} for page in data["pages"])
    assert all(rule.keys() >= {"id", "wcag", "act"} for rule in data["rules"])
    for finding in data["findings"]:
        keys = {"rule", "severity", "message", "page", "selector", "html", "wcag", "act", "owner", "source", "cells"}
        assert finding.keys() >= keys | {"fingerprint", "known"}
        assert finding["source"] is None or finding["source"].keys() == {"file", "line", "column"}


def test_a_finding_is_told_in_full() -> None:
    """With its birthplace, and who accepted it."""
    data = as_data(full())
    contrast, known = data["findings"][4], data["findings"][6]

    assert contrast["source"] == {"file": "templates/base.html", "line": 4, "column": 1}
    assert contrast["cells"] == ["320 px, dark"]
    assert (contrast["known"], contrast["accepted"]) == (False, None)
    assert known["known"] is True
    assert known["accepted"] == {
        "by": "baseline",
        "reason": "to be redrawn",
        "where": "baseline.json:7",
        "expires": "2027-01-31",
    }


def test_a_page_with_something_unfinished_is_incomplete() -> None:
    """So nobody takes it for one without findings."""
    report = full()
    report.pages.append(CheckedPage("https://a.example/b", ("static",)))

    assert [page["status"] for page in as_data(report)["pages"]] == ["checked", "checked", "checked", "incomplete"]


def test_criteria_say_what_ran() -> None:
    """All 55, each with the rules that touch it."""
    criteria = {one["id"]: one for one in as_data(full())["criteria"]}

    assert list(criteria) == [criterion.number for criterion in CRITERIA]
    assert criteria["1.1.1"] == {
        "id": "1.1.1",
        "level": "A",
        "name": "Non-text Content",
        "en301549": "9.1.1.1",
        "coverage": "partly",
        "rules": ["alt-file-name", "axe/image-alt"],
    }
    assert criteria["2.5.8"]["en301549"] is None
    assert {one["coverage"] for one in as_data(Report())["criteria"]} == {"not"}


def test_messages_are_said_in_another_language_and_nothing_else_is() -> None:
    """Programs go by the same words in every language."""
    english, foreign = as_data(full()), as_data(full(), cyrillic)

    assert foreign["findings"][0]["message"] == "ЖЖЖ ЖЖЖЖ “mehr” ЖЖЖЖ ЖЖЖ ЖЖЖ ЖЖЖЖЖ; ЖЖЖЖ ЖЖЖ ЖЖЖЖЖЖ"
    assert foreign["unfinished"][0]["reason"] == "ЖЖ ЖЖЖ ЖЖЖ ЖЖЖЖ ЖЖ 30 Ж; ЖЖЖЖ ЖЖЖ"
    for of_english, of_foreign in zip(english["findings"], foreign["findings"], strict=True):
        assert of_english | {"message": ""} == of_foreign | {"message": ""}
    assert english["rules"] == foreign["rules"]


def test_whatever_a_page_holds_can_be_written() -> None:
    """Half of a character is shown as the sign for what cannot be."""
    text = render(hostile())

    assert json.loads(text.encode())["notes"][0].count("\ufffd") == 1


def test_a_hundred_thousand_findings_are_all_there() -> None:
    """Nothing is cut."""
    assert len(json.loads(render(many()))["findings"]) == 100_000


def test_rules_that_ran_are_named() -> None:
    """Also those that found nothing."""
    assert [rule["id"] for rule in as_data(full())["rules"]] == list(RULES)


def test_it_is_told_in_pieces() -> None:
    """No piece grows with what was found, and together they are what json.dumps would write."""
    report = many(5_000)
    report.unfinished.append(Unfinished("a.html", "words with\nbreaks and “ä” and \ud800"))

    told = [*pieces("json", report)]

    assert max(map(len, told)) < 2_000
    assert "".join(told).replace("\ufffd", "\ud800") == json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"
    assert "".join(told) == render(report)
