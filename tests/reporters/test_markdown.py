"""The comment in a pull request, made HTML by GitHub's own parser."""

import re
from typing import Any

import cmarkgfm
import lxml.html
import pytest
from cmarkgfm.cmark import Options

from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters.markdown import MARKER, MOST, render
from reports import ALT, CASES, EVIL, clean, cyrillic, english_in, full, hostile, many, place, unfinished

TAGS = {"article", "h2", "h3", "p", "ul", "li", "br", "code", "strong", "details", "summary"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
# What GitHub makes a link of, in any text that is no code.
ACTIVE = re.compile(r"[@#]\w|GH-\d|https?://|www\.", re.IGNORECASE)


def shown(markdown: str) -> Any:
    """What GitHub shows, as a tree."""
    html = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    return lxml.html.fromstring(f"<article>{html}</article>")


def visible(element: Any) -> str:
    """The text of an element, in one line and without what has no width."""
    return re.sub(r"\s+", " ", element.text_content()).replace("\u200b", "").strip()


def one_finding(message: str, at: Place) -> Report:
    """A report on one error."""
    return Report(pages=[CheckedPage("a", ("static",))], findings=[Finding("r", Severity.ERROR, message, at)])


@pytest.mark.parametrize("case", CASES)
def test_every_report_is_a_comment_that_github_takes(case: str) -> None:
    """Short enough, with the marker in its first line, and of the elements that are ours."""
    text = render(CASES[case]())
    root = shown(text)

    assert len(text.encode("utf-16-le")) // 2 < MOST
    assert text.startswith(f"{MARKER}\n## a11ynews: ")
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= TAGS


def test_the_verdict_comes_first() -> None:
    """Then how much, then what was not checked, then what is to be mended by whom."""
    root = shown(render(full()))

    assert [visible(element) for element in root.iter("h2", "h3")] == [
        "a11ynews: INCOMPLETE: not everything could be checked, so nobody knows what is wrong there",
        "Not checked: 2 things that were asked for",
        "For the editor",
        "For the translator",
        "For the web team",
    ]
    assert visible(root.find("p")) == "3 pages checked: 2 errors, 2 warnings, 1 to review, 2 known and accepted"
    assert [visible(element) for element in root.find("ul")] == [
        "https://a.example/b: it did not load in 30 s; look why",
        "no browser; install one",
    ]


def test_a_defect_is_told_with_its_place() -> None:
    """Grouped by rule, errors open to be read."""
    root = shown(render(full()))
    details = {visible(one.find("summary")): one for one in root.iter("details")}
    alt = details["alt-file-name: 1 error · WCAG 1.1.1"]

    assert list(details)[:5] == [
        "alt-file-name: 1 error · WCAG 1.1.1",
        "link-generic: 1 warning · WCAG 2.4.4",
        "axe/color-contrast: 1 error · WCAG 1.4.3",
        "one-h1: 1 warning",
        "link-new-window: 1 to review · WCAG 3.2.5",
    ]
    assert [visible(item) for item in alt.iter("li")] == [
        "news/flood/record.yaml:14:9 error: the alt text of the picture “a.jpg” is a file's name; say what it shows "
        'main > figure > img <img src="a.jpg" alt="DSC04711.jpg"> on en/flood.html:31, de/flood.html:31'
    ]
    assert alt.get("open") is not None
    assert details["one-h1: 1 warning"].get("open") is None


def test_what_is_accepted_is_counted_and_not_listed() -> None:
    """It is no work for anybody."""
    text = render(full())

    assert "2 known and accepted" in text
    assert "map.html" not in text


def test_criteria_are_folded_up_at_the_end() -> None:
    """All 55, and no claim of conformance."""
    last = list(shown(render(full())).iter("details"))[-1]

    assert visible(last.find("summary")) == ("What was tested of WCAG 2.2, levels A and AA: 0 criteria tested, 4 partly, 51 not")
    assert len(last.findall(".//tbody/tr")) == 55
    assert [visible(cell) for cell in last.find(".//tbody/tr")] == ["1.1.1", "A", "Non-text Content", "9.1.1.1", "partly"]


def test_nothing_of_a_page_is_active() -> None:
    """No link, no mention, no reference to an issue, no element; but all of the words are there."""
    root = shown(render(hostile()))

    assert root.findall(".//a") == root.findall(".//img") == root.findall(".//script") == []
    for element in root.iter():
        if element.tag != "code":
            assert not ACTIVE.search(element.text or "")
        assert not ACTIVE.search(element.tail or "")
    words = re.sub(r"\s+", " ", re.sub("[\x00-\x1f\u2028\u202e\ud800\ufffe]+", " ", EVIL)).strip()
    assert words in visible(root).replace("\ufffe", " ").replace("  ", " ") or words[:150] in visible(root)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "`",
            "``",
            "` `",
            "a`b",
            "`a",
            "a` ``b",
            " a ",
            "  ",
            "|",
            "<b>",
            "</details>",
            "a|b",
            "&amp;",
            "*a*",
            "\\",
            "\\`",
            "@octocat",
        ),
        *(
            "#123",
            "https://evil.example",
            "<!--",
            "-->",
            "]]>",
            "```\nx",
            "- [ ] x",
            "1. x",
            "> x",
            "~~x~~",
            "a_b_c",
            "$x$",
            ":+1:",
        ),
    ],
)
def test_code_and_text_show_what_they_are_given(words: str) -> None:
    """Whatever marks are in them."""
    root = shown(render(one_finding(f"before {words} after", Place("a.html", 1, f"x{words}y"))))
    (item,) = root.xpath("//details[1]//li")
    line = re.sub(r"\s+", " ", words)

    assert visible(item.findall("code")[1]) == re.sub(r"\s+", " ", f"x{line}y")
    assert re.sub(r"\s+", " ", f"before {line} after") in visible(item)
    assert item.find("code").text == "a.html:1"


