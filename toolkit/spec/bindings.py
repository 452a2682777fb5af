"""Which table, field, list and code of a year holds each role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.spec.roles import FieldRole, ListRole, Role, TableRole, all_roles

TypesByTable: TypeAlias = Mapping[str, Mapping[str, str]]
"""The types of all fields, by table id and field id."""
CodesByList: TypeAlias = Mapping[str, Collection[str]]
"""The codes of all lists, by the list's id."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The ids that hold the roles of one year. A role that is not among them has no holder: the
    year does not ask for it."""

    ids: Mapping[Role, str]

    def has(self, *roles: Role) -> bool:
        """Whether all these roles have a holder."""
        return all(role in self.ids for role in roles)

    def __getitem__(self, role: Role) -> str:
        """The id of a role's holder. Raises KeyError when the year does not ask for it: who needs a
        role says so, and is left out where it is missing."""
        return self.ids[role]


def bind(types: TypesByTable, codes: CodesByList, given: Mapping[str, str]) -> Bindings:
    """The holders of all roles: what `given` says of them (id by the role's key), or else what has
    the usual id."""
    found: dict[Role, str] = {}
    for role in all_roles():  # a field's table and a code's list are declared before it
        name = given.get(role.key, role.default)
        if _is_there(role, name, found, types, codes):
            found[role] = name
    return Bindings(found)


def _is_there(
    role: Role, name: str, found: Mapping[Role, str], types: TypesByTable, codes: CodesByList
) -> bool:
    """Whether something that can hold the role has that id."""
    if isinstance(role, TableRole):
        return name in types
    if isinstance(role, ListRole):
        return name in codes
    if isinstance(role, FieldRole):
        fields = types.get(found.get(role.table, ""), {})
        return fields.get(name) in role.types
    return name in codes.get(found.get(role.list, ""), ())
