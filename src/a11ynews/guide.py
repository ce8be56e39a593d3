"""The rules, told to people: a line each, or one of them in full."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from .catalog import Bitext, BitextSet
from .criteria import known
from .live.livepage import LivePage
from .live.rules import LIVE_RULES
from .message import say as _
from .message import say as message
from .messages import Say
from .page import Page, PageSet, SeenPages
from .reporters.words import OWNERS, SEVERITIES
from .rule import Rule, RuleFacts
from .rules import CATALOG_RULES, RULES
from .rules.ignore import Remarks

ACT_PAGE = "https://www.w3.org/WAI/standards-guidelines/act/rules/{id}/"
"""Where W3C describes an ACT rule."""

AXE_PAGE = "https://dequeuniversity.com/rules/axe/{version}/{id}"
"""Where axe's rules are described; the version is of two parts."""

ALL: tuple[Rule[Any], ...] = (*RULES, *LIVE_RULES, *CATALOG_RULES)
"""Every rule of our own."""

_SUBJECTS: dict[object, str] = {
    Page: _("a page"),
    PageSet: _("pages side by side"),
    Bitext: _("a catalog"),
    BitextSet: _("the catalogs of a language"),
    Remarks: _("comments beside texts"),
    LivePage: _("a page in a browser"),
    SeenPages: _("pages side by side, as a browser has shown them"),
}


def find(id: str) -> Rule[Any] | None:
    """The rule of our own with an id."""
    return next((rule for rule in ALL if rule.id == id), None)


def subject_of(rule: Rule[Any]) -> str:
    """What a rule looks at, in words."""
    return _SUBJECTS.get(rule.on, str(rule.on.__name__))


def listed(facts: Iterable[RuleFacts], say: Say = str) -> str:
    """A line for each rule: id, severity, WCAG criteria, and what must hold."""
    rows = [(one.id, say(SEVERITIES[one.severity]), ", ".join(one.wcag), _plain(say(one.summary))) for one in facts]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = ("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def explained(rule: Rule[Any], say: Say = str) -> str:
    """Everything about a rule of our own: what it is worth, whom it serves, and its help with good and bad examples."""
    rest = rule.help.partition("\n")[2]
    lines = [f"{rule.id}: {_plain(say(rule.summary))}", ""]
    lines += [f"  {name}: {value}" for name, value in _facts(rule.facts, say, rule.owner, subject_of(rule))]
    lines += ["", *(line.rstrip() for line in _plain(rest).strip().splitlines())]
    return "\n".join(lines) + "\n"


def explained_axe(facts: RuleFacts, version: str, words: str, say: Say = str) -> str:
    """Everything that is known of a rule of axe's: what it asks for, what it says when it finds something, where to read on."""
    lines = [f"{facts.id}: {facts.summary}", ""]
    subject = _("a page in a browser, and its frames")
    lines += [f"  {name}: {value}" for name, value in _facts(facts, say, "web team", subject)]
    link = AXE_PAGE.format(version=".".join(version.split(".")[:2]), id=facts.id.removeprefix("axe/"))
    lines += [
        "",
        *([say(_with_fields(words)), ""] if words else []),
        say(_("A rule of axe-core {version}: {link}", version=version, link=link)),
    ]
    return "\n".join(lines) + "\n"


def _with_fields(template: str) -> str:
    """A template as a message, in which its fields stand for themselves."""
    return message(template, **{name: f"{{{name}}}" for name in re.findall(r"\{(\w+)\}", template)})


def _facts(facts: RuleFacts, say: Say, owner: str, subject: str) -> list[tuple[str, str]]:
    found = [
        (say(_("looks at")), say(subject)),
        (say(_("severity")), say(SEVERITIES[facts.severity])),
        (say(_("mended by")), say(OWNERS[owner])),
    ]
    criteria = known(facts.wcag)
    found += [(f"WCAG {one.number} ({one.level})", say(one.name)) for one in criteria]
    if clauses := [one.en301549 for one in criteria if one.en301549]:
        found.append(("EN 301 549", ", ".join(clauses)))
    found += [("ACT", f"{id}  {ACT_PAGE.format(id=id)}") for id in facts.act]
    return found


def _plain(text: str) -> str:
    """A help text for a terminal: examples keep their marks, everything else is plain already."""
    return re.sub(r"`([^`\n]*)`", r"\1", text)


def as_json(rules: Sequence[Rule[Any]], of_axe: Sequence[RuleFacts] = ()) -> str:
    """The rules as JSON, for tools and documents."""
    data = [_data(rule.facts) | {"on": str(subject_of(rule)), "owner": str(rule.owner), "help": rule.help} for rule in rules]
    data += [
        _data(facts) | {"on": "a page in a browser, and its frames", "owner": "web team", "help": facts.summary}
        for facts in of_axe
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(facts: RuleFacts) -> dict[str, Any]:
    return {
        "id": facts.id,
        "severity": str(facts.severity),
        "wcag": list(facts.wcag),
        "en301549": [one.en301549 for one in known(facts.wcag) if one.en301549],
        "act": list(facts.act),
        "summary": facts.summary,
    }
