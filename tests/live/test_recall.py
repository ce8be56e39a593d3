"""
What a browser has shown, told again: the proof that nothing is told again of which anything has changed.

A page is made of everything that a page can be made of, and a script in it shows by an empty button what came of each part. So a
change of any part is a change of what is found. Each is made, and the check that knows earlier results compared with one that
knows none.
"""

import os
import shutil
import struct
import subprocess
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from a11ynews import result_cache
from a11ynews.check import Settings, check
from a11ynews.exclusion import Exclusion, Exclusions
from a11ynews.finding import Severity
from a11ynews.live import axe, recall, session
from a11ynews.live.browser import ENVIRONMENT_VARIABLE
from a11ynews.live.cell import Cell
from a11ynews.live.rules import LIVE_RULES
from a11ynews.live.session import Options, Session
from a11ynews.page import Page
from a11ynews.report import Report
from a11ynews.report_file import to_data
from a11ynews.result_cache import Files, ResultCache
from a11ynews.targets import gather
from servers import Answer, answering

SETTINGS = Settings(
    cells=((1280, "light", False),),
    only=frozenset({"axe/button-name", "axe/color-contrast", "axe/region", "html-lang"}),
)
SHOW = """
const show = name => { if (!document.getElementById(name)) {
  const button = document.createElement("button"); button.id = name; document.querySelector("main").append(button); } };
const sized = image => { const look = () => { if (image.naturalWidth === 2) show(image.id + "-changed") };
  image.addEventListener("load", look); if (image.complete) look(); };
const waits = [];
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="/a/../dots.css"><link rel="stylesheet" href="linked.css">
<style>@font-face { font-family: Own; src: url(own.woff) } .own { font-family: Own } .back { background: url(back.svg) }</style>
<script src="show.js"></script><script src="app.js"></script><script src="later.js"></script>
<script src="refused.js"></script><script src="folder/inner.js"></script>
<script type="module" src="module.js"></script></head>
<body><main><h1>Words</h1><p class="plain">Plain</p><p class="deep">Deep</p><p class="dots">Dots</p><p class="linked">Linked</p>
<p class="own">Own</p><div class="back">Back</div>
<img id="picture" src="picture.svg" alt="A"><img id="query" src="query.svg?v=1" alt="B">
<img id="missing" src="missing.svg" alt="C">
<picture><source media="(max-width: 400px)" srcset="narrow.svg"><img id="set" src="wide.svg" alt="D"></picture>
<iframe src="frame.html" title="Frame"></iframe><iframe src="sub" title="Sub"></iframe>
<audio id="sound" src="sound.wav" preload="metadata"></audio>
<video id="film" src="film.webm" preload="none"><track default kind="captions" srclang="en" src="captions.vtt"></video>
</main><script src="end.js"></script></body></html>
"""
END = """
for (const image of document.querySelectorAll("img")) sized(image);
const done = what => what.catch(() => {});
const all = [];
all.push(done(fetch("data.json").then(answer => answer.json()).then(data => { if (data.show) show("data") })));
const font = new FontFace("Other", "url(other.ttf)");
all.push(done(font.load().then(() => show("font"))));
const worker = new Worker("worker.js");
all.push(new Promise(end => { worker.onmessage = message => { if (message.data) show(message.data); end() };
  worker.onerror = () => end() }));
const shared = new SharedWorker("shared.js");
all.push(new Promise(end => { shared.port.onmessage = message => { if (message.data) show(message.data); end() };
  shared.onerror = () => end() }));
const sound = document.getElementById("sound");
all.push(new Promise(end => { const look = () => { if (sound.duration > 0.5) show("sound-changed"); end() };
  if (sound.readyState) look(); else { sound.onloadedmetadata = look; sound.onerror = end } }));
const track = document.querySelector("track"); track.track.mode = "showing";
all.push(new Promise(end => { const look = () => { if (track.track.cues?.length > 1) show("captions-changed"); end() };
  if (track.readyState > 1) look(); else { track.onload = look; track.onerror = end } }));
// The load waits for a picture that comes when all that is awaited has come.
const last = new Image(); document.body.append(last); last.alt = "";
Promise.all(all).then(() => document.body.classList.add("ready"));
"""
READY = "body.ready"


