"""
Which language words are in, by the letters that follow each other in them.

py3langid counts; this module decides when its answer may be trusted. It is asked about the languages that a page is likely to be
in, and a language is never told from its nearest kin: nobody is helped by “this Danish looks Norwegian”.
"""

import lzma
import re
from array import array
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from lzma import LZMAError
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile

from .errors import A11yNewsError
from .files import write_bytes
from .resources import is_own, user_folder

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
    """
    py3langid's model. Loading it takes time, so it is done when it is needed, and once.

    Half of that is to unpack it. Unpacked it is kept among the user's caches, named after what it was unpacked from; whoever
    cannot keep it unpacks it each time.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    packed = Path(MODEL_DIR, MODEL_FILE)
    try:
        content = packed.read_bytes()
        kept = user_folder() / "words" / f"{sha256(content).hexdigest()[:32]}.npz"
        if not kept.exists():
            _unpack(content, kept)
        if is_own(kept.parent) and is_own(kept):
            return _read_model(kept)
    except (ImportError, OSError, RuntimeError, ValueError, TypeError, KeyError, BadZipFile, EOFError, LZMAError, A11yNewsError):
        pass  # py3langid reads its own, whatever it is
    return LanguageIdentifier.from_model_file(packed, norm_probs=True)


def _unpack(content: bytes, kept: Path) -> None:
    """Keep a model unpacked, and remove those of other versions of it. Raises OSError, A11yNewsError or LZMAError."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_bytes(kept, lzma.decompress(content))
    for other in kept.parent.glob("*.npz"):
        if other != kept:
            other.unlink(missing_ok=True)


def _read_model(file: Path) -> Any:
    """The model in a file of arrays, as py3langid has it in memory. Raises an error of many kinds where it is not whole."""
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    def numbers(of: Any) -> "array[int]":
        made = array({2: "H", 4: "I"}[of.dtype.itemsize])
        made.frombytes(of.tobytes())
        return made

    if not is_zipfile(file):
        raise BadZipFile
    with np.load(file, allow_pickle=False) as told:  # data alone; and each part has a checksum
        return LanguageIdentifier(
            told["ptc"],
            told["pc"],
            told["classes"].tolist(),
            numbers(told["nextmove"]),
            told["out_feat"].tolist(),
            norm_probs=True,
            tk_row=numbers(told["nextmove_row"]),
        )


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
    # The model has no Bokmål by its own tag (nb), but its kin: no.
    own = {base} if base in _labels() else {language for language in _labels() if _GROUP.get(language) == _GROUP.get(base, base)}
    ranked = {str(tag): float(share) for tag, share in _model(tuple(sorted({*(among or _LIKELY), *own}))).rank(words[:800])}
    shares: dict[str, float] = {}
    for language, likelihood in ranked.items():
        group = _GROUP.get(language, language)
        shares[group] = shares.get(group, 0.0) + likelihood
    best = max(ranked, key=lambda language: ranked[language])
    return Identified(best, shares[_GROUP.get(best, best)], shares.get(_GROUP.get(base, base), 0.0))


def count_letters(words: str) -> int:
    """How many letters there are; digits and marks say nothing of a language."""
    return len(re.sub(r"[\W\d_]+", "", words))
