"""The properties of a compound file (MS-OLEPS): author, title and what else a file says of
itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from toolkit.files.compound import Malformed

# [MS-OLEPS] 2.21 PropertySetStream: a head, and twenty bytes for each of one or two sets.
_SETS_AT, _FIRST_SET, _SET_BYTES, _OFFSET_AT, _MOST_SETS = 24, 28, 20, 16, 2
# 2.20 PropertySet: its size, how many properties, and eight bytes (id, place) for each.
_COUNT_AT, _PROPERTIES_AT, _PROPERTY_BYTES = 4, 8, 8
_WESTERN, _WINDOWS = 1252, range(1250, 1259)
_CODE_PAGE, _UNICODE = 1, 1200  # 2.18.2: the property with the id 1, in which narrow texts are
_NARROW, _WIDE, _DOUBLE = 0x1E, 0x1F, 0x05  # 2.2: VT_LPSTR, VT_LPWSTR, VT_R8


def texts_in_properties(stream: bytes) -> Iterator[str]:
    """All texts, and numbers as text, of a stream of properties; none of an empty one. Raises
    Malformed."""
    if not stream:
        return
    try:
        count = min(struct.unpack_from("<I", stream, _SETS_AT)[0], _MOST_SETS)
        for number in range(count):
            place = _FIRST_SET + _SET_BYTES * number + _OFFSET_AT
            start = struct.unpack_from("<I", stream, place)[0]
            yield from _section(stream[start:])
    except (struct.error, IndexError) as error:
        raise Malformed("properties that end too early") from error


def _section(section: bytes) -> Iterator[str]:
    said = struct.unpack_from("<I", section, _COUNT_AT)[0]
    heads = range(min(said, len(section) // _PROPERTY_BYTES))
    places = [
        struct.unpack_from("<II", section, _PROPERTIES_AT + _PROPERTY_BYTES * number)
        for number in heads
    ]
    encoding = _encoding(_code_page(section, places))
    for name, at in places:
        if name > _CODE_PAGE:
            yield from _value(section, at, encoding)


def _code_page(section: bytes, places: Sequence[tuple[int, int]]) -> int:
    """The code page of narrow texts. `places` are the properties' numbers and places."""
    pages = [at for name, at in places if name == _CODE_PAGE]
    return int(struct.unpack_from("<H", section, pages[0] + 4)[0]) if pages else _WESTERN


def _encoding(page: int) -> str:
    if page == _UNICODE:
        return "utf-16-le"
    if page in _WINDOWS:
        return f"cp{page}"
    return {65001: "utf-8", 10000: "mac-roman"}.get(page, "latin-1")


def _value(section: bytes, at: int, encoding: str) -> Iterator[str]:
    kind = struct.unpack_from("<H", section, at)[0]
    if kind == _DOUBLE:  # whole: a personal number may stand there as a number
        yield f"{struct.unpack_from('<d', section, at + 4)[0]:.0f}"
    elif kind in (_NARROW, _WIDE):
        length = struct.unpack_from("<I", section, at + 4)[0]
        if kind == _WIDE:
            length, encoding = 2 * length, "utf-16-le"
        text = section[at + 8 : at + 8 + length].decode(encoding, "replace")
        yield text.rstrip("\0")
