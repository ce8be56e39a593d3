"""
Draw the two stand-in pictures of this article, `signing.png` and `celebration.png`, beside this file.

The university's photographs are not ours to pass on. These drawings show what their alternative texts say; the people in them
are types, not likenesses. It writes the same bytes each time (with the same Pillow): nothing is random, and no font is needed.

    python news/2022/tum-polimi-partnership/draw_pictures.py
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops, ImageColor, ImageDraw

WIDTH, HEIGHT = 1600, 1067
"""The size of a picture, in pixels."""
OVERSAMPLING = 3
"""How many times larger it is drawn, so that edges are smooth once it is scaled down."""

Point = tuple[float, float]
Outline = list[Point]
Colour = str

WALL, WALL_SHADE, WALL_LIGHT = "#ece4d8", "#e0d5c5", "#f4eee5"
NAVY, BLUE, SKY, MIST = "#22344f", "#3f6a9c", "#7fa4c8", "#cbdbe8"
CLAY, OCHRE, SAND, CREAM = "#b9644a", "#d6a55c", "#d8c3a5", "#fbf8f2"
WOOD, WOOD_SHADE, FLOOR = "#c2946c", "#9a7050", "#c9b79f"
LEAF, LEAF_SHADE, INK, GOLD = "#5d7f6e", "#486657", "#2b2f3a", "#c9a24a"


# Shapes: outlines in whatever coordinates the canvas has; y grows downwards.


def ellipse(x: float, y: float, rx: float, ry: float) -> Outline:
    """An ellipse by its centre and radii."""
    turns = [math.tau * step / 72 for step in range(72)]
    return [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]


def smooth(points: Sequence[Point], closed: bool = True) -> Outline:
    """A Catmull-Rom curve through all the points; a point given twice makes a corner."""
    count = len(points)
    curve: Outline = []
    for at in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(at + step) % count] for step in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(at + step, 0), count - 1)] for step in (-1, 0, 1, 2))
        if p1 == p2:
            continue
        for step in range(12):
            t = step / 12
            weights = (2 * t**2 - t - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            near = tuple(zip(weights, (p0, p1, p2, p3), strict=True))
            curve.append((sum(w * x for w, (x, _) in near) / 2, sum(w * y for w, (_, y) in near) / 2))
    return curve if closed else [*curve, points[-1]]


def points_of(text: str) -> Outline:
    """The points that are written as in SVG: `0,10 25,40`."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def symmetric(half: Sequence[Point]) -> Outline:
    """The right half of a shape, from top to bottom, and its mirror image on the left."""
    return [*half, *((-x, y) for x, y in reversed(half) if x)]


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """A rectangle with round corners."""
    corners = ((right, bottom, 0), (left, bottom, 1), (left, top, 2), (right, top, 3))
    outline: Outline = []
    for x, y, quarter in corners:
        cx, cy = x + (radius if x == left else -radius), y + (radius if y == top else -radius)
        for step in range(10):
            turn = math.pi / 2 * (quarter + step / 9)
            outline.append((cx + radius * math.cos(turn), cy + radius * math.sin(turn)))
    return outline


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour with a share (0 to 1) of another in it."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def shade(colour: Colour, share: float = 0.18) -> Colour:
    """A colour as it is in the shadow."""
    return mix(colour, "#1b2238", share)


