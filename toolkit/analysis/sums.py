"""Sums of kronor, where what comes to nought of amounts that are something is not the same as
nothing: it is printed as 0, and nothing as a dash."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


class EvenedOut(Decimal):
    """A sum of nought of amounts that are not nought: 100 kr and a refund of 100 kr."""

    __slots__ = ()


def added(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts in kronor. Where it is nought though some of them are not, `is_something`
    still says that there is something.

    >>> [is_something(added(map(Decimal, one))) for one in ([0, 0], [100, -100], [100], [])]
    [False, True, True, False]
    """
    parts = list(amounts)
    total = sum(parts, Decimal(0))
    return EvenedOut(0) if not total and any(map(is_something, parts)) else total


def is_something(amount: Decimal | None) -> bool:
    """Whether there is an amount: one that is not nought, or several that even out."""
    return bool(amount) or isinstance(amount, EvenedOut)
