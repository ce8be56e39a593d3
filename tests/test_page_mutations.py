"""The sample's pages, with one barrier at a time: the rule that is meant for it finds it, and finds nothing without it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from a11ynews.check import Settings, check, check_static
from a11ynews.guide import ALL, find
from a11ynews.page import Page
from a11ynews.report import Report
from a11ynews.rule import Rule
from a11ynews.rules import RULES
from a11ynews.targets import gather
from page_mutations import DOCUMENT, MUTATIONS, Mutation, Site_, rendered, table

STATIC = [mutation for mutation in MUTATIONS if not mutation.is_live]
LIVE = [mutation for mutation in MUTATIONS if mutation.is_live]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site_]:
    """The sample's site: its folder, and the files that can be changed."""
    folder = tmp_path_factory.mktemp("sample") / "site"
    return folder, rendered(folder)


def found(site: Site_, rules: Sequence[Rule[Any]] = RULES) -> set[str]:
    """Those of the rules that need no browser that find something on a site's pages."""
    report = Report()
    check_static([Page(path, content) for path, content in site.items() if path.endswith(".html")], report, rules)
    assert report.unfinished == []
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("mutation", STATIC, ids=lambda mutation: mutation.what)
def test_a_barrier_in_the_markup_is_found(mutation: Mutation, site: tuple[Path, Site_]) -> None:
    """By the rule that is meant for it, on a page that was changed; one that compares pages is shown them all."""
    meant = [rule for rule in RULES if rule.id in mutation.rules]
    changed = mutation.applied(site[1])
    alone = {path: content for path, content in changed.items() if content != site[1][path]}

    assert found(alone if all(rule.on is Page for rule in meant) else changed, meant)


@pytest.mark.parametrize("mutation", LIVE, ids=lambda mutation: mutation.what)
def test_a_barrier_that_only_a_browser_shows_is_found(mutation: Mutation, site: tuple[Path, Site_]) -> None:
    """In the cell that is meant for it, by one of its rules alone, so that this is quick."""
    folder, files = site
    changed = mutation.applied(files)
    page = next(path for path in changed if path.startswith("de/") and path.endswith(".html"))
    try:
        for path, content in changed.items():
            (folder / path).write_text(content, "utf-8")
        cells = [(1280, "dark" if "dark" in mutation.what else "light", False)]
        settings = Settings(only=frozenset(mutation.rules), profile="thorough", cells=cells)
        is_compared = any(rule.endswith("-parity") for rule in mutation.rules)
        report = check(gather([str(folder if is_compared else folder / page)]), settings)
    finally:
        for path, content in files.items():
            (folder / path).write_text(content, "utf-8")

    assert [str(one) for one in report.unfinished] == []
    assert {finding.rule for finding in report.findings} & set(mutation.rules)


def test_nothing_is_found_without_a_barrier(site: tuple[Path, Site_]) -> None:
    """But the seed's “und” on the English page, which stands as it was published."""
    assert found(site[1]) == {"stray-word"}


def test_every_mutation_names_rules_that_there_are() -> None:
    """And there are at least sixty of them, each of its own kind."""
    names = {rule for mutation in MUTATIONS for rule in mutation.rules}

    assert len(MUTATIONS) >= 60
    assert len({mutation.what for mutation in MUTATIONS}) == len(MUTATIONS)
    assert [name for name in sorted(names) if not name.startswith("axe/") and find(name) is None] == []
    assert len(ALL) > len(names)


def test_the_table_in_the_document_is_true() -> None:
    """`python tests/page_mutations.py` writes it anew."""
    assert table() in DOCUMENT.read_text("utf-8")
