"""The second view of an xlsb, from its binary parts ([MS-XLSB] 2.1.7 Parts, 2.4 Records)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.files.biff12 import BrokenRecord, read_records, read_text
from toolkit.read.formats.relations import RawParts, related
from toolkit.read.formats.second_view import CellComment, CellView, SecondView
from toolkit.read.formats.shape import MergedBlock, Position, Shape, SheetShapes, links_in
from toolkit.read.formats.shown_formats import CellFormat
from toolkit.read.formats.xlsb_sheets import BOOK, sheet_paths, worksheets
from toolkit.read.formats.xlsb_units import (
    SHORT_CELLS,
    STYLES,
    format_of_cell,
    formats_of,
    look_of_cell,
    struck_formats,
)
from toolkit.words.cells import LAST_COLUMN, CellRef
from toolkit.words.personal import mask

# Records, numbered in [MS-XLSB] 2.3 and described under these names in 2.4.
_ROW = 0  # BrtRowHdr
_CELLS = frozenset((*range(1, 12), 62))  # BrtCellBlank … BrtFmlaError, BrtCellRString
_FORMULAS = range(8, 12)  # BrtFmlaString, BrtFmlaNum, BrtFmlaBool, BrtFmlaError
_NAME, _SETTINGS = 39, 153  # BrtName, BrtWbProp
_COLUMNS, _MERGED = 60, 176  # BrtColInfo, BrtMergeCell
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637  # BrtCommentAuthor, BrtBeginComment, …CommentText

# Where in a record, and which flag in it.
_ERRORS = {3: 8, 11: 8, 14: 4}
"""BrtCellError, BrtFmlaError, BrtShortError: the byte with the error's number. It comes after the
column and format of the cell, four bytes each; a short cell has no column."""
_ROW_FLAGS, _HIDDEN_ROW = 11, 0x10  # BrtRowHdr, fDyZero
_HIDDEN_COLUMN, _FROM_1904 = 0x01, 0x01  # BrtColInfo, fHidden; BrtWbProp, f1904
_NAMED_AT = 9  # BrtName: flags, key and sheet stand before the name
_ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""BErr, as in [MS-XLS] 2.5.10."""


@dataclass(slots=True)
class _XlsbSheet:
    """What is gathered of a sheet while its records are walked through."""

    errors: dict[Position, str] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[MergedBlock] = field(default_factory=list)
    units: dict[Position, CellFormat] = field(default_factory=dict)
    formats: Mapping[int, CellFormat] = field(default_factory=dict)
    struck: set[Position] = field(default_factory=set)
    strikes: frozenset[int] = frozenset()


def second_view(parts: RawParts) -> SecondView:
    """Of a package with `xl/workbook.bin`. A formula always has a result here: none can be
    uncalculated. Nothing of one whose records are broken, which no reader takes."""
    try:
        return _second_view(parts)
    except (BrokenRecord, struct.error, IndexError):
        return SecondView()


def _second_view(parts: RawParts) -> SecondView:
    sheets = worksheets(parts)
    hidden, paths = {one.name for one in sheets if one.hidden}, sheet_paths(parts)
    formats = formats_of(parts.get(STYLES, b""))
    strikes = struck_formats(parts.get(STYLES, b""))
    read = {
        name: _read(parts[path], formats, strikes) for name, path in paths.items() if path in parts
    }
    shapes = {name: _shape(sheet, hidden=name in hidden) for name, sheet in read.items()}
    book = list(read_records(parts[BOOK]))
    return SecondView(
        cells={name: CellView(sheet.errors) for name, sheet in read.items()},
        looks=SheetShapes(shapes, tuple(dict.fromkeys(links_in(parts)))),
        epoch_1904=_counts_from_1904(book),
        notes=tuple(_notes(parts, paths)),
        texts={"namn": tuple(_names(book))},
    )


def _counts_from_1904(book: Sequence[tuple[int, bytes]]) -> bool:
    settings = next((content for kind, content in book if kind == _SETTINGS), b"\0")
    return bool(settings[0] & _FROM_1904)


def _names(book: Sequence[tuple[int, bytes]]) -> Iterator[str]:
    """What the workbook's defined names are called."""
    return (read_text(content, _NAMED_AT)[0] for kind, content in book if kind == _NAME)


def _shape(sheet: _XlsbSheet, *, hidden: bool) -> Shape:
    rows, columns = frozenset(sheet.rows), frozenset(sheet.columns)
    formulas = frozenset(sheet.formulas) or None
    struck = frozenset(sheet.struck)
    return Shape(hidden, rows, columns, tuple(sheet.merged), formulas, sheet.units, struck)


def _read(part: bytes, formats: Mapping[int, CellFormat], strikes: frozenset[int]) -> _XlsbSheet:
    sheet = _XlsbSheet(formats=formats, strikes=strikes)
    row = column = 0
    for kind, content in read_records(part):
        if kind == _ROW:
            row, column = struct.unpack_from("<I", content)[0] + 1, 0
            if content[_ROW_FLAGS] & _HIDDEN_ROW:
                sheet.rows.add(row)
        elif kind in SHORT_CELLS:  # right of the cell before
            column += 1
            _read_cell(sheet, (row, column), kind, content)
        elif kind in _CELLS:
            column = struct.unpack_from("<I", content)[0] + 1
            _read_cell(sheet, (row, column), kind, content)
        else:
            _read_looks(sheet, kind, content)
    return sheet


def _read_looks(sheet: _XlsbSheet, kind: int, content: bytes) -> None:
    """Hidden columns and merged cells, counted from 0 in the file."""
    if kind == _COLUMNS:
        first, last, _, _, flags = struct.unpack_from("<IIIIH", content)
        if flags & _HIDDEN_COLUMN:
            sheet.columns.update(range(first + 1, min(last + 2, LAST_COLUMN + 1)))
    elif kind == _MERGED:
        top, bottom, left, right = struct.unpack_from("<IIII", content)
        sheet.merged.append(MergedBlock(top + 1, left + 1, bottom + 1, right + 1))


def _read_cell(sheet: _XlsbSheet, cell: Position, kind: int, content: bytes) -> None:
    if kind in _ERRORS:
        number = content[_ERRORS[kind]]
        sheet.errors[cell] = _ERROR_NAMES.get(number, "#")
    if kind in _FORMULAS:
        sheet.formulas.add(cell)
    if sheet.strikes and look_of_cell(kind, content) in sheet.strikes:
        sheet.struck.add(cell)
    found = format_of_cell(kind, content, sheet.formats)
    if found:
        sheet.units[cell] = found


def _notes(parts: RawParts, paths: Mapping[str, str]) -> Iterator[CellComment]:
    """The comments of every sheet; `paths` are the sheets' parts by name."""
    for sheet, path in paths.items():
        for kind, part in related(parts, path).values():
            if kind == "comments" and part in parts and part.endswith(".bin"):
                yield from _comments(parts[part], mask(sheet))


def _comments(part: bytes, sheet: str) -> Iterator[CellComment]:
    authors: list[str] = []
    author, row, column = "", 0, 0
    for kind, content in read_records(part):
        if kind == _AUTHOR:
            authors.append(read_text(content, 0)[0])
        elif kind == _COMMENT:
            number, row, _, column = struct.unpack_from("<IIII", content)
            author = authors[number] if number < len(authors) else ""
        elif kind == _COMMENT_TEXT:
            yield CellComment(CellRef(sheet, row + 1, column + 1), author, read_text(content, 1)[0])
