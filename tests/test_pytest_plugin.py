"""The pytest plugin: what fails a test and how that reads, the report of a session, and that it keeps out of the way."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from a11ynews.baseline import entries_of, write
from a11ynews.check import Settings, check
from a11ynews.finding import Finding, Place, Severity
from a11ynews.messages import sayer
from a11ynews.page import Page
from a11ynews.pytest_plugin import _as_asked, merged
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import REPORTERS
from a11ynews.targets import Targets

pytest_plugins = ["pytester"]

HEAD = '<html lang="en"><head><title>Flood in town</title><meta name="description" content="The river rose."></head>'
GOOD = f"<!doctype html>{HEAD}<body><main><h1>Flood</h1><p>The river rose in the night.</p></main></body></html>"
BAD = GOOD.replace("<p>", '<img src="flood.jpg"><p>')

# The same browser, started in the same way, as in the tests of this project.
CONFTEST = """
import pytest

from a11ynews.live.browser import launch_options


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}
"""


INI = "[pytest]\nfilterwarnings =\n    error\n    ignore:Session-scoped fixtures defined as instance methods\n"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with tests of somebody else's, with nothing configured in it or above."""
    pytester.makeini(INI)
    return pytester


def write_tests(project: pytest.Pytester, name: str = "test_pages", **bodies: str) -> None:
    """Tests that use the fixture: each a name and a body, in which GOOD and BAD are pages."""
    project.makepyfile(**{name: module_of(**bodies)})


def module_of(**bodies: str) -> str:
    """A module of tests, by their names and bodies."""
    functions = []
    for test, body in bodies.items():
        fixtures = [fixture for fixture in ("page", "a11y", "tmp_path") if re.search(rf"\b{fixture}\b", body)]
        functions.append(f"def test_{test}({', '.join(fixtures)}):\n    {body}\n")
    return f"GOOD, BAD = {GOOD!r}, {BAD!r}\n\n" + "\n".join(functions)


LEAN = ("-p", "no:playwright", "-p", "no:hypothesispytest")
"""Without plugins that have nothing to do there, and take longer to be loaded than most tests."""


