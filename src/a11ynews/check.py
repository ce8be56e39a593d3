"""Pages and rules become a report. What needs a browser is in `live/`, and fills the same report."""

import json
import os
import pickle
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, TypeAlias
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from .config import FILE
from .config import Check as CheckConfig
from .crew import Crew, copies
from .errors import A11yNewsError, BrowserError, shorten
from .exclusion import Exclusion, Exclusions, around
from .finding import Finding, Severity
from .message import Message, say, say_number
from .page import Exposed, Page, PageSet, SeenPages
from .recall import Part, StaticRecall, tell_reused
from .report import CheckedPage, Report, Unfinished
from .result_cache import ResultCache
from .rule import Rule, no_such_rule
from .rules import CATALOG_RULES, RULES
from .rules.traits import Alike, Traits, traits_of
from .suppress import honour
from .targets import Targets

if TYPE_CHECKING:
    from .cluster import Cluster, Lookers
    from .live.axe import Core
    from .live.cell import Cell
    from .live.livepage import LivePage
    from .live.session import Keeper as LiveKeeper
    from .live.session import Options, Others
    from .live.standing import OpenPage

_NOWHERE = Path(__file__).parent / "nowhere"
"""A folder that there is not, for pages from the web, which have no files."""

_BARE = frozenset({"div", "link", "main", "meta", "noscript", "script", "span", "style", "template"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How a check is done."""

    browser: bool = True
    """Whether to look at the pages in a browser, with axe."""
    best_practices: bool = False
    """Whether to run axe's best practices too."""
    patience: float = 60
    """How many seconds a page may take to load in the browser, and again in each cell of the matrix."""
    is_part: bool = False
    """Whether these are some pages of a site: what the configuration leaves out on others need not be on them."""
    pictures: bool = False
    """Whether to take a picture of each element that is found, for a report that shows them."""
    project: Path | None = None
    """The folder of the configuration, where records, catalogs and templates are; found from the site's where it is None."""
    rules: Sequence[Rule[Any]] = RULES
    only: frozenset[str] = frozenset()
    """The ids of the rules to run, ours and axe's; all where it is empty."""
    levels: Mapping[str, Severity | None] = field(default_factory=dict)
    """What findings of a rule are worth where it is not the usual, by the rule's id; None for a rule that does not run."""
    levels_at: str = ""
    """Where that is written."""
    axe: Path | None = None
    """The file of another axe-core than the packaged one."""
    exclude: Sequence[Exclusion] = ()
    """Parts of pages in which nothing is found."""
    wait_for: str = ""
    """A CSS selector that every page must have in the browser before it is looked at."""
    origins: Sequence[str] = ()
    """Other origins that belong to the site."""
    cells: Sequence[tuple[int, str, bool]] = ()
    """Width, colour scheme and whether colours are forced, for each look at a page; the usual ones where it is empty."""
    cluster: "Cluster | None" = None
    """Who looks at pages in our place, each in a browser of its own."""
    workers: int = 1
    """How many pages are looked at at the same time, each in a browser of its own."""
    profile: Literal["quick", "usual", "thorough"] = "usual"
    """How much is looked at in the browser: `quick` with axe in one cell, `thorough` by every rule and in more cells."""

    @property
    def static_rules(self) -> list[Rule[Any]]:
        """The rules that need no browser, as far as they run, with what they are worth here."""
        chosen = [rule for rule in self.rules if not self.only or rule.id in self.only]
        levels = {rule.id: self.levels.get(rule.id, rule.severity) for rule in chosen}
        return [replace(rule, severity=level) for rule in chosen if (level := levels[rule.id]) is not None]

    @property
    def asks_axe(self) -> bool:
        """Whether any of axe's rules is to run."""
        return not self.only or any(id.startswith("axe/") for id in self.only)

    @property
    def live_rules(self) -> "list[Rule[LivePage]]":
        """The rules of our own that look at a page in a browser, as far as they run."""
        return [rule for rule in self._rules_in_browser if rule.on is not SeenPages]

    @property
    def edition_rules(self) -> list[Rule[SeenPages]]:
        """The rules that compare pages by what a browser has told of them, as far as they run."""
        return [rule for rule in self._rules_in_browser if rule.on is SeenPages]

    @property
    def _rules_in_browser(self) -> list[Rule[Any]]:
        """The rules of our own that need a browser: those that are asked for, or fit the profile."""
        from .live.rules import LIVE_RULES, USUAL_RULES

        if self.only:
            chosen = [rule for rule in LIVE_RULES if rule.id in self.only]
        else:
            chosen = [*{"quick": (), "usual": USUAL_RULES, "thorough": LIVE_RULES}[self.profile]]
        levels = {rule.id: self.levels.get(rule.id, rule.severity) for rule in chosen}
        return [replace(rule, severity=level) for rule in chosen if (level := levels[rule.id]) is not None]


def settings_of(said: CheckConfig, root: Path, **given: Any) -> Settings:
    """What the configuration says of checks, its paths counted from `root`; what is `given` goes before."""
    settings = Settings(
        best_practices=said.best_practices,
        patience=said.patience,
        levels={id: None if level == "off" else Severity(level) for id, level in said.rules.items()},
        levels_at=FILE,
        axe=root / said.axe if said.axe else None,
        exclude=said.exclude,
        wait_for=said.wait_for or "",
        origins=said.origins,
        cells=said.cells,
    )
    return replace(settings, **given)


At: TypeAlias = tuple[int, int]
"""A page by its place among the pages of a check: the number of its group, as `Targets.groups` has it, and its own there."""


class Keeper(Protocol):
    """Keeps what comes of pages, one by one, for somebody who puts it together with more."""

    @property
    def is_whole(self) -> bool:
        """Whether there is no more; if there is, the pages are those of a shard, and cannot be compared with each other."""

    def holds_page(self, page: Page) -> bool:
        """Whether a page belongs to what is kept here, were it only for others to be compared with."""

    def static(self, at: At, part: Part) -> None:
        """What the static rules have to say of a page, and its traits."""

    def in_browser(self, group: int) -> "LiveKeeper":
        """Keeps what comes of the pages of a group in a browser."""

    def no_browser(self, reason: Message) -> None:
        """There is none that could look at all pages, and why."""


class Kept(Protocol):
    """What was kept of pages, in one process or several."""

    is_whole: bool
    """Whether it is all pages; if not, they cannot be compared with each other."""

    def static(self, at: At) -> Part:
        """What the static rules have to say of a page, and its traits."""

    def in_browser(self, group: int) -> "Others":
        """Those who tell what came of the pages of a group in a browser."""

    def core(self) -> "Core":
        """The axe-core that was used, as far as its name goes. Raises BrowserError where none was."""


def check(
    targets: Targets,
    settings: Settings = Settings(),
    *,
    tell: Callable[[str], None] = lambda _: None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
    keeper: Keeper | None = None,
    kept: Kept | None = None,
    cache: ResultCache | None = None,
) -> Report:
    """
    Look at pages by the static rules and, unless the settings say otherwise, in a browser.

    `tell` is given the name of each page when its turn in the browser comes; `step`, when one is done with, how many are, and how
    many there are in all. The report is the same one however many workers there are.

    A `keeper` is told what came of each page by itself. What was `kept` so is put together here, and no page is looked at again.

    What the `cache` knows is told again, where nothing that it depends on has changed; the report is the same one but for a note
    that says so. What is found anew is put into it, and is there for the next check once somebody saves it.

    Whatever could not be looked at is unfinished in the report. Nothing is raised for want of a browser: what the static rules
    have found is worth telling all the same.
    """
    report = Report(unfinished=list(targets.unfinished), notes=list(targets.notes), elsewhere=len(targets.elsewhere))
    exclusions = Exclusions(settings.exclude)
    if targets.chosen is not None:
        report.untouched = len({*targets.pages} - targets.chosen - targets.elsewhere)
    asks_browser = settings.asks_axe or bool(settings.live_rules or settings.edition_rules)
    is_live = settings.browser and asks_browser
    compares = kept.is_whole if kept else keeper is None or keeper.is_whole
    edition_rules = settings.edition_rules if is_live else []
    works = [
        _Static(
            pages,
            targets.chosen,
            settings.static_rules,
            settings.exclude,
            is_live,
            compares,
            also=[page for page in pages if page not in targets.elsewhere and (keeper is None or keeper.holds_page(page))],
            for_others=keeper is not None or bool(edition_rules and targets.chosen != frozenset()),
        )
        for pages in targets.groups
    ]
    if cache and not kept:
        for work in works:
            work.recall(cache)
    seen_before = 0
    live = report
    structures: list[Structures] = []
    with ExitStack() as meanwhile:
        let_go = _do_nothing
        if kept:
            for group, work in enumerate(works):
                work.take_in(((task, kept.static((group, task))) for task in work.tasks), report, exclusions)
        else:
            # The processes first: a copy of one in which threads are at work could stand still for ever.
            results = meanwhile.enter_context(_beside(works, settings, is_live=is_live))
            if is_live:
                let_go = meanwhile.enter_context(_begun(works, settings))
            if results and is_live and not settings.pictures:  # pictures are taken of what the static rules have found, too
                live = Report()
                seen_before = _check_live(targets, settings, exclusions, live, tell, step, keeper, None, cache, structures)
                let_go()
            found = results() if results else (_done_here(work) for work in works)
            for group, (work, parts) in enumerate(zip(works, found, strict=True)):
                work.take_in(_kept_by(keeper, group, work.whole(parts)), report, exclusions)
        _tell_levels(settings, report)
        if live is not report:
            _join(report, live)
        elif is_live:
            seen_before = _check_live(targets, settings, exclusions, report, tell, step, keeper, kept, cache, structures)
    if asks_browser and not is_live:
        report.notes.append(say("not checked in a browser, since none was wanted; what only a browser shows is not known"))
    elif not is_live:
        report.notes.append(say("not checked in a browser: no rule that needs one was asked for"))
    for work, seen in zip(works, structures, strict=False):
        if compares:
            _check_editions(seen, work.traits, edition_rules, report)
        seen.close()
    tell_once(report)
    exclusions.tell(report, is_part=settings.is_part or not compares or bool(report.untouched))
    honour(report, targets, settings.project, settings.static_rules, cache)
    if cache:
        looked_at = sum(len(work.looked_at) for work in works)
        recalled = sum(work.recalled for work in works)
        tell_reused(report, looked_at, recalled, seen_before if is_live else None)
    return report


def _do_nothing() -> None:
    pass


def _begun(works: "Sequence[_Static]", settings: Settings) -> "AbstractContextManager[Callable[[], None]]":
    """
    Browsers that start while the static rules are at work; what is yielded says that nobody needs them any more.

    Of pages of which the static rules need not look at any, what a browser shows will be known, too.
    """
    from .live.hand import begun

    pages = sum(len({*work.looked_at}.intersection(work.to_do)) for work in works)
    return begun(0 if settings.cluster else min(settings.workers, pages))


def _join(report: Report, live: Report) -> None:
    """Put what a browser has shown into the report of the static rules."""
    report.add(live.findings)
    report.unfinished += live.unfinished
    report.notes += [note for note in live.notes if note not in report.notes]
    report.ran(live.rules.values())
    report.axe, report.browser = live.axe, live.browser
    checks = {page.name: page.checks for page in live.pages}
    report.pages = [
        replace(page, checks=tuple(dict.fromkeys((*page.checks, *checks.get(page.name, ()))))) for page in report.pages
    ]


# Rules that look for the same and name no ACT rule: axe's, and ours.
_TWINS = {
    "axe/dlitem": "list-item",
    "axe/empty-heading": "heading-empty",
    "axe/html-lang-valid": "html-lang-valid",
    "axe/list": "list-children",
    "axe/listitem": "list-item",
    "axe/tabindex": "tab-order",
}


# What a rule guesses by the markup, and the rule that knows it, having heard or seen it in a browser.
_GUESSED = {"frame-same-title": "frame-same-content", "video-captions": "film-captions"}


def tell_once(report: Report) -> None:
    """
    Leave out of what axe has found whatever a rule of ours has found, too, and of two of ours that of the one which only guesses.

    Ours says where it is to be mended, and says it without a browser too, so that a baseline holds for both ways of checking.
    """
    ours = {
        (finding.place.page, finding.place.selector, act)
        for finding in report.findings
        if finding.severity is Severity.ERROR and not finding.rule.startswith("axe/")
        for act in (*finding.act, finding.rule)
    }
    known = {(finding.rule, finding.place.page, finding.place.selector) for finding in report.findings}
    report.findings = [
        finding
        for finding in report.findings
        if (_GUESSED.get(finding.rule, ""), finding.place.page, finding.place.selector) not in known
    ]
    kept = [
        finding
        for finding in report.findings
        if not finding.rule.startswith("axe/")
        or not any((finding.place.page, finding.place.selector, act) in ours for act in (*finding.act, _TWINS.get(finding.rule)))
    ]
    if same := len(report.findings) - len(kept):
        report.findings = kept
        report.notes.append(
            say_number(
                "{n} finding of axe's is also one of our rules', and told once",
                "{n} findings of axe's are also our rules', and told once",
                same,
            )
        )


def _tell_levels(settings: Settings, report: Report) -> None:
    """Say which rules do not run, or weigh otherwise than usual; an id that no rule has is unfinished, as it hides a slip."""
    from .live.rules import LIVE_RULES

    known = {rule.id for rule in (*settings.rules, *CATALOG_RULES, *LIVE_RULES)}
    for where, ids in ((settings.levels_at, settings.levels), ("", settings.only)):
        for id in sorted(ids):
            if id not in known and not id.startswith("axe/"):
                report.unfinished.append(Unfinished(where, no_such_rule(id, known)))
    if off := [id for id, level in settings.levels.items() if level is None]:
        report.notes.append(say("switched off by the configuration: {rules}", rules=", ".join(off)))
    if other := [f"{id} ({level})" for id, level in settings.levels.items() if level is not None]:
        report.notes.append(say("weighed by the configuration: {rules}", rules=", ".join(other)))
    if settings.only:
        report.notes.append(say("no other rules were asked for than {rules}", rules=", ".join(sorted(settings.only))))


def _check_live(
    targets: Targets,
    settings: Settings,
    exclusions: Exclusions,
    report: Report,
    tell: Callable[[str], None],
    step: Callable[[int, int], None],
    keeper: Keeper | None = None,
    kept: Kept | None = None,
    cache: ResultCache | None = None,
    structures: "list[Structures] | None" = None,
) -> int:
    """
    Look at pages in a browser; gives of how many the results were known.

    For rules that compare pages by it, what each page of a group tells assistive technology goes into `structures`.
    """
    from .live.hand import kept as kept_hands
    from .live.recall import LiveRecall
    from .live.session import examine

    recall = LiveRecall(cache) if cache and not kept else None
    in_all = len(targets.pages if targets.chosen is None else targets.chosen)
    done = count(1)

    def one_more() -> None:
        step(next(done), in_all)

    try:
        options = live_options(settings, exclusions, targets.credentials, kept.core() if kept else None)
        # What is checked in several folders, and on the web, is checked in the same browsers.
        with kept_hands(), _lookers(settings) as lookers:
            for group, (root, pages) in enumerate([*targets.by_root.items(), (_NOWHERE, targets.from_web)]):
                chosen = [page for page in pages if targets.chosen is None or page in targets.chosen]
                seen = Structures() if settings.edition_rules and structures is not None else None
                options = replace(options, structures=seen)
                if keeper:
                    options = replace(options, among=targets.to_be_looked_at(group), keeper=keeper.in_browser(group))
                others = kept.in_browser(group) if kept else lookers
                options = replace(options, recall=recall)
                examine(chosen, root, report, options, tell=tell, step=one_more, workers=settings.workers, others=others)
                if seen is not None and structures is not None:
                    structures.append(seen)
    except BrowserError as error:
        if any(check != "static" for page in report.pages for check in page.checks):
            reason = say("the check in a browser was not brought to its end: {error}", error=error.args[0])
        else:
            reason = say("nothing was checked in a browser: {error}, or give --no-browser", error=error.args[0])
        report.unfinished.append(Unfinished("", reason))
        if keeper:
            keeper.no_browser(say("{error}", error=error.args[0]))
    return recall.recalled if recall else 0


def _lookers(settings: Settings) -> "AbstractContextManager[Lookers | None]":
    """Those who look at pages in our place, for one check."""
    return settings.cluster.looking() if settings.cluster else nullcontext()


class Structures(MutableMapping[Page, tuple[Exposed, ...]]):
    """What each page has told assistive technology, in a file: of a large site that is more than there is memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="a11ynews-")  # noqa: SIM115 – as long as this
        self._places: dict[Page, tuple[int, int]] = {}

    def __getitem__(self, page: Page) -> tuple[Exposed, ...]:
        start, length = self._places[page]
        self._file.seek(start)
        return tuple(
            Exposed(depth, role, name, tuple(states), url)
            for depth, role, name, states, url in json.loads(self._file.read(length))
        )

    def __setitem__(self, page: Page, told: Sequence[Exposed]) -> None:
        data = json.dumps([[one.depth, one.role, one.name, one.states, one.url] for one in told]).encode()
        self._places[page] = self._file.seek(0, os.SEEK_END), len(data)
        self._file.write(data)

    def __delitem__(self, page: Page) -> None:
        del self._places[page]

    def __iter__(self) -> Iterator[Page]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


_IN_MEMORY = 20_000_000


def _check_editions(
    structures: Structures, traits: Mapping[Page, Traits], rules: Sequence[Rule[SeenPages]], report: Report
) -> None:
    """Compare pages by what the browser has told of them."""
    report.ran(rule.facts for rule in rules)
    report.add([*apply(rules, SeenPages(structures, traits=traits), report.unfinished)])
    seen = {page.name for page in structures}
    for number, page in enumerate(report.pages):
        if page.name in seen and "live rules" not in page.checks:
            report.pages[number] = replace(page, checks=(*page.checks, "live rules"))


def live_options(
    settings: Settings, exclusions: Exclusions, credentials: Mapping[str, tuple[str, str]], core: "Core | None" = None
) -> "Options":
    """
    How the browser is to look at pages by the settings, with that axe-core where one is given.

    Raises BrowserError where the settings name one that is none.
    """
    from .live import axe
    from .live.cell import CELLS, MORE_CELLS, Cell
    from .live.session import Options

    def of_axe(ids: Iterable[str]) -> frozenset[str]:
        return frozenset(id.removeprefix("axe/") for id in ids if id.startswith("axe/"))

    levels = settings.levels
    cells = {"quick": CELLS[:1], "usual": CELLS, "thorough": (*CELLS, *MORE_CELLS)}[settings.profile]
    return Options(
        cells=[Cell.of(*cell) for cell in settings.cells] or cells,
        core=core or (axe.read_core(settings.axe) if settings.axe else None),
        choice=axe.Choice(
            best_practices=settings.best_practices,
            only=of_axe(settings.only),
            on=of_axe(id for id, level in levels.items() if level),
            off=of_axe(id for id, level in levels.items() if level is None),
        ),
        levels={id.removeprefix("axe/"): level for id, level in levels.items() if level and id.startswith("axe/")},
        exclusions=exclusions,
        wait_for=settings.wait_for,
        origins=settings.origins,
        credentials=credentials,
        patience=settings.patience,
        pictures=settings.pictures,
        rules=settings.live_rules,
        runs_axe=settings.asks_axe,
    )


def check_standing(
    page: "OpenPage",
    name: str,
    settings: Settings,
    *,
    cells: Sequence["Cell"] = (),
    status: int | None = None,
    thorough: bool = False,
) -> tuple[Report, Targets]:
    """
    Look at a page that somebody has open in a browser, in its present state: by the static rules, and with axe.

    Where it is to be `thorough`, by the live rules too, as far as they leave the page as it is. In `cells` where some are given;
    `status` is the HTTP status that it is expected to have, where that is no good one. Gives the document as it was looked at,
    too.
    """
    from .live.standing import examine_standing, read_standing

    report, exclusions = Report(), Exclusions(settings.exclude)
    content = read_standing(page, name, status)
    if not isinstance(content, Page):
        report.unfinished.append(Unfinished(name, content))
        return report, Targets()
    targets = Targets(from_web=[content])
    settings = replace(settings, profile="thorough" if thorough else "quick")
    try:
        options = live_options(settings, exclusions, {})
    except BrowserError as error:
        report.unfinished.append(Unfinished("", say("nothing was checked in a browser: {error}", error=error.args[0])))
        return report, targets
    is_live = settings.asks_axe or bool(options.rules)
    check_static([content], report, settings.static_rules, exclusions=exclusions, is_live=is_live)
    _tell_levels(settings, report)
    if is_live:
        examine_standing(page, content, report, options, cells)
    exclusions.tell(report, is_part=True)
    return report, targets


def check_static(
    pages: Sequence[Page],
    report: Report,
    rules: Sequence[Rule[Any]] = RULES,
    chosen: Collection[Page] | None = None,
    *,
    exclusions: Exclusions | None = None,
    is_live: bool = False,
) -> None:
    """
    Look at pages, each by itself and all together, by the rules that need no browser.

    Where only some of them are `chosen`, the others are there for the rules that compare pages, and nothing is told of them.
    `is_live` says that a browser will look at them too, and tell whether they show anything.

    Findings and the pages that were looked at go into the report. A page that shows nothing, a page that cannot be read to its
    end, an error page and a rule that breaks down are noted as unfinished, and stop nothing else.
    """
    exclusions = exclusions or Exclusions()
    work = _Static(pages, chosen, rules, exclusions.entries, is_live)
    work.take_in(work.whole(_done_here(work)), report, exclusions)


class _Static:
    """
    The static rules at work on pages, one after the other: here, or in another process. At last the pages are compared with each
    other by their traits, which were read meanwhile.
    """

    def __init__(
        self,
        pages: Sequence[Page],
        chosen: Collection[Page] | None,
        rules: Sequence[Rule[Any]],
        entries: Sequence[Exclusion],
        is_live: bool,
        compares: bool = True,
        also: Collection[Page] | None = None,
        for_others: bool = False,
    ) -> None:
        self.pages = pages
        self.looked_at = [number for number, page in enumerate(pages) if chosen is None or page in chosen]
        self.rules = rules
        self.entries = entries
        self.is_live = is_live
        self.compares = compares and any(rule.on is PageSet for rule in rules)
        self.tasks = self.looked_at
        """The numbers of the pages that are to be looked at, and of those whose traits are wanted."""
        self.reads = for_others or (self.compares and bool(self.looked_at))
        """Whether the traits of pages are wanted: to compare them with each other here, or for others who do."""
        self.for_others = for_others
        if self.reads and (also is None or len(also) > len(self.looked_at)):
            wanted = {*pages} if also is None else {*also}
            self.tasks = [number for number, page in enumerate(pages) if page in wanted or chosen is None or page in chosen]
        self.known: dict[int, bytes] = {}
        """What is known of an earlier check, until it is told."""
        self.recalled = 0
        """Of how many pages that has been told."""
        self.compared: Part | None = None
        """What comes of all pages together, once that is known."""
        self.traits: dict[Page, Traits] = {}
        """What the pages are compared by, as far as it has been taken in."""
        self.lets_go = len(pages) > _MOST_TREES
        """Whether the trees of pages are let go of, since all of them together would fill the memory."""
        self._recall: StaticRecall | None = None

    @property
    def to_do(self) -> list[int]:
        """Those of the tasks whose outcome is not known."""
        return [task for task in self.tasks if task not in self.known]

    def recall(self, cache: ResultCache) -> None:
        """Find out what is known of an earlier check. Of rules that are not ours nobody knows what they look at."""
        if self.can_cross:
            recall = StaticRecall(cache, self.pages, self.looked_at, self.rules, self.entries, is_live=self.is_live)
            self._recall = recall
            self.compared = recall.compared() if self.compares else None
            reads = self.reads and (self.for_others or self.compared is None)
            self.known = recall.known(self.tasks if reads else self.looked_at, reads=reads)
            if not reads:
                # Nobody asks for what is known of the others.
                self.tasks, self.reads = self.looked_at, False

    def whole(self, parts: Iterable["_Done"]) -> Iterator[tuple[int, Part]]:
        """What came of all tasks, one after the other; of those that were done now it is kept for the next check."""
        following = iter(parts)
        for task in self.tasks:
            if self._recall and task in self.known:
                if known := self._recall.part(task, self.known.pop(task), reads=self.reads):
                    self.recalled += task in self._looked_at
                    yield task, known
                    continue
                part, consulted = self(task)
            else:
                part, consulted = next(following)
            if self._recall:
                self._recall.keep(task, part, consulted)
            yield task, part

    @property
    def can_cross(self) -> bool:
        """Whether another process knows the rules: they are told by their ids."""
        return all((known := _BY_ID.get(rule.id)) and known.check is rule.check for rule in self.rules)

    def __getstate__(self) -> dict[str, Any]:
        rules = [(rule.id, rule.severity) for rule in self.rules]
        return {**self.__dict__, "rules": rules, "known": {}, "compared": None, "traits": {}, "_recall": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = {**state, "rules": [replace(_BY_ID[id], severity=severity) for id, severity in state["rules"]]}

    def __call__(self, task: int) -> "_Done":
        """Do one of the tasks; the files beside the page that were looked at are told, too."""
        report, exclusions = Report(), Exclusions(self.entries)
        page = self.pages[task].afresh() if self.lets_go else self.pages[task]
        if task in self._looked_at:
            self._look_at(page, report, exclusions)
        traits = self._traits_of(page, report) if self.reads else None
        return Part(report, exclusions, traits), page.consulted

    @cached_property
    def _looked_at(self) -> frozenset[int]:
        return frozenset(self.looked_at)

    def _look_at(self, page: Page, report: Report, exclusions: Exclusions) -> None:
        if page.unread:
            reason = say("{why}; mend the markup: what comes after was not checked", why=page.unread)
            report.unfinished.append(Unfinished(page.name, reason))
        elif not self.is_live and _shows_nothing(page):
            reason = say(
                "the page shows nothing that could be checked; if a script fills it check it in a browser, else look why"
            )
            report.unfinished.append(Unfinished(page.name, reason))
        if error := _error_told(page):
            reason = say("it is an error page ({title}); see that the page is there", title=error)
            report.unfinished.append(Unfinished(page.name, reason))
        is_drawing = bool(_DRAWING.match(page.html))
        url = page.url or (page.address if page.is_ours else "")
        checks = () if is_drawing else ("static",)
        report.pages.append(CheckedPage(page.name, checks, url, page.file, page.http, page.is_ours))
        is_left_out = _leaving_out(exclusions.in_tree(page), exclusions)
        if not is_drawing:
            report.findings += apply(self.rules, page, report.unfinished, is_left_out)

    def _traits_of(self, page: Page, report: Report) -> Traits | None:
        """What others are compared with; None for a drawing, which is compared with nothing."""
        if _DRAWING.match(page.html):
            return None
        try:
            return traits_of(page)
        except Exception as error:  # noqa: BLE001 – a bug here must not hide what rules find
            what = f"{type(error).__name__}: {error}"
            reason = say("the page could not be compared with others ({error}); report it as a bug of a11ynews", error=what)
            report.unfinished.append(Unfinished(page.name, reason))
            return None

    def _compare(self) -> Part:
        """Compare the pages that were taken in with each other."""
        report, exclusions = Report(), Exclusions(self.entries)
        others = {page.name for page in self.pages} - {self.pages[number].name for number in self.looked_at}
        together = PageSet(self.traits, traits=self.traits)
        found = apply(self.rules, together, report.unfinished, _leaving_out_of_many(exclusions, others))
        report.findings += (finding for finding in found if finding.place.page not in others)
        return Part(report, exclusions)

    def take_in(self, parts: Iterable[tuple[int, Part]], report: Report, exclusions: Exclusions) -> None:
        """Put what came of the tasks, in their order, and of all pages together, into a report."""
        if not self.looked_at:
            for _ in parts:
                pass  # they are kept, for others
            return
        found: list[Finding] = []

        def take(part: Part) -> None:
            found.extend(part.report.findings)
            report.pages += part.report.pages
            report.unfinished += part.report.unfinished
            exclusions.matched |= part.exclusions.matched
            exclusions.concerned |= part.exclusions.concerned
            exclusions.left_out += part.exclusions.left_out

        alike = Alike()
        for task, part in parts:
            take(part)
            if part.traits:
                self.traits[self.pages[task]] = alike.once(part.traits)
        if self.compares:
            if self.compared is None:
                self.compared = self._compare()
                if self._recall:
                    self._recall.keep_compared(self.compared)
            take(self.compared)
        report.ran(rule.facts for rule in self.rules if self.compares or rule.on is not PageSet)
        report.add(found)  # at once: a report looks for each finding among those that it has


_MOST_TREES = 100

_Done: TypeAlias = tuple[Part, set[str]]
"""What came of a task, and the files beside the page that rules have looked at."""


def _done_here(work: _Static) -> Iterator[_Done]:
    """The tasks of a work, each done when somebody asks for it."""
    return map(work, work.to_do)


def _kept_by(keeper: Keeper | None, group: int, parts: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Part]]:
    """What came of the pages of a group, of which the keeper is told as it goes by."""
    for task, part in parts:
        if keeper:
            keeper.static((group, task), part)
        yield task, part


_BY_ID = {rule.id: rule for rule in RULES}


def _leaving_out(left_out: dict[HtmlElement, Exclusion], exclusions: Exclusions) -> Callable[[Any], bool]:
    """Says whether what a rule points at is in a part that is left out, and counts how often."""

    def is_left_out(part: Any) -> bool:
        part = part[1] if isinstance(part, tuple) else part
        element = part if isinstance(part, HtmlElement) else getattr(part, "element", None)
        why = around(element, left_out) if left_out and element is not None else None
        if why:
            exclusions.left_out[why] += 1
        return why is not None

    return is_left_out


def _leaving_out_of_many(exclusions: Exclusions, others: Collection[str]) -> Callable[[Any], bool]:
    """The same of pages that are opened one after the other; of the `others` nothing is told anyway."""
    last: list[tuple[Page, Callable[[Any], bool]]] = []

    def is_left_out(part: Any) -> bool:
        if not exclusions.entries or part is None or part[0].name in others:
            return False
        if not last or last[0][0] is not part[0]:
            last[:] = [(part[0], _leaving_out(exclusions.in_tree(part[0]), exclusions))]
        return last[0][1](part)

    return is_left_out


_MANY = 60
"""So many pages are worth the start of processes for the static rules."""
_SOME = 12
"""And so many beside a browser, where such a process is a copy of this one; fewer are done before the browser has started."""

_PAGES_AT_ONCE = 8


class _Statics:
    """Several works, in a process that shares them."""

    def __init__(self, works: Sequence[_Static]) -> None:
        self.works = works

    def make(self) -> "_Statics":
        """What does a task in that process, where no page is asked for twice."""
        for work in self.works:
            work.lets_go = True
        return self

    def __call__(self, given: tuple[int, Sequence[int]]) -> list[_Done]:
        number, tasks = given
        return [self.works[number](task) for task in tasks]


class _Spool:
    """What processes have done, in a file until its turn comes: of a large site that is more than there is memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="a11ynews-")  # noqa: SIM115 – as long as this
        self._lock = Lock()
        self._lengths: list[int] = []

    def fill(self, tasks: Iterable[Sequence[_Done]]) -> None:
        """Take down what has been done, as it comes. Raises OSError where the disk is full."""
        for done in tasks:
            # As it came: only this process can write into the file, which has no name.
            content = pickle.dumps(done, pickle.HIGHEST_PROTOCOL)
            with self._lock:
                self._file.seek(0, os.SEEK_END)
                self._file.write(content)
                self._lengths.append(len(content))

    def read(self, filling: "Future[None]") -> Iterator[_Done]:
        """All of it, one after the other, each as soon as it is there; less than all where the filling ends before its time."""
        start = 0
        for number in count():
            while number >= len(self._lengths) and not filling.done():
                wait([filling], timeout=0.1)  # awake, to heed signals
            if number >= len(self._lengths):
                break
            with self._lock:
                self._file.seek(start)
                content = self._file.read(self._lengths[number])
            start += len(content)
            yield from pickle.loads(content)
        error = filling.exception()
        if error and not isinstance(error, A11yNewsError | RuntimeError | OSError):
            raise error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@contextmanager
def _beside(
    works: Sequence[_Static], settings: Settings, *, is_live: bool
) -> Iterator[Callable[[], Iterable[Iterator[_Done]]] | None]:
    """
    The static rules at work in processes of their own, beside what is done meanwhile; None where that is not worth it.

    What is yielded gives what came of each work. A process that ends before its time loses nothing: its work is done here.
    """
    pages = sum(len(work.to_do) for work in works)
    if settings.workers == 1 or pages < (_SOME if is_live and copies() else _MANY) or not all(work.can_cross for work in works):
        yield None
        return
    given = [
        (number, work.to_do[start : start + _PAGES_AT_ONCE])
        for number, work in enumerate(works)
        for start in range(0, len(work.to_do), _PAGES_AT_ONCE)
    ]
    # A browser takes ten times as long for a page.
    processes = max(1, settings.workers // 4) if is_live and not settings.cluster else settings.workers
    with (
        closing(_Spool()) as spool,
        ThreadPoolExecutor(1, thread_name_prefix="a11ynews-static") as pool,
        Crew(processes, _Statics(works).make) as crew,
    ):
        work_done = pool.submit(lambda: spool.fill(done for _worker, done in crew.do(given)))

        def results() -> Iterable[Iterator[_Done]]:
            in_order = spool.read(work_done)
            return ((next(in_order, None) or work(task) for task in work.to_do) for work in works)

        yield results


# An SVG document of its own is no HTML: only axe has rules for it.
_DRAWING = re.compile(
    r"(?:\ufeff|\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE\s+svg[^>\[]*(?:\[[^\]]*\])?\s*>)*+<(?:\w+:)?svg[\s>]", re.DOTALL
)

_ERROR = re.compile(
    r"(?:(?:HTTP )?Error:? )?(?P<code>[45]\d\d)[\s:–—|-]+(?:Bad Request|Unauthori[sz]ed|Forbidden|(?:Page )?Not Found|Gone|"
    r"Internal Server Error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)\b.*",
    re.IGNORECASE,
)


def _error_told(page: Page) -> str:
    """What a server's error page calls itself; empty for any other page, and for the file that is kept to be such a page."""
    for element in page.tagged("title", "h1"):
        said = _ERROR.fullmatch(page.text_of(element))
        if said and said["code"] not in (page.file or urlsplit(page.url).path):
            return shorten(said[0])
    return ""


def _shows_nothing(page: Page) -> bool:
    """Whether a page has no words, nor anything else to be seen or heard: it is empty, or the shell that a script fills."""
    body = page.tree.find("body")
    if body is None:
        return True
    words = any(words.element.tag not in ("noscript", "title", "meta") for words in page.words)
    return not words and all(element.tag in _BARE for element in body.iterdescendants(etree.Element))


def apply(
    rules: Sequence[Rule[Any]], subject: Any, unfinished: list[Unfinished], is_left_out: Callable[[Any], bool] = lambda _: False
) -> Iterator[Finding]:
    """
    What the rules find of a subject that they look at, but in parts that are left out. A rule that breaks down is unfinished, and
    stops no other.
    """
    for rule in rules:
        if isinstance(subject, rule.on):
            try:
                for part, message in rule.check(subject):
                    if not is_left_out(part):
                        yield rule.finding(subject, part, message)
            except OSError as error:
                reason = say(
                    "the rule {rule} could not be run ({reason}); check the space on the disk and the folder of temporary files",
                    rule=rule.id,
                    reason=error.strerror or str(error),
                )
                unfinished.append(Unfinished(subject.name, reason))
            except Exception as error:  # noqa: BLE001 – one rule's bug must not hide what the others find
                what = f"{type(error).__name__}: {error}"
                reason = say("the rule {rule} broke down: {error}; report it as a bug of a11ynews", rule=rule.id, error=what)
                unfinished.append(Unfinished(subject.name, reason))
