"""
What a picture says of itself for people who do not see it, in its IPTC metadata.

The IPTC Photo Metadata Standard (2021.1) has two properties for it, `Alt Text (Accessibility)` and `Extended Description
(Accessibility)`, each in any number of languages; they stand in the file's XMP packet (ISO 16684-1). They are proposals: whoever
publishes the picture decides what it is there for, so nothing here ever becomes an `alt` by itself (ATAG 2.0, B.2.3.2).
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from PIL import Image

from .errors import LanguageError
from .language import chain_of, name_of, same_language, tag_of
from .model import fold, is_blank
from .provenance import strike

MOST_BYTES = 1024 * 1024
"""No packet of a camera or an agency comes near this."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""What a page can show; what else Pillow reads, with a program of its own for some, is not even opened."""
_MOST_CHARACTERS = 4000
_MOST_LANGUAGES = 200

_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALT = f"{{{_CORE}}}AltTextAccessibility"
DESCRIPTION = f"{{{_CORE}}}ExtDescrAccessibility"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The texts for people who do not see a picture, by language; under "" one whose language is not said."""

    alt: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    """Why they could not be read, where there is something to read."""

    def __bool__(self) -> bool:
        return bool(self.alt or self.description)


def words_for(texts: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """The words for a language with the tag that they are marked with; None where there are none in it."""
    for tag in (*chain_of(language), *(tag for tag in texts if tag and same_language(tag, language))):
        if words := texts.get(tag):
            return words, tag
    return None


def offers(spoken: Spoken, language: str) -> list[tuple[str, str]]:
    """
    What a picture carries, for whoever writes its texts in a language: what is said of each, and its words.

    What is in that language stands first.
    """
    found = []
    for texts, key, name in ((spoken.alt, "alt", "Alt Text"), (spoken.description, "description", "Extended Description")):
        own = words_for(texts, language)
        for tag, words in sorted(texts.items(), key=lambda item: (own is None or item[1] != own[0], item[0])):
            who = f"in {name_of(tag, 'en')}" if tag else "in a language that it does not name"
            told = f"The picture carries a text for “{key}” {who} (IPTC, {name}); look at it before you take that over:"
            found.append((told, f"“{words}”"))
    return found


def read(path: Path) -> Spoken:
    """
    What a picture carries. Nothing, where it carries nothing or is none that can be read: whoever renders it is told that.

    A packet that is too large, declares entities or is no XML is not read; `problem` says so.
    """
    if path.suffix.lower() == ".svg":
        return Spoken()
    try:
        with warnings.catch_warnings():
            # Of large pictures and odd EXIF data: what matters is told where the picture is rendered.
            warnings.simplefilter("ignore")
            Image.init()
            with Image.open(path, formats=[kind for kind in _FORMATS if kind in Image.OPEN]) as picture:
                packet = picture.info.get("xmp") or b""
    except Exception:  # noqa: BLE001  # a decoder can raise anything at a damaged file
        return Spoken()
    return parse(packet.encode() if isinstance(packet, str) else bytes(packet))


def parse(packet: bytes) -> Spoken:
    """What an XMP packet holds of the two properties."""
    packet = packet.strip(b"\x00 \t\r\n")
    if not packet:
        return Spoken()
    if len(packet) > MOST_BYTES:
        return Spoken(problem=f"its metadata has {len(packet):,} bytes, more than the {MOST_BYTES:,} that are looked at")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Spoken(problem="its metadata is no XML that can be read")
    if root.getroottree().docinfo.internalDTD is not None:
        return Spoken(problem="its metadata declares a document type, which can hold entities")
    return Spoken(_texts(root, ALT), _texts(root, DESCRIPTION))


def _texts(root: etree._Element, name: str) -> dict[str, str]:
    """A property in all its forms: a list by language, a plain element, an attribute of the description."""
    found: dict[str, str] = {}

    def add(tag: str, words: str) -> None:
        words = fold(strike(words[:_MOST_CHARACTERS]))
        if not is_blank(words) and len(found) < _MOST_LANGUAGES:
            found.setdefault(tag, words)

    for element in root.iter(name):
        items = list(element.iter(f"{{{_RDF}}}li"))
        for item in items:
            add(_tag(item.get(_LANG)), str(item.xpath("string()")))
        if not items:
            add(_tag(element.get(_LANG)), str(element.xpath("string()")))
    for element in root.iter(f"{{{_RDF}}}Description"):
        if words := element.get(name):
            add("", str(words))
    # `x-default` repeats one of the others for programs that know no languages.
    if len(found) > 1 and found.get("") in [words for tag, words in found.items() if tag]:
        del found[""]
    return found


def _tag(written: str | None) -> str:
    try:
        return tag_of(str(written or ""))
    except LanguageError:
        return ""
