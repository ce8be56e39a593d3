"""
Whether a text has changed in its spelling only, so that its translation still holds.

Nothing here knows the meaning of words, so only such changes count as do not make one word of another: white space, punctuation,
the case of first letters and, in the languages whose words change at their ends, a slip of the pen in the middle of a long one.
A letter more or less, or two that changed places, is a slip; an ending is grammar (`bridge`, `bridges`), an accent is a letter
(`konnten`, `könnten`), and a short word can be any other one (`now`, `not`). What can carry a fact is never a matter of
spelling: numbers, signs, question marks, links, tags, markup, names, words with a capital, negations.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

_TOKEN = re.compile(
    r"(?P<fixed>\]\([^()\s]*\)|<[^<>]*>|\{[^{}]*\}|\w[\w+.-]*://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[+−±-]?(?=\w*\d)\w+(?:[.,:/'’]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_PUNCTUATION = frozenset(".,;:!¡…·'\"()。、，；：！（）「」『』")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")

# Whose words are looked into. In others (Turkish: `geliyorlar`, `gelmiyorlar`) a letter within a word can turn a statement round.
_LANGUAGES = ("en", "de", "it")
# Where the case of a first letter tells words apart: `Sie`, `sie`.
_CASE_MATTERS = ("de", "lb")
_NEGATION = re.compile(
    r"no|nor|not|cannot|hardly|barely|neither|never|nobody|nothing|nowhere|without"
    r"|kein(?:e[mnrs]?|erlei|esfalls|eswegs)?|mitnichten|nichts?|nie|niemals|niemand|nirgends|ohne|weder"
    r"|affatto|mica|neanche|nemmeno|neppure|nessun[ao]?|niente|non|nulla|senza"
)
_VOWELS = frozenset("aeiou")


def same_but_for_spelling(was: str, now: str, language: str, names: Iterable[str] = ()) -> bool:
    """
    Whether two texts of a language (a BCP 47 tag) say the same, but for white space, punctuation, case and slips of the pen.

    `names` are words that must be the very same in both.
    """
    for name in names:
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if len(re.findall(pattern, was)) != len(re.findall(pattern, now)):
            return False
    primary = language.split("-")[0]
    before, after = _tokens(was), _tokens(now)
    lower = [token.lower() for token in before], [token.lower() for token in after]
    for change, a, b, c, d in difflib.SequenceMatcher(None, *lower, autojunk=False).get_opcodes():
        pairs = zip(before[a:b], after[c:d], strict=False)
        if change == "equal":
            same = all(_same_case(old, new, first=a + n == 0, language=primary) for n, (old, new) in enumerate(pairs))
        elif change != "replace" or primary not in _LANGUAGES or not all(map(_can_slip, [*before[a:b], *after[c:d]])):
            same = False
        elif b - a == d - c:
            same = all(_is_slip(old, new, primary) for old, new in pairs)
        else:
            same = "".join(before[a:b]) == "".join(after[c:d]) and sum(map(len, before[a:b])) >= 8
        if not same:
            return False
    return True


def _tokens(text: str) -> list[str]:
    """Words, and all else that must be the same in both texts, in their order; punctuation is left out."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("’", "'")
    return [
        match[0]
        for match in _TOKEN.finditer(visible)
        if not match["mark"] or not (match[0] in _PUNCTUATION or unicodedata.category(match[0]) in ("Pd", "Pi", "Pf"))
    ]


def _same_case(was: str, now: str, *, first: bool, language: str) -> bool:
    """Whether one word is as good as the other, which differs in case at most: `The`, `the`, but not `WHO`, `who`."""
    if was == now:
        return True
    return was.isalpha() and was[1:] == now[1:] and (first or language not in _CASE_MATTERS)


def _can_slip(word: str) -> bool:
    """Whether a misspelling of it would be no more than that: it is neither a name, nor a number, nor a sign, nor a negation."""
    return word.isalpha() and word.islower() and not _NEGATION.fullmatch(word)


def _is_slip(was: str, now: str, language: str) -> bool:
    """Whether one word is the other with a letter missing or too much, or two of them swapped; in English, with one exchanged."""
    length = max(len(was), len(now))
    head, tail = _common(was, now), _common(was[::-1], now[::-1])
    if abs(len(was) - len(now)) == 1:
        return length >= 8 and head >= 1 and tail >= 4 and head + tail >= length - 1
    if len(was) != len(now) or not head:
        return False
    old, new = was[head : length - tail], now[head : length - tail]
    if len(old) == 2 and old == new[::-1]:
        # German tells present and past by these two: `unterschreiben`, `unterschrieben`.
        return length >= 7 and (language == "en" or set(old) != {"e", "i"})
    if len(old) != 1 or language != "en" or head < 3:
        return False
    return (length >= 7 and {old, new} == {"s", "z"}) or (length >= 8 and tail >= 3 and {old, new} <= _VOWELS)


def _common(one: str, other: str) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
