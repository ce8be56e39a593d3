"""
What stops a command. What is wrong with the material is a `Finding`, never an exception.

    A11yNewsError            exit code 2: the work could not be done completely
    ├── SourceError          a file that people write cannot be used; carries every fault in it
    │   ├── RecordError      … a news record
    │   ├── CatalogError     … a PO file
    │   ├── ConfigError      … a11ynews.toml
    │   ├── BaselineError    … a baseline
    │   ├── ShardError       … a file of a shard
    │   └── TemplateFault    … a Jinja2 template
    ├── LanguageError        a language tag that is none
    ├── BrowserError         no browser, or one that does not start
    └── NothingToDo          exit code 3: no page or record was found; doing nothing must not look like a pass

They are caught once, in `cli.py`, and told without a traceback.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar


class A11yNewsError(Exception):
    """The work could not be done, or not completely."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """
    One thing that is wrong in a file that people write.

    Lines and columns count from 1. The message says what is wrong and, after a semicolon, what to do.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def shorten(value: str, most: int = 80) -> str:
    """What somebody wrote, as a message can repeat it: on one line, nothing invisible, cut where it is long."""
    # Cut before anything looks at every character: the value can be megabytes.
    line = re.sub(r"\s+", " ", value[: most * 4])
    line = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


_MOST_FAULTS = 1000
"""Nobody reads more, and a file that is none at all can have one on each line."""


class SourceError(A11yNewsError):
    """A file that people write cannot be used. `faults` holds all that is wrong with it, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        told = sorted(set(faults))
        if len(told) > _MOST_FAULTS:
            rest = f"{len(told) - _MOST_FAULTS:,} more things are wrong in this file; mend what is told above first"
            told = [*told[:_MOST_FAULTS], replace(told[_MOST_FAULTS], message=rest)]
        self.faults = tuple(told)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RecordError(SourceError):
    """A news record is not what the record format says."""


class CatalogError(SourceError):
    """A PO file cannot be read."""


class ConfigError(SourceError):
    """The configuration is not what it should be."""


class BaselineError(SourceError):
    """A baseline is not what it should be."""


class ShardError(SourceError):
    """A file is not what a check of a shard has written."""


class TemplateFault(SourceError):
    """A template cannot be read or rendered."""


class LanguageError(A11yNewsError, ValueError):
    """A language tag is not one."""


class BrowserError(A11yNewsError):
    """There is no browser, or it does not start."""


class NothingToDo(A11yNewsError):
    """No page or record was found."""

    exit_code = 3
