"""Style attributes, old markup, and scripts in the markup."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.styles import (
    abbreviation,
    focus_kept,
    focus_sent,
    focus_stolen,
    letter_spacing,
    line_height,
    obsolete_markup,
    paragraph_empty,
    word_spacing,
)
from pages import told

LONG = "The toy brought back fond memories of being lost in the rain forest."


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        *[(rule, f"<p>{LONG}</p>") for rule in (letter_spacing, word_spacing, line_height, focus_kept, focus_sent, focus_stolen)],
        (
            letter_spacing,
            f'<div style="font-size: 16px; letter-spacing: 2px !important"><p style="font-size: 10px">{LONG}</p></div>',
        ),
        (letter_spacing, f'<p style="display: none; letter-spacing: 0 !important">{LONG}</p>'),
        (letter_spacing, f'<p style="letter-spacing: unset !important">{LONG}</p>'),
        (letter_spacing, f'<p style="letter-spacing: 0.1 !important">{LONG}</p>'),
        (letter_spacing, f'<p style="letter-spacing: 0.1% !important">{LONG}</p>'),
        (letter_spacing, f'<p style="letter-spacing: 1px !important; font-size: 2em">{LONG}</p>'),
        (letter_spacing, f'<link rel="stylesheet" href="a.css"><p style="letter-spacing: 1px !important">{LONG}</p>'),
        (letter_spacing, f'<style>.a p {{font-size: 20px}}</style><p style="letter-spacing: 1px !important">{LONG}</p>'),
        (letter_spacing, f'<p style="/* letter-spacing: 0 !important */">{LONG}</p>'),
        (word_spacing, f'<p style="position: absolute; top: -999em; word-spacing: 0.1em !important">{LONG}</p>'),
        (word_spacing, '<svg><text style="word-spacing: 0.1em !important">a b</text></svg>'),
        (word_spacing, f'<style>p {{font-size: 25px}}</style><p style="word-spacing: 4px !important">{LONG}</p>'),
        (line_height, f'<p style="line-height: 2em !important; line-height: 1em; width: 200px">{LONG}</p>'),
        (line_height, f'<p style="line-height: 160% !important; width: 200px">{LONG}</p>'),
        (line_height, f'<p style="line-height: 1 !important">{LONG}</p>'),
        (obsolete_markup, "<center></center>"),
        (obsolete_markup, "<center hidden>Text</center>"),
        (paragraph_empty, '<p class="message"></p>'),
        (paragraph_empty, "<p hidden></p>"),
        (paragraph_empty, "<p><input></p>"),
        (abbreviation, "<p>GDS</p>"),
        (abbreviation, '<p><abbr title="Technisches Hilfswerk">THW</abbr>, das <abbr>THW</abbr></p>'),
        (focus_stolen, '<a href="/" onblur="this.blur()">Home</a>'),
        (focus_sent, '<button onblur="this.focus()">A</button>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """What is wide enough, not fixed, out of sight, or for a browser to tell is left alone."""
    assert told(rule, fragment) == []


@pytest.mark.parametrize(
    ("rule", "style"),
    [
        (letter_spacing, "letter-spacing: 0.1em !important"),
        (letter_spacing, "LETTER-SPACING: normal ! important"),
        (letter_spacing, "font-size: 20px; letter-spacing: 2px !important"),
        (letter_spacing, "letter-spacing: 1px !important; letter-spacing: 1em"),
        (word_spacing, "word-spacing: initial !important"),
        (word_spacing, "word-spacing: 0 !important"),
        (word_spacing, "word-spacing: -1em !important"),
        (line_height, "line-height: 1.2 !important; max-width: 200px"),
        (line_height, "line-height: 120% !important; width: 200px"),
        (line_height, "line-height: normal !important; width: 200px"),
        (line_height, "line-height: 20px !important; font-size: 20px; width: 200px"),
    ],
)
def test_spacings_that_are_fixed_and_narrow(rule: Rule[Any], style: str) -> None:
    """In each unit that markup alone can measure."""
    assert told(rule, f'<p style="{style}">{LONG}</p>') == [
        f"{rule.id} is fixed and {'low' if rule.id == 'line-height' else 'narrow'} on <p>; take !important away"
    ]


def test_the_size_of_letters_is_read_from_a_plain_style_sheet() -> None:
    """Where a selector names the element by itself, and nothing else can size it."""
    spaced = f'<p class="a" style="word-spacing: 2px !important">{LONG}</p>'

    assert len(told(word_spacing, f"<style>b, .a {{font-size: 20px}}</style>{spaced}")) == 1
    assert told(word_spacing, f"<style>.a {{font-size: 12px}}</style>{spaced}") == []
    assert told(word_spacing, f"<style>.a {{font: 20px serif}}</style>{spaced}") == []


def test_old_markup_and_empty_paragraphs() -> None:
    """With the words, where there are any."""
    assert told(obsolete_markup, '<font size="5">Die Nacht</font>') == [
        "<font> says how “Die Nacht” looks and not what it is; use an element with a meaning, and the style sheet"
    ]
    assert len(told(paragraph_empty, '<p></p><p style="x: y"> <br></p>')) == 2


def test_abbreviations_are_told_once() -> None:
    """In whatever language; and not where brackets write them out."""
    assert told(abbreviation, '<p lang="it">Il <abbr>CAI</abbr> e il <abbr>CAI</abbr></p>') == [
        "the abbreviation “CAI” is nowhere written out; do so in its title"
    ]
    assert told(abbreviation, '<p lang="it">Il <abbr>CAI</abbr> (Club Alpino Italiano)</p>') == []


def test_scripts_that_play_with_the_focus() -> None:
    """Taking it away, taking it back, and sending it elsewhere are told apart."""
    assert told(focus_stolen, '<a href="/" onfocus="this.blur()">A</a>') == [
        "<a> gives the focus away as soon as it has it; take the script away"
    ]
    assert told(focus_kept, '<input onblur="setTimeout(() => this.focus(), 10)">') == [
        "<input> takes the focus back when it is left; let it go"
    ]
    assert told(focus_sent, '<input onblur="next.focus()">') == [
        "<input> sends the focus elsewhere when it is left; let the reader say where to go"
    ]
