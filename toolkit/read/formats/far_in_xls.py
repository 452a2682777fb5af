"""Cells that lie far out in an xls, among the records of its sheets ([MS-XLS] 2.3 and 2.4). What is
left out is made a record of a kind that no reader knows, in its place: nothing is moved."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.files.biff8 import (
    BOF,
    EOF,
    Biff8Record,
    long_text,
    records_of,
    shared_texts,
    short_text,
)
from toolkit.files.compound import open_compound, with_stream
from toolkit.read.formats.far_gaps import SheetEnd, limits_of_cells
from toolkit.words.cells import CellRef

_BOUNDSHEET, _DIMENSION, _STRING = 0x0085, 0x0200, 0x0207  # 2.4.28, 2.4.90, 2.4.268
_FORMULA, _SHARED, _ROW_OF_NUMBERS = 0x0006, 0x00FD, 0x00BD  # Formula, LabelSst, MulRk
_TEXTS = {0x0204, 0x00D6}  # Label, RString
_VALUES = {0x0203, 0x0205, 0x027E, _FORMULA, _SHARED, _ROW_OF_NUMBERS} | _TEXTS
_UNKNOWN = b"\xff\x7f"
_NO_NUMBER, _TEXT_RESULT, _EMPTY_RESULT = b"\xff\xff", 0, 3  # FormulaValue, 2.5.133
_LAST_COLUMN = 255
_BOOK = "Workbook"


class ValueRecord(NamedTuple):
    """A record with the value of a cell, or of several in a row: where in the stream it stands."""

    at: int
    row: int
    columns: range
    filled: bool


class RecordSheet(NamedTuple):
    """A sheet's values, and where its extent is said."""

    name: str
    values: list[ValueRecord]
    extents: list[int]


def trimmed_file(data: bytes, wide: int) -> tuple[bytes, list[CellRef]] | None:
    """The file without what lies far out on sheets of more than `wide` cells, and the filled cells
    that are left out; None where there is nothing to leave out. Raises Malformed."""
    stream = open_compound(data).stream(_BOOK)
    if stream is None:
        return None
    changed, cells = bytearray(stream), list[CellRef]()
    for sheet in _sheets(records_of(stream)):
        if _area(sheet) > wide:
            cells += _leave_out(changed, sheet)
    return None if changed == stream else (with_stream(data, _BOOK, bytes(changed)), cells)


def _area(sheet: RecordSheet) -> int:
    rows = max((one.row for one in sheet.values), default=0)
    return rows * max((one.columns.stop - 1 for one in sheet.values), default=0)


def _leave_out(stream: bytearray, sheet: RecordSheet) -> Iterator[CellRef]:
    filled = list(_cells(one for one in sheet.values if one.filled))
    limits = limits_of_cells(_cells(sheet.values), filled)
    for one in sheet.values:
        if limits.leave_out(one.row, one.columns.start):
            _unmake(stream, one.at)
    for at in sheet.extents:
        _cut(stream, at, limits)
    return (CellRef(sheet.name, *at) for at in filled if limits.leave_out(*at))


def _cells(values: Iterable[ValueRecord]) -> Iterator[tuple[int, int]]:
    for one in values:
        for column in one.columns:
            yield one.row, column


def _unmake(stream: bytearray, at: int) -> None:
    """The record, and the text that is a formula's result behind it."""
    stream[at : at + 2] = _UNKNOWN
    after = at + 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    if stream[after : after + 2] == _STRING.to_bytes(2, "little"):
        stream[after : after + 2] = _UNKNOWN


def _cut(stream: bytearray, at: int, limits: SheetEnd) -> None:
    """The extent (first and last row, first and last column, the last not included)."""
    first, last, left, right = struct.unpack_from("<IIHH", stream, at + 4)
    ends = first, min(last, limits.row), left, min(right, limits.column)
    struct.pack_into("<IIHH", stream, at + 4, *ends)


def _sheets(records: Sequence[Biff8Record]) -> Iterator[RecordSheet]:
    """The sheets, each where BoundSheet8 says that it begins."""
    names = dict(_names(records))
    texts = shared_texts(records)
    sheet, place, depth = RecordSheet("", [], []), 0, 0
    for number, record in enumerate(records):
        if record.kind == BOF and not depth:
            sheet = RecordSheet(names.get(place, ""), [], [])
        depth += (record.kind == BOF) - (record.kind == EOF)
        if depth == 1:
            _gather(sheet, place, records[number : number + 2], texts)
        elif not depth and sheet.name:
            yield sheet
        place += 4 + len(record.data)


def _names(records: Sequence[Biff8Record]) -> Iterator[tuple[int, str]]:
    for kind, data in records:
        if kind == _BOUNDSHEET:
            yield struct.unpack_from("<I", data)[0], short_text(data, 6)[0]


def _gather(
    sheet: RecordSheet, place: int, records: Sequence[Biff8Record], texts: Sequence[str]
) -> None:
    """A record that is gathered, with the one behind it."""
    kind, data = records[0]
    if kind == _DIMENSION and len(data) >= 12:
        sheet.extents.append(place)
    if kind in _VALUES and len(data) >= 6:
        row, first = struct.unpack_from("<HH", data)
        last = (
            struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _ROW_OF_NUMBERS else first
        )
        columns = range(first + 1, min(last, first + 255) + 2)
        sheet.values.append(ValueRecord(place, row + 1, columns, _is_filled(records, texts)))


def _is_filled(records: Sequence[Biff8Record], texts: Sequence[str]) -> bool:
    """Whether a record holds more than blanks."""
    kind, data = records[0]
    if kind == _SHARED:
        number = int.from_bytes(data[6:10], "little")
        return number >= len(texts) or bool(texts[number].strip())
    if kind in _TEXTS:
        return bool(long_text(data, 6)[0].strip())
    if (
        kind != _FORMULA
        or data[12:14] != _NO_NUMBER
        or data[6] not in {_TEXT_RESULT, _EMPTY_RESULT}
    ):
        return True
    is_said = data[6] == _TEXT_RESULT and records[-1].kind == _STRING
    return is_said and bool(long_text(records[-1].data, 0)[0].strip())
