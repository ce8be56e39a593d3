"""
Pseudo-translations: catalogs written by a program, to see what a page does in another language before anybody has translated it.

`en-XA` has accents on its letters, texts that are longer by 40 per cent, and brackets around them: what is cut off, does not wrap
or cannot be translated is seen at a glance. `ar-XB` is written in Arabic letters, from right to left. The tags are CLDR's. What
translators keep is kept: addresses, {fields}, markup, words of another language, names that stay, digits.
"""

import gettext
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from . import markup
from .article import ROLES, Article, Role, names, slug_fault
from .catalog import EMAIL, UI_DOMAIN, path_of
from .config import for_language
from .errors import Fault, NothingToDo, RecordError, TemplateFault
from .extract import at_address, record_entries, ui_entries
from .language import name_of
from .markup import Level
from .merge import Wanted, merge
from .po import PoFile
from .site import Site, find_records, read_record

ACCENTED, MIRRORED = "en-XA", "ar-XB"
LOCALES = (ACCENTED, MIRRORED)
"""The pseudo-locales that there are."""

_GROWTH = 1.4
_OPEN, _CLOSE = "⟦", "⟧"
_PADDING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# Letters of one code point and two bytes, so that the longest slug is still the name of a file. There is none for m, q, v and x.
_PLAIN = "ABCDEFGHIJKLNOPRSTUWYZabcdefghijklnoprstuwyz"
_ACCENTS = "ÅɃÇĎÉƑĜĤÎĴĶĻÑÖÞŔŠŢÛŴÝŽåƀçďéƒĝĥîĵķļñöþŕšţûŵýž"
_WITH_ACCENTS = {ord(letter): accented for letter, accented in zip(_PLAIN, _ACCENTS, strict=True)}

# A letter of the basic Arabic alphabet, which every Arabic font has, for each Latin one; by sound where there is one.
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابصدعفغهيجكلمنوحقرستئظطخىز", strict=True))
# The letters that are no plain letter with a mark on it.
_LIKE = dict(zip("ßæœøłđðþıŋħŧſ", "saoolddtinhts", strict=True))


def _mirrored_letters() -> dict[int, str]:
    letters = {}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        small = chr(code).lower()
        base = _LIKE.get(small) or unicodedata.normalize("NFD", small)[0]
        if base in _ARABIC:
            letters[code] = _ARABIC[base]
    return letters


_LETTERS: dict[str, dict[int, str]] = {ACCENTED: _WITH_ACCENTS, MIRRORED: _mirrored_letters()}

_FIELD = r"\{\w+\}"
_SPAN = r"[^\s<>\[\]*\\\"]"
_ADDRESS = rf"(?:https?://|www\.){_SPAN}+|{EMAIL.pattern}|(?<![\w@.-])(?:[\w-]+\.)+[a-z]{{2,}}(?![\w@-])(?:/{_SPAN}*)?"
# Only what has letters in it need be kept: all other markup is the same when the words around it are others.
_TARGET = r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
_FOREIGN = r"<i lang=(?P<quote>[\"'])[^\"'<>]*(?P=quote)>(?:.*?</i>)?|</i>"


def translate(words: str, locale: str, *, level: Level = Level.NONE, keep: Sequence[str] = (), most: int | None = None) -> str:
    """
    The words in a pseudo-locale.

    `level` says which markup they can hold, `keep` names what stays in them, `most` is the length in characters to stay within:
    padding and then the brackets are left out where there is no room for them. Letters that are not Latin stay as they are.
    """
    letters = _LETTERS[locale]
    kept = [_FOREIGN, _TARGET] if level is not Level.NONE else []
    if keep:
        kept.append(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(keep, key=len, reverse=True)))})(?!\w)")
    changed, at = [], 0
    for found in re.finditer("|".join([*kept, _FIELD, _ADDRESS]), words, re.DOTALL):
        changed += [words[at : found.start()].translate(letters), found[0]]
        at = found.end()
    written = "".join(changed) + words[at:].translate(letters)
    return _grown(written, level, most) if locale == ACCENTED else written


