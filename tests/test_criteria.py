"""The success criteria of WCAG 2.2, and how far the rules go in each."""

from pathlib import Path
from typing import Any

import pytest

from a11ynews.criteria import CRITERIA, ENHANCED, EXTENTS, Extent, by_number, coverage, document, known
from a11ynews.finding import Severity
from a11ynews.message import Message
from a11ynews.rule import Rule, RuleFacts
from a11ynews.rules import CATALOG_RULES, RULES
from covered import covered, report_on

ROOT = Path(__file__).parents[1]


def rules(**wcag: str) -> list[RuleFacts]:
    """Rules with their criteria."""
    return [
        RuleFacts(id.replace("_", "-"), Severity.ERROR, tuple(numbers.split()), (), "It holds.") for id, numbers in wcag.items()
    ]


def test_there_are_as_many_criteria_as_in_wcag() -> None:
    """31 of level A, 24 of level AA, 31 of level AAA, each once, in order, and none of WCAG 2.1 that is gone."""
    levels = [criterion.level for criterion in (*CRITERIA, *ENHANCED)]
    numbers = [[int(part) for part in criterion.number.split(".")] for criterion in CRITERIA]

    assert [levels.count(level) for level in ("A", "AA", "AAA")] == [31, 24, 31]
    assert numbers == sorted(numbers)
    assert len({criterion.number for criterion in (*CRITERIA, *ENHANCED)}) == 86
    assert len({criterion.id for criterion in (*CRITERIA, *ENHANCED)}) == 86
    assert known(["4.1.1", "1.4.10"]) == [by_number("1.4.10")]
    with pytest.raises(KeyError):
        by_number("4.1.1")


@pytest.mark.parametrize(
    ("number", "level", "name", "id", "clause"),
    [
        ("1.1.1", "A", "Non-text Content", "non-text-content", "9.1.1.1"),
        ("1.4.10", "AA", "Reflow", "reflow", "9.1.4.10"),
        ("2.2.2", "A", "Pause, Stop, Hide", "pause-stop-hide", "9.2.2.2"),
        ("2.4.11", "AA", "Focus Not Obscured (Minimum)", "focus-not-obscured-minimum", ""),
        ("3.2.6", "A", "Consistent Help", "consistent-help", ""),
        ("4.1.2", "A", "Name, Role, Value", "name-role-value", "9.4.1.2"),
        ("3.2.5", "AAA", "Change on Request", "change-on-request", ""),
    ],
)
def test_a_criterion_is_named_as_by_w3c_and_etsi(number: str, level: str, name: str, id: str, clause: str) -> None:
    """With its address, and no clause of EN 301 549 V3.2.1 where that has none."""
    criterion = by_number(number)

    assert (criterion.level, criterion.name, criterion.id, criterion.en301549) == (level, name, id, clause)
    assert criterion.understanding == f"https://www.w3.org/WAI/WCAG22/Understanding/{id}.html"


def test_en_301549_has_49_of_them() -> None:
    """Six are new in WCAG 2.2."""
    assert [criterion.number for criterion in CRITERIA if not criterion.en301549] == [
        *("2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8")
    ]


def test_names_can_be_said_in_other_languages() -> None:
    """So can the words for what is tested."""
    assert all(isinstance(criterion.name, Message) for criterion in (*CRITERIA, *ENHANCED))
    assert all(isinstance(words, Message) for words in EXTENTS.values())
    assert EXTENTS.keys() == {*Extent}


def test_a_criterion_that_a_rule_touches_is_partly_tested() -> None:
    """All others are not, and none is tested by chance; the rules are named in the order in which they ran."""
    told = {one.criterion.number: one for one in coverage(rules(b="1.1.1 1.1.1 3.2.5 4.1.1", a="1.1.1 2.4.4"))}

    assert list(told) == [criterion.number for criterion in CRITERIA]
    assert (told["1.1.1"].extent, told["1.1.1"].rules) == (Extent.PARTLY, ("b", "a"))
    assert (told["2.4.4"].extent, told["2.4.4"].rules) == (Extent.PARTLY, ("a",))
    assert {one.extent for number, one in told.items() if number not in ("1.1.1", "2.4.4")} == {Extent.NOT}


def test_the_language_of_our_own_pages_is_decided() -> None:
    """By three rules together; on pages from elsewhere nobody knows what language the words are in."""
    three = rules(html_lang="3.1.1", html_lang_valid="3.1.1", page_language="3.1.1")

    def extent(rules: list[RuleFacts], *, ours: bool) -> Extent:
        return next(one.extent for one in coverage(rules, ours=ours) if one.criterion.number == "3.1.1")

    assert extent(three, ours=True) is Extent.TESTED
    assert extent(three, ours=False) is Extent.PARTLY
    assert extent(three[:2], ours=True) is Extent.PARTLY
    assert extent([], ours=True) is Extent.NOT


def test_rules_that_decide_are_there() -> None:
    """A rule that is renamed must be so here, too."""
    told = {one.criterion.number: one.extent for one in coverage([rule.facts for rule in RULES], ours=True)}

    assert [number for number, extent in told.items() if extent is Extent.TESTED] == ["3.1.1"]


@pytest.mark.parametrize("rule", [*RULES, *CATALOG_RULES], ids=lambda rule: rule.id)
def test_rules_name_criteria_that_there_are(rule: Rule[Any]) -> None:
    """None that WCAG 2.2 does not have."""
    assert [criterion.number for criterion in known(rule.wcag)] == list(rule.wcag)


def test_the_document_shows_what_a_check_covers(tmp_path: Path) -> None:
    """Write it anew with “.venv/bin/python tests/covered.py > docs/coverage.md”."""
    report = report_on(tmp_path)

    assert report.verdict in ("passed", "failed")
    assert report.axe
    assert document(covered(report)) == (ROOT / "docs" / "coverage.md").read_text("utf-8")


def test_the_document_has_a_line_for_each_criterion() -> None:
    """With a link to what W3C says of it."""
    lines = document(coverage(rules(a="2.5.8"))).splitlines()
    (line,) = [line for line in lines if "target-size" in line]

    assert sum(line.startswith("| [") for line in lines) == 55
    assert line == (
        "| [2.5.8](https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum.html) | AA | Target Size (Minimum) | "
        "| partly | `a` |"
    )
    assert "0 tested, 1 partly, 54 not." in "\n".join(lines)
