"""The built wheel, installed by itself: it has its templates and catalogs, and renders without any browser package."""

import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from project import CONFIG, GERMAN, RECORD, Project

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)

    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_templates_and_the_pages_words_and_no_sample(wheel: Path) -> None:
    """What a site needs is there; what belongs to our own sample is not."""
    names = zipfile.ZipFile(wheel).namelist()

    ours = ("templates/article.html", "templates/style.css", "locales/de/LC_MESSAGES/a11ynews.po", "py.typed")
    starter = ("starter/a11ynews.toml", "starter/record.yaml", "starter/new.yaml", "starter/words.toml", "starter/workflow.yml")
    overlay = tuple(
        f"overlay/{name}" for name in ("overlay.js", "overlay.css", "pages.css", "list.html.jinja", "faults.html.jinja")
    )
    for needed in (*ours, *starter, *overlay, "reporters/report.html.jinja", "reporters/report.css"):
        assert f"a11ynews/{needed}" in names
    assert [name for name in names if "tum-polimi" in name] == []


def needed(wheel: Path) -> list[Distribution]:
    """What the wheel needs, and all that this needs in its turn, as it is installed here: of versions that it allows."""
    found: dict[str, Distribution] = {}

    def need(asked: list[str], extras: set[str]) -> None:
        for requirement in map(Requirement, asked):
            if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in (extras or {""})):
                continue
            here = distribution(requirement.name)
            assert requirement.specifier.contains(here.version, prereleases=True), f"{requirement}: {here.version} is here"
            if canonicalize_name(requirement.name) not in found or requirement.extras:
                found[canonicalize_name(requirement.name)] = here
                need(here.requires or [], requirement.extras)

    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        need(message_from_bytes(packed.read(name)).get_all("Requires-Dist") or [], set())
    return list(found.values())


def link(package: Distribution, into: Path) -> None:
    """Have an installed package in another environment, too."""
    for top in {file.parts[0] for file in package.files or () if file.parts[0] not in ("..", "__pycache__")}:
        if not (into / top).exists():
            (into / top).symlink_to(Path(str(package.locate_file(top))))


def test_the_wheel_renders_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    """A new environment with the wheel's own dependencies and nothing else; Playwright and axe are not among them."""
    environment = tmp_path / "environment"
    venv.create(environment)
    # By the pip that is here, and compiled as far as it is used; what it would fetch from elsewhere is here already.
    pip = [sys.executable, "-m", "pip", "--python", str(environment)]
    subprocess.run([*pip, "install", "-q", "--no-compile", "--no-deps", "--no-index", wheel], check=True, capture_output=True)
    folder = next(environment.glob("lib/python*/site-packages"))
    for package in needed(wheel):
        link(package, folder)
    subprocess.run([*pip, "check"], check=True)
    project = Project(tmp_path / "project")
    project.write("a11ynews.toml", CONFIG.replace(', "it"', ""))
    project.record(RECORD)
    project.translate("de", GERMAN)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = environment / "bin" / "a11ynews"
        return subprocess.run([program, *arguments], cwd=project.root, capture_output=True, text=True, check=False)

    rendered, checked, begun = run("render", "--strict"), run("check"), run("init", "newsroom")

    assert rendered.returncode == 0, rendered.stderr
    assert rendered.stdout == "site/en/bridge.html\nsite/de/bridge.html\n"
    assert "Zum Hauptinhalt springen" in project.read("site/de/bridge.html")
    assert begun.returncode == 0, begun.stderr
    assert "newsroom/record.schema.json\n" in begun.stdout
    modules = subprocess.run([*pip, "list"], capture_output=True, text=True, check=True).stdout
    assert "pydantic" in modules
    assert "playwright" not in modules
    # Without a browser the check is not done, and says what is missing.
    assert checked.returncode == 2
    assert "a11ynews[browser]" in checked.stdout + checked.stderr
    assert "Traceback" not in checked.stderr
