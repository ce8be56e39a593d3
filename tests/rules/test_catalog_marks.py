"""Quotation marks, punctuation, blanks and unseen characters in catalogs."""

import pytest

from a11ynews.rules.catalog_marks import (
    po_blank_before_mark,
    po_brackets,
    po_double_space,
    po_end_mark,
    po_invisible,
    po_outer_space,
    po_quotes,
)
from catalogs import found, told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Er sagte: „Ich war’s.“"),
        ("de", "„Das ‚beste‘ Haus“"),
        ("de", "»Ja«, sagte sie"),
        ("de", 'ein 5" großer Nagel'),
        ("de", "Rock ’n’ Roll"),
        ("it", "«Sì», disse, «è “mio”»"),
        ("it", "l’‘altro’ lato"),
        ("it", "l'altro lato dell'arco"),
        ("en", "“It’s ‘mine’,” she said"),
        ("de-CH", "«Ja, ‹gern›», sagte sie"),
        ("fr", "« Oui », dit-elle"),
        ("pl", "„Tak”, powiedziała"),
        ("nl", "“Ja”, zei ze, en „nee”"),
        ("de", '<i lang="fr">« Oui »</i>, sagte sie'),
        ("it", "in 3’56”03, e poi 2’10”"),
        ("it", "i 100 metri in 9”98"),
        ("it", "anni ’90"),
    ],
)
def test_the_languages_own_quotation_marks_are_right(language: str, words: str) -> None:
    """Apostrophes and inches are none; of languages that are not known nothing is said; marked words have their own."""
    assert told(po_quotes, f"[{language} paragraph] x => {words}") == []


@pytest.mark.parametrize(
    ("language", "words", "message"),
    [
        ("de", 'Er: "Ja"', "the quotation marks are straight; German has „…“ and ‚…‘"),
        ("de", "Das 'beste' Haus", "the quotation marks are straight; German has „…“ and ‚…‘"),
        ("de", "„Ja”", "the quotation mark ” is not one of German; it has „…“ and ‚…‘"),
        ("de", "“Ja“", "the quotation mark “ opens and should close; German has „…“ and ‚…‘"),
        ("de", "«Ja»", "the quotation mark « opens and should close; German has „…“ and ‚…‘"),
        ("de", "„Ja", "a quotation mark „…“ has no partner; add it, or take the other away"),
        ("it", "„Sì“", "the quotation mark „ is not one of Italian; it has «…» or “…”"),
        ("it", "»Sì«", "the quotation mark » opens and should close; Italian has «…» or “…”"),
        ("it", "«Sì", "a quotation mark «…» has no partner; add it, or take the other away"),
        ("nl", "“Ja", "a quotation mark “…” has no partner; add it, or take the other away"),
        ("en", "«Yes»", "the quotation mark « is not one of English; it has “…”"),
    ],
)
def test_other_quotation_marks_are_found(language: str, words: str, message: str) -> None:
    """With what the language has instead."""
    assert told(po_quotes, f"[{language} paragraph] x => {words}") == [message]


@pytest.mark.parametrize(
    ("language", "source", "words", "is_found"),
    [
        ("de", "Wait...", "Warten …", False),
        ("de", "He asked: “Why?”", "Er fragte: „Warum?“", False),
        ("it", "He asked: “Why?”", "Chiese: «Perché?».", False),
        ("de", "Made by Smith Inc.", "Hergestellt von Smith", False),
        ("de", "and so on", "usw.", False),
        ("de", "On the third", "Am 3.", False),
        ("it", "On the third", "Il 3.", True),
        ("de", "Why?", "Warum.", True),
        ("de", "Why", "Warum?", True),
        ("de", "It said (twice).", "Es sagte (zweimal).", False),
        ("de", "The reasons:", "Die Gründe", True),
        ("ja", "It is open.", "開いています。", False),
        ("ja", "Is it open?", "開いています。", True),
        ("ar", "Is it open?", "هل هو مفتوح؟", False),
        ("de", "A [link](https://a.example/).", "Ein [Link](https://a.example/).", False),
        ("de", "**Note.**", "**Hinweis.**", False),
        ("it", "Who pays?", "Chi paga", True),
        ("it", "It is open.", "È aperto", True),
        ("it", "and so on", "ecc.", False),
        ("it", "Wait…", "Aspettate...", False),
        ("it", "The reasons:", "I motivi:", False),
        ("de", "Wait", "…", False),
        ("el", "Is it open?", "Είναι ανοιχτό;", False),
        ("el", "Is it open?", "Είναι ανοιχτό\\u037e", False),
        ("el", "It is open; still", "Είναι ανοιχτό;", True),
        ("el", "Is it open?", "Είναι ανοιχτό.", True),
        ("de", "Is it open?", "Ist es offen;", True),
        ("ja", "What comes next?", "次は何か", False),
        ("ja", "What comes next?", "「次は何か」", False),
        ("ja", "Is it open?", "開いています", True),
        ("ja", "He said: “It is open.”", "「開いています。」", False),
        ("ja", "He said: “It is open.”", "「開いています」", False),
        ("zh", "He said: “It is open.”", "他说：《开了。》", False),
        ("th", "It is open.", "เปิดแล้ว", False),
        ("ur", "It is open.", "یہ کھلا ہے۔", False),
        ("my", "It is open.", "ဖွင့်ထားသည်။", False),
    ],
)
def test_the_last_mark_is_the_sources(language: str, source: str, words: str, is_found: bool) -> None:
    """Within or without quotation marks and brackets, and in the script of the language."""
    assert bool(found(po_end_mark, f"[{language} paragraph] {source} => {words}")) is is_found


