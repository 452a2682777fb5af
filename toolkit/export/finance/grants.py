"""The sheet of grants: every grant with its recipient's and its purpose's sum, and recipients of
several counties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.grants import Grant, grants
from toolkit.analysis.money_tables import whole_sum
from toolkit.analysis.states import Nature
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
from toolkit.export.finance.natures import nature_tests, with_unknown
from toolkit.export.finance.origin import ORIGIN, Origin, origin_of
from toolkit.export.finance.rows import spend_area
from toolkit.spec.roles import GRANT
from toolkit.words.swedish import join_and

_SUMS = 3  # the heading row of the sums
_HERE, _ROWS, _DIFFERENCE = range(_SUMS + 1, _SUMS + 4)  # on this sheet, on that of rows
_HEADER = 8
_SUM_COLUMNS = ("belopp", "till_mottagaren", "till_andamalet")  # one for each nature
_SAME = ("mottagare_lika", "slag", "andamal")
_WHOM = 2  # of them: whom and of what nature

GrantSums = Mapping[tuple[str, ...], Decimal | None]
"""Kronor by recipient and nature, and by these and purpose; None where a part is not known."""


@dataclass(frozen=True)
class GrantRow:
    """A grant beside the sums of all. `within` are the columns of the table, for its formulas."""

    grant: Grant
    sums: GrantSums
    within: Mapping[str, str]
    context: FinanceContext

    @property
    def told(self) -> str:
        """Utgift or kostnad in words."""
        return self.context.texts(f"pengaslag.{self.grant.nature}")

    @property
    def to_recipient(self) -> Decimal | None:
        """All of its nature that the recipient has got."""
        return self.sums[key_of(self.grant)[:_WHOM]]

    @property
    def to_purpose(self) -> Decimal | None:
        """All of it that the recipient has got for the purpose."""
        return self.sums[key_of(self.grant)]

    @property
    def amount(self) -> Cell:
        """The grant."""
        return self.kr(self.grant.amount if self.grant.known else None)

    def kr(self, amount: Decimal | None) -> Cell:
        """Kronor, or in words that they are not known."""
        return Cell(self.context.texts("ekonomi.okant")) if amount is None else Cell(amount, "kr")

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
    SUMIFS would take for patterns; = does not. Words among the amounts are passed over only where
    they are an argument of their own: in a product they are an error."""
    tests = [f"({row.within[column]}={cells[f'${column}']})" for column in columns]
    return f"=SUMPRODUCT({'*'.join(tests)},{row.within['belopp']})"


def _recipient_sum(row: GrantRow, cells: RowCells) -> str:
    return "" if row.to_recipient is None else _same(row, cells, *_SAME[:_WHOM])


def _purpose_sum(row: GrantRow, cells: RowCells) -> str:
    return "" if row.to_purpose is None else _same(row, cells, *_SAME)


COLUMNS: tuple[SheetColumn[GrantRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.grant.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.grant.line.county_name),
    SheetColumn("mottagare", "ekonomi.mottagare", 34, lambda row: row.grant.recipient),
    SheetColumn("mottagare_lika", "ekonomi.mottagare_lika", 34, lambda row: row.grant.group),
    SheetColumn("andamal", "ekonomi.andamal", 40, lambda row: row.grant.purpose),
    SheetColumn("slag", "ekonomi.pengaslag", 13, lambda row: row.told),
    SheetColumn("belopp", "ekonomi.belopp", 13, lambda row: row.amount),
    SheetColumn(
        "till_mottagaren",
        "ekonomi.till_mottagaren",
        15,
        lambda row: row.kr(row.to_recipient),
        "kr",
        _recipient_sum,
    ),
    SheetColumn(
        "till_andamalet",
        "ekonomi.till_andamalet",
        18,
        lambda row: row.kr(row.to_purpose),
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
    intro = with_unknown(texts("ekonomi.bidrag_intro"), (one.line for one in found), context)
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    _write_sums(sheet, table, found, context)
    sums, within = sums_of(found), {column.id: table.within(column.id) for column in COLUMNS}
    rows = (GrantRow(grant, sums, within, context) for grant in found)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")


def sums_of(found: Sequence[Grant]) -> GrantSums:
    """What recipients have got of each nature, in all and for each purpose."""
    parts: dict[tuple[str, ...], list[Decimal | None]] = defaultdict(list)
    for grant in found:
        for key in (key_of(grant)[:_WHOM], key_of(grant)):
            parts[key].append(grant.amount if grant.known else None)
    return {key: whole_sum(own) for key, own in parts.items()}


def key_of(grant: Grant) -> tuple[str, ...]:
    """Recipient, nature and purpose as a spreadsheet compares them, where case does not count."""
    return (grant.group.casefold(), grant.nature, grant.purpose.casefold())


def _write_sums(
    sheet: WrittenSheet,
    table: SheetTable[GrantRow],
    found: Sequence[Grant],
    context: FinanceContext,
) -> None:
    """What stands here against what stands on the sheet of rows, each nature in a column."""
    texts = context.texts
    title = Cell(texts("ekonomi.bidrag_mot_raden"), "header_line")
    labels = {_HERE: "bidrag_har", _ROWS: "bidrag_rader", _DIFFERENCE: "bidrag_skillnad"}
    rows = {row: {"lan": Cell(texts(f"ekonomi.{key}"), "plain")} for row, key in labels.items()}
    head = {"lan": title}
    for column, nature in zip(_SUM_COLUMNS, context.results.natures, strict=False):
        head[column] = Cell(texts(f"pengaslag.{nature}"), "header")
        for row, cell in _sums_of_nature(table, column, nature, found, context).items():
            rows[row][column] = cell
    write_apart(sheet, table, _SUMS, head, "header")
    for row, cells in rows.items():
        write_apart(sheet, table, row, cells)


def _sums_of_nature(
    table: SheetTable[GrantRow],
    column: str,
    nature: Nature,
    found: Sequence[Grant],
    context: FinanceContext,
) -> Mapping[int, Cell]:
    """Its grants here, among the rows, and the difference."""
    total = sum((one.amount for one in found if one.nature is nature), Decimal(0))
    amounts, kinds = (spend_area(context.rows, name) for name in ("outcome", "kind"))
    spec, word = context.results.data.year.spec, context.texts(f"pengaslag.{nature}")
    tests = nature_tests(context.rows, spec, nature)
    slag, belopp = table.within("slag"), table.within("belopp")
    summed = f'=SUMIFS({belopp},{slag},"{word}")' if table.count else ""
    wanted = f'=SUMIFS({amounts},{kinds},"{spec.bound[GRANT]}"{tests})'
    here, there = (table.cells(row)[column] for row in (_HERE, _ROWS))
    return {
        _HERE: Cell(total, "kr", summed),
        _ROWS: Cell(total, "kr", wanted if context.rows.count else ""),
        _DIFFERENCE: Cell(Decimal(0), "kr", f"={here}-{there}"),
    }
