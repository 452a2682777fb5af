"""Roles that cannot be held by what they are given to."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.spec.faults import SpecFault, fault, fields_of, meant, tables_of
from toolkit.spec.model import Spec
from toolkit.spec.roles import DECLARED, RESPONDENTS


def misbound(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with a spec's `roles`, and fields that have a role's usual id but cannot hold
    it."""
    if not spec.bound.has(RESPONDENTS) and RESPONDENTS not in spec.roles:
        usual = DECLARED[RESPONDENTS].default
        yield fault(("codelists",), "roll.kravs", namn=usual, roll=RESPONDENTS)
    yield from _given(spec)
    for key, role in DECLARED.items():
        if role.kind == "field" and key not in spec.roles and spec.bound.has(role.within):
            yield from _of_another_type(spec, key)


def _given(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the spec's own `roles`."""
    for key, name in spec.roles.items():
        place = ("roles", key)
        if key not in DECLARED:
            yield fault(place, "roll.okand", roll=key, menade=meant(key, DECLARED))
        elif not spec.bound.has(key):
            yield fault(place, "roll.saknas", roll=key, namn=name)
    yield from _named_as_another(spec)


def _named_as_another(spec: Spec) -> Iterator[SpecFault]:
    for one in tables_of(spec):
        # A table can be asked for by its id or its role: one name must not mean two tables.
        name = one.table.id
        if name in DECLARED and spec.bound.of(name) != name:
            yield fault((*one.place, "id"), "roll.namn", namn=name)


def _of_another_type(spec: Spec, key: str) -> Iterator[SpecFault]:
    """A column called `utfall` that is no amount is most likely a mistake, and would be left out of
    all sums without a word."""
    role = DECLARED[key]
    address = f"{spec.bound[role.within]}.{role.default}"
    for one in fields_of(spec):
        if one.name == address and one.field.type not in role.types:
            types = ", ".join(sorted(role.types))
            yield fault((*one.place, "type"), "roll.slag", falt=address, slag=types, roll=key)


def unasked_roles(spec: Spec) -> list[str]:
    """The roles that nothing holds this year, in the order in which they are declared."""
    return [key for key in DECLARED if not spec.bound.has(key)]
