"""The first sheet: a row for each county, those that need most attention first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product, starmap
from typing import NamedTuple

from toolkit.analysis.contradictions import tests_of
from toolkit.analysis.decisions import verdict_subject
from toolkit.analysis.earmarks import AreaMoney, EarmarkVerdict
from toolkit.analysis.states import Dimension, Nature
from toolkit.export.book import ACCENT, Book, Cell, WrittenSheet
from toolkit.export.columns import (
    SUM,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    added_up,
    freeze,
    headed,
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
from toolkit.export.finance.natures import headings, nature_heading, nature_tests
from toolkit.export.finance.origin import (
    ORIGIN_ABOVE_SUMS,
    Origin,
    county_cells,
    county_link,
    origin_of,
)
from toolkit.export.finance.reconciliation import gap_of
from toolkit.export.finance.rows import county_area, field_area, spend_area
from toolkit.findings.texts import Texts
from toolkit.spec.model import Earmark
from toolkit.spec.roles import SPEND
from toolkit.words.swedish import join_and

_ANSWER, _HEADER = 1, 3
_ROOM_ABOVE_CHART = 3  # rows below the last county: the sums, and one that is empty
_CHART_SIZE = {"width": 1000, "height": 300}  # pixels: with the counties above it on one page
_SLANTING = {"rotation": -45, "size": 8}  # the names of 21 counties beside each other
_COLORS = (ACCENT, "#B4762B", "#7F8C99")  # one for each nature, told apart also in grey


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

    def knows(self, part: str, nature: Nature) -> bool:
        """Whether a part of what the county has spent of one nature is known whole: `own` (what
        stands on the area's own code), `traced` (elsewhere), `total`, or the `share` of own in
        it."""
        return self.counted and bool(getattr(self.verdict.knows(nature), part))

    def amount(self, amount: Decimal, known: bool) -> Cell:
        """A sum of the county's lines; in words where it is not known, or none of them is in."""
        if not self.counted:
            return Cell(self.context.texts("ekonomi.inte_med"))
        return Cell(amount, "kr") if known else Cell(self.context.texts("ekonomi.okant"))

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
        subject = verdict_subject(
            self.context.year, self.verdict, results.natures, results.gaps(self.county)
        )
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
def _spent(row: CountyRow, cells: RowCells, nature: Nature) -> str:
    """The start of a sum of the county's amounts of one nature: what SUMIFS takes first."""
    rows, spec = row.context.rows, row.context.results.data.year.spec
    start = f"{spend_area(rows, 'outcome')},{county_area(rows)},{cells['$lan']}"
    return start + nature_tests(rows, spec, nature)


def _own(row: CountyRow, cells: RowCells, nature: Nature) -> str:
    code = f'{spend_area(row.context.rows, "code")},"{row.earmark.code}"'
    return f"=SUMIFS({_spent(row, cells, nature)},{code})"


def _traced(row: CountyRow, cells: RowCells, nature: Nature) -> str:
    """What is marked as the area's but stands on other codes; nothing where no mark of a line tells
    the area."""
    rows, spec = row.context.rows, row.context.results.data.year.spec
    tests = tests_of(row.earmark, spec.bound[SPEND])
    if not tests:
        return ""
    areas = [field_area(rows, spec, field) for field in tests]
    start = _spent(row, cells, nature)
    end = f'{spend_area(rows, "code")},"<>{row.earmark.code}"'
    sums = []
    for values in product(*tests.values()):  # SUMIFS knows no "or": a sum for each way to be marked
        marks = [f'{area},"{value}"' for area, value in zip(areas, values, strict=True)]
        sums.append(f"SUMIFS({','.join([start, *marks, end])})")
    return f"={'+'.join(sums)}"


def _total(row: CountyRow, cells: RowCells, nature: Nature) -> str:
    return f"=SUMIFS({_spent(row, cells, nature)})"


def _gap(row: CountyRow, cells: RowCells) -> str:
    results = row.context.results
    if results.gap(row.county) is None:
        return ""  # nothing was compared, and the cell says so
    if not results.all_off:
        return "=0"
    return f"={gap_of(row.context, cells['$lan'])}"


class _Amount(NamedTuple):
    """An amount of a county that there is one of for each nature: what it is called, what it is,
    whether it is known, and its formula."""

    id: str
    of: Callable[[AreaMoney], Decimal]
    part: str
    formula: Callable[[CountyRow, RowCells, Nature], str]


_AMOUNTS = (
    _Amount("egen", lambda money: money.own, "own", _own),
    _Amount("sparat", lambda money: money.traced, "traced", _traced),
    _Amount("totalt", lambda money: money.total, "total", _total),
)
_BY_NATURE = (*(one.id for one in _AMOUNTS), "andel")


def _amount_column(amount: _Amount, nature: Nature) -> SheetColumn[CountyRow]:
    def value(row: CountyRow) -> Cell:
        return row.amount(amount.of(row.verdict.of(nature)), row.knows(amount.part, nature))

    # What is not known is said in words, and has no formula, nor has what there are no rows of.
    def formula(row: CountyRow, cells: RowCells) -> str:
        counted = row.knows(amount.part, nature) and row.context.rows.count
        return amount.formula(row, cells, nature) if counted else ""

    return SheetColumn(
        f"{amount.id}_{nature}", f"ekonomi.{amount.id}", 14, value, "kr", formula, SUM
    )


def _share_column(nature: Nature) -> SheetColumn[CountyRow]:
    def value(row: CountyRow) -> Decimal | str:
        money = row.verdict.of(nature)
        return _share(money.own, money.total) if row.knows("share", nature) else ""

    def formula(row: CountyRow, cells: RowCells) -> str:
        return _share_formula(nature).format_map(cells) if row.knows("share", nature) else ""

    return SheetColumn(f"andel_{nature}", "ekonomi.andel", 11, value, "percent", formula)


def _share_formula(nature: Nature) -> str:
    """The own code's part of all; nothing where there is nothing to be a part of."""
    own, total = f"{{egen_{nature}}}", f"{{totalt_{nature}}}"
    return f'=IF(OR({total}<=0,{own}<0,{own}>{total}),"",{own}/{total})'


def _share(own: Decimal, total: Decimal) -> Decimal | str:
    return own / total if total > 0 and 0 <= own <= total else ""


PLACE: tuple[SheetColumn[CountyRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name, total=""),
    SheetColumn("utslag", "ekonomi.utslag", 17, lambda row: row.told, total=""),
)
OTHERS: tuple[SheetColumn[CountyRow], ...] = (
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


def columns_of(texts: Texts, natures: Sequence[Nature]) -> tuple[SheetColumn[CountyRow], ...]:
    """The county and its verdict, its amounts of each nature side by side, and the rest."""
    amounts = starmap(_amount_column, product(_AMOUNTS, natures))
    shares = [_share_column(nature) for nature in natures]
    named = headed((*amounts, *shares), headings(texts, _BY_NATURE, natures))
    return (*PLACE, *named, *OTHERS)


def write_overview(book: Book, context: FinanceContext) -> None:
    """The counties, their sums, and a chart."""
    texts, results = context.texts, context.results
    ranked = sorted(results.verdicts, key=results.need)
    rows = [CountyRow(verdict, context) for verdict in ranked]
    columns = ColumnList(columns_of(texts, results.natures))
    table = SheetTable(texts("ekonomi.oversikt"), columns, _HEADER, len(rows))
    title = texts("ekonomi.titel", year=context.year)
    sheet = book.sheet(table.sheet, title, "", table.columns.widths)
    sheet.label(_ANSWER, answer(results, texts), "answer")
    sheet.label(_ANSWER + 1, f"{book.mark} {_intro(rows, texts)}".strip(), "intro")
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
    """The sums; the country's share is no sum of shares, and is of the counties whose own amount
    and whole are known."""
    shares = {}
    for nature in context.results.natures:
        own, total = f"egen_{nature}", f"totalt_{nature}"
        known = [row for row in rows if row.knows("share", nature)]
        sums = [added_up(table.columns.of(one), known) for one in (own, total)]
        formula = _share_formula(nature)
        if _not_known(rows):
            told = context.texts("ekonomi.okant")
            # Each of the counties where the other is known too.
            part = f'SUMIFS({table.above_sums(own)},{table.above_sums(total)},"<>{told}")'
            whole = f'SUMIFS({table.above_sums(total)},{table.above_sums(own)},"<>{told}")'
            formula = f'=IF(OR({whole}<=0,{part}<0,{part}>{whole}),"",{part}/{whole})'
        shares[f"andel_{nature}"] = Cell(_share(*sums), "total_percent", formula)
    write_sums(sheet, table, rows, context.texts("gemensamt.summa"), shares)


def _not_known(rows: Sequence[CountyRow]) -> list[str]:
    """The counties that are in the merge but not in each sum."""
    return [row.verdict.name for row in rows if row.counted and not all(row.verdict.known)]


def _intro(rows: Sequence[CountyRow], texts: Texts) -> str:
    """What stands here, and which counties the sums do not take in whole."""
    told, names = texts("ekonomi.oversikt_intro"), _not_known(rows)
    if not names:
        return told
    return f"{told} {texts('ekonomi.oversikt_okant', counties=join_and(names))}"


def _add_chart(
    book: Book, sheet: WrittenSheet, table: SheetTable[CountyRow], context: FinanceContext
) -> None:
    """A column for each nature, beside each other: on top of each other they would be a sum."""
    texts, natures = context.texts, context.results.natures
    chart = book.workbook.add_chart({"type": "column"})
    for nature, color in zip(natures, _COLORS, strict=False):
        series = {
            "name": nature_heading(texts, "ekonomi.egen", nature),
            "categories": table.span("lansnamn"),
            "values": table.span(f"egen_{nature}"),
            "fill": {"color": color},
        }
        chart.add_series(series)
    title = texts("ekonomi.diagram")
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"} if natures[1:] else {"none": True})
    chart.set_x_axis({"num_font": _SLANTING, "label_position": "low"})
    grid = {"visible": True, "line": {"color": "#D5DBE1"}}
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": grid})
    chart.set_size(_CHART_SIZE)
    place = table.columns.places["utslag"]  # beside the columns that every page repeats
    sheet.add_chart(table.last + _ROOM_ABOVE_CHART, place, chart, title)
