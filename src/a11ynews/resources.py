"""Where things are: the templates and catalogs that come with a11ynews, a site's configuration, the user's caches."""

import os
import stat
import sys
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


def user_folder() -> Path:
    """Our folder among the caches of whoever runs this. Raises RuntimeError where it has no home."""
    if sys.platform == "darwin":
        above = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        above = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        above = Path(named) if named.startswith("/") else Path.home() / ".cache"
    return above / "a11ynews"


def is_own(where: Path) -> bool:
    """Whether a folder or file is this user's, no link, and nobody else may write it. Raises OSError where it is not there."""
    told = where.lstat()
    if stat.S_ISLNK(told.st_mode):
        return False
    # On Windows the folder for a user's caches is that user's alone.
    return not hasattr(os, "geteuid") or (told.st_uid == os.geteuid() and not told.st_mode & 0o022)
