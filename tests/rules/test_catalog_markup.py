"""Links, emphasis, foreign words and names in catalogs."""

import pytest

from a11ynews.rules.catalog_markup import po_emphasis, po_lang, po_lang_words, po_link_target, po_markup, po_names, po_slug
from catalogs import found, told

LINK = "Read the [report](https://a.example/x)"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Der [Bericht](https://a.example/y)", "the link leads to “https://a.example/y” and not to “https://a.example/x”"),
        ("Der Bericht", "the link to “https://a.example/x” is missing"),
        ("[Der](https://a.example/x) [Bericht](https://b.example/)", "the source has no such link to “https://b.example/”"),
        ("[Der](https://a.example/x) [Bericht](https://a.example/x)", "the source has no such link to “https://a.example/x”"),
    ],
)
def test_links_are_the_sources(words: str, message: str) -> None:
    """Changed, lost, added, or there twice."""
    assert [line.split(";")[0] for line in told(po_link_target, f"[de paragraph] {LINK} => {words}")] == [message]


def test_broken_markup_is_told_once() -> None:
    """A link with a blank in it is broken, and not also lost."""
    example = f"[de paragraph] {LINK} => Der [Bericht] (https://a.example/x)"

    assert told(po_markup, example) == ["the markup “] (” does not work; write the link as [words](address)"]
    assert not found(po_link_target, example)
    assert not found(po_emphasis, "[de paragraph] **A** b => **A b")


@pytest.mark.parametrize(
    "example",
    [
        "[de paragraph] Rated 4* => Mit 4* bewertet",
        "[de paragraph] \\\\*Terms apply => \\\\*Es gelten Bedingungen",
        "[de paragraph] Write <b> for bold => Schreiben Sie <b> für fett",
        "[de paragraph] Readers => Leser*innen und Autor:innen",
        "[de paragraph] 5 < 6 & 7 => 5 < 6 & 7",
        "[de paragraph] AT&T; and more => AT&T; und mehr",
        "[de transcript] [Laughter] (quiet) => [Lachen] (leise)",
        "[de alt] A 5* hotel => Ein 5*-Hotel",
    ],
)
def test_characters_that_look_like_markup_may_be_words(example: str) -> None:
    """Where the source has them too, and within words."""
    assert told(po_markup, example) == []


@pytest.mark.parametrize(
    "words", ["Ein **Hinweis", "<strong>Hinweis</strong>", "Ein&amp;Hinweis", "[Hinweis](https://", "<i>Ein</i>"]
)
def test_markup_that_does_not_work_is_found(words: str) -> None:
    """In an alternative text too, where none works."""
    assert found(po_markup, f"[de paragraph] A note => {words}")
    assert found(po_markup, f"[de alt] A note => {words}")


def test_emphasis_is_counted() -> None:
    """Less of it than in the source is a loss; more is none, unless the source has none."""
    assert found(po_emphasis, "[de paragraph] **A** and **b** => **A** und b")
    assert not found(po_emphasis, "[de paragraph] **Begin** now => **Fang** jetzt **an**")
    assert found(po_emphasis, "[de paragraph] Begin now => Beginne *jetzt*")


@pytest.mark.parametrize(
    ("language", "words", "is_found"),
    [
        ("de", 'Die <i lang="it">Scala</i>', False),
        ("de", 'Die <i lang="it-CH">Scala</i>', True),
        ("de", 'Die <i lang="de">Scala</i>', True),
        ("de", "Die Scala", True),
        ("de", 'Die <i lang="">Scala</i>', True),
        ("it", "La Scala", False),
        ("it-CH", "La Scala", False),
        ("it", 'La <i lang="de">Scala</i>', False),
    ],
)
def test_foreign_words_keep_their_language(language: str, words: str, is_found: bool) -> None:
    """In a translation to that very language they need no mark."""
    assert bool(found(po_lang, f'[{language} paragraph] The <i lang="it">Scala</i> => {words}')) is is_found


