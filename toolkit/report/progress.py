"""How the counties' numbers stand to their targets and to the year before, indicator by
indicator."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.counts import Pick, by_county, values_of
from toolkit.analysis.records import Amount, IndicatorValue
from toolkit.analysis.secrecy import PRINTED
from toolkit.report.facts import Counties, Facts
from toolkit.report.inorder import InOrder
from toolkit.spec.codelists import Code
from toolkit.spec.roles import INDICATORS

_Holds = Callable[[Decimal, Decimal], bool]


@dataclass(frozen=True)
class IndicatorProgress:
    """One indicator: the counties that have reached their target, and those with more than the year
    before. The base of each are the counties that have given both numbers; of those with numbers of
    a year before that its report did not print nothing is told."""

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
    return IndicatorProgress(
        code.label,
        _BesideAnother(code, tuple(values)).counties(_target, operator.ge),
        _BesideAnother(code, tuple(one for one in values if one.county in told)).counties(
            _before, operator.gt
        ),
    )


@dataclass(frozen=True)
class _BesideAnother:
    """The rows of an indicator, a county's added up as they are everywhere else."""

    code: Code
    values: tuple[IndicatorValue, ...]

    def counties(self, other: Pick, holds: _Holds) -> Counties:
        """The counties for whose number something holds beside another number of the same rows."""
        both = [
            one
            for one in self.values
            if isinstance(one.value, Decimal) and isinstance(other(one), Decimal)
        ]
        now = by_county(self.code, both, lambda one: one.value)
        then: Mapping[str, Decimal] = by_county(self.code, both, other)
        return Counties.among((one for one in now if holds(now[one], then[one])), InOrder(now))


def _target(value: IndicatorValue) -> Amount:
    return value.target


def _before(value: IndicatorValue) -> Amount:
    return value.before
