"""
A check that is shared out among machines: which pages are a shard's, what it writes down, and how shards become one report.

In which shard a page is depends on its own address or file alone. What a shard writes is what came of each of its pages by
itself, and the page. Whoever puts shards together has all pages, so that they can be compared with each other, and does with
them what a check does that has looked at them itself: so its report is the same.

A file is lines of JSON. The first says what was checked, and how; the last, how many there are. It can be packed with gzip.

    {"a11ynews": "shard", "version": 1, "shard": [2, 5], "run": {…}, …}
    {"content": [0, 17], "name": "site/de/flood/index.html", …}
    {"visit": [0, 17], …}
    {"static": [0, 17], …}
    {"end": 412}
"""

import gzip
import hashlib
import json
import re
import shutil
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from sys import intern
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar

from . import __version__
from .baseline import Baseline
from .baseline import parse as parse_baseline
from .check import At, Settings
from .errors import BrowserError, Fault, ShardError, shorten
from .exclusion import Exclusion, Exclusions, selector_fault
from .files import write_pieces
from .finding import Finding, Owner, Severity, page_path
from .message import Message, say
from .message import say as _
from .page import Page
from .provenance import Trace, strike
from .recall import Part
from .report import CheckedPage, Report, Unfinished
from .report_file import Coder, FormatError, Special
from .rule import Rule, RuleFacts
from .rules.traits import Traits
from .suppress import commented_by
from .targets import Fetched, Targets, is_address

if TYPE_CHECKING:
    from .live.axe import Core
    from .live.portrait import Shot, Taken
    from .live.session import Session, Visit

T = TypeVar("T")

VERSION = 2
"""The version of the format. Only the a11ynews that has written a file reads it, so that nothing has another meaning."""

MOST = 10_000
"""So many shards there can be."""

_PAGES_IN_MIND = 4


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many parts of a check, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @classmethod
    def parse(cls, written: str) -> "Shard":
        """A shard that is written as `2/5`. Raises ValueError, with how it is written, for everything else."""
        found = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", written.strip())
        if not found:
            raise ValueError("write which one, and of how many, such as 2/5")
        number, of = int(found[1]), int(found[2])
        if not 1 <= of <= MOST:
            raise ValueError(f"there can be from 1 to {MOST:,} shards")
        if not 1 <= number <= of:
            raise ValueError(f"write one from 1/{of} to {of}/{of}")
        return cls(number, of)

    def holds(self, key: str) -> bool:
        """Whether a page is in it, by what the page is called on every machine."""
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1

    def holds_page(self, page: Page) -> bool:
        """Whether a page on the disk is in it."""
        return self.holds(page_path(page.name, page.path))

    def holds_address(self, address: str) -> bool:
        """Whether a page on the web is in it, by the address that it was named by: of another host it is in the same."""
        return self.holds(page_path(address))


def keep_to(targets: Targets, shard: Shard) -> None:
    """Choose among the targets those of a shard. Of the addresses only its own have been asked for."""
    if shard.of == 1:
        return
    wanted = targets.pages if targets.chosen is None else [page for page in targets.pages if page in targets.chosen]
    own = {page for page in wanted if is_address(page.name) or shard.holds_page(page)}
    others = [Page(address, "") for address in targets.addresses if address not in targets.fetched]
    targets.elsewhere = frozenset({*wanted, *others} - own)
    targets.chosen = frozenset(own)


def note_of(shard: Shard, report: Report) -> Message:
    """What is to be said of the report of one shard."""
    pages = len({page.name for page in report.pages})
    return _note(shard, pages, pages + report.elsewhere)


def _note(shard: Shard, here: int, in_all: int) -> Message:
    return say(
        "shard {shard}: {here} of {all} pages; pages are compared with each other where “a11ynews report merge” puts the shards "
        "together",
        shard=str(shard),
        here=here,
        all=in_all,
    )


# -- what both sides know ----------------------------------------------------------------------------------------------


def _coder(entries: Sequence[Exclusion]) -> Coder:
    """Writes rules by their ids, and what is left out by its number in the configuration."""

    def exclusion(data: Any) -> Exclusion:
        if type(data) is not int or not 0 <= data < len(entries):
            raise FormatError("there is no such exclusion")
        return entries[data]

    return Coder(
        {
            Rule: Special(lambda rule: [rule.id, rule.severity.value], _rule),
            Exclusion: Special([*entries].index, exclusion),
        }
    )


def _rule(data: Any) -> Rule[Any]:
    if type(data) is not list or len(data) != 2:
        raise FormatError("a rule is its id and what it is worth")
    return replace(_rules_by_id()[data[0]], severity=Severity(data[1]))


