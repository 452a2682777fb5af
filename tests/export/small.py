"""A year small enough to know by heart: two counties with seven lines, an extract and a year
before."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import openpyxl

from tests.conftest import ROOT
from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.records import AppropriationLine, MergedRecord, MergedRow, SpendLine
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import TableState
from toolkit.export.book import Book, new_book
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.workbook import context_of
from toolkit.ledger.entries import Bad, Ledger
from toolkit.returns.submission import Columns, Missing, Record, Return, Submission
from toolkit.spec.load import load_year

SPEC = load_year(ROOT / "templates", 2020)
NAMES = {code.code: code.attributes["namn"] for code in SPEC.spec.counties}


def row_of(kind: type[MergedRecord], county: str, row: int, /, **attributes: Any) -> MergedRow:
    """A merged row by the attributes of a typed record; the others are blank."""
    table, bound = SPEC.spec.table_of(kind.TABLE), SPEC.spec.bound
    fields = tuple(field.id for field in table.fields)
    given = {bound[kind.FIELDS[name]]: value for name, value in attributes.items()}
    typed = tuple(given.get(field, Missing.BLANK) for field in fields)
    places = tuple((n,) for n in range(1, len(fields) + 1))
    roles = bound.fields_of(table.id)
    columns = Columns(table.id, SPEC.spec.sheet_of[table.id].label, fields, places, roles=roles)
    return MergedRow(county, NAMES[county], f"{county}.xlsx", Record(columns, row, typed, typed))


def small_dataset(*rows: MergedRow, counties: Sequence[str]) -> Dataset:
    """A year of these rows alone, without a workbook. `counties` have sent a return."""
    merged: dict[str, tuple[MergedRow, ...]] = {}
    for row in rows:
        table = row.record.columns.table
        merged[table] = (*merged.get(table, ()), row)
    states = tuple(_state(code, name, code in counties) for code, name in NAMES.items())
    return Dataset(SPEC, merged, states)


def _state(county: str, name: str, sent: bool) -> CountyState:
    if not sent:
        missing = dict.fromkeys(SPEC.spec.tables, TableState.MISSING)
        return CountyState(county, name, None, (), missing, SPEC.spec.bound)
    file = f"{county}.xlsx"
    submission = Submission(
        file, "", county, SPEC.spec.year, SPEC.spec.version, {}, bound=SPEC.spec.bound
    )
    merged = dict.fromkeys(SPEC.spec.tables, TableState.MERGED)
    return CountyState(county, name, Return(file, "", submission, ()), (), merged, SPEC.spec.bound)


LINE = {"code": "PM", "post": "ap.4", "violence": "PMH", "kind": "KÖP", "basis": "K"}


def spend(county: str, row: int, amount: Decimal | int, /, **more: Any):
    """A line of Ekonomi."""
    known = {**LINE, "id": f"E{row}", "outcome": Decimal(amount), **more}
    return row_of(SpendLine, county, row, **known)


ROWS = (
    spend("12", 6, Decimal("100.25")),
    spend("12", 7, 40, code="801"),
    spend("12", 8, 30, kind="BID", recipient="Kvinnojouren*", code="VN", violence="VIN"),
    spend("12", 9, 20, share=Decimal(50), ground="ÅA", kind="OH", basis="U"),
    spend("14", 6, 70, kind="BID", recipient="Kvinnojouren*", code="VN", violence="VIN"),
    spend("14", 7, 10, kind="BID", recipient="Stadsmissionen", code="VN", violence="VIN"),
    spend("14", 8, 5, code="XX", violence="VIN"),
)
BEFORE = (spend("12", 6, 50), spend("14", 6, 100))
OPENING = row_of(
    AppropriationLine, "12", 6, post="ap.4", opening=Decimal(9), spent=Decimal(1), comment="Rättat."
)
CLOSING = row_of(AppropriationLine, "12", 6, post="ap.4", closing=Decimal(7))
BOOKED = {("PM", "KÖP", "ap.4"): Decimal("99.25"), ("801", "KÖP", "ap.4"): Decimal(40)}
LEDGER = Ledger(
    "12.csv", "12", BOOKED, 3, Decimal("139.25"),
    left_out=1, bad_lines=(Bad(4, "abc"),), total=Decimal(150), stated=Decimal(151),
)  # fmt: skip
SERIES = Series(
    (
        AppropriationFigure(2019, "anslag", Decimal(1000), "Brev 2019", "", 2),
        AppropriationFigure(2019, "utgifter", Decimal(900), "Redovisning 2019", "", 3),
        AppropriationFigure(2019, "utgifter", Decimal(910), "Rapport", "Annan avgränsning", 4),
        AppropriationFigure(2020, "utgifter", Decimal(300), "Redovisning 2020", "", 5),
    )
)


def results_of(data: Dataset, **more: Any) -> YearResults:
    """The finance check of a year."""
    verdicts = earmark_verdicts(data, data.year.spec.earmarks[0])
    return YearResults(data, verdicts, more.pop("series", SERIES), **more)


def small_results(*openings: Any) -> YearResults:
    """The small year with its extract; `openings` are its balances, beside those of last year."""
    data = small_dataset(*ROWS, *openings, counties=("12", "14"))
    before = small_dataset(*BEFORE, CLOSING, counties=("12", "14"))
    ledgers = {"12": LEDGER}
    return results_of(
        data,
        lines=reconcile(data, ledgers),
        parts=reconcile_parts(data, ledgers, SERIES),
        ledgers=ledgers,
        places={"12.xlsx": "returns/12.xlsx", "12.csv": "ledgers/12.csv"},
        before=before,
    )


def written(results: YearResults, *write: Callable[[Book, FinanceContext], None]):
    """The sheets that these functions write, as openpyxl reads them."""
    book = new_book("Prov", "Jämställdhetsmyndigheten")
    context = context_of(results)
    for one in write:
        one(book, context)
    return openpyxl.load_workbook(io.BytesIO(book.close()))


def cells_of(page: Any, row: int) -> list[object]:
    """What stands in a row."""
    return [cell.value for cell in page[row]]
