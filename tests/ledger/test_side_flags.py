"""A heading that says debit or credit beside the column of amounts: whatever stands there, if it tells some
amounts above zero from others it is asked about. The truth is counted from the transactions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.layouts import YEAR
from tests.ledger.test_other_columns import (
    AMOUNTS,
    CREDITS,
    TRUTH,
    csv_of,
    heads_of,
    read,
    rows_of,
    xlsx_of,
)
from toolkit.ledger.findings import ledger_findings

KNOWN = ("Debet", "Kredit", "KREDIT", "Debit", "Credit", "Kreditbelopp", "Debetbelopp")
FLAGS = (
    "Kreditmarkering", "Krediterat", "Krediterad", "Kreditering", "Kreditpost", "Kredit?", "Är kredit", "Kred.", "Omvänd", "Omvänt",
    "Omvänt tecken", "Minus", "Negativ", "Byt tecken", "Debetmarkering", "Debiterat", "Kreditflagga", "Återförd", "Återfört",
)  # fmt: skip
MARKS = (
    ("D", "K"), ("", "K"), ("D", ""), ("", "X"), ("", "x"), ("Nej", "Ja"), ("N", "J"), ("0", "1"), ("", "Ja"), ("", "*"), ("-", "X"),
    ("", "-"), ("+", "-"), ("Falskt", "Sant"), ("FALSE", "TRUE"), ("", "1"), ("Normal", "Omvänd"), ("Debet", "Kredit"), ("", "Kreditnota"),
)  # fmt: skip
OTHERS = (
    "Kreditor", "Debitor", "Debiterbar", "Omvänd skattskyldighet", "Omvänd moms", "Kreditkort", "Kreditdagar", "Flagga", "Attest",
    "Kreditgräns", "Kreditvillkor", "Återförsäljare",
)  # fmt: skip


def with_signs(rows):
    for n in CREDITS:
        rows[n][4] = -rows[n][4]
    return rows


def in_both(heads, rows):
    return read(csv_of(heads, rows)), read(xlsx_of(heads, rows), "12 x.xlsx")


class DescribeAHeadingThatSaysTheSide:
    @pytest.mark.parametrize("heading", (*KNOWN, *FLAGS))
    @pytest.mark.parametrize(("debit", "credit"), MARKS)
    def it_is_asked_about_wherever_it_stands(self, heading, debit, credit):
        for place in (None, 4):
            heads, rows = heads_of(heading, place), rows_of(debit, credit, place)
            ledger = read(csv_of(heads, rows))
            assert ledger.doubts == ("sidkolumn",), place
            (found,) = ledger_findings(YEAR, "12 x.csv", ledger)
            assert heading in found.message

    @pytest.mark.parametrize("heading", (*KNOWN[:2], *FLAGS[:2]))
    def it_is_so_in_a_workbook(self, heading):
        for debit, credit in MARKS:
            ledger = read(xlsx_of(heads_of(heading), rows_of(debit, credit)), "12 x.xlsx")
            assert ledger.doubts == ("sidkolumn",), (debit, credit)

    @pytest.mark.parametrize("heading", (*KNOWN, *FLAGS))
    @pytest.mark.parametrize(("debit", "credit"), MARKS)
    def it_says_nothing_beside_amounts_with_their_signs(self, heading, debit, credit):
        ledger = read(csv_of(heads_of(heading), with_signs(rows_of(debit, credit))))
        assert (ledger.doubts, ledger.by_code()) == ((), {"PM": TRUTH})

    @pytest.mark.parametrize("heading", (*KNOWN, *FLAGS))
    @pytest.mark.parametrize("mark", ["", "D", "Nej", "0", "X"])
    def it_says_nothing_where_all_rows_have_the_same(self, heading, mark):
        for ledger in in_both(heads_of(heading), rows_of(mark, mark)):
            assert (ledger.doubts, ledger.by_code()) == ((), {"PM": sum(AMOUNTS)})

    @pytest.mark.parametrize("heading", OTHERS)
    @pytest.mark.parametrize(("one", "other"), [("", "X"), ("Nej", "Ja"), ("30", "60"), ("A", "B")])
    def it_is_none_where_the_heading_says_something_else(self, heading, one, other):
        for ledger in in_both(heads_of(heading), rows_of(one, other)):
            assert (ledger.doubts, ledger.by_code()) == ((), {"PM": sum(AMOUNTS)})

    @pytest.mark.parametrize("heading", KNOWN)
    def it_asks_about_amounts_once_more_on_some_rows_alone(self, heading):
        rows = rows_of("", "")
        for n in CREDITS:
            rows[n][-1] = rows[n][4]
        for ledger in in_both(heads_of(heading), rows):
            assert ledger.doubts == ("sidkolumn",)

    @pytest.mark.parametrize("heading", KNOWN)
    @pytest.mark.parametrize("nothing", ["", "0", "0,00", Decimal(0)])
    def it_lets_amounts_beside_their_signs_be(self, heading, nothing):
        rows = with_signs(rows_of("", ""))
        for row in rows:
            side = (row[4] > 0) == heading.lower().startswith("d")
            row[-1] = abs(row[4]) if side else nothing
        for ledger in in_both(heads_of(heading), rows):
            assert (ledger.doubts, ledger.by_code()) == ((), {"PM": TRUTH})

    def it_names_what_stands_there_but_no_amounts(self):
        ledger = read(csv_of(heads_of("Kredit"), rows_of("Nej", "Ja")))
        assert ledger.particulars["sidkolumn"] == "Kredit (Ja, Nej)"
        rows = rows_of("", "")
        rows[5][-1] = rows[5][4]
        assert read(csv_of(heads_of("Kredit"), rows)).particulars["sidkolumn"] == "Kredit"
