"""What is operated, in a browser: by keys, by single keys, by a field's value, by the mouse that hovers."""

from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live import session
from a11ynews.live.keyboard import focus_context
from a11ynews.live.operate import (
    hover_dismiss,
    hover_only,
    hover_stays,
    input_context,
    mouse_only,
    mouse_only_part,
    single_key,
    single_key_choice,
)
from a11ynews.rule import Rule
from livepages import found, opened

HIDES = 'onclick="this.hidden = true"'


def told(rule: Rule[Any], page: BrowserPage, fragment: str) -> list[str]:
    """The selectors of what a rule finds."""
    return [finding.place.selector for finding in found(rule, page, fragment)]


def told_of_the_mouse(page: BrowserPage, fragment: str) -> tuple[list[str], list[str]]:
    """The same of the two rules that go by one look at what the mouse alone operates."""
    with opened(page, fragment) as live:
        sure, likely = ([finding.place.selector for finding in rule(live)] for rule in (mouse_only, mouse_only_part))
    return sure, likely


@pytest.mark.parametrize(
    "fragment",
    [
        f'<div id="x" role="button" {HIDES}>X</div>',
        '<div id="x" role="link">X</div><script>x.addEventListener("click", () => {})</script>',
        f'<div id="x" role="checkbox" aria-checked="true" tabindex="0" {HIDES}>X</div>',
    ],
)
def test_controls_for_the_mouse_alone(page: BrowserPage, fragment: str) -> None:
    """The Tab key does not stop there, or no key does anything."""
    assert told_of_the_mouse(page, fragment) == (["#x"], [])


@pytest.mark.parametrize(
    "fragment",
    [
        f"<button {HIDES}>X</button>",
        '<div role="button">Nothing happens</div>',
        f'<div role="button" {HIDES} hidden>X</div>',
        f'<div role="button" {HIDES} aria-disabled="true">X</div>',
        f'<div role="button" {HIDES} aria-hidden="true">X</div><button>X</button>',
        f'<div role="button" {HIDES}><a href="#a">A</a></div>',
        f'<div role="button" {HIDES}>More</div><button>More</button>',
        f'<a href="#a"><span role="button" {HIDES}>A</span></a>',
        f'<div role="button" tabindex="-1" {HIDES}>X</div>',
        f"<label {HIDES}>X <input></label>",
        f'<div tabindex="0" role="button" {HIDES}>X</div><script>document.addEventListener("keydown", () => {{}})</script>',
        "<script>document.addEventListener('click', () => {})</script><p>Text</p>",
    ],
)
def test_controls_for_everybody(page: BrowserPage, fragment: str) -> None:
    """Or for nobody, or with another one for the same thing that the keyboard reaches."""
    assert told_of_the_mouse(page, fragment) == ([], [])


def test_parts_that_can_be_clicked(page: BrowserPage) -> None:
    """What looks so and does so is worth a look; not what only has a pointer, or a link in it."""
    assert told(mouse_only_part, page, f'<span id="x" style="cursor:pointer" {HIDES}>X</span>') == ["#x"]
    assert told(mouse_only_part, page, f'<input aria-label=A> <i id="x" style="cursor:pointer" {HIDES}>X</i>') == ["#x"]
    assert told(mouse_only_part, page, f'<button>X</button> <i style="cursor:pointer" {HIDES}>+</i>') == []
    assert told(mouse_only_part, page, '<span style="cursor:pointer">X</span>') == []
    assert told(mouse_only_part, page, f'<div style="cursor:pointer" {HIDES}><a href="#a">A</a> Text</div>') == []


ADDS = "<p id=p></p><script>addEventListener('{}', event => {{ if ({}) p.append('x') }})</script>"


@pytest.mark.parametrize(
    ("script", "keys"),
    [
        (ADDS.format("keydown", "event.key === '+'"), "+"),
        (ADDS.format("keypress", "event.key === 'j' || event.key === 'k'"), "j, k"),
        ("<input id=q><script>onkeyup = event => { if (event.key === '/') q.focus() }</script>", "/"),
        ("<script>document.onkeydown = event => { if (event.key === 'n') location.href = 'https://a.example/' }</script>", "n"),
    ],
)
def test_single_keys_that_do_something(page: BrowserPage, script: str, keys: str) -> None:
    """To the page, the focus, the address."""
    (finding,) = found(single_key, page, script)

    assert finding.message.startswith(f"{keys} does something by itself; ")


