"""Compound files ([MS-CFB]), the container of xls: all streams, as they lie in the file.

Nothing that the file says of its own lengths is believed: chains are followed no further than there
are sectors, since a chain that leads to itself would never end."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.files.errors import ContentError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIFAT = 0xFFFFFFFC  # from here on a number is no sector but says what one is for (2.1)
# The size of a small sector, and of the smallest stream that does not lie in them (2.2).
_MINI, _CUTOFF = 64, 4096
_HEADER, _ENTRY, _FIRST_DIFAT = 512, 128, 109  # the header itself names 109 FAT sectors
_STREAM, _ROOT = 2, 5  # kinds of directory entries (2.6.1)


class Malformed(ContentError, ValueError):
    """A file that is not built as the format says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory; `raw` is its 128 bytes. `left`, `right` and `child` are numbers
    of other entries."""

    raw: bytes

    @property
    def name(self) -> str:
        """The name, without the zero that ends it."""
        length = min(max(0, struct.unpack_from("<H", self.raw, 64)[0] - 2), 62)
        return self.raw[:length].decode("utf-16-le", "replace")

    @property
    def kind(self) -> int:
        """1 for a storage (a folder), 2 for a stream, 5 for the root, 0 for an unused entry."""
        return self.raw[66]

    @property
    def links(self) -> tuple[int, int, int]:
        """Left and right sibling, and child."""
        left, right, child = struct.unpack_from("<3I", self.raw, 68)
        return left, right, child

    @property
    def start(self) -> int:
        """The first sector."""
        return int(struct.unpack_from("<I", self.raw, 116)[0])

    @property
    def size(self) -> int:
        """The stream's size in bytes; the upper half is not used in a file of this kind and may
        hold anything."""
        return int(struct.unpack_from("<I", self.raw, 120)[0])


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file: its directory in order, and what each stream holds, by the entry's
    number."""

    entries: tuple[Entry, ...]
    streams: Mapping[int, bytes]

    def find(self, name: str) -> int | None:
        """The number of a stream that lies directly in the root, whatever capitals it is written
        with."""
        wanted = name.casefold()
        numbers = _children(self.entries)
        return next(
            (n for n in numbers if n in self.streams and self.entries[n].name.casefold() == wanted),
            None,
        )

    def stream(self, name: str) -> bytes | None:
        """What such a stream holds."""
        number = self.find(name)
        return None if number is None else self.streams[number]


def open_compound(data: bytes) -> Compound:
    """A compound file as its streams. Raises Malformed."""
    try:
        return _Reader(data).opened()
    except (struct.error, IndexError) as error:
        raise Malformed("a compound file that ends too early") from error


def with_stream(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with another content, of the same length, in a stream that lies in whole
    sectors. Raises Malformed."""
    file, reader = open_compound(data), _Reader(data)
    number = file.find(name)
    if number is None or not _CUTOFF <= len(content) == file.entries[number].size:
        raise Malformed("no such stream of that length")
    changed, size = bytearray(data), reader.sector
    for place, sector in enumerate(reader.sectors(file.entries[number].start)):
        piece, start = content[place * size : (place + 1) * size], (sector + 1) * size
        changed[start : start + len(piece)] = piece
    return bytes(changed)


def _children(entries: Sequence[Entry]) -> Iterator[int]:
    """The numbers of the entries in the root."""
    seen: set[int] = set()
    waiting = [entries[0].links[2]] if entries else []
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield number
            waiting += entries[number].links[:2]


class _Reader:
    """Follows the chains of sectors of one file."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < _HEADER:
            raise Malformed("not a compound file")
        self.data = data
        # 512 bytes in version 3, which Excel writes, 4,096 in version 4 (2.2).
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if (
            shift not in (9, 12)
            or mini_shift != 6
            or struct.unpack_from("<I", data, 56)[0] != _CUTOFF
        ):
            raise Malformed("sectors of an unknown size")
        self.sector = 1 << shift
        # The header takes the place of a sector; the last may be short.
        self.count = (len(data) - 1) // self.sector
        self.fat = self._fat()

    def opened(self) -> Compound:
        directory = self._chain(struct.unpack_from("<I", self.data, 48)[0])
        raws = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        entries = tuple(map(Entry, raws))
        if not entries or entries[0].kind != _ROOT:
            raise Malformed("no root entry")
        root = entries[0]
        mini_stream = self._sized(root.start, root.size) if root.size else b""
        mini_fat = _numbers(self._chain(struct.unpack_from("<I", self.data, 60)[0]))
        streams: dict[int, bytes] = {}
        # Many entries may name the same sectors: all together must not be more than the file.
        left = len(self.data) + len(mini_stream)
        for number, entry in enumerate(entries):
            if entry.kind == _STREAM:
                left -= entry.size
                if left < 0:
                    raise Malformed("streams larger than their file")
                if entry.size < _CUTOFF:
                    streams[number] = _small(mini_stream, mini_fat, entry)
                else:
                    streams[number] = self._sized(entry.start, entry.size)
        return Compound(entries, streams)

    def _fat(self) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_FIRST_DIFAT}I", self.data, 76))
        place = struct.unpack_from("<I", self.data, 68)[0]
        for _ in range(self.count):
            if place >= _DIFAT:
                break
            numbers = _numbers(self._at(place))
            # The last number of such a sector leads to the next of them (2.5).
            sectors += numbers[:-1]
            place = numbers[-1]
        used = [sector for sector in sectors if sector < _DIFAT]
        if len(used) > self.count:
            raise Malformed("more tables than sectors")
        return _numbers(b"".join(self._at(sector) for sector in used))

    def _at(self, number: int) -> bytes:
        if number >= self.count:
            raise Malformed("a sector beyond the end")
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector].ljust(self.sector, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._at, self.sectors(start)))

    def sectors(self, start: int) -> Iterator[int]:
        """The numbers of a chain of sectors."""
        passed = 0
        while start < _DIFAT:
            yield start
            passed += 1
            if passed > self.count:
                raise Malformed("a chain of sectors without an end")
            start = self.fat[start]

    def _sized(self, start: int, size: int) -> bytes:
        """No more of a chain than the stream's size."""
        if size > len(self.data):
            raise Malformed("a stream larger than its file")
        content = self._chain(start)
        if len(content) < size:
            raise Malformed("a stream that ends too early")
        return content[:size]


def _small(stream: bytes, fat: Sequence[int], entry: Entry) -> bytes:
    """A stream that lies in small sectors."""
    parts, place = [], entry.start
    for _ in range(-(-entry.size // _MINI)):
        parts.append(stream[place * _MINI : (place + 1) * _MINI])
        place = fat[place]
    content = b"".join(parts)[: entry.size]
    if len(content) < entry.size:
        raise Malformed("a small stream that ends too early")
    return content


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
