"""Fields by which the rows of two tables are put together (`where` of a computed sum): what can
never be equal would give a sum of nothing, in the template and in the check alike."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.spec.faults import FieldPlace, SpecFault, fault
from toolkit.spec.model import NUMERIC, Spec

_SEVERAL = {"codes", "refs"}


def unlike(spec: Spec, name: str, there: FieldPlace, here: FieldPlace) -> Iterator[SpecFault]:
    """What keeps the field of another table from being equal to a field of this one. `name` is the
    field that the sum stands in; what is wrong is told at the place of `here`."""
    said = {"plats": name, "falt": there.name, "annat": here.name}
    kinds = {there.field.type, here.field.type}
    if kinds & _SEVERAL:
        yield fault(here.place, "slag.flera", **said)
    elif kinds == {"code"}:
        yield from _lists(spec, there, here, said)
    elif _sort(there) != _sort(here):
        yield fault(here.place, "slag.olika", **said)


def _sort(one: FieldPlace) -> str:
    """What a field's answers can be equal to: numbers of any type to each other, an id to what
    refers to it."""
    if one.field.type in NUMERIC:
        return "number"
    return {"id": one.name, "ref": one.field.ref or ""}.get(one.field.type, one.field.type)


def _lists(
    spec: Spec, there: FieldPlace, here: FieldPlace, said: dict[str, str]
) -> Iterator[SpecFault]:
    """Two lists may differ where every code that is asked about can be answered with."""
    far, near = spec.list_for(there.field), spec.list_for(here.field)
    if far is None or near is None:
        return  # what is not there has been told
    lacking = [code for code in near.by_code if code not in far.by_code]
    if lacking:
        lists = {"lista": far.id, "annan": near.id, "kod": lacking[0]}
        yield fault(here.place, "slag.listor", **said, **lists)
