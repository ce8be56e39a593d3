"""Films and sounds in a browser: captions that can be used, and what stands for those who do not hear or see."""

import base64
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Finding, Severity
from a11ynews.live import axe, script
from a11ynews.live.cell import CELLS
from a11ynews.live.livepage import LivePage
from a11ynews.live.media import (
    audio_transcript_short,
    captions_file,
    captions_language,
    captions_times,
    film_captions,
    film_description,
    read_captions,
    silent_film,
)
from a11ynews.page import Page
from a11ynews.rule import Rule
from livepages import found, opened
from pages import whole
from servers import Answer, answering

RULES = (captions_file, captions_times, captions_language, film_captions, silent_film, film_description, audio_transcript_short)
RATE = 8000
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nRain\n"


def sound(seconds: float, *, loud: bool = True) -> bytes:
    """A sound, or silence, as a WAV file."""
    count = int(seconds * RATE)
    data = (b"\x10\xf0" if loud else b"\x80\x80") * (count // 2)
    head = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + count, b"WAVEfmt ", 16, 1, 1, RATE, RATE, 1, 8, b"data", count)
    return head + data


def address(data: bytes, kind: str = "audio/wav") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


LOUD, SILENT = address(sound(3)), address(sound(3, loud=False))


def film(src: str = LOUD, *tracks: str, attributes: str = "controls") -> str:
    """A film, with tracks that are given as kind, language and text."""
    told = "".join(
        f'<track kind="{kind}" srclang="{language}" src="{address(text.encode(), "text/vtt")}">'
        for kind, language, text in (track.split(" ", 2) for track in tracks)
    )
    return f'<video width="99" height="99" {attributes} src="{src}">{told}</video>'


@contextmanager
def served(tab: BrowserPage, answers: dict[str, Any]) -> Iterator[LivePage]:
    """The page that a server has at its root."""
    with answering(answers) as base:
        tab.goto(f"{base}/")
        page = Page(f"{base}/", tab.content())
        cdp = tab.context.new_cdp_session(tab)
        yield LivePage(page, tab, cdp, CELLS[0], lambda: tab.evaluate(script("settle.js"), [True, 5000]), lambda _: None)
        tab.goto("about:blank")


def examples() -> Iterator[Any]:
    """The examples in the helps of the rules."""
    for rule in RULES:
        for number, (kind, fragment) in enumerate(re.findall(r"^(Bad|Good): `(.*?)`", rule.help, re.MULTILINE | re.DOTALL), 1):
            yield pytest.param(rule, kind, " ".join(fragment.split()), id=f"{rule.id}-{kind}-{number}")


@pytest.mark.parametrize(("rule", "kind", "fragment"), list(examples()))
def test_an_example_is_what_its_rule_says(page: BrowserPage, rule: Rule[LivePage], kind: str, fragment: str) -> None:
    """Of every bad example the rule finds something, and of every good one nothing."""
    findings = found(rule, page, fragment)

    assert bool(findings) is (kind == "Bad"), [finding.message for finding in findings]
    assert all(re.fullmatch(r"[^;\n]+; [^\n]*[^.\n]", finding.message) for finding in findings)


def test_captions_are_read() -> None:
    """With notes, names, positions and markup; whatever ends the lines."""
    text = (
        "\ufeffWEBVTT – Flood\n\nNOTE by hand\nof mine\n\nSTYLE\n::cue { color: red }\n\nfirst\n00:01.000 --> 00:02.500 line:0\n"
        "<v Anna>The river\nrose</v>\n\n01:00:00.000 --> 01:00:01.000\nNobody <i>slept</i>\n"
    )
    for end in ("\n", "\r\n", "\r"):
        cues, faults = read_captions(text.replace("\n", end))

        assert faults == []
        assert [(cue.start, cue.end, cue.words, cue.line) for cue in cues] == [
            (1.0, 2.5, "The river rose", 10),
            (3600.0, 3601.0, "Nobody slept", 14),
        ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "it does not begin with “WEBVTT”"),
        ("<!doctype html>", "it does not begin with “WEBVTT”"),
        ("WEBVTTX\n", "it does not begin with “WEBVTT”"),
        ("1\n00:00:01,000 --> 00:00:02,000\nRain", "it does not begin with “WEBVTT”"),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nRain", "line 3 has no times as 00:00:01.000 --> 00:00:02.500"),
        ("WEBVTT\n\n00:01.000 --> 00:61.000\nRain", "line 3 has no times"),
        ("WEBVTT\n\n00:01.000-->00:02.000\nRain", "line 3 has no times"),
    ],
)
def test_captions_that_no_browser_reads(text: str, fault: str) -> None:
    """Other formats, and times in another form."""
    assert [str(one)[: len(fault)] for one in read_captions(text)[1]] == [fault]


