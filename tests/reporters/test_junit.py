"""JUnit's XML, read by the parser of libxml2 and by a reader of JUnit files."""

import re
from typing import Any

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite
from lxml import etree

from a11ynews.finding import Finding, Severity
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import junit
from a11ynews.reporters.junit import render
from reports import ALT, BASELINE, CASES, clean, cyrillic, english_in, full, hostile, many, place, unfinished, untouched

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "time", "file"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}
WITHIN = {
    None: {"testsuites"},
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def tree(xml: str) -> Any:
    """The root of a document."""
    return etree.fromstring(xml.encode())


def read(report: Report) -> JUnitXml:
    """A report as a CI system reads it."""
    return JUnitXml.fromstring(render(report).encode())


def outcomes(report: Report) -> dict[str, dict[str, str]]:
    """What became of each test, by suite."""
    told: dict[str, dict[str, str]] = {}
    for suite in read(report):
        assert isinstance(suite, TestSuite)
        told[suite.name] = {case.name: type(case.result[0]).__name__ if case.result else "passed" for case in suite}
    return told


@pytest.mark.parametrize("case", CASES)
def test_every_report_has_the_form_that_ci_systems_read(case: str) -> None:
    """No element and no attribute that JUnit's XML does not have, and counts that are right."""
    root = tree(render(CASES[case]()))
    for element in root.iter():
        parent = element.getparent()
        assert element.tag in WITHIN[None if parent is None else parent.tag]
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert element.tag != "testcase" or len(element) == 1
    for element in [root, *root]:
        counted = {name: len(element.findall(f".//{tag}")) for name, tag in COUNTS.items()}
        assert {name: int(element.get(name, "")) for name in COUNTS} == counted
    assert len({(suite.get("name"), case.get("name")) for suite in root for case in suite}) == len(root.findall(".//testcase"))


COUNTS = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}


def test_a_page_is_a_suite_and_a_rule_that_found_something_a_test() -> None:
    """Errors that gate fail, what is accepted is skipped, all else passes; what could not be checked is an error."""
    assert outcomes(full()) == {
        "a11ynews": {"checked in full": "Error"},
        "de/flood.html": {
            "checked in full": "passed",
            "link-generic": "passed",
            "alt-file-name": "Failure",
            "axe/color-contrast": "Failure",
        },
        "en/flood.html": {
            "checked in full": "passed",
            "alt-file-name": "Failure",
            "axe/image-alt (accepted)": "Skipped",
            "link-generic (accepted)": "Skipped",
        },
        "https://a.example/": {"checked in full": "passed", "link-new-window": "passed", "one-h1": "passed"},
        "https://a.example/b": {"checked in full": "Error"},
    }


def test_a_failure_says_where_to_mend_what() -> None:
    """The file is the one to mend, so that a CI system can lead there."""
    root = tree(render(full()))
    (case,) = root.xpath("//testsuite[@name='en/flood.html']/testcase[@name='alt-file-name']")

    assert case.get("file") == "news/flood/record.yaml"
    assert case[0].get("message") == "the alt text of the picture “a.jpg” is a file's name; say what it shows"
    assert case[0].text == (
        "news/flood/record.yaml:14:9: error: the alt text of the picture “a.jpg” is a file's name; say what it shows\n"
        '    at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">\n'
        "    WCAG 1.1.1 · editor"
    )


def test_what_does_not_gate_is_told_all_the_same() -> None:
    """In the output of its test."""
    root = tree(render(full()))
    (out,) = root.xpath("//testcase[@name='one-h1']/system-out")

    assert out.text == "https://a.example/: warning: the page has no h1; make the headline one\n    web team"


def test_an_error_and_something_accepted_of_one_rule_are_two_tests() -> None:
    """Neither hides the other."""
    findings = [
        Finding("r", Severity.ERROR, "m; n", place("a.html", ALT)),
        Finding("r", Severity.ERROR, "o; p", place("a.html", ALT), known=BASELINE),
        Finding("r", Severity.REVIEW, "q; r", place("a.html", ALT)),
    ]
    report = Report(pages=[CheckedPage("a.html", ("static",))], findings=findings)
    (suite,) = tree(render(report))

    assert outcomes(report) == {"a.html": {"checked in full": "passed", "r": "Failure", "r (accepted)": "Skipped"}}
    assert suite.xpath("string(testcase[@name='r']/failure/@message)") == "m; n"
    assert "review: q; r" in suite.xpath("string(testcase[@name='r']/failure)")
    assert suite.xpath("string(testcase[@name='r (accepted)']/skipped/@message)") == "to be redrawn"
    assert "accepted: to be redrawn (baseline.json:7)" in suite.xpath("string(testcase[@name='r (accepted)']/skipped)")


