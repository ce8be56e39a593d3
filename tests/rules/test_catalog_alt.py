"""Alternative texts in catalogs."""

import pytest

from a11ynews.rules.catalog_alt import po_alt_caption, po_alt_empty, po_alt_file_name, po_alt_opening, po_alt_same, po_max_length
from catalogs import found, told


@pytest.mark.parametrize("words", ["–", '" "', '"\\u00a0"', "…", "?!", '"\\u200b"'])
def test_an_alt_without_a_word_is_found(words: str) -> None:
    """Marks and blanks are nothing that could be said. What is not translated at all is another command's matter."""
    assert found(po_alt_empty, f"[de alt] A bridge => {words}")
    assert not found(po_alt_empty, "[de alt] A bridge => ")
    assert not found(po_alt_empty, f"[de paragraph] A bridge => {words}")


@pytest.mark.parametrize("alt", ["Die neue Brücke", "die neue Brücke.", "„Die neue Brücke“", "DIE NEUE  BRÜCKE"])
def test_an_alt_that_is_the_caption_is_found(alt: str) -> None:
    """Case, marks at the ends and markup in the caption make no difference."""
    caption = "[de caption] The new bridge => Die **neue** Brücke"

    assert told(po_alt_caption, f"[de alt] Two arches => {alt} {caption}") == [
        "the alt text of the picture 1.png repeats its caption “Die neue Brücke”; say what is seen"
    ]


def test_an_alt_is_compared_with_its_own_caption() -> None:
    """Another picture's says other things; and what the source repeats, the translator need not mend."""
    assert not found(po_alt_caption, "[de alt] Two arches => Die Brücke [de alt] A hall => Saal [de caption] Hall => Die Brücke")
    assert not found(po_alt_caption, "[de alt] The new bridge => Die Brücke [de caption] The new bridge. => Die Brücke")


def test_two_pictures_may_be_alike_in_the_source() -> None:
    """What the source does not tell apart, a translation need not. A share of one alt is no finding either."""
    assert not found(po_alt_same, "[de alt] The bridge => Die Brücke [de alt] The bridge. => Die Brücke.")
    assert not found(po_alt_same, "[it alt] The bridge => Il ponte [it alt] The hall => La sala")
    assert not found(po_alt_same, "[it caption] The bridge => Il ponte [it caption] The hall => Il ponte")
    assert found(po_alt_same, "[it alt] The bridge => Il ponte [it alt] The hall => «Il ponte»")
    assert told(po_alt_same, "[de alt] The bridge => Die Brücke [de alt] The hall => Die Brücke.") == [
        "the picture 2.png has the alt text of 1.png, “Die Brücke.”; say what it shows itself"
    ]


@pytest.mark.parametrize("words", ["Brücke.JPG", "IMG_2041", "dsc04711", "Foto 3", "pict-12.heic", "a/b/c.webp"])
def test_a_files_name_is_found(words: str) -> None:
    """With or without its ending."""
    assert found(po_alt_file_name, f"[de alt] A bridge => {words}")


@pytest.mark.parametrize("words", ["Die Datei bruecke.jpg im Ordner", "Foto", "Brücke 12", "P. 12"])
def test_words_about_a_file_are_no_files_name(words: str) -> None:
    """An alt may speak of a file."""
    assert not found(po_alt_file_name, f"[de alt] A bridge => {words}")
    assert not found(po_alt_file_name, "[it alt] A bridge => Un ponte")
    assert not found(po_alt_file_name, "[it caption] A bridge => ponte.jpg")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Ein Bild der Brücke"),
        ("de", "Foto: die Brücke"),
        ("de", "Auf dem Foto ist die Brücke zu sehen"),
        ("de", "Abbildung einer Brücke"),
        ("de", "Symbolbild: eine Brücke"),
        ("it", "Foto del ponte"),
        ("it", "L’immagine mostra un ponte"),
        ("it", "Un'immagine dell’arco"),
        ("it", "Nella foto un ponte"),
        ("en", "Photograph of a bridge"),
        ("en", "This image shows a bridge"),
        ("de-AT", "Bild von einer Brücke"),
        ("de", "Foto"),
        ("it", "«Immagine»."),
        ("fr", "Image"),
    ],
)
def test_an_alt_that_says_it_is_a_picture_is_found(language: str, words: str) -> None:
    """In the language of the catalog."""
    assert found(po_alt_opening, f"[{language} alt] A bridge => {words}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Bildung für alle: ein Klassenzimmer"),
        ("de", "Ein Fotograf auf der Brücke"),
        ("de", "Im Bildhintergrund eine Brücke"),
        ("de", "Grafiken an einer Wand"),
        ("it", "Foto di gruppo davanti al ponte"),
        ("it", "Fotografi sul ponte"),
        ("it", "Una figura in nero sul ponte"),
        ("en", "Pictures on a wall"),
        ("fr", "Photo de la passerelle"),
    ],
)
def test_an_alt_may_speak_of_pictures(language: str, words: str) -> None:
    """Where they are what is seen; and in other languages nothing is known. What the source lacks, a translation may."""
    assert not found(po_alt_opening, "[de alt] Picture => Bild")
    assert not found(po_alt_opening, f"[{language} alt] A bridge => {words}")


def test_a_limit_is_the_roles_or_the_entrys() -> None:
    """In characters that are seen; a text may be as long as a source that is too long itself."""
    assert told(po_max_length, f"[de kicker] Research => {'x' * 41}") == [
        "the kicker has 41 characters and room for 40; shorten it"
    ]
    assert not found(po_max_length, f"[de kicker] Research => {'x' * 40}")
    assert not found(po_max_length, f"[de kicker] Research => **{'x' * 40}**")
    assert not found(po_max_length, f"[de kicker] {'y' * 50} => {'x' * 50}")
    assert found(po_max_length, "[de page max-length:4] Menu => Menüs")
    assert found(po_max_length, f"[it headline] Research => {'x' * 111}")
    assert not found(po_max_length, "[it headline] Research => La ricerca")
    assert not found(po_max_length, f"[de paragraph] Research => {'x' * 4000}")


def test_an_alt_in_italian_has_words_of_its_own() -> None:
    """What holds for German holds for it."""
    assert found(po_alt_empty, "[it alt] A bridge => …")
    assert not found(po_alt_empty, "[it alt] A bridge => Un ponte")
    assert found(po_alt_caption, "[it alt] Two arches => Il ponte nuovo [it caption] The new bridge => Il ponte nuovo.")
    assert not found(po_alt_caption, "[it alt] Two arches => Due archi [it caption] The new bridge => Il ponte nuovo")
