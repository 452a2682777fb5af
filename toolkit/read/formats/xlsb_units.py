"""What the cells of an xlsb show that their numbers are not, from its records."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from toolkit.files.biff12 import BrokenRecord, read_records, read_text
from toolkit.read.formats.shown_formats import CellFormat, cell_format

STYLES = "xl/styles.bin"
# Records, numbered in [MS-XLSB] 2.3.
_FONT, _FORMAT, _LOOK = 43, 44, 47  # BrtFont, BrtFmt, BrtXF
_STRUCK = 0x08  # BrtFont, FontFlags: fStrikeout
SHORT_CELLS = range(12, 19)
"""BrtShortBlank … BrtShortIsst: without a column, as SheetJS writes."""
_CELL_LOOKS, _CELL_LOOKS_END = 617, 618  # BrtBeginCellXFs, BrtEndCellXFs
_NUMBERS = {2, 5, 9}  # BrtCellRk, BrtCellReal, BrtFmlaNum
_SHORT_NUMBERS = {13, 16}  # BrtShortRk, BrtShortReal: without a column
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


def struck_formats(styles: bytes) -> frozenset[int]:
    """The numbers of the cell formats whose font strikes out, as cells name them; none of a part
    whose records are broken."""
    struck, looks = list[bool](), list[int]()
    of_cells = False
    try:
        for kind, content in read_records(styles):
            if kind == _FONT:
                struck.append(bool(content[2] & _STRUCK))
            elif kind in {_CELL_LOOKS, _CELL_LOOKS_END}:
                of_cells = kind == _CELL_LOOKS
            elif kind == _LOOK and of_cells:
                looks.append(struct.unpack_from("<H", content, 4)[0])
    except (BrokenRecord, struct.error, IndexError):
        return frozenset()
    strikes = {font for font, is_struck in enumerate(struck) if is_struck}
    return frozenset(place for place, font in enumerate(looks) if font in strikes)


def look_of_cell(kind: int, content: bytes) -> int:
    """The number of the format of a cell's record: before it stands the column, in a long one."""
    (look,) = struct.unpack_from("<I", content, 0 if kind in SHORT_CELLS else 4)
    return int(look & _LOOK_OF_CELL)


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


def format_of_cell(
    kind: int, content: bytes, formats: Mapping[int, CellFormat]
) -> CellFormat | None:
    """The format of a cell's record, where it is among these and the cell holds a number."""
    if not formats or kind not in _NUMBERS | _SHORT_NUMBERS:
        return None
    return formats.get(look_of_cell(kind, content))
