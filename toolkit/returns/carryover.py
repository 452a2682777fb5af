"""A county's return as the content of another year's template: what goes on, or all that can be
moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text

CarriedRows = dict[str, list[dict[str, Any]]]


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
    form = moved.get("uppgifter", [{}])[0]
    finished = _finished(old)
    going_on = [row for row in moved.get("aktiviteter", []) if row.get("status") not in finished]
    needed = {row.get("mal_id") for row in going_on}
    goals = [
        row
        for row in moved.get("mal", [])
        if _still_ahead(row, spec.year) or row.get("id") in needed
    ]
    kept, acts = ({row["id"] for row in rows if "id" in row} for rows in (goals, going_on))
    return {
        "uppgifter": [{name: form[name] for name in _CONTACT if name in form}],
        "lagesbild": moved.get("lagesbild", []),
        "mal": goals,
        "aktiviteter": going_on,
        "indikatorer": [_as_last_year(row, acts, kept) for row in moved.get("indikatorer", [])],
    }


def _finished(spec: Spec) -> set[str]:
    """The states of an activity that the spec marks as its end."""
    codelist = spec.lists[spec.tables["aktiviteter"].by_id["status"].list or ""]
    return {code.code for code in codelist.codes if code.attributes.get("avslutad") == "ja"}


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


def _pairs(old: TableSpec, new: TableSpec | None, spec: Spec) -> list[tuple[Field, Field | None]]:
    """Each old field with the new one that takes its values; without the template's own."""
    pairs = [(field, new.by_id.get(field.id) if new else None) for field in old.fields]
    return [
        (was, now)
        for was, now in pairs
        if not _is_own(was, spec) and not (now and _is_own(now, spec))
    ]


def _is_own(field: Field, spec: Spec) -> bool:
    """Filled in by the template: county, year, and what it computes."""
    is_year = (
        field.type == "year"
        and field.minimum == field.maximum
        and field.minimum in {spec.year, spec.year - 1}
    )
    return field.computed is not None or field.list == "lan" or is_year


def _why_not(row: dict[str, Any], table: TableSpec | None, rows: Sequence[dict[str, Any]]) -> str:
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


def _whole_row(record: Record, pairs: list[tuple[Field, Field | None]], why: str) -> list[Left]:
    return [left for was, _ in pairs for left in _each_cell(record, was, why)]


def _each_cell(record: Record, was: Field, why: str) -> list[Left]:
    """Every cell of a field that holds anything."""
    raw = record.value(was.id).raw
    cells = enumerate(raw if isinstance(raw, tuple) else (raw,))
    return [
        Left(record.ref(was.id, part), shown(cell), was.label, why)
        for part, cell in cells
        if text(cell)
    ]


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


def _move_value(
    record: Record, was: Field, now: Field | None, spec: Spec
) -> tuple[Any, list[Left]]:
    value = record.get(was.id)
    if value is Missing.BLANK:
        return None, []
    if now is None:
        return None, _each_cell(record, was, "falt_borta")
    if value is Missing.UNREADABLE:
        return None, _each_cell(record, now, "olasbar") or [
            Left(record.ref(was.id), "", now.label, "olasbar")
        ]
    if isinstance(value, Missing):
        return value.value, []
    return _valid_codes(record, now, spec) if now.list else (value, [])


def _valid_codes(record: Record, field: Field, spec: Spec) -> tuple[Any, list[Left]]:
    value, raw, codelist = (
        record.get(field.id),
        record.value(field.id).raw,
        spec.lists[field.list or ""],
    )
    if not isinstance(value, tuple):
        ended = value not in {code.code for code in codelist.valid_in(spec.year)}
        return (None, _each_cell(record, field, "kod_slut")) if ended else (value, [])
    kept: list[str] = []
    left = []
    for part, cell in enumerate(raw if isinstance(raw, tuple) else (raw,)):
        for piece in filter(None, map(str.strip, text(cell).split(";"))):
            code = codelist.find(piece)
            if code is None or not code.is_valid_in(spec.year):
                why = "kod_slut" if code else "olasbar"
                left.append(Left(record.ref(field.id, part), shown(piece), field.label, why))
            elif code.code not in kept:
                kept.append(code.code)
    return tuple(kept) or None, left


def count(rows: CarriedRows) -> int:
    """How many cells were moved."""
    return sum(
        1
        for record in _records(rows.values())
        for value in record.values()
        if value not in (None, "")
    )


def _records(tables: Iterable[list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    return (record for records in tables for record in records)
