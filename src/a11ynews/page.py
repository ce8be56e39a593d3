"""A page: its file or address, its HTML, its tree, and where each part of it was written, as far as that is known."""

import codecs
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TypeAlias, cast
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .errors import LanguageError
from .finding import Birthplace, Owner, Place
from .language import tag_of
from .provenance import MARK, Origin, Trace, expose_tags, pieces

_TAG = "data-a11ynews-tag"
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_LATIN_1 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"})
_SPACE = re.compile(r"\s+")
_START_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)"""
    r"""|<(?P<raw>script|style|textarea|title)(?=[\s/>])(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^"'>])*+(?:>|\Z).*?(?=</(?P=raw)|\Z)"""
    r"""|<(?P<name>[A-Za-z][^\s/>]*)(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^"'>])*+(?:>|\Z)""",
    re.DOTALL | re.IGNORECASE,
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What libxml2 counts lines up to; beyond, it answers with this.
_LAST_LINE = 65535

TEXT_ATTRIBUTES = frozenset(
    ["alt", "title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "label"]
)
"""The attributes whose values people read or hear."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """
    A run of words on a page.

    `attribute` names the attribute they stand in; it is empty for a text node. `origin` is where they come from; None means that
    a template holds them, or that nothing is known of the page. `around` is the element that the text as a whole stands in:
    markup within a text, such as a name in another language, belongs to the text.
    """

    element: HtmlElement
    attribute: str
    words: str
    origin: Origin | None
    around: HtmlElement


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """One attribute of an element, as a place to point at."""

    element: HtmlElement
    name: str


Part: TypeAlias = "HtmlElement | Attribute | Words | None"
"""What a rule can point at on a page; None stands for the whole page."""


_WHOLE = frozenset({"html", "body", "head", "main"})
"""Elements that there is one of: their words are the page's."""


class Page:
    """
    An HTML page as a checker reads it.

    `name` is its file or address. A page that we rendered comes with `marked`, the same page with its marks, and the trace that
    they number; of any other page only the HTML is known. What many rules ask (names, languages, what is hidden) is worked out
    once and kept.
    """

    url: str = ""
    """The address that it was got from, or will have; empty where none is known."""
    file: str = ""
    """The file it was read from, as `name`; empty for a page from the web."""
    http: int | None = None
    """The HTTP status that it was served with; None for one from the disk."""

    def __init__(self, name: str, html: str, *, marked: str | None = None, trace: Trace | None = None) -> None:
        self.name = name
        self.html = html
        self.trace = trace
        self._marked = marked
        self._words: list[Words] = []
        self._tags: dict[HtmlElement, str] = {}
        self._depths: dict[HtmlElement, int] = {}
        self._unread = ""
        self._names: dict[HtmlElement, str] = {}
        self._texts: dict[HtmlElement, str] = {}
        self._resolved: dict[str, str] = {}

    @classmethod
    def from_bytes(cls, name: str, content: bytes, charset: str = "") -> "Page":
        """
        A page from its bytes, decoded as a browser would: byte order mark, the `charset` of the HTTP header, `meta charset`, else
        UTF-8 or Windows-1252.
        """
        return cls(name, _decode(content, charset))

    @cached_property
    def tree(self) -> HtmlElement:
        """
        The root element, clean of marks. A page without any element gives an empty `html`.

        libxml2 builds it: the element's `sourceline` is the line on which its start tag ends.
        """
        marked = self.html if self._marked is None else expose_tags(self._marked, _TAG)
        parser = HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            root = document_fromstring(marked.encode("utf-8", "replace"), parser=parser)
        except etree.ParserError:
            root = document_fromstring("<html></html>")
        else:
            for error in parser.error_log.filter_from_level(etree.ErrorLevels.FATAL):
                self._unread = f"the parser stopped at line {error.line}: {error.message}"
        _hoist(root)
        # The proxies that lxml hands out are kept, so that they can be keys.
        self._elements = list(root.iter(etree.Element))
        self._read_marks(root)
        return root

    def _read_marks(self, root: HtmlElement) -> None:
        opened: list[int] = []
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                if opened:
                    self._depths[element] = len(opened)
                if tag := element.attrib.pop(_TAG, None):
                    self._tags[element] = tag
                for attribute, value in element.attrib.items():
                    if attribute in TEXT_ATTRIBUTES or attribute == "content" or MARK.search(value):
                        clean = self._take(element, attribute, value, list(opened))
                        if clean != value:
                            element.set(attribute, _NOT_IN_XML.sub("", clean))
                if text := element.text:
                    clean = self._take(element, "", text, opened)
                    if clean != text:
                        element.text = _NOT_IN_XML.sub("", clean)
            else:
                if event == "end":
                    # A text ends where its element does, even if a filter has cut off its end mark.
                    del opened[self._depths.get(element, 0) :]
                parent = element.getparent()
                if parent is not None and (text := element.tail):
                    clean = self._take(parent, "", text, opened)
                    if clean != text:
                        element.tail = _NOT_IN_XML.sub("", clean)

    def _take(self, element: HtmlElement, attribute: str, text: str, opened: list[int]) -> str:
        """Note the words of a text node or an attribute; gives them clean of marks."""
        clean = []
        for words, number in pieces(text, opened) if MARK.search(text) else [(text, opened[-1] if opened else None)]:
            clean.append(words)
            if words and not words.isspace() and element.tag not in ("script", "style"):
                around, depth = element, len(opened)
                while depth and self._depths.get(around, 0) >= depth:
                    around = around.getparent()
                self._words.append(Words(element, attribute, words, self._origin(number), around))
        return "".join(clean)

    def _origin(self, number: int | None) -> Origin | None:
        return self.trace.origin(number) if self.trace else None

    @property
    def unread(self) -> str:
        """Why a part of the page could not be read; empty where all of it was. libxml2 stops at 2,048 elements in one another."""
        _ = self.tree
        return self._unread

    @property
    def words(self) -> list[Words]:
        """Every run of words on the page, text nodes and text attributes, in the order of the document."""
        _ = self.tree
        return self._words

    @property
    def elements(self) -> list[HtmlElement]:
        """Every element in the order of the document."""
        _ = self.tree
        return self._elements

    @cached_property
    def _by_tag(self) -> dict[str, list[HtmlElement]]:
        found = defaultdict(list)
        for element in self.elements:
            found[str(element.tag)].append(element)
        return dict(found)

    def tagged(self, *tags: str) -> list[HtmlElement]:
        """The elements with one of these tags; those of one tag in the order of the document."""
        return [element for tag in tags for element in self._by_tag.get(tag, ())]

    def exposed(self, *tags: str) -> list[HtmlElement]:
        """Those of them that a reader can meet, as far as markup tells."""
        return [element for element in self.tagged(*tags) if element not in self._hidden]

    @cached_property
    def with_id(self) -> dict[str, list[HtmlElement]]:
        """The elements that have an id, by it."""
        found = defaultdict(list)
        for element in self.elements:
            if identifier := element.get("id"):
                found[identifier].append(element)
        return dict(found)

    @cached_property
    def _hidden(self) -> set[HtmlElement]:
        return self._inside(_hides)

    @cached_property
    def _unrendered(self) -> set[HtmlElement]:
        return self._inside(_is_unrendered)

    def _inside(self, test: Callable[[HtmlElement], bool]) -> set[HtmlElement]:
        """The elements of which something is true, with all that stands in them."""
        inside: set[HtmlElement] = set()
        for element in self.elements:
            if element.getparent() in inside or test(element):
                inside.add(element)
        return inside

    def is_hidden(self, element: HtmlElement) -> bool:
        """
        Whether markup keeps an element from every reader: it, or one around it, is `hidden`, `aria-hidden`, unseen by its `style`
        attribute, or a template's. What a style sheet hides is not known here.
        """
        return element in self._hidden

    def is_rendered(self, element: HtmlElement) -> bool:
        """Whether an element can be seen, as far as markup tells; `aria-hidden` ones can."""
        return element not in self._unrendered

    @cached_property
    def _languages(self) -> dict[HtmlElement, str]:
        languages: dict[HtmlElement | None, str] = {None: ""}
        for element in self.elements:
            said = element.get("lang")
            languages[element] = languages[element.getparent()] if said is None else _tag(said)
        return {element: tag for element, tag in languages.items() if element is not None}

    def language_of(self, element: HtmlElement) -> str:
        """The tag of the language an element is said to be in, by the nearest `lang`; empty where it is not said."""
        _ = self.tree
        return self._languages[element]

    @property
    def language(self) -> str:
        """The tag of the language the whole page is said to be in; empty where it is not said."""
        return self.language_of(self.tree)

    @cached_property
    def address(self) -> str:
        """The absolute address that the page says it has (`link rel=canonical`), else its name if that is one; else empty."""
        own = self.name if is_absolute(self.name) else ""
        for link in self.tagged("link"):
            if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
                try:
                    said = urljoin(own, href)
                except ValueError:
                    continue
                return said if is_absolute(said) else own
        return own

    def resolve(self, href: str) -> str:
        """A link's address in full, as far as the page's own is known; one that cannot be read as it stands."""
        if href not in self._resolved:
            try:
                self._resolved[href] = urljoin(self.address or self.name, href.strip())
            except ValueError:
                self._resolved[href] = href
        return self._resolved[href]

    def target_of(self, href: str) -> HtmlElement | None:
        """
        The element that a link within the page (`#content`) leads to; None where there is none.

        The root stands for the top of the page, and for what only a script can follow (`#/news`, `#!x`, `#:~:text=`).
        """
        fragment = href.strip().removeprefix("#")
        if fragment.lower() in ("", "top") or fragment[0] in "/!:":
            return self.tree
        for name in (fragment, unquote(fragment)):
            named = self.with_id.get(name) or [anchor for anchor in self.tagged("a") if anchor.get("name") == name]
            if named:
                return named[0]
        return None

    @property
    def is_ours(self) -> bool:
        """Whether we rendered it and know its birthplaces."""
        return self.trace is not None

    def text_of(self, element: HtmlElement) -> str:
        """The words in an element, as `text_of` gives them."""
        if element not in self._texts:
            self._texts[element] = text_of(element)
        return self._texts[element]

    def name_of(self, element: HtmlElement) -> str:
        """
        An element's accessible name, as far as markup tells it: from `aria-labelledby`, `aria-label`, the attribute or child that
        HTML names it by, its content where that names it, and `title`. After Accessible Name and Description Computation 1.2.
        """
        if element not in self._names:
            self._names[element] = _fold(self._name(element))
        return self._names[element]

    def _name(self, element: HtmlElement) -> str:
        if name := self._labels(element):
            return name
        tag = str(element.tag)
        if tag in _NAMED_BY_ALT and (name := (element.get("alt") or "").strip()):
            return name
        child = next((child for child in element if child.tag == _NAMED_BY_CHILD.get(tag)), None)
        if child is not None:
            return text_of(child)
        if tag in _NAMED_BY_CONTENT or element.get("role") in _ROLES_NAMED_BY_CONTENT:
            return "".join(_words_in(element, self._labels)).strip() or element.get("title") or ""
        return element.get("title") or ""

    def _labels(self, element: HtmlElement) -> str:
        """What `aria-labelledby` and `aria-label` say of an element."""
        named = [other for word in (element.get("aria-labelledby") or "").split() for other in self.with_id.get(word, ())[:1]]
        words = " ".join(_aria_label(other) or "".join(_words_in(other, _aria_label)).strip() for other in named).strip()
        return words or _aria_label(element)

    def words_in(self, element: HtmlElement) -> list[Words]:
        """The runs of words in an element and what it holds, without attributes."""
        return [words for inner in element.iter(etree.Element) for words in self._words_by_place.get((inner, ""), ())]

    @cached_property
    def links(self) -> list[HtmlElement]:
        """The links that a reader can meet, by tag or by role, in the order of the document."""
        return [element for element in self.elements if _is_link(element) and element not in self._hidden]

    @cached_property
    def headings(self) -> list[tuple[int, HtmlElement]]:
        """The headings that a reader can meet, with their ranks, in the order of the document."""
        found = [(_heading_level(element), element) for element in self.elements if element not in self._hidden]
        return [(level, element) for level, element in found if level]

    @cached_property
    def _words_by_place(self) -> dict[tuple[HtmlElement, str], list[Words]]:
        found = defaultdict(list)
        for words in self.words:
            found[words.element, words.attribute].append(words)
        return dict(found)

    def source_of(self, part: Part) -> Birthplace | None:
        """
        Where a part of the page was written.

        Words and attributes by their origin; an element by the template line of its start tag, or of the nearest one around it
        (the markup inside a text belongs to the text).
        """
        if part is None or self.trace is None:
            return None
        if isinstance(part, Words):
            return part.origin.birthplace if part.origin else self._template_line(part.element)
        if isinstance(part, Attribute):
            return self._born(part.element, part.name) or self._template_line(part.element)
        return self._template_line(part)

    def _born(self, element: HtmlElement, attribute: str) -> Birthplace | None:
        words = self._words_by_place.get((element, attribute), ())
        return next((run.origin.birthplace for run in words if run.origin), None)

    def _template_line(self, element: HtmlElement) -> Birthplace | None:
        _ = self.tree
        around: HtmlElement | None = element
        while around is not None:
            if tag := self._tags.get(around):
                number, line = (int(part) for part in tag.split(":"))
                templates = self.trace.templates if self.trace else []
                file = templates[number] if number < len(templates) else "templates"
                return Birthplace(file, line, 1, Owner.WEB_TEAM, f"template {file} {selector_step(around)}")
            if text := self._born(around, ""):
                return text
            around = around.getparent()
        return None

    def locate(self, part: Part) -> Place:
        """The place of a part of the page; None stands for the whole page."""
        if part is None:
            return Place(self.name)
        element = part.element if isinstance(part, Words | Attribute) else part
        words = "" if element.tag in _WHOLE else self.text_of(element)[:80]
        return Place(self.name, self.line_of(element), selector_of(element), start_tag(element), self.source_of(part), words)

    def line_of(self, element: HtmlElement) -> int:
        """
        The line of the page on which an element's start tag begins; 0 where it is not known.

        The n-th element of a tag is the n-th start tag of that name, unless the parser put some in or left some out: then it is
        the line on which its start tag ends, which is all that libxml2 keeps.
        """
        lines = self._start_lines.get(str(element.tag), [])
        same = self._by_tag.get(str(element.tag), [])
        if len(lines) == len(same) and element in self._numbers:
            return lines[self._numbers[element]]
        line = element.sourceline or 0
        return line if line < _LAST_LINE else 0

    @cached_property
    def _numbers(self) -> dict[HtmlElement, int]:
        return {element: number for same in self._by_tag.values() for number, element in enumerate(same)}

    @cached_property
    def _start_lines(self) -> dict[str, list[int]]:
        ends = [match.start() for match in re.finditer("\n", self.html)]
        lines = defaultdict(list)
        for tag in _START_TAG.finditer(self.html):
            if name := tag["raw"] or tag["name"]:
                lines[name.lower()].append(bisect_right(ends, tag.start()) + 1)
        return dict(lines)

    def find(self, xpath: str) -> Iterator[HtmlElement]:
        """The elements that an XPath gives; an XPath that is none of this tree's gives nothing."""
        try:
            found = self.tree.xpath(xpath)
        except etree.XPathError:
            return
        yield from (element for element in found if isinstance(element, HtmlElement))


class PageSet:
    """Pages that stand together, as those of one site. What a page alone cannot show, rules look for here."""

    def __init__(self, pages: Iterable[Page], root: str = "") -> None:
        self.pages = tuple(pages)
        self.name = root or _common_folder([page.name for page in self.pages])

    def locate(self, part: tuple[Page, Part] | None) -> Place:
        """The place of a part of one of the pages, given as (page, part); None stands for the whole set."""
        if part is None:
            return Place(self.name)
        page, inner = part
        return page.locate(inner)

    @cached_property
    def at(self) -> dict[str, Page]:
        """The pages by the address they give as their own, as `address_key` writes it. Pages without an address are not in it."""
        return {address_key(page.address): page for page in self.pages if page.address}

    @cached_property
    def by_language(self) -> dict[str, list[Page]]:
        """The pages by the tag of their language."""
        found = defaultdict(list)
        for page in self.pages:
            found[page.language].append(page)
        return dict(found)


def _common_folder(names: Sequence[str]) -> str:
    if not names:
        return ""
    low, high = min(names), max(names)
    same = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[: low.rfind("/", 0, same) + 1]


def is_absolute(address: str) -> bool:
    """Whether an address names its scheme and host: `https://example.org/de/`."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@lru_cache(100_000)
def address_key(address: str) -> str:
    """An address as it is compared with others: without fragment, `index.html` and closing slash, its host in small letters."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    path = parts.path.removesuffix("index.html").removesuffix("index.htm").rstrip("/")
    return f"{parts.scheme}://{parts.netloc.lower()}{path}" + (f"?{parts.query}" if parts.query else "")


@cache
def _tag(said: str) -> str:
    """A `lang` attribute's value in its usual case; one that is no language's as it is."""
    try:
        return tag_of(said) if "_" not in said else said
    except LanguageError:
        return said.strip()


def _heading_level(element: HtmlElement) -> int:
    role = element.get("role")
    if role == "heading":
        level = element.get("aria-level") or ""
        return int(level) if re.fullmatch("[1-9]", level) else 2
    return int(str(element.tag)[1]) if not role and element.tag in _HEADINGS else 0


def _is_link(element: HtmlElement) -> bool:
    role = element.get("role")
    if element.tag in ("a", "area") and element.get("href") is not None:
        return role is None or bool(_LINK_ROLE.fullmatch(role))
    return bool(role == "link")


def _hides(element: HtmlElement) -> bool:
    return element.get("aria-hidden") == "true" or _is_unrendered(element)


def _is_unrendered(element: HtmlElement) -> bool:
    attributes = element.attrib
    return (
        element.tag in ("template", "noscript", "script", "style")
        or "hidden" in attributes
        or (element.tag == "dialog" and "open" not in attributes)
        or (element.tag == "input" and (attributes.get("type") or "").lower() == "hidden")
        or ("style" in attributes and bool(_UNSEEN.search(attributes["style"])))
    )


def _hoist(root: HtmlElement) -> None:
    """Put behind an element of HTML 5 that holds nothing what libxml2, which does not know that, has put into it."""
    for element in list(root.iter("source", "track", "wbr")):
        text, element.text = element.text, None
        for child in reversed(element):
            element.addnext(child)
        if text:
            element.tail = _NOT_IN_XML.sub("", text + (element.tail or ""))


def _decode(content: bytes, charset: str = "") -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    said = _META_CHARSET.search(content[:4096])
    for name in filter(None, (charset.lower(), said[1].decode("ascii").lower() if said else "")):
        # As the Encoding Standard reads the names: Latin-1 is Windows-1252, and who could read the name has no UTF-16.
        try:
            return content.decode("cp1252" if name in _LATIN_1 else "utf-8" if name.startswith("utf-16") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


_LINK_ROLE = re.compile("|link|doc-(?:backlink|biblioref|glossref|noteref)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMED_BY_ALT = frozenset({"img", "area", "input"})
_NAMED_BY_CHILD = {"table": "caption", "fieldset": "legend", "figure": "figcaption", "svg": "title"}
_NAMED_BY_CONTENT = frozenset(_SPACE.split("a button caption dd dt h1 h2 h3 h4 h5 h6 label legend li option summary td th title"))
_ROLES_NAMED_BY_CONTENT = frozenset({"button", "heading", "link", "menuitem", "option", "tab"})
# Their words do not run into those before and after.
_APART = frozenset(
    _SPACE.split(
        "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
        "h6 header hr li main nav ol p pre section summary table td th tr ul"
    )
)


def text_of(element: HtmlElement) -> str:
    """The words in an element, pictures by their alternative text, white space folded."""
    return _fold("".join(_words_in(element, None)))


def _fold(words: str) -> str:
    return " ".join(words.split())


def _aria_label(element: HtmlElement) -> str:
    return (element.get("aria-label") or "").strip()


def _words_in(element: HtmlElement, label_of: Callable[[HtmlElement], str] | None) -> Iterator[str]:
    """The words in an element; with a function for labels, a part of it that has one says that instead."""
    if not len(element) and element.text and element.get("aria-hidden") != "true":
        yield element.text  # most elements hold text alone; no picture does
        return
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, inner in walk:
        if event == "start":
            if inner.tag in _APART:
                yield " "
            # A hidden element that another is named by is heard all the same.
            if _hides(inner) if inner is not element else not label_of and inner.get("aria-hidden") == "true":
                walk.skip_subtree()
            elif label_of and inner is not element and (label := label_of(inner)):
                yield f" {label} "
                walk.skip_subtree()
            elif inner.tag in ("img", "area") or (label_of and inner.tag == "input" and inner.get("type") == "image"):
                yield inner.get("alt") or (inner.get("title") or "" if label_of else "")
            elif inner.text:
                yield inner.text
        else:
            if inner.tag in _APART:
                yield " "
            if inner is not element:
                yield inner.tail or ""


def excerpt(words: str, length: int = 60) -> str:
    """Words as a message quotes them: white space folded, cut short, in quotation marks."""
    words = _fold(words)
    return f"“{words if len(words) <= length else words[: length - 1].rstrip() + '…'}”"


def selector_step(element: HtmlElement) -> str:
    """One step of a selector: the tag's name, with the class or attribute that tells it from others where it has one."""
    name = str(element.tag)
    if (classes := (element.get("class") or "").split()) and re.fullmatch(r"[A-Za-z][\w-]*", classes[0]):
        return f"{name}.{classes[0]}"
    return name


_COUNT_ID = etree.XPath("count(//*[@id=$value])")
_COUNT_MAIN = etree.XPath("count(//main)")
_COUNT_BEFORE = etree.XPath("count(preceding-sibling::*[name()=$name])")
_HAS_AFTER = etree.XPath("boolean(following-sibling::*[name()=$name])")


def selector_of(element: HtmlElement) -> str:
    """A short CSS selector: from the nearest id that is the only one of its kind down, counted among siblings of one name."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None:
        identifier = at.get("id") or ""
        if re.fullmatch(r"[A-Za-z][\w-]*", identifier) and _COUNT_ID(at, value=identifier) == 1:
            steps.append(f"#{identifier}")
            break
        name = str(at.tag)
        step = re.sub(r"[^\w-]", r"\\\g<0>", name)
        if at.getparent() is None or name in ("body", "head") or (name == "main" and _COUNT_MAIN(at) == 1):
            steps.append(step)
            break
        asked = _NOT_IN_XML.sub("", name)  # what XML does not allow in a name cannot be asked for either
        before = cast(float, _COUNT_BEFORE(at, name=asked))
        steps.append(f"{step}:nth-of-type({before + 1:.0f})" if before or _HAS_AFTER(at, name=asked) else step)
        at = at.getparent()
    return " > ".join(reversed(steps))


def start_tag(element: HtmlElement) -> str:
    """An element's start tag, its long attributes and the whole cut short."""
    attributes = "".join(f' {name}="{value if len(value) <= 80 else value[:79] + "…"}"' for name, value in element.attrib.items())
    tag = f"<{element.tag}{attributes}>"
    return tag if len(tag) <= 300 else tag[:299] + "…"
