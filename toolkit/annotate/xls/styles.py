"""What a marked file needs among the workbook's fonts and cell formats: appended, so that every
existing one keeps its number. The palette's own colours are replaced only where nothing shows
them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.page import LOOKS, CellLook
from toolkit.annotate.xls.book import Book, after, before
from toolkit.files.biff8 import EOF, Biff8Record, wide
from toolkit.files.compound import Malformed

_FONT, _XF, _XFCRC, _PALETTE = 0x0031, 0x00E0, 0x087C, 0x0092
_AFTER_PALETTE = (0x105C, 0x00D5, 0x00B8, 0x01A9, 0x0160)
_MOST_FONTS, _MOST_FORMATS = 510, 4_050
_GAP = 4  # no font has this number
_TEXT_FORMAT = 49  # "@"
_FIRST = 8  # the number of the palette's first colour
_FIXED = range(
    16
)  # the palette's first colours are looked up by every program, charts' own are 24 to 39
_CHARTS = range(24, 40)
_CHART_COLOURS = {
    0x1007: (10,),
    0x1009: (12, 14),
    0x100A: (12, 14),
    0x101E: (26,),
    0x1025: (26,),
    0x023E: (6,),
}
"""Where records of charts, and the one of a sheet's view, name colours."""
_DRAWINGS, _SCHEME = (0x00EC, 0x00EB, 0x003C), re.compile(rb"(?=(.)\0\0\x08)", re.DOTALL)
_AUTOMATIC_FRONT, _AUTOMATIC_BACK = 0x40, 0x41
_STANDARD = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)  # of a workbook that has no palette of its own


def add_looks(book: Book, colours: Mapping[str, int]) -> dict[str, int]:
    """Cell formats for the feedback sheet, by role."""
    looks = {
        role: _append(book, _XF, _format(look, _font(book, look, colours), colours))
        for role, look in LOOKS.items()
    }
    if max(looks.values()) > _MOST_FORMATS:
        raise Malformed("no room for more cell formats")
    _check_formats(book)
    return looks


def add_colours(book: Book) -> dict[str, int]:
    """The palette's numbers of all colours that are used, by RRGGBB: the same colour where there is
    one, in the place of one that nothing shows, or the nearest."""
    place = next(
        (number for number, record in enumerate(book.own) if record.kind == _PALETTE), None
    )
    raw = bytes.fromhex(_STANDARD) if place is None else _listed(book.own[place].data)
    palette = [raw[at : at + 3] for at in range(0, len(raw), 3)]
    free = _free(book, len(palette))
    wanted = [
        *COLOURS.values(),
        *(c for look in LOOKS.values() for c in (look.fill, look.colour) if c),
    ]
    found: dict[str, int] = {}
    for colour in dict.fromkeys(wanted):
        rgb = bytes.fromhex(colour)
        if rgb not in palette and free:
            palette[free.pop() - _FIRST] = rgb
        found[colour] = _FIRST + min(
            range(len(palette)), key=lambda n: (_distance(palette[n], rgb), n)
        )
        free = [number for number in free if number != found[colour]]
    if b"".join(palette) != raw:
        _write_palette(book, place, palette)
    return found


def _listed(data: bytes) -> bytes:
    """The colours of a palette; each has a byte more, which says nothing."""
    count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 4)
    if count < 1:
        raise Malformed("an empty palette")
    return b"".join(data[at : at + 3] for at in range(2, 2 + 4 * count, 4))


def _write_palette(book: Book, place: int | None, palette: Sequence[bytes]) -> None:
    record = Biff8Record(
        _PALETTE, struct.pack("<H", len(palette)) + b"".join(rgb + b"\0" for rgb in palette)
    )
    if place is None:
        book.insert(
            before([*book.own[: book.place], Biff8Record(EOF, b"")], _AFTER_PALETTE), record
        )
    else:
        book.own[place] = record


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _free(book: Book, count: int) -> list[int]:
    """Numbers of the palette that nothing in the workbook shows, the last of them to be taken
    first."""
    used = set(_used(book.own))
    for sheet in book.sheets:
        used |= set(_used(sheet.records))
    return [
        n for n in range(_FIRST + len(_FIXED), _FIRST + count) if n not in used and n not in _CHARTS
    ]


