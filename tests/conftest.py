"""What all tests share."""

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Error, ViewportSize
from playwright.sync_api import Page as BrowserPage

from a11ynews import compiled, result_cache
from a11ynews.live.browser import _sparing, launch_options
from a11ynews.live.cell import CELLS
from a11ynews.live.hand import kept
from a11ynews.result_cache import ENVIRONMENT_VARIABLE
from livepages import UNTOUCHED


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: twice as many as there are cores, since tests in a browser wait for a good part of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 * cores


# How long an example takes says how busy the machine is.
settings.register_profile("at its own pace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("at its own pace")


def pytest_collection() -> None:
    """Thousands of tests and all that they import are there until the end: to look through them again and again takes long."""
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """
    Each worker begins to read a folder of tests at another place.

    All of them read all tests, and what one has compiled the others find. Where all begin at the same place, nobody finds
    anything in a checkout that is new: each compiles everything.
    """
    report = yield
    if isinstance(collector, pytest.Dir) and (worker := os.environ.get("PYTEST_XDIST_WORKER")):
        number, workers = int(worker.removeprefix("gw")), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        at = len(report.result) * number // workers
        report.result = [*report.result[at:], *report.result[:at]]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, None]:
    """What takes longest comes first, so that nobody is left alone with it at the end: a file is done by one worker."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: item.path)  # the same order for all, wherever they have begun
    yield
    items.sort(key=lambda item: item.path.stem not in _LONG)


_LONG = {
    *("test_payloads", "test_cluster", "test_session", "test_recall", "test_lookout", "test_keyboard", "test_live_examples"),
    *("test_overlay", "test_pytest_plugin", "test_page_mutations", "test_endurance", "test_shards", "test_themes", "test_wheel"),
}
"""The files that take more than fifteen seconds of a processor's time or, as the keyboard's, of waiting."""


def pytest_collection_finish() -> None:
    """From here on there is garbage; of what is there by now nearly all stays."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the same browser, in the same way, as the product does."""
    options = launch_options()
    return {**browser_type_launch_args, **options, "args": [*options["args"], *_sparing()]}


_WINDOW: ViewportSize = {"width": CELLS[0].width, "height": CELLS[0].height}
"""That of the first cell, in which most tests look at pages: one that changes its size is drawn anew."""


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
                self.tab.context.clear_cookies()
                self.tab.set_viewport_size(_WINDOW)
                self.tab.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
                self.tab.goto("about:blank")
                UNTOUCHED.add(self.tab)
                return self.tab
            self.close()
        self.tab = self.browser.new_context(viewport=_WINDOW).new_page()
        UNTOUCHED.add(self.tab)
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


@pytest.fixture(scope="session", autouse=True)
def _browsers_are_kept() -> Iterator[None]:
    """From test to test: to start one takes longer than most tests. Each check has a context of its own all the same."""
    with kept():
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_browser_is_read_once() -> Iterator[None]:
    """To know whether it is another one, a check reads its hundreds of megabytes in each folder that it is run in."""
    read, large = result_cache._digest_of_file, lru_cache(result_cache._digest_of_file)

    def digest_of_file(path: str) -> bytes:
        return (large if Path(path).stat().st_size > 20_000_000 else read)(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result_cache, "_digest_of_file", digest_of_file)
        yield


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows the results of another, nor of what whoever runs the tests has checked."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path_factory.getbasetemp() / f"cache-{next(_numbers)}"))
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path_factory.getbasetemp() / "templates")


_numbers = count()
