"""
Which language words are in, by the letters that follow each other in them.

py3langid counts; this module decides when its answer may be trusted. It is asked about the languages that a page is likely to be
in, and a language is never told from its nearest kin: nobody is helped by “this Danish looks Norwegian”.
"""

import re
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

# Languages with many readers on the web. Small ones that lie close to these are left out: a model of letters takes English for
# Nigerian Pidgin, and Italian for Ligurian.
_LIKELY = re.findall(
    r"\w+",
    "ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mr ms mt "
    "nb nl nn no pa pl pt ro ru sk sl sq sr sv ta te th tr uk ur vi zh",
)

_KIN = (
    "be bg mk ru uk",
    "bs hr sl sr",
    "ca es gl pt",
    "cs sk",
    "da nb nn no sv",
    "id ms",
    "hi mr",
    "fa ur",
    "af nl",
    "ga gd",
)
"""Languages whose words are too alike to be told from each other in a few sentences."""

_GROUP = {language: group.split()[0] for group in _KIN for language in group.split()}

FEWEST_LETTERS = 24
"""Shorter words are not judged: a name, a title, “Impressum”."""


@dataclass(frozen=True, slots=True)
class Identified:
    """What words look like."""

    language: str
    """The tag of the likeliest language, as `de`."""
    likelihood: float
    """How likely it is, from 0 to 1, its kin included."""
    declared: float
    """How likely the declared language is, its kin included."""

    def contradicts(self, *, letters: int) -> bool:
        """Whether the words are certainly not in the declared language. The fewer the letters, the surer it must be."""
        least, most = (0.9, 0.02) if letters >= 120 else (0.9, 0.004)
        return self.likelihood >= least and self.declared <= most


@cache
def _whole_model() -> Any:
    """py3langid's model. Loading it takes a second, so it is done when it is needed, and once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _model(languages: tuple[str, ...]) -> Any:
    """py3langid's model of some languages; they share what is the same for all."""
    model = copy(_whole_model())
    known = set(model.labels)
    model.set_languages([language for language in languages if language in known])
    return model


def can_be_told(language: str) -> bool:
    """Whether anything is known of a language, given by its tag."""
    base, *rest = language.lower().split("-")
    # The words of pseudo-locales (UTS #35) are in no language.
    return not {"xa", "xb"}.intersection(rest) and bool(base) and (base in _LIKELY or base in _labels())


@cache
def _labels() -> frozenset[str]:
    return frozenset(_whole_model().labels)


@lru_cache(50_000)
def identify(words: str, declared: str, among: tuple[str, ...] = (), fewest: int = FEWEST_LETTERS) -> Identified | None:
    """
    What language words look to be in, beside the one that they are declared to be in.

    `among` are the languages that they can be in, where that is known better than “any”: the fewer, the surer the answer. None
    where there are fewer letters than `fewest`, or where nothing is known of the declared language.
    """
    base = declared.split("-")[0].lower()
    if count_letters(words) < fewest or not can_be_told(declared):
        return None
    ranked = {str(tag): float(share) for tag, share in _model(tuple(sorted({*(among or _LIKELY), base}))).rank(words[:800])}
    shares: dict[str, float] = {}
    for language, likelihood in ranked.items():
        group = _GROUP.get(language, language)
        shares[group] = shares.get(group, 0.0) + likelihood
    best = max(ranked, key=lambda language: ranked[language])
    return Identified(best, shares[_GROUP.get(best, best)], shares.get(_GROUP.get(base, base), 0.0))


def count_letters(words: str) -> int:
    """How many letters there are; digits and marks say nothing of a language."""
    return len(re.findall(r"[^\W\d_]", words))
