"""The sheet of grants: every grant with its recipient's and its purpose's sum, and recipients of
several counties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.grants import Grant, grants
from toolkit.export.book import Book, Cell, WrittenSheet
from toolkit.export.columns import (
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_apart,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import ORIGIN, Origin, origin_of
from toolkit.export.finance.rows import spend_area
from toolkit.spec.roles import GRANT
from toolkit.words.swedish import join_and

_SUMS = 3  # the heading row of the sums
_HERE, _ROWS, _DIFFERENCE = range(_SUMS + 1, _SUMS + 4)  # on this sheet, on that of rows
_HEADER = 8

GrantSums = Mapping[tuple[str, ...], Decimal]
"""Kronor by recipient, and by recipient and purpose."""


@dataclass(frozen=True)
class GrantRow:
    """A grant beside the sums of all. `within` are the columns of the table, for its formulas."""

    grant: Grant
    sums: GrantSums
    within: Mapping[str, str]
    context: FinanceContext

    @property
    def to_recipient(self) -> Decimal:
        """All that the recipient has got."""
        return self.sums[key_of(self.grant)[:1]]

    @property
    def to_purpose(self) -> Decimal:
        """All that the recipient has got for the purpose."""
        return self.sums[key_of(self.grant)]

    @property
    def others(self) -> Cell:
        """The other counties that give to the recipient, if any."""
        if not self.grant.others:
            return Cell("")
        counties = join_and(self.grant.others)
        return Cell(self.context.texts("ekonomi.aven_fran", counties=counties), "ask")

    @property
    def origin(self) -> Origin:
        """The cell of the amount."""
        return origin_of(
            self.context.results, self.grant.line.file, [self.grant.line.ref("outcome")]
        )


def _same(row: GrantRow, cells: RowCells, *columns: str) -> str:
    """The sum of all grants that are the same in these columns. Names may hold * and ?, which
    SUMIFS would take for patterns; = does not."""
    tests = [f"({row.within[column]}={cells[f'${column}']})" for column in columns]
    return f"=SUMPRODUCT({'*'.join([*tests, row.within['belopp']])})"


def _recipient_sum(row: GrantRow, cells: RowCells) -> str:
    return _same(row, cells, "mottagare_lika")


def _purpose_sum(row: GrantRow, cells: RowCells) -> str:
    return _same(row, cells, "mottagare_lika", "andamal")


COLUMNS: tuple[SheetColumn[GrantRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.grant.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.grant.line.county_name),
    SheetColumn("mottagare", "ekonomi.mottagare", 34, lambda row: row.grant.recipient),
    SheetColumn("mottagare_lika", "ekonomi.mottagare_lika", 34, lambda row: row.grant.group),
    SheetColumn("andamal", "ekonomi.andamal", 40, lambda row: row.grant.purpose),
    SheetColumn("belopp", "ekonomi.belopp", 13, lambda row: row.grant.amount),
    SheetColumn(
        "till_mottagaren",
        "ekonomi.till_mottagaren",
        15,
        lambda row: row.to_recipient,
        "kr",
        _recipient_sum,
    ),
    SheetColumn(
        "till_andamalet",
        "ekonomi.till_andamalet",
        18,
        lambda row: row.to_purpose,
        "kr",
        _purpose_sum,
    ),
    SheetColumn("andra_lan", "ekonomi.andra_lan", 32, lambda row: row.others),
    *ORIGIN,
)


def write_grants(book: Book, context: FinanceContext) -> None:
    """The sums first, then a row for each grant, recipient by recipient."""
    texts, results = context.texts, context.results
    found = grants(results.data, texts("ekonomi.mottagare_ord").split())
    table = SheetTable(texts("ekonomi.bidrag"), ColumnList(COLUMNS), _HEADER, len(found))
    intro = texts("ekonomi.bidrag_intro")
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    _write_sums(sheet, table, sum((grant.amount for grant in found), Decimal(0)), context)
    sums, within = sums_of(found), {column.id: table.within(column.id) for column in COLUMNS}
    rows = (GrantRow(grant, sums, within, context) for grant in found)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")


def sums_of(found: Sequence[Grant]) -> GrantSums:
    """What recipients have got, in all and for each purpose."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for grant in found:
        for key in (key_of(grant)[:1], key_of(grant)):
            sums[key] = sums.get(key, Decimal(0)) + grant.amount
    return sums


def key_of(grant: Grant) -> tuple[str, ...]:
    """Recipient and purpose as a spreadsheet compares them, where case does not count."""
    return (grant.group.casefold(), grant.purpose.casefold())


def _write_sums(
    sheet: WrittenSheet, table: SheetTable[GrantRow], total: Decimal, context: FinanceContext
) -> None:
    """What stands here against what stands on the sheet of rows."""
    texts = context.texts
    title = Cell(texts("ekonomi.bidrag_mot_raden"), "header_line")
    head = Cell(texts("ekonomi.belopp"), "header")
    write_apart(sheet, table, _SUMS, {"lan": title, "belopp": head}, "header")
    amounts, kinds = (spend_area(context.rows, name) for name in ("outcome", "kind"))
    code = context.results.data.year.spec.bound[GRANT]
    here, there = (table.cells(row)["belopp"] for row in (_HERE, _ROWS))
    summed = f"=SUM({table.filled('belopp')})" if table.count else ""
    wanted = f'=SUMIFS({amounts},{kinds},"{code}")' if context.rows.count else ""
    lines = {
        _HERE: ("bidrag_har", summed, total),
        _ROWS: ("bidrag_rader", wanted, total),
        _DIFFERENCE: ("bidrag_skillnad", f"={here}-{there}", Decimal(0)),
    }
    for row, (name, formula, value) in lines.items():
        label = Cell(texts(f"ekonomi.{name}"), "plain")
        write_apart(sheet, table, row, {"lan": label, "belopp": Cell(value, "kr", formula)})
