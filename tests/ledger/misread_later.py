"""More ledgers that a stranger made to be misread: balances in other words, days in no calendar, periods
before the first."""

from tests.ledger.misread import HEADS, ROWS, of_months
from tests.ledger.situations import Situation

_OPENINGS = (
    "Ing. balans", "Ing. saldo", "Opening balance", "Ing balans.", "Ing.bal.", "I.B.", "IB:", "IB.", "Ingående",
    "Ingående balans, 2020", "ING. BAL", "OPENING BALANCE 2020-01-01", "Ing. bal. 2020", "Ing.saldo 5410",
)  # fmt: skip
_CLOSINGS = ("Utg. balans", "Utg. saldo", "Closing balance", "U.B.", "Utgående balans.", "Utg.bal")


def _with_opening(text):
    return f"{HEADS}\n;;4110;PM;500,00;{text}\n{ROWS.partition(chr(10))[2]}"


def _with_closing(text):
    return f"{ROWS};;4110;PM;100,00;{text}\n"


def _periods(opening):
    return (
        "Vernr;Datum;Period;Konto;Verksamhetskod;Belopp\n"
        f"1;2020-01-01;{opening};4110;PM;500,00\n2;2020-01-01;202001;4110;PM;60,00\n"
        "3;2020-12-31;202013;4110;PM;40,00\n"
    )


def _of_days(form, days):
    rows = [f"{n};{day:{form}};4110;PM;10,00;Lön" for n, day in enumerate(days)]
    return "\n".join([HEADS, *rows, ""])


BALANCES = (
    *(
        Situation(f"an opening balance: {text}", "A4", _with_opening(text), {"PM": "100"}, left_out=1)
        for text in _OPENINGS
    ),
    *(
        Situation(f"a closing balance: {text}", "A4", _with_closing(text), {"PM": "100"}, left_out=1)
        for text in _CLOSINGS
    ),
    *(
        Situation(f"a voucher of the text {text}", "A4", f"{ROWS}3;2020-03-01;4110;PM;7,00;{text}\n", {"PM": "107"})
        for text in ("Ing. balans", "IB Consulting AB", "Opening balance", "Ingående moms")
    ),
    *(
        Situation(f"an opening period: {period}", "A5", _periods(period), {"PM": "100"}, left_out=1)
        for period in ("202000", "2020-00", "2020M00", "00/2020", "2020/00")
    ),
    *(
        Situation(f"the first period: {period}", "A5", _periods(period), {"PM": "600"})
        for period in ("202001", "2020-01", "20200101")
    ),
    Situation(
        "one row alone without voucher and day", "A4",
        f"{of_months(range(1, 13))};;4110;PM;50000,00;Övrigt\n", refused="losa_rader",
    ),
    Situation(
        "one row alone without voucher and day, in the middle", "A4",
        f"{of_months(range(1, 6))};;4110;PM;7,00;Övrigt\n{of_months(range(6, 13)).partition(chr(10))[2]}",
        refused="losa_rader",
    ),
)  # fmt: skip
DAYS = (
    Situation(
        "days as six digits", "B6",
        of_months(range(1, 13)).replace("2020-", "20").replace("-03;", "03;").replace("-17;", "17;"), {"PM": "240"},
    ),
    *(
        Situation(f"a day in no calendar: {day}", "C11", f"{ROWS}3;{day};4110;PM;7,00;Lön\n", refused="olasta")
        for day in ("2020-02-30", "20200230", "2020-13-01", "31.4.2020", "2020/06/31", "2019-02-29", "2020-00-10")
    ),
    *(
        Situation(f"a day however written: {day}", "C11", f"{ROWS}3;{day};4110;PM;7,00;Lön\n", {"PM": "107"})
        for day in ("2020-02-29", "29.2.2020", "2020-02-29 12:00:00", "", "43890")
    ),
)  # fmt: skip
ALL = (*BALANCES, *DAYS)
