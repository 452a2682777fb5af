"""How many texts ekonomi.xlsx says that it holds (`sst/@count`; ECMA-376 part
1, 18.4.9).

The number is XlsxWriter's own count of texts written, and programs read past it. Until each cell
was written once, those that were written over counted twice, and so they do here: with this the
file is the same, byte for byte, as before. The module and its one call can go as soon as nobody
compares, and `SheetColumn.late` with them."""

from __future__ import annotations

from toolkit.export.book import Book
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.earmarks import earmark_rows

_GRANT_HEADINGS, _COST_LABELS, _SERIES_SUMS, _COUNTRY_SUMS = 2, 4, 4, 3


def count_as_before(book: Book, context: FinanceContext) -> None:
    """Count the cells that used to be written over once more."""
    results = context.results
    links = context.rows.count + context.booked.count
    links += sum(1 for _ in earmark_rows(context))
    sums = _GRANT_HEADINGS + _COST_LABELS + len(results.series.disagreeing())
    if results.series.years:
        sums += _SERIES_SUMS
    if context.earlier:
        links += context.earlier.count
        sums += _COUNTRY_SUMS
    for ledger in results.ledgers.values():
        links += 1 + len(ledger.bad_lines) + len(ledger.balances)
        sums += ledger.stated is not None
    book.workbook.str_table.count += links + sums
