"""A return made by hand, without a workbook: rows as {field: understood value}."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.returns.submission import Columns, Missing, Submission, TableData, Typed
from toolkit.spec.model import Spec, TableSpec

MadeRow = Mapping[str, Typed]
FIRST_ROW = 6


def table_of(
    table: TableSpec, rows: Sequence[MadeRow], sheet: str = "Blad", roles: Mapping[str, str] = {}
) -> TableData:
    """A table whose fields stand side by side from column B, its rows one below the other; what is
    not given is an empty cell. A form has its fields one below the other in column C."""
    names = tuple(field.id for field in table.fields)
    places = [(3,) if table.kind == "form" else (column,) for column, _ in enumerate(names, 2)]
    lines = tuple(range(FIRST_ROW, FIRST_ROW + len(names))) if table.kind == "form" else None
    typed = [[row.get(name, Missing.BLANK) for row in rows] for name in names]
    raw = [["" if isinstance(value, Missing) else value for value in column] for column in typed]
    return TableData(
        table.id,
        Columns(table.id, sheet, names, tuple(places), lines, dict(roles)),
        tuple(range(FIRST_ROW, FIRST_ROW + len(rows))),
        tuple(raw),
        tuple(typed),
    )


def submission_of(spec: Spec, **tables: Sequence[MadeRow]) -> Submission:
    """Skåne's return with these tables, each on the sheet that the spec puts it on."""
    made = {
        name: table_of(
            spec.tables[name], rows, spec.sheet_of[name].label, spec.bound.fields_of(name)
        )
        for name, rows in tables.items()
    }
    return Submission("fil.xlsx", "", "12", spec.year, spec.version, made, bound=spec.bound)
