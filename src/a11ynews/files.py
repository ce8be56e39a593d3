"""
Files, and the folders that they keep to.

Written so that none is ever half there: to a temporary one beside it, which then takes its name. Read up to a size that makes
sense.
"""

import contextlib
import itertools
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from .errors import A11yNewsError, shorten

_BESIDE = re.compile(r"\..*\.[0-9]+-[0-9]+\.a11ynews")
"""The names of temporary files: with the process that writes it, and a number."""
_numbers = itertools.count()


def write_bytes(path: Path | str, content: bytes, within: Path | None = None) -> bool:
    """
    Write a file, if its content is not the same already; True if it was written.

    A file that is there keeps its mode; a link is replaced, not followed; what is no file, such as a pipe or /dev/stdout, is
    written to. With `within`, no link on the way may lead out of that folder. Raises A11yNewsError when it cannot be written;
    then the old one is as it was.
    """

    def fill(handle: int) -> None:
        written = os.write(handle, content)
        while written < len(content):
            written += os.write(handle, memoryview(content)[written:])

    name = os.fspath(path)
    _keep_within(name, within)
    try:
        mode = None
        status = _status(name)
        if status is not None:
            if within is None and _is_stream(name, status):
                _write_into(name, fill)
                return True
            if status.st_size == len(content) and _has(name, content):
                return False
            mode = status.st_mode & 0o777
        _write_beside(name, fill, mode)
    except OSError as error:
        raise _cannot_write(name, error) from None
    return True


def _has(name: str, content: bytes) -> bool:
    with open(name, "rb") as opened:  # noqa: PTH123  # as below
        return opened.read() == content


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """
    Write a file of any size piece by piece, so that it need not be in memory as a whole.

    A file that is there keeps its mode, and is as it was until the new one is whole; what is no file, such as a pipe or
    /dev/stdout, is written to. Raises A11yNewsError when it cannot be written.
    """

    def fill(handle: int) -> None:
        with os.fdopen(os.dup(handle), "wb") as out:
            out.writelines(pieces)

    try:
        name = os.fspath(path)
        status = _status(name)
        if _is_stream(name, status):
            _write_into(name, fill)
        else:
            _write_beside(name, fill, status.st_mode & 0o777 if status else None)
    except OSError as error:
        raise _cannot_write(os.fspath(path), error) from None


def copy_file(source: Path, target: Path, within: Path | None = None) -> bool:
    """
    Copy a file of any size with its times, if the copy is not there already; True if it was written.

    A copy of the same size and time is taken for the same. `within` is as for `write_bytes`. Raises A11yNewsError when it cannot
    be written.
    """

    def fill(handle: int) -> None:
        with source.open("rb") as opened, os.fdopen(os.dup(handle), "wb") as out:
            shutil.copyfileobj(opened, out, 1024 * 1024)

    name = os.fspath(target)
    _keep_within(name, within)
    try:
        status, there = source.stat(), _status(name)
        if there and (there.st_size, there.st_mtime_ns) == (status.st_size, status.st_mtime_ns):
            return False
        _write_beside(name, fill, status.st_mode & 0o777, (status.st_atime_ns, status.st_mtime_ns))
    except OSError as error:
        raise _cannot_write(name, error) from None
    return True


def remove_leftovers(folder: Path) -> int:
    """Remove the temporary files that a process which was killed has left below a folder; how many there were."""
    number = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".a11ynews") and _BESIDE.fullmatch(name):
                Path(parent, name).unlink(missing_ok=True)
                number += 1
    return number


def read_up_to(path: Path | str, most: int) -> bytes:
    """
    A file's content, cut off after one byte more than `most`: then it is too large, and whoever asked for it says so.

    So neither a huge file nor a device without end fills the memory. Raises OSError.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        # Of a file of which the size is known, all is read at once, and nothing by the second look.
        content = os.read(handle, min(os.fstat(handle).st_size, most) + 1)
        if len(content) <= most and (more := os.read(handle, min(most + 1 - len(content), 1024 * 1024))):
            pieces = [content, more]
            left = most + 1 - len(content) - len(more)
            while left and (more := os.read(handle, min(left, 1024 * 1024))):
                pieces.append(more)
                left -= len(more)
            content = b"".join(pieces)
        return content
    finally:
        os.close(handle)


def leaves(path: Path, folder: Path) -> bool:
    """Whether a path, with all links on it followed, lies outside a folder."""
    return _leaves(str(path), str(folder))


@lru_cache(maxsize=4096)
def _leaves(path: str, folder: str) -> bool:
    return not is_below(real(path), real(folder))


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder, or lies in it; both without links and dots."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def real(path: str | Path) -> str:
    """
    Where a path leads, with all links on it followed: as `os.path.realpath`, which asks of each folder above whether it is a
    link. Here each is asked once, until `look_anew`: a render asks of thousands of files in few folders.
    """
    return _real(os.path.abspath(path)) if os.name == "posix" else os.path.realpath(path)  # noqa: PTH100  # see above


def look_anew() -> None:
    """Ask of folders anew whether they are links."""
    _real_folder.cache_clear()
    _leaves.cache_clear()


def _real(path: str) -> str:
    above, name = os.path.split(path)
    if not name:
        return path
    there = os.path.join(_real_folder(above), name)  # noqa: PTH118  # a Path takes longer than the question
    return os.path.realpath(there) if os.path.islink(there) else there  # noqa: PTH114


_real_folder = lru_cache(maxsize=16_384)(_real)


# “Naming Files, Paths, and Namespaces” (Microsoft); the superscript digits count as digits there.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE | re.DOTALL)
_NO_NAME = re.compile('[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069]')
MOST_NAME = 200
"""The most bytes of a name that others are made of; file systems have room for 255."""


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, with whatever suffix, and not for a file."""
    return _DEVICE.fullmatch(name) is not None


