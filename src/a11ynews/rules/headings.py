"""Headings: the outline that people go through a page by."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import say
from ..page import Page, excerpt
from ..rule import rule


@rule("heading-order", on=Page, severity=Severity.WARNING, owner=Owner.EDITOR)
def heading_order(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Headings go down by one rank at a time.

    Who hears an h4 after an h2 looks for the h3 that seems to be missed.

    Bad: `<h1>Flood</h1><h3>The night</h3>`
    Good: `<h1>Flood</h1><h2>The night</h2><h3>At the bridge</h3><h2>The morning</h2>`
    """
    above = 0
    for level, heading in page.headings:
        if above and level > above + 1:
            yield (
                heading,
                say(
                    "{words} is an h{level} under an h{above}; make it an h{wanted}",
                    words=excerpt(page.name_of(heading)),
                    level=level,
                    above=above,
                    wanted=above + 1,
                ),
            )
        above = level


@rule("heading-empty", on=Page, wcag=("1.3.1", "2.4.6"), act=("ffd0e9",), owner=Owner.EDITOR)
def heading_empty(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Every heading has words.

    A screen reader announces an empty one all the same, and its list of headings has a hole.

    Bad: `<h2></h2>`
    Bad: `<h2><img src="line.png" alt=""></h2>`
    Good: `<h2>The night</h2>`
    Good: `<h2><img src="logo.png" alt="Example News"></h2>`
    """
    for level, heading in page.headings:
        if not page.name_of(heading):
            yield heading, say("the h{level} has no words; give it some, or take it away", level=level)
