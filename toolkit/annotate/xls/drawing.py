"""A sheet's drawing (MS-ODRAW), cut in pieces by the records of the objects that it draws."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.annotate.xls.book import Sheet, before
from toolkit.files.biff8 import CONTINUE, LIMIT, Biff8Record, depths, text_records
from toolkit.files.compound import Malformed

DRAWING, OBJ, TXO = 0x00EC, 0x005D, 0x01B6
NOTE, _SELECTION, _PICTURE = 0x001C, 0x00ED, 0x0866
AFTER_NOTES = (0x00B0, 0x0050, 0x023E)
_DG, _SPGR, _SP, _FDG, _FSP, _FSPGR = 0xF002, 0xF003, 0xF004, 0xF008, 0xF00A, 0xF009
_HEAD = 8
_GROUP, _PATRIARCH = 0x0F, 0x05


@dataclass
class Piece:
    """A record of the drawing, and the records of objects after it."""

    kind: int
    data: bytes
    objects: list[Biff8Record] = field(default_factory=list)


@dataclass
class Drawing:
    """A sheet's drawing; `place` is where its records stand in the sheet, `length` how many they
    were."""

    pieces: list[Piece]
    place: int
    length: int

    @property
    def whole(self) -> bytes:
        """The drawing without the cuts."""
        return b"".join(piece.data for piece in self.pieces)

    @property
    def number(self) -> int:
        """The drawing's number in the workbook."""
        return int(struct.unpack_from("<H", self.whole, _HEAD)[0] >> 4)

    def write(self, sheet: Sheet) -> None:
        """Put it back among the sheet's records."""
        made: list[Biff8Record] = []
        for piece in self.pieces:
            made += [Biff8Record(piece.kind, piece.data), *piece.objects]
        sheet.records[self.place : self.place + self.length] = made

    def identifiers(self) -> list[int]:
        """Those of all its shapes."""
        return list(_identifiers(self.whole))

    def cut(self, places: Collection[int]) -> int:
        """Take away the shapes whose objects stand after so many bytes of the drawing; how many
        those are."""
        start, end = _group(self.whole)
        shapes = (
            (first, last)
            for kind, first, last in _children(self.whole, start + _HEAD, end)
            if kind == _SP
        )
        wanted = sorted(places)
        gone = [
            (first, last)
            for first, last in shapes
            if bisect_right(wanted, last) > bisect_right(wanted, first)
        ]
        if gone:
            self._grow(sum(first - last for first, last in gone), -len(gone))
            self._cut(gone)
        return len(gone)

    def _cut(self, gone: Sequence[tuple[int, int]]) -> None:
        """Take away stretches of the drawing, and the objects that stand in them or at their
        ends."""
        kept: list[Piece] = []
        at = reached = 0
        for piece in self.pieces:
            to = at + len(piece.data)
            for first, last in _without(gone, at, to):
                part = Piece(
                    piece.kind,
                    piece.data[first - at : last - at],
                    piece.objects if last == to else [],
                )
                if kept and first > reached and not kept[-1].objects:
                    self._join(kept, part)
                else:
                    kept.append(part)
                reached = last
            at = to
        self.pieces = kept

    @staticmethod
    def _join(kept: list[Piece], piece: Piece) -> None:
        """What no object stands between is one record, where it has room."""
        if len(kept[-1].data) + len(piece.data) <= LIMIT:
            kept[-1] = Piece(kept[-1].kind, kept[-1].data + piece.data, piece.objects)
        else:
            kept.append(piece)

    def add(self, shapes: Sequence[Sequence[Piece]], last: int) -> None:
        """Append shapes, each as its pieces; `last` is the identifier of the last."""
        _, end = _group(self.whole)
        at, position = 0, 0
        while at + len(self.pieces[position].data) < end:
            at += len(self.pieces[position].data)
            position += 1
        piece = self.pieces[position]
        rest = piece.data[end - at :]
        tail = [Piece(DRAWING, rest, piece.objects)] if rest else []
        kept = [
            *self.pieces[:position],
            Piece(piece.kind, piece.data[: end - at], [] if rest else piece.objects),
        ]
        added = 0
        for part in (part for shape in shapes for part in shape):
            added += len(part.data)
            if kept[-1].objects:
                kept.append(part)
            else:
                self._join(kept, part)
        self.pieces = [*kept, *tail, *self.pieces[position + 1 :]]
        self._grow(added, len(shapes))
        self._patch(_fdg(self.whole) + _HEAD + 4, struct.pack("<I", last))

    def _grow(self, by: int, shapes: int) -> None:
        """Lengths of what holds the shapes, and how many there are."""
        whole = self.whole
        start, _ = _group(whole)
        for at in (0, start):
            size = struct.unpack_from("<I", whole, at + 4)[0]
            self._patch(at + 4, struct.pack("<I", size + by))
        at = _fdg(whole) + _HEAD
        self._patch(at, struct.pack("<I", max(0, struct.unpack_from("<I", whole, at)[0] + shapes)))

    def _patch(self, at: int, data: bytes) -> None:
        first = self.pieces[0]
        if at + len(data) > len(first.data):
            raise Malformed("a drawing whose head is cut")
        first.data = first.data[:at] + data + first.data[at + len(data) :]


