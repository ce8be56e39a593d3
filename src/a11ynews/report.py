"""What a check has to say: what was asked, what ran on what, what was found, and what could not be checked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .finding import Finding, Severity


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
    """A page that was looked at, and how: `static`, `axe 4.12.1 (light, 1280 px)` …"""

    name: str
    checks: tuple[str, ...]


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

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in, each once."""
        seen = set(self.findings)
        for finding in findings:
            if finding not in seen:
                seen.add(finding)
                self.findings.append(finding)

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean; 1 findings that gate; 2 not everything could be checked, which outranks 1; 3 there was nothing to check."""
        if self.unfinished:
            return 2
        if not self.pages:
            return 3
        return 1 if self.counts[Severity.ERROR] else 0
