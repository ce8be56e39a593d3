"""What a check has to say: what was asked, what ran on what, what was found, and what could not be checked."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .finding import Acceptance, Finding, Owner, Place, Severity
from .message import say
from .rule import RuleFacts

RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REVIEW: 2}
"""The severities, the worst first."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that was asked for and could not be checked. It fails the run: nobody knows what would have been found."""

    page: str
    """The page's file or address; empty where no single page is meant."""
    reason: str
    """What happened; what to do."""

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}" if self.page else self.reason


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page that was looked at, and how: `static`, `axe 4.12.1 (1280 px, light)` …"""

    name: str
    """Its file or address, as findings name it."""
    checks: tuple[str, ...]
    url: str = ""
    """Its address; empty where none is known."""
    file: str = ""
    """Its file; empty for a page from the web."""
    http: int | None = None
    """The HTTP status it was served with; None for one from the disk."""
    ours: bool = False
    """Whether a11ynews has rendered it, so that the language of each word on it is known."""


@dataclass(slots=True)
class Defect:
    """
    One thing to mend, and every place where it shows.

    One cause is one line in a record, a catalog or a template. Of pages from elsewhere no such line is known: there it is the
    same element, at the same place of several pages.
    """

    finding: Finding
    places: list[Place] = field(default_factory=list)
    cells: dict[str, None] = field(default_factory=dict)
    """The cells of the matrix in which it was seen; empty where that makes no difference."""

    @property
    def where(self) -> tuple[str, int, int]:
        """File, line and column to open; the column is 0 where it is not known."""
        place = self.finding.place
        if place.source:
            return place.source.file, place.source.line, place.source.column
        return place.page, place.line, 0

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that it shows on, each once; a catalog is not a page of itself."""
        places = [place for place in self.places if not (place.source and place.source.file == place.page)]
        return tuple(dict.fromkeys(f"{place.page}:{place.line}" if place.line else place.page for place in places))


def defects_of(findings: Iterable[Finding]) -> list[Defect]:
    """The findings, those with one cause taken together: the worst first, then by the place to open, then by rule."""
    found: dict[Hashable, Defect] = {}
    for finding in findings:
        place = finding.place
        cause = place.source or (place.selector, place.html)
        key = finding.rule, finding.severity, finding.message, cause, finding.known
        defect = found.setdefault(key, Defect(finding))
        defect.places.append(place)
        defect.cells.update(dict.fromkeys(finding.cells))
    return sorted(found.values(), key=lambda defect: (RANKS[defect.finding.severity], defect.where, defect.finding.rule))


@dataclass(slots=True)
class Report:
    """The outcome of a check."""

    pages: list[CheckedPage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfinished: list[Unfinished] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a reader should know and nothing is wrong with: what was blocked, which versions ran."""
    noun: str = "page"
    """What was looked at, in a word: `page`, `catalog`."""
    rules: dict[str, RuleFacts] = field(default_factory=dict)
    """The rules that ran, by id: ours, and axe's as `axe/image-alt`."""
    axe: str = ""
    """The version of axe-core, as `4.12.1`; empty where it did not run."""
    browser: str = ""
    """The browser and its version, as `Chromium 156.0.8078.79`; empty where none ran."""
    stale: list[str] = field(default_factory=list)
    """What the baseline knows and was not found any more, each in a line."""
    pictures: dict[tuple[str, Place], bytes] = field(default_factory=dict)
    """PNG pictures of elements, by the rule that found one, and where; taken only where a report shows them."""
    untouched: int = 0
    """How many pages were left out, because no change can have touched them: only changed ones were asked for."""
    elsewhere: int = 0
    """How many pages were left out, because they are in other shards."""

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in, each once."""
        seen = set(self.findings)
        for finding in findings:
            if finding not in seen:
                seen.add(finding)
                self.findings.append(finding)

    def ran(self, rules: Iterable[RuleFacts]) -> None:
        """Note that rules have run."""
        for facts in rules:
            self.rules.setdefault(facts.id, facts)

    @property
    def is_ours(self) -> bool:
        """Whether a11ynews has rendered every page that was looked at."""
        return bool(self.pages) and all(page.ours for page in self.pages)

    @property
    def new(self) -> list[Finding]:
        """The findings that nobody has accepted, in a baseline or a comment."""
        return [finding for finding in self.findings if finding.known is None]

    @property
    def known(self) -> list[tuple[Finding, Acceptance]]:
        """The findings that somebody has accepted, with why."""
        return [(finding, finding.known) for finding in self.findings if finding.known]

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity, without those that are known."""
        return Counter(finding.severity for finding in self.new)

    @property
    def owners(self) -> Counter[Owner]:
        """How many findings there are for each owner to mend, without those that are known."""
        return Counter(finding.owner for finding in self.new)

    @property
    def exit_code(self) -> int:
        """0 clean; 1 findings that gate; 2 not everything could be checked, which outranks 1; 3 there was nothing to check."""
        if self.unfinished:
            return 2
        if not self.pages:
            return 0 if self.untouched or self.elsewhere else 3
        return 1 if any(finding.gates for finding in self.findings) else 0

    @property
    def verdict(self) -> str:
        """
        `passed`, `failed`, `incomplete` or `nothing`, as the exit code 0, 1, 2 or 3. With exit code 0, too, and no pass:
        `untouched`, where there are pages and no change that was asked about can have touched any, and `elsewhere`, where all
        that are to be looked at are in other shards.
        """
        if not self.pages and not self.unfinished and (self.untouched or self.elsewhere):
            return "elsewhere" if self.elsewhere else "untouched"
        return ("passed", "failed", "incomplete", "nothing")[self.exit_code]


VERDICTS = {
    "passed": say("PASSED: no errors were found, which is not to say that there are no barriers"),
    "failed": say("FAILED: the errors must be mended"),
    "incomplete": say("INCOMPLETE: not everything could be checked, so nobody knows what is wrong there"),
    "nothing": say("NOTHING CHECKED: no page was found"),
    "untouched": say("NOTHING TO CHECK: no change can have touched a page"),
    "elsewhere": say("NOTHING TO CHECK: all pages are in other shards"),
}
"""Each verdict in words."""
