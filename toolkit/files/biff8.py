"""Records of BIFF8 ([MS-XLS]), of which the stream Workbook of an xls is made: each has a kind, a
length and its data. What is too long for one record goes on in records CONTINUE."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from toolkit.files.compound import Malformed

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C  # [MS-XLS] 2.4.21, 2.4.103, 2.4.58
_BIFF8 = 0x0600
_MOST = 2_000_000  # records


class Biff8Record(NamedTuple):
    """One record, as it stands."""

    kind: int
    data: bytes


def records_of(stream: bytes) -> list[Biff8Record]:
    """All records of a stream, to the last that ends what began. Raises Malformed for what is not
    BIFF8."""
    found: list[Biff8Record] = []
    place = depth = last = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if not depth and kind != BOF:
            break  # what fills up the stream
        data = stream[place + 4 : place + 4 + length]
        if len(data) < length or len(found) >= _MOST:
            raise Malformed("a record that ends too early, or more of them than a workbook has")
        found.append(Biff8Record(kind, data))
        depth += (kind == BOF) - (kind == EOF)
        place += 4 + length
        last = len(found)
    if depth or not last or found[0].data[:2] != _BIFF8.to_bytes(2, "little"):
        raise Malformed("not a workbook in BIFF8")
    return found


def substreams(records: Sequence[Biff8Record]) -> Iterator[list[Biff8Record]]:
    """The records of the workbook itself, then of each sheet as they lie in the stream, each with
    what is embedded in it (charts)."""
    depth, own = 0, []
    for record in records:
        own.append(record)
        depth += (record.kind == BOF) - (record.kind == EOF)
        if not depth:
            yield own
            own = []


def depths(records: Sequence[Biff8Record]) -> Iterator[int]:
    """For each record how deep it lies: 1 for a sheet's own, more for those of a chart in it."""
    depth = 0
    for record in records:
        depth += record.kind == BOF
        yield depth
        depth -= record.kind == EOF


def short_text(data: bytes, at: int) -> tuple[str, int]:
    """A text whose length stands in one byte; the text and where it ends."""
    return _signs(data, at + 1, data[at])


def long_text(data: bytes, at: int) -> tuple[str, int]:
    """A text whose length stands in two bytes, without formats; the text and where it ends."""
    return _signs(data, at + 2, struct.unpack_from("<H", data, at)[0])


def signs(data: bytes, at: int, count: int) -> str:
    """A text of a known length. The flag before it says whether its signs take one byte or two."""
    return _signs(data, at, count)[0]


def _signs(data: bytes, at: int, count: int) -> tuple[str, int]:
    wide = data[at : at + 1] and data[at] & 1
    end = at + 1 + count * (2 if wide else 1)
    if end > len(data):
        raise Malformed("a text that ends too early")
    return data[at + 1 : end].decode("utf-16-le" if wide else "latin-1", "replace"), end


class RawNote(NamedTuple):
    """A comment: its cell (row and column from 0), the number of its box among the sheet's objects,
    author and text."""

    row: int
    column: int
    box: int
    author: str
    text: str


_NOTE, _OBJ, _TXO = 0x001C, 0x005D, 0x01B6  # 2.4.179, 2.4.181, 2.4.329
_DRAWING = 0x00EC  # MsoDrawing, 2.4.170: what stands before an object says where it lies
_ANCHOR = b"\x10\xf0\x12\0\0\0"  # head of OfficeArtClientAnchorSheet, 2.5.193
_PICTURE = 8  # FtCmo.ot, 2.5.143


def notes_of(records: Sequence[Biff8Record]) -> Iterator[RawNote]:
    """The comments of a sheet. A note's text stands in the box that bears its number."""
    texts: dict[int, str] = {}
    for number, text in boxes_of(records):
        texts.setdefault(number, text)
    for kind, data in records:
        if kind == _NOTE and len(data) >= 11:
            row, column, _, box = struct.unpack_from("<4H", data)
            yield RawNote(row, column, box, long_text(data, 8)[0], texts.get(box, ""))


def boxes_of(records: Sequence[Biff8Record]) -> Iterator[tuple[int, str]]:
    """What stands in comments and text boxes, each with the box's number."""
    box = 0
    for place, (kind, data) in enumerate(records):
        if kind == _OBJ and len(data) >= 8:
            box = struct.unpack_from("<H", data, 6)[0]
        elif kind == _TXO and len(data) >= 14:
            yield box, _said_in(records, place)


