"""Indicators over several years: one that is counted otherwise in some of them is not one series
but several, whatever it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.analysis.counts import decimals_of
from toolkit.analysis.over_years import SeveralYears, asks, exists
from toolkit.analysis.results import YearResults
from toolkit.analysis.work_tables import INDICATOR_NEEDS, Indicator, indicators
from toolkit.spec.codelists import Code
from toolkit.spec.continuity import counted_otherwise
from toolkit.spec.roles import INDICATORS


@dataclass(frozen=True, slots=True)
class Way:
    """The years that count an indicator alike, and the code as the last of them has it."""

    code: Code
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IndicatorYears:
    """What was reported of an indicator in the years that count it alike (`way`), for each of all
    years: None where nobody has reported it, or it is not counted so. `others` are the other ways
    that it is counted in, where there are any, and `decimals` the most of any of the years, so that
    a row is written alike throughout."""

    way: Way
    values: tuple[Indicator | None, ...]
    others: tuple[Way, ...]
    decimals: int

    @property
    def code(self) -> Code:
        """As the last year that counts it so calls it."""
        return self.way.code

    @property
    def broken(self) -> bool:
        """Whether some of the years count it otherwise."""
        return bool(self.others)


def indicator_values(several: SeveralYears) -> list[IndicatorYears]:
    """Every indicator that some county has reported, in the order of the list; of one that is
    counted in several ways a series for each, the oldest first."""
    own = {result.year: _reported(result) for result in several.results}
    found = []
    for code in several.list_codes(INDICATORS):
        ways = ways_of(several, code.code)
        for way in ways:
            others = tuple(one for one in ways if one is not way)
            found.append(_series(way, others, own))
    return [one for one in found if any(one.values)]


def _reported(result: YearResults) -> Mapping[str, Indicator]:
    """What was reported in a year by indicator; nothing in one that does not ask."""
    if not asks(result, INDICATOR_NEEDS):
        return {}
    return {one.code.code: one for one in indicators(result)}


def _series(
    way: Way, others: tuple[Way, ...], own: Mapping[int, Mapping[str, Indicator]]
) -> IndicatorYears:
    values = [
        found.get(way.code.code) if year in way.years else None for year, found in own.items()
    ]
    decimals = [decimals_of(value.code) for value in values if value]
    return IndicatorYears(way, tuple(values), others, max(decimals, default=0))


def ways_of(several: SeveralYears, code: str) -> list[Way]:
    """In which ways an indicator is counted, with their years; the oldest first."""
    groups: list[list[tuple[int, Code]]] = []
    for result in several.results:
        if not is_there(result, code):
            continue
        own = result.data.year.spec.list_of(INDICATORS).by_code[code]
        alike = next((one for one in groups if not counted_otherwise(one[0][1], own)), None)
        if alike is None:
            groups.append([(result.year, own)])
        else:
            alike.append((result.year, own))
    return [Way(group[-1][1], tuple(year for year, _ in group)) for group in groups]


def is_there(result: YearResults, code: str) -> bool:
    """Whether a year asks for an indicator."""
    return asks(result, INDICATOR_NEEDS) and exists(result, INDICATORS, code)


def differing_facts(ways: Sequence[Way]) -> list[str]:
    """What of how an indicator is counted is not the same in all ways."""
    first, *more = ways
    found: dict[str, None] = {}
    for one in more:
        found |= dict.fromkeys(counted_otherwise(first.code, one.code))
    return list(found)
