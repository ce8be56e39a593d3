"""Video, sound and frames: what stands for them when they are not seen or heard."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
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

    Bad: `<section><audio src="talk.mp3" controls></audio></section><p>In the night of Monday the river rose by two metres. At
    the bridge the water stood as high as the first floor, and nobody slept. In the morning the rain stopped, and all came.</p>`
    Good: `<section><audio src="talk.mp3" controls></audio> <a href="/talk">Transcript of the talk</a></section>`
    Good: `<figure lang="de"><audio src="a.mp3" controls></audio><figcaption>Mit <a href="/a">Abschrift</a></figcaption></figure>`
    """
    for audio in page.exposed("audio"):
        near = next(audio.iterancestors("figure", "section", "article", "main", "body"), page.tree)
        if not _TRANSCRIPT.search(page.text_of(near)) and _could_hold_a_transcript(page):
            yield (
                audio,
                say(
                    "the sound {address} has no transcript that is named so near it; link to one if words are spoken",
                    address=_address(audio),
                ),
            )


_FEW_WORDS = 8


def _could_hold_a_transcript(page: Page) -> bool:
    """Whether a page has, besides headings, more than a few words or a link to a transcript: it may be among them."""
    body = page.tree.find("body")
    headings = {heading for _, heading in page.headings}
    told = [
        run.words
        for run in ([] if body is None else page.words_in(body))
        if run.element not in headings
        and not headings.intersection(run.element.iterancestors())
        and not page.is_hidden(run.element)
    ]
    words = " ".join(told)
    return len(words.split()) > _FEW_WORDS or bool(_TRANSCRIPT.search(words))


