"""The sheet of the appropriation accounts: what there was to spend, what was spent and what is
left, item by item, and the sums that only all counties together can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.analysis.accounts import NEGATIVE, OVER, AccountControl, account_controls, standing_of
from toolkit.analysis.records import AppropriationLine
from toolkit.analysis.results import YearResults
from toolkit.export.book import Book, Cell
from toolkit.export.columns import (
    SUM,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    in_row,
    widest,
    write_sums,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import ORIGIN_ABOVE_SUMS, Origin, origin_of
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.spec.roles import APPROPRIATION

_HEADER = 3
_ROOM = 3  # the row of sums, and empty ones
_TONES: Mapping[str, str] = {OVER: "bad", NEGATIVE: "bad"}


@dataclass(frozen=True)
class AccountRow:
    """One item of a county's account."""

    line: AppropriationLine
    context: FinanceContext

    @property
    def standing(self) -> Cell:
        """Over or under, in words."""
        found = standing_of(self.line)
        told = self.context.texts(f"anslagslage.{found}") if found else ""
        return Cell(told, _TONES.get(found, "text"))

    @property
    def origin(self) -> Origin:
        """The cell of what was spent."""
        return origin_of(self.context.results, self.line.file, [self.line.ref("spent")])


COLUMNS: tuple[SheetColumn[AccountRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 24, lambda row: row.line.county_name, total=""),
    SheetColumn("anslagspost", "indelning.anslagspost", 14, lambda row: row.line.post, total=""),
    SheetColumn(
        "tilldelning", "ekonomi.tilldelning", 17, lambda row: row.line.allotted, "kr", total=SUM
    ),
    SheetColumn(
        "omdisponerat", "ekonomi.omdisponerat", 17, lambda row: row.line.moved, "kr", total=SUM
    ),
    SheetColumn(
        "disponibelt", "ekonomi.disponibelt", 17, lambda row: row.line.available, "kr", total=SUM
    ),
    SheetColumn("utgifter", "ekonomi.utgifter_kr", 17, lambda row: row.line.spent, "kr", total=SUM),
    SheetColumn("utgaende", "ekonomi.utgaende", 17, lambda row: row.line.closing, "kr", total=SUM),
    SheetColumn("lage", "ekonomi.anslagslage", 24, lambda row: row.standing, total=""),
    SheetColumn(
        "kommentar", "ekonomi.lanets_kommentar", 26, lambda row: row.line.comment, total=""
    ),
    *ORIGIN_ABOVE_SUMS,
)


@dataclass(frozen=True)
class ControlRow:
    """A sum over all counties beside what it should be."""

    control: AccountControl
    table: SheetTable[AccountRow]
    texts: Texts

    @property
    def difference(self) -> Cell:
        """What it is off by."""
        gap = self.control.amount - self.control.wanted
        return Cell(gap, "kr" if self.control.ties else "ask_kr")


def _summed(row: ControlRow, _: RowCells) -> str:
    """The column of the accounts that the control is called by, of its item if it is of one."""
    codes = {row.table.area("anslagspost"): row.control.item} if row.control.item else {}
    return f"={sum_of(row.table.area(row.control.kind), codes)}"


CONTROLS: tuple[SheetColumn[ControlRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.texts("ekonomi.alla_lan")),
    SheetColumn(
        "kontroll",
        "ekonomi.kontroll",
        24,
        lambda row: row.texts(f"ekonomi.kontroll_{row.control.kind}"),
    ),
    SheetColumn("anslagspost", "indelning.anslagspost", 14, lambda row: row.control.item),
    SheetColumn("ar", "ekonomi.enligt_lanen", 17, lambda row: row.control.amount, "kr", _summed),
    SheetColumn("ska", "ekonomi.ska_vara", 17, lambda row: row.control.wanted, "kr"),
    SheetColumn(
        "skillnad",
        "ekonomi.skillnad",
        17,
        lambda row: row.difference,
        formula=in_row("={ar}-{ska}"),
    ),
)


def write_accounts(book: Book, context: FinanceContext) -> None:
    """A row for each item of each county, their sums, and the controls below."""
    texts, results = context.texts, context.results
    rows = [AccountRow(line, context) for line in results.data.appropriations]
    columns, below = ColumnList(COLUMNS), ColumnList(CONTROLS)
    table = SheetTable(texts("ekonomi.anslag"), columns, _HEADER, len(rows))
    intro = _intro(results, texts)
    sheet = book.sheet(table.sheet, table.sheet, intro, widest(columns, below))
    write_table(sheet, table, rows, texts)
    write_sums(sheet, table, rows, texts("gemensamt.summa"))
    freeze(sheet, table, "lansnamn")
    found = list(account_controls(results.data, results.series))
    if found and rows:
        controls = SheetTable(table.sheet, below, table.last + _ROOM, len(found))
        write_table(sheet, controls, [ControlRow(one, table, texts) for one in found], texts)


def _intro(results: YearResults, texts: Texts) -> str:
    """What is over, and who is not in: without them the sums say nothing of the whole country."""
    over = sum(standing_of(line) in _TONES for line in results.data.appropriations)
    told = texts("ekonomi.anslag_intro", over=over)
    absent = _absent(results)
    if not absent:
        return told
    return f"{told} {texts('ekonomi.anslag_utan', counties=', '.join(absent))}"


def _absent(results: YearResults) -> Sequence[str]:
    states = results.data.counties
    return [state.name for state in states if not state.state_of(APPROPRIATION).usable]
