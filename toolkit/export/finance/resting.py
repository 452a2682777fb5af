"""The sheet of the decisions that stand beside no row of today: it is there only when there are
any, and the next run reads them from it again."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from toolkit.analysis.decisions import Resting, WrittenRow
from toolkit.export.book import Book, Cell
from toolkit.export.columns import ColumnList, SheetColumn, SheetTable, freeze, write_table
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.decided import (
    DECISION,
    DecisionCells,
    day_cell,
    let_decide,
    resting_cells,
)
from toolkit.staff.decided_rows import row_name
from toolkit.staff.decisions import WHY

_HEADER = 3


@dataclass(frozen=True)
class RestingRow:
    """A decision beside no row; `shown` are the keys of the rows that there are today."""

    kept: Resting
    context: FinanceContext
    shown: Set[str]

    @property
    def name(self) -> str:
        """The row that it is about: `Västmanland, 801`; nothing where nobody knows."""
        counties = {state.code: state.name for state in self.context.results.data.counties}
        return row_name(self.kept.key, counties)

    @property
    def why(self) -> str:
        """Why it stands here."""
        word = "dubbelt" if self.kept.key in self.shown else "visas_inte"
        if isinstance(self.kept, WrittenRow):
            word = "oplacerat"
        return self.context.texts(f"vilande.{word}")

    @property
    def decision(self) -> DecisionCells:
        """What she wrote, in the cells in which it is read again."""
        if isinstance(self.kept, WrittenRow):
            return _as_it_was(self.kept)
        return resting_cells(self.kept, self.context.texts)


def _as_it_was(row: WrittenRow) -> DecisionCells:
    return DecisionCells(
        row.word,
        row.comment,
        Cell(""),
        row.key,
        row.figures,
        row.earlier,
        row.earlier_figures,
        row.by,
        day_cell(row.day),
        row.earlier_by,
        day_cell(row.earlier_day),
    )


COLUMNS: tuple[SheetColumn[RestingRow], ...] = (
    SheetColumn("rad", "ekonomi.vilande_rad", 26, lambda row: row.name),
    SheetColumn(WHY, f"ekonomi.{WHY}", 34, lambda row: row.why),
    *DECISION,
)


def write_resting(book: Book, context: FinanceContext) -> None:
    """A row for each decision that stands beside no row; no sheet without any."""
    texts, kept = context.texts, context.results.resting
    if not kept:
        return
    columns = ColumnList(COLUMNS)
    table = SheetTable(texts("ekonomi.vilande"), columns, _HEADER, len(kept))
    sheet = book.sheet(table.sheet, table.sheet, texts("ekonomi.vilande_intro"), columns.widths)
    shown = {subject.key for subject in context.results.subjects()}
    write_table(sheet, table, [RestingRow(one, context, shown) for one in kept], texts)
    let_decide(sheet, table, texts)
    freeze(sheet, table, "rad")
