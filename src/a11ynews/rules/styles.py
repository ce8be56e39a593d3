"""What style attributes and old presentational markup do to text: what readers cannot change, and what means nothing."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Attribute, Page, excerpt
from ..rule import rule

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]*)", re.IGNORECASE)
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(em|px|%|)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIZED_BY_TAG = frozenset(
    {"big", "code", "font", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "small", "sub", "sup", "tt"}
)
# The usual size, where nothing says another one.
_MEDIUM = 16.0


@lru_cache(1000)
def _declarations(style: str) -> dict[str, tuple[str, bool]]:
    """The declarations that hold in a style attribute: property to value and whether it is `!important`."""
    held: dict[str, tuple[str, bool]] = {}
    for name, said in _DECLARATION.findall(_COMMENT.sub(" ", style)):
        value, important = _IMPORTANT.subn("", said)
        if important or not held.get(name.lower(), ("", False))[1]:
            held[name.lower()] = (value.strip().lower(), bool(important))
    return held


def _size_of(page: Page, element: HtmlElement) -> float | None:
    """The size of an element's letters in CSS pixels, as far as style attributes and the page's own style sheet tell."""
    for around in (element, *element.iterancestors()):
        said = _declarations(around.get("style") or "").get("font-size", ("", False))[0]
        if said:
            length = _LENGTH.fullmatch(said)
            return float(length[1]) if length and length[2] == "px" else None
        if around.tag in _SIZED_BY_TAG:
            return None
    if any("stylesheet" in (link.get("rel") or "").lower() for link in page.tagged("link")):
        return None
    sheets = _COMMENT.sub(" ", " ".join(style.text or "" for style in page.tagged("style")))
    sizes = re.findall(r"([^{}]*)\{([^{}]*)\}", sheets)
    names = {str(element.tag), f"#{element.get('id')}", *(f".{name}" for name in (element.get("class") or "").split())}
    found = None
    for selectors, block in sizes:
        if said := _declarations(block).get("font-size", ("", False))[0] or ("?" if re.search(r"\bfont\s*:", block) else ""):
            length = _LENGTH.fullmatch(said)
            if not names.intersection(selector.strip() for selector in selectors.split(",")) or not length or length[2] != "px":
                return None  # it may be for what is around
            found = float(length[1])
    return _MEDIUM if found is None else found


def _fixed(page: Page, name: str, usual: float) -> Iterator[tuple[HtmlElement, float]]:
    """
    The elements with text of their own on which a style attribute fixes a spacing, with how much of the size of a letter it is.

    What only a browser can tell is left out.
    """
    for element in page.having("style"):
        style = element.get("style") or ""
        if "important" not in style.lower() or not page.is_rendered(element) or _is_away(style):
            continue
        value, important = _declarations(style).get(name, ("", False))
        own_words = (element.text or "") + "".join(child.tail or "" for child in element)
        if not important or not own_words.strip() or next(element.iterancestors("svg"), None) is not None:
            continue
        length = _LENGTH.fullmatch(value)
        if value in ("normal", "initial") or (name != "line-height" and length and float(length[1]) == 0):
            yield element, usual
        elif length and length[2] == "em":
            yield element, float(length[1])
        elif length and length[2] in ("%", "") and name == "line-height":
            yield element, float(length[1]) / (100 if length[2] else 1)
        elif length and length[2] == "px" and (size := _size_of(page, element)):
            yield element, float(length[1]) / size


def _is_away(style: str) -> bool:
    """Whether a style puts an element out of sight."""
    return bool(re.search(r"(?:left|top|text-indent)\s*:\s*-\d{3,}", style))


@rule("letter-spacing", on=Page, wcag=("1.4.12",), act=("24afc2",))
def letter_spacing(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    No style attribute keeps readers from setting letters apart.

    People who read with difficulty set letters 0.12 of their size apart. A narrower spacing that is `!important` in a style
    attribute is stronger than their own style sheet.

    Bad: `<p style="letter-spacing: 0.1em !important">The river rose in the night.</p>`
    Bad: `<p style="font-size: 20px; letter-spacing: 1px !important">The river rose in the night.</p>`
    Good: `<p style="letter-spacing: 0.15em !important">The river rose in the night.</p>`
    Good: `<p style="letter-spacing: 0.1em">The river rose in the night.</p>`
    Good: `<div style="letter-spacing: 0.1em !important"></div>`
    """
    for element, ratio in _fixed(page, "letter-spacing", 0):
        if ratio < 0.12:
            yield (
                Attribute(element, "style"),
                say("letter-spacing is fixed and narrow on {tag}; take !important away", tag=f"<{element.tag}>"),
            )


