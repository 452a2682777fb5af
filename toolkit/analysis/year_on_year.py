"""This year beside the last, county by county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.merge import Dataset
from toolkit.analysis.natures import nature_codes, nature_of, natures_of, unknown_apart
from toolkit.analysis.needs import Need
from toolkit.analysis.records import AppropriationLine
from toolkit.analysis.states import Nature
from toolkit.spec.model import Limits
from toolkit.spec.roles import (
    APPROPRIATION_CLOSING,
    APPROPRIATION_ITEM,
    APPROPRIATION_OPENING,
    SPEND_AMOUNT,
)
from toolkit.words.amounts import tolerance

YEARS_NEEDS: tuple[Need, ...] = (SPEND_AMOUNT,)
"""What both years need to be laid beside each other."""
OPENING_NEEDS: tuple[Need, ...] = (APPROPRIATION_ITEM, APPROPRIATION_OPENING)
CLOSING_NEEDS: tuple[Need, ...] = (APPROPRIATION_ITEM, APPROPRIATION_CLOSING)
"""What this year and the last need for their balances to be compared."""


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """One county's spend of one nature last year and this; None where the county has not reported
    it."""

    county: str
    name: str
    nature: Nature
    before: Decimal | None
    now: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Kronor more than last year."""
        return self.now - self.before if self.now is not None and self.before is not None else None

    @property
    def share(self) -> Decimal | None:
        """The change as a share of last year; None without anything to be a share of."""
        return self.change / abs(self.before) if self.change is not None and self.before else None

    def asks(self, limits: Limits) -> bool:
        """Beyond both limits. Where there was nothing last year, any amount is beyond the limit in
        percent."""
        if self.change is None or abs(self.change) <= limits.trend_amount:
            return False
        return self.share is None or abs(self.share) * 100 > limits.trend_percent


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """What all counties have reported."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def compare_years(before: Dataset, now: Dataset) -> list[YearOnYear]:
    """All counties of this year, one line for each nature of money."""
    natures = compared_natures(before, now)
    was, spent = ({one: spend_by_county(data, one) for one in natures} for data in (before, now))
    found = []
    for county in now.counties:
        for nature in natures:
            earlier, today = was[nature].get(county.code), spent[nature][county.code]
            found.append(YearOnYear(county.code, county.name, nature, earlier, today))
    return found


def compared_natures(before: Dataset, now: Dataset) -> tuple[Nature, ...]:
    """What both years tell of. A year that does not tell utgift from kostnad can only be laid
    beside all that another has spent."""
    told = {*natures_of(before.year.spec, before.spend), *natures_of(now.year.spec, now.spend)}
    return (Nature.ALL,) if Nature.ALL in told else tuple(one for one in Nature if one in told)


def spend_by_county(data: Dataset, nature: Nature) -> dict[str, Decimal | None]:
    """Kronor of one nature by county; None where the county's Ekonomi, or any amount of that
    nature, is not known."""
    codes = nature_codes(data.year.spec)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in data.spend:
        if nature in {Nature.ALL, nature_of(line, codes)}:
            sums[line.county] += line.spent
    unknown = unknown_apart(data.year.spec, data.spend)
    known = [
        one for one in data.counties if one.spend_state.usable and (one.code, nature) not in unknown
    ]
    return dict.fromkeys(one.code for one in data.counties) | {
        one.code: sums[one.code] for one in known
    }


@dataclass(frozen=True, slots=True)
class Opening:
    """One county's balance on an anslagspost: what last year closed with, and what `line` opens
    this year with."""

    closing: Decimal
    opening: Decimal
    line: AppropriationLine

    @property
    def difference(self) -> Decimal:
        """Above zero, this year has opened with too much."""
        return self.opening - self.closing

    @property
    def ties(self) -> bool:
        """Whether only a rounding to whole kronor stands between them."""
        return abs(self.difference) <= tolerance(0)


def openings(before: Dataset, now: Dataset) -> list[Opening]:
    """Every anslagspost that a county has reported both years, in the order of the rows."""
    closing = {(line.county, line.post): line.closing for line in before.appropriations}
    found = []
    for line in now.appropriations:
        was = closing.get((line.county, line.post))
        if isinstance(was, Decimal) and isinstance(line.opening, Decimal):
            found.append(Opening(was, line.opening, line))
    return found
