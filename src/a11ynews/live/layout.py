"""Layout: whether everything can be read, and in order: in a narrow or upright window, in large letters, with wide spacing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..finding import Severity
from ..message import Message, say
from ..rule import rule
from .livepage import Element, LivePage


@rule("reflow", on=LivePage, wcag=("1.4.10",), cost=70)
def reflow(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    In a window of 320 by 256 pixels nothing has to be scrolled sideways.

    That is what a window of 1280 by 1024 pixels is for a reader who has enlarged the page four times. What needs two dimensions
    to be understood is exempt: tables, pictures, films, code; and what scrolls sideways by itself.

    Bad: `<p style="min-width: 500px">The river rose in the night.</p>`
    Bad: `<div style="display: flex"><p style="flex: 0 0 240px">One</p><p style="flex: 0 0 240px">Two</p></div>`
    Good: `<p>The river rose in the night.</p>`
    Good: `<table><tr><td style="min-width: 500px">A wide table</td></tr></table>`

    """
    with _in_a_small_window(live, "reflow.js") as found:
        for element, told in found:
            if told["isCut"]:
                message = say(
                    "this is {width} pixels wide, and a window of 320 pixels cuts off {beyond} of them; let it wrap or shrink",
                    width=told["width"],
                    beyond=told["beyond"],
                )
            else:
                message = say(
                    "this is {width} pixels wide and sticks out of a window of 320 pixels by {beyond}; let it wrap or shrink",
                    width=told["width"],
                    beyond=told["beyond"],
                )
            yield element, message


