"""
The program, from its first moment on: also as `python -m a11ynews`.

What it needs takes longer to be read than somebody takes to press Ctrl-C.
"""

# The part of it that is built into Python: the rest would have to be read first, and that takes its time.
import _signal as signal  # type: ignore[import-not-found]
import gc
import os
from typing import NoReturn


def run() -> NoReturn:
    """The program."""
    # Nothing has begun yet that would have to be ended. Until `cli.run` heeds signals, Ctrl-C ends the process as all others do,
    # and not with a traceback of whatever was being imported.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # What is imported has no circles that are worth to be looked for, as often as Python does in programs that live long.
    gc.set_threshold(200_000, 20, 50)
    # To look for plugins, pydantic reads what is said of every package that is installed. None of them is for our models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from .cli import run as run_program

    run_program()


if __name__ == "__main__":
    run()