def svg(width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="2"/>'


FILES = {
    "page.html": PAGE,
    "other.html": PAGE.replace("Words", "Other words"),
    "show.js": SHOW,
    "end.js": END,
    "app.js": "",
    "folder/inner.js": "",
    "module.js": "import './imported.js';",
    "imported.js": "",
    "style.css": "@import 'first.css'; .plain { color: #000 }",
    "first.css": "@import 'deep/second.css';",
    "deep/second.css": ".deep { color: #000 }",
    "dots.css": ".dots { color: #000 }",
    "target.css": ".linked { color: #000 }",
    "target2.css": ".linked { color: #ddd }",
    "picture.svg": svg(1),
    "query.svg": svg(1),
    "wide.svg": svg(1),
    "narrow.svg": svg(1),
    "back.svg": svg(1),
    "own.woff": "no font",
    "other.ttf": "no font",
    "frame.html": '<!doctype html><html lang="en"><title>F</title><link rel="stylesheet" href="frame.css"><p>Frame</p></html>',
    "frame.css": "p { color: #000 }",
    "sub/index.html": '<!doctype html><html lang="en"><title>S</title><p>Sub</p></html>',
    "data.json": "{}",
    "worker.js": "importScripts('work.js'); postMessage(self.told ?? '');",
    "work.js": "",
    "shared.js": "importScripts('share.js'); onconnect = event => event.ports[0].postMessage(self.told ?? '');",
    "share.js": "",
    "captions.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nOne\n",
    "film.webm": "no film",
}


def sound(seconds: float) -> bytes:
    """A sound of some length."""
    file = Path(os.environ["PYTEST_SOUND"])
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(struct.pack("<h", 0) * int(8000 * seconds))
    return file.read_bytes()


@dataclass
class Made:
    """A site whose pages have been looked at, and the cache that knows it; both are copied for each change."""

    site: Path
    cache: Path
    report: Report


def build(folder: Path) -> None:
    for name, content in FILES.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    (folder / "site/linked.css").symlink_to("target.css")
    (folder / "outside.js").write_text("addEventListener('load', () => show('refused'))")
    (folder / "site/refused.js").symlink_to("../outside.js")
    (folder / "site/a").mkdir()
    (folder / "site/sound.wav").write_bytes(sound(0.1))


def settle() -> None:
    """Wait until what was written is so old that it is told from what is written now."""
    time.sleep(0.3)


def look(
    cache: ResultCache | None, settings: Settings = SETTINGS, names: tuple[str, ...] = ("site/page.html", "site/other.html")
) -> Report:
    """The report on the site in the current folder."""
    report = check(gather(names, cache=cache), replace(settings, wait_for=settings.wait_for or READY), cache=cache)
    if cache:
        cache.save()
        assert cache.notes == []
    return report


def told(report: Report) -> Any:
    """All that a report says, but that something was told again."""
    bare = replace(report, notes=[note for note in report.notes if "not looked at anew" not in note])
    return to_data(bare, Report)


def recalled(report: Report) -> tuple[int, int]:
    """Of how many pages the results of the static rules were told again, and of how many those in the browser."""
    for note in report.notes:
        if "not looked at anew" in note:
            values = note.values  # type: ignore[attr-defined]
            return values["n"], values["live"]
    return 0, 0


@pytest.fixture(scope="module", autouse=True)
def _code_that_is_not_edited() -> Iterator[None]:
    """Somebody may work on the code while these tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result_cache, "_code", lambda _files: [])
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The site, checked once."""
    folder = tmp_path_factory.mktemp("made")
    os.environ["PYTEST_SOUND"] = str(folder / "sound.wav")
    build(folder)
    settle()
    before = Path.cwd()
    os.chdir(folder)
    try:
        report = look(ResultCache(folder / "cache"))
        assert report.unfinished == []
        assert recalled(report) == (0, 0)
        yield Made(folder / "site", folder / "cache", report)
    finally:
        os.chdir(before)


@pytest.fixture
def copied(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A copy of the site and of the cache; the current folder is the one that holds them."""
    shutil.copytree(made.site.parent, tmp_path / "copy", symlinks=True)
    monkeypatch.chdir(tmp_path / "copy")
    return Made(Path("site"), tmp_path / "copy/cache", made.report)


def test_nothing_is_looked_at_twice(copied: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same site elsewhere, with other times: no browser is started, no page parsed, and the report is the same."""
    monkeypatch.setattr("a11ynews.live.hand.launched", lambda: pytest.fail("a browser was started"))
    monkeypatch.setattr("a11ynews.page.document_fromstring", lambda *_args, **_given: pytest.fail("a page was parsed"))

    report = look(ResultCache(copied.cache))

    assert recalled(report) == (2, 2)
    assert told(report) == told(copied.report)


def write(path: str, content: str | bytes) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def set_back(site: Path) -> None:
    """Other content of the same length, with the time of before."""
    file = site / "style.css"
    before = file.stat()
    file.write_text(FILES["style.css"].replace("#000", "#ddd"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def link_elsewhere(site: Path) -> None:
    (site / "linked.css").unlink()
    (site / "linked.css").symlink_to("target2.css")


def let_in(site: Path) -> None:
    """What a link led to outside the site is a file in it now."""
    (site / "refused.js").unlink()
    shutil.copy(site.parent / "outside.js", site / "refused.js")


def font(site: Path) -> None:
    fonts = (path for folder in ("/usr/share/fonts", "/usr/local/share/fonts") for path in Path(folder).rglob("*.ttf"))
    shutil.copy(next(fonts), site / "other.ttf")


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    # What is changed, and a word of what is found now.
    "a declaration in a style sheet": (write("style.css", FILES["style.css"].replace("#000", "#ddd")), 'class="plain"'),
    "a style sheet whose time is set back": (set_back, 'class="plain"'),
    "a style sheet that one imports that is imported": (write("deep/second.css", ".deep { color: #ddd }"), 'class="deep"'),
    "a style sheet by a path with two dots": (write("dots.css", ".dots { color: #ddd }"), 'class="dots"'),
    "the file that a link leads to": (write("target.css", ".linked { color: #ddd }"), 'class="linked"'),
    "a link": (link_elsewhere, 'class="linked"'),
    "a link that led out of the site": (let_in, "#refused"),
    "a picture": (write("picture.svg", svg(2)), "#picture-changed"),
    "a picture with a query": (write("query.svg", svg(2)), "#query-changed"),
    "a picture that was not there": (write("missing.svg", svg(2)), "#missing-changed"),
    "a picture that is chosen by width": (write("wide.svg", svg(2)), "#set-changed"),
    "a script": (write("app.js", "addEventListener('load', () => show('app'))"), "#app"),
    "a script that was not there": (write("later.js", "addEventListener('load', () => show('later'))"), "#later"),
    "a module that another imports": (write("imported.js", "show('imported')"), "#imported"),
    "a worker": (write("worker.js", "postMessage('worker')"), "#worker"),
    "what a worker imports": (write("work.js", "self.told = 'work'"), "#work"),
    "a shared worker": (write("shared.js", "onconnect = event => event.ports[0].postMessage('shared')"), "#shared"),
    "what a shared worker imports": (write("share.js", "self.told = 'share'"), "#share"),
    "data": (write("data.json", '{"show": true}'), "#data"),
    "a font": (font, "#font"),
    "a frame": (write("frame.html", FILES["frame.html"].replace("<p>", "<button id=framed></button><p>")), 'id="framed"'),
    "a style sheet of a frame": (write("frame.css", "p { color: #ddd }"), "<p>"),
    "a frame that is a folder's": (
        write("sub/index.html", FILES["sub/index.html"].replace("<p>", "<button id=of-folder></button><p>")),
        'id="of-folder"',
    ),
    "captions": (write("captions.vtt", FILES["captions.vtt"] + "\n00:01.000 --> 00:02.000\nTwo\n"), "#captions-changed"),
    "a sound": (lambda site: write("sound.wav", sound(1))(site), "#sound-changed"),
    "the page": (write("page.html", PAGE.replace("</main>", "<button id=own></button></main>")), "#own"),
}


class Looked(Exception):
    """A page is to be looked at in a browser."""


@pytest.mark.parametrize("what", [what for what in CHANGES if what != "the page"])
def test_after_a_change_of_whatever_a_page_is_made_of_it_is_looked_at(
    what: str, copied: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each part alone; where nothing has changed it is not looked at."""

    def begin(_worker: session.Worker, page: Page) -> Any:
        raise Looked(page.name)

    # The first that is done with a page that is not known: neither a browser nor a tab is begun for it.
    monkeypatch.setattr(session.Worker, "read_facts", begin)
    monkeypatch.setattr(session.Worker, "work", lambda *_: None)
    assert recalled(look(ResultCache(copied.cache), names=("site/page.html",))) == (1, 1)

    CHANGES[what][0](copied.site)
    settle()

    with pytest.raises(Looked, match=r"site/page\.html"):
        look(ResultCache(copied.cache), names=("site/page.html",))


@pytest.mark.parametrize("remainder", [0, 1])
def test_what_has_changed_is_found(remainder: int, copied: Made) -> None:
    """Of whatever a page is made of, among other changes that show elsewhere."""
    by_place: dict[str, list[Callable[[Path], None]]] = {}
    for what, (change, found) in CHANGES.items():
        if what != "the page":
            by_place.setdefault(found, []).append(change)
    assert {len(changes) for changes in by_place.values()} == {1, 2}
    for changes in by_place.values():
        changes[remainder % len(changes)](copied.site)
    settle()

    report = look(ResultCache(copied.cache), names=("site/page.html",))

    shown = [f"{finding.place.selector} {finding.place.html}" for finding in report.findings]
    assert [found for found in by_place if not any(found in place for place in shown)] == []
    assert recalled(report)[1] == 0


def test_a_change_that_one_cell_alone_shows_is_seen(copied: Made) -> None:
    """Though it is not the first, and another picture stands there in the others."""
    settings, names = replace(SETTINGS, cells=((1280, "light", False), (320, "light", False))), ("site/page.html",)
    look(ResultCache(copied.cache), settings, names)
    write("narrow.svg", svg(2))(copied.site)
    settle()

    report = look(ResultCache(copied.cache), settings, names)

    assert any("#set-changed" in str(finding.place.selector) for finding in report.findings)
    assert recalled(report)[1] == 0


def test_a_change_of_one_page_leaves_the_others_known(copied: Made) -> None:
    """The check that knows earlier results finds what one finds that knows none."""
    change, found = CHANGES["the page"]
    change(copied.site)
    settle()

    report = look(ResultCache(copied.cache))

    assert any(found in f"{finding.place.selector} {finding.place.html}" for finding in report.findings)
    assert recalled(report)[1] == 1
    assert told(report) == told(look(None))


# -- what else a result depends on -----------------------------------------------------------------------------------------

OTHER_OPTIONS: dict[str, dict[str, Any]] = {
    "cells": {"cells": [Cell(1280, 801)]},
    "forced colours": {"cells": [Cell(1280, 800, forced_colours=True)]},
    "axe": {"core": axe.Core(axe.packaged().source + " ", axe.packaged().version)},
    "best practices": {"choice": axe.Choice(best_practices=True)},
    "axe's rules alone": {"choice": axe.Choice(only=frozenset({"image-alt"}))},
    "more of axe's rules": {"choice": axe.Choice(on=frozenset({"image-alt"}))},
    "fewer of axe's rules": {"choice": axe.Choice(off=frozenset({"image-alt"}))},
    "what is left out": {"exclusions": Exclusions([Exclusion("img", "seen")])},
    "where it is left out": {"exclusions": Exclusions([Exclusion("img", "seen", "en/*")])},
    "what is waited for": {"wait_for": "main"},
    "origins": {"origins": ["https://cdn.example.org"]},
    "patience": {"patience": 5},
    "our rules": {"rules": LIVE_RULES[:1]},
    "what they are worth": {"rules": [replace(LIVE_RULES[0], severity=Severity.REVIEW)]},
    "their gates": {"rules": [replace(LIVE_RULES[0], gate=lambda _live: True)]},
    "no axe": {"runs_axe": False},
    "structures": {"structures": {}},
}


def test_each_way_to_look_has_results_of_its_own(tmp_path: Path) -> None:
    """Whatever the options say."""

    def how(**given: Any) -> Any:
        return recall._how(Session(tmp_path, Report(), Options(**{"cells": [Cell(1280, 800)], **given})))

    assert how() == how()

    ways = [how(), *(how(**given) for given in OTHER_OPTIONS.values())]

    assert len({result_cache.key_of(way) for way in ways}) == len(ways)
    known = {"pictures", "credentials", "keeper", "recall", "among", "levels"}  # of these no visit depends on any
    told = {name for given in OTHER_OPTIONS.values() for name in given}
    assert told | known == {one.name for one in fields(Options)}


def test_rules_of_somebody_else_are_asked_each_time(tmp_path: Path) -> None:
    """Nobody knows what they look at."""
    foreign = replace(LIVE_RULES[0], check=lambda _live: [])

    assert recall._how(Session(tmp_path, Report(), Options(rules=[foreign]))) is None


def test_a_browser_is_known_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the scripts that start it, and with what lies beside it; by no more than a look at files."""
    monkeypatch.setattr(recall, "_LEAST_BROWSER", 10)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_given: pytest.fail("a program was started"))
    program, data = tmp_path / "opt/chrome/chrome", tmp_path / "opt/chrome/icudtl.dat"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"\x7fELF a browser")
    data.write_bytes(b"data")
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(f'#!/bin/sh\nexec {tmp_path}/opt/chrome/$NAME/../chrome "$@"\nexec {program} "$@"\n')
    for file in (program, wrapper):
        file.chmod(0o755)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(wrapper))

    def now() -> str:
        told = recall.browser_now(Files())
        assert told
        return result_cache.key_of(told)

    seen = [now(), now()]
    assert seen[0] == seen[1]
    program.write_bytes(b"\x7fELF a Browser")
    seen.append(now())
    data.write_bytes(b"more data")
    seen.append(now())
    wrapper.write_text(wrapper.read_text() + "# changed\n")
    seen.append(now())
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(program))
    seen.append(now())
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/other.conf")
    seen.append(now())

    assert len({*seen}) == 6


