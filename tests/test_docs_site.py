"""The documents become a site that leaves nothing to be desired: Sphinx has no warning, and our own rules find nothing."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from a11ynews.cli import main
from a11ynews.guide import ALL

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def docs_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, made of a copy of the documents: making it writes into the folder."""
    copy = tmp_path_factory.mktemp("documents") / "docs"
    shutil.copytree(DOCS, copy, ignore=shutil.ignore_patterns("_site", "reference"))
    for beside in ("bench", "templates", ".github", "CONTRIBUTING.md"):
        (copy.parent / beside).symlink_to(ROOT / beside)
    made = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-j", "1", str(copy), str(copy / "_site")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    return copy / "_site"


def test_every_document_is_in_the_site(docs_site: Path) -> None:
    """Each Markdown file has its page, and the start leads to it."""
    pages = {path.relative_to(docs_site).with_suffix("").as_posix() for path in docs_site.rglob("*.html")}
    documents = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.glob("*.md")}
    start = (docs_site / "index.html").read_text("utf-8")

    assert documents <= pages
    assert documents - {"index"} <= set(re.findall(r'href="([\w./-]+)\.html"', start))


def test_the_reference_of_commands_has_every_command(docs_site: Path) -> None:
    """… with each option, as the help has it."""
    page = (docs_site / "reference" / "commands.html").read_text("utf-8")

    assert "a11ynews catalog update" in page
    assert "--changed-since" in page


def test_the_reference_of_rules_has_every_rule(docs_site: Path) -> None:
    """Each rule has a heading of its own, which can be linked to."""
    page = (docs_site / "reference" / "rules.html").read_text("utf-8")

    assert [rule.id for rule in ALL if f'id="{rule.id}"' not in page] == []


def test_our_own_rules_find_nothing_in_the_documents(docs_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither errors nor warnings nor anything to review, on any page."""
    monkeypatch.chdir(docs_site.parent)
    result = CliRunner().invoke(main, ["check", "--no-browser", "--format", "json", "_site"])
    report = json.loads(result.output)

    assert len(report["pages"]) > 30
    assert [(one["page"], one["rule"], one["message"]) for one in report["findings"]] == []
    assert report["unfinished"] == []


def test_axe_finds_nothing_in_the_documents(docs_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In light, dark and forced colours and on a narrow screen; a page of each make stands for the others."""
    monkeypatch.chdir(docs_site.parent)
    chosen = ("index", "search", "pytest", "translators.de", "reference/commands", "decisions")
    result = CliRunner().invoke(main, ["check", "--format", "json", *(f"_site/{name}.html" for name in chosen)])
    report = json.loads(result.output)

    assert [(one["page"], one["rule"], one["message"]) for one in report["findings"] if one["rule"] != "page-ways"] == []
    assert report["unfinished"] == []
    assert report["axe"]
