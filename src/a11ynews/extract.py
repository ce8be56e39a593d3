"""
What a catalog should hold: every text of a record, and every message of the templates, with all that a translator needs to know.

The entries stand in the order in which the page reads. `#.` comments say in words what the flags say too: flags do not outlive
every tool, comments do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import markup
from .article import Article, BulletList, Path, Table, Text, names, texts
from .language import name_of
from .markup import Level, NameMarker, Node
from .merge import Wanted
from .render import UiMessage


def record_entries(article: Article) -> list[Wanted]:
    """The entries of a record's own catalog. Texts that are equal and of one role share one."""
    places = _places(article)
    found: dict[tuple[str, str], list[tuple[Path, Text]]] = {}
    for path, text in texts(article):
        if not text.stays:
            found.setdefault((text.role.name, text.words), []).append((path, text))
    return [_entry(article, same, places) for same in found.values()]


def at_address(entries: Sequence[Wanted], address: str) -> list[Wanted]:
    """The same entries; those of headline and slug tell the address that the page will have."""
    return [
        replace(entry, extracted=(*entry.extracted, f"The page: {address}")) if entry.context in ("headline", "slug") else entry
        for entry in entries
    ]


def _entry(article: Article, same: list[tuple[Path, Text]], places: dict[Path, str]) -> Wanted:
    path, text = same[0]
    notes = [f"{_TITLES.get(text.role.name, text.role.name).upper()}{places[path]}."]
    notes += _advice(article, path, text)
    if len(same) > 1:
        notes.append(f"The same words stand in {len(same)} places, and have one translation.")
    if text.role.most:
        better = f", better {BETTER[text.role.name]}" if text.role.name in BETTER else ""
        notes.append(f"At most {text.role.most} characters{better}; the source has {len(text.words)}.")
    notes += _what_to_keep(article, text)
    flags = []
    if text.role.most:
        flags.append(f"max-length:{text.role.most}")
    if text.role.level is not Level.NONE:
        flags.append("md-text")
    # Prose with a percent sign or a brace is no format string, whatever a tool takes it for.
    if "%" in text.words:
        flags.append("no-python-format")
    if "{" in text.words:
        flags.append("no-python-brace-format")
    references = tuple(f"{other.file}:{other.line}" for _, other in same)
    return Wanted(text.role.name, text.words, "", tuple(notes), references, tuple(flags))


def _places(article: Article) -> dict[Path, str]:
    """Where a text stands among its like, in words: ` 2 of 6, after the heading “A historic day”`."""
    placed = list(texts(article))
    totals: dict[str, int] = {}
    for _, text in placed:
        totals[text.role.name] = totals.get(text.role.name, 0) + 1
    heading = ""
    counts: dict[str, int] = {}
    words: dict[Path, str] = {}
    for path, text in placed:
        role = text.role.name
        counts[role] = counts.get(role, 0) + 1
        words[path] = _within(article, path)
        if not words[path] and totals[role] > 1:
            words[path] = f" {counts[role]} of {totals[role]}"
        if "info" in path and role != "info heading":
            words[path] += f", in the box “{_at(article, path[: path.index('info') + 1], 'heading').words}”"
        elif heading and path[0] == "body" and role != "heading":
            words[path] += f", after the heading “{heading}”"
        if role == "heading":
            heading = text.words
    return words


def _within(article: Article, path: Path) -> str:
    """Where a text stands in its list or table; empty for all others."""
    if "items" in path and isinstance(whole := _at(article, path[:-2]), BulletList):
        return f" {int(path[-1]) + 1} of {len(whole.items)}"
    if "header" in path and isinstance(whole := _at(article, path[:-2]), Table):
        return f" {int(path[-1]) + 1} of {len(whole.header)}"
    if "rows" in path and isinstance(whole := _at(article, path[:-3]), Table):
        column = whole.header[int(path[-1])].words
        return f" in row {int(path[-2]) + 1} of {len(whole.rows)}, column “{column}”"
    return ""


def _advice(article: Article, path: Path, text: Text) -> Iterator[str]:
    """What makes this text a good one on a page, and what stands beside it."""
    role, whole = text.role.name, _at(article, path[:-1])
    if role in _BESIDE_A_FILE:
        file, caption, alt = (getattr(whole, name, None) for name in ("file", "caption", "alt"))
        if role == "alt":
            yield f"Said in place of the picture {file} to people who do not see it: say what is to be seen."
            yield "Do not begin with “picture of”, and do not repeat the caption" + (
                f", which says: “{caption.words}”" if caption else "."
            )
            return
        yield f"Belongs to {file}." + (f" Its alternative text says: “{alt.words}”" if alt else "")
    if role == "quote" and (source := getattr(whole, "source", None)):
        yield f"The words of: {source.words}"
    if role == "author role":
        yield f"What {whole.name} does."
    if note := _ADVICE.get(role):
        yield note


