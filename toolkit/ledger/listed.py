"""What has been added up of the sheets of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

RawKey = tuple[object, ...]
"""Account, code and post as they stand in the cells, and the counterpart where the file tells it:
the text of each is made once a key, not once a line."""
_LEVELS = 4  # of subtotals within subtotals


@dataclass(slots=True)
class Sum:
    """What has been booked under one key so far."""

    ore: int = 0
    count: int = 0
    rest: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        """Kronor."""
        return Decimal(self.ore).scaleb(-2) + self.rest


class Listed(NamedTuple):
    """What one sheet came to, the sums that it states, and its days and periods as they stand."""

    sums: Mapping[RawKey, Decimal]
    stated: tuple[Decimal, ...]
    name: str = ""
    days: frozenset[object] = frozenset()

    def is_apart(self, other: Listed) -> bool:
        """Whether it has other days than another sheet, each of them some."""
        return bool(self.days and other.days) and self.days.isdisjoint(other.days)

    @property
    def total(self) -> Decimal:
        """All of its transactions."""
        return sum(self.sums.values(), Decimal(0))

    @property
    def own(self) -> Decimal | None:
        """The sum that it says it has. Of several the one that it comes to, for the others may be
        those of its parts; the last when it comes to none."""
        if not self.stated:
            return None
        parts = (*self.stated, sum(self.stated, Decimal(0)))
        return self.total if self.total in parts else self.stated[-1]

    @property
    def certain(self) -> bool:
        """Whether its own sum is the one of all: of several the last, when those before it are its
        parts (once, or in as many levels as there are), or all of them together."""
        if not self.stated:
            return False
        *parts, last = self.stated
        whole, inner = sum(self.stated, Decimal(0)), sum(parts, Decimal(0))
        levels = [last * level for level in range(_LEVELS)]
        return self.total == whole or (self.total == last and inner in levels)


def of_three(sums: Mapping[RawKey, tuple[Decimal, int]]) -> dict[RawKey, tuple[Decimal, int]]:
    """Kronor and rows by account, code and post, whoever they are with."""
    found: dict[RawKey, tuple[Decimal, int]] = {}
    for key, (amount, count) in sums.items():
        before = found.get(key[:3], (Decimal(0), 0))
        found[key[:3]] = before[0] + amount, before[1] + count
    return found
