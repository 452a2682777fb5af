"""A county's return as the content of another year's template: what goes on, or all that can be
moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text, whole

CarriedRow = dict[str, Any]
"""Values by field id, as the template takes them."""
CarriedRows = dict[str, list[CarriedRow]]
FieldPair = tuple[Field, Field | None]
"""A field of the old spec, and the one of the new that takes its values."""


class ErrorValue(str):
    """An error value that a cell shows instead of a value, `#DIV/0!`: no text."""

    __slots__ = ()


_CONTACT = ("kontakt_namn", "kontakt_epost", "kontakt_telefon")
_SAME_AS_BEFORE = ("id", "indikator", "niva", "kommun", "kon", "alder", "malvarde", "kalla")


@dataclass(frozen=True, slots=True)
class Left:
    """A cell that could not be moved. `why` is falt_borta, rad_borta, rad_dubbel, rad_full,
    kod_slut, olasbar, utanfor or kommentar; `field` is its heading."""

    ref: CellRef
    value: str
    field: str
    why: str


    @property
    def is_of_template(self) -> bool:
        """Whether it stood in one of the template's own columns, in a row that was read."""
        return self.why not in {"utanfor", "kommentar"}


def lost_of(left: Iterable[Left]) -> int:
    """How many cells of the template's own columns could not be moved."""
    return sum(one.is_of_template for one in left)


@dataclass(frozen=True, slots=True)
class Moved:
    """A return as the content of a template: the rows by table, every cell that had no place, and
    from which row of the county's file each of a table's rows came."""

    rows: CarriedRows
    left: list[Left]
    origins: dict[str, list[int]]


def prefill(found: Submission, old: Spec, spec: Spec) -> CarriedRows:
    """What goes on from last year: contact, lägesbild, goals, activities that are not finished, and
    every indicator with its value as last year's. A goal whose year has passed goes on as long as
    an activity under it does. The rest is for the county to say anew."""
    moved, _ = move(found, old, spec)
    activities = _going_on(moved, old)
    goals = _goals(moved, activities, spec.year)
    return {
        "uppgifter": [_only(moved.get("uppgifter", [{}])[0], _CONTACT)],
        "lagesbild": moved.get("lagesbild", []),
        "mal": goals,
        "aktiviteter": activities,
        "indikatorer": _as_last_year(moved.get("indikatorer", []), activities, goals),
    }


def _only(row: CarriedRow, names: Iterable[str]) -> CarriedRow:
    """A row without what goes on to no other year."""
    return {name: row[name] for name in names if name in row}


def _going_on(moved: CarriedRows, spec: Spec) -> list[CarriedRow]:
    """The activities that are not finished, by last year's spec."""
    finished = _finished(spec)
    return [row for row in moved.get("aktiviteter", []) if row.get("status") not in finished]


def _goals(moved: CarriedRows, activities: Iterable[CarriedRow], year: int) -> list[CarriedRow]:
    """The goals that are still ahead, or that an activity still works for."""
    needed = {row.get("mal_id") for row in activities}
    goals = moved.get("mal", [])
    return [row for row in goals if _still_ahead(row, year) or row.get("id") in needed]


def _finished(spec: Spec) -> set[str]:
    """The states of an activity that the spec marks as its end."""
    codelist = spec.lists[spec.tables["aktiviteter"].by_id["status"].list or ""]
    return {code.code for code in codelist.codes if code.attributes.get("avslutad") == "ja"}


def _still_ahead(row: CarriedRow, year: int) -> bool:
    target = row.get("malar")
    return not isinstance(target, int) or target >= year


def _as_last_year(
    rows: Iterable[CarriedRow], activities: Iterable[CarriedRow], goals: Iterable[CarriedRow]
) -> list[CarriedRow]:
    """Indicators with this year's value as last year's, and with the activity and the goal that go
    on too."""
    going_on = {"aktivitet_id": _ids(activities), "mal_id": _ids(goals)}
    carried = []
    for row in rows:
        kept = {**_only(row, _SAME_AS_BEFORE), "foregaende": row.get("varde")}
        kept |= {name: row[name] for name, ids in going_on.items() if row.get(name) in ids}
        carried.append(kept)
    return carried


