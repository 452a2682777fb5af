"""The sheet that says how the ledger extracts were read: columns, sums, and every line that could
not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.analysis.asked import beyond
from toolkit.export.book import Book, Cell, WrittenSheet
from toolkit.export.columns import (
    ColumnList,
    Line,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    in_row,
    widest,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import file_target
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.ledger.codes import codes_shown
from toolkit.ledger.entries import Bad, Balance, Ledger, Outside
from toolkit.ledger.findings import doubt_shown, span_shown
from toolkit.ledger.proof import TOLD_ELSEWHERE
from toolkit.words.amounts import format_kr

_HEADER = 3
_ROOM = 2  # empty rows between the tables of the sheet


@dataclass(frozen=True)
class LedgerRow:
    """One extract."""

    county: str
    ledger: Ledger
    context: FinanceContext

    @property
    def name(self) -> str:
        """The county's name."""
        return self.context.results.states[self.county].name

    @property
    def file(self) -> Cell:
        """The extract, as a link where it is known where it lies."""
        target = file_target(self.context.results, self.ledger.file)
        return Cell(self.ledger.file, target=target)

    @property
    def stated(self) -> object:
        """The sum that the file itself gives."""
        if self.ledger.stated is None:
            return self.context.texts("ekonomi.ingen_summa")
        return Cell(self.ledger.stated, "kr")

    @property
    def missing(self) -> Cell:
        """What the file says beyond what was read."""
        if self.ledger.stated is None:
            return Cell("")
        return Cell(self.ledger.missing, "ask_kr" if self.ledger.missing else "kr")

    @property
    def mapping(self) -> str:
        """The columns that were found, and what they were taken for, and those that were not
        read."""
        texts = self.context.texts
        among = texts("ekonomi.i_rubriker")
        found = [
            f"{part_shown(part, texts)}: {head or among}" for part, head in self.ledger.mapping
        ]
        if self.ledger.passed_over:
            found.append(texts("ekonomi.olasta_kolumner", names=", ".join(self.ledger.passed_over)))
        return "; ".join(found)

    @property
    def used(self) -> str:
        """Whether anything is compared with it, and why not."""
        texts = self.context.texts
        if self.ledger.used:
            return texts("ekonomi.anvands")
        why = [self._doubt(doubt) for doubt in self.ledger.doubts]
        return texts("ekonomi.anvands_inte", why="; ".join(why))

    def _doubt(self, doubt: str) -> str:
        """A reason in words: of those that have findings of their own, the sheet's."""
        if doubt in (*TOLD_ELSEWHERE, "flera"):
            return self.context.texts(f"oanvand.{doubt}")
        return doubt_shown(self.context.results.data.year, self.ledger, doubt)

    @property
    def sheets(self) -> str:
        """The sheets that were read, and those that were not since they are hidden."""
        texts, ledger = self.context.texts, self.ledger
        read = ", ".join(ledger.sheets)
        if not ledger.hidden:
            return read
        return texts("ekonomi.blad_dolda", read=read, hidden=", ".join(ledger.hidden))

    @property
    def apart(self) -> str:
        """Balances and subtotals, which are no transactions."""
        rows = self.ledger.apart
        total = format_kr(sum(rows, Decimal(0)))
        return self.context.texts("ekonomi.sumrader_antal", count=len(rows), amount=total)

    @property
    def county_by(self) -> str:
        """By what the extract was known for the county's."""
        by = self.ledger.county_by
        return self.context.texts(f"lanet_enligt.{by}") if by else ""

    @property
    def sign(self) -> str:
        """Whether costs stand with a plus or a minus."""
        turned = self.ledger.turned
        return self.context.texts("ekonomi.tecken_omvant" if turned else "ekonomi.tecken_plus")

    @property
    def beyond(self) -> str:
        """What the return does not ask for, in one line: it is compared with nothing."""
        texts = self.context.texts
        rest = beyond(self.context.results.data.year.spec, self.ledger)
        if not rest.codes:
            return texts("ekonomi.utanfor_inget")
        amount = format_kr(rest.amount)
        named = codes_shown(rest.sums, texts("ekonomi.utan_kod"))
        return texts("ekonomi.utanfor_summa", amount=amount, count=len(rest.codes), codes=named)

    @property
    def dated(self) -> str:
        """The days between which the transactions stand."""
        return span_shown(self.ledger.dated) if self.ledger.dated else ""

    @property
    def balances(self) -> str:
        """How many of the file's own balances its transactions come to."""
        texts, ledger = self.context.texts, self.ledger
        if not ledger.compared:
            return texts("ekonomi.inga_saldon")
        ties = ledger.compared - len(ledger.balances)
        return texts("ekonomi.saldon_stammer", ties=ties, all=ledger.compared)


