"""
For programs: everything, as JSON. `docs/report.schema.json` describes it.

The version is 1, and changes only where a program that reads the report would have to: new keys may come at any time.
"""

from __future__ import annotations

import json
from typing import Any

from .. import __version__
from ..finding import Finding, Severity
from ..messages import Say
from ..report import Report

VERSION = 1
"""The version of the format."""


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as JSON; messages and reasons in the language of `say`, everything else the same in all of them."""
    return json.dumps(as_data(report, say), ensure_ascii=False, indent=1) + "\n"


def as_data(report: Report, say: Say = str) -> dict[str, Any]:
    """The report as JSON's own kinds of values."""
    incomplete = {one.page for one in report.unfinished}
    return {
        "version": VERSION,
        "tool": {"name": "a11ynews", "version": __version__},
        "axe": report.axe or None,
        "browser": report.browser or None,
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "counts": {str(severity): report.counts[severity] for severity in Severity} | {"known": len(report.known)},
        "pages": [
            {
                "name": page.name,
                "url": page.url or None,
                "file": page.file or None,
                "status": "incomplete" if page.name in incomplete else "checked",
                "http": page.http,
                "checks": list(page.checks),
            }
            for page in report.pages
        ],
        "rules": [
            {
                "id": rule.id,
                "severity": str(rule.severity),
                "wcag": list(rule.wcag),
                "act": list(rule.act),
                "summary": say(rule.summary),
            }
            for rule in report.rules.values()
        ],
        "findings": [_finding(finding, say) for finding in report.findings],
        "unfinished": [{"page": one.page or None, "reason": say(one.reason)} for one in report.unfinished],
        "notes": [say(note) for note in report.notes],
        "stale": [say(line) for line in report.stale],
    }


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
