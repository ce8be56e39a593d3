"""
What the static rules have found of pages at an earlier check, told again where nothing that they looked at has changed.

A result is kept only if it is whole: what could not be checked is checked again the next time.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from .exclusion import Exclusion, Exclusions
from .finding import Finding
from .message import say
from .page import Page
from .report import CheckedPage, Report
from .report_file import FormatError, from_data, to_data
from .result_cache import ResultCache, key_of
from .rule import Rule

_Part: TypeAlias = tuple[Report, Exclusions]
"""What the rules have to say of a page, or of all together (None), and what came of the parts that are left out."""


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
        self._all = [page.digest for page in pages]

    def known(self, tasks: Collection[int | None]) -> dict[int | None, _Part]:
        """What is known of pages, by their numbers; None stands for all together."""
        found: dict[int | None, _Part] = {}
        for task in tasks:
            if key := self._key(task):
                data = self._cache.get(*key)
                if data is not None and (part := self._read(data, task)):
                    found[task] = part
        return found

    def keep(self, parts: Mapping[int | None, _Part]) -> None:
        """Keep what has been found now."""
        for task, (report, exclusions) in parts.items():
            key = self._key(task)
            if not key or report.unfinished:
                continue
            consulted = []
            for path in sorted(self._pages[task].consulted if task is not None else ()):
                file = os.path.abspath(path)  # noqa: PTH100  # a link is looked at as such
                if not self._cache.files.is_settled(file, str(Path(file).parent)):
                    break
                consulted.append([path, self._cache.files.state(path)])
            else:
                data = {
                    "checks": [[*page.checks] for page in report.pages],
                    "url": [page.url for page in report.pages],
                    "findings": to_data(report.findings, list[Finding]),
                    "matched": self._numbers(exclusions.matched),
                    "concerned": self._numbers(exclusions.concerned),
                    "left_out": [[self._entries.index(entry), number] for entry, number in exclusions.left_out.items()],
                    "consulted": consulted,
                }
                self._cache.put({name: value for name, value in data.items() if value}, *key)

    def _key(self, task: int | None) -> tuple[Any, ...]:
        """What the result of a task depends on; nothing where that is not known."""
        if task is None:
            return ("compared", self._how, self._all, self._looked_at) if all(self._all) else ()
        return ("static", self._how, digest) if (digest := self._all[task]) else ()

    def _numbers(self, entries: Collection[Exclusion]) -> list[int]:
        return sorted(self._entries.index(entry) for entry in entries)

    def _read(self, data: Any, task: int | None) -> _Part | None:
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
        return report, exclusions


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
