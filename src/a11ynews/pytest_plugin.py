"""
The pytest plugin: a fixture that checks pages as a test has them.

    def test_menu(page, a11y):
        page.goto("/")
        page.get_by_role("button", name="Menu").click()
        a11y.check(page)

pytest loads this module in every project that has a11ynews installed, whether its tests ask for the fixture or not: so nothing
but pytest is imported until one does.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

    from .baseline import Baseline
    from .check import Settings
    from .report import Report
    from .targets import Targets

_OUTPUT = "a11ynews"
"""What the reports of a worker of pytest-xdist are called on their way to the one that collects them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line."""
    group = parser.getgroup("a11ynews", "accessibility, by a11ynews")
    group.addoption(
        "--a11y-baseline",
        action="append",
        default=[],
        metavar="FILE",
        help="what is known already and fails no test; may be given several times (default: that of a11ynews.toml)",
    )
    group.addoption(
        "--a11y-format",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="one report on all that the session has checked, such as html=report.html; may be given several times",
    )
    group.addoption("--a11y-lang", default="en", metavar="LANG", help="the language of failures and reports: en, de or it")


def pytest_configure(config: pytest.Config) -> None:
    """Look over the options, if there are any, before the first test runs."""
    run = config.stash[_RUN] = _Run(config)
    if config.getoption("--a11y-format") or config.getoption("--a11y-lang") != "en":
        run.read_options()


@pytest.fixture
def a11y(request: pytest.FixtureRequest) -> "A11y":
    """Checks the accessibility of a page, of HTML, or of a folder of pages; fails the test where it does not pass."""
    return A11y(request.config.stash[_RUN], request.node.nodeid, request.path.parent)


class A11y:
    """
    What the fixture `a11y` gives: three ways to check, each of which fails the test unless the verdict is a pass.

    Findings that gate fail it, and what could not be checked does, and if there was nothing to check. The nearest `a11ynews.toml`
    above the test's file says how it is checked (its `[check]`).
    """

    def __init__(self, run: "_Run", test: str, folder: Path) -> None:
        self._run = run
        self._test = test
        self._folder = folder

    def check(
        self,
        page: "BrowserPage",
        *,
        cells: Iterable[str] = (),
        status: int | None = None,
        name: str | None = None,
        thorough: bool = False,
    ) -> "Report":
        """
        Check a page of pytest-playwright in its present state; it is not loaded anew, and left as it was.

        By the static rules and with axe; where it is to be `thorough`, by the live rules too: on layout, colours, films and what
        only the mouse reaches. Those that press keys or load the page anew are left out, and the report names them.

        `cells` are ways of looking at it, such as "320 px, dark"; by default only the present one. `status` is the HTTP status
        that it should have, where that is no good one: a test of an error page gives 404. The report calls it by its address, or
        else by the test; `name` calls it otherwise.
        """
        _must_be_page(page)

        def look(settings: "Settings") -> "tuple[Report, Targets]":
            from .check import check_standing

            wanted = [_cell(written) for written in cells]
            called = name or self._name_of(page.url)
            return check_standing(page, called, settings, cells=wanted, status=status, thorough=thorough)

        return self._judge(look)

    def check_html(self, html: str, *, browser: bool = True, name: str | None = None, thorough: bool = False) -> "Report":
        """
        Check HTML: by the static rules and, unless `browser` is false, in a browser of its own, with axe.

        Where it is to be `thorough`, by every rule and in more cells, as `a11ynews check --thorough` does.

        What it loads by relative addresses is not there. The report calls it by the test; `name` calls it otherwise.
        """

        def look(settings: "Settings") -> "tuple[Report, Targets]":
            from .check import check
            from .page import Page
            from .targets import Targets

            page = Page(name or self._test, html)
            with tempfile.TemporaryDirectory(prefix="a11ynews-") as folder:
                if browser:
                    file = Path(folder) / "page.html"
                    file.write_bytes(html.encode("utf-8", "replace"))
                    page.file = str(file)
                targets = Targets(by_root={Path(folder): [page]})
                if browser:
                    self._run.keep_browsers()
                report = check(targets, _as_asked(replace(settings, is_part=True), browser, thorough))
            # Where it stood for a moment is nobody's concern.
            report.pages = [replace(checked, file="") for checked in report.pages]
            return report, targets

        return self._judge(look)

    def check_folder(self, folder: str | Path, *, browser: bool = True, thorough: bool = False) -> "Report":
        """Check all pages in a folder, as `a11ynews check FOLDER` does; where it is to be `thorough`, with `--thorough`."""

        def look(settings: "Settings") -> "tuple[Report, Targets]":
            from .check import check
            from .targets import gather

            targets = gather([str(folder)], shown=_shown, patience=settings.patience)
            if browser:
                self._run.keep_browsers()
            return check(targets, _as_asked(settings, browser, thorough)), targets

        return self._judge(look, is_whole=True)

    def _name_of(self, url: str) -> str:
        from urllib.parse import unquote, urldefrag, urlsplit

        parts = urlsplit(url)
        if parts.scheme == "file":
            return _shown(Path(unquote(parts.path)))
        return urldefrag(url)[0] if parts.scheme in ("http", "https") else self._test

    def _judge(self, look: "Callable[[Settings], tuple[Report, Targets]]", *, is_whole: bool = False) -> "Report":
        """Check, put the report to the others of the session, and fail the test where it is no pass."""
        from .baseline import accept
        from .errors import A11yNewsError
        from .report import Report, Unfinished

        try:
            settings, baselines = self._run.conditions(self._folder)
            report, targets = look(settings)
            accept(report, baselines, targets)
        except A11yNewsError as error:
            self._run.take(self._test, Report(unfinished=[Unfinished("", str(error))]))
            pytest.fail(f"a11ynews: {error}", pytrace=False)
        if not is_whole:
            report.stale.clear()  # what is not on this page in this state may be on others
        self._run.take(self._test, report)
        if report.exit_code:
            pytest.fail(self._run.told(report).strip("\n"), pytrace=False)
        return report


def _as_asked(settings: "Settings", browser: bool, thorough: bool) -> "Settings":
    settings = replace(settings, browser=browser)
    return replace(settings, profile="thorough") if thorough else settings


def _must_be_page(page: object) -> None:
    if type(page).__module__.startswith("playwright.async_api"):
        raise TypeError("a11y.check looks at pages of Playwright's sync API; use the fixture “page” of pytest-playwright")
    if not (hasattr(page, "content") and hasattr(page, "frames")):
        told = type(page).__name__
        raise TypeError(f"a11y.check looks at a page of pytest-playwright, and this is {told}; for HTML there is a11y.check_html")


def _cell(written: str) -> Any:
    from .config import read_cell
    from .live.cell import Cell

    cell = read_cell(written)
    if cell is None:
        raise ValueError(f"{written!r} is no way of looking at a page; write one such as “320 px, light”")
    return Cell.of(*cell)


def _shown(path: Path) -> str:
    """A file's name for messages: from here, where it is below."""
    resolved, here = path.resolve(), Path.cwd().resolve()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else str(path)