def flush(skin: Colour, share: float = 0.25) -> Colour:
    """Skin as it is in the shadow, which is warm."""
    return mix(skin, "#4f2018", share)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture, and the coordinates in which to draw on it: where their origin is, how they are scaled, turned and mirrored."""

    image: Image.Image
    origin: complex = 0
    factor: complex = OVERSAMPLING
    mirrored: bool = False

    def at(self, x: float, y: float, scale: float = 1, turn: float = 0, mirrored: bool = False) -> "Canvas":
        """The same picture with the origin at a point, scaled, turned by so many degrees (clockwise), mirrored left to right."""
        [origin] = self._placed([(x, y)])
        angle = math.radians(-turn if self.mirrored else turn)
        factor = self.factor * scale * complex(math.cos(angle), math.sin(angle))
        return replace(self, origin=complex(*origin), factor=factor, mirrored=self.mirrored != mirrored)

    def _placed(self, outline: Iterable[Point]) -> Outline:
        points = (self.origin + self.factor * complex(-x if self.mirrored else x, y) for x, y in outline)
        return [(point.real, point.imag) for point in points]

    def fill(self, outline: Sequence[Point], colour: Colour, opacity: float = 1, within: Sequence[Point] | None = None) -> None:
        """Fill an outline, only so far as it lies within another if that is given."""
        placed = self._placed(outline)
        box = (
            max(0, math.floor(min(x for x, _ in placed))),
            max(0, math.floor(min(y for _, y in placed))),
            min(self.image.width, math.ceil(max(x for x, _ in placed)) + 1),
            min(self.image.height, math.ceil(max(y for _, y in placed)) + 1),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = _mask(placed, box, round(255 * opacity))
        if within is not None:
            mask = ImageChops.multiply(mask, _mask(self._placed(within), box, 255))
        self.image.paste(ImageColor.getrgb(colour), box, mask)

    def stroke(self, points: Sequence[Point], colour: Colour, *widths: float, within: Sequence[Point] | None = None) -> None:
        """A round-ended line through points, of one width or of one at each point; `within` as for `fill`."""
        radii = [width / 2 for width in (widths if len(widths) == len(points) else widths[:1] * len(points))]
        for ((x, y), r), ((end_x, end_y), end_r) in pairwise(zip(points, radii, strict=True)):
            length = math.hypot(end_x - x, end_y - y) or 1
            nx, ny = (y - end_y) / length, (end_x - x) / length
            self.fill(ellipse(x, y, r, r), colour, within=within)
            side = [(x + nx * r, y + ny * r), (end_x + nx * end_r, end_y + ny * end_r)]
            self.fill([*side, (end_x - nx * end_r, end_y - ny * end_r), (x - nx * r, y - ny * r)], colour, within=within)
        self.fill(ellipse(*points[-1], radii[-1], radii[-1]), colour, within=within)


def _mask(outline: Outline, box: tuple[int, int, int, int], strength: int) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in outline], fill=strength)
    return mask


# People, in coordinates whose origin is the middle of the face: the crown is at -68, the chin at 66, the feet near 870.


Hold = Literal["open", "flat", "fist", "pen"]


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one person from another."""

    skin: Colour
    hair: Colour
    cut: Literal["short", "swept", "receding", "bob", "shoulder"]
    jacket: Colour
    shirt: Colour
    trousers: Colour
    tie: Colour | None = None
    woman: bool = False
    glasses: bool = False
    beard: bool = False


ROCCHI = Look("#e2ad87", "#8b8680", "receding", "#4d6f96", "#f2f4f6", "#34465f", tie=NAVY, glasses=True, beard=True)
SCIUTO = Look("#efc5a4", "#b58a5a", "bob", CLAY, "#f6eee2", "#3a3f4e", woman=True)
RONCHI = Look("#dca27a", "#3a2d28", "short", NAVY, "#f5f6f7", "#1c2b43", tie="#a9543f")
MAESTRI = Look("#b57c57", "#231d1f", "swept", "#8a8175", "#dbe6ef", "#5c564f", tie=None, beard=True)
WINKELMANN = Look("#f2cdb0", "#7a4b32", "shoulder", BLUE, "#faf6ee", "#2a3c58", woman=True)


def person(canvas: Canvas, look: Look, tilt: float = 0) -> None:
    """A person from the front, all but the arms; the head tilted by so many degrees."""
    face = canvas.at(0, 60, turn=tilt).at(0, -60)
    if look.cut in HAIR_BEHIND:
        face.fill(smooth(HAIR_BEHIND[look.cut]), shade(look.hair, 0.22))
    legs(canvas, look)
    torso(canvas, look)
    head(face, look)


def cast_shadow(canvas: Canvas, look: Look) -> None:
    """The shadow that a standing or sitting person throws on the wall."""
    dim = shade(WALL, 0.09)
    for outline in (jacket_outline(look), smooth(HAIR_BEHIND.get(look.cut, ellipse(0, -6, 54, 76))), trousers_outline(look)):
        canvas.fill(outline, dim)
    canvas.stroke([(0, 40), (0, 120)], dim, 60)


def trousers_outline(look: Look) -> Outline:
    """Both legs; they end below the knee."""
    hip = 92 if look.woman else 102
    return symmetric([(hip, 425), (hip + 2, 480), (hip - 16, 900)])


