"""What the static rules have found, told again: a check that knows earlier results says what one says that knows none."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from a11ynews import result_cache
from a11ynews.check import Settings, check
from a11ynews.cli import main
from a11ynews.page import Page, PageSet
from a11ynews.recall import StaticRecall
from a11ynews.reporters import REPORTERS
from a11ynews.result_cache import ENVIRONMENT_VARIABLE, FILE, ResultCache
from a11ynews.rule import rule
from a11ynews.rules import RULES
from a11ynews.targets import gather
from project import GERMAN, RECORD, Project

AGAIN = "not looked at anew"
GENERIC = RECORD.replace("noon.", "noon. [Click here](https://example.org/)")


@pytest.fixture(autouse=True)
def _code_that_is_not_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may work on the code while these tests run."""
    monkeypatch.setattr(result_cache, "_code", lambda _files: [])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rendered site and another with things to be found, and a cache that knows both."""
    folder = tmp_path_factory.mktemp("made")
    project = Project(folder)
    project.record(GENERIC)
    project.record(RECORD, "other")
    project.translate("de", GERMAN)
    project.render()
    page = project.read("site/en/bridge.html").replace("</head>", FEED + "</head>")
    project.write("foreign/a.html", page.replace(ALT, "bridge.png"))
    project.write("foreign/feed.xml", "<rss><channel/></rss>")
    settle()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result_cache, "_code", lambda _files: [])
        patch.chdir(folder)
        patch.setenv(ENVIRONMENT_VARIABLE, str(folder / "cache"))
        assert run(*NAMED).exit_code == 1
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of them, in the current folder."""
    shutil.copytree(made, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "copy/cache"))
    return Project(tmp_path / "copy")


ALT = "Two children run across a stone bridge"
FEED = '<link rel="alternate" type="application/rss+xml" title="News" href="feed.xml">'
NAMED = ("site", "foreign")


def settle() -> None:
    """Wait until what was written is so old that it is told from what is written now."""
    time.sleep(0.3)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", "--no-browser", *arguments])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def looked_at(*arguments: str) -> tuple[Result, list[str]]:
    """The report in JSON without the note that something was told again, and these notes."""
    result = run("-f", "json", *arguments)
    data = json.loads(result.stdout)
    again = [note for note in data["notes"] if AGAIN in note]
    data["notes"] = [note for note in data["notes"] if AGAIN not in note]
    result.stdout_bytes = json.dumps(data).encode()
    return result, again


def assert_same(*arguments: str, reused: int | None = None) -> None:
    """The check that knows earlier results says what one says that knows none."""
    with_cache, again = looked_at(*arguments)
    other, nothing = looked_at("--no-cache", *arguments)

    assert with_cache.stdout == other.stdout
    assert with_cache.exit_code == other.exit_code
    assert nothing == []
    if reused is not None:
        assert [note.partition(": ")[2].partition(" of ")[0] for note in again] == ([str(reused)] if reused else [])


@pytest.mark.parametrize("form", sorted(REPORTERS))
@pytest.mark.usefixtures("project")
def test_the_report_is_the_same_byte_for_byte_but_for_a_note(form: str) -> None:
    """In every format; the note says of how many pages, and how to look at all."""
    first = run("--no-cache", "-f", form, *NAMED)

    second = run("-f", form, *NAMED)

    assert first.exit_code == second.exit_code == 1
    if form in ("sarif", "json"):
        assert without(json.loads(second.stdout)) == json.loads(first.stdout)
        assert AGAIN in second.stdout
    else:
        assert "".join(line for line in second.stdout.splitlines(True) if AGAIN not in line) == first.stdout
        assert (AGAIN in second.stdout) == (form in ("text", "html", "markdown"))  # the others have no notes


def without(data: Any) -> Any:
    """A report without the note that something was told again."""
    if isinstance(data, dict):
        return {name: without(value) for name, value in data.items()}
    if isinstance(data, list):
        return [without(value) for value in data if not (AGAIN in str(value) and (isinstance(value, str) or "message" in value))]
    return data


