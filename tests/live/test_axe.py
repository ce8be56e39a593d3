"""axe, run in a page and in everything that is in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.errors import BrowserError
from a11ynews.finding import Finding, Severity
from a11ynews.live import axe
from a11ynews.live.axe import Outcome
from a11ynews.live.server import serving
from a11ynews.page import Page
from pages import page_of

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="

Open: TypeAlias = Callable[..., BrowserPage]


@pytest.fixture
def opened(page: BrowserPage, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of a small site: the HTML of its index, and of other files by their names."""
    with serving(tmp_path) as base:

        def open_page(index: str, **others: str) -> BrowserPage:
            for name, text in {"index": index, **others}.items():
                (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
            page.goto(f"{base}/index.html")
            return page

        yield open_page


def whole(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>Test</title>{head}</head><body><main>{body}</main></body></html>'


def found(outcome: Outcome, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    return [(node.rule, " >>> ".join(node.target)) for node in outcome.nodes if node.severity is severity]


def test_the_version_is_that_of_the_source() -> None:
    """A report names it, because other versions find other things."""
    assert f'axe.version="{axe.version()}"' in axe.packaged().source


def test_a_missing_package_is_told_with_the_command_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source comes from a package that rendering does not need."""
    axe.packaged.cache_clear()
    monkeypatch.setattr(axe, "find_spec", lambda _name: None)

    with pytest.raises(BrowserError, match=r"“axe-playwright-python”.* is missing; run: pip install 'a11ynews\[browser\]'"):
        axe.packaged()


def test_every_rule_for_a_and_aa_runs(opened: Open) -> None:
    """Those too that axe leaves off by default or calls experimental; AAA and obsolete ones do not."""
    outcome = axe.run(opened(whole("<h1>Words</h1>", "<style>h1 { color: #000 }</style>")))

    assert {"image-alt", "color-contrast", "target-size", "css-orientation-lock", "label-content-name-mismatch"} <= {
        *outcome.rules
    }
    assert not {"color-contrast-enhanced", "duplicate-id", "region", "p-as-heading", "frame-tested"} & {*outcome.rules}
    assert len(outcome.rules) > 60
    assert outcome.unfinished == ()
    assert outcome.nodes == ()


def test_best_practices_are_an_option(opened: Open) -> None:
    """They are warnings: no success criterion asks for them."""
    page = opened(whole("<h3>Words</h3>"))

    outcome = axe.run(page, choice=axe.Choice(best_practices=True))

    assert ("page-has-heading-one", "html") in found(outcome, Severity.WARNING)
    assert found(axe.run(page)) == found(outcome) == []


def test_an_element_in_a_frame_is_found(opened: Open) -> None:
    """axe-core alone, put into the top document, passes over it."""
    inner = whole(f'<img src="{PIXEL}"><iframe title="deeper" src="deeper.html"></iframe>')

    outcome = axe.run(
        opened(whole('<iframe id="f" title="inner" src="inner.html"></iframe>'), inner=inner, deeper=whole("<img src=x>"))
    )

    assert found(outcome) == [("image-alt", "#f >>> img"), ("image-alt", "#f >>> iframe >>> img")]
    assert outcome.unfinished == ()
    assert all(node.xpath == "" for node in outcome.nodes)


def test_an_element_in_an_open_shadow_root_is_found(opened: Open) -> None:
    """Its path leads through the host; a frame in a shadow root is looked into as well."""
    script = """<script>
        const root = document.querySelector("#host").attachShadow({mode: "open"});
        root.innerHTML = '<p><img src="x"></p><iframe title="inner" src="inner.html"></iframe>';
    </script>"""

    outcome = axe.run(opened(whole(f'<div id="host"></div>{script}'), inner=whole("<img src=y>")))

    assert found(outcome) == [("image-alt", "#host >>> img"), ("image-alt", "#host >>> iframe >>> img")]


def test_a_strict_content_security_policy_is_no_obstacle(opened: Open) -> None:
    """axe runs where the page allows no script and no style at all."""
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'

    outcome = axe.run(opened(whole("<img src=x>", policy)))

    assert found(outcome) == [("image-alt", "img")]


def test_a_finding_carries_criteria_and_act_rules(opened: Open) -> None:
    """As WCAG and ACT number them."""
    outcome = axe.run(opened(whole('<p style="color: #aaa">Pale</p><a href="x"></a>')))

    by_rule = {node.rule: node for node in outcome.nodes}
    assert by_rule["color-contrast"].wcag == ("1.4.3",)
    assert by_rule["color-contrast"].act == ("afw4f7", "09o5cg")
    assert by_rule["link-name"].wcag == ("2.4.4", "4.1.2")


def test_small_targets_are_found(opened: Open) -> None:
    """axe's rule for WCAG 2.5.8 is off unless it is asked for."""
    buttons = "".join(f'<button style="width: 12px; height: 12px; padding: 0" aria-label="{n}"></button>' for n in "ab")

    outcome = axe.run(opened(whole(buttons)))

    assert ("target-size", "2.5.8") in [(node.rule, node.wcag[0]) for node in outcome.nodes]


def test_what_axe_cannot_decide_is_to_be_reviewed(opened: Open) -> None:
    """A gradient behind words: no machine's verdict."""
    outcome = axe.run(opened(whole('<p style="color: #777; background: linear-gradient(#fff, #000)">Words</p>')))

    assert found(outcome, Severity.REVIEW) == [("color-contrast", "p")]
    assert found(outcome) == []


def test_the_message_says_what_is_wrong_and_what_to_do(opened: Open) -> None:
    """In our own words, which catalogs say in other languages; of contrast with its figures, and how far it falls short."""
    outcome = axe.run(opened(whole('<img src=x><blink>Words</blink><p style="color:#999;background:#fff">Words</p>')))

    nodes = {node.rule: node for node in outcome.nodes}
    assert nodes["image-alt"].message.startswith("this picture has no alternative text; say what it shows")
    assert nodes["blink"].message == "this text blinks; take the blink element away"
    assert nodes["color-contrast"].message.startswith("the contrast is 2.84:1 (#999999 on #ffffff), and 4.5:1 is needed; ")
    assert nodes["color-contrast"].degree == pytest.approx(4.5 / 2.84, abs=0.01)
    assert nodes["image-alt"].degree == 0


def test_a_frame_that_could_not_be_loaded_is_told(opened: Open, tmp_path: Path) -> None:
    """What was in it was not looked at; the frames beside it were."""
    index = whole(
        '<iframe id="f" title="inner" src="http://127.0.0.1:1/"></iframe><iframe id="g" title="other" src="inner.html"></iframe>'
    )

    outcome = axe.run(opened(index, inner=whole("<img src=x>")))

    assert outcome.unfinished == ("the frame #f could not be looked into (it could not be loaded); mend or remove it",)
    assert found(outcome) == [("image-alt", "#g >>> img")]
    assert tmp_path.is_dir()


def test_a_frame_can_be_left_out(opened: Open) -> None:
    """Who knows that a frame is not part of the site says so, and nothing is told of it."""
    index = whole('<iframe title="inner" src="http://127.0.0.1:1/video"></iframe><img src="x">')

    outcome = axe.run(opened(index), leave_out=lambda address: address.endswith("/video"))

    assert outcome.unfinished == ()
    assert found(outcome) == [("image-alt", "img")]


def test_a_rule_that_fails_is_told(opened: Open) -> None:
    """A page's script can break one; the others have run."""
    script = "<script>Object.defineProperty(document, 'title', {get() { throw new Error('no title today') }})</script>"

    outcome = axe.run(opened(whole(f"<img src=x>{script}")))

    assert outcome.unfinished == ("axe's rule document-title failed (no title today); tell axe-core's developers",)
    assert found(outcome) == [("image-alt", "img")]


def test_a_run_that_tests_nothing_is_no_pass(opened: Open) -> None:
    """A source that has lost its rules, or finds nothing to test by them, must not look like a clean page."""
    page = opened(whole("<h1>Words</h1>"))
    axe.run(page)
    page.evaluate(
        "() => { const all = axe.run; axe.run = async (...given) => ({...await all(...given), passes: [], inapplicable: []}) }"
    )

    outcome = axe.run(page)

    assert len(outcome.unfinished) == 2
    assert outcome.unfinished[0].startswith("axe has not run area-alt, ")
    assert outcome.unfinished[1] == "axe found nothing on it to test; see that the page has content"


def test_only_colours_can_be_run_and_laid_over(opened: Open) -> None:
    """Where nothing but colours has changed, the rest of what was found still holds."""
    page = opened(whole('<p style="color: #aaa">Pale</p><img src=x>'))
    before = axe.run(page)
    page.evaluate("document.querySelector('p').style.color = '#000'")

    after = axe.run(page, part="colours")

    assert set(after.rules) == {"color-contrast", "link-in-text-block"}
    assert sorted(found(before)) == [("color-contrast", "p"), ("image-alt", "img")]
    assert found(before.overlaid(after)) == [("image-alt", "img")]


@pytest.mark.parametrize(
    ("rule", "certain", "moot"),
    [
        (
            "meta-refresh",
            '<meta http-equiv="refresh" content="">  <meta http-equiv="refresh" content="5; x.html">',
            '<meta http-equiv="refresh" content="99999; x.html"><meta http-equiv="refresh" content="5; x.html">',
        ),
        (
            "avoid-inline-spacing",
            '<div style="font-size: 16px; word-spacing: 2px !important">Some words</div>',
            '<div style="font-size: 16px; word-spacing: 2px !important"><p style="font-size: 10px">Some words</p></div>',
        ),
        (
            "avoid-inline-spacing",
            '<p style="letter-spacing: 0.1em !important">Words</p>',
            '<p style="letter-spacing: 0.1em !important"> </p><p style="line-height: 1em !important"><img alt=x src=data:,></p>',
        ),
        (
            "label-content-name-mismatch",
            '<button aria-label="Find by date">Search by date (YYYY-MM-DD)</button>',
            '<button aria-label="Search by date">Search by date (YYYY-MM-DD)</button>',
        ),
        (
            "label-content-name-mismatch",
            '<button aria-label="Find">search</button>',
            """<button aria-label="Find" style="font-family: 'Material Icons'">search</button>""",
        ),
    ],
)
def test_what_is_no_failure_by_act_is_to_be_reviewed(opened: Open, rule: str, certain: str, moot: str) -> None:
    """Where axe says more than W3C's rules do, a person looks."""
    page = opened(whole("<p>Words</p>"))

    def severities(body: str) -> set[Severity]:
        page.evaluate("body => document.querySelector('main').innerHTML = body", body)
        return {node.severity for node in axe.run(page).nodes if node.rule == rule}

    assert severities(certain) == {Severity.ERROR}
    assert severities(moot) == {Severity.REVIEW}


# -- another axe-core --------------------------------------------------------------------------------------------------


def test_another_axe_core_is_used_where_it_is_named(opened: Open, tmp_path: Path) -> None:
    """Its version is the one that is told."""
    file = tmp_path / "axe.js"
    given = axe.packaged()
    file.write_text(given.source.replace(given.version, "9.9.9"), encoding="utf-8")

    core = axe.read_core(file)
    outcome = axe.run(opened(whole("<img src=x>")), core=core)

    assert core.version == "9.9.9"
    assert found(outcome) == [("image-alt", "img")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "which is to be axe-core, cannot be read (No such file or directory)"),
        (b"\xff\xfe", "which is to be axe-core, cannot be read (it is not UTF-8)"),
        (b"", "is no axe-core; name its axe.min.js"),
        (b"/*! jQuery v4.12.1 */", "is no axe-core; name its axe.min.js"),
        (b"/*! axe v4.12.1 */ // and no more", "is no axe-core; name its axe.min.js"),
        (b'/*! axe v3.5.6 */ axe.version = "3.5.6"', "is axe-core 3.5.6; name one from 4.3 on"),
    ],
)
def test_a_file_that_is_no_axe_core_is_an_error_in_words(tmp_path: Path, content: bytes | None, message: str) -> None:
    """Whatever somebody has named."""
    file = tmp_path / "axe.min.js"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BrowserError) as caught:
        axe.read_core(file)

    assert str(caught.value).startswith(str(file))
    assert str(caught.value).endswith(message)