def _used(records: Sequence[Biff8Record]) -> Iterator[int]:
    """Numbers of colours in fonts, cell formats, conditional formats, charts, drawings, and on
    tabs."""
    for kind, data in records:
        if kind == _FONT:
            yield from _at(data, 4)
        elif kind == _XF and len(data) >= 20:
            yield from _of_format(data)
        elif kind == 0x01B1:
            yield from _of_rule(data)
        elif kind in _CHART_COLOURS:
            for at in _CHART_COLOURS[kind]:
                yield from _at(data, at)
        elif kind in _DRAWINGS:
            yield from (found[1][0] for found in _SCHEME.finditer(data))
        elif kind == 0x0862 and len(data) >= 20:
            yield data[16] & 0x7F
        elif kind == 0x041E and b"[Col" in data:
            yield from range(_FIRST, 64)  # a number format that names a colour by its number


def _at(data: bytes, at: int) -> Iterator[int]:
    if len(data) >= at + 2:
        yield struct.unpack_from("<H", data, at)[0]


def _of_format(data: bytes) -> Iterator[int]:
    sides, rest, fill = struct.unpack_from("<IIH", data, 10)
    yield from (
        sides >> 16 & 0x7F,
        sides >> 23 & 0x7F,
        rest & 0x7F,
        rest >> 7 & 0x7F,
        rest >> 14 & 0x7F,
    )
    yield from (fill & 0x7F, fill >> 7 & 0x7F)


def _of_rule(data: bytes) -> Iterator[int]:
    """What a conditional format's font, border and fill show."""
    flags = struct.unpack_from("<I", data, 6)[0] if len(data) >= 12 else 0
    at = 12
    if flags >> 25 & 1:
        at += 2
    if flags >> 26 & 1:
        yield from _at(data, at + 80)
        at += 118
    if flags >> 27 & 1:
        at += 8
    if flags >> 28 & 1 and len(data) >= at + 8:
        sides, rest = struct.unpack_from("<II", data, at)
        yield from (sides >> 16 & 0x7F, sides >> 23 & 0x7F, rest & 0x7F, rest >> 7 & 0x7F)
        at += 8
    if flags >> 29 & 1 and len(data) >= at + 4:
        fill = struct.unpack_from("<H", data, at + 2)[0]
        yield from (fill & 0x7F, fill >> 7 & 0x7F)


def _font(book: Book, look: CellLook, colours: Mapping[str, int]) -> int:
    count, name = wide("Calibri")
    weight, line = (700 if look.bold else 400), (1 if look.underlined else 0)
    head = struct.pack("<5H4B", look.size * 20, 0, colours[look.colour], weight, 0, line, 2, 0, 0)
    number = _append(book, _FONT, head + bytes((count,)) + name)
    if number >= _MOST_FONTS:
        raise Malformed("no room for more fonts")
    return number + (number >= _GAP)


def _format(look: CellLook, font: int, colours: Mapping[str, int]) -> bytes:
    """Text, wrapped, at the top; everything of it is its own and not the style's."""
    own, wrapped_at_top = 0xFC, 0x08
    fill = 1 << 26 if look.fill else 0
    front = colours[look.fill] if look.fill else _AUTOMATIC_FRONT
    return struct.pack(
        "<3H4BIIH", font, _TEXT_FORMAT, int(look.locked), wrapped_at_top, 0, 0, own, 0, fill,
        front | _AUTOMATIC_BACK << 7,
    )  # fmt: skip


def _append(book: Book, kind: int, data: bytes) -> int:
    """Append a record after those of its kind unless an equal one is there already; its number
    among them."""
    known = [record.data for record in book.own if record.kind == kind]
    if data in known:
        return known.index(data)
    book.insert(after(book.own, (kind,)), Biff8Record(kind, data))
    return len(known)


def _check_formats(book: Book) -> None:
    """XFCRC holds a sum of all cell formats; without the right one Excel forgets what later
    versions added to them."""
    for place, (kind, data) in enumerate(book.own):
        if kind == _XFCRC and len(data) >= 20:
            formats = [record.data for record in book.own if record.kind == _XF]
            book.own[place] = Biff8Record(
                kind, data[:14] + struct.pack("<HI", len(formats), _sum(b"".join(formats)))
            )


def _sum(data: bytes) -> int:
    """The check sum of MS-OSHARED 2.4.3."""
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ _SUMS[value >> 24 ^ byte]
    return value


def _sums() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 & 0xFFFFFFFF) ^ (0xAF if value & 0x80000000 else 0)
        table.append(value & 0xFFFF)
    return tuple(table)


_SUMS = _sums()
