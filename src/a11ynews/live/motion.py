"""
What moves, changes, flashes or sounds by itself.

Pages settle before they are looked at: animations come to their end. So what goes on by itself is watched in a tab of its own, in
which nobody does anything, and whose clock runs ahead: twenty seconds of it pass in a moment. Its reader wants little motion.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from PIL import Image, ImageChops

from ..finding import Severity
from ..message import say
from ..rule import rule
from . import script
from .livepage import Element, LivePage

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession
    from playwright.sync_api import Page as BrowserPage

_WATCHED = 20_000
"""Milliseconds of the page's own time."""
_PATIENCE = 8_000
"""Milliseconds of ours, at most, that they may take."""

LONG = 5.0
"""Seconds that something may move by itself (WCAG 2.2.2)."""

FLASHES = 3
"""In a second there may be so many (WCAG 2.3.1) …"""
FLASHING_AREA = 341 * 256 / 4
"""… and of a larger area in CSS pixels none."""

_MOST_BYTES = 12_000_000
_MOST_PICTURES = 60
_MOST_FRAMES = 300


@rule("moving-picture", on=LivePage, wcag=("2.2.2",), severity=Severity.WARNING, cost=40)
def moving_picture(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A picture or a film that moves by itself for more than five seconds can be stopped.

    Who is easily distracted cannot read beside it. An animated GIF has nothing to stop it by: use a film with controls, or a
    picture that stands still. Where the page has a button to pause, that is taken for enough.

    Bad: `<img alt="A light" width="40" height="40" src="data:image/gif;base64,R0lGODlhAgACAIEAAAAAAP///wAAAAAAACH/C05FVFNDQVBF
      Mi4wAwEAAAAh+QQAMgAAACwAAAAAAgACAAAIBgABCAQQEAAh+QQBMgABACwAAAAAAgACAIH///8AAAAAAAAAAAAIBgABCAQQEAA7">`
    Good: `<video controls muted loop src="data:video/mp4;base64," width="300" height="200"></video>`
    Good: `<img alt="A dot" width="20" height="20" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`


    """
    told = live.see("films.js")
    if told["hasControl"]:
        return
    for film in told["films"]:
        yield (
            Element.of(film["element"]),
            say("this film plays by itself and nothing stops it; give it controls, or a button that pauses it"),
        )
    for element, _area, frames in _animated(live, told["pictures"]):
        if frames.seconds > LONG and frames.is_moving:
            if frames.is_endless:
                yield (
                    element,
                    say("this picture moves without end and nothing stops it; use a film with controls, or a still picture"),
                )
            else:
                yield (
                    element,
                    say(
                        "this picture moves for {n} seconds and nothing stops it; use a film with controls, or a still picture",
                        n=round(frames.seconds),
                    ),
                )


@rule("moving-content", on=LivePage, wcag=("2.2.2",), severity=Severity.WARNING, cost=300)
def moving_content(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What moves, blinks or scrolls by itself for more than five seconds can be stopped.

    Animations without an end, sliders that go on, tickers. What rests for readers who have asked their system for less motion
    (`prefers-reduced-motion`) is not told, nor is anything where the page has a button to pause.

    Bad: `<style>@keyframes a { to { transform: translateX(90px) } } b { display: block; animation: a 1s infinite
      }</style><b>New</b>`
    Good: `<style>@keyframes a { to { transform: translateX(90px) } } b { display: block; animation: a 1s 2 }</style><b>New</b>`
    Good: `<style>@keyframes a { to { transform: translateX(90px) } } @media (prefers-reduced-motion: no-preference) { b {
      display: block; animation: a 1s infinite } }</style><b>New</b>`

    """
    watched = _watched(live)
    if watched["hasControl"]:
        return
    for told in watched["moving"]:
        if told["how"] == "scrolls":
            yield Element.of(told["element"]), say("this scrolls by itself and nothing stops it; give it a button that pauses it")
        else:
            yield (
                Element.of(told["element"]),
                say("this moves by itself for more than five seconds and nothing stops it; give it a button that pauses it"),
            )


@rule("changing-text", on=LivePage, wcag=("2.2.2",), act=("efbfc7",), severity=Severity.WARNING, cost=300)
def changing_text(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Text that changes again and again by itself can be paused, stopped or hidden.

    A ticker, a counter, a quotation that makes room for the next. Each button of the page is tried: one of them must end it.

    Bad: `<p>The news</p><p id="n">1</p><script>setInterval(() => { n.textContent++ }, 1000)</script>`
    Good: `<p>The news</p><p id="n">1</p><button onclick="clearInterval(t)">Pause</button>
      <script>var t = setInterval(() => { n.textContent++ }, 1000)</script>`
    Good: `<p>The news</p><p id="n">1</p><script>setTimeout(() => { n.textContent++ }, 1000)</script>`


    """
    watched = _watched(live)
    for told in [] if watched["isStopped"] else watched["texts"]:
        yield (
            Element.of(told["element"]),
            say(
                "this text changes again and again by itself ({n} times in twenty seconds), and nothing on the page stops it; "
                "give it a button that does",
                n=told["often"],
            ),
        )


@rule("flashes", on=LivePage, wcag=("2.3.1",), severity=Severity.WARNING, cost=300)
def flashes(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Nothing large flashes more than three times a second.

    It can cause seizures. Moving pictures and animations are gone through frame by frame; a flash is a change to and fro of a
    tenth of the brightness, and large is a quarter of 341 by 256 pixels.

    Bad: `<style>@keyframes f { 0% { background: #000 } 50% { background: #fff } } div { height: 300px; animation: f 0.2s
      steps(1) infinite }</style><div></div>`
    Good: `<style>@keyframes f { 0% { background: #000 } 50% { background: #fff } } div { height: 300px; animation: f 2s
      steps(1) infinite }</style><div></div>`

    """
    for element, area, frames in _animated(live, live.see("films.js")["pictures"]):
        if area * frames.flashing() > FLASHING_AREA:
            yield element, say("this picture flashes more than three times a second; show one of its frames instead")
    if flickers := _watched(live)["flickers"]:
        yield Element.of(flickers), say("this flashes more than three times a second; slow it down, or take it away")


@rule("sound-by-itself", on=LivePage, act=("aaa1bf",), severity=Severity.WARNING, cost=5)
def sound_by_itself(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Sound does not begin by itself and last for more than three seconds.

    Who listens to a screen reader hears both at once, and must find the button that ends it by ear. WCAG allows it where there
    is such a button; better let readers start it.

    Bad: `<audio id="a" autoplay controls></audio><script>a.src = URL.createObjectURL(new
      Blob([Uint8Array.from(atob("UklGRiT6AABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQD6AAA="), c => c.charCodeAt()), new
      Uint8Array(64000).map((_, n) => n * 9)], {type: "audio/wav"}))</script>`
    Good: `<video autoplay muted controls src="data:video/mp4;base64,"></video>`


    """
    for element, told in _sounds(live):
        if told["isControlled"]:
            yield element, say("this begins to sound by itself; let readers start it")


@rule("sound-without-control", on=LivePage, wcag=("1.4.2",), act=("80f0bf", "4c31df", "aaa1bf"), cost=5)
def sound_without_control(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Sound that begins by itself and lasts for more than three seconds can be stopped or silenced.

    With `controls`, or with a button of the page that says so.

    Bad: `<audio id="a" autoplay></audio><script>a.src = URL.createObjectURL(new
      Blob([Uint8Array.from(atob("UklGRiT6AABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQD6AAA="), c => c.charCodeAt()), new
      Uint8Array(64000).map((_, n) => n * 9)], {type: "audio/wav"}))</script>`
    Good: `<video autoplay muted src="data:video/mp4;base64,"></video>`


    """
    for element, told in _sounds(live):
        if not told["isControlled"]:
            yield element, say("this begins to sound by itself and nothing stops it; let readers start it, and give it controls")


def _sounds(live: LivePage) -> Iterator[tuple[Element, dict[str, Any]]]:
    """What begins to sound by itself, and lasts. What can be told for certain, axe need not ask a person about."""
    for element, told in live.elements("sounds.js"):
        if told["sounds"] is not None:
            live.spare("no-autoplay-audio", element)
        if told["sounds"]:
            yield element, told


# -- what goes on by itself ---------------------------------------------------------------------------------------------

# What comes soon is seen at once; what takes its time is not asked for two hundred times in each second of it.
_LOADED = """milliseconds => new Promise(done => {
  const began = Date.now();
  const look = () => {
    const passed = Date.now() - began;
    document.readyState === "complete" || passed > milliseconds ? done() : setTimeout(look, passed < 1000 ? 5 : 50);
  };
  look();
})"""


def _watched(live: LivePage) -> dict[str, Any]:
    """What went on by itself on the page, in a tab of its own; watched once, for all rules that ask."""
    if "motion" not in live.memory:
        tab = live.tab.context.new_page()
        try:
            live.memory["motion"] = _watch(live, tab)
        finally:
            tab.close()
    told: dict[str, Any] = live.memory["motion"]
    return told


def _watch(live: LivePage, tab: "BrowserPage") -> dict[str, Any]:
    cdp = tab.context.new_cdp_session(tab)
    _keep(cdp)
    tab.add_init_script(script("watch.js"))
    tab.set_viewport_size({"width": live.cell.width, "height": live.cell.height})
    tab.emulate_media(color_scheme=live.cell.scheme, reduced_motion="reduce")
    live.again(tab)
    tab.evaluate(_LOADED, _PATIENCE)
    left_out = "window[Symbol.for('a11ynews left out')]"
    tab.evaluate(f"selectors => {{ {left_out} = selectors }}", live.tab.evaluate(f"{left_out} ?? []"))
    flickers = _flickering(tab, cdp)
    _pass(tab, cdp, _WATCHED)
    told: dict[str, Any] = _see(tab, "watched.js", {})
    told["flickers"] = flickers
    told["isStopped"] = bool(told["texts"]) and (told["hasChoice"] or _is_stopped(tab, cdp, told))
    return told


def _keep(cdp: "CDPSession") -> None:
    """Let a tab have the one document that is asked for, and its frames theirs, wherever it wants to lead."""
    from playwright.sync_api import Error

    top = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    asked_for: list[str] = []

    def decide(event: dict[str, Any]) -> None:
        is_allowed = event["frameId"] != top or not asked_for or "redirectedRequestId" in event
        if event["frameId"] == top:
            asked_for.append(event["requestId"])
        with suppress(Error):  # the request may have gone
            if is_allowed:
                cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                cdp.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})

    cdp.on("Fetch.requestPaused", decide)
    cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})


