"""
What the static rules have found of pages at an earlier check, told again where nothing that they looked at has changed.

A result is kept only if it is whole: what could not be checked is checked again the next time.
"""

import os
from collections.abc import Collection, Sequence
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


_MOST_TOGETHER = 20_000


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
        self._told: dict[int, Any] | None = {} if len(looked_at) <= _MOST_TOGETHER else None
        """What is kept of pages, for all of them together; None where that would be much."""
        self._are_together = False

    def known(self, tasks: Collection[int], *, reads: bool) -> dict[int, Part]:
        """What is known of pages, by their numbers; with what they are compared by, where somebody `reads` that."""
        found: dict[int, Part] = {}
        together = self._together()
        for task in tasks:
            if not (digest := self._all[task]):
                continue
            part: Part | None = Part(Report(), Exclusions(self._entries))
            if task in self._are_looked_at:
                data = together[task] if together else self._cache.get("static", self._how, digest)
                part = self._read(data, task) if data is not None else None
                if part and self._told is not None:
                    self._told[task] = data
            if part and reads:
                known, traits = self._traits(digest)
                part = part._replace(traits=traits) if known else None
            if part:
                found[task] = part
        return found

    def _together(self) -> dict[int, Any]:
        """What is kept of all pages in one piece, as of a site in which nothing has changed; empty where it is not so."""
        told = self._cache.get("together", *self._key_of_all()) if self._told is not None and all(self._all) else None
        if type(told) is not list or len(told) != len(self._looked_at):
            return {}
        self._are_together = True
        return dict(zip(self._looked_at, told, strict=True))

    def keep_together(self) -> None:
        """Keep what is known of all pages in one piece, too, when all has been kept."""
        told = self._told
        if told is not None and all(self._all) and not self._are_together and len(told) == len(self._looked_at):
            self._cache.put([told[task] for task in self._looked_at], "together", *self._key_of_all())

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
        if not digest or part.report.unfinished:
            return
        if part.traits:
            self._cache.put(_CODER.to_data([part.traits], list[Traits | None]), "traits", digest)
        if task not in self._are_looked_at:
            return
        states = []
        for path in sorted(consulted):
            file = os.path.abspath(path)  # noqa: PTH100  # a link is looked at as such
            if not self._cache.files.is_settled(file, str(Path(file).parent)):
                return
            states.append([path, self._cache.files.state(path)])
        data = self._data(part, states)
        self._cache.put(data, "static", self._how, digest)
        self._are_together = False
        if self._told is not None:
            self._told[task] = data

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
        """What was kept; None where a file beside the page has changed since."""
        try:
            if any(self._cache.files.state(path) != state for path, state in data.get("consulted", ())):
                return None
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
