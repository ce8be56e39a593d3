"""A site that is as the last render has left it is known for that without reading what it is made of."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from a11ynews import ledger, settled, version_of
from a11ynews.catalog import UI_DOMAIN
from a11ynews.cli import main
from a11ynews.settled import Settled
from project import CONFIG, GERMAN, RECORD, Project

TWO = CONFIG.replace('"de", "it"', '"de"').replace("lists.make = false\n", "")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two records in two languages with a static file, rendered; it does not matter how long ago."""
    monkeypatch.setattr(ledger, "_FRESH", -1)
    made = Project(tmp_path, TWO)
    for record in ("bridge", "road"):
        made.record(id=record)
        made.translate("de", GERMAN, record)
    made.write("static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert made.render().stopped == []
    return made


def told(project: Project, *, strict: bool = False) -> Settled | None:
    seen = settled.settled(project.root / "a11ynews.toml", strict=strict)
    return seen if seen and seen.is_settled else None


def test_a_site_that_is_as_it_was_left_is_settled(project: Project) -> None:
    """With as many pages as a render tells, which looks at all of them."""
    outcome = project.render()

    there = told(project)

    assert there is not None
    assert sorted(there.standing) == ["bridge", "road"]
    assert (there.unchanged, there.around, there.files_around) == (4, len(outcome.around), len(outcome.files_around))
    assert there.files_around > 3


def put(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": lambda root: (root / "news/road/record.yaml").write_text("language: en\n"),
    "a new record": lambda root: put(root / "news/third/record.yaml", ""),
    "another file of the same record": lambda root: (root / "news/road/record.json").write_text("{}"),
    "a record that is gone": lambda root: (root / "news/road/record.yaml").unlink(),
    "a catalog": lambda root: (root / "locales/de/LC_MESSAGES/road.po").write_text("x"),
    "a catalog that is gone": lambda root: (root / "locales/de/LC_MESSAGES/road.po").unlink(),
    "a picture": lambda root: (root / "news/road/bridge.png").write_bytes(b"x"),
    "the page's own words": lambda root: (root / f"locales/de/LC_MESSAGES/{UI_DOMAIN}.po").write_text("x"),
    "a template": lambda root: put(root / "templates/footer.html", "x"),
    "a static file": lambda root: (root / "static/logo.svg").write_text("x"),
    "a new static file": lambda root: (root / "static/other.svg").write_text("x"),
    "the configuration": lambda root: (root / "a11ynews.toml").write_text(TWO + "\n"),
    "a page": lambda root: (root / "site/de/road.html").write_text("x"),
    "a page that is gone": lambda root: (root / "site/de/road.html").unlink(),
    "a trace that is gone": lambda root: (root / ".a11ynews/site/pages/de/road.html.trace").unlink(),
    "a list": lambda root: (root / "site/de/index.html").write_text("x"),
    "a feed": lambda root: (root / "site/de/feed.xml").unlink(),
    "the style sheet": lambda root: next((root / "site/assets").iterdir()).write_text("x"),
    "a picture of a page": lambda root: next((root / "site/media").rglob("*.webp")).unlink(),
    "the headers": lambda root: (root / "site/_headers").write_text("x"),
    "a render that was cut off": lambda root: (root / ".a11ynews/site/lock").write_text("x"),
    "no ledger": lambda root: (root / ".a11ynews/site/ledger.jsonl").unlink(),
    "another ledger": lambda root: (root / ".a11ynews/site/ledger.jsonl").write_text("{}"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_has_changed_the_render_decides(project: Project, change: Callable[[Path], object]) -> None:
    """Nothing is taken for settled that a render would do something about."""
    assert told(project) is not None

    change(project.root)

    assert told(project) is None


def test_a_page_whose_times_were_set_back_is_no_settled_one(project: Project) -> None:
    """Nobody can set back when a file was changed in any way."""
    page = project.root / "site/de/road.html"
    times = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Stra", b"Xtra"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert told(project) is None


@pytest.mark.parametrize("name", ["__version__", "babel", "jinja2", "markupsafe", "pillow"])
def test_another_version_is_not_settled(project: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Ours, and those of what decides how a page looks."""
    known = version_of
    if name == "__version__":
        monkeypatch.setattr(settled, name, "99")
    monkeypatch.setattr(settled, "version_of", lambda asked: "99" if asked == name else known(asked))

    assert told(project) is None


def test_of_what_has_changed_the_others_stand(project: Project) -> None:
    """A render does not look at them again; but it does where another one has been there meanwhile."""
    (project.root / "news/road/record.yaml").write_text(RECORD.replace("at noon", "at one"))

    seen = settled.settled(project.root / "a11ynews.toml")

    assert seen is not None
    assert (seen.is_settled, list(seen.standing)) == (False, ["bridge"])
    page = project.root / "site/en/bridge.html"
    page.unlink()
    project.site().render(seen=seen)
    assert not page.is_file()
    assert project.site().render(seen=seen).written == ["en/bridge.html"]
    assert page.is_file()


def test_being_strict_is_another_question(project: Project) -> None:
    """What was rendered with less is not what strict asks for."""
    assert told(project, strict=True) is None


def test_what_is_to_be_told_each_time_is_told_by_a_render(project: Project) -> None:
    """A text in the source language is no settled matter."""
    project.translate("de", GERMAN | {"The road will follow.": ""}, "road")
    assert len(project.render().notes) == 1

    assert told(project) is None


def test_news_is_settled_until_it_is_none(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sitemap of news loses what has become old, though no file has changed."""
    published = datetime.now(UTC).isoformat(timespec="seconds")
    project.record(RECORD.replace("2026-05-04T09:00:00+02:00", published), id="road")
    project.render()
    assert told(project) is not None

    monkeypatch.setattr("a11ynews.settled.time.time", lambda: datetime.now(UTC).timestamp() + 3 * 86_400)

    assert told(project) is None


def test_what_was_changed_a_moment_ago_is_not_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could be changed again and look the same."""
    monkeypatch.setattr(ledger, "_FRESH", 10**18)
    project = Project(tmp_path, TWO)
    project.record(id="bridge")
    project.translate("de", GERMAN, "bridge")
    project.render()

    assert told(project) is None


def test_the_command_reads_nothing_of_a_settled_site(project: Project) -> None:
    """Neither a record nor what reads one: the program that tells so has not even imported it."""
    result = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "render"])
    code = (
        "import sys; from click.testing import CliRunner; from a11ynews.cli import main\n"
        "from a11ynews import ledger; ledger._FRESH = -1\n"  # however quickly this process begins
        "result = CliRunner().invoke(main, ['render'])\n"
        "import json; print(json.dumps([result.exit_code, result.stderr, sorted(sys.modules)]))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=True)

    exit_code, words, modules = json.loads(done.stdout)
    assert (exit_code, words) == (0, result.stderr)
    assert words.startswith("0 pages written, 4 unchanged, with ")
    assert not {"a11ynews.build", "a11ynews.article", "a11ynews.config", "pydantic", "jinja2", "babel", "yaml"} & set(modules)
