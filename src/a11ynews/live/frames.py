"""Frames: whether those that are called the same show the same."""

from collections.abc import Iterator

from ..finding import Severity
from ..message import say
from ..page import excerpt
from ..rule import rule
from .livepage import Element, LivePage

_TWO_WITH_THE_PAGE = 3
"""Frames there are at least where two may be called the same: the page is one, too."""


@rule("frame-same-content", on=LivePage, wcag=("4.1.2",), act=("4b1c6c",), severity=Severity.WARNING, cost=5)
def frame_same_content(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Frames that are called the same show the same, from whatever addresses it comes.

    In a list of the frames they cannot be told apart. The words in them are compared; advertisements are left alone, and so are
    frames from elsewhere, of which `frame-same-title` asks a person.

    Bad: `<iframe title="Map" srcdoc="<p>The old bridge and the mill</p>"></iframe>
      <iframe title="Map" srcdoc="<p>Opening hours on Monday</p>"></iframe>`
    Bad: `<iframe lang="de" aria-label="Karte" srcdoc="<p>Die alte Brücke</p>"></iframe>
      <iframe lang="de" title="Karte" srcdoc="<p>Montags geöffnet</p>"></iframe>`
    Good: `<iframe title="Map" srcdoc="<p>The old bridge</p>"></iframe><iframe title="Map" srcdoc="<p>The old
      bridge!</p>"></iframe>`
    Good: `<iframe title="Map" srcdoc="<p>The old bridge</p>"></iframe><iframe title="Hours" srcdoc="<p>On Monday</p>"></iframe>`

    """
    if len(live.tab.frames) < _TWO_WITH_THE_PAGE:
        return
    for element, told in live.elements("frames.js"):
        live.spare("frame-title-unique", element)
        yield (
            element,
            say(
                "another frame is called {name}, too, and shows something else; call them differently", name=excerpt(told["name"])
            ),
        )
