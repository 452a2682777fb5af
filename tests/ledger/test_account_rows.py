"""Accounts and codes in rows above the transactions: number and name in one cell or in cells of their own,
with a word or without. Each transaction is booked under the row that it stands under."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.test_layouts import book
from toolkit.ledger.files import read_ledger
from toolkit.ledger.proof import proved

ACCOUNTS = (
    ("4110", "Löner", "PER"), ("5411", "Konsulter, inhyrd personal", "KÖP"), ("5511", "Resor 2020 (inrikes)", "RES"),
)  # fmt: skip
CODES = ("PM", "801", "VN")
WAYS = {
    "number and name": lambda account, name: [account, name],
    "number, blank and name": lambda account, name: [account, "", name],
    "in one cell": lambda account, name: [f"{account} {name}"],
    "with a dash": lambda account, name: [f"{account} - {name}"],
    "a word before": lambda account, name: [f"Konto {account} {name}"],
    "a word in its own cell": lambda account, name: ["Konto", account, name],
    "a word and a colon": lambda account, name: ["Konto:", account, name],
    "a word with the number": lambda account, name: [f"Konto {account}", name],
    "kontonr": lambda account, name: ["Kontonr:", f"{account} {name}"],
    "number alone": lambda account, name: [account],
}  # fmt: skip
HEADS = {
    "sides": ("Ver.nr", "Datum", "Verksamhet", "Text", "Debet", "Kredit"),
    "sides and saldo": ("Ver.nr", "Datum", "Verksamhet", "Text", "Debet", "Kredit", "Saldo"),
    "amount": ("Ver.nr", "Datum", "Text", "Verksamhet", "Belopp"),
    "days first": ("Datum", "Ver", "Verksamhet", "Belopp", "Text"),
    "text first": ("Text", "Datum", "Verksamhet", "Ver", "Belopp"),
}


def row_of(heads, one, saldo):
    kr = one["kr"]
    shown = {
        "Ver.nr": one["ver"], "Ver": one["ver"], "Datum": one["day"], "Verksamhet": one["code"], "Text": "Faktura",
        "Debet": kr if kr > 0 else "", "Kredit": -kr if kr < 0 else "", "Belopp": kr, "Saldo": saldo,
    }  # fmt: skip
    return [shown[head] for head in heads]


def transactions():
    return [
        {"account": account, "name": name, "kind": kind, "code": code, "ver": f"{n}{m}", "day": f"2020-{m:02}-1{n}",
         "kr": Decimal(1000 * (n + 1) + m) * (-1 if m == 4 else 1)}
        for n, (account, name, kind) in enumerate(ACCOUNTS) for code in CODES for m in (1, 4, 7, 11)
    ]  # fmt: skip


def truth():
    sums = {}
    for one in transactions():
        key = (one["code"], one["kind"])
        sums[key] = sums.get(key, Decimal(0)) + one["kr"]
    return sums


def listing(way, heads, sums=""):
    rows, account, saldo = [list(heads)], "", Decimal(0)
    for one in transactions():
        if one["account"] != account:
            account = one["account"]
            rows.append(WAYS[way](account, one["name"]))
        saldo += one["kr"]
        rows.append(row_of(heads, one, saldo))
    return rows


def shown(cell):
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else cell


def as_csv(rows, width):
    full = ([*map(shown, row), *[""] * (width - len(row))] for row in rows)
    return "\n".join([*map(";".join, full), ""]).encode()


def as_xlsx(rows):
    return book(
        ("Blad", [[float(one) if isinstance(one, Decimal) else one for one in row] for row in rows])
    )


def read(data, file):
    return proved(YEAR, read_ledger(data, file, CHART, YEAR.spec.counties))


class DescribeAccountsInRowsOfTheirOwn:
    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("name", HEADS)
    def it_books_each_transaction_on_the_account_above_it(self, way, name):
        heads = HEADS[name]
        rows = listing(way, heads)
        for data, file in ((as_csv(rows, len(heads)), "12 x.csv"), (as_xlsx(rows), "12 x.xlsx")):
            ledger = read(data, file)
            assert (ledger.doubts, ledger.bad_lines) == ((), ()), file
            assert ledger.sums == truth()

    @pytest.mark.parametrize("name", ["sides", "sides and saldo", "amount"])
    @pytest.mark.parametrize(
        "word",
        ["Ingående saldo", "Ingående balans", "IB 2020-01-01", "Ing. saldo", "Ingående saldo 4110"],
    )
    @pytest.mark.parametrize("amount", ["0,00", "", "1 234,50", "-5,00"])
    @pytest.mark.parametrize("both", [False, True])
    def it_books_them_under_one_that_has_its_opening_balance(self, name, word, amount, both):
        heads = HEADS[name]
        for at in [one for one in ("Debet", "Saldo", "Belopp") if one in heads]:
            own = {
                "Text": word,
                at: amount,
                **({"Kredit": "0,00"} if both and "Kredit" in heads else {}),
            }
            rows = listing("number and name", heads)
            for n, row in enumerate(rows):
                if len(row) == 2:
                    rows[n] = [*row, *[own.get(head, "") for head in heads[2:]]]
            ledger = read(as_csv(rows, len(heads)), "12 x.csv")
            assert (ledger.doubts, ledger.bad_lines) == ((), ()), at
            assert ledger.sums == truth()

    def it_takes_no_transaction_with_a_balance_for_one(self):
        heads = HEADS["sides"]
        rows = listing("number and name", heads)
        for text in ("Ingående saldo", "Saldo 4110"):
            for day in ("2020-05-05", ""):
                for code in ("PM", ""):
                    added = [*rows[:8], ["5411", day, code, text, Decimal(7), ""], *rows[8:]]
                    ledger = read(as_csv(added, len(heads)), "12 x.csv")
                    assert not ledger.used or ledger.sums == truth(), (text, day, code)

    def it_takes_no_transaction_without_an_amount_for_one(self):
        rows = [
            "4110;Löner;;;;",
            "A1;2020-03-22;PM;t;100,50;",
            "5411;2020-03-23;PM;t;;",
            "A2;2020-03-24;PM;t;1,00;",
        ]
        ledger = read(
            "\n".join(["Ver.nr;Datum;Verksamhet;Text;Debet;Kredit", *rows]).encode(), "12 x.csv"
        )
        assert ledger.sums.get(("PM", "KÖP"), 0) == 0
        assert not ledger.used or ledger.sums == {("PM", "PER"): Decimal("101.5")}

    def it_asks_where_the_first_rows_stand_under_none(self):
        rows = ["A1;2020-03-22;PM;t;100,50;", "4110;Löner;;;;", "A2;2020-03-24;PM;t;1,00;"]
        with pytest.raises(Exception, match="HUVUDBOK-RUBRIKER"):
            read(
                "\n".join(["Ver.nr;Datum;Verksamhet;Text;Debet;Kredit", *rows]).encode(), "12 x.csv"
            )
