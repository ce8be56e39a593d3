"""
For code scanning: SARIF 2.1.0, as GitHub, Azure DevOps and editors read it.

One result is one defect, at the line to mend; the pages that it shows on are related locations. What GitHub does not take, or
would cut without a word, is cut here, the worst kept, and told.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from .. import __version__
from ..criteria import known as criteria_of
from ..finding import Acceptance, Place, Severity
from ..message import say as _
from ..message import say_number
from ..messages import Say
from ..report import Defect, Report, Unfinished, defects_of
from ..rule import RuleFacts
from .words import counted, plain, verdict_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# What GitHub takes.
MOST_RESULTS = 25_000
MOST_TAGS = 20
MOST_BYTES = 10_000_000
"""… of the file, packed by gzip."""

_MOST_PAGES = 10
"""So many pages of one defect are named."""
_MOST_UNFINISHED = 1_000

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "note"}
_GITHUB_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "recommendation"}
_PRECISIONS = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.REVIEW: "low"}
_KINDS = {"baseline": "external", "comment": "inSource"}
_ROOT = "%SRCROOT%"
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/{id}/"
_AXE = "https://dequeuniversity.com/rules/axe/{version}/{id}"


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as SARIF, with as many of its results as GitHub takes."""
    defects = defects_of(report.findings)
    # What is accepted is the first to be left out.
    defects.sort(key=lambda defect: defect.finding.known is not None)
    kept = min(len(defects), MOST_RESULTS)
    while True:
        text = json.dumps(_log(report, defects, kept, say, lang), ensure_ascii=False, separators=(",", ":")) + "\n"
        size = len(gzip.compress(text.encode(), compresslevel=6)) if len(text) > MOST_BYTES // 4 else 0
        if size <= MOST_BYTES or not kept:
            return text
        kept = int(kept * MOST_BYTES / size * 0.95)


def _log(report: Report, defects: Sequence[Defect], kept: int, say: Say, lang: str) -> dict[str, Any]:
    facts = dict(report.rules)
    for defect in defects[:kept]:
        one = defect.finding
        facts.setdefault(one.rule, RuleFacts(one.rule, one.severity, one.wcag, one.act, one.rule))
    numbers = {id: number for number, id in enumerate(facts)}
    results = _results(defects[:kept], numbers, say)
    if any(defect.finding.known for defect in defects[:kept]):
        # Either all results say whether they are suppressed, or none does.
        for result in results:
            result.setdefault("suppressions", [])
    driver = {
        "name": "a11ynews",
        "semanticVersion": __version__,
        "rules": [_rule(one, report.axe, say) for one in facts.values()],
    }
    run = {
        "tool": {"driver": driver, **_extensions(report)},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": _text(say(_("the root of the repository")))}},
        "invocations": [_invocation(report, len(defects) - kept, say)],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _extensions(report: Report) -> dict[str, Any]:
    told = [{"name": "axe-core", "semanticVersion": report.axe}] if report.axe else []
    told += [{"name": report.browser, "version": report.browser.rpartition(" ")[2]}] if report.browser else []
    return {"extensions": told} if told else {}


def _text(words: str) -> dict[str, str]:
    """A message. SARIF takes `{0}` for a place to be filled, and `[words](target)` for a link."""
    words = re.sub(r"\{(\d+)\}", r"{{\1}}", plain(words))
    return {"text": re.sub(r"\[([^\[\]]*)\](?=\()", r"\\[\1\\]", words)}


# -- rules -------------------------------------------------------------------------------------------------------------


def _rule(rule: RuleFacts, axe: str, say: Say) -> dict[str, Any]:
    criteria = criteria_of(rule.wcag)
    summary = plain(say(rule.summary)) or rule.id
    tags = ["accessibility", *(f"WCAG {number}" for number in rule.wcag)]
    tags += [f"EN 301 549 {one.en301549}" for one in criteria if one.en301549] + [f"ACT {id}" for id in rule.act]
    links = [(f"WCAG {one.number} {say(one.name)} ({one.level})", one.understanding) for one in criteria]
    links += [(f"ACT {id}", _ACT.format(id=id)) for id in rule.act]
    if axe and rule.id.startswith("axe/"):
        version = ".".join(axe.split(".")[:2])
        links.insert(0, (rule.id, _AXE.format(version=version, id=quote(rule.id.removeprefix("axe/")))))
    in_text = "".join(f"\n{name}: {address}" for name, address in links)
    in_markdown = "".join(f"\n- [{name}]({address})" for name, address in links)
    return {
        "id": rule.id,
        "shortDescription": _text(summary),
        "fullDescription": _text(summary),
        "help": {"text": summary + in_text, "markdown": _markdown(summary) + (f"\n{in_markdown}" if links else "")},
        **({"helpUri": links[0][1]} if links else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": list(dict.fromkeys(tags))[:MOST_TAGS],
            "precision": _PRECISIONS[rule.severity],
            "problem.severity": _GITHUB_SEVERITIES[rule.severity],
        },
    }


def _markdown(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", words)


# -- results -----------------------------------------------------------------------------------------------------------


def _results(defects: Iterable[Defect], numbers: dict[str, int], say: Say) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for defect in defects:
        fingerprint = defect.finding.fingerprint
        seen[fingerprint] += 1
        results.append(_result(defect, numbers[defect.finding.rule], f"{fingerprint}:{seen[fingerprint]}", say))
    return results


def _result(defect: Defect, number: int, fingerprint: str, say: Say) -> dict[str, Any]:
    finding, place = defect.finding, defect.finding.place
    properties: dict[str, Any] = {"severity": str(finding.severity), "owner": str(finding.owner)}
    properties |= {"wcag": list(finding.wcag)} if finding.wcag else {}
    properties |= {"act": list(finding.act)} if finding.act else {}
    properties |= {"cells": [plain(cell) for cell in defect.cells]} if defect.cells else {}
    properties |= {"html": plain(place.html)} if place.html else {}
    related = _related(defect, say)
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": _text(_message(defect, say)),
        "locations": [_location(place)],
        **({"relatedLocations": related} if related else {}),
        **({"occurrenceCount": len(defect.places)} if len(defect.places) > 1 else {}),
        # GitHub tells one result from another by the first; its own, made of the words around, would change with them.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "a11ynews/v1": finding.fingerprint},
        **({"suppressions": [_suppression(finding.known)]} if finding.known else {}),
        "properties": properties,
    }


def _message(defect: Defect, say: Say) -> str:
    told = say(defect.finding.message)
    places = len(defect.places)
    return told if places == 1 else f"{told} {say(say_number('(at {n} place)', '(at {n} places)', places))}"


def _location(place: Place) -> dict[str, Any]:
    """The line to mend."""
    source = place.source
    if source:
        region = {"startLine": max(source.line, 1), "startColumn": max(source.column, 1)}
        return {"physicalLocation": {"artifactLocation": _artifact(source.file), "region": region}}
    return _on_page(place)


def _on_page(place: Place) -> dict[str, Any]:
    # Code scanning asks for a line; where none is known, it is the first.
    region = {"startLine": place.line or 1}
    physical = {"artifactLocation": _artifact(place.page), "region": region}
    logical = [{"fullyQualifiedName": plain(place.selector), "kind": "element"}] if place.selector else []
    return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}


