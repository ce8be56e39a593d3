"""The rules that need a browser, in the order in which they are told. `LIVE_RULES` names them all."""

from ..rule import Rule
from .layout import reflow
from .livepage import LivePage

LIVE_RULES: tuple[Rule[LivePage], ...] = (
    # Layout.
    reflow,
)
"""Every rule of our own that looks at a page in a browser."""

QUICK_COST = 100
"""What a rule may cost, in milliseconds, to be a part of every check; the others are for a thorough one."""
