"""Records of the binary parts of an xlsb ([MS-XLSB] 2.1.4): a type of one or two bytes, a size of
one to four, and that many bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.files.errors import ContentError

_TYPE_BYTES, _SIZE_BYTES = 2, 4
_SEVEN_BITS, _MORE_FOLLOWS = 0x7F, 0x80  # of a byte of a number
_NO_TEXT = 0xFFFFFFFF  # the count of a text that is not there (XLNullableWideString, 2.5.166)


class Biff12Record(NamedTuple):
    """One record: its type's number as [MS-XLSB] 2.3 has it, and its content."""

    kind: int
    content: bytes


class BrokenRecord(ContentError, ValueError):
    """A part that ends within a record."""


def read_records(part: bytes) -> Iterator[Biff12Record]:
    """All records of a part, in their order. Raises BrokenRecord."""
    place = 0
    while place < len(part):
        kind, place = _number(part, place, _TYPE_BYTES)
        size, place = _number(part, place, _SIZE_BYTES)
        if place + size > len(part):
            raise BrokenRecord(f"record {kind} at {place} has {size} bytes, more than there are")
        yield Biff12Record(kind, part[place : place + size])
        place += size


def write_record(record: Biff12Record) -> bytes:
    """A record as bytes."""
    return _written(record.kind) + _written(len(record.content)) + record.content


def _number(part: bytes, place: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, as long as the highest bit says that more follow."""
    number = 0
    for turn in range(most):
        if place >= len(part):
            raise BrokenRecord("the part ends within a record's head")
        byte = part[place]
        place += 1
        number |= (byte & _SEVEN_BITS) << (7 * turn)
        if not byte & _MORE_FOLLOWS:
            break
    return number, place


def _written(number: int) -> bytes:
    written = bytearray()
    while True:
        number, low = number >> 7, number & _SEVEN_BITS
        written.append(low | (_MORE_FOLLOWS if number else 0))
        if not number:
            return bytes(written)


def read_text(content: bytes, place: int) -> tuple[str, int]:
    """A text (XLWideString, 2.5.169, or a nullable one) and the place behind it. Raises
    BrokenRecord."""
    count = int.from_bytes(content[place : place + 4], "little")
    if count == _NO_TEXT or place + 4 > len(content):
        return "", place + 4
    end = place + 4 + 2 * count
    if end > len(content):
        raise BrokenRecord(f"a text of {count} characters in a record of {len(content)} bytes")
    return content[place + 4 : end].decode("utf-16-le", "replace"), end