@pytest.mark.usefixtures("project")
def test_no_page_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a page or what is known of it read: neither by rules on a page, nor by those on all together."""
    monkeypatch.setattr("a11ynews.page.document_fromstring", lambda *_args, **_given: pytest.fail("a page was parsed"))
    monkeypatch.setattr("a11ynews.found.read_trace", lambda *_args: pytest.fail("a page was read"))

    assert "4 of 4 pages" in run(*NAMED).stdout


def change_page(project: Project) -> None:
    page = project.root / "foreign/a.html"
    page.write_text(page.read_text("utf-8").replace("<h1", "<h4", 1), "utf-8")


def move_lines(project: Project) -> None:
    """The page's bytes stay as they are; the places that findings point to move."""
    before = project.read("site/en/bridge.html")
    project.record("# A comment\n\n" + GENERIC)
    project.render()
    assert project.read("site/en/bridge.html") == before


def break_trace(project: Project) -> None:
    next((project.root / ".a11ynews/site/pages").rglob("bridge.html.trace")).write_bytes(b"{")


def lose_trace(project: Project) -> None:
    next((project.root / ".a11ynews/site/pages").rglob("bridge.html.trace")).unlink()


def edit_page_of_ours(project: Project) -> None:
    page = project.root / "site/en/bridge.html"
    page.write_text(page.read_text("utf-8") + "<!-- edited -->", "utf-8")


def accept(project: Project) -> None:
    """Only a comment: it is read each time."""
    project.record(
        GENERIC.replace("  - paragraph: The m", "  # a11ynews: ignore link-generic because it is one\n  - paragraph: The m")
    )


def remove_page(project: Project) -> None:
    (project.root / "site/de/bridge.html").unlink()


def add_page(project: Project) -> None:
    shutil.copy(project.root / "foreign/a.html", project.root / "foreign/b.html")


def break_feed(project: Project) -> None:
    project.write("foreign/feed.xml", "<html/>")


