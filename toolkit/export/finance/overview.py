"""The first sheet: a row for each county, those that need most attention first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from toolkit.analysis.contradictions import tests_of
from toolkit.analysis.decisions import verdict_subject
from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.states import Dimension
from toolkit.analysis.verdicts import Elsewhere, Money
from toolkit.export.book import ACCENT, Book, Cell, WrittenSheet
from toolkit.export.columns import (
    SUM,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    added_up,
    freeze,
    write_sums,
    write_table,
)
from toolkit.export.finance.answer import answer
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.decided import (
    DECISION_ABOVE_SUMS,
    DecisionCells,
    decision_cells,
    let_decide,
)
from toolkit.export.finance.earmarks import VERDICT_TONES, answer_cells
from toolkit.export.finance.origin import (
    ORIGIN_ABOVE_SUMS,
    Origin,
    county_cells,
    county_link,
    origin_of,
)
from toolkit.export.finance.reconciliation import gap_of
from toolkit.export.finance.rows import county_area, field_area, spend_area
from toolkit.spec.model import Earmark
from toolkit.spec.roles import SPEND

_ANSWER, _HEADER = 1, 3
_SHARE = '=IF({totalt}=0,"",{egen}/{totalt})'
_ROOM_ABOVE_CHART = 3  # rows below the last county: the sums, and one that is empty
_CHART_SIZE = {"width": 760, "height": 520}  # pixels


@dataclass(frozen=True)
class CountyRow:
    """A county with its verdict on the report's own area."""

    verdict: EarmarkVerdict
    context: FinanceContext

    @property
    def county(self) -> str:
        """The county's code."""
        return self.verdict.county

    @property
    def earmark(self) -> Earmark:
        """The report's own area."""
        return self.context.results.earmark

    @property
    def counted(self) -> bool:
        """Whether the county's lines are in the merge."""
        return self.context.results.states[self.county].spend_state.usable

    @property
    def own(self) -> Cell:
        """What stands on the area's own code; in words where that is not known."""
        evidence = self.verdict.evidence
        if evidence is not None and evidence.own is Money.UNKNOWN:
            return Cell(self.context.texts("ekonomi.okant"))
        return self.amount(self.verdict.own)

    @property
    def traced(self) -> Cell:
        """What stands elsewhere, in the same way."""
        evidence = self.verdict.evidence
        if evidence is not None and evidence.elsewhere is Elsewhere.UNKNOWN:
            return Cell(self.context.texts("ekonomi.okant"))
        return self.amount(self.verdict.traced)

    def amount(self, amount: Decimal) -> Cell:
        """A sum of the county's lines; in words where none of them is in."""
        return Cell(amount, "kr") if self.counted else Cell(self.context.texts("ekonomi.inte_med"))

    @property
    def share(self) -> Cell:
        """The own code's part of all; nothing where either is not known."""
        known = isinstance(self.own.value, Decimal)
        return Cell(_share(self.verdict.own, self.verdict.total) if known else "", "percent")

    @property
    def gap(self) -> Cell:
        """The largest difference, whatever it is cut by; in words where nothing was compared."""
        gap = self.context.results.gap(self.county)
        return Cell(self.context.texts("ekonomi.ej_jamfort")) if gap is None else Cell(gap, "kr")

    @property
    def name(self) -> Cell:
        """The county's name, leading to its rows."""
        return county_link(self.context.results, self.county, self.context.rows)

    @property
    def told(self) -> Cell:
        """The verdict in words."""
        word = self.verdict.verdict
        return Cell(self.context.texts(f"utslag.{word}"), VERDICT_TONES[word])

    @property
    def decision(self) -> DecisionCells:
        """What the finance officer has decided on the county."""
        results = self.context.results
        subject = verdict_subject(self.context.year, self.verdict, results.gaps(self.county))
        return decision_cells(self.context, subject)

    @property
    def origin(self) -> Origin:
        """The county's rows on the area's own code; without any all of its rows, and without those
        the cell where it answers for the area."""
        results = self.context.results
        state = results.states[self.county]
        on_code = county_cells(results, self.county, {Dimension.CODE: self.earmark.code})
        cells = on_code or county_cells(results, self.county)
        cells = cells or answer_cells(state, self.earmark, "status")
        return origin_of(results, state.file, cells)


# SUMIFS and not SUMIF: it takes one test for each column, and a test is a text in which "<>PM" is
# "anything but PM", also nothing.
def _own(row: CountyRow, cells: RowCells) -> str:
    if not isinstance(row.own.value, Decimal):
        return ""  # it is not known, and the cell says so
    rows = row.context.rows
    return (
        f"=SUMIFS({spend_area(rows, 'outcome')},{county_area(rows)},{cells['$lan']},"
        f'{spend_area(rows, "code")},"{row.earmark.code}")'
    )


