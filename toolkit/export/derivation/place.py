"""Where the cells of a table's own sheet stand: columns and lines are counted from 0."""

from __future__ import annotations

from typing import TypeAlias

from toolkit.export.derivation.grid import FIRST
from toolkit.words.cells import column_letter

Formulas: TypeAlias = list[list[str]]
"""What is counted in each cell of a table, row by row; nothing in a cell that is no number."""


def own_cell(column: int, line: int) -> str:
    """One cell.

    >>> own_cell(1, 0)
    'B5'
    """
    return f"{column_letter(column + 1)}{FIRST + line}"


def above(column: int, count: int) -> str:
    """The first so many cells of a column.

    >>> above(1, 3)
    'B5:B7'
    """
    return f"{own_cell(column, 0)}:{own_cell(column, max(0, count - 1))}"


def across(column: int, count: int, line: int) -> str:
    """So many cells of a line.

    >>> across(1, 3, 0)
    'B5:D5'
    """
    return f"{own_cell(column, line)}:{own_cell(column + count - 1, line)}"
