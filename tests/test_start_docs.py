"""The pages about beginning, importing and exporting show what the commands say: they are followed to the letter."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from a11ynews.cli import main
from a11ynews.doctor import State, diagnose
from project import GERMAN, Project
from xmp import packet, png

ROOT = Path(__file__).parents[1]
START, INTERCHANGE = (ROOT / "docs" / f"{name}.md" for name in ("start", "import-export"))


def blocks(path: Path, kind: str) -> list[str]:
    """The fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def shown(path: Path, command: str) -> tuple[list[str], list[str]]:
    """A command line that begins so, as arguments, and the lines that stand below it."""
    for block in blocks(path, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE):
            if part.startswith(f"a11ynews {command}"):
                line, *told = part.splitlines()
                return shlex.split(line)[1:], told
    raise AssertionError(f"{path.name} shows no “a11ynews {command}”")


def run(arguments: list[str], code: int = 0) -> list[str]:
    """What a person sees who runs it, in the year of the pages."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return re.sub(r"news/\d{4}/", "news/2026/", result.stdout + result.stderr).splitlines()


def alike(line: str, told: str) -> bool:
    """Whether a line is the one that is told, as far as that goes before a “…”."""
    return line == told if not told.endswith("…") else line.startswith(told.removesuffix("…"))


def test_the_first_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project, a record in it, and what both commands say."""
    monkeypatch.chdir(tmp_path)
    arguments, told = shown(START, "init")
    said = run(arguments)
    assert said == told
    assert all((tmp_path / line).is_file() for line in said[:-1])

    monkeypatch.chdir(tmp_path / "newsroom")
    spoken = {"de": "Zwei Kinder laufen über eine Steinbrücke"}
    Path("bridge.jpg").write_bytes(png(packet(alt=spoken)))
    arguments, told = shown(START, "new")
    said = run(arguments)
    record = next(Path("news").rglob("bridge-opens/record.yaml")).read_text("utf-8")
    (example,) = blocks(START, "yaml")
    assert example in record
    assert said == told


def test_what_is_in_the_way_and_what_waits_is_told_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word, but for how many texts there are."""
    monkeypatch.chdir(tmp_path)
    waiting, way = blocks(START, "text")
    said = run(["init", "newsroom", "--languages", "en,fr"])
    assert re.sub(r"\d+", "…", waiting.strip()) in [re.sub(r"\d+", "…", line) for line in said]

    Path("README.md").write_text("mine")
    Path("locales").write_text("a file")
    said = run(["init"], code=2)
    for line in way.splitlines():
        assert line in said


def test_the_page_shows_topics_and_states_that_doctor_has(tmp_path: Path) -> None:
    """Its lines, but for what differs from machine to machine; and JSON of its form."""
    project = Project(tmp_path)
    project.record()
    _, told = shown(START, "doctor")
    topics = {one.topic for one in diagnose(tmp_path / "a11ynews.toml").told} | {"msgfmt"}
    (form,) = blocks(START, "json")

    for line in told[:-1]:
        state, topic = re.fullmatch(r"(\w+) +([^:]+): .*", line).groups()  # type: ignore[union-attr]
        assert state in list(State)
        assert topic in topics
    assert json.loads(form).keys() == json.loads(diagnose(None, with_browser=False).to_json()).keys()


ITEM = {
    "uri": "https://agency.example/river",
    "language": "en",
    "firstCreated": "2026-03-02T09:00:00Z",
    "embargoedUntil": "2026-03-03T00:00:00Z",
    "urgency": 3,
    "genres": [{"name": "News"}],
    "headlines": [{"value": "The river rises"}],
    "slugline": "river-rises",
    "bodies": [{"contentType": "text/html", "value": "<p>At noon.</p><script>x</script>"}],
    "associations": [
        {
            "name": "elbe",
            "uri": "urn:p",
            "type": "picture",
            "renditions": [{"name": "l", "href": "https://cdn.example.org/elbe.jpg"}],
        }
    ],
}


def test_an_import_says_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line."""
    monkeypatch.chdir(tmp_path)
    Project(tmp_path)
    Path("from-the-agency.json").write_text(json.dumps(ITEM))
    arguments, told = shown(INTERCHANGE, "import")
    said = run(arguments)

    assert len(said) == len(told)
    assert [line for line, shown_ in zip(said, told, strict=True) if not alike(line, shown_)] == []


def test_the_exports_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the standard output, and into a folder."""
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    for id in ("bridge-opens", "tower"):
        project.record(id=id)
        project.translate("de", GERMAN, id=id)
    (first, _), (second, _) = shown(INTERCHANGE, "export bridge-opens --format"), shown(INTERCHANGE, "export bridge-opens tower")

    assert json.loads(CliRunner().invoke(main, first).stdout)["language"] == "de"
    assert [line for line in run(second) if line.startswith("outbox")] == [
        "outbox/bridge-opens.en.jsonld",
        "outbox/tower.en.jsonld",
    ]


@pytest.mark.parametrize("path", [START, INTERCHANGE], ids=lambda path: path.name)
def test_every_option_of_the_commands_is_in_a_table(path: Path) -> None:
    """With its default, and no other is."""
    text = path.read_text("utf-8")
    listed = set(re.findall(r"^\| `(--[\w-]+)` \|", text, re.MULTILINE))
    names = ("init", "new") if path is START else ("import", "export")
    there = {
        option
        for name in names
        for parameter in main.commands[name].params
        for option in parameter.opts
        if option.startswith("--")
    }

    assert listed == there