def test_captions_that_are_not_there(page: BrowserPage) -> None:
    """Of the page's own site; of another one nothing is known."""
    tracks = "".join(
        f'<track kind="captions" srclang="en" src="{src}">'
        for src in ("/there.vtt", "/gone.vtt", "/page.vtt", "/empty.vtt", "http://127.0.0.1:1/a.vtt")
    )
    answers = {
        "/": whole(f'<video width="99" height="99" controls>{tracks}</video>'),
        "/there.vtt": Answer(CAPTIONS, kind="text/vtt"),
        "/page.vtt": "<p>not found</p>",
        "/empty.vtt": Answer("WEBVTT\n\n00:01.000 --> 00:02.000\n \n", kind="text/vtt"),
    }
    with served(page, answers) as live:
        findings = list(captions_file(live))

    assert [(finding.severity, finding.message) for finding in findings] == [
        (Severity.ERROR, "the captions “/gone.vtt” cannot be loaded; see that the file is there"),
        (
            Severity.ERROR,
            "the captions “/page.vtt”: it does not begin with “WEBVTT”; save it as WebVTT, as a browser reads nothing else",
        ),
        (Severity.ERROR, "the captions “/empty.vtt”: it holds no words; write what is said"),
    ]


def test_a_policy_that_lets_nothing_be_fetched(page: BrowserPage) -> None:
    """What cannot be looked at is not judged, and no rule breaks down."""
    policy = {"Content-Security-Policy": "default-src 'none'; media-src 'self'"}
    body = whole('<video width="99" height="99" controls src="/film.wav"><track kind="captions" src="/there.vtt"></video>')
    answers = {
        "/": Answer(body, headers=policy),
        "/there.vtt": Answer(CAPTIONS, kind="text/vtt"),
        "/film.wav": Answer(sound(3), kind="audio/wav"),
    }
    with served(page, answers) as live:
        assert [finding.message for rule in RULES for finding in rule(live)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("00:02.000 --> 00:01.000\nA", "in line 3 the caption ends before it begins"),
        ("00:02.000 --> 00:02.500\nA\n\n00:01.000 --> 00:01.500\nB", "in line 6 the caption begins before the one above it"),
        (
            "00:01.000 --> 00:02.000\nA\n\n00:09.000 --> 00:10.000\nB",
            "in line 6 the caption begins when the film of 3 seconds is over",
        ),
        ("00:01.000 --> 00:02.000\nA\n\n00:01.000 --> 00:03.500\nB", ""),
    ],
)
def test_times_of_captions(page: BrowserPage, text: str, fault: str) -> None:
    """In their order, and within the film."""
    messages = [finding.message for finding in found(captions_times, page, film(LOUD, f"captions en WEBVTT\n\n{text}"))]

    assert [fault in message for message in messages] == [True] * bool(fault)


