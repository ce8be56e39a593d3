"""Headings: the outline that people go through a page by."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Page, excerpt
from ..rule import rule


@rule("heading-order", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
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


_STOPGAP = re.compile(
    r"(?:new |sub)?heading(?: ?\d)?|(?:new )?headline|(?:sub)?title(?: here)?|untitled|section(?: ?\d)?|lorem ipsum.*|text|h[1-6]"
    r"|(?:neue |zwischen)?überschrift(?: ?\d)?|(?:unter)?titel|ohne titel|abschnitt(?: ?\d)?"
    r"|(?:nuova )?intestazione(?: ?\d)?|(?:sotto)?titolo|senza titolo|sezione(?: ?\d)?|testo",
    re.IGNORECASE,
)


@rule("heading-stopgap", on=Page, severity=Severity.WARNING, wcag=("2.4.6",), act=("b49b2e",), owner=Owner.EDITOR)
def heading_stopgap(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A heading says what comes under it.

    “Heading” and “Lorem ipsum” stand in a draft until somebody writes one.

    Bad: `<h2>Heading 2</h2>`
    Bad: `<h2 lang="de">Überschrift</h2>`
    Bad: `<h2 lang="it">Titolo</h2>`
    Good: `<h2>The night</h2>`
    Good: `<h2><code>title</code></h2>`
    """
    for _, heading in page.headings:
        if _STOPGAP.fullmatch(name := page.name_of(heading)) and not is_code(heading):
            yield heading, say("the heading is {name} and no more; say what comes under it", name=excerpt(name))


def is_code(heading: HtmlElement) -> bool:
    """Whether the words are code: then they are the name of what comes under them, as in a manual."""
    return bool("".join(code.text_content() for code in heading.iter("code")).strip() == heading.text_content().strip())


_BESIDE = ("aside", "footer", "nav")
_BESIDE_ROLES = ("complementary", "contentinfo", "navigation", "search")


@rule("content-heading", on=Page, severity=Severity.WARNING, wcag=("2.4.1", "1.3.1"), act=("047fe0",))
def content_heading(page: Page) -> Iterator[tuple[HtmlElement | None, Message]]:
    """
    What a page is about begins with a heading.

    Many jump from heading to heading to leave menus behind. Where only menus and sidebars have some, there is nowhere to jump to.

    Bad: `<nav><h2>Topics</h2><a href="/">Home</a></nav><main><p>The river rose in the night.</p></main>`
    Bad: `<nav><a href="/">Start</a></nav><main lang="de"><h1 aria-hidden="true">Hochwasser</h1><p>Es regnet.</p></main>`
    Good: `<nav><h2>Topics</h2><a href="/">Home</a></nav><main><h1>Flood</h1><p>The river rose in the night.</p></main>`
    Good: `<p>The river rose in the night.</p>`
    """
    if not any(_is_beside(element) for element in page.exposed(*_BESIDE)):
        return
    if not any(page.name_of(heading) and not _stands_beside(heading) for _, heading in page.headings):
        yield None, say("no heading stands outside of menus and sidebars; begin the content with one")


def _is_beside(element: HtmlElement) -> bool:
    return (element.get("role") or "") in ("", *_BESIDE_ROLES)


def _stands_beside(heading: HtmlElement) -> bool:
    return any(around.tag in _BESIDE or around.get("role") in _BESIDE_ROLES for around in heading.iterancestors())
