"""How the counties' numbers stand to their targets and to the year before, indicator by
indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.counts import Pick, by_county, values_of
from toolkit.analysis.records import Amount, IndicatorValue
from toolkit.analysis.secrecy import PRINTED
from toolkit.analysis.targets import reaches
from toolkit.report.facts import Counties, Facts
from toolkit.report.inorder import InOrder
from toolkit.spec.codelists import Code
from toolkit.spec.roles import INDICATORS


@dataclass(frozen=True)
class IndicatorProgress:
    """One indicator: the counties that have reached their target, and those with more than the year
    before. The base of each are the counties that have given both numbers; of those with numbers of
    a year before that its report did not print nothing is told, nor of those of whom it is not
    known in which direction the target lies."""

    namn: str
    nadde: Counties
    okade: Counties


def progress(facts: Facts) -> list[IndicatorProgress]:
    """The indicators that have targets, those of most counties first. Of one with a number that is
    not printed nothing is told: it could be guessed from how it stands to another."""
    spec, results = facts.data.year.spec, facts.results
    codes = spec.list_of(INDICATORS).valid_in(spec.year)
    found = [_progress(facts, code) for code in codes if results.pattern(code) == PRINTED]
    with_targets = [one for one in found if one.nadde.base]
    return sorted(with_targets, key=lambda one: -len(one.nadde.base))


def _progress(facts: Facts, code: Code) -> IndicatorProgress:
    values = values_of(facts.data.indicators, code.code, facts.data.year.spec)
    before = by_county(code, values, _before)
    shows = facts.results.shows_before
    told = {county for county, value in before.items() if shows(code, county, value)}
    since = _sums(code, [one for one in values if one.county in told], _before)
    grown = {county for county, (now, then) in since.items() if now > then}
    stands = _standing(code, values, told)
    return IndicatorProgress(
        code.label,
        Counties.among((one for one, reached in stands.items() if reached), InOrder(stands)),
        Counties.among(grown, InOrder(since)),
    )


def _standing(code: Code, values: Sequence[IndicatorValue], told: Set[str]) -> dict[str, bool]:
    """Whether each county has reached its target, of those of whom that is known; `told` are those
    whose number of the year before may be told."""
    own = _with_both(values, _target)
    # Of some of a county's rows alone the year before says nothing of them all.
    whole = told - {one.county for one in own if not isinstance(one.before, Decimal)}
    before, found = by_county(code, own, _before), {}
    for county, (now, target) in _sums(code, own, _target).items():
        reached = reaches(before.get(county) if county in whole else None, now, target)
        if reached is not None:
            found[county] = reached
    return found


def _with_both(values: Iterable[IndicatorValue], other: Pick) -> list[IndicatorValue]:
    """The rows that have this year's number and another."""
    known = (one for one in values if isinstance(one.value, Decimal))
    return [one for one in known if isinstance(other(one), Decimal)]


def _sums(
    code: Code, values: Iterable[IndicatorValue], other: Pick
) -> dict[str, tuple[Decimal, Decimal]]:
    """Each county's number and another one, of the rows that have both, added up as they are
    everywhere else."""
    both = _with_both(values, other)
    now, then = by_county(code, both, lambda one: one.value), by_county(code, both, other)
    return {county: (now[county], then[county]) for county in now if county in then}


def _target(value: IndicatorValue) -> Amount:
    return value.target


def _before(value: IndicatorValue) -> Amount:
    return value.before