def test_brackets_have_partners() -> None:
    """Those of lists and faces have none; where the source has none missing, nor has the translation."""
    assert not found(po_brackets, "[de paragraph] Either (a) this or b) that :) => Entweder (a) dies oder b) das :)")
    assert not found(po_brackets, "[de paragraph] A smile (and => Ein Lächeln (und")
    assert found(po_brackets, "[it transcript] [Laughter] Well => [Risate Be’")
    assert found(po_brackets, "[it page] {n} days => {n giorni")
    assert not found(po_brackets, "[it paragraph] The MoU (signed in May) => Il protocollo, firmato a maggio")
    assert told(po_brackets, "[de paragraph] A smile (and) => Ein Lächeln und)") == [
        "a bracket ) has no partner; add the other one, or take it away"
    ]


def test_blanks_before_marks_are_found_where_there_are_none() -> None:
    """French has them, an ellipsis may have one, and a source that has it too is not the translator's matter."""
    assert found(po_blank_before_mark, "[de paragraph] Why? => Warum ?")
    assert found(po_blank_before_mark, "[it paragraph] “Yes”, and => «Sì» , e")
    assert found(po_blank_before_mark, "[de paragraph] The house, which is old => Das Haus ,das alt ist")
    assert not found(po_blank_before_mark, "[de paragraph] A calibre of .5 => Ein Kaliber von ,5")
    assert not found(po_blank_before_mark, "[fr paragraph] Why? => Pourquoi ?")
    assert not found(po_blank_before_mark, "[de paragraph] Why… => Warum …")
    assert not found(po_blank_before_mark, "[de paragraph] A .pdf file => Eine .pdf-Datei")
    assert not found(po_blank_before_mark, "[de paragraph] Why ? => Warum ?")


def test_blanks_are_compared_with_the_sources() -> None:
    """Within and around a text."""
    assert told(po_double_space, "[de paragraph] The bridge => Die  Brücke") == [
        "more than one blank stands between “Die” and “Brücke”; leave one"
    ]
    assert told(po_double_space, "[it paragraph] The bridge of stone => Il ponte\\u00a0 di pietra") == [
        "more than one blank stands between “ponte” and “di”; leave one"
    ]
    assert not found(po_double_space, "[it paragraph] The bridge => Il ponte")
    assert not found(po_double_space, '[it paragraph] The bridge => "  Il ponte  "')
    assert not found(po_double_space, "[de paragraph] A  b => A  b")
    assert not found(po_double_space, "[de paragraph] 20 % => 20\\u00a0%")
    assert told(po_outer_space, '[de page] Menu => "Menü "') == ["the translation ends with white space; take it away"]
    assert told(po_outer_space, '[it page] Menu => " Menu"') == ["the translation begins with white space; take it away"]
    assert not found(po_outer_space, "[it page] Menu => Menu")
    assert not found(po_outer_space, '[de page] Menu => ""')
    assert not found(po_outer_space, '[de page] Menu => "  "')


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Brü\\u200bcke", "a zero width space (U+200B) after “Brü”"),
        ("Brü\\ufeffcke", "a byte order mark (U+FEFF) after “Brü”"),
        ("Brü\\u200dcke", "a joiner (U+200D) after “Brü”"),
        ("Brü\\u0007cke", "a control character (U+0007) after “Brü”"),
        ("Brü\\u202ecke", "a mark of direction that has no partner"),
        ("Brü\\u200fcke", "a mark of direction (U+200F) after “Brü”"),
        ("Die\\u00ad Brücke", "a soft hyphen (U+00AD) that stands not within a word, after “Die”"),
    ],
)
def test_what_nobody_sees_is_named(words: str, what: str) -> None:
    """With its number and where it stands."""
    assert told(po_invisible, f"[de heading] The bridge => {words}") == [f"the translation holds {what}; take it out"]


@pytest.mark.parametrize("words", ["BrÃ¼cke", "BrÃ\\u0084cke", "Br\\ufffdcke"])
def test_letters_of_a_wrong_character_set_are_to_be_written_anew(words: str) -> None:
    """To take them out would leave “Brcke”."""
    (message,) = told(po_invisible, f"[de heading] The bridge => {words}")
    assert message.endswith("was saved in the wrong character set; write it anew, and save the file as UTF-8")
    assert not found(po_invisible, f"[de heading] {words} => {words}")


@pytest.mark.parametrize(
    "example",
    [
        "[de heading] Bridge => Donau\\u00addampf\\u00adschiff",
        "[de heading] 20 percent => 20\\u202f%",
        "[fa heading] Bridge => می\\u200cخواهم",
        "[ar heading] Bridge => \\u2067جسر\\u2069",
        "[ar heading] Bridge => جسر\\u200f!",
        "[de heading] Bri\\u200bdge => Brü\\u200bcke",
        "[de heading] Family => Familie 👨\\u200d👩",
        "[it heading] Age => Età, perché, più, Â",
    ],
)
def test_characters_that_do_their_work_are_left_alone(example: str) -> None:
    """Soft hyphens in words, no-break spaces, joiners of scripts that have them, paired marks of direction."""
    assert [message for message in told(po_invisible, example) if "after “B" not in message] == []
