"""
What every page of a site was made of, so that a render makes only those anew that a change touches.

A ledger is a file of lines of JSON: a line that says what follows and bears its digest, one about the site, one for each record.
It is written last, and whole. One that cannot be read, or that says what is not so, costs a full render and nothing else: what it
says of a file is compared with that file before it is believed.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from .errors import Fault
from .files import write_bytes

FORMAT = 3
"""Another number is another format, which is not read."""

MOST_READ = 3000
"""Of a larger site, only the lines are kept: what they say, read, would take more memory than the renderer."""

_PIECE = 1024 * 1024
_FRESH = 200_000_000
"""How old, in nanoseconds, a last change must be to be told from the next one by its time: clocks of disks tick slowly."""


# -- one file ----------------------------------------------------------------------------------------------------------


def signature(path: Path | str) -> str:
    """
    What tells a file from a changed one without reading it: size, and times to the nanosecond. Empty where there is none.

    A program can set the time of change back (`touch`, `rsync`), but not that of the file's last change of any kind.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  # thousands of them, and a Path takes longer than the file
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"


def digest_of(content: bytes) -> str:
    """What tells a content from any other."""
    return hashlib.sha256(content).hexdigest()[:32]


def digest_of_file(path: Path | str) -> str:
    """What tells a file's content from any other. A film is not read into memory as a whole. Raises OSError."""
    with open(path, "rb") as opened:  # noqa: PTH123  # as above
        content = opened.read(_PIECE)
        if len(content) < _PIECE:
            return digest_of(content)
        whole = hashlib.sha256(content)
        while content := opened.read(_PIECE):
            whole.update(content)
    return whole.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was: signature and digest, both empty where there was none."""

    signature: str
    digest: str

    @classmethod
    def of(cls, path: Path | str) -> "Seen":
        """A file as it is. One that cannot be read is like no other, so that it is looked at again."""
        told = signature(path)
        if not told:
            return cls("", "")
        try:
            digest = digest_of_file(path)
        except OSError:
            return cls("?", "?")
        changed = max(int(part) for part in told.split("-")[1:])
        # What has been written a moment ago could be written again and have the same times.
        return cls(told if time.time_ns() - changed > _FRESH else "?", digest)

    def now(self, path: Path | str) -> "Seen":
        """The file as it is now: itself, where the signature is the same; it is read where that has changed."""
        if self.signature == signature(path):
            return self
        return Seen.of(path)

    def to_json(self) -> list[str]:
        """As plain values."""
        return [self.signature, self.digest]


def _seen(data: Any) -> Seen:
    told, digest = data
    if not (isinstance(told, str) and isinstance(digest, str)):
        raise TypeError
    return Seen(told, digest)


# -- what is known of a record -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Edition:
    """One page of a record, as it was made last."""

    path: str
    key: str
    """Differs where anything that the page is made of does."""
    page: Seen
    trace: str
    """The signature of its trace."""
    entry: Any
    """What lists show of it, as `Entry.to_json` gives it."""
    notes: list[Fault] = field(default_factory=list)
    """Which of the page's own words are not translated."""

    def to_json(self, now: Any = None) -> list[Any]:
        """As plain values; `now` is the entry that the record has by now, which is mostly the same and need not be told twice."""
        entry = None if self.entry == now else self.entry
        return [self.path, self.key, self.page.to_json(), self.trace, entry, _faults_to_json(self.notes)]

    @classmethod
    def from_json(cls, data: Any, now: Any = None) -> "Edition":
        """Read what `to_json` wrote."""
        path, key, page, trace, entry, notes = data
        return cls(_inside(path), str(key), _seen(page), str(trace), now if entry is None else entry, _faults(notes))


@dataclass(slots=True)
class Sheet:
    """A record, and all that was made of it."""

    record: str
    file: str
    """The record's file, from the project's folder."""
    key: str
    """Differs where anything does that decides what is read from the inputs: our version, the configuration."""
    is_whole: bool
    """Whether every text is there in every language, so that being strict makes no difference."""
    is_strict: bool
    """Whether it was looked at strictly."""
    languages: list[str]
    """Those that it is expected in, in their order."""
    inputs: dict[str, Seen]
    """The record, its files and its catalogs; those that could be there and are not, too."""
    claims: dict[str, str]
    """By language, the path that its page is to have; a language that cannot be rendered has none."""
    entries: dict[str, Any]
    """By language, what lists show of it."""
    stops: dict[str, list[Fault]]
    """By language, why it cannot be rendered."""
    notes: dict[str, list[Fault]]
    """By language, what is shown in the source language."""
    files: dict[str, Seen]
    """The files beside its pages, pictures and media, by their path in the site."""
    pictures: dict[str, Any]
    """By the record's name for them, what was made of its pictures."""
    editions: dict[str, Edition] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Differs where an input does."""
        told = json.dumps([self.key, [[path, seen.digest] for path, seen in sorted(self.inputs.items())]])
        return digest_of(told.encode())

    def to_line(self) -> str:
        """As a line of the ledger."""
        data = [
            self.record,
            self.file,
            self.key,
            self.is_whole,
            self.is_strict,
            self.languages,
            {path: seen.to_json() for path, seen in self.inputs.items()},
            self.claims,
            self.entries,
            {language: _faults_to_json(faults) for language, faults in self.stops.items() if faults},
            {language: _faults_to_json(faults) for language, faults in self.notes.items() if faults},
            {path: seen.to_json() for path, seen in self.files.items()},
            self.pictures,
            {language: edition.to_json(self.entries.get(language)) for language, edition in self.editions.items()},
        ]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_line(cls, line: str | bytes) -> "Sheet":
        """Read what `to_line` wrote. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
        (
            *(record, file, key, is_whole, is_strict, languages, inputs, claims, entries, stops, notes, files, pictures),
            editions,
        ) = json.loads(line)
        return cls(
            str(record),
            str(file),
            str(key),
            bool(is_whole),
            bool(is_strict),
            [str(language) for language in languages],
            {str(path): _seen(seen) for path, seen in inputs.items()},
            {str(language): _inside(path) for language, path in claims.items()},
            dict(entries),
            {str(language): _faults(faults) for language, faults in stops.items()},
            {str(language): _faults(faults) for language, faults in notes.items()},
            {_inside(path): _seen(seen) for path, seen in files.items()},
            dict(pictures),
            {str(language): Edition.from_json(edition, entries.get(language)) for language, edition in editions.items()},
        )


