"""
The inline markup of a text, a closed subset that translators read easily and that is safe by construction:

    **strong**   *emphasis*   [words](https://example.org/)   <i lang="it">parola</i>   \\* for a plain *

Everything else is text, `<b>` too. A translation may hold only the links that its source holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from .errors import LanguageError, shorten
from .language import direction_of, same_language, tag_of
from .message import Message, say

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


# Each alternative begins with a character, not with a group: so the search leaps over all others.
_SPECIAL = re.compile(
    r"\\(?P<escaped>[\\*\[\]<])"
    r"|\*(?P<stars>\*?)"
    r"|\[(?P<open>)"
    r"|\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|<i lang=(?P<quote>[\"'])(?P<language>[^\"'<>]*)(?P=quote)>"
    r"|</i>"
)


@dataclass(slots=True)
class _Open:
    """Something begun that may yet turn out to be plain text."""

    kind: Kind
    literal: str
    value: str = ""
    children: list[Node] = field(default_factory=list)
    depth: int = 0
    """How deep its children are nested."""


_MOST_DEPTH = 8
"""Nobody nests emphasis deeper; markup that does is text, so that a page's elements never nest without end."""


class _Stack:
    """What is open, the innermost last. Each piece is moved at most twice, so that all of it is linear in time."""

    def __init__(self) -> None:
        self.opened = [_Open("text", "")]
        self._live: dict[Kind, int] = {"strong": 0, "em": 0, "a": 0, "i": 0}
        self._no_links_below = 0
        """What was begun as a link below this index holds a link already, and a link cannot hold a link."""

    def is_empty(self, kind: Kind) -> bool:
        """Whether what was begun last is of a kind and holds nothing: four stars are no strong words, but four stars."""
        return self.opened[-1].kind == kind and not self.opened[-1].children

    def add(self, node: Node) -> None:
        self.opened[-1].children.append(node)

    def open(self, kind: Kind, literal: str, value: str = "") -> None:
        self.opened.append(_Open(kind, literal, value))
        self._live[kind] += 1

    def close(self, kind: Kind, value: str = "") -> bool:
        """Close the innermost one of a kind, what is open within it being text; False where that cannot be."""
        if not self._live[kind]:
            return False
        at = len(self.opened) - 1
        while self.opened[at].kind != kind:
            at -= 1
        self._give_up(at + 1)
        closed = self.opened[at]
        if closed.depth >= _MOST_DEPTH:
            self._give_up(1)
            return False
        self.opened.pop()
        self._shrunk(kind, at)
        self._no_links_below = min(self._no_links_below, at)
        self.add(Node(kind, value or closed.value, closed.children))
        self.opened[-1].depth = max(self.opened[-1].depth, closed.depth + 1)
        if kind == "a":
            self._no_links_below, self._live["a"] = at, 0
        return True

    def finish(self) -> list[Node]:
        self._give_up(1)
        return self.opened[0].children

    def _give_up(self, start: int) -> None:
        """What is open from an index on does not close: it is text in what is open before it."""
        around = self.opened[start - 1]
        for index, given_up in enumerate(self.opened[start:], start):
            self._shrunk(given_up.kind, index)
            around.children += [Node("text", given_up.literal), *given_up.children]
            around.depth = max(around.depth, given_up.depth)
        del self.opened[start:]
        self._no_links_below = min(self._no_links_below, start)

    def _shrunk(self, kind: Kind, index: int) -> None:
        if kind != "a" or index >= self._no_links_below:
            self._live[kind] -= 1


def parse(words: str, level: Level = Level.FULL) -> list[Node]:
    """
    The pieces of a text. Nothing is ever an error: what does not close, or may not stand here, is text. Linear in time.

    Who asks again for the same text gets the same pieces: they are for reading.
    """
    if level is Level.NONE:
        return [Node("text", words)]
    if not may_be_marked(words):
        return [Node("text", words)] if words else []
    if len(words) >= _MOST_KEPT:
        return _parse.__wrapped__(words, level)
    return _simple(words, level) or _parse(words, level)


def may_be_marked(words: str) -> bool:
    """Whether a text can hold markup at all. Most texts do not, and five searches for a character cost less than a pattern."""
    return "*" in words or "[" in words or "]" in words or "<" in words or "\\" in words


