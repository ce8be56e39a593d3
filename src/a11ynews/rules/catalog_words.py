"""Words in catalogs: what was left as it was, said twice, said otherwise elsewhere, or against the glossary."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, reduce

from ..catalog import HIDDEN, Bitext, BitextSet, Term, Unit
from ..finding import Severity
from ..language import same_language
from ..message import language_name, say
from ..page import excerpt
from ..rule import rule

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

# -- left as it was ----------------------------------------------------------------------------------------------------

_NAME_ROLES = frozenset(
    {"credit", "location", "quote source", "table cell", "table header", "tag", "kicker", "section", "caption"}
)
"""The roles in which a text may be a name and no more."""

_FIELD = re.compile(r"\{\w*\}")
_IN_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        afp an and ansa apa at da de del della der di dpa du e el epa epd for in kna la le of on sda the to und van von y
        """,
    )
)
_IN_NO_NAME = frozenset(("courtesy", "credit", "image", "photo", "photograph", "picture", "private", "source"))

# Words that English, German and Italian spell alike, and that may be all of a heading or a tag.
_INTERNATIONAL = frozenset(
    re.findall(
        r"\S+",
        """
        audio auto babysitter bar blog bus camping chat computer design festival film golf hockey hotel internet interview jazz
        job live marketing newsletter online opera podcast pop popcorn quiz radio record rock rugby smog software sport standard
        start-up studio taxi team tennis test ticket thriller training tram video virus web workshop yoga zoo
        """,
    )
)


