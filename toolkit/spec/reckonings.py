"""Computed fields whose role says how they are reckoned: a county whose figures tie would be asked
about a difference that is the formula's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.spec.faults import FieldPlace, SpecFault, fault, fields_of
from toolkit.spec.fields import Computed
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    APPROPRIATION_DIFFERENCE,
    APPROPRIATION_ITEM,
    APPROPRIATION_SPENT,
    APPROPRIATION_SUM,
    LEDGER_BOOKED,
    LEDGER_CODE,
    LEDGER_DIFFERENCE,
    LEDGER_SUM,
    SPEND,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_ITEM,
    FieldRole,
)


class _SumOfSpend(NamedTuple):
    """A sum of the lines of spend that have in one field what the row has in another."""

    sum: FieldRole
    theirs: FieldRole
    own: FieldRole


class _Difference(NamedTuple):
    difference: FieldRole
    stated: FieldRole
    sum: FieldRole


_SUMS = (
    _SumOfSpend(LEDGER_SUM, SPEND_CODE, LEDGER_CODE),
    _SumOfSpend(APPROPRIATION_SUM, SPEND_ITEM, APPROPRIATION_ITEM),
)
_DIFFERENCES = (
    _Difference(LEDGER_DIFFERENCE, LEDGER_BOOKED, LEDGER_SUM),
    _Difference(APPROPRIATION_DIFFERENCE, APPROPRIATION_SPENT, APPROPRIATION_SUM),
)


def misreckoned(spec: Spec) -> Iterator[SpecFault]:
    """Sums and differences with a role that are reckoned as something else."""
    for one in _SUMS:
        if spec.bound.has(*one, SPEND_AMOUNT):
            yield from _sum(spec, one)
    for other in _DIFFERENCES:
        if spec.bound.has(*other):
            yield from _difference(spec, other)


def _sum(spec: Spec, one: _SumOfSpend) -> Iterator[SpecFault]:
    rule, bound = spec.field_of(one.sum).computed, spec.bound
    amount = f"{bound[SPEND]}.{bound[SPEND_AMOUNT]}"
    theirs, own = bound[one.theirs], bound[one.own]
    if rule is None or (rule.sum_of == amount and rule.where.get(theirs) == own):
        return
    wanted = f"{{sum_of: {amount}, where: {{{theirs}: {own}}}}}"
    yield from _told(spec, one.sum, wanted)


def _difference(spec: Spec, one: _Difference) -> Iterator[SpecFault]:
    rule = spec.field_of(one.difference).computed
    stated, summed = spec.bound[one.stated], spec.bound[one.sum]
    if rule is not None and rule != Computed(plus=(stated,), minus=(summed,)):
        yield from _told(spec, one.difference, f"{{plus: [{stated}], minus: [{summed}]}}")


def _told(spec: Spec, role: FieldRole, wanted: str) -> Iterator[SpecFault]:
    place = _place_of(spec, role)
    if place is not None:
        told = {"falt": place.name, "roll": role, "ska": wanted}
        yield fault((*place.place, "computed"), "roll.raknas", **told)


def _place_of(spec: Spec, role: FieldRole) -> FieldPlace | None:
    field = spec.field_of(role)
    return next((one for one in fields_of(spec) if one.field is field), None)
