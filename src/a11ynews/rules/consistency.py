"""Pages side by side: what is the same on all of them, and what must differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Page, PageSet, Part, address_key, excerpt, is_absolute
from ..rule import rule
from .document import title_of

_FEWEST = 3
"""On so many pages something must stand before it has a usual place: of two that differ nobody knows which is right."""
_MOST_LINKS = 60
"""So many links of a menu are compared; whoever has more has other worries."""


@lru_cache(maxsize=4)
def _sites(pages: PageSet) -> tuple[tuple[Page, ...], ...]:
    """The pages of one site in one language, each once; what only leads on to another page is left out."""
    found: defaultdict[tuple[str, str], dict[str, Page]] = defaultdict(dict)
    for page in pages.pages:
        if not _leads_on(page):
            found[_host(page), page.language].setdefault(page.html, page)
    return tuple(tuple(alike.values()) for alike in found.values())


def _host(page: Page) -> str:
    address = next(filter(is_absolute, (page.url, page.name, page.address)), "")
    return urlsplit(address).netloc.lower()


def _leads_on(page: Page) -> bool:
    """Whether a page sends its readers to another one at once."""
    return any(
        (meta.get("http-equiv") or "").strip().lower() == "refresh"
        and re.match(r"\s*0\s*[;,]", meta.get("content") or "") is not None
        for meta in page.tagged("meta")
    )


@rule("title-unique", on=PageSet, severity=Severity.WARNING, wcag=("2.4.2",), owner=Owner.EDITOR)
def title_unique(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    Each page of a language has a title of its own.

    Tabs, bookmarks and the history show titles: two pages with the same cannot be told from each other.

    Bad: `<title>Example News</title><h1>Flood</h1>` `<title>Example News</title><h1>Feast</h1>`
    Good: `<title>Flood – Example News</title>` `<title>Feast – Example News</title>`
    """
    for alike in _sites(pages):
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


@dataclass(frozen=True, slots=True)
class _Menu:
    """A menu on a page."""

    page: Page
    name: str
    region: str
    """Where it stands: `header`, `footer`, or empty; with a number where several have no name."""
    element: HtmlElement
    links: tuple[HtmlElement, ...]


_MENU = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|topnav)(?:$|[\s_-])", re.IGNORECASE)


@lru_cache(maxsize=4)
def _menus_of(pages: PageSet) -> dict[Page, list[_Menu]]:
    """The menus of each page."""
    return {page: list(_menus(page)) for alike in _sites(pages) for page in alike}


def _menus(page: Page) -> Iterator[_Menu]:
    """The navigation outside of the content, by tag, by role, or on old pages by what its list is called."""
    found = [
        *page.exposed("nav"),
        *(one for one in page.having("role") if one.get("role") == "navigation" and one.tag != "nav"),
        *(one for one in page.exposed("ul", "div") if _MENU.search(f"{one.get('id') or ''} {one.get('class') or ''}")),
    ]
    taken: set[HtmlElement] = set()
    unnamed: Counter[str] = Counter()
    for element in dict.fromkeys(found):
        around = list(element.iterancestors())
        if page.is_hidden(element) or taken.intersection(around) or any(_is_content(one) for one in around):
            continue
        links = tuple(link for link in element.iter("a", "area") if not page.is_hidden(link) and _leads_somewhere(link))
        if not links:
            continue
        taken.add(element)
        name = page.name_of(element)
        region = next((str(one.tag) for one in around if one.tag in ("header", "footer", "aside")), "")
        if not name:
            unnamed[region] += 1
            region += f" {unnamed[region]}"
        yield _Menu(page, name.casefold(), region, element, links)


def _is_content(element: HtmlElement) -> bool:
    return element.tag in ("main", "article") or element.get("role") in ("main", "article")


def _leads_somewhere(link: HtmlElement) -> bool:
    """Whether a link leads to a page that it leads to from everywhere: “next” and “#top” do not."""
    href, rel = (link.get("href") or "").strip(), (link.get("rel") or "").lower().split()
    return bool(href) and not href.startswith(("#", "javascript:")) and not {"prev", "next"}.intersection(rel)


