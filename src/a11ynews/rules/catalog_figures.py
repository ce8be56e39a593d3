"""Facts in catalogs: numbers, dates, addresses and acronyms, which a translation has as its source has them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Self

from ..catalog import EMAIL, HIDDEN, URL, Bitext, Unit
from ..finding import Severity
from ..language import locale_of
from ..message import say
from ..rule import rule

Value = Fraction | str
"""A number; or, as a text, digits that are none: a telephone number."""

# -- number words ------------------------------------------------------------------------------------------------------

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}
_MORE: dict[str, dict[int | Fraction, str]] = {
    "en": {
        Fraction(1, 2): "half halves halved midway",
        30: "half",
        15: "quarter",
        45: "quarter",
        1: "first once single sole",
        2: "second twice double doubled doubling both couple pair twin half halved",
        3: "third thirds triple tripled trio",
        4: "quarter quarters fourth quadruple quartet",
        5: "fifth fifths",
        8: "eighth",
        9: "ninth",
        10: "decade tenfold",
        12: "twelfth dozen dozens noon midday",
        20: "twentieth",
        24: "midnight",
        0: "midnight none",
        100: "hundredth hundredths century centenary hundreds",
        1000: "thousands thousandth",
    },
    "de": {
        Fraction(1, 2): "halb halbe halber halbes halben hälfte halbieren halbiert",
        30: "halb",
        15: "viertel",
        45: "viertel dreiviertel",
        Fraction(3, 2): "anderthalb",
        1: "eine einen einem einer eines eins erste erster ersten erstes jede jeder jedes einmal einzige einziger",
        2: "beide beiden doppelt verdoppelt verdoppeln paar zweite zweiter zweiten zwo hälfte halbiert",
        3: "dritte dritter dritten drittel verdreifacht",
        4: "viertel quartal",
        7: "siebte siebter siebten woche wöchig",
        8: "achte achter achten",
        10: "jahrzehnt",
        12: "dutzend mittag mittags",
        24: "mitternacht",
        0: "mitternacht",
        100: "jahrhundert hundertstel",
        1000: "tausendstel",
    },
    "it": {
        Fraction(1, 2): "mezzo mezza mezzi mezz metà dimezzato dimezzata dimezzate",
        30: "mezzo mezza",
        45: "quarti",
        1: "un una primo prima primi prime unico unica ogni ciascuno ciascuna",
        2: "secondo seconda secondi entrambi entrambe doppio doppia raddoppiato raddoppiata "
        "paio coppia biennio biennale bis metà",
        3: "terzo terza terzi terze triplo tripla triplicato triennio triennale trimestre",
        4: "quarto quarta quarti quadruplo quadriennio",
        5: "quinto quinta quinti quinquennio quinquennale lustro",
        6: "sesto sesta sesti semestre",
        7: "settimo settima settimi settimana",
        8: "ottavo ottava ottavi",
        9: "nono nona noni",
        10: "decimo decima decimi decina decennio decennale",
        12: "dodicesimo dodicesima dozzina mezzogiorno",
        15: "quarto quindicina quattrocento quattrocentesco quattrocentesca quattrocenteschi quattrocentesche",
        20: "novecento novecentesco novecentesca ventesimo ventennio ventennale ventina",
        24: "mezzanotte",
        0: "mezzanotte",
        100: "secolo centenario centinaio centinaia centesimi centesimo",
        1000: "mille migliaio migliaia millennio",
        # The centuries: il Novecento is the twentieth.
        14: "trecento trecentesco trecentesca trecenteschi trecentesche",
        16: "cinquecento cinquecentesco cinquecentesca cinquecenteschi cinquecentesche",
        17: "seicento seicentesco seicentesca seicenteschi seicentesche",
        18: "settecento settecentesco settecentesca settecenteschi settecentesche",
        19: "ottocento ottocentesco ottocentesca ottocenteschi ottocentesche",
    },
}
_MULTIPLIERS = {
    "en": {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12},
    "de": {
        "hundert": 10**2,
        "tausend": 10**3,
        "million": 10**6,
        "mio": 10**6,
        "milliarde": 10**9,
        "mrd": 10**9,
        "billion": 10**12,
    },
    "it": {"cento": 10**2, "mila": 10**3, "mille": 10**3, "milion": 10**6, "miliard": 10**9, "mln": 10**6, "mld": 10**9},
}


@cache
def _number_words(language: str) -> dict[str, frozenset[Fraction]]:
    """The values of number words: cardinals to 99, round ones, and what else tells a number; empty for other languages."""
    if language not in _UNITS:
        return {}
    found: dict[str, set[Fraction]] = {}
    for value, word in _cardinals(language).items():
        for ending in ("", "th", "ish", "something") if language == "en" else ("",):
            found.setdefault(word + ending, set()).add(Fraction(value))
        if language == "en" and word.endswith("ty"):
            found.setdefault(word[:-1] + "ies", set()).add(Fraction(value))
        if language == "de":
            found.setdefault(word.replace("ß", "ss"), set()).add(Fraction(value))  # in Switzerland
        if language == "de" and 0 < value < 20:
            found[word + "einhalb"] = {value + Fraction(1, 2)}
        if language == "it" and value > 10:
            stem = word if word.endswith(("tre", "sei")) else word[:-1]
            for ending in ("esimo", "esima", "esimi", "esime", "enne", "enni", "ennale"):
                found.setdefault(stem + ending, set()).add(Fraction(value))
            found.setdefault(re.sub("tre$", "tré", word), set()).add(Fraction(value))
            if value % 10 == 0:
                found.setdefault(stem, set()).add(Fraction(value))  # ottant’anni
                found.setdefault(f"{stem}ina", set()).add(Fraction(value))  # una trentina: some thirty
    for number, words in _MORE[language].items():
        for word in words.split():
            found.setdefault(word, set()).add(Fraction(number))
    return {word: frozenset(values) for word, values in found.items()}


@cache
def _cardinals(language: str) -> dict[int, str]:
    """The words for the numbers from 0 to 99 and for the round hundreds and thousands, as they are written in running text."""
    units, tens = _UNITS[language].split(), ["", "", *_TENS[language].split()]
    words = dict(enumerate(units))
    for ten in range(2, 10):
        words[ten * 10] = tens[ten]
        for unit in range(1, 10):
            if language == "de":
                words[ten * 10 + unit] = f"{units[unit]}und{tens[ten]}"
            elif language == "it":
                words[ten * 10 + unit] = (tens[ten][:-1] if unit in (1, 8) else tens[ten]) + units[unit]
            else:
                words[ten * 10 + unit] = f"{tens[ten]}-{units[unit]}"
    hundred, thousand = {"en": (" hundred", " thousand"), "de": ("hundert", "tausend"), "it": ("cento", "mila")}[language]
    for unit in range(2, 10):
        words[unit * 100], words[unit * 1000] = units[unit] + hundred, units[unit] + thousand
    words[100], words[1000] = {"en": ("hundred", "thousand"), "de": ("hundert", "tausend"), "it": ("cento", "mille")}[language]
    return words


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


# „halb neun“ is half past eight; in the other languages the half comes on top: “two and a half”, «un milione e mezzo».
_HALVES = {
    "en": (re.compile(r"\b(\w+) and a half\b"), Fraction(1, 2)),
    "de": (re.compile(r"\bhalb (\w+)"), Fraction(-1)),
    "it": (re.compile(r"\b(\w+)(?: \w+)? e mezz[oa]\b"), Fraction(1, 2)),
}


def _said_in_words(text: str, language: str) -> set[Fraction]:
    """The values of all number words in a text."""
    if language not in _UNITS:
        return set()
    lower = text.lower()
    pattern, more = _HALVES[language]
    # „halb acht“ says seven, and not eight.
    words = _WORD.findall(pattern.sub("halb", lower) if language == "de" else lower)
    found = {value for word in words for value in _values_of(word, language)}
    return found | {value + more for word in pattern.findall(lower) for value in _values_of(word, language)}


@lru_cache(maxsize=20_000)
def _values_of(word: str, language: str) -> frozenset[Fraction]:
    known = _number_words(language)
    parts = {word, *word.split("-")}
    if language == "de":
        # German writes what is counted in one word with the number: dreitägig, zweimal.
        longest = max(map(len, known))
        parts = {
            next((part[:end] for end in range(min(len(part), longest), 2, -1) if part[:end] in known), part) for part in parts
        }
    return frozenset(value for part in parts for value in known.get(part, ()))


# -- numerals ----------------------------------------------------------------------------------------------------------

_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_THIN = "\u00a0\u2009\u202f"
_RUN = re.compile(
    rf"(?<![A-Za-z0-9.,])(?P<run>[0-9]+(?:[.,:/’'{_THIN}][0-9]+)*)(?![0-9])"
    r"(?P<after>\s?(?:%|°|[€$£]|percent\b|million|billion|trillion|degrees?\b|euro|dollar|pound|second|met(?:er|re)s?\b|Prozent|Million|Milliard"
    r"|Euro\b|Dollar\b|Grad\b|Sekunden|Meter|per cento|milion|miliard|dollari|gradi|secondi|metri))?"
)
_ROMAN = re.compile(r"\b(?=[IVXLC]{2})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\b")
# SHA-1 and SHA1, UTF8 and UTF-8: digits that belong to a name, and may be parted from it in another language.
_ATTACHED = re.compile(r"(?<=[A-Za-z])[0-9]{1,15}")
_FRACTION = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_AROUND_THE_CLOCK = re.compile("(?i:24/7|24 hours a day|around the clock|rund um die Uhr|24 ore su 24|24 Stunden am Tag)")
# Addresses, which are other rules' matter; what means every hour; and numbers with blanks in them.
_SPECIAL = re.compile(
    rf"{EMAIL.pattern}|{URL.pattern}|{_AROUND_THE_CLOCK.pattern}"
    r"|(?<![0-9])(?P<minutes>[0-9]{1,2})[’'′](?P<seconds>[0-9]{2})(?:[”\"″](?P<hundredths>[0-9]{0,3}))?(?![0-9’'])"
    r"|(?<![\w.,])(?P<alone>[0-9]{1,2})[”\"″](?P<part>[0-9]{1,3})(?![0-9])"
    r"|(?P<telephone>(?<!\w)(?:\+|00(?=[1-9]))[0-9][0-9\s()/.–-]{5,}[0-9])"
    rf"|(?<![0-9])(?P<whole>[0-9]{{1,9}})\s?(?P<half>[{''.join(_FRACTION)}])"
    r"|(?<![0-9.,] )(?<![0-9.,])(?P<spaced>[0-9]{1,3}(?: [0-9]{3}){1,5})(?![0-9]|[.,][0-9]| [0-9])"
)
_AFTERNOON = re.compile(
    r"(?<![A-Za-z])p\.?\s?m\b|\b(?:after)?noon|evening|tonight|abend|nachmittag|\bsera\b|pomeriggio", re.IGNORECASE
)
_MIDNIGHT = re.compile(r"12(?:[:.][0-5][0-9])?\s?a\.?\s?m\b", re.IGNORECASE)
# What a number is multiplied with by the word that follows it.
_TIMES = re.compile(
    r"(?:(?P<thousand>k|\s?mila|\s?thousand|\s?[Tt]ausend)"
    r"|(?P<million>m|\s?mln|\s?Mio|[-\s]?million|\s?Million(?:en)?|\s?milion[ei])"
    r"|(?P<milliard>bn|\s?mld|\s?Mrd|[-\s]?billion|\s?Milliarden?|\s?miliard[oi])"
    r"|(?P<trillion>tn|[-\s]?trillion|\s?Billion(?:en)?|\s?bilion[ei])"
    r"|(?P<tenth>\s(?:tenths?|Zehntel|decim[oi]))"
    r"|(?P<hundredth>\s(?:hundredths?|Hundertstel|centesim[oi]))"
    r"|(?P<thousandth>\s(?:thousandths?|Tausendstel|millesim[oi])))\b"
    r"|\s?(?:(?P<myriad>[만万萬])|(?P<myriads>[억億亿])|(?P<lakh>लाख)|(?P<crore>करोड़))"
)
_FACTORS = {
    "thousand": Fraction(1000),
    "million": Fraction(10**6),
    "milliard": Fraction(10**9),
    "trillion": Fraction(10**12),
    "tenth": Fraction(1, 10),
    "hundredth": Fraction(1, 100),
    "thousandth": Fraction(1, 1000),
    "myriad": Fraction(10**4),
    "myriads": Fraction(10**8),
    "lakh": Fraction(10**5),
    "crore": Fraction(10**7),
}
_AND_HALF = re.compile(r"(?: \w+)? (?:e mezz[oa]|and a half)\b")
_REACH = 40
"""How many characters around a number may say what it is."""

_LONGEST = 60
"""With more digits than these, it is no number but a pattern: it must be there as it is."""

_IMPERIAL = re.compile(
    r"[-\s]?(?:(?:square )?miles?|mph|feet|foot|ft|inch(?:es)?|yards?|acres?|pounds?|lbs?|ounces?|gallons?|°F"
    r"|degrees Fahrenheit)\b"
)
_DECADE = re.compile(r"anni [’'‘]?\Z|[’'‘]\Z")
_HALF_HOUR = re.compile(r"\bhalb \Z")
_LABELLED = re.compile(
    r"(?:[A-Z][\w&-]*|[Vv]ersion|[Cc]hapter|[Ss]ection|[Pp]aragraph|[Ll]evel|Kapitel|Abschnitt|\W[Vv]\.?)\s*\Z"
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in digits, and what it may mean: any of several readings, each of one or more values."""

    shown: str
    readings: frozenset[tuple[Value, ...]]
    imperial: bool = False
    label: bool = False
    """Whether it stands behind a name that it belongs to, and so is written alike in all languages: WCAG 2.2."""


