"""
Threads that keep a browser each, so that one page after the other can be looked at without starting it anew.

Playwright's objects belong to the thread that has made them, and it refuses one whose event loop runs: a notebook's, or
pytest-playwright's. So whatever is done with a browser is done in a thread of its own.
"""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from .browser import ENVIRONMENT_VARIABLE, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Hand:
    """A thread, and the browser that it keeps."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live")
        self._lifetime = ExitStack()
        self._browser: Browser | None = None
        self._pid = 0
        self._named: str | None = None

    def do(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Have something done in the thread, after all that it was given before."""
        return self._thread.submit(work, *args, **kwargs)

    def is_ready(self) -> bool:
        """Whether the browser runs, and is the one that is asked for now."""
        is_same = self._named == os.environ.get(ENVIRONMENT_VARIABLE)
        return self._browser is not None and is_same and self._browser.is_connected()

    def browser(self) -> "Browser":
        """The browser: to be asked for in the thread. Raises BrowserError where none starts."""
        if not self.is_ready() or self._browser is None:
            self.end()
            self._named = os.environ.get(ENVIRONMENT_VARIABLE)
            browser = self._lifetime.enter_context(launched())
            processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self._pid = next(process["id"] for process in processes if process["type"] == "browser")
            self._browser = browser
        return self._browser

    def end(self) -> None:
        """End the browser, if one runs: to be done in the thread."""
        self._browser, self._pid = None, 0
        self._lifetime.close()

    def kill(self) -> None:
        """End the browser from any thread, at once: what hangs in it comes back with an error."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def close(self) -> None:
        """End the browser and the thread."""
        self.do(self.end)
        self._thread.shutdown()


_lock = Lock()
_kept: list[Hand] | None = None
"""Those that nobody uses now; None where they are not kept."""


@contextmanager
def hands(number: int) -> Iterator[list[Hand]]:
    """So many hands; at the end they are closed, unless they are `kept`."""
    with _lock:
        taken = [] if _kept is None else [_kept.pop() for _ in range(min(number, len(_kept)))]
    taken += [Hand() for _ in range(number - len(taken))]
    try:
        yield taken
    finally:
        with _lock:
            is_kept = _kept is not None
            if _kept is not None:
                _kept.extend(reversed(taken))
        if not is_kept:
            for hand in taken:
                hand.close()


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile browsers go on from one check to the next, which then begins at once."""
    global _kept
    with _lock:
        is_outermost = _kept is None
        _kept = [] if _kept is None else _kept
    try:
        yield
    finally:
        if is_outermost:
            with _lock:
                idle, _kept = _kept or [], None
            for hand in idle:
                hand.close()
