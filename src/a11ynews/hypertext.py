"""
The body of somebody else's article, in HTML, becomes blocks of a record; and the blocks of a record become plain HTML for others.

What comes in is judged and never trusted: only words, the closed set of markup, and addresses with http:, https: or mailto: get
through. Whatever is left out is told.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from markupsafe import escape

from . import markup
from .article import (
    AudioBlock,
    BodyBlock,
    BulletList,
    ContactBlock,
    HeadingBlock,
    InfoBlock,
    ListBlock,
    ParagraphBlock,
    Picture,
    PictureBlock,
    QuoteBlock,
    TableBlock,
    Text,
    VideoBlock,
    names,
)
from .draft import Said, file_name_of, told
from .errors import A11yNewsError, LanguageError
from .finding import is_lasting
from .language import direction_of, same_language, tag_of
from .markup import Level, NameMarker, Node
from .model import fold, is_blank
from .provenance import strike
from .render import Localised

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg")
_MEDIA = {
    "picture": (PICTURES, ".jpg"),
    "video": ((".mp4", ".webm", ".ogv"), ".mp4"),
    "audio": ((".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"), ".mp3"),
    "captions": ((".vtt",), ".vtt"),
}
_MOST_DEPTH = 60
"""Nobody nests the parts of a text deeper; a stack of calls has an end."""

_MOST_ELEMENTS = 50_000
"""The longest live blog has a tenth of it."""

_MOST_FILES = 500
_MOST_CHARACTERS = 100_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")

# -- in: words and addresses -------------------------------------------------------------------------------------------


def clean(words: object) -> str:
    """Words of somebody else's as a record can hold them: white space folded, nothing that no text holds on purpose."""
    return fold(_CONTROL.sub("", strike(words))) if isinstance(words, str) else ""


def literal(words: str) -> str:
    """Plain words, written so that none of them is taken for markup."""
    words = clean(words)
    return words if _is_plain(words) else _escaped(words)


def _is_plain(words: str) -> bool:
    return all(node.kind == "text" for node in markup.parse(words)) and "\\" not in words


_MARKS = re.compile(r"\\(?=[\\*\[\]<]|$)|\*|\](?=\()|<(?=i lang=|/i>)")


def _escaped(words: str) -> str:
    return _MARKS.sub(lambda mark: "\\" + mark[0], words)


def address(written: str, base: str = "") -> str | None:
    """An address that a reader may follow, made complete by the one it was found at; None where it is none, or not safe."""
    # Browsers leave these out before they look at the scheme.
    url = re.sub("[\t\n\r]", "", _CONTROL.sub("", written)).strip()
    if not url:
        return None
    try:
        if base and not re.match(r"(?i)[a-z][a-z0-9+.-]*:", url):
            url = urljoin(base, url)
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    url = re.sub(r"[\s\\<>\"`{}|^()]", lambda odd: quote(odd[0]), url)
    return url if scheme in ("http", "https", "mailto") and markup.url_fault(url) is None else None


def written(nodes: Sequence[Node], level: Level = Level.FULL) -> str:
    """
    Pieces of a text as a record writes them.

    Signs are escaped only where they would be taken for markup. Where the markup itself would be read otherwise than it is meant,
    emphasis gives way, and at last all markup.
    """
    wanted = fold(markup.plain(nodes))
    if level is Level.NONE:
        return wanted
    links = ("a",) if level is Level.FULL else ()
    for kinds, escape_ in (
        (("strong", "em", "i", *links), str),
        (("strong", "em", "i", *links), _escaped),
        (("i", *links), _escaped),
    ):
        made = fold(_marked(nodes, kinds, escape_))
        read = markup.parse(made)
        if fold(markup.plain(read)) == wanted and _kinds(read) == _kinds(nodes, kinds):
            return made
    return literal(wanted)


def _kinds(nodes: Iterable[Node], among: Sequence[str] = ("strong", "em", "i", "a")) -> Counter[tuple[str, str]]:
    """The markup in a text: how many of each kind, with its address or language; what has no words is none."""
    found: Counter[tuple[str, str]] = Counter()
    for node in nodes:
        if node.kind != "text":
            found.update(_kinds(node.children, among))
            if node.kind in among and not is_blank(markup.plain(node.children)):
                found[node.kind, node.value] += 1
    return found


def _whole(nodes: Sequence[Node], before: str = "", after: str = "") -> list[Node]:
    """Without the emphasis of parts of words, for which there is no markup. `before` and `after` are the signs beside them."""
    plains = [markup.plain([node]) for node in nodes]
    following = [after] * len(nodes)
    for number in range(len(nodes) - 2, -1, -1):
        following[number] = plains[number + 1][:1] or following[number + 1]
    found: list[Node] = []
    for node, plain, then in zip(nodes, plains, following, strict=True):
        children = _whole(node.children, before, then)
        is_cut = (before.isalnum() and plain[:1].isalnum()) or (then.isalnum() and plain[-1:].isalnum())
        if node.kind in ("strong", "em") and is_cut:
            found += children
        else:
            found.append(Node(node.kind, node.value, children))
        before = plain[-1:] or before
    return found


