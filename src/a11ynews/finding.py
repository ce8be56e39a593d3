"""What a rule has to say about one place, and who can mend it there."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import Literal, NamedTuple
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


class Birthplace(NamedTuple):
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

    def __hash__(self) -> int:
        # Thousands are looked up while a site is rendered: what tells most of them apart is enough.
        return hash((self.line, self.column, self.identity))


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place in what was looked at.

    `page` is the file or address of the page; `line` the line in it (0 where there is none to tell); `selector` a CSS
    selector in it; `html` the element's start tag, cut short; `source` the birthplace, where it is known; `words` the beginning
    of the element's text; `path` the page's path within its folder, where `page` would be another one on another machine.
    """

    page: str
    line: int = 0
    selector: str = ""
    html: str = ""
    source: Birthplace | None = None
    words: str = ""
    path: str = ""

    @property
    def page_path(self) -> str:
        """The page as it is called wherever the check runs: without scheme, host and port, without the folder of one build."""
        return page_path(self.page, self.path)

    @property
    def identity(self) -> str:
        """
        What stands there, as far as it outlives edits around it: by the birthplace, where that is known.

        Of an element on a page from elsewhere, the page's path, the tag, and what tells it from others: its id, its address, its
        name, or else its words. Its class, its style and what it stands in have no part in it.
        """
        if self.source:
            return self.source.identity
        path = self.page_path.removesuffix("index.html")
        return f"{path} {_element_identity(self.html, self.words)}" if self.html else f"{path} {self.selector}"


def page_path(page: str, path: str = "") -> str:
    """A page's path: of an address without scheme and host, of a file as it is named, or within its folder."""
    if path or "://" not in page:
        return path or page
    try:
        parts = urlsplit(page)
    except ValueError:
        return page
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'>]+))""")
_TELLING = (
    *("id", "name", "href", "src", "data", "for", "role", "type", "property", "rel", "hreflang", "lang", "alt", "aria-label"),
    "title",
)
_NAMED_BY = frozenset({"id", "href", "src", "data", "name", "for"})
_IDS = frozenset({"id", "name", "for"})
_LEADING = frozenset({"a", "area"})

# What a build or a script makes anew each time: a long number, a hash, what frameworks count up, letters and digits in turns.
_GENERATED = re.compile(
    r"\d{4,}|\d$|(?=[a-f]*\d)[0-9a-f]{8,}|[:«»]|_r_|(?:\d+[a-z]+){2}\d|[a-z]\d+[a-z]+\d+[a-z]",
    re.IGNORECASE,
)


def is_lasting(name: str) -> bool:
    """Whether an id is one that somebody wrote, and not one that each build or each load of the page makes anew."""
    return bool(name) and not _GENERATED.search(name)


def attributes_of(html: str) -> tuple[str, dict[str, str]]:
    """The tag and the attributes of a start tag; an empty tag where it is none."""
    tag = re.match(r"<\s*([^\s/>]+)", html)
    if not tag:
        return "", {}
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(html[tag.end() :]):
        found.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    return tag[1].lower(), found


def telling_of(html: str) -> dict[str, str]:
    """The attributes of a start tag that tell its element from others and outlive a new build, as far as they do."""
    tag, found = attributes_of(html)
    told = {name: _lasting(tag, name, found[name]) for name in _TELLING if found.get(name)}
    return {name: value for name, value in told.items() if value}


def _lasting(tag: str, name: str, value: str) -> str:
    if name in _IDS:
        return value if is_lasting(value) else ""
    if name == "href" and value.startswith("#"):
        return value if is_lasting(value[1:]) else ""
    if name in ("href", "src", "data"):
        # What a file's address asks for is its version; a link's may be another page.
        return re.sub(r"#.*" if tag in _LEADING else r"[?#].*", "", value, flags=re.DOTALL)
    return value


@lru_cache(50_000)
def _element_identity(html: str, words: str) -> str:
    tag, _ = attributes_of(html)
    if not tag:
        return html
    telling = telling_of(html)
    told = [f"{name}={value}" for name, value in telling.items()]
    if words and not _NAMED_BY & telling.keys():
        told.append(words[:60])
    return " ".join([tag, *told])


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
        return hashlib.sha256(f"{self.rule} {self.place.identity}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
