"""Roles that cannot be held by what they are given to."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import CodeList
from toolkit.spec.faults import FieldPlace, SpecFault, fault, fields_of, meant, tables_of
from toolkit.spec.model import Spec
from toolkit.spec.roles import ANSWERED_FROM, DECLARED, RESPONDENTS, RETURN, YES, YES_NO, ListRole


def misbound(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with a spec's `roles`, and fields that have a role's usual id but cannot hold
    it."""
    if not spec.bound.has(RESPONDENTS) and RESPONDENTS not in spec.roles:
        usual = DECLARED[RESPONDENTS].default
        yield fault(("codelists",), "roll.kravs", namn=usual, roll=RESPONDENTS)
    yield from _no_form(spec)
    yield from _given(spec)
    yield from _held_twice(spec)
    yield from _answered_from_another(spec)
    yield from _by_usual_ids(spec)


def _by_usual_ids(spec: Spec) -> Iterator[SpecFault]:
    """Fields that have a role's usual id, where the spec does not say what holds the role."""
    fields = {one.name: one for one in fields_of(spec)}
    for key, role in DECLARED.items():
        if role.kind == "field" and key not in spec.roles and spec.bound.has(role.within):
            found = fields.get(f"{spec.bound[role.within]}.{role.default}")
            if found is not None:
                yield from _of_another_type(found, key)


def _no_form(spec: Spec) -> Iterator[SpecFault]:
    """Whose a return is stands in a form: a fresh copy is filled in from there, and a file's county
    is read there."""
    if not spec.bound.has(RETURN):
        if RETURN not in spec.roles:
            yield fault(("sheets",), "roll.formular", namn=DECLARED[RETURN].default, roll=RETURN)
        return
    for one in tables_of(spec):
        if one.table.id == spec.bound[RETURN] and one.table.kind != "form":
            yield fault((*one.place, "kind"), "roll.inget_formular", namn=one.table.id, roll=RETURN)


def _given(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the spec's own `roles`."""
    for key, name in spec.roles.items():
        place = ("roles", key)
        if key not in DECLARED:
            yield fault(place, "roll.okand", roll=key, menade=meant(key, DECLARED))
        elif not spec.bound.has(key):
            yield fault(place, "roll.saknas", roll=key, namn=name)
    yield from _named_as_another(spec)


def _held_twice(spec: Spec) -> Iterator[SpecFault]:
    """What has two roles: the same sum would be budget and spend, one table's rows another's."""
    holders: dict[tuple[str, str, str], str] = {}
    for key, name in spec.bound.ids.items():
        role = DECLARED[key]
        if role.kind == "list":
            continue  # a list may answer several questions
        other = holders.setdefault((role.kind, role.within, name), key)
        if other != key:
            place = ("roles", key if key in spec.roles else other)
            shown = f"{spec.bound[role.within]}.{name}" if role.within else name
            yield fault(place, "roll.samma", namn=shown, roll=other, annan=key)


def _answered_from_another(spec: Spec) -> Iterator[SpecFault]:
    """A role's field that is answered from another list than the role's own: its codes would be
    counted with, and never be answered."""
    for key, fields in ANSWERED_FROM.items():
        for field in fields:
            if not spec.bound.has(key, field) or spec.field_of(field).list not in spec.lists:
                continue  # a list that is not there is told of the field
            if not _counts_alike(spec, key, spec.answers_of(field)):
                address = f"{spec.bound[DECLARED[field].within]}.{spec.bound[field]}"
                told = {"roll": key, "lista": spec.bound[key], "svar": spec.field_of(field).list}
                yield fault(_place_of(spec, key, address), "roll.lista", falt=address, **told)


def _counts_alike(spec: Spec, key: ListRole, answers: CodeList) -> bool:
    """Whether answers from a list can be counted with as a role's. Of yes and no nothing but yes is
    asked for: `vet ej` may stand beside them."""
    if key == YES_NO and spec.bound.has(YES):
        return spec.bound[YES] in answers.by_code
    return answers.id == spec.bound[key]


def _place_of(spec: Spec, key: str, address: str) -> Path_:
    """Where a list has got its role: below `roles`, or by being its field's neighbour."""
    if key in spec.roles:
        return ("roles", key)
    return next((*one.place, "list") for one in fields_of(spec) if one.name == address)


def _named_as_another(spec: Spec) -> Iterator[SpecFault]:
    for one in tables_of(spec):
        # A table can be asked for by its id or its role: one name must not mean two tables.
        name = one.table.id
        if name in DECLARED and spec.bound.of(name) != name:
            yield fault((*one.place, "id"), "roll.namn", namn=name)


def _of_another_type(one: FieldPlace, key: str) -> Iterator[SpecFault]:
    """A column called `utfall` that is no amount is most likely a mistake, and would be left out of
    all sums without a word."""
    role = DECLARED[key]
    if one.field.type not in role.types:
        types = ", ".join(sorted(role.types))
        yield fault((*one.place, "type"), "roll.slag", falt=one.name, slag=types, roll=key)


def unasked_roles(spec: Spec) -> list[str]:
    """The roles that nothing holds this year, in the order in which they are declared."""
    return [key for key in DECLARED if not spec.bound.has(key)]