def legs(canvas: Canvas, look: Look) -> None:
    """Trousers, with the gap between the legs."""
    trousers = trousers_outline(look)
    canvas.fill(trousers, look.trousers)
    canvas.fill([(0, 400), (200, 400), (200, 900), (0, 900)], shade(look.trousers, 0.18), within=trousers)
    canvas.fill([(-40, 425), (-34, 425), (-44, 900), (-50, 900)], shade(look.trousers, 0.12))
    canvas.fill([(-2, 470), (2, 470), (15, 900), (-15, 900)], shade(look.trousers, 0.5))


def jacket_outline(look: Look) -> Outline:
    """The jacket without its sleeves."""
    shoulder, waist, hem = (108, 80, 102) if look.woman else (128, 104, 114)
    half = [(30, 84), (62, 106), (shoulder - 16, 122), (shoulder, 156), (waist + 14, 250), (waist, 318), (hem, 440), (hem, 440)]
    return smooth(symmetric(half))


def torso(canvas: Canvas, look: Look) -> None:
    """Jacket and shirt, and the neck that comes out of them."""
    jacket = jacket_outline(look)
    canvas.fill(jacket, look.jacket)
    canvas.fill([(30, 80), (200, 80), (200, 460), (6, 460), (0, 262)], shade(look.jacket, 0.14), within=jacket)
    collar = 208 if look.woman else 244
    canvas.fill([(-34, 88), (34, 88), (0, collar + 14)], look.shirt)
    neck = smooth(symmetric(points_of("22,30 22,76 36,90 0,124" if look.woman else "28,30 28,80 32,96 0,112")))
    canvas.fill(neck, flush(look.skin, 0.1))
    canvas.fill(smooth(symmetric([(44, 30), (38, 62), (0, 88)])), flush(look.skin, 0.28), within=neck)
    if look.tie:
        canvas.fill([(-11, 108), (11, 108), (8, 126), (-8, 126)], shade(look.tie))
        canvas.fill([(-8, 126), (8, 126), (13, 226), (0, 244), (-13, 226)], look.tie)
    for side in (1, -1):
        if not look.woman:
            points = [(27 * side, 80), (36 * side, 92), (24 * side, 134), (0, 112)]
            canvas.fill(points, shade(look.shirt, 0.05 if side < 0 else 0.12))
        notch = points_of("54,100 66,148 50,156 55,170")
        broad = side * (0.82 if look.woman else 1)
        lapel = [(33.0 * side, 82.0), *((x * broad, y) for x, y in notch), (0, collar + 24), (0, collar)]
        canvas.fill(lapel, mix(look.jacket, CREAM, 0.13 if side < 0 else 0.03))
    canvas.stroke([(0, collar + 20), (4, 440)], shade(look.jacket, 0.4), 2.5)
    for y in (collar + 40, collar + 92):
        canvas.fill(ellipse(-7, y, 4.5, 4.5), shade(look.jacket, 0.5))


HAIR_BEHIND = {
    "bob": symmetric(points_of("0,-86 46,-74 66,-20 64,40 48,66 20,56")),
    "shoulder": symmetric(points_of("0,-88 48,-76 68,-18 70,60 76,108 50,122 0,110")),
}
"""Hair that hangs down behind the face, by the cut."""

HAIR = {
    "short": points_of("-50,4 -55,-36 -44,-74 -4,-88 38,-82 57,-44 50,4 46,-10 43,-34 30,-52 -6,-48 -36,-54 -44,-34 -46,-10"),
    "swept": points_of("-51,6 -56,-40 -52,-76 -16,-94 36,-94 60,-54 51,6 46,-12 44,-36 26,-52 -14,-58 -38,-46 -46,-12"),
    "receding": points_of("-51,2 -57,-30 -42,-66 0,-78 42,-66 57,-30 51,2 47,-12 45,-38 28,-60 0,-56 -28,-60 -45,-38 -47,-12"),
    "bob": points_of(
        "-62,54 -68,-10 -52,-72 0,-90 52,-72 68,-10 62,54 52,62 46,52 50,8 42,-24 10,-40 -24,-62 -36,-34 -50,-4 -47,52 -52,62"
    ),
    "shoulder": points_of(
        "-77,104 -70,40 -68,-20 -48,-76 0,-92 50,-76 68,-20 71,40 78,104 66,124 52,112 52,56 49,0 36,-34 6,-64 "
        "-22,-38 -46,-8 -52,56 -52,112 -66,124"
    ),
}
"""Hair before the face, by the cut."""

BEARD = points_of("-50,-6 -45,14 -34,27 -16,25 0,28 16,25 34,27 45,14 50,-6 47,40 25,66 0,73 -25,66 -47,40")


