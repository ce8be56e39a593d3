"""A check that is shared out among machines, and put together again."""

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from a11ynews.cli import main
from a11ynews.page import Page
from a11ynews.reporters import REPORTERS
from a11ynews.rules import RULES
from a11ynews.shards import VERSION, Shard
from project import GERMAN, RECORD, Project
from servers import Answer, Reply, answering

_STATIC = ("--no-browser", "--no-cache", "--workers", "1")


def _run(*args: str | Path, input: str = "") -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _formats(name: str, *, lang: str = "en") -> list[str]:
    """Options for every format, each into a file."""
    return [*(f"--format={form}={name}.{form}" for form in REPORTERS), f"--lang={lang}"]


def _told(name: str) -> dict[str, str]:
    return {form: Path(f"{name}.{form}").read_text("utf-8") for form in REPORTERS}


def _sharded(of: int, *check: str | Path) -> list[str]:
    """The files of all shards of a check."""
    files = [f"shard-{number}.shard" for number in range(1, of + 1)]
    for number, file in enumerate(files, 1):
        _run("check", *check, "--shard", f"{number}/{of}", "--format", f"shard={file}")
    return files


def _assert_same(of: int, *check: str | Path, lang: str = "en", but: str = "") -> dict[str, str]:
    """Check everything at once and in shards: every format tells the same `but` one, and the exit code is the same, too."""
    whole = _run("check", *check, *_formats("whole", lang=lang))
    merged = _run("report", "merge", *_sharded(of, *check), *_formats("merged", lang=lang))
    told = _told("whole")
    assert {form for form, text in _told("merged").items() if text != told[form]} <= {but}, merged.output
    assert merged.exit_code == whole.exit_code
    return told


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def foreign() -> Path:
    """A site of somebody else's, in three languages, in which pages differ from each other in what only all of them show."""
    for number in range(7):
        for language in ("de", "en", "it"):
            names = [one for one in ("de", "en", "it") if not (number == 2 and language == "de")]
            links = "".join(
                f'<link rel="alternate" hreflang="{one}" href="https://a.example/{one}/{number}.html">' for one in names
            )
            alt = "" if language == "it" and number % 2 else "A street under water"
            menu = '<a href="/a">A</a> <a href="/b">B</a>' if number < 5 else '<a href="/b">B</a> <a href="/a">A</a>'
            file = Path("foreign", language, f"{number}.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Same</title>'
                f'<link rel="canonical" href="https://a.example/{language}/{number}.html">{links}</head><body><nav>{menu}</nav>'
                f'<main><h1>Flood {number}</h1><img src="a.jpg" alt="{alt}"><div class="ad"><img src="ad.gif"></div><input>'
                "<p>ÄÖÜ</p></main></body></html>",
                encoding="utf-8",
            )
    Path("foreign/empty.html").write_text("", encoding="utf-8")
    Path("foreign/dangling.html").symlink_to("nowhere.html")
    return Path("foreign")


# -- which pages -------------------------------------------------------------------------------------------------------


@given(st.text(min_size=1), st.integers(1, 50))
def test_a_page_is_in_one_shard_of_all(name: str, of: int) -> None:
    """Whatever it is called, and however many there are."""
    assert sum(Shard(number, of).holds(name) for number in range(1, of + 1)) == 1


def test_a_page_stays_in_its_shard() -> None:
    """By its own name alone: on every machine, of whatever host, whatever else there is."""
    names = [f"site/de/news-{number}.html" for number in range(1000)]
    counts = [sum(Shard(number, 5).holds(name) for name in names) for number in range(1, 6)]

    assert [number for number in range(1, 6) if Shard(number, 5).holds("site/de/flood.html")] == [1]
    assert min(counts) > 160  # they are about alike
    for number in range(1, 6):
        shard = Shard(number, 5)
        assert shard.holds_address("https://a.example/de/") == shard.holds_address("http://127.0.0.1:8000/de/")
        page = Page("/tmp/build-7/de/flood.html", "")
        page.path = "site/de/flood.html"
        assert shard.holds_page(page) == shard.holds("site/de/flood.html")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2", "write which one, and of how many, such as 2/5"),
        ("a/b", "write which one, and of how many, such as 2/5"),
        ("0/5", "write one from 1/5 to 5/5"),
        ("6/5", "write one from 1/5 to 5/5"),
        ("1/0", "there can be from 1 to 10,000 shards"),
        ("1/10001", "there can be from 1 to 10,000 shards"),
    ],
)
def test_a_shard_that_is_none(written: str, told: str) -> None:
    """It is said how one is written."""
    result = _run("check", "--shard", written)

    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())


