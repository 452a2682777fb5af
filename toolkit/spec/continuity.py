"""Whether a code of two years is the same thing. What it is called does not decide that; how it is
counted does."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.spec.codefacts import IndicatorFacts
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.spec.roles import INDICATORS

_COUNTED = ("unit", "persons", "summed", "sort")
"""What makes an indicator another one: its unit, whether it is persons that are counted, how a
respondent's rows become its number, and which sort of indicator it is. Decimals and the highest
value are about how a number is written, and the source is about who has it."""


def counted_otherwise(was: Code, now: Code) -> list[str]:
    """What of how an indicator is counted differs between two years; nothing where its numbers can
    be laid beside each other."""
    before, after = was.as_indicator, now.as_indicator
    return [name for name in _COUNTED if _fact(before, name) != _fact(after, name)]


def _fact(facts: IndicatorFacts, name: str) -> object:
    value = getattr(facts, name)
    return value.strip().casefold() if isinstance(value, str) else value


def is_comparable(before: Spec, now: Spec, indicator: str) -> bool:
    """Whether an indicator's number of an earlier year can stand beside the later year's. One that
    either year does not have is none that was counted otherwise."""
    if not (before.bound.has(INDICATORS) and now.bound.has(INDICATORS)):
        return True
    was = before.list_of(INDICATORS).by_code.get(indicator)
    code = now.list_of(INDICATORS).by_code.get(indicator)
    return was is None or code is None or not counted_otherwise(was, code)


def counted_anew(before: Spec, now: Spec) -> frozenset[str]:
    """The indicators that a year counts otherwise than an earlier one, by their codes."""
    if not now.bound.has(INDICATORS):
        return frozenset()
    codes = (code.code for code in now.list_of(INDICATORS).valid_in(now.year))
    return frozenset(code for code in codes if not is_comparable(before, now, code))


def attribute_changes(was: Code, now: Code) -> Iterator[tuple[str, str, str]]:
    """Each attribute of a code that is not the same: its name, and what it was and is."""
    for name in {**was.attributes, **now.attributes}:
        before, after = was.attributes.get(name, ""), now.attributes.get(name, "")
        if before != after:
            yield name, before, after
