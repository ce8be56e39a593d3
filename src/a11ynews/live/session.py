"""
Pages, opened one after the other in a browser and looked at in every cell of the matrix.

A page is loaded once; width, colour scheme and forced colours change without loading it anew. Nothing but the site itself, and
what the configuration says belongs to it, is loaded. Whatever keeps a page from being looked at in full is told in the report,
and never taken for a pass.
"""

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urldefrag, urlsplit

from ..errors import BrowserError
from ..exclusion import Exclusions
from ..finding import Severity
from ..message import Message, say, say_number
from ..page import Exposed, Page, address_key
from ..report import CheckedPage, Report, Unfinished
from ..rule import Rule, RuleFacts, no_such_rule
from . import axe, script
from .browser import launched
from .cell import CELLS, Cell
from .livepage import LivePage
from .portrait import Portraits
from .server import serving
from .structure import structure_of
from .tour import Tour, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response
    from playwright.sync_api import Page as BrowserPage

_PAGES_PER_CONTEXT = 200
"""A browser context grows with every page; then a new one takes its place."""

_NAMED_IN_A_NOTE = 5
_LARGE = 2_000
"""Elements."""


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are looked at."""

    cells: Sequence[Cell] = CELLS
    core: axe.Core | None = None
    """The axe-core to use; None for the one that comes with the packages."""
    choice: axe.Choice = field(default_factory=axe.Choice)
    levels: Mapping[str, Severity] = field(default_factory=dict)
    """What findings of axe's rules are worth where it is not the usual, by ids such as `image-alt`."""
    exclusions: Exclusions = field(default_factory=Exclusions)
    wait_for: str = ""
    """A CSS selector that every page must have before it is looked at."""
    origins: Sequence[str] = ()
    """Other origins that belong to the site: what pages need from there is loaded."""
    credentials: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name and password by origin, for HTTP authentication."""
    patience: float = 60
    """How many seconds a page may take to load, and again in each cell."""
    pictures: bool = False
    """Whether to take a picture of each element that is found, by any rule."""
    rules: Sequence[Rule[LivePage]] = ()
    """Rules of our own that look at a page in a browser."""
    runs_axe: bool = True
    """Whether axe is to run; not where only rules of our own were asked for."""
    structures: dict[Page, tuple[Exposed, ...]] | None = None
    """Takes in what each page tells assistive technology, for rules that compare pages; None where nobody asks."""


def _say_nothing(_name: str) -> None:
    pass


def examine(
    pages: Sequence[Page],
    root: Path,
    report: Report,
    options: Options = Options(),
    *,
    tell: Callable[[str], None] = _say_nothing,
) -> None:
    """
    Look at pages in a browser, and put what is found, and what could not be looked at, into the report.

    `root` is the folder that is served as the site; a page's name is the path of its file below it, or an `http` address, which
    is then opened as it is. `tell` is given each page's name when its turn comes. Raises BrowserError where no browser starts.
    """
    if not pages:
        return
    session = Session(root, report, options)
    # In a thread of its own, because Playwright refuses one whose event loop runs: a notebook's, or pytest-playwright's.
    with ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live") as pool:
        work = pool.submit(session.run, pages, tell)
        try:
            # A signal may reach any thread, but is heeded in this one, and only while it is awake.
            while not wait([work], timeout=0.2).done:
                pass
            work.result()
        finally:
            session.stop.set()


class _Unseen(Exception):
    """The page cannot be looked at, and a second attempt would not help. Its message says why."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(reason)


class _TooSlow(Exception):
    """The page did not answer in time."""


class _Overtaxed(Exception):
    """axe has not finished with a page, which has too many elements; it carries what was found until then."""

    def __init__(self, outcome: axe.Outcome, size: int, patience: float) -> None:
        self.outcome = outcome
        self.reason = say(
            "axe did not finish with colours within {seconds} seconds, for the page has {n} elements; allow it more time",
            n=size,
            seconds=_seconds(patience),
        )
        super().__init__(self.reason)