def part_shown(name: str, texts: Texts) -> str:
    """What a column is, in words; the agency may have added columns of its own to huvudbok.yaml."""
    return texts.entries.get(f"huvudboksdel.{name}", name)


def accounts_shown(accounts: Iterable[Outside]) -> str:
    """Accounts with their sums."""
    return "; ".join(f"{one.account}: {format_kr(one.amount)}" for one in accounts)


def _total(row: LedgerRow, cells: RowCells) -> str:
    """All that is booked, as the file has it: where the chart turns the sign of some accounts, that
    is taken back."""
    turned = row.ledger.turned_by_range
    return f"={_booked(row, cells)}" + (f"-{turned:f}".replace("--", "+") if turned else "")


def _control(row: LedgerRow, cells: RowCells) -> str:
    """All accounts but those that stand outside the control sum: they have one word for a kind."""
    others = row.context.texts("ekonomi.bokfort_ovrigt")
    left_out = _booked(row, cells, {row.context.booked.area("kostnadsslag"): others})
    return f"={_booked(row, cells)}-{left_out}"


def _booked(row: LedgerRow, cells: RowCells, codes: Mapping[str, str] | None = None) -> str:
    booked = row.context.booked
    if not booked.count:
        return "0"
    return sum_of(booked.area("belopp"), codes or {}, (booked.area("lan"), cells["$lan"]))


def _missing(row: LedgerRow, cells: RowCells) -> str:
    if row.ledger.stated is None:
        return ""
    return f"={cells['egen_summa']}-{cells['last_summa']}"


COLUMNS: tuple[SheetColumn[LedgerRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name),
    SheetColumn("fil", "gemensamt.fil", 38, lambda row: row.file),
    SheetColumn("transaktioner", "ekonomi.transaktioner", 14, lambda row: row.ledger.transactions),
    SheetColumn(
        "kontrollsumma", "ekonomi.kontrollsumma", 16, lambda row: row.ledger.control, "kr", _control
    ),
    SheetColumn("andra_konton", "ekonomi.andra_konton", 12, lambda row: row.ledger.left_out),
    SheetColumn("last_summa", "ekonomi.last_summa", 17, lambda row: row.ledger.total, "kr", _total),
    SheetColumn("egen_summa", "ekonomi.egen_summa", 17, lambda row: row.stated),
    SheetColumn("ej_last", "ekonomi.ej_last", 13, lambda row: row.missing, formula=_missing),
    SheetColumn("olasta", "ekonomi.olasta", 14, lambda row: len(row.ledger.bad_lines)),
    SheetColumn("kolumner", "ekonomi.kolumner", 50, lambda row: row.mapping),
    SheetColumn("lanet_enligt", "ekonomi.lanet_enligt", 17, lambda row: row.county_by),
    SheetColumn("tecken", "ekonomi.tecken", 28, lambda row: row.sign),
    SheetColumn("daterade", "ekonomi.daterade", 24, lambda row: row.dated),
    SheetColumn("saldon", "ekonomi.saldon", 30, lambda row: row.balances),
    SheetColumn("anvands", "ekonomi.anvands_rubrik", 30, lambda row: row.used),
    SheetColumn("blad_lasta", "ekonomi.blad_lasta", 24, lambda row: row.sheets),
    SheetColumn("sumrader", "ekonomi.sumrader", 22, lambda row: row.apart),
    SheetColumn(
        "raknas_inte", "ekonomi.raknas_inte", 34, lambda row: accounts_shown(row.ledger.uncounted)
    ),
    SheetColumn(
        "okanda", "ekonomi.okanda_konton", 34, lambda row: accounts_shown(row.ledger.outside)
    ),
    SheetColumn("utanfor", "ekonomi.utanfor", 24, lambda row: row.beyond),
    SheetColumn(
        "klasser", "ekonomi.kontoklasser", 24, lambda row: accounts_shown(row.ledger.classes)
    ),
)


