"""
What earlier checks have found, kept by the content of what they looked at: nothing is looked at twice.

Each result stands under a key that is made of all that it depends on, and bears the digest of both. What is not as it was, or not
certain to be, is looked at anew; so a cache that is lost, damaged or somebody else's costs time, and never gives a wrong result.
It is one SQLite file, which several checks can use at the same time, and what is read from it is data and never code.
"""

import json
import os
import platform
import sqlite3
import stat
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from . import __version__
from .errors import shorten
from .message import Message, say
from .resources import user_folder

FILE = "results.sqlite"
"""The file in the cache's folder."""

ENVIRONMENT_VARIABLE = "A11YNEWS_CACHE"
"""Names another folder for the cache."""

MOST_BYTES = 1_000_000_000
"""How large the file may become; then what has not been used for longest goes."""

_FORMAT = 1
"""Another number is another format, which is not read."""

_APPLICATION = 0x61313179
"""Says in the file whose it is: “a11y”."""

_FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite says of a damaged file: its words for it can hold what is damaged, and so be none."""

_SCHEMA = "CREATE TABLE results (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL) STRICT"
_DAY = 86_400
_PIECE = 1024 * 1024
_CHECK = 16
"""Bytes of a digest."""
_LONG = 1_000
"""Bytes of JSON that are worth packing."""
_MOST_WAITING = 4_000_000
"""Bytes of results that wait in memory; then they are written."""
_LONGEST_WAIT = 30
"""Seconds after which they are written, too."""

_FRESH = 200_000_000
"""Nanoseconds that a last change must be past to be told from the next one by its time: the clocks of disks tick slowly."""
_FRESH_IN_SECONDS = 2_500_000_000
"""The same for a disk whose clock has whole seconds, or two."""

PACKAGES = frozenset(
    {
        *("axe-playwright-python", "babel", "click", "cssselect", "jinja2", "lxml", "numpy", "orjson", "pillow", "playwright"),
        *("py3langid", "pydantic", "pyyaml", "rich"),
    }
)
"""The packages that results are made with, as Python's index names them."""

_UNSURE = bytes(_CHECK)
"""In place of what tells a file from a changed one, where nothing does."""
_FILES_AT_ONCE = 2_000
_MOST_PIECES = 10_000
_MOST_SETTLED = 10_000
"""So many answers are remembered; whoever asks for more looks at the disk again."""

_PACKAGE = Path(__file__).parent
_NO_CODE = frozenset({"__pycache__", "locales", "templates", "starter"})
"""Folders of the package that no result of a check is made with."""


def default_folder() -> Path:
    """
    The folder of the cache where nobody says another: the one that A11YNEWS_CACHE names, else one among the user's caches.

    On Linux and its kin as the XDG Base Directory Specification says.
    """
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(named)
    return user_folder()


def key_of(*parts: Any) -> str:
    """A key, of plain values: it differs where one of them does."""
    told = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return blake2b(told.encode(), digest_size=_CHECK).hexdigest()


def digest_of(content: bytes) -> str:
    """What tells a content from any other."""
    return blake2b(content, digest_size=_CHECK).hexdigest()


def is_digest(state: str) -> bool:
    """Whether a file's state is the digest of a content, and not what it is instead."""
    return len(state) == 2 * _CHECK and state[0] != "("


# -- files -------------------------------------------------------------------------------------------------------------


