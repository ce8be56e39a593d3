"""
What every page of a site was made of, so that a render makes only those anew that a change touches.

A ledger is a file of lines of JSON: a line that says what follows and bears its digest, one about the site, one for each record
with the signatures of the files that it is made of and of those that were made of it; then, for each record, all that is known
of it, which is read only where it is needed. It is written last, and whole. One that cannot be read, or that says what is not so,
costs a full render and nothing else: what it says of a file is compared with that file before it is believed.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from .errors import A11yNewsError, Fault
from .files import read_up_to, write_pieces

FORMAT = 5
"""Another number is another format, which is not read."""

MOST_READ = 1200
"""Of so many records is kept what was read: of all, it would take more memory than the renderer."""

_MOST_HEAD = 4096

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


def settled_signature(path: Path | str) -> str:
    """As `signature`; of a file that was changed a moment ago, and could be changed again and look the same, like no other's."""
    told = signature(path)
    return "?" if told and time.time_ns() - _changed(told) <= _FRESH else told


def _changed(told: str) -> int:
    return max(int(part) for part in told.split("-")[1:])


def digest_of(content: bytes) -> str:
    """What tells a content from any other."""
    return hashlib.sha256(content).hexdigest()[:32]


def digest_of_file(path: Path | str) -> str:
    """What tells a file's content from any other. A film is not read into memory as a whole. Raises OSError."""
    content = read_up_to(path, _PIECE)
    if len(content) <= _PIECE:
        return digest_of(content)
    with open(path, "rb") as opened:  # noqa: PTH123  # as above
        whole = hashlib.sha256()
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
        # What has been written a moment ago could be written again and have the same times.
        return cls(told if time.time_ns() - _changed(told) > _FRESH else "?", digest)

    def now(self, path: Path | str) -> "Seen":
        """The file as it is now: itself, where the signature is the same; it is read where that has changed."""
        if self.signature == signature(path):
            return self
        return Seen.of(path)

    def to_json(self) -> list[str]:
        """As plain values."""
        return [self.signature, self.digest]


NOTHING_SEEN = Seen("", "")


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
    trace: Seen
    entry: Any
    """What lists show of it, as `Entry.to_json` gives it."""
    notes: list[Fault] = field(default_factory=list)
    """Which of the page's own words are not translated."""
    links: Any = None
    """What it alone shows of the rest of the site, as plain values: where its links lead, and its tags."""

    def to_json(self, now: Any = None) -> list[Any]:
        """As plain values; `now` is the entry that the record has by now, which is mostly the same and need not be told twice."""
        entry = None if self.entry == now else self.entry
        return [self.path, self.key, self.page.to_json(), self.trace.to_json(), entry, _faults_to_json(self.notes), self.links]

    @classmethod
    def from_json(cls, data: Any, now: Any = None) -> "Edition":
        """Read what `to_json` wrote."""
        path, key, page, trace, entry, notes, links = data
        return cls(_inside(path), str(key), _seen(page), _seen(trace), now if entry is None else entry, _faults(notes), links)


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
        return orjson.dumps(data).decode()

    @classmethod
    def from_line(cls, line: str | bytes) -> "Sheet":
        """Read what `to_line` wrote. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
        (
            *(record, file, key, is_whole, is_strict, languages, inputs, claims, entries, stops, notes, files, pictures),
            editions,
        ) = orjson.loads(line)
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
    trace: Seen = NOTHING_SEEN
    """Nothing for a file."""
    notes: list[Fault] = field(default_factory=list)
    """Which of the page's own words are not translated."""

    def to_json(self) -> list[Any]:
        """As plain values."""
        return [self.language, self.key, self.file.to_json(), self.trace.to_json(), _faults_to_json(self.notes)]

    @classmethod
    def from_json(cls, data: Any) -> "Furniture":
        """Read what `to_json` wrote."""
        language, key, file, trace, notes = data
        return cls(str(language), str(key), _seen(file), _seen(trace), _faults(notes))


