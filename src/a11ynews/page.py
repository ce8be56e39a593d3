"""A page: its file or address, its HTML, its tree, and where each part of it was written, as far as that is known."""

import codecs
import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, Self, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .aria import ROLES, given_role, role_of
from .errors import LanguageError
from .finding import Birthplace, Owner, Place, is_lasting
from .language import tag_of
from .message import say
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
_REFERENCE = re.compile(rb"&#0*(?:\d{6,7}|[xX]0*[0-9a-fA-F]{5,6})")
"""A character of a plane beyond the first, by its number."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What libxml2 counts lines up to; beyond, it answers with this.
_LAST_LINE = 65535
_FOLDED = [re.compile(pattern) for pattern in (r"<[A-Za-z][^<>\n]*+\n", r'=\s*+"[^"<>]*+[<>]', r"=\s*+'[^'<>]*+[<>]")]
"""A start tag that goes on in another line, and values in which it might, behind what looks like its end."""
_IMPLIED = frozenset(["html", "head", "body"])

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


@dataclass(frozen=True, slots=True)
class Exposed:
    """Something that a browser tells assistive technology, as its accessibility tree has it."""

    depth: int
    """How many such things it stands in."""
    role: str
    name: str = ""
    states: tuple[str, ...] = ()
    """As Playwright writes them: `level=2`, `checked`, `disabled`."""
    url: str = ""
    """Where a link leads, as the page has it."""


Part: TypeAlias = "HtmlElement | Attribute | Words | None"
"""What a rule can point at on a page; None stands for the whole page."""


_WORDS_OF_PLACE = 80

_WORKED_OUT: Mapping[str, Callable[[], Any]] = {
    "consulted": set,
    "_words": list,
    "_unread": str,
    **dict.fromkeys(("_tags", "_depths", "_names", "_texts", "_resolved", "_roles", "_siblings", "_selectors"), dict),
}

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
    path: str = ""
    """Its path within the folder that was named, where its name would be another one on another machine."""
    digest: str = ""
    """What tells it, and what is known of it, from any other page; empty where nobody has worked that out."""
    consulted: set[str]
    """The files beside it that rules have looked at."""
    _words: list[Words]
    _tags: dict[HtmlElement, str]
    _depths: dict[HtmlElement, int]
    _unread: str
    _names: dict[HtmlElement, str]
    _texts: dict[HtmlElement, str]
    _resolved: dict[str, str]
    _roles: dict[HtmlElement, str]
    _siblings: dict[HtmlElement, tuple[int, int]]
    _selectors: dict[HtmlElement, str]

    def __init__(self, name: str, html: str, *, marked: str | None = None, trace: Trace | None = None) -> None:
        self.name = name
        self.html = html
        self.trace = trace
        self._marked = marked

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """What is worked out of a page begins when somebody asks: of a large site few pages are looked at again."""
            if name not in _WORKED_OUT:
                raise AttributeError(name)
            begun = self.__dict__[name] = _WORKED_OUT[name]()
            return begun

    def __reduce__(self) -> tuple[Any, ...]:
        """Pages cross from process to process as they were read, and each finds out anew what it wants to know."""
        kept = {name: value for name, value in self.__dict__.items() if name in ("url", "file", "http", "path")}
        return partial(Page, marked=self._marked, trace=self.trace), (self.name, self.html), kept

    def afresh(self) -> "Page":
        """The same page, of which nothing has been worked out; it is let go of by whoever has asked for it."""
        return copy(self)

    @classmethod
    def from_bytes(cls, name: str, content: bytes, charset: str = "") -> Self:
        """
        A page from its bytes, decoded as a browser would: byte order mark, the `charset` of the HTTP header, `meta charset`, else
        UTF-8 or Windows-1252.
        """
        return cls(name, _decode(content, charset))

    @property
    def size(self) -> int:
        """How many characters its HTML has."""
        return len(self.html)

    @cached_property
    def tree(self) -> HtmlElement:
        """
        The root element, clean of marks. A page without any element gives an empty `html`.

        libxml2 builds it: the element's `sourceline` is the line on which its start tag ends.
        """
        marked = self.html if self._marked is None else expose_tags(self._marked, _TAG)
        content = marked.encode("utf-8", "replace")
        parser = HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            root = document_fromstring(content, parser=parser)
        except etree.ParserError:
            root = document_fromstring("<html></html>")
        else:
            for error in parser.error_log.filter_from_level(etree.ErrorLevels.FATAL):
                self._unread = say("the parser stopped at line {line}: {reason}", line=str(error.line), reason=str(error.message))
        _hoist(root)
        # The proxies that lxml hands out are kept, so that they can be keys.
        self._elements = list(root.iter(etree.Element))
        if self.trace is None and not _has_marks(content):
            self._read_words(root)
        else:
            self._read_marks(root)
        return root

    def _read_words(self, root: HtmlElement) -> None:
        """Note the words of a page without marks: the same as `_read_marks` does, in less time."""
        noted = self._words
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                is_read = element.tag not in ("script", "style")
                for attribute, value in element.items():
                    if (attribute in TEXT_ATTRIBUTES or attribute == "content") and is_read and value and not value.isspace():
                        noted.append(Words(element, attribute, value, None, element))
                if is_read and (text := element.text) and not text.isspace():
                    noted.append(Words(element, "", text, None, element))
            elif (
                (text := element.tail)
                and not text.isspace()
                and (parent := element.getparent()) is not None
                and parent.tag not in ("script", "style")
            ):
                noted.append(Words(parent, "", text, None, parent))

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
    def marked(self) -> str | None:
        """The page with its marks, where we have rendered it."""
        return self._marked

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

    @cached_property
    def _by_attribute(self) -> dict[str, list[HtmlElement]]:
        found = defaultdict(list)
        for element in self.elements:
            for name in element.attrib:
                found[str(name)].append(element)
        return dict(found)

    def having(self, attribute: str) -> list[HtmlElement]:
        """The elements with an attribute, in the order of the document."""
        return self._by_attribute.get(attribute, [])

    @cached_property
    def _order(self) -> dict[HtmlElement, int]:
        return {element: number for number, element in enumerate(self.elements)}

    def in_order(self, elements: Iterable[HtmlElement]) -> list[HtmlElement]:
        """Elements in the order of the document."""
        return sorted(elements, key=self._order.__getitem__)

    def position_of(self, element: HtmlElement) -> int:
        """Where an element stands among all, from 0 on."""
        return self._order[element]

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

    @cached_property
    def written_in(self) -> tuple[dict[str, Owner], list[str]]:
        """The files that its texts were written in, each with who mends it, and those of its templates; none where not ours."""
        if self.trace is None:
            return {}, []
        return {origin.birthplace.file: origin.birthplace.owner for origin in self.trace.origins}, self.trace.templates

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
        tag, kind = str(element.tag), (element.get("type") or "").strip().lower() if element.tag == "input" else ""
        title = (element.get("title") or "").strip()
        if (tag in ("img", "area") or kind == "image") and (name := (element.get("alt") or "").strip()):
            return name
        if kind in _BUTTONS:
            return (element.get("value", _BUTTONS[kind])).strip() or title
        if labels := self._labels_by_field.get(element):
            name = " ".join("".join(_words_in(label, self._labels)).strip() for label in labels).strip()
            if name:
                return name
        if tag in ("input", "textarea"):
            return title or (element.get("placeholder") or element.get("aria-placeholder") or "").strip()
        wanted = _NAMED_BY_CHILD.get(tag, "")
        child = next((child for child in element if child.tag in (wanted, "title")), None) if len(element) else None
        if child is not None and (wanted or next(element.iterancestors("svg"), None) is not None) and (name := text_of(child)):
            return name
        role = given_role(element)
        if (tag in _NAMED_BY_CONTENT and role not in _NAMED_OTHERWISE) or role in _ROLES_NAMED_BY_CONTENT:
            return "".join(_words_in(element, self._labels)).strip() or title
        return title

    @cached_property
    def _labels_by_field(self) -> dict[HtmlElement, list[HtmlElement]]:
        """The `label` elements of each field that has any."""
        found = defaultdict(list)
        for label in self.tagged("label"):
            if (of := label.get("for")) is not None:
                field = next(iter(self.with_id.get(of, ())), None)
            else:
                field = next((inner for inner in label.iterdescendants(etree.Element) if _is_field(inner)), None)
            if field is not None and _is_field(field):
                found[field].append(label)
        return dict(found)

    def labels_of(self, field: HtmlElement) -> list[HtmlElement]:
        """The `label` elements of a field, in the order of the document."""
        return self._labels_by_field.get(field, [])

    @cached_property
    def stops(self) -> list[HtmlElement]:
        """What the Tab key reaches, as far as markup tells, in the order of the document; what is merely `aria-hidden`, too."""
        candidates = {*self.tagged(*_FOCUSABLE), *self.having("tabindex"), *self.having("contenteditable")}
        found = [element for element in candidates if self.is_focusable(element) and not _is_left_out(element)]
        return self.in_order(found)

    def is_focusable(self, element: HtmlElement) -> bool:
        """Whether an element can have the keyboard's focus, were it only by a script, as far as markup tells."""
        attributes, tag = element.attrib, str(element.tag)
        by_index = bool(_INTEGER.match(attributes.get("tabindex", "")))
        if not by_index and tag not in _FOCUSABLE and "contenteditable" not in attributes:
            return False
        if element in self._unrendered or element in self._disabled:
            return False
        if by_index or tag in ("button", "iframe", "input", "select", "textarea"):
            return True
        if tag in ("a", "area"):
            return "href" in attributes
        if tag in ("audio", "video"):
            return "controls" in attributes
        if tag == "summary":
            around = element.getparent()
            return around is not None and around.tag == "details" and next(around.iterchildren("summary")) is element
        return bool(attributes["contenteditable"].lower() != "false")

    @cached_property
    def _disabled(self) -> set[HtmlElement]:
        """What is disabled or inert, by itself or by what is around it."""
        roots = [*self.having("inert"), *(one for one in self.having("disabled") if one.tag in _CAN_BE_DISABLED)]
        inside: set[HtmlElement] = set()
        for root in roots:
            if root not in inside:
                inside.update(root.iter(etree.Element))
        return inside

    @cached_property
    def hidden_from_readers(self) -> dict[HtmlElement, HtmlElement]:
        """The elements that are hidden from assistive technology alone, each with the `aria-hidden` one that hides it."""
        found: dict[HtmlElement, HtmlElement] = {}
        for element in self.having("aria-hidden"):
            if element.get("aria-hidden") == "true" and element not in found:
                found.update((inner, element) for inner in element.iter(etree.Element))
        return found

    @cached_property
    def aria(self) -> list[tuple[HtmlElement, list[str]]]:
        """The elements that a reader can meet and that have a `role` or ARIA attributes, with the names of these."""
        spoken: defaultdict[HtmlElement, list[str]] = defaultdict(list)
        for name, elements in self._by_attribute.items():
            if name == "role" or name.startswith("aria-"):
                for element in elements:
                    spoken[element] += [name] if name != "role" else []
        return [(one, spoken[one]) for one in self.in_order(spoken) if one not in self._hidden]

    def role_of(self, element: HtmlElement) -> str:
        """An element's role, by `role` or by itself; empty where WAI-ARIA has none for it."""
        if element not in self._roles:
            self._roles[element] = role_of(element, focusable=self.is_focusable(element))
        return self._roles[element]

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
        candidates = {*self.tagged("a", "area"), *self.having("role")} - self._hidden
        return self.in_order(filter(_is_link, candidates))

    @cached_property
    def headings(self) -> list[tuple[int, HtmlElement]]:
        """The headings that a reader can meet, with their ranks, in the order of the document."""
        candidates = {*self.tagged(*_HEADINGS), *self.having("role")} - self._hidden
        found = [(_heading_level(element), element) for element in self.in_order(candidates)]
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
            if part.origin:
                return part.origin.birthplace
            return self._template_line(part.element, f"@{part.attribute}" if part.attribute else "", part.words)
        if isinstance(part, Attribute):
            literal = (part.element.get(part.name) or "") if part.name in TEXT_ATTRIBUTES else ""
            return self._born(part.element, part.name) or self._template_line(part.element, f"@{part.name}", literal)
        return self._template_line(part)

    def _born(self, element: HtmlElement, attribute: str) -> Birthplace | None:
        words = self._words_by_place.get((element, attribute), ())
        return next((run.origin.birthplace for run in words if run.origin), None)

    def _template_line(self, element: HtmlElement, attribute: str = "", literal: str = "") -> Birthplace | None:
        """The template's line that an element, an attribute of it or words that the template itself holds are from."""
        _ = self.tree
        around: HtmlElement | None = element
        while around is not None:
            if tag := self._tags.get(around):
                number, line = (int(part) for part in tag.split(":"))
                templates = self.trace.templates if self.trace else []
                file = templates[number] if number < len(templates) else "templates"
                what = [_lasting_step(around), attribute, _digest(literal) if literal else ""]
                return Birthplace(file, line, 1, Owner.WEB_TEAM, " ".join(["template", file, *filter(None, what)]))
            if text := self._born(around, ""):
                return text
            around = around.getparent()
        return None

    def locate(self, part: Part) -> Place:
        """The place of a part of the page; None stands for the whole page."""
        if part is None:
            return Place(self.name, path=self.path)
        element = part.element if isinstance(part, Words | Attribute) else part
        words = "" if element.tag in _WHOLE else self._beginning_of(element)
        at, source = self.selector_of(element), self.source_of(part)
        return Place(self.name, self.line_of(element), at, start_tag(element), source, words, self.path)

    def _beginning_of(self, element: HtmlElement) -> str:
        """The beginning of an element's text, as much as a place keeps of it."""
        if element in self._texts:
            return self._texts[element][:_WORDS_OF_PLACE]
        beginning, length = [], 0
        for words in _words_in(element, None):
            beginning.append(words)
            length += len(_fold(words))
            if length > _WORDS_OF_PLACE:
                break
        return _fold("".join(beginning))[:_WORDS_OF_PLACE]

    def selector_of(self, element: HtmlElement) -> str:
        """A short CSS selector: from the nearest id that is the only one of its kind down, counted among siblings of one name."""
        _ = self.tree
        way = [element]
        while (
            (parent := way[-1].getparent()) is not None and parent not in self._selectors and not self._begins_selector(way[-1])
        ):
            way.append(parent)
        if not self._begins_selector(way[-1]) and parent is not None:
            way.append(parent)
        selector = ""
        for at in reversed(way):
            if at in self._selectors:
                selector = self._selectors[at]
                continue
            begins = self._begins_selector(at)
            selector = begins or f"{selector} > {self._step_of(at)}"
            if len(at):
                self._selectors[at] = selector
        return selector

    def _begins_selector(self, element: HtmlElement) -> str:
        """The selector of an element that needs none around it: by its id, or as the only one of its name."""
        identifier, name = element.get("id") or "", str(element.tag)
        if identifier and re.fullmatch(r"[A-Za-z][\w-]*", identifier) and len(self.with_id[identifier]) == 1:
            return f"#{identifier}"
        if name in ("body", "head") or (name == "main" and len(self.tagged("main")) == 1):
            return name
        return _escaped(name) if element.getparent() is None else ""

    def _step_of(self, element: HtmlElement) -> str:
        number, of = self._place_among_siblings(element)
        step = _escaped(str(element.tag))
        return f"{step}:nth-of-type({number})" if of > 1 else step

    def _place_among_siblings(self, element: HtmlElement) -> tuple[int, int]:
        """The how manieth of its name an element is where it stands, and of how many."""
        if element not in self._siblings:
            parent = element.getparent()
            same: defaultdict[str, list[HtmlElement]] = defaultdict(list)
            for child in parent.iterchildren(etree.Element) if parent is not None else (element,):
                same[str(child.tag)].append(child)
            for alike in same.values():
                self._siblings.update((child, (number, len(alike))) for number, child in enumerate(alike, 1))
        return self._siblings[element]

    def line_of(self, element: HtmlElement) -> int:
        """
        The line of the page on which an element's start tag begins; 0 where it is not known.

        The n-th element of a tag is the n-th start tag of that name, unless the parser put some in or left some out: then it is
        the line on which its start tag ends, which is all that libxml2 keeps. Where no start tag goes on in another line, that is
        the same; but of the elements that it puts in by itself libxml2 does not tell where their tags come later.
        """
        end = element.sourceline or 0
        if 0 < end < _LAST_LINE and element.tag not in _IMPLIED and not self._may_have_folded_tags:
            return end
        lines = self._start_lines.get(str(element.tag), [])
        same = self._by_tag.get(str(element.tag), [])
        if len(lines) == len(same) and element in self._numbers:
            return lines[self._numbers[element]]
        return end if end < _LAST_LINE else 0

    @cached_property
    def _may_have_folded_tags(self) -> bool:
        """Whether a start tag may go on in another line; False only where it is certain that none does."""
        return any(folded.search(self.html) for folded in _FOLDED)

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
        except (etree.XPathError, ValueError):  # the latter of names that XML could not have, with a control character
            return
        if isinstance(found, list):  # of a tag such as `<a=x>` it is a comparison, which gives a truth value
            yield from (element for element in found if isinstance(element, HtmlElement))


