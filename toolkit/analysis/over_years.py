"""Several years' results beside each other: what goes on, begins and ends, and what was not there
to be told yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from toolkit.analysis.contradictions import concerns
from toolkit.analysis.earmarks import AreaMoney
from toolkit.analysis.natures import spent_apart
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, ReturnState, Verdict
from toolkit.analysis.work_tables import Indicator, indicators
from toolkit.spec.codelists import Code
from toolkit.spec.roles import ACTIVITY_KINDS, AREA_CODES, INDICATORS, OBJECTIVES, ListRole

_PERIOD = re.compile(r"\b(20\d\d)\s?[–-]\s?(20\d\d)\b")
_NOT_THERE = frozenset((ReturnState.MISSING, ReturnState.UNTREATED))


class KindShift(NamedTuple):
    """The counties that have work of a kind in the last year and had none in the first, and the
    other way round, by their codes in order."""

    kind: Code
    begun: tuple[str, ...]
    ended: tuple[str, ...]


class KindCounts(NamedTuple):
    """Activities on the area of one kind, for each year; None where the year had no such kind."""

    kind: Code
    counts: tuple[int | None, ...]


class IndicatorYears(NamedTuple):
    """What was reported of an indicator, for each year; None where nobody has reported it."""

    code: Code
    values: tuple[Indicator | None, ...]


class StrategyPeriod(NamedTuple):
    """A strategy or plan whose title says for which years it is, with the years whose returns tell
    of it."""

    county: str
    title: str
    first: int
    last: int
    told: tuple[int, ...]


class ObjectivePeriod(NamedTuple):
    """Objectives of the strategy that begin and end together; the years are None where the list
    sets no end."""

    first: int | None
    last: int | None
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class SeveralYears:
    """The results of some years, the oldest first; at least one. `absent` are years within them
    that have no folder with returns."""

    results: tuple[YearResults, ...]
    absent: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(one.year for one in self.results)

    @property
    def newest(self) -> YearResults:
        """The last year, whose texts and names are used."""
        return self.results[-1]

    @property
    def span(self) -> str:
        """`2017–2020`; one year by itself."""
        first, last = self.years[0], self.years[-1]
        return f"{first}–{last}" if first != last else str(last)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The counties' names by code: as the newest year that has them calls them."""
        found: dict[str, str] = {}
        for one in self.results:
            found |= {county.code: county.name for county in one.data.counties}
        return found

    def list_codes(self, role: ListRole) -> list[Code]:
        """Every code that some of the years has, in the order of the newest list; those that it has
        not come last."""
        held = [one for one in reversed(self.results) if one.data.year.spec.bound.has(role)]
        found: dict[str, Code] = {}
        for one in held:
            for code in one.data.year.spec.list_of(role).valid_in(one.year):
                found.setdefault(code.code, code)
        if not held:
            return []
        order = list(held[0].data.year.spec.list_of(role).by_code)
        return sorted(found.values(), key=lambda code: _place(order, code.code))


def _place(order: Sequence[str], code: str) -> int:
    return order.index(code) if code in order else len(order)


def exists(result: YearResults, role: ListRole, code: str) -> bool:
    """Whether the year has a code: what was not there to be chosen is not nothing."""
    spec = result.data.year.spec
    if not spec.bound.has(role):
        return False
    known = spec.list_of(role).by_code.get(code)
    return known is not None and known.is_valid_in(result.year)


# -------------------------------------------------------------------------------------- the returns
def not_sent(result: YearResults) -> list[str]:
    """The counties without a return that could be read."""
    return [one.code for one in result.data.counties if one.verdict in _NOT_THERE]


def with_state(result: YearResults, state: ReturnState) -> list[str]:
    """The counties whose return stands so."""
    return [one.code for one in result.data.counties if one.verdict is state]


def always_there(several: SeveralYears, table: str) -> list[str]:
    """The counties whose rows of a table are known in every year."""
    known = [
        {one.code for one in result.data.counties if one.knows(table)} for result in several.results
    ]
    return [code for code in several.names if all(code in some for some in known)]


# ----------------------------------------------------------------------------------------- the work
def about(result: YearResults) -> list[Activity]:
    """The activities on the area that the report is about."""
    return [one for one in result.data.activities if concerns(result.earmark, one)]


def kind_counts(several: SeveralYears) -> list[KindCounts]:
    """Every kind that some county has had, in the order of the list."""
    own = [[one.kind for one in about(result)] for result in several.results]
    found = []
    for code in several.list_codes(ACTIVITY_KINDS):
        counts: list[int | None] = []
        for result, kinds in zip(several.results, own, strict=True):
            there = exists(result, ACTIVITY_KINDS, code.code)
            counts.append(kinds.count(code.code) if there else None)
        found.append(KindCounts(code, tuple(counts)))
    return [one for one in found if any(one.counts)]


