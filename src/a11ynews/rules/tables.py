"""Tables: what their cells are headed by."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, say
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


@rule("table-scope", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def table_scope(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Where a table has headers above and at the side, each says which cells it heads.

    Screen readers guess, and not alike. `scope` tells them (WCAG technique H63).

    Bad: `<table><tr><td></td><th>Rain</th></tr><tr><th>Bozen</th><td>40 mm</td></tr></table>`
    Good: `<table><tr><td></td><th scope="col">Rain</th></tr><tr><th scope="row">Bozen</th><td>40 mm</td></tr></table>`
    Good: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    """
    for table in _data_tables(page):
        rows = [row for row in _rows(table) if row]
        cells = [cell for row in rows for cell in row]
        if any(cell.get("scope") or cell.get("headers") or cell.get("role") for cell in cells):
            continue
        above = [cell for cell in rows[0] if cell.tag == "th"]
        beside = [row[0] for row in rows[1:] if row[0].tag == "th" and any(cell.tag == "td" for cell in row)]
        if above and beside:
            yield (
                table,
                say(
                    "the headers of the table that begins with {words} do not say what they head; "
                    'write scope="col" on those above and scope="row" on those at the side',
                    words=excerpt(
                        page.text_of(next(cell for cell in cells if page.text_of(cell))) if page.text_of(table) else ""
                    ),
                ),
            )


@rule("table-cell-empty", on=Page, severity=Severity.REVIEW, wcag=("1.3.1",), owner=Owner.EDITOR)
def table_cell_empty(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A cell of a table says that there is nothing, if there is nothing.

    Of an empty cell nobody hears whether it is nothing, zero or not known. It may be clear from the others: a person must look.

    Bad: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td></td></tr></table>`
    Good: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>none</td></tr></table>`
    Good: `<table lang="it"><tr><td></td><th>Pioggia</th></tr><tr><th>Bolzano</th><td>40 mm</td></tr></table>`
    """
    for table in _data_tables(page):
        for row in _rows(table)[1:]:
            empty = next((cell for cell in row if cell.tag == "td" and not len(cell) and not page.text_of(cell)), None)
            if empty is not None:
                yield empty, say("a cell of the table is empty; look whether everybody can tell what that means")
                break


@rule("table-header-unused", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), act=("d0f69e",), owner=Owner.EDITOR)
def table_header_unused(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A header cell heads something.

    One at the end of a row without a column under it, or alone in a row, is announced with no cell.

    Bad: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td></tr></table>`
    Good: `<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Bozen</td><td>40 mm</td></tr></table>`
    Good: `<table><tr><th>Regen</th></tr><tr><td colspan="2">40 mm</td></tr></table>`
    """
    for table in page.exposed("table"):
        if page.role_of(table) not in ("grid", "table", "treegrid"):
            continue
        rows = _rows(table)
        named = {word for row in rows for cell in row for word in (cell.get("headers") or "").split()}
        grid = _grid(rows)
        if not any(cell.tag == "td" for cell, *_ in grid):
            continue
        data_rows = {at for cell, top, bottom, _, _ in grid if _holds_data(cell) for at in range(top, bottom)}
        # What heads a column may head other headers: the towns under “Town”.
        lowest: dict[int, int] = {}
        for _, top, _, left, right in grid:
            lowest.update((at, max(top, lowest.get(at, 0))) for at in range(left, right))
        for cell, top, bottom, left, right in grid:
            if _holds_data(cell) or cell.get("id") in named or not page.name_of(cell) or page.is_hidden(cell):
                continue
            scope = (cell.get("scope") or "").lower()
            in_row = data_rows.intersection(range(top, bottom)) and not scope.startswith("col")
            in_column = any(lowest[at] > top for at in range(left, right)) and not scope.startswith("row")
            if not (in_row or in_column or scope.endswith("group")):
                yield (
                    cell,
                    say(
                        "no cell stands under or beside the header {words}; add the cells, or make it no header",
                        words=excerpt(page.text_of(cell)),
                    ),
                )


def _holds_data(cell: HtmlElement) -> bool:
    return cell.tag == "td" and cell.get("role") not in ("columnheader", "rowheader")


_MOST_SPANNED = 1000


def _span(cell: HtmlElement, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return max(1, min(int(said), _MOST_SPANNED)) if said.isascii() and said.isdecimal() and len(said) < 7 else 1


def _grid(rows: list[list[HtmlElement]]) -> list[tuple[HtmlElement, int, int, int, int]]:
    """The cells of a table with the rows and columns that they take: (cell, top, bottom, left, right)."""
    placed = []
    taken: dict[int, int] = {}  # the first row in which a column is free again
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > top:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            placed.append((cell, top, min(top + high, len(rows)), column, column + wide))
            if high > 1:
                taken.update((at, top + high) for at in range(column, column + wide))
            column += wide
    return placed
