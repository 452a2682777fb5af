"""The second view of an xls (BIFF8), from its records: python-calamine gives the values alone, an
error value as nothing, and a formula's text as zero where the program that saved it had not worked
it out."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from toolkit.files.biff8 import (
    Biff8Record,
    boxes_of,
    depths,
    notes_of,
    records_of,
    short_text,
    signs,
    substreams,
)
from toolkit.files.compound import Compound, Malformed, open_compound
from toolkit.read.formats.properties import texts_in_properties
from toolkit.read.formats.second_view import CellComment, CellView, SecondView
from toolkit.read.formats.shape import MergedBlock, Position, Shape, SheetShapes
from toolkit.words.cells import CellRef
from toolkit.words.personal import mask

_BOUNDSHEET, _FORMULA, _BOOLERR, _ROW, _COLINFO, _MERGED = (
    0x0085,
    0x0006,
    0x0205,
    0x0208,
    0x007D,
    0x00E5,
)
_DATEMODE, _SUPBOOK, _NAME, _NAME_COMMENT, _SERIES_TEXT = 0x0022, 0x01AE, 0x0018, 0x0894, 0x100D
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
_HIDDEN_ROW, _HIDDEN_COLUMN, _HIDDEN_SHEET = 0x20, 0x01, 0x03
_NO_NUMBER, _ERROR_RESULT, _NOT_YET = 0xFFFF, 2, 0x02
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_PATH = re.compile(r"[/\\\x01-\x08]")
_CONCATENATE, _TEXT, _NUMBER = 0x08, 0x17, 0x1F
_FIXED_FUNCTION, _FUNCTION = (0x21, 0x41, 0x61), (0x22, 0x42, 0x62)
_GIVES_TEXT = {13, 14, 30, 31, 48, 111, 112, 113, 114, 115, 116, 118, 119, 120, 130, 162, 336}
"""Functions whose result is always a text: TEXT, LEFT, CONCATENATE and their kin."""
_SAID = re.compile(rb"[\x20-\x7e\xa0-\xff]{6,}"), re.compile(rb"(?:[\x20-\xff]\0){6,}")
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
    looks = SheetShapes(
        {name: _shape(of, name in hidden) for name, of in sheets.items()},
        tuple(dict.fromkeys(_links(own))),
    )
    return SecondView(
        {name: _cells(of) for name, of in sheets.items()},
        looks,
        any(kind == _DATEMODE and content[:1] == b"\1" for kind, content in own),
        tuple(_notes(sheets)),
        {
            "egenskaper": tuple(
                text
                for name in _PROPERTIES
                for text in texts_in_properties(file.stream(name) or b"")
            ),
            "namn": tuple(_names(own)),
            "figur": tuple(text for of in sheets.values() for text in _figures(of)),
        },
    )


def _states(own: Sequence[Biff8Record]) -> Iterator[tuple[str, int]]:
    for kind, data in own:
        if kind == _BOUNDSHEET:
            yield short_text(data, 6)[0], data[4] & _HIDDEN_SHEET


def _sheets(
    records: Sequence[Biff8Record], own: Sequence[Biff8Record]
) -> Iterator[tuple[str, list[Biff8Record]]]:
    """The records of each sheet by its name: BOUNDSHEET says where in the stream it begins."""
    names = {
        struct.unpack_from("<I", data)[0]: short_text(data, 6)[0]
        for kind, data in own
        if kind == _BOUNDSHEET
    }
    place = 0
    for of in substreams(records):
        if place in names:
            yield names.pop(place), of
        place += sum(4 + len(record.data) for record in of)
    if names:
        raise Malformed("a sheet that is not where it should be")


def _flat(records: Sequence[Biff8Record]) -> Iterator[Biff8Record]:
    """A sheet's own records, without those of charts in it."""
    return (record for record, depth in zip(records, depths(records), strict=True) if depth == 1)


def _cells(records: Sequence[Biff8Record]) -> CellView:
    errors, uncalculated = {}, set()
    for kind, data in _flat(records):
        if kind == _BOOLERR and data[7]:
            errors[_place(data)] = _ERRORS.get(data[6], "#")
        elif kind == _FORMULA:
            if struct.unpack_from("<H", data, 12)[0] == _NO_NUMBER and data[6] == _ERROR_RESULT:
                errors[_place(data)] = _ERRORS.get(data[8], "#")
            elif data[6:14] == bytes(8) and (data[14] & _NOT_YET or _is_text(data[22:])):
                uncalculated.add(_place(data))
    return CellView(errors, frozenset(uncalculated))


def _is_text(formula: bytes) -> bool:
    """Whether a formula can only give a text, by its last token: its result is then no zero."""
    if formula[:1] == bytes((_TEXT,)) and len(formula) == 3 + formula[1] * (
        2 if formula[2] & 1 else 1
    ):
        return True
    if formula[-1:] == bytes((_CONCATENATE,)):
        return len(formula) > 3  # a number alone may end like this
    fixed = formula[-3:-2] and formula[-3] in _FIXED_FUNCTION
    varied = formula[-4:-3] and formula[-4] in _FUNCTION
    return (
        bool(fixed or varied)
        and struct.unpack_from("<H", formula, len(formula) - 2)[0] in _GIVES_TEXT
    )


def _place(data: bytes) -> Position:
    row, column = struct.unpack_from("<HH", data)
    return row + 1, column + 1


def _shape(records: Sequence[Biff8Record], hidden: bool) -> Shape:
    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[MergedBlock] = []
    formulas: set[Position] = set()
    for kind, data in _flat(records):
        if kind == _ROW and data[12] & _HIDDEN_ROW:
            rows.add(_place(data)[0])
        elif kind == _COLINFO and data[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", data)
            columns.update(range(first + 1, min(last, 255) + 2))
        elif kind == _MERGED:
            areas = struct.iter_unpack("<4H", data[2 : 2 + (len(data) - 2) // 8 * 8])
            merged += (
                MergedBlock(top + 1, left + 1, bottom + 1, right + 1)
                for top, bottom, left, right in areas
            )
        elif kind == _FORMULA:
            formulas.add(_place(data))
    return Shape(
        hidden, frozenset(rows), frozenset(columns), tuple(merged), frozenset(formulas) or None
    )


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
        if kind == _NAME:
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
    yield from (
        short_text(data, 2)[0] for kind, data in records if kind == _SERIES_TEXT and len(data) > 3
    )
