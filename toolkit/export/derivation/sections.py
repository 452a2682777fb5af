"""The sections of the report's text: what is printed of data in each, and the questions behind it,
counted from the counties' rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.export.book import Cell, WrittenSheet
from toolkit.export.derivation.grid import FIRST
from toolkit.export.derivation.questions import PrintedQuestion, counted_answers
from toolkit.export.derivation.sources import Sources

HEADS = ("tryckt", "fraga", "raknat", "av", "svar")


@dataclass(frozen=True)
class PrintedSection:
    """A section as it stands in the report: the how manyth one that prints anything of data, its
    heading, and the questions in the order in which their answers are printed."""

    number: int
    heading: str
    questions: Sequence[PrintedQuestion]


def write_questions(sheet: WrittenSheet, sources: Sources, section: PrintedSection) -> None:
    """A line for each question, with what is counted and what was answered when the report was
    written. What no row of the counties' holds has no formula."""
    texts = sources.texts
    sheet.label(2, texts("underlag.avsnitt_intro"), "intro")
    for column, head in enumerate(HEADS):
        sheet.write(FIRST - 2, column, Cell(texts(f"underlag.{head}"), "header"))
    for line, cells in enumerate(_lines(sources, section), FIRST - 1):
        for column, cell in enumerate(cells):
            sheet.write(line, column, cell)


def _lines(sources: Sources, section: PrintedSection) -> Iterator[tuple[Cell, ...]]:
    for asked in section.questions:
        for one in counted_answers(sources, asked):
            yield (
                Cell(asked.printed, "plain"),
                Cell(one.said, "plain"),
                _counted(one.number, asked.number),
                _counted(one.base, asked.base),
                Cell(_answer(asked), "plain"),
            )


def _counted(formula: str, value: object) -> Cell:
    return Cell(value or 0, "plain", f"={formula}") if formula else Cell("")


def _answer(asked: PrintedQuestion) -> str:
    if asked.number is None:
        return ""
    return f"{asked.number:f}" if asked.base is None else f"{asked.number:f} av {asked.base}"
