"""The command line as people and CI meet it: words, exit codes, and never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a11ynews import __version__
from a11ynews.cli import main
from project import CONFIG, GERMAN, RECORD, Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that is the current folder."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.record()
    return made


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result


def test_version() -> None:
    """`--version` names program and version, and nothing else."""
    assert run("--version").output == f"a11ynews {__version__}\n"


@pytest.mark.parametrize(
    "command", [[], ["render"], ["check"], ["catalog"], ["catalog", "update"], ["schema"], ["browser"], ["browser", "install"]]
)
def test_help_reads_well(command: list[str]) -> None:
    """Every command says what it does, in lines that fit."""
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert max(len(line) for line in result.output.splitlines()) <= 100
    assert len(result.output.splitlines()) > 4


def test_render_lists_the_pages_and_exits_0(project: Project) -> None:
    """One line a page, the summary on the other stream."""
    project.record(RECORD + "languages: [en]\n")

    result = run("render")

    assert result.stdout == "site/en/bridge.html\n"
    assert result.stderr == "1 page written.\n"
    assert result.exit_code == 0


def test_render_tells_every_fault_and_exits_2(project: Project) -> None:
    """`file:line:column: error: what; what to do`, and the rest is done."""
    project.translate("de", GERMAN | {"Two children run across a stone bridge": ""})

    result = run("render", "--locale", "en", "-l", "de")

    line = project.line_of("locales/de/LC_MESSAGES/bridge.po", 'msgid "Two children') + 1
    assert result.stdout == "site/en/bridge.html\n"
    assert (
        f"locales/de/LC_MESSAGES/bridge.po:{line}:1: error: the alt of a picture is said in place of the picture" in result.stderr
    )
    assert "1 page written; 1 error: not everything was rendered." in result.stderr
    assert result.exit_code == 2


def test_render_takes_a_record_by_its_folder(project: Project) -> None:
    """The folder of a record is a name for it."""
    project.record(RECORD + "languages: [en]\n", id="second")

    assert run("render", "news/second").stdout == "site/en/second.html\n"


def test_render_writes_where_it_is_told(project: Project) -> None:
    """`--out` names another folder."""
    run("render", "--locale", "en", "--out", "public")

    assert (project.root / "public/en/bridge.html").is_file()
    assert (project.root / ".a11ynews/public/manifest.json").is_file()
    assert not (project.root / "site").exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "news/bad/record.yaml:1:1: error: the file is empty", id="empty"),
        pytest.param(b"\xff\xfe\x00", "news/bad/record.yaml:1:1: error: the file is not UTF-8", id="not UTF-8"),
        pytest.param(b"headline: a: b", "news/bad/record.yaml:1:12: error: this is not YAML", id="not YAML"),
        pytest.param(b"x" * 20_000_000, "news/bad/record.yaml:1:1: error: the file is larger than 4 MB", id="20 MB"),
        pytest.param(b"- a", "news/bad/record.yaml:1:1: error: the file holds no mapping", id="a list"),
    ],
)
def test_a_bad_record_is_told_in_one_line(project: Project, content: bytes, expected: str) -> None:
    """Nonsense for a record is told with its place; the good one is rendered; exit code 2."""
    project.write("news/bad/record.yaml", content)

    result = run("render", "-l", "en")

    assert expected in result.stderr
    assert result.stdout == "site/en/bridge.html\n"
    assert result.exit_code == 2


def test_no_configuration_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a11ynews.toml there is nothing to go by, and that is said with what to do."""
    monkeypatch.chdir(tmp_path)

    result = run("render")

    assert result.stderr.startswith("a11ynews.toml:1:1: there is no a11ynews.toml here")
    assert result.exit_code == 2


def test_every_fault_of_the_configuration_is_told(project: Project) -> None:
    """All at once, each with its line, and the nearest right key."""
    project.write("a11ynews.toml", 'nam = "x"\nbase_url = "news"\nlanguages = ["en", "xx"]\n')

    result = run("render")

    assert "a11ynews.toml:1:1: the key “nam” is not known; did you mean “name”?" in result.stderr
    assert "a11ynews.toml:2:12:" in result.stderr
    assert "a11ynews.toml:3:" in result.stderr
    assert result.exit_code == 2


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["render", "--locale", "fr"], "--locale"),
        (["catalog", "update", "fr"], "LANG"),
        (["catalog", "status", "fr"], "LANG"),
        (["catalog", "status", "--budget", "fr=90"], "--budget"),
        (["catalog", "lint", "fr"], "LANG"),
        (["catalog", "export", "fr"], "LANG"),
    ],
)
def test_what_was_written_wrongly_is_named_as_it_was_written(command: list[str], named: str) -> None:
    """No option that the command does not have."""
    assert f"Invalid value for {named}: fr is not among the site's languages" in run(*command).stderr


