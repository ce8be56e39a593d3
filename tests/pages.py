"""
Pages for tests, made of fragments of HTML.

A fragment is put into a whole page, its head elements into the head. `[de: Guten Morgen]` in it stands for words that a record or
a catalog gives in German; such a page is one of ours, with the birthplace of every text and the template line of every start tag.
"""

import re
from typing import Any

from a11ynews.finding import Birthplace, Finding, Owner
from a11ynews.page import Page, PageSet
from a11ynews.provenance import Origin, Trace, strike, tag_mark
from a11ynews.rule import Rule
from a11ynews.rules import RULES
from a11ynews.rules.ignore import Remark, Remarks, read_ignore

_HEAD = re.compile(r"(?:<(title|script|style)\b[^>]*>.*?</\1>|<(?:meta|link|base)\b[^>]*>|\s+)*", re.DOTALL)
_GIVEN = re.compile(r"\[([A-Za-z]{2,3}(?:-[A-Za-z]+)?): ([^\]]*)\]")
_GIVEN_OR_START = re.compile(rf"(?P<given>{_GIVEN.pattern})|<(?P<tag>[A-Za-z][\w-]*)")

RECORD, TEMPLATE = "news/flood/record.yaml", "templates/page.html"


def whole(fragment: str) -> str:
    """A fragment in a page. What goes into the body stands from line 2 on."""
    if "<html" in fragment:
        return f"<!doctype html>{fragment}"
    inner = re.fullmatch(r"<head>(.*)</head>", fragment, re.DOTALL)
    found = _HEAD.match(fragment)
    head = inner[1] if inner else found[0] if found else ""
    body = "" if inner else fragment[len(head) :]
    title = "" if inner or "<title" in head else "<title translate=no>Example</title>"
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{title}{head}</head><body>\n{body}\n</body></html>'


def page_of(fragment: str, name: str = "page.html", *, ours: bool = False) -> Page:
    """The page of a fragment; one of ours if that is said, or if words in it are given in a language."""
    html = whole(fragment)
    if not ours and not _GIVEN.search(html):
        return Page(name, html)
    trace = Trace(templates=[TEMPLATE])

    def mark(match: re.Match[str]) -> str:
        line = html.count("\n", 0, match.start()) + 1
        if match["tag"]:
            return f"<{match['tag']}{tag_mark(0, line)}"
        language, words = match[2], match[3]
        place = Birthplace(RECORD, line, 9, Owner.EDITOR, f"record flood {words}")
        # Markup within given words belongs to them, and has no line of a template.
        return trace.mark(words, Origin(place, language, "paragraph"))

    marked = _GIVEN_OR_START.sub(mark, html)
    return Page(name, strike(marked), marked=marked, trace=trace)


def remarks_of(comment: str) -> Remarks:
    """The comment of a record or a template, as a rule on comments looks at it."""
    known = {rule.id for rule in RULES} | {"axe/label"}
    asks = read_ignore(re.sub(r"^(?:#|\{#)|#\}$", "", comment))
    return Remarks(RECORD, Owner.EDITOR, [Remark(asks, 1, 1)] if asks else [], known)


def found(rule: Rule[Any], *fragments: str, ours: bool = False) -> list[Finding]:
    """What a rule finds on the page of a fragment; of a rule on sets of pages, on the pages of all of them."""
    if rule.on is Remarks:
        return list(rule(remarks_of(fragments[0])))
    pages = [
        page_of(fragment, f"page{number}.html" if number else "page.html", ours=ours) for number, fragment in enumerate(fragments)
    ]
    return list(rule(PageSet(pages) if rule.on is PageSet else pages[0]))


def told(rule: Rule[Any], *fragments: str, ours: bool = False) -> list[str]:
    """The messages of what a rule finds."""
    return [finding.message for finding in found(rule, *fragments, ours=ours)]
