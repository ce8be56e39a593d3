"""EARL as JSON-LD, read as the graph that it is."""

import json
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import Namespace

from a11ynews import __version__
from a11ynews.finding import Finding, Place, Severity
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import pieces
from a11ynews.reporters.earl import CONTEXT, render
from a11ynews.rule import RuleFacts
from reports import BASELINE, CASES, RULES, clean, cyrillic, english_in, full, hostile, many, unfinished

# rdflib’s own parser uses what rdflib advises against.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

EARL = Namespace("http://www.w3.org/ns/earl#")
DCT = Namespace("http://purl.org/dc/terms/")
DOAP = Namespace("http://usefulinc.com/ns/doap#")
TERMS = {
    "@vocab": str(EARL),
    "earl": str(EARL),
    "dct": str(DCT),
    "doap": str(DOAP),
    "WCAG2": "http://www.w3.org/TR/WCAG2/#",
    "WebPage": "https://schema.org/WebPage",
    "source": "dct:source",
    "title": "dct:title",
    "Version": "doap:Version",
    "name": "doap:name",
    "description": "doap:description",
    "release": "doap:release",
    "revision": "doap:revision",
    "assertions": {"@reverse": "subject"},
    "assertedBy": {"@type": "@id"},
    "outcome": {"@type": "@id"},
    "mode": {"@type": "@id"},
    "pointer": {"@type": "http://www.w3.org/2009/pointers#CSSSelectorPointer"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
}
"""What W3C's context, which a test cannot load, says of the terms that are used."""


def graph_of(report: Report) -> Graph:
    """The graph that a report is."""
    data = json.loads(render(report))

    assert data["@context"] == CONTEXT == "https://www.w3.org/WAI/content-assets/wcag-act-rules/earl-context.json"
    return Graph().parse(data=json.dumps({**data, "@context": TERMS}), format="json-ld")


def outcomes(report: Report) -> dict[str, dict[str, str]]:
    """The outcome of each rule, by the source of each subject."""
    graph = graph_of(report)
    told: dict[str, dict[str, str]] = {}
    for assertion, subject in graph.subject_objects(EARL.subject):
        test, result = graph.value(assertion, EARL.test), graph.value(assertion, EARL.result)
        outcome = str(graph.value(result, EARL.outcome)).removeprefix(str(EARL))
        told.setdefault(str(graph.value(subject, DCT.source)), {})[str(graph.value(test, DCT.title))] = outcome
    return told


def assertion_of(report: Report, source: str, rule: str) -> Any:
    """What is asserted of a page by a rule."""
    subject = next(one for one in json.loads(render(report))["@graph"] if one.get("source") == source)
    return next(one for one in subject["assertions"] if one["test"]["title"] == rule)


@pytest.mark.parametrize("case", CASES)
def test_every_report_is_a_graph_of_whole_assertions(case: str) -> None:
    """Each with who asserts, on what, by which test, with which of EARL's outcomes."""
    graph = graph_of(CASES[case]())
    (assertor,) = graph.subjects(DOAP.name)
    for assertion in graph.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), EARL.Assertion):
        assert graph.value(assertion, EARL.assertedBy) == assertor
        assert graph.value(assertion, EARL.mode) == EARL.automatic
        assert graph.value(graph.value(assertion, EARL.test), DCT.title)
        assert graph.value(graph.value(assertion, EARL.subject), DCT.source) is not None
        outcome = graph.value(graph.value(assertion, EARL.result), EARL.outcome)
        assert outcome in {EARL.passed, EARL.failed, EARL.cantTell, EARL.untested}


def test_each_rule_has_an_outcome_on_each_page_that_it_ran_on() -> None:
    """Where something that concerns no single page could not be checked, nothing passes."""
    assert outcomes(full()) == {
        "https://news.example.org/de/flood": {
            **dict.fromkeys(RULES, "cantTell"),
            **dict.fromkeys(["link-generic", "alt-file-name", "axe/color-contrast"], "failed"),
        },
        "en/flood.html": {
            **dict.fromkeys(RULES, "cantTell"),
            **dict.fromkeys(["alt-file-name", "axe/image-alt", "link-generic"], "failed"),
        },
        "https://a.example/": {
            **{id: "cantTell" for id in RULES if not id.startswith("axe/")},
            "one-h1": "failed",
        },
        "https://a.example/b": dict.fromkeys(RULES, "untested"),
    }


def test_a_rule_that_found_nothing_on_a_page_checked_in_full_passed() -> None:
    """Only there."""
    assert outcomes(clean()) == {"a.html": dict.fromkeys(RULES, "passed")}

    report = clean()
    report.pages.append(CheckedPage("b.html", ("static",)))
    report.unfinished.append(Unfinished("b.html", "the frame could not be looked into; mend it"))

    assert outcomes(report)["a.html"] == dict.fromkeys(RULES, "passed")
    assert outcomes(report)["b.html"] == {id: "cantTell" for id in RULES if not id.startswith("axe/")}
    assert assertion_of(report, "b.html", "one-h1")["result"]["info"] == "the frame could not be looked into; mend it"