def shifts(several: SeveralYears) -> list[KindShift]:
    """What began and ended between the first and the last year, of the counties whose activities
    are known in both; kinds without a change are left out."""
    first, last = several.results[0], several.results[-1]
    ends = SeveralYears((first, last))
    known = set(always_there(ends, Activity.TABLE))
    found = []
    for code in several.list_codes(ACTIVITY_KINDS):
        if exists(first, ACTIVITY_KINDS, code.code) and exists(last, ACTIVITY_KINDS, code.code):
            before, after = (_with_kind(one, code.code) & known for one in (first, last))
            found.append(
                KindShift(code, tuple(sorted(after - before)), tuple(sorted(before - after)))
            )
    return [one for one in found if one.begun or one.ended]


def _with_kind(result: YearResults, kind: str) -> set[str]:
    return {one.county for one in about(result) if one.kind == kind}


def periods(several: SeveralYears) -> list[StrategyPeriod]:
    """The activities whose title says for which years something is, once for each county and
    title, in the order of the counties."""
    told: dict[tuple[str, str], list[int]] = {}
    for result in several.results:
        for one in result.data.activities:
            if isinstance(one.title, str) and _PERIOD.search(one.title):
                told.setdefault((one.county, one.title), []).append(result.year)
    found = []
    for (county, title), years in sorted(told.items()):
        first, last = _PERIOD.findall(title)[0]
        found.append(
            StrategyPeriod(county, title, int(first), int(last), tuple(dict.fromkeys(years)))
        )
    return found


def objective_periods(several: SeveralYears) -> list[ObjectivePeriod]:
    """The strategy's objectives by the years that they are for, the oldest first."""
    groups: dict[tuple[int | None, int | None], list[Code]] = {}
    for code in several.list_codes(OBJECTIVES):
        groups.setdefault((code.valid_from, code.valid_to), []).append(code)
    found = [ObjectivePeriod(*years, tuple(codes)) for years, codes in groups.items()]
    return sorted(found, key=lambda one: one.first or 0)


# ----------------------------------------------------------------------------------- the indicators
def indicator_values(several: SeveralYears) -> list[IndicatorYears]:
    """Every indicator that some county has reported, in the order of the list."""
    own = [{one.code.code: one for one in indicators(result)} for result in several.results]
    found = []
    for code in several.list_codes(INDICATORS):
        found.append(IndicatorYears(code, tuple(year.get(code.code) for year in own)))
    return [one for one in found if any(one.values)]


# ---------------------------------------------------------------------------------------- the money
def natures_in(several: SeveralYears) -> tuple[Nature, ...]:
    """Every nature that amounts of some year are of, in the order of the newest."""
    found = dict.fromkeys(several.newest.natures)
    for result in several.results:
        found |= dict.fromkeys(result.natures)
    return tuple(found)


def spent_on(several: SeveralYears, code: Code, nature: Nature) -> list[Decimal | None]:
    """Kronor of one nature on a verksamhetskod, for each year; None where there was no such
    code."""
    found: list[Decimal | None] = []
    for result in several.results:
        spent = spent_apart(result.data.year.spec, result.data.spend)
        own = (kr for (_, held, one), kr in spent.items() if (held, one) == (code.code, nature))
        there = exists(result, AREA_CODES, code.code)
        found.append(sum(own, Decimal(0)) if there else None)
    return found


def verdict_counts(several: SeveralYears) -> dict[Verdict, list[int]]:
    """How many counties have each verdict, for each year; the worst first. Verdicts that nobody has
    are left out."""
    found = {}
    for verdict in Verdict:
        counts = [_held(result, verdict) for result in several.results]
        if any(counts):
            found[verdict] = counts
    return found


def _held(result: YearResults, verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in result.verdicts)


def area_spend(
    several: SeveralYears, nature: Nature, own: Callable[[AreaMoney], Decimal]
) -> list[Decimal | None]:
    """Kronor of one nature for the area, for each year, over the counties whose amounts are known;
    None where there are no verdicts at all."""
    found: list[Decimal | None] = []
    for result in several.results:
        known = [one for one in result.verdicts if one.known.own and one.known.traced]
        amounts = (own(one.of(nature)) for one in known)
        found.append(sum(amounts, Decimal(0)) if result.verdicts else None)
    return found
