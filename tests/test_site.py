"""Records on disk to pages on disk, and back to the checker."""

import json
from pathlib import Path

import pytest

from a11ynews.check import check_static
from a11ynews.errors import NothingToDo
from a11ynews.found import read_pages
from a11ynews.report import Report
from a11ynews.site import read_manifest, traces_of
from project import CONFIG, GERMAN, RECORD, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.record()
    return made


def test_a_faulty_record_leaves_the_others_alone(project: Project) -> None:
    """All faults of the one are told, the other is rendered, and nothing of the faulty one is written."""
    project.record("language: en\nheadlin: x\n", id="broken")

    outcome = project.render("en")

    assert outcome.written == ["en/bridge.html"]
    assert {fault.file for fault in outcome.stopped} == {"news/broken/record.yaml"}
    assert len(outcome.stopped) == 4
    assert not list((project.root / "site").rglob("*broken*"))


def test_two_records_cannot_have_one_id(project: Project) -> None:
    """Catalogs go by the id; the second of two is told, with the first one's file."""
    project.write("news/2026/bridge/record.yaml", RECORD.replace("bridge.png", "b.png"))
    (project.root / "news/2026/bridge/b.png").write_bytes((project.root / "news/bridge/bridge.png").read_bytes())

    outcome = project.render("en")

    assert len(outcome.written) == 1
    assert "has the id “bridge” too" in outcome.stopped[0].message


def test_two_pages_cannot_have_one_address(project: Project) -> None:
    """A slug that another record has already is told; the first page stays."""
    project.record("slug: bridge\n" + RECORD, id="other")

    outcome = project.render("en")

    assert outcome.written == ["en/bridge.html"]
    assert "has the address en/bridge.html already" in outcome.stopped[0].message


def test_a_translated_slug_is_the_address(project: Project) -> None:
    """Each language can have its own; a slug that is none is told and the source's is used."""
    project.record("slug: the-bridge\n" + RECORD)
    project.translate("de", GERMAN | {"the-bridge": "die-brücke"})
    project.translate("it", dict.fromkeys(GERMAN, "parole") | {"the-bridge": "../fuori"})

    outcome = project.render()

    assert outcome.written == ["en/the-bridge.html", "de/die-brücke.html", "it/the-bridge.html"]
    told = next(fault.message for fault in outcome.notes if "slug" in fault.message)
    assert told.startswith("'../fuori' cannot be part of an address; write small letters")
    assert told.endswith("; the source's slug is used")
    assert 'href="https://news.example.org/de/die-br%C3%BCcke.html"' in project.read("site/en/the-bridge.html")
    assert 'href="../de/die-br%C3%BCcke.html"' in project.read("site/en/the-bridge.html")


@pytest.mark.parametrize(
    ("address", "path", "link", "canonical"),
    [
        ("{language}/{slug}.html", "en/bridge.html", "../de/bridge.html", "en/bridge.html"),
        ("{language}/{year}/{slug}/", "en/2026/bridge/index.html", "../../../de/2026/bridge/", "en/2026/bridge/"),
    ],
)
def test_the_address_is_the_configurations(project: Project, address: str, path: str, link: str, canonical: str) -> None:
    """Files or folders; links are relative, so that they hold on any host."""
    project.write("a11ynews.toml", f'address = "{address}"\n' + CONFIG)
    project.translate("de", GERMAN)
    project.render("en", "de")

    page = project.read(f"site/{path}")

    assert f'<a href="{link}" lang="de"' in page
    assert f'<link rel="canonical" href="https://news.example.org/{canonical}">' in page


def test_one_language_alone_still_names_the_others(project: Project) -> None:
    """Rendering German again does not take the English page out of its alternates."""
    project.translate("de", GERMAN)
    outcome = project.render("de")

    assert outcome.written == ["de/bridge.html"]
    assert 'hreflang="en"' in project.read("site/de/bridge.html")


def test_the_page_of_a_deleted_record_goes(project: Project) -> None:
    """A complete render leaves no page behind that no record makes."""
    project.record(id="gone", content=RECORD)
    project.render("en")
    project.render()
    for file in (project.root / "news/gone").iterdir():
        file.unlink()

    outcome = project.render()

    assert "en/gone.html" in outcome.removed
    assert not (project.root / "site/en/gone.html").exists()
    assert [page["path"] for page in read_manifest(traces_of(project.root / "site")) or []] == ["en/bridge.html"]


