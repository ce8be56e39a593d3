"""Alternative texts: what is found, in which words, at which line, and what is left alone."""

from typing import Any

import pytest

from a11ynews.finding import Owner
from a11ynews.rule import Rule
from a11ynews.rules.pictures import (
    alt_blank,
    alt_empty,
    alt_file_name,
    alt_long,
    alt_missing,
    alt_opening,
    alt_repeats_caption,
    alt_repeats_link,
    alt_same,
    decoration_described,
    drawing_name,
    drawing_of_words,
    logo_named,
    object_name,
    picture_animated,
    spacer,
    title_apart,
)
from pages import RECORD, TEMPLATE, found, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (alt_missing, "<p>No picture</p>"),
        (alt_missing, '<div hidden><img src="a.jpg"></div>'),
        (alt_missing, '<span aria-hidden="true"><img src="a.jpg"></span>'),
        (alt_missing, '<img src="a.jpg" aria-label="A street">'),
        (alt_missing, '<p id="a">A street</p><img src="a.jpg" aria-labelledby="a">'),
        (alt_missing, '<img src="a.jpg" role="presentation">'),
        (alt_missing, '<svg role="img"></svg>'),
        (alt_blank, '<img src="a.jpg">'),
        (alt_blank, '<img src="a.jpg" alt=" " aria-label="A street">'),
        (alt_repeats_caption, '<img src="a.jpg" alt="The bridge"><p>The bridge</p>'),
        (alt_repeats_caption, '<figure><img src="a.jpg" alt=""><figcaption></figcaption></figure>'),
        (alt_repeats_caption, '<figure><img src="a.jpg" alt="The bridge"></figure>'),
        (alt_repeats_link, '<a href="/a"><img src="a.jpg" alt="The bridge"> opens</a>'),
        (alt_repeats_link, '<p><img src="a.jpg" alt="The bridge"> The bridge</p>'),
        (alt_file_name, '<img src="bridge.jpg" alt="bridge">'),
        (alt_file_name, '<img src="a.jpg" alt="The image of the town in the press">'),
        (alt_opening, '<img lang="fr" src="a.jpg" alt="Photo of a street">'),
        (alt_opening, '<img src="a.jpg" alt="Imagery from a satellite">'),
        (alt_opening, '<img lang="de" src="a.jpg" alt="Photo of a street">'),
        (alt_opening, '<img lang="it" src="a.jpg" alt="Fotografi di tutto il mondo">'),
        (alt_same, '<img src="a.jpg" alt=""><img src="b.jpg" alt="">'),
        (alt_same, '<img src="a.jpg" alt="The bridge"><img src="a.jpg" alt="The bridge">'),
        (alt_same, '<img src="a.jpg" alt="The bridge"><img src="b.jpg" alt="The bridge" hidden>'),
        (alt_long, f'<img src="a.jpg" alt="{"a" * 250}">'),
        (alt_empty, '<figure><img src="a.jpg"><figcaption>The bridge</figcaption></figure>'),
        (alt_empty, '<figure><img src="a.jpg" alt=""><figcaption> </figcaption></figure>'),
        (alt_empty, '<figure><img src="a.jpg" alt="" aria-label="Two arches"><figcaption>The bridge</figcaption></figure>'),
        (decoration_described, '<img src="a.jpg" role="none" alt="A street" tabindex="0">'),
        (decoration_described, '<img src="a.jpg" role="none" alt="">'),
        (logo_named, '<p>Rossi</p><img src="rossi-logo.png" alt="">'),
        (logo_named, '<img src="logo_large_2x.png" alt="">'),
        (logo_named, '<img src="rossi-logo.png" alt="" hidden>'),
        (logo_named, '<img src="catalogo-rossi.png" alt="">'),
        (spacer, '<img src="pixel.gif" width="1" height="1" alt="">'),
        (spacer, '<img src="space-station.png" width="100" height="1" alt="">'),
        (picture_animated, '<img src="tree.png" alt="Animated tree">'),
        (picture_animated, '<img src="tree.gif" alt="A tree">'),
        (drawing_name, '<svg><circle r="4"></circle></svg>'),
        (drawing_name, '<svg role="img" aria-hidden="true"></svg>'),
        (drawing_name, '<svg><circle role="graphics-symbol" r="4"><title>Kreis</title></circle></svg>'),
        (drawing_name, '<div role="img"></div>'),
        (object_name, '<object data="a.png" role="presentation"></object>'),
        (object_name, '<object data="a.mp4" style="display: none"></object>'),
        (object_name, '<object data="a.html"></object>'),
        (object_name, '<span id="l">Rede</span><object data="a.mp3" aria-labelledby="l"></object>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Hidden pictures, pictures that are named otherwise, and other languages are left alone."""
    assert told(rule, fragment) == []


def test_a_missing_alt_text_names_the_picture_and_its_line() -> None:
    """The message names the file, without its folder and query; the line is that on which the tag begins."""
    (finding,) = found(alt_missing, '<p>Text</p>\n<p>\n<img\n  class="wide"\n  src="/media/flood.jpg?v=2"\n></p>')

    assert finding.message == (
        'the picture “flood.jpg” has no alternative text; say what it shows, or write alt="" if it is mere decoration'
    )
    assert finding.place.line == 4
    assert finding.place.selector == "body > p:nth-of-type(2) > img"


def test_a_drawing_by_role_is_told_apart_from_a_picture() -> None:
    """An element with the role of a picture cannot have an alt attribute: the remedy is another."""
    assert told(alt_missing, '<div role="img"></div>') == [
        'the picture has no alternative text; say what it shows, or take role="img" away'
    ]
    assert told(alt_missing, '<img role="none" tabindex="0" src="data:image/png;base64,AAAA">') == [
        'the picture in a data: address has no alternative text; say what it shows, or write alt="" if it is mere decoration'
    ]


def test_a_fault_in_an_alt_text_is_found_where_the_text_was_written() -> None:
    """The editor who wrote it is named, with file and line; a tag without the attribute is the web team's."""
    (written,) = found(alt_file_name, '<p>Text</p>\n<img src="a.jpg" alt="[en: DSC04711.JPG]">')
    (missing,) = found(alt_missing, '<p>Text</p>\n<img src="a.jpg">', ours=True)

    assert str(written.place.source) == f"{RECORD}:3:9"
    assert written.owner is Owner.EDITOR
    assert str(missing.place.source) == f"{TEMPLATE}:3:1"
    assert missing.owner is Owner.WEB_TEAM


@pytest.mark.parametrize(
    "alt",
    ["photo.jpeg", "/media/photo.png", "IMG_4711", "dsc 0001", "Pic-1234", "image", "Bild", "Foto.", "immagine", "Platzhalter"],
)
def test_names_of_files_and_stopgaps(alt: str) -> None:
    """What a camera or a program calls a picture says nothing of it, in any of the three languages."""
    assert len(told(alt_file_name, f'<img src="a.jpg" alt="{alt}">')) == 1


@pytest.mark.parametrize(
    ("language", "alt", "opening"),
    [
        ("en", "Image of a street", "Image of"),
        ("en-GB", "A picture of a street", "A picture of"),
        ("en", "Photo: a street", "Photo:"),
        ("de", "Bild von einer Straße", "Bild von"),
        ("de-AT", "Foto von zwei Kindern", "Foto von"),
        ("de", "Abbildung 3: eine Straße", "Abbildung"),
        ("de", "Das Foto zeigt eine Straße", "Das Foto zeigt"),
        ("it", "Foto di una strada", "Foto di"),
        ("it", "Immagine della strada", "Immagine della"),
        ("it", "Fotografia dell’alluvione", "Fotografia dell’"),
        ("it", "Un'immagine di una strada", "Un'immagine di"),
    ],
)
def test_openings_that_say_it_is_a_picture(language: str, alt: str, opening: str) -> None:
    """They are known in English, German and Italian, and quoted as they stand."""
    assert told(alt_opening, f'<img lang="{language}" src="a.jpg" alt="{alt}">') == [
        f"the alt text of the picture “a.jpg” begins with “{opening}”; begin with what it shows"
    ]


def test_a_caption_is_compared_without_its_credit_and_its_full_stop() -> None:
    """What is heard twice is heard twice, whatever mark stands at its end."""
    caption = "<figcaption>die neue Brücke. <small>Foto: A. B.</small></figcaption>"
    repeated = f'<figure><img src="a.jpg" alt="Die  neue Brücke">{caption}</figure>'

    assert told(alt_repeats_caption, repeated) == [
        "the alt text of the picture “a.jpg” repeats its caption “Die neue Brücke”; say what it shows"
    ]


def test_the_caption_is_that_of_the_picture_s_own_figure() -> None:
    """A figure in a figure has its own."""
    inner = '<figure><img src="a.jpg" alt="One"><figcaption>Two</figcaption></figure>'

    assert told(alt_repeats_caption, f"<figure>{inner}<figcaption>One</figcaption></figure>") == []


def test_the_same_words_for_different_pictures() -> None:
    """The second picture is the one that is told, with both names; sizes of one picture are one picture."""
    assert told(alt_same, '<img src="a.jpg" alt="Die Brücke"><img src="m/b.jpg" alt="Die Brücke.">') == [
        "the picture “b.jpg” and the picture “a.jpg” have the same alt text “Die Brücke.”; tell them apart"
    ]
    assert told(alt_same, '<img src="a-480x320.jpg" alt="Die Brücke"><img src="a-960w.jpg" alt="Die Brücke">') == []


def test_an_alt_text_that_is_too_long() -> None:
    """Characters are counted, not bytes."""
    assert told(alt_long, f'<img src="a.jpg" alt="{"ü" * 251}">') == [
        "the alt text of the picture “a.jpg” has 251 characters; say what matters most in 250, and the rest in the text"
    ]


def test_a_captioned_picture_that_is_marked_as_decoration() -> None:
    """The caption is quoted, so that the picture is found."""
    assert told(alt_empty, '<figure><img src="a.jpg" alt=""><figcaption>Il ponte nuovo</figcaption></figure>') == [
        "the picture “a.jpg” has the caption “Il ponte nuovo” and an empty alt text; say what it shows"
    ]


def test_decoration_and_what_is_none() -> None:
    """Described pictures, logos, and pictures of nothing."""
    assert told(decoration_described, '<img src="a.jpg" role="presentation" alt="Eine Straße">') == [
        "the picture “a.jpg” is described as “Eine Straße” and said to be decoration; take its role away"
    ]
    assert told(logo_named, '<p>Partner</p><img src="/img/w3c-logo.png?v=2" alt="">') == [
        "the picture “w3c-logo.png” has an empty alt text, and no words on the page say whose it is; name them"
    ]
    assert told(spacer, '<img src="blank.gif" width="20" height="1" alt="">') == [
        "the picture “blank.gif” only makes room; take it away, and make room by the style sheet"
    ]
    assert told(picture_animated, '<img src="albero-animato.gif" alt="Un albero">') == [
        "the picture “albero-animato.gif” moves and cannot be stopped; show it as a video with controls, or at rest"
    ]


def test_drawings_and_objects_without_a_name() -> None:
    """The words drawn, and what stands in an object for old browsers, are no names."""
    assert told(drawing_name, '<svg role="img"><text>Ein Kreis</text></svg>') == [
        "the drawing <svg> has no name; say what it shows in an aria-label"
    ]
    assert told(drawing_name, '<svg role="img"><title></title></svg>') != []
    assert told(object_name, '<object data="/a/talk.mp3">The talk</object>') == [
        "the <object> that shows “talk.mp3” has no name; say what it is in an aria-label"
    ]
    assert told(object_name, '<object type="image/png" data="/a"></object>') != []


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        ('<img src="a.jpg" alt="A bridge" title="Closed since Monday">', 1),
        ('<figure lang="de"><img src="a.jpg" alt="Brücke" title="Gesperrt"><figcaption>Die Brücke</figcaption></figure>', 1),
        ('<figure lang="de"><img src="a.jpg" alt="Brücke" title="Gesperrt"><figcaption>Gesperrt</figcaption></figure>', 0),
        ('<a href="/"><img src="a.png" alt="Logo" title="Example News"> Example News</a>', 0),
        ('<img src="a.jpg" alt="A bridge" title="bridge_2041">', 0),
        ('<img src="a.jpg" alt="A bridge" title="2041">', 0),
        ('<img src="a.jpg" alt="" title="Closed">', 0),
        ('<img src="a.jpg" hidden alt="A bridge" title="Closed since Monday">', 0),
    ],
)
def test_titles_that_say_what_is_said_nowhere_else(fragment: str, count: int) -> None:
    """Who has no mouse does not get to know it; names of files are no words."""
    assert len(told(title_apart, fragment)) == count


@pytest.mark.parametrize(
    ("source", "alt", "count"),
    [
        ("data:image/svg+xml,%3Csvg%3E%3Ctext%3EOnly%3C/text%3E%3Ctext%3Etoday!%3C/text%3E%3C/svg%3E", "only today", 1),
        ("data:image/svg+xml;base64,PHN2Zz48dGV4dD5Pbmx5IHRvZGF5PC90ZXh0Pjwvc3ZnPg==", "Only today", 1),
        ("data:image/svg+xml;base64,!", "Only today", 0),
        ("data:image/svg+xml,%3Csvg%3E%3Ccircle/%3E%3C/svg%3E", "Only today", 0),
        ("data:image/png;base64,AA", "Only today", 0),
        ("/only-today.svg", "Only today", 0),
    ],
)
def test_words_that_are_drawn(source: str, alt: str, count: int) -> None:
    """Where a drawing holds nothing but the words of its alternative text."""
    assert len(told(drawing_of_words, f'<img alt="{alt}" src="{source}">')) == count
