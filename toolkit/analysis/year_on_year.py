"""This year beside the last, county by county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.analysis.merge import CountyState, Dataset
from toolkit.spec.model import Limits
from toolkit.words.amounts import tolerance

_USABLE = {"merged", "fixed", "nil"}


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


def compare_years(before: Dataset, now: Dataset) -> list[YearOnYear]:
    """All counties of this year."""
    earlier = {state.code: _spent(before, state) for state in before.counties}
    return [YearOnYear(c.code, c.name, earlier.get(c.code), _spent(now, c)) for c in now.counties]


def _spent(data: Dataset, state: CountyState) -> Decimal | None:
    if state.tables["ekonomi"] not in _USABLE:
        return None
    frame = data.tables["ekonomi"]
    amounts = frame.loc[frame["lan"] == state.code, "utfall"]
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))


def total(lines: Sequence[YearOnYear], year: str) -> Decimal:
    """What all counties have reported for `before` or `now`."""
    return sum((getattr(line, year) or Decimal(0) for line in lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Opening:
    """One county's balance on an anslagspost: what last year closed with, and the row that this
    year opens with."""

    closing: Decimal
    opening: Decimal
    row: Mapping[str, Any]

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
    closing = {(row["lan"], row["anslagspost"]): row["utgaende"] for row in before.rows("anslag")}
    pairs = [
        (closing.get((row["lan"], row["anslagspost"])), row["ingaende"], row)
        for row in now.rows("anslag")
    ]
    return [
        Opening(was, opens, row)
        for was, opens, row in pairs
        if isinstance(was, Decimal) and isinstance(opens, Decimal)
    ]
