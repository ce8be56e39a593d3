"""What is missing is told with what to do, and nothing is changed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from PIL import features

from a11ynews import doctor
from a11ynews.cli import main
from a11ynews.doctor import Diagnosis, State, Told, diagnose
from a11ynews.errors import BrowserError
from a11ynews.live import axe, browser
from project import CONFIG, GERMAN, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a record, translated into one of its languages."""
    made = Project(tmp_path)
    made.record()
    made.translate("de", GERMAN)
    return made


def told(project: Project, topic: str = "") -> list[tuple[str, str]]:
    """What is said of a topic, without the browser, which is slow."""
    found = diagnose(project.root / "a11ynews.toml", with_browser=False)
    return [(one.state.value, one.message) for one in found.told if one.topic == topic]


def test_where_nothing_is_missing_it_exits_0(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the machine that tests run on, with the browser that they run in."""
    monkeypatch.chdir(project.root)
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    result = CliRunner().invoke(main, ["doctor"])

    assert result.exit_code == 0, result.output
    assert "; it starts\n" in result.stdout
    assert "axe: axe-core 4." in result.stdout
    assert "configuration: a11ynews.toml: https://news.example.org/ in en, de, it" in result.stdout
    assert "Nothing is missing" in result.stdout
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}.keys() == before.keys()


def test_it_can_be_read_by_programs(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thing with its topic, its state and its message."""
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(main, ["doctor", "--no-browser", "--format", "json"])
    one = {
        "type": "object",
        "required": ["topic", "state", "message"],
        "additionalProperties": False,
        "properties": {"topic": {"type": "string"}, "state": {"enum": list(State)}, "message": {"type": "string"}},
    }
    schema = {"type": "object", "required": ["version", "a11ynews", "exit_code", "told"], "properties": {"told": {"items": one}}}

    assert list(Draft202012Validator(schema).iter_errors(json.loads(result.stdout))) == []
    assert json.loads(result.stdout)["exit_code"] == result.exit_code == 0


def test_what_is_missing_stands_last_and_exits_2() -> None:
    """Where one looks first: beside the prompt."""
    found = Diagnosis(
        (Told("a", State.MISSING, "is not there; get it"), Told("b", State.OPTIONAL, "x"), Told("c", State.FINE, "y"))
    )

    assert found.to_text() == "fine      c: y\noptional  b: x\nmissing   a: is not there; get it\n1 missing; 1 optional.\n"
    assert found.exit_code == 2


def test_outside_a_project_that_is_told_and_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who only checks other sites needs none."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["doctor", "--no-browser"])

    assert result.exit_code == 0
    assert "optional  project: no a11ynews.toml here or in a folder above; run “a11ynews init”" in result.stdout


def test_every_fault_of_the_configuration_is_told(project: Project) -> None:
    """With its line."""
    project.write("a11ynews.toml", 'name = "A"\nbase_url = "x"\nlanguage = ["en"]\n')

    messages = [message for state, message in told(project, "configuration") if state == "missing"]
    assert len(messages) == 3
    assert any(message.startswith("a11ynews.toml:2:12: 'x'") for message in messages)
    assert told(project, "records") == []


def test_a_language_without_words_or_catalogs_is_told(project: Project) -> None:
    """Nobody can read a page without its words; a language without any translation is one that waits."""
    project.write("a11ynews.toml", CONFIG.replace('"it"', '"it", "fr", "de-AT", "en-XA"'))

    assert told(project, "languages") == [
        ("fine", "English (en)"),
        ("fine", "German (de)"),
        (
            "optional",
            f"no record is translated into Italian (it): there are no catalogs in {project.root}/locales/; "
            "run “a11ynews catalog update it”",
        ),
        (
            "missing",
            "the words of every page are not translated into French (fr), nor do they come with a11ynews; "
            "run “a11ynews catalog update fr”, and translate",
        ),
        ("fine", "German (Austria) (de-AT)"),
    ]


def test_folders_and_files_that_are_not_there_are_told(project: Project) -> None:
    """Of records, templates, axe and the baseline."""
    more = '[folders]\nnews = "stories"\ntemplates = "theme"\n[check]\naxe = "axe.js"\nbaseline = "known.json"\n'
    project.write("a11ynews.toml", CONFIG + more)

    assert "stories/ is not there" in told(project, "records")[0][1]
    assert "theme/ is not there" in told(project, "templates")[0][1]
    messages = [message for state, message in told(project, "configuration") if state == "missing"]
    assert [message.split(";")[1] for message in messages] == [
        " mend “check.axe”, or make the file",
        " mend “check.baseline”, or make the file",
    ]


def test_a_project_without_records_is_told(tmp_path: Path) -> None:
    """With the command that begins one."""
    project = Project(tmp_path)
    (tmp_path / "news").mkdir()

    assert told(project, "records") == [("missing", f"there is none in {tmp_path}/news/; run “a11ynews new SLUG”")]


def test_a_folder_that_cannot_be_written_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """By trying: a folder whose place a file has, and one that the system refuses."""
    project.write("site", "a file")
    assert told(project, "folders") == [
        ("missing", f"{project.root}/site/ cannot be written (it is a file); mend its permissions")
    ]

    def refuse(**_: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    (project.root / "site").unlink()
    monkeypatch.setattr(doctor.tempfile, "NamedTemporaryFile", refuse)  # type: ignore[attr-defined]
    assert [message.split("(")[1] for _, message in told(project, "folders")] == ["Permission denied); mend its permissions"] * 3


def test_a_package_that_is_missing_or_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that gets it; what only a browser needs is asked for only with one."""
    there = metadata.version

    def version(name: str) -> str:
        if name in ("rich", "playwright"):
            raise metadata.PackageNotFoundError
        return "1.0" if name == "lxml" else there(name)

    monkeypatch.setattr(metadata, "version", version)
    found = {one.topic: one.message for one in diagnose(None, with_browser=False).told if one.state is State.MISSING}

    assert found == {
        "rich": "the package is not installed; run: pip install 'rich>=13.9'",
        "lxml": "version 1.0 is older than 5.3; run: pip install 'lxml>=5.3'",
    }
    assert "pip install 'a11ynews[browser]'" in {one.topic: one.message for one in doctor._packages(True)}["playwright"]


def test_every_requirement_is_understood() -> None:
    """As the package's own metadata have them."""
    found = [doctor._requirement(line, True) for line in metadata.requires("a11ynews") or []]
    names = {name.lower() for name, least, _ in filter(None, found) if least != "0"}

    assert {"babel", "click", "lxml", "pillow", "pydantic", "pyyaml", "playwright", "axe-playwright-python"} <= names
    assert "pytest" not in names


def test_a_browser_that_is_not_there_or_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """And so is a machine without fonts, or without axe."""

    def nothing() -> Any:
        raise BrowserError("no Chromium, Chrome or Edge was found; run: a11ynews browser install")

    @contextmanager
    def broken() -> Iterator[None]:
        raise BrowserError("/usr/bin/chromium does not start (no display); run: a11ynews browser install")
        yield

    monkeypatch.setattr(browser, "has_fonts", lambda: False)
    monkeypatch.setattr(browser, "launched", broken)
    first = {one.topic: one for one in doctor._browser()}
    monkeypatch.setattr(browser, "find", nothing)
    monkeypatch.setattr(axe, "version", nothing)
    second = {one.topic: one for one in doctor._browser()}

    assert "does not start (no display); run: a11ynews browser install" in first["browser"].message
    assert "no Chromium, Chrome or Edge was found; run: a11ynews browser install" in second["browser"].message
    assert {one.state for one in (first["browser"], first["fonts"], second["browser"], second["axe"])} == {State.MISSING}
    assert "fonts-dejavu-core" in first["fonts"].message


def test_a_picture_library_without_a_format_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """AVIF is rare, and can be done without."""
    monkeypatch.setattr(features, "check", lambda feature: feature not in ("webp", "avif"))

    assert [(one.state, one.message.partition(";")[0]) for one in doctor._codecs()] == [
        (State.MISSING, "Pillow was built without WebP"),
        (State.OPTIONAL, "Pillow was built without AVIF"),
        (State.FINE, "JPEG, PNG can be read"),
    ]


def test_tools_are_optional(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is not there, and what does not start, is told with what it is good for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "msgfmt").write_text("#!/nowhere\n")
    (tmp_path / "msgfmt").chmod(0o755)
    found = {one.topic: one for one in doctor._tools()}

    assert {one.state for one in found.values()} == {State.OPTIONAL}
    assert "is not there; install it if you want it: “check --changed-since”" in found["git"].message
    assert "msgfmt does not start" in found["msgfmt"].message