def _figures(text: str, language: str) -> list[_Figure]:
    """The numbers in digits that a text has, and what they may mean in its language."""
    if not _DIGIT.search(text):
        return []
    if _OTHER_DIGIT.search(text):
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)
        text = text.translate(dict(zip(map(ord, "٫٬"), _separators(language), strict=True)))
    found: list[_Figure] = []

    def take(match: re.Match[str]) -> str:
        if match["telephone"]:
            found.append(_Figure(match[0], frozenset({(re.sub(r"\D", "", match[0]),)})))
        elif match["minutes"]:
            minutes, seconds, part = Fraction(match["minutes"]), match["seconds"], match["hundredths"] or ""
            readings = {(minutes, Fraction(f"{seconds}.{part}0")), (minutes, Fraction(seconds), Fraction(part or 0))}
            found.append(_Figure(match[0], frozenset(readings)))
        elif match["alone"]:
            found.append(_Figure(match[0], frozenset({(Fraction(f"{match['alone']}.{match['part']}"),)})))
        elif match["half"]:
            whole, part = Fraction(match["whole"]), _FRACTION[match["half"]]
            imperial = bool(_IMPERIAL.match(match.string, match.end()))
            found.append(_Figure(match[0], frozenset({(whole + part,), (whole, part)}), imperial))
        elif match["spaced"]:
            parts = [Fraction(part) for part in match[0].split()]
            found.append(_Figure(match[0], frozenset({(Fraction(match[0].replace(" ", "")),), tuple(parts)})))
        return HIDDEN

    text = _SPECIAL.sub(take, text)
    afternoon = bool(_AFTERNOON.search(text))
    for match in _RUN.finditer(text):
        around = _Around.of(text, match, afternoon)
        year = ""
        for part in re.split("[:/]", match["run"]):
            readings = {(part,)} if len(part) > _LONGEST else set(_meanings(part, year, language, around))
            label = "." in part and bool(_LABELLED.search(around.before)) and not match["after"]
            shown = match["run"] if ":" in match["run"] else part  # 7:15 and not 15: nobody finds that
            found.append(_Figure(shown, frozenset(readings), around.imperial, label))
            year = part
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a run of digits and says what they mean."""

    before: str
    factor: Fraction
    """What they are multiplied with: thousands, hundredths."""
    more: Fraction
    """What the half is that is added, or taken away as in „halb neun“."""
    is_amount: bool
    imperial: bool
    afternoon: bool
    midnight: bool
    decade: bool

    @classmethod
    def of(cls, text: str, match: re.Match[str], afternoon: bool) -> Self:
        """The words around a match of `_RUN`."""
        end = match.end("run")
        before, after = text[max(match.start() - _REACH, 0) : match.start()], text[end : end + 3]
        return cls(
            before,
            _FACTORS[times.lastgroup or ""] if (times := _TIMES.match(text, end)) else Fraction(1),
            Fraction(1, 2) if _AND_HALF.match(text, end) else Fraction(-1) if _HALF_HOUR.search(before) else Fraction(0),
            bool(match["after"]) or before.rstrip()[-1:] in tuple("€$£¥"),
            bool(_IMPERIAL.match(text, end)),
            afternoon,
            bool(_MIDNIGHT.match(text, match.start())),
            after.startswith(("s", "er", "-er")) or bool(_DECADE.search(before)),
        )


def _meanings(part: str, year: str, language: str, around: _Around) -> Iterator[tuple[Value, ...]]:
    """What digits may mean; `year` is what stands before them and a slash or a colon."""
    known = _known_readings(part, language, around.is_amount)
    yield from known
    for first, *rest in known:
        if isinstance(first, Fraction):
            if around.afternoon and 0 < first < 12 and first % 1 == 0:
                yield (first + 12, *rest)
            if around.midnight and first == 12:
                yield (Fraction(0), *rest)
            if not rest and (around.factor != 1 or around.more):
                yield (first * around.factor,)
                yield (first + around.more,)
                yield ((first + around.more) * around.factor,)
    if re.fullmatch("[0-9]{2}", part):
        if len(year) == 4:
            yield (Fraction(year[:2] + part),)
        if re.search(r"\d[–-]\Z", around.before):
            yield from ((Fraction(century + part),) for century in ("19", "20"))
    if around.decade and re.fullmatch("(?:[0-9]{2}){1,2}", part):
        yield (Fraction(part[-2:]),)
        yield from ((Fraction(century + part[-2:]),) for century in ("18", "19", "20"))
        if part.endswith("00"):
            yield (Fraction(part[:2]) + 1,)  # the 1600s are the 17th century


def _readings(part: str, language: str, is_amount: bool) -> Iterator[tuple[Value, ...]]:
    """What a run of digits with marks in it may mean in a language."""
    decimal, group = _separators(language)
    group = f"[{re.escape(group)}{_THIN}’']"
    # The Swiss write 3.50 francs, as CLDR has it, and 61,4 per cent.
    decimal = "[.,]" if language.endswith("-CH") else re.escape(decimal)
    if re.fullmatch(f"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:{decimal}[0-9]+)?", part):
        yield (_value(re.sub(group, "", part), decimal),)
    elif re.fullmatch(f"[0-9]+(?:{decimal}[0-9]+)?", part):
        yield (_value(part, decimal),)
    # A time (9.30), a date (4.5.2026), a paragraph (2.1.1); not a number whose mark is that of another language (2.5 for 2,5).
    numbers = part.split(".")
    if len(numbers) == 3 or (len(numbers) == 2 and not is_amount and re.fullmatch(r"[0-9]{1,2}\.[0-5][0-9]", part)):
        yield tuple(Fraction(number) for number in numbers if number.isdigit())


@lru_cache(maxsize=2_000)
def _known_readings(part: str, language: str, is_amount: bool) -> tuple[tuple[Value, ...], ...]:
    return tuple(_readings(part, language, is_amount))


def _value(digits: str, decimal: str) -> Fraction:
    return Fraction(re.sub(decimal, ".", digits))


@cache
def _separators(language: str) -> tuple[str, str]:
    """The decimal and the grouping mark, by CLDR."""
    symbols = locale_of(language).number_symbols
    symbols = symbols.get("latn", symbols)
    return str(symbols.get("decimal", ".")), str(symbols.get("group", ","))


def _pool(text: str, figures: Iterable[_Figure], language: str) -> set[Value]:
    """All values that a text may tell, in digits or in words."""
    primary = language.split("-")[0]
    pool: set[Value] = {value for figure in figures for reading in figure.readings for value in reading}
    words: set[Value] = set(_said_in_words(text, primary))
    words |= {value for mark, value in _FRACTION.items() if mark in text}
    words |= {Fraction(_roman(match)) for match in _ROMAN.finditer(text)}
    words |= {Fraction(month) for month, _ in _months(text, language)}
    words |= {Fraction(digits) for digits in _ATTACHED.findall(text)}
    if _AROUND_THE_CLOCK.search(text):
        words.add(Fraction(24))
    pool |= words
    if _AFTERNOON.search(text):
        pool |= {value + 12 for value in words if isinstance(value, Fraction) and 0 < value < 12}
    lower = text.lower()
    for word, factor in _MULTIPLIERS.get(primary, {}).items():
        if word in lower:
            pool |= {value * factor for value in pool if isinstance(value, Fraction)} | {Fraction(factor)}
    return pool


def _roman(match: re.Match[str]) -> int:
    tens = {"": 0, "X": 10, "XX": 20, "XXX": 30, "XL": 40, "L": 50, "LX": 60, "LXX": 70, "LXXX": 80, "XC": 90}
    ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return tens[match[1]] + ones[match[2]]


def _missing(figures: Iterable[_Figure], pool: set[Value]) -> list[_Figure]:
    """The figures of which no reading is told on the other side. A zero may be told by leaving it out, as in 6:00 p.m. or 0–2."""
    return [
        figure
        for figure in figures
        if figure.readings and not any(all(value in pool or value == 0 for value in reading) for reading in figure.readings)
    ]


@rule("po-numbers", on=Bitext, severity=Severity.WARNING)
def po_numbers(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    The numbers of a translation are those of its source.

    1,000 is written 1.000 in German and Italian, 2.5 as 2,5, and 2:30 p.m. as 14.30; a number may be in words on either side, and
    miles may become kilometres. Number words are known in English, German and Italian.

    Bad: `[de paragraph] It began in 2020. => Es begann 2021.`
    Bad: `[de paragraph] More than 1,000 people came. => Mehr als 1,000 Menschen kamen.`
    Bad: `[it paragraph] It rose by 2.5%. => È salito del 25%.`
    Bad: `[de paragraph] The agreement rests on two pillars. => Die Vereinbarung ruht auf drei Säulen.`
    Bad: `[de paragraph] It cost 4 billion euros. => Es kostete 4 Billionen Euro.`
    Bad: `[it paragraph] The A7 is closed. => L’A6 è chiusa.`
    Good: `[de paragraph] More than 1,000 people came on January 01, 2023. => Mehr als 1.000 Menschen kamen am 1. Januar 2023.`
    Good: `[it paragraph] The doors open at 2:30 p.m. on 1 January. => Le porte aprono alle 14.30 del 1º gennaio.`
    Good: `[de paragraph] 3 of the 10 trains in the 1990s => drei der zehn Züge in den 90er-Jahren`
    Good: `[de paragraph] It meets WCAG 2.2. => Es erfüllt die WCAG 2.2.`
    """
    for unit in bitext.units:
        if unit.role.name == "slug":
            continue
        there, here = _figures(unit.source_plain, unit.source_language), _figures(unit.plain, unit.language)
        if there or here:
            sources = _pool(unit.source_plain, there, unit.source_language)
            told = _pool(unit.plain, here, unit.language)
            labels = {figure.shown for figure in (*there, *here) if figure.label}
            labels = {label for label in labels if label in unit.source_plain and label in unit.plain}
            lost = [figure for figure in _missing(there, told) if figure.shown not in labels]
            added = [figure for figure in _missing(here, sources) if figure.shown not in labels]
            if any(figure.imperial for figure in (*there, *here)):
                lost, added = _converted(lost, added)
            if not added and unit.language.split("-")[0] not in _UNITS:
                lost = [figure for figure in lost if not _is_small(figure)]  # it may be there in words that are not known
            if lost and (right := _marked_alike(lost[0].shown, here, unit)):
                wrong = lost[0].shown
                yield unit, say("{number} has the marks of the source's language; write {right}", number=wrong, right=right)
            elif lost and added:
                yield (
                    unit,
                    say(
                        "the source says {wanted} and the translation {found}; write the source's number",
                        wanted=lost[0].shown,
                        found=added[0].shown,
                    ),
                )
            elif lost:
                number = lost[0].shown
                yield (
                    unit,
                    say("the number {number} of the source is missing; say it, in the way of your language", number=number),
                )
            elif added:
                yield unit, say("the number {number} is not in the source; check it", number=added[0].shown)
            if lost or added:
                continue
        if swapped := _other_power(unit) or _other_code(unit) or _swapped(unit):
            wanted, found = swapped
            yield (
                unit,
                say("the source says “{wanted}” and the translation “{found}”; check the number", wanted=wanted, found=found),
            )


