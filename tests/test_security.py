"""What is huge, nested without end or made to do harm is refused in words: files, addresses, characters, pictures, captions."""

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from a11ynews import captions, pictures
from a11ynews.article import MOST_LENGTH, parse
from a11ynews.config import load
from a11ynews.errors import CatalogError, ConfigError, RecordError, SourceError
from a11ynews.po import LARGEST, MOST_LINES, PoFile
from a11ynews.site import read_record
from a11ynews.source import MOST_BYTES, MOST_DEPTH, MOST_VALUES, read
from payloads import ADDRESSES, REFUSED, TEXTS
from project import CONFIG, RECORD, Project

SECURITY = Path(__file__).parents[1] / "docs" / "security.md"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project."""
    made = Project(tmp_path)
    made.record()
    return made


def fault_of(content: str, file: str) -> str:
    """The first thing that is wrong with a file's content."""
    with pytest.raises(SourceError) as error:
        read(content.encode(), file)
    return error.value.faults[0].message


# -- what is written ---------------------------------------------------------------------------------------------------


def test_there_are_payloads_enough() -> None:
    """At least two hundred texts and fourscore addresses, each another one."""
    assert len(set(TEXTS)) >= 300
    assert len(set(ADDRESSES)) >= 90


@pytest.mark.parametrize("text", REFUSED)
def test_characters_that_nobody_sees_are_refused(project: Project, text: str) -> None:
    """Controls and the like, alone or within a text, are told at their line, also where they are written as escapes."""
    record = project.write("news/bridge/record.json", json.dumps({"language": "en", "headline": text}))

    with pytest.raises(RecordError) as error:
        read_record(record, "record.json")

    assert any("invisible character" in fault.message or "the headline is empty" in fault.message for fault in error.value.faults)


SAFE = {
    "https://a.example/'onmouseover='ran(1)",
    "#",
    "?javascript:ran(1)",
    "#javascript:ran(1)",
    "./javascript:ran(1)",
    "../../../../etc/passwd",
    "/%2e%2e/%2e%2e/",
    "/a//b",
}
"""Addresses that a page may link to: they run nothing, and an apostrophe is escaped."""


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_runs_nothing_and_leads_where_it_says(address: str) -> None:
    """Whatever field it is in, a record holds it only if it is safe."""
    record = {
        "language": "en",
        "published": "2026-05-04T09:00:00+02:00",
        "headline": "A",
        "body": [{"quote": {"text": "A", "url": address}}],
        "authors": [{"name": "A", "url": address}],
        "related": [{"text": "A", "url": address, "urls": {"de": address}}],
        "licence": {"url": address},
    }
    told: list[str] = []
    try:
        parse(read(json.dumps(record).encode(), "record.json"), "x", lambda _kind, _name: None)
    except SourceError as error:
        told = [fault.message for fault in error.faults]

    assert (told == []) == (address.strip() in SAFE), told


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.strip() not in SAFE])
def test_a_configuration_holds_no_unsafe_address(project: Project, address: str) -> None:
    """The statement and the contact are linked from every page."""
    written = "".join(f"\\U{ord(one):08X}" for one in address)
    project.write(
        "a11ynews.toml",
        f'{CONFIG}[publisher]\nname = "A"\nurl = "{written}"\n[accessibility]\ncontact = "{written}"\nstatement = "{written}"\n',
    )

    with pytest.raises(ConfigError) as error:
        load(project.root / "a11ynews.toml")

    assert len({fault.line for fault in error.value.faults}) == 3


def faults_of(**more: object) -> tuple[str, ...]:
    """What is wrong with a small record that says this besides."""
    head = {"language": "en", "published": "2026-05-04T09:00:00+02:00", "headline": "A", "body": [{"paragraph": "A"}]}
    try:
        parse(read(json.dumps(head | more).encode(), "record.json"), "x", lambda _kind, _name: None)
    except SourceError as error:
        return tuple(fault.message for fault in error.faults)
    return ()


