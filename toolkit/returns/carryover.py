"""A county's return as the content of another year's template: all of it that can be moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from toolkit.returns.counterparts import field_in, table_in
from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.answers import one_code, split_answers
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import RESPONDENTS
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text, whole

CarriedRow = dict[str, Any]
"""Values by field id, as the template takes them."""
CarriedRows = dict[str, list[CarriedRow]]
FieldPair = tuple[Field, Field | None]
"""A field of the old spec, and the one of the new that takes its values."""


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
    kod_slut, olasbar, utanfor, kommentar, figur or bild, and of a row that does not go on avslutad
    or malar_natt; `field` is its heading."""

    ref: CellRef
    value: str
    field: str
    why: str

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
        moved.was[name] = TableWas(was, {now.id: own.id for own, now in pairs if now})
        for record in data.records:
            row, rest = _move_record(record, pairs, spec)
            why = _why_not(row, table, moved.rows.get(name, ()))
            moved.left.extend(_whole_row(record, pairs, why) if why else rest)
            if not why:
                moved.rows.setdefault(name, []).append(row)
                moved.origins.setdefault(name, []).append(record.row)
    return moved


def _pairs(table: str, old: Spec, spec: Spec) -> list[FieldPair]:
    """Each old field with the new one that takes its values; without the template's own."""
    pairs: list[FieldPair] = []
    for was in old.tables[table].fields:
        now = field_in(spec, old, table, was)
        if not _is_own(was, spec) and (now is None or not _is_own(now, spec)):
            pairs.append((was, now))
    return pairs


def _is_own(field: Field, spec: Spec) -> bool:
    """Filled in by the template: county, year, and what it computes."""
    if field.computed is not None or field.list == spec.bound[RESPONDENTS]:
        return True
    is_fixed = field.minimum == field.maximum and field.minimum in {spec.year, spec.year - 1}
    return field.type == "year" and is_fixed


def _why_not(row: CarriedRow, table: TableSpec | None, rows: Sequence[CarriedRow]) -> str:
    """Why a row has no place: its table is gone, the new year does not have the code of a given
    row, that row has been given already, or the list is full. Nothing when it has one."""
    if table is None:
        return "rad_borta"
    if table.kind == "list":
        return "rad_full" if len(rows) >= table.capacity else ""
    if table.kind == "form":
        return ""
    code = row.get(table.fields[0].id)
    if code is None:
        return "rad_borta"
    return "rad_dubbel" if any(other[table.fields[0].id] == code for other in rows) else ""


def _whole_row(record: Record, pairs: list[FieldPair], why: str) -> Iterator[Left]:
    for was, _ in pairs:
        yield from _each_cell(record, was, why)


def _each_cell(record: Record, was: Field, why: str, label: str = "") -> Iterator[Left]:
    """Every cell of a field that holds anything; with the heading that it has now, where it has
    another."""
    for part, cell in enumerate(_cells(record, was)):
        if text(cell):
            yield Left(record.ref(was.id, part), whole(cell), label or was.label, why)


def _cells(record: Record, field: Field) -> tuple[object, ...]:
    """What stands in each of a field's columns."""
    raw = record.value(field.id).raw
    return raw if isinstance(raw, tuple) else (raw,)


def _move_record(
    record: Record, pairs: list[FieldPair], spec: Spec
) -> tuple[CarriedRow, list[Left]]:
    row: CarriedRow = {}
    left: list[Left] = []
    for was, now in pairs:
        kept, rest = _move_value(record, was, now, spec)
        left += rest
        if kept is not None and now is not None:
            row[now.id] = kept
    return row, left


def _move_value(
    record: Record, was: Field, now: Field | None, spec: Spec
) -> tuple[object, list[Left]]:
    """What a field's value becomes in the new spec (None: nothing), and the cells left behind."""
    value = record.get(was.id)
    if value is Missing.BLANK:
        return None, []
    if now is None:
        return None, list(_each_cell(record, was, "falt_borta"))
    if value is Missing.UNREADABLE:
        # A formula without a value and an error value leave the cell empty to us: it is told too.
        empty = Left(record.ref(was.id), "", now.label, "olasbar")
        return None, list(_each_cell(record, was, "olasbar", now.label)) or [empty]
    if isinstance(value, Missing):
        return value.value, []
    if not now.list:
        return value, []
    if isinstance(value, tuple):
        return _valid_codes(record, was, now, spec)
    return _valid_code(record, was, now, spec)


def _valid_code(record: Record, was: Field, now: Field, spec: Spec) -> tuple[object, list[Left]]:
    value = record.get(was.id)
    if value in {code.code for code in spec.lists[now.list or ""].valid_in(spec.year)}:
        return value, []
    return None, list(_each_cell(record, was, "kod_slut", now.label))


def _valid_codes(record: Record, was: Field, now: Field, spec: Spec) -> tuple[object, list[Left]]:
    """Of several codes those that go on, each once."""
    codelist = spec.lists[now.list or ""]
    kept: dict[str, None] = {}
    left = []
    for part, piece in _pieces(record, was, codelist):
        code = one_code(codelist, piece)
        if code is not None and code.is_valid_in(spec.year):
            kept[code.code] = None
        else:
            why = "kod_slut" if code else "olasbar"
            left.append(Left(record.ref(was.id, part), whole(piece), now.label, why))
    return tuple(kept) or None, left


def _pieces(record: Record, field: Field, codelist: CodeList) -> Iterator[tuple[int, str]]:
    """What stands in each of a field's columns, several in one cell apart (`KVI; BARN`)."""
    for part, cell in enumerate(_cells(record, field)):
        for piece in split_answers(codelist, text(cell)):
            yield part, piece


def count(rows: CarriedRows) -> int:
    """How many cells were moved."""
    cells = 0
    for record in chain.from_iterable(rows.values()):
        cells += sum(value not in (None, "") for value in record.values())
    return cells
