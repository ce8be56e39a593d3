"""Babel's own program works on a project of ours, and what it writes is kept."""

import gettext
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface

from a11ynews.po import PoEntry, PoFile, Previous
from a11ynews.translate import update
from project import GERMAN, RECORD, Project

DOCUMENT = Path(__file__).parents[1] / "docs" / "catalogs.md"
MAPPING = DOCUMENT.read_text("utf-8").partition("```ini\n")[2].partition("```")[0]
PO = "locales/de/LC_MESSAGES/bridge.po"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.record()
    made.write("babel.cfg", MAPPING)
    return made


def program(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as anybody runs it, in the project's folder."""
    command = [sys.executable, "-m", "babel.messages.frontend", *arguments]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)


@pytest.fixture
def pybabel(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the program does, in this process: to begin another one takes longer than all of it."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(project.root)
        monkeypatch.setattr(logging.getLogger("babel"), "handlers", [])  # it would go on to tell the test before
        capsys.readouterr()
        code = CommandLineInterface().run(["pybabel", *arguments])  # type: ignore[no-untyped-call]
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code or 0, told.out, told.err)

    return run


@pytest.fixture
def extract(project: Project, pybabel: Run) -> Callable[..., PoFile]:
    """… extracts a source, and gives the template."""

    def run(source: str, template: str, *options: str) -> PoFile:
        result = pybabel("extract", "-F", "babel.cfg", *options, "-o", template, source)

        assert result.returncode == 0, result.stderr
        return PoFile.read(project.root / template, template)

    return run


def catalog(project: Project) -> PoFile:
    return PoFile.read(project.root / PO, PO)


def fill(project: Project) -> None:
    po = catalog(project)
    for entry in po.live:
        entry.set_strings({0: GERMAN[entry.id]})
    po.write(project.root / PO)


def strings(entries: list[PoEntry]) -> dict[tuple[str, str], str]:
    return {entry.key: entry.strings[0] for entry in entries}


def test_pybabel_finds_what_our_own_update_finds(project: Project) -> None:
    """The same roles, words, lines and comments, in the same order."""
    result = program(project, "extract", "-F", "babel.cfg", "--no-wrap", "-o", "bridge.pot", "news/bridge/record.yaml")
    assert result.returncode == 0, result.stderr
    template = PoFile.read(project.root / "bridge.pot", "bridge.pot")
    update(project.site(), ["de"])
    ours = catalog(project)

    assert [(entry.key, entry.references) for entry in template.live] == [(entry.key, entry.references) for entry in ours.live]
    assert template.live[1].extracted == ours.live[1].extracted


def test_pybabel_finds_the_words_of_templates_with_jinjas_own_method(project: Project, extract: Callable[..., PoFile]) -> None:
    """With the comments for translators."""
    project.write(
        "templates/notice.html", '{# Translators: a button. #}\n{{ _("Subscribe") }} {% trans %}  Hi\n  there {% endtrans %}'
    )
    template = extract("templates", "a11ynews.pot", "-c", "Translators:", "-s")
    update(project.site(), ["de"])
    ours = PoFile.read(project.root / "locales/de/LC_MESSAGES/a11ynews.po", "a11ynews.po")

    assert [entry.id for entry in template.live] == ["Subscribe", "Hi there"]
    assert {entry.key for entry in template.live} <= {entry.key for entry in ours.live}
    assert template.live[0].extracted == ("a button.",)


