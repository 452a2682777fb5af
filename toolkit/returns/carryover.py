"""A county's return as the content of another year's template: all of it that can be moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from toolkit.returns.counterparts import field_in, table_in
from toolkit.returns.passage import Passage, Refusal
from toolkit.returns.recounted import numbers_counted_otherwise
from toolkit.returns.submission import Missing, Record, Submission, Typed
from toolkit.spec.answers import one_code, split_answers, split_ids
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import RESPONDENTS
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain, text, whole

CarriedRow = dict[str, Any]
"""Values by field id, as the template takes them."""
CarriedRows = dict[str, list[CarriedRow]]
FieldPair = tuple[Field, Passage | None]
"""A field of the old spec, and the way to the one of the new that takes its values."""


class TableWas(NamedTuple):
    """What a table was called where its rows came from, and its fields by what they are called
    now."""

    table: str
    fields: Mapping[str, str]


class ErrorValue(str):
    """An error value that a cell shows instead of a value, `#DIV/0!`: no text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A cell that could not be moved. `why` is falt_borta, rad_borta, rad_dubbel, rad_full,
    kod_slut, olasbar, utanfor, kommentar, figur or bild; where the new year asks otherwise
    annat_slag, kod_annan, passar_inte, raknas_annat or svar_fler; of a row that does not go on
    avslutad or malar_natt; and forskjuten of a cell that shifted columns have pushed over the edge
    of its table. `field` is its heading, `now` what a code stands for instead, or how
    many answers have room."""

    ref: CellRef
    value: str
    field: str
    why: str
    now: str = ""

    @property
    def is_of_template(self) -> bool:
        """Whether it stood in one of the template's own columns, in a row that was read."""
        return self.why not in {"utanfor", "kommentar", "figur", "bild"}


def lost_of(left: Iterable[Left]) -> int:
    """How many cells of the template's own columns could not be moved."""
    return sum(one.is_of_template for one in left)


@dataclass(frozen=True, slots=True)
class Moved:
    """A return as the content of a template: the rows by table, every cell that had no place, and
    from which row of the county's file each of a table's rows came; `was` are the ids that table
    and fields have there."""

    rows: CarriedRows
    left: list[Left]
    origins: dict[str, list[int]]
    was: dict[str, TableWas]


def move(found: Submission, old: Spec, spec: Spec) -> tuple[CarriedRows, list[Left]]:
    """What `transfer` gives, without where the rows came from."""
    moved = transfer(found, old, spec)
    return moved.rows, moved.left


def transfer(found: Submission, old: Spec, spec: Spec) -> Moved:
    """Everything that has a place in the new spec, and every cell that has not. Year and county are
    the new template's own; computed fields are computed again. `old` is the spec that the return
    was read by. What is for the same in both takes the same values, whatever it is called."""
    moved = Moved({}, [], {}, {})
    for was, data in found.tables.items():
        pairs, table = _pairs(was, old, spec), table_in(spec, old, was)
        name = table.id if table else was
        moved.was[name] = TableWas(was, {one.now.id: own.id for own, one in pairs if one})
        for record in data.records:
            refused = numbers_counted_otherwise(record, old, spec)
            row, rest = _move_record(record, pairs, refused)
            why = _why_not(row, table, moved.rows.get(name, ()))
            moved.left.extend(_whole_row(record, pairs, why) if why else rest)
            if not why:
                moved.rows.setdefault(name, []).append(row)
                moved.origins.setdefault(name, []).append(record.row)
    return moved


def _pairs(table: str, old: Spec, spec: Spec) -> list[FieldPair]:
    """Each old field with the way to the new one; without the template's own."""
    pairs: list[FieldPair] = []
    stating = (stating_county(old), stating_county(spec))
    for was in old.tables[table].fields:
        now = field_in(spec, old, table, was)
        if not any(one and _is_own(one, spec, stating) for one in (was, now)):
            pairs.append((was, Passage(was, now, old, spec) if now else None))
    return pairs


def stating_county(spec: Spec) -> Field | None:
    """The field of the form that says whose return it is. Any other that is answered from the same
    list is a question about others."""
    form = next((table for table in spec.tables.values() if table.kind == "form"), None)
    fields = form.fields if form else ()
    return next((field for field in fields if field.list == spec.bound[RESPONDENTS]), None)


def _is_own(field: Field, spec: Spec, stating: Collection[Field | None]) -> bool:
    """Filled in by the template: county, year, and what it computes."""
    if field.computed is not None or any(field is one for one in stating):
        return True
    is_fixed = field.minimum == field.maximum and field.minimum in {spec.year, spec.year - 1}
    return field.type == "year" and is_fixed


def _why_not(row: CarriedRow, table: TableSpec | None, rows: Sequence[CarriedRow]) -> str:
    """Why a row has no place: its table is gone, the new year does not have the code of a given
    row, that row has been given already, or the list is full, as a form is with one. Nothing when
    it has one."""
    if table is None:
        return "rad_borta"
    if table.kind == "list":
        return "rad_full" if len(rows) >= table.capacity else ""
    if table.kind == "form":
        return "rad_full" if rows else ""
    code = row.get(table.fields[0].id)
    if code is None:
        return "rad_borta"
    return "rad_dubbel" if any(other[table.fields[0].id] == code for other in rows) else ""