def _grown(words: str, level: Level, most: int | None) -> str:
    """The words, longer by two fifths of what is seen of them, in brackets, as far as there is room."""
    missing = len(markup.plain(markup.parse(words, level))) * (_GROWTH - 1)
    room = math.inf if most is None else most - len(_OPEN + _CLOSE)
    grown = words
    for word in cycle(_PADDING):
        if len(grown) - len(words) >= missing or len(grown) + 1 + len(word) > room:
            break
        grown += f" {word.translate(_WITH_ACCENTS)}"
    return f"{_OPEN}{grown}{_CLOSE}" if len(grown) <= room else words


def translate_slug(words: str, locale: str) -> str:
    """A slug in a pseudo-locale: one with other letters, as long as it was; where that were none, the slug itself."""
    written = words.translate(_LETTERS[locale])
    return words if slug_fault(written) else written


@dataclass(frozen=True, slots=True)
class Filled:
    """One catalog."""

    file: str
    entries: int
    written: bool
    """False where it held all of this already."""


@dataclass(slots=True)
class Filling:
    """What came of it."""

    catalogs: list[Filled] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Records and templates that could not be read; nothing was written for them."""


def fill(site: Site, locales: Sequence[str] = LOCALES, out: Path | None = None) -> Filling:
    """
    Write the catalogs of pseudo-locales: of every record, and of the page's own words.

    They lie in the site's gettext tree or in the one at `out`, and are written anew each time; a catalog that says the same
    already is not touched. A record that names its languages takes part in those alone. Raises NothingToDo where there is no
    record.
    """
    records = find_records(site.config.folder("news"))
    if not records:
        raise NothingToDo(f"no record was found in {site.shown(site.config.folder('news'))}/; there is nothing to translate")
    folder = out or site.config.folder("locales")
    filling = Filling()
    try:
        own_words = ui_entries(site.renderer.ui_messages())
    except TemplateFault as error:
        filling.faults += error.faults
        own_words = []
    for locale in locales if own_words else ():
        filling.catalogs.append(_write(site, folder, locale, UI_DOMAIN, own_words, ()))
    for record in records:
        try:
            article = read_record(record, site.shown(record))
        except RecordError as error:
            filling.faults += error.faults
            continue
        wanted = record_entries(article)
        kept = [name.words for name in names(article)]
        for locale in locales:
            if not article.languages or locale in article.languages:
                placed = at_address(wanted, _address(site, article, locale))
                filling.catalogs.append(_write(site, folder, locale, article.id, placed, kept))
    return filling


def _address(site: Site, article: Article, locale: str) -> str:
    slug = translate_slug(article.slug.words, locale) if article.slug else article.id
    path = site.address_of(article, locale, slug)
    return site.config.site_url + quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)


def _write(site: Site, folder: Path, locale: str, domain: str, wanted: list[Wanted], keep: Sequence[str]) -> Filled:
    path = path_of(folder, locale, domain)
    project = for_language(site.config.name, "en")
    notes = [f"{name_of(locale, 'en')}, by “a11ynews catalog pseudo”.", "Do not edit it: each run writes it anew."]
    po = PoFile.new(locale, site.shown(path), project=project[0] if project else "", comments=notes)
    merge(po, wanted)
    singular = _singular_form(po)
    for entry in po.live:
        role = None if domain == UI_DOMAIN else ROLES[entry.context]
        sources = {index: entry.plural if entry.plural and index != singular else entry.id for index in entry.strings}
        entry.set_strings({index: _string(source, locale, role, keep) for index, source in sources.items()})
    return Filled(po.file, len(po.live), po.write(path))


def _string(words: str, locale: str, role: Role | None, keep: Sequence[str]) -> str:
    if role is None:
        return translate(words, locale)
    if role.name == "slug":
        return translate_slug(words, locale)
    return translate(words, locale, level=role.level, keep=keep, most=role.most)


def _singular_form(po: PoFile) -> int:
    """The index of the plural form that one thing has."""
    return gettext.c2py(po.plural_forms.partition("plural=")[2].rstrip("; "))(1)
