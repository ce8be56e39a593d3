"""Whether translations are in the language of their catalog."""

import pytest

from a11ynews.rules.catalog_language import po_language, po_stray_word
from catalogs import found, told


@pytest.mark.parametrize(
    ("example", "is_found"),
    [
        ("[de paragraph] The road is closed. => The road is still closed today.", True),
        ("[it paragraph] The road is closed. => Die Straße ist heute gesperrt.", True),
        ("[en paragraph] Die Straße ist gesperrt. => La strada è chiusa oggi.", True),
        ("[de paragraph] The road is closed. => La strada oggi è ancora chiusa.", True),
        ("[it paragraph] The road is closed. => The road is still closed today.", True),
        ("[it paragraph] The road is closed. => Oggi la strada è ancora chiusa.", False),
        ("[de paragraph] The road is closed. => Die Straße ist heute noch gesperrt.", False),
        ("[it slug] the-road => die-strasse-ist-heute-noch-gesperrt", False),
        ("[de paragraph] The road is closed. => The road is closed.", False),
        ("[de paragraph] The road. => The road", False),
        ("[fr paragraph] The road is closed. => The road is still closed today.", True),
        ("[nb paragraph] Many came on Tuesday. => Tirsdag kom det mange mennesker, og det var trygt.", False),
        ("[nb paragraph] The road is closed. => The road is still closed today.", True),
        ("[de paragraph] She sings “Let it be me tonight”. => Sie singt „Let it be me tonight“.", False),
        ('[de paragraph] A song => Ein Lied: <i lang="en">Where have all the flowers gone to</i>', False),
        ("[de caption] Anna Rossi, Luca Ferri and Gino Conti => Anna Rossi, Luca Ferri und Gino Conti", False),
        ("[de location] Museum of the City of New York => Museum of the City of New York, Eingang", False),
    ],
)
def test_a_text_in_another_language_is_found(example: str, is_found: bool) -> None:
    """Of four words or more; names, quotations and marked words are in their own language."""
    assert bool(found(po_language, example)) is is_found


@pytest.mark.parametrize(
    ("example", "word"),
    [
        ("[en contact] Partnerschaft von PoliMi und TUM => the partnership between PoliMi und TUM", "und"),
        ("{PoliMi, TUM} [de contact] PoliMi and TUM => das Projekt von PoliMi and TUM", "and"),
        ("[de paragraph] Let us go. => Wir gehen to the Brücke.", "to"),
        ("[it paragraph] It is here. => Il ponte ist qui.", "ist"),
        ("[de paragraph] It is here. => Die Brücke è hier.", "è"),
        ("[it paragraph] And then it rained. => And poi piovve.", "And"),
        ("[de paragraph] Sand and wood => Sand e Holz", "e"),
        ("[it paragraph] The answers are here. => Le risposte are qui.", "are"),
        ("[it paragraph] He said the word. => Disse die parola.", "die"),
    ],
)
def test_a_small_word_of_another_language_is_found(example: str, word: str) -> None:
    """With the language that it is of."""
    assert [message.split(" ")[0] for message in told(po_stray_word, example)] == [f"“{word}”"]


@pytest.mark.parametrize(
    "example",
    [
        "[de paragraph] She works for the Bank of England. => Sie arbeitet bei der Bank of England.",
        "[it paragraph] An interview with the Guardian => Un’intervista a The Guardian",
        "[de paragraph] Call it “Made in Italy”. => Das Siegel „Made in Italy“",
        "[it paragraph] Ursula von der Leyen spoke. => Ha parlato Ursula von der Leyen.",
        "[de paragraph] A state-of-the-art hall => Ein State-of-the-Art-Saal",
        "[it paragraph] An add-on => Un add-on",
        "[de paragraph] The best of => Das Best of",
        "[de paragraph] An INTO clause => Eine INTO-Klausel und INTO",
        "[it paragraph] The trial was put off. => Il processo è stato rinviato sine die, man mano.",
        "[it paragraph] A vineyard of 40 ares => Una vigna di 40 are",
        "[de paragraph] The letter e and e. g. this => Der Buchstabe e, und im e. V. auch",
        "[de paragraph] All of them => Alle kamen also so an.",
        "[de paragraph] Source: dpa => Quelle: dpa",
        "[it paragraph] The Democrats’ encore => Il bis dei dem",
        "[de paragraph] Just now it is fine. => Just jetzt ist es prima.",
        "[it caption] Smith and van der Berg => Smith e van der Berg",
        "[it slug] and => and",
        "[fr paragraph] The road => La route and le pont",
        "[de paragraph] They sing “Let it be”. => Sie singen „Let it be“.",
        '[it paragraph] A Memorandum of Understanding => Un <i lang="en">Memorandum of Understanding</i>',
    ],
)
def test_small_words_in_names_and_loans_are_left_alone(example: str) -> None:
    """Where the source has the name too, where it is quoted or marked, and where the loan is known."""
    assert told(po_stray_word, example) == []


def test_a_wrong_language_is_told_once() -> None:
    """Not a second time for each small word in it."""
    example = "[de paragraph] The road is closed to all traffic. => The road is still closed for all the traffic."

    assert found(po_language, example)
    assert not found(po_stray_word, example)
