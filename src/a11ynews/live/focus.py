"""Where the focus is: whether it can be seen in all colours, is not covered, and gets past the menu by a link made for that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..finding import Severity
from ..message import Message, say, say_number
from ..rule import rule
from .cell import Cell
from .livepage import Element, LivePage
from .walk import Stop, departures_of, focus_on, walk

_MOST_KINDS = 60
"""How many elements are photographed at most, each of another kind, where only pixels tell."""

_LOOKS: dict[str, dict[str, Any]] = {"light": {}, "dark": {"scheme": "dark"}, "forced": {"forced_colours": True}}

_BY_MEMORY = frozenset(("focus-visible", "focus-visible-forced", "focus-covered"))
"""The ids of the rules that go by one and the same look at the stops."""


@rule("focus-visible", on=LivePage, wcag=("2.4.7",), act=("oj04fd",), cost=900, disturbs=True)
def focus_visible(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    One can see where the focus is, in light colours and in dark ones.

    The rule takes pictures of the window with and without the focus on an element, after a key was pressed. It finds fault
    where they are the same to the last pixel. A caret in a field does; of many elements of one kind it looks at one.

    Bad: `<style>a:focus { outline: none }</style><p><a href="#a">A</a> and <a href="#b">B</a></p>`
    Good: `<style>a:focus { outline: none; background: yellow }</style><p><a href="#a">A</a> and <a href="#b">B</a></p>`
    Good: `<p><a href="#a">A</a> and <a href="#b">B</a></p>`
    """
    yield from _told(live, "light")
    yield from _told(live, "dark")


