"""Links: what they are called, and where they lead."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..errors import LanguageError
from ..finding import Owner, Severity
from ..language import native_name_of, same_language
from ..message import say
from ..page import Attribute, Page, Words, address_key, excerpt
from ..rule import rule
from .alternates import alternates

_GENERIC = {
    "en": re.compile(
        r"(?:click )?here|click|(?:read |see |learn |find out )?more|more info(?:rmation)?|info|continue(?: reading)?"
        r"|details|go|link|this(?: link| page)?"
    ),
    "de": re.compile(
        r"(?:klicken sie |klicke? )?hier(?: klicken)?|(?:lesen sie )?mehr|mehr (?:dazu|erfahren|infos?|informationen|lesen)"
        r"|infos?|weiter|weiterlesen|jetzt lesen|zum artikel|details|link"
    ),
    "it": re.compile(
        r"(?:clicca )?qui|altro|(?:leggi |scopri )?di più|leggi(?: tutto| ancora)?|(?:maggiori |più )?informazioni|info"
        r"|per saperne di più|approfondisci|continua(?: a leggere)?|dettagli|link|vai"
    ),
}
"""Words that say of no link where it leads, by language."""

_NEW_WINDOW = re.compile(
    r"(?:new|separate|another) (?:window|tab)|neue[mns]? (?:fenster|tab|registerkarte)|nuova (?:finestra|scheda)", re.IGNORECASE
)
_FILE = re.compile(r"\.(pdf|docx?|odt|xlsx?|ods|csv|pptx?|odp|zip|epub|mp3|mp4)(?:[?#]|\Z)", re.IGNORECASE)
_ENDS = " .,:;!?…»›→>«‹[]()"


def _words(page: Page, link: HtmlElement) -> HtmlElement | Words:
    """The place where a link's words were written."""
    return next(iter(page.words_in(link)), link)


