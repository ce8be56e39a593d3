"""The report for people at a terminal."""

import re
from dataclasses import replace

import click
import pytest

from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import REPORTERS
from a11ynews.reporters.text import render
from reports import ALT, CASES, COMMENT, clean, cyrillic, english_in, full, hostile, place, unfinished


def test_a_full_report_is_told_in_full() -> None:
    """The worst first, each by the place to mend it; then what was not checked, what ran, how much, and a verdict."""
    assert render(full(), colour=False) == (
        "news/flood/record.yaml:14:9: error [alt-file-name] "
        "the alt text of the picture “a.jpg” is a file's name; say what it shows\n"
        "    on en/flood.html:31, de/flood.html:31\n"
        '    at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">\n'
        "    WCAG 1.1.1 · editor\n"
        "templates/base.html:4:1: error [axe/color-contrast] too faint; darken it\n"
        "    on de/flood.html:31\n"
        '    at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">\n'
        "    in 320 px, dark\n"
        "    WCAG 1.4.3 · web team\n"
        "https://a.example/: warning [one-h1] the page has no h1; make the headline one\n"
        "    web team\n"
        "locales/de/LC_MESSAGES/a11ynews.po:88:1: warning [link-generic] the link “mehr” does not say where; name its target\n"
        "    on de/flood.html:31\n"
        '    at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">\n'
        "    WCAG 2.4.4 · translator\n"
        "https://a.example/: review [link-new-window] it opens a window; look\n"
        "    at video  <video autoplay>\n"
        "    WCAG 3.2.5 · web team\n"
        "\n"
        "NOT CHECKED: 2 things that were asked for\n"
        "    https://a.example/b: it did not load in 30 s; look why\n"
        "    no browser; install one\n"
        "note: requests to other hosts were blocked\n"
        "note: 1 finding is known from the baseline\n"
        "note: 1 finding is accepted by a comment\n"
        "note: baseline.json:9: no longer found; take it out\n"
        "\n"
        "3 pages checked: static rules, axe 4.12.1 in 2 cells (on 2 pages)\n"
        "2 errors (editor 1, web team 1), 2 warnings (translator 1, web team 1), 1 to review (web team 1); seen at 6 places\n"
        "INCOMPLETE: not everything could be checked, so nobody knows what is wrong there (exit code 2)\n"
    )


def test_colour_adds_nothing_but_colour() -> None:
    """And there is none where it is not asked for."""
    coloured = render(full(), colour=True)

    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == render(full(), colour=False)
    assert "\x1b" not in render(full(), colour=False)


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (
            Report(pages=[CheckedPage("a.html", ("static",))]),
            "PASSED: no errors were found, which is not to say that there are no barriers",
        ),
        (Report(pages=[CheckedPage("a.html", ("static",))], findings=full().findings[:2]), "PASSED: no errors were found"),
        (Report(pages=[CheckedPage("a.html", ("static",))], findings=full().findings[2:3]), "FAILED: the errors must be mended"),
        (Report(pages=full().pages, unfinished=full().unfinished), "INCOMPLETE: not everything could be checked"),
        (Report(), "NOTHING CHECKED: no page was found"),
    ],
)
def test_the_verdict_is_that_of_the_exit_code(report: Report, verdict: str) -> None:
    """It stands in the last line."""
    last = render(report, colour=False).splitlines()[-1]

    assert last.startswith(verdict)
    assert last.endswith(f"(exit code {report.exit_code})")


def test_a_report_without_findings_says_what_ran() -> None:
    """A pass is visible: how many pages, and which checks."""
    assert render(Report(pages=[CheckedPage("a.html", ("static",))]), colour=False) == (
        "1 page checked: static rules\n"
        "0 errors, 0 warnings, 0 to review\n"
        "PASSED: no errors were found, which is not to say that there are no barriers (exit code 0)\n"
    )
    assert render(Report(pages=[CheckedPage("a.html", ())]), colour=False).startswith("1 page checked: nothing ran\n")


