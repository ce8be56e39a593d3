"""Writing files so that none is ever half there: to a temporary one beside it, which then takes its name."""

import os
import tempfile
from pathlib import Path

from .errors import A11yNewsError


def write_bytes(path: Path, content: bytes) -> bool:
    """
    Write a file, if its content is not the same already; True if it was written.

    A file that is there keeps its mode. Raises A11yNewsError when it cannot be written; then the old one is as it was.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            Path(beside).chmod(mode)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise A11yNewsError(f"{path}: cannot be written ({error.strerror}); check the folder and the space on the disk") from None
    return True


def is_there(path: Path) -> bool:
    """Whether there is a file. Also where nobody may look: whoever reads it learns why."""
    try:
        return path.is_file()
    except OSError:
        return True


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
