"""Every rule as a whole: its name, its help, the examples in it, and that it breaks down on nothing."""

import importlib
import pkgutil
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import a11ynews.rules
from a11ynews.check import check_static
from a11ynews.message import Message
from a11ynews.page import Page, PageSet
from a11ynews.report import Report
from a11ynews.rule import Rule
from a11ynews.rules import RULES
from pages import found, page_of

OURS_ALONE = {"page-language", "text-language", "untranslatable-text"}
"""The rules that look at pages with known birthplaces only."""

_EXAMPLE = re.compile(r"^(Bad|Good): (.*?)(?=^(?:Bad|Good): |^\n|\Z)", re.MULTILINE | re.DOTALL)


def examples(rule: Rule[Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The examples in a rule's help, as (Bad or Good, fragments); a fragment may run over several lines."""
    return [
        (kind, tuple(re.sub(r"\s*\n\s*", " ", fragment) for fragment in re.findall(r"`([^`]*)`", text)))
        for kind, text in _EXAMPLE.findall(rule.help)
    ]


EXAMPLES = [
    pytest.param(rule, kind, fragments, id=f"{rule.id}-{kind}-{number}")
    for rule in RULES
    for number, (kind, fragments) in enumerate(examples(rule), 1)
]


@pytest.mark.parametrize(("rule", "kind", "fragments"), EXAMPLES)
def test_an_example_is_what_its_rule_says(rule: Rule[Any], kind: str, fragments: tuple[str, ...]) -> None:
    """Of every bad example the rule finds something, and of every good one nothing."""
    findings = found(rule, *fragments, ours=rule.id in OURS_ALONE)

    assert bool(findings) is (kind == "Bad"), [finding.message for finding in findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_help_with_examples(rule: Rule[Any]) -> None:
    """A help begins with a sentence and holds a bad and a good example at least, each of as many pages as the rule looks at."""
    kinds = {kind for kind, _ in examples(rule)}

    assert re.match(r"[A-Z“].*[.!]\n", rule.help)
    assert kinds == {"Bad", "Good"}
    assert all(len(fragments) >= 2 if rule.on is PageSet else len(fragments) == 1 for _, fragments in examples(rule))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_message_says_what_is_wrong_and_what_to_do(rule: Rule[Any]) -> None:
    """The messages of the bad examples are one line of two parts, without a capital or a full stop as sentences have them."""
    messages = [
        finding.message
        for kind, fragments in examples(rule)
        for finding in found(rule, *fragments, ours=rule.id in OURS_ALONE)
        if kind == "Bad"
    ]

    assert messages
    for message in messages:
        assert re.fullmatch(r"[^;\n]+; [^\n]*[^.\n]", message), message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_message_can_be_said_in_another_language(rule: Rule[Any]) -> None:
    """The messages of the bad examples know their templates, and so do the words in them that are ours."""
    for kind, fragments in examples(rule):
        for finding in found(rule, *fragments, ours=rule.id in OURS_ALONE) if kind == "Bad" else ():
            assert isinstance(finding.message, Message), f"{finding.message!r} is made without say()"
            assert re.fullmatch(r"[^;]+; .+", finding.message.template), finding.message.template


def test_names_are_unique_and_in_kebab_case() -> None:
    """A rule's id tells it from all others; live rules share the list of findings with these."""
    ids = [rule.id for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert [id for id in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_criteria_and_act_rules_are_written_as_they_should() -> None:
    """WCAG criteria are numbers of three parts, ACT ids six letters and digits."""
    assert [rule.id for rule in RULES for name in rule.wcag if not re.fullmatch(r"[1-4]\.\d\.\d{1,2}", name)] == []
    assert [rule.id for rule in RULES for name in rule.act if not re.fullmatch(r"[a-z0-9]{6}", name)] == []


def test_every_rule_that_is_written_is_in_the_list() -> None:
    """A rule on pages that is not in RULES would never run, and nobody would notice."""
    modules = [
        importlib.import_module(f"a11ynews.rules.{module.name}") for module in pkgutil.iter_modules(a11ynews.rules.__path__)
    ]
    rules = {name: value for module in modules for name, value in vars(module).items() if isinstance(value, Rule)}
    written = {id(value): name for name, value in rules.items() if value.on in (Page, PageSet)}

    assert written
    assert {name for key, name in written.items() if key not in {id(rule) for rule in RULES}} == set()


_TAGS = """
a abbr area article aside audio body button circle dd details div dl dt fieldset figcaption figure font footer form h1 h2 h4 head
header html iframe img input label legend li link main menu meta nav noscript object ol option p script section select span style
summary svg table td template textarea th title tr track ul video
"""
_NAMES = """
alt aria-busy aria-describedby aria-expanded aria-hidden aria-label aria-labelledby aria-level aria-owns aria-valuenow
autocomplete autoplay colspan content controls data dir disabled for headers hidden href hreflang http-equiv id kind lang name
onblur onclick placeholder property rel role rowspan scope src srcdoc srclang style tabindex target title translate type xml:lang
"""
_VALUES = """
# #x x de de_AT xx-yy-zz http://[ https://a.example/de/ application/ld+json alternate canonical viewport refresh
description og:image -1 9 ² none img heading main
link button checkbox menu menuitem row cell list listitem option slider tab true false mixed radio image text/css .gif spacer.gif
letter-spacing:0!important line-height:1px!important font-size:2px /a?b=1 /a?b=2 section-x shipping this.focus() <a/href=x>
99999999 link { [[[ \x01 \U000f0000 0;url=x maximum-scale=nan user-scalable=- x-default rtl javascript:
"""
_TEXTS = ["here", "Text", "{", '{"@graph": [1]}', '[{"@type": ["NewsArticle", 1]}]', "<!--", "]]>", "\x00", "بوقر"]
_tags = st.sampled_from(_TAGS.split())
_values = st.sampled_from(["", " ", "a b", *_VALUES.split()])
_attributes = st.lists(st.builds('{}="{}"'.format, st.sampled_from(_NAMES.split()), _values), max_size=4).map(" ".join)
_pieces = st.one_of(
    st.builds("<{} {}>".format, _tags, _attributes),
    st.builds("</{}>".format, _tags),
    st.sampled_from(_TEXTS),
    st.text(max_size=5),
)


@settings(max_examples=150)
@given(st.lists(st.lists(_pieces, max_size=30).map("".join), min_size=1, max_size=3), st.booleans())
def test_no_rule_breaks_down_on_any_html(fragments: list[str], ours: bool) -> None:
    """Whatever stands on the pages, every rule comes to its end, and every finding can be told."""
    report = Report()
    check_static([page_of(fragment, f"{n}.html", ours=ours) for n, fragment in enumerate(fragments)], report)

    assert [str(one) for one in report.unfinished if "broke down" in one.reason] == []
    assert all(finding.message and finding.fingerprint for finding in report.findings)


@pytest.mark.parametrize(
    "html",
    [
        *("", " ", "\ufeff", "<!-- nothing -->", "<!doctype html>", "<html>", "<?xml version='1.0'?>", "\x00", "<"),
        *("<div>" * 1500, "<div>" * 5000, "<ul><li>" * 900, "<p>" * 20000, "<a" * 5000, '<a title="' * 5000),
        "<frameset><frame></frameset>",
    ],
    ids=lambda html: repr(html[:20]),
)
def test_no_rule_breaks_down_on_odd_documents(html: str) -> None:
    """Empty documents, comments alone and deep nesting break no rule either."""
    report = Report()
    check_static([Page("odd.html", html)], report)

    assert [str(one) for one in report.unfinished if "broke down" in one.reason] == []
