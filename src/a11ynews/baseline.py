"""
What is known already, in a file that stands beside the project: a check fails only for what is new.

An entry covers findings of one rule at one place (by fingerprint), of the severity, in the cells and to the degree that it names,
and so many of them on a page as it counts. What goes beyond is new. What has merely moved is found again by its page, selector
or start tag.
"""

import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .errors import A11yNewsError, BaselineError, Fault, shorten
from .files import write_bytes
from .finding import Acceptance, Finding, Severity, attributes_of, page_path, telling_of
from .message import say
from .page import Page, PageSet, SeenPages
from .report import RANKS, Report
from .rules import RULES
from .rules.ignore import Remarks
from .rules.parity import structure_parity
from .targets import Targets

VERSION = 1
"""The version of the file's format."""

SOON = timedelta(days=30)
"""An acceptance that ends within this time is marked."""

_CLEARLY_WORSE = 1.02
"""Pixels and rounding make a degree differ by less."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is accepted, why, and until when. What comes after `expires` is there to read, and to find it again."""

    rule: str
    fingerprint: str
    severity: Severity
    count: int
    """The most occurrences on any one page."""
    cells: tuple[str, ...]
    """The cells of the matrix in which it was seen; empty where that made no difference."""
    degree: float
    """How bad it was, where that has a measure; else 0."""
    owner: str
    """Whose it is: who mends it, or who answers for it."""
    reason: str
    added: date
    expires: date | None
    """The last day on which it holds; None where it has no end."""
    page: str
    """A page that shows it, by its path."""
    where: str | None
    """The line of the record, catalog or template, where that is known."""
    selector: str
    html: str
    message: str

    def has_ended(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def ends_soon(self, today: date) -> bool:
        """Whether its last day is near, and not over."""
        return self.expires is not None and today <= self.expires <= today + SOON

    @property
    def _order(self) -> tuple[Any, ...]:
        # By the file to mend, without the line: an edit further up must not shuffle the entries.
        file = re.sub(r":\d+:\d+$", "", self.where or "") or self.page
        expires = self.expires.isoformat() if self.expires else ""
        return file, self.rule, self.fingerprint, RANKS[self.severity], self.reason, self.owner, expires

    @property
    def key(self) -> tuple[Any, ...]:
        """What no two entries of a baseline share."""
        return self.rule, self.fingerprint, self.severity, self.reason, self.owner, self.expires

    def covers(self, finding: Finding, seen_in: frozenset[str]) -> bool:
        """Whether a finding is no worse than what is accepted; `seen_in` are the cells in which its page was looked at."""
        cells = set(finding.cells) or seen_in
        return (
            RANKS[finding.severity] >= RANKS[self.severity]
            and (not self.cells or (bool(cells) and cells <= {*self.cells}))
            and (not self.degree or finding.degree <= self.degree * _CLEARLY_WORSE)
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """A file of entries; `lines` tells where each of them begins."""

    file: str
    entries: tuple[Entry, ...]
    lines: tuple[int, ...] = ()
    content: bytes = b""
    """What stands in it."""

    def where(self, number: int) -> str:
        """File and line of an entry."""
        return f"{self.file}:{self.lines[number]}" if number < len(self.lines) else self.file


# -- the file ----------------------------------------------------------------------------------------------------------


def write(path: Path, entries: Iterable[Entry]) -> bool:
    """Write a baseline; True if that changed the file."""
    listed = [_as_data(entry) for entry in sorted(entries, key=lambda entry: entry._order)]
    text = json.dumps({"version": VERSION, "entries": listed}, indent=1, ensure_ascii=False) + "\n"
    return write_bytes(path, text.encode("utf-8", "replace"))


def _as_data(entry: Entry) -> dict[str, Any]:
    expires = entry.expires.isoformat() if entry.expires else None
    degree = int(entry.degree) if entry.degree == int(entry.degree) else entry.degree
    data = {one.name: getattr(entry, one.name) for one in fields(entry)}
    return data | {"cells": list(entry.cells), "degree": degree, "added": entry.added.isoformat(), "expires": expires}


def read(path: Path, file: str) -> Baseline:
    """
    Read a baseline; `file` is its name for messages. Raises BaselineError with all that is wrong in it.

    Nothing is passed over: an entry that could not be understood would let a finding through, or stop one, unseen.
    """

    def stop(line: int, column: int, message: str) -> BaselineError:
        return BaselineError([Fault(file, line, column, message)])

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise stop(1, 1, "there is no such baseline; mend its name, or write one with “a11ynews baseline write”") from None
    except OSError as error:
        raise stop(1, 1, f"the baseline cannot be read ({error.strerror}); mend its path or its permissions") from None
    return parse(content, file)


def parse(content: bytes, file: str) -> Baseline:
    """Read what stands in a baseline; `file` is its name for messages. Raises BaselineError with all that is wrong in it."""

    def stop(line: int, column: int, message: str) -> BaselineError:
        return BaselineError([Fault(file, line, column, message)])

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise stop(1, 1, "the baseline is not UTF-8; save it as UTF-8") from None
    if conflict := re.search(r"^(?:<{7}|={7}|>{7})(?: .*)?$", text, re.MULTILINE):
        message = "a merge was left half done here; keep the entries of both sides and delete its marks"
        raise stop(*_place(text, conflict.start()), message)
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}; check the commas and quotation marks"
        raise stop(error.lineno, error.colno, message) from None
    except (RecursionError, ValueError):
        raise stop(1, 1, "this is no baseline; write one with “a11ynews baseline write”") from None
    return _Reading(file, text).baseline(data)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The keys of an object that begins there, or the numbers of an array's items, and where each value begins."""
    is_object, number = text[at] == "{", 0
    at = _after_space(text, at + 1)
    while text[at] not in "]}":
        name = str(number)
        if is_object:
            name, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)
        yield name, at
        _, at = _DECODER.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


