"""The check without a browser: what runs on what, and what is never taken for a pass."""

import pickle
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from a11ynews.check import Settings, check, check_static, live_options, settings_of, tell_once
from a11ynews.cli import main
from a11ynews.config import load_check
from a11ynews.crew import Crew, cores
from a11ynews.errors import A11yNewsError
from a11ynews.exclusion import Exclusion, Exclusions
from a11ynews.finding import Finding, Place, Severity
from a11ynews.live.rules import QUICK_COST
from a11ynews.page import Page, PageSet, Part
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.rule import Rule, rule
from a11ynews.rules import RULES
from a11ynews.targets import Targets, gather
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


# -- in other processes ------------------------------------------------------------------------------------------------


def site_of_many_kinds() -> Targets:
    """Pages of ours and of others, good ones and bad ones, in two folders; one of them is not to be looked at."""
    pages = [
        Page("flood.html", GOOD),
        page_of("<img src=x.jpg>{de:Der Fluss}<p>{en:Words}</p>", "en/a.html", ours=True),
        page_of("<div class=ad><img src=ad.jpg></div><h3>Ad</h3>", "de/b.html"),
        Page("drawing.html", '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'),
        Page("empty.html", "<html><body></body></html>"),
        Page("error.html", "<title>404 Not Found</title><h1>404 Not Found</h1>"),
        Page("flood.html", GOOD.replace("Flood", "Other")),
    ]
    pages[0].http, pages[0].url = 200, "https://news.example.org/flood.html"
    other = Page("other/c.html", "<p>Alone</p>")
    return Targets({Path("a"): pages, Path("b"): [other]}, chosen=frozenset({*pages[:-1], other}))


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the number of processes is not the point, one does the work: to begin one anew takes a second."""
    monkeypatch.setattr("a11ynews.check.Crew", lambda _number, make: Crew(1, make))
    monkeypatch.setattr("a11ynews.check._MANY", 1)


def test_rules_in_other_processes_say_what_they_say_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word, in the same order; where few pages are, no process is begun for them."""
    settings = Settings(browser=False, exclude=[Exclusion(".ad", "sold"), Exclusion(".gone", "gone")])
    alone = check(site_of_many_kinds(), settings)
    begun: list[int] = []
    do = Crew.do

    def noted(self: Crew, tasks: Any) -> Any:
        begun.append(len(tasks))
        return do(self, tasks)

    monkeypatch.setattr(Crew, "do", noted)

    assert check(site_of_many_kinds(), replace(settings, workers=2)) == alone
    assert begun == []
    monkeypatch.setattr("a11ynews.check._MANY", 1)
    assert check(site_of_many_kinds(), replace(settings, workers=2)) == alone

    assert begun == [2]
    assert len(alone.pages) == 7
    assert {"alt-missing", "page-title"} <= {finding.rule for finding in alone.findings}
    assert any(finding.place.source for finding in alone.findings)
    assert [one.page for one in alone.unfinished] == ["empty.html", "error.html"]


@pytest.mark.usefixtures("one_process")
def test_a_process_that_ends_before_its_time_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its work is done here."""
    alone = check(site_of_many_kinds(), Settings(browser=False))

    def ending(*_: Any) -> Any:
        raise A11yNewsError("a process that shared the work has ended before it was done (SIGKILL)")

    monkeypatch.setattr(Crew, "do", ending)

    assert check(site_of_many_kinds(), Settings(browser=False, workers=2)) == alone


def folders_of_pages(folder: Path) -> Targets:
    """Two folders, whose pages are looked at by the same processes."""
    for number in range(12):
        file = folder / "ab"[number % 2] / f"{number}.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(GOOD.replace("</main>", f'<img src="{number}.png"></main>'), "utf-8")
    return gather([str(folder / "a"), str(folder / "b")])


@pytest.mark.usefixtures("one_process")
def test_what_processes_have_done_waits_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a whole archive that is more than there is memory; and it comes back in order, for each folder its own."""
    alone = check(folders_of_pages(tmp_path), Settings(browser=False))
    files: list[Any] = []
    temporary = tempfile.SpooledTemporaryFile

    def noted(most: int, **given: Any) -> Any:
        files.append(temporary(min(most, 1_000), **given))
        return files[-1]

    monkeypatch.setattr("a11ynews.check.tempfile.SpooledTemporaryFile", noted)
    monkeypatch.setattr("a11ynews.check._PAGES_AT_ONCE", 2)

    assert check(folders_of_pages(tmp_path), Settings(browser=False, workers=2)) == alone
    assert len(alone.pages) == 12
    assert len(alone.findings) >= 12
    assert [file._rolled for file in files] == [True]
    assert files[0].closed


