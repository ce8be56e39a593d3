"""
For GitHub Actions: workflow commands, which become annotations at the lines to mend.

GitHub shows ten errors, ten warnings and ten notices of a step, so one command is one defect, the most widespread first.
"""

from collections.abc import Iterable, Iterator

from ..finding import Severity
from ..message import say as _
from ..messages import Say
from ..report import RANKS, Defect, Report, defects_of
from .words import OWNERS, cells_in_words, count_of, counted, plain, verdict_of

_MOST = 10
"""So many of a kind GitHub shows of one step."""
_FEWEST_UNFINISHED = 5
"""So many of the errors are left to what could not be checked, where there are more of both."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "notice"}


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The commands, and a summary for the log."""
    defects = sorted(defects_of(report.new), key=lambda one: (RANKS[one.finding.severity], -len(one.places)))
    told: dict[Severity, list[str]] = {severity: [] for severity in RANKS}
    for defect in defects:
        of_kind = told[defect.finding.severity]
        if len(of_kind) < _MOST:
            of_kind.append(_annotation(defect, say))
    unfinished = list(_unfinished(report, say))
    room = max(_FEWEST_UNFINISHED, _MOST - len(told[Severity.ERROR]))
    if len(unfinished) > room:
        more = say(
            _("… and {n} more things that could not be checked; the JSON report names them all", n=len(unfinished) - room + 1)
        )
        unfinished[room - 1 :] = [_command("error", {"title": "a11ynews"}, [more])]
    told[Severity.ERROR] = (unfinished + told[Severity.ERROR])[:_MOST]
    lines = [line for of_kind in told.values() for line in of_kind]
    shown = len(lines) - len(unfinished)
    if report.verdict in ("untouched", "elsewhere"):
        lines.append(_command("notice", {"title": "a11ynews"}, [say(verdict_of(report))]))
    lines += _summary(report, defects, shown, say)
    return "\n".join(lines) + "\n"


def _unfinished(report: Report, say: Say) -> Iterator[str]:
    if report.verdict == "nothing":
        yield _command("error", {"title": "a11ynews"}, [say(verdict_of(report))])
    title = say(_("not checked"))
    pages: dict[str, list[str]] = {}
    for one in report.unfinished:
        pages.setdefault(say(one.reason), []).append(one.page)
    for reason, named in pages.items():
        on = [page for page in dict.fromkeys(named) if page]
        yield _command("error", {**(_file(on[0]) if on else {}), "title": title}, [reason, *([_pages(on, say)] if on else [])])


def _annotation(defect: Defect, say: Say) -> str:
    finding, place = defect.finding, defect.finding.place
    file, line, column = defect.where
    at = _file(file)
    if at:
        at |= {"line": str(line or 1)} | ({"col": str(column)} if column else {})
    # An annotation without a file says where in words; one at a source line says on which pages it shows.
    details = [_pages(defect.pages, say)] if defect.pages and (not at or place.source or len(defect.pages) > 1) else []
    if place.selector or place.html:
        details.append(say(_("at {place}", place=f"{place.selector}  {place.html}".strip())))
    details += [say(_("in {cells}", cells=cells_in_words(defect.cells, say)))] if defect.cells else []
    facts = [f"WCAG {', '.join(finding.wcag)}"] if finding.wcag else []
    details.append(" · ".join([*facts, say(OWNERS[finding.owner])]))
    return _command(_KINDS[finding.severity], {**at, "title": finding.rule}, [say(finding.message), *details])


def _file(name: str) -> dict[str, str]:
    """The file of an annotation; an address is none."""
    return {} if "://" in name else {"file": name}


def _pages(pages: Iterable[str], say: Say) -> str:
    named = list(pages)
    shown, more = ", ".join(named[:3]), len(named) - 3
    return say(_("on {pages} and {more} more", pages=shown, more=more) if more > 0 else _("on {pages}", pages=shown))


def _command(kind: str, properties: dict[str, str], lines: Iterable[str]) -> str:
    told = ",".join(f"{name}={_escaped(plain(value), in_property=True)}" for name, value in properties.items())
    return f"::{kind} {told}::{_escaped(chr(10).join(plain(line) for line in lines))}"


def _escaped(words: str, *, in_property: bool = False) -> str:
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if in_property else words


def _summary(report: Report, defects: list[Defect], shown: int, say: Say) -> Iterator[str]:
    """For the log, where nothing is an annotation."""
    counts = [sum(one.finding.severity is severity for one in defects) for severity in RANKS]
    told = ", ".join(say(count_of(severity, n)) for severity, n in zip(RANKS, counts, strict=True))
    pages = counted(report.noun, len({page.name for page in report.pages}))
    yield f"{say(_('{pages} checked', pages=pages))}: {told}"
    if left_out := len(defects) - shown:
        yield say(_("GitHub shows {most} annotations of a kind; {n} more are in the other reports", most=_MOST, n=left_out))
    if known := len(report.known):
        yield say(_("{n} known and accepted", n=known))
    yield f"{say(verdict_of(report))} {say(_('(exit code {code})', code=report.exit_code))}"
