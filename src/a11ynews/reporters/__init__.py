"""The formats a report is told in, one file each: a function from a report to text."""

from collections.abc import Callable, Iterator
from typing import Protocol

from ..messages import Say
from ..report import Report
from . import earl, github, html, json, junit, markdown, sarif, text


class Reporter(Protocol):
    """
    Tells a report in one format.

    `say` says each message in the language that is asked for; a format that names it takes its code from `lang`. Only what
    people read in a terminal heeds `colour`.
    """

    def __call__(self, report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:
        """The whole text, with a line break at its end."""


def pieces(name: str, report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> Iterator[str]:
    """A report in a format, piece by piece where it can be very large."""
    if name in _PIECEMEAL:
        yield from _PIECEMEAL[name](report, say=say, lang=lang, colour=colour)
    else:
        yield REPORTERS[name](report, say=say, lang=lang, colour=colour)


REPORTERS: dict[str, Reporter] = {
    "text": text.render,
    "json": json.render,
    "html": html.render,
    "markdown": markdown.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "earl": earl.render,
}
"""Each format by the name that people ask for it with."""

_PIECEMEAL: dict[str, Callable[..., Iterator[str]]] = {"json": json.pieces, "earl": earl.pieces}
