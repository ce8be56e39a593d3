"""Films and sounds: whether captions can be used, and whether there is anything for those who do not hear or see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..finding import Owner, Severity
from ..identify import count_letters, identify
from ..message import Message, language_name, say
from ..page import excerpt
from ..rule import rule
from ..rules.language import tag_fault
from ..rules.media import transcript_missing
from .livepage import Element, LivePage

_LIMITS = {"bytes": 30_000_000, "media": 6, "tracks": 8, "patience": 12_000}
_SILENCE = 0.0005
"""What is not louder than this from beginning to end is silence; people whisper fifty times louder."""
_FEW_WORDS = 8
_TRANSCRIPT = re.compile(
    r"transcri|transkript|abschrift|mitschrift|wortlaut|nachlesen|textfassung|text version|trascrizion|testo integrale"
    r"|versione testuale",
    re.IGNORECASE,
)


def _told(live: LivePage, *, sound: bool = False) -> dict[str, Any]:
    """What the page has of films and sounds; found out once for all rules. That one can hear them takes long to find out."""
    key = "sounds and films" if sound else "films"
    if key not in live.memory:
        has_any = live.page.tagged("video", "audio") or live.tab.evaluate("Boolean(document.querySelector('video, audio'))")
        nothing: dict[str, Any] = {"media": [], "seen": "", "heard": "", "links": [], "sounds": 0}
        live.memory[key] = live.see("media.js", {**_LIMITS, "sound": sound}) if has_any else nothing
    told: dict[str, Any] = live.memory[key]
    return told


def _tracks(live: LivePage, *kinds: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each film or sound with each of its tracks of some kinds."""
    for medium in _told(live)["media"]:
        for track in medium["tracks"]:
            if track["kind"] in kinds:
                yield medium, track


def _called(told: dict[str, Any]) -> str:
    """The address of a film or of a track, as a message quotes it; of one that holds the whole file, its kind."""
    address = str(told["address"])
    return excerpt(address.split(";")[0] if address.startswith("data:") else address)


# -- captions -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from when to when, in seconds, what is shown, and the line of the file on which its times stand."""

    start: float
    end: float
    words: str
    line: int


_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_MARKUP = re.compile(r"<[^<>]*>")


def read_captions(text: str) -> tuple[list[Cue], list[Message]]:
    """The cues of a WebVTT file, and what is wrong with the file: what is wrong; what to do."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return [], [say("it does not begin with “WEBVTT”; save it as WebVTT, as a browser reads nothing else")]
    cues: list[Cue] = []
    faults: list[Message] = []
    number = 1
    while number < len(lines):
        line = lines[number].strip()
        number += 1
        if line.startswith(("NOTE", "STYLE", "REGION")) and "-->" not in line:
            while number < len(lines) and lines[number].strip():
                number += 1
        elif "-->" in line:
            times = _TIMES.fullmatch(line)
            first = number
            while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
                number += 1
            if times is None:
                faults.append(say("line {line} has no times as 00:00:01.000 --> 00:00:02.500; correct them", line=first))
            else:
                start, end = (_seconds(times.groups()[at : at + 4]) for at in (0, 4))
                words = " ".join(_MARKUP.sub("", " ".join(lines[first:number])).split())
                cues.append(Cue(start, end, words, first))
    return cues, faults


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _faults(text: str) -> tuple[list[Cue], list[Message]]:
    cues, faults = read_captions(text)
    if not faults and not any(cue.words for cue in cues):
        faults.append(say("it holds no words; write what is said"))
    return cues, faults


@rule("captions-file", on=LivePage, wcag=("1.2.2",), owner=Owner.EDITOR, cost=10)
def captions_file(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A file of captions, subtitles or descriptions can be loaded and read, and there are words in it.

    Browsers read WebVTT only, and say nothing when they cannot: the menu offers captions, and none come.

    Bad: `<video width="99" height="99" controls><track kind="captions" srclang="en" src="data:text/vtt,1%0A00:00:01,000 --&gt;
      00:00:02,000%0ARain"></video>`
    Bad: `<video width="99" height="99" controls><track kind="captions" srclang="de" src="data:text/vtt,WEBVTT"></video>`
    Good: `<video width="99" height="99" controls><track kind="captions" srclang="en"
      src="data:text/vtt,WEBVTT%0A%0A00:01.000%20--%3E%2000:02.000%0ARain"></video>`
    """
    for _, track in _tracks(live, "captions", "subtitles", "descriptions"):
        address = _called(track)
        if track["text"] is None:
            if track["state"] == "failed":
                yield (
                    Element.of(track["element"]),
                    say("the {kind} {address} cannot be loaded; see that the file is there", kind=track["kind"], address=address),
                )
        elif faults := _faults(track["text"])[1]:
            yield (
                Element.of(track["element"]),
                say("the {kind} {address}: {fault}", kind=track["kind"], address=address, fault=faults[0]),
            )


