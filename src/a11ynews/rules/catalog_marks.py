"""Marks in catalogs: quotation marks, punctuation, blanks, and characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from ..catalog import Bitext, Unit
from ..finding import Severity
from ..language import direction_of, name_of, script_of
from ..page import excerpt
from ..rule import rule

# -- quotation marks ---------------------------------------------------------------------------------------------------

_QUOTES = {
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

_SPELT = {"en": "“…”", "de": "„…“ and ‚…‘", "it": "«…» or “…”"}
_ALL_QUOTES = "“”„‟«»‘‚‛‹›"
_STRAIGHT = re.compile(r'(?<![0-9])"')
_STRAIGHT_SINGLE = re.compile(r"(?<!\w)'(?=\w[^']*\w[.,!?…]?'(?!\w))")
_SECONDS = re.compile(r"(?<=[0-9][’'′][0-9]{2})[”\"]")
_MISTYPED = re.compile(r"[‘‚]\w\b")
_OPENS = re.compile(r"(?:^|(?<=[\s(\[/–—-]))(?P<mark>[“”„‟«»‘‚‛‹›])(?=[^\W_]|[¿¡…])")


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
    pairs = _QUOTES.get(bitext.language) or _QUOTES.get(bitext.language.split("-")[0])
    for unit in bitext.units if pairs else ():
        if pairs and (fault := _quote_fault(unit.prose, pairs, bitext.language)):
            yield unit, fault


def _quote_fault(words: str, pairs: tuple[str, ...], language: str) -> str:
    shown = _SPELT.get(language, " or ".join(f"{pair[0]}…{pair[1]}" for pair in pairs[:2]))
    in_language = f"{name_of(language, 'en')} has {shown}"
    if _STRAIGHT.search(words) or _STRAIGHT_SINGLE.search(words):
        return f"the quotation marks are straight; {in_language}"
    words = _SECONDS.sub("", words)
    allowed = "".join(pairs)
    for mark in words:
        if mark in _ALL_QUOTES and mark not in allowed:
            return f"the quotation mark {mark} is not one of {name_of(language, 'en')}; it has {shown}"
    openers = {pair[0] for pair in pairs}
    for match in _OPENS.finditer(words):
        # A single mark before one letter is an apostrophe that was typed the wrong way round: ‘n, ‘s.
        if match["mark"] not in openers and not _MISTYPED.match(words, match.start()):
            return f"the quotation mark {match['mark']} opens and should close; {in_language}"
    for pair in pairs:
        first, last = pair[0], pair[1]
        # ’ is an apostrophe too, so that pairs with it cannot be counted.
        if last != "’" and words.count(first) != words.count(last):
            return f"a quotation mark {first}…{last} has no partner; add it, or take the other away"
    return ""


# -- punctuation -------------------------------------------------------------------------------------------------------

_END = re.compile(r"[.?!:;…。．？！：；؟؛।።՝]")
_SAME_END = {"。": ".", "．": ".", "？": "?", "！": "!", "：": ":", "；": ";", "؟": "?", "؛": ";", "।": ".", "።": "."}
_CLOSERS = "\"'“”„«»‘’‚‹›)]}*\ufffc \u00a0\u202f"
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|[ap]\.\s?m|U\.S|Inc|Ltd|Co|Corp|Jr|Sr|St|etc|et al|No|approx|vs"
    r"|usw|etc|u\.\s?a|z\.\s?B|d\.\s?h|v\.\s?Chr|n\.\s?Chr|bzw|ff|e\.\s?V|Chr|Nr|Str|ca"
    r"|ecc|S\.\s?p\.\s?A|a\.\s?C|d\.\s?C|pag|n|dott|prof|sig|artt?))\.[^\w]*\Z"
)
_ORDINAL = re.compile(r"(?<![0-9])[0-9]{1,2}\.[^\w]*\Z")


def _end(words: str) -> set[str]:
    """The marks that a text ends with, those before a closing quotation mark or bracket too."""
    marks: set[str] = set()
    for mark in reversed(words.rstrip().replace("...", "…")):
        if mark not in _CLOSERS:
            if not _END.match(mark):
                break
            marks.add(_SAME_END.get(mark, mark))
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
        there, here = _end(unit.source_plain), _end(unit.plain)
        if there == here or there & here:
            continue
        if there | here == {"."} and _is_short(
            *((unit.plain, unit.language) if here else (unit.source_plain, unit.source_language))
        ):
            continue
        if not any(letter.isalnum() for letter in unit.plain):
            continue
        wanted, found = " ".join(sorted(there)), " ".join(sorted(here))
        if not wanted:
            yield unit, f"the translation ends with {found} and the source with no mark; take it away"
        elif not found:
            yield unit, f"the source ends with {wanted} and the translation with no mark; add it"
        else:
            yield unit, f"the source ends with {wanted} and the translation with {found}; write the source's"


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
                yield unit, f"a bracket {first if here > 0 else last} has no partner; add the other one, or take it away"
                break


def _open_brackets(words: str, first: str, last: str) -> int:
    words = _ENUMERATED.sub("", words)
    return words.count(first) - words.count(last)


_BLANK_BEFORE = re.compile(r"\w[»“”’)\]]?[ \u00a0]+([,;:?!]|\.(?!\w|\.))(?=\s|$|[»“”])")


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
            yield unit, f"a blank stands before {match[1]} in {excerpt(match[0])}; take it away"


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
            yield unit, f"more than one blank stands between “{''.join(before)}” and “{''.join(after)}”; leave one"


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
        for where, there, here in (
            ("begins", unit.source[:1].isspace(), unit.words[:1].isspace()),
            ("ends", unit.source[-1:].isspace(), unit.words[-1:].isspace()),
        ):
            if here and not there:
                yield unit, f"the translation {where} with white space; take it away"
            elif there and not here:
                yield unit, f"the source {where} with white space and the translation does not; add it"


# -- what nobody sees --------------------------------------------------------------------------------------------------

_NAMES = {
    "\u200b": "zero width space",
    "\ufeff": "byte order mark",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\t": "tabulator",
    "\u00ad": "soft hyphen",
    "\ufffd": "replacement character",
}
_JOINERS = "\u200c\u200d"
_JOINED_SCRIPTS = frozenset(
    {"Arab", "Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Mlym", "Mymr", "Orya", "Sinh", "Taml", "Telu"}
)
_OPENED = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENED |= dict.fromkeys("\u2066\u2067\u2068", "\u2069")
# UTF-8 that was read as Windows-1252: Ã¤ for ä, â€ž for „.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|â€|Â[\u00a0-\u00bf]")
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
        if (found := _unseen(unit)) and found not in _unseen_in(unit.source, unit.source_language):
            yield unit, f"the translation holds {found}; take it out"


def _unseen(unit: Unit) -> str:
    return next(_unseen_in(unit.words, unit.language), "")


def _unseen_in(words: str, language: str) -> Iterator[str]:
    inner = words.strip()
    for at, character in enumerate(inner):
        code = f"U+{ord(character):04X}"
        if character in _NAMES and character != "\u00ad":
            yield f"a {_NAMES[character]} ({code}) after “{inner[max(at - 12, 0) : at]}”"
        elif character in _JOINERS:
            emoji = unicodedata.category(inner[at - 1]) in ("So", "Sk", "Mn") if at else False
            if script_of(language) not in _JOINED_SCRIPTS and not emoji:
                yield f"a joiner ({code}) after “{inner[max(at - 12, 0) : at]}”"
        elif unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") and character != "\n":
            yield f"a control character ({code}) after “{inner[max(at - 12, 0) : at]}”"
        elif character in "\u200e\u200f\u061c" and direction_of(language) == "ltr":
            yield f"a mark of direction ({code}) after “{inner[max(at - 12, 0) : at]}”"
    if match := _SOFT_HYPHEN.search(inner):
        yield f"a soft hyphen (U+00AD) that stands not within a word, after “{inner[max(match.start() - 12, 0) : match.start()]}”"
    if match := _MOJIBAKE.search(inner):
        yield f"letters that were saved in the wrong character set, “{inner[max(match.start() - 6, 0) : match.end() + 6]}”"
    opened: list[str] = []
    for character in inner:
        if character in _OPENED:
            opened.append(_OPENED[character])
        elif opened and character == opened[-1]:
            opened.pop()
        elif character in "\u202c\u2069":
            opened.append("")
    if opened:
        yield "a mark of direction that has no partner"
