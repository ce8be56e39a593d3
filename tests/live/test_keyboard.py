"""The keyboard in a browser: where the Tab key leads, and what happens on the way."""

from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live.keyboard import focus_change, focus_context, focus_lost, focus_order, keyboard_one_way, keyboard_trap
from a11ynews.live.livepage import LivePage
from a11ynews.live.walk import walk
from a11ynews.rule import Rule
from livepages import found, opened

A, C = '<a href="#a">A</a>', '<a id="c" href="#c">C</a>'
CLOSES = "onkeydown=\"if (event.key === 'Escape') this.hidden = true\""
KEEPS = """<script>document.addEventListener('focusin', event => {
    if (!d.hidden && !d.contains(event.target)) x.focus() })</script>"""
DIALOG = f"{A}{C}<div id=d role=dialog aria-label=D MORE><button id=x>X</button><button>Y</button></div>{KEEPS}"


def test_a_walk_that_comes_to_its_end_says_nothing(page: BrowserPage) -> None:
    """All has been seen."""
    with opened(page, A + C) as live:
        assert walk(live).is_whole
        assert (live.unfinished, live.notes) == ([], [])


def test_a_walk_that_takes_too_long_is_unfinished(page: BrowserPage) -> None:
    """What comes after is not judged, and nobody may take it for judged."""
    with opened(page, "".join(f'<a href="#{n}">{n}</a> ' for n in range(400))) as live:
        live.patience = 0.5
        done = walk(live)

    assert not done.is_whole
    assert 0 < len(done.stops) < 400
    (told,) = live.unfinished
    assert told.startswith(f"the walk by the Tab key was ended after {len(done.stops)} stops, because it took too long; allow")


def test_a_long_page_is_walked_to_its_end(page: BrowserPage) -> None:
    """However many stops it has."""
    with opened(page, "".join(f'<p><a href="#{n}">{n}</a></p>' for n in range(300))) as live:
        live.patience = 900  # as long as a busy machine may take
        done = walk(live)

    assert (len(done.stops), done.is_whole, live.unfinished) == (300, True, [])


def test_a_walk_that_is_caught_says_so(page: BrowserPage) -> None:
    """The trap is found; a note says that what comes after has not been walked to."""
    with opened(page, '<a href="#a">A</a> <button id="b" onblur="this.focus()">B</button> <a href="#c">C</a>') as live:
        assert walk(live).trap

    assert live.notes == ["the Tab key was caught at #b, and what comes after was not walked to"]
    assert live.unfinished == []


def test_a_page_that_takes_the_tab_key_away_is_unfinished(page: BrowserPage) -> None:
    """Where nothing has the focus there is no element to name."""
    with opened(page, A + "<script>onkeydown = event => { if (event.key === 'Tab') event.preventDefault() }</script>") as live:
        done = walk(live)

    assert (done.stops, done.is_whole, done.is_late) == ([], False, False)
    assert live.unfinished == ["the walk by the Tab key did not come to the end of the page; see what its scripts do with it"]


def test_an_editor_that_escape_leaves_lets_the_walk_go_on(page: BrowserPage) -> None:
    """It takes the Tab key for itself, which is allowed."""
    takes = "if (event.key === 'Tab') event.preventDefault(); if (event.key === 'Escape') c.focus()"
    with opened(page, f'{A}<textarea id=t onkeydown="{takes}"></textarea>{C}<a id=d href="#d">D</a>') as live:
        done = walk(live)

    assert [stop.element.selector for stop in done.stops] == ["body > a:nth-of-type(1)", "#t", "#c", "#d"]
    assert (done.is_whole, done.trap, live.unfinished, live.notes) == (True, [], [], [])


def test_a_dialog_that_escape_closes_lets_the_walk_go_on(page: BrowserPage) -> None:
    """Through the page behind it."""
    with opened(page, DIALOG.replace("MORE", CLOSES)) as live:
        done = walk(live)

    assert {stop.element.selector for stop in done.stops} == {"body > a:nth-of-type(1)", "#c", "#x", "#d > button:nth-of-type(2)"}
    assert (done.is_whole, done.trap, live.unfinished) == (True, [], [])


@pytest.mark.parametrize(
    ("closes", "n"), [("", 3), ("oncancel='event.preventDefault()'", 1)], ids=["Escape closes it", "it stays"]
)
def test_a_modal_dialog_that_is_open_from_the_beginning(page: BrowserPage, closes: str, n: int) -> None:
    """The walk goes on behind it when it has been closed; where it cannot be, that is told."""
    fragment = f"{A}{C}<dialog id=d {closes}><button id=x>X</button></dialog><script>d.showModal()</script>"
    with opened(page, fragment) as live:
        done = walk(live)

    assert len(done.stops) == n
    assert done.is_whole is not bool(live.unfinished)
    assert bool(live.unfinished) is bool(closes)