_MOST_OPENED = 8


class PageSet:
    """
    Pages that stand together, as those of one site. What a page alone cannot show, rules look for here.

    Such a rule compares pages by their `traits`, as far as they are known, and opens a page only to say something of it.
    """

    def __init__(self, pages: Iterable[Page], root: str = "", traits: Mapping[Page, Any] | None = None) -> None:
        self.pages = tuple(pages)
        self.name = root or _common_folder([page.name for page in self.pages])
        self.traits: dict[Page, Any] = {page: traits[page] for page in self.pages if page in traits} if traits else {}
        """What of each page the rules compare, as far as somebody has read it: see `rules.traits`."""
        self.worked_out: dict[Any, Any] = {}
        """What several rules have worked out of them all, by what has."""
        self._opened: dict[Page, Page] = {}

    def opened(self, page: Page) -> Page:
        """
        One of them to be pointed at. Its tree is not kept for long, unless it was there before: a site may be larger than memory.
        """
        if "tree" in page.__dict__:
            return page
        opened = self._opened.pop(page, None) or page.afresh()
        self._opened[page] = opened  # as the last of them
        while len(self._opened) > _MOST_OPENED:
            del self._opened[next(iter(self._opened))]
        return opened

    def locate(self, part: tuple[Page, Part] | None) -> Place:
        """The place of a part of one of the pages, given as (page, part); None stands for the whole set."""
        if part is None:
            return Place(self.name)
        page, inner = part
        return page.locate(inner)


