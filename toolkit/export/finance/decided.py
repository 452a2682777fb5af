"""The columns for the finance officer's decision, beside every row that can be decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from toolkit.analysis.decisions import Decision, FigureChange, Standing, Subject
from toolkit.export.book import Cell, WrittenSheet
from toolkit.export.columns import SheetColumn, SheetTable, let_choose
from toolkit.export.finance.context import FinanceContext
from toolkit.findings.texts import Texts
from toolkit.read import ListFault
from toolkit.staff.decisions import decision_words, pack
from toolkit.words.amounts import format_kr
from toolkit.words.periods import read_date


@dataclass(frozen=True, slots=True)
class DecisionCells:
    """What stands in the columns: her decision and comment, what has become of them, and for the
    next run the row's key with the figures of today, and an earlier decision with its own; who
    decided, and when."""

    word: str
    comment: str
    since: Cell
    key: str
    figures: str
    earlier: str = ""
    earlier_figures: str = ""
    by: str = ""
    day: object = ""
    earlier_by: str = ""
    earlier_day: object = ""


class Decidable(Protocol):
    """A line that can be decided on."""

    @property
    def decision(self) -> DecisionCells:
        """What has been decided so far."""


# The ids are those by which her copy is read back (staff.decisions.COLUMNS). The last six are for
# the program only. They stand in the row that they belong to, hidden, for a row that is sorted or
# filtered must take them along.
DECISION: tuple[SheetColumn[Decidable], ...] = (
    SheetColumn("beslut", "ekonomi.beslut", 16, lambda line: line.decision.word, role="own"),
    SheetColumn(
        "kommentar", "ekonomi.kommentar", 30, lambda line: line.decision.comment, role="own"
    ),
    SheetColumn("av", "ekonomi.av", 16, lambda line: line.decision.by, role="own"),
    SheetColumn("dag", "ekonomi.dag", 12, lambda line: line.decision.day, role="own_date"),
    SheetColumn("sedan", "ekonomi.sedan", 34, lambda line: line.decision.since),
    SheetColumn("nyckel", "ekonomi.nyckel", 0, lambda line: line.decision.key, hidden=True),
    SheetColumn(
        "beslutat_pa", "ekonomi.beslutat_pa", 0, lambda line: line.decision.figures, hidden=True
    ),
    SheetColumn(
        "forra_beslut", "ekonomi.forra_beslut", 0, lambda line: line.decision.earlier, hidden=True
    ),
    SheetColumn(
        "forra_belopp",
        "ekonomi.forra_belopp",
        0,
        lambda line: line.decision.earlier_figures,
        hidden=True,
    ),
    SheetColumn(
        "forra_av", "ekonomi.forra_av", 0, lambda line: line.decision.earlier_by, hidden=True
    ),
    SheetColumn(
        "forra_dag", "ekonomi.forra_dag", 0, lambda line: line.decision.earlier_day, hidden=True
    ),
)


def above_sums(column: SheetColumn[Decidable]) -> SheetColumn[Decidable]:
    """The column with an empty cell in the row of sums; a hidden one has none."""
    return column if column.hidden else replace(column, total="")


DECISION_ABOVE_SUMS = tuple(above_sums(column) for column in DECISION)


def let_decide(sheet: WrittenSheet, table: SheetTable[Any], texts: Texts) -> None:
    """Her choices as a list in every cell for a decision."""
    rule = {
        "validate": "list",
        "source": list(decision_words(texts).values()),
        "error_title": texts("ekonomi.beslut"),
        "error_message": texts("ekonomi.beslut_valj"),
    }
    let_choose(sheet, table, "beslut", rule)


def decision_cells(context: FinanceContext, subject: Subject) -> DecisionCells:
    """What she has decided. A decision on other figures leaves its cell empty and stands, with what
    has changed, in the column after the comment; what she has written beside it stays."""
    standing = context.results.standing(subject)
    if standing is None:
        return DecisionCells("", "", Cell(""), subject.key, pack(subject.figures))
    since = _since(standing, context.texts)
    return _laid(standing.decision, since, subject, context.texts, standing.open_again)


def resting_cells(decision: Decision, texts: Texts) -> DecisionCells:
    """A decision whose row is not shown, with the figures that it rests on."""
    own = Subject(decision.key, decision.figures)
    return _laid(decision, Cell(""), own, texts, bool(decision.pending.word))


def _laid(
    decision: Decision, since: Cell, subject: Subject, texts: Texts, opened: bool
) -> DecisionCells:
    """A decision in its cells, or one that is open again in the hidden ones."""
    pending, word = decision.pending, decision_words(texts).get(decision.word, "")
    made = DecisionCells("", decision.comment, since, subject.key, pack(subject.figures))
    if opened or not word:
        made = replace(made, word=pending.word, by=pending.by, day=day_cell(pending.day))
    else:
        made = replace(made, word=word, by=decision.by, day=day_cell(decision.day))
    if not opened or not word:
        return made
    before, day = pack(decision.figures), day_cell(decision.day)
    return replace(
        made, earlier=word, earlier_figures=before, earlier_by=decision.by, earlier_day=day
    )


def _since(standing: Standing, texts: Texts) -> Cell:
    """What has become of a decision: what she has to do about it, or that it holds."""
    decision, asked = standing.decision, []
    if decision.pending.word:
        asked.append(texts("ekonomi.beslut_ej_i_listan", said=decision.pending.word))
    if standing.open_again and decision.word:
        asked.append(_opened(standing, texts))
    elif decision.word and not decision.signed:
        asked.append(texts("ekonomi.beslut_osignerat"))
    if asked:
        return Cell(" ".join(asked), "ask")
    return Cell(texts("ekonomi.beslut_galler") if decision.word else "")


def _opened(standing: Standing, texts: Texts) -> str:
    """What was decided earlier, by whom and when, and what has changed."""
    decision, changes = standing.decision, told_changes(standing.changes, texts)
    word = decision_words(texts).get(decision.word, "")
    signed = ", ".join(filter(None, (word, decision.by, decision.day)))
    return texts("ekonomi.beslut_oppnat", decision=signed, changes=changes).strip()


def day_cell(day: str) -> object:
    """A day as Excel has it; what is no day as she wrote it."""
    found = read_date(day)
    return found.value if found else day


def open_again(
    standings: Mapping[str, Standing], gone: Sequence[Decision], texts: Texts
) -> Iterator[ListFault]:
    """What the finance officer is told of decisions that could not simply be carried over."""
    words = decision_words(texts)
    for decision in gone:
        said = words.get(decision.word) or decision.pending.word or decision.comment
        yield ListFault("BESLUT-BORTA", None, (("key", decision.key), ("decision", said)))
    for key, standing in standings.items():
        if standing.changes:
            changes = told_changes(standing.changes, texts)
            told = (("key", key), ("decision", words[standing.word]), ("changes", changes))
            yield ListFault("BESLUT-OPPNAT", None, told)


def told_changes(changes: Sequence[FigureChange], texts: Texts) -> str:
    """What has changed, in words: `Enligt Ekonomi (kr) var 10 kr och är nu 20 kr.`"""
    return " ".join(_told_change(change, texts) for change in changes)


def _told_change(change: FigureChange, texts: Texts) -> str:
    return texts(
        "ekonomi.beslut_andrat",
        figure=texts(f"beslutsbelopp.{change.name}"),
        was=_told(change.name, change.was, texts),
        now=_told(change.name, change.now, texts),
    )


def _told(name: str, value: str, texts: Texts) -> str:
    if name == "utslag" and value:
        return texts.entries.get(f"utslag.{value}", value)
    # Figures come back from her workbook, where anything may have been typed over them.
    try:
        return format_kr(Decimal(value)) if value else texts("ekonomi.ej_sand")
    except InvalidOperation:
        return value
