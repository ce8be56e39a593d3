"""Every rule of catalogs as a whole: its name, its help, the examples in it, and that it breaks down on nothing."""

import importlib
import pkgutil
import re
from typing import Any

import pytest

import a11ynews.rules
from a11ynews.catalog import BitextSet
from a11ynews.rule import Rule
from a11ynews.rules import CATALOG_RULES, RULES
from catalogs import found

_EXAMPLE = re.compile(r"^(Bad|Good): (.*?)(?=^(?:Bad|Good): |^\n|\Z)", re.MULTILINE | re.DOTALL)


def examples(rule: Rule[Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The examples in a rule's help, as (Bad or Good, catalogs)."""
    return [
        (kind, tuple(re.sub(r"\s*\n\s*", " ", catalog) for catalog in re.findall(r"`([^`]*)`", text)))
        for kind, text in _EXAMPLE.findall(rule.help)
    ]


EXAMPLES = [
    pytest.param(rule, kind, catalogs, id=f"{rule.id}-{kind}-{number}")
    for rule in CATALOG_RULES
    for number, (kind, catalogs) in enumerate(examples(rule), 1)
]


@pytest.mark.parametrize(("rule", "kind", "catalogs"), EXAMPLES)
def test_an_example_is_what_its_rule_says(rule: Rule[Any], kind: str, catalogs: tuple[str, ...]) -> None:
    """Of every bad example the rule finds something, and of every good one nothing."""
    findings = found(rule, *catalogs)

    assert bool(findings) is (kind == "Bad"), [finding.message for finding in findings]


@pytest.mark.parametrize("rule", CATALOG_RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_help_with_examples(rule: Rule[Any]) -> None:
    """A help begins with a sentence and holds a bad and a good example at least, each of one catalog, or of two for a set."""
    kinds = {kind for kind, _ in examples(rule)}

    assert re.match(r"[A-Z“].*[.!]\n", rule.help)
    assert kinds == {"Bad", "Good"}
    assert all(len(catalogs) == (2 if rule.on is BitextSet else 1) for _, catalogs in examples(rule))


@pytest.mark.parametrize("rule", CATALOG_RULES, ids=lambda rule: rule.id)
def test_a_message_says_what_is_wrong_and_what_to_do(rule: Rule[Any]) -> None:
    """The messages of the bad examples are one line of two parts, without a capital or a full stop as sentences have them."""
    messages = [finding.message for kind, catalogs in examples(rule) for finding in found(rule, *catalogs) if kind == "Bad"]

    assert messages
    for message in messages:
        assert re.fullmatch(r"[^;\n]+; [^\n]*[^.\n]", message), message


def test_names_are_unique_and_tell_what_they_are_about() -> None:
    """No rule of pages or of the browser begins with `po-`, so that each id names one rule."""
    ids = [rule.id for rule in CATALOG_RULES]

    assert len(set(ids)) == len(ids)
    assert [id for id in ids if not re.fullmatch(r"po(-[a-z]+)+", id)] == []
    assert [rule.id for rule in RULES if rule.id.startswith("po-")] == []


def test_every_rule_that_is_written_is_in_the_list() -> None:
    """A rule that is not in CATALOG_RULES would never run, and nobody would notice."""
    modules = [
        importlib.import_module(f"a11ynews.rules.{module.name}")
        for module in pkgutil.iter_modules(a11ynews.rules.__path__)
        if module.name.startswith("catalog_")
    ]
    written = {id(value) for module in modules for value in vars(module).values() if isinstance(value, Rule)}

    assert written
    assert written == {id(rule) for rule in CATALOG_RULES}


def test_criteria_are_written_as_they_should() -> None:
    """WCAG criteria are numbers of three parts."""
    assert [rule.id for rule in CATALOG_RULES for name in rule.wcag if not re.fullmatch(r"[1-4]\.\d\.\d{1,2}", name)] == []
