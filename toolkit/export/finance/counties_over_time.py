"""The counties beside last year: amount, change and share, and where a comment is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.analysis.merge import Dataset
from toolkit.analysis.natures import unknown_apart
from toolkit.analysis.states import NoYearBefore
from toolkit.analysis.year_on_year import YearOnYear, compare_years, total
from toolkit.export.book import Cell, WrittenSheet
from toolkit.export.columns import (
    SUM,
    ColumnList,
    Formula,
    RowCells,
    SheetColumn,
    SheetTable,
    headed,
    in_row,
    let_filter,
    write_apart,
    write_sums_of,
    write_table,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.natures import nature_tests
from toolkit.export.finance.origin import ORIGIN_ABOVE_SUMS, Origin, county_cells, origin_of
from toolkit.export.finance.rows import county_area, spend_area

# COUNT counts numbers only: where a county has not reported a year, words stand in its cell, and
# words in a subtraction give #VALUE!.
_CHANGE = '=IF(COUNT({before}:{now})<2,"",{now}-{before})'
_CHANGE_SHARE = '=IF(OR({change}="",{before}=0),"",{change}/ABS({before}))'
_HEADER_BELOW_TOP = 4  # rows: the limits' title, the two limits, an empty one


@dataclass(frozen=True)
class YearsRow:
    """A county both years. `lines` are all counties; `limits` and `sums` say where the formulas
    find the limits and the country."""

    line: YearOnYear
    lines: Sequence[YearOnYear]
    limits: tuple[str, str]
    sums: int
    context: FinanceContext

    @property
    def told(self) -> str:
        """The nature in words."""
        return self.context.texts(f"pengaslag.{self.line.nature}")

    @property
    def before(self) -> Cell:
        """What the county has reported for last year."""
        return self._reported(self.line.before, self.context.before)

    @property
    def now(self) -> Cell:
        """What it has reported for this year."""
        return self._reported(self.line.now, self.context.results.data)

    def _reported(self, amount: Decimal | None, data: Dataset | NoYearBefore) -> Cell:
        if amount is not None:
            return Cell(amount, "kr")
        unknown: set[tuple[str, ...]] = set()
        if isinstance(data, Dataset):
            unknown = unknown_apart(data.year.spec, data.spend)
        is_unknown = (self.line.county, self.line.nature) in unknown
        return Cell(
            self.context.texts("ekonomi.okant" if is_unknown else "ekonomi.ej_sand"), "calm"
        )

    def share(self, year: str) -> Decimal | None:
        """The county's share of all of its nature that was reported for a year, `before` or
        `now`."""
        amount = getattr(self.line, year)
        alike = (line for line in self.lines if line.nature is self.line.nature)
        whole = total(getattr(line, year) for line in alike)
        return amount / whole if amount is not None and whole else None

    @property
    def question(self) -> Cell:
        """What the county is asked, if anything."""
        asks = self.line.asks(self.context.results.data.year.spec.limits)
        return Cell(self.asked, "ask") if asks else Cell("")

    @property
    def asked(self) -> str:
        """The question."""
        return self.context.texts("ekonomi.begar_kommentar")

    @property
    def origin(self) -> Origin:
        """Where the county's own amounts stand."""
        results, county = self.context.results, self.line.county
        cells = county_cells(results, county)
        return origin_of(results, results.states[county].file, cells)


def _before(row: YearsRow, cells: RowCells) -> str:
    earlier, before = row.context.earlier, row.context.before
    if row.line.before is None or earlier is None or not isinstance(before, Dataset):
        return ""
    return _spent(earlier, cells, nature_tests(earlier, before.year.spec, row.line.nature))


def _now(row: YearsRow, cells: RowCells) -> str:
    if row.line.now is None:
        return ""
    rows, spec = row.context.rows, row.context.results.data.year.spec
    return _spent(rows, cells, nature_tests(rows, spec, row.line.nature))


def _spent(rows: SheetTable[Any], cells: RowCells, tests: str) -> str:
    if not rows.count:
        return ""
    return f"=SUMIFS({spend_area(rows, 'outcome')},{county_area(rows)},{cells['$lan']}{tests})"


