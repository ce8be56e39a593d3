"""Writing files so that none is ever half there: to a temporary one beside it, which then takes its name."""

import itertools
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from .errors import A11yNewsError

_BESIDE = re.compile(r"\..*\.[0-9]+-[0-9]+\.a11ynews")
"""The names of temporary files: with the process that writes it, and a number."""
_numbers = itertools.count()


def write_bytes(path: Path, content: bytes) -> bool:
    """
    Write a file, if its content is not the same already; True if it was written.

    A file that is there keeps its mode. Raises A11yNewsError when it cannot be written; then the old one is as it was.
    """

    def fill(handle: int) -> None:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]

    try:
        mode = None
        if (status := _status(path)) is not None:
            if status.st_size == len(content) and path.read_bytes() == content:
                return False
            mode = status.st_mode & 0o777
        _write_beside(path, fill, mode)
    except OSError as error:
        raise _cannot_write(path, error) from None
    return True


def copy_file(source: Path, target: Path) -> bool:
    """
    Copy a file of any size with its times, if the copy is not there already; True if it was written.

    A copy of the same size and time is taken for the same. Raises A11yNewsError when it cannot be written.
    """

    def fill(handle: int) -> None:
        with source.open("rb") as opened, os.fdopen(os.dup(handle), "wb") as out:
            shutil.copyfileobj(opened, out, 1024 * 1024)

    try:
        status, there = source.stat(), _status(target)
        if there and (there.st_size, there.st_mtime_ns) == (status.st_size, status.st_mtime_ns):
            return False
        _write_beside(target, fill, status.st_mode & 0o777, (status.st_atime_ns, status.st_mtime_ns))
    except OSError as error:
        raise _cannot_write(target, error) from None
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


def is_there(path: Path) -> bool:
    """Whether there is a file. Also where nobody may look: whoever reads it learns why."""
    try:
        return path.is_file()
    except OSError:
        return True


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_beside(path: Path, fill: Callable[[int], None], mode: int | None, times: tuple[int, int] | None = None) -> None:
    handle, beside = _open_beside(path)
    try:
        try:
            fill(handle)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
        finally:
            os.close(handle)
        if times:
            os.utime(beside, ns=times)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _open_beside(path: Path) -> tuple[int, Path]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        # A name has room for 255 bytes on most systems, and a letter can take four.
        beside = path.with_name(f".{path.name[:40]}.{os.getpid()}-{next(_numbers)}.a11ynews")
        try:
            return os.open(beside, flags, 0o666), beside
        except FileExistsError:
            continue  # of a process that was killed and had the same number
        except FileNotFoundError:
            # Folders are there more often than not: they are made when one is missed.
            if path.parent.is_dir():
                raise
            path.parent.mkdir(parents=True, exist_ok=True)


def _cannot_write(path: Path, error: OSError) -> A11yNewsError:
    return A11yNewsError(f"{path}: cannot be written ({error.strerror}); check the folder and the space on the disk")
