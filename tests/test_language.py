"""Languages: their tags, the catalogs that serve them, their direction, and their names for people."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a11ynews.errors import LanguageError
from a11ynews.language import (
    chain_of,
    direction_of,
    folder_of,
    format_day,
    format_names,
    locale_of,
    name_of,
    native_name_of,
    same_language,
    script_of,
    tag_of,
    territory_form,
)


def fault_of(code: str) -> str:
    with pytest.raises(LanguageError) as caught:
        tag_of(code)
    return str(caught.value)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de_at", "de-AT"),
        ("de-AT", "de-AT"),
        ("pt_BR", "pt-BR"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("es_419", "es-419"),
        ("sr_Latn", "sr-Latn"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("uz@Cyrillic", "uz-Cyrl"),
        ("ca@valencia", "ca-valencia"),
        ("de@euro", "de"),
        ("de-AT-1996", "de-AT-1996"),
        ("en_XA", "en-XA"),
        ("ar-XB", "ar-XB"),
        ("no", "no"),
        ("hsb", "hsb"),
        ("lld", "lld"),
    ],
)
def test_a_tag_and_a_gettext_folder_name_give_the_same_tag(code: str, tag: str) -> None:
    """In its usual case, with gettext's underscores and modifiers told as BCP 47 has them."""
    assert tag_of(code) == tag


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("deu", "de"),
        ("ger_AT", "de-AT"),
        ("ita", "it"),
        ("cz", "cs"),
        ("dk", "da"),
        ("gr", "el"),
        ("jp", "ja"),
        ("iw", "he"),
        ("in", "id"),
        ("german", "de"),
        ("Itallian", "it"),
        ("Deutsch", "de"),
        ("français", "fr"),
        ("de_DE.UTF-8", "de-DE"),
        (" de", "de"),
    ],
)
def test_a_code_that_is_none_is_told_with_the_one_that_was_meant(code: str, near: str) -> None:
    """Codes of countries, of three letters, replaced ones, names in English and in the language itself."""
    assert fault_of(code).startswith(f"{code!r} is no language ")
    assert fault_of(code).endswith(f"; did you mean “{near}”?")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "xx",
        "zz",
        "qqq",
        "nonsense",
        "de--AT",
        "de_",
        "-de",
        "de\nx",
        "ｄｅ",
        "de-AT-x",
        "sr@x",
        "und",
        "mul",
        "zxx",
    ],
)
def test_any_other_is_told_with_examples(code: str) -> None:
    """Where nothing is near, the message shows what a tag looks like."""
    assert fault_of(code).endswith("; write one such as “en”, “de-AT” or “sr-Latn”")


def test_a_fault_stays_short_and_on_one_line() -> None:
    """Whatever stands where a code should."""
    assert len(fault_of("\n\x1b[31m" * 10_000)) < 200
    assert fault_of("a\nb\x1b").isprintable()


@given(st.text(max_size=30))
def test_no_code_raises_anything_else(code: str) -> None:
    """A tag or a LanguageError, and a tag is its own tag."""
    try:
        tag = tag_of(code)
    except LanguageError:
        return

    assert tag_of(tag) == tag
    assert tag_of(folder_of(tag)) == tag


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("de", ["de"]),
        ("de-AT", ["de-AT", "de"]),
        ("pt-BR", ["pt-BR", "pt"]),
        ("es-419", ["es-419", "es"]),
        ("en-XA", ["en-XA"]),
        ("ar-XB", ["ar-XB"]),
        ("zh-CN", ["zh-CN", "zh"]),
        ("zh-Hans-SG", ["zh-Hans-SG", "zh-Hans", "zh"]),
        ("zh-TW", ["zh-TW", "zh-Hant"]),
        ("zh-Hant-HK", ["zh-Hant-HK", "zh-Hant"]),
        ("sr", ["sr"]),
        ("sr-Latn", ["sr-Latn"]),
        ("sr-Latn-RS", ["sr-Latn-RS", "sr-Latn"]),
        ("sr-ME", ["sr-ME", "sr-Latn"]),
        ("az-IR", ["az-IR", "az-Arab"]),
        ("ca-valencia", ["ca-valencia", "ca"]),
    ],
)
def test_a_language_falls_back_to_its_parents_in_the_same_script(tag: str, chain: list[str]) -> None:
    """Nobody who reads Traditional Chinese is given Simplified; and a pseudo-locale has no parent."""
    assert list(chain_of(tag)) == chain


