"""Which rows of an indicator are added up: those of both sexes; where a county has only told of women and men apart, those."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.datasets import row_of, small_dataset
from toolkit.analysis.counts import values_of
from toolkit.analysis.records import IndicatorValue
from toolkit.returns.submission import Missing

CASES = [
    ((("K", "A1", 410),), 410),
    ((("T", "A1", 500), ("K", "A1", 410)), 500),
    ((("K", "A1", 410), ("M", "A1", 30)), 440),
    ((("T", "A1", 500), ("K", "A2", 10), ("M", "A2", 5)), 515),
    ((("T", Missing.BLANK, 500), ("K", "A2", 10)), 500),
    ((("T", "A1", 500), ("K", Missing.BLANK, 10)), 500),
    ((("T", "A1", 500), ("T", "A2", 7), ("K", "A2", 7)), 507),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), CASES)
def it_counts_everybody_once(year, told, expected):
    rows = [
        row_of(
            IndicatorValue, "12", indicator="2", sex=sex, activity=activity, value=Decimal(value)
        )
        for sex, activity, value in told
    ]
    others = [row_of(IndicatorValue, "25", indicator="2", sex="K", activity="A1", value=Decimal(3))]
    data = small_dataset(*rows, *others, counties=("12", "25"))
    own = values_of(data.indicators, "2", year.spec)
    assert sum(one.value for one in own if one.county == "12") == expected
    assert [one.value for one in own if one.county == "25"] == [3]
