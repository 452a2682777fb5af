"""The spec's arithmetic and rules as formulas that Excel and LibreOffice both understand."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.spec.model import NUMERIC, Field, Spec
from toolkit.template.layout import Placement
from toolkit.words.cells import column_letter, quote_sheet

SPARE_ROWS = 15  # rows that print although they are empty

Placements = Mapping[str, Placement]


def computed_formula(placements: Placements, placement: Placement, field: Field, row: int) -> str:
    """A computed field's formula on one row."""
    rule = field.computed
    assert rule is not None
    if rule.sum_of is not None:
        return "=" + _sum_of(placements, placement, rule.sum_of, rule.where, row)
    # N makes 0 of a text, such as u.s., where a plain sum would be an error.
    plus = "+".join(f"N({_cell(placement, name, row)})" for name in rule.plus)
    minus = "".join(f"-N({_cell(placement, name, row)})" for name in rule.minus)
    return f"={plus}{minus}"


def _sum_of(
    placements: Placements, placement: Placement, target: str, where: Mapping[str, str], row: int
) -> str:
    """SUMIFS twice: rows where the county wrote the code alone, and where the code with its
    label. `1*` alone would take `10` and `11` for the code `1` too. Of all rows where nothing
    is said of which."""
    table, _, name = target.partition(".")
    far = placements[table]
    if not where:
        return f"SUM({far.area(name)})"
    pieces = []
    for ending in ("", '&" – *"'):
        tests = (
            f"{far.area(there)},{_code(placement, here, row)}{ending}"
            for there, here in where.items()
        )
        pieces.append(f"SUMIFS({far.area(name)},{','.join(tests)})")
    return "+".join(pieces)


def _code(placement: Placement, name: str, row: int) -> str:
    cell = _cell(placement, name, row)
    return f'LEFT({cell},FIND(" – ",{cell}&" – ")-1)'


def _cell(placement: Placement, name: str, row: int) -> str:
    return f"${column_letter(placement.columns[name][0])}{row}"


def print_area(placement: Placement) -> str:
    """The rows that are filled in and a few more, so that a list of thousands prints on few
    pages."""
    sheet, key = quote_sheet(placement.sheet), placement.area(placement.table.fields[0].id)
    # SUMPRODUCT around MAX: a defined name has no braces to make an array formula of it.
    rows = f'MAX({placement.first_row + SPARE_ROWS - 1},SUMPRODUCT(MAX(({key}<>"")*ROW({key}))))'
    return f"OFFSET({sheet}!$A$1,0,0,{rows},{placement.last_column})"


def number_test(spec: Spec, field: Field, cell: str) -> str:
    """Whether a cell holds a number within the field's bounds, or an accepted special answer."""
    tests = [f"ISNUMBER({cell})"]
    if field.type in {"integer", "year"}:
        # N makes 0 of a text, of which MOD would make an error: AND counts all of its parts.
        tests.append(f"MOD(N({cell}),1)=0")
    low, high = bounds(field)
    tests += [f"{cell}>={low}"] if low else []
    tests += [f"{cell}<={high}"] if high else []
    inside = f"AND({','.join(tests)})"
    if not field.specials:
        return inside
    return f'OR({inside},LOWER({cell})="{spec.unknown}",LOWER({cell})="{spec.not_applicable}")'


def bounds(field: Field) -> tuple[str | None, str | None]:
    """The bounds as a formula writes them; dates as DATE(y,m,d)."""
    return _bound(field, field.minimum), _bound(field, field.maximum)


def _bound(field: Field, value: object) -> str | None:
    if value is None:
        return None
    text = str(value)
    return f"DATE({text[:4]},{int(text[4:6])},{int(text[6:8])})" if field.type == "date" else text


def is_numeric(field: Field) -> bool:
    """Whether the field's cells hold numbers (dates are numbers to a formula)."""
    return field.type in NUMERIC or field.type == "date"
