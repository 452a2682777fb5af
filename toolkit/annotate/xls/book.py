"""The stream Workbook as what it consists of: the workbook's own records, and each sheet's."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from toolkit.files.biff8 import (
    CONTINUE,
    Biff8Record,
    depths,
    records_of,
    short_text,
    substreams,
    written,
)
from toolkit.files.compound import Malformed

BOUNDSHEET, INDEX, EXTSST, SST, FEATHDR = 0x0085, 0x020B, 0x00FF, 0x00FC, 0x0867
WORKSHEET = 0x0010
_FILEPASS = 0x002F
_HEADER, _EACH = 4, 8  # bytes of a record's kind and length, and of an entry of EXTSST


@dataclass
class Sheet:
    """One sheet. `bound` is its BOUNDSHEET without the place; `start` is where it stood in the
    stream."""

    name: str
    bound: bytes
    records: list[Biff8Record]
    start: int = 0

    @property
    def is_worksheet(self) -> bool:
        """Not a chart on a sheet of its own, nor macros."""
        return self.records[0].data[2:4] == WORKSHEET.to_bytes(2, "little")


@dataclass
class Book:
    """The workbook's own records without BOUNDSHEET, and the sheets in the order of their tabs.
    `strings` is where the shared strings stood in the stream."""

    own: list[Biff8Record]
    sheets: list[Sheet]
    place: int
    strings: int

    def insert(self, at: int, *records: Biff8Record) -> None:
        """Put records among the workbook's own."""
        self.own[at:at] = records
        self.place += len(records) if at <= self.place else 0

    def save(self) -> bytes:
        """The stream, with every place in it counted anew."""
        size = _size(self.own) + sum(_HEADER + 4 + len(sheet.bound) for sheet in self.sheets)
        starts = {}
        for sheet in sorted(self.sheets, key=lambda sheet: sheet.start):
            starts[id(sheet)] = size
            size += _size(sheet.records)
        bounds = [
            Biff8Record(BOUNDSHEET, struct.pack("<I", starts[id(sheet)]) + sheet.bound)
            for sheet in self.sheets
        ]
        own = [*self.own[: self.place], *bounds, *self.own[self.place :]]
        parts = [written(_moved_strings(own, self.strings))]
        for sheet in sorted(self.sheets, key=lambda sheet: sheet.start):
            parts.append(written(_moved(sheet.records, starts[id(sheet)] - sheet.start)))
        return b"".join(parts)


def open_book(stream: bytes) -> Book:
    """A stream to edit. Raises Malformed for what is not BIFF8, or whose sheets are not where it
    says."""
    own, *rest = substreams(records_of(stream))
    if any(record.kind == _FILEPASS for record in own):
        raise Malformed("a workbook that is encrypted")
    at = _size(own)
    found = {}
    for records in rest:
        found[at] = records
        at += _size(records)
    sheets = []
    for record in own:
        if record.kind == BOUNDSHEET:
            start = struct.unpack_from("<I", record.data)[0]
            if start not in found:
                raise Malformed("a sheet that is not where it should be")
            sheets.append(
                Sheet(short_text(record.data, 6)[0], record.data[4:], found.pop(start), start)
            )
    if found or not sheets:
        raise Malformed("a sheet that is not named")
    place = next(number for number, record in enumerate(own) if record.kind == BOUNDSHEET)
    return Book(
        [record for record in own if record.kind != BOUNDSHEET], sheets, place, _place_of(own, SST)
    )


def before(records: Sequence[Biff8Record], later: Collection[int], start: int = 1) -> int:
    """Where to put something that comes before records of certain kinds; the last record ends
    all."""
    places = (
        number
        for number, (record, depth) in enumerate(zip(records, depths(records), strict=True))
        if number >= start and depth == 1 and record.kind in later
    )
    return next(places, len(records) - 1)


def after(records: Sequence[Biff8Record], kinds: Collection[int]) -> int:
    """The place after the last record of certain kinds and what continues it. Raises Malformed
    where there is none."""
    last = max(
        (number for number, record in enumerate(records) if record.kind in kinds), default=None
    )
    if last is None:
        raise Malformed("a workbook that lacks what every workbook has")
    while records[last + 1].kind == CONTINUE:
        last += 1
    return last + 1


def _size(records: Sequence[Biff8Record]) -> int:
    return sum(_HEADER + len(record.data) for record in records)


def _place_of(records: Sequence[Biff8Record], kind: int) -> int:
    """Where a record stands, counted from the first."""
    number = next((number for number, record in enumerate(records) if record.kind == kind), 0)
    return _size(records[:number])


def _moved_strings(own: list[Biff8Record], was: int) -> list[Biff8Record]:
    """EXTSST says where some of the shared strings stand."""
    by = _place_of(own, SST) - was
    return [
        Biff8Record(EXTSST, _shifted_strings(record.data, by)) if record.kind == EXTSST else record
        for record in own
    ]


def _shifted_strings(data: bytes, by: int) -> bytes:
    entries = (
        struct.unpack_from("<IHH", data, at) for at in range(2, len(data) - _EACH + 1, _EACH)
    )
    return data[:2] + b"".join(
        struct.pack("<IHH", (place + by) & 0xFFFFFFFF, *rest) for place, *rest in entries
    )


def _moved(records: list[Biff8Record], by: int) -> list[Biff8Record]:
    """INDEX says where in the stream some of the sheet's rows stand. Nothing before them is ever
    added or taken."""
    return [
        Biff8Record(INDEX, _shifted_index(record.data, by)) if record.kind == INDEX else record
        for record in records
    ]


def _shifted_index(data: bytes, by: int) -> bytes:
    count = max(0, len(data) - 12) // 4
    places = struct.unpack_from(f"<{count}I", data, 12)
    return data[:12] + struct.pack(
        f"<{count}I", *((place + by) & 0xFFFFFFFF if place else 0 for place in places)
    )
