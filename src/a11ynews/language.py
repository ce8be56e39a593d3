"""
Languages by their BCP 47 tags, with what the Unicode CLDR knows of them (through Babel).

A *tag* is what stands in HTML (`de-AT`, `sr-Latn`); a *folder* is gettext's spelling of it (`de_AT`, `sr_Latn`).
"""

import difflib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list

from .errors import LanguageError

_SHAPE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?(?:[-_][A-Za-z0-9]{5,8})*\Z")
_SCRIPT_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}


@cache
def tag_of(code: str) -> str:
    """
    The BCP 47 tag, in its usual case, of a tag or of a folder name: `de_at` gives `de-AT`, `sr@latin` gives `sr-Latn`.

    Raises LanguageError when it is none, or when CLDR knows no such language.
    """
    text, _, modifier = code.partition("@")
    if script := _SCRIPT_MODIFIERS.get(modifier.lower()):
        language, _, rest = text.partition("_")
        text = f"{language}_{script}" + (f"_{rest}" if rest else "")
    if not _SHAPE.match(text):
        near = _by_name(code)
        hint = f"did you mean “{near[0]}”?" if near else "write one such as “en”, “de-AT” or “sr-Latn”"
        raise LanguageError(f"{code!r} is no language tag; {hint}")
    parts = re.split("[-_]", text)
    usual = (part.title() if len(part) == 4 else part.upper() if len(part) <= 3 else part.lower() for part in parts[1:])
    tag = [parts[0].lower(), *usual]
    names: Mapping[str, str] = Locale("en").languages
    if tag[0] not in names:
        near = difflib.get_close_matches(tag[0], names, 1) or _by_name(code)
        hint = f"; did you mean “{near[0]}”?" if near else "; write a tag of ISO 639 such as “en”, “de” or “it”"
        raise LanguageError(f"{code!r} is no language that the Unicode CLDR knows{hint}")
    return "-".join(tag)


def _by_name(name: str) -> list[str]:
    return [tag for tag, english in Locale("en").languages.items() if english.lower() == name.lower()][:1]


@cache
def locale_of(tag: str) -> Locale:
    """
    The nearest locale that CLDR has data for: `de-AT` as it is, `en-XA` as `en`; for a language without data, `en`.

    Only for what CLDR formats (dates, lists, names); never for what a page says of its own language.
    """
    parts = tag_of(tag).split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:length]))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def folder_of(tag: str) -> str:
    """The folder of a language in a gettext tree: `de-AT` gives `de_AT`."""
    return tag.replace("-", "_")


@cache
def chain_of(tag: str) -> tuple[str, ...]:
    """The tags whose catalogs can serve a language, the most specific first: `de-AT` gives (`de-AT`, `de`)."""
    parts = tag.split("-")
    chain = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    # A region can imply a script that the bare language does not have: zh-TW is written zh-Hant, and zh is zh-Hans.
    if script_of(tag) != script_of(parts[0]):
        chain = [link for link in chain if script_of(link) == script_of(tag)] + [f"{parts[0]}-{script_of(tag)}"]
    return tuple(dict.fromkeys(chain))


@cache
def script_of(tag: str) -> str:
    """The ISO 15924 code of the script a language is written in, by CLDR's likely subtags: `it` gives `Latn`."""
    parts = tag.split("-")
    likely = get_global("likely_subtags")
    for part in parts[1:]:
        if len(part) == 4:
            return part
    for key in ("_".join(parts[:2]), parts[0]):
        if found := likely.get(key):
            return str(found).split("_")[1]
    return "Latn"


def same_language(tag: str, other: str) -> bool:
    """True where a voice that reads the one reads the other rightly: same language and script, whatever the region."""
    return tag == other or (tag.split("-")[0] == other.split("-")[0] and script_of(tag) == script_of(other))


@cache
def direction_of(tag: str) -> str:
    """`ltr` or `rtl`, by the script."""
    return "rtl" if script_of(tag) in _RIGHT_TO_LEFT else "ltr"


# The scripts that Unicode gives right-to-left letters; CLDR holds the direction by locale, and has none for pseudo-locales.
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})


@cache
def name_of(tag: str, display: str) -> str:
    """The name of a language in another, as CLDR writes it in running text: `de` in `it` gives `tedesco`."""
    return str(locale_of(tag).get_display_name(locale_of(display)) or tag)


@cache
def native_name_of(tag: str) -> str:
    """A language's own name for itself, with the capital that a menu has: `it` gives `Italiano`."""
    name = name_of(tag, tag)
    return name[:1].upper() + name[1:]


def format_day(moment: datetime, tag: str) -> str:
    """The day in words, as CLDR's long form has it: `14. November 2022`."""
    return format_date(moment.date(), "long", locale_of(tag))


def format_names(names: list[str], tag: str) -> str:
    """A list in words: `A, B und C`."""
    return format_list(names, locale=locale_of(tag))


@cache
def territory_form(tag: str) -> str:
    """The `language_TERRITORY` form that Open Graph's `og:locale` asks for, by CLDR's likely subtags: `de` gives `de_DE`."""
    parts = tag.split("-")
    for part in parts[1:]:
        if len(part) in (2, 3):
            return f"{parts[0]}_{part}"
    likely = str(get_global("likely_subtags").get("_".join(parts)) or get_global("likely_subtags").get(parts[0]) or "")
    return f"{parts[0]}_{likely.split('_')[2]}" if likely.count("_") == 2 else parts[0]
