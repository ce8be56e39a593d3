"""
What a catalog should hold: every text of a record, and every message of the templates, with all that a translator needs to know.

The entries stand in the order in which the page reads. `#.` comments say in words what the flags say too: flags do not outlive
every tool, comments do.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import markup
from .article import Article, Path, Text, names, texts
from .language import name_of
from .markup import Level, NameMarker
from .merge import Wanted
from .render import UiMessage


def record_entries(article: Article) -> list[Wanted]:
    """The entries of a record's own catalog. Texts that are equal and of one role share one."""
    places = _places(article)
    found: dict[tuple[str, str], list[tuple[Path, Text]]] = {}
    for path, text in texts(article):
        if text.language == article.language:
            found.setdefault((text.role.name, text.words), []).append((path, text))
    return [_entry(article, same, places) for same in found.values()]


def _entry(article: Article, same: list[tuple[Path, Text]], places: dict[Path, str]) -> Wanted:
    path, text = same[0]
    notes = [f"{_TITLES.get(text.role.name, text.role.name).upper()}{places[path]}."]
    notes += _advice(article, path, text)
    if text.role.most:
        notes.append(f"At most {text.role.most} characters; the source has {len(text.words)}.")
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
    """Where a text stands among its like, in words: ` 2 of 6, after “A historic day”`."""
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
        of = f" {counts[role]} of {totals[role]}" if totals[role] > 1 else ""
        after = f", after the heading “{heading}”" if heading and path[0] == "body" and role != "heading" else ""
        words[path] = of + after
        if role == "heading":
            heading = text.words
    return words


def _advice(article: Article, path: Path, text: Text) -> Iterator[str]:
    """What makes this text a good one on a page, and what stands beside it."""
    if text.role.name in ("alt", "caption", "description"):
        picture = _around(article, path)
        file = getattr(picture, "file", "")
        caption, alt = getattr(picture, "caption", None), getattr(picture, "alt", None)
        if text.role.name == "alt":
            yield f"Said in place of the picture {file} to people who do not see it: say what is to be seen."
            yield "Do not begin with “picture of”, and do not repeat the caption" + (
                f", which says: “{caption.words}”" if caption else "."
            )
            return
        yield f"Belongs to {file}." + (f" Its alternative text says: “{alt.words}”" if alt else "")
        return
    if note := _ADVICE.get(text.role.name):
        yield note


_TITLES = {"alt": "alternative text", "description": "long description", "slug": "address"}

_ADVICE = {
    "headline": "The title of the page and its main heading.",
    "kicker": "The short line above the headline.",
    "teaser": "Stands below the headline, and in search results and links to the page.",
    "slug": "Part of the page's address: small letters and digits, “-” between words; leave it empty to keep the source's.",
    "list item": "Give all items of a list the same grammatical form.",
    "credit": "Who made or gave the picture; stands after “Image:”.",
    "related link": "The words of a link; they should say what it leads to.",
    "table header": "The header of a column: short.",
    "media title": "Names the player to screen readers.",
    "transcript": "What is heard, word for word.",
}


def _around(article: Article, path: Path) -> object:
    at: object = article
    for step in path[:-1]:
        at = at[step] if isinstance(step, int) and isinstance(at, tuple) else getattr(at, str(step))
    return at


def _what_to_keep(article: Article, text: Text) -> Iterator[str]:
    nodes = markup.parse(text.words, text.role.level)
    if targets := markup.targets(nodes):
        links = "the link" if len(targets) == 1 else f"the {len(targets)} links"
        yield f"Keep {links}: translate the words in [ ], leave the address in ( )."
    for language in dict.fromkeys(markup.languages(nodes)):
        yield f'Keep <i lang="{language}"> … </i>: it makes a voice speak {name_of(language, "en")}.'
    if text.role.name != "slug" and (kept := NameMarker(names(article)).found(text.words)):
        yield f"Leave as {'it is' if len(kept) == 1 else 'they are'}: {', '.join(kept)}."


def ui_entries(messages: Iterable[UiMessage]) -> list[Wanted]:
    """The entries of the catalog of the page's own words."""
    found: dict[tuple[str, str], _Ui] = {}
    for message in messages:
        entry = found.setdefault((message.context, message.id), _Ui(message.context, message.id, message.plural, [], []))
        entry.references.append(f"{message.file}:{message.line}")
        notes = (note[:1].upper() + note[1:] for note in message.notes)
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