@pytest.mark.usefixtures("project")
def test_a_language_the_site_has_not_is_refused() -> None:
    """A misspelt --locale must not render nothing in silence."""
    result = run("render", "--locale", "fr")

    assert "fr is not among the site's languages (en, de, it)" in result.stderr
    assert result.exit_code == 2


def test_nothing_to_render_exits_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No record is exit code 3."""
    monkeypatch.chdir(tmp_path)
    Project(tmp_path)

    result = run("render")

    assert "no record was found in news/" in result.stderr
    assert result.exit_code == 3


@pytest.mark.usefixtures("project")
def test_catalog_update_says_what_it_did() -> None:
    """New entries the first time, nothing the second."""
    first, second = run("catalog", "update", "de"), run("catalog", "update", "de")

    assert first.stdout == "locales/de/LC_MESSAGES/bridge.po: 8 new; 8 to translate\n"
    assert second.stdout == "locales/de/LC_MESSAGES/bridge.po: unchanged; 8 to translate\n"


def test_catalog_update_says_what_it_kept_and_suggested(project: Project) -> None:
    """A trivial change only with --trivial; the translation memory unless --no-memory."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("What comes next", "What comes next …"))
    project.record(id="tunnel")

    one = run("catalog", "update", "de", "--trivial", "--no-memory")
    two = run("catalog", "update", "de")

    assert one.stdout.splitlines() == [
        "locales/de/LC_MESSAGES/bridge.po: 1 kept in spite of a trivial change; complete",
        "locales/de/LC_MESSAGES/tunnel.po: 8 new; 8 to translate",
    ]
    assert two.stdout.splitlines() == [
        "locales/de/LC_MESSAGES/bridge.po: unchanged; complete",
        "locales/de/LC_MESSAGES/tunnel.po: 6 from the translation memory; 8 to translate",
    ]


def test_catalog_update_keeps_going(project: Project) -> None:
    """A catalog that cannot be read is told and left as it is; the others are updated; exit code 2."""
    broken = project.write("locales/de/LC_MESSAGES/bridge.po", 'msgid "\n')

    result = run("catalog", "update")

    assert "locales/de/LC_MESSAGES/bridge.po:1:" in result.stderr
    assert "locales/it/LC_MESSAGES/bridge.po: 8 new" in result.stdout
    assert broken.read_text() == 'msgid "\n'
    assert result.exit_code == 2


@pytest.mark.usefixtures("project")
def test_schema_is_json() -> None:
    """What editors are given is a JSON Schema with the record's keys."""
    schema = json.loads(run("schema").stdout)

    assert {"headline", "body", "names"} <= schema["properties"].keys()


def test_check_passes_the_rendered_page(project: Project) -> None:
    """Static rules only, by choice; the report says so."""
    project.record(RECORD + "languages: [en]\n")
    run("render")

    result = run("check", "--no-browser")

    assert "1 page checked: static rules" in result.output
    assert "not checked in a browser" in result.output
    assert result.exit_code == 0


def test_check_points_at_the_line_to_mend(project: Project) -> None:
    """An alt that repeats the caption is the editor's, at its line of the record; errors exit 1."""
    project.record(RECORD.replace("caption: The first to cross it", "caption: Two children run across a stone bridge"))
    run("render", "-l", "en")

    result = run("check", "--no-browser")

    assert "news/bridge/record.yaml:8:" in result.output
    assert "editor" in result.output


def test_check_of_nothing_fails(project: Project) -> None:
    """Neither a folder that is not there nor an empty one is a pass."""
    (project.root / "empty").mkdir()

    not_rendered, misspelt, empty = run("check"), run("check", "sit"), run("check", "empty")

    assert (not_rendered.exit_code, misspelt.exit_code, empty.exit_code) == (2, 2, 3)
    assert "run “a11ynews render” first" in not_rendered.stderr
    assert "there is no such file or folder" in misspelt.output
    assert "no page was found in empty" in empty.stderr


def test_an_error_gates(project: Project) -> None:
    """A page without a language is an error: exit code 1."""
    project.write(
        "public/a.html", "<!doctype html><html><head><title>A</title></head><body><main><h1>A</h1>Words</main></body></html>"
    )

    result = run("check", "public", "--no-browser")

    assert "public/a.html" in result.output
    assert result.exit_code == 1


def test_the_configuration_can_be_named(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--config names it from anywhere; an unknown file is told."""
    project.write("a11ynews.toml", CONFIG.replace('["en", "de", "it"]', '["en"]'))
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    named = run("--config", str(project.root / "a11ynews.toml"), "render")
    wrong = run("--config", "nowhere.toml", "render")

    assert named.exit_code == 0
    assert (project.root / "site/en/bridge.html").is_file()
    assert "nowhere.toml:1:1: No such file or directory" in wrong.stderr
    assert wrong.exit_code == 2
