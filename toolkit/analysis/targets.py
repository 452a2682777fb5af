"""How numbers stand to their targets. A target says what is to be reached, and not from where: that
is told by the number of the year before, and by nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.records import Amount, IndicatorValue


class Targets(NamedTuple):
    """Of how many numbers there is a target (`alla`), of how many of these it is known in which
    direction it lies (`kanda`), and how many of these have reached it (`natt`)."""

    alla: int
    kanda: int
    natt: int


def reaches(before: Amount | None, value: Decimal, target: Decimal) -> bool | None:
    """Whether a target is reached: by a number as high where last year's was lower than the target,
    and by one as low where it was higher. None where nothing tells which."""
    if value == target:
        return True
    if not isinstance(before, Decimal) or before == target:
        return None
    return value > target if before < target else value < target


def targets_of(values: Iterable[IndicatorValue], counted_anew: Collection[str]) -> Targets:
    """How the numbers stand to their targets. `counted_anew` are the indicators that last year
    counted otherwise: its number says nothing of this year's target."""
    found: list[bool | None] = []
    for one in values:
        if isinstance(one.value, Decimal) and isinstance(one.target, Decimal):
            is_alike = one.indicator not in counted_anew
            before = one.before if is_alike else None
            found.append(reaches(before, one.value, one.target))
    known = [one for one in found if one is not None]
    return Targets(len(found), len(known), sum(known))