class Files:
    """
    Files by their content, of which none is read that has been read before and is as it was then.

    What tells a file from a changed one are its size, times and number on the disk, as `stat` gives them; a program can set back
    the time of change, but not that of the last change of any kind. One that was changed a moment ago is read again, for it could
    change once more within the same tick of the disk's clock.
    """

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        self.began = time.time_ns()
        """When this check began: what has changed since may not be what was looked at."""
        # Of 100,000 pages there are hundreds of thousands: each is 32 bytes, what tells the file and then its digest.
        self._known = dict(known or {})
        self._seen: dict[str, bytes] = {}
        self._settled: dict[str, bool] = {}
        """What `is_settled` has answered, until `look_again`."""
        self.has_more = False
        """Whether a file was read that was not known."""

    def state(self, path: str) -> str:
        """The digest of a file's content; empty where there is none. A folder and what cannot be read have words of their own."""
        try:
            status = os.stat(path)  # noqa: PTH116  # thousands of them, and a Path takes longer than the file
        except OSError as error:
            return "" if isinstance(error, FileNotFoundError | NotADirectoryError) else f"({type(error).__name__})"
        return self.state_by(path, status)

    def state_by(self, path: str, status: os.stat_result) -> str:
        """The same of a file whose status is known."""
        told = _signature(status)
        known = self._seen.get(path) or self._known.pop(path, b"")
        if known[:_CHECK] != told:
            if not stat.S_ISREG(status.st_mode):
                return "(folder)" if stat.S_ISDIR(status.st_mode) else "(device)"
            before = time.time_ns()
            try:
                digest = _digest_of_file(path)
            except OSError as error:
                return f"({type(error).__name__})"
            known = (told if _is_past(status, before) else _UNSURE) + digest
            self.has_more = True
        self._seen[path] = known
        return known[_CHECK:].hex()

    def look_again(self) -> None:
        """Have `is_settled` look at the disk anew: a file may have changed since it was asked last."""
        self._settled.clear()

    def is_settled(self, path: str, top: str) -> bool:
        """
        Whether a path has led to the same all the time since this check began: whatever read it has read what is there now.

        Looked at are the file, the folders above it up to `top`, and what a link leads to; of what is not there, the folders.
        """
        real = os.path.realpath(path)
        return self._is_settled(path, top) and (real == path or self._is_settled(real, os.path.realpath(top)))

    def _is_settled(self, path: str, top: str) -> bool:
        if path not in self._settled:
            try:
                is_settled = _is_past(os.lstat(path), self.began)
            except OSError:
                is_settled = True
            if path != top and path.startswith(top.rstrip(os.sep) + os.sep):
                is_settled = is_settled and self._is_settled(os.path.dirname(path), top)  # noqa: PTH120
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            self._settled[path] = is_settled
            return is_settled
        return self._settled[path]

    def to_data(self) -> Iterator[dict[str, str]]:
        """
        What is known of files, as plain values, some thousand files at a time. What was not asked for this time is kept, unless
        it is much.
        """
        if len(self._known) > 3 * len(self._seen) + 30_000:
            self._known.clear()
        known = (pair for part in (self._seen, self._known) for pair in part.items() if pair[1][:_CHECK] != _UNSURE)
        while piece := {path: told.hex() for path, told in islice(known, _FILES_AT_ONCE)}:
            yield piece

    @classmethod
    def from_data(cls, data: Iterable[Any]) -> "Files":
        """Read what `to_data` gave; of anything else, nothing is known."""
        known = {}
        for piece in data:
            for path, told in piece.items() if type(piece) is dict else ():
                with suppress(ValueError, TypeError):
                    if len(content := bytes.fromhex(told)) == 2 * _CHECK:
                        known[path] = content
        return cls(known)


def _is_whole(row: tuple[Any, Any, Any]) -> bool:
    """Whether a row of the cache is as it was put there."""
    key, used, value = row
    is_one = isinstance(key, bytes) and isinstance(used, int) and isinstance(value, bytes)
    return is_one and value[:_CHECK] == _check_of(key.hex(), value[_CHECK:])


def _signature(status: os.stat_result) -> bytes:
    told = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{status.st_ino}-{status.st_dev}-{status.st_mode}"
    return blake2b(told.encode(), digest_size=_CHECK).digest()


