"""Pictures for a page: looked at before a record is accepted, then made in several sizes, in WebP and in their own format."""

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from .files import write_bytes

WIDTHS = (480, 800, 1200, 1600)
"""The widths that are made, in pixels; never wider than the picture itself."""

_MOST_PIXELS = 120_000_000
_SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
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


def fault(path: Path) -> str | None:
    """What is wrong with a file as a picture, and what to do; None where nothing is."""
    if path.suffix.lower() == ".svg":
        return _svg_fault(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                kind, (width, height) = picture.format or "", picture.size
                if kind not in _SUFFIXES:
                    return f"{path.name} is a {kind} file, which browsers do not show; save it as JPEG, PNG or WebP"
                if width * height > _MOST_PIXELS:
                    return (
                        f"{path.name} has {width} x {height} pixels; make it smaller than {_MOST_PIXELS // 1_000_000} megapixels"
                    )
                picture.load()
    except UnidentifiedImageError:
        return f"{path.name} is no picture that can be read; save it as JPEG, PNG, WebP or SVG"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"{path.name} has too many pixels; make it smaller than {_MOST_PIXELS // 1_000_000} megapixels"
    except (OSError, SyntaxError, ValueError) as error:
        return f"{path.name} is damaged ({error}); save it again"
    return None


_XLINK = "{http://www.w3.org/1999/xlink}href"


def _svg_fault(path: Path) -> str | None:
    """An SVG is a document: it must be a drawing and nothing else."""
    try:
        root = _svg_root(path.read_bytes())
    except (etree.XMLSyntaxError, OSError) as error:
        return f"{path.name} is no SVG that can be read ({error}); export it again"
    if etree.QName(root).localname != "svg":
        return f"{path.name} is no SVG drawing; export it again"
    if root.getroottree().docinfo.internalDTD is not None:
        return f"{path.name} declares a document type, which can hold entities; export it as plain SVG"
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        if name in ("script", "foreignobject", "iframe", "object", "embed", "handler", "animate", "set", "style"):
            return f"{path.name} holds <{name}>, which a drawing needs not; export it as plain SVG"
        for attribute, raw in element.attrib.items():
            value = str(raw)
            local = etree.QName(attribute).localname.lower()
            if local.startswith("on"):
                return f"{path.name} holds a script ({local}); export it as plain SVG"
            outside = (attribute == _XLINK or local in ("href", "src")) and not value.strip().startswith("#")
            if (outside and not value.strip().startswith("data:image/png")) or "url(" in value.replace("url(#", ""):
                return f"{path.name} loads something from elsewhere ({value[:60]}); put it into the drawing"
    if _svg_size(root) is None:
        return f"{path.name} does not say its size; add width and height, or a viewBox"
    return None


def _svg_root(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _svg_size(root: etree._Element) -> tuple[int, int] | None:
    def pixels(value: str | None) -> float:
        try:
            return float((value or "").strip().removesuffix("px"))
        except ValueError:
            return 0

    width, height = pixels(root.get("width")), pixels(root.get("height"))
    if not (width > 0 and height > 0):
        box = (root.get("viewBox") or "").replace(",", " ").split()
        width, height = (pixels(box[2]), pixels(box[3])) if len(box) == 4 else (0, 0)
    return (round(width), round(height)) if width >= 1 and height >= 1 else None


def prepare(path: Path, site: Path, folder: str) -> Prepared:
    """
    Make a picture's files in `folder` of a site, as far as they are not there yet.

    Their names hold a digest of the picture and of how they are made: a new picture gets a new name, the same one is made once.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content + _VERSION.encode()).hexdigest()[:8]
    name = f"{folder}/{path.stem}-{digest}"
    if path.suffix.lower() == ".svg":
        size = _svg_size(_svg_root(content))
        assert size is not None  # fault() has looked
        _write_once(site / f"{name}.svg", lambda: content)
        return Prepared(*size, f"{name}.svg", (), ())
    with Image.open(io.BytesIO(content)) as opened:
        kind = opened.format or "PNG"
        if getattr(opened, "is_animated", False):
            _write_once(site / f"{name}.{_SUFFIXES[kind]}", lambda: content)
            return Prepared(*opened.size, f"{name}.{_SUFFIXES[kind]}", (), ())
        picture = ImageOps.exif_transpose(opened)
        profile = opened.info.get("icc_profile")
        colours = len(opened.getcolors(256) or ()) if opened.mode == "P" else 0
    widths = [width for width in WIDTHS if width < picture.width] + (
        [picture.width] if picture.width <= WIDTHS[-1] else [WIDTHS[-1]]
    )
    widths = sorted(set(widths))
    # GIF and AVIF are kept for readers whose browser knows no WebP only in so far as those formats are: as PNG and JPEG.
    own_kind = {"GIF": "PNG", "AVIF": "JPEG", "WEBP": "JPEG" if not _has_alpha(picture) else "PNG"}.get(kind, kind)
    own = list(_sizes(picture, site, name, widths, own_kind, profile, colours))
    webp = list(_sizes(picture, site, name, widths, "WEBP", profile, 0))
    middle = min(own, key=lambda size: abs(size.width - 800))
    return Prepared(picture.width, picture.height, middle.path, tuple(own), tuple(webp))


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _sizes(
    picture: Image.Image, site: Path, name: str, widths: list[int], kind: str, profile: bytes | None, colours: int
) -> Iterator[Size]:
    for width in widths:
        path = f"{name}-{width}.{_SUFFIXES[kind]}"
        _write_once(site / path, lambda width=width: _encode(picture, width, kind, profile, colours))  # type: ignore[misc]  # a default binds the loop's value
        yield Size(path, width)


def _encode(picture: Image.Image, width: int, kind: str, profile: bytes | None, colours: int) -> bytes:
    full = picture.convert("RGBA" if _has_alpha(picture) and kind != "JPEG" else "RGB")
    height = max(1, round(picture.height * width / picture.width))
    small = full if width == picture.width else full.resize((width, height), Image.Resampling.LANCZOS)
    if kind == "PNG" and colours:
        small = small.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    options = {"JPEG": {"quality": 82, "optimize": True, "progressive": True}, "WEBP": {"quality": 80, "method": 4}}
    extra = {"icc_profile": profile} if profile else {}
    out = io.BytesIO()
    small.save(out, kind, **options.get(kind, {"optimize": True}), **extra)
    return out.getvalue()


def _write_once(path: Path, content: Callable[[], bytes]) -> None:
    if not path.is_file():
        write_bytes(path, content())
