"""Processes that share work."""

import os
import threading

import pytest

from a11ynews.crew import Crew
from a11ynews.errors import A11yNewsError
from crewwork import make


def test_results_come_in_the_order_of_the_tasks() -> None:
    """Whoever is done first."""
    with Crew(2, make) as crew:
        assert [task for _, (task, _) in crew.do([30, 0, 0, 20, 1])] == [30, 0, 0, 20, 1]


def test_where_threads_are_at_work_processes_begin_anew() -> None:
    """A copy of a process with threads could stand still for ever."""
    done = threading.Event()
    beside = threading.Thread(target=done.wait)
    beside.start()
    try:
        with Crew(2, make) as crew:
            assert [task for _, (task, _) in crew.do([3, 0, 1])] == [3, 0, 1]
    finally:
        done.set()
        beside.join()


def test_a_task_goes_to_the_process_that_it_belongs_to() -> None:
    """And the others to whichever is free."""
    with Crew(2, make) as crew:
        processes = {worker: process for worker, (_, process) in crew.do([1, 1, 1, 1], [0, 1, 0, 1])}
        again = list(crew.do([1, 1, 1], [1, None, 0]))

    assert len(set(processes.values())) == 2
    assert {worker: process for worker, (_, process) in again} == processes


def test_an_error_in_a_task_is_raised_where_the_work_was_asked_for() -> None:
    """What people are told is told in words; a mistake in the program with its place."""
    with pytest.raises(A11yNewsError, match="the disk is full"), Crew(2, make) as crew:
        list(crew.do([1, "fault", 1]))
    with pytest.raises(RuntimeError, match=r"(?s)crewwork\.py.*ValueError: wrong"), Crew(2, make) as crew:
        list(crew.do(["bug"]))


def test_a_process_that_is_killed_is_told() -> None:
    """Nobody waits for ever for what will not come."""
    with (
        pytest.raises(A11yNewsError, match=r"ended before it was done \(SIGKILL\); run this again, with --jobs 1 if"),
        Crew(2, make) as crew,
    ):
        list(crew.do([1, "die", 1]))


def test_no_process_is_left_after_an_interrupt() -> None:
    """Ctrl-C ends all of them at once, whatever they are at."""
    crew = Crew(2, make)
    processes = [process for _, (_, process) in crew.do([0, 0], [0, 1])]

    def interrupt() -> None:
        with crew:
            for _ in crew.do([0, 600_000, 600_000]):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()

    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
