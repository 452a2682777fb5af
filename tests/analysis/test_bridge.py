"""From cost to what burdens the appropriation: by hand, and as a sheet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.export.small import results_of, row_of, small_dataset, written
from tests.ledger.layouts import CHART, YEAR
from toolkit.analysis.bridge import cost_bridges
from toolkit.analysis.records import AppropriationLine
from toolkit.export.finance.burden import write_burden
from toolkit.ledger.entries import Bridge, Financing
from toolkit.ledger.files import read_ledger
from toolkit.returns.submission import Missing

BOOK = (
    "Konto;Verksamhetskod;Anslagspost;Belopp\n"
    "4110;PM;ap.4;1000,00\n"
    "6911;PM;ap.4;300,00\n"
    "4110;PM;avgift;200,00\n"
    "6911;PM;Avgift;50,00\n"
    "5011;801;1:1 förvaltning;40,00\n"
    "4110;999;ap.4;7000,00\n"
    "1930;PM;ap.4;5,00\n"
)
SPENT = Decimal(1010)


def ledger_of(chart=CHART):
    return read_ledger(BOOK.encode(), "12 x.csv", chart, YEAR.spec.counties)


def account(spent=SPENT):
    return row_of(AppropriationLine, "12", 6, post="ap.4", spent=spent)


def bridged(*rows, ledger=None):
    data = small_dataset(*rows, counties=("12",))
    (found,) = cost_bridges(data, {"12": ledger or ledger_of()})
    return found


class DescribeTheBridgeFromCostToBurden:
    def it_takes_off_each_krona_once_by_who_paid_or_what_it_is(self):
        found = bridged(account())
        assert found.cost == 1590
        assert found.items == {"Avskrivning": 300, "Avgiftsfinansiering": 250, "": 40}
        assert (found.burden, found.stated, found.left) == (1000, 1010, 10)

    def it_knows_the_items_that_the_agency_names(self):
        owed = Bridge(first="4110", last="4110", name="Semesterlöneskuld")
        chart = CHART.model_copy(update={"bridges": (owed,), "financing": ()})
        found = bridged(account(), ledger=ledger_of(chart))
        assert found.items["Semesterlöneskuld"] == 1200
        assert found.items[""] == 90

    def it_has_no_difference_where_the_county_does_not_know(self):
        assert bridged(account(Missing.UNKNOWN)).left is None
        assert bridged().left is None

    def it_has_none_of_an_extract_that_is_not_used(self):
        data = small_dataset(account(), counties=("12",))
        assert cost_bridges(data, {"12": replace(ledger_of(), doubts=("summa",))}) == []

    def it_is_a_sheet_of_formulas(self):
        results = results_of(
            small_dataset(account(), counties=("12",)), ledgers={"12": ledger_of()}
        )
        page = written(results, write_burden)["Anslagsbelastning"]
        assert [cell.value for cell in page[4]][2:] == [
            "Kostnad enligt utdraget (kr)", "Avgår: Avgiftsfinansiering (kr)", "Avgår: Avskrivning (kr)",
            "Avgår: andra anslag och finansieringar (kr)", "Belastning enligt utdraget (kr)",
            "Anslagsbelastning enligt länet (kr)", "Kvar att förklara (kr)", "Kan förklara resten",
        ]  # fmt: skip
        assert [cell.value for cell in page[5]][2:] == [
            1590, 250, 300, 40, "=C5-SUM(D5:F5)", 1010, "=H5-G5", "",
        ]  # fmt: skip

    @pytest.mark.libreoffice
    def it_comes_to_the_same_when_it_is_counted_again(self, convert):
        import io

        import openpyxl

        from toolkit.export.finance.workbook import write_finance

        results = results_of(
            small_dataset(account(), counties=("12",)), ledgers={"12": ledger_of()}
        )
        again = openpyxl.load_workbook(
            io.BytesIO(convert(write_finance(results), "e.xlsx", "xlsx")), data_only=True
        )
        page = again["Anslagsbelastning"]
        assert [cell.value for cell in page[5]][6:9] == [1000, 1010, 10]


class DescribeTheChart:
    def it_refuses_a_financing_that_is_an_item_of_the_year(self, tmp_path):
        from toolkit.ledger.chart import _bridges

        paid = Financing(name="Avgifter", posts=("ap.4",))
        chart = CHART.model_copy(update={"financing": (paid,)})
        (found,) = _bridges(chart, YEAR.spec)
        assert found.place == ("financing", 0)
