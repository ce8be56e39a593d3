"""Pictures: their alternative texts, beside their captions."""

import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes

from lxml.html import HtmlElement

from ..aria import given_role
from ..finding import Owner, Severity
from ..message import Message, say
from ..page import Attribute, Page, excerpt, text_of
from ..rule import rule

_LONGEST = 250
"""The characters that IPTC's Alt Text (Accessibility) holds at most."""

_FILE_NAME = re.compile(
    r"\S*\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)|(?:img|dsc|dscn|pict?|p)[-_ ]?\d{3,}", re.IGNORECASE
)
STOPGAP = re.compile(
    "alt|graphic|icon|image|img|photo|picture|placeholder|spacer|untitled"
    "|abbildung|bild|foto|fotografie|grafik|ohne titel|platzhalter|symbolbild"
    "|figura|fotografia|icona|immagine|senza titolo|segnaposto"
)
"""What stands in the place of an alternative text and is none, in small letters: WCAG failure F30."""

_OPENINGS = {
    "en": re.compile(r"(?:an? |the )?(?:image|picture|photo|photograph|graphic)(?: of\b|:)", re.IGNORECASE),
    "de": re.compile(
        r"(?:das |ein |eine )?(?:(?:bild|foto|fotografie|grafik)(?: (?:von|vom|der|des|mit|zeigt)\b|:)|abbildung\b)",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"(?:una? |un['’]|l['’]|la )?(?:foto|fotografia|immagine|figura)"
        r"(?: (?:di|del|della|dello|dei|degli|delle|con)\b| dell['’]|:)",
        re.IGNORECASE,
    ),
}
_SIZE = re.compile(r"[-_@]\d+(?:x\d*|w)?(?=\.\w+\Z)")
_CREDIT = ("small", "cite", "footer")


def _file(image: HtmlElement) -> Message:
    """The picture's file name, by which messages name it."""
    source = image.get("src") or ""
    if source.startswith("data:"):
        return say("the picture in a data: address")
    name = re.split(r"[?#]", source)[0].rstrip("/").rpartition("/")[2]
    return say("the picture {file}", file=excerpt(name)) if name else say("the picture")


