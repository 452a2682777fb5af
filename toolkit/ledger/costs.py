"""What the sums of a ledger are of costs: by kind, by sign, and what does not burden the
appropriation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from toolkit.ledger.entries import AccountChart
from toolkit.ledger.keys import Booked

BookingKey = tuple[str, str, str]
"""Account, code and post of a transaction."""


def slack_of(
    sums: Mapping[BookingKey, Booked], costs: Mapping[BookingKey, str | None], half: Decimal
) -> dict[BookingKey, Decimal]:
    """What rounding may have taken from each sum."""
    return added({key: found.count * half for key, found in sums.items()}, costs)


def count_of(sums: Mapping[BookingKey, Booked]) -> int:
    """How many transactions there are."""
    return sum(found.count for found in sums.values())


def kronor_of(sums: Mapping[BookingKey, Booked]) -> Decimal:
    """What they come to."""
    return sum((found.rest for found in sums.values()), Decimal(0))


def signs_of(
    sums: Mapping[BookingKey, Booked], costs: Mapping[BookingKey, str | None]
) -> tuple[int, int]:
    """How many transactions on cost accounts stand in sums below zero, and above."""
    paid = [found for key, found in sums.items() if costs[key] is not None]
    return _rows_of(paid, -1), _rows_of(paid, 1)


def bridged(
    sums: Mapping[BookingKey, Booked], costs: Mapping[BookingKey, str | None], chart: AccountChart
) -> dict[BookingKey, Decimal]:
    """The costs that do not burden the appropriation, by code, post and why. Who has paid goes
    before what it is: the same krona is told once."""
    found: dict[BookingKey, Decimal] = {}
    for (account, code, post), one in sums.items():
        is_cost, kept = costs[account, code, post] is not None, chart.bridge_of(account)
        paid = chart.financing_of(post) if is_cost else ""
        why = paid or (kept.name if kept is not None and kept.deducted else "")
        if why:
            key = (code, post, why)
            found[key] = found.get(key, Decimal(0)) + _unpaid(one.rest, is_cost=is_cost)
    return found


def candidates(
    sums: Mapping[BookingKey, Booked], costs: Mapping[BookingKey, str | None], chart: AccountChart
) -> dict[BookingKey, Decimal]:
    """What may be why costs do not burden the appropriation, and is not taken off."""
    found: dict[BookingKey, Decimal] = {}
    for (account, code, post), one in sums.items():
        kept = chart.bridge_of(account)
        if kept is not None and not kept.deducted:
            key = (code, post, kept.name)
            is_cost = costs[account, code, post] is not None
            found[key] = found.get(key, Decimal(0)) + _unpaid(one.rest, is_cost=is_cost)
    return found


def _unpaid(amount: Decimal, *, is_cost: bool) -> Decimal:
    """What a cost account, or an account of the balance sheet, says of costs that are not paid: a
    debt is below zero."""
    return amount if is_cost else -amount


def _rows_of(sums: Iterable[Booked], sign: int) -> int:
    return sum(one.count for one in sums if one.rest * sign > 0)


def added(
    amounts: Mapping[BookingKey, Decimal], costs: Mapping[BookingKey, str | None]
) -> dict[BookingKey, Decimal]:
    """Kronor by code, kind and post; other accounts than costs are left out."""
    booked: dict[BookingKey, Decimal] = {}
    for key, amount in amounts.items():
        kind = costs[key]
        if kind is not None:
            name = (key[1], kind, key[2])
            booked[name] = booked.get(name, Decimal(0)) + amount
    return booked