def _marked(nodes: Sequence[Node], kinds: Sequence[str], escape_: Callable[[str], str]) -> str:
    made = ""
    for node in nodes:
        if node.kind == "text":
            made += escape_(node.value)
            continue
        inner = _marked(node.children, kinds, escape_)
        words = inner.strip(" \t\n\r")
        if node.kind not in kinds or is_blank(markup.plain(node.children)):
            made += inner
            continue
        before, after = inner[: len(inner) - len(inner.lstrip(" \t\n\r"))], inner[len(inner.rstrip(" \t\n\r")) :]
        signs = {
            "strong": ("**", "**"),
            "em": ("*", "*"),
            "a": ("[", f"]({node.value})"),
            "i": (f'<i lang="{node.value}">', "</i>"),
        }
        begin, end = signs[node.kind]
        made += f"{before}{begin}{words}{end}{after}"
    return made


# -- in: blocks --------------------------------------------------------------------------------------------------------


def _tags(named: str) -> frozenset[str]:
    return frozenset(named.split())


_DROPPED = _tags(
    "script style template noscript iframe object embed applet form button input select textarea svg math canvas nav footer"
    " header dialog menu map meta link title head base frame frameset param source track marquee blink del"
)
_CONTAINERS = _tags("html body div section article main center picture amp-img details hgroup search slot fieldset")
_STRONG, _EMPHASIS = _tags("strong b"), _tags("em i cite dfn var")
_QUIET = _tags("span a time wbr bdi bdo font label data ins small abbr sub sup q")
_INLINE = _STRONG | _EMPHASIS | _QUIET | _tags("u s strike mark code kbd samp tt big ruby rt rp acronym nobr")
_BLOCKS = _tags(
    "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote table figure img video audio div section article aside address pre hr picture"
)
_PARTS = _tags("li dt dd tr td th thead tbody tfoot caption figcaption summary figure")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_CREDIT = re.compile(r"(?:^|[\s_-])(?:credits?|byline|copyright|photographer)(?:$|[\s_-])", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp)|(?:img|dsc|image|photo|picture)[-_ ]?\d*", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """What a body holds, as a record writes it."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Names that are not translated, with the language that they are in; empty where none is said."""
    pictures: dict[str, str] = field(default_factory=dict)
    """The files that it names, with their addresses."""
    notes: list[str] = field(default_factory=list)


def read(
    html: str,
    language: str,
    *,
    base: str = "",
    headline: str = "",
    files: Callable[[str], str] = lambda _: "",
    asides: bool = True,
    select: str = "",
) -> Body:
    """
    The blocks of a body in HTML.

    `base` is the address that relative ones start from; a first heading that says the headline again is left out; `files` gives
    the name that a file is to have, by its address or the reference of its element, or an empty one. Without `asides`, what
    stands in an `aside` is left out, as advertisements do on a page. `select` is an XPath of the part that is meant. Raises
    A11yNewsError where there is too much of it.
    """
    body = Body()
    root = parse(html)
    parts = [root] if root is not None and not select else list(root.xpath(select))[:1] if root is not None else []
    reader = _Reader(body, language, base, clean(headline), files, asides)
    for part in parts:
        reader.flow(part, 0)
        reader.flush()
    reader.finish()
    return body