def test_a_shard_without_pages_says_so(foreign: Path) -> None:
    """It is no error: there may be more shards than pages."""
    page = foreign / "de/0.html"
    number = next(number for number in range(1, 10) if not Shard(number, 9).holds("foreign/de/0.html"))

    result = _run("check", page, *_STATIC, "--shard", f"{number}/9")

    assert result.exit_code == 0
    assert "NOTHING TO CHECK: all pages are in other shards" in result.output
    assert f"note: shard {number}/9: 0 of 1 pages" in result.output


def test_a_shard_does_not_compare_pages(foreign: Path) -> None:
    """What it says of its pages is certain; what only all pages show is left to the merge, and it is said."""
    result = _run("check", foreign, *_STATIC, "--shard", "1/3", "--format", "json")
    report = json.loads(result.output)

    assert {finding["rule"] for finding in report["findings"]}.isdisjoint({"title-unique", "hreflang-reciprocal", "alt-parity"})
    assert "title-unique" not in {rule["id"] for rule in report["rules"]}
    assert any("“a11ynews report merge” puts the shards together" in note for note in report["notes"])


# -- the same report ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_the_merged_report_is_the_whole_one(foreign: Path, of: int) -> None:
    """In every format, byte for byte, with what rules find that compare pages, and with what could not be checked."""
    told = _assert_same(of, foreign, *_STATIC)

    rules = {finding["rule"] for finding in json.loads(told["json"])["findings"]}
    assert rules >= {"title-unique", "hreflang-reciprocal", "alt-parity", "alt-untranslated", "navigation-order", "field-name"}
    assert "it is a link to a file that is not there" in told["text"]


