"""A county's counts of an indicator, and their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from toolkit.analysis.records import NOT_ASKED, Amount, IndicatorValue
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.spec.roles import ALL_SEXES

Pick = Callable[[IndicatorValue], Amount]
"""Which of an indicator's numbers: last year's, this year's or the target."""


def values_of(values: Iterable[IndicatorValue], indicator: str, spec: Spec) -> list[IndicatorValue]:
    """The values of one indicator, for both sexes together; where a county has told of them apart
    alone, its parts: they are all that there is."""
    own = [one for one in values if one.indicator == indicator]
    whole = {(one.county, one.activity) for one in own if is_of_all(one, spec)}
    return [one for one in own if is_of_all(one, spec) or not _has_whole(one, whole)]


def _has_whole(part: IndicatorValue, whole: Collection[tuple[str, object]]) -> bool:
    """Whether women or men alone may be in a number for both: of the same activity, or of none."""
    told = [activity for county, activity in whole if county == part.county]
    apart = all(isinstance(one, str) and one != part.activity for one in told)
    return not apart or (bool(told) and not isinstance(part.activity, str))


def is_of_all(value: IndicatorValue, spec: Spec) -> bool:
    """Whether a value is for women and men together: only such are added up, since the parts are in
    them. Every value is in a year that does not tell sexes apart."""
    return value.sex is NOT_ASKED or value.sex == spec.bound[ALL_SEXES]


def decimals_of(code: Code) -> int:
    """With how many decimals an indicator is printed."""
    return code.as_indicator.decimals


def indicator_sum(code: Code, amounts: Iterable[tuple[str, Amount]]) -> Decimal:
    """The sum of an indicator over (county, value); where rows of a county may count the same thing
    (`summering: högsta per län`), the sum of each county's highest."""
    values: dict[str, list[Decimal]] = defaultdict(list)
    for county, amount in amounts:
        if isinstance(amount, Decimal):
            values[county].append(amount)
    # Two activities may have met the same persons: their rows are not added up.
    if code.as_indicator.takes_highest:
        return sum((max(own) for own in values.values()), Decimal(0))
    return sum((sum(own, Decimal(0)) for own in values.values()), Decimal(0))


def by_county(code: Code, values: Iterable[IndicatorValue], pick: Pick) -> Mapping[str, Decimal]:
    """The number of each county that has one, its rows together."""
    found: dict[str, list[tuple[str, Amount]]] = defaultdict(list)
    for one in values:
        if isinstance(pick(one), Decimal):
            found[one.county].append((one.county, pick(one)))
    return {county: indicator_sum(code, amounts) for county, amounts in found.items()}
