"""
For the test pages of CI systems: JUnit's XML, as GitLab, Jenkins and Azure DevOps show it.

A page is a test suite. In it, that the page was checked in full is one test; each rule that found something is another, which
fails where an error gates, is skipped where everything is accepted, and else passes and tells what it found in its output. What
could not be checked is an error. Tests for all the rules that found nothing would be tens of thousands on a site of some size,
which those systems cut or choke on; the JSON report names the rules that ran.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from ..finding import Finding
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import RANKS, Report
from .words import OWNERS, SEVERITIES, cells_in_words, plain, verdict_of

_MOST_LINES = 100
"""So many findings of a rule on a page are told: GitLab does not read a text of 10 MB."""

# What XML 1.0 does not allow, not even as a character reference; and what turns the words around it.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Case(NamedTuple):
    """A test: what became of it, in the word of JUnit's (empty for a pass), a summary, and the details."""

    name: str
    outcome: str
    message: str
    details: str
    file: str


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as XML, with as many of its pages as GitLab takes."""
    suites = [_suite(name, cases) for name, cases in _suites(report, say)]
    kept = _kept(suites)
    if left_out := len(suites) - len(kept):
        told = say_number(
            "{n} page is left out, because GitLab reads no larger file; the JSON report names them all",
            "{n} pages are left out, because GitLab reads no larger file; the JSON report names them all",
            left_out,
        )
        kept.append(_suite("a11ynews", [_Case(say(_FULL), "skipped", say(told), "", "")]))
    root = etree.Element("testsuites", {"name": "a11ynews"})
    _count(root, sum((suite.counts for suite in kept), Counter[str]()))
    opening = etree.tostring(root, encoding="unicode").removesuffix("/>")
    if not kept:
        return f"<?xml version='1.0' encoding='utf-8'?>\n{opening}/>\n"
    return f"<?xml version='1.0' encoding='utf-8'?>\n{opening}>\n{''.join(suite.xml for suite in kept)}</testsuites>\n"


MOST_BYTES = 30_000_000
"""What GitLab takes."""


class _Suite(NamedTuple):
    """A page in XML, and how many tests of each outcome it has."""

    xml: str
    counts: Counter[str]


def _suite(name: str, cases: Iterable[_Case]) -> _Suite:
    around = etree.Element("testsuites")
    suite = etree.SubElement(around, "testsuite", {"name": _clean(plain(name))})
    counts: Counter[str] = Counter()
    for case in cases:
        counts.update(["tests", *([case.outcome] if case.outcome else [])])
        _write(suite, name, case)
    _count(suite, counts)
    xml: str = etree.tostring(around, encoding="unicode", pretty_print=True)
    return _Suite(xml.removeprefix("<testsuites>\n").removesuffix("</testsuites>\n"), counts)


def _kept(suites: list[_Suite]) -> list[_Suite]:
    """As many as there is room for: those first that could not be checked, then those that fail, then those with other tests."""
    sizes = [len(suite.xml.encode()) for suite in suites]
    room = MOST_BYTES - 10_000
    if sum(sizes) <= room:
        return suites

    def order(number: int) -> tuple[bool, bool, bool]:
        counts = suites[number].counts
        return not counts["error"], not counts["failure"], counts["tests"] < 2

    kept = set()
    for number in sorted(range(len(suites)), key=order):
        room -= sizes[number]
        if room < 0:
            break
        kept.add(number)
    return [suite for number, suite in enumerate(suites) if number in kept]


def _clean(words: str) -> str:
    return _FORBIDDEN.sub("", words)


def _count(element: etree._Element, counts: Counter[str]) -> None:
    for attribute, key in (("tests", "tests"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(counts[key]))
    element.set("time", "0")


def _write(suite: etree._Element, page: str, case: _Case) -> None:
    attributes = {"classname": _clean(plain(page)), "name": _clean(plain(case.name)), "time": "0"}
    test = etree.SubElement(suite, "testcase", attributes | ({"file": _clean(plain(case.file))} if case.file else {}))
    if case.outcome:
        told = etree.SubElement(test, case.outcome, {"message": _clean(plain(case.message))})
        if case.outcome != "skipped":
            told.set("type", case.name if case.outcome == "failure" else "incomplete")
    else:
        told = etree.SubElement(test, "system-out")
    told.text = _clean(case.details)


def _suites(report: Report, say: Say) -> Iterator[tuple[str, list[_Case]]]:
    """The pages, in the order in which they were looked at, each with its tests."""
    checks: dict[str, dict[str, None]] = {}
    for page in report.pages:
        checks.setdefault(page.name, {}).update(dict.fromkeys(page.checks))
    reasons: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in report.unfinished:
        reasons[one.page][say(one.reason)] = None
    found: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in report.findings:
        found[finding.place.page][finding.rule].append(finding)

    if report.verdict == "nothing":
        reasons[""][say(verdict_of(report))] = None
    # What concerns no single page comes first.
    for name in dict.fromkeys([*([""] if "" in reasons else []), *checks, *reasons, *found]):
        cases = (
            [_looked_at(tuple(checks.get(name, ())), tuple(reasons.get(name, ())), say)]
            if name in checks or name in reasons
            else []
        )
        for rule, findings in found.get(name, {}).items():
            cases += _of_rule(rule, findings, say)
        yield name or "a11ynews", cases
    if report.verdict in ("untouched", "elsewhere"):
        yield "a11ynews", [_Case(say(_FULL), "skipped", say(verdict_of(report)), "", "")]


_FULL = _("checked in full")


def _looked_at(checks: tuple[str, ...], reasons: tuple[str, ...], say: Say) -> _Case:
    """Whether a page was checked in full."""
    name = say(_FULL)
    if reasons:
        return _Case(name, "error", reasons[0], "\n".join(map(plain, reasons)), "")
    if not checks:
        return _Case(name, "error", say(_("nothing ran")), "", "")
    return _Case(name, "", "", "\n".join(map(plain, checks)), "")


def _of_rule(rule: str, findings: list[Finding], say: Say) -> Iterator[_Case]:
    """What a rule found on a page: one test, and one more for what is accepted of it."""
    new = sorted((finding for finding in findings if not finding.known), key=lambda finding: RANKS[finding.severity])
    accepted = [finding for finding in findings if finding.known]
    if new:
        gates = new[0].gates
        told = _summary([finding for finding in new if finding.gates is gates], say)
        yield _Case(rule, "failure" if gates else "", told, _details(new, say), _file(new[0]))
    if accepted:
        reasons = dict.fromkeys(finding.known.reason for finding in accepted if finding.known)
        name = say(_("{rule} (accepted)", rule=rule))
        yield _Case(name, "skipped", "; ".join(reasons), _details(accepted, say), _file(accepted[0]))


def _summary(findings: list[Finding], say: Say) -> str:
    first = say(findings[0].message)
    more = len(findings) - 1
    return f"{first} {say(say_number('(and {n} more)', '(and {n} more)', more))}" if more else first


def _file(finding: Finding) -> str:
    """The file to mend."""
    if finding.place.source:
        return finding.place.source.file
    return "" if "://" in finding.place.page else finding.place.page


def _details(findings: list[Finding], say: Say) -> str:
    lines = [line for finding in findings[:_MOST_LINES] for line in _lines(finding, say)]
    if (more := len(findings) - _MOST_LINES) > 0:
        lines.append(say(_("… and {n} more; the JSON report names them all", n=more)))
    return "\n".join(lines)


def _lines(finding: Finding, say: Say) -> Iterable[str]:
    place = finding.place
    where = str(place.source) if place.source else f"{place.page}:{place.line}" if place.line else place.page
    yield plain(f"{where}: {say(SEVERITIES[finding.severity])}: {say(finding.message)}")
    if place.selector or place.html:
        yield plain(f"    {say(_('at {place}', place=f'{place.selector}  {place.html}'))}").rstrip()
    if finding.cells:
        yield plain(f"    {say(_('in {cells}', cells=cells_in_words(finding.cells, say)))}")
    facts = [f"WCAG {', '.join(finding.wcag)}"] if finding.wcag else []
    yield f"    {' · '.join([*facts, say(OWNERS[finding.owner])])}"
    if finding.known:
        known = _("accepted: {reason} ({where})", reason=finding.known.reason, where=finding.known.where)
        yield plain(f"    {say(known)}")