def _related(defect: Defect, say: Say) -> list[dict[str, Any]]:
    """The pages that a defect shows on, besides the place to mend it."""
    shown = defect.places if defect.finding.place.source else defect.places[1:]
    shown = [place for place in shown if not (place.source and place.source.file == place.page)]
    found = {(place.page, place.line, place.selector): place for place in shown}
    words = _text(say(_("It shows here.")))
    return [
        {"id": number, **_on_page(place), "message": words} for number, place in enumerate([*found.values()][:_MOST_PAGES], 1)
    ]


def _artifact(file: str) -> dict[str, Any]:
    """An address, or a file: from the root of the repository, where it is below."""
    if "://" in file and urlsplit(file).scheme in ("http", "https", "ws", "wss", "file"):
        return {"uri": quote(_bytes(file), safe="%:/?#[]@!$&'()*+,;=~")}
    if file.startswith("/"):
        return {"uri": f"file://{quote(_bytes(file))}"}
    return {"uri": quote(_bytes(file.removeprefix("./") or ".")), "uriBaseId": _ROOT}


def _bytes(name: str) -> bytes:
    """The name of a file as the file system has it."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")


def _suppression(known: Acceptance) -> dict[str, Any]:
    file, _colon, line = known.where.partition(":")
    found = re.match(r"\d+", line)
    physical: dict[str, Any] = {"artifactLocation": _artifact(file)}
    physical |= {"region": {"startLine": max(int(found[0]), 1)}} if found else {}
    return {
        "kind": _KINDS[known.by],
        "status": "accepted",
        "justification": plain(known.reason),
        **({"location": {"physicalLocation": physical}} if file else {}),
    }


# -- what ran ----------------------------------------------------------------------------------------------------------


def _invocation(report: Report, left_out: int, say: Say) -> dict[str, Any]:
    told = [_unfinished(one, say) for one in list(dict.fromkeys(report.unfinished))[:_MOST_UNFINISHED]]
    if (more := len(dict.fromkeys(report.unfinished)) - _MOST_UNFINISHED) > 0:
        more_words = _("… and {n} more things that could not be checked; the JSON report names them all", n=more)
        told.append(_notification("error", say(more_words), "unfinished"))
    if report.verdict == "nothing":
        told.append(_notification("error", say(verdict_of(report)), "nothing"))
    if left_out:
        words = say_number(
            "{n} result is left out, because GitHub takes no more; the JSON report has them all",
            "{n} results are left out, because GitHub takes no more; the JSON report has them all",
            left_out,
        )
        told.append(_notification("warning", say(words), "left-out"))
    told += [_notification("note", say(line), "note") for line in [*report.notes, *report.stale]]
    looked_at = counted(report.noun, len({page.name for page in report.pages}))
    told.append(_notification("note", say(_("{pages} checked", pages=looked_at)), "checked"))
    return {
        "executionSuccessful": report.exit_code in (0, 1),
        "exitCode": report.exit_code,
        "exitCodeDescription": say(verdict_of(report)),
        "toolExecutionNotifications": told,
    }


def _unfinished(one: Unfinished, say: Say) -> dict[str, Any]:
    place = {"locations": [{"physicalLocation": {"artifactLocation": _artifact(one.page)}}]} if one.page else {}
    words = f"{one.page}: {say(one.reason)}" if one.page else say(one.reason)
    return _notification("error", words, "unfinished") | place


def _notification(level: str, words: str, id: str) -> dict[str, Any]:
    return {"level": level, "message": _text(words), "descriptor": {"id": id}}