def test_a_broken_template_takes_no_page_away(project: Project) -> None:
    """A typing error is no reason to take the site off the net: every page stays, and each is told."""
    project.translate("de", GERMAN)
    project.render()
    before = project.read("site/en/bridge.html")
    project.write("templates/article.html", "{% if %}")

    outcome = project.render()

    assert outcome.kept == ["de/bridge.html", "en/bridge.html"]
    assert project.read("site/en/bridge.html") == before


def test_the_pages_of_an_unreadable_record_stay(project: Project) -> None:
    """A fault in the record is told, and its pages are what they were."""
    project.render("en")
    project.record("language: en\n")

    assert project.render().kept == ["en/bridge.html"]
    assert (project.root / "site/en/bridge.html").is_file()


def test_a_page_with_a_new_address_leaves_the_old_one(project: Project) -> None:
    """One page for one text: a changed slug does not leave a twin behind."""
    project.render("en")
    project.record("slug: new-bridge\n" + RECORD)

    outcome = project.render()

    assert "en/bridge.html" in outcome.removed
    assert (project.root / "site/en/new-bridge.html").is_file()


def test_files_of_one_name_in_two_folders_stay_two(project: Project) -> None:
    """`a/s.mp3` and `b/s.mp3` are two recordings."""
    for folder in ("a", "b"):
        project.write(f"news/bridge/{folder}/s.mp3", folder)
    audio = "  - audio: {{file: {}/s.mp3, title: Song, transcript: La.}}\n"
    project.record(RECORD + audio.format("a") + audio.format("b"))
    project.render("en")

    assert [project.read(f"site/media/bridge/{folder}/s.mp3") for folder in ("a", "b")] == ["a", "b"]


def test_a_british_record_needs_no_second_english_page(project: Project) -> None:
    """A source in en-GB is the English page of a site in en."""
    project.record(RECORD.replace("language: en", "language: en-GB"))

    outcome = project.render("en")

    assert outcome.written == ["en/bridge.html"]
    assert outcome.stopped == []


def test_rendering_one_record_keeps_the_others_in_the_manifest(project: Project) -> None:
    """A partial render is no reason to forget pages."""
    project.record(id="second", content=RECORD)
    project.render("en")

    site = project.site()
    site.render([project.root / "news/second/record.yaml"], ["en"])

    assert [page["path"] for page in read_manifest(site.traces) or []] == ["en/bridge.html", "en/second.html"]


def test_nothing_to_render_is_no_success(tmp_path: Path) -> None:
    """An empty folder is told: a typing error in its name must not look like a rendered site."""
    project = Project(tmp_path)

    with pytest.raises(NothingToDo, match="no record was found in news/"):
        project.render()


def test_a_page_of_the_manifest_that_is_missing_is_unfinished(project: Project) -> None:
    """What should be there and is not cannot be checked."""
    project.render("en")
    (project.root / "site/en/bridge.html").unlink()

    found = read_pages([project.root / "site"], str)

    assert [unfinished.reason for unfinished in found.unfinished] == [
        "the site's manifest names this page and it is not there; render the site again"
    ]


def test_a_page_that_was_changed_is_read_without_its_trace(project: Project) -> None:
    """Provenance that no longer fits is not believed, and that is said."""
    project.render("en")
    file = project.root / "site/en/bridge.html"
    file.write_text(file.read_text("utf-8") + "<!-- edited -->", "utf-8")

    found = read_pages([file], str)

    assert not found.pages[0].is_ours
    assert "has changed since it was rendered" in found.notes[0]


@pytest.mark.parametrize("content", ["", "[]", "{}\n", '{"templates": 1, "places": [], "origins": []}\n<p>', "\x00", "null\n"])
def test_a_damaged_trace_is_told(project: Project, content: str) -> None:
    """Nonsense where a trace should be does not stop a check."""
    project.render("en")
    project.write(".a11ynews/site/pages/en/bridge.html.trace", content)

    found = read_pages([project.root / "site"], str)

    assert not found.pages[0].is_ours
    assert len(found.notes) == 1


