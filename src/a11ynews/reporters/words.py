"""The words that reports have in common, and how they are put on a line."""

import re
from collections.abc import Iterable, Iterator

from ..finding import Severity
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import VERDICTS, Report

# What would move the cursor, begin a line of its own (which some CI systems take for a command) or turn the text around; and
# halves of characters, which cannot be written to a file.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")

SEVERITIES = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.REVIEW: _("review")}
"""What findings weigh, in words."""

OWNERS = {"editor": _("editor"), "translator": _("translator"), "web team": _("web team")}
"""Who mends something, in words."""

CHECKS = {"static": _("static rules"), "catalog rules": _("catalog rules"), "live rules": _("live rules")}
"""What pages are looked at by, in words."""

_CELL_WORDS = {
    "light": _("light"),
    "dark": _("dark"),
    "forced colours": _("forced colours"),
    "text spacing": _("text spacing"),
}


def cell_words(part: str) -> str:
    """A part of a cell's name, such as `dark`, as a message; a width is the same in every language."""
    if found := re.fullmatch(r"text (\d+ %)", part):
        return _("text {size}", size=found[1])
    return _CELL_WORDS.get(part, part)


def cells_in_words(cells: Iterable[str], say: Say) -> str:
    """Cells of the matrix in one line: `1280 px, dark; 320 px, light`."""
    return "; ".join(", ".join(say(cell_words(part)) for part in cell.split(", ")) for cell in cells)


def counted(noun: str, n: int) -> str:
    """So many pages, or catalogs."""
    if noun == "catalog":
        return say_number("{n} catalog", "{n} catalogs", n)
    return say_number("{n} page", "{n} pages", n)


def verdict_of(report: Report) -> str:
    """The verdict in words."""
    if report.verdict == "nothing" and report.noun == "catalog":
        return _("NOTHING CHECKED: no catalog was found")
    return VERDICTS[report.verdict]


def plain(words: str) -> str:
    """Words in one line that show what they are: without control characters."""
    return _UNPRINTABLE.sub(" ", words)


def count_of(severity: Severity, n: int) -> str:
    """So many findings of a severity."""
    match severity:
        case Severity.ERROR:
            return say_number("{n} error", "{n} errors", n)
        case Severity.WARNING:
            return say_number("{n} warning", "{n} warnings", n)
        case _:
            return say_number("{n} to review", "{n} to review", n)


def accepted(report: Report) -> Iterator[str]:
    """What is known and does not gate, and what of it is no longer true."""
    if known := report.known:
        baseline = sum(acceptance.by == "baseline" for _finding, acceptance in known)
        comment = len(known) - baseline
        if baseline:
            yield say_number("{n} finding is known from the baseline", "{n} findings are known from the baseline", baseline)
        if comment:
            yield say_number("{n} finding is accepted by a comment", "{n} findings are accepted by comments", comment)
    yield from report.stale
