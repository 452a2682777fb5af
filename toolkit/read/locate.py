"""Finds the tables in a workbook: by their hidden keys, then by their headings, however they were
moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.spec.marks import COUNTY, FEEDBACK_SHEET, HIDDEN_SHEET, MARK, VALUE_MARK, VERSION, YEAR
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold, likeness

_KEY_COLUMNS = 4  # the mark stands in the first column; a few may have been inserted before it
_HEADER_REACH = 12  # rows below a key row in which the headings are looked for
_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Located:
    """A table's place in a file; rows and columns counted from 1, `last_row` included.

    `rows` gives a form's fields their rows. `guessed` are headings that were understood by
    likeness, `unknown` headings that belong to no field, both as (column, text). `copies` are other
    places with the same table's keys."""

    table: TableSpec
    sheet: RawSheet
    header_row: int
    last_row: int
    places: dict[str, tuple[int, ...]]
    rows: dict[str, int] = field(default_factory=dict)
    guessed: tuple[tuple[int, str, str], ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    by_keys: bool = True
    copies: tuple[Located, ...] = ()


def identity(book: RawBook) -> dict[str, str]:
    """Year, version and county as the hidden sheet holds them; empty when it is gone."""
    for sheet in book.sheets:
        if sheet.name.startswith(HIDDEN_SHEET):
            pairs = {text(row[0]): text(row[1]) for row in sheet.rows if len(row) > 1}
            return {name: pairs[name] for name in (YEAR, VERSION, COUNTY) if pairs.get(name)}
    return {}


def locate(book: RawBook, spec: Spec) -> dict[str, Located]:
    """The tables that were found, by table id."""
    found: dict[str, Located] = {}
    others = {sheet.label for sheet in spec.sheets if sheet.kind != "tables"} | {FEEDBACK_SHEET}
    sheets = [
        s for s in book.sheets if not s.name.startswith(HIDDEN_SHEET) and s.name not in others
    ]
    for sheet in sheets:
        marks = _marks(sheet, spec)
        for index, (row, column, table) in enumerate(marks):
            end = marks[index + 1][0] - 1 if index + 1 < len(marks) else len(sheet.rows)
            place = _by_keys(sheet, table, row, column, end)
            if place is not None:
                found[table.id] = _chosen(spec, found.get(table.id), place)
    for table in spec.tables.values():
        if table.id not in found and (place := _by_headings(sheets, table, found)) is not None:
            found[table.id] = place
    return found


def _chosen(spec: Spec, first: Located | None, other: Located) -> Located:
    """Of two places with the same table: the one on the sheet with the template's name, or else the
    first."""
    if first is None:
        return other
    name = spec.sheet_of[other.table.id].label
    if other.sheet.name == name != first.sheet.name:
        first, other = other, first
    return replace(first, copies=(*first.copies, *other.copies, replace(other, copies=())))


def _marks(sheet: RawSheet, spec: Spec) -> list[tuple[int, int, TableSpec]]:
    """The rows and columns in which a table's mark stands, row by row."""
    tables: dict[object, TableSpec] = {MARK + name: table for name, table in spec.tables.items()}
    places = [
        (row, column, tables[value])
        for column, values in enumerate(sheet.columns[:_KEY_COLUMNS], 1)
        if not tables.keys().isdisjoint(values)
        for row, value in enumerate(values, 1)
        if value in tables
    ]
    return sorted(places, key=lambda place: place[:2])


def _by_keys(sheet: RawSheet, table: TableSpec, row: int, column: int, end: int) -> Located | None:
    keys = {text(value): place for place, value in enumerate(sheet.rows[row - 1], 1) if text(value)}
    if table.kind == "form":
        return _form(sheet, table, row, column, end, keys.get(VALUE_MARK))
    if not any(key in keys for item in table.fields for key in item.keys):
        return None
    header = _header_row(sheet, table, row, end)
    ours = {place for key, place in keys.items() if key.startswith(MARK)}
    keyed = {keys[key] for item in table.fields for key in item.keys if key in keys} | ours
    places, guessed = _by_keys_and_headings(table, keys, dict(_unknown(sheet, header, keyed)))
    known = {place for several in places.values() for place in several} | ours
    return Located(
        table, sheet, header, end, places, guessed=guessed, unknown=_unknown(sheet, header, known)
    )


def _by_keys_and_headings(
    table: TableSpec, keys: dict[str, int], free: dict[int, str]
) -> tuple[dict[str, tuple[int, ...]], tuple[tuple[int, str, str], ...]]:
    """Columns by their keys; one whose key is gone by its heading, among the columns without a
    key."""
    texts = {column: fold(value) for column, value in free.items()}
    guessed: list[tuple[int, str]] = []
    places: dict[str, tuple[int, ...]] = {}
    for item in table.fields:
        columns = []
        for key, heading in zip(item.keys, item.headings, strict=True):
            column = keys.get(key) or _column_of(item, heading, texts, guessed)
            texts.pop(column or 0, None)
            columns += [column] if column else []
        places[item.id] = tuple(columns)
    return places, tuple((column, free[column], heading) for column, heading in guessed)


def _form(
    sheet: RawSheet, table: TableSpec, row: int, column: int, end: int, answers: int | None
) -> Located | None:
    """A form: ids in the key column, or else labels in the column before the answers."""
    rows: dict[str, int] = {}
    labels = {fold(item.label): item.id for item in table.fields}
    value_column = answers or column + 2
    for number in range(row, end + 1):
        cells = sheet.rows[number - 1]
        for place, value in enumerate(cells[:value_column], 1):
            name = text(value) if place == column else ""
            name = name if name in table.by_id else labels.get(fold(text(value)), "")
            if name and name not in rows:
                rows[name] = number
    places: dict[str, tuple[int, ...]] = {
        f.id: (value_column,) if f.id in rows else () for f in table.fields
    }
    return Located(table, sheet, row, end, places, rows) if rows else None


def _header_row(sheet: RawSheet, table: TableSpec, row: int, end: int) -> int:
    """The row below the keys that is most like the headings."""
    reach = range(row + 1, min(end, row + _HEADER_REACH) + 1)
    wanted = {fold(heading) for item in table.fields for heading in item.headings}
    scores = {number: _matches(sheet.rows[number - 1], wanted) for number in reach}
    best = max(scores, key=lambda number: scores[number], default=row)
    return best if scores.get(best) else min(row + (4 if table.kind == "list" else 3), end)


def _matches(row: Sequence[object], wanted: set[str]) -> int:
    return sum(fold(text(value)) in wanted for value in row if value != "")


def _by_headings(
    sheets: list[RawSheet], table: TableSpec, found: dict[str, Located]
) -> Located | None:
    """The row anywhere in the workbook that holds at least three fifths of the headings."""
    if table.kind == "form":
        return _form_by_labels(sheets, table)
    wanted = {fold(heading) for item in table.fields for heading in item.headings}
    taken = {(place.sheet.name, place.header_row) for place in found.values()}
    best: tuple[int, RawSheet, int] | None = None
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:200], 1):
            score = _matches(row, wanted)
            if (
                (sheet.name, number) not in taken
                and score >= 0.6 * len(wanted)
                and (best is None or score > best[0])
            ):
                best = (score, sheet, number)
    return _with_headings(table, best[1], best[2]) if best else None


