"""`ekonomi.xlsx`: the finance officer's workbook. Every total is a live formula over the sheet of
rows."""

from __future__ import annotations

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import SpendLine
from toolkit.analysis.results import YearResults
from toolkit.export.book import new_book
from toolkit.export.finance.booked import booked_table, write_booked
from toolkit.export.finance.by_code import write_by_code
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.earmarks import write_earmarks
from toolkit.export.finance.grants import write_grants
from toolkit.export.finance.ledgers import write_ledgers
from toolkit.export.finance.origin import file_target
from toolkit.export.finance.over_time import write_over_time
from toolkit.export.finance.overview import write_overview
from toolkit.export.finance.reconciliation import differences_table, write_reconciliation
from toolkit.export.finance.rows import rows_table, write_rows
from toolkit.export.finance.shared_costs import write_sharing
from toolkit.export.finance.text_count import count_as_before


def write_finance(results: YearResults) -> bytes:
    """The workbook, overview first. The sheets of rows that its formulas sum come last: a formula
    may look ahead to a sheet that is written after it, so where each stands is settled first."""
    context = context_of(results)
    texts, spec = context.texts, results.data.year.spec
    book = new_book(texts("ekonomi.titel", year=spec.year), spec.agency)
    write_overview(book, context)
    write_earmarks(book, context)
    write_by_code(book, context)
    write_reconciliation(book, context)
    write_sharing(book, context)
    write_grants(book, context)
    write_over_time(book, context)
    write_ledgers(book, context)
    write_booked(book, context)
    write_rows(book, results.data, texts, context.rows, lambda line: _target(results, line))
    if isinstance(results.before, Dataset) and context.earlier:
        write_rows(book, results.before, texts, context.earlier, lambda _: None)
    count_as_before(book, context)
    return book.close()


def context_of(results: YearResults) -> FinanceContext:
    """What the sheets are written from."""
    texts, year = results.data.year.texts("export"), results.data.year.spec.year
    before = results.before if isinstance(results.before, Dataset) else None
    earlier = texts("ekonomi.rader_ar", year=year - 1)
    return FinanceContext(
        results,
        texts,
        rows_table(results.data, texts("ekonomi.rader")),
        rows_table(before, earlier) if before else None,
        booked_table(results, texts),
        differences_table(results, texts),
    )


def _target(results: YearResults, line: SpendLine) -> str | None:
    """A merged row's amount in the county's own file."""
    return file_target(results, line.file, line.ref("outcome"))
