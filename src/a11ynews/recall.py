"""
What the static rules have found of pages at an earlier check, told again where nothing that they looked at has changed.

A result is kept only if it is whole: what could not be checked is checked again the next time.
"""

import json
import os
import zlib
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from .exclusion import Exclusion, Exclusions
from .finding import Finding
from .message import say
from .page import Page
from .report import CheckedPage, Report
from .report_file import Coder, FormatError, from_data, to_data
from .result_cache import ResultCache, key_of
from .rule import Rule
from .rules.traits import Traits

_CODER = Coder()


_PAGES_TOGETHER = 500
"""The results of so many pages are kept in one piece, too: of a site where little has changed they are had at once."""

_LONG = 1_000
"""Characters that are worth packing."""


class Part(NamedTuple):
    """What the static rules have to say of a page, or of all together, and what came of the parts that are left out."""

    report: Report
    exclusions: Exclusions
    traits: Traits | None = None
    """What others are compared with, where that is wanted and the page is no drawing."""


class StaticRecall:
    """The results of some rules on some pages."""

    def __init__(
        self,
        cache: ResultCache,
        pages: Sequence[Page],
        looked_at: Sequence[int],
        rules: Sequence[Rule[Any]],
        entries: Sequence[Exclusion],
        *,
        is_live: bool,
    ) -> None:
        self._cache = cache
        self._pages = pages
        self._entries = entries
        told = [[one.selector, one.reason, one.pages, one.where] for one in entries]
        self._how = key_of([[rule.id, str(rule.severity)] for rule in rules], told, is_live)
        self._looked_at = list(looked_at)
        self._are_looked_at = frozenset(looked_at)
        self._all = [page.digest for page in pages]
        self._to_come = iter(self._looked_at)
        """Those of which nobody has told yet."""
        self._piece: list[tuple[int, str]] = []
        """What is kept of those that were told last, until there is a piece."""
        self._has_new = False
        """Whether one of these was looked at now."""
        self._are_together: set[int] = set()
        """The first pages of the pieces that are kept already."""

    def known(self, tasks: Collection[int], *, reads: bool) -> dict[int, bytes]:
        """
        What is known of pages, by their numbers, as `part` takes it: packed, for there can be 100,000 of them. Where somebody
        `reads` what they are compared by, those are left out of which that is not known.
        """
        together: dict[int, str] = {}
        piece: list[int] | None = []
        pieces = iter(self._pieces())
        found: dict[int, bytes] = {}
        for task in tasks:
            if not (digest := self._all[task]):
                continue
            told = b""
            if task in self._are_looked_at:
                while task not in together and (piece := next(pieces, None)):
                    together = self._together(piece) or dict.fromkeys(piece, "")
                text = together.get(task, "")
                if not text or not self._is_same(text):
                    self._are_together -= set(piece[:1] if piece else ())
                    text = self._alone(digest)
                    if not text or not self._is_same(text):
                        continue
                told = zlib.compress(text.encode(), 1) if len(text) > _LONG else text.encode()
            if not reads or self._cache.has("traits", digest):
                found[task] = told
        return found

    def _pieces(self) -> Iterator[list[int]]:
        rest = iter(self._looked_at)
        while piece := list(islice(rest, _PAGES_TOGETHER)):
            yield piece

    def _together(self, piece: Sequence[int]) -> dict[int, str]:
        """What is kept of some pages in one piece; nothing where it is not so."""
        told = self._cache.get(*self._key_of(piece)) if all(self._all[task] for task in piece) else None
        if type(told) is not list or len(told) != len(piece) or not all(type(text) is str for text in told):
            return {}
        self._are_together.add(piece[0])
        return dict(zip(piece, told, strict=True))

    def _key_of(self, piece: Sequence[int]) -> tuple[Any, ...]:
        return "together", self._how, [self._all[task] for task in piece]

    def _alone(self, digest: str) -> str:
        data = self._cache.get("static", self._how, digest)
        return "" if data is None else _text(data)

    def _is_same(self, text: str) -> bool:
        """Whether the files beside a page are those that were looked at."""
        try:
            return all(self._cache.files.state(path) == state for path, state in json.loads(text).get("consulted", ()))
        except (ValueError, TypeError, AttributeError, RecursionError):
            self._cache.refuse()
            return False

    def part(self, task: int, told: bytes, *, reads: bool) -> Part | None:
        """What `known` has told of a page; None where it is damaged."""
        part: Part | None = Part(Report(), Exclusions(self._entries))
        text = ""
        if task in self._are_looked_at:
            text = (zlib.decompress(told) if told[:1] == b"x" else told).decode()
            part = self._read(json.loads(text), task)
        if part and reads:
            known, traits = self._traits(self._all[task])
            part = part._replace(traits=traits) if known else None
        if part and task in self._are_looked_at:
            self._take(task, text)
        return part

    def _take(self, task: int, text: str, *, is_new: bool = False) -> None:
        """
        Keep what is known of pages in pieces, too, each as soon as it is there. Pages come in their order; the text is empty of
        one of which nothing can be kept.
        """
        if next(self._to_come, None) != task:
            return  # they come otherwise, and are kept one by one alone
        self._piece.append((task, text))
        self._has_new |= is_new
        if len(self._piece) == _PAGES_TOGETHER or task == self._looked_at[-1]:
            piece, texts = [number for number, _ in self._piece], [text for _, text in self._piece]
            if all(texts) and (self._has_new or piece[0] not in self._are_together):
                self._cache.put(texts, *self._key_of(piece))
            self._piece.clear()
            self._has_new = False

    def _traits(self, digest: str) -> tuple[bool, Traits | None]:
        """Whether the traits of a page are known, and what they are."""
        data = self._cache.get("traits", digest)
        try:
            return (False, None) if data is None else (True, _CODER.from_data(data, list[Traits | None])[0])
        except (FormatError, IndexError):
            self._cache.refuse()
            return False, None

    def compared(self) -> Part | None:
        """What is known of all pages together."""
        data = self._cache.get(*key) if (key := self._key_of_all()) else None
        return None if data is None else self._read(data, None)

    def keep(self, task: int, part: Part, consulted: Collection[str]) -> None:
        """Keep what has been found now of a page; `consulted` are the files beside it that rules have looked at."""
        digest = self._all[task]
        is_whole = bool(digest) and not part.report.unfinished
        if is_whole and part.traits:
            self._cache.put(_CODER.to_data([part.traits], list[Traits | None]), "traits", digest)
        if task not in self._are_looked_at:
            return
        text = ""
        states = self._states(consulted) if is_whole else None
        if states is not None:
            data = self._data(part, states)
            self._cache.put(data, "static", self._how, digest)
            text = _text(data)
        self._take(task, text, is_new=True)

    def _states(self, consulted: Collection[str]) -> list[list[str]] | None:
        """The files beside a page, with their states; None where one has changed a moment ago."""
        states = []
        for path in sorted(consulted):
            file = os.path.abspath(path)  # noqa: PTH100  # a link is looked at as such
            if not self._cache.files.is_settled(file, str(Path(file).parent)):
                return None
            states.append([path, self._cache.files.state(path)])
        return states

    def keep_compared(self, part: Part) -> None:
        """Keep what has been found of all pages together."""
        if (key := self._key_of_all()) and not part.report.unfinished:
            self._cache.put(self._data(part, []), *key)

    def _data(self, part: Part, consulted: list[list[str]]) -> dict[str, Any]:
        report, exclusions = part.report, part.exclusions
        data = {
            "checks": [[*page.checks] for page in report.pages],
            "url": [page.url for page in report.pages],
            "findings": to_data(report.findings, list[Finding]),
            "matched": self._numbers(exclusions.matched),
            "concerned": self._numbers(exclusions.concerned),
            "left_out": [[self._entries.index(entry), number] for entry, number in exclusions.left_out.items()],
            "consulted": consulted,
        }
        return {name: value for name, value in data.items() if value}

    def _key_of_all(self) -> tuple[Any, ...]:
        """What it depends on how pages compare; nothing where that is not known."""
        return ("compared", self._how, self._all, self._looked_at) if all(self._all) else ()

    def _numbers(self, entries: Collection[Exclusion]) -> list[int]:
        return sorted(self._entries.index(entry) for entry in entries)

    def _read(self, data: Any, task: int | None) -> Part | None:
        """What was kept; None where it is damaged."""
        try:
            report, exclusions = Report(), Exclusions(self._entries)
            if task is not None:
                page, (checks,), (url,) = self._pages[task], data["checks"], data["url"]
                checked = CheckedPage(page.name, tuple(checks), url, page.file, page.http, page.is_ours)
                report.pages.append(checked)
            if "findings" in data:
                report.findings = from_data(data["findings"], list[Finding])
            exclusions.matched = {self._entries[number] for number in data.get("matched", ())}
            exclusions.concerned = {self._entries[number] for number in data.get("concerned", ())}
            exclusions.left_out.update({self._entries[number]: many for number, many in data.get("left_out", ())})
        except (FormatError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            self._cache.refuse()
            return None
        return Part(report, exclusions)


def _text(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"))


def tell_reused(report: Report, looked_at: int, static: int, live: int | None) -> None:
    """Say of how many pages earlier results were told again: by the static rules, and in the browser if that was asked for."""
    if live is None and static:
        report.notes.append(
            say(
                "not looked at anew, for nothing of them has changed since an earlier check: {n} of {all} pages; give --no-cache "
                "to look at all",
                n=static,
                all=looked_at,
            )
        )
    elif static or live:
        report.notes.append(
            say(
                "not looked at anew, for nothing of them has changed since an earlier check: {n} of {all} pages by the static "
                "rules, {live} in the browser; give --no-cache to look at all",
                n=static,
                all=looked_at,
                live=live or 0,
            )
        )
