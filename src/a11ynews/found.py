"""Pages on the disk become what the checker reads."""

import contextlib
import json
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import A11yNewsError, NothingToDo
from .finding import Owner
from .message import say
from .page import Page
from .provenance import Trace, strike
from .report import Unfinished
from .result_cache import Files, ResultCache, is_digest, key_of
from .settled import traces_of
from .site import read_manifest, read_trace

_Told: TypeAlias = tuple[str, str]
"""What is known of a page, as JSON: what is its own; and its templates, which are the same ones for most pages."""

_PAGES_A_PIECE = 2_000
_MOST_PIECES = 10_000


@dataclass(slots=True)
class FoundPages:
    """Pages to check, by the folder that their addresses start from."""

    by_root: dict[Path, list[Page]] = field(default_factory=dict)
    unfinished: list[Unfinished] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cache: ResultCache | None = None
    """What earlier checks have told of pages."""
    held: "Held" = field(default_factory=lambda: Held())
    """The pages whose content is in memory."""
    shown: Callable[[Path], str] = str
    has_more: set[Path] = field(default_factory=set)
    """The folders of which more is known than before."""
    _known: dict[Path, dict[str, _Told]] = field(default_factory=dict)

    @property
    def pages(self) -> list[Page]:
        """All of them."""
        return [page for pages in self.by_root.values() for page in pages]

    def known(self, root: Path) -> "dict[str, _Told]":
        """What is known of the pages of a folder, by their paths there: what is asked of every page."""
        if root not in self._known:
            known: dict[str, _Told] = {}
            self._known[root] = known
            for way in self._ways(root) if self.cache else ():
                pieces = self.cache.get("pages", way) if self.cache else None
                for number in range(min(pieces, _MOST_PIECES) if type(pieces) is int else 0):
                    told = self.cache.get("pages", way, number) if self.cache else None
                    if type(told) is dict:
                        known.update((below, _told(data)) for below, data in told.items())
                if known:
                    break
        return self._known[root]

    def keep(self) -> None:
        """Put what is known of pages into the cache, some thousand at a time."""
        if self.cache:
            for root in self.has_more:
                for way in self._ways(root):
                    number, known = 0, iter(self._known[root].items())
                    while piece := dict(islice(known, _PAGES_A_PIECE)):
                        self.cache.put(piece, "pages", way, number)
                        number += 1
                    self.cache.put(number, "pages", way)

    def _ways(self, root: Path) -> tuple[str, str]:
        """What a folder is known by: where it is; and how it is named, since somebody may have moved it with all around it."""
        return str(root.resolve()), self.shown(root)


def read_pages(paths: Sequence[Path], shown: Callable[[Path], str], cache: ResultCache | None = None) -> FoundPages:
    """
    The HTML pages that paths name: files, or all below a folder, with their traces where we rendered them.

    A page that the site's manifest names and that is not there, or a path that is not there, is unfinished. A page that the
    `cache` knows is not read before somebody asks for more of it. Raises NothingToDo where there is no page at all.
    """
    found = FoundPages(cache=cache, shown=shown)
    for path in paths:
        if path.is_dir():
            _read_folder(path, found, shown)
        elif path.is_file():
            root = next((folder for folder in path.resolve().parents if read_manifest(traces_of(folder)) is not None), None)
            top = root or _top_of(path)
            file = path if top == path.parent else path.resolve()
            source = _PageFile(_Top(str(top), traces_of(top)), shown(file), file.relative_to(top).as_posix())
            _take_page(source, top, found, is_alone=root is None)
        else:
            found.unfinished.append(Unfinished(str(path), say("there is no such file or folder; mend the path, or render first")))
    if not found.pages and not found.unfinished:
        where = ", ".join(str(path) for path in paths)
        raise NothingToDo(f"no page was found in {where}; a page is a file whose name ends with .html, .htm or .xhtml")
    found.keep()
    return found


_UPWARDS = re.compile(rb"""(?:<link\s[^>]*?href|\s(?:src|srcset|poster|data))\s*=\s*["']?((?:\.\./)+)""", re.IGNORECASE)