def test_a_language_is_a_tag_and_nothing_else() -> None:
    """It stands in attributes and addresses: no payload is one, wherever a record names a language."""
    for text in TEXTS:
        assert faults_of(language=text), text
        assert faults_of(languages=[text]), text
        assert faults_of(names=[{"name": "A", "lang": text}]), text
        assert faults_of(body=[{"quote": {"text": "A", "lang": text}}]), text
        assert faults_of(related=[{"text": "A", "url": "/", "hreflang": text}]), text
        assert faults_of(related=[{"text": "A", "url": "/", "urls": {text: "/"}}]), text


def test_an_id_a_number_and_a_date_are_what_they_are() -> None:
    """No payload is an id, a level, a flag or a date, or a key."""
    for text in TEXTS:
        if text.isascii() and text.isalnum() and len(text) < 64:
            continue
        assert faults_of(body=[{"paragraph": "A", "id": text}]), text
        assert faults_of(body=[{"heading": {"text": "A", "level": text}}]), text
        assert faults_of(body=[{"list": {"items": ["A"], "ordered": text}}]), text
        assert faults_of(published=text), text
        assert faults_of(slug=text), text
        assert faults_of(**{text: "A"}), text


# -- what is huge or nested --------------------------------------------------------------------------------------------

LAUGHS = (
    "a: &a ["
    + "x," * 9
    + "x]\n"
    + "".join(f"{two}: &{two} [{','.join([f'*{one}'] * 10)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True))
)
BOMBS = {
    "billion laughs in YAML": ("r.yaml", LAUGHS, f"more than {MOST_VALUES:,} values"),
    "an alias to itself": ("r.yaml", "a: &a [*a]\n", "refers to what it stands in"),
    "brackets without end": ("r.yaml", "a: " + "[" * 1_000_000, f"nested more than {MOST_DEPTH} deep"),
    "lists without end": ("r.yaml", "- " * 1_000_000, f"nested more than {MOST_DEPTH} deep"),
    "directives without end": (
        "r.yaml",
        "".join(f"%TAG !a{n}! tag:x\n" for n in range(150_000)) + "--- a: b\n",
        "too many %TAG lines",
    ),
    "a tag that makes objects": ("r.yaml", "a: !!python/object/apply:os.system [id]\n", "means nothing in a record"),
    "keys without end": ("r.yaml", "".join(f"k{n}: v\n" for n in range(MOST_VALUES + 1)), f"more than {MOST_VALUES:,} values"),
    "JSON nested without end": ("r.json", '{"a":' * 500_000, f"nested more than {MOST_DEPTH} deep"),
    "JSON values without end": ("r.json", "[" + "1," * MOST_VALUES + "1]", f"more than {MOST_VALUES:,} values"),
    "TOML nested without end": ("r.toml", "a = " + "[" * 1_000_000, f"nested more than {MOST_DEPTH} deep"),
    "a TOML key of a million parts": ("r.toml", "a" + ".a" * 1_000_000 + " = 1", f"nested more than {MOST_DEPTH} deep"),
    "a TOML number of a million digits": ("r.toml", "a = " + "9" * 1_000_000, "a number in this file has thousands of digits"),
}


@pytest.mark.parametrize(("file", "content", "message"), BOMBS.values(), ids=BOMBS)
def test_what_grows_without_end_is_refused(file: str, content: str, message: str) -> None:
    """Before it is unpacked, in words and with its line."""
    assert message in fault_of(content, file)


def test_a_file_with_faults_on_each_line_tells_a_thousand() -> None:
    """Nobody reads more; how many are left is said."""
    with pytest.raises(CatalogError) as error:
        PoFile.parse(PO + 'msgid "a"\nmsgstr "b"\n\n' * 3000, "x.po")

    assert len(error.value.faults) == 1001
    assert error.value.faults[-1].message == "1,999 more things are wrong in this file; mend what is told above first"


def test_no_file_is_read_beyond_its_limit(project: Project) -> None:
    """Half a gigabyte as each kind of file is told with its limit, in a process that has no such room."""
    huge = {
        "news/bridge/record.yaml": "larger than 4 MB",
        "news/film/c.vtt": "larger than 4 MB",
        "news/drawing/a.svg": "larger than 10 MB",
        "news/photo/a.png": "larger than 200 MB",
        "locales/de/LC_MESSAGES/ok.po": "larger than 16 MB",
    }
    project.record(RECORD, id="ok")
    project.write("news/film/f.mp4", b"film")
    body = "  - video: {file: f.mp4, title: A, captions: c.vtt, transcript: B}\n"
    start = RECORD[: RECORD.index("body:")] + "body:\n"
    project.write("news/film/record.yaml", start + body)
    project.write("news/drawing/record.yaml", start + "  - picture: {file: a.svg, alt: A drawing}\n")
    project.write("news/photo/record.yaml", start + "  - picture: {file: a.png, alt: A photo}\n")
    for path in huge:
        with project.write(path, b"").open("wb") as opened:
            opened.truncate(500 * 1024 * 1024)  # a file with a hole, that takes no room on the disk
    program = f"""
import resource
from pathlib import Path
from a11ynews.config import load
from a11ynews.site import Site
resource.setrlimit(resource.RLIMIT_DATA, (400 * 1024 * 1024,) * 2)
for fault in Site(load(Path({str(project.root / "a11ynews.toml")!r}))).render(locales=["de"], jobs=1).stopped:
    print(fault.file, fault.message)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert told.stderr == ""
    for path, message in huge.items():
        assert message in told.stdout, (path, told.stdout)


def hungry(name: str, more: str) -> str:
    """A program that makes a file which wants a gigabyte, reads it with only 300 MB to spare, and prints what it is told."""
    return f"""
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from PIL import Image
from a11ynews import pictures
from a11ynews.interchange import import_files
from a11ynews.po import PoFile
file = Path(sys.argv[1], {name!r})
{more.partition("; told = ")[0]}
pages = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_DATA, (pages + 300 * 1024 * 1024,) * 2)
try:
    print({more.partition("; told = ")[2]})
