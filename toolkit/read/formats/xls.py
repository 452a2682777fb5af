"""The second view of an xls (BIFF8), from its records: python-calamine gives the values alone, an
error value as nothing, and a formula's text as zero where the program that saved it had not worked
it out."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from urllib.parse import unquote

from toolkit.files.biff8 import (
    Biff8Record,
    boxes_of,
    depths,
    figures_of,
    notes_of,
    records_of,
    short_text,
    signs,
    substreams,
)
from toolkit.files.compound import Compound, Malformed, open_compound
from toolkit.read.formats.properties import texts_in_properties
from toolkit.read.formats.second_view import CellComment, CellView, SecondView, SheetFigure
from toolkit.read.formats.shape import MergedBlock, Position, Shape, SheetShapes
from toolkit.read.formats.xls_strikes import struck_cells, struck_formats
from toolkit.read.formats.xls_units import formats_of, units_of_cells
from toolkit.words.cells import CellRef
from toolkit.words.personal import mask

# Records, by [MS-XLS] 2.3 (numbers) and 2.4 (what stands in them).
_FORMULA = 0x0006  # 2.4.127
_LBL = 0x0018  # 2.4.150, a defined name
_DATE_1904 = 0x0022  # 2.4.77
_COLINFO = 0x007D  # 2.4.53
_BOUNDSHEET = 0x0085  # 2.4.28
_MERGECELLS = 0x00E5  # 2.4.168
_SUPBOOK = 0x01AE  # 2.4.271
_BOOLERR = 0x0205  # 2.4.24
_ROW = 0x0208  # 2.4.221
_NAME_COMMENT = 0x0894  # NameCmt, 2.4.176
_SERIES_TEXT = 0x100D  # 2.4.254

# Flags in them.
_HIDDEN_ROW = 0x20  # Row, fDyZero
_HIDDEN_COLUMN = 0x01  # ColInfo, fHidden
_HIDDEN_SHEET = 0x03  # BoundSheet8, hsState: hidden, or very hidden
_LAST_COLUMN = 255  # IV; a ColInfo may reach one beyond it
_NO_NUMBER, _ERROR_RESULT = 0xFFFF, 2  # FormulaValue, 2.5.133: not a number, but an error
_ZERO = bytes(8)  # what stands there for nought, and in a formula that was not worked out
# Formula: to be calculated on opening (reserved in [MS-XLS], not in its forerunner).
_NOT_YET = 0x02
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01  # SupBook, cch: no other file is meant

# Tokens of formulas, 2.5.198 (each function in three classes: reference, value, array).
_CONCATENATE, _TEXT, _NUMBER = 0x08, 0x17, 0x1F  # PtgConcat, PtgStr, PtgNum
_FIXED_FUNCTION, _FUNCTION = (0x21, 0x41, 0x61), (0x22, 0x42, 0x62)  # PtgFunc, PtgFuncVar
_GIVES_TEXT = {13, 14, 30, 31, 48, 111, 112, 113, 114, 115, 116, 118, 119, 120, 130, 162, 336}
"""Functions (Ftab, 2.5.198.17) whose result is always a text: TEXT, LEFT, CONCATENATE and their
kin."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""BErr, 2.5.10."""
_PATH = re.compile(r"[/\\\x01-\x08]")  # also the signs for folders in a VirtualPath, 2.5.277
_SAID = re.compile(rb"[\x20-\x7e\xa0-\xff]{6,}"), re.compile(rb"(?:[\x20-\xff]\0){6,}")
_HEAD = 4  # bytes before a record's data: its number and its length
_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")


def second_view(data: bytes) -> SecondView:
    """Of a compound file; nothing of one that is older than BIFF8. Raises Malformed."""
    file = open_compound(data)
    stream = file.stream("Workbook")
    if stream is None:
        return SecondView()
    try:
        return _view(file, stream)
    except (struct.error, IndexError) as error:
        raise Malformed("a record that ends too early") from error


