"""`status.xlsx`: how every county stands and what is to be done about it; and the files that count
for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.standing import CountyStanding, Todo
from toolkit.export.book import Book, Cell, new_book
from toolkit.export.columns import ColumnList, SheetColumn, SheetTable, freeze, write_table
from toolkit.export.finance.earmarks import VERDICT_TONES
from toolkit.findings.feedback import UNDECIDED
from toolkit.findings.texts import Texts
from toolkit.returns.approval import ApprovalState, approval_state
from toolkit.spec.load import Year
from toolkit.words.periods import format_date

_HEADER = 3
_APPROVAL_TONES = {
    ApprovalState.HOLDS: "plain",
    ApprovalState.VOID: "ask",
    ApprovalState.EXPLAINED: "plain",
}
_TONES = {
    Todo.OURS: "calm",
    Todo.OPEN: "ask",
    Todo.WHICH: "ask",
    Todo.RETURN: "bad",
    Todo.SENDER: "ask",
    Todo.REMIND: "bad",
    Todo.ANSWER: "ask",
    Todo.NOTHING: "good",
}


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A county in the words of the workbook. `left` counts the days to the last day by a
    formula."""

    standing: CountyStanding
    texts: Texts
    verdicts: Texts
    last: date | None

    @property
    def todo(self) -> Cell:
        """What is to be done."""
        todo = self.standing.todo
        return Cell(self.texts(f"gor.{todo}"), _TONES[todo])

    @property
    def earmark(self) -> Cell:
        """Whether the county reports the area apart."""
        verdict = self.standing.earmark
        if verdict is None or self.standing.state.counts is None:
            return Cell("")
        return Cell(self.verdicts(str(verdict)), VERDICT_TONES[verdict])

    @property
    def approved(self) -> Cell:
        """When the return was approved, and whether that still holds."""
        counts = self.standing.state.counts
        state = approval_state(counts) if counts else None
        sent = counts.submission if counts else None
        if state is None or sent is None or sent.approved is None:
            return Cell("")
        return Cell(self.texts(state, day=format_date(sent.approved)), _APPROVAL_TONES[state])

    @property
    def left(self) -> Cell:
        """The days to the last day, while anything is to be done."""
        if self.last is None or self.standing.todo is Todo.NOTHING:
            return Cell("")
        # The machine's clock is not asked: Excel knows what day it is when somebody looks.
        parts = f"{self.last.year},{self.last.month},{self.last.day}"
        return Cell(None, "plain", f"=DATE({parts})-TODAY()")


COLUMNS: tuple[SheetColumn[StatusRow], ...] = (
    SheetColumn("kod", "kolumn.kod", 7, lambda row: row.standing.state.code, "plain"),
    SheetColumn("lan", "kolumn.lan", 20, lambda row: row.standing.state.name),
    SheetColumn("gor", "kolumn.gor", 34, lambda row: row.todo),
    SheetColumn("lage", "kolumn.lage", 24, lambda row: row.texts(row.standing.state_name)),
    SheetColumn("fel", "kolumn.fel", 8, lambda row: row.standing.state.errors, "plain"),
    SheetColumn("fragor", "kolumn.fragor", 9, lambda row: row.standing.state.questions, "plain"),
    SheetColumn("sar", "kolumn.sar", 22, lambda row: row.earmark),
    SheetColumn("omgang", "kolumn.omgang", 10, lambda row: row.standing.round, "plain"),
    SheetColumn("inkom", "kolumn.inkom", 13, lambda row: row.standing.arrived, "date"),
    SheetColumn("godkand", "kolumn.godkand", 22, lambda row: row.approved),
    SheetColumn("dagar", "kolumn.dagar", 11, lambda row: row.left),
    SheetColumn("brev", "kolumn.brev", 13, lambda row: row.standing.last_written, "date"),
    SheetColumn("antal", "kolumn.antal", 9, lambda row: len(row.standing.written_to), "plain"),
    SheetColumn("fil", "kolumn.fil", 40, lambda row: row.standing.state.file),
    SheetColumn("andra", "kolumn.andra", 40, lambda row: row.standing.state.others),
)


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file that counts for nobody, and why."""

    file: str
    why: str


OTHERS: tuple[SheetColumn[OtherFile], ...] = (
    SheetColumn("fil", "kolumn.annan", 50, lambda row: row.file),
    SheetColumn("varfor", "kolumn.varfor", 90, lambda row: row.why),
)


def write_status(year: Year, found: Sequence[CountyStanding], others: Sequence[OtherFile]) -> bytes:
    """The workbook."""
    texts = year.texts("status")
    mark = year.texts("export")("intern")
    book = new_book(texts("titel", year=year.spec.year), year.spec.agency, mark)
    _write_counties(book, year, texts, found)
    _write_others(book, texts, others)
    return book.close()


def _write_counties(book: Book, year: Year, texts: Texts, found: Sequence[CountyStanding]) -> None:
    collecting = year.spec.insamling
    last = collecting.sista_dag if collecting else None
    verdicts = year.texts("export").part("utslag")
    rows = [StatusRow(one, texts, verdicts, last) for one in found]
    columns = _asked_for(COLUMNS, rows)
    table = SheetTable(texts("blad"), ColumnList(columns), _HEADER, len(rows))
    intro = texts("sista_dag", day=format_date(last)) if last else texts("ingen_dag")
    title = texts("titel", year=year.spec.year)
    sheet = book.sheet(table.sheet, title, intro, table.columns.widths)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lan")


def _asked_for(
    columns: tuple[SheetColumn[StatusRow], ...], rows: Sequence[StatusRow]
) -> tuple[SheetColumn[StatusRow], ...]:
    """All columns, but none about what a year does not ask for."""
    if any(row.standing.earmark for row in rows):
        return columns
    return tuple(column for column in columns if column.id != "sar")


def _write_others(book: Book, texts: Texts, others: Sequence[OtherFile]) -> None:
    table = SheetTable(texts("blad_filer"), ColumnList(OTHERS), _HEADER, len(others))
    intro = texts("filer_intro" if others else "filer_inga")
    sheet = book.sheet(table.sheet, table.sheet, intro, table.columns.widths)
    write_table(sheet, table, others, texts)
    freeze(sheet, table, "fil")


def other_files(data: Dataset) -> list[OtherFile]:
    """The files that gave no return or count for nobody, each with why."""
    found = [
        OtherFile(one.file, one.findings[0].title if one.findings else "") for one in data.unread
    ]
    for one in data.apart:
        blocks = (finding.message for finding in one.findings if finding.blocks)
        told = (finding.message for finding in one.findings)
        found.append(OtherFile(one.file, next(blocks, next(told, ""))))
    for state in data.counties:
        found += _undecided(state)
    return found


def _undecided(state: CountyState) -> list[OtherFile]:
    """The files of which nobody knows whether they count: the question is told of in the one that
    counts meanwhile."""
    asked = (one.message for one in state.findings if one.code == UNDECIDED)
    why = next(asked, "")
    return [OtherFile(file, why) for file in state.doubtful]
