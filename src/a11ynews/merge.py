"""
Bring a catalog up to date with the texts it should hold, without losing a translation.

gettext's own merge knows a text by its words alone: a headline that is written anew is a new text to it, and its translation
goes. Here a text is also known by its place. The texts of a role are laid side by side, as they stood and as they stand; what
stands where another one stood becomes its successor and keeps its translation, as fuzzy and with the old words beside it (`#|`).
"""

import contextlib
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from .errors import CatalogError
from .po import PoEntry, PoFile, Previous

_T = TypeVar("_T")
_Key = tuple[str, str]

FROM_MEMORY = "Translation memory: from "
"""How the translator's comment begins that tells where a suggested translation comes from."""

# The flags that an update sets anew. All others are somebody else's, and stay.
_OUR_FLAG = re.compile(r"max-length:.*|md-text|(?:no-)?[a-z0-9-]+-format")
_LIMIT = "max-length:"
_LINE = re.compile(r":[0-9]+$")

# From what likeness on (0 to 1) a text is taken for another one written anew: in the same place, and anywhere on the page.
_ALIKE_HERE, _ALIKE_ANYWHERE = 0.5, 0.8
# Longer texts (in characters) are compared by their words.
_SHORT = 80
# Nobody rewrites more than this many texts at once and moves one past all of them; comparing each with each would take minutes.
_REACH = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry that a catalog should have."""

    context: str
    """The role: `headline`, `alt`, `paragraph` …; empty for none."""
    id: str
    plural: str = ""
    extracted: tuple[str, ...] = ()
    """What a translator should know of it, line by line (`#.`)."""
    references: tuple[str, ...] = ()
    """Where it stands, as `news/x/record.yaml:14` (`#:`)."""
    flags: tuple[str, ...] = ()
    """`max-length:90`, `md-text`, `no-python-format` …; set anew on each update."""

    @property
    def key(self) -> _Key:
        """What tells it from all others: context and id."""
        return self.context, self.id


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of the same words somewhere else."""

    words: str
    origin: str
    """Where it stands: the catalog's file, and the role where it is another one."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge did: how many entries …, and whether the catalog has other bytes now."""

    new: int
    changed: int
    """… say something else now."""
    returned: int
    """… took back a translation that they had before."""
    obsolete: int
    """… are no longer wanted, and their translation is kept behind `#~`."""
    kept: int
    altered: bool
    trivial: int = 0
    """… of those kept have a source that changed trivially."""
    remembered: int = 0
    """… have a suggestion of the translation memory."""


def merge(
    po: PoFile,
    wanted: Sequence[Wanted],
    *,
    trivial: Callable[[str, str], bool] | None = None,
    remember: Callable[[Wanted], Suggestion | None] | None = None,
    add: bool = True,
) -> Merge:
    """
    Give a catalog the entries that are wanted, in their order, and lose no translation.

    An entry with the same context and id stays as it is. A text that returns takes its translation back. What takes the place of
    another text of its role becomes its successor. What is no longer wanted goes behind `#~` if it is translated, else away.
    Extracted comments and our own flags are set anew; references only where more than their line numbers has changed.

    `trivial` says of two wordings of a text whether a translation of the one holds for the other; where it does, a translation is
    not fuzzy for the change. `remember` is asked for a translation of what has none: a suggestion is fuzzy, and a translator's
    comment tells its origin. One that was emptied again is not made a second time.

    Without `add`, a text that has no entry gets none: the catalog holds only what somebody has put there. As it does not show
    what stood between its entries, a text is the successor of another one then only where the two are much alike.
    """
    texts: dict[_Key, Wanted] = {}
    for text in wanted:
        if text.id:  # an empty one would be the header
            texts[text.key] = _joined(texts[text.key], text) if text.key in texts else text
    before, nplurals = po.content(), po.nplurals
    if b"#| " in before or b"# | msg" in before:
        for entry in po.entries:
            _mend_previous(entry)
    headers, live, gone = [entry for entry in po.entries if entry.is_header], po.live, po.obsolete

    same = {entry.key: entry for entry in live if entry.key in texts}
    returned = {entry.key: entry for entry in gone if entry.key in texts}
    returned |= _remembered([*live, *gone], texts, same | returned)
    successors = _successors(live, texts, same | returned, by_place=add)
    entries = same | returned | successors
    if not add:
        texts = {key: text for key, text in texts.items() if key in entries}
    changed = trivially_changed = remembered = 0
    for key, text in texts.items():
        if key not in entries:
            entries[key] = PoEntry.new(*key, text.plural, newline=po.newline, nplurals=nplurals)
        entry = entries[key]
        entry.set_obsolete(False)
        was, now = _source(entry), _source(text)
        holds = _holds(entry, now, trivial)
        if was != now or holds:
            _reword(entry, text, nplurals, holds)
        if key not in returned:
            trivially_changed += holds
            changed += was != now and not holds
        if remember and not entry.translated and not entry.plural:
            remembered += _suggest(entry, text, remember)
        _set_flags(entry, text.flags)
        entry.set_extracted(text.extracted)

    used = set(entries.values())
    left = [entry for entry in live if entry not in used and entry.translated]
    for entry in left:
        entry.set_obsolete(True)
        _set_flags(entry, ())
        entry.set_extracted(())
        entry.set_references(())
    order = [entries[key] for key in texts]
    po.arrange([*headers, *order, *(entry for entry in gone if entry not in used), *left])

    pairs = list(zip(order, texts.values(), strict=True))
    altered = po.content() != before
    if altered or any(_files(entry.references) != _files(text.references) for entry, text in pairs):
        altered = True
        for entry, text in pairs:
            entry.set_references(text.references)
    return Merge(
        new=len(texts) - len(same) - len(returned) - len(successors),
        changed=changed,
        returned=len(returned),
        obsolete=len(left),
        kept=len(same) + len(successors) - changed,
        altered=altered,
        trivial=trivially_changed,
        remembered=remembered,
    )


