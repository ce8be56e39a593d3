"""Marks in catalogs: quotation marks, punctuation, blanks, and characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from ..catalog import Bitext, Unit
from ..finding import Severity
from ..language import direction_of, script_of
from ..message import Message, language_name, say
from ..page import excerpt
from ..rule import rule

# -- quotation marks ---------------------------------------------------------------------------------------------------

QUOTES = {
    "en": ("“”", "‘’"),
    "de": ("„“", "‚‘", "»«", "›‹"),
    "it": ("«»", "“”", "‘’", "‹›"),
    "de-CH": ("«»", "‹›", "„“", "‚‘"),
    "it-CH": ("«»", "‹›", "“”", "‘’"),
    "es": ("«»", "“”", "‘’"),
    "fr": ("«»", "“”", "‹›", "‘’"),
    "nl": ("“”", "‘’", "„”", "‚’"),
    "pt": ("“”", "‘’", "«»"),
}
"""The pairs that newspapers of a language print, the usual one first."""

SPELT = {
    "en": "“…”",
    "de": say("{one} and {other}", one="„…“", other="‚…‘"),
    "it": say("{one} or {other}", one="«…»", other="“…”"),
}
ALL_QUOTES = "“”„‟«»‘‚‛‹›"
_STRAIGHT = re.compile(r'(?<![0-9])"')
_STRAIGHT_SINGLE = re.compile(r"(?<!\w)'(?=\w[^']*\w[.,!?…]?'(?!\w))")
_SECONDS = re.compile(r"(?<=[0-9][’'′][0-9]{2})[”\"]|(?<=[0-9])[”\"](?=[0-9])")
_MISTYPED = re.compile(r"[‘‚]\w\b")
OPENS = re.compile(r"(?:^|(?<=[\s(\[/–—-]))(?P<mark>[“”„‟«»‘‚‛‹›])(?=[^\W_]|[¿¡…])")


@rule("po-quotes", on=Bitext, severity=Severity.WARNING)
def po_quotes(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Quotation marks are those of the language, and every pair is whole.

    German has „…“ and ‚…‘ (in books »…«), Italian «…» or “…”, English “…” and ‘…’; Swiss German has «…». An apostrophe, and the
    marks of feet and inches, are none. Words in `<i lang>` have the marks of their own language.

    Bad: `[de paragraph] “Yes,” she said. => “Ja”, sagte sie.`
    Bad: `[de paragraph] “Yes,” she said. => "Ja", sagte sie.`
    Bad: `[de paragraph] “Yes,” she said. => „Ja”, sagte sie.`
    Bad: `[de paragraph] “Yes,” she said. => „Ja, sagte sie.`
    Bad: `[it paragraph] “Yes,” she said. => „Sì“, ha detto.`
    Bad: `[en paragraph] „Ja“, sagte sie. => «Yes,» she said.`
    Good: `[de paragraph] “The word ‘home’,” she said. => „Das Wort ‚Heimat‘“, sagte sie.`
    Good: `[it paragraph] “Yes,” she said. => «Sì», ha detto all’ospite.`
    Good: `[it paragraph] “Yes,” she said. => “Sì”, ha detto.`
    Good: `[de-CH paragraph] “Yes,” she said. => «Ja», sagte sie.`
    """
    pairs = QUOTES.get(bitext.language) or QUOTES.get(bitext.language.split("-")[0])
    for unit in bitext.units if pairs else ():
        if pairs and (fault := _quote_fault(unit.prose, pairs, bitext.language)):
            yield unit, fault


