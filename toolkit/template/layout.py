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

FIRST_COLUMN = 2  # column A holds the keys of tables, and says what a row lacks
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
        return max(map(max, self.columns.values()))

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
    has_form = any(other.kind == "form" for other in sheet.tables)
    example = row + 3 if table.kind == "list" else None
    header = row + 3 if example is None else row + 4
    return Placement(
        table=table, sheet=sheet.label, key_row=row, example_row=example, header_row=header,
        first_row=header + 1, last_row=header + _row_count(spec, table),
        columns=_columns(table), status_column=STATUS_AFTER_FORM if has_form else 1,
    )  # fmt: skip


def _row_count(spec: Spec, table: TableSpec) -> int:
    """How many rows a table has: all that a list may hold, or one for each valid code."""
    if table.rows_from is None:
        return table.capacity
    return len(spec.lists[table.rows_from].valid_in(spec.year))


def _place_form(sheet: SheetSpec, table: TableSpec, row: int) -> Placement:
    """A form's headings stand above its first line, its answers in one column."""
    first = row + 4
    rows = {item.id: first + index for index, item in enumerate(table.fields)}
    return Placement(
        table=table, sheet=sheet.label, key_row=row, example_row=None, header_row=row + 3,
        first_row=first, last_row=first + len(rows) - 1,
        columns=dict.fromkeys(rows, (VALUE_COLUMN,)), rows=rows, status_column=STATUS_AFTER_FORM,
    )  # fmt: skip


def _columns(table: TableSpec) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    next_column = FIRST_COLUMN
    for item in table.fields:
        columns[item.id] = tuple(range(next_column, next_column + item.choices))
        next_column += item.choices
    return columns
