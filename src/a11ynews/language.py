"""
Languages by their BCP 47 tags, with what the Unicode CLDR knows of them (through Babel).

A *tag* is what stands in HTML (`de-AT`, `sr-Latn`); a *folder* is gettext's spelling of it (`de_AT`, `sr_Latn`).
"""

import difflib
import re
from datetime import datetime
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list

from .errors import LanguageError, shorten

_SHAPE = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?(?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\Z"
)
_SCRIPT_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}
# The regions by which CLDR names its pseudo-locales: XA for accents (`en-XA`), XB for writing from right to left (`ar-XB`).
_PSEUDO_REGIONS = frozenset({"XA", "XB"})
# “More than one”, “not known” and the like: no page is written in them.
_NO_LANGUAGES = frozenset({"mis", "mul", "root", "und", "zxx"})


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
    elif modifier:
        # A modifier can also be a variant (“ca@valencia”); that of the currency is no matter of language.
        text = text if modifier == "euro" else f"{text}_{modifier}"
    if not _SHAPE.match(text):
        raise LanguageError(f"{shorten(code)!r} is no language tag; {_hint_for(code)}")
    parts = re.split("[-_]", text)
    usual = (part.title() if len(part) == 4 else part.upper() if len(part) <= 3 else part.lower() for part in parts[1:])
    tag = [parts[0].lower(), *usual]
    # CLDR has no name for some languages that it knows (Ladin); codes that have been replaced, it knows as aliases (“iw”).
    is_known = tag[0] in get_global("likely_subtags") and tag[0] not in get_global("language_aliases")
    if tag[0] in _NO_LANGUAGES or not (is_known or tag[0] in Locale("en").languages):
        raise LanguageError(f"{code!r} is no language that the Unicode CLDR knows; {_hint_for(code)}")
    return "-".join(tag)


def _hint_for(code: str) -> str:
    """What somebody may have meant who wrote `deu`, `cz`, `german`, `de_DE.UTF-8` …"""
    near = _nearest(code[:40].strip().lower())
    return f"did you mean “{near}”?" if near else "write one such as “en”, “de-AT” or “sr-Latn”"


@lru_cache(maxsize=256)  # one that is wrong often stands in many records, and is compared with all names there are
def _nearest(code: str) -> str:
    posix = re.match(r"([a-z]{2,3})_([a-z]{2})\.", code)
    if posix:
        return f"{posix[1]}-{posix[2].upper()}"
    primary, *rest = re.split("[-_]", code)
    if alias := str(get_global("language_aliases").get(primary, "")).replace("_", "-"):
        return "-".join([alias, *(part.upper() for part in rest if len(part) == 2)])
    if of_country := get_global("likely_subtags").get(f"und_{code.upper()}"):
        return str(of_country).split("_")[0]
    if len(code) < 4:
        return ""
    names = _names()
    near = difflib.get_close_matches(code, names, 1, 0.85)
    return names[near[0]].replace("_", "-") if near else ""


@cache
def _names() -> dict[str, str]:
    """Tags by the names of their languages in English, and in the languages of Europe in these."""
    own = {str(Locale(tag).languages.get(tag)).lower(): tag for tag in _OF_EUROPE}
    return {name.lower(): tag for tag, name in Locale("en").languages.items()} | own


_OF_EUROPE = re.findall(
    "[a-z]+",
    "bg bs ca cs cy da de el en es et eu fi fr ga gl hr hu is it lb lt lv mk mt nb nl nn pl pt rm ro ru sk sl sq sr sv tr uk",
)


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
def is_pseudo(tag: str) -> bool:
    """
    Whether a tag is that of a pseudo-locale (UTS #35): `en-XA`, `ar-XB`.

    Nobody speaks it: it is written by a program, to show before any translator has begun what a page does with other words. So it
    is a language of its own, and neither English nor Arabic words are words of it.
    """
    return not _PSEUDO_REGIONS.isdisjoint(tag.upper().split("-")[1:])


@cache
def chain_of(tag: str) -> tuple[str, ...]:
    """The tags whose catalogs can serve a language, the most specific first: `de-AT` gives (`de-AT`, `de`)."""
    if is_pseudo(tag):
        return (tag,)
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
    """
    True where a voice that reads the one reads the other rightly: same language and script, whatever the region.

    A pseudo-locale is the same as itself alone.
    """
    if tag == other:
        return True
    alike = tag.split("-")[0] == other.split("-")[0] and script_of(tag) == script_of(other)
    return alike and not is_pseudo(tag) and not is_pseudo(other)


@cache
def direction_of(tag: str) -> str:
    """`ltr` or `rtl`, by the script."""
    return "rtl" if script_of(tag) in _RIGHT_TO_LEFT else "ltr"


# The scripts that Unicode gives right-to-left letters; CLDR holds the direction by locale, and has none for pseudo-locales.
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})


@cache
def name_of(tag: str, display: str) -> str:
    """
    The name of a language in another, as CLDR writes it in running text: `de` in `it` gives `tedesco`.

    Where the other has no word for it, the English one; where English has none, the tag.
    """
    locale, shown, english = locale_of(tag), locale_of(display), Locale("en")
    language, *rest = tag_of(tag).split("-")
    if locale.language == language and len(rest) <= sum(map(bool, (locale.script, locale.territory, locale.variant))):
        return str(locale.get_display_name(shown) or tag)
    # Babel names only what it has data for; the names of all the others are in the data of the languages that it has.
    name = shown.languages.get(language) or english.languages.get(language)
    if name is None:
        return tag
    known = (shown.scripts, shown.territories, shown.variants, english.territories)
    details = [next((str(names[key]) for names in known for key in (part, part.upper()) if key in names), part) for part in rest]
    return str(name) + (f" ({', '.join(details)})" if details else "")


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
