"""Writes the workbook with xlsxwriter: sheets, tables, drop-downs, checks as one types,
protection."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from toolkit.files.zip import repack
from toolkit.findings.texts import Texts
from toolkit.returns.arithmetic import Sums, compute_row
from toolkit.returns.carryover import ErrorValue
from toolkit.spec.codelists import Code
from toolkit.spec.marks import COUNTY, HIDDEN_SHEET, MARK, STATUS_MARK, VALUE_MARK, VERSION, YEAR
from toolkit.spec.model import NUMERIC, Field, SheetSpec, Spec
from toolkit.template import control, formulas, rowstatus
from toolkit.template.celltests import Cells, tests_of
from toolkit.template.control import NOT_COUNTED
from toolkit.template.layout import FIRST_COLUMN, STATUS_AFTER_FORM, Placement, place_tables
from toolkit.template.pages import set_pages_across
from toolkit.template.style import CellStyles
from toolkit.template.validation import Rulebook, add_validations
from toolkit.words.cells import column_letter, quote_sheet
from toolkit.words.cleantext import cell_text

TemplateRow = Mapping[str, object]
Content = Mapping[str, Sequence[TemplateRow]]
"""What stands in a filled-in template: rows by table id, values by field id (codes as codes,
several as a tuple, amounts as Decimal, dates as date). A form has one row; a fixed table's rows are
found by their code."""

_DAY, _FIGURE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d+(\.\d+)?")
BORDERED_ROWS = 60  # rows drawn with borders; the columns themselves are open all the way down
PROTECTION = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
    "insert_rows": True,
    "delete_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What every part of the writing needs at hand."""

    spec: Spec
    county: Code
    texts: Texts
    book: Any
    styles: CellStyles
    placements: Mapping[str, Placement]
    content: Content
    look: str = "input"


def write_template(
    spec: Spec, county: Code, texts: Texts, content: Content | None = None, *, look: str = "input"
) -> bytes:
    """The workbook for one county, blank or filled in with `content`, as xlsx bytes. `look` is the
    role of the cells that hold content: `prefilled` shows that they were carried over."""
    target = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(target, options)
    _set_properties(book, spec, county, texts)
    given = _with_county(spec, county, content or {})
    bench = Bench(spec, county, texts, book, CellStyles(book, {}), place_tables(spec), given, look)
    sheets = {sheet.id: book.add_worksheet(sheet.label) for sheet in spec.sheets}
    rowstatus.define_names(book, spec, texts, bench.placements)
    for sheet in spec.sheets:
        _WRITERS[sheet.kind](bench, sheets[sheet.id], sheet)
    _write_hidden(bench)
    sheets[spec.sheets[0].id].activate()
    book.close()
    return repack(target.getvalue())


def _set_properties(book: Any, spec: Spec, county: Code, texts: Texts) -> None:
    title = texts("egenskaper.titel", title=spec.title, year=spec.year, county=county.label)
    book.set_properties({"title": title, "author": spec.agency, "created": datetime(2021, 1, 1)})
    book.set_calc_mode("auto")


def _with_county(spec: Spec, county: Code, content: Content) -> Content:
    form = next(table for table in spec.tables.values() if table.kind == "form")
    given = dict(content.get(form.id, [{}])[0])
    for field in form.fields:
        if field.list == "lan":
            given.setdefault(field.id, county.code)
        if field.type == "year" and field.minimum == field.maximum == spec.year:
            given.setdefault(field.id, spec.year)
    return {**content, form.id: [given]}