def _quote_fault(words: str, pairs: tuple[str, ...], language: str) -> Message | None:
    one, other = ("…".join(pair) for pair in pairs[:2])
    marks = SPELT.get(language) or say("{one} or {other}", one=one, other=other)
    has = say("{language} has {marks}", language=language_name(language), marks=marks)
    if _STRAIGHT.search(words) or _STRAIGHT_SINGLE.search(words):
        return say("the quotation marks are straight; {has}", has=has)
    words = _SECONDS.sub("", words)
    allowed = "".join(pairs)
    for mark in words:
        if mark in ALL_QUOTES and mark not in allowed:
            own = language_name(language)
            return say("the quotation mark {mark} is not one of {language}; it has {marks}", mark=mark, language=own, marks=marks)
    openers = {pair[0] for pair in pairs}
    for match in OPENS.finditer(words):
        # A single mark before one letter is an apostrophe that was typed the wrong way round: ‘n, ‘s.
        if match["mark"] not in openers and not _MISTYPED.match(words, match.start()):
            return say("the quotation mark {mark} opens and should close; {has}", mark=match["mark"], has=has)
    for last in dict.fromkeys(pair[1] for pair in pairs):
        # Dutch has “…” and „…”: what closes may have been opened by either.
        firsts = [pair[0] for pair in pairs if pair[1] == last]
        # ’ is an apostrophe too, so that pairs with it cannot be counted.
        if last != "’" and sum(map(words.count, firsts)) != words.count(last):
            first = next((mark for mark in firsts if mark in words), firsts[0])
            return say("a quotation mark {pair} has no partner; add it, or take the other away", pair=f"{first}…{last}")
    return None


# -- punctuation -------------------------------------------------------------------------------------------------------

_END = re.compile(r"[.?!:;…。．？！：；؟؛।።՝۔။\u037e]")
_SAME_END = {"？": "?", "！": "!", "：": ":", "；": ";", "؟": "?", "؛": ";"} | dict.fromkeys("。．।።۔။", ".")
_GREEK_END = {";": "?", "\u037e": "?"}
_CLOSERS = "\"'“”„«»‘’‚‹›)]}*\ufffc \u00a0\u202f」』）】》〉"
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|[ap]\.\s?m|U\.S|Inc|Ltd|Co|Corp|Jr|Sr|St|etc|et al|No|approx|vs"
    r"|usw|etc|u\.\s?a|z\.\s?B|d\.\s?h|v\.\s?Chr|n\.\s?Chr|bzw|ff|e\.\s?V|Chr|Nr|Str|ca"
    r"|ecc|S\.\s?p\.\s?A|a\.\s?C|d\.\s?C|pag|n|dott|prof|sig|artt?))\.[^\w]*\Z"
)
_ORDINAL = re.compile(r"(?<![0-9])[0-9]{1,2}\.[^\w]*\Z")


def _end(words: str, language: str) -> set[str]:
    """The marks that a text ends with, those before a closing quotation mark or bracket too."""
    marks: set[str] = set()
    same = _SAME_END | _GREEK_END if language.split("-")[0] == "el" else _SAME_END
    for mark in reversed(words.rstrip().replace("...", "…")):
        if mark not in _CLOSERS:
            if not _END.match(mark):
                break
            marks.add(same.get(mark, mark))
    return marks