def _without(gone: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a stretch. `gone` is in order."""
    number = bisect_right(gone, (start, start))
    number -= bool(number and gone[number - 1][1] > start)
    for first, last in gone[number:]:
        if first >= end:
            break
        if first > start:
            yield start, first
        start = last
    if start < end:
        yield start, end


def drawing_of(sheet: Sheet) -> Drawing | None:
    """A sheet's drawing, None where it has none. Raises Malformed."""
    depth = list(depths(sheet.records))
    numbers = [
        n for n, record in enumerate(sheet.records) if record.kind == DRAWING and depth[n] == 1
    ]
    if not numbers:
        return None
    first = number = numbers[0]
    pieces: list[Piece] = []
    while number < len(sheet.records):
        kind, data = sheet.records[number]
        if depth[number] > 1:
            pieces[-1].objects.append(sheet.records[number])
        elif kind in (OBJ, TXO):
            own = text_records(sheet.records, number) if kind == TXO else 0
            pieces[-1].objects += sheet.records[number : number + own + 1]
            number += own
        elif kind == DRAWING or (kind == CONTINUE and pieces):
            pieces.append(Piece(kind, data))
        else:
            break
        number += 1
    drawing = Drawing(pieces, first, number - first)
    _group(drawing.whole)
    return drawing


def new_drawing(sheet: Sheet, number: int, identifier: int) -> Drawing:
    """A drawing with no shape but the one that all others belong to."""
    root = _atom(_FSPGR, 1, 0, bytes(16)) + _atom(
        _FSP, 2, 0, struct.pack("<II", identifier, _PATRIARCH)
    )
    group = _atom(_SPGR, _GROUP, 0, _atom(_SP, _GROUP, 0, root))
    head = _atom(_FDG, 0, number, struct.pack("<II", 1, identifier))
    place = before(sheet.records, (_SELECTION, _PICTURE, NOTE, *AFTER_NOTES))
    return Drawing([Piece(DRAWING, _atom(_DG, _GROUP, 0, head + group))], place, 0)


def shape(kind: int, version: int, instance: int, data: bytes) -> bytes:
    """One part of a drawing with its head."""
    return _atom(kind, version, instance, data)


def _atom(kind: int, version: int, instance: int, data: bytes) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def _children(whole: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of each part in a stretch. Raises Malformed where one goes beyond it."""
    while start < end:
        kind, size = struct.unpack_from("<2xHI", whole, start)
        last = start + _HEAD + size
        if last > end:
            raise Malformed("a drawing that does not fit together")
        yield kind, start, last
        start = last


def _group(whole: bytes) -> tuple[int, int]:
    """Where the group of all shapes starts and ends."""
    for kind, start, end in _children(whole, _HEAD, _end(whole)):
        if kind == _SPGR:
            return start, end
    raise Malformed("a drawing without a group")


def _fdg(whole: bytes) -> int:
    return next(start for kind, start, _ in _children(whole, _HEAD, _end(whole)) if kind == _FDG)


def _end(whole: bytes) -> int:
    kind, size = struct.unpack_from("<2xHI", whole)
    if kind != _DG or _HEAD + size > len(whole):
        raise Malformed("not a drawing")
    first = struct.unpack_from("<2xH", whole, _HEAD)[0]
    if first != _FDG:
        raise Malformed("a drawing without a number")
    return int(_HEAD + size)


def _identifiers(whole: bytes) -> Iterator[int]:
    waiting = [_group(whole)]
    while waiting:
        start, end = waiting.pop()
        for kind, first, last in _children(whole, start + _HEAD, end):
            if kind in (_SPGR, _SP):
                waiting.append((first, last))
            elif kind == _FSP and last - first >= 2 * _HEAD:
                yield struct.unpack_from("<I", whole, first + _HEAD)[0]
