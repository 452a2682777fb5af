"""The chain that every county's work should hang together in: lägesbild → mål → aktivitet →
indikator → resultat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.contradictions import concerns, is_of_area
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need
from toolkit.analysis.records import Activity, Goal, IndicatorValue, Situation, TextValue
from toolkit.spec.model import Earmark
from toolkit.spec.roles import (
    ACTIVITY_GOAL,
    ACTIVITY_ID,
    ACTIVITY_RESULT,
    GOAL_ID,
    GOAL_SITUATION,
    INDICATOR_ACTIVITY,
    SITUATION_ID,
)

STEPS = ("lagesbild", "mal", "aktivitet", "indikator", "resultat")
TABLES = (Situation.TABLE, Goal.TABLE, Activity.TABLE, IndicatorValue.TABLE)
"""The tables that must have been merged for a county's chains to be known."""
CHAIN_NEEDS: tuple[Need, ...] = (
    EARMARKS,
    EARMARKED_WORK,
    SITUATION_ID,
    GOAL_ID,
    GOAL_SITUATION,
    ACTIVITY_ID,
    ACTIVITY_GOAL,
    ACTIVITY_RESULT,
    INDICATOR_ACTIVITY,
)
"""A chain with a step that nobody is asked for would never hold."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One activity on the earmarked area, and the steps of its chain that are there."""

    county: str
    steps: frozenset[str]

    def holds(self, steps: Sequence[str] = STEPS) -> bool:
        """Whether all of these steps are there."""
        return self.steps.issuperset(steps)


def chains(data: Dataset, earmark: Earmark) -> list[Chain]:
    """A chain for each activity on the earmarked area. A step is there when the row that it names
    has been merged and is not about another area; the result, when the county has said in words
    what the activity led to."""
    links = _links(data, earmark)
    own = (activity for activity in data.activities if concerns(earmark, activity))
    return [Chain(activity.county, _steps(activity, links)) for activity in own]


_Key = tuple[str, TextValue]  # a county, and an id of its own


class _Links(NamedTuple):
    """What is there to be pointed at, and what points: the goals with their situations, the
    situations on the area, and the activities that an indicator names."""

    goals: Mapping[_Key, _Key]
    situations: AbstractSet[_Key]
    measured: AbstractSet[_Key]


def _links(data: Dataset, earmark: Earmark) -> _Links:
    # Ids are the county's own: another county may have the same.
    goals = {(one.county, one.id): (one.county, one.situation) for one in data.goals}
    seen = [one for one in data.situations if is_of_area(earmark, one)]
    situations = {(one.county, one.id) for one in seen}
    measured = {(one.county, one.activity) for one in data.indicators}
    return _Links(goals, situations, measured)


def _steps(activity: Activity, links: _Links) -> frozenset[str]:
    goal = (activity.county, activity.goal)
    there = {
        "lagesbild": links.goals.get(goal) in links.situations,
        "mal": goal in links.goals,
        "aktivitet": True,
        "indikator": (activity.county, activity.id) in links.measured,
        "resultat": isinstance(activity.result, str),
    }
    return frozenset(step for step in STEPS if there[step])
