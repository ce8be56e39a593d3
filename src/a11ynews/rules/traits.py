"""
What of a page the rules that compare pages go by: read once, while the page is at hand, and a few kilobytes small.

Pages are compared by their traits alone, so that a site of any size can be, without any page in memory, and pages of which the
traits were read elsewhere, or at an earlier check, need not be read again. Where such a rule has something to say of a page, that
page is opened to say it: what the traits were read from is read again, and the n-th thing of a kind is the n-th one.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from ..language import same_language
from ..page import Page, PageSet, address_key, is_absolute
from ..result_cache import digest_of
from .document import title_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: its name in small letters, where it stands, and where each of its links leads, and what that is called."""

    name: str
    region: str
    """`header`, `footer`, `aside`, or empty; with a number where several there have no name."""
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its file, its alternative text, and whether it is in the language of the page."""

    file: str
    alt: str | None
    is_in_language: bool = True


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a page others are compared with."""

    content: str
    """The digest of its HTML."""
    language: str = ""
    address: str = ""
    title: str | None = None
    leads_on: bool = False
    """Whether it sends its readers to another page at once."""
    is_searched: bool = False
    """Whether one can search from it."""
    is_mapped: bool = False
    """Whether a link on it leads to a site map."""
    menus: tuple[Menu, ...] = ()
    helps: tuple[tuple[str, str], ...] = ()
    """Where the links to help lead, and in which part of the page they stand."""
    links: tuple[str, ...] = ()
    """Where links lead that look like pages."""
    other_links: tuple[str, ...] = ()
    """Where the others lead."""
    versions: tuple[tuple[str, str], ...] = ()
    """The language versions that its head names, by tag, and where they are."""
    editions: tuple[tuple[str, str], ...] = ()
    """The links that name a language, by that, and where they lead."""
    things: tuple[tuple[str, ...], ...] = ()
    """What each edition must have, by what is the same of it in every language; of each kind in `THINGS`."""
    pictures: tuple[Picture, ...] = ()

    def resolve(self, name: str, href: str) -> str:
        """A link's address in full, as `Page.resolve` gives it."""
        try:
            return urljoin(self.address or name, href.strip())
        except ValueError:
            return href


def traits_of(page: Page) -> Traits:
    """Read them."""
    title = title_of(page)
    links, other_links = _leading(page)
    return Traits(
        digest_of(page.html.encode("utf-8", "surrogatepass")),
        page.language,
        page.address,
        None if title is None else " ".join((title.text or "").split()),
        _leads_on(page),
        _is_searched(page),
        any(_SITEMAP.fullmatch(page.name_of(link)) for link in page.links),
        tuple(
            Menu(menu.name, menu.region, tuple((target_of(page, link), page.name_of(link)) for link in menu.links))
            for menu in menus_of(page)
        ),
        tuple(dict.fromkeys((target, region) for target, region, _link in helps_of(page))),
        links,
        other_links,
        tuple((tag, address_key(href)) for _link, tag, href in alternates(page)),
        tuple(
            (tag, address_key(page.resolve(link.get("href") or ""))) for link in page.links if (tag := link.get("hreflang") or "")
        ),
        tuple(tuple(key for key, _element in read(page)) for read in THINGS.values()),
        tuple(
            Picture(file_of(page, one), one.get("alt"), same_language(page.language_of(one), page.language))
            for one in page.exposed("img")
        ),
    )


