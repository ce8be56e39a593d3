"""Video, sound and frames."""

from typing import Any

import pytest

from a11ynews.finding import Severity
from a11ynews.rule import Rule
from a11ynews.rules.media import (
    audio_link,
    audio_link_alone,
    audio_transcript,
    autoplay,
    autoplay_sound,
    frame_focus,
    frame_same_title,
    frame_title,
    track_language,
    transcript_missing,
    video_captions,
    video_transcript,
)
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
        (transcript_missing, '<audio src="a.mp3" controls hidden></audio>'),
        (transcript_missing, '<audio src="a.mp3"></audio>'),
        (
            transcript_missing,
            '<audio src="a.mp3" controls></audio><p>Wir sind heute hier, um von der Nacht zu sprechen, in der</p>',
        ),
        (audio_link, '<a href="/a.mp3" download>A</a>'),
        (audio_link, '<p><a href="/a.mp3">Ascolta</a> <a href="/a">Trascrizione</a></p>'),
        (video_transcript, '<video src="a.mp4" controls muted></video>'),
        (video_transcript, '<video src="a.mp4" controls></video><a href="/a">Trascrizione</a>'),
        (autoplay_sound, '<video src="a.mp4" autoplay></video>'),
        (autoplay_sound, '<audio src="a.mp3" autoplay muted></audio>'),
        (autoplay_sound, '<audio src="a.mp3#t=8,10" autoplay></audio>'),
        (autoplay_sound, '<audio autoplay><source src="a.mp3#t=,2.5"></audio>'),
        (autoplay_sound, '<audio src="a.mp3" autoplay></audio><script>stop()</script>'),
        (frame_same_title, '<iframe title="A" src="/a/"></iframe><iframe title="A" src="/a"></iframe>'),
        (frame_same_title, '<iframe src="/a"></iframe><iframe src="/b"></iframe>'),
        (frame_same_title, '<iframe title="A" src="/a" hidden></iframe><iframe title="A" src="/b"></iframe>'),
        (frame_focus, '<iframe tabindex="-1" src="/a"></iframe>'),
        (frame_focus, """<iframe tabindex="-1" srcdoc="<a href='/' tabindex='-1'>A</a>"></iframe>"""),
        (frame_focus, """<iframe tabindex="-1" hidden srcdoc="<a href='/'>A</a>"></iframe>"""),
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


def test_sounds_and_videos_on_pages_without_words() -> None:
    """Headings are no transcript; a paragraph may be one."""
    few, many = "<h1>Il discorso del sindaco alla cittadinanza di questa mattina</h1>", f"<p>{'parola ' * 9}</p>"

    assert told(transcript_missing, f'{few}<audio src="a.mp3" controls></audio>') == [
        "the sound “a.mp3” has no transcript on this page; link to one if words are spoken"
    ]
    assert told(video_transcript, f'{few}<video src="a.mp4" controls></video>') == [
        "the video “a.mp4” has no transcript on this page; link to one that says what is shown, too"
    ]
    assert told(transcript_missing, f'{few}{many}<audio src="a.mp3" controls></audio>') == []
    assert len(told(audio_transcript, f'{few}{many}<audio src="a.mp3" controls></audio>')) == 1
    assert told(audio_link, f'{many}<p lang="de"><a href="/a.ogg?x">Zum Anhören</a></p>') == [
        "the link “Zum Anhören” leads to a sound, and no transcript is named near it; link to one if words are spoken"
    ]
    assert told(audio_link_alone, f'{few}<p lang="de"><a href="/a.ogg?x">Zum Anhören</a></p>') == [
        "the link “Zum Anhören” leads to a sound, and the page has no transcript; link to one if words are spoken"
    ]
    assert told(audio_link_alone, f'{many}<a href="/a.ogg">Zum Anhören</a>') == []
    assert told(audio_link, f'{few}<a href="/a.ogg">Zum Anhören</a>') == []


def test_frames_that_are_alike_or_passed_over() -> None:
    """By their names, whichever attribute gives these; by what stands in them."""
    assert told(frame_same_title, '<iframe title="Karte" src="/a"></iframe><iframe aria-label="karte" src="/b"></iframe>') == [
        "two frames with different addresses are called “karte”; call them differently if they show different things"
    ]
    assert told(frame_focus, """<iframe title="A" tabindex="-1" srcdoc="<button>A</button>"></iframe>""") == [
        "the keyboard passes over the frame and what is in it; take its tabindex away"
    ]
    assert (
        len(told(autoplay_sound, '<audio src="a.mp3#t=8,10" autoplay loop></audio><audio src="a#t=1,9" autoplay></audio>')) == 2
    )
    assert told(autoplay_sound, '<p>Willkommen</p><audio src="a.mp3" autoplay loop></audio>') == [
        "the sound “a.mp3” begins by itself and cannot be stopped; take autoplay away"
    ]
