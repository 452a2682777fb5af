"""What a county has written beside the template's own cells is told, once a sheet: it is not read,
and nobody should think that it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Protocol

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.shape import Position
from toolkit.read.given_answers import is_feedback, unread
from toolkit.read.header import headings_of, matches
from toolkit.read.left_apart import filled_cells
from toolkit.read.left_out import example_rows, left_in
from toolkit.read.locate import ENOUGH, TOP_ROWS, Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.returns.carryover import Left
from toolkit.returns.feedback_sheet import is_called_so
from toolkit.returns.submission import Submission
from toolkit.spec.load import Year
from toolkit.spec.marks import OWN_FEEDBACK_SHEET
from toolkit.spec.model import Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_SHOWN_CELLS = 5  # that are quoted; the others are counted
_BESIDE = "utanfor"
_NO_WORDS = {"", "="}  # how a blank, and a formula that was never calculated, begin
_LIST = (6, 2)  # the first heading of the list on Återkoppling
_COUNTED, _LAST_COUNTED = range(3, 8), 7  # columns of Kontroll
_FEWEST_WORDS = 2  # of headings; one word may be anything
_TOLD_BY_ROW = {"RAD-SUMMA", "RAD-EXEMPEL", "RAD-RUBRIK", "RAD-ORDNING", "RAD-STUMP"}
_TOLD_BY_COLUMN = {"KOL-EXTRA", "KOL-KOPIA", "KOL-GISSAD", "KOL-OMSKRIVEN"}


def remarks_on_own_cells(
    book: RawBook, found: Submission, located: Mapping[str, Located], year: Year, told: ToldPlaces
) -> Iterator[Remark]:
    """Own cells on the template's sheets, and own sheets. `told` are the places of which something
    is said already: nothing more is said of them."""
    texts = year.texts("aterkoppling")
    sheets = {sheet.name: sheet for sheet in book.sheets}
    of_template = _names_of_template(year.spec, located.values())
    copies = set(_copies(located.values()))
    frame = _Frame.of(located.values(), book, year)
    for name, group in groupby(_own_cells(book, found, year, (told, frame)), key=_sheet_of):
        columns = [place.columns for place in located.values() if place.sheet.name == name]
        cells = list(_beside_examples(group, sheets[name], year, set().union(*columns)))
        if fold(name) in of_template:
            yield from _on_cells(name, cells)
        elif is_feedback(sheets[name], texts):
            yield from _on_feedback(sheets[name], cells, texts)
        elif name not in copies:
            yield from _on_sheet(sheets[name], cells, located.values(), year.spec)


def _names_of_template(spec: Spec, located: Iterable[Located]) -> set[str]:
    """The sheets of the template, also those with its tables that were called something else; by
    their folded names."""
    names = {sheet.label for sheet in spec.sheets}.union(place.sheet.name for place in located)
    return set(map(fold, names))


def _own_cells(
    book: RawBook, found: Submission, year: Year, known: Sequence[_Places]
) -> Iterator[Left]:
    """Neither comments, which are seen where they stand, nor formulas that were never
    calculated."""
    texts = year.texts("mall"), year.texts("aterkoppling")
    for one in left_in(book, found, year.spec, *texts):
        is_told = any(places.has(one.ref) for places in known)
        if one.why == _BESIDE and one.value[:1] not in _NO_WORDS and not is_told:
            yield one


def _sheet_of(left: Left) -> str:
    return left.ref.sheet


def _beside_examples(
    cells: Iterable[Left], sheet: RawSheet, year: Year, columns: Set[int]
) -> Iterator[Left]:
    """Without the rows that show how to fill in a table, whatever became of them; `columns` are
    those of the sheet's tables: what stands beside them there is told as elsewhere."""
    examples = set(example_rows(sheet, fold(year.texts("mall")("huvud.exempel"))))
    for one in cells:
        is_beside = bool(columns) and one.ref.column not in columns
        if is_beside or one.ref.row not in examples:
            yield one


def _copies(located: Iterable[Located]) -> Iterator[str]:
    """The sheets that are copies of others, which is told of them."""
    for place in located:
        yield from (copy.sheet.name for copy in place.copies)


