"""A walk through a page by the Tab key, forwards and back: done once, and shared by all rules that ask where it leads."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from ..message import say, say_number
from . import script
from .livepage import Element, LivePage

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

_SHARE = 0.4
"""So much of the time that a rule may take a walk takes at most; what comes after is not judged, which is told."""

_INNER_STOPS = 20
"""How often the focus may stay where it is in what has stops of its own: the parts of a date, the buttons of a film."""

_MOST_IDLE = 50
"""So often the Tab key may lead to nothing new, besides three rounds through all that is known."""

_MOST_RELEASES = 5
"""So many parts that take the Tab key for themselves are left by another key."""

_PAUSE = 25
"""Milliseconds after each key, in which scripts may answer."""

_LONG_PAUSE = 300
"""The same where it matters: nobody presses keys much faster."""

_REACTS = frozenset(("keydown", "keyup", "keypress", "focus", "blur", "focusin", "focusout"))
_RELEASES = ("Escape", "Enter", "Space", "ArrowRight", "ArrowDown")

GO_BY_THE_WALK = frozenset(("keyboard-trap", "keyboard-one-way", "focus-lost", "focus-context", "focus-change", "focus-order"))
"""The ids of the rules that need nothing but the walk."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the Tab key stops."""

    element: Element
    """The element; of one in a frame, its target leads through the frame."""
    frame: tuple[str, ...]
    """The selectors that lead to the frame that it stands in, one of the page itself; none where it stands in no frame."""
    is_fixed: bool
    """Whether it stays in the window when the page is scrolled."""
    in_dialog: bool
    has_inner: bool
    is_control: bool
    """Whether it is a control by its nature: a link, a button, a field."""
    is_shown: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def in_frame(self) -> bool:
        """Whether it stands in a frame."""
        return bool(self.frame)

    @property
    def target(self) -> list[str]:
        """The selectors that lead to it, for scripts."""
        return list(self.element.target)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened when an element got the focus."""

    stop: Stop
    kind: str
    """`goes`, `opens`, `jumps` or `replaced`."""
    where: str = ""
    other: Stop | None = None


@dataclass(slots=True)
class Walk:
    """What came of a walk."""

    stops: list[Stop] = field(default_factory=list)
    """All that has got the focus, in the order of the Tab key."""
    is_whole: bool = False
    """Whether it came to the end of the page."""
    ended_at: Stop | None = None
    """Where it was ended without being caught: a dialog that keeps the focus, a part with too many stops of its own."""
    is_late: bool = False
    """Whether it was ended because it took too long."""
    trap: list[Stop] = field(default_factory=list)
    """The stops that no key leads away from."""
    one_way: list[tuple[Stop, str]] = field(default_factory=list)
    """Stops that the focus can leave in one direction only, and the key that does not work."""
    lost: list[Stop] = field(default_factory=list)
    """What the focus is taken away from as soon as it gets it."""
    changes: list[Change] = field(default_factory=list)


def listen(live: LivePage) -> dict[str, Any]:
    """Note in the page which events each element listens to, and give which ones there are at all: `all`, and `outside` parts."""
    expression = script("listeners.js")
    told = live.cdp.send("Runtime.evaluate", {"expression": expression, "includeCommandLineAPI": True, "returnByValue": True})
    value = told["result"].get("value")
    return value if isinstance(value, dict) else {"all": {}, "outside": []}


def focus_on(live: LivePage) -> None:
    """Have the page take keys, whatever window is in front."""
    live.cdp.send("Emulation.setFocusEmulationEnabled", {"enabled": True})


@dataclass(slots=True)
class Departures:
    """Where a page wants to lead readers, and which windows it opens."""

    goes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget them."""
        self.goes.clear()
        self.opens.clear()


_BINDING = "a11ynewsDeparture"

# A session holds a page where it is, and of what it has held back the browser tells nothing.
_TELL_WHAT_IS_HELD = """name => {
  const held = window[Symbol.for("a11ynews departures")];
  if (held) held.push = address => { window[name]?.(address); return Array.prototype.push.call(held, address) };
}"""