SAID = {
    "en": "The river rose in the night, and nobody in the whole village had seen it coming.",
    "de": "Der Fluss stieg in der Nacht, und niemand im ganzen Dorf hatte es kommen sehen.",
    "it": "Il fiume è salito nella notte e nessuno in tutto il paese se ne era accorto.",
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("written", SAID)
def test_the_language_of_captions(page: BrowserPage, said: str, written: str) -> None:
    """Every pair of the three."""
    fragment = film(LOUD, f"captions {said} WEBVTT\n\n00:01.000 --> 00:02.000\n{SAID[written]}")

    assert bool(found(captions_language, page, fragment)) is (said != written)
    assert found(captions_language, page, fragment.replace(f'srclang="{said}"', f'srclang="{said}-!"')) == []


@pytest.mark.parametrize(
    ("fragment", "is_found"),
    [
        (film(), True),
        (film(SILENT), False),
        (film(LOUD, f"captions en {CAPTIONS}"), False),
        (film(LOUD, f"subtitles de {CAPTIONS}"), False),
        (film(LOUD, f"descriptions en {CAPTIONS}"), True),
        (film(attributes="controls muted"), False),
        (film(attributes='controls style="display: none"'), False),
        (film("data:video/mp4;base64,"), False),
        (f"{film()}<p>The video below says the same as this text.</p>", False),
        (f'{film()}<p style="display: none">The video below says the same as this text.</p>', True),
        (f'{film()}<p lang="de">Der Film zeigt dasselbe.</p>', False),
        (f'{film()}<p lang="it">Il filmato dice le stesse cose.</p>', False),
        (f'{film()}<p><a href="/text">Trascrizione</a></p>', False),
    ],
)
def test_films_that_can_be_heard_and_have_no_captions(page: BrowserPage, fragment: str, is_found: bool) -> None:
    """Unless they are silent, or the page says that they repeat its text."""
    assert bool(found(film_captions, page, fragment)) is is_found


@pytest.mark.parametrize(
    ("fragment", "is_found"),
    [
        (film(SILENT), True),
        (film(SILENT, f"descriptions en {CAPTIONS}"), True),
        (film(SILENT, attributes="autoplay loop"), False),
        (film(LOUD), False),
        (f"<h1>{'A heading of many words ' * 4}</h1>{film(SILENT)}", True),
        (f"{film(SILENT)}<p>The film shows how a rabbit climbs out of its hole.</p>", False),
        (f'{film(SILENT)}<p style="position: absolute; left: -9999px">The film shows how a rabbit climbs out of it.</p>', False),
        (f'{film(SILENT)}<p aria-hidden="true">The film shows how a rabbit climbs out of its hole.</p>', True),
        (f'{film(SILENT)}<a href="/t">Abschrift</a>', False),
        (f'{film(SILENT)}<audio controls src="{LOUD}"></audio>', False),
    ],
)
def test_silent_films_that_nothing_tells_of(page: BrowserPage, fragment: str, is_found: bool) -> None:
    """Words that are out of sight are heard; those of headings are too few."""
    assert bool(found(silent_film, page, fragment)) is is_found


@pytest.mark.parametrize(
    ("fragment", "is_found"),
    [
        (film(LOUD, f"descriptions en {CAPTIONS}"), True),
        (film(SILENT, f"descriptions en {CAPTIONS}"), False),
        (film(LOUD), False),
        (film(LOUD, f"descriptions en {CAPTIONS}") + film(LOUD), False),
        (film(LOUD, f"descriptions en {CAPTIONS}") + '<a href="/t">Transkript</a>', False),
        (film(LOUD, f"descriptions en {CAPTIONS}") + "<p>A rabbit climbs out of its hole and scratches itself.</p>", False),
    ],
)
def test_descriptions_that_nobody_hears(page: BrowserPage, fragment: str, is_found: bool) -> None:
    """Where they are the only alternative."""
    assert bool(found(film_description, page, fragment)) is is_found


TEN_WORDS = "Here is what the mayor has said of the flood."


@pytest.mark.parametrize(
    ("seconds", "before", "after", "is_found"),
    [
        (20, f"<p>{TEN_WORDS}</p>", "", True),
        (20, f"<p>{TEN_WORDS} {TEN_WORDS} {TEN_WORDS}</p>", "", False),
        (20, f'<p>{TEN_WORDS}</p><p style="text-indent: -9999px">{TEN_WORDS * 5}</p>', "", True),
        (20, f"<p>{TEN_WORDS}</p><p hidden>{TEN_WORDS * 5}</p>", "", True),
        (20, f"<p>{TEN_WORDS}</p>", '<a href="/t">Trascrizione</a>', False),
        (4, f"<p>{TEN_WORDS}</p>", "", False),
        (7, f'<p>A bell rings.</p><p style="text-indent: -9999px">{TEN_WORDS}</p>', "", False),
        (9, f'<p>A bell rings.</p><p style="text-indent: -9999px">{TEN_WORDS}</p>', "", True),
        (20, "", "", False),
    ],
)
def test_sounds_that_are_longer_than_the_text(page: BrowserPage, seconds: int, before: str, after: str, is_found: bool) -> None:
    """What is shown cannot hold what is said; where there is nothing at all, transcript-missing says so."""
    fragment = f'{before}<audio controls src="{address(sound(seconds))}"></audio>{after}'

    assert bool(found(audio_transcript_short, page, fragment)) is is_found
    if is_found:
        assert found(audio_transcript_short, page, fragment.replace("controls", "")) == []


def test_tracks_are_left_as_they_were(page: BrowserPage) -> None:
    """A rule switches none on."""
    found(captions_file, page, film(LOUD, f"captions en {CAPTIONS}"))

    assert page.evaluate("[...document.querySelectorAll('track')].map(one => one.track.mode)") == ["disabled"]


def test_a_page_without_a_body(page: BrowserPage) -> None:
    """No rule breaks down on it."""
    with opened(page, "<html><frameset></frameset></html>") as live:
        findings: list[Finding] = [finding for rule in RULES for finding in rule(live)]

    assert findings == []


@pytest.mark.parametrize(
    ("fragment", "is_spared"),
    [
        (film(SILENT), True),
        (film(LOUD), True),
        (film("data:video/mp4;base64,x"), False),
        (f"{film(LOUD)}<a href='/t'>Transcript</a>", False),
    ],
)
def test_what_is_heard_of_a_film_axe_need_not_ask_about(page: BrowserPage, fragment: str, is_spared: bool) -> None:
    """A film without sound needs no captions, and one that is told is told; of others a person is still asked."""
    node = axe.Node("video-caption", Severity.REVIEW, "", ("1.2.2",), (), ("video",), "<video>")
    with opened(page, fragment) as live:
        live.outcomes = {CELLS[0]: axe.Outcome((node.rule,), (node,))}
        list(film_captions(live))

        assert live.resolved == ({(CELLS[0], "video-caption", ("video",))} if is_spared else set())
