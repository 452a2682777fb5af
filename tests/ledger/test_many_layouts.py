"""Fifty layouts made by chance: read right to the öre or refused by name. `python -m tests.ledger.layouts`
looks at two thousand."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.ledger import test_layouts
from tests.ledger.layouts import CHOICES, books, judged, made, outcome
from tests.ledger.test_layouts import HEADS, PLAIN, codes, used, why, written

REFUSED = {("amounts", "turned"), ("subtotals", "bare"), ("accounts", "first_only")}
"""Signs, sums without a word and accounts that are told once only: the finance officer is told."""

read = test_layouts.read


@pytest.fixture(scope="module")
def outcomes():
    return [outcome(seed)[:2] for seed in range(150)]


class DescribeFiftyLayouts:
    def it_reads_none_of_them_as_something_else(self, outcomes):
        assert [layout for layout, what in outcomes if what == "wrong"] == []

    def it_reads_at_least_fifty_right(self, outcomes):
        assert [what for _, what in outcomes].count("right") >= 50

    def it_reads_every_choice_but_those_that_tell_too_little(self, outcomes):
        right = defaultdict(set)
        for layout, what in outcomes:
            for name, choice in layout.items():
                if what == "right":
                    right[name].add(choice)
        lacking = {(name, one) for name, all_of in CHOICES.items() for one in all_of
                   if one not in right[name]}  # fmt: skip
        assert lacking <= REFUSED

    def it_is_the_same_file_for_the_same_number(self):
        assert made(7)[2] == made(7)[2]


def section(*rows, heads="Ver.nr;Datum;Verksamhetskod;Text;Belopp"):
    return "\n".join((heads, *rows)).encode()


class DescribeAccountsInHeadings:
    @pytest.mark.parametrize("head", ["4110 Löner", "Konto 4110 Löner", "Konto: 4110", "4110"])
    def it_books_each_row_on_the_account_above_it(self, read, head):
        rows = [head, "A1;2020-03-22;PM;t;100,50", "Summa konto 4110;;;;100,50",
                "1930 Bank", "A1;2020-03-22;PM;t;-100,50"]  # fmt: skip
        ledgers, findings = read(section(*rows))
        assert (used(ledgers), ledgers["12"].left_out) == ({"12": 100.5}, 1)
        assert ("account", "") in ledgers["12"].mapping
        assert codes(findings) == ["HUVUDBOK-SUMRADER"]

    def it_does_not_use_a_file_whose_first_rows_stand_under_none(self, read):
        data = section("A1;2020-03-22;PM;t;5,00", "4110 Löner", "A1;2020-03-22;PM;t;100,50")
        assert codes(read(data)[1]) == ["HUVUDBOK-RUBRIKER"]

    def it_takes_no_text_for_an_account(self, read):
        rows = [
            "4110 Löner",
            "A1;2020-03-22;PM;t;100,50",
            ";;;2020 års hyra;",
            "A2;2020-03-23;PM;t;1,00",
        ]
        ledgers, _ = read(section(*rows))
        assert used(ledgers) == {"12": 101.5}

    def it_reads_the_code_above_the_accounts(self, read):
        rows = ["Verksamhetskod PM Prostitution", "4110 Löner", "A1;2020-03-22;t;100,50",
                "Verksamhetskod 801 Våld", "4110 Löner", "A2;2020-03-22;t;7,00"]  # fmt: skip
        ledgers, _ = read(section(*rows, heads="Ver.nr;Datum;Text;Belopp"))
        assert ledgers["12"].by_code() == {"PM": 100.5, "801": 7}

    def it_closes_the_account_when_the_code_outside_it_changes(self, read):
        rows = ["Verksamhetskod PM Prostitution", "4110 Löner", "A1;2020-03-22;t;100,50",
                "Verksamhetskod 801 Våld", "A2;2020-03-22;t;7,00"]  # fmt: skip
        ledgers, findings = read(section(*rows, heads="Ver.nr;Datum;Text;Belopp"))
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-RADER"])

    def it_takes_the_rows_own_account_before_the_one_above(self, read):
        rows = ["4110 Löner;;;;", "5011;2020-03-22;PM;t;100,50"]
        ledgers, _ = read(section(*rows, heads="Konto;Datum;Verksamhetskod;Text;Belopp"))
        assert ledgers["12"].sums == {("PM", "LOK"): 100.5}


class DescribeTheSign:
    def it_does_not_use_a_file_of_costs_below_zero_before_the_sign_is_told(self, read):
        rows = [[*row[:5], f"-{row[5]}", *row[6:]] for row in PLAIN]
        ledgers, findings = read(written(HEADS, rows))
        assert (used(ledgers), "lan.csv" in why(findings)) == ({}, True)


class DescribeSumsThatAPartOfTheRowsComeTo:
    @pytest.mark.parametrize(
        "sums", [["Summa;100,50", "Summa;50,00"], ["Summa;50,00", "Summa;100,50"]]
    )
    def it_does_not_make_up_for_rows_that_were_not_read(self, read, sums):
        rows = ["4110;PM;t;100,50", "5011;PM;t;femtio", *(f";;{one}" for one in sums)]
        ledgers, findings = read("\n".join(("Konto;Verksamhetskod;Text;Belopp", *rows)).encode())
        assert (used(ledgers), "HUVUDBOK-RADER" in codes(findings)) == ({}, True)

    def it_does_for_one_that_the_files_whole_sum_has_not(self, read):
        rows = ["4110;PM;t;100,50", "5011;PM;t;x", "5011;PM;t;50,00", ";;Summa;100,50", ";;Summa;50,00",
                ";;Summa totalt;150,50"]  # fmt: skip
        ledgers, _ = read("\n".join(("Konto;Verksamhetskod;Text;Belopp", *rows)).encode())
        assert used(ledgers) == {"12": 150.5}

    def it_does_not_use_a_file_of_which_nothing_was_read_though_it_comes_to_nothing(self, read):
        rows = ["4110;PM;t;x", ";;Summa;0,00"]
        ledgers, _ = read("\n".join(("Konto;Verksamhetskod;Text;Belopp", *rows)).encode())
        assert used(ledgers) == {}


class DescribeTheSameLayoutsInBinaryFormats:
    @pytest.mark.parametrize("ending", ["xls", "xlsb"])
    def it_reads_a_workbook_alike_whatever_it_is_saved_as(self, ending, saved_by_sheetjs):
        for layout, _, data, truth in books(12):
            again = saved_by_sheetjs(data, ending)
            assert not again.startswith(data[:64])
            told = judged(f"12 x.{ending}", again, truth)[0]
            assert told == judged("12 x.xlsx", data, truth)[0], layout

    @pytest.mark.libreoffice
    def it_reads_what_libreoffice_saves_as_xls(self, convert):
        for layout, _, data, truth in books(3):
            again = convert(data, "in.xlsx", "xls:MS Excel 97")
            assert judged("12 x.xls", again, truth)[0] == judged("12 x.xlsx", data, truth)[0], (
                layout
            )
