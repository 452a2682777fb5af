"""What goes on from a county's return to the next year's template, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.returns.carryover import CarriedRow, CarriedRows, Left, Moved, count, transfer
from toolkit.returns.submission import Submission
from toolkit.spec.bindings import Bindings
from toolkit.spec.model import Field, Spec
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_GOAL,
    ACTIVITY_ID,
    ACTIVITY_STATE,
    GOAL,
    GOAL_ID,
    GOAL_YEAR,
    INDICATOR,
    INDICATOR_ACTIVITY,
    INDICATOR_AGE,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_GOAL,
    INDICATOR_ID,
    INDICATOR_LEVEL,
    INDICATOR_MUNICIPALITY,
    INDICATOR_SEX,
    INDICATOR_SOURCE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
    RETURN,
    RETURN_CONTACT,
    RETURN_EMAIL,
    RETURN_PHONE,
    SITUATION,
    FieldRole,
    TableRole,
)
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text

_CONTACT = (RETURN_CONTACT, RETURN_EMAIL, RETURN_PHONE)
_SAME_AS_BEFORE = (
    INDICATOR_ID, INDICATOR_CODE, INDICATOR_LEVEL, INDICATOR_MUNICIPALITY, INDICATOR_SEX,
    INDICATOR_AGE, INDICATOR_TARGET, INDICATOR_SOURCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prefilled:
    """The rows that go on, by table, and the cells and rows of last year's return that would have
    gone on or have come to their end."""

    rows: CarriedRows
    left: tuple[Left, ...]

    @property
    def moved(self) -> int:
        """How many cells go on."""
        return count(self.rows)


def prefill(found: Submission, old: Spec, spec: Spec) -> Prefilled:
    """What goes on from last year: contact, lägesbild, goals, activities that are not finished, and
    every indicator with its value as last year's. A goal whose year has passed goes on as long as
    an activity under it does. The rest is for the county to say anew. What the new year does not
    ask for is left out, and what last year did not ask for ends nothing."""
    moved, bound = transfer(found, old, spec), spec.bound
    rows = {role: moved.rows.get(bound.of(role), []) for role in _CARRIED}
    activities = _going_on(moved, found, old, spec)
    goals = _goals(rows[GOAL], activities, spec)
    contact = _only(next(iter(rows[RETURN]), {}), _CONTACT, bound)
    rows |= {RETURN: [contact], GOAL: goals, ACTIVITY: activities}
    rows[INDICATOR] = _as_last_year(rows[INDICATOR], activities, goals, bound)
    ended = list(_ended(moved, found, GOAL, goals, spec))
    ended += _ended(moved, found, ACTIVITY, activities, spec)
    lost = _lost(moved, found, old, ended)
    carried = {bound[role]: rows[role] for role in _CARRIED if bound.has(role)}
    return Prefilled(carried, (*lost, *ended))


def _ended(
    moved: Moved, found: Submission, role: TableRole, going_on: Sequence[CarriedRow], spec: Spec
) -> Iterator[Left]:
    """The rows of a table that do not go on, each by the first cell that both years have."""
    name = spec.bound.of(role)
    if name not in moved.rows:
        return
    kept = set(map(id, going_on))
    rows = zip(moved.rows[name], moved.origins[name], strict=True)
    ended = [(row, origin) for row, origin in rows if id(row) not in kept]
    was = moved.was[name]
    first = next(field for field in spec.tables[name].fields if field.id in was.fields)
    records = {one.row: one for one in found.records(was.table)}
    for row, origin in ended:
        ref = records[origin].ref(was.fields[first.id])
        yield Left(ref, text(row.get(first.id)), first.label, _WHY_ENDED[role])


def _lost(moved: Moved, found: Submission, old: Spec, ended: Iterable[Left]) -> Iterator[Left]:
    """The cells that would have gone on, had the new year a place for them."""
    rows_ended = {(left.ref.sheet, left.ref.row) for left in ended}
    wanted = set(_would_go_on(found, old))
    for left in moved.left:
        if left.ref in wanted and (left.ref.sheet, left.ref.row) not in rows_ended:
            yield left


def _would_go_on(found: Submission, old: Spec) -> Iterator[CellRef]:
    """The cells of what is carried over, as last year's return has them."""
    for role in filter(old.bound.has, _CARRIED):
        fields = list(_fields_of(old, role))
        for record in found.records(role):
            for field in fields:
                yield from (record.ref(field.id, part) for part in range(field.choices))


