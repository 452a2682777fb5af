"""All that is told of one indicator in one year, whatever the file, and what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.disclosure.published import House
from toolkit.disclosure.toldfacts import FactKind, ToldFact, ToldPlace


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One indicator in one year. `counts` holds what each county that may have a count has, and
    `shown` those that are told. `total` is the sum, if it is told. `told` is all that says so."""

    counts: Mapping[str, int]
    shown: frozenset[str]
    total: int | None
    least: int
    told: Sequence[ToldFact] = ()

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The counties whose counts are not told."""
        return tuple(county for county in self.counts if county not in self.shown)

    @property
    def shown_low(self) -> frozenset[str]:
        """The counties whose low counts are told."""
        return frozenset(name for name in self.shown if 0 < self.counts[name] < self.least)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The low numbers of some of a county's persons that are told, by county."""
        told = {(fact.county, fact.value) for fact in self.told if fact.kind is FactKind.PART}
        return sorted(told)

    def places_of(self, county: str) -> tuple[ToldPlace, ...]:
        """Where a county's count is told; where it is told nowhere, those of the others are from
        which it follows."""
        right = [one for one in self.told if _is_own(one, self.counts)]
        parts = [one for one in self.told if one.kind is FactKind.PART]
        chosen = [one for one in (*right, *parts) if one.county == county] or right
        return tuple(dict.fromkeys(one.place for one in chosen if one.place))

    @property
    def is_low(self) -> bool:
        """Whether any of these is to be kept from readers."""
        return any(0 < self.counts[county] < self.least for county in self.counts)


def rows_of(facts: Iterable[ToldFact], house: House) -> dict[tuple[int, str], PublishedRow]:
    """Every row of the house as its facts show it. A number that is not the county's own tells
    nothing of it."""
    told = list(facts)
    return {key: _row(key, told, house) for key in {**house.counts, **house.unknown}}


def _row(key: tuple[int, str], told: Iterable[ToldFact], house: House) -> PublishedRow:
    own = [fact for fact in told if (fact.year, fact.indicator) == key]
    counts, kinds = house.counts.get(key, {}), {fact.kind for fact in own}
    right = (fact.county for fact in own if _is_own(fact, counts))
    shown = frozenset(right)
    total = sum(counts.values()) if FactKind.TOTAL in kinds else None
    if not shown and not kinds & {FactKind.TOTAL, FactKind.COUNTIES}:
        # Where nothing tells who has a count, any county may have one.
        counts = dict.fromkeys(house.counties, 0) | dict(counts)
    return PublishedRow(counts, shown, total, house.least, own)


def _is_own(fact: ToldFact, counts: Mapping[str, int]) -> bool:
    return fact.kind is FactKind.COUNT and counts.get(fact.county) == fact.value