@pytest.mark.parametrize(
    "script",
    [
        ADDS.format("keydown", "event.key === '+' && event.ctrlKey"),
        ADDS.format("keydown", "event.key === 'Escape'"),
        ADDS.format("keydown", "true"),
        ADDS.format("keydown", "/^[a-z]$/.test(event.key)"),
        "<input id=q onkeydown=\"this.title += 'x'\">",
        "<p id=p></p><script>setInterval(() => p.append('x'), 5); onkeydown = () => {}</script>",
        "<script>onkeydown = () => document.documentElement.classList.toggle('keys')</script>",
        "<p>Nothing listens</p>",
    ],
)
def test_keys_that_are_no_shortcuts(page: BrowserPage, script: str) -> None:
    """With Ctrl, without a sign, all keys alike, in a field only, what moves by itself, a note on how readers work."""
    assert found(single_key, page, script) == []


def test_shortcuts_with_a_setting_are_for_a_person_to_judge(page: BrowserPage) -> None:
    """Whether it turns them off, or puts others in their place, is not known."""
    fragment = "<label><input type=checkbox checked> Tastenkürzel</label>" + ADDS.format("keydown", "event.key === '+'")

    with opened(page, fragment) as live:
        assert list(single_key(live)) == []
        assert len(list(single_key_choice(live))) == 1
    assert found(single_key_choice, page, ADDS.format("keydown", "event.key === '+'")) == []


LEAVES = "location.href = 'https://a.example/'"


@pytest.mark.parametrize(
    "fragment",
    [
        f'<select id="x" onchange="{LEAVES}"><option>A<option>B</select>',
        f'<input id="x" type="checkbox" onchange="{LEAVES}">',
        "<input id=x oninput=\"window.open('about:blank')\">",
        '<form action="https://a.example/"><input id="x" type="radio" onchange="this.form.submit()"></form>',
        '<input id="x" oninput="y.focus()"><input id="y">',
    ],
)
def test_fields_that_lead_away(page: BrowserPage, fragment: str) -> None:
    """To another page, to a new window, by sending the form, to another field."""
    assert "#x" in told(input_context, page, fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        f'<select><option>A<option>B</select><button onclick="{LEAVES}">Go</button>',
        '<input oninput="this.title = this.value"><input type=checkbox onchange="this.title = \'T\'">',
        '<input maxlength="1" oninput="y.focus()"><input id="y" maxlength="1">',
        f'<select disabled onchange="{LEAVES}"><option>A<option>B</select><input type="hidden">',
    ],
)
def test_fields_that_stay(page: BrowserPage, fragment: str) -> None:
    """A button leads away; a field for one sign passes the focus on."""
    assert found(input_context, page, fragment) == []


MENU = """<style>ul ul {{ display: none }} {} {{ display: block }}</style>
    <ul><li id="x"><a href="#a">News</a><ul><li><a href="#b">Sport</a></li></ul></li></ul>"""


def test_menus_for_the_mouse_alone(page: BrowserPage) -> None:
    """The focus, the arrows, or a button open the others; or the same links stand elsewhere."""
    assert told(hover_only, page, MENU.format("li:hover ul")) == ["#x"]
    assert told(hover_only, page, MENU.format("li:hover ul, li:focus-within ul")) == []
    assert told(hover_only, page, MENU.format("li:hover ul") + '<p><a href="#b">Sport</a></p>') == []
    assert told(hover_only, page, MENU.format("li.open ul, li:hover ul") + OPENS) == []
    assert told(hover_only, page, "<style>a:hover { color: red }</style><a href='#a'>A</a>") == []


OPENS = "<script>x.firstChild.onkeydown = event => { if (event.key === 'ArrowDown') x.classList.add('open') }</script>"
TIP = """<style>i {{ display: none; position: absolute; {} }} b:hover {} i {{ display: block }}</style>
    <p><b id="x" {}>Word{}</b><i>What it means<br>in two lines</i></p><p>Other text, which stands below it</p>"""


def test_what_appears_and_flees_from_the_mouse(page: BrowserPage) -> None:
    """Beside the word, or far from it; what is in the word itself stays."""
    assert told(hover_stays, page, TIP.format("top: 300px", "", "", "<i>It</i>")) == ["#x"]
    assert told(hover_stays, page, TIP.format("top: 300px", "+", "", "")) == ["#x"]
    assert told(hover_stays, page, TIP.format("", "", "", "<i>It</i>")) == []
    assert told(hover_stays, page, "<b title='It'>Word</b>") == []


