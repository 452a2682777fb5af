"""What is said of a cell by a formula, and how a formula names a table's cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.spec.model import Field, Spec
from toolkit.template.layout import VALUE_COLUMN, Placement
from toolkit.words.cells import column_letter, quote_sheet

TestKind = Literal["missing", "wrong", "question"]


@dataclass(frozen=True, slots=True)
class CellTest:
    """One thing to say of one field (of one of its cells, when it has several): missing and wrong
    hold the workbook back, a question does not. `in_use_only`: holds only of a row that is in
    use."""

    field: Field
    kind: TestKind
    formula: str
    part: int = 0
    in_use_only: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """How a formula names a table's cells: those of one `row`, or the whole columns when it is
    None."""

    placement: Placement
    row: int | None = None
    sheet: bool = False

    def __call__(self, name: str, part: int = 0) -> str:
        """A field's cell, or cells."""
        sheet = f"{quote_sheet(self.placement.sheet)}!" if self.sheet or self.row is None else ""
        if self.placement.rows:
            return f"{sheet}${column_letter(VALUE_COLUMN)}${self.placement.rows[name]}"
        if self.row is None:
            return self.placement.area(name, part)
        return f"{sheet}${column_letter(self.placement.columns[name][part])}{self.row}"

    def column(self, name: str) -> str:
        """All of a field's cells, on whatever row the formula stands."""
        area = self.placement.area(name)
        return area if self.sheet or self.row is None else area.rpartition("!")[2]

    def parts(self, field: Field) -> list[str]:
        """All cells of a field with several answers."""
        return [self(field.id, part) for part, _ in enumerate(self.placement.columns[field.id])]


@dataclass(frozen=True, slots=True)
class Bookish:
    """What the tests of one table need: the spec, where other tables stand, and the cells."""

    spec: Spec
    placements: Mapping[str, Placement]
    cells: Cells

    @property
    def placement(self) -> Placement:
        """The table's own place."""
        return self.cells.placement