_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts whose words stand side by side, or take endings without a space: from Thai to Chinese, Japanese and Korean."""
_LETTER = re.compile(rf"[^\W{_NO_SPACES}]")
"""What makes a star, or a name, the inside of a word."""

_MARKED = r"(?![\s*\[\]<\\])[^*\[\]<\\]*[^\s*\[\]<\\]"
"""Words without any markup within them, and without a space at their ends."""
_SIMPLE = re.compile(
    rf"\*(?<!{_LETTER.pattern}\*)(?:\*({_MARKED})\*\*|({_MARKED})\*)(?!{_LETTER.pattern})|\[([^*\[\]<\\]+)\]\(([^()\s*\[\]<\\]+)\)"
)


def _cut(words: str, level: Level) -> list[Any] | None:
    """
    A text whose markup does not nest, as that of most texts, in pieces; None for any other one, which `_parse` knows.

    The pieces are plain words, and between each two of them four: what is strong, what is emphasised, the words of a link and its
    target; three of the four are None. It takes a third of the time of `_parse`. What could begin one of them is looked for by
    itself, since a pattern takes longer to come there than to read it.
    """
    pieces: list[Any] = []
    at, star, bracket = 0, words.find("*"), words.find("[")
    while star >= 0 or bracket >= 0:
        begin = star if bracket < 0 or 0 <= star < bracket else bracket
        found = _SIMPLE.match(words, begin)
        if found is None:
            return None
        pieces += (words[at:begin], *found.groups())
        at = found.end()
        star = words.find("*", at) if star >= 0 else star
        bracket = words.find("[", at) if bracket >= 0 else bracket
    pieces.append(words[at:])
    # What stands side by side can mean something else, and so can what is left of markup.
    if len(pieces) == 1 or not all(pieces[5:-1:5]) or may_be_marked("".join(pieces[::5])):
        return None
    return None if level is not Level.FULL and any(pieces[4::5]) else pieces


class Cut(NamedTuple):
    """A text with markup that does not nest, looked through once: for its catalog entry, its lists and its page."""

    html: str
    """Without names, which are a record's own, and without marks; empty where it is the same words."""
    links: tuple[str, ...]
    """Their addresses, all of them sound."""


PLAIN = Cut("", ())
"""Of a text that is the same words on a page. By its value: an open record can come from a file, or from another process."""


def cut(words: str, level: Level) -> Cut | None:
    """
    What a text is on a page, where its markup does not nest and `faults` tells nothing; then it has words, too.

    `PLAIN` for one without any markup, and nothing to escape. None for all others.
    """
    if len(words) >= _MOST_KEPT:
        return None
    if level is Level.NONE or not may_be_marked(words):
        is_plain = not ("&" in words or "<" in words or ">" in words or "'" in words or '"' in words or words.isspace())
        return PLAIN if is_plain and words else None
    pieces = _cut(words, level)
    if pieces is None:
        return None
    if "&" in words or ">" in words or "'" in words or '"' in words:
        out, links = [escaped(pieces[0])], pieces[4::5]
        pieces = [piece and escaped(piece) for piece in pieces]
    else:
        out, links = [pieces[0]], pieces[4::5]
    for strong, emphasised, said, target, after in zip(*[iter(pieces[1:])] * 5, strict=True):
        if target is None:
            out.append(f"<strong>{strong}</strong>{after}" if strong else f"<em>{emphasised}</em>{after}")
        elif said.strip():
            out.append(f'<a href="{target}">{said}</a>{after}')
        else:
            return None
    found = tuple([link for link in links if link is not None])
    for link in found:
        if url_fault(link) is not None:
            return None
    return Cut("".join(out), found)


def _simple(words: str, level: Level) -> list[Node] | None:
    """The pieces of a text whose markup does not nest; None for any other one. What it gives is what `_parse` gives."""
    pieces = _cut(words, level)
    if pieces is None:
        return None
    nodes = [Node("text", pieces[0])] if pieces[0] else []
    for at in range(1, len(pieces), 5):
        strong, emphasised, said, target, after = pieces[at : at + 5]
        if target is not None:
            nodes.append(Node("a", target, [Node("text", said)]))
        else:
            nodes.append(Node("strong" if strong else "em", "", [Node("text", strong or emphasised)]))
        if after:
            nodes.append(Node("text", after))
    return nodes