def head(canvas: Canvas, look: Look) -> None:
    """A face that smiles, and the hair around it."""
    jaw = 37 if look.woman else 42
    face = smooth(symmetric([(0, -70), (34, -60), (49, -26), (48, 8), (jaw, 42), (jaw * 0.48, 61), (0, 66)]))
    for side in (1, -1):
        canvas.fill(ellipse(49 * side, 4, 9, 14), flush(look.skin, 0.2 if side > 0 else 0.1))
    canvas.fill(face, look.skin)
    canvas.fill(smooth([(30, -80), (38, -20), (35, 24), (12, 72), (70, 72), (70, -20)]), flush(look.skin, 0.1), within=face)
    if look.beard:
        canvas.fill(smooth(BEARD), mix(look.hair, look.skin, 0.12))
    features(canvas, look)
    hair = smooth(HAIR[look.cut])
    canvas.fill(hair, look.hair)
    far = smooth([(26, -110), (36, -60), (42, -20), (44, 140), (120, 140), (110, -110)])
    canvas.fill(far, shade(look.hair, 0.18), within=hair)
    if look.glasses:
        for side in (1, -1):
            rim = [(21 * side + 17 * math.cos(math.tau * s / 40), 1 + 15 * math.sin(math.tau * s / 40)) for s in range(41)]
            canvas.stroke(rim, INK, 3)
            canvas.stroke([(38 * side, -2), (49 * side, -4)], INK, 3)
        canvas.stroke([(-4, -1), (4, -1)], INK, 3)


def features(canvas: Canvas, look: Look) -> None:
    """Brows, eyes, nose and mouth."""
    dark = mix(look.hair, INK, 0.75)
    for side in (1, -1):
        canvas.fill(ellipse(29 * side, 22, 11, 7), "#d2553f", 0.13)
        brow = [(11 * side, -20), (18 * side, -23), (26 * side, -23), (34 * side, -19)]
        canvas.stroke(smooth(brow, closed=False), mix(look.hair, INK, 0.35), 3.2 if look.woman else 4.6)
        canvas.fill(ellipse(21 * side, 0, 4.6, 5.6), dark)
        canvas.fill(ellipse(21 * side + 1.6, -2, 1.5, 1.7), CREAM)
        if look.woman:
            canvas.stroke([(22 * side, -4), (26 * side, -4.5), (30 * side, -7)], dark, 2.8, 2.6, 1.6)
    canvas.stroke(smooth([(3, 5), (7, 18), (5, 22), (-3, 22)], closed=False), flush(look.skin, 0.3), 3)
    lips = "#a8483f" if look.woman else flush(look.skin, 0.5)
    canvas.fill(smooth([(-19, 35), (-19, 35), (0, 40), (19, 35), (19, 35), (11, 47), (0, 50), (-11, 47)]), lips)
    canvas.fill(smooth([(-15, 37), (-15, 37), (0, 41), (15, 37), (15, 37), (9, 43), (0, 45), (-9, 43)]), CREAM)


def arm(
    canvas: Canvas,
    look: Look,
    side: Literal[-1, 1],
    elbow: Point,
    wrist: Point,
    hold: Hold,
    turn: float = 0,
    thumb: Literal[-1, 1] = 1,
    lap: float = 440,
) -> None:
    """
    An arm in its sleeve, with its hand.

    `side` is -1 for the arm at the picture's left. The hand goes on where the forearm points, turned by so many degrees;
    `thumb` is the side that the thumb is on, 1 for clockwise of the fingers. Below `lap` the jacket is out of sight.
    """
    shoulder = ((80 if look.woman else 95) * side, 154 if look.woman else 158)
    upper, lower, end = (56, 48, 37) if look.woman else (66, 54, 42)
    sleeve = look.jacket if side < 0 else shade(look.jacket, 0.14)
    angle = math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0])
    cuff = (wrist[0] + 9 * math.cos(angle), wrist[1] + 9 * math.sin(angle))
    if elbow[1] > shoulder[1]:  # a hanging arm throws a shadow on the jacket
        below = (shoulder[0] + (elbow[0] - shoulder[0]) * 0.4, shoulder[1] + (elbow[1] - shoulder[1]) * 0.4)
        jacket = [(x + 7 * side, y - 10) for x, y in jacket_outline(look) if y <= lap]
        canvas.at(-7 * side, 10).stroke([below, elbow, wrist], shade(look.jacket, 0.34), upper, lower, end, within=jacket)
    canvas.stroke([shoulder, elbow], sleeve, upper, lower)
    hand(canvas.at(*cuff, turn=math.degrees(angle) + turn), look, hold, thumb)
    canvas.stroke([wrist, cuff], look.shirt, end - 7)
    canvas.stroke([elbow, wrist], sleeve, lower, end)


