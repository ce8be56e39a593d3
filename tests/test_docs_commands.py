"""Every command line of the documents is run, in a project that has what it names, and does what it is shown for."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from a11ynews.cli import main
from a11ynews.result_cache import ENVIRONMENT_VARIABLE

ROOT = Path(__file__).parents[1]
_CONSOLE = re.compile(r"^ *```console\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_ENDLESS = re.compile(r"serve|browser install|.* --scheduler (?:tcp|tls):")
"""What a test cannot run: a preview without end, an installation, a cluster on other machines; tests of their own try them."""

_UNREACHABLE = re.compile(r"https://news\.example\.org/(?:de/|sitemap\.xml)$|--urls list\.txt")
"""What is on no web that a test can reach: it is told, and the check is incomplete."""


def command_lines() -> Iterator[str]:
    """Each command line of a11ynews once, without what the shell does with it."""
    seen = set()
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for block in _CONSOLE.findall(path.read_text("utf-8")):
            for line in re.findall(r"^ *\$ (?:\S*/)?(a11ynews .*)$", block, re.MULTILINE):
                command = re.split(r" +#| > | && ", line)[0].strip()
                # The tutorial has a test of its own, and a folder of its own.
                if command not in seen and path.stem != "tutorial":
                    seen.add(command)
                    yield command


def run(command: str) -> tuple[int, str]:
    """Run a command line here, without a browser; answers with the exit code and all that is told."""
    # How many processes a cluster of this machine has makes no difference to a command; each takes seconds to begin.
    words = shlex.split(re.sub(r"(?<= local:)\d+", "1", command))[1:]
    if command.endswith(" back/*.xlf"):
        # The shell puts the files in the place of the pattern.
        words[-1:] = [str(path) for path in sorted(Path("back").glob("*.xlf"))]
    if words[0] == "check" or words[:2] in (["baseline", "write"], ["baseline", "update"]):
        words.append("--no-browser")
    result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project under version control that has all that the documents' commands name."""
    root = tmp_path_factory.mktemp("documents") / "project"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv(ENVIRONMENT_VARIABLE, str(root.parent / "cache"))
        assert run("a11ynews init --languages en,de,it")[0] == 0
        for slug in ("bridge-opens", "tower"):
            shutil.copytree(
                "news/2026/reading-garden" if Path("news/2026").is_dir() else next(Path("news").glob("*/*")), f"news/{slug}"
            )
            record = Path(f"news/{slug}/record.yaml")
            record.write_text(record.read_text("utf-8").replace("slug: reading-garden", f"slug: {slug}"), "utf-8")
            for language in ("de", "it"):
                catalogs = Path(f"locales/{language}/LC_MESSAGES")
                catalog = (catalogs / "reading-garden.po").read_text("utf-8")
                slugged = re.sub(
                    r'(msgctxt "slug"\nmsgid )"[^"]*"\nmsgstr "([^"]*)"', rf'\1"{slug}"\nmsgstr "\2-{slug}"', catalog
                )
                (catalogs / f"{slug}.po").write_text(slugged, "utf-8")
        assert run("a11ynews catalog update")[0] == 0
        assert run("a11ynews render")[0] == 0
        shutil.copytree("site", "public")
        shutil.copy("public/en/index.html", "about.html")
        Image.new("RGB", (1200, 800), (90, 140, 160)).save("bridge.jpg")
        Path("list.txt").write_text("https://news.example.org/de/\n", "utf-8")
        Path("back").mkdir()
        assert run("a11ynews catalog export de --xliff 2.1")[0] == 0
        for exported in Path("xliff").rglob("*.xlf"):
            shutil.copy(exported, Path("back") / exported.name)
        code, told = run("a11ynews export reading-garden --format ninjs --language de")
        assert code == 0
        given = next(Path().glob("reading-garden*.json"), None)
        Path("from-the-agency.json").write_text(given.read_text("utf-8") if given else told, "utf-8")
        assert run("a11ynews baseline write public --output known.json --reason old --expires 2099-06-30")[0] == 0
        author = ["-c", "user.name=Ana", "-c", "user.email=ana@news.example.org"]
        for words in (
            ["init", "-q", "--template="],
            ["add", "-A"],
            [*author, "commit", "-qm", "Begin"],
            ["update-ref", "refs/remotes/origin/main", "HEAD"],
            ["gc", "-q"],  # one file in place of hundreds: it is copied for each command
        ):
            subprocess.run(["git", *words], check=True, capture_output=True)
    return root


@pytest.mark.parametrize("command", [command for command in command_lines() if not _ENDLESS.match(command[9:])])
def test_a_command_line_of_the_documents_works(
    command: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends well, or incomplete where it asks for what is on no web."""
    here = tmp_path / "project"
    shutil.copytree(prepared, here)
    monkeypatch.chdir(here)
    # What the rules find is shown elsewhere: here they need not look at the same pages with each command.
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(prepared.parent / "cache"))
    if command.startswith("a11ynews new "):
        shutil.rmtree(here / "news" / "bridge-opens")
    if command.startswith("a11ynews import "):
        shutil.rmtree(next(here.glob("news/*/reading-garden")))
    if "baseline write" in command:
        (here / "known.json").unlink()

    code, told = run(command)

    assert code == (2 if _UNREACHABLE.search(command) else 0), told


def test_the_report_that_is_written_is_one(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands above really look at pages: a check of the prepared project's names them all."""
    shutil.copytree(prepared, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")

    run("a11ynews check --format json=report.json")

    assert len(json.loads(Path("report.json").read_text("utf-8"))["pages"]) > 9
