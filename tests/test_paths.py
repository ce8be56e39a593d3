"""Paths keep to their folders, wherever they are written: in records, catalogs, configuration and templates."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from a11ynews.config import load
from a11ynews.errors import A11yNewsError, ConfigError, RecordError
from a11ynews.files import name_fault
from a11ynews.site import Outcome, Site, read_manifest, read_record
from project import CONFIG, GERMAN, RECORD, Project

NO_NAMES = [
    *(
        "",
        ".",
        "..",
        "a/b",
        "a\\b",
        "C:",
        "a:b",
        "a.txt:stream",
        "a*",
        "a?",
        "<a>",
        'a"b',
        "a|b",
        "a\nb",
        "a\tb",
        "a\x00b",
        "a\x7fb",
    ),
    *("a.", "a ", "a. .", "con", "CON", "nul.txt", "aux.en.html", "COM1", "com9.html", "lpt1", "COM¹", "conin$", "prn .txt"),
    *("a\u2028b", "a\u202eb", "a\u2066b", "é" * 101, "a" * 201, "a\x9bb"),
]
NAMES = [
    "a",
    "a.b",
    ".a",
    "-a",
    "ä ö",
    "console",
    "nulls",
    "com10",
    "comic.1",
    "lpt",
    "日本語",
    "a" * 200,
    "auxiliary.html",
    "_headers",
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project in a folder of its own, with something beside it that is none of its business."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (outside / "record.yaml").write_text(RECORD)
    Image.new("RGB", (20, 20)).save(outside / "bridge.png")
    root = tmp_path / "project"
    root.mkdir()
    made = Project(root)
    made.record()
    return made


def messages(outcome: Outcome) -> list[str]:
    return [fault.message for fault in outcome.stopped]


def files_of(folder: Path) -> dict[str, str]:
    """What is in a folder, links included."""
    return {
        path.relative_to(folder).as_posix(): "link"
        if path.is_symlink()
        else "folder"
        if path.is_dir()
        else str(path.read_bytes())
        for path in folder.rglob("*")
    }


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_on_every_system_is_told(name: str) -> None:
    """Devices of Windows, what it leaves out, separators, characters that nobody sees or that turn letters round."""
    assert name_fault(name) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_a_name_on_every_system_is_one(name: str) -> None:
    """Letters of any script, and what only looks like a device."""
    assert name_fault(name) is None


# -- records -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../outside/bridge.png", "'../outside/bridge.png' leaves the record's folder"),
        ("a/../../bridge.png", "'a/../../bridge.png' leaves the record's folder"),
        ("/etc/passwd", "'/etc/passwd' leaves the record's folder"),
        ("~/bridge.png", "'~/bridge.png' leaves the record's folder"),
        ("..\\\\bridge.png", "'..\\\\bridge.png' leaves the record's folder"),
        ("C:/bridge.png", "'C:/bridge.png' leaves the record's folder"),
        ("bridge.png:stream", "'bridge.png:stream' leaves the record's folder"),
        ("file:///etc/passwd", "'file:///etc/passwd' leaves the record's folder"),
        ("//server/share/a.png", "'//server/share/a.png' leaves the record's folder"),
        ("a//b.png", "'a//b.png' leaves the record's folder"),
        ("./bridge.png", "“.” is no name of its own"),
        ("CON.png", "“CON.png” is the name of a device on Windows"),
        ("pictures/aux/a.png", "“aux” is the name of a device on Windows"),
        ("a./b.png", "“a.” ends with a dot or a space"),
        ("bridge.png.", "“bridge.png.” ends with a dot or a space"),
        ("bri\\ndge.png", "“bri dge.png” holds a character that not every system takes in a name (U+000A)"),
        ("bri\\u202Egnp.png", "holds a character that not every system takes in a name (U+202E)"),
        ("what?.png", "“what?.png” holds a character that not every system takes in a name (?)"),
        ("a" * 201 + ".png", "is too long for a file's name"),
        ("a/" * 600 + "b.png", "is too long for a file's name"),
    ],
)
@pytest.mark.parametrize("kind", ["picture", "video", "audio", "captions", "poster"])
def test_a_record_names_files_below_its_folder(project: Project, kind: str, name: str, message: str) -> None:
    """Whatever kind of file it is, and however the way out is written."""
    said = f'"{name}"'
    block = {
        "picture": f"picture: {{file: {said}, alt: A bridge}}",
        "video": f"video: {{file: {said}, title: A, captions: c.vtt, transcript: B}}",
        "captions": f"video: {{file: f.mp4, title: A, captions: {said}, transcript: B}}",
        "poster": f"video: {{file: f.mp4, title: A, captions: c.vtt, poster: {said}, transcript: B}}",
        "audio": f"audio: {{file: {said}, title: A, transcript: B}}",
    }[kind]
    project.write("news/bridge/f.mp4", b"film")
    project.write("news/bridge/c.vtt", b"WEBVTT\n")
    record = project.record(RECORD + f"  - {block}\n")

    with pytest.raises(RecordError) as error:
        read_record(record, "record.yaml")

    assert [message in fault.message for fault in error.value.faults] == [True], error.value.faults


@pytest.mark.parametrize("name", ["bridge.png", "f.mp4", "c.vtt", "pictures"])
def test_a_link_does_not_lead_out_of_a_record(project: Project, name: str) -> None:
    """Neither a file nor a folder beside the record may be a link to elsewhere."""
    project.write("news/bridge/f.mp4", b"film")
    project.write("news/bridge/c.vtt", b"WEBVTT\n")
    outside = project.root.parent / "outside"
    link = project.root / "news/bridge" / name
    film = "  - video: {file: f.mp4, title: A, captions: c.vtt, transcript: B}\n"
    picture = "  - picture: {file: pictures/bridge.png, alt: A bridge}\n" if name == "pictures" else ""
    project.record(RECORD + film + picture)
    link.unlink(missing_ok=True)
    link.symlink_to(outside if name == "pictures" else outside / "bridge.png")

    outcome = project.render("en")

    assert [told.partition(";")[0] for told in messages(outcome)] == [
        f"{'pictures/bridge.png' if name == 'pictures' else name} is a link that leaves the record's folder"
    ]


def test_a_record_is_no_link(project: Project) -> None:
    """A record that is a link to elsewhere is told, and not read from there."""
    link = project.root / "news/linked/record.yaml"
    link.parent.mkdir()
    link.symlink_to(project.root.parent / "outside/record.yaml")

    outcome = project.render("en")

    assert messages(outcome) == ["the record is a link that leaves its folder; put the file itself there"]
    assert [fault.file for fault in outcome.stopped] == ["news/linked/record.yaml"]
    assert outcome.written == ["en/bridge.html"]


@pytest.mark.parametrize("inside", [False, True])
def test_what_is_to_be_mended_is_the_link(project: Project, inside: bool) -> None:
    """And not what it leads to, also where that is in the project."""
    elsewhere = project.root / "drafts" if inside else project.root.parent / "drafts"
    elsewhere.mkdir()
    for name, link in (("record.yaml", "news/linked/record.yaml"), ("bridge.po", "locales/de/LC_MESSAGES/bridge.po")):
        (elsewhere / name).write_text("x", "utf-8")
        (project.root / link).parent.mkdir(parents=True)
        (project.root / link).symlink_to(elsewhere / name)

    assert {fault.file for fault in project.render("de").stopped} == {
        "news/linked/record.yaml",
        "locales/de/LC_MESSAGES/bridge.po",
    }


def test_a_record_that_is_a_link_to_nowhere_is_told(project: Project) -> None:
    """Somebody means it to be there."""
    link = project.root / "news/gone/record.yaml"
    link.parent.mkdir()
    link.symlink_to("nothing.yaml")

    assert messages(project.render("en")) == ["the record cannot be read (No such file or directory); mend its path"]


def test_a_linked_folder_of_records_is_not_entered(project: Project) -> None:
    """What lies behind a link below the news is none of them, which is told each time."""
    assert project.render("en").stopped == []
    (project.root / "news/linked").symlink_to(project.root.parent / "outside")
    (project.root / "news/bridge/again").symlink_to(project.root / "news")
    (project.root / "news/pictures").symlink_to(project.root / "site")

    for _ in range(2):
        outcome = project.render("en")
        assert outcome.written == []
        assert [(fault.file, fault.message) for fault in outcome.stopped] == [
            ("news/linked", "is a link to a folder with records; put the folder itself there")
        ]


def test_a_link_to_a_whole_disk_is_not_walked_to_its_end(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks for records looks each time that something may have changed."""
    monkeypatch.setattr("a11ynews.files._MOST_FOLDERS", 3)
    disk = project.root.parent / "disk"
    (disk / "a/b/c").mkdir(parents=True)
    (disk / "a/b/c/record.yaml").touch()
    (project.root / "news/disk").symlink_to(disk)
    (project.root / "news/near").symlink_to(disk / "a")

    assert [fault.file for fault in project.render("en").stopped] == ["news/near"]


