"""
What came of pages in a browser at an earlier check, told again where nothing that the browser saw of them has changed.

That is: the page, every file that it has asked for in any cell, and those that were not there; how it was to be looked at; the
browser, its fonts and its system. Nothing is kept of a page that was not looked at in full, that had to be looked at a second
time, or that has got anything from another origin, for nobody knows what that will give the next time.
"""

import json
import os
import platform
import re
import stat
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, urlsplit

from ..errors import BrowserError
from ..exclusion import Exclusion
from ..page import Page
from ..report_file import Coder, FormatError, Special, from_data, to_data
from ..result_cache import Files, ResultCache, digest_of, is_digest, key_of
from ..rule import Rule, RuleFacts
from . import axe, browser
from .livepage import LivePage
from .portrait import Shot, Taken
from .rules import LIVE_RULES
from .server import file_of

if TYPE_CHECKING:
    from .session import Options, Session, Take, Visit

_VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
"""What else says which fonts a browser finds."""
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/etc/fonts")
_FONT_FOLDERS_ELSEWHERE = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
}
_LARGEST_SCRIPT = 100_000
_LEAST_BROWSER = 20_000_000
"""Bytes: what is smaller only starts one."""
_DEEPEST = 3
"""So many scripts may start each other."""
_IN_VARIABLE = re.compile(rb"(?<=/)\$(?:\w+|\{\w+\})")
_NO_PROGRAMS = ("/proc/", "/dev/", "/sys/")
_PATH = re.compile(rb"(?<![\w.$}])/[\w.+-]+(?:/[\w.+-]+)+")
_AN_OS = ("/etc/os-release",)
_PAGES_AT_ONCE = 100
"""So many pages wait until they are put into the cache."""

_MOST_ALIKE = 1_000
"""So many different results are kept in mind while pages with the same are looked up."""


