"""Headers, plural forms and fields of catalogs."""

import pytest

from a11ynews.po import PoFile, plural_forms
from a11ynews.rules import CATALOG_RULES
from a11ynews.rules.catalog_file import (
    po_conflict,
    po_fields,
    po_header,
    po_header_fuzzy,
    po_header_language,
    po_ignore,
    po_plural_forms,
    po_plural_strings,
)
from catalogs import bitext_of, found, report_on, told


@pytest.mark.parametrize("language", ["de", "it", "en-GB", "fr", "pl", "ru", "ja", "ar", "pt-BR", "de-AT", "sr-Latn", "tlh"])
def test_a_new_catalog_has_a_right_header(language: str) -> None:
    """Whatever the language: what we write ourselves is no finding."""
    assert report_on(bitext_of(PoFile.new(language, "x.po"), language)).findings == []


@pytest.mark.parametrize(
    ("language", "rule"),
    [
        ("de", "nplurals=2; plural=n!=1"),
        ("de", "nplurals=2; plural=(n == 1 ? 0 : 1);"),
        ("de", " nplurals = 2 ;\n plural = n > 1 || n == 0 ;"),
        ("ja", "nplurals=1; plural=0;"),
        ("pl", plural_forms("pl").replace("nplurals=", "nplurals =")),
    ],
)
def test_a_plural_rule_may_be_written_in_another_way(language: str, rule: str) -> None:
    """What counts is which form each number takes."""
    assert not found(po_plural_forms, f"[{language} header] Plural-Forms: {' '.join(rule.split())}".replace(";", ","))


@pytest.mark.parametrize("rule", ["nplurals=2, plural=n", "nplurals=2, plural=1/0", "nplurals=2, plural=import", "plural=0"])
def test_a_plural_rule_that_does_not_work_is_found(rule: str) -> None:
    """A form that there is not, arithmetic that fails, words that are no rule."""
    assert [message.split(" do not")[0] for message in told(po_plural_forms, f"[de header] Plural-Forms: {rule}")] == [
        f"the header's plural forms “{rule.replace(',', ';')}”"
    ]


def test_plural_forms_are_counted_by_the_header() -> None:
    """A catalog of a language with three has three."""
    header = f"[pl header] Language: pl; Plural-Forms: {plural_forms('pl').replace(';', ',')}"

    assert not found(po_plural_strings, f"{header} [pl page] {{n}} day | {{n}} days => dzień | dni | dnia")
    assert found(po_plural_strings, f"{header} [pl page] {{n}} day | {{n}} days => dzień | dni")


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("[de page] By {name} => Von {nmae}", "the source has no field {nmae}; its fields are: {name}"),
        ("[de page] By {name} => Von", "the field {name} is missing; put it where it belongs in the sentence"),
        ("[de page] {n} day | {n} days => ein Tag | Tage", "the field {n} is missing; put it where it belongs in the sentence"),
    ],
)
def test_a_field_that_is_wrong_is_named(example: str, message: str) -> None:
    """With those that there are."""
    assert told(po_fields, example) == [message]


def test_fields_are_a_matter_of_the_pages_own_words() -> None:
    """In a record's text a brace is a brace; the form of one number may do without the number, that of many may not."""
    assert not found(po_fields, "[de paragraph] A {brace} => Eine {Klammer}")
    assert not found(po_fields, "[de page] {n} day | {n} days => ein Tag | {n} Tage")
    assert not found(po_fields, "[de page] Use {{name}} for {x} => {{name}} für {x}")
    header = f"[ru header] Language: ru; Plural-Forms: {plural_forms('ru').replace(';', ',')}"
    assert found(po_fields, f"{header} [ru page] {{n}} day | {{n}} days => день | {{n}} дня | {{n}} дней")


def test_every_rule_looks_at_a_catalog_without_anything() -> None:
    """An empty file has no header, and that is all there is to say."""
    empty = PoFile("x.po")

    assert [finding.rule for finding in report_on(bitext_of(empty, "de"), rules=CATALOG_RULES).findings] == ["po-header"]


