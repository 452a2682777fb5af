"""Where the cells of a table's own sheet stand: columns and lines are counted from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.export.derivation.grid import FIRST
from toolkit.words.cells import column_letter

Formulas: TypeAlias = list[list[str]]
"""What is counted in each cell of a table, row by row; nothing in a cell that is no number."""


@dataclass(frozen=True)
class TableColumns:
    """A table's columns by name, in their order: their cells follow from that."""

    names: tuple[str, ...]

    def cell(self, name: str, line: int) -> str:
        """One cell of the table's own sheet.

        >>> TableColumns(("ar", "anslag")).cell("anslag", 0)
        'B5'
        """
        return own_cell(self.names.index(name), line)

    def above(self, name: str, count: int) -> str:
        """The first so many cells of a column."""
        return above(self.names.index(name), count)

    def row(self, counted: Mapping[str, str]) -> list[str]:
        """A row in which some columns are counted, and the others are not.

        >>> TableColumns(("ar", "anslag", "andel")).row({"anslag": "1+1"})
        ['', '1+1', '']
        """
        return [counted.get(name, "") for name in self.names]


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