def test_nothing_checked_does_not_look_green() -> None:
    """There is an error in it."""
    assert outcomes(Report()) == {"a11ynews": {"checked in full": "Error"}}
    assert all("Error" in cases.values() for cases in outcomes(unfinished()).values())
    assert outcomes(Report(pages=[CheckedPage("a.html", ())])) == {"a.html": {"checked in full": "Error"}}


def test_a_clean_page_is_seen_to_have_passed() -> None:
    """With what looked at it."""
    (suite,) = tree(render(clean()))

    assert outcomes(clean()) == {"a.html": {"checked in full": "passed"}}
    assert suite.xpath("string(testcase/system-out)") == "static\naxe 4.12.1"


def test_an_unfinished_page_with_findings_shows_both() -> None:
    """What was found before counts."""
    report = Report(
        pages=[CheckedPage("a.html", ("static",))],
        findings=[Finding("r", Severity.ERROR, "m; n", place("a.html"))],
        unfinished=[Unfinished("a.html", "gone; look"), Unfinished("a.html", "slow; look")],
    )

    assert outcomes(report) == {"a.html": {"checked in full": "Error", "r": "Failure"}}
    assert "gone; look\nslow; look" in render(report)


def test_forbidden_characters_are_left_out() -> None:
    """XML has no way to write them; everything else is read back as it was."""
    text = render(hostile())
    root = tree(text)

    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\ud800-\udfff\ufffe\uffff]", "".join(root.itertext()))
    assert "]]> --> <script>alert(1)</script>" in root.xpath("string(//failure)")


def test_very_many_findings_can_be_read() -> None:
    """Each text has an end, and says how much is left out."""
    report = Report(pages=[CheckedPage("a.html", ("static",))])
    report.add(Finding("r", Severity.ERROR, f"m {n}; n", place("a.html", line=n)) for n in range(100_000))
    (suite,) = tree(render(report))

    assert "… and 99,900 more; the JSON report names them all" in suite.xpath("string(//failure)")
    assert suite.xpath("string(//failure/@message)") == "m 0; n (and 99,999 more)"
    assert len(tree(render(many(20_000)))) == 500


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """Names of tests, too."""
    report = full()
    root = tree(render(report, say=cyrillic))
    told = [*root.itertext(), *root.xpath("//@message"), *root.xpath("//testcase/@name")]

    assert english_in(" ".join(map(str, told)), report) == {"WCAG"}


def test_the_reader_sees_the_kinds_apart() -> None:
    """Failures, errors and skipped tests, as it counts them."""
    kinds = [type(result) for suite in read(full()) for case in suite for result in case.result]

    assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == (3, 2, 2)


def test_a_run_that_no_change_concerned_is_skipped() -> None:
    """It is no failure, and no pass."""
    assert outcomes(untouched()) == {"a11ynews": {"checked in full": "Skipped"}}


def test_what_gitlab_does_not_read_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be checked, and what fails, stays longest; how many pages are left out is told."""
    report = many(2_000, 500)
    report.findings = [one for one in report.findings if int(one.place.page.removesuffix(".html")) < 100]
    report.unfinished.append(Unfinished("499.html", "it did not load; see why"))
    whole = render(report)
    monkeypatch.setattr(junit, "MOST_BYTES", len(whole.encode()) // 2)

    text = render(report)

    assert len(text.encode()) <= junit.MOST_BYTES
    suites = {suite.get("name"): suite for suite in etree.fromstring(text.encode())}
    assert "499.html" in suites
    assert all(f"{n}.html" in suites for n in range(20))
    (skipped,) = suites["a11ynews"].iter("skipped")
    assert skipped.get("message") == (
        f"{501 - len(suites)} pages are left out, because GitLab reads no larger file; the JSON report names them all"
    )
    assert etree.fromstring(whole.encode()).get("errors") == etree.fromstring(text.encode()).get("errors")
