"""The tour of a page: what each live rule finds, in which cells, and what could not look."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import pytest
from playwright.sync_api import Error
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import script as script_of
from a11ynews.live.livepage import Element, LivePage
from a11ynews.live.tour import tour
from a11ynews.message import say
from a11ynews.rule import Rule, rule
from livepages import opened

PARAGRAPHS = "(describe, _) => [...document.querySelectorAll('p')].map(p => ({element: describe(p), width: p.clientWidth}))"


STATE = """[
  getComputedStyle(document.querySelector("p")).letterSpacing, matchMedia("(prefers-color-scheme: dark)").matches
]"""


@pytest.fixture(autouse=True)
def script(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that finds every paragraph, beside those that there are."""
    monkeypatch.setattr("a11ynews.live.livepage.script", lambda name: PARAGRAPHS if name == "paragraphs.js" else script_of(name))


@rule("wide", on=LivePage, wcag=("1.4.10",))
def wide(live: LivePage) -> Iterator[tuple[Element, str]]:
    """Finds every paragraph, at two widths."""
    for width in (1280, 320):
        with live.dressed(width=width):
            for element, told in live.elements("paragraphs.js"):
                yield element, say("a paragraph of {width} pixels; look", width=told["width"])


@rule("spaced", on=LivePage)
def spaced(live: LivePage) -> Iterator[tuple[None, str]]:
    """Finds the page, with other settings."""
    with live.dressed(text_size=200, spacing=True, scheme="dark"):
        yield None, say("the page; look")


@rule("disturbs", on=LivePage, disturbs=True)
def disturbs(live: LivePage) -> Iterator[tuple[None, str]]:
    """Empties the page."""
    live.tab.evaluate("document.body.replaceChildren()")
    yield None, say("emptied; look")


@rule("broken", on=LivePage)
def broken(live: LivePage) -> Iterator[tuple[None, str]]:
    """Has a bug."""
    yield None, say("found before; look")
    raise ValueError(live.name)


@rule("gone", on=LivePage)
def gone(live: LivePage) -> Iterator[tuple[None, str]]:
    """Loses the browser."""
    yield None, say("found before; look at {page}", page=live.name)
    raise Error("Target crashed")


def toured(live: LivePage, *rules: Rule[LivePage], reloads: list[int] | None = None) -> tuple[list[str], list[str]]:
    """What is found, with its cells, and what is unfinished."""
    done = tour(live, rules, reload=lambda: (reloads if reloads is not None else []).append(1), patience=nullcontext)
    told = [f"{one.rule} {one.place.selector} {'; '.join(one.cells)}".replace("  ", " ") for one in done.findings]
    return told, [str(one) for one in done.unfinished]


def test_the_same_in_several_cells_is_one_finding(page: BrowserPage) -> None:
    """However its figures differ; it lists its cells."""
    with opened(page, "<main><p>a</p><p>b</p></main>") as live:
        assert toured(live, wide) == (
            [
                "wide main > p:nth-of-type(1) 1280 px, light; 320 px, light",
                "wide main > p:nth-of-type(2) 1280 px, light; 320 px, light",
            ],
            [],
        )


def test_settings_are_told_with_the_cell(page: BrowserPage) -> None:
    """And taken back: the page is as it was."""
    with opened(page, "<p>a</p>") as live:
        before = page.evaluate(STATE)

        assert toured(live, spaced)[0] == ["spaced 1280 px, dark, text 200 %, text spacing"]
        assert live.where == "1280 px, light"
        assert page.evaluate(STATE) == before


def test_what_disturbs_comes_last_and_the_page_is_loaded_anew_after_it(page: BrowserPage) -> None:
    """Between two of them, and not for those that leave the page as it is."""
    reloads: list[int] = []
    with opened(page, "<p>a</p>") as live:
        told, _ = toured(live, disturbs, spaced, disturbs, reloads=reloads)

    assert [line.split()[0] for line in told] == ["spaced", "disturbs", "disturbs"]
    assert len(reloads) == 1


@rule("presses", on=LivePage, disturbs=True)
def presses(live: LivePage) -> Iterator[tuple[None, str]]:
    """Presses a key, and finds nothing."""
    live.tab.keyboard.press("Tab")
    yield from ()


@pytest.mark.parametrize(
    ("fragment", "reloads"),
    [
        ("<p>a</p><a href='#a'>A</a>", 0),
        ("<p>a</p><a href='#a' onfocus='window.seen = true'>A</a>", 2),
        ("<p>a</p><a href='#a'>A</a><script>addEventListener('keydown', () => {})</script>", 2),
        ("<p>a</p><a href='#a'>A</a><script>addEventListener('load', () => {})</script>", 0),
        ("<p>a</p><iframe srcdoc='<a href=#>A</a>' title=F></iframe>", 2),
    ],
)
def test_a_page_is_loaded_anew_only_where_it_was_touched(page: BrowserPage, fragment: str, reloads: int) -> None:
    """Or where its scripts hear of what was done, and may have kept it in mind."""
    done: list[int] = []
    with opened(page, fragment) as live:
        toured(live, presses, presses, presses, reloads=done)

    assert len(done) == reloads


def test_a_rule_that_breaks_down_is_unfinished_and_stops_no_other(page: BrowserPage) -> None:
    """What it found is not told: it has not come to its end."""
    with opened(page, "<p>a</p>") as live:
        told, unfinished = toured(live, broken, spaced)

    assert [line.split()[0] for line in told] == ["spaced"]
    assert unfinished == ["the rule broken broke down: ValueError: page.html; report it as a bug of a11ynews"]


def test_a_browser_that_fails_is_raised(page: BrowserPage) -> None:
    """The session looks at the page once more."""
    with opened(page, "<p>a</p>") as live, pytest.raises(Error, match="Target crashed"):
        toured(live, gone)


def test_what_is_left_out_is_counted_and_not_told(page: BrowserPage) -> None:
    """By the selectors of the configuration."""
    with opened(page, '<main><p>a</p><div class="ad"><p>b</p></div></main>') as live:
        live.leave_out([".none", ".ad"])
        done = tour(live, [wide], reload=lambda: None, patience=nullcontext)

    assert [finding.place.selector for finding in done.findings] == ["main > p"]
    assert done.left_out == [1]


def test_a_rule_whose_gate_is_closed_does_not_look(page: BrowserPage) -> None:
    """It has run, for there was nothing to look at; and the page is not loaded anew for it."""
    with opened(page, "<main><p>a</p></main>") as live:
        reloads: list[int] = []
        closed, open_ = replace(disturbs, gate=lambda _: False), replace(disturbs, gate=lambda live: "main" in live.tab.content())

        assert toured(live, closed, spaced, closed, reloads=reloads) == (["spaced 1280 px, dark, text 200 %, text spacing"], [])
        assert toured(live, open_, closed, reloads=reloads) == (["disturbs 1280 px, light"], [])
        assert not reloads
        assert [rule.id for rule in tour(live, [closed], reload=lambda: None, patience=nullcontext).ran] == ["disturbs"]