def run(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run the tests of a project in this process, where pytest-playwright is at work already; those that use no browser."""
    return project.runpytest(*LEAN, "-p", "no:xdist", *options)


def text_of(html: str, name: str, lang: str = "en", **settings: Any) -> str:
    """The text report on HTML, without a browser."""
    report = check(Targets(by_root={Path(): [Page(name, html)]}), Settings(browser=False, **settings))
    return REPORTERS["text"](report, say=sayer(lang), lang=lang)


# -- passing and failing -----------------------------------------------------------------------------------------------


def test_a_page_that_passes_gives_its_report(project: pytest.Pytester) -> None:
    """For whoever wants to look at more than errors."""
    write_tests(
        project,
        good="report = a11y.check_html(GOOD, browser=False); assert (report.verdict, len(report.pages)) == ('passed', 1)",
    )

    run(project).assert_outcomes(passed=1)


def test_a_failure_reads_like_the_text_report_and_nothing_else(project: pytest.Pytester) -> None:
    """No traceback, no line of the test, no introspection."""
    write_tests(project, bad="a11y.check_html(BAD, browser=False)")
    result = run(project)
    shown = "\n".join(result.outlines)
    name = "test_pages.py::test_bad"

    result.assert_outcomes(failed=1)
    assert text_of(BAD, name).rstrip("\n") in shown
    assert not [line for line in result.outlines if line.startswith((">", "E  ")) or "pytest_plugin" in line]
    result.stdout.fnmatch_lines([f"FAILED {name} - Failed: {name}:1: error*"])


def test_a_warning_fails_no_test(project: pytest.Pytester) -> None:
    """Only what gates does; a part for review neither."""
    write_tests(project, plain="assert a11y.check_html(GOOD.replace('description', 'author'), browser=False).findings")

    run(project).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("a11y.check_html('', browser=False)", "INCOMPLETE: not everything could be checked"),
        ("a11y.check_html('<div id=app></div>', browser=False)", "the page shows nothing that could be checked"),
        ("a11y.check_folder(tmp_path, browser=False)", "a11ynews: no page was found in "),
        ("a11y.check_folder(tmp_path / 'nowhere', browser=False)", "there is no such file or folder; mend the path"),
    ],
)
def test_where_there_was_nothing_to_check_the_test_fails(project: pytest.Pytester, body: str, words: str) -> None:
    """It would be green for ever."""
    write_tests(project, empty=body)
    result = run(project)

    result.assert_outcomes(failed=1)
    assert words in "\n".join(result.outlines)
    assert "Traceback" not in "\n".join(result.outlines)


def test_a_folder_is_checked_as_by_the_command(project: pytest.Pytester) -> None:
    """With the rules that compare pages, and names as the command gives them."""
    for name, html in {"a": GOOD, "b": GOOD.replace("<p>", "<img src=x.png><p>")}.items():
        project.path.joinpath("site").mkdir(exist_ok=True)
        project.path.joinpath(f"site/{name}.html").write_text(html, "utf-8")
    write_tests(project, site="a11y.check_folder('site', browser=False)")
    result = run(project)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["site/b.html:1: error*alt-missing*", "*title-unique*", "2 pages checked: static rules"])


def test_a_name_can_be_given(project: pytest.Pytester) -> None:
    """For HTML that several tests look at."""
    write_tests(project, bad="a11y.check_html(BAD, browser=False, name='the front')")

    run(project).stdout.fnmatch_lines(["the front:1: error ?alt-missing?*"])


@pytest.mark.parametrize(("what", "told"), [("'<p>'", "this is str"), ("None", "this is NoneType")])
def test_what_is_no_page_is_told(project: pytest.Pytester, what: str, told: str) -> None:
    """A slip of the test's author, with its traceback."""
    write_tests(project, slip=f"a11y.check({what})")

    run(project).stdout.fnmatch_lines([f"E * TypeError: a11y.check looks at a page of pytest-playwright, and {told}; for HTML*"])


def test_the_language_of_failures_can_be_chosen(project: pytest.Pytester) -> None:
    """As that of the command's report."""
    write_tests(project, bad="a11y.check_html(BAD, browser=False)")

    assert text_of(BAD, "test_pages.py::test_bad", "de").rstrip("\n") in "\n".join(run(project, "--a11y-lang", "de").outlines)


# -- configuration and baseline ----------------------------------------------------------------------------------------


def known(project: pytest.Pytester, file: str = "known.json", name: str = "test_pages.py::test_bad") -> None:
    """Write a baseline that knows what is wrong with BAD."""
    import datetime

    report = check(Targets(by_root={Path(): [Page(name, BAD)]}), Settings(browser=False))
    gating = [finding for finding in report.findings if finding.gates]
    write(project.path / file, entries_of(gating, "an old page", datetime.date(2026, 1, 1), None))


def test_what_a_baseline_knows_fails_no_test(project: pytest.Pytester) -> None:
    """And something new beside it does."""
    known(project)
    write_tests(project, bad="a11y.check_html(BAD, browser=False)")
    run(project, "--a11y-baseline", "known.json").assert_outcomes(passed=1)
    write_tests(project, bad="a11y.check_html(BAD.replace('<h1>', '<h1><a href=/></a>'), browser=False)")
    result = run(project, "--a11y-baseline=known.json")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*error*link-name*", "note: 1 finding is known from the baseline"])
    result.stdout.no_fnmatch_line("*error*alt-missing*")


def test_the_nearest_configuration_holds_with_its_baseline(project: pytest.Pytester) -> None:
    """As for the command: rules, parts that are left out, what is known; and none is needed."""
    inner = project.path / "inner"
    inner.mkdir()
    known(project, "inner/known.json", "inner/test_inner.py::test_bad")
    inner.joinpath("a11ynews.toml").write_text(
        '[check]\nbaseline = "known.json"\nrules = { link-name = "warning" }\n'
        'exclude = [{ selector = ".ad", reason = "not ours" }, { selector = ".map", reason = "elsewhere" }]\n',
        "utf-8",
    )
    ad = BAD.replace("<h1>", "<h1><a href=/></a>").replace("<p>", '<div class="ad"><img src="ad.jpg"></div><p>')
    inner.joinpath("test_inner.py").write_text(f"def test_bad(a11y):\n    a11y.check_html({ad!r}, browser=False)\n", "utf-8")
    write_tests(project, outer="a11y.check_html(BAD, browser=False)")
    result = run(project)

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["FAILED test_pages.py::test_outer*"])