class Alike:
    """Has what is equal only once: most pages of a site have the same menus, and lead to the same pages."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def once(self, traits: Traits) -> Traits:
        """The same traits, of parts that others have, too."""
        parts = {field.name: self._once(getattr(traits, field.name)) for field in fields(traits) if field.name not in _OWN}
        return Traits(traits.content, address=traits.address, title=traits.title, **parts)

    def _once(self, part: Any) -> Any:
        known = self._known.get(part)
        if known is not None:
            return known
        if isinstance(part, Menu):
            part = Menu(self._once(part.name), self._once(part.region), self._once(part.links))
        elif isinstance(part, Picture):
            part = Picture(self._once(part.file), part.alt, part.is_in_language)
        elif isinstance(part, tuple):
            part = tuple(self._once(one) for one in part)
        elif not isinstance(part, str):
            return part
        return self._known.setdefault(part, part)


_OWN = frozenset({"content", "address", "title"})


def traits_in(pages: PageSet) -> dict[Page, Traits]:
    """The traits of pages, which are read where they are not known."""
    if len(pages.traits) < len(pages.pages):
        pages.traits = {page: pages.traits.get(page) or traits_of(page) for page in pages.pages}
    return pages.traits


def once_for_all(work: Callable[[PageSet], T]) -> Callable[[PageSet], T]:
    """Keep what is worked out of pages as long as they stand together: several rules ask."""

    @wraps(work)
    def known(pages: PageSet) -> T:
        if work not in pages.worked_out:
            pages.worked_out[work] = work(pages)
        found: T = pages.worked_out[work]
        return found

    return known


def keys_of(page: Page, traits: Traits) -> set[str]:
    """The addresses that a page goes by, as they are compared."""
    return {address_key(address) for address in (traits.address, page.url, page.name) if address}


def host_of(page: Page, traits: Traits) -> str:
    """The host that a page is of; empty where none is known."""
    address = next(filter(is_absolute, (page.url, page.name, traits.address)), "")
    return urlsplit(address).netloc.lower()


DEFAULT = "x-default"


def alternates(page: Page) -> list[tuple[HtmlElement, str, str]]:
    """The language versions that the head of a page names: (element, tag, address). Feeds in other languages are none."""
    found = []
    for link in page.tagged("link"):
        tag, kind = (link.get("hreflang") or "").strip(), (link.get("type") or "text/html").strip().lower()
        if tag and kind == "text/html" and "alternate" in (link.get("rel") or "").lower().split():
            found.append((link, tag.lower() if tag.lower() == DEFAULT else tag, (link.get("href") or "").strip()))
    return found


def _leads_on(page: Page) -> bool:
    return any(
        (meta.get("http-equiv") or "").strip().lower() == "refresh"
        and re.match(r"\s*0\s*[;,]", meta.get("content") or "") is not None
        for meta in page.tagged("meta")
    )


# -- menus, and ways to a page -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MenuOnPage:
    """A menu with its elements; its name is in small letters."""

    name: str
    region: str
    element: HtmlElement
    links: tuple[HtmlElement, ...]


_MENU = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|topnav)(?:$|[\s_-])", re.IGNORECASE)


def menus_of(page: Page) -> Iterator[MenuOnPage]:
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
        yield MenuOnPage(name.casefold(), region, element, links)


def _is_content(element: HtmlElement) -> bool:
    return element.tag in ("main", "article") or element.get("role") in ("main", "article")


def _leads_somewhere(link: HtmlElement) -> bool:
    """Whether a link leads to a page that it leads to from everywhere: “next” and “#top” do not."""
    href, rel = (link.get("href") or "").strip(), (link.get("rel") or "").lower().split()
    return bool(href) and not href.startswith(("#", "javascript:")) and not {"prev", "next"}.intersection(rel)


def target_of(page: Page, link: HtmlElement) -> str:
    """Where a link leads, to be compared from page to page."""
    href = page.resolve(link.get("href") or "")
    path, mark, fragment = href.partition("#")
    return address_key(path) + mark + fragment


_HELP = re.compile(
    r"(?:get |need )?(?:help|support)(?: cent(?:re|er)| desk)?|contact(?: us| form)?|faqs?|(?:ask|write to|call) us"
    r"|(?:online[- ]?)?hilfe|kontakt(?:formular)?|kundendienst|hilfe und kontakt|häufige fragen"
    r"|aiuto|assistenza|contatti|contattaci|supporto|domande frequenti|scrivici",
    re.IGNORECASE,
)
_REGIONS = ("header", "footer", "nav", "aside")
_REGION_ROLES = {"banner": "header", "contentinfo": "footer", "navigation": "nav", "complementary": "aside"}


def helps_of(page: Page) -> Iterator[tuple[str, str, HtmlElement]]:
    """The links to help or to a person outside of the content: where each leads, where it stands, and the link."""
    for link in page.links:
        href = (link.get("href") or "").strip()
        is_help = href.lower().startswith(("mailto:", "tel:")) or _HELP.fullmatch(page.name_of(link))
        if is_help and (region := _region_of(link)):
            yield target_of(page, link), region, link


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


