"""Roles that cannot be held by what they are given to."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.spec.faults import SpecFault, fault, fields_of, meant
from toolkit.spec.model import Spec
from toolkit.spec.roles import FieldRole, Role, all_roles


def misbound(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with a spec's `roles`, and fields that have a role's usual id but cannot hold
    it."""
    known = {role.key: role for role in all_roles()}
    for key, name in spec.roles.items():
        place = ("roles", key)
        role = known.get(key)
        if role is None:
            yield fault(place, "roll.okand", roll=key, menade=meant(key, known))
        elif not spec.bound.has(role):
            yield fault(place, "roll.saknas", roll=key, namn=name)
    for role in known.values():
        if isinstance(role, FieldRole) and role.key not in spec.roles:
            yield from _of_another_type(spec, role)


def _of_another_type(spec: Spec, role: FieldRole) -> Iterator[SpecFault]:
    """A column called `utfall` that is no amount is most likely a mistake, and would be left out of
    all sums without a word."""
    if not spec.bound.has(role.table):
        return
    table = spec.bound[role.table]
    for one in fields_of(spec):
        if one.name == f"{table}.{role.default}" and one.field.type not in role.types:
            types = ", ".join(sorted(role.types))
            place = (*one.place, "type")
            yield fault(place, "roll.slag", falt=one.name, slag=types, roll=role.key)


def unasked_roles(spec: Spec) -> list[Role]:
    """The roles that nothing holds this year, in the order in which they are declared."""
    return [role for role in all_roles() if not spec.bound.has(role)]