@pytest.mark.usefixtures("one_process")
def test_a_full_disk_loses_nothing_that_processes_have_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is done here."""
    alone = check(folders_of_pages(tmp_path), Settings(browser=False))

    written: list[bytes] = []
    dumps = pickle.dumps

    def is_full(*given: Any) -> bytes:
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(dumps(*given))
        return written[-1]

    monkeypatch.setattr("a11ynews.check.pickle.dumps", is_full)
    monkeypatch.setattr("a11ynews.check._PAGES_AT_ONCE", 2)

    assert check(folders_of_pages(tmp_path), Settings(browser=False, workers=2)) == alone
    assert len(written) == 2


@pytest.mark.usefixtures("one_process")
def test_what_is_done_is_kept_before_all_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So that a check which is stopped, or killed, need not begin anew."""
    do = Crew.do
    kept: list[str] = []

    class Noting:
        is_whole = True

        def holds_page(self, _page: Page) -> bool:
            return True

        def static(self, _at: Any, part: Any) -> None:
            kept.append(part.report.pages[0].name)

    def halting(self: Crew, tasks: Any) -> Any:
        for number, done in enumerate(do(self, tasks)):
            for _ in range(6_000):  # a minute, after which it has not been kept at all
                if number == 1 and len(kept) < 2:
                    time.sleep(0.01)
            yield done

    monkeypatch.setattr(Crew, "do", halting)
    monkeypatch.setattr("a11ynews.check._PAGES_AT_ONCE", 2)
    report = check(folders_of_pages(tmp_path), Settings(browser=False, workers=2), keeper=Noting())  # type: ignore[arg-type]

    assert kept == [page.name for page in report.pages]
    assert len(kept) == 12


def test_rules_that_another_process_does_not_know_work_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's own cannot be told by their ids."""
    monkeypatch.setattr("a11ynews.check._MANY", 1)
    settings = Settings(browser=False, rules=(no_p, breaks_down, counts_pages))

    assert check(site_of_many_kinds(), replace(settings, workers=2)) == check(site_of_many_kinds(), settings)


