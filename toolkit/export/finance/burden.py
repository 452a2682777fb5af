"""The sheet of what burdens the appropriation, beside cost: each county with an extract, its
costs, the named items between, what they come to, and what the county states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.analysis.bridge import OTHERS, CostBridge, cost_bridges
from toolkit.export.book import Book, Cell
from toolkit.export.columns import (
    SUM,
    ColumnList,
    Formula,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_sums,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.findings.texts import Texts
from toolkit.words.amounts import format_kr, tolerance

_HEADER = 3
_WIDTH = 20


@dataclass(frozen=True)
class BurdenRow:
    """A county's bridge."""

    bridge: CostBridge
    texts: Texts

    @property
    def stated(self) -> Cell:
        """What the county states; in words where it has not."""
        told = self.bridge.stated
        return Cell(self.texts("ekonomi.ej_sand")) if told is None else Cell(told, "kr")

    @property
    def candidates(self) -> str:
        """What may explain it, where there is anything to explain."""
        if not self.bridge.left:
            return ""
        named = self.bridge.candidates.items()
        return "; ".join(f"{name}: {format_kr(amount)}" for name, amount in named)

    @property
    def left(self) -> Cell:
        """What is left to explain."""
        left = self.bridge.left
        if left is None:
            return Cell("")
        return Cell(left, "kr" if abs(left) <= tolerance(0) else "ask_kr")


def columns_of(names: Sequence[str], texts: Texts) -> tuple[SheetColumn[BurdenRow], ...]:
    """The county, its costs, a column for each item, and both sides of the burden."""
    items = [_item_column(name, texts) for name in names]
    ends = [one.id for one in items]
    burden, stated, left = (f"ekonomi.belastning_{key}" for key in ("raknad", "angiven", "kvar"))
    return (
        SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.bridge.county),
        SheetColumn("lansnamn", "gemensamt.lansnamn", 24, lambda row: row.bridge.name, total=""),
        SheetColumn("kostnad", "ekonomi.belastning_kostnad", _WIDTH, _cost, "kr", total=SUM),
        *items,
        SheetColumn("raknad", burden, _WIDTH, _burden, "kr", _less(ends), SUM),
        SheetColumn("angiven", stated, _WIDTH, lambda row: row.stated, total=SUM),
        SheetColumn("kvar", left, _WIDTH, lambda row: row.left, formula=_left, total=SUM),
        SheetColumn("kan", "ekonomi.belastning_kan", 34, lambda row: row.candidates),
    )


def _cost(row: BurdenRow) -> object:
    return row.bridge.cost


def _burden(row: BurdenRow) -> object:
    return row.bridge.burden


def _item_column(name: str, texts: Texts) -> SheetColumn[BurdenRow]:
    def amount(row: BurdenRow) -> object:
        return row.bridge.items.get(name, 0)

    heading = texts("ekonomi.belastning_avgar", name=name or texts("ekonomi.belastning_andra"))
    return SheetColumn(f"post_{name}", "", _WIDTH, amount, "kr", total=SUM, heading=heading)


def _less(ids: Sequence[str]) -> Formula[object]:
    def formula(_: object, cells: RowCells) -> str:
        taken = f"-SUM({cells[ids[0]]}:{cells[ids[-1]]})" if ids else ""
        return f"={cells['kostnad']}{taken}"

    return formula


def _left(row: BurdenRow, cells: RowCells) -> str:
    return "" if row.bridge.left is None else f"={cells['angiven']}-{cells['raknad']}"


def write_burden(book: Book, context: FinanceContext) -> None:
    """A row for each county with an extract, and their sums."""
    texts, results = context.texts, context.results
    bridges = cost_bridges(results.data, results.ledgers)
    held = set[str]().union(*(one.items for one in bridges))
    names = [*sorted(held - {OTHERS}), *sorted(held & {OTHERS})]
    columns = ColumnList(columns_of(names, texts))
    table = SheetTable(texts("ekonomi.belastning"), columns, _HEADER, len(bridges))
    rows = [BurdenRow(one, texts) for one in bridges]
    intro = texts("ekonomi.belastning_intro")
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    write_table(sheet, table, rows, texts)
    write_sums(sheet, table, rows, texts("gemensamt.summa"))
    freeze(sheet, table, "lansnamn")
