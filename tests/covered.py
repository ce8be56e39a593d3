"""The rules that run in a check with a browser, and how far they go: writes docs/coverage.md to the standard output."""

import sys
import tempfile
from pathlib import Path

from a11ynews.check import Settings, check
from a11ynews.criteria import Coverage, coverage
from a11ynews.criteria import document as document_of
from a11ynews.report import Report
from a11ynews.targets import gather

# With a style sheet, because axe has a rule that asks for one.
HEAD = "<title>Flood</title><style>h1 { color: black }</style>"
PAGE = f'<!doctype html><html lang="en"><head>{HEAD}</head><body><main><h1>Flood</h1></main></body></html>\n'


def report_on(folder: Path) -> Report:
    """The report on a small page, looked at by all that a check has where nothing else is said."""
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    return check(gather([str(folder)]), Settings(profile="thorough"))


def covered(report: Report) -> list[Coverage]:
    """What its rules say of each criterion, on pages that a11ynews has rendered."""
    return coverage(report.rules.values(), ours=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(document_of(covered(report_on(Path(folder)))))
