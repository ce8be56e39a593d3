"""Words that were left, doubled, said otherwise, or against the glossary."""

import pytest

from a11ynews.rules.catalog_words import po_doubled_word, po_glossary, po_inconsistent, po_same
from catalogs import found, told


@pytest.mark.parametrize(
    ("example", "is_found"),
    [
        ("[de credit] Jonas Meer/dpa => Jonas Meer/dpa", False),
        ("[de credit] Photo: Jonas Meer => Photo: Jonas Meer", True),
        ("[de heading] Interview => Interview", False),
        ("[de heading] Languages => Languages", True),
        ("[de tag] climate => climate", True),
        ("[de location] Museum of Modern Art => Museum of Modern Art", False),
        ("[de paragraph] COVID-19 => COVID-19", False),
        ("[de contact] desk@news.example => desk@news.example", False),
        ("{Ana Costa} [de headline] Ana Costa => Ana Costa", False),
        ("[de headline] Ana Costa wins => Ana Costa wins", True),
        ("[de paragraph] THE BRIDGE => The Bridge", True),
        ("[de slug] the-bridge => the-bridge", False),
        ("[it page] (in {language}) => (in {language})", False),
        ("[it heading] Languages => Languages", True),
        ("[it credit] Photo: Jonas Meer => Photo: Jonas Meer", True),
        ("[it quote source] Ada Rossi => Ada Rossi", False),
        ("[it heading] Film => Film", False),
        ("[en-GB paragraph] The colour => The colour", False),
    ],
)
def test_words_that_are_left_as_they_are(example: str, is_found: bool) -> None:
    """Names, numbers, addresses and loans may be, and everything in the source's own language."""
    assert bool(found(po_same, example)) is is_found


@pytest.mark.parametrize(
    ("example", "is_found"),
    [
        ("[de paragraph] x => Das ist ist so.", True),
        ("[de paragraph] x => Der Der Fluss", True),
        ("[de paragraph] x => Leute, die die Brücke kennen", False),
        ("[de paragraph] x => das Boot, mit dem dem Mann geholfen war", False),
        ("[de paragraph] x => bevor Sie sie sehen", False),
        ("[de paragraph] x => die die Brücke", True),
        ("[it paragraph] x => la la valle", True),
        ("[it paragraph] x => piano piano", False),
        ("[de paragraph] Duran Duran => Die Band Duran Duran", False),
        ("[de paragraph] x => Baden Baden-Baden", False),
        ("[de paragraph] x => 10 10 Meter", False),
        ("[de paragraph] x => die Datei DATEI", False),
        ("[it paragraph] Duran Duran, Duran Duran => I Duran Duran, Duran Duran", False),
        ("[it paragraph] x => Il il ponte", True),
        ("[it paragraph] x => non lo so, so che è così", False),
        ("[fr paragraph] x => nous nous levons", True),
    ],
)
def test_words_that_stand_there_twice(example: str, is_found: bool) -> None:
    """Some may, by the grammar of their language or because the source has them twice."""
    assert bool(found(po_doubled_word, example)) is is_found


@pytest.mark.parametrize(
    ("example", "is_found"),
    [
        ("{agreement = Vertrag} [de paragraph] Two agreements => Zwei Kooperationsverträge", False),
        ("{agreement = Vertrag} [de paragraph] Two agreements => Zwei Abkommen", True),
        ("{study = Studie} [de paragraph] The studies => Die Studien", False),
        ("{city council = Stadtrat} [de paragraph] The City Council’s vote => Die Stimmen des Stadtrats", False),
        ("{city council = Stadtrat} [de paragraph] The council of the city => Der Rat", False),
        ("{train = Zug} [de paragraph] The trains => Die Nachtzüge", False),
        ("{train = treno} [it paragraph] The trains => I treni", False),
        ("{bee = ape} [it paragraph] The bees => Le api", False),
        ("{agreement = accordo | intesa} [it paragraph] The agreement => L’intesa", False),
        ("{EU = UE} [it paragraph] The EU => L’UE", False),
        ("{EU = UE} [it paragraph] The EU => L’Europa", True),
        ("{train = Zug} {train driver = Lokführer} [de paragraph] A train driver => Ein Lokführer", False),
        ("{train = Zug} {train driver = Lokführer} [de paragraph] A train and its train driver => Ein Lokführer", True),
        ("{AI = KI} [de paragraph] The AI => Der Ski", True),
        ("{AI = KI} [de paragraph] The AI => Die KI-Firma", False),
        ("{bridge = ponte} [it paragraph] The bridge => Il viadotto", True),
        ("{bridge = ponte} [it paragraph] The road => La strada", False),
        ("{side = parte, not lato} [it paragraph] The side => La parte e i lati", True),
        ("{strain = Belastung} [de paragraph] The train => Der Zug", False),
        ("{TUM} {TUM = Technische Universität} [de paragraph] At TUM => An der TUM", False),
        ("{partner = Partner, not Alliierte} [de paragraph] The side => Die Alliierten", True),
    ],
)
def test_terms_are_said_as_the_glossary_has_them(example: str, is_found: bool) -> None:
    """With endings and compounds, the longest term first; names are no terms."""
    assert bool(found(po_glossary, example)) is is_found


def test_a_forbidden_word_is_told_with_the_right_one() -> None:
    """Wherever it stands."""
    assert told(po_glossary, "{partner = Partner, not Alliierte} [de paragraph] The side => Die Alliierten") == [
        "the glossary forbids “Alliierte”; write “Partner”"
    ]


def test_ways_that_differ_in_case_alone_are_one() -> None:
    """And a slug or an alt may differ as it likes."""
    assert not found(po_inconsistent, "[de tag] climate => Klima", "[de tag] climate => klima")
    assert not found(po_inconsistent, "[it tag] climate => clima", "[it heading] climate => ambiente")
    assert [
        message.split(";")[0] for message in told(po_inconsistent, "[it tag] the end => fine", "[it tag] the end => la fine")
    ] == ["“the end” is “la fine” here and “fine” in locales/it/LC_MESSAGES/bridge.po"]
    assert not found(po_inconsistent, "[de alt] A bridge => Eine Brücke", "[de alt] A bridge => Ein Steg")
