"""Differences that have one cause: an amount that is off is seen in every cut of the money, and one
that stands on the wrong code is seen at two codes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from toolkit.analysis.decisions import Standing, line_subject
from toolkit.analysis.reconcile import Reconciliation, is_alike, narrowed
from toolkit.analysis.results import YearResults


def causes(off: Sequence[Reconciliation]) -> list[tuple[Reconciliation, ...]]:
    """The differences of a county, those of one cause together, in the order of the first."""
    found: dict[Hashable, list[Reconciliation]] = {}
    for line in off:
        found.setdefault(_cause(line, off), []).append(line)
    return [tuple(lines) for lines in found.values()]


def is_moved(lines: Sequence[Reconciliation]) -> bool:
    """Whether some that have one cause are an amount on another code: the one is short of what the
    other has too much."""
    return len({line.difference > 0 for line in lines}) > 1


def _cause(line: Reconciliation, off: Sequence[Reconciliation]) -> Hashable:
    """The same for all that have one cause."""
    seen_at = narrowed(line, off)
    if len(seen_at) > 1:
        return line.against, line.difference > 0, tuple(seen_at.items())
    other = _counterpart(line, off)
    codes = {line.code} if other is None else {line.code, other.code}
    return line.against, line.dimension, frozenset(codes)


def _counterpart(line: Reconciliation, off: Sequence[Reconciliation]) -> Reconciliation | None:
    """The one code of the same cut that is off by as much the other way, where no two are."""
    cut = [one for one in off if (one.dimension, one.against) == (line.dimension, line.against)]
    same = [one for one in cut if is_alike(one, line, one.difference - line.difference)]
    opposite = [one for one in cut if is_alike(one, line, one.difference + line.difference)]
    # Where several are off by as much, nobody can tell which belongs to which.
    return opposite[0] if (len(same), len(opposite)) == (1, 1) else None


def opposed(results: YearResults, line: Reconciliation) -> Reconciliation | None:
    """The first row with the same cause on which the finance officer has decided the other way:
    approved the one, and the county is to correct the other."""
    standing = _decided_on(results, line)
    if standing is None:
        return None
    own = causes(results.off_by_county[line.county])
    together = next(lines for lines in own if line in lines)
    for other in together:
        if _opposite(standing, _decided_on(results, other)):
            return other
    return None


def _decided_on(results: YearResults, line: Reconciliation) -> Standing | None:
    return results.standing(line_subject(results.year, line))


def _opposite(one: Standing, other: Standing | None) -> bool:
    if other is None:
        return False
    return (one.accepted and other.to_correct) or (one.to_correct and other.accepted)
