"""A county's return as the content of another year's template: what goes on, or all that can be moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.cells import CellRef
from toolkit.rawtext import shown
from toolkit.spec import Field, Spec, TableSpec
from toolkit.submission import Missing, Record, Submission

Rows = dict[str, list[dict[str, Any]]]
_CONTACT = ("kontakt_namn", "kontakt_epost", "kontakt_telefon")
_NOT_FINISHED = {"P", "PÅ"}
_SAME_AS_BEFORE = ("id", "indikator", "niva", "kommun", "kon", "alder", "malvarde", "kalla")


@dataclass(frozen=True, slots=True)
class Left:
    """A cell that could not be moved. `why` is falt_borta, rad_borta, kod_slut or olasbar; `field` is its
    heading."""

    ref: CellRef
    value: str
    field: str
    why: str


def prefill(found: Submission, old: Spec, spec: Spec) -> Rows:
    """What goes on from last year: contact, lägesbild, goals, activities that are not finished, and every
    indicator with its value as last year's. A goal whose year has passed goes on as long as an activity under
    it does. The rest is for the county to say anew."""
    moved, _ = move(found, old, spec)
    form = moved.get("uppgifter", [{}])[0]
    going_on = [row for row in moved.get("aktiviteter", []) if row.get("status") in _NOT_FINISHED]
    needed = {row.get("mal_id") for row in going_on}
    goals = [row for row in moved.get("mal", []) if _still_ahead(row, spec.year) or row.get("id") in needed]
    kept, acts = ({row["id"] for row in rows if "id" in row} for rows in (goals, going_on))
    return {
        "uppgifter": [{name: form[name] for name in _CONTACT if name in form}],
        "lagesbild": moved.get("lagesbild", []),
        "mal": goals,
        "aktiviteter": going_on,
        "indikatorer": [_as_last_year(row, acts, kept) for row in moved.get("indikatorer", [])],
    }


def _still_ahead(row: dict[str, Any], year: int) -> bool:
    target = row.get("malar")
    return not isinstance(target, int) or target >= year


def _as_last_year(row: dict[str, Any], activities: set[str], goals: set[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: row[name] for name in _SAME_AS_BEFORE if name in row}
    kept["foregaende"] = row.get("varde")
    if row.get("aktivitet_id") in activities:
        kept["aktivitet_id"] = row["aktivitet_id"]
    if row.get("mal_id") in goals:
        kept["mal_id"] = row["mal_id"]
    return kept


def move(found: Submission, old: Spec, spec: Spec) -> tuple[Rows, list[Left]]:
    """Everything that has a place in the new spec, and every cell that has not. Year and county are the new
    template's own; computed fields are computed again. `old` is the spec that the return was read by."""
    rows: Rows = {}
    left: list[Left] = []
    for name, data in found.tables.items():
        pairs = _pairs(old.tables[name], spec.tables.get(name), spec)
        for record in data.records:
            row, rest = _move_record(record, pairs, spec)
            gone = name not in spec.tables or _row_is_gone(row, spec.tables[name])
            left += _whole_row(record, pairs) if gone else rest
            if not gone:
                rows.setdefault(name, []).append(row)
    return rows, left


def _pairs(old: TableSpec, new: TableSpec | None, spec: Spec) -> list[tuple[Field, Field | None]]:
    """Each old field with the new one that takes its values; without the template's own."""
    pairs = [(field, new.by_id.get(field.id) if new else None) for field in old.fields]
    return [(was, now) for was, now in pairs if not _is_own(was, spec) and not (now and _is_own(now, spec))]


def _is_own(field: Field, spec: Spec) -> bool:
    """Filled in by the template: county, year, and what it computes."""
    is_year = field.type == "year" and field.minimum == field.maximum and field.minimum in {spec.year, spec.year - 1}
    return field.computed is not None or field.list == "lan" or is_year


def _row_is_gone(row: dict[str, Any], table: TableSpec) -> bool:
    """A given row of a fixed table whose code the new year does not have."""
    return table.kind == "fixed" and table.fields[0].id not in row


def _whole_row(record: Record, pairs: list[tuple[Field, Field | None]]) -> list[Left]:
    given = [was for was, _ in pairs if record.get(was.id) is not Missing.BLANK]
    return [Left(record.ref(was.id), _written(record, was.id), was.label, "rad_borta") for was in given]


def _move_record(
    record: Record, pairs: list[tuple[Field, Field | None]], spec: Spec
) -> tuple[dict[str, Any], list[Left]]:
    row: dict[str, Any] = {}
    left: list[Left] = []
    for was, now in pairs:
        kept, rest = _move_value(record, was, now, spec)
        left += rest
        if kept is not None:
            row[was.id] = kept
    return row, left


def _move_value(record: Record, was: Field, now: Field | None, spec: Spec) -> tuple[Any, list[Left]]:
    value = record.get(was.id)
    ref, raw = record.ref(was.id), _written(record, was.id)
    if value is Missing.BLANK:
        return None, []
    if now is None:
        return None, [Left(ref, raw, was.label, "falt_borta")]
    if value is Missing.UNREADABLE:
        return None, [Left(ref, raw, now.label, "olasbar")]
    if isinstance(value, Missing):
        return value.value, []
    return _valid_codes(value, now, spec, ref) if now.list else (value, [])


def _written(record: Record, name: str) -> str:
    """What stands in the cell, as a message may repeat it."""
    raw = record.value(name).raw
    return shown(next((part for part in raw if part), None) if isinstance(raw, tuple) else raw)


def _valid_codes(value: Any, field: Field, spec: Spec, ref: CellRef) -> tuple[Any, list[Left]]:
    valid = {code.code for code in spec.lists[field.list or ""].valid_in(spec.year)}
    codes = value if isinstance(value, tuple) else (value,)
    left = [Left(ref, code, field.label, "kod_slut") for code in codes if code not in valid]
    kept = tuple(code for code in codes if code in valid)
    if isinstance(value, tuple):
        return kept or None, left
    return (kept[0] if kept else None), left


def count(rows: Rows) -> int:
    """How many cells were moved."""
    return sum(1 for record in _records(rows.values()) for value in record.values() if value not in (None, ""))


def _records(tables: Iterable[list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    return (record for records in tables for record in records)
