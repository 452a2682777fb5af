"""Fields that follow from others: the same arithmetic as the template's own formulas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.model import Computed, Field, Spec, TableSpec

TypedRow = Mapping[str, object]
"""A row's understood values by field id; codes as codes, amounts as Decimal."""

ColumnOf = Callable[[str, str], Iterable[object]]
"""A field's understood values, row by row, by table and field id."""


class Reckoned(NamedTuple):
    """What a computed field comes to, and whether all is known that it rests on."""

    amount: Decimal
    is_known: bool = True


_NOTHING = Reckoned(Decimal(0))


class _Grouped(NamedTuple):
    """What a table's rows come to, by what they are grouped by; and whether it is known of each row
    that counts to which group it belongs."""

    sums: Mapping[tuple[object, ...], Reckoned]
    is_whole: bool


class Sums:
    """Sums over other tables' rows; each table is added up once for each way of grouping its rows.
    `tables` are those of the spec, by id. Nothing is known of a sum over a table that is `held`
    back."""

    def __init__(
        self,
        tables: Mapping[str, TableSpec],
        column_of: ColumnOf,
        held: Collection[str] = frozenset(),
    ) -> None:
        self._tables = tables
        self._column_of = column_of
        self._held = held
        self._known: dict[tuple[str, ...], _Grouped] = {}

    def __call__(self, rule: Computed, row: TypedRow) -> Reckoned:
        """The sum over the rows that belong to this row."""
        key = (rule.sum_of or "", *rule.where)
        if key not in self._known:
            self._known[key] = self._add_up(*key)
        found = self._known[key]
        one = found.sums.get(tuple(row.get(near) for near in rule.where.values()), _NOTHING)
        return one if found.is_whole else one._replace(is_known=False)

    def _add_up(self, target: str, *per: str) -> _Grouped:
        table, _, name = target.partition(".")
        sums: dict[tuple[object, ...], Reckoned] = {}
        is_whole = table not in self._held
        needed = [self._tables[table].by_id[field].required for field in per]
        columns = [self._values(self._tables[table], field) for field in (name, *per)]
        for value, *keys in zip(*columns, strict=True):
            group, one = tuple(map(_key, keys)), _part(value)
            if one != _NOTHING and any(map(_is_lost, group, needed)):
                is_whole = False
            before = sums.get(group, _NOTHING)
            sums[group] = Reckoned(before.amount + one.amount, before.is_known and one.is_known)
        return _Grouped(sums, is_whole)

    def _values(self, table: TableSpec, name: str) -> Iterable[object]:
        """A field's values, row by row; what is computed is reckoned here too."""
        if all(field.id != name for field in table.reckoned):
            return self._column_of(table.id, name)
        own = [field.id for field in table.asked]
        columns = zip(*(self._column_of(table.id, field) for field in own), strict=True)
        rows = (dict(zip(own, values, strict=True)) for values in columns)
        # Not the whole row: another of its fields may be a sum over this one.
        fields = _followed_by(table, name)
        return [_reckon_fields(fields, table, row, self)[name] for row in rows]


def reckon_row(table: TableSpec, row: TypedRow, sums: Sums) -> dict[str, Reckoned]:
    """All computed fields of one row, each after those that it follows from. What is missing counts
    as nothing, but with what is not known the sum is not known: a part answered with u.s., or not
    to be read. A blank cell, and one with e.t., holds nothing to add."""
    return _reckon_fields(table.reckoned, table, row, sums)


def _followed_by(table: TableSpec, name: str) -> list[Field]:
    """A computed field and those of its row that it follows from, in the order of reckoning."""
    needed = {name}
    for field in reversed(table.reckoned):
        if field.id in needed and field.computed is not None:
            needed.update(field.computed.named)
    return [field for field in table.reckoned if field.id in needed]


def _reckon_fields(
    fields: Iterable[Field], table: TableSpec, row: TypedRow, sums: Sums
) -> dict[str, Reckoned]:
    # Reckoned here and not taken from the file: one that Excel never recalculated holds old sums,
    # or none, and one saved by another program may hold zeros.
    values = {field.id: row.get(field.id) for field in table.asked}
    found: dict[str, Reckoned] = {}
    for field in fields:
        assert field.computed is not None
        found[field.id] = _reckon(field.computed, values, found, sums)
        values[field.id] = found[field.id].amount
    return found


def _reckon(
    rule: Computed, values: TypedRow, found: Mapping[str, Reckoned], sums: Sums
) -> Reckoned:
    """`values` are those of the row, and `found` the computed ones among them."""
    if rule.sum_of is not None:
        return sums(rule, values)
    plus = sum((_amount(values.get(name)) for name in rule.plus), Decimal(0))
    minus = sum((_amount(values.get(name)) for name in rule.minus), Decimal(0))
    parts = (*rule.plus, *rule.minus)
    is_known = all(found[name].is_known for name in parts if name in found)
    return Reckoned(plus - minus, is_known and not any(_is_unknown(values.get(p)) for p in parts))


def _part(value: object) -> Reckoned:
    """A part of a sum: what was answered, or reckoned before."""
    if isinstance(value, Reckoned):
        return value
    return Reckoned(_amount(value), not _is_unknown(value))


def _key(value: object) -> object:
    return value.amount if isinstance(value, Reckoned) else value


def _is_lost(key: object, is_needed: bool) -> bool:
    """Whether nobody knows what a row belongs to: it could not be read, is not known, or was left
    out where it must be told."""
    return _is_unknown(key) or (is_needed and key is Missing.BLANK)


def compute_row(table: TableSpec, row: TypedRow, sums: Sums) -> dict[str, Decimal]:
    """The amounts of all computed fields of one row."""
    return {name: one.amount for name, one in reckon_row(table, row, sums).items()}


def unknown_fields(table: TableSpec, row: TypedRow, sums: Sums) -> set[str]:
    """The computed fields of one row that rest on an amount that is not known."""
    reckoned = reckon_row(table, row, sums).items()
    return {name for name, one in reckoned if not one.is_known}


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
    """The computed fields of one submission's rows; nothing is known of what rests on a table that
    is `held` back."""

    def __init__(
        self, spec: Spec, submission: Submission, held: Collection[str] = frozenset()
    ) -> None:
        self._spec = spec
        self._tables = submission.tables
        self._sums = Sums(spec.tables, self._column, held)

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
