"""
Whether there is anything for a rule to look at: what a glance tells, so that a check costs little where there is nothing.

Most pages have no film, no script that takes keys, and nothing that sticks out of a narrow window. One script of a few
milliseconds finds that out for all rules. What it cannot tell leaves the gate open.
"""

from collections.abc import Callable, Mapping

from ..finding import Severity
from . import script
from .livepage import LivePage

Gate = Callable[[LivePage], bool]


def sign(*names: str) -> Gate:
    """The gate that opens where one of some signs is seen, or where it could not be looked for."""

    def is_open(live: LivePage) -> bool:
        signs = _signs(live)
        return any(signs.get(name, True) for name in names)

    return is_open


def asks_about_contrast(live: LivePage) -> bool:
    """Whether axe was not certain of the contrast of a text."""
    return any(
        node.rule == "color-contrast" and node.severity is Severity.REVIEW
        for outcome in live.outcomes.values()
        for node in outcome.nodes
    )


def _signs(live: LivePage) -> Mapping[str, bool]:
    """What is to be seen at a glance; found out once."""
    if "signs" not in live.memory:
        asked = {"expression": script("gates.js"), "includeCommandLineAPI": True, "returnByValue": True}
        told = live.cdp.send("Runtime.evaluate", asked)["result"].get("value")
        live.memory["signs"] = told if isinstance(told, dict) else {}  # an error has no value
    signs: dict[str, bool] = live.memory["signs"]
    return signs
