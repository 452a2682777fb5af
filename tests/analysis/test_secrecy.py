"""Which counts are printed: beside everything that a reader could take them to be. The oracle lists all
counts that the same page could stand for and knows nothing of how they were chosen."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from toolkit.analysis.printed import PrintedIndicator
from toolkit.analysis.secrecy import PRINTED, WITHHELD, Pattern, drawn, holds, plan, stand_by

LEAST = 5
KEY = b"nyckel"


def values_of(*numbers: int) -> dict[str, Decimal]:
    return {f"{place:02}": Decimal(number) for place, number in enumerate(numbers, 1)}


def planned(*numbers: int, key: bytes = KEY, least: int = LEAST) -> Pattern:
    return plan(values_of(*numbers), least, lambda name: drawn(key, "2020", "23", name))


@cache
def parts(count: int, total: int) -> list[tuple[int, ...]]:
    """All ways to divide a total into so many counts of one or more."""
    if count == 1:
        return [(total,)] if total > 0 else []
    return [(one, *rest) for one in range(1, total - count + 2) for rest in parts(count - 1, total - one)]  # fmt: skip


@cache
def narrowest(count: int, total: int, least: int) -> int:
    """The fewest values that anybody is left with of any hidden count: of all the divisions that the rule hides so, with
    the rule and the total known, and one's own count if one has any."""
    whole = [one for one in parts(count, total) if min(one) < least and holds([Decimal(x) for x in one], least)]  # fmt: skip
    seen = defaultdict(set)
    for one in whole:
        for place, other in combinations(range(count), 2):
            seen[place, one[place], other].add(one[other])
            seen[other, one[other], place].add(one[place])
            seen[None, None, place].add(one[place])
    return min((len(values) for values in seen.values()), default=least)


class DescribeThePlan:
    @pytest.mark.parametrize(
        ("numbers", "hidden"),
        [
            ((), ()),
            ((0, 5, 40), ()),
            ((3, 31, 23), ("01", "02", "03")),
            ((4, 4, 4, 4, 0), ("01", "02", "03", "04")),
            ((4, 4, 4, 0), WITHHELD),
            ((3, 40), WITHHELD),
            ((3, 40, 0, 0), WITHHELD),
            ((1, 1, 40), WITHHELD),
            ((3,), WITHHELD),
            ((1, 5, 5), WITHHELD),
            ((1, 7, 7), ("01", "02", "03")),
        ],
    )  # fmt: skip
    def it_hides_the_low_ones_and_as_many_others_as_it_takes(self, numbers, hidden):
        found = planned(*numbers)
        assert found == (hidden if hidden is WITHHELD else Pattern(frozenset(hidden)))

    def it_draws_which_others_and_how_many(self):
        numbers = (3, 10, 20, 30, 40, 50, 60)
        keys = [bytes([number]) for number in range(200)]
        found = [planned(*numbers, key=key).hidden for key in keys]
        assert all("01" in hidden for hidden in found)
        assert {len(hidden) for hidden in found} == {3, 4, 5, 6, 7}
        pairs = {hidden for hidden in found if len(hidden) == 3}
        assert len(pairs) == 15

    def it_is_the_same_every_time(self):
        assert planned(3, 10, 20, 30, 40) == planned(3, 10, 20, 30, 40)

    def it_leaves_five_values_to_everybody_though_the_rule_is_known(self):
        """Every division of every sum up to a height at which the rule no longer bites."""
        for count, highest in ((3, 40), (4, 24), (5, 19), (6, 17)):
            for total in range(count, highest):
                assert narrowest(count, total, LEAST) >= LEAST, (count, total)

    @pytest.mark.parametrize("least", [2, 3, 4, 7])
    def it_does_so_with_other_limits(self, least):
        for total in range(3, 40):
            assert narrowest(3, total, least) >= least

    def it_holds_in_ten_thousand_years(self):
        chance = random.Random(17)
        kept = 0
        for number in range(10_000):
            low = [chance.randint(1, 4) for _ in range(chance.randint(0, 6))]
            high = [chance.randint(5, 60) for _ in range(chance.randint(0, 5))]
            values = values_of(*low, *high, *[0] * chance.randint(0, 3))
            found = plan(values, LEAST, lambda name, n=number: drawn(KEY, str(n), name))
            kept += self.is_sound(values, found)
        assert kept > 5_000

    def is_sound(self, values, found):
        """Whether something is hidden beside a sum; and then everyone who looks is left with five values."""
        low = {name for name, value in values.items() if 0 < value < LEAST}
        if found.withheld or not low:
            assert found in {PRINTED, WITHHELD}
            assert bool(low) == found.withheld
            return False
        assert low <= found.hidden
        assert all(values[name] > 0 for name in found.hidden)
        total = sum(values[name] for name in found.hidden)
        for own in (None, *found.hidden):
            left = total - (values[own] if own else 0)
            others = len(found.hidden) - bool(own)
            # One of the others takes all from one up to what is left when each of the rest has one.
            assert others > 1
            assert left - (others - 1) >= LEAST
        return True


class DescribeACorrectedEdition:
    def earlier(self, **hidden):
        return PrintedIndicator({"05": Decimal(31)}, values_of(3, 40, 20), **hidden)

    def it_hides_what_was_hidden(self):
        values = values_of(3, 40, 20) | {"05": Decimal(33), "06": Decimal(9)}
        assert stand_by(self.earlier(), values, LEAST) == Pattern(frozenset({"01", "02", "03"}))

    @pytest.mark.parametrize(
        "changed", [{"01": Decimal(8)}, {"02": Decimal(41)}, {"06": Decimal(2)}, {"05": Decimal(4)}]
    )
    def it_prints_nothing_where_two_sums_would_tell(self, changed):
        assert stand_by(self.earlier(), values_of(3, 40, 20) | changed, LEAST) == WITHHELD

    def it_prints_nothing_of_a_county_that_has_left(self):
        assert stand_by(self.earlier(), values_of(3, 40), LEAST) == WITHHELD

    def it_goes_on_printing_nothing(self):
        values = values_of(30, 40, 20)
        assert stand_by(self.earlier(withheld=True), values, LEAST) == WITHHELD