def test_a_folder_of_records_that_became_a_link_takes_no_page_away(project: Project) -> None:
    """Their pages stay as they were, and are told."""
    project.record(id="road")
    project.render("en")
    (project.root / "news/road").rename(project.root.parent / "outside/road")
    (project.root / "news/road").symlink_to(project.root.parent / "outside/road")
    (project.root / "news/bridge").rename(project.root.parent / "outside/bridge")
    (project.root / "news/2026").symlink_to(project.root.parent / "outside")

    outcome = Site(load(project.root / "a11ynews.toml")).render()

    assert outcome.removed == []
    assert sorted(outcome.kept) == ["en/bridge.html", "en/road.html"]
    assert sorted(fault.file for fault in outcome.stopped) == ["news/2026", "news/road"]


@pytest.mark.parametrize("id", ["con", "a.", "a:b", "a\nb", "nul.2026", "a\\b", 'a"b', "a\u202eb"])
def test_the_name_of_a_records_folder_is_one_on_every_system(project: Project, id: str) -> None:
    """It becomes the name of catalogs, of folders in the site and of pages."""
    project.record(id=id)

    outcome = project.render("en")

    assert [told.rpartition("; ")[2] for told in messages(outcome)] == ["give the record's folder another name"]
    assert outcome.written == ["en/bridge.html"]


