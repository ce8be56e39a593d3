"""The page as a whole: its title, its language, what its head says to the browser."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say, say_number
from ..page import Attribute, Page, excerpt
from ..rule import rule
from .language import tag_fault

_DRAWING = re.compile(r"\ufeff?(?:\s|<\?[^>]*>|<!--.*?-->|<!doctype svg[^>]*>)*<(?:svg|math)[\s>]", re.DOTALL | re.IGNORECASE)
_STOPGAP = re.compile(
    r"untitled(?: (?:document|page))?(?: ?\d+)?|document|(?:insert |page )?title(?: here)?|new page|test|index(?:\.html?)?"
    r"|unbenannt(?:es dokument)?|ohne titel|neue seite|titel"
    r"|documento(?: senza (?:titolo|nome))?|senza titolo|nuova pagina|titolo",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"\s*(\d+)(?:\.[\d.]*)?\s*(?:[;,\s]|\Z)")


def title_of(page: Page) -> HtmlElement | None:
    """The element that is the page's title: the first that is no part of a drawing or a template."""
    titles = (title for title in page.exposed("title") if next(title.iterancestors("svg"), None) is None)
    return next(titles, None)


def _is_html(page: Page) -> bool:
    """Whether it is a page, and not a drawing or a formula by itself."""
    return not _DRAWING.match(page.html)


