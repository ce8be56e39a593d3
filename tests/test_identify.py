"""Languages told by the words: sure where it speaks, silent where it is not."""

import shutil
from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from a11ynews import identify as module
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


def test_norwegian_is_known_by_each_of_its_tags() -> None:
    """The model has no Bokmål by its own tag: beside it alone, every text looked German."""
    words = "Elven steg i løpet av natten, og ingen i landsbyen hadde sett det komme."
    found = [identify(words, tag, (tag, "en", "de", "it")) for tag in ("nb", "nb-NO", "nn", "no")]

    assert all(each and each.declared > 0.9 for each in found)


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


def test_letters_are_counted() -> None:
    """Of every script; neither digits, nor marks, nor the line of a form."""
    assert count_letters("Ångström, 3 × 2_0 – Дом 家") == 12


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model as it is kept once it was unpacked."""
    folder = tmp_path_factory.mktemp("caches")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "user_folder", lambda: folder)
        module._whole_model.__wrapped__()
    (kept,) = (folder / "words").iterdir()
    return kept


@pytest.fixture
def caches(tmp_path: Path, unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the model is kept; nobody can unpack it once more."""
    monkeypatch.setattr(module, "user_folder", lambda: tmp_path)
    monkeypatch.setattr(LanguageIdentifier, "from_model_file", lambda *_args, **_more: "unpacked anew")
    kept = tmp_path / "words" / unpacked.name
    kept.parent.mkdir()
    shutil.copy(unpacked, kept)
    return kept


def test_the_model_that_is_kept_says_what_the_packed_one_says(caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last digit, in every language that it knows."""
    kept = module._whole_model.__wrapped__()
    monkeypatch.undo()
    packed = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    assert caches.is_file()
    for words in SENTENCES.values():
        assert kept.rank(words) == packed.rank(words)


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "writable", "other"])
def test_a_model_that_is_not_as_it_was_kept_is_not_used(harm: str, caches: Path) -> None:
    """A damaged one, or one that others may have written."""
    content = caches.read_bytes()
    middle = len(content) // 2
    if harm == "writable":
        caches.chmod(0o666)
    elif harm == "changed":
        caches.write_bytes(content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :])
    else:
        caches.write_bytes({"cut": content[:middle], "empty": b"", "other": b"PK no archive at all"}[harm])

    assert module._whole_model.__wrapped__() == "unpacked anew"


def test_a_model_of_another_version_goes(caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new one is kept; where nothing can be kept, the model is there all the same."""
    older = caches.rename(caches.with_name("older.npz"))
    monkeypatch.setattr("lzma.decompress", lambda _content: b"")
    assert module._whole_model.__wrapped__() == "unpacked anew"
    assert not older.exists()
    shutil.rmtree(caches.parent)
    caches.parent.write_bytes(b"")
    assert module._whole_model.__wrapped__() == "unpacked anew"