def _joined(text: Wanted, other: Wanted) -> Wanted:
    """One entry for a text that stands in two places. Of two limits the lower one holds."""
    flags = dict.fromkeys([*text.flags, *other.flags])
    limits = sorted((flag for flag in flags if flag.startswith(_LIMIT)), key=lambda flag: int(flag.removeprefix(_LIMIT)))
    return replace(
        text,
        plural=text.plural or other.plural,
        extracted=tuple(dict.fromkeys([*text.extracted, *other.extracted])),
        references=tuple(dict.fromkeys([*text.references, *other.references])),
        flags=tuple(flag for flag in flags if flag not in limits[1:]),
    )


def _files(references: Iterable[str]) -> list[str]:
    return [_LINE.sub("", reference) for reference in references]


def _set_flags(entry: PoEntry, ours: Iterable[str]) -> None:
    foreign = [flag for flag in entry.flags if flag != "fuzzy" and not _OUR_FLAG.fullmatch(flag)]
    entry.set_flags([*(["fuzzy"] if entry.fuzzy else []), *ours, *foreign])


def _source(text: Wanted | PoEntry) -> Previous:
    return Previous(text.context, text.id, text.plural)


def _holds(entry: PoEntry, now: Previous, trivial: Callable[[str, str], bool] | None) -> bool:
    """Whether its translation is of other words than those that are wanted, and holds for them all the same."""
    origin = _origin(entry)
    if trivial is None or origin is None or origin == now or not entry.translated:
        return False
    if origin.context != now.context or bool(origin.plural) != bool(now.plural):
        return False
    if now.plural and not (entry.plural and all(entry.strings.values())):
        return False  # a form is missing
    return trivial(origin.id, now.id) and (origin.plural == now.plural or trivial(origin.plural, now.plural))


def _origin(entry: PoEntry) -> Previous | None:
    """The words that its translation was made of. Those of a fuzzy one are in `#|`; without these, nobody knows them."""
    return entry.previous if entry.fuzzy else _source(entry)


def _reword(entry: PoEntry, text: Wanted, nplurals: int, holds: bool) -> None:
    """Have an entry say what is wanted, its translation kept: as fuzzy, unless it holds or was made of these words."""
    was, now, origin = _source(entry), _source(text), _origin(entry)
    strings = entry.strings
    reshaped = bool(was.plural) != bool(now.plural)
    if reshaped and now.plural:
        strings = dict.fromkeys(range(nplurals), "") | {0: strings[0]}
    elif reshaped:
        entry.set_comments([*entry.comments, *(f"msgstr[{n}] was: {string}" for n, string in strings.items() if n and string)])
        strings = {0: strings[0]}
    entry.set_id(text.id, text.plural)
    entry.set_strings(strings)
    lacks_forms = reshaped and bool(now.plural)
    entry.set_fuzzy(entry.translated and not holds and (lacks_forms or origin != now))
    entry.set_previous(origin if entry.fuzzy else None)
    if not entry.translated:  # what was suggested for other words, and refused, says nothing of these
        entry.set_comments(comment for comment in entry.comments if not comment.startswith(FROM_MEMORY))


def _suggest(entry: PoEntry, text: Wanted, remember: Callable[[Wanted], Suggestion | None]) -> bool:
    """Give an entry without translation the one that is remembered, so that nobody takes it for a translator's."""
    if any(comment.startswith(FROM_MEMORY) for comment in entry.comments):
        return False
    suggestion = remember(text)
    if suggestion is None:
        return False
    entry.set_strings({0: suggestion.words})
    entry.set_fuzzy(True)
    entry.set_previous(None)
    entry.set_comments([*entry.comments, FROM_MEMORY + suggestion.origin])
    return True


_CLOSED = re.compile(r'#\| (?:msg\w+ )?(?:"(?:[^"\\]|\\.)*"\s*)+')


