"""Fields that follow from others: the same arithmetic as the template's own formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from toolkit.spec import Computed, Spec, TableSpec
from toolkit.submission import Record, Submission

Row = Mapping[str, object]
"""A row's understood values by field id; codes as codes, amounts as Decimal."""


def compute_row(table: TableSpec, row: Row, rows_of: Callable[[str], Iterable[Row]]) -> dict[str, Decimal]:
    """All computed fields of one row, in the order of the spec, so that one may build on another.

    `rows_of` gives another table's rows by table id. What is missing counts as nothing."""
    known: dict[str, object] = dict(row)
    for field in table.fields:
        if field.computed is not None:
            known[field.id] = _compute(field.computed, known, rows_of)
    return {field.id: _amount(known[field.id]) for field in table.fields if field.computed is not None}


def _compute(rule: Computed, known: Row, rows_of: Callable[[str], Iterable[Row]]) -> Decimal:
    if rule.sum_of is None:
        plus = sum((_amount(known.get(name)) for name in rule.plus), Decimal(0))
        return plus - sum((_amount(known.get(name)) for name in rule.minus), Decimal(0))
    table, _, name = rule.sum_of.partition(".")
    rows = (row for row in rows_of(table) if all(row.get(far) == known.get(near) for far, near in rule.where.items()))
    return sum((_amount(row.get(name)) for row in rows), Decimal(0))


def _amount(value: object) -> Decimal:
    return Decimal(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else Decimal(0)


class Arithmetic:
    """The computed fields of one submission's rows; its rows are laid out once."""

    def __init__(self, spec: Spec, submission: Submission) -> None:
        self._spec = spec
        self._rows = {name: [as_row(record) for record in data.records] for name, data in submission.tables.items()}

    def __call__(self, record: Record) -> dict[str, Decimal]:
        """A row's computed fields, by the toolkit's own arithmetic and not by what the file had stored."""
        table = self._spec.tables[record.columns.table]
        return compute_row(table, as_row(record), lambda name: self._rows.get(name, []))


def as_row(record: Record) -> dict[str, object]:
    """A record's understood values by field id."""
    return dict(zip(record.columns.fields, record.typed, strict=True))