def test_a_header_names_its_character_set() -> None:
    """In whichever case and with whatever blanks; without a header nothing more is asked of it."""
    assert told(po_header, "[it header] Language: it") == [
        'the header names no character set; write "Content-Type: text/plain; charset=UTF-8\\n"'
    ]
    assert not found(po_header, "[it header] Content-Type: text/plain,CHARSET=utf-8")
    empty = bitext_of(PoFile("x.po"), "it")
    assert [finding.rule for finding in report_on(empty, rules=[po_header]).findings] == ["po-header"]
    assert report_on(empty, rules=[po_header_language, po_header_fuzzy, po_plural_forms]).findings == []


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("[it header] Language: ", 'the header names no language; write "Language: it\\n"'),
        (
            "[it header] Language: de",
            'the header says German and the catalog is in the folder for Italian; write "Language: it\\n", or move the file',
        ),
        ("[de header] Language: deutsch!", 'the header\'s language “deutsch!” is none; write "Language: de\\n"'),
        ("[de-AT header] Language: fr", None),
    ],
)
def test_a_header_names_the_language_of_its_folder(example: str, message: str | None) -> None:
    """Else it is told which one it should be."""
    messages = told(po_header_language, example)

    assert messages == [message] if message else "Language: de_AT" in messages[0]


@pytest.mark.parametrize("example", ["[de header] Language: de_CH", "[it header] Language: it", "[it-CH header] Language: it"])
def test_a_header_may_be_more_or_less_precise(example: str) -> None:
    """A region makes no other language."""
    assert not found(po_header_language, example)


def test_a_fuzzy_header_is_found() -> None:
    """A fuzzy entry is another matter."""
    assert told(po_header_fuzzy, "[it header fuzzy] Language: it") == ["the header is flagged fuzzy; delete its line “#, fuzzy”"]
    assert not found(po_header_fuzzy, "[it header] Language: it [it heading fuzzy] The bridge => Il ponte")


def test_a_conflict_is_found_in_fuzzy_entries_too() -> None:
    """That is how msgmerge leaves them. A few number signs are none."""
    marks = "#-#-#-#-#  a.po  #-#-#-#-#Il ponte#-#-#-#-#  b.po  #-#-#-#-#Un ponte"

    assert found(po_conflict, f"[it heading] The bridge => {marks}")
    assert found(po_conflict, f"[it heading fuzzy] The bridge => {marks}")
    assert not found(po_conflict, "[it heading] No. ## => N. ##-##")


def test_a_plural_of_one_string_is_found_in_every_language() -> None:
    """What is fuzzy or not translated at all is another command's matter, and so are messages without a plural."""
    assert told(po_plural_strings, "[it page] {n} photo | {n} photos => {n} foto") == [
        "“{n} photo” has 1 plural forms and the header asks for 2; mend one of them"
    ]
    assert told(po_plural_strings, "[it page] {n} day | {n} days => {n} giorno | ") == [
        "“{n} day” has no words for the plural form 1; translate it too"
    ]
    assert not found(po_plural_strings, "[it page] {n} day | {n} days => {n} giorno | {n} giorni")
    assert not found(po_plural_strings, "[it page fuzzy] {n} day | {n} days => {n} giorno")
    assert not found(po_plural_strings, "[it page] A day => Un giorno")


@pytest.mark.parametrize(
    ("comment", "words", "message"),
    [
        ("a11ynews: ignore po-same because it is a film", "The bridge", None),
        ("a11ynews: ignore po-same, po-numbers because it is a film", "The bridge", "po-numbers finds nothing here any more"),
        ("a11ynews: ignore po-same because it is a film", "Il ponte", "po-same finds nothing here any more"),
        ("a11ynews: ignore po-smae because it is a film", "The bridge", "there is no rule “po-smae”"),
        ("a11ynews: ignore po-same", "The bridge", "the comment “ignore po-same” says not which rule to ignore and why"),
        ("Is this the name of a film?", "Il ponte", None),
    ],
)
def test_a_comment_that_does_nothing_is_told(comment: str, words: str, message: str | None) -> None:
    """A comment of another kind is for people, and none of our business."""
    messages = told(po_ignore, f"[it heading # {comment}] The bridge => {words}")

    assert [line.split(";")[0] for line in messages] == ([message] if message else [])
