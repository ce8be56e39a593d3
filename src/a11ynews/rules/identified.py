"""Languages again, by the words themselves: whether a text is in the language that the page says."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..identify import Identified, can_be_told, count_letters, identify
from ..message import language_name, say
from ..page import Attribute, Page, Words, excerpt
from ..rule import rule
from .catalog_language import LOANS, certain_words, foreign_words
from .language import tag_fault

# What these hold is in no language, or in another one on purpose.
_SET_APART = frozenset({"code", "kbd", "pre", "samp", "var", "address", "math", "svg", "noscript", "script", "style", "template"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure footer form h1
        h2 h3 h4 h5 h6 header hgroup legend li main nav ol option p pre section summary table tbody td tfoot th thead title tr ul
        """,
    )
)
_INLINE_NAMES = frozenset({"cite", "em", "i", "q", "dfn"})
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]+@[^\s@]+\.[^\s@]+|[@#]\w+")
# Code that stands among words, and what no reader takes for a word.
_CODE = re.compile(
    r"</?[a-z][^<>]*+>?|(?<!\S)[^\s={}\\|_]*[={}\\|_]\S*|(?<![\w.])\w+(?:\.[a-z]\w*)+(?:\(\))?|\w{50,}", re.IGNORECASE
)
_FEWEST_WORDS, _LOOKED_AT = 4, 120
_REMEMBERED = 5_000
"""So many texts are known when they come again: menus, footers and the like are the same on all pages."""
_PAGE_LETTERS = 50
"""So many letters show the language of a whole page; two lines."""


@lru_cache(maxsize=2)
def set_apart(page: Page) -> frozenset[HtmlElement]:
    """The elements whose words are in no language, or in another one on purpose."""
    apart: set[HtmlElement] = set()
    for element in page.elements:
        if element.getparent() in apart or element.tag in _SET_APART or element.get("translate") == "no":
            apart.add(element)
    return frozenset(apart)


@lru_cache(maxsize=2)
def _declaring(page: Page) -> dict[HtmlElement, HtmlElement]:
    """For each element the one whose `lang` it goes by. One that goes by none is not in it."""
    found: dict[HtmlElement, HtmlElement] = {}
    for element in page.elements:
        if element.get("lang") is not None:
            found[element] = element
        elif (parent := element.getparent()) is not None and parent in found:
            found[element] = found[parent]
    return found


@lru_cache(maxsize=2)
def _shown(page: Page) -> list[Words]:
    """The words that people read or hear on a page and that are in some language; without those that are set apart."""
    apart = set_apart(page)
    return [words for words in page.words if words.element not in apart and not page.is_hidden(words.element)]


@lru_cache(maxsize=2)
def _by_declaration(page: Page) -> dict[HtmlElement | None, list[Words]]:
    declaring = _declaring(page)
    found: dict[HtmlElement | None, list[Words]] = {}
    for words in _shown(page):
        if words.attribute in ("", "alt", "title", "aria-label"):
            found.setdefault(declaring.get(words.element), []).append(words)
    return found


@lru_cache(maxsize=2)
def is_in_another(page: Page) -> bool:
    """Whether the page as a whole is not in its language: then nothing is said of its parts."""
    return any(page_language_words.check(page))


def _joined(words: list[Words]) -> str:
    return " ".join(_plain(run.words) for run in words)


@lru_cache(maxsize=_REMEMBERED)
def _plain(words: str) -> str:
    """Words without addresses and code."""
    return _CODE.sub(" ", _ADDRESS.sub(" ", " ".join(words.split())))


@lru_cache(maxsize=_REMEMBERED)
def _contradiction(words: str, declared: str) -> Identified | None:
    """What words look to be in, where that is certainly not what is declared."""
    each = words.split()
    if len(each) < _FEWEST_WORDS or tag_fault(declared):
        return None  # what is no tag is told by html-lang-valid and lang-valid
    # A quick look first, which spares most texts the counting of letters: they have small words that no other language has.
    own = certain_words(declared.split("-")[0].lower())
    if own and sum(word.lower() in own for word in each[:_LOOKED_AT]) * 8 >= len(each[:_LOOKED_AT]):
        return None
    found = identify(words, declared)
    return found if found and found.contradicts(letters=count_letters(words)) else None


@rule("page-language-words", on=Page, wcag=("3.1.1",), act=("ucwvc8",))
def page_language_words(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The words of a page are in the language that the `html` element names.

    A screen reader reads the page with the voice of that language. The words are judged by the letters that follow each other in
    them; a page with fewer than fifty letters is not judged.

    Bad: `<html lang="de"><body><p>The river rose in the night, and nobody in the village had seen it coming.</p></body></html>`
    Bad: `<html lang="en"><body><p>Il fiume è salito nella notte e nessuno nel paese se ne era accorto.</p></body></html>`
    Good: `<html lang="de"><body><p>Der Fluss stieg in der Nacht, und niemand im Dorf hatte es kommen sehen.</p></body></html>`
    Good: `<html lang="de"><body><p lang="en">The river rose in the night, and nobody had seen it coming.</p></body></html>`
    """
    said = page.tree.get("lang") or ""
    if said:
        words = _joined(_by_declaration(page).get(page.tree, []))
        if count_letters(words) >= _PAGE_LETTERS and (found := _contradiction(words, said)):
            yield (
                page.tree,
                say(
                    "the page says that it is in {said} ({tag}) and its words look {found}; correct the lang of <html>",
                    said=language_name(said),
                    tag=said,
                    found=language_name(found.language),
                ),
            )


@rule("part-language-words", on=Page, wcag=("3.1.2",), act=("off6ek",), owner=Owner.EDITOR)
def part_language_words(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    Words that a `lang` is put on are in that language.

    A wrong language is worse than none: the voice changes, and reads nonsense.

    Bad: `<p lang="fr">The river rose in the night, and nobody had seen it coming.</p>`
    Bad: `<p>He said: <q lang="it">Der Fluss stieg in der Nacht, und niemand sah es kommen.</q></p>`
    Good: `<p lang="de">Der Fluss stieg in der Nacht, und niemand sah es kommen.</p>`
    Good: `<p>They call it <i lang="it">acqua alta</i>.</p>`
    """
    for element, words in _by_declaration(page).items():
        if element is None or element is page.tree or not element.get("lang"):
            continue
        said = str(element.get("lang"))
        if found := _contradiction(_joined(words), said):
            yield (
                Attribute(element, "lang"),
                say(
                    "{words} is marked as {said} and looks {found}; correct its lang",
                    words=excerpt(_joined(words), 40),
                    said=language_name(said),
                    found=language_name(found.language),
                ),
            )


@rule("text-language-words", on=Page, severity=Severity.WARNING, wcag=("3.1.2",), owner=Owner.EDITOR)
def text_language_words(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Every paragraph, heading and item is in the language that is declared for it.

    Where the page as a whole is not, that alone is told. Names, code and addresses are no matter of language.

    Bad: `<p>The river rose in the night, and nobody saw it coming.</p>
        <p>Der Fluss stieg in der Nacht, und niemand sah es kommen.</p>
        <p>By dawn the bridge was gone, and the road to the village with it.</p>`
    Good: `<p>The river rose in the night, and nobody saw it coming.</p>
        <p lang="de">Der Fluss stieg in der Nacht, und niemand sah es kommen.</p>`
    Good: `<p>The paper “Der Tagesspiegel” was the first to say so.</p>`
    """
    if is_in_another(page):
        return
    blocks: dict[tuple[HtmlElement, HtmlElement | None], list[Words]] = {}
    for words in _shown(page):
        if not words.attribute and (declaring := _declaring(page).get(words.element)) is not None:
            block = words.element
            while block is not declaring and block.tag not in _BLOCKS and block.getparent() is not None:
                block = block.getparent()
            blocks.setdefault((block, declaring), []).append(words)
    judged = {element for element, words in _by_declaration(page).items() if element is not None and element is not page.tree}
    for (block, declaring), runs in blocks.items():
        if declaring is None or block in judged or not declaring.get("lang"):
            continue  # a part with a lang of its own is the matter of part-language-words
        said = str(declaring.get("lang"))
        if found := _contradiction(_joined(runs), said):
            yield (
                block,
                say(
                    '{words} looks {found} and stands as {said}; put lang="{tag}" on it, or translate it',
                    words=excerpt(_joined(runs), 40),
                    found=language_name(found.language),
                    said=language_name(said),
                    tag=found.language,
                ),
            )


@rule("name-language-words", on=Page, severity=Severity.WARNING, wcag=("3.1.2",), owner=Owner.TRANSLATOR)
def name_language_words(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    What is heard and not seen (alternative texts, labels, titles) is in the language of the page, too.

    These are the texts that a translation forgets, because nobody sees them.

    Bad: `<html lang="de"><body><p>Der Fluss stieg in der Nacht, und niemand sah es kommen.</p>
        <img src="a.jpg" alt="Two children run across an old stone bridge"></body></html>`
    Bad: `<html lang="it"><body><p>Il fiume è salito nella notte e nessuno se ne era accorto.</p>
        <nav aria-label="Pages of this newspaper in other languages"><a href="/">Oggi</a></nav></body></html>`
    Good: `<html lang="de"><body><p>Der Fluss stieg in der Nacht.</p>
        <img src="a.jpg" alt="Zwei Kinder laufen über eine alte Steinbrücke"></body></html>`
    Good: `<html lang="de"><body><p>Der Fluss stieg in der Nacht.</p>
        <img src="a.jpg" lang="en" alt="Two children run across an old stone bridge"></body></html>`
    """
    if is_in_another(page):
        return
    for words in _shown(page):
        declaring = _declaring(page).get(words.element)
        if not words.attribute or words.attribute == "content" or declaring is None or not declaring.get("lang"):
            continue
        said = str(declaring.get("lang"))
        if found := _contradiction(_plain(words.words), said):
            yield (
                Attribute(words.element, words.attribute),
                say(
                    'the {attribute} {words} looks {found} and is read as {said}; translate it, or put lang="{tag}" on it',
                    attribute=words.attribute,
                    words=excerpt(words.words, 40),
                    found=language_name(found.language),
                    said=language_name(said),
                    tag=found.language,
                ),
            )


@rule("page-language-unused", on=Page, severity=Severity.WARNING, wcag=("3.1.1",), act=("ucwvc8",))
def page_language_unused(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The language that the `html` element names is that of some words of the page.

    Where all of them are marked as being in another one, that is the language of the page: its title, and what else comes, are
    read as the `html` element says.

    Bad: `<html lang="nl"><body lang="en"><p>The river rose in the night.</p></body></html>`
    Bad: `<html lang="it"><body><main lang="de"><p>Der Fluss stieg in der Nacht.</p></main></body></html>`
    Good: `<html lang="en"><body><p>He said: <q lang="it">acqua alta, ancora</q></p></body></html>`
    Good: `<html lang="de"><body><p lang="en">The river rose.</p><p lang="it">Il fiume è salito.</p></body></html>`
    """
    said = (page.tree.get("lang") or "").split("-")[0].lower()
    if not can_be_told(said):
        return
    declaring = _declaring(page)
    apart = set_apart(page)
    others: set[str] = set()
    count = 0
    for words in page.words:
        if (
            words.element in apart
            or words.element.tag in ("title", "meta", "link")
            or not re.search(r"[^\W\d_]{2,}", words.words)
        ):
            continue
        holder = declaring.get(words.element)
        tag = (holder.get("lang") or "") if holder is not None else ""
        others.add(tag.split("-")[0].lower())
        count += len(words.words.split())
    if len(others) == 1 and count >= 3 and said not in others and can_be_told(other := next(iter(others))):
        yield (
            page.tree,
            say(
                "the page says that it is in {said}, and all its words are marked as {other}; correct the lang of <html>",
                said=language_name(said),
                other=language_name(other),
            ),
        )


@rule("stray-word", on=Page, severity=Severity.WARNING, wcag=("3.1.2",), owner=Owner.EDITOR)
def stray_word(page: Page) -> Iterator[tuple[Words, str]]:
    """
    No small word of another language is left in a text.

    An “und” in an English sentence makes a voice stumble. Words between quotation marks, in names and titles, and loans such as
    “Made in Italy” are no fault. Known are English, German and Italian.

    Bad: `<p>The activities of partnership between PoliMi und TUM go on.</p>`
    Bad: `<html lang="de"><body><p>Wir forschen viel and lehren gern.</p></body></html>`
    Bad: `<html lang="it"><body><p>Il ponte und il fiume si vedono dalla strada.</p></body></html>`
    Good: `<p>The partnership between PoliMi and TUM goes on.</p>`
    Good: `<p>The play is called “Sturm und Drang”, and they sing <i lang="de">Lied und Lust</i>.</p>`
    Good: `<html lang="de"><body><p>Das sagte die University of Oxford.</p></body></html>`
    """
    for runs in passages_of(page):
        if not (foreign := foreign_words(page.language_of(runs[0].element).split("-")[0])):
            continue
        text, starts = _laid_out(page, runs)
        strays = list(_strays(text, foreign))
        # Several of them are a sentence of their own, which text-language-words judges.
        if strays and len(strays) * 6 <= len(text.split()) + 3:
            word, at = strays[0]
            tag = foreign[word]
            yield (
                runs[bisect_right(starts, at) - 1],
                say(
                    '“{word}” in “{words}” is {language}; correct it, or put <i lang="{tag}"> and </i> around the foreign words',
                    word=word,
                    words=" ".join(text[max(at - 40, 0) : at + 40].replace(_HIDDEN, "…").split()[1:-1]),
                    language=language_name(tag),
                    tag=tag,
                ),
            )


@lru_cache(maxsize=2)
def passages_of(page: Page) -> tuple[list[Words], ...]:
    """The runs of words that are read as one: those of a block in one language, and each attribute by itself."""
    return tuple(_passages(page))


def _passages(page: Page) -> Iterator[list[Words]]:
    passages: dict[tuple[HtmlElement, HtmlElement | None], list[Words]] = {}
    declared, apart = _declaring(page), set_apart(page)
    for words in page.words:
        if page.is_hidden(words.element):
            continue
        if words.attribute:
            if words.attribute in ("alt", "aria-label") and words.element not in apart:
                yield [words]
            continue
        declaring = declared.get(words.element)
        block = words.element
        while block is not declaring and block.tag not in _BLOCKS and block.getparent() is not None:
            block = block.getparent()
        passages.setdefault((block, declaring), []).append(words)
    yield from passages.values()


_HIDDEN = "\ufffc"
"""What stands for a name, code, or a title in the words around it."""


def _laid_out(page: Page, runs: list[Words]) -> tuple[str, list[int]]:
    """Runs as one text, names and titles in it hidden, and where each begins."""
    text, starts = "", []
    for run in runs:
        starts.append(len(text))
        apart = run.element in set_apart(page) or any(
            at.tag in _INLINE_NAMES for at in (run.element, *run.element.iterancestors())
        )
        # An ending may follow what is hidden at once, as in <code>send</code>ed: blanks only where there are some.
        blanks = (" " * run.words[0].isspace(), " " * run.words[-1].isspace())
        text += _HIDDEN.join(blanks) if apart else in_one_line(run.words)
    return text, starts


def in_one_line(words: str) -> str:
    """Words with a plain blank in place of each other one, and of each end of a line."""
    return words if words.isprintable() else re.sub(r"\s", " ", words)  # of all blanks, the plain one alone is printable


_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"\w(?:https?:|www\.)")
_TOKEN = re.compile(rf"[^\W\d_]+|{_HIDDEN}")
_QUOTED = re.compile(r"„[^“”]*[“”]|“[^“”]*”|«[^«»]*»|»[^«»]*«|‚[^‘]*‘|‘[^’]*’|\"[^\"]*\"")
_PARTICLES = frozenset({"an", "am", "auf", "de", "of", "van", "von", "vor", "zu"})


def _strays(text: str, foreign: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The small words of another language that stand alone among words of the own one, and where."""
    # A quick look first: most texts have no such word. What is blanked below ends where a word does, but for an address.
    if not _GLUED.search(text) and foreign.keys().isdisjoint(_LETTERS.findall(text)):
        return
    plain = text
    for pattern in (_ADDRESS, _CODE, LOANS, _QUOTED):
        plain = pattern.sub(_blank, plain)
    tokens = list(_TOKEN.finditer(plain))
    for number, token in enumerate(tokens):
        word = token[0]
        if word not in foreign or len(word) < 2:
            continue
        around = plain[max(token.start() - 1, 0) : token.start()] + plain[token.end() : token.end() + 1]
        before = tokens[number - 1][0] if number else ""
        after = tokens[number + 1][0] if number + 1 < len(tokens) else ""
        if any(mark in f"-’'./@&–_{_HIDDEN}" for mark in around) or before in _PARTICLES:
            continue
        # Two of them side by side, or between words with a capital: a quotation, or a name. An acronym is no part of one.
        if {before, after} & foreign.keys() or (_is_titled(before) and _is_titled(after)):
            continue
        yield word, token.start()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_titled(word: str) -> bool:
    return bool(word) and word[0].isupper() and (len(word) == 1 or word[1:].islower())
