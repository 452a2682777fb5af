"""The spec's arithmetic and rules as formulas that Excel and LibreOffice both understand."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.spec.model import Field, Spec
from toolkit.template.cellvalues import bounds, number
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
    plus = "+".join(_amount(placement, name, row) for name in rule.plus)
    minus = "".join(f"-{_amount(placement, name, row)}" for name in rule.minus)
    return f"={plus}{minus}"


def _amount(placement: Placement, name: str, row: int) -> str:
    """A cell's number, also where it is written as a text; nought of any other text, such as u.s.,
    where a plain sum would be an error."""
    cell = _cell(placement, name, row)
    if placement.table.by_id[name].computed is not None:
        return f"N({cell})"
    return f"IF(ISTEXT({cell}),IFERROR(1*{number(cell)},0),N({cell}))"


def _sum_of(
    placements: Placements, placement: Placement, target: str, where: Mapping[str, str], row: int
) -> str:
    """SUMIFS for rows where the county wrote the code alone, where the code with its label, and
    where the label alone. `1*` alone would take `10` and `11` for the code `1` too. Of all rows
    where nothing is said of which."""
    table, _, name = target.partition(".")
    far = placements[table]
    if not where:
        return f"SUM({far.area(name)})"
    pieces = []
    for written in _WRITTEN:
        tests = (
            f"{far.area(there)},{written.format(_cell(placement, here, row))}"
            for there, here in where.items()
        )
        pieces.append(f"SUMIFS({far.area(name)},{','.join(tests)})")
    return "+".join(pieces)


_CODE = 'LEFT({0},FIND(" – ",{0}&" – ")-1)'
_WRITTEN = (_CODE, _CODE + '&" *"', 'IFERROR(MID({0},FIND(" – ",{0})+3,255),CHAR(1))')
"""How a row's code may be written on the rows of another table: alone, with its label, or as the
label. Where a row has no label itself, a sign stands for it that no cell can hold."""


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
