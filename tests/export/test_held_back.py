"""What ekonomi.xlsx says of counties that are not in it whole: one answer on every sheet."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.export.finance.workbook import write_finance

SERIES = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")


def lines(rows, amounts):
    """Five lines of spend that the account and the ledger agree with."""
    one, total = rows["ekonomi"][0], sum(amounts, Decimal(0))
    rows["ekonomi"] = [
        {**one, "id": f"E{n}", "utfall": kr, "budget": kr} for n, kr in enumerate(amounts, 1)
    ]
    rows["anslag"][0] |= {"tilldelning": total, "utgifter": total}
    for row in rows["huvudbok"]:
        row["huvudbok"] = total if row["verksamhetskod"] == "PM" else Decimal(0)
    rows["sarredovisning"][0]["belopp"] = total
    return rows


def in_unit(factor):
    amounts = [Decimal(kr) / factor for kr in (350000, 401000, 202000, 300500, 300400)]
    return lines(deepcopy(CLEAN), amounts)


def nothing_to_compare_with():
    rows = deepcopy(CLEAN)
    rows["anslag"] = []
    for row in rows["huvudbok"]:
        row["huvudbok"] = "u.s."
    return rows


def with_an_error():
    rows = deepcopy(CLEAN)
    rows["ekonomi"][0]["utfall"] = "mycket"
    return rows


@pytest.fixture(scope="module")
def book(year, look, small_workbook):
    """Skåne and Kalmar in kronor, Halland in thousands and Gotland in millions of them, Uppsala with nothing to compare
    with, Örebro with an error, and nothing of the others."""
    sent = {
        "12": in_unit(1), "08": deepcopy(CLEAN), "13": in_unit(1000), "09": in_unit(1_000_000),
        "03": nothing_to_compare_with(), "18": with_an_error(),
    }  # fmt: skip
    returns = [look(small_workbook(rows, code), f"{code}.xlsx") for code, rows in sent.items()]
    data = merge(year, returns)
    verdicts = earmark_verdicts(data, year.spec.earmarks[0])
    found = YearResults(
        data, verdicts, SERIES, reconcile(data, {}), reconcile_parts(data, {}, SERIES)
    )
    return openpyxl.load_workbook(io.BytesIO(write_finance(found)))


def listed(text, before):
    found = re.search(rf"{before}: ([^.]*)\.", text)
    return set(found[1].split(", ")) if found else set()


def rows_of(page):
    heads = [cell.value for cell in page[4]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=5)
    ]


class DescribeCountiesThatAreNotCompared:
    def it_tells_that_they_are_the_same_in_the_overview_and_in_the_reconciliation(self, book):
        overview = book["Översikt"]
        not_compared = {
            row["Län"] for row in rows_of(overview)
            if row["Största differens (kr)"] == "Ej jämfört"
        }  # fmt: skip
        said = book["Avstämning"]["A2"].value
        assert {"Uppsala", "Halland", "Gotland", "Örebro", "Jönköping"} <= not_compared
        assert not not_compared & {"Skåne", "Kalmar"}
        assert listed(said, "Inte jämförda") == not_compared
        count = re.search(r"inte alls: (\d+)", overview["A2"].value)
        assert int(count[1]) == len(not_compared)


class DescribeTheAccountsOfAReturnThatIsHeldBack:
    def it_tells_that_they_are_in_no_sum_while_it_is_asked_whether_they_are_thousands(self, book):
        page = book["Anslag"]
        counties = {
            row["Län"] for row in rows_of(page) if row["Länskod"] in ("12", "08", "13", "09")
        }
        assert counties == {"Skåne", "Kalmar"}
        assert {"Halland", "Gotland"} <= listed(page["A2"].value, "Inte med")

    def it_tells_that_they_are_in_when_the_county_has_said_that_the_amounts_are_right(
        self, year, look, small_workbook
    ):
        from dataclasses import replace

        asked = look(small_workbook(in_unit(1000), "13"), "13.xlsx")
        (question,) = (one for one in asked.findings if one.code == "RIMLIG-TKR")
        assert merge(year, [asked]).rows("anslag") == ()
        closed = replace(question, explanation="Ja, kronor.")
        told = replace(
            asked, findings=tuple(closed if one is question else one for one in asked.findings)
        )
        assert len(merge(year, [told]).rows("anslag")) == 1
