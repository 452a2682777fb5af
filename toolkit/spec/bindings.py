"""Which table, field, list and code of a year holds each role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.spec.roles import DECLARED, Declared

TypesByTable: TypeAlias = Mapping[str, Mapping[str, str]]
"""The types of all fields, by table id and field id."""
CodesByList: TypeAlias = Mapping[str, Collection[str]]
"""The codes of all lists, by the list's id."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The ids that hold the roles of one year, by the roles' keys. A role that is not among them
    has no holder: the year does not ask for it."""

    ids: Mapping[str, str]

    def has(self, *roles: str) -> bool:
        """Whether all these roles have a holder."""
        return all(role in self.ids for role in roles)

    def __getitem__(self, role: str) -> str:
        """The id of a role's holder. Raises KeyError when the year does not ask for it: who needs a
        role says so, and is left out where it is missing."""
        return self.ids[role]

    def of(self, name: str) -> str:
        """The id of a role's holder; any other name is an id already."""
        return self.ids.get(name, name)

    def fields_of(self, table: str) -> dict[str, str]:
        """The field ids of a table (by its id) that hold roles, by role."""
        held: dict[str, str] = {}
        for role, name in self.ids.items():
            declared = DECLARED[role]
            if declared.kind == "field" and self.ids[declared.within] == table:
                held[role] = name
        return held


def unheld(bound: Bindings, needs: Iterable[str]) -> tuple[str, ...]:
    """The roles that have no holder, each once. Of a table that is not there, the table's role
    stands for its fields', and likewise a list's for its codes'."""
    missing: dict[str, None] = {}
    for role in needs:
        within = DECLARED[role].within
        if within and not bound.has(within):
            missing[within] = None
        elif not bound.has(role):
            missing[role] = None
    return tuple(missing)


NOTHING_BOUND = Bindings({})


def bind(types: TypesByTable, codes: CodesByList, given: Mapping[str, str]) -> Bindings:
    """The holders of all roles: what `given` says of them (id by the role's key), or else what has
    the usual id."""
    found: dict[str, str] = {}
    for key, role in DECLARED.items():  # a field's table and a code's list come before it
        name = given.get(key, role.default)
        if _is_there(role, name, found, types, codes):
            found[key] = name
    return Bindings(found)


def _is_there(
    role: Declared, name: str, found: Mapping[str, str], types: TypesByTable, codes: CodesByList
) -> bool:
    """Whether something that can hold the role has that id."""
    within = found.get(role.within, "")
    match role.kind:
        case "table":
            return name in types
        case "list":
            return name in codes
        case "field":
            return types.get(within, {}).get(name) in role.types
        case _:
            return name in codes.get(within, ())
