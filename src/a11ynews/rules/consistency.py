"""Pages side by side: what is the same on all of them, and what must differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import reduce

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Page, PageSet, Part, address_key, excerpt
from ..rule import rule
from .alternates import DEFAULT, alternates
from .document import title_of


@rule("title-unique", on=PageSet, severity=Severity.WARNING, wcag=("2.4.2",), owner=Owner.EDITOR)
def title_unique(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    Each page of a language has a title of its own.

    Tabs, bookmarks and the history show titles: two pages with the same cannot be told from each other.

    Bad: `<title>Example News</title><h1>Flood</h1>` `<title>Example News</title><h1>Feast</h1>`
    Good: `<title>Flood – Example News</title>` `<title>Feast – Example News</title>`
    """
    for alike in pages.by_language.values():
        first: dict[str, Page] = {}
        for page in alike:
            title = title_of(page)
            words = "" if title is None else " ".join((title.text or "").split())
            other = first.setdefault(words, page)
            if title is not None and words and other is not page and (not page.address or page.address != other.address):
                part = next(iter(page.words_in(title)), title)
                yield (
                    (page, part),
                    say(
                        "the title {words} is that of {name} too; say what this page is about",
                        words=excerpt(words),
                        name=other.name,
                    ),
                )


def _menus(page: Page) -> Iterator[tuple[str, HtmlElement, list[HtmlElement]]]:
    """The navigation regions outside of the content: name, element, links."""
    for nav in page.exposed("nav"):
        if next(nav.iterancestors("main", "article"), None) is None:
            yield page.name_of(nav), nav, [link for link in nav.iter("a") if link.get("href") and not page.is_hidden(link)]


@rule("navigation-order", on=PageSet, severity=Severity.WARNING, wcag=("3.2.3",))
def navigation_order(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A menu has the same order on every page of a language.

    People learn where a link is; who goes by ear or by keyboard, by counting. Links may be left out, but not change places.

    Bad: `<nav><a href="/a">A</a> <a href="/b">B</a></nav>` `<nav><a href="/b">B</a> <a href="/a">A</a></nav>`
    Good: `<nav><a href="/a">A</a> <a href="/b">B</a> <a href="/c">C</a></nav>` `<nav><a href="/a">A</a> <a href="/c">C</a></nav>`
    """
    for alike in pages.by_language.values():
        menus = [(page, *menu) for page in alike for menu in _menus(page)]
        orders: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        read = []
        for page, name, nav, links in menus:
            order = tuple(dict.fromkeys(address_key(page.resolve(link.get("href") or "")) for link in links))
            orders[name][order] += 1
            read.append((page, name, nav, order))
        for page, name, nav, order in read:
            usual = orders[name].most_common(1)[0][0]
            here = [target for target in order if target in usual]
            if here != [target for target in usual if target in order]:
                what = say("the menu {name}", name=excerpt(name)) if name else say("the menu")
                yield (page, nav), say("{what} has its links in another order than on most pages; keep one order", what=what)


@rule("navigation-names", on=PageSet, severity=Severity.WARNING, wcag=("3.2.4",))
def navigation_names(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A menu's link to a page is called the same on every page of a language.

    What has two names seems to be two things.

    Bad: `<nav><a href="/c">Contact</a></nav>` `<nav><a href="/c">Contact</a></nav>` `<nav><a href="/c">Write to us</a></nav>`
    Good: `<nav><a href="/c">Contact</a></nav>` `<nav><a href="/c">Contact</a></nav>`
    """
    for alike in pages.by_language.values():
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        links = []
        for page in alike:
            for _, _, found in _menus(page):
                for link in found:
                    target, name = address_key(page.resolve(link.get("href") or "")), page.name_of(link)
                    names[target][name.casefold()] += 1
                    links.append((page, link, target, name))
        for page, link, target, name in links:
            usual, times = names[target].most_common(1)[0]
            # Two names on one page, such as the logo's and the menu's, are as common as each other.
            if name and names[target][name.casefold()] < times:
                part = next(iter(page.words_in(link)), link)
                yield (
                    (page, part),
                    say(
                        "the link {name} is called {usual} on most pages; call it the same",
                        name=excerpt(name),
                        usual=excerpt(usual),
                    ),
                )


@rule("language-parity", on=PageSet, severity=Severity.REVIEW, owner=Owner.EDITOR)
def language_parity(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    The language versions of a page hold the same headings, pictures, tables and recordings.

    What only one version has, the readers of the others do not get. A version may differ for a reason: a person must look.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<link rel="canonical" href="https://a.example/de/"><main>Text</main>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<link rel="canonical" href="https://a.example/de/"><main><img src="a.jpg" alt="Eine Straße"></main>`
    """
    done: set[frozenset[Page]] = set()
    for page in pages.pages:
        for _, tag, href in alternates(page):
            other = pages.at.get(address_key(href))
            if other is None or other is page or tag == DEFAULT or frozenset((page, other)) in done:
                continue
            done.add(frozenset((page, other)))
            here, there = _holdings(page), _holdings(other)
            if differing := [_DIFFER[what](here[what], there[what]) for what in here if here[what] != there[what]]:
                yield (
                    (page, None),
                    say(
                        "this page and its {tag} version {name} differ: {list}; look whether that is meant",
                        tag=tag,
                        name=other.name,
                        list=reduce(lambda said, more: say("{said} – {more}", said=said, more=more), differing),
                    ),
                )


_DIFFER: dict[str, Callable[[str, str], Message]] = {
    "headings": lambda here, there: say("headings {here} here, {there} there", here=here, there=there),
    "pictures": lambda here, there: say("pictures {here} here, {there} there", here=here, there=there),
    "tables": lambda here, there: say("tables {here} here, {there} there", here=here, there=there),
    "recordings": lambda here, there: say("recordings {here} here, {there} there", here=here, there=there),
}


def _holdings(page: Page) -> dict[str, str]:
    """How much of each kind a page's content holds."""
    main = next(iter(page.exposed("main")), page.tree)
    inside = set(main.iter())
    kinds = {"pictures": ("img", "svg"), "tables": ("table",), "recordings": ("audio", "video")}
    ranks = "".join(f"h{level} " for level, heading in page.headings if heading in inside)
    counts = {what: str(sum(element in inside for element in page.exposed(*tags))) for what, tags in kinds.items()}
    return {"headings": ranks.strip() or "0", **counts}