def configure(added: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        project.write("a11ynews.toml", project.read("a11ynews.toml") + added)

    return change


CHANGES: dict[str, tuple[Callable[[Project], None], int | None]] = {
    "nothing": (lambda _: None, 4),
    "a page": (change_page, 3),
    "lines of a record": (move_lines, None),
    "a trace that cannot be read": (break_trace, 3),
    "a trace that is lost": (lose_trace, 3),
    "a page of ours that somebody edits": (edit_page_of_ours, 3),
    "a comment in a record": (accept, 4),
    "a page that is taken away": (remove_page, 3),
    "a page that is added": (add_page, 4),
    "a feed": (break_feed, 3),
    "what a rule is worth": (configure('[check.rules]\nalt-file-name = "warning"\n'), 0),
    "a rule that is switched off": (configure('[check.rules]\nalt-file-name = "off"\n'), 0),
    "what is left out": (configure('[[check.exclude]]\nselector = "img"\nreason = "seen"\n'), 0),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_whatever_the_rules_look_at_is_seen(what: str, project: Project) -> None:
    """And where it changes nothing for other pages, these are not looked at anew."""
    change, reused = CHANGES[what]
    change(project)
    settle()

    assert_same(*NAMED, reused=reused)


@pytest.mark.parametrize("given", [("--rule", "alt-file-name"), ("--best-practices",), ("site",), ("foreign", "site/en")])
@pytest.mark.usefixtures("project")
def test_another_way_to_ask_gets_its_own_answer(given: tuple[str, ...]) -> None:
    """Other rules, fewer pages, other folders: all of these are known apart."""
    assert_same(*given, *(NAMED if given[0].startswith("--") else ()))
    assert_same(*given, *(NAMED if given[0].startswith("--") else ()))


@pytest.mark.usefixtures("project")
def test_baselines_are_read_each_time() -> None:
    """What is known to one is not remembered."""
    CliRunner().invoke(main, ["baseline", "write", "--no-browser", "-o", "known.json", "--reason", "later", *NAMED])

    assert run(*NAMED, "--baseline", "known.json").exit_code == 0
    assert run(*NAMED).exit_code == 1
    assert_same(*NAMED, "--baseline", "known.json", reused=4)


def test_what_could_not_be_checked_is_checked_again(project: Project) -> None:
    """A page that shows nothing is unfinished each time: nothing of it is kept."""
    project.write("foreign/empty.html", "<!doctype html><html lang=en><title>Empty</title><body></body></html>")
    settle()
    assert run(*NAMED).exit_code == 2

    assert_same(*NAMED, reused=4)
    assert run(*NAMED).exit_code == 2


def test_a_rule_that_breaks_down_is_asked_again(project: Project) -> None:
    """Rules that are not ours are asked each time, too: nobody knows what they look at."""

    @rule("breaks-down", on=Page)
    def breaks_down(_page: Page) -> Iterator[tuple[None, str]]:
        """Breaks down."""
        raise ValueError
        yield None, ""

    def look(rules: tuple[object, ...]) -> list[str]:
        cache = ResultCache(project.root / "other")
        report = check(gather(NAMED, cache=cache), Settings(browser=False, rules=rules), cache=cache)  # type: ignore[arg-type]
        cache.save()
        return [note for note in report.notes if AGAIN in note]

    assert [bool(look(rules)) for rules in ((*RULES, breaks_down), (*RULES, breaks_down), RULES, RULES)] == [False] * 3 + [True]


@pytest.mark.usefixtures("project")
def test_no_rule_reads_a_file_that_is_not_known_of() -> None:
    """What a rule reads beside its page belongs to what its result depends on."""
    opened: list[str] = []
    is_on = [False]

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if is_on[0] and event == "open" and isinstance(arguments[0], str):
            opened.append(os.path.relpath(arguments[0]))

    targets = gather(NAMED)
    for page in targets.pages:
        _ = page.tree
    check(gather(NAMED), Settings(browser=False))  # what is read once for all is read
    sys.addaudithook(listen)
    for pages in targets.by_root.values():
        for one in RULES:
            is_on[0] = True
            for subject in pages if one.on is Page else [PageSet(pages)] if one.on is PageSet else []:
                [*one.check(subject)]
            is_on[0] = False

    consulted = {os.path.relpath(path) for page in targets.pages for path in page.consulted}
    assert {path for path in opened if not path.startswith("..")} <= consulted
    assert consulted == {"foreign/feed.xml"}


def test_a_page_that_changes_while_it_is_checked_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found belongs to content that nobody can name."""
    page = project.root / "foreign/a.html"
    page.write_bytes(page.read_bytes() + b"<!-- new -->")
    whole = page.read_bytes()
    read = Path.read_bytes

    def change_on_reading(path: Path) -> bytes:
        content = read(path)
        if path.name == "a.html":
            path.write_bytes(whole.replace(b"<h1", b"<h4"))
        return content

    monkeypatch.setattr(Path, "read_bytes", change_on_reading)
    run(*NAMED)
    monkeypatch.setattr(Path, "read_bytes", read)
    page.write_bytes(whole)

    assert_same(*NAMED)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("project")
def test_a_damaged_cache_changes_nothing(seed: int) -> None:
    """But for a note, and for the time that it takes."""
    settle()
    file = Path(os.environ[ENVIRONMENT_VARIABLE]) / FILE
    content = bytearray(file.read_bytes())
    for place in range(seed * 97, len(content), 700):
        content[place] ^= 0x55
    file.write_bytes(content)

    damaged = run("-f", "json", *NAMED)

    other = json.loads(run("-f", "json", "--no-cache", *NAMED).stdout)
    data = json.loads(damaged.stdout)
    assert any("the cache" in note and "anew" in note for note in data["notes"])
    data["notes"] = other["notes"] = []
    assert data == other
    assert_same(*NAMED, reused=4)


def test_no_cache_keeps_nothing_and_cache_says_where(project: Project) -> None:
    """Both together make no sense, and that is said."""
    folder = Path(os.environ[ENVIRONMENT_VARIABLE])
    shutil.rmtree(folder)

    run("--no-cache", *NAMED)
    assert not folder.exists()

    run("--cache", "kept", *NAMED)
    assert (project.root / "kept" / FILE).is_file()
    assert not folder.exists()
    assert AGAIN in run("--cache", "kept", *NAMED).stdout

    result = run("--cache", "kept", "--no-cache", *NAMED)
    assert result.exit_code == 2
    assert "--cache and --no-cache exclude each other" in result.output


def test_a_changed_page_is_found_with_all_others_known(project: Project) -> None:
    """Pages are compared anew with all others where one of them has changed."""
    page = project.root / "site/de/bridge.html"
    page.write_text(page.read_text("utf-8").replace("Die Brücke ist offen", "Ein anderer Titel"), "utf-8")
    settle()

    assert_same(*NAMED, reused=3)


@pytest.mark.usefixtures("project")
def test_findings_know_their_languages() -> None:
    """What is told again can be told in other languages."""
    first, second = (json.loads(run("-f", "json", "--lang", "de", *given, *NAMED).stdout) for given in ((), ("--no-cache",)))

    assert {**first, "notes": []} == {**second, "notes": []}
    assert len(first["notes"]) == len(second["notes"]) + 1


@pytest.mark.usefixtures("small_pieces")
def test_what_is_kept_in_pieces_is_renewed_with_what_it_holds(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside one page has changed: that page is looked at once, and by the check after that it is known with the rest."""
    change_beside(project.root / "foreign/a.html")

    assert_same(*NAMED, reused=3)
    monkeypatch.setattr("a11ynews.recall.StaticRecall._alone", lambda *_args: pytest.fail("a piece was not renewed"))
    assert_same(*NAMED, reused=4)


@pytest.mark.usefixtures("small_pieces")
def test_a_piece_that_could_not_be_renewed_is_renewed_the_next_time(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that was killed has kept what it found of a page, and not yet of all that are kept with it."""
    change_beside(project.root / "foreign/a.html")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ResultCache, "put", but_for_pieces(lambda: None))
        run(*NAMED)

    assert_same(*NAMED, reused=4)
    monkeypatch.setattr(StaticRecall, "_alone", lambda *_args: pytest.fail("a piece was not renewed"))
    assert_same(*NAMED, reused=4)


@pytest.mark.usefixtures("small_pieces")
def test_a_piece_that_is_kept_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has changed, a check writes no results."""
    monkeypatch.setattr(ResultCache, "put", but_for_pieces(lambda: pytest.fail("a piece was written")))

    assert "4 of 4 pages" in run(*NAMED).stdout


def change_beside(page: Path) -> None:
    """Let a page that has been checked have a feed beside it that has changed since."""
    feed = page.with_name("feed.xml")
    page.write_text(page.read_text("utf-8").replace("</head>", f"{FEED}</head>", 1), "utf-8")
    feed.write_text("<rss/>", "utf-8")
    settle()
    run(*NAMED)
    feed.write_text("<rss version='2.0'/>", "utf-8")
    settle()


def but_for_pieces(instead: Callable[[], None]) -> Callable[..., None]:
    """Has everything put into the cache but what is kept of several pages together."""
    put = ResultCache.put

    def put_other(cache: ResultCache, value: Any, *key: Any) -> None:
        if key[0] == "together":
            instead()
        else:
            put(cache, value, *key)

    return put_other


@pytest.mark.usefixtures("small_pieces")
def test_of_pieces_that_nothing_has_changed_in_none_is_taken_apart(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one page has changed, those that are kept with it are looked for one by one, and the others had at once."""
    alone: list[str] = []

    def noted(_recall: StaticRecall, digest: str) -> str:
        alone.append(digest)
        return ""

    monkeypatch.setattr(StaticRecall, "_alone", noted)
    run(*NAMED)
    assert alone == []

    page = project.root / "site/de/bridge.html"
    page.write_text(page.read_text("utf-8").replace("Die Brücke ist offen", "Ein anderer Titel"), "utf-8")
    settle()
    run(*NAMED)

    assert len(alone) == 2


@pytest.fixture
def small_pieces(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a large site, of which not all is kept, or held, in one piece."""
    monkeypatch.setattr("a11ynews.recall._PAGES_TOGETHER", 2)
    monkeypatch.setattr("a11ynews.found._PAGES_A_PIECE", 1)
    monkeypatch.setattr("a11ynews.result_cache._FILES_AT_ONCE", 2)
    monkeypatch.setattr("a11ynews.recall._LONG", 10)
    (project.root / "cache" / FILE).unlink()
    settle()
    run(*NAMED)


@pytest.mark.usefixtures("small_pieces")
def test_pieces_are_as_good_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page and no file is read again, and the report is the same."""
    monkeypatch.setattr("a11ynews.result_cache._digest_of_file", lambda path: pytest.fail(f"{path} was read"))
    monkeypatch.setattr("a11ynews.found._PageFile.read", lambda source: pytest.fail(f"{source.name} was read"))

    assert "4 of 4 pages" in run(*NAMED).stdout
