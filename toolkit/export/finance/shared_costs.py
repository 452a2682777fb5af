"""The sheet of shared costs: the county's part and the whole, overhead in and out, utgift and
kostnad apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.records import SpendLine
from toolkit.analysis.shared_costs import SharedCost, shared_costs, shared_sum
from toolkit.export.book import Book, Cell, WrittenSheet
from toolkit.export.columns import (
    UNTOUCHED,
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    headed,
    in_row,
    write_apart,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.natures import with_unknown
from toolkit.export.finance.origin import ORIGIN, Origin, origin_of
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec
from toolkit.spec.roles import BASES, COST, EXPENDITURE, CodeRole

_SUMS = 3  # the heading row of the sums
_WITHOUT, _OVERHEAD, _WITH, _SHOWN = range(_SUMS + 1, _SUMS + 5)  # the rows of the sums
_HEADER = 9
_SUMS_HEIGHT = 34
_SHOWN_SUM = 109  # SUBTOTAL's number for SUM that leaves out hidden rows, also those hidden by hand

_LINES = {_WITHOUT: "utan_oh", _OVERHEAD: "oh", _WITH: "med_oh", _SHOWN: "visade"}

_KEYS = {
    (EXPENDITURE, False): "utgift_del",
    (EXPENDITURE, True): "utgift_hel",
    (COST, False): "kostnad_del",
    (COST, True): "kostnad_hel",
}
"""The columns of amounts: the county's part of each kind, and the whole."""


class SumsByOverhead(NamedTuple):
    """Kronor without overhead, and overhead alone."""

    without: Decimal
    overhead: Decimal

    @property
    def both(self) -> Decimal:
        """With overhead."""
        return sum(self, Decimal(0))


@dataclass(frozen=True)
class CostRow:
    """A line of Ekonomi that is shared or overhead."""

    cost: SharedCost
    context: FinanceContext

    @property
    def overhead(self) -> str:
        """Whether it is overhead: what the sums look for."""
        return self.context.texts("ekonomi.ja" if self.cost.overhead else "ekonomi.nej")

    @property
    def ground(self) -> str:
        """The ground for the share, with its label."""
        spec = self.context.results.data.year.spec
        grounds = spec.list_of(BASES).by_code if spec.bound.has(BASES) else {}
        known = grounds.get(self.cost.ground)
        return known.shown if known else self.cost.ground

    @property
    def share(self) -> object:
        """The share in percent; nothing at all for what the county bears alone."""
        return UNTOUCHED if self.cost.share is None else self.cost.share

    def amount(self, kind: CodeRole, amount: Decimal | None) -> object:
        """An amount in the columns of its kind: utgift and kostnad are never added up."""
        if self.cost.kind != kind:
            return UNTOUCHED
        return amount if self.known else Cell(self.context.texts("ekonomi.okant"))

    @property
    def known(self) -> bool:
        """Whether the amount is: u.s. is not 0."""
        return self.cost.line.outcome is not Missing.UNKNOWN

    def whole(self, kind: CodeRole) -> object:
        """The whole in the columns of its kind; nothing where another line has it."""
        elsewhere = self.cost.first or not self.known
        return UNTOUCHED if elsewhere else self.amount(kind, self.cost.whole)

    @property
    def doubts(self) -> Cell:
        """What to look into."""
        texts, first = self.context.texts, self.cost.first
        words = [texts(f"fordelningsfel.{name}") for name in self.cost.doubts]
        if first is not None:
            place = f"{first.county_name} {first.id}"
            words.insert(0, texts("ekonomi.samma_kostnad", place=place))
        said = " ".join(words)
        return Cell(said, "ask" if said else "text")

    @property
    def origin(self) -> Origin:
        """The cell of the share."""
        return origin_of(self.context.results, self.cost.line.file, [self.cost.line.ref("share")])


_WHOLE = '=IF({{share}}="",{{{part}}},IF({{share}}=0,"",ROUND({{{part}}}*100/{{share}},2)))'
"""The whole by the share in percent, to the öre."""


def _part(kind: CodeRole) -> SheetColumn[CostRow]:
    key = _KEYS[kind, False]
    return SheetColumn(key, f"ekonomi.{key}", 15, lambda row: row.amount(kind, row.cost.part))


def _whole(kind: CodeRole) -> SheetColumn[CostRow]:
    key, part = _KEYS[kind, True], _KEYS[kind, False]
    formula = in_row(_WHOLE.format(part=part))
    return SheetColumn(key, f"ekonomi.{key}", 15, lambda row: row.whole(kind), "kr", formula)


