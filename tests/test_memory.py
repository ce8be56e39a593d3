"""The translation memory: what the same words have elsewhere."""

import pytest

from a11ynews.memory import Memory
from a11ynews.merge import Suggestion, Wanted
from a11ynews.po import PoEntry, PoFile


def catalog(file: str, *rows: tuple[str, str, str], fuzzy: bool = False, obsolete: bool = False) -> PoFile:
    """A catalog of role, words and translation."""
    po = PoFile.new("de", file)
    for role, words, translation in rows:
        entry = PoEntry.new(role, words)
        entry.set_strings({0: translation})
        entry.set_fuzzy(fuzzy)
        entry.set_obsolete(obsolete)
        po.entries.append(entry)
    return po


def recall(role: str, words: str, *catalogs: PoFile) -> Suggestion | None:
    memory = Memory()
    for po in catalogs:
        memory.add(po)
    return memory.recall(Wanted(role, words))


def test_the_same_words_in_the_same_role_are_known() -> None:
    """With the catalog where they stand."""
    assert recall("credit", "Photo", catalog("a.po", ("credit", "Photo", "Foto"))) == Suggestion("Foto", "a.po")


def test_words_in_another_role_are_known_with_that_role() -> None:
    """They go after those in the same role."""
    other, same = catalog("a.po", ("tag", "Photo", "Foto")), catalog("b.po", ("credit", "Photo", "Aufnahme"))

    assert recall("credit", "Photo", other) == Suggestion("Foto", "a.po (tag)")
    assert recall("credit", "Photo", other, same) == Suggestion("Aufnahme", "b.po")


def test_other_words_are_not_known() -> None:
    """Only exact matches are."""
    assert recall("credit", "photo", catalog("a.po", ("credit", "Photo", "Foto"))) is None


@pytest.mark.parametrize("role", ["alt", "slug"])
def test_an_alt_and_a_slug_are_right_in_one_place_only(role: str) -> None:
    """Neither gives a translation, nor takes one."""
    assert recall(role, "Photo", catalog("a.po", (role, "Photo", "Foto"))) is None
    assert recall(role, "Photo", catalog("a.po", ("credit", "Photo", "Foto"))) is None
    assert recall("credit", "Photo", catalog("a.po", (role, "Photo", "Foto"))) is None


def test_unsure_and_empty_translations_are_not_remembered() -> None:
    """Nor are plurals, which no record has."""
    plural = PoFile.new("de", "a.po")
    plural.entries.append(PoEntry.new("credit", "Photo", "Photos"))
    plural.entries[-1].set_strings({0: "Foto", 1: "Fotos"})

    assert recall("credit", "Photo", catalog("a.po", ("credit", "Photo", "Foto"), fuzzy=True)) is None
    assert recall("credit", "Photo", catalog("a.po", ("credit", "Photo", " "))) is None
    assert recall("credit", "Photo", plural) is None


def test_a_translation_in_use_goes_before_an_obsolete_one() -> None:
    """Which is remembered all the same."""
    gone = catalog("a.po", ("credit", "Photo", "Lichtbild"), obsolete=True)

    assert recall("credit", "Photo", gone) == Suggestion("Lichtbild", "a.po")
    assert recall("credit", "Photo", gone, catalog("b.po", ("credit", "Photo", "Foto"))) == Suggestion("Foto", "b.po")
    assert recall("credit", "Photo", gone, catalog("b.po", ("credit", "Photo", "Lichtbild"))) == Suggestion("Lichtbild", "b.po")


def test_the_usual_translation_goes_first() -> None:
    """Of several, the one that most catalogs have; among equals, the first."""
    foto, bild, more = (
        catalog(f"{n}.po", ("credit", "Photo", words)) for n, words in (("a", "Foto"), ("b", "Bild"), ("c", "Bild"))
    )

    assert recall("credit", "Photo", foto, bild) == Suggestion("Foto", "a.po")
    assert recall("credit", "Photo", foto, bild, more) == Suggestion("Bild", "b.po")
