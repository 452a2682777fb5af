"""The counties beside last year: amount, change and share, and where a comment is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.analysis.merge import Dataset
from toolkit.analysis.year_on_year import YearOnYear, compare_years, total
from toolkit.export.book import Book
from toolkit.export.finance.origin import county_cells, origin_heads, write_origin
from toolkit.export.finance.results import Finance
from toolkit.export.finance.rows import RowsSheet
from toolkit.findings.texts import Texts

_CHANGE = '=IF(COUNT(C{row}:D{row})<2,"",D{row}-C{row})'
_CHANGE_SHARE = '=IF(OR(E{row}="",C{row}=0),"",E{row}/ABS(C{row}))'
_SHARE = '=IF(OR(NOT(ISNUMBER({side}{row})),{side}${sums}=0),"",{side}{row}/{side}${sums})'
_ASKS = (
    '=IF(E{row}="","",IF(AND(ABS(E{row})>$C${limit},'
    'OR(C{row}=0,ABS(E{row})*100>ABS(C{row})*$C${percent})),"{said}",""))'
)
_ORIGIN = 9  # the column of the file


@dataclass(frozen=True)
class YearBlock:
    """Where the counties' part stands on the sheet, and what its formulas sum."""

    book: Book
    sheet: Any
    top: int
    finance: Finance
    texts: Texts
    earlier: RowsSheet
    rows: RowsSheet

    @property
    def header(self) -> int:
        """The heading row; above it stand the limits."""
        return self.top + 4

    @property
    def sums(self) -> int:
        """The row of the sums."""
        return self.header + 1 + len(self.finance.data.counties)

    def formula(
        self, row: int, column: int, formula: str, value: object, role: str, **parts: object
    ) -> None:
        """A formula in which `{row}` is its own row, with its value."""
        shown = "" if value is None else value
        self.sheet.write_formula(
            row, column, formula.format(row=row + 1, **parts), self.book.style(role), shown
        )


def write_counties(block: YearBlock, before: Dataset) -> None:
    """The limits, then all counties, then the country."""
    lines = compare_years(before, block.finance.data)
    _write_limits(block)
    texts, year = block.texts, block.finance.data.year.spec.year
    heads = [texts("gemensamt.lan"), texts("gemensamt.lansnamn")]
    heads += [texts("ekonomi.utfall_ar", year=of) for of in (year - 1, year)]
    heads += [texts("ekonomi.forandring"), texts("ekonomi.forandring_andel")]
    heads += [texts("ekonomi.andel_riket", year=of) for of in (year - 1, year)]
    block.book.header(
        block.sheet, block.header, [*heads, texts("ekonomi.begar"), *origin_heads(texts)]
    )
    for row, line in enumerate(lines, block.header + 1):
        _write_line(block, row, line)
        _write_shares(block, row, line, lines)
        _write_question(block, row, line)
    _write_country(block, lines)
    block.sheet.autofilter(block.header, 0, block.header + len(lines), _ORIGIN + 2)


def _write_limits(block: YearBlock) -> None:
    limits = block.finance.data.year.spec.limits
    plain = block.book.style("plain")
    block.sheet.write_string(block.top, 0, block.texts("ekonomi.granser"), plain)
    rows = (("belopp", limits.trend_amount, "kr"), ("procent", limits.trend_percent, "share"))
    for row, (name, limit, role) in enumerate(rows, block.top + 1):
        block.sheet.write_string(row, 0, block.texts(f"ekonomi.grans_{name}"), plain)
        block.book.value(block.sheet, row, 2, limit, role)


def _write_line(block: YearBlock, row: int, line: YearOnYear) -> None:
    """The county, both amounts over their rows, the change, and where the county's own amounts
    stand."""
    book, sheet, finance = block.book, block.sheet, block.finance
    book.value(sheet, row, 0, line.county)
    book.value(sheet, row, 1, line.name)
    for column, side, amount in ((2, block.earlier, line.before), (3, block.rows, line.now)):
        if amount is None:
            book.value(sheet, row, column, block.texts("ekonomi.ej_sand"), "calm")
        else:
            areas = {"amounts": side.area("utfall"), "counties": side.area("lan")}
            block.formula(
                row, column, "=SUMIFS({amounts},{counties},$A{row})", amount, "kr", **areas
            )
    block.formula(row, 4, _CHANGE, line.change, "kr")
    block.formula(row, 5, _CHANGE_SHARE, line.share, "percent")
    counts = finance.states[line.county].counts
    cells = county_cells(finance, line.county)
    write_origin(book, sheet, row, _ORIGIN, finance, counts.file if counts else "", cells)


def _write_shares(
    block: YearBlock, row: int, line: YearOnYear, lines: Sequence[YearOnYear]
) -> None:
    """The county's share of all that was reported, each year."""
    for column, side, amount, year in ((6, "C", line.before, "before"), (7, "D", line.now, "now")):
        whole = total(getattr(one, year) for one in lines)
        share = amount / whole if amount is not None and whole else None
        block.formula(row, column, _SHARE, share, "percent", side=side, sums=block.sums + 1)


def _write_question(block: YearBlock, row: int, line: YearOnYear) -> None:
    said = block.texts("ekonomi.begar_kommentar")
    asks = line.asks(block.finance.data.year.spec.limits)
    limits = {"limit": block.top + 2, "percent": block.top + 3, "said": said}
    block.formula(row, 8, _ASKS, said if asks else "", "ask" if asks else "text", **limits)


def _write_country(block: YearBlock, lines: Sequence[YearOnYear]) -> None:
    """All counties together; the change is that of the counties that have reported both years."""
    row = block.sums
    for column in range(_ORIGIN + 3):
        block.book.value(
            block.sheet, row, column, block.texts("ekonomi.riket") if column == 0 else "", "total"
        )
    both = [line for line in lines if line.change is not None]
    change = total(line.change for line in both)
    for letter, column, value in (
        ("C", 2, total(line.before for line in lines)),
        ("D", 3, total(line.now for line in lines)),
        ("E", 4, change),
    ):
        area = f"{letter}{block.header + 2}:{letter}{row}"
        block.formula(row, column, "=SUM({area})", value, "total_kr", area=area)
