"""What all tests share."""

from typing import Any

import pytest

from a11ynews.live.browser import launch_options


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the same browser, in the same way, as the product does."""
    return {**browser_type_launch_args, **launch_options()}