def test_pages_are_looked_at_by_as_many_as_there_are_cores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Unless another number is given; none at all is no number."""
    (tmp_path / "a.html").write_text(GOOD)
    given: list[int] = []

    def noted(_targets: Targets, settings: Settings, **_: Any) -> Report:
        given.append(settings.workers)
        return Report()

    monkeypatch.setattr("a11ynews.check.check", noted)

    for arguments in ((), ("--workers", "7")):
        CliRunner().invoke(main, ["check", str(tmp_path), *arguments])
    refused = CliRunner().invoke(main, ["check", str(tmp_path), "--workers", "0"])

    assert given == [cores(), 7]
    assert "0 is not in the range" in refused.output


def test_what_a_browser_shows_comes_after_what_the_rules_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Though it is looked at meanwhile; who waits is told how many pages are done."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.html").write_text(GOOD.replace("<p>", f"<img src=data:,><p style='color: #ccc'>{name} "))
    settings = Settings(exclude=[Exclusion("img", "sold")], cells=[(1280, "light", False)])
    steps: list[tuple[int, int]] = []
    alone = check(gather([str(tmp_path)]), settings)
    monkeypatch.setattr("a11ynews.check._MANY", 1)

    together = check(gather([str(tmp_path)]), replace(settings, workers=2), step=lambda done, all: steps.append((done, all)))

    assert together == alone
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert all(len(page.checks) == 3 for page in alone.pages)
    assert "axe/color-contrast" in {finding.rule for finding in alone.findings}


# -- settings ----------------------------------------------------------------------------------------------------------


def checked_by(settings: Settings, *pages: Page) -> Report:
    """The report on pages by the static rules, as settings have them."""
    return check(Targets({Path(): list(pages)}), replace(settings, browser=False))


def test_what_is_left_out_is_told_with_its_reason() -> None:
    """Nothing is found in it; what stands beside it is looked at."""
    page = page_of("<div class=ad><p>a</p><div><p>b</p></div></div><p>c</p>", "en/a.html")
    exclude = [Exclusion(".ad", "sold"), Exclusion("p", "elsewhere", "de/*"), Exclusion("title", "ours", "en/*")]

    report = checked_by(Settings(rules=(no_p,), exclude=exclude), page)

    assert [finding.message for finding in report.findings] == ["<p> c; take it away"]
    assert report.unfinished == []
    assert report.notes[1:] == [
        "2 findings left out in .ad, because: sold",
        "p is to be left out on de/*, and no such page was checked",
        "0 findings left out in title, because: ours",
    ]


def test_what_rules_of_several_pages_find_is_left_out_too() -> None:
    """They name the page and the part of it."""

    @rule("pairs", on=PageSet)
    def pairs(pages: PageSet) -> Iterator[tuple[tuple[Page, Part] | None, str]]:
        """Finds every paragraph of every page."""
        for page in pages.pages:
            for element in page.tagged("p"):
                yield (page, element), page.text_of(element)

    settings = Settings(rules=(pairs,), exclude=[Exclusion("aside", "sold")])

    report = checked_by(settings, page_of("<aside><p>a</p></aside><p>b</p>", "a.html"), page_of("<p>c</p>", "b.html"))

    assert [finding.message for finding in report.findings] == ["b", "c"]


def test_a_selector_that_matches_nothing_is_unfinished() -> None:
    """It is out of date, or never worked: either way something is not as somebody thinks."""
    settings = Settings(rules=(no_p,), exclude=[Exclusion(".gone", "sold", "", "a11ynews.toml:12:3")])

    report = checked_by(settings, page_of("<h1>a</h1>"))

    assert [str(one) for one in report.unfinished] == [
        "a11ynews.toml:12:3: .gone is to be left out and is on no page that was checked; mend the selector, or take it out"
    ]
    assert report.exit_code == 2


def test_rules_weigh_what_the_configuration_says() -> None:
    """Or do not run at all; both are told."""
    settings = Settings(rules=(counts_pages, no_p), levels={"no-p": Severity.REVIEW, "counts-pages": None})

    report = checked_by(settings, page_of("<p>a</p>"))

    assert [(finding.rule, finding.severity) for finding in report.findings] == [("no-p", Severity.REVIEW)]
    assert {id: facts.severity for id, facts in report.rules.items()} == {"no-p": Severity.REVIEW}
    assert report.notes[:2] == ["switched off by the configuration: counts-pages", "weighed by the configuration: no-p (review)"]
    assert report.exit_code == 0


def test_one_rule_can_be_asked_for() -> None:
    """No other one runs, in the browser or without."""
    report = checked_by(Settings(rules=(counts_pages, no_p), only=frozenset({"no-p"})), page_of("<p>a</p>"))

    assert {finding.rule for finding in report.findings} == {*report.rules} == {"no-p"}
    assert report.notes == [
        "no other rules were asked for than no-p",
        "not checked in a browser: no rule that needs one was asked for",
    ]


def test_a_rule_that_there_is_not_is_unfinished() -> None:
    """A slip must not look like a rule that finds nothing. Rules of catalogs are known, and run elsewhere."""
    settings = Settings(
        levels={"alt-mising": Severity.ERROR, "po-url": None}, levels_at="a11ynews.toml", only=frozenset({"qqq", "html-lang"})
    )

    report = checked_by(settings, page_of("<p>a</p>"))

    assert [str(one) for one in report.unfinished] == [
        "a11ynews.toml: there is no rule “alt-mising”; did you mean “alt-missing”?",
        "there is no rule “qqq”; look at the list of the rules",
    ]


def test_the_configuration_makes_settings_and_what_is_given_goes_before(tmp_path: Path) -> None:
    """Its paths are counted from its folder."""
    file = tmp_path / "a11ynews.toml"
    file.write_text(
        '[check]\naxe = "axe.js"\npatience = 5\nwait_for = "h1"\nrules = { "link-name" = "off", "axe/region" = "error" }\n'
    )

    settings = settings_of(load_check(file), tmp_path, patience=7, browser=False)

    assert (settings.axe, settings.patience, settings.wait_for, settings.browser) == (tmp_path / "axe.js", 7, "h1", False)
    assert settings.levels == {"link-name": None, "axe/region": Severity.ERROR}


@pytest.mark.parametrize(
    ("title", "is_error"),
    [
        *(("404 Not Found", True), ("404 – Page not found | Example", True), ("Error 502: Bad Gateway", True)),
        *(("503 Service Temporarily Unavailable", True), ("HTTP Error 500 - Internal Server Error", True)),
        *(("404 jobs lost in the valley", False), ("500 years of Titian", False), ("Lost and not found", False)),
    ],
)
def test_an_error_page_is_unfinished(title: str, is_error: bool) -> None:
    """A server that gives one out with status 200 has not given the page."""
    report = checked(Page("a.html", f"<html><title>{title}</title><p>Words</p>"))

    assert [one.reason for one in report.unfinished] == (
        [f"it is an error page ({title}); see that the page is there"] * is_error
    )


def test_the_file_that_is_kept_for_errors_is_a_page() -> None:
    """Readers get it, so it is checked."""
    page = Page("404.html", "<html><title>404 Not Found</title><p>Words</p>")
    page.file = "404.html"

    assert checked(page).unfinished == []


@pytest.mark.parametrize(
    "start",
    ["", "<?xml version='1.0'?>\n", "\ufeff<!-- made by hand --> ", "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'>"],
)
def test_static_rules_leave_a_drawing_alone(start: str) -> None:
    """An SVG document is no HTML page; only the browser's look at it counts."""
    report = checked(Page("a.svg", f'{start}<svg xmlns="http://www.w3.org/2000/svg"><title>A circle</title></svg>'))

    assert report.findings == []
    assert report.pages == [CheckedPage("a.svg", ())]


