"""Packages written byte by byte, so that they can say of themselves what is not so."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Entry:
    """A part of a package as its headers tell it; None where they tell the truth."""

    name: bytes
    packed: bytes
    method: int = STORED
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    packed_size: int | None = None
    extra: bytes = b""


def entry(name: str, data: bytes, **told: object) -> Entry:
    """A part in order, but for what is told otherwise."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = squeeze.compress(data) + squeeze.flush()
    truth = {"method": DEFLATED, "size": len(data), "crc": zlib.crc32(data)}
    return Entry(name.encode("utf-8"), packed, **{**truth, **told})


@cache
def zeros(megabytes: int, byte: bytes = b"\0") -> tuple[bytes, int, int]:
    """So many megabytes of one byte: packed, their size and their sum."""
    squeeze, block, crc = zlib.compressobj(6, zlib.DEFLATED, -15), byte * (1 << 20), 0
    parts = []
    for _ in range(megabytes):
        parts.append(squeeze.compress(block))
        crc = zlib.crc32(block, crc)
    parts.append(squeeze.flush())
    return b"".join(parts), megabytes << 20, crc


def bomb(name: str, megabytes: int, said: int | None = None) -> Entry:
    """A part that is small until it is unpacked; `said` is what it says of its size."""
    packed, size, crc = zeros(megabytes, b" ")
    return Entry(name.encode(), packed, DEFLATED, size if said is None else said, crc)


def package(
    entries: Sequence[Entry], *, before: bytes = b"", after: bytes = b"", comment: bytes = b"", listed: int | None = None, moved: int = 0
) -> bytes:  # fmt: skip
    """The bytes of a package. `listed`: how many parts it says that it has; `moved`: how far off its directory is said to be."""
    body, places = bytearray(before), []
    for one in entries:
        places.append(len(body))
        body += _local(one) + one.name + one.extra + one.packed
    start = len(body)
    for one, place in zip(entries, places, strict=True):
        body += _central(one, place)
    count = min(len(entries) if listed is None else listed, 0xFFFF)
    told = (b"PK\5\6", 0, 0, count, count, len(body) - start, start + moved, len(comment))
    return bytes(body + struct.pack("<4sHHHHIIH", *told) + comment + after)


def overlapping(names: Sequence[str], megabytes: int) -> bytes:
    """Many parts that are one and the same bytes of the file."""
    packed, size, crc = zeros(megabytes, b" ")
    one = Entry(names[0].encode(), packed, DEFLATED, size, crc)
    body = bytearray(_local(one) + one.name + packed)
    start = len(body)
    for name in names:
        body += _central(Entry(name.encode(), packed, DEFLATED, size, crc), 0)
    told = (b"PK\5\6", 0, 0, len(names), len(names), len(body) - start, start, 0)
    return bytes(body + struct.pack("<4sHHHHIIH", *told))


def _sizes(one: Entry) -> tuple[int, int, int]:
    crc = zlib.crc32(one.packed) if one.crc is None else one.crc
    packed = len(one.packed) if one.packed_size is None else one.packed_size
    return crc, packed, len(one.packed) if one.size is None else one.size


def _local(one: Entry) -> bytes:
    ends = (len(one.name), len(one.extra))
    return struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 20, one.flags, one.method, 0, 33, *_sizes(one), *ends
    )


def _central(one: Entry, place: int) -> bytes:
    ends = (len(one.name), len(one.extra), 0, 0, 0, 0, place)
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, one.flags, one.method, 0, 33, *_sizes(one), *ends
    )
    return head + one.name + one.extra
