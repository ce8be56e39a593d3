"""Templates are compiled once, and what is kept of them is never somebody else's."""

import os
from pathlib import Path

import pytest
from jinja2 import Environment

from a11ynews import build, compiled
from a11ynews.inclusion import JoiningEnvironment
from project import CONFIG, GERMAN, Project


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where templates are kept."""
    where = tmp_path / "caches/templates"
    monkeypatch.setattr(compiled, "folder", lambda: where)
    return where


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled meanwhile."""
    told: list[str] = []
    compile_it = Environment.compile

    def note(self: Environment, source: object, name: str | None = None, *args: object, **kwargs: object) -> object:
        told.append(name or "")
        return compile_it(self, source, name, *args, **kwargs)  # type: ignore[call-overload]  # as it was given

    monkeypatch.setattr(JoiningEnvironment.__mro__[1], "compile", note)
    return told


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A record in two languages."""
    made = Project(tmp_path, CONFIG.replace('"de", "it"', '"de"'))
    made.record(id="bridge")
    made.translate("de", GERMAN, "bridge")
    return made


def test_templates_are_compiled_once(project: Project, folder: Path, compilings: list[str]) -> None:
    """The next render takes them, and their messages, from the user's caches; the pages are the same."""
    first = project.site().render(force=True)
    assert "article.html" in compilings
    page = (project.root / "site/de/bridge.html").read_bytes()
    (file,) = folder.iterdir()
    assert file.stat().st_uid == folder.stat().st_uid
    assert folder.stat().st_mode & 0o777 == 0o700
    compilings.clear()

    again = project.site().render(force=True)

    assert compilings == []
    assert again.unchanged == len(first.written)
    assert (project.root / "site/de/bridge.html").read_bytes() == page


def test_joined_templates_are_compiled_once(
    project: Project, folder: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as none of those that they are joined of has changed, and no other one is there."""
    monkeypatch.setattr(build, "FEW", 1)
    project.write("templates/blocks/paragraph.html", "<p class=mine>{{ block.paragraph }}</p>\n")
    project.site().render(jobs=1)
    assert "article.html" in compilings
    page = project.read("site/de/bridge.html")
    compilings.clear()
    project.site().render(force=True, jobs=1)
    assert compilings == []
    assert project.read("site/de/bridge.html") == page

    for name, words in (
        ("paragraph", "<p class=ours>{{ block.paragraph }}</p>\n"),
        ("heading", "<h2>{{ block.heading.text }}</h2>\n"),
    ):
        project.write(f"templates/blocks/{name}.html", words)
        compilings.clear()
        project.site().render(jobs=1)
        assert "article.html" in compilings
    assert project.read("site/de/bridge.html").count("class=ours") == page.count("class=mine")
    assert folder.is_dir()


def test_joined_templates_that_change_meanwhile_are_not_kept(
    project: Project, folder: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compiled could be of either."""
    monkeypatch.setattr(build, "FEW", 1)
    looks = iter(range(1000))
    monkeypatch.setattr(compiled, "folder_digest", lambda _: str(next(looks)))
    project.site().render(jobs=1)
    compilings.clear()
    monkeypatch.setattr(compiled, "folder_digest", lambda _: "0")

    project.site().render(force=True, jobs=1)

    assert "article.html" in compilings
    assert folder.is_dir()


@pytest.mark.usefixtures("folder")
def test_a_template_that_has_changed_is_compiled_again(project: Project, compilings: list[str]) -> None:
    """It alone, for the others are what they were."""
    project.write("templates/footer.html", "<footer>One</footer>\n")
    project.render()
    compilings.clear()
    project.write("templates/footer.html", "<footer>Two</footer>\n")

    project.render()

    assert compilings == ["footer.html"]
    assert "<footer>Two</footer>" in (project.root / "site/de/bridge.html").read_text("utf-8")


def written_by_others(file: Path) -> None:
    file.parent.chmod(0o777)


def a_file_for_all(file: Path) -> None:
    file.chmod(0o666)


def a_link(file: Path) -> None:
    elsewhere = file.parent.parent / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def a_linked_folder(file: Path) -> None:
    folder, elsewhere = file.parent, file.parent.parent / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def nonsense(file: Path) -> None:
    file.write_bytes(b"\xff\n[]")


@pytest.mark.parametrize("touch", [written_by_others, a_file_for_all, a_link, a_linked_folder, damaged, cut_off, nonsense])
def test_what_is_kept_is_not_believed_where_it_can_be_somebody_elses(
    project: Project, folder: Path, compilings: list[str], touch: object
) -> None:
    """It is code: it is run only from a folder that nobody else can write into, and only as we have written it."""
    project.render()
    (file,) = folder.iterdir()
    compilings.clear()
    touch(file)  # type: ignore[operator]  # one of those above

    outcome = project.site().render(force=True)

    assert "article.html" in compilings
    assert outcome.stopped == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_what_belongs_to_somebody_else_is_not_believed(project: Project, folder: Path, compilings: list[str]) -> None:
    """Nor is anything written there."""
    project.render()
    (file,) = folder.iterdir()
    os.chown(folder, 12345, 12345)
    compilings.clear()
    before = file.read_bytes()
    project.write("templates/footer.html", "<footer>Ours</footer>\n")

    project.render()

    assert "article.html" in compilings
    assert [one.read_bytes() for one in folder.iterdir()] == [before]


def test_where_there_is_no_home_templates_are_compiled(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user has none."""

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(compiled, "folder", nowhere)

    assert project.render().stopped == []


def test_the_oldest_of_many_sets_of_templates_goes(project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow for ever."""
    monkeypatch.setattr(compiled, "_MOST_FILES", 2)
    project.render()
    for name in ("older.bin", "oldest.bin"):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (1, 1 if name == "oldest.bin" else 2))
    project.write("templates/footer.html", "<footer>Ours</footer>\n")

    project.render()

    assert len(list(folder.glob("*.bin"))) == 2
    assert not (folder / "oldest.bin").exists()
