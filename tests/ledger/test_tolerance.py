"""The tolerance follows from the digits that the amounts are reported with, and is shown with its reason."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests.ledger.test_ledgers import CHART, COUNTIES, YEAR, ledgers_of, xlsx_of, year_of
from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.reconcile import Reconciliation, Rounding, reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.export.finance.workbook import write_finance
from toolkit.ledger.files import read_ledger

ONE = {"lan": "12", "verksamhetskod": "PM", "kostnadsslag": "KÖP", "anslagspost": "ap.4"}
HEADS = ["Konto", "Verksamhetskod", "Belopp (tkr)"]


def lines(*amounts):
    return [{**ONE, "ore": ore} for ore in amounts]


def line_of(found, code="PM"):
    return next(one for one in found if (one.county, one.code) == ("12", code))


class DescribeTheTolerance:
    @pytest.mark.parametrize(
        ("reported", "tolerance"),
        [
            ((100_00,), "0.5"), ((100_00, 200_00, 300_00), "1.5"), ((100_25, 200_25), "0.005"),
            ((100_25, 200_00, 300_00), "0.005"),  # one amount with öre: the county does not round
        ],
    )  # fmt: skip
    def it_is_half_a_krona_for_each_line_of_a_county_that_reports_whole_kronor(
        self, example, reported, tolerance
    ):
        found = reconcile(year_of(example, lines(*reported)), ledgers_of(lines(*reported)))
        assert line_of(found).tolerance == Decimal(tolerance)

    def it_is_half_a_krona_where_such_a_county_has_no_line_at_all(self, example):
        found = reconcile(year_of(example, lines(100_00)), ledgers_of([*lines(100_00), {**ONE, "verksamhetskod": "VN", "ore": 40}]))  # fmt: skip
        assert [(line_of(found, "VN").tolerance, line_of(found, "VN").ties)] == [
            (Decimal("0.5"), True)
        ]

    def it_is_each_countys_own(self, example):
        both = [*lines(100_00), {**ONE, "lan": "19", "ore": 100_01}]
        found = {one.county: one.tolerance for one in reconcile(year_of(example, both), ledgers_of(both)) if one.code == "PM"}  # fmt: skip
        assert found == {"12": Decimal("0.5"), "14": Decimal("0.005"), "19": Decimal("0.005")}

    def it_adds_up_over_the_country(self, example):
        series = Series((AppropriationFigure(2020, "utgifter", Decimal(300), "Källa", ""),))
        country = reconcile_parts(year_of(example, lines(100_00, 100_00, 99_00)), {}, series)[-1]
        assert (country.dimension, country.tolerance, country.difference, country.ties) == (
            "riket",
            2,
            1,
            True,
        )

    @pytest.mark.parametrize(
        ("stated", "rounding", "tolerance"),
        [
            ("100", Rounding(2), "1.5"), ("100.40", Rounding(2), "1"), ("100", Rounding(), "0.5"),
            ("100.40", Rounding(), "0.005"),
        ],
    )  # fmt: skip
    def it_counts_the_countys_own_sum_as_one_amount_more_when_it_is_whole(
        self, stated, rounding, tolerance
    ):
        line = Reconciliation("12", "Skåne", "PM", Decimal(200), Decimal(stated), None, rounding)
        assert line.tolerance == Decimal(tolerance)


class DescribeLedgersInThousands:
    @staticmethod
    def read(*amounts, form="csv"):
        rows = [HEADS, *(["5410", "PM", amount] for amount in amounts)]
        if form == "xlsx":
            data = xlsx_of(rows)
        else:
            data = "\n".join(
                ";".join(str(cell).replace(".", ",") for cell in row) for row in rows
            ).encode()
        return read_ledger(data, f"12 Skåne.{form}", CHART, COUNTIES)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def it_makes_them_kronor(self, form):
        ledger = self.read(12, -3, 0, form=form)
        assert (ledger.booked, ledger.slack) == (
            {("PM", "KÖP", ""): 9000},
            {("PM", "KÖP", ""): 1500},
        )
        assert dict(ledger.mapping)["amount"] == "Belopp (tkr)"

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def it_lets_a_decimal_stand_for_a_hundred_kronor(self, form):
        ledger = self.read(12.5, 3, form=form)
        assert (ledger.control, ledger.slack) == (15_500, {("PM", "KÖP", ""): 100})

    def it_has_no_slack_when_every_krona_is_told(self):
        assert self.read("12,500", "3,001").bad_lines == (
            (2, "12,500"),
            (3, "3,001"),
        )  # could be read in two ways
        assert self.read("12,50", "0,001").slack == {}

    def it_reads_an_amount_that_says_its_unit_and_no_other_unit(self):
        ledger = self.read("12 tkr", "5 kr", "Summa")
        assert (ledger.control, ledger.bad_lines) == (12_000, ((3, "5 kr"), (4, "Summa")))

    def it_compares_the_files_own_sum_in_kronor(self):
        data = b"Konto;Verksamhetskod;tkr\n5410;PM;12\nSumma;;13\n"
        ledger = read_ledger(data, "12 Skåne.csv", CHART, COUNTIES)
        assert (ledger.stated, ledger.total, ledger.missing) == (13_000, 12_000, 1_000)

    def it_ties_within_half_a_thousand_a_transaction(self, example):
        data = year_of(example, lines(9_400_00, 12_300_00))
        within = line_of(reconcile(data, {"12": self.read(9, 12)}))
        assert (within.difference, within.tolerance, within.ties) == (-700, 1001, True)
        beyond = line_of(reconcile(data, {"12": self.read(9, 11)}))
        assert (beyond.difference, beyond.ties) == (-1700, False)


class DescribeTheSheet:
    @staticmethod
    def page(example, reported, ledgers, more=0):
        data = year_of(example, reported)
        data = replace(data, counties=example.counties)
        found = [one for one in reconcile(data, ledgers) if one.county == "12"]
        found = [
            replace(one, stated=one.reported + more) if more and one.code == "PM" else one
            for one in found
        ]
        verdicts = earmark_verdicts(data, YEAR.spec.earmarks[0])
        book = write_finance(YearResults(data, verdicts, Series(()), lines=found, ledgers=ledgers))
        page = openpyxl.load_workbook(io.BytesIO(book))["Avstämning"]
        heads = [cell.value for cell in page[4]]
        return dict(zip(heads, (cell.value for cell in page[5]), strict=True))

    @pytest.mark.parametrize(
        ("reported", "booked", "tolerance", "reason"),
        [
            (
                (100_00, 50_00),
                (100_00,),
                1,
                "Hela kronor, högst 0,50 kr per avrundat belopp. Antal belopp: 2.",
            ),
            ((100_25,), (100_26,), 0.005, "Beloppen har ören och är inte avrundade."),
        ],
    )
    def it_shows_why_so_much_may_differ(self, example, reported, booked, tolerance, reason):
        row = self.page(example, lines(*reported), {"12": ledgers_of(lines(*booked))["12"]})
        assert (row["Tolerans (kr)"], row["Varför den toleransen"]) == (tolerance, reason)

    def it_names_a_ledger_in_thousands(self, example):
        row = self.page(example, lines(100_00), {"12": DescribeLedgersInThousands.read(9)})
        assert row["Varför den toleransen"] == (
            "Hela kronor, högst 0,50 kr per avrundat belopp. Antal belopp: 1. Huvudboken står i tkr, vilket kan ge 500\u00a0kr."
        )

    def it_counts_the_countys_own_sum_where_that_is_what_differs(self, example):
        row = self.page(example, lines(100_00), {}, more=9)
        assert (row["Differens (kr)"], row["Tolerans (kr)"]) == ("=F5-E5", 1)
        assert row["Varför den toleransen"].endswith("Antal belopp: 2.")
