"""This year beside the last, county by county."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis import frames
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import Need
from toolkit.analysis.records import AppropriationLine
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
    """One county's spend last year and this; None where the county has not reported it."""

    county: str
    name: str
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
    """All counties of this year."""
    was, spent = spend_by_county(before), spend_by_county(now)
    return [
        YearOnYear(county.code, county.name, was.get(county.code), spent[county.code])
        for county in now.counties
    ]


def spend_by_county(data: Dataset) -> dict[str, Decimal | None]:
    """Kronor by county; None where the county's Ekonomi is not known."""
    sums = frames.spent_by(data.spend_frame, "county")
    return {
        county.code: sums.get((county.code,), Decimal(0)) if county.spend_state.usable else None
        for county in data.counties
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
