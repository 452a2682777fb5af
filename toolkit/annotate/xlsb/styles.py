"""What a marked file needs in its stylesheet: appended, so that every existing style keeps its
number."""

from __future__ import annotations

import struct

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.page import LOOKS, CellLook
from toolkit.annotate.xlsb.records import (
    BEGIN_OVERLAYS,
    END_OVERLAYS,
    FILL,
    FILLS,
    FONT,
    FONTS,
    FORMAT,
    FORMATS,
    OVERLAY,
    number_at,
    numbers,
    place_before,
)
from toolkit.files.biff12 import Biff12Record, write_text

_TEXT_FORMAT = 49  # the built-in number format @
_SOLID, _WRAPPED_AT_TOP, _LOCKED = 1, 0x40, 0x10
_USED = 0x37  # all that an XF says is its own, but for the borders (2.5.158)
_BACKGROUND = bytes([3, 64, 0, 0, 0, 0, 0, 0xFF])  # BrtColor: the system's background


def add_looks(records: list[Biff12Record]) -> dict[str, int]:
    """Cell formats for the feedback sheet, by role."""
    return {role: _add_look(records, look) for role, look in LOOKS.items()}


def add_marks(records: list[Biff12Record]) -> dict[str, int]:
    """Differential formats that lie over a cell's own format, by tone."""
    ends = (BEGIN_OVERLAYS, END_OVERLAYS)
    return {
        tone: _append(records, ends, Biff12Record(OVERLAY, _overlay(colour)))
        for tone, colour in COLOURS.items()
    }


def _add_look(records: list[Biff12Record], look: CellLook) -> int:
    font = _append(records, FONTS, Biff12Record(FONT, _font(look)))
    fill = _append(records, FILLS, Biff12Record(FILL, _fill(look.fill))) if look.fill else 0
    protection = _LOCKED if look.locked else 0
    content = struct.pack(
        "<HHHHHBBBBH", 0, _TEXT_FORMAT, font, fill, 0, 0, 0, _WRAPPED_AT_TOP, protection, _USED
    )
    return _append(records, FORMATS, Biff12Record(FORMAT, content))


def _append(records: list[Biff12Record], ends: tuple[int, int], item: Biff12Record) -> int:
    """Append an item to its list unless an equal one is there already; its number. Raises
    ValueError for a stylesheet without the list."""
    begin, end = (place_before(records, {kind}) for kind in ends)
    if end == len(records):
        raise ValueError(f"no list {ends[0]} in the stylesheet")
    items = [record for record in records[begin + 1 : end] if record.kind == item.kind]
    if item in items:
        return items.index(item)
    records.insert(end, item)
    opening = records[begin]
    count = number_at(opening.content, 0) + 1
    records[begin] = Biff12Record(opening.kind, numbers(count) + opening.content[4:])
    return len(items)


def _colour(colour: str) -> bytes:
    """RRGGBB as a BrtColor (2.4.326) with its valid flag and the type of red, green and blue."""
    return bytes([5, 0, 0, 0]) + bytes.fromhex(colour) + b"\xff"


def _font(look: CellLook) -> bytes:
    weight = 700 if look.bold else 400
    start = struct.pack("<HHHHBBBB", look.size * 20, 0, weight, 0, int(look.underlined), 2, 0, 0)
    return start + _colour(look.colour) + b"\0" + write_text("Calibri")


def _fill(colour: str) -> bytes:
    return numbers(_SOLID) + _colour(colour) + _BACKGROUND + numbers(0) + bytes(40) + numbers(0)


def _overlay(colour: str) -> bytes:
    """A DXF (2.4.356) with three properties (2.5.164): the pattern, its colour and the colour
    behind it."""
    pattern = struct.pack("<HHB", 0, 5, _SOLID)
    colours = b"".join(struct.pack("<HH", kind, 12) + _colour(colour) for kind in (1, 2))
    return struct.pack("<HHH", 0, 0, 3) + pattern + colours
