"""
For programs: everything, as JSON. `docs/report.schema.json` describes it.

The version is 1, and changes only where a program that reads the report would have to: new keys may come at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .. import __version__
from ..criteria import coverage
from ..finding import Finding, Owner, Severity
from ..messages import Say
from ..report import VERDICTS, Report

VERSION = 1
"""The version of the format."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as JSON; messages and reasons in the language of `say`, everything else the same in all of them."""
    return "".join(pieces(report, say=say))


def pieces(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> Iterator[str]:  # noqa: ARG001
    """The report finding by finding: of a large site there are very many."""
    begins = "{"
    for key, value in _parts(report, say):
        yield f"{begins}\n {json.dumps(key)}: "
        begins = ","
        if isinstance(value, Iterator):
            opens = "["
            for one in value:
                yield f"{opens}\n  {_indented(one, 2)}"
                opens = ","
            yield "[]" if opens == "[" else "\n ]"
        else:
            yield _indented(value, 1)
    yield "\n}\n"


def _indented(value: Any, depth: int) -> str:
    # A half of a character, from a broken page or file name, could not be written as UTF-8.
    return _SURROGATE.sub("\ufffd", _written(value, "\n" + " " * depth))


def _written(value: Any, edge: str) -> str:
    # As json.dumps writes it with indent=1, which takes twice as long: with an indent, none of it is done in C.
    inner = f"{edge} "
    if isinstance(value, dict) and value:
        return "{" + ",".join([f"{inner}{_encoded(key)}: {_written(one, inner)}" for key, one in value.items()]) + edge + "}"
    if isinstance(value, list) and value:
        return "[" + ",".join([inner + _written(one, inner) for one in value]) + edge + "]"
    return "null" if value is None else _encoded(value)


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def as_data(report: Report, say: Say = str) -> dict[str, Any]:
    """The report as JSON's own kinds of values."""
    return {key: [*value] if isinstance(value, Iterator) else value for key, value in _parts(report, say)}


def _parts(report: Report, say: Say) -> Iterator[tuple[str, Any]]:
    incomplete = {one.page for one in report.unfinished}
    counts = report.counts
    yield "version", VERSION
    yield "tool", {"name": "a11ynews", "version": __version__}
    yield "axe", report.axe or None
    yield "browser", report.browser or None
    yield "verdict", report.verdict
    yield "exit_code", report.exit_code
    yield "counts", {str(severity): counts[severity] for severity in Severity} | {"known": len(report.known)}
    yield (
        "pages",
        (
            {
                "name": page.name,
                "url": page.url or None,
                "file": page.file or None,
                "status": "incomplete" if page.name in incomplete else "checked",
                "http": page.http,
                "checks": list(page.checks),
            }
            for page in report.pages
        ),
    )
    yield (
        "rules",
        (
            {
                "id": rule.id,
                "severity": str(rule.severity),
                "wcag": list(rule.wcag),
                "act": list(rule.act),
                "summary": say(rule.summary),
            }
            for rule in report.rules.values()
        ),
    )
    yield (
        "criteria",
        (
            {
                "id": one.criterion.number,
                "level": one.criterion.level,
                "name": say(one.criterion.name),
                "en301549": one.criterion.en301549 or None,
                "coverage": str(one.extent),
                "rules": list(one.rules),
            }
            for one in coverage(report.rules.values(), ours=report.is_ours)
        ),
    )
    yield "findings", (_finding(finding, say) for finding in report.findings)
    yield "unfinished", ({"page": one.page or None, "reason": say(one.reason)} for one in report.unfinished)
    yield "notes", [say(note) for note in report.notes]
    yield "stale", [say(line) for line in report.stale]


def _finding(finding: Finding, say: Say) -> dict[str, Any]:
    place, source, known = finding.place, finding.place.source, finding.known
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": say(finding.message),
        "page": place.page,
        "line": place.line or None,
        "selector": place.selector or None,
        "html": place.html or None,
        "wcag": list(finding.wcag),
        "act": list(finding.act),
        "owner": str(finding.owner),
        "source": {"file": source.file, "line": source.line, "column": source.column} if source else None,
        "cells": list(finding.cells),
        "fingerprint": finding.fingerprint,
        "known": known is not None,
        "accepted": known
        and {
            "by": known.by,
            "reason": known.reason,
            "where": known.where,
            "expires": known.expires.isoformat() if known.expires else None,
        },
    }


