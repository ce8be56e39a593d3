"""What a check has found, as plain values and back."""

import json
import tracemalloc
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a11ynews.finding import Acceptance, Birthplace, Finding, Owner, Place, Severity
from a11ynews.message import LanguageName, Message, language_name, say, say_number
from a11ynews.messages import sayer
from a11ynews.page import Exposed
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.report_file import Coder, FormatError, Special, from_data, to_data
from a11ynews.reporters import REPORTERS
from a11ynews.rule import RuleFacts
from reports import clean, full, hostile, unfinished

_text = st.text(st.characters(exclude_categories=()), max_size=12)
_values = st.recursive(
    st.one_of(
        _text,
        st.integers(),
        st.floats(allow_nan=False),
        st.booleans(),
        st.none(),
        st.sampled_from(["de", "it"]).map(language_name),
    ),
    lambda inner: st.builds(lambda value: say("a {{b}} {x}", x=value), inner),
    max_leaves=4,
)
_message = st.one_of(
    _text,
    st.builds(lambda x, y: say("{x} and {y!r}", x=x, y=y), _values, _values),
    st.builds(lambda n, x: say_number("{n} page {x}", "{n} pages {x}", n, x=x), st.integers(0, 3), _values),
)
_line = st.integers(0, 9)
_birthplace = st.builds(Birthplace, _text, _line, _line, st.sampled_from(Owner), _text)
_place = st.builds(Place, _text, _line, _text, _text, st.none() | _birthplace, _text, _text)
_acceptance = st.builds(Acceptance, st.sampled_from(["baseline", "comment"]), _text, _text, st.none() | st.dates())
_texts = st.lists(_text, max_size=2).map(tuple)
_finding = st.builds(
    Finding,
    _text,
    st.sampled_from(Severity),
    _message,
    _place,
    _texts,
    _texts,
    _texts,
    st.floats(0, 30) | st.integers(0, 9),
    st.none() | _acceptance,
    st.sampled_from(Owner),
)
_rule = st.builds(RuleFacts, _text, st.sampled_from(Severity), _texts, _texts, _message, st.booleans())
_report = st.builds(
    Report,
    pages=st.lists(
        st.builds(CheckedPage, _text, _texts, _text, _text, st.none() | st.integers(100, 599), st.booleans()), max_size=2
    ),
    findings=st.lists(_finding, max_size=3),
    unfinished=st.lists(st.builds(Unfinished, _text, _message), max_size=2),
    notes=st.lists(_message, max_size=2),
    noun=st.sampled_from(["page", "catalog"]),
    rules=st.dictionaries(st.text(max_size=5), _rule, max_size=2),
    axe=_text,
    browser=_text,
    stale=st.lists(_message, max_size=2),
    pictures=st.dictionaries(st.tuples(_text, _place), st.binary(max_size=5), max_size=2),
    untouched=st.integers(0, 5),
)


def _to_and_fro(value: Any, kind: Any) -> Any:
    """Through bytes in UTF-8, as through a file."""
    return from_data(json.loads(json.dumps(to_data(value, kind), ensure_ascii=False).encode()), kind)


def _shape(words: str) -> Any:
    """What a message is made of, which is not told by its being equal."""
    if isinstance(words, Message):
        values = {name: _shape(value) if isinstance(value, str) else (type(value), value) for name, value in words.values.items()}
        return (words.template, words.many, values)
    return ("language", words.tag) if isinstance(words, LanguageName) else words


@given(_report)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    """Nothing is lost: neither what is compared nor what messages are made of."""
    read = _to_and_fro(report, Report)

    assert read == report
    assert [_shape(one.message) for one in read.findings] == [_shape(one.message) for one in report.findings]
    assert [_shape(one) for one in (*read.notes, *read.stale)] == [_shape(one) for one in (*report.notes, *report.stale)]
    assert [one.fingerprint for one in read.findings] == [one.fingerprint for one in report.findings]


@pytest.mark.parametrize("report", [full(), clean(), unfinished(), hostile()], ids=["full", "clean", "unfinished", "hostile"])
@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("lang", ["en", "de", "it"])
def test_every_reporter_tells_the_same_before_and_after(report: Report, name: str, lang: str) -> None:
    """In every format and language, byte for byte."""
    tell = REPORTERS[name]

    assert tell(_to_and_fro(report, Report), say=sayer(lang), lang=lang) == tell(report, say=sayer(lang), lang=lang)


def test_the_findings_of_one_page_can_be_kept() -> None:
    """Parts of a report are written as a whole one is."""
    findings = full().findings

    assert _to_and_fro(findings, list[Finding]) == findings
    assert "degree" not in to_data(findings[0], Finding)  # what is as usual is not written


