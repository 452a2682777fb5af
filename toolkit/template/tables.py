"""A sheet with tables: lists that a county fills in row by row, and tables with given rows.

Written as `layout` places them: hidden keys, heading, example, column headings, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.returns.arithmetic import Sums, compute_row
from toolkit.spec.marks import MARK, STATUS_MARK
from toolkit.spec.model import Field, SheetSpec, TableSpec
from toolkit.template import formulas, rowstatus
from toolkit.template.bench import Bench, TemplateRow
from toolkit.template.controlled import NOT_COUNTED
from toolkit.template.formula_sheet import FormulaSheet
from toolkit.template.layout import STATUS_AFTER_FORM, Placement
from toolkit.template.values import as_shown, as_typed, write_field, write_value

BORDERED_ROWS = 60  # rows drawn with borders; the columns themselves are open all the way down
_FORM_WIDTHS = {2: 30, 3: 44, 4: 60}  # the columns of heading, answer and help
_STATUS_WIDTH = 26
_MOST_LINES = 12  # of 15 points; the rest of a long text is read in the cell itself


def set_widths(bench: Bench, sheet: FormulaSheet, described: SheetSpec) -> None:
    """The columns' widths, and the looks of the rows below those that are drawn."""
    kinds = _kinds_of_columns(bench, described)
    for column, width in _widths(bench, described).items():
        style = bench.styles("open")
        if column in kinds:
            style = bench.styles.cell(kinds[column], "open")
        sheet.set_column(column - 1, column - 1, width, style)
    if any(table.kind == "form" for table in described.tables):
        # A form's field keys stand in column A: nothing there is for the county.
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        sheet.set_column(STATUS_AFTER_FORM - 1, STATUS_AFTER_FORM - 1, _STATUS_WIDTH)
    else:
        sheet.set_column(0, 0, _STATUS_WIDTH, None, {"hidden": False})
    if is_list_alone(described.tables):
        _unlock_rows(bench, sheet, max(_widths(bench, described)))


def is_list_alone(tables: Sequence[TableSpec]) -> bool:
    """Whether a sheet is one list, whose rows a county may delete, and paste whole. Excel does
    neither where any cell of a row is locked, an empty one far to the right too."""
    return len(tables) == 1 and tables[0].kind == "list"


def _unlock_rows(bench: Bench, sheet: FormulaSheet, last: int) -> None:
    """The column of the rows' status, and all that stand beyond the table's own."""
    sheet.set_column(0, 0, _STATUS_WIDTH, bench.styles("open_status"))
    sheet.set_columns_from(last, bench.styles("open"))


def _widths(bench: Bench, described: SheetSpec) -> dict[int, int]:
    """Each column's width: the widest that any table of the sheet asks for; a form's own go before
    those of the tables above it."""
    widths: dict[int, int] = {}
    for table in described.tables:
        if table.kind == "form":
            widths |= _FORM_WIDTHS
            continue
        columns = bench.placements[table.id].columns
        for field in table.fields:
            for column in columns[field.id]:
                widths[column] = max(widths.get(column, 0), field.width)
    return widths


def _kinds_of_columns(bench: Bench, described: SheetSpec) -> dict[int, str]:
    """Column → the type of its field, where a sheet has one table: rows below those drawn look the
    same."""
    if len(described.tables) > 1:
        return {}
    (table,) = described.tables
    columns = bench.placements[table.id].columns
    kinds: dict[int, str] = {}
    for field in table.fields:
        kinds |= dict.fromkeys(columns[field.id], field.type)
    return kinds


def write_heading(bench: Bench, sheet: Worksheet, placement: Placement, intro: str) -> None:
    """The hidden row of keys, the table's name, and what is said of it below the name."""
    key, row = placement.key_row - 1, placement.key_row
    style = bench.styles("subtitle" if key else "title")
    sheet.write_string(key, 0, MARK + placement.table.id, bench.styles("hidden"))
    sheet.set_row(key, None, None, {"hidden": True})
    sheet.write_string(row, 1, placement.table.label, style)
    sheet.set_row(row, 28)
    told = f"{intro} {_carried(bench, placement)}".strip()
    sheet.write_string(row + 1, 1, told, bench.styles("intro"))
    sheet.set_row(row + 1, 20)


def _carried(bench: Bench, placement: Placement) -> str:
    """What is said of a table that holds last year's values; nothing of others."""
    if placement.table.id not in bench.carried:
        return ""
    return bench.texts("huvud.forifyllt", last_year=bench.spec.year - 1)


def write_table(bench: Bench, sheet: Worksheet, placement: Placement, intro: str) -> None:
    """A list or a table with given rows; `intro` is said of it where it has no words of its own."""
    write_heading(bench, sheet, placement, placement.table.intro or intro)
    sheet.set_row(placement.header_row - 1, 48)
    write_status_heading(bench, sheet, placement)
    for field in placement.table.fields:
        _write_column_heading(bench, sheet, placement, field)
    _write_example(bench, sheet, placement)
    _write_rows(bench, sheet, placement)
    _write_row_status(bench, sheet, placement)


