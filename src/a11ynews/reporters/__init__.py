"""The formats a report is told in, one file each: a function from a report to text."""

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
