"""The properties of a compound file (MS-OLEPS): author, title and what else a file says of
itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.files.compound import Malformed

_SECTIONS, _CODE_PAGE, _UNICODE = 28, 1, 1200
_NARROW, _WIDE, _SHORT, _DOUBLE = 0x1E, 0x1F, 0x02, 0x05
_VECTOR = 0x1000


def texts_in_properties(stream: bytes) -> Iterator[str]:
    """All texts, and numbers as text, of a stream of properties; none of an empty one. Raises
    Malformed."""
    if not stream:
        return
    try:
        count = min(struct.unpack_from("<I", stream, 24)[0], 2)
        for number in range(count):
            start = struct.unpack_from("<I", stream, _SECTIONS + 20 * number + 16)[0]
            yield from _section(stream[start:])
    except (struct.error, IndexError) as error:
        raise Malformed("properties that end too early") from error


def _section(section: bytes) -> Iterator[str]:
    count = min(struct.unpack_from("<I", section, 4)[0], len(section) // 8)
    places = [struct.unpack_from("<II", section, 8 + 8 * number) for number in range(count)]
    pages = [
        struct.unpack_from("<H", section, at + 4)[0] for name, at in places if name == _CODE_PAGE
    ]
    encoding = _encoding(pages[0] if pages else 1252)
    for name, at in places:
        if name > _CODE_PAGE:
            yield from _value(section, at, encoding)


def _encoding(page: int) -> str:
    if page == _UNICODE:
        return "utf-16-le"
    return {65001: "utf-8", 10000: "mac-roman"}.get(page) or (
        f"cp{page}" if 1250 <= page <= 1258 else "latin-1"
    )


def _value(section: bytes, at: int, encoding: str) -> Iterator[str]:
    kind = struct.unpack_from("<H", section, at)[0]
    if kind == _DOUBLE:
        yield f"{struct.unpack_from('<d', section, at + 4)[0]:.0f}"
    elif kind in (_NARROW, _WIDE):
        length = struct.unpack_from("<I", section, at + 4)[0] * (2 if kind == _WIDE else 1)
        text = section[at + 8 : at + 8 + length].decode(
            "utf-16-le" if kind == _WIDE else encoding, "replace"
        )
        yield text.rstrip("\0")
