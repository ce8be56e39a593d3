"""
Threads that keep a browser each, so that one page after the other can be looked at without starting it anew.

Playwright's objects belong to the thread that has made them, and it refuses one whose event loop runs: a notebook's, or
pytest-playwright's. So whatever is done with a browser is done in a thread of its own.
"""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from weakref import WeakSet

from ..errors import BrowserError
from ..message import say
from .browser import ENVIRONMENT_VARIABLE, Driver, end_group, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_P = ParamSpec("_P")
_T = TypeVar("_T")


class TooSlow(Exception):
    """Something was not done in time, and has been ended."""


@dataclass(slots=True, eq=False)
class _Task:
    """Something that is waited for."""

    deadline: float
    is_late: bool = False
    is_hopeless: bool = False
    """Whether the browser has ended already, and only the end of its driver can end the waiting."""


class _Watchdog:
    """
    Ends what takes too long, from one thread for all that is done one after the other: to begin one each time costs more.

    First the browser is ended. Where nothing comes back even then, its driver is: after some time, and again.
    """

    def __init__(self, kill: Callable[[], None], kill_driver: Callable[[], None]) -> None:
        self._kill = kill
        self._kill_driver = kill_driver
        self._changed = Condition()
        self._tasks: set[_Task] = set()
        self._wakes_at = 0.0
        """When the thread looks again by itself; 0 where it waits to be told."""
        self._is_running = self._is_closed = False

    @contextmanager
    def watching(self, seconds: float) -> Iterator[None]:
        """Raises TooSlow, in place of whatever comes of it, where what is done in here was ended."""
        task = _Task(time.monotonic() + seconds)
        with self._changed:
            self._tasks.add(task)
            if not self._is_running:
                self._is_running = True
                Thread(target=self._watch, name="a11ynews-watchdog", daemon=True).start()
            elif not self._wakes_at or task.deadline < self._wakes_at:
                self._changed.notify()
        try:
            yield
        except Exception as error:
            if not task.is_late:
                raise
            raise TooSlow from error
        finally:
            with self._changed:
                self._tasks.discard(task)

    def hurry(self) -> None:
        """The browser has ended: what still waits for it is given a moment, for an answer may never come."""
        with self._changed:
            for task in self._tasks:
                task.is_hopeless = True
                task.deadline = min(task.deadline, time.monotonic() + _GRACE)
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._is_closed:
                now = time.monotonic()
                if due := [task for task in self._tasks if task.deadline <= now]:
                    kill = self._kill_driver if any(task.is_hopeless for task in due) else self._kill
                    for task in due:  # before anything comes back with an error: whoever gets it asks whether it was late
                        task.is_late = task.is_late or not task.is_hopeless
                        task.is_hopeless, task.deadline = True, now + _GRACE
                    kill()
                self._wakes_at = min((task.deadline for task in self._tasks), default=0.0)
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
        self._watchdog = _Watchdog(self.kill, self._kill_driver)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live")
        self._lifetime = ExitStack()
        self._browser: Browser | None = None
        self._driver: Driver | None = None
        self._pid = 0
        self._named: str | None = None
        self._is_killed = False
        self.looked_at = 0
        """How many pages the browser has looked at since it was started, in whatever checks."""
        self._failure: BrowserError | None = None
        """Why the browser has not started that was begun before anybody asked for it."""

    def begin(self) -> None:
        """Have the browser start in the thread, for whoever asks for it first; where it does not, that one is told."""
        self.do(self._begin)

    def _begin(self) -> None:
        try:
            self.browser()
        except BrowserError as error:
            self._failure = error

    def do(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Have something done in the thread, after all that it was given before."""
        return self._thread.submit(work, *args, **kwargs)

    def is_ready(self) -> bool:
        """Whether the browser runs, and is the one that is asked for now."""
        is_same = self._named == os.environ.get(ENVIRONMENT_VARIABLE)
        return self._browser is not None and is_same and self._browser.is_connected()

    def browser(self) -> "Browser":
        """
        The browser: to be asked for in the thread. One that ends while it starts is followed by another, once.

        Raises BrowserError where none starts.
        """
        failure, self._failure = self._failure, None
        if failure and self._named == os.environ.get(ENVIRONMENT_VARIABLE):
            raise failure
        if self.is_ready() and self._browser is not None:
            return self._browser
        self.end()
        self._named = os.environ.get(ENVIRONMENT_VARIABLE)
        self._is_killed, began = False, time.monotonic()
        try:
            return self._started()
        except BrowserError:
            self.end()
            # Not where it was killed by whoever needs none any more, nor where there was long waiting for nothing.
            if self._is_killed or time.monotonic() - began > _SOON:
                raise
        try:
            return self._started()
        except BrowserError:
            self.end()
            raise

    def _started(self) -> "Browser":
        from playwright.sync_api import Error

        try:
            with self.patience(_START_SECONDS):
                driver = self._driver = Driver()
                self._lifetime.callback(self._remove_profiles)
                browser = self._lifetime.enter_context(launched(driver))
                driver.learn_profiles()
                self._lifetime.callback(self._leave_to_driver, browser)
                browser.on("disconnected", self._on_disconnection)
            with self.patience(_FIRST_WORD_SECONDS):
                processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        except TooSlow as error:
            raise BrowserError(
                say("the browser, or what drives it, does not answer; see whether the machine has memory left")
            ) from error
        except Error as error:
            raise BrowserError(say("the browser ended while it started; see whether the machine has memory left")) from error
        self._pid = next(process["id"] for process in processes if process["type"] == "browser")
        self._browser = browser
        return browser

    def _on_disconnection(self, _: "Browser") -> None:
        """The browser has ended. What is under way then may never be answered: Playwright 1.65 loses a new page, for one."""
        self._pid = 0  # soon another process may have that number
        self._watchdog.hurry()

    def end(self) -> None:
        """End the browser, if one runs: to be done in the thread."""
        self._browser, self._pid, self.looked_at = None, 0, 0
        with suppress(TooSlow), self.patience(_END_SECONDS):
            self._lifetime.close()
        self._driver = None

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
        driver = self._driver
        return driver is not None and any(profile.exists() for profile in [*driver.profiles])

    def _remove_profiles(self) -> None:
        """Remove what no driver is there any more to remove."""
        for folder in [*self._driver.profiles] if self._driver else []:
            shutil.rmtree(folder, ignore_errors=True)

    def kill(self) -> None:
        """
        End the browser from any thread, at once: what hangs in it comes back with an error.

        One that is just starting is ended with its driver.
        """
        self._is_killed = True
        if self._pid:
            end_group(self._pid)
        else:
            self._kill_driver()

    def _kill_driver(self) -> None:
        if driver := self._driver:
            driver.kill()

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


def _wait_until_gone(hands: "Collection[Hand]") -> None:
    """Wait for a moment until the temporary folders of browsers that have ended are removed."""
    for _ in range(_MOMENTS):
        if not any(hand.has_profile() for hand in hands):
            return
        time.sleep(_MOMENT)


_MOMENT, _MOMENTS = 0.02, 100
"""Two seconds at the most."""

_START_SECONDS = 120.0
"""To find the browser, to start the driver, to start the browser: each of them has limits of its own, and tells what was slow."""

_FIRST_WORD_SECONDS = 30.0
_END_SECONDS = 10.0
_SOON = 30.0
"""What fails before may have met with an accident, and is tried once more."""
_GRACE = 5.0
"""After so long without an answer, although the browser has ended, its driver is ended, too."""

_all: "WeakSet[Hand]" = WeakSet()


def abandon() -> None:
    """End all browsers at once, since this process ends without waiting for the threads that use them."""
    hands = [*_all]
    for hand in hands:
        hand.kill()
    _wait_until_gone(hands)
    for hand in hands:
        hand._remove_profiles()


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
            _close(taken)


def _close(hands: "Collection[Hand]") -> None:
    """End hands beside each other."""
    for hand in hands:
        hand.do(hand.end)
    for hand in hands:
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
            _close(idle)


@contextmanager
def begun(number: int) -> Iterator[Callable[[], None]]:
    """
    Meanwhile `hands` have browsers that start at once, so many of them, beside whatever is done until somebody asks for one.

    What is yielded is to be called when nobody will ask any more: then they end beside whatever is still done. Where browsers are
    `kept` for longer than this, they stay.
    """
    is_last = _kept is None
    with kept():
        with hands(number) as ready:
            for hand in ready:
                hand.begin()

        def let_go() -> None:
            if is_last:
                with _lock:
                    idle = [*(_kept or [])]
                for hand in idle:
                    hand.do(hand.end)

        try:
            yield let_go
        except KeyboardInterrupt:
            for hand in ready:
                hand.kill()  # whoever stops it does not wait for browsers that start
            raise
