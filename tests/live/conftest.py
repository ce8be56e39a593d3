"""What the tests of what needs a browser share."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error
from playwright.sync_api import Page as BrowserPage


class _Kept:
    """A tab that is handed on from test to test: to begin one takes as long as most tests do."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.tab: BrowserPage | None = None

    def ready(self) -> BrowserPage:
        """The tab, with nothing left of the last test; another one where that cannot be had."""
        if self.tab is not None:
            with suppress(Error):
                for other in self.tab.context.pages:
                    if other is not self.tab:
                        other.close()
                self.tab.unroute_all()
                self.tab.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
                self.tab.goto("about:blank")
                return self.tab
            self.close()
        self.tab = self.browser.new_context().new_page()
        return self.tab

    def close(self) -> None:
        """Let it go."""
        if self.tab is not None:
            with suppress(Error):
                self.tab.context.close()
        self.tab = None


@pytest.fixture(scope="module")
def _kept(browser: Browser) -> Iterator[_Kept]:
    kept = _Kept(browser)
    yield kept
    kept.close()


@pytest.fixture
def page(_kept: _Kept) -> BrowserPage:
    """A tab, in place of the one that pytest-playwright begins for each test."""
    return _kept.ready()
