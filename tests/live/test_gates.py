"""The gates of live rules: closed where there is nothing to look at, open where there may be, or where nobody can tell."""

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Severity
from a11ynews.live import axe, script
from a11ynews.live.cell import CELLS
from a11ynews.live.gates import asks_about_contrast, sign
from a11ynews.live.livepage import LivePage
from a11ynews.live.rules import GATES, LIVE_RULES, QUICK_COST, USUAL_RULES
from livepages import examples, opened

BAD = [
    pytest.param(rule.id, fragments[0], id=f"{rule.id}-{number}")
    for rule in LIVE_RULES
    if rule.id in GATES and rule.id != "contrast-by-pixels"
    for number, (kind, fragments) in enumerate(examples(rule))
    if kind == "Bad"
]


def seen(live: LivePage) -> set[str]:
    """The names of the gates that are open, after the page was looked at in its cells."""
    for cell in (CELLS[3], CELLS[0]):
        cell.put_on(live.tab)
        live.settle()
        live.tab.evaluate(f"() => ({script('compare.js')})(({script('facts.js')})(), true)")
    return {id for id, gate in GATES.items() if gate(live)}


@pytest.mark.parametrize(("id", "fragment"), BAD)
def test_the_gate_of_a_rule_is_open_where_the_rule_finds_something(id: str, fragment: str, page: BrowserPage) -> None:
    """Each of its bad examples opens it, or the usual check would not see what a thorough one sees."""
    with opened(page, fragment) as live:
        assert id in seen(live)


def test_a_plain_page_opens_no_gate(page: BrowserPage) -> None:
    """Words, links, a picture, a form, and a script that minds its own business."""
    fragment = """<style>a:hover { color: red } a { color: #00c } button:focus-visible { outline: 2px solid }</style><header>
        <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav></header><main><h1>Flood</h1><p>The river rose in the night.</p>
        <img src="data:image/svg+xml," alt=""><form><label>Word <input oninput="title = value"></label>
        <button>Search</button></form></main>
        <script>addEventListener("keydown", event => { if (event.key === "/") event.preventDefault() })</script>"""
    with opened(page, fragment) as live:
        assert seen(live) == set()


@pytest.mark.parametrize(
    ("style", "is_open"),
    [
        ("a { outline: none }", True),
        ("* { outline: 0 }", True),
        ("a:focus { outline: 0 }", True),
        ("nav { a:focus { outline: none } }", True),
        ("a, a:focus { outline: none; background: none }", True),
        ("@media (min-width: 1px) { a:focus { outline: none } }", True),
        ("@media print { a:focus { outline: none } }", False),
        ("a:focus:not(:focus-visible) { outline: none }", False),
        ("a:focus { outline: none; background: yellow }", False),
        ("a { outline: none } a:focus-visible { box-shadow: 0 0 2px red }", False),
        ("a:focus { outline: none } nav:focus-within { border: 1px solid }", False),
        ("button:focus { outline: none }", False),
        ("a:focus { outline: 2px solid #fff }", True),
        ("nav { background: #000 } a:focus { outline: 1px solid black }", True),
        ("nav { background: #000 } a:focus { outline: 1px solid #fff }", False),
        ("a:focus { outline: 2px solid }", False),
    ],
)
def test_the_line_around_the_focus(style: str, is_open: bool, page: BrowserPage) -> None:
    """Taken away without anything in its place, from something that is there."""
    with opened(page, f"<style>{style}</style><nav><a href='/'>Home</a></nav>") as live:
        assert sign("unseenFocus")(live) is is_open


@pytest.mark.parametrize(
    ("script", "is_open"),
    [
        ("b.onblur = () => b.focus()", True),
        ("function back() { b.focus() }; b.addEventListener('blur', () => setTimeout(back))", True),
        ("b.onkeydown = event => { if (event.keyCode === 9) event.preventDefault() }", True),
        ("b.onkeydown = event => { if (event.key === 'ArrowDown') event.preventDefault() }", False),
        ("b.onblur = () => { b.title = 'left' }", False),
        ("b.onclick = () => b.focus()", False),
    ],
)
def test_scripts_that_may_keep_the_focus(script: str, is_open: bool, page: BrowserPage) -> None:
    """By what they do about keys and the focus, in functions that they call, too."""
    with opened(page, f"<a href='/'>A</a> <button id='b'>B</button><script>{script}</script>") as live:
        assert GATES["keyboard-trap"](live) is is_open


def test_what_cannot_be_told_leaves_the_gate_open(page: BrowserPage) -> None:
    """A page that was never looked at in a narrow window; a script that breaks down."""
    with opened(page, "<p>A</p>") as live:
        assert sign("isWide")(live)
        assert not sign("hasFilms")(live)

    with opened(page, "<p>A</p><script>Element.prototype.checkVisibility = null; window.matchMedia = null</script>") as live:
        page.evaluate("document.querySelectorAll = null")
        assert sign("hasFilms")(live)


def test_contrast_is_measured_where_axe_asks(page: BrowserPage) -> None:
    """Not where it is certain."""

    def told(rule: str, severity: Severity) -> axe.Outcome:
        return axe.Outcome((rule,), (axe.Node(rule, severity, "", (), (), ("p",), "", "", "p", (), ""),))

    with opened(page, "<p>A</p>") as live:
        for outcome, is_open in (
            (told("color-contrast", Severity.REVIEW), True),
            (told("color-contrast", Severity.ERROR), False),
            (told("label", Severity.REVIEW), False),
        ):
            live.outcomes = {CELLS[0]: outcome}
            assert asks_about_contrast(live) is is_open


def test_the_usual_check_has_cheap_rules_and_those_with_a_gate() -> None:
    """A thorough one asks at no gate; and a gate is never for a rule that is cheap anyway."""
    ids = {rule.id for rule in LIVE_RULES}

    assert {*GATES} <= ids
    assert {rule.id for rule in USUAL_RULES if not rule.gate} == {
        rule.id for rule in LIVE_RULES if rule.cost <= QUICK_COST and rule.id not in GATES
    }
    assert all(rule.gate is None for rule in LIVE_RULES)