def _target(page: Page, link: HtmlElement) -> str:
    """Where a link leads, to be compared from page to page."""
    href = page.resolve(link.get("href") or "")
    path, mark, fragment = href.partition("#")
    return address_key(path) + mark + fragment


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
    for alike in _sites(pages):
        groups: defaultdict[tuple[str, str], list[_Menu]] = defaultdict(list)
        for page in alike:
            for menu in _menus_of(pages)[page]:
                groups[menu.name, menu.region].append(menu)
        for menus in groups.values():
            yield from _out_of_order(menus)


def _out_of_order(menus: list[_Menu]) -> Iterator[tuple[tuple[Page, Part], str]]:
    """The menus of one kind in which links have changed places."""
    orders = [list(dict.fromkeys(_target(menu.page, link) for link in menu.links)) for menu in menus]
    if len({menu.page for menu in menus}) < _FEWEST:
        return
    times = Counter(target for order in orders for target in order)
    # What stands in most of them is the menu; a list of what is related, or of the latest, is another on each page.
    core = {target for target, many in times.most_common(_MOST_LINKS) if many * 2 > len(menus)}
    read = [[target for target in order if target in core] for order in orders]
    before: Counter[tuple[str, str]] = Counter()
    for order in read:
        before.update((one, other) for at, one in enumerate(order) for other in order[at + 1 :])
    for menu, order in zip(menus, read, strict=True):
        moved: Counter[str] = Counter()
        for at, one in enumerate(order):
            for other in order[at + 1 :]:
                usual = before[other, one]
                if usual >= 2 * before[one, other]:
                    moved.update((one, other))
        if moved and len(order) * 2 >= len(core):
            target = moved.most_common(1)[0][0]
            link = next(link for link in menu.links if _target(menu.page, link) == target)
            what = say("the menu {name}", name=excerpt(menu.page.name_of(menu.element))) if menu.name else say("the menu")
            yield (
                (menu.page, menu.element),
                say(
                    "{what} has its links in another order than on most pages, {link} among them; keep one order",
                    what=what,
                    link=excerpt(menu.page.name_of(link)),
                ),
            )


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
    for alike in _sites(pages):
        named: defaultdict[str, dict[Page, dict[str, HtmlElement]]] = defaultdict(lambda: defaultdict(dict))
        for page in alike:
            for menu in _menus_of(pages)[page]:
                for link in menu.links:
                    if name := page.name_of(link):
                        named[_target(page, link)][page].setdefault(name, link)
        for by_page in named.values():
            if len(by_page) < _FEWEST:
                continue
            on = Counter(name for names in by_page.values() for name in {_plain_name(name): name for name in names}.values())
            plain = Counter(plain for names in by_page.values() for plain in {_plain_name(name) for name in names})
            usual = {name for name, many in plain.items() if many * 3 >= len(by_page) * 2 and name}
            told = next((name for name, _ in on.most_common() if _plain_name(name) in usual), "")
            for page, names in by_page.items() if usual else ():
                if any(_is_called(_plain_name(name), usual) for name in names):
                    continue
                name, link = next(iter(names.items()))
                yield (
                    (page, next(iter(page.words_in(link)), link)),
                    say(
                        "the link {name} is called {usual} on most pages; call it the same",
                        name=excerpt(name),
                        usual=excerpt(told),
                    ),
                )


def _is_called(name: str, usual: set[str]) -> bool:
    """Whether a name is a usual one, with more or fewer words around it at most."""
    return not name or any(one in name or name in one for one in usual)


_HELP = re.compile(
    r"(?:get |need )?(?:help|support)(?: cent(?:re|er)| desk)?|contact(?: us| form)?|faqs?|(?:ask|write to|call) us"
    r"|(?:online[- ]?)?hilfe|kontakt(?:formular)?|kundendienst|hilfe und kontakt|häufige fragen"
    r"|aiuto|assistenza|contatti|contattaci|supporto|domande frequenti|scrivici",
    re.IGNORECASE,
)
_REGIONS = ("header", "footer", "nav", "aside")
_REGION_ROLES = {"banner": "header", "contentinfo": "footer", "navigation": "nav", "complementary": "aside"}