@dataclass(slots=True)
class Visit:
    """What came of one page."""

    outcomes: dict[Cell, axe.Outcome] = field(default_factory=dict)
    reasons: list[Message] = field(default_factory=list)
    """Why it was not, or not wholly, looked at."""
    tour: Tour = field(default_factory=Tour)
    """What the live rules have found."""

    def labels(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The names of cells; none where they are all that the page was looked at in."""
        return () if len(cells) == len(self.outcomes) else tuple(str(cell) for cell in cells)


class Session:
    """Pages that are looked at one after the other, and a report that takes in what comes of each."""

    def __init__(self, root: Path, report: Report, options: Options) -> None:
        self.root = root.resolve()
        self.report = report
        self.options = options
        self.cells = tuple(dict.fromkeys(options.cells))
        self.core = options.core or axe.packaged()
        self.patience = options.patience
        self.stop = Event()
        """Set from outside, when nobody waits for the rest any more."""
        self.seen = _Seen()
        self.rules: frozenset[str] = frozenset()
        """The names of axe's rules that ran."""
        self.facts: dict[str, RuleFacts] = {}
        self.departures: dict[str, None] = {}
        """Which pages lead readers on, and where to."""
        self.browser: Browser | None = None
        self.browser_pid = 0
        self.tab: _Tab | None = None
        self.portraits = Portraits(report, self._patience) if options.pictures else None

    def run(self, pages: Sequence[Page], tell: Callable[[str], None]) -> None:
        with serving(self.root) as self.base, ExitStack() as self.lifetime:
            self.origins = {
                self.base,
                *(_origin(page.name) for page in pages if _is_address(page.name)),
                *(_origin(origin) for origin in self.options.origins),
            }
            self.asked_for = {address_key(self._address(page)) for page in pages}
            browser = f"Chromium {self._running_browser().version}"
            self._read_facts()
            for number, page in enumerate(pages):
                if self.stop.is_set():
                    return
                if number % _PAGES_PER_CONTEXT == 0:
                    self._drop_tab()
                tell(page.name)
                visit = self._visit(page)
                self.take_in(page, visit)
                if visit.outcomes:
                    self._portray(page)
        self.report.axe, self.report.browser = self.core.version, browser
        self.report.ran(facts for id, facts in sorted(self.facts.items()) if id.removeprefix("axe/") in self.rules)
        self._note(
            say_number(
                "axe-core {version} with {n} rule, in {browser}",
                "axe-core {version} with {n} rules, in {browser}",
                len(self.rules),
                version=self.core.version,
                browser=browser,
            )
        )
        self._note_what_was_met()
        if self.portraits and (note := self.portraits.note()):
            self._note(note)

    def _portray(self, page: Page) -> None:
        if self.portraits and self.tab and not self.portraits.take(page.name, self.tab.page, self._dress):
            self._drop_tab()

    def _dress(self, label: str) -> None:
        """Have the page that is open look as it does in the cell of that label; in the first one, where there is no such cell."""
        if self.tab:
            self.tab.dress(next((cell for cell in self.cells if str(cell) == label), self.cells[0]))
            self.tab.settle()

    def _note(self, note: Message) -> None:
        if note not in self.report.notes:
            self.report.notes.append(note)

    def _note_what_was_met(self) -> None:
        if blocked := self.seen.blocked:
            hosts = ", ".join(sorted(blocked))
            self._note(say("not loaded, because it is not part of the site: {hosts}; see “origins”", hosts=hosts))
        if missing := self.seen.missing:
            self._note(say("asked for by pages, and not there: {addresses}", addresses=_some(missing)))
        if departures := self.departures:
            self._note(say("looked at before it led readers on by itself: {pages}", pages=_some(departures)))

    def _read_facts(self) -> None:
        """What axe says of its rules; and that it works at all. Raises BrowserError where it does not."""
        from playwright.sync_api import Error

        context = self._running_browser().new_context()
        try:
            page = context.new_page()
            with self._patience():
                self.facts = axe.facts(page, self.core)
        except (Error, _TooSlow, ValueError, KeyError, TypeError) as error:
            told = say("axe-core {version} does not run ({reason})", version=self.core.version, reason=first_line(error))
            raise BrowserError(told) from error
        finally:
            with suppress(Exception):
                context.close()
        choice = self.options.choice
        for id in sorted({*choice.only, *choice.on, *choice.off, *self.options.levels}):
            if f"axe/{id}" not in self.facts:
                unfinished = Unfinished("", no_such_rule(f"axe/{id}", self.facts))
                if unfinished not in self.report.unfinished:
                    self.report.unfinished.append(unfinished)
        self.facts = {
            id: replace(facts, severity=self.options.levels.get(id.removeprefix("axe/"), facts.severity))
            for id, facts in self.facts.items()
        }

    def _running_browser(self) -> "Browser":
        if self.browser is None or not self.browser.is_connected():
            self.tab = None
            self.lifetime.close()
            self.browser = self.lifetime.enter_context(launched())
            processes = self.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self.browser_pid = next(process["id"] for process in processes if process["type"] == "browser")
        return self.browser

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """
        End the browser when what is done in here takes too long.

        Playwright waits for a script in a page without limit, and a page whose script never ends cannot be reached otherwise.
        """
        timer = Timer(self.patience, self._end_browser)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if timer.is_alive():
                raise
            raise _TooSlow from error
        finally:
            timer.cancel()

    def _end_browser(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.browser_pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def _visit(self, page: Page) -> Visit:
        """Look at a page; once more, in a fresh context, where the browser fails."""
        from playwright.sync_api import Error

        address = self._address(page)
        if not address:
            folder = str(self.root)
            return Visit(
                reasons=[say("it is not in the folder {folder} that is looked at; name a folder that holds it", folder=folder)]
            )
        failures: list[Message] = []
        while len(failures) < 2:
            visit = Visit()
            try:
                self._look(page, address, visit)
            except _Unseen as unseen:
                visit.reasons.append(unseen.reason)
            except (Error, _TooSlow, ValueError, KeyError, TypeError) as error:
                self._drop_tab()
                if "Execution context was destroyed" in str(error):
                    return Visit(reasons=[_REPLACED])
                if isinstance(error, _TooSlow):
                    failures.append(say("it did not answer within {n} seconds", n=_seconds(self.patience)))
                else:
                    failures.append(say("the browser failed ({reason})", reason=first_line(error)))
                if self.stop.is_set():
                    break
                continue
            if failures:
                self._note(
                    say("{page}: looked at a second time, because at first {failure}", page=page.name, failure=failures[0])
                )
            return visit
        if len(set(failures)) == 1:
            return Visit(reasons=[say("{failure}, twice; see what its scripts do", failure=failures[0])])
        first, second = failures
        return Visit(reasons=[say("{first}, and then {second}; see what its scripts do", first=first, second=second)])

    def _drop_tab(self) -> None:
        tab, self.tab = self.tab, None
        if tab and self.browser and self.browser.is_connected():
            with suppress(Exception), self._patience():
                tab.context.close()

    def _address(self, page: Page) -> str:
        """The address of a page; empty where it is not below the root."""
        if _is_address(page.name):
            return page.name
        try:
            path = Path(page.file or page.name).resolve().relative_to(self.root)
        except ValueError:
            return ""
        return f"{self.base}/{quote(path.as_posix())}"

    def _open_tab(self, address: str) -> "_Tab":
        """The tab that pages are opened in; another one where the page wants another name and password."""
        credentials = self.options.credentials.get(_origin(address))
        if self.tab and self.tab.credentials != credentials:
            self._drop_tab()
        if not self.tab:
            self.tab = _Tab(self._running_browser(), self.base, self.origins, self.seen, self.core, credentials, _origin(address))
        return self.tab

    def _look(self, page: Page, address: str, visit: Visit) -> None:
        exclusions = self.options.exclusions.on(page)
        choice = replace(self.options.choice, left_out=tuple(exclusion.selector for exclusion in exclusions))
        self._running_browser()  # it has its own patience
        with self._patience():
            tab = self._open_tab(address)
            tab.dress(self.cells[0])
            tab.open(address, self.patience)
            if self.options.wait_for:
                tab.wait_for(self.options.wait_for, self.patience)
            tab.settle()
        done: list[axe.Outcome] = []
        for number, cell in enumerate(self.cells):
            if number:
                with self._patience():
                    tab.dress(cell)
                    tab.settle()
            try:
                done.append(self._outcome(tab, choice, done) if self.options.runs_axe else axe.Outcome((), ()))
            except _Overtaxed as overtaxed:
                # The browser has been ended, and another attempt would take as long; what has been found is found.
                visit.outcomes = dict(zip(self.cells, [*done, overtaxed.outcome], strict=False))
                visit.reasons.append(overtaxed.reason)
                return
            if not number and self.options.structures is not None:
                with self._patience():
                    self.options.structures[page] = structure_of(tab.page, choice.left_out, patience=self.patience)
        with self._patience():
            tab.must_be_there()
            visit.reasons += tab.complaints()
            self._take_in_departures(page, tab, visit)
            self.options.exclusions.matched.update(exclusions[number] for number in tab.matching(choice.left_out))
        outcomes = dict(zip(self.cells, done, strict=True))
        live = self._live(page, tab, address, outcomes)
        visit.tour = self._tour(live, tab, address, choice.left_out)
        visit.outcomes = {cell: without_resolved(cell, outcome, live) for cell, outcome in outcomes.items()}

    def _live(self, page: Page, tab: "_Tab", address: str, outcomes: Mapping[Cell, axe.Outcome]) -> LivePage:
        """The page that is open, as live rules look at it."""

        def again(other: "BrowserPage") -> None:
            # Playwright's own waiting for the load would never end on a page that tried to lead away.
            other.goto(address, wait_until="commit", timeout=0)

        return LivePage(page, tab.page, tab.cdp, self.cells[0], tab.settle, again, outcomes=outcomes, patience=self.patience)

    def _tour(self, live: LivePage, tab: "_Tab", address: str, left_out: Sequence[str]) -> Tour:
        """Have the live rules look at the page, in the first cell unless they ask for another."""
        if not self.options.rules:
            return Tour()

        def ready() -> None:
            tab.dress(self.cells[0])
            tab.settle()
            live.leave_out(left_out)

        def reload() -> None:
            tab.open(address, self.patience)
            ready()

        with self._patience():
            ready()
        return tour(live, self.options.rules, reload=reload, patience=self._patience)

    def _outcome(self, tab: "_Tab", choice: axe.Choice, done: Sequence[axe.Outcome]) -> axe.Outcome:
        """Run axe, as far as the page differs from what it was in a cell before."""
        with self._patience():
            like, other, keeps_colours = tab.compare()
        outcome = None if like is None else done[like]
        # Forced colours are the reader's own, and are no fault of the page's unless it keeps to its own.
        has_colours = keeps_colours or not self.cells[len(done)].forced_colours
        if outcome and not has_colours:
            outcome = outcome.without_colours()
        parts: list[axe.Part] = ["whole"]
        if other == "nothing" or (other == "paint" and not has_colours):
            parts = []
        elif outcome:
            parts = ["colours" if other == "paint" else "looks" if has_colours else "places"]
        elif tab.size > _LARGE:
            # There colours take ten times as long as all else, which must not be lost with them.
            parts = ["structure", "colours"]
        for part in parts:
            try:
                with self._patience():
                    found = axe.run(tab.page, core=self.core, choice=choice, part=part, leave_out=tab.is_left_out)
            except _TooSlow:
                if outcome is None:
                    raise
                raise _Overtaxed(outcome, tab.size, self.patience) from None
            outcome = outcome.overlaid(found) if outcome else found
            self.rules |= {*found.rules}
        assert outcome is not None
        return outcome

    def _take_in_departures(self, page: Page, tab: "_Tab", visit: Visit) -> None:
        """A page that leads readers on to a page of the site that nobody looks at leaves unknown what they get there."""
        for address in tab.departures()[:1]:  # nobody gets to see what comes after the first
            told = tab.short(address)
            if _origin(address) in self.origins and address_key(address) not in self.asked_for:
                visit.reasons.append(say("it leads readers on by itself, to {address}; look at that page too", address=told))
            else:
                self.departures[f"{page.name} (to {told})"] = None

    def take_in(self, page: Page, visit: Visit) -> None:
        """Put what came of a page into the report: the same thing in several cells is one finding."""
        exclusions = self.options.exclusions.on(page)
        seen: dict[tuple[str, str, tuple[str, ...]], tuple[axe.Node, list[Cell]]] = {}
        reasons: dict[Message, list[Cell]] = {}
        for cell, outcome in visit.outcomes.items():
            for node in outcome.nodes:
                worst, cells = seen.get((node.rule, node.severity, node.target), (node, []))
                worst = node if node.degree > worst.degree else worst
                seen[node.rule, node.severity, node.target] = worst, [*cells, cell]
            for reason in outcome.unfinished:
                reasons.setdefault(reason, []).append(cell)
        self.options.exclusions.left_out.update(exclusions[node.left_out] for node, _ in seen.values() if node.left_out >= 0)
        self.report.add(
            axe.finding(self._weighed(node), page, visit.labels(cells)) for node, cells in seen.values() if node.left_out < 0
        )
        self.options.exclusions.left_out.update(exclusions[number] for number in visit.tour.left_out)
        self.report.add(visit.tour.findings)
        self.report.ran(rule.facts for rule in visit.tour.ran)
        visit.reasons += visit.tour.unfinished
        for note in visit.tour.notes:
            self._note(say("{page}: {note}", page=page.name, note=note))
        for reason, cells in reasons.items():
            where = "; ".join(visit.labels(cells))
            visit.reasons.append(say("{reason} ({cells})", reason=reason, cells=where) if where else reason)
        self.report.unfinished += [Unfinished(page.name, reason) for reason in dict.fromkeys(visit.reasons)]
        if visit.outcomes:
            checks = [f"axe {self.core.version} ({cell})" for cell in visit.outcomes] if self.options.runs_axe else []
            _add_checks(self.report, page.name, [*checks, *(["live rules"] if visit.tour.ran else [])])

    def _weighed(self, node: axe.Node) -> axe.Node:
        """What axe cannot tell stays for a person to look at, whatever its rule is worth."""
        level = self.options.levels.get(node.rule)
        return node if level is None or node.severity is Severity.REVIEW else replace(node, severity=level)


def without_resolved(cell: Cell, outcome: axe.Outcome, live: LivePage) -> axe.Outcome:
    """What axe has said, but for what it was not certain of and a live rule is."""
    resolved = {(rule, target) for where, rule, target in live.resolved if where == cell}
    kept = tuple(
        node for node in outcome.nodes if node.severity is not Severity.REVIEW or (node.rule, node.target) not in resolved
    )
    return replace(outcome, nodes=kept)


def _some(names: Iterable[str]) -> Message:
    """A few names, and how many more there are."""
    listed = list(names)
    shown, more = ", ".join(listed[:_NAMED_IN_A_NOTE]), len(listed) - _NAMED_IN_A_NOTE
    return say("{names} and {n} more", names=shown, n=more) if more > 0 else say("{names}", names=shown)


def _seconds(patience: float) -> int | float:
    return int(patience) if patience == int(patience) else patience


def _add_checks(report: Report, name: str, checks: Sequence[str]) -> None:
    for number, page in enumerate(report.pages):
        if page.name == name:
            report.pages[number] = replace(page, checks=tuple(dict.fromkeys((*page.checks, *checks))))
            return
    report.pages.append(CheckedPage(name, tuple(checks)))


def first_line(error: Exception) -> str:
    """The first line of an error, without the name of Playwright's function in front."""
    line = re.sub(r"^\w+\.\w+: ", "", str(error).strip().partition("\n")[0]) or type(error).__name__
    return line if len(line) <= 200 else line[:199] + "…"


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://", "ws://", "wss://"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme.replace('ws', 'http')}://{parts.netloc}"


_REPLACED = say("another page took its place while it was looked at; see what its scripts do")

_LOADED = """milliseconds => new Promise(done => {
  const end = Date.now() + milliseconds;
  const look = () => {
    const isWhole = document.readyState === "complete";
    if (isWhole || Date.now() > end) done(isWhole); else setTimeout(look, 5);
  };
  look();
})"""

# Where a sandbox lets no script run, no timer and no promise of ours comes to its end.
_SCRIPTLESS = re.compile(r"(?:^|[;,\s])sandbox(?![^;,]*allow-scripts)", re.IGNORECASE)
_IS_SCRIPTLESS = "frame => frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-scripts')"
_STILL = 5_000
"""Milliseconds in which all should have come to rest."""

_APPEARED = """([selector, milliseconds]) => new Promise(done => {
  const end = Date.now() + milliseconds;
  const look = () => document.querySelector(selector) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 20);
  look();
})"""

# Which of several selectors match something, in the page itself, its shadow roots and those of its frames that let us look.
_MATCHING = """selectors => {
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.contentDocument) roots.push(element.contentDocument);
    }
  }
  const matches = selector => { try { return roots.some(root => root.querySelector(selector)) } catch { return false } };
  return selectors.map((selector, number) => matches(selector) ? number : -1).filter(number => number >= 0);
}"""

# The page stays where it is, and goes on loading, whatever it does to lead readers on; a request that is refused would end both.
_STAY = """if (window === window.top) {
  const departures = window[Symbol.for("a11ynews departures")] = [];
  window.navigation?.addEventListener("navigate", event => {
    if (!event.cancelable || event.destination.sameDocument) return;
    event.preventDefault();
    if (event.downloadRequest === null) departures.push(event.destination.url);
  });
}"""

_NETWORK = re.compile(r"net::(ERR_\w+)")


@dataclass(slots=True)
class _Seen:
    """What pages have asked for and did not get."""

    blocked: dict[str, None] = field(default_factory=dict)
    """Hosts that are not part of the site."""
    missing: dict[str, None] = field(default_factory=dict)
    """Addresses of pictures, scripts and the like; a page is looked at without them."""


class _Tab:
    """One page of a browser context, kept from address to address, with ears for what happens to it."""

    def __init__(
        self,
        browser: "Browser",
        base: str,
        origins: set[str],
        seen: _Seen,
        core: axe.Core,
        credentials: tuple[str, str] | None,
        origin: str,
    ) -> None:
        self.base = base
        self.origins = origins
        self.seen = seen
        self.credentials = credentials
        self.context = browser.new_context(
            # Our own server is the proxy for all that is not the site, and refuses it: so nothing gets out, not even the look-up
            # of a name, and no request for the site itself waits until somebody has judged it.
            proxy={"server": base, "bypass": ",".join(sorted(urlsplit(origin).netloc for origin in origins))},
            http_credentials={"username": credentials[0], "password": credentials[1], "origin": origin} if credentials else None,
            accept_downloads=False,
            service_workers="block",
            locale="en-US",
            timezone_id="UTC",
        )
        self.context.add_init_script(axe.preparation(core))
        self.context.add_init_script(_STAY)
        self.page: BrowserPage = self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("websocket", lambda socket: self._note_foreign(socket.url))
        self.page.on("popup", _close)
        self.cdp = self.context.new_cdp_session(self.page)
        self.frame_id = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.cdp.on("Page.frameRequestedNavigation", self._on_departure)
        self.cdp.on("Fetch.requestPaused", self._on_document)
        self.cdp.send("Page.enable")
        self.cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})
        self._begin("")

    def _begin(self, address: str) -> None:
        self.address = address
        self.is_awaited = True
        """Whether the document that was asked for is still to come."""
        self.away: dict[str, None] = {}
        self.broken: dict[str, Message] = {}
        """Addresses of frames and style sheets that were not there, and what is to be said of it."""
        self.is_whole = True
        """Whether all that the page asks for has come, or will not come."""
        self.time_origin = 0.0
        self.still: float = _STILL
        self.size = 0
        """How many elements it has."""

    def _on_request(self, request: "Request") -> None:
        self._note_foreign(request.url)

    def _note_foreign(self, address: str) -> None:
        if self._is_foreign(address):
            self.seen.blocked[urlsplit(address).netloc.rpartition("@")[2]] = None

    def _is_foreign(self, address: str) -> bool:
        return _is_address(address) and _origin(address) not in self.origins

    def _on_response(self, response: "Response") -> None:
        if response.status >= 400:
            self._miss(response.request, say("HTTP status {status}", status=str(response.status)))

    def _on_failure(self, request: "Request") -> None:
        # Aborted is what the page itself, or we, gave up.
        reason = str(request.failure or "")
        if "ERR_ABORTED" not in reason and "BLOCKED" not in reason:
            self._miss(request, say("nothing ({reason})", reason=reason.removeprefix("net::")))

    def _miss(self, request: "Request", answer: Message) -> None:
        if self._is_foreign(request.url) or not _is_address(request.url):
            return
        kind = request.resource_type
        address = self.short(request.url)
        if kind == "stylesheet":
            self.broken[request.url] = say("its style sheet {address} answers with {answer}", address=address, answer=answer)
        elif kind in ("font", "image", "media", "script", "texttrack"):
            self.seen.missing[address] = None
        elif request.frame != self.page.main_frame:
            self.broken[request.url] = say("its frame {address} answers with {answer}", address=address, answer=answer)

    def short(self, address: str) -> str:
        """An address as it is called within the site: the port is another one each time."""
        return address.removeprefix(self.base)

    def _on_departure(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self.frame_id and event["disposition"] == "currentTab":
            self._note_departure(str(event["url"]))

    def _note_departure(self, address: str) -> None:
        """The page itself wants to go elsewhere; to come again, or to another place in itself, is no departure."""
        if _is_address(address) and urldefrag(address)[0] != urldefrag(self.address)[0]:
            self.away[address] = None

    def _on_document(self, event: dict[str, Any]) -> None:
        """Let the document through that was asked for, and those of frames; the page stays where it is."""
        from playwright.sync_api import Error

        is_top = event["frameId"] == self.frame_id
        is_allowed = not is_top or self.is_awaited or "redirectedRequestId" in event
        self.is_awaited = self.is_awaited and not is_top
        with suppress(Error):  # the request may have gone
            if is_allowed:
                self.cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                self.cdp.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})

    def dress(self, cell: Cell) -> None:
        """Take on a cell's width and colours."""
        cell.put_on(self.page)

    def open(self, address: str, patience: float) -> None:
        """Go to an address as a reader would who was never there. Raises _Unseen where no page comes of it."""
        from playwright.sync_api import Error

        self._begin(address)
        self.cdp.send("Storage.clearDataForOrigin", {"origin": _origin(address), "storageTypes": "all"})
        try:
            # Playwright's own waiting for the load would never end on a page that tried to lead away.
            response = self.page.goto(address, wait_until="commit", timeout=0)
        except Error as error:
            raise _without_page(error) from None
        if response is None:
            raise _Unseen(say("the browser got no answer; see that the address is right"))
        if urldefrag(response.url)[0] != urldefrag(address)[0]:
            raise _Unseen(say("it sends readers on to {address}; look at that page instead", address=self.short(response.url)))
        if not response.ok:
            raise _Unseen(say("it answers with HTTP status {status}; see that it is there", status=str(response.status)))
        kind, self.time_origin = self.page.evaluate("[document.contentType, performance.timeOrigin]")
        if kind not in ("text/html", "application/xhtml+xml", "image/svg+xml"):
            raise _Unseen(say("it is {kind} and no HTML page; leave it out", kind=kind))
        if _SCRIPTLESS.search(response.headers.get("content-security-policy", "")):
            raise _Unseen(say("its Content-Security-Policy is a sandbox that lets no script run, not even axe; check it without"))
        self.still = min(_STILL, 100 * patience)
        self.is_whole = self.page.evaluate(_LOADED, 400 * patience)
        self.size = self.page.evaluate("document.querySelectorAll('*').length")

    def wait_for(self, selector: str, patience: float) -> None:
        """Wait until an element is there. Raises _Unseen where none comes."""
        if not self.page.evaluate(_APPEARED, [selector, 250 * patience]):
            raise _Unseen(
                say("{selector}, which is to be waited for, has not appeared; see why, or mend “wait_for”", selector=selector)
            )

    def settle(self) -> None:
        """Wait until nothing moves any more."""
        from playwright.sync_api import Error

        self.page.evaluate(script("settle.js"), [True, self.still])
        scriptless = set()
        for frame in self.page.frames[1:]:
            with suppress(Error):  # axe will not be able to run in such a frame either, and that is told
                if frame.parent_frame in scriptless or frame.frame_element().evaluate(_IS_SCRIPTLESS):
                    scriptless.add(frame)
                elif not frame.url.startswith("chrome-error:"):
                    frame.evaluate(script("settle.js"), [False, self.still])

    def complaints(self) -> list[Message]:
        """Why what was seen may not be what readers see."""
        reasons = [say("{fault}; put it where the page looks for it", fault=fault) for fault in self.broken.values()]
        if not self.is_whole:
            reasons.append(say("it was looked at before it had loaded to its end, which takes too long; see what it waits for"))
        if empty := self.page.evaluate(script("empty.js")):
            reasons.append(
                say("its {element} is empty; see that the page has its content without waiting for a script", element=empty)
            )
        return reasons

    def departures(self) -> list[str]:
        """Where the page wanted to lead readers by itself."""
        for address in self.page.evaluate("window[Symbol.for('a11ynews departures')] ?? []"):
            self._note_departure(address)
        return list(self.away)

    def must_be_there(self) -> None:
        """Raise _Unseen where the page has been replaced by another while it was looked at."""
        if self.page.evaluate("performance.timeOrigin") != self.time_origin:
            raise _Unseen(_REPLACED)

    def is_left_out(self, address: str) -> bool:
        """Whether a frame is not looked into: it is not part of the site, or is not there, which has been told."""
        return self._is_foreign(address) or address in self.broken

    def matching(self, selectors: Sequence[str]) -> list[int]:
        """The numbers of the selectors that match something."""
        return list(self.page.evaluate(_MATCHING, list(selectors))) if selectors else []

    def compare(self) -> tuple[int | None, str, bool]:
        """
        The number of the cell that was most like this one; what is other than there (`nothing`, `paint`, `place`); and whether
        the page keeps colours of its own where the reader's are forced.
        """
        like, other, keeps_colours = self.page.evaluate(script("compare.js"))
        return like, other, keeps_colours


def _without_page(error: Exception) -> Exception:
    """What to raise where an address gives no page at all."""
    told = str(error)
    if "Download is starting" in told:
        return _Unseen(say("it is a file to download and no page; leave it out"))
    network = _NETWORK.search(told)
    if not network:
        return error
    if network[1] == "ERR_TOO_MANY_REDIRECTS":
        return _Unseen(say("it sends readers on without end; mend its redirects"))
    if network[1] == "ERR_ABORTED":
        return _Unseen(say("it answers with nothing that a browser could show; see that it is a page"))
    return error


def _close(popup: "BrowserPage") -> None:
    from playwright.sync_api import Error

    with suppress(Error):  # it may have closed itself
        popup.close()
