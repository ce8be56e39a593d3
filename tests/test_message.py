"""Messages: English words that know what they were made of."""

import pickle

import pytest

from a11ynews.message import Message, say, say_number


def test_a_message_is_its_english_words() -> None:
    """It can be compared, sorted and printed as any string."""
    message = say("the picture {file} has no alternative text; say what it shows", file="“a.jpg”")

    assert message == "the picture “a.jpg” has no alternative text; say what it shows"
    assert isinstance(message, Message)
    assert message.template == "the picture {file} has no alternative text; say what it shows"
    assert message.values == {"file": "“a.jpg”"}


def test_braces_are_doubled() -> None:
    """A brace that is meant is written twice, and stands once in the words."""
    assert say("write {{slug}} in {file}", file="a.toml") == "write {slug} in a.toml"
    assert say("{words}", words="{not a field}") == "{not a field}"


@pytest.mark.parametrize(("n", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (12_345, "12,345 pages")])
def test_a_message_that_depends_on_a_number(n: int, words: str) -> None:
    """One, or any other number; thousands stand apart."""
    message = say_number("{n} page", "{n} pages", n)

    assert message == words
    assert (message.template, message.many) == ("{n} page", "{n} pages")


def test_a_missing_value_is_a_fault_of_ours() -> None:
    """It is noticed where the message is made, in the test of whatever says it."""
    with pytest.raises(KeyError):
        say("{file} is not there")


def test_a_message_crosses_to_another_process() -> None:
    """With its template and values, messages within it included."""
    message = say("on {pages}", pages=say_number("{n} page", "{n} pages", 3))
    copy = pickle.loads(pickle.dumps(message))

    assert copy == message
    assert copy.template == "on {pages}"
    assert copy.values["pages"].many == "{n} pages"
