"""The sheet over the years: the country's appropriation and spend with sources, and the counties
beside last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.appropriations import ITEMS, AppropriationFigure
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import lacking
from toolkit.analysis.year_on_year import CLOSING_NEEDS, OPENING_NEEDS
from toolkit.export.book import Book, Cell, WrittenSheet, pages_wide
from toolkit.export.columns import (
    SUM,
    ColumnList,
    SheetColumn,
    SheetTable,
    added_up,
    in_row,
    widest,
    write_sums,
    write_table,
)
from toolkit.export.finance import counties_over_time, openings
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.counties_over_time import write_counties
from toolkit.export.finance.openings import write_openings
from toolkit.export.finance.origin import file_target

_HEADER = 3
_ROOM = 2  # empty rows between the tables of the sheet
_GRANTED, _SPENT = ITEMS
_LEFT = '=IF(OR({anslag_kr}="",{utgifter_kr}=""),"",{anslag_kr}-{utgifter_kr})'
_USED = '=IF(OR({anslag_kr}="",{utgifter_kr}="",{anslag_kr}=0),"",{utgifter_kr}/{anslag_kr})'
# Of all years together only where every year has both figures.
_USED_IN_ALL = (
    '=IF(OR(COUNT({first}:{last})<2*ROWS({years}),{{anslag_kr}}=0),"",'
    "{{utgifter_kr}}/{{anslag_kr}})"
)


@dataclass(frozen=True)
class SeriesRow:
    """A year of the country: what was granted and spent, as far as a source says."""

    year: int
    granted: AppropriationFigure | None
    spent: AppropriationFigure | None
    context: FinanceContext

    @property
    def figures(self) -> list[AppropriationFigure]:
        """The figures that there are."""
        return [figure for figure in (self.granted, self.spent) if figure]

    @property
    def left(self) -> Decimal | None:
        """What was not used; None where either figure is missing."""
        if self.granted is None or self.spent is None:
            return None
        return self.granted.amount - self.spent.amount

    @property
    def used(self) -> Decimal | None:
        """The share that was used."""
        if self.granted is None or self.spent is None or not self.granted.amount:
            return None
        return self.spent.amount / self.granted.amount

    def source(self, figure: AppropriationFigure | None) -> str:
        """Who says so."""
        return figure.source if figure else self.context.texts("ekonomi.ej_sand")


@dataclass(frozen=True)
class SourcesRow:
    """Two sources that say different things of one year: the printed one and another."""

    first: AppropriationFigure
    other: AppropriationFigure
    context: FinanceContext

    @property
    def figures(self) -> list[AppropriationFigure]:
        """Both."""
        return [self.first, self.other]


def _amount(figure: AppropriationFigure | None) -> object:
    return figure.amount if figure else ""


def lines_cell(row: SeriesRow | SourcesRow) -> Cell:
    """Where the figures stand in the file."""
    texts = row.context.texts
    lines = ", ".join(str(figure.line) for figure in row.figures if figure.line)
    if not lines:
        return Cell("")
    target = file_target(row.context.results, texts("ekonomi.serien"))
    return Cell(texts("ekonomi.rad_i_serien", lines=lines), target=target)


def remarks(row: SeriesRow | SourcesRow) -> str:
    """What is remarked on the figures."""
    return " ".join(figure.remark for figure in row.figures if figure.remark)


# A year is a text: as a number it would be grouped (2 019) and added up. A figure that no source
# gives is an empty text, which Excel would take for 0 in a subtraction: the formulas ask first.
SERIES: tuple[SheetColumn[SeriesRow], ...] = (
    SheetColumn("ar", "ekonomi.ar", 9, lambda row: str(row.year)),
    SheetColumn("anslag_kr", "ekonomi.anslag_kr", 18, lambda row: _amount(row.granted), total=SUM),
    SheetColumn(
        "utgifter_kr", "ekonomi.utgifter_kr", 18, lambda row: _amount(row.spent), total=SUM
    ),
    SheetColumn(
        "ej_forbrukat", "ekonomi.ej_forbrukat", 18, lambda row: row.left, "kr", in_row(_LEFT), SUM
    ),
    SheetColumn(
        "andel_forbrukat",
        "ekonomi.andel_forbrukat",
        18,
        lambda row: row.used,
        "percent",
        in_row(_USED),
        "",
    ),
    SheetColumn(
        "kalla_anslag", "ekonomi.kalla_anslag", 26, lambda row: row.source(row.granted), total=""
    ),
    SheetColumn(
        "kalla_utgifter", "ekonomi.kalla_utgifter", 26, lambda row: row.source(row.spent), total=""
    ),
    SheetColumn("rad_i_filen", "ekonomi.rad_i_filen", 26, lines_cell, total=""),
    SheetColumn("anmarkning", "ekonomi.anmarkning", 34, remarks, total=""),
)
SOURCES: tuple[SheetColumn[SourcesRow], ...] = (
    SheetColumn("ar", "ekonomi.ar", 9, lambda row: str(row.first.year)),
    SheetColumn("uppgift", "ekonomi.uppgift", 18, lambda row: row.first.item.capitalize()),
    SheetColumn("belopp", "ekonomi.belopp", 18, lambda row: row.first.amount),
    SheetColumn("annat_belopp", "ekonomi.annat_belopp", 18, lambda row: row.other.amount),
    SheetColumn(
        "differens_kallor",
        "ekonomi.differens_kallor",
        18,
        lambda row: row.other.amount - row.first.amount,
        "ask_kr",
        in_row("={annat_belopp}-{belopp}"),
    ),
    SheetColumn("kalla", "ekonomi.kalla", 26, lambda row: row.first.source),
    SheetColumn("annan_kalla", "ekonomi.annan_kalla", 26, lambda row: row.other.source),
    SheetColumn("rad_i_filen", "ekonomi.rad_i_filen", 26, lines_cell),
    SheetColumn("anmarkning", "ekonomi.anmarkning", 34, remarks),
)


def write_over_time(book: Book, context: FinanceContext) -> None:
    """The country year by year, the sources that disagree, and the counties beside last year."""
    texts, name = context.texts, context.texts("ekonomi.over_tid")
    counties = ColumnList(counties_over_time.columns_of(context))
    opened = ColumnList(openings.columns_of(context, counties.places["fil"]))
    widths = widest(ColumnList(SERIES), ColumnList(SOURCES), counties, opened)
    sheet = book.sheet(name, name, texts("ekonomi.over_tid_intro"), widths)
    _leave_out_files(sheet, counties.places["fil"] - 1)
    row = _write_series(sheet, context)
    row = _write_disagreeing(sheet, row + _ROOM, context) + _ROOM
    sheet.label(row, texts("ekonomi.lan_over_tid"), "subtitle")
    before = context.before
    if isinstance(before, Dataset):
        country = write_counties(sheet, row + 1, context, before, counties)
        if _opens(before, context.results.data):
            write_openings(sheet, country + _ROOM + 1, context, before, opened)
    else:
        sheet.label(row + 1, texts(f"ekonomi.forra_{before}", year=context.year - 1))


def _leave_out_files(sheet: WrittenSheet, last: int) -> None:
    """The columns that lead to the counties' files are not printed, where that saves pages."""
    if pages_wide(sheet.widths[: last + 1]) < pages_wide(sheet.widths):
        sheet.print_columns(last)


