"""Finds the tables in a workbook: by their hidden keys, then by their headings, however they were
moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.header import first_row, header_row, headings_of, last_own_row, matches
from toolkit.spec.marks import COUNTY, FEEDBACK_SHEET, HIDDEN_SHEET, MARK, VALUE_MARK, VERSION, YEAR
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold, likeness

_KEY_COLUMNS = 4  # the mark stands in the first column; a few may have been inserted before it
_TOP_ROWS = 200  # where the headings of a table without keys are looked for; a form's in half of it
_ENOUGH = 0.6  # share of a table's headings; a row with fewer may be another table's
_ALIKE = 0.85  # likeness of a heading that was rewritten a little


@dataclass(frozen=True, slots=True)
class Located:
    """A table's place in a file; rows and columns counted from 1, `last_row` included.

    `rows` gives a form's fields their rows. `guessed` are headings that were understood by
    likeness, `unknown` headings that belong to no field, both as (column, text). `top` is the
    row in which the table's block begins, with keys and title. `copies` are other places with the
    same table's keys."""

    table: TableSpec
    sheet: RawSheet
    header_row: int
    last_row: int
    places: dict[str, tuple[int, ...]]
    rows: dict[str, int] = field(default_factory=dict)
    guessed: tuple[tuple[int, str, str], ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    by_keys: bool = True
    top: int = 1
    copies: tuple[Located, ...] = ()

    @property
    def columns(self) -> set[int]:
        """The sheet's columns that are the table's own."""
        return set(chain.from_iterable(self.places.values()))


class _Mark(NamedTuple):
    """A table's mark, and the last row before the next one."""

    table: TableSpec
    row: int
    column: int
    end: int


class _Match(NamedTuple):
    """The column that a field (or one of its several choices) stands in."""

    column: int
    heading: str
    is_guess: bool = False


def identity(book: RawBook) -> dict[str, str]:
    """Year, version and county as the hidden sheet holds them; empty when it is gone."""
    for sheet in book.sheets:
        if sheet.name.startswith(HIDDEN_SHEET):
            pairs = {text(row[0]): text(row[1]) for row in sheet.rows if len(row) > 1}
            return {name: pairs[name] for name in (YEAR, VERSION, COUNTY) if pairs.get(name)}
    return {}


def locate(book: RawBook, spec: Spec) -> dict[str, Located]:
    """The tables that were found, by table id."""
    sheets = _sheets_with_tables(book, spec)
    found: dict[str, Located] = {}
    for place in _keyed_tables(sheets, spec):
        found[place.table.id] = _chosen(spec, found.get(place.table.id), place)
    for table in spec.tables.values():
        if table.id in found:
            continue
        by_headings = _by_headings(sheets, table, found)
        if by_headings is not None:
            found[table.id] = by_headings
    ended = {name: _cut(place, found.values()) for name, place in found.items()}
    return {name: _before_lost(spec, place, found.keys()) for name, place in ended.items()}


def _before_lost(spec: Spec, place: Located, found: Collection[str]) -> Located:
    """A table that ends where the rows of one begin of which nothing but rows is left."""
    if place.rows or not place.places[place.table.fields[0].id]:
        return place
    sheet, column = spec.sheet_of[place.table.id], place.places[place.table.fields[0].id][0]
    last = min(place.last_row, len(place.sheet.rows))
    for table in sheet.tables:
        if table.kind == "fixed" and table.id not in found:
            rows = range(place.header_row + 1, last + 1)
            last = last_own_row(spec, place.sheet, rows, column, (place.table, table))
    return replace(place, last_row=last) if last < len(place.sheet.rows) else place


def _cut(place: Located, others: Iterable[Located]) -> Located:
    """A table ends where the next one on its sheet begins, also when that one's mark is gone."""
    below = [
        other.top - 1
        for other in others
        if other.sheet is place.sheet and other.top > place.header_row
    ]
    return replace(place, last_row=min([place.last_row, *below]))


def _sheets_with_tables(book: RawBook, spec: Spec) -> list[RawSheet]:
    """Without the sheets that repeat the tables' headings (Kontroll, Återkoppling, Läs mig) and are
    no place to answer in."""
    others = {sheet.label for sheet in spec.sheets if sheet.kind != "tables"} | {FEEDBACK_SHEET}
    shown = [sheet for sheet in book.sheets if not sheet.name.startswith(HIDDEN_SHEET)]
    return [sheet for sheet in shown if sheet.name not in others]


def _chosen(spec: Spec, first: Located | None, other: Located) -> Located:
    """Of two places with the same table: the one on the sheet with the template's name, or else the
    first."""
    if first is None:
        return other
    name = spec.sheet_of[other.table.id].label
    if other.sheet.name == name != first.sheet.name:
        first, other = other, first
    return replace(first, copies=(*first.copies, *other.copies, replace(other, copies=())))


# ------------------------------------------------------------------------------------------ by keys
def _keyed_tables(sheets: Sequence[RawSheet], spec: Spec) -> Iterator[Located]:
    """The tables whose mark and keys, or some of them, are still there."""
    for sheet in sheets:
        for mark in _marks(sheet, spec):
            place = _by_keys(spec, sheet, mark)
            if place is not None:
                yield place


def _marks(sheet: RawSheet, spec: Spec) -> list[_Mark]:
    """The marks on a sheet, row by row."""
    tables: dict[object, TableSpec] = {MARK + name: table for name, table in spec.tables.items()}
    found: list[tuple[int, int, TableSpec]] = []
    for column, values in enumerate(sheet.columns[:_KEY_COLUMNS], 1):
        if tables.keys().isdisjoint(values):
            continue
        rows = [row for row, value in enumerate(values, 1) if value in tables]
        found += [(row, column, tables[values[row - 1]]) for row in rows]
    found.sort(key=lambda place: place[:2])
    ends = [row - 1 for row, _, _ in found[1:]] + [len(sheet.rows)]
    return [
        _Mark(table, row, column, end)
        for (row, column, table), end in zip(found, ends, strict=False)
    ]


def _by_keys(spec: Spec, sheet: RawSheet, mark: _Mark) -> Located | None:
    table, row, end = mark.table, mark.row, mark.end
    keys = {text(value): place for place, value in enumerate(sheet.rows[row - 1], 1) if text(value)}
    if table.kind == "form":
        answers = keys.get(VALUE_MARK) or mark.column + 2
        return _form(sheet, table, range(row, end + 1), mark.column, answers)
    own = {keys[key] for key in chain.from_iterable(f.keys for f in table.fields) if key in keys}
    if not own:
        return None
    header = header_row(spec, sheet, table, keys, row, end)
    marked = {place for key, place in keys.items() if key.startswith(MARK)}
    left = _bare(sheet, own, header, end) | _misplaced(sheet, table, keys, header)
    free = dict(_unknown(sheet, header, (own - left) | marked))
    places, guessed = _by_keys_and_headings(table, keys, free, left)
    unknown = _unknown(sheet, header, marked.union(*places.values()))
    return Located(table, sheet, header, end, places, guessed=guessed, unknown=unknown, top=row)


def _bare(sheet: RawSheet, columns: Iterable[int], header: int, end: int) -> set[int]:
    """The columns in which nothing stands from the headings down."""
    found = set()
    for column in columns:
        values = sheet.columns[column - 1][header - 1 : end]
        if all(value in ("", None) for value in values):
            found.add(column)
    return found


def _misplaced(sheet: RawSheet, table: TableSpec, keys: Mapping[str, int], header: int) -> set[int]:
    """The columns with a key below which another column's very heading stands. What one sees and
    drags in Excel are headings and answers; the row of keys is hidden and stays."""
    wanted, found = headings_of(table), set()
    for item in table.fields:
        for key, heading in zip(item.keys, item.headings, strict=True):
            column = keys.get(key, 0)
            there = fold(text(sheet.at(header, column))) if column else ""
            if there in wanted - {fold(heading)}:
                found.add(column)
    return found


def _by_keys_and_headings(
    table: TableSpec, keys: Mapping[str, int], free: Mapping[int, str], left: set[int]
) -> tuple[dict[str, tuple[int, ...]], tuple[tuple[int, str, str], ...]]:
    """Columns by their keys; one whose key is gone by its heading, among the columns without a key.
    So is one whose heading and answers were dragged elsewhere and have `left` the column below its
    key, where the very heading stands."""
    texts = {column: fold(value) for column, value in free.items()}
    kept = _kept_keys(table, keys, texts, left)
    found: dict[str, list[_Match]] = {}
    for item in table.fields:
        found[item.id] = []
        for key, heading in zip(item.keys, item.headings, strict=True):
            keyed = _Match(kept[key], heading) if key in kept else None
            match = keyed or _by_heading(item, heading, texts)
            if match is not None:
                texts.pop(match.column, None)
                found[item.id].append(match)
    return _columns_of(found), _guesses(found, free)


def _kept_keys(
    table: TableSpec, keys: Mapping[str, int], texts: Mapping[int, str], left: set[int]
) -> dict[str, int]:
    """The keys whose columns are still below them, with their columns."""
    kept, dragged = dict(keys), set()
    for item in table.fields:
        for key, heading in zip(item.keys, item.headings, strict=True):
            if keys.get(key) in left and fold(heading) in texts.values():
                dragged.add(fold(heading))
                del kept[key]
    taken = {column for column, said in texts.items() if said in dragged}
    return {key: column for key, column in kept.items() if column not in taken}


def _columns_of(found: Mapping[str, Sequence[_Match]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(match.column for match in several) for name, several in found.items()}


def _guesses(
    found: Mapping[str, Sequence[_Match]], texts: Mapping[int, str]
) -> tuple[tuple[int, str, str], ...]:
    matches = chain.from_iterable(found.values())
    return tuple((one.column, texts[one.column], one.heading) for one in matches if one.is_guess)


# ------------------------------------------------------------------------------------------- a form
def _form(
    sheet: RawSheet, table: TableSpec, numbers: range, key_column: int, answers: int
) -> Located | None:
    """A form in some of a sheet's rows: ids in the key column, or else labels in the columns before
    the answers'."""
    rows: dict[str, int] = {}
    labels = {fold(item.label): item.id for item in table.fields}
    for number in numbers:
        for place, value in enumerate(sheet.rows[number - 1][:answers], 1):
            said = text(value)
            is_id = place == key_column and said in table.by_id
            name = said if is_id else labels.get(fold(said))
            if name:
                rows.setdefault(name, number)
    if not rows:
        return None
    places: dict[str, tuple[int, ...]] = {item.id: () for item in table.fields}
    places.update(dict.fromkeys(rows, (answers,)))
    return Located(table, sheet, numbers[0], numbers[-1], places, rows, top=numbers[0])


def _form_by_labels(sheets: Sequence[RawSheet], table: TableSpec) -> Located | None:
    labels = {fold(item.label) for item in table.fields}
    reach = _TOP_ROWS // 2
    for sheet in sheets:
        for column, values in enumerate(sheet.columns[:_KEY_COLUMNS], 1):
            found = sum(fold(text(value)) in labels for value in values[:reach])
            if found >= _ENOUGH * len(labels):
                rows = range(1, min(reach, len(sheet.rows)) + 1)
                return _form(sheet, table, rows, 1, column + 1)
    return None


# -------------------------------------------------------------------------------------- by headings
def _by_headings(
    sheets: Sequence[RawSheet], table: TableSpec, found: Mapping[str, Located]
) -> Located | None:
    """Where no mark of a table is left: the row anywhere in the workbook that holds most of its
    headings, the first of two that hold as many."""
    if table.kind == "form":
        return _form_by_labels(sheets, table)
    taken = {(place.sheet.name, place.header_row) for place in found.values()}
    likely = _likely_headers(sheets, headings_of(table), taken)
    best = max(likely, key=lambda candidate: candidate[0], default=None)
    return _with_headings(table, best[1], best[2]) if best else None


def _likely_headers(
    sheets: Sequence[RawSheet], wanted: set[str], taken: set[tuple[str, int]]
) -> Iterator[tuple[int, RawSheet, int]]:
    """Rows with enough of the headings, as (how many, sheet, row)."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_TOP_ROWS], 1):
            score = matches(row, wanted)
            if score >= _ENOUGH * len(wanted) and (sheet.name, number) not in taken:
                yield score, sheet, number


def _with_headings(table: TableSpec, sheet: RawSheet, header: int) -> Located:
    there = dict(_unknown(sheet, header, set()))
    texts = {column: fold(value) for column, value in there.items()}
    found: dict[str, list[_Match]] = {}
    for item in table.fields:
        matches = [_by_heading(item, heading, texts) for heading in item.headings]
        found[item.id] = [match for match in matches if match is not None]
    places = _columns_of(found)
    # The first column held the keys that are gone: what stands there now is no extra column.
    unknown = _unknown(sheet, header, {1}.union(*places.values()))
    return Located(
        table,
        sheet,
        header,
        len(sheet.rows),
        places,
        guessed=_guesses(found, there),
        unknown=unknown,
        by_keys=False,
        top=first_row(sheet, table, header),
    )


def _by_heading(item: Field, heading: str, texts: Mapping[int, str]) -> _Match | None:
    """The column (of those whose folded headings are given) that has a heading or one of the
    field's other names, or else the one that is most like it."""
    names = {fold(heading), *map(fold, item.aliases)}
    for column, value in texts.items():
        if value in names:
            return _Match(column, heading)
    alike = max(texts, key=lambda column: likeness(texts[column], heading), default=None)
    if alike is not None and likeness(texts[alike], heading) >= _ALIKE:
        return _Match(alike, heading, is_guess=True)
    return None


def _unknown(sheet: RawSheet, header: int, known: set[int]) -> tuple[tuple[int, str], ...]:
    """The headings in a row, but for the known columns, as (column, text)."""
    row = sheet.rows[header - 1] if header <= len(sheet.rows) else ()
    there = ((column, text(value)) for column, value in enumerate(row, 1) if column not in known)
    return tuple((column, value) for column, value in there if value)