def test_a_merge_parses_no_page_but_to_say_something_of_it(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So what it has in memory of a page is no more than what pages are compared by."""
    # These compare pages, and find nothing here.
    rules = [f"--rule={rule.id}" for rule in RULES if rule.on is Page or rule.id in ("help-place", "page-ways")]
    files = _sharded(3, foreign, *_STATIC, *rules)
    opened: list[str] = []
    afresh = Page.afresh
    monkeypatch.setattr("a11ynews.page.document_fromstring", lambda *_args, **_given: pytest.fail("a page was parsed"))

    def open_page(page: Page) -> Page:
        opened.append(page.name)
        return afresh(page)

    monkeypatch.setattr(Page, "afresh", open_page)

    merged = _run("report", "merge", *files)

    assert merged.exit_code == 2  # a page is empty, another one is not there
    assert opened == []


def test_the_merged_report_can_be_told_in_german(foreign: Path) -> None:
    """Messages keep what they are made of."""
    told = _assert_same(3, foreign, *_STATIC, lang="de")

    assert "Fehler" in told["text"]


def test_folders_files_and_patterns(foreign: Path) -> None:
    """Several folders are several sites; a page that is named twice is one, or is in both."""
    shutil.copytree(foreign / "de", "other")
    _assert_same(4, foreign / "en", "other", foreign / "de/1.html", "foreign/it/[0-3].html", *_STATIC)


def test_exclusions_are_counted_over_all_shards(foreign: Path) -> None:
    """One that matches in one shard alone has matched; one that matches nowhere is told once."""
    Path("a11ynews.toml").write_text(
        '[check]\nexclude = [\n{selector = ".ad", reason = "sold"},\n{selector = "#gone", reason = "old"},\n'
        '{selector = "input", reason = "later", pages = "*/it/3.html"},\n'
        '{selector = "input", reason = "none", pages = "nowhere/*"},\n]\nrules = {title-unique = "error", field-name = "off"}\n',
        encoding="utf-8",
    )
    told = _assert_same(3, foreign, *_STATIC)

    assert "21 findings left out in .ad, because: sold" in told["text"]
    assert told["text"].count("#gone is to be left out and is on no page") == 1


def test_baselines(foreign: Path) -> None:
    """What is known is known in its shard too; what is no more is told by whoever looked there, and once."""
    (foreign / "empty.html").unlink()
    (foreign / "dangling.html").unlink()
    _run("baseline", "write", foreign, *_STATIC, "--output", "known.json", "--reason", "old")
    for number in (1, 5):
        page = foreign / f"de/{number}.html"
        page.write_text(page.read_text("utf-8").replace("<input>", "").replace("Same", f"Another {number}"), encoding="utf-8")
    (foreign / "it/6.html").unlink()

    told = _assert_same(3, foreign, *_STATIC, "--baseline", "known.json")

    stale = json.loads(told["json"])["stale"]
    assert any("field-name is found no more at foreign/de/1.html" in line for line in stale)
    assert any("it/6.html" in line for line in stale)
    in_shards = []
    for number in (1, 2, 3):
        result = _run("check", foreign, *_STATIC, "--baseline", "known.json", "--shard", f"{number}/3", "-f", "json")
        report = json.loads(result.output)
        assert {page["name"] for page in report["pages"]} >= {line.split(" at ")[-1].split(";")[0] for line in report["stale"]}
        in_shards += report["stale"]
    assert len(in_shards) == len({*in_shards})
    assert {*in_shards} < {*stale}


def test_our_own_site_with_comments_that_accept(tmp_path: Path) -> None:
    """Birthplaces, what comments accept, and what is said of comments that are of no use, are as in one check."""
    project = Project(tmp_path)
    ours = RECORD.replace(
        "alt: Two children run across a stone bridge",
        "# a11ynews: ignore alt-file-name because the file was named by a poet\n      alt: DSC04711.jpg",
    ).replace("credit: Anna Huber", "# a11ynews: ignore alt-long because nothing is long\n      credit: Anna Huber")
    project.record(ours)
    project.translate("de", GERMAN | {"DSC04711.jpg": "DSC04711.jpg"})
    project.translate("it", {})
    project.render()
    told = _assert_same(2, *_STATIC)

    findings = json.loads(told["json"])["findings"]
    assert any(one["known"] and one["accepted"]["by"] == "comment" for one in findings)
    assert any(one["rule"] == "ignore" and "alt-long" in one["message"] for one in findings)
    assert any(one["source"] for one in findings)


def _git(*arguments: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_only_what_has_changed(foreign: Path) -> None:
    """Pages that no change can have touched are in no shard's report, and are there to be compared with."""
    (foreign / "dangling.html").unlink()
    (foreign / "empty.html").unlink()
    _git("init", "--quiet")
    Path(".gitignore").write_text("/*.*\n", encoding="utf-8")
    _git("add", "foreign")
    _git("commit", "--quiet", "--message", "Begin")
    for name in ("de/1", "it/4", "en/6"):
        file = foreign / f"{name}.html"
        file.write_text(file.read_text("utf-8").replace("<p>", "<p>New: "), encoding="utf-8")

    told = _assert_same(3, foreign, *_STATIC, "--changed-since", "HEAD")

    report = json.loads(told["json"])
    assert [page["name"] for page in report["pages"]] == ["foreign/de/1.html", "foreign/en/6.html", "foreign/it/4.html"]
    assert {"title-unique", "navigation-order"} <= {finding["rule"] for finding in report["findings"]}
    Path("urls.txt").write_text("http://127.0.0.1:1/", encoding="utf-8")
    result = _run("check", foreign, *_STATIC, "--changed-since", "HEAD", "--urls", "urls.txt", "--shard", "1/2")
    assert "--changed-since goes by files" in result.output


def test_pages_from_the_web_are_fetched_by_their_shard_alone() -> None:
    """Each address is asked for once; what cannot be had, and what leads elsewhere, is told as ever."""
    asked: list[str] = []
    page = '<!doctype html><html lang="en"><head><title>Same</title></head><body><main><h1>{}</h1><input></main></body></html>'
    names = [f"page-{number}" for number in range(6)]
    redirect = Answer(status=301, headers={"Location": "/page-1"})

    def count(reply: str) -> Reply:
        def answer(request: BaseHTTPRequestHandler) -> None:
            asked.append(request.path)
            request.send_response(200)
            request.send_header("Content-Type", "text/html; charset=utf-8")
            request.send_header("Content-Length", str(len(reply)))
            request.end_headers()
            request.wfile.write(reply.encode())

        return answer

    answers: dict[str, Any] = {f"/{name}": count(page.format(name)) for name in names}
    with answering({**answers, "/page-1/": redirect}) as base:
        listed = [f"{base}/{name}" for name in ("page-1/", *names, "gone")]
        Path("urls.txt").write_text("\n".join(listed), encoding="utf-8")
        told = _assert_same(3, "--urls", "urls.txt", *_STATIC)
        report = json.loads(told["json"])
        assert [page["name"] for page in report["pages"]] == [f"{base}/{name}" for name in ("page-1", *names[:1], *names[2:])]
        assert {one["page"] for one in report["unfinished"]} == {f"{base}/gone"}
        assert "title-unique" in {finding["rule"] for finding in report["findings"]}
        asked.clear()
        files = _sharded(3, "--urls", "urls.txt", *_STATIC)
        fetched = sorted(path for path in asked if path != "/page-1")
        assert fetched == sorted(f"/{name}" for name in names if name != "page-1")
        _run("report", "merge", *files)
        assert len(asked) <= len(names) + 1


def test_what_a_browser_shows(foreign: Path) -> None:
    """axe in every cell, our live rules, what compares pages by their structure, what was met on the way: all as in one check."""
    for file in foreign.rglob("*.html"):
        if file.name not in ("1.html", "3.html"):
            file.unlink()
    for name in ("de/a.jpg", "en/a.jpg", "it/a.jpg", "en/ad.gif", "it/ad.gif"):
        Image.new("RGB", (8, 8)).save(foreign / name)
    german = foreign / "de/3.html"
    german.write_text(
        german.read_text("utf-8").replace("<p>ÄÖÜ</p>", '<ul role="none"><li role="none">x</li></ul>'), encoding="utf-8"
    )
    for language in ("en", "it"):
        file = foreign / language / "3.html"
        text = file.read_text("utf-8").replace(
            "<p>ÄÖÜ</p>", "<ul><li>x</li></ul><script src='https://tracker.example/'></script>"
        )
        file.write_text(text, encoding="utf-8")
    lead = '<!doctype html><html lang="de"><head><meta http-equiv="refresh" content="0;url={}"><title>On</title></head><p>on</p>'
    (foreign / "on.html").write_text(lead.format("de/1.html"), encoding="utf-8")
    (foreign / "off.html").write_text(lead.format("nowhere.html"), encoding="utf-8")
    cells = 'cells = ["320 px, light", "1280 px, dark"]'
    Path("a11ynews.toml").write_text(f'[check]\nexclude = [{{selector = ".ad", reason = "sold"}}]\n{cells}\n', encoding="utf-8")

    rules = [f"--rule={id}" for id in ("structure-parity", "axe/label", "axe/image-alt")]
    told = _assert_same(3, foreign, "--no-cache", "--workers", "1", *rules, but="html")  # which has pictures

    assert "structure-parity" in told["text"]
    assert "axe/label" in told["text"]
    assert "tracker.example" in told["text"]
    assert "asked for by pages, and not there: /de/ad.gif" in told["text"]
    assert "foreign/on.html (to /de/1.html)" in told["text"]
    assert "foreign/off.html: it leads readers on by itself" in told["text"]


# -- what cannot be put together ---------------------------------------------------------------------------------------


def _merged(*files: str | Path) -> tuple[int, dict[str, Any]]:
    result = _run("report", "merge", *files, "--format", "json")
    return result.exit_code, json.loads(result.stdout)


def test_a_missing_shard_is_an_unfinished_check(foreign: Path) -> None:
    """It is said which one, and how it is had; nothing is concluded from pages that are not there."""
    files = _sharded(3, foreign, *_STATIC)

    code, report = _merged(files[0], files[2])

    assert code == 2
    assert "shard 2/3 is missing" in report["unfinished"][-1]["reason"]
    assert "--shard 2/3 --format shard=FILE" in report["unfinished"][-1]["reason"]
    assert {finding["rule"] for finding in report["findings"]}.isdisjoint({"title-unique", "hreflang-reciprocal"})
    assert 0 < len(report["pages"]) < 22


def test_many_missing_shards_are_not_told_one_by_one(foreign: Path) -> None:
    """One file of a hundred is a mistake, and not ninety-nine."""
    _run("check", foreign, *_STATIC, "--shard", "7/100", "--format", "shard=7.shard")

    code, report = _merged("7.shard")

    assert code == 2
    assert report["unfinished"][-1]["reason"] == "79 more shards are missing; give their files too"


def test_a_shard_that_is_there_twice_is_told(foreign: Path) -> None:
    """Nothing is counted twice."""
    files = _sharded(2, foreign, *_STATIC)
    whole = _merged(*files)[1]
    shutil.copy(files[0], "again.shard")

    code, report = _merged(*files, "again.shard")

    assert code == 2
    assert report["findings"] == whole["findings"]
    told = [one for one in report["unfinished"] if one["page"] == "again.shard"]
    assert [one["reason"] for one in told] == ["shard 1/2 is in shard-1.shard too; give the file of each shard once"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda: Path("a11ynews.toml").write_text("[check]\nbest_practices = true\n"), "how it was checked"),
        (lambda: Path("foreign/new.html").write_text("<p>new</p>"), "the set of pages"),
        (lambda: None, "the number of shards"),
    ],
    ids=["configuration", "pages", "number"],
)
def test_shards_of_different_runs_are_not_put_together(foreign: Path, change: Callable[[], Any], what: str) -> None:
    """It is said in what they differ, and that the shard is missing."""
    files = _sharded(3, foreign, *_STATIC)
    change()
    of = 4 if what == "the number of shards" else 3
    _run("check", foreign, *_STATIC, "--shard", f"2/{of}", "--format", f"shard={files[1]}")

    code, report = _merged(*files)

    assert code == 2
    told = {one["page"]: one["reason"] for one in report["unfinished"]}
    assert told["shard-2.shard"].startswith(f"it is a shard of another run than shard-1.shard: {what}")
    assert "shard 2/3 is missing" in told[None]


