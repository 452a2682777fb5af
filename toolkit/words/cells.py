"""Where something stands in a workbook: one cell, and a few cells named briefly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # XFD1048576, of every format since Excel 2007
MOST_NAMED = 20_000  # cells that are told one by one where a text names blocks of them
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_LETTERS, _BEFORE_A = 26, ord("A") - 1
QUOTE = '"'
_LONGEST_TEXT = 255  # characters of a text in a formula
_WILDCARDS = re.compile(r"[~*?]")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell: sheet name, row and column, both counted from 1. Prints as `Ekonomi!D14`."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The address without the sheet.

        >>> CellRef("Ekonomi", 14, 4).cell
        'D14'
        """
        return f"{column_letter(self.column)}{self.row}"

    @property
    def link(self) -> str:
        """The address as a formula or an internal link wants it.

        >>> CellRef("Läs mig", 14, 4).link
        "'Läs mig'!D14"
        """
        return f"{quote_sheet(self.sheet)}!{self.cell}"

    def __str__(self) -> str:
        """As a message names it: the sheet as it is called, without quotes.

        >>> str(CellRef("Läs mig", 14, 4))
        'Läs mig!D14'
        """
        return f"{self.sheet}!{self.cell}"


def column_letter(column: int) -> str:
    """A column's number, from 1, in letters. There is no letter for nought: Z is followed by AA.

    >>> column_letter(1), column_letter(26), column_letter(27), column_letter(LAST_COLUMN)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(_BEFORE_A + 1 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The other way.

    >>> column_number("A"), column_number("aa"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - _BEFORE_A
    return number


def read_cell(sheet: str, address: str) -> CellRef:
    """An address on a sheet, fixed or not. Raises ValueError on anything else.

    >>> read_cell("Ekonomi", "$D$14")
    CellRef(sheet='Ekonomi', row=14, column=4)
    >>> read_cell("Ekonomi", "D14:F20")
    Traceback (most recent call last):
    ValueError: not a cell address: 'D14:F20'
    """
    match = _CELL.fullmatch(address.strip())
    if not match:
        raise ValueError(f"not a cell address: {address!r}")
    return CellRef(sheet, int(match[2]), column_number(match[1]))


def cell_if_any(sheet: str, address: str) -> CellRef | None:
    """The cell of a sheet that an address out of a file is of; None where there is none such.

    >>> cell_if_any("Ekonomi", "D14")
    CellRef(sheet='Ekonomi', row=14, column=4)
    >>> [cell_if_any("Ekonomi", said) for said in ("D0", "XFE1", "A1:B2", "")]
    [None, None, None, None]
    """
    match = _CELL.fullmatch(address)
    if not match:
        return None
    ref = CellRef(sheet, int(match[2]), column_number(match[1]))
    return ref if ref.row <= LAST_ROW and ref.column <= LAST_COLUMN else None


def quote_sheet(sheet: str) -> str:
    """A sheet name as a formula wants it: quoted whenever it is not a plain word, or is one that
    Excel would take for a cell.

    >>> quote_sheet("Mål"), quote_sheet("Läs mig"), quote_sheet("AB12"), quote_sheet("Lars' blad")
    ('Mål', "'Läs mig'", "'AB12'", "'Lars'' blad'")
    """
    if _PLAIN_SHEET.fullmatch(sheet) and not _CELL.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def formula_text(text: str) -> str:
    """A text as a formula holds it: its quotation marks doubled, and in pieces where it is longer
    than Excel takes in one (255 characters).

    >>> print(formula_text('Era "mål" nu'), formula_text("x" * 256).count("&"))
    "Era ""mål"" nu" 1
    """
    pieces = [text[start : start + _LONGEST_TEXT] for start in range(0, len(text), _LONGEST_TEXT)]
    written = "&".join(f'"{piece.replace(QUOTE, QUOTE * 2)}"' for piece in pieces or [""])
    return f"({written})" if len(pieces) > 1 else written


def criterion(text: str) -> str:
    """A text as COUNTIF and its like look for it and nothing else: `*`, `?` and `~` are signs of
    their own there.

    >>> criterion("Kurser* (alla?)")
    'Kurser~* (alla~?)'
    """
    return _WILDCARDS.sub(r"~\g<0>", text)


def brief_cells(refs: Iterable[CellRef]) -> str:
    """Several cells of one sheet, runs in a column drawn together, and with them the same runs in
    the columns that follow.

    >>> brief_cells(CellRef("E", row, column) for row in (14, 15) for column in (4, 5))
    'D14:E15'
    >>> brief_cells([CellRef("E", 3, 8), CellRef("E", 14, 4), CellRef("E", 15, 4)])
    'D14:D15, H3'
    """
    blocks: list[_Block] = []
    for column, top, bottom in _runs(refs):
        left = column
        if blocks and bottom > top and blocks[-1][1:] == (top, column - 1, bottom):
            left = blocks.pop()[0]
        blocks.append((left, top, column, bottom))
    return ", ".join(_brief_block(*block) for block in blocks)


def cells_named(sheet: str, brief: str) -> list[CellRef]:
    """The cells of a sheet that are named so, in order; of more than `MOST_NAMED` the corners of
    each block alone. Raises ValueError on anything else.

    >>> [str(ref) for ref in cells_named("E", "D14:E15, H3")]
    ['E!H3', 'E!D14', 'E!E14', 'E!D15', 'E!E15']
    """
    corners = [_corners(sheet, block) for block in brief.split(",")]
    if sum(map(_size, corners)) > MOST_NAMED:
        return sorted(set(chain.from_iterable(corners)))
    return sorted(set(chain.from_iterable(map(_cells_between, corners))))


def _corners(sheet: str, block: str) -> tuple[CellRef, CellRef]:
    """The first cell and the last, of one cell the same.

    >>> [str(ref) for ref in (*_corners("E", "D14:F20"), *_corners("E", "D14"))]
    ['E!D14', 'E!F20', 'E!D14', 'E!D14']
    """
    first, _, last = block.partition(":")
    return read_cell(sheet, first), read_cell(sheet, last or first)


def _size(corners: tuple[CellRef, CellRef]) -> int:
    """How many cells a block has.

    >>> _size(_corners("E", "D14:F20"))
    21
    """
    first, last = corners
    return (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1)


def _cells_between(corners: tuple[CellRef, CellRef]) -> Iterator[CellRef]:
    """The cells of a block, row by row.

    >>> [ref.cell for ref in _cells_between(_corners("E", "D14:E15"))]
    ['D14', 'E14', 'D15', 'E15']
    """
    first, last = corners
    columns = range(first.column, last.column + 1)
    for row in range(first.row, last.row + 1):
        yield from (CellRef(first.sheet, row, column) for column in columns)


_Block = tuple[int, int, int, int]  # left, top, right, bottom


def _runs(refs: Iterable[CellRef]) -> Iterator[tuple[int, int, int]]:
    """Cells that stand right below each other, column by column, as (column, top, bottom).

    >>> list(_runs([CellRef("E", 15, 4), CellRef("E", 14, 4), CellRef("E", 17, 4)]))
    [(4, 14, 15), (4, 17, 17)]
    """
    ordered = sorted({(ref.column, ref.row) for ref in refs})
    # Within a run a row's number and its place in the order rise alike.
    for _, run in groupby(enumerate(ordered), key=lambda item: (item[1][0], item[1][1] - item[0])):
        cells = [cell for _, cell in run]
        yield cells[0][0], cells[0][1], cells[-1][1]


def _brief_block(left: int, top: int, right: int, bottom: int) -> str:
    """A block by its corners; a single cell by itself.

    >>> _brief_block(4, 14, 6, 20), _brief_block(4, 14, 4, 14)
    ('D14:F20', 'D14')
    """
    start = f"{column_letter(left)}{top}"
    return start if (left, top) == (right, bottom) else f"{start}:{column_letter(right)}{bottom}"