# -- the session -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """What the tests of a session share."""

    config: pytest.Config
    reports: "list[tuple[str, Report]]" = field(default_factory=list)
    """What has been checked, with the test that did."""
    formats: list[tuple[str, Path]] = field(default_factory=list)
    fault: str = ""
    """Why the report of the session could not be written."""
    _conditions: "dict[Path | None, tuple[Settings, list[Baseline]]]" = field(default_factory=dict)
    _browsers: ExitStack | None = None
    """What ends the browsers that are kept; None where there are none."""

    @property
    def is_worker(self) -> bool:
        """Whether this is one of several processes of pytest-xdist."""
        return hasattr(self.config, "workerinput")

    def read_options(self) -> None:
        """Read what the command line says. Raises UsageError, in words."""
        from .messages import LANGUAGES
        from .reporters import REPORTERS

        lang = self.config.getoption("--a11y-lang")
        if lang.split("-")[0] not in LANGUAGES:
            raise pytest.UsageError(f"--a11y-lang: {lang!r} is none of {', '.join(LANGUAGES)}")
        for value in self.config.getoption("--a11y-format"):
            name, _, file = value.partition("=")
            if name not in REPORTERS or not file:
                names = ", ".join(REPORTERS)
                raise pytest.UsageError(
                    f"--a11y-format: {value!r} is no format with a file; write FORMAT=FILE, with one of {names}"
                )
            self.formats.append((name, self.config.invocation_params.dir / file))

    def keep_browsers(self) -> None:
        """Have the browsers that look at HTML go on from test to test: to start one takes longer than to look at a page."""
        if self._browsers is None:
            from .live.hand import kept

            self._browsers = ExitStack()
            self._browsers.enter_context(kept())

    def let_browsers_go(self) -> None:
        """End them."""
        if self._browsers is not None:
            self._browsers.close()
            self._browsers = None

    def conditions(self, folder: Path) -> "tuple[Settings, list[Baseline]]":
        """How the tests in a folder check, and what is known already."""
        from .config import find

        file = find(folder)
        if file not in self._conditions:
            self._conditions[file] = self._read(file)
        return self._conditions[file]

    def _read(self, file: Path | None) -> "tuple[Settings, list[Baseline]]":
        from .baseline import read
        from .check import settings_of
        from .config import Check, load_check

        said = load_check(file) if file else Check()
        root = file.parent if file else self.config.rootpath
        here = self.config.invocation_params.dir
        paths = [here / given for given in self.config.getoption("--a11y-baseline")]
        if not paths and said.baseline:
            paths = [root / said.baseline]
        settings = settings_of(said, root, pictures=any(name == "html" for name, _ in self.formats))
        return settings, [read(path, _shown(path)) for path in paths]

    def take(self, test: str, report: "Report") -> None:
        """Keep a report for that of the session, if one is wanted."""
        if self.formats:
            self.reports.append((test, report))

    def told(self, report: "Report", form: str = "text") -> str:
        """A report in words."""
        from .messages import sayer
        from .reporters import REPORTERS

        lang = self.config.getoption("--a11y-lang")
        return REPORTERS[form](report, say=sayer(lang), lang=lang)

    def write(self) -> None:
        """Write the report of the session, in every format that is wanted."""
        from .errors import A11yNewsError
        from .files import write_bytes

        report = merged(report for _, report in sorted(self.reports, key=lambda one: one[0]))
        try:
            for name, file in self.formats:
                write_bytes(file, self.told(report, name).encode("utf-8", "replace"))
        except A11yNewsError as error:
            self.fault = f"a11ynews: {error}"