class _Places(Protocol):
    """Places of which nothing is to be told."""

    def has(self, ref: CellRef) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the template's own words stand, also when they were written over: headings, the labels
    of a form, and what the sheet that counts counts."""

    cells: Set[CellRef]
    counting: Mapping[str, Set[Position]]

    @classmethod
    def of(cls, located: Iterable[Located], book: RawBook, year: Year) -> _Frame:
        looks = book.second.looks
        names = [fold(sheet.label) for sheet in year.spec.sheets if sheet.kind == "control"]
        counting = {
            sheet.name: _counted(sheet, looks.of(sheet.name).formulas or frozenset())
            for sheet in book.sheets
            if fold(sheet.name) in names
        }
        return cls(frozenset(chain.from_iterable(map(_words_of, located))), counting)

    def has(self, ref: CellRef) -> bool:
        """Also anything where the counting sheet counts, once its formulas are gone."""
        if ref.sheet not in self.counting or ref.column > _LAST_COUNTED:
            return ref in self.cells
        formulas = self.counting[ref.sheet]
        return not formulas or (ref.row, ref.column) in formulas


def _counted(sheet: RawSheet, formulas: Set[Position]) -> Set[Position]:
    """The cells in which a sheet counts; none where most of them were pasted as what they said."""
    counted = {at for at in formulas if at[1] in _COUNTED}
    filled = {(row, column) for row, column, _ in filled_cells(sheet) if column in _COUNTED}
    return counted if len(filled - counted) < len(counted) / 2 else frozenset()


def _words_of(place: Located) -> Iterator[CellRef]:
    """The headings of a table, or the labels of a form, which stand to the left of its answers."""
    name = place.sheet.name
    if not place.rows:
        yield from (CellRef(name, place.header_row, column) for column in place.columns)
    for field, row in place.rows.items():
        labels = range(1, min(place.places[field], default=1))
        yield from (CellRef(name, row, column) for column in labels)


class ToldPlaces:
    """The cells, rows and columns of which something is said already."""

    def __init__(
        self, found: Submission, said: Iterable[Remark], answers: Iterable[CellRef]
    ) -> None:
        self.cells = {*answers, *chain.from_iterable(one.refs for one in found.asides)}
        self.rows: set[tuple[str, int]] = set()
        self.columns: set[tuple[str, int]] = set()
        for remark in said:
            self._take(remark)

    def _take(self, remark: Remark) -> None:
        self.cells.update(remark.refs)
        # Rows that were pasted beside their columns reach past the last one.
        by_row = remark.refs if remark.code in _TOLD_BY_ROW else remark.replaces
        by_column = remark.refs if remark.code in _TOLD_BY_COLUMN else ()
        self.rows.update((ref.sheet, ref.row) for ref in by_row)
        self.columns.update((ref.sheet, ref.column) for ref in by_column)

    def has(self, ref: CellRef) -> bool:
        if (ref.sheet, ref.row) in self.rows or (ref.sheet, ref.column) in self.columns:
            return True
        return ref in self.cells


def _on_feedback(sheet: RawSheet, cells: Iterable[Left], texts: Texts) -> Iterator[Remark]:
    """What was written beside and below the list of findings, where it stands as it was made. The
    sheet is made anew: no cell of it can be marked."""
    words = {fold(one) for one in texts.entries.values()}
    if text(sheet.at(*_LIST)) != texts("allvar"):
        return  # its columns were moved: what is the county's own cannot be told apart
    for one in cells:
        if fold(one.value) not in words:
            yield unread(one.ref, one.value)


def _on_cells(sheet: str, cells: Sequence[Left]) -> Iterator[Remark]:
    quoted = [
        Phrase("cell_citat", {"cell": one.ref.cell, "text": one.value})
        for one in cells[:_SHOWN_CELLS]
    ]
    if len(cells) > _SHOWN_CELLS:
        quoted.append(Phrase("celler_till", {"count": len(cells) - _SHOWN_CELLS}))
    if cells:
        told = {"sheet": sheet, "cells": tuple(quoted)}
        yield Remark("CELL-UTANFOR", Concern.ROW, told, refs=tuple(one.ref for one in cells))


def _on_sheet(
    sheet: RawSheet, cells: Sequence[Left], located: Iterable[Located], spec: Spec
) -> Iterator[Remark]:
    """A sheet of the county's own; a question where a table's rows seem to go on there."""
    if not cells:
        return
    found = _goes_on(sheet, [place for place in located if place.table.kind != "form"], spec)
    continued = _continued(sheet, cells, *found) if found else None
    kept = Phrase("eget_blad_heter", {"sheet": OWN_FEEDBACK_SHEET})
    is_renamed = is_called_so(sheet.name)
    counted = {"sheet": sheet.name, "count": len(cells), "kept": kept if is_renamed else ""}
    yield continued or Remark("BLAD-EGET", Concern.FILE, counted, refs=(cells[0].ref,))


def _continued(sheet: RawSheet, cells: Sequence[Left], place: Located, first: int) -> Remark | None:
    """The question whether a table goes on from a `first` row; none where nothing stands there."""
    own = [one.ref for one in cells if one.ref.row >= first]
    if not own:
        return None
    told = {"sheet": sheet.name, "table": place.table.label, "read": place.sheet.name}
    return Remark("BLAD-FORTSATT", Concern.FILE, told, refs=(min(own),))


def _goes_on(sheet: RawSheet, places: Sequence[Located], spec: Spec) -> tuple[Located, int] | None:
    """The table that seems to go on, on a sheet that it was not read from, and the row from which:
    below most of its headings, or else the first row with an id of the table's and codes beside
    it."""
    return _below_headings(sheet, places) or _from_first_id(sheet, places, spec)


def _below_headings(sheet: RawSheet, places: Sequence[Located]) -> tuple[Located, int] | None:
    headed: list[tuple[int, int, Located]] = []
    for number, row in enumerate(sheet.rows[:TOP_ROWS], 1):
        headed += [(_headings_in(row, place), number, place) for place in places]
    most, number, place = max(headed, key=itemgetter(0), default=(0, 0, None))
    return (place, number + 1) if place is not None and most else None


def _from_first_id(
    sheet: RawSheet, places: Sequence[Located], spec: Spec
) -> tuple[Located, int] | None:
    for number, row in enumerate(sheet.rows[:TOP_ROWS], 1):
        ids = [(_column_of_id(place.table, row, spec), place) for place in places]
        own = [one for one in ids if one[0]]
        if own:
            # A row begins with its own id; behind it are those that it refers to.
            return min(own, key=itemgetter(0))[1], number
    return None


def _headings_in(row: Sequence[object], place: Located) -> int:
    """How many of the table's headings stand in a row; none where they are too few to tell."""
    wanted = headings_of(place.table)
    found = matches(row, wanted)
    return found if found >= max(_FEWEST_WORDS, ENOUGH * len(wanted)) else 0


def _column_of_id(table: TableSpec, row: Sequence[object], spec: Spec) -> int:
    """The column of the id where a row seems to be the table's, by an id of its pattern with codes
    beside it; otherwise 0."""
    words = list(map(text, row))
    first = _first_id(table, words)
    return first if first and _names_a_code(table, words, spec) else 0


def _first_id(table: TableSpec, words: Sequence[str]) -> int:
    """The column of the first of a row's words that has the pattern of the table's ids, or 0."""
    key = table.key_field
    if key is None or key.pattern is None:
        return 0
    ids = (column for column, word in enumerate(words, 1) if re.fullmatch(key.pattern, word))
    return next(ids, 0)


def _names_a_code(table: TableSpec, words: Iterable[str], spec: Spec) -> bool:
    """Whether one of a row's words is a code of the table's, as the drop-downs have it: a bare `1`
    may be anything."""
    lists = [spec.lists[field.list] for field in table.fields if field.list]
    codes = chain.from_iterable(codelist.codes for codelist in lists)
    return not {fold(code.shown) for code in codes}.isdisjoint(map(fold, filter(None, words)))