@rule("focus-visible-forced", on=LivePage, severity=Severity.WARNING, wcag=("2.4.7",), cost=900, disturbs=True)
def focus_visible_forced(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    One can see where the focus is with forced colours, too, as in the high contrast of Windows.

    There backgrounds and shadows vanish, and an outline alone stays; it may be transparent, for then it gets a colour there.

    Bad: `<style>a:focus { outline: none; background: yellow }</style><p><a href="#a">A</a></p>`
    Good: `<style>a:focus { outline: 2px solid transparent; background: yellow }</style><p><a href="#a">A</a></p>`
    """
    yield from _told(live, "forced")


@dataclass(frozen=True, slots=True)
class _Unseen:
    """What came of looking at the stops: those without a sign of the focus, by the look, and those that something covers."""

    without_sign: dict[str, tuple[Cell, list[tuple[Stop, bool]]]]
    """For each look the cell, and the stops, with whether they are in sight at all."""
    covered: list[tuple[Cell, Stop, Element]]
    """In which cell which stop is covered by what."""


def _told(live: LivePage, look: str) -> Iterator[tuple[Element, Message]]:
    """The stops at which nothing changes to the eye when they get the focus, one of each kind."""
    cell, unseen = _looked(live).without_sign.get(look, (live.cell, []))
    with live.told_as(cell):
        for stop, is_in_sight in unseen:
            if is_in_sight:
                told = say("nothing at all changes to the eye when this gets the focus; give it an outline by :focus-visible")
            else:
                told = say("this is out of sight even when it has the focus; bring it into the window by :focus")
            yield stop.element, told


def _looked(live: LivePage) -> _Unseen:
    """The stops, looked at in all colours and at two widths, once for all rules that ask."""
    if "stops" not in live.memory:
        live.memory["stops"] = _look(live, walk(live).stops)
        live.answered |= _BY_MEMORY
    looked: _Unseen = live.memory["stops"]
    return looked


def _look(live: LivePage, stops: Sequence[Stop]) -> _Unseen:
    if not stops:
        return _Unseen({}, [])
    focus_on(live)
    live.tab.keyboard.press("Tab")  # so that the browser takes the focus for one that a keyboard moves
    _ask(live, "find", targets=[stop.target for stop in stops])
    kinds = _ask(live, "kinds")
    without_sign: dict[str, tuple[Cell, list[tuple[Stop, bool]]]] = {}
    known: set[Stop] = set()
    for look, dress in _LOOKS.items():
        with live.dressed(**dress):
            lined = _ask(live, "lined")
            unlined = {kind: number for number, kind in reversed([*enumerate(kinds)]) if kind and not lined[number]}
            chosen = sorted(unlined.values())
            if left := len(chosen[_MOST_KINDS:]):
                live.unfinished.append(
                    say_number(
                        "whether the focus shows was not looked at for {n} kind of element; look at it yourself",
                        "whether the focus shows was not looked at for {n} kinds of elements; look at them yourself",
                        left,
                    )
                )
            unseen = [(stops[number], seen) for number, seen in _without_sign(live, chosen[:_MOST_KINDS])]
            if look == "forced":  # what is not seen in the page's own colours is told there
                unseen = [(stop, seen) for stop, seen in unseen if seen and stop not in known]
            known |= {stop for stop, _ in unseen}
            without_sign[look] = live.cell, unseen
    return _Unseen(without_sign, [*_covered(live, stops)])


def _covered(live: LivePage, stops: Sequence[Stop]) -> Iterator[tuple[Cell, Stop, Element]]:
    """The stops that bars cover when they have the focus, in a wide window and in a narrow one."""
    for width in (1280, 320):
        with live.dressed(width=width, height=800 if width > 640 else 640):
            for told in _ask(live, "covered"):
                if not stops[told["number"]].in_frame:
                    yield live.cell, stops[told["number"]], Element.of(told["cover"])


def _ask(live: LivePage, part: str, **asked: Any) -> Any:
    return live.see("stops.js", {"part": part, **asked})


def _picture(live: LivePage) -> str:
    return str(live.cdp.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})["data"])


def _without_sign(live: LivePage, chosen: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """The numbers of the stops at which no pixel of the window changes with the focus, and whether they are to be seen."""
    facts = _ask(live, "facts")
    unfocused: dict[int, str] = {}
    for number in chosen:
        fact = facts[number]
        if not fact or fact["hasCaret"] or fact["isEmpty"] or fact["isPart"]:
            continue
        # The same place in the window for all that stand near to each other, so that one picture without the focus does for them.
        at = max(
            0,
            int((fact["top"] + fact["height"] / 2) // (live.cell.height // 2)) * (live.cell.height // 2) - live.cell.height // 4,
        )
        if at not in unfocused:
            if not _ask(live, "blur", at=at):
                continue
            unfocused[at] = _picture(live)
        # A picture waits for the page to be painted; only what seems to give no sign is waited for longer.
        got = _ask(live, "focus", number=number, staysPut=True, at=at, hastily=True)
        if not got["has"] or not got["shows"] or _picture(live) != unfocused[at]:
            continue
        # Once more, as the browser itself does it: where it scrolls to, and without what lies between.
        _ask(live, "blur")
        got = _ask(live, "focus", number=number)
        with_focus = _picture(live)
        if got["has"] and _ask(live, "blur") and _picture(live) == with_focus:
            yield number, bool(got["isInSight"])


@rule("focus-covered", on=LivePage, wcag=("2.4.11",), cost=900, disturbs=True)
def focus_covered(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What has the focus is not covered by bars that stay in the window.

    Headers and footers that stick to the window, and notices on cookies, must leave room for it: `scroll-padding` does that.

    Bad: `<div style="position:fixed;inset:0 0 auto;height:200px;background:#fff">Bar</div><a href="#a">A</a>`
    Good: `<div style="position:fixed;inset:0 0 auto;height:20px;background:#fff">Bar</div>
        <p style="height:50px"></p><a href="#a">A</a>`
    """
    by_cover: dict[tuple[Cell, Element], list[Stop]] = {}
    for cell, stop, cover in _looked(live).covered:
        by_cover.setdefault((cell, cover), []).append(stop)
    for (cell, cover), stops in by_cover.items():
        with live.told_as(cell):
            if len(stops) == 1:
                told = say("{cover} covers this wholly when it has the focus; leave room by scroll-padding", cover=cover.selector)
            else:
                told = say_number(
                    "{cover} covers this and {n} other element wholly when they have the focus; leave room by scroll-padding",
                    "{cover} covers this and {n} other elements wholly when they have the focus; leave room by scroll-padding",
                    len(stops) - 1,
                    cover=cover.selector,
                )
            yield stops[0].element, told


@rule("skip-link-works", on=LivePage, wcag=("2.4.1",), cost=100, disturbs=True)
def skip_link_works(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The link that skips to the content does so: Enter on it takes the keyboard there.

    Bad: `<a href="#text" onclick="event.preventDefault()">To the content</a><nav><a href="#a">A</a></nav>
        <main id="text"><a href="#b">B</a></main>`
    Good: `<a href="#text">To the content</a><nav><a href="#a">A</a></nav><main id="text"><a href="#b">B</a></main>`
    """
    stop = _skip_link(live)
    if not stop:
        return
    with departures_of(live) as departures:
        live.tab.keyboard.press("Enter")
        live.settle()
        live.tab.keyboard.press("Tab")
        is_elsewhere = bool(departures.goes or departures.opens)
    if not is_elsewhere and not live.see("skip.js", {"part": "arrived", "target": stop.target}):
        yield stop.element, say("Enter on this link does not take the keyboard to its target; let the browser follow it")


def _skip_link(live: LivePage) -> Stop | None:
    """The first link within the page among the first stops, with the focus on it."""
    focus_on(live)
    for stop in walk(live).stops[:3]:
        href = next((value for name, value in stop.element.attributes if name == "href"), "")
        if not stop.in_frame and stop.element.tag == "a" and href.startswith("#") and len(href) > 1:
            _ask(live, "find", targets=[stop.target])
            _ask(live, "focus", number=0)
            return stop if live.see("skip.js", {"part": "applies", "target": stop.target}) else None
    return None
