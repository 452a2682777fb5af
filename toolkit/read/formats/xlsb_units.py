"""What the cells of an xlsb show that their numbers are not, and which are struck out, from its
records."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from toolkit.files.biff12 import BrokenRecord, read_records, read_text
from toolkit.read.formats.shown_formats import CellFormat, cell_format

STYLES = "xl/styles.bin"
# Records, numbered in [MS-XLSB] 2.3.
_FONT, _FORMAT, _LOOK = 43, 44, 47  # BrtFont, BrtFmt, BrtXF
_CELL_LOOKS, _CELL_LOOKS_END = 617, 618  # BrtBeginCellXFs, BrtEndCellXFs
_NUMBERS = {2, 5, 9}  # BrtCellRk, BrtCellReal, BrtFmlaNum
_SHORT_NUMBERS = {13, 16}  # BrtShortRk, BrtShortReal: without a column
_FULL_CELLS = {*range(2, 12), 62}  # BrtCellRk … BrtFmlaError, BrtCellRString
_SHORT_CELLS = range(13, 19)
_STRUCK_OUT = 0x0008  # BrtFont, fStrikeout
_LOOK_OF_CELL = 0xFFFFFF  # three bytes; the fourth holds flags


def formats_of(styles: bytes) -> dict[int, CellFormat]:
    """The workbook's cell formats that show something else than a number, as cells name them; none
    of a part whose records are broken: no reader takes it for more than the look."""
    try:
        codes, looks = _codes_and_looks(styles)
    except (BrokenRecord, struct.error):
        return {}
    found = [cell_format(number, codes.get(number, "")) for number in looks]
    return {place: one for place, one in enumerate(found) if one}


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


def struck_looks(styles: bytes) -> frozenset[int]:
    """The workbook's cell formats that strike out what stands in a cell, as cells name them; none
    of a part whose records are broken."""
    try:
        return frozenset(_struck_looks(styles))
    except (BrokenRecord, struct.error):
        return frozenset()


def _struck_looks(styles: bytes) -> Iterator[int]:
    fonts: list[bool] = []
    of_cells, place = False, 0
    for kind, content in read_records(styles):
        if kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", content, 2)[0] & _STRUCK_OUT))
        elif kind in {_CELL_LOOKS, _CELL_LOOKS_END}:
            of_cells = kind == _CELL_LOOKS
        elif kind == _LOOK and of_cells:
            (font,) = struct.unpack_from("<H", content, 4)
            if font < len(fonts) and fonts[font]:
                yield place
            place += 1


def is_struck(kind: int, content: bytes, struck: frozenset[int]) -> bool:
    """Whether a cell's record holds something, in one of these formats."""
    if not struck or kind not in {*_FULL_CELLS, *_SHORT_CELLS}:
        return False
    (look,) = struct.unpack_from("<I", content, 4 if kind in _FULL_CELLS else 0)
    return look & _LOOK_OF_CELL in struck


def format_of_cell(
    kind: int, content: bytes, formats: Mapping[int, CellFormat]
) -> CellFormat | None:
    """The format of a cell's record, where it is among these and the cell holds a number."""
    if not formats or kind not in _NUMBERS | _SHORT_NUMBERS:
        return None
    (look,) = struct.unpack_from("<I", content, 4 if kind in _NUMBERS else 0)
    return formats.get(look & _LOOK_OF_CELL)