def _alternatives(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """The pictures that have words for an alternative text, with them."""
    for image in page.exposed("img"):
        if alt := (image.get("alt") or "").strip():
            yield image, alt


def _caption(image: HtmlElement) -> HtmlElement | None:
    figure = next(image.iterancestors("figure"), None)
    return None if figure is None else next(figure.iterchildren("figcaption"), None)


def _plain(words: str) -> str:
    """Words as they are compared: in small letters, without white space and marks at their ends."""
    return " ".join(words.casefold().split()).strip(" .!?…»«“”„\"'–-")


@rule("alt-missing", on=Page, wcag=("1.1.1",), act=("23a2a8",), owner=Owner.EDITOR)
def alt_missing(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Every picture has an alternative text, or an empty one if it is mere decoration.

    Without the attribute a screen reader may read out the file's name.

    Bad: `<img src="flood.jpg">`
    Bad: `<div role="img" class="flood"></div>`
    Good: `<img src="flood.jpg" alt="A street under water">`
    Good: `<img src="line.png" alt="">`
    """
    for image in page.in_order({*page.tagged("img"), *page.having("role")}):
        if page.is_hidden(image) or (image.tag != "img" and (image.get("role") != "img" or image.tag == "svg")):
            continue
        # What the keyboard reaches is no decoration, whatever its role says.
        decoration = image.get("role") in ("none", "presentation") and "tabindex" not in image.attrib
        if image.get("alt") is None and not page.name_of(image) and not decoration:
            remedy = say('write alt="" if it is mere decoration') if image.tag == "img" else say('take role="img" away')
            yield (
                image,
                say("{picture} has no alternative text; say what it shows, or {remedy}", picture=_file(image), remedy=remedy),
            )


@rule("alt-blank", on=Page, wcag=("1.1.1",), act=("23a2a8",), owner=Owner.EDITOR)
def alt_blank(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An alternative text is words, or nothing at all.

    A picture with white space for its alternative text is neither described nor marked as decoration.

    Bad: `<img src="line.png" alt=" ">`
    Good: `<img src="line.png" alt="">`
    """
    for image in page.exposed("img"):
        if (alt := image.get("alt")) and not alt.strip() and not page.name_of(image):
            yield (
                Attribute(image, "alt"),
                say('the alt text of {picture} is white space; say what it shows, or write alt=""', picture=_file(image)),
            )


@rule("alt-repeats-caption", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_repeats_caption(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An alternative text says what the picture shows, and not what its caption says already.

    Who hears the page hears the same words twice, and still does not know what is to be seen.

    Bad: `<figure><img src="a.jpg" alt="The new bridge."><figcaption>The new bridge</figcaption></figure>`
    Bad: `<figure><img src="a.jpg" alt="The new bridge"><figcaption>The new bridge <small>A. B.</small></figcaption></figure>`
    Good: `<figure><img src="a.jpg" alt="Two arches of stone"><figcaption>The new bridge</figcaption></figure>`
    """
    for image, alt in _alternatives(page):
        if (caption := _caption(image)) is None:
            continue
        own = (caption.text or "") + "".join(
            ("" if child.tag in _CREDIT or not isinstance(child.tag, str) else text_of(child)) + (child.tail or "")
            for child in caption
        )
        if _plain(alt) in (_plain(own), _plain(page.text_of(caption))):
            yield (
                Attribute(image, "alt"),
                say(
                    "the alt text of {picture} repeats its caption {alt}; say what it shows",
                    picture=_file(image),
                    alt=excerpt(alt),
                ),
            )


@rule("alt-repeats-link", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_repeats_link(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A picture in a link does not say again what the link says.

    The same words are read out twice. Beside them the picture is decoration.

    Bad: `<a href="/bridge"><img src="a.jpg" alt="The new bridge"> The new bridge</a>`
    Good: `<a href="/bridge"><img src="a.jpg" alt=""> The new bridge</a>`
    Good: `<a href="/bridge"><img src="a.jpg" alt="The new bridge"></a>`
    """
    for image, alt in _alternatives(page):
        link = next(image.iterancestors("a", "button"), None)
        if link is not None and _plain(alt) in (_plain(words.words) for words in page.words_in(link)):
            yield (
                Attribute(image, "alt"),
                say(
                    'the alt text of {picture} repeats the link it is in, {alt}; write alt=""',
                    picture=_file(image),
                    alt=excerpt(alt),
                ),
            )


@rule("alt-file-name", on=Page, wcag=("1.1.1",), act=("qt1vmo",), owner=Owner.EDITOR)
def alt_file_name(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An alternative text is not the name of a file, and no stopgap.

    “DSC04711.jpg” and “image” say nothing of what is to be seen (WCAG failure F30).

    Bad: `<img src="flood.jpg" alt="flood.jpg">`
    Bad: `<img src="a.jpg" alt="IMG_20221">`
    Bad: `<img src="a.jpg" alt="Foto">`
    Good: `<img src="flood.jpg" alt="A street under water">`
    """
    for image, alt in _alternatives(page):
        if _FILE_NAME.fullmatch(alt):
            yield (
                Attribute(image, "alt"),
                say(
                    "the alt text of {picture} is a file's name, {alt}; say what it shows", picture=_file(image), alt=excerpt(alt)
                ),
            )
        elif STOPGAP.fullmatch(_plain(alt)):
            yield (
                Attribute(image, "alt"),
                say("the alt text of {picture} is {alt} and no more; say what it shows", picture=_file(image), alt=excerpt(alt)),
            )


@rule("alt-opening", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_opening(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An alternative text does not begin by saying that it is a picture.

    A screen reader says so by itself. Looked at are English, German and Italian, each where the page says it is used.

    Bad: `<img src="a.jpg" alt="Photo of a street under water">`
    Bad: `<img lang="de" src="a.jpg" alt="Abbildung einer Straße unter Wasser">`
    Bad: `<img lang="it" src="a.jpg" alt="Immagine di una strada allagata">`
    Good: `<img src="a.jpg" alt="A street under water">`
    Good: `<img lang="de" src="a.jpg" alt="Bildung für alle: ein Klassenzimmer">`
    """
    for image, alt in _alternatives(page):
        opening = _OPENINGS.get(page.language_of(image).split("-")[0])
        if opening and (match := opening.match(alt)):
            yield (
                Attribute(image, "alt"),
                say(
                    "the alt text of {picture} begins with {match}; begin with what it shows",
                    picture=_file(image),
                    match=excerpt(match[0]),
                ),
            )


@rule("alt-same", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_same(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    Different pictures have different alternative texts.

    Two that sound alike cannot be told from each other; often one of them was copied.

    Bad: `<img src="a.jpg" alt="The bridge"><img src="b.jpg" alt="The bridge">`
    Good: `<img src="a.jpg" alt="The bridge at night"><img src="b.jpg" alt="The bridge after the flood">`
    Good: `<img src="a-480.jpg" alt="The bridge"><img src="a-960.jpg" alt="The bridge">`
    """
    first: dict[str, HtmlElement] = {}
    for image, alt in _alternatives(page):
        other = first.setdefault(_plain(alt), image)
        if _SIZE.sub("", other.get("src") or "") != _SIZE.sub("", image.get("src") or ""):
            yield (
                Attribute(image, "alt"),
                say(
                    "{picture} and {other} have the same alt text {alt}; tell them apart",
                    picture=_file(image),
                    other=_file(other),
                    alt=excerpt(alt),
                ),
            )


@rule("alt-long", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_long(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    An alternative text is no longer than 250 characters.

    It is heard in one go, without a way to pause or step back. What needs more room belongs in the text or the caption.

    Bad: `<img src="a.jpg" alt="In the foreground three people stand in front of a long table with papers on it; the one in the
    middle holds a pen, the other two look at her. Behind them hangs a map of the valley with the river in blue, and to the right
    of it a clock that shows ten past nine.">`
    Good: `<img src="a.jpg" alt="A street under water">`
    """
    for image, alt in _alternatives(page):
        if len(alt) > _LONGEST:
            yield (
                Attribute(image, "alt"),
                say(
                    "the alt text of {picture} has {n} characters; say what matters most in {most}, and the rest in the text",
                    picture=_file(image),
                    n=len(alt),
                    most=_LONGEST,
                ),
            )


@rule("alt-empty", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def alt_empty(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A picture with a caption or a title is no decoration.

    What is worth a caption is worth a description: with an empty alternative text the caption speaks of what is not there.
    A link that is named by such a picture alone is a matter of link-name.

    Bad: `<figure><img src="a.jpg" alt=""><figcaption>The new bridge</figcaption></figure>`
    Bad: `<img src="a.jpg" alt="" title="The new bridge">`
    Good: `<figure><img src="a.jpg" alt="Two arches of stone"><figcaption>The new bridge</figcaption></figure>`
    Good: `<img src="line.png" alt="">`
    """
    for image in page.exposed("img"):
        if image.get("alt") != "" or image.get("aria-label") or image.get("aria-labelledby"):
            continue
        caption = _caption(image)
        if caption is not None and page.text_of(caption):
            words = excerpt(page.text_of(caption))
            yield (
                Attribute(image, "alt"),
                say(
                    "{picture} has the caption {words} and an empty alt text; say what it shows",
                    picture=_file(image),
                    words=words,
                ),
            )
        elif (image.get("title") or "").strip():
            yield (
                Attribute(image, "alt"),
                say("{picture} has a title and an empty alt text; say in the alt text what it shows", picture=_file(image)),
            )


@rule("title-apart", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def title_apart(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    The title of a picture says nothing that is said nowhere else.

    Only who has a mouse sees a title, and only who waits. Screen readers say it after the alternative text, or not at all. What
    matters belongs into the alternative text or the caption.

    Bad: `<img src="logo.png" alt="BBC" title="BBC homepage">`
    Bad: `<img src="a.jpg" lang="de" alt="Eine Brücke" title="Seit Montag gesperrt">`
    Good: `<img src="a.jpg" alt="The bridge, closed since Monday" title="The bridge">`
    Good: `<figure><img src="a.jpg" alt="Two arches" title="The bridge"><figcaption>The bridge of 1902</figcaption></figure>`
    Good: `<img src="a.jpg" alt="Two arches of stone" title="IMG_2041.jpg">`
    """
    for image, alt in _alternatives(page):
        title = " ".join((image.get("title") or "").split())
        if not title or _FILE_NAME.fullmatch(title) or _WORD.sub("", title) == title or re.fullmatch(r"\S*[_\d]\S*", title):
            continue
        around = next(image.iterancestors("a", "figure", "button"), None)
        said = f"{alt} {page.text_of(around) if around is not None else ''} {image.get('aria-label') or ''}".casefold()
        if not {word.casefold() for word in _WORD.findall(title)} <= {*_WORD.findall(said)}:
            yield (
                Attribute(image, "title"),
                say(
                    "{picture} has the title {title}, which only a mouse shows; say it in the alt text or in a caption",
                    picture=_file(image),
                    title=excerpt(title),
                ),
            )


_WORD = re.compile(r"[^\W\d_]{3,}")


@rule("decoration-described", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), act=("e88epe",), owner=Owner.EDITOR)
def decoration_described(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    A picture that is described is not said to be decoration.

    Of `role="none"` a screen reader passes over the picture, and the alternative text is never heard.

    Bad: `<img src="flood.jpg" role="none" alt="A street under water">`
    Good: `<img src="flood.jpg" alt="A street under water">`
    Good: `<img src="line.png" role="none" alt="">`
    """
    for image, alt in _alternatives(page):
        if page.role_of(image) in ("none", "presentation"):
            yield (
                Attribute(image, "role"),
                say(
                    "{picture} is described as {alt} and said to be decoration; take its role away",
                    picture=_file(image),
                    alt=excerpt(alt),
                ),
            )


_PART_OF_NAME = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")


@rule("logo-named", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), act=("e88epe",))
def logo_named(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    A logo says whose it is, if no words on the page do.

    A name is information, and no decoration.

    Bad: `<p>Our partners</p><img src="rossi-logo.png" alt="">`
    Good: `<p>Our partners</p><img src="rossi-logo.png" alt="Rossi">`
    Good: `<p lang="de"><img src="rossi-logo.png" alt=""> Rossi, Bozen</p>`
    Good: `<img src="logo.png" alt="">`
    """
    for image in page.exposed("img"):
        if image.get("alt") != "" or image.get("title") or not page.is_rendered(image):
            continue
        name = re.split(r"[?#]", image.get("src") or "")[0].rpartition("/")[2].lower()
        parts = _PART_OF_NAME.findall(name.rpartition(".")[0])
        whose = [part for part in parts if part not in _OF_LOGOS and len(part) > 2]
        if "logo" not in parts or not whose or page.name_of(image):
            continue
        if not any(part in page.text_of(page.tree).lower() for part in whose):
            yield (
                Attribute(image, "alt"),
                say("{picture} has an empty alt text, and no words on the page say whose it is; name them", picture=_file(image)),
            )


_OF_LOGOS = frozenset(
    re.findall(
        r"\w+",
        "big black bright color colour dark footer header icon img large light logo main min mobile mono retina site small white",
    )
)


_SPACER = re.compile(r"(?:spacer|blank|clear|transparent|trans|shim|pixel|1x1)(?:[-_]?\d*)?\.(?:gif|png)", re.IGNORECASE)


@rule("spacer", on=Page, severity=Severity.WARNING, wcag=("1.1.1",))
def spacer(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Room is made by the style sheet, and not by a picture of nothing.

    Where pictures are named, listed or saved, it turns up among them; and it does not grow with the text.

    Bad: `<img src="spacer.gif" width="100" height="1" alt="">`
    Good: `<img src="flood.jpg" width="100" height="100" alt="A street under water">`
    Good: `<img src="https://count.example/pixel.gif" width="1" height="1" alt="">`
    """
    for image in page.exposed("img"):
        width, height = image.get("width") or "", image.get("height") or ""
        name = re.split(r"[?#]", image.get("src") or "")[0].rpartition("/")[2]
        # One that is as small as it can be counts readers; it makes no room.
        if _SPACER.fullmatch(name) and (width, height) != ("1", "1") and (width or height):
            yield image, say("{picture} only makes room; take it away, and make room by the style sheet", picture=_file(image))


_ANIMATED = re.compile(r"animat|animiert|in bewegung|in movimento", re.IGNORECASE)


@rule("picture-animated", on=Page, severity=Severity.WARNING, wcag=("2.2.2",), owner=Owner.EDITOR)
def picture_animated(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A picture that moves can be stopped.

    Beside something that moves many cannot read. Looked at are GIF files of which the page itself says that they move; if they
    come to rest within five seconds, all is well.

    Bad: `<img src="tree.gif" alt="Animated picture of a tree">`
    Bad: `<img lang="de" src="baum.gif" alt="Ein Baum, animiert">`
    Bad: `<img lang="it" src="albero-animato.gif" alt="Un albero">`
    Good: `<img src="tree.gif" alt="A tree">`
    Good: `<video src="tree.mp4" controls></video>`
    """
    for image in page.exposed("img"):
        source = re.split(r"[?#]", image.get("src") or "")[0]
        if source.lower().endswith(".gif") and _ANIMATED.search(f"{source.rpartition('/')[2]} {image.get('alt') or ''}"):
            yield (
                image,
                say("{picture} moves and cannot be stopped; show it as a video with controls, or at rest", picture=_file(image)),
            )


@rule("drawing-name", on=Page, wcag=("1.1.1",), act=("7d6734",))
def drawing_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A drawing that is said to be a picture says what it shows.

    Bad: `<svg role="img"><circle r="4"></circle></svg>`
    Bad: `<svg><circle role="graphics-symbol" r="4"></circle></svg>`
    Good: `<svg role="img"><title>One circle</title><circle r="4"></circle></svg>`
    Good: `<svg lang="de" role="img" aria-label="Ein Kreis"><circle r="4"></circle></svg>`
    Good: `<svg aria-hidden="true"><circle r="4"></circle></svg>`
    """
    for element, _ in page.aria:
        if given_role(element) not in ("img", "image", "graphics-document", "graphics-object", "graphics-symbol"):
            continue
        if (element.tag == "svg" or next(element.iterancestors("svg"), None) is not None) and not page.name_of(element):
            yield element, say("the drawing <{tag}> has no name; say what it shows in an aria-label", tag=element.tag)


_WORDS_OF_DRAWING = re.compile(r"<text\b[^>]*>(.*?)</text>", re.IGNORECASE | re.DOTALL)


@rule("drawing-of-words", on=Page, severity=Severity.WARNING, wcag=("1.4.5",), act=("0va7u6",))
def drawing_of_words(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Words are written as words, and not drawn.

    Readers cannot give them other letters, more space or other colours. Found are drawings in `data:` addresses that hold the
    words of their own alternative text. A logo is no fault.

    Bad: `<img alt="Only today" src="data:image/svg+xml;utf8,<svg><text y='9'>Only today</text></svg>">`
    Bad: `<img lang="de" alt="Nur heute" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3ENur heute%3C/text%3E%3C/svg%3E">`
    Good: `<img alt="A map with the word Rome" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3ERome%3C/text%3E%3C/svg%3E">`
    Good: `<img class="logo" alt="Only News" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3EOnly News%3C/text%3E%3C/svg%3E">`
    """
    for image, alt in _alternatives(page):
        source = image.get("src") or ""
        if not source.lower().startswith("data:image/svg") or _is_logo(image):
            continue
        head, _, data = source.partition(",")
        try:
            drawing = b64decode(unquote_to_bytes(data)).decode() if head.endswith(";base64") else unquote(data)
        except ValueError:
            continue
        drawn = " ".join(re.sub(r"<[^>]*>", " ", words) for words in _WORDS_OF_DRAWING.findall(drawing))
        if _letters(drawn) and _letters(drawn) == _letters(alt):
            yield image, say("{words} is drawn and not written; write it, in the style sheet's letters", words=excerpt(alt))


def _letters(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()


def _is_logo(image: HtmlElement) -> bool:
    """Whether a picture, or what is right around it, is called a logo."""
    around = [image, *list(image.iterancestors())[:3]]
    return any("logo" in f"{one.get('class')} {one.get('id')} {one.get('alt')}".lower() for one in around)


_SHOWN = re.compile(r"\.(?:avif|bmp|gif|jpe?g|m4a|mov|mp3|mp4|oga|ogg|ogv|png|svg|wav|webm|webp)(?:[?#]|\Z)", re.IGNORECASE)


@rule("object-name", on=Page, wcag=("1.1.1",), act=("8fc3b6",))
def object_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A picture, a sound or a video in an `object` says what it is.

    What stands in the `object` is for browsers that cannot show it, and is not its name.

    Bad: `<object data="talk.mp3"></object>`
    Bad: `<object data="map.png" alt="A map"></object>`
    Good: `<object data="talk.mp3" aria-label="The talk"></object>`
    Good: `<object data="karte.png" lang="de" title="Eine Karte"></object>`
    Good: `<object data="plan.pdf"></object>`
    """
    for element in page.exposed("object"):
        shown = _SHOWN.search(element.get("data") or "") or re.match("(?:audio|image|video)/", element.get("type") or "")
        if shown and given_role(element) not in ("none", "presentation") and not page.name_of(element):
            data = excerpt((element.get("data") or "").rpartition("/")[2])
            yield element, say("the <object> that shows {data} has no name; say what it is in an aria-label", data=data)
