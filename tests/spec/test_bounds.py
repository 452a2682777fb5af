from decimal import Decimal

import pytest

from toolkit.spec.fields import Bounds


class DescribeBounds:
    @pytest.mark.parametrize(
        ("low", "high", "value", "holds"),
        [
            (1, 3, 1, True),
            (1, 3, 3, True),
            (1, 3, Decimal("3.01"), False),
            (1, 3, 0, False),
            (None, 3, -100, True),
            (1, None, 100, True),
            (None, None, 0, True),
        ],
    )
    def it_holds_what_lies_between_and_what_is_on_them(self, low, high, value, holds):
        assert Bounds(low, high).hold(value) is holds

    def it_is_crossed_only_where_nothing_can_lie_between(self):
        crossed = [Bounds(3, 1), Bounds(2, 2), Bounds(None, 1), Bounds(3, None)]
        assert [one.are_crossed for one in crossed] == [True, False, False, False]

    def it_tells_those_that_are_given(self):
        assert [list(Bounds(*one).given) for one in ((None, None), (0, None), (1, 2))] == [
            [], [0], [1, 2]
        ]  # fmt: skip
