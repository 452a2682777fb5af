"""What a check is given, and the one way in which it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.cells import CellRef
from toolkit.computed import Arithmetic
from toolkit.findings import Catalogue, Finding
from toolkit.spec import Field, Spec, TableSpec
from toolkit.submission import Record, Submission


@dataclass(frozen=True)
class Case:
    """A submission with the spec and the messages of its year.

    `doubtful` are the cells in which something worse than a note has been said so far. What follows from
    them is not said: the cause is mended first."""

    spec: Spec
    catalogue: Catalogue
    submission: Submission
    doubtful: frozenset[CellRef] = frozenset()

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

    def sure(self, record: Record, *names: str) -> bool:
        """Whether nothing has been said of these fields in a row, and their columns are there."""
        places = (record.columns.places[record.columns.index[name]] for name in names)
        if not self.doubtful:
            return all(places)
        return all(places) and not any(record.ref(name) in self.doubtful for name in names)

    def is_unsaid(self, table: str) -> bool:
        """A table without rows, of which the county has not said that there is nothing to report."""
        data = self.submission.tables.get(table)
        return data is None or (not data.records and data.nil_reason is None)

    def all_sure(self, table: str, *names: str) -> bool:
        """Whether these fields can be relied on in every row of a table."""
        data = self.submission.tables.get(table)
        if data is None:
            return False
        wanted = [data.columns.places[data.columns.index[name]] for name in names]
        rows = {record.row for record in data.records}
        columns = {column for places in wanted for column in places}
        return all(wanted) and not any(
            ref.sheet == data.columns.sheet and ref.column in columns and ref.row in rows for ref in self.doubtful
        )

    @cached_property
    def computed(self) -> Arithmetic:
        """A row's computed fields, by the toolkit's own arithmetic."""
        return Arithmetic(self.spec, self.submission)
