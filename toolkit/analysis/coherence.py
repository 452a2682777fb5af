"""The chain that every county's work should hang together in: lägesbild → mål → aktivitet →
indikator → resultat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.analysis.merge import Dataset
from toolkit.spec.model import Earmark

STEPS = ("lagesbild", "mal", "aktivitet", "indikator", "resultat")
TABLES = ("lagesbild", "mal", "aktiviteter", "indikatorer")
"""The tables that must have been merged for a county's chains to be known."""


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
    has been merged; the result, when the county has said in words what the activity led to."""
    pictures = {(row["lan"], row["id"]) for row in data.rows("lagesbild")}
    goals = {(row["lan"], row["id"]): (row["lan"], row["lagesbild_id"]) for row in data.rows("mal")}
    measured = {(row["lan"], row["aktivitet_id"]) for row in data.rows("indikatorer")}
    found = []
    for row in data.rows("aktiviteter"):
        if row["valdsform"] in earmark.condition["aktiviteter.valdsform"]:
            goal = (row["lan"], row["mal_id"])
            there = {
                "lagesbild": goals.get(goal) in pictures,
                "mal": goal in goals,
                "aktivitet": True,
                "indikator": (row["lan"], row["id"]) in measured,
                "resultat": isinstance(row["resultat"], str),
            }
            found.append(Chain(row["lan"], frozenset(step for step in STEPS if there[step])))
    return found
