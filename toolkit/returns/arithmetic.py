"""Fields that follow from others: the same arithmetic as the template's own formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.model import Computed, Spec, TableSpec

TypedRow = Mapping[str, object]
"""A row's understood values by field id; codes as codes, amounts as Decimal."""

ColumnOf = Callable[[str, str], Iterable[object]]
"""A field's understood values, row by row, by table and field id."""


class _Sum(NamedTuple):
    """What was added up, and whether every part of it is known."""

    amount: Decimal
    is_known: bool = True


_NOTHING = _Sum(Decimal(0))


class Sums:
    """Sums over another table's rows; each table is added up once for each way of grouping its
    rows."""

    def __init__(self, column_of: ColumnOf) -> None:
        self._column_of = column_of
        self._known: dict[tuple[str, ...], dict[tuple[object, ...], _Sum]] = {}

    def __call__(self, rule: Computed, row: TypedRow) -> Decimal:
        """The sum over the rows that belong to this row."""
        return self._of(rule, row).amount

    def is_known(self, rule: Computed, row: TypedRow) -> bool:
        """Whether every amount is known of the rows that belong to this row."""
        return self._of(rule, row).is_known

    def _of(self, rule: Computed, row: TypedRow) -> _Sum:
        key = (rule.sum_of or "", *rule.where)
        if key not in self._known:
            self._known[key] = self._add_up(*key)
        return self._known[key].get(tuple(row.get(near) for near in rule.where.values()), _NOTHING)

    def _add_up(self, target: str, *per: str) -> dict[tuple[object, ...], _Sum]:
        table, _, name = target.partition(".")
        sums: dict[tuple[object, ...], _Sum] = {}
        columns = [self._column_of(table, field) for field in (name, *per)]
        for value, *group in zip(*columns, strict=True):
            before = sums.get(tuple(group), _NOTHING)
            is_known = before.is_known and not _is_unknown(value)
            sums[tuple(group)] = _Sum(before.amount + _amount(value), is_known)
        return sums


def compute_row(table: TableSpec, row: TypedRow, sums: Sums) -> dict[str, Decimal]:
    """All computed fields of one row, in the order of the spec, so that one may build on another.
    What is missing counts as nothing."""
    known: dict[str, object] = dict(row)
    for field in table.fields:
        if field.computed is not None:
            known[field.id] = _compute(field.computed, known, sums)
    computed = (field.id for field in table.fields if field.computed is not None)
    return {name: _amount(known[name]) for name in computed}


def _compute(rule: Computed, known: TypedRow, sums: Sums) -> Decimal:
    # Reckoned here and not taken from the file: one that Excel never recalculated holds old sums,
    # or none, and one saved by another program may hold zeros.
    if rule.sum_of is not None:
        return sums(rule, known)
    plus = sum((_amount(known.get(name)) for name in rule.plus), Decimal(0))
    return plus - sum((_amount(known.get(name)) for name in rule.minus), Decimal(0))


def unknown_fields(table: TableSpec, row: TypedRow, sums: Sums) -> set[str]:
    """The computed fields of one row that rest on an amount that is not known: answered with u.s.,
    or not to be read. What such a sum comes to is not known either. A blank cell, and one with
    e.t., holds nothing to add."""
    # What the file itself has stored in a computed cell says nothing.
    given = {field.id: row.get(field.id) for field in table.fields if field.computed is None}
    found: set[str] = set()
    for field in table.fields:
        if field.computed is not None and not _is_known(field.computed, given, sums, found):
            found.add(field.id)
    return found


def _is_known(rule: Computed, row: TypedRow, sums: Sums, unknown: set[str]) -> bool:
    """Whether all is known that a rule rests on. `unknown` are the fields before it that are
    not."""
    if rule.sum_of is not None:
        return sums.is_known(rule, row)
    parts = (*rule.plus, *rule.minus)
    return unknown.isdisjoint(parts) and not any(_is_unknown(row.get(name)) for name in parts)


def _is_unknown(value: object) -> bool:
    return value in (Missing.UNKNOWN, Missing.UNREADABLE)


def _amount(value: object) -> Decimal:
    """An amount for adding up; what is no number counts as nothing (nor is True one)."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        return Decimal(0)
    return Decimal(value)


class Arithmetic:
    """The computed fields of one submission's rows."""

    def __init__(self, spec: Spec, submission: Submission) -> None:
        self._spec = spec
        self._tables = submission.tables
        self._sums = Sums(self._column)

    def __call__(self, record: Record) -> dict[str, Decimal]:
        """A row's computed fields, by the toolkit's own arithmetic and not by what the file had
        stored."""
        return compute_row(self._spec.tables[record.columns.table], _row(record), self._sums)

    def unknown(self, record: Record) -> set[str]:
        """Those of a row's computed fields that rest on something that is not known."""
        return unknown_fields(self._spec.tables[record.columns.table], _row(record), self._sums)

    def _column(self, table: str, field: str) -> Iterable[object]:
        data = self._tables.get(table)
        return data.column(field) if data else ()


def _row(record: Record) -> TypedRow:
    return dict(zip(record.columns.fields, record.typed, strict=True))