def _whole_row(record: Record, pairs: list[FieldPair], why: str) -> Iterator[Left]:
    for was, _ in pairs:
        yield from _each_cell(record, was, Refusal(why))


def _each_cell(record: Record, was: Field, refusal: Refusal, label: str = "") -> Iterator[Left]:
    """Every cell of a field that holds anything; with the heading that it has now, where it has
    another."""
    for part, cell in enumerate(_cells(record, was)):
        if text(cell):
            ref = record.ref(was.id, part)
            yield Left(ref, whole(cell), label or was.label, refusal.why, refusal.now)


def _cells(record: Record, field: Field) -> tuple[object, ...]:
    """What stands in each of a field's columns."""
    raw = record.value(field.id).raw
    return raw if isinstance(raw, tuple) else (raw,)


def _move_record(
    record: Record, pairs: list[FieldPair], counted_otherwise: Collection[str]
) -> tuple[CarriedRow, list[Left]]:
    row: CarriedRow = {}
    left: list[Left] = []
    for was, passage in pairs:
        if passage and was.id in counted_otherwise:
            left += _each_cell(record, was, Refusal("raknas_annat"), passage.now.label)
            continue
        kept, rest = _move_value(record, was, passage)
        left += rest
        if kept is not None and passage is not None:
            row[passage.now.id] = kept
    return row, left


def _move_value(record: Record, was: Field, passage: Passage | None) -> tuple[object, list[Left]]:
    """What a field's value becomes in the new spec (None: nothing), and the cells left behind."""
    value = record.get(was.id)
    if value is Missing.BLANK:
        return None, []
    if passage is None:
        return None, list(_each_cell(record, was, Refusal("falt_borta")))
    if value is Missing.UNREADABLE:
        # A formula without a value and an error value leave the cell empty to us: it is told too.
        label = passage.now.label
        empty = Left(record.ref(was.id), "", label, "olasbar")
        return None, list(_each_cell(record, was, Refusal("olasbar"), label)) or [empty]
    if not passage.is_of_one_kind:
        return None, list(_each_cell(record, was, Refusal("annat_slag"), passage.now.label))
    if passage.was.list or isinstance(value, tuple):
        return _move_answers(record, passage, value)
    return _move_single(record, passage, value)


def _move_single(record: Record, passage: Passage, value: Typed) -> tuple[object, list[Left]]:
    """A special answer, a text, a number or a day."""
    is_special = isinstance(value, Missing)
    refusal = passage.refused_special() if is_special else passage.refused(value)
    if refusal:
        return None, list(_each_cell(record, passage.was, refusal, passage.now.label))
    return value.value if isinstance(value, Missing) else value, []


def _move_answers(record: Record, passage: Passage, value: Typed) -> tuple[object, list[Left]]:
    """Of the answers in a field's cells those that go on, each once."""
    if isinstance(value, Missing):
        return _move_single(record, passage, value)
    if not passage.was.list and passage.room is None:
        return value, []
    kept: dict[str, None] = {}
    left = []
    for part, piece, answer in _answers(record, passage, value):
        refusal = _refused(passage, answer, kept)
        if refusal is None and answer is not None:
            kept[answer] = None
        elif refusal is not None:
            ref, label = record.ref(passage.was.id, part), passage.now.label
            left.append(Left(ref, whole(piece), label, refusal.why, refusal.now))
    if passage.room == 1:
        return next(iter(kept), None), left
    return tuple(kept) or None, left


def _refused(passage: Passage, answer: str | None, kept: Collection[str]) -> Refusal | None:
    """Why one of several answers does not go on, beside those that do."""
    if answer is None:
        return Refusal("olasbar")
    refusal = passage.refused_code(answer) if passage.was.list else None
    is_full = passage.room is not None and len(kept) >= passage.room
    if refusal is None and is_full and answer not in kept:
        return Refusal("svar_fler", str(passage.room))
    return refusal


def _answers(
    record: Record, passage: Passage, value: Typed
) -> Iterator[tuple[int, object, str | None]]:
    """A field's answers: in which of its columns each stands, as it is written, and which code or
    id it is; None for what is neither."""
    was = passage.was
    if not isinstance(value, tuple):
        yield 0, _cells(record, was)[0], text(value)
        return
    for part, cell in enumerate(_cells(record, was)):
        # Several in one cell are taken apart: `KVI; BARN`.
        if was.list is None:
            yield from ((part, piece, plain(piece).upper()) for piece in split_ids(text(cell)))
            continue
        for piece in split_answers(passage.before, text(cell)):
            code = one_code(passage.before, piece)
            yield part, piece, code.code if code else None


def count(rows: CarriedRows) -> int:
    """How many cells were moved."""
    cells = 0
    for record in chain.from_iterable(rows.values()):
        cells += sum(value not in (None, "") for value in record.values())
    return cells