class _Reading:
    """Makes entries of what stands in a file, and notes what is wrong with its place."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.faults: list[Fault] = []

    def fault(self, at: int, message: str) -> None:
        self.faults.append(Fault(self.file, *_place(self.text, at), message))

    def baseline(self, data: Any) -> Baseline:
        start = _after_space(self.text, 0)
        if not isinstance(data, dict) or "version" not in data or not isinstance(data.get("entries"), list):
            self.fault(start, "this is no baseline; it holds “version” and a list of “entries”")
            raise BaselineError(self.faults)
        places = dict(_members(self.text, start))
        if type(data["version"]) is not int or data["version"] != VERSION:
            told = shorten(json.dumps(data["version"], ensure_ascii=False))
            self.fault(places["version"], f"the version is {told} and this a11ynews reads {VERSION}; install one that knows it")
            raise BaselineError(self.faults)
        entries: dict[tuple[Any, ...], tuple[Entry, int]] = {}
        line = counted = 0
        for (_, at), written in zip(_members(self.text, places["entries"]), data["entries"], strict=True):
            line, counted = line + self.text.count("\n", counted, at), at
            entry = self._entry(written, at)
            if entry is None:
                continue
            if entry.key in entries:
                first = entries[entry.key][1]
                self.fault(at, f"this entry stands here a second time (first on line {first}); keep one, with the higher count")
            entries.setdefault(entry.key, (entry, line + 1))
        if self.faults:
            raise BaselineError(self.faults)
        read = list(entries.values())
        entries_read, lines = tuple(entry for entry, _ in read), tuple(line for _, line in read)
        return Baseline(self.file, entries_read, lines, self.text.encode("utf-8", "surrogatepass"))

    def _entry(self, written: Any, at: int) -> Entry | None:
        if not isinstance(written, dict):
            self.fault(at, "an entry is an object such as {“rule”: …, “fingerprint”: …}; delete what stands here")
            return None
        values: dict[str, Any] = {}
        wrong = False
        for name, (reader, default) in _FIELDS.items():
            value = written.get(name, default)
            try:
                if value is _NEEDED:
                    self.fault(at, f"the entry has no “{name}”; add it, or write the entry anew with “a11ynews baseline update”")
                    wrong = True
                else:
                    values[name] = reader(value)
            except ValueError as error:
                self.fault(self._at(at, name), f"“{name}” is {shorten(json.dumps(value, ensure_ascii=False))}; write {error}")
                wrong = True
        for name in written.keys() - _FIELDS.keys():
            self.fault(self._at(at, name), f"the key “{shorten(name)}” is not known; take it out")
            wrong = True
        return None if wrong else Entry(**values)

    def _at(self, entry: int, name: str) -> int:
        return next((at for key, at in _members(self.text, entry) if key == name), entry)


def _read_words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("some words")
    return value.strip()


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")  # noqa: TRY004
    return value


def _read_fingerprint(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{16}", value):
        raise ValueError("the sixteen digits that the JSON report has")
    return value


def _read_severity(value: Any) -> Severity:
    if value not in [str(severity) for severity in Severity]:
        raise ValueError("error, warning or review")
    return Severity(value)


def _read_count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 1_000_000:
        raise ValueError("a whole number from 1 on")
    return value


def _read_cells(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(cell, str) and cell for cell in value):
        raise ValueError("a list such as [“320 px, dark”], or []")
    return tuple(value)


def _read_degree(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise ValueError("a number, or 0 where it has no measure")
    return value


def read_date(value: Any) -> date:
    """A day written as 2027-01-31. Raises ValueError, with how it is written."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a day of the calendar such as 2027-01-31")


