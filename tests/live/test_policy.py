"""The pages under the Content-Security-Policy that is offered with them: nothing of theirs is refused, all else is."""

import io
import mimetypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from a11ynews.article import BodyBlock
from a11ynews.headers import headers_of
from project import CONFIG, Project
from records import YAML
from servers import Answer, answering

mimetypes.add_type("text/vtt", ".vtt")
mimetypes.add_type("image/webp", ".webp")


def sound(seconds: float = 0.5) -> bytes:
    """A WAV file; Chromium plays it as a film, too."""
    data = bytes(int(8000 * seconds))
    start = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(start) + len(data)) + start + data


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 500), (20, 120, 60)).save(out, kind)
    return out.getvalue()


FILES = {
    "room.jpg": picture(),
    "line.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="8"><path d="M0 4h80" stroke="red"/></svg>',
    "opening.mp4": sound(),
    "speech.mp3": sound(),
    "opening.en.vtt": b"WEBVTT\n\n00:00.000 --> 00:09.000\nWelcome back.\n",
    "opening.pt.vtt": b"WEBVTT\n\n00:00.000 --> 00:09.000\nBem-vindos.\n",
}


@dataclass
class Heard:
    """What a browser has said while pages were open."""

    violations: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Why an address did not come, by the address."""
    console: list[str] = field(default_factory=list)

    def came(self, address: str) -> None:
        """
        Something has come that may have been given up before.

        Chromium asks for a film's still as soon as it reads ahead of itself, gives that up where it has read the page before the
        still is there, and asks anew.
        """
        if self.failed.get(address) == "net::ERR_ABORTED":
            del self.failed[address]


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A site as a host serves it that sends our headers, and its base address."""
    values = dict(headers_of("https://news.example.org/").values)
    answers = {
        f"/{file.relative_to(site).as_posix()}": Answer(
            file.read_bytes(), kind=mimetypes.guess_type(file.name)[0] or "application/octet-stream", headers=values
        )
        for file in site.rglob("*")
        if file.is_file()
    }
    with answering({**answers, "/favicon.ico": Answer(status=204)}) as base:
        yield base


@contextmanager
def listening(browser: Browser) -> Iterator[tuple[Page, Heard]]:
    """A tab that notes what it hears of."""
    heard = Heard()
    context = browser.new_context()
    context.expose_binding("__violated", lambda _source, told: heard.violations.append(told))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => __violated(`${e.violatedDirective} ${e.blockedURI}`), true);"
    )
    tab = context.new_page()
    tab.on("console", lambda message: heard.console.append(message.text))
    tab.on("requestfailed", lambda request: heard.failed.update({request.url: str(request.failure)}))
    tab.on("requestfinished", lambda request: heard.came(request.url))
    try:
        yield tab, heard
    finally:
        context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose record has every kind of block."""
    project = Project(tmp_path_factory.mktemp("policy"), CONFIG)
    project.write("news/room/record.yaml", YAML)
    for name, content in FILES.items():
        project.write(f"news/room/{name}", content)
    outcome = project.render()
    assert [path.rpartition("/")[0] for path in outcome.written] == ["en"]
    return project.root / "site"


PLAYED = """async () => {
  document.querySelectorAll('details').forEach((d) => { d.open = true; });
  document.querySelectorAll('img').forEach((i) => { i.loading = 'eager'; });
  const media = [...document.querySelectorAll('video, audio')];
  for (const one of media) { one.muted = true; await one.play(); }
  for (const track of document.querySelector('video').textTracks) track.mode = 'showing';
  const until = Date.now() + 5000;
  const tracks = [...document.querySelectorAll('track')];
  const ready = () => tracks.every((t) => t.readyState === 2) && [...document.images].every((i) => i.complete);
  while (!ready() && Date.now() < until) await new Promise((go) => setTimeout(go, 20));
  return {
    pictures: [...document.images].map((i) => i.naturalWidth > 0),
    media: media.map((one) => one.readyState > 1 && !one.error),
    captions: [...document.querySelector('video').textTracks].map((t) => t.cues.length),
    rules: document.styleSheets[0].cssRules.length,
    paper: getComputedStyle(document.body).backgroundColor,
  };
}"""


def test_every_kind_of_block_works_under_the_policy(browser: Browser, site: Path) -> None:
    """Pictures, films, sounds, captions and the style sheet of a page with everything load, and no violation is reported."""
    text = (site / "en" / "reading-room.html").read_text("utf-8")
    kinds = [kind.__args__[0].__name__.removesuffix("Block").lower() for kind in BodyBlock.__args__[0].__args__]  # type: ignore[attr-defined]
    with served(site) as base, listening(browser) as (tab, heard):
        tab.goto(f"{base}/en/reading-room.html")
        found: dict[str, Any] = tab.evaluate(PLAYED)

    assert {"paragraph", "table", "video", "audio", "info", "contact"} <= set(kinds)
    assert all(f"{kind}:" in YAML for kind in kinds)
    assert found["pictures"] == [True, True]
    assert found["media"] == [True, True]
    assert found["captions"] == [1, 1]
    assert found["rules"] > 20
    assert found["paper"] not in ("", "rgba(0, 0, 0, 0)")
    assert 'type="application/ld+json"' in text
    assert heard.violations + heard.console == []
    assert heard.failed == {}


@pytest.mark.parametrize(
    ("fragment", "directive"),
    [
        ("<script>document.title = 'ran'</script>", "script-src-elem inline"),
        ("<p style='color: red'>x</p>", "style-src-attr inline"),
        ("<style>p { color: red }</style>", "style-src-elem inline"),
        ("<img src=x onerror=\"document.title = 'ran'\">", "script-src-attr inline"),
        ("<img src='http://127.0.0.1:9/pixel.gif'>", "img-src http://127.0.0.1:9/pixel.gif"),
        ("<iframe src='/en/reading-room.html'></iframe>", "frame-src"),
        ("<link rel=stylesheet href='http://127.0.0.1:9/a.css'>", "style-src-elem http://127.0.0.1:9/a.css"),
        ("<object data='/line.svg'></object>", "object-src"),
        ("<base href='http://127.0.0.1:9/'>", "base-uri http://127.0.0.1:9"),
        ("<video src='http://127.0.0.1:9/a.mp4'></video>", "media-src http://127.0.0.1:9/a.mp4"),
    ],
)
def test_what_is_none_of_ours_is_refused(browser: Browser, fragment: str, directive: str) -> None:
    """Should markup ever get into a page, the browser refuses it: and so does this test hear of violations."""
    values = dict(headers_of("https://news.example.org/").values)
    page = f"<!doctype html><title>quiet</title>{fragment}"
    with (
        answering({"/": Answer(page, headers=values), "/x": Answer(status=404)}) as base,
        listening(browser) as (tab, heard),
    ):
        tab.goto(base)
        tab.wait_for_timeout(50)
        assert tab.title() == "quiet"

    assert any(told.startswith(directive) for told in heard.violations), heard.violations