def hand(canvas: Canvas, look: Look, hold: Hold, thumb: Literal[-1, 1]) -> None:
    """A hand whose wrist is the origin and whose fingers point to the right."""
    skin, line = look.skin, flush(look.skin, 0.26)
    canvas = canvas.at(0, 0, 0.86 if look.woman else 0.96)
    if thumb < 0:
        canvas = canvas.at(0, 0, turn=180, mirrored=True)
    if hold == "open":
        canvas.stroke([(6, 0), (36, 0)], skin, 32, 46)
        for finger in ("38,-16 72,-31", "42,-6 86,-13", "42,6 88,6", "38,16 79,24"):
            canvas.stroke(points_of(finger), skin, 15, 12)
        canvas.stroke([(14, 10), (34, 33), (48, 43)], skin, 20, 16, 12)
    elif hold == "flat":
        canvas.stroke([(16, 10), (40, 27), (56, 28)], flush(skin, 0.08), 20, 14, 11)
        canvas.stroke([(6, 0), (36, 0)], skin, 32, 42)
        for y, end in ((-15, 66), (-5, 80), (5, 84), (15, 76)):
            canvas.stroke([(34, y), (end, y * 0.75)], skin, 12.5, 11)
        for y in (-10, 0, 10):
            canvas.stroke([(48, y), (68, y * 0.8)], line, 1.8)
    else:
        if hold == "pen":
            canvas.stroke([(2, -62), (56, 16)], NAVY, 9)
            canvas.stroke([(57, 17), (68, 33)], GOLD, 8, 2)
        canvas.stroke([(6, 0), (30, 0)], skin, 32, 44)
        for y in (-16, -6, 5, 15):
            canvas.stroke([(30, y), (50 - abs(y) * 0.3, y * 0.9)], skin, 13, 12)
        for y in (-11, -1, 10):
            canvas.stroke([(36, y), (51, y * 0.9)], line, 1.8)
        canvas.stroke([(14, 14), (40, 18)], flush(skin, 0.08), 18, 13)


# Things.


def wall(canvas: Canvas, floor: float) -> None:
    """A plain wall with the light of a window on it, and the skirting board at the height `floor`."""
    canvas.fill(rounded(-60, -60, WIDTH + 60, HEIGHT + 60, 1), WALL)
    canvas.fill([(180, -20), (760, -20), (360, floor), (-220, floor)], WALL_LIGHT)
    canvas.fill([(860, -20), (1040, -20), (640, floor), (460, floor)], WALL_LIGHT)
    canvas.fill([(-20, floor), (WIDTH + 20, floor), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)], FLOOR)
    canvas.fill([(-20, floor - 26), (WIDTH + 20, floor - 26), (WIDTH + 20, floor), (-20, floor)], WALL_SHADE)


def flag(canvas: Canvas, first: Colour, second: Colour) -> None:
    """A hanging panel of two colours on a pole; the origin is the top of the pole."""
    canvas.stroke([(0, 0), (0, 800)], WOOD_SHADE, 9)
    canvas.fill(ellipse(0, -4, 11, 11), GOLD)
    cloth = smooth(points_of("4,18 4,18 64,34 134,84 134,84 144,240 138,396 138,396 76,428 4,430 4,430"))
    for left, right, colour in ((0, 76, first), (76, 90, CREAM), (90, 160, second)):
        canvas.fill([(left, 0), (right, 0), (right + 4, 500), (left + 4, 500)], colour, within=cloth)
    fold = smooth(points_of("0,0 16,140 6,460 30,460 36,140"))
    for left in (26, 92):
        canvas.fill([(left + x, y) for x, y in fold], INK, 0.1, within=cloth)


def chair(canvas: Canvas, look: Look) -> None:
    """The back of a chair, behind a person's shoulders."""
    broad = 132 if look.woman else 152
    canvas.fill(rounded(-broad, 84, broad, 460, 50), shade(WOOD_SHADE, 0.25))
    canvas.fill(rounded(14 - broad, 98, broad - 14, 460, 40), shade(SAND, 0.12))


