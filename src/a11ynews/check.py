"""Pages and rules become a report. What needs a browser is in `live/`, and fills the same report."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from .errors import BrowserError
from .finding import Finding
from .message import say
from .page import Page, PageSet
from .report import CheckedPage, Report, Unfinished
from .rule import Rule
from .rules import RULES
from .targets import Targets

_BARE = frozenset({"div", "link", "main", "meta", "noscript", "script", "span", "style", "template"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How a check is done."""

    browser: bool = True
    """Whether to look at the pages in a browser, with axe."""
    best_practices: bool = False
    """Whether to run axe's best practices too."""
    patience: float = 60
    """How many seconds a page may take to load in the browser, and again in each cell of the matrix."""
    pictures: bool = False
    """Whether to take a picture of each element that is found, for a report that shows them."""
    rules: Sequence[Rule[Any]] = RULES


def check(targets: Targets, settings: Settings = Settings(), *, tell: Callable[[str], None] = lambda _: None) -> Report:
    """
    Look at pages by the static rules and, unless the settings say otherwise, in a browser.

    Whatever could not be looked at is unfinished in the report. Nothing is raised for want of a browser: what the static rules
    have found is worth telling all the same.
    """
    report = Report(unfinished=list(targets.unfinished), notes=list(targets.notes))
    for pages in targets.by_root.values():
        check_static(pages, report, settings.rules)
    if targets.from_web:
        check_static(targets.from_web, report, settings.rules)
    if settings.browser:
        _check_live(targets, settings, report, tell)
    else:
        report.notes.append(say("not checked in a browser: --no-browser was given"))
    return report


def _check_live(targets: Targets, settings: Settings, report: Report, tell: Callable[[str], None]) -> None:
    from .live.session import examine

    def look(pages: Sequence[Page], root: Path) -> None:
        examine(pages, root, report, best_practices=settings.best_practices, patience=settings.patience, tell=tell)

    try:
        for root, pages in targets.by_root.items():
            look(pages, root)
        if targets.from_web:
            with tempfile.TemporaryDirectory(prefix="a11ynews-") as nothing:
                look(targets.from_web, Path(nothing))
    except BrowserError as error:
        reason = say("nothing was checked in a browser: {error}, or give --no-browser", error=str(error))
        report.unfinished.append(Unfinished("", reason))


def check_static(pages: Sequence[Page], report: Report, rules: Sequence[Rule[Any]] = RULES) -> None:
    """
    Look at pages, each by itself and all together, by the rules that need no browser.

    Findings and the pages that were looked at go into the report. A page that shows nothing, a page that cannot be read to its
    end and a rule that breaks down are noted as unfinished, and stop nothing else.
    """
    for page in pages:
        if page.unread:
            reason = say("{why}; mend the markup: what comes after was not checked", why=page.unread)
            report.unfinished.append(Unfinished(page.name, reason))
        elif _shows_nothing(page):
            reason = say(
                "the page shows nothing that could be checked; if a script fills it check it in a browser, else look why"
            )
            report.unfinished.append(Unfinished(page.name, reason))
        url = page.url or (page.address if page.is_ours else "")
        report.pages.append(CheckedPage(page.name, ("static",), url, page.file, page.http, page.is_ours))
    report.ran(rule.facts for rule in rules)
    subjects: list[Page | PageSet] = [*pages, PageSet(pages)]
    # Taken in at once: a report looks for each finding among those that it has.
    report.add(finding for subject in subjects for finding in apply(rules, subject, report.unfinished))


def _shows_nothing(page: Page) -> bool:
    """Whether a page has no words, nor anything else to be seen or heard: it is empty, or the shell that a script fills."""
    body = page.tree.find("body")
    if body is None:
        return True
    words = any(words.element.tag not in ("noscript", "title", "meta") for words in page.words)
    return not words and all(element.tag in _BARE for element in body.iterdescendants(etree.Element))


def apply(rules: Sequence[Rule[Any]], subject: Any, unfinished: list[Unfinished]) -> Iterator[Finding]:
    """What the rules find of a subject that they look at. A rule that breaks down is unfinished, and stops no other."""
    for rule in rules:
        if isinstance(subject, rule.on):
            try:
                yield from rule(subject)
            except Exception as error:  # noqa: BLE001 – one rule's bug must not hide what the others find
                what = f"{type(error).__name__}: {error}"
                reason = say("the rule {rule} broke down: {error}; report it as a bug of a11ynews", rule=rule.id, error=what)
                unfinished.append(Unfinished(subject.name, reason))
