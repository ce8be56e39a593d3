"""Every live rule as a whole: its help, the examples in it, and the form of what it says."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live.rules import LIVE_RULES
from a11ynews.message import Message
from a11ynews.page import SeenPages
from a11ynews.rule import Rule
from live_table import in_document, table
from livepages import examples, found

EXAMPLES = [
    pytest.param(rule, kind, fragments, id=f"{rule.id}-{kind}-{number}")
    for rule in LIVE_RULES
    for number, (kind, fragments) in enumerate(examples(rule), 1)
]


@pytest.mark.parametrize(("rule", "kind", "fragments"), EXAMPLES)
def test_an_example_is_what_its_rule_says(rule: Rule[Any], kind: str, fragments: tuple[str, ...], page: BrowserPage) -> None:
    """Of every bad example the rule finds something, in words that other languages can say too; of every good one nothing."""
    findings = found(rule, page, *fragments)

    assert bool(findings) is (kind == "Bad"), [finding.message for finding in findings]
    for finding in findings:
        assert isinstance(finding.message, Message)
        assert re.fullmatch(r"[^;\n]+; [^\n]*[^.\n]", finding.message), finding.message


@pytest.mark.parametrize("rule", LIVE_RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_help_and_a_cost(rule: Rule[Any]) -> None:
    """A sentence first, examples of both kinds, and what it costs."""
    kinds = {kind for kind, _ in examples(rule)}

    assert re.match(r"[A-Z“].*[.!]\n", rule.help)
    assert kinds == {"Bad", "Good"}
    assert rule.cost > 0
    assert all(len(fragments) >= 2 if rule.on is SeenPages else len(fragments) == 1 for _, fragments in examples(rule))


def test_ids_are_unique() -> None:
    """Each names one rule."""
    assert len({rule.id for rule in LIVE_RULES}) == len(LIVE_RULES) > 40


def test_the_document_lists_them_with_what_they_cost() -> None:
    """Write it anew with “.venv/bin/python tests/live_table.py”."""
    assert in_document() == table()
