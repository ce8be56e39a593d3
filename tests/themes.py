"""The second theme, which docs/themes.md shows, on the sample's news."""

import shutil
from pathlib import Path

from project import Project

ROOT = Path(__file__).parents[1]
GAZETTE = ROOT / "docs" / "themes" / "gazette"


def gazette(root: Path) -> Project:
    """The sample's news in the clothes of the Gazette."""
    project = Project(root)
    for name in ("news", "locales", "a11ynews.toml"):
        source = ROOT / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(source, root / name)
    shutil.copytree(GAZETTE, root, dirs_exist_ok=True)
    return project
