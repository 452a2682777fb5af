"""Ledgers that a stranger made to be misread without a word: parts told as wholes, sums told as
transactions, another county's, other units. Read right, or refused for the reason that is named."""

from decimal import Decimal
from typing import NamedTuple

from tests.ledger.situations import PLAIN, Situation

HEADS = "Vernr;Datum;Konto;Verksamhetskod;Belopp;Text"


def of_months(months, days=(3, 17), heads=HEADS):
    """A listing with a transaction of 10 kronor on some days of some months."""
    rows = [
        f"{month}{day};2020-{month:02}-{day:02};4110;PM;10,00;Lön"
        for month in months
        for day in days
    ]
    return "\n".join([heads, *rows, ""])


def of_periods(months):
    """The same with a column of periods and no days."""
    rows = [f"{month};2020{month:02};4110;PM;10,00" for month in months]
    return "\n".join(["Vernr;Period;Konto;Verksamhetskod;Belopp", *rows, ""])


WHOLE = of_months(range(1, 13))
ROWS = f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n2;2020-05-01;4110;PM;40,00;Lön\n"

PARTS = (
    Situation("a period above", "A1", f"Period: 202001 - 202006\n{ROWS}", refused="period"),
    Situation("days above", "A1", f"Huvudbok;2020-01-01--2020-09-30\n{ROWS}", refused="period"),
    Situation(
        "days above in cells of their own", "A1",
        f"Från period;202001\nTill period;202006\n{ROWS}", refused="period",
    ),
    Situation("months in words", "A1", f"Huvudbok januari – juni 2020\n{ROWS}", refused="period"),
    Situation("months in the name", "A1", ROWS, refused="period", file="12 Skåne jan-jun 2020.csv"),
    Situation("a period above to the last", "A1", f"Period: 202001 - 202012\n{ROWS}", {"PM": "100"}),
    Situation("period 13 above", "A1", f"Period: 202001 - 202013\n{ROWS}", {"PM": "100"}),
    Situation("days end in June", "A1", of_months(range(1, 7)), refused="period"),
    Situation("days end in September", "A1", of_months(range(1, 10), (1, 9, 17)), refused="period"),
    Situation("days end in October", "A1", of_months(range(1, 11), (1, 9, 17, 25)), refused="period"),
    Situation("periods end in June", "A1", of_periods(range(1, 7)), refused="period"),
    Situation("periods end in September", "A1", of_periods(range(1, 10)), refused="period"),
    Situation("periods end in October", "A1", of_periods(range(1, 11)), refused="period"),
    Situation("the second half alone", "A1", of_months(range(7, 13)), refused="period"),
    Situation("all months", "A1", WHOLE, {"PM": "240"}),
    Situation("no row of December in a few", "A1", of_periods(range(1, 12)), {"PM": "110"}),
    Situation("a few rows of spring", "A1", of_months((2, 4), (3,)), {"PM": "20"}),
    Situation("the closing period", "A1", of_periods([1, 2, 3, 13]), {"PM": "40"}),
    Situation(
        "a half year of SIE without a word", "A1",
        '#FLAGGA 0\n#SIETYP 4\n#DIM 7 "Verksamhetskod"\n#RAR 0 20200101 20201231\n'
        + "".join(
            f'#VER A {month}{day} 2020{month:02}{day} "Lön"\n{{\n#TRANS 4110 {{7 "PM"}} 1.00\n'
            '#TRANS 1930 {} -1.00\n}\n'
            for month in range(1, 7) for day in (10, 20)
        ),
        refused="period", file="12 x.se",
    ),
    Situation(
        "posted in the year, by a voucher of the next", "A7",
        f"{HEADS.replace('Datum', 'Verdatum;Period')}\n1;2021-01-10;202012;4110;PM;10,00;Lön\n",
        {"PM": "10"},
    ),
    Situation(
        "posted in the next year, by a voucher of this one", "A7",
        f"{HEADS.replace('Datum', 'Verdatum;Period')}\n1;2020-12-30;202101;4110;PM;10,00;Lön\n",
        refused="period",
    ),
    Situation(
        "a selection of one code", "A2", f"Urval: Verksamhetskod = PM\n{ROWS}", refused="urval",
    ),
    Situation(
        "a selection in cells", "A2", f"Urval;Verksamhet;PM\n{ROWS}", refused="urval",
    ),
    Situation(
        "a selection of accounts", "A2", f"Urval: Konto 5400-5499\n{ROWS}", refused="urval",
    ),
    Situation(
        "a selection of all accounts", "A2", f"Urval: Konto 3000-8999\n{ROWS}", {"PM": "100"},
    ),
    Situation(
        "a selection of all codes", "A2", f"Urval: Verksamhet = *; Konto = alla\n{ROWS}", {"PM": "100"},
    ),
)  # fmt: skip
SUMS = (
    Situation(
        "sums in rows that lack voucher and day", "A4",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n2;2020-05-01;4110;PM;40,00;Lön\n;;4110;PM;100,00;\n"
        "3;2020-02-01;5410;PM;7,00;Köp\n4;2020-05-01;5410;PM;5,00;Köp\n;;5410;PM;12,00;\n",
        {"PM": "112"}, left_out=2,
    ),
    Situation(
        "sums of sums in rows that lack voucher and day", "A4",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n2;2020-05-01;4110;PM;40,00;Lön\n;;4110;PM;100,00;\n"
        "3;2020-02-01;5410;PM;7,00;Köp\n4;2020-05-01;5410;PM;5,00;Köp\n;;5410;PM;12,00;\n;;5410;PM;112,00;\n",
        {"PM": "112"}, left_out=3,
    ),
    Situation(
        "some rows without voucher and day that are no sums", "A4",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n;;4110;PM;45,00;Rättad\n3;2020-02-01;5410;PM;7,00;Köp\n",
        {"PM": "112"},
    ),
    Situation(
        "a row without voucher and day beside one of the same amount", "A4",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n;;4110;PM;60,00;\n", refused="delsummor",
    ),
    Situation(
        "sums and others without voucher and day", "A4",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n2;2020-02-01;4110;PM;40,00;Lön\n;;4110;PM;100,00;\n"
        ";;4110;PM;33,00;Rättad\n", refused="delsummor",
    ),
    Situation(
        "no row has voucher or day", "A4",
        f"{HEADS}\n;;4110;PM;60,00;Lön\n;;4110;PM;60,00;Lön\n", {"PM": "120"},
    ),
    Situation(
        "the sums of Excel", "A4",
        f"{PLAIN}\n4110;PM;60,00\n4110;PM;40,00\n4110 Summa;;100,00\n5410;PM;7,00\n5410 Summa;;7,00\n",
        {"PM": "107"}, left_out=2,
    ),
    Situation(
        "the change of a period between balances", "A4",
        f"{HEADS}\n;;4110;PM;0,00;Ingående balans\n1;2020-02-01;4110;PM;60,00;Lön\n"
        ";;4110;PM;60,00;Periodens förändring\n;;4110;PM;60,00;Utgående balans\n",
        {"PM": "60"}, left_out=3,
    ),
    Situation(
        "a closing balance that says otherwise", "A4",
        f"{PLAIN};Text\n4110;PM;0,00;Ingående balans\n4110;PM;60,00;Lön\n4110;PM;60,00;Diverse\n"
        "4110;PM;60,00;Utgående balans\n", refused="saldon_skiljer",
    ),
    Situation(
        "what is carried to the next page", "C",
        f"{HEADS}\n1;2020-02-01;4110;PM;60,00;Lön\n;;;;60,00;Att transportera\n{HEADS}\n;;;;60,00;Transport\n"
        "2;2020-02-02;4110;PM;40,00;Lön\n", {"PM": "100"}, left_out=2,
    ),
    Situation(
        "amounts with three decimals", "A6",
        f"{HEADS}\n1;2020-02-01;4110;PM;12.345;Lön\n2;2020-02-01;4110;PM;7.251;Lön\n", refused="olasta",
    ),
)  # fmt: skip
COLUMNS = (
    Situation(
        "a status in short", "B2",
        "Konto;Verksamhet;Ver.nr;Status;Belopp\n4110;PM;A1;Bokförd;1000,00\n4110;PM;A2;Prel.;250,00\n",
        {"PM": "1000"}, left_out=1,
    ),
    Situation(
        "a status that nobody knows", "B2",
        "Konto;Verksamhet;Ver.nr;Status;Belopp\n4110;PM;A1;Bokförd;1000,00\n4110;PM;A2;Hos chefen;250,00\n",
        refused="status",
    ),
    Situation(
        "kinds of vouchers", "B2",
        "Konto;Verksamhet;Ver.nr;Typ;Belopp\n4110;PM;A1;LF;1000,00\n4110;PM;A2;BO;250,00\n", {"PM": "1250"},
    ),
    Situation(
        "with VAT, VAT and without", "B4",
        "Konto;Verksamhet;Belopp;Moms;Nettobelopp\n5410;PM;125,00;25,00;100,00\n", {"PM": "100"},
    ),
    Situation(
        "an amount and VAT", "B4", "Konto;Verksamhet;Belopp;Moms\n5410;PM;125,00;25,00\n", refused="moms",
    ),
    Situation(
        "a column of VAT with nothing in", "B4",
        "Konto;Verksamhet;Belopp;Moms\n5410;PM;125,00;0,00\n5410;PM;5,00;\n", {"PM": "130"},
    ),
    Situation(
        "the last page twice", "B3",
        f"{HEADS}\n" + "".join(f"{n};2020-02-01;4110;PM;{n},00;Lön\n" for n in [*range(1, 61), *range(41, 61)]),
        refused="upprepat",
    ),
    Situation(
        "a column of years with two of them", "C",
        "År;Konto;Verksamhet;Belopp\n2019;4110;PM;1,00\n2020;4110;PM;2,00\n", refused="period",
    ),
)  # fmt: skip
ALL = (*PARTS, *SUMS, *COLUMNS)


class Owned(NamedTuple):
    """A ledger under one county's name, and whose it is by what it says."""

    text: str
    county: str | None
    by: str
    file: str = "13 Halland.csv"


OWNED = {
    "another board's name and number": Owned(
        f"Länsstyrelsen i Skåne län;202100-2346\n{ROWS}", "12", "innehall"
    ),
    "another board's number": Owned(f"Org.nr 202100-2346\n{ROWS}", "12", "innehall"),
    "another board's name": Owned(f"Huvudbok\nLänsstyrelsen Skåne\n{ROWS}", "12", "innehall"),
    "the same board's name": Owned(f"Länsstyrelsen i Hallands län\n{ROWS}", "13", "innehall"),
    "a county without its board": Owned(f"Region Skåne\n{ROWS}", "13", "namn"),
    "two boards": Owned(f"Länsstyrelsen Skåne\nLänsstyrelsen Halland\n{ROWS}", None, ""),
    "nothing": Owned(ROWS, "13", "namn"),
}
ZERO = Decimal(0)
