"""What all tests share."""

import gc
import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from a11ynews import compiled, result_cache
from a11ynews.live.browser import launch_options
from a11ynews.live.hand import kept
from a11ynews.result_cache import ENVIRONMENT_VARIABLE


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half as many again as there are cores, since tests in a browser wait for a good part of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores + cores // 2)


def pytest_collection() -> None:
    """Thousands of tests and all that they import are there until the end: to look through them again and again takes long."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on there is garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the same browser, in the same way, as the product does."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session", autouse=True)
def _browsers_are_kept() -> Iterator[None]:
    """From test to test: to start one takes longer than most tests. Each check has a context of its own all the same."""
    with kept():
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_browser_is_read_once() -> Iterator[None]:
    """To know whether it is another one, a check reads its hundreds of megabytes in each folder that it is run in."""
    read, large = result_cache._digest_of_file, lru_cache(result_cache._digest_of_file)

    def digest_of_file(path: str) -> str:
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
