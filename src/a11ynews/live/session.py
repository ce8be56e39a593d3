"""
Pages, opened in one browser or several and looked at in every cell of the matrix.

A page is loaded once; width, colour scheme and forced colours change without loading it anew. Nothing but the site itself, and
what the configuration says belongs to it, is loaded. Whatever keeps a page from being looked at in full is told in the report,
and never taken for a pass. However many browsers look at pages at the same time, the report is that of one: what comes of the
pages is taken in by one thread, in their order.
"""

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar
from urllib.parse import quote, unquote, urldefrag, urlsplit

from ..errors import BrowserError
from ..exclusion import Exclusion, Exclusions
from ..finding import Finding, Severity
from ..message import Message, say, say_number
from ..page import Exposed, Page, address_key
from ..report import CheckedPage, Report, Unfinished
from ..rule import Rule, RuleFacts, no_such_rule
from . import axe, script
from .cell import CELLS, Cell
from .colour import note_dark_colours
from .hand import Hand, TooSlow, hands
from .livepage import LivePage
from .lookout import Lookout, can_look, undrawn_context
from .portrait import Portraits, Shot, Taken, shots_of, take_all
from .server import serving
from .structure import structure_of
from .tour import Tour, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response
    from playwright.sync_api import Page as BrowserPage

    from .recall import LiveRecall

_T = TypeVar("_T")

_KINDS = ("text/html", "application/xhtml+xml", "image/svg+xml")
"""What a browser can be looked at in: pages and drawings."""

_PAGES_PER_CONTEXT = 200
"""A browser context grows with every page; then a new one takes its place."""

_PAGES_PER_BROWSER = 1_000
"""
And so does a browser, if less. What drives it keeps nothing of them, but its Node.js takes 35 MB for 1,000 pages before it looks
for what it no longer needs; to begin with a new one takes as long as ten pages.
"""

_DRAWN_LATER = 3
"""After so many pages in a row that must be drawn after all, all others are at once: a site has one style."""

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
    structures: MutableMapping[Page, tuple[Exposed, ...]] | None = None
    """Takes in what each page tells assistive technology, for rules that compare pages; None where nobody asks."""
    among: Sequence[Page] = ()
    """All pages of the check, where others look at some of them: what belongs to the site is known by all."""
    keeper: "Keeper | None" = None
    """Is told what comes of each page."""
    recall: "LiveRecall | None" = None
    """Knows what came of pages at an earlier check."""

    @property
    def is_painted(self) -> bool:
        """Whether somebody looks at the pixels of pages or presses their keys, besides axe."""
        return bool(self.rules or self.pictures)


def _say_nothing(_name: str) -> None:
    pass


def _count_nothing() -> None:
    pass


def examine(
    pages: Sequence[Page],
    root: Path,
    report: Report,
    options: Options = Options(),
    *,
    tell: Callable[[str], None] = _say_nothing,
    step: Callable[[], None] = _count_nothing,
    workers: int = 1,
    others: "Others | None" = None,
) -> None:
    """
    Look at pages in a browser, and put what is found, and what could not be looked at, into the report.

    `root` is the folder that is served as the site; a page's name is the path of its file below it, or an `http` address, which
    is then opened as it is. `tell` is given each page's name when its turn comes, and `step` is called when it is done with. So
    many `workers` look at pages at the same time, each in a browser of its own; or `others` do, wherever they are. Raises
    BrowserError where no browser starts.
    """
    if pages and others:
        Session(root, report, options).run_elsewhere(pages, others, step)
    elif pages:
        session = Session(root, report, options)
        known = session.recalled(pages)
        with hands(max(1, min(workers, len(pages) - len(known)))) as ready:
            session.run(pages, ready, tell, step, known)


