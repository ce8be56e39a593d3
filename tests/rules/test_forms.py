"""Forms: names of fields and buttons, groups, purposes."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.forms import (
    autocomplete,
    button_name,
    field_name,
    field_placeholder,
    group_name,
    image_button_name,
    label_in_name,
    label_once,
    label_same,
    label_stopgap,
    menu_item_name,
    radio_group,
    summary_name,
)
from pages import told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (field_name, '<input type="hidden" name="a">'),
        (field_name, '<input aria-hidden="true">'),
        (field_name, "<input type=submit>"),
        (field_name, "<select role=none disabled><option>A</option></select>"),
        (field_name, '<input placeholder="Search">'),
        (field_name, '<div role="checkbox" aria-checked="false" tabindex="0">Ich stimme zu</div>'),
        (field_name, '<input type="checkbox" role="menuitemcheckbox" aria-labelledby="k"><i id="k" aria-hidden="true">K</i>'),
        (field_name, "<label>Land <select><option>Italia</option></select></label>"),
        (field_placeholder, '<label hidden>Search</label><input title="Search" placeholder="Search">'),
        (field_placeholder, "<input>"),
        (label_once, "<label for=a>Date</label><label for=b>Day</label><input id=a><input id=b>"),
        (label_once, "<label for=a></label><label for=a>Day</label><input id=a>"),
        (label_once, "<label for=a>Tag</label><label for=a hidden>Datum</label><input id=a>"),
        (label_stopgap, "<label>Menu <select><option>A</option></select></label>"),
        (label_stopgap, '<label><input type="checkbox"> Text</label>'),
        (label_stopgap, '<label for="a">Menu</label><p id="a"></p>'),
        (label_same, "<form><label>Street <input></label></form><form><label>Street <input></label></form>"),
        (label_same, '<label><input type="radio"> Yes</label><label><input type="radio"> Yes</label>'),
        (label_same, "<table><tr><td><label>Zahl <input></label></td></tr><tr><td><label>Zahl <input></label></td></tr></table>"),
        (label_same, '<div role="group" aria-label="A"><label>Via <input></label></div><label>Via <input></label>'),
        (group_name, "<div>Fields</div>"),
        (group_name, '<fieldset aria-label="Indirizzo"><label>Via <input></label></fieldset>'),
        (radio_group, '<label><input type="radio" name="a"> Yes</label>'),
        (radio_group, '<label><input type="radio" name="a"> A</label><label><input type="radio" name="b"> B</label>'),
        (radio_group, '<label><input type="radio"> A</label><label><input type="radio"> B</label>'),
        (button_name, '<button style="display: none"></button>'),
        (button_name, '<button role="link"></button>'),
        (button_name, '<input type="image" src="a.svg">'),
        (button_name, '<button title="Suchen"></button>'),
        (button_name, '<div role="button" tabindex="0"><svg><title>Cerca</title></svg></div>'),
        (image_button_name, '<input type="image" src="a.svg" hidden>'),
        (image_button_name, '<img src="a.svg">'),
        (menu_item_name, '<div role="menu" hidden><button role="menuitem"></button></div>'),
        (summary_name, "<summary></summary>"),
        (summary_name, "<details><div><summary></summary></div></details>"),
        (summary_name, '<details><summary role="button"></summary></details>'),
        (summary_name, "<details><summary>Orari</summary><summary></summary></details>"),
        (autocomplete, '<input autocomplete="">'),
        (autocomplete, '<input autocomplete="badname" disabled>'),
        (autocomplete, '<input autocomplete="badname" tabindex="-1" role="none">'),
        (autocomplete, '<input type="submit" autocomplete="badname">'),
        (autocomplete, '<input autocomplete="badname" aria-disabled="true">'),
        (autocomplete, '<textarea autocomplete="Street-Address"></textarea>'),
        (autocomplete, '<input autocomplete="section-a shipping home tel-local">'),
        (autocomplete, '<input type="password" autocomplete="current-password webauthn">'),
        (label_in_name, '<div role="tooltip" aria-label="OK">Next</div>'),
        (label_in_name, '<input type="email" aria-label="E-Mail" value="Contact">'),
        (label_in_name, '<button aria-label="anything">X</button>'),
        (label_in_name, '<button aria-label="💡 Senden 💡">&gt;&gt; ** Senden ** &lt;&lt;</button>'),
        (label_in_name, '<a href="/" aria-label="Scarica il testo">Scarica <span hidden>pure</span> il testo</a>'),
        (label_in_name, '<a href="/" aria-label="ACT"><div>A</div><div>C</div><div>T</div></a>'),
        (label_in_name, '<button aria-label="Find" class="material-icons">search</button>'),
        (label_in_name, '<button aria-label="Find"><span class="sr-only">Open</span> Search</button>'),
        (label_in_name, '<button aria-label="Suche"></button>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """What is hidden, disabled, named in another way or no field is left alone."""
    assert told(rule, fragment) == []


@pytest.mark.parametrize(
    ("fragment", "field"),
    [
        ('<input name="mail">', '<input name="mail">'),
        ('<select id="land"></select>', '<select name="land">'),
        ("<input type=date>", "<input>"),
        ('<input aria-label=" ">', "<input>"),
        ("<input disabled>", "<input>"),
        ('<div role="textbox" tabindex="0"></div>', '<div role="textbox">'),
        ('<label><input type="checkbox"></label>', "<input>"),
    ],
)
def test_fields_without_a_name(fragment: str, field: str) -> None:
    """They are told by what they are called in the markup."""
    assert told(field_name, fragment) == [f"the field {field} has no name; give it a <label>"]


def test_placeholders_and_second_labels() -> None:
    """With the words that are to be seen."""
    assert told(field_placeholder, '<input name="q" placeholder=" Cerca  qui ">') == [
        'the field <input name="q"> is named by its placeholder “Cerca qui” alone; give it a <label>'
    ]
    assert told(label_once, '<label for="a">Datum</label><label for="a">Tag</label><input id="a">') == [
        '“Tag” is a second label of the field <input name="a">; make one of both, or put it into a <legend>'
    ]


@pytest.mark.parametrize("words", ["Field", "Text field:", "Menu", "Textfeld", "Eingabe *", "Campo di testo", "Etichetta"])
def test_labels_that_say_nothing(words: str) -> None:
    """In English, German and Italian, whatever marks follow."""
    assert told(label_stopgap, f'<label for="a">{words}</label><input id="a">')[0].startswith(
        'the field <input name="a"> is called '
    )


def test_fields_that_are_called_the_same() -> None:
    """A heading that is put out of sight tells nobody who sees which is which."""
    far = "<fieldset><h2 style='position: absolute; left: -9999px'>{}</h2><label>Name <input></label></fieldset>"

    assert told(label_same, f"<form>{far.format('Shipping')}{far.format('Billing')}</form>") == [
        "two fields are called “Name”, and nothing that can be seen tells them apart; put each into a <fieldset> with a <legend>"
    ]
    assert (
        told(label_same, f"<form>{far.format('A')}{far.format('B')}</form>".replace("absolute", "static").replace("left", "x"))
        == []
    )


def test_groups() -> None:
    """Radio buttons of one name are one group, in each form."""
    radios = '<label><input type="radio" name="a"> Ja</label><label><input type="radio" name="a"> Nein</label>'

    assert (
        told(radio_group, f"<form>{radios}</form><form>{radios}</form>")
        == ["the 2 radio buttons “a” stand in no group; put them into a <fieldset> whose <legend> says the question"] * 2
    )
    assert told(group_name, "<fieldset><p>Felder</p></fieldset>") == [
        "the <fieldset> has no name; begin it with a <legend> that says what its fields are about"
    ]


@pytest.mark.parametrize(
    "value", ["e-mail", "work shipping email", "work,email", "home postal-code", "section-a", "shipping", "email tel", "nope"]
)
def test_purposes_that_no_browser_knows(value: str) -> None:
    """Misspelt ones, the right words in the wrong order, and words for reaching somebody with what reaches nobody."""
    assert told(autocomplete, f'<input autocomplete="{value}">') == [
        f"autocomplete=“{value}” is no purpose that browsers know; write one of HTML's, such as email"
    ]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Proof of two multiplied by two is four", "Proof of 2×2=4"),
        ("how are you", "<span>you</span><span>how</span>"),
        ("Download the specification", "Download specification"),
        ("20 21", "2021"),
        ("Download specification", 'Download <span aria-hidden="true">gizmo</span> specification'),
        ("Zur Startseite", "Beispielblatt"),
        ("Vai alla pagina", "Esempio"),
    ],
)
def test_names_without_what_is_to_be_seen(name: str, seen: str) -> None:
    """The words must be there, all of them, one after the other, written alike."""
    assert len(told(label_in_name, f'<a href="/" aria-label="{name}">{seen}</a>')) == 1
