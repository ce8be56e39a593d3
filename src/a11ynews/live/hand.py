"""
Threads that keep a browser each, so that one page after the other can be looked at without starting it anew.

Playwright's objects belong to the thread that has made them, and it refuses one whose event loop runs: a notebook's, or
pytest-playwright's. So whatever is done with a browser is done in a thread of its own.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from weakref import WeakSet

from .browser import ENVIRONMENT_VARIABLE, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_P = ParamSpec("_P")
_T = TypeVar("_T")


class TooSlow(Exception):
    """Something was not done in time, and has been ended."""


class _Watchdog:
    """Ends what takes too long, from one thread for all that is done one after the other: to begin one each time costs more."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self._kill = kill
        self._changed = Condition()
        self._deadlines: dict[object, float] = {}
        self._wakes_at = 0.0
        """When the thread looks again by itself; 0 where it waits to be told."""
        self._is_running = self._is_closed = False

    @contextmanager
    def watching(self, seconds: float) -> Iterator[None]:
        """Raises TooSlow, in place of whatever comes of it, where what is done in here was ended."""
        task, deadline = object(), time.monotonic() + seconds
        with self._changed:
            self._deadlines[task] = deadline
            if not self._is_running:
                self._is_running = True
                Thread(target=self._watch, name="a11ynews-watchdog", daemon=True).start()
            elif not self._wakes_at or deadline < self._wakes_at:
                self._changed.notify()
        try:
            yield
        except Exception as error:
            if task in self._deadlines:
                raise
            raise TooSlow from error
        finally:
            with self._changed:
                self._deadlines.pop(task, None)

    def _watch(self) -> None:
        with self._changed:
            while not self._is_closed:
                now = time.monotonic()
                late = [task for task, deadline in self._deadlines.items() if deadline <= now]
                for task in late:
                    del self._deadlines[task]
                if late:
                    self._kill()
                self._wakes_at = min(self._deadlines.values(), default=0.0)
                self._changed.wait(self._wakes_at - now if self._wakes_at else None)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()


class Hand:
    """A thread, and the browser that it keeps."""

    def __init__(self) -> None:
        _all.add(self)
        self._watchdog = _Watchdog(self.kill)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live")
        self._lifetime = ExitStack()
        self._browser: Browser | None = None
        self._pid = 0
        self._profile: Path | None = None
        """The temporary folder of the browser."""
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
            self._lifetime.callback(self._remove_profile)
            browser = self._lifetime.enter_context(launched())
            self._lifetime.callback(self._leave_to_driver, browser)
            processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self._pid = next(process["id"] for process in processes if process["type"] == "browser")
            self._profile = _profile_of(self._pid)
            self._browser = browser
        return self._browser

    def end(self) -> None:
        """End the browser, if one runs: to be done in the thread."""
        self._browser, self._pid = None, 0
        self._lifetime.close()

    def _leave_to_driver(self, browser: "Browser") -> None:
        """
        Have Playwright's driver remove the browser's temporary folders, while there still is a driver.

        It does so by itself, but not to the end where the browser was killed and the driver is ended at once.
        """
        with suppress(Exception):  # it may have died already
            browser.close()
        _wait_until_gone([self])

    def has_profile(self) -> bool:
        """Whether there is a temporary folder of the browser's."""
        profile = self._profile
        return profile is not None and profile.exists()

    def _remove_profile(self) -> None:
        profile, self._profile = self._profile, None
        if profile:
            shutil.rmtree(profile, ignore_errors=True)

    def kill(self) -> None:
        """End the browser from any thread, at once: what hangs in it comes back with an error."""
        pid = self._pid
        if not pid:
            return
        with suppress(ProcessLookupError):
            # Playwright gives the browser a group of its own. One of its processes that went on for a moment would write to its
            # profile while that is removed, and something of it would be left.
            if os.name == "posix" and os.getpgid(pid) != os.getpgrp():
                os.killpg(os.getpgid(pid), signal.SIGKILL)
            else:
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def patience(self, seconds: float) -> AbstractContextManager[None]:
        """
        End the browser when what is done in here takes too long. Raises TooSlow then.

        Playwright waits for a script in a page without limit, and a page whose script never ends cannot be reached otherwise.
        """
        return self._watchdog.watching(seconds)

    def close(self) -> None:
        """End the browser and the thread."""
        self.do(self.end)
        self._thread.shutdown()
        self._watchdog.close()


def _profile_of(pid: int) -> Path | None:
    """The temporary folder of a browser, where the system tells it: Linux does."""
    with suppress(OSError):
        for argument in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            name, _, value = os.fsdecode(argument).partition("=")
            if name == "--user-data-dir" and Path(value).name.startswith("playwright_"):
                return Path(value)
    return None


def _wait_until_gone(hands: "Collection[Hand]") -> None:
    """Wait for a moment until the temporary folders of browsers that have ended are removed."""
    for _ in range(_MOMENTS):
        if not any(hand.has_profile() for hand in hands):
            return
        time.sleep(_MOMENT)


_MOMENT, _MOMENTS = 0.02, 100
"""Two seconds at the most."""

_all: "WeakSet[Hand]" = WeakSet()


def abandon() -> None:
    """End all browsers at once, since this process ends without waiting for the threads that use them."""
    hands = [*_all]
    for hand in hands:
        hand.kill()
    _wait_until_gone(hands)


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