_TITLES = {"alt": "alternative text", "description": "long description", "slug": "address"}

_BESIDE_A_FILE = ("alt", "caption", "description", "media title", "transcript")

BETTER = {"headline": 70, "alt": 125}
"""By role, the length to aim for: what is read out, or shown, in one go, and else cut in search results, or tires listeners."""

_ADVICE = {
    "headline": "The title of the page and its main heading.",
    "kicker": "The short line above the headline.",
    "teaser": "Stands below the headline, and in search results and links to the page.",
    "slug": "Part of the page's address: small letters and digits, “-” between words; leave it empty to keep the source's.",
    "description": "All that a chart, a map or a picture full of detail tells, for people who do not see it.",
    "list item": "Give all items of a list the same grammatical form.",
    "credit": "Who made or gave the picture; stands after “Image:”.",
    "quote": "Somebody's own words: keep their tone.",
    "quote source": "Who said it, and in what function.",
    "info heading": "The heading of a box beside the story.",
    "contact": "Whom to ask.",
    "related link": "The words of a link; they should say what it leads to.",
    "table caption": "Says what the table shows; voices read it first.",
    "table header": "The header of a column: short.",
    "media title": "Names the player to screen readers.",
    "transcript": "What is heard, word for word.",
    "licence": "The name of the licence, as it is known in your language.",
}


def _at(article: Article, path: Path, *more: str) -> Any:
    """What stands at a path of a record."""
    at: Any = article
    for step in (*path, *more):
        at = at[step] if isinstance(step, int) else getattr(at, step)
    return at


def _what_to_keep(article: Article, text: Text) -> Iterator[str]:
    nodes = markup.parse(text.words, text.role.level)
    if targets := markup.targets(nodes):
        links = "the link" if len(targets) == 1 else f"the {len(targets)} links"
        yield f"Keep {links}: translate the words in [ ], leave the address in ( )."
    kinds = _kinds(nodes)
    if stressed := [mark for kind, mark in _STRESS if kind in kinds]:
        yield f"Keep {' and '.join(stressed)} around the words that are stressed."
    for language in dict.fromkeys(markup.languages(nodes)):
        yield f'Keep <i lang="{language}"> … </i>: it makes a voice speak {name_of(language, "en")}.'
    if text.role.name == "slug":
        return
    words = markup.plain(nodes)
    if kept := NameMarker(names(article)).found(words):
        yield f"Leave as {'it is' if len(kept) == 1 else 'they are'}: {', '.join(kept)}."
        for name in kept:
            words = words.replace(name, "")
    if figures := list(dict.fromkeys(_FIGURE.findall(words))):
        # Parted by semicolons: a comma can be part of a figure.
        yield f"Keep the figure{'' if len(figures) == 1 else 's'}: {'; '.join(figures)}."


_STRESS = (("strong", "**…**"), ("em", "*…*"))
# Also those with spaces: telephone numbers, and thousands as ISO writes them.
_FIGURE = re.compile(
    r"(?<!\w)"
    r"(?:\+\d+(?:[ /.-]?\d+)+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/’'–-]\d+)*)(?:\s?[%‰])?"
)


def _kinds(nodes: Iterable[Node]) -> set[str]:
    return {kind for node in nodes for kind in (node.kind, *_kinds(node.children))}


def ui_entries(messages: Iterable[UiMessage]) -> list[Wanted]:
    """The entries of the catalog of the page's own words."""
    found: dict[tuple[str, str], _Ui] = {}
    for message in messages:
        entry = found.setdefault((message.context, message.id), _Ui(message.context, message.id, message.plural, [], []))
        entry.references.append(f"{message.file}:{message.line}")
        notes = dict.fromkeys(note[:1].upper() + note[1:] for note in message.notes)
        entry.notes += [note for note in notes if note not in entry.notes]
    return [
        Wanted(
            entry.context,
            entry.id,
            entry.plural,
            tuple(entry.notes),
            tuple(dict.fromkeys(entry.references)),
            ("python-brace-format",) if re.search(r"\{\w+\}", entry.id) else (),
        )
        for entry in found.values()
    ]


@dataclass(slots=True)
class _Ui:
    context: str
    id: str
    plural: str
    references: list[str]
    notes: list[str]
