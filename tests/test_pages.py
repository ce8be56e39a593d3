"""The sample's pages in a real browser: axe in every width and colour scheme; and the same look finds what is broken."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.check import check_static
from a11ynews.config import load
from a11ynews.finding import Severity
from a11ynews.found import read_pages
from a11ynews.live import axe
from a11ynews.live.server import serving
from a11ynews.page import Page
from a11ynews.report import Report
from a11ynews.site import Site
from a11ynews.suppress import honour
from a11ynews.targets import Targets

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "de", "it")
WIDTHS = (320, 1280)
COLOURS = (("light", "none"), ("dark", "none"), ("light", "active"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, rendered."""
    out = tmp_path_factory.mktemp("sample") / "site"
    outcome = Site(load(ROOT / "a11ynews.toml"), out).render(strict=True)

    assert outcome.stopped == []
    assert len(outcome.written) == 3
    return out


@pytest.fixture(scope="session")
def all_pages(site: Path) -> list[Page]:
    """Its pages, with their traces: the articles, the lists of them, and those that belong to no language."""
    return read_pages([site], str).pages


@pytest.fixture(scope="session")
def pages(site: Path, all_pages: list[Page]) -> dict[str, Page]:
    """The pages of its article by their language."""
    by_name = {page.name: page for page in all_pages}
    return {language: by_name[str(page_of(site, language))] for language in LANGUAGES}


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample is served."""
    with serving(site) as base:
        yield base


def page_of(site: Path, language: str) -> Path:
    """The page of the article; beside it stands the list of all articles."""
    (article,) = (file for file in (site / language).glob("*.html") if file.name not in ("index.html", "404.html"))
    return article


def violations(page: BrowserPage) -> set[str]:
    outcome = axe.run(page, choice=axe.Choice(best_practices=True))

    assert outcome.unfinished == ()
    assert len(outcome.rules) > 60, "a run of few rules would prove little"
    return {node.rule for node in outcome.nodes if node.severity is not Severity.REVIEW}


def look(page: BrowserPage, width: int = 1280, colours: tuple[str, str] = ("light", "none")) -> None:
    scheme, forced = colours
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]  # the table holds their words


@pytest.mark.parametrize("colours", COLOURS, ids=("light", "dark", "forced colours"))
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    page: BrowserPage, site: Path, address: str, language: str, width: int, colours: tuple[str, str]
) -> None:
    """Every WCAG 2.2 A and AA rule and the best practices, at both widths, in every colour scheme."""
    look(page, width, colours)
    page.goto(f"{address}/{language}/{page_of(site, language).name}")

    assert violations(page) == set()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways (WCAG 1.4.10)"


def drop_alt(html: str) -> str:
    return re.sub(r' alt="[^"]*"', "", html, count=1)


def drop_language(html: str) -> str:
    return html.replace('<html lang="de" dir="ltr">', "<html>")


def skip_a_level(html: str) -> str:
    return html.replace("<h2>", "<h4>", 1).replace("</h2>", "</h4>", 1)


def fade_the_text(html: str) -> str:
    return html.replace("</head>", "<style>.teaser{color:#bbb}</style></head>")


def fade_in_the_dark_only(html: str) -> str:
    return html.replace("</head>", "<style>@media (prefers-color-scheme:dark){.teaser{color:#333}}</style></head>")


def invent_a_language(html: str) -> str:
    return html.replace(' lang="it" translate', ' lang="xx-invented" translate', 1)


@pytest.mark.parametrize(
    ("broken", "colours", "rule"),
    [
        pytest.param(drop_alt, COLOURS[0], "image-alt", id="alt"),
        pytest.param(drop_language, COLOURS[0], "html-has-lang", id="lang"),
        pytest.param(invent_a_language, COLOURS[0], "valid-lang", id="lang of a part"),
        pytest.param(skip_a_level, COLOURS[0], "heading-order", id="heading"),
        pytest.param(fade_the_text, COLOURS[0], "color-contrast", id="colour"),
        pytest.param(fade_in_the_dark_only, COLOURS[1], "color-contrast", id="colour in the dark"),
    ],
)
def test_axe_finds_what_is_broken(
    page: BrowserPage, site: Path, address: str, broken: Callable[[str], str], colours: tuple[str, str], rule: str
) -> None:
    """The look that finds nothing on the good page finds each of these, so it is no blind one."""
    file = page_of(site, "de")
    good = file.read_text("utf-8")
    bad = broken(good)
    assert bad != good, "the page no longer has what this test breaks"
    page.route(f"**/{file.name}", lambda route: route.fulfill(body=bad, content_type="text/html; charset=utf-8"))

    look(page, 1280, colours)
    page.goto(f"{address}/de/{file.name}")

    assert rule in violations(page)


def test_a_fault_in_the_dark_is_no_fault_in_the_light(page: BrowserPage, site: Path, address: str) -> None:
    """The colour schemes are really looked at one by one."""
    file = page_of(site, "de")
    bad = fade_in_the_dark_only(file.read_text("utf-8"))
    page.route(f"**/{file.name}", lambda route: route.fulfill(body=bad, content_type="text/html; charset=utf-8"))

    look(page)
    page.goto(f"{address}/de/{file.name}")

    assert violations(page) == set()


def test_the_static_rules_find_nothing(site: Path, all_pages: list[Page]) -> None:
    """… but the “und” in an English sentence, at its line in the record, where a comment says why it stands there."""
    report = Report()
    check_static(all_pages, report)
    honour(report, Targets(by_root={site: all_pages}), ROOT)
    record = "news/2022/tum-polimi-partnership/record.yaml"
    lines = (ROOT / record).read_text("utf-8").splitlines()

    assert [page.name for page in report.pages] == [page.name for page in all_pages]
    assert [finding.rule for finding in report.findings] == ["stray-word"]
    (known,) = report.findings
    source = known.place.source
    assert source is not None
    assert source.file == record
    assert "PoliMi und TUM" in lines[source.line]  # the folded text begins on the line after its key
    assert known.known is not None
    assert (known.known.by, known.known.where) == ("comment", f"{record}:{source.line - 1}")
    assert "published" in known.known.reason


def test_every_word_of_the_sample_has_its_line(all_pages: list[Page], pages: dict[str, Page]) -> None:
    """For each text node and each text attribute: a file that is there, and in its line what the page says."""
    articles = list(pages.values())
    # A list and a page for errors in each language, the page at the root, and the one for errors there.
    assert len(all_pages) == 2 + 3 * len(articles)
    for page in all_pages:
        seen = 0
        for words in page.words:
            source = page.source_of(words)
            if not re.search(r"\w", words.words) or (words.attribute == "content" and words.origin is None):
                continue  # a dash typed between two texts; an address or a number in the metadata
            seen += 1
            assert source is not None, words.words
            line = (ROOT / source.file).read_text("utf-8").splitlines()[source.line - 1]
            assert words.origin is not None, f"{words.words!r} is typed into {source}, and no translator can reach it"
            assert line.strip(), f"{source}: an empty line cannot hold {words.words!r}"
        assert seen > (60 if page in articles else 10), page.name


def test_words_stand_in_the_lines_that_they_name(pages: dict[str, Page]) -> None:
    """Not any line, the right one: the alt of each language's first picture."""
    expected = {"en": "Two representatives of the two", "de": "Eine Vertreterin und ein", "it": "Una rappresentante e un"}
    for language, words in expected.items():
        page = pages[language]
        alt = next(found for found in page.words if found.attribute == "alt")
        source = page.source_of(alt)

        assert alt.words.startswith(words)
        assert source is not None
        lines = (ROOT / source.file).read_text("utf-8").splitlines()
        assert words in "".join(lines[source.line - 1 : source.line + 2])