def test_a_dialog_that_keeps_the_focus_leaves_the_page_unseen(page: BrowserPage) -> None:
    """It is no trap; but nobody knows what is behind it."""
    with opened(page, DIALOG.replace("MORE", "")) as live:
        assert not walk(live).is_whole

    assert [told.partition(" around ")[0] for told in live.unfinished] == ["the Tab key does not leave the dialog"]


BACK_AND_FORTH = '<button id=b1 onblur="setTimeout(() => b2.focus(), 10)">B</button> <button id=b2 onblur="{}">B</button>'
AND_BACK = BACK_AND_FORTH.format("setTimeout(() => b1.focus(), 10)")
CTRL_M = "onkeydown=\"if (event.ctrlKey && event.key === 'm') {out = true; c.focus()}\""
LETS_GO = "onkeydown=\"if (event.key === 'Tab') event.preventDefault(); if (event.key === 'Escape') c.focus()\""
UNLESS_OUT = '<script>var out = false</script><button onblur="setTimeout(() => out || this.focus(), 10)" {}>B</button>'


def told(rule: Rule[Any], page: BrowserPage, fragment: str) -> list[str]:
    """The selectors of what a rule finds."""
    return [finding.place.selector for finding in found(rule, page, fragment)]


def test_a_walk_meets_all_stops_in_their_order(page: BrowserPage) -> None:
    """Through shadow roots and frames, with the parts of a date as one stop, and what is hidden left out."""
    fragment = f"""{A}<p id="host"><template shadowrootmode="open"><button>B</button></template></p>
        <iframe srcdoc="<a href='#x'>X</a><a href='#y'>Y</a>"></iframe><input type="date"><button hidden>H</button>{C}"""
    with opened(page, fragment) as live:
        page.evaluate("for (const one of document.querySelectorAll('template')) one.remove()")
        page.evaluate("host.attachShadow({mode: 'open'}).innerHTML = '<button>B</button>'")
        done = walk(live)

    assert [stop.element.selector for stop in done.stops] == [
        "body > a:nth-of-type(1)",
        "#host >>> button",
        "body > iframe >>> body > a:nth-of-type(1)",
        "body > iframe >>> body > a:nth-of-type(2)",
        "body > input",
        "#c",
    ]
    assert done.is_whole


def test_a_walk_is_done_once(page: BrowserPage) -> None:
    """The rules that go by it press no key any more."""
    with opened(page, A + C) as live:
        first = walk(live)
        page.set_content("<p>Nothing</p>")

        assert walk(live) is first
        assert {"keyboard-trap", "focus-order"} <= live.answered


def test_a_page_without_stops(page: BrowserPage) -> None:
    """There is nothing to walk to, and so nothing is wrong."""
    with opened(page, "<p>The river rose in the night.</p>") as live:
        done = walk(live)

    assert (done.stops, done.is_whole) == ([], True)


@pytest.mark.parametrize(
    "trap",
    [
        '<button id="b" onblur="setTimeout(() => this.focus(), 10)">B</button>',
        '<button id="b" onblur="setTimeout(() => this.focus(), 150)">B</button>',
        '<button id="b" onblur="this.focus()">B</button>',
        '<textarea id="b" onkeydown="if (event.key === \'Tab\') event.preventDefault()"></textarea>',
        '<div id="b" tabindex="0" role="application" onkeydown="event.preventDefault()">B</div>',
        UNLESS_OUT.format("id=b"),
    ],
)
def test_what_the_focus_cannot_leave_is_a_trap(page: BrowserPage, trap: str) -> None:
    """Whether it takes the focus back, at once or later, or lets no key through."""
    assert told(keyboard_trap, page, f"{A} {trap} {C}") == ["#b"]


def test_two_that_throw_the_focus_to_and_fro_are_a_trap(page: BrowserPage) -> None:
    """It is one trap, and its first element is named."""
    assert told(keyboard_trap, page, f"{A} {AND_BACK} {C}") == ["#b1"]


