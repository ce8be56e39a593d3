"""
A draft: a record that a program has begun and a person has to finish, written as YAML that people like to edit.

Nothing in it is taken for more than it is: what a source did not say stands there as an empty key, which a render refuses at its
line, and what may help to fill it stands beside it as a comment.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .article import Article, slug_fault
from .errors import shorten
from .model import fold

_WIDTH = 100
"""Where a long text is broken into lines, in characters."""
_MOST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """A value with what is to be said of it, as comments above it."""

    value: Any
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A record that was made of something else."""

    slug: str
    """The name of its folder."""
    record: dict[str, Any]
    """Its keys and values, as they are to be written; each value can be a `Said`."""
    notes: list[str] = field(default_factory=list)
    """What was left out or changed, for whoever finishes it."""
    pictures: dict[str, str] = field(default_factory=dict)
    """The files that belong beside it, with the addresses where they can be got."""

    def to_yaml(self, opening: Sequence[str] = ()) -> str:
        """The file, with some lines of comment at its top."""
        told = [*opening, *(f"Left out or changed: {note}" for note in self.notes)]
        told += [f"To put beside this file: {name}, from {address}" for name, address in self.pictures.items()]
        return "".join(f"{line}\n" for line in [*_comments(told), *_lines(self.record)])


def comment(words: str, mark: str = "# ") -> list[str]:
    """
    Lines of comment that say something, whoever has said it first.

    What looks like an instruction to a program (`a11ynews: ignore …`, a modeline of an editor) begins no line of them.
    """
    return list(_wrapped(fold(_printable(words[:_MOST_COMMENT])), mark, f"{mark}  … "))


def _printable(words: str) -> str:
    """Without what no YAML file may hold, and without what turns the direction of the text that follows."""
    return "".join(character if character.isprintable() or character in "\t\n" else " " for character in words)


def _wrapped(words: str, first: str, then: str) -> Iterator[str]:
    line, begin = "", first
    for word in words.split(" "):
        if line and len(begin) + len(line) + 1 + len(word) > _WIDTH + 20:
            yield begin + line
            line, begin = word, then
        else:
            line = f"{line} {word}" if line else word
    yield (begin + line).rstrip(" ")


def _comments(told: Sequence[str], indent: str = "") -> Iterator[str]:
    for words in told:
        yield from (indent + line for line in comment(words))


_PLAIN = re.compile(r"[^\W\d_](?:[^:#\n\t]|(?<=\S)[:#](?=\S))*")
"""A text that YAML reads as it is, without quotation marks, on a line of its own."""
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not allow, or takes for the end of a line, and JSON leaves as it is."""


def scalar(value: str) -> str:
    """A text as YAML, on one line: bare where that is safe, else between quotation marks."""
    if not value:
        return ""
    bare = re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z./:+-]*[0-9A-Za-z/]", value) or (_PLAIN.fullmatch(value) and value[-1] not in " :")
    return value if bare and not _ODD.search(value) else _quoted(value)


def _quoted(value: str) -> str:
    """… between quotation marks, with what is odd written out."""
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(value, ensure_ascii=False))


def text(value: str, indent: str) -> str:
    """A text as YAML behind a key: on one line, or over several where it is long. `indent` is what stands before the key."""
    is_one = len(indent) + len(value) <= _WIDTH or "  " in value or re.search(r"[\t\n\r]", value) or value != value.strip()
    if is_one or _ODD.search(value):
        return scalar(value)
    deeper = f"{indent}  "
    return "\n".join([">-", *_wrapped(value, deeper, deeper)])


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            plain, told = (inner.value, inner.comments) if isinstance(inner, Said) else (inner, ())
            yield from _comments(told, indent)
            yield from _entry(f"{indent}{key}:", plain, indent)
        return
    for inner in value:
        plain, told = (inner.value, inner.comments) if isinstance(inner, Said) else (inner, ())
        yield from _comments(told, indent)
        if isinstance(plain, dict) and plain:
            yield from _as_item(_lines(plain, f"{indent}  "), indent)
        elif isinstance(plain, list) and all(isinstance(cell, str) for cell in plain):
            yield f"{indent}- [{', '.join(_cell(cell) for cell in plain)}]"
        else:
            yield from _entry(f"{indent}-", plain, indent)


def _cell(value: str) -> str:
    """A text between [ and ]."""
    return scalar(value) if re.fullmatch(r"[\w][^,:\[\]{}#]*", value) else _quoted(value)


def _as_item(lines: Iterator[str], indent: str) -> Iterator[str]:
    """The lines of a mapping as an entry of a list: the first key stands behind the sign."""
    begun = False
    for line in lines:
        is_comment = line.lstrip().startswith("#")
        if begun or is_comment:
            yield line if begun else f"{indent}{line.lstrip()}"
        else:
            begun = True
            yield f"{indent}- {line[len(indent) + 2 :]}"


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, bool):
        yield f"{start} {'true' if value else 'false'}"
    elif isinstance(value, dict | list):
        if value:
            yield start
            yield from _lines(value, f"{indent}  ")
        else:
            yield f"{start} {'{}' if isinstance(value, dict) else '[]'}"
    else:
        yield f"{start} {text(str(value), indent)}".rstrip(" ")


def slug_of(words: str, most: int = 60) -> str:
    """
    Words as a part of an address and the name of a folder: small letters and digits with “-” between them.

    Letters keep their marks (`é`), as a record's slug does. Empty where nothing is left.
    """
    folded = unicodedata.normalize("NFC", words[: most * 20].lower())
    signs = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded)
    slug = ""
    for part in signs.split():
        while part and unicodedata.category(part[0])[0] == "M":
            part = part[1:]
        longer = f"{slug}-{part}".strip("-") if part else slug
        if len(longer) > most or len(longer.encode()) > most * 3:
            slug = slug or part[: most // 2]
            break
        slug = longer
    return slug if slug and slug_fault(slug) is None else ""


def in_order(found: dict[str, Any]) -> dict[str, Any]:
    """
    The keys of a record in the order in which one reads it, without those that have no value.

    What every record must have stands there in any case, if need be without a value: a render tells it at its line.
    """
    required = ("language", "published", "headline")
    ordered = {key: found.get(key) or "" for key in Article.model_fields if key in required or found.get(key)}
    ordered["body"] = found.get("body") or [{"paragraph": ""}]
    return ordered


_SAFE = re.compile("[^A-Za-z0-9._-]+")


def file_name_of(name: str, suffixes: Sequence[str], fallback: str, otherwise: str) -> str:
    """
    The name of somebody else's file, as it can lie beside a record: no folders, no signs that mean something to any system.

    `fallback` is the name where nothing is left of it, `otherwise` the suffix where it has none of those that are allowed.
    """
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    stem, _, suffix = last.rpartition(".")
    suffix = f".{suffix.lower()}"
    if suffix not in suffixes or not stem:
        stem, suffix = (last if suffix not in suffixes else stem), (suffix if suffix in suffixes else otherwise)
    stem = _SAFE.sub("-", stem).strip(".-_")[:80].rstrip(".-_")
    # Names that Windows keeps for its devices.
    if re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", stem, re.IGNORECASE):
        stem = f"file-{stem}"
    return f"{stem or fallback}{suffix}"


def told(value: object) -> str:
    """Something of a foreign file, as a note can repeat it."""
    return shorten(_printable(str(value)[:400]))