def _top_of(page: Path) -> Path:
    """
    The folder that the addresses of a page alone start from: its own, or as far above it as what it loads lies.

    A browser would look for `../style.css` at the top otherwise, and not find it.
    """
    try:
        above = max((len(match[1]) // 3 for match in _UPWARDS.finditer(page.read_bytes())), default=0)
    except OSError:
        above = 0
    # The whole disk is never the site.
    folders = page.resolve().parents[:-1]
    return folders[min(above, len(folders) - 1)] if above and folders else page.parent


def _read_folder(folder: Path, found: FoundPages, shown: Callable[[Path], str]) -> None:
    there = _pages_below(str(folder))
    traces, name_of = traces_of(folder), _names_below(folder, shown)
    for page in read_manifest(traces) or []:
        if page["path"] not in there:
            reason = say("the site's manifest names this page and it is not there; render the site again")
            found.unfinished.append(Unfinished(shown(folder / page["path"]), reason))
    top = _Top(str(folder), traces)
    for below, is_link in there.items():
        name = shown(Path(folder, below)) if is_link else name_of(below)
        _take_page(_PageFile(top, name, below), folder, found)
    known = found.known(folder)
    for gone in known.keys() - there.keys():
        del known[gone]


def _pages_below(top: str) -> dict[str, bool]:
    """The pages below a folder, in their order, by their paths there; for each whether it is a link."""
    there: dict[str, bool] = {}
    folders = [""]
    while folders:
        below = folders.pop()
        with contextlib.suppress(OSError), os.scandir(os.path.join(top, below)) as entries:  # noqa: PTH118  # of thousands
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{below}{entry.name}/")
                elif os.path.splitext(entry.name)[1].lower() in _PAGES and entry.is_file():  # noqa: PTH122
                    there[f"{below}{entry.name}"] = entry.is_symlink()
    return {path: there[path] for path in sorted(there, key=lambda path: path.split("/"))}


_PAGES = (".html", ".htm", ".xhtml")


def _names_below(folder: Path, shown: Callable[[Path], str]) -> Callable[[str], str]:
    """What files below a folder are called, by their paths there: as it is called itself, unless it lies around where we are."""
    name, here = shown(folder), os.path.realpath(os.curdir)
    if os.sep != "/" or here.startswith(f"{os.path.realpath(folder).rstrip('/')}/"):
        return lambda below: shown(folder / below)
    start = "" if name == "." else f"{name.rstrip('/')}/"
    return lambda below: start + below


def _take_page(source: "_PageFile", root: Path, found: FoundPages, *, is_alone: bool = False) -> None:
    name = source.name
    try:
        page = _known_page(source, root, found)
    except OSError as error:
        reason = say("the page cannot be read ({reason}); mend its permissions", reason=error.strerror or "?")
        found.unfinished.append(Unfinished(name, reason))
        return
    if page.fault == "unreadable":
        found.notes.append(say("{page}: what is known of its texts cannot be read; render the site again", page=name))
    elif page.fault:
        note = say("{page}: has changed since it was rendered, and nothing is known of its texts; render it again", page=name)
        found.notes.append(note)
    page.file = name
    if os.path.isabs(name) and not is_alone:  # noqa: PTH117  # of thousands
        page.path = source.below
    if page.digest:
        page.digest = key_of(page.digest, name, page.path)
    found.by_root.setdefault(root, []).append(page)


class FilePage(Page):
    """A page that was read from the disk."""

    fault: str = ""
    """Why nothing is known of its texts although there is a trace of it: `unreadable` or `changed`."""


@dataclass(frozen=True, slots=True)
class _Top:
    """A folder of pages, and where the traces of these are."""

    folder: str
    traces: Path


@dataclass(frozen=True, slots=True)
class _PageFile:
    """Where a page and its trace are."""

    top: "_Top"
    name: str
    below: str
    """The page's path in the site."""

    @property
    def path(self) -> str:
        """The file. It is put together when it is asked for, as there can be many."""
        return os.path.join(self.top.folder, self.below)  # noqa: PTH118

    def read(self) -> FilePage:
        """Read them. Raises OSError where the page cannot be read."""
        content = Path(self.path).read_bytes()
        try:
            kept = read_trace(self.top.traces, self.below)
        except ValueError:
            return self._without_trace(content, "unreadable")
        if kept is None:
            return self._without_trace(content)
        marked, trace = kept
        if strike(marked).encode() != content:
            return self._without_trace(content, "changed")
        return FilePage(self.name, content.decode(), marked=marked, trace=trace)

    def _without_trace(self, content: bytes, fault: str = "") -> FilePage:
        page = FilePage.from_bytes(self.name, content)
        page.fault = fault
        return page

    def state(self, files: Files) -> str:
        """The digests of both; empty where one of them cannot be read."""
        content, trace = files.state(self.path), files.state(f"{self.top.traces}/pages/{self.below}.trace")
        return f"{content} {trace}" if is_digest(content) and (not trace or is_digest(trace)) else ""


class Held:
    """The pages whose content is in memory, which has not room for all of a large site."""

    def __init__(self) -> None:
        self._pages: OrderedDict[KnownPage, None] = OrderedDict()

    def add(self, page: "KnownPage") -> None:
        """Keep the content of one more, and let go of that of the one that was asked for first."""
        self._pages[page] = None
        while len(self._pages) > _MOST_HELD:
            self._pages.popitem(last=False)[0].let_go()


_MOST_HELD = 100


class KnownPage(FilePage):
    """
    A page of which is known what is asked of every page. It is read when somebody asks for more.

    There can be 100,000 of them: each holds little, and what is known as the JSON that it is kept as.
    """

    def __init__(self, source: _PageFile, digest: str, cache: ResultCache | None, held: Held) -> None:
        self.name = source.name
        self.digest = self._of_files = digest
        self._source, self._cache, self._held = source, cache, held
        self._content: FilePage | None = None
        self._is_ours, self._size, self._told = False, 0, _NOTHING

    def recall(self, told: _Told) -> bool:
        """Take what an earlier check has told that is asked of every page; False where that is of another page, or is none."""
        try:
            of_files, fault, is_ours, size, texts = json.loads(told[0])
            templates = json.loads(told[1])
            if of_files != self._of_files or not _are_files(texts, templates):
                return False
            self._is_ours, self._size = bool(is_ours), int(size)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return False
        if fault:
            self.fault = str(fault)
        self._told = told
        return True

    def fill(self, read: FilePage) -> _Told:
        """Take what was read; gives what is asked of every page, for `recall`."""
        self._hold(read)
        if read.fault:
            self.fault = read.fault
        self._is_ours, self._size = read.is_ours, read.size
        texts, templates = read.written_in
        own = [self._of_files, read.fault, self._is_ours, self._size, texts]
        self._told = json.dumps(own, separators=(",", ":")), intern(json.dumps(templates, separators=(",", ":")))
        return self._told

    def _hold(self, read: FilePage) -> None:
        self._content = read
        self._held.add(self)

    def let_go(self) -> None:
        """Forget the content; asked for, it is read once more."""
        self._content = None

    def afresh(self) -> Page:
        """As `Page.afresh`; what is read for it alone is not kept."""
        read = self._content or self._read()
        page = Page(self.name, read.html, marked=read._marked, trace=read.trace)
        page.url, page.file, page.http, page.path = self.url, self.file, self.http, self.path
        return page

    def _read(self) -> FilePage:
        """Read it. Raises A11yNewsError where it is not what it was."""
        try:
            read = self._source.read()
        except OSError:
            read = None
        if read is None or self._source.state(Files()) != self._of_files:
            raise A11yNewsError(f"{self.name}: has changed while it was checked; check it again when it is as it is to be")
        return read

    @property
    def _held_content(self) -> FilePage:
        if self._content is None:
            self._hold(self._read())
        assert self._content
        return self._content

    if not TYPE_CHECKING:  # of any other page these are there from the first

        @property
        def html(self) -> str:
            """As `Page.html`."""
            return self._held_content.html

        @property
        def trace(self) -> Trace | None:
            """As `Page.trace`."""
            return self._held_content.trace

        @property
        def _marked(self) -> str | None:
            return self._held_content._marked

        @property
        def written_in(self) -> tuple[dict[str, Owner], list[str]]:
            """As `Page.written_in`."""
            own, templates = self._told
            return {file: Owner(owner) for file, owner in json.loads(own)[-1].items()}, json.loads(templates)

    @property
    def is_ours(self) -> bool:
        """As `Page.is_ours`."""
        return self._is_ours

    @property
    def size(self) -> int:
        """As `Page.size`."""
        return self._size

    @cached_property
    def address(self) -> str:
        """As `Page.address`."""
        known = self._cache.get("address", self._of_files) if self._cache else None
        if not isinstance(known, str):
            # Its tree is let go of with the answer, unless it is there anyway: all of a large site would fill the memory.
            known = super().address if "tree" in self.__dict__ else self.afresh().address
            if self._cache:
                self._cache.put(known, "address", self._of_files)
        return known


_NOTHING: _Told = ("", "")


def _told(data: Any) -> _Told:
    """What is known of a page, as the cache has it; nothing, where that is damaged."""
    is_known = type(data) is list and len(data) == 2 and all(type(part) is str for part in data)
    return (data[0], intern(data[1])) if is_known else _NOTHING


def _are_files(texts: dict[str, Any], templates: list[Any]) -> bool:
    """
    Whether these are files, and those of texts with whoever mends each. Raises ValueError, AttributeError or TypeError where they
    are nothing of the kind.
    """
    return all(map(Owner, texts.values())) and type(templates) is list and all(type(file) is str for file in templates)


def _known_page(source: _PageFile, root: Path, found: FoundPages) -> FilePage:
    """A page, read only if the cache does not know it. Raises OSError where it cannot be read."""
    state = source.state(found.cache.files if found.cache else Files())
    if not state:
        return source.read()
    page = KnownPage(source, state, found.cache, found.held)
    known = found.known(root)
    if not page.recall(known.get(source.below, _NOTHING)):
        read = source.read()
        if source.state(Files()) != state:
            return read  # it changes at this moment, and so nothing is kept of it
        known[source.below] = page.fill(read)
        found.has_more.add(root)
    return page
