"""Video, sound and frames."""

from typing import Any

import pytest

from a11ynews.finding import Severity
from a11ynews.rule import Rule
from a11ynews.rules.media import audio_transcript, autoplay, frame_title, track_language, video_captions
from pages import found, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (video_captions, "<p>Text</p>"),
        (video_captions, '<video src="a.mp4" hidden></video>'),
        (track_language, '<video><track kind="chapters" src="a.vtt"></video>'),
        (track_language, '<video><track kind="metadata" src="a.vtt"></video>'),
        (audio_transcript, '<video src="a.mp4"></video>'),
        (autoplay, '<audio src="a.mp3" autoplay muted></audio>'),
        (frame_title, '<iframe src="/a" aria-label="Map"></iframe>'),
        (frame_title, '<iframe src="/a" hidden></iframe>'),
        (frame_title, '<iframe src="/a" tabindex="-1"></iframe>'),
        (frame_title, '<iframe src="/a" role="none"></iframe>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """What makes no sound, is not shown or is named otherwise is left alone."""
    assert told(rule, fragment) == []


@pytest.mark.parametrize("track", ["", '<track kind="subtitles" src="a.vtt">', '<track kind="captions">', '<track src="a.vtt">'])
def test_a_video_without_captions(track: str) -> None:
    """Subtitles are no captions, and a track without a file is none."""
    (finding,) = found(video_captions, f'<p>Text</p>\n<video><source src="m/flood.mp4">{track}</video>')

    assert (finding.place.line, finding.severity) == (3, Severity.WARNING)
    assert finding.message == 'the video “m/flood.mp4” has no captions; add <track kind="captions" srclang="…" src="….vtt">'


def test_tracks_without_a_language() -> None:
    """A track without a kind holds subtitles."""
    assert told(track_language, '<video><track src="a.vtt"></video>') == [
        'the track of captions or subtitles does not say its language; write it as srclang="…"'
    ]
    assert told(track_language, '<video><track kind="captions" src="a.vtt" srclang="de_AT"></video>') == [
        "“de_AT” is no language tag; write it with a hyphen"
    ]


@pytest.mark.parametrize("words", ["Transcript", "Transkript", "Zum Nachlesen", "Die Abschrift", "Trascrizione", "TRASCRIZIONI"])
def test_a_transcript_near_a_sound(words: str) -> None:
    """It is known by its name, in three languages."""
    sound = '<section><audio src="talk.mp3" controls></audio></section>'

    assert told(audio_transcript, sound.replace("</section>", f"<p>{words}</p></section>")) == []
    assert told(audio_transcript, f"{sound}<p>{words}</p>") == [
        "the sound “talk.mp3” has no transcript that is named so near it; link to one if words are spoken"
    ]


def test_what_begins_by_itself() -> None:
    """A person must look whether it can be heard."""
    (finding,) = found(autoplay, '<video src="a.mp4" autoplay></video>')

    assert finding.severity is Severity.REVIEW
    assert finding.message == "“a.mp4” begins to play by itself; take autoplay away if it can be heard"


def test_frames_without_a_title() -> None:
    """They are named by their address."""
    assert told(frame_title, '<iframe src="https://map.example/x" title=" "></iframe>') == [
        'the frame “https://map.example/x” has no title; say what is in it: title="…"'
    ]
