"""
For a comment in a pull request: GitHub's Markdown, always short enough for one.

Nothing that comes from a page is active in it: no markup, no link, no mention of a person or an issue. The first line is a
comment that nobody sees, by which a CI step finds the comment again to update it.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..criteria import EXTENTS, Extent, coverage
from ..finding import Owner, Severity
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import RANKS, Defect, Report, Unfinished, defects_of
from .words import SEVERITIES, cells_in_words, count_of, counted, plain, verdict_of

MARKER = "<!-- a11ynews -->"
"""The first line."""

MOST = 65_536
"""So many characters GitHub takes, and so many this never reaches."""

_MOST_OF_A_RULE = 20
_MOST_OF_A_WORD = 200
"""So long are a selector, a start tag or a file's name."""
_MOST_OF_A_MESSAGE = 600
_PAGES_SHOWN = 3
_OPEN = 5
"""A rule with errors, and no more than so many defects, is open to be read."""

_OWNERS = {
    Owner.EDITOR: _("For the editor"),
    Owner.TRANSLATOR: _("For the translator"),
    Owner.WEB_TEAM: _("For the web team"),
}


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The verdict, what was not checked, what is to be mended by whom, and what was looked at."""
    defects = defects_of(report.new)
    head = [MARKER, f"## a11ynews: {_text(say(verdict_of(report)))}", "", *_summary(report, defects, say)]
    head += _unfinished(list(dict.fromkeys(report.unfinished)), say)
    tail = [*_notes(report, say), *_coverage(report, say)]
    room = MOST - _length([*head, *tail]) - 500
    chosen = _chosen(defects, room, say)
    body = list(_groups(defects, chosen, say))
    if left_out := len(defects) - len(chosen):
        words = say_number("… and {n} more; the JSON report names it", "… and {n} more; the JSON report names them all", left_out)
        body += ["", f"**{_text(say(words))}**"]
    return "\n".join([*head, *body, *tail]) + "\n"


def _length(lines: Iterable[str]) -> int:
    """How long lines are, as GitHub counts at worst: in halves of UTF-16."""
    return sum(len(line.encode("utf-16-le")) // 2 + 1 for line in lines)


# -- words that are not ours -------------------------------------------------------------------------------------------

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# What GitHub makes a link of wherever it stands: a person or team, an issue, and what looks like an address.
_ACTIVE = re.compile(r"(?<=[@#])|(?<=GH-)(?=\d)|(?<=www)(?=\.)|(?<=:)(?=//)", re.IGNORECASE)


def _text(words: str) -> str:
    """Words as text: each mark as a character reference, and what would become a link broken by a space without width."""
    broken = _ACTIVE.sub("\u200b", plain(words))
    return _PUNCTUATION.sub(lambda mark: mark[0] if mark[0] in "%,;?" else f"&#{ord(mark[0])};", broken)


def _code(words: str, most: int = _MOST_OF_A_WORD) -> str:
    """Words as code, between more backticks than they hold side by side."""
    words = plain(words)
    words = words if len(words) <= most else words[: most - 1] + "…"
    if not words.strip():
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    pad = " " if words[0] in " `" or words[-1] in " `" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _in_html(words: str) -> str:
    """Words within an HTML block, which Markdown leaves alone and GitHub still makes links of."""
    return html.escape(_ACTIVE.sub("\u200b", plain(words)))


def _message(words: str) -> str:
    return _text(words if len(words) <= _MOST_OF_A_MESSAGE else words[: _MOST_OF_A_MESSAGE - 1] + "…")


# -- the parts ---------------------------------------------------------------------------------------------------------


def _summary(report: Report, defects: Sequence[Defect], say: Say) -> list[str]:
    counts = Counter(defect.finding.severity for defect in defects)
    told = [say(count_of(severity, counts[severity])) for severity in RANKS]
    told += [say(_("{n} known and accepted", n=len(report.known)))] if report.known else []
    pages = counted(report.noun, len({page.name for page in report.pages}))
    return [_text(f"{say(_('{pages} checked', pages=pages))}: {', '.join(told)}")]


def _unfinished(unfinished: Sequence[Unfinished], say: Say) -> list[str]:
    if not unfinished:
        return []
    n = len(unfinished)
    title = say(say_number("Not checked: {n} thing that was asked for", "Not checked: {n} things that were asked for", n))
    told = (f"{_code(one.page)}{': ' if one.page.strip() else ''}{_message(say(one.reason))}" for one in unfinished)
    return ["", f"### {_text(title)}", "", *_list(told, n, 25, 20_000, say)]


def _list(items: Iterable[str], count: int, most: int, room: int, say: Say) -> list[str]:
    """The first of some items, as many as there is room for, and how many more there are."""
    lines: list[str] = []
    for item in items:
        room -= _length([f"- {item}"])
        if len(lines) == most or room < 0:
            break
        lines.append(f"- {item}")
    more = count - len(lines)
    return [*lines, f"- {_text(say(_('… and {n} more', n=more)))}"] if more else lines


def _chosen(defects: Sequence[Defect], room: int, say: Say) -> set[int]:
    """Which of the defects are told, by their numbers: the worst, as many as there is room for."""
    chosen: set[int] = set()
    of_rule: Counter[tuple[Owner, str]] = Counter()
    for number, defect in enumerate(defects):
        group = defect.finding.owner, defect.finding.rule
        if of_rule[group] >= _MOST_OF_A_RULE:
            continue
        # A group's own lines are at most so long.
        room -= _length(_item(defect, say)) + (0 if of_rule[group] else 500)
        if room < 0:
            break
        of_rule[group] += 1
        chosen.add(number)
    return chosen


def _groups(defects: Sequence[Defect], chosen: set[int], say: Say) -> Iterator[str]:
    """By who mends it, then by rule, the worst first."""
    groups: defaultdict[Owner, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, defect in enumerate(defects):
        groups[defect.finding.owner][defect.finding.rule].append(number)
    for owner in Owner:
        shown = {rule: told for rule, numbers in groups[owner].items() if (told := [one for one in numbers if one in chosen])}
        if not shown:
            continue
        yield from ("", f"### {_text(say(_OWNERS[owner]))}", "")
        for rule, numbers in shown.items():
            yield from _of_rule(rule, [defects[one] for one in groups[owner][rule]], [defects[one] for one in numbers], say)


def _of_rule(rule: str, all_of_it: Sequence[Defect], shown: Sequence[Defect], say: Say) -> Iterator[str]:
    counts = Counter(defect.finding.severity for defect in all_of_it)
    told = ", ".join(say(count_of(severity, counts[severity])) for severity in RANKS if counts[severity])
    criteria = ", ".join(dict.fromkeys(number for defect in shown for number in defect.finding.wcag))
    wcag = f" · WCAG {criteria}" if criteria else ""
    is_open = " open" if counts[Severity.ERROR] and len(all_of_it) <= _OPEN else ""
    yield f"<details{is_open}><summary><code>{_in_html(rule[:80])}</code>: {_in_html(told)}{_in_html(wcag[:200])}</summary>"
    yield ""
    for defect in shown:
        yield from _item(defect, say)
    if left_out := len(all_of_it) - len(shown):
        yield f"- {_text(say(_('… and {n} more', n=left_out)))}"
    yield from ("", "</details>")


def _item(defect: Defect, say: Say) -> list[str]:
    finding, place = defect.finding, defect.finding.place
    file, line, column = defect.where
    name = file if len(file) <= _MOST_OF_A_WORD else f"…{file[-_MOST_OF_A_WORD:]}"
    where = ":".join([name, *([str(line)] if line else []), *([str(column)] if column else [])])
    lines = [f"- {_code(where, 2 * _MOST_OF_A_WORD)} {say(SEVERITIES[finding.severity])}: {_message(say(finding.message))}"]
    details = [" ".join(part for part in (_code(place.selector), _code(place.html)) if part)]
    if defect.pages and (place.source or len(defect.pages) > 1):
        pages, more = ", ".join(_code(page) for page in defect.pages[:_PAGES_SHOWN]), len(defect.pages) - _PAGES_SHOWN
        # The names are code already, and must not be made text.
        on = _("on {pages} and {more} more", pages=_SLOT, more=more) if more > 0 else _("on {pages}", pages=_SLOT)
        details.append(_text(say(on)).replace(_SLOT, pages))
    if defect.cells:
        details.append(_message(say(_("in {cells}", cells=cells_in_words(defect.cells, say)))))
    return lines + [f"  <br>{detail}" for detail in details if detail]


_SLOT = "\ue000"


def _notes(report: Report, say: Say) -> list[str]:
    told = [*report.notes, *report.stale]
    if not told:
        return []
    lines = _list((_message(say(note)) for note in told), len(told), 20, 6_000, say)
    return ["", f"<details><summary>{_in_html(say(_('Notes')))}</summary>", "", *lines, "", "</details>"]


def _coverage(report: Report, say: Say) -> list[str]:
    covered = coverage(report.rules.values(), ours=report.is_ours)
    counts = Counter(one.extent for one in covered)
    title = _(
        "What was tested of WCAG 2.2, levels A and AA: {tested} criteria tested, {partly} partly, {none} not",
        tested=counts[Extent.TESTED],
        partly=counts[Extent.PARTLY],
        none=counts[Extent.NOT],
    )
    why = _("A tool finds a part of the barriers only: no error is not the same as no barrier.")
    names = (_("criterion"), _("level"), _("name"), "EN 301 549", _("tested?"))
    head = f"| {' | '.join(_text(say(name)) for name in names)} |"
    rows = []
    for one in covered:
        criterion = one.criterion
        cells = (
            criterion.number,
            criterion.level,
            _text(say(criterion.name)),
            criterion.en301549,
            _text(say(EXTENTS[one.extent])),
        )
        rows.append(f"| {' | '.join(cells)} |")
    summary = f"<details><summary>{_in_html(say(title))}</summary>"
    return ["", summary, "", _text(say(why)), "", head, "|---|---|---|---|---|", *rows, "", "</details>"]
