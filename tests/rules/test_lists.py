"""Lists: what stands in them, and what stands outside."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.lists import list_children, list_item
from pages import found, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (list_children, "<p>Text</p>"),
        (list_children, "<ul></ul>"),
        (list_children, "<ol><!-- one --><li>One</li><script></script><template></template></ol>"),
        (list_children, '<ul role="presentation"><p>One</p></ul>'),
        (list_children, "<ul hidden><p>One</p></ul>"),
        (list_item, '<div role="list"><li>One</li></div>'),
        (list_item, '<div><li role="menuitem">One</li></div>'),
        (list_item, "<menu><li>One</li></menu>"),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Empty and hidden lists, and lists of another role, are left alone."""
    assert told(rule, fragment) == []


def test_what_does_not_belong_into_a_list() -> None:
    """The first that is wrong is told, at its line."""
    (finding,) = found(list_children, "<ul>\n<li>One</li>\n<p>Two</p>\n<p>Three</p></ul>")

    assert (finding.place.line, finding.message) == (4, "<p> stands right in a <ul>; put it into <li>, or outside of the list")
    assert told(list_children, "<dl><p>One</p></dl>") == [
        "<p> stands right in a <dl>; put it into <dt> or <dd>, or outside of the list"
    ]


def test_items_without_a_list() -> None:
    """Each is told."""
    assert told(list_item, "<p>Text</p><li>One</li>") == ["<li> stands outside of a list; put <ul>, <ol> or <menu> around it"]
    assert told(list_item, "<div><dd>One</dd></div>") == ["<dd> stands outside of a list; put <dl> around it"]
