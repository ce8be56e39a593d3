"""
For people at a terminal: what is to be mended, by the place where it is to be mended.

    news/flood/record.yaml:14:9: error [alt-file-name] the alt text of the picture “a.jpg” is a file's name; say what it shows
        on de/flood/index.html:31, en/flood/index.html:31, it/flood/index.html:31 and 4 more pages
        at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">
        WCAG 1.1.1 · editor
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import click

from ..finding import Severity
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import RANKS, Defect, Report, Unfinished, defects_of
from .words import CHECKS, OWNERS, SEVERITIES, accepted, cells_in_words, count_of, counted, plain, verdict_of

_PAGES_SHOWN = 3
_MOST_OF_A_RULE = 25
"""So many defects of one rule are shown; a list that is longer is not read by anybody."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REVIEW: "cyan"}
_VERDICT_COLOURS = {0: "green", 1: "red", 2: "red", 3: "red"}


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """Everything that a report has to say, the worst first, and a verdict at the end."""
    defects = defects_of(report.new)
    lines = [line for defect in _shown(defects) for line in _told(defect, say)]
    lines += _left_out(defects, say) + _unfinished(report.unfinished, say)
    lines += [plain(say(_("note: {note}", note=note))) for note in [*report.notes, *accepted(report)]]
    lines += [*([""] if lines else []), *_summary(report, defects, say)]
    text = "\n".join(lines) + "\n"
    return text if colour else click.unstyle(text)


def _shown(defects: list[Defect]) -> Iterator[Defect]:
    told: Counter[str] = Counter()
    for defect in defects:
        told[defect.finding.rule] += 1
        if told[defect.finding.rule] <= _MOST_OF_A_RULE:
            yield defect


def _told(defect: Defect, say: Say) -> Iterator[str]:
    finding = defect.finding
    file, line, column = defect.where
    where = ":".join([plain(file), *([str(line)] if line else []), *([str(column)] if column else [])])
    severity = click.style(say(SEVERITIES[finding.severity]), fg=_COLOURS[finding.severity], bold=True)
    yield f"{click.style(where, bold=True)}: {severity} [{finding.rule}] {plain(say(finding.message))}"
    if defect.pages and (finding.place.source or len(defect.pages) > 1):
        shown, more = ", ".join(defect.pages[:_PAGES_SHOWN]), len(defect.pages) - _PAGES_SHOWN
        on = _("on {pages} and {more} more", pages=shown, more=more) if more > 0 else _("on {pages}", pages=shown)
        yield f"    {plain(say(on))}"
    if finding.place.selector or finding.place.html:
        html = finding.place.html
        at = f"{finding.place.selector}  {html if len(html) <= 120 else html[:119] + '…'}"
        yield plain(f"    {say(_('at {place}', place=at))}").rstrip()
    if defect.cells:
        yield f"    {plain(say(_('in {cells}', cells=cells_in_words(defect.cells, say))))}"
    facts = [f"WCAG {', '.join(finding.wcag)}"] if finding.wcag else []
    yield "    " + click.style(" · ".join([*facts, say(OWNERS[finding.owner])]), dim=True)


def _left_out(defects: list[Defect], say: Say) -> list[str]:
    counts = Counter(defect.finding.rule for defect in defects)
    told = [
        _("… and {more} more of [{rule}]; the JSON report names them all", more=count - _MOST_OF_A_RULE, rule=rule)
        for rule, count in counts.items()
        if count > _MOST_OF_A_RULE
    ]
    return [click.style(say(line), bold=True) for line in told]


def _unfinished(unfinished: Sequence[Unfinished], say: Say) -> list[str]:
    if not unfinished:
        return []
    each = dict.fromkeys(unfinished)
    told = [plain(f"    {one.page}: {say(one.reason)}" if one.page else f"    {say(one.reason)}") for one in each]
    more = [f"    {say(_('… and {n} more', n=len(told) - _MOST_OF_A_RULE))}"] if len(told) > _MOST_OF_A_RULE else []
    title = say_number("NOT CHECKED: {n} thing that was asked for", "NOT CHECKED: {n} things that were asked for", len(told))
    return ["", click.style(say(title), fg="red", bold=True), *told[:_MOST_OF_A_RULE], *more]


def _summary(report: Report, defects: list[Defect], say: Say) -> list[str]:
    checks: defaultdict[str, set[str]] = defaultdict(set)
    cells: defaultdict[str, set[str]] = defaultdict(set)
    names = {page.name for page in report.pages}
    for page in report.pages:
        for check in page.checks:
            what, _sep, cell = check.partition(" (")
            checks[what].add(page.name)
            cells[what] |= {cell.removesuffix(")")} if cell else set()
    ran = []
    for what, pages in checks.items():
        told = say(CHECKS.get(what, what))
        if cells[what]:
            told = say(say_number("{what} in {n} cell", "{what} in {n} cells", len(cells[what]), what=told))
        if len(pages) != len(names):
            # What ran on a part of the pages only must not look as if it had run on all.
            told = say(_("{what} (on {pages})", what=told, pages=counted(report.noun, len(pages))))
        ran.append(told)
    looked_at = _("{pages} checked: {what}", pages=counted(report.noun, len(names)), what=", ".join(ran) or _("nothing ran"))
    counts = [_counted(severity, defects, say) for severity in RANKS]
    places = len(report.new) != len(defects)
    at = say(say_number("; seen at {n} place", "; seen at {n} places", len(report.new))) if places else ""
    verdict = click.style(say(verdict_of(report)), fg=_VERDICT_COLOURS[report.exit_code], bold=True)
    code = say(_("(exit code {code})", code=report.exit_code))
    return [plain(say(looked_at)), f"{', '.join(counts)}{at}", f"{verdict} {code}"]


def _counted(severity: Severity, defects: list[Defect], say: Say) -> str:
    owners = Counter(defect.finding.owner for defect in defects if defect.finding.severity is severity)
    count = sum(owners.values())
    told = say(count_of(severity, count))
    return told + (
        f" ({', '.join(f'{say(OWNERS[owner])} {number:,}' for owner, number in sorted(owners.items()))})" if owners else ""
    )
