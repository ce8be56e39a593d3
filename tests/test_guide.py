"""The rules as the command line tells them."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner, Result

from a11ynews import guide
from a11ynews.cli import main
from a11ynews.rule import Rule


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["rules", *arguments])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_the_list_has_a_line_for_every_rule() -> None:
    """Its id, severity, criteria, and one sentence; that axe has more is said beside it."""
    result = run()

    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in guide.ALL]
    assert all(re.fullmatch(r"[a-z0-9-]+ +(?:error|warning|review) +[0-9., ]*  .*[.!]", line) for line in lines)
    assert "--axe" in result.stderr
    assert result.exit_code == 0


def test_a_rule_is_explained_in_full() -> None:
    """What it looks at, whom it serves, and its examples."""
    told = run("alt-missing").stdout

    assert told.startswith("alt-missing: Every picture has an alternative text")
    for line in (
        "  looks at: a page",
        "  severity: error",
        "  WCAG 1.1.1 (A): Non-text Content",
        "  EN 301 549: 9.1.1.1",
        "  ACT: 23a2a8  https://www.w3.org/WAI/standards-guidelines/act/rules/23a2a8/",
        'Bad: <img src="flood.jpg">',
    ):
        assert line in told.splitlines()


@pytest.mark.parametrize("rule", guide.ALL, ids=lambda rule: rule.id)
def test_every_rule_can_be_explained(rule: Rule[Any]) -> None:
    """Catalog rules too; with a bad and a good example each."""
    told = guide.explained(rule)

    assert told.startswith(f"{rule.id}: ")
    assert "\nBad: " in told
    assert "\nGood: " in told
    assert "class" not in guide.subject_of(rule)


def test_several_rules_are_explained_one_after_the_other() -> None:
    """In the order of the list."""
    assert run("po-same", "alt-missing").stdout.count("\n  looks at: ") == 2


def test_a_rule_of_axe_is_explained_by_asking_axe() -> None:
    """With our words for what it finds, and where to read on."""
    told = run("axe/image-alt").stdout

    assert told.startswith("axe/image-alt: Images must have alternative text")
    assert "  WCAG 1.1.1 (A): Non-text Content" in told
    assert "this picture has no alternative text; say what it shows" in told
    assert re.search(r"https://\S+/axe/4\.\d+/image-alt", told)


def test_an_unknown_rule_is_a_mistake_with_a_hint() -> None:
    """A typing error is met with the id that is meant."""
    result = run("alt-mising")

    assert result.exit_code == 2
    assert "'alt-mising' is no rule; did you mean alt-missing?" in result.stderr
    assert "“a11ynews rules” lists them" in run("zzz").stderr


def test_programs_get_json() -> None:
    """One object a rule, with its clauses of EN 301 549."""
    rules = json.loads(run("--format", "json").stdout)

    assert [rule["id"] for rule in rules] == [rule.id for rule in guide.ALL]
    first = next(rule for rule in rules if rule["id"] == "alt-missing")
    assert (first["wcag"], first["en301549"], first["severity"]) == (["1.1.1"], ["9.1.1.1"], "error")
    assert "Bad:" in first["help"]
