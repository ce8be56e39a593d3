"""What the workers of the tests' cluster load: pages by whose names they die, and what they can be told to pretend."""

import hashlib
import os
import signal
from pathlib import Path
from typing import Any

from a11ynews import away, cluster
from a11ynews.ledger import digest_of_file
from a11ynews.live import session, station
from a11ynews.page import Page

DEADLY = "deadly.html"
"""A page that every worker dies of."""

DEADLY_ONCE = "deadly-once.html"
"""A page that the first worker dies of."""


def dask_setup(_worker: Any) -> None:
    """Have this process die of pages, as of one that takes all memory."""
    look_at = session.Worker.look_at

    def die_of(self: session.Worker, page: Page) -> session.Visit:
        name = Path(page.name)
        if name.name == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if name.name == DEADLY_ONCE:
            try:
                name.with_suffix(".died").touch(exist_ok=False)
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return look_at(self, page)

    session.Worker.look_at = die_of  # type: ignore[method-assign]  # for the life of this process


def blind() -> None:
    """See no folder that anybody else has."""
    cluster._digest = lambda file: f"not {file}"


def seeing() -> None:
    """See again."""
    cluster._digest = lambda file: hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def be_another(version: str) -> None:
    """Say that this process has that browser; an empty one is its own again."""
    cluster._browser = (lambda _named: version) if version else _browser  # type: ignore[assignment]  # it need not remember


_browser = cluster._browser
_looked_by = station.looked_by


def have_other_fonts() -> None:
    """Look at pages with other fonts than everybody else."""
    station.looked_by = lambda: "others"  # type: ignore[assignment]  # it need not remember


def have_the_same_fonts() -> None:
    """Have those that all have again."""
    station.looked_by = _looked_by


def be_late() -> None:
    """Have another record than everybody else."""
    away._digest = lambda path: f"not {path}"


def be_punctual() -> None:
    """Have the same ones again."""
    away._digest = digest_of_file


def at_work() -> int:
    """How many checks this worker is looking at pages for."""
    desk = cluster._Desk.of_process
    return sum(bool(open_.busy) for open_ in desk.station._checks.values()) if desk else 0


def waiting(dask_scheduler: Any) -> int:
    """How many tasks a scheduler has."""
    return len(dask_scheduler.tasks)