def test_a_catalog_of_pybabels_is_translated_compiled_and_rendered(
    project: Project, pybabel: Run, extract: Callable[..., PoFile]
) -> None:
    """Extract, update, translate, compile: the compiled catalog has the words, and so has our page."""
    extract("news/bridge/record.yaml", "bridge.pot")
    begun = pybabel("init", "-i", "bridge.pot", "-d", "locales", "-D", "bridge", "-l", "de")
    fill(project)
    compiled = pybabel("compile", "-d", "locales", "-D", "bridge", "--statistics")
    project.render("de")
    words = gettext.translation("bridge", project.root / "locales", ["de"])

    assert (begun.returncode, compiled.returncode) == (0, 0), begun.stderr + compiled.stderr
    assert "8 of 8 messages (100%) translated" in compiled.stderr
    assert words.pgettext("headline", "The bridge is open") == "Die Brücke ist offen"
    assert "Die Bürgermeisterin durchschnitt mittags das Band." in project.read("site/de/bridge.html")


def test_our_update_loses_nothing_of_what_pybabel_wrote(project: Project, pybabel: Run, extract: Callable[..., PoFile]) -> None:
    """Nor does pybabel's of what we wrote: they can take turns."""
    extract("news/bridge/record.yaml", "bridge.pot")
    pybabel("init", "-i", "bridge.pot", "-d", "locales", "-D", "bridge", "-l", "de")
    fill(project)
    by_babel = catalog(project)
    update(project.site(), ["de"])
    ours = catalog(project)

    assert strings(ours.live) == strings(by_babel.live)
    assert ours.header == by_babel.header
    assert ours.entries[0].comments == by_babel.entries[0].comments
    assert not any(entry.fuzzy for entry in ours.live)
    assert ours.live[0].flags == ("max-length:110", "md-text")
    assert not any(updated.written for updated in update(project.site(), ["de"]).catalogs)

    project.record(
        RECORD.replace("at noon", "at nine").replace("The road", "A road").replace("  - heading: What comes next\n", "")
    )
    extract("news/bridge/record.yaml", "bridge.pot")
    result = pybabel("update", "--previous", "-i", "bridge.pot", "-d", "locales", "-D", "bridge", "-l", "de")
    after_babel = catalog(project)
    update(project.site(), ["de"])
    mended = catalog(project)

    assert result.returncode == 0, result.stderr
    assert strings(mended.live) == strings(after_babel.live)
    assert strings(mended.obsolete) == strings(after_babel.obsolete) == {("heading", "What comes next"): "Wie es weitergeht"}
    assert [(entry.id, entry.fuzzy, entry.previous) for entry in mended.live[-2:]] == [
        ("The mayor cut the ribbon at nine.", True, Previous("", "The mayor cut the ribbon at noon.")),
        ("A road will follow.", True, Previous("", "The road will follow.")),
    ]


def test_old_words_outlive_pybabel(project: Project, pybabel: Run, extract: Callable[..., PoFile]) -> None:
    """It makes comments of `#|` lines; our next update makes old words of them again, and sets our flags."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("The bridge is open", "Traffic flows once more"))
    update(project.site(), ["de"])
    before = catalog(project).live[0]
    extract("news/bridge/record.yaml", "bridge.pot")
    pybabel("update", "-i", "bridge.pot", "-d", "locales", "-D", "bridge", "-l", "de")
    between = catalog(project).live[0]
    update(project.site(), ["de"])
    after = catalog(project).live[0]

    assert (between.previous, between.comments) == (None, ('| msgctxt "headline"', '| msgid "The bridge is open"'))
    assert (after.previous, after.comments, after.strings, after.fuzzy) == (
        before.previous,
        (),
        {0: "Die Brücke ist offen"},
        True,
    )
    assert set(after.flags) == set(before.flags)


def test_a_faulty_record_ends_pybabel_with_its_place(project: Project) -> None:
    """Every fault in one line, and no traceback."""
    project.record(RECORD.replace("headline:", "headlin:"))

    result = program(project, "extract", "-F", "babel.cfg", "-o", "bridge.pot", "news/bridge/record.yaml")

    told = [line for line in result.stderr.splitlines() if line.startswith("news/bridge/record.yaml:")]
    assert [line.split(":")[1] for line in told] == ["1", "3"]
    assert "Traceback" not in result.stderr
    assert result.returncode == 1