@rule("word-spacing", on=Page, wcag=("1.4.12",), act=("9e45ec",))
def word_spacing(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    No style attribute keeps readers from setting words apart.

    People who read with difficulty set words 0.16 of a letter's size further apart. A narrower spacing that is `!important` in a
    style attribute is stronger than their own style sheet.

    Bad: `<p style="word-spacing: 0.1em !important">The river rose in the night.</p>`
    Bad: `<p style="word-spacing: normal !important">The river rose in the night.</p>`
    Good: `<p style="word-spacing: 0.2em !important">The river rose in the night.</p>`
    Good: `<p style="word-spacing: inherit !important">The river rose in the night.</p>`
    """
    for element, ratio in _fixed(page, "word-spacing", 0):
        if ratio < 0.16:
            yield (
                Attribute(element, "style"),
                say("word-spacing is fixed and narrow on {tag}; take !important away", tag=f"<{element.tag}>"),
            )


# So many characters fill a line of a wide screen; in what is narrower, a line holds one for about half of a letter's size.
_LONG_LINE = 250


@rule("line-height", on=Page, wcag=("1.4.12",), act=("78fd32",))
def line_height(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    No style attribute keeps readers from setting lines apart.

    People who read with difficulty set lines one and a half times their size apart. A smaller height that is `!important` in a
    style attribute is stronger than their own style sheet. Looked at is text that certainly runs over several lines.

    Bad: `<p style="line-height: 1.2 !important; max-width: 100px">The river rose in the night, and nobody slept.</p>`
    Bad: `<p style="line-height: 20px !important; font-size: 20px; width: 100px">The river rose, and nobody slept.</p>`
    Good: `<p style="line-height: 1.6 !important; max-width: 100px">The river rose in the night, and nobody slept.</p>`
    Good: `<p style="line-height: 1.2; max-width: 100px">The river rose in the night, and nobody slept.</p>`
    Good: `<p style="line-height: 1 !important">Rain</p>`
    """
    for element, ratio in _fixed(page, "line-height", 1.2):
        if ratio >= 1.5:
            continue
        said = _declarations(element.get("style") or "")
        widths = [_LENGTH.fullmatch(said[name][0]) for name in ("width", "max-width") if name in said]
        narrow = [float(width[1]) for width in widths if width and width[2] == "px"]
        many = len(page.text_of(element))
        if many > (min(narrow) / (_MEDIUM / 2) if narrow else _LONG_LINE):
            yield (
                Attribute(element, "style"),
                say("line-height is fixed and low on {tag}; take !important away", tag=f"<{element.tag}>"),
            )


_OBSOLETE = ("basefont", "big", "center", "font", "strike", "tt")


@rule("obsolete-markup", on=Page, severity=Severity.WARNING, wcag=("1.3.1",))
def obsolete_markup(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What text looks like is said in the style sheet, and what it is in the markup.

    `center` and `font` are gone from HTML: they say how something looks and not what it is, and readers cannot change it.

    Bad: `<center>The night</center>`
    Bad: `<font size="5">Die Nacht</font>`
    Good: `<h2>The night</h2>`
    """
    for element in page.exposed(*_OBSOLETE):
        if words := page.text_of(element):
            yield (
                element,
                say(
                    "{tag} says how {words} looks and not what it is; use an element with a meaning, and the style sheet",
                    tag=f"<{element.tag}>",
                    words=excerpt(words),
                ),
            )


@rule("paragraph-empty", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def paragraph_empty(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A paragraph has words.

    Some screen readers stop at an empty one and say “blank”. Room between paragraphs is made by the style sheet.

    Bad: `<p>The river rose.</p><p></p><p>Nobody slept.</p>`
    Bad: `<p>Es regnet.</p><p>&nbsp;</p>`
    Good: `<p>The river rose.</p><p>Nobody slept.</p>`
    Good: `<p><img src="a.jpg" alt=""></p>`
    Good: `<p id="status" role="status"></p>`
    """
    for element in page.exposed("p"):
        # What a script fills has something that the script finds it by.
        is_bare = not set(element.attrib) - {"style", "align", "dir", "lang"} and all(child.tag == "br" for child in element)
        if is_bare and not page.text_of(element):
            yield element, say("a paragraph is empty; take it away, and make room by the style sheet")


@rule("abbreviation", on=Page, severity=Severity.WARNING, wcag=("3.1.4",), owner=Owner.EDITOR)
def abbreviation(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    An abbreviation that is marked as one is written out: in its `title`, or where it stands first, with brackets.

    Bad: `<p><abbr>GDS</abbr> is a part of the government.</p>`
    Good: `<p><abbr title="Government Digital Service">GDS</abbr> is a part of the government.</p>`
    Good: `<p>The Government Digital Service (<abbr>GDS</abbr>) is a part of the government.</p>`
    Good: `<p lang="de"><abbr>THW</abbr> (Technisches Hilfswerk)</p>`
    """
    marked = page.exposed("abbr")
    written_out = {page.text_of(element) for element in marked if element.get("title")}
    around = page.text_of(page.tree) if marked else ""
    for element in marked:
        words = page.text_of(element)
        if not words or words in written_out:
            continue
        written_out.add(words)
        if not re.search(rf"\(\s*{re.escape(words)}\s*\)|{re.escape(words)}\s*\(\w", around):
            yield element, say("the abbreviation {words} is nowhere written out; do so in its title", words=excerpt(words))


@rule("focus-stolen", on=Page, wcag=("2.1.1", "2.4.7", "3.2.1"))
def focus_stolen(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    What the keyboard has reached keeps the focus.

    A script that takes it away at once makes the element one that only a mouse can use (WCAG failure F55).

    Bad: `<a href="/" onfocus="this.blur()">Home</a>`
    Good: `<a href="/" onfocus="mark(this)">Home</a>`
    """
    for element in page.having("onfocus"):
        if re.search(r"\bthis\s*\.\s*blur\s*\(", element.get("onfocus") or ""):
            yield (
                Attribute(element, "onfocus"),
                say("{tag} gives the focus away as soon as it has it; take the script away", tag=f"<{element.tag}>"),
            )


_OTHER = re.compile(r"\.\s*focus\s*\(")
_SELF = re.compile(r"\bthis\s*\.\s*focus\s*\(")


@rule("focus-kept", on=Page, wcag=("2.1.2",), act=("80af7b", "a1b64e"))
def focus_kept(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    The keyboard can leave what it has reached.

    A script that takes the focus back whenever it goes is a trap: nothing after it can be reached.

    Bad: `<input aria-label="Mail" onblur="this.focus()">`
    Bad: `<button onblur="setTimeout(() => this.focus(), 10)">Save</button>`
    Good: `<input aria-label="Mail" onblur="examine(this)">`
    """
    for element in page.having("onblur"):
        if _SELF.search(element.get("onblur") or ""):
            yield (
                Attribute(element, "onblur"),
                say("{tag} takes the focus back when it is left; let it go", tag=f"<{element.tag}>"),
            )


@rule("focus-sent", on=Page, severity=Severity.WARNING, wcag=("2.1.2", "3.2.1"), act=("a1b64e",))
def focus_sent(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    Where the keyboard goes next is for the reader to say.

    A script that sends it elsewhere whenever an element is left can make a circle of two, out of which nobody comes.

    Bad: `<button onblur="this.nextElementSibling.focus()">One</button><button>Two</button>`
    Good: `<button>One</button><button>Two</button>`
    """
    for element in page.having("onblur"):
        script = element.get("onblur") or ""
        if _OTHER.search(script) and not _SELF.search(script):
            yield (
                Attribute(element, "onblur"),
                say("{tag} sends the focus elsewhere when it is left; let the reader say where to go", tag=f"<{element.tag}>"),
            )
