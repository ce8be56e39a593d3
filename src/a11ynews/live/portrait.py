"""
Pictures of the elements that were found, for reports that show them.

Nothing in the page is changed for it: the outline around the element is drawn into the picture. There is one picture of a defect,
not one of each page it shows on, and none of what nobody sees. A picture that cannot be taken is no matter for the check.
"""

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image, ImageDraw

from ..finding import Finding, Place
from ..message import Message, say_number
from ..report import RANKS, Report

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, FloatRect, JSHandle
    from playwright.sync_api import Page as BrowserPage

_MOST = 120
_MOST_OF_A_RULE = 12
_MOST_BYTES = 6_000_000
_MOST_FAILURES = 3
_MOST_TRIES = 5
"""On so many pages an element may be hidden; then it is looked for on no other."""

_WIDEST, _HIGHEST = 600, 400
"""Pixels of a picture; an element that is larger is shown smaller."""
_NARROWEST, _LOWEST = 320, 160
"""CSS pixels; a small element is shown with more of what stands around it."""
_MARGIN = 24
_PATIENCE = 5_000
"""Milliseconds."""
_COLOURS = 128
_OUTLINE, _EDGE = (214, 0, 108), (255, 255, 255)

# Outlined, they would say no more than “this page”.
_WHOLE = frozenset({"html", "head", "body", "title", "meta", "link", "script", "style"})
_TELLING = ("id", "name", "href", "src", "alt", "for", "lang", "type")

_SHOW = """(element, [tag, attributes]) => {
  const isSame = element.localName === tag && attributes.every(([name, value, isCut]) => {
    const has = element.getAttribute(name);
    return isCut ? (has ?? "").startsWith(value) : has === value;
  });
  if (!isSame || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
  const {width, height} = element.getBoundingClientRect();
  if (width < 2 || height < 2) return false;
  element.scrollIntoView({behavior: "instant", block: height < innerHeight * 0.8 ? "center" : "start", inline: "center"});
  return true;
}"""


Shot: TypeAlias = tuple[str, Place]
"""A picture to be taken: the name of the cell (empty where it makes no difference), and of what."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The pictures of a page: empty ones of what is not to be seen."""

    pictures: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """By cell and selector."""
    is_whole: bool = True
    """Whether the browser did not fail at it."""


def shots_of(findings: Sequence[Finding]) -> list[Shot]:
    """The pictures that findings on a page want: each element as it is in the first cell that it was found in."""
    wanted: dict[tuple[str, str], Shot] = {}
    for finding in findings:
        cell = _cell(finding)
        wanted.setdefault((cell, finding.place.selector), (cell, finding.place))
    # Cell by cell: to look otherwise takes a page its time.
    cells = list(dict.fromkeys(cell for cell, _ in wanted))
    return sorted(wanted.values(), key=lambda shot: cells.index(shot[0]))


def _cell(finding: Finding) -> str:
    return finding.cells[0] if finding.cells else ""


def take_all(
    page: "BrowserPage",
    shots: Sequence[Shot],
    dress: Callable[[str], None],
    patience: Callable[[], AbstractContextManager[None]],
) -> Taken:
    """
    Take pictures of a page that is open.

    `dress` is given the name of the cell; each step is done in a context of `patience`, which ends what takes too long.
    """
    pictures: dict[tuple[str, str], bytes] = {}
    dressed = None
    try:
        for cell, place in shots:
            if cell != dressed:
                with patience():
                    dress(cell)
                dressed = cell
            with patience():
                pictures[cell, place.selector] = take(page, place)
    except Exception:  # noqa: BLE001 – whatever it is, the check has been done and must stand
        return Taken(pictures, is_whole=False)
    return Taken(pictures)


