"""The sheets of rows that all formulas sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import PROVENANCE, MergedRow, SpendLine
from toolkit.export.book import Book, freeze
from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, TableSpec
from toolkit.words.cells import column_letter, quote_sheet

HEADER = 3
_FILE = PROVENANCE.index("fil")
Target = Callable[[MergedRow], str | None]


@dataclass(frozen=True)
class RowsSheet:
    """Where the rows stand: the sheet and the number of its last row."""

    sheet: str
    table: TableSpec
    last: int

    def area(self, name: str) -> str:
        """A column of the rows as an absolute reference."""
        names = [*PROVENANCE, *(field.id for field in self.table.fields)]
        letter = column_letter(names.index(name) + 1)
        return f"{quote_sheet(self.sheet)}!${letter}${HEADER + 2}:${letter}${max(self.last, HEADER + 2)}"


def rows_of(data: Dataset, sheet: str) -> RowsSheet:
    """Where the rows of a dataset's Ekonomi will stand."""
    return RowsSheet(sheet, data.year.spec.tables[SpendLine.TABLE], HEADER + 1 + len(data.spend))


def _width(field: Field) -> float:
    """Codes stand alone here and need less than in the county's own file."""
    return min(field.width, 17 if field.list else 26)


def write_rows(book: Book, data: Dataset, texts: Texts, rows: RowsSheet, target: Target) -> None:
    """All rows. Codes stand alone here, so that the formulas can match them. `target` gives a row's
    link."""
    widths = [8, 18, 30, 14, 7, *(_width(field) for field in rows.table.fields)]
    sheet = book.sheet(rows.sheet, rows.sheet, texts("ekonomi.rader_intro"), widths)
    names = [texts(f"gemensamt.{name}") for name in PROVENANCE]
    book.header(sheet, HEADER, [*names, *(field.heading for field in rows.table.fields)])
    for row, values in enumerate(data.rows(SpendLine.TABLE), HEADER + 1):
        for column, value in enumerate(values.values):
            book.value(sheet, row, column, value)
        book.link(sheet, row, _FILE, values.file, target(values))
    freeze(sheet, HEADER, 2, HEADER + len(data.spend), 4 + len(rows.table.fields))
