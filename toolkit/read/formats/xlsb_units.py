"""The units that the cells of an xlsb show beside their numbers, from its records."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from toolkit.files.biff12 import BrokenRecord, read_records, read_text
from toolkit.read.formats.units import units_by_place

STYLES = "xl/styles.bin"
# Records, numbered in [MS-XLSB] 2.3.
_FORMAT, _LOOK = 44, 47  # BrtFmt, BrtXF
_CELL_LOOKS, _CELL_LOOKS_END = 617, 618  # BrtBeginCellXFs, BrtEndCellXFs
_NUMBERS = {2, 5, 9}  # BrtCellRk, BrtCellReal, BrtFmlaNum
_SHORT_NUMBERS = {13, 16}  # BrtShortRk, BrtShortReal: without a column
_LOOK_OF_CELL = 0xFFFFFF  # three bytes; the fourth holds flags


def units_of_formats(styles: bytes) -> dict[int, str]:
    """The units that the workbook's cell formats show, by their numbers as cells name them. Nothing
    of a part whose records are broken: no reader takes it for more than the look."""
    try:
        codes, looks = _codes_and_looks(styles)
    except (BrokenRecord, struct.error):
        return {}
    return units_by_place(looks, codes)


def _codes_and_looks(styles: bytes) -> tuple[dict[int, str], list[int]]:
    """The codes of the number formats by number, and the number format of each cell format."""
    codes: dict[int, str] = {}
    looks: list[int] = []
    of_cells = False
    for kind, content in read_records(styles):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = read_text(content, 2)[0]
        elif kind in {_CELL_LOOKS, _CELL_LOOKS_END}:
            of_cells = kind == _CELL_LOOKS
        elif kind == _LOOK and of_cells:
            looks.append(struct.unpack_from("<H", content, 2)[0])
    return codes, looks


def unit_of_cell(kind: int, content: bytes, formats: Mapping[int, str]) -> str:
    """The unit that a cell's record shows beside its number; empty for none."""
    if not formats or kind not in _NUMBERS | _SHORT_NUMBERS:
        return ""
    (look,) = struct.unpack_from("<I", content, 4 if kind in _NUMBERS else 0)
    return formats.get(look & _LOOK_OF_CELL, "")
