"""Landmarks: the regions that people jump between, and the link that skips to the content."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from ..aria import in_words
from ..finding import Severity
from ..message import Message, say
from ..page import Attribute, Page, Words, excerpt
from ..rule import rule

_ROLES = {"main": "main", "nav": "navigation", "aside": "complementary", "search": "search"}
_LANDMARKS = frozenset([*_ROLES, "footer", "header", "section"])
_REGIONS = ("banner", "complementary", "contentinfo", "form", "navigation", "region", "search")
_SHORT = frozenset({"a", "button", "h1", "label", "option", "noscript", "script", "style", "template", "title"})
_SECTIONING = ("article", "aside", "main", "nav", "section")
_SECTIONING_ROLES = ("article", "complementary", "main", "navigation", "region")


def _role(page: Page, element: HtmlElement) -> str:
    """The landmark role of an element, by HTML-AAM 1.0; empty where it is none."""
    if said := (element.get("role") or "").split():
        return said[0]
    if element.tag == "section":
        return "region" if page.name_of(element) else ""
    if element.tag in ("header", "footer"):
        inside = any(around.tag in _SECTIONING or around.get("role") in _SECTIONING_ROLES for around in element.iterancestors())
        return "" if inside else {"header": "banner", "footer": "contentinfo"}[str(element.tag)]
    return _ROLES.get(str(element.tag), "")


def _landmarks(page: Page, *roles: str) -> list[tuple[str, HtmlElement]]:
    """The landmarks of these roles that a reader can meet, in the order of the document."""
    marked = page.in_order({*page.tagged(*_LANDMARKS), *page.having("role")})
    found = ((_role(page, element), element) for element in marked if not page.is_hidden(element))
    return [(role, element) for role, element in found if role in roles]


@rule("one-main", on=Page, severity=Severity.WARNING)
def one_main(page: Page) -> Iterator[tuple[HtmlElement | None, str]]:
    """
    A page has one `main`, around what it is about.

    People jump to it to leave header and menus behind; with two they cannot know where.

    Bad: `<div><p>Text</p></div>`
    Bad: `<main>One</main><main>Two</main>`
    Good: `<header>Example News</header><main><p>Text</p></main>`
    """
    first, *more = _landmarks(page, "main") or [("main", None)]
    # Where the content stands in no region at all and others do, content-landmark says so.
    if first[1] is None and not any(content_landmark.check(page)):
        yield None, say("the page has no main; put <main> around what it is about")
    for _, element in more:
        yield element, say("this is a second main; make it a section, or put all of the content into one main")


@rule("content-landmark", on=Page, severity=Severity.WARNING, wcag=("1.3.1", "2.4.1"), act=("b40fd1",))
def content_landmark(page: Page) -> Iterator[tuple[HtmlElement | Words, Message]]:
    """
    Where menus and sidebars are marked as regions, the content is, too.

    People jump from region to region. With regions for all but what the page is about, they never come to that.

    Bad: `<nav><a href="/">Home</a></nav><p>The river rose in the night.</p>`
    Good: `<nav><a href="/">Home</a></nav><main><p>The river rose in the night.</p></main>`
    Good: `<nav><a href="/">Home</a></nav><section aria-label="Flood"><p>The river rose in the night.</p></section>`
    Good: `<p>The river rose in the night.</p>`
    """
    regions = {element for _, element in _landmarks(page, *_REGIONS)}
    if not regions or _landmarks(page, "main"):
        return
    outside = set()
    for element in page.elements:
        around = element.getparent()
        if element not in regions and (around in outside or element.tag == "body"):
            outside.add(element)
    # A headline or a link to the content may stand alone: at a region with words of its own people land well.
    holds = any(len(page.text_of(one)) > 0 for role, one in _landmarks(page, "region", "form"))
    for words in page.words if not holds else ():
        if (
            words.element in outside
            and not words.attribute
            and not page.is_hidden(words.element)
            and words.element.tag not in _SHORT
        ):
            yield (
                words,
                say(
                    "{words} stands in no region while others are marked; put <main> around the content",
                    words=excerpt(words.words),
                ),
            )
            return


@rule("banner-once", on=Page, severity=Severity.WARNING)
def banner_once(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Header and footer of the page are there once, and not inside another region.

    `header` and `footer` outside of article, section, main, nav and aside are the page's own: banner and contentinfo.

    Bad: `<header>Example News</header><header>Politics</header><main>Text</main>`
    Bad: `<main><div role="banner">Example News</div></main>`
    Good: `<header>Example News</header><main><article><header>Flood</header></article></main><footer>Imprint</footer>`
    """
    seen: set[str] = set()
    for role, element in _landmarks(page, "banner", "contentinfo"):
        what = say("header") if role == "banner" else say("footer")
        if any(around.tag in _SECTIONING for around in element.iterancestors()):
            yield (
                element,
                say(
                    'the {what} of the page (role="{role}") stands inside another region; move it out, or take the role away',
                    what=what,
                    role=role,
                ),
            )
        elif role in seen:
            yield (
                element,
                say(
                    "this is a second {what} of the page; make it a <div>, or move it into the part that it belongs to", what=what
                ),
            )
        seen.add(role)