@pytest.mark.parametrize(
    ("files", "options", "words"),
    [
        ({}, ["--a11y-baseline=missing.json"], "missing.json:1:1: there is no such baseline"),
        ({"bad.json": "{"}, ["--a11y-baseline=bad.json"], "bad.json:1:2: this is not JSON"),
        ({"a11ynews.toml": "[check]\nnothing = 1\n"}, [], "a11ynews.toml:2:1: the key “nothing” is not known"),
    ],
)
def test_a_configuration_or_baseline_that_cannot_be_read_fails_the_test_in_words(
    project: pytest.Pytester, files: dict[str, str], options: list[str], words: str
) -> None:
    """And leaves the session's report incomplete."""
    for name, content in files.items():
        project.path.joinpath(name).write_text(content, "utf-8")
    write_tests(project, good="a11y.check_html(GOOD, browser=False)")
    result = run(project, "--a11y-format=json=out.json", *options)

    result.assert_outcomes(failed=1)
    assert words in "\n".join(result.outlines)
    assert "pytest_plugin" not in "\n".join(result.outlines)
    assert json.loads(project.path.joinpath("out.json").read_text("utf-8"))["verdict"] == "incomplete"


# -- the session -------------------------------------------------------------------------------------------------------


def session_report(project: pytest.Pytester) -> Any:
    """What the session has written."""
    return json.loads(project.path.joinpath("out.json").read_text("utf-8"))


def test_one_report_tells_of_the_whole_session(project: pytest.Pytester) -> None:
    """In several formats at once, from failed tests and others."""
    write_tests(project, bad="a11y.check_html(BAD, browser=False)", good="a11y.check_html(GOOD, browser=False)")
    run(project, "--a11y-format=json=out.json", "--a11y-format", "text=sub/out.txt")
    report = session_report(project)

    assert [page["name"] for page in report["pages"]] == ["test_pages.py::test_bad", "test_pages.py::test_good"]
    assert {finding["page"] for finding in report["findings"]} == {"test_pages.py::test_bad"}
    assert (report["verdict"], report["exit_code"]) == ("failed", 1)
    assert "2 pages checked: static rules" in project.path.joinpath("sub/out.txt").read_text("utf-8")


def test_a_session_that_checked_nothing_says_so(project: pytest.Pytester) -> None:
    """It is no pass."""
    write_tests(project, other="pass")
    run(project, "--a11y-format=json=out.json").assert_outcomes(passed=1)

    assert session_report(project)["verdict"] == "nothing"


def test_several_processes_make_the_same_report(project: pytest.Pytester) -> None:
    """Under pytest-xdist."""
    bodies = {f"n{number}": f"a11y.check_html({'BAD' if number % 2 else 'GOOD'}, browser=False)" for number in range(6)}
    write_tests(project, **bodies)
    run(project, "--a11y-format=json=out.json").assert_outcomes(passed=3, failed=3)
    alone = session_report(project)
    result = project.runpytest_subprocess(*LEAN, "-n", "2", "--a11y-format=json=out.json", "--a11y-lang=en")

    result.assert_outcomes(passed=3, failed=3)
    assert session_report(project) == alone
    assert text_of(BAD, "test_pages.py::test_n1").rstrip("\n") in "\n".join(result.outlines)


def test_a_process_that_breaks_down_leaves_the_report_incomplete(project: pytest.Pytester) -> None:
    """What it had checked is lost."""
    write_tests(
        project, dies="import os; a11y.check_html(GOOD, browser=False); os._exit(3)", good="a11y.check_html(GOOD, browser=False)"
    )
    project.runpytest_subprocess(*LEAN, "-n", "1", "--a11y-format=json=out.json")
    report = session_report(project)

    assert report["verdict"] == "incomplete"
    assert [one["reason"] for one in report["unfinished"]] == [
        "a worker of pytest-xdist ended before it had told what it checked; see why"
    ]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--a11y-format=json", "--a11y-format: 'json' is no format with a file; write FORMAT=FILE, with one of text, json"),
        ("--a11y-format=word=out.doc", "'word=out.doc' is no format with a file"),
        ("--a11y-format=json=", "'json=' is no format with a file"),
        ("--a11y-lang=fr", "--a11y-lang: 'fr' is none of en, de, it"),
    ],
)
def test_a_wrong_option_is_told_before_the_first_test(project: pytest.Pytester, option: str, words: str) -> None:
    """In words, as pytest tells its own."""
    write_tests(project, good="a11y.check_html(GOOD, browser=False)")
    result = run(project, option)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert words in "\n".join(result.errlines)
    assert "Traceback" not in "\n".join(result.errlines)