@pytest.mark.parametrize(("one", "other"), [("Bridge", "bridge"), ("caf\u00e9", "cafe\u0301"), ("straße", "STRASSE")])
def test_records_that_are_one_on_some_systems_are_two_nowhere(project: Project, one: str, other: str) -> None:
    """Names that differ in upper and lower case alone, or in how é is written, are told."""
    project.record(id=one)
    project.record(id=other)
    if len({path.name for path in (project.root / "news").iterdir()} & {one, other}) < 2:
        return  # on such a system

    outcome = project.render("en")

    assert sum("has the id" in told for told in messages(outcome)) == 1


def test_files_of_a_record_that_are_one_on_some_systems_are_told(project: Project) -> None:
    """A.mp3 and a.mp3 would write over each other where the site is unpacked."""
    for name in ("a.mp3", "A.mp3"):
        project.write(f"news/bridge/{name}", b"sound")
    audio = "  - audio: {{file: {}, title: A, transcript: B}}\n"
    project.record(RECORD + audio.format("a.mp3") + audio.format("A.mp3"))

    assert messages(project.render("en")) == [
        "a.mp3 and A.mp3 are one file on systems without upper and lower case; rename one of them"
    ]


@pytest.mark.parametrize("slug", ["con", "nul", "com1", "lpt9"])
def test_a_slug_is_no_device(project: Project, slug: str) -> None:
    """A page called con.html cannot be unpacked on Windows."""
    project.record(f"slug: {slug}\n{RECORD}")

    assert messages(project.render("en")) == [f"the slug “{slug}” is the name of a device on Windows; write another one"]