@rule("captions-times", on=LivePage, wcag=("1.2.2",), severity=Severity.WARNING, owner=Owner.EDITOR, cost=5)
def captions_times(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Captions come in their order, and while the film lasts.

    Bad: `<video width="99" height="99" controls><track kind="captions" srclang="en"
      src="data:text/vtt,WEBVTT%0A%0A00:03.000%20--%3E%2000:02.000%0ARain"></video>`
    Good: `<video width="99" height="99" controls><track kind="captions" srclang="en"
      src="data:text/vtt,WEBVTT%0A%0A00:01.000%20--%3E%2000:02.000%0ARain"></video>`
    """
    for medium, track in _tracks(live, "captions", "subtitles", "descriptions"):
        cues, faults = _faults(track["text"] or "")
        if faults:
            continue
        if fault := _fault_of_times(cues, float(medium["seconds"])):
            yield (
                Element.of(track["element"]),
                say("the {kind} {address}: {fault}", kind=track["kind"], address=_called(track), fault=fault),
            )


def _fault_of_times(cues: list[Cue], seconds: float) -> Message | None:
    for before, cue in zip([None, *cues], cues, strict=False):
        if cue.end <= cue.start:
            return say("in line {line} the caption ends before it begins; correct its times", line=cue.line)
        if before and cue.start < before.start:
            return say("in line {line} the caption begins before the one above it; put them in order", line=cue.line)
        if seconds and cue.start >= seconds + 1:
            return say(
                "in line {line} the caption begins when the film of {seconds} seconds is over; is it for another one?",
                line=cue.line,
                seconds=round(seconds),
            )
    return None


@rule("captions-language", on=LivePage, wcag=("1.2.2", "3.1.2"), severity=Severity.WARNING, owner=Owner.TRANSLATOR, cost=5)
def captions_language(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Captions are in the language that their `srclang` names; where it names none, in that of the page.

    Bad: `<video width="99" height="99" controls><track kind="captions" srclang="de"
      src="data:text/vtt,WEBVTT%0A%0A00:01.000%20--%3E%2000:09.000%0AThe river rose in the night, and nobody in the whole
      village had seen it coming."></video>`
    Good: `<video width="99" height="99" controls><track kind="captions" srclang="en"
      src="data:text/vtt,WEBVTT%0A%0A00:01.000%20--%3E%2000:09.000%0AThe river rose in the night, and nobody in the whole
      village had seen it coming."></video>`
    """
    for _, track in _tracks(live, "captions", "subtitles", "descriptions"):
        said = str(track["language"] or live.page.language)
        if tag_fault(said):
            continue
        words = " ".join(cue.words for cue in read_captions(track["text"] or "")[0])
        found = identify(words, said, fewest=50)
        if found and found.contradicts(letters=count_letters(words)):
            yield (
                Element.of(track["element"]),
                say(
                    "the {kind} {address} are said to be {said} and look {found}; correct srclang, or put the right file there",
                    kind=track["kind"],
                    address=_called(track),
                    said=language_name(said),
                    found=language_name(found.language),
                ),
            )


# -- alternatives -------------------------------------------------------------------------------------------------------


def _is_silent(medium: dict[str, Any]) -> bool:
    return medium["peak"] is not None and float(medium["peak"]) <= _SILENCE


def _is_heard(medium: dict[str, Any]) -> bool:
    return medium["peak"] is not None and float(medium["peak"]) > _SILENCE and not medium["muted"]


def _has_transcript_link(told: dict[str, Any]) -> bool:
    return any(_TRANSCRIPT.search(words) for words in told["links"])


# That a film says again what the text says: then it is itself the alternative, and needs none.
_SAME = re.compile(
    r"\b(?:video|film|clip|watch|animation|audio)\b.{0,80}\b(?:same|instead|again|version|alternative|also|below|above)\b"
    r"|\b(?:same|instead|again|version|alternative|also|below|above|following)\b.{0,80}\b(?:video|film|clip|watch|animation|audio)\b"
    r"|\b(?:video|film|filmfassung|hörfassung)\b.{0,80}\b(?:gleiche\w*|derselbe\w*|dasselbe|auch|fassung|zeigt)\b"
    r"|\b(?:gleiche\w*|dasselbe|auch|fassung|oben|unten)\b.{0,80}\b(?:video|film)\b"
    r"|\b(?:video|film|filmato)\b.{0,80}\b(?:stess\w+|anche|versione|alternativ\w+)\b"
    r"|\b(?:stess\w+|anche|versione)\b.{0,80}\b(?:video|film|filmato)\b",
    re.IGNORECASE | re.DOTALL,
)


@rule("film-captions", on=LivePage, wcag=("1.2.2",), act=("ab4d13",), severity=Severity.WARNING, owner=Owner.EDITOR, cost=250)
def film_captions(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    A film that can be heard has captions, unless the page says that it only repeats its text.

    The sound of the file itself is looked at: a film without any sound is not meant. Captions that are part of the picture cannot
    be seen by a machine; what is no speech needs none if nothing is lost: hence a warning.

    Bad: `<video width="99" height="99" controls src="data:audio/wav;base64,
      UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YRAAAAAA/wD/AP8A/wD/AP8A/wD/"></video>`
    Good: `<video width="99" height="99" controls src="data:video/mp4;base64,"></video>`
    """
    told = _told(live, sound=True)
    for medium in told["media"]:
        is_captioned = any(track["kind"] in ("captions", "subtitles") for track in medium["tracks"])
        if not medium["isSound"] and _is_silent(medium):
            live.spare("video-caption", Element.of(medium["element"]))
        if medium["isSound"] or not _is_heard(medium) or is_captioned or not medium["controls"]:
            continue
        if not _SAME.search(told["seen"]) and not _has_transcript_link(told):
            live.spare("video-caption", Element.of(medium["element"]))
            yield (
                Element.of(medium["element"]),
                say(
                    "the film {address} can be heard and has no captions, nor does the page offer its text; add captions",
                    address=_called(medium),
                ),
            )


@rule(
    "silent-film",
    on=LivePage,
    wcag=("1.2.1",),
    act=("c3232f", "d7ba54", "ee13b5", "fd26cf"),
    severity=Severity.WARNING,
    owner=Owner.EDITOR,
    cost=250,
)
def silent_film(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What a film without sound shows is said in words, or in a sound beside it.

    Found are films on pages that have hardly any words, no link to a transcript and no sound: there can be no alternative. A
    track of descriptions is none, as no browser reads it out.

    Bad: `<video width="99" height="99" controls src="data:audio/wav;base64,
      UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YRAAAACAgICAgICAgICAgICAgICA"></video>`
    Good: `<video width="99" height="99" controls src="data:audio/wav;base64,
      UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YRAAAACAgICAgICAgICAgICAgICA"></video>
      <p>The film shows a rabbit that climbs out of a hole and scratches itself.</p>`
    Good: `<video width="99" height="99" controls src="data:video/mp4;base64,"></video>`
    """
    told = _told(live, sound=True)
    for medium in told["media"]:
        is_film = not medium["isSound"] and (medium["controls"] or not medium["loop"])
        if not is_film or not _is_silent(medium) or told["sounds"] or _has_transcript_link(told):
            continue
        if len(told["heard"].split()) <= _FEW_WORDS:
            yield (
                Element.of(medium["element"]),
                say(
                    "the film {address} has no sound, and nothing on the page says what it shows; describe it in words",
                    address=_called(medium),
                ),
            )


@rule(
    "film-description",
    on=LivePage,
    wcag=("1.2.3", "1.2.5"),
    act=("c5a4ea", "1ec09b", "1ea59c"),
    severity=Severity.WARNING,
    owner=Owner.EDITOR,
    cost=250,
)
def film_description(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What is only to be seen in a film is told in its sound, in a second film, or in words on the page.

    No browser reads out a track of descriptions: who has made one has done the work, and nobody hears it. Found are films with
    such a track on pages without another alternative.

    Bad: `<video width="99" height="99" controls src="data:audio/wav;base64,
      UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YRAAAAAA/wD/AP8A/wD/AP8A/wD/">
      <track kind="descriptions" srclang="en" src="data:text/vtt,WEBVTT%0A%0A00:01.000%20--%3E%2000:02.000%0ARain"></video>`
    Good: `<video width="99" height="99" controls src="data:video/mp4;base64,"></video>`
    """
    told = _told(live, sound=True)
    for medium in told["media"]:
        described = [track for track in medium["tracks"] if track["kind"] == "descriptions"]
        if not described or not _is_heard(medium) or _has_transcript_link(told):
            continue
        films = sum(not other["isSound"] for other in told["media"])
        if len(told["heard"].split()) <= _FEW_WORDS and films == 1 and not told["sounds"]:
            yield (
                Element.of(described[0]["element"]),
                say("no browser reads out a track of descriptions; offer a film with them in its sound, or a text, too"),
            )


_SHORT = 8
"""A sound of fewer seconds is a signal more often than a speech."""


@rule(
    "audio-transcript-short",
    on=LivePage,
    wcag=("1.2.1",),
    act=("2eb176", "e7aa44"),
    severity=Severity.WARNING,
    owner=Owner.EDITOR,
    cost=250,
)
def audio_transcript_short(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What is said in a sound can be read on the page, or where a link on it leads.

    People say two or three words in a second. A page that shows fewer words than its sound has seconds, and has no link to a
    transcript, cannot hold what is said. Music needs no words: hence a warning.

    Bad: `<p>Listen to what the mayor of the village has said of the night of the flood.</p><audio id="a" controls></audio>
      <script>a.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(
      "UklGRiTiBABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQDiBAA="), c => c.charCodeAt()),
      new Uint8Array(320000).map((_, n) => n * 9)], {type: "audio/wav"}))</script>`
    Good: `<p>Listen to what the mayor of the village has said.</p><audio controls src="data:audio/wav;base64,"></audio>`
    """
    told = _told(live, sound=True)
    if _has_transcript_link(told) or any(transcript_missing.check(live.page)):
        return
    words = len(told["seen"].split())
    for medium in told["media"]:
        seconds = float(medium["seconds"])
        if medium["isSound"] and _is_heard(medium) and seconds >= _SHORT and words < seconds and not medium["loop"]:
            yield (
                Element.of(medium["element"]),
                say(
                    "the sound {address} lasts {seconds} seconds, and the page shows {words} words, too few for what is said; "
                    "link to a transcript",
                    address=_called(medium),
                    seconds=round(seconds),
                    words=words,
                ),
            )
