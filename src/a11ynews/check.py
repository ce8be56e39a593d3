"""Pages and rules become a report. What needs a browser is in `live/`, and fills the same report."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from .finding import Finding
from .page import Page, PageSet
from .report import CheckedPage, Report, Unfinished
from .rule import Rule
from .rules import RULES

_BARE = frozenset({"div", "link", "main", "meta", "noscript", "script", "span", "style", "template"})


def check_static(pages: Sequence[Page], report: Report, rules: Sequence[Rule[Any]] = RULES) -> None:
    """
    Look at pages, each by itself and all together, by the rules that need no browser.

    Findings and the pages that were looked at go into the report. A page that shows nothing, a page that cannot be read to its
    end and a rule that breaks down are noted as unfinished, and stop nothing else.
    """
    for page in pages:
        if page.unread:
            report.unfinished.append(Unfinished(page.name, f"{page.unread}; mend the markup: what comes after was not checked"))
        elif _shows_nothing(page):
            reason = "the page shows nothing that could be checked; if a script fills it check it in a browser, else look why"
            report.unfinished.append(Unfinished(page.name, reason))
        report.pages.append(CheckedPage(page.name, ("static",)))
    subjects: list[Page | PageSet] = [*pages, PageSet(pages)]
    # Taken in at once: a report looks for each finding among those that it has.
    report.add(finding for subject in subjects for finding in _apply(rules, subject, report.unfinished))


def _shows_nothing(page: Page) -> bool:
    """Whether a page has no words, nor anything else to be seen or heard: it is empty, or the shell that a script fills."""
    body = page.tree.find("body")
    if body is None:
        return True
    words = any(words.element.tag not in ("noscript", "title", "meta") for words in page.words)
    return not words and all(element.tag in _BARE for element in body.iterdescendants(etree.Element))


def _apply(rules: Sequence[Rule[Any]], subject: Page | PageSet, unfinished: list[Unfinished]) -> Iterator[Finding]:
    for rule in rules:
        if isinstance(subject, rule.on):
            try:
                yield from rule(subject)
            except Exception as error:  # noqa: BLE001 – one rule's bug must not hide what the others find
                reason = f"the rule {rule.id} broke down: {type(error).__name__}: {error}; report it as a bug of a11ynews"
                unfinished.append(Unfinished(subject.name, reason))