def table(canvas: Canvas, back: float, front: float) -> None:
    """A long table from the front; its top reaches from the height `back` to the height `front`."""
    canvas.fill([(130, back), (1470, back), (1570, front), (30, front)], WOOD)
    canvas.fill([(130, back), (620, back), (380, front), (30, front)], mix(WOOD, CREAM, 0.12))
    canvas.fill([(800, back), (980, back), (760, front), (560, front)], mix(WOOD, CREAM, 0.12))
    canvas.fill([(84, front), (1516, front), (1516, 1100), (84, 1100)], shade(WOOD_SHADE, 0.3))
    canvas.fill([(84, front), (1516, front), (1516, front + 50), (84, front + 50)], shade(WOOD_SHADE, 0.5))
    canvas.fill(rounded(24, front - 4, 1576, front + 26, 8), WOOD_SHADE)


def pen(canvas: Canvas) -> None:
    """A pen that lies on a table."""
    canvas.stroke([(-40, 8), (44, 8)], shade(WOOD, 0.3), 7)
    canvas.stroke([(-44, 0), (28, 0)], NAVY, 9)
    canvas.stroke([(29, 0), (44, 0)], GOLD, 8, 2)
    canvas.stroke([(-12, 0), (-8, 0)], GOLD, 9)


def contract(canvas: Canvas, cover: Colour) -> None:
    """An open folder with two sheets, lying on a table; the origin is the middle of its fold."""
    canvas.fill([(-168, -40), (176, -40), (204, 66), (-180, 66)], INK, 0.16)
    canvas.fill([(-164, -46), (164, -46), (186, 56), (-186, 56)], cover)
    for side in (1, -1):
        sheet = [(4 * side, -40), (152 * side, -40), (172 * side, 48), (4 * side, 48)]
        canvas.fill(sheet, CREAM if side < 0 else mix(CREAM, SAND, 0.16))
        for line in range(5):
            y, end = 12 * line - 26, 134 + 3 * line - 40 * (line == 4)
            canvas.stroke([((22 + line) * side, y), (end * side, y)], mix(CREAM, INK, 0.24), 3)
    canvas.fill([(-3, -46), (3, -46), (3, 56), (-3, 56)], shade(cover, 0.2))


def flowers(canvas: Canvas) -> None:
    """A low bowl of flowers; the origin is where it stands."""
    canvas.fill(ellipse(8, 0, 86, 12), INK, 0.16)
    for x, y, slant in ((-52, -84, -56), (-30, -112, -28), (0, -120, 0), (30, -112, 28), (54, -84, 58)):
        leaf = smooth(points_of("0,-44 0,-44 17,-4 0,50 -17,-4"))
        canvas.at(x, y, turn=slant).fill(leaf, LEAF if x < 10 else LEAF_SHADE)
    for colour, blossoms in ((SKY, "-10,-104 -62,-60"), (CREAM, "-40,-82 22,-86"), (OCHRE, "46,-70 2,-70")):
        for middle in points_of(blossoms):
            blossom = canvas.at(*middle)
            for petal in range(5):
                blossom.at(0, 0, turn=72 * petal).fill(ellipse(10, 0, 9, 9), colour)
            blossom.fill(ellipse(0, 0, 6, 6), shade(colour, 0.25))
    canvas.fill(smooth([(-62, -48), (-62, -48), (62, -48), (62, -48), (40, 0), (40, 0), (-40, 0), (-40, 0)]), MIST)
    canvas.fill([(16, -48), (62, -48), (40, 0), (16, 0)], shade(MIST, 0.12))


def signed_folder(canvas: Canvas, look: Look) -> None:
    """An open folder with a signature on each sheet, held up; the origin is its middle. The thumbs are on it."""
    canvas.fill(rounded(-100, -62, 100, 98, 6), shade(look.jacket, 0.5), 0.5)
    canvas.fill(rounded(-126, -78, 126, 86, 6), CLAY)
    for side in (1, -1):
        sheet = [(4 * side, -68), (114 * side, -68), (114 * side, 76), (4 * side, 76)]
        canvas.fill(sheet, CREAM if side < 0 else mix(CREAM, SAND, 0.25))
        for line in range(4):
            x = (59 * side - 40, 59 * side + (40 if line < 3 else 8))
            canvas.stroke([(at, 17 * line - 46) for at in x], mix(CREAM, INK, 0.24), 4)
        name = "0,50 8,34 14,54 24,34 30,52 40,42 64,42" if side < 0 else "0,44 14,28 10,56 26,40 34,52 44,40 52,50 66,38"
        canvas.at(59 * side - 32, 0).stroke(smooth(points_of(name), closed=False), BLUE, 3.5)
        canvas.stroke([(132 * side, 44), (118 * side, 26), (100 * side, 20)], look.skin, 20, 17, 13)
        canvas.stroke([(101 * side, 17), (104 * side, 22)], flush(look.skin, 0.12), 6)


