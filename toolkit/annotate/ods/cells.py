"""Single cells of a table in which equal cells, and equal rows, are written once with a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from toolkit.annotate.ods.parts import Element, made, qn

_ROW, _CELLS = qn("table:table-row"), {qn("table:table-cell"), qn("table:covered-table-cell")}
_GROUPS = {qn("table:table-header-rows"), qn("table:table-row-group"), qn("table:table-rows")}
_ROWS_REPEATED, _COLUMNS_REPEATED = qn("table:number-rows-repeated"), qn("table:number-columns-repeated")


def single_cells(table: Element, places: Iterable[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Element]]:
    """The element of each place (row and column from 1), in their order. A run of equal rows or cells is divided
    around it, and what a table does not reach is added."""
    wanted = sorted(set(places))
    rows = _rows_of(table)
    above, row = 0, next(rows, None)  # how many rows stand above `row`
    for number, column in wanted:
        while row is not None and above + count(row, _ROWS_REPEATED) < number:
            above += count(row, _ROWS_REPEATED)
            row = next(rows, None)
        if row is None:
            row = _more_rows(table, number - above)
            above, rows = number - 1, iter(())
        if count(row, _ROWS_REPEATED) > 1:
            row, rows = _divided(row, number - above, _ROWS_REPEATED), _rows_of(table)
            above = _skip(rows, row)
        yield (number, column), _cell(row, column)


def _skip(rows: Iterator[Element], to: Element) -> int:
    """Go on to a row that has been divided off; how many rows stand above it."""
    above = 0
    for row in rows:
        if row is to:
            break
        above += count(row, _ROWS_REPEATED)
    return above


def _rows_of(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _ROW:
            yield child
        elif child.tag in _GROUPS:
            yield from _rows_of(child)


def _more_rows(table: Element, missing: int) -> Element:
    """Empty rows below the last one; the last of them."""
    last = next(iter(list(_rows_of(table))[-1:]), None)
    for many in (missing - 1, 1):
        if many:
            row = made("table:table-row")
            row.append(made("table:table-cell"))
            _repeat(row, many, _ROWS_REPEATED)
            if last is None:
                table.append(row)
            else:
                last.addnext(row)
            last = row
    return last


def _cell(row: Element, column: int) -> Element:
    left = 0
    for cell in [child for child in row if child.tag in _CELLS]:
        many = count(cell, _COLUMNS_REPEATED)
        if left + many >= column:
            return _divided(cell, column - left, _COLUMNS_REPEATED) if many > 1 else cell
        left += many
    if column - left > 1:
        gap = made("table:table-cell")
        _repeat(gap, column - left - 1, _COLUMNS_REPEATED)
        row.append(gap)
    row.append(made("table:table-cell"))
    return row[-1]


def _divided(element: Element, position: int, attribute: str) -> Element:
    """One of several equal rows or cells by itself, `position` counted from 1."""
    many = count(element, attribute)
    before, after = position - 1, many - position
    if before:
        part = deepcopy(element)
        part.tail = None
        _repeat(part, before, attribute)
        element.addprevious(part)
    if after:
        part = deepcopy(element)
        _repeat(part, after, attribute)
        element.tail = None
        element.addnext(part)
    _repeat(element, 1, attribute)
    return element


def count(element: Element, attribute: str) -> int:
    """How many an element stands for; one where nothing is said, or nonsense."""
    said = element.get(attribute, "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() else 1


def _repeat(element: Element, many: int, attribute: str) -> None:
    element.attrib.pop(attribute, None)
    if many > 1:
        element.set(attribute, str(many))
