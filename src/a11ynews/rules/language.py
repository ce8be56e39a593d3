"""Languages: what a page says of them, against what its words are in."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.core import get_global
from lxml.html import HtmlElement

from ..errors import LanguageError
from ..finding import Owner, Severity
from ..language import direction_of, same_language, tag_of
from ..message import Message, say
from ..page import Attribute, Page, Words, excerpt
from ..rule import rule

_WELL_FORMED = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
# “Not known”, “more than one”, “not in words”: they name no language, and are right where that is what is meant.
_NO_LANGUAGES = frozenset({"mis", "mul", "und", "zxx"})
# Codes of three letters for which CLDR knows a language of two, and that are registered all the same: members of macrolanguages.
# Of all others (“eng”, “ger”) BCP 47 takes the short one alone.
_SHORTER_BUT_NOT_THE_SAME = frozenset(
    re.findall(
        r"\w+",
        "adp als arb ayr azj cls cmn cnr cwd drh drw ekk esk fat fuc gaz gug ike khk kmr knc kng kpv lvs npi ojg ory pbu pes plt "
        "prp prs quz src swc swh tnf twi uzn ydd zsm zyb",
    )
)
_META_FOR_PEOPLE = frozenset(
    f"{prefix}{name}" for prefix in ("", "og:", "twitter:") for name in ("title", "description", "image:alt", "site_name")
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")


def tag_fault(tag: str) -> Message | None:
    """
    What is certainly wrong with a language tag in HTML, and what to do; None where nothing is.

    It must have the shape of BCP 47, and its first subtag be a language's shortest code. Of codes of three letters ISO 639 has
    thousands and CLDR some hundreds: one that CLDR does not know may well be right, and passes.
    """
    if not _WELL_FORMED.match(tag):
        if "_" in tag:
            return say("{tag} is no language tag; write it with a hyphen", tag=excerpt(tag))
        return say("{tag} is no language tag; write one such as “en”, “de-AT” or “sr-Latn”", tag=excerpt(tag))
    primary = tag.split("-")[0].lower()
    other = str(get_global("language_aliases").get(primary, "")).split("_")[0]
    if len(primary) == 3:
        too_long = len(other) == 2 and primary not in _SHORTER_BUT_NOT_THE_SAME
        if not too_long:
            return None
        return say("“{tag}” is not the shortest code of its language; write “{other}”", tag=tag, other=f"{other}{tag[3:]}")
    if other:
        return None
    try:
        tag_of(primary)
    except LanguageError as error:
        if near := re.search("“(.*?)”[?]", str(error)):
            return say("{tag} is no language tag; did you mean “{near}”?", tag=excerpt(tag), near=near[1])
        return say("{tag} is no language tag; write one such as “en”, “de-AT” or “sr-Latn”", tag=excerpt(tag))
    return None


def _left_to_root(page: Page) -> set[HtmlElement]:
    """The elements whose language the root says, because nothing between says another."""
    left = {page.tree}
    for element in page.elements:
        if element.get("lang") is None and element.getparent() in left:
            left.add(element)
    return left


def _main_language(page: Page) -> str:
    """The language of most of the words that leave it to the root to say theirs, counted in characters; empty without any."""
    left = _left_to_root(page)
    lengths: Counter[str] = Counter()
    for words in page.words:
        if words.origin and words.element in left:
            lengths[words.origin.language] += len(words.words)
    return lengths.most_common(1)[0][0] if lengths else ""


@rule("page-language", on=Page, wcag=("3.1.1",), act=("ucwvc8",), owner=Owner.EDITOR)
def page_language(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    The `html` element names the language that the page is in.

    A screen reader picks its voice by it, and a browser its hyphenation and its offer to translate. Looked at are pages whose
    words have a known birthplace: nothing is guessed. Here `[de: …]` are words that a record or a catalog gives in German.

    Bad: `<html lang="en"><body><h1>[de: Guten Morgen]</h1><p>[de: Es regnet.]</p></body></html>`
    Good: `<html lang="de"><body><h1>[de: Guten Morgen]</h1><p>[de: Es regnet.]</p></body></html>`
    Good: `<html lang="de"><body><h1>[de: Guten Morgen]</h1><p lang="en">[en: It is raining everywhere.]</p></body></html>`
    """
    said, language = page.language, _main_language(page)
    if said and language and not same_language(said, language):
        yield (
            page.tree,
            say(
                'the page is in “{language}” but is marked as “{other}”; write <html lang="{language}">',
                language=language,
                other=said,
            ),
        )