@rule("link-name", on=Page, wcag=("2.4.4", "4.1.2"), act=("c487ae",), owner=Owner.EDITOR)
def link_name(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Every link has words.

    Of a link without words a screen reader spells out the address.

    Bad: `<a href="/flood"></a>`
    Bad: `<a href="/flood"><img src="flood.jpg" alt=""></a>`
    Good: `<a href="/flood">Flood in the valley</a>`
    Good: `<a href="/"><img src="logo.png" alt="Example News"></a>`
    """
    for link in page.links:
        if not page.name_of(link):
            picture = next(link.iter("img"), None)
            href = excerpt(link.get("href") or "")
            if picture is not None:
                yield link, say("the link to {href} is only a picture without an alt text; say where it leads", href=href)
            else:
                yield link, say("the link to {href} has no words; say where it leads", href=href)


@rule("link-generic", on=Page, severity=Severity.WARNING, wcag=("2.4.4",), act=("aizyf1",), owner=Owner.EDITOR)
def link_generic(page: Page) -> Iterator[tuple[HtmlElement | Words, str]]:
    """
    A link's words say where it leads.

    People go through a page from link to link, and read them in a list: ten times “more” tells them nothing. Looked at are
    English, German and Italian, each where the page says it is used.

    Bad: `<a href="/flood">Read more</a>`
    Bad: `<p lang="de"><a href="/hochwasser">Weiterlesen …</a></p>`
    Bad: `<p lang="it"><a href="/alluvione">Leggi tutto »</a></p>`
    Good: `<a href="/flood">Read more about the flood</a>`
    Good: `<a href="/flood" aria-label="Read more about the flood">Read more</a>`
    """
    for link in page.links:
        name, generic = page.name_of(link), _GENERIC.get(page.language_of(link).split("-")[0])
        if generic and generic.fullmatch(name.casefold().strip(_ENDS)):
            yield (
                _words(page, link),
                say(
                    "the link {name} to {href} does not say where; name its target",
                    name=excerpt(name),
                    href=excerpt(link.get("href") or ""),
                ),
            )


@rule("link-same-text", on=Page, severity=Severity.WARNING, wcag=("2.4.4",), owner=Owner.EDITOR)
def link_same_text(page: Page) -> Iterator[tuple[HtmlElement | Words, str]]:
    """
    Links that sound alike lead to the same place.

    In a list of links they cannot be told from each other.

    Bad: `<a href="/a">Photos</a> <a href="/b">Photos</a>`
    Good: `<a href="/a">Photos of the flood</a> <a href="/b">Photos of the feast</a>`
    Good: `<a href="/a">Photos</a> <a href="/a">Photos</a>`
    """
    first: dict[str, HtmlElement] = {}
    for link in page.links:
        name = page.name_of(link).casefold().strip(_ENDS)
        other = first.setdefault(name, link)
        here, there = (page.resolve(one.get("href") or "") for one in (link, other))
        if name and here != there and not any(generic.fullmatch(name) for generic in _GENERIC.values()):
            words = excerpt(page.name_of(link))
            yield (
                _words(page, link),
                say(
                    "two links {words} lead to {here} and to {there}; call them differently",
                    words=words,
                    here=excerpt(here),
                    there=excerpt(there),
                ),
            )


@rule("link-language", on=Page, severity=Severity.WARNING, wcag=("3.1.2",))
def link_language(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A link to another language version says so: `hreflang` for where it leads, `lang` for its words.

    “Deutsch” in an English voice is hardly understood. Looked at are links to the versions that the head of the page names.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"> <a href="https://a.example/de/">Deutsch</a>`
    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <a href="https://a.example/de/" hreflang="de">Deutsch</a>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <a href="https://a.example/de/" hreflang="de" lang="de">Deutsch</a>`
    """
    versions = {address_key(href): tag for _, tag, href in alternates(page) if tag != "x-default"}
    for link in page.links:
        address = address_key(page.resolve(link.get("href") or ""))
        tag = versions.get(address, "")
        if not tag or same_language(tag, page.language) or address == address_key(page.address):
            continue
        try:
            own = native_name_of(tag)
        except LanguageError:
            continue  # hreflang-valid has it
        said = page.language_of(next((words.element for words in page.words_in(link)), link))
        if not same_language((link.get("hreflang") or "").lower(), tag.lower()):
            yield (
                link,
                say(
                    'the link {words} leads to the “{tag}” version; put hreflang="{tag}" on it',
                    words=excerpt(page.name_of(link)),
                    tag=tag,
                ),
            )
        elif page.name_of(link).casefold() == own.casefold() and not same_language(said, tag):
            yield (
                link,
                say(
                    'the words {words} are in “{tag}”; put lang="{tag}" on the link',
                    words=excerpt(page.name_of(link)),
                    tag=tag,
                ),
            )


@rule("title-repeats", on=Page, severity=Severity.WARNING)
def title_repeats(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A `title` says more than the words that it stands by.

    Some screen readers read it out after them, and with a keyboard or on a telephone nobody sees it.

    Bad: `<a href="/flood" title="Flood in the valley">Flood in the valley</a>`
    Bad: `<img src="a.jpg" alt="A street under water" title="A street under water">`
    Good: `<a href="/flood">Flood in the valley</a>`
    Good: `<abbr title="Cascading Style Sheets">CSS</abbr>`
    """
    for element in page.exposed("a", "button", "img"):
        words = element.get("alt") or "" if element.tag == "img" else page.text_of(element)
        if words and words.casefold() == (element.get("title") or "").strip().casefold():
            yield (
                Attribute(element, "title"),
                say("the title {words} says what is there already; take it away", words=excerpt(words)),
            )


@rule("link-new-window", on=Page, severity=Severity.REVIEW, wcag=("3.2.5",))
def link_new_window(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A link that opens a window of its own says so.

    Who does not see it wonders why there is no way back. A sign beside the link can say it too, hence a person must look.

    Bad: `<a href="/map" target="_blank">Map of the valley</a>`
    Good: `<a href="/map" target="_blank">Map of the valley (new window)</a>`
    Good: `<p lang="it"><a href="/mappa" target="_blank">Mappa (apre una nuova finestra)</a></p>`
    """
    for link in page.links:
        if (link.get("target") or "").lower() in ("_blank", "_new"):
            heard = f"{page.name_of(link)} {link.get('title') or ''}"
            if not _NEW_WINDOW.search(heard):
                yield (
                    link,
                    say(
                        "the link {words} opens a new window without a word; take the target away, or say so",
                        words=excerpt(page.name_of(link)),
                    ),
                )


@rule("link-file", on=Page, severity=Severity.REVIEW, wcag=("2.4.4",), owner=Owner.EDITOR)
def link_file(page: Page) -> Iterator[tuple[HtmlElement | Words, str]]:
    """
    A link to a file that is no page says what kind it is.

    It opens in another program, or costs a long download. The words beside the link can say it too, hence a person must look.

    Bad: `<a href="/plan.pdf">The plan</a>`
    Good: `<a href="/plan.pdf">The plan (PDF, 2 MB)</a>`
    Good: `<a href="/plan.html">The plan</a>`
    """
    for link in page.links:
        kind = _FILE.search(link.get("href") or "")
        if kind and kind[1].lower() not in page.name_of(link).lower():
            name = page.name_of(link)
            yield (
                _words(page, link),
                say(
                    "the link {name} leads to a {kind} file and does not say so; name kind and size",
                    name=excerpt(name),
                    kind=kind[1].upper(),
                ),
            )


@rule("link-target", on=Page, severity=Severity.WARNING, wcag=("2.4.4",))
def link_target(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A link leads somewhere.

    Who follows a link into nothing does not know whether it worked. What does something on the page is a button.

    Bad: `<a href="#night">The night</a>`
    Bad: `<a href="javascript:void(0)">Menu</a>`
    Bad: `<a href="#">Menu</a>`
    Good: `<a href="#night">The night</a><h2 id="night">The night</h2>`
    Good: `<a href="#">Back to top</a>`
    """
    for link in page.links:
        href, words = (link.get("href") or "").strip(), excerpt(page.name_of(link))
        if re.match(r"javascript:", href, re.IGNORECASE):
            yield (
                Attribute(link, "href"),
                say("the link {words} runs a script; make it a <button>, or give it an address", words=words),
            )
        elif href == "#" and not re.search(r"\b(?:top|up|oben|anfang|cima|inizio|su)\b", page.name_of(link), re.IGNORECASE):
            yield (
                Attribute(link, "href"),
                say("the link {words} leads nowhere; make it a <button>, or give it an address", words=words),
            )
        elif href.startswith("#") and page.target_of(href) is None:
            yield (
                Attribute(link, "href"),
                say(
                    "the link {words} leads to {href}, which is not on the page; mend the address",
                    words=words,
                    href=excerpt(href),
                ),
            )
