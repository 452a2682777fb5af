"""The hidden marks and keys that the template wrote on a sheet: where each table's block begins,
and which columns its keys stand above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import chain, pairwise
from typing import NamedTuple

from toolkit.read.formats.raw import RawSheet
from toolkit.spec.marks import MARK
from toolkit.spec.model import Spec, TableSpec
from toolkit.words.celltext import text

_KEY_COLUMNS = (
    4  # a table's mark stands in the first column; a few may have been inserted before it
)
_TOP_ROWS = 200  # where the mark of a table is looked for that was put to the right of another


class TableBlock(NamedTuple):
    """A table's mark, the last row before the next one below, and the last column before the next
    one to the right."""

    table: TableSpec
    row: int
    column: int
    end: int
    right: int


def blocks(sheet: RawSheet, spec: Spec) -> list[TableBlock]:
    """The tables whose mark is still there, row by row."""
    tables = {MARK + name: table for name, table in spec.tables.items()}
    marks = sorted(_marks(sheet, tables.keys()))
    return [_block(sheet, tables[text(sheet.at(*mark))], mark, marks) for mark in marks]


def _marks(sheet: RawSheet, wanted: Set[str]) -> list[tuple[int, int]]:
    """Rows and columns of marks: anywhere in the first columns, and in the top rows of others."""
    found: list[tuple[int, int]] = []
    for column, values in enumerate(sheet.columns, 1):
        searched = values if column <= _KEY_COLUMNS else values[:_TOP_ROWS]
        rows = (row for row, value in enumerate(searched, 1) if _is_one(value, wanted))
        found += [(row, column) for row in rows]
    return found


def _is_one(value: object, wanted: Set[str]) -> bool:
    """Whether a cell holds one of these marks, perhaps with signs in it that nobody sees."""
    if not isinstance(value, str):
        return False
    return value in wanted if value.isascii() else text(value) in wanted


def _block(
    sheet: RawSheet, table: TableSpec, mark: tuple[int, int], marks: Sequence[tuple[int, int]]
) -> TableBlock:
    row, column = mark
    end, right = len(sheet.rows), len(sheet.columns)
    for number, other in marks:
        if number == row and other > column:
            right = min(right, other - 1)
        elif number > row and _is_below(column, other):
            end = min(end, number - 1)
    return TableBlock(table, row, column, end, right)


def _is_below(column: int, other: int) -> bool:
    """Whether a mark in a lower row ends the table whose mark stands in a column: unless one of
    them was put to the right of the other."""
    if column <= _KEY_COLUMNS:
        return other <= _KEY_COLUMNS
    return other >= column


def outside(sheet: RawSheet, block: TableBlock) -> set[int]:
    """The columns of other tables that stand to the right, or to the left of one put there."""
    return {*range(1, _left(block)), *range(block.right + 1, len(sheet.columns) + 1)}


def _left(block: TableBlock) -> int:
    return block.column if block.column > _KEY_COLUMNS else 1


def keys_of(sheet: RawSheet, block: TableBlock) -> dict[str, int]:
    """The columns of a block by their keys. Who copies a column copies its key along: of two with
    the same key the template's own is the one that still stands between its neighbours."""
    row = sheet.rows[block.row - 1][: block.right]
    left = _left(block)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for column, value in enumerate(row[left - 1 :], left):
        if text(value):
            found[text(value)].append(column)
    order = list(chain.from_iterable(field.keys for field in block.table.fields))
    pairs = set(pairwise([MARK + block.table.id, *order]))
    return {key: _own(row, columns, pairs) for key, columns in found.items()}


def own_columns(table: TableSpec, keys: Mapping[str, int]) -> set[int]:
    """The columns below a table's own keys; `keys` are all that stand in its row of keys."""
    own = chain.from_iterable(field.keys for field in table.fields)
    return {keys[key] for key in own if key in keys}


def _own(row: Sequence[object], columns: Sequence[int], pairs: set[tuple[str, str]]) -> int:
    """Of several columns with the same key the one with most of the template's neighbours, the
    first of those with as many."""
    if len(columns) == 1:
        return columns[0]

    def neighbours(column: int) -> int:
        around = [text(value) for value in row[max(0, column - 2) : column + 1]]
        return sum(pair in pairs for pair in pairwise(around))

    return max(columns, key=neighbours)