class LiveRecall:
    """The results of looks at pages of one folder, all in the same way."""

    def __init__(self, cache: ResultCache) -> None:
        self._cache = cache
        self._files = cache.files
        self._key: tuple[Any, ...] = ()
        self._kept: list[_Kept] = []
        self._earlier: list[_Kept] = []
        self._others: set[str] = set()
        """What had been served by the time that the earlier ones were kept, and no page had told of."""
        self._asked: set[str] = set()
        self._served: Collection[str] = ()
        self._states_there: Mapping[str, str] | None = None
        self.recalled = 0
        """Of how many pages the results were known."""

    # -- what is known -----------------------------------------------------------------------------------------------------

    def visits(self, session: "Session", home: str, pages: Sequence[Page]) -> "dict[int, Visit]":
        """What is known of pages, by their numbers."""
        self.begin(session, home, looks_by(self._files))
        return self.known(pages)

    def begin(self, session: "Session", home: str, by: str) -> None:
        """Begin with the pages of a folder; `by` is what `looks_by` tells of whoever looks at them, empty if nobody knows."""
        self._key, self._kept, self._earlier, self._others, self._asked = (), [], [], set(), set()
        self._served, self._states_there = (), None
        how = _how(session)
        if how is None or not by:
            return
        self._session = session
        self._top, self._home = str(session.root), home
        self._states: dict[str, str] = {}
        self._folders: dict[str, str | None] = {}
        self._coder = _coder(session.options)
        self._alike: dict[tuple[str, str], Visit] = {}
        self._key = ("live", key_of(by, how, home))

    def known(self, pages: Sequence[Page]) -> "dict[int, Visit]":
        """What is known of pages, by their numbers."""
        found = {}
        for number, page in enumerate(pages if self._key else ()):
            if visit := self._visit(page):
                found[number] = visit
        self.recalled += len(found)
        return found

    def facts(self) -> tuple[dict[str, RuleFacts], str] | None:
        """What axe says of its rules, and the browser's version; None where that is not known."""
        if not self._key:
            return None
        data = self._cache.get(*self._key, "facts")
        try:
            told, version = data
            return from_data(told, dict[str, RuleFacts]), str(version)
        except (FormatError, TypeError, ValueError):
            return None

    def _visit(self, page: Page) -> "Visit | None":
        from .session import Visit

        data = self._cache.get(*self._of(page)) if page.digest else None
        if data is None:
            return None
        try:
            if any(self._state(asked) != state for asked, state in data["asked"].items()):
                return None
            visit = self._read(data["visit"], data["rules"])
            if data.get("structure") and self._session.options.structures is not None:
                told = self._cache.get(*self._of(page), "structure")
                visit.structure = self._coder.from_data({"structure": told}, Visit).structure
                if visit.structure is None:
                    return None
        except (FormatError, KeyError, TypeError, AttributeError, ValueError, RecursionError):
            self._cache.refuse()
            return None
        return visit

    def _read(self, text: str, names: str) -> "Visit":
        """What came of a page, and the names of the rules that ran; of pages that nothing is found on it is mostly the same."""
        from .session import Visit

        known = self._alike.get((text, names))
        if known is None:
            known = self._coder.from_data(json.loads(text), Visit)
            known.rules = frozenset(names.split())
            ran = tuple(sorted(known.rules))
            known.outcomes = {cell: replace(outcome, rules=ran) for cell, outcome in known.outcomes.items()}
            if len(self._alike) == _MOST_ALIKE:
                self._alike.clear()
            self._alike[text, names] = known
        # Whoever takes it in may add to it.
        return replace(
            known, outcomes={**known.outcomes}, reasons=[*known.reasons], notes=[*known.notes], matched=[*known.matched]
        )

    def _of(self, page: Page) -> tuple[Any, ...]:
        return (*self._key, self._session.path_of(page), page.digest)

    # -- what becomes known ------------------------------------------------------------------------------------------------

    def keep_facts(self, facts: Mapping[str, RuleFacts], version: str) -> None:
        """Keep what axe says of its rules, and the browser's version."""
        if self._key:
            self._cache.put([to_data(facts, dict[str, RuleFacts]), version], *self._key, "facts")

    def keep(self, page: Page, visit: "Visit", states: Mapping[str, str] | None = None) -> None:
        """
        Keep what came of a page, before anybody judges it, if it is all that there is to know of it.

        Who has looked at it elsewhere tells the `states` of the files that it has asked for, which must be ours.
        """
        from .session import Visit

        self._asked |= visit.seen.asked.keys()
        if not self._key or not page.digest or not _is_certain(visit):
            return
        own = [asked for asked in visit.seen.asked if asked.startswith("/")]
        if any(not self._session.is_refused(asked) for asked in visit.seen.asked if not asked.startswith("/")):
            return
        visit.outcomes = {cell: axe.placed(outcome, page) for cell, outcome in visit.outcomes.items()}
        bare = replace(
            visit,
            rules=frozenset(),
            outcomes={cell: replace(outcome, rules=()) for cell, outcome in visit.outcomes.items()},
            structure=None,
            seen=replace(visit.seen, asked={}),
        )
        told = json.dumps(self._coder.to_data(bare, Visit), separators=(",", ":"))
        data: dict[str, Any] = {"visit": told, "rules": " ".join(sorted(visit.rules))}
        structure = None
        if visit.structure is not None:
            structure = self._coder.to_data(Visit(structure=visit.structure), Visit)["structure"]
            data["structure"] = True
        self._kept.append((page, data, {path: "" if states is None else states.get(path, "?") for path in own}, structure))
        if len(self._kept) >= _PAGES_AT_ONCE:
            # Those that are open just now have not told yet what they have asked for: it is told until the next ones are kept.
            self._put(self._earlier, self._others - self._asked)
            self._earlier, self._kept, self._others = self._kept, [], {*self._served} - self._asked

    def heard(self, visit: "Visit") -> None:
        """Note what a page has asked for, though it is not its turn to be kept."""
        self._asked |= visit.seen.asked.keys()

    def listen(self, served: Collection[str], states: Mapping[str, str] | None = None) -> None:
        """
        Know the paths that are asked for meanwhile; of files that are served elsewhere also the `states`. Both grow.

        What a page has asked for is told with it. A worker that several pages share could ask for more, and no page is told of
        it: then all pages that have been looked at by then, or later, depend on that.
        """
        self._served, self._states_there = served, states

    def end(self) -> None:
        """Put the rest of what is to be kept into the cache, when all pages have been looked at."""
        kept, earlier, self._kept, self._earlier = self._kept, self._earlier, [], []
        self._put(earlier, self._others - self._asked)
        self._put(kept, {*self._served} - self._asked)

    def _put(self, kept: "Sequence[_Kept]", others: Collection[str]) -> None:
        """Put what came of pages into the cache, unless anything that they depend on has changed since the check began."""
        if not kept:
            return
        states = self._states_there
        self._states.clear()
        self._files.look_again()
        for page, data, asked, structure in kept:
            paths = [*asked, *sorted(others)]
            there = asked if states is None else {**asked, **{path: states.get(path, "?") for path in others}}
            is_same = states is None or all(self._state(path) == state for path, state in there.items())
            if is_same and all(self._is_settled(path) for path in paths):
                self._cache.put({**data, "asked": {path: self._state(path) for path in paths}}, *self._of(page))
                if structure is not None:
                    self._cache.put(structure, *self._of(page), "structure")

    # -- pictures ----------------------------------------------------------------------------------------------------------

    def taking(self, take: "Take") -> "Take":
        """Takes pictures of pages, of those that are known by memory."""

        def recalled(page: Page, shots: Sequence[Shot]) -> Taken:
            known = self._cache.get(*self._of(page)) if self._key and page.digest else None
            asked = known.get("asked") if type(known) is dict else None
            if type(asked) is not dict or any(self._state(path) != state for path, state in asked.items()):
                return take(page, shots)
            key = (*self._of(page), "pictures", asked, to_data(list(shots), list[Shot]))
            data = self._cache.get(*key)
            if data is not None:
                try:
                    return from_data(data, Taken)
                except FormatError:
                    self._cache.refuse()
            taken = take(page, shots)
            if taken.is_whole and all(self._is_settled(path) for path in asked):
                self._cache.put(to_data(taken, Taken), *key)
            return taken

        return recalled

    # -- files -------------------------------------------------------------------------------------------------------------

    def _state(self, asked: str) -> str:
        """What a request is answered with, as the server does it: a file by its digest, a folder, or nothing."""
        state = self._states.get(asked)
        if state is None:
            state = self._states[asked] = self._state_now(asked)
        return state

    def _state_now(self, asked: str) -> str:
        if self._home == "/" and re.fullmatch(r"(?:/[\w+=@~-][\w.+=@~-]*)+", asked, re.ASCII):
            # Most are plain names below the root: then all that can lead elsewhere are links.
            folder, _, name = asked.rpartition("/")
            if (real := self._folder(folder)) is not None:
                path = f"{real}/{name}"
                try:
                    status = os.lstat(path)
                except OSError:
                    status = None
                if status and stat.S_ISREG(status.st_mode):
                    return self._files.state_by(path, status)
        return state_of(asked, Path(self._top), self._home, self._files)

    def _folder(self, folder: str) -> str | None:
        """Where a folder of the site is in the end; None where that is not within the site."""
        if folder not in self._folders:
            real = os.path.realpath(f"{self._top}{folder}")
            is_within = real == self._top or real.startswith(self._top.rstrip(os.sep) + os.sep)
            self._folders[folder] = real if is_within else None
        return self._folders[folder]

    def _is_settled(self, asked: str) -> bool:
        path = unquote(urlsplit(asked).path)
        ways = {path}
        if path.startswith(self._home):
            ways.add(path[len(self._home) - 1 :])
        return "\0" not in path and all(
            self._files.is_settled(os.path.normpath(f"{self._top}/{way.lstrip('/')}"), self._top) for way in ways
        )


