"""The report is compared with tests/report/oracle.py: for so many of the example's counties, and for generated years. More years
by `python -m tests.report.oracle 200`."""

from __future__ import annotations

import pytest

from tests.conftest import money_of
from tests.report.oracle import QUANTIFIED, Year, contradictions, word_of, wrong_set
from tests.report.years import made_year
from toolkit.analysis.merge import merge
from toolkit.report import write_report


@pytest.mark.parametrize("count", [21, 19, 5, 2, 1, 0])
def it_says_nothing_that_the_rows_do_not(year, example_returns, count):
    left = sorted(example_returns, key=lambda found: found.submission.county in {"09", "10"})
    data = merge(year, left[:count])
    assert contradictions(write_report(money_of(data)), data) == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def it_says_nothing_false_of_a_generated_year(year, example_returns, seed):
    results, extracts = made_year(seed, example_returns, year)
    assert contradictions(write_report(results), results.data, extracts) == []


class DescribeTheOracle:
    def it_sees_what_is_false(self, year, example):
        rows = Year(example)
        base = rows.base("lagesbild")
        ten = set(sorted(base)[:10])
        assert wrong_set("flera länsstyrelser (10 av 21)", ten, base, rows) == ""
        assert wrong_set("flera länsstyrelser (9 av 21)", ten, base, rows)
        assert wrong_set("majoriteten av länsstyrelserna (10 av 21)", ten, base, rows)
        assert wrong_set("ingen länsstyrelse", ten, base, rows)
        assert wrong_set("ingen länsstyrelse", set(), base, rows) == ""
        assert wrong_set("ingen länsstyrelse", set(), ten, rows)
        assert (
            wrong_set("hälften av länsstyrelserna (5 av 10)", set(sorted(ten)[:5]), ten, rows) == ""
        )
        assert [word_of(*of) for of in ((10, 20), (11, 21), (2, 21), (3, 5))] == [
            "hälften",
            "majoriteten",
            "ett fåtal",
            "majoriteten",
        ]

    def it_knows_a_sentence_of_its_kind(self):
        import re

        assert re.search(QUANTIFIED, "Ingen länsstyrelse har gjort något.")
        assert re.search(QUANTIFIED, "Länsstyrelsen Skåne har gjort något.")
        assert not re.search(QUANTIFIED, "Mycket av det som sker är dolt.")