def test_the_sample_page_is_small(site: Path) -> None:
    """HTML and style sheet of an article stay under 20 KB."""
    sheet = sum(file.stat().st_size for file in (site / "assets").glob("*.css"))

    assert {language: page_of(site, language).stat().st_size + sheet < 20_000 for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, True
    )


def test_rendering_twice_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """The same input, the same site."""
    again = tmp_path / "site"
    Site(load(ROOT / "a11ynews.toml"), again).render()

    def contents(folder: Path) -> dict[str, bytes]:
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert contents(again) == contents(site)


def test_keyboard_users_skip_to_the_article(page: BrowserPage, site: Path, address: str) -> None:
    """The first Tab shows the skip link, Enter leads into main (WCAG 2.4.1, 2.4.7)."""
    page.goto(f"{address}/it/{page_of(site, 'it').name}")
    page.keyboard.press("Tab")
    link = page.locator(".skip")

    assert link.evaluate("e => e === document.activeElement")
    box = link.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert box["height"] >= 24

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_nothing_runs_and_nothing_comes_from_elsewhere(page: BrowserPage, site: Path, address: str) -> None:
    """No script, and every file is the site's own."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address}/en/{page_of(site, 'en').name}")
    kinds = page.eval_on_selector_all("script", "all => all.map(one => one.type)")

    assert kinds == ["application/ld+json"]
    assert all(url.startswith(address) for url in requests)
