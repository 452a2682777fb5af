"""The sheet of the three-way reconciliation: only what does not tie, and one line for all that
does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.analysis.causes import opposed
from toolkit.analysis.decisions import line_subject
from toolkit.analysis.reconcile import Reconciliation, narrowed, stated_cells
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Dimension, Side
from toolkit.export.book import Book, Cell
from toolkit.export.columns import (
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_table,
    written_late,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.decided import DECISION, DecisionCells, decision_cells, let_decide
from toolkit.export.finance.origin import (
    ORIGIN,
    Origin,
    brief,
    county_cells,
    file_target,
    origin_of,
)
from toolkit.export.finance.rows import county_area, spend_area
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.spec.model import Spec
from toolkit.staff.decisions import decision_words
from toolkit.words.amounts import format_kr
from toolkit.words.cells import CellRef

_HEADER = 3


@dataclass(frozen=True)
class DifferenceRow:
    """A difference: what the county's workbook holds, what its ledger holds, and what it says."""

    line: Reconciliation
    context: FinanceContext

    @property
    def name(self) -> str:
        """The county, or all of them."""
        return self.line.name or self.context.texts("ekonomi.riket")

    @property
    def cut(self) -> str:
        """What kind of code the difference stands on."""
        return self.context.texts(f"indelning.{self.line.dimension}")

    @property
    def code(self) -> str:
        """The code with its label."""
        return code_shown(self.line, self.context.results.data.year.spec, self.context.texts)

    @property
    def direction(self) -> str:
        """Whether the workbook has too little or too much."""
        word = "for_lite" if self.line.difference > 0 else "for_mycket"
        return self.context.texts(f"ekonomi.{word}", side=self.side.lower())

    @property
    def side(self) -> str:
        """What the workbook is compared with."""
        return side_name(self.line, self.context.texts)

    def amount(self, amount: Decimal | None) -> Cell:
        """One side's kronor; in words where it has nothing to say."""
        if amount is None:
            return Cell(self.context.texts("ekonomi.ej_sand"))
        return Cell(amount, "kr")

    @property
    def decision(self) -> DecisionCells:
        """What has been decided on the difference, and whether the same difference on another row
        has been decided the other way."""
        subject = line_subject(self.context.year, self.line)
        cells, other = (
            decision_cells(self.context, subject),
            opposed(self.context.results, self.line),
        )
        if other is None:
            return cells
        texts, spec = self.context.texts, self.context.results.data.year.spec
        standing = self.context.results.standing(line_subject(self.context.year, other))
        word = decision_words(texts)[standing.word] if standing else ""
        row = code_shown(other, spec, texts)
        since = texts("ekonomi.beslut_motsatt", row=row, decision=word)
        return replace(cells, since=Cell(since, "ask"))

    @property
    def file(self) -> str:
        """The county's file; nothing for the whole country."""
        county = self.line.county
        return self.context.results.states[county].file if county else ""

    @property
    def origin(self) -> Origin:
        """The county's rows that make up the amount, or where it says what its ledger holds."""
        results = self.context.results
        return origin_of(results, self.file, _cells(self))

    @property
    def narrowed(self) -> Cell:
        """The rows that several cuts point at together, as a link to the first of them."""
        results, texts = self.context.results, self.context.texts
        county = self.line.county
        codes = narrowed(self.line, results.off_by_county.get(county, ())) if county else {}
        if len(codes) < 2:  # one cut alone points at no more than its own row says
            return Cell("")
        cells = county_cells(results, county, codes)
        names = ", ".join(code or texts("ekonomi.utan_kod") for code in codes.values())
        found = f"{cells[0].sheet}!{brief(cells)}" if cells else texts("ekonomi.ingen_rad")
        told = texts("ekonomi.pekar_pa_cell", codes=names, cells=found)
        return Cell(told, target=file_target(results, self.file, cells[0]) if cells else None)


def _cells(row: DifferenceRow) -> list[CellRef]:
    results, line = row.context.results, row.line
    if not line.county:
        return []
    own = county_cells(results, line.county, {line.dimension: line.code})
    return own or stated_cells(results.data, line)


def _reported(row: DifferenceRow, cells: RowCells) -> str:
    """The sum of the counties' rows: those of the county and code, or all for the whole country."""
    rows = row.context.rows
    if not rows.count:
        return ""
    if not row.line.county:
        return f"={sum_of(spend_area(rows, 'outcome'), {})}"
    codes = {rows.area(row.line.dimension.field): row.line.code}
    place = (county_area(rows), cells["$lan"])
    return f"={sum_of(spend_area(rows, 'outcome'), codes, place)}"


def _extract(row: DifferenceRow, cells: RowCells) -> str:
    booked = row.context.booked
    if row.line.ledger is None or not booked.count:
        return ""
    # The columns of that sheet are called by the cuts.
    codes = {booked.area(row.line.dimension): row.line.code}
    place = (booked.area("lan"), cells["$lan"])
    return f"={sum_of(booked.area('belopp'), codes, place)}"


# Excel subtracts binary numbers, and 99,25 - 120,25 may miss by 10 ** -14; the verdict is not read
# from the cell but from Decimals, and the cell shows whole kronor.
def _difference(row: DifferenceRow, cells: RowCells) -> str:
    return f"={cells[row.line.against or Side.EXTRACT]}-{cells['redovisat']}"


