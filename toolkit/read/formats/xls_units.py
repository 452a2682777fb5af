"""The units that the cells of an xls show beside their numbers, from its records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.files.biff8 import Biff8Record, signs
from toolkit.read.formats.shape import Position
from toolkit.read.formats.units import units_by_place

# Records, by [MS-XLS] 2.4.
_FORMULA = 0x0006  # 2.4.127
_MULRK = 0x00BD  # 2.4.175, several numbers beside each other
_XF = 0x00E0  # 2.4.353, how a cell looks
_NUMBER = 0x0203  # 2.4.180
_RK = 0x027E  # 2.4.220, a number in four bytes
_FORMAT = 0x041E  # 2.4.126, a number format
_ONE_CELL = {_FORMULA, _NUMBER, _RK}


def units_of_formats(own: Sequence[Biff8Record]) -> dict[int, str]:
    """The units that the workbook's cell formats show, by their numbers among them; `own` are the
    records of the workbook itself."""
    codes: dict[int, str] = {}
    for kind, data in own:
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HH", data)
            codes[number] = signs(data, 4, length)
    looks = [struct.unpack_from("<H", data, 2)[0] for kind, data in own if kind == _XF]
    return units_by_place(looks, codes)


def units_of_cells(
    records: Iterable[Biff8Record], formats: Mapping[int, str]
) -> dict[Position, str]:
    """The units that the numbers of a sheet are shown in, where their formats show one."""
    if not formats:
        return {}
    looks = dict(_looks(records))
    return {place: formats[look] for place, look in looks.items() if look in formats}


def _looks(records: Iterable[Biff8Record]) -> Iterator[tuple[Position, int]]:
    """Every number's cell with the number of its format."""
    for kind, data in records:
        if kind in _ONE_CELL:
            row, column, look = struct.unpack_from("<HHH", data)
            yield (row + 1, column + 1), look
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", data)
            # Behind the numbers stands the last column.
            for step, (look, _) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
                yield (row + 1, column + 1 + step), look