def _is_past(status: os.stat_result, moment: int) -> bool:
    """Whether a file's last change was so long before a moment that no later one can have the same time."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    has_whole_seconds = status.st_mtime_ns % 1_000_000_000 == 0 and status.st_ctime_ns % 1_000_000_000 == 0
    return moment - changed > (_FRESH_IN_SECONDS if has_whole_seconds else _FRESH)


def _digest_of_file(path: str) -> bytes:
    whole = blake2b(digest_size=_CHECK)
    with open(path, "rb", buffering=0) as opened:  # noqa: PTH123
        while content := opened.read(_PIECE):
            whole.update(content)
    return whole.digest()


# -- results -----------------------------------------------------------------------------------------------------------


class ResultCache:
    """
    The results in a folder, for one check: what is put into it is written after some seconds, or when it is much, and the
    rest when the check saves it, at its end. Whatever was written stays, also where the check is killed in the middle.

    Nothing is raised for want of a cache: `notes` say why nothing could be read or kept. A copy of the process knows nothing of
    it, and keeps nothing: SQLite allows no connection to be shared so.
    """

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.folder = folder
        self.notes: list[Message] = []
        self._most = most
        self._file = folder / FILE
        self._process = os.getpid()
        self._pending: dict[str, bytes] = {}
        self._waiting = 0
        """The bytes of these."""
        self._written = time.monotonic()
        self._used: set[str] = set()
        self._believed: set[str] = set()
        """The keys of what was read and is as it was put there."""
        self._today = int(time.time() // _DAY)
        self._broken = 0
        self._can_write = True
        self._connection = self._open()
        self._files_key = ""
        self.files = Files()
        self.environment = ""
        """What all results depend on: our own code, and what it is run with."""
        self._begin()

    def _begin(self) -> None:
        # Where it is checked: what is known of files is known by where they are.
        self._files_key = key_of("files", os.getcwd())  # noqa: PTH109
        pieces = self._read(self._files_key)
        self.files = Files.from_data(
            self._read(self._key_of_files(number)) for number in range(min(pieces, _MOST_PIECES) if type(pieces) is int else 0)
        )
        self.environment = _environment(self.files)

    def _key_of_files(self, number: int) -> str:
        return key_of(self._files_key, number)

    # -- the file ----------------------------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection | None:
        file = self._file
        try:
            if file.is_symlink():
                # What it leads to is nobody's cache for certain, and stays as it is.
                file.unlink()
                self.notes.append(say("the cache {file} was a link, and was begun anew as a file", file=str(file)))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if file.is_dir():
                self.notes.append(say("the cache {file} is a folder, and nothing is kept; move it away", file=str(file)))
                return None
            return self._connect()
        except (OSError, sqlite3.Error) as error:
            return self._open_to_read(error)

    def _connect(self) -> sqlite3.Connection | None:
        is_new = not self._file.exists()
        connection = sqlite3.connect(self._file, timeout=10, isolation_level=None)
        try:
            if is_new:
                self._lay_out(connection)
            elif fault := _fault(connection):
                connection.close()
                return self._rebuild(fault)
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.Error:
            connection.close()
            return self._rebuild(say("is damaged, or no cache of a11ynews"))
        return connection

    def _lay_out(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            connection.execute(_SCHEMA)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_FORMAT}")
        connection.execute("COMMIT")

    def _rebuild(self, fault: Message) -> sqlite3.Connection:
        """Begin anew, in a file of its own: whoever has the old one open keeps it."""
        self.notes.append(say("the cache {file} {fault}, and was begun anew", file=str(self._file), fault=fault))
        for suffix in ("-journal", "-wal", "-shm", ""):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)
        connection = sqlite3.connect(self._file, timeout=10, isolation_level=None)
        self._lay_out(connection)
        return connection

    def _open_to_read(self, why: Exception) -> sqlite3.Connection | None:
        """What can be read where nothing can be written."""
        self._can_write = False
        self._tell_unkept(why)
        try:
            connection = sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        except sqlite3.Error:
            return None
        try:
            return None if _fault(connection) else connection
        except sqlite3.Error:
            connection.close()
            return None

    def _tell_unkept(self, why: Exception) -> None:
        reason = getattr(why, "strerror", None) or shorten(str(why))
        self.notes.append(
            say(
                "the results are not kept for the next check: the cache {file} cannot be written ({reason})",
                file=str(self._file),
                reason=reason,
            )
        )

    # -- one result --------------------------------------------------------------------------------------------------------

    def _read(self, key: str) -> Any:
        if key in self._pending:
            return _unpacked(self._pending[key])
        if self._connection is None or self._is_copy:
            return None
        try:
            row = self._connection.execute("SELECT used, value FROM results WHERE key = ?", (bytes.fromhex(key),)).fetchone()
        except (sqlite3.Error, ValueError):
            self._broken += 1
            return None
        if row is None:
            return None
        used, value = row
        content = value[_CHECK:] if type(value) is bytes else b""  # the type of what is damaged is another one, too
        if not content or value[:_CHECK] != _check_of(key, content):
            self._broken += 1
            return None
        try:
            data = _unpacked(content)
        except (ValueError, RecursionError, zlib.error):
            self._broken += 1
            return None
        self._believed.add(key)
        if used != self._today:
            self._used.add(key)
        return data

    def get(self, *key: Any) -> Any:
        """The plain values that were put under a key, with the same code and packages; None where there are none."""
        return self._read(key_of(self.environment, *key))

    def has(self, *key: Any) -> bool:
        """Whether something was put under a key; it can be damaged all the same."""
        told = key_of(self.environment, *key)
        if told in self._pending:
            return True
        if self._connection is None or self._is_copy:
            return False
        try:
            return bool(self._connection.execute("SELECT 1 FROM results WHERE key = ?", (bytes.fromhex(told),)).fetchone())
        except (sqlite3.Error, ValueError):
            self._broken += 1
            return False

    def put(self, data: Any, *key: Any) -> None:
        """Keep plain values under a key."""
        if self._is_copy:
            return
        self._put(key_of(self.environment, *key), data)

    def _put(self, key: str, data: Any) -> None:
        content = _packed(data)
        self._pending[key] = content
        self._waiting += len(content)
        if self._waiting > _MOST_WAITING or time.monotonic() - self._written > _LONGEST_WAIT:
            self._write_out()

    @property
    def _is_copy(self) -> bool:
        return os.getpid() != self._process

    def refuse(self) -> None:
        """Note that what was read is no result: it will be replaced."""
        self._broken += 1

    def save(self) -> None:
        """Write what was put into it, and which results have been used; the oldest go where there are too many."""
        if self._is_copy:
            return
        if self._broken:
            self._tell_damaged()
        if self.files.has_more:
            number = 0
            for number, piece in enumerate(self.files.to_data(), 1):
                self._put(self._key_of_files(number - 1), piece)
            self._put(self._files_key, number)
        if self._pending or self._used or self._broken:
            self._write_out()
        self._close()

    def _tell_damaged(self) -> None:
        note = say("the cache {file} is damaged; what could not be read was looked at anew", file=str(self._file))
        if note not in self.notes:
            self.notes.append(note)

    def _write_out(self) -> None:
        """Write what waits, in a new file where the old one is damaged; where nothing can be written that is told, once."""
        if self._connection is not None and self._can_write:
            try:
                if not self._broken:
                    self._write()
            except _FAULTS as error:
                if isinstance(error, sqlite3.OperationalError) and not self._is_damaged():
                    self._can_write = False
                    self._tell_unkept(error)
                else:
                    self._broken += 1
            if self._broken and self._can_write:
                self._replace()
        self._pending.clear()
        self._waiting, self._written = 0, time.monotonic()

    def _write(self) -> None:
        assert self._connection is not None
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            rows = (
                (bytes.fromhex(key), self._today, _check_of(key, content) + content)
                for key, content in sorted(self._pending.items())
            )
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            used = [(self._today, bytes.fromhex(key)) for key in self._used - self._pending.keys()]
            self._connection.executemany("UPDATE results SET used = ? WHERE key = ?", used)
            self._make_room()
            run("COMMIT")
        except BaseException:  # Ctrl-C, too: what waits is written when the check is saved
            with suppress(*_FAULTS):
                run("ROLLBACK")
            raise
        self._used.clear()

    def _make_room(self) -> None:
        """Drop what has not been used for longest, until there is some room again."""
        assert self._connection is not None
        run = self._connection.execute
        size = run("PRAGMA page_size").fetchone()[0] * (
            run("PRAGMA page_count").fetchone()[0] - run("PRAGMA freelist_count").fetchone()[0]
        )
        if size <= self._most:
            return
        # In a file values take more room than they are long, each kind of them otherwise.
        in_all = run("SELECT total(length(value)) FROM results").fetchone()[0]
        too_much = in_all * (size - self._most * 3 // 4) / size
        going = []
        for rowid, length in run("SELECT rowid, length(value) FROM results ORDER BY used, rowid"):
            if too_much <= 0:
                break
            going.append((rowid,))
            too_much -= length
        self._connection.executemany("DELETE FROM results WHERE rowid = ?", going)

    def _is_damaged(self) -> bool:
        assert self._connection is not None
        try:
            return bool(_fault(self._connection))
        except sqlite3.OperationalError:
            return False
        except sqlite3.Error:
            return True

    def _replace(self) -> None:
        """Write a new file in place of a damaged one, with all that is whole in that."""
        if self._broken:
            self._tell_damaged()
        beside = Path(f"{self._file}.{os.getpid()}-{time.time_ns()}")
        try:
            new = sqlite3.connect(beside, timeout=10, isolation_level=None)
            try:
                self._lay_out(new)
                new.execute("BEGIN IMMEDIATE")
                new.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", self._whole_rows())
                new.execute("COMMIT")
                self._close()
                self._connection = new
                self._write()
            finally:
                self._close()
                new.close()
            for suffix in ("-journal", "-wal", "-shm"):
                Path(f"{self._file}{suffix}").unlink(missing_ok=True)
            beside.replace(self._file)
            self._connection, self._broken = self._connect(), 0
        except (OSError, *_FAULTS) as error:
            self._can_write = False
            self._tell_unkept(error)
        finally:
            for suffix in ("", "-journal"):
                with suppress(OSError):
                    Path(f"{beside}{suffix}").unlink(missing_ok=True)

    def _whole_rows(self) -> Iterator[tuple[bytes, int, bytes]]:
        """What stands in the file and is as it was put there, as far as it can be read."""
        if self._connection is None:
            return
        run = self._connection.execute
        with suppress(*_FAULTS):
            yield from filter(_is_whole, run("SELECT key, used, value FROM results"))
        # What was read by its key can stand behind something that nobody comes past who reads one row after the other.
        for key in self._believed:
            with suppress(*_FAULTS):
                yield from filter(_is_whole, run("SELECT key, used, value FROM results WHERE key = ?", (bytes.fromhex(key),)))

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def _packed(data: Any) -> bytes:
    """Plain values as they stand in the file: JSON, which is packed where it is long."""
    content = json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()
    return zlib.compress(content, 1) if len(content) > _LONG else content


def _unpacked(content: bytes) -> Any:
    """What `_packed` was given. No JSON begins as what is packed does."""
    if content[:1] != b"x":
        return json.loads(content)
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(content, MOST_BYTES)
    if not unpacker.eof:
        raise ValueError("it is not whole")
    return json.loads(unpacked)


def _check_of(key: str, content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK, key=key.encode()).digest()


def _fault(connection: sqlite3.Connection) -> Message | None:
    """Why a file is not to be used; None where it is one of ours. What else stands in it could do anything when it is asked."""
    told = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if told[0] != _APPLICATION:
        return say("is no cache of a11ynews")
    if told[1] != _FORMAT:
        return say("is of another version of a11ynews")
    try:
        schema = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    except UnicodeDecodeError:
        return say("is damaged, or no cache of a11ynews")
    return None if schema == [(_SCHEMA,)] else say("is no cache of a11ynews")


# -- what all results depend on ----------------------------------------------------------------------------------------


def _environment(files: Files) -> str:
    """What tells our code, and what it is run with, from any other."""
    return key_of(_FORMAT, __version__, _code(files), sys.version, platform.system(), platform.machine(), _packages())


def _code(files: Files) -> list[list[str]]:
    """The files of this package that results are made with: whoever changes a rule sees what it finds now."""
    found = []
    for parent, inner, names in os.walk(_PACKAGE):
        inner[:] = sorted(name for name in inner if name not in _NO_CODE)
        for name in sorted(names):
            if not name.endswith((".pyc", ".a11ynews")):
                path = os.path.join(parent, name)  # noqa: PTH118
                found.append([path.removeprefix(str(_PACKAGE)), files.state(path)])
    return found


@cache
def _packages() -> list[str]:
    """The versions of the packages that results are made with, as far as they are installed; by the names of their folders."""
    from lxml import etree  # not every command needs it

    found = {f"libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))}"}
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208  # there are hundreds
                if name.endswith((".dist-info", ".egg-info")) and name.partition("-")[0].lower().replace("_", "-") in PACKAGES:
                    found.add(name)
    return sorted(found)
