"""redaktion.xlsx: every example, heading and passage that the report can hold, with room for the
editor's choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.export.book import Book, freeze, new_book
from toolkit.findings.texts import Texts
from toolkit.staff.editorial import COLUMNS, HIDDEN, OWN, Candidate, CandidateKind, Choice

HEADER = 3
WIDTHS = (22, 30, 80, 11, 11, 70, 44, 10, 10)
SHEETS: tuple[CandidateKind, ...] = ("exempel", "rubrik", "stycke")
LINE = 78  # characters of a passage on one line of its cell


def write_edition(
    texts: Texts,
    agency: str,
    candidates: Sequence[Candidate],
    choices: Mapping[tuple[str, str], Choice],
) -> bytes:
    """The workbook, with the editor's earlier choices where they stood."""
    book = new_book(texts("redaktion.titel"), agency)
    for kind in SHEETS:
        _write_sheet(book, texts, kind, [one for one in candidates if one.kind == kind], choices)
    return book.close()


def _write_sheet(
    book: Book,
    texts: Texts,
    kind: CandidateKind,
    candidates: Sequence[Candidate],
    choices: Mapping[tuple[str, str], Choice],
) -> None:
    title = texts(f"redaktion.blad_{kind}")
    sheet = book.sheet(title, title, texts(f"redaktion.om_{kind}"), WIDTHS)
    book.header(sheet, HEADER, [texts(f"redaktion.{name}") for name in COLUMNS])
    for row, candidate in enumerate(candidates, HEADER + 1):
        values = _row(texts, candidate, choices.get((kind, candidate.key)))
        for column, name in enumerate(COLUMNS):
            role = "own" if name in OWN else "ask" if name == "sedan" and values[column] else "text"
            book.value(sheet, row, column, values[column], role)
        sheet.set_row(row, 15 * max(1, -(-len(candidate.text) // LINE)))
    last = HEADER + max(1, len(candidates))
    words = [texts("redaktion.ja"), texts("redaktion.nej")]
    choose = {
        "validate": "list",
        "source": words,
        "error_message": texts("redaktion.ta_med_vantat"),
    }
    sheet.data_validation(
        HEADER + 1, COLUMNS.index("ta_med"), last, COLUMNS.index("ta_med"), choose
    )
    first = len(COLUMNS) - len(HIDDEN)
    sheet.set_column(first, len(COLUMNS) - 1, 10, None, {"hidden": True})
    freeze(sheet, HEADER, 2, last, len(COLUMNS) - 1)


def _row(texts: Texts, candidate: Candidate, choice: Choice | None) -> tuple[object, ...]:
    key, shown = (
        f"{candidate.kind}:{candidate.key}",
        (candidate.place, candidate.name, candidate.text),
    )
    if choice is None:
        return (*shown, "", "", "", "", key, candidate.proof)
    take = "" if choice.take is None else texts("redaktion.ja" if choice.take else "redaktion.nej")
    order = "" if choice.order is None else choice.order
    if choice.wording and choice.proof != candidate.proof:
        return (
            *shown,
            take,
            order,
            "",
            texts("redaktion.andrad", wording=choice.wording),
            key,
            candidate.proof,
        )
    return (*shown, take, order, choice.wording, "", key, candidate.proof)
