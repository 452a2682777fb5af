"""Columns whose headings nobody knows: the side of the amounts and the days of the transactions are found
by what stands in them. The truth is counted from the transactions, never from the file."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
import xlsxwriter

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

DAYS = [date(2020, month, day) for month in range(1, 13) for day in (month, 28)]
AMOUNTS = [Decimal(1000 + 7 * n) for n in range(len(DAYS))]
CREDITS = (5, 17)
TRUTH = sum(AMOUNTS, Decimal(0)) - 2 * sum(AMOUNTS[n] for n in CREDITS)
MARKS = (
    ("D", "K"), ("d", "k"), ("D", "C"), ("Debet", "Kredit"), ("DEBET", "KREDIT"), ("Deb", "Kred"), ("Deb.", "Kred."),
    ("Debit", "Credit"), ("Dr", "Cr"), ("DB", "KR"), ("S", "H"), ("Soll", "Haben"), ("+", "-"), ("+", "\u2212"),
    ("Plus", "Minus"), ("P", "M"), ("(D)", "(K)"), ("D:", "K:"), ("1", "-1"), ("40", "50"), ("Debetsida", "Kreditsida"),
    ("", "K"), ("", "Kredit"), ("", "C"), ("", "-"), ("D", ""), ("Debet", ""), ("Utgift", "Inkomst"), ("Pos", "Neg"), ("U", "I"),
)  # fmt: skip
HEADINGS = (
    "Typ", "D el K", "Dk-kod", "Debet/kredit-kod", "D/C", "Kontosida", "Sida", "", "Kod", "Flagga", "Belopp tecken", "Status",
    "D/K", "Tecken", "X", "Post typ",
)  # fmt: skip
NO_MARKS = (
    ("LF", "BO"), ("A", "B"), ("Ja", "Nej"), ("Lev", "Kund"), ("K", "K"), ("D", "D"), ("", ""), ("", "1"), ("", "x"),
    ("K", "L"), ("801", "802"), ("Kort", "Konto"), ("-", "-"), ("Kronor", "Kronor"), ("Dalarna", "Kalmar"),
)  # fmt: skip
UNKNOWN = tuple(
    one
    for one in HEADINGS
    if one not in ("D/K", "Tecken", "D/C", "D el K", "Dk-kod", "Debet/kredit-kod", "Kontosida")
)


def rows_of(debit, credit, place=None):
    """Rows with a column of marks, last or where it is put."""
    rows = []
    for n, (day, kr) in enumerate(zip(DAYS, AMOUNTS, strict=True)):
        row = [f"V{n}", day.isoformat(), "4110", "PM", kr]
        row.insert(len(row) if place is None else place, credit if n in CREDITS else debit)
        rows.append(row)
    return rows


def heads_of(heading, place=None):
    heads = ["Vernr", "Datum", "Konto", "Verksamhetskod", "Belopp"]
    heads.insert(len(heads) if place is None else place, heading)
    return heads


def csv_of(heads, rows):
    shown = (
        ";".join(str(one).replace(".", ",") if isinstance(one, Decimal) else one for one in row)
        for row in rows
    )
    return "\n".join([";".join(heads), *shown, ""]).encode()


def xlsx_of(heads, rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, look = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate((heads, *rows)):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, look)
                elif isinstance(value, Decimal):
                    sheet.write_number(number, place, float(value))
                else:
                    sheet.write_string(number, place, value)
    return target.getvalue()


def read(data, file="12 x.csv"):
    return proved(YEAR, read_ledger(data, file, CHART, YEAR.spec.counties))


def in_csv(heads, rows):
    return [read(csv_of(heads, rows))]


def in_both(heads, rows):
    return [read(csv_of(heads, rows)), read(xlsx_of(heads, rows), "12 x.xlsx")]


def is_right(ledger, truth=TRUTH):
    return ledger.used and ledger.by_code() == {"PM": truth}


class DescribeAColumnThatMaySayTheSide:
    @pytest.mark.parametrize(("debit", "credit"), MARKS)
    def it_is_read_or_asked_about_whatever_its_heading(self, debit, credit):
        for heading in HEADINGS[::3]:
            for place in (None, 0, 4):
                for ledger in in_csv(heads_of(heading, place), rows_of(debit, credit, place)):
                    assert is_right(ledger) or not ledger.used, (heading, place)

    @pytest.mark.parametrize(("debit", "credit"), MARKS)
    def it_is_named_where_nobody_knows_the_heading(self, debit, credit):
        for heading in UNKNOWN:
            ledger = read(csv_of(heads_of(heading), rows_of(debit, credit)))
            assert ledger.doubts == ("sidkolumn",), heading
            (found,) = ledger_findings(YEAR, "12 x.csv", ledger)
            assert (heading or "F") in found.message

    @pytest.mark.parametrize(
        "heading", ["D/K", "Dk-kod", "D el K", "D/C", "Debet/kredit-kod", "Kontosida"]
    )
    @pytest.mark.parametrize(
        ("debit", "credit"),
        [("D", "K"), ("Debet", "Kredit"), ("D", "C"), ("Deb.", "Kred."), ("+", "-"), ("P", "M")],
    )
    def it_is_read_under_a_heading_that_says_it(self, heading, debit, credit):
        for ledger in in_both(heads_of(heading), rows_of(debit, credit)):
            assert is_right(ledger)

    def it_is_asked_about_where_one_value_says_something_else(self):
        rows = rows_of("D", "K")
        rows[3][-1] = "S"
        assert read(csv_of(heads_of("Typ"), rows)).doubts == ("sidkolumn",)

    def it_is_asked_about_where_it_begins_after_many_rows(self):
        rows = [[f"W{n}", "2020-06-01", "4110", "PM", Decimal(n + 1), ""] for n in range(400)]
        for ledger in in_both(heads_of("Anm"), [*rows, *rows_of("", "K")]):
            assert ledger.doubts == ("sidkolumn",)

    @pytest.mark.parametrize(("debit", "credit"), MARKS)
    def it_says_nothing_beside_amounts_with_their_signs(self, debit, credit):
        rows = rows_of(debit, credit)
        for n in CREDITS:
            rows[n][4] = -rows[n][4]
        for ledger in in_both(heads_of("Anm"), rows):
            assert is_right(ledger)

    @pytest.mark.parametrize(("one", "other"), NO_MARKS)
    def it_is_none_where_its_values_say_something_else(self, one, other):
        whole = sum(AMOUNTS, Decimal(0))
        for heading in UNKNOWN[::2]:
            for ledger in in_csv(heads_of(heading), rows_of(one, other)):
                assert is_right(ledger, whole), heading


MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FORMS = {
    "iso": lambda d: d.isoformat(),
    "digits": lambda d: f"{d:%Y%m%d}",
    "slash dash": lambda d: f"{d:%d/%m}-{d:%y}",
    "bare slash dash": lambda d: f"{d.day}/{d.month}-{d:%y}",
    "slash blank": lambda d: f"{d.day}/{d.month} {d.year}",
    "slash dash year": lambda d: f"{d.day}/{d.month}-{d.year}",
    "month in short": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "month in short, year too": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d:%y}",
    "month in words": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "month in capitals": lambda d: f"{d.day:02} {MONTHS[d.month - 1][:3].upper()} {d.year}",
    "den": lambda d: f"den {d.day} {MONTHS[d.month - 1]} {d.year}",
    "English": lambda d: f"{d.day:02}-{ENGLISH[d.month - 1]}-{d.year}",
    "English, month first": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "year first in words": lambda d: f"{d.year}-{MONTHS[d.month - 1][:3]}-{d.day:02}",
    "dots": lambda d: f"{d:%d.%m.%y}",
    "dots and year": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dashes, year first": lambda d: f"{d:%y-%m-%d}",
    "dashes, year last": lambda d: f"{d:%d-%m-%y}",
    "slashes": lambda d: f"{d:%d/%m/%y}",
    "slashes, month first": lambda d: f"{d:%m/%d/%y}",
    "slashes, year": lambda d: f"{d:%m/%d/%Y}",
    "with a time": lambda d: f"{d.isoformat()} 12:{d.day:02}:00",
    "words and a time": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year} 08:{d.day:02}",
    "a cell": lambda d: d,
}  # fmt: skip
ONLY_KNOWN = {
    "six digits": lambda d: f"{d:%y%m%d}",
    "serial": lambda d: str((d - date(1899, 12, 30)).days),
}
DATED = ("Datum", "Bokf.datum", "Ver.datum")
UNKNOWN_DATED = (
    "Bokförd",
    "Reg.datum",
    "Bokföringsdag",
    "Dag",
    "Registrerad",
    "När",
    "Trans dat",
    "",
)
UNREADABLE = (
    "15/13-20",
    "2020-15-40",
    "32 maj 2020",
    "i våras",
    "99.99.99",
    "?",
    "2020-W12",
    "00/00-20",
)
OTHERS = (date(2019, 12, 15), date(2021, 1, 15), date(2018, 6, 30))


def dated(form, *later, values=()):
    """A year of rows whose days are written in one form, and a row for each of some others."""
    days = [*DAYS, *later]
    cells = [*map(form, days), *values]
    return [[f"V{n}", one, "4110", "PM", Decimal(10)] for n, one in enumerate(cells)]


def heads(heading):
    return ["Vernr", heading, "Konto", "Verksamhetskod", "Belopp"]


def both(heading, rows):
    if any(isinstance(row[1], date) for row in rows):
        return [read(xlsx_of(heads(heading), rows), "12 x.xlsx")]
    return in_both(heads(heading), rows)


class DescribeDaysHoweverTheyAreWritten:
    @pytest.mark.parametrize("name", [*FORMS, *ONLY_KNOWN])
    def it_reads_a_year(self, name):
        form = {**FORMS, **ONLY_KNOWN}[name]
        for heading in (*DATED, *(UNKNOWN_DATED if name in FORMS else ("Reg.datum", "Trans dat"))):
            for ledger in both(heading, dated(form)):
                assert ledger.doubts == (), heading
                assert ledger.by_code() == {"PM": Decimal(240)}
                assert ledger.days == {*DAYS}, heading

    @pytest.mark.parametrize("name", [*FORMS, *ONLY_KNOWN])
    @pytest.mark.parametrize("other", OTHERS)
    def it_refuses_a_row_of_another_year(self, name, other):
        form = {**FORMS, **ONLY_KNOWN}[name]
        for heading in ("Datum", *(UNKNOWN_DATED[::3] if name in FORMS else ("Reg.datum",))):
            for ledger in both(heading, dated(form, other))[:1]:
                assert "period" in ledger.doubts, heading

    @pytest.mark.parametrize("name", FORMS)
    @pytest.mark.parametrize("value", UNREADABLE)
    def it_refuses_a_day_that_cannot_be_read(self, name, value):
        for heading in (DATED[0], *UNKNOWN_DATED[::4]):
            for ledger in both(heading, dated(FORMS[name], values=[value]))[:1]:
                assert {"datum", "olasta"} & {*ledger.doubts}, heading
                assert ledger_findings(YEAR, "12 x.csv", ledger)

    def it_names_what_cannot_be_read(self):
        (ledger, _) = both("Datum", dated(FORMS["iso"], values=["i våras"]))
        (found,) = ledger_findings(YEAR, "12 x.csv", ledger)
        assert (found.code, "i våras" in found.message) == ("HUVUDBOK-OANVAND", True)

    def it_asks_where_days_can_be_read_as_two_years(self):
        for other in ("20-02-21", "19-02-20"):
            rows = [["V1", other, "4110", "PM", Decimal(10)]]
            assert "datum" in read(csv_of(heads("Datum"), rows)).doubts

    @pytest.mark.parametrize("name", FORMS)
    def it_lets_a_known_day_go_before_one_that_nobody_knows(self, name):
        rows = [[*row, FORMS[name](date(2021, 1, 10))] for row in dated(FORMS["iso"])]
        for ledger in [read(xlsx_of([*heads("Datum"), "Förfaller"], rows), "12 x.xlsx")]:
            assert ledger.doubts == ()


PERIODS = {
    "digits": lambda d: f"{d:%Y%m}", "dash": lambda d: f"{d:%Y-%m}", "last": lambda d: f"{d:%m/%Y}", "M": lambda d: f"{d:%Y}M{d:%m}",
    "two digits": lambda d: f"{d:%y%m}", "in short": lambda d: f"{MONTHS[d.month - 1][:3]}-{d:%y}",
    "in words": lambda d: f"{MONTHS[d.month - 1]} {d.year}", "year first": lambda d: f"{d.year} {MONTHS[d.month - 1]}",
}  # fmt: skip


class DescribePeriodsHoweverTheyAreWritten:
    @pytest.mark.parametrize("name", PERIODS)
    def it_reads_a_year_and_refuses_another(self, name):
        for heading in (
            "Period",
            "Bokf.period",
            *(("Månad", "Bokföringsmånad") if name != "two digits" else ()),
        ):
            (one, two) = both(heading, dated(PERIODS[name]))
            assert (one.doubts, two.doubts) == ((), ()), heading
            for ledger in both(heading, dated(PERIODS[name], date(2019, 11, 1))):
                assert "period" in ledger.doubts, heading

    def it_takes_months_alone_for_no_year(self):
        for form in (
            lambda d: str(d.month),
            lambda d: f"P{d.month}",
            lambda d: MONTHS[d.month - 1],
        ):
            assert read(csv_of(heads("Period"), dated(form))).doubts == ()

    def it_refuses_periods_that_cannot_be_read(self):
        assert (
            "datum"
            in read(csv_of(heads("Period"), dated(PERIODS["digits"], values=["i fjol"]))).doubts
        )

    @pytest.mark.parametrize(
        "heading", ["Bokf år", "Räkenskapsår", "Bokföringsår", "År", "Year", "Bokf.år"]
    )
    def it_refuses_a_row_of_another_year(self, heading):
        rows = dated(lambda d: str(d.year))
        assert read(csv_of(heads(heading), rows)).doubts == ()
        later = dated(lambda d: str(d.year), date(2019, 5, 5))
        assert "period" in read(csv_of(heads(heading), later)).doubts


class DescribeNumbersThatAreNoDays:
    @pytest.mark.parametrize(
        "heading", ["Ansvar", "Projekt", "Löpnr", "Region", "Person", "Enhet", ""]
    )
    def it_takes_none_for_one(self, heading):
        for first, step in ((202001, 1), (40100, 7), (2010, 10), (200101, 1), (19, 1)):
            rows = [[f"V{n}", str(first + n * step), "4110", "PM", Decimal(10)] for n in range(24)]
            for ledger in in_both(heads(heading), rows):
                assert ledger.doubts == (), first

    def it_takes_texts_with_days_in_for_none(self):
        rows = [
            [f"V{n}", f"Hyra {date(2019, 1, 1) + timedelta(n)}", "4110", "PM", Decimal(10)]
            for n in range(24)
        ]
        assert read(csv_of(heads("Text"), rows)).doubts == ()