except Exception as error:
    print(type(error).__name__, error)
"""


IMPORT = "import_files([file], site=None, to=file.parent / 'out', now=datetime.now(UTC)).faults"
HUNGRY = {
    "comments of a catalog": (
        "a.po",
        "file.write_bytes(bytes([35, 10]) * 8_000_000); told = PoFile.read(file, 'a.po')",
        "500,000 lines",
    ),
    "tags of a drawing": (
        "a.svg",
        "file.write_bytes(b'<svg>' + b'<g/>' * 2_500_000); told = pictures.fault(file)",
        "more than 500,000 elements",
    ),
    "lists of JSON": ("a.json", f"file.write_bytes(b'[' + b'[],' * 5_000_000 + b'1]'); told = {IMPORT}", "lists and objects"),
    "tags of a page": ("a.html", f"file.write_bytes(b'<html><body>' + b'<p>' * 5_000_000); told = {IMPORT}", "tags"),
    "a tower of pixels": (
        "a.png",
        "Image.new('1', (3000, 39000)).save(file, compress_level=1); told = pictures.fault(file)",
        "too high for its width",
    ),
    "half a photo": (
        "a.jpg",
        "Image.new('L', (10000, 11900)).save(file, quality=5); "
        "file.write_bytes(file.read_bytes()[:9000]); told = pictures.fault(file)",
        "is damaged",
    ),
}


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="only Linux tells how much memory a process has")
@pytest.mark.parametrize(("name", "more", "message"), HUNGRY.values(), ids=HUNGRY)
def test_what_would_take_up_many_times_its_room_is_refused_before(tmp_path: Path, name: str, more: str, message: str) -> None:
    """In a process that has 300 MB to spare: each of them took up to a gigabyte."""
    run = [sys.executable, "-c", hungry(name, more), str(tmp_path)]

    told = subprocess.run(run, capture_output=True, text=True, check=False)

    assert (message in told.stdout, told.stderr) == (True, ""), told.stdout


def test_a_huge_configuration_is_refused(project: Project) -> None:
    """With its limit."""
    with (project.root / "a11ynews.toml").open("wb") as opened:
        opened.truncate(500 * 1024 * 1024)

    with pytest.raises(ConfigError, match="larger than 4 MB"):
        load(project.root / "a11ynews.toml")


def test_a_text_and_the_names_have_a_limit() -> None:
    """Each name is looked for in each text: neither grows without end."""
    head = {"language": "en", "published": "2026-05-04T09:00:00+02:00", "headline": "A"}
    record = head | {"body": [{"paragraph": "x" * (MOST_LENGTH + 1)}], "names": [f"N{n}" for n in range(501)]}

    with pytest.raises(RecordError) as error:
        parse(read(json.dumps(record).encode(), "record.json"), "x", lambda _kind, _name: None)

    assert [fault.message for fault in error.value.faults] == [
        "the paragraph has more than 100,000 characters; make several texts of it",
        "more than 500 names; keep those that stand in this record",
    ]


@pytest.mark.parametrize("plural", ["(" * 500 + "n" + ")" * 500, "n/0", "n**n**n", "__import__('os')", "n" * 10_000, "1<<n"])
def test_a_plural_rule_runs_nothing(tmp_path: Path, plural: str) -> None:
    """What a catalog says of plurals is a formula of C, or is not used."""
    file = tmp_path / "x.po"
    file.write_text(f'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural={plural};\\n"\n')
    from a11ynews.catalog import read_catalog

    assert read_catalog(file, "x.po", "de", "x").plural(1) in (0, 1)


def test_a_catalog_of_faults_ends() -> None:
    """A file that is no catalog at all, up to its limit."""
    with pytest.raises(CatalogError) as error:
        PoFile.parse(b"x\n" * 500_000, "x.po")

    assert error.value.faults[0].line == 1
    assert LARGEST == 16 * 1024 * 1024
    assert MOST_BYTES == 4 * 1024 * 1024


# -- pictures and captions ---------------------------------------------------------------------------------------------


def png_bomb(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    made = bytearray(out.getvalue())
    made[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    made[29:33] = zlib.crc32(made[12:29]).to_bytes(4, "big")
    return bytes(made)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
ENTITIES = "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefghi", "bcdefghij", strict=True))
HARMFUL = {
    "more pixels than a machine has room for": ("a.png", png_bomb(200_000, 200_000), "has too many pixels"),
    "a page by a picture's name": ("a.png", b"<html><script>ran(1)</script>", "is no picture that can be read"),
    "a program for a printer": (
        "a.jpg",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n",
        "is no picture that can be read",
    ),
    "half a picture": ("a.png", png_bomb(400, 400)[:60], "is damaged"),
    "billion laughs in SVG": (
        "a.svg",
        f'<!DOCTYPE svg [<!ENTITY a "ha">{ENTITIES}]>{SVG.format("<text>&j;</text>")}',
        "is no SVG that can be read",
    ),
    "a file of the machine in SVG": (
        "a.svg",
        f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>{SVG.format("<text>&e;</text>")}',
        "declares a document type",
    ),
    "SVG nested without end": ("a.svg", SVG.format("<g>" * 100_000 + "</g>" * 100_000), "is no SVG that can be read"),
    "a script in SVG": ("a.svg", SVG.format("<script>ran(1)</script>"), "holds <script>"),
    "a script of another case": ("a.svg", SVG.format("<SCRIPT>ran(1)</SCRIPT>"), "holds <SCRIPT>"),
    "an event in SVG": ("a.svg", SVG.format('<path onclick="ran(1)"/>'), "holds a script (onclick)"),
    "a page in SVG": ("a.svg", SVG.format("<foreignObject><p>x</p></foreignObject>"), "holds <foreignObject>"),
    "a link that runs something": (
        "a.svg",
        SVG.format('<a href="javascript:ran(1)"><path/></a>'),
        "loads something from elsewhere",
    ),
    "a picture from elsewhere": ("a.svg", SVG.format('<image href="//evil.example/a.png"/>'), "loads something from elsewhere"),
    "a style from elsewhere": (
        "a.svg",
        SVG.format('<path style="fill:url(//evil.example/a)"/>'),
        "loads something from elsewhere",
    ),
    "an animation of a link": ("a.svg", SVG.format('<set attributeName="href" to="javascript:ran(1)"/>'), "holds <set>"),
    "a style sheet": (
        "a.svg",
        '<?xml-stylesheet href="//evil.example/a.css"?>' + SVG.format(""),
        "holds a processing instruction",
    ),
    "HTML by a prefix": ("a.svg", SVG.format('<h:b xmlns:h="http://www.w3.org/1999/xhtml">x</h:b>'), "holds <b>"),
}


@pytest.mark.parametrize(("name", "content", "message"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_picture_is_refused(tmp_path: Path, name: str, content: bytes | str, message: str) -> None:
    """Before it is unpacked, in words."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert message in (pictures.fault(file) or "")


