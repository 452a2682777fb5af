"""From a cell of the county's file to the field that it was read as, and on to that field's cell in
a fresh template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.returns.carryover import Moved
from toolkit.returns.submission import Columns, Submission, TableData
from toolkit.spec.model import Spec
from toolkit.template import Placement, place_tables
from toolkit.words.cells import CellRef


class CellMeaning(NamedTuple):
    """A field of a record: the table, the record's place among the rows that were moved and among
    those that were read (from 0; None for a row that is no record), and which of the field's
    several columns."""

    table: str
    line: int
    record: int | None
    field: str
    part: int


@dataclass(frozen=True, slots=True)
class TableRoute:
    """A table as it lay in the county's file. `lines` tells by row which of the moved rows it
    became, `records` which record it was; `fields` are the fields by column, in a form by row."""

    table: str
    lines: Mapping[int, int]
    records: Mapping[int, int]
    fields: Mapping[int, tuple[str, int]]
    form_columns: frozenset[int] = frozenset()

    def find(self, ref: CellRef) -> CellMeaning | None:
        """The field that a cell on this table's sheet was read as."""
        if self.form_columns:
            named = self.fields.get(ref.row) if ref.column in self.form_columns else None
            return CellMeaning(self.table, 0, 0, *named) if named else None
        named = self.fields.get(ref.column)
        if named is None or ref.row not in self.lines:
            return None
        return CellMeaning(self.table, self.lines[ref.row], self.records.get(ref.row), *named)


class Routes:
    """All tables of a return, and where their cells are in a fresh template of a year."""

    def __init__(self, sent: Submission, moved: Moved, spec: Spec) -> None:
        self._by_sheet: defaultdict[str, list[TableRoute]] = defaultdict(list)
        for name in moved.rows:
            data = sent.tables[moved.was[name].table]
            lines = {row: line for line, row in enumerate(moved.origins[name])}
            self._by_sheet[data.columns.sheet].append(_route(data, name, lines, moved))
        self._placements = place_tables(spec)
        self._offsets = {name: _offsets(spec, name, rows) for name, rows in moved.rows.items()}

    def find(self, ref: CellRef) -> CellMeaning | None:
        """The field that a cell of the county's file was read as; None for any other cell."""
        found = (route.find(ref) for route in self._by_sheet.get(ref.sheet, ()))
        return next((place for place in found if place), None)

    def cell_of(self, place: CellMeaning) -> CellRef | None:
        """A field's cell in the fresh template; None when the template does not have the field."""
        table = self._placements.get(place.table)
        if table is None or place.field not in table.columns:
            return None
        columns = table.columns[place.field]
        column = columns[min(place.part, len(columns) - 1)]
        return CellRef(table.sheet, self._row_of(table, place), column)

    def _row_of(self, table: Placement, place: CellMeaning) -> int:
        if table.rows:
            return table.rows[place.field]
        return table.first_row + self._offsets[place.table][place.line]


def _route(data: TableData, name: str, lines: Mapping[int, int], moved: Moved) -> TableRoute:
    """`name` is what the table is called in the template; the fields too are called as there. One
    that has no place there is called nothing where another has taken over its id."""
    taken = moved.was[name].fields
    now = {was: field for field, was in taken.items()}
    records = {row: record for record, row in enumerate(data.rows)}
    form: frozenset[int] = frozenset()
    if data.columns.rows is not None:
        fields, form = _form_fields(data.columns)
    else:
        fields = _list_fields(data.columns)
    called = {}
    for place, (field, part) in fields.items():
        own = "" if field in taken else field
        called[place] = (now.get(field, own), part)
    return TableRoute(name, lines, records, called, form)


def _form_fields(columns: Columns) -> tuple[dict[int, tuple[str, int]], frozenset[int]]:
    """A form's fields by their row, and the columns that hold its answers."""
    fields = {}
    answers: set[int] = set()
    for name, row, places in zip(columns.fields, columns.rows or (), columns.places, strict=True):
        if places:
            fields[row] = (name, 0)
            answers.update(places)
    return fields, frozenset(answers)


def _list_fields(columns: Columns) -> dict[int, tuple[str, int]]:
    fields = {}
    for name, places in zip(columns.fields, columns.places, strict=True):
        for part, column in enumerate(places):
            fields[column] = (name, part)
    return fields


def _offsets(spec: Spec, name: str, rows: list[dict[str, object]]) -> list[int]:
    """How far below the first row each row stands: a fixed table's by its code, all others' in
    their order."""
    table = spec.tables[name]
    if table.kind != "fixed":
        return list(range(len(rows)))
    valid = spec.lists[table.rows_from or ""].valid_in(spec.year)
    codes = [code.code for code in valid]
    return [codes.index(str(row[table.fields[0].id])) for row in rows]
