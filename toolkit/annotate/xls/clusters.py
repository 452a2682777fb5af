"""The workbook's count of drawings and shapes (FDGG in MSODRAWINGGROUP): identifiers are given out
1,024 at a time."""

from __future__ import annotations

import struct
from collections.abc import Collection
from dataclasses import dataclass

from toolkit.annotate.xls.book import Book, before
from toolkit.files.biff8 import Biff8Record, split
from toolkit.files.compound import Malformed

_GROUP, _EACH = 0x00EB, 1024
_AFTER = (0x00FC, 0x00FF, 0x0801, 0x080B, 0x0863, 0x0896, 0x089B, 0x088C, 0x0867)
_DGG, _FDGG = 0xF000, 0xF006
_COLOURS = bytes.fromhex(
    "33000bf012000000bf0008000800810109000008c0014000000840001ef1100000000d0000080c00000817000008f7000010"
)
"""How shapes look that do not say it themselves: the system's own colours."""
_EMPTY = (
    struct.pack("<HHIHHI4I", 0x0F, _DGG, 24 + len(_COLOURS), 0, _FDGG, 16, 0, 1, 0, 0) + _COLOURS
)
_CLUSTERS = 32  # where they begin


@dataclass
class Clusters:
    """`owned` holds, for each 1,024 identifiers from 1,024 on, the drawing they belong to and how
    many are used."""

    owned: list[list[int]]
    highest: int
    shapes: int
    drawings: int

    def new_drawing(self) -> tuple[int, int]:
        """A number for a drawing, and its first identifier."""
        self.drawings += 1
        self.shapes += 1
        number = max([self.drawings, *(drawing + 1 for drawing, _ in self.owned)])
        return number, self._cluster(number)

    def take(self, drawing: int, used: Collection[int], count: int) -> list[int]:
        """Identifiers for so many shapes more in a drawing that has some."""
        last, taken = max(used), []
        for _ in range(count):
            last = self._after(drawing, last, used)
            taken.append(last)
            cluster = self.owned[last // _EACH - 1]
            cluster[1] = max(cluster[1], last % _EACH + 1)
        self.shapes += count
        return taken

    def _after(self, drawing: int, last: int, used: Collection[int]) -> int:
        number = last // _EACH - 1
        is_own = 0 <= number < len(self.owned) and self.owned[number][0] == drawing
        if is_own and (last + 1) % _EACH:
            return last + 1
        busy = {one // _EACH for one in (*used, last)}
        free = (
            n for n, (owner, _) in enumerate(self.owned, 1) if owner == drawing and n not in busy
        )
        return _EACH * next(free, 0) or self._cluster(drawing)

    def _cluster(self, drawing: int) -> int:
        self.owned.append([drawing, 1])
        self.highest = max(self.highest, _EACH * (len(self.owned) + 1))
        return _EACH * len(self.owned)


def clusters_of(book: Book) -> Clusters:
    """As the workbook counts them; none where it has no drawing. Raises Malformed."""
    place = _place(book)
    data = _EMPTY if place is None else book.own[place].data
    kinds = struct.unpack_from("<2xH4x2xH", data)
    highest, count, shapes, drawings = struct.unpack_from("<4I", data, 16)
    end = _CLUSTERS + 8 * (count - 1)
    if kinds != (_DGG, _FDGG) or not 1 <= count <= 1024 or end > len(data):
        raise Malformed("a count of drawings that does not fit together")
    owned = [list(pair) for pair in struct.iter_unpack("<II", data[_CLUSTERS:end])]
    return Clusters(owned, highest, shapes, drawings)


def write_clusters(book: Book, clusters: Clusters) -> None:
    """Put the count back."""
    place = _place(book)
    if place is None:
        place = before(book.own, _AFTER, book.place + 1)
        book.insert(place, Biff8Record(_GROUP, _EMPTY))
    data = book.own[place].data
    known, inner = struct.unpack_from("<I", data, 4)[0], struct.unpack_from("<I", data, 12)[0]
    listed = b"".join(struct.pack("<II", *pair) for pair in clusters.owned)
    grown = 16 + len(listed) - inner
    count = struct.pack(
        "<4I", clusters.highest, len(clusters.owned) + 1, clusters.shapes, clusters.drawings
    )
    head = (
        data[:4] + struct.pack("<I", known + grown) + data[8:12] + struct.pack("<I", inner + grown)
    )
    made = list(split(_GROUP, head + count + listed + data[16 + inner :]))
    book.own[place : place + 1] = made


def _place(book: Book) -> int | None:
    return next((number for number, record in enumerate(book.own) if record.kind == _GROUP), None)