_Kept: TypeAlias = tuple[Page, Any, dict[str, str], Any]
"""A page, what came of it, the files that it has asked for with their states, and what it tells assistive technology."""


def _is_certain(visit: "Visit") -> bool:
    """Whether a page was looked at in full, at the first attempt."""
    told = (visit.reasons, visit.notes, visit.tour.unfinished, visit.tour.notes)
    return bool(visit.outcomes) and not any(told) and not any(outcome.unfinished for outcome in visit.outcomes.values())


def _how(session: "Session") -> list[Any] | None:
    """How pages are looked at, as plain values; None where there are rules of which nobody knows what they look at."""
    options = session.options
    known = {rule.id: rule.check for rule in LIVE_RULES}
    if any(known.get(rule.id) is not rule.check for rule in options.rules):
        return None
    choice = options.choice
    return [
        [[cell.width, cell.height, cell.scheme, cell.forced_colours] for cell in session.cells],
        [session.core.version, digest_of(session.core.source.encode("utf-8", "replace"))],
        [choice.best_practices, *(sorted(ids) for ids in (choice.only, choice.on, choice.off))],
        [[one.selector, one.reason, one.pages, one.where] for one in options.exclusions.entries],
        [options.wait_for, sorted(options.origins), options.patience, options.runs_axe, options.structures is not None],
        [[rule.id, str(rule.severity), rule.gate is not None] for rule in options.rules],
    ]


