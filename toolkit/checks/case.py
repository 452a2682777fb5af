"""What a check is given, and the one way in which it speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from toolkit.cells import CellRef
from toolkit.computed import Arithmetic
from toolkit.findings import Catalogue, Finding
from toolkit.spec import Field, Spec, TableSpec
from toolkit.submission import Columns, Missing, Record, Submission, Typed

Item = TypeVar("Item")
Test = Callable[[Typed], object]
"""Whether a value fails; whatever it gives counts as true or false."""


@dataclass(frozen=True)
class Case:
    """A submission with the spec and the messages of its year.

    A check first judges what differs: each distinct value of a column, each distinct combination of a few
    columns. Only then are the rows looked for in which it stands."""

    spec: Spec
    catalogue: Catalogue
    submission: Submission

    @cached_property
    def _columns(self) -> dict[str, dict[str, tuple[Typed, ...]]]:
        tables = self.submission.tables.items()
        return {name: _by_column(data.columns, [record.typed for record in data.records]) for name, data in tables}

    @cached_property
    def _raw_columns(self) -> dict[str, dict[str, tuple[object, ...]]]:
        tables = self.submission.tables.items()
        return {name: _by_column(data.columns, [record.raw for record in data.records]) for name, data in tables}

    @cached_property
    def _distinct(self) -> dict[tuple[str, str], frozenset[Typed]]:
        return {}

    def column(self, table: str, field: str) -> tuple[Typed, ...]:
        """A field's understood values, row by row."""
        return self._columns.get(table, {}).get(field, ())

    def distinct(self, table: str, field: str) -> frozenset[Typed]:
        """A field's understood values, each once."""
        key = (table, field)
        if key not in self._distinct:
            self._distinct[key] = frozenset(self.column(table, field))
        return self._distinct[key]

    def cells(self, test_of: Callable[[Field], Test | None]) -> Iterator[tuple[TableSpec, Field, Record, Typed]]:
        """The cells whose value fails (is true to) its field's test. Fields without a test, and computed
        fields, are left alone."""
        for table, records in self.tables():
            for field in table.fields:
                test = test_of(field) if field.computed is None else None
                failing = {value for value in self.distinct(table.id, field.id) if test(value)} if test else None
                if failing:
                    values = zip(records, self.column(table.id, field.id), strict=True)
                    yield from ((table, field, record, value) for record, value in values if value in failing)

    def raw_cells(
        self, test_of: Callable[[Field], Callable[[object], object]]
    ) -> Iterator[tuple[TableSpec, Field, Record, object]]:
        """The same by what stands in the cells, as written."""
        for table, records in self.tables():
            columns = self._raw_columns[table.id]
            for field in (item for item in table.fields if item.computed is None and records):
                failing = set(filter(test_of(field), set(columns[field.id])))
                if failing:
                    values = zip(records, columns[field.id], strict=True)
                    yield from ((table, field, record, value) for record, value in values if value in failing)

    def rows(self, table: str, fields: Sequence[str], test: Callable[..., object]) -> Iterator[Record]:
        """The rows whose values in some fields fail the test."""
        columns = [self.column(table, field) for field in fields]
        failing = {values for values in set(zip(*columns, strict=True)) if test(*values)}
        if failing:
            lines = zip(self.submission.records(table), zip(*columns, strict=True), strict=True)
            yield from (record for record, values in lines if values in failing)

    def tables(self) -> Iterator[tuple[TableSpec, tuple[Record, ...]]]:
        """The tables that were found, with their rows."""
        for table in self.spec.tables.values():
            if table.id in self.submission.tables:
                yield table, self.submission.records(table.id)

    def say(
        self, code: str, table: TableSpec, field: Field | None, *refs: CellRef,
        suggestion: str | None = None, **parameters: object,
    ) -> Finding:  # fmt: skip
        """A finding in the given cells; the first cell and the field's label are always at hand."""
        given: dict[str, Any] = {"label": field.label if field else table.label, "table": table.label, **parameters}
        if refs:
            given.setdefault("cell", refs[0])
        return self.catalogue.finding(
            code, given, county=self.submission.county, file=self.submission.file, table=table.id,
            field=field.id if field else None, refs=refs, suggestion=suggestion,
        )  # fmt: skip

    @cached_property
    def computed(self) -> Arithmetic:
        """A row's computed fields, by the toolkit's own arithmetic."""
        return Arithmetic(self.spec, self.submission)


def _by_column(columns: Columns, lines: Sequence[tuple[Item, ...]]) -> dict[str, tuple[Item, ...]]:
    return dict(zip(columns.fields, zip(*lines, strict=True), strict=True)) if lines else {}


def is_blank(value: Typed) -> bool:
    """An empty cell."""
    return value is Missing.BLANK