@rule("text-language", on=Page, wcag=("3.1.2",), act=("off6ek",), owner=Owner.TRANSLATOR)
def text_language(page: Page) -> Iterator[tuple[Words, str]]:
    """
    Every text is in the language that the page says it is in there, alternative texts too.

    Words that are read out by a voice of another language cannot be understood. The birthplace of a text tells its language:
    nothing is guessed. Here `[de: …]` are words that a record or a catalog gives in German.

    Bad: `<html lang="it"><body><p>[it: Buongiorno a tutti]</p><p>[de: Guten Morgen]</p></body></html>`
    Bad: `<html lang="it"><body><p>[it: Buongiorno a tutti]</p><img src="a.jpg" alt="[de: Ein Zug]"></body></html>`
    Bad: `<html lang="de"><body><p>[de: Guten Morgen]</p><p lang="en">[de: Es regnet.]</p></body></html>`
    Good: `<html lang="it"><body><p>[it: Buongiorno a tutti]</p><p lang="de">[de: Guten Morgen]</p></body></html>`
    Good: `<html lang="it"><body><p>[it: Buongiorno a tutti]</p><img lang="de" src="a.jpg" alt="[de: Ein Zug]"></body></html>`
    """
    main = _main_language(page)
    # Where the whole page is marked wrongly, that is one finding of page-language and not one for each text.
    left = set() if same_language(main, page.language) else _left_to_root(page)
    told = set()
    for words in page.words:
        if not words.origin or _names_its_language(words):
            continue
        said = main if words.around in left else page.language_of(words.around)
        text = (words.origin, words.around, words.attribute if words.around is words.element else "")
        if said and not same_language(words.origin.language, said) and text not in told:
            told.add(text)
            what = say("the {attribute} text", attribute=words.attribute) if words.attribute else say("the text")
            language = words.origin.language
            yield (
                words,
                say(
                    '{what} {words} is in “{language}” but is marked as “{other}”; put lang="{language}" on <{tag}>, '
                    "or on an element around these words alone",
                    what=what,
                    words=excerpt(words.words),
                    language=language,
                    other=said,
                    tag=words.around.tag,
                ),
            )


def _names_its_language(words: Words) -> bool:
    """Whether markup within a text says the language of these words of it: that is the author's own matter."""
    element = words.element
    while element is not words.around and element.get("lang") is None:
        element = element.getparent()
    return element is not words.around


@rule("untranslatable-text", on=Page, severity=Severity.WARNING)
def untranslatable_text(page: Page) -> Iterator[tuple[Words, str]]:
    """
    Every text on a page of ours comes from a record or a catalog.

    Words that are typed into a template are the same in every language: no translator ever sees them. Names that stay as they are
    say so by `translate="no"`. Here `[en: …]` are words that a record or a catalog gives in English.

    Bad: `<p>Read more</p>`
    Bad: `<img src="a.jpg" alt="Logo">`
    Good: `<p>[en: Read more]</p>`
    Good: `<p translate="no">Maria Rossi</p>`
    Good: `<p>2026 · https://example.org/</p>`
    """
    if not page.is_ours:
        return
    for words in page.words:
        text = words.words.strip()
        if words.origin or not any(letter.isalpha() for letter in _ADDRESS.sub("", text)) or not _is_for_people(words):
            continue
        what = say("the {attribute} text", attribute=words.attribute) if words.attribute else say("the text")
        yield (
            words,
            say(
                '{what} {text} is typed into the template; mark it for translation, or put translate="no" around it',
                what=what,
                text=excerpt(text),
            ),
        )


def _is_for_people(words: Words) -> bool:
    element = words.element
    if words.attribute == "content":
        return (element.get("name") or element.get("property") or "").lower() in _META_FOR_PEOPLE
    translate = next(
        (said for around in (element, *element.iterancestors()) if (said := around.get("translate")) is not None), ""
    )
    return translate.lower() != "no"


