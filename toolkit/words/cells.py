"""Where something stands in a workbook: one cell, and a few cells named briefly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell: sheet name, row and column, both counted from 1. Prints as `Ekonomi!D14`."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The address without the sheet, `D14`."""
        return f"{column_letter(self.column)}{self.row}"

    @property
    def link(self) -> str:
        """The address as a formula or an internal link wants it, `'Läs mig'!D14`."""
        return f"{quote_sheet(self.sheet)}!{self.cell}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


def column_letter(column: int) -> str:
    """`1` → `A`, `27` → `AA`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """`A` → `1`, `AA` → `27`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def read_cell(sheet: str, address: str) -> CellRef:
    """`D14` or `$D$14` on a sheet as a CellRef. Raises ValueError on anything else."""
    match = _CELL.fullmatch(address.strip())
    if not match:
        raise ValueError(f"not a cell address: {address!r}")
    return CellRef(sheet, int(match[2]), column_number(match[1]))


def quote_sheet(sheet: str) -> str:
    """A sheet name as a formula wants it: quoted whenever it is not a plain word."""
    if _PLAIN_SHEET.fullmatch(sheet) and not _CELL.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def brief_cells(refs: Iterable[CellRef]) -> str:
    """Several cells of one sheet, runs in a column drawn together, and with them the same runs in
    the columns that follow: `D14:F20, H3`."""
    ordered = sorted({(ref.column, ref.row) for ref in refs})
    blocks: list[tuple[int, int, int, int]] = []  # left, top, right, bottom
    for _, run in groupby(enumerate(ordered), key=lambda item: (item[1][0], item[1][1] - item[0])):
        members = [cell for _, cell in run]
        (column, top), (_, bottom) = members[0], members[-1]
        if blocks and bottom > top and blocks[-1][1:] == (top, column - 1, bottom):
            column = blocks.pop()[0]
        blocks.append((column, top, members[0][0], bottom))
    return ", ".join(_brief_block(*block) for block in blocks)


def _brief_block(left: int, top: int, right: int, bottom: int) -> str:
    start = f"{column_letter(left)}{top}"
    return start if (left, top) == (right, bottom) else f"{start}:{column_letter(right)}{bottom}"
