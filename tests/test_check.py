"""The check without a browser: what runs on what, and what is never taken for a pass."""

from collections.abc import Iterator
from typing import Any

import pytest

from a11ynews.check import check_static
from a11ynews.finding import Severity
from a11ynews.page import Page, PageSet, Part
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.rule import Rule, rule
from a11ynews.rules import RULES
from pages import page_of

GOOD = """
<html lang="en"><head><title>Flood</title><meta name="description" content="The river rose."></head>
<body><main><h1>Flood</h1><p>The river rose in the night.</p></main></body></html>
"""


@rule("no-p", on=Page)
def no_p(page: Page) -> Iterator[tuple[Part, str]]:
    """Finds every paragraph."""
    for element in page.tagged("p"):
        yield element, f"<p> {page.text_of(element)}; take it away"


@rule("breaks-down", on=Page)
def breaks_down(page: Page) -> Iterator[tuple[Part, str]]:
    """Finds one thing, and then has a bug."""
    yield page.tree, "found before; mend it"
    raise ValueError("out of luck")


@rule("counts-pages", on=PageSet)
def counts_pages(pages: PageSet) -> Iterator[tuple[tuple[Page, Part] | None, str]]:
    """Finds the set."""
    yield None, f"{len(pages.pages)} pages; count again"
    yield (pages.pages[-1], None), "the last; look"


def checked(*pages: Page, rules: tuple[Rule[Any], ...] = RULES) -> Report:
    """The report on pages."""
    report = Report()
    check_static(pages, report, rules)
    return report


def test_a_good_page_passes_and_is_seen_to_have_been_looked_at() -> None:
    """A pass is not the absence of everything."""
    report = checked(Page("flood.html", GOOD))

    assert report.findings == []
    assert report.pages == [CheckedPage("flood.html", ("static",))]
    assert report.exit_code == 0


def test_rules_run_on_each_page_and_on_all_together() -> None:
    """In the order of the pages, then of the rules; the set comes last."""
    report = checked(page_of("<p>a</p><p>b</p>", "x/a.html"), page_of("<p>c</p>", "x/b.html"), rules=(counts_pages, no_p))

    assert [(finding.place.page, finding.message) for finding in report.findings] == [
        ("x/a.html", "<p> a; take it away"),
        ("x/a.html", "<p> b; take it away"),
        ("x/b.html", "<p> c; take it away"),
        ("x/", "2 pages; count again"),
        ("x/b.html", "the last; look"),
    ]
    assert report.exit_code == 1


def test_every_rule_finds_what_it_should_through_the_check() -> None:
    """The rules that run where nothing is said are those that are written."""
    report = checked(Page("a.html", "<p><img src=a.jpg><a href=/></a>"))

    assert {"page-title", "html-lang", "one-h1", "one-main", "alt-missing", "link-name"} <= {
        finding.rule for finding in report.findings
    }


def test_a_rule_that_breaks_down_is_unfinished_and_stops_no_other() -> None:
    """What it found before stays found, and the page did not pass."""
    report = checked(page_of("<p>a</p>", "a.html"), page_of("<p>b</p>", "b.html"), rules=(breaks_down, no_p))

    assert [str(one) for one in report.unfinished] == [
        f"{name}: the rule breaks-down broke down: ValueError: out of luck; report it as a bug of a11ynews"
        for name in ("a.html", "b.html")
    ]
    assert [finding.rule for finding in report.findings] == ["breaks-down", "no-p"] * 2
    assert report.exit_code == 2


@pytest.mark.parametrize(
    "html",
    [
        *("", "  ", "<!-- nothing -->", "<html><head><title>Flood</title></head><body></body></html>"),
        '<title>App</title><div id="root"></div><script>start()</script><noscript>Please enable scripts.</noscript>',
        "<frameset><frame src='a.html'></frameset>",
    ],
)
def test_a_page_that_shows_nothing_is_unfinished(html: str) -> None:
    """An empty file, a comment, or the shell that a script fills: nothing was there to be found fault with."""
    report = checked(Page("a.html", html))

    assert [one.page for one in report.unfinished] == ["a.html"]
    assert report.unfinished[0].reason == (
        "the page shows nothing that could be checked; if a script fills it check it in a browser, else look why"
    )
    assert report.exit_code == 2


@pytest.mark.parametrize("body", ["Text", "<p hidden>Text</p>", "<div><img></div>", '<div aria-label="Text"></div>', "<hr>"])
def test_a_page_that_shows_something_is_looked_at(body: str) -> None:
    """Little is enough."""
    assert checked(Page("a.html", f"<html><body>{body}</body></html>")).unfinished == []


def test_a_page_that_cannot_be_read_to_its_end_is_unfinished() -> None:
    """What was read is looked at all the same."""
    report = checked(Page("a.html", f"<img>{'<div>' * 2100}<p>deep"))

    assert report.unfinished == [
        Unfinished(
            "a.html",
            "the parser stopped at line 1: Excessive depth in document: 2048, use XML_PARSE_HUGE option; "
            "mend the markup: what comes after was not checked",
        )
    ]
    assert "alt-missing" in {finding.rule for finding in report.findings}


def test_no_page_is_nothing_to_check() -> None:
    """And no pass."""
    assert checked().exit_code == 3


def test_a_report_that_holds_something_keeps_it() -> None:
    """The live checks fill the same one; the same finding is taken once."""
    report = checked(page_of("<p>a</p>"), rules=(no_p,))
    check_static([page_of("<p>a</p>")], report, (no_p,))

    assert len(report.findings) == 1
    assert len(report.pages) == 2


def test_findings_of_a_page_of_ours_point_at_the_source() -> None:
    """Through the whole check: a text in the wrong language is found in the record."""
    page = page_of(
        '<html lang="it"><head><title>[it: Alluvione nella valle]</title></head><body>\n<p>[de: Hochwasser]</p></body></html>'
    )
    (finding,) = [finding for finding in checked(page).findings if finding.rule == "text-language"]

    assert str(finding.place.source) == "news/flood/record.yaml:2:9"
    assert finding.severity is Severity.ERROR