# -- from the browser's element to the line where it was written ------------------------------------------------------


def findings(opened: Open, page: Page) -> list[Finding]:
    return [axe.finding(node, page) for node in axe.run(opened(page.html)).nodes]


def test_an_element_is_found_in_the_page_as_it_was_written(opened: Open) -> None:
    """With its line, although the browser's parser puts elements in between."""
    page = Page("site/en/a.html", whole("\n<table><tr><td><img src=x></td></tr></table>"))

    (finding,) = findings(opened, page)

    assert finding.rule == "axe/image-alt"
    assert (finding.place.page, finding.place.line, finding.place.html) == ("site/en/a.html", 2, '<img src="x">')


@pytest.mark.parametrize(
    "body",
    [
        '<div id="a">\n{p}\n{p}</div>\n<div id="b">\n{p}\n{p}</div>',
        "<table>\n<tr>\n<td>{p}</td>\n<td>{p}</td></tr>\n<tr>\n<td>{p}</td>\n<td>{p}</td></tr></table>",
    ],
    ids=["with ids around them", "in a table"],
)
def test_elements_that_are_all_alike_are_told_apart(opened: Open, body: str) -> None:
    """Each is found at its own line, whatever stands around it."""
    page = Page("a.html", whole(body.replace("{p}", "<p style='color:#aaa;background:#fff'>The river rose.</p>")))
    lines = [finding.place.line for finding in findings(opened, page)]

    assert len(lines) == 4
    assert sorted(lines) == [n for n, line in enumerate(page.html.splitlines(), 1) if "river" in line]