def _see(tab: "BrowserPage", name: str, argument: Any) -> Any:
    return tab.evaluate(f"argument => ({script(name)})(({script('describe.js')}), argument)", argument)


def _pass(tab: "BrowserPage", cdp: "CDPSession", milliseconds: int) -> None:
    """Let so much of a tab's time pass, as quickly as it can."""
    over: list[bool] = []
    cdp.once("Emulation.virtualTimeBudgetExpired", lambda _event: over.append(True))
    # A page that always has something to do at once gets on all the same.
    budget = {"policy": "advance", "budget": milliseconds, "maxVirtualTimeTaskStarvationCount": 1000}
    cdp.send("Emulation.setVirtualTimePolicy", budget)
    for _ in range(_PATIENCE // 20):
        if over:
            return
        tab.wait_for_timeout(20)


def _is_stopped(tab: "BrowserPage", cdp: "CDPSession", told: dict[str, Any]) -> bool:
    """Whether one of the page's controls ends the changes of its texts."""
    gap = int(max(text["gap"] for text in told["texts"]))
    for number in range(told["controls"]):
        since = _see(tab, "watched.js", {"press": number})["now"]
        _pass(tab, cdp, 2 * gap + 1500)
        if not _see(tab, "watched.js", {"since": since, "asked": True})["later"]:
            return True
    return False


_STEP = 50
_STEPS = 30


def _flickering(tab: "BrowserPage", cdp: "CDPSession") -> dict[str, Any] | None:
    """The description of an element that is animated so that a large part of the window flashes; None where there is none."""
    tab.emulate_media(reduced_motion="no-preference")
    try:
        quick = _see(tab, "flicker.js", {})
        if not quick:
            return None
        size = tab.viewport_size or {"width": 1280, "height": 800}
        shots = []
        for step in range(_STEPS):
            _see(tab, "flicker.js", {"at": step * _STEP})
            # Not as Playwright takes pictures, which looks for fonts, carets and what not before each of them.
            taken = cdp.send("Page.captureScreenshot", {"format": "jpeg", "quality": 60, "optimizeForSpeed": True})["data"]
            with Image.open(io.BytesIO(base64.b64decode(taken))) as shot:
                shots.append((step * _STEP / 1000, shot.convert("RGB").resize((64, 40), Image.Resampling.BOX)))
        _see(tab, "flicker.js", {"at": -2})
        found: dict[str, Any] = quick[0]["element"]
        return found if flashing_share(shots) * size["width"] * size["height"] > FLASHING_AREA else None
    finally:
        tab.emulate_media(reduced_motion="reduce")


# -- pictures, frame by frame -----------------------------------------------------------------------------------------


class Frames:
    """The frames of a picture that moves: how they look, made small, and how many seconds each is shown."""

    def __init__(self, picture: Image.Image) -> None:
        self.is_endless = picture.info.get("loop") == 0
        times = max(1, int(picture.info.get("loop") or 1))
        self.looks: list[Image.Image] = []
        self.durations: list[float] = []
        self.is_moving = False
        for number in range(min(getattr(picture, "n_frames", 1), _MOST_FRAMES)):
            picture.seek(number)
            duration = float(picture.info.get("duration") or 0)
            self.durations.append((duration if duration > 10 else 100) / 1000)  # as browsers do
            look = picture.convert("RGB").resize((32, 32), Image.Resampling.BOX)
            self.is_moving = self.is_moving or bool(self.looks and ImageChops.difference(look, self.looks[0]).getbbox())
            self.looks.append(look)
        self.seconds = float("inf") if self.is_endless else sum(self.durations) * times

    def flashing(self) -> float:
        """The share of the picture that flashes more than three times a second."""
        if not self.is_moving:
            return 0
        shown: list[tuple[float, Image.Image]] = []
        time, number = 0.0, 0
        while time < 2 and len(shown) < 200:
            shown.append((time, self.looks[number % len(self.looks)]))
            time += self.durations[number % len(self.durations)]
            number += 1
            if number >= len(self.looks) and not self.is_endless:
                break
        return flashing_share(shown)


def _animated(live: LivePage, pictures: Sequence[dict[str, Any]]) -> Iterator[tuple[Element, float, Frames]]:
    """Pictures that have more than one frame, each with its area on the page in CSS pixels."""
    frames: dict[str, Frames | None] = live.memory.setdefault("frames of pictures", {})
    known: dict[str, tuple[str, int]] | None = None
    for told in pictures:
        address = str(told["address"])
        if address not in frames:
            known = _resources(live) if known is None and not address.startswith("data:") else known
            frames[address] = _frames(_bytes_of(live, address, known or {})) if len(frames) < _MOST_PICTURES else None
        if one := frames[address]:
            yield Element.of(told["element"]), float(told["area"]), one


def _resources(live: LivePage) -> dict[str, tuple[str, int]]:
    """The pictures that the page has loaded: by address the number of the frame, and how large they are."""
    tree = live.cdp.send("Page.getResourceTree")["frameTree"]
    return {
        str(one["url"]): (str(tree["frame"]["id"]), int(one.get("contentSize") or 0))
        for one in tree["resources"]
        if str(one["mimeType"]) in ("image/gif", "image/png", "image/apng", "image/webp")
    }


def _bytes_of(live: LivePage, address: str, known: dict[str, tuple[str, int]]) -> bytes:
    """The bytes of a picture that has been loaded; none where they cannot be had."""
    from playwright.sync_api import Error

    with suppress(Error, ValueError):
        if address.startswith("data:image/"):
            kind, _, data = address.partition(",")
            return base64.b64decode(unquote_to_bytes(data)) if kind.endswith(";base64") else b""
        frame, size = known.get(address, ("", _MOST_BYTES))
        if frame and size < _MOST_BYTES:
            content = live.cdp.send("Page.getResourceContent", {"frameId": frame, "url": address})
            return base64.b64decode(content["content"]) if content["base64Encoded"] else b""
    return b""


def _frames(data: bytes) -> Frames | None:
    """The frames of a picture; None where it stands still, or is none."""
    if not (data.startswith(b"GIF8") or b"acTL" in data[:4096] or (data.startswith(b"RIFF") and b"ANIM" in data[:256])):
        return None
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return Frames(picture) if getattr(picture, "n_frames", 1) > 1 else None
    except Exception:  # noqa: BLE001 – a broken picture can raise anything, and moves nothing
        return None


def flashing_share(frames: Sequence[tuple[float, Image.Image]]) -> float:
    """Of frames, each with the second at which it is shown: the share of them that flashes more than three times a second."""
    if len(frames) < 2 * FLASHES + 2:
        return 0
    brightness = [[_brightness(*pixel) for pixel in _pixels(look)] for _, look in frames]
    moments = [time for time, _ in frames]
    count = len(brightness[0])
    return sum(_flashes(moments, [frame[number] for frame in brightness]) for number in range(count)) / count


def _pixels(look: Image.Image) -> list[tuple[int, int, int]]:
    data = look.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


_LINEAR = [
    value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (byte / 255 for byte in range(256))
]


def _brightness(red: int, green: int, blue: int) -> float:
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _flashes(moments: Sequence[float], brightness: Sequence[float]) -> bool:
    """Whether brightness goes up and down by a tenth, from or to less than four fifths, more than three times within a second."""
    turns: list[float] = []
    low = high = brightness[0]
    """The last trough and the last peak, as far as it has come."""
    rises: bool | None = None
    for moment, value in zip(moments, brightness, strict=True):
        low, high = min(low, value), max(high, value)
        if rises is not True and value - low >= 0.1 and low < 0.8:
            turns.append(moment)
            rises, high = True, value
        elif rises is not False and high - value >= 0.1 and value < 0.8:
            turns.append(moment)
            rises, low = False, value
        if rises is True:
            low = value
        elif rises is False:
            high = value
    needed = 2 * (FLASHES + 1)
    return any(turns[number + needed - 1] - turns[number] <= 1 for number in range(len(turns) - needed + 1))
