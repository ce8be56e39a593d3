"""Themes: the design tokens, a theme built as a user would build it, and templates that break what every page needs."""

import re
import shutil
from pathlib import Path

import pytest

from a11ynews.check import Settings, check
from a11ynews.resources import TEMPLATES
from a11ynews.site import Outcome
from a11ynews.stylesheet import compact
from a11ynews.targets import gather
from project import GERMAN, RECORD, Project
from themes import GAZETTE, ROOT, gazette

THEMES = ROOT / "docs" / "themes.md"
ITALIAN = dict.fromkeys(GERMAN, "Parole italiane per la prova") | {"Anna Huber": "Anna Huber"}


# -- tokens ------------------------------------------------------------------------------------------------------------


def tokens(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """The custom properties of a style sheet: as they are, and in dark mode."""
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    read = [dict(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in (light, dark)]
    return read[0], read[1]


def test_the_table_of_tokens_is_that_of_the_style_sheet() -> None:
    """docs/themes.md names every custom property with its value, and that of dark mode."""
    rows = re.findall(r"^\| `(--[\w-]+)` \| `([^|]+)` \| (?:`([^|]+)`)? ?\|", THEMES.read_text("utf-8"), re.MULTILINE)
    light, dark = tokens((TEMPLATES / "style.css").read_text("utf-8"))

    assert {name: value for name, value, _ in rows} == light
    assert {name: value for name, _, value in rows if value} == dark


def test_every_token_is_used() -> None:
    """A property that nothing goes by would be changed in vain; one that is not there would be nothing."""
    sheet = (TEMPLATES / "style.css").read_text("utf-8")

    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) == set(tokens(sheet)[0])


def test_a_small_change_needs_no_sheet_of_its_own(tmp_path: Path) -> None:
    """What is in theme.css stands behind the packaged style sheet, in the same file; of a file's mark, nothing is left."""
    project = Project(tmp_path)
    project.record()
    project.write("templates/theme.css", "\ufeff/* Plum. */\n:root { --accent: #7a1f5c; }\n")
    project.render("en")
    (sheet,) = (tmp_path / "site" / "assets").glob("*.css")

    packaged = compact((TEMPLATES / "style.css").read_text("utf-8")).strip()
    assert sheet.read_text("utf-8") == packaged + ":root{--accent: #7a1f5c}\n"
    assert f"assets/{sheet.name}" in project.read("site/en/bridge.html")


# -- a theme of one's own ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Outcome]:
    """The sample in the second theme, rendered strictly, and what came of that."""
    project = gazette(tmp_path_factory.mktemp("gazette"))
    return project, project.render(strict=True)


def test_the_second_theme_is_built_as_a_user_would(second: tuple[Project, Outcome]) -> None:
    """It replaces packaged files by their names, has its own words translated, and renders the sample in three languages."""
    project, outcome = second

    own = {path.relative_to(GAZETTE / "templates").as_posix() for path in (GAZETTE / "templates").rglob("*") if path.is_file()}
    packaged = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}
    assert own <= packaged
    assert outcome.stopped == []
    assert {path.partition("/")[0] for path in outcome.written} == {"en", "de", "it"}
    assert "Eine Zeitung von TUM Brussels" in project.read("site/de/tum-polimi-partnerschaft.html")


def test_the_second_theme_passes_the_static_check(second: tuple[Project, Outcome]) -> None:
    """Without a finding that gates or warns, on any page."""
    project, _ = second

    # One word of the sample's record is German on purpose, as it was in the news that it is taken from.
    assert [told for told in findings(project) if told[1] != "review" and not told[2].startswith("news/")] == []


def test_the_second_theme_knows_the_same_tokens() -> None:
    """What is changed in theme.css for ours is changed for it, too: colours, fonts and the width."""
    light, dark = tokens((GAZETTE / "templates" / "style.css").read_text("utf-8"))
    ours, _ = tokens((TEMPLATES / "style.css").read_text("utf-8"))

    assert set(light) <= set(ours)
    assert {"--paper", "--ink", "--quiet", "--rule", "--accent", "--tint", "--focus"} == set(dark)


# -- templates that break something ------------------------------------------------------------------------------------


def findings(project: Project) -> list[tuple[str, str, str]]:
    """What the static check finds: rule, severity and the place where it is to be mended."""
    report = check(gather([str(project.root / "site")]), Settings(browser=False))
    assert report.unfinished == []
    return [
        (found.rule, str(found.severity), f"{source.file}:{source.line}" if (source := found.place.source) else found.place.page)
        for found in report.findings
    ]