def _is_small(figure: _Figure) -> bool:
    """Whether a number is one that newspapers write in words: up to twelve."""
    return any(len(reading) == 1 and reading[0] in range(13) for reading in figure.readings)


def _marked_alike(shown: str, figures: Iterable[_Figure], unit: Unit) -> str:
    """How a number is written in the language, where the translation has it with the marks of the source's; else empty."""
    there, here = _separators(unit.source_language), _separators(unit.language)
    right = shown.translate(str.maketrans("".join(there), "".join(here)))
    return right if right != shown and any(figure.shown == shown for figure in figures) else ""


# The words that count by thousands of thousands, with the power of ten: an English billion is a German Milliarde.
_POWERS = {
    "en": {"million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12},
    "de": {"million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9, "billion": 12, "billionen": 12},
    "it": {"milione": 6, "milioni": 6, "mln": 6, "miliardo": 9, "miliardi": 9, "mld": 9, "bilione": 12, "bilioni": 12},
    "fr": {"million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
}
_COUNTED = re.compile(r"(?<![\w.,])([0-9]+(?:[.,][0-9]+)*)[-\s]?([^\W\d_]+)")


def _powers(text: str, language: str) -> dict[Fraction, dict[int, str]]:
    """The numbers that a word for millions and more stands behind: both as they are written, by number and power of ten."""
    powers = _POWERS.get(language.split("-")[0], {})
    found: dict[Fraction, dict[int, str]] = {}
    for match in _COUNTED.finditer(text) if powers else ():
        if power := powers.get(match[2].lower()):
            for first, *rest in _known_readings(match[1], language, True):
                if isinstance(first, Fraction) and not rest:
                    found.setdefault(first, {})[power] = match[0]
    return found


def _other_power(unit: Unit) -> tuple[str, str] | None:
    """A number of millions or more that is one of other millions in the translation; None where there is none."""
    there, here = _powers(unit.source_prose, unit.source_language), _powers(unit.prose, unit.language)
    same = (
        (there[number], here[number]) for number in there if number in here and not there[number].keys() & here[number].keys()
    )
    return next(((next(iter(old.values())), next(iter(new.values()))) for old, new in same), None)


# Roads, lines, models: a letter or a few with a number right behind.
_CODE = re.compile(r"(?<![\w/.-])([A-Z]{1,4})-?([0-9]{1,4})(?![\w.,]?[0-9]|\w)")


def _other_code(unit: Unit) -> tuple[str, str] | None:
    """A road or line of the source (A7) that has another number in the translation (A6); None where there is none."""
    there, here = (dict.fromkeys(_CODE.findall(text)) for text in (unit.source_prose, unit.prose))
    lost, added = ([code for code in codes if code not in others] for codes, others in ((there, here), (here, there)))
    same = ((old, new) for old in lost for new in added if old[0] == new[0])
    return next((("".join(old), "".join(new)) for old, new in same), None)


def _converted(lost: list[_Figure], added: list[_Figure]) -> tuple[list[_Figure], list[_Figure]]:
    """The figures without those in miles, pounds and the like, and without as many on the other side that may stand for them."""
    fewer_lost = [figure for figure in lost if not figure.imperial]
    fewer_added = [figure for figure in added if not figure.imperial]
    return fewer_lost[len(added) - len(fewer_added) :], fewer_added[len(lost) - len(fewer_lost) :]


def _swapped(unit: Unit) -> tuple[str, str] | None:
    """A number from two to twelve in words that is another one in the translation; None where there is none."""
    source, own = unit.source_language.split("-")[0], unit.language.split("-")[0]
    if source not in _UNITS or own not in _UNITS:
        return None
    there, here = _small(unit.source_prose, source), _small(unit.prose, own)
    if not there or not here:
        return None
    told = _pool(unit.prose, _figures(unit.prose, unit.language), unit.language)
    meant = _pool(unit.source_prose, _figures(unit.source_prose, unit.source_language), unit.source_language)
    lost = [word for value, word in there.items() if value not in told]
    added = [word for value, word in here.items() if value not in meant]
    return (lost[0], added[0]) if lost and added else None


def _small(text: str, language: str) -> dict[Fraction, str]:
    words, lower = _small_words(language), text.lower()
    found: dict[Fraction, str] = {}
    if language == "de":
        hours = _HALVES["de"][0]
        found |= {words[hour[1]] - 1: hour[0] for hour in hours.finditer(lower) if hour[1] in words}
        lower = hours.sub("", lower)
    return found | {words[word]: word for word in _WORD.findall(lower) if word in words}


@cache
def _small_words(language: str) -> dict[str, Fraction]:
    return {word: Fraction(value) for value, word in _cardinals(language).items() if 2 <= value <= 12}


# -- dates -------------------------------------------------------------------------------------------------------------

_NUMERIC_DATE = re.compile(r"\b[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2,4})?|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]\s?[月월]")
_AFTER_MAY = re.compile(r"\s+(?:the )?[0-9]")
_BEFORE_MAY = re.compile(
    r"(?:\b[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?|\b(?i:in|of|since|until|till|by|from|to|next|last|early|late|mid)) \Z"
)

_NIGHT_BEFORE = re.compile(r"\b(?:night|Nacht) (?:to|before|auf|vor|zu[mr]?)(?: den| dem)? \Z")
_NIGHT_AFTER = re.compile(r"nacht\b|\A\w+ (?:night|notte)\b")
_NIGHT = re.compile(r"\b[Nn]acht vo[nm] \w+ (?:auf|zum?) (?:den )?\w+|\b[Nn]otte (?:tra|fra) (?:il )?\w+ e (?:il )?\w+")
_AFTER_MONTH = r"(?:e?s|(?:abend|ausgabe|hälfte|morgen|nacht|sitzung|tag|wetter|woche)\w*)?\b"


@cache
def _names_of(kind: str, language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern of the months' or days' names by CLDR, as they stand in a text, and their numbers by name in small letters."""
    locale = locale_of(language)
    table = locale.months if kind == "months" else locale.days
    whole = {name: number for form in ("format", "stand-alone") for number, name in table[form]["wide"].items()}
    if "Samstag" in whole:
        whole["Sonnabend"] = whole["Samstag"]
    short = {name.rstrip("."): number for number, name in table["format"]["abbreviated"].items()} if kind == "months" else {}
    # German compounds begin with the name (Juniabend, montags); but Julia is no July.
    end = {"months": _AFTER_MONTH, "days": r"\w*"}[kind] if locale.language == "de" else r"(?:['’]?s)?\b"
    pattern = rf"\b(?P<whole>{_any_of(whole)}){end}"
    if short:
        # “Jan” is a man and “set” a word, but not beside a number.
        pattern += rf"|(?:(?<=[0-9]\s)|(?<=[0-9]\.\s))(?P<after>{_any_of(short)})\b|\b(?P<before>{_any_of(short)})(?=\.?\s[0-9])"
    # English and German write them with a capital letter: “may” and “march” are verbs.
    flags = 0 if next(iter(whole))[0].isupper() else re.IGNORECASE
    return re.compile(pattern, flags), {name.lower(): number for name, number in (short | whole).items()}


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=4)
def _months(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """The months that a text names, by number, with the words for them, as often as it names them."""
    pattern, numbers = _names_of("months", language)
    found: list[tuple[int, str]] = []
    for match in pattern.finditer(text):
        name = next(filter(None, match.groups()))
        if name in ("May", "March", "Mar") and locale_of(language).language == "en":
            # At its start “May” may be a verb, and “March” a walk, unless a number or a preposition makes it a date.
            before = text[max(match.start() - _REACH, 0) : match.start()]
            if not (_AFTER_MAY.match(text, match.end()) or _BEFORE_MAY.search(before)):
                continue
        found.append((numbers[name.lower()], match[0]))
    return tuple(found)


def _days(text: str, language: str) -> tuple[tuple[int, str], ...]:
    pattern, numbers = _names_of("days", language)
    return tuple((numbers[match["whole"].lower()], match[0]) for match in pattern.finditer(text))


def _nights(text: str, language: str) -> set[tuple[int, int]]:
    """The nights that are named by one day, as the two days that they are between: Sunday night is the night to Monday."""
    pattern, numbers = _names_of("days", language)
    found = set()
    for match in pattern.finditer(text):
        number = numbers[match["whole"].lower()]
        before, after = text[max(match.start() - 16, 0) : match.start()], text[match.end() : match.end() + 8]
        if _NIGHT_BEFORE.search(before):
            found.add(((number - 1) % 7, number))
        elif _NIGHT_AFTER.search(match[0].lower() + after) or before.endswith("notte di "):
            found.add((number, (number + 1) % 7))
    return found


def _changed(there: tuple[tuple[int, str], ...], here: tuple[tuple[int, str], ...]) -> tuple[list[str], list[str]]:
    """The months or days that are lost, and those that are new; one too many counts where there are as many as in the source."""
    wanted, said = Counter(number for number, _ in there), Counter(number for number, _ in here)
    lost = [word for number, word in there if number not in said]
    added = [word for number, word in here if number not in wanted]
    if len(there) == len(here) and lost and not added:
        added = [word for number, word in here if said[number] > wanted[number]]
    return lost, added


def _wrong_night(words: str, language: str) -> str:
    """A night between two days that do not follow each other, as it is written; else empty."""
    for match in _NIGHT.finditer(words):
        days = [number for number, _ in _days(match[0], language)]
        if len(days) == 2 and (days[1] - days[0]) % 7 != 1:
            return match[0]
    return ""


@rule("po-dates", on=Bitext, severity=Severity.WARNING)
def po_dates(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Months and days of the week are those of the source.

    Their names are CLDR's. A month may be written as a number, and a day be left out. What is Saturday night in one language
    is the night to Sunday in another, and between Saturday and Sunday in a third.

    Bad: `[de paragraph] On November 11 => Am 11. Dezember`
    Bad: `[it paragraph] She came on Friday. => È arrivata giovedì.`
    Bad: `[de paragraph] On 4 May they met. => Am 4. trafen sie sich.`
    Bad: `[it paragraph] In the night to Sunday => Nella notte tra giovedì e domenica`
    Good: `[it paragraph] In the night to Sunday => Nella notte tra sabato e domenica`
    Good: `[de paragraph] On Saturday night => In der Nacht zum Sonntag`
    Good: `[de paragraph] On Friday, 11 November 2022 => Am Freitagabend, dem 11.11.2022`
    Good: `[it paragraph] You may march in March. => In marzo si può marciare.`
    """
    for unit in bitext.units:
        lost, added = _changed(_months(unit.source_prose, unit.source_language), _months(unit.prose, unit.language))
        if lost and added:
            yield (
                unit,
                say(
                    "the source says “{wanted}” and the translation “{found}”; write the source's month",
                    wanted=lost[0],
                    found=added[0],
                ),
            )
        elif (
            lost
            and not _NUMERIC_DATE.search(unit.prose)
            and _is_dated(unit.source_prose, lost[0])
            and not _is_inflected(lost[0], unit)
        ):
            yield unit, say("the month “{month}” of the source is missing; say it", month=lost[0])
        nights = _nights(unit.source_prose, unit.source_language) & _nights(unit.prose, unit.language)
        told = {number for night in nights for number in night}
        lost, added = _changed(
            tuple(day for day in _days(unit.source_prose, unit.source_language) if day[0] not in told),
            tuple(day for day in _days(unit.prose, unit.language) if day[0] not in told),
        )
        if lost and added:
            yield (
                unit,
                say(
                    "the source says “{wanted}” and the translation “{found}”; write the source's day",
                    wanted=lost[0],
                    found=added[0],
                ),
            )
        elif night := _wrong_night(unit.prose, unit.language):
            yield unit, say("there is no such night as “{night}”; write the days that it is between", night=night)


def _is_inflected(month: str, unit: Unit) -> bool:
    """Whether a word behind a number begins as the month does: maja for maj; in Hebrew its preposition comes first."""
    number = next(number for number, word in _months(unit.source_prose, unit.source_language) if word == month)
    beginning = re.escape(str(locale_of(unit.language).months["format"]["wide"][number])[:3])
    return bool(re.search(rf"[0-9]\S?\s+\w?{beginning}", unit.prose, re.IGNORECASE))


def _is_dated(text: str, month: str) -> bool:
    """Whether a day stands beside the month."""
    return bool(re.search(rf"[0-9](?:\.|st|nd|rd|th|º|°)?(?: of)? {re.escape(month)}|{re.escape(month)} [0-9]", text))


# -- addresses and acronyms --------------------------------------------------------------------------------------------


@rule("po-email", on=Bitext)
def po_email(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    E-mail addresses are those of the source.

    Bad: `[de contact] Write to desk@news.example => Schreiben Sie an tisch@news.example`
    Bad: `[it contact] Write to desk@news.example => Scriveteci`
    Good: `[de contact] Write to desk@news.example => Schreiben Sie an desk@news.example`
    """
    for unit in bitext.units:
        if "@" not in unit.source_plain + unit.plain:
            continue
        there, here = ({found.lower() for found in EMAIL.findall(words)} for words in (unit.source_plain, unit.plain))
        if lost := sorted(there - here):
            yield unit, say("the e-mail address {address} is missing; write it as it is in the source", address=lost[0])
        elif added := sorted(here - there):
            yield (
                unit,
                say(
                    "the e-mail address {address} is not in the source; take it out, or ask for it in the record",
                    address=added[0],
                ),
            )


@rule("po-url", on=Bitext, severity=Severity.WARNING)
def po_url(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Addresses of pages in the words are those of the source, but for the language in them.

    Bad: `[de contact] See www.example.org/help => Siehe www.example.org/hilfe`
    Bad: `[it contact] See https://a.example/help => Si veda la pagina`
    Bad: `[de contact] See https://a.example/help => Siehe htps://a.example/help`
    Good: `[de contact] See www.example.org/en/help => Siehe www.example.org/de/help`
    """
    for unit in bitext.units:
        if HIDDEN not in unit.source_prose + unit.prose:
            continue
        there, here = (_addresses(words, unit) for words in (unit.source_plain, unit.plain))
        if odd := [scheme for scheme in _SCHEME.findall(unit.plain) if scheme not in _SCHEME.findall(unit.source_plain)]:
            yield unit, say("an address begins with {beginning}; write it as it is in the source", beginning=odd[0])
            continue
        lost, added = [there[key] for key in there if key not in here], [here[key] for key in here if key not in there]
        if lost and added:
            yield (
                unit,
                say(
                    "the source has the address {wanted} and the translation {found}; write the source's",
                    wanted=lost[0],
                    found=added[0],
                ),
            )
        elif lost:
            yield unit, say("the address {address} is missing; write it as it is in the source", address=lost[0])
        elif added:
            address = added[0]
            yield (
                unit,
                say("the address {address} is not in the source; take it out, or ask for it in the record", address=address),
            )


_SCHEME = re.compile(r"(?<!\w)(?!https?:)[a-z]{1,9}://")


def _addresses(words: str, unit: Unit) -> dict[str, str]:
    """The addresses in words, by what must be the same of them: all but scheme, case, last slash and language."""
    languages = "|".join({unit.language.split("-")[0], unit.source_language.split("-")[0]})
    found = {}
    for address in URL.findall(EMAIL.sub("", words)):
        key = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower()).rstrip("/")
        found[re.sub(rf"(?:^|(?<=[./=]))(?:{languages})(?=[./&#]|$)", "*", key)] = address
    return found


_ACRONYM = re.compile(r"(?<![\w@#/.’'-])(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,5})(?=s?(?![\w@]))")
_NO_ACRONYMS = frozenset(
    re.findall(r"\w+", "AC AD ALL AM AND AS BC CE CF CHF EUR FC FROM GBP ID NEVER NO NOT OK OR PC PM SC SV TV USD VS WITH YES")
)
# How acronyms that news is full of are said in the three languages: other acronyms, and beginnings of words.
_SAME_ACRONYMS = """
ADHD ADHS iperattiv
AGM Hauptversammlung assemblea general_meeting
AI KI IA künstlich intelligen artificial
ATM Geldautomat Bankomat bancomat sportell cash_machine
CCTV Überwachungskamera Videoüberwachung telecamer videosorveglianza
CEO Vorstand Chef Geschäftsführ amministrat dirigent chief
CET MEZ GMT
CFO Finanzvorstand Finanzchef direttore_finanziar direttrice_finanziar finance_director
CIS GUS CSI
CV Lebenslauf curriculum
DIY Heimwerk Baumarkt fai_da_te bricolage
DNA DNS Erbgut Erbsubstanz
ECB EZB BCE Zentralbank banca_centrale European_Central
ECHR EGMR CEDU Menschenrecht diritti_dell human_rights
EEA EWR SEE
EL Esslöffel tablespoon tbsp cucchiai
EU UE europäisch europe Europ
EV E-Auto Elektroauto Elektrofahrzeug auto_elettric veicol
FAQ Fragen domande questions
GDP BIP PIL Bruttoinland prodotto_interno gross_domestic
GDR DDR RDT
GP Hausarzt Hausärzt medico_di_base medico_di_famiglia Grand_Prix Gran_Premio
HIV Aids
HQ Zentrale Sitz sede headquarters
HR Personal risorse_umane
IAEA IAEO AIEA
ICC IStGH CPI Strafgerichtshof Corte_penale
ICJ IGH CIG Gerichtshof Corte_internazionale
ICU Intensivstation terapia_intensiva intensive_care
ILO IAO OIL
IMF IWF FMI
IOC IOK CIO
IOM OIM
IPCC Weltklimarat
IPO Börsengang quotazione Borsa
IQ QI
IT Informatik informatic
MEP Europaparlament Europäische_Parlament Parlamento_europeo European_Parliament
MEP EU-Abgeordnet Europaabgeordnet eurodeputat europarlamentar member_of_the_European
MP Abgeordnet deputat parlamentar member_of_parliament
MRI MRT Kernspin risonanza
NGO NRO ONG Nichtregierungs Hilfsorganisation organizzazion charit
OECD OCSE
OSCE OSZE
PO Postfach casella_postale post_office
PR Öffentlichkeitsarbeit relazioni public_relations
PhD Doktor promov dottor
SME KMU PMI
SP PS
SVP UDC
TL Teelöffel teaspoon tsp cucchiain
UAE VAE EAU Emirat
UK Großbritannien Vereinigte britisch Regno_Unito britannic Gran_Bretagna Britain British
UN ONU UNO Vereinte Nazioni_Unite United_Nations
US USA U.S amerikanisch Vereinigte Stati_Uniti statunitens american United_States
USSR UdSSR URSS Sowjetunion sovietic Soviet
VAT MwSt IVA USt Mehrwertsteuer Umsatzsteuer value_added
VIP Promi ospit
WHO OMS Weltgesundheit organizzazione_mondiale World_Health
WTO OMC Welthandel organizzazione_mondiale World_Trade
"""


@cache
def _acronym_pattern(acronym: str) -> re.Pattern[str]:
    """What says an acronym in any of the languages. A short form is a whole word, a longer one the beginning of one."""
    groups = [line.split() for line in _SAME_ACRONYMS.splitlines()]
    forms = {acronym, *(form.replace("_", " ") for group in groups if acronym in group for form in group)}
    ends = ((form, "" if len(form) > 4 else r"s?(?!\w)") for form in sorted(forms))
    return re.compile("|".join(rf"(?<!\w){re.escape(form)}{end}" for form, end in ends), re.IGNORECASE)


@rule("po-acronyms", on=Bitext, severity=Severity.REVIEW)
def po_acronyms(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Acronyms of the source are in the translation, or said in its words.

    A person must look: many have a form of their own in other languages. The common ones of these are known (EU and UE, GDP, BIP
    and PIL), and one that the record explains in brackets may be written out everywhere.

    Bad: `[de paragraph] The BKA is investigating. => Die Polizei ermittelt.`
    Good: `[de paragraph] GDP of the EU => Das BIP der EU`
    Good: `[it paragraph] The UN and the EU => Le Nazioni Unite e l’Ue`
    Good: `[de heading] The MoU => Die Absicht [de paragraph] A Memorandum of Understanding (MoU) => Eine Absichtserklärung (MoU)`
    """
    explained = {match for entry in bitext.messages for match in re.findall(r"[a-z]\W{0,6}\(([A-Za-z]{2,6})\)", entry.id)}
    for unit in bitext.units:
        if unit.source_plain.isupper() or unit.role.name in ("slug", "credit") or unit.source == unit.words:
            continue
        for acronym in dict.fromkeys(_ACRONYM.findall(unit.source_prose)):
            is_number = _ROMAN.fullmatch(acronym)
            if acronym in explained or acronym in _NO_ACRONYMS or is_number or _is_said(acronym, unit):
                continue
            yield (
                unit,
                say(
                    "the acronym {acronym} of the source is missing; keep it, or check that its meaning is said",
                    acronym=acronym,
                ),
            )


def _is_said(acronym: str, unit: Unit) -> bool:
    return bool(_acronym_pattern(acronym).search(unit.plain)) or _spelt_out(acronym, unit.plain)


def _spelt_out(acronym: str, words: str) -> bool:
    """Whether words in a row begin with its letters: Memorandum of Understanding for MoU."""
    initials = "".join(word[0] for word in re.findall(r"\w+", words) if len(word) > 3 or word[0].isupper()).lower()
    return len(acronym) > 2 and acronym.lower() in initials
