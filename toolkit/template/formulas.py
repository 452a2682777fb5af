"""The spec's arithmetic and rules as formulas that Excel and LibreOffice both understand."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.cells import column_letter, quote_sheet
from toolkit.spec import NUMERIC, Field, Spec
from toolkit.template.layout import Placement

Placements = Mapping[str, Placement]


def computed_formula(placements: Placements, placement: Placement, field: Field, row: int) -> str:
    """A computed field's formula on one row."""
    rule = field.computed
    assert rule is not None
    if rule.sum_of is not None:
        return "=" + _sum_of(placements, placement, rule.sum_of, rule.where, row)
    plus = "+".join(f"N({_cell(placement, name, row)})" for name in rule.plus)
    minus = "".join(f"-N({_cell(placement, name, row)})" for name in rule.minus)
    return f"={plus}{minus}"


def _sum_of(placements: Placements, placement: Placement, target: str, where: Mapping[str, str], row: int) -> str:
    """SUMIFS twice: rows where the county wrote the code alone, and where the code with its label."""
    table, _, name = target.partition(".")
    far = placements[table]
    pieces = []
    for ending in ("", '&" – *"'):
        tests = (f"{far.area(there)},{_code(placement, here, row)}{ending}" for there, here in where.items())
        pieces.append(f"SUMIFS({far.area(name)},{','.join(tests)})")
    return "+".join(pieces)


def _code(placement: Placement, name: str, row: int) -> str:
    cell = _cell(placement, name, row)
    return f'LEFT({cell},FIND(" – ",{cell}&" – ")-1)'


def _cell(placement: Placement, name: str, row: int) -> str:
    return f"${column_letter(placement.columns[name][0])}{row}"


def row_is_used(placement: Placement, row: int, sheet: str = "") -> str:
    """Whether the county has filled in anything at all on a row; computed cells do not count."""
    own = sorted(c for f in placement.table.fields if f.computed is None for c in placement.columns[f.id])
    runs = [run for run in own if run - 1 not in own]
    ends = [run for run in own if run + 1 not in own]
    spans = [
        f"{sheet}${column_letter(first)}{row}:${column_letter(last)}{row}"
        for first, last in zip(runs, ends, strict=True)
    ]
    return f"COUNTA({','.join(spans)})>0"


def missing_text(placement: Placement, label: str, done: str) -> str:
    """What a row lacks, by the names of its headings; empty for an empty row, `done` when nothing lacks.

    Written for row 1 of the sheet, to stand in a defined name that is relative to its row."""
    sheet = quote_sheet(placement.sheet)
    lacking = "&".join(_lacking(placement, sheet, field) for field in _required(placement)) or '""'
    used = row_is_used(placement, 1, f"{sheet}!")
    return f'=IF(NOT({used}),"",IF(LEN({lacking})=0,"{done}","{label}"&{lacking}))'


def _lacking(placement: Placement, sheet: str, field: Field) -> str:
    letter = column_letter(placement.columns[field.id][0])
    return f'IF({sheet}!${letter}1="",SUBSTITUTE({sheet}!${letter}${placement.header_row}," *","")&", ","")'


def _required(placement: Placement) -> list[Field]:
    return [field for field in placement.table.fields if field.required and field.computed is None]


def missing_count(placement: Placement) -> str:
    """How many required cells are empty in a table, without the equals sign."""
    if placement.table.kind != "list":
        return "+".join(f"COUNTBLANK({area})" for area in _required_areas(placement)) or "0"
    key = placement.area(placement.table.fields[0].id)
    others = [f'COUNTIFS({key},"?*",{area},"")' for area in _required_areas(placement)[1:]]
    second = placement.area(placement.table.fields[1].id)
    return "+".join([*others, f'COUNTIFS({key},"",{second},"?*")'])


def _required_areas(placement: Placement) -> list[str]:
    if placement.table.kind == "form":
        sheet = placement.area(placement.table.fields[0].id).split("!")[0]
        return [f"{sheet}!$C${placement.rows[field.id]}" for field in _required(placement)]
    return [placement.area(field.id) for field in _required(placement)]


def row_count(placement: Placement) -> str:
    """How many rows a list has, without the equals sign."""
    return f"COUNTA({placement.area(placement.table.fields[0].id)})"


def number_test(spec: Spec, field: Field, cell: str) -> str:
    """Whether a cell holds a number within the field's bounds, or an accepted special answer."""
    tests = [f"ISNUMBER({cell})"]
    if field.type in {"integer", "year"}:
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
