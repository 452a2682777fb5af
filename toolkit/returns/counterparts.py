"""Which table and field of one year's workbook take what stands in another's."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.spec.bindings import Bindings
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import DECLARED


def table_in(spec: Spec, old: Spec, table: str) -> TableSpec | None:
    """The table of `spec` that takes the rows of a table of `old`: the one that is for the same, or
    else the one with the same id."""
    return spec.tables.get(counterpart(table, _tables(old.bound), _tables(spec.bound)))


def _tables(bound: Bindings) -> dict[str, str]:
    return {role: name for role, name in bound.ids.items() if DECLARED[role].kind == "table"}


def field_in(spec: Spec, old: Spec, table: str, field: Field) -> Field | None:
    """The same of a field of a table of `old`."""
    now = table_in(spec, old, table)
    if now is None:
        return None
    was, held = old.bound.fields_of(table), spec.bound.fields_of(now.id)
    return now.by_id.get(counterpart(field.id, was, held))


def counterpart(name: str, was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The id now of what was called `name`; both are ids by role. Nothing when something else has
    taken over its id.

    >>> counterpart("utfall", {"amount": "utfall"}, {"amount": "kostnad"})
    'kostnad'
    >>> counterpart("kostnad", {"amount": "utfall"}, {"amount": "kostnad"})
    ''
    >>> counterpart("egen", {"amount": "utfall"}, {"amount": "utfall"})
    'egen'
    """
    for role, held in was.items():
        if held == name and role in now:
            return now[role]
    taken = [role for role, held in now.items() if held == name]
    return "" if any(role in was for role in taken) else name