def _coder(options: "Options") -> Coder:
    """Writes visits: rules by their ids, and what is left out by its number."""
    rules: dict[str, Rule[LivePage]] = {rule.id: rule for rule in options.rules}
    entries = list(options.exclusions.entries)
    return Coder(
        {
            Rule: Special(lambda rule: rule.id, rules.__getitem__),
            Exclusion: Special(entries.index, lambda number: entries[number] if type(number) is int else entries[-1:][1]),
        }
    )


# -- elsewhere ---------------------------------------------------------------------------------------------------------


def state_of(asked: str, root: Path, home: str, files: Files) -> str:
    """What a request is answered with where the folder is served: the digest of a file; empty where there is nothing."""
    file = file_of(asked, root, home)
    return files.state(str(file)) if file else ""


class Noting:
    """Stands for a recall where somebody else has it: what pages ask for is noted for him."""


# -- the browser -------------------------------------------------------------------------------------------------------


def looks_by(files: Files) -> str:
    """What `browser_now` tells, as a digest; empty where it tells nothing."""
    now = browser_now(files)
    return "" if now is None else key_of(now)


def browser_now(files: Files) -> list[Any] | None:
    """
    What tells the browser that would be used, its fonts and its system, from any other; no browser is started for it.

    None where there is none, or it is not known what it is.
    """
    try:
        named, candidates = browser.candidates()
    except BrowserError:
        return None
    programs = [_program(str(path), files) for path in candidates]
    if not all(programs) or not programs:
        return None
    system = [sys.platform, platform.machine(), [files.state(path) for path in _AN_OS]]
    return [named, programs, system, _fonts(), [os.environ.get(name, "") for name in _VARIABLES]]


def _program(path: str, files: Files) -> list[Any]:
    """
    What tells a browser from any other: its content, and what lies beside it.

    Of a script that starts it in a way that cannot be followed it is the version that it tells. Nothing where there is none.
    """
    found: dict[str, Any] = {}
    _follow(path, files, found, 0)
    if not any(is_digest(state) and Path(name).stat().st_size > _LEAST_BROWSER for name, state in found.items()):
        version = browser.version_of(Path(path))
        if not version:
            return []
        found[""] = version
    return sorted([name, state] for name, state in found.items())


def _follow(path: str, files: Files, found: dict[str, Any], depth: int) -> None:
    """Note a program, and where it is a script that starts another, all that it names."""
    real = os.path.realpath(path)
    state = files.state(real)
    if real in found or not is_digest(state) or depth > _DEEPEST:
        return
    found[real] = state
    folder = str(Path(real).parent)
    if not folder.endswith("/bin"):
        found[f"{folder}/"] = str(_beside(folder))
    with open(real, "rb") as opened:  # noqa: PTH123
        head = opened.read(_LARGEST_SCRIPT)
    if not head.startswith(b"#!"):
        return
    # What a variable stands for in a path is mostly the script's own name.
    written = _IN_VARIABLE.sub(Path(path).name.encode(), head.partition(b"\n")[2])
    named = {match.decode("ascii") for match in _PATH.findall(written)}
    for name in sorted({*named, folder}):
        if name.startswith(_NO_PROGRAMS):
            continue
        if not Path(name).is_dir():
            _follow(name, files, found, depth + 1)
        elif not name.endswith("/bin"):
            found[f"{name}/"] = str(_beside(name))
            for inside in sorted(Path(name).iterdir()):
                is_told = name.startswith("/etc/") or (os.access(inside, os.X_OK) and not inside.suffix)
                if inside.is_file() and is_told:
                    _follow(str(inside), files, found, depth + 1)


def _beside(folder: str) -> list[Any]:
    """What lies in a folder, by name and size."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                [entry.name, entry.stat().st_size] for entry in entries if entry.is_file() and not entry.name.endswith(".log")
            )
    except OSError:
        return []


@cache
def _fonts() -> str:
    """What tells the fonts of this machine, and what says how they are chosen, from others: their names, sizes and times."""
    found = []
    for folder in _FONT_FOLDERS_ELSEWHERE.get(sys.platform, _FONT_FOLDERS):
        for parent, inner, names in os.walk(os.path.expanduser(folder)):  # noqa: PTH111
            inner.sort()
            for name in sorted(names):
                try:
                    status = os.stat(f"{parent}/{name}")  # noqa: PTH116
                except OSError:
                    continue
                found.append(f"{parent}/{name} {status.st_size} {status.st_mtime_ns // 1_000_000_000}")
    return digest_of("\n".join(found).encode("utf-8", "surrogateescape"))
