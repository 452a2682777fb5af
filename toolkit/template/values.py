"""A value into a cell: as its type asks for, over a field's columns, a code with its name."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.returns.carryover import ErrorValue
from toolkit.spec.model import NUMERIC, Field, Spec
from toolkit.template.bench import Bench
from toolkit.words.cleantext import cell_text

# How an example is written in the spec, whose words are texts all of them.
_DAY, _FIGURE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d+(\.\d+)?")


def write_field(
    bench: Bench, sheet: Worksheet, place: tuple[int, int], columns: int,
    field: Field, value: object,
) -> None:  # fmt: skip
    """A field's value in all of its columns, of which a form has one for whatever it asks for;
    `place` is the row and the first column, counted from 0."""
    row, column = place
    blank = value is None or value == ""
    style = bench.styles.cell(field.type, "input" if blank else bench.look)
    for part, one in enumerate(_by_column(bench.spec, field, columns, value)):
        write_value(bench.spec, sheet, (row, column + part), field, one, style)


def write_value(
    spec: Spec, sheet: Worksheet, place: tuple[int, int], field: Field, value: object, style: Format
) -> None:
    """One value in one cell, `place` being its row and column counted from 0. An empty cell is
    written too, so that its style is there."""
    if value is None or value == "":
        sheet.write_blank(*place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | Decimal | float):
        sheet.write_number(*place, value, style)
    elif isinstance(value, ErrorValue):
        sheet.write_formula(*place, f"={value}", style, str(value))
    else:
        sheet.write_string(*place, cell_text(as_shown(spec, field, value)), style)


def _by_column(spec: Spec, field: Field, columns: int, value: object) -> list[object]:
    """What stands in each of a field's columns; answers that have no column of their own share the
    last."""
    values = list(value) if isinstance(value, tuple) else [value]
    if len(values) > columns:
        values = [one for one in values if one not in (None, "")]
    if len(values) > columns:
        own = columns - 1
        rest = "; ".join(as_shown(spec, field, one) for one in values[own:])
        values = [*values[:own], rest]
    return values + [None] * (columns - len(values))


def as_shown(spec: Spec, field: Field, value: object) -> str:
    """A value in words; a code with its name, as in the drop-down."""
    if field.list is None:
        return str(value)
    code = spec.lists[field.list].by_code.get(str(value))
    return code.shown if code else str(value)


def as_typed(field: Field) -> object:
    """A field's example as the program holds what somebody types."""
    written = field.example
    if field.type == "date" and _DAY.fullmatch(written):
        return date.fromisoformat(written)
    if field.type in NUMERIC and _FIGURE.fullmatch(written):
        return Decimal(written)
    return written
