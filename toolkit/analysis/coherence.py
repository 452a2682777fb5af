"""The chain that every county's work should hang together in: lägesbild → mål → aktivitet →
indikator → resultat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.contradictions import concerns, is_of_area, may_be_of_area, may_concern
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need
from toolkit.analysis.records import NOT_ASKED, Activity, Goal, IndicatorValue, Situation, TextValue
from toolkit.analysis.underway import is_underway
from toolkit.analysis.unsaid import is_lost, leaves_open
from toolkit.spec.model import Earmark
from toolkit.spec.roles import (
    ACTIVITY_GOAL,
    ACTIVITY_ID,
    ACTIVITY_RESULT,
    GOAL_ID,
    GOAL_SITUATION,
    INDICATOR_ACTIVITY,
    INDICATOR_GOAL,
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
    """One activity on the earmarked area, the steps of its chain that are there, and those of which
    nobody knows: the row that they would name is `u.s.` or blank."""

    county: str
    steps: frozenset[str]
    unsure: frozenset[str] = frozenset()

    def holds(self, steps: Sequence[str] = STEPS) -> bool:
        """Whether all of these steps are there."""
        return self.steps.issuperset(steps)

    def is_known(self, steps: Sequence[str] = STEPS) -> bool:
        """Whether it can be said that all of these steps are there, or that they are not."""
        return self.holds(steps) or not (self.steps | self.unsure).issuperset(steps)


def chains(data: Dataset, earmark: Earmark) -> list[Chain]:
    """A chain for each activity on the earmarked area. A step is there when the row that it names
    has been merged and is not about another area; the activity itself, when it goes on or is done;
    the result, when the county has said in words what it led to."""
    own = (activity for activity in data.activities if concerns(earmark, activity))
    return list(_chains(own, data, earmark))


def chains_of_no_area(data: Dataset, earmark: Earmark) -> list[Chain]:
    """A chain for each activity of which nobody knows whether it is on the earmarked area."""
    return list(
        _chains((one for one in data.activities if may_concern(earmark, one)), data, earmark)
    )


def _chains(activities: Iterable[Activity], data: Dataset, earmark: Earmark) -> Iterator[Chain]:
    links = _links(data, earmark)
    for one in activities:
        yield Chain(one.county, _steps(one, links), _unsure(one, links))


_Key = tuple[str, TextValue]  # a county, and an id of its own


class _Links(NamedTuple):
    """What is there to be pointed at, and what points: the goals with their situations, the
    situations on the area and those that may be, the activities that an indicator names, and the
    goals of those indicators that may be of any activity."""

    data: Dataset
    goals: Mapping[_Key, _Key]
    situations: AbstractSet[_Key]
    perhaps: AbstractSet[_Key]
    measured: AbstractSet[_Key]
    loose: AbstractSet[_Key]


def _links(data: Dataset, earmark: Earmark) -> _Links:
    # Ids are the county's own: another county may have the same.
    goals = {(one.county, one.id): (one.county, one.situation) for one in data.goals}
    seen = [one for one in data.situations if is_of_area(earmark, one)]
    unsaid = [one for one in data.situations if may_be_of_area(earmark, one)]
    return _Links(
        data,
        goals,
        {(one.county, one.id) for one in seen},
        {(one.county, one.id) for one in unsaid},
        {(one.county, one.activity) for one in data.indicators},
        {
            (one.county, one.source.text(INDICATOR_GOAL))
            for one in data.indicators
            if is_lost(one.activity)
        },
    )


def _steps(activity: Activity, links: _Links) -> frozenset[str]:
    goal = (activity.county, activity.goal)
    there = {
        "lagesbild": links.goals.get(goal) in links.situations,
        "mal": goal in links.goals,
        "aktivitet": is_underway(links.data.year.spec, activity.source) is True,
        "indikator": (activity.county, activity.id) in links.measured,
        "resultat": isinstance(activity.result, str),
    }
    return frozenset(step for step in STEPS if there[step])


def _unsure(activity: Activity, links: _Links) -> frozenset[str]:
    """The steps that are not there, of which nobody knows whether they are."""
    county, no_goal = activity.county, is_lost(activity.goal)
    situation = links.goals.get((county, activity.goal), (county, NOT_ASKED))
    spec, row = links.data.year.spec, activity.source
    open_ = {
        "lagesbild": no_goal or is_lost(situation[1]) or situation in links.perhaps,
        "mal": no_goal,
        "aktivitet": is_underway(spec, row) is None,
        "indikator": _may_be_measured(activity, links),
        "resultat": row.asks(ACTIVITY_RESULT)
        and leaves_open(spec, row, spec.bound[ACTIVITY_RESULT]),
    }
    return frozenset(step for step, is_so in open_.items() if is_so) - _steps(activity, links)


def _may_be_measured(activity: Activity, links: _Links) -> bool:
    """Whether an indicator of which nobody knows what it is of may be of an activity: one that
    names another goal is not."""
    own = {goal for county, goal in links.loose if county == activity.county}
    if is_lost(activity.goal):
        return bool(own)
    return any(goal == activity.goal or not isinstance(goal, str) for goal in own)
