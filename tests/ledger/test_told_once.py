"""Lists that say a code once for several rows."""

from __future__ import annotations

import io
from decimal import Decimal
from itertools import groupby

import openpyxl
import pytest

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

ROWS = [
    ("PM", "4110", 70), ("PM", "5411", 10), ("PM", "5511", 7), ("PM", "7711", 3),
    ("801", "4110", 100), ("801", "5411", 20), ("801", "7711", 5),
    ("VN", "4110", 40), ("VN", "5011", 5), ("VN", "5411", 2),
]  # fmt: skip
SUMS = {"PM": Decimal(90), "801": Decimal(125), "VN": Decimal(47)}
ALL = 262
HEADS = "Verksamhetskod;Konto;Belopp"
DATED = "Vernr;Datum;Verksamhetskod;Konto;Belopp;Text"


def of(text, file="12 x.csv"):
    data = text.encode() if isinstance(text, str) else text
    return proved(YEAR, read_ledger(data, file, CHART, YEAR.spec.counties))


def grouped(total=None, grand=None, kept=(), off=0, label="{code}"):
    """A pivot table: each code on its first row alone; a row of a sum after each group, and one for
    all."""
    lines = [HEADS]
    for code, rows in groupby(ROWS, key=lambda row: row[0]):
        own = list(rows)
        for n, (_, account, kr) in enumerate(own):
            first = n == 0 or code in kept
            lines.append(f"{label.format(code=code) if first else ''};{account};{kr},00")
        if total:
            lines.append(f"{total.format(code=code)};;{sum(row[2] for row in own) + off},00")
    if grand:
        lines.append(f"{grand};;{ALL},00")
    return "\n".join([*lines, ""])


def dated(total=""):
    """A report: vouchers and days on all rows."""
    lines = [DATED]
    for code, rows in groupby(ROWS, key=lambda row: row[0]):
        own = list(rows)
        for n, (_, account, kr) in enumerate(own):
            lines.append(
                f"{code}{n};2020-{(1, 5, 9, 12)[n]:02}-03;{'' if n else code};{account};{kr},00;Lön"
            )
        if total:
            lines.append(f";;;;{sum(row[2] for row in own)},00;{total.format(code=code)}")
    return "\n".join([*lines, ""])


class DescribeACodeOnTheFirstRowOfItsGroup:
    @pytest.mark.parametrize(
        "text",
        [
            grouped("{code} Totalt", "Totalsumma"),
            grouped("{code} Totalt"),
            grouped("Summa {code}", "Summa"),
            grouped("Summa", "Totalsumma"),
            grouped("Totalt {code}", "Totalt"),
            grouped("Summa {code}:", "Totalt"),
            grouped("Delsumma", "Summa"),
            grouped("{code} Totalt", "Totalsumma", label="{code} - Våld och annat {code}"),
            dated("Summa"),
            dated("Summa {code}"),
        ],
        ids=range(10),
    )
    def it_is_on_all_of_them_where_sums_say_so(self, text):
        ledger = of(text)
        assert ledger.doubts == ()
        assert ledger.by_code() == SUMS
        assert ("filled", "Verksamhetskod") in ledger.mapping

    @pytest.mark.parametrize(
        "text",
        [
            grouped(),
            dated(),
            grouped(grand="Totalsumma"),
            grouped("{code} Totalt", "Totalsumma", off=1),
            grouped("{code} Totalt", off=-10),
            grouped().replace("VN", "PM"),
            "\n".join([HEADS, "PM;4110;10,00", *[";5411;1,00"] * 5, ""]),
        ],
        ids=range(7),
    )
    def it_is_asked_about_where_nothing_says_so(self, text):
        ledger = of(text)
        assert "grupperad" in ledger.doubts
        found = ledger_findings(YEAR, "12 x.csv", ledger)
        assert any("Upprepa koden på alla rader" in one.message for one in found)


class DescribeARowThatLacksItsCode:
    @pytest.mark.parametrize(
        ("text", "blank"),
        [
            (grouped(kept=("PM", "801", "VN")), 0),
            (grouped(kept=("PM", "801")), 7),
            (grouped(kept=("PM", "801", "VN")).replace("PM;5511", ";5511"), 7),
            (grouped(kept=("PM", "801", "VN")).replace("PM;", ";"), 90),
            (f"{HEADS}\n;4110;1,00\n" + grouped().partition("\n")[2], 1 + 262 - 70 - 100 - 40),
            (f"{HEADS}\nPM;4110;5,00\n;2712;-1,00\n;2791;-1,00\n;1611;-1,00\n;1930;-2,00\n", 0),
            (f"{HEADS}\nPM;4110;1,00\n;5411;2,00\nVN;4110;4,00\n", 2),
        ],
    )
    def it_is_read_without_one(self, text, blank):
        ledger = of(text)
        assert ledger.doubts == ()
        assert ledger.by_code().get("", 0) == blank


def merged(blocks, rows=ROWS, columns=("code",)):
    """A workbook with the code in one cell over the rows of each block."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Verksamhetskod", "Konto", "Belopp"])
    for row in rows:
        sheet.append(list(row))
    for first, last in blocks:
        sheet.merge_cells(f"A{first}:A{last}")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class DescribeACodeInACellOverSeveralRows:
    @pytest.mark.parametrize(
        "blocks", [[(2, 5), (6, 8), (9, 11)], [(2, 5)], [(2, 3), (4, 5), (9, 11)], [(7, 8)]]
    )
    def it_is_on_all_of_them(self, blocks):
        ledger = of(merged(blocks), "12 x.xlsx")
        assert ledger.doubts == ()
        assert ledger.by_code() == SUMS

    def it_is_told_that_it_has_been_filled_down(self):
        assert ("filled", "Verksamhetskod") in of(merged([(2, 5)]), "12 x.xlsx").mapping

    def it_leaves_rows_below_the_cell_without_a_code(self):
        rows = [*ROWS, ("", "4110", 5)]
        ledger = of(merged([(2, 5), (9, 11)], rows), "12 x.xlsx")
        assert (ledger.doubts, ledger.by_code()) == ((), SUMS | {"": 5})
