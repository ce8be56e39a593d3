"""What a rule has to say about one place, and who can mend it there."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit


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
    selector in it; `html` the element's start tag, cut short; `source` the birthplace, where it is known; `words` the beginning
    of the element's text.
    """

    page: str
    line: int = 0
    selector: str = ""
    html: str = ""
    source: Birthplace | None = None
    words: str = ""

    @property
    def identity(self) -> str:
        """
        What stands there, as far as it outlives edits around it: by the birthplace, where that is known.

        Of an element on a page from elsewhere, the page's path, the tag, and what tells it from others: its id, its address, its
        name, or else its words. Its class, its style and what it stands in have no part in it.
        """
        if self.source:
            return self.source.identity
        path = urlsplit(self.page).path if "://" in self.page else self.page
        return f"{path} {_element_identity(self.html, self.words)}" if self.html else f"{path} {self.selector}"


_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'>]+))""")
_TELLING = (
    "id",
    "name",
    "href",
    "src",
    "data",
    "for",
    "role",
    "type",
    "property",
    "rel",
    "hreflang",
    "lang",
    "alt",
    "aria-label",
    "title",
)
# An id with a long number or a hash in it is made anew by each build.
_GENERATED = re.compile(r"\d{4,}|[0-9a-f]{8,}|^:|[_-]\d+$", re.IGNORECASE)
_NAMED_BY = ("id", "href", "src", "name", "for")


def _element_identity(html: str, words: str) -> str:
    tag = re.match(r"<\s*([^\s/>]+)", html)
    if not tag:
        return html
    found = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(html[tag.end() :])}
    if _GENERATED.search(found.get("id", "")):
        del found["id"]
    told = [f"{name}={re.sub(r'[?#].*', '', found[name])}" for name in _TELLING if found.get(name)]
    if not any(name in found for name in _NAMED_BY) and words:
        told.append(words[:60])
    return " ".join([tag[1].lower(), *told])


@dataclass(frozen=True, slots=True)
class Acceptance:
    """
    Why a finding does not gate: a baseline knows it, or a comment beside the text suppresses it.

    `where` is the file and line that say so; `expires` the last day on which it holds, None where it has no end.
    """

    by: Literal["baseline", "comment"]
    reason: str
    where: str
    expires: date | None = None


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
    degree: float = 0
    """How bad it is, where that has a measure: the wanted contrast divided by the one there is. 0 where it has none."""
    known: Acceptance | None = None
    """Why it does not gate; None where it does."""
    mender: Owner = Owner.WEB_TEAM
    """Who usually mends what its rule finds."""

    @property
    def owner(self) -> Owner:
        """Who can mend it: known from the birthplace; of a page from elsewhere, who usually does."""
        return self.place.source.owner if self.place.source else self.mender

    @property
    def gates(self) -> bool:
        """Whether it fails a check: an error that nobody has accepted."""
        return self.severity is Severity.ERROR and self.known is None

    @property
    def fingerprint(self) -> str:
        """
        Sixteen hexadecimal digits that stay the same while the defect does.

        Of rule and the identity of the place. The message, the line, the selector and the markup around it have no part in it.
        """
        return hashlib.sha256(f"{self.rule} {self.place.identity}".encode()).hexdigest()[:16]
