"""Layout: whether everything can be read in a narrow window, in large letters, and with the spacing that a reader has chosen."""

from collections.abc import Iterator

from ..message import say
from ..rule import rule
from .livepage import Element, LivePage


@rule("reflow", on=LivePage, wcag=("1.4.10",), cost=60)
def reflow(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    In a window of 320 by 256 pixels nothing has to be scrolled sideways.

    That is what a window of 1280 by 1024 pixels is for a reader who has enlarged the page four times. What needs two dimensions
    to be understood is exempt: tables, pictures, films, code; and what scrolls sideways by itself.

    Bad: `<p style="min-width: 500px">The river rose in the night.</p>`
    Bad: `<div style="display: flex"><p style="flex: 0 0 240px">One</p><p style="flex: 0 0 240px">Two</p></div>`
    Good: `<p>The river rose in the night.</p>`
    Good: `<table><tr><td style="min-width: 500px">A wide table</td></tr></table>`
    """
    with live.dressed(width=320, height=256):
        for element, told in live.elements("reflow.js"):
            yield (
                element,
                say(
                    "this is {width} pixels wide and sticks out of a window of 320 pixels by {beyond}; let it wrap or shrink",
                    width=told["width"],
                    beyond=told["beyond"],
                ),
            )