def _write_text_sheet(bench: Bench, sheet: Any, described: SheetSpec) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 1, described.intro, bench.styles("title"))
    sheet.set_row(0, 30)
    for number, paragraph in enumerate(described.paragraphs, 1):
        heading = paragraph.startswith("# ")
        text = cell_text(paragraph.removeprefix("# "))
        sheet.write_string(number, 1, text, bench.styles("subtitle" if heading else "body"))
        sheet.set_row(number, 26 if heading else 16 * (1 + len(text) // 100))
    _set_page(bench, sheet, landscape=False)
    sheet.protect("", PROTECTION)


def _write_tables_sheet(bench: Bench, sheet: Any, described: SheetSpec) -> None:
    sheet.hide_gridlines(2)
    _set_widths(bench, sheet, described)
    for table in described.tables:
        placement = bench.placements[table.id]
        if table.kind == "form":
            _write_form(bench, sheet, placement)
        else:
            _write_table(bench, sheet, placement, described)
        add_validations(
            Rulebook(bench.spec, bench.texts, bench.styles, bench.placements), sheet, placement
        )
    first = bench.placements[described.tables[0].id]
    if len(described.tables) == 1:
        sheet.freeze_panes(first.header_row, FIRST_COLUMN)
        sheet.autofilter(
            first.header_row - 1, FIRST_COLUMN - 1, first.last_row - 1, first.last_column - 1
        )
        sheet.repeat_rows(first.header_row - 1)
        bench.book.define_name(
            f"{quote_sheet(described.label)}!_xlnm.Print_Area", f"={formulas.print_area(first)}"
        )
    _set_page(bench, sheet, landscape=True)
    set_pages_across(sheet, [bench.placements[table.id] for table in described.tables])
    sheet.protect("", PROTECTION)


def _set_widths(bench: Bench, sheet: Any, described: SheetSpec) -> None:
    widths: dict[int, int] = {}
    for table in described.tables:
        if table.kind == "form":
            widths |= {2: 30, 3: 44, 4: 60}
            continue
        placement = bench.placements[table.id]
        for field in table.fields:
            for column in placement.columns[field.id]:
                widths[column] = max(widths.get(column, 0), field.width)
    kinds = _kinds_of_columns(bench, described)
    for column, width in widths.items():
        style = (
            bench.styles.cell(kinds[column], "open") if column in kinds else bench.styles("open")
        )
        sheet.set_column(column - 1, column - 1, width, style)
    has_form = any(table.kind == "form" for table in described.tables)
    sheet.set_column(0, 0, 2 if has_form else 26, None, {"hidden": has_form})
    if has_form:
        sheet.set_column(STATUS_AFTER_FORM - 1, STATUS_AFTER_FORM - 1, 26)


def _kinds_of_columns(bench: Bench, described: SheetSpec) -> dict[int, str]:
    """Column → the type of its field, where a sheet has one table: rows below those drawn look the
    same."""
    if len(described.tables) > 1:
        return {}
    (table,) = described.tables
    columns = bench.placements[table.id].columns
    return {column: field.type for field in table.fields for column in columns[field.id]}


def _write_heading(
    bench: Bench, sheet: Any, placement: Placement, described: SheetSpec | None
) -> None:
    row = placement.key_row
    first = row == 1
    sheet.write_string(row - 1, 0, MARK + placement.table.id, bench.styles("hidden"))
    sheet.set_row(row - 1, None, None, {"hidden": True})
    sheet.write_string(
        row, 1, placement.table.label, bench.styles("title" if first else "subtitle")
    )
    sheet.set_row(row, 28)
    intro = placement.table.intro or (described.intro if described and first else "")
    carried = bench.look == "prefilled" and bench.content.get(placement.table.id)
    told = (
        f"{intro} {bench.texts('huvud.forifyllt', last_year=bench.spec.year - 1)}"
        if carried
        else intro
    )
    sheet.write_string(row + 1, 1, told.strip(), bench.styles("intro"))
    sheet.set_row(row + 1, 20)


def _write_table(bench: Bench, sheet: Any, placement: Placement, described: SheetSpec) -> None:
    _write_heading(bench, sheet, placement, described)
    sheet.set_row(placement.header_row - 1, 48)
    _write_status_heading(bench, sheet, placement)
    for field in placement.table.fields:
        mark = (
            bench.texts("huvud.obligatorisk") if field.required and field.computed is None else ""
        )
        parts = zip(placement.columns[field.id], field.keys, field.headings, strict=True)
        for number, (column, key, heading) in enumerate(parts):
            sheet.write_string(placement.key_row - 1, column - 1, key, bench.styles("hidden"))
            text = heading + (mark if number == 0 else "")
            sheet.write_string(placement.header_row - 1, column - 1, text, bench.styles("header"))
    _write_example(bench, sheet, placement)
    _write_rows(bench, sheet, placement)
    _write_row_status(bench, sheet, placement)


def _write_status_heading(bench: Bench, sheet: Any, placement: Placement) -> None:
    column = placement.status_column - 1
    if column:
        sheet.write_string(placement.key_row - 1, column, STATUS_MARK, bench.styles("hidden"))
    sheet.write_string(
        placement.header_row - 1, column, bench.texts("huvud.kontroll"), bench.styles("header")
    )


def _write_example(bench: Bench, sheet: Any, placement: Placement) -> None:
    if placement.example_row is None:
        return
    row = placement.example_row - 1
    sheet.set_row(row, 62)
    sheet.write_string(row, 0, bench.texts("huvud.exempel"), bench.styles("example"))
    for field in placement.table.fields:
        for number, column in enumerate(placement.columns[field.id]):
            value = _as_typed(field) if number == 0 else None
            _write_one(
                bench,
                sheet,
                row,
                column - 1,
                field,
                value,
                bench.styles.cell(field.type, "example"),
            )


def _as_typed(field: Field) -> object:
    """A field's example as the program holds what somebody types."""
    if field.type == "date" and _DAY.fullmatch(field.example):
        return date.fromisoformat(field.example)
    return (
        Decimal(field.example)
        if field.type in NUMERIC and _FIGURE.fullmatch(field.example)
        else field.example
    )


def _write_row_status(bench: Bench, sheet: Any, placement: Placement) -> None:
    style, column = bench.styles("status"), placement.status_column - 1
    for row in range(placement.first_row, placement.last_row + 1):
        sheet.write_formula(
            row - 1, column, f"={rowstatus.row_name(placement)}", style, NOT_COUNTED
        )


def _write_form(bench: Bench, sheet: Any, placement: Placement) -> None:
    _write_heading(bench, sheet, placement, None)
    sheet.write_string(placement.key_row - 1, 2, VALUE_MARK, bench.styles("hidden"))
    for column, name in enumerate(("huvud.uppgift", "huvud.svar", "huvud.forklaring"), 1):
        sheet.write_string(
            placement.header_row - 1, column, bench.texts(name), bench.styles("header")
        )
    _write_status_heading(bench, sheet, placement)
    tests = tests_of(bench.spec, bench.placements, Cells(placement, placement.first_row))
    given = bench.content.get(placement.table.id, [{}])[0]
    for field in placement.table.fields:
        row = placement.rows[field.id] - 1
        mark = bench.texts("huvud.obligatorisk") if field.required else ""
        sheet.write_string(row, 0, field.id, bench.styles("hidden"))
        sheet.write_string(row, 1, field.label + mark, bench.styles("label"))
        _write_value(bench, sheet, row, 2, field, given.get(field.id))
        sheet.write_string(row, 3, field.help, bench.styles("help"))
        status = rowstatus.form_status(bench.texts, tests, field.id, f"$C{row + 1}")
        sheet.write_formula(
            row, placement.status_column - 1, status, bench.styles("status"), NOT_COUNTED
        )
        sheet.set_row(row, 24)


def _write_rows(bench: Bench, sheet: Any, placement: Placement) -> None:
    given = _rows_of(bench, placement)
    drawn = max(len(given), BORDERED_ROWS)
    for index, number in enumerate(range(placement.first_row, placement.last_row + 1)[:drawn]):
        row = given[index] if index < len(given) else {}
        _write_row(bench, sheet, placement, number, row)
        if (lines := _lines(bench, placement, row)) > 1:
            sheet.set_row(number - 1, 15 * lines)


def _lines(bench: Bench, placement: Placement, row: TemplateRow) -> int:
    """Lines of text that the fullest cell of a row needs at its column's width."""
    needs = [1]
    for field in placement.table.fields:
        values = row.get(field.id)
        for value in values if isinstance(values, tuple) else (values,):
            if isinstance(value, str):
                needs.append(1 + len(_shown(bench, field, value)) // max(1, field.width - 3))
    return min(12, max(needs))


def _rows_of(bench: Bench, placement: Placement) -> list[TemplateRow]:
    rows = list(bench.content.get(placement.table.id, ()))
    if placement.table.kind == "list":
        return rows
    key = placement.table.fields[0].id
    by_code = {row.get(key): row for row in rows}
    codes = bench.spec.lists[placement.table.rows_from or ""].valid_in(bench.spec.year)
    return [{**by_code.get(code.code, {}), key: code.code} for code in codes]


def _write_row(
    bench: Bench, sheet: Any, placement: Placement, number: int, row: TemplateRow
) -> None:
    table = placement.table
    sums = Sums(lambda name, field: [other.get(field) for other in bench.content.get(name, ())])
    results = compute_row(table, row, sums)
    for field in table.fields:
        column = placement.columns[field.id][0] - 1
        if field.computed is not None:
            formula = formulas.computed_formula(bench.placements, placement, field, number)
            sheet.write_formula(
                number - 1, column, formula, _computed_style(bench), float(results[field.id])
            )
        elif table.kind == "fixed" and field is table.fields[0]:
            sheet.write_string(
                number - 1, column, _shown(bench, field, row.get(field.id)), bench.styles("fixed")
            )
        else:
            _write_value(bench, sheet, number - 1, column, field, row.get(field.id))


def _computed_style(bench: Bench) -> Any:
    return bench.styles.cell("amount", "fixed")


def _write_value(
    bench: Bench, sheet: Any, row: int, column: int, field: Field, value: object
) -> None:
    style = bench.styles.cell(field.type, _look(bench, value))
    for part, one in enumerate(_by_column(bench, field, value)):
        _write_one(bench, sheet, row, column + part, field, one, style)


def _by_column(bench: Bench, field: Field, value: object) -> list[object]:
    """What stands in each of a field's columns; answers that have no column of their own share the
    last."""
    values = list(value) if isinstance(value, tuple) else [value]
    if len(values) > field.choices:
        rest = "; ".join(_shown(bench, field, one) for one in values[field.choices - 1 :])
        values = [*values[: field.choices - 1], rest]
    return values + [None] * (field.choices - len(values))


def _look(bench: Bench, value: object) -> str:
    return "input" if value in (None, "") else bench.look


def _write_one(
    bench: Bench, sheet: Any, row: int, column: int, field: Field, value: object, style: Any
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | Decimal | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, ErrorValue):
        sheet.write_formula(row, column, f"={value}", style, str(value))
    else:
        sheet.write_string(row, column, cell_text(_shown(bench, field, value)), style)


def _shown(bench: Bench, field: Field, value: object) -> str:
    if field.list is None:
        return str(value)
    code = bench.spec.lists[field.list].by_code.get(str(value))
    return code.shown if code else str(value)


def _write_lists_sheet(bench: Bench, sheet: Any, described: SheetSpec) -> None:
    sheet.write_string(0, 0, described.intro, bench.styles("title"))
    sheet.set_row(0, 28)
    used = {
        field.list: field
        for table in bench.spec.tables.values()
        for field in table.fields
        if field.list
    }
    for column, (name, field) in enumerate(used.items()):
        codelist = bench.spec.lists[name]
        codes = bench.spec.codes_for(field, bench.county.code)
        sheet.set_column(column, column, 40)
        sheet.write_string(2, column, codelist.label, bench.styles("header"))
        sheet.write_string(3, column, codelist.help, bench.styles("help"))
        for row, code in enumerate(codes, 4):
            sheet.write_string(row, column, code.shown, bench.styles("body"))
        letter = column_letter(column + 1)
        area = f"={quote_sheet(described.label)}!${letter}$5:${letter}${4 + len(codes)}"
        bench.book.define_name(f"lista_{name}", area)
    sheet.set_row(3, 64)
    sheet.freeze_panes(3, 0)
    _set_page(bench, sheet, landscape=True)
    sheet.protect("", PROTECTION)


def _write_control_sheet(bench: Bench, sheet: Any, described: SheetSpec) -> None:
    control.write_control(bench.spec, bench.texts, bench.styles, sheet, described, bench.placements)
    _set_page(bench, sheet, landscape=False)
    sheet.protect("", PROTECTION)


def _write_hidden(bench: Bench) -> None:
    sheet = bench.book.add_worksheet(HIDDEN_SHEET)
    facts = [
        (YEAR, str(bench.spec.year)),
        (VERSION, bench.spec.version),
        (COUNTY, bench.county.code),
    ]
    facts += [(MARK + name, place.sheet) for name, place in bench.placements.items()]
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
    for name, place in bench.placements.items():
        _define_ids(bench, name, place)


def _define_ids(bench: Bench, name: str, place: Placement) -> None:
    """Ids that other tables refer to, as a list that grows with the rows."""
    if place.table.kind == "list" and place.table.key_field is not None:
        area = place.area(place.table.key_field.id)
        start = area.split(":", maxsplit=1)[0]
        bench.book.define_name(f"id_{name}", f"=OFFSET({start},0,0,MAX(1,COUNTA({area})),1)")


def _set_page(bench: Bench, sheet: Any, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(
        bench.texts(
            "sidhuvud", title=bench.spec.title, year=bench.spec.year, county=bench.county.label
        )
    )
    sheet.set_footer(bench.texts("sidfot"))


_WRITERS = {
    "text": _write_text_sheet,
    "tables": _write_tables_sheet,
    "lists": _write_lists_sheet,
    "control": _write_control_sheet,
}