def test_an_element_that_scripts_have_moved_is_found_all_the_same(opened: Open) -> None:
    """An XPath that fits another element leads to the right one, not to that."""
    script = "<script>document.querySelector('main').prepend(document.createElement('img'))</script>"
    page = Page("a.html", whole(f'\n<img src="a" alt="">\n<img src="b">\n{script}'))

    places = [finding.place for finding in findings(opened, page)]

    assert [(place.line, place.html) for place in places] == [(0, "<img>"), (3, '<img src="b">')]


def test_an_element_that_only_scripts_know_has_no_line(opened: Open) -> None:
    """It is named by the path that leads to it in the browser."""
    page = Page("a.html", whole("<script>document.querySelector('main').innerHTML += '<p><img id=new></p>'</script>"))

    (finding,) = findings(opened, page)

    assert (finding.place.line, finding.place.selector, finding.place.html) == (0, "#new", '<img id="new">')
    assert finding.place.source is None


@pytest.mark.parametrize("tag", ["p\x01b", "a=href", "b<i", "a|b", 'p"', "p:b"])
def test_a_name_that_xml_could_not_have_is_no_end_of_the_check(opened: Open, tag: str) -> None:
    """A slip in a tag, or a control character, is part of its name for browsers; no XPath can say such a name."""
    page = Page("a.html", whole(f'<{tag}><img src="a">\n<img src="b"></{tag}>'))

    places = [finding.place for finding in findings(opened, page)]

    assert [(place.page, place.html) for place in places] == [("a.html", '<img src="a">'), ("a.html", '<img src="b">')]