def _faults_to_json(faults: Iterable[Fault]) -> list[list[Any]]:
    return [[fault.file, fault.line, fault.column, str(fault.message)] for fault in faults]


def _faults(data: Any) -> list[Fault]:
    return [Fault(str(file), int(line), int(column), str(message)) for file, line, column, message in data]


def _inside(path: Any) -> str:
    """A path below the site's folder; anything else was not written by us, and nothing must be removed by it."""
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or "\\" in path or ":" in parts[0] or "\0" in path:
        raise ValueError(path)
    return str(path)


# -- the ledger --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Furniture:
    """A page or file that is no article's, as it was made last."""

    language: str
    """Empty for a file."""
    key: str
    file: Seen
    trace: str = ""
    notes: list[Fault] = field(default_factory=list)
    """Which of the page's own words are not translated."""

    def to_json(self) -> list[Any]:
        """As plain values."""
        return [self.language, self.key, self.file.to_json(), self.trace, _faults_to_json(self.notes)]

    @classmethod
    def from_json(cls, data: Any) -> "Furniture":
        """Read what `to_json` wrote."""
        language, key, file, trace, notes = data
        return cls(str(language), str(key), _seen(file), str(trace), _faults(notes))


@dataclass(slots=True)
class Ledger:
    """What is known of a site; nothing, where it was never rendered."""

    around: dict[str, Furniture] = field(default_factory=dict)
    """What is no article's, by its path in the site."""
    state: str = ""
    """Where it is the same at the next render and no record has changed, all of the site is as it should be; else empty."""
    until: float = 0
    """Until when that holds, as a time: after that, what is news is so no more."""
    _lines: dict[str, bytes | Sheet] = field(default_factory=dict)
    """The records, read as far as somebody has asked: all of them at once would be too much of a large site."""
    _unchanged: dict[str, bytes] = field(default_factory=dict)
    """The lines of those that were read and are what they were: to make them anew takes longer than all else that is written."""

    def __iter__(self) -> Iterator[str]:
        """The ids of the records."""
        return iter(self._lines)

    def __contains__(self, record: str) -> bool:
        return record in self._lines

    def sheet(self, record: str) -> Sheet | None:
        """What is known of a record."""
        line = self._lines.get(record)
        if line is None or isinstance(line, Sheet):
            return line
        try:
            sheet = Sheet.from_line(line)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            del self._lines[record]
            return None
        if len(self._lines) <= MOST_READ:
            self._lines[record] = sheet
            self._unchanged[record] = line
        return sheet

    def put(self, sheet: Sheet) -> None:
        """Note what is known of a record now. A sheet that was changed and is not put here is not written as it is."""
        self._unchanged.pop(sheet.record, None)
        self._lines[sheet.record] = sheet if len(self._lines) <= MOST_READ else sheet.to_line().encode()

    def drop(self, record: str) -> None:
        """Forget a record."""
        self._unchanged.pop(record, None)
        self._lines.pop(record, None)

    @classmethod
    def read(cls, file: Path) -> "tuple[Ledger, bool]":
        """The ledger in a file, and whether it is sound; an empty one where there is none or it is not."""
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return cls(), True
        except OSError:
            return cls(), False
        try:
            head, _, body = content.partition(b"\n")
            told = json.loads(head)
            if told["a11ynews ledger"] != FORMAT or told["digest"] != digest_of(body):
                return cls(), False
            first, *lines = body.splitlines()
            around, state, until = json.loads(first)
            ledger = cls({_inside(path): Furniture.from_json(data) for path, data in around.items()}, str(state), float(until))
            for line in lines:
                # The id is the first thing on a line.
                record = line[2 : line.index(b'"', 2)].decode()
                if "\\" in record:
                    record, _ = json.JSONDecoder().raw_decode(line[1:4096].decode(errors="ignore"))
                ledger._lines[str(record)] = line
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(), False
        return ledger, True

    def write(self, file: Path) -> None:
        """Write it, whole. Raises A11yNewsError where that cannot be done."""
        site = [{path: made.to_json() for path, made in sorted(self.around.items())}, self.state, self.until]
        lines = [json.dumps(site, ensure_ascii=False, separators=(",", ":")).encode()]
        told = [self._unchanged.get(record, line) for record, line in sorted(self._lines.items(), key=itemgetter(0))]
        lines += [line.to_line().encode() if isinstance(line, Sheet) else line for line in told]
        body = b"".join([line + b"\n" for line in lines])
        head = json.dumps({"a11ynews ledger": FORMAT, "digest": digest_of(body)}).encode()
        write_bytes(file, head + b"\n" + body)


def folder_digest(folders: Iterable[Path]) -> str:
    """The digest of all files below some folders."""
    seen = []
    for folder in folders:
        for parent, inner, names in os.walk(folder):
            inner.sort()
            seen += [[parent, name, Seen.of(Path(parent, name)).digest] for name in sorted(names)]
    return digest_of(json.dumps(seen).encode())
