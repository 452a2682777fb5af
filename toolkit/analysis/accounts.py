"""The counties' appropriation accounts together: what was moved between them comes to nothing, and
what was allotted is what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import Need
from toolkit.analysis.records import AppropriationLine, kronor
from toolkit.spec.roles import (
    APPROPRIATION_ALLOTTED,
    APPROPRIATION_AVAILABLE,
    APPROPRIATION_CLOSING,
    APPROPRIATION_ITEM,
    APPROPRIATION_MOVED,
    APPROPRIATION_SPENT,
)
from toolkit.words.amounts import tolerance

ACCOUNT_NEEDS: tuple[Need, ...] = (
    APPROPRIATION_ITEM,
    APPROPRIATION_ALLOTTED,
    APPROPRIATION_MOVED,
    APPROPRIATION_AVAILABLE,
    APPROPRIATION_SPENT,
    APPROPRIATION_CLOSING,
)
OVER, NEGATIVE, UNDER = "over", "omojligt", "under"
"""How an item ends: more spent than there was, less than nothing to spend, or something left."""


class AccountControl(NamedTuple):
    """A sum over all counties and what it should be. `kind` is omdisponerat (of one item) or
    tilldelning (of all)."""

    kind: str
    item: str
    amount: Decimal
    wanted: Decimal

    @property
    def ties(self) -> bool:
        """Within half a krona."""
        return abs(self.amount - self.wanted) <= tolerance(0)


def standing_of(line: AppropriationLine) -> str:
    """How an item ends; nothing where it comes out even, or an amount is not known."""
    available, closing = line.available, line.closing
    if not isinstance(available, Decimal) or not isinstance(closing, Decimal):
        return ""
    # Money can run out, but not be less than none before anything is spent.
    if available < -tolerance(0):
        return NEGATIVE
    if abs(closing) <= tolerance(0):
        return ""
    return OVER if closing < 0 else UNDER


def account_controls(data: Dataset, series: Series) -> Iterator[AccountControl]:
    """What was moved, item by item, and what was allotted in all where a figure is printed."""
    moved: dict[str, Decimal] = {}
    for line in data.appropriations:
        if isinstance(line.post, str):
            moved[line.post] = moved.get(line.post, Decimal(0)) + kronor(line.moved)
    for item in sorted(moved):
        yield AccountControl("omdisponerat", item, moved[item], Decimal(0))
    printed = series.printed(data.year.spec.year, "anslag")
    if printed is not None:
        allotted = sum((kronor(line.allotted) for line in data.appropriations), Decimal(0))
        yield AccountControl("tilldelning", "", allotted, printed.amount)