def name_fault(name: str) -> str | None:
    """What keeps a name from being that of a file or folder on every system, in words; None where nothing does."""
    if name in ("", ".", ".."):
        return f"“{name}” is no name of its own"
    if found := _NO_NAME.search(name):
        shown = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        return f"“{shorten(name)}” holds a character that not every system takes in a name ({shown})"
    if name[-1] in ". ":
        return f"“{shorten(name)}” ends with a dot or a space, which Windows leaves out"
    if is_device(name):
        return f"“{shorten(name)}” is the name of a device on Windows"
    if len(name.encode("utf-8", "replace")) > MOST_NAME:
        return f"“{shorten(name)}” has more than {MOST_NAME} bytes"
    return None


def same_name(path: str) -> str:
    """What two paths have in common that are one on a system without upper and lower case, or with one way to write é."""
    return unicodedata.normalize("NFC", path).casefold()


def is_there(path: Path) -> bool:
    """Whether there is a file. Also where nobody may look: whoever reads it learns why."""
    try:
        return path.is_file()
    except OSError:
        return True


# From here on files have names, and are no Paths: to make one takes longer than what is done with it, thousands of times.


def _keep_within(name: str, folder: Path | None) -> None:
    if folder is not None and _leaves(above := os.path.dirname(name), str(folder)):  # noqa: PTH120
        message = f"{above}: is a link that leads out of {folder}, and nothing is written there; take the link away"
        raise A11yNewsError(message)


def _status(name: str) -> os.stat_result | None:
    try:
        return os.stat(name)  # noqa: PTH116
    except FileNotFoundError:
        return None


_STREAMS = re.compile(r"/dev/(?:stdout|stderr|fd/\d+)|/proc/[^/]+/fd/\d+")
"""Names of what a process has open: a shell may have led it to a file, and that is written to, and not replaced."""


def _is_stream(name: str, status: os.stat_result | None) -> bool:
    """Whether a path is a pipe, a device or the like: nothing can take its place, and root would do away with it for all."""
    if status is None:
        return False
    is_file = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return not is_file or bool(_STREAMS.fullmatch(os.path.abspath(name)))  # noqa: PTH100  # the links are what counts


def _write_into(name: str, fill: Callable[[int], None]) -> None:
    handle = os.open(name, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    try:
        fill(handle)
    finally:
        os.close(handle)


def _write_beside(name: str, fill: Callable[[int], None], mode: int | None, times: tuple[int, int] | None = None) -> None:
    handle, beside = _open_beside(name)
    try:
        try:
            fill(handle)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
        finally:
            os.close(handle)
        if times:
            os.utime(beside, ns=times)
        os.replace(beside, name)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)  # noqa: PTH108
        raise


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _open_beside(name: str) -> tuple[int, str]:
    above, own = os.path.split(name)
    is_missed = False
    while True:
        # A name has room for 255 bytes on most systems, and a letter can take four.
        beside = os.path.join(above, f".{own[:40]}.{os.getpid()}-{next(_numbers)}.a11ynews")  # noqa: PTH118
        try:
            return os.open(beside, _NEW, 0o666), beside
        except FileExistsError:
            continue  # of a process that was killed and had the same number
        except FileNotFoundError:
            # Folders are there more often than not: they are made when one is missed. Another process may have made it by now.
            if not above or is_missed:
                raise
            os.makedirs(above, exist_ok=True)  # noqa: PTH103
            is_missed = True


def _cannot_write(name: str, error: OSError) -> A11yNewsError:
    return A11yNewsError(f"{name}: cannot be written ({error.strerror}); check the folder and the space on the disk")


# -- records -----------------------------------------------------------------------------------------------------------

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".toml")


def find_records(news: Path) -> list[Path]:
    """
    The records below a folder: every file named `record` with a suffix that is read. Sorted by path.

    Among them are links to folders elsewhere that hold records, which no record can be read from: whoever reads them tells so.
    """
    return [Path(path) for path in sorted(record_names(news), key=lambda path: path.split(os.sep))]  # noqa: PTH206  # of thousands


def record_names(news: Path) -> list[str]:
    """The same as texts, in no order."""
    found, folders = [], [str(news)]
    while folders:
        records, links = [], []
        # A folder that cannot be read holds nothing that anybody could render.
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif _is_record(entry.name):
                    if entry.is_file() or entry.is_symlink():
                        records.append(entry.path)
                elif entry.is_symlink():
                    links.append(entry.path)
        # What is beside a record belongs to it.
        found += records or [link for link in links if leaves(Path(link), news) and _holds_record(link)]
    return found


def _is_record(name: str) -> bool:
    return name.startswith("record.") and name.endswith(RECORD_SUFFIXES)


def _holds_record(folder: str) -> bool:
    # A link may lead to all of a disk, and it is asked for again at each look for changes.
    return any(_is_record(name) for _, _, names in itertools.islice(os.walk(folder), _MOST_FOLDERS) for name in names)


_MOST_FOLDERS = 500
"""Of so many folders behind a link one holds a record, or they are no records."""