def test_a_report_that_cannot_be_written_fails_the_session(project: pytest.Pytester) -> None:
    """Whoever waits for it must hear."""
    project.path.joinpath("file").write_text("x", "utf-8")
    write_tests(project, good="a11y.check_html(GOOD, browser=False)")
    result = run(project, "--a11y-format=json=file/out.json")

    assert result.ret == pytest.ExitCode.INTERNAL_ERROR
    result.stdout.fnmatch_lines(["a11ynews: *out.json: cannot be written*"])


def test_reports_are_put_together_without_losing_anything() -> None:
    """A page that was looked at twice is one page; what keeps any of them from passing keeps the whole."""
    finding = Finding("alt-missing", Severity.ERROR, "no alt; write one", Place("a.html"))
    one = Report(pages=[CheckedPage("a.html", ("static",))], findings=[finding], notes=["n"], axe="4.12.1", browser="Chromium 1")
    two = Report(
        pages=[CheckedPage("a.html", ("axe 4.12.1 (320 px, dark)",)), CheckedPage("b.html", ("static",))],
        findings=[finding],
        unfinished=[Unfinished("b.html", "it is empty; look why")],
        notes=["n", "m"],
        axe="4.12.1",
        browser="Firefox 2",
        pictures={("0", Place("a.html")): b"png"},
    )
    whole = merged([one, two])

    assert [page.name for page in whole.pages] == ["a.html", "b.html"]
    assert whole.pages[0].checks == ("static", "axe 4.12.1 (320 px, dark)")
    assert (whole.findings, whole.notes, whole.exit_code) == ([finding], ["n", "m"], 2)
    assert (whole.axe, whole.browser, whole.pictures) == ("4.12.1", "Chromium 1, Firefox 2", two.pictures)
    assert merged([]).verdict == "nothing"


# -- out of the way ----------------------------------------------------------------------------------------------------


def test_a_project_that_does_not_ask_loads_nothing(project: pytest.Pytester) -> None:
    """No parser, no rules, no browser; and it warns of nothing."""
    project.makepyfile(
        "import sys\n\n\n"
        "def test_nothing_is_loaded():\n"
        "    loaded = {name for name in sys.modules if name.partition('.')[0] in ('a11ynews', 'lxml', 'playwright')}\n"
        "    assert loaded == {'a11ynews', 'a11ynews.pytest_plugin'}\n"
    )
    result = project.runpytest_subprocess(*LEAN, "-p", "no:xdist", "-W", "error")

    result.assert_outcomes(passed=1)


def test_html_without_a_browser_needs_no_browser_packages(project: pytest.Pytester) -> None:
    """They are an extra of the package."""
    write_tests(
        project,
        html="import sys; sys.modules['playwright'] = None; a11y.check_html(GOOD, browser=False)",
        loaded="import sys; assert not [name for name in sys.modules if name.startswith('a11ynews.live.session')]",
    )

    project.runpytest_subprocess(*LEAN, "-p", "no:xdist").assert_outcomes(passed=2)


