"""
For people at a terminal: what is to be mended, by the place where it is to be mended.

    news/flood/record.yaml:14:9: error [alt-file-name] the alt text of the picture “a.jpg” is a file's name; say what it shows
        on de/flood/index.html:31, en/flood/index.html:31, it/flood/index.html:31 and 4 more pages
        at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">
        WCAG 1.1.1 · editor
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import click

from ..finding import Finding, Place, Severity
from ..report import Report, Unfinished

_PAGES_SHOWN = 3
_MOST_OF_A_RULE = 25
"""So many defects of one rule are shown; a list that is longer is not read by anybody."""

_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REVIEW: 2}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REVIEW: "cyan"}
_VERDICT_COLOURS = {0: "green", 1: "red", 2: "red", 3: "red"}
# What would move the cursor, begin a line of its own (which some CI systems take for a command) or turn the text around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(slots=True)
class _Defect:
    """One thing to mend, and every place where it shows."""

    finding: Finding
    places: list[Place] = field(default_factory=list)
    cells: dict[str, None] = field(default_factory=dict)

    @property
    def where(self) -> tuple[str, int, int]:
        """File, line and column to open; the column is 0 where it is not known."""
        place = self.finding.place
        if place.source:
            return place.source.file, place.source.line, place.source.column
        return place.page, place.line, 0


def render(report: Report, *, colour: bool) -> str:
    """Everything that a report has to say, the worst first, and a verdict at the end."""
    defects = _defects(report.findings)
    lines = [line for defect in _shown(defects) for line in _told(defect)]
    lines += _left_out(defects) + _unfinished(report.unfinished)
    lines += [_plain(f"note: {note}") for note in report.notes]
    lines += [*([""] if lines else []), *_summary(report, defects)]
    text = "\n".join(lines) + "\n"
    return text if colour else click.unstyle(text)


def _plain(words: str) -> str:
    return _UNPRINTABLE.sub(" ", words)


def _defects(findings: Iterable[Finding]) -> list[_Defect]:
    """
    The findings, those with one cause taken together, in the order in which they are told.

    One cause is one line in a record, a catalog or a template. Of pages from elsewhere no such line is known: there it is the
    same element, at the same place of several pages.
    """
    found: dict[Hashable, _Defect] = {}
    for finding in findings:
        place = finding.place
        cause = place.source or (place.selector, place.html)
        defect = found.setdefault((finding.rule, finding.severity, finding.message, cause), _Defect(finding))
        defect.places.append(place)
        defect.cells.update(dict.fromkeys(finding.cells))
    return sorted(found.values(), key=lambda defect: (_RANKS[defect.finding.severity], defect.where, defect.finding.rule))


def _shown(defects: list[_Defect]) -> Iterator[_Defect]:
    told: Counter[str] = Counter()
    for defect in defects:
        told[defect.finding.rule] += 1
        if told[defect.finding.rule] <= _MOST_OF_A_RULE:
            yield defect


def _told(defect: _Defect) -> Iterator[str]:
    finding = defect.finding
    file, line, column = defect.where
    where = ":".join([_plain(file), *([str(line)] if line else []), *([str(column)] if column else [])])
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    yield f"{click.style(where, bold=True)}: {severity} [{finding.rule}] {_plain(finding.message)}"
    # A catalog is where its own findings are: it need not be told twice.
    places = [place for place in defect.places if not (place.source and place.source.file == place.page)]
    pages = list(dict.fromkeys(f"{place.page}:{place.line}" if place.line else place.page for place in places))
    if pages and (finding.place.source or len(pages) > 1):
        more = f" and {len(pages) - _PAGES_SHOWN} more" if len(pages) > _PAGES_SHOWN else ""
        yield f"    on {_plain(', '.join(pages[:_PAGES_SHOWN]))}{more}"
    if finding.place.selector or finding.place.html:
        html = finding.place.html
        yield _plain(f"    at {finding.place.selector}  {html if len(html) <= 120 else html[:119] + '…'}").rstrip()
    if defect.cells:
        yield f"    in {_plain('; '.join(defect.cells))}"
    facts = [f"WCAG {', '.join(finding.wcag)}"] if finding.wcag else []
    yield "    " + click.style(" · ".join([*facts, finding.owner]), dim=True)


def _left_out(defects: list[_Defect]) -> list[str]:
    counts = Counter(defect.finding.rule for defect in defects)
    return [
        click.style(f"… and {count - _MOST_OF_A_RULE:,} more of [{rule}]; the JSON report names them all", bold=True)
        for rule, count in counts.items()
        if count > _MOST_OF_A_RULE
    ]


def _unfinished(unfinished: list[Unfinished]) -> list[str]:
    if not unfinished:
        return []
    told = [f"    {_plain(str(one))}" for one in dict.fromkeys(unfinished)]
    more = [f"    … and {len(told) - _MOST_OF_A_RULE:,} more"] if len(told) > _MOST_OF_A_RULE else []
    title = f"NOT CHECKED: {_number(len(told), 'thing')} that {'was' if len(told) == 1 else 'were'} asked for"
    return ["", click.style(title, fg="red", bold=True), *told[:_MOST_OF_A_RULE], *more]


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _summary(report: Report, defects: list[_Defect]) -> list[str]:
    checks: defaultdict[str, set[str]] = defaultdict(set)
    cells: defaultdict[str, set[str]] = defaultdict(set)
    names = {page.name for page in report.pages}
    for page in report.pages:
        for check in page.checks:
            what, _, cell = check.partition(" (")
            checks[what].add(page.name)
            cells[what] |= {cell.removesuffix(")")} if cell else set()
    ran = []
    for what, pages in checks.items():
        told = "static rules" if what == "static" else what
        told += f" in {_number(len(cells[what]), 'cell')}" if cells[what] else ""
        # What ran on a part of the pages only must not look as if it had run on all.
        ran.append(told if len(pages) == len(names) else f"{told} (on {_number(len(pages), report.noun)})")
    looked_at = f"{_number(len(names), report.noun)} checked: {', '.join(ran) or 'nothing ran'}"
    counts = [_counted(severity, defects) for severity in _RANKS]
    places = f"; seen at {_number(len(report.findings), 'place')}" if len(report.findings) != len(defects) else ""
    verdict = click.style(_verdict(report), fg=_VERDICT_COLOURS[report.exit_code], bold=True)
    return [_plain(looked_at), f"{', '.join(counts)}{places}", f"{verdict} (exit code {report.exit_code})"]


def _counted(severity: Severity, defects: list[_Defect]) -> str:
    owners = Counter(defect.finding.owner for defect in defects if defect.finding.severity is severity)
    count = sum(owners.values())
    told = f"{count:,} to review" if severity is Severity.REVIEW else _number(count, severity)
    return told + (f" ({', '.join(f'{owner} {number:,}' for owner, number in sorted(owners.items()))})" if owners else "")


def _verdict(report: Report) -> str:
    match report.exit_code:
        case 0:
            return "PASSED: no errors were found, which is not to say that there are no barriers"
        case 1:
            return "FAILED: the errors must be mended"
        case 2:
            return "INCOMPLETE: not everything could be checked, so nobody knows what is wrong there"
        case _:
            return f"NOTHING CHECKED: no {report.noun} was found"
