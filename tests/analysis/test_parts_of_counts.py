"""Which rows of an indicator are added up: those of both sexes, all ages and the whole county; where a county has only told
of parts, those."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


WHOLE = {"sex": "T", "age": "A", "level": "L"}
MET = st.lists(
    st.tuples(st.sampled_from("KM"), st.sampled_from("UÖ"), st.sampled_from(["1280", "1281", "1290"])), max_size=12
)  # fmt: skip
DIVISIONS = ["", "sex", "age", "place", "sex age", "sex place", "age place"]


def told_by(people, division):
    """The rows that a county writes of those whom it has met, divided in a way."""
    parts = division.split()
    groups = Counter(
        tuple(value if name in parts else "" for name, value in zip(("sex", "age", "place"), person, strict=True))
        for person in people
    )  # fmt: skip
    for sex, age, place in groups or {("", "", ""): 0}:
        area = {"level": "K", "municipality": place} if place else {"level": "L"}
        row = WHOLE | area | {name: value for name, value in (("sex", sex), ("age", age)) if value}
        yield row | {"value": Decimal(groups[sex, age, place])}


@settings(max_examples=200, deadline=None)
@given(people=MET, divisions=st.sets(st.sampled_from(DIVISIONS), min_size=1), elsewhere=MET)
def it_counts_as_many_as_a_county_has_met_however_it_tells_of_them(
    year, people, divisions, elsewhere
):
    own = [row for division in sorted(divisions) for row in told_by(people, division)]
    rows = [row_of(IndicatorValue, "12", indicator="2", activity="A1", **row) for row in own]
    rows += [
        row_of(IndicatorValue, "12", indicator="2", activity="A2", **row)
        for row in told_by(elsewhere, "sex")
    ]
    data = small_dataset(*rows, counties=("12",))
    found = values_of(data.indicators, "2", year.spec)
    assert sum(one.value for one in found) == len(people) + len(elsewhere)


@pytest.mark.parametrize(
    ("others", "expected"),
    [([("P", 50)], 10), ([("R", 50), ("P", 60)], 10), ([("K", 4), ("P", 50)], 10)],
)
def it_prefers_the_countys_own_area(year, others, expected):
    told = [("L", 10), *others]
    rows = [
        row_of(
            IndicatorValue, "12", indicator="2", activity="A1", value=Decimal(value),
            **WHOLE | {"level": level} | ({"municipality": "1280"} if level == "K" else {}),
        )
        for level, value in told
    ]  # fmt: skip
    for given_rows in (rows, rows[::-1]):
        data = small_dataset(*given_rows, counties=("12",))
        assert sum(one.value for one in values_of(data.indicators, "2", year.spec)) == expected