@pytest.mark.parametrize("words", ["`", "``a``", " a", "a ", " ", "`a b`"])
def test_code_that_begins_or_ends_oddly_is_code(words: str) -> None:
    """Backticks and blanks at either end stay within it."""
    root = shown(render(one_finding("m; n", Place("a.html", 1, words))))
    codes = [code.text for code in root.xpath("//details[1]//li/code")]

    assert codes[1:] == ([words] if words.strip() else [])


def test_a_comment_is_cut_by_whole_findings() -> None:
    """As many of the worst as there is room for; the others are counted."""
    report = many(10_000)
    text = render(report)
    root = shown(text)
    items = [visible(item) for item in root.xpath("//details[not(.//table)]//li") if "mend it" in visible(item)]
    left_out = re.search(r"… and ([\d,]+) more; the JSON report names them all", visible(root))

    assert left_out
    assert len(items) + int(left_out[1].replace(",", "")) == 10_000
    assert len(items) > 150
    assert all(" error: " in item for item in items)
    assert len(text) > MOST * 0.7


def test_a_cut_comment_is_short_enough_however_long_its_words_are() -> None:
    """Also where every character counts twice."""
    report = Report(pages=[CheckedPage("a", ("static",))])
    report.add(
        Finding(f"r{n % 90}", Severity.ERROR, f"{n} {'𝔵@' * 900}; n", Place("𝔶" * 900, n, "`𝔷" * 900, "𝔷" * 900), ("1.1.1",))
        for n in range(900)
    )
    report.notes = ["𝔵@" * 900] * 200
    report.unfinished = [Unfinished("𝔶" * 900, f"{n} {'𝔵@' * 900}") for n in range(200)]
    text = render(report)

    assert len(text.encode("utf-16-le")) // 2 < MOST
    assert "more; the JSON report names them all" in visible(shown(text))


def test_many_defects_of_a_rule_do_not_push_out_other_rules() -> None:
    """Some of it are shown, and the rest counted there."""
    findings = [Finding("a", Severity.ERROR, f"m {n}; n", place("a.html", line=n)) for n in range(5_000)]
    findings.append(Finding("b", Severity.ERROR, "o; p", Place("z.html", 9)))
    root = shown(render(Report(pages=[CheckedPage("a.html", ("static",))], findings=findings)))
    details = {visible(one.find("summary")): [visible(item) for item in one.iter("li")] for one in root.iter("details")}

    assert details["b: 1 error"] == ["z.html:9 error: o; p"]
    assert len(details["a: 5,000 errors"]) == 21
    assert details["a: 5,000 errors"][-1] == "… and 4,980 more"


def test_a_long_address_keeps_its_end() -> None:
    """There is the line."""
    at = Birthplace("x" * 500 + "/record.yaml", 14, 9, Owner.EDITOR, "x")

    assert "/record.yaml:14:9" in visible(shown(render(one_finding("m; n", Place("a", 1, "p", "<p>", at)))))


def test_unfinished_alone_and_nothing_are_no_pass() -> None:
    """The title says so."""
    assert visible(shown(render(unfinished())).find("h2")).startswith("a11ynews: INCOMPLETE: ")
    assert visible(shown(render(Report())).find("h2")) == "a11ynews: NOTHING CHECKED: no page was found"
    assert visible(shown(render(clean())).find("h2")).startswith("a11ynews: PASSED: ")


def test_many_pages_of_a_defect_are_counted() -> None:
    """Three are named."""
    findings = [Finding("r", Severity.ERROR, "m; n", place(f"{n}.html", ALT)) for n in range(20)]
    root = shown(render(Report(pages=[CheckedPage("a", ("static",))], findings=findings)))

    assert "on 0.html:31, 1.html:31, 2.html:31 and 17 more" in visible(root)


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """Names of standards stay."""
    report = full()
    text = render(report, say=cyrillic)

    assert english_in(visible(shown(text)), report) <= {"WCAG", "ews", "news"}
