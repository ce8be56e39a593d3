"""Workflow commands of GitHub Actions."""

import re
from urllib.parse import unquote

import pytest

from a11ynews.finding import Finding, Place, Severity
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters.github import render
from reports import ALT, CASES, clean, cyrillic, english_in, full, hostile, many, place, unfinished, untouched

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,]*,?)*)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Each command as GitHub reads it: kind, properties, message."""
    found = []
    for line in text.splitlines():
        if match := COMMAND.fullmatch(line):
            properties = dict(part.split("=", 1) for part in match[2].split(",") if part)
            found.append((match[1], {key: unquote(value) for key, value in properties.items()}, unquote(match[3])))
    return found


def test_a_full_report() -> None:
    """What was not checked first, then each defect at the line to mend, the worst first; and a summary for the log."""
    assert render(full()) == (
        "::error title=not checked::it did not load in 30 s; look why%0Aon https://a.example/b\n"
        "::error title=not checked::no browser; install one\n"
        "::error file=news/flood/record.yaml,line=14,col=9,title=alt-file-name::"
        "the alt text of the picture “a.jpg” is a file's name; say what it shows%0A"
        "on en/flood.html:31, de/flood.html:31%0A"
        'at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">%0AWCAG 1.1.1 · editor\n'
        "::error file=templates/base.html,line=4,col=1,title=axe/color-contrast::too faint; darken it%0A"
        'on de/flood.html:31%0Aat main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">%0A'
        "in 320 px, dark%0AWCAG 1.4.3 · web team\n"
        "::warning title=one-h1::the page has no h1; make the headline one%0Aon https://a.example/%0Aweb team\n"
        "::warning file=locales/de/LC_MESSAGES/a11ynews.po,line=88,col=1,title=link-generic::"
        "the link “mehr” does not say where; name its target%0Aon de/flood.html:31%0A"
        'at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">%0AWCAG 2.4.4 · translator\n'
        "::notice title=link-new-window::it opens a window; look%0Aon https://a.example/%0A"
        "at video  <video autoplay>%0AWCAG 3.2.5 · web team\n"
        "3 pages checked: 2 errors, 2 warnings, 1 to review\n"
        "2 known and accepted\n"
        "INCOMPLETE: not everything could be checked, so nobody knows what is wrong there (exit code 2)\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_every_line_is_a_command_or_ours(case: str) -> None:
    """No word of a page begins a line, and each command has a known form."""
    lines = render(CASES[case]()).splitlines()
    verdicts = r"(PASSED|FAILED|INCOMPLETE|NOTHING CHECKED|NOTHING TO CHECK): .*\(exit code \d\)"
    ours = rf"[\d,]+ pages? checked: .*|[\d,]+ known and accepted|GitHub shows 10 .*|{verdicts}"

    assert [line for line in lines if not COMMAND.fullmatch(line) and not re.fullmatch(ours, line)] == []


@pytest.mark.parametrize("case", CASES)
def test_no_more_of_a_kind_than_github_shows(case: str) -> None:
    """Ten."""
    kinds = [kind for kind, _, _ in commands(render(CASES[case]()))]

    assert all(kinds.count(kind) <= 10 for kind in ("error", "warning", "notice"))


def test_what_means_something_to_github_is_escaped() -> None:
    """And read back as it was, but for what nobody can see."""
    message = "50%0A of “a, b: c” is\r\n::error::wrong; mend"
    at = Place("news/a,b:c%d.html", 7)
    (kind, properties, told), *rest = commands(
        render(Report(pages=[CheckedPage("a", ("static",))], findings=[Finding("r", Severity.ERROR, message, at)]))
    )

    assert (kind, rest) == ("error", [])
    assert properties == {"file": "news/a,b:c%d.html", "line": "7", "title": "r"}
    assert told == "50%0A of “a, b: c” is ::error::wrong; mend\nweb team"


def test_hostile_words_stay_within_their_command() -> None:
    """Escape sequences and turned text are gone."""
    text = render(hostile())

    assert len(commands(text)) == sum(line.startswith("::") for line in text.splitlines())
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", text)


def test_the_most_widespread_of_the_worst_come_first() -> None:
    """Ten of a hundred defects are shown, and the others counted."""
    findings = [Finding("r", Severity.ERROR, f"m {n}; n", place("a.html", line=n)) for n in range(99)]
    findings += [Finding("wide", Severity.ERROR, "w; n", place(f"{n}.html", ALT)) for n in range(50)]
    report = Report(pages=[CheckedPage("a.html", ("static",))], findings=findings)
    told = commands(render(report))

    assert [properties["title"] for _, properties, _ in told] == ["wide", *["r"] * 9]
    assert told[0][2].startswith("w; n\non 0.html:31, 1.html:31, 2.html:31 and 47 more\n")
    assert "GitHub shows 10 annotations of a kind; 90 more are in the other reports\n" in render(report)


def test_errors_do_not_push_out_what_was_not_checked_nor_the_other_way_round() -> None:
    """Both are seen; the same reason on many pages is one."""
    report = many(100)
    report.unfinished = [Unfinished(f"{n}.html", f"gone {n}; look") for n in range(40)]
    titles = [properties["title"] for kind, properties, _ in commands(render(report)) if kind == "error"]

    assert titles[:5] == ["not checked"] * 4 + ["a11ynews"]
    assert len(titles) == 10
    assert "::error title=a11ynews::… and 36 more things that could not be checked; the JSON report names them all\n" in render(
        report
    )

    report.unfinished = [Unfinished(f"{n}.html", "gone; look") for n in range(40)]
    assert render(report).startswith(
        "::error file=0.html,title=not checked::gone; look%0Aon 0.html, 1.html, 2.html and 37 more\n"
    )


def test_nothing_checked_is_an_error() -> None:
    """Also where nothing else is said."""
    assert commands(render(Report())) == [("error", {"title": "a11ynews"}, "NOTHING CHECKED: no page was found")]
    assert [kind for kind, _, _ in commands(render(unfinished()))] == ["error", "error"]


def test_a_clean_run_has_a_summary_only() -> None:
    """No annotation for nothing."""
    assert render(clean()) == (
        "1 page checked: 0 errors, 0 warnings, 0 to review\n"
        "PASSED: no errors were found, which is not to say that there are no barriers (exit code 0)\n"
    )


def test_a_hundred_thousand_findings_are_a_few_lines() -> None:
    """GitHub shows no more."""
    text = render(many())

    assert len(text.splitlines()) == 33
    assert "500 pages checked: 33,334 errors, 33,333 warnings, 33,333 to review\n" in text


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """The commands stay commands."""
    report = full()
    text = render(report, say=cyrillic)
    told = " ".join(message.replace("\n", " ") + properties["title"] for _, properties, message in commands(text))
    log = " ".join(line for line in text.splitlines() if not line.startswith("::"))

    assert english_in(f"{told} {log}", report) == {"WCAG"}


def test_a_run_that_no_change_concerned_says_so() -> None:
    """It is no failure, and no pass."""
    assert commands(render(untouched())) == [
        ("notice", {"title": "a11ynews"}, "NOTHING TO CHECK: no change can have touched a page")
    ]