def test_one_defect_on_many_pages_is_told_once() -> None:
    """With three of them and a count; of pages from elsewhere, the same element at the same place is one defect too."""
    many = [f"{n:02}.html" for n in range(20)]
    ours = Report(
        pages=[CheckedPage("a", ())], findings=[Finding("r", Severity.ERROR, "m; n", place(page, ALT)) for page in many]
    )
    foreign = Report(pages=[CheckedPage("a", ())], findings=[Finding("r", Severity.ERROR, "m; n", place(page)) for page in many])

    assert "    on 00.html:31, 01.html:31, 02.html:31 and 17 more\n" in render(ours, colour=False)
    assert render(ours, colour=False).count("[r]") == 1
    assert "1 error (editor 1), 0 warnings, 0 to review; seen at 20 places\n" in render(ours, colour=False)
    assert render(foreign, colour=False).startswith(
        "00.html:31: error [r] m; n\n    on 00.html:31, 01.html:31, 02.html:31 and 17 more\n"
    )


def test_places_are_sorted_as_a_person_works_through_them() -> None:
    """By file, then by line as a number."""
    sources = [Birthplace("a.yaml", line, 1, Owner.EDITOR, str(line)) for line in (100, 9, 20)]
    report = Report(
        pages=[CheckedPage("a", ())], findings=[Finding("r", Severity.ERROR, "m; n", place("a", one)) for one in sources]
    )
    told = [line for line in render(report, colour=False).splitlines() if "[r]" in line]

    assert [line.split(":")[1] for line in told] == ["9", "20", "100"]


def test_cells_of_one_defect_are_told_together() -> None:
    """In the order in which they were seen."""
    findings = [Finding("r", Severity.ERROR, "m; n", place("a", ALT), (), (), cells) for cells in (("dark",), ("light", "dark"))]

    assert "    in dark; light\n" in render(Report(pages=[CheckedPage("a", ())], findings=findings), colour=False)


def test_words_of_a_page_cannot_steer_the_terminal() -> None:
    """Escape sequences, line breaks that begin a command of a CI system, and what turns the direction of writing."""
    evil = "x\x1b[2J\n::error::x\r\u202ex\u2028y; mend it"
    report = Report(
        pages=[CheckedPage("a\n::x::.html", ())],
        findings=[Finding("r", Severity.ERROR, evil, Place("a\n::x::.html", 1, "p\x07", "<p\x1b>"), (), (), ("d\x1b",))],
        unfinished=[Unfinished("b\x1b", evil)],
        notes=[evil],
    )
    text = render(report, colour=False)

    assert re.sub("[^\x00-\x1f\x7f-\x9f\u2028\u202e]", "", text.replace("\n", "")) == ""
    assert not any(line.startswith("::") for line in text.splitlines())
    assert "\x1b[2J" not in render(report, colour=True)


def test_words_in_any_script_stay_as_they_are() -> None:
    """Right-to-left words and markup are no trouble."""
    report = Report(
        pages=[CheckedPage("ar.html", ())],
        findings=[Finding("r", Severity.ERROR, "“صباح الخير” & <b>; mend it", Place("ar.html"))],
    )

    assert "ar.html: error [r] “صباح الخير” & <b>; mend it\n" in render(report, colour=False)


def test_a_hundred_thousand_findings_are_told_in_seconds_and_can_be_read() -> None:
    """So many of one rule are shown, and the rest is counted loudly."""
    report = Report(pages=[CheckedPage("a.html", ("static",))])
    report.add(
        Finding(f"rule-{n % 4}", Severity.ERROR, f"m {n}; n", Place("a.html", n, f"p:nth-of-type({n})", "<p>"), ("1.1.1",))
        for n in range(100_000)
    )
    text = render(report, colour=False)

    assert text.count("] m ") == 100
    assert "… and 24,975 more of [rule-0]; the JSON report names them all\n" in text
    assert "100,000 errors (web team 100,000), 0 warnings, 0 to review\n" in text


