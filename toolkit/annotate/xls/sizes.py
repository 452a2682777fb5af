"""How large a note's box must be, counted in the columns and rows that it lies over."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

from toolkit.annotate.xls.book import Sheet
from toolkit.words.cells import CellRef

_COLINFO, _DEFCOLWIDTH, _ROW, _DEFROWHEIGHT = 0x007D, 0x0055, 0x0208, 0x0225
_WIDTH, _LEAST_HEIGHT, _LINE = 48, 110, 14  # characters, points, points
_COLUMNS, _ROWS = 256, 65_536


class Place(NamedTuple):
    """The box's corners: each a column or row from 0, and how far into it, in 1,024ths of its width
    or 256ths of its height."""

    left: int
    into_left: int
    top: int
    into_top: int
    right: int
    into_right: int
    bottom: int
    into_bottom: int


def boxes_on(sheet: Sheet) -> Callable[[CellRef, str], Place]:
    """Where on a sheet the box for a text lies beside its cell."""
    width, height = _widths(sheet), _heights(sheet)

    def beside(ref: CellRef, text: str) -> Place:
        lines = sum(1 + len(line) // _WIDTH for line in text.splitlines())
        left, top = min(ref.column, _COLUMNS - 1), max(0, ref.row - 2)
        right = _reach(left, _COLUMNS, _WIDTH * 256, width)
        bottom = _reach(top, _ROWS, max(_LEAST_HEIGHT, (lines + 1) * _LINE) * 20, height)
        return Place(
            left, 128, top, 64, right[0], int(right[1] * 1023), bottom[0], int(bottom[1] * 255)
        )

    return beside


def _reach(start: int, end: int, wanted: int, size: Callable[[int], int]) -> tuple[int, float]:
    """The column or row where a size is reached, and how much of it that takes."""
    at = start
    while at < end - 1 and size(at) < wanted:
        wanted -= size(at)
        at += 1
    return at, min(1.0, wanted / (size(at) or wanted))


def _widths(sheet: Sheet) -> Callable[[int], int]:
    """Of a column in 256ths of a character; hidden ones have none."""
    usual, own = 8 * 256, {}
    for kind, data in sheet.records:
        if kind == _DEFCOLWIDTH and len(data) >= 2:
            usual = struct.unpack_from("<H", data)[0] * 256
        elif kind == _COLINFO and len(data) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", data)
            own.update(
                dict.fromkeys(range(first, min(last, _COLUMNS - 1) + 1), 0 if flags & 1 else width)
            )
    return lambda column: own.get(column, usual)


def _heights(sheet: Sheet) -> Callable[[int], int]:
    """Of a row in 20ths of a point."""
    usual, own = 300, {}
    for kind, data in sheet.records:
        if kind == _DEFROWHEIGHT and len(data) >= 4:
            usual = struct.unpack_from("<H", data, 2)[0] or usual
        elif kind == _ROW and len(data) >= 14:
            row, height, flags = struct.unpack_from("<H4xH4xH", data)
            own[row] = 0 if flags & 0x20 else height & 0x7FFF
    return lambda row: max(1, own.get(row, usual)) if own.get(row, usual) else 0