def test_what_a_picture_says_of_itself_does_not_reach_the_site(project: Project) -> None:
    """Comments, places and scripts in a picture's metadata stay behind."""
    picture = Image.new("RGB", (40, 20))
    exif = picture.getexif()
    exif[0x010E] = "<script>ran(1)</script>"
    picture.save(project.root / "news/bridge/bridge.jpg", exif=exif, comment=b"<script>ran(1)</script>")
    project.record(RECORD.replace("bridge.png", "bridge.jpg"))
    project.render("en")

    made = [file.read_bytes() for file in (project.root / "site/media").rglob("*") if file.is_file()]
    assert made
    assert not [content for content in made if b"script" in content]


CAPTIONS = {
    "nothing": (b"", "is empty"),
    "a page": (b"<html>", "is no WebVTT file"),
    "a longer word": (b"WEBVTTX\n", "is no WebVTT file"),
    "Latin-1": (b"WEBVTT\n\n00:00.000 --> 00:01.000\nGr\xfc\xdfe\n", "is not UTF-8 (line 4)"),
    "a style sheet": (b"WEBVTT\n\nSTYLE\n::cue { background: url(//evil.example/a) }\n", "holds a style sheet (STYLE on line 3)"),
    "a style sheet with other line ends": (b"WEBVTT\r\rSTYLE\r::cue{}\r", "holds a style sheet (STYLE on line 3)"),
}


