"""Roles and attributes of WAI-ARIA, and which role an element has."""

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from a11ynews.aria import ATTRIBUTES, GLOBAL, INTEGERS, NAMING, NUMBERS, ROLES, VALUE_LISTS, VALUES, allows, given_role, role_of


def element(html: str) -> HtmlElement:
    """The element with the id `x`, or the only one."""
    root = fragment_fromstring(html)
    found = root.xpath('descendant-or-self::*[@id="x"]')
    return found[0] if found else root


def test_the_tables_speak_of_each_other() -> None:
    """Every role that another names is one, and every attribute that has a kind of values is one."""
    named = {name for role in ROLES.values() for name in (*role.context, *role.owns)}

    assert named - set(ROLES) == set()
    assert {*VALUES, *VALUE_LISTS, *INTEGERS, *NUMBERS, *NAMING, *GLOBAL} - ATTRIBUTES == set()
    assert {name for name, role in ROLES.items() if not role.requires <= role.supports} == set()
    assert {"widget", "landmark", "structure", "input", "range"}.isdisjoint(ROLES), "nothing can have an abstract role"


@pytest.mark.parametrize(
    ("role", "attribute", "is_allowed"),
    [
        ("button", "aria-pressed", True),
        ("link", "aria-pressed", False),
        ("heading", "aria-level", True),
        ("heading", "aria-checked", False),
        ("generic", "aria-busy", True),
        ("generic", "aria-expanded", False),
        ("listitem", "aria-expanded", True),
        ("switch", "aria-required", True),
        ("columnheader", "aria-sort", True),
        ("cell", "aria-sort", False),
    ],
)
def test_what_a_role_allows(role: str, attribute: str, is_allowed: bool) -> None:
    """Its own attributes, the global ones, and what an earlier version allowed."""
    assert allows(role, attribute) is is_allowed


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ("<a href='/'>a</a>", "link"),
        ("<a>a</a>", "generic"),
        ("<img src=a>", "img"),
        ("<img src=a alt=''>", "none"),
        ("<input>", "textbox"),
        ("<input type=text list=l>", "combobox"),
        ("<input type=Search>", "searchbox"),
        ("<input type=unheard-of>", "textbox"),
        ("<input type=password>", ""),
        ("<select></select>", "combobox"),
        ("<select multiple></select>", "listbox"),
        ("<select size=4></select>", "listbox"),
        ("<select size=1></select>", "combobox"),
        ("<ul><li id=x>a</li></ul>", "listitem"),
        ("<div><li id=x>a</li></div>", "generic"),
        ("<ul role=tablist><li id=x>a</li></ul>", "generic"),
        ("<table><tr><td id=x>a</td></tr></table>", "cell"),
        ("<table role=grid><tr><td id=x>a</td></tr></table>", "gridcell"),
        ("<table><tr><th id=x scope=row>a</th></tr></table>", "rowheader"),
        ("<div><header id=x>a</header></div>", "banner"),
        ("<article><header id=x>a</header></article>", "generic"),
        ("<div role=article><footer id=x>a</footer></div>", "generic"),
        ("<section>a</section>", "generic"),
        ("<section aria-label=b>a</section>", "region"),
        ("<video></video>", ""),
        ("<span role='lnik link'>a</span>", "link"),
        ("<span role='Button'>a</span>", "button"),
        ("<h2 role=none>a</h2>", "none"),
        ("<h2 role=none aria-live=polite>a</h2>", "heading"),
        ("<h2 role=none aria-label=b>a</h2>", "none"),
        ("<h2 role=none aria-hidden=true>a</h2>", "none"),
    ],
)
def test_roles(html: str, role: str) -> None:
    """The one that is given, if there is such a one; else the element's own, by what it is and what it stands in."""
    assert role_of(element(html)) == role


def test_what_has_the_focus_keeps_its_role() -> None:
    """Of a button nobody believes that it is none."""
    assert role_of(element("<button role=none>a</button>"), focusable=True) == "button"
    assert role_of(element("<button role=none disabled>a</button>")) == "none"
    assert given_role(element("<button role=' presentation '>a</button>")) == "presentation"
