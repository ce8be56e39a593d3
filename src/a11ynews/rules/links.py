"""Links: what they are called, and where they lead."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from ..aria import given_role
from ..errors import LanguageError
from ..finding import Owner, Severity
from ..language import native_name_of, same_language
from ..message import Message, say
from ..page import Attribute, Page, Words, address_key, excerpt, text_of
from ..rule import rule
from .traits import alternates

_GENERIC = {
    "en": re.compile(
        r"(?:click )?here|click|(?:read |see |learn |find out )?more|more info(?:rmation)?|info|continue(?: reading)?"
        r"|details|go|link"
        r"|this(?: (?:article|document|file|item|link|page|post|product|report|site|story|study|video|website))?"
    ),
    "de": re.compile(
        r"(?:klicken sie |klicke? )?hier(?: klicken)?|(?:lesen sie )?mehr|mehr (?:dazu|erfahren|infos?|informationen|lesen)"
        r"|infos?|weiter|weiterlesen|jetzt lesen|zum artikel|details|link"
        r"|diese[rs]? (?:artikel|beitrag|bericht|datei|dokument|link|produkt|seite|studie|video|website)"
    ),
    "it": re.compile(
        r"(?:clicca )?qui|altro|(?:leggi |scopri )?di più|leggi(?: tutto| ancora)?|(?:maggiori |più )?informazioni|info"
        r"|per saperne di più|approfondisci|continua(?: a leggere)?|dettagli|link|vai"
        r"|quest[oa] (?:articolo|documento|file|link|pagina|prodotto|servizio|sito|studio|video)"
    ),
}
"""Words that say of no link where it leads, by language."""

_NEW_WINDOW = re.compile(
    r"(?:new|separate|another) (?:window|tab)|neue[mns]? (?:fenster|tab|registerkarte)|nuova (?:finestra|scheda)", re.IGNORECASE
)
_FILE = re.compile(r"\.(pdf|docx?|odt|xlsx?|ods|csv|pptx?|odp|zip|epub|mp3|mp4)(?:[?#]|\Z)", re.IGNORECASE)
_KINDS = {
    "docx": "docx?|word",
    "doc": "docx?|word",
    "epub": "epub|e-?book",
    "mp3": "mp3|audio|podcast|listen|hör|ascolt",
    "mp4": "mp4|video|film|watch",
    "pptx": "pptx?|powerpoint|slides|folien",
    "ppt": "pptx?|powerpoint|slides|folien",
    "xlsx": "xlsx?|excel",
    "xls": "xlsx?|excel",
}
"""The words that say of a kind of file what it is, beside its own name."""
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

    Bad: `<p>The river rose. <a href="/flood">Read more</a></p>`
    Bad: `<p lang="de">Der Fluss stieg. <a href="/hochwasser">Weiterlesen …</a></p>`
    Bad: `<p lang="it">Il fiume è salito. <a href="/alluvione">Leggi tutto »</a></p>`
    Good: `<a href="/flood">Read more about the flood</a>`
    Good: `<a href="/flood" aria-label="Read more about the flood">Read more</a>`
    """
    for link, name in _generic_links(page):
        if _context_of(page, link):
            yield (
                _words(page, link),
                say(
                    "the link {name} to {href} does not say where; name its target",
                    name=excerpt(name),
                    href=excerpt(link.get("href") or ""),
                ),
            )


