"""A county's counts of an indicator, and their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.analysis.records import NOT_ASKED, Amount, IndicatorValue, TextValue
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.spec.roles import ALL_AGES, ALL_SEXES, OWN_LEVEL, CodeRole

Pick = Callable[[IndicatorValue], Amount]
"""Which of an indicator's numbers: last year's, this year's or the target."""
_OWN, _MUNICIPALITY, _BEYOND = range(3)


def values_of(values: Iterable[IndicatorValue], indicator: str, spec: Spec) -> list[IndicatorValue]:
    """The values of one indicator that count: nobody is counted twice. A number for both sexes, all
    ages or the whole county has the parts in it; where a county has told of the parts alone, they
    are all that there is."""
    own = [one for one in values if one.indicator == indicator]
    kept: defaultdict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(own)), key=lambda number: _narrowness(own[number], spec)):
        others = (own[other] for other in kept[own[number].county])
        if not any(_count_the_same(own[number], other, spec) for other in others):
            kept[own[number].county].append(number)
    chosen = set(chain.from_iterable(kept.values()))
    return [one for number, one in enumerate(own) if number in chosen]


def _narrowness(value: IndicatorValue, spec: Spec) -> tuple[int, bool, bool]:
    """By which it is decided which of several numbers that hold some of the same stands: the wider
    one. The county's own area comes first, its municipalities next, then areas that reach beyond
    it."""
    bound = spec.bound
    is_own = value.level is NOT_ASKED or value.level == bound.of(OWN_LEVEL)
    area = _BEYOND
    if is_own or isinstance(value.municipality, str):
        area = _OWN if is_own else _MUNICIPALITY
    return area, not _is_all(value.sex, spec, ALL_SEXES), not _is_all(value.age, spec, ALL_AGES)


def _is_all(answer: TextValue, spec: Spec, whole: CodeRole) -> bool:
    """Whether a number is for all of what it may be divided into. Every number is in a year that
    does not divide."""
    return answer is NOT_ASKED or answer == spec.bound[whole]


def _count_the_same(one: IndicatorValue, other: IndicatorValue, spec: Spec) -> bool:
    """Whether two numbers of a county, divided in different ways, may count the same. What is told
    of no activity may be in any."""
    if _division(one) == _division(other) or _are_apart(one.activity, other.activity):
        return False
    if _are_apart(one.municipality, other.municipality):
        return False
    divided = ((one.sex, other.sex, ALL_SEXES), (one.age, other.age, ALL_AGES))
    return all(
        mine == theirs or _is_all(mine, spec, whole) or _is_all(theirs, spec, whole)
        for mine, theirs, whole in divided
    )


def _division(value: IndicatorValue) -> tuple[TextValue, ...]:
    return value.level, value.municipality, value.sex, value.age


def _are_apart(one: TextValue, other: TextValue) -> bool:
    return isinstance(one, str) and isinstance(other, str) and one != other


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
    """The number of each county that has one, its rows together. Several shares or means of a
    county (`IndicatorFacts.is_rate`) are one number only where they are alike."""
    found: dict[str, list[tuple[str, Amount]]] = defaultdict(list)
    for one in values:
        if isinstance(pick(one), Decimal):
            found[one.county].append((one.county, pick(one)))
    made = {county: _of_rows(code, amounts) for county, amounts in found.items()}
    return {county: value for county, value in made.items() if value is not None}


def _of_rows(code: Code, amounts: Sequence[tuple[str, Amount]]) -> Decimal | None:
    """What a county's rows come to; None where they cannot be added up."""
    facts = code.as_indicator
    if not facts.is_rate or facts.takes_highest:
        return indicator_sum(code, amounts)
    first, *others = {amount for _, amount in amounts}
    return first if isinstance(first, Decimal) and not others else None