def _ids(rows: Iterable[CarriedRow]) -> set[object]:
    return {row["id"] for row in rows if "id" in row}


def move(found: Submission, old: Spec, spec: Spec) -> tuple[CarriedRows, list[Left]]:
    """What `transfer` gives, without where the rows came from."""
    moved = transfer(found, old, spec)
    return moved.rows, moved.left


def transfer(found: Submission, old: Spec, spec: Spec) -> Moved:
    """Everything that has a place in the new spec, and every cell that has not. Year and county are
    the new template's own; computed fields are computed again. `old` is the spec that the return
    was read by."""
    moved = Moved({}, [], {})
    for name, data in found.tables.items():
        pairs = _pairs(old.tables[name], spec.tables.get(name), spec)
        for record in data.records:
            row, rest = _move_record(record, pairs, spec)
            why = _why_not(row, spec.tables.get(name), moved.rows.get(name, ()))
            moved.left.extend(_whole_row(record, pairs, why) if why else rest)
            if not why:
                moved.rows.setdefault(name, []).append(row)
                moved.origins.setdefault(name, []).append(record.row)
    return moved


def _pairs(old: TableSpec, new: TableSpec | None, spec: Spec) -> list[FieldPair]:
    """Each old field with the new one that takes its values; without the template's own."""
    pairs: list[FieldPair] = []
    for was in old.fields:
        now = new.by_id.get(was.id) if new else None
        if not _is_own(was, spec) and (now is None or not _is_own(now, spec)):
            pairs.append((was, now))
    return pairs


def _is_own(field: Field, spec: Spec) -> bool:
    """Filled in by the template: county, year, and what it computes."""
    if field.computed is not None or field.list == "lan":
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


def _each_cell(record: Record, was: Field, why: str) -> Iterator[Left]:
    """Every cell of a field that holds anything."""
    for part, cell in enumerate(_cells(record, was)):
        if text(cell):
            yield Left(record.ref(was.id, part), whole(cell), was.label, why)


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
        if kept is not None:
            row[was.id] = kept
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
        return None, list(_each_cell(record, now, "olasbar")) or [empty]
    if isinstance(value, Missing):
        return value.value, []
    if not now.list:
        return value, []
    if isinstance(value, tuple):
        return _valid_codes(record, now, spec)
    return _valid_code(record, now, spec)


def _valid_code(record: Record, field: Field, spec: Spec) -> tuple[object, list[Left]]:
    value = record.get(field.id)
    if value in {code.code for code in spec.lists[field.list or ""].valid_in(spec.year)}:
        return value, []
    return None, list(_each_cell(record, field, "kod_slut"))


def _valid_codes(record: Record, field: Field, spec: Spec) -> tuple[object, list[Left]]:
    """Of several codes those that go on, each once."""
    codelist = spec.lists[field.list or ""]
    kept: dict[str, None] = {}
    left = []
    for part, piece in _pieces(record, field):
        code = codelist.find(piece)
        if code is not None and code.is_valid_in(spec.year):
            kept[code.code] = None
        else:
            why = "kod_slut" if code else "olasbar"
            left.append(Left(record.ref(field.id, part), whole(piece), field.label, why))
    return tuple(kept) or None, left


def _pieces(record: Record, field: Field) -> Iterator[tuple[int, str]]:
    """What stands in each of a field's columns, several in one cell apart (`KVI; BARN`)."""
    for part, cell in enumerate(_cells(record, field)):
        for piece in text(cell).split(";"):
            if piece.strip():
                yield part, piece.strip()


def count(rows: CarriedRows) -> int:
    """How many cells were moved."""
    cells = 0
    for record in chain.from_iterable(rows.values()):
        cells += sum(value not in (None, "") for value in record.values())
    return cells
