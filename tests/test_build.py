"""A site is made: only what a change touches, by several processes, and whole whatever happens."""

import errno
import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from a11ynews import build, ledger, settled, version_of
from a11ynews.catalog import UI_DOMAIN
from a11ynews.cli import main
from a11ynews.errors import A11yNewsError
from a11ynews.ledger import Sheet
from a11ynews.resources import LOCALES
from a11ynews.site import Outcome, read_record
from a11ynews.translate import update
from dying import Dying
from project import CONFIG, GERMAN, PICTURE, RECORD, Project, picture

TWO = CONFIG.replace('"de", "it"', '"de"')
LEDGER = ".a11ynews/site/ledger.jsonl"
PAGES = ["en/bridge.html", "de/bridge.html", "en/road.html", "de/road.html"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two records in two languages, with catalogs and pictures, rendered: once for all tests, which have a copy each."""
    made = Project(tmp_path_factory.mktemp("made"), TWO)
    for record in ("bridge", "road"):
        made.record(id=record)
        made.translate("de", GERMAN, record)
    assert made.render().written == PAGES
    return made.root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """Two records in two languages, rendered."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    project = Project(tmp_path, TWO)
    assert project.render().unchanged == len(PAGES)  # other files than were made, and so looked at anew
    return project


def files_of(project: Project) -> dict[str, tuple[bytes, int]]:
    """Every file of the site with its content, and when it was written."""
    folder = project.root / "site"
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def contents_of(project: Project) -> dict[str, bytes]:
    return {path: content for path, (content, _) in files_of(project).items()}


def rendered(project: Project) -> list[str]:
    """The pages that a render renders, whether they come out another way or not."""
    told: list[str] = []
    write, kept = build.write_page, build.write_page

    def note(site: object, page: object) -> object:
        told.append(page.path)  # type: ignore[attr-defined]  # a RenderedPage
        return write(site, page)  # type: ignore[arg-type]  # as it was given

    build.write_page = note  # type: ignore[assignment]  # for the length of this function
    try:
        assert project.render().stopped == []
    finally:
        build.write_page = kept
    return told


def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The records that are opened from now on, in this process."""
    told: list[Path] = []
    read = read_record

    def note(path: Path, *args: object, **kwargs: object) -> object:
        told.append(path)
        return read(path, *args, **kwargs)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(build, "read_record", note)
    return told


# -- only what a change touches ----------------------------------------------------------------------------------------


def test_where_nothing_has_changed_nothing_is_rendered_nor_written(project: Project) -> None:
    """Not a page, not a picture; and what is to be told is told again."""
    before = files_of(project)

    assert rendered(project) == []
    assert files_of(project) == before
    assert project.render().unchanged == 4


def test_what_is_shown_in_the_source_language_is_told_each_time(project: Project) -> None:
    """A render that has nothing to do must not look better than the one before."""
    project.translate("de", GERMAN | {"The road will follow.": ""})
    first = project.render()

    again = project.render()

    assert len(first.notes) == 1
    assert again.notes == first.notes
    assert again.written == []


@pytest.mark.parametrize("what", ["an alt is lost", "a record is new", "a headline is another one", "a slug is another one"])
def test_what_is_told_of_one_record_is_told_whatever_becomes_of_another(
    project: Project, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one is not opened then, and yet its page is shown in the source language."""
    monkeypatch.setattr(ledger, "_FRESH", 0)
    project.translate("de", GERMAN | {"The road will follow.": ""})
    (told,) = project.render().notes

    catalog = "locales/de/LC_MESSAGES/road.po"
    if what == "an alt is lost":
        project.write(catalog, project.read(catalog).replace('"Zwei Kinder laufen über eine Steinbrücke"', '""'))
    elif what == "a headline is another one":
        project.write(catalog, project.read(catalog).replace("Brücke ist offen", "Brücke ist frei"))
    else:
        slug, id = ("the-road", "road") if what == "a slug is another one" else ("the-tunnel", "tunnel")
        project.record(RECORD.replace("published:", f"languages: [en]\nslug: {slug}\npublished:"), id=id)

    assert project.render().notes == [told]


def change_record(project: Project) -> None:
    project.write("news/road/record.yaml", RECORD.replace("at noon", "at one"))
    project.translate("de", GERMAN | {"The mayor cut the ribbon at one.": "Es wurde eins."}, "road")


def change_catalog(project: Project) -> None:
    project.translate("de", GERMAN | {"What comes next": "Und nun"}, "road")


def change_picture(project: Project) -> None:
    project.write("news/road/bridge.png", picture((160, 30, 90)))


def change_template(project: Project) -> None:
    project.write("templates/footer.html", "<footer>Ours</footer>\n")


def change_style(project: Project) -> None:
    project.write("templates/style.css", "body { color: black }\n")


def change_name(project: Project) -> None:
    project.write("a11ynews.toml", TWO.replace("Test News", "Other News"))


def change_own_words(project: Project) -> None:
    file = LOCALES / f"de/LC_MESSAGES/{UI_DOMAIN}.po"
    words = file.read_text("utf-8").replace('msgstr "Zum Hauptinhalt springen"', 'msgstr "Zum Text"')
    assert words != file.read_text("utf-8")
    project.write(f"locales/de/LC_MESSAGES/{UI_DOMAIN}.po", words)


def remove_page(project: Project) -> None:
    (project.root / "site/en/road.html").unlink()


def edit_page(project: Project) -> None:
    project.write("site/en/road.html", "<p>Mine</p>")


def edit_page_and_hide_it(project: Project) -> None:
    file = project.root / "site/en/road.html"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_bytes(file.read_bytes().replace(b"noon", b"nine"))
    os.utime(file, ns=times)


def remove_trace(project: Project) -> None:
    (project.root / ".a11ynews/site/pages/en/road.html.trace").unlink()


def edit_trace(project: Project) -> None:
    file = project.root / ".a11ynews/site/pages/en/road.html.trace"
    file.write_bytes(file.read_bytes().replace(b"road", b"path"))


CHANGES: dict[str, tuple[Callable[[Project], None], list[str], list[str]]] = {
    "record": (change_record, ["en/road.html", "de/road.html"], ["en/road.html", "de/road.html"]),
    "catalog": (change_catalog, ["en/road.html", "de/road.html"], ["de/road.html"]),
    "picture": (change_picture, ["en/road.html", "de/road.html"], ["en/road.html", "de/road.html"]),
    "template": (change_template, PAGES, PAGES),
    "style sheet": (change_style, PAGES, PAGES),
    "configuration": (change_name, PAGES, PAGES),
    "the page's own words in a language": (
        change_own_words,
        ["de/bridge.html", "de/road.html"],
        ["de/bridge.html", "de/road.html"],
    ),
    "a page that is gone": (remove_page, ["en/road.html"], ["en/road.html"]),
    "a page that somebody has edited": (edit_page, ["en/road.html"], ["en/road.html"]),
    "a page whose times were set back": (edit_page_and_hide_it, ["en/road.html"], ["en/road.html"]),
    "a trace that is gone": (remove_trace, ["en/road.html"], []),
    "a trace that is another one": (edit_trace, ["en/road.html"], []),
}


@pytest.mark.parametrize(("change", "touched", "others"), CHANGES.values(), ids=CHANGES)
def test_a_change_has_those_pages_rendered_that_it_touches(
    project: Project, change: Callable[[Project], None], touched: list[str], others: list[str]
) -> None:
    """No other one; and the site is what a render of all of it gives."""
    before = contents_of(project)
    change(project)

    assert rendered(project) == touched
    after = contents_of(project)
    assert {path for path in PAGES if after[path] != before.get(path)} == (
        set(others) if change not in (remove_page, edit_page, edit_page_and_hide_it) else set()
    )
    assert rendered(project) == []
    project.site().render(force=True)
    assert contents_of(project) == after


@pytest.mark.parametrize("name", ["__version__", "babel", "jinja2", "pillow"])
def test_another_version_has_everything_rendered(project: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Ours, and those of what decides how a page looks."""
    if name == "__version__":
        monkeypatch.setattr(settled, "__version__", "99")
    else:
        known = version_of
        monkeypatch.setattr(settled, "version_of", lambda asked: "99" if asked == name else known(asked))

    assert rendered(project) == PAGES


def test_what_concerns_checks_alone_has_nothing_rendered(project: Project) -> None:
    """The configuration says much that no page shows."""
    project.write("a11ynews.toml", TWO + "[check]\nbest_practices = true\n[translation]\nbudget = 90\n")

    assert rendered(project) == []


@pytest.mark.parametrize(
    "folders", [{"news", "locales", "site", ".a11ynews"}, {"news", "locales"}, {"site", ".a11ynews"}, {".a11ynews"}]
)
def test_a_checkout_with_new_times_has_nothing_rendered(
    project: Project, folders: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is the content, of what was made, too, as where a CI has kept it; times only spare reading it the next time."""
    monkeypatch.setattr(ledger, "_FRESH", 0)
    assert rendered(project) == []
    for file in project.root.rglob("*"):
        if file.is_file() and file.relative_to(project.root).parts[0] in folders:
            os.utime(file, (1, 1))
    read: list[str] = []
    digest = ledger.digest_of_file

    def noted(path: Path | str) -> str:
        read.append(str(path))
        return digest(path)

    monkeypatch.setattr(ledger, "digest_of_file", noted)

    assert rendered(project) == []
    names = {"road.html": "site", "road.html.trace": ".a11ynews", "record.yaml": "news"}
    assert {Path(path).name for path in read} & names.keys() == {name for name, folder in names.items() if folder in folders}
    read.clear()
    assert rendered(project) == []
    assert {Path(path).name for path in read if Path(path).is_relative_to(project.root)} <= {"_headers"}


@pytest.mark.parametrize("content", [None, b"other"])
def test_a_picture_that_is_gone_or_edited_is_made_again(project: Project, content: bytes | None) -> None:
    """As a page is."""
    before = contents_of(project)
    picture = next((project.root / "site/media/road").glob("*.webp"))
    picture.unlink()
    if content:
        picture.write_bytes(content)

    assert project.render().stopped == []
    assert contents_of(project) == before


def test_a_picture_that_is_the_same_is_not_made_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its page is; pictures take most of the time."""
    monkeypatch.setattr("a11ynews.pictures.prepare", None)
    monkeypatch.setattr("a11ynews.pictures.fault", None)
    project.write("news/road/record.yaml", RECORD.replace("at noon", "at one"))

    assert "en/road.html" in project.render().written


def test_everything_can_be_rendered_anew(project: Project) -> None:
    """Pages that come out the same are no other pages."""
    outcome = project.site().render(force=True)

    assert (outcome.written, outcome.unchanged) == ([], 4)


def test_being_strict_is_not_answered_from_memory(project: Project) -> None:
    """What was good enough before is not now; and what was strict stays so for those who are not."""
    assert project.render(strict=True).stopped == []
    assert rendered(project) == []
    project.translate("de", GERMAN | {"The road will follow.": ""})
    project.render()

    strict = project.render(strict=True)

    assert [fault.message.startswith("the paragraph is not translated") for fault in strict.stopped] == [True]
    assert strict.kept == ["de/bridge.html"]
    assert project.render(strict=True).stopped == strict.stopped


def test_a_render_of_one_language_leaves_the_others_to_be_rendered(project: Project) -> None:
    """The ledger says of each page what it was made of."""
    project.write("news/road/record.yaml", RECORD.replace("at noon", "at one"))

    assert project.render("de").written == ["de/road.html"]
    assert project.render().written == ["en/road.html"]


def test_a_render_of_one_record_leaves_the_others_to_be_rendered(project: Project) -> None:
    """And keeps what is known of them."""
    for record in ("bridge", "road"):
        project.write(f"news/{record}/record.yaml", RECORD.replace("at noon", "at one"))

    outcome = project.site().render([project.root / "news/road/record.yaml"])

    assert outcome.written == ["en/road.html", "de/road.html"]
    assert project.render().written == ["en/bridge.html", "de/bridge.html"]


def test_lists_are_made_anew_where_their_entries_change(project: Project) -> None:
    """A headline stands on them, a paragraph does not; and without a change not a file is written."""
    project.write("a11ynews.toml", TWO.replace("lists.make = false\n", ""))
    project.render()
    before = files_of(project)
    project.write("news/road/record.yaml", RECORD.replace("at noon", "at one"))
    project.render()
    after = files_of(project)

    assert {path for path in after if after[path] != before[path]} == {"en/road.html", "de/road.html"}
    project.write("news/road/record.yaml", RECORD.replace("The bridge is open", "The road is open"))
    project.render()
    last = files_of(project)
    assert "en/index.html" in {path for path in last if last[path] != after[path]}
    assert project.render().around == project.render().around != []
    assert files_of(project) == last


def test_news_ends_by_itself(project: Project) -> None:
    """What is news two days long is no more on the third, though nothing has changed but the day."""
    project.write("a11ynews.toml", TWO.replace("lists.make = false\n", ""))
    published = datetime(2026, 5, 4, 7, tzinfo=UTC)
    project.site().render(now=published + timedelta(hours=1))
    before = project.read("site/news-sitemap.xml")
    project.site().render(now=published + timedelta(hours=2))
    assert project.read("site/news-sitemap.xml") == before

    project.site().render(now=published + timedelta(days=3))

    assert project.read("site/news-sitemap.xml") != before


# -- what has to go ----------------------------------------------------------------------------------------------------


def test_what_was_made_of_a_deleted_record_goes(project: Project) -> None:
    """Pages, traces, pictures, and folders that are empty then; what somebody else has put there stays."""
    foreign = project.write("site/media/bridge/mine.txt", "mine")
    for record in ("bridge", "road"):
        (project.root / f"news/{record}/record.yaml").rename(project.root / f"news/{record}/old.yaml")
    project.record(id="other")

    outcome = project.render("en", "de")
    assert outcome.removed == []  # not all of the site was rendered
    outcome = project.render()

    assert sorted(outcome.removed) == sorted(PAGES)
    others = [path for path in contents_of(project) if "other" not in path and not path.startswith(("assets/", "_headers"))]
    assert others == ["media/bridge/mine.txt"]
    assert not (project.root / "site/media/road").exists()
    assert not [path for path in (project.root / ".a11ynews").rglob("*.trace") if "other" not in path.name]
    assert foreign.read_text() == "mine"


def test_a_page_that_somebody_has_made_his_own_stays(project: Project) -> None:
    """What we have not written is not deleted, whatever its name; it is told, and is none of ours from then on."""
    project.write("site/en/road.html", "mine")
    (project.root / "news/road/record.yaml").unlink()

    outcome = project.render()

    assert outcome.left == ["en/road.html"]
    assert outcome.removed == ["de/road.html"]
    assert project.read("site/en/road.html") == "mine"


def test_pictures_and_style_sheets_that_no_page_shows_go(project: Project) -> None:
    """Their names hold a digest: a new one has a new name, and the old ones would stay for ever."""
    change_picture(project)
    project.render()
    change_style(project)
    project.render()

    assert len(list((project.root / "site/assets").iterdir())) == 1
    shown = b"".join(content for path, content in contents_of(project).items() if path.endswith(".html"))
    for file in (project.root / "site/media").rglob("*.*"):
        assert file.name.encode() in shown


def test_nothing_outside_the_site_is_ever_removed(project: Project) -> None:
    """A folder of the site that leads elsewhere since then is not followed."""
    elsewhere = project.root / "elsewhere"
    (project.root / "site/en").rename(elsewhere)
    (project.root / "site/en").symlink_to(elsewhere)
    (project.root / "news/road/record.yaml").unlink()

    outcome = project.render()

    assert "en/road.html" in outcome.left
    assert (elsewhere / "road.html").is_file()


# -- ledgers that cannot be believed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b'{"a11ynews ledger": 5, "digest": "x"}\n[{}, "", 0]\n'])
def test_a_damaged_ledger_is_told_and_made_anew(project: Project, content: bytes) -> None:
    """The site stays what it is."""
    before = contents_of(project)
    (project.root / LEDGER).write_bytes(content)

    outcome = project.render()

    assert outcome.remarks == [f"{LEDGER} is damaged or not ours; every page is rendered anew"]
    assert outcome.unchanged == 4
    assert contents_of(project) == before
    assert project.render().remarks == []


def test_a_ledger_of_another_site_does_no_harm(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What it says of files is compared with them; those of its records that are not here are not touched."""
    other = Project(tmp_path_factory.mktemp("other"), TWO)
    other.record(id="bridge", content=RECORD.replace("noon", "nine"))
    other.record(id="ours")
    other.render("en")
    project.write("site/en/ours.html", "mine")
    before = contents_of(project)
    (project.root / LEDGER).write_bytes((other.root / LEDGER).read_bytes())

    outcome = project.render()

    assert outcome.left == ["en/ours.html"]
    assert contents_of(project) == before


def test_without_a_ledger_pages_of_deleted_records_go_all_the_same(project: Project) -> None:
    """The manifest names them, and their traces say whether they are ours."""
    (project.root / LEDGER).unlink()
    project.write("site/en/road.html", "mine")
    (project.root / "news/road/record.yaml").unlink()

    outcome = project.render()

    assert outcome.removed == ["de/road.html"]
    assert outcome.left == ["en/road.html"]


# -- several processes -------------------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Records for several processes, with all that these could see in another order than one."""
    for name, fewer in {"FEW": 8, "_CHUNK": 3, "_CHILL": 10}.items():
        monkeypatch.setattr(build, name, fewer)  # so that there is as much to do as with three times the records
    made = Project(tmp_path, TWO)
    for number in range(MANY):
        made.record(RECORD.replace("is open", f"{number} is open"), f"bridge-{number:02}")
    made.record("language: en\n", "bridge-07")
    made.record("slug: bridge-03\n" + RECORD, "bridge-12")
    made.record("slug: bridge-20\n" + RECORD, "bridge-02")
    made.write("news/again/bridge-15/record.yaml", RECORD.replace("bridge.png", "b.png"))
    made.write("news/again/bridge-15/b.png", PICTURE)
    made.write("locales/de/LC_MESSAGES/bridge-17.po", 'msgid "x"\n')
    update(made.site(), ["de"])
    for number in (5, 11, 22):
        made.fill_in("de", GERMAN | {"The road will follow.": ""}, f"bridge-{number:02}")
    return made


MANY = 24


def told(outcome: Outcome) -> list[object]:
    faults = [[str(fault) for fault in some] for some in (outcome.stopped, outcome.notes)]
    return [outcome.written, outcome.unchanged, outcome.removed, outcome.kept, outcome.left, *faults]


def test_several_processes_make_the_same_site_as_one(many: Project, tmp_path: Path) -> None:
    """The same bytes, traces too, and the same messages in the same order."""
    one = many.site().render(jobs=1)
    site, traces = contents_of(many), {p.name: p.read_bytes() for p in (tmp_path / ".a11ynews").rglob("*.trace")}
    (tmp_path / "site").rename(tmp_path / "first")
    (tmp_path / ".a11ynews").rename(tmp_path / "second")

    three = many.site().render(jobs=3)

    assert told(three) == told(one)
    assert len(one.stopped) > 5
    assert contents_of(many) == site
    assert {p.name: p.read_bytes() for p in (tmp_path / ".a11ynews").rglob("*.trace")} == traces
    assert told(many.site().render(jobs=2)) == told(many.site().render(jobs=1))


def test_records_that_are_too_many_to_be_kept_are_put_aside(
    many: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory does not grow with the site, and the pages are the same."""
    many.write("a11ynews.toml", TWO.replace("lists.make = false\n", ""))
    many.site().render(jobs=1)
    site = contents_of(many)
    (tmp_path / "site").rename(tmp_path / "first")
    monkeypatch.setattr(build, "_MOST_OPEN", 4)
    monkeypatch.setattr("a11ynews.ledger.MOST_READ", 4)

    many.site().render(jobs=2)

    assert contents_of(many) == site
    assert many.site().render(jobs=1).written == []
    assert not list(tmp_path.rglob(".a11ynews/site/tmp*"))


def test_each_record_is_opened_once(many: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there are more than are kept in memory: to read one takes most of the time that it takes."""
    many.write("a11ynews.toml", TWO.replace("lists.make = false\n", ""))
    told = opened(monkeypatch)
    monkeypatch.setattr(build, "_MOST_OPEN", 4)

    outcome = many.site().render(jobs=1)

    assert len(outcome.written) > 20
    assert sorted(told) == sorted(set(told))
    assert len(told) >= MANY


@pytest.mark.parametrize("jobs", [1, 3])
def test_pages_that_are_made_at_once_are_the_same(
    many: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Where they show nothing of the rest of the site, none waits for other records; their bytes and all messages are as ever."""
    kept: list[str] = []
    keep = build._Hands._keep

    def note(self: build._Hands, record: str, opened: Any) -> None:
        kept.append(record)
        keep(self, record, opened)

    monkeypatch.setattr(build._Hands, "_keep", note)

    at_once = many.site().render(jobs=jobs)

    assert len(at_once.written) > 20
    assert len(kept) < 4  # those whose addresses are others' already
    site, traces = contents_of(many), {p.name: p.read_bytes() for p in (tmp_path / ".a11ynews").rglob("*.trace")}
    assert many.site().render(jobs=1).written == []
    (tmp_path / "site").rename(tmp_path / "first")
    (tmp_path / ".a11ynews").rename(tmp_path / "second")
    monkeypatch.setattr(build._Hands, "_make_ahead", lambda *_: {})
    in_their_turn = many.site().render(jobs=1)
    assert len(kept) > 20
    assert told(at_once) == told(in_their_turn)
    assert contents_of(many) == site
    assert {p.name: p.read_bytes() for p in (tmp_path / ".a11ynews").rglob("*.trace")} == traces


@pytest.mark.parametrize("at_the_same_moment", [False, True])
def test_of_two_new_pages_with_one_address_the_first_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_the_same_moment: bool
) -> None:
    """Whichever was written last; the other one's pages do not name what is not theirs."""
    project = Project(tmp_path, TWO)
    if at_the_same_moment:  # neither process sees the other one's page
        monkeypatch.setattr(os.path, "lexists", lambda _: False)
    for number, record in enumerate(("abbey", "bridge")):
        project.record(f"slug: river\n{RECORD.replace('is open', f'{number} is open')}", record)
        project.translate("de", GERMAN | {"river": "fluss" if number else ""}, record)

    outcome = project.render()

    assert "has the address en/river.html already" in str(outcome.stopped[0])
    assert outcome.written == ["en/river.html", "de/river.html", "de/fluss.html"]
    assert "The bridge 0 is open" in project.read("site/en/river.html")
    assert "en/river.html" not in project.read("site/de/fluss.html")
    before = files_of(project)
    assert project.render().written == []
    assert files_of(project) == before


def test_what_a_new_page_with_anothers_address_was_is_taken_away(tmp_path: Path) -> None:
    """Also where the page that has the address cannot be made."""
    project = Project(tmp_path, TWO)
    fails = '{% if article.headline.words == "The bridge 0 is open" %}{{ nothing }}{% endif %}\n'
    project.write("templates/footer.html", fails)
    for number, record in enumerate(("abbey", "bridge")):
        project.record(f"slug: river\n{RECORD.replace('is open', f'{number} is open')}", record)

    outcome = project.render()

    assert outcome.written == []
    assert not (tmp_path / "site/en/river.html").exists()
    assert not (tmp_path / ".a11ynews/site/pages/en/river.html.trace").exists()


def test_a_new_page_does_not_take_the_place_of_another_one(project: Project) -> None:
    """A record that wants the address of a page that is there already leaves that as it is, for as long as the render takes."""
    before = files_of(project)
    project.record(f"slug: bridge\n{RECORD}", "tower")

    outcome = project.render()

    assert any("has the address en/bridge.html already" in str(fault) for fault in outcome.stopped)
    after = files_of(project)
    assert {path: after[path] for path in before if path.endswith(".html")} == {
        path: before[path] for path in before if path.endswith(".html")
    }


@pytest.mark.parametrize("lists", ["true", "false"])
@pytest.mark.parametrize("is_changed", [False, True])
def test_a_page_that_is_out_keeps_its_address(tmp_path: Path, lists: str, *, is_changed: bool) -> None:
    """Also from a record that comes before its own: nobody's article is replaced by another one because of a slug."""
    project = Project(tmp_path, CONFIG.replace('["en", "de", "it"]', '["en"]').replace("make = false", f"make = {lists}"))
    project.record(f"slug: river\n{RECORD}", "road")
    project.render()
    project.record(f"slug: river\n{RECORD}", "abbey")
    if is_changed:
        project.record(f"slug: river\n{RECORD.replace('at noon', 'at one')}", "road")

    outcome = project.render()

    assert [fault.file for fault in outcome.stopped] == ["news/abbey/record.yaml"]
    assert "news/road/record.yaml has the address en/river.html already" in str(outcome.stopped[0])
    assert outcome.written == (["en/river.html"] if is_changed else [])
    assert outcome.kept == []
    for record in ("abbey", "road"):
        project.record(RECORD, record)
    assert project.render().written == ["en/abbey.html", "en/road.html"]
    assert not (tmp_path / "site/en/river.html").exists()


@pytest.mark.parametrize("fault", ["headlne: x\n", "alt"])
def test_a_page_that_cannot_be_made_anew_keeps_its_address(project: Project, fault: str) -> None:
    """What readers have of it stays, and no other article stands there meanwhile."""
    if fault == "alt":
        project.translate("de", GERMAN | {"Two children run across a stone bridge": ""}, "road")
    else:
        project.record(RECORD + fault, "road")
    before = contents_of(project)
    project.record(f"slug: road\n{RECORD}", "abbey")
    project.translate("de", GERMAN, "abbey")

    outcome = project.render()

    told = "news/road/record.yaml has the address de/road.html already"
    assert any(told in str(stopped) for stopped in outcome.stopped)
    assert "de/road.html" in outcome.kept
    assert contents_of(project)["de/road.html"] == before["de/road.html"]
    manifest = json.loads(project.read(".a11ynews/site/manifest.json"))
    assert {page["path"]: page["record"] for page in manifest["pages"]}["de/road.html"] == "road"


def test_an_address_that_a_page_gives_up_can_be_anothers_at_once(project: Project) -> None:
    """Also where the one that gives it up cannot be made: its old page is replaced, and nothing is told of it."""
    project.record(f"slug: bridge\n{RECORD}", "road")  # wants what another one has
    project.record(f"slug: road\n{RECORD}", "tower")
    project.translate("de", GERMAN | {"bridge": "bruecke", "road": "road"}, "road")

    outcome = project.render()

    assert "en/road.html" in outcome.written
    assert "en/road.html" not in outcome.kept
    manifest = json.loads(project.read(".a11ynews/site/manifest.json"))
    assert {page["path"]: page["record"] for page in manifest["pages"]}["en/road.html"] == "tower"
    project.record(f"slug: tower\n{RECORD}", "tower")
    outcome = project.render()
    assert outcome.left == []
    assert not (project.root / "site/en/road.html").exists()


def test_a_changed_record_is_the_only_one_that_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other is opened, nothing is read of what is known of the others, no list is made, and no process begun."""
    monkeypatch.setattr("a11ynews.ledger._FRESH", -1)
    project = Project(tmp_path, TWO.replace("lists.make = false\n", ""))
    for number in range(12):
        project.record(id=f"story-{number:02}")
    update(project.site(), ["de"])
    for number in range(12):
        project.fill_in("de", GERMAN, f"story-{number:02}")
    project.site().render(jobs=1)
    before = contents_of(project)
    told = opened(monkeypatch)
    read: list[object] = []
    from_line = Sheet.from_line

    def note(line: Any) -> Sheet:
        read.append(line)
        return from_line(line)

    monkeypatch.setattr(Sheet, "from_line", note)
    monkeypatch.setattr(build, "Crew", None)
    monkeypatch.setattr(build, "arrange", None)
    project.write("news/story-07/record.yaml", RECORD.replace("at noon", "at one"))

    outcome = project.site().render(jobs=2)

    assert [path.parent.name for path in told] == ["story-07"]
    assert all("story-07" in str(line) for line in read)
    assert (outcome.written, outcome.unchanged) == (["en/story-07.html", "de/story-07.html"], 22)
    after = contents_of(project)
    assert {path for path in after if after[path] != before[path]} == set(outcome.written)
    monkeypatch.undo()
    (tmp_path / ".a11ynews").rename(tmp_path / "before")
    project.site().render(jobs=1, force=True)
    assert contents_of(project) == after


def test_of_two_ids_that_differ_in_case_alone_the_one_that_can_be_read_is_rendered(project: Project) -> None:
    """Also where it is the second one."""
    project.record(id="same")
    project.write("news/again/SAME/record.yaml", "language: en\n")

    assert project.render("en").written == ["en/same.html"]
    assert (project.root / "site/en/same.html").is_file()


def test_a_process_that_dies_is_told(many: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A render that is not complete does not look as if it were, whether its processes are copies of this one or begun anew."""
    monkeypatch.setattr(build, "_Hands", Dying)
    with pytest.raises(A11yNewsError, match=r"ended before it was done \(SIGKILL\)"):
        many.site().render(jobs=2)
    result = CliRunner().invoke(main, ["--config", str(tmp_path / "a11ynews.toml"), "render", "-j", "2"])

    assert result.exit_code == 2
    assert "ended before it was done (SIGKILL); run this again" in result.stderr


def test_few_records_are_rendered_by_one_process(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """To begin another one takes longer."""
    monkeypatch.setattr(build, "Crew", None)

    outcome = project.site().render(jobs=8, force=True)

    assert (outcome.unchanged + len(outcome.written) > 0, outcome.stopped) == (True, [])


# -- cut off -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_render_that_is_killed_leaves_a_whole_site_and_the_next_one_mends_it(project: Project, number: int) -> None:
    """Each page is the old or the new one; nothing is left over, and the site becomes what it should be."""
    old = contents_of(project)
    change_name(project)

    def killed() -> None:
        write, left = build.write_page, number

        def write_some(site: object, page: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                # As if it were in the midst of writing.
                (project.root / f"site/en/.road.html.{os.getpid()}-7.a11ynews").write_bytes(b"<p>half")
                os.kill(os.getpid(), signal.SIGKILL)
            return write(site, page)  # type: ignore[arg-type]  # as it was given

        build.write_page = write_some  # type: ignore[assignment]  # in a process of its own
        project.render()

    process = multiprocessing.get_context("fork").Process(target=killed)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    between = contents_of(project)
    outcome = project.render()

    new = contents_of(project)
    assert all(between[path] in (old[path], new[path]) for path in PAGES)
    assert sum(between[path] != old[path] for path in PAGES) == number
    assert len(outcome.written) == 4 - number
    assert new.keys() == old.keys()
    project.site().render(force=True)
    assert contents_of(project) == new


def test_two_renders_do_not_write_one_site(project: Project) -> None:
    """The second one says so."""
    with build._alone(project.site()), pytest.raises(A11yNewsError, match="site/ is being written by another render; wait until"):
        project.render()

    assert project.render().unchanged == 4


@pytest.mark.parametrize("what", ["a record", "a language"])
@pytest.mark.parametrize("part", [(), ("en",)])
def test_what_a_killed_render_has_made_goes_when_nothing_makes_it(project: Project, what: str, part: tuple[str, ...]) -> None:
    """No ledger tells of it, and yet it is in the site; a render of a part in between takes no mark of that away."""
    before = contents_of(project)
    if what == "a record":
        project.record(RECORD.replace("published:", "languages: [en]\npublished:"), id="tunnel")
    else:
        project.write("a11ynews.toml", TWO.replace('"en", "de"', '"en", "de", "de-AT"'))
    kept = {path: project.read(f".a11ynews/site/{path}") for path in ("ledger.jsonl", "manifest.json")}
    made = project.render().written
    # As if it had been killed before it could tell.
    for path, content in {**kept, "lock": "cut off"}.items():
        project.write(f".a11ynews/site/{path}", content)
    shutil.rmtree(project.root / "news/tunnel", ignore_errors=True)
    project.write("a11ynews.toml", TWO)
    if part:
        assert project.render(*part).removed == []

    outcome = project.render()

    assert set(outcome.removed) == set(made) - set(PAGES) != set()
    assert {path: content for path, content in contents_of(project).items() if path.endswith(".html")} == {
        path: before[path] for path in PAGES
    }


def test_a_disk_without_room_for_the_lock_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes can be too many."""
    write = os.write

    def write_some(handle: int, content: bytes) -> int:
        if bytes(content).startswith(b"This site is being rendered"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, content)

    monkeypatch.setattr(os, "write", write_some)

    with pytest.raises(A11yNewsError, match=r"lock: cannot be written \(No space left on device\); check the folder"):
        project.render()


# -- what is told ------------------------------------------------------------------------------------------------------


def test_the_command_tells_how_many_pages_are_what_they_were(project: Project) -> None:
    """Written and unchanged ones."""
    project.write("news/road/record.yaml", RECORD.replace("at noon", "at one"))
    project.write("site/en/bridge.html", "mine")
    (project.root / "news/bridge/record.yaml").unlink()

    result = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "render"])

    assert "en/bridge.html left where it is: it should go, but somebody has changed it" in result.stdout
    assert "2 pages written; 1 text shown" in result.stderr
    result = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "render", "--jobs", "2"])
    assert "0 pages written, 2 unchanged; 1 text shown" in result.stderr
    (project.root / LEDGER).write_bytes(b"x")
    result = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "render", "--force"])
    assert "ledger.jsonl is damaged or not ours; every page is rendered anew" in result.stderr


@pytest.mark.parametrize("package", ["a11ynews", "Babel", "jinja2", "MarkupSafe", "pillow", "typing-extensions"])
def test_a_version_is_that_of_the_installed_package(package: str) -> None:
    """Read from the name of a folder, it is the one that is written in it."""
    assert version_of(package) == version(package)


def test_a_package_that_is_not_there_has_no_version() -> None:
    """Nobody takes another one's for it."""
    with pytest.raises(ModuleNotFoundError):
        version_of("a11ynews-none")


def test_the_manifest_is_json() -> None:
    """With a line for each page."""
    pages = [{"path": "de/ü.html", "language": "de", "record": "ü"}, {"path": "en/u.html", "language": "en", "record": "ü"}]

    manifest = build._manifest(pages, ["robots.txt"])

    assert json.loads(manifest) == {"version": 1, "pages": pages, "files": ["robots.txt"]}
    assert json.loads(build._manifest([], [])) == {"version": 1, "pages": [], "files": []}
    assert manifest.count(b"\n") == 8