@contextmanager
def departures_of(live: LivePage) -> Iterator[Departures]:
    """Where a page wants to lead readers meanwhile. The windows that it opens are closed again."""
    from playwright.sync_api import Error

    departures = Departures()
    top = live.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

    here = urlsplit(live.tab.url)

    def shown(address: str) -> str:
        """Within the site without its host: the port that a folder is served at is another one each time."""
        return address.removeprefix(f"{here.scheme}://{here.netloc}")

    def note_window(popup: "BrowserPage") -> None:
        departures.opens.append(shown(popup.url))
        with suppress(Error):
            popup.close()

    def note_address(event: dict[str, Any]) -> None:
        address = str(event["url"])
        if event["frameId"] == top and urldefrag(address)[0] != urldefrag(live.tab.url)[0]:
            (departures.goes if event["disposition"] == "currentTab" else departures.opens).append(shown(address))

    def note_held(event: dict[str, Any]) -> None:
        if event["name"] == _BINDING:
            departures.goes.append(shown(str(event["payload"])))

    live.tab.on("popup", note_window)
    live.cdp.on("Page.frameRequestedNavigation", note_address)
    live.cdp.on("Runtime.bindingCalled", note_held)
    live.cdp.send("Page.enable")
    live.cdp.send("Runtime.enable")
    live.cdp.send("Runtime.addBinding", {"name": _BINDING})
    live.tab.evaluate(_TELL_WHAT_IS_HELD, _BINDING)
    try:
        yield departures
    finally:
        live.tab.remove_listener("popup", note_window)
        live.cdp.remove_listener("Page.frameRequestedNavigation", note_address)
        live.cdp.remove_listener("Runtime.bindingCalled", note_held)
        live.cdp.send("Runtime.removeBinding", {"name": _BINDING})
        live.cdp.send("Runtime.disable")


def walk(live: LivePage) -> Walk:
    """The walk through the page, done when it is first asked for."""
    if "walk" not in live.memory:
        done = live.memory["walk"] = _Walker(live).go()
        live.answered |= GO_BY_THE_WALK
        _tell_how_far(live, done)
    walked: Walk = live.memory["walk"]
    return walked


def _tell_how_far(live: LivePage, done: Walk) -> None:
    """Say it where a walk has not come to the end of the page: nobody knows what the keyboard meets there."""
    if done.is_whole:
        return
    n = len(done.stops)
    if done.is_late:
        told = say_number(
            "the walk by the Tab key was ended after {n} stop, because it took too long; allow more time (--timeout)",
            "the walk by the Tab key was ended after {n} stops, because it took too long; allow more time (--timeout)",
            n,
        )
        live.unfinished.append(told)
    elif done.trap or done.one_way:
        caught = done.trap[0] if done.trap else done.one_way[0][0]
        live.notes.append(
            say("the Tab key was caught at {place}, and what comes after was not walked to", place=caught.element.selector)
        )
    elif done.ended_at and done.ended_at.in_dialog:
        told = say(
            "the Tab key does not leave the dialog around {place}, nor does Escape close it; look at the page without it too",
            place=done.ended_at.element.selector,
        )
        live.unfinished.append(told)
    elif done.ended_at:
        told = say(
            "the walk by the Tab key was ended at {place}, which has too many stops of its own; look at the rest yourself",
            place=done.ended_at.element.selector,
        )
        live.unfinished.append(told)
    else:
        live.unfinished.append(
            say("the walk by the Tab key did not come to the end of the page; see what its scripts do with it")
        )


@dataclass(slots=True)
class _Step:
    at: int
    focused: list[int]
    asked: list[int]
    """What scripts gave the focus to."""
    native: int
    """What the browser itself gave the focus to; -1 for nothing."""
    is_prevented: bool
    text: int

    @property
    def is_scripted(self) -> bool:
        return self.is_prevented or bool(self.asked)


def _native(log: list[list[Any]]) -> int:
    """What the browser itself gave the focus to, by what happened after a key; -1 for nothing, which is out of the page."""
    by_script = None
    for what, id in log:
        if what == "asked":
            by_script = id
        elif id >= 0 and id != by_script:
            return int(id)
    return -1


