"""What differs between two returns as a workbook: one line for each change, and the sums."""

from __future__ import annotations

from pathlib import Path

from toolkit.export.book import new_book
from toolkit.export.columns import ColumnList, SheetColumn, SheetTable, freeze, write_table
from toolkit.files.atomic import publish
from toolkit.findings.texts import Texts
from toolkit.returns.difference import Change, ReturnDifference, SumChange

_HEADER = 3  # below the title, the introduction and an empty row: Book.sheet


def _columns(texts: Texts) -> tuple[SheetColumn[Change], ...]:
    def kind(change: Change) -> str:
        return texts(f"slag.{change.kind}")

    return (
        SheetColumn("slag", "kolumn.slag", 14, kind),
        SheetColumn("tabell", "kolumn.tabell", 26, lambda change: change.table),
        SheetColumn("nyckel", "kolumn.nyckel", 16, lambda change: change.key),
        SheetColumn("cell", "kolumn.cell", 20, lambda change: str(change.ref)),
        SheetColumn("uppgift", "kolumn.uppgift", 28, lambda change: change.field),
        SheetColumn("fore", "kolumn.fore", 44, lambda change: change.before),
        SheetColumn("efter", "kolumn.efter", 44, lambda change: change.after),
    )


SUMS: tuple[SheetColumn[SumChange], ...] = (
    SheetColumn("tabell", "kolumn.tabell", 30, lambda change: change.table),
    SheetColumn("uppgift", "kolumn.uppgift", 34, lambda change: change.field),
    SheetColumn("fore", "kolumn.fore", 20, lambda change: change.before, "ore"),
    SheetColumn("efter", "kolumn.efter", 20, lambda change: change.after, "ore"),
)


def write_difference(found: ReturnDifference, texts: Texts, path: Path) -> Path:
    """The workbook, written where it is told. Raises OSError."""
    book = new_book(texts("titel"), "")
    changes = SheetTable(
        texts("blad"), ColumnList(_columns(texts)), _HEADER, max(1, len(found.changes))
    )
    sheet = book.sheet(changes.sheet, texts("titel"), "", changes.columns.widths)
    write_table(sheet, changes, found.changes, texts)
    freeze(sheet, changes, "nyckel")
    sums = SheetTable(texts("blad_summor"), ColumnList(SUMS), _HEADER, max(1, len(found.sums)))
    page = book.sheet(sums.sheet, texts("blad_summor"), "", sums.columns.widths)
    write_table(page, sums, found.sums, texts)
    return publish(path, book.close())
