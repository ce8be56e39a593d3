"""Our own words for what axe's rules find."""

import re

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import axe, axe_words
from a11ynews.message import Message


def test_every_rule_that_runs_has_words(page: BrowserPage) -> None:
    """Of the axe that is shipped, best practices included: none is told in axe's own words, which no catalog has."""
    asked = axe.run(page, choice=axe.Choice(best_practices=True)).rules

    assert len(asked) > 80
    assert [id for id in asked if id not in axe_words._WORDS] == []
    assert {f"axe/{id}" for id in asked} <= set(axe.facts(page))


@pytest.mark.parametrize("template", axe_words._WORDS.values(), ids=axe_words._WORDS)
def test_words_say_what_is_wrong_and_what_to_do(template: str) -> None:
    """One line of two parts, as all messages."""
    assert re.fullmatch(r"[^;\n]+; [^\n]*[^.\n]", template)


def test_what_is_not_certain_asks_to_look() -> None:
    """And says why axe could not tell, in English, which is all that axe speaks."""
    told = axe_words.words("color-contrast", "Element's background color could not be determined", "x", certain=False)

    assert isinstance(told, Message)
    assert told == (
        "axe cannot tell for certain, so look: the contrast of this text could not be measured; see that it is 4.5:1, or 3:1 for "
        "large letters (Element's background color could not be determined)"
    )


def test_a_rule_of_a_newer_axe_is_told_in_axe_s_words() -> None:
    """Its reason, then what it asks for; without a reason, that alone."""
    assert axe_words.words("brand-new", "Element is odd", "elements must be even") == "Element is odd; elements must be even"
    assert axe_words.words("brand-new", "", "Elements must be even") == "Elements must be even"