def _view(file: Compound, stream: bytes) -> SecondView:
    records = records_of(stream)
    own = next(substreams(records))
    sheets = dict(_sheets(records, own))
    hidden = {name for name, state in _states(own) if state}
    formats = formats_of(own)
    struck = struck_formats(own)
    shapes = {
        name: replace(
            _shape(of, name in hidden),
            units=units_of_cells(_flat(of), formats),
            struck=struck_cells(_flat(of), struck),
        )
        for name, of in sheets.items()
    }
    return SecondView(
        cells={name: _cells(of) for name, of in sheets.items()},
        looks=SheetShapes(shapes, tuple(dict.fromkeys(_links(own)))),
        epoch_1904=_counts_from_1904(own),
        notes=tuple(_notes(sheets)),
        texts={
            "egenskaper": tuple(_properties(file)),
            "namn": tuple(_names(own)),
            "figur": tuple(chain.from_iterable(map(_figures, sheets.values()))),
        },
        figures=tuple(_drawn(sheets)),
    )


def _counts_from_1904(own: Sequence[Biff8Record]) -> bool:
    return any(kind == _DATE_1904 and data[:1] == b"\1" for kind, data in own)


def _properties(file: Compound) -> Iterator[str]:
    for name in _PROPERTIES:
        yield from texts_in_properties(file.stream(name) or b"")


def _states(own: Sequence[Biff8Record]) -> Iterator[tuple[str, int]]:
    for kind, data in own:
        if kind == _BOUNDSHEET:
            yield short_text(data, 6)[0], data[4] & _HIDDEN_SHEET


def _sheets(
    records: Sequence[Biff8Record], own: Sequence[Biff8Record]
) -> Iterator[tuple[str, list[Biff8Record]]]:
    """The records of each sheet by its name: BoundSheet8 says where in the stream it begins."""
    names, place = _names_by_start(own), 0
    for of in substreams(records):
        if place in names:
            yield names.pop(place), of
        place += sum(_HEAD + len(record.data) for record in of)
    if names:
        raise Malformed("a sheet that is not where it should be")


def _names_by_start(own: Sequence[Biff8Record]) -> dict[int, str]:
    """The names of the sheets by the place where their records begin."""
    sheets = [data for kind, data in own if kind == _BOUNDSHEET]
    return {struct.unpack_from("<I", data)[0]: short_text(data, 6)[0] for data in sheets}


def _flat(records: Sequence[Biff8Record]) -> Iterator[Biff8Record]:
    """A sheet's own records, without those of charts in it."""
    return (record for record, depth in zip(records, depths(records), strict=True) if depth == 1)


def _cells(records: Sequence[Biff8Record]) -> CellView:
    errors: dict[Position, str] = {}
    noughts: set[Position] = set()
    uncalculated: set[Position] = set()
    for kind, data in _flat(records):
        error = _error_in(kind, data)
        if error:
            errors[_place(data)] = error
        elif kind == _FORMULA and data[6:14] == _ZERO:
            (uncalculated if _is_uncalculated(data) else noughts).add(_place(data))
    return CellView(errors, frozenset(uncalculated), frozenset(noughts))


def _error_in(kind: int, data: bytes) -> str:
    """The error value in a record; empty for none."""
    if kind == _BOOLERR and data[7]:
        return _ERRORS.get(data[6], "#")
    if kind == _FORMULA and _is_error(data):
        return _ERRORS.get(data[8], "#")
    return ""


def _is_error(formula: bytes) -> bool:
    not_a_number = struct.unpack_from("<H", formula, 12)[0]
    return bool(not_a_number == _NO_NUMBER and formula[6] == _ERROR_RESULT)


def _is_uncalculated(formula: bytes) -> bool:
    """Whether a nought is none: programs that do not calculate store it. It is taken for a result
    unless the formula is marked to be calculated on opening, or can give nothing but a text."""
    return bool(formula[14] & _NOT_YET or _is_text(formula[22:]))


def _is_text(formula: bytes) -> bool:
    """Whether a formula can only give a text, by its last token: tokens stand in reverse
    Polish order, so what is done last stands last."""
    if _is_only_a_text(formula):
        return True
    if formula[-1:] == bytes((_CONCATENATE,)):
        return len(formula) > 3  # a number alone may end like this
    return _last_function(formula) in _GIVES_TEXT


def _last_function(formula: bytes) -> int | None:
    """The function that is worked out last; None where it is something else."""
    fixed = formula[-3:-2] and formula[-3] in _FIXED_FUNCTION
    varied = formula[-4:-3] and formula[-4] in _FUNCTION
    if not fixed and not varied:
        return None
    (function,) = struct.unpack_from("<H", formula, len(formula) - 2)
    return int(function)