@rule("transcript-missing", on=Page, severity=Severity.WARNING, wcag=("1.2.1",), act=("2eb176",), owner=Owner.EDITOR)
def transcript_missing(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A page that has little more than a sound has a link to what is said in it.

    On such a page there can be no transcript. Where a page has more text, a person must look: that is audio-transcript.

    Bad: `<h1>The talk</h1><audio src="talk.mp3" controls></audio>`
    Good: `<h1>The talk</h1><audio src="talk.mp3" controls></audio> <a href="/talk">Transcript</a>`
    Good: `<h1 lang="it">Il discorso</h1><audio src="talk.mp3" controls></audio> <a href="/talk">Trascrizione</a>`
    Good: `<audio src="talk.mp3"></audio>`
    """
    for audio in page.exposed("audio"):
        if ("controls" in audio.attrib or "autoplay" in audio.attrib) and not _could_hold_a_transcript(page):
            yield (
                audio,
                say(
                    "the sound {address} has no transcript on this page; link to one if words are spoken", address=_address(audio)
                ),
            )


@rule("video-transcript", on=Page, severity=Severity.WARNING, wcag=("1.2.8",), act=("1a02b0",), owner=Owner.EDITOR)
def video_transcript(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A page that has little more than a video has a link to what is said and shown in it.

    Who neither sees nor hears it reads that, with the fingers on a line of Braille. Level AAA asks for it.

    Bad: `<h1>The flood</h1><video src="flood.mp4" controls></video>`
    Good: `<h1>The flood</h1><video src="flood.mp4" controls></video> <a href="/text">Transcript</a>`
    Good: `<h1 lang="de">Hochwasser</h1><video src="flood.mp4" controls></video> <a href="/text">Abschrift</a>`
    Good: `<video src="rain.mp4" muted loop></video>`
    """
    for video in page.exposed("video"):
        if "controls" in video.attrib and "muted" not in video.attrib and not _could_hold_a_transcript(page):
            yield (
                video,
                say(
                    "the video {address} has no transcript on this page; link to one that says what is shown, too",
                    address=_address(video),
                ),
            )


_SOUND = re.compile(r"\.(?:aac|m4a|mp3|oga|ogg|opus|wav)(?:[?#]|\Z)", re.IGNORECASE)


@rule("audio-link", on=Page, severity=Severity.REVIEW, wcag=("1.2.1",), owner=Owner.EDITOR)
def audio_link(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Beside a link to a sound there is one to what is said in it.

    A person must look whether the text beside it is one, and whether anything is said at all.

    Bad: `<p><a href="/interview.mp3">Listen to the interview</a> with the mayor of the village, made on the morning after</p>`
    Bad: `<p lang="de"><a href="/gespraech.mp3">Das Gespräch hören</a>, das wir am Morgen mit ihr an der Brücke geführt haben</p>`
    Good: `<p><a href="/interview.mp3">Listen to the interview</a>, or read its <a href="/interview">transcript</a></p>`
    """
    for link in _sounds_without_transcript(page):
        if _could_hold_a_transcript(page):
            yield (
                link,
                say(
                    "the link {words} leads to a sound, and no transcript is named near it; link to one if words are spoken",
                    words=excerpt(page.name_of(link)),
                ),
            )


@rule("audio-link-alone", on=Page, severity=Severity.WARNING, wcag=("1.2.1",), owner=Owner.EDITOR)
def audio_link_alone(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A page that has little more than a link to a sound has one to what is said in it.

    On such a page there can be no transcript. Where a page has more text, a person must look: that is audio-link.

    Bad: `<h1>The flood</h1><a href="interview.mp3">Listen to the interview</a>`
    Bad: `<h1 lang="it">Alluvione</h1><a href="intervista.mp3">Ascolta l’intervista</a>`
    Good: `<h1>The flood</h1><a href="interview.mp3">Listen to the interview</a> <a href="/text">Transcript</a>`
    Good: `<h1 lang="de">Hochwasser</h1><a href="a.mp3" download>Gespräch</a>`
    """
    for link in _sounds_without_transcript(page):
        if not _could_hold_a_transcript(page):
            yield (
                link,
                say(
                    "the link {words} leads to a sound, and the page has no transcript; link to one if words are spoken",
                    words=excerpt(page.name_of(link)),
                ),
            )


def _sounds_without_transcript(page: Page) -> Iterator[HtmlElement]:
    """The links to sounds near which no transcript is named."""
    for link in page.links:
        if _SOUND.search(link.get("href") or "") and "download" not in link.attrib:
            near = next(link.iterancestors("figure", "section", "article", "main", "body"), page.tree)
            if not _TRANSCRIPT.search(page.text_of(near)):
                yield link


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


@rule("autoplay-sound", on=Page, severity=Severity.WARNING, wcag=("1.4.2",), act=("80f0bf", "4c31df"))
def autoplay_sound(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    A sound that begins by itself can be stopped.

    Nothing on the page stops it: it has no controls, and there is no button. If it can be, by itself, at an end within three
    seconds, all is well.

    Bad: `<p>Welcome</p><audio src="a.mp3" autoplay></audio>`
    Good: `<p>Welcome</p><audio src="a.mp3" autoplay controls></audio>`
    Good: `<p>Benvenuti</p><audio src="a.mp3" autoplay></audio><button onclick="stop()">Stop</button>`
    """
    buttons = any(page.role_of(stop) == "button" for stop in page.stops) or page.tagged("script")
    for player in page.tagged("audio"):
        stoppable = buttons or {"muted", "controls"}.intersection(player.attrib) or _is_short(player)
        if "autoplay" in player.attrib and not stoppable:
            yield (
                Attribute(player, "autoplay"),
                say("the sound {address} begins by itself and cannot be stopped; take autoplay away", address=_address(player)),
            )


_PART = re.compile(r"#t=(?:npt:)?(\d+(?:\.\d+)?)?,(\d+(?:\.\d+)?)\Z")


def _is_short(player: HtmlElement) -> bool:
    """Whether the address asks for no more than three seconds of what is played: `a.mp3#t=8,10`."""
    source = player.get("src") or next((one.get("src") for one in player.iter("source") if one.get("src")), "") or ""
    part = _PART.search(source)
    return bool(part and "loop" not in player.attrib and float(part[2]) - float(part[1] or 0) <= 3)


@rule("frame-same-title", on=Page, severity=Severity.REVIEW, wcag=("4.1.2",))
def frame_same_title(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Frames that are called the same show the same.

    They may do so from two addresses: a person must look.

    Bad: `<iframe src="/a" title="Map"></iframe><iframe src="/b" title="Map"></iframe>`
    Good: `<iframe src="/a" title="Map of the valley"></iframe><iframe src="/b" title="Map of the town"></iframe>`
    Good: `<iframe src="/a" title="Karte"></iframe><iframe src="/a" title="Karte"></iframe>`
    """
    first: dict[str, str] = {}
    for frame in page.exposed("iframe"):
        name, address = page.name_of(frame).casefold(), page.resolve(frame.get("src") or "").rstrip("/")
        if name and frame.get("src") and first.setdefault(name, address) != address:
            yield (
                frame,
                say(
                    "two frames with different addresses are called {name}; call them differently if they show different things",
                    name=excerpt(page.name_of(frame)),
                ),
            )


@rule("frame-focus", on=Page, wcag=("2.1.1",), act=("akn7bn",))
def frame_focus(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A frame with something to use in it can be reached by the keyboard.

    With a negative `tabindex` on it the keyboard passes over the frame and all that is in it.

    Bad: `<iframe tabindex="-1" title="Map" srcdoc="<a href='/map'>Map</a>"></iframe>`
    Good: `<iframe title="Map" srcdoc="<a href='/map'>Map</a>"></iframe>`
    Good: `<iframe tabindex="-1" title="Map" srcdoc="<h1>Map</h1>"></iframe>`
    """
    for frame in page.tagged("iframe"):
        inside = frame.get("srcdoc") or ""
        is_passed_over = (frame.get("tabindex") or "").strip().startswith("-") and page.is_rendered(frame)
        if is_passed_over and inside and Page(page.name, inside).stops:
            yield frame, say("the keyboard passes over the frame and what is in it; take its tabindex away")
