"""Costs that several share: the county's part, the whole, and overhead in and out of the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from toolkit.analysis.merge import Dataset

Row = Mapping[str, Any]
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

    row: Row
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
    rows = data.rows("ekonomi")
    return [
        _shared(row)
        for row in rows
        if isinstance(row["andel"], Decimal) or row["kostnadsslag"] == OVERHEAD
    ]


def _shared(row: Row) -> SharedCost:
    share = row["andel"] if isinstance(row["andel"], Decimal) else None
    part = row["utfall"] if isinstance(row["utfall"], Decimal) else Decimal(0)
    ground = row["grund"] if isinstance(row["grund"], str) else ""
    kind = row["slag"] if row["slag"] in KINDS else ""
    overhead = row["kostnadsslag"] == OVERHEAD
    doubts = {
        "andel_utanfor": share is not None and not 0 <= share <= 100,
        "andel_noll": share == 0 and part != 0,
        "grund_saknas": not ground,
        "slag_saknas": not kind,
    }
    found = tuple(name for name, doubtful in doubts.items() if doubtful)
    return SharedCost(row, kind, overhead, share, ground, part, _whole(part, share), found)


def _whole(part: Decimal, share: Decimal | None) -> Decimal | None:
    if share is None:
        return part
    return (part * 100 / share).quantize(_ORE, ROUND_HALF_UP) if share else None


def shared_sum(costs: Iterable[SharedCost], kind: str, *, overhead: bool) -> SharedSum:
    """The sums of one kind (utgift or kostnad), for overhead or for the rest."""
    own = [cost for cost in costs if (cost.kind, cost.overhead) == (kind, overhead)]
    known = (cost.whole for cost in own if cost.whole is not None)
    return SharedSum(sum((cost.part for cost in own), Decimal(0)), sum(known, Decimal(0)))
