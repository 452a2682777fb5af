"""Cells that lie far out in an xlsb, among the sheets' records ([MS-XLSB] 2.3 and 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.files.biff12 import Biff12Record, read_records, read_text, write_record
from toolkit.read.formats.far_gaps import SheetEnd, limits_of_cells
from toolkit.read.formats.xlsb_sheets import sheet_paths
from toolkit.words.cells import CellRef

_STRINGS = "xl/sharedStrings.bin"
_ROW, _DIMENSION, _STRING = 0, 148, 19  # BrtRowHdr, BrtWsDim, BrtSSTItem
_LONG = {*range(1, 12), 62}  # BrtCellBlank … BrtFmlaError, BrtCellRString
_SHORT = range(12, 19)  # BrtShortBlank … BrtShortIsst: right of the cell before
_BLANK = {1, 12}  # BrtCellBlank, BrtShortBlank
# Where a text, or a shared text's number, stands in a record.
_TEXT_AT = {6: 8, 8: 8, 62: 9, 17: 4}  # BrtCellSt, BrtFmlaString, BrtCellRString, BrtShortSt
_SHARED_AT = {7: 8, 18: 4}  # BrtCellIsst, BrtShortIsst
_STRING_AT = 1  # behind the flags


class BinaryCell(NamedTuple):
    """A record of a sheet, and the cell that it is about: in row and column nought, none."""

    row: int
    column: int
    record: Biff12Record

    @property
    def is_value(self) -> bool:
        """Whether it is a cell with more than a format."""
        return self.column > 0 and self.record.kind not in _BLANK


def cells_of(part: bytes) -> Iterator[BinaryCell]:
    """The records of a sheet, each with its place. Raises BrokenRecord."""
    row = column = 0
    for record in read_records(part):
        if record.kind == _ROW:
            row, column = _number(record.content, 0) + 1, 0
        elif record.kind in _LONG:
            column = _number(record.content, 0) + 1
        elif record.kind in _SHORT:
            column += 1
        is_cell = record.kind in _LONG or record.kind in _SHORT
        yield BinaryCell(row, column if is_cell else 0, record)


def extent_of_records(part: bytes, most: int) -> tuple[int, int, int]:
    """The last row and column with a value, and how many cells there are, counted until they are
    more than `most`. Raises BrokenRecord."""
    rows = columns = cells = 0
    for one in cells_of(part):
        cells += one.column > 0
        if one.is_value:
            rows, columns = max(rows, one.row), max(columns, one.column)
        if cells > most:
            break
    return rows, columns, cells


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "little")


def trimmed(package: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[CellRef]]:
    """The sheets' parts without what lies far out, where anything does, and the filled cells that
    are left out. Raises BrokenRecord."""
    changed: dict[str, bytes] = {}
    found: list[CellRef] = []
    strings = list(_strings(package.get(_STRINGS, b"")))
    for name, path in sheet_paths(package).items():
        part = package.get(path, b"")
        filled = list(_filled(part, strings))
        limits = limits_of_cells(_places(part), filled)
        kept, is_less = _without(part, limits)
        if is_less:
            changed[path] = kept
            found += (CellRef(name, *at) for at in filled if limits.leave_out(*at))
    return changed, found


def _strings(part: bytes) -> Iterator[str]:
    for kind, content in read_records(part):
        if kind == _STRING:
            yield read_text(content, _STRING_AT)[0]


def _places(part: bytes) -> Iterator[tuple[int, int]]:
    return ((one.row, one.column) for one in cells_of(part) if one.column)


def _filled(part: bytes, strings: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The cells that hold more than a format or blanks."""
    for one in cells_of(part):
        if one.is_value and _is_filled(one.record, strings):
            yield one.row, one.column


def _is_filled(record: Biff12Record, strings: Sequence[str]) -> bool:
    kind, content = record
    if kind in _TEXT_AT:
        return bool(read_text(content, _TEXT_AT[kind])[0].strip())
    if kind in _SHARED_AT:
        number = _number(content, _SHARED_AT[kind])
        return number >= len(strings) or bool(strings[number].strip())
    return True


def _without(part: bytes, limits: SheetEnd) -> tuple[bytes, bool]:
    """The part without rows and cells beyond, and whether any cell was left out."""
    pieces, is_less = list[bytes](), False
    for one in cells_of(part):
        if one.column and limits.leave_out(one.row, one.column):
            is_less = True
        elif one.record.kind == _DIMENSION:
            pieces.append(write_record(_within(one.record, limits)))
        elif one.record.kind != _ROW or one.row <= limits.row:
            pieces.append(write_record(one.record))
    return b"".join(pieces), is_less


def _within(dimension: Biff12Record, limits: SheetEnd) -> Biff12Record:
    """The sheet's extent, which would go on naming the far cell: its rows, then its columns."""
    ends = struct.pack("<IIII", 0, max(0, limits.row - 1), 0, max(0, limits.column - 1))
    return dimension._replace(content=ends)
