"""What the cells of an xls show that their numbers are not, from its records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.files.biff8 import Biff8Record, signs
from toolkit.read.formats.shape import Position
from toolkit.read.formats.shown_formats import CellFormat, cell_format

# Records, by [MS-XLS] 2.4.
_FORMULA = 0x0006  # 2.4.127
_MULRK = 0x00BD  # 2.4.175, several numbers beside each other
_XF = 0x00E0  # 2.4.353, how a cell looks
_NUMBER = 0x0203  # 2.4.180
_RK = 0x027E  # 2.4.220, a number in four bytes
_FORMAT = 0x041E  # 2.4.126, a number format
_ONE_CELL = {_FORMULA, _NUMBER, _RK}


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


def units_of_cells(
    records: Iterable[Biff8Record], formats: Mapping[int, CellFormat]
) -> dict[Position, CellFormat]:
    """The formats of a sheet's numbers, where they are among these."""
    if not formats:
        return {}
    looks = dict(looks_of_numbers(records))
    return {place: formats[look] for place, look in looks.items() if look in formats}


def looks_of_numbers(records: Iterable[Biff8Record]) -> Iterator[tuple[Position, int]]:
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
