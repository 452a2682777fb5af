"""Whether what an indicator counts is of the report's own area: a sum over all forms of violence is
not to be read as one of the area alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.contradictions import concerns, is_of_area
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need
from toolkit.analysis.records import IndicatorValue
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.report.facts import Facts
from toolkit.spec.model import Earmark
from toolkit.spec.roles import ACTIVITY_ID, INDICATOR_ACTIVITY, INDICATOR_GOAL

WITHIN_NEEDS: tuple[Need, ...] = (
    *INDICATOR_NEEDS,
    EARMARKS,
    EARMARKED_WORK,
    ACTIVITY_ID,
    INDICATOR_ACTIVITY,
)


def all_within(facts: Facts, *codes: str) -> bool:
    """Whether all rows of these indicators belong to work on the report's area; of all indicators
    where none is given. What a row belongs to is its activity, or else the situation that its goal
    is set from; of a row of neither it is not known."""
    own = [one for one in facts.data.indicators if not codes or one.indicator in codes]
    places = _WorkOfTheArea(facts.data, facts.results.earmark)
    return all(places.hold(one) for one in own)


def same_counties(facts: Facts, *codes: str) -> bool:
    """Whether the sums of these indicators are over the same counties: of others they say nothing
    of each other."""
    known = {
        code: {
            one.county
            for one in facts.data.indicators
            if one.indicator == code and isinstance(one.value, Decimal)
        }
        for code in codes
    }
    first, *others = known.values()
    return all(one == first for one in others)


@dataclass(frozen=True)
class _WorkOfTheArea:
    """What the rows of indicators may belong to. Ids are the county's own: another may have the
    same."""

    data: Dataset
    earmark: Earmark

    def hold(self, value: IndicatorValue) -> bool:
        """Whether a row belongs to work on the area."""
        if isinstance(value.activity, str):
            return (value.county, value.activity) in self._activities
        goal = value.source.text(INDICATOR_GOAL)
        return (value.county, self._situations_of.get((value.county, goal))) in self._situations

    @cached_property
    def _activities(self) -> frozenset[tuple[str, object]]:
        own = (one for one in self.data.activities if concerns(self.earmark, one))
        return frozenset((one.county, one.id) for one in own)

    @cached_property
    def _situations(self) -> frozenset[tuple[str, object]]:
        own = (one for one in self.data.situations if is_of_area(self.earmark, one))
        return frozenset((one.county, one.id) for one in own)

    @cached_property
    def _situations_of(self) -> Mapping[tuple[str, object], object]:
        return {(one.county, one.id): one.situation for one in self.data.goals}
