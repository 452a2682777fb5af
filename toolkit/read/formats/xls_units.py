"""What the cells of an xls show that their numbers are not, and which are struck out, from its
records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from toolkit.files.biff8 import Biff8Record, signs
from toolkit.read.formats.shape import Position
from toolkit.read.formats.shown_formats import CellFormat, cell_format

# Records, by [MS-XLS] 2.4.
_FORMULA = 0x0006  # 2.4.127
_FONT = 0x0031  # 2.4.122
_MULRK = 0x00BD  # 2.4.175, several numbers beside each other
_XF = 0x00E0  # 2.4.353, how a cell looks
_NUMBER = 0x0203  # 2.4.180
_RK = 0x027E  # 2.4.220, a number in four bytes
_FORMAT = 0x041E  # 2.4.126, a number format
_LABEL_SST = 0x00FD  # 2.4.149, a shared text
_LABEL = 0x0204  # 2.4.148, a text of its own
_BOOLERR = 0x0205  # 2.4.24
_ONE_CELL = {_FORMULA, _NUMBER, _RK}
_WITH_TEXTS = {*_ONE_CELL, _LABEL_SST, _LABEL, _BOOLERR}
_STRUCK_OUT = 0x0008  # Font, fStrikeOut
_NO_FONT = 4  # no font has this number (2.5.129, FontIndex)


def formats_of(own: Sequence[Biff8Record]) -> dict[int, CellFormat]:
    """The workbook's cell formats that show something else than a number, by their numbers;
    `own` are the records of the workbook itself."""
    codes: dict[int, str] = {}
    for kind, data in own:
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HH", data)
            codes[number] = signs(data, 4, length)
    looks = [data for kind, data in own if kind == _XF]
    found: dict[int, CellFormat] = {}
    for place, data in enumerate(looks):
        number = struct.unpack_from("<H", data, 2)[0]
        one = cell_format(number, codes.get(number, ""))
        if one:
            found[place] = one
    return found


def struck_looks(own: Sequence[Biff8Record]) -> frozenset[int]:
    """The workbook's cell formats that strike out what stands in a cell, by their numbers."""
    fonts = [data for kind, data in own if kind == _FONT]
    looks = [data for kind, data in own if kind == _XF]
    struck = {
        number + (number >= _NO_FONT)
        for number, data in enumerate(fonts)
        if struct.unpack_from("<H", data, 2)[0] & _STRUCK_OUT
    }
    named = (struct.unpack_from("<H", data)[0] for data in looks)
    return frozenset(look for look, font in enumerate(named) if font in struck)


def struck_cells(records: Iterable[Biff8Record], struck: frozenset[int]) -> frozenset[Position]:
    """The cells of a sheet, with anything in them, whose formats are among these."""
    if not struck:
        return frozenset()
    looks = _looks(records, _WITH_TEXTS)
    return frozenset(place for place, look in looks if look in struck)


def units_of_cells(
    records: Iterable[Biff8Record], formats: Mapping[int, CellFormat]
) -> dict[Position, CellFormat]:
    """The formats of a sheet's numbers, where they are among these."""
    if not formats:
        return {}
    looks = dict(_looks(records, _ONE_CELL))
    return {place: formats[look] for place, look in looks.items() if look in formats}


def _looks(records: Iterable[Biff8Record], kinds: Set[int]) -> Iterator[tuple[Position, int]]:
    """Every cell of some kinds, and of several numbers, with the number of its format."""
    for kind, data in records:
        if kind in kinds:
            row, column, look = struct.unpack_from("<HHH", data)
            yield (row + 1, column + 1), look
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", data)
            # Behind the numbers stands the last column.
            for step, (look, _) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
                yield (row + 1, column + 1 + step), look
