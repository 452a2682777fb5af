"""A table's cells → values, a column at a time: what stands in many cells of a column is understood
once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from toolkit.read.locate import Located
from toolkit.read.values import Reading, read_value
from toolkit.returns.submission import Missing, Typed
from toolkit.spec.model import Field, Spec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text

Item = TypeVar("Item")
_UNCALCULATED = Reading(Missing.UNREADABLE, "FALT-OBERAKNAD", (("value", ""),))


class CellRemark(NamedTuple):
    """What is to be told of one cell: its record (counted from 0), its field, what stands there,
    how it was read."""

    line: int
    field: Field
    ref: CellRef
    raw: object
    reading: Reading


class ReadColumn(NamedTuple):
    """One field of all records."""

    raw: Sequence[object]
    typed: Sequence[Typed]
    told: Sequence[CellRemark] = ()


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table that is being read. `odd` holds, by column and row, the cells with an error value or
    an uncalculated formula."""

    spec: Spec
    place: Located
    odd: Mapping[int, Mapping[int, Reading]]
    epoch_1904: bool

    def column(self, number: int, rows: Sequence[int]) -> Sequence[object]:
        """What stands in the rows of a sheet's column; nothing beyond the last column or row."""
        columns = self.place.sheet.columns
        if number > len(columns):
            return [None] * len(rows)
        column = columns[number - 1]
        if rows and len(rows) == rows[-1] - rows[0] + 1 and rows[-1] <= len(column):
            return column[rows[0] - 1 : rows[-1]]
        return [column[row - 1] if row <= len(column) else None for row in rows]

    def odd_lines(self, column: int, rows: Sequence[int]) -> Mapping[int, Reading]:
        """The odd cells of a column, by record (counted from 0)."""
        odd = self.odd.get(column)
        return {line: odd[row] for line, row in enumerate(rows) if row in odd} if odd else {}

    def reader(self, field: Field) -> Callable[[object], Reading]:
        """What a value means in a field."""
        return partial(read_value, self.spec, field, epoch_1904=self.epoch_1904)

    def ref(self, row: int, column: int) -> CellRef:
        """A cell of the sheet."""
        return CellRef(self.place.sheet.name, row, column)


def read_columns(
    spec: Spec, place: Located, rows: Sequence[int], *, epoch_1904: bool
) -> tuple[list[ReadColumn], list[CellRemark]]:
    """A column for each of the table's fields, and what is to be told of their cells, row by
    row."""
    desk = TableReading(spec, place, _odd_cells(place), epoch_1904)
    read = [_read_field(desk, field, rows) for field in place.table.fields]
    told = [item for column in read for item in column.told if item.field.computed is None]
    return read, sorted(told, key=lambda item: item.line)


def _odd_cells(place: Located) -> dict[int, dict[int, Reading]]:
    """In the columns that the county fills in; what stands in a computed cell is not used."""
    own = [field for field in place.table.fields if field.computed is None]
    odd: dict[int, dict[int, Reading]] = {
        column: {} for field in own for column in place.places[field.id]
    }
    for row, column in place.sheet.uncalculated:
        if column in odd:
            odd[column][row] = _UNCALCULATED
    for (row, column), value in place.sheet.errors.items():
        if column in odd:
            odd[column][row] = Reading(Missing.UNREADABLE, "FALT-FELVARDE", (("value", value),))
    return odd


def _read_field(desk: TableReading, field: Field, rows: Sequence[int]) -> ReadColumn:
    places, own_rows = desk.place.places[field.id], desk.place.rows
    if own_rows:
        rows = [own_rows.get(field.id, desk.place.header_row)]
    if field.choices > 1:
        return _read_several(desk, field, rows)
    if not places or (own_rows and field.id not in own_rows):
        return ReadColumn([None] * len(rows), [Missing.BLANK] * len(rows))
    return _read_one(desk, field, rows, places[0])


def _read_one(desk: TableReading, field: Field, rows: Sequence[int], place: int) -> ReadColumn:
    keys, values = _distinct(desk.column(place, rows))
    known = dict(zip(values, map(desk.reader(field), values.values()), strict=True))
    raw = [values[key] for key in keys]  # held once, however many cells it stands in
    typed = [known[key].typed for key in keys]
    flagged = {key for key, reading in known.items() if reading.code is not None}
    readings = (
        {line: known[key] for line, key in enumerate(keys) if key in flagged} if flagged else {}
    )
    told = []
    for line, reading in {**readings, **desk.odd_lines(place, rows)}.items():
        typed[line] = reading.typed
        told.append(CellRemark(line, field, desk.ref(rows[line], place), raw[line], reading))
    return ReadColumn(raw, typed, told)


def _distinct(column: Sequence[object]) -> tuple[Sequence[object], dict[object, object]]:
    """A key for each cell, and each key's value. To Python `True` and `1` are the same key; here
    they are not."""
    values = dict(zip(column, column, strict=True))
    if values.keys().isdisjoint((0, 1)) or not any(isinstance(value, bool) for value in column):
        return column, values
    keys = [(type(value), value) for value in column]
    return keys, dict(zip(keys, column, strict=True))


def _read_several(desk: TableReading, field: Field, rows: Sequence[int]) -> ReadColumn:
    """A field with several columns; each may itself hold several answers with semicolons."""
    places = desk.place.places[field.id]
    columns = [desk.column(place, rows) for place in places]
    raw = _lines(columns, rows)
    texts = _lines([_texts(column) for column in columns], rows)
    read = desk.reader(field)
    known = {values: _answers(read, values, {}) for values in set(texts)}
    odd: dict[int, dict[int, Reading]] = {}
    for part, place in enumerate(places):
        for line, reading in desk.odd_lines(place, rows).items():
            odd.setdefault(line, {})[part] = reading
    found = [
        _answers(read, values, odd[line]) if line in odd else known[values]
        for line, values in enumerate(texts)
    ]
    told = [
        CellRemark(line, field, desk.ref(rows[line], places[part]), piece, reading)
        for line, (_, pieces) in enumerate(found)
        for part, piece, reading in pieces
    ]
    return ReadColumn(raw, [typed for typed, _ in found], told)


def _lines(columns: Sequence[Sequence[Item]], rows: Sequence[int]) -> list[tuple[Item, ...]]:
    return list(zip(*columns, strict=True)) if columns else [()] * len(rows)


def _texts(column: Sequence[object]) -> list[str]:
    keys, values = _distinct(column)
    known = {key: text(value) for key, value in values.items()}
    return [known[key] for key in keys]


def _answers(
    read: Callable[[object], Reading], texts: Iterable[str], odd: Mapping[int, Reading]
) -> tuple[Typed, Sequence[tuple[int, str, Reading]]]:
    """The answers in one record's columns, and what is to be told of them with the column's part
    and text."""
    answers: list[str] = []
    state: Missing = Missing.BLANK
    told = []
    for part, shown in enumerate(texts):
        for piece in map(str.strip, shown.split(";")):
            reading = odd.get(part) or read(piece)
            if reading.code is not None:
                told.append((part, piece, reading))
            if isinstance(reading.typed, str):
                answers += [reading.typed] if reading.typed not in answers else []
            elif isinstance(reading.typed, Missing) and reading.typed is not Missing.BLANK:
                state = reading.typed
    return tuple(answers) or state, told