def _region_of(element: HtmlElement) -> str:
    """In which part of the page something stands: the outermost of header, footer and sidebar; empty in the content."""
    region = ""
    for around in element.iterancestors():
        if _is_content(around):
            return ""
        said = _REGION_ROLES.get(around.get("role") or "", str(around.tag))
        if said in _REGIONS:
            region = said
    return region


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
    for alike in _sites(pages):
        places: defaultdict[str, dict[Page, dict[str, HtmlElement]]] = defaultdict(lambda: defaultdict(dict))
        for page in alike:
            for link in page.links:
                href = (link.get("href") or "").strip()
                is_help = href.lower().startswith(("mailto:", "tel:")) or _HELP.fullmatch(page.name_of(link))
                if is_help and (region := _region_of(link)):
                    places[_target(page, link)][page].setdefault(region, link)
        for by_page in places.values():
            if len(by_page) < _FEWEST:
                continue
            usual, times = Counter(region for regions in by_page.values() for region in regions).most_common(1)[0]
            for page, regions in by_page.items() if times * 3 >= len(by_page) * 2 else ():
                if usual not in regions:
                    region, link = next(iter(regions.items()))
                    yield (
                        (page, link),
                        say(
                            "the link {name} stands in the {region} here and in the {usual} on most pages; keep one place",
                            name=excerpt(page.name_of(link)),
                            region=_PARTS[region],
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
_SITEMAP = re.compile(
    r"site ?map|a ?(?:[–-]|to|bis|alla) ?z(?: .*)?|inhalts(?:verzeichnis|übersicht)|seitenübersicht|mappa del sito|indice",
    re.IGNORECASE,
)


def _is_searched(page: Page) -> bool:
    """Whether one can search from a page."""
    by_type = any((field.get("type") or "").lower() == "search" for field in page.exposed("input"))
    return (
        by_type or any(one.get("role") in ("search", "searchbox") for one in page.having("role")) or bool(page.exposed("search"))
    )


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
    for alike in _sites(pages):
        if len(alike) < _FEWEST_OF_SITE:
            continue
        linked, elsewhere = _linked(pages, alike)
        # Where hardly any page leads to another, or many lead to pages that were not looked at, this is no whole site.
        if sum(bool(linked[page]) for page in alike) * 3 < len(alike) * 2 or elsewhere * 10 > len(alike):
            continue
        searched = sum(_is_searched(page) for page in alike) * 2 > len(alike)
        mapped = sum(any(_SITEMAP.fullmatch(page.name_of(link)) for link in page.links) for page in alike) * 2 > len(alike)
        for page in alike:
            ways = min(len(linked[page]), 2) + searched + mapped
            if ways == 0:
                yield (page, None), say("no page of this site leads here; link to it, or offer a search or a site map")
            elif ways == 1:
                yield (page, None), say("there is but one way to this page; link to it from more pages, or offer a search")


_PAGE = re.compile(r"(?:/|\.html?|/[^./]*)\Z")


def _linked(pages: PageSet, alike: tuple[Page, ...]) -> tuple[dict[Page, set[Page]], int]:
    """For each page of a site those that link to it, and how many pages of the site are linked to that are not among them."""
    at = {key: page for page in pages.pages for key in _keys(page)}
    hosts = {_host(page) for page in alike}
    linked: dict[Page, set[Page]] = {page: set() for page in pages.pages}
    elsewhere: set[str] = set()
    for page in pages.pages:
        for link in page.links:
            href = (link.get("href") or "").strip()
            key = address_key(page.resolve(href))
            to = at.get(key)
            if to is None:
                own = not is_absolute(key) or urlsplit(key).netloc in hosts
                if own and href and not re.match(r"#|[a-z][a-z0-9+.-]*:(?!//)", href, re.IGNORECASE):
                    elsewhere.update([key] if _PAGE.search(key.partition("?")[0]) else [])
            elif to is not page:
                linked[to].add(page)
    return linked, len(elsewhere)


def _keys(page: Page) -> set[str]:
    return {address_key(address) for address in (page.address, page.url, page.name) if address}