def parse(html: str) -> HtmlElement | None:
    """The tree of a page or of a part of one; None where there is nothing."""
    content = _CONTROL.sub("", strike(html)).encode("utf-8", "replace")
    try:
        return document_fromstring(
            content, parser=HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def paragraphs(plain: str) -> list[dict[str, Any]]:
    """The blocks of a body that is plain text: a paragraph for each line, or for each group of lines where lines are empty."""
    parts = re.split(r"\n[ \t\r]*\n", plain.replace("\r\n", "\n").strip())
    parts = parts if len(parts) > 1 else parts[0].split("\n")
    return [{"paragraph": literal(part)} for part in parts if not is_blank(clean(part))]


_Skip = Set[Any]
"""What is left out of a text because it stands elsewhere: elements, or the tags of such."""


@dataclass(slots=True)
class _Reader:
    body: Body
    language: str
    base: str
    headline: str
    files: Callable[[str], str]
    asides: bool
    out: list[dict[str, Any]] = field(default_factory=list)
    inline: list[Node] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    addresses: list[str] = field(default_factory=list)
    level: int = 1
    seen: int = 0
    ids: set[str] = field(default_factory=set)

    # -- the flow of blocks

    def flow(self, element: HtmlElement, depth: int) -> None:
        """Whatever stands in an element: text that lies between blocks becomes paragraphs."""
        if depth > _MOST_DEPTH:
            self.dropped["what is nested more than 60 deep"] += 1
            return
        self._text(element.text)
        for child in element:
            self._child(child, depth)
            self._text(child.tail)

    def _text(self, words: str | None) -> None:
        if words:
            self.inline.append(Node("text", words))

    def _child(self, child: HtmlElement, depth: int) -> None:
        tag = _tag(child)
        if self._drops(child, tag):
            return
        if tag == "br":
            self.inline.append(Node("text", "\n"))
        elif tag in _INLINE and not _has_blocks(child):
            self.inline += self.node(child, tag, depth)
        elif handler := _HANDLERS.get(tag):
            self.flush()
            handler(self, child, depth)
        else:
            if tag not in _CONTAINERS:
                self.kept["a" if tag == "a" else tag] += 1
            self.flush()
            self.flow(child, depth + 1)
            self.flush()

    def flush(self, element: HtmlElement | None = None) -> None:
        """The words since the last block are a paragraph; two line breaks part it."""
        parts: list[list[Node]] = [[]]
        breaks = 0
        for node in self.inline:
            if node.kind == "text" and node.value == "\n":
                breaks += 1
                if breaks == 2:
                    parts.append([])
            else:
                breaks = breaks if node.kind == "text" and not node.value.strip() else 0
            parts[-1].append(node)
        self.inline = []
        lang = self.tongue(element) if element is not None else ""
        for part in parts:
            part = [Node("i", lang, part)] if lang and not is_blank(markup.plain(part)) else part
            if any(node.kind != "text" or node.value.strip() for node in part) and not is_blank(words := self.write(part)):
                self.add("paragraph", words, element if len(parts) == 1 else None)

    def add(self, kind: str, value: Any, element: HtmlElement | None = None) -> None:
        """Put a block down, with the id that somebody has given its element."""
        block = {kind: value}
        id = clean(element.get("id")) if element is not None else ""
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", id) and is_lasting(id) and id not in self.ids | _OWN_IDS:
            self.ids.add(id)
            block["id"] = id
        self.out.append(block)

    @contextmanager
    def into(self, out: list[dict[str, Any]]) -> Iterator[None]:
        """Put blocks elsewhere for a while."""
        before, self.out = self.out, out
        try:
            yield
        finally:
            self.out = before

    def _drops(self, element: HtmlElement, tag: str) -> bool:
        self.seen += 1
        if self.seen > _MOST_ELEMENTS:
            raise A11yNewsError(f"the body has more than {_MOST_ELEMENTS:,} elements; that is no article")
        if not tag:
            return True
        style = re.sub(r"\s", "", (element.get("style") or "").lower())
        if tag in _DROPPED:
            self.dropped[f"<{tag}>"] += 1
            if (source := element.get("src") or element.get("data")) and tag in ("iframe", "embed", "object"):
                self.addresses.append(told(source))
            return True
        if element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style:
            self.dropped["what is hidden"] += 1
            return True
        return False

    # -- words

    def nodes(self, element: HtmlElement, depth: int, skip: _Skip = frozenset()) -> list[Node]:
        """The words in an element with their markup. Blocks in it are parted by a blank; its pictures follow as blocks."""
        if depth > _MOST_DEPTH:
            self.dropped["what is nested more than 60 deep"] += 1
            return []
        found: list[Node] = [Node("text", element.text)] if element.text else []
        for child in element:
            tag = _tag(child)
            if child not in skip and tag not in skip and not self._drops(child, tag):
                if tag == "br":
                    found.append(Node("text", " "))
                elif tag == "img":
                    self.picture(child, None)
                elif tag in _INLINE:
                    found += self.node(child, tag, depth, skip)
                else:
                    if tag not in _BLOCKS and tag not in _CONTAINERS and tag not in _PARTS:
                        self.kept[tag] += 1
                    inner = self.nodes(child, depth + 1, skip)
                    lang = self.foreign(child) if self.language and not is_blank(markup.plain(inner)) else ""
                    found += [Node("text", " "), *([Node("i", lang, inner)] if lang else inner), Node("text", " ")]
            if child.tail:
                found.append(Node("text", child.tail))
        return found

    def node(self, element: HtmlElement, tag: str, depth: int, skip: _Skip = frozenset()) -> list[Node]:
        """An element within a text."""
        inner = self.nodes(element, depth + 1, skip)
        words = markup.plain(inner)
        if tag in ("sub", "sup"):
            signs = _LOWERED if tag == "sub" else _RAISED
            if re.fullmatch("[0-9+-]+", words.strip()):
                return [Node("text", words.strip().translate(signs))]
            self.kept[tag] += 1
            return inner
        if element.get("translate") == "no" and not is_blank(words):
            self.body.names[fold(words)] = self.foreign(element) or self.body.names.get(fold(words), "")
            return inner
        if tag == "a" and element.get("href") is not None:
            url = address(str(element.get("href")), self.base)
            if url and not is_blank(words) and not markup.targets(inner):
                return [Node("a", url, inner)]
            self.dropped["the address of a link"] += 1
            self.addresses.append(told(element.get("href")))
            return inner
        if foreign := self.foreign(element):
            return [Node("i", foreign, inner)]
        if tag in _STRONG:
            return [Node("strong", "", inner)]
        if tag in _EMPHASIS:
            return [Node("em", "", inner)]
        if tag == "q":
            return [Node("text", "“"), *inner, Node("text", "”")]
        if tag not in _QUIET:
            self.kept[tag] += 1
        if tag == "abbr" and element.get("title"):
            self.dropped["the title of <abbr>"] += 1
        return inner

    def foreign(self, element: HtmlElement) -> str:
        """The language of an element, where it is another one than the record's."""
        said = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        try:
            tag = tag_of(str(said)) if said else ""
        except LanguageError:
            return ""
        return "" if not tag or same_language(tag, self.language or "und") else tag

    def tongue(self, element: HtmlElement) -> str:
        """The language of a block, where it or what is around it in the article says that it is another one than the record's."""
        for one in (element, *element.iterancestors()):
            if not self.language or _tag(one) in ("html", "body", "main", "article"):
                break
            if one.get("lang") or one.get("{http://www.w3.org/XML/1998/namespace}lang"):
                return self.foreign(one)
        return ""

    def words(self, element: HtmlElement | None, depth: int, level: Level = Level.FULL, skip: _Skip = frozenset()) -> str:
        """The words in an element as a record writes them."""
        if element is None:
            return ""
        nodes = self.nodes(element, depth + 1, skip)
        lang = self.tongue(element)
        return self.write([Node("i", lang, nodes)] if lang and not is_blank(markup.plain(nodes)) else nodes, level)

    def write(self, nodes: list[Node], level: Level = Level.FULL) -> str:
        """Pieces of a text as a record writes them; markup that is lost on the way is told."""
        if len(markup.plain(nodes)) > _MOST_CHARACTERS:
            raise A11yNewsError(f"a text in the body has more than {_MOST_CHARACTERS:,} characters; part it")
        if all(node.kind == "text" for node in nodes):
            return written(nodes, level)
        words = written(_whole(nodes), level)
        if lost := _kinds(nodes) - _kinds(markup.parse(words)):
            self.dropped["emphasis or a link where a record has none"] += lost.total()
        return words

    # -- kinds of blocks

    def paragraph(self, element: HtmlElement, depth: int) -> None:
        self.flow(element, depth + 1)
        self.flush(element)

    def heading(self, element: HtmlElement, depth: int) -> None:
        words = self.words(element, depth, Level.PHRASE)
        plain = fold(markup.plain(markup.parse(words)))
        if is_blank(words) or (_tag(element) == "h1" and plain.casefold() == self.headline.casefold()):
            return
        meant = min(max(int(_tag(element)[1]), 2), 4)
        level = min(meant, self.level + 1)
        if f"h{level}" != _tag(element):
            self.kept["heading of another level"] += 1
        self.level = level
        self.add("heading", words if level == 2 else {"text": words, "level": str(level)}, element)

    def list(self, element: HtmlElement, depth: int) -> None:
        pictures: list[dict[str, Any]] = []
        with self.into(pictures):
            items = list(self._items(element, depth))
        if items:
            self.add("list", items if _tag(element) == "ul" else {"items": items, "ordered": True}, element)
        self.out += pictures

    def _items(self, element: HtmlElement, depth: int) -> Iterator[str]:
        if depth > _MOST_DEPTH:
            self.dropped["what is nested more than 60 deep"] += 1
            return
        for item in element:
            if self._drops(item, _tag(item)):
                continue
            if not is_blank(words := self.words(item, depth, skip=frozenset({"ul", "ol"}))):
                yield words
            inner = [item] if _tag(item) in ("ul", "ol") else [part for part in item.iter("ul", "ol") if _list_of(part) is item]
            for part in inner:
                self.kept["list within a list"] += 1
                yield from self._items(part, depth + 1)

    def terms(self, element: HtmlElement, depth: int) -> None:
        for part in element.iter("dt", "dd"):
            inner = self.nodes(part, depth + 1)
            words = self.write([Node("strong", "", inner)] if _tag(part) == "dt" else inner)
            if not is_blank(words):
                self.add("paragraph", words)
        self.kept["dl"] += 1

    def quote(self, element: HtmlElement, depth: int, caption: HtmlElement | None = None) -> None:
        sources = [part for part in element.iter("footer", "cite", "figcaption") if part.getparent() is not None]
        source = caption if caption is not None else next(iter(sources), None)
        lang, nodes = self.tongue(element), self.nodes(element, depth + 1, set(sources))
        whole = [node for node in nodes if node.kind != "text" or node.value.strip()]
        if not lang and len(whole) == 1 and whole[0].kind == "i":
            lang, nodes = whole[0].value, whole[0].children
        words = self.write(nodes)
        if len(list(element.iter("p"))) > 1:
            self.kept["paragraph within a quotation"] += 1
        if is_blank(words):
            return
        value: dict[str, Any] = {"text": words}
        if source is not None and not is_blank(said := self.write(self.nodes(source, depth + 1)).lstrip("—–- ")):
            value["source"] = said
        if url := address(element.get("cite") or "", self.base):
            value["url"] = url
        if lang:
            value["lang"] = lang
        self.add("quote", value if len(value) > 1 else words, caption.getparent() if caption is not None else element)

    def table(self, element: HtmlElement, depth: int, caption: HtmlElement | None = None) -> None:
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        grid = [list(self._cells(row, depth)) for row in rows]
        grid = [row for row in grid if row]
        if not grid:
            return
        wide = max(len(row) for row in grid)
        grid = [row + [("", False)] * (wide - len(row)) for row in grid]
        head = grid[0] if all(is_header for _, is_header in grid[0]) else []
        rest = grid[1:] if head else grid
        told_caption = next(iter(element.iter("caption")), caption)
        value: dict[str, Any] = {"caption": self.words(told_caption, depth, Level.PHRASE)}
        value["header"] = [_phrase(words) for words, _ in head]
        value["rows"] = [[words for words, _ in row] for row in rest]
        if rest and all(row[0][1] for row in rest):
            value["row_headers"] = True
        if not head:
            self.body.notes.append("a table has no row of headers; write “header”, or make a list of it")
        if not value["caption"]:
            self.body.notes.append("a table has no caption; write what it shows")
        self.add("table", value, element)

    def _cells(self, row: HtmlElement, depth: int) -> Iterator[tuple[str, bool]]:
        for cell in row:
            if _tag(cell) not in ("td", "th"):
                continue
            span = cell.get("colspan") or "1"
            times = min(int(span), 50) if span.isascii() and span.isdigit() and int(span[:4]) > 0 else 1
            if times > 1 or (cell.get("rowspan") or "1") != "1":
                self.kept["cell over several columns or rows"] += 1
            words = self.words(cell, depth)
            yield from [(words, _tag(cell) == "th")] * times

    def figure(self, element: HtmlElement, depth: int) -> None:
        caption = next((part for part in element.iter("figcaption") if next(part.iterancestors("figure")) is element), None)
        media = next((part for part in element.iter("video", "audio", "img", "table", "blockquote")), None)
        if media is None or next(media.iterancestors("figure")) is not element:
            self.flow(element, depth + 1)
            self.flush()
        elif _tag(media) == "blockquote":
            self.quote(media, depth, caption)
        elif _tag(media) == "table":
            self.table(media, depth, caption)
        elif _tag(media) == "img":
            pictures = list(element.iter("img"))
            for number, picture in enumerate(pictures):
                self.picture(picture, element if number == 0 else None, caption if number == 0 else None, depth)
            if len(pictures) > 1 and caption is not None:
                self.body.notes.append("one caption stood below several pictures; the first one has it")
        else:
            self.film(media, element, caption, depth)

    def _captions(self, figure: HtmlElement | None, caption: HtmlElement | None, depth: int) -> dict[str, str]:
        """The caption and the credit of a figure."""
        if figure is None:
            return {}
        credits_ = [part for part in figure.iter() if isinstance(part.tag, str) and _CREDIT.search(part.get("class") or "")]
        if caption is not None and not credits_:
            credits_ = list(caption.iter("small", "cite"))[:1]
        found = {}
        if caption is not None and not is_blank(words := self.words(caption, depth, skip=set(credits_))):
            found["caption"] = words
        if credits_ and not is_blank(words := self.words(credits_[0], depth)):
            found["credit"] = words
        return found

    def picture(
        self, element: HtmlElement, figure: HtmlElement | None, caption: HtmlElement | None = None, depth: int = 0
    ) -> None:
        if any((element.get(side) or "").strip() in ("0", "1", "2") for side in ("width", "height")):
            self.dropped["a picture that counts readers"] += 1
            return
        name, url = self.file(element, "picture")
        if not name:
            self.dropped["a picture without an address"] += 1
            return
        texts = self._captions(figure, caption, depth)
        alt = element.get("alt")
        value: dict[str, Any] = {"file": name, **alternative(alt, texts.get("caption", "")), **texts}
        if url:
            self.body.pictures[name] = url
        self.add("picture", tidy(value), figure)

    def film(self, element: HtmlElement, figure: HtmlElement | None, caption: HtmlElement | None, depth: int) -> None:
        kind = _tag(element)
        name, url = self.file(element, kind)
        if not name:
            self.dropped[f"<{kind}> without an address"] += 1
            return
        self.body.pictures |= {name: url} if url else {}
        title = clean(element.get("title") or element.get("aria-label"))
        value: dict[str, Any] = {"file": name, "title": title}
        if kind == "video":
            captions: dict[str, str] = {}
            for track in element.iter("track"):
                vtt, where = self.file(track, "captions")
                if vtt and (track.get("kind") or "subtitles") in ("captions", "subtitles"):
                    captions[clean(track.get("srclang")) or self.language] = vtt
                    self.body.pictures |= {vtt: where} if where else {}
            value["captions"] = captions or ""
        transcripts = [part for part in figure.iter() if part.get("class") == "transcript"] if figure is not None else []
        spoken = [self.words(part, depth) for part in (transcripts[0].iter("p") if transcripts else ())]
        value["transcript"] = spoken or ""
        if element.get("poster"):
            poster, where = self.file(element, "picture", "poster")
            value |= {"poster": poster} if poster else {}
            self.body.pictures |= {poster: where} if poster and where else {}
        value |= self._captions(figure, caption, depth)
        for key, why in (("title", "a name"), ("captions", "captions"), ("transcript", "a transcript")):
            if key in value and not value[key]:
                self.body.notes.append(f"{name} has no {why.removeprefix('a ')}; write “{key}”")
        self.add(kind, value, figure)

    def bare_film(self, element: HtmlElement, depth: int) -> None:
        self.film(element, None, None, depth)

    def bare_picture(self, element: HtmlElement, depth: int) -> None:
        self.picture(element, None, None, depth)

    def file(self, element: HtmlElement, kind: str, key: str = "") -> tuple[str, str]:
        """The name that a file gets, and where it is; both empty where it has no address that can be followed."""
        sources = [element.get(key)] if key else [element.get(name) for name in ("src", "data-src", "data-original")]
        sources += [part.get("src") for part in element.iter("source")] if not key else []
        sources += [(element.get("srcset") or "").split(",")[-1].strip().split(" ")[0]] if not key else []
        found = [
            url for source in sources if source and (url := address(str(source), self.base)) and not url.startswith("mailto")
        ]
        references = (
            [element.get("data-assoc-ref") or "", *found, *(str(source) for source in sources if source)] if not key else found
        )
        known = next((name for reference in references if reference and (name := self.files(reference))), "")
        relative = next(
            (str(source) for source in sources if source and not re.match(r"[a-z][a-z0-9+.-]*:|//", str(source), re.I)), ""
        )
        if not known and not found and not relative:
            return "", ""
        suffixes, otherwise = _MEDIA[kind]
        url = found[0] if found else ""
        name = known or file_name_of(unquote(urlsplit(url).path if url else relative), suffixes, kind, otherwise)
        return unique(name, url, self.body.pictures), url

    def aside(self, element: HtmlElement, depth: int) -> None:
        if not self.asides:
            self.dropped["<aside>"] += 1
            return
        inner: list[dict[str, Any]] = []
        level, self.level = self.level, 1
        with self.into(inner):
            self.flow(element, depth + 1)
            self.flush()
        self.level = level
        kinds = [next(iter(block)) for block in inner]
        if len(inner) > 1 and kinds[0] == "heading" and set(kinds[1:]) <= {"paragraph", "list"}:
            first = inner[0]["heading"]
            self.add("info", {"heading": first if isinstance(first, str) else first["text"], "body": inner[1:]}, element)
            return
        if inner:
            self.kept["aside"] += 1
        for block in inner:
            if heading := block.get("heading"):
                # What was the first level of the box stands within the story now.
                self.level = min(self.level + 1, 4) if self.level == 1 else self.level
                block["heading"] = heading if isinstance(heading, str) else heading["text"]
            self.out.append(block)

    def contact(self, element: HtmlElement, depth: int) -> None:
        if not is_blank(words := self.words(element, depth)):
            self.add("contact", words, element)

    def preformatted(self, element: HtmlElement, depth: int) -> None:
        self.kept["pre"] += 1
        self.paragraph(element, depth)

    def rule(self, element: HtmlElement, depth: int) -> None:  # noqa: ARG002  # as the others take them
        self.dropped["<hr>"] += 1

    # -- what is told at the end

    def finish(self) -> None:
        self.body.blocks = self.out
        if self.dropped:
            where = f" ({', '.join(self.addresses[:8])})" if self.addresses else ""
            self.body.notes.append(f"of the body: {_counted(self.dropped)}{where}")
        if self.kept:
            self.body.notes.append(f"of the body, markup whose words were kept: {_counted(self.kept)}")


_HANDLERS: dict[str, Callable[[_Reader, HtmlElement, int], None]] = {
    "p": _Reader.paragraph,
    **{f"h{level}": _Reader.heading for level in range(1, 7)},
    "ul": _Reader.list,
    "ol": _Reader.list,
    "dl": _Reader.terms,
    "blockquote": _Reader.quote,
    "table": _Reader.table,
    "figure": _Reader.figure,
    "img": _Reader.bare_picture,
    "video": _Reader.bare_film,
    "audio": _Reader.bare_film,
    "aside": _Reader.aside,
    "address": _Reader.contact,
    "pre": _Reader.preformatted,
    "hr": _Reader.rule,
}
_OWN_IDS = frozenset({"content", "related", "topics"})


def _tag(element: HtmlElement) -> str:
    return element.tag.lower().rpartition(":")[2] if isinstance(element.tag, str) else ""


def _has_blocks(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _list_of(element: HtmlElement) -> HtmlElement | None:
    return next((above for above in element.iterancestors("li")), None)


def _phrase(words: str) -> str:
    """Words that may hold no link."""
    return written(list(_without_links(markup.parse(words))), Level.PHRASE)


def _without_links(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind == "a":
            yield from _without_links(node.children)
        else:
            yield Node(node.kind, node.value, list(_without_links(node.children)))


def _counted(found: Counter[str]) -> str:
    signs = {name: name if " " in name or name.startswith("<") else f"<{name}>" for name in found}
    return ", ".join(f"{told(signs[name])}{f' ({number} times)' if number > 1 else ''}" for name, number in found.most_common(30))


def alternative(alt: str | None, caption: str) -> dict[str, Any]:
    """
    The `alt` of a picture, by what a source says of it.

    What is no description stands beside an empty `alt`, as a comment: nothing, a decoration without a reason, the name of a file,
    the caption again (WCAG F30, ATAG 2.0 B.2.3).
    """
    words = clean(alt)
    if alt is None:
        why = "The source has no alternative text: say what the picture shows."
    elif is_blank(words):
        why = "The source takes it for decoration. If it is, write “decorative: true” and “reason: …” in place of alt."
    elif _FILE_NAME.fullmatch(words):
        why = f"The source has only “{told(words)}”, which is no description: say what the picture shows."
    elif words.casefold().strip(" .") == fold(markup.plain(markup.parse(caption))).casefold().strip(" ."):
        why = "The source repeats the caption: say what the picture shows."
    else:
        return {"alt": words}
    return {"alt": Said("", (why,))}


def tidy(value: dict[str, Any]) -> dict[str, Any]:
    """The keys of a picture in the order in which a record has them."""
    return {key: value[key] for key in Picture.model_fields if key in value}


def unique(name: str, url: str, taken: dict[str, str]) -> str:
    """A name that no other file has; the same for the same address. Raises A11yNewsError where there are too many of them."""
    if len(taken) > _MOST_FILES:
        raise A11yNewsError(f"more than {_MOST_FILES} pictures and other files belong to it; that is no article")
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while taken.get(name, url) != url:
        number += 1
        name = f"{stem}-{number}{dot}{suffix}"
    return name


# -- out ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Writer:
    """The texts of an article in one language, for those who take it elsewhere."""

    localised: Localised
    urls: Callable[[str], str]
    """The address of a file of the record."""
    names: NameMarker

    @staticmethod
    def of(localised: Localised, urls: Callable[[str], str]) -> "Writer":
        """… of an article."""
        return Writer(localised, urls, NameMarker(names(localised.article)))

    def plain(self, text: Text | None) -> str:
        """A text without its markup; empty where it is left out."""
        if text is None or self._is_hidden(text):
            return ""
        return markup.plain(markup.parse(self.localised.found[id(text)].words, text.role.level))

    def inline(self, text: Text | None) -> str:
        """A text as HTML. One that is not in the language of the whole says in which it is."""
        if text is None or self._is_hidden(text):
            return ""
        words, language = self.localised.found[id(text)].words, self._language(text)
        marker = None if text.role.level is Level.NONE else self.names
        html = str(markup.to_html(markup.parse(words, text.role.level), language, marker))
        if language == self.localised.language:
            return html
        if text.stays:
            html = str(markup.to_html(markup.parse(words, text.role.level), language))
            return f'<span{self._lang(language)} translate="no">{html}</span>'
        return f"<span{self._lang(language)}>{html}</span>"

    def is_marked(self, text: Text | None) -> bool:
        """Whether a text has more to it than its words."""
        return text is not None and self.inline(text) != str(escape(self.plain(text)))

    def _is_hidden(self, text: Text) -> bool:
        return any(text is hidden for hidden in self.localised.hidden)

    def _language(self, text: Text) -> str:
        language = self.localised.found[id(text)].origin.language or self.localised.language
        return self.localised.language if same_language(language, self.localised.language) else language

    def _lang(self, language: str) -> str:
        turn = f' dir="{direction_of(language)}"' if direction_of(language) != direction_of(self.localised.language) else ""
        return f' lang="{escape(language)}"{turn}'

    def html(self, blocks: Iterable[BodyBlock]) -> str:
        """Blocks as HTML without any style, one a line."""
        return "\n".join(filter(None, (self._block(block) for block in blocks)))

    def _block(self, block: BodyBlock) -> str:
        anchor = f' id="{escape(block.id)}"' if block.id else ""
        if isinstance(block, ParagraphBlock):
            return f"<p{anchor}>{self.inline(block.paragraph)}</p>"
        if isinstance(block, HeadingBlock):
            level = block.heading.level
            return f"<h{level}{anchor}>{self.inline(block.heading.text)}</h{level}>"
        if isinstance(block, ListBlock):
            return self._list(block.list, anchor)
        if isinstance(block, PictureBlock):
            return self._picture(block.picture, anchor)
        if isinstance(block, QuoteBlock):
            quoted = block.quote
            cite = f' cite="{escape(quoted.url)}"' if quoted.url else ""
            lang = self._lang(quoted.lang) if quoted.lang else ""
            words = str(markup.to_html(markup.parse(self.localised.found[id(quoted.text)].words), self._language(quoted.text)))
            said = f"<p>{words if quoted.lang else self.inline(quoted.text)}</p>"
            return f"<figure{anchor}><blockquote{cite}{lang}>{said}</blockquote>{self._caption(quoted.source)}</figure>"
        if isinstance(block, TableBlock):
            return self._table(block, anchor)
        if isinstance(block, InfoBlock):
            return f"<aside{anchor}>\n<h2>{self.inline(block.info.heading)}</h2>\n{self.html(block.info.body)}\n</aside>"
        if isinstance(block, ContactBlock):
            return f"<address{anchor}>{self.inline(block.contact)}</address>"
        return self._film(block, anchor)

    def _list(self, items: BulletList, anchor: str) -> str:
        tag = "ol" if items.ordered else "ul"
        return f"<{tag}{anchor}>{''.join(f'<li>{self.inline(item)}</li>' for item in items.items)}</{tag}>"

    def _picture(self, picture: Picture, anchor: str) -> str:
        alt = f' alt="{escape(self.plain(picture.alt))}"'
        image = f'<img src="{escape(self.urls(picture.file))}"{alt} data-assoc-ref="{escape(picture.file)}">'
        return f"<figure{anchor}>{image}{self._caption(picture.caption, picture.credit)}</figure>"

    def _caption(self, caption: Text | None, credit: Text | None = None) -> str:
        by = f'<span class="credit">{words}</span>' if (words := self.inline(credit)) else ""
        inner = " ".join(filter(None, (self.inline(caption), by)))
        return f"<figcaption>{inner}</figcaption>" if inner else ""

    def _table(self, block: TableBlock, anchor: str) -> str:
        table = block.table
        head = "".join(f'<th scope="col">{self.inline(cell)}</th>' for cell in table.header)
        rows = []
        for row in table.rows:
            cells = [f"<td>{self.inline(cell)}</td>" for cell in row]
            if table.row_headers:
                cells[0] = f'<th scope="row">{self.inline(row[0])}</th>'
            rows.append(f"<tr>{''.join(cells)}</tr>")
        caption = f"<caption>{self.inline(table.caption)}</caption>"
        return f"<table{anchor}>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _film(self, block: VideoBlock | AudioBlock, anchor: str) -> str:
        film = block.video if isinstance(block, VideoBlock) else block.audio
        kind = "video" if isinstance(block, VideoBlock) else "audio"
        more = tracks = ""
        if isinstance(block, VideoBlock):
            more = f' poster="{escape(self.urls(block.video.poster))}"' if block.video.poster else ""
            tracks = "".join(
                f'<track kind="captions" srclang="{escape(language)}" src="{escape(self.urls(file))}">'
                for language, file in block.video.captions.items()
            )
        media = f'<{kind} controls src="{escape(self.urls(film.file))}" title="{escape(self.plain(film.title))}"{more}'
        spoken = "".join(f"<p>{self.inline(part)}</p>" for part in film.transcript)
        return (
            f'<figure{anchor}>{media} data-assoc-ref="{escape(film.file)}">{tracks}</{kind}>'
            f'<div class="transcript">{spoken}</div>{self._caption(film.caption, film.credit)}</figure>'
        )

    def text(self, blocks: Iterable[BodyBlock]) -> str:
        """Blocks as plain text, with an empty line between them: what a format holds that knows no markup."""
        return "\n\n".join(filter(None, (self._plain_block(block) for block in blocks)))

    def _plain_block(self, block: BodyBlock) -> str:
        if isinstance(block, ParagraphBlock):
            return self.plain(block.paragraph)
        if isinstance(block, HeadingBlock):
            return self.plain(block.heading.text)
        if isinstance(block, ListBlock):
            return "\n".join(f"- {self.plain(item)}" for item in block.list.items)
        if isinstance(block, QuoteBlock):
            source = self.plain(block.quote.source)
            return f"“{self.plain(block.quote.text)}”{f' ({source})' if source else ''}"
        if isinstance(block, TableBlock):
            table = block.table
            rows = [" | ".join(self.plain(cell) for cell in row) for row in (table.header, *table.rows)]
            return "\n".join([self.plain(table.caption), *rows])
        if isinstance(block, InfoBlock):
            return f"{self.plain(block.info.heading)}\n\n{self.text(block.info.body)}"
        return self.plain(block.contact) if isinstance(block, ContactBlock) else ""