def test_words_lead_to_who_wrote_them(opened: Open) -> None:
    """An alternative text that repeats the words beside it is the record's; a picture without one is the template's."""
    page = page_of('<main><h1>News</h1><a href="x">\n<img src="x" alt="[en: Flood]"> [en: Flood]</a>\n<img src="y"></main>')

    sources = {
        finding.rule: finding.place.source
        for finding in (
            axe.finding(node, page) for node in axe.run(opened(page.html), choice=axe.Choice(best_practices=True)).nodes
        )
    }

    redundant, missing = sources["axe/image-redundant-alt"], sources["axe/image-alt"]
    assert redundant
    assert missing
    assert (redundant.owner, redundant.identity) == ("editor", "record flood Flood")
    assert (missing.owner, missing.line) == ("web team", 4)


def test_a_colour_that_is_read_once_is_the_colour_that_it_is(opened: Open) -> None:
    """In whatever way it is written, seen through or mixed with others: the figures are those of axe by itself."""
    written = ["#777", "rgb(160 30 30 / 0.5)", "hsl(0.5turn 50% 55%)", "color(display-p3 0.6 0.6 0.3)", "oklch(75% 0.1 200)"]
    grounds = ["#fff", "rgb(0 0 0 / 0.1)", "lab(90 10 10)", "color(srgb 0.9 1.2 0.9)"]
    parts = [
        f'<p id="p{number}-{on}" style="color: {colour}; background: {ground}">Words</p>'
        for number, colour in enumerate(written)
        for on, ground in enumerate(grounds)
    ]
    blend = (
        "<div style='mix-blend-mode: multiply; opacity: 0.8'><p id=mixed style='color: #777; background: #eee'>Words</p></div>"
    )
    page = opened(whole("".join(parts) + blend + "".join(parts).replace('id="', 'id="again-')))

    ours = axe.run(page, choice=axe.Choice(only=frozenset({"color-contrast"})))
    alone = """async () => (await axe.run(document, {runOnly: ["color-contrast"]})).violations.flatMap(({nodes}) =>
        nodes.map(({target, any}) => [target[0], any[0].data.contrastRatio]))"""
    page.evaluate(f"() => {{ delete window.axe; {axe.packaged().source}\n }}")

    expected = {target: round(4.5 / ratio, 3) for target, ratio in page.evaluate(alone)}
    assert {node.target[0]: node.degree for node in ours.nodes if node.severity is Severity.ERROR} == expected
    assert len(expected) > 20
