"""What processes of a crew do in tests. They may begin anew, and import it: a module of tests alone cannot be imported."""

import os
import signal
import time
from collections.abc import Callable

from a11ynews.errors import A11yNewsError


def make() -> Callable[[int | str], tuple[int | str, int]]:
    """Work that takes so many milliseconds, or fails in some way."""

    def work(task: int | str) -> tuple[int | str, int]:
        if task == "fault":
            raise A11yNewsError("the disk is full")
        if task == "bug":
            raise ValueError("wrong")
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if isinstance(task, int):
            time.sleep(task / 1000)
        return task, os.getpid()

    return work
