"""What the year opens with beside what last year closed with: only what does not tie, and one line
for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.analysis.merge import Dataset
from toolkit.analysis.year_on_year import Opening, openings
from toolkit.export.book import WrittenSheet
from toolkit.export.columns import (
    UNTOUCHED,
    ColumnList,
    SheetColumn,
    SheetTable,
    headed,
    in_row,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import ORIGIN, Origin, origin_of


@dataclass(frozen=True)
class OpeningRow:
    """A balance that the year opens with and last year did not close with."""

    opening: Opening
    context: FinanceContext

    @property
    def origin(self) -> Origin:
        """The cell of the opening balance."""
        return origin_of(
            self.context.results, self.opening.line.file, [self.opening.line.ref("opening")]
        )


def _nothing(_: object) -> object:
    return UNTOUCHED


# Where a list says no key, `columns_of` gives the heading.
COLUMNS: tuple[SheetColumn[OpeningRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.opening.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.opening.line.county_name),
    SheetColumn("anslagspost", "indelning.anslagspost", 18, lambda row: row.opening.line.post),
    SheetColumn("closing", "", 18, lambda row: row.opening.closing),
    SheetColumn("opening", "", 18, lambda row: row.opening.opening),
    SheetColumn(
        "skillnad",
        "ekonomi.skillnad",
        13,
        lambda row: row.opening.difference,
        "ask_kr",
        in_row("={opening}-{closing}"),
    ),
    SheetColumn("kommentar", "ekonomi.lanets_kommentar", 26, lambda row: row.opening.line.comment),
)


def columns_of(context: FinanceContext, origin_at: int) -> tuple[SheetColumn[OpeningRow], ...]:
    """The columns. Where a row comes from stands at `origin_at`, below the same in the table
    above."""
    texts, year = context.texts, context.year
    headings = {
        "closing": texts("ekonomi.utgaende_ar", year=year - 1),
        "opening": texts("ekonomi.ingaende_ar", year=year),
    }
    empty = [
        SheetColumn(f"tom_{number}", "", 0, _nothing, heading="")
        for number in range(len(COLUMNS), origin_at)
    ]
    # Tables below each other share the widths of their columns, so files stand under files.
    return (*headed(COLUMNS, headings), *empty, *ORIGIN)


def write_openings(
    sheet: WrittenSheet,
    top: int,
    context: FinanceContext,
    before: Dataset,
    columns: ColumnList[OpeningRow],
) -> None:
    """How many tie, and a row for each that does not."""
    texts, results = context.texts, context.results
    found = openings(before, results.data)
    off = [one for one in found if not one.ties]
    sheet.label(top, texts("ekonomi.ingaende"), "subtitle")
    said = texts("ekonomi.ingaende_intro", ties=len(found) - len(off), all=len(found))
    sheet.label(top + 1, said)
    if off:
        table = SheetTable(sheet.name, columns, top + 2, len(off))
        rows = (OpeningRow(one, context) for one in off)
        write_table(sheet, table, rows, texts)