class _Unseen(Exception):
    """The page cannot be looked at, and a second attempt would not help. Its message says why."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(reason)


class _MustBeDrawn(Exception):
    """The page is in a window that is never drawn, and how it looks depends on that."""


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
    seen: "_Seen" = field(default_factory=lambda: _Seen())
    """What it has asked for and not got."""
    notes: list[Message] = field(default_factory=list)
    departure: tuple[str, bool] | None = None
    """Where it leads readers on by itself, and whether that is a page of the site."""
    structure: tuple[Exposed, ...] | None = None
    """What it tells assistive technology, where that was asked for."""
    rules: frozenset[str] = frozenset()
    """The names of axe's rules that ran."""
    matched: list[Exclusion] = field(default_factory=list)
    """What is to be left out, and is there."""

    def labels(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The names of cells; none where they are all that the page was looked at in."""
        return () if len(cells) == len(self.outcomes) else tuple(str(cell) for cell in cells)


class Keeper(Protocol):
    """Keeps what comes of pages, for somebody who puts it together with more."""

    def facts(self, facts: Mapping[str, RuleFacts], browser: str, axe: str) -> None:
        """What axe says of its rules; the browser's version, and axe's."""

    def visit(self, page: Page, visit: Visit) -> None:
        """What came of a page, as it is before anybody judges it."""


Take: TypeAlias = Callable[[Page, Sequence[Shot]], Taken]
"""Takes pictures of a page."""


class Others(Protocol):
    """Those who look at pages for us, wherever they are."""

    def facts(self, session: "Session") -> tuple[dict[str, RuleFacts], str]:
        """What axe says of its rules, and the browser's version. Raises BrowserError where nobody can look at pages."""

    def visits(self, session: "Session", pages: Sequence[Page], step: Callable[[], None]) -> Iterator[Visit]:
        """
        What comes of pages, in their order; `step` is called when one is done with, in whatever order.

        Raises BrowserError where there is nobody any more to look at the rest.
        """

    def portray(self, page: Page, shots: Sequence[Shot]) -> Taken:
        """Take pictures of a page."""


class Session:
    """What all who look at pages of one check share, and the one who takes in what comes of it."""

    def __init__(self, root: Path, report: Report, options: Options) -> None:
        self.root = root.resolve()
        self.report = report
        self.options = options
        self.cells = tuple(dict.fromkeys(options.cells))
        self.pages: Sequence[Page] = ()
        """All pages of the site that are looked at, by whomever, where others look at these."""
        self.core = options.core or axe.packaged()
        self.base = ""
        self.paths: dict[str, str] = {}
        """Where pages are below the root, by their names, where these do not say it on this machine."""
        self._paths: dict[str, str] = {}
        self.origins: set[str] = set()
        self.asked_for: set[str] = set()
        self.stop = Event()
        """Set when nobody waits for the rest any more."""
        self.seen = _Seen()
        self.rules: frozenset[str] = frozenset()
        """The names of axe's rules that ran."""
        self.facts: dict[str, RuleFacts] = {}
        self.departures: dict[str, None] = {}
        """Which pages lead readers on, and where to."""
        self.found: list[Finding] = []
        self.checks: dict[str, list[str]] = {}
        """How each page was looked at, by its name."""
        self.looked_at: set[str] = set()
        """The names of pages that were looked at in any cell."""

    def recalled(self, pages: Sequence[Page]) -> dict[int, Visit]:
        """What came of pages at an earlier check, by their numbers, as far as it would be the same now."""
        among = self.options.among or pages
        return self.options.recall.visits(self, self.home(among), pages) if self.options.recall else {}

    def run(
        self,
        pages: Sequence[Page],
        ready: Sequence[Hand],
        tell: Callable[[str], None],
        step: Callable[[], None],
        known: Mapping[int, Visit] = MappingProxyType({}),
    ) -> None:
        """Have hands look at pages but those that are `known`, and fill the report."""
        among, recall = self.options.among or pages, self.options.recall
        if recall and len(known) == len(pages) and not self.options.pictures and (told := recall.facts()):
            self._tell_known(pages, among, known, told, step)
            return
        served: set[str] = set()
        if recall:
            recall.listen(served)
        with self.opened(self.home(among), self.origins_of(among), asked=served.add if recall else _say_nothing):
            self.asked_for = {address_key(self.address(page)) for page in among}
            queue = _Queue(pages, tell, known)
            workers = [Worker(self, hand, is_first=not number) for number, hand in enumerate(ready)]
            try:
                # One that has axe's word first: where axe does not run, that is told once, and not of each page.
                first = next((page for number, page in enumerate(pages) if number not in known), None)
                facts = workers[0].hand.do(workers[0].read_facts, first)
                at_work = [worker.hand.do(worker.work, queue) for worker in workers]
                self.facts, browser = _facts(facts, workers[1:])
                if recall:
                    recall.keep_facts(self.facts, browser)
                if self.options.keeper:
                    self.options.keeper.facts(self.facts, browser, self.core.version)
                self._tell_unknown()
                try:
                    self._take_in_all(pages, queue, at_work, step, known)
                finally:
                    self.hand_over()
                    if recall:
                        recall.end()
                able = next((worker for worker in workers if worker.hand.is_ready()), workers[0])
                take = recall.taking(able.portrayed) if recall else able.portrayed
                note = self._portray(pages, take) if self.options.pictures else None
            except KeyboardInterrupt:
                self.stop.set()
                for hand in ready:
                    hand.kill()  # whoever stops it does not wait for the pages that are open
                raise
            finally:
                self.stop.set()
                _wait([worker.hand.do(worker.drop_tab) for worker in workers])
        self._conclude(browser, note)

    def run_elsewhere(self, pages: Sequence[Page], others: "Others", step: Callable[[], None]) -> None:
        """Have others look at pages, wherever they are, and fill the report."""
        self.base = "http://127.0.0.1"
        self.pages = self.options.among or pages
        self.asked_for = {address_key(self.address(page)) for page in self.pages}
        self.facts, browser = others.facts(self)
        if self.options.keeper:
            self.options.keeper.facts(self.facts, browser, self.core.version)
        self._tell_unknown()
        try:
            for page, visit in zip(pages, others.visits(self, pages, step), strict=True):
                self.take_in(page, visit)
        finally:
            self.hand_over()
        note = self._portray(pages, others.portray) if self.options.pictures else None
        self._conclude(browser, note)

    def _tell_known(
        self,
        pages: Sequence[Page],
        among: Sequence[Page],
        known: Mapping[int, Visit],
        facts: tuple[dict[str, RuleFacts], str],
        step: Callable[[], None],
    ) -> None:
        """Fill the report with what is known of all pages: no browser is started."""
        self.base = "http://127.0.0.1"
        self.asked_for = {address_key(self.address(page)) for page in among}
        self.facts, browser = facts
        if self.options.keeper:
            self.options.keeper.facts(self.facts, browser, self.core.version)
        self._tell_unknown()
        for number, page in enumerate(pages):
            self.take_in(page, known[number])
            step()
        self.hand_over()
        self._conclude(browser, None)

    @contextmanager
    def opened(
        self,
        home: str,
        origins: Iterable[str],
        missed: Callable[[str], None] = _say_nothing,
        asked: Callable[[str], None] = _say_nothing,
    ) -> Iterator[None]:
        """Serve the folder meanwhile; `asked` is told each path that is asked for, and `missed` each that is not there."""
        with serving(self.root, home, missed, asked) as self.base:
            self.origins = {self.base, *origins}
            yield

    def origins_of(self, pages: Sequence[Page]) -> set[str]:
        """The origins that belong to the site, but for our own server's."""
        return {
            *(_origin(page.name) for page in pages if _is_address(page.name)),
            *(_origin(origin) for origin in self.options.origins),
        }

    def _conclude(self, browser: str, note: Message | None) -> None:
        """Say in the report what looked at the pages, and what was met."""
        self.report.axe, self.report.browser = self.core.version, browser
        self.report.ran(facts for id, facts in sorted(self.facts.items()) if id.removeprefix("axe/") in self.rules)
        if self.looked_at:
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
        if note:
            self._note(note)

    def _take_in_all(
        self,
        pages: Sequence[Page],
        queue: "_Queue",
        at_work: "Sequence[Future[None]]",
        step: Callable[[], None],
        known: Mapping[int, Visit],
    ) -> None:
        """Take in what comes of pages, in their order. Raises BrowserError where a browser does not start any more."""
        visits = {**known}
        for _ in known:
            step()
        following = 0
        while following < len(pages):
            if following in visits:
                visit = visits.pop(following)
                if self.options.recall and following not in known:
                    self.options.recall.keep(pages[following], visit)
                self.take_in(pages[following], visit)
                following += 1
                continue
            ended = [work for work in at_work if work.done()]
            failures = [error for work in ended if (error := work.exception())]
            if bug := next((error for error in failures if not isinstance(error, BrowserError)), None):
                raise bug
            done = queue.finished()
            if len(ended) == len(at_work) and not done:
                # One alone that has no browser any more leaves its pages to the others.
                raise self._broken_off(pages, following, visits, failures)
            for number, visit in done:
                visits[number] = visit
                if self.options.recall:
                    self.options.recall.heard(visit)
                step()

    def _broken_off(
        self, pages: Sequence[Page], following: int, visits: Mapping[int, Visit], failures: Sequence[BaseException]
    ) -> BrowserError:
        """Take in what there is although nobody has a browser any more, and say which pages were not looked at."""
        for number in sorted(visits):
            self.take_in(pages[number], visits[number])
        names = [page.name for number, page in enumerate(pages) if number >= following and number not in visits]
        if not failures:
            return BrowserError(say("the check ended before all pages were looked at; report it as a bug of a11ynews"))
        return BrowserError(say("{error}; not looked at: {pages}", error=failures[0].args[0], pages=_some(names)))

    def _portray(self, pages: Sequence[Page], take: "Take") -> Message | None:
        """
        Take the pictures, after all is known that is to be shown: so they are the same ones whoever has looked at the pages.

        What is to be said of them, if anything.
        """
        portraits = Portraits(self.report)
        for page in pages:
            if page.name in self.looked_at and (wanted := portraits.wanted(page.name)):
                portraits.take_in(wanted, take(page, shots_of(wanted)))
        return portraits.note()

    def _note(self, note: Message) -> None:
        if note not in self.report.notes:
            self.report.notes.append(note)

    def _note_what_was_met(self) -> None:
        if blocked := self.seen.blocked:
            hosts = ", ".join(sorted(blocked))
            self._note(say("not loaded, because it is not part of the site: {hosts}; see “origins”", hosts=hosts))
        if missing := self.seen.missing:
            self._note(say("asked for by pages, and not there: {addresses}", addresses=_some(sorted(missing))))
        if departures := self.departures:
            self._note(say("looked at before it led readers on by itself: {pages}", pages=_some(departures)))

    def _tell_unknown(self) -> None:
        """Rules that there are not are unfinished, as that hides a slip."""
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

    def home(self, pages: Sequence[Page]) -> str:
        """The path of the site on its host, by the first page that says its own address; `/` where none does."""
        for page in pages:
            if _is_address(page.name) or not page.address:
                continue
            with suppress(ValueError):
                here = f"/{Path(page.file or page.name).resolve().relative_to(self.root).as_posix()}"
                there = unquote(urlsplit(page.address).path)
                for path in (here, here.removesuffix("index.html")):
                    # Any address ends with a slash: of the page at the root, that says nothing.
                    if there.endswith(path) and path != "/":
                        return f"{there.removesuffix(path)}/"
        return "/"

    def address(self, page: Page) -> str:
        """The address of a page; empty where it is not below the root."""
        if _is_address(page.name):
            return page.name
        path = self.path_of(page)
        return f"{self.base}/{path}" if path else ""

    def is_plain(self, page: Page) -> bool:
        """
        Whether nothing in a page can move, keep or lead anywhere by itself: it has no script, and nothing that acts like one.

        Only of a file that our own server gives out is that known, for of any other another answer may come the next time.
        """
        path = "" if _is_address(page.name) else unquote(self.path_of(page))
        if not path.lower().endswith((".html", ".htm")):
            return False
        try:
            return is_plain((self.root / path).read_bytes())
        except OSError:
            return False

    def path_of(self, page: Page) -> str:
        """The path of a page below the root, as addresses have it; empty where it is not below."""
        if page.name not in self._paths:
            there = self.paths.get(page.name)
            if there is None:
                real, top = os.path.realpath(page.file or page.name), str(self.root).rstrip(os.sep) + os.sep
                there = real.removeprefix(top).replace(os.sep, "/") if real.startswith(top) else ""
            self._paths[page.name] = quote(there)
        return self._paths[page.name]

    def is_refused(self, address: str) -> bool:
        """Whether an address is one that nothing is loaded from, as it is not part of the site; or none that needs a server."""
        return not _is_address(address) or _origin(address) not in self.origins

    def outside(self) -> Visit:
        """What is to be said of a page that is not below the root."""
        folder = str(self.root)
        return Visit(
            reasons=[say("it is not in the folder {folder} that is looked at; name a folder that holds it", folder=folder)]
        )

    def take_in(self, page: Page, visit: Visit) -> None:
        """Put what came of a page into the report: the same thing in several cells is one finding."""
        if self.options.keeper:
            self.options.keeper.visit(page, visit)
        exclusions = self.options.exclusions.on(page)
        self.options.exclusions.matched.update(visit.matched)
        self.seen.blocked |= visit.seen.blocked
        self.seen.missing |= visit.seen.missing
        self.rules |= visit.rules
        if visit.departure:
            self._judge(page, *visit.departure, visit)
        if visit.structure is not None and self.options.structures is not None:
            self.options.structures[page] = visit.structure
        for note in visit.notes:
            self._note(note)
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
        self.found += (
            axe.finding(self._weighed(node), page, visit.labels(cells)) for node, cells in seen.values() if node.left_out < 0
        )
        self.options.exclusions.left_out.update(exclusions[number] for number in visit.tour.left_out)
        self.found += visit.tour.findings
        self.report.ran(rule.facts for rule in visit.tour.ran if rule.id not in self.report.rules)
        visit.reasons += visit.tour.unfinished
        for note in visit.tour.notes:
            self._note(say("{page}: {note}", page=page.name, note=note))
        for reason, cells in reasons.items():
            where = "; ".join(visit.labels(cells))
            visit.reasons.append(say("{reason} ({cells})", reason=reason, cells=where) if where else reason)
        self.report.unfinished += [Unfinished(page.name, reason) for reason in dict.fromkeys(visit.reasons)]
        if visit.outcomes:
            self.looked_at.add(page.name)
            checks = [f"axe {self.core.version} ({cell})" for cell in visit.outcomes] if self.options.runs_axe else []
            self.checks.setdefault(page.name, []).extend([*checks, *(["live rules"] if visit.tour.ran else [])])

    def _judge(self, page: Page, leads_to: str, is_of_site: bool, visit: Visit) -> None:
        """A page that leads readers on to a page of the site that nobody looks at leaves unknown what they get there."""
        address = f"{self.base}{leads_to}" if leads_to.startswith("/") else leads_to
        if is_of_site and address_key(address) not in self.asked_for:
            told = say("it leads readers on by itself, to {address}; look at that page too", address=leads_to)
            visit.reasons.append(told)
        else:
            self.departures[f"{page.name} (to {leads_to})"] = None

    def hand_over(self) -> None:
        """Put all that has been found so far into the report: at once, since that looks each finding up among all others."""
        self.report.add(self.found)
        checks = {**self.checks}
        for number, page in enumerate(self.report.pages):
            if more := checks.pop(page.name, None):
                self.report.pages[number] = replace(page, checks=tuple(dict.fromkeys((*page.checks, *more))))
        self.report.pages += (CheckedPage(name, tuple(dict.fromkeys(done))) for name, done in checks.items())
        self.found, self.checks = [], {}

    def _weighed(self, node: axe.Node) -> axe.Node:
        """What axe cannot tell stays for a person to look at, whatever its rule is worth."""
        level = self.options.levels.get(node.rule)
        return node if level is None or node.severity is Severity.REVIEW else replace(node, severity=level)


class _NoAxe(BrowserError):
    """There is a browser, and axe does not run in it."""


class _Queue:
    """The pages that nobody has looked at yet, in their order, and what came of those that somebody has."""

    def __init__(self, pages: Sequence[Page], tell: Callable[[str], None], known: Collection[int] = ()) -> None:
        self._waiting = iter([(number, page) for number, page in enumerate(pages) if number not in known])
        self._tell = tell
        self._lock = Lock()
        self._done: SimpleQueue[tuple[int, Visit]] = SimpleQueue()

    def take(self) -> tuple[int, Page] | None:
        """The next page, and its number; None where there is none any more."""
        with self._lock:
            following = next(self._waiting, None)
            if following:
                self._tell(following[1].name)
            return following

    def put(self, number: int, visit: Visit) -> None:
        """Hand over what came of a page."""
        self._done.put((number, visit))

    def finished(self) -> list[tuple[int, Visit]]:
        """What has been handed over since; a moment is waited for the first of it."""
        found = []
        with suppress(Empty):
            found.append(self._done.get(timeout=0.2))
            while True:
                found.append(self._done.get_nowait())
        return found


class Worker:
    """One who looks at pages, with a browser of its own. All but its making is done in the thread of its hand."""

    def __init__(self, session: Session, hand: Hand, *, is_first: bool) -> None:
        self.session = session
        self.is_first = is_first
        self.options = session.options
        self.cells = session.cells
        self.hand = hand
        self.tab: _Tab | None = None
        self._other_tab: _Tab | None = None
        """Of a tab that is drawn and one that is not, the one that the last page was not opened in."""
        self._looked_at = 0
        self._drawn_later = 0
        """How many of the last pages had to be opened once more, to be drawn."""
        self._is_again = False
        """Whether a page is looked at for the second time: then from within, as nothing is left out that may help."""
        self._browser: Browser | None = None

    def work(self, queue: _Queue) -> None:
        """
        Look at one page after the other, until there is none any more.

        Raises BrowserError where a browser does not start, or not again. One beside the first that does not start at all is done
        without: the others look at its pages.
        """
        try:
            self._running_browser()
        except BrowserError:
            if self.is_first:
                raise
            return
        while not self.session.stop.is_set() and (following := queue.take()):
            number, page = following
            try:
                visit = self.look_at(page)
            except BrowserError as error:
                queue.put(number, Visit(reasons=[say("{error}", error=error.args[0])]))
                raise
            queue.put(number, visit)

    def look_at(self, page: Page) -> Visit:
        """Look at a page, in a browser that has not grown too large by many others."""
        if self._looked_at and self._looked_at % _PAGES_PER_CONTEXT == 0:
            self.drop_tab()
        if self.hand.looked_at >= _PAGES_PER_BROWSER:
            self.hand.end()
        self._looked_at += 1
        visit = self._visit(page)
        self.hand.looked_at += 1
        return visit

    def read_facts(self, page: Page | None = None) -> tuple[dict[str, RuleFacts], str]:
        """
        What axe says of its rules, and the browser's version; so axe works at all. Raises BrowserError where it does not.

        Where `page` is looked at next, the tab for it is opened now, and axe asked there: to hand it over once more takes as long
        as three pages.
        """
        from playwright.sync_api import Error

        core = self.session.core
        for is_last in (False, True):
            browser = self._running_browser()
            try:
                with self.patience():
                    address = self.session.address(page) if page else ""
                    lookout = self._open_tab(address, is_drawn=self._is_drawn(page)).lookout if page and address else None
                    if lookout:
                        facts = lookout.facts()
                    else:
                        context = browser.new_context()
                        facts = axe.facts(context.new_page(), core)
                        context.close()
            except (Error, TooSlow, ValueError, KeyError, TypeError) as error:
                with suppress(Exception):
                    self.hand.end()  # whatever it was, this browser is not to be trusted any more
                if is_last or self.session.stop.is_set():
                    told = say("axe-core {version} does not run ({reason})", version=core.version, reason=first_line(error))
                    raise _NoAxe(told) from error
            else:
                break
        return facts, f"Chromium {browser.version}"

    def portray(self, page: Page, shots: Sequence[Shot]) -> Taken:
        """Take the pictures of a page that are wanted."""
        from playwright.sync_api import Error

        try:
            tab = self._open(page)
        except (_Unseen, Error, TooSlow, ValueError, KeyError, TypeError):
            taken = Taken(is_whole=False)
        else:
            taken = take_all(tab.page, shots, self._dress, self.patience)
        if not taken.is_whole:
            self.drop_tab()
        return taken

    def portrayed(self, page: Page, shots: Sequence[Shot]) -> Taken:
        """The pictures of a page, taken in the thread of the hand."""
        return _result(self.hand.do(self.portray, page, shots))

    def _dress(self, label: str) -> None:
        """Have the page that is open look as it does in the cell of that label; in the first one, where there is no such cell."""
        if self.tab:
            self.tab.dress(next((cell for cell in self.cells if str(cell) == label), self.cells[0]))
            self.tab.settle()

    def _running_browser(self) -> "Browser":
        browser = self.hand.browser()
        if browser is not self._browser:  # the one before has ended, and with it its tabs
            self._browser, self.tab, self._other_tab = browser, None, None
        return browser

    def patience(self) -> AbstractContextManager[None]:
        """End the browser when what is done in here takes too long. Raises TooSlow then."""
        return self.hand.patience(self.options.patience)

    def _visit(self, page: Page) -> Visit:
        """Look at a page; once more, in a fresh context, where the browser fails."""
        from playwright.sync_api import Error

        if not self.session.address(page):
            return self.session.outside()
        failures: list[Message] = []
        seen = _Seen()
        while len(failures) < 2:
            visit = Visit(seen=seen)
            self._is_again = bool(failures)
            try:
                is_drawn = self._is_drawn(page)
                try:
                    self._look(page, visit, is_drawn=is_drawn)
                except _MustBeDrawn:
                    self._drawn_later += 1
                    self._look(page, visit, is_drawn=True)
                else:
                    if not is_drawn:
                        self._drawn_later = 0
            except _Unseen as unseen:
                visit.reasons.append(unseen.reason)
            except (Error, TooSlow, ValueError, KeyError, TypeError) as error:
                self.drop_tab()
                if "Execution context was destroyed" in str(error):
                    return Visit(reasons=[_REPLACED], seen=seen)
                if isinstance(error, TooSlow):
                    failures.append(say("it did not answer within {n} seconds", n=_seconds(self.options.patience)))
                else:
                    failures.append(say("the browser failed ({reason})", reason=first_line(error)))
                if self.session.stop.is_set():
                    break
                continue
            if failures:
                self.drop_tab()
                visit.notes.append(
                    say("{page}: looked at a second time, because at first {failure}", page=page.name, failure=failures[0])
                )
            self._is_again = False
            return visit
        if len(set(failures)) == 1:
            return Visit(reasons=[say("{failure}, twice; see what its scripts do", failure=failures[0])], seen=seen)
        first, second = failures
        told = say("{first}, and then {second}; see what its scripts do", first=first, second=second)
        return Visit(reasons=[told], seen=seen)

    def drop_tab(self) -> None:
        """Close the tab, and forget all that was kept in its context; both, where there are two."""
        tabs, self.tab, self._other_tab = (self.tab, self._other_tab), None, None
        for tab in tabs:
            if tab and self.hand.is_ready():
                try:
                    with self.patience():
                        tab.context.close()
                except Exception:  # noqa: BLE001  # whatever it is, the browser or what drives it is not to be trusted any more
                    with suppress(Exception):
                        self.hand.end()

    def _is_drawn(self, page: Page) -> bool:
        """Whether a page is to be drawn: where something in it goes by that, its pixels are looked at, or its cell changes."""
        is_expected = self._drawn_later >= _DRAWN_LATER or self.options.is_painted or len(self.cells) > 1
        return self._is_again or is_expected or not self.session.is_plain(page)

    def _open_tab(self, address: str, *, is_drawn: bool) -> "_Tab":
        """The tab that pages are opened in; another one where the page wants another name and password, or is to be drawn."""
        credentials = self.options.credentials.get(_origin(address))
        if self.tab and self.tab.is_drawn != is_drawn:
            self.tab, self._other_tab = self._other_tab, self.tab
        if self.tab and (self.tab.is_spent or self.tab.credentials != credentials):
            self.drop_tab()
        if not self.tab:
            session = self.session
            self.tab = _Tab(
                self._running_browser(),
                session.base,
                session.origins,
                session.core,
                credentials,
                _origin(address),
                is_noted=self.options.recall is not None,
                is_painted=self.options.is_painted,
                is_only=len(self.cells) == 1,
                has_lookout=not self._is_again,
                is_drawn=is_drawn,
            )
        return self.tab

    def _open(self, page: Page, visit: Visit | None = None, *, is_drawn: bool = True) -> "_Tab":
        """Open a page in the first cell. Raises _Unseen where no page comes of it."""
        self._running_browser()  # it has its own patience
        address, patience = self.session.address(page), self.options.patience
        with self.patience():
            tab = self._open_tab(address, is_drawn=is_drawn)
            tab.seen = visit.seen if visit else _Seen()
            tab.dress(self.cells[0])
            tab.open(address, patience, is_plain=self.session.is_plain(page))
            if self.options.wait_for:
                tab.wait_for(self.options.wait_for, patience)
        return tab

    def _look(self, page: Page, visit: Visit, *, is_drawn: bool) -> None:
        exclusions = self.options.exclusions.on(page)
        choice = replace(self.options.choice, left_out=tuple(exclusion.selector for exclusion in exclusions))
        tab = self._open(page, visit, is_drawn=is_drawn)
        live = self._live(page, tab)
        done: list[axe.Outcome] = []
        for number, cell in enumerate(self.cells):
            with self.patience():
                tab.dress(cell)
                if not self.options.runs_axe:
                    tab.settle()
            is_last = number == len(self.cells) - 1 and (number > 0 or self.options.structures is None)
            try:
                done.append(
                    self._outcome(tab, choice, done, visit, is_last=is_last) if self.options.runs_axe else axe.Outcome((), ())
                )
            except _Overtaxed as overtaxed:
                # The browser has been ended, and another attempt would take as long; what has been found is found.
                visit.outcomes = dict(zip(self.cells, [*done, overtaxed.outcome], strict=False))
                visit.reasons.append(overtaxed.reason)
                return
            if number and cell == replace(self.cells[0], scheme="dark"):
                with self.patience():
                    note_dark_colours(live, self.options.rules, choice.left_out)
            if not number and self.options.structures is not None:
                with self.patience():
                    visit.structure = tab.structure(choice.left_out, self.options.patience)
        with self.patience():
            matching = tab.conclude(choice.left_out)
            visit.reasons += tab.complaints()
            for address in [*tab.away][:1]:  # nobody gets to see what comes after the first
                visit.departure = tab.short(address), _origin(address) in self.session.origins
            visit.matched += (exclusions[number] for number in matching)
        live.outcomes = dict(zip(self.cells, done, strict=True))
        visit.tour = self._tour(live, tab, choice.left_out)
        visit.outcomes = {cell: without_resolved(cell, outcome, live) for cell, outcome in live.outcomes.items()}

    def _live(self, page: Page, tab: "_Tab") -> LivePage:
        """The page that is open, as live rules look at it."""
        address = tab.address

        def again(other: "BrowserPage") -> None:
            # Playwright's own waiting for the load would never end on a page that tried to lead away.
            other.goto(address, wait_until="commit", timeout=0)

        return LivePage(page, tab.page, tab.cdp, self.cells[0], tab.settle, again, patience=self.options.patience)

    def _tour(self, live: LivePage, tab: "_Tab", left_out: Sequence[str]) -> Tour:
        """Have the live rules look at the page, in the first cell unless they ask for another."""
        if not self.options.rules:
            return Tour()
        address = tab.address

        def ready() -> None:
            tab.dress(self.cells[0])
            tab.settle()
            if left_out:
                live.leave_out(left_out)

        def reload() -> None:
            tab.open(address, self.options.patience)
            ready()

        with self.patience():
            ready()
        return tour(live, self.options.rules, reload=reload, patience=self.patience)

    def _outcome(
        self, tab: "_Tab", choice: axe.Choice, done: Sequence[axe.Outcome], visit: Visit, *, is_last: bool
    ) -> axe.Outcome:
        """
        Wait until the page has come to rest, and run axe, as far as the page differs from what it was in a cell before.

        Where it `is_last`, nothing happens to the page between that and its end.
        """
        is_forced = self.cells[len(done)].forced_colours
        with self.patience():
            seen = tab.look(choice, is_forced=is_forced, is_only=len(self.cells) == 1, is_last=is_last)
        outcome = None if seen.like is None else done[seen.like]
        if outcome and is_forced and not seen.keeps_colours:
            outcome = outcome.without_colours()
        parts: list[axe.Part] = [seen.part] if seen.part else []
        if seen.part == "whole" and tab.size > _LARGE:
            # There colours take ten times as long as all else, which must not be lost with them.
            parts = ["structure", "colours"]
        for part in parts:
            try:
                with self.patience():
                    found = seen.outcome or axe.run(
                        tab.page, core=self.session.core, choice=choice, part=part, leave_out=tab.is_left_out
                    )
            except TooSlow:
                if outcome is None:
                    raise
                raise _Overtaxed(outcome, tab.size, self.options.patience) from None
            outcome = outcome.overlaid(found) if outcome else found
            visit.rules |= {*found.rules}
        assert outcome is not None
        return outcome


def without_resolved(cell: Cell, outcome: axe.Outcome, live: LivePage) -> axe.Outcome:
    """What axe has said, but for what it was not certain of and a live rule is."""
    resolved = {(rule, target) for where, rule, target in live.resolved if where == cell}
    kept = tuple(
        node for node in outcome.nodes if node.severity is not Severity.REVIEW or (node.rule, node.target) not in resolved
    )
    return replace(outcome, nodes=kept)


def _result(work: "Future[_T]") -> _T:
    """What comes of some work. A signal may reach any thread, but is heeded in this one, and only while it is awake."""
    _wait([work])
    return work.result()


def _facts(first: "Future[tuple[dict[str, RuleFacts], str]]", others: "Sequence[Worker]") -> tuple[dict[str, RuleFacts], str]:
    """
    What axe says of its rules: as the first worker has read it or, where that one gets no browser, another one, after the pages.

    Raises BrowserError where axe does not run, or nobody has a browser.
    """
    try:
        return _result(first)
    except _NoAxe:
        raise
    except BrowserError:
        for worker in others:
            with suppress(BrowserError):
                return _result(worker.hand.do(worker.read_facts))
        raise


def _wait(works: "Sequence[Future[Any]]") -> None:
    while wait(works, timeout=0.2).not_done:
        pass


def _some(names: Iterable[str]) -> Message:
    """A few names, and how many more there are."""
    listed = list(names)
    shown, more = ", ".join(listed[:_NAMED_IN_A_NOTE]), len(listed) - _NAMED_IN_A_NOTE
    return say("{names} and {n} more", names=shown, n=more) if more > 0 else say("{names}", names=shown)


def _seconds(patience: float) -> int | float:
    return int(patience) if patience == int(patience) else patience


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

# The page's kind, when it began, whether it has come to its end, how many elements it has then, and where the browser has stopped
# reading it for good: of XML that is not well-formed, it writes that into the page. What comes soon is seen at once; what takes
# its time is not asked for two hundred times in each second of it.
_LOADED = """async milliseconds => {
  const began = Date.now(), isHtml = KINDS.includes(document.contentType);
  for (let passed = 0; isHtml && document.readyState !== "complete" && passed <= milliseconds; passed = Date.now() - began) {
    await new Promise(done => setTimeout(done, passed < 1000 ? 5 : 50));
  }
  const isWhole = document.readyState === "complete";
  const broken = isHtml && document.contentType !== "text/html" && document.querySelector("parsererror");
  const fault = broken ? (broken.querySelector("div") ?? broken).textContent.trim().split("\\n")[0] : "";
  return [document.contentType, performance.timeOrigin, isWhole, document.querySelectorAll("*").length, fault];
}""".replace("KINDS", json.dumps(_KINDS))

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
# Nor does it close itself: no page that a reader has opened can.
_STAY = """if (window === window.top) {
  Object.defineProperty(window, "close", {value: function close() {}, writable: true, enumerable: true, configurable: true});
  const departures = window[Symbol.for("a11ynews departures")] = [];
  window.navigation?.addEventListener("navigate", event => {
    if (!event.cancelable || event.destination.sameDocument) return;
    event.preventDefault();
    if (event.downloadRequest === null) departures.push(event.destination.url);
  });
}"""

# All of it is looked for in small letters. What begins with letters is found many times as fast as what begins with a choice.
_DATA_SCRIPT = re.compile(rb"""<script\s+type=["']?application/(?:ld\+)?json["']?\s*>""")
_ACTING = (
    *b"<script javascript: autofocus shadowrootmode <iframe <frame <object <embed <portal <fencedframe <marquee".split(),
    *b"<video <audio <animate <set <math <?xml <!entity \0".split(),
)
_REFRESHING = re.compile(rb"""http-equiv\s*=\s*["']?\s*refresh""")
_HANDLER = re.compile(rb"on[a-z]++\s*=")
_BEFORE_HANDLER = frozenset(b" \t\n\r\f\v\"'/")


def is_plain(html: bytes) -> bool:
    """
    Whether a page is without scripts, frames and whatever else acts by itself; False where that is not certain.

    A script that is data, such as schema.org's, is none. A word in a text may look like an attribute: then it is not certain.
    """
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return False  # the browser may read other letters than we
    small = _DATA_SCRIPT.sub(b"", html.lower())
    if any(acting in small for acting in _ACTING) or _REFRESHING.search(small):
        return False
    return not any(small[found.start() - 1] in _BEFORE_HANDLER for found in _HANDLER.finditer(small) if found.start())


_NETWORK = re.compile(r"net::(ERR_\w+)")

# When a page began, what of it is empty, where it wants to lead, and which selectors match something in it.
_CONCLUDE = f"""selectors => [
  performance.timeOrigin, ({script("empty.js").strip()})(), window[Symbol.for("a11ynews departures")] ?? [],
  selectors.length ? ({_MATCHING})(selectors) : [],
]"""


_LOOK = f"""async ({{loading, largest, rest, version, parts, isForced, settings, maySpare, isOnly, selectors}}, ours) => {{
  const kept = Symbol.for("a11ynews axe"), inPage = Symbol.for("a11ynews");
  const loaded = loading ? await ({_LOADED})(loading) : null;
  if (loaded && !{json.dumps(_KINDS)}.includes(loaded[0])) return {{loaded}};
  if (rest && !await ({script("settle.js").strip()})(rest)) return {{loaded, mustBeDrawn: true}};
  const facts = ({script("facts.js").strip()})();
  const findOut = {script("sure.js").strip()}, compare = {script("compare.js").strip()};
  // Where there are frames, axe is asked about everything.
  const isAsked = maySpare && !window.length;
  // Where all colours are the reader's own, nothing is judged by them; and where all else is as in a cell before, nothing at all.
  const keeps = element => facts.styleOf(element).forcedColorAdjust === "none" || element.shadowRoot;
  const isReaders = isForced && isAsked && ![...document.querySelectorAll("*")].some(keeps);
  const alike = isReaders ? compare(facts, false, other => parts[0][other] === null) : null;
  const sure = alike ? {{spared: new Set()}} : isAsked ? findOut(facts) : {{spared: null}};
  window[Symbol.for("a11ynews spared")] = sure.spared;
  const [like, other, keepsColours] = alike ?? (isOnly && !isForced ? [null, "", true] : compare(facts, !sure.colours));
  const part = parts[keepsColours || !isForced ? 1 : 0][other], asked = {{...settings, part}};
  let found = null;
  if (part && version && !window.length && !(loaded?.[3] > largest)) {{
    if (!ours && !window[inPage] && window[kept]) window[kept]();
    const runner = ours ?? window[inPage];
    if (runner?.version === version) {{
      const proven = [...sure.colours ? ["color-contrast", "link-in-text-block"] : [],
        ...sure.places ? ["scrollable-region-focusable", "target-size"] : [], ...sure.steady ? ["css-orientation-lock"] : []];
      found = part === "whole" || runner.asked(asked) ? await runner.run(asked, proven) : "";
    }}
  }}
  const concluded = selectors && found !== null && !window.length ? ({_CONCLUDE})(selectors) : null;
  return {{loaded, like, keepsColours, part, found, concluded}};
}}"""

_SCRIPTS = {"loaded": _LOADED, "settle": script("settle.js").strip(), "look": _LOOK, "conclude": _CONCLUDE}
"""What is asked of each page."""


@dataclass(slots=True)
class _Seen:
    """What pages have asked for and did not get."""

    blocked: dict[str, None] = field(default_factory=dict)
    """Hosts that are not part of the site."""
    asked: dict[str, None] = field(default_factory=dict)
    """What they have asked for in all, where somebody wants to know."""
    missing: dict[str, None] = field(default_factory=dict)
    """Addresses of pictures, scripts and the like; a page is looked at without them."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a page is in a cell, beside what it was in those before."""

    like: int | None
    """The number of the cell that was most like this one."""
    keeps_colours: bool
    """Whether the page keeps colours of its own where the reader's are forced."""
    part: axe.Part | None
    """Which of axe's rules can find anything else than in that cell."""
    outcome: axe.Outcome | None
    """What they have found; None where they are still to run."""


def _part(other: str, *, has_colours: bool) -> axe.Part | None:
    """
    Which of axe's rules are to run where a page is otherwise than in a cell before: by `nothing`, `paint` or `place`.

    Forced colours are the reader's own, and are no fault of the page's unless it keeps to its own.
    """
    if other == "nothing" or (other == "paint" and not has_colours):
        return None
    if other == "paint":
        return "colours"
    if other == "place":
        return "looks" if has_colours else "places"
    return "whole"


class _Tab:
    """One page of a browser context, kept from address to address, with ears for what happens to it."""

    def __init__(
        self,
        browser: "Browser",
        base: str,
        origins: set[str],
        core: axe.Core,
        credentials: tuple[str, str] | None,
        origin: str,
        *,
        is_noted: bool = False,
        is_painted: bool = True,
        is_only: bool = False,
        has_lookout: bool = True,
        is_drawn: bool = True,
    ) -> None:
        self.base = base
        self.origins = origins
        self.core = core
        self.seen = _Seen()
        self.dressed: Cell | None = None
        self.is_painted = is_painted
        """Whether somebody looks at its pixels or presses its keys, besides axe."""
        self.is_only = is_only
        """Whether pages stay in the cell that they are opened in."""
        self.is_drawn = is_drawn
        """Whether pages are drawn; one that is not may be all the same, where the browser cannot leave it."""
        self.credentials = credentials
        may_look = has_lookout and can_look(core)
        how: dict[str, Any] = {
            # Our own server is the proxy for all that is not the site, and refuses it: so nothing gets out, not even the look-up
            # of a name, and no request for the site itself waits until somebody has judged it.
            "proxy": {"server": base, "bypass": ",".join(sorted(urlsplit(origin).netloc for origin in origins))},
            "http_credentials": {"username": credentials[0], "password": credentials[1], "origin": origin}
            if credentials
            else None,
            "accept_downloads": False,
            "service_workers": "block",
            "locale": "en-US",
            "timezone_id": "UTC",
        }
        # The window of the lookout opens that of the pages, which is drawn if its own is.
        is_undrawn = may_look and not is_drawn
        self.context, window = undrawn_context(browser, **how) if is_undrawn else (browser.new_context(**how), None)
        self.is_spent = False
        """Whether the next page needs a fresh one."""
        self.context.add_init_script(_STAY)
        self.is_prepared = False
        """Whether axe comes with each page."""
        self.lookout = self._new_lookout(origin, window) if may_look else None
        if not self.lookout:
            self._prepare()
        self.page: BrowserPage = self.lookout.page if self.lookout else self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("websocket", lambda socket: self._note_foreign(socket.url))
        self.page.on("popup", _close)
        if is_noted:
            self.context.on("request", lambda request: self.seen.asked.setdefault(self.short(request.url)))
        self.cdp = self.context.new_cdp_session(self.page)
        self.frame_id = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.cdp.on("Page.frameRequestedNavigation", self._on_departure)
        self.cdp.on("Fetch.requestPaused", self._on_document)
        self.is_guarded = False
        """Whether documents are let through one by one, and it is told where the page wants to go."""
        self.may_have_kept = True
        """Whether a page may have kept something in the browser that the next one would find."""
        self._begin("", is_plain=False)

    def _new_lookout(self, origin: str, window: "BrowserPage | None") -> Lookout | None:
        from playwright.sync_api import Error

        with suppress(Error):
            return Lookout(self.context, origin, self.core, _SCRIPTS, window)
        return None

    def _prepare(self) -> None:
        """Have axe come with each page from the next one on, since pages are looked at from within."""
        if not self.is_prepared:
            self.is_prepared = True
            self.context.add_init_script(axe.preparation(self.core))

    def ask(self, name: str, argument: Any) -> Any:
        """What one of the scripts says of the page: from the lookout where it can look into the page, else in the page itself."""
        if self.lookout:
            is_answered, answer = self.lookout.ask(name, argument, self.answered_by)
            if is_answered:
                return answer
            self._prepare()
        return self.page.evaluate(_SCRIPTS[name], argument)

    def _begin(self, address: str, *, is_plain: bool) -> None:
        self.address = address
        self.answered_by = ""
        """The address that has answered, as the browser writes it."""
        self.is_plain = is_plain
        """Whether nothing in it acts by itself."""
        self.is_awaited = True
        """Whether the document that was asked for is still to come."""
        self.away: dict[str, None] = {}
        self.broken: dict[str, Message] = {}
        """Addresses of frames and style sheets that were not there, and what is to be said of it."""
        self.is_whole = True
        """Whether all that the page asks for has come, or will not come."""
        self.time_origin = 0.0
        self.loading = 0.0
        """How many milliseconds are to be waited for its load; 0 where that has been done."""
        self.empty = ""
        """What of it is empty: `main`, `body`, or nothing; `hidden` where nothing can be seen of what there is."""
        self.still: float = _STILL
        self.size = 0
        """How many elements it has."""
        self.concluded: list[Any] | None = None
        """What `conclude` asks, where it has been answered."""

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
        if cell != self.dressed:
            cell.put_on(self.page, self.dressed)
            self.dressed = cell

    def _guard(self) -> None:
        """From now on let documents through one by one, and be told where the page wants to go."""
        if not self.is_guarded:
            self.cdp.send("Page.enable")
            self.cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})
            self.is_guarded = True

    def open(self, address: str, patience: float, *, is_plain: bool = False) -> None:
        """
        Go to an address as a reader would who was never there. Raises _Unseen where no page comes of it.

        One that `is_plain` leads nowhere by itself and keeps nothing in the browser.
        """
        from playwright.sync_api import Error

        self._begin(address, is_plain=is_plain)
        if not is_plain or self.is_painted:  # rules of ours press keys, and links lead on then
            self._guard()
        if self.may_have_kept:
            self.cdp.send("Storage.clearDataForOrigin", {"origin": _origin(address), "storageTypes": "all"})
        self.may_have_kept = not is_plain
        try:
            # Playwright's own waiting for the load would never end on a page that tried to lead away.
            response = self.page.goto(address, wait_until="commit", timeout=0)
        except Error as error:
            # The browser's own page about it may come only when the next address is asked for, and would take its place.
            self.is_spent = True
            raise _without_page(error) from None
        if response is None:
            raise _Unseen(say("the browser got no answer; see that the address is right"))
        if urldefrag(response.url)[0] != urldefrag(address)[0]:
            raise _Unseen(say("it sends readers on to {address}; look at that page instead", address=self.short(response.url)))
        if not response.ok:
            raise _Unseen(say("it answers with HTTP status {status}; see that it is there", status=str(response.status)))
        self.answered_by = response.url
        is_scriptless = _SCRIPTLESS.search(response.headers.get("content-security-policy", ""))
        self.still = min(_STILL, 100 * patience)
        self.loading = 400 * patience
        # Where no script may run, no promise comes to its end either.
        if is_scriptless:
            _see_kind(self.page.evaluate("document.contentType"))
        elif not is_plain or self.is_painted:
            self._await_load()
        if is_scriptless:
            raise _Unseen(say("its Content-Security-Policy is a sandbox that lets no script run, not even axe; check it without"))

    def _await_load(self) -> None:
        """Wait until the page has loaded, if that has not been done. Raises _Unseen where it is none."""
        if self.loading:
            self._take_in_load(self.ask("loaded", self.loading))

    def _take_in_load(self, told: Sequence[Any]) -> None:
        self.loading = 0.0
        kind, self.time_origin, self.is_whole, self.size, fault = told
        _see_kind(kind)
        if fault:
            raise _Unseen(
                say("it is not well-formed XML ({fault}), and readers get nothing of what comes after; mend it", fault=fault)
            )

    def wait_for(self, selector: str, patience: float) -> None:
        """Wait until an element is there. Raises _Unseen where none comes."""
        self._await_load()
        if not self.page.evaluate(_APPEARED, [selector, 250 * patience]):
            raise _Unseen(
                say("{selector}, which is to be waited for, has not appeared; see why, or mend “wait_for”", selector=selector)
            )

    def settle(self) -> None:
        """Wait until nothing moves any more."""
        from playwright.sync_api import Error

        self._await_load()
        if not self.ask("settle", self._rest()):
            raise _MustBeDrawn
        scriptless = set()
        for frame in self.page.frames[1:]:
            with suppress(Error):  # axe will not be able to run in such a frame either, and that is told
                if frame.parent_frame in scriptless or frame.frame_element().evaluate(_IS_SCRIPTLESS):
                    scriptless.add(frame)
                elif not frame.url.startswith("chrome-error:"):
                    frame.evaluate(script("settle.js"), [False, self.still, False, self.is_painted])

    def _rest(self) -> list[Any]:
        """How `settle.js` is to wait."""
        width = self.dressed.width if self.dressed else 0
        return [True, self.still, self.is_plain, self.is_painted, width, self.is_only, self.is_drawn]

    def look(self, choice: axe.Choice, *, is_forced: bool, is_only: bool, is_last: bool) -> "_Look":
        """
        Come to rest, compare the page with what it was in the cells before, and say which of axe's rules are to run now.

        Where it has no frames, and is not very large, axe runs at once: each word with the page takes its time. So the load of a
        plain page is only waited for now. In the cell that `is_only` there is nothing to compare; in that which `is_last` the
        page is concluded, too. Raises _Unseen where it is no page.
        """
        self.concluded = None
        asks = self.size <= _LARGE and len(self.page.frames) == 1
        if not asks:
            self.settle()
        parts = {other: _part(other, has_colours=False) for other in ("", "nothing", "paint", "place")}
        coloured = {other: _part(other, has_colours=True) for other in parts}
        told = self.ask(
            "look",
            {
                "loading": self.loading,
                "largest": _LARGE,
                "rest": self._rest() if asks else None,
                "version": self.core.version if asks else "",
                "parts": [parts, coloured],
                "isForced": is_forced,
                "settings": choice.told("whole"),
                "maySpare": self.core.is_known,
                "isOnly": is_only,
                "selectors": list(choice.left_out) if is_last else None,
            },
        )
        if told["loaded"]:
            self._take_in_load(told["loaded"])
        if told.get("mustBeDrawn"):
            raise _MustBeDrawn
        part: axe.Part | None = told["part"]
        outcome = None
        if asks and len(self.page.frames) != 1:
            self.settle()  # a frame has come meanwhile, and axe is to look into it, too
        elif told["found"] is not None:
            must_test = part == "whole" and not choice.only
            outcome = axe.outcome(told["found"], must_test=must_test)
            self.concluded = told["concluded"]
        return _Look(told["like"], bool(told["keepsColours"]), part, outcome)

    def structure(self, left_out: Sequence[str], patience: float) -> tuple[Exposed, ...]:
        """
        What the page tells assistive technology.

        A script of its own could have changed what our questions are made of; so only a plain one is asked from the lookout.
        """
        root = self.lookout.root(self.answered_by) if self.lookout and self.is_plain else None
        return structure_of(self.page, left_out, patience=patience, root=root)

    def conclude(self, selectors: Sequence[str]) -> list[int]:
        """
        Ask what is to be known of a page that has been looked at: what of it is empty, where it leads; and give the numbers of
        the selectors that match something.

        Raises _Unseen where the page has been replaced by another meanwhile.
        """
        told = self.concluded or self.ask("conclude", list(selectors))
        began, self.empty, departures, matching = told
        self.concluded = None
        if began != self.time_origin:
            raise _Unseen(_REPLACED)
        for address in departures:
            self._note_departure(address)
        return list(matching)

    def complaints(self) -> list[Message]:
        """Why what was seen may not be what readers see."""
        broken = [self.broken[address] for address in sorted(self.broken)]  # they have come in whatever order
        reasons = [say("{fault}; put it where the page looks for it", fault=fault) for fault in broken]
        if not self.is_whole:
            reasons.append(say("it was looked at before it had loaded to its end, which takes too long; see what it waits for"))
        if self.empty == "hidden":
            told = say("nothing of it can be seen, for a style hides it; see that it is shown without waiting for a script")
            reasons.append(told)
        elif self.empty:
            reasons.append(
                say("its {element} is empty; see that the page has its content without waiting for a script", element=self.empty)
            )
        return reasons

    def is_left_out(self, address: str) -> bool:
        """Whether a frame is not looked into: it is not part of the site, or is not there, which has been told."""
        return self._is_foreign(address) or address in self.broken


def _see_kind(kind: str) -> None:
    """Raises _Unseen where it is not a page's."""
    if kind not in _KINDS:
        raise _Unseen(say("it is {kind} and no HTML page; leave it out", kind=kind))


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