def _form_by_labels(sheets: list[RawSheet], table: TableSpec) -> Located | None:
    labels = {fold(item.label) for item in table.fields}
    for sheet in sheets:
        for column in range(_KEY_COLUMNS):
            values = [
                fold(text(row[column])) if column < len(row) else "" for row in sheet.rows[:100]
            ]
            if sum(value in labels for value in values) >= 0.6 * len(labels):
                return _form(sheet, table, 1, 1, min(100, len(sheet.rows)), column + 2)
    return None


def _with_headings(table: TableSpec, sheet: RawSheet, header: int) -> Located:
    found = {
        column: text(value) for column, value in enumerate(sheet.rows[header - 1], 1) if text(value)
    }
    texts = {column: fold(value) for column, value in found.items()}
    places: dict[str, tuple[int, ...]] = {}
    guessed: list[tuple[int, str]] = []
    for item in table.fields:
        columns = [_column_of(item, heading, texts, guessed) for heading in item.headings]
        places[item.id] = tuple(column for column in columns if column is not None)
    known = {place for several in places.values() for place in several}
    unknown = _unknown(sheet, header, known | {1})
    told = tuple((column, found[column], heading) for column, heading in guessed)
    return Located(table, sheet, header, len(sheet.rows), places, {}, told, unknown, by_keys=False)


def _column_of(
    item: Field, heading: str, texts: dict[int, str], guessed: list[tuple[int, str]]
) -> int | None:
    names = {fold(heading), *(fold(alias) for alias in item.aliases)}
    exact = next((column for column, value in texts.items() if value in names), None)
    if exact is not None:
        return exact
    alike = max(texts, key=lambda column: likeness(texts[column], heading), default=None)
    if alike is not None and likeness(texts[alike], heading) >= _ALIKE:
        guessed.append((alike, heading))
        return alike
    return None


def _unknown(sheet: RawSheet, header: int, known: set[int]) -> tuple[tuple[int, str], ...]:
    row = sheet.rows[header - 1] if header <= len(sheet.rows) else ()
    return tuple(
        (column, text(value))
        for column, value in enumerate(row, 1)
        if text(value) and column not in known
    )
