"""Colour: whether text, signs and fields stand out from what they stand on, and whether colour is all that tells things apart."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ..finding import Severity
from ..message import Message, say
from ..rule import Rule, rule
from .axe import Node
from .cell import Cell
from .livepage import Element, LivePage

Colour = tuple[int, int, int]

_MOST_TEXTS = 40
_MOST_SCROLLS = 12


@rule("contrast-by-pixels", on=LivePage, wcag=("1.4.3",), act=("afw4f7",), cost=60)
def contrast_by_pixels(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Text on pictures and gradients has a contrast of 4.5 to 1, or 3 to 1 where its letters are large.

    axe cannot tell what is behind such text, and asks for somebody to look. Here it is looked at, pixel by pixel, with the text
    and without it. Told is only what falls short everywhere; where all of it is well above, nobody needs to look any more; and
    what is good in one place and bad in another stays for a person.

    Bad: `<p style="color: #999; background: linear-gradient(#fff, #eee)">The river rose in the night.</p>`
    Good: `<p style="color: #333; background: linear-gradient(#fff, #eee)">The river rose in the night.</p>`
    Good: `<p style="color: #777; background: linear-gradient(90deg, #000, #fff)">The river rose in the night, and stood in the
      streets.</p>`

    """
    measured: dict[int, _Judged] = {}
    for cell, outcome in live.outcomes.items():
        nodes = [node for node in outcome.nodes if node.rule == "color-contrast" and node.severity is Severity.REVIEW][
            :_MOST_TEXTS
        ]
        # A cell in which everything is painted as in one before has its outcome.
        judged = measured.get(id(outcome))
        if nodes and (judged is None or judged.poor):
            with _in_cell(live, cell):
                judged = measured[id(outcome)] = judged or _judged(live, nodes)
                yield from judged.poor
        if judged:
            live.resolved |= {(cell, "color-contrast", target) for target in judged.clear}


