"""Tables: header cells, captions, references between cells."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.tables import (
    table_caption,
    table_cell_empty,
    table_cell_headers,
    table_header_empty,
    table_header_unused,
    table_headers,
    table_nested,
    table_scope,
)
from pages import found, told

ROWS = "<tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr>"


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (table_headers, "<table><tr><td>A</td><td>B</td></tr></table>"),
        (table_headers, "<table><tr><td>A</td></tr><tr><td>B</td></tr></table>"),
        (table_headers, f'<table role="none">{ROWS}</table>'),
        (table_headers, f"<table hidden>{ROWS}</table>"),
        (table_headers, "<table></table>"),
        (table_headers, '<table><tr><td role="columnheader">A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>'),
        (table_header_empty, '<table><tr><th aria-label="Town"></th></tr></table>'),
        (table_caption, f'<table aria-label="Rain">{ROWS}</table>'),
        (table_caption, "<table><tr><td>A</td></tr></table>"),
        (table_cell_headers, "<table><tr><td>A</td></tr></table>"),
        (table_cell_headers, '<table><tr><th id="a">A</th><th id="b" headers="a">B</th></tr></table>'),
        (table_nested, f"<table><tr><td><table>{ROWS}</table></td></tr></table>"),
        (table_scope, "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"),
        (table_scope, '<table><tr><td></td><th id="a">A</th></tr><tr><th>B</th><td headers="a">2</td></tr></table>'),
        (table_cell_empty, "<table><tr><th>A</th><td></td></tr><tr><th>B</th><td>2</td></tr></table>"),
        (table_cell_empty, '<table><tr><th>A</th><th>B</th></tr><tr><td><img src="a" alt=""></td><td>2</td></tr></table>'),
        (table_header_unused, "<table><tr><th>Day</th><th>Rain</th></tr><tr><th>Monday</th><td>1</td></tr></table>"),
        (table_header_unused, "<table><tr><th>A</th><th>B</th></tr></table>"),
        (
            table_header_unused,
            '<table><tr><th id="a">A</th><th id="b">B</th></tr><tr><td>1</td></tr><tr><td headers="b">2</td></tr></table>',
        ),
        (table_header_unused, '<table><tr><th rowspan="2">A</th><td>1</td></tr><tr><td>2</td></tr></table>'),
        (table_header_unused, '<table role="none"><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Tables for layout, hidden ones, and small ones are left alone."""
    assert told(rule, fragment) == []


def test_tables_are_named_by_their_first_cell() -> None:
    """So that they are found on a page with several."""
    (finding,) = found(table_headers, f"<p>Text</p>\n<table>{ROWS}</table>")

    assert finding.place.line == 3
    assert finding.message == 'the table that begins with “A” has no header cells; make them <th>, or say role="presentation"'
    assert told(table_caption, f"<table>{ROWS}</table>") == [
        "the table that begins with “A” has no caption; say what it is about"
    ]


@pytest.mark.parametrize("headers", ["x", "self", "p", "other"])
def test_headers_that_are_no_other_cell_of_the_table(headers: str) -> None:
    """Missing ids, the cell itself, other elements and cells of other tables."""
    other = '<p id="p">P</p><table><tr><th id="other">O</th></tr></table>'
    message = f"no other cell of this table has the id “{headers}”; name its header cells"

    assert told(table_cell_headers, f'{other}<table><tr><td id="self" headers="{headers}">1</td></tr></table>') == [message]


def test_the_rows_of_an_inner_table_are_its_own() -> None:
    """An outer table of one column stays one, whatever stands in its cells."""
    inner = f"<table><tr><th>A</th><th>B</th></tr>{ROWS}</table>"

    assert told(table_caption, f"<table><tr><td>{inner}</td></tr><tr><td>x</td></tr></table>") == [
        "the table that begins with “A” has no caption; say what it is about"
    ]


def test_headers_of_two_ways_and_of_nothing() -> None:
    """Cells that take several rows or columns are counted in each."""
    assert told(table_scope, "<table><tr><td></td><th>Regen</th></tr><tr><th>Bozen</th><td>40</td></tr></table>") == [
        "the headers of the table that begins with “Regen” do not say what they head; "
        'write scope="col" on those above and scope="row" on those at the side'
    ]
    assert told(
        table_header_unused,
        '<table><tr><th colspan="2">A</th><th>Vento</th></tr><tr><td rowspan="2">1</td><td>2</td></tr>'
        "<tr><td>3</td></tr></table>",
    ) == ["no cell stands under or beside the header “Vento”; add the cells, or make it no header"]
    assert told(table_header_unused, '<table><tr><th colspan="9999999">A</th></tr><tr><td rowspan="²">1</td></tr></table>') == []
    assert told(table_cell_empty, "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td> </td></tr></table>") == [
        "a cell of the table is empty; look whether everybody can tell what that means"
    ]