def test_shards_of_different_browsers_are_not_put_together(foreign: Path) -> None:
    """What another browser or axe-core shows is another check."""
    files = _sharded(2, foreign, *_STATIC)
    for file, browser in zip(files, ("Chromium 1", "Chromium 2"), strict=True):
        _with_head(file, axe="4.12.1", browser=browser)

    code, report = _merged(*files)

    assert code == 2
    assert "the browser's version differs" in " ".join(one["reason"] for one in report["unfinished"])


def _with_head(file: str, **changes: Any) -> None:
    head, _, rest = Path(file).read_text("utf-8").partition("\n")
    Path(file).write_text(json.dumps(json.loads(head) | changes) + "\n" + rest, encoding="utf-8")


def test_what_is_no_file_of_a_shard_is_refused(foreign: Path) -> None:
    """In words, all files at once, with what to do."""
    files = _sharded(2, foreign, *_STATIC)
    _run("check", foreign, *_STATIC, "--format", "json=report.json")
    Path("nonsense").write_bytes(b"\x00\xff nonsense")
    Path("empty").touch()
    lines = Path(files[0]).read_bytes().splitlines(keepends=True)
    Path("cut").write_bytes(b"".join(lines[:-3]))
    Path("short").write_bytes(b"".join([*lines[:3], *lines[4:]]))
    Path("twice").write_bytes(b"".join([*lines[:3], *lines[2:]]))
    Path("longer").write_bytes(b"".join([*lines, lines[2]]))
    Path("torn").write_bytes(b"".join([*lines[:2], lines[2][5:], *lines[3:]]))
    Path("half.gz").write_bytes(gzip.compress(b"".join(lines))[:-100])
    heads: dict[str, dict[str, Any]] = {
        "newer": {"version": VERSION + 1},
        "elder": {"run": {"tool": "0.0.1"}},
        "odd": {"shard": [3, 2]},
    }
    for name, changes in heads.items():
        shutil.copy(files[0], name)
        _with_head(name, **changes)

    result = _run(
        "report",
        "merge",
        "report.json",
        "nonsense",
        "empty",
        "gone",
        "cut",
        "short",
        "twice",
        "longer",
        "torn",
        "half.gz",
        "newer",
        "elder",
        "odd",
    )

    assert result.exit_code == 2
    told = dict(line.split(": ", 1) for line in result.output.splitlines())
    assert told == {
        "report.json:1:1": "this is no file of a shard; write one with “a11ynews check --format shard=FILE”",
        "nonsense:1:1": "this is no file of a shard; write one with “a11ynews check --format shard=FILE”",
        "empty:1:1": "this is no file of a shard; write one with “a11ynews check --format shard=FILE”",
        "gone:1:1": "there is no such file; mend its name, or write one with “a11ynews check --format shard=FILE”",
        f"cut:{len(lines) - 3}:1": "the end is missing, so the check was broken off, or the file cut; check the shard again",
        f"short:{len(lines) - 1}:1": f"{len(lines) - 2} lines were written and {len(lines) - 3} are here; check the shard again",
        "twice:4:1": "this page stands on line 3 already; check the shard again",
        f"longer:{len(lines) + 1}:1": "something stands after the end; check the shard again",
        "torn:3:1": "this line is damaged; check the shard again",
        "half.gz:1:1": "the file is packed, and damaged; fetch it again, or check its shard again",
        "newer:1:1": f"the version is {VERSION + 1} and this a11ynews reads {VERSION}; use the a11ynews that has written it",
        "elder:1:1": told["elder:1:1"],
        "odd:1:1": "there is no shard 3/2; check it again",
    }
    assert told["elder:1:1"].startswith("a11ynews 0.0.1 has written it, and this is ")


