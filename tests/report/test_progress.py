"""How the counties' numbers stand to their targets and to the year before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.datasets import row_of, small_dataset
from toolkit.analysis.records import IndicatorValue
from toolkit.report.facts import Facts
from toolkit.report.progress import progress
from toolkit.returns.submission import Missing

MEETINGS, TRAINED, REACHED = "9", "2", "5"


def value(county, row, indicator, now, before, target):
    numbers = [one if isinstance(one, Missing) else Decimal(one) for one in (now, before, target)]
    told = dict(zip(("value", "before", "target"), numbers, strict=True))
    return row_of(IndicatorValue, county, row, indicator=indicator, sex="T", activity="A1", **told)


@pytest.fixture
def told(year):
    def of(*rows):
        data = small_dataset(*rows, counties=["01", "12", "14"])
        facts = Facts(money_of(data), year.texts("rapport"))
        return {
            one.namn: [(set(found), set(found.base)) for found in (one.nadde, one.okade)]
            for one in progress(facts)
        }

    return of


class DescribeProgress:
    def it_says_nothing_beside_a_year_that_counted_otherwise(self, year):
        rows = [value("01", 6, MEETINGS, 12, 10, 12), value("01", 7, REACHED, 9, 3, 9)]
        results = money_of(small_dataset(*rows, counties=["01"]))
        facts = Facts(replace(results, counted_anew=frozenset({MEETINGS})), year.texts("rapport"))
        bases = {one.namn: set(one.okade.base) for one in progress(facts)}
        assert bases == {"Operativ samverkansgrupp, möten": set(), "Kommuner som nåtts": {"01"}}

    def it_names_who_has_reached_the_target_and_who_has_more_than_before(self, told):
        rows = [value("01", 6, MEETINGS, 12, 10, 12), value("12", 6, MEETINGS, 9, 9, 10)]
        [(name, (reached, more))] = told(*rows).items()
        assert name == "Operativ samverkansgrupp, möten"
        assert reached == ({"01"}, {"01", "12"})
        assert more == ({"01"}, {"01", "12"})

    def it_adds_a_countys_rows_up(self, told):
        rows = [value("01", 6, MEETINGS, 4, 9, 8), value("01", 7, MEETINGS, 5, 1, 1)]
        assert list(told(*rows).values()) == [[({"01"}, {"01"}), (set(), {"01"})]]

    def it_takes_the_highest_where_rows_may_count_the_same(self, told):
        rows = [value("01", 6, REACHED, 4, 3, 5), value("01", 7, REACHED, 6, 3, 6)]
        assert list(told(*rows).values()) == [[({"01"}, {"01"}), ({"01"}, {"01"})]]

    def it_leaves_out_a_number_that_has_no_other_beside_it(self, told):
        rows = [
            value("01", 6, MEETINGS, 12, Missing.UNKNOWN, 12),
            value("12", 6, MEETINGS, Missing.UNKNOWN, 3, 10),
            value("14", 6, MEETINGS, 7, 3, Missing.BLANK),
        ]
        assert list(told(*rows).values()) == [[({"01"}, {"01"}), ({"14"}, {"14"})]]

    def it_says_nothing_of_persons_of_a_year_that_no_report_has_printed(self, told):
        # Which way the target lies is told by that year alone, and where it is met there is none.
        rows = [value(one, 6, TRAINED, 300, 200, 250) for one in ("01", "12")]
        assert told(*rows) == {}
        rows = [value(one, 6, TRAINED, 300, 200, 300) for one in ("01", "12")]
        assert list(told(*rows).values()) == [[({"01", "12"}, {"01", "12"}), (set(), set())]]

    def it_says_nothing_at_all_of_an_indicator_with_a_number_that_is_hidden(self, told):
        assert told(value("01", 6, TRAINED, 3, 2, 2), value("12", 6, TRAINED, 300, 2, 2)) == {}

    def it_has_those_of_most_counties_first(self, told):
        rows = [value("01", 6, REACHED, 4, 3, 5)]
        rows += [value(one, 7, MEETINGS, 4, 3, 5) for one in ("01", "12")]
        assert list(told(*rows)) == ["Operativ samverkansgrupp, möten", "Kommuner som nåtts"]