def test_a_browser_that_cannot_be_found_in_its_script_is_known_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it tells none, nothing is told again."""
    wrapper = tmp_path / "wrapper"
    wrapper.write_text("#!/bin/sh\necho Chromium 156.0.1.2\n")
    wrapper.chmod(0o755)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(wrapper))
    assert "Chromium 156.0.1.2" in str(recall.browser_now(Files()))

    wrapper.write_text("#!/bin/sh\nexit 1\n")
    assert recall.browser_now(Files()) is None

    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "no-such-browser")
    assert recall.browser_now(Files()) is None


def test_fonts_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new one, and one that was replaced, may change every page's looks."""
    monkeypatch.setattr(recall, "_FONT_FOLDERS", (str(tmp_path),))
    seen = []
    for content in (b"", b"font", b"a font"):
        (tmp_path / "own.ttf").write_bytes(content)
        recall._fonts.cache_clear()
        seen.append(recall._fonts())
    recall._fonts.cache_clear()

    assert len({*seen}) == 3


# -- what is not kept ------------------------------------------------------------------------------------------------------

PLAIN = '<!doctype html><html lang="en"><title>{name}</title>{head}<main><h1>{name}</h1><p>Words</p></main></html>'
FAST = Settings(cells=((1280, "light", False),), only=frozenset({"axe/image-alt", "axe/button-name"}), wait_for="main")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[int, int]]]:
    """Checks pages with these heads twice; tells each time of how many the results were told again."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()

    def look_twice(
        heads: dict[str, str], settings: Settings = FAST, meanwhile: Callable[[ResultCache], None] = lambda _: None
    ) -> Any:
        for name, head in heads.items():
            (tmp_path / "site" / name).write_text(PLAIN.format(name=name, head=head), "utf-8")
        settle()
        told_again = []
        for _ in range(2):
            cache = ResultCache(tmp_path / "cache")
            meanwhile(cache)
            told_again.append(recalled(look(cache, settings, ("site",))))
        return told_again

    return look_twice


def test_what_could_not_be_looked_at_is_looked_at_again(here: Callable[..., Any]) -> None:
    """A page whose style sheet is not there is unfinished each time; the others are known."""
    first, second = here({"a.html": "", "b.html": '<link rel="stylesheet" href="none.css">'})

    assert (first, second) == ((0, 0), (2, 1))
    report = look(ResultCache(Path("cache")), FAST, ("site",))
    assert [one.page for one in report.unfinished] == ["site/b.html"]


def test_a_check_that_is_ended_in_the_middle_has_kept_what_it_had(
    here: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the last pages: whether those that were open meanwhile have asked for what they need is not known yet."""
    monkeypatch.setattr(recall, "_PAGES_AT_ONCE", 2)
    monkeypatch.setattr(recall.LiveRecall, "end", lambda _recall: None)

    assert here({f"{name}.html": "" for name in "abcdef"}) == [(0, 0), (6, 4)]