def _share_of(year: str) -> Formula[YearsRow]:
    """The county's amount over the country's, where there is one."""

    def formula(row: YearsRow, cells: RowCells) -> str:
        own, whole = cells[year], cells.fixed(year, row.sums)
        return f'=IF(OR(NOT(ISNUMBER({own})),{whole}=0),"",{own}/{whole})'

    return formula


def _asks(row: YearsRow, cells: RowCells) -> str:
    """Beyond both limits; where there was nothing last year, beyond the limit in kronor."""
    before, change, (kronor, percent) = cells["before"], cells["change"], row.limits
    beyond = f"ABS({change})*100>ABS({before})*{percent}"
    return (
        f'=IF({change}="","",IF(AND(ABS({change})>{kronor},'
        f'OR({before}=0,{beyond})),"{row.asked}",""))'
    )


# Where a list says no key, `columns_of` gives the heading.
COLUMNS: tuple[SheetColumn[YearsRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.line.name, total=""),
    SheetColumn("nature", "ekonomi.pengaslag", 18, lambda row: row.told, total=""),
    SheetColumn("before", "", 18, lambda row: row.before, formula=_before, total=SUM),
    SheetColumn("now", "", 18, lambda row: row.now, formula=_now, total=SUM),
    SheetColumn(
        "change", "ekonomi.forandring", 18, lambda row: row.line.change, "kr", in_row(_CHANGE), SUM
    ),
    SheetColumn(
        "change_share",
        "ekonomi.forandring_andel",
        18,
        lambda row: row.line.share,
        "percent",
        in_row(_CHANGE_SHARE),
        "",
    ),
    SheetColumn(
        "share_before", "", 18, lambda row: row.share("before"), "percent", _share_of("before"), ""
    ),
    SheetColumn("share_now", "", 18, lambda row: row.share("now"), "percent", _share_of("now"), ""),
    SheetColumn("begar", "ekonomi.begar", 36, lambda row: row.question, formula=_asks, total=""),
    *ORIGIN_ABOVE_SUMS,
)


def columns_of(context: FinanceContext) -> tuple[SheetColumn[YearsRow], ...]:
    """The columns; this year and the one before stand in their headings."""
    texts, year = context.texts, context.year
    headings = {}
    for side, of in (("before", year - 1), ("now", year)):
        headings[side] = texts("ekonomi.utfall_ar", year=of)
        headings[f"share_{side}"] = texts("ekonomi.andel_riket", year=of)
    return headed(COLUMNS, headings)


def write_counties(
    sheet: WrittenSheet,
    top: int,
    context: FinanceContext,
    before: Dataset,
    columns: ColumnList[YearsRow],
) -> int:
    """The limits, then all counties, then the country's sum of each nature. Gives the row of the
    last."""
    lines = compare_years(before, context.results.data)
    header = top + _HEADER_BELOW_TOP
    table = SheetTable(sheet.name, columns, header, len(lines))
    limits = _write_limits(sheet, table, top, context)
    natures = list(dict.fromkeys(line.nature for line in lines))
    sums = {nature: table.last + 1 + below for below, nature in enumerate(natures)}
    rows = [YearsRow(line, lines, limits, sums[line.nature], context) for line in lines]
    write_table(sheet, table, rows, context.texts)
    for below, nature in enumerate(natures):
        own = [row for row in rows if row.line.nature is nature]
        word = context.texts(f"pengaslag.{nature}")
        label = context.texts("ekonomi.riket_slag", kind=word.lower())
        write_sums_of(sheet, table, own, label, ("nature", word), below)
    let_filter(sheet, table)
    return table.last + len(natures)


def _write_limits(
    sheet: WrittenSheet, table: SheetTable[YearsRow], top: int, context: FinanceContext
) -> tuple[str, str]:
    """The limits beyond which a change is asked about, where the finance officer can try others.
    Gives their cells."""
    texts, limits = context.texts, context.results.data.year.spec.limits
    sheet.label(top, texts("ekonomi.granser"))
    shown = {
        "belopp": Cell(limits.trend_amount, "kr"),
        "procent": Cell(limits.trend_percent, "share"),
    }
    for row, (name, limit) in enumerate(shown.items(), top + 1):
        label = Cell(texts(f"ekonomi.grans_{name}"), "plain")
        write_apart(sheet, table, row, {"lan": label, "before": limit})
    return table.cells(top + 1).absolute("before"), table.cells(top + 2).absolute("before")
