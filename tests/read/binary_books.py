"""An xlsb out of values, written straight from [MS-XLSB]: with any cells, and with sheets that are no worksheets, which no
library writes."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import openpyxl

from toolkit.files.biff12 import Biff12Record, write_record
from toolkit.files.zip import write_package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Cells = Mapping[tuple[int, int], object]


class Sheet(NamedTuple):
    """A sheet of any kind: its name, the type of the relation to it, its part's name and the part."""

    name: str
    kind: str
    path: str
    part: bytes


def worksheet(number: int, name: str, cells: Cells) -> Sheet:
    return Sheet(name, f"{OFFICE}worksheet", f"worksheets/sheet{number}.bin", _sheet(cells))


def chart_sheet(name: str) -> Sheet:
    return Sheet(name, f"{OFFICE}chartsheet", "chartsheets/sheet1.bin", _record(129) + _record(130))


def dialog_sheet(name: str) -> Sheet:
    return Sheet(
        name, f"{OFFICE}dialogsheet", "dialogsheets/sheet1.bin", _record(129) + _record(130)
    )


def macro_sheet(name: str, international: bool = False) -> Sheet:
    kind, file = ("xlIntlMacrosheet", "intl") if international else ("xlMacrosheet", "sheet1")
    return Sheet(name, f"{MICROSOFT}{kind}", f"macrosheets/{file}.bin", _sheet({(1, 1): "x"}))


def module_sheet(name: str) -> Sheet:
    """One of Excel 5, which leads to no part."""
    return Sheet(name, "", "", b"")


def sheets_of(book: bytes) -> list[Sheet]:
    """Those of an xlsx, their values alone."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    return [
        worksheet(number, sheet.title, {at: cell.value for at, cell in sheet._cells.items()})
        for number, sheet in enumerate(opened.worksheets, 1)
    ]


def binary_book(sheets: Iterable[Sheet]) -> bytes:
    """The workbook, its sheets in this order."""
    named = [(f"rId{number}" if one.path else "", one) for number, one in enumerate(sheets, 1)]
    book = _record(131) + _record(143)
    for number, (relation, one) in enumerate(named, 1):
        book += _record(156, struct.pack("<II", 0, number) + _text(relation) + _text(one.name))
    links = "".join(
        f'<Relationship Id="{relation}" Type="{one.kind}" Target="{one.path}"/>'
        for relation, one in named
        if one.path
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin"'
        ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="xl/workbook.bin"/>'
        ),
        "xl/workbook.bin": book + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": _relations(links),
        **{f"xl/{one.path}": one.part for _, one in named if one.path},
    }
    return write_package(
        (name, part.encode() if isinstance(part, str) else part) for name, part in parts.items()
    )


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(cells: Cells) -> bytes:
    filled = sorted((at, value) for at, value in cells.items() if value is not None)
    part, row = _record(129) + _record(148, _area(list(cells))) + _record(145), 0
    for (at, column), value in filled:
        if at != row:
            row = at
            part += _record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, 0, 0, 0))
        part += _cell(column, value)
    return part + _record(146) + _record(130)


def _area(places: list[tuple[int, int]]) -> bytes:
    rows, columns = [row for row, _ in places] or [1], [column for _, column in places] or [1]
    return struct.pack("<IIII", min(rows) - 1, max(rows) - 1, min(columns) - 1, max(columns) - 1)


def _cell(column: int, value: object) -> bytes:
    head = struct.pack("<II", column - 1, 0)
    if value == "":
        return _record(1, head)
    if isinstance(value, int | float):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _text(str(value)))


def _text(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack("<I", len(written) // 2) + written


def _record(kind: int, content: bytes = b"") -> bytes:
    return write_record(Biff12Record(kind, content))
