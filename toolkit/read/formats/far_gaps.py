"""Where a sheet ends and a stray cell begins: behind a gap in which there are no cells. How many
lie beyond it is counted by what is filled in, not by what has a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

ROW_GAP, COLUMN_GAP = 1_000, 100  # empty ones between a sheet's cells and a stray one
MOST = 50  # filled cells beyond the gap; more are no slip of the hand


class Stretch(NamedTuple):
    """Rows or columns with cells in them, first and last included, and how many of the cells are
    filled in."""

    first: int
    last: int
    filled: int


class SheetEnd(NamedTuple):
    """The last row and column of a sheet."""

    row: int
    column: int

    def leave_out(self, row: int, column: int) -> bool:
        """Whether a cell lies beyond."""
        return row > self.row or column > self.column


def limits_of(rows: Iterable[Stretch], columns: Iterable[Stretch]) -> SheetEnd:
    """The last row and column before a gap beyond which only a few cells are filled in, however
    many have a look."""
    return SheetEnd(_before_gap(rows, ROW_GAP), _before_gap(columns, COLUMN_GAP))


def limits_of_cells(
    places: Iterable[tuple[int, int]], filled: Iterable[tuple[int, int]]
) -> SheetEnd:
    """The same of cells one by one, by row and column; `filled` are those of them that are filled
    in."""
    own, said = Counter[int](), Counter[int]()
    rows, columns = set[int](), set[int]()
    for row, column in filled:
        own[row] += 1
        said[column] += 1
    for row, column in places:
        rows.add(row)
        columns.add(column)
    return limits_of(
        [Stretch(row, row, own[row]) for row in rows],
        [Stretch(column, column, said[column]) for column in columns],
    )


def _before_gap(spans: Iterable[Stretch], gap: int) -> int:
    last, ordered = 0, sorted(spans)
    beyond = sum(span.filled for span in ordered)
    for span in ordered:
        if last and span.first - last > gap and beyond <= MOST:
            return last
        last, beyond = max(last, span.last), beyond - span.filled
    return last