@rule("po-same", on=Bitext, severity=Severity.WARNING, wcag=("3.1.2",))
def po_same(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A translation has other words than its source.

    Names, numbers, addresses, acronyms and words in `<i lang>` may stay; of a caption, a credit or the like all of it may be a
    name. A film's title or a loanword needs a comment that says so (see po-ignore).

    Bad: `[de paragraph] The bridge is open again. => The bridge is open again.`
    Bad: `[it tag] climate => climate`
    Bad: `[de heading] Green Hydrogen => Green hydrogen`
    Good: `[de credit] Anna Huber => Anna Huber`
    Good: `{PoliMi, TUM} [de kicker] PoliMi, TUM => PoliMi, TUM`
    Good: `[de table cell] 2,350 => 2,350`
    Good: `[de heading] <i lang="fr">Tour de France</i> => <i lang="fr">Tour de France</i>`
    Good: `[en-GB heading] The bridge => The bridge`
    """
    if same_language(bitext.language, bitext.source_language):
        return
    for unit in bitext.units:
        if unit.role.name == "slug" or _compared(unit.words) != _compared(unit.source):
            continue
        # What is left of “(in {language})” is no word that would have to differ.
        words = [word for word in _WORD.findall(_FIELD.sub(" ", unit.source_prose)) if len(word) > 2]
        if words and not _is_name(words, unit):
            yield (
                unit,
                say(
                    "the translation is the source's words; translate them to {language}, or say why they stay",
                    language=language_name(unit.language),
                ),
            )


def _compared(words: str) -> str:
    return " ".join(words.casefold().split())


def _is_name(words: list[str], unit: Unit) -> bool:
    """Whether words may be a name: acronyms anywhere, words with capitals where names stand alone."""
    words = [word for word in words if word.lower() not in _INTERNATIONAL]
    if all(word.isupper() and len(word) < 7 and word.lower() not in _IN_NAMES for word in words):
        return True
    own = [word for word in words if word.lower() not in _IN_NAMES]
    may_be = unit.role.name in _NAME_ROLES and len(words) < 8 and all(word[0].isupper() for word in own)
    return may_be and _IN_NO_NAME.isdisjoint(word.lower() for word in own)


# -- said twice --------------------------------------------------------------------------------------------------------

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \u00a0\n](\1)(?![\w’'-])", re.IGNORECASE)
_TWICE_IN_SOURCE = re.compile(r"(?<![^\W_])([^\W\d_]+)\s+\1(?![^\W_])", re.IGNORECASE)
_MAY_REPEAT = {
    "en": {"bye", "had", "hear", "her", "knock", "many", "no", "so", "sure", "that", "there", "very", "yes"},
    "de": {"ihnen", "ihr", "ja", "nein", "sehr", "sie", "so", "uns", "wir", "zu"},
    "it": frozenset(
        re.findall(
            r"\S+",
            """
            ben bene così fin giù lì là man mano molto no passo pian piano poco proprio quasi sì su subito via
            """,
        )
    ),
}
# „…, die die Brücke …“, „mit der der Fluss …“: a relative pronoun before an article.
_RELATIVE = re.compile(
    r"(?:,|\b(?:an|auf|aus|bei|durch|für|gegen|hinter|in|mit|nach|neben|über|um|unter|von|vor|zu))\s\Z", re.IGNORECASE
)
_ARTICLES = {"das", "dem", "den", "denen", "der", "die"}


@rule("po-doubled-word", on=Bitext, severity=Severity.WARNING)
def po_doubled_word(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    No word is written twice by mistake.

    What the source has twice may be so, and what a language repeats by its grammar: “Menschen, die die Brücke …”, “piano piano”.

    Bad: `[de paragraph] The bridge is open. => Die Brücke ist ist offen.`
    Bad: `[it paragraph] In the valley => Nella nella valle`
    Good: `[de paragraph] Those who saved the bridge => Menschen, die die Brücke retteten`
    Good: `[it paragraph] A concert by Duran Duran => Un concerto dei Duran Duran`
    """
    allowed = _MAY_REPEAT.get(bitext.language.split("-")[0], ())
    for unit in bitext.units:
        in_source: set[str] | None = None
        for match in _TWICE.finditer(unit.plain):
            word = match[1].lower()
            # “file FILE” are two words; but the first of a sentence has a capital letter.
            if word in allowed or match[1][1:] != match[2][1:]:
                continue
            if in_source is None:
                in_source = {twice[1].lower() for twice in _TWICE_IN_SOURCE.finditer(unit.source_plain)}
            is_relative = word in _ARTICLES and _RELATIVE.search(unit.plain, max(match.start() - 8, 0), match.start())
            if word not in in_source and not is_relative:
                yield unit, say("{words} stands there twice; take one away", words=excerpt(match[0]))
                break


# -- said otherwise elsewhere ------------------------------------------------------------------------------------------


@rule("po-inconsistent", on=BitextSet, severity=Severity.REVIEW)
def po_inconsistent(catalogs: BitextSet) -> Iterator[tuple[tuple[Bitext, Unit], str]]:
    """
    What the source says in the same words and in the same role is said in the same words in all catalogs of a language.

    A person must look: two texts that look alike may mean different things. Named is what most catalogs do not say; where it is
    as many against as many, what comes later.

    Bad: `[de section] Research => Forschung` `[de section] Research => Wissenschaft`
    Good: `[de section] Research => Forschung` `[de section] Research => Forschung`
    Good: `[de section] Research => Forschung` `[de heading] Research => Wissenschaft`
    """
    found: defaultdict[tuple[str, str, str], list[tuple[Bitext, Unit]]] = defaultdict(list)
    for bitext in catalogs.bitexts:
        for unit in bitext.units:
            if not unit.entry.plural and unit.role.name not in ("slug", "alt"):
                found[bitext.source_language, unit.role.name, unit.source].append((bitext, unit))
    for (*_, source), places in found.items():
        ways = Counter(_compared(unit.words) for _, unit in places)
        if len(ways) > 1:
            usual = ways.most_common(1)[0][0]
            words = next(unit.words for _, unit in places if _compared(unit.words) == usual)
            for bitext, unit in places:
                if _compared(unit.words) != usual:
                    elsewhere = next(other.name for other, there in places if there.words == words)
                    yield (
                        (bitext, unit),
                        say(
                            "{source} is {here} here and {there} in {file}; see whether both are meant",
                            source=excerpt(source, 40),
                            here=excerpt(unit.words, 40),
                            there=excerpt(words, 40),
                            file=elsewhere,
                        ),
                    )


# -- the glossary ------------------------------------------------------------------------------------------------------


@rule("po-glossary", on=Bitext, severity=Severity.WARNING)
def po_glossary(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Terms are said as the glossary has them (`locales/glossary.csv`), and not as it forbids.

    Endings and, in German, the rest of a compound make no difference: “Vertrag” is in “Kooperationsverträge”. Of two terms in one
    place the longer one counts. Here `{partnership = Partnerschaft, not Kooperation}` is a line of the glossary.

    Bad: `{partnership = Partnerschaft} [de paragraph] The partnerships began. => Die Allianzen begannen.`
    Bad: `{partnership = Partnerschaft, not Kooperation} [de heading] A partnership => Partnerschaft und Kooperationen`
    Good: `{contract = Vertrag} [de paragraph] The contracts => Die Kooperationsverträge`
    Good: `{artificial intelligence = künstliche Intelligenz} [de tag] Artificial Intelligence => Mit künstlicher Intelligenz`
    Good: `{agreement = accordo | intesa} [it paragraph] Two agreements => Due accordi`
    """
    for unit in bitext.units if bitext.glossary else ():
        source = unit.source_prose.replace(HIDDEN, " ")
        words = _unaccented(unit.plain) if unit.language.startswith("de") else unit.plain
        for term in _terms_in(source, bitext.glossary):
            if term.translations and not any(_stands_in(way, words, unit.language) for way in term.translations):
                ways = reduce(lambda one, other: say("{one} or {other}", one=one, other=other), map(excerpt, term.translations))
                yield unit, say("the glossary says {ways} for {term}; write it so", ways=ways, term=excerpt(term.source))
        for term in bitext.glossary:
            if wrong := next((way for way in term.forbidden if _stands_in(way, words, unit.language)), None):
                if term.translations:
                    told = {"word": excerpt(wrong), "right": excerpt(term.translations[0])}
                    yield unit, say("the glossary forbids {word}; write {right}", **told)
                else:
                    yield unit, say("the glossary forbids {word}; find another word", word=excerpt(wrong))


def _terms_in(source: str, glossary: tuple[Term, ...]) -> Iterator[Term]:
    """The terms that a text has; what stands within a longer one is not told."""
    for term in sorted(glossary, key=lambda term: -len(term.source)):
        source, found = _source_pattern(term.source).subn(HIDDEN, source)
        if found:
            yield term


@cache
def _source_pattern(term: str) -> re.Pattern[str]:
    """A term as it stands in a text, in the plural too."""
    words = [re.escape(word) for word in term.split()]
    last = rf"(?:{words[-1][:-1]}(?:y|ies)|{words[-1]})" if words[-1].endswith("y") else rf"{words[-1]}(?:e?s)?"
    return re.compile(r"(?<!\w)" + r"[-\s]+".join([*words[:-1], last]) + r"(?!\w)", re.IGNORECASE)


def _stands_in(term: str, words: str, language: str) -> bool:
    return bool(_own_pattern(term, language.split("-")[0]).search(words))


@cache
def _own_pattern(term: str, language: str) -> re.Pattern[str]:
    """A term with any endings that its language may give it."""
    words = (_unaccented(term) if language == "de" else term).split()
    # In a German compound other letters go before.
    start = "" if language == "de" and len(words) == 1 and not _is_whole(words[0]) else r"(?<!\w)"
    parts = [_stem(word, language) for word in words]
    return re.compile(start + r"[-\s]+".join(parts), re.IGNORECASE)


def _is_whole(word: str) -> bool:
    """Whether a word is too short, or an acronym, to be looked for within others: KI is not in Ski."""
    return len(word) < 3 or word.isupper()


def _stem(word: str, language: str) -> str:
    """A pattern of a word and its inflected forms: by its beginning, without the last letters where these are an ending."""
    if _is_whole(word):
        return rf"{re.escape(word)}s?(?!\w)"
    ending = {"de": r"(?:e|en|er|es|em)?\Z", "it": r"(?:io|ia|[aeio])\Z"}.get(language, r"\Z")
    stem = re.sub(ending, "", word)
    # In a compound or before an ending more letters may follow: no more than a few where they are only an ending.
    rest = r"\w*" if language == "de" else r"h?[a-zà-ù]{0,3}(?!\w)"
    return re.escape(stem) + rest


def _unaccented(words: str) -> str:
    """German words without the umlauts that a plural may have."""
    return words.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))