@rule("landmark-name", on=Page, severity=Severity.WARNING)
def landmark_name(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Regions of one kind have names, and different ones.

    A list of landmarks that says “navigation, navigation, navigation” helps nobody.

    Bad: `<nav><a href="/">Home</a></nav><nav><a href="/de/">Deutsch</a></nav>`
    Bad: `<section aria-label="News">One</section><section aria-label="News">Two</section>`
    Good: `<nav aria-label="Topics"><a href="/">Home</a></nav><nav aria-label="Language"><a href="/de/">Deutsch</a></nav>`
    Good: `<nav><a href="/">Home</a></nav>`
    """
    alike: defaultdict[str, list[HtmlElement]] = defaultdict(list)
    for role, element in _landmarks(page, "navigation", "region", "complementary"):
        alike[role].append(element)
    for role, elements in alike.items():
        named: set[str] = set()
        for element in elements:
            name = page.name_of(element)
            if not name and len(elements) > 1:
                yield (
                    element,
                    say(
                        "one of {n} {role} regions has no name; give it an aria-label of its own",
                        n=len(elements),
                        role=in_words(role),
                    ),
                )
            elif name.casefold() in named:
                yield (
                    element,
                    say("two {role} regions are named {name}; give each its own name", role=in_words(role), name=excerpt(name)),
                )
            named.add(name.casefold())


def _focusable(page: Page) -> Iterator[HtmlElement]:
    """What the Tab key reaches and a reader can meet, in the order of the document."""
    return (element for element in page.stops if not page.is_hidden(element))


@rule("skip-link", on=Page, severity=Severity.WARNING, wcag=("2.4.1",), act=("ye5d6e",))
def skip_link(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Where much comes before the content, the first thing that the keyboard reaches is a link to it.

    Who goes by keyboard would otherwise step through the same menu on every page. Up to two stops are no hardship.

    Bad: `<nav><a href="/">Home</a> <a href="/a">News</a> <a href="/b">Sport</a></nav><main>Text</main>`
    Good: `<a href="#text">To the content</a><nav><a href="/">Home</a> <a href="/a">News</a></nav><main id="text">Text</main>`
    Good: `<header><a href="/">Example News</a></header><main>Text</main>`
    """
    mains = _landmarks(page, "main")
    if not mains:
        return
    main = mains[0][1]
    before = [element for element in _focusable(page) if page.position_of(element) < page.position_of(main)]
    if len(before) <= 2:
        return
    target = page.target_of(before[0].get("href") or "") if (before[0].get("href") or "").startswith("#") else None
    if target is None or not (target is main or main in target.iterancestors() or target in main.iterancestors()):
        yield before[0], say('{n} stops come before the content; put a link to it first: <a href="#…">', n=len(before))


@rule("skip-link-target", on=Page, wcag=("2.4.1",), act=("ye5d6e",))
def skip_link_target(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    The link that skips to the content leads somewhere.

    It is the first that the keyboard reaches. Without its target it does nothing, and nobody sees that.

    Bad: `<a href="#content">To the content</a><main id="text">Text</main>`
    Good: `<a href="#content">To the content</a><main id="content">Text</main>`
    """
    first = next(_focusable(page), None)
    if (
        first is not None
        and first.tag == "a"
        and (href := first.get("href") or "").startswith("#")
        and page.target_of(href) is None
        and _may_skip(page, first)
    ):
        yield (
            Attribute(first, "href"),
            say(
                "{words} leads to {href}, which is not there; put the id on the main",
                words=excerpt(page.name_of(first)),
                href=href,
            ),
        )


_SKIPS = re.compile(r"skip|jump|content|main|spring|inhalt|hauptteil|salt|contenut|vai ", re.IGNORECASE)


def _may_skip(page: Page, link: HtmlElement) -> bool:
    """Whether a link may be meant to skip to the content: not one within it, and within a menu only by its words."""
    around = {str(one.tag) for one in link.iterancestors()}
    if "main" in around or "article" in around:
        return False
    return not around & {"nav", "li"} or bool(_SKIPS.search(page.name_of(link)))


@rule("skip-link-content", on=Page, severity=Severity.WARNING, wcag=("2.4.1",), act=("ye5d6e",))
def skip_link_content(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    The link that skips to the content leads past what stands before it.

    One that leads into the menu or the sidebar that it should skip saves nobody a step. Of several such links one must do.

    Bad: `<a href="#a">To the content</a><aside><p id="a">Topics of the day</p></aside><main><p>Text</p></main>`
    Good: `<a href="#a">To the content</a><aside><p>Topics of the day</p></aside><main id="a"><p>Text</p></main>`
    Good: `<a href="#m">Zum Menü</a> <a href="#a">Zum Inhalt</a><nav id="m"><a href="/">Start</a></nav><main id="a">Text</main>`
    """
    links = []
    for stop in _focusable(page):
        if stop.tag != "a" or not (stop.get("href") or "").startswith("#"):
            break
        links.append(stop)
    targets = [page.target_of(link.get("href") or "") for link in links]
    known = [target for target in targets if target is not None and target is not page.tree]
    if not known or len(known) < len(targets):
        return
    if all(_leads_beside(page, target) for target in known):
        yield (
            Attribute(links[0], "href"),
            say("{words} leads into what stands before the content; lead to the main", words=excerpt(page.name_of(links[0]))),
        )


@rule("skip-nothing", on=Page, severity=Severity.WARNING, wcag=("2.4.1",), act=("ye5d6e",))
def skip_nothing(page: Page) -> Iterator[tuple[None, Message]]:
    """
    Something on a page leads past what stands before its content: a link, a `main`, or a heading.

    Who hears the page goes from landmark to landmark or from heading to heading; who goes by keyboard follows the link. Without
    any of them all must go through the same menu on every page.

    Bad: `<nav><a href="/">Home</a> <a href="/a">News</a></nav><p>The river rose in the night.</p>`
    Bad: `<a href="/b">Kapitel 2</a><aside lang="de"><h2>Themen</h2><p>Wetter</p></aside><p lang="de">Der Fluss stieg.</p>`
    Good: `<nav><a href="/">Home</a> <a href="/a">News</a></nav><h1>Flood</h1><p>The river rose in the night.</p>`
    Good: `<nav><a href="/">Home</a> <a href="/a">News</a></nav><main><p>The river rose in the night.</p></main>`
    Good: `<a href="#a">Zum Inhalt</a><nav><a href="/">Start</a></nav><p id="a">Der Fluss stieg in der Nacht.</p>`
    """
    beside = [one for one in page.exposed("nav", "aside") if page.text_of(one)]
    if not beside or _landmarks(page, "main"):
        return
    if any(page.name_of(heading) and not _is_inside(heading, beside) for _, heading in page.headings):
        return
    if any((link.get("href") or "").strip().startswith("#") for link in page.links):
        return  # whether it leads to the content other rules look at
    first, inside = beside[0], {one for part in beside for one in part.iter(etree.Element)}
    after = page.position_of(first)
    if any(words.element not in inside and page.position_of(words.element) > after for words in _read_out(page)):
        yield (
            None,
            say("nothing helps to skip what stands before the content; put it into a <main>, or begin it with a heading"),
        )


def _is_inside(element: HtmlElement, parts: list[HtmlElement]) -> bool:
    return any(around in parts for around in element.iterancestors())


def _read_out(page: Page) -> Iterator[Words]:
    """The words of the body that stand in it, in no footer, and are hidden from nobody."""
    for words in page.words:
        if words.attribute or words.element.tag in ("a", "script", "style") or page.is_hidden(words.element):
            continue
        around = {one.tag for one in (words.element, *words.element.iterancestors())}
        if "body" in around and not around & {"footer", "header"}:
            yield words


def _leads_beside(page: Page, target: HtmlElement) -> bool:
    """Whether something of a menu or a sidebar comes after the place that a link leads to."""
    for around in (target, *target.iterancestors()):
        if around.tag in ("aside", "nav") or _role(page, around) in ("banner", "complementary", "navigation"):
            rest = (
                [*target.iter(etree.Element), *target.xpath("following::*")]
                if target is not around
                else [*around.iter(etree.Element)]
            )
            inside = set(around.iter(etree.Element))
            return any(page.text_of(one) for one in rest if one in inside)
    return False
