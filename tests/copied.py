"""What the process imports and finds out that the workers of the tests' cluster are copies of: each of them knows it then."""

import playwright.sync_api  # noqa: F401 – imported when the first page is looked at
import pytest  # noqa: F401 – imported since the process that begins all runs it

import clustered  # noqa: F401
from a11ynews.cluster import identity

identity(browser=True)
