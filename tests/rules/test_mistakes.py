"""What a form says of mistakes: which field, what is wrong, how to mend it."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.mistakes import error_message, error_unheard, errors_somewhere
from pages import told

FORM = '<form lang="{}"><label>Tag <input></label> {}</form>'


@pytest.mark.parametrize(
    ("language", "words", "is_bare"),
    [
        ("en", "Invalid date", True),
        ("en", "Phone number is not valid.", True),
        ("en", "Error!", True),
        ("en", "Invalid value for date of birth", True),
        ("en", "Invalid date: write it as 31 12 2026", False),
        ("en", "Enter a date of the future", False),
        ("en", "Invalid user or password", False),
        ("en", "The river rose and the bridge was wrong for it", False),
        ("de", "Das Datum ist ungültig.", True),
        ("de", "Falsches Format", True),
        ("de", "Fehlerhafte Eingabe im Feld Telefon", True),
        ("de", "Ungültig: Schreiben Sie 31.12.2026", False),
        ("de", "Bitte geben Sie ein Datum ein.", False),
        ("it", "Il formato non è valido", True),
        ("it", "Data errata", True),
        ("it", "Data non valida per nascita", True),
        ("it", "Scrivi la data come 31/12/2026", False),
        ("fr", "Valeur non valide", False),
    ],
)
def test_messages_that_say_no_more_than_that_something_is_wrong(language: str, words: str, is_bare: bool) -> None:
    """With the field's name or without it; in three languages."""
    assert bool(told(error_message, FORM.format(language, f"<span>{words}</span>"))) is is_bare


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (error_message, "<p>Invalid value</p><form><label>A <input></label></form>"),
        (error_message, "<form><p>Invalid value</p><button>Go</button></form>"),
        (error_message, "<form><label>A <input></label><h2>Error</h2></form>"),
        (error_message, "<form><label>A <input></label><p hidden>Invalid value</p></form>"),
        (error_message, '<form><label>A <input></label><p>Error</p><input type="password" aria-label="B"></form>'),
        (error_unheard, FORM.format("en", '<p aria-hidden="true">Why we ask for your name</p>')),
        (error_unheard, FORM.format("de", '<p aria-hidden="true" style="display: none">Falsches Datum, bitte ändern</p>')),
        (error_unheard, '<p aria-hidden="true">Invalid value, see below</p>'),
        (errors_somewhere, "<p>There are errors on this page.</p>"),
        (errors_somewhere, '<p>Fix the errors:</p><form><label>A <input></label> <b class="error">Write a name</b></form>'),
        (
            errors_somewhere,
            '<p>Fix the errors:</p><form><label>A <input aria-describedby="a"></label> <b id="a">A name</b></form>',
        ),
        (errors_somewhere, '<div><p>Fix the errors:</p><ul><li><a href="#a">A</a></ul></div><form><input id="a"></form>'),
        (errors_somewhere, "<p hidden>Correct the errors.</p><form><label>A <input></label></form>"),
        (errors_somewhere, "<p>Errors are human.</p><form><label>A <input></label></form>"),
        (errors_somewhere, FORM.format("it", "<p>Gli errori del ponte</p>")),
    ],
)
def test_what_is_no_fault(rule: Rule[Any], fragment: str) -> None:
    """Words outside forms, hidden ones, sign-in, and mistakes that are told beside their fields."""
    assert told(rule, fragment) == []


def test_the_message_quotes_what_is_said() -> None:
    """So that it is found in the scripts that say it."""
    assert told(error_message, FORM.format("de", "<p>Ungültige Eingabe!</p>"))[0].endswith(
        "“Ungültige Eingabe” does not say how to mend it; say what is expected"
    )
    assert told(errors_somewhere, FORM.format("de", "<p>Bitte korrigieren Sie Ihre Angaben.</p>"))