def test_many_things_that_were_not_checked_are_counted() -> None:
    """The list is cut, the number is not; the same thing is told once."""
    unfinished = [Unfinished(f"{n}.html", "gone; look") for n in range(40)]
    text = render(Report(unfinished=[*unfinished, *unfinished]), colour=False)

    assert "NOT CHECKED: 40 things that were asked for\n    0.html: gone; look\n" in text
    assert "    24.html: gone; look\n    … and 15 more\n" in text
    assert "NOT CHECKED: 1 thing that was asked for\n" in render(Report(unfinished=unfinished[:1]), colour=False)


def test_long_start_tags_are_cut() -> None:
    """A finding is a few lines."""
    report = Report(
        pages=[CheckedPage("a", ())], findings=[Finding("r", Severity.ERROR, "m; n", Place("a", 1, "img", f"<img {'x' * 200}>"))]
    )

    assert f"    at img  <img {'x' * 114}…\n" in render(report, colour=False)


def test_formats_have_names() -> None:
    """People ask for them by name."""
    assert REPORTERS["text"] is render


def test_what_is_known_is_counted_and_not_listed() -> None:
    """It is no work for anybody, and fails no check; one more of its kind does."""
    known = Finding("r", Severity.ERROR, "m; n", place("a.html", ALT), known=COMMENT)
    report = Report(pages=[CheckedPage("a.html", ("static",))], findings=[known, replace(known, rule="s")])
    text = render(report)

    assert text == (
        "note: 2 findings are accepted by comments\n"
        "\n"
        "1 page checked: static rules\n"
        "0 errors, 0 warnings, 0 to review\n"
        "PASSED: no errors were found, which is not to say that there are no barriers (exit code 0)\n"
    )
    report.findings.append(replace(known, known=None))
    assert render(report).startswith("news/flood/record.yaml:14:9: error [r] m; n\n")
    assert render(report).endswith("FAILED: the errors must be mended (exit code 1)\n")


def test_what_could_not_be_checked_is_told_where_nothing_was_found() -> None:
    """It is a verdict of its own, and no pass."""
    assert render(unfinished()) == (
        "\n"
        "NOT CHECKED: 2 things that were asked for\n"
        "    https://a.example/b: it did not load in 30 s; look why\n"
        "    no browser; install one\n"
        "\n"
        "0 pages checked: nothing ran\n"
        "0 errors, 0 warnings, 0 to review\n"
        "INCOMPLETE: not everything could be checked, so nobody knows what is wrong there (exit code 2)\n"
    )


def test_catalogs_are_called_so() -> None:
    """In the count and in the verdict."""
    report = Report(noun="catalog")

    assert render(report).endswith(
        "0 catalogs checked: nothing ran\n0 errors, 0 warnings, 0 to review\n"
        "NOTHING CHECKED: no catalog was found (exit code 3)\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_every_report_can_be_written(case: str) -> None:
    """Half of a character is left out; no other line than ours begins with a command."""
    text = render(CASES[case]())

    assert text.encode()
    assert text.endswith(")\n")
    assert not any(line.startswith("::") for line in text.splitlines())


def test_every_word_is_said_in_the_language_that_is_asked_for() -> None:
    """All but names of standards; what comes from pages stays as it is."""
    for report in (full(), clean(), unfinished(), Report(), Report(noun="catalog")):
        assert english_in(render(report, say=cyrillic), report) <= {"WCAG"}
    text = render(full(), say=cyrillic)

    assert "news/flood/record.yaml:14:9: ЖЖЖЖЖ [alt-file-name] ЖЖЖ ЖЖЖ ЖЖЖЖ ЖЖ ЖЖЖ ЖЖЖЖЖЖЖ “a.jpg” ЖЖ Ж ЖЖЖЖ'Ж ЖЖЖЖ;" in text


def test_hostile_words_are_told_in_one_line_each() -> None:
    """Without what moves the cursor or turns the text."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800-\udfff]", render(hostile()))