BROKEN = {
    "words typed into a template": ("notice.html", "", "<p>Read all about it</p>\n", "untranslatable-text"),
    "a name for voices typed into a template": (
        "header.html",
        'aria-label="{{ _("Languages").plain }}"',
        'aria-label="Languages of this page"',
        "untranslatable-text",
    ),
    "a text without its provenance": (
        "article.html",
        "<h1>{{ article.headline }}",
        "<h1>{{ article.headline.words }}",
        "untranslatable-text",
    ),
    "a text that a filter makes from bare words": (
        "article.html",
        '<p class="teaser">{{ article.teaser }}',
        '<p class="teaser">{{ article.teaser.words|upper }}',
        "untranslatable-text",
    ),
    "a text turned round": (
        "article.html",
        '<p class="teaser">{{ article.teaser }}',
        '<p class="teaser">{{ article.teaser.words|reverse }}',
        "untranslatable-text",
    ),
    "an alt without its provenance": ("picture.html", "picture.alt.plain", "picture.alt.words", "untranslatable-text"),
    "no alt": ("picture.html", ' alt="{% if picture.alt %}{{ picture.alt.plain }}{% endif %}"', "", "alt-missing"),
    "an empty alt": ("picture.html", "{% if picture.alt %}{{ picture.alt.plain }}{% endif %}", "", "alt-empty"),
    "an alt that is the file's name": (
        "picture.html",
        "{% if picture.alt %}{{ picture.alt.plain }}{% endif %}",
        "{{ picture.image.src }}",
        "alt-file-name",
    ),
    "no language of the page": ("base.html", ' lang="{{ page.language }}"', "", "html-lang"),
    "no title": ("base.html", "<title>{% block title %}{{ site.name.plain }}{% endblock %}</title>", "", "page-title"),
    "a skip link that leads nowhere": ("base.html", 'href="#content"', 'href="#main"', "skip-link-target"),
    "no zoom": ("base.html", "initial-scale=1", "initial-scale=1, user-scalable=no", "viewport-zoom"),
    "an order of its own for the keyboard": (
        "header.html",
        '<nav class="languages"',
        '<nav tabindex="5" class="languages"',
        "tab-order",
    ),
    "an id twice": ("footer.html", '<footer class="imprint"', '<footer id="content" class="imprint"', "id-unique"),
    "a table without headers": ("blocks/table.html", '<th scope="col">{{ cell }}</th>', "<td>{{ cell }}</td>", "table-headers"),
    "a role that is none": ("header.html", '<nav class="languages"', '<nav role="langs" class="languages"', "role-valid"),
    "a label of nothing": ("closing.html", 'aria-labelledby="related"', 'aria-labelledby="related-links"', "id-reference"),
    "a film without captions": ("blocks/video.html", 'kind="captions"', 'kind="metadata"', "video-captions"),
}


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with all that a template can break, half of it translated."""
    config = 'name = "Test News"\nbase_url = "https://news.example.org/"\nlanguages = ["en", "de", "it"]\n'
    project = Project(tmp_path_factory.mktemp("broken"), config)
    project.write("news/bridge/f.mp4", b"film")
    project.write("news/bridge/c.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    project.record(
        RECORD
        + """\
  - table: {caption: Traffic, header: [Year, Cars], rows: [["2025", "10"], ["2026", "12"]]}
  - video: {file: f.mp4, title: The speech, captions: c.vtt, transcript: Hello.}
related:
  - {text: The town of the bridge, url: "https://town.example/"}
"""
    )
    project.translate("de", {words: said for words, said in GERMAN.items() if not words.startswith("After two")})
    project.translate("it", ITALIAN)
    return project


@pytest.mark.parametrize(("file", "sound", "broken", "rule"), BROKEN.values(), ids=BROKEN)
def test_what_a_template_breaks_is_found_at_its_line(dressed: Project, file: str, sound: str, broken: str, rule: str) -> None:
    """A theme that drops where texts come from, alternative texts, languages, titles and the like is told where it does so."""
    packaged = (TEMPLATES / file).read_text("utf-8")
    assert sound in packaged
    shutil.rmtree(dressed.root / "templates", ignore_errors=True)
    dressed.write(f"templates/{file}", packaged.replace(sound, broken, 1) if sound else broken)
    dressed.render()

    told = {place for found, _, place in findings(dressed) if found == rule}
    assert [place for place in told if place.startswith(f"templates/{file}:")], told


@pytest.mark.parametrize(
    "cut", ["article.teaser[:20]", "article.teaser|first", "article.teaser|list|first", "article.teaser|reverse"]
)
def test_a_text_that_is_cut_in_two_is_told_at_its_line(dressed: Project, cut: str) -> None:
    """What follows would be taken for a part of it: the page is not made."""
    shutil.rmtree(dressed.root / "templates", ignore_errors=True)
    packaged = (TEMPLATES / "article.html").read_text("utf-8")
    line = packaged[: packaged.index("{{ article.teaser }}")].count("\n") + 1
    dressed.write("templates/article.html", packaged.replace("{{ article.teaser }}", f"{{{{ {cut} }}}}"))
    outcome = dressed.render("en")

    assert [(fault.file, fault.line) for fault in outcome.stopped] == [("templates/article.html", line)]
    assert outcome.stopped[0].message.startswith("a text is cut in two here")


@pytest.mark.parametrize(
    "kept", ["upper", "striptags", "trim", "title", "truncate(20)", "capitalize", "replace('a', 'o')", "safe"]
)
def test_filters_keep_where_a_text_comes_from(dressed: Project, kept: str) -> None:
    """Jinja's own filters may change a text: its language is declared, and nothing is taken for typed into the template."""
    shutil.rmtree(dressed.root / "templates", ignore_errors=True)
    packaged = (TEMPLATES / "article.html").read_text("utf-8")
    dressed.write("templates/article.html", packaged.replace("{{ article.teaser }}", f"{{{{ article.teaser|{kept} }}}}"))
    dressed.render()

    assert '<p lang="en" class="teaser">' in dressed.read("site/de/bridge.html")
    assert not [told for told in findings(dressed) if told[0] == "untranslatable-text"]
