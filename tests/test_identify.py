"""Languages told by the words: sure where it speaks, silent where it is not."""

import pytest

from a11ynews.identify import FEWEST_LETTERS, can_be_told, count_letters, identify
from a11ynews.markup import parse, plain
from news import LANGUAGES, stories

SENTENCES = {
    "en": "The river rose in the night, and nobody in the village had seen it coming.",
    "de": "Der Fluss stieg in der Nacht, und niemand im Dorf hatte es kommen sehen.",
    "it": "Il fiume è salito nella notte e nessuno in paese se ne era accorto.",
    "fr": "La rivière est montée pendant la nuit, et personne au village ne l’avait vue venir.",
    "nl": "De rivier steeg in de nacht en niemand in het dorp had het zien aankomen.",
    "ar": "ارتفع النهر في الليل ولم يره أحد في القرية قادما.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_told(language: str) -> None:
    """It agrees with its own language, and contradicts every other that is not its kin."""
    words = SENTENCES[language]
    for declared in SENTENCES:
        found = identify(words, declared)
        assert found is not None
        assert found.contradicts(letters=count_letters(words)) is (declared != language)
        assert declared == language or found.language == language


def test_kin_is_not_told_apart() -> None:
    """Norwegian marked as Danish is nothing that a machine should be sure of."""
    found = identify("Elven steg i løpet av natten, og ingen i landsbyen hadde sett det komme.", "da")

    assert found is not None
    assert not found.contradicts(letters=60)


@pytest.mark.parametrize(
    "words", ["", "Impressum", "Angela Merkel", "1.234.567 — 12:30", "Read more", "x" * (FEWEST_LETTERS - 1)]
)
def test_few_letters_are_not_judged(words: str) -> None:
    """A name or a single word can be in any language."""
    assert identify(words, "de") is None


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("de", True),
        ("de-AT", True),
        ("EN", True),
        ("fur", False),
        ("tlh", False),
        ("en-XA", False),
        ("ar-XB", False),
        ("", False),
    ],
)
def test_what_is_not_known_is_not_judged(tag: str, known: bool) -> None:
    """Of a language that the model has never seen nothing can be said."""
    assert can_be_told(tag) is known
    assert (identify(SENTENCES["en"], tag) is None) is not known


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_no_news_text_is_taken_for_another_language(language: str) -> None:
    """Hundreds of headlines, captions and sentences, names and all: not one mistake; most of them are told where they stray."""
    found = told = judged = 0
    other = "it" if language == "de" else "de"
    for story in stories():
        words = plain(parse(story.words(language)))
        own, wrong = identify(words, language), identify(words, other)
        if own and wrong:
            judged += 1
            found += own.contradicts(letters=count_letters(words))
            told += wrong.contradicts(letters=count_letters(words))

    assert judged > 300
    assert found == 0
    assert told / judged > 0.8
