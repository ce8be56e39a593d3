"""Pages side by side: what is the same on all of them, and what must differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Page, PageSet, Part, excerpt, is_absolute
from ..rule import rule
from .document import title_of
from .traits import Menu, helps_of, host_of, keys_of, menus_of, once_for_all, target_of, traits_in

_FEWEST = 3
"""On so many pages something must stand before it has a usual place: of two that differ nobody knows which is right."""
_MOST_LINKS = 60
"""So many links of a menu are compared; whoever has more has other worries."""


@once_for_all
def _sites(pages: PageSet) -> list[list[Page]]:
    """The pages of one site in one language, each once; what only leads on to another page is left out."""
    found: defaultdict[tuple[str, str], dict[str, Page]] = defaultdict(dict)
    for page, traits in traits_in(pages).items():
        if not traits.leads_on:
            found[host_of(page, traits), traits.language].setdefault(traits.content, page)
    return [[*alike.values()] for alike in found.values()]


@rule("title-unique", on=PageSet, severity=Severity.WARNING, wcag=("2.4.2",), owner=Owner.EDITOR)
def title_unique(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    Each page of a language has a title of its own.

    Tabs, bookmarks and the history show titles: two pages with the same cannot be told from each other.

    Bad: `<title>Example News</title><h1>Flood</h1>` `<title>Example News</title><h1>Feast</h1>`
    Good: `<title>Flood – Example News</title>` `<title>Feast – Example News</title>`
    """
    traits = traits_in(pages)
    for alike in _sites(pages):
        first: dict[str, Page] = {}
        for page in alike:
            title, address = traits[page].title, traits[page].address
            other = first.setdefault(title or "", page)
            if title and other is not page and (not address or address != traits[other].address):
                opened = pages.opened(page)
                element = title_of(opened)
                part = next(iter(opened.words_in(element)), element) if element is not None else None
                yield (
                    (opened, part),
                    say(
                        "the title {words} is that of {name} too; say what this page is about",
                        words=excerpt(title),
                        name=other.name,
                    ),
                )


