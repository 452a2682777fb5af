"""The sheet Återkoppling as a worksheet part (2.1.7.62)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from toolkit.annotate.page import HEADER_ROW, LAST_COLUMN, WIDTHS, PageCell, PageRow
from toolkit.annotate.xlsb.records import (
    AREA,
    BEGIN_COLUMNS,
    BEGIN_DATA,
    BEGIN_MERGED,
    BEGIN_SHEET,
    BEGIN_VIEW,
    BEGIN_VIEWS,
    BLANK,
    COLUMN,
    DEFAULTS,
    END_COLUMNS,
    END_DATA,
    END_MERGED,
    END_SHEET,
    END_VIEW,
    END_VIEWS,
    LINK,
    MARGINS,
    MERGED,
    PAGE,
    PANE,
    PROTECTION,
    ROW,
    SHEET_SETTINGS,
    TEXT,
    numbers,
)
from toolkit.files.biff12 import Biff12Record, write_record, write_text

_TWIPS = 20  # a point
_HEIGHT = 15  # points of an ordinary row
_VIEW = 0x03D8  # no grid; headings, zeros, ruler, outline symbols; selected
_SETTINGS = bytes([0xC9, 0x05, 0x02]) + bytes(
    [0, 64, 0, 0, 0, 0, 0, 0]
)  # as Excel writes them, and fit to page
_NO_TEXT = numbers(-1)
_ALLOWED = (0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1)
"""On the protected sheet, in the order of BrtSheetProtection (2.4.760): objects, scenarios, formats
of cells, columns and rows, inserting columns, rows and links, deleting columns and rows, choosing
locked cells, sorting, filtering, pivot tables, choosing other cells."""
_A4, _LANDSCAPE = 9, 0x02


def sheet_part(rows: Sequence[PageRow], looks: Mapping[str, int]) -> bytes:
    """The whole part. `looks` gives the number of each role's cell format."""
    return b"".join(map(write_record, _records(rows, looks)))


def _records(rows: Sequence[PageRow], looks: Mapping[str, int]) -> Iterator[Biff12Record]:
    yield Biff12Record(BEGIN_SHEET, b"")
    yield Biff12Record(SHEET_SETTINGS, _SETTINGS + numbers(-1, -1) + write_text(""))
    yield Biff12Record(AREA, numbers(0, rows[-1].number - 1, 0, LAST_COLUMN - 1))
    yield from _view()
    yield Biff12Record(DEFAULTS, struct.pack("<iHHHBB", -1, 8, _HEIGHT * _TWIPS, 0, 0, 0))
    yield from _columns()
    yield Biff12Record(BEGIN_DATA, b"")
    for row in rows:
        yield from _row(row, looks)
    yield Biff12Record(END_DATA, b"")
    yield Biff12Record(PROTECTION, b"\0\0" + numbers(1, *_ALLOWED))
    wide = [row for row in rows if row.wide]
    yield Biff12Record(BEGIN_MERGED, numbers(len(wide)))
    for row in wide:
        yield Biff12Record(
            MERGED,
            numbers(row.number - 1, row.number - 1, row.cells[0].column - 1, LAST_COLUMN - 1),
        )
    yield Biff12Record(END_MERGED, b"")
    yield from (_link(row, cell) for row in rows for cell in row.cells if cell.link)
    yield Biff12Record(MARGINS, struct.pack("<6d", 0.5, 0.5, 0.75, 0.75, 0.3, 0.3))
    yield Biff12Record(
        PAGE, numbers(_A4, 100, 600, 600, 1, 1, 1, 0) + struct.pack("<H", _LANDSCAPE) + _NO_TEXT
    )
    yield Biff12Record(END_SHEET, b"")


def _view() -> Iterator[Biff12Record]:
    """All above the first finding is frozen."""
    yield Biff12Record(BEGIN_VIEWS, b"")
    yield Biff12Record(
        BEGIN_VIEW, struct.pack("<HiiiBBHHHHHi", _VIEW, 0, 0, 0, 64, 0, 0, 100, 0, 0, 0, 0)
    )
    yield Biff12Record(PANE, struct.pack("<ddiiiB", 0, HEADER_ROW, HEADER_ROW, 0, 2, 1))
    yield Biff12Record(END_VIEW, b"")
    yield Biff12Record(END_VIEWS, b"")


def _columns() -> Iterator[Biff12Record]:
    yield Biff12Record(BEGIN_COLUMNS, b"")
    for number, width in enumerate(WIDTHS):
        flags = 0x03 if number == 0 else 0x02  # hidden, its own width
        yield Biff12Record(
            COLUMN, numbers(number, number, width * 256, 0) + struct.pack("<H", flags)
        )
    yield Biff12Record(END_COLUMNS, b"")


def _row(row: PageRow, looks: Mapping[str, int]) -> Iterator[Biff12Record]:
    last = LAST_COLUMN if row.wide else row.cells[-1].column
    flags = (0x10 if row.hidden else 0) | (0x20 if row.height else 0)
    head = struct.pack("<iiHBBB", row.number - 1, 0, (row.height or _HEIGHT) * _TWIPS, 0, flags, 0)
    yield Biff12Record(ROW, head + numbers(1, row.cells[0].column - 1, last - 1))
    for cell in row.cells:
        yield _cell(cell, looks[cell.role])
    for column in range(row.cells[0].column, LAST_COLUMN) if row.wide else ():
        yield Biff12Record(BLANK, numbers(column, looks[row.cells[0].role]))


def _cell(cell: PageCell, look: int) -> Biff12Record:
    place = numbers(cell.column - 1, look)
    return (
        Biff12Record(TEXT, place + write_text(cell.text))
        if cell.text
        else Biff12Record(BLANK, place)
    )


def _link(row: PageRow, cell: PageCell) -> Biff12Record:
    place, column = row.number - 1, cell.column - 1
    target = cell.link.link if cell.link else ""
    said = b"".join(map(write_text, (target, "", cell.text)))  # where to, no tip, what is shown
    return Biff12Record(LINK, numbers(place, place, column, column) + _NO_TEXT + said)
