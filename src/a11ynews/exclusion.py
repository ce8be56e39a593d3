"""Parts of pages that a check leaves out, each with its reason; and what came of them in a run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from .errors import shorten
from .message import say, say_number

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector
    from lxml.html import HtmlElement

    from .page import Page
    from .report import Report


@dataclass(frozen=True, slots=True)
class Exclusion:
    """
    A part of pages in which nothing is found.

    `pages` is a pattern of files or addresses, such as `en/*`; empty where all pages are meant. `where` says where it is written.
    """

    selector: str
    reason: str
    pages: str = ""
    where: str = ""

    def concerns(self, page: "Page") -> bool:
        """Whether it speaks of a page. A pattern fits from any folder on."""
        names = {page.name, page.url, page.address}
        return not self.pages or any(fnmatchcase(name, pattern) for name in names for pattern in (self.pages, f"*/{self.pages}"))


@dataclass(slots=True)
class Exclusions:
    """The parts that are left out, and what is known of each after the pages that have been looked at."""

    entries: Sequence[Exclusion] = ()
    matched: set[Exclusion] = field(default_factory=set)
    """Those whose selector has matched something."""
    concerned: set[Exclusion] = field(default_factory=set)
    """Those that spoke of a page."""
    left_out: Counter[Exclusion] = field(default_factory=Counter)
    """How many findings were in them."""

    def on(self, page: "Page") -> list[Exclusion]:
        """Those that speak of a page."""
        found = [entry for entry in self.entries if entry.concerns(page)]
        self.concerned.update(found)
        return found

    def in_tree(self, page: "Page") -> "dict[HtmlElement, Exclusion]":
        """The elements of a page that are left out, each with why; those around them are not in it."""
        found: dict[HtmlElement, Exclusion] = {}
        for entry in self.on(page):
            for element in cast("list[HtmlElement]", _select(entry.selector)(page.tree)):
                found.setdefault(element, entry)
                self.matched.add(entry)
        return found

    def tell(self, report: "Report", *, is_part: bool = False) -> None:
        """
        Say in a report what was left out, and which entries matched nothing: those hide a change of the page, or a slip.

        Where only a part of the pages was looked at, what is on none of them may be on the others.
        """
        from .report import Unfinished

        for entry in self.entries:
            if entry in self.matched:
                report.notes.append(
                    say_number(
                        "{n} finding left out in {selector}, because: {reason}",
                        "{n} findings left out in {selector}, because: {reason}",
                        self.left_out[entry],
                        selector=entry.selector,
                        reason=entry.reason,
                    )
                )
            elif is_part:
                continue
            elif entry in self.concerned:
                reason = say(
                    "{selector} is to be left out and is on no page that was checked; mend the selector, or take it out",
                    selector=shorten(entry.selector),
                )
                report.unfinished.append(Unfinished(entry.where, reason))
            else:
                # Harmless: who checks a part of a site need not look at the pages that it is for.
                told = {"selector": entry.selector, "pages": entry.pages}
                report.notes.append(say("{selector} is to be left out on {pages}, and no such page was checked", **told))


def around(element: "HtmlElement", left_out: "dict[HtmlElement, Exclusion]") -> Exclusion | None:
    """Why an element is left out; None where it is not."""
    return next((left_out[one] for one in _upwards(element) if one in left_out), None)


def _upwards(element: "HtmlElement") -> "Iterator[HtmlElement]":
    yield element
    yield from element.iterancestors()


def selector_fault(selector: str) -> str:
    """What is wrong with a CSS selector; empty where nothing is."""
    from cssselect import SelectorError

    try:
        _select(selector)
    except SelectorError as error:
        return shorten(str(error))
    return ""


@lru_cache(256)
def _select(selector: str) -> "CSSSelector":
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")
