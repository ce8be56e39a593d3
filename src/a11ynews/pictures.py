"""Pictures for a page: looked at before a record is accepted, then made in several sizes, in WebP and in their own format."""

import hashlib
import io
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import shorten
from .files import read_up_to, write_bytes

if TYPE_CHECKING:
    from lxml import etree
    from PIL import Image  # read where a picture is looked at: most renders have none to look at

WIDTHS = (480, 800, 1200, 1600)
"""The widths that are made, in pixels; never wider than the picture itself."""

_MOST_PIXELS = 120_000_000
_MOST_HEIGHT = 16_383
"""The most that WebP can hold, in pixels."""
_MOST_LENGTH = 100_000
_MOST_BYTES = 200 * 1024 * 1024
_MOST_DRAWING = 10 * 1024 * 1024
_MOST_ELEMENTS = 500_000
"""The most tags of an SVG, those that end something among them: each takes a hundred times its room in memory."""
_OPENED = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP", "ICO", "JPEG2000", "PSD", "TGA", "PPM", "ICNS", "PCX")
"""Those and others that are told by their names. What else Pillow reads, some by another program, is not even opened."""
_SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
_ANIMATED = ("GIF", "PNG", "WEBP", "AVIF")
"""The formats whose several pictures are a film; in a JPEG of a camera (MPO) they are views of one."""
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)
"""The orientations of EXIF in which width and height change places."""
_VERSION = "1"
"""Changed when what is made of the same picture changes."""


@dataclass(frozen=True, slots=True)
class Size:
    """One file of a picture: its path in the site and its width in pixels."""

    path: str
    width: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as a page shows it. Width and height are the picture's own, in pixels, after its EXIF orientation."""

    width: int
    height: int
    path: str
    """The file for `src`: of a middle size, in the picture's own format."""
    own: tuple[Size, ...]
    """The picture's own format, narrowest first; empty for one that comes in a single size."""
    webp: tuple[Size, ...]

    @property
    def largest(self) -> str:
        """The widest file in the picture's own format, for cards and structured data."""
        return self.own[-1].path if self.own else self.path

    @property
    def largest_size(self) -> tuple[int, int]:
        """Width and height of that file, in pixels."""
        width = self.own[-1].width if self.own else self.width
        return width, round(self.height * width / self.width)


