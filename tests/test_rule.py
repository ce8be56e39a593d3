"""Rules: a generator becomes a value that says what it is."""

from collections.abc import Iterator
from typing import Any

from a11ynews.finding import Place, Severity
from a11ynews.rule import Rule, rule


class Sheet:
    """Something that rules can look at: a name and words."""

    def __init__(self, name: str, *words: str) -> None:
        self.name = name
        self.words = words

    def locate(self, part: Any) -> Place:
        """The place of a word by its number; None stands for the whole."""
        return Place(self.name) if part is None else Place(self.name, part + 1)


@rule("no-shouting", on=Sheet, severity=Severity.WARNING, wcag=("1.3.3",), act=("abc123",))
def no_shouting(sheet: Sheet) -> Iterator[tuple[int | None, str]]:
    """
    Words are not in capitals.

    They are hard to read.
    """
    if not sheet.words:
        yield None, "the sheet is empty; write something"
    for number, word in enumerate(sheet.words):
        if word.isupper():
            yield number, f"“{word}” is in capitals; write “{word.lower()}”"


def test_a_rule_is_a_value_with_its_help() -> None:
    """What it is, what it looks at and what it is worth can be read without running it."""
    assert isinstance(no_shouting, Rule)
    assert (no_shouting.id, no_shouting.on, no_shouting.severity) == ("no-shouting", Sheet, Severity.WARNING)
    assert no_shouting.help == "Words are not in capitals.\n\nThey are hard to read."


def test_a_rule_gives_findings_at_the_places_of_its_subject() -> None:
    """Every part that the generator yields becomes a finding with the rule's facts."""
    first, second = no_shouting(Sheet("a.txt", "one", "TWO", "THREE"))

    assert (first.rule, first.severity, first.wcag, first.act) == ("no-shouting", Severity.WARNING, ("1.3.3",), ("abc123",))
    assert (first.place, first.message) == (Place("a.txt", 2), "“TWO” is in capitals; write “two”")
    assert second.place.line == 3


def test_none_stands_for_the_whole_subject() -> None:
    """A finding can be about a subject as such."""
    assert [finding.place for finding in no_shouting(Sheet("a.txt"))] == [Place("a.txt")]


def test_what_is_right_gives_nothing() -> None:
    """A rule without an objection is silent."""
    assert list(no_shouting(Sheet("a.txt", "one"))) == []


def test_severity_is_error_where_nothing_is_said() -> None:
    """What is not said to be less gates."""

    @rule("anything", on=Sheet)
    def anything(sheet: Sheet) -> Iterator[tuple[None, str]]:
        yield None, f"{sheet.name} is wrong; mend it"

    assert (anything.severity, anything.help) == (Severity.ERROR, "")
