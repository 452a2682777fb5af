"""What goes into a fresh template: a return as it was read, and where something is said of a cell,
what the county wrote in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import cached_property
from itertools import chain, compress

from toolkit.annotate.refilled.pushed import pushed_out, with_home
from toolkit.annotate.refilled.routes import CellMeaning, Routes
from toolkit.annotate.refilled.stumps import make_room
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.read import RawBook, RawSheet
from toolkit.read.left_apart import formula_at
from toolkit.read.left_out import left_in
from toolkit.read.values import read_value
from toolkit.returns.carryover import (
    CarriedRow,
    CarriedRows,
    ErrorValue,
    Left,
    Moved,
    TableWas,
    transfer,
)
from toolkit.returns.passage import Passage
from toolkit.returns.submission import Missing, Record, Submission, TableData, Typed, several
from toolkit.spec.model import NUMERIC, Field, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import stored_days, text, whole

_KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
"""The error values that every version of Excel knows, and XlsxWriter writes as such. Any other
(`#SPILL!`, LibreOffice's `Err:502`) is written as text."""
_REORDERED = "RAD-ORDNING"
_READ_NEITHER = {"olasbar", "kod_slut"}
"""Why a cell was left that has a place all the same, once it is moved as it was written."""
_REFUSED = {"annat_slag", "kod_annan", "passar_inte", "raknas_annat", "svar_fler"}
"""Why a cell was left that would be read as something else, or not at all, where it is asked for
now. A code that has come to its end is among them in another year's template."""


@dataclass(frozen=True, slots=True)
class RefilledContent:
    """The rows for the template, every cell of the county's file that has no place there, and the
    way from the cells of the file to those of the template."""

    rows: CarriedRows
    left: tuple[Left, ...]
    routes: Routes


def content_of(
    book: RawBook,
    sent: Submission,
    findings: Iterable[Finding],
    specs: tuple[Spec, Spec],
    texts: Texts,
    feedback: Texts,
) -> RefilledContent:
    """A return as the content of a template. `specs` are the one that it was read by and that of
    the template, `texts` and `feedback` those of the first one's template and of its feedback.

    A cell that an error or a question is about, or that could not be read, goes along as the county
    wrote it, so that the county knows it again and the same is said of it again; so do rows with
    next to nothing in them. All else goes along as it was read: a number written as text becomes a
    number."""
    old, new = specs
    findings = tuple(findings)
    sent = _without_reordered(sent, findings)
    moved = transfer(sent, old, new)
    stumps = make_room(sent, moved, findings, specs)
    routes = Routes(sent, moved, new)
    remarked = {left.ref for left in moved.left if left.why == "olasbar"}
    for finding in findings:
        # A note only tells how a cell was understood: that is how it goes along.
        if finding.severity is not Severity.NOTE:
            remarked.update(finding.refs)
    writer = _Writer(sent, moved, (old, new), _OddCells(book))
    written = {ref for ref in sorted(remarked) if writer.write(routes.find(ref), ref)}
    of_stumps = set(chain.from_iterable(writer.write_rows(book, *one) for one in stumps.items()))
    left = list(_still_left(moved, writer, written, book))
    beside = (one for one in left_in(book, sent, old, texts, feedback) if one.ref not in of_stumps)
    pushed = pushed_out(sent, findings, old)
    told = (with_home(one, pushed) for one in beside)
    return RefilledContent(moved.rows, (*left, *told), routes)


def _without_reordered(sent: Submission, findings: Iterable[Finding]) -> Submission:
    """A return without the rows that stand below headings in another order: put where the template
    has its columns, they would say what nobody wrote. Their cells are listed instead."""
    told = (finding.refs for finding in findings if finding.code == _REORDERED)
    rows = {(ref.sheet, ref.row) for ref in chain.from_iterable(told)}
    if not rows:
        return sent
    tables = {name: _without_rows(data, rows) for name, data in sent.tables.items()}
    return replace(sent, tables=tables)


def _without_rows(data: TableData, rows: Collection[tuple[str, int]]) -> TableData:
    kept = [(data.columns.sheet, row) not in rows for row in data.rows]
    return replace(
        data,
        rows=tuple(compress(data.rows, kept)),
        raw=tuple(list(compress(column, kept)) for column in data.raw),
        typed=tuple(list(compress(column, kept)) for column in data.typed),
    )


def _still_left(
    moved: Moved, writer: _Writer, written: Collection[CellRef], book: RawBook
) -> Iterator[Left]:
    """What had no place after all. Of a formula that was never calculated its words are told."""
    for one in moved.left:
        if one.ref in writer.odd.uncalculated and not one.value:
            yield replace(one, value=formula_at(book, one.ref))
        elif one.why not in _READ_NEITHER - writer.refused or one.ref not in written:
            yield one


class _OddCells:
    """The cells that hold an error value, or a formula that was never calculated."""

    def __init__(self, book: RawBook) -> None:
        self.errors: dict[CellRef, str] = {}
        self.uncalculated: set[CellRef] = set()
        for sheet in book.sheets:
            for place, value in sheet.errors.items():
                self.errors[CellRef(sheet.name, *place)] = value
            self.uncalculated.update(CellRef(sheet.name, *place) for place in sheet.uncalculated)


@dataclass(frozen=True)
class _Writer:
    """Puts what the county wrote in place of what was read of it. `specs` are that of the file and
    that of the template."""

    sent: Submission
    moved: Moved
    specs: tuple[Spec, Spec]
    odd: _OddCells

    @cached_property
    def refused(self) -> Set[str]:
        """Why a cell must not be moved as it was written."""
        old, new = self.specs
        return _REFUSED if old.year == new.year else _REFUSED | {"kod_slut"}

    @cached_property
    def _refused_cells(self) -> Collection[CellRef]:
        return {left.ref for left in self.moved.left if left.why in self.refused}

    def write(self, place: CellMeaning | None, ref: CellRef) -> bool:
        """Whether what stood in a cell now stands in its row as it was written."""
        if place is None or place.record is None or ref in self.odd.uncalculated:
            return False
        table = self.specs[1].tables[place.table]
        field = table.by_id.get(place.field)
        if field is None or not self._takes(table, field):
            return False
        was = self.moved.was[place.table]
        record = self.sent.tables[was.table].record(place.record)
        passage = self._passage(was, field)
        if not passage.is_asked_alike:
            return False
        row, own = self.moved.rows[place.table][place.line], passage.was.id
        if self._has_fewer_answers(record, passage):
            return self._write_beside(row, passage, ref)
        if ref in self._refused_cells:
            return False
        row[field.id] = self._written(record, field, own)
        return True

    def _passage(self, was: TableWas, field: Field) -> Passage:
        old, new = self.specs
        own = old.tables[was.table].by_id[was.fields.get(field.id, field.id)]
        return Passage(own, field, old, new)

    def _has_fewer_answers(self, record: Record, passage: Passage) -> bool:
        """Whether a field with several columns does not hold all that was in them."""
        raw = record.value(passage.was.id).raw
        if not isinstance(raw, tuple):
            return False
        refs = {record.ref(passage.was.id, part) for part, _ in enumerate(raw)}
        is_narrower = passage.now.choices < passage.was.choices
        return is_narrower or not refs.isdisjoint(self._refused_cells)

    def _write_beside(self, row: CarriedRow, passage: Passage, ref: CellRef) -> bool:
        """Puts what could not be read of a cell beside the answers that go on, where a column is
        left for it."""
        unread = [left for left in self.moved.left if left.ref == ref and left.why == "olasbar"]
        kept = several(row.get(passage.now.id, Missing.BLANK))
        if not unread or len(kept) >= passage.now.choices:
            return False
        row[passage.now.id] = (*kept, "; ".join(left.value for left in unread))
        return True

    def write_rows(self, book: RawBook, name: str, rows: Iterable[int]) -> Iterator[CellRef]:
        """Put what stands in rows that are no records where they have their room in a table; the
        cells that have got a place."""
        columns = self.sent.tables[self.moved.was[name].table].columns
        sheet = next(one for one in book.sheets if one.name == columns.sheet)
        for row in rows:
            line = self.moved.rows[name][self.moved.origins[name].index(row)]
            for field, own in self._taken(name):
                places = columns.places[columns.index[own]]
                refs = [CellRef(sheet.name, row, column) for column in places]
                cells = tuple(self._as_written(book, sheet, field, ref) for ref in refs)
                if any(cell not in (None, "") for cell in cells):
                    line[field.id] = cells if field.choices > 1 else cells[0]
                    yield from compress(refs, (cell not in (None, "") for cell in cells))

    def _taken(self, name: str) -> Iterator[tuple[Field, str]]:
        """A table's fields that take what a county wrote, with their ids in its file."""
        table = self.specs[1].tables[name]
        for now, own in self.moved.was[name].fields.items():
            if self._takes(table, table.by_id[now]):
                yield table.by_id[now], own

    def _as_written(self, book: RawBook, sheet: RawSheet, field: Field, ref: CellRef) -> object:
        raw, epoch = sheet.at(ref.row, ref.column), book.second.epoch_1904
        typed = read_value(self.specs[1], field, raw, epoch_1904=epoch).typed
        return self._cell(raw, typed, field, ref)

    def _takes(self, table: TableSpec, field: Field) -> bool:
        """Not what the template computes, nor the given codes of its rows, nor another year's
        number."""
        is_given = table.kind == "fixed" and field is table.fields[0]
        is_other_year = field.type == "year" and self.sent.year != self.specs[1].year
        return field.computed is None and not is_given and not is_other_year

    def _written(self, record: Record, field: Field, was: str) -> object:
        """What stood in a field's cells; `was` is the field's id in the file."""
        raw, typed, ref = record.value(was)
        if not isinstance(raw, tuple):
            return self._cell(raw, typed, field, ref)
        parts = enumerate(raw)
        return tuple(
            self._cell(one, Missing.UNREADABLE, field, record.ref(was, part)) for part, one in parts
        )

    def _cell(self, raw: object, typed: Typed, field: Field, ref: CellRef) -> object:
        if ref in self.odd.errors:
            shown = self.odd.errors[ref]
            return ErrorValue(shown) if shown in _KNOWN_ERRORS else shown
        if ref in self.odd.uncalculated:
            return None
        # Of a number in a format for hours the number is stored.
        if field.type in NUMERIC and isinstance(raw, time | timedelta):
            return stored_days(raw)
        # A date in a cell for numbers would be taken for its number of days: as text it says what
        # it is, and is told of again.
        if not isinstance(raw, str) and not isinstance(typed, Missing):
            return typed
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        return raw if is_number and field.type in NUMERIC else _as_text(raw) or None


def _as_text(raw: object) -> str:
    """A ticked box is called what Excel calls it."""
    return whole(raw) if isinstance(raw, bool) else text(raw)
