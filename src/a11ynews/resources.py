"""Where the templates and catalogs that come with a11ynews are, and where a site's configuration is."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel holds locales/ and templates/ beside this file; a checkout keeps them at its root, where people look for them.
_ROOT = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parents[1]

LOCALES = _ROOT / "locales"
"""The packaged catalogs of the page's own words: `<language>/LC_MESSAGES/a11ynews.po`."""

TEMPLATES = _ROOT / "templates"
"""The packaged Jinja2 templates and the style sheet."""

STARTER = _PACKAGE / "starter"
"""What a new project and a new record begin with."""

FILE = "a11ynews.toml"
"""The name of a site's configuration."""


def find(start: Path) -> Path | None:
    """The nearest `a11ynews.toml`, in a folder or above it."""
    here = start.resolve()
    return next((folder / FILE for folder in (here, *here.parents) if (folder / FILE).is_file()), None)
