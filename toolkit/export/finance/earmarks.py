"""The sheet of what must be reported apart: every area and county, its verdict, and the rows that
decide it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.earmarks import Deciding, EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.records import Activity, EarmarkStatement, SpendLine
from toolkit.analysis.states import Verdict
from toolkit.export.book import Book, Cell, shown
from toolkit.export.columns import (
    UNTOUCHED,
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    write_table,
    written_late,
)
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.origin import NOWHERE, ORIGIN, Origin, file_target, origin_of
from toolkit.spec.model import Earmark
from toolkit.spec.roles import COST_KINDS
from toolkit.words.cells import CellRef

# The cell says it in words as well: nobody has to tell the colours apart.
VERDICT_TONES = {
    Verdict.CONTRADICTED: "bad",
    Verdict.NOT_JUDGED: "ask",
    Verdict.EXPLAINED: "ask",
    Verdict.NOT_REPORTED: "bad",
    Verdict.MERGED: "bad",
    Verdict.PARTLY: "ask",
    Verdict.NOT_SENT: "bad",
    Verdict.UNTREATED: "calm",
    Verdict.NOT_POSSIBLE: "calm",
    Verdict.ZERO: "calm",
    Verdict.APART: "good",
}
_HEADER = 3


@dataclass(frozen=True, slots=True)
class EarmarkRow:
    """What decides a county's verdict on an area: one of its rows, or what is not there."""

    county: str
    name: str
    area: str
    verdict: Cell
    what: str
    origin: Origin
    code: object = ""
    amount: object = ""


COLUMNS: tuple[SheetColumn[EarmarkRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name),
    SheetColumn("omrade", "ekonomi.omrade", 10, lambda row: row.area),
    SheetColumn("utslag", "ekonomi.utslag", 17, lambda row: row.verdict, late=True),
    SheetColumn("avgor", "ekonomi.avgor", 48, lambda row: row.what),
    SheetColumn("verksamhetskod", "ekonomi.verksamhetskod", 17, lambda row: row.code),
    SheetColumn("utfall", "ekonomi.utfall", 14, lambda row: row.amount),
    *written_late(ORIGIN),
)


def write_earmarks(book: Book, context: FinanceContext) -> None:
    """Area by area: the counties, the worst first, and then the years when it could not be done."""
    texts = context.texts
    rows = list(earmark_rows(context))
    table = SheetTable(texts("ekonomi.sar"), ColumnList(COLUMNS), _HEADER, len(rows))
    told = [
        texts("ekonomi.sar_intro", area=one.label.lower(), code=one.code)
        for one, _ in context.results.areas
    ]
    sheet = book.sheet(table.sheet, table.sheet, " ".join(told), table.columns.widths)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")


def earmark_rows(context: FinanceContext) -> Iterator[EarmarkRow]:
    """The rows of the sheet."""
    for earmark, verdicts in context.results.areas:
        for verdict in sorted(verdicts, key=context.results.need):
            yield from _verdict_rows(earmark, verdict, context)
        yield from _years_before(earmark, context)


def _verdict_rows(
    earmark: Earmark, verdict: EarmarkVerdict, context: FinanceContext
) -> Iterator[EarmarkRow]:
    """A line for each row that decides, at least one."""
    for line in verdict.rows:
        yield _deciding_row(earmark, verdict, line, context)
    if not verdict.rows:
        yield _row_without(earmark, verdict, context)


def _deciding_row(
    earmark: Earmark, verdict: EarmarkVerdict, line: Deciding, context: FinanceContext
) -> EarmarkRow:
    spent = line if isinstance(line, SpendLine) else None
    cell = line.ref("outcome" if spent else "title")
    return EarmarkRow(
        verdict.county,
        verdict.name,
        earmark.code,
        verdict_cell(verdict.verdict, context),
        what_is_told(line, context),
        origin_of(context.results, line.file, [cell]),
        line.code,
        spent.outcome if spent else "",
    )


def what_is_told(line: Deciding, context: FinanceContext) -> str:
    """An activity by its title, a spend line by its id, its kind of cost and what the county says
    of it."""
    if isinstance(line, Activity):
        return shown(line.title) or shown(line.id)
    parts = (shown(line.id), _kind_shown(line, context), shown(line.comment))
    return ". ".join(part for part in parts if part)


def _kind_shown(line: SpendLine, context: FinanceContext) -> str:
    spec = context.results.data.year.spec
    if not isinstance(line.kind, str) or not spec.bound.has(COST_KINDS):
        return ""
    kind = spec.list_of(COST_KINDS).by_code.get(line.kind)
    return kind.shown if kind else ""


def verdict_cell(verdict: Verdict, context: FinanceContext) -> Cell:
    """The verdict in words, with its colour."""
    return Cell(context.texts(f"utslag.{verdict}"), VERDICT_TONES[verdict])


def _row_without(earmark: Earmark, verdict: EarmarkVerdict, context: FinanceContext) -> EarmarkRow:
    """Where no row decides: the county's own reason, or what is not there."""
    why = verdict.reason or context.texts(
        f"ekonomi.utan_rad.{verdict.verdict}", code=earmark.code, year=earmark.valid_from
    )
    state = context.results.states[verdict.county]
    cells = answer_cells(state, earmark, "reason" if verdict.reason else "status")
    return EarmarkRow(
        verdict.county,
        verdict.name,
        earmark.code,
        verdict_cell(verdict.verdict, context),
        why,
        origin_of(context.results, state.file, cells),
    )


def _years_before(earmark: Earmark, context: FinanceContext) -> Iterator[EarmarkRow]:
    """The years before the code: all that was spent, which no county could divide."""
    for of in context.results.series.years:
        if of < earmark.valid_from:
            yield _year_before(earmark, of, context)


def _year_before(earmark: Earmark, of: int, context: FinanceContext) -> EarmarkRow:
    texts = context.texts
    spent = context.results.series.printed(of, "utgifter")
    amount: Decimal | str = spent.amount if spent else texts("ekonomi.ej_sand")
    why = texts("ekonomi.aret_fore", of=of, code=earmark.code, year=earmark.valid_from)
    return EarmarkRow(
        "",
        texts("ekonomi.alla_lan"),
        earmark.code,
        verdict_cell(Verdict.NOT_POSSIBLE, context),
        why,
        _series_origin(spent.line, context) if spent else NOWHERE,
        amount=amount,
    )


def _series_origin(line: int, context: FinanceContext) -> Origin:
    """A line of the series of appropriations, which has no sheets."""
    file = context.texts("ekonomi.serien")
    target = file_target(context.results, file)
    told = Cell(context.texts("ekonomi.serien_rad", line=line))
    return Origin(Cell(file, target=target), UNTOUCHED, told)


def answer_cells(state: CountyState, earmark: Earmark, attribute: str) -> list[CellRef]:
    """Where a county says, or should say, how it has reported an area; also when its table is not
    in the merge. Nowhere in a year that does not ask."""
    submission = state.counts.submission if state.counts else None
    area, field = (EarmarkStatement.FIELDS[name] for name in ("area", attribute))
    if submission is None or not state.bound.has(area, field):
        return []
    records = submission.records(EarmarkStatement.TABLE)
    return [record.ref(field) for record in records if record.text(area) in earmark.names]
