"""Pictures of elements: what they show, of what there is none, and that they never matter to a check."""

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Page as BrowserPage

from a11ynews.check import Settings, check
from a11ynews.cli import main
from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.live import portrait
from a11ynews.live.portrait import Portraits, shots_of, take, take_all
from a11ynews.page import Page
from a11ynews.report import Report
from a11ynews.targets import gather

MAGENTA = (214, 0, 108)
HTML = """<!doctype html><html lang="en"><head><title>Test</title><style>
  body { margin: 0; background: #fff } div { background: #008080 }
  #small { width: 50px; height: 20px; margin: 300px 0 0 500px }
  #tall { width: 100px; height: 5000px } #wide { width: 3000px; height: 30px }
  #large { width: 1100px; height: 500px; margin: 30px }
  #hidden { visibility: hidden } #none { display: none } #clear { opacity: 0 } #away { position: absolute; left: -9999px }
  #flat { height: 0 } #far { margin-top: 4000px; height: 40px; width: 40px }
</style></head><body><div id="small"></div><div id="large">Large</div><div id="tall">Tall</div><div id="wide">Wide</div>
<div id="hidden">Hidden</div><div id="none">None</div><div id="clear">Clear</div><div id="away">Away</div><div id="flat"></div>
<details><summary>More</summary><div id="folded">Folded</div></details><div id="far"></div>
<section id="host"></section><iframe id="frame" title="Inner" srcdoc="<p style='background: #808000'>Inner</p>"></iframe>
<script>host.attachShadow({mode: "open"}).innerHTML = "<b style='background: #800080'>Shadow</b>"</script></body></html>"""


@pytest.fixture
def opened(page: BrowserPage) -> BrowserPage:
    """The page, open."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.set_content(HTML)
    page.frame_locator("#frame").locator("p").wait_for()
    return page


def at(id: str) -> Place:
    """Where an element of the page is."""
    page = Page("a.html", HTML)
    (element,) = page.with_id[id]
    return page.locate(element)


def image(png: bytes) -> Image.Image:
    """A PNG, read."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def colours(png: bytes) -> set[tuple[int, ...]]:
    """The colours in a picture."""
    return {colour for _count, colour in image(png).getcolors(100_000) or ()}  # type: ignore[misc]


