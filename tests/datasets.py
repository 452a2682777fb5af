"""A year's data with other rows than those that were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.returns.submission import Columns, Missing, Record

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
    return Columns(table, sheet, fields, tuple((n,) for n in range(1, len(fields) + 1)))


def frame_of(data: Dataset, table: str) -> pd.DataFrame:
    """A table's merged rows as a frame of objects, to be looked at or changed."""
    rows = [row.values for row in data.rows(table)]
    return pd.DataFrame(rows, columns=list(data.header(table)), dtype=object)


def mapping_of(data: Dataset, table: str, row: MergedRow) -> dict[str, Any]:
    """One merged row as a mapping, to be changed."""
    return dict(zip(data.header(table), row.values, strict=True))
