"""More ledgers that a stranger made to be misread: balances in other words, days in no calendar, periods
before the first."""

from tests.ledger.misread import HEADS, ROWS, Owned, of_months
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


def _columns(heads, *rows):
    return "\n".join([heads, *rows, ""])


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
        for text in ("IB Consulting AB", "Ingående moms")
    ),
    *(
        Situation(f"a voucher of a balance alone: {text}", "A11", f"{ROWS}3;2020-03-01;4110;PM;7,00;{text}\n", refused="saldorader")
        for text in (*_OPENINGS, *_CLOSINGS)
    ),
    *(
        Situation(f"without a voucher: {text}", "A2", f"{ROWS};2020-03-01;4110;PM;7,00;{text}\n", {"PM": "107"})
        for text in ("IB Konsult AB", "Ingående moms", "UB Media AB, faktura 3", "Utgående frakt", "Transport")
    ),
    *(
        Situation(f"without a voucher, a balance: {text}", "A2", f"{ROWS};2020-01-01;4110;PM;7,00;{text}\n", {"PM": "100"}, left_out=1)
        for text in ("IB 2020", "Ingående 2020-01-01", "IB konto 4110", "Ingående balans Löner", "IB från 2019")
    ),
    *(
        Situation(f"an opening period: {period}", "A5", _periods(period), {"PM": "100"}, left_out=1)
        for period in ("202000", "2020-00", "2020M00", "00/2020", "2020/00", "2000", "00", "0")
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
NUMBERED = (
    *(
        Situation(
            f"a balance with the voucher {voucher}", "A4",
            f"{HEADS}\n{voucher};2020-01-01;4110;PM;500,00;{text}\n{ROWS.partition(chr(10))[2]}",
            {"PM": "100"}, left_out=1,
        )
        for voucher, text in (("IB1", "IB"), ("IB 1", "Ingående balans"), ("ib2020", "Ing. balans"))
    ),
    *(
        Situation(
            f"a transaction with the voucher {voucher}", "A4",
            f"{ROWS}{voucher};2020-03-01;4110;PM;7,00;{text}\n", {"PM": "107"},
        )
        for voucher, text in (("IB1", "Faktura"), ("TO17", "Lön"))
    ),
    *(
        Situation(
            f"a balance alone with the voucher {voucher}", "A11",
            f"{ROWS}{voucher};2020-03-01;4110;PM;7,00;{text}\n", refused="saldorader",
        )
        for voucher, text in (("A1", "IB"), ("2020-17", "Ing. balans"), ("LB9", "UB"))
    ),
    Situation(
        "accounts and codes that a program took for numbers", "A3",
        f"{HEADS}\n1;2020-02-01;4110.0;801.0;60,00;Lön\n2;2020-05-01;4110.0;801.0;40,00;Lön\n", {"801": "100"},
    ),
)  # fmt: skip
DAYS = (
    *(
        Situation(
            f"days with the month first, to the {last}", "C11",
            _columns(HEADS, *(f"{m};{m}/{d}/2020;4110;PM;10,00;Lön" for m in range(1, 13) for d in (3, last))),
            {"PM": "240"},
        )
        for last in (13, 28)
    ),
    Situation(
        "a half year with the month first", "C11",
        _columns(HEADS, *(f"{m};{m}/{d}/2020;4110;PM;10,00;Lön" for m in range(1, 7) for d in (3, 17))),
        refused="period",
    ),
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
COSTS = {
    (account, code): kr
    for account, kind in (("4110", 100), ("5411", 10), ("5511", 7), ("7711", 30))
    for code, kr in (("PM", kind), ("801", 2 * kind), ("VN", 3 * kind))
}
"""What an account and a code come to in a month."""


def of_costs(*later, months=range(1, 13), heads=HEADS):
    """A listing of a year, and some rows after it."""
    rows = [
        f"{month:02}{n:02};2020-{month:02}-{n + 1:02};{account};{code};{kr},00;Faktura {month}{n}"
        for month in months
        for n, ((account, code), kr) in enumerate(COSTS.items())
    ]
    return "\n".join([heads, *rows, *later, ""])


def _closed(
    by=("account", "code"),
    accounts=None,
    code=None,
    voucher="9900",
    day="2020-12-31",
    text="Bokslut",
    off=0,
):
    """The rows of a closing: one for each account and code, or for each account."""
    sums = {}
    for (account, own), kr in COSTS.items():
        if accounts is None or account in accounts:
            key = (account, own if "code" in by else code or "")
            sums[key] = sums.get(key, 0) + 12 * kr
    return [
        f"{voucher.format(n=n)};{day};{account};{own};{-kr + off},00;{text}"
        for n, ((account, own), kr) in enumerate(sums.items())
    ]


_TURNED_TO = "9900;2020-12-31;8999;;10584,00;Bokslut"
_LATER = [
    f"99{n};2020-12-31;5411;{code};100,00;Rättelse" for n, code in enumerate(("PM", "801", "VN"))
]
_ALL_BUT = ("4110", "5411", "5511")
CLOSINGS = tuple(
    Situation(name, "A1", text, refused=why)
    for name, text, why in (
        ("a closing without codes", of_costs(*_closed("account")), "bokslut"),
        ("a closing without codes, against the result", of_costs(*_closed("account"), _TURNED_TO), "bokslut"),
        ("a closing with a code of its own", of_costs(*_closed("account", code="000")), "bokslut"),
        ("a closing of each code", of_costs(*_closed()), "bokslut"),
        ("a closing and a row after it", of_costs(*_closed(), *_LATER), "bokslut"),
        ("a closing without codes and a row after it", of_costs(*_closed("account"), *_LATER), "bokslut"),
        ("a closing of all accounts but one", of_costs(*_closed(accounts=_ALL_BUT)), "bokslut"),
        ("a closing of salaries", of_costs(*_closed(accounts=("4110",))), "bokslut"),
        ("a closing of travels", of_costs(*_closed(accounts=("5511",))), "bokslut"),
        ("a closing of all but one without codes", of_costs(*_closed("account", _ALL_BUT)), "bokslut"),
        ("a closing on one account", of_costs("9900;2020-12-31;4999;;-10584,00;Årets kostnader"), "bokslut"),
        (
            "a closing on one account for each code",
            of_costs(*(f"9900;2020-12-31;4999;{c};{-1764 * n},00;X" for n, c in enumerate(("PM", "801", "VN"), 1))),
            "bokslut",
        ),
        ("a closing with a voucher for each row", of_costs(*_closed(voucher="99{n}")), "bokslut"),
        ("a closing without vouchers", of_costs(*_closed("account", voucher="")), "bokslut"),
        ("a closing in whole kronor", of_costs(*_closed(off=1)), "bokslut"),
        ("a closing on a day of Excel", of_costs(*_closed("account", day="44196")), "bokslut"),
        ("a closing with day and month turned", of_costs(*_closed("account", day="31.12.2020")), "bokslut"),
        ("a closing without codes on another day", of_costs(*_closed("account", day="2020-12-30")), "minuskoder"),
        ("a closing without codes and day", of_costs(*_closed("account", day="")), "minuskoder"),
        (
            "a closing in a period of its own",
            of_costs(*(row.replace("2020-12-31", "202013") for row in _closed("account"))), "bokslut",
        ),
        ("a closing of all but one without codes, on another day", of_costs(*_closed("account", _ALL_BUT, day="2020-12-30")), "minuskoder"),
    )
)  # fmt: skip
_MOVED = ["9900;2020-12-31;5411;PM;-120,00;Omföring", "9900;2020-12-31;5412;PM;120,00;Omföring"]
_TURNED = [
    f"990{n};2020-12-31;4110;{code};-{kr},00;Från 4110"
    for n, (code, kr) in enumerate((("PM", 1200), ("VN", 3600)))
]
_TO = [
    f"991{n};2020-12-31;4190;{code};{kr},00;Till 4190"
    for n, (code, kr) in enumerate((("PM", 1200), ("VN", 3600)))
]
NO_CLOSINGS = tuple(
    Situation(name, "A1", text, {"PM": pm, "801": "3528", "VN": "5292"})
    for name, text, pm in (
        ("costs moved to another account on the last day", of_costs(*_MOVED), "1764"),
        (
            "salaries of two codes moved to another account, a voucher each",
            of_costs(*_TURNED, *_TO),
            "1764",
        ),
        ("the same, back first", of_costs(*_TO, *_TURNED), "1764"),
        ("a cost of the last day", of_costs("9900;2020-12-31;5411;PM;100,00;Faktura"), "1864"),
        (
            "a row put right on the last day",
            of_costs("9900;2020-12-31;5411;PM;-10,00;Rättelse"),
            "1754",
        ),
        (
            "an account put right on the last day",
            of_costs("9900;2020-12-31;5411;PM;-120,00;Rättelse"),
            "1644",
        ),
        (
            "salaries of the last day",
            of_costs("1;2020-12-31;4110;PM;50,00;Lön", "1;2020-12-31;4190;PM;-9,00;X"),
            "1805",
        ),
    )
)
_SIE = '#FLAGGA 0\n#SIETYP 4\n#DIM 7 "Verksamhetskod"\n#RAR 0 20200101 20201231\n'


def _sie(*closed):
    """The same year as SIE, and the rows of a closing voucher."""
    vouchers = "".join(
        f'#VER A {month}{n} 2020{month:02}{n + 1:02} "Faktura"\n{{\n#TRANS {account} {{7 "{code}"}} {kr}.00\n'
        f"#TRANS 1930 {{}} {-kr}.00\n}}\n"
        for month in range(1, 13)
        for n, ((account, code), kr) in enumerate(COSTS.items())
    )
    rows = "".join(f"#TRANS {account} {{{objects}}} {kr}.00\n" for account, objects, kr in closed)
    return (
        f'{_SIE}{vouchers}#VER B 1 20201231 "Bokslut"\n{{\n{rows}}}\n' if rows else _SIE + vouchers
    )


def _sie_closed(by, accounts=None):
    rows = [row.split(";") for row in _closed(by, accounts)]
    told = [
        (row[2], f'7 "{row[3]}"' if row[3] else "", int(row[4].partition(",")[0])) for row in rows
    ]
    return [*told, ("8999", "", -sum(kr for _, _, kr in told))]


SIE = tuple(
    Situation(name, "A1", text, refused="bokslut", file="12 x.se")
    for name, text in (
        ("SIE with a closing without objects", _sie(*_sie_closed("account"))),
        ("SIE with a closing of each object", _sie(*_sie_closed(("account", "code")))),
        ("SIE with a closing of salaries", _sie(*_sie_closed("account", ("4110",)))),
    )
)
WHOLE_SIE = Situation(
    "SIE without a closing",
    "A1",
    _sie(),
    {"PM": "1764", "801": "3528", "VN": "5292"},
    file="12 x.se",
)


_DOUBLE = "Verksamhetskod;Vernr;Konto;Verksamhetskod;Belopp"
_ACCOUNTS = "Konto;Vernr;Konto;Verksamhetskod;Belopp"
TWINS = (
    Situation(
        "two columns of codes, the first empty", "C13",
        _columns(_DOUBLE, ";1;4110;PM;10,00", ";2;4110;VN;7,00"), {"PM": "10", "VN": "7"},
    ),
    Situation(
        "two columns of codes, the last empty", "C13",
        _columns(_DOUBLE, "PM;1;4110;;10,00", "VN;2;4110;;7,00"), {"PM": "10", "VN": "7"},
    ),
    Situation(
        "two columns of codes that are the same", "C13",
        _columns(_DOUBLE, "PM;1;4110;pm;10,00", "VN;2;4110;VN;7,00"), {"PM": "10", "VN": "7"},
    ),
    Situation(
        "two columns of codes that differ", "C13",
        _columns(_DOUBLE, "PM;1;4110;PM;10,00", "VN;2;4110;PM;7,00"), refused="tva_kolumner",
    ),
    Situation(
        "two columns of codes, one of them half filled", "C13",
        _columns(_DOUBLE, ";1;4110;PM;10,00", "VN;2;4110;VN;7,00"), refused="tva_kolumner",
    ),
    Situation(
        "two columns of accounts, the first empty", "C13",
        _columns(_ACCOUNTS, ";1;4110;PM;10,00", ";2;4110;VN;7,00"), {"PM": "10", "VN": "7"},
    ),
    Situation(
        "two columns of accounts that differ", "C13",
        _columns(_ACCOUNTS, "1990;1;4110;PM;10,00", "1990;2;4110;VN;7,00"), refused="tva_kolumner",
    ),
    Situation(
        "two columns of accounts, the last one against", "C13",
        _columns("Konto;Vernr;Verksamhetskod;Belopp;Konto", "4110;1;PM;10,00;2440"), refused="tva_kolumner",
    ),
    Situation(
        "two columns of accounts with other headings", "C13",
        _columns("Konto;Vernr;Verksamhetskod;Belopp;Kontonr", "4110;1;PM;10,00;2440"), refused="tva_kolumner",
    ),
    Situation(
        "an account and its name under a like heading", "C13",
        _columns("Kontonr;Konto;Vernr;Verksamhetskod;Belopp", "4110;4110 Lön;1;PM;10,00"), {"PM": "10"},
    ),
    Situation(
        "two columns of days, the first empty", "C13",
        _columns("Datum;Datum;Konto;Verksamhetskod;Belopp", ";2019-03-01;4110;PM;10,00"), refused="period",
    ),
    Situation(
        "two columns of posts that differ", "C13",
        _columns("Konto;Verksamhetskod;Belopp;Anslagspost;Anslagspost", "4110;PM;10,00;ap.4;ap.5"),
        refused="tva_kolumner",
    ),
    Situation(
        "a code and another column of activities", "C13",
        _columns("Verksamhet;Konto;Verksamhetskod;Belopp", "VN;4110;PM;10,00"), {"PM": "10"},
    ),
)  # fmt: skip
ALL = (*TWINS, *NUMBERED, *BALANCES, *DAYS, *CLOSINGS, *NO_CLOSINGS, *SIE, WHOLE_SIE)


def owned_rows(*boards):
    """A list with a column of boards that nobody reads."""
    rows = [f"{n};2020-{n:02}-01;4110;PM;10,00;{boards[n % len(boards)]}" for n in range(1, 13)]
    return "\n".join(["Vernr;Datum;Konto;Verksamhetskod;Belopp;Myndighet", *rows, ""])


OWNED = {
    "another board on every row": Owned(owned_rows("Länsstyrelsen i Skåne län"), "12", "innehall"),
    "another board in short": Owned(owned_rows("Lst Skåne"), "12", "innehall"),
    "another board's number on every row": Owned(owned_rows("202100-2346"), "12", "innehall"),
    "the same board on every row": Owned(owned_rows("Länsstyrelsen Halland"), "13", "innehall"),
    "two boards in turn": Owned(
        owned_rows("Länsstyrelsen Skåne", "Länsstyrelsen Halland"), "13", "namn"
    ),
    "a board on some rows": Owned(owned_rows("Länsstyrelsen Skåne", ""), "13", "namn"),
    "a county without its board": Owned(owned_rows("Skåne"), "13", "namn"),
    "another board above": Owned(
        f"Länsstyrelsen Halland\n{owned_rows('Länsstyrelsen Skåne')}", None, ""
    ),
    "as counterpart": Owned(
        owned_rows("Länsstyrelsen Skåne").replace("Myndighet", "Motpart"), "13", "namn"
    ),
    "on two rows": Owned(
        "\n".join(owned_rows("Länsstyrelsen Skåne").split("\n")[:3]) + "\n", "13", "namn"
    ),
}