def _write_column_heading(
    bench: Bench, sheet: Worksheet, placement: Placement, field: Field
) -> None:
    """The key and the heading of each of a field's columns; an asterisk on the first where
    something must stand."""
    hidden, header = bench.styles("hidden"), bench.styles("header")
    headings = list(field.headings)
    if field.required and field.computed is None:
        headings[0] += bench.texts("huvud.obligatorisk")
    columns = placement.columns[field.id]
    for column, key, heading in zip(columns, field.keys, headings, strict=True):
        sheet.write_string(placement.key_row - 1, column - 1, key, hidden)
        sheet.write_string(placement.header_row - 1, column - 1, heading, header)


def write_status_heading(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    """The heading above the words on what a row lacks, with its key; in column A the table's own
    key already stands."""
    column, heading = placement.status_column - 1, bench.texts("huvud.kontroll")
    if column:
        sheet.write_string(placement.key_row - 1, column, STATUS_MARK, bench.styles("hidden"))
    sheet.write_string(placement.header_row - 1, column, heading, bench.styles("header"))


def _write_example(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    if placement.example_row is None:
        return
    row = placement.example_row - 1
    sheet.set_row(row, 62)
    sheet.write_string(row, 0, bench.texts("huvud.exempel"), bench.styles("example"))
    for field in placement.table.fields:
        style = bench.styles.cell(field.type, "example")
        value = as_typed(field)
        for column in placement.columns[field.id]:
            write_value(bench.spec, sheet, (row, column - 1), field, value, style)
            value = None  # a field with several columns has its example in the first


def _write_row_status(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    is_open = is_list_alone(bench.spec.sheet_of[placement.table.id].tables)
    style = bench.styles("open_status" if is_open else "status")
    column = placement.status_column - 1
    formula = f"={rowstatus.row_name(placement)}"
    # On every row that a list may hold: rows are filled in below those that are drawn too.
    for row in range(placement.first_row, placement.last_row + 1):
        sheet.write_formula(row - 1, column, formula, style, NOT_COUNTED)


def _write_rows(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    given = _rows_of(bench, placement.table)
    drawn = max(len(given), BORDERED_ROWS)
    sums = Sums(bench.spec.tables, lambda *name: _column(bench, *name))
    for index, number in enumerate(range(placement.first_row, placement.last_row + 1)[:drawn]):
        row = given[index] if index < len(given) else {}
        results = compute_row(placement.table, row, sums)
        _write_row(bench, sheet, placement, number, row, results)
        lines = _lines(bench, placement.table, row)
        if lines > 1:
            sheet.set_row(number - 1, 15 * lines)


def _lines(bench: Bench, table: TableSpec, row: TemplateRow) -> int:
    """Lines of text that the fullest cell of a row needs at its column's width."""
    needs = 1
    for field in table.fields:
        values = row.get(field.id)
        for value in values if isinstance(values, tuple) else (values,):
            if isinstance(value, str):
                letters = len(as_shown(bench.spec, field, value))
                needs = max(needs, 1 + letters // max(1, field.width - 3))
    return min(_MOST_LINES, needs)


def _rows_of(bench: Bench, table: TableSpec) -> list[TemplateRow]:
    """The rows that are written: those of the content, or one for each code that is valid."""
    rows = list(bench.content.get(table.id, ()))
    if table.kind == "list":
        return rows
    key = table.fields[0].id
    by_code = {row.get(key): row for row in rows}
    codes = bench.spec.lists[table.rows_from or ""].valid_in(bench.spec.year)
    return [{**by_code.get(code.code, {}), key: code.code} for code in codes]


def _write_row(
    bench: Bench, sheet: Worksheet, placement: Placement, number: int,
    row: TemplateRow, results: Mapping[str, Decimal],
) -> None:  # fmt: skip
    """One row, `number` counted from 1, and its computed values. A formula is written with its
    result (as Excel holds it, in floating point), since a reader and the preview of a mail program
    see what is saved and count nothing."""
    table, fixed = placement.table, bench.styles("fixed")
    for field in table.fields:
        place = (number - 1, placement.columns[field.id][0] - 1)
        if field.computed is not None:
            formula = formulas.computed_formula(bench.placements, placement, field, number)
            sheet.write_formula(*place, formula, _computed(bench), float(results[field.id]))
        elif table.kind == "fixed" and field is table.fields[0]:
            sheet.write_string(*place, as_shown(bench.spec, field, row.get(field.id)), fixed)
        else:
            columns = len(placement.columns[field.id])
            write_field(bench, sheet, place, columns, field, row.get(field.id))


def _column(bench: Bench, table: str, field: str) -> list[object]:
    described = bench.spec.tables[table]
    # Of a table with given rows also those that nothing stands in yet: their codes do.
    rows = _rows_of(bench, described) if described.kind == "fixed" else bench.content.get(table, ())
    return [row.get(field) for row in rows]


def _computed(bench: Bench) -> Format:
    return bench.styles.cell("amount", "fixed")