class RawFigure(NamedTuple):
    """A text box with what stands in it, or a picture; the row and column from 0 over which it
    begins."""

    row: int
    column: int
    said: str


def figures_of(records: Sequence[Biff8Record]) -> Iterator[RawFigure]:
    """The text boxes of a sheet that are no comments, and its pictures."""
    notes = {note.box for note in notes_of(records)}
    said = {box: text for box, text in boxes_of(records) if text and box not in notes}
    place = (0, 0)
    for kind, data in records:
        if kind == _DRAWING:
            place = _anchored(data)
        elif kind == _OBJ and len(data) >= 8:
            what, box = struct.unpack_from("<HH", data, 4)
            if what == _PICTURE or box in said:
                yield RawFigure(*place, said.get(box, ""))


def _anchored(data: bytes) -> tuple[int, int]:
    """The row and column over which the last object of a drawing begins; the first cell where it
    does not say."""
    at = data.rfind(_ANCHOR) + len(_ANCHOR)
    if at < len(_ANCHOR) or len(data) < at + 8:
        return 0, 0
    _, column, _, row = struct.unpack_from("<4H", data, at)
    return row, column


def _count_in(data: bytes) -> int:
    """How many signs a record of text has; at least one, so that the count comes to an end."""
    return max(1, (len(data) - 1) // (2 if data[:1] and data[0] & 1 else 1))


def _said_in(records: Sequence[Biff8Record], place: int) -> str:
    """A box's text stands in the records after it, each piece with a flag of its own; the formats
    that follow are CONTINUE too, so that the text's length tells where it ends."""
    left = struct.unpack_from("<H", records[place].data, 10)[0]
    said = ""
    for record in records[place + 1 :]:
        if record.kind != CONTINUE or len(said) >= left:
            break
        if record.data:
            said += signs(record.data, 0, min(left - len(said), _count_in(record.data)))
    return said


_STRINGS, _RUNS, _EXTENDED = 0x00FC, 0x08, 0x04  # SST, 2.4.265; fRichSt and fExtSt, 2.5.293


def shared_texts(records: Sequence[Biff8Record]) -> list[str]:
    """The workbook's shared texts, by their numbers. Raises Malformed for a list that ends too
    early."""
    start = next((n for n, one in enumerate(records) if one.kind == _STRINGS), len(records))
    pieces = [one.data for one in records[start : start + 1]]
    pieces += (
        one.data for one in takewhile(lambda one: one.kind == CONTINUE, records[start + 1 :])
    )
    if not pieces:
        return []
    reader = _Pieces(pieces)
    _, count = struct.unpack("<II", reader.take(8))
    most = sum(map(len, pieces)) // 3  # a text takes three bytes at least
    return [_shared_text(reader) for _ in range(min(count, most))]


def _shared_text(reader: _Pieces) -> str:
    count, flags = struct.unpack("<HB", reader.take(3))
    runs = int.from_bytes(reader.take(2), "little") if flags & _RUNS else 0
    more = int.from_bytes(reader.take(4), "little") if flags & _EXTENDED else 0
    text = reader.signs(count, wide=bool(flags & 1))
    reader.take(4 * runs + more)
    return text


class _Pieces:
    """What is read piece by piece: a record and those that continue it."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.left = list(reversed(pieces))
        self.at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = bytearray()
        while len(found) < count:
            found += self._some(count - len(found))
        return bytes(found)

    def signs(self, count: int, *, wide: bool) -> str:
        """The next signs: where a piece ends among them, the next one begins with a flag that says
        anew how many bytes a sign takes ([MS-XLS] 2.4.58)."""
        found = ""
        while count:
            if self.at == len(self.left[-1]):
                wide = bool(self._next()[0] & 1)
                self.at = 1
            size = 2 if wide else 1
            some = self._some(min(count, max(1, (len(self.left[-1]) - self.at) // size)) * size)
            found += some.decode("utf-16-le" if wide else "latin-1", "replace")
            count -= max(1, len(some) // size)
        return found

    def _some(self, most: int) -> bytes:
        """As many of so many bytes as there are in the piece."""
        if self.at >= len(self.left[-1]):
            self._next()
        some = self.left[-1][self.at : self.at + most]
        self.at += len(some)
        return some

    def _next(self) -> bytes:
        self.left.pop()
        self.at = 0
        if not self.left or not self.left[-1]:
            raise Malformed("shared texts that end too early")
        return self.left[-1]
