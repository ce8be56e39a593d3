"""What the rules of catalogs find of mistakes, and what they find where there is none: measured, and written down."""

import random
from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules import CATALOG_RULES
from catalogs import report_on
from mutations import DOCUMENT, MUTATIONS, false_alarms, measured, missed, table
from news import LANGUAGES, catalog_for, stories

LEAST = {"po-language": 0.9}
"""
The share of mistakes that a rule must find, where that is not 95 of 100.

Of a few words between names and figures the letters do not tell the language.
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_good_translations(language: str) -> None:
    """Not one finding of any rule in more than 500 texts of news."""
    chosen = stories()

    assert len({story.source for story in chosen}) > 500
    assert {id: count for id, count in false_alarms(language).items() if count} == {}


@pytest.mark.parametrize(("source", "language"), [("de", "en"), ("it", "en"), ("de", "it"), ("it", "de")])
def test_nothing_is_found_in_other_directions(source: str, language: str) -> None:
    """The same texts as they would be translated from German and Italian: numbers, dates and acronyms go either way."""
    catalog = catalog_for(language, stories(), source)

    assert len(catalog.units) > 500
    assert [f"{finding.rule}: {finding.message}" for finding in report_on(catalog).findings] == []


@pytest.mark.parametrize("rule", CATALOG_RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_what_it_is_for(rule: Rule[Any]) -> None:
    """Of twenty mistakes at least, nearly all."""
    made, lost = missed(rule.id)

    assert made >= 20
    assert (made - len(lost)) / made >= LEAST.get(rule.id, 0.95)


def test_every_rule_is_measured() -> None:
    """And nothing else is."""
    assert set(MUTATIONS) == {rule.id for rule in CATALOG_RULES}


def test_a_mutation_is_the_same_each_time() -> None:
    """The dice are seeded; else the table would never be true."""
    first, second = ([catalogs[0].units[0].words for catalogs in MUTATIONS["po-numbers"](random.Random("x"))] for _ in range(2))

    assert first == second
    assert len(set(first)) > 40


def test_the_table_in_the_document_is_true() -> None:
    """`python tests/mutations.py` writes it anew."""
    assert measured(DOCUMENT.read_text("utf-8")) == table()