@rule("lang-valid", on=Page, wcag=("3.1.2",), act=("de46e4",))
def lang_valid(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    Every `lang` attribute holds a language tag.

    What is no language tag changes nothing: the words are read out in the language around them.

    Bad: `<p lang="german">Guten Morgen</p>`
    Bad: `<p lang="de_AT">Guten Morgen</p>`
    Bad: `<p lang="deu">Guten Morgen</p>`
    Good: `<p lang="de-AT">Guten Morgen</p>`
    Good: `<p lang="fur">Mandi</p>`
    """
    for element in page.having("lang"):
        tag = element.get("lang")
        if tag and element is not page.tree and (fault := tag_fault(tag)):
            texts = [words for words in page.words_in(element) if page.is_rendered(words.element)]
            if texts or element.get("alt"):
                yield Attribute(element, "lang"), fault


@rule("lang-known", on=Page, severity=Severity.REVIEW, wcag=("3.1.1", "3.1.2"))
def lang_known(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A language's code is one that is known.

    A code of three letters that CLDR does not know can be right all the same: there are thousands, and a person must look.

    Bad: `<p lang="qqx">Guten Morgen</p>`
    Good: `<p lang="de">Guten Morgen</p>`
    Good: `<p lang="fur">Mandi</p>`
    """
    for element in page.having("lang"):
        tag = element.get("lang") or ""
        primary = tag.split("-")[0].lower()
        if len(primary) != 3 or tag_fault(tag) or primary in _SHORTER_BUT_NOT_THE_SAME | _NO_LANGUAGES:
            continue
        try:
            tag_of(primary)
        except LanguageError:
            yield Attribute(element, "lang"), say("“{tag}” is a language that CLDR does not know; look it up in ISO 639", tag=tag)


@rule("lang-empty", on=Page, severity=Severity.WARNING, wcag=("3.1.2",))
def lang_empty(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A `lang` attribute inside the page is not empty.

    `lang=""` means that the language is unknown, and a screen reader falls back to its own default. It is hardly ever meant.

    Bad: `<p lang="">Guten Morgen</p>`
    Good: `<p lang="de">Guten Morgen</p>`
    Good: `<p>Good morning</p>`
    """
    for element in page.having("lang"):
        tag = element.get("lang")
        if tag is not None and not tag.strip() and element is not page.tree and page.text_of(element):
            yield (
                Attribute(element, "lang"),
                say('lang="" says that the language is unknown; name it, or take the attribute away'),
            )


@rule("xml-lang", on=Page, wcag=("3.1.1", "3.1.2"), act=("5b7ae0",))
def xml_lang(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    Where `xml:lang` is given, `lang` says the same.

    HTML goes by `lang` and XHTML by `xml:lang`: what reads the page one way or the other must not hear two languages.

    Bad: `<p lang="de" xml:lang="it">Guten Morgen</p>`
    Bad: `<p xml:lang="de">Guten Morgen</p>`
    Good: `<p lang="de" xml:lang="de">Guten Morgen</p>`
    """
    for element in page.having("xml:lang"):
        other, tag = element.get("xml:lang"), element.get("lang")
        if not other or tag_fault(other):
            continue
        if not tag:
            # Without a lang the root is a matter of html-lang.
            if element is not page.tree:
                yield (
                    Attribute(element, "xml:lang"),
                    say('HTML does not look at xml:lang="{other}"; write lang="{other}"', other=other),
                )
        elif not tag_fault(tag) and tag.split("-")[0].lower() != other.split("-")[0].lower():
            yield (
                Attribute(element, "xml:lang"),
                say('lang="{tag}" and xml:lang="{other}" differ; take xml:lang away', tag=tag, other=other),
            )


@rule("text-direction", on=Page, severity=Severity.WARNING, wcag=("1.3.2",))
def text_direction(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Where the language's script runs the other way, `dir` says so.

    Without it, punctuation and numbers land in the wrong place, and the sentence is read in the wrong order.

    Bad: `<html lang="ar"><body><p>صباح الخير.</p></body></html>`
    Bad: `<p lang="he">בוקר טוב.</p>`
    Good: `<html lang="ar" dir="rtl"><body><p>صباح الخير.</p></body></html>`
    Good: `<p lang="he" dir="rtl">בוקר טוב.</p>`
    """
    for element in page.having("lang"):
        tag = element.get("lang")
        if not tag or tag_fault(tag):
            continue
        around = (said for other in (element, *element.iterancestors()) if (said := (other.get("dir") or "").lower()))
        direction, said = direction_of(tag), next(around, "ltr")
        if said not in (direction, "auto") and (direction == "rtl" or element.get("dir")) and page.text_of(element):
            yield (
                element,
                say(
                    '“{language}” runs {direction} and this text is marked {said}; put dir="{direction}" beside its lang',
                    language=tag,
                    direction=direction,
                    said=said,
                ),
            )