@lru_cache(1)
def _rules_by_id() -> dict[str, Rule[Any]]:
    from .live.rules import LIVE_RULES
    from .rules import RULES

    return {rule.id: rule for rule in (*RULES, *LIVE_RULES)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """How pages were looked at: those of the settings that make a difference to what is found, and to how it is told."""

    browser: bool
    best_practices: bool
    patience: float
    is_part: bool
    rules: tuple[str, ...]
    """The ids of the rules of our own that could run."""
    only: tuple[str, ...]
    levels: dict[str, Severity | None]
    levels_at: str
    own_axe: bool
    """Whether another axe-core than the packaged one was used."""
    exclude: tuple[dict[str, str], ...]
    wait_for: str
    origins: tuple[str, ...]
    cells: tuple[tuple[int, str, bool], ...]
    profile: Literal["quick", "usual", "thorough"]

    @classmethod
    def of(cls, settings: Settings) -> "_Asked":
        return cls(
            *(settings.browser, settings.best_practices, settings.patience, settings.is_part),
            tuple(rule.id for rule in settings.rules),
            tuple(sorted(settings.only)),
            dict(settings.levels),
            settings.levels_at,
            settings.axe is not None,
            tuple({key.name: getattr(one, key.name) for key in fields(one)} for one in settings.exclude),
            settings.wait_for,
            tuple(settings.origins),
            tuple(settings.cells),
            settings.profile,
        )

    def settings(self) -> Settings:
        """Settings that say so. Raises KeyError where a rule is not there, TypeError where an exclusion is none."""
        known = _rules_by_id()
        return Settings(
            browser=self.browser,
            best_practices=self.best_practices,
            patience=self.patience,
            is_part=self.is_part,
            rules=[known[id] for id in self.rules],
            only=frozenset(self.only),
            levels=self.levels,
            levels_at=self.levels_at,
            exclude=[Exclusion(**one) for one in self.exclude],
            wait_for=self.wait_for,
            origins=self.origins,
            cells=self.cells,
            profile=self.profile,
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """The pages of a folder, or at last those from the web, as all shards know them."""

    root: str
    """The folder; empty for the web."""
    size: int
    """How many pages, or addresses, there are."""
    digest: str
    """Of their names, and of which of them are to be checked."""
    manifest: int = 0
    """How many pages the site must have."""
    is_named: bool = False
    """Whether all pages that lie in the folder are among them."""
    lacks: tuple[str, ...] = ()
    """The pages that baselines know, and that are not there any more."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What all shards of one check have in common."""

    tool: str
    of: int
    asked: _Asked
    baselines: tuple[tuple[str, str], ...]
    """The name of each, and what stands in it."""
    groups: tuple[_Group, ...]
    is_part: bool
    """Whether only some of the pages were asked for, because of what has changed."""
    unfinished: tuple[Unfinished, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a file."""

    a11ynews: str
    version: int
    shard: tuple[int, int]
    run: dict[str, Any]
    """A `_Run` as it is written."""
    axe: str = ""
    browser: str = ""
    facts: tuple[RuleFacts, ...] = ()
    """What axe says of its rules."""
    no_browser: tuple[Message, ...] = ()
    """Why no browser looked at pages."""
    commented: tuple[dict[str, bytes], ...] = ()
    """Of each group the files with comments for a11ynews that its pages were made of."""


@dataclass(frozen=True, slots=True)
class _Content:
    """A page as it is kept."""

    name: str
    packed: bytes
    """Its HTML, where it has marks these, and its trace, packed."""
    url: str = ""
    file: str = ""
    http: int | None = None
    path: str = ""
    is_chosen: bool = True
    note: Message | None = None
    """What is to be said of how it was found."""
    texts: dict[str, Owner] = field(default_factory=dict)
    """The files that its texts were written in, and who mends each."""
    templates: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Static:
    """What the static rules have to say of a page."""

    pages: list[CheckedPage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfinished: list[Unfinished] = field(default_factory=list)
    matched: set[Exclusion] = field(default_factory=set)
    concerned: set[Exclusion] = field(default_factory=set)
    left_out: Counter[Exclusion] = field(default_factory=Counter)
    traits: bytes = b""
    """What other pages are compared with, packed; empty for a page that is compared with nothing."""


def _packed(page: Page) -> bytes:
    marked, trace = page.marked, page.trace
    html = None if marked is not None and strike(marked) == page.html else page.html
    return _packed_data([html, marked, trace.to_json() if trace else None])


def _packed_data(data: Any) -> bytes:
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 6)


_PLAIN = Coder()


# -- writing -----------------------------------------------------------------------------------------------------------


class Writer:
    """Takes down what comes of the pages of a shard, and writes the file at last."""

    def __init__(
        self, shard: Shard, targets: Targets, settings: Settings, baselines: Sequence[Baseline], root: Callable[[Path], str]
    ):
        self._shard, self._targets, self._settings, self._baselines = shard, targets, settings, baselines
        self._shown = root
        self._coder = _coder(settings.exclude)
        self._lines: IO[bytes] = tempfile.TemporaryFile(prefix="a11ynews-")  # noqa: SIM115 – it lives as long as this does
        self._count = 0
        self._tables: dict[tuple[str, ...], int] = {}
        self._numbers: dict[int, dict[Page, int]] = {}
        self._axe = self._browser = ""
        self._facts: dict[str, RuleFacts] = {}
        self._no_browser: list[Message] = []

    @property
    def is_whole(self) -> bool:
        """Whether there is no other shard."""
        return self._shard.of == 1

    # What a check tells.

    def holds_page(self, page: Page) -> bool:
        """Whether a page is in the shard."""
        return is_address(page.name) or self._shard.holds_page(page)

    def static(self, at: At, part: Part) -> None:
        """What the static rules have to say of a page, and its traits."""
        report, exclusions, traits = part
        found = _Static(
            *(report.pages, report.findings, report.unfinished),
            *(exclusions.matched, exclusions.concerned, exclusions.left_out),
            _packed_data(_PLAIN.to_data(traits, Traits)) if traits else b"",
        )
        self._put("static", self._at(at), self._coder.to_data(found, _Static))

    def in_browser(self, group: int) -> "_LiveWriter":
        """Takes down what comes of the pages of a group in a browser."""
        return _LiveWriter(self, group)

    def no_browser(self, reason: Message) -> None:
        """No browser could look at all pages, and why."""
        self._no_browser.append(reason)

    def take_facts(self, facts: Mapping[str, RuleFacts], browser: str, axe: str) -> None:
        """What has looked at pages in a browser."""
        self._axe, self._browser, self._facts = axe, browser, dict(facts)

    def take_visit(self, at: At, visit: "Visit") -> None:
        """What came of a page in a browser."""
        from .live.session import Visit

        data = self._coder.to_data(visit, Visit)
        # Hundreds of names, which are the same for almost all pages.
        if "rules" in data:
            data["rules"] = self._table(data["rules"])
        for _cell, outcome in data.get("outcomes", ()):
            outcome["rules"] = self._table(outcome["rules"])
        self._put("visit", self._at(at), data)

    def _table(self, names: list[str]) -> int:
        key = tuple(names)
        if key not in self._tables:
            self._tables[key] = len(self._tables)
            self._put("names", (0, self._tables[key]), {"names_of_rules": names})
        return self._tables[key]

    def _at(self, at: At) -> At:
        """A page from the web by the number of its address, which is the same in all shards."""
        group, number = at
        if group < len(self._targets.by_root):
            return at
        return group, self._web[self._targets.from_web[number].name]

    def number_of(self, group: int, page: Page) -> int:
        """The number of a page in its group."""
        if group not in self._numbers:
            self._numbers[group] = {one: number for number, one in enumerate(self._targets.groups[group])}
        return self._numbers[group][page]

    @cached_property
    def _web(self) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for number, address in enumerate(self._targets.addresses):
            fetched = self._targets.fetched.get(address)
            if fetched and fetched.page:
                numbers.setdefault(fetched.page.name, number)
        return numbers

    def _put(self, kind: str, at: At, data: Mapping[str, Any]) -> None:
        line = json.dumps({kind: list(at), **data}, ensure_ascii=False, separators=(",", ":"))
        self._lines.write(line.encode() + b"\n")
        self._count += 1

    # The file.

    def close(self) -> None:
        """Let go of what was taken down."""
        self._lines.close()

    def write(self, path: Path) -> None:
        """Write the file; packed, where its name ends with `.gz`. Raises A11yNewsError when it cannot be written."""
        self._put_pages()
        pieces = self._pieces()
        write_pieces(path, _packing(pieces) if path.suffix == ".gz" else pieces)

    def _put_pages(self) -> None:
        for group, pages in enumerate(self._targets.by_root.values()):
            for number, page in enumerate(pages):
                if self._shard.holds_page(page):
                    self._put_page((group, number), page, self._is_chosen(page))
        for number, address in enumerate(self._targets.addresses):
            fetched = self._targets.fetched.get(address)
            at = (len(self._targets.by_root), number)
            if fetched and fetched.page:
                self._put_page(at, fetched.page, True, fetched.note)
            elif fetched and fetched.unfinished:
                self._put("failed", at, self._coder.to_data(fetched.unfinished, Unfinished))

    def _put_page(self, at: At, page: Page, is_chosen: bool, note: Message | None = None) -> None:
        content = _Content(page.name, _packed(page), page.url, page.file, page.http, page.path, is_chosen, note, *page.written_in)
        self._put("content", at, self._coder.to_data(content, _Content))

    def _is_chosen(self, page: Page) -> bool:
        return self._targets.chosen is None or page in self._targets.chosen

    def _pieces(self) -> Iterator[bytes]:
        head = self._coder.to_data(self._head(), _Head)
        yield json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._lines.seek(0)
        while piece := self._lines.read(1 << 20):
            yield piece
        yield json.dumps({"end": self._count}).encode() + b"\n"

    def _head(self) -> _Head:
        targets, settings = self._targets, self._settings
        looked_at = {page for page in targets.pages if self._is_chosen(page)} | targets.elsewhere
        names = [name for baseline in self._baselines for name in {entry.page: None for entry in baseline.entries}]
        own = [page for page in targets.pages if is_address(page.name) or self._shard.holds_page(page)]
        groups, commented = [], []
        for root, pages in targets.by_root.items():
            digest = _digest((page.name, page in looked_at) for page in pages)
            every = {page.name for page in pages}
            lacks = tuple(name for name in dict.fromkeys(names) if name and targets.lacks(root, name)) if names else ()
            is_named = targets.is_whole(root, every)
            groups.append(_Group(self._shown(root), len(pages), digest, targets.manifest_size(root), is_named, lacks))
            here = {*pages}
            commented.append(commented_by([page for page in own if page in here], root, settings.project))
        groups.append(_Group("", len(targets.addresses), _digest((address, True) for address in targets.addresses)))
        failed = [one.unfinished for one in targets.fetched.values() if one.unfinished]
        notes = [one.note for one in targets.fetched.values() if one.note]
        run = _Run(
            __version__,
            self._shard.of,
            _Asked.of(settings),
            tuple((one.file, one.content.decode("utf-8", "replace")) for one in self._baselines),
            tuple(groups),
            any(page not in looked_at for pages in targets.by_root.values() for page in pages),
            tuple(one for one in targets.unfinished if one not in failed),
            tuple(note for note in targets.notes if note not in notes),
        )
        return _Head(
            "shard",
            VERSION,
            (self._shard.number, self._shard.of),
            self._coder.to_data(run, _Run),
            self._axe,
            self._browser,
            tuple(self._facts.values()),
            tuple(self._no_browser),
            tuple(commented),
        )


@dataclass(slots=True)
class _LiveWriter:
    writer: Writer
    group: int

    def facts(self, facts: Mapping[str, RuleFacts], browser: str, axe: str) -> None:
        self.writer.take_facts(facts, browser, axe)

    def visit(self, page: Page, visit: "Visit") -> None:
        from .live.axe import placed

        # Whoever puts shards together need not open the page for that.
        outcomes = {cell: placed(outcome, page) for cell, outcome in visit.outcomes.items()}
        self.writer.take_visit((self.group, self.writer.number_of(self.group, page)), replace(visit, outcomes=outcomes))


def _digest(pages: Iterable[tuple[str, bool]]) -> str:
    digest = hashlib.sha256()
    for name, is_chosen in pages:
        digest.update(f"{name}\0{is_chosen:d}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _packing(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


# -- reading -----------------------------------------------------------------------------------------------------------

_LINE = re.compile(rb'\{"(content|visit|static|failed|names)":\[([0-9]{1,9}),([0-9]{1,9})\][,}]')
_END = re.compile(rb'\{"end": ?([0-9]{1,12})\}\s*')
_LONGEST_LINE = 200_000_000
_GZIP = b"\x1f\x8b"


_Page: Any = tuple[str | None, str | None, Any]


class _File:
    """A file of a shard: its first line, and where in it each page is, so that none need be in memory."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._opened: IO[bytes] = self._open(path)
        try:
            self._read()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def _read(self) -> None:
        self.places: dict[tuple[str, int, int], tuple[int, int, int]] = {}
        """Where the lines are, by kind, group and number: the line, where it begins, and how long it is."""
        self.head = self._read_head()
        self.shard = Shard(*self.head.shard)
        self.run = self._decoded(1, lambda: Coder().from_data(self.head.run, _Run))
        try:
            self.settings = settings = self.run.asked.settings()
        except (KeyError, TypeError) as error:
            raise self.stop(
                1, f"it was checked by what is not known here ({shorten(str(error))}); check the shard again"
            ) from None
        if len(self.head.commented) != len(self.run.groups) - 1:
            raise self.stop(1, "the folders are not all there; check the shard again")
        if any(selector_fault(one.selector) for one in settings.exclude):
            raise self.stop(1, "what is left out has no such selector; check the shard again")
        self._coder = _coder(settings.exclude)
        self._names: dict[int, list[str]] = {}
        self._read_places()

    def stop(self, line: int, message: str) -> ShardError:
        """The error that something is wrong on a line."""
        return ShardError([Fault(self.name, line, 1, message)])

    def _open(self, path: Path) -> IO[bytes]:
        try:
            opened = path.open("rb")
            packed = opened.read(2) == _GZIP
            opened.seek(0)
            if not packed:
                return opened
            with ExitStack() as closing:
                unpacked: IO[bytes] = closing.enter_context(tempfile.TemporaryFile(prefix="a11ynews-"))
                with opened, gzip.GzipFile(fileobj=opened) as file:
                    shutil.copyfileobj(file, unpacked, 1 << 20)
                closing.pop_all()  # it is read as long as this lives
        except FileNotFoundError:
            raise self.stop(
                1, "there is no such file; mend its name, or write one with “a11ynews check --format shard=FILE”"
            ) from None
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise self.stop(1, "the file is packed, and damaged; fetch it again, or check its shard again") from None
        except OSError as error:
            raise self.stop(1, f"the file cannot be read ({error.strerror}); mend its path or its permissions") from None
        unpacked.seek(0)
        return unpacked

    def _read_head(self) -> _Head:
        line = self._opened.readline(_LONGEST_LINE)
        data = self._json(1, line, "this is no file of a shard; write one with “a11ynews check --format shard=FILE”")
        if type(data) is not dict or data.get("a11ynews") != "shard":
            message = "this is no file of a shard; write one with “a11ynews check --format shard=FILE”"
            if type(data) is dict and "findings" in data:
                message = "this is a JSON report, which does not hold enough; write it with “--format shard=FILE” instead"
            raise self.stop(1, message)
        if data.get("version") != VERSION:
            told = shorten(json.dumps(data.get("version"), ensure_ascii=False))
            raise self.stop(1, f"the version is {told} and this a11ynews reads {VERSION}; use the a11ynews that has written it")
        head = self._decoded(1, lambda: Coder().from_data(data, _Head))
        tool = head.run.get("tool")
        if tool != __version__:
            told = shorten(str(tool))
            raise self.stop(1, f"a11ynews {told} has written it, and this is {__version__}; use the same one for all shards")
        number, of = head.shard
        if not 1 <= number <= of <= MOST:
            raise self.stop(1, f"there is no shard {number}/{of}; check it again")
        return head

    def _read_places(self) -> None:
        number, ended = 1, None
        at = self._opened.tell()
        while line := self._opened.readline(_LONGEST_LINE):
            number += 1
            if ended is not None:
                raise self.stop(number, "something stands after the end; check the shard again")
            if found := _LINE.match(line):
                key = (found[1].decode(), int(found[2]), int(found[3]))
                if key in self.places:
                    raise self.stop(number, f"this page stands on line {self.places[key][0]} already; check the shard again")
                self.places[key] = number, at, len(line)
            elif end := _END.fullmatch(line):
                ended = int(end[1])
            else:
                raise self.stop(number, "this line is damaged; check the shard again")
            at += len(line)
        if ended is None:
            raise self.stop(number, "the end is missing, so the check was broken off, or the file cut; check the shard again")
        if ended != len(self.places):
            raise self.stop(number, f"{ended:,} lines were written and {len(self.places):,} are here; check the shard again")

    def _json(self, number: int, line: bytes, message: str = "this line is damaged; check the shard again") -> Any:
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            raise self.stop(number, message) from None

    def _decoded(self, number: int, read: Callable[[], T]) -> T:
        try:
            return read()
        except FormatError as error:
            raise self.stop(number, f"{error}; check the shard again") from None

    def line(self, kind: str, at: At) -> tuple[int, dict[str, Any]]:
        """A line and its number, without what it is and of which page. Raises KeyError where there is none."""
        number, start, length = self.places[kind, *at]
        self._opened.seek(start)
        data = self._json(number, self._opened.read(length))
        del data[kind]
        return number, data

    def read(self, kind: str, at: At, of: type[T]) -> T:
        """What stands on a line. Raises KeyError where there is none, ShardError where it is something else."""
        number, data = self.line(kind, at)
        return self._decoded(number, lambda: self._coder.from_data(data, of))

    def visit(self, at: At) -> "Visit":
        """What came of a page in a browser. Raises KeyError where none was there."""
        from .live.session import Visit

        number, data = self.line("visit", at)
        if "rules" in data:
            data["rules"] = self._names_of(number, data["rules"])
        for pair in data.get("outcomes", ()):
            if type(pair) is list and len(pair) == 2 and type(pair[1]) is dict:
                pair[1]["rules"] = self._names_of(number, pair[1].get("rules"))
        return self._decoded(number, lambda: self._coder.from_data(data, Visit))

    def _names_of(self, number: int, table: Any) -> list[str]:
        if table not in self._names:
            try:
                self._names[table] = self.line("names", (0, table))[1]["names_of_rules"]
            except (KeyError, TypeError):
                raise self.stop(number, "the names of rules are missing; check the shard again") from None
        return [*self._names[table]]

    def page(self, at: At, content: _Content) -> tuple[str, str | None, Trace | None]:
        """The HTML of a page, with its marks, and its trace."""
        try:
            html, marked, trace = _PLAIN.from_data(_unpacked(content.packed), _Page)
            read = Trace.from_json(trace) if trace is not None else None
        except (ValueError, KeyError, TypeError, IndexError, zlib.error, RecursionError):
            raise self.stop(self.places["content", *at][0], "the page is damaged; check the shard again") from None
        return html if html is not None or marked is None else strike(marked), marked, read

    def traits(self, at: At, packed: bytes) -> Traits | None:
        """What other pages are compared with; None for a page that is compared with nothing."""
        try:
            return _PLAIN.from_data(_unpacked(packed), Traits) if packed else None
        except (ValueError, zlib.error, RecursionError):
            raise self.stop(self.places["static", *at][0], "what it is compared by is damaged; check the shard again") from None


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompressobj().decompress(packed, _LONGEST_LINE))


class _Pages:
    """The pages in files, the last few of them in memory."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, At], tuple[str, str | None, Trace | None]] = {}

    def of(self, file: _File, at: At) -> tuple[str, str | None, Trace | None]:
        key = (file.name, at)
        if key not in self._last:
            while len(self._last) >= _PAGES_IN_MIND:
                del self._last[next(iter(self._last))]
            self._last[key] = file.page(at, file.read("content", at, _Content))
        return self._last[key]


class _KeptPage(Page):
    """A page whose HTML is in a file. Nobody keeps its tree: who wants to point at a part of it has the page afresh."""

    def __init__(self, name: str, pages: _Pages, file: _File, at: At) -> None:
        self._source = (pages, file, at)
        super().__init__(name, "")

    def _read(self) -> tuple[str, str | None, Trace | None]:
        pages, file, at = self._source
        return pages.of(file, at)

    @property
    def html(self) -> str:
        return self._read()[0]

    @html.setter
    def html(self, _html: str) -> None:
        pass  # it is in the file

    @property
    def _marked(self) -> str | None:
        return self._read()[1]

    @_marked.setter
    def _marked(self, _marked: str | None) -> None:
        pass

    @property
    def trace(self) -> Trace | None:
        return self._read()[2]

    @trace.setter
    def trace(self, _trace: Trace | None) -> None:
        pass


class _KeptTargets(Targets):
    """Pages that were checked elsewhere, with what was known of their folders there."""

    groups_known: Mapping[Path, _Group]

    def manifest_size(self, root: Path) -> int:
        return self.groups_known[root].manifest

    def is_whole(self, root: Path, seen: Collection[str]) -> bool:
        known = self.groups_known[root]
        pages = self.by_root[root]
        return known.is_named and len(pages) == known.size and all(page.name in seen for page in pages)

    def lacks(self, root: Path, path: str) -> bool:
        return path in self.groups_known[root].lacks


@dataclass(slots=True)
class Merged:
    """What shards have kept, put together: what a check needs to tell it as one."""

    targets: Targets
    settings: Settings
    baselines: list[Baseline]
    kept: "_Kept"
    note: Message | None = None
    """What is to be said of it at last."""

    def close(self) -> None:
        """Let go of the files."""
        for file in self.kept.files:
            file.close()

    @property
    def no_browser(self) -> list[Unfinished]:
        """What could not be looked at where a shard had no browser, as far as a check does not tell it."""
        return self.kept.no_browser if self.kept.head_with_browser else []


def read_one(path: Path, name: str) -> Merged:
    """What one shard has written, by itself. Raises ShardError where the file is none, or is damaged."""
    file = _File(path, name)
    merged = _put_together([file], [], is_whole=file.run.of == 1)
    if file.run.of > 1:
        here, in_all = len(merged.targets.pages), sum(group.size for group in file.run.groups)
        merged.note = _note(file.shard, here, in_all)
        merged.targets.elsewhere = frozenset(Page("", "") for _ in range(in_all - here))
    return merged


def merge(files: Sequence[tuple[Path, str]]) -> Merged:
    """
    Put together what shards have written; the files come with their names for messages.

    A shard that is missing, that is there twice, or that is of another run, is unfinished. Raises ShardError where a file is
    none, or is damaged.
    """
    read: list[_File] = []
    faults: list[Fault] = []
    for path, name in files:
        try:
            read.append(_File(path, name))
        except ShardError as error:
            faults += error.faults
    if faults:
        for file in read:
            file.close()
        raise ShardError(faults)
    told: list[Unfinished] = []
    shards = _of_one_run(read, told)
    run = next(iter(shards.values())).run
    missing = [Shard(number, run.of) for number in range(1, run.of + 1) if number not in shards]
    told += _missing(missing)
    for file in read:
        if file not in shards.values():
            file.close()
    return _put_together([shards[number] for number in sorted(shards)], told, is_whole=not missing)


_MOST_NAMED = 20


def _missing(missing: Sequence[Shard]) -> Iterator[Unfinished]:
    for shard in missing[:_MOST_NAMED]:
        reason = say(
            "shard {shard} is missing, so its pages are not in this report, and pages were not compared with each other; give "
            "its file too, or check it with --shard {shard} --format shard=FILE",
            shard=str(shard),
        )
        yield Unfinished("", reason)
    if more := missing[_MOST_NAMED:]:
        yield Unfinished("", say("{n} more shards are missing; give their files too", n=len(more)))


def _of_one_run(read: Sequence[_File], told: list[Unfinished]) -> dict[int, _File]:
    """The shards of the run that most are of, by their numbers; what is wrong with the others is told."""
    kinds: defaultdict[str, list[_File]] = defaultdict(list)
    for file in read:
        kinds[json.dumps(file.head.run, sort_keys=True)].append(file)
    most = max(kinds.values(), key=len)
    first = most[0]
    others = [file for kind in kinds.values() if kind is not most for file in kind]
    told += (Unfinished(file.name, _another_run(_differing(file, first), first)) for file in others)
    in_browser = [file for file in most if file.head.axe]
    versions = Counter((file.head.axe, file.head.browser) for file in in_browser)
    usual = max(versions, key=lambda one: versions[one]) if versions else ("", "")
    shards: dict[int, _File] = {}
    for file in most:
        if file.head.axe and (file.head.axe, file.head.browser) != usual:
            other = next(one for one in in_browser if (one.head.axe, one.head.browser) == usual)
            what = _("the browser's version") if file.head.axe == usual[0] else _("axe-core's version")
            told.append(Unfinished(file.name, _another_run(what, other)))
        elif file.shard.number in shards:
            reason = say(
                "shard {shard} is in {other} too; give the file of each shard once",
                shard=str(file.shard),
                other=shards[file.shard.number].name,
            )
            told.append(Unfinished(file.name, reason))
        else:
            shards[file.shard.number] = file
    return shards


def _another_run(what: str, other: _File) -> Message:
    return say(
        "it is a shard of another run than {other}: {what} differs; check all shards anew, alike, and merge these",
        other=other.name,
        what=what,
    )


def _differing(file: _File, other: _File) -> Message:
    if file.run.of != other.run.of:
        return _("the number of shards")
    if file.run.asked != other.run.asked:
        return _("how it was checked, by options or the configuration,")
    if file.run.baselines != other.run.baselines:
        return _("the baseline")
    return _("the set of pages")


def _put_together(files: Sequence[_File], told: list[Unfinished], *, is_whole: bool) -> Merged:
    try:
        return _joined(files, told, is_whole=is_whole)
    except BaseException:
        for file in files:
            file.close()
        raise


def _joined(files: Sequence[_File], told: list[Unfinished], *, is_whole: bool) -> Merged:
    first = files[0]
    run = first.run
    kept = _Kept(files, is_whole=is_whole)
    targets = _KeptTargets(unfinished=[*run.unfinished], notes=[*run.notes])
    targets.groups_known = {Path(group.root): group for group in run.groups[:-1]}
    pages = _Pages()
    chosen: set[Page] = set()
    places: defaultdict[int, dict[int, _File]] = defaultdict(dict)
    for file in files:
        for kind, group, number in file.places:
            if kind in ("content", "failed"):
                if number in places[group]:
                    raise file.stop(file.places[kind, group, number][0], f"this page is in {places[group][number].name} too")
                places[group][number] = file
    for group, known in enumerate(run.groups):
        is_web = group == len(run.groups) - 1
        found: list[Page] = []
        for number, file in sorted(places[group].items()):
            at = (group, number)
            if ("failed", *at) in file.places:
                address = file.read("failed", at, Unfinished)
                targets.addresses.append(f"{number}")
                targets.fetched[f"{number}"] = Fetched(unfinished=address)
                continue
            content = file.read("content", at, _Content)
            page = _KeptPage(content.name, pages, file, at)
            page.url, page.file, page.http, page.path = content.url, content.file, content.http, content.path
            # Most pages have the same ones, and none need be opened to know them.
            written = {intern(name): owner for name, owner in content.texts.items()}
            page.written_in = written, [intern(name) for name in content.templates]
            kept.place(page, file, at)
            if content.is_chosen:
                chosen.add(page)
            if is_web:
                targets.addresses.append(f"{number}")
                targets.fetched[f"{number}"] = Fetched(page, note=content.note)
            found.append(page)
        if not is_web:
            targets.by_root[Path(known.root)] = found
    targets.take_fetched()
    targets.chosen = frozenset(chosen & {*targets.pages}) if run.is_part or not is_whole else None
    for group, known in enumerate(run.groups[:-1]):
        texts: dict[str, bytes] = {}
        for file in files:
            texts |= file.head.commented[group]
        targets.commented[Path(known.root)] = texts
    targets.unfinished += told
    kept.groups = targets.groups
    baselines = [parse_baseline(content.encode(), name) for name, content in run.baselines]
    return Merged(targets, first.settings, baselines, kept)


class _Kept:
    """What the files have of each page."""

    def __init__(self, files: Sequence[_File], *, is_whole: bool) -> None:
        self.files = files
        self.is_whole = is_whole
        self.groups: list[list[Page]] = []
        self._places: dict[Page, tuple[_File, At]] = {}
        self.head_with_browser = next((file.head for file in files if file.head.axe), None)
        reasons = [(file.name, reason) for file in files for reason in file.head.no_browser]
        self.reasons = [reason for _name, reason in reasons]
        self.no_browser = [
            Unfinished(name, say("nothing was checked in a browser: {error}, or give --no-browser", error=reason))
            for name, reason in reasons
        ]

    def place(self, page: Page, file: _File, at: At) -> None:
        """Note where what is kept of a page is."""
        self._places[page] = (file, at)

    def static(self, at: At) -> Part:
        """What the static rules have to say of a page."""
        group, number = at
        file, place = self._places[self.groups[group][number]]
        try:
            found = file.read("static", place, _Static)
        except KeyError:
            raise file.stop(
                file.places["content", *place][0], "what was found on this page is missing; check the shard again"
            ) from None
        report = Report(pages=found.pages, findings=found.findings, unfinished=found.unfinished)
        exclusions = Exclusions(file.settings.exclude, found.matched, found.concerned, found.left_out)
        return Part(report, exclusions, file.traits(place, found.traits))

    def in_browser(self, group: int) -> "_Visits":  # noqa: ARG002 – each page knows its own
        """Those who tell what came of the pages of a group in a browser."""
        return _Visits(self)

    def core(self) -> "Core":
        """The axe-core that was used, as far as its name goes. Raises BrowserError where none was."""
        from .live.axe import Core

        return Core("", self._head().axe)

    def _head(self) -> _Head:
        if self.head_with_browser is None:
            raise BrowserError(next(iter(self.reasons), say("no shard has looked at a page in one")))
        return self.head_with_browser

    def facts(self) -> tuple[dict[str, RuleFacts], str]:
        """What axe says of its rules, and the browser's version. Raises BrowserError where there was none."""
        head = self._head()
        return {one.id: one for one in head.facts}, head.browser

    def visit(self, page: Page) -> "Visit":
        """What came of a page in a browser; nothing, where its shard had none."""
        from .live.session import Visit

        file, at = self._places[page]
        try:
            return file.visit(at)
        except KeyError:
            if file.head.no_browser:
                return Visit()
            raise file.stop(
                file.places["content", *at][0], "what a browser has shown of it is missing; check the shard again"
            ) from None


@dataclass(slots=True)
class _Visits:
    """Those who have looked at pages before."""

    kept: _Kept

    def facts(self, session: "Session", pages: Sequence[Page] = ()) -> tuple[dict[str, RuleFacts], str]:  # noqa: ARG002
        return self.kept.facts()

    def visits(self, session: "Session", pages: Sequence[Page], step: Callable[[], None]) -> "Iterator[Visit]":  # noqa: ARG002
        for page in pages:
            yield self.kept.visit(page)
            step()

    def portray(self, page: Page, shots: "Sequence[Shot]") -> "Taken":  # noqa: ARG002
        from .live.portrait import Taken

        return Taken(is_whole=False)