def test_foreign_words_stay_as_they_are() -> None:
    """Case and the kind of apostrophe make no difference."""
    assert not found(po_lang_words, """[de paragraph] <i lang="fr">L'Aube</i> => <i lang="fr">l’aube</i>""")
    assert found(po_lang_words, """[de paragraph] <i lang="fr">L'Aube</i> => <i lang="fr">Die Dämmerung</i>""")


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("{TUM} [de paragraph] TUM opens. => Die Universität öffnet.", "the name “TUM” is missing; write it as the source does"),
        (
            "{Ana Costa} [de heading] Ana Costa => Anna Costa",
            "the name “Ana Costa” reads “Anna Costa”; write it as the source does",
        ),
        ("{TUM} [it heading] At TUM => A Tum", "the name “TUM” is missing; write it as the source does"),
    ],
)
def test_a_name_that_is_lost_or_altered_is_told(example: str, message: str) -> None:
    """With what stands in its place, where that is much alike."""
    assert told(po_names, example) == [message]


@pytest.mark.parametrize(
    "example",
    [
        "{TUM} [de heading] TUM’s staff => Das Personal der TUM",
        "{Ana Costa} [de heading] Ana Costa’s book => Ana Costas Buch",
        "{Klaus} [de heading] Klaus’s book => Klaus’ Buch",
        "{TUM, TUM Brussels} [de heading] At TUM Brussels => Bei TUM Brussels",
        "{TUM} [de heading] Costume => Kostüm",
        "{TUM} [de slug] tum-opens => universität-öffnet",
    ],
)
def test_a_name_may_be_inflected(example: str) -> None:
    """And a longer name holds a shorter one."""
    assert told(po_names, example) == []


@pytest.mark.parametrize("words", ["il-ponte", "die-brücke", "ponte2", "città-aperta", "橋"])
def test_a_slug_is_letters_digits_and_hyphens(words: str) -> None:
    """In any script."""
    assert not found(po_slug, f"[it slug] the-bridge => {words}")


@pytest.mark.parametrize(
    "words", ["Il-ponte", "il ponte", "il_ponte", "-ponte", "ponte-", "il--ponte", "l’isola", "a/b", "x" * 81]
)
def test_another_slug_is_found(words: str) -> None:
    """What cannot stand in an address; in other roles it may."""
    assert found(po_slug, f"[it slug] the-bridge => {words}")
    assert not found(po_slug, f"[it heading] The bridge => {words}")


def test_markup_is_found_in_any_language() -> None:
    """Broken in Italian as in German, and lost, added or changed."""
    assert told(po_markup, "[it paragraph] **Note:** closed => **Nota : ** chiuso") == [
        "the markup “**” does not work; put ** right before and right after the words that are strong"
    ]
    assert found(po_link_target, f"[it paragraph] {LINK} => Leggete il [rapporto](https://a.example/it/x)")
    assert not found(po_link_target, f"[it paragraph] {LINK} => Leggete il [rapporto](https://a.example/x)")
    assert told(po_emphasis, "[it paragraph] It is *not* safe. => Non è sicuro.") == [
        "the source has 1 emphasised and the translation 0; put * around the words"
    ]
    assert not found(po_emphasis, "[it alt] 5 * 4 => 5 * 4")


def test_foreign_words_that_are_left_out_are_no_changed_words() -> None:
    """Nor are those that the translation marks of its own accord; a translation to their language says them as it likes."""
    assert not found(po_lang_words, '[it paragraph] The <i lang="fr">aube</i> => L’alba')
    assert not found(po_lang_words, '[it paragraph] A deal => Un <i lang="en">deal</i>')
    assert not found(po_lang_words, '[it paragraph] The <i lang="it">Scala</i> => La <i lang="it">nostra Scala</i>')
    assert told(po_lang_words, '[it paragraph] The <i lang="fr">aube</i> => L’<i lang="fr">alba</i>') == [
        "the words “aube” are French in the source and read otherwise here; leave them as they are"
    ]
