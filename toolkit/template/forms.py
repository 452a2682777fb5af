"""A form: one record, a field a line, with its explanation beside it."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from toolkit.spec.marks import VALUE_MARK
from toolkit.spec.model import Field
from toolkit.template import rowstatus
from toolkit.template.bench import Bench
from toolkit.template.celltests import tests_of
from toolkit.template.controlled import NOT_COUNTED
from toolkit.template.layout import VALUE_COLUMN, Placement
from toolkit.template.tables import write_heading, write_status_heading
from toolkit.template.tested import Cells, CellTest
from toolkit.template.values import write_field
from toolkit.words.cells import column_letter

_ANSWERS = 1  # columns, also of a field that takes several answers
_HEADINGS = ("huvud.uppgift", "huvud.svar", "huvud.forklaring")


def write_form(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    """All lines of a form, blank or with what is given of it."""
    write_heading(bench, sheet, placement, placement.table.intro)
    sheet.write_string(placement.key_row - 1, VALUE_COLUMN - 1, VALUE_MARK, bench.styles("hidden"))
    for column, name in enumerate(_HEADINGS, 1):
        heading = bench.texts(name)
        sheet.write_string(placement.header_row - 1, column, heading, bench.styles("header"))
    write_status_heading(bench, sheet, placement)
    tests = tests_of(bench.spec, bench.placements, Cells(placement, placement.first_row))
    given = bench.content.get(placement.table.id, [{}])[0]
    for field in placement.table.fields:
        _write_line(bench, sheet, placement, field, given.get(field.id))
        _write_status(bench, sheet, placement, field, tests)


def _write_line(
    bench: Bench, sheet: Worksheet, placement: Placement, field: Field, value: object
) -> None:
    row = placement.rows[field.id] - 1
    mark = bench.texts("huvud.obligatorisk") if field.required else ""
    sheet.write_string(row, 0, field.id, bench.styles("hidden"))
    sheet.write_string(row, 1, field.label + mark, bench.styles("label"))
    write_field(bench, sheet, (row, VALUE_COLUMN - 1), _ANSWERS, field, value)
    sheet.write_string(row, VALUE_COLUMN, field.help, bench.styles("help"))
    sheet.set_row(row, 24)


def _write_status(
    bench: Bench, sheet: Worksheet, placement: Placement, field: Field, tests: Sequence[CellTest]
) -> None:
    """What the line's answer lacks, live."""
    row, column = placement.rows[field.id] - 1, placement.status_column - 1
    answer = f"${column_letter(VALUE_COLUMN)}{row + 1}"
    formula = rowstatus.form_status(bench.texts, tests, field.id, answer)
    sheet.write_formula(row, column, formula, bench.styles("status"), NOT_COUNTED)
