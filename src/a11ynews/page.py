"""A page: its file or address, its HTML, its tree, and where each part of it was written, as far as that is known."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .finding import Birthplace, Owner, Place
from .provenance import Origin, Trace, expose_tags, pieces, strike

_TAG = "data-a11ynews-tag"
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")

TEXT_ATTRIBUTES = frozenset(
    ["alt", "title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "label"]
)
"""The attributes whose values people read or hear."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """
    A run of words on a page.

    `attribute` names the attribute they stand in; it is empty for a text node. `origin` is where they come from; None means that
    a template holds them, or that nothing is known of the page.
    """

    element: HtmlElement
    attribute: str
    words: str
    origin: Origin | None


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """One attribute of an element, as a place to point at."""

    element: HtmlElement
    name: str


class Page:
    """
    An HTML page as a checker reads it.

    `name` is its file or address. A page that we rendered comes with `marked`, the same page with its marks, and the trace that
    they number; of any other page only the HTML is known.
    """

    def __init__(self, name: str, html: str, *, marked: str | None = None, trace: Trace | None = None) -> None:
        self.name = name
        self.html = html
        self.trace = trace
        self._marked = marked
        self._words: list[Words] = []
        self._tags: dict[HtmlElement, str] = {}

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> "Page":
        """A page from its bytes, decoded as a browser would: byte order mark, `meta charset`, else UTF-8 or Windows-1252."""
        return cls(name, _decode(content))

    @cached_property
    def tree(self) -> HtmlElement:
        """
        The root element, clean of marks. A page without any element gives an empty `html`.

        libxml2 builds it: the element's `sourceline` is the line on which its start tag ends.
        """
        marked = self.html if self._marked is None else expose_tags(self._marked, _TAG)
        try:
            root = document_fromstring(marked.encode(), parser=HTMLParser(encoding="utf-8", huge_tree=True))
        except etree.ParserError:
            root = document_fromstring("<html></html>")
        # The proxies that lxml hands out are kept, so that they can be keys.
        self._elements = list(root.iter(etree.Element))
        self._read_marks(root)
        return root

    def _read_marks(self, root: HtmlElement) -> None:
        opened: list[int] = []
        depths: dict[HtmlElement, int] = {}
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                depths[element] = len(opened)
                if tag := element.attrib.pop(_TAG, None):
                    self._tags[element] = tag
                for attribute, value in element.attrib.items():
                    if attribute in TEXT_ATTRIBUTES or strike(value) != value or attribute == "content":
                        inside: list[int] = []
                        found = [Words(element, attribute, words, self._origin(n)) for words, n in pieces(value, inside)]
                        self._words += found
                        element.set(attribute, strike(value))
                element.text = self._take(element, element.text, opened)
            else:
                if event == "end":
                    # A text ends where its element does, even if a filter has cut off its end mark.
                    del opened[depths.pop(element) :]
                parent = element.getparent()
                if parent is not None:
                    element.tail = self._take(parent, element.tail, opened)

    def _take(self, element: HtmlElement, text: str | None, opened: list[int]) -> str | None:
        if not text:
            return text
        found = [Words(element, "", words, self._origin(number)) for words, number in pieces(text, opened)]
        if element.tag not in ("script", "style"):
            self._words += [words for words in found if words.words.strip()]
        return "".join(words.words for words in found)

    def _origin(self, number: int | None) -> Origin | None:
        return self.trace.origin(number) if self.trace else None

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

    @property
    def is_ours(self) -> bool:
        """Whether we rendered it and know its birthplaces."""
        return self.trace is not None

    def source_of(self, part: "HtmlElement | Attribute | Words | None") -> Birthplace | None:
        """
        Where a part of the page was written.

        Words and attributes by their origin; an element by the template line of its start tag, or of the nearest one around it
        (the markup inside a text belongs to the text).
        """
        if part is None or self.trace is None:
            return None
        if isinstance(part, Words):
            if part.origin:
                return part.origin.birthplace
            return self._template_line(part.element)
        if isinstance(part, Attribute):
            for words in self.words:
                if words.element is part.element and words.attribute == part.name and words.origin:
                    return words.origin.birthplace
            return self._template_line(part.element)
        return self._template_line(part)

    def _template_line(self, element: HtmlElement) -> Birthplace | None:
        _ = self.tree
        around: HtmlElement | None = element
        while around is not None:
            if tag := self._tags.get(around):
                number, line = (int(part) for part in tag.split(":"))
                templates = self.trace.templates if self.trace else []
                file = templates[number] if number < len(templates) else "templates"
                return Birthplace(file, line, 1, Owner.WEB_TEAM, f"template {file} {selector_step(around)}")
            if text := next((w for w in self._words if w.element is around and w.origin and not w.attribute), None):
                return text.origin.birthplace if text.origin else None
            around = around.getparent()
        return None

    def locate(self, part: "HtmlElement | Attribute | Words | None") -> Place:
        """The place of a part of the page; None stands for the whole page."""
        if part is None:
            return Place(self.name)
        element = part if isinstance(part, HtmlElement) else part.element
        return Place(self.name, element.sourceline or 0, selector_of(element), start_tag(element), self.source_of(part))

    def find(self, xpath: str) -> Iterator[HtmlElement]:
        """The elements that an XPath gives; an XPath that is none of this tree's gives nothing."""
        try:
            found = self.tree.xpath(xpath)
        except etree.XPathError:
            return
        yield from (element for element in found if isinstance(element, HtmlElement))


def _decode(content: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    said = _META_CHARSET.search(content[:4096])
    if said:
        try:
            return content.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def text_of(element: HtmlElement) -> str:
    """The words in an element, pictures by their alternative text, white space folded."""
    return _SPACE.sub(" ", "".join(_words_in(element))).strip()


def _words_in(element: HtmlElement) -> Iterator[str]:
    if element.get("aria-hidden") == "true":
        return
    if element.tag == "img":
        yield element.get("alt") or ""
    if element.text and isinstance(element.tag, str):
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "template"):
            yield from _words_in(child)
        yield child.tail or ""


def selector_step(element: HtmlElement) -> str:
    """One step of a selector: the tag's name, with the class or attribute that tells it from others where it has one."""
    name = str(element.tag)
    if (classes := (element.get("class") or "").split()) and re.fullmatch(r"[A-Za-z][\w-]*", classes[0]):
        return f"{name}.{classes[0]}"
    return name


def selector_of(element: HtmlElement) -> str:
    """A short CSS selector: from the nearest id down, counted among siblings of one name."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None:
        identifier = at.get("id") or ""
        if re.fullmatch(r"[A-Za-z][\w-]*", identifier):
            steps.append(f"#{identifier}")
            break
        parent = at.getparent()
        name = str(at.tag)
        if parent is None or name in ("body", "head", "main"):
            steps.append(name)
            break
        same = [child for child in parent if child.tag == at.tag]
        steps.append(name if len(same) == 1 else f"{name}:nth-of-type({same.index(at) + 1})")
        at = parent
    return " > ".join(reversed(steps))


def start_tag(element: HtmlElement) -> str:
    """An element's start tag, its long attributes and the whole cut short."""
    attributes = "".join(f' {name}="{value if len(value) <= 80 else value[:79] + "…"}"' for name, value in element.attrib.items())
    tag = f"<{element.tag}{attributes}>"
    return tag if len(tag) <= 300 else tag[:299] + "…"