@dataclass(frozen=True)
class BadLineRow:
    """A line that could not be read, with its number in the file."""

    extract: LedgerRow
    bad: Bad


@dataclass(frozen=True)
class BalanceRow:
    """A balance that the file's transactions contradict."""

    extract: LedgerRow
    gap: Balance

    @property
    def account(self) -> str:
        """The account, and which of its balances."""
        return self.extract.context.texts(f"saldoslag.{self.gap.kind}", account=self.gap.account)

    @property
    def difference(self) -> Decimal:
        """What the transactions lack."""
        return self.gap.stated - self.gap.read


# These two stand below the first table and are as wide as its columns.
BAD_LINES: tuple[SheetColumn[BadLineRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.extract.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.extract.name),
    SheetColumn("fil", "gemensamt.fil", 38, lambda row: row.extract.file),
    SheetColumn("rad", "gemensamt.rad", 7, lambda row: row.bad.line),
    SheetColumn("star_pa_raden", "ekonomi.star_pa_raden", 16, lambda row: row.bad.why),
)
BALANCES: tuple[SheetColumn[BalanceRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.extract.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.extract.name),
    SheetColumn("fil", "gemensamt.fil", 38, lambda row: row.extract.file),
    SheetColumn("rad", "gemensamt.rad", 7, lambda row: row.gap.line),
    SheetColumn("saldo_konto", "ekonomi.saldo_konto", 16, lambda row: row.account),
    SheetColumn("saldo_angivet", "ekonomi.saldo_angivet", 12, lambda row: row.gap.stated),
    SheetColumn("saldo_last", "ekonomi.saldo_last", 16, lambda row: row.gap.read),
    SheetColumn(
        "ej_last",
        "ekonomi.ej_last",
        13,
        lambda row: row.difference,
        "ask_kr",
        in_row("={saldo_angivet}-{saldo_last}"),
    ),
)


def write_ledgers(book: Book, context: FinanceContext) -> None:
    """A row for each extract, and below them the unread lines."""
    texts, name = context.texts, context.texts("ekonomi.bocker")
    rows = [LedgerRow(code, one, context) for code, one in sorted(context.results.ledgers.items())]
    columns, bad_lines, balances = ColumnList(COLUMNS), ColumnList(BAD_LINES), ColumnList(BALANCES)
    widths = widest(columns, bad_lines, balances)
    sheet = book.sheet(name, name, texts("ekonomi.bocker_intro"), widths)
    table = SheetTable(name, columns, _HEADER, len(rows))
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")
    row = table.last + _ROOM + 1
    row = _write_below(sheet, SheetTable(name, bad_lines, row, 0), list(_bad_lines(rows)), texts)
    _write_below(sheet, SheetTable(name, balances, row, 0), list(_balances(rows)), texts)


def _bad_lines(rows: Iterable[LedgerRow]) -> Iterator[BadLineRow]:
    for row in rows:
        for bad in row.ledger.bad_lines:
            yield BadLineRow(row, bad)


def _balances(rows: Iterable[LedgerRow]) -> Iterator[BalanceRow]:
    for row in rows:
        for gap in row.ledger.balances:
            yield BalanceRow(row, gap)


def _write_below(
    sheet: WrittenSheet, table: SheetTable[Line], lines: Sequence[Line], texts: Texts
) -> int:
    """A table where there is something to say. Gives the row where the next can stand."""
    if not lines:
        return table.header
    table = replace(table, count=len(lines))
    write_table(sheet, table, lines, texts)
    return table.last + _ROOM + 1