@pytest.mark.parametrize("slug", ["../out", "/etc/cron.d/x", "a/b", "..", "nul", "a\\b", "a:b", "x\u202e"])
def test_a_translated_slug_leads_nowhere_else(project: Project, slug: str) -> None:
    """The source's slug is used where a translator's would leave the folder."""
    project.record(f"slug: the-bridge\n{RECORD}")
    project.translate("de", GERMAN | {"the-bridge": slug})

    assert "de/the-bridge.html" in project.render("de").written


# -- configuration -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["news", "locales", "templates", "site", "static"])
@pytest.mark.parametrize(
    "folder", ["../outside", "/tmp", "~/news", "a/../../b", "C:/news", "\\\\server\\share", "nul", "a.", "a\u202eb"]
)
def test_the_folders_lie_below_the_configuration(project: Project, key: str, folder: str) -> None:
    """A configuration has no say in other folders of the machine."""
    project.write("a11ynews.toml", f"{CONFIG}[folders]\n{key} = {json.dumps(folder)}\n")

    with pytest.raises(ConfigError) as error:
        load(project.root / "a11ynews.toml")

    assert [(fault.line, fault.column) for fault in error.value.faults] == [(CONFIG.count("\n") + 2, len(key) + 4)]


@pytest.mark.parametrize(
    ("said", "inner"), [('site = "."', "news"), ('site = "news"', "news"), ('templates = "site/t"', "templates")]
)
def test_the_site_holds_no_other_folder(project: Project, said: str, inner: str) -> None:
    """What is in the site's folder is deployed and replaced: records and templates lie elsewhere."""
    project.write("a11ynews.toml", f"{CONFIG}[folders]\n{said}\n")

    with pytest.raises(ConfigError, match=f"the folder of {inner} .* lies in that of the site"):
        load(project.root / "a11ynews.toml")


@pytest.mark.parametrize(
    "address",
    [
        *("../{language}/{slug}.html", "/{language}/{slug}.html", "{language}/../../{slug}.html", "{language}/./{slug}.html"),
        *("{language}\\\\{slug}.html", "C:{language}/{slug}.html", "{language}/{slug}.html?x", "{language}/{slug}.php"),
        *("con/{language}/{slug}.html", "{language}./{slug}.html", "{language}/{slug}/aux.html", "~/{language}/{slug}.html"),
        *("{language}/{slug}\\n.html", "{language}/{slug}%2f..%2f.html", "{language}/{slug.__class__}.html"),
    ],
)
def test_an_address_stays_within_the_site(project: Project, address: str) -> None:
    """However the way out is written."""
    project.write("a11ynews.toml", f'{CONFIG}address = "{address}"\n')

    with pytest.raises(ConfigError) as error:
        load(project.root / "a11ynews.toml")

    assert [fault.line for fault in error.value.faults] == [CONFIG.count("\n") + 1]


# -- catalogs and templates --------------------------------------------------------------------------------------------


def test_a_catalog_is_no_link_to_elsewhere(project: Project) -> None:
    """It is told, and neither read nor written over."""
    outside = project.root.parent / "outside" / "bridge.po"
    outside.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    link = project.root / "locales/de/LC_MESSAGES/bridge.po"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)

    assert "the catalog is a link that leaves the folder of catalogs; put the file itself there" in messages(project.render("de"))


@pytest.mark.parametrize(
    "name", ["../outside/secret.txt", "/etc/passwd", "../../outside/secret.txt", "blocks/../../outside/secret.txt"]
)
def test_a_template_includes_nothing_from_elsewhere(project: Project, name: str) -> None:
    """Templates are trusted, and yet their includes keep to the folder."""
    project.write("templates/notice.html", f'{{% include "{name}" %}}\n')

    outcome = project.render("en")

    assert (outcome.stopped[0].file, outcome.stopped[0].line) == ("templates/notice.html", 1)
    assert "is not there" in outcome.stopped[0].message
    assert outcome.written == []


