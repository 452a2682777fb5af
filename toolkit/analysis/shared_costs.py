"""Costs that several share: the county's part, the whole, and overhead in and out of the sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import Need
from toolkit.analysis.records import SpendLine
from toolkit.spec.bindings import Bindings
from toolkit.spec.roles import (
    COST,
    EXPENDITURE,
    OVERHEAD,
    SPEND_AMOUNT,
    SPEND_BASIS,
    SPEND_KIND,
    SPEND_NATURE,
    SPEND_SHARE,
    CodeRole,
)

SHARED_NEEDS: tuple[Need, ...] = (
    SPEND_AMOUNT,
    SPEND_SHARE,
    SPEND_BASIS,
    SPEND_NATURE,
    SPEND_KIND,
    OVERHEAD,
    EXPENDITURE,
    COST,
)
NATURES = (EXPENDITURE, COST)  # utgift and kostnad are never added up together
_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SharedCost:
    """One line of Ekonomi that is shared or overhead. `part` is what the county has booked, `whole`
    what the whole cost comes to by the share (None where the share is nothing); without a share the
    county bears it all. `kind` says whether it is utgift or kostnad, None where that is not known.

    `doubts` are names of what to look into: andel_utanfor, andel_noll, grund_saknas,
    slag_saknas."""

    line: SpendLine
    kind: CodeRole | None
    overhead: bool
    share: Decimal | None
    ground: str
    part: Decimal
    whole: Decimal | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedSum:
    """The sum of parts and of wholes."""

    part: Decimal
    whole: Decimal


def shared_costs(data: Dataset) -> list[SharedCost]:
    """Every line with a share, and all overhead, in the order of the counties. Raises KeyError in
    a year without a code for overhead."""
    bound = data.year.spec.bound
    overhead = bound[OVERHEAD]
    return [
        _shared(line, bound)
        for line in data.spend
        if isinstance(line.share, Decimal) or line.kind == overhead
    ]


def _shared(line: SpendLine, bound: Bindings) -> SharedCost:
    share = line.share if isinstance(line.share, Decimal) else None
    ground = line.ground if isinstance(line.ground, str) else ""
    kind = next((nature for nature in NATURES if line.basis == bound[nature]), None)
    part = line.spent
    doubts = {
        "andel_utanfor": share is not None and not 0 <= share <= 100,
        "andel_noll": share == 0 and part != 0,
        "grund_saknas": not ground,
        "slag_saknas": kind is None,
    }
    return SharedCost(
        line,
        kind,
        line.kind == bound[OVERHEAD],
        share,
        ground,
        part,
        _whole(part, share),
        tuple(name for name, doubtful in doubts.items() if doubtful),
    )


def _whole(part: Decimal, share: Decimal | None) -> Decimal | None:
    if share is None:
        return part
    return (part * 100 / share).quantize(_ORE, ROUND_HALF_UP) if share else None


def shared_sum(costs: Iterable[SharedCost], kind: CodeRole, *, overhead: bool) -> SharedSum:
    """The sums of one kind (utgift or kostnad), for overhead or for the rest."""
    own = [cost for cost in costs if (cost.kind, cost.overhead) == (kind, overhead)]
    parts = sum((cost.part for cost in own), Decimal(0))
    wholes = (cost.whole for cost in own if cost.whole is not None)
    return SharedSum(parts, sum(wholes, Decimal(0)))
