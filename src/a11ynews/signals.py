"""
The signals that ask a process to end: Ctrl-C, SIGTERM of a supervisor, SIGHUP of a terminal that is closed.

Each is raised as an exception in the main thread, so that browsers are ended and temporary files removed on the way out. Whoever
does not want to wait for that sends another.
"""

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_ASKED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""SIGBREAK is Windows' Ctrl-Break; not every system has them all."""

_SECONDS = 8.0
"""How long the way out may take. Docker and most supervisors kill after ten."""


class Stopped(KeyboardInterrupt):
    """A signal asks this process to end. It is a KeyboardInterrupt, as that passes through all that heeds mere errors."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def signal_of(stopped: KeyboardInterrupt) -> int:
    """The number of the signal behind an interruption."""
    return stopped.number if isinstance(stopped, Stopped) else signal.SIGINT


def name_of(number: int) -> str:
    """What people call a signal."""
    return "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name


def exit_code(number: int) -> int:
    """The exit code that shells give to a program which a signal has ended."""
    return 128 + number


@contextmanager
def heeded(end: Callable[[int], None]) -> Iterator[list[int]]:
    """
    Meanwhile a signal is raised as `Stopped` in the main thread, and its number put into the list.

    With a second one, or if the way out takes too long, the process ends at once; before that `end` is told the signal's number.
    What is ignored stays so: by nohup, or by a shell that has put this in the background.
    """
    first: list[int] = []
    way_out = _thread.allocate_lock()
    """Taken by the one that ends the process: neither is to leave half done what the other does."""
    main = _thread.get_ident()

    def at_once(number: int) -> None:
        time.sleep(_SECONDS)
        if way_out.acquire(blocking=False):
            with suppress(Exception):  # nothing is to be in the way now
                end(number)
            os._exit(exit_code(number))

    def heed(number: int, _frame: FrameType | None) -> None:
        if first:
            with suppress(Exception):
                end(number)
            die_of(number)
        first.append(number)
        # Not a threading.Thread: to begin one takes a lock, which what the signal has interrupted may hold.
        _thread.start_new_thread(at_once, (number,))
        raise Stopped(number)

    def in_a_moment(number: int) -> None:
        time.sleep(0.02)  # at once would be in what passes over it
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main, number)  # it wakes the thread, too, where that sleeps
        else:  # Windows
            _thread.interrupt_main(signal.Signals(number))

    def raise_again(unraisable: "sys.UnraisableHookArgs") -> None:
        """Python passes over what is raised while it clears an object away; a signal is not to be lost by that."""
        if isinstance(unraisable.exc_value, Stopped):
            first.clear()
            _thread.start_new_thread(in_a_moment, (unraisable.exc_value.number,))
        else:
            told(unraisable)

    before = {number: signal.getsignal(number) for number in _numbers()}
    changed = [number for number in before if before[number] in (signal.SIG_DFL, signal.default_int_handler)]
    told, sys.unraisablehook = sys.unraisablehook, raise_again
    for number in changed:
        signal.signal(number, heed)
    try:
        yield first
    finally:
        for number in changed:
            signal.signal(number, before[number])
        sys.unraisablehook = told
        if first and not way_out.acquire(blocking=False):
            time.sleep(_SECONDS)


@contextmanager
def held_back() -> Iterator[None]:
    """
    Meanwhile signals wait, and so they do in a process that is begun here, until it says with `leave_to_first` what to do with
    them: before, it would take them for ours.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _numbers())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_first() -> None:
    """
    In a process that works for another one: Ctrl-C, which reaches all processes of a terminal, is the other's to heed; the other
    signals end this one, whatever the other does with them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _numbers():
        if number != signal.SIGINT and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _numbers())


def _numbers() -> list[int]:
    return [number for name in _ASKED if (number := getattr(signal, name, None)) is not None]


def die_of(number: int) -> NoReturn:
    """
    End as the signal would have ended this process, so that a shell sees that it was stopped, and stops its loop, too.

    With the exit code alone where that cannot be done: on Windows, and for the first process of a container.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(exit_code(number))
