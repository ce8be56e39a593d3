"""
The table of live rules in docs/checking.md, drawn from the code.

Run `python tests/live_table.py` after a change to a live rule; it writes the table anew.
"""

from pathlib import Path

from a11ynews.live.rules import LIVE_RULES, USUAL_RULES

DOCUMENT = Path(__file__).parent.parent / "docs" / "checking.md"
_HEAD = "| Rule | WCAG 2.2 | Costs | Part of the usual check |\n|---|---|---|---|\n"


def table() -> str:
    """A line for each rule, in the order in which they look."""
    usual = {rule.id: rule for rule in USUAL_RULES}
    lines = []
    for rule in LIVE_RULES:
        when = (
            "where a glance shows a reason" if rule.id in usual and usual[rule.id].gate else "yes" if rule.id in usual else "no"
        )
        lines.append(f"| `{rule.id}` | {', '.join(rule.wcag) or '–'} | {rule.cost} ms | {when} |\n")
    return _HEAD + "".join(lines)


def in_document() -> str:
    """The table as it stands in the document; empty where there is none."""
    text = DOCUMENT.read_text("utf-8")
    start = text.find(_HEAD)
    return "" if start < 0 else text[start : text.index("\n\n", start) + 1]


if __name__ == "__main__":
    DOCUMENT.write_text(DOCUMENT.read_text("utf-8").replace(in_document(), table()), "utf-8")