class SeenPages(PageSet):
    """Pages that stand together and have been open in a browser, each with what that has told assistive technology."""

    def __init__(
        self, structures: Mapping[Page, Sequence[Exposed]], root: str = "", traits: Mapping[Page, Any] | None = None
    ) -> None:
        super().__init__(structures, root, traits)
        self.structures = structures


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


def _is_field(element: HtmlElement) -> bool:
    """Whether a `label` can speak of an element."""
    return element.tag in _FIELDS and (element.tag != "input" or (element.get("type") or "").strip().lower() != "hidden")


def _is_left_out(element: HtmlElement) -> bool:
    """Whether the Tab key passes over an element that can have the focus."""
    return (element.get("tabindex") or "").strip().startswith("-") and bool(_INTEGER.match(element.get("tabindex") or ""))


def _heading_level(element: HtmlElement) -> int:
    role = element.get("role")
    if role == "heading":
        level = element.get("aria-level") or ""
        return int(level) if re.fullmatch("[1-9]", level) else 2
    return int(str(element.tag)[1]) if not role and element.tag in _HEADINGS else 0


def _has_marks(content: bytes) -> bool:
    """Whether marks of provenance may be in a page, however they are written."""
    # In UTF-8, what begins with F3 or F4 is of the planes where all marks are, and little else.
    return b"\xf3" in content or b"\xf4" in content or bool(_REFERENCE.search(content)) or _TAG.encode() in content.lower()


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
_BUTTONS = {"button": "", "reset": "Reset", "submit": "Submit"}
"""The buttons that an `input` can be, with what a browser writes on them if nothing else is said."""
_NAMED_BY_CHILD = {"table": "caption", "fieldset": "legend", "figure": "figcaption", "svg": "title"}
_NAMED_BY_CONTENT = frozenset(_SPACE.split("a button caption dd dt h1 h2 h3 h4 h5 h6 label legend li option summary td th title"))
_ROLES_NAMED_BY_CONTENT = frozenset(name for name, role in ROLES.items() if role.named_by_content)
_NAMED_OTHERWISE = frozenset(
    name for name, role in ROLES.items() if not role.named_by_content and not role.never_named and name != "generic"
)
_FOCUSABLE = frozenset({"a", "area", "audio", "button", "iframe", "input", "select", "summary", "textarea", "video"})
_CAN_BE_DISABLED = frozenset({"button", "fieldset", "input", "optgroup", "option", "select", "textarea"})
_FIELDS = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})
_INTEGER = re.compile(r"\s*[+-]?\d")
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
            elif label_of and inner.tag in ("select", "textarea") and inner is not element:
                walk.skip_subtree()  # what is chosen or written in a field is not what it is called
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
    """Words as a message quotes them: white space folded, cut short, in the quotation marks of the report's language."""
    words = _fold(words)
    return say("“{words}”", words=words if len(words) <= length else words[: length - 1].rstrip() + "…")


