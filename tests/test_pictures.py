"""Pictures: what is fit for a page, and what is made of it."""

import io
import random
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from a11ynews import pictures
from a11ynews.pictures import WIDTHS, Prepared, fault, prepare

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture
def put(tmp_path: Path) -> Any:
    """Writes a file beside a record."""

    def write(name: str, content: bytes | str) -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def colours(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """A picture with red above and blue below."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (0, height // 2, width, height))
    return picture.convert(mode)


def png(width: int, height: int, data: bytes = b"", depth: int = 8, kind: int = 2) -> bytes:
    """A PNG that says of itself what is given, and holds that data."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def made(file: Path, site: Path) -> tuple[Prepared, dict[str, Image.Image]]:
    """What is made of a picture that has no fault, with every file of it opened."""
    assert fault(file) is None
    prepared = prepare(file, site, "media/x")
    paths = [prepared.path, *(size.path for size in (*prepared.own, *prepared.webp))]
    return prepared, {path: Image.open(io.BytesIO((site / path).read_bytes())) for path in paths if not path.endswith(".svg")}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pixel(picture: Image.Image, x: int = 0, y: int = 0) -> tuple[int, ...]:
    found = picture.convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


def near(found: tuple[int, ...], wanted: tuple[int, ...], most: int = 24) -> bool:
    return all(abs(one - other) <= most for one, other in zip(found, wanted, strict=False))


# -- what is made ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (40, [40]),
        (480, [480]),
        (481, [480, 481]),
        (900, [480, 800, 900]),
        (1600, [480, 800, 1200, 1600]),
        (2400, [480, 800, 1200, 1600]),
    ],
)
def test_a_picture_is_made_in_widths_up_to_its_own(tmp_path: Path, put: Any, width: int, widths: list[int]) -> None:
    """Never wider than it is; in WebP and in its own format, each as wide as its name says, all of one shape."""
    prepared, opened = made(put("a.png", encoded(colours(width, max(1, width // 2)), "PNG")), tmp_path / "site")

    assert [size.width for size in prepared.own] == [size.width for size in prepared.webp] == widths
    assert (prepared.width, prepared.height) == (width, max(1, width // 2))
    assert max(widths) <= WIDTHS[-1]
    for size in (*prepared.own, *prepared.webp):
        assert opened[size.path].width == size.width
        assert opened[size.path].height == max(1, round(prepared.height * size.width / prepared.width))
    assert {opened[size.path].format for size in prepared.own} == {"PNG"}
    assert {opened[size.path].format for size in prepared.webp} == {"WEBP"}


@pytest.mark.parametrize(("width", "middle"), [(1, 1), (600, 600), (1600, 800), (1000, 800), (5000, 800)])
def test_the_file_for_old_browsers_is_of_a_middle_size(tmp_path: Path, put: Any, width: int, middle: int) -> None:
    """The largest one is for cards."""
    prepared, opened = made(put("a.png", encoded(Image.new("RGB", (width, 10)), "PNG")), tmp_path / "site")

    assert opened[prepared.path].width == middle
    assert opened[prepared.largest].width == min(width, 1600)


def test_a_second_run_writes_nothing_and_the_same_picture_gives_the_same_bytes(tmp_path: Path, put: Any) -> None:
    """Names hold a digest: a new picture gets new ones."""
    file = put("a.jpg", encoded(colours(900, 600), "JPEG"))
    first, _ = made(file, tmp_path / "one")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*")}
    again, _ = made(file, tmp_path / "one")
    other, _ = made(file, tmp_path / "two")

    assert first == again == other
    assert times == {path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*")}
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert len(files_in(tmp_path / "one")) == 6
    put("a.jpg", encoded(colours(900, 602), "JPEG"))
    assert not {size.path for size in made(file, tmp_path / "one")[0].own} & {size.path for size in first.own}


@pytest.mark.parametrize(
    ("name", "stem"),
    [("my photo, (1)#?&%.png", "my-photo-1"), ("Größe.PNG", "gr-e"), ("新聞.png", "picture"), (f"{'a' * 200}.png", "a" * 60)],
)
def test_names_are_fit_for_addresses_and_srcset(tmp_path: Path, put: Any, name: str, stem: str) -> None:
    """No space, comma, “#” or “%”, whatever the picture is called."""
    prepared, _ = made(put(name, encoded(colours(), "PNG")), tmp_path / "site")

    assert all(
        path.startswith(f"media/x/{stem}-") for path in (prepared.path, *(size.path for size in (*prepared.own, *prepared.webp)))
    )


def rotated(degrees: int) -> Image.Image:
    return colours(40, 20).rotate(degrees, expand=True)


@pytest.mark.parametrize(
    ("orientation", "stored"),
    [(1, rotated(0)), (3, rotated(180)), (6, rotated(90)), (8, rotated(270)), (2, rotated(0)), (4, rotated(180))],
    ids=["upright", "upside down", "to the left", "to the right", "mirrored", "mirrored and upside down"],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright(tmp_path: Path, put: Any, orientation: int, stored: Image.Image, kind: str) -> None:
    """Turned by its EXIF data; width and height are those after it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "A camera"
    prepared, opened = made(put(f"a.{kind.lower()}", encoded(stored, kind, exif=exif)), tmp_path / "site")

    assert (prepared.width, prepared.height) == (40, 20)
    for picture in opened.values():
        assert near(pixel(picture, 20, 2), (200, 20, 20), 40)
        assert near(pixel(picture, 20, 17), (20, 20, 200), 40)


def test_what_a_camera_noted_stays_behind(tmp_path: Path, put: Any) -> None:
    """Place, owner, time and comments are no part of a picture on a page; its colour profile is."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    jpeg = encoded(colours(), "JPEG", exif=exif, comment=b"secret", icc_profile=SRGB, xmp=b"<x:xmpmeta>secret</x:xmpmeta>")
    webp = encoded(colours(), "WEBP", exif=exif, xmp=b"<x:xmpmeta>secret</x:xmpmeta>", icc_profile=SRGB)
    for name, content in (("a.jpg", jpeg), ("b.webp", webp)):
        _, opened = made(put(name, content), tmp_path / "site")
        assert all(not picture.getexif() and picture.info["icc_profile"] == SRGB for picture in opened.values())

    assert not any(b"secret" in content or b"A camera" in content for content in files_in(tmp_path / "site").values())


def palette(**options: Any) -> bytes:
    picture = Image.new("P", (20, 10), 1)
    picture.putpalette([0, 255, 0, 200, 20, 20])
    picture.putpixel((0, 0), 0)
    return encoded(picture, "PNG", **options)


GREY = Image.new("I;16", (20, 10), 30000)
MODES = {
    "RGB": ("a.png", encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "PNG"), "PNG", (200, 20, 20, 255)),
    "RGBA": ("a.png", encoded(Image.new("RGBA", (20, 10), (200, 20, 20, 100)), "PNG"), "PNG", (200, 20, 20, 100)),
    "RGBA all opaque": (
        "a.webp",
        encoded(Image.new("RGBA", (20, 10), (200, 20, 20, 255)), "WEBP", lossless=True),
        "JPEG",
        (200, 20, 20, 255),
    ),
    "grey": ("a.png", encoded(Image.new("L", (20, 10), 130), "PNG"), "PNG", (130, 130, 130, 255)),
    "grey and clear": ("a.png", encoded(Image.new("LA", (20, 10), (130, 100)), "PNG"), "PNG", (130, 130, 130, 100)),
    "black and white": ("a.png", encoded(Image.new("1", (20, 10), 1), "PNG"), "PNG", (255, 255, 255, 255)),
    "palette": ("a.png", palette(), "PNG", (200, 20, 20, 255)),
    "palette with a clear colour": ("a.png", palette(transparency=0), "PNG", (200, 20, 20, 255)),
    "RGB with a clear colour": (
        "a.png",
        encoded(Image.new("RGB", (20, 10), (1, 2, 3)), "PNG", transparency=(1, 2, 3)),
        "PNG",
        (1, 2, 3, 0),
    ),
    "16 bits of grey": ("a.png", encoded(GREY, "PNG"), "PNG", (116, 116, 116, 255)),
    "16 bits of grey, one clear": ("a.png", encoded(GREY, "PNG", transparency=30000), "PNG", (116, 116, 116, 0)),
    "16 bits of colour": ("a.png", png(1, 1, b"\0" + struct.pack(">HHH", 51400, 5140, 5140), 16), "PNG", (200, 20, 20, 255)),
    "CMYK": ("a.jpg", encoded(Image.new("CMYK", (20, 10), (0, 230, 230, 55)), "JPEG"), "JPEG", (200, 20, 20, 255)),
    "progressive": (
        "a.jpg",
        encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "JPEG", progressive=True),
        "JPEG",
        (200, 20, 20, 255),
    ),
    "two views of a camera": (
        "a.jpg",
        encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "MPO", save_all=True, append_images=[Image.new("RGB", (20, 10))]),
        "JPEG",
        (200, 20, 20, 255),
    ),
    "WebP": ("a.webp", encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "WEBP"), "JPEG", (200, 20, 20, 255)),
    "WebP and clear": ("a.webp", encoded(Image.new("RGBA", (20, 10), (200, 20, 20, 100)), "WEBP"), "PNG", (200, 20, 20, 100)),
    "AVIF": ("a.avif", encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "AVIF"), "JPEG", (200, 20, 20, 255)),
    "AVIF and clear": ("a.avif", encoded(Image.new("RGBA", (20, 10), (200, 20, 20, 100)), "AVIF"), "PNG", (200, 20, 20, 100)),
    "GIF": ("a.gif", encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "GIF"), "PNG", (200, 20, 20, 255)),
    "by another name": ("a.jpg", encoded(Image.new("RGB", (20, 10), (200, 20, 20)), "PNG"), "PNG", (200, 20, 20, 255)),
}


@pytest.mark.parametrize(("name", "content", "kind", "colour"), MODES.values(), ids=MODES)
def test_a_picture_of_any_kind_keeps_its_colours(
    tmp_path: Path, put: Any, name: str, content: bytes, kind: str, colour: tuple[int, ...]
) -> None:
    """And what shines through it; in a format that every browser knows, and in WebP."""
    prepared, opened = made(put(name, content), tmp_path / "site")

    assert {opened[size.path].format for size in prepared.own} == {kind}
    for picture in opened.values():
        x = picture.width // 2
        assert near(pixel(picture, x, picture.height // 2)[3:], colour[3:], 2)
        assert colour[3] == 0 or near(pixel(picture, x, picture.height // 2), colour)


def test_a_palette_stays_a_palette(tmp_path: Path, put: Any) -> None:
    """So that a drawing does not grow."""
    prepared, opened = made(put("a.png", palette()), tmp_path / "site")

    assert opened[prepared.path].mode == "P"


@pytest.mark.parametrize(("mode", "kind"), [("L", "PNG"), ("CMYK", "JPEG")])
def test_a_profile_of_other_colours_does_not_stay_on_rgb(tmp_path: Path, put: Any, mode: str, kind: str) -> None:
    """One that cannot be applied is left out, not kept where it is wrong."""
    profile = SRGB[:16] + {"L": b"GRAY", "CMYK": b"CMYK"}[mode] + SRGB[20:]
    _, opened = made(put("a", encoded(Image.new(mode, (20, 10)), kind, icc_profile=profile)), tmp_path / "site")

    assert not any(picture.info.get("icc_profile") for picture in opened.values())


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_a_picture_that_moves_is_kept_as_it_is(tmp_path: Path, put: Any, kind: str) -> None:
    """In one size: its own."""
    content = encoded(colours(600, 20), kind, save_all=True, append_images=[Image.new("RGB", (600, 20))], duration=500)
    prepared, opened = made(put(f"a.{kind.lower()}", content), tmp_path / "site")

    assert (prepared.width, prepared.height, prepared.own, prepared.webp) == (600, 20, (), ())
    assert (tmp_path / "site" / prepared.path).read_bytes() == content
    assert prepared.largest == prepared.path
    assert list(opened) == [prepared.path]


# -- what is not fit -------------------------------------------------------------------------------------------------------

GOOD_PNG = encoded(colours(50, 50), "PNG")
UNFIT = {
    "text": ("a.png", b"I am a picture.", "a.png is no picture that can be read; save it as JPEG, PNG, WebP or SVG"),
    "nothing": ("a.png", b"", "a.png is no picture that can be read; save it as"),
    "SVG by another name": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.png is no picture that can be read"),
    "half": ("a.png", GOOD_PNG[: len(GOOD_PNG) // 2], "a.png is damaged ("),
    "its beginning": ("a.png", GOOD_PNG[:12], "a.png is no picture that can be read"),
    "half a JPEG": ("a.jpg", encoded(colours(50, 50), "JPEG")[:-200], "a.jpg is damaged ("),
    "TIFF": (
        "a.tiff",
        encoded(colours(), "TIFF"),
        "a.tiff is a TIFF file, which browsers do not show; save it as JPEG, PNG or WebP",
    ),
    "BMP": ("a.png", encoded(colours(), "BMP"), "a.png is a BMP file, which browsers do not show; save it as JPEG, PNG or WebP"),
    "a bomb": ("a.png", png(100_000, 100_000), "a.png has too many pixels; make it smaller than 120 megapixels"),
    "a bit too large": ("a.png", png(12_001, 10_000), "a.png has too many pixels; make it smaller than 120 megapixels"),
    "large, and nothing in it": ("a.png", png(10_000, 10_000), "a.png is damaged ("),
    "no width": ("a.png", png(0, 10), "a.png is no picture that can be read"),
    "too high": (
        "a.png",
        encoded(Image.new("1", (100, 17_000)), "PNG"),
        "a.png is too high for its width, 100 x 17000 pixels; cut it into",
    ),
}


@pytest.mark.parametrize(("name", "content", "message"), UNFIT.values(), ids=UNFIT)
def test_what_is_no_picture_for_a_page_is_told(put: Any, name: str, content: bytes, message: str) -> None:
    """With what to do, and without unpacking what would fill the memory."""
    told = fault(put(name, content))

    assert told is not None
    assert told.startswith(message)
    assert "; " in told
    assert "\n" not in told


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As anything that cannot be read."""
    assert str(fault(tmp_path / "a.png")).startswith("a.png is damaged (")
    assert str(fault(tmp_path / "a.svg")) == "a.svg is no SVG that can be read (No such file or directory); export it again"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_no_damage_raises_anything_or_warns(tmp_path: Path, put: Any, kind: str) -> None:
    """Two hundred damaged files of each kind: a fault, or a picture that can be made."""
    chance = random.Random(kind)
    whole = encoded(Image.effect_noise((40, 40), 50).convert("RGB"), kind)
    faults = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(200):
            content = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                content[chance.randrange(len(content) if number % 2 else min(200, len(content)))] = chance.randrange(256)
            file = put("a", bytes(content[: chance.randrange(len(content))] if number % 5 == 0 else content))
            if told := fault(file):
                faults += "; " in told
            else:
                prepare(file, tmp_path / "site", "media")

    assert faults > 20


# -- SVG -------------------------------------------------------------------------------------------------------------------


def svg(inner: str = "", attributes: str = 'width="9" height="9"', before: str = "") -> str:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inner}</svg>'
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="640" height="480"', (640, 480)),
        ('width="640px" height="479.6px"', (640, 480)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('width="25.4mm" height="72pt"', (96, 96)),
        ('viewBox="0 0 300 150"', (300, 150)),
        ('viewBox="-10,-10,300,150"', (300, 150)),
        ('width="100%" height="100%" viewBox="0 0 30 15"', (30, 15)),
        ('width="640" viewBox="0 0 30 15"', (30, 15)),
    ],
)
def test_a_drawing_goes_on_the_page_as_it_is(tmp_path: Path, put: Any, attributes: str, size: tuple[int, int]) -> None:
    """In one file, with the size that it says, in CSS pixels."""
    file = put("a.svg", svg("<path d='M0 0h9v9z'/>", attributes))
    prepared, _ = made(file, tmp_path / "site")

    assert (prepared.width, prepared.height) == size
    assert (prepared.own, prepared.webp, prepared.largest) == ((), (), prepared.path)
    assert (tmp_path / "site" / prepared.path).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    "inner",
    [
        "<title>A plan</title><desc>Of a room: url(x)</desc><text>On the left</text>",
        "<defs><linearGradient id='g'/></defs><rect fill='url(#g)' style=\"fill: url('#g')\"/>",
        "<use href='#g'/><use xlink:href='#g'/><a href='#g'><path/></a>",
        "<image href='data:image/png;base64,iVBORw0KGgo='/><image xlink:href='data:image/jpeg;base64,/9j/'/>",
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:li rdf:resource='http://example.org/'/></rdf:RDF></metadata>",
        "<g xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:export-filename='C:\\a.png'/>",
        "<!-- drawn by hand -->",
    ],
)
def test_what_belongs_to_a_drawing_may_stand_in_it(put: Any, inner: str) -> None:
    """Gradients, embedded pictures, the notes of the drawing program."""
    assert fault(put("a.svg", svg(inner))) is None


ENTITIES = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(15)
) + "]>"  # fmt: skip
BAD_SVG = {
    "a script": (svg("<script>alert(1)</script>"), "holds <script>"),
    "a script of another prefix": (svg("<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>"), "holds <script>"),
    "a script in capitals": (svg("<SCRIPT>alert(1)</SCRIPT>"), "holds <SCRIPT>"),
    "a script on load": (svg(attributes='width="9" height="9" onload="alert(1)"'), "holds a script (onload)"),
    "a script on a click": (svg("<path ONCLICK='alert(1)'/>"), "holds a script (onclick)"),
    "a link that runs code": (svg("<a href='javascript:alert(1)'><path/></a>"), "loads something from elsewhere (href="),
    "a link elsewhere": (svg("<a xlink:href='https://example.org/'><path/></a>"), "loads something from elsewhere (href="),
    "a picture from elsewhere": (svg("<image href='https://example.org/a.png'/>"), "loads something from elsewhere (href="),
    "a picture beside it": (svg("<image xlink:href='a.png'/>"), "loads something from elsewhere (href="),
    "a drawing within": (svg("<image href='data:image/svg+xml,x'/>"), "loads something from elsewhere (href="),
    "a part of another file": (svg("<use href='b.svg#x'/>"), "loads something from elsewhere (href="),
    "a paint from elsewhere": (svg("<rect fill='URL( http://example.org/#x)'/>"), "loads something from elsewhere (fill="),
    "a font from elsewhere": (
        svg("<rect style='fill: red; mask: url(\"//example.org/\")'/>"),
        "loads something from elsewhere (style=",
    ),
    "an address in disguise": (svg(r"<rect style='fill: u\72l(//example.org/)'/>"), "loads something from elsewhere (style="),
    "an image set": (svg("<rect style='mask: image-set(\"//example.org/\" 1x)'/>"), "loads something from elsewhere (style="),
    "another base": (svg("<g xml:base='https://example.org/'/>"), "loads something from elsewhere (base="),
    "a style sheet": (svg("<style>@import 'https://example.org/'</style>"), "holds <style>"),
    "a style sheet before": (svg(before="<?xml-stylesheet href='https://example.org/'?>"), "holds a processing instruction"),
    "HTML": (svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"), "holds <foreignObject>"),
    "HTML by itself": (svg("<meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh'/>"), "holds <meta>"),
    "a frame": (svg("<iframe src='https://example.org/'/>"), "holds <iframe>"),
    "what sets a link": (svg("<a><set attributeName='href' to='javascript:x'/></a>"), "holds <set>"),
    "what moves": (svg("<animateTransform attributeName='transform'/>"), "holds <animateTransform>"),
    "a bomb of entities": (svg("&p;", before=ENTITIES), "is no SVG that can be read ("),
    "entities": (
        svg("<text>&a;</text>", before="<!DOCTYPE svg [<!ENTITY a 'b'>]>"),
        "declares a document type, which can hold entities",
    ),
    "a file of this machine": (
        svg("&a;", before="<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
        "declares a document type",
    ),
    "a default attribute": (svg(before="<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]>"), "declares a document type"),
    "no drawing": ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "is no SVG drawing; export it again"),
    "no namespace": ("<svg width='9' height='9'/>", "is no SVG drawing; add xmlns="),
    "no end": ("<svg xmlns='http://www.w3.org/2000/svg'>", "is no SVG that can be read ("),
    "no XML": ("a drawing", "is no SVG that can be read ("),
    "nothing": ("", "is no SVG that can be read ("),
    "a PNG": (GOOD_PNG, "is no SVG that can be read ("),
    "without end": (svg("<g>" * 100_000), "is no SVG that can be read ("),
    "no size": (svg(attributes=""), "does not say its size; add width and height in pixels, or a viewBox"),
    "a size of nothing": (svg(attributes='width="0" height="9"'), "does not say its size"),
    "a negative size": (svg(attributes='width="-9" height="9"'), "does not say its size"),
    "a size without end": (svg(attributes='width="inf" height="1e400"'), "does not say its size"),
    "a size that is none": (svg(attributes='width="nan" height="9" viewBox="a b c d"'), "does not say its size"),
    "a huge size": (svg(attributes='width="1e9" height="9"'), "does not say its size"),
}


@pytest.mark.parametrize(("content", "message"), BAD_SVG.values(), ids=BAD_SVG)
def test_a_drawing_is_nothing_but_a_drawing(put: Any, content: str | bytes, message: str) -> None:
    """No script, nothing from elsewhere, nothing that moves, and a size."""
    told = fault(put("a.svg", content))

    assert told is not None
    assert told.startswith(f"a.svg {message}")
    assert "; " in told
    assert "\n" not in told


_ELEMENTS = (
    *("iframe", "Object", "embed", "handler", "listener", "discard"),
    *["g xmlns='http://www.w3.org/1999/xhtml'"] * 2,
    *["g", "rect", "path", "title"] * 4,
    "a",
    "Set",
    "x:set",
    "SCRIPT",
    "animate",
    "x:p",
    "style",
    "image",
    "offset",
    "foreignObject",
)
_ATTRIBUTES = (
    *[" d='M0 0h9v9z'", ' x="4"', "\tfill='#abc'", " opacity='.5'"] * 5,
    *(
        "\nonload='x'",
        " ONCLICK='x'",
        " x:on='y'",
        " HREF='#a'",
        " xlink:href='b'",
        " src='x'",
        " xml:base='/'",
        " style='fill: red'",
    ),
    *(
        " fill='URL( x )'",
        " fill='url(#a)'",
        " fill='&#x75;rl(x)'",
        " fill='u\\72l(x)'",
        " d='image-set(x)'",
        " é='1'",
        " d='\"@import'",
    ),
    *(
        " x='expression(1)'",
        " xmlns='http://www.w3.org/1999/xhtml'",
        " xmlns='http://www.w3.org/1998/Math/MathML'",
        "\r\nonx='1'",
    ),
)
_WORDS = (*["", "A polygon on a map"] * 4, "<!-- x -->", "<?xml-stylesheet href='x'?>", "&lt;", "é", "<![CDATA[x]]>", "<")
_FIRST = (
    *[""] * 4,
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<?xml version="1.0" encoding="UTF-7"?>',
    "\ufeff",
)


def drawing(chance: random.Random) -> bytes:
    """A drawing at random, of what is refused and what is not; mostly of UTF-8."""
    parts = []
    for name in chance.choices(_ELEMENTS, k=chance.randrange(4)):
        attributes = "".join(set(chance.choices(_ATTRIBUTES, k=chance.randrange(3))))
        parts.append(f"<{name}{attributes}>{chance.choice(_WORDS)}</{name.split()[0]}>")
    size = chance.choice(('width="9" height="9"', 'viewBox="0 0 9 9"', ""))
    xml = svg("".join(parts), f'{size} xmlns:x="http://www.w3.org/2000/svg"', chance.choice(_FIRST))
    return xml.encode(chance.choice(("utf-8",) * 9 + ("utf-16", "utf-16-le")))


def test_one_look_at_a_drawing_refuses_what_a_look_at_all_of_it_does(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is put together of."""
    chance = random.Random(6)
    told = []
    for _ in range(3000):
        content = drawing(chance)
        told.append((content, fault(put("a.svg", content)), pictures._is_mere_shapes(content)))
    assert sum(is_mere for _, _, is_mere in told) > 200
    assert sum(found is not None for _, found, _ in told) > 1000
    monkeypatch.setattr(pictures, "_is_mere_shapes", lambda _: False)
    for content, found, is_mere in told:
        if is_mere:
            assert fault(put("a.svg", content)) == found, content


@pytest.mark.parametrize(
    "inside",
    [
        *[f"<{name}/>" for name in (*pictures._NO_DRAWING, "animateMotion")],
        *[f"<x:{name} xmlns:x='http://www.w3.org/2000/svg'/>" for name in pictures._NO_DRAWING],
        *[f"<x:p xmlns:x='{namespace}'/>" for namespace in pictures._FOREIGN],
        *[f"<g fill='{value}'/>" for value in ("url(x)", "image-set(x)", "@import", "\\75rl(x)", "expression(x)", "src(x)")],
        *[f"<g {name}='x'/>" for name in ("onload", "x:onload", "href", "src", "xml:base")],
        "<?xml-stylesheet x='y'?>",
    ],
)
def test_nothing_that_is_refused_passes_for_mere_shapes(put: Any, inside: str) -> None:
    """Each word of it by itself, also one that is refused from now on."""
    content = svg(inside, 'width="9" height="9" xmlns:x="https://example.org/"').encode()

    assert not pictures._is_mere_shapes(content)
    assert fault(put("a.svg", content)) is not None
