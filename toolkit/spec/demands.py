"""Whether what a field demands of its answers can be met, and means anything: bounds, lengths,
patterns, units, and answers that may stand only once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import filterfalse

from toolkit.spec.faults import FieldPlace, SpecFault, fault
from toolkit.spec.fields import Bounds
from toolkit.spec.model import NUMERIC, Spec
from toolkit.spec.patterns import may_never_end, misunderstood
from toolkit.words.amounts import is_whole
from toolkit.words.celltext import plain

_WIDEST = 255  # characters; Excel's widest column
_MOST_CHOICES = 20  # columns of one field; nobody answers in more
_TEXTS = {"text", "id"}
_WHOLE = {"integer", "year"}
_SEVERAL = {"codes", "refs"}
_UNITS = {"amount": ("", "kr"), "share": ("", "%", "procent")}
_OF_ANSWERS = ("required", "unique", "minimum", "maximum")
_PER_CENT = Bounds(0, 100)


def impossible_demands(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    """What a field asks that no answer could meet, or that would ask nothing."""
    yield from _bounds(one)
    yield from _choices(spec, one)
    yield from _demands_of_reckoned(one)
    yield from _unit(one)
    if one.field.unique and one.field.type in _SEVERAL:
        yield fault((*one.place, "unique"), "slag.unik_flera", plats=one.name, typ=one.field.type)


def _bounds(one: FieldPlace) -> Iterator[SpecFault]:
    field, place, name = one.field, one.place, one.name
    if not plain(field.label).strip():
        yield fault((*place, "label"), "text.tom")
    if not 1 <= field.width <= _WIDEST:
        yield fault((*place, "width"), "grans.bredd", plats=name)
    yield from _value_bounds(one)
    yield from _length_bounds(one)


def _choices(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    """How many columns a field has: each holds another answer of its list."""
    field, place = one.field, (*one.place, "choices")
    if not 1 <= field.choices <= _MOST_CHOICES:
        yield fault(place, "grans.val", plats=one.name, flest=_MOST_CHOICES)
        return
    codes = spec.list_for(field)
    count = len(codes.valid_in(spec.year)) if codes else 0
    if 0 < count < field.choices:
        told = {"antal": field.choices, "lista": field.list, "koder": count}
        yield fault(place, "grans.val_koder", plats=one.name, **told)


def _length_bounds(one: FieldPlace) -> Iterator[SpecFault]:
    lengths = one.field.lengths
    if lengths.given and one.field.type not in _TEXTS:
        yield fault(one.place, "grans.inte_text", plats=one.name)
    if lengths.are_crossed:
        place, said = (*one.place, "min_length"), {"minst": lengths.low, "hogst": lengths.high}
        yield fault(place, "grans.langd", plats=one.name, **said)


def wrong_pattern(one: FieldPlace) -> Iterator[SpecFault]:
    """A pattern that cannot be tried, or that nothing would be tried with: numbers, dates and
    answers out of a list are no texts once they are read."""
    pattern, place = one.field.pattern, (*one.place, "pattern")
    if pattern is None:
        return
    if one.field.type not in _TEXTS:
        yield fault(place, "grans.monster_typ", plats=one.name, typ=one.field.type)
        return
    sign = misunderstood(pattern)
    if sign is not None:
        yield fault(place, "grans.monster", plats=one.name, monster=pattern, tecken=sign)
    elif may_never_end(pattern):
        yield fault(place, "grans.utan_slut", plats=one.name, monster=pattern)


def _value_bounds(one: FieldPlace) -> Iterator[SpecFault]:
    bounds = one.field.bounds
    if bounds.given:
        yield from _kind_of_bounds(one, bounds.given)
    if bounds.are_crossed:
        place, said = (*one.place, "minimum"), {"minst": bounds.low, "hogst": bounds.high}
        yield fault(place, "grans.varde", plats=one.name, **said)


def _kind_of_bounds(one: FieldPlace, given: Sequence[Decimal | int]) -> Iterator[SpecFault]:
    """Bounds are for numbers and dates; a date's are written 20201231, a share's are per cent."""
    kind, place, name = one.field.type, one.place, one.name
    if kind == "date":
        for bound in filterfalse(_day, given):
            yield fault(place, "grans.datum", plats=name, varde=bound)
    elif kind == "share":
        if not all(map(_PER_CENT.hold, given)):
            yield fault(place, "grans.andel", plats=name)
    elif kind in _WHOLE:
        for bound in filterfalse(is_whole, map(Decimal, given)):
            yield fault(place, "grans.heltal", plats=name, varde=bound)
    elif kind not in NUMERIC:
        yield fault(place, "grans.inte_tal", plats=name)


def _day(bound: Decimal | int) -> date | None:
    """The date that a bound such as 20201231 stands for."""
    try:
        return date.fromisoformat(f"{int(bound):08d}")
    except ValueError:
        return None


def _unit(one: FieldPlace) -> Iterator[SpecFault]:
    """Amounts are kronor and shares per cent wherever they are reckoned with."""
    units = _UNITS.get(one.field.type)
    if units and one.field.unit not in units:
        told = {"plats": one.name, "typ": one.field.type, "enhet": one.field.unit}
        yield fault((*one.place, "unit"), "slag.enhet", ska=units[-1], **told)


def _demands_of_reckoned(one: FieldPlace) -> Iterator[SpecFault]:
    """What is asked of those who fill in a field cannot be asked of one that is reckoned."""
    if one.field.computed is None:
        return
    for key in _OF_ANSWERS:
        demand = getattr(one.field, key)
        if demand is not None and demand is not False:
            yield fault((*one.place, key), "slag.ifyllt", plats=one.name, nyckel=key)
