"""What a rule has to say about one place, and who can mend it there."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. Only an error gates."""

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    """A person must look: a machine cannot tell. It never gates."""


class Owner(StrEnum):
    """Who can mend it."""

    EDITOR = "editor"
    """… in a record."""
    TRANSLATOR = "translator"
    """… in a catalog."""
    WEB_TEAM = "web team"
    """… in a template, the style sheet or the configuration."""


@dataclass(frozen=True, slots=True)
class Birthplace:
    """
    Where a text or an element was written: a line of a record, a catalog, a template or the configuration.

    Lines and columns count from 1. `identity` says what stands there, not on which line, so that it outlives edits:
    `record tum-polimi-partnership alt 8c1f0a2b`, `template article.html h1`.
    """

    file: str
    line: int
    column: int
    owner: Owner
    identity: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place in what was looked at.

    `page` is the file or address of the page; `line` the line in it (0 where there is none to tell); `selector` a CSS
    selector in it; `html` the element's start tag, cut short; `source` the birthplace, where it is known.
    """

    page: str
    line: int = 0
    selector: str = ""
    html: str = ""
    source: Birthplace | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found at one place."""

    rule: str
    severity: Severity
    message: str
    place: Place
    wcag: tuple[str, ...] = ()
    """The WCAG 2.2 success criteria it is about, as `1.1.1`."""
    act: tuple[str, ...] = ()
    """The ACT rules it decides, as `23a2a8`."""
    cells: tuple[str, ...] = ()
    """In which cells of the matrix it was seen, as `320 px, dark`; empty where that makes no difference."""

    @property
    def owner(self) -> Owner:
        """Who can mend it: known from the birthplace; of a page from elsewhere, the web team."""
        return self.place.source.owner if self.place.source else Owner.WEB_TEAM

    @property
    def fingerprint(self) -> str:
        """
        Sixteen hexadecimal digits that stay the same while the defect does.

        Of rule and birthplace's identity; without a birthplace, of rule, page and selector. The message, the line and the
        markup around it have no part in it.
        """
        place = self.place
        key = place.source.identity if place.source else f"{place.page} {place.selector}"
        return hashlib.sha256(f"{self.rule} {key}".encode()).hexdigest()[:16]