def test_hostile_markup_stops_nothing() -> None:
    """Whatever is in it, there is a report."""
    pages = [
        Page(f"{number}.html", html)
        for number, html in enumerate(
            [
                *(
                    "<",
                    "<!",
                    "<!--",
                    "<![CDATA[",
                    "<html",
                    "</",
                    "<a href='",
                    "<p \x00=\x01>",
                    "\x00",
                    "\ud800",
                    "<svg/onload=1>",
                ),
                *(
                    "<table><div><tr><p><td><table>" * 50,
                    "<a>" * 500,
                    "</p>" * 500,
                    "&#xD800;&#0;&nosuch;" * 50,
                    "<p id=a>" * 300,
                ),
                *(
                    '<p lang="\x00">x',
                    "<meta http-equiv=refresh content='0;url=\ufffe'>",
                    "<x:y z:w=1>",
                    "<b id='\"'>",
                    "<p " * 200,
                ),
                "<template><script></template></script><frameset><noframes><body></noframes>",
            ]
        )
    ]

    report = checked(*pages)

    assert not [one for one in report.unfinished if "broke down" in one.reason]
    assert len(report.pages) == len(pages)


def test_what_axe_and_we_find_alike_is_told_once() -> None:
    """On the same element and by the same ACT rule; where ours only asks to look, or the element is another, both are told."""

    def finding(rule: str, selector: str, act: str = "23a2a8", severity: Severity = Severity.ERROR) -> Finding:
        return Finding(rule, severity, "x; y", Place("a.html", 1, selector, "<img>"), (), (act,))

    report = Report(
        findings=[
            finding("alt-missing", "main > img"),
            finding("axe/image-alt", "main > img"),
            finding("axe/image-alt", "nav > img"),
            finding("axe/frame-title", "main > img", "cae760"),
            finding("asks", "main > a", "c487ae", Severity.REVIEW),
            finding("axe/link-name", "main > a", "c487ae"),
        ]
    )
    tell_once(report)

    assert [(one.rule, one.place.selector) for one in report.findings] == [
        ("alt-missing", "main > img"),
        ("axe/image-alt", "nav > img"),
        ("axe/frame-title", "main > img"),
        ("asks", "main > a"),
        ("axe/link-name", "main > a"),
    ]
    assert report.notes == ["1 finding of axe's is also one of our rules', and told once"]


