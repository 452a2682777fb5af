"""A ledger of another year in the right folder: told by whatever says its year, and compared with
nothing."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

HEADS, ROW = "Konto;Verksamhetskod;Belopp", "4110;PM;10,00"
PLAIN = f"{HEADS}\n{ROW}\n"
OTHERS = {
    "a_column": (f"År;{HEADS}\n2019;{ROW}\n", "12 a.csv"),
    "a_column_and_months": (f"Räkenskapsår;Period;{HEADS}\n2019;1;{ROW}\n2019;12;{ROW}\n", "12 a.csv"),
    "one_row_of_many": (f"År;{HEADS}\n2020;{ROW}\n2019;{ROW}\n", "12 a.csv"),
    "many_rows": (f"År;{HEADS}\n" + f"2020;{ROW}\n" * 500 + f"2021;{ROW}\n" * 500, "12 a.csv"),
    "a_title": (f"Huvudbok 2019-01-01 - 2019-12-31\n{PLAIN}", "12 a.csv"),
    "a_title_printed_later": (f"Period 201901-201912;;Utskrift 2021-01-15\n{PLAIN}", "12 a.csv"),
    "a_name": (PLAIN, "12 Skåne huvudbok 2019.csv"),
    "a_name_of_a_later_year": (PLAIN, "12 Skåne 2021.csv"),
}  # fmt: skip
OURS = {
    "no_year": (PLAIN, "12 a.csv"),
    "printed_the_year_after": (f"Huvudbok;;Utskrift 2021-01-15\n{PLAIN}", "12 a.csv"),
    "saved_the_year_after": (PLAIN, "12 Skåne 2021-01-15.csv"),
    "both_years": (f"Huvudbok 2020, jämförelse 2019\n{PLAIN}", "12 Skåne.csv"),
    "days_of_the_year": (f"Avtal 2018\nDatum;{HEADS}\n2020-03-01;{ROW}\n", "12 Skåne 2019.csv"),
    "a_column": (f"År;Period;{HEADS}\n2020;3;{ROW}\n", "12 a.csv"),
    "a_county_and_numbers": (f"Ärende 801-2019-19\n{PLAIN}", "12 a.csv"),
    "an_amount_above": (f"Summa 2019,50\n{PLAIN}", "12 a.csv"),
}  # fmt: skip


def read(text, name):
    return proved(YEAR, read_ledger(text.encode(), name, CHART, YEAR.spec.counties))


class DescribeALedgerOfAnotherYear:
    @pytest.mark.parametrize("case", OTHERS)
    def it_is_not_used_and_told(self, case):
        text, name = OTHERS[case]
        ledger = read(text, name)
        assert not ledger.used
        (found,) = ledger_findings(YEAR, name, ledger)
        assert found.code in {"HUVUDBOK-PERIOD", "HUVUDBOK-OANVAND"}
        assert "2019" in found.message or "2021" in found.message

    @pytest.mark.parametrize("case", OURS)
    def it_is_used_when_nothing_says_another_year(self, case):
        assert read(*OURS[case]).used
