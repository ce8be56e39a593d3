"""
The texts of a page in the order of reading, each with every place where it stands; and the page's HTML, with each of them named.

What is known of a text comes from the page's trace; a text that a record has and the page does not show is among them, too.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from .article import Path as TextPath
from .article import Text, texts
from .finding import Birthplace
from .message import Message, say
from .page import Page, Words
from .provenance import Origin, State, strike
from .render import Localised, RenderedPage

_NUMBER, _TEXT = "data-a11ynews-number", "data-a11ynews-text"


@dataclass(slots=True)
class Item:
    """One text of a page, wherever it stands on it."""

    id: str
    role: str
    state: str
    words: str
    language: str
    at: float
    """Where it stands in the order of reading."""
    origin: Origin | None = None
    text: Text | None = None
    path: TextPath = ()
    around: tuple[HtmlElement, str] | None = None
    """Of what is no text of the record, the element and attribute that its words are taken from."""
    literal: Birthplace | None = None
    places: dict[str, Message] = field(default_factory=dict)
    on_page: bool = False
    """Whether it is seen, and not only read by machines."""
    numbers: dict[int, None] = field(default_factory=dict)
    """The start tags of the elements that it stands in."""


# -- texts in their order ----------------------------------------------------------------------------------------------

_OUTSIDE: Mapping[str, Message] = {
    "title": say("in the title of the window, and of the page in search results"),
    "description": say("in search results"),
    "card": say("on cards in social networks"),
    "card alt": say("in place of the picture on cards in social networks"),
    "alt": say("in place of the picture"),
    "name": say("read out as the name of a part of the page"),
    "page": say("on the page"),
    "slug": say("in the address of the page"),
    "nowhere": say("nowhere on this page"),
}


def _place_of(words: Words) -> tuple[str, bool]:
    """How a run of words is met, and whether that is seen on the page."""
    element, attribute = words.element, words.attribute
    if attribute == "content":
        name = (element.get("property") or element.get("name") or "").lower()
        if name.endswith("image:alt"):
            return "card alt", False
        return ("card", False) if name.startswith(("og:", "twitter:")) else ("description", False)
    if attribute == "alt":
        return "alt", False
    if attribute:
        return "name", attribute in ("label", "placeholder", "title")
    if element.tag == "title" and (parent := element.getparent()) is not None and parent.tag == "head":
        return "title", False
    return "page", True


class _Items:
    """Sorts the runs of words of a page by the texts that they are of."""

    def __init__(self, page: Page, language: str, localised: Localised | None, numbers: Mapping[HtmlElement, int]) -> None:
        self._page = page
        self._found = localised.found if localised else {}
        self._hidden = {id(text) for text in localised.hidden} if localised else set()
        self._numbers = numbers
        self._language = language
        self._placed = list(texts(localised.article)) if localised else []
        self._texts: dict[Origin, tuple[TextPath, Text]] = {}
        for path, text in self._placed:
            self._texts.setdefault(self._found[id(text)].origin, (path, text))
        self._items: dict[Any, Item] = {}
        self._ids: dict[str, int] = {}

    def all(self) -> list[Item]:
        """The texts in the order of reading: those of the head, those of the body, and among them those that are not shown."""
        for at, words in enumerate(self._page.words):
            if words.origin is None and not self._is_worth_telling(words):
                continue
            key: Any = words.origin or (words.element, words.attribute)
            if words.origin and self._is_given(words.origin):
                # The names of all languages are born on one line.
                key = words.origin, words.words.strip()
            if key not in self._items:
                self._items[key] = self._begin(words, at)
            self._add(self._items[key], words, at)
        self._add_unseen()
        return sorted(self._items.values(), key=lambda item: item.at)

    def _is_given(self, origin: Origin) -> bool:
        """Whether it is no text, but what CLDR says of a date, a name or a language, or what the configuration says."""
        is_word = origin in self._texts or origin.state is not State.SOURCE or origin.role != "page"
        return not is_word and not origin.birthplace.identity.startswith("template ")

    def _is_worth_telling(self, words: Words) -> bool:
        return words.attribute != "content" and any(letter.isalpha() for letter in words.words)

    def _begin(self, words: Words, at: int) -> Item:
        origin = words.origin
        if origin is None:
            item = Item(self._id(f"literal {words.words}"), "template", "literal", "", self._language, at)
            item.literal = self._page.source_of(words)
            return item
        path, text = self._texts.get(origin, ((), None))
        shown = self._found[id(text)].words if text else ""
        state = "given" if self._is_given(origin) else self._state(origin, text)
        item = Item(self._id(_identity(origin, text)), origin.role, state, shown, origin.language, at)
        item.origin, item.text, item.path = origin, text, path
        return item

    def _state(self, origin: Origin, text: Text | None) -> str:
        if text and text.stays:
            return "kept"
        if origin.state is State.TRANSLATED and origin.language != self._language:
            return "fallback"
        return str(origin.state.value)

    def _id(self, identity: str) -> str:
        digest = "t" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        self._ids[digest] = count = self._ids.get(digest, 0) + 1
        return digest if count == 1 else f"{digest}-{count}"

    def _add(self, item: Item, words: Words, at: int) -> None:
        kind, is_seen = _place_of(words)
        item.places[kind] = _OUTSIDE[kind]
        in_body = kind not in ("title", "description", "card", "card alt")
        if is_seen and not item.on_page:
            item.on_page = True
        if in_body and not item.numbers:
            item.at = at
        if not item.text:
            item.around = item.around or (words.around, words.attribute)
            if item.around == (words.around, words.attribute):
                item.words = f"{item.words} {words.words.strip()}".strip()
        if in_body:
            around: HtmlElement | None = words.around if not words.attribute else words.element
            while around is not None and around not in self._numbers:
                around = around.getparent()
            if around is not None:
                item.numbers[self._numbers[around]] = None

    def _add_unseen(self) -> None:
        """The texts of the record that are on no part of the page, each behind the one that stands before it in the record."""
        at = -1.0
        for number, (path, text) in enumerate(self._placed, 1):
            origin = self._found[id(text)].origin
            if origin in self._items:
                at = self._items[origin].at
                continue
            state = "hidden" if id(text) in self._hidden else self._state(origin, text)
            words = self._found[id(text)].words
            item = Item(self._id(_identity(origin, text)), origin.role, state, words, origin.language, at + number / 1e6)
            item.origin, item.text, item.path = origin, text, path
            kind = "slug" if text.role.name == "slug" else "nowhere"
            item.places[kind] = _OUTSIDE[kind]
            self._items[origin] = item


def _identity(origin: Origin, text: Text | None) -> str:
    """What tells a text from others and outlives edits around it and of its translation, so that the focus finds it again."""
    if text:
        return f"{text.role.name} {text.words}"
    identity = origin.birthplace.identity
    return identity.partition(": ")[2] or identity


# -- the page's HTML ---------------------------------------------------------------------------------------------------

_M = "\U000f0000-\U0010ffff"
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|(?P<start><(?P<name>[A-Za-z][^\s/>{_M}]*)[{_M}]*)(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>",
    re.DOTALL,
)
_RAW = {name: re.compile(f"</{name}[^>]*>", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}


def _numbered(marked: str) -> str:
    """Give each start tag of a page a number, by which its element is known again."""
    out: list[str] = []
    at = number = 0
    while tag := _TAG.search(marked, at):
        end = tag.end()
        if tag["start"]:
            out += [marked[at : tag.start()], tag["start"], f' {_NUMBER}="{number}"', marked[tag.end("start") : end]]
            number += 1
            if raw := _RAW.get(tag["name"].lower()):
                # What is in there is no markup, whatever it looks like.
                close = raw.search(marked, end)
                rest = close.end() if close else len(marked)
                out.append(marked[end:rest])
                end = rest
        else:
            out.append(marked[at:end])
        at = end
    return "".join([*out, marked[at:]])


def _annotated(numbered: str, texts_of: Mapping[int, Sequence[str]]) -> str:
    """Tell on each element, by its number, the ids of the texts in it, and take the numbers away."""

    def told(match: re.Match[str]) -> str:
        ids = texts_of.get(int(match[1]))
        return f' {_TEXT}="{" ".join(ids)}"' if ids else ""

    return re.sub(rf' {_NUMBER}="([0-9]+)"', told, numbered)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A page with its texts."""

    page: Page
    """As the rules look at it."""
    html: str
    """As it is deployed, but that each element with texts in it tells their ids."""
    items: tuple[Item, ...]


def annotate(rendered: RenderedPage, name: str, localised: Localised | None = None) -> Annotated:
    """
    A page with every text on it named; `name` is what rules call it, `localised` the texts of its record, where it has one.

    Start tags are numbered, so that the parser tells in which of them a text stands; then the numbers are taken away again.
    """
    numbered = _numbered(rendered.marked)
    page = Page(name, rendered.html, marked=numbered, trace=rendered.trace)
    page.file = name
    numbers = {element: int(element.attrib.pop(_NUMBER)) for element in page.elements if _NUMBER in element.attrib}
    items = _Items(page, rendered.language, localised, numbers).all()
    by_number: dict[int, list[str]] = {}
    for item in items:
        for number in item.numbers:
            by_number.setdefault(number, []).append(item.id)
    return Annotated(page, strike(_annotated(numbered, by_number)), tuple(items))