def _traced(row: CountyRow, cells: RowCells) -> str:
    """What is marked as the area's but stands on other codes; nothing where no mark of a line tells
    the area."""
    rows, spec = row.context.rows, row.context.results.data.year.spec
    tests = tests_of(row.earmark, spec.bound[SPEND])
    if not tests or not isinstance(row.traced.value, Decimal):
        return ""
    areas = [field_area(rows, spec, field) for field in tests]
    start = f"{spend_area(rows, 'outcome')},{county_area(rows)},{cells['$lan']}"
    end = f'{spend_area(rows, "code")},"<>{row.earmark.code}"'
    sums = []
    for values in product(*tests.values()):  # SUMIFS knows no "or": a sum for each way to be marked
        marks = [f'{area},"{value}"' for area, value in zip(areas, values, strict=True)]
        sums.append(f"SUMIFS({','.join([start, *marks, end])})")
    return f"={'+'.join(sums)}"


def _total(row: CountyRow, cells: RowCells) -> str:
    if not row.counted:
        return ""
    rows = row.context.rows
    return f"=SUMIFS({spend_area(rows, 'outcome')},{county_area(rows)},{cells['$lan']})"


def _gap(row: CountyRow, cells: RowCells) -> str:
    results = row.context.results
    if results.gap(row.county) is None:
        return ""  # nothing was compared, and the cell says so
    if not results.all_off:
        return "=0"
    return f"={gap_of(row.context, cells['$lan'])}"


def _share_of_row(row: CountyRow, cells: RowCells) -> str:
    return _SHARE.format_map(cells) if isinstance(row.own.value, Decimal) else ""


def _share(own: Decimal, total: Decimal) -> Decimal | str:
    return own / total if total else ""


COLUMNS: tuple[SheetColumn[CountyRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name, total=""),
    SheetColumn("utslag", "ekonomi.utslag", 17, lambda row: row.told, total=""),
    SheetColumn("egen", "ekonomi.egen", 14, lambda row: row.own, "kr", _own, SUM),
    SheetColumn("sparat", "ekonomi.sparat", 14, lambda row: row.traced, "kr", _traced, SUM),
    SheetColumn(
        "totalt", "ekonomi.totalt", 14, lambda row: row.amount(row.verdict.total), "kr", _total, SUM
    ),
    SheetColumn("andel", "ekonomi.andel", 10, lambda row: row.share, "percent", _share_of_row),
    SheetColumn("differens", "ekonomi.differens", 15, lambda row: row.gap, "kr", _gap, ""),
    SheetColumn(
        "fragor",
        "ekonomi.fragor",
        9,
        lambda row: row.context.results.states[row.county].questions,
        total=SUM,
    ),
    *DECISION_ABOVE_SUMS,
    *ORIGIN_ABOVE_SUMS,
)


def write_overview(book: Book, context: FinanceContext) -> None:
    """The counties, their sums, and a chart."""
    texts, results = context.texts, context.results
    ranked = sorted(results.verdicts, key=results.need)
    rows = [CountyRow(verdict, context) for verdict in ranked]
    table = SheetTable(texts("ekonomi.oversikt"), ColumnList(COLUMNS), _HEADER, len(rows))
    title = texts("ekonomi.titel", year=context.year)
    sheet = book.sheet(table.sheet, title, "", table.columns.widths)
    sheet.label(_ANSWER, answer(results, texts), "answer")
    sheet.label(_ANSWER + 1, texts("ekonomi.oversikt_intro"), "intro")
    write_table(sheet, table, rows, texts)
    let_decide(sheet, table, texts)
    _write_total(sheet, table, rows, context)
    freeze(sheet, table, "lansnamn")
    _add_chart(book, sheet, table, context)


def _write_total(
    sheet: WrittenSheet,
    table: SheetTable[CountyRow],
    rows: Sequence[CountyRow],
    context: FinanceContext,
) -> None:
    """The sums; the country's share is no sum of shares."""
    sums = {column.id: added_up(column, rows) for column in COLUMNS if column.total == SUM}
    share = Cell(_share(sums["egen"], sums["totalt"]), "total_percent", _SHARE)
    write_sums(sheet, table, rows, context.texts("gemensamt.summa"), {"andel": share})


def _add_chart(
    book: Book, sheet: WrittenSheet, table: SheetTable[CountyRow], context: FinanceContext
) -> None:
    chart = book.workbook.add_chart({"type": "bar"})
    names, amounts = table.span("lansnamn"), table.span("egen")
    series = {
        "name": context.texts("ekonomi.egen"),
        "categories": names,
        "values": amounts,
        "fill": {"color": ACCENT},
    }
    chart.add_series(series)
    title = context.texts("ekonomi.diagram")
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    # A bar chart counts its categories from below: reversed, the first county stands on top. The
    # axis of amounts then goes to the top too, unless its labels are told to be low.
    chart.set_y_axis({"reverse": True})
    grid = {"visible": True, "line": {"color": "#D5DBE1"}}
    chart.set_x_axis({"num_format": "#,##0", "label_position": "low", "major_gridlines": grid})
    chart.set_size(_CHART_SIZE)
    place = table.columns.places["lansnamn"]
    sheet.add_chart(table.last + _ROOM_ABOVE_CHART, place, chart, title)