SHOWN = """<style>b { position: relative } i { position: absolute; top: 1em; left: 0; background: #fff }</style>
    <p><b id="x">Word<i id="i" hidden>What it means</i></b></p><script>
    x.onmouseenter = () => { i.hidden = false; AFTER }; x.onmouseleave = () => { i.hidden = true }</script>"""


def test_what_appears_and_goes_by_itself(page: BrowserPage) -> None:
    """Who reads slowly has not read it by then."""
    (finding,) = found(hover_stays, page, SHOWN.replace("AFTER", "setTimeout(() => i.hidden = true, 1500)"))

    assert finding.message.startswith("what appears here (#i) is gone after a while; ")
    assert found(hover_stays, page, SHOWN.replace("AFTER", "")) == []


def test_what_appears_and_covers_other_text(page: BrowserPage) -> None:
    """Escape must take it away; what covers nothing may stay."""
    goes = "<script>onkeydown = event => { if (event.key === 'Escape') document.querySelector('style').remove(); }</script>"
    covers = TIP.format("background: #fff", "", "", "<i>It<br>covers<br>text</i>")

    assert told(hover_dismiss, page, covers) == ["#x"]
    assert told(hover_dismiss, page, TIP.format("top: 400px", "", "", "<i>It</i>")) == []
    assert (
        told(hover_dismiss, page, covers + goes.replace("document.querySelector('style').remove()", "x.innerHTML = 'Word'")) == []
    )


def test_leaving_is_seen_where_a_session_holds_the_page(page: BrowserPage) -> None:
    """There the browser tells nothing of it."""
    page.add_init_script(session._STAY)
    select = f'<select aria-label="Page" onchange="{LEAVES}"><option>A<option>B</select>'
    focus = f'<a href="#a">A</a> <a href="#b" onfocus="{LEAVES}">B</a>'

    assert told(input_context, page, select) == ["body > select"]
    assert told(focus_context, page, focus) == ["body > a:nth-of-type(2)"]


def test_each_field_that_listens_is_tried(page: BrowserPage) -> None:
    """However alike they look."""
    fragment = "<input aria-label=A><input aria-label=B id=b oninput='c.focus()'><input aria-label=C id=c>"

    assert told(input_context, page, fragment) == ["#b"]


FOCUSED = """<style>i {{ display: none; position: absolute; background: #fff }} {} {{ display: block }}</style>
    <p><a id=x href=#a>Word</a><i id=i>What it means<br>in two lines</i></p><p>Other text that it covers</p>"""


def test_what_appears_with_the_focus_and_covers_other_text(page: BrowserPage) -> None:
    """By a style sheet or a script; a link that shows itself is no such thing, and Escape may take it away."""
    script = "<script>x.onfocus = () => i.style.display = 'block'; x.onblur = () => i.style.display = ''; {}</script>"
    goes = "x.onkeydown = event => { if (event.key === 'Escape') i.style.display = '' }"
    skip = "<style>.s:not(:focus) { position: absolute; left: -999px }</style><a class=s href=#t>Skip</a><p id=t>Text</p>"

    assert told(hover_dismiss, page, FOCUSED.format("a:focus + i")) == ["#x"]
    assert told(hover_dismiss, page, FOCUSED.format("p:focus-within i")) == ["body > p:nth-of-type(1)"]
    assert told(hover_dismiss, page, FOCUSED.format("b") + script.format("")) == ["#x"]
    assert told(hover_dismiss, page, FOCUSED.format("b") + script.format(goes)) == []
    assert told(hover_dismiss, page, skip) == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<html><frameset><frame></frameset></html>",
        "<script>document.documentElement.remove()</script>",
        "<svg><a href='#a'><text y='20'>A</text></a></svg><style>:hover x, ::y:hover z { left: 0 }</style>",
    ],
    ids=["frames", "nothing", "odd"],
)
def test_odd_pages_break_nothing(page: BrowserPage, fragment: str) -> None:
    """Pages without a body, with broken selectors, in other namespaces: nothing of them breaks down, one after the other."""
    with opened(page, fragment) as live:
        rules = (mouse_only, single_key, input_context, hover_only, hover_stays)
        assert {rule.id: [finding.message for finding in rule(live)] for rule in rules} == {rule.id: [] for rule in rules}