class Stamp(NamedTuple):
    """What of a record decides whether anything is to be done: with it, thousands of sheets need not be read."""

    file: str
    """The record's file, from the project's folder."""
    key: str
    strict: bool | None
    """Whether it was looked at strictly; None where that makes no difference."""
    inputs: dict[str, str]
    """The signatures of the record, its files and its catalogs."""
    files: dict[str, str]
    """Those of the files beside its pages."""
    pages: list[tuple[str, str, str, str]]
    """Of each page its language, its path, its signature and that of its trace."""
    has_notes: bool
    """Whether there is something to tell of it each time."""
    has_related: bool
    """Whether other records decide where its links lead."""

    @classmethod
    def of(cls, sheet: Sheet) -> "Stamp":
        """That of a record."""
        return cls(
            sheet.file,
            sheet.key,
            None if sheet.is_whole else sheet.is_strict,
            {name: seen.signature for name, seen in sheet.inputs.items()},
            {name: seen.signature for name, seen in sheet.files.items()},
            [
                (language, edition.path, edition.page.signature, edition.trace.signature)
                for language in sheet.languages
                if (edition := sheet.editions.get(language))
            ],
            any(sheet.notes.values()) or any(edition.notes for edition in sheet.editions.values()),
            any(entry.get("related") for entry in sheet.entries.values() if isinstance(entry, dict)),
        )

    def is_made_of_the_same(self, root: str) -> bool:
        """Whether all that it was made of, mostly below the project's folder, is as it was."""
        # Thousands of them, and a Path takes longer. What lies elsewhere has a whole path for a name.
        for name, told in self.inputs.items():
            if signature(name if os.path.isabs(name) else f"{root}{os.sep}{name}") != told:  # noqa: PTH117
                return False
        return True

    def stands(self, root: str, out: str, traces: str) -> bool:
        """
        Whether everything is as it was: below the project's folder, in the site, and the traces, whose names begin with `traces`.
        """
        if not self.is_made_of_the_same(root):
            return False
        for name, told in self.files.items():
            if signature(f"{out}{os.sep}{name}") != told:
                return False
        for _, page, told, trace in self.pages:
            if not told or signature(f"{out}{os.sep}{page}") != told:
                return False
            if trace and signature(f"{traces}{page}.trace") != trace:
                return False
        return True

    @classmethod
    def from_json(cls, data: Any) -> "Stamp":
        """Read what `json` makes of one. Raises ValueError, TypeError or AttributeError for anything else."""
        file, key, strict, inputs, files, pages, has_notes, has_related = data
        inputs.items()
        files.items()
        told = [(language, _inside(path), page, trace) for language, path, page, trace in pages]
        return cls(str(file), str(key), strict, inputs, files, told, bool(has_notes), bool(has_related))


@dataclass(frozen=True, slots=True)
class _Line:
    """Where the line of a record is."""

    source: "_Source"
    offset: int
    length: int
    digest: str
    stamp: bytes


class _Source:
    """A file of lines that are read one by one."""

    def __init__(self, opened: BinaryIO, begin: int = 0) -> None:
        self._opened, self._begin = opened, begin
        self._end = begin

    def read(self, line: _Line) -> bytes:
        """A line. Raises OSError."""
        self._opened.seek(self._begin + line.offset)
        return self._opened.read(line.length)

    def add(self, content: bytes, stamp: bytes) -> _Line:
        """Put a line at the end."""
        self._opened.seek(self._end)
        self._opened.write(content)
        line = _Line(self, self._end - self._begin, len(content), _short(content), stamp)
        self._end += len(content)
        return line

    def close(self) -> None:
        """Read no more."""
        self._opened.close()

    def __del__(self) -> None:
        self.close()


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


