"""Rows that may be balances, sums or what a page takes over, in words that huvudbok.yaml has not, and with
what a transaction has: asked about and never compared; and like ones that are transactions, which count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.test_layouts import book
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

HEADS = ("Vernr", "Datum", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text")
ACCOUNTS = ("4110", "5411")
CODES = ("PM", "801")
ROWS = [
    [f"{n}{m:02}", f"2020-{m:02}-15", account, code, "ap.4", Decimal(100 * n + 10 * m + 1), "Faktura"]
    for n, (account, code) in enumerate((a, c) for a in ACCOUNTS for c in CODES)
    for m in range(1, 13)
]  # fmt: skip
BALANCES = (
    "Saldo", "Saldo 31/12", "saldo per 2020-12-31", "SALDO KONTO 4110", "Saldo dec", "Utgående saldo", "Slutsaldo", "Slutsaldo 2020",
    "Kontosaldo", "Årssaldo", "Periodsaldo", "Bokfört saldo", "Ackumulerat saldo", "Löpande saldo", "Saldo t.o.m. december",
    "Balans 31/12", "Slutbalans", "Nytt saldo", "Saldo från föregående sida", "Saldo nästa sida", "Saldo:", "Månadssaldo mars",
)  # fmt: skip
SUMS = (
    "Överföring från föregående sida", "Överfört från sid 2", "Från föregående sida", "Överföres till nästa sida", "Transport från sida 1",
    "Sidsumma", "Sidsumma 3", "Kontosumma 4110", "Delsumma konto", "Summa period 12", "Totalt konto 4110", "Totalt året", "Summa året",
    "Ack. utfall", "Ackumulerat t.o.m. dec", "Ackumulerat", "Behållning", "IB 2020", "UB 2020", "Ingående från 2019", "Brought forward",
    "Total", "Föregående sida", "Behållning från sida 4",
)  # fmt: skip
BARE = (
    "UB", "IB", "IB-2020", "IB2020", "ub 20", "Utg. saldo", "Ing. saldo", "Ing. saldo 20200101", "Ingående bal.", "Ingående balans",
    "Utgående balans", "Ingående balans konto 4110", "Ingående värde 2020", "Utg värde", "Totalsumma", "Slutsumma", "Summa", "Totalt",
    "Delsumma", "Delsumma 4110", "Periodens summa", "Summa period 202012", "Summa konto 4110", "Fg. års saldo", "Fgående års saldo",
    "Föreg. års balans", "Opening balance", "Closing balance 2020", "IB 2020-01-01", "UB 4110", "4110 UB", "Konto 4110 UB", "I.B.",
    "Summa kostnader 2020", "Subtotal", "Månadssumma mars", "Ack. 2020", "Ackumulerat", "Omslutning", "Periodens saldo", "Total",
)  # fmt: skip
"""Nothing but a balance or a sum."""
MAYBE_BOUGHT = (
    "Transport", "Transport mars", "Överföring", "Överföring konto 4110", "Föregående år", "Saldo friskvård", "Saldoreglering",
    "Överföring till Uppsala kommun", "Transporter", "Summa hyra mars", "Periodens förändring", "Årets rörelse", "IB Konsult AB",
    "Ingående moms", "UB Media 2020", "Fg. års hyra", "Värde 2020", "Bal", "Ing", "Totalentreprenad", "Kostnader", "Resultat",
)  # fmt: skip
"""Alone, with a voucher, a day and a code, and coming to nothing above."""
BEGUN = (
    "Överföring till Malmö",
    "Saldo hyresfordran",
    "Balanskonto rättning",
    "Saldoöverföring bank",
)
BOUGHT = (
    "Lön", "Balanserad styrning AB", "Totalentreprenad Bygg", "Summa hyra mars", "Transportstyrelsen", "Saldoavisering bank",
    "Överföring till Malmö stad", "Transport av möbler", "IB Konsult AB", "UB Media", "Ingående moms", "Utgående frakt", "Ackreditering",
    "Total Produktion AB", "Föregående års hyra", "Ingela Berg", "Ubåtsmuseet", "Backup",
)  # fmt: skip
OF_KEY = sum((row[5] for row in ROWS if row[2:4] == ["4110", "PM"]), Decimal(0))
OF_ACCOUNT = sum((row[5] for row in ROWS if row[2] == "4110"), Decimal(0))
WHOLE = sum((row[5] for row in ROWS), Decimal(0))


def row_of(text, amount, lacks=(), account="4110", code="PM"):
    row = ["9999", "2020-12-31", account, code, "ap.4", amount, text]
    return ["" if HEADS[at] in lacks else cell for at, cell in enumerate(row)]


def listed(*rows, at=None):
    own = [*ROWS]
    own[len(own) if at is None else at : len(own) if at is None else at] = rows
    return own


def csv_of(rows):
    shown = (
        ";".join(str(one).replace(".", ",") if isinstance(one, Decimal) else one for one in row)
        for row in rows
    )
    return "\n".join([";".join(HEADS), *shown, ""]).encode()


def read(data, file="12 x.csv"):
    return proved(YEAR, read_ledger(data, file, CHART, YEAR.spec.counties))


def is_never_counted(ledger, truth=WHOLE):
    """Asked about, or left out as a balance."""
    return not ledger.used or ledger.total == truth


def is_counted(ledger, amount):
    return ledger.used and ledger.total == WHOLE + amount


class DescribeRowsThatMayBeBalances:
    @pytest.mark.parametrize("text", BALANCES)
    @pytest.mark.parametrize(
        "lacks",
        [(), ("Vernr",), ("Datum",), ("Vernr", "Datum"), ("Verksamhetskod",), ("Anslagspost",)],
    )
    def it_never_counts_a_balance(self, text, lacks):
        for amount in (OF_KEY, OF_ACCOUNT, WHOLE, Decimal(300)):
            for at in (None, 12, 24):
                ledger = read(csv_of(listed(row_of(text, amount, lacks), at=at)))
                own = text.startswith("Utgående") and "Vernr" not in lacks and amount == 300
                assert is_never_counted(ledger) or own, (amount, at)

    @pytest.mark.parametrize("text", SUMS)
    def it_never_counts_a_sum_that_lacks_what_others_have(self, text):
        for lacks in (("Vernr",), ("Datum",), ("Vernr", "Datum")):
            for amount in (OF_KEY, OF_ACCOUNT, WHOLE, Decimal(300)):
                ledger = read(csv_of(listed(row_of(text, amount, lacks))))
                own = text in ("IB 2020", "UB 2020", "Ingående från 2019") and "Vernr" not in lacks
                assert is_never_counted(ledger) or (own and amount == 300), (amount, lacks)

    @pytest.mark.parametrize("text", (*SUMS, *BEGUN))
    def it_never_counts_one_that_comes_to_what_stands_above(self, text):
        for amount, at in (
            (OF_KEY, None),
            (OF_KEY, 12),
            (OF_ACCOUNT, None),
            (OF_ACCOUNT, 24),
            (WHOLE, None),
        ):
            assert is_never_counted(read(csv_of(listed(row_of(text, amount), at=at)))), amount

    @pytest.mark.parametrize("text", BARE)
    def it_asks_about_nothing_but_a_balance_or_a_sum(self, text):
        for amount in (Decimal(300), Decimal(-300), OF_KEY, WHOLE):
            for at in (None, 0, 7):
                ledger = read(csv_of(listed(row_of(text, amount), at=at)))
                assert ledger.doubts == ("saldorader",), (amount, at)

    @pytest.mark.parametrize("text", MAYBE_BOUGHT)
    def it_counts_what_may_have_been_bought(self, text):
        for at in (None, 0, 7):
            rows = listed(row_of(text, Decimal(300)), at=at)
            assert is_counted(read(csv_of(rows)), Decimal(300)), at

    @pytest.mark.parametrize("own", ["IB", "UB", "Ib"])
    @pytest.mark.parametrize("others", [("AL", "PK"), ("IB", "IB"), ("LF", "Bo"), ("KLA", "ing")])
    def it_counts_rows_with_the_initials_of_someone(self, own, others):
        rows = [[*row, others[n % 2]] for n, row in enumerate(ROWS)]
        for n in (3, 20, 33):
            rows[n][-1] = own
        heads = ";".join((*HEADS, "Sign"))
        data = csv_of(rows).replace(";".join(HEADS).encode(), heads.encode(), 1)
        ledger = read(data)
        assert (ledger.doubts, ledger.total) == ((), WHOLE)

    def it_asks_about_a_short_one_where_no_other_row_has_a_text(self):
        rows = [[*row[:6], ""] for row in ROWS]
        ledger = read(csv_of([*rows, row_of("UB", Decimal(300))]))
        assert ledger.doubts == ("saldorader",)

    @pytest.mark.parametrize("text", BEGUN)
    def it_asks_about_a_text_that_begins_so_where_no_voucher_stands(self, text):
        ledger = read(csv_of(listed(row_of(text, Decimal(300), ("Vernr",)))))
        assert ledger.doubts == ("saldorader",)

    @pytest.mark.parametrize("text", ["", "Faktura", "Diverse"])
    @pytest.mark.parametrize("lacks", ["Vernr", "Datum"])
    def it_asks_about_the_sum_above_without_any_word(self, text, lacks):
        for amount, at in ((OF_KEY, 12), (OF_ACCOUNT, 24), (WHOLE, None)):
            ledger = read(csv_of(listed(row_of(text, amount, (lacks,)), at=at)))
            assert ledger.doubts == ("saldorader",), amount

    @pytest.mark.parametrize("text", BOUGHT)
    def it_counts_what_has_been_bought(self, text):
        assert is_counted(read(csv_of(listed(row_of(text, Decimal(300))))), Decimal(300))
        assert is_counted(read(csv_of(listed(row_of(text, Decimal(300)), at=7))), Decimal(300))

    def it_counts_rows_without_vouchers_that_come_to_nothing_above(self):
        assert is_counted(
            read(csv_of(listed(row_of("Lön", Decimal(300), ("Vernr",))))), Decimal(300)
        )

    def it_counts_two_equal_transfers_after_one_another(self):
        rows = [row_of("Överföring till Malmö", Decimal(300), code="VN") for _ in range(2)]
        assert is_counted(read(csv_of(listed(*rows))), Decimal(600))

    def it_names_the_row_and_the_amount(self):
        ledger = read(csv_of(listed(row_of("Slutsaldo", Decimal(300)))))
        (found,) = ledger_findings(YEAR, "12 x.csv", ledger)
        assert (found.code, "rad 50 (300\xa0kr)" in found.message) == ("HUVUDBOK-OANVAND", True)

    def it_is_so_in_a_workbook_and_in_other_columns(self):
        for text in (*BALANCES[:3], "Överföring från föregående sida"):
            rows = [[*row[:5], float(row[5]), row[6]] for row in listed(row_of(text, OF_KEY))]
            assert is_never_counted(read(book(("Blad", [HEADS, *rows])), "12 x.xlsx"))
            named = [(*HEADS[:6], "Benämning"), *rows]
            assert is_never_counted(read(book(("Blad", named)), "12 x.xlsx"))

    def it_finds_one_far_down(self):
        many = [
            [f"L{n}", "2020-06-01", "5411", "VN", "ap.4", Decimal(n + 1), "Faktura"]
            for n in range(700)
        ]
        ledger = read(csv_of([*many, row_of("Saldo", Decimal(5)), *many[:3]]))
        assert ledger.doubts == ("saldorader",)
