"""One news record becomes an accessible page in every language, and every page is checked in a real browser."""

import os
import re
import sys
from functools import cache


def version_of(package: str) -> str:
    """
    The version of an installed package. Raises ModuleNotFoundError where there is none of that name.

    By the name of its folder, where it can be (“Recording installed projects”, Python packaging guide): `importlib.metadata`
    reads whole files for that, which takes a tenth of a render that has nothing to do.
    """
    if told := _installed().get(_usual(package)):
        return told
    from importlib.metadata import version

    return version(package)


@cache
def _installed() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)  # noqa: PTH208  # a Path for each takes longer
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, told = name.removesuffix(".dist-info").rpartition("-")
                found.setdefault(_usual(package), told)
    return found


def _usual(package: str) -> str:
    return re.sub("[-_.]+", "-", package).lower()


__version__ = version_of("a11ynews")