@dataclass(slots=True)
class Ledger:
    """
    What is known of a site; nothing, where it was never rendered.

    Of a large site it is too much to be in memory: what is known of a record is read where somebody asks for it, and kept as long
    as it is among the last ones.
    """

    around: dict[str, Furniture] = field(default_factory=dict)
    """What is no article's, by its path in the site."""
    state: str = ""
    """Where it is the same at the next render and no record has changed, all of the site is as it should be; else empty."""
    until: float = 0
    """Until when that holds, as a time: after that, what is news is so no more."""
    watched: Any = None
    """What else was looked at, as `settled.watched` tells it; None where that must not be relied on."""
    shown: Any = None
    """What pages show of the rest of the site, as plain values; it holds as long as `state` does."""
    is_damaged: bool = False
    """Whether there was a record of which it could not be read what is known."""
    folder: Path | None = None
    """Where there is room for what there is none for in memory."""
    _held: dict[str, Sheet] = field(default_factory=dict)
    """Records that were read."""
    _put: set[str] = field(default_factory=set)
    """Those of them that are not written yet as they are now."""
    _lines: dict[str, _Line] = field(default_factory=dict)
    """Where all others are, and those that were read and are what they were."""
    _file: _Source | None = None
    _beside: _Source | None = None
    """What there is no room for in memory, and is not written yet."""

    def __iter__(self) -> Iterator[str]:
        """The ids of the records."""
        return iter(sorted(self._lines.keys() | self._held.keys()))

    def __contains__(self, record: str) -> bool:
        return record in self._lines or record in self._held

    def stamp(self, record: str) -> Stamp | None:
        """What decides whether anything is to be done for a record, as the last render has left it."""
        line = self._lines.get(record)
        if line is None:
            return None
        try:
            return Stamp.from_json(json.loads(line.stamp))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None

    def entries(self, record: str) -> dict[str, Any] | None:
        """By language, what lists show of a record, which is there in all of its languages; None where it is not."""
        content = self._content(record)
        try:
            data = json.loads(content or b"")
            languages, entries, stops = data[5], data[8], data[9]
            return {language: entries[language] for language in languages} if not stops else None
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None

    def line(self, record: str) -> str:
        """What is known of a record, as other processes are told it; empty where that is nothing."""
        if record not in self._put and (content := self._content(record)) is not None:
            return content.decode()
        sheet = self.sheet(record)
        return sheet.to_line() if sheet else ""

    def sheet(self, record: str) -> Sheet | None:
        """What is known of a record."""
        if record in self._held:
            return self._held[record]
        content = self._content(record)
        if content is None:
            return None
        try:
            sheet = Sheet.from_line(content)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.drop(record)
            return None
        self._hold(record, sheet)
        return sheet

    def _content(self, record: str) -> bytes | None:
        line = self._lines.get(record)
        if line is None:
            return None
        try:
            content = line.source.read(line)
        except OSError:
            content = b""
        if _short(content) == line.digest:
            return content
        self.is_damaged = True
        self.drop(record)
        return None

    def _hold(self, record: str, sheet: Sheet) -> None:
        while len(self._held) >= MOST_READ:
            self._let_go(next(iter(self._held)))
        self._held[record] = sheet

    def _let_go(self, record: str) -> None:
        sheet = self._held.pop(record)
        if record not in self._put:
            return
        self._put.discard(record)
        content = sheet.to_line().encode()
        try:
            if self._beside is None:
                import tempfile

                self._beside = _Source(tempfile.TemporaryFile(dir=self.folder))  # noqa: SIM115  # as long as this lives
            self._lines[record] = self._beside.add(content, _stamp_of(sheet))
        except OSError as error:
            told = (
                f"no temporary file can be written ({error.strerror}); check the folder {self.folder} and the space on the disk"
            )
            raise A11yNewsError(told) from None

    def put(self, sheet: Sheet) -> None:
        """Note what is known of a record now. A sheet that was changed and is not put here is not written as it is."""
        if sheet.record not in self._held:
            self._hold(sheet.record, sheet)
        self._held[sheet.record] = sheet
        self._put.add(sheet.record)

    def drop(self, record: str) -> None:
        """Forget a record."""
        self._held.pop(record, None)
        self._put.discard(record)
        self._lines.pop(record, None)

    @classmethod
    def read(cls, file: Path) -> "tuple[Ledger, bool]":
        """The ledger in a file, and whether it is sound; an empty one where there is none or it is not."""
        try:
            opened = file.open("rb")
        except FileNotFoundError:
            return cls(), True
        except OSError:
            return cls(), False
        try:
            ledger = cls._read(opened)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            opened.close()
            return cls(), False
        return ledger, True

    @classmethod
    def _read(cls, opened: BinaryIO) -> "Ledger":
        head = opened.readline(_MOST_HEAD)
        told = json.loads(head)
        if int(told["a11ynews ledger"]) != FORMAT:
            opened.close()
            return cls()  # another version's, which is no fault of anybody's
        index = opened.read(told["index"])
        whole = os.fstat(opened.fileno()).st_size
        if told["digest"] != digest_of(index) or told["size"] != whole - opened.tell():
            raise ValueError("not ours")
        source = _Source(opened, opened.tell())
        first, *lines = index.splitlines()
        around, state, until, watched, shown = json.loads(first)
        ledger = cls(
            {_inside(path): Furniture.from_json(data) for path, data in around.items()}, str(state), float(until), watched, shown
        )
        ledger._file = source
        offset = 0
        for line in lines:
            # The stamp is read where it is needed.
            place, _, stamp = line.partition(b"\t")
            length, digest, record = place.split(b" ", 2)
            ledger._lines[str(json.loads(record))] = _Line(source, offset, int(length), digest.decode(), stamp)
            offset += int(length)
        return ledger

    def write(self, file: Path) -> None:
        """Write it, whole. Raises A11yNewsError where that cannot be done."""
        site = [
            {path: made.to_json() for path, made in sorted(self.around.items())},
            self.state,
            self.until,
            self.watched,
            self.shown,
        ]
        index = [json.dumps(site, ensure_ascii=False, separators=(",", ":")).encode()]
        own: dict[str, bytes] = {}
        records = list(self)
        size = 0
        for record in records:
            if record in self._put:
                sheet = self._held[record]
                content = own[record] = sheet.to_line().encode()
                length, digest, stamp = len(content), _short(content), _stamp_of(sheet)
            else:
                line = self._lines[record]
                length, digest, stamp = line.length, line.digest, line.stamp
            index.append(b"%d %b %b\t%b" % (length, digest.encode(), json.dumps(record).encode(), stamp))
            size += length
        body = b"\n".join(index) + b"\n"
        head = {"a11ynews ledger": FORMAT, "digest": digest_of(body), "index": len(body), "size": size}

        def pieces() -> Iterator[bytes]:
            yield json.dumps(head).encode() + b"\n"
            yield body
            for record in records:
                line = self._lines.get(record)
                yield own[record] if record in own or line is None else line.source.read(line)
            # On Windows nothing takes the place of a file that is open.
            self.close()

        write_pieces(file, pieces())
        self.close()

    def close(self) -> None:
        """Let go of the file: nothing more is read of it."""
        for source in (self._file, self._beside):
            if source:
                source.close()


def _stamp_of(sheet: Sheet) -> bytes:
    return json.dumps(Stamp.of(sheet), ensure_ascii=False, separators=(",", ":")).encode()


def folder_digest(folders: Iterable[Path]) -> str:
    """The digest of all files below some folders."""
    seen = []
    for folder in folders:
        for parent, inner, names in os.walk(folder):
            inner.sort()
            seen += [[parent, name, Seen.of(Path(parent, name)).digest] for name in sorted(names)]
    return digest_of(json.dumps(seen).encode())
