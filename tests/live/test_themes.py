"""The second theme in a browser: it is checked as thoroughly as ours."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from a11ynews.cli import main
from a11ynews.resources import TEMPLATES
from a11ynews.stylesheet import compact
from project import CONFIG, Project
from themes import GAZETTE, gazette


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project in the second theme, which has been rendered."""
    root = tmp_path_factory.mktemp("gazette")
    gazette(root).render()
    return root


def test_the_second_theme_passes_the_thorough_check(rendered: Path) -> None:
    """Axe, keyboard, layout, contrast and all: at each width, in light, dark and forced colours, on an article and on lists."""
    pages = [
        str(rendered / "site" / name) for name in ("de/tum-polimi-partnerschaft.html", "it/index.html", "index.html", "404.html")
    ]

    told = CliRunner().invoke(
        main, ["--config", str(rendered / "a11ynews.toml"), "check", "--thorough", "--workers", "1", *pages]
    )

    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("folder", [TEMPLATES, GAZETTE / "templates"], ids=["ours", "gazette"])
def test_a_style_sheet_that_was_made_small_is_the_same_one(page: Page, folder: Path) -> None:
    """For a browser: rule by rule, as it reads them."""
    sheet = (folder / "style.css").read_text("utf-8")
    read = """sheet => {
        const small = value => value.replace(/, /g, ",").replace(/(?<![\\w.])0(?=[.])/g, "");
        const value = (style, name) => (name.startsWith("--") ? small : String)(style.getPropertyValue(name));
        const told = (style, name) => [name, value(style, name), style.getPropertyPriority(name)];
        const rules = list => [...list].map(rule => [rule.cssText.split("{")[0],
            rule.cssRules?.length ? rules(rule.cssRules) : [...(rule.style ?? [])].map(name => told(rule.style, name))]);
        const read = new CSSStyleSheet();
        read.replaceSync(sheet);
        return rules(read.cssRules);
    }"""

    rules = page.evaluate(read, sheet)

    assert len(rules) > 50
    assert page.evaluate(read, compact(sheet)) == rules


def test_the_second_theme_sets_columns_where_there_is_room(page: Page, rendered: Path) -> None:
    """Two on a wide window, one on a narrow one, and never wider than the window."""
    page.goto((rendered / "site/en/tum-polimi-partnership.html").as_uri())
    for width, columns in ((1280, "2"), (320, "auto")):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("getComputedStyle(document.querySelector('.body')).columnCount") == columns
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("folder", [TEMPLATES, GAZETTE / "templates"], ids=["ours", "gazette"])
def test_a_long_word_makes_no_page_wider_than_the_window(page: Page, folder: Path, tmp_path: Path) -> None:
    """Wherever it stands, on an article and on lists; a table is scrolled by itself, and its columns keep their words whole."""
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    record = f"""\
language: en
published: 2026-05-04T09:00:00+02:00
kicker: {word}
headline: {word}
teaser: {word}
section: {word}
tags: [{word}]
location: {word}
authors: [{{name: {word}, role: {word}}}]
body:
  - list: [{word}]
  - info: {{heading: {word}, body: [{{paragraph: {word}}}]}}
  - table: {{caption: {word}, header: [{word}, b], rows: [[{word}, b]]}}
related: [{{text: {word}, url: "https://example.org/"}}]
"""
    project = Project(tmp_path, CONFIG.replace("lists.make = false", "lists.tags = 1").replace('"en", "de", "it"', '"en"'))
    shutil.copytree(folder, tmp_path / "templates")
    project.record(record)
    project.render()

    page.set_viewport_size({"width": 320, "height": 800})
    pages = sorted((tmp_path / "site/en").rglob("*.html"))
    assert len(pages) >= 4
    for file in pages:
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 320, file
    page.goto((tmp_path / "site/en/bridge.html").as_uri())
    assert page.evaluate("document.querySelector('th').offsetHeight < 60")
