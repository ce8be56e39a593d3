"""
Templates that were compiled once, kept among the user's caches: to compile them takes longer than a changed article does.

What is kept of a template is code, as Python keeps its own in `__pycache__`. So it is never taken from a project, which can be
somebody else's, nor from a cache that is handed from one machine to the next (`A11YNEWS_CACHE`): only from a folder that is this
user's and that nobody else may write into. A template is known by all that its code depends on: its source, name and number, what
is ours, Jinja's version, and Python's own form of code; one that is joined with others, by all templates there are. What is lost,
damaged or of another version is compiled again.
"""

import contextlib
import importlib.util
import json
import marshal
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from . import __version__, version_of
from .errors import A11yNewsError
from .files import write_bytes
from .ledger import digest_of, folder_digest, signature
from .resources import is_own, user_folder

_FORMAT = 1
_MOST_FILES = 20
"""Of so many sets of templates is kept what they are compiled."""
_MOST_BYTES = 32 * 1024 * 1024


def folder() -> Path:
    """Where it is kept."""
    return user_folder() / "templates"


class Compiled(jinja2.BytecodeCache):
    """What templates of some folders are compiled, and the messages in them."""

    def __init__(self, folders: Iterable[Path]) -> None:
        form = importlib.util.MAGIC_NUMBER.hex()
        # Our own code decides what a template is compiled to: in a checkout it changes, and the version does not.
        ours = [signature(Path(__file__).with_name(name)) for name in ("inclusion.py", "render.py")]
        self._version = [_FORMAT, __version__, version_of("jinja2"), version_of("markupsafe"), form, *ours]
        self._folders = list(folders)
        self._name = f"{digest_of(json.dumps([*map(str, self._folders), *self._version]).encode())}.bin"
        self._code: dict[str, bytes] = {}
        self._messages: dict[str, Any] = {}
        self._joined: dict[str, str] = {}
        """Of joined templates, what tells all templates from others that they can have been made of."""
        self._asked: set[str] = set()
        self._is_new = False
        # Whoever has no home, or one that cannot be read, compiles.
        with contextlib.suppress(OSError, RuntimeError, ValueError, TypeError, KeyError):
            self._read(_own_file(folder() / self._name))

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template; of one that is joined with others, as long as all of them are what they were."""
        number = environment.template_number(name, filename or "")  # type: ignore[attr-defined]  # ours, set by Renderer
        others = folder_digest(self._folders) if getattr(environment, "is_joining", False) else ""
        is_direct = getattr(environment, "is_direct", False)
        told = [self._version, name, filename, number, source, *([others, is_direct] if others else [])]
        bucket = Bucket(environment, digest_of(json.dumps(told).encode("utf-8", "surrogatepass")), "")
        if others:
            self._joined[bucket.key] = others
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept."""
        self._asked.add(bucket.key)
        if content := self._code.get(bucket.key):
            with contextlib.suppress(ValueError, EOFError, TypeError):
                code = marshal.loads(content)
                bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; not of templates that have changed meanwhile."""
        others = self._joined.get(bucket.key)
        if isinstance(bucket.code, CodeType) and (others is None or others == folder_digest(self._folders)):
            self._code[bucket.key] = marshal.dumps(bucket.code)
            self._is_new = True

    def messages(self, source: str, find: Callable[[str], list[Any]]) -> list[Any]:
        """The messages in a template, as `find` finds them. Raises what that raises."""
        key = digest_of(json.dumps([self._version, source]).encode("utf-8", "surrogatepass"))
        self._asked.add(key)
        if key not in self._messages:
            self._messages[key] = find(source)
            self._is_new = True
        found = self._messages[key]
        return found if isinstance(found, list) else find(source)

    def save(self) -> None:
        """Keep it all for the next time, as far as it was asked for and that can be done."""
        if not self._is_new:
            return
        self._is_new = False
        with contextlib.suppress(OSError, RuntimeError, A11yNewsError):
            where = folder()
            where.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                where.mkdir(mode=0o700)
            if is_own(where):
                write_bytes(where / self._name, self._content(), where)
                _remove_oldest(where)

    def _content(self) -> bytes:
        code = {key: content for key, content in self._code.items() if key in self._asked}
        index = {key: len(content) for key, content in code.items()}
        messages = {key: found for key, found in self._messages.items() if key in self._asked}
        body = b"".join([json.dumps([index, messages]).encode(), b"\n", *code.values()])
        return b"%b\n%b" % (json.dumps([self._version, digest_of(body)]).encode(), body)

    def _read(self, content: bytes) -> None:
        head, _, body = content.partition(b"\n")
        if json.loads(head) != [self._version, digest_of(body)]:
            return
        first, _, rest = body.partition(b"\n")
        index, messages = json.loads(first)
        self._messages = dict(messages)
        begin = 0
        for key, length in _mapping(index).items():
            self._code[key] = rest[begin : begin + length]
            begin += length


def _mapping(data: Any) -> Mapping[str, int]:
    if not isinstance(data, dict):
        raise TypeError
    return data


def _own_file(file: Path) -> bytes:
    """The content of a file that nobody else can have written; empty where that is not sure. Raises OSError."""
    if not is_own(file.parent) or not is_own(file) or not 0 < file.stat().st_size < _MOST_BYTES:
        return b""
    return file.read_bytes()


def _remove_oldest(where: Path) -> None:
    files = sorted(where.glob("*.bin"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files[_MOST_FILES:]:
        file.unlink(missing_ok=True)
