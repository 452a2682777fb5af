"""Single cells of a table in which equal cells, and equal rows, are written once with a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

from toolkit.annotate.markup import Node, unfold
from toolkit.annotate.ods.parts import made, put, qn, within
from toolkit.read.formats.ods import (
    CELLS,
    COLUMN,
    COLUMN_GROUPS,
    COLUMNS_REPEATED,
    ROW,
    ROW_GROUPS,
    ROWS_REPEATED,
    count_of,
    ungrouped,
)

_STYLE, _DEFAULT_STYLE = qn("table:style-name"), qn("table:default-cell-style-name")
_COLUMNS_AND_ROWS = {COLUMN, *COLUMN_GROUPS, *ROW_GROUPS}
_REPEATED = {"rows": ROWS_REPEATED, "columns": COLUMNS_REPEATED}


def single_cells(
    table: Node, places: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Node]]:
    """The element of each place (row and column from 1), in their order. A run of equal rows or
    cells is divided around it, and what a table does not reach is added."""
    wanted = sorted(set(places))
    rows = rows_of(table)
    above, row = 0, next(rows, None)  # how many rows stand above `row`
    for number, column in wanted:
        while row is not None and above + count_of(row, ROWS_REPEATED) < number:
            above += count_of(row, ROWS_REPEATED)
            row = next(rows, None)
        if row is None:
            row = _more_rows(table, number - above)
            above, rows = number - 1, iter(())
        if count_of(row, ROWS_REPEATED) > 1:
            # The walk begins anew: the row has others beside it now.
            row, rows = _divided(opened(row), number - above, "rows"), rows_of(table)
            above = number - 1
            _skip(rows, above)
        yield (number, column), _cell(opened(row), column)


def style_names(table: Node, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The style that each place has, by its cell, its row or its column; empty where none is
    said."""
    defaults = _ends(table, COLUMN_GROUPS, COLUMN, COLUMNS_REPEATED)
    rows = _ends(table, ROW_GROUPS, ROW, ROWS_REPEATED)
    names = {}
    for number, in_row in groupby(sorted(set(places)), key=itemgetter(0)):
        row = _reached(rows, number)
        in_cells = (cell for cell in opened(row) if cell.tag in CELLS) if row is not None else ()
        cells = _ends_of(in_cells, COLUMNS_REPEATED)
        for place in in_row:
            cell, default = _reached(cells, place[1]), _reached(defaults, place[1])
            names[place] = _said_style(cell, row, default)
    return names


def _said_style(cell: Node | None, row: Node | None, column: Node | None) -> str:
    """The first style that is said: the cell's own, or else the default of its row or column."""
    said = [cell.get(_STYLE)] if cell is not None else []
    said += [element.get(_DEFAULT_STYLE) for element in (row, column) if element is not None]
    return next((name for name in said if name), "")


def _ends(table: Node, groups: set[str], wanted: str, attribute: str) -> list[tuple[int, Node]]:
    return _ends_of(ungrouped(table, groups, wanted), attribute)


def _ends_of(elements: Iterable[Node], attribute: str) -> list[tuple[int, Node]]:
    """The last number that each row, column or cell stands for."""
    elements = list(elements)
    return list(
        zip(accumulate(count_of(element, attribute) for element in elements), elements, strict=True)
    )


def _reached(ends: Sequence[tuple[int, Node]], number: int) -> Node | None:
    at = bisect_left(ends, number, key=itemgetter(0))
    return ends[at][1] if at < len(ends) else None


def _skip(rows: Iterator[Node], above: int) -> None:
    """Go on to behind a single row; how many rows stand above it is told."""
    passed = 0
    for row in rows:
        if passed >= above:
            break
        passed += count_of(row, ROWS_REPEATED)


def rows_of(table: Node) -> Iterator[Node]:
    """The rows of a table, not looked into."""
    return ungrouped(table, ROW_GROUPS, ROW)


def opened(row: Node) -> Node:
    """A row that is looked into."""
    if row.is_read and not row.children:
        unfold(row)
    return row


def holds(row: Node, letters: bytes) -> bool:
    """Whether some letters stand in a row's bytes."""
    return row.source.find(letters, row.start, row.end) >= 0


def _more_rows(table: Node, missing: int) -> Node:
    """Empty rows below the last one, or behind the columns; the last of them."""
    rows_or_columns = [child for child in table if child.tag in _COLUMNS_AND_ROWS]
    last = next(iter(list(rows_of(table))[-1:] or rows_or_columns[-1:]), None)
    row = _empty_row(table, last, missing - 1) if missing > 1 else last
    return _empty_row(table, row, 1)


def _empty_row(table: Node, above: Node | None, many: int) -> Node:
    row = made("table:table-row")
    within(row, "table:table-cell")
    _repeat(row, many, "rows")
    if above is None:
        return table.append(row)
    _around(above).insert_after(above, row)
    return row


def _cell(row: Node, column: int) -> Node:
    left = 0
    for cell in [child for child in row if child.tag in CELLS]:
        many = count_of(cell, COLUMNS_REPEATED)
        if left + many >= column:
            return _divided(cell, column - left, "columns") if many > 1 else cell
        left += many
    if column - left > 1:
        _repeat(within(row, "table:table-cell"), column - left - 1, "columns")
    return within(row, "table:table-cell")


def _divided(element: Node, position: int, what: str) -> Node:
    """One of several equal rows or cells by itself, `position` counted from 1."""
    before, after = position - 1, count_of(element, _REPEATED[what]) - position
    if before:
        _around(element).insert_before(element, _copied(element, before, what))
    if after:
        _around(element).insert_after(element, _copied(element, after, what))
    _repeat(element, 1, what)
    return element


def _around(element: Node) -> Node:
    """What an element of a table is in."""
    if element.parent is None:
        raise ValueError(element.tag)
    return element.parent


def _copied(element: Node, many: int, what: str) -> Node:
    part = element.copied()
    _repeat(part, many, what)
    return part


def _repeat(element: Node, many: int, what: str) -> None:
    """Say how many equal rows or columns an element stands for."""
    if many > 1:
        put(element, f"table:number-{what}-repeated", str(many))
    else:
        element.drop(_REPEATED[what])
