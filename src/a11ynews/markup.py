"""
The inline markup of a text, a closed subset that translators read easily and that is safe by construction:

    **strong**   *emphasis*   [words](https://example.org/)   <i lang="it">parola</i>   \\* for a plain *

Everything else is text, `<b>` too. A translation may hold only the links that its source holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from .errors import LanguageError
from .language import direction_of, same_language, tag_of

Kind = Literal["text", "strong", "em", "a", "i"]


class Level(Enum):
    """Which markup a text may hold."""

    NONE = auto()
    """None: an asterisk is an asterisk. For alternative texts, which a page can only say, and for tags and the like."""
    PHRASE = auto()
    """Emphasis and foreign words; no links. For headlines and headings."""
    FULL = auto()


@dataclass(slots=True)
class Node:
    """A piece of a text: `value` holds the words of a text, the target of a link, or the language of an `i`."""

    kind: Kind
    value: str = ""
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stays as it is in every language: `translate="no"`, and its language where it is said."""

    words: str
    language: str | None = None


_SPECIAL = re.compile(
    r"\\(?P<escaped>[\\*\[\]<])"
    r"|(?P<stars>\*\*?)"
    r"|(?P<open>\[)"
    r"|\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|<i lang=(?P<quote>[\"'])(?P<language>[^\"'<>]*)(?P=quote)>"
    r"|(?P<close></i>)"
)


@dataclass(slots=True)
class _Open:
    """Something begun that may yet turn out to be plain text."""

    kind: Kind
    literal: str
    value: str = ""
    children: list[Node] = field(default_factory=list)


def parse(words: str, level: Level = Level.FULL) -> list[Node]:
    """The pieces of a text. Nothing is ever an error: what does not close, or may not stand here, is text. Linear in time."""
    if level is Level.NONE:
        return [Node("text", words)]
    top = _Open("text", "")
    stack = [top]
    at = 0
    for token in _SPECIAL.finditer(words):
        if token.start() > at:
            stack[-1].children.append(Node("text", words[at : token.start()]))
        at = token.end()
        if token["escaped"]:
            stack[-1].children.append(Node("text", token["escaped"]))
        elif token["stars"]:
            kind: Kind = "strong" if len(token["stars"]) == 2 else "em"
            before, after = words[token.start() - 1 : token.start()], words[at : at + 1]
            if before.strip() and not _is_letter(after) and _close(stack, kind):
                continue
            if after.strip() and not _is_letter(before):
                stack.append(_Open(kind, token[0]))
            else:
                stack[-1].children.append(Node("text", token[0]))
        elif token["open"]:
            stack.append(_Open("a", "["))
        elif token["target"] is not None:
            if level is not Level.FULL or not token["target"] or not _close(stack, "a", token["target"]):
                stack[-1].children.append(Node("text", token[0]))
        elif token["language"] is not None:
            stack.append(_Open("i", token[0], token["language"]))
        elif not _close(stack, "i"):
            stack[-1].children.append(Node("text", token[0]))
    if at < len(words):
        stack[-1].children.append(Node("text", words[at:]))
    while len(stack) > 1:
        _give_up(stack)
    return top.children


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _give_up(stack: list[_Open]) -> None:
    """What was begun last does not close: it is text."""
    left = stack.pop()
    stack[-1].children += [Node("text", left.literal), *left.children]


def _close(stack: list[_Open], kind: Kind, value: str = "") -> bool:
    if not any(opened.kind == kind for opened in stack[1:]):
        return False
    while stack[-1].kind != kind:
        _give_up(stack)
    opened = stack.pop()
    if kind == "a" and any(node.kind == "a" for node in _walk(opened.children)):
        # A link cannot hold a link.
        stack[-1].children += [Node("text", opened.literal), *opened.children, Node("text", f"]({value})")]
    else:
        stack[-1].children.append(Node(kind, value or opened.value, opened.children))
    return True


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def plain(nodes: Iterable[Node]) -> str:
    """The words alone."""
    return "".join(node.value for node in _walk(nodes) if node.kind == "text")


