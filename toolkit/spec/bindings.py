"""Which table, field, list and code of a year holds each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.spec.roles import FieldRole, ListRole, Role, TableRole, all_roles

if TYPE_CHECKING:  # the spec itself is made of these
    from toolkit.spec.codelists import CodeList
    from toolkit.spec.model import TableSpec


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


def bind(
    tables: Mapping[str, TableSpec], lists: Mapping[str, CodeList], given: Mapping[str, str]
) -> Bindings:
    """The holders of all roles: what `given` says of them (id by the role's key), or else what has
    the usual id."""
    found: dict[Role, str] = {}
    for role in all_roles():  # a field's table and a code's list are declared before it
        name = given.get(role.key, role.default)
        if _is_there(role, name, found, tables, lists):
            found[role] = name
    return Bindings(found)


def _is_there(
    role: Role, name: str, found: Mapping[Role, str],
    tables: Mapping[str, TableSpec], lists: Mapping[str, CodeList],
) -> bool:  # fmt: skip
    """Whether something that can hold the role has that id."""
    if isinstance(role, TableRole):
        return name in tables
    if isinstance(role, ListRole):
        return name in lists
    if isinstance(role, FieldRole):
        table = tables.get(found.get(role.table, ""))
        field = table.by_id.get(name) if table is not None else None
        return field is not None and field.type in role.types
    codelist = lists.get(found.get(role.list, ""))
    return codelist is not None and name in codelist.by_code