def test_a_guess_is_not_told_beside_what_is_known() -> None:
    """Where a film was heard in a browser, nobody need guess by its markup that it can be; of another film one still has to."""
    report = Report(
        findings=[
            Finding(rule, Severity.WARNING, "x; y", Place("a.html", 1, selector, "<video>"))
            for rule, selector in (("video-captions", "#a"), ("film-captions", "#a"), ("video-captions", "#b"))
        ]
    )
    tell_once(report)

    assert [(one.rule, one.place.selector) for one in report.findings] == [("film-captions", "#a"), ("video-captions", "#b")]
    assert not report.notes


@pytest.mark.parametrize(
    ("profile", "costs", "cells"),
    [("quick", set(), 1), ("usual", {True}, 4), ("thorough", {True, False}, 7)],
)
def test_a_profile_says_how_much_is_looked_at(profile: Any, costs: set[bool], cells: int) -> None:
    """By rules that cost little or have a gate, or by all of them; and in how many cells."""
    settings = Settings(profile=profile)

    assert {rule.cost <= QUICK_COST or rule.gate is not None for rule in settings.live_rules} == costs
    assert len(live_options(settings, Exclusions(), {}).cells) == cells


def test_a_live_rule_can_be_asked_for_alone_and_weighed() -> None:
    """Like any other; axe does not run then."""
    settings = Settings(only=frozenset({"reflow"}), levels={"reflow": Severity.REVIEW})

    assert [(rule.id, rule.severity) for rule in settings.live_rules] == [("reflow", Severity.REVIEW)]
    assert not live_options(settings, Exclusions(), {}).runs_axe
    assert Settings(levels={"reflow": None}, profile="thorough").live_rules != Settings(profile="thorough").live_rules


# -- the command -------------------------------------------------------------------------------------------------------


def run_check(*arguments: str) -> tuple[int, str]:
    """The exit code and the words of `a11ynews check`."""
    done = CliRunner().invoke(main, ["check", *arguments])
    return done.exit_code, done.output


def test_the_nearest_configuration_holds_for_pages_of_any_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may speak of checks alone, or not be there; what is wrong in it is told with its line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(GOOD.replace("<p>", "<p><img src=a.jpg>"))

    assert run_check("a.html", "--no-browser")[0] == 1

    (tmp_path / "a11ynews.toml").write_text('[check]\nrules = { "alt-missing" = "off" }\n')
    code, told = run_check("a.html", "--no-browser")
    assert "switched off by the configuration: alt-missing" in told
    assert code == 0

    (tmp_path / "a11ynews.toml").write_text('[check]\nexclude = [{ selector = ".map", reason = "not ours" }]\n')
    code, told = run_check("a.html", "--no-browser")
    assert "a11ynews.toml:2:12" in told
    assert code == 2

    (tmp_path / "a11ynews.toml").write_text("[check]\npatience = 0\n")
    code, told = run_check("a.html", "--no-browser")
    assert "a11ynews.toml:2:12: patience is '0'" in told
    assert code == 2


def test_what_is_given_goes_before_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule, another axe-core; a file that is none is told, and the static rules have run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(GOOD.replace("<p>", "<p><img src=a.jpg>"))
    (tmp_path / "axe.js").write_text("no axe")

    assert run_check("a.html", "--rule", "page-title")[0] == 0

    code, told = run_check("a.html", "--axe", "axe.js")
    assert "nothing was checked in a browser: axe.js is no axe-core; name its axe.min.js, or give --no-browser" in told
    assert "alt-missing" in told
    assert code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--origin", "cdn.example.org"), "'cdn.example.org' is no origin; write one such as https://cdn.example.org"),
        (("--timeout", "0"), "0 is not in the range 1<=x<=3600"),
        (("--timeout", "soon"), "'soon' is not a valid integer"),
    ],
)
def test_an_option_that_makes_no_sense_is_told(arguments: tuple[str, ...], words: str) -> None:
    """Before anything is looked at."""
    code, told = run_check("a.html", *arguments)

    assert words in told
    assert code == 2
