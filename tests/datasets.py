"""A year's data with other rows than those that were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.records import MergedRecord, MergedRow
from toolkit.analysis.states import TableState
from toolkit.returns.submission import Columns, Missing, Record, Return, Submission, Typed
from toolkit.spec.load import load_year

Rows = Sequence[Mapping[str, Any]] | pd.DataFrame


def with_tables(data: Dataset, **tables: Rows) -> Dataset:
    """The same year and counties, with these rows for the tables named: mappings (or a frame) of
    the provenance and the table's fields. What is not given is blank."""
    made = {name: tuple(_rows(data, name, rows)) for name, rows in tables.items()}
    return replace(data, merged={**data.merged, **made})


def _rows(data: Dataset, table: str, rows: Rows) -> list[MergedRow]:
    if isinstance(rows, pd.DataFrame):
        rows = rows.to_dict("records")
    return [merged_row(data, table, row) for row in rows]


def merged_row(data: Dataset, table: str, row: Mapping[str, Any]) -> MergedRow:
    """One row; its cells are those of the county's own file, where it has one."""
    columns = _columns(data, table, row["lan"])
    given = [row.get(field) for field in columns.fields]
    typed = tuple(Missing.BLANK if value is None else value for value in given)
    record = Record(columns, row["rad"], typed, typed)
    return MergedRow(row["lan"], row.get("lansnamn") or "", row.get("fil") or "", record)


def _columns(data: Dataset, table: str, county: str) -> Columns:
    state = next((state for state in data.counties if state.code == county), None)
    counts = state.counts if state else None
    if counts and counts.submission and table in counts.submission.tables:
        return counts.submission.tables[table].columns
    fields = tuple(field.id for field in data.year.spec.tables[table].fields)
    sheet = data.year.spec.sheet_of[table].label
    places = tuple((n,) for n in range(1, len(fields) + 1))
    return Columns(table, sheet, fields, places, roles=data.year.spec.bound.fields_of(table))


def frame_of(data: Dataset, table: str) -> pd.DataFrame:
    """A table's merged rows as a frame of objects, to be looked at or changed."""
    rows = [row.values for row in data.rows(table)]
    return pd.DataFrame(rows, columns=list(data.header(table)), dtype=object)


def mapping_of(data: Dataset, table: str, row: MergedRow) -> dict[str, Any]:
    """One merged row as a mapping, to be changed."""
    return dict(zip(data.header(table), row.values, strict=True))


SPEC = load_year(Path(__file__).parents[1] / "templates", 2020)


def row_of(
    kind: type[MergedRecord], county: str, row: int = 6, /, **attributes: Typed
) -> MergedRow:
    """A merged row by the attributes of a typed record; the others are blank."""
    table, bound = SPEC.spec.table_of(kind.TABLE), SPEC.spec.bound
    fields = tuple(field.id for field in table.fields)
    given = {bound[kind.FIELDS[name]]: value for name, value in attributes.items()}
    typed = tuple(given.get(field, Missing.BLANK) for field in fields)
    places = tuple((n,) for n in range(1, len(fields) + 1))
    roles = bound.fields_of(table.id)
    columns = Columns(table.id, SPEC.spec.sheet_of[table.id].label, fields, places, roles=roles)
    name = SPEC.spec.lists["lan"].by_code[county].attributes["namn"]
    return MergedRow(county, name, f"{county}.xlsx", Record(columns, row, typed, typed))


def small_dataset(
    *rows: MergedRow, counties: Sequence[str] = (), blocked: Mapping[str, Sequence[str]] = {}
) -> Dataset:
    """A year of these rows alone, without a workbook. `counties` have sent a return; `blocked` are
    the tables that errors keep out, by county."""
    merged: dict[str, tuple[MergedRow, ...]] = {}
    for row in rows:
        table = row.record.columns.table
        merged[table] = (*merged.get(table, ()), row)
    states = [
        _state(code.code, code.code in counties, blocked.get(code.code, ()))
        for code in SPEC.spec.counties
    ]
    return Dataset(SPEC, merged, tuple(states))


def _state(county: str, sent: bool, blocked: Sequence[str]) -> CountyState:
    name = SPEC.spec.lists["lan"].by_code[county].attributes["namn"]
    if not sent:
        missing = dict.fromkeys(SPEC.spec.tables, TableState.MISSING)
        return CountyState(county, name, None, (), missing, SPEC.spec.bound)
    file = f"{county}.xlsx"
    submission = Submission(
        file, "", county, SPEC.spec.year, SPEC.spec.version, {}, bound=SPEC.spec.bound
    )
    tables = {
        table: TableState.BLOCKED if table in blocked else TableState.MERGED
        for table in SPEC.spec.tables
    }
    return CountyState(county, name, Return(file, "", submission, ()), (), tables, SPEC.spec.bound)