def fault(path: Path) -> str | None:
    """What is wrong with a file as a picture, and what to do; None where nothing is."""
    if path.suffix.lower() == ".svg":
        return _svg_fault(path)
    from PIL import Image, UnidentifiedImageError

    try:
        if path.stat().st_size > _MOST_BYTES:
            return f"{path.name} is larger than {_MOST_BYTES // 1024 // 1024} MB; save it with fewer pixels, or as JPEG"
        with _quiet(), Image.open(path, formats=_OPENED) as picture:
            kind, (width, height) = picture.format or "", picture.size
            if kind not in _SUFFIXES:
                return f"{path.name} is a {kind} file, which browsers do not show; save it as JPEG, PNG or WebP"
            if width * height > _MOST_PIXELS:
                return _too_many_pixels(path)
            if picture.getexif().get(_ORIENTATION) in _LYING:
                width, height = height, width
            if round(height * min(width, WIDTHS[-1]) / width) > _MOST_HEIGHT:
                return f"{path.name} is too high for its width, {width} x {height} pixels; cut it into several pictures"
            # A JPEG can be looked through in small, which takes a sixty-fourth of the room.
            picture.draft(None, (width // 8, height // 8))
            picture.load()
    except UnidentifiedImageError:
        return f"{path.name} is no picture that can be read; save it as JPEG, PNG, WebP or SVG"
    except Image.DecompressionBombError:
        return _too_many_pixels(path)
    except Exception as error:  # noqa: BLE001  # a decoder can raise anything at a damaged file
        return f"{path.name} is damaged ({shorten(str(error)) or type(error).__name__}); save it again"
    return None


def _too_many_pixels(path: Path) -> str:
    return f"{path.name} has too many pixels; make it smaller than {_MOST_PIXELS // 1_000_000} megapixels"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Pillow's warnings, of large pictures and of odd EXIF data: what matters is told as a fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


_SVG = "http://www.w3.org/2000/svg"
_NO_DRAWING = ("script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "style", "discard")
_FOREIGN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
_EMBEDDED = ("data:image/png", "data:image/jpeg", "data:image/webp", "data:image/gif")
_LOADS = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)[^\"')\s]|image-set|src\s*\(|@import|\\|expression\s*\(")
"""What in a value of CSS fetches something, or hides that it does."""


def _svg_fault(path: Path) -> str | None:
    """An SVG is a document: it must be a drawing and nothing else."""
    from lxml import etree

    name = path.name
    try:
        content = read_up_to(path, _MOST_DRAWING)
        if len(content) > _MOST_DRAWING:
            return f"{name} is larger than {_MOST_DRAWING // 1024 // 1024} MB; draw it with less detail, or save it as PNG"
        if content.count(b"<") > _MOST_ELEMENTS:
            return f"{name} has more than {_MOST_ELEMENTS:,} elements; draw it with less detail, or save it as PNG"
        root = _svg_root(content)
    except (etree.XMLSyntaxError, OSError) as error:
        reason = (error.strerror if isinstance(error, OSError) else error.msg) or "no XML"
        return f"{name} is no SVG that can be read ({reason}); export it again"
    if root.tag != f"{{{_SVG}}}svg":
        hint = f'add xmlns="{_SVG}" to its first tag' if root.tag == "svg" else "export it again"
        return f"{name} is no SVG drawing; {hint}"
    if root.getroottree().docinfo.internalDTD is not None:
        return f"{name} declares a document type, which can hold entities; export it as plain SVG"
    if _is_mere_shapes(content):
        return None if _svg_size(root) else _no_size(name)
    if root.xpath("//processing-instruction()"):
        return f"{name} holds a processing instruction, which can load style sheets; export it as plain SVG"
    for element in root.iter(etree.Element):
        namespace, _, tag = str(element.tag).rpartition("}")
        if tag.lower() in _NO_DRAWING or tag.lower().startswith("animate") or namespace[1:] in _FOREIGN:
            return f"{name} holds <{shorten(tag)}>, which a drawing needs not; export it as plain SVG"
        for attribute, value in element.attrib.items():
            if told := _svg_attribute_fault(str(attribute), str(value).strip().lower()):
                return f"{name} {told}"
    return None if _svg_size(root) else _no_size(name)


def _no_size(name: str) -> str:
    return f"{name} does not say its size; add width and height in pixels, or a viewBox"


# Each is a part of whatever `_svg_fault` refuses, written in ASCII; with references, escapes, comments and declarations, in which
# it could hide. White space before a name is a space here, since line ends and tabs are made spaces first.
_WORTH_A_LOOK = (
    *(b"\0", b"&", b"\\", b"<!", b"script", b"foreignobject", b"iframe", b"object", b"embed", b"handler", b"listener", b"<set"),
    *(b":set", b"style", b"discard", b"animate", b"xhtml", b"mathml", b" on", b":on", b"href", b"src", b"base", b"url"),
    *(b"image-set", b"@import", b"expression"),
)
_SPACES = bytes.maketrans(b"\t\n\r", b"   ")


def _is_mere_shapes(content: bytes) -> bool:
    """
    Whether one look at a drawing tells that nothing of it is to be refused: many are shapes with numbers and colours alone.

    To look at every attribute takes ten times as long.
    """
    if not content.isascii():
        return False
    words = content.lower().translate(_SPACES)
    # Other encodings write the same in other bytes. Of instructions there can be the first line alone, which is none.
    is_utf8 = b"encoding" not in words or (words.count(b"encoding") == 1 and b'encoding="utf-8"' in words)
    is_plain = words.count(b"<?") == words.startswith(b"<?xml ")
    return is_utf8 and is_plain and not any(map(words.__contains__, _WORTH_A_LOOK))


def _svg_attribute_fault(attribute: str, value: str) -> str | None:
    namespace, _, name = attribute.rpartition("}")
    name = name.lower()
    if name.startswith("on"):
        return f"holds a script ({shorten(name)}); export it as plain SVG"
    is_link = name in ("href", "src") and not value.startswith(("#", *_EMBEDDED))
    # Attributes of other namespaces are the drawing program's own notes, and no CSS.
    if is_link or name == "base" or (not namespace and not value.isalnum() and _LOADS.search(value)):
        return f"loads something from elsewhere ({shorten(name)}={shorten(value, 60)!r}); put it into the drawing"
    return None


# It is asked whether a drawing is sound, and right after that for its size.
@lru_cache(maxsize=4)
def _svg_root(content: bytes) -> "etree._Element":
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""CSS pixels in a unit (CSS Values 4, 6.2)."""


def _svg_size(root: "etree._Element") -> tuple[int, int] | None:
    def pixels(value: str | None) -> float:
        length = re.fullmatch(r"\s*\+?([0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,2})?)\s*([a-z]*)\s*", (value or "").lower())
        return float(length[1]) * _PIXELS.get(length[2], 0) if length else 0

    width, height = pixels(root.get("width")), pixels(root.get("height"))
    if not (width and height):
        box = (root.get("viewBox") or "").replace(",", " ").split()
        width, height = (pixels(box[2]), pixels(box[3])) if len(box) == 4 else (0, 0)
    return (round(width), round(height)) if 1 <= width <= _MOST_LENGTH and 1 <= height <= _MOST_LENGTH else None


def prepare(path: Path, site: Path, folder: str) -> Prepared:
    """
    Make a picture's files in `folder` of a site, as far as they are not there yet.

    Their names hold a digest of the picture and of how they are made: a new picture gets a new name, the same one is made once.
    """
    content = read_up_to(path, _MOST_BYTES)
    digest = hashlib.sha256(content + _VERSION.encode()).hexdigest()[:8]
    # The name goes into addresses and into srcset, where spaces, commas, “#” and the like mean something.
    name = f"{folder}/{re.sub('[^a-z0-9]+', '-', path.stem.lower()).strip('-')[:60] or 'picture'}-{digest}"
    if path.suffix.lower() == ".svg":
        size = _svg_size(_svg_root(content))
        assert size is not None  # fault() has looked
        _write_once(site, f"{name}.svg", lambda: content)
        return Prepared(*size, f"{name}.svg", (), ())
    from PIL import Image, ImageOps

    with _quiet(), Image.open(io.BytesIO(content)) as opened:
        kind = opened.format or "PNG"
        if kind in _ANIMATED and getattr(opened, "is_animated", False):
            _write_once(site, f"{name}.{_SUFFIXES[kind]}", lambda: content)
            return Prepared(*opened.size, f"{name}.{_SUFFIXES[kind]}", (), ())
        colours = len(opened.getcolors(256) or ()) if opened.mode == "P" else 0
        picture, profile = _plain(ImageOps.exif_transpose(opened))
    widths = sorted({*(width for width in WIDTHS if width < picture.width), min(picture.width, WIDTHS[-1])})
    # Readers whose browser knows no WebP get these as PNG or JPEG, which every browser knows.
    as_photo = "PNG" if picture.mode == "RGBA" else "JPEG"
    own_kind = {"GIF": "PNG", "AVIF": as_photo, "WEBP": as_photo, "MPO": "JPEG"}.get(kind, kind)
    own = list(_sizes(picture, site, name, widths, own_kind, profile, colours))
    webp = list(_sizes(picture, site, name, widths, "WEBP", profile, 0))
    middle = min(own, key=lambda size: abs(size.width - 800))
    return Prepared(picture.width, picture.height, middle.path, tuple(own), tuple(webp))


def _plain(picture: "Image.Image") -> "tuple[Image.Image, bytes]":
    """
    The picture as RGB, or as RGBA where it lets anything shine through, with the colour profile of its RGB.

    What a camera or a program has noted in it (place, owner, comments) stays behind.
    """
    profile = picture.info.get("icc_profile") or b""
    if picture.mode.startswith("I"):
        # Grey of 16 bits: a mere conversion would cut it off at 255, and nearly all would be white.
        clear = picture.info.get("transparency")
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        if isinstance(clear, int):
            picture.info["transparency"] = clear // 257
    elif picture.mode == "CMYK" and profile:
        picture = _from_cmyk(picture, profile)
    is_clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if is_clear else "RGB")
    if is_clear and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.info.clear()
    return picture, profile if profile[16:20] == b"RGB " else b""


def _from_cmyk(picture: "Image.Image", profile: bytes) -> "Image.Image":
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _sizes(
    picture: "Image.Image", site: Path, name: str, widths: list[int], kind: str, profile: bytes, colours: int
) -> Iterator[Size]:
    for width in widths:
        path = f"{name}-{width}.{_SUFFIXES[kind]}"
        _write_once(site, path, lambda width=width: _encode(picture, width, kind, profile, colours))  # type: ignore[misc]  # a default binds the loop's value
        yield Size(path, width)


def _encode(picture: "Image.Image", width: int, kind: str, profile: bytes, colours: int) -> bytes:
    from PIL import Image

    height = max(1, round(picture.height * width / picture.width))
    small = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
    if kind == "PNG" and colours:
        small = small.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    options = {"JPEG": {"quality": 82, "optimize": True, "progressive": True}, "WEBP": {"quality": 80, "method": 4}}
    extra = {"icc_profile": profile} if profile else {}
    out = io.BytesIO()
    small.save(out, kind, **options.get(kind, {"optimize": True}), **extra)
    return out.getvalue()


def _write_once(site: Path, name: str, content: Callable[[], bytes]) -> None:
    file = f"{site}{os.sep}{name}"
    if not os.path.isfile(file):  # noqa: PTH113  # thousands of them, and a Path takes longer
        write_bytes(file, content(), site)
