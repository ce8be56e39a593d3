"""Layout in a browser: narrow windows, large letters, wide spacing."""

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live.layout import reflow
from livepages import found


def test_what_sticks_out_is_named(page: BrowserPage) -> None:
    """The culprit, not all that holds it."""
    findings = found(reflow, page, '<main><div><p style="min-width:500px">The river rose.</p><p>Nobody saw it.</p></div></main>')

    assert [finding.place.selector for finding in findings] == ["main > div > p:nth-of-type(1)"]
    assert findings[0].message.startswith("this is 500 pixels wide and sticks out of a window of 320 pixels by 188; ")


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>The river rose in the night.</p>",
        '<table><tr><td style="min-width:500px">A wide table</td></tr></table>',
        '<div style="overflow-x:auto"><div style="width:900px">It scrolls by itself.</div></div>',
        '<p style="width:900px;display:none">Nobody sees it.</p>',
    ],
)
def test_what_wraps_scrolls_or_needs_two_dimensions_is_no_fault(page: BrowserPage, fragment: str) -> None:
    """Exempt by WCAG, or no wider than the window."""
    assert found(reflow, page, fragment) == []


def test_the_page_is_as_before(page: BrowserPage) -> None:
    """A rule leaves the window as it was."""
    found(reflow, page, "<p>The river rose in the night.</p>")

    assert page.viewport_size == {"width": 1280, "height": 800}
