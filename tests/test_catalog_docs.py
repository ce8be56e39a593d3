"""The pages about catalogs say what the code does, the same in every language."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from a11ynews.cli import main
from a11ynews.messages import DOMAIN
from a11ynews.po import PoFile
from a11ynews.rules import CATALOG_RULES
from a11ynews.rules.catalog_file import ignores
from a11ynews.rules.ignore import Ignore
from a11ynews.translate import update
from project import Project

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [DOCS / f"translators{language}.md" for language in ("", ".de", ".it")]
CATALOGS = DOCS / "catalogs.md"

_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(document: Path, kind: str) -> list[str]:
    return [match[2] for match in _BLOCK.finditer(document.read_text("utf-8")) if match[1] == kind]


def components() -> list[dict[str, Any]]:
    return list(json.loads((DOCS / "weblate-components.json").read_text("utf-8")))


def catalogs() -> list[str]:
    """The catalogs of a site; what the checker says stands beside them in this checkout alone."""
    found = [path for path in (ROOT / "locales").rglob("*.po") if path.stem != DOMAIN]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_a_page_shows_an_entry_as_an_update_writes_it(document: Path, tmp_path: Path) -> None:
    """Line by line, but for the translation."""
    project = Project(tmp_path)
    project.record()
    update(project.site(), ["de"])
    shown = blocks(document, "po")[0].rpartition("msgstr ")[0]

    assert shown in project.read("locales/de/LC_MESSAGES/bridge.po")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_a_comment_that_keeps_a_check_quiet_is_one(document: Path) -> None:
    """With a rule that there is, and a reason."""
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (entry,) = PoFile.parse(header + blocks(document, "po")[1], "de.po").live
    (said,) = ignores(entry)

    assert isinstance(said, Ignore)
    assert set(said.rules) <= {rule.id for rule in CATALOG_RULES}


def test_the_pages_are_translations_of_one_another() -> None:
    """They have the same sections, points, examples and links to one another."""
    shapes = []
    for document in PAGES:
        text = document.read_text("utf-8")
        marks = [line[:2] for line in text.splitlines() if line.startswith(("# ", "##", "- ", "``", "#.", "ms"))]
        shapes.append(
            (marks, set(re.findall(r"`a11ynews [a-z ]+`", text)), set(re.findall(r"\((translators|catalogs)[.\w]*", text)))
        )

    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("document", [*PAGES, CATALOGS], ids=lambda document: document.name)
def test_every_command_of_a_page_is_there(document: Path) -> None:
    """With each of its options."""
    for words in re.findall(r"(?:^\$ |&& |`)a11ynews ((?:[a-z]+ ?)+(?:--?[a-z-]+)?)", document.read_text("utf-8"), re.MULTILINE):
        command: Any = main
        for word in words.split():
            if word.startswith("-"):
                assert word in [option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)]
            elif hasattr(command, "commands"):
                assert word in command.commands, f"a11ynews {words}"
                command = command.commands[word]


@pytest.mark.parametrize("document", [*PAGES, CATALOGS], ids=lambda document: document.name)
def test_every_link_of_a_page_leads_somewhere(document: Path) -> None:
    """To a file beside it, and to a heading in it."""
    for file, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", _CODE.sub("", document.read_text("utf-8"))):
        target = document if not file else document.parent / file
        headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE) if target.suffix == ".md" else []

        assert target.is_file(), file
        assert not anchor or anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


# What Weblate 2026.10.1 can be told of a component, as far as it concerns catalogs.
FIELDS = {
    *("name", "slug", "vcs", "repo", "push", "branch", "repoweb", "filemask", "file_format", "file_format_params"),
    *("language_regex", "new_lang", "inherit_new_lang", "allow_translation_propagation", "enforced_checks"),
    *("inherit_enforced_checks", "merge_style", "push_on_commit"),
}


def test_weblates_components_are_the_samples_catalogs() -> None:
    """Each mask finds a catalog in every language, and together they find all."""
    found = [path.relative_to(ROOT).as_posix() for component in components() for path in sorted(ROOT.glob(component["filemask"]))]

    assert sorted(found) == catalogs()
    assert len(found) == len(set(found)) > 0


def test_weblates_components_say_what_weblate_understands() -> None:
    """Known names; no settings of the repository in one that is linked to another's; flags of ours enforced."""
    first, *others = components()

    assert all(component.keys() <= FIELDS for component in components())
    assert all(component["repo"] == f"weblate://news/{first['slug']}" for component in others)
    assert not any({"push_on_commit", "merge_style", "push", "branch"} & component.keys() for component in others)
    assert all("max-length" in component["enforced_checks"] for component in components())
    assert not any(component["allow_translation_propagation"] for component in components())


def test_weblates_discovery_finds_every_catalog() -> None:
    """With its language and the record's id; the pseudo-locales are none."""
    discovery = json.loads((DOCS / "weblate-discovery.json").read_text("utf-8"))
    matches = [re.fullmatch(discovery["match"], path) for path in catalogs()]

    assert all(matches)
    assert {match["language"] for match in matches if match} == {"de", "it"}
    assert {match["component"] for match in matches if match} == {component["slug"] for component in components()}
    assert [tag for tag in ("de", "de_AT", "en_XA", "ar_XB") if re.match(discovery["language_regex"], tag)] == ["de", "de_AT"]