def _opens(before: Dataset, now: Dataset) -> bool:
    """Whether last year's closing balances and this year's opening ones have been asked for."""
    closed = not lacking(before.year.spec, CLOSING_NEEDS)
    return closed and not lacking(now.year.spec, OPENING_NEEDS)


def _write_series(sheet: WrittenSheet, context: FinanceContext) -> int:
    """Year by year, with the computed columns as formulas. Gives the row below the sums."""
    series = context.results.series
    rows = [
        SeriesRow(year, series.printed(year, _GRANTED), series.printed(year, _SPENT), context)
        for year in series.years
    ]
    table = SheetTable(sheet.name, ColumnList(SERIES), _HEADER, len(rows))
    write_table(sheet, table, rows, context.texts)
    if rows:
        _write_series_sums(sheet, table, rows, context)
    return table.last + 2


def _write_series_sums(
    sheet: WrittenSheet,
    table: SheetTable[SeriesRow],
    rows: Sequence[SeriesRow],
    context: FinanceContext,
) -> None:
    """The sums; the share only where no figure is missing."""
    granted, spent = (
        added_up(table.columns.of(name), rows) for name in ("anslag_kr", "utgifter_kr")
    )
    complete = all(len(row.figures) == 2 for row in rows)  # both granted and spent
    years = table.filled("anslag_kr")
    first, last = table.cells(table.first)["anslag_kr"], table.cells(table.last)["utgifter_kr"]
    formula = _USED_IN_ALL.format(first=first, last=last, years=years)
    used = Cell(spent / granted if granted and complete else "", "total_percent", formula)
    label = context.texts("gemensamt.summa")
    write_sums(sheet, table, rows, label, {"andel_forbrukat": used})


def _write_disagreeing(sheet: WrittenSheet, row: int, context: FinanceContext) -> int:
    """The sources that disagree, side by side. Gives the row below."""
    texts = context.texts
    rows = [SourcesRow(*pair, context) for pair in context.results.series.disagreeing()]
    sheet.label(row, texts("ekonomi.oeniga"), "subtitle")
    if not rows:
        sheet.label(row + 1, texts("ekonomi.inga_oeniga"))
        return row + 2
    table = SheetTable(sheet.name, ColumnList(SOURCES), row + 1, len(rows))
    write_table(sheet, table, rows, texts)
    return table.last + 1
