"""The formats a report is told in, one file each: a function from a report to text."""

from typing import Protocol

from ..report import Report
from . import text


class Reporter(Protocol):
    """Tells a report in one format. Only what people read in a terminal heeds `colour`."""

    def __call__(self, report: Report, *, colour: bool) -> str:
        """The whole text, with a line break at its end."""


REPORTERS: dict[str, Reporter] = {"text": text.render}
"""Each format by the name that people ask for it with."""
