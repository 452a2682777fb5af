"""The marks: a conditional format that is always true lies over the cells' own format and does not
replace it."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from toolkit.annotate.marks import SIGNATURE, SheetMarks
from toolkit.annotate.xls.book import Sheet, before
from toolkit.files.biff8 import Biff8Record
from toolkit.words.cells import CellRef, brief_cells, read_cell

_CONDFMT, _CF, _WINDOW2 = 0x01B0, 0x01B1, 0x023E
_AFTER_RULES = (
    0x0879, 0x01B8, 0x0800, 0x01B2, 0x01BA, 0x0801, 0x086C, 0x0862, 0x0867, 0x0868, 0x0871, 0x0872,
    0x0877, 0x0878, 0x087B,
)  # fmt: skip
"""What comes after conditional formats, and the others of those: ours are the first."""
_AREAS = 500  # in one CONDFMT
_WORD = SIGNATURE.split('"')[1]
_KNOWN = (_WORD.encode("latin-1"), _WORD.encode("utf-16-le"))
_STRING, _NOT_EQUAL = 0x17, 0x0E  # formula tokens
_FORMULA = bytes((_STRING, len(_WORD), 0)) + _KNOWN[0] + bytes((_STRING, 0, 0, _NOT_EQUAL))
_ONLY_FILL, _AS_EXCEL = (
    0x2038FFFF,
    0x8002,
)  # every part of a format is left as it is, but for the fill
_SOLID = 1


def add_rules(sheet: Sheet, marks: SheetMarks, colours: dict[str, int]) -> None:
    """Marks in their colours, which are numbers in the palette. The first of several on a cell
    shows."""
    start = before(sheet.records, (_WINDOW2,))
    others = [
        struct.unpack_from("<H", record.data, 2)[0] >> 1
        for record in sheet.records
        if record.kind == _CONDFMT
    ]
    place = before(sheet.records, (_CONDFMT,) if others else _AFTER_RULES, start)
    number = max(others, default=0)
    made: list[Biff8Record] = []
    for tone, refs in marks.areas.items():
        areas = list(_areas(refs))
        for at in range(0, len(areas), _AREAS):
            number += 1
            made += _rule(areas[at : at + _AREAS], colours[tone], number)
    sheet.records[place:place] = made


def strip_rules(sheet: Sheet) -> None:
    """Take away the marks of an earlier marking."""
    if not any(record.kind == _CF and _is_ours(record) for record in sheet.records):
        return
    kept: list[Biff8Record] = []
    rule = -1  # where the area stands that the following formats are for
    for record in sheet.records:
        rule = len(kept) if record.kind == _CONDFMT else rule
        if record.kind != _CF or rule < 0 or not _is_ours(record):
            kept.append(record)
            continue
        left = struct.unpack_from("<H", kept[rule].data)[0] - 1
        if left > 0:
            kept[rule] = Biff8Record(_CONDFMT, struct.pack("<H", left) + kept[rule].data[2:])
        else:
            del kept[rule]
            rule = -1
    sheet.records[:] = kept


def _is_ours(record: Biff8Record) -> bool:
    return any(known in record.data for known in _KNOWN)


def _areas(refs: Sequence[CellRef]) -> Iterator[tuple[int, int, int, int]]:
    """Rows and columns from 0, first and last."""
    for area in brief_cells(refs).split(", ") if refs else ():
        first, _, last = area.partition(":")
        start, end = read_cell("", first), read_cell("", last or first)
        if end.row <= 0x10000 and end.column <= 0x100:
            yield start.row - 1, end.row - 1, start.column - 1, end.column - 1


def _rule(
    areas: Sequence[tuple[int, int, int, int]], colour: int, number: int
) -> list[Biff8Record]:
    tops, bottoms, lefts, rights = zip(*areas, strict=True)
    whole = struct.pack("<4H", min(tops), max(bottoms), min(lefts), max(rights))
    listed = b"".join(struct.pack("<4H", *area) for area in areas)
    head = (
        struct.pack("<HH", 1, (number & 0x7FFF) << 1)
        + whole
        + struct.pack("<H", len(areas))
        + listed
    )
    pattern = struct.pack("<HH", _SOLID << 10, colour | colour << 7)
    rule = (
        struct.pack("<BBHHIH", 2, 0, len(_FORMULA), 0, _ONLY_FILL, _AS_EXCEL) + pattern + _FORMULA
    )
    return [Biff8Record(_CONDFMT, head), Biff8Record(_CF, rule)]
