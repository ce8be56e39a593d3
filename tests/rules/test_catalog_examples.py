"""Every rule of catalogs as a whole: its name, its help, the examples in it, and that it breaks down on nothing."""

import faulthandler
import importlib
import os
import pkgutil
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import a11ynews.rules
from a11ynews.article import ROLES
from a11ynews.catalog import Bitext, BitextSet, PictureTexts, Term, Unit
from a11ynews.markup import Name, Node
from a11ynews.message import Message
from a11ynews.po import PoEntry, PoFile
from a11ynews.rule import Rule
from a11ynews.rules import CATALOG_RULES, RULES
from catalogs import bitext_of, found, report_on

_PATIENCE = 1.9
"""Seconds of the processor's time, after which work of less than one is taken for work that does not end."""

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


@pytest.mark.parametrize("rule", CATALOG_RULES, ids=lambda rule: rule.id)
def test_a_message_can_be_said_in_another_language(rule: Rule[Any]) -> None:
    """The messages of the bad examples know their templates."""
    for kind, catalogs in examples(rule):
        for finding in found(rule, *catalogs) if kind == "Bad" else ():
            assert isinstance(finding.message, Message), f"{finding.message!r} is made without say()"


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


_words = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "die",
                "the",
                "il",
                "1,000",
                "1.000",
                "12:30",
                "p.m.",
                "May",
                "Montag",
                "“",
                "”",
                "„",
                "«",
                "»",
                "‚",
                "‘",
                '"',
                "'",
                "*",
                "**",
                "[",
                "](",
                ")",
                "](https://a.example/)",
                "<i",
                'lang="it">',
                "</i>",
                "…",
                ".",
                "?",
                "!",
                "(",
                ")",
                "{",
                "}",
                "{n}",
                "{{",
                "a@b.example",
                "www.a.example",
                "TUM",
                "XIV",
                "½",
                "€5",
                "+49",
                "-5",
                "°C",
                "10",
                "000",
                "and",
                "und",
                "e",
                "\u200b",
                "\xad",
                "\u2067",
                "�",
                "￼",
                "\\",
                "|",
                "=",
                "#",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=12,
).map(" ".join)
_entries = st.tuples(st.sampled_from([*ROLES, "nothing"]), _words, _words)


@settings(max_examples=150)
@given(
    st.lists(_entries, max_size=6),
    st.sampled_from(["de", "it", "en", "fr", "ar", "ja", "zh-Hant", "sr-Latn", "tlh", "de-CH", "en-XA"]),
    st.sampled_from(["news", "a11ynews"]),
    _words,
    st.tuples(_words, _words),
    _words,
)
def test_no_rule_breaks_down_on_any_words(
    texts: list[tuple[str, str, str]], language: str, domain: str, header: str, term: tuple[str, str], comment: str
) -> None:
    """Whatever stands in a catalog, every rule comes to its end, and every finding can be told. (`report_on` looks.)"""
    po = PoFile.new(language, "x.po")
    po.entries[0].set_strings({0: f"Language: {header}\nPlural-Forms: {header}\n"})
    for role, source, words in texts:
        entry = PoEntry.new(role, source, words if domain == "a11ynews" else "")
        entry.set_strings({0: words, 1: source} if entry.plural else {0: words})
        entry.set_comments([f"a11ynews: {comment}"])
        po.entries.append(entry)
    names = [Name(words) for _, words, _ in texts if words.strip()]
    pictures = [PictureTexts("a.png", source, source) for _, source, _ in texts]
    glossary = [Term(term[0], (term[1],), (term[1],))] if all(map(str.strip, term)) else []
    report = report_on(bitext_of(po, language, domain, names, pictures, glossary))

    assert all(finding.message and finding.fingerprint for finding in report.findings)


_ODD = re.findall(
    r"\S+",
    """
    ( ) [ ] { } {n} ]( * “a ‘a 'a « » „ ‚ " . ?! @ a@ a@b. www. https:// A A’ AB XI 1 1. 1: 1-1 +49( _ - – ’ € ½ & <i </i> ß Ã¤
    dodici zwölf \u00ad \u200d \u2067
    """,
)
_ODD += [
    f"{piece} " for piece in (*"<]a", "", "A a", "so", "die", "and", "Bridge", "EU", "St.", "Bild:", "1 000", "May 4", "März")
]


def odd_catalog(piece: str, length: int = 14_000) -> Bitext:
    """
    A catalog of texts that are one piece over and over, as a source and as a translation.

    Its parts are as they are read, not as they are parsed: here the rules are looked at, and nothing else.
    """
    entry = PoEntry.new("paragraph", "TUM")
    entry.set_strings({0: "TUM"})
    po = PoFile.new("de", "x.po")
    po.entries.append(entry)
    made = bitext_of(po, "de", names=[Name("TUM")], glossary=[Term("bridge", ("Brücke",)), Term("EU", ("EU",), ("und",))])
    words = piece * (length // len(piece))

    def unit(source: str, words: str) -> Unit:
        nodes, source_nodes = [Node("text", words)], [Node("text", source)]
        return replace(
            made.units[0],
            source=source,
            words=words,
            source_nodes=source_nodes,
            nodes=nodes,
            source_plain=source,
            plain=words,
            source_prose=source,
            prose=words,
        )

    return replace(made, units=(unit("The TUM bridge", words), unit(f"{words}y", f"{words} x")))


def look_at_odd_words() -> None:
    """All rules, over all odd words. Who waits too long at one of them ends, and tells where it was."""
    faulthandler.register(signal.SIGVTALRM, chain=True)
    for piece in _ODD:
        sys.stdout.write(f"{piece!r}\n")
        sys.stdout.flush()
        signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
        report_on(odd_catalog(piece))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such alarm")
def test_no_rule_hangs_on_odd_words() -> None:
    """
    Thousands of brackets, numbers or marks in a row are no more work than as many words.

    A search that tries every end for every beginning would be at it for minutes or for hours. It runs by itself, to be stopped.
    """
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1]), *filter(None, sys.path)])
    looked = subprocess.run(
        [sys.executable, "-c", f"import {Path(__file__).stem} as odd; odd.look_at_odd_words()"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (looked.stdout.splitlines()[-1:], looked.stderr) == ([repr(_ODD[-1])], "")
