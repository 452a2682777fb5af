"""Finds the tables in a workbook: by their hidden keys, then by their headings, however they were
moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.header import first_row, header_row, headings_of, last_own_row, matches
from toolkit.read.keys import TableBlock, blocks, keys_of, outside, own_columns
from toolkit.read.matching import headed_columns, match_headings, match_keys
from toolkit.read.shifted_form import answered_beside
from toolkit.spec.marks import COUNTY, FEEDBACK_SHEET, HIDDEN_SHEET, MARK, VALUE_MARK, VERSION, YEAR
from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_KEY_COLUMNS = 4  # where the labels of a form without keys are looked for
TOP_ROWS = 200  # where the headings of a table without keys are looked for; a form's in half of it
ENOUGH = 0.6  # share of a table's headings; a row with fewer may be another table's


@dataclass(frozen=True, slots=True)
class Located:
    """A table's place in a file; rows and columns counted from 1, `last_row` included.

    `rows` gives a form's fields their rows. `guessed` are headings that were understood by
    likeness, `rewritten` those that say something else than their keys, `unknown` headings that
    belong to no field, as (column, text) or with the field's own. `top` is the row in which the
    table's block begins, with keys and title, `left` the column of its mark. `lost` are columns
    that are gone of fields with several, as (field id, heading), `beside` the fields of a form that
    are answered one column too far to the right. `copies` are other places with the same table's
    keys."""

    table: TableSpec
    sheet: RawSheet
    header_row: int
    last_row: int
    places: dict[str, tuple[int, ...]]
    rows: dict[str, int] = field(default_factory=dict)
    guessed: tuple[tuple[int, str, str], ...] = ()
    rewritten: tuple[tuple[int, str, str], ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    by_keys: bool = True
    lost: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()
    top: int = 1
    left: int = 1
    copies: tuple[Located, ...] = ()

    @property
    def columns(self) -> set[int]:
        """The sheet's columns that are the table's own."""
        return set(chain.from_iterable(self.places.values()))

    @property
    def asked(self) -> set[int]:
        """Those of them that the county fills in."""
        return set(chain.from_iterable(self.places[item.id] for item in self.table.asked))


def identity(book: RawBook) -> dict[str, str]:
    """Year, version and county as the hidden sheet holds them; empty when it is gone."""
    for sheet in book.sheets:
        if sheet.name.startswith(HIDDEN_SHEET):
            return _identity_on(sheet)
    return {}


def _identity_on(sheet: RawSheet) -> dict[str, str]:
    pairs = {text(row[0]): text(row[1]) for row in sheet.rows if len(row) > 1}
    return {name: pairs[name] for name in (YEAR, VERSION, COUNTY) if pairs.get(name)}


def locate(book: RawBook, spec: Spec) -> dict[str, Located]:
    """The tables that were found, by table id."""
    sheets = _sheets_with_tables(book, spec)
    found: dict[str, Located] = {}
    for place in _keyed_tables(sheets, spec):
        found[place.table.id] = _chosen(spec, found.get(place.table.id), place)
    for table in _not_among(found, spec):
        by_headings = _by_headings(spec, sheets, table, found)
        if by_headings is not None:
            found[table.id] = by_headings
    return {
        name: _before_lost(spec, _cut(place, found.values()), found.keys())
        for name, place in found.items()
    }


def _not_among(found: Collection[str], spec: Spec) -> list[TableSpec]:
    """The tables without a place."""
    return [table for table in spec.tables.values() if table.id not in found]


def _before_lost(spec: Spec, place: Located, found: Collection[str]) -> Located:
    """A table that ends where the rows of one begin of which nothing but rows is left."""
    if place.rows or not place.places[place.table.fields[0].id]:
        return place
    sheet, column = spec.sheet_of[place.table.id], place.places[place.table.fields[0].id][0]
    last = min(place.last_row, len(place.sheet.rows))
    for table in _lost_with_rows(sheet, found):
        rows = range(place.header_row + 1, last + 1)
        last = last_own_row(spec, place.sheet, rows, column, (place.table, table))
    return replace(place, last_row=last) if last < len(place.sheet.rows) else place


def _lost_with_rows(sheet: SheetSpec, found: Collection[str]) -> list[TableSpec]:
    """The tables of a sheet that were not found, and whose rows can be known by their codes."""
    return [one for one in sheet.tables if one.kind == "fixed" and one.id not in found]


def _cut(place: Located, others: Iterable[Located]) -> Located:
    """A table ends where the next one on its sheet begins, also when that one's mark is gone. The
    columns of one beside it are none of its own."""
    last, unknown = place.last_row, place.unknown
    for other in _on_same_sheet(place, others):
        unknown = tuple(one for one in unknown if one[0] not in other.columns)
        if other.top > place.header_row and not _is_beside(place, other):
            last = min(last, other.top - 1)
    return replace(place, last_row=last, unknown=unknown)


def _on_same_sheet(place: Located, others: Iterable[Located]) -> Iterator[Located]:
    return (one for one in others if one.sheet is place.sheet and one is not place)


def _is_beside(place: Located, other: Located) -> bool:
    """Whether two tables of a sheet have no column of it in common."""
    columns, others = place.columns, other.columns
    if not columns or not others:
        return False
    return max(columns) < min(others) or max(others) < min(columns)


def _sheets_with_tables(book: RawBook, spec: Spec) -> list[RawSheet]:
    """Without the sheets that repeat the tables' headings (Kontroll, Återkoppling, Läs mig) and are
    no place to answer in."""
    names = {sheet.label for sheet in spec.sheets if sheet.kind != "tables"} | {FEEDBACK_SHEET}
    others = set(map(fold, names))
    return [
        sheet
        for sheet in book.sheets
        if fold(sheet.name) not in others and not sheet.name.startswith(HIDDEN_SHEET)
    ]


def _chosen(spec: Spec, first: Located | None, other: Located) -> Located:
    """Of two places with the same table: the one on the sheet with the template's name, or else the
    first."""
    if first is None:
        return other
    name = spec.sheet_of[other.table.id].label
    if fold(other.sheet.name) == fold(name) != fold(first.sheet.name):
        first, other = other, first
    return replace(first, copies=(*first.copies, *other.copies, replace(other, copies=())))


# ------------------------------------------------------------------------------------------ by keys
def _keyed_tables(sheets: Sequence[RawSheet], spec: Spec) -> Iterator[Located]:
    """The tables whose mark and keys, or some of them, are still there."""
    for sheet in sheets:
        for block in blocks(sheet, spec):
            place = _by_keys(spec, sheet, block)
            if place is not None:
                yield place


def _by_keys(spec: Spec, sheet: RawSheet, block: TableBlock) -> Located | None:
    table, row, end = block.table, block.row, block.end
    keys = keys_of(sheet, block)
    if table.kind == "form":
        answers = keys.get(VALUE_MARK) or block.column + 2
        return _form(spec, sheet, table, range(row, end + 1), block.column, answers)
    if not own_columns(table, keys):
        return None
    header = header_row(spec, sheet, table, keys, row, end)
    others = {place for key, place in keys.items() if key.startswith(MARK)}
    others |= outside(sheet, block)
    matching = match_keys(sheet, table, keys, range(header, end + 1), others)
    known = others.union(*matching.places.values())
    return Located(
        table, sheet, header, end, matching.places,
        guessed=matching.guessed, rewritten=matching.rewritten, lost=matching.lost, top=row,
        left=block.column,
        unknown=headed_columns(sheet, header, known),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- a form
def _form(
    spec: Spec, sheet: RawSheet, table: TableSpec, numbers: range, key_column: int, answers: int
) -> Located | None:
    """A form in some of a sheet's rows: labels in the columns before the answers', or else ids in
    the key column. The label is what one answers to: rows that are sorted without the hidden column
    have another's id."""
    rows: dict[str, int] = {}
    labels = {fold(item.label): item.id for item in table.fields}
    for number in numbers:
        before = list(map(text, sheet.rows[number - 1][: answers - 1]))
        name = _field_named(labels, before, key_column)
        if name in table.by_id:
            rows.setdefault(name, number)
    if not rows:
        return None
    places: dict[str, tuple[int, ...]] = {item.id: () for item in table.fields}
    places.update(dict.fromkeys(rows, (answers,)))
    beside = answered_beside(spec, sheet, table, rows, answers)
    places.update(dict.fromkeys(beside, (answers + 1,)))
    return Located(
        table, sheet, numbers[0], numbers[-1], places, rows, top=numbers[0], beside=beside
    )


