"""
Whether a site is as the last render has left it, told by the signatures of files alone.

A render that has nothing to do is asked for often: by a watcher, a hook, a pipeline. To read the configuration, and all that
reads it, takes three times as long as to look at every file of a site of 3,000 pages. So the ledger also says what the last
render has looked at, and where all of that is as it was, nothing has to be read. In any doubt, the render itself decides.
"""

import os
import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import __version__, version_of
from .files import record_names
from .ledger import Ledger, Stamp, settled_signature, signature

LEDGER = "ledger.jsonl"
"""The name of a site's ledger, beside the traces of its pages."""

TRACES = ".a11ynews"
"""The folder beside a site that holds what is known of its pages and is not deployed."""

LIBRARIES = ("babel", "jinja2", "markupsafe", "pillow")
"""What decides, besides ourselves, how a page or a picture looks."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was seen of a site."""

    is_settled: bool
    """Whether it needs nothing done."""
    ledger: str
    """The signature of the ledger that told so."""
    standing: Mapping[str, Stamp]
    """The records of which nothing has changed; a render need not look at their files again."""
    unchanged: int
    """How many pages they have."""
    around: int
    """How many pages are no article's."""
    files_around: int


def traces_of(site: Path) -> Path:
    """The folder of the traces of a site: `.a11ynews/<name of the site's folder>` beside it."""
    resolved = site.resolve()
    return resolved.parent / TRACES / resolved.name


def versions() -> list[str]:
    """Of ourselves, and of what else decides how a page looks."""
    return [__version__, *(version_of(name) for name in LIBRARIES)]


def watched(config: Path, news: Path, files: Iterable[Path], folders: Iterable[Path], *, strict: bool) -> dict[str, Any]:
    """
    What a render has looked at besides records, as plain values: files, also such as are not there, and whole folders.

    A file that has changed a moment ago is told as none can be: it could change again and look the same.
    """
    return {
        "versions": versions(),
        "strict": strict,
        "news": str(news),
        "files": {str(file): settled_signature(file) for file in (config, *files)},
        "folders": {str(folder): _listing(str(folder)) for folder in folders},
    }


def _listing(folder: str) -> list[list[str]]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        found += [[parent, name, settled_signature(os.path.join(parent, name))] for name in sorted(names)]  # noqa: PTH118  # many
    return found


def settled(config: Path, out: Path | None = None, *, strict: bool = False) -> Settled | None:
    """
    Whether the site of a configuration is as its last render has left it, and another would find nothing to do nor to tell.

    `out` is where the site is, where that is not the configuration's folder for it. None where something has changed that is no
    record's, or that is not certain.
    """
    try:
        root = config.resolve().parent
        site = out or root / _folder_of_site(config)
        traces = traces_of(site)
        if (traces / "lock").stat().st_size:
            return None  # a render is at work, or was cut off
        of_ledger = signature(traces / LEDGER)
        ledger, _ = Ledger.read(traces / LEDGER)
        try:
            return _look(ledger, of_ledger, config, root, site, traces, strict=strict)
        finally:
            ledger.close()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _folder_of_site(config: Path) -> str:
    folders = tomllib.loads(config.read_text("utf-8")).get("folders", {})
    return str(folders.get("site", "site"))


def _look(ledger: Ledger, of_ledger: str, config: Path, root: Path, site: Path, traces: Path, *, strict: bool) -> Settled | None:
    told = ledger.watched
    if not ledger.state or not told or time.time() >= ledger.until:
        return None
    if told["versions"] != versions() or told["strict"] != strict or str(config.resolve()) not in told["files"]:
        return None
    if any(signature(file) != seen for file, seen in told["files"].items()):
        return None
    if any(_listing(folder) != seen for folder, seen in told["folders"].items()):
        return None
    pages = f"{traces}{os.sep}pages{os.sep}"
    for path, made in ledger.around.items():
        if not made.file.signature or signature(f"{site}{os.sep}{path}") != made.file.signature:
            return None
        if made.trace.digest and signature(f"{pages}{path}.trace") != made.trace.signature:
            return None
        if made.notes:
            return None
    records = set(record_names(Path(told["news"])))
    standing = {}
    is_settled = True
    for record in ledger:
        stamp = ledger.stamp(record)
        if stamp is None or not stamp.stands(str(root), str(site), pages):
            is_settled = False
            continue
        standing[record] = stamp
        # The record itself is the first of what it is made of.
        file = next(iter(stamp.inputs))
        records.discard(file if os.path.isabs(file) else f"{root}{os.sep}{file}")  # noqa: PTH117
        is_settled = is_settled and not stamp.has_notes
    unchanged = sum(len(stamp.pages) for stamp in standing.values())
    around = sum(1 for made in ledger.around.values() if made.language)
    return Settled(
        is_settled and not records and unchanged > 0, of_ledger, standing, unchanged, around, len(ledger.around) - around
    )