@pytest.mark.parametrize(("content", "message"), CAPTIONS.values(), ids=CAPTIONS)
def test_what_is_no_captions_file_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    """How captions look is for readers to say, and a style sheet could load something."""
    file = tmp_path / "c.vtt"
    file.write_bytes(content)

    assert message in (captions.fault(file) or "")


@pytest.mark.parametrize(
    "content", [b"WEBVTT\n\n00:00.000 --> 00:01.000\nSTYLE is a word\n", b"\xef\xbb\xbfWEBVTT - Title\n\nNOTE a\n", b"WEBVTT"]
)
def test_captions_are_captions(tmp_path: Path, content: bytes) -> None:
    """With a byte order mark, a title, notes, and words that look like more."""
    file = tmp_path / "c.vtt"
    file.write_bytes(content)

    assert captions.fault(file) is None


def test_the_documents_tell_the_limits() -> None:
    """docs/security.md tells each limit as the code has it."""
    text = SECURITY.read_text("utf-8")

    for limit in (
        f"{MOST_BYTES // 1024 // 1024} MB",
        f"{LARGEST // 1024 // 1024} MB",
        f"{MOST_LINES:,} lines",
        "500,000 tags",
        "500,000 lists and objects",
        "10 MB",
        "200 MB",
        "120 megapixels",
        f"{MOST_VALUES:,} values",
        f"{MOST_DEPTH} deep",
        f"{MOST_LENGTH:,} characters",
        "500 names",
        "1,000 faults",
    ):
        assert limit in text, limit