def _is_only_a_text(formula: bytes) -> bool:
    """PtgStr alone: its number, how many signs, a flag for two bytes a sign, and the signs."""
    if formula[:1] != bytes((_TEXT,)):
        return False
    return len(formula) == 3 + formula[1] * (2 if formula[2] & 1 else 1)


def _place(data: bytes) -> Position:
    row, column = struct.unpack_from("<HH", data)
    return row + 1, column + 1


def _shape(records: Sequence[Biff8Record], hidden: bool) -> Shape:
    by_kind: defaultdict[int, list[bytes]] = defaultdict(list)
    for kind, data in _flat(records):
        by_kind[kind].append(data)
    rows = frozenset(_place(data)[0] for data in by_kind[_ROW] if data[12] & _HIDDEN_ROW)
    columns = frozenset(chain.from_iterable(map(_hidden_columns, by_kind[_COLINFO])))
    merged = tuple(chain.from_iterable(map(_blocks, by_kind[_MERGECELLS])))
    formulas = frozenset(map(_place, by_kind[_FORMULA])) or None
    return Shape(hidden, rows, columns, merged, formulas)


def _hidden_columns(data: bytes) -> range:
    """The columns that a ColInfo hides, counted from 1."""
    first, last = struct.unpack_from("<HH", data)
    is_hidden = data[8] & _HIDDEN_COLUMN
    return range(first + 1, min(last, _LAST_COLUMN) + 2) if is_hidden else range(0)


def _blocks(data: bytes) -> Iterator[MergedBlock]:
    """A count, and eight bytes for each block (Ref8), as far as there are whole ones."""
    whole = data[2 : 2 + (len(data) - 2) // 8 * 8]
    for top, bottom, left, right in struct.iter_unpack("<4H", whole):
        yield MergedBlock(top + 1, left + 1, bottom + 1, right + 1)


def _links(own: Sequence[Biff8Record]) -> Iterator[str]:
    """The names of the linked files, without their folders."""
    for kind, data in own:
        if kind == _SUPBOOK and len(data) > 4:
            count = struct.unpack_from("<H", data, 2)[0]
            if count not in (_OWN_BOOK, _ADD_IN):
                name = _PATH.split(unquote(signs(data, 4, count)))[-1].strip("\0 ")
                if name:
                    yield name


def _notes(sheets: Mapping[str, Sequence[Biff8Record]]) -> Iterator[CellComment]:
    for name, records in sheets.items():
        for row, column, _, author, text in notes_of(records):
            yield CellComment(CellRef(mask(name), row + 1, column + 1), author.strip(), text)


def _names(own: Sequence[Biff8Record]) -> Iterator[str]:
    """What defined names are called, what they stand for, and what is said of them."""
    for kind, data in own:
        if kind == _LBL:
            yield signs(data, 14, data[3])
            formula = data[15 + data[3] :]
            yield from _said(formula)
            if formula[:1] == bytes((_NUMBER,)) and len(formula) >= 9:
                yield f"{struct.unpack_from('<d', formula, 1)[0]:.0f}"
        elif kind == _NAME_COMMENT:
            yield from _said(data[12:])


def _said(data: bytes) -> Iterator[str]:
    """Texts among other bytes."""
    narrow, broad = _SAID
    yield from (found.decode("latin-1") for found in narrow.findall(data))
    yield from (found.decode("utf-16-le") for found in broad.findall(data))


def _figures(records: Sequence[Biff8Record]) -> Iterator[str]:
    """Texts in boxes that are no comments, and in charts."""
    notes = {note.box for note in notes_of(records)}
    yield from (text for box, text in boxes_of(records) if box not in notes)
    yield from _texts_of_series(records)


def _drawn(sheets: Mapping[str, Sequence[Biff8Record]]) -> Iterator[SheetFigure]:
    """Text boxes and pictures, with the cells over which they begin."""
    for name, records in sheets.items():
        for one in figures_of(records):
            yield SheetFigure(CellRef(mask(name), one.row + 1, one.column + 1), one.said)


def _texts_of_series(records: Sequence[Biff8Record]) -> Iterator[str]:
    for kind, data in records:
        if kind == _SERIES_TEXT and len(data) > 3:
            yield short_text(data, 2)[0]