class Portraits:
    """The pictures of a report's defects, page by page, until there are enough of them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._read = 0
        self._waiting: dict[str, list[Finding]] = {}
        self._done: set[object] = set()
        self._of_rule: Counter[str] = Counter()
        self._bytes = sum(len(png) for png in report.pictures.values())
        self._failures = 0
        self._left_out = 0
        self._tries: Counter[object] = Counter()

    def take_in(self, wanted: Sequence[Finding], taken: Taken) -> None:
        """Put the pictures of findings into the report. After a few pages that a browser failed at, no more are wanted."""
        self._failures += not taken.is_whole
        for finding in wanted:
            if (png := taken.pictures.get((_cell(finding), finding.place.selector))) is not None:
                self._keep(finding, png)

    def wanted(self, name: str) -> list[Finding]:
        """The defects on a page that have no picture and can have one, the worst first."""
        for finding in self.report.findings[self._read :]:
            self._waiting.setdefault(finding.place.page, []).append(finding)
        self._read = len(self.report.findings)
        wanted = []
        for finding in sorted(self._waiting.get(name, ()), key=lambda finding: RANKS[finding.severity]):
            place = finding.place
            cause = _cause(finding)
            if (
                not place.selector
                or not place.html
                or _tag(place.html)[0] in _WHOLE
                or cause in self._done
                or self._tries[cause] >= _MOST_TRIES
            ):
                continue
            if self._is_full or self._of_rule[finding.rule] >= _MOST_OF_A_RULE:
                self._left_out += 1
                self._done.add(cause)
                continue
            # Where it is hidden on this page, another may show it.
            wanted.append(finding)
        return wanted

    @property
    def _is_full(self) -> bool:
        return len(self.report.pictures) >= _MOST or self._bytes >= _MOST_BYTES or self._failures >= _MOST_FAILURES

    def _keep(self, finding: Finding, png: bytes) -> None:
        cause = _cause(finding)
        self._tries[cause] += not png
        if not png or cause in self._done:
            return
        self._done.add(cause)
        if self._is_full or self._of_rule[finding.rule] >= _MOST_OF_A_RULE:
            self._left_out += 1
        else:
            self.report.pictures[finding.rule, finding.place] = png
            self._of_rule[finding.rule] += 1
            self._bytes += len(png)

    def note(self) -> Message | None:
        """What is to be said of those that have no picture for want of room."""
        if not self._left_out:
            return None
        return say_number(
            "{n} defect has no picture, because a report holds only so many",
            "{n} defects have no picture, because a report holds only so many",
            self._left_out,
        )


def _cause(finding: Finding) -> object:
    """What is the same of one defect on all its pages, as `report.defects_of` has it."""
    place = finding.place
    return finding.rule, finding.severity, finding.message, place.source or (place.selector, place.html)


def take(page: "BrowserPage", place: Place) -> bytes:
    """A PNG of an element on an open page, outlined, with some of what stands around it; empty where it is not to be seen."""
    from playwright.sync_api import Error

    try:
        element = _element(page, place.selector)
        if element is None or not element.evaluate(_SHOW, _likeness(place.html)):
            return b""
        box, window = element.bounding_box(), page.viewport_size
        clip = _clip(box, window["width"], window["height"]) if box and window else None
        if box is None or clip is None:
            return b""
        shot = page.screenshot(clip=clip, animations="allow", caret="initial", scale="css", timeout=_PATIENCE)
    except Error:
        if page.is_closed():
            raise
        return b""
    return _outlined(shot, box, clip)


def _element(page: "BrowserPage", selector: str) -> "ElementHandle | None":
    """The element that a selector leads to; ` >>> ` leads into a frame or a shadow root."""
    first, *inner = selector.split(" >>> ")
    handle: JSHandle = page.main_frame.evaluate_handle("selector => document.querySelector(selector)", first)
    for step in inner:
        outer = handle.as_element()
        if outer is None:
            return None
        if frame := outer.content_frame():
            handle = frame.evaluate_handle("selector => document.querySelector(selector)", step)
        else:
            handle = outer.evaluate_handle("(outer, selector) => outer.shadowRoot?.querySelector(selector)", step)
    return handle.as_element()


def _likeness(html: str) -> tuple[str, list[tuple[str, str, bool]]]:
    """What an element must have to be the one that was found: its tag, and attributes with their values (cut, perhaps)."""
    tag, attributes = _tag(html)
    return tag, [(name, value.removesuffix("…"), value.endswith("…")) for name, value in attributes.items() if name in _TELLING]


class _StartTag(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = self.found or (tag, {name: value or "" for name, value in attrs})


def _tag(html: str) -> tuple[str, dict[str, str]]:
    """The name of a start tag, and its attributes; those of one that is cut off are not known."""
    parser = _StartTag()
    parser.feed(html)
    return parser.found or (html[1:].split(maxsplit=1)[0].rstrip(">…") if html[1:].strip() else "", {})


def _clip(box: "FloatRect", width: int, height: int) -> "FloatRect | None":
    """The part of the window to be shown; none where the element is not in it."""
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    if right <= 0 or bottom <= 0 or box["x"] >= width or box["y"] >= height:
        return None
    x, shown_width = _span(box["x"], box["width"], width, _NARROWEST)
    y, shown_height = _span(box["y"], box["height"], height, _LOWEST)
    return {"x": x, "y": y, "width": shown_width, "height": shown_height}


def _span(start: float, length: float, window: int, least: int) -> tuple[float, float]:
    """Where to begin, and how far to go, along one axis."""
    shown = min(max(length + 2 * _MARGIN, least), window)
    begin = start - max((shown - length) / 2, 0)
    return float(round(min(max(begin, 0), window - shown))), float(round(shown))


def _outlined(shot: bytes, box: "FloatRect", clip: "FloatRect") -> bytes:
    """
    The picture with a line around the element, edged so that it shows on any ground.

    It has few colours, and is made smaller where it is large: a report holds many.
    """
    with Image.open(io.BytesIO(shot)) as opened:
        image = opened.convert("RGB")
    scale = min(1, _WIDEST / image.width, _HIGHEST / image.height)
    if scale < 1:
        image = image.resize((max(round(image.width * scale), 1), max(round(image.height * scale), 1)), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(image)
    left, top = (box["x"] - clip["x"]) * scale, (box["y"] - clip["y"]) * scale
    right, bottom = left + box["width"] * scale, top + box["height"] * scale
    for grown, colour, width in ((6, _EDGE, 5), (5, _OUTLINE, 3)):
        draw.rectangle((left - grown, top - grown, right + grown - 1, bottom + grown - 1), outline=colour, width=width)
    out = io.BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