def _field_named(labels: Mapping[str, str], before: Sequence[str], key_column: int) -> str:
    """The id of the field that a row asks for by what stands before its answer: by its label, or
    else its key; something else, or nothing, where it asks for none."""
    # An id may be the same word as a label, which then stands in a column of its own.
    named = [labels[fold(said)] for said in before[key_column:] if fold(said) in labels]
    name = next(iter([*named, *before[key_column - 1 : key_column]]), "")
    return labels.get(fold(name), name)


def _form_by_labels(spec: Spec, sheets: Sequence[RawSheet], table: TableSpec) -> Located | None:
    labels = {fold(item.label) for item in table.fields}
    reach = TOP_ROWS // 2
    for sheet in sheets:
        for column, values in enumerate(sheet.columns[:_KEY_COLUMNS], 1):
            found = sum(fold(text(value)) in labels for value in values[:reach])
            if found >= ENOUGH * len(labels):
                rows = range(1, min(reach, len(sheet.rows)) + 1)
                return _form(spec, sheet, table, rows, 1, column + 1)
    return None


# -------------------------------------------------------------------------------------- by headings
def _by_headings(
    spec: Spec, sheets: Sequence[RawSheet], table: TableSpec, found: Mapping[str, Located]
) -> Located | None:
    """Where no mark of a table is left: the row anywhere in the workbook that holds most of its
    headings, the first of two that hold as many."""
    if table.kind == "form":
        return _form_by_labels(spec, sheets, table)
    taken = {(place.sheet.name, place.header_row) for place in found.values()}
    likely = _likely_headers(sheets, headings_of(table), taken)
    best = max(likely, key=lambda candidate: candidate[0], default=None)
    return _with_headings(table, best[1], best[2]) if best else None


def _likely_headers(
    sheets: Sequence[RawSheet], wanted: set[str], taken: set[tuple[str, int]]
) -> Iterator[tuple[int, RawSheet, int]]:
    """Rows with enough of the headings, as (how many, sheet, row)."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:TOP_ROWS], 1):
            score = matches(row, wanted)
            if score >= ENOUGH * len(wanted) and (sheet.name, number) not in taken:
                yield score, sheet, number


def _with_headings(table: TableSpec, sheet: RawSheet, header: int) -> Located:
    matching = match_headings(sheet, table, header)
    # The first column held the keys that are gone: what stands there now is no extra column.
    known = {1}.union(*matching.places.values())
    return Located(
        table, sheet, header, len(sheet.rows), matching.places,
        guessed=matching.guessed, lost=matching.lost, by_keys=False,
        unknown=headed_columns(sheet, header, known), top=first_row(sheet, table, header),
    )  # fmt: skip