def selector_step(element: HtmlElement) -> str:
    """One step of a selector: the tag's name, with the class or attribute that tells it from others where it has one."""
    name = str(element.tag)
    if (classes := (element.get("class") or "").split()) and re.fullmatch(r"[A-Za-z][\w-]*", classes[0]):
        return f"{name}.{classes[0]}"
    return name


_WRITTEN_IN_TEMPLATES = ("name", "role", "type", "rel", "property")


def _lasting_step(element: HtmlElement) -> str:
    """
    A template's element: its tag, and what is the same on every page that the template makes and outlives its edits.

    Its class is not, for it changes with the looks; nor are addresses, languages and words, which are a page's own.
    """
    told = [f"{name}={value}" for name in _WRITTEN_IN_TEMPLATES if (value := element.get(name))]
    if is_lasting(identifier := element.get("id") or ""):
        told.append(f"id={identifier}")
    if (href := element.get("href") or "").startswith("#") and is_lasting(href[1:]):
        told.append(f"href={href}")
    return " ".join([str(element.tag), *told])


def _digest(words: str) -> str:
    return hashlib.sha256(_fold(words).encode("utf-8", "replace")).hexdigest()[:8]


def _escaped(name: str) -> str:
    return re.sub(r"[^\w-]", r"\\\g<0>", name)


def start_tag(element: HtmlElement) -> str:
    """An element's start tag, its long attributes and the whole cut short."""
    attributes = "".join(f' {name}="{value if len(value) <= 80 else value[:79] + "…"}"' for name, value in element.attrib.items())
    tag = f"<{element.tag}{attributes}>"
    return tag if len(tag) <= 300 else tag[:299] + "…"