class _Walker:
    def __init__(self, live: LivePage) -> None:
        self.live = live
        self.known: dict[int, Stop] = {}
        self.walk = Walk()
        self.pause = 0
        self.text = 0
        self.has_escaped = False
        self.released = 0

    def go(self) -> Walk:
        heard = listen(self.live)
        focus_on(self.live)
        reacts = bool(_REACTS & {*heard["all"]}) or len(self.live.tab.frames) > 1
        self.pause = _PAUSE if reacts else 0
        with departures_of(self.live) as self.departures:
            first = self._state()
            self.text = first.text
            order, suspects = self._forwards(first)
            self.walk.stops = [self.known[id] for id in order if id in self.known]
            if reacts and self.walk.is_whole:
                self._verify(list(dict.fromkeys([*suspects, *self._state(_LONG_PAUSE).asked])))
                self._backwards(order)
        return self.walk

    def _ask(self, part: str, **asked: Any) -> Any:
        return self.live.see("walk.js", {"part": part, **asked})

    def _state(self, pause: int | None = None) -> _Step:
        return self._read(self._ask("state", pause=self.pause if pause is None else pause))

    def _read(self, told: dict[str, Any]) -> _Step:
        for id, facts in told["fresh"].items():
            self.known[int(id)] = Stop(
                Element.of(facts["element"]),
                tuple(facts["frame"]),
                *(bool(facts[name]) for name in ("isFixed", "inDialog", "hasInner", "isControl", "isShown")),
                *(float(facts[name]) for name in ("x", "y", "width", "height")),
            )
        log = told["log"]
        return _Step(
            told["at"],
            [id for what, id in log if what == "focus"],
            [id for what, id in log if what == "asked"],
            _native(log),
            bool(told["isPrevented"]),
            int(told["text"]),
        )

    def _press(self, key: str, pause: int | None = None) -> _Step:
        self.live.tab.keyboard.press(key)
        return self._state(pause)

    def _forwards(self, first: _Step) -> tuple[list[int], list[int]]:
        """The stops in their order, and those that scripts gave the focus to."""
        order = [first.at] if first.at >= 0 else []
        starts_within = bool(order)
        visits: dict[int, int] = dict.fromkeys(order, 1)
        suspects: dict[int, None] = {}
        path: list[_Step] = []
        at, stays, nothing, idle = first.at, 0, 0, 0
        pulled = -1  # where in a dialog a script has taken the focus to from outside
        end = time.monotonic() + _SHARE * self.live.patience
        while True:
            if time.monotonic() > end:
                self.walk.is_late = True
                break
            step = self._press("Tab")
            path.append(step)
            suspects |= dict.fromkeys(step.asked)
            self._note_changes(step, at)
            if step.asked and self._is_in_dialog(step.at) and not self._is_in_dialog(step.native):
                pulled = step.at
            idle += 1
            for id in (*step.focused, step.at):
                if id >= 0 and id not in visits:
                    order.append(id)
                    visits[id] = idle = 0
            if idle > 3 * len(order) + _MOST_IDLE:
                break  # scripts lead it about, or take the key away from where nothing has the focus
            if step.at < 0:
                if not step.focused and not step.is_prevented and not step.asked:
                    nothing += 1
                    if not starts_within or nothing > 1 or not order:
                        if pulled < 0 and self._ask("hasModal"):
                            pulled = next((id for id in reversed(order) if self._is_in_dialog(id)), -1)
                        self.walk.is_whole = pulled < 0
                        if self.walk.is_whole or not self._is_let_out_of_a_dialog(pulled, order):
                            break
                        visits, path, at, nothing, pulled = dict.fromkeys(order, 1), [], -1, 0, -1
                        continue
                elif len(step.focused) > 0 and not step.asked:
                    self._note_lost(step.focused[-1])
                at = -1
                continue
            if step.at == at and not step.is_scripted and (at not in self.known or self.known[at].has_inner):
                stays += 1
                if stays > _INNER_STOPS:
                    self.walk.ended_at = self.known.get(at)
                    break
                continue
            stays = 0
            visits[step.at] += 1
            at = step.at
            if visits[at] == 1:
                continue
            if not step.is_scripted and at == order[0] and not any(one.is_scripted for one in path):
                # Round the corner: the browser has no bar that would take the focus.
                self.walk.is_whole = not (self._is_in_dialog(at) and self._ask("hasModal"))
                if self.walk.is_whole or not self._is_let_out_of_a_dialog(at, order):
                    break
                visits, path, at = dict.fromkeys(order, 1), [], -1
                continue
            if visits[at] < 3:
                continue
            if not any(one.is_scripted for one in path):
                break
            released = self.released
            self.walk.is_whole = self._goes_on(at)
            if released < self.released <= _MOST_RELEASES:
                # A key lets the focus go, as in an editor that takes the Tab key for itself: on from there.
                at = self._state().at
                order += [at] if at >= 0 and at not in order else []
                visits, path = dict.fromkeys(order, 1), []
                continue
            if self.walk.is_whole or not self._is_let_out_of_a_dialog(at, order):
                break
            # The dialog has been closed: on through the page.
            visits, path, at = dict.fromkeys(order, 1), [], -1
        return order, list(suspects)

    def _is_in_dialog(self, id: int) -> bool:
        return id in self.known and self.known[id].in_dialog

    def _is_let_out_of_a_dialog(self, at: int, order: list[int]) -> bool:
        """Whether the focus is kept by a dialog, and Escape ends that; asked once, for a page may have dialogs without end."""
        stop = self.known.get(at)
        if not stop or not stop.in_dialog or self.walk.trap or self.walk.one_way:
            return False
        self.walk.ended_at = stop
        if self.has_escaped:
            return False
        self.has_escaped = True
        self._read(self._ask("focus", id=at, pause=self.pause))
        self._press("Escape", _LONG_PAUSE)
        start = at
        for _ in range(3):
            step = self._press("Tab", _LONG_PAUSE)
            if not self._is_in_dialog(step.at):
                self.walk.ended_at = None
                if step.at >= 0 and step.at not in order:
                    order.append(step.at)
                return True
            if step.at == start:
                break
        return False

    def _note_lost(self, id: int) -> None:
        stop = self.known.get(id)
        if stop and stop not in self.walk.lost and not stop.in_frame:
            self.walk.lost.append(stop)

    def _note_changes(self, step: _Step, before: int) -> None:
        """What happened because something got the focus."""
        text, self.text = self.text, step.text
        stop = self.known.get(step.native)
        if not stop or step.native == before or stop.in_frame:
            return
        if self.departures.goes:
            self.walk.changes.append(Change(stop, "goes", self.departures.goes[0]))
        elif self.departures.opens:
            self.walk.changes.append(Change(stop, "opens"))
        elif step.asked and step.at >= 0 and step.at != step.native and (other := self.known.get(step.at)):
            is_part = other.target == stop.target or before == step.at
            if not is_part and stop.is_control and stop.is_shown:
                self.walk.changes.append(Change(stop, "jumps", "", other))
        elif text > 500 and abs(step.text - text) > text / 2:
            self.walk.changes.append(Change(stop, "replaced"))
        self.departures.clear()

    # Traps.

    def _is_same_frame(self, one: int, other: int) -> bool:
        a, b = self.known.get(one), self.known.get(other)
        return bool(a and b and a.in_frame and a.frame == b.frame)

    def _cycle(self, at: int, key: str) -> set[int] | None:
        """The stops among which the focus goes round with a key pressed slowly; None where it gets out."""
        seen: dict[int, int] = {at: 1}
        for _ in range(30):
            step = self._press(key, _LONG_PAUSE)
            if self._goes_out(step, at, back=key != "Tab"):
                return None
            at = step.at
            seen[at] = seen.get(at, 0) + 1
            if seen[at] >= 3:
                return {*seen}
        return None

    def _goes_out(self, step: _Step, start: int, *, back: bool) -> bool:
        """Whether the browser itself was about to leave the page, whatever scripts have done then."""
        if step.is_prevented:
            return False
        if step.native < 0:
            return True
        if step.native == start or start < 0 or self._is_same_frame(start, step.native):
            return False
        # Round the corner: there the browser's own bars would get the focus.
        return not self._ask("isBefore", ids=[step.native, start] if back else [start, step.native])

    def _goes_on(self, at: int) -> bool:
        """Find out whether the focus is caught, and in which directions; give whether the Tab key gets out after all."""
        cycle = self._cycle(at, "Tab")
        if cycle is None:
            return True
        stops = [self.known[id] for id in cycle if id in self.known]
        if not stops or any(stop.in_dialog for stop in stops):
            return False  # a dialog may keep the focus until it is closed
        if self._is_released(cycle):
            self.released += 1
            return False
        here = next(iter(cycle))
        self._ask("focus", id=here, pause=_LONG_PAUSE)
        if self._cycle(here, "Shift+Tab") is None:
            self.walk.one_way.append((stops[0], "Tab"))
        else:
            self.walk.trap = stops
        return False

    def _is_released(self, cycle: set[int]) -> bool:
        """Whether another key lets the focus go: those that everybody knows, and those that the page names."""
        for id in [*cycle][:2]:
            for key in (*_RELEASES, *_named_keys(self.live)):
                before = self._ask("focus", id=id, pause=self.pause)
                self._read(before)
                step = self._press(key, _LONG_PAUSE)
                if step.at not in cycle:
                    return True
                start = step.at
                for _ in range(len(cycle) + 1):
                    step = self._press("Tab", _LONG_PAUSE)
                    if step.at not in cycle or self._goes_out(step, start, back=False):
                        return True
                    start = step.at
        return False

    def _verify(self, suspects: list[int]) -> None:
        """Go once more, slowly, past what scripts have given the focus to: a slow trap lets hurried walkers pass."""
        for id in suspects[:3]:
            step = self._read(self._ask("focus", id=id, pause=_LONG_PAUSE))
            if step.at == id and not self._goes_on(id):
                return

    def _backwards(self, order: list[int]) -> None:
        if self.walk.trap or self.walk.one_way or not order:
            return
        step = self._read(self._ask("focus", id=order[-1], pause=self.pause))
        at, visits = step.at, {step.at: 1}
        stays = 0
        path: list[_Step] = []
        for _ in range(2 * len(order) + _INNER_STOPS):
            step = self._press("Shift+Tab")
            path.append(step)
            if step.at < 0 and not step.is_scripted and not step.focused:
                return
            if step.at >= 0 and step.at == at and not step.is_scripted:
                stays += 1
                if stays > _INNER_STOPS:
                    return
                continue
            stays, at = 0, step.at
            visits[at] = visits.get(at, 0) + 1
            if at == order[-1] and not any(one.is_scripted for one in path):
                return
            if at >= 0 and visits[at] >= 3:
                break
        else:
            return
        if not any(one.is_scripted for one in path):
            return
        cycle = self._cycle(at, "Shift+Tab")
        stops = [self.known[id] for id in cycle or () if id in self.known]
        if stops and not any(stop.in_dialog for stop in stops) and not self._is_released_back(at, cycle or set()):
            self.walk.one_way.append((stops[0], "Shift+Tab"))

    def _is_released_back(self, at: int, cycle: set[int]) -> bool:
        self._read(self._ask("focus", id=at, pause=self.pause))
        return self._press("Escape", _LONG_PAUSE).at not in cycle or self._press("Shift+Tab", _LONG_PAUSE).at not in cycle


_KEYS = {
    "strg": "Control",
    "ctrl": "Control",
    "control": "Control",
    "alt": "Alt",
    "shift": "Shift",
    "umschalt": "Shift",
    "maiusc": "Shift",
}


def _named_keys(live: LivePage) -> list[str]:
    """Keys that the page names in its words, as `Ctrl+M` or `F6`."""
    named: list[list[str]] = live.see("keys.js")
    return [
        "+".join(_KEYS.get(part.lower(), part.upper() if part[0] in "fF" and len(part) > 1 else part.lower()) for part in parts)
        for parts in named
    ][:5]