def test_a_folder_is_gettexts_spelling() -> None:
    """Underscores for hyphens."""
    assert [folder_of(tag) for tag in ("de", "de-AT", "sr-Latn", "zh-Hant-TW")] == ["de", "de_AT", "sr_Latn", "zh_Hant_TW"]


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *(
            (tag, "rtl")
            for tag in ("ar", "he", "fa", "ur", "yi", "ps", "dv", "ckb", "ug", "ks", "ar-XB", "pa-PK", "uz-AF", "ms-Arab")
        ),
        *((tag, "ltr") for tag in ("en", "de-AT", "ru", "zh-TW", "hi", "pa", "uz", "ku", "az", "en-XA", "tlh", "ar-Latn")),
    ],
)
def test_the_direction_is_that_of_the_script(tag: str, direction: str) -> None:
    """Punjabi runs to the right in India and to the left in Pakistan."""
    assert direction_of(tag) == direction


@pytest.mark.parametrize(
    ("tag", "script"), [("it", "Latn"), ("sr", "Cyrl"), ("sr-ME", "Latn"), ("zh", "Hans"), ("zh-HK", "Hant"), ("el", "Grek")]
)
def test_the_script_is_cldrs_likely_one(tag: str, script: str) -> None:
    """Where the tag does not say it."""
    assert script_of(tag) == script


@pytest.mark.parametrize(
    ("tag", "other", "same"),
    [
        ("de", "de-AT", True),
        ("en-GB", "en-US", True),
        ("zh-TW", "zh-HK", True),
        ("zh-TW", "zh", False),
        ("sr", "sr-Latn", False),
        ("de", "nl", False),
        ("en-XA", "en", False),
        ("en-XA", "en-XA", True),
    ],
)
def test_the_same_language_is_one_that_a_voice_reads_alike(tag: str, other: str, same: bool) -> None:
    """The region does not matter, the script does; a pseudo-locale is like itself alone."""
    assert same_language(tag, other) is same
    assert same_language(other, tag) is same


@pytest.mark.parametrize(
    ("tag", "display", "name"),
    [
        ("de", "it", "tedesco"),
        ("it", "de", "Italienisch"),
        ("de-AT", "en", "German (Austria)"),
        ("zh-TW", "en", "Chinese (Traditional, Taiwan)"),
        ("sr-Latn", "en", "Serbian (Latin)"),
        ("la", "en", "Latin"),
        ("grc", "en", "Ancient Greek"),
        ("grc", "de", "Altgriechisch"),
        ("tlh", "en", "Klingon"),
        ("en-XA", "en", "English (Pseudo-Accents)"),
        ("ca-valencia", "en", "Catalan (Valencian)"),
        ("de", "tlh", "German"),
    ],
)
def test_a_language_has_a_name_in_every_other(tag: str, display: str, name: str) -> None:
    """Also one that CLDR knows by name only; it is never called by another's name."""
    assert name_of(tag, display) == name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("it", "Italiano"),
        ("de", "Deutsch"),
        ("de-AT", "Deutsch (Österreich)"),
        ("fr", "Français"),
        ("ar", "العربية"),
        ("zh-TW", "中文 (繁體, 台灣)"),
        ("sr-Latn", "Srpski (latinica)"),
        ("pt-BR", "Português (Brasil)"),
        ("en-XA", "English (Pseudo-Accents)"),
    ],
)
def test_a_menu_has_each_language_in_its_own_words(tag: str, name: str) -> None:
    """With a capital, where the script has one."""
    assert native_name_of(tag) == name


def test_cldr_formats_in_the_nearest_language_that_it_has_data_for() -> None:
    """A pseudo-locale as its language, one without data as English."""
    assert [str(locale_of(tag)) for tag in ("de-AT", "en-XA", "ar-XB", "tlh")] == ["de_AT", "en", "ar", "en"]


@pytest.mark.parametrize(
    ("tag", "day", "names"),
    [
        ("en", "November 14, 2022", "A, B, and C"),
        ("de", "14. November 2022", "A, B und C"),
        ("it", "14 novembre 2022", "A, B e C"),
        ("zh-TW", "2022年11月14日", "A、B和C"),
        ("en-XA", "November 14, 2022", "A, B, and C"),
    ],
)
def test_days_and_lists_are_cldrs(tag: str, day: str, names: str) -> None:
    """In words, as the language puts them."""
    assert format_day(datetime(2022, 11, 14, 9, tzinfo=UTC), tag) == day
    assert format_names(["A", "B", "C"], tag) == names


@pytest.mark.parametrize(
    ("tag", "form"),
    [("de", "de_DE"), ("de-AT", "de_AT"), ("zh-Hant", "zh_TW"), ("sr-Latn", "sr_RS"), ("es-419", "es_419"), ("en-XA", "en_XA")],
)
def test_open_graph_gets_a_territory(tag: str, form: str) -> None:
    """The tag's own, else CLDR's likely one."""
    assert territory_form(tag) == form
