"""Frames that are called the same."""

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live.frames import frame_same_content
from livepages import found

BRIDGE, HOURS = "<p>The old bridge and the mill</p>", "<p>Opening hours on Monday</p>"


def frame(name: str, words: str, attributes: str = "") -> str:
    """A frame of that name, with words in it."""
    return f'<iframe title="{name}" {attributes} srcdoc="{words}"></iframe>'


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        (frame("Map", BRIDGE) + frame("map ", HOURS), 1),
        (frame("Karte", BRIDGE) + frame("", "<iframe title='Karte' srcdoc='<p>Montags geöffnet</p>'></iframe>"), 1),
        (frame("", BRIDGE, 'aria-label="Mappa"') + frame("Mappa", HOURS), 1),
        (frame("Map", BRIDGE) + frame("Map", BRIDGE), 0),
        (frame("Map", BRIDGE) + frame("Map", BRIDGE.replace("mill", "tower")), 0),
        (frame("Map", BRIDGE) + frame("Hours", HOURS), 0),
        (frame("", BRIDGE) + frame("", HOURS), 0),
        (frame("Advertisement", BRIDGE) + frame("Advertisement", HOURS), 0),
        (frame("Anzeige", BRIDGE) + frame("Anzeige", HOURS), 0),
        (frame("Map", BRIDGE) + frame("Map", HOURS, 'style="display: none"'), 0),
        (frame("Map", BRIDGE) + frame("Map", HOURS, 'aria-hidden="true"'), 0),
        (frame("Map", BRIDGE) + frame("Map", ""), 0),
        (frame("Map", BRIDGE) + '<iframe title="Map" src="https://map.example/"></iframe>', 0),
    ],
)
def test_frames_are_compared_by_what_is_in_them(fragment: str, count: int, page: BrowserPage) -> None:
    """By their words, in frames within frames too; hidden ones, empty ones and advertisements are left alone."""
    assert len(found(frame_same_content, page, fragment)) == count