COLUMNS: tuple[SheetColumn[DifferenceRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name),
    SheetColumn("indelning", "ekonomi.indelning", 16, lambda row: row.cut),
    SheetColumn("kod", "ekonomi.kod", 26, lambda row: row.code),
    # A side is found by its id in Reconciliation.against.
    *written_late(
        (
            SheetColumn(
                "redovisat", "ekonomi.redovisat", 14, lambda row: row.line.reported, "kr", _reported
            ),
            SheetColumn(
                Side.STATED, "ekonomi.enligt_lanet", 17, lambda row: row.amount(row.line.stated)
            ),
            SheetColumn(
                Side.EXTRACT,
                "ekonomi.utdrag",
                20,
                lambda row: row.amount(row.line.ledger),
                "kr",
                _extract,
            ),
        )
    ),
    SheetColumn("jamfort_med", "ekonomi.jamfort_med", 20, lambda row: row.side),
    SheetColumn(
        "skillnad", "ekonomi.skillnad", 13, lambda row: row.line.difference, "kr", _difference
    ),
    SheetColumn("tolerans", "ekonomi.tolerans", 11, lambda row: row.line.tolerance, "ore"),
    SheetColumn(
        "tolerans_skal",
        "ekonomi.tolerans_skal",
        26,
        lambda row: tolerance_reason(row.line, row.context.texts),
    ),
    SheetColumn("riktning", "ekonomi.riktning", 26, lambda row: row.direction),
    *DECISION,
    *ORIGIN,
    SheetColumn("pekar_pa", "ekonomi.pekar_pa", 30, lambda row: row.narrowed, late=True),
)


def differences_table(results: YearResults, texts: Texts) -> SheetTable[DifferenceRow]:
    """Where the differences stand."""
    return SheetTable(
        texts("ekonomi.avstamning"), ColumnList(COLUMNS), _HEADER, len(results.all_off)
    )


def gap_of(context: FinanceContext, county: str) -> str:
    """The formula of a county's largest difference over all cuts, without its sign: a difference
    one way and one the other do not make a county that ties. `county` is a cell."""
    # SUMPRODUCT makes MAX go through the rows one by one in every version of Excel.
    table = context.differences
    return f"SUMPRODUCT(MAX(({table.area('lan')}={county})*ABS({table.area('skillnad')})))"


def write_reconciliation(book: Book, context: FinanceContext) -> None:
    """A row for each difference: the three sides, difference, tolerance, direction, and the
    decision on it."""
    texts, table = context.texts, context.differences
    intro = _summary(context.results, texts)
    # No row of sums: the same krona differs in every cut.
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    lines = [DifferenceRow(line, context) for line in context.results.all_off]
    write_table(sheet, table, lines, texts)
    let_decide(sheet, table, texts)
    freeze(sheet, table, "lansnamn")


def _summary(results: YearResults, texts: Texts) -> str:
    """How much ties, cut by cut; and who could not be compared."""
    every = [line for line in (*results.lines, *results.parts) if line.sides]
    counted = [line for line in every if line.compared]
    cuts = list(dict.fromkeys(line.dimension for line in counted))
    said = texts(
        "ekonomi.avstamning_intro", parts="; ".join(_tally(cut, counted, texts) for cut in cuts)
    )
    return " ".join((said, *_not_compared(every, results, texts)))


def _not_compared(
    lines: Sequence[Reconciliation], results: YearResults, texts: Texts
) -> Iterator[str]:
    """The counties of which nothing was compared, as the overview says, and the sums that are not
    known."""
    counties = results.data.counties
    left = [county.name for county in counties if results.gap(county.code) is None]
    if left:
        yield texts("ekonomi.avstamning_utan", counties=", ".join(left))
    unknown = [_unknown(line, results, texts) for line in lines if not line.known]
    if unknown:
        yield texts("ekonomi.avstamning_okant", sums="; ".join(unknown))


def _unknown(line: Reconciliation, results: YearResults, texts: Texts) -> str:
    """A sum that is not known, beside what stands in the ledger."""
    code = code_shown(line, results.data.year.spec, texts)
    place = f"{line.name}, {code}" if line.name else texts("ekonomi.riket")
    side, amount = next(iter(line.sides.items()))
    told = texts(f"jamfort.{side if side is Side.EXTRACT else line.dimension}")
    return texts("ekonomi.avstamning_okant_del", place=place, side=told, amount=format_kr(amount))


def _tally(cut: str, counted: Sequence[Reconciliation], texts: Texts) -> str:
    lines = [line for line in counted if line.dimension == cut]
    ties = sum(line.ties for line in lines)
    return texts(f"ekonomi.avstamning_del.{cut}", ties=ties, all=len(lines))


def side_name(line: Reconciliation, texts: Texts) -> str:
    """What the workbook is compared with: the extract, or what the county or the country says
    itself."""
    return texts(f"jamfort.{line.against if line.against is Side.EXTRACT else line.dimension}")


def tolerance_reason(line: Reconciliation, texts: Texts) -> str:
    """Why so much may differ: how the amounts are reported."""
    lines = line.rounding.lines + int(line.against is Side.STATED and line.rounded_side)
    said = [texts("tolerans.hela_kronor", count=lines)] if lines else []
    if line.rounding.ledger and line.against is Side.EXTRACT:
        said.append(texts("tolerans.tkr", amount=format_kr(line.rounding.ledger)))
    return " ".join(said) or texts("tolerans.ore")


def code_shown(line: Reconciliation, spec: Spec, texts: Texts) -> str:
    """The code with its label."""
    if line.dimension is Dimension.COUNTRY:
        return texts("ekonomi.alla")
    codes = spec.list_of(line.dimension.codes).by_code
    if line.code in codes:
        return codes[line.code].shown
    return line.code or texts("ekonomi.utan_kod")