def _generic_links(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """The links whose words say of no link where it leads, with these."""
    for link in page.links:
        name, generic = page.name_of(link), _GENERIC.get(page.language_of(link).split("-")[0])
        if generic and generic.fullmatch(name.casefold().strip(_ENDS)):
            yield link, name


_BLOCKS = frozenset(
    re.findall(r"\w+", "article blockquote body caption dd div dt figcaption figure footer header li main nav p section td th")
)


def _block_of(link: HtmlElement) -> HtmlElement:
    """The nearest element around a link that parts it from other text."""
    return next((around for around in link.iterancestors() if around.tag in _BLOCKS), link)


def _context_of(page: Page, link: HtmlElement) -> str:
    """
    What else tells where a link leads: the text it stands in, a heading before it, a description. Empty where nothing does.

    After WCAG's “programmatically determined link context”, and its technique H80.
    """
    if any(link.get(name) for name in ("aria-describedby", "title")):
        return "described"
    block = _block_of(link)
    if any(_is_headed(around) for around in (block, block.getparent()) if around is not None):
        return "under a heading"
    if block.tag in _PARTS_OF_PAGE:
        words = _beside(link, block)  # the blocks beside it are no context of it
    else:
        around = next(block.iterancestors("table", "li", "dl", "figure"), None)
        words = page.text_of(block) + (" " + page.text_of(around) if around is not None else "")
    rest = words.casefold().replace(page.name_of(link).casefold(), " ")
    return rest if any(letter.isalpha() for letter in rest) else ""


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS_OF_PAGE = frozenset({"article", "body", "div", "footer", "header", "main", "nav", "section"})


def _is_headed(block: HtmlElement) -> bool:
    """Whether a part of a page, smaller than its whole content, has a heading of its own."""
    return block.tag not in ("body", "main") and next(block.iterchildren(*_HEADINGS), None) is not None


def _beside(link: HtmlElement, block: HtmlElement) -> str:
    """The text that runs on before and after a link in a block, up to the next block in it."""
    at = link
    while (parent := at.getparent()) is not None and parent is not block:
        at = parent
    words = [text_of(at), at.tail or ""]
    before, after = at.getprevious(), at.getnext()
    while before is not None:
        words.append(before.tail or "")
        if _parts(before):
            break
        words.append(text_of(before))
        before = before.getprevious()
    else:
        words.append(block.text or "")
    while after is not None and not _parts(after):
        words += [text_of(after), after.tail or ""]
        after = after.getnext()
    return " ".join(words)


def _parts(element: HtmlElement) -> bool:
    """Whether an element parts the text before it from that after it; a comment does, too, as nobody puts one into a sentence."""
    return (
        not isinstance(element.tag, str) or element.tag in _BLOCKS or element.tag in (*_HEADINGS, "br", "hr", "ol", "table", "ul")
    )


@rule("link-context", on=Page, severity=Severity.WARNING, wcag=("2.4.4", "2.4.9"), act=("aizyf1", "5effbb"), owner=Owner.EDITOR)
def link_context(page: Page) -> Iterator[tuple[HtmlElement | Words, Message]]:
    """
    Where a link leads is said by its words, or at least by the text that it stands in.

    Of “more” all by itself nobody can tell of what.

    Bad: `<p>The river rose in the night.</p><p><a href="/flood">More</a></p>`
    Bad: `<div lang="de"><a href="/hochwasser">Weiterlesen …</a></div>`
    Bad: `<p lang="it"><a href="/alluvione">Leggi tutto »</a></p>`
    Good: `<p>The river rose in the night. <a href="/flood">More</a></p>`
    Good: `<p><a href="/flood">More of the flood</a></p>`
    Good: `<div><h3>Flood</h3><a href="/flood">More</a></div>`
    """
    for link, name in _generic_links(page):
        if not _context_of(page, link):
            yield (
                _words(page, link),
                say(
                    "the link {name} does not say where it leads, nor does the text around it; name its target",
                    name=excerpt(name),
                ),
            )


_VISIBILITY = re.compile(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


@rule("hidden-words", on=Page, severity=Severity.WARNING, wcag=("2.4.4", "1.3.1", "4.1.2"))
def hidden_words(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Words in a link that are there for those who do not see are not hidden from them, too.

    `visibility: hidden` leaves a gap on the screen, and hides the words from screen readers as well. Put them out of sight by a
    class that clips them.

    Bad: `<a href="/rugby">Read more <span style="visibility: hidden">about rugby</span></a>`
    Bad: `<a lang="de" href="/x">Mehr <span style="visibility:hidden">über das Hochwasser</span></a>`
    Good: `<a href="/rugby">Read more <span class="visually-hidden">about rugby</span></a>`
    Good: `<a href="/rugby">Read more <span style="visibility: hidden">→</span></a>`
    """
    for link in page.links:
        for part in link.iterdescendants("span", "b", "i", "em", "strong", "small"):
            words = "".join(part.itertext())
            if (
                _VISIBILITY.search(part.get("style") or "")
                and len(re.findall(r"[^\W\d_]{2,}", words)) >= 2
                and page.name_of(link)
            ):
                yield (
                    part,
                    say(
                        "{words} is hidden from everybody, screen readers included; clip it out of sight instead",
                        words=excerpt(" ".join(words.split())),
                    ),
                )


_ONCLICK = re.compile(r"""location(?:\.href)?\s*=\s*["']([^"']+)|location\.(?:assign|replace)\(\s*["']([^"']+)""")
# They tell who came from where, and change nothing of what is shown.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|referrer|source|src|s?id|session\w*|sessid|phpsessid|token|lang|v)\Z", re.IGNORECASE
)


def _target(page: Page, link: HtmlElement) -> str:
    """Where a link leads, in full as far as that is known; empty where only a script knows."""
    if (href := link.get("href")) is not None:
        return page.resolve(href)
    said = _ONCLICK.search(link.get("onclick") or "")
    return page.resolve(said[1] or said[2]) if said else ""


def _surely_differ(here: str, there: str) -> bool:
    """Whether two addresses show different things: other hosts, or one page that is asked for another part of it."""
    one, other = urlsplit(here), urlsplit(there)
    if one.scheme not in ("http", "https", "") or other.scheme not in ("http", "https", ""):
        return False
    if one.netloc and other.netloc and _site(one.netloc) != _site(other.netloc):
        return True
    if (one.netloc, one.path) != (other.netloc, other.path):
        return False
    asked, other_asked = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    return set(asked) == set(other_asked) and any(
        asked[name] != other_asked[name] and not _TRACKING.match(name) for name in asked
    )


def _site(host: str) -> str:
    """The name of a host that tells sites apart: its last two parts but the shortest ones, without what stands for a machine."""
    parts = host.lower().partition(":")[0].removeprefix("www.").split(".")
    while len(parts) > 2 and len(parts[-2]) > 3:
        parts = parts[1:]
    return parts[-2] if len(parts) > 1 else parts[0]


def _same_links(page: Page) -> Iterator[tuple[HtmlElement, str, HtmlElement, str]]:
    """The links that sound like one before them and lead elsewhere, with where they lead: (link, where, the first, where)."""
    first: dict[str, tuple[HtmlElement, str]] = {}
    for link in page.links:
        name = page.name_of(link).casefold().strip(_ENDS)
        here = _target(page, link)
        if not name or not here:
            continue
        other, there = first.setdefault(name, (link, here))
        if here != there and address_key(here) != address_key(there) and not any(g.fullmatch(name) for g in _GENERIC.values()):
            yield link, here, other, there


def _two_links(page: Page, link: HtmlElement, here: str, there: str) -> tuple[HtmlElement | Words, Message]:
    return (
        _words(page, link),
        say(
            "two links {words} lead to {here} and to {there}; call them differently",
            words=excerpt(page.name_of(link)),
            here=excerpt(here),
            there=excerpt(there),
        ),
    )


@rule("link-same-text", on=Page, severity=Severity.WARNING, wcag=("2.4.4",), owner=Owner.EDITOR)
def link_same_text(page: Page) -> Iterator[tuple[HtmlElement | Words, Message]]:
    """
    Links that sound alike lead to the same place.

    In a list of links they cannot be told from each other.

    Bad: `<a href="/a">Photos</a> <a href="/b">Photos</a>`
    Good: `<a href="/a">Photos of the flood</a> <a href="/b">Photos of the feast</a>`
    Good: `<a href="/a">Photos</a> <a href="/a">Photos</a>`
    """
    for link, here, _, there in _same_links(page):
        if not _surely_differ(here, there):
            yield _two_links(page, link, here, there)


@rule("link-same-elsewhere", on=Page, severity=Severity.WARNING, wcag=("2.4.9",), act=("b20e66",), owner=Owner.EDITOR)
def link_same_elsewhere(page: Page) -> Iterator[tuple[HtmlElement | Words, Message]]:
    """
    Links that sound alike do not lead to different sites, wherever on the page they stand.

    In a list of links they cannot be told from each other. Level AAA asks for this; where they stand in one text, level A does.

    Bad: `<p><a href="https://a.example/">Rules</a></p><p><a href="https://b.test/">Rules</a></p>`
    Good: `<p><a href="https://a.example/">Rules of A</a></p><p><a href="https://b.test/">Rules of B</a></p>`
    """
    for link, here, other, there in _same_links(page):
        if _surely_differ(here, there) and _block_of(link) is not _block_of(other):
            yield _two_links(page, link, here, there)


@rule("link-same-here", on=Page, severity=Severity.WARNING, wcag=("2.4.4", "2.4.9"), act=("b20e66", "fd3a94"), owner=Owner.EDITOR)
def link_same_here(page: Page) -> Iterator[tuple[HtmlElement | Words, Message]]:
    """
    Links that sound alike and stand in one text do not lead to different things.

    Not even the text around them tells one from the other.

    Bad: `<p><a href="/contact?by=phone">Contact us</a> <a href="/contact?by=mail">Contact us</a></p>`
    Bad: `<p lang="de"><a href="https://a.example/">Regeln</a>, <a href="https://b.test/">Regeln</a></p>`
    Good: `<p><a href="/contact?by=phone">Contact us by phone</a> <a href="/contact?by=mail">by mail</a></p>`
    Good: `<p><a href="/contact?utm_source=a">Contact us</a> <a href="/contact?utm_source=b">Contact us</a></p>`
    """
    for link, here, other, there in _same_links(page):
        if _surely_differ(here, there) and _block_of(link) is _block_of(other):
            yield _two_links(page, link, here, there)


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


@rule("title-repeats", on=Page, severity=Severity.WARNING, wcag=("2.4.4",))
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


@rule("link-new-window", on=Page, severity=Severity.WARNING, wcag=("3.2.5",))
def link_new_window(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A link that opens a window of its own says so.

    Who does not see it wonders why there is no way back. A picture in the link may say it too, in its alternative text.

    Bad: `<a href="/map" target="_blank">Map of the valley</a>`
    Good: `<a href="/map" target="_blank">Map of the valley (new window)</a>`
    Good: `<p lang="it"><a href="/mappa" target="_blank">Mappa (apre una nuova finestra)</a></p>`
    """
    for link in page.links:
        if (link.get("target") or "").lower() in ("_blank", "_new"):
            described = [
                page.text_of(one) for word in (link.get("aria-describedby") or "").split() for one in page.with_id.get(word, ())
            ]
            heard = " ".join([page.name_of(link), link.get("title") or "", *described])
            if not _NEW_WINDOW.search(heard):
                yield (
                    link,
                    say(
                        "the link {words} opens a new window without a word; take the target away, or say so",
                        words=excerpt(page.name_of(link)),
                    ),
                )


@rule("link-file", on=Page, severity=Severity.WARNING, wcag=("2.4.4",), owner=Owner.EDITOR)
def link_file(page: Page) -> Iterator[tuple[HtmlElement | Words, str]]:
    """
    A link to a file that is no page says what kind it is.

    It opens in another program, or costs a long download. The words right beside the link can say it too.

    Bad: `<a href="/plan.pdf">The plan</a>`
    Good: `<a href="/plan.pdf">The plan (PDF, 2 MB)</a>`
    Good: `<p lang="de"><a href="/plan.pdf">Der Plan</a> (PDF, 2 MB)</p>`
    Good: `<a href="/plan.html">The plan</a>`
    """
    for link in page.links:
        kind = _FILE.search(link.get("href") or "")
        name = page.name_of(link)
        if kind and not re.search(_KINDS.get(kind[1].lower(), kind[1]), f"{name} {page.text_of(_block_of(link))}", re.IGNORECASE):
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


@rule("link-button", on=Page, severity=Severity.WARNING, wcag=("2.1.1", "4.1.2"))
def link_button(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A link that is announced as a button can be used as one.

    Buttons are pressed with the space bar; on a link that scrolls the page, unless a script sees to it.

    Bad: `<a href="/next" role="button">Continue</a>`
    Good: `<a href="/next">Continue</a>`
    Good: `<a href="/next" role="button">Continue</a><script src="buttons.js"></script>`
    """
    if page.tagged("script"):
        return
    for link in page.exposed("a"):
        handled = any(name in link.attrib for name in ("onkeydown", "onkeyup", "onkeypress"))
        if given_role(link) == "button" and link.get("href") and not handled:
            yield (
                link,
                say(
                    "the link {words} is called a button, and the space bar does nothing; make it a <button>, or a mere link",
                    words=excerpt(page.name_of(link)),
                ),
            )
