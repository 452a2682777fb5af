"""Cells that were pasted one or two columns beside their place: the values fit clearly better in
that column.

Nothing is read as moved. What stands in such a block counts as not understood, and is told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain, product
from operator import itemgetter

from toolkit.read.formats.raw import RawSheet
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.read.shift_evidence import Shift, ShiftGrid, blocks
from toolkit.read.values import is_unlisted, read_value, special_in
from toolkit.returns.submission import Missing, TableData, Typed
from toolkit.spec.model import Field, Spec
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import shown, text
from toolkit.words.swedish import fold

STEPS = (1, -1, 2, -2)
"""Columns to the right, or to the left; of two explanations the shorter one holds."""
Fits = Callable[[Field, object], bool | None]
"""Whether a value could stand in a field; None when that cannot be told: the cell is empty, or says
`u.s.`."""


_TOLD_BY_FIT: Mapping[tuple[bool | None, bool | None], int] = {
    (False, True): 1,
    (True, False): -1,
    (False, False): -1,
}
"""What a value's mark in a ShiftGrid is, by whether it fits where it stands, and beside; what fits
in both places, or may fit in one, tells nothing."""


def without_shifts(
    spec: Spec, place: Located, data: TableData, told: Iterable[Remark], *, epoch_1904: bool
) -> tuple[TableData, list[Remark]]:
    """The table with nothing understood in its shifted blocks, and a remark on each of them that
    replaces what has been told of its cells. Looked for only where what has been told says that
    enough rows have something wrong in them: looking takes longer than reading."""
    if place.table.kind != "list" or len(_rows_with_faults(told)) < spec.limits.shift_rows:
        return data, []
    shifts = find_shifts(spec, place, data, epoch_1904=epoch_1904)
    remarks = [remark_on_shift(place, data.rows, shift) for shift in shifts]
    for shift in shifts:
        data = not_understood(data, shift)
    return data, remarks


def _rows_with_faults(told: Iterable[Remark]) -> set[int]:
    return {remark.refs[0].row for remark in told if remark.concern is Concern.CELL}


def find_shifts(spec: Spec, place: Located, data: TableData, *, epoch_1904: bool) -> list[Shift]:
    """The shifted blocks of a list, from the top; none without as much evidence as the spec's
    limits want."""
    spots = _left_to_right(place)
    columns, fields = [column for column, _ in spots], [field for _, field in spots]
    values = [_column(place.sheet, column, data.rows) for column in columns]
    fits = partial(_fits, spec, epoch_1904=epoch_1904)
    found: list[Shift] = []
    for step in STEPS:
        marks = _marks(columns, fields, values, fits, step)
        found += blocks(ShiftGrid(spec.limits, step, columns, fields, values, marks))
    found.sort(key=lambda shift: (shift.lines.start, -len(shift.lines)))
    return _without_overlaps(found)


def _left_to_right(place: Located) -> list[tuple[int, Field]]:
    """The table's columns in their order, each with its field."""
    spots: list[tuple[int, Field]] = []
    for field in place.table.fields:
        spots += [(column, field) for column in place.places[field.id]]
    return sorted(spots, key=itemgetter(0))


def not_understood(data: TableData, shift: Shift) -> TableData:
    """The table with nothing understood in the block; what stands there is kept as it was
    written."""
    inside = set(shift.columns)
    typed = tuple(
        _without(column, shift.lines) if inside.intersection(places) else column
        for column, places in zip(data.typed, data.columns.places, strict=True)
    )
    return replace(data, typed=typed)


def _without(column: Sequence[Typed], lines: range) -> Sequence[Typed]:
    return [*column[: lines.start], *[Missing.UNREADABLE] * len(lines), *column[lines.stop :]]


def _without_overlaps(found: Sequence[Shift]) -> list[Shift]:
    """Without the blocks that share lines with one before them."""
    return [
        shift
        for number, shift in enumerate(found)
        if not any(_overlap(shift, one) for one in found[:number])
    ]


def _overlap(one: Shift, other: Shift) -> bool:
    return one.lines.start < other.lines.stop and other.lines.start < one.lines.stop


def _column(sheet: RawSheet, number: int, rows: Sequence[int]) -> list[object]:
    columns = sheet.columns
    column = columns[number - 1] if number <= len(columns) else ()
    return [column[row - 1] if row <= len(column) else "" for row in rows]


# ------------------------------------------------------------------------------------- what is said
def remark_on_shift(place: Located, rows: Sequence[int], shift: Shift) -> Remark:
    """What is told of a block, and how its cells are to be moved back. `rows` are the records' rows
    on the sheet."""
    rows = rows[shift.lines.start : shift.lines.stop]
    refs = tuple(CellRef(place.sheet.name, *cell) for cell in product(rows, shift.columns))
    return Remark(
        "KOL-FORSKJUTEN",
        Concern.COLUMN,
        _told_of(place, rows, shift),
        table=place.table.id,
        field=shift.begins.id,
        refs=refs,
        suggestion=_move_back(place.sheet, rows, shift),
        replaces=frozenset(refs).union(_own_headings_beside(place)),
    )