# -- in the browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browsing(tmp_path_factory: pytest.TempPathFactory) -> tuple[pytest.RunResult, Any]:
    """What a run of tests with a browser has printed, and its report: all in one, for each run begins two browsers."""
    button = GOOD.replace(
        "<p>", "<button onclick=\"document.querySelector('h1').innerHTML += '<img src=x.png>'\">More</button><p>"
    )
    wide = GOOD.replace("<p>", "<p style=min-width:900px>")
    tests = module_of(
        good="page.set_content(GOOD); assert a11y.check(page).browser.startswith('Chromium')",
        clicked=f"page.set_content({button!r}); a11y.check(page); page.get_by_role('button').click(); a11y.check(page)",
        frame="page.set_content(GOOD.replace('<p>', '<iframe title=Map src=http://127.0.0.1:9/></iframe><p>')); a11y.check(page)",
        html="a11y.check_html(GOOD)",
        kept="from a11ynews.live.hand import hands\n    with hands(1) as (hand,): assert hand.do(hand.is_ready).result()",
        pale="a11y.check_html(GOOD.replace('<p>', '<p style=color:#aaa>'))",
        file="tmp_path.joinpath('x.html').write_text(BAD); page.goto(tmp_path.as_uri() + '/x.html'); a11y.check(page)",
        cells="page.set_content(BAD); a11y.check(page, cells=['320 px, dark', '1280 px, light'])",
        wrong="page.set_content(GOOD); a11y.check(page, cells=['wide'])",
        closed="page.close(); a11y.check(page)",
        usual=f"page.set_content({wide!r}); assert 'reflow' not in a11y.check(page).rules",
        wide=f"page.set_content({wide!r}); a11y.check(page, thorough=True)",
        wide_html=f"a11y.check_html({wide!r}, thorough=True)",
    )
    folder = tmp_path_factory.mktemp("browsing")
    for name, content in {"pytest.ini": INI, "conftest.py": CONFTEST, "test_pages.py": tests}.items():
        folder.joinpath(name).write_text(content, "utf-8")
    (folder / "temporary").mkdir()
    plain = ("-p", "no:xdist", "-p", "no:hypothesispytest", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *plain, "--basetemp=base", "--a11y-format=json=out.json"]
    environment = {**os.environ, "TMPDIR": str(folder / "temporary")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert [*(folder / "temporary").iterdir()] == []  # no browser has left anything behind
    result = pytest.RunResult(done.returncode, done.stdout.splitlines(), done.stderr.splitlines(), 0)
    return result, json.loads(folder.joinpath("out.json").read_text("utf-8"))


def test_pages_of_pytest_playwright_and_html_are_checked_side_by_side(browsing: tuple[pytest.RunResult, Any]) -> None:
    """
    The page as it stands after a click, in the browser of the test; HTML in another, which its event loop does not disturb.

    That one goes on from test to test, which `test_kept` asserts, and ends with the session.
    """
    result, report = browsing
    shown = "\n".join(result.outlines)

    result.assert_outcomes(passed=4, failed=9)
    failed = {line.split("::")[1].split("[")[0].split()[0] for line in result.outlines if line.startswith("FAILED ")}
    assert failed == {
        *("test_clicked", "test_frame", "test_pale", "test_file", "test_cells", "test_wrong", "test_closed"),
        *("test_wide", "test_wide_html"),
    }
    result.stdout.fnmatch_lines(
        [
            "test_pages.py::test_clicked?chromium?:1: error ?axe/image-alt?*",
            "*x.html:1: error ?alt-missing?*",
            "test_pages.py::test_pale:1: error ?axe/color-contrast?*",
        ]
    )
    assert "could not be looked into (it could not be loaded)" in shown
    assert "it could not be looked at (Target page, context or browser has been closed); see what the test does to it" in shown
    assert "1 page checked: static rules, axe 4.12.1 in 2 cells" in re.sub(r"axe [\d.]+", "axe 4.12.1", shown)
    assert "'wide' is no way of looking at a page; write one such as “320 px, light”" in shown
    assert (report["verdict"], report["axe"] is not None) == ("incomplete", True)
    assert [page["file"] for page in report["pages"] if page["name"] == "test_pages.py::test_html"] == [None]


def test_live_rules_run_where_a_test_asks_for_them(browsing: tuple[pytest.RunResult, Any]) -> None:
    """On a page as it stands, and on HTML; by default they do not, which `test_usual` asserts."""
    result, _ = browsing

    assert not [line for line in result.outlines if line.startswith("FAILED test_pages.py::test_usual")]
    result.stdout.fnmatch_lines_random(
        ["test_pages.py::test_wide?chromium?:1: error ?reflow?*", "test_pages.py::test_wide_html:1: error ?reflow?*"]
    )
    result.stdout.fnmatch_lines(
        ["test_pages.py::test_wide?chromium?:1: error ?reflow?*", "note: not run on a page that a test has open,*"]
    )


@pytest.mark.parametrize(("thorough", "profile"), [(True, "thorough"), (False, "usual")])
def test_html_and_folders_are_checked_as_thoroughly_as_a_test_asks(thorough: bool, profile: str) -> None:
    """By the profile of the command's option; whether there is a browser is asked apart from it."""
    asked = _as_asked(Settings(), True, thorough)

    assert (asked.profile, asked.browser) == (profile, True)
    assert _as_asked(Settings(), False, thorough).browser is False


def test_a_page_of_the_async_api_is_told(project: pytest.Pytester) -> None:
    """It answers with promises, which would look like a page without a fault."""
    write_tests(project, slip="from playwright.async_api import Page; a11y.check(object.__new__(Page))")

    run(project).stdout.fnmatch_lines(["E * TypeError: a11y.check looks at pages of Playwright's sync API; use the fixture*"])
