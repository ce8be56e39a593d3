"""Tables: what their cells are headed by."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import say
from ..page import Attribute, Page, excerpt
from ..rule import rule


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """The rows of a table with their cells; those of a table inside it are not among them."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    return [list(row.iterchildren("td", "th")) for row in rows]


def _data_tables(page: Page) -> list[HtmlElement]:
    """The tables that hold data: two rows and two columns at least, and not said to be for layout."""
    tables = [table for table in page.exposed("table") if table.get("role", "table") in ("table", "grid", "treegrid")]
    return [table for table in tables if sum(len(row) > 1 for row in _rows(table)) > 1]


@rule("table-headers", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def table_headers(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A table has header cells.

    With a cell a screen reader says its header; without one a number is only a number.

    Bad: `<table><tr><td>Town</td><td>Rain</td></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<table role="presentation"><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>`
    """
    for table in _data_tables(page):
        cells = [cell for row in _rows(table) for cell in row]
        if not any(cell.tag == "th" or cell.get("role") in ("columnheader", "rowheader") for cell in cells):
            words = excerpt(page.text_of(cells[0]))
            yield (
                table,
                say(
                    'the table that begins with {words} has no header cells; make them <th>, or say role="presentation"',
                    words=words,
                ),
            )


@rule("table-header-empty", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def table_header_empty(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A header cell has words.

    The cells it heads are read out without a header. The corner of a table may be an empty `td`.

    Bad: `<table><tr><th>Town</th><th></th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<table><tr><td></td><th>Rain</th></tr><tr><th>Bozen</th><td>40 mm</td></tr></table>`
    """
    for cell in page.exposed("th"):
        if not page.name_of(cell):
            yield cell, say("a header cell has no words; name its row or column, or make it a <td>")


@rule("table-caption", on=Page, severity=Severity.WARNING, owner=Owner.EDITOR)
def table_caption(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A table has a caption.

    In a list of tables its name tells what it is about, before anybody steps into it.

    Bad: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<table><caption>Rain</caption><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<figure><figcaption>Rain</figcaption>
    <table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table></figure>`
    """
    for table in _data_tables(page):
        figure = next(table.iterancestors("figure"), None)
        if not page.name_of(table) and (figure is None or not page.name_of(figure)):
            cells = [cell for row in _rows(table) for cell in row]
            yield (
                table,
                say(
                    "the table that begins with {words} has no caption; say what it is about",
                    words=excerpt(page.text_of(cells[0])),
                ),
            )


@rule("table-cell-headers", on=Page, wcag=("1.3.1",), act=("a25f45",), owner=Owner.EDITOR)
def table_cell_headers(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    The `headers` of a cell name other cells of the same table.

    What they name is read out with the cell; what is not there is not.

    Bad: `<table><tr><th id="rain">Rain</th></tr><tr><td headers="rein">40 mm</td></tr></table>`
    Good: `<table><tr><th id="rain">Rain</th></tr><tr><td headers="rain">40 mm</td></tr></table>`
    """
    for cell in page.exposed("td", "th"):
        table = next(cell.iterancestors("table"), None)
        for word in (cell.get("headers") or "").split():
            named = page.with_id.get(word, [])
            cells = [one for one in named if one.tag in ("td", "th") and next(one.iterancestors("table"), None) is table]
            if not cells or cell in cells:
                yield (
                    Attribute(cell, "headers"),
                    say("no other cell of this table has the id {word}; name its header cells", word=excerpt(word)),
                )


@rule("table-nested", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def table_nested(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    No table stands inside a data table.

    Nobody can follow by ear which row and column of which table is being read.

    Bad: `<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><table><tr><td>2</td></tr></table></td></tr></table>`
    Good: `<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>`
    """
    data = set(_data_tables(page))
    for table in page.exposed("table"):
        if any(around in data for around in table.iterancestors("table")) and table.get("role") not in ("presentation", "none"):
            yield table, say("this table stands inside a cell of another; take it out, or spread it over rows and columns")