def test_other_values_can_be_kept_too() -> None:
    """Collections of all kinds, and types that are told how to write."""

    class Thing:
        def __init__(self, name: str) -> None:
            self.name = name

    coder = Coder({Thing: Special(lambda thing: thing.name, lambda name: Thing(name))})
    seen = (Exposed(0, "link", "a", ("level=2",)), Exposed(1, "text"))

    assert _to_and_fro(seen, tuple[Exposed, ...]) == seen
    assert _to_and_fro({Severity.ERROR: 2}, dict[Severity, int]) == {Severity.ERROR: 2}
    assert _to_and_fro({"a": None}, dict[str, None]) == {"a": None}
    assert _to_and_fro([{"a": [1]}], list[Any]) == [{"a": [1]}]
    assert _to_and_fro(Counter({"a": 2}), Counter[str]) == Counter({"a": 2})
    assert _to_and_fro(frozenset({"b", "a"}), frozenset[str]) == frozenset({"a", "b"})
    assert coder.from_data(coder.to_data([Thing("x")], list[Thing]), list[Thing])[0].name == "x"
    with pytest.raises(TypeError, match="cannot be written"):
        to_data(Thing("x"), Thing)


def test_a_type_that_holds_itself_can_be_kept() -> None:
    """Trees are written to their leaves."""
    assert _to_and_fro(_Tree([_Tree(), _Tree([_Tree()])]), _Tree) == _Tree([_Tree(), _Tree([_Tree()])])


@dataclass
class _Tree:
    branches: list["_Tree"] = field(default_factory=list)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"findings": [{}]}, "findings[0]: the key “rule” is missing"),
        ({"findings": {}}, "findings: a list is wanted, and here is an object"),
        ({"untouched": "7"}, "untouched: a whole number is wanted, and here is 7"),
        ({"untouched": True}, "untouched: a whole number is wanted, and here is true"),
        ({"extra": 1}, "the key “extra” is not known"),
        ({"notes": [{"say": "{a.__class__}", "values": {"a": ""}}]}, "notes[0]: “{a.__class__}” is no template"),
        ({"notes": [{"say": "{a:>999999999}", "values": {"a": ""}}]}, "notes[0]: “{a:>999999999}” is no template"),
        ({"notes": [{"say": "{"}]}, "notes[0]: “{” is no template"),
        ({"notes": [{"say": "{a}"}]}, "notes[0]: the value “a” of a message is missing"),
        (
            {"notes": [{"say": "{n} a", "many": "{n} b", "values": {"n": "2"}}]},
            "notes[0]: the number “n” of a message is missing",
        ),
        ({"notes": [{"language": "zz-top"}]}, "notes[0]: "),
        ({"notes": [{"bytes": "%"}]}, "notes[0]: it is not Base64"),
        ({"notes": [["a"]]}, "notes[0]: words are wanted, and here is a list of 1"),
        ({"pages": [{"name": "a", "checks": "b"}]}, "pages[0].checks: a list is wanted, and here is b"),
        ({"pictures": [["a"]]}, "pictures: a list of pairs is wanted"),
    ],
)
def test_what_is_no_report_is_refused(change: dict[str, Any], told: str) -> None:
    """It is said what is wrong, and where."""
    with pytest.raises(FormatError) as refused:
        from_data({**to_data(full(), Report), **change}, Report)

    assert str(refused.value).startswith(told)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["say", "values", "many", "n", "findings", "language", "bytes", "number"]) | st.text(max_size=3),
            inner,
        )
    ),
    max_leaves=8,
)


@given(_JSON)
def test_nonsense_is_refused_or_is_a_report(data: Any) -> None:
    """Whatever a file holds, there is no other error."""
    for kind in (Report, Finding, list[Unfinished], dict[str, RuleFacts]):
        with suppress(FormatError):
            read = from_data(data, kind)
            assert from_data(to_data(read, kind), kind) == read


def test_dates_and_acceptances_come_back() -> None:
    """An acceptance keeps its last day."""
    accepted = Acceptance("baseline", "to be redrawn", "baseline.json:7", date(2027, 1, 31))

    assert to_data(accepted, Acceptance)["expires"] == "2027-01-31"
    assert _to_and_fro(accepted, Acceptance) == accepted


def test_of_whole_pages_nothing_stays_in_memory() -> None:
    """What stands in many findings is kept once; what is longer goes when whoever has read it lets go of it."""
    from_data("begin", str)
    tracemalloc.start()
    try:
        for number in range(100):
            from_data(f"{number} words of a page " * 1_000, str)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert held < 100_000  # all of them together are two million
    assert from_data("words " * 3, str) is from_data("words " * 3, str)