@rule("page-title", on=Page, wcag=("2.4.2",), act=("2779a5",), owner=Owner.EDITOR)
def page_title(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A page has a title.

    It is the first thing that a screen reader says of a page, and what a tab, a bookmark and a search result show.

    Bad: `<head></head>`
    Bad: `<title> </title>`
    Good: `<title>Flood in the valley – Example News</title>`
    """
    title = title_of(page)
    if title is None and _is_html(page):
        yield page.tree, say("the page has no title; put a <title> into its head")
    elif title is not None and not (title.text or "").strip():
        yield title, say("the title is empty; say what the page is about")


@rule("title-stopgap", on=Page, severity=Severity.WARNING, wcag=("2.4.2",), act=("c4a8a4",), owner=Owner.EDITOR)
def title_stopgap(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A page's title says what the page is about.

    “Untitled” and “Document” are what an editor's program puts there until somebody writes a title.

    Bad: `<title>Untitled document</title>`
    Bad: `<html lang="de"><head><title>Unbenanntes Dokument</title></head></html>`
    Good: `<title>Flood in the valley – Example News</title>`
    """
    title = title_of(page)
    if title is not None and _STOPGAP.fullmatch(words := " ".join((title.text or "").split())):
        yield title, say("the title is {words} and no more; say what the page is about", words=excerpt(words))


@rule("html-lang", on=Page, wcag=("3.1.1",), act=("b5c3f8",))
def html_lang(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The `html` element says the language of the page.

    Without it a screen reader reads the page out in the voice of its own default language.

    Bad: `<html><body><p>Guten Morgen</p></body></html>`
    Bad: `<html lang=""><body><p>Guten Morgen</p></body></html>`
    Good: `<html lang="de"><body><p>Guten Morgen</p></body></html>`
    """
    if not (page.tree.get("lang") or "").strip() and _is_html(page):
        yield page.tree, say('the page does not say its language; write it as <html lang="…">')


@rule("html-lang-valid", on=Page, wcag=("3.1.1",), act=("bf051a",))
def html_lang_valid(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    The language that the `html` element says is one.

    What is no language tag is as good as none.

    Bad: `<html lang="english"><body><p>Good morning</p></body></html>`
    Good: `<html lang="en-GB"><body><p>Good morning</p></body></html>`
    """
    tag = page.tree.get("lang") or ""
    if tag.strip() and (fault := tag_fault(tag)):
        yield Attribute(page.tree, "lang"), fault


@rule("one-h1", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def one_h1(page: Page) -> Iterator[tuple[HtmlElement | None, str]]:
    """
    A page has one `h1`, and it says what the page is about.

    People who go by headings look for it first; of two they cannot tell which is the headline.

    Bad: `<h2>Flood in the valley</h2>`
    Bad: `<h1>Example News</h1><h1>Flood in the valley</h1>`
    Good: `<h1>Flood in the valley</h1><h2>The night</h2>`
    """
    first, *more = [heading for level, heading in page.headings if level == 1] or [None]
    if first is None:
        yield None, say("the page has no h1; make the headline one")
    for heading in more:
        words = excerpt(page.name_of(heading))
        yield heading, say("{words} is a second h1; make it an h2, or a paragraph if it is the name of the site", words=words)


@rule("viewport-zoom", on=Page, wcag=("1.4.4",), act=("b4f0c3",))
def viewport_zoom(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A page can be zoomed to twice its size at least.

    Many people read by zooming in; `user-scalable=no` and a `maximum-scale` below 2 take that from them.

    Bad: `<meta name="viewport" content="width=device-width, user-scalable=no">`
    Bad: `<meta name="viewport" content="width=device-width, maximum-scale=1">`
    Good: `<meta name="viewport" content="width=device-width, initial-scale=1">`
    Good: `<meta name="viewport" content="width=device-width, maximum-scale=5">`
    """
    for meta in page.tagged("meta"):
        if (meta.get("name") or "").strip().lower() != "viewport":
            continue
        pairs = (pair.partition("=") for pair in re.split(r"[,;\s]+(?=[a-z])", (meta.get("content") or "").lower()))
        said = {name.strip(): value.strip() for name, _, value in pairs}
        # As CSS Device Adaptation reads them: yes is 1, no is 0, device-width is 10; below zero counts as not said.
        scalable, most = _scale(said.get("user-scalable")), _scale(said.get("maximum-scale"))
        if scalable is not None and -1 < scalable < 1:
            yield meta, say("user-scalable=no forbids zooming; take it away")
        elif most is not None and 0 <= most < 2:
            yield (
                meta,
                say(
                    "maximum-scale={scale} forbids zooming to twice the size; take it away",
                    scale=said["maximum-scale"],
                ),
            )


def _scale(value: str | None) -> float | None:
    if value is None:
        return None
    if value in ("yes", "device-width", "device-height"):
        return 1 if value == "yes" else 10
    number = re.match(r"[+-]?(?:\d+\.?\d*|\.\d+)", value)
    return float(number[0]) if number else 0


@rule("meta-refresh", on=Page, wcag=("2.2.1",), act=("bc659a", "bisz58"))
def meta_refresh(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A page does not reload itself or go elsewhere after a time.

    Who reads slowly, or by ear, is thrown back to the start in the middle of a sentence. To go elsewhere at once is allowed.

    Bad: `<meta http-equiv="refresh" content="30">`
    Bad: `<meta http-equiv="refresh" content="10; url=/news/">`
    Good: `<meta http-equiv="refresh" content="0; url=/news/">`
    """
    meta, seconds = _refresh(page)
    # Twenty hours are the longest time that WCAG counts as a limit.
    if meta is not None and 0 < seconds <= 72000:
        yield (
            meta,
            say_number(
                "the page reloads or leaves after {n} second; take the refresh away, or make it a link",
                "the page reloads or leaves after {n} seconds; take the refresh away, or make it a link",
                seconds,
            ),
        )


def _refresh(page: Page) -> tuple[HtmlElement | None, int]:
    """The refresh of a page that works, the first one that can be read, and its seconds."""
    for meta in page.tagged("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh" and (time := _REFRESH.match(meta.get("content") or "")):
            return meta, int(time[1][:12])
    return None, 0


@rule("meta-refresh-late", on=Page, severity=Severity.WARNING, wcag=("2.2.4", "3.2.5"), act=("bisz58",))
def meta_refresh_late(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A page does not reload itself or go elsewhere, not even after a day.

    Who has left it open, to write something or to read on tomorrow, loses it. Level AAA asks for this.

    Bad: `<meta http-equiv="refresh" content="86400">`
    Good: `<meta http-equiv="refresh" content="0; url=/news/">`
    """
    meta, seconds = _refresh(page)
    if meta is not None and seconds > 72000:
        yield meta, say("the page reloads or leaves after {hours} hours; take the refresh away", hours=seconds // 3600)


@rule("moving-text", on=Page, wcag=("2.2.2",), owner=Owner.EDITOR)
def moving_text(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    No text blinks or runs by itself.

    `blink` and `marquee` cannot be stopped, and nobody who is distracted by them can read the rest.

    Bad: `<marquee>Flood in the valley</marquee>`
    Good: `<p><strong>Flood in the valley</strong></p>`
    """
    for element in page.exposed("blink", "marquee"):
        yield (
            element,
            say(
                "<{tag}> {words} moves and cannot be stopped; let the text stand still",
                tag=element.tag,
                words=excerpt(page.text_of(element)),
            ),
        )


@rule("id-unique", on=Page, severity=Severity.WARNING, wcag=("4.1.2",))
def id_unique(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An id names one element.

    Labels, descriptions and links that go by an id reach the first that has it, and no other.

    Bad: `<h2 id="news">News</h2><p id="news">Text</p>`
    Good: `<h2 id="news">News</h2><p id="text">Text</p>`
    """
    for identifier, (first, *more) in page.with_id.items():
        for element in more:
            line = str(page.line_of(first))
            yield (
                Attribute(element, "id"),
                say(
                    "the id {identifier} is taken by <{tag}> on line {line}; choose another",
                    identifier=excerpt(identifier),
                    tag=first.tag,
                    line=line,
                ),
            )


@rule("id-reference", on=Page, severity=Severity.WARNING, wcag=("1.3.1", "4.1.2"))
def id_reference(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    What names another element by its id names one that is there.

    A label or a description that leads nowhere is not read out.

    Bad: `<section aria-labelledby="news"><h2>News</h2></section>`
    Bad: `<label for="mail">Mail</label><input id="email">`
    Good: `<section aria-labelledby="news"><h2 id="news">News</h2></section>`
    """
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for element in page.having(name):
            if not (value := element.get(name)) or (name == "for" and element.tag != "label"):
                continue
            if missing := [word for word in value.split() if word not in page.with_id]:
                yield (
                    Attribute(element, name),
                    say("no element has the id {missing}; give it to the one that is meant", missing=excerpt(missing[0])),
                )


@rule("tab-order", on=Page, severity=Severity.WARNING, wcag=("2.4.3",))
def tab_order(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    The keyboard goes through the page in the order of the document.

    A `tabindex` above 0 comes before everything else on the page, and the order no longer follows what is read.

    Bad: `<a href="/contact" tabindex="3">Contact</a>`
    Good: `<a href="/contact">Contact</a>`
    Good: `<main tabindex="-1">Text</main>`
    """
    for element in page.having("tabindex"):
        if re.fullmatch(r"\s*\+?0*[1-9]\d*\s*", element.get("tabindex") or ""):
            what = f"<{element.tag}> {excerpt(page.name_of(element))}" if page.name_of(element) else f"<{element.tag}>"
            yield (
                Attribute(element, "tabindex"),
                say("{what} is reached before everything else; take its tabindex away", what=what),
            )