def _mend_previous(entry: PoEntry) -> None:
    """
    Mend what Babel does to `#|` lines.

    It breaks them within quotation marks, where gettext cannot read them; and where it reads them, it makes comments of them
    (`# | msgid "…"`), with breaks of its own.
    """
    if previous := entry.previous:
        if any(line.startswith("#| ") and not _CLOSED.fullmatch(line.rstrip()) for line in entry.raw.splitlines()):
            entry.set_previous(None)
            entry.set_previous(previous)
        return
    lines: list[str] = []
    kept: list[str] = []
    for comment in entry.comments:
        if comment.startswith("| "):
            lines.append(f"#{comment}")
        elif lines and not _CLOSED.fullmatch(lines[-1]):
            lines[-1] += f" {comment}"
        else:
            kept.append(comment)
    if lines and entry.fuzzy:
        with contextlib.suppress(CatalogError, ValueError):  # not one entry: it only looked like such lines
            (read,) = PoFile.parse("\n".join([*lines, 'msgid "x"', 'msgstr ""', ""]), "").entries
            entry.set_previous(read.previous)
            entry.set_comments(kept)


def _remembered(entries: Sequence[PoEntry], texts: Mapping[_Key, Wanted], matched: Mapping[_Key, PoEntry]) -> dict[_Key, PoEntry]:
    """The texts that no entry has, but whose translation waits as fuzzy under the words that replaced them."""
    used = set(matched.values())
    memory = {
        entry.previous: entry
        for entry in entries
        if entry.previous and entry.fuzzy and entry.translated and bool(entry.previous.plural) == bool(entry.plural)
    }
    found: dict[_Key, PoEntry] = {}
    for key, text in texts.items():
        if key not in matched and (entry := memory.get(_source(text))):
            if entry in used:
                found[key] = PoEntry.new(*key, text.plural, newline=entry.newline)
                found[key].set_strings(entry.strings)
            else:
                found[key] = entry
            used.add(entry)
    return found


def _successors(
    live: Sequence[PoEntry], texts: Mapping[_Key, Wanted], matched: Mapping[_Key, PoEntry], *, by_place: bool
) -> dict[_Key, PoEntry]:
    """The new texts that take the place of entries which are no longer wanted, role by role; or else that are much like them."""
    used = set(matched.values())
    found: dict[_Key, PoEntry] = {}
    for role in dict.fromkeys(key[0] for key in texts if key not in matched):
        old = [entry for entry in live if entry.context == role]
        new = [text for text in texts.values() if text.context == role]
        if not by_place:
            left = {entry: 0 for entry in old if entry not in used and entry.translated}
            found |= _pairs(left, {text: 1 for text in new if text.key not in matched}, reach=len(new))
            continue
        # The gaps are where the two orders differ: what is in the n-th one was there, and is there now.
        gaps = difflib.SequenceMatcher(None, [entry.key for entry in old], [text.key for text in new], False).get_opcodes()
        left = {entry: n for n, gap in enumerate(gaps) for entry in old[gap[1] : gap[2]] if entry not in used}
        right = {text: n for n, gap in enumerate(gaps) for text in new[gap[3] : gap[4]] if text.key not in matched}
        found |= _pairs(left, right)
        for here, there in zip(_by_gap(right, len(gaps)), _by_gap(left, len(gaps)), strict=True):
            # Where more went than came, let those go first that have no translation to give.
            surplus = max(len(there) - len(here), 0)
            idle = [entry for entry in there if not entry.translated][:surplus]
            rest = [entry for entry in there if entry not in idle]
            found |= {text.key: entry for entry, text in zip(rest, here, strict=False) if text.plural or not entry.plural}
    return found


def _by_gap(numbers: Mapping[_T, int], count: int) -> list[list[_T]]:
    gaps: list[list[_T]] = [[] for _ in range(count)]
    for item, number in numbers.items():
        gaps[number].append(item)
    return gaps


def _pairs(left: dict[PoEntry, int], right: dict[Wanted, int], reach: int = _REACH) -> dict[_Key, PoEntry]:
    """What is much alike, each with one other, the most alike first; it is taken out of both sides."""
    found: dict[_Key, PoEntry] = {}
    for entry, text in _alike(left, right, reach):
        if entry in left and text in right:
            found[text.key] = entry
            del left[entry], right[text]
    return found


def _alike(left: Mapping[PoEntry, int], right: Mapping[Wanted, int], reach: int) -> list[tuple[PoEntry, Wanted]]:
    """The pairs of an entry and a text that are much alike, the most alike first; both come with the number of their gap."""
    found = []
    for n, (text, gap) in enumerate(right.items()):
        split = list if len(text.id) <= _SHORT else str.split
        matcher = difflib.SequenceMatcher(None, [], split(text.id), False)
        for m, (entry, there) in enumerate(left.items()):
            if abs(n - m) > reach or (entry.plural and not text.plural):
                continue
            least = _ALIKE_HERE if gap == there else _ALIKE_ANYWHERE
            matcher.set_seq1(split(entry.id))
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least:
                found.append((-ratio, gap != there, n, m, entry, text))
    return [(entry, text) for *_, entry, text in sorted(found, key=lambda pair: pair[:4])]