def shown(words: str, level: Level, language: str, names: "NameMarker | None" = None) -> tuple[str, str]:
    """
    The HTML of a text in a language, and its words alone: what `to_html` and `plain` make of what `parse` reads.

    Every text of every page goes through here: without pieces of their own, texts take a third of the time. Names are not marked
    where there can be no tags.
    """
    if level is Level.NONE:
        return escaped(words), words
    if not may_be_marked(words):
        return names(words, language) if names else escaped(words), words
    pieces = _cut(words, level) if len(words) < _MOST_KEPT else None
    if pieces is None:
        return _shown_by_pieces(words, level, language, names)
    alone = pieces[::5]
    out = [names(words, language) for words in alone] if names else [escaped(words) for words in alone]
    for number, at in enumerate(range(1, len(pieces), 5)):
        strong, emphasised, said, target = pieces[at : at + 4]
        inside = strong or emphasised or said
        told = names(inside, language) if names else escaped(inside)
        if strong:
            out[number] += f"<strong>{told}</strong>"
        elif emphasised:
            out[number] += f"<em>{told}</em>"
        elif url_fault(target) is None:
            out[number] += f'<a href="{escaped(target)}">{told}</a>'
        else:
            return _shown_by_pieces(words, level, language, names)
        alone[number] += inside
    return "".join(out), "".join(alone)


def _shown_by_pieces(words: str, level: Level, language: str, names: "NameMarker | None") -> tuple[str, str]:
    nodes = parse(words, level)
    return _html(nodes, language, names), plain(nodes)


_MOST_KEPT = 10_000


# A text is looked at as it is read, as it is looked up, and once for each language that shows it.
@lru_cache(maxsize=1024)
def _parse(words: str, level: Level) -> list[Node]:
    stack = _Stack()
    at = 0
    while token := _SPECIAL.search(words, at):
        if token.start() > at:
            stack.add(Node("text", words[at : token.start()]))
        at = token.end()
        if token["escaped"]:
            stack.add(Node("text", token["escaped"]))
        elif token["stars"] is not None:
            stars = token[0]
            if stars == "**" and words[at : at + 1] == "*" and stack.opened[-1].kind == "em":
                # Of three stars, the first one closes what was begun last.
                stars, at = "*", at - 1
            kind: Kind = "strong" if stars == "**" else "em"
            before, after = words[token.start() - 1 : token.start()], words[at : at + 1]
            if before.strip() and not _LETTER.match(after) and not stack.is_empty(kind) and stack.close(kind):
                continue
            if after.strip() and not _LETTER.match(before):
                stack.open(kind, stars)
            else:
                stack.add(Node("text", stars))
        elif token["open"] is not None:
            stack.open("a", "[")
        elif token["target"] is not None:
            if level is not Level.FULL or not token["target"] or not stack.close("a", token["target"]):
                stack.add(Node("text", token[0]))
        elif token["language"] is not None:
            stack.open("i", token[0], token["language"])
        elif not stack.close("i"):
            stack.add(Node("text", token[0]))
    if at < len(words):
        stack.add(Node("text", words[at:]))
    return stack.finish()


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def plain(nodes: Iterable[Node]) -> str:
    """The words alone."""
    return "".join([node.value if node.kind == "text" else plain(node.children) for node in nodes])


def targets(nodes: Iterable[Node]) -> list[str]:
    """The addresses of the links, in their order."""
    found: list[str] = []
    for node in nodes:
        if node.kind == "a":
            found.append(node.value)
        if node.children:
            found += targets(node.children)
    return found


def languages(nodes: Iterable[Node]) -> list[str]:
    """The languages of the foreign words, in their order."""
    return [node.value for node in _walk(nodes) if node.kind == "i"]


def faults(nodes: Iterable[Node]) -> Iterator[str]:
    """What cannot go on a page as it is written: unsafe addresses, links without words, languages that are none."""
    for node in _walk(node for node in nodes if node.kind != "text"):
        if node.kind == "a":
            if fault := url_fault(node.value):
                yield fault
            if not plain(node.children).strip():
                yield say(
                    "the link to {address} has no words; write what it leads to between [ and ]", address=shorten(node.value)
                )
        elif node.kind == "i":
            try:
                tag_of(node.value)
            except LanguageError as error:
                yield str(error)