_NEEDED = object()
_FIELDS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "rule": (_read_words, _NEEDED),
    "fingerprint": (_read_fingerprint, _NEEDED),
    "severity": (_read_severity, _NEEDED),
    "count": (_read_count, _NEEDED),
    "cells": (_read_cells, []),
    "degree": (_read_degree, 0),
    "owner": (_read_words, _NEEDED),
    "reason": (_read_words, _NEEDED),
    "added": (read_date, _NEEDED),
    "expires": (lambda value: None if value is None else read_date(value), None),
    "page": (_read_text, ""),
    "where": (lambda value: None if value is None else _read_text(value), None),
    "selector": (_read_text, ""),
    "html": (_read_text, ""),
    "message": (_read_text, ""),
}
"""How each field of an entry is read, and what it is where it is not written."""

assert [*_FIELDS] == [one.name for one in fields(Entry)]


def to_terminal(baseline: Baseline, today: date, *, colour: bool, width: int) -> str:
    """The entries as a table, a line of totals below it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("until", no_wrap=True)
    for title in ("place", "rule", "count", "owner", "reason"):
        table.add_column(title, justify="right" if title == "count" else "left", overflow="fold")
    for entry in baseline.entries:
        until = str(entry.expires) if entry.expires else "–"
        style = ""
        if entry.has_ended(today):
            until, style = f"{until} ended", "red"
        elif entry.ends_soon(today):
            until, style = f"{until} soon", "yellow"
        weight = "" if entry.severity is Severity.ERROR else f" ({entry.severity})"
        cells = [until, entry.where or entry.page, entry.rule + weight, str(entry.count), entry.owner, entry.reason]
        table.add_row(*(Text(cell) for cell in cells), style=style)
    ended = sum(entry.has_ended(today) for entry in baseline.entries)
    soon = sum(entry.ends_soon(today) for entry in baseline.entries)
    number = len(baseline.entries)
    parts = [f"{number:,} {'entry' if number == 1 else 'entries'}"]
    parts += [f"{ended:,} ended"] if ended else []
    parts += [f"{soon:,} within {SOON.days} days"] if soon else []
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None)
    if baseline.entries:
        console.print(table)
    console.print(Text(", ".join(parts)))
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


# -- from findings -----------------------------------------------------------------------------------------------------


def entries_of(findings: Iterable[Finding], reason: str, today: date, expires: date | None, owner: str = "") -> list[Entry]:
    """Entries that cover findings: one for each fingerprint and severity."""
    alike: defaultdict[tuple[str, str, Severity], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.rule, finding.fingerprint, finding.severity].append(finding)
    entries = []
    for (rule, fingerprint, severity), group in alike.items():
        cells = () if any(not one.cells for one in group) else tuple(sorted({cell for one in group for cell in one.cells}))
        degree = 0 if any(not one.degree for one in group) else max(one.degree for one in group)
        most = max(Counter(one.place.page for one in group).values())
        whose = owner or str(group[0].owner)
        blank = Entry(rule, fingerprint, severity, most, cells, degree, whose, reason, today, expires, "", None, "", "", "")
        entries.append(_renewed(blank, group))
    return entries


def _renewed(entry: Entry, findings: Sequence[Finding]) -> Entry:
    """An entry with what is to be read in it, and its fingerprint, as they are now."""
    # The first by name, so that the order in which pages are looked at changes nothing; the page it had, if it still shows it.
    shown = min(findings, key=lambda one: (one.place.page_path != entry.page, one.place.page_path, one.place.line))
    place = shown.place
    return replace(
        entry,
        fingerprint=shown.fingerprint,
        page=place.page_path,
        where=str(place.source) if place.source else None,
        selector=place.selector,
        html=place.html,
        message=str(shown.message),
    )


# -- against a report --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Held:
    """An entry against a report: the findings that it covers, and whether it can be said that others are no more."""

    entry: Entry
    where: str
    """File and line of the entry."""
    findings: list[Finding] = field(default_factory=list)
    left: int | None = None
    """How many there still are on a page at the most, where that is fewer than the entry counts; None where nobody can say."""
    _on: Counter[str] = field(default_factory=Counter)

    def has_room(self, finding: Finding) -> bool:
        """Whether one more on its page is within the count."""
        return self._on[finding.place.page] < self.entry.count

    def take(self, finding: Finding) -> None:
        """Cover a finding."""
        self.findings.append(finding)
        self._on[finding.place.page] += 1

    @property
    def most(self) -> int:
        """The most that it covers on any one page."""
        return max(self._on.values(), default=0)

    @property
    def renewed(self) -> Entry | None:
        """The entry as it should be written now; None where nothing is left of it."""
        if self.left == 0:
            return None
        entry = replace(self.entry, count=self.left or self.entry.count)
        return _renewed(entry, self.findings) if self.findings else entry


def accept(report: Report, baselines: Sequence[Baseline], targets: Targets, today: date | None = None) -> list[Held]:
    """
    Mark what the baselines know among the findings of a report, and tell what they know and is no more.

    An acceptance that has ended is none: its findings gate, and say so. Raises BaselineError where two baselines hold the same
    entry. Gives every entry with what it covers.
    """
    _refuse_doubles(baselines)
    today = today or date.today()
    held = [Held(entry, baseline.where(number)) for baseline in baselines for number, entry in enumerate(baseline.entries)]
    scope = _Scope(report, targets, held)
    _match([finding for finding in report.findings if finding.known is None], held, scope, today)
    told: dict[int, Finding] = {}
    for one in held:
        for finding in one.findings:
            told[id(finding)] = _told(finding, one, today)
    report.findings = [told.get(id(finding), finding) for finding in report.findings]
    for one in held:
        one.left = scope.left_of(one)
        if one.left is not None:
            report.stale.append(_stale(one))
    return held


def _refuse_doubles(baselines: Sequence[Baseline]) -> None:
    first: dict[tuple[Any, ...], str] = {}
    faults = []
    for baseline in baselines:
        for number, entry in enumerate(baseline.entries):
            where = baseline.where(number)
            if (other := first.setdefault(entry.key, where)) != where:
                line = baseline.lines[number] if number < len(baseline.lines) else 1
                faults.append(Fault(baseline.file, line, 1, f"this entry stands in {other} too; keep it in one baseline"))
    if faults:
        raise BaselineError(faults)


def _told(finding: Finding, held: Held, today: date) -> Finding:
    entry = held.entry
    if not entry.has_ended(today):
        return replace(finding, known=Acceptance("baseline", entry.reason, held.where, entry.expires))
    ended = say(
        "{message} (accepted until {date} by {owner}, which has ended: {reason})",
        message=finding.message,
        date=str(entry.expires),
        owner=entry.owner,
        reason=entry.reason,
    )
    return replace(finding, message=ended)


def _stale(held: Held) -> str:
    entry, place = held.entry, held.entry.where or held.entry.page
    if not held.left:
        return say(
            "{where}: {rule} is found no more at {place}; “a11ynews baseline update” takes the entry out",
            where=held.where,
            rule=entry.rule,
            place=place,
        )
    return say(
        "{where}: of {count} that are accepted of {rule} at {place} {left} are left; “a11ynews baseline update” lowers the count",
        where=held.where,
        count=entry.count,
        rule=entry.rule,
        place=place,
        left=held.left,
    )


def _match(findings: Sequence[Finding], held: Sequence[Held], scope: "_Scope", today: date) -> None:
    """Give each finding to an entry that covers it: by fingerprint, and what is left over on both sides by where it stands."""
    by_fingerprint: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        by_fingerprint[one.entry.rule, one.entry.fingerprint].append(one)
    alike: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.rule, finding.fingerprint].append(finding)
    over: list[list[Finding]] = []
    for fingerprint, group in alike.items():
        candidates = by_fingerprint.get(fingerprint, [])
        places = {(one.entry.page, one.entry.selector) for one in candidates}
        # Those at the known places before those that came later.
        group.sort(key=lambda one: _at(one)[:2] not in places)
        if left := _share(group, candidates, scope, today):
            over.append(left)
    for parts, may_be, is_moved in _WAYS:
        where: defaultdict[tuple[str, ...], list[list[Finding]]] = defaultdict(list)
        # The last first, so that those that are used up can be taken off the end.
        for group in reversed(over):
            for key in dict.fromkeys(_key(finding.rule, *_at(finding), parts=parts) for finding in group):
                where[key].append(group)
        for each in held:
            entry = each.entry
            if each.findings or not may_be(entry, scope):
                continue
            wanted = _key(entry.rule, entry.page, entry.selector, entry.html, parts=parts)
            groups = where[wanted]
            while groups and not groups[-1]:
                groups.pop()
            for group in reversed(groups):
                there = [one for one in group if _key(one.rule, *_at(one), parts=parts) == wanted]
                the_same = [one for one in there if _can_be(entry, one) and is_moved(entry, one)]
                if the_same:
                    # The very one first: there may be more of its kind than are accepted.
                    others = [one for one in group if one not in the_same]
                    group[:] = _share([*the_same, *others], [each], scope, today)
                if each.findings:
                    break


def _at(finding: Finding) -> tuple[str, str, str]:
    return finding.place.page_path, finding.place.selector, finding.place.html


def _key(rule: str, page: str, selector: str, html: str, *, parts: str) -> tuple[str, ...]:
    known = {"page": page, "selector": selector, "html": html}
    return rule, *(known[part] for part in parts.split())


def _share(group: Sequence[Finding], candidates: Sequence[Held], scope: "_Scope", today: date) -> list[Finding]:
    """Share findings of one fingerprint out among entries, in their order; gives those that are beyond all of them."""
    # What still holds before what has ended; of these what is no better than it need be.
    fitting = sorted(candidates, key=lambda one: (one.entry.has_ended(today), -RANKS[one.entry.severity], one.entry.degree))
    over = []
    # The worst first, since the fewest entries cover them.
    for finding in sorted(group, key=lambda one: RANKS[one.severity]):
        cells = scope.cells_of(finding)
        for one in fitting:
            if one.has_room(finding) and one.entry.covers(finding, cells):
                one.take(finding)
                break
        else:
            over.append(finding)
    return over


_TEXTS = re.compile(r"\.(?:yaml|yml|json|toml|po):\d+:\d+$")


def _can_be(entry: Entry, finding: Finding) -> bool:
    """
    Whether a finding can be what an entry knew under another fingerprint.

    Words of a record or a catalog cannot: other words are another text, which nobody has accepted.
    """
    source = finding.place.source
    if entry.where is None or source is None:
        return entry.where is None and source is None
    return not (_TEXTS.search(entry.where) or _TEXTS.search(str(source)))


def _has_the_same_address(entry: Entry, finding: Finding) -> bool:
    """Whether one element can have become the other: the same tag, and no other picture, frame or link target."""
    (tag, _before), (tag_now, _now) = attributes_of(entry.html), attributes_of(finding.place.html)
    told, told_now = telling_of(entry.html), telling_of(finding.place.html)
    addresses = [name for name in ("src", "href", "data") if name in told and name in told_now]
    return tag == tag_now and all(_HASH.sub("*", told[name]) == _HASH.sub("*", told_now[name]) for name in addresses)


# A build gives a file's address a new one of these.
_HASH = re.compile(r"(?=[a-f]*\d)[0-9a-f]{6,}|\d{4,}", re.IGNORECASE)


def _is_telling(entry: Entry, _: "_Scope") -> bool:
    """Whether its start tag tells an element from others."""
    return bool(telling_of(entry.html))


def _has_no_page(entry: Entry, scope: "_Scope") -> bool:
    return bool(entry.html) and scope.is_gone(entry.page)


_Way = tuple[str, Callable[[Entry, "_Scope"], bool], Callable[[Entry, Finding], bool]]
_WAYS: tuple[_Way, ...] = (
    # At its place, reworded or with another id.
    ("page selector", lambda entry, _: bool(entry.selector), _has_the_same_address),
    # Elsewhere on its page, with other words in it.
    ("page html", _is_telling, lambda *_: True),
    # On another page, while its own is no more.
    ("html selector", _has_no_page, lambda *_: True),
    ("html", lambda entry, scope: _has_no_page(entry, scope) and _is_telling(entry, scope), lambda *_: True),
)
"""
How an entry without findings and a finding without an entry are known to be one: what they share, of which entries it can be
said at all, and what must hold of the two besides.
"""


class _Scope:
    """What a run has looked at, so that nothing is told of what it has not."""

    def __init__(self, report: Report, targets: Targets, held: Sequence[Held]) -> None:
        self._report, self._targets, self._held = report, targets, held
        pages = {page.name: page for page in targets.pages}
        unfinished = {one.page for one in report.unfinished}
        self._checks: dict[str, tuple[str, ...]] = {}
        for checked in report.pages:
            self._checks[checked.name] = (*self._checks.get(checked.name, ()), *checked.checks)
        self._names = {
            page_path(name, pages[name].path if name in pages else ""): name for name in self._checks if name not in unfinished
        }
        self._rules = {rule.id: rule for rule in (*RULES, structure_parity)}
        self._gone: dict[str, bool] = {}

    def cells_of(self, finding: Finding) -> frozenset[str]:
        """The cells in which the page of a finding was looked at in the browser."""
        return _cells(self._checks.get(finding.place.page, ()))

    def left_of(self, held: Held) -> int | None:
        """How many there are of what an entry counts, where there are fewer and this run can say so."""
        entry = held.entry
        if held.most >= entry.count or entry.rule not in self._report.rules:
            return None
        rule = self._rules.get(entry.rule)
        if rule and rule.on in (PageSet, Remarks, SeenPages):
            # It has compared pages, or comments with what they are about: it takes all of them to say that it finds no more.
            return held.most if self._is_whole else None
        if self.is_gone(entry.page):
            # Of a text or a template the other pages must have been looked at.
            return held.most if entry.where is None or self._is_whole else None
        name = self._names.get(entry.page)
        if name is None or not self._ran(entry, self._checks[name]):
            return None
        return held.most if entry.where is None or self._is_whole else None

    def _ran(self, entry: Entry, checks: Sequence[str]) -> bool:
        rule = self._rules.get(entry.rule)
        if rule and rule.on is Page:
            return "static" in checks
        if self._report.rules[entry.rule].is_live:
            return "live rules" in checks  # in which cells it looks is its own matter
        if entry.rule.startswith("axe/"):
            checks = [check for check in checks if check.startswith("axe ")]
        elif rule:
            checks = [check for check in checks if check != "static"]
        cells = _cells(checks)
        return bool(checks) and (not cells or {*entry.cells} <= cells)

    def is_gone(self, path: str) -> bool:
        """Whether there is no such page any more: it is not in a folder of which everything was looked at."""
        if path not in self._gone:
            self._gone[path] = (
                bool(path) and path not in self._names and any(self._targets.lacks(root, path) for root in self._whole_roots)
            )
        return self._gone[path]

    @cached_property
    def _whole_roots(self) -> list[Path]:
        """The folders of which this run has looked at every page."""
        seen = {*self._names.values()}
        return [root for root in self._targets.by_root if self._targets.is_whole(root, seen)]

    @cached_property
    def _is_whole(self) -> bool:
        """Whether it has looked at everything: of folders at all their pages, on the web at all that the entries are about."""
        if self._report.unfinished or len(self._whole_roots) < len(self._targets.by_root):
            return False
        known = {one.entry.page for one in self._held if one.entry.page.startswith("/")} if self._targets.from_web else set()
        return known <= self._names.keys()


def _cells(checks: Iterable[str]) -> frozenset[str]:
    """The cells in what a report says of a page's checks: `axe 4.12.1 (1280 px, light)`."""
    return frozenset(check.partition(" (")[2].removesuffix(")") for check in checks if " (" in check)


