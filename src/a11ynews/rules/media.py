"""Video, sound and frames: what stands for them when they are not seen or heard."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import say
from ..page import Attribute, Page, excerpt
from ..rule import rule
from .language import tag_fault

_TRANSCRIPT = re.compile(
    r"transcri|transkript|abschrift|mitschrift|wortlaut|nachlesen|trascrizion|testo integrale", re.IGNORECASE
)


def _address(element: HtmlElement) -> str:
    """The address of what an element plays or shows."""
    source = next((one.get("src") for one in element.iter("source") if one.get("src")), "")
    return excerpt(element.get("src") or source or "")


@rule("video-captions", on=Page, severity=Severity.WARNING, wcag=("1.2.2",), owner=Owner.EDITOR)
def video_captions(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A video has captions.

    Who does not hear it reads what is said. A machine cannot tell a video without sound, nor captions that are part of the
    picture: hence a warning.

    Bad: `<video src="flood.mp4" controls></video>`
    Good: `<video src="flood.mp4" controls><track kind="captions" src="flood.vtt" srclang="en" label="English"></video>`
    Good: `<video src="rain.mp4" muted loop></video>`
    """
    for video in page.exposed("video"):
        captions = any((track.get("kind") or "").lower() == "captions" and track.get("src") for track in video.iter("track"))
        if not captions and "muted" not in video.attrib:
            yield (
                video,
                say(
                    'the video {address} has no captions; add <track kind="captions" srclang="…" src="….vtt">',
                    address=_address(video),
                ),
            )


@rule("track-language", on=Page, wcag=("3.1.2",), owner=Owner.EDITOR)
def track_language(page: Page) -> Iterator[tuple[HtmlElement | Attribute, str]]:
    """
    Captions and subtitles say their language.

    The player's menu and the reader's settings go by it.

    Bad: `<video src="a.mp4"><track kind="captions" src="a.vtt"></video>`
    Bad: `<video src="a.mp4"><track kind="captions" src="a.vtt" srclang="english"></video>`
    Good: `<video src="a.mp4"><track kind="captions" src="a.vtt" srclang="en" label="English"></video>`
    """
    for track in page.exposed("track"):
        if (track.get("kind") or "subtitles").lower() not in ("captions", "subtitles"):
            continue
        tag = track.get("srclang") or ""
        if not tag:
            yield (
                track,
                say('the track of captions or subtitles does not say its language; write it as srclang="…"'),
            )
        elif fault := tag_fault(tag):
            yield Attribute(track, "srclang"), fault


@rule("audio-transcript", on=Page, severity=Severity.REVIEW, wcag=("1.2.1",), owner=Owner.EDITOR)
def audio_transcript(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    What is said in a sound has a transcript.

    Looked for is the word, in English, German and Italian, in the same figure, section or article. A person must look whether it
    leads to one.

    Bad: `<section><audio src="talk.mp3" controls></audio></section>`
    Good: `<section><audio src="talk.mp3" controls></audio> <a href="/talk">Transcript of the talk</a></section>`
    Good: `<figure lang="de"><audio src="a.mp3" controls></audio><figcaption>Mit <a href="/a">Abschrift</a></figcaption></figure>`
    """
    for audio in page.exposed("audio"):
        near = next(audio.iterancestors("figure", "section", "article", "main", "body"), page.tree)
        if not _TRANSCRIPT.search(page.text_of(near)):
            yield (
                audio,
                say(
                    "the sound {address} has no transcript that is named so near it; link to one if words are spoken",
                    address=_address(audio),
                ),
            )


@rule("autoplay", on=Page, severity=Severity.REVIEW, wcag=("1.4.2",))
def autoplay(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    Nothing makes a sound by itself.

    It drowns the voice of the screen reader, and with it the way to the button that stops it. Up to three seconds are allowed.

    Bad: `<audio src="a.mp3" autoplay></audio>`
    Good: `<audio src="a.mp3" controls></audio>`
    Good: `<video src="a.mp4" autoplay muted></video>`
    """
    for player in page.tagged("audio", "video"):
        if "autoplay" in player.attrib and "muted" not in player.attrib:
            yield (
                Attribute(player, "autoplay"),
                say("{address} begins to play by itself; take autoplay away if it can be heard", address=_address(player)),
            )


@rule("frame-title", on=Page, wcag=("4.1.2",), act=("cae760",))
def frame_title(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Every frame has a title.

    It is what tells people whether to step into it.

    Bad: `<iframe src="https://map.example/"></iframe>`
    Good: `<iframe src="https://map.example/" title="Map of the valley"></iframe>`
    """
    for frame in page.exposed("iframe"):
        decoration = frame.get("role") in ("none", "presentation") or (frame.get("tabindex") or "").strip().startswith("-")
        if not page.name_of(frame) and not decoration:
            yield frame, say('the frame {address} has no title; say what is in it: title="…"', address=_address(frame))