@rule("icon-contrast", on=LivePage, wcag=("1.4.11",), severity=Severity.WARNING, cost=180)
def icon_contrast(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The sign on a button or a link without words has a contrast of 3 to 1, in light and in dark colours.

    Bad: `<button aria-label="Search" style="background: #fff; border: 0"><svg width="24" height="24"><rect width="24"
      height="24" fill="#ccc"/></svg></button>`
    Good: `<button aria-label="Search" style="background: #fff; border: 0"><svg width="24" height="24"><rect width="24"
      height="24" fill="#444"/></svg></button>`
    """
    for scheme in ("light", "dark"):
        with _in_cell(live, Cell(live.cell.width, live.cell.height, "dark" if scheme == "dark" else "light")):
            for told, ratio in _signs(live):
                # Nothing at all is something else: a font that has not come, a link over a whole card.
                if 1.15 < ratio < 2.6:
                    yield (
                        Element.of(told["element"]),
                        say(
                            "the contrast of this sign is about {ratio}:1, and 3:1 is needed; darken or lighten it",
                            ratio=f"{ratio:.1f}",
                        ),
                    )


@rule("icon-vanishes", on=LivePage, severity=Severity.WARNING, cost=180)
def icon_vanishes(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    The sign on a button or a link without words is still to be seen where readers force their own colours.

    Background colours are taken away then, and a sign that is cut out of one by `mask-image` goes with them. Draw it as an SVG
    in `currentColor`, or give it `background-color: ButtonText` in `@media (forced-colors: active)`.

    Bad: `<style>a { display: block; width: 24px; height: 24px; background: #000; mask-image: linear-gradient(90deg, #000 50%,
      transparent 50%) }</style><a href="x" aria-label="Search"></a>`
    Good: `<a href="x" aria-label="Search"><svg width="24" height="24"><rect width="12" height="24"
      fill="currentColor"/></svg></a>`
    """
    seen = {told["number"] for told, ratio in _signs(live) if ratio >= 2.6}
    if not seen:
        return
    with live.dressed(forced_colours=True):
        for told, ratio in _signs(live):
            if told["number"] in seen and ratio < 1.15:
                yield Element.of(told["element"]), say("this sign vanishes where colours are forced; draw it in currentColor")


@rule("field-edge", on=LivePage, wcag=("1.4.11",), severity=Severity.WARNING, cost=8)
def field_edge(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    It is to be seen where a field for text begins and ends: its edge or its ground has a contrast of 3 to 1.

    A frame around the field and the button that belongs to it does as well.

    Bad: `<label>Name <input style="border: 1px solid #ccc; background: #fff"></label>`
    Good: `<label>Name <input style="border: 1px solid #767676; background: #fff"></label>`
    Good: `<label>Name <input></label>`

    """
    for told in _by_scheme(live, "fields"):
        yield (
            Element.of(told["element"]),
            say(
                "the edge of this field has a contrast of {ratio}:1, and 3:1 is needed; darken or lighten it", ratio=told["ratio"]
            ),
        )


@rule("link-like-text", on=LivePage, wcag=("1.4.1",), severity=Severity.WARNING, cost=8)
def link_like_text(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A link in a text is told from the text by more than a little colour.

    By a line below it, as readers know it, or by bold letters; a colour alone does only where it has a contrast of 3 to 1 to
    the text. Told is what axe's rule `link-in-text-block` does not find.

    Bad: `<p style="color: #000; font-weight: bold">Find out more about the <a href="x" style="color: #000; text-decoration:
      none">flood of August</a></p>`
    Good: `<p>Find out more about the <a href="x">flood of August</a></p>`
    Good: `<p>Find out more about the <a href="x" style="text-decoration: none; font-weight: bold">flood of August</a></p>`

    """
    nodes = [node for outcome in live.outcomes.values() for node in outcome.nodes if node.rule == "link-in-text-block"]
    known = sorted({node.target[0] for node in nodes if len(node.target) == 1})
    for told in _by_scheme(live, "links"):
        if known and live.see("same.js", {"selectors": known, "path": told["element"]["target"]}):
            continue
        yield (
            Element.of(told["element"]),
            say(
                "this link is told from the text around it by nothing but a contrast of {ratio}:1; underline it",
                ratio=told["ratio"],
            ),
        )


@rule("link-hover", on=LivePage, wcag=("1.4.1",), severity=Severity.WARNING, cost=8)
def link_hover(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A link in a text that is known by its colour alone gets a line, or the like, under the mouse.

    A contrast of 3 to 1 to the text is enough to guess that it is a link, and no more: when the mouse is over it, something else
    than the colour must say so (WCAG technique G183). Better underline links in texts from the beginning.

    Bad: `<style>p { color: #000 } a { color: #005ea5; text-decoration: none } a:hover { color: #2e8aca }</style>
      <p>Lesen Sie mehr über das <a href="x">Hochwasser im August</a></p>`
    Good: `<style>p { color: #000 } a { color: #005ea5; text-decoration: none } a:hover { text-decoration: underline }</style>
      <p>Lesen Sie mehr über das <a href="x">Hochwasser im August</a></p>`
    Good: `<p>Find out more about the <a href="x">flood of August</a></p>`

    """
    for told in _by_scheme(live, "plain"):
        yield (
            Element.of(told["element"]),
            say("this link is told from the text around it by its colour alone, even under the mouse; underline it"),
        )


@rule("colour-alone", on=LivePage, wcag=("1.4.1",), severity=Severity.WARNING, cost=5)
def colour_alone(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Where a text speaks of colours, what it speaks of is told apart by something else too.

    “The red ones” means nothing to who does not see red: say it in words with each of them, or give them a sign.

    Bad: `<p>The green mushrooms can be eaten, the red ones kill.</p><ul><li style="color: #a00">Amanita</li>
      <li style="color: #060">Porcini</li></ul>`
    Good: `<p>The green mushrooms can be eaten, the red ones kill.</p><ul><li style="color: #a00">Amanita (red)</li>
      <li style="color: #060">Porcini (green)</li></ul>`

    """
    for told in _colours(live, "light")["alone"]:
        yield (
            Element.of(told["element"]),
            say("the items of this list are told apart by their colours alone; say it in words with each"),
        )


def _in_cell(live: LivePage, cell: Cell) -> AbstractContextManager[None]:
    return live.dressed(width=cell.width, height=cell.height, scheme=cell.scheme, forced_colours=cell.forced_colours)


_BY_SCHEME = frozenset(rule.id for rule in (field_edge, link_like_text, link_hover))


def _by_scheme(live: LivePage, kind: str) -> Iterator[dict[str, Any]]:
    """What the script on computed colours tells, in light colours, and in dark ones where anything is painted otherwise then."""
    light = _colours(live, "light")
    yield from light[kind]
    dark = replace(live.cell, scheme="dark")
    if "colours dark" in live.memory:
        if live.memory["colours dark"] != light:
            with live.told_as(dark, live.settings):
                yield from live.memory["colours dark"][kind]
        return
    if live.cell in live.outcomes and live.outcomes.get(dark) is live.outcomes[live.cell]:
        return  # a cell in which all looks as in one before has its outcome
    with live.dressed(scheme="dark"):
        yield from _colours(live, "dark")[kind]


def note_dark_colours(live: LivePage, rules: Iterable[Rule[LivePage]], left_out: Sequence[str]) -> None:
    """Ask about colours while the page is seen in dark ones, where any of the rules will: it need not be dressed so again."""
    if any(rule.id in _BY_SCHEME for rule in rules):
        if left_out:
            live.leave_out(left_out)
        _colours(live, "dark")


def _colours(live: LivePage, scheme: str) -> dict[str, Any]:
    """What the script on computed colours tells of the page as it looks now, in a scheme; found out once for all rules."""
    key = f"colours {scheme}"
    if key not in live.memory:
        live.memory[key] = live.see("colours.js")
    told: dict[str, Any] = live.memory[key]
    return told


# -- pixels -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shot:
    """The window, with its text and without it."""

    whole: Image.Image
    bare: Image.Image


def _shot(live: LivePage, *, bare: bool) -> _Shot:
    whole = _picture(live)
    if not bare:
        return _Shot(whole, whole)
    live.see("contrast.js", {"hide": True})
    try:
        return _Shot(whole, _picture(live))
    finally:
        live.see("contrast.js", {"hide": False})


def _picture(live: LivePage) -> Image.Image:
    with Image.open(io.BytesIO(live.tab.screenshot(type="png", scale="css", animations="allow", caret="initial"))) as picture:
        return picture.convert("RGB")


def _in_window(live: LivePage, name: str, argument: dict[str, Any], *, bare: bool) -> Iterator[tuple[dict[str, Any], _Shot]]:
    """What a script tells of elements, each with a picture of the window in which it stands; it is scrolled as it must be."""
    size = live.tab.viewport_size or {"width": live.cell.width, "height": live.cell.height}
    waiting = {told["number"]: told for told in live.see(name, argument) if told}
    for _ in range(_MOST_SCROLLS):
        if not waiting:
            break
        first = next(iter(waiting))
        there = [told for told in live.see(name, {"show": first}) if told]
        shot = _shot(live, bare=bare)
        waiting.pop(first)
        for told in there:
            is_inside = all(
                left >= 0 and top >= 0 and right <= size["width"] and bottom <= size["height"]
                for left, top, right, bottom in told["lines"]
            )
            if is_inside and (told["number"] in waiting or told["number"] == first):
                waiting.pop(told["number"], None)
                yield told, shot
    live.tab.evaluate("scrollTo({left: 0, top: 0, behavior: 'instant'})")


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of measuring texts."""

    clear: frozenset[tuple[str, ...]]
    """The targets of those that nobody has to look at any more."""
    poor: Sequence[tuple[Element, Message]]
    """Those among them whose contrast falls short."""


def _judged(live: LivePage, nodes: Sequence[Node]) -> _Judged:
    """Measure texts as they look now."""
    if live.cell.forced_colours:
        return _Judged(frozenset(_on_ground_of_their_own(live, nodes)), [])
    clear: set[tuple[str, ...]] = set()
    poor: list[tuple[Element, Message]] = []
    for node, told, best, worst in _measured(live, nodes):
        is_poor = best < told["needed"] * 0.98
        if is_poor:
            words = say(
                "the contrast of this text is {ratio}:1 at its best, and {needed}:1 is needed; "
                "make it stand out from what is behind it",
                ratio=f"{best:.1f}",
                needed=f"{told['needed']:g}",
            )
            poor.append((Element.of(told["element"]), words))
        if is_poor or worst >= told["needed"]:
            clear.add(node.target)
    return _Judged(frozenset(clear), poor)


def _on_ground_of_their_own(live: LivePage, nodes: Sequence[Node]) -> Iterator[tuple[str, ...]]:
    """The targets of texts that have the reader's own colours: browsers put a ground of the reader's colour right behind them."""
    for told in live.see("contrast.js", {"targets": [node.target for node in nodes]}):
        if told and told["isForced"]:
            yield nodes[told["number"]].target


def _measured(live: LivePage, nodes: Sequence[Node]) -> Iterator[tuple[Node, dict[str, Any], float, float]]:
    """Texts whose contrast can be measured, with the best and the worst of it, leaving out a twentieth at each end."""
    for told, shot in _in_window(live, "contrast.js", {"targets": [node.target for node in nodes]}, bare=True):
        behind = behind_letters(shot.whole, shot.bare, told["lines"])
        if behind:
            red, green, blue, alpha = told["colour"]
            best, worst = contrast_range((red, green, blue), float(alpha), behind)
            yield nodes[told["number"]], told, best, worst


def behind_letters(whole: Image.Image, bare: Image.Image, lines: Sequence[Sequence[float]]) -> Mapping[Colour, int]:
    """
    The colours right behind the letters of some lines of text, and how many pixels have each.

    None where there are too few pixels that the text has changed: then it is covered, or cannot be told from what is behind it.

    """
    area = Image.new("L", whole.size, 0)
    draw = ImageDraw.Draw(area)
    for left, top, right, bottom in lines:
        draw.rectangle((left, top, right, bottom), fill=255)
    changed = ImageChops.difference(whole, bare)
    red, green, blue = changed.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 255 if value > 24 else 0)
    letters = ImageChops.multiply(most, area)
    size = sum((right - left) * (bottom - top) for left, top, right, bottom in lines)
    if letters.histogram()[255] < max(12, size * 0.02):
        return {}
    box = letters.getbbox()
    if not box:
        return {}
    around = letters.crop(box).filter(ImageFilter.MaxFilter(3))
    # Sixteen steps of each colour are told apart, of which the middle stands for all.
    coarse = bare.crop(box).point(lambda value: min(255, (value & 0xF8) + (7 if value > 127 else 0)))
    found: Counter[Colour] = Counter()
    for is_near, colour in zip(around.tobytes(), _pixels(coarse), strict=True):
        if is_near:
            found[colour] += 1
    return found


def contrast_range(colour: tuple[float, float, float], alpha: float, behind: Mapping[Colour, int]) -> tuple[float, float]:
    """The best and the worst contrast of a colour with those behind it, leaving out a twentieth of the pixels at each end."""
    ratios = sorted((contrast(_mixed(colour, alpha, ground), ground), count) for ground, count in behind.items())
    total = sum(count for _, count in ratios)
    return _at(ratios, total * 0.95), _at(ratios, total * 0.05)


def _mixed(colour: Sequence[float], alpha: float, ground: Sequence[float]) -> list[float]:
    return [alpha * own + (1 - alpha) * other for own, other in zip(colour, ground, strict=True)]


def _at(ratios: Sequence[tuple[float, int]], place: float) -> float:
    passed = 0
    for ratio, count in ratios:
        passed += count
        if passed >= place:
            return ratio
    return ratios[-1][0]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """The contrast of two colours, as WCAG has it."""
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: Sequence[float]) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _signs(live: LivePage) -> Iterator[tuple[dict[str, Any], float]]:
    """Controls that have a sign and no words, each with the contrast of what stands out most in it from the most of it."""
    for told, shot in _in_window(live, "icons.js", {}, bare=False):
        left, top, right, bottom = told["lines"][0]
        if right - left < 4 or bottom - top < 4:
            continue
        crop = shot.whole.crop((int(left), int(top), int(right), int(bottom)))
        colours = _colours_of(crop)
        ground = max(colours, key=lambda colour: colours[colour])
        pixels = sorted(((contrast(colour, ground), count) for colour, count in colours.items()), reverse=True)
        # Four pixels at least: one may be the edge of something else.
        yield told, _at(pixels, 4)


def _colours_of(picture: Image.Image) -> dict[Colour, int]:
    return Counter(_pixels(picture))


def _pixels(picture: Image.Image) -> Iterator[Colour]:
    data = picture.tobytes()
    return zip(data[::3], data[1::3], data[2::3], strict=True)