def test_a_live_rule_ran_where_live_rules_did() -> None:
    """Neither axe nor the static rules are it."""
    report = clean()
    report.rules["reflow"] = RuleFacts("reflow", Severity.ERROR, ("1.4.10",), (), "It fits.", is_live=True)
    report.pages += [CheckedPage("b.html", ("static", "axe 4.12.1 (1280 px, light)")), CheckedPage("c.html", ("live rules",))]

    assert ["reflow" in outcomes(report)[name] for name in ("a.html", "b.html", "c.html")] == [False, False, True]
    assert [*outcomes(report)["c.html"]] == ["reflow"]


@pytest.mark.parametrize(
    ("severities", "outcome"),
    [
        ((Severity.ERROR,), "failed"),
        ((Severity.WARNING,), "failed"),
        ((Severity.REVIEW,), "cantTell"),
        ((Severity.REVIEW, Severity.ERROR), "failed"),
    ],
)
def test_a_finding_decides_unless_a_person_must(severities: tuple[Severity, ...], outcome: str) -> None:
    """That somebody has accepted it does not make it pass."""
    for known in (None, BASELINE):
        report = clean()
        report.findings = [
            Finding("one-h1", one, f"m {n}; n", Place("a.html", 1, "h1"), known=known) for n, one in enumerate(severities)
        ]
        assert outcomes(report)["a.html"]["one-h1"] == outcome


def test_a_test_names_the_criterion_and_the_act_rule() -> None:
    """The criterion as W3C's tool compares it, with nothing beside it."""
    test = assertion_of(full(), "en/flood.html", "alt-file-name")["test"]

    assert test == {
        "@type": "TestCase",
        "title": "alt-file-name",
        "isPartOf": ["WCAG2:non-text-content"],
        "dct:conformsTo": [{"@id": "https://www.w3.org/WAI/standards-guidelines/act/rules/23a2a8/"}],
    }
    graph = graph_of(full())
    assert (None, DCT.isPartOf, URIRef("http://www.w3.org/TR/WCAG2/#non-text-content")) in graph


def test_a_result_says_what_and_where() -> None:
    """In words, and by selectors."""
    assert assertion_of(full(), "en/flood.html", "axe/image-alt")["result"] == {
        "@type": "TestResult",
        "outcome": "earl:failed",
        "info": "no alternative text; write one",
        "pointer": ["#map"],
    }


def test_the_assertor_is_this_version() -> None:
    """And says what it ran with."""
    graph = graph_of(full())
    (assertor,) = graph.subjects(DOAP.name)

    assert str(graph.value(assertor, DOAP.name)) == "a11ynews"
    assert str(graph.value(graph.value(assertor, DOAP.release), DOAP.revision)) == __version__
    assert "axe-core 4.12.1 · Chromium 156.0.8078.79" in str(graph.value(assertor, DOAP.description))


def test_a_folder_of_pages_has_only_what_was_found_there() -> None:
    """It is no page that a rule could pass."""
    report = clean()
    report.findings = [Finding("one-h1", Severity.ERROR, "m; n", Place("site/"))]

    assert outcomes(report)["site/"] == {"one-h1": "failed"}


def test_a_page_that_could_not_be_looked_at_is_untested() -> None:
    """By every rule that ran elsewhere."""
    assert outcomes(unfinished()) == {"https://a.example/b": dict.fromkeys(RULES, "untested")}


def test_whatever_a_page_holds_can_be_written() -> None:
    """Half of a character is shown as the sign for what cannot be."""
    assert json.loads(render(hostile()).encode())


def test_a_hundred_thousand_findings_are_in_it() -> None:
    """By page and rule."""
    data = json.loads(render(many()))
    subjects = [one for one in data["@graph"] if "source" in one]

    assert len(subjects) == 500
    assert sum(len(one["result"].get("info", "").split("\n")) for subject in subjects for one in subject["assertions"]) > 100_000


def test_many_findings_of_a_rule_on_a_page_are_cut_and_counted() -> None:
    """The outcome is that of all."""
    report = clean()
    report.findings = [Finding("one-h1", Severity.REVIEW, f"m {n}; n", Place("a.html", n, f"h{n}")) for n in range(500)]
    report.findings.append(Finding("one-h1", Severity.ERROR, "o; p", Place("a.html")))
    result = assertion_of(report, "a.html", "one-h1")["result"]

    assert result["outcome"] == "earl:failed"
    assert len(result["pointer"]) == 100
    assert result["info"].endswith("m 99; n\n… and 401 more")


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """The terms of EARL are no words."""
    report = full()
    data = json.loads(render(report, say=cyrillic))
    told = [one["result"].get("info", "") for subject in data["@graph"] for one in subject.get("assertions", [])]

    assert english_in(" ".join([*told, data["@graph"][0]["description"]]), report) == {"core"}


def test_it_is_told_page_by_page() -> None:
    """No piece grows with the number of pages; together they are the whole."""
    few, more = ([*pieces("earl", many(1_000, pages))] for pages in (50, 200))

    assert len(more) == len(few) + 150
    assert max(map(len, more)) <= max(map(len, few))
    assert "".join(more) == render(many(1_000, 200))
