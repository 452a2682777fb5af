"""Single cells of a table in which equal cells, and equal rows, are written once with a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import accumulate, groupby
from operator import itemgetter

from toolkit.annotate.ods.package import XmlElement
from toolkit.annotate.ods.parts import made, qn
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


def single_cells(
    table: XmlElement, places: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], XmlElement]]:
    """The element of each place (row and column from 1), in their order. A run of equal rows or
    cells is divided around it, and what a table does not reach is added."""
    wanted = sorted(set(places))
    rows = _rows_of(table)
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
            row, rows = _divided(row, number - above, ROWS_REPEATED), _rows_of(table)
            above = _skip(rows, row)
        yield (number, column), _cell(row, column)


def style_names(table: XmlElement, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The style that each place has, by its cell, its row or its column; empty where none is
    said."""
    defaults = _ends(table, COLUMN_GROUPS, COLUMN, COLUMNS_REPEATED)
    rows = _ends(table, ROW_GROUPS, ROW, ROWS_REPEATED)
    names = {}
    for number, in_row in groupby(sorted(set(places)), key=itemgetter(0)):
        row = _reached(rows, number)
        in_cells = (cell for cell in row if cell.tag in CELLS) if row is not None else ()
        cells = _ends_of(in_cells, COLUMNS_REPEATED)
        for place in in_row:
            cell, default = _reached(cells, place[1]), _reached(defaults, place[1])
            names[place] = _said_style(cell, row, default)
    return names


def _said_style(cell: XmlElement | None, row: XmlElement | None, column: XmlElement | None) -> str:
    """The first style that is said: the cell's own, or else the default of its row or column."""
    said = [cell.get(_STYLE)] if cell is not None else []
    said += [element.get(_DEFAULT_STYLE) for element in (row, column) if element is not None]
    return next((name for name in said if name), "")


def _ends(
    table: XmlElement, groups: set[str], wanted: str, attribute: str
) -> list[tuple[int, XmlElement]]:
    return _ends_of(ungrouped(table, groups, wanted), attribute)


def _ends_of(elements: Iterable[XmlElement], attribute: str) -> list[tuple[int, XmlElement]]:
    """The last number that each row, column or cell stands for."""
    elements = list(elements)
    return list(
        zip(accumulate(count_of(element, attribute) for element in elements), elements, strict=True)
    )


def _reached(ends: Sequence[tuple[int, XmlElement]], number: int) -> XmlElement | None:
    at = bisect_left(ends, number, key=itemgetter(0))
    return ends[at][1] if at < len(ends) else None


def _skip(rows: Iterator[XmlElement], to: XmlElement) -> int:
    """Go on to a row that has been divided off; how many rows stand above it."""
    above = 0
    for row in rows:
        if row is to:
            break
        above += count_of(row, ROWS_REPEATED)
    return above


def _rows_of(table: XmlElement) -> Iterator[XmlElement]:
    return ungrouped(table, ROW_GROUPS, ROW)


def _more_rows(table: XmlElement, missing: int) -> XmlElement:
    """Empty rows below the last one; the last of them."""
    last = next(iter(list(_rows_of(table))[-1:]), None)
    for many in (missing - 1, 1):
        if many:
            row = made("table:table-row")
            row.append(made("table:table-cell"))
            _repeat(row, many, ROWS_REPEATED)
            if last is None:
                table.append(row)
            else:
                last.addnext(row)
            last = row
    return last


def _cell(row: XmlElement, column: int) -> XmlElement:
    left = 0
    for cell in [child for child in row if child.tag in CELLS]:
        many = count_of(cell, COLUMNS_REPEATED)
        if left + many >= column:
            return _divided(cell, column - left, COLUMNS_REPEATED) if many > 1 else cell
        left += many
    if column - left > 1:
        gap = made("table:table-cell")
        _repeat(gap, column - left - 1, COLUMNS_REPEATED)
        row.append(gap)
    row.append(made("table:table-cell"))
    return row[-1]


def _divided(element: XmlElement, position: int, attribute: str) -> XmlElement:
    """One of several equal rows or cells by itself, `position` counted from 1."""
    many = count_of(element, attribute)
    before, after = position - 1, many - position
    if before:
        part = _copied(element, before, attribute)
        part.tail = None
        element.addprevious(part)
    if after:
        part = _copied(element, after, attribute)
        element.tail = None
        element.addnext(part)
    _repeat(element, 1, attribute)
    return element


def _copied(element: XmlElement, many: int, attribute: str) -> XmlElement:
    part = deepcopy(element)
    _repeat(part, many, attribute)
    return part


def _repeat(element: XmlElement, many: int, attribute: str) -> None:
    element.attrib.pop(attribute, None)
    if many > 1:
        element.set(attribute, str(many))
