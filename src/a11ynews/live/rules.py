"""The rules that need a browser, in the order in which they are told. `LIVE_RULES` names them all."""

from ..rule import Rule
from .focus import focus_covered, focus_visible, focus_visible_forced, skip_link_works
from .keyboard import focus_change, focus_context, focus_lost, focus_order, keyboard_one_way, keyboard_trap
from .layout import (
    large_text,
    long_lines_scroll,
    narrow_text,
    orientation,
    pinned_bars,
    reading_order,
    reading_order_of_two,
    reflow,
    text_spacing,
    zoomed_text,
)
from .livepage import LivePage

LIVE_RULES: tuple[Rule[LivePage], ...] = (
    # Keyboard. The first of them walks through the page, the next ones go by that.
    keyboard_trap,
    keyboard_one_way,
    focus_lost,
    focus_context,
    focus_change,
    focus_order,
    focus_visible,
    focus_visible_forced,
    focus_covered,
    skip_link_works,
    # Layout.
    reflow,
    long_lines_scroll,
    pinned_bars,
    zoomed_text,
    narrow_text,
    large_text,
    text_spacing,
    orientation,
    reading_order,
    reading_order_of_two,
)
"""Every rule of our own that looks at a page in a browser."""

QUICK_COST = 100
"""What a rule may cost, in milliseconds, to be a part of every check; the others are for a thorough one."""
