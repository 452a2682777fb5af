"""The sheet of what county boards hand on to each other: both ends, what is counted once, and what
remains of the costs then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.asked import asked_of
from toolkit.analysis.transfers import Transfer, transfers
from toolkit.export.book import Book, Cell, WrittenSheet
from toolkit.export.columns import (
    SUM,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_apart,
    write_sums,
    write_table,
)
from toolkit.export.finance.context import FinanceContext

_HEADER = 3
_ROOM = 2  # rows from the sums to what is counted below them
_WIDTH = 20
_FIRST = "lan"
_VALUE = "lamnat"  # the column under which the amounts below the table stand


@dataclass(frozen=True)
class TransferRow:
    """What one has handed on to another."""

    transfer: Transfer
    context: FinanceContext

    def name(self, county: str) -> str:
        """A county's name."""
        return self.context.results.states[county].name

    def amount(self, end: Decimal | None) -> Cell:
        """What one extract shows; in words where it cannot tell."""
        return Cell(self.context.texts("ekonomi.ej_sand")) if end is None else Cell(end, "kr")

    @property
    def difference(self) -> Cell:
        """What one end shows beyond the other."""
        found = self.transfer.difference
        if found is None:
            return Cell("")
        return Cell(found, "ask_kr" if self.transfer.asks else "kr")

    @property
    def state(self) -> str:
        """Which ends are shown."""
        return self.context.texts(f"overforing.{self.transfer.state}")


def _once(_: object, cells: RowCells) -> str:
    given, received = cells["lamnat"], cells["mottaget"]
    less = f"IF(ABS({given})<=ABS({received}),{given},{received})"
    both = f"AND(ISNUMBER({given}),ISNUMBER({received}))"
    return f"=IF({both},IF({given}*{received}>0,{less},0),0)"


def _difference(row: TransferRow, cells: RowCells) -> str:
    if row.transfer.difference is None:
        return ""
    return f"={cells['lamnat']}-{cells['mottaget']}"


def _giver(row: TransferRow) -> object:
    return row.name(row.transfer.giver)


def _receiver(row: TransferRow) -> object:
    return row.name(row.transfer.receiver)


def _given(row: TransferRow) -> object:
    return row.amount(row.transfer.given)


def _received(row: TransferRow) -> object:
    return row.amount(row.transfer.received)


def _counted(row: TransferRow) -> object:
    return row.transfer.once


COLUMNS: tuple[SheetColumn[TransferRow], ...] = (
    SheetColumn(_FIRST, "ekonomi.overforing_fran", 9, lambda row: row.transfer.giver),
    SheetColumn("givare", "ekonomi.overforing_givare", 18, _giver, total=""),
    SheetColumn("till", "ekonomi.overforing_till", 9, lambda row: row.transfer.receiver, total=""),
    SheetColumn("mottagare", "ekonomi.overforing_mottagare", 18, _receiver, total=""),
    SheetColumn(_VALUE, "ekonomi.overforing_lamnat", _WIDTH, _given, total=SUM),
    SheetColumn("mottaget", "ekonomi.overforing_mottaget", _WIDTH, _received, total=SUM),
    SheetColumn("en_gang", "ekonomi.overforing_dubbelt", _WIDTH, _counted, "kr", _once, SUM),
    SheetColumn("skillnad", "ekonomi.skillnad", 16, lambda row: row.difference, "", _difference),
    SheetColumn("lage", "ekonomi.overforing_lage", 40, lambda row: row.state),
)


def write_transfers(book: Book, context: FinanceContext) -> None:
    """A row for every two counties, and the costs of all extracts counted once."""
    texts, results = context.texts, context.results
    found = transfers(results.data.year.spec, results.ledgers)
    name = texts("ekonomi.overforingar")
    table = SheetTable(name, ColumnList(COLUMNS), _HEADER, len(found))
    sheet = book.sheet(name, name, texts("ekonomi.overforingar_intro"), table.columns.widths)
    if not found:
        sheet.label(_HEADER, texts("ekonomi.overforingar_inga"))
        return
    rows = [TransferRow(one, context) for one in found]
    write_table(sheet, table, rows, texts)
    write_sums(sheet, table, rows, texts("gemensamt.summa"))
    _write_once(sheet, table, context, sum((one.once for one in found), Decimal(0)))
    freeze(sheet, table, "mottagare")


def _write_once(
    sheet: WrittenSheet, table: SheetTable[TransferRow], context: FinanceContext, once: Decimal
) -> None:
    """The costs of the extracts, what is in them twice, and what remains."""
    first, cost = table.last + 1 + _ROOM, _costs(context)
    lines = (
        ("kostnad", cost, ""),
        ("dubbelt", once, f"={table.cells(table.last + 1)['en_gang']}"),
        ("netto", cost - once, f"={table.cells(first)[_VALUE]}-{table.cells(first + 1)[_VALUE]}"),
    )
    for number, (key, amount, formula) in enumerate(lines):
        label = Cell(context.texts(f"ekonomi.overforing_{key}"), "total")
        cells = {_FIRST: label, _VALUE: Cell(amount, "total_kr", formula)}
        write_apart(sheet, table, first + number, cells, blank="total")


def _costs(context: FinanceContext) -> Decimal:
    """All costs on the codes that the return asks for, of the extracts that are used."""
    asked = asked_of(context.results.data.year.spec, context.results.ledgers)
    held = (sum(one.booked.values(), Decimal(0)) for one in asked.values() if one.used)
    return sum(held, Decimal(0))