# -- the schema --------------------------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """The JSON Schema of a report: `docs/report.schema.json`. It allows keys that it does not know: new ones may come."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    number = {"type": "integer", "minimum": 0}
    severity = {"enum": [str(severity) for severity in Severity]}

    def told(kind: dict[str, Any], words: str) -> dict[str, Any]:
        return {**kind, "description": words}

    criterion = told({"type": "array", "items": {"type": "string", "pattern": r"^\d\.\d\.\d\d?$"}}, "WCAG 2.2 success criteria.")
    act = told({"type": "array", "items": {"type": "string", "pattern": "^[0-9a-z]{6}$"}}, "The ids of the ACT rules it decides.")
    page = _object(
        "A page that was looked at, or a catalog.",
        name=told(text, "Its file or address, as findings name it."),
        url=told(_or_null(text), "Its address; null where none is known."),
        file=told(_or_null(text), "Its file; null for a page from the web."),
        status=told({"enum": ["checked", "incomplete"]}, "Incomplete where something on it could not be checked."),
        http=told(_or_null({"type": "integer"}), "The HTTP status it was served with; null for one from the disk."),
        checks=told(texts, "What looked at it."),
    )
    rule = _object(
        "A rule that ran.",
        id=told(text, "Its id; axe's begin with axe/."),
        severity=severity,
        wcag=criterion,
        act=act,
        summary=told(text, "What must hold."),
    )
    covered = _object(
        "A success criterion of WCAG 2.2, level A or AA, and how far the rules that ran go in it. Never a claim of conformance.",
        id=told(text, "Its number."),
        level={"enum": ["A", "AA"]},
        name=text,
        en301549=told(_or_null(text), "Its clause in EN 301 549 V3.2.1; null where that has none."),
        coverage=told(
            {"enum": ["tested", "partly", "not"]},
            "Tested: the rules decide it together. Partly: they find some of what breaks it. Not: no rule looks at it.",
        ),
        rules=told(texts, "The rules that touch it."),
    )
    source = _object(
        "Where it was written: in a record, a catalog, a template. Null where that is not known.",
        file=text,
        line={"type": "integer", "minimum": 1},
        column={"type": "integer", "minimum": 1},
    )
    accepted = _object(
        "Who accepted it and why; null where nobody has.",
        by={"enum": ["baseline", "comment"]},
        reason=text,
        where=told(text, "The file and line that say so."),
        expires=told(
            _or_null({"type": "string", "format": "date"}), "The last day on which that holds; null where it has no end."
        ),
    )
    finding = _object(
        "One thing that a rule found at one place.",
        rule=told(text, "The id of the rule."),
        severity=severity,
        message=told(text, "What is wrong; what to do."),
        page=told(text, "The file or address of the page."),
        line=told(_or_null({"type": "integer", "minimum": 1}), "The line in the page's file."),
        selector=told(_or_null(text), "A CSS selector; “ >>> ” leads into a frame or a shadow root."),
        html=told(_or_null(text), "The element's start tag, cut short."),
        wcag=criterion,
        act=act,
        owner=told({"enum": [str(owner) for owner in Owner]}, "Who can mend it."),
        source=_or_null(source),
        cells=told(texts, "Where it was seen, as “320 px, dark”; empty where that makes no difference."),
        fingerprint=told({"type": "string", "pattern": "^[0-9a-f]{16}$"}, "The same as long as the defect is."),
        known=told({"type": "boolean"}, "Whether somebody has accepted it, so that it does not fail the check."),
        accepted=_or_null(accepted),
    )
    unfinished = _object(
        "Something that was asked for and could not be checked.",
        page=told(_or_null(text), "The page; null where no single one is meant."),
        reason=told(text, "What happened; what to do."),
    )
    whole = _object(
        "What a11ynews has checked and found. New keys may come at any time.",
        version={"const": VERSION},
        tool=_object("", name={"const": "a11ynews"}, version=text),
        axe=told(_or_null(text), "The version of axe-core; null where it did not run."),
        browser=told(_or_null(text), "The browser and its version; null where none ran."),
        verdict={"enum": list(VERDICTS)},
        exit_code=told({"enum": [0, 1, 2, 3]}, "0 passed, 1 failed, 2 incomplete, 3 nothing to check."),
        counts=_object("How many findings there are.", **{str(one): number for one in Severity}, known=number),
        pages={"type": "array", "items": page},
        rules={"type": "array", "items": rule},
        criteria={"type": "array", "items": covered},
        findings={"type": "array", "items": finding},
        unfinished={"type": "array", "items": unfinished},
        notes=told(texts, "What a reader should know and nothing is wrong with."),
        stale=told(texts, "What the baseline knows and was not found any more."),
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"a11ynews report, version {VERSION}", **whole}


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all these keys."""
    told = {"description": description} if description else {}
    return {"type": "object", **told, "properties": properties, "required": list(properties)}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}