@pytest.mark.parametrize(
    "fragment",
    [
        f"{A} {C}",
        "<button>B</button>",
        '<input autofocus aria-label="B"><input type="date" aria-label="D"><video controls></video>',
        f"{A}<iframe srcdoc=\"<a href='#x'>X</a>\"></iframe>",
        '<button onblur="setTimeout(() => this.focus(), 10)">Nothing is before or after it</button>',
        f"{A} <textarea {LETS_GO}></textarea> {C}",
        f"{A} <p>Press Ctrl+M to get out.</p> {UNLESS_OUT.format(CTRL_M)} {C}",
        "<dialog open><button id=x onkeydown=\"if (event.key === 'Tab') {event.preventDefault(); y.focus()}\">X</button>"
        "<button id=y onkeydown=\"if (event.key === 'Tab') {event.preventDefault(); x.focus()}\">Y</button></dialog>",
        "<script>document.addEventListener('keydown', () => {}); document.addEventListener('blur', () => {}, true)</script>"
        + A
        + C,
        "<div role=radiogroup><input type=radio name=r aria-label=A><input type=radio name=r aria-label=B></div>",
    ],
)
def test_what_the_focus_can_leave_is_no_trap(page: BrowserPage, fragment: str) -> None:
    """By Tab, by another key that everybody knows or that the page names, out of the page; and dialogs may keep it."""
    assert found(keyboard_trap, page, fragment) == []
    assert found(keyboard_one_way, page, fragment.replace("this.focus()", "1")) == []


def test_one_way_traps(page: BrowserPage) -> None:
    """Backwards: the key is let through in one direction only. Forwards: out is by the page's beginning alone."""
    backwards = (
        f'{A} <button id="b" onkeydown="if (event.key === \'Tab\' && event.shiftKey) event.preventDefault()">B</button> {C}'
    )

    assert told(keyboard_one_way, page, backwards) == ["#b"]
    assert told(keyboard_one_way, page, f"{AND_BACK} <button>C</button>") == ["#b1"]
    assert found(keyboard_trap, page, backwards) == []


def test_focus_that_is_taken_away(page: BrowserPage) -> None:
    """Of a control; what is no control may be a guard at the edge of a part."""
    assert told(focus_lost, page, f'{A} <button id="b" onfocus="this.blur()">B</button> {C}') == ["#b"]
    assert told(focus_lost, page, f'{A} <div tabindex="0" onfocus="this.blur()">B</div> {C}') == []
    assert told(focus_lost, page, A + C) == []


def test_focus_that_leads_away(page: BrowserPage) -> None:
    """To another page or a new window; links that wait to be followed do not."""
    goes = f'{A} <a id=b href="https://a.example/" onfocus="location.href = this.href">B</a> {C}'
    opens = f"{A} <input id=b aria-label=B onfocus=\"window.open('about:blank')\"> {C}"

    assert told(focus_context, page, goes) == ["#b"]
    assert told(focus_context, page, opens) == ["#b"]
    assert told(focus_context, page, f'{A} <a href="https://a.example/" onclick="window.open(this.href)">B</a> {C}') == []


def test_focus_that_jumps(page: BrowserPage) -> None:
    """From one control to another, or with it most of the page."""
    text = "<p id=t>" + "The river rose. " * 100 + "</p>"

    assert told(focus_change, page, f'{A} <input id="b" onfocus="c.focus()"> <a href="#d">D</a> {C}') == ["#b"]
    assert told(focus_change, page, f"{text} {A} <button id=b onfocus=\"t.textContent = ''\">B</button> {C}") == ["#b"]
    assert told(focus_change, page, f"{text} {A} <button id=b onfocus=\"t.title = 'T'\">B</button> {C}") == []


COLUMN = '<div style="display:flex;flex-direction:{};gap:40px"><a id="b1" href="#1">B</a><a href="#2">B</a></div>'


def test_an_order_that_eyes_do_not_follow(page: BrowserPage) -> None:
    """Turned rows and columns; not lines one below the other, or one column after another."""
    assert told(focus_order, page, COLUMN.format("column-reverse")) == ["#b1"]
    assert told(focus_order, page, COLUMN.format("row-reverse")) == ["#b1"]
    assert told(focus_order, page, COLUMN.format("row")) == []
    assert told(focus_order, page, COLUMN.format("column")) == []
    assert told(focus_order, page, f'<div style="columns:2">{"<p>" + A + "<p>" + C}</div>') == []
    assert told(focus_order, page, COLUMN.format("column-reverse").replace("href", "tabindex=2 href")) == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<html><frameset><frame></frameset></html>",
        "<script>setInterval(() => document.body.append(document.createElement('b')), 5)</script>" + A,
        "<script>Object.defineProperty(window, 'length', {get() { throw 1 }})</script>" + A,
        "<a href=#a onfocus='this.remove()'>A</a>" * 5,
        "<button onfocus='alert(1)'>B</button>" * 2,
        "<button>B</button>" * 60,
    ],
    ids=lambda fragment: fragment[:40],
)
def test_a_walk_comes_to_its_end(page: BrowserPage, fragment: str) -> None:
    """On pages that go wrong, too; and without wrong words about them."""

    def look(live: LivePage) -> None:
        for rule in (keyboard_trap, keyboard_one_way, focus_context):
            assert list(rule(live)) == []

    with opened(page, fragment) as live:
        look(live)
