"""The sheet of spend by county and verksamhetskod, utgift and kostnad in rows of their own, all of
it counted from the sheet of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.merge import Dataset
from toolkit.analysis.money_tables import whole_sum
from toolkit.analysis.natures import spent_apart, unknown_apart, unknown_by
from toolkit.analysis.reconcile import spent_by
from toolkit.analysis.states import Dimension, Nature
from toolkit.export.book import Book, Cell
from toolkit.export.columns import (
    SUM,
    ColumnList,
    Formula,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_sums_of,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.earmarks import answer_cells
from toolkit.export.finance.natures import nature_tests, with_unknown
from toolkit.export.finance.origin import ORIGIN, Origin, county_cells, county_link, origin_of
from toolkit.export.finance.rows import county_area, spend_area
from toolkit.export.finance.sums import sum_of
from toolkit.spec.roles import AREA_CODES

_HEADER = 3
_CODE_WIDTH = 20


@dataclass(frozen=True)
class CodesRow:
    """A county and its kronor of one nature, by code; None for what is not known."""

    county: str
    nature: Nature
    spent: Mapping[str, Decimal | None]
    context: FinanceContext

    @property
    def name(self) -> Cell:
        """The county's name, leading to its rows."""
        return county_link(self.context.results, self.county, self.context.rows)

    @property
    def told(self) -> str:
        """The nature in words."""
        return self.context.texts(f"pengaslag.{self.nature}")

    @property
    def total(self) -> Decimal | None:
        """On all codes."""
        return whole_sum(tuple(self.spent.values()))

    def amount(self, amount: Decimal | None, role: str) -> Cell:
        """Kronor, or in words why there are none."""
        if amount is not None:
            return Cell(amount, role)
        usable = self.context.results.states[self.county].spend_state.usable
        return Cell(self.context.texts("ekonomi.okant" if usable else "ekonomi.inte_med"))

    @property
    def origin(self) -> Origin:
        """The county's rows, or where it says why it has none."""
        results = self.context.results
        state = results.states[self.county]
        cells = county_cells(results, self.county)
        if not cells and results.verdicts:
            cells = answer_cells(state, results.earmark, "status")
        return origin_of(results, state.file, cells)


PLACE: tuple[SheetColumn[CodesRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name, total=""),
    SheetColumn("nature", "ekonomi.pengaslag", 18, lambda row: row.told, total=""),
)


def columns_of(codes: Mapping[str, str]) -> tuple[SheetColumn[CodesRow], ...]:
    """The county and the nature, a column for each code (with its heading), their sum, and where it
    comes from."""
    ids = [f"kod_{code}" for code in codes]
    by_code = [_code_column(code, heading) for code, heading in codes.items()]
    total = SheetColumn("summa", "gemensamt.summa", 16, _total, "sum_kr", _across(ids), SUM)
    return (*PLACE, *by_code, total, *ORIGIN)


def _total(row: CodesRow) -> Cell:
    return row.amount(row.total, "sum_kr")


def _across(ids: Sequence[str]) -> Formula[CodesRow]:
    """The sum of neighbouring cells, from the first column to the last; none where one of them is
    not known."""
    first, last = ids[0], ids[-1]

    def formula(row: CodesRow, cells: RowCells) -> str:
        return "" if row.total is None else f"=SUM({cells[first]}:{cells[last]})"

    return formula


def _code_column(code: str, heading: str) -> SheetColumn[CodesRow]:
    def spent(row: CodesRow) -> Cell:
        return row.amount(row.spent[code], "kr")

    # The county is held to its column ($A5), so that the formula can be filled to the right.
    def formula(row: CodesRow, cells: RowCells) -> str:
        rows, spec = row.context.rows, row.context.results.data.year.spec
        if not rows.count or row.spent[code] is None:
            return ""
        place = (county_area(rows), cells["$lan"] + nature_tests(rows, spec, row.nature))
        return f"={sum_of(spend_area(rows, 'outcome'), {spend_area(rows, 'code'): code}, place)}"

    return SheetColumn(f"kod_{code}", "", _CODE_WIDTH, spent, "kr", formula, SUM, heading=heading)


def write_by_code(book: Book, context: FinanceContext) -> None:
    """The counties in the order of their codes, each nature in a row of its own, and the country's
    sum of each."""
    texts, data = context.texts, context.results.data
    codes = codes_shown(context, _used(data))
    rows = list(_rows(context, codes))
    table = SheetTable(texts("ekonomi.per_kod"), ColumnList(columns_of(codes)), _HEADER, len(rows))
    intro = with_unknown(texts("ekonomi.per_kod_intro"), data.spend, context)
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    write_table(sheet, table, rows, texts)
    for below, nature in enumerate(context.results.natures):
        own = [row for row in rows if row.nature is nature]
        word = texts(f"pengaslag.{nature}")
        label = texts("ekonomi.summa_slag", kind=word.lower())
        write_sums_of(sheet, table, own, label, ("nature", word), below)
    freeze(sheet, table, "lansnamn")


def _used(data: Dataset) -> set[str]:
    """The codes that any amount stands on, known or not."""
    keys = (*spent_by(data, Dimension.CODE), *unknown_by(data.spend, "code"))
    return {code for _, code in keys}


def _rows(context: FinanceContext, codes: Mapping[str, str]) -> Iterator[CodesRow]:
    results = context.results
    sums = spent_apart(results.data.year.spec, results.data.spend)
    unknown = unknown_apart(results.data.year.spec, results.data.spend, "code")
    for county in results.data.counties:
        for nature in results.natures:
            every = {code: (county.code, code, nature) for code in codes}
            known = {code: key for code, key in every.items() if key not in unknown}
            usable = known if county.spend_state.usable else {}
            spent = {code: sums.get(key, Decimal(0)) for code, key in usable.items()}
            yield CodesRow(county.code, nature, dict.fromkeys(codes) | spent, context)


def codes_shown(context: FinanceContext, used: set[str]) -> dict[str, str]:
    """The year's codes with their headings, and any other that a waiver has let through, so that no
    krona is lost."""
    spec = context.results.data.year.spec
    known = {code.code: code.shown for code in spec.list_of(AREA_CODES).valid_in(spec.year)}
    others = sorted(used - set(known))
    return known | {code: code or context.texts("ekonomi.utan_kod") for code in others}