@rule("po-end-mark", on=Bitext, severity=Severity.WARNING)
def po_end_mark(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A translation ends with the mark that its source ends with.

    A question stays one, a colon announces what follows, and a full stop makes a voice pause. The full stop of an abbreviation or
    an ordinal number counts or not, as it fits.

    Bad: `[de heading] Who pays? => Wer zahlt`
    Bad: `[de paragraph] It is open again. => Sie ist wieder offen`
    Bad: `[it paragraph] The reasons: => I motivi.`
    Good: `[it quote] He asked: “Why?” => Ha chiesto: «Perché?».`
    Good: `[de headline] Jobs in the U.S. => Arbeit in den USA`
    Good: `[de paragraph] Wait... => Warte …`
    """
    for unit in bitext.units:
        if unit.role.name == "slug":
            continue
        there, here = _end(unit.source_plain, unit.source_language), _end(unit.plain, unit.language)
        if there == here or there & here or (not here and _needs_no_mark(unit)):
            continue
        if there | here == {"."} and _is_short(
            *((unit.plain, unit.language) if here else (unit.source_plain, unit.source_language))
        ):
            continue
        if not any(letter.isalnum() for letter in unit.plain):
            continue
        wanted, found = " ".join(sorted(there)), " ".join(sorted(here))
        if not wanted:
            yield unit, say("the translation ends with {found} and the source with no mark; take it away", found=found)
        elif not found:
            yield unit, say("the source ends with {wanted} and the translation with no mark; add it", wanted=wanted)
        else:
            told = {"wanted": wanted, "found": found}
            yield unit, say("the source ends with {wanted} and the translation with {found}; write the source's", **told)


def _needs_no_mark(unit: Unit) -> bool:
    """Whether a text says by itself how it ends: in Thai and Lao always, in Japanese a question with か and speech."""
    language, words = unit.language.split("-")[0], unit.plain.rstrip()
    return language in ("th", "lo") or (language == "ja" and words.endswith(("か", "」", "』")))


def _is_short(words: str, language: str) -> bool:
    """Whether the full stop at the end may be that of an abbreviation or, in German, of an ordinal number."""
    return bool(_ABBREVIATED.search(words) or (language.startswith("de") and _ORDINAL.search(words)))


_ENUMERATED = re.compile(r"(?:^|(?<=[\s;,]))\(?(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})\)(?=\s|$)|[:;]-?[()]")


@rule("po-brackets", on=Bitext, severity=Severity.WARNING)
def po_brackets(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Every bracket has its partner, where those of the source have.

    Bad: `[de paragraph] The MoU (signed in May) => Die Erklärung (unterzeichnet im Mai`
    Bad: `[it transcript] [Laughter] Well … => [Risate Be’ …`
    Good: `[de paragraph] Either a) or b) => Entweder a) oder b)`
    """
    for unit in bitext.units:
        for first, last in (("(", ")"), ("[", "]"), ("{", "}")):
            if first not in unit.plain and last not in unit.plain:
                continue
            there, here = _open_brackets(unit.source_plain, first, last), _open_brackets(unit.plain, first, last)
            if here and not there:
                alone = first if here > 0 else last
                yield unit, say("a bracket {bracket} has no partner; add the other one, or take it away", bracket=alone)
                break


def _open_brackets(words: str, first: str, last: str) -> int:
    words = _ENUMERATED.sub("", words)
    return words.count(first) - words.count(last)


# A comma that has its blank before it and not behind it, too: “Das Haus ,das”.
_BLANK_BEFORE = re.compile(r"\w[»“”’)\]]?[ \u00a0]+([,;:?!](?=\s|$|[»“”])|\.(?!\w|\.)(?=\s|$|[»“”])|,(?=[^\W\d]))")


@rule("po-blank-before-mark", on=Bitext, severity=Severity.WARNING)
def po_blank_before_mark(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    No blank stands before a comma, a colon, a question mark or the like, where the language has none there.

    Looked at are English, German and Italian. French has one before some marks, and the ellipsis has one in German.

    Bad: `[de paragraph] Who pays? => Wer zahlt ?`
    Bad: `[it paragraph] First, we listen. => Prima , ascoltiamo.`
    Good: `[de paragraph] We wait… => Wir warten …`
    """
    if bitext.language.split("-")[0] not in ("en", "de", "it"):
        return
    for unit in bitext.units:
        match = _BLANK_BEFORE.search(unit.plain)
        if match and not _BLANK_BEFORE.search(unit.source_plain):
            yield unit, say("a blank stands before {mark} in {words}; take it away", mark=match[1], words=excerpt(match[0]))


# -- blanks ------------------------------------------------------------------------------------------------------------


_BLANKS = re.compile(r"[ \t\n\u00a0]{2,}")


@rule("po-double-space", on=Bitext, severity=Severity.WARNING)
def po_double_space(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Words are parted by one blank, where they are in the source. A line break within a text is a blank too.

    Bad: `[de paragraph] The bridge is open. => Die Brücke  ist offen.`
    Good: `[de paragraph] The bridge is open. => Die Brücke ist offen.`
    """
    for unit in bitext.units:
        words = unit.words.strip()
        match = _BLANKS.search(words)
        if match and not _BLANKS.search(unit.source.strip()):
            before, after = words[: match.start()].split()[-1:], words[match.end() :].split(maxsplit=1)[:1]
            told = {"before": "".join(before), "after": "".join(after)}
            yield unit, say("more than one blank stands between “{before}” and “{after}”; leave one", **told)


@rule("po-outer-space", on=Bitext, severity=Severity.WARNING)
def po_outer_space(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A translation begins and ends with a blank only if its source does.

    Bad: `[de heading] The bridge => " Die Brücke"`
    Bad: `[de heading] The bridge => "Die Brücke "`
    Good: `[de heading] The bridge => Die Brücke`
    """
    for unit in bitext.units:
        if not unit.words.strip():
            continue
        there, here = unit.source[:1].isspace(), unit.words[:1].isspace()
        if here and not there:
            yield unit, say("the translation begins with white space; take it away")
        elif there and not here:
            yield unit, say("the source begins with white space and the translation does not; add it")
        there, here = unit.source[-1:].isspace(), unit.words[-1:].isspace()
        if here and not there:
            yield unit, say("the translation ends with white space; take it away")
        elif there and not here:
            yield unit, say("the source ends with white space and the translation does not; add it")


# -- what nobody sees --------------------------------------------------------------------------------------------------

_NAMES = {
    "\u200b": say("a zero width space"),
    "\ufeff": say("a byte order mark"),
    "\u2028": say("a line separator"),
    "\u2029": say("a paragraph separator"),
    "\t": say("a tabulator"),
}
_JOINERS = "\u200c\u200d"
_JOINED_SCRIPTS = frozenset(
    {"Arab", "Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Mlym", "Mymr", "Orya", "Sinh", "Taml", "Telu"}
)
_OPENED = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENED |= dict.fromkeys("\u2066\u2067\u2068", "\u2069")
# UTF-8 that was read as Windows-1252: Ã¤ for ä, â€ž for „. The other way round comes out as U+FFFD.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|â€|Â[\u00a0-\u00bf]|\ufffd")
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\uffff]"
    f"|{_MOJIBAKE.pattern}"
)
_SOFT_HYPHEN = re.compile("(?<![^\\W\\d_])\u00ad|\u00ad(?![^\\W\\d_])")


@rule("po-invisible", on=Bitext, severity=Severity.WARNING)
def po_invisible(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    No invisible or broken characters stand in a translation that are not in its source.

    A screen reader may spell them or stop at them, and a search does not find the word. A no-break space is fine, and so is a
    soft hyphen between two letters. Marks of direction are in pairs, and alone only where the script runs from right to left.

    Bad: `[de heading] The bridge => Die Brü\\u200bcke`
    Bad: `[de heading] The bridge => Die \\u00adBrücke`
    Bad: `[de heading] The bridge => Die \\u2067Brücke`
    Bad: `[de heading] The bridge => Die BrÃ¼cke`
    Good: `[de heading] Strategy for sustainability => Nachhaltigkeits\\u00adstrategie`
    Good: `[de paragraph] 20 percent => 20\\u00a0%`
    """
    for unit in bitext.units:
        if not _SUSPECT.search(unit.words):
            continue
        if (broken := _MOJIBAKE.search(unit.words)) and not _MOJIBAKE.search(unit.source):
            words = unit.words[max(broken.start() - 6, 0) : broken.end() + 6]
            yield (
                unit,
                say("“{words}” was saved in the wrong character set; write it anew, and save the file as UTF-8", words=words),
            )
        elif (found := _unseen(unit)) and found not in _unseen_in(unit.source, unit.source_language):
            yield unit, say("the translation holds {found}; take it out", found=found)


def _unseen(unit: Unit) -> Message | None:
    return next(_unseen_in(unit.words, unit.language), None)


def _unseen_in(words: str, language: str) -> Iterator[Message]:
    inner = words.strip()
    for at, character in enumerate(inner):
        if name := _name_of(character, inner[at - 1] if at else "", language):
            code, before = f"U+{ord(character):04X}", inner[max(at - 12, 0) : at]
            yield say("{character} ({code}) after “{words}”", character=name, code=code, words=before)
    if match := _SOFT_HYPHEN.search(inner):
        before = inner[max(match.start() - 12, 0) : match.start()]
        yield say("a soft hyphen (U+00AD) that stands not within a word, after “{words}”", words=before)
    opened: list[str] = []
    for character in inner:
        if character in _OPENED:
            opened.append(_OPENED[character])
        elif opened and character == opened[-1]:
            opened.pop()
        elif character in "\u202c\u2069":
            opened.append("")
    if opened:
        yield say("a mark of direction that has no partner")


def _name_of(character: str, before: str, language: str) -> Message | None:
    """What a character is called that should not stand in a text, behind the one before it; None for one that may."""
    if character in _NAMES:
        return _NAMES[character]
    if character in _JOINERS:
        is_emoji = bool(before) and unicodedata.category(before) in ("So", "Sk", "Mn")
        return None if is_emoji or script_of(language) in _JOINED_SCRIPTS else say("a joiner")
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") and character != "\n":
        return say("a control character")
    if character in "\u200e\u200f\u061c" and direction_of(language) == "ltr":
        return say("a mark of direction")
    return None
