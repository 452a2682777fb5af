"""Costs that several share: the county's part, the whole, and overhead in and out of the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from toolkit.words.amounts import tolerance
from toolkit.words.swedish import fold

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
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class SharedCost:
    """One line of Ekonomi that is shared or overhead. `part` is what the county has booked, `whole`
    what the whole cost comes to by the share (None where the share is nothing); without a share the
    county bears it all. `kind` says whether it is utgift or kostnad, None where that is not known.

    `doubts` are names of what to look into: andel_utanfor, andel_noll, grund_saknas, slag_saknas,
    andel_over, andel_under and andel_kanske. Lines that are shares of one cost have its whole once,
    on the first of them: `first` is that line, on the others."""

    line: SpendLine
    kind: CodeRole | None
    overhead: bool
    share: Decimal | None
    ground: str
    part: Decimal
    whole: Decimal | None
    doubts: tuple[str, ...]
    first: SpendLine | None = None


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
    found = [
        _shared(line, bound)
        for line in data.spend
        if isinstance(line.share, Decimal) or line.kind == overhead
    ]
    return _counted_once(found)


def _counted_once(costs: Sequence[SharedCost]) -> list[SharedCost]:
    """The same, where lines that are shares of one cost have its whole on the first of them alone.

    Equal wholes are no evidence: every county has rent, and a quarter of it here is no part of a
    quarter of it there. Lines are shares of one cost when they also name the same recipient, stand
    in different counties or on different codes, and their shares come to all of it. Anything less
    is asked about, and every whole stays in the sum."""
    changed: dict[int, SharedCost] = {}
    for places in _alike(costs):
        changed |= _as_one(costs, places)
    return [changed.get(place, cost) for place, cost in enumerate(costs)]


def _as_one(costs: Sequence[SharedCost], places: Sequence[int]) -> dict[int, SharedCost]:
    """What becomes of lines that look alike, by their places."""
    changed: dict[int, SharedCost] = {}
    group = [costs[place] for place in places]
    if len(group) < 2:
        return changed
    if _named(group) and _fills(group):
        for place in places[1:]:
            changed[place] = replace(costs[place], whole=None, first=group[0].line)
        return changed
    doubt = _doubt(group)
    for place in places:
        changed[place] = replace(costs[place], doubts=(*costs[place].doubts, *doubt))
    return changed


def _doubt(group: Sequence[SharedCost]) -> tuple[str, ...]:
    """What to ask of lines that look alike but are not known to be shares of one cost."""
    if _named(group):
        return ("andel_over",) if _sum_of_shares(group) > _ALL else ("andel_under",)
    return ("andel_kanske",) if _apart(group) and _fills(group) else ()


def _named(group: Sequence[SharedCost]) -> bool:
    """Whether the lines say whom the cost was paid to, and stand where shares of it would."""
    return all(_recipient(cost) for cost in group) and _apart(group)


def _apart(group: Sequence[SharedCost]) -> bool:
    """Each in a county or on a code of its own: nobody divides a cost within one code."""
    return len({(cost.line.county, cost.line.code) for cost in group}) == len(group)


def _fills(group: Sequence[SharedCost]) -> bool:
    """Whether the shares come to the whole, as far as their last decimals tell."""
    rounded = sum((tolerance(_decimals(cost)) for cost in group if _decimals(cost)), Decimal(0))
    return abs(_sum_of_shares(group) - _ALL) <= rounded


def _sum_of_shares(group: Sequence[SharedCost]) -> Decimal:
    return sum((cost.share or Decimal(0) for cost in group), Decimal(0))


def _recipient(cost: SharedCost) -> str:
    named = cost.line.recipient
    return fold(named) if isinstance(named, str) else ""


def _alike(costs: Sequence[SharedCost]) -> Iterator[list[int]]:
    """The places of lines that may be shares of one cost."""
    shared = [
        (_marks(cost), cost.whole, place)
        for place, cost in enumerate(costs)
        if cost.whole and 0 < (cost.share or 0) < _ALL
    ]
    group: list[int] = []
    for *_, place in sorted(shared):
        if group and not _is_same(costs[group[0]], costs[place]):
            yield sorted(group)
            group = []
        group.append(place)
    yield sorted(group)


def _marks(cost: SharedCost) -> tuple[str, ...]:
    """What shares of one cost have in common. A cost that names nobody is its county's own."""
    paid = _recipient(cost)
    county = "" if paid else cost.line.county
    return (paid, county, str(cost.kind), str(cost.line.kind), cost.ground)


def _is_same(one: SharedCost, other: SharedCost) -> bool:
    """Whether two lines have the same marks, and their wholes differ by no more than rounded parts
    explain."""
    if _marks(one) != _marks(other):
        return False
    first, second = one.whole or Decimal(0), other.whole or Decimal(0)
    # A hundredth at most: roundings of a small share would let in wholes of any size.
    return abs(first - second) <= min(_slack(one) + _slack(other), abs(first) / _ALL)


def _slack(cost: SharedCost) -> Decimal:
    """What half a krona of a part, and half of the share's last decimal, come to of the whole."""
    share, whole = cost.share or _ALL, cost.whole or Decimal(0)
    decimals = _decimals(cost)
    rounded = abs(whole) * tolerance(decimals) / share if decimals > 0 else Decimal(0)
    return tolerance(0) * _ALL / share + rounded


def _decimals(cost: SharedCost) -> int:
    """How many decimals the share is given with."""
    exponent = (cost.share or _ALL).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


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
