"""What is operated: by the keyboard as by the mouse, without keys that do too much, and nothing that only the mouse sees."""

import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from ..aria import in_words
from ..finding import Severity
from ..message import say
from ..rule import rule
from .livepage import Element, LivePage
from .walk import departures_of, focus_on, listen, walk

_MOST_TRIGGERS = 10
_MOST_WAITS = 2
"""So many times it is waited whether something stays that a script has brought to light."""

_MOMENT = 100
_WHILE = 3_000
"""Milliseconds."""

_MOST_FIELDS = 12
_KEYS = (*string.ascii_lowercase, *string.digits, *"+-*/?.,;:!#=[]'")
_MOST_SHORTCUTS = 10
"""Who answers to more keys than that takes what is typed, and has no shortcuts."""


def _operated(live: LivePage) -> list[dict[str, Any]]:
    """What can be operated by the mouse alone; found out once."""
    if "operated" not in live.memory:
        listen(live)
        live.memory["operated"] = live.see("operate.js")
    found: list[dict[str, Any]] = live.memory["operated"]
    return found


@rule("mouse-only", on=LivePage, wcag=("2.1.1",), cost=10)
def mouse_only(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What says that it is a button or a link can be reached, and used, by the keyboard.

    A role alone makes nothing a button: the Tab key does not stop at it, and Enter does nothing. `<button>` does all that.

    Bad: `<span role="button" onclick="this.hidden = true">Close</span>`
    Bad: `<span role="button" tabindex="0" onclick="this.hidden = true">Close</span>`
    Good: `<button onclick="this.hidden = true">Close</button>`
    Good: `<span role="button" tabindex="0" onclick="this.hidden = true" onkeydown="this.hidden = true">Close</span>`
    """
    for told in _operated(live):
        element, role = Element.of(told["element"]), in_words(told["role"])
        if told["kind"] == "dead":
            yield (
                element,
                say(
                    "the keyboard does not reach this {role}, which works with the mouse; use <button> or <a href>",
                    role=role,
                ),
            )
        elif told["kind"] == "mute":
            yield element, say("this {role} answers to the mouse, and to no key; use <button> or <a href>", role=role)


@rule("mouse-only-part", on=LivePage, severity=Severity.REVIEW, wcag=("2.1.1",), cost=10)
def mouse_only_part(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What looks as if it could be clicked, and can, is in reach of the keyboard.

    Bad: `<span style="cursor:pointer" onclick="this.hidden = true">Close</span>`
    Good: `<button onclick="this.hidden = true">Close</button>`
    Good: `<p style="cursor:pointer" onclick="this.firstChild.click()"><a href="#a">A card</a> that can be clicked as a whole</p>`
    """
    for told in _operated(live):
        if told["kind"] == "maybe":
            yield (
                Element.of(told["element"]),
                say("this can be clicked, and the keyboard does not reach it; make a <button> of it"),
            )


@rule("single-key", on=LivePage, severity=Severity.WARNING, wcag=("2.1.4",), act=("ffbc54",), cost=300, disturbs=True)
def single_key(live: LivePage) -> Iterator[tuple[None, str]]:
    """
    No letter, figure or sign is a shortcut by itself, unless it can be turned off or changed.

    Who dictates to the computer types a word and sets off a shortcut with each letter of it.

    Bad: `<p id="p">Press + to add a line.</p><script>addEventListener('keydown', event => {
        if (event.key === '+') p.append(document.createElement('br')) })</script>`
    Good: `<p id="p">Press Ctrl and + to add a line.</p><script>addEventListener('keydown', event => {
        if (event.key === '+' && event.ctrlKey) p.append(document.createElement('br')) })</script>`
    """
    keys = _shortcuts(live)
    if keys and not live.see("shortcuts.js", {"part": "canBeTurnedOff"}):
        yield (
            None,
            say("{keys} does something by itself; let readers turn that off, or add a key such as Ctrl", keys=", ".join(keys)),
        )


@rule("single-key-choice", on=LivePage, severity=Severity.REVIEW, wcag=("2.1.4",), cost=300, disturbs=True)
def single_key_choice(live: LivePage) -> Iterator[tuple[None, str]]:
    """
    Where single keys are shortcuts, the setting that turns them off or changes them does so.

    Bad: `<label><input type="checkbox"> Keyboard shortcuts</label><p id="p"></p><script>addEventListener('keydown', event => {
        if (event.key === '+') p.append(document.createElement('br')) })</script>`
    Good: `<label><input type="checkbox"> Keyboard shortcuts</label>`
    """
    keys = _shortcuts(live)
    if keys and live.see("shortcuts.js", {"part": "canBeTurnedOff"}):
        yield None, say("{keys} does something by itself; see that this can be turned off or changed", keys=", ".join(keys))


def _shortcuts(live: LivePage) -> list[str]:
    """The keys that do something while nothing has the focus; found out once."""
    if "shortcuts" not in live.memory:
        live.memory["shortcuts"] = _press_all(live)
        live.answered.add("single-key-choice")
    found: list[str] = live.memory["shortcuts"]
    return found


def _press_all(live: LivePage) -> list[str]:
    if not {"keydown", "keypress", "keyup"} & {*listen(live)["outside"]}:
        return []
    focus_on(live)
    found: list[str] = []
    with departures_of(live) as departures:
        live.see("shortcuts.js", {"part": "watch"})
        # All at once first: most pages listen to keys that are no letters.
        for key in _KEYS:
            live.tab.keyboard.press(key)
        if not live.see("shortcuts.js", {"part": "look"}) and not departures.goes and not departures.opens:
            return []
        for key in ("F9", "Home", *_KEYS):
            departures.clear()
            live.tab.keyboard.press(key)
            does = live.see("shortcuts.js", {"part": "look"})
            if departures.goes or departures.opens or does:
                if len(key) > 1:
                    return []  # whatever is pressed
                # Not by chance: it does so again.
                live.tab.keyboard.press(key)
                if live.see("shortcuts.js", {"part": "look"}) or departures.goes or departures.opens:
                    found.append(key)
            if len(found) > _MOST_SHORTCUTS:
                return []
    return found


@rule("input-context", on=LivePage, severity=Severity.WARNING, wcag=("3.2.2",), cost=150, disturbs=True)
def input_context(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Nothing is opened, left or sent just because a field gets another value.

    Who goes through the choices of a list by the arrow keys chooses each of them on the way. A button sends a form.

    Bad: `<select aria-label="Page" onchange="location.href = 'https://a.example/' + this.value"><option>A<option>B</select>`
    Bad: `<label><input type="checkbox" onchange="window.open('about:blank')"> News</label>`
    Good: `<form action="/"><select aria-label="Page"><option>A<option>B</select> <button>Go</button></form>`
    """
    listen(live)
    fields = live.see("fields.js", {"part": "find", "most": _MOST_FIELDS})
    if not fields:
        return
    focus_on(live)
    with departures_of(live) as departures:
        for number, told in enumerate(fields):
            if not live.see("fields.js", {"part": "focus", "number": number}):
                continue
            departures.clear()
            live.tab.keyboard.press(told["key"])
            after = live.see("fields.js", {"part": "after", "number": number})
            element = Element.of(told["element"])
            if departures.goes:
                address = departures.goes[0][:100]
                yield element, say("another value here leads to {address} at once; let a button do that", address=address)
            elif departures.opens:
                yield element, say("another value here opens a window at once; let a button do that")
            elif after["jumped"]:
                yield element, say("another value here moves the focus to {place}; leave it where it is", place=after["jumped"])


@rule("hover-only", on=LivePage, severity=Severity.WARNING, wcag=("2.1.1",), cost=600, disturbs=True)
def hover_only(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Links and buttons that the mouse brings to light can be reached by the keyboard, too.

    Bad: `<style>ul ul { display: none } li:hover ul { display: block }</style>
        <ul><li><a href="#a">News</a><ul><li><a href="#b">Sport</a></li></ul></li></ul>`
    Good: `<style>ul ul { display: none } li:hover ul, li:focus-within ul { display: block }</style>
        <ul><li><a href="#a">News</a><ul><li><a href="#b">Sport</a></li></ul></li></ul>`
    """
    stops = walk(live).stops
    reached = {stop.element.selector for stop in stops}
    addresses = {value for stop in stops for name, value in stop.element.attributes if name == "href" and len(value) > 1}
    if not walk(live).is_whole:
        return
    for one in _revealed(live):
        uses = [Element.of(use) for use in one.fresh["uses"]]
        if not uses or one.by_keys or any(use.selector in reached for use in uses):
            continue
        if all(href in addresses for href in one.fresh["hrefs"] if href) and any(len(href) > 1 for href in one.fresh["hrefs"]):
            continue
        yield (
            one.trigger,
            say("only the mouse brings to light what is in here ({place}); open it by a <button>, too", place=uses[0].selector),
        )


@rule("hover-stays", on=LivePage, severity=Severity.WARNING, wcag=("1.4.13",), cost=600, disturbs=True)
def hover_stays(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What appears under the mouse stays: while the mouse goes over to it, and as long as the mouse is there.

    Who enlarges the page sees a part of it only, and must move there to read; and some read slowly.

    Bad: `<style>i { display: none; position: absolute; top: 200px; left: 0 } b:hover + i { display: block }</style>
        <b>Word</b><i>What it means</i>`
    Good: `<style>i { display: none; position: absolute; top: 1em; left: 0 } b:hover i { display: block }
        b { position: relative }</style><p><b>Word<i>What it means</i></b></p>`
    """
    for one in _revealed(live):
        if not one.stays_under_the_mouse:
            yield one.trigger, say("what appears here ({place}) is gone before the mouse is on it; let it stay", place=one.place)
        elif not one.stays_in_time:
            yield (
                one.trigger,
                say("what appears here ({place}) is gone after a while; let it stay until the reader moves on", place=one.place),
            )


@rule("hover-dismiss", on=LivePage, severity=Severity.REVIEW, wcag=("1.4.13",), cost=600, disturbs=True)
def hover_dismiss(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What appears under the mouse, or with the focus, and covers other text goes away by Escape.

    Bad: `<style>i { display: none; position: absolute; background: #fff } a:focus + i { display: block }</style>
        <p><a href="#a">Word</a><i>What it means<br>in two lines</i></p><p>Other text that it covers</p>`
    Bad: `<style>i { display: none; position: absolute; background: #fff } b:hover i { display: block }</style>
        <p><b>Word<i>What it means<br>in two lines</i></b></p><p>Other text that it covers</p>`
    Good: `<style>i { display: none } b:hover i { display: block }</style>
        <p><b>Word<i>What it means</i></b></p><p>Other text that makes way</p>`
    """
    for one in _revealed(live):
        if one.fresh["isOver"] and not one.is_dismissed:
            yield (
                one.trigger,
                say("what appears here ({place}) covers other text and stays in spite of Escape; let it go", place=one.place),
            )
    known = {one.trigger for one in _revealed(live)}
    for trigger, appears in _covering(live):
        if trigger not in known:
            yield (
                trigger,
                say(
                    "what appears when this has the focus ({place}) covers other text and stays in spite of Escape; let it go",
                    place=appears.selector,
                ),
            )


def _covering(live: LivePage) -> list[tuple[Element, Element]]:
    """What has something appear when it gets the focus that covers other text and stays in spite of Escape; and what appears."""
    if "covering" not in live.memory:
        live.memory["covering"] = [*_cover(live)]
    found: list[tuple[Element, Element]] = live.memory["covering"]
    return found


def _cover(live: LivePage) -> Iterator[tuple[Element, Element]]:
    asks = {"by": "focus"}
    live.tab.mouse.move(1, 1)
    for number, (trigger, _) in enumerate(live.see("hover.js", {"part": "triggers", "most": _MOST_TRIGGERS, **asks})):
        live.see("hover.js", {"part": "leave"})
        live.tab.wait_for_timeout(_MOMENT / 2)
        live.see("hover.js", {"part": "before", "number": number})
        if not live.see("hover.js", {"part": "keys", "number": number}):
            continue
        live.tab.wait_for_timeout(_MOMENT)
        fresh = live.see("hover.js", {"part": "fresh", "number": number, **asks})
        if not fresh or not fresh["isOver"]:
            continue
        live.tab.keyboard.press("Escape")
        live.tab.wait_for_timeout(_MOMENT)
        if live.see("hover.js", {"part": "stays", "number": number}):
            yield Element.of(trigger), Element.of(fresh["first"])
    live.see("hover.js", {"part": "leave"})


@dataclass(frozen=True, slots=True)
class _Revealed:
    """What the mouse brings to light over an element, and what becomes of it."""

    trigger: Element
    fresh: dict[str, Any]
    """As `hover.js` tells it."""
    stays_under_the_mouse: bool
    """Whether it is still there when the mouse has moved onto it."""
    stays_in_time: bool
    """Whether it is still there after a while, when the mouse has not moved."""
    is_dismissed: bool
    """Whether Escape makes it go."""
    by_keys: bool
    """Whether the keyboard brings it to light, too."""

    @property
    def place(self) -> str:
        return Element.of(self.fresh["first"]).selector


def _revealed(live: LivePage) -> list[_Revealed]:
    """What brings something to light when the mouse is over it, found out once for all rules that ask."""
    if "revealed" not in live.memory:
        live.memory["revealed"] = [*_reveal(live)]
        live.answered |= {"hover-only", "hover-stays"}
    found: list[_Revealed] = live.memory["revealed"]
    return found


def _reveal(live: LivePage) -> Iterator[_Revealed]:
    listen(live)
    focus_on(live)
    triggers = live.see("hover.js", {"part": "triggers", "most": _MOST_TRIGGERS})
    waits = _MOST_WAITS
    for number, (trigger, is_scripted) in enumerate(triggers):

        def asked(part: str, number: int = number, **more: Any) -> Any:
            return live.see("hover.js", {"part": part, "number": number, **more})

        if not (at := asked("before")):
            continue
        if not (fresh := _over(live, asked, at)):
            continue
        # As a hand moves it, which does not notice a gap of a few pixels.
        way = hypot(fresh["x"] - at[0], fresh["y"] - at[1])
        live.tab.mouse.move(fresh["x"], fresh["y"], steps=max(1, int(way // 8)))
        live.tab.wait_for_timeout(_MOMENT)
        stays_under_the_mouse = bool(asked("stays"))
        # What a style sheet alone shows goes when the mouse does; a script may set a clock.
        stays_in_time = is_dismissed = True
        if stays_under_the_mouse and is_scripted and waits:
            waits -= 1
            live.tab.wait_for_timeout(_WHILE)
            stays_in_time = bool(asked("stays"))
        if fresh["isOver"] and (_over(live, asked, at) or asked("stays")):
            live.tab.keyboard.press("Escape")
            live.tab.wait_for_timeout(_MOMENT)
            is_dismissed = not asked("stays")
        by_keys = bool(fresh["uses"]) and _comes_by_keys(live, asked)
        yield _Revealed(Element.of(trigger), fresh, stays_under_the_mouse, stays_in_time, is_dismissed, by_keys)
    live.tab.mouse.move(1, 1)


def _over(live: LivePage, asked: Callable[..., Any], at: Sequence[float]) -> dict[str, Any] | None:
    """Move the mouse there from elsewhere, and give what comes to light."""
    live.tab.mouse.move(1, 1)
    live.tab.wait_for_timeout(_MOMENT / 2)
    live.tab.mouse.move(*at)
    live.tab.wait_for_timeout(_MOMENT)
    fresh: dict[str, Any] | None = asked("fresh")
    return fresh


def _comes_by_keys(live: LivePage, asked: Callable[..., Any]) -> bool:
    """Whether the focus brings it to light, or a key then."""
    live.tab.mouse.move(1, 1)
    live.tab.wait_for_timeout(_MOMENT / 2)
    if not asked("keys"):
        return False
    if asked("stays"):
        return True
    for key in ("ArrowDown", "Space", "Enter"):
        live.tab.keyboard.press(key)
        live.tab.wait_for_timeout(_MOMENT)
        if asked("stays"):
            return True
    return False