def test_a_template_is_no_link_to_elsewhere(project: Project) -> None:
    """A link below templates/ that leads out is told, whoever has put it there."""
    (project.root / "templates").mkdir()
    (project.root / "templates/notice.html").symlink_to(project.root.parent / "outside/secret.txt")

    outcome = project.render("en")

    assert any("is a link that leaves the folder of templates" in told for told in messages(outcome))
    assert not [path for path in (project.root / "site").rglob("*.html") if "secret" in path.read_text("utf-8")]


def test_a_style_sheet_is_no_link_to_elsewhere(project: Project) -> None:
    """Nor is what is deployed beside the pages."""
    (project.root / "templates").mkdir()
    (project.root / "templates/style.css").symlink_to(project.root.parent / "outside/secret.txt")

    with pytest.raises(A11yNewsError, match="is a link that leaves the folder of templates"):
        project.render("en")


# -- what is written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["en", "media", "media/bridge", "assets"])
def test_nothing_is_written_behind_a_link(project: Project, name: str) -> None:
    """A folder of the site that is a link to elsewhere is told; what is there stays as it is."""
    outside = project.root.parent / "outside"
    before = files_of(outside)
    link = project.root / "site" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)

    with pytest.raises(A11yNewsError, match=r"is a link that leads out of .*, and nothing is written there; take the link away"):
        project.render("en")

    assert files_of(outside) == before


def test_a_linked_file_is_replaced_and_not_followed(project: Project) -> None:
    """A page that is a link becomes a page; what it led to stays as it is."""
    outside = project.root.parent / "outside" / "secret.txt"
    page = project.root / "site/en/bridge.html"
    page.parent.mkdir(parents=True)
    page.symlink_to(outside)
    project.render("en")

    assert outside.read_text() == "secret"
    assert not page.is_symlink()
    assert "The bridge is open" in page.read_text("utf-8")


def test_the_site_itself_may_be_a_link(project: Project) -> None:
    """Many hosts have the folder that they serve as a link; whoever puts it there means it so."""
    elsewhere = project.root.parent / "served"
    elsewhere.mkdir()
    (project.root / "site").symlink_to(elsewhere)
    project.render("en")

    assert (elsewhere / "en/bridge.html").is_file()


def test_the_folder_for_the_site_may_be_anywhere(project: Project) -> None:
    """What is given with --out is the user's own word."""
    Site(load(project.root / "a11ynews.toml"), project.root.parent / "public").render(locales=["en"])

    assert (project.root.parent / "public/en/bridge.html").is_file()


@pytest.mark.parametrize("path", ["../../outside/secret.txt", "/etc/passwd", "en/../../../outside/secret.txt"])
def test_what_is_noted_of_a_site_leads_nowhere_else(project: Project, path: str) -> None:
    """A manifest that somebody has changed removes nothing outside the site, and is not believed."""
    project.render("en")
    manifest = project.root / ".a11ynews/site/manifest.json"
    noted: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
    noted["pages"].append({"path": path, "language": "en", "record": "gone"})
    manifest.write_text(json.dumps(noted), "utf-8")
    (project.root / ".a11ynews/site/ledger").unlink(missing_ok=True)

    assert read_manifest(manifest.parent) is None
    project.render("en")

    assert (project.root.parent / "outside/secret.txt").read_text() == "secret"


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE.png", "a&b c;.png", "$(id).png", "%2e%2e%2fx.png", "é ñ.png", "-rf.png", "x,y 2w.png", "#a.png"]
)
def test_a_picture_of_any_name_gets_a_plain_one(project: Project, name: str) -> None:
    """In the site a picture's name holds small letters, digits and dashes, so that it means nothing in addresses or srcset."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    project.write(f"news/bridge/{name}", out.getvalue())
    project.record(RECORD.replace("bridge.png", json.dumps(name)))
    project.render("en")

    made = [path.name for path in (project.root / "site/media/bridge").iterdir()]
    assert made
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in made)
