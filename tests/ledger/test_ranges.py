"""What a range of huvudbok.yaml can say beside its kostnadsslag, and that every krona of an extract
stands somewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.export.small import results_of, row_of, small_dataset, written
from tests.ledger.layouts import CHART, YEAR
from toolkit.analysis.bridge import cost_bridges
from toolkit.analysis.records import AppropriationLine
from toolkit.export.finance.booked import write_booked
from toolkit.export.finance.burden import write_burden
from toolkit.export.finance.ledgers import write_ledgers
from toolkit.ledger.entries import CostKind
from toolkit.ledger.files import read_ledger
from toolkit.ledger.owners import LedgerMap, OwnerEntry, as_told

COUNTIES = YEAR.spec.counties
GRANTS = next(kind for kind in CHART.kinds if kind.first == "7711")


def read(rows, chart=CHART, heads="Konto;Verksamhetskod;Anslagspost;Belopp"):
    return read_ledger("\n".join([heads, *rows]).encode(), "12 a.csv", chart, COUNTIES)


def with_range(**values):
    """The chart with a range of grants that says more."""
    others = tuple(kind for kind in CHART.kinds if kind is not GRANTS)
    return CHART.model_copy(update={"kinds": (*others, GRANTS.model_copy(update=values))})


class DescribeASignOfARange:
    def it_turns_the_amounts_on_its_accounts_alone(self):
        chart = with_range(sign="-")
        ledger = read(["4110;PM;ap.4;100,00", "7721;PM;ap.4;-40,25"], chart)
        assert ledger.booked == {
            ("PM", "PER", "ap.4"): 100,
            ("PM", "BID", "ap.4"): Decimal("40.25"),
        }
        assert ledger.control == Decimal("140.25")

    def it_leaves_the_sum_that_the_file_states_as_it_stands(self):
        rows = ["4110;PM;ap.4;100,00", "7721;PM;ap.4;-40,00", "Summa;;;60,00"]
        ledger = read(rows, with_range(sign="-"))
        assert (ledger.stated, ledger.total, ledger.missing) == (60, 60, 0)

    def it_is_told_in_the_sheets_whose_sums_still_tie(self):
        chart = with_range(sign="-")
        ledger = read(["4110;PM;ap.4;100,00", "7721;PM;ap.4;-40,00", "1930;;;-60,00"], chart)
        results = results_of(small_dataset(counties=("12",)), ledgers={"12": ledger})
        rows = [
            [cell.value for cell in row][3:7]
            for row in written(results, write_booked)["Bokfört"].iter_rows(min_row=5)
        ]
        assert [row[-1] for row in rows if row[-1] is not None] == [40, 100, -60]
        page = written(results, write_ledgers)["Så lästes huvudboken"]
        heads = {cell.value: cell.column for cell in page[4]}
        assert page.cell(5, heads["Summa lästa rader, alla konton (kr)"]).value.endswith("-80.00")

    def it_goes_the_other_way_in_a_file_that_is_turned_whole(self):
        ledger = read(["4110;PM;ap.4;-100,00", "7721;PM;ap.4;40,00"], with_range(sign="-"))
        told = LedgerMap({"12 a.csv": OwnerEntry("12", turned=True, signed=True)})
        turned = as_told(ledger, told)
        assert (turned.control, turned.total, turned.turned_by_range) == (140, 60, 80)


class DescribeWhatIsShownOfABridge:
    """What may explain the rest without being taken off."""

    ROWS = (
        "4110;PM;ap.4;1000,00",
        "2712;;;-70,00",
        "2791;;;-30,00",
        "1611;;;10,00",
        "1930;;;-910,00",
    )
    SPENT = Decimal(980)

    def bridged(self):
        account = row_of(AppropriationLine, "12", 6, post="ap.4", spent=self.SPENT)
        data = small_dataset(account, counties=("12",))
        return data, read(self.ROWS)

    def it_takes_nothing_off_for_what_is_charged_when_it_is_earned(self):
        data, ledger = self.bridged()
        (found,) = cost_bridges(data, {"12": ledger})
        assert (found.items, found.burden, found.left) == ({}, 1000, -20)

    def it_names_holiday_pay_and_accruals_by_the_states_accounts(self):
        data, ledger = self.bridged()
        (found,) = cost_bridges(data, {"12": ledger})
        assert found.candidates == {"Semesterlöneskuld": 70, "Periodisering": 20}

    def it_stands_beside_what_is_left_to_explain(self):
        data, ledger = self.bridged()
        page = written(results_of(data, ledgers={"12": ledger}), write_burden)["Anslagsbelastning"]
        heads = {cell.value: cell.column for cell in page[4]}
        told = page.cell(5, heads["Kan förklara resten"]).value
        assert told == "Semesterlöneskuld: 70\xa0kr; Periodisering: 20\xa0kr"


class DescribeAccountsThatFallOutside:
    ROWS = (
        "4110;PM;ap.4;100,00", "5110;PM;ap.4;7,50", "8111;PM;;3,25", "8112;PM;;1,00", "1930;;;-90,00",
        "3511;PM;;-20,00", "7311;PM;;-1,75", "41101;PM;;9,00",
    )  # fmt: skip

    def it_lists_every_one_with_its_sum_or_its_class(self):
        ledger = read(self.ROWS)
        assert [(one.account, one.amount) for one in ledger.outside] == [
            ("41101", 9), ("5110", Decimal("7.50")), ("8111", Decimal("3.25")), ("8112", 1),
        ]  # fmt: skip
        assert [(one.account, one.amount, one.rows) for one in ledger.classes] == [
            ("1", -90, 1), ("3", -20, 1),
        ]  # fmt: skip

    def it_leaves_no_krona_out(self):
        ledger = read(self.ROWS)
        told = [*ledger.outside, *ledger.uncounted, *ledger.classes]
        assert ledger.control + sum(one.amount for one in told) == ledger.total
        assert ledger.left_out == sum(one.rows for one in told)

    def it_shows_the_classes_in_the_workbook(self):
        results = results_of(small_dataset(counties=("12",)), ledgers={"12": read(self.ROWS)})
        page = written(results, write_ledgers)["Så lästes huvudboken"]
        heads = {cell.value: cell.column for cell in page[4]}
        told = page.cell(5, heads["Kontoklasser utan kostnader"]).value
        assert told == "1: −90\xa0kr; 3: −20\xa0kr"


@pytest.mark.parametrize("sign", ["+", "-"])
def it_takes_a_sign_in_the_file(sign):
    assert CostKind(first="1", last="2", kind="PER", sign=sign).sign == sign


def it_refuses_another_sign():
    with pytest.raises(ValueError):
        CostKind(first="1", last="2", kind="PER", sign="minus")
