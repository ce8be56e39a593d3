"""Headers, plural forms and fields of catalogs."""

import pytest

from a11ynews.po import PoFile, plural_forms
from a11ynews.rules import CATALOG_RULES
from a11ynews.rules.catalog_file import po_fields, po_plural_forms, po_plural_strings
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
