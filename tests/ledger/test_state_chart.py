"""The books of the Swedish state: the default chart against the result account of ESV's
baskontoplan, group by group."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import ROOT
from toolkit.ledger.chart import read_chart
from toolkit.ledger.files import read_ledger
from toolkit.spec.load import load_year

YEAR = load_year(ROOT / "templates", 2020)
CHART = read_chart(YEAR)
COSTS = {
    "personal": (4011, 4999), "lokaler": (5011, 5099), "övriga driftkostnader": (5211, 5899),
    "finansiella kostnader": (5911, 5999), "avskrivningar": (6911, 6913), "lämnade bidrag": (7711, 7979),
}  # fmt: skip
"""ESV, Samband mellan S-koder och baskontoplan: verksamhetens kostnader, and lämnade bidrag."""
NO_COSTS = {
    "intäkter": (3011, 3899), "uppbörd": (7011, 7092), "skatter": (7111, 7199), "till budgeten": (7211, 7212),
    "medel från budgeten": (7311, 7312), "medel från myndigheter": (7351, 7359), "övriga medel": (7411, 7419),
    "finansiella i transfereringar": (7511, 7579), "fonder": (7611, 7612), "kapitalförändring": (8999, 8999),
}  # fmt: skip
ROWS = (
    ("4111", "1000,00"), ("5011", "200,00"), ("5311", "30,00"), ("5511", "40,00"), ("5611", "50,00"),
    ("5711", "300,00"), ("5811", "10,00"), ("5911", "5,00"), ("6911", "25,00"), ("7311", "-800,00"),
    ("7721", "800,00"), ("3011", "-1660,00"),
)  # fmt: skip


@pytest.fixture
def ledger():
    lines = [f"{account};801;ap.4;{amount}" for account, amount in ROWS]
    text = "\n".join(["Konto;Verksamhetskod;Anslagspost;Belopp", *lines])
    return read_ledger(text.encode(), "12 a.csv", CHART, YEAR.spec.counties)


class DescribeTheChartOfTheState:
    @pytest.mark.parametrize("group", COSTS)
    def it_counts_a_whole_group(self, group):
        first, last = COSTS[group]
        assert all(CHART.kind_of(str(account)) for account in range(first, last + 1))

    @pytest.mark.parametrize("group", NO_COSTS)
    def it_counts_nothing_of_a_group_that_is_no_cost(self, group):
        first, last = NO_COSTS[group]
        assert not any(CHART.kind_of(str(account)) for account in range(first, last + 1))

    def it_does_not_let_the_means_of_grants_take_the_grants_out(self, ledger):
        assert ledger.control == 2460
        by_kind = {}
        for (_, kind, _), amount in ledger.booked.items():
            by_kind[kind] = by_kind.get(kind, Decimal(0)) + amount
        assert by_kind == {
            "PER": 1000, "LOK": 200, "RES": 40, "KÖP": 300, "BID": 800, "ÖVR": 120,
        }  # fmt: skip

    def it_knows_what_it_does_not_count(self, ledger):
        assert [(one.account, one.amount) for one in ledger.uncounted] == [("7311", -800)]
        assert ledger.outside == () and ledger.left_out == 2