def closed_folder(canvas: Canvas) -> None:
    """A closed folder; the origin is its middle."""
    canvas.fill(rounded(-60, -84, 66, 92, 6), INK, 0.22)
    canvas.fill(rounded(-60, -88, 62, 86, 6), CREAM)
    canvas.fill(rounded(-66, -90, 56, 86, 6), NAVY)
    canvas.fill(rounded(-66, -90, -50, 86, 6), shade(NAVY, 0.5))


# The two pictures.


def signing(canvas: Canvas) -> None:
    """Two representatives of the two partners at the signing of the contract."""
    wall(canvas, 930)
    flag(canvas.at(782, 246, 0.76, turn=-3, mirrored=True), SKY, BLUE)
    flag(canvas.at(818, 246, 0.76, turn=3), CLAY, OCHRE)
    seats = ((canvas.at(424, 352, 1.46), WINKELMANN), (canvas.at(1176, 332, 1.46), RONCHI))
    for seat, look in seats:
        cast_shadow(seat.at(30, 8), look)
        chair(seat, look)
        person(seat, look, tilt=4 if look.woman else -3)
    table(canvas, 782, 988)
    flowers(canvas.at(800, 846))
    pen(canvas.at(792, 910, turn=-5))
    pen(canvas.at(808, 940, turn=-5))
    for seat, look in seats:
        top = 370 if look.woman else 384
        contract(seat.at(0, top), NAVY if look.woman else CLAY)
        for side in (1, -1):
            seat.at(100 * side, top - 18, turn=-38 * side).fill(ellipse(0, 0, 76, 26), INK, 0.15)
        arm(seat, look, 1, (132, top - 54), (90, top - 12), "flat", 54, lap=top - 77)
        arm(seat, look, -1, (-134, top - 56), (-92, top - 14), "pen", -22, lap=top - 77)


def celebration(canvas: Canvas) -> None:
    """The representatives of the two partners celebrate the signing of the contract."""
    wall(canvas, 1100)
    row = (
        (canvas.at(240, 338, 1.14), ROCCHI, 3),
        (canvas.at(524, 372, 1.12), SCIUTO, 3),
        (canvas.at(1092, 306, 1.16), MAESTRI, -2),
        (canvas.at(1372, 356, 1.12), WINKELMANN, -4),
        # He stands in the middle and a little before the others, so he comes last.
        (canvas.at(806, 322, 1.14), RONCHI, 0),
    )
    for spot, look, _ in row:
        cast_shadow(spot.at(34, 10), look)
    for spot, look, tilt in row:
        person(spot, look, tilt)
        if look is ROCCHI:
            arm(spot, look, -1, (-166, 62), (-150, -46), "open")
            arm(spot, look, 1, (126, 298), (118, 396), "fist")
        elif look is RONCHI:
            arm(spot, look, 1, (146, 316), (134, 312), "flat")
            arm(spot, look, -1, (-146, 316), (-134, 312), "flat")
            signed_folder(spot.at(0, 276), look)
        elif look is WINKELMANN:
            closed_folder(spot.at(-34, 262, turn=-8))
            arm(spot, look, -1, (-124, 300), (-66, 336), "flat", -30)
            arm(spot, look, 1, (152, 74), (138, -28), "open", thumb=-1)
        else:
            arm(spot, look, 1, (122, 296), (56, 254), "flat")
            arm(spot, look, -1, (-122, 300), (-48, 262), "flat")


def main() -> None:
    """Draw both pictures and write them beside this file."""
    for draw in (signing, celebration):
        image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING))
        draw(Canvas(image))
        small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        target = Path(__file__).with_name(f"{draw.__name__}.png")
        waiting = target.with_suffix(".tmp")
        flat = small.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        flat.save(waiting, format="PNG", optimize=True)
        waiting.replace(target)


if __name__ == "__main__":
    main()