def test_what_is_kept_as_it_goes_depends_on_no_more_than_at_the_end(
    here: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of one page leaves all others known, though several were open at the same time; a shared file's none."""
    monkeypatch.setattr(recall, "_PAGES_AT_ONCE", 1)
    settings = replace(FAST, workers=2)
    style = '<link rel="stylesheet" href="style.css">'
    Path("site/style.css").write_text("p { color: #000 }", "utf-8")
    assert here({f"{name}.html": style for name in "abcdef"}, settings) == [(0, 0), (6, 6)]

    Path("site/c.html").write_text(PLAIN.format(name="c", head=style + "<!-- new -->"), "utf-8")
    settle()
    assert recalled(look(ResultCache(Path("cache")), settings, ("site",))) == (5, 5)
    Path("site/style.css").write_text("p { color: #111 }", "utf-8")
    settle()
    assert recalled(look(ResultCache(Path("cache")), settings, ("site",))) == (6, 0)


def test_what_came_from_another_origin_is_asked_for_again(here: Callable[..., Any]) -> None:
    """Nobody knows what it gives the next time; of an origin from which nothing is loaded, nothing is to be known."""

    with answering({"/a.js": Answer("", kind="text/javascript")}) as origin:
        script = f'<script src="{origin}/a.js"></script>'
        assert here({"a.html": script, "b.html": ""}, replace(FAST, origins=(origin,))) == [(0, 0), (2, 1)]
        assert here({"a.html": script, "b.html": ""}) == [(2, 0), (2, 2)]


def test_what_has_changed_since_the_check_began_is_looked_at_again(here: Callable[..., Any]) -> None:
    """It may have been looked at before it changed."""

    def began_long_ago(cache: ResultCache) -> None:
        cache.files.began = 0

    assert here({"a.html": ""}, meanwhile=began_long_ago) == [(0, 0), (1, 0)]


def test_where_a_page_leads_is_judged_each_time(here: Callable[..., Any]) -> None:
    """By the pages of that check: what is known of a page is what it does, and not whether that is in order."""
    heads = {"a.html": "<script>location = 'b.html'</script>", "b.html": ""}
    assert here(heads) == [(0, 0), (2, 2)]

    alone = look(ResultCache(Path("cache")), FAST, ("site/a.html",))

    assert recalled(alone) == (1, 1)
    assert told(alone) == told(look(None, FAST, ("site/a.html",)))
    assert "leads readers on" in str(alone.unfinished)


@pytest.mark.parametrize("most", [1, 1_000])
def test_what_is_the_same_of_several_pages_is_told_of_each(
    here: Callable[..., Any], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many different results there are, and whatever is said of one of the pages besides."""
    monkeypatch.setattr(recall, "_MOST_ALIKE", most)
    leading = "<script>location = 'z.html'</script>"
    heads = {"a.html": leading, "b.html": "", "c.html": leading, "d.html": "<img src=x>", "e.html": "", "z.html": ""}
    assert here(heads) == [(0, 0), (6, 6)]
    pages = tuple(f"site/{name}" for name in heads if name != "z.html")

    visits: list[dict[int, session.Visit]] = []
    known = recall.LiveRecall.known

    def noted(self: recall.LiveRecall, pages: Sequence[Page]) -> dict[int, session.Visit]:
        visits.append(known(self, pages))
        return visits[-1]

    monkeypatch.setattr(recall.LiveRecall, "known", noted)

    again = look(ResultCache(Path("cache")), FAST, pages)

    assert recalled(again) == (5, 5)
    assert [len(visit.reasons) for visit in visits[0].values()] == [1, 0, 1, 0, 0]
    assert told(again) == told(look(None, FAST, pages))
    assert [(one.page, "leads readers on" in str(one.reason)) for one in again.unfinished] == [
        ("site/a.html", True),
        ("site/c.html", True),
    ]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page that was looked at, and the cache that knows what came of it."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "site").mkdir()
    (folder / "site/a.html").write_text(PLAIN.format(name="a", head=""), "utf-8")
    settle()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        again = [recalled(look(ResultCache(folder / "cache"), FAST, ("site",))) for _ in range(2)]
    assert again == [(0, 0), (1, 1)]
    return folder


@pytest.mark.parametrize("odd", ["", "{", "[]", "[" * 200_000, '{"outcomes": 1}', 5, None])
def test_a_result_that_cannot_be_read_is_no_result(
    known: Path, odd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else has put it into the cache; the page is looked at, and it is told."""
    shutil.copytree(known, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    get = ResultCache.get

    def other(cache: ResultCache, *key: Any) -> Any:
        told = get(cache, *key)
        return {**told, "visit": odd} if isinstance(told, dict) and "visit" in told else told

    monkeypatch.setattr(ResultCache, "get", other)
    cache = ResultCache(Path("cache"))
    report = check(gather(["site"], cache=cache), FAST, cache=cache)
    cache.save()

    assert recalled(report) == (1, 0)
    assert "is damaged; what could not be read was looked at anew" in str(cache.notes)


def test_pictures_are_known_too(here: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that shows what was found needs no browser either where nothing has changed."""
    settings = replace(FAST, pictures=True)
    assert here({"a.html": "<style>img { width: 9em; height: 9em }</style><img src=x>"}, settings) == [(0, 0), (1, 1)]
    before = look(None, settings, ("site",))
    monkeypatch.setattr("a11ynews.live.hand.launched", lambda: pytest.fail("a browser was started"))

    report = look(ResultCache(Path("cache")), settings, ("site",))

    assert len(before.pictures) == 1
    assert told(report) == told(before)
