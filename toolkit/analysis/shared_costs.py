"""Costs that several share: the county's part, the whole, and overhead in and out of the sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import SpendLine

OVERHEAD = "OH"
KINDS = ("U", "K")  # utgift and kostnad are never added up together
_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SharedCost:
    """One line of Ekonomi that is shared or overhead. `part` is what the county has booked, `whole`
    what the whole cost comes to by the share (None where the share is nothing); without a share the
    county bears it all.

    `doubts` are names of what to look into: andel_utanfor, andel_noll, grund_saknas,
    slag_saknas."""

    line: SpendLine
    kind: str
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
    """Every line with a share, and all overhead, in the order of the counties."""
    return [
        _shared(line)
        for line in data.spend
        if isinstance(line.share, Decimal) or line.kind == OVERHEAD
    ]


def _shared(line: SpendLine) -> SharedCost:
    share = line.share if isinstance(line.share, Decimal) else None
    ground = line.ground if isinstance(line.ground, str) else ""
    kind = line.basis if isinstance(line.basis, str) and line.basis in KINDS else ""
    part = line.spent
    doubts = {
        "andel_utanfor": share is not None and not 0 <= share <= 100,
        "andel_noll": share == 0 and part != 0,
        "grund_saknas": not ground,
        "slag_saknas": not kind,
    }
    return SharedCost(
        line,
        kind,
        line.kind == OVERHEAD,
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


def shared_sum(costs: Iterable[SharedCost], kind: str, *, overhead: bool) -> SharedSum:
    """The sums of one kind (utgift or kostnad), for overhead or for the rest."""
    own = [cost for cost in costs if (cost.kind, cost.overhead) == (kind, overhead)]
    parts = sum((cost.part for cost in own), Decimal(0))
    wholes = (cost.whole for cost in own if cost.whole is not None)
    return SharedSum(parts, sum(wholes, Decimal(0)))