def targets(nodes: Iterable[Node]) -> list[str]:
    """The addresses of the links, in their order."""
    return [node.value for node in _walk(nodes) if node.kind == "a"]


def languages(nodes: Iterable[Node]) -> list[str]:
    """The languages of the foreign words, in their order."""
    return [node.value for node in _walk(nodes) if node.kind == "i"]


def faults(nodes: Iterable[Node]) -> Iterator[str]:
    """What cannot go on a page as it is written: unsafe addresses, links without words, languages that are none."""
    for node in _walk(nodes):
        if node.kind == "a":
            if fault := url_fault(node.value):
                yield fault
            if not plain(node.children).strip():
                yield f"the link to {node.value} has no words; write what it leads to between [ and ]"
        elif node.kind == "i":
            try:
                tag_of(node.value)
            except LanguageError as error:
                yield str(error)


def to_html(nodes: Iterable[Node], language: str, names: "NameMarker | None" = None) -> Markup:
    """The HTML of a text in a language."""
    return Markup("".join(_html(nodes, language, names)))


def _html(nodes: Iterable[Node], language: str, names: "NameMarker | None") -> Iterator[str]:
    for node in nodes:
        if node.kind == "text":
            yield names(node.value, language) if names else escape(node.value)
        elif node.kind == "a":
            yield f'<a href="{escape(node.value)}">'
            yield from _html(node.children, language, names)
            yield "</a>"
        elif node.kind == "i":
            inner = tag_of(node.value)
            yield f'<i lang="{inner}"{_turn(inner, language)}>'
            yield from _html(node.children, inner, names)
            yield "</i>"
        else:
            yield f"<{node.kind}>"
            yield from _html(node.children, language, names)
            yield f"</{node.kind}>"


def _turn(inner: str, outer: str) -> str:
    return f' dir="{direction_of(inner)}"' if direction_of(inner) != direction_of(outer) else ""


class NameMarker:
    """Escapes words and puts a `span` around the names in them that are not to be translated."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = {name.words: name for name in names}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)") if names else None

    def __call__(self, words: str, language: str) -> str:
        """The HTML of plain words in a language."""
        if self._pattern is None:
            return escape(words)
        parts = self._pattern.split(words)
        return "".join(self._span(part, language) if number % 2 else escape(part) for number, part in enumerate(parts))

    def found(self, words: str) -> list[str]:
        """The names in a text, each once, in their order."""
        return list(dict.fromkeys(self._pattern.findall(words))) if self._pattern else []

    def _span(self, words: str, language: str) -> str:
        own = self._names[words].language
        said = f' lang="{own}"{_turn(own, language)}' if own and not same_language(own, language) else ""
        return f'<span{said} translate="no">{escape(words)}</span>'


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("https", "http", "mailto", "tel")


def url_fault(url: str) -> str | None:
    """What is wrong with an address that a reader may follow; None where nothing is."""
    if not url.strip():
        return "the address is empty; write one such as https://example.org/"
    if re.search(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]", url):
        return f"{url!r} is no address: it holds a space or a character that must be written as %XX; mend it"
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f"{url!r} is not safe: “{scheme[1]}:” can run or hide code; write an address with https:, http:, mailto: or tel:"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"{url!r} is no address: {error}; mend it"
    if scheme:
        if scheme[1].lower() in ("http", "https"):
            if not url[len(scheme[0]) :].startswith("//") or not parts.hostname:
                return f"{url!r} names no site; write one such as https://example.org/"
            if parts.username or parts.password:
                return f"{url!r} holds a name or password before the @; take it out"
        elif not parts.path:
            return f"{url!r} is not complete; write what follows the colon"
        return None
    if url.startswith("//") or not url.startswith(("/", "#", "./", "../", "?")):
        return f"{url!r} does not say where it leads; write https:// before it, or / for a page of this site"
    return None
