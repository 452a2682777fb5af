"""The columns for the finance officer's decision, beside every row that can be decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from toolkit.analysis.decisions import Decision, FigureChange, Standing, Subject
from toolkit.export.book import Book
from toolkit.findings.texts import Texts
from toolkit.read import ListFault
from toolkit.staff.decisions import COLUMNS, HIDDEN, decision_words, pack
from toolkit.words.amounts import format_kr

WIDTHS = (16, 30, 34, 200, 200, 200, 200)  # the hidden ones never make a row higher


def decision_heads(texts: Texts) -> list[str]:
    """The headings, the hidden ones last."""
    return [texts(f"ekonomi.{name}") for name in COLUMNS]


def hide_keys(sheet: Any, column: int) -> None:
    """`column` is the first of the decision's columns. Sorting and filtering take the hidden ones
    along."""
    first = column + len(COLUMNS) - len(HIDDEN)
    sheet.set_column(first, first + len(HIDDEN) - 1, 10, None, {"hidden": True})


def let_choose(sheet: Any, first: int, last: int, column: int, texts: Texts) -> None:
    """Her choices as a list in every cell for a decision."""
    if last >= first:
        title, message = texts("ekonomi.beslut"), texts("ekonomi.beslut_valj")
        choices = list(decision_words(texts).values())
        rule = {
            "validate": "list",
            "source": choices,
            "error_title": title,
            "error_message": message,
        }
        sheet.data_validation(first, column, last, column, rule)


def write_decision(
    book: Book,
    sheet: Any,
    row: int,
    column: int,
    subject: Subject,
    standing: Standing | None,
    texts: Texts,
) -> None:
    """What she has decided. A decision on other figures leaves its cell empty and stands, with what
    has changed, in the column after the comment."""
    values = _values(subject, standing, texts)
    for place, value in enumerate(values, column):
        role = "own" if place < column + 2 else "text"
        book.value(
            sheet,
            row,
            place,
            value,
            "ask" if standing and standing.changes and place == column + 2 else role,
        )


def _values(subject: Subject, standing: Standing | None, texts: Texts) -> Sequence[str]:
    today = (subject.key, pack(subject.figures))
    if standing is None:
        return ("", "", "", *today, "", "")
    word = decision_words(texts).get(standing.word, "")
    if not standing.changes:
        return (
            word,
            standing.comment,
            texts("ekonomi.beslut_galler") if word else "",
            *today,
            "",
            "",
        )
    told = told_changes(standing.changes, texts)
    opened = texts("ekonomi.beslut_oppnat", decision=word, changes=told)
    return ("", standing.comment, opened, *today, word, pack(standing.figures))


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
    said = []
    for change in changes:
        was, now = (_told(change.name, value, texts) for value in (change.was, change.now))
        said.append(
            texts(
                "ekonomi.beslut_andrat",
                figure=texts(f"beslutsbelopp.{change.name}"),
                was=was,
                now=now,
            )
        )
    return " ".join(said)


def _told(name: str, value: str, texts: Texts) -> str:
    if name == "utslag" and value:
        return texts.entries.get(f"utslag.{value}", value)
    try:
        return format_kr(Decimal(value)) if value else texts("ekonomi.ej_sand")
    except InvalidOperation:
        return value
