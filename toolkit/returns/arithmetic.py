"""Fields that follow from others: the same arithmetic as the template's own formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from toolkit.returns.submission import Record, Submission
from toolkit.spec.model import Computed, Spec, TableSpec

TypedRow = Mapping[str, object]
"""A row's understood values by field id; codes as codes, amounts as Decimal."""

ColumnOf = Callable[[str, str], Iterable[object]]
"""A field's understood values, row by row, by table and field id."""


class Sums:
    """Sums over another table's rows; each table is added up once for each way of grouping its
    rows."""

    def __init__(self, column_of: ColumnOf) -> None:
        self._column_of = column_of
        self._known: dict[tuple[str, ...], dict[tuple[object, ...], Decimal]] = {}

    def __call__(self, rule: Computed, row: TypedRow) -> Decimal:
        """The sum over the rows that belong to this row."""
        key = (rule.sum_of or "", *rule.where)
        if key not in self._known:
            self._known[key] = self._add_up(*key)
        return self._known[key].get(
            tuple(row.get(near) for near in rule.where.values()), Decimal(0)
        )

    def _add_up(self, target: str, *per: str) -> dict[tuple[object, ...], Decimal]:
        table, _, name = target.partition(".")
        sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
        columns = [self._column_of(table, field) for field in (name, *per)]
        for value, *group in zip(*columns, strict=True):
            sums[tuple(group)] += _amount(value)
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
        row = dict(zip(record.columns.fields, record.typed, strict=True))
        return compute_row(self._spec.tables[record.columns.table], row, self._sums)

    def _column(self, table: str, field: str) -> Iterable[object]:
        data = self._tables.get(table)
        return data.column(field) if data else ()