def test_a_single_page_finds_its_trace(project: Project) -> None:
    """Named by itself, a page is known as well as in its folder."""
    project.render("en")

    found = read_pages([project.root / "site/en/bridge.html"], str)

    assert found.pages[0].is_ours
    assert list(found.by_root) == [project.root / "site"]


def test_a_path_that_is_not_there_is_unfinished(tmp_path: Path) -> None:
    """A misspelt path fails the run."""
    found = read_pages([tmp_path / "sit"], str)

    assert "there is no such file or folder" in found.unfinished[0].reason


def test_a_folder_without_pages_is_nothing_to_do(tmp_path: Path) -> None:
    """Checking nothing must not look like a pass."""
    with pytest.raises(NothingToDo, match="no page was found"):
        read_pages([tmp_path], str)


def test_pictures_are_made_once(project: Project) -> None:
    """A second render writes no file anew."""
    project.render("en")
    files = {file: file.stat().st_mtime_ns for file in (project.root / "site").rglob("*") if file.is_file()}
    project.render("en")

    assert {file: file.stat().st_mtime_ns for file in files} == files
    assert len(files) > 4


def test_the_manifest_lists_the_pages(project: Project) -> None:
    """Path, language and record of each, in the order of the paths."""
    project.translate("de", GERMAN)
    project.render()

    manifest = json.loads(project.read(".a11ynews/site/manifest.json"))

    assert manifest == {
        "version": 1,
        "pages": [
            {"path": "de/bridge.html", "language": "de", "record": "bridge"},
            {"path": "en/bridge.html", "language": "en", "record": "bridge"},
        ],
        "files": [],
    }


@pytest.mark.parametrize("suffix", ["json", "toml"])
def test_records_are_read_in_other_formats(project: Project, suffix: str) -> None:
    """JSON and TOML records render as YAML ones do."""
    body = {
        "json": json.dumps(
            {
                "$schema": "../../record.schema.json",
                "language": "en",
                "published": "2026-05-04T09:00:00+02:00",
                "headline": "A second record",
                "body": [{"paragraph": "Words."}],
            }
        ),
        "toml": 'language = "en"\npublished = 2026-05-04T09:00:00+02:00\nheadline = "A second record"\n'
        '[[body]]\nparagraph = "Words."\n',
    }
    project.write(f"news/second/record.{suffix}", body[suffix])

    outcome = project.render("en")

    assert outcome.stopped == []
    assert "<h1>A second record</h1>" in project.read("site/en/second.html")


def test_a_page_alone_finds_what_lies_above_it(tmp_path: Path) -> None:
    """Addresses start from as far up as the page loads something from; where its links lead does not matter."""
    page = tmp_path / "docs" / "reference" / "rules.html"
    page.parent.mkdir(parents=True)
    page.write_text('<link rel="stylesheet" href="../style.css"><a href="../../index.html">Start</a>', "utf-8")

    assert list(read_pages([page], str).by_root) == [tmp_path / "docs"]


def test_a_page_alone_that_loads_nothing_from_above_starts_from_its_folder(tmp_path: Path) -> None:
    """Nothing more of the disk is shown to a browser than a page needs."""
    page = tmp_path / "docs" / "rules.html"
    page.parent.mkdir(parents=True)
    page.write_text('<link rel="stylesheet" href="style.css"><a href="../../index.html">Start</a>', "utf-8")

    assert list(read_pages([page], str).by_root) == [page.parent]


def test_a_title_is_in_one_language(project: Project) -> None:
    """Beside a headline that is not translated the site's name would be marked as another language than its own."""
    project.record()
    project.translate("de", {words: german for words, german in GERMAN.items() if words != "The bridge is open"})
    project.render()

    assert '<title lang="en">The bridge is open</title>' in project.read("site/de/bridge.html")
    assert "<title>The bridge is open – Test News</title>" in project.read("site/en/bridge.html")
    report = Report()
    check_static(read_pages([project.root / "site"], str).pages, report)
    assert [finding.rule for finding in report.findings if finding.rule == "text-language"] == []
