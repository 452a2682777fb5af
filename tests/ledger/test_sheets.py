"""Sheets beside the one that is read: one with rows like the ledger's is asked about whatever its headings,
one with something else is let be, and parts of the year with equal amounts are parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.test_layouts import book
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

HEADS = ["Vernr", "Datum", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text"]
ROWS = [
    [f"{n}{m:02}", f"2020-{m:02}-15", account, code, "ap.4", 100 + n + m, "Faktura"]
    for n, (account, code) in enumerate((a, c) for a in ("4110", "5411") for c in ("PM", "801"))
    for m in range(1, 13)
]  # fmt: skip
FIRST, LAST = ROWS[:30], ROWS[30:]
OTHER_HEADS = (
    [],
    ["Ver", "Datum", "Konto", "Vht", "Post", "Kronor", "Text"],
    ["Ver", "Datum", "Konto", "Vht", "Post", "Summa kr", "Text"],
    ["Nr", "Bokf", "Kto", "Kod", "Ap", "Kostnad", "Anm"],
    ["A", "B", "C", "D", "E", "F", "G"],
    ["Fortsättning"],
)
DROPPED = {
    "all": lambda row: row,
    "without days": lambda row: [*row[:1], *row[2:]],
    "without codes": lambda row: [*row[:3], *row[4:]],
    "without accounts": lambda row: [*row[:2], *row[3:]],
    "without vouchers": lambda row: row[1:],
    "amount first": lambda row: [row[5], *row[:5]],
    "an account with its name": lambda row: [*row[:2], f"{row[2]} Löner", *row[3:]],
    "amounts as texts": lambda row: [*row[:5], f"{row[5]},00", row[6]],
}
NOTES = {
    "a word": [["Anteckningar"], ["hej"]],
    "who made it": [
        ["Framtaget av", "Ekonomi"],
        ["Datum", "2021-01-15"],
        ["Summa", 4711],
        ["Telefon", "0701234567"],
    ],
    "accounts": [["Konto", "Benämning"], ["4110", "Löner"], ["5411", "Konsulter"]],
    "codes": [["Kod", "Verksamhet"], ["PM", "Prostitution"], ["801", "Våld"]],
    "sums of accounts": [["Etiketter", "Summa"], ["4110", 5000], ["5411", 7000]],
    "a text": [["Utdraget gäller konto 4110 och 5411, kod PM, 2020-01-01–2020-12-31, 1 000 kr"]],
    "nothing": [],
    "a diagram": [["Månad", "Utfall"], ["jan", 100], ["feb", 200]],
}


def read(*sheets, hidden=()):
    data = book(*sheets, hidden=hidden)
    return proved(YEAR, read_ledger(data, "12 x.xlsx", CHART, YEAR.spec.counties))


def kronor(rows):
    return sum((Decimal(row[5]) for row in rows), Decimal(0))


class DescribeASheetThatIsNotRead:
    @pytest.mark.parametrize("heads", OTHER_HEADS, ids=lambda heads: " ".join(heads[:6]))
    @pytest.mark.parametrize("how", DROPPED)
    def it_stops_the_file_where_its_rows_are_like_those_of_the_ledger(self, heads, how):
        for count in (1, len(LAST)):
            rows = [DROPPED[how](row) for row in LAST[:count]]
            for order in (1, -1):
                sheets = [
                    ("Blad A", [HEADS, *FIRST]),
                    ("Blad B", [*([heads] if heads else []), *rows]),
                ]
                ledger = read(*sheets[::order])
                whole = kronor(FIRST) + kronor(LAST[:count])
                assert not ledger.used or ledger.total == whole
                assert (
                    "olasta_blad" not in ledger.doubts
                    or "Blad B" in ledger.particulars["olasta_blad"]
                )

    def it_names_the_sheet(self):
        ledger = read(("Blad A", [HEADS, *FIRST]), ("Resten", LAST))
        (found,) = ledger_findings(YEAR, "12 x.xlsx", ledger)
        assert (ledger.doubts, "Resten" in found.message) == (("olasta_blad",), True)

    def it_looks_at_all_rows(self):
        rows = [["Anteckning", n] for n in range(200)]
        assert read(("A", [HEADS, *FIRST]), ("B", [*rows, *LAST])).doubts == ("olasta_blad",)

    def it_finds_rows_under_accounts_of_their_own(self):
        rows = [["5799 Diverse"], *[[row[0], row[1], "XX", row[5]] for row in LAST]]
        assert read(("A", [HEADS, *FIRST]), ("B", rows)).doubts == ("olasta_blad",)

    @pytest.mark.parametrize("name", NOTES)
    def it_lets_a_sheet_of_something_else_be(self, name):
        ledger = read(("A", [HEADS, *ROWS]), ("B", NOTES[name]))
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS))

    def it_lets_a_hidden_sheet_be(self):
        ledger = read(("A", [HEADS, *ROWS]), ("B", LAST), hidden=("B",))
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS))

    def it_reads_two_sheets_with_known_headings(self):
        other = ["Ver", "Datum", "Konto", "Vht", "Finansiering", "Utfall", "Text"]
        ledger = read(("A", [HEADS, *FIRST]), ("B", [other, *LAST]))
        assert (ledger.doubts, ledger.total) == ((), kronor(ROWS))


def of_months(*months):
    return [
        HEADS,
        *([f"{m}", f"2020-{m:02}-15", "4110", "PM", "ap.4", 100, "Hyra"] for m in months),
    ]


class DescribeSheetsOfPartsOfTheYear:
    @pytest.mark.parametrize("length", [1, 2, 3, 4, 6])
    def it_adds_up_equal_amounts_of_other_days(self, length):
        sheets = [(f"Del {m}", of_months(*range(m, m + length))) for m in range(1, 13, length)]
        ledger = read(*sheets)
        assert (ledger.doubts, ledger.total) == ((), Decimal(1200))

    def it_asks_about_a_sheet_twice(self):
        assert (
            "lika_blad"
            in read(("A", of_months(*range(1, 13))), ("B", of_months(*range(1, 13)))).doubts
        )

    def it_asks_about_a_sheet_that_is_the_sum_of_parts(self):
        parts = [("A", of_months(*range(1, 7))), ("B", of_months(*range(7, 13)))]
        assert "bladsumma" in read(*parts, ("Året", of_months(*range(1, 13)))).doubts

    @pytest.mark.parametrize("heads", [HEADS, ["Konto", "Verksamhetskod", "Belopp"]])
    def it_names_the_sums_and_not_the_transactions(self, heads):
        sums = {}
        for row in ROWS:
            key = (row[2], row[3])
            sums[key] = sums.get(key, 0) + row[5]
        shown = [
            dict(zip(("Konto", "Verksamhetskod", "Belopp"), (*key, kr), strict=True))
            for key, kr in sums.items()
        ]
        rows = [[one.get(head, "") for head in heads] for one in shown]
        sheets = [("Alla", [HEADS, *ROWS]), ("Summor", [heads, *rows])]
        for order in (1, -1):
            ledger = read(*sheets[::order])
            assert "bladsumma" in ledger.doubts
            assert ledger.particulars["bladsumma"] == "Summor"

    def it_refuses_days_of_another_year_on_any_sheet(self):
        later = [HEADS, ["1", "2019-12-15", "4110", "PM", "ap.4", 7, "Hyra"]]
        for sheets in (
            [("A", of_months(*range(1, 13))), ("B", later)],
            [("B", later), ("A", of_months(*range(1, 13)))],
        ):
            assert "period" in read(*sheets).doubts
