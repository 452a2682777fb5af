"""What a county has written in its file where no table reads it: own columns, sheets and comments,
texts beside the tables. None of it can be moved to another year's template, so all of it is told,
cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.findings.texts import Texts
from toolkit.read import RawSheet, Unreadable, notes_in, read_raw, without_numbers
from toolkit.returns.carryover import Left
from toolkit.returns.submission import Submission, TableData
from toolkit.spec.marks import FEEDBACK_SHEET, HIDDEN_SHEET, MARK, NOTE_HEADLINE, VALUE_MARK
from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text
from toolkit.words.swedish import fold


@dataclass(frozen=True, slots=True)
class Known:
    """What is not the county's: the template's own texts, folded, and the words that begin its
    example and head the column where a row says what it lacks."""

    texts: frozenset[str]
    example: str
    status: str


def left_beside(data: bytes, found: Submission, spec: Spec, texts: Texts) -> list[Left]:
    """Every such cell, sheet by sheet, and every comment. `spec` is the one that the file was read
    by."""
    try:
        book, _ = without_numbers(read_raw(data))
    except Unreadable:
        return []
    known = _known(spec, texts)
    apart = {sheet.label for sheet in spec.sheets if sheet.kind != "tables"} | {FEEDBACK_SHEET}
    sheets = [
        sheet
        for sheet in book.sheets
        if sheet.name not in apart and not sheet.name.startswith(HIDDEN_SHEET)
    ]
    cells = [left for sheet in sheets for left in _on_sheet(sheet, found, spec, known)]
    notes = ((ref, said.partition(NOTE_HEADLINE)[0].strip()) for ref, _, said in notes_in(book))
    return cells + [Left(ref, shown(said), "", "kommentar") for ref, said in notes if said]


def _known(spec: Spec, texts: Texts) -> Known:
    mark, carried = texts("huvud.obligatorisk"), texts("huvud.forifyllt", last_year=spec.year - 1)
    own = {
        texts(f"huvud.{name}") for name in ("uppgift", "svar", "forklaring", "kontroll", "exempel")
    }
    own.add(VALUE_MARK)
    for sheet in spec.sheets:
        for table in sheet.tables:
            own |= set(_said_of(sheet, table, mark, carried))
    return Known(
        frozenset(map(fold, own)), fold(texts("huvud.exempel")), fold(texts("huvud.kontroll"))
    )


def _said_of(sheet: SheetSpec, table: TableSpec, mark: str, carried: str) -> Iterator[str]:
    yield from (table.label, sheet.label)
    for intro in {sheet.intro, table.intro or ""}:
        yield from (intro, f"{intro} {carried}".strip())
    for field in table.fields:
        yield from (field.help, field.label, field.label + mark, *field.keys)
        yield from (heading + ending for heading in field.headings for ending in ("", mark))


def _on_sheet(sheet: RawSheet, found: Submission, spec: Spec, known: Known) -> Iterator[Left]:
    tables = [data for data in found.tables.values() if data.columns.sheet == sheet.name]
    read = {place for data in tables for place in _places(data)}
    own = _own_columns(sheet, known) if tables else set()
    computed = {column for data in tables for column in _computed(data, spec.tables[data.id])}
    headings = {column: shown(value) for data in tables for column, value in _headings(sheet, data)}
    for number, row in enumerate(sheet.rows, 1):
        if tables and any(fold(text(value)) == known.example for value in row):
            continue
        for column, value in enumerate(row, 1):
            if value in (None, "") or column in own or (number, column) in read:
                continue
            if fold(text(value)) not in known.texts and not (column in computed and value == 0):
                yield Left(
                    CellRef(sheet.name, number, column),
                    shown(value),
                    headings.get(column, ""),
                    "utanfor",
                )


def _places(data: TableData) -> Iterator[tuple[int, int]]:
    """The cells that a table was read from."""
    rows = data.columns.rows
    for position, columns in enumerate(data.columns.places):
        for row in (rows[position],) if rows else data.rows:
            yield from ((row, column) for column in columns)


def _own_columns(sheet: RawSheet, known: Known) -> set[int]:
    """Columns where the template has its keys, or says what a row lacks."""
    return {
        column
        for column, values in enumerate(sheet.columns, 1)
        if any((value != VALUE_MARK and value.startswith(MARK)) or fold(value) == known.status
               for value in set(values) if isinstance(value, str))
    }  # fmt: skip


def _computed(data: TableData, table: TableSpec) -> Iterator[int]:
    """Columns in which the template counts; on rows that are not in use it counts to nothing."""
    for field, columns in zip(table.fields, data.columns.places, strict=True):
        if field.computed is not None:
            yield from columns


def _headings(sheet: RawSheet, data: TableData) -> Iterator[tuple[int, object]]:
    """What stands above the first row."""
    if data.rows and not data.columns.rows and data.rows[0] > 1:
        yield from enumerate(sheet.rows[data.rows[0] - 2], 1)
