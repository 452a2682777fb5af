"""`ekonomi.xlsx`: the finance officer's workbook. Every total is a live formula over the sheet of
rows."""

from __future__ import annotations

from toolkit.analysis.accounts import ACCOUNT_NEEDS
from toolkit.analysis.bridge import BRIDGE_NEEDS
from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.grants import GRANT_NEEDS
from toolkit.analysis.merge import Dataset
from toolkit.analysis.money_tables import CODE_NEEDS
from toolkit.analysis.needs import MONEY, LeftOut, Maker, left_out_of
from toolkit.analysis.records import SpendLine
from toolkit.analysis.results import YearResults
from toolkit.analysis.shared_costs import SHARED_NEEDS
from toolkit.analysis.year_on_year import YEARS_NEEDS
from toolkit.export.book import Book, new_book
from toolkit.export.finance.accounts import write_accounts
from toolkit.export.finance.booked import booked_table, write_booked
from toolkit.export.finance.burden import write_burden
from toolkit.export.finance.by_code import write_by_code
from toolkit.export.finance.context import FinanceContext, comparable_before
from toolkit.export.finance.earmarks import write_earmarks
from toolkit.export.finance.grants import write_grants
from toolkit.export.finance.ledgers import write_ledgers
from toolkit.export.finance.origin import file_target
from toolkit.export.finance.over_time import write_over_time
from toolkit.export.finance.overview import write_overview
from toolkit.export.finance.reconciliation import differences_table, write_reconciliation
from toolkit.export.finance.resting import write_resting
from toolkit.export.finance.rows import rows_table, write_rows
from toolkit.export.finance.shared_costs import write_sharing
from toolkit.export.finance.text_count import count_as_before
from toolkit.export.finance.transfers import write_transfers
from toolkit.spec.model import Spec
from toolkit.staff.decisions import MARK, mark_of


def _write_all_rows(book: Book, context: FinanceContext) -> None:
    results, texts = context.results, context.texts
    write_rows(book, results.data, texts, context.rows, lambda line: _target(results, line))
    if isinstance(context.before, Dataset) and context.earlier:
        write_rows(book, context.before, texts, context.earlier, lambda _: None)


SHEETS: tuple[Maker[None], ...] = (
    Maker("ekonomi.oversikt", write_overview, (*MONEY, *VERDICT_NEEDS)),
    Maker("ekonomi.sar", write_earmarks, (*MONEY, *VERDICT_NEEDS)),
    Maker("ekonomi.per_kod", write_by_code, (*MONEY, *CODE_NEEDS)),
    Maker("ekonomi.avstamning", write_reconciliation, MONEY),
    Maker("ekonomi.vilande", write_resting, MONEY),
    Maker("ekonomi.anslag", write_accounts, (*MONEY, *ACCOUNT_NEEDS)),
    Maker("ekonomi.belastning", write_burden, (*MONEY, *BRIDGE_NEEDS)),
    Maker("ekonomi.overforingar", write_transfers, MONEY),
    Maker("ekonomi.fordelning", write_sharing, (*MONEY, *SHARED_NEEDS)),
    Maker("ekonomi.bidrag", write_grants, (*MONEY, *GRANT_NEEDS)),
    Maker("ekonomi.over_tid", write_over_time, (*MONEY, *YEARS_NEEDS)),
    Maker("ekonomi.bocker", write_ledgers, MONEY),
    Maker("ekonomi.bokfort", write_booked, MONEY),
    Maker("ekonomi.rader", _write_all_rows, MONEY),
)
"""The sheets in order, each by the text that names it and with what it needs of the year. Without
amounts there is no workbook."""


def left_out_sheets(spec: Spec) -> list[LeftOut]:
    """The sheets that a year's workbook does not have, and why."""
    return left_out_of("blad", SHEETS, spec)


def write_finance(results: YearResults) -> bytes:
    """The workbook, overview first, of a year that asks for money (`needs.asks_for_money`). The
    sheets of rows that its formulas sum come last: a formula may look ahead to a sheet that is
    written after it, so where each stands is settled first."""
    context = context_of(results)
    texts, spec = context.texts, results.data.year.spec
    # Excel keeps its own order of counting, so that a formula may stand before what it sums.
    book = new_book(texts("ekonomi.titel", year=spec.year), spec.agency, texts("intern"))
    # By it a later run knows from which copy of her decisions the workbook was made.
    book.workbook.set_custom_property(MARK, results.decided_from or mark_of(None), "text")
    for sheet in SHEETS:
        if sheet.fits(spec):
            sheet.make(book, context)
    count_as_before(book, context)
    return book.close()


def context_of(results: YearResults) -> FinanceContext:
    """What the sheets are written from."""
    texts, year = results.data.year.texts("export"), results.data.year.spec.year
    before = comparable_before(results)
    earlier = texts("ekonomi.rader_ar", year=year - 1)
    return FinanceContext(
        results,
        texts,
        rows_table(results.data, texts("ekonomi.rader")),
        rows_table(before, earlier) if isinstance(before, Dataset) else None,
        booked_table(results, texts),
        differences_table(results, texts),
    )


def _target(results: YearResults, line: SpendLine) -> str | None:
    """A merged row's amount in the county's own file."""
    return file_target(results, line.file, line.ref("outcome"))