AMOUNTS: tuple[SheetColumn[CostRow], ...] = (
    _part(EXPENDITURE), _whole(EXPENDITURE), _part(COST), _whole(COST)
)  # fmt: skip


# Where a list says no key, `columns_of` gives the heading.
COLUMNS: tuple[SheetColumn[CostRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.cost.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.cost.line.county_name),
    SheetColumn("id", "", 9, lambda row: row.cost.line.id),
    SheetColumn("code", "", 17, lambda row: row.cost.line.code),
    SheetColumn("kind", "", 15, lambda row: row.cost.line.kind),
    SheetColumn("oh", "ekonomi.oh", 7, lambda row: row.overhead),
    SheetColumn("ground", "", 25, lambda row: row.ground),
    SheetColumn("share", "", 17, lambda row: row.share, "share"),
    *AMOUNTS,
    SheetColumn("att_se_over", "ekonomi.att_se_over", 30, lambda row: row.doubts),
    *ORIGIN,
)


def columns_of(spec: Spec) -> tuple[SheetColumn[CostRow], ...]:
    """The columns; those that show a field of the county's own file are called as it, and are left
    out in a year that does not have it."""
    shown = {name: SpendLine.FIELDS[name] for name in ("id", "code", "kind", "ground", "share")}
    asked = {name: role for name, role in shown.items() if spec.bound.has(role)}
    columns = [column for column in COLUMNS if column.id in asked or column.id not in shown]
    return headed(columns, {name: spec.field_of(role).label for name, role in asked.items()})


def write_sharing(book: Book, context: FinanceContext) -> None:
    """The sums first, then every line."""
    texts, results = context.texts, context.results
    costs = shared_costs(results.data)
    columns = ColumnList(columns_of(results.data.year.spec))
    table = SheetTable(texts("ekonomi.fordelning"), columns, _HEADER, len(costs))
    lines = (cost.line for cost in costs)
    intro = with_unknown(texts("ekonomi.fordelning_intro"), lines, context)
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    _write_sums(sheet, table, costs, texts)
    rows = (CostRow(cost, context) for cost in costs)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")


def _write_sums(
    sheet: WrittenSheet, table: SheetTable[CostRow], costs: Sequence[SharedCost], texts: Texts
) -> None:
    """Without overhead, overhead, both, and what the filter leaves."""
    heads = {column.id: Cell(column.head(texts), "header") for column in AMOUNTS}
    title = Cell(texts("gemensamt.summa"), "header")
    write_apart(sheet, table, _SUMS, {"lan": title, **heads}, "header")
    sheet.page.set_row(_SUMS, _SUMS_HEIGHT)
    found = {key: sums_of(costs, *key) for key in _KEYS}
    for row, name in _LINES.items():
        cells = {_KEYS[key]: _sum(table, row, key, found[key], texts) for key in _KEYS}
        label, blank = ("total", "total") if row == _WITH else ("plain", "text")
        cells["lan"] = Cell(texts(f"ekonomi.{name}"), label)
        write_apart(sheet, table, row, cells, blank)


def sums_of(costs: Sequence[SharedCost], kind: CodeRole, whole: bool) -> SumsByOverhead:
    """The parts or the wholes of one kind."""
    without = shared_sum(costs, kind, overhead=False)
    overhead = shared_sum(costs, kind, overhead=True)
    if whole:
        return SumsByOverhead(without.whole, overhead.whole)
    return SumsByOverhead(without.part, overhead.part)


def _sum(
    table: SheetTable[CostRow],
    row: int,
    key: tuple[CodeRole, bool],
    sums: SumsByOverhead,
    texts: Texts,
) -> Cell:
    column = _KEYS[key]
    if not table.count:
        return Cell(sums.both, "total_kr" if row == _WITH else "kr")
    amounts, marks = table.within(column), table.within("oh")
    if row == _WITHOUT:
        return Cell(sums.without, "kr", f'=SUMIFS({amounts},{marks},"{texts("ekonomi.nej")}")')
    if row == _OVERHEAD:
        return Cell(sums.overhead, "kr", f'=SUMIFS({amounts},{marks},"{texts("ekonomi.ja")}")')
    if row == _WITH:
        both = f"={table.cells(_WITHOUT)[column]}+{table.cells(_OVERHEAD)[column]}"
        return Cell(sums.both, "total_kr", both)
    return Cell(sums.both, "kr", f"=SUBTOTAL({_SHOWN_SUM},{amounts})")
