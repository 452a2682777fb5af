"""The columns for the finance officer's decision, beside every row that can be decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
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
    has changed, in the column after the comment."""
    texts, today = context.texts, pack(subject.figures)
    standing = context.results.standing(subject)
    if standing is None:
        return DecisionCells("", "", Cell(""), subject.key, today)
    word = decision_words(texts).get(standing.word, "")
    by, day = standing.by, _day_cell(standing.day)
    if not standing.changes:
        since = _since(word, standing, texts)
        return DecisionCells(word, standing.comment, since, subject.key, today, by=by, day=day)
    changes = told_changes(standing.changes, texts)
    signed = ", ".join(filter(None, (word, standing.by, standing.day)))
    since = Cell(texts("ekonomi.beslut_oppnat", decision=signed, changes=changes), "ask")
    before = pack(standing.figures)
    made = DecisionCells("", standing.comment, since, subject.key, today, word, before)
    return replace(made, earlier_by=by, earlier_day=day)


def _since(word: str, standing: Standing, texts: Texts) -> Cell:
    """What has become of a decision on unchanged figures."""
    if not word:
        return Cell("")
    if not standing.signed:
        return Cell(texts("ekonomi.beslut_osignerat"), "ask")
    return Cell(texts("ekonomi.beslut_galler"))


def _day_cell(day: str) -> object:
    return date.fromisoformat(day) if day else ""


def open_again(
    standings: Mapping[str, Standing], gone: Sequence[Decision], texts: Texts
) -> Iterator[ListFault]:
    """What the finance officer is told of decisions that could not simply be carried over."""
    words = decision_words(texts)
    for decision in gone:
        said = words.get(decision.word, decision.comment)
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