# -- bringing one up to date -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Update:
    """What an update makes of a baseline."""

    entries: list[Entry]
    removed: int = 0
    renewed: int = 0
    added: int = 0


def update(
    baseline: Baseline,
    report: Report,
    targets: Targets,
    today: date | None = None,
    *,
    add: Callable[[list[Finding]], list[Entry]] = lambda _: [],
) -> Update:
    """
    A baseline as it should be after a run: without what is no more, and with what has moved as it is now.

    `add` makes entries of the findings that it does not cover; where it makes none, they stay new. An entry that has ended stays,
    for somebody to decide about, unless its findings are accepted anew. Raises A11yNewsError where the check was not complete.
    """
    must_be_complete(report)
    today = today or date.today()
    before = list(report.findings)
    held = accept(report, [baseline], targets, today)
    # As they were found: an acceptance that has ended is no part of the message.
    added = add([was for was, now in zip(before, report.findings, strict=True) if now.known is None])
    anew = {(entry.rule, entry.fingerprint) for entry in added}
    kept: dict[tuple[Any, ...], Entry] = {}
    done = Update([], added=len(added))
    for one in held:
        entry = one.renewed
        if entry is None or (entry.has_ended(today) and (entry.rule, entry.fingerprint) in anew):
            done.removed += 1
        else:
            done.renewed += entry != one.entry
            _put(kept, entry)
    for entry in added:
        _put(kept, entry)
    done.entries = list(kept.values())
    return done


def _put(kept: dict[tuple[Any, ...], Entry], entry: Entry) -> None:
    """Keep an entry; one that is kept with the same reason, owner and end takes it in."""
    other = kept.get(entry.key)
    if other:
        cells = tuple(sorted({*entry.cells, *other.cells})) if entry.cells and other.cells else ()
        degree = max(entry.degree, other.degree) if entry.degree and other.degree else 0
        entry = replace(other, count=other.count + entry.count, cells=cells, degree=degree)
    kept[entry.key] = entry


def must_be_complete(report: Report) -> None:
    """Raise A11yNewsError where a check is incomplete: what it did not see would be missing in a baseline, or be taken out."""
    if report.unfinished:
        reasons = "\n".join(f"    {one}" for one in dict.fromkeys(report.unfinished))
        raise A11yNewsError(f"the check is not complete, so nothing was written; mend this first:\n{reasons}")
