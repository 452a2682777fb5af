"""One located table → its values, and all remarks on it: its columns, its rows, its looks, its
cells, and blocks of them that were pasted beside their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.read.columns import read_columns
from toolkit.read.formats.raw import RawSheet
from toolkit.read.formats.second_view import SecondView
from toolkit.read.heading_rows import Reordered
from toolkit.read.locate import Located
from toolkit.read.remarks import Remark
from toolkit.read.rows import find_rows
from toolkit.read.shifted import without_shifts
from toolkit.read.structure import (
    remark_on_reordered,
    remarks_on_columns,
    remarks_on_rows,
    remarks_on_shape,
)
from toolkit.read.written_how import remarks_on_writing
from toolkit.returns.submission import Columns, Missing, TableData, Typed
from toolkit.spec.model import Spec


class TableRead(NamedTuple):
    """A table's values, and the remarks on it in the order in which they are told."""

    data: TableData
    remarks: list[Remark]


class RowsRead(NamedTuple):
    """The rows of a table's records on its sheet, and the remarks on what stands among them.
    `reordered` are headings in another order, below which nothing can be understood."""

    numbers: list[int]
    remarks: list[Remark]
    reordered: tuple[Reordered, ...] = ()


def read_table(
    spec: Spec, place: Located, second: SecondView, sheets: Sequence[RawSheet] = ()
) -> TableRead:
    """A table's values in all its records. `sheets` are all of the workbook, from which its
    formulas may take values."""
    rows = read_rows(spec, place)
    shape = second.looks.of(place.sheet.name)
    remarks = [
        *remarks_on_columns(place),
        *rows.remarks,
        *remarks_on_shape(place, rows.numbers, shape),
    ]
    read, on_cells = read_columns(spec, place, rows.numbers, epoch_1904=second.epoch_1904)
    raw, typed = tuple(column.raw for column in read), tuple(column.typed for column in read)
    data = TableData(place.table.id, columns_of(spec, place), tuple(rows.numbers), raw, typed)
    remarks += [*on_cells, *remarks_on_writing(place, rows.numbers, shape, sheets)]
    for one in rows.reordered:
        data = _not_understood(data, one.rows)
        remarks.append(remark_on_reordered(place, one))
    data, on_shifts = without_shifts(spec, place, data, remarks, epoch_1904=second.epoch_1904)
    return TableRead(data, remarks + on_shifts)


def _not_understood(data: TableData, rows: Collection[int]) -> TableData:
    """The table with nothing understood in some of its rows, what stands there is kept as it was
    written."""
    typed = tuple(_without(column, data.rows, rows) for column in data.typed)
    return replace(data, typed=typed)


def _without(
    column: Sequence[Typed], numbers: Sequence[int], rows: Collection[int]
) -> Sequence[Typed]:
    return [
        Missing.UNREADABLE if number in rows else value
        for number, value in zip(numbers, column, strict=True)
    ]


def columns_of(spec: Spec, place: Located) -> Columns:
    """Where the table's fields stand on its sheet. A form's field that is not there is said to
    stand at the form's head."""
    fields = place.table.fields
    rows = tuple(place.rows.get(field.id, place.header_row) for field in fields)
    return Columns(
        table=place.table.id,
        sheet=place.sheet.name,
        fields=tuple(field.id for field in fields),
        places=tuple(place.places[field.id] for field in fields),
        rows=rows if place.rows else None,
        roles=spec.bound.fields_of(place.table.id),
    )


def read_rows(spec: Spec, place: Located) -> RowsRead:
    """A table's records; what else stands among them is remarked on. A form is one record."""
    if place.rows:
        return RowsRead([place.header_row], [])
    found = find_rows(spec, place)
    numbers = found.records
    if place.table.rows_from is not None:
        codes = spec.lists[place.table.rows_from].valid_in(spec.year)
        numbers = fixed_rows(place, numbers, len(codes))
    return RowsRead(numbers, list(remarks_on_rows(place, found)), found.reordered)


def fixed_rows(place: Located, rows: Sequence[int], count: int) -> list[int]:
    """A fixed table's rows; where codes or rows are gone, also the rows in which they should stand,
    so that what is missing can be told of its own cells. `count` is how many there should be."""
    if len(rows) >= count:
        return list(rows)
    last = place.header_row + count
    if place.last_row < len(place.sheet.rows):  # another table stands below, and may not be entered
        last = min(last, place.last_row)
    return sorted({*rows, *range(place.header_row + 1, last + 1)})