def to_html(nodes: Iterable[Node], language: str, names: "NameMarker | None" = None) -> Markup:
    """The HTML of a text in a language. A link that is not safe, and a language that is none, come out as they are written."""
    return Markup(_html(nodes, language, names))


def _html(nodes: Iterable[Node], language: str, names: "NameMarker | None") -> str:
    out: list[str] = []
    for node in nodes:
        if node.kind == "text":
            out.append(names(node.value, language) if names else escaped(node.value))
            continue
        if node.kind == "a":
            safe = url_fault(node.value) is None
            begin, end = (f'<a href="{escaped(node.value)}">', "</a>") if safe else ("[", escaped(f"]({node.value})"))
            inside = language
        elif node.kind == "i":
            inner = _tag_or_none(node.value)
            begin = f'<i lang="{inner}"{_turn(inner, language)}>' if inner else escaped(f'<i lang="{node.value}">')
            inside, end = inner or language, "</i>" if inner else escaped("</i>")
        else:
            begin, inside, end = f"<{node.kind}>", language, f"</{node.kind}>"
        out += begin, _html(node.children, inside, names), end
    return "".join(out)


def escaped(words: str) -> str:
    """What `markupsafe.escape` gives, as plain `str`: on words that mostly hold nothing to escape, at a tenth of the time."""
    if "&" in words:
        words = words.replace("&", "&amp;")
    if "<" in words:
        words = words.replace("<", "&lt;")
    if ">" in words:
        words = words.replace(">", "&gt;")
    if "'" in words:
        words = words.replace("'", "&#39;")
    if '"' in words:
        words = words.replace('"', "&#34;")
    return words


def _tag_or_none(code: str) -> str | None:
    try:
        return tag_of(code)
    except LanguageError:
        return None


def _turn(inner: str, outer: str) -> str:
    return f' dir="{direction_of(inner)}"' if direction_of(inner) != direction_of(outer) else ""


class NameMarker:
    """Escapes words and puts a `span` around the names in them that are not to be translated."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = {name.words: name for name in names}
        longest_first = sorted(self._names, key=len, reverse=True)
        word = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!{_LETTER.pattern})({word})(?!{_LETTER.pattern})") if names else None

    def __call__(self, words: str, language: str) -> str:
        """The HTML of plain words in a language."""
        if self._pattern is None:
            return escaped(words)
        parts = self._pattern.split(words)
        return "".join([self._span(part, language) if number % 2 else escaped(part) for number, part in enumerate(parts)])

    def found(self, words: str) -> list[str]:
        """The names in a text, each once, in their order."""
        return list(dict.fromkeys(self._pattern.findall(words))) if self._pattern else []

    def _span(self, words: str, language: str) -> str:
        own = self._names[words].language
        said = f' lang="{own}"{_turn(own, language)}' if own and not same_language(own, language) else ""
        return f'<span{said} translate="no">{escaped(words)}</span>'


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("https", "http", "mailto", "tel")


@lru_cache(maxsize=1024)
def url_fault(url: str) -> Message | None:
    """What is wrong with an address that a reader may follow; None where nothing is."""
    if not url.strip():
        return say("the address is empty; write one such as https://example.org/")
    told = repr(shorten(url))
    if not url.isprintable() or re.search(r"[\s\\<>\"`{}|^]", url):
        return say("{told} is no address: it holds a space or a character that must be written as %XX; mend it", told=told)
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _SCHEMES:
        shown = shorten(scheme[1], 30)
        return say(
            "{told} is not safe: “{shown}:” can run or hide code; write an address with https:, http:, mailto: or tel:",
            told=told,
            shown=shown,
        )
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return say("{told} is no address: {error}; mend it", told=told, error=str(error))
    if scheme:
        if scheme[1].lower() in ("http", "https"):
            if not url[len(scheme[0]) :].startswith("//") or not parts.hostname:
                return say("{told} names no site; write one such as https://example.org/", told=told)
            if parts.username or parts.password:
                return say("{told} holds a name or password before the @; take it out", told=told)
        elif not parts.path:
            return say("{told} is not complete; write what follows the colon", told=told)
        return None
    if url.startswith("//") or not url.startswith(("/", "#", "./", "../", "?")):
        return say("{told} does not say where it leads; write https:// before it, or / for a page of this site", told=told)
    return None
