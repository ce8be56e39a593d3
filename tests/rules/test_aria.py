"""Roles, states and properties of WAI-ARIA on a page."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.aria import (
    aria_allowed,
    aria_attribute,
    aria_hidden_focus,
    aria_naming,
    aria_value,
    control_in_control,
    decoration_exposed,
    focus_role,
    role_children,
    role_context,
    role_required,
    role_valid,
)
from pages import told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        *[(rule, "<p>Text</p>") for rule in (aria_attribute, aria_value, aria_allowed, aria_naming, role_valid, role_required)],
        *[(rule, "<p>Text</p>") for rule in (role_context, role_children, aria_hidden_focus, decoration_exposed, focus_role)],
        (aria_attribute, '<template><p aria-lable="a">Text</p></template>'),
        (aria_value, '<div aria-hidden="true"><button aria-expanded="open">Menu</button></div>'),
        (aria_value, '<input aria-invalid="SPELLING" aria-label="a">'),
        (aria_value, '<div role="slider" tabindex="0" aria-label="a" aria-valuenow="-.5"></div>'),
        (aria_value, '<div role="status" aria-relevant="text additions">a</div>'),
        (aria_value, '<p aria-describedby="nothing">Text</p>'),
        (aria_allowed, '<button role="none" aria-pressed="false">Bold</button>'),
        (aria_allowed, '<h2 aria-checked="">The night</h2>'),
        (aria_allowed, '<h2 hidden aria-checked="true">The night</h2>'),
        (aria_allowed, '<summary aria-expanded="false">More</summary>'),
        (aria_allowed, '<x-menu aria-expanded="false">More</x-menu>'),
        (aria_naming, '<svg aria-label="A circle"></svg>'),
        (aria_naming, '<p aria-label=" ">Text</p>'),
        (aria_naming, '<video aria-label="The flood"></video>'),
        (aria_naming, '<img src="a.jpg" alt="" aria-label="The flood">'),
        (role_valid, '<p role=" ">Text</p>'),
        (role_valid, '<p role="Note">Text</p>'),
        (role_valid, '<section role="doc-glossary">Text</section>'),
        *[(rule, '<p aria-live="polite">Text</p>') for rule in (role_required, role_context, role_children, decoration_exposed)],
        (role_required, '<div role="combobox" hidden></div>'),
        (role_required, '<input type="radio" role="menuitemradio" aria-label="a">'),
        (decoration_exposed, '<span role="none" aria-live="polite">Text</span>'),
        (role_required, '<h2 role="heading">The night</h2>'),
        (role_required, '<input type="checkbox" role="menuitemcheckbox" aria-label="a">'),
        (role_required, '<div role="separator"></div>'),
        (role_required, '<ul role="listbox" aria-label="a"><li role="option">A</li></ul>'),
        (role_context, '<ul><li role="listitem">Rain</li></ul>'),
        (role_context, '<div role="list" aria-owns="a"></div><div role="listitem" id="a">Rain</div>'),
        (role_context, '<div role="menu"><div role="group"><span role="menuitem">New</span></div></div>'),
        (role_context, '<div role="table"><div role="rowgroup"><div role="row"><div role="cell">1</div></div></div></div>'),
        (role_context, '<div role="tree"><div role="treeitem">a<div role="group"><p role="treeitem">b</p></div></div></div>'),
        (role_children, '<ul role="menu" aria-busy="true">Loading</ul>'),
        (role_children, '<div role="list" hidden><p role="note">a</p></div>'),
        (role_children, '<table role="treegrid"><tr><td>1</td></tr></table>'),
        (role_children, '<ul role="tablist"><li><a role="tab" href="#a">A</a></li></ul>'),
        (role_children, '<div role="menu"><hr role="separator"><span role="menuitem">A</span></div>'),
        (aria_hidden_focus, '<div aria-hidden="yes"><a href="/">Home</a></div>'),
        (aria_hidden_focus, '<div aria-hidden="true" style="display: none"><a href="/">Home</a></div>'),
        (aria_hidden_focus, '<div aria-hidden="true" inert><a href="/">Home</a></div>'),
        (aria_hidden_focus, '<div aria-hidden="true"><a>Home</a></div>'),
        (aria_hidden_focus, '<fieldset aria-hidden="true" disabled><input></fieldset>'),
        (decoration_exposed, '<img src="a.png" alt="" hidden aria-label="a">'),
        (decoration_exposed, '<ul role="none"><li>a</li></ul>'),
        (decoration_exposed, '<img src="a.png" aria-label="A line">'),
        (control_in_control, "<button><a>Save</a></button>"),
        (control_in_control, '<button>Save <i tabindex="-1">now</i></button>'),
        (control_in_control, '<details><summary>More <a href="/">here</a></summary>Text</details>'),
        (focus_role, '<p tabindex="-1">Text</p>'),
        (focus_role, '<p tabindex="0" role="status">Text</p>'),
        (focus_role, '<p tabindex="0" style="overflow-x: auto">Text</p>'),
        (focus_role, '<p contenteditable="true">Text</p>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """What is hidden, empty, said by HTML itself or nothing that WAI-ARIA knows is left alone."""
    assert told(rule, fragment) == []


def test_misspelt_words_are_told_with_what_they_may_mean() -> None:
    """Of one that is like none there is nothing to guess."""
    assert told(aria_attribute, '<p aria-labeledby="a">Text</p>') == [
        "aria-labeledby is no ARIA attribute; did you mean aria-labelledby?"
    ]
    assert told(aria_attribute, '<p aria-xyz="a">Text</p>') == ["aria-xyz is no ARIA attribute; take it away"]
    assert told(role_valid, '<p role="buton">Text</p>') == ["“buton” is no role; did you mean “button”?"]
    assert told(role_valid, '<p role="widget">Text</p>') == [
        "“widget” is no role; write one of WAI-ARIA's, or take the attribute away"
    ]


@pytest.mark.parametrize(
    ("attribute", "what"),
    [
        ('aria-expanded="open"', "aria-expanded cannot be “open”; write one of these: false, true, undefined"),
        ('aria-required="undefined"', "aria-required cannot be “undefined”; write one of these: false, true"),
        ('aria-hidden="yes"', "aria-hidden cannot be “yes”; write one of these: false, true, undefined"),
        (
            'aria-relevant="text always"',
            "aria-relevant cannot be “text always”; write one or more of these: additions, all, removals, text",
        ),
        ('aria-rowindex="2.5"', "aria-rowindex cannot be “2.5”; write a whole number"),
        ('aria-valuenow="3,5"', "aria-valuenow cannot be “3,5”; write a number, with a point"),
    ],
)
def test_values_that_an_attribute_cannot_have(attribute: str, what: str) -> None:
    """Words, lists of words, whole numbers and numbers are told apart."""
    assert told(aria_value, f"<p {attribute}>Text</p>") == [what]


def test_attributes_where_they_say_nothing() -> None:
    """On what has no role, and on what has another one."""
    assert told(aria_allowed, '<div aria-checked="true">A</div>') == [
        "aria-checked says nothing on <div>, which has no role; give it one, or take the attribute away"
    ]
    assert told(aria_allowed, '<a href="/" aria-selected="true">A</a>') == [
        "aria-selected says nothing of a link; give <a> another role, or take the attribute away"
    ]


@pytest.mark.parametrize(
    "fragment",
    [
        '<span aria-label="Preis">1 €</span>',
        '<p aria-labelledby="gone">Regen</p>',
        '<div aria-roledescription="slide">Regen</div>',
        '<h2 role="none" aria-brailleroledescription="Titel">Regen</h2>',
        '<strong aria-label="Warnung">Regen</strong>',
    ],
)
def test_names_where_none_is_heard(fragment: str) -> None:
    """By whichever attribute they are given."""
    assert len(told(aria_naming, fragment)) == 1


@pytest.mark.parametrize(
    ("fragment", "missing"),
    [
        ('<div role="slider" tabindex="0" aria-label="a"></div>', "aria-valuenow"),
        ('<div role="combobox" tabindex="0" aria-label="a"></div>', "aria-expanded"),
        ('<div role="separator" tabindex="0"></div>', "aria-valuenow"),
        ('<div role="switch" aria-checked="" tabindex="0">a</div>', "aria-checked"),
    ],
)
def test_what_a_role_must_say(fragment: str, missing: str) -> None:
    """One that is empty says nothing."""
    (message,) = told(role_required, fragment)

    assert message.endswith(f"does not say its {missing}; add it")


def test_parts_that_stand_alone_or_among_others() -> None:
    """Each is told with what it should stand in, or what alone should stand in it."""
    assert told(role_context, '<div role="menu"><p role="note"><b role="menuitem">A</b></p></div>') == [
        "<b> is a menuitem that stands in none of these: menu, menubar; put one around it"
    ]
    assert told(role_children, '<table role="menu"><tr role="list"><td>A</td></tr></table>') == [
        "<tr> is a list in a menu, which holds only these: group, menu, menuitem, menuitemcheckbox, menuitemradio, separator; "
        "give it such a role, or take it out"
    ]
    assert len(told(role_context, '<div role="listitem" id="a" aria-owns="a">A</div>')) == 1, (
        "who owns itself goes round in circles"
    )


def test_the_ends_of_a_dialogue_may_hand_the_focus_on() -> None:
    """A script that listens for the focus there sees to it; one that does not leaves people in the dark."""
    guard = '<div aria-hidden="true"><a href="#" id="end">End</a></div>'

    assert (
        told(aria_hidden_focus, f"{guard}<script>document.getElementById('end').addEventListener('focus', back)</script>") == []
    )
    assert told(aria_hidden_focus, f"{guard}<script>document.getElementById('end').addEventListener('click', back)</script>") == [
        '<a> can be reached by the keyboard and is hidden from screen readers by aria-hidden="true"; '
        "show it to them, or take it out of the keyboard's way"
    ]
    assert told(aria_hidden_focus, '<div aria-hidden="true" tabindex="0"></div><script src="dialogue.js"></script>') == []
    assert len(told(aria_hidden_focus, '<div aria-hidden="true" tabindex="0"></div>')) == 1
    assert len(told(aria_hidden_focus, '<div aria-hidden="true"><a href="/a">A</a><a href="/b">B</a></div>')) == 1


def test_decoration_that_is_something() -> None:
    """By a name, by the keyboard, or by what is said of it."""
    assert [message.partition(";")[0] for message in told(decoration_exposed, '<svg role="none" aria-label="A"></svg>')] == [
        "<svg> is said to be decoration and has a name by aria-label"
    ]
    assert len(told(decoration_exposed, '<img src="a" alt="" tabindex="-1">')) == 1
    assert len(told(decoration_exposed, '<nav role="none" aria-label="Menü">A</nav>')) == 1
    assert len(told(decoration_exposed, '<h2 role="none" aria-live="polite">A</h2>')) == 1


def test_controls_in_controls() -> None:
    """The outer one is named with its role, however deep the inner one stands."""
    assert told(control_in_control, '<div role="tab" tabindex="0"><p><b><a href="/">A</a></b></p></div>') == [
        "<a> can be reached by the keyboard inside of <div>, a tab, in which nothing is announced; take it out"
    ]


def test_stops_without_a_role() -> None:
    """With the words that the keyboard stops at."""
    assert told(focus_role, '<h2 tabindex="0" lang="it">La notte</h2>') == [
        "the keyboard stops at <h2> “La notte”, which has no role; give it the role of what it does, or no tabindex"
    ]
