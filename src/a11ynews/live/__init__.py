"""
Everything that needs a browser. Only here, in the pytest plugin and in the tests is Playwright imported.

The scripts that run in a page lie beside the modules that use them.
"""

from functools import cache
from pathlib import Path


@cache
def script(name: str) -> str:
    """The text of a script that runs in a page."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
