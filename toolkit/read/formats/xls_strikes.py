"""The cells of an xls that are struck out as a whole, from its records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from toolkit.files.biff8 import Biff8Record
from toolkit.read.formats.shape import Position
from toolkit.read.formats.xls_units import looks_of_numbers

# Records, by [MS-XLS] 2.4.
_FONT = 0x0031  # 2.4.122
_RICH_TEXT = 0x00D6  # 2.4.227, a text with parts that look otherwise
_XF = 0x00E0  # 2.4.353, how a cell looks
_SHARED_TEXT = 0x00FD  # LabelSst, 2.4.149
_TEXT = 0x0204  # 2.4.148
_BOOLEAN = 0x0205  # BoolErr, 2.4.24
_WITH_WORDS = {_RICH_TEXT, _SHARED_TEXT, _TEXT, _BOOLEAN}
_STRUCK = 0x08  # Font, fStrikeOut
_NO_FONT = 4  # fonts are counted from 0, but no font has this number (2.5.129)


def struck_formats(own: Sequence[Biff8Record]) -> frozenset[int]:
    """The numbers of the cell formats whose font strikes out; `own` are the records of the workbook
    itself."""
    fonts = [data for kind, data in own if kind == _FONT]
    struck = {_number(place) for place, data in enumerate(fonts) if data[2] & _STRUCK}
    looks = (data for kind, data in own if kind == _XF)
    return frozenset(
        place for place, data in enumerate(looks) if struct.unpack_from("<H", data)[0] in struck
    )


def _number(place: int) -> int:
    return place if place < _NO_FONT else place + 1


def struck_cells(records: Iterable[Biff8Record], struck: frozenset[int]) -> frozenset[Position]:
    """The cells of a sheet that hold something and have one of these formats."""
    if not struck:
        return frozenset()
    sheet = list(records)
    found = {at for at, look in looks_of_numbers(sheet) if look in struck}
    for kind, data in sheet:
        if kind in _WITH_WORDS:
            row, column, look = struct.unpack_from("<HHH", data)
            if look in struck:
                found.add((row + 1, column + 1))
    return frozenset(found)