_RUN = pytest.StashKey[_Run]()


def merged(reports: "Iterable[Report]") -> "Report":
    """One report on all that several have looked at."""
    from .report import Report

    whole = Report()
    for report in reports:
        for page in report.pages:
            at = next((number for number, other in enumerate(whole.pages) if other.name == page.name), None)
            if at is None:
                whole.pages.append(page)
            else:
                checks = dict.fromkeys((*whole.pages[at].checks, *page.checks))
                whole.pages[at] = replace(whole.pages[at], checks=tuple(checks))
        whole.add(report.findings)
        whole.ran(report.rules.values())
        for name in ("unfinished", "notes", "stale"):
            known: list[Any] = getattr(whole, name)
            known += [one for one in getattr(report, name) if one not in known]
        whole.pictures |= report.pictures
        whole.axe = _both(whole.axe, report.axe)
        whole.browser = _both(whole.browser, report.browser)
    return whole


def _both(known: str, other: str) -> str:
    return ", ".join(dict.fromkeys(part for part in (*known.split(", "), other) if part))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of pytest-xdist has checked; one that broke down has left something out."""
    from .message import say
    from .report import Report, Unfinished

    run: _Run = node.config.stash[_RUN]
    sent = getattr(node, "workeroutput", {}).get(_OUTPUT)
    if sent is not None:
        run.reports += pickle.loads(sent)
    elif run.formats:
        reason = say("a worker of pytest-xdist ended before it had told what it checked; see why")
        run.take("", Report(unfinished=[Unfinished("", reason)]))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report of the session, or send the parts of it to where that is done."""
    run = session.config.stash[_RUN]
    if run.formats and run.is_worker:
        session.config.workeroutput[_OUTPUT] = pickle.dumps(run.reports)  # type: ignore[attr-defined]
    elif run.formats:
        run.write()
        if run.fault:
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no browser behind, however the session has ended."""
    if run := config.stash.get(_RUN, None):
        run.let_browsers_go()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say it where the report of the session could not be written."""
    if fault := config.stash[_RUN].fault:
        terminalreporter.write_line(fault, red=True, bold=True)