def _told_of(place: Located, rows: Sequence[int], shift: Shift) -> dict[str, object]:
    return {
        "first": rows[0],
        "last": rows[-1],
        "table": place.table.label,
        "begins": shift.begins.label,
        "steps": _steps(shift),
        "by": shift.step,
        "direction": Phrase("hoger" if shift.step > 0 else "vanster"),
        "label": shift.odd.label,
        "home": shift.home.label,
        "value": shown(shift.value),
    }


def _own_headings_beside(place: Located) -> Iterable[CellRef]:
    """Headings of the table's own in columns that are not: they were pasted along."""
    headings = set(map(fold, chain.from_iterable(f.headings for f in place.table.fields)))
    for column, heading in place.unknown:
        if fold(heading) in headings:
            yield CellRef(place.sheet.name, place.header_row, column)


def _steps(shift: Shift) -> Phrase:
    return Phrase("ett_steg" if abs(shift.step) == 1 else "tva_steg")


def _move_back(sheet: RawSheet, rows: Sequence[int], shift: Shift) -> Phrase:
    columns = _moved(sheet, rows, shift)
    cells = (CellRef(sheet.name, *cell) for cell in product(rows, columns))
    return Phrase(
        "flytta",
        {
            "cells": brief_cells(cells),
            "steps": _steps(shift),
            "direction": Phrase("vanster" if shift.step > 0 else "hoger"),
            "to": CellRef(sheet.name, rows[0], columns[0] - shift.step).cell,
        },
    )


def _moved(sheet: RawSheet, rows: Sequence[int], shift: Shift) -> range:
    """The columns whose cells are to be moved back: of the block those that are filled in, and what
    fell over its edge."""
    far = abs(shift.step)
    reach = range(max(1, shift.columns.start - far), shift.columns.stop + far)
    filled = _filled(sheet, rows, reach)
    if shift.step > 0:
        return range(shift.columns.start + far, filled[-1] + 1)
    last = max(column for column in filled if column < shift.columns.stop)
    return range(filled[0], last + 1)


def _filled(sheet: RawSheet, rows: Sequence[int], columns: range) -> list[int]:
    """Those of the columns in which anything stands in some rows."""
    return [column for column in columns if any(text(sheet.at(row, column)) for row in rows)]


# ---------------------------------------------------------------------------------------- what fits
def _fits(spec: Spec, field: Field, raw: object, *, epoch_1904: bool) -> bool | None:
    pieces = filter(text, _pieces(field, raw))
    told = [_fits_once(spec, field, piece, epoch_1904) for piece in pieces]
    return None if None in told or not told else all(told)


def _pieces(field: Field, raw: object) -> Sequence[object]:
    """The answers in a cell of a field that may have several; otherwise what stands there."""
    return [piece.strip() for piece in text(raw).split(";")] if field.choices > 1 else [raw]


def _fits_once(spec: Spec, field: Field, raw: object, epoch_1904: bool) -> bool | None:
    if special_in(text(raw)) is not None:
        return None
    if is_unlisted(spec, field, raw):
        return False
    typed = read_value(spec, field, raw, epoch_1904=epoch_1904).typed
    return typed is not Missing.UNREADABLE and _is_of_form(spec, field, typed)


def _is_of_form(spec: Spec, field: Field, value: Typed) -> bool:
    """Pattern (of the field, or of the ids that it refers to), length and bounds."""
    if isinstance(value, str):
        return field.lengths.hold(len(value)) and _has_pattern(spec, field, value)
    number = Decimal(value.strftime("%Y%m%d")) if isinstance(value, date) else value
    return not isinstance(number, int | Decimal) or field.bounds.hold(number)


def _has_pattern(spec: Spec, field: Field, value: str) -> bool:
    pattern = field.pattern
    if field.ref:
        table, _, name = field.ref.partition(".")
        pattern = spec.tables[table].by_id[name].pattern
    return pattern is None or re.fullmatch(pattern, value) is not None


def _marks(
    columns: Sequence[int],
    fields: Sequence[Field],
    values: Sequence[Sequence[object]],
    fits: Fits,
    step: int,
) -> list[list[int]]:
    """The marks of a ShiftGrid. Each distinct value of a column is judged once."""
    by_column = dict(zip(columns, fields, strict=True))
    marks = []
    for column, field, cells in zip(columns, fields, values, strict=True):
        home = by_column.get(column - step)
        known = {value: _mark(field, home, value, fits) for value in set(cells)}
        marks.append([known[value] for value in cells])
    return marks


def _mark(field: Field, home: Field | None, value: object, fits: Fits) -> int:
    own = fits(field, value)
    beside = fits(home, value) if home is not None else False
    return _TOLD_BY_FIT.get((own, beside), 0)