def _fields_of(old: Spec, role: TableRole) -> Iterator[Field]:
    """The fields of a table that go on."""
    only = {old.bound.of(one) for one in _FIELDS.get(role, ())}
    for field in old.tables[old.bound[role]].fields:
        if not only or field.id in only:
            yield field


_CARRIED = (RETURN, SITUATION, GOAL, ACTIVITY, INDICATOR)
_FIELDS = {RETURN: _CONTACT, INDICATOR: (*_SAME_AS_BEFORE, INDICATOR_VALUE)}
"""Of tables that do not go on whole."""
_WHY_ENDED = {GOAL: "malar_natt", ACTIVITY: "avslutad"}


def _only(row: CarriedRow, roles: Iterable[FieldRole], bound: Bindings) -> CarriedRow:
    """A row without what goes on to no other year."""
    names = (bound.of(role) for role in roles)
    return {name: row[name] for name in names if name in row}


def _going_on(moved: Moved, found: Submission, old: Spec, spec: Spec) -> list[CarriedRow]:
    """The activities that are not finished, as last year's return has them."""
    finished = _finished_rows(found, old)
    name = spec.bound.of(ACTIVITY)
    origins = zip(moved.rows.get(name, []), moved.origins.get(name, []), strict=True)
    return [row for row, origin in origins if origin not in finished]


def _finished_rows(found: Submission, spec: Spec) -> set[int]:
    """The rows of the activities whose state is one that the spec marks as an end."""
    if not spec.bound.has(ACTIVITY_STATE):
        return set()
    codes = spec.answers_of(ACTIVITY_STATE).codes
    ends = {code.code for code in codes if code.as_state.is_end}
    work = found.records(ACTIVITY)
    return {record.row for record in work if record.text(ACTIVITY_STATE) in ends}


def _goals(
    goals: Iterable[CarriedRow], activities: Iterable[CarriedRow], spec: Spec
) -> list[CarriedRow]:
    """The goals that are still ahead, or that an activity still works for."""
    key, year = spec.bound.of(GOAL_ID), spec.bound.of(GOAL_YEAR)
    needed = {row.get(spec.bound.of(ACTIVITY_GOAL)) for row in activities} - {None}
    going_on = []
    for row in goals:
        if _still_ahead(row.get(year), spec.year) or row.get(key) in needed:
            going_on.append(row)
    return going_on


def _still_ahead(target: object, year: int) -> bool:
    return not isinstance(target, int) or target >= year


def _as_last_year(
    rows: Iterable[CarriedRow], activities: Iterable[CarriedRow], goals: Iterable[CarriedRow],
    bound: Bindings,
) -> list[CarriedRow]:  # fmt: skip
    """Indicators with this year's value as last year's, and with the activity and the goal that go
    on too."""
    going_on = {
        bound.of(INDICATOR_ACTIVITY): _ids(activities, bound.of(ACTIVITY_ID)),
        bound.of(INDICATOR_GOAL): _ids(goals, bound.of(GOAL_ID)),
    }
    carried = []
    for row in rows:
        kept = _only(row, _SAME_AS_BEFORE, bound)
        if bound.has(INDICATOR_BEFORE):
            # A number that was counted otherwise has not been moved, and is told with the rest.
            kept[bound[INDICATOR_BEFORE]] = row.get(bound.of(INDICATOR_VALUE))
        kept |= {name: row[name] for name, ids in going_on.items() if row.get(name) in ids}
        carried.append(kept)
    return carried


def _ids(rows: Iterable[CarriedRow], key: str) -> set[object]:
    return {row[key] for row in rows if key in row}
