"""
Processes that share work: each has a connection, does one task at a time, and answers.

Nothing outlives the process that began it: when that one ends, however it ends, the connections of the others close.
"""

import contextlib
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self

from .errors import A11yNewsError
from .signals import held_back, leave_to_first

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Make = Callable[[], Callable[[Any], Any]]
"""Makes, in the process that works, what does a task."""


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Linux alone has it
        return os.cpu_count() or 1


def copies() -> bool:
    """
    Whether other processes begin as copies of this one, at once, with all in it that has been read already.

    Of one with threads, a copy could stand still for ever.
    """
    return sys.platform == "linux" and threading.active_count() == 1


class Team(Protocol):
    """Those who share work: the processes of a crew, or whoever does as they do."""

    def do(self, tasks: Sequence[Any], owners: Sequence[int | None] | None = None) -> Iterator[tuple[int, Any]]:
        """The results of tasks, in the order of the tasks, each with the number of who did it."""


class Crew:
    """
    Some processes that each hold what `make` gives, and do tasks with it.

    Raises A11yNewsError where a task does, or where a process ends before its task does.
    """

    def __init__(self, number: int, make: Make) -> None:
        is_copied = copies()
        import multiprocessing

        context: Any = multiprocessing.get_context("fork" if is_copied else "spawn")
        self._connections: list[Connection] = []
        self._processes: list[Any] = []
        try:
            for _ in range(number):
                ours, theirs = context.Pipe()
                # A copy also has our ends of the connections, its own among them; it must not keep them open.
                foreign = [*self._connections, ours] if is_copied else []
                process = context.Process(target=_work, args=(theirs, make, foreign), daemon=True)
                with held_back():
                    process.start()
                theirs.close()
                self._connections.append(ours)
                self._processes.append(process)
        except BaseException:
            self._stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._stop()
        for connection in self._connections:
            connection.close()
        for process in self._processes:
            process.join()

    def _stop(self) -> None:
        for process in self._processes:
            with contextlib.suppress(ValueError, OSError):
                process.kill()

    def do(self, tasks: Sequence[Any], owners: Sequence[int | None] | None = None) -> Iterator[tuple[int, Any]]:
        """
        The results of tasks, in the order of the tasks, each with the number of the process that did it.

        `owners` says for each task which process is to do it; None where any may.
        """
        from multiprocessing.connection import wait

        own: list[deque[int]] = [deque() for _ in self._processes]
        for_all: deque[int] = deque()
        for number, owner in enumerate(owners or [None] * len(tasks)):
            (for_all if owner is None else own[owner]).append(number)
        at_work: dict[int, int] = {}

        def begin(worker: int) -> None:
            # One at a time: with a second one on its way, both sides could wait for the other to read.
            if queue := own[worker] or for_all:
                at_work[worker] = queue.popleft()
                with self._watching(worker):
                    self._connections[worker].send(tasks[at_work[worker]])

        for worker in range(len(self._processes)):
            begin(worker)
        done: dict[int, tuple[int, Any]] = {}
        following = 0
        while at_work:
            ready = wait([self._connections[worker] for worker in at_work])
            for connection in ready:
                worker = self._connections.index(connection)  # type: ignore[arg-type]  # only connections were waited for
                with self._watching(worker):
                    kind, result = self._connections[worker].recv()
                if kind == "fault":
                    raise A11yNewsError(result)
                if kind == "bug":
                    raise RuntimeError(result)
                done[at_work.pop(worker)] = worker, result
                begin(worker)
            while following in done:
                yield done.pop(following)
                following += 1

    @contextlib.contextmanager
    def _watching(self, worker: int) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError):
            process = self._processes[worker]
            process.join(5)
            raise A11yNewsError(
                f"a process that shared the work has ended before it was done ({_how(process.exitcode)}); run this again, "
                "with --jobs 1 if memory is short"
            ) from None


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _work(connection: "Connection", make: Make, foreign: "Sequence[Connection]") -> None:
    leave_to_first()  # it ends the others
    for other in foreign:
        other.close()
    try:
        task = make()
        while True:
            try:
                given = connection.recv()
            except EOFError:
                return
            try:
                answer = ("done", task(given))
            except A11yNewsError as error:
                answer = ("fault", str(error))
            except Exception:  # noqa: BLE001  # told where the work was asked for, with where it happened
                answer = ("bug", traceback.format_exc())
            connection.send(answer)
    except (BrokenPipeError, ConnectionResetError):
        return  # nobody waits for an answer any more
