"""
Records are rendered where the site cannot be written, and what comes of them is brought home.

Away, everything is written into a folder of its own, and handed over as bytes. At home it is written as always: each file beside
the old one, of which it then takes the place. What is away must be what is at home: every file that a page is made of is
compared, and where one is another, nothing is taken.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from .catalog import UI_DOMAIN, path_of
from .errors import A11yNewsError
from .files import write_bytes
from .language import chain_of
from .ledger import Edition, Seen, Sheet, digest_of, digest_of_file, folder_digest, signature
from .resources import LOCALES
from .site import Site, trace_file

Task = tuple[str, Sequence[Any]]
"""What is to be done, `open` or `render`, with which records."""

Hands = Callable[[Task], list[Any]]
"""What does a task, as `build.py` has it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes of a task."""

    results: list[Any]
    files: Mapping[str, bytes]
    """The files that were written, by their paths in the site."""
    traces: Mapping[str, bytes]
    """The traces of pages, by the paths of their pages."""
    records: Mapping[str, str]
    """The digests of the records that were read, by their paths."""
    common: str
    """The digest of what all pages are made of."""


class Away:
    """Does tasks in a folder of its own, one after the other."""

    def __init__(self, site: Site, make: Callable[[Site], Hands]) -> None:
        self._site, self._make = site, make
        self._lock = Lock()
        self._hands: Hands | None = None
        self._lifetime = ExitStack()

    def __reduce__(self) -> tuple[Any, ...]:
        """It is sent before it is used."""
        return Away, (self._site, self._make)

    def __call__(self, task: Task, scratch: str | None = None) -> Brought:
        """Do a task; temporary files go into `scratch`, which whoever gives it removes, should this process be killed."""
        with self._lock:
            if self._hands is None:
                folder = Path(tempfile.mkdtemp(prefix="a11ynews-", dir=scratch))
                self._lifetime.callback(shutil.rmtree, folder, ignore_errors=True)
                self._site = Site(self._site.config, folder / "site")
                self._lifetime.enter_context(self._site.renderer.unchanging())
                self._common = common_digest(self._site)
                self._hands = self._make(self._site)
            paths = [path for one in task[1] for path in one.group.paths]
            records = {str(path): _digest(path) for path in paths}
            results = self._hands(task)
            return Brought(results, _taken(self._site.out), _taken(self._site.traces / "pages"), records, self._common)

    def close(self) -> None:
        """Remove the folder."""
        self._lifetime.close()


def common_digest(site: Site) -> str:
    """What tells the templates, and the catalogs of the pages' own words, from others."""
    folders = (site.config.folder("locales").resolve(), LOCALES.resolve())
    links = dict.fromkeys(link for language in site.config.languages for link in chain_of(language))
    catalogs = [Seen.of(path_of(folder, link, UI_DOMAIN)).digest for link in links for folder in folders]
    return digest_of(json.dumps([folder_digest(site.template_folders), catalogs]).encode())


def _taken(folder: Path) -> dict[str, bytes]:
    """The files below a folder, which are removed from it."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            file = Path(parent, name)
            found[file.relative_to(folder).as_posix()] = file.read_bytes()
            file.unlink()
    return found


def _digest(path: Path) -> str:
    try:
        return digest_of_file(path)
    except OSError:
        return ""


class Home:
    """Takes in what comes of tasks that were done away."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._root = site.config.root
        self._common = common_digest(site)

    def take_in(self, task: Task, brought: Brought, who: str) -> list[Any]:
        """
        Write the files, and give the results as if the task had been done here; `who` did it.

        Raises A11yNewsError where something that it was made of is another file here, or a file cannot be written.
        """
        if brought.common != self._common:
            raise self._other("a template, or a catalog of the page's own words,", who)
        for path, digest in brought.records.items():
            if digest != _digest(Path(path)):
                raise self._other(self.site.shown(Path(path)), who)
        is_written = {path: write_bytes(self.site.out / path, content, self.site.out) for path, content in brought.files.items()}
        for name, content in brought.traces.items():
            write_bytes(self.site.traces / "pages" / name, content)
        if task[0] == "open":
            return [replace(one, sheet=self._sheet(one.sheet, who)) if one.sheet else one for one in brought.results]
        return [[self._page(page, is_written) for page in pages] for pages in brought.results]

    def _sheet(self, line: str, who: str) -> str:
        """What is known of a record, with the times that its files have here."""
        sheet = Sheet.from_line(line)
        for names, folder in ((sheet.inputs, self._root), (sheet.files, self.site.out)):
            for name, seen in names.items():
                now = seen.now(folder / name)
                if now.digest != seen.digest:
                    raise self._other(name, who)
                names[name] = now
        return sheet.to_line()

    def _page(self, result: Any, is_written: Mapping[str, bool]) -> Any:
        """A page that was made, with the times that its files have here."""
        edition: Edition | None = result.edition
        if edition is None:
            return result
        edition.page = Seen(signature(self.site.out / edition.path), edition.page.digest)
        edition.trace = Seen(signature(trace_file(self.site.traces, edition.path)), edition.trace.digest)
        return replace(result, is_written=is_written[edition.path])

    def _other(self, what: str, who: str) -> A11yNewsError:
        return A11yNewsError(
            f"{who}: {what} there is another than here; see that the worker has the folder {self._root} as it is here"
        )
