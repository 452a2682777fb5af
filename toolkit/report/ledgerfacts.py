"""Which counties' amounts have been compared with their ledgers, and which do not tie."""

from __future__ import annotations

from toolkit.analysis.states import Side
from toolkit.report.facts import Counties, Facts


def with_extract(facts: Facts) -> Counties:
    """The counties whose amounts have been compared with a ledger extract."""
    lines = (*facts.results.lines, *facts.results.parts)
    own = (line for line in lines if line.compared)
    return facts.among_reported(line.county for line in own if Side.EXTRACT in line.sides)


def with_difference(facts: Facts) -> Counties:
    """The counties whose amounts do not tie with what they were compared with."""
    return facts.among_reported(line.county for line in facts.results.all_off)
