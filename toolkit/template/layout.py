"""Where everything stands in the template. All of it follows from the spec.

A list stands so: hidden key row (`lr:<table>` in column A, field keys above the columns), title,
intro, example, headings, then the rows. The key row moves with its columns, so that the reader
finds them however a county rearranges the sheet. Sorting and filtering start at the headings and
never touch the example. A form has its field keys in the hidden column A, one a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.words.cells import column_letter, quote_sheet

FIRST_COLUMN = 2
VALUE_COLUMN = 3
STATUS_AFTER_FORM = 5
GAP = 2  # empty rows between two tables on a sheet


@dataclass(frozen=True, slots=True)
class Placement:
    """A table's place on its sheet; rows and columns counted from 1, both ends included.

    `columns` holds each field's columns, `rows` each field's row in a form. In `status_column` a
    row says what it lacks: before the rows of a list, after everything on a sheet with a form."""

    table: TableSpec
    sheet: str
    key_row: int
    example_row: int | None
    header_row: int
    first_row: int
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    rows: Mapping[str, int] = field(default_factory=dict)
    status_column: int = 1

    @property
    def last_column(self) -> int:
        """The rightmost column."""
        return max(column for places in self.columns.values() for column in places)

    def area(self, name: str, part: int = 0) -> str:
        """A field's cells as an absolute reference with its sheet: `Ekonomi!$K$6:$K$3005`."""
        letter = column_letter(self.columns[name][part])
        return f"{quote_sheet(self.sheet)}!${letter}${self.first_row}:${letter}${self.last_row}"


def place_tables(spec: Spec) -> dict[str, Placement]:
    """Every table's place, by table id."""
    placements: dict[str, Placement] = {}
    for sheet in spec.sheets:
        row = 1
        for table in sheet.tables:
            placement = _place(spec, sheet, table, row)
            placements[table.id] = placement
            row = placement.last_row + 1 + GAP
    return placements


def _place(spec: Spec, sheet: SheetSpec, table: TableSpec, row: int) -> Placement:
    if table.kind == "form":
        return _place_form(sheet, table, row)
    example = row + 3 if table.kind == "list" else None
    header = row + 4 if example else row + 3
    status = STATUS_AFTER_FORM if any(other.kind == "form" for other in sheet.tables) else 1
    count = (
        table.capacity
        if table.kind == "list"
        else len(spec.lists[table.rows_from or ""].valid_in(spec.year))
    )
    return Placement(
        table,
        sheet.label,
        row,
        example,
        header,
        header + 1,
        header + count,
        _columns(table),
        status_column=status,
    )


def _place_form(sheet: SheetSpec, table: TableSpec, row: int) -> Placement:
    first = row + 4
    rows = {item.id: first + index for index, item in enumerate(table.fields)}
    columns = {item.id: (VALUE_COLUMN,) for item in table.fields}
    return Placement(
        table,
        sheet.label,
        row,
        None,
        row + 3,
        first,
        first + len(rows) - 1,
        columns,
        rows,
        STATUS_AFTER_FORM,
    )


def _columns(table: TableSpec) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    next_column = FIRST_COLUMN
    for item in table.fields:
        columns[item.id] = tuple(range(next_column, next_column + item.choices))
        next_column += item.choices
    return columns