@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_damaged_file_is_refused_or_tells_the_same(damageable: tuple[bytes, str], data: st.DataObject) -> None:
    """Whatever becomes of a file on its way, there is no other error than one in words."""
    content, told = damageable
    at = data.draw(st.integers(0, len(content) - 1))
    cut = data.draw(st.integers(0, 4))
    Path("damaged.shard").write_bytes(content[:at] + data.draw(st.binary(max_size=4)) + content[at + cut :])

    result = _run("report", "merge", "damaged.shard", "--format", "json")

    assert result.exit_code in (0, 1, 2)
    assert result.stdout == "" or json.loads(result.stdout)["tool"] == json.loads(told)["tool"]
    assert "Traceback" not in result.output


@pytest.fixture
def damageable() -> tuple[bytes, str]:
    """A file of a shard, and what it tells."""
    Path("small").mkdir()
    Path("small/a.html").write_text('<!doctype html><html lang="en"><title>A</title><main><h1>A</h1><input></main>')
    _run("check", "small", *_STATIC, "--format", "shard=small.shard")
    return Path("small.shard").read_bytes(), _run("report", "merge", "small.shard", "--format", "json").stdout


def test_files_can_be_packed_and_named_by_their_folder(foreign: Path) -> None:
    """A folder stands for all shards in it, as CI systems fetch them."""
    whole = _run("check", foreign, *_STATIC).output
    for number in (1, 2):
        _run("check", foreign, *_STATIC, "--shard", f"{number}/2", "--format", f"shard=shards/{number}/part.shard.gz")

    result = _run("report", "merge", "shards")

    assert result.output == whole
    assert Path("shards/1/part.shard.gz").read_bytes()[:2] == b"\x1f\x8b"
    Path("nothing").mkdir()
    assert "nothing/ holds no file that ends with .shard or .shard.gz" in _run("report", "merge", "nothing").output


def test_a_whole_check_can_be_told_again(foreign: Path) -> None:
    """What is written down without shards holds everything; what one shard holds is told by itself."""
    whole = _run("check", foreign, *_STATIC, "--format", "shard=whole.shard", "--format", "text").output

    assert _run("report", "show", "whole.shard").output == whole
    assert "Fehler" in _run("report", "show", "whole.shard", "--lang", "de").output
    files = _sharded(2, foreign, *_STATIC)
    alone = _run("check", foreign, *_STATIC, "--shard", "1/2")
    shown = _run("report", "show", files[0])
    assert shown.exit_code == alone.exit_code
    assert shown.output == alone.output


def test_the_format_goes_into_a_file(foreign: Path) -> None:
    """It is for nobody to read, so the report is told as ever besides."""
    assert "write shard=FILE" in _run("check", foreign, *_STATIC, "--format", "shard").output
    assert "field-name" in _run("check", foreign, *_STATIC, "--format", "shard=a.shard").output
    assert "is no format" in _run("report", "merge", "a.shard", "--format", "shard=b.shard").output
