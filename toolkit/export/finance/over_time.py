"""The sheet over the years: the country's appropriation and spend with sources, and the counties
beside last year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.merge import Dataset
from toolkit.export.book import Book
from toolkit.export.finance.counties_over_time import YearBlock, write_counties
from toolkit.export.finance.openings import write_openings
from toolkit.export.finance.origin import ORIGIN_WIDTHS, file_target
from toolkit.export.finance.results import Finance
from toolkit.export.finance.rows import RowsSheet
from toolkit.findings.texts import Texts

_HEADER = 3
_WIDTHS = (9, 18, 18, 18, 18, 26, 26, 26, 40, *ORIGIN_WIDTHS)
_SERIES = (
    "ar",
    "anslag_kr",
    "utgifter_kr",
    "ej_forbrukat",
    "andel_forbrukat",
    "kalla_anslag",
    "kalla_utgifter",
    "rad_i_filen",
    "anmarkning",
)
_SOURCES = (
    "ar",
    "uppgift",
    "belopp",
    "annat_belopp",
    "differens_kallor",
    "kalla",
    "annan_kalla",
    "rad_i_filen",
    "anmarkning",
)
_ITEMS = ("anslag", "utgifter")
_LEFT = '=IF(OR(B{row}="",C{row}=""),"",B{row}-C{row})'
_USED = '=IF(OR(B{row}="",C{row}="",B{row}=0),"",C{row}/B{row})'


def write_over_time(
    book: Book, finance: Finance, texts: Texts, rows: RowsSheet, earlier: RowsSheet | None
) -> None:
    """`rows` and `earlier` are where this year's and last year's rows stand."""
    name = texts("ekonomi.over_tid")
    sheet = book.sheet(name, name, texts("ekonomi.over_tid_intro"), _WIDTHS)
    row = _write_series(book, sheet, finance, texts)
    row = _write_disagreeing(book, sheet, row + 2, finance, texts)
    sheet.write_string(row + 2, 0, texts("ekonomi.lan_over_tid"), book.style("subtitle"))
    if isinstance(finance.before, Dataset) and earlier is not None:
        block = YearBlock(book, sheet, row + 3, finance, texts, earlier, rows)
        write_counties(block, finance.before)
        write_openings(book, sheet, block.sums + 3, finance, finance.before, texts)
    else:
        year = finance.data.year.spec.year - 1
        sheet.write_string(
            row + 3, 0, texts(f"ekonomi.forra_{finance.before}", year=year), book.style("plain")
        )


def _write_series(book: Book, sheet: Any, finance: Finance, texts: Texts) -> int:
    """Year by year, with the computed columns as formulas. Gives the row below the sums."""
    series = finance.series
    book.header(sheet, _HEADER, [texts(f"ekonomi.{name}") for name in _SERIES])
    for row, year in enumerate(series.years, _HEADER + 1):
        figures = [series.printed(year, item) for item in _ITEMS]
        book.value(sheet, row, 0, str(year))
        for column, figure in enumerate(figures, 1):
            book.value(sheet, row, column, figure.amount if figure else "")
            book.value(
                sheet, row, column + 4, figure.source if figure else texts("ekonomi.ej_sand")
            )
        left, used = _left(*figures)
        sheet.write_formula(row, 3, _LEFT.format(row=row + 1), book.style("kr"), left)
        sheet.write_formula(row, 4, _USED.format(row=row + 1), book.style("percent"), used)
        _write_lines(book, sheet, row, [figure for figure in figures if figure], finance, texts)
    row = _HEADER + 1 + len(series.years)
    if series.years:
        _write_series_sums(book, sheet, row, series, texts)
    return row + 1


def _left(
    granted: AppropriationFigure | None, spent: AppropriationFigure | None
) -> tuple[Decimal | str, Decimal | str]:
    """What was not used, and the share that was; nothing where either figure is missing."""
    if granted is None or spent is None:
        return "", ""
    return granted.amount - spent.amount, spent.amount / granted.amount if granted.amount else ""


def _write_lines(
    book: Book,
    sheet: Any,
    row: int,
    figures: Sequence[AppropriationFigure],
    finance: Finance,
    texts: Texts,
) -> None:
    """Where the figures stand in the file, and what is remarked on them."""
    lines = ", ".join(str(figure.line) for figure in figures if figure.line)
    said = texts("ekonomi.rad_i_serien", lines=lines) if lines else ""
    book.link(sheet, row, 7, said, file_target(finance, texts("ekonomi.serien")) if lines else None)
    book.value(sheet, row, 8, " ".join(figure.remark for figure in figures if figure.remark))


def _write_series_sums(book: Book, sheet: Any, row: int, series: Series, texts: Texts) -> None:
    """The sums; the share only where no figure is missing."""
    for column in range(len(_SERIES)):
        book.value(sheet, row, column, texts("gemensamt.summa") if column == 0 else "", "total")
    pairs = [[series.printed(year, item) for item in _ITEMS] for year in series.years]
    granted, spent = (
        sum((f.amount for f in column if f), Decimal(0)) for column in zip(*pairs, strict=True)
    )
    lefts = [left for left, _ in (_left(*pair) for pair in pairs) if isinstance(left, Decimal)]
    first, last = _HEADER + 2, row
    for column, value in enumerate((granted, spent, sum(lefts, Decimal(0))), 1):
        letter = "ABCD"[column]
        formula = f"=SUM({letter}{first}:{letter}{last})"
        sheet.write_formula(row, column, formula, book.style("total_kr"), value)
    formula = f'=IF(OR(COUNT(B{first}:C{last})<2*ROWS(B{first}:B{last}),B{row + 1}=0),"",C{row + 1}/B{row + 1})'
    used = spent / granted if granted and all(all(pair) for pair in pairs) else ""
    sheet.write_formula(row, 4, formula, book.style("total_percent"), used)


def _write_disagreeing(book: Book, sheet: Any, row: int, finance: Finance, texts: Texts) -> int:
    """The sources that disagree, side by side. Gives the row below."""
    pairs = finance.series.disagreeing()
    sheet.write_string(row, 0, texts("ekonomi.oeniga"), book.style("subtitle"))
    if not pairs:
        sheet.write_string(row + 1, 0, texts("ekonomi.inga_oeniga"), book.style("plain"))
        return row + 2
    book.header(sheet, row + 1, [texts(f"ekonomi.{name}") for name in _SOURCES])
    for line, (first, other) in enumerate(pairs, row + 2):
        values = (
            str(first.year),
            first.item.capitalize(),
            first.amount,
            other.amount,
            "",
            first.source,
            other.source,
        )
        for column, value in enumerate(values):
            book.value(sheet, line, column, value)
        difference = other.amount - first.amount
        sheet.write_formula(line, 4, f"=D{line + 1}-C{line + 1}", book.style("ask_kr"), difference)
        _write_lines(book, sheet, line, (first, other), finance, texts)
    return row + 2 + len(pairs)