_SITEMAP = re.compile(
    r"site ?map|a ?(?:[–-]|to|bis|alla) ?z(?: .*)?|inhalts(?:verzeichnis|übersicht)|seitenübersicht|mappa del sito|indice",
    re.IGNORECASE,
)


def _is_searched(page: Page) -> bool:
    by_type = any((field.get("type") or "").lower() == "search" for field in page.exposed("input"))
    return (
        by_type or any(one.get("role") in ("search", "searchbox") for one in page.having("role")) or bool(page.exposed("search"))
    )


_PAGE = re.compile(r"(?:/|\.html?|/[^./]*)\Z")
_NO_PAGE = re.compile(r"#|[a-z][a-z0-9+.-]*:(?!//)", re.IGNORECASE)


def _leading(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where links lead: to what looks like a page by its address, and to anything else."""
    links: dict[str, bool] = {}
    for link in page.links:
        href = (link.get("href") or "").strip()
        key = address_key(page.resolve(href))
        is_page = bool(href) and not _NO_PAGE.match(href) and _PAGE.search(key.partition("?")[0]) is not None
        links[key] = links.get(key, False) or is_page
    return tuple(key for key, is_page in links.items() if is_page), tuple(key for key, is_page in links.items() if not is_page)


# -- what every edition must have --------------------------------------------------------------------------------------

Things = list[tuple[str, HtmlElement]]
"""Things of a kind in the order of the page, each with what is the same of it in every language."""


def content_of(page: Page) -> HtmlElement:
    """The main part of a page, or else its body."""
    body = page.tree.find("body")
    return next(iter(page.exposed("main")), page.tree if body is None else body)


def _in_content(page: Page, *tags: str) -> list[HtmlElement]:
    inside = set(content_of(page).iter())
    return [element for element in page.in_order(page.exposed(*tags)) if element in inside]


def _headings(page: Page) -> Things:
    inside = set(content_of(page).iter())
    return [(str(level), heading) for level, heading in page.headings if heading in inside]


_LANDMARKS = frozenset({"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"})


def _landmarks(page: Page) -> Things:
    candidates = {*page.exposed("header", "footer", "main", "nav", "aside", "section", "search"), *page.having("role")}
    found = [(page.role_of(one), one) for one in page.in_order(candidates) if not page.is_hidden(one)]
    return [(role, one) for role, one in found if role in _LANDMARKS]


_LANGUAGE_PART = re.compile(r"(?:^|(?<=[/._?=&-]))[a-z]{2}(?:[-_][a-z]{2})?(?=$|[/._?=&-])", re.IGNORECASE)


def file_of(page: Page, picture: HtmlElement) -> str:
    """A picture's file without what tells one language's from another's, and without what a build puts into names."""
    src = picture.get("src") or picture.get("data-src") or ""
    if src.startswith("data:"):
        return src[:200]
    name = urlsplit(page.resolve(src)).path.rpartition("/")[2] if "[" not in src else src
    return _LANGUAGE_PART.sub("", name)


def _pictures(page: Page) -> Things:
    found = [one for one in _in_content(page, "img", "svg") if one.tag == "img" or one.get("role") == "img"]
    return [(file_of(page, one), one) for one in found]


def _links(page: Page) -> Things:
    inside = set(content_of(page).iter())
    return [
        (_LANGUAGE_PART.sub("", urlsplit(href).netloc), link)
        for link in page.links
        if link in inside and (href := page.resolve(link.get("href") or "")) and "[" not in href
    ]


def _lists(page: Page) -> Things:
    return [(f"{one.tag} {sum(child.tag in ('li', 'dt') for child in one)}", one) for one in _in_content(page, "ul", "ol", "dl")]


def _tables(page: Page) -> Things:
    items = []
    for table in _in_content(page, "table"):
        rows = list(table.iter("tr"))
        columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
        items.append((f"{len(rows)} {columns}", table))
    return items


def _recordings(page: Page) -> Things:
    return [(str(one.tag), one) for one in _in_content(page, "audio", "video", "iframe", "object")]


THINGS: dict[str, Callable[[Page], Things]] = {
    "headings": _headings,
    "landmarks": _landmarks,
    "pictures": _pictures,
    "links": _links,
    "lists": _lists,
    "tables": _tables,
    "recordings": _recordings,
}
"""The kinds of things that every edition must have."""