def outline(png: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the line around the element."""
    shown = image(png)
    points = [(x, y) for x in range(shown.width) for y in range(shown.height) if shown.getpixel((x, y)) == MAGENTA]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def test_an_element_is_shown_in_its_surroundings_with_a_line_around_it(opened: BrowserPage) -> None:
    """In the middle, with room beside it; the line leaves the element itself free."""
    before = opened.content()
    png = take(opened, at("small"))
    left, top, right, bottom = outline(png)

    assert image(png).size == (320, 160)
    assert (right - left + 1, bottom - top + 1) == (60, 30)
    assert image(png).getpixel((160, 80)) == (0, 128, 128)
    assert opened.content() == before


def test_a_large_element_is_shown_whole_and_smaller(opened: BrowserPage) -> None:
    """All four sides of the line can be seen."""
    png = take(opened, at("large"))
    left, top, right, bottom = outline(png)

    assert image(png).width == 600
    assert left > 0
    assert top > 0
    assert right < image(png).width - 1
    assert bottom < image(png).height - 1


@pytest.mark.parametrize("id", ["tall", "wide", "far"])
def test_no_picture_is_larger_than_can_be_shown(opened: BrowserPage, id: str) -> None:
    """Of what is larger than the window there is the beginning."""
    png = take(opened, at(id))

    assert image(png).width <= 600
    assert image(png).height <= 400
    assert {MAGENTA, (0, 128, 128)} <= colours(png)


@pytest.mark.parametrize("id", ["hidden", "none", "clear", "away", "flat", "folded"])
def test_of_what_nobody_sees_there_is_no_picture(opened: BrowserPage, id: str) -> None:
    """Hidden in whichever way."""
    assert take(opened, at(id)) == b""


@pytest.mark.parametrize(
    ("selector", "html", "colour"),
    [("#frame >>> p", "<p style='background: #808000'>", (128, 128, 0)), ("#host >>> b", "<b>", (128, 0, 128))],
)
def test_elements_in_frames_and_shadow_roots_are_found(
    opened: BrowserPage, selector: str, html: str, colour: tuple[int, int, int]
) -> None:
    """Their selectors lead through what they stand in."""
    assert {MAGENTA, colour} <= colours(take(opened, Place("a.html", 0, selector, html)))


@pytest.mark.parametrize(
    ("selector", "html"),
    [
        ("#small", "<p id=small>"),
        ("#small", '<div id="other">'),
        ("#small", '<div id="small" title="…" lang="de">'),
        ("#gone", "<div>"),
        ("#gone >>> p", "<p>"),
        ("#small >>> p", "<p>"),
        ("p:::", "<p>"),
        ("main:nth-of-type(", "<p>"),
    ],
)
def test_of_another_element_in_its_place_there_is_no_picture(opened: BrowserPage, selector: str, html: str) -> None:
    """A script may have put it there; a wrong picture is worse than none."""
    assert take(opened, Place("a.html", 0, selector, html)) == b""


def test_values_that_are_cut_are_compared_as_far_as_they_go(opened: BrowserPage) -> None:
    """A start tag is cut short in a report."""
    opened.evaluate("small.setAttribute('lang', 'en-' + 'x'.repeat(90))")

    assert take(opened, Place("a.html", 0, "#small", f'<div id="small" lang="en-{"x" * 76}…">'))
    assert not take(opened, Place("a.html", 0, "#small", f'<div id="small" lang="de-{"x" * 76}…">'))


# -- those of a report -------------------------------------------------------------------------------------------------


def found(id: str, rule: str = "r", page: str = "a.html", **more: object) -> Finding:
    """A finding at an element of the page."""
    return replace(Finding(rule, Severity.ERROR, "m; n", replace(at(id), page=page)), **more)  # type: ignore[arg-type]


def taken(report: Report, page: BrowserPage, *names: str, dress: Callable[[str], None] = lambda _cell: None) -> Portraits:
    """The pictures of a report, after the pages were passed by."""
    portraits = Portraits(report)
    for name in names or ("a.html",):
        assert pass_by(portraits, page, name, dress)
    return portraits


def pass_by(
    portraits: Portraits, page: BrowserPage, name: str = "a.html", dress: Callable[[str], None] = lambda _cell: None
) -> bool:
    """Take the pictures that are wanted of a page; whether the browser did not fail at it."""
    wanted = portraits.wanted(name)
    done = take_all(page, shots_of(wanted), dress, nullcontext)
    portraits.take_in(wanted, done)
    return done.is_whole


def test_there_is_one_picture_of_a_defect(opened: BrowserPage) -> None:
    """Not one of each page; where it is hidden on the first, the next may show it."""
    source = Birthplace("templates/base.html", 4, 1, Owner.WEB_TEAM, "template base.html div")
    pages = ["a.html", "b.html", "c.html"]
    report = Report(findings=[found("small", page=page) for page in pages])
    report.findings += [found("small", "of-ours", page, place=replace(at("small"), page=page, source=source)) for page in pages]
    taken(report, opened, *pages)

    assert list(report.pictures) == [("r", report.findings[0].place), ("of-ours", report.findings[3].place)]

    opened.evaluate("small.hidden = true")
    hidden = Report(findings=[found("small", page=page) for page in pages])
    portraits = taken(hidden, opened, "a.html")
    opened.evaluate("small.hidden = false")
    pass_by(portraits, opened, "b.html")
    assert list(hidden.pictures) == [("r", hidden.findings[1].place)]


def test_an_element_is_shown_in_the_first_cell_that_it_was_found_in(opened: BrowserPage) -> None:
    """Where it makes no difference, in the usual one."""
    worn: list[str] = []
    report = Report(findings=[found("small", cells=("320 px, dark", "320 px, light")), found("large")])
    taken(report, opened, dress=worn.append)

    assert worn == ["320 px, dark", ""]
    assert len(report.pictures) == 2


def test_pages_and_what_has_no_place_have_no_picture(opened: BrowserPage) -> None:
    """Outlined, they would say nothing."""
    places = [Place("a.html"), Place("a.html", 1, "html", "<html>"), Place("a.html", 1, "head > title", "<title>")]
    report = Report(
        findings=[Finding("r", Severity.ERROR, "m; n", place) for place in [*places, Place("a.html", 1, "body", "<body>")]]
    )
    taken(report, opened)

    assert report.pictures == {}


def test_there_are_only_so_many_and_the_rest_is_counted(opened: BrowserPage) -> None:
    """Of a rule, whatever else there is."""
    many = [found("small", place=Place("a.html", 1, "#small", f"<div class=c{n}>")) for n in range(20)]
    report = Report(findings=[replace(many[0], rule="late", severity=Severity.REVIEW), *many])
    portraits = taken(report, opened)

    assert [report.findings.index(one) for one in report.findings if (one.rule, one.place) in report.pictures] == list(range(13))
    assert portraits.note() == "8 defects have no picture, because a report holds only so many"
    assert Portraits(Report()).note() is None


def test_what_weighs_most_comes_first(opened: BrowserPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whichever order it was found."""
    monkeypatch.setattr(portrait, "_MOST", 1)
    report = Report(findings=[found("small", "late", severity=Severity.REVIEW), found("large", "early")])
    taken(report, opened)

    assert [rule for rule, _place in report.pictures] == ["early"]


def test_pictures_together_are_only_so_large(opened: BrowserPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the one that goes beyond that there is none."""
    monkeypatch.setattr(portrait, "_MOST_BYTES", 1)
    report = Report(findings=[found("small"), found("large")])
    portraits = taken(report, opened)

    assert len(report.pictures) == 1
    assert portraits.note() == "1 defect has no picture, because a report holds only so many"


def test_a_browser_that_fails_is_told_to_the_caller_alone(opened: BrowserPage) -> None:
    """The check was done before."""
    report = Report(findings=[found("small")])

    def fail(_cell: str) -> None:
        raise RuntimeError("gone")

    assert not pass_by(Portraits(report), opened, dress=fail)
    opened.close()
    assert not pass_by(Portraits(report), opened)
    assert report.pictures == {}
    assert report.unfinished == []


# -- through the check -------------------------------------------------------------------------------------------------

SITE = """<!doctype html><html lang="en"><head><title>Flood</title><meta name="description" content="The river rose.">
<style>p { background: #fff; color: #000 } @media (prefers-color-scheme: dark) { p { background: #123456; color: #234567 } }
img { width: 60px; height: 40px; background: #008080 }</style></head>
<body><main><h1>Flood</h1><p>Words that are faint in the dark.</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
</main></body></html>"""


def test_a_check_takes_pictures_of_what_any_rule_has_found_where_it_is_wanted(tmp_path: Path) -> None:
    """By the static rules and by axe; the dark one is of the dark page. Nothing else in the report is changed by it."""
    (tmp_path / "a.html").write_text(SITE, encoding="utf-8")
    plain = check(gather([str(tmp_path)]), Settings())
    pictured = check(gather([str(tmp_path)]), Settings(pictures=True))
    by_rule = {finding.rule: pictured.pictures.get((finding.rule, finding.place), b"") for finding in pictured.findings}

    assert plain.pictures == {}
    assert replace(pictured, pictures={}) == plain
    assert {MAGENTA, (0, 128, 128)} <= colours(by_rule["alt-missing"])
    assert {MAGENTA, (18, 52, 86)} <= colours(by_rule["axe/color-contrast"])


def test_the_html_format_asks_for_pictures(tmp_path: Path) -> None:
    """The command line does so by itself; the others need none."""
    (tmp_path / "a.html").write_text(SITE, encoding="utf-8")
    file = tmp_path / "report.html.txt"
    CliRunner().invoke(main, ["check", str(tmp_path), "--lang", "de", "--format", f"html={file}"])
    text = file.read_text("utf-8")

    assert '<html lang="de"' in text
    assert text.count('<img src="data:image/png;base64,') >= 2
