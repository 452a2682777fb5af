"""Those of whom nobody knows whether they have answered so: a row of theirs may be one that is
asked for, and leaves open what would decide it. They are no no."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.analysis.coherence import Chain, chains, chains_of_no_area
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.unsaid import leaves_open, may_be_given
from toolkit.report.matching import Wanted, accepted, fits
from toolkit.report.unprinted import HIDDEN, Unprinted
from toolkit.returns.submission import Missing

CHAIN_STEPS = ("lagesbild", "mal", "aktivitet", "indikator")
"""The steps that the chapters speak of: what an activity led to is told by itself."""


def may_have(unprinted: Unprinted, table: str, wanted: Wanted) -> Iterator[str]:
    """The codes of those with a row that may be what is wanted, and does not say so. Of a row that
    may not be told of nothing is said."""
    for row in unprinted.results.data.rows(table):
        if unprinted.names(row) and _leaves_open(unprinted, table, row, wanted):
            yield row.county


def _leaves_open(unprinted: Unprinted, table: str, row: MergedRow, wanted: Wanted) -> bool:
    told = [_told(unprinted, table, row, name, one) for name, one in wanted.items()]
    return False not in told and None in told


def _told(
    unprinted: Unprinted, table: str, row: MergedRow, name: str, wanted: object
) -> bool | None:
    """Whether a field has what is wanted of it; None where nobody knows."""
    spec = unprinted.results.data.year.spec
    codes = accepted(wanted, spec.unknown)
    seen = unprinted.seen(table, row, name)
    if fits(seen, codes):
        return True
    if name not in spec.tables[table].by_id or Missing.UNKNOWN in codes:
        return False
    if any(isinstance(one, bool) for one in codes):
        is_open = True in codes and may_be_given(spec, row, name)
    else:
        is_open = seen is HIDDEN or leaves_open(spec, row, name)
    return None if is_open else False


def chains_held(results: YearResults) -> Iterator[str]:
    """The codes of those with a whole chain on the earmarked area."""
    for one in chains(results.data, results.earmark):
        if one.holds(CHAIN_STEPS):
            yield one.county


def chains_open(results: YearResults) -> Iterator[str]:
    """The codes of those with a chain that may be whole, and one that may be on the area."""
    data, earmark = results.data, results.earmark
    for one in chains(data, earmark):
        if not one.is_known(CHAIN_STEPS):
            yield one.county
    for one in chains_of_no_area(data, earmark):
        if _may_hold(one):
            yield one.county


def _may_hold(one: Chain) -> bool:
    return one.holds(CHAIN_STEPS) or not one.is_known(CHAIN_STEPS)
