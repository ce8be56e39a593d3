"""What all tests share."""

import os
from typing import Any

import pytest

from a11ynews.live.browser import launch_options


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half as many again as there are cores, since tests in a browser wait for a good part of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores + cores // 2)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the same browser, in the same way, as the product does."""
    return {**browser_type_launch_args, **launch_options()}
