"""The keyboard: whether everything can be reached and left by it, in an order that can be followed, without surprises."""

from collections.abc import Iterator
from itertools import pairwise

from ..finding import Severity
from ..message import say, say_number
from ..rule import rule
from .livepage import Element, LivePage
from .walk import walk


@rule("keyboard-trap", on=LivePage, wcag=("2.1.2",), act=("80af7b", "a1b64e", "ebe86a"), cost=350, disturbs=True)
def keyboard_trap(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The focus can leave every element by the keyboard.

    The rule presses Tab, and where the focus does not get on, Shift and Tab, Escape, Enter, the space bar, the arrows, and what
    keys the page names. A dialog may keep the focus until it is closed.

    Bad: `<a href="#a">A</a> <button onblur="setTimeout(() => this.focus(), 10)">B</button> <a href="#c">C</a>`
    Bad: `<a href="#a">A</a> <button onblur="this.focus()">B</button> <a href="#c">C</a>`
    Good: `<a href="#a">A</a> <button>B</button> <a href="#c">C</a>`
    Good: `<a href="#a">A</a> <textarea onkeydown="if (event.key === 'Tab') event.preventDefault()
        ; if (event.key === 'Escape') c.focus()"></textarea> <a id="c" href="#c">C</a>`
    """
    stops = walk(live).trap
    if len(stops) == 1:
        yield stops[0].element, say("the keyboard cannot leave this; do not take the focus back, and let the Tab key through")
    elif stops:
        yield (
            stops[0].element,
            say_number(
                "the keyboard cannot leave this and {n} other element; do not move the focus when it leaves",
                "the keyboard cannot leave this and {n} other elements; do not move the focus when it leaves",
                len(stops) - 1,
            ),
        )


@rule("keyboard-one-way", on=LivePage, severity=Severity.WARNING, wcag=("2.1.2",), act=("a1b64e",), cost=350, disturbs=True)
def keyboard_one_way(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The focus can go forwards and backwards from every element.

    Who gets on in one direction only has to find that out, and has to go round the whole page to come back.

    Bad: `<a href="#a">A</a> <button onkeydown="if (event.key === 'Tab' && event.shiftKey) event.preventDefault()">B</button>`
    Good: `<a href="#a">A</a> <button onkeydown="if (event.key === 'Escape') this.blur()">B</button>`
    """
    for stop, key in walk(live).one_way:
        yield stop.element, say("{key} does not lead away from this; let the key through", key=key)


@rule("focus-lost", on=LivePage, wcag=("2.1.1", "2.4.7", "3.2.1"), cost=350, disturbs=True)
def focus_lost(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What gets the focus keeps it.

    A script that takes the focus away at once makes a control useless to those who go by keyboard (WCAG failure F55).

    Bad: `<a href="#a">A</a> <a href="#b" onfocus="this.blur()">B</a>`
    Good: `<a href="#a">A</a> <a href="#b" onfocus="this.title = 'B'">B</a>`
    """
    for stop in walk(live).lost:
        if stop.is_control:
            yield stop.element, say("a script takes the focus away as soon as this gets it; let it have the focus")


@rule("focus-context", on=LivePage, wcag=("3.2.1",), cost=350, disturbs=True)
def focus_context(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Nothing is opened or left just because an element gets the focus.

    Who goes through the page by keyboard gives the focus to everything, and wants to choose.

    Bad: `<a href="#a">A</a> <a href="#b" onfocus="location.href = 'https://a.example/'">B</a>`
    Bad: `<a href="#a">A</a> <input aria-label="B" onfocus="window.open('about:blank')">`
    Good: `<a href="#a">A</a> <a href="https://a.example/">B</a>`
    """
    for change in walk(live).changes:
        if change.kind == "goes":
            address = change.where[:100]
            yield (
                change.stop.element,
                say("as soon as this gets the focus, the page goes to {address}; wait for a click", address=address),
            )
        elif change.kind == "opens":
            yield change.stop.element, say("as soon as this gets the focus, a window opens; wait for a click")


@rule("focus-change", on=LivePage, severity=Severity.REVIEW, wcag=("3.2.1",), cost=350, disturbs=True)
def focus_change(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The focus stays where the keyboard has led it, and the page stays as it is.

    Bad: `<a href="#a">A</a> <input aria-label="B" onfocus="c.focus()"> <a href="#d">D</a> <a id="c" href="#c">C</a>`
    Good: `<a href="#a">A</a> <input aria-label="B"> <a id="c" href="#c">C</a>`
    """
    for change in walk(live).changes:
        if change.kind == "jumps" and change.other:
            selector = change.other.element.selector
            yield change.stop.element, say("when this gets the focus, it jumps to {selector}; leave it here", selector=selector)
        elif change.kind == "replaced":
            yield change.stop.element, say("when this gets the focus, much of the page changes; wait for a click")


@rule("focus-order", on=LivePage, severity=Severity.REVIEW, wcag=("2.4.3",), cost=350, disturbs=True)
def focus_order(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The Tab key goes through the page as the eyes do.

    Where style sheets turn the order round, the focus jumps to and fro. Positive `tabindex` has a rule of its own, `tab-order`.

    Bad: `<div style="display:flex;flex-direction:column-reverse;gap:40px"><a href="#a">A</a><a href="#b">B</a></div>`
    Good: `<div style="display:flex;flex-direction:column;gap:40px"><a href="#a">A</a><a href="#b">B</a></div>`
    """
    stops = [stop for stop in walk(live).stops if stop.is_shown and not stop.is_fixed and not stop.in_frame]
    pairs = [(a, b) for a, b in pairwise(stops) if not _has_own_order(a.element) and not _has_own_order(b.element)]
    turned = live.see("stop_order.js", [[a.target, b.target] for a, b in pairs]) if pairs else []
    for (stop, _), way in [(pair, way) for pair, way in zip(pairs, turned, strict=True) if way][:5]:
        if way == "up":
            yield stop.element, say("from here the Tab key goes up, against the order on the screen; put both in the same order")
        else:
            yield stop.element, say("from here the Tab key goes back along the line; put both in the same order")


def _has_own_order(element: Element) -> bool:
    """Whether a positive `tabindex` puts it into an order of its own."""
    return any(name == "tabindex" and value.strip().lstrip("+0").isdigit() for name, value in element.attributes)
