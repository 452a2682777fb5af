"""Cells that hold something else than an amount, an account, a code or a post: days, times, truth values
and errors, typed or as texts. A row with one is never booked as something else: it is listed."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import xlsxwriter

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.files import read_ledger
from toolkit.ledger.proof import proved

HEADS = ("Vernr", "Datum", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text")
RIGHT = ("7", "2020-03-01", "4110", "801", "ap.4", 7.25, "Lön")
AT = {"account": 2, "code": 3, "post": 4, "amount": 5}
FORMATS = {
    date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm:ss",
}  # fmt: skip
TYPED = (
    date(2020, 2, 1), date(1911, 4, 2), date(1902, 3, 11), datetime(2020, 2, 1, 12, 30), time(12, 30), time(0, 0, 5),
    timedelta(hours=30), True, False, "#N/A", "#DIV/0!", "#REF!", "#SAKNAS!", "#VÄRDEFEL!",
)  # fmt: skip
WRITTEN = (
    "2020-02-01", "2020-02-01 12:30", "1911-04-02", "1/2/2020", "01.02.20", "12:30:00", "1-feb-20", "feb-04",
    "SANT", "FALSKT", "TRUE", "#SAKNAS!", "#REF!",
)  # fmt: skip
NO_ACCOUNTS = ("12:30", "41,5 %", "41.55", "4,11E+03", "20200201", "1 %")


def rows_with(name, value):
    rows = [[f"{n}", f"2020-{n:02}-05", "4110", "801", "ap.4", 10.5, "Lön"] for n in range(1, 13)]
    odd = list(RIGHT)
    odd[AT[name]] = value
    return [*rows, odd]


def as_csv(rows):
    shown = [
        [str(one).replace(".", ",") if isinstance(one, float) else str(one) for one in row]
        for row in rows
    ]
    return "\n".join(";".join(row) for row in (HEADS, *shown)).encode()


def as_xlsx(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        made = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        for number, row in enumerate((HEADS, *rows)):
            for place, value in enumerate(row):
                if type(value) in made:
                    sheet.write_datetime(number, place, value, made[type(value)])
                else:
                    sheet.write(number, place, value)
    return target.getvalue()


def read(data, file="12 x.xlsx"):
    return proved(YEAR, read_ledger(data, file, CHART, YEAR.spec.counties))


def is_asked(ledger):
    """Whether the odd row alone is listed, and nothing is compared."""
    assert ledger.total == Decimal("126")
    return ([bad.line for bad in ledger.bad_lines], "olasta" in ledger.doubts) == ([14], True)


class DescribeCellsOfAnotherKind:
    @pytest.mark.parametrize("name", AT)
    @pytest.mark.parametrize("value", TYPED, ids=repr)
    def it_lists_the_row_of_a_typed_cell(self, name, value):
        assert is_asked(read(as_xlsx(rows_with(name, value))))

    @pytest.mark.parametrize("name", AT)
    @pytest.mark.parametrize("value", WRITTEN)
    def it_lists_the_row_of_a_text(self, name, value):
        assert is_asked(read(as_csv(rows_with(name, value)), "12 x.csv"))
        assert is_asked(read(as_xlsx(rows_with(name, value))))

    @pytest.mark.parametrize("value", NO_ACCOUNTS)
    def it_lists_the_row_of_what_is_no_account(self, value):
        assert is_asked(read(as_csv(rows_with("account", value)), "12 x.csv"))

    @pytest.mark.parametrize("ending", ["xls", "xlsb"])
    def it_lists_them_in_binary_formats(self, ending, saved_by_sheetjs):
        for name in AT:
            for value in (date(2020, 2, 1), time(12, 30), False):
                data = saved_by_sheetjs(as_xlsx(rows_with(name, value)), ending)
                assert is_asked(read(data, f"12 x.{ending}")), (name, value)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("account", 4110), ("account", "4110 Löner"), ("code", 801), ("post", "4:1"), ("post", "1:1 ap.4"),
         ("post", 4.2), ("post", "2020"), ("post", ""), ("amount", "7,25"), ("amount", "7,25 kr")],
    )  # fmt: skip
    def it_books_all_others(self, name, value):
        for data, file in ((as_csv, "12 x.csv"), (as_xlsx, "12 x.xlsx")):
            ledger = read(data(rows_with(name, value)), file)
            assert (ledger.total, ledger.doubts) == (Decimal("133.25"), ())
