"""Drop-downs, input messages and marks that appear as one types. Nothing that is read depends on
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, Spec
from toolkit.template import formulas
from toolkit.template.celltests import Cells, TestKind, tests_of, used
from toolkit.template.layout import Placement
from toolkit.template.style import CellStyles
from toolkit.words.cells import column_letter

ROLES: dict[TestKind, str] = {"missing": "missing", "wrong": "wrong", "question": "asked"}
TITLE_LIMIT, TEXT_LIMIT = 32, 255  # characters that Excel shows in an input message


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the rules of a sheet are written from."""

    spec: Spec
    texts: Texts
    styles: CellStyles
    placements: Mapping[str, Placement]


def add_validations(bench: Rulebook, sheet: Any, placement: Placement) -> None:
    """Every column's drop-down or rule with its input message, and the colours of what is missing
    or wrong."""
    for field in placement.table.fields:
        if field.computed is not None or (
            placement.table.kind == "fixed" and field is placement.table.fields[0]
        ):
            continue
        for part in range(field.choices):
            first, last, column = _cells(placement, field, part)
            rule = _rule(bench.spec, bench.texts, field, f"{column_letter(column)}{first}")
            sheet.data_validation(
                first - 1,
                column - 1,
                last - 1,
                column - 1,
                {**_message(bench.texts, field), **rule},
            )
    _add_colours(bench, sheet, placement)
    _show_ore(bench, sheet, placement)


def _cells(placement: Placement, field: Field, part: int) -> tuple[int, int, int]:
    if placement.rows:
        return placement.rows[field.id], placement.rows[field.id], placement.columns[field.id][0]
    return placement.first_row, placement.last_row, placement.columns[field.id][part]


def _message(texts: Texts, field: Field) -> dict[str, Any]:
    pieces = [field.help]
    pieces += [texts("inmatning.obligatoriskt")] if field.required else []
    pieces += [texts("inmatning.sarskilda")] if field.specials else []
    return {
        "input_title": _cut(field.label, TITLE_LIMIT),
        "input_message": _cut(" ".join(piece for piece in pieces if piece), TEXT_LIMIT),
        "error_title": texts("fel.rubrik"),
        "error_type": "warning",
        "ignore_blank": True,
    }


def _cut(text: str, limit: int) -> str:
    """A text that is too long for Excel, cut between words."""
    return text if len(text) <= limit else text[: limit - 1].rpartition(" ")[0] + "…"


def _rule(spec: Spec, texts: Texts, field: Field, cell: str) -> dict[str, Any]:
    if field.list is not None:
        return {
            "validate": "list",
            "source": f"=lista_{field.list}",
            "error_message": texts("fel.lista"),
        }
    if field.ref is not None:
        return {
            "validate": "list",
            "source": f"=id_{field.ref.partition('.')[0]}",
            "error_message": texts("fel.lista"),
        }
    if formulas.is_numeric(field):
        test = f"={formulas.number_test(spec, field, cell)}"
        return {
            "validate": "custom",
            "value": test,
            "error_message": _number_error(spec, texts, field),
        }
    if field.max_length is not None:
        text = texts("fel.langd", high=field.max_length)
        return {
            "validate": "length",
            "criteria": "<=",
            "value": field.max_length,
            "error_message": text,
        }
    if field.type == "id":
        column = cell.rstrip("0123456789")
        test = f"=COUNTIF(${column}:${column},{cell})=1"
        return {"validate": "custom", "value": test, "error_message": texts("fel.unik")}
    return {"validate": "any"}


def _number_error(spec: Spec, texts: Texts, field: Field) -> str:
    if field.type == "date":
        return texts("fel.datum", year=spec.year)
    if field.minimum is not None and field.maximum is not None:
        return texts("fel.mellan", low=field.minimum, high=field.maximum)
    if field.minimum is not None:
        return texts("fel.minst", low=field.minimum)
    return texts("fel.hogst", high=field.maximum) if field.maximum is not None else texts("fel.tal")


def _add_colours(bench: Rulebook, sheet: Any, placement: Placement) -> None:
    """Colours of what is missing, impossible or asked about, on every cell of the field
    concerned."""
    cells = Cells(placement, placement.first_row)
    grouped: dict[tuple[TestKind, str, int], list[str]] = {}
    for test in tests_of(bench.spec, bench.placements, cells):
        formula = f"{used(cells)}*{test.formula}" if test.in_use_only else test.formula
        grouped.setdefault((test.kind, test.field.id, test.part), []).append(formula)
    for (kind, name, part), pieces in grouped.items():
        first, last, column = _cells(placement, placement.table.by_id[name], part)
        look = {
            "type": "formula",
            "criteria": f"=({'+'.join(pieces)})>0",
            "format": bench.styles(ROLES[kind]),
        }
        sheet.conditional_format(first - 1, column - 1, last - 1, column - 1, look)


def _show_ore(bench: Rulebook, sheet: Any, placement: Placement) -> None:
    """Whole kronor are shown as such; an amount that has öre shows them, so that nothing is hidden
    by rounding."""
    for field in placement.table.fields:
        if field.type == "amount":
            first, last, column = _cells(placement, field, 0)
            cell = f"{column_letter(column)}{first}"
            test = f"=ISNUMBER({cell})*(ROUND({cell},0)<>{cell})"
            look = {"type": "formula", "criteria": test, "format": bench.styles("with_ore")}
            sheet.conditional_format(first - 1, column - 1, last - 1, column - 1, look)
