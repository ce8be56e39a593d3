"""One news record becomes an accessible page in every language, and every page is checked in a real browser."""

from importlib.metadata import version

__version__ = version("a11ynews")
