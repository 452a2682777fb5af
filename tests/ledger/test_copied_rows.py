"""A sheet that holds some rows of another one: counted twice if nobody asks. Sheets with rows of their own are
added up. The truth is counted from the transactions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.layouts import YEAR
from tests.ledger.test_sheets import HEADS, ROWS, kronor, read
from toolkit.ledger.findings import ledger_findings

NARROW = (["Vernr", "Konto", "Verksamhetskod", "Belopp"], (0, 2, 3, 5))
MOVED = (["Belopp", "Text", "Konto", "Vht", "Datum", "Ver"], (5, 6, 2, 3, 1, 0))
BARE = (["Datum", "Konto", "Verksamhetskod", "Belopp"], (1, 2, 3, 5))
SIDES = (["Vernr", "Datum", "Konto", "Verksamhetskod", "Debet", "Kredit"], (0, 1, 2, 3, 5, None))
WHOLE = (HEADS, tuple(range(7)))
PARTS = {
    "a code": [row for row in ROWS if row[3] == "PM"],
    "an account": [row for row in ROWS if row[2] == "4110"],
    "a quarter": [row for row in ROWS if row[1] < "2020-04"],
    "two rows": ROWS[:2],
    "two rows far down": ROWS[30:32],
    "one row": ROWS[:1],
    "all but one": ROWS[:-1],
}


def sheet(name, form, rows):
    heads, places = form
    return name, [heads, *[["" if at is None else row[at] for at in places] for row in rows]]


def other(rows, **changed):
    """Rows of a copy that is another transaction in some part."""
    at = {"voucher": 0, "day": 1, "account": 2, "code": 3, "amount": 5}
    found = [[*row] for row in rows]
    for n, row in enumerate(found):
        for name, value in changed.items():
            row[at[name]] = value(row[at[name]], n)
    return found


class DescribeASheetWithRowsOfAnother:
    @pytest.mark.parametrize("name", PARTS)
    @pytest.mark.parametrize("form", [WHOLE, NARROW, MOVED, SIDES])
    def it_is_asked_about_in_either_order(self, name, form):
        sheets = [sheet("Alla", WHOLE, ROWS), sheet("Urval", form, PARTS[name])]
        for order in (1, -1):
            ledger = read(*sheets[::order])
            assert ledger.doubts == ("radkopior",)
            assert ledger.particulars["radkopior"] == "Urval"

    @pytest.mark.parametrize("name", ["a code", "an account", "a quarter", "all but one"])
    def it_is_asked_about_without_vouchers(self, name):
        assert read(sheet("Alla", WHOLE, ROWS), sheet("B", BARE, PARTS[name])).doubts
        assert read(sheet("Alla", BARE, ROWS), sheet("B", BARE, PARTS[name])).doubts

    def it_is_named(self):
        ledger = read(sheet("Alla", WHOLE, ROWS), sheet("Mina", WHOLE, PARTS["a code"]))
        (found,) = ledger_findings(YEAR, "12 x.xlsx", ledger)
        assert (found.code, "bladet Mina" in found.message) == ("HUVUDBOK-OANVAND", True)

    def it_is_asked_about_with_a_sum_below(self):
        name, rows = sheet("Urval", WHOLE, PARTS["a code"])
        rows.append(["", "", "Summa", "", "", int(kronor(PARTS["a code"])), ""])
        assert "radkopior" in read(sheet("Alla", WHOLE, ROWS), (name, rows)).doubts

    def it_is_asked_about_with_amounts_as_texts(self):
        rows = [[*row[:5], f"{row[5]},00", row[6]] for row in PARTS["a quarter"]]
        assert "radkopior" in read(sheet("A", WHOLE, ROWS), sheet("B", WHOLE, rows)).doubts

    def it_is_asked_about_among_three(self):
        own = other(ROWS, voucher=lambda old, n: f"X{n}", amount=lambda old, n: old + n)
        sheets = [sheet("A", WHOLE, ROWS), sheet("B", WHOLE, own), sheet("C", WHOLE, own[5:9])]
        assert read(*sheets).doubts == ("radkopior",)

    def it_is_asked_about_below_many_rows(self):
        many = [
            [f"L{n}", f"2020-{n % 12 + 1:02}-11", "5411", "VN", "ap.4", n + 1, "x"]
            for n in range(3000)
        ]
        for order in (1, -1):
            sheets = [sheet("A", WHOLE, [*ROWS, *many]), sheet("B", WHOLE, many[2000:2050])]
            assert read(*sheets[::order]).doubts == ("radkopior",)


class DescribeSheetsWithRowsOfTheirOwn:
    @pytest.mark.parametrize(
        "changed",
        [
            {"voucher": lambda old, n: f"X{old}"},
            {"day": lambda old, n: f"{old[:8]}16"},
            {"account": lambda old, n: "5799"},
            {"code": lambda old, n: "VN"},
            {"amount": lambda old, n: old + 1},
            {"amount": lambda old, n: -old},
        ],
    )
    def it_adds_them_up(self, changed):
        for part in ("a code", "a quarter", "two rows"):
            rows = other(PARTS[part], **changed)
            ledger = read(sheet("A", WHOLE, ROWS), sheet("B", WHOLE, rows))
            assert (ledger.doubts, ledger.total) == ((), kronor(ROWS) + kronor(rows))

    @pytest.mark.parametrize("at", [3, 4, 2])
    @pytest.mark.parametrize("form", [WHOLE, NARROW, BARE])
    def it_adds_up_a_sheet_for_each_code_or_account(self, at, form):
        if at in (4,) and form is not WHOLE:
            return
        parts = [
            [row for row in ROWS if row[at] == key] for key in sorted({row[at] for row in ROWS})
        ]
        ledger = read(*[sheet(f"Blad {n}", form, part) for n, part in enumerate(parts)])
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS))

    def it_adds_up_a_voucher_that_goes_on_to_the_next_sheet(self):
        twice = [["V9", "2020-06-30", "4110", "PM", "ap.4", 70, "Arvode"]] * 4
        first, last = [*ROWS[:20], *twice[:3]], [*twice[3:], *ROWS[20:]]
        ledger = read(sheet("A", WHOLE, first), sheet("B", WHOLE, last))
        assert (ledger.doubts, ledger.total) == ((), kronor(first) + kronor(last))

    def it_adds_up_rows_with_neither_voucher_nor_day_that_are_few(self):
        form = (["Konto", "Verksamhetskod", "Belopp"], (2, 3, 5))
        own = [*ROWS[:1], *other(ROWS[1:4], amount=lambda old, n: old + 7000)]
        ledger = read(sheet("A", form, ROWS), sheet("B", form, own))
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS) + kronor(own))

    def it_adds_up_vouchers_of_other_companies_that_begin_again(self):
        own = other(ROWS[:24], amount=lambda old, n: old + (n > 0) * (n + 900))
        assert Decimal(own[0][5]) == ROWS[0][5]
        ledger = read(sheet("A", WHOLE, ROWS), sheet("B", WHOLE, own))
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS) + kronor(own))
