"""The sheet of what the ledger extracts hold, code by code: what the sums of the reconciliation add
up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.asked import Beyond, asked_of, beyond, item_codes, known_post
from toolkit.analysis.results import YearResults
from toolkit.export.book import BLANK, Book, Cell
from toolkit.export.columns import ColumnList, SheetColumn, SheetTable, freeze, write_table
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import file_target
from toolkit.findings.texts import Texts
from toolkit.ledger.entries import Ledger

_HEADER = 3


@dataclass(frozen=True, slots=True)
class BookedRow:
    """What one extract holds on one combination of codes, in kronor."""

    county: str
    name: str
    file: Cell
    code: str
    kind: str
    post: str
    amount: Decimal


# No code is an empty cell: an empty text is a text to Excel, of which the test "=" is not true.
COLUMNS: tuple[SheetColumn[BookedRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name),
    SheetColumn("fil", "gemensamt.fil", 38, lambda row: row.file),
    SheetColumn("verksamhetskod", "indelning.verksamhetskod", 18, lambda row: row.code or BLANK),
    SheetColumn("kostnadsslag", "indelning.kostnadsslag", 18, lambda row: row.kind or BLANK),
    SheetColumn("anslagspost", "indelning.anslagspost", 18, lambda row: row.post or BLANK),
    SheetColumn("belopp", "ekonomi.belopp", 16, lambda row: row.amount),
)


def booked_table(results: YearResults, texts: Texts) -> SheetTable[BookedRow]:
    """Where the lines stand."""
    lines = len(booked_rows(results, texts))
    return SheetTable(texts("ekonomi.bokfort"), ColumnList(COLUMNS), _HEADER, lines)


def booked_rows(results: YearResults, texts: Texts) -> Sequence[BookedRow]:
    """What every extract holds by code, kind and post, and in one sum what stands on other
    accounts."""
    rows: list[BookedRow] = []
    for county, ledger in sorted(results.ledgers.items()):
        rows += _ledger_rows(county, ledger, results, texts)
    return rows


def _ledger_rows(
    county: str, ledger: Ledger, results: YearResults, texts: Texts
) -> Iterator[BookedRow]:
    spec = results.data.year.spec
    posts, asked = item_codes(spec), asked_of(spec, {county: ledger})[county]
    name = results.states[county].name
    file = Cell(ledger.file, target=file_target(results, ledger.file))
    for (code, kind, post), amount in sorted(asked.booked.items()):
        yield BookedRow(county, name, file, code, kind, known_post(post, posts), amount)
    rest = beyond(spec, ledger)
    # Under one word in all three columns: the sum of the sheet is the sum of the extract, and no
    # formula of a code takes it in.
    if rest.codes:
        label = rest_shown(rest, texts)
        yield BookedRow(county, name, file, label, label, label, rest.amount)
    if ledger.left_out:
        others = texts("ekonomi.bokfort_ovrigt")
        yield BookedRow(county, name, file, others, others, others, ledger.left_sum)


def rest_shown(rest: Beyond, texts: Texts) -> str:
    """What an extract holds that the return does not ask for, as one thing."""
    return texts("ekonomi.bokfort_utanfor", count=len(rest.codes))


def write_booked(book: Book, context: FinanceContext) -> None:
    """All lines, each with a link to its file."""
    texts, table = context.texts, context.booked
    intro = texts("ekonomi.bokfort_intro")
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    write_table(sheet, table, booked_rows(context.results, texts), texts)
    freeze(sheet, table, "lansnamn")