@rule("navigation-order", on=PageSet, severity=Severity.WARNING, wcag=("3.2.3",))
def navigation_order(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A menu has the same order on every page of a language.

    People learn where a link is; who goes by ear or by keyboard, by counting. Links may be left out, as that to the page itself
    often is, but not change places. Looked at are menus that stand on three pages or more.

    Bad: `<nav><a href="/a">A</a> <a href="/b">B</a></nav><main>1</main>`
    `<nav><a href="/a">A</a> <a href="/b">B</a></nav><main>2</main>`
    `<nav><a href="/b">B</a> <a href="/a">A</a></nav><main>3</main>`
    Good: `<nav><a href="/a">A</a> <a href="/b">B</a> <a href="/c">C</a></nav><main>1</main>`
    `<nav><a href="/a">A</a> <a href="/c">C</a></nav><main>2</main>`
    `<nav><b>A</b> <a href="/b">B</a> <a href="/c">C</a></nav><main>3</main>`
    """
    traits = traits_in(pages)
    for alike in _sites(pages):
        groups: defaultdict[tuple[str, str], list[tuple[Page, Menu]]] = defaultdict(list)
        for page in alike:
            for menu in traits[page].menus:
                groups[menu.name, menu.region].append((page, menu))
        for menus in groups.values():
            yield from _out_of_order(pages, menus)


def _out_of_order(pages: PageSet, menus: list[tuple[Page, Menu]]) -> Iterator[tuple[tuple[Page, Part], str]]:
    """The menus of one kind in which links have changed places."""
    if len({page for page, _menu in menus}) < _FEWEST:
        return
    # Most pages have the same one, which is looked at once.
    orders = Counter(tuple(dict.fromkeys(target for target, _name in menu.links)) for _page, menu in menus)
    times: Counter[str] = Counter()
    for order, many in orders.items():
        times.update(dict.fromkeys(order, many))
    # What stands in most of them is the menu; a list of what is related, or of the latest, is another on each page.
    core = {target for target, many in times.most_common(_MOST_LINKS) if many * 2 > len(menus)}
    read = {order: [target for target in order if target in core] for order in orders}
    before: Counter[tuple[str, str]] = Counter()
    for order, many in orders.items():
        kept = read[order]
        before.update({(one, other): many for at, one in enumerate(kept) for other in kept[at + 1 :]})
    moved = {order: _moved(kept, before) for order, kept in read.items() if len(kept) * 2 >= len(core)}
    for page, menu in menus:
        targets = [target for target, _name in menu.links]
        if target := moved.get(tuple(dict.fromkeys(targets)), ""):
            opened = pages.opened(page)
            on_page = [*menus_of(opened)][traits_in(pages)[page].menus.index(menu)]
            yield (
                (opened, on_page.element),
                say(
                    "{what} has its links in another order than on most pages, {link} among them; keep one order",
                    what=say("the menu {name}", name=excerpt(opened.name_of(on_page.element))) if menu.name else say("the menu"),
                    link=excerpt(menu.links[targets.index(target)][1]),
                ),
            )


def _moved(order: list[str], before: Counter[tuple[str, str]]) -> str:
    """What has changed places most in a menu; empty where nothing has."""
    moved: Counter[str] = Counter()
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            usual = before[other, one]
            if usual >= 2 * before[one, other]:
                moved.update((one, other))
    return moved.most_common(1)[0][0] if moved else ""


_NUMBERS = re.compile(r"[\d\W_]+")


def _plain_name(name: str) -> str:
    """A link's name to compare: without figures, such as those of what lies in a basket, and without marks."""
    return _NUMBERS.sub(" ", name.casefold()).strip()


@rule("navigation-names", on=PageSet, severity=Severity.WARNING, wcag=("3.2.4",))
def navigation_names(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A menu's link to a page is called the same on every page of a language.

    What has two names seems to be two things. What marks the page where one is may be added.

    Bad: `<nav><a href="/c">Contact</a></nav>1` `<nav><a href="/c">Contact</a></nav>2` `<nav><a href="/c">Write to us</a></nav>3`
    Good: `<nav><a href="/c">Contact</a></nav>1` `<nav><a href="/c">Contact (this page)</a></nav>2`
    `<nav><a href="/c"><img src="a.png" alt="Contact"></a></nav>3`
    """
    traits = traits_in(pages)
    for alike in _sites(pages):
        # What a menu's links are called on a page: most pages have the same names, which are kept once.
        read: dict[tuple[Menu, ...], dict[str, tuple[str, ...]]] = {}
        named: defaultdict[str, list[tuple[Page, tuple[str, ...]]]] = defaultdict(list)
        for page in alike:
            menus = traits[page].menus
            if menus not in read:
                names: defaultdict[str, dict[str, None]] = defaultdict(dict)
                for target, name in (link for menu in menus for link in menu.links):
                    if name:
                        names[target][name] = None
                read[menus] = {target: tuple(called) for target, called in names.items()}
            for target, called in read[menus].items():
                named[target].append((page, called))
        for target, on_pages in named.items():
            if len(on_pages) < _FEWEST:
                continue
            times = Counter(called for _page, called in on_pages)
            on: Counter[str] = Counter()
            plain: Counter[str] = Counter()
            for called, many in times.items():
                on.update(dict.fromkeys({_plain_name(name): name for name in called}.values(), many))
                plain.update(dict.fromkeys({_plain_name(name) for name in called}, many))
            usual = {name for name, many in plain.items() if many * 3 >= len(on_pages) * 2 and name}
            told = next((name for name, _ in on.most_common() if _plain_name(name) in usual), "")
            other = {called for called in times if not any(_is_called(_plain_name(name), usual) for name in called)}
            for page, called in on_pages if usual else ():
                if called in other:
                    opened = pages.opened(page)
                    link = next(
                        link
                        for menu in menus_of(opened)
                        for link in menu.links
                        if target_of(opened, link) == target and opened.name_of(link) == called[0]
                    )
                    yield (
                        (opened, next(iter(opened.words_in(link)), link)),
                        say(
                            "the link {name} is called {usual} on most pages; call it the same",
                            name=excerpt(called[0]),
                            usual=excerpt(told),
                        ),
                    )


def _is_called(name: str, usual: set[str]) -> bool:
    """Whether a name is a usual one, with more or fewer words around it at most."""
    return not name or any(one in name or name in one for one in usual)


@rule("help-place", on=PageSet, severity=Severity.WARNING, wcag=("3.2.6",))
def help_place(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    The way to help or to a person stands in the same part of every page of a language.

    Who needs help looks for it where it was before. Looked at are links to a mail address or a telephone, and those that are
    called contact or help, in English, German and Italian, outside of the content and on three pages or more.

    Bad: `<header><a href="/c">Contact</a></header><main>1</main>` `<header><a href="/c">Contact</a></header><main>2</main>`
    `<main>3</main><footer><a href="/c">Contact</a></footer>`
    Good: `<header><a href="/c">Kontakt</a></header><main>1</main>` `<header><a href="/c">Kontakt</a></header><main>2</main>`
    `<header><a href="/c">Kontakt</a></header><main>3</main><footer><a href="/c">Kontakt</a></footer>`
    """
    traits = traits_in(pages)
    for alike in _sites(pages):
        places: defaultdict[str, dict[Page, list[str]]] = defaultdict(lambda: defaultdict(list))
        for page in alike:
            for target, region in traits[page].helps:
                places[target][page].append(region)
        for target, by_page in places.items():
            if len(by_page) < _FEWEST:
                continue
            usual, times = Counter(region for regions in by_page.values() for region in regions).most_common(1)[0]
            for page, regions in by_page.items() if times * 3 >= len(by_page) * 2 else ():
                if usual not in regions:
                    opened = pages.opened(page)
                    link = next(link for to, _region, link in helps_of(opened) if to == target)
                    yield (
                        (opened, link),
                        say(
                            "the link {name} stands in the {region} here and in the {usual} on most pages; keep one place",
                            name=excerpt(opened.name_of(link)),
                            region=_PARTS[regions[0]],
                            usual=_PARTS[usual],
                        ),
                    )


_PARTS: dict[str, Message] = {
    "header": say("page's header"),
    "footer": say("page's footer"),
    "nav": say("navigation"),
    "aside": say("sidebar"),
}

_FEWEST_OF_SITE = 5
"""Fewer pages are no site that somebody could be lost in."""


@rule("page-ways", on=PageSet, severity=Severity.REVIEW, wcag=("2.4.5",))
def page_ways(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    There is more than one way to each page: a menu, links from other pages, a search, a site map.

    Who cannot find the way by a menu finds it by a search, and the other way round. Looked at are sites of five pages and more
    that lead to each other, in one language each. Steps of a process, such as an order, are exempt: a person must look.

    Bad: `<a href="page1.html">1</a> <a href="page2.html">2</a> <a href="page3.html">3</a>` `<a href="page.html">0</a>`
    `<a href="page.html">0</a> <a href="page1.html">1</a>` `<a href="page2.html">2</a> <a href="page3.html">3</a>` `<p>Alone</p>`
    Good: `<a href="page1.html">1</a>` `<a href="page.html">0</a>`
    """
    traits, linked = traits_in(pages), _linked(pages)
    for alike in _sites(pages):
        if len(alike) < _FEWEST_OF_SITE:
            continue
        elsewhere = sum(_elsewhere(pages)[host] for host in {"", host_of(alike[0], traits[alike[0]])})
        # Where hardly any page leads to another, or many lead to pages that were not looked at, this is no whole site.
        if sum(bool(linked[page]) for page in alike) * 3 < len(alike) * 2 or elsewhere * 10 > len(alike):
            continue
        searched = sum(traits[page].is_searched for page in alike) * 2 > len(alike)
        mapped = sum(traits[page].is_mapped for page in alike) * 2 > len(alike)
        for page in alike:
            ways = min(linked[page], 2) + searched + mapped
            if ways == 0:
                yield (page, None), say("no page of this site leads here; link to it, or offer a search or a site map")
            elif ways == 1:
                yield (page, None), say("there is but one way to this page; link to it from more pages, or offer a search")


@once_for_all
def _at(pages: PageSet) -> dict[str, Page]:
    """The pages by all addresses that they go by."""
    return {key: page for page, traits in traits_in(pages).items() for key in keys_of(page, traits)}


@once_for_all
def _linked(pages: PageSet) -> Counter[Page]:
    """How many others link to each page."""
    at = _at(pages)
    linked: Counter[Page] = Counter()
    for page, traits in traits_in(pages).items():
        linked.update({to for key in (*traits.links, *traits.other_links) if (to := at.get(key)) is not None and to is not page})
    return linked


@once_for_all
def _elsewhere(pages: PageSet) -> Counter[str]:
    """How many pages are linked to that are not among these, by their host; it is empty where the address names none."""
    at = _at(pages)
    keys = {key for traits in traits_in(pages).values() for key in traits.links if key not in at}
    return Counter(urlsplit(key).netloc if is_absolute(key) else "" for key in keys)
