"""Drop-downs, input messages and marks that appear as one types. Nothing that is read depends on
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, Spec
from toolkit.template import formulas
from toolkit.template.celltests import if_error, tests_of, used
from toolkit.template.cellvalues import is_numeric
from toolkit.template.layout import Placement
from toolkit.template.style import CellStyles
from toolkit.template.tested import Cells, TestKind
from toolkit.words.amounts import format_as_is
from toolkit.words.cells import column_letter
from toolkit.words.excel_texts import fitting

ROLES: dict[TestKind, str] = {"missing": "missing", "wrong": "wrong", "question": "asked"}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the rules of a sheet are written from."""

    spec: Spec
    texts: Texts
    styles: CellStyles
    placements: Mapping[str, Placement]


Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 0, as xlsxwriter does."""


def add_validations(bench: Rulebook, sheet: Worksheet, placement: Placement) -> None:
    """Every column's drop-down or rule with its input message, and the colours of what is missing
    or wrong."""
    table = placement.table
    for field in table.fields:
        if field.computed is None and field is not table.given_field:
            for part, _ in enumerate(placement.columns[field.id]):
                area = _area(placement, field, part)
                rule = _rule(bench.spec, bench.texts, field, _first_cell(area))
                sheet.data_validation(*area, fitting({**_message(bench.texts, field), **rule}))
    _add_colours(bench, sheet, placement)
    _show_ore(bench, sheet, placement)


def _area(placement: Placement, field: Field, part: int = 0) -> Area:
    """The cells of one of a field's columns; a form has one line for each field."""
    if placement.rows:
        row, column = placement.rows[field.id] - 1, placement.columns[field.id][0] - 1
        return row, column, row, column
    column = placement.columns[field.id][part] - 1
    return placement.first_row - 1, column, placement.last_row - 1, column


def _first_cell(area: Area) -> str:
    """The cell that a rule is written for: Excel moves the reference along with each cell."""
    return f"{column_letter(area[1] + 1)}{area[0] + 1}"


def _message(texts: Texts, field: Field) -> dict[str, Any]:
    """What Excel shows beside the cell that one stands in. `warning` lets a value stand that the
    rule does not know: a county is never kept from writing what is true, the check asks it."""
    pieces = [field.help]
    if field.required:
        pieces.append(texts("inmatning.obligatoriskt"))
    if field.specials:
        pieces.append(texts("inmatning.sarskilda"))
    return {
        "input_title": field.label,
        "input_message": " ".join(piece for piece in pieces if piece),
        "error_title": texts("fel.rubrik"),
        "error_type": "warning",
        "ignore_blank": True,
    }


def _rule(spec: Spec, texts: Texts, field: Field, cell: str) -> dict[str, Any]:
    """What Excel lets stand in a cell as it is typed. A cell has one rule only, so the most telling
    one is taken; what is pasted goes past all of them, which is why the check judges anew."""
    if field.list is not None:
        return _drop_down(texts, f"=lista_{field.list}")
    if field.ref is not None:
        return _drop_down(texts, f"=id_{field.ref.partition('.')[0]}")
    if is_numeric(field):
        test = f"={formulas.number_test(spec, field, cell)}"
        return _custom(test, _number_error(spec, texts, field))
    if field.max_length is not None:
        told = {"error_message": texts("fel.langd", high=field.max_length)}
        return {"validate": "length", "criteria": "<=", "value": field.max_length, **told}
    if field.type == "id":
        column = cell.rstrip("0123456789")  # the whole column: rows may be added below
        return _custom(f"=COUNTIF(${column}:${column},{cell})=1", texts("fel.unik"))
    return {"validate": "any"}


def _drop_down(texts: Texts, source: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "error_message": texts("fel.lista")}


def _custom(test: str, message: str) -> dict[str, Any]:
    return {"validate": "custom", "value": test, "error_message": message}


def _number_error(spec: Spec, texts: Texts, field: Field) -> str:
    if field.type == "date":
        return texts("fel.datum", year=spec.year)
    low, high = (_limit(field, bound) for bound in (field.minimum, field.maximum))
    if low and high:
        return texts("fel.mellan", low=low, high=high)
    if low:
        return texts("fel.minst", low=low)
    if high:
        return texts("fel.hogst", high=high)
    return texts("fel.tal")


def _limit(field: Field, bound: Decimal | None) -> str:
    """A bound as it is read; a year's thousands are not told apart."""
    if bound is None:
        return ""
    return str(bound) if field.type == "year" else format_as_is(bound)


def _add_colours(bench: Rulebook, sheet: Worksheet, placement: Placement) -> None:
    """Colours of what is missing, impossible or asked about, on every cell of the field
    concerned. Where several rules of a cell hold, Excel takes the colour of the first."""
    cells = Cells(placement, placement.first_row)
    grouped: dict[tuple[TestKind, str, int], list[str]] = {}
    for test in tests_of(bench.spec, bench.placements, cells):
        formula = f"{used(cells)}*{test.formula}" if test.in_use_only else test.formula
        grouped.setdefault((test.kind, test.field.id, test.part), []).append(formula)
    for (kind, name, part), pieces in grouped.items():
        area = _area(placement, placement.table.by_id[name], part)
        any_of_them = f"IFERROR({'+'.join(pieces)},{if_error(kind)})>0"
        _colour(sheet, area, f"={any_of_them}", bench.styles(ROLES[kind]))


def _colour(sheet: Worksheet, area: Area, test: str, style: Format) -> None:
    look = {"type": "formula", "criteria": test, "format": style}
    sheet.conditional_format(*area, look)


def _show_ore(bench: Rulebook, sheet: Worksheet, placement: Placement) -> None:
    """Whole kronor are shown as such; an amount that has öre shows them, so that nothing is hidden
    by rounding."""
    for field in placement.table.fields:
        if field.type == "amount":
            area = _area(placement, field)
            cell = _first_cell(area)
            test = f"=ISNUMBER({cell})*(ROUND({cell},0)<>{cell})"
            _colour(sheet, area, test, bench.styles("with_ore"))
