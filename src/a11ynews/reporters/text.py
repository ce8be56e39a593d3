"""
For people at a terminal: what is to be mended, by the place where it is to be mended.

    news/flood/record.yaml:14:9: error [alt-file-name] the alt text of the picture “a.jpg” is a file's name; say what it shows
        on de/flood/index.html:31, en/flood/index.html:31, it/flood/index.html:31 and 4 more pages
        at main > figure > img  <img src="a.jpg" alt="DSC04711.jpg">
        WCAG 1.1.1 · editor
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import click

from ..finding import Severity
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import RANKS, VERDICTS, Defect, Report, Unfinished, defects_of

_PAGES_SHOWN = 3
_MOST_OF_A_RULE = 25
"""So many defects of one rule are shown; a list that is longer is not read by anybody."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REVIEW: "cyan"}
_VERDICT_COLOURS = {0: "green", 1: "red", 2: "red", 3: "red"}
# What would move the cursor, begin a line of its own (which some CI systems take for a command) or turn the text around; and
# halves of characters, which cannot be written to a file.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


# Words that are the same in every line.
_SEVERITIES = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.REVIEW: _("review")}
OWNERS = {"editor": _("editor"), "translator": _("translator"), "web team": _("web team")}
"""Who mends something, in words."""


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """Everything that a report has to say, the worst first, and a verdict at the end."""
    defects = defects_of(report.new)
    lines = [line for defect in _shown(defects) for line in _told(defect, say)]
    lines += _left_out(defects, say) + _unfinished(report.unfinished, say)
    lines += [plain(say(_("note: {note}", note=note))) for note in [*report.notes, *_accepted(report)]]
    lines += [*([""] if lines else []), *_summary(report, defects, say)]
    text = "\n".join(lines) + "\n"
    return text if colour else click.unstyle(text)


def plain(words: str) -> str:
    """Words in one line that show what they are: without control characters."""
    return _UNPRINTABLE.sub(" ", words)


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
    severity = click.style(say(_SEVERITIES[finding.severity]), fg=_COLOURS[finding.severity], bold=True)
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


def _accepted(report: Report) -> Iterator[str]:
    """What is known and does not gate, and what of it is no longer true."""
    if known := report.known:
        baseline = sum(acceptance.by == "baseline" for _finding, acceptance in known)
        comment = len(known) - baseline
        if baseline:
            yield say_number("{n} finding is known from the baseline", "{n} findings are known from the baseline", baseline)
        if comment:
            yield say_number("{n} finding is accepted by a comment", "{n} findings are accepted by comments", comment)
    yield from report.stale


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
        told = say(_WHAT.get(what, what))
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


_WHAT = {"static": _("static rules"), "catalog rules": _("catalog rules")}


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
    return _nothing(report.noun) if report.verdict == "nothing" else VERDICTS[report.verdict]


def _nothing(noun: str) -> str:
    return _("NOTHING CHECKED: no catalog was found") if noun == "catalog" else VERDICTS["nothing"]


def _counted(severity: Severity, defects: list[Defect], say: Say) -> str:
    owners = Counter(defect.finding.owner for defect in defects if defect.finding.severity is severity)
    count = sum(owners.values())
    told = say(count_of(severity, count))
    return told + (
        f" ({', '.join(f'{say(OWNERS[owner])} {number:,}' for owner, number in sorted(owners.items()))})" if owners else ""
    )


def count_of(severity: Severity, n: int) -> str:
    """So many findings of a severity."""
    match severity:
        case Severity.ERROR:
            return say_number("{n} error", "{n} errors", n)
        case Severity.WARNING:
            return say_number("{n} warning", "{n} warnings", n)
        case _:
            return say_number("{n} to review", "{n} to review", n)
