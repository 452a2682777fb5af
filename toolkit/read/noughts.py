"""Noughts that stand for answers which no program has worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.given_answers import is_feedback


def without_noughts(book: RawBook, texts: Texts) -> RawBook:
    """The workbook with no answers on Återkoppling in the place of formulas that were not worked
    out. `texts` are those of that sheet: answers are words, and a nought in a formula's cell is
    none of them."""
    if not any(sheet.noughts or sheet.uncalculated for sheet in book.sheets):
        return book
    sheets = (_emptied(sheet) if is_feedback(sheet, texts) else sheet for sheet in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _emptied(sheet: RawSheet) -> RawSheet:
    empty = sheet.uncalculated | sheet.noughts
    rows = [_without(row, number, empty) for number, row in enumerate(sheet.rows, 1)]
    return replace(sheet, rows=rows, uncalculated=empty, noughts=frozenset())


def _without(
    row: Sequence[object], number: int, empty: frozenset[tuple[int, int]]
) -> Sequence[object]:
    return ["" if (number, column) in empty else value for column, value in enumerate(row, 1)]
