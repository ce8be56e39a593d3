"""
For W3C and for archives: EARL 1.0 as JSON-LD, in the form that W3C asks of ACT implementation reports.

Each page is a test subject with an assertion for every rule that ran on it. *Failed*: the rule found an error or a warning;
that somebody has accepted it does not make it pass. *cantTell*: a person must look, or something on the page could not be
checked, so that nobody knows what the rule would have found. *Untested*: the page could not be looked at at all. *Passed*: the
rule ran and found nothing. That it found nothing to look at, which EARL calls inapplicable, is a pass here: rules do not tell.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from .. import __version__
from ..criteria import known as criteria_of
from ..finding import Finding, Severity
from ..message import say as _
from ..messages import Say
from ..report import Report
from ..rule import RuleFacts

CONTEXT = "https://www.w3.org/WAI/content-assets/wcag-act-rules/earl-context.json"
"""The terms, as W3C has them."""

_ASSERTOR = "_:a11ynews"
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/{id}/"
_MOST_FINDINGS = 100
"""So many findings of one rule on one page are told; the outcome is that of all."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as JSON-LD; each page in a line."""
    return "".join(pieces(report, say=say))


def pieces(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> Iterator[str]:  # noqa: ARG001
    """The report page by page: of a large site it is larger than anybody's memory."""
    yield f'{{"@context":{json.dumps(CONTEXT)},"@graph":[\n{_line(_assertor(report, say))}'
    for subject in _subjects(report, say):
        yield f",\n{_SURROGATE.sub(_REPLACEMENT, subject)}"
    yield "\n]}\n"


_REPLACEMENT = "\ufffd"


def _line(node: dict[str, Any]) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _assertor(report: Report, say: Say) -> dict[str, Any]:
    uses = [f"axe-core {report.axe}"] if report.axe else []
    uses += [report.browser] if report.browser else []
    words = _("Checks the accessibility of news pages.")
    return {
        "@id": _ASSERTOR,
        "@type": ["Assertor", "Software"],
        "name": "a11ynews",
        "description": f"{say(words)} {' · '.join(uses)}".rstrip(),
        "release": {"@type": "Version", "revision": __version__},
    }


def _subjects(report: Report, say: Say) -> Iterator[str]:
    found: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in report.findings:
        found[finding.place.page][finding.rule].append(finding)
    reasons: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in report.unfinished:
        reasons[one.page][say(one.reason)] = None
    checks: dict[str, list[str]] = {}
    urls: dict[str, str] = {}
    for page in report.pages:
        checks.setdefault(page.name, []).extend(page.checks)
        urls.setdefault(page.name, page.url)
    tests = {rule.id: _test(rule) for rule in report.rules.values()}

    def test_of(finding: Finding) -> dict[str, Any]:
        facts = RuleFacts(finding.rule, finding.severity, finding.wcag, finding.act, "")
        return tests.setdefault(finding.rule, _test(facts))

    @lru_cache(10_000)
    def silent_line(id: str, was_looked_at: bool, why: tuple[str, ...]) -> str:
        # The same on most pages.
        return _line(_assertion(tests[id], _silent(was_looked_at, why)))

    # What concerns no single page may concern each.
    everywhere = tuple(reasons.pop("", ()))
    for name in dict.fromkeys([*checks, *reasons, *found]):
        why = (*reasons.get(name, ()), *everywhere)
        of_page: Mapping[str, list[Finding]] = found.get(name, {})
        silent = [id for id in report.rules if id not in of_page]
        if name in checks:
            silent = [id for id in silent if _ran(report.rules[id], checks[name])]
        elif name not in reasons:
            # It is no page but, say, a folder of them, and only what was found there can be said of it.
            silent = []
        assertions = [silent_line(id, name in checks, why) for id in silent]
        assertions += [_line(_assertion(test_of(findings[0]), _told(findings, say))) for findings in of_page.values()]
        subject = {
            "@type": ["TestSubject", "WebPage"],
            "source": urls.get(name) or name,
            **({"title": name} if urls.get(name) and urls[name] != name else {}),
        }
        yield f'{_line(subject)[:-1]},"assertions":[{",".join(assertions)}]}}'


def _ran(rule: RuleFacts, checks: Sequence[str]) -> bool:
    """Whether a rule ran on a page, by what looked at that: axe, live rules, or what else."""
    if rule.id.startswith("axe/"):
        return any(check.startswith("axe ") for check in checks)
    if rule.is_live:
        return "live rules" in checks
    return any(check != "live rules" and not check.startswith("axe ") for check in checks)


def _test(rule: RuleFacts) -> dict[str, Any]:
    criteria = [f"WCAG2:{one.id}" for one in criteria_of(rule.wcag)]
    act = [{"@id": _ACT.format(id=id)} for id in rule.act]
    return {
        "@type": "TestCase",
        "title": rule.id,
        # W3C compares these with the requirements of the ACT rule: nothing else may stand here.
        **({"isPartOf": criteria} if criteria else {}),
        **({"dct:conformsTo": act} if act else {}),
    }


def _assertion(test: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Assertion",
        "assertedBy": _ASSERTOR,
        "mode": "earl:automatic",
        "test": test,
        "result": {"@type": "TestResult", **result},
    }


def _silent(was_looked_at: bool, why: Sequence[str]) -> dict[str, Any]:
    """The result of a rule that found nothing."""
    if not was_looked_at:
        return {"outcome": "earl:untested", "info": "\n".join(why)}
    if why:
        return {"outcome": "earl:cantTell", "info": "\n".join(why)}
    return {"outcome": "earl:passed"}


def _told(findings: Sequence[Finding], say: Say) -> dict[str, Any]:
    """The result of a rule that found something."""
    is_certain = any(finding.severity is not Severity.REVIEW for finding in findings)
    selectors = list(dict.fromkeys(finding.place.selector for finding in findings if finding.place.selector))
    messages = list(dict.fromkeys(say(finding.message) for finding in findings))
    more = len(messages) - _MOST_FINDINGS
    messages[_MOST_FINDINGS:] = [say(_("… and {n} more", n=more))] if more > 0 else []
    return {
        "outcome": "earl:failed" if is_certain else "earl:cantTell",
        "info": "\n".join(messages),
        **({"pointer": selectors[:_MOST_FINDINGS]} if selectors else {}),
    }