@rule("long-lines-scroll", on=LivePage, wcag=("1.4.10",), severity=Severity.WARNING, cost=70)
def long_lines_scroll(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    In a narrow window no line of text has to be scrolled to its end.

    A part of the page may scroll sideways by itself, as a row of cards does; but the lines in it must fit in what can be seen
    of it, or readers who have enlarged the page go to and fro with every line. Tables and code are exempt.

    Bad: `<div style="overflow-x: auto"><p style="width: 900px">The river rose in the night, and in the morning it stood in the
      streets of the old town. Nobody had seen it coming, and nobody was hurt.</p></div>`
    Good: `<div style="overflow-x: auto"><table><tr><td style="min-width: 900px">The river rose in the
      night.</td></tr></table></div>`
    Good: `<div style="overflow-x: auto; display: flex"><p style="flex: 0 0 200px">The river rose in the night.</p>
      <p style="flex: 0 0 200px">In the morning it stood in the streets.</p></div>`

    """
    with _in_a_small_window(live, "scroller.js") as found:
        for element, told in found:
            yield (
                element,
                say(
                    "at 320 pixels a line of this is {longest} pixels long, and {room} of them are seen at once; let it wrap",
                    longest=told["longest"],
                    room=told["room"],
                ),
            )


@rule("pinned-bars", on=LivePage, wcag=("1.4.10",), severity=Severity.REVIEW, cost=70)
def pinned_bars(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What stays where it is while one scrolls leaves half of a small window free.

    A head or a foot that is pinned to the window takes a tenth of a large one, and most of it for readers who have enlarged the
    page. Let it scroll away where the window is low: `@media (min-height: 400px) { header { position: sticky } }`.

    Bad: `<header style="position: fixed; top: 0; left: 0; right: 0; height: 160px">The news</header>
      <main style="height: 3000px">The river rose in the night.</main>`
    Good: `<header style="position: fixed; top: 0; left: 0; right: 0; height: 60px">The news</header>
      <main style="height: 3000px">The river rose in the night.</main>`

    """
    with _in_a_small_window(live, "pinned.js") as found:
        for element, told in found:
            yield (
                element,
                say(
                    "what is pinned to the window takes {share} % of a height of 256 pixels; let it scroll away there",
                    share=told["share"],
                ),
            )


@contextmanager
def _in_a_small_window(live: LivePage, name: str) -> Iterator[list[tuple[Element, dict[str, Any]]]]:
    """What a script finds in a window of 320 by 256 pixels, which the page is put into once for all rules that ask."""
    if "small window" not in live.memory:
        with live.dressed(width=320, height=256):
            found = {script: [*live.elements(script)] for script in ("reflow.js", "scroller.js", "pinned.js")}
            live.memory["small window"] = live.cell, found
    cell, found = live.memory["small window"]
    with live.told_as(cell):
        yield found[name]


@rule("zoomed-text", on=LivePage, wcag=("1.4.4",), act=("59br37",), severity=Severity.WARNING, cost=55)
def zoomed_text(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Enlarged to twice its size, a page shows all of its text.

    A window of 1280 by 1024 pixels is then one of 640 by 512. A box of a fixed height or width that hides what does not fit in
    it cuts off the words of those who need them large. Text that ends in an ellipsis, and a part that a button unfolds, are
    left alone.

    Bad: `<div style="height: 1.5em; width: 50%; overflow: hidden">The river rose in the night, and in the morning it stood in
      the streets of the old town. Nobody had seen it coming.</div>`
    Good: `<div style="min-height: 1.5em; width: 50%">The river rose in the night, and in the morning it stood in the streets of
      the old town. Nobody had seen it coming.</div>`
    Good: `<div style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 200px">The river rose in the
      night, and in the morning it stood in the streets of the old town.</div>`
    """
    with live.dressed(width=640, height=512):
        for element, told in live.elements("text.js", {"all": True}):
            if told["how"] == "cut":
                yield (
                    element,
                    say("enlarged to twice its size, this cuts off “{words}”; let it grow with its text", words=told["words"]),
                )


@rule("narrow-text", on=LivePage, wcag=("1.4.4", "1.4.10"), severity=Severity.WARNING, cost=45)
def narrow_text(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    In a window of 320 pixels no text is cut off, and none lies on other text.

    Long words, of which German has many, do not break by themselves: `hyphens: auto` or `overflow-wrap: anywhere` lets them.

    Bad: `<h1 style="width: 100%; overflow: hidden; font-size: 40px">Donaudampfschifffahrtsgesellschaft</h1>`
    Bad: `<p style="height: 20px; margin: 0">The river rose in the night, and in the morning it stood in the streets of the old
      town.</p><p style="margin: 0">Nobody had seen it coming, and nobody was hurt.</p>`
    Good: `<h1 style="overflow-wrap: anywhere; font-size: 40px">Donaudampfschifffahrtsgesellschaft</h1>`
    Good: `<p>The river rose in the night.</p><p>Nobody had seen it coming.</p>`

    """
    with live.dressed(width=320):
        for element, told in live.elements("text.js", {"all": True}):
            yield element, _words_lost(told, say("in a window of 320 pixels"))


@rule("large-text", on=LivePage, wcag=("1.4.4",), severity=Severity.WARNING, cost=45)
def large_text(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    With letters twice as large, as a reader sets them in the browser, text is neither cut off nor on other text.

    Sizes in `rem`, `em` and per cent follow that setting; boxes and lines whose heights are given in pixels do not.

    Bad: `<p style="font-size: 1.5em; line-height: 24px; max-height: 64px; overflow: hidden; width: 40em">The river rose in the
      night, and in the morning it stood in the streets of the old town. Nobody had seen it coming.</p>`
    Good: `<p style="font-size: 1.5em; line-height: 1.4">The river rose in the night, and in the morning it stood in the streets
      of the old town. Nobody had seen it coming.</p>`
    """
    live.see("text.js", {"keep": True})
    with live.dressed(text_size=200):
        for element, told in live.elements("text.js", {}):
            yield element, _words_lost(told, say("with letters twice as large"))


@rule("text-spacing", on=LivePage, wcag=("1.4.12",), severity=Severity.WARNING, cost=140)
def text_spacing(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    With more room between letters, words, lines and paragraphs, text is neither cut off nor on other text.

    Readers may set lines 1.5 and the space after paragraphs twice the size of the letters apart, letters 0.12 and words 0.16 of
    it. What is cut off or crowded without that already is told by other rules.

    Bad: `<p style="height: 40px; width: 420px; overflow: hidden; font: 16px/20px sans-serif">The river rose in the night, and
      in the morning it stood in the streets of the old town. Nobody saw it.</p>`
    Good: `<p style="min-height: 40px; width: 420px; font: 16px/20px sans-serif">The river rose in the night, and in the morning
      it stood in the streets of the old town. Nobody saw it.</p>`
    """
    for width in (1280, 320):
        with live.dressed(width=width):
            live.see("text.js", {"keep": True})
            with live.dressed(spacing=True):
                for element, told in live.elements("text.js", {}):
                    yield element, _words_lost(told, say("with more room between letters, words and lines"))


def _words_lost(told: dict[str, Any], when: Message) -> Message:
    """What has become of an element's text."""
    if told["how"] == "over":
        return say("{when} this lies on “{words}”; let boxes grow with their text", when=when, words=told["words"])
    if told["how"] == "crowded":
        return say(
            "{when} the lines of “{words}” lie on each other; give line-height as a number", when=when, words=told["words"]
        )
    if told["how"] == "lost":
        return say("{when} “{words}” is not to be seen any more; let boxes grow with their text", when=when, words=told["words"])
    return say("{when} “{words}” is cut off; let boxes grow with their text", when=when, words=told["words"])


@rule("orientation", on=LivePage, wcag=("1.3.4",), act=("b33eff",), cost=40)
def orientation(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A page can be read in an upright and in a wide window.

    A device may be fixed to a wheelchair. A page that turns its text by a quarter where the window is the other way, or says
    nothing there, wants readers to turn what they cannot.

    Bad: `<style>@media (orientation: portrait) { body { rotate: 90deg } }</style><p>The river rose in the night.</p>`
    Bad: `<style>@media (orientation: portrait) { main { display: none } }</style><main>The river rose in the night, and in the
      morning it stood in the streets.</main><p>Turn!</p>`
    Good: `<style>@media (orientation: portrait) { body { rotate: 0turn } }</style><p>The river rose in the night.</p>`

    """
    live.see("orientation.js", {"keep": True})
    with live.dressed(width=live.cell.height, height=live.cell.width):
        for element, told in live.elements("orientation.js", {}):
            if told["how"] == "turned":
                yield element, say("this is turned by a quarter where the window is upright; leave it as it is in a wide one")
            elif told["how"] == "gone upright":
                yield element, say("most of the text is not to be seen where the window is upright; show it there too")
            else:
                yield element, say("most of the text is not to be seen where the window is wide; show it there too")


def _out_of_order(live: LivePage) -> Iterator[tuple[Element, dict[str, Any]]]:
    """What is seen in another order than it is read out, looked for once for both rules on it."""
    key = f"order {live.where}"
    if key not in live.memory:
        live.memory[key] = [*live.elements("order.js")]
    yield from live.memory[key]


@rule("reading-order", on=LivePage, wcag=("1.3.2",), severity=Severity.WARNING, cost=5)
def reading_order(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Several texts side by side are seen in the order in which they are read out.

    Floats to the right, reversed rows and `order` change what is seen and nothing else: screen readers keep to the order of the
    page's source. That is told of three texts and more that run backwards; of two, see `reading-order-of-two`.

    Bad: `<div><p style="float: right; width: 30%">Third</p><p style="float: right; width: 30%">Second</p>
      <p style="float: right; width: 30%">First</p></div>`
    Good: `<div><p style="float: left; width: 30%">First</p><p style="float: left; width: 30%">Second</p>
      <p style="float: left; width: 30%">Third</p></div>`

    """
    for element, told in _out_of_order(live):
        if told["count"] >= 3:
            yield (
                element,
                say(
                    "“{first}” is read out before “{last}” and seen after it; bring the source into the order that is seen",
                    first=told["first"],
                    last=told["last"],
                ),
            )


@rule("reading-order-of-two", on=LivePage, wcag=("1.3.2",), severity=Severity.REVIEW, cost=5)
def reading_order_of_two(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Two texts are seen in the order in which they are read out, where the order matters.

    Screen readers keep to the order of the page's source, whatever floats, reversed rows and `order` make of it. Whether a text
    makes sense before the other only a person can tell.

    Bad: `<div style="display: flex; flex-direction: row-reverse"><p>In the morning the river stood in the streets of the old
      town.</p> <p>The rain had begun on the evening before, and did not end.</p></div>`
    Good: `<div style="display: flex"><p>The rain had begun on the evening before, and did not end.</p>
      <p>In the morning the river stood in the streets of the old town.</p></div>`

    """
    for element, told in _out_of_order(live):
        if told["count"] == 2 and told["shortest"] >= 40:
            yield (
                element,
                say(
                    "“{first}” is read out before “{last}” and seen after it; see whether that order makes sense",
                    first=told["first"],
                    last=told["last"],
                ),
            )
