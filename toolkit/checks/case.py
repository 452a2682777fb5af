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
    """A submission with the spec and the messages of its year."""

    spec: Spec
    catalogue: Catalogue
    submission: Submission

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
