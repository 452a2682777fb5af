"""What a check is given, and the one way in which it speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.cells import CellRef
from toolkit.computed import Arithmetic
from toolkit.findings import Catalogue, Finding
from toolkit.spec import Field, Spec, TableSpec
from toolkit.submission import Missing, Record, Submission, TableData, Typed

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

    def column(self, table: str, field: str) -> Sequence[Typed]:
        """A field's understood values, row by row; none when the table is not in the file."""
        data = self.submission.tables.get(table)
        return data.column(field) if data else ()

    def distinct(self, table: str, field: str) -> frozenset[Typed]:
        """A field's understood values, each once."""
        data = self.submission.tables.get(table)
        return data.distinct(field) if data else frozenset()

    def cells(self, test_of: Callable[[Field], Test | None]) -> Iterator[tuple[TableSpec, Field, Record, Typed]]:
        """The cells whose value fails (is true to) its field's test. Fields without a test, and computed
        fields, are left alone."""
        for table, field, data in self._fields():
            test = test_of(field)
            failing = set(filter(test, data.distinct(field.id))) if test else set()
            for line, value in enumerate(data.column(field.id)) if failing else ():
                if value in failing:
                    yield table, field, data.record(line), value

    def raw_cells(
        self, test_of: Callable[[Field, Set[object]], Callable[[object], object] | None]
    ) -> Iterator[tuple[TableSpec, Field, Record, object]]:
        """The same by what stands in the cells, as written. A test is made for a field and its distinct values."""
        for table, field, data in self._fields():
            column = data.raw[data.columns.index[field.id]]
            values = set(column)
            test = test_of(field, values)
            failing = set(filter(test, values)) if test else set()
            for line, value in enumerate(column) if failing else ():
                if value in failing:
                    yield table, field, data.record(line), value

    def rows(self, table: str, fields: Sequence[str], test: Callable[..., object]) -> Iterator[Record]:
        """The rows whose values in some fields fail the test."""
        data = self.submission.tables.get(table)
        if data is None:
            return
        lines = list(zip(*(data.column(field) for field in fields), strict=True))
        failing = {values for values in set(lines) if test(*values)}
        for line, values in enumerate(lines) if failing else ():
            if values in failing:
                yield data.record(line)

    def tables(self) -> Iterator[tuple[TableSpec, TableData]]:
        """The tables that were found."""
        for table in self.spec.tables.values():
            if table.id in self.submission.tables:
                yield table, self.submission.tables[table.id]

    def _fields(self) -> Iterator[tuple[TableSpec, Field, TableData]]:
        """The fields that the county fills in, of the tables that have rows."""
        for table, data in self.tables():
            if data.rows:
                yield from ((table, field, data) for field in table.fields if field.computed is None)

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


def is_blank(value: Typed) -> bool:
    """An empty cell."""
    return value is Missing.BLANK
