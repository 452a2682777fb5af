"""Whether an activity is being done or has been: what is planned, or has been called off, is told
of as that, and carries nothing that is said of what those who report do or have."""

from __future__ import annotations

from toolkit.analysis.records import MergedRow
from toolkit.analysis.unsaid import is_lost
from toolkit.spec.model import Spec
from toolkit.spec.roles import ACTIVITY_STATE, DONE, ONGOING


def states_underway(spec: Spec) -> tuple[str, ...]:
    """The codes of the states in which an activity goes on or is done; none in a year that does not
    ask how far it has come."""
    if not spec.bound.has(ACTIVITY_STATE):
        return ()
    return tuple(spec.bound[one] for one in (ONGOING, DONE) if spec.bound.has(one))


def is_underway(spec: Spec, row: MergedRow) -> bool | None:
    """Whether an activity goes on or is done; None where nobody knows. Every one is, in a year that
    does not ask."""
    codes = states_underway(spec)
    state = row.get(ACTIVITY_STATE) if codes else None
    if not codes or state in codes:
        return True
    return None if is_lost(state) else False
