"""What people really send, one row each: what is understood, in which cells, and that no value is lost."""

from __future__ import annotations

from copy import copy
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from openpyxl.packaging.relationship import Relationship
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook

from tests.conftest import CLEAN, ROOT, said
from toolkit.checks.file import judge
from toolkit.files.sandbox import run_each
from toolkit.files.zip import read_package, write_package
from toolkit.returns.submission import Missing
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all
from toolkit.year.submissions import check_files, found_in, in_company
from toolkit.year.workspace import Workspace

ODD = ROOT / "tests/workbooks"
NBSP, THIN, NARROW, FIGURE, MINUS = "\u00a0", "\u2009", "\u202f", "\u2007", "\u2212"


@cache
def tables_of(number):
    return load_year(ROOT / "templates", number).spec.tables


def values(found):
    """Every understood value that the county gave, whatever its rows and columns are."""
    tables = tables_of(found.submission.year)
    return {
        name: [
            [
                value
                for field, value in zip(tables[name].fields, record.typed, strict=True)
                if field.computed is None
            ]
            for record in data.records
        ]
        for name, data in found.submission.tables.items()
    }


def put(**cells):
    """A change that writes cells: `Mål_E6` is E6 on the sheet Mål."""

    def change(book):
        for place, value in cells.items():
            sheet, cell = place.split("_")
            book[sheet][cell] = value

    return change


def copy_row(sheet, source, target, **other):
    for cell in sheet[source][1:]:
        new = sheet.cell(target, cell.column, cell.value)
        new.number_format = copy(cell.number_format)
    for column, value in other.items():
        sheet[f"{column}{target}"] = value


@pytest.fixture(scope="session")
def filled(year, short_template):
    @cache
    def make(county="12"):
        code = year.spec.lists["lan"].by_code[county]
        return write_template(short_template, code, year.texts("mall"), CLEAN)

    return make


@pytest.fixture
def clean(filled):
    return filled()


@pytest.fixture
def plain(clean, look):
    """What the file says before anything is done to it."""
    found = look(clean)
    assert said(found) == []
    return values(found)


@pytest.fixture
def changed(clean, look, edited):
    return lambda change: look(edited(clean, change))


class DescribeFormats:
    @pytest.mark.parametrize("name", ["Skåne.xlsx", "12", "Kopia av redovisning (3) SLUTLIG.XLSX"])
    def it_reads_what_openpyxl_saved_whatever_the_file_is_called(
        self, clean, look, edited, plain, name
    ):
        found = look(edited(clean, lambda book: None), name)
        assert (said(found), values(found), found.submission.file) == ([], plain, name)

    def it_reads_a_workbook_with_macros(self, clean, look, plain):
        package = read_package(clean)
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        types = package["[Content_Types].xml"]
        assert kind in types
        package["[Content_Types].xml"] = types.replace(
            kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        )
        package["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        found = look(write_package(package.items()), "fil.xlsm")
        assert (said(found), values(found)) == ([], plain)

    @pytest.mark.libreoffice
    @pytest.mark.parametrize(("ending", "kind"), [("xlsx", "xlsx:Calc MS Excel 2007 XML"), ("xls", "xls:MS Excel 97"),
                                                  ("ods", "ods"), ("xlsm", "xlsm:Calc MS Excel 2007 VBA XML")])  # fmt: skip
    def it_reads_what_libreoffice_saved(self, clean, look, plain, convert, ending, kind):
        found = look(convert(clean, "in.xlsx", kind), f"fil.{ending}")
        assert (said(found), values(found)) == ([], plain)

    @pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xlsb", "xls", "ods"])
    def it_reads_what_sheetjs_saved(self, clean, look, plain, saved_by_sheetjs, ending):
        found = look(saved_by_sheetjs(clean, ending), f"fil.{ending}")
        dates = ["Aktiviteter!T6", "Aktiviteter!U6", "Aktiviteter!AA6", "Uppgifter!C14"]
        told = (
            [("NOT-DATUM", cell) for cell in dates] if ending == "ods" else []
        )  # it writes them as mere numbers
        assert (said(found), values(found)) == (told, plain)

    @pytest.mark.parametrize("ending", ["xlsx", "xlsb", "xls", "ods"])
    def it_reads_what_people_send_in_every_format(self, clean, look, saved_by_sheetjs, ending):
        wrong = [
            ("Ekonomi", "K6", "84 500,00 kr"), ("Ekonomi", "J6", "90\u202f000"), ("Mål", "C6", 1), ("Mål", "E6", "xxx"),
            ("Aktiviteter", "T6", {"date": "2020-03-12"}), ("Aktiviteter", "U6", "30 september 2020"),
        ]  # fmt: skip
        found, same = (
            look(saved_by_sheetjs(clean, ending, wrong), f"fil.{ending}"),
            look(saved_by_sheetjs(clean, "xlsx", wrong)),
        )
        assert values(found) == values(same)
        assert [one for one in said(found) if one[0] != "NOT-DATUM"] == [
            one for one in said(same) if one[0] != "NOT-DATUM"
        ]

    def it_refuses_an_xlsb_that_is_no_return_and_loses_nothing_else(self, year, clean):
        jobs = [
            ((ODD / "Simple.xlsb").read_bytes(), "Simple.xlsb", {2020: year}),
            (clean, "fil.xlsx", {2020: year}),
        ]
        broken, whole = run_each(judge, jobs)
        assert broken.failure == "crashed"
        assert said(whole.result) == []

    @pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
    def it_tells_that_a_file_has_a_password(self, look, ending):
        found = look((ODD / f"losenord.{ending}").read_bytes(), f"losenord.{ending}")
        assert said(found) == [("FIL-LOSENORD", None)]


class DescribeSheets:
    def it_reads_sheets_that_are_renamed_reordered_and_among_others(self, changed, plain):
        def change(book):
            for number, sheet in enumerate(book.worksheets[1:8]):
                sheet.title = f"Blad {number}"
            book.move_sheet("Blad 0", 6)
            book.create_sheet("Pivot", 0)["A1"] = "Summa av Utfall"
            book.create_sheet("Mål 2019")["B5"] = "gammalt"

        found = changed(change)
        own = [("BLAD-EGET", "Mål 2019!B5"), ("BLAD-EGET", "Pivot!A1")]
        assert (said(found), values(found)) == (own, plain)
        assert str(found.submission.records("ekonomi")[0].ref("utfall")) == "Blad 5!K6"

    def it_reads_hidden_sheets_and_tells_of_each_once(self, changed, plain):
        def change(book):
            book["Ekonomi"].sheet_state = "hidden"
            book["Avstämning"].sheet_state = "veryHidden"

        found = changed(change)
        assert said(found) == [("BLAD-DOLT", "Avstämning!B28"), ("BLAD-DOLT", "Ekonomi!B5")]
        assert values(found) == plain

    @pytest.mark.parametrize("steps", [0, -6])
    def it_reads_the_original_and_asks_about_a_copy_wherever_it_stands(self, changed, plain, steps):
        def change(book):
            copied = book.copy_worksheet(book["Ekonomi"])
            copied.title, copied["K6"] = "Ekonomi (2)", 91_000
            book.move_sheet(copied, steps)

        found = changed(change)
        assert said(found) == [("BLAD-KOPIA", "Ekonomi (2)!B5")]
        assert "Bara Ekonomi har lästs" in found.findings[0].message
        assert values(found) == plain

    def it_says_nothing_of_a_copy_that_is_like_the_original(self, changed, plain):
        found = changed(lambda book: book.copy_worksheet(book["Ekonomi"]))
        assert (said(found), values(found)) == ([], plain)


class DescribeColumns:
    def it_reads_columns_that_changed_places(self, changed, plain):
        def change(book):
            for row in book["Mål"].iter_rows(min_col=4, max_col=5):
                one, other = row
                one.value, other.value = other.value, one.value

        found = changed(change)
        assert (said(found), values(found)) == ([], plain)
        assert str(found.submission.records("mal")[0].ref("malsattning")) == "Mål!E6"

    def it_reads_columns_whose_headings_are_renamed(self, changed, plain):
        found = changed(put(Mål_E5="Vad vi vill", Mål_F5="När"))
        asked = [("KOL-OMSKRIVEN", "Mål!E5"), ("KOL-OMSKRIVEN", "Mål!F5")]
        assert (said(found), values(found)) == (asked, plain)

    @pytest.mark.parametrize(
        ("code", "unit"),
        [('#,##0" tkr"', "tkr"), ("0 %", "%"), ("0%", "%"), ("[$€-2] #,##0", "€"), ('#,##0,,\\ "tkr"', "tkr"),
         ('#,##0\\ "kr"', None), ('#,##0," tkr"', None), ("#,##0.00", None),
         ('#,##0 "öre"', "öre"), ('#,##0 "000"', "000"), ('#,##0,"000"', None), ('[Red]0" st"', None)],
    )  # fmt: skip
    def it_asks_about_an_amount_that_is_shown_in_another_unit(self, changed, plain, code, unit):
        def change(book):
            book["Ekonomi"]["K6"].number_format = code

        found = changed(change)
        assert (said(found), values(found)) == (
            [("FALT-CELLFORMAT", "Ekonomi!K6")] if unit else [],
            plain,
        )
        if unit:
            assert f"visar ”{unit}”, men det lagrade" in found.findings[0].message

    def it_reads_hidden_columns_and_tells_of_those_with_anything_in_them(self, changed, plain):
        def change(book):
            for column in ("J", "K"):
                book["Ekonomi"].column_dimensions[column].hidden = True
            book["Indikatorer"].column_dimensions["G"].hidden = True  # Kommun, left empty

        found = changed(change)
        assert said(found) == [("KOL-DOLD", "Ekonomi!J5"), ("KOL-DOLD", "Ekonomi!K5")]
        assert values(found) == plain

    def it_reads_beside_columns_of_the_countys_own_and_tells_of_them(self, changed, plain):
        def change(book):
            book["Ekonomi"].insert_cols(2, 2)
            book["Ekonomi"]["B5"], book["Ekonomi"]["C5"] = "Projekt", "Konto"

        found = changed(change)
        assert said(found) == [("KOL-EXTRA", "Ekonomi!B5"), ("KOL-EXTRA", "Ekonomi!C5")]
        assert values(found) == plain

    def it_reads_a_column_that_was_taken_away_and_written_anew(self, changed, plain):
        found = changed(put(Mål_E1=None))
        assert (said(found), values(found)) == ([], plain)

    @pytest.mark.parametrize("hidden_keys", [True, False])
    def it_understands_a_misspelt_heading_and_tells(self, changed, plain, hidden_keys):
        def change(book):
            book["Mål"]["E1"], book["Mål"]["E5"] = None, "Målformulerring"
            if not hidden_keys:
                book["Mål"].delete_rows(1)

        found = changed(change)
        assert said(found) == [("KOL-GISSAD", "Mål!E5" if hidden_keys else "Mål!E4")]
        assert values(found) == plain

    def it_suggests_the_heading_that_an_unknown_one_is_somewhat_like(self, changed):
        def change(book):
            book["Mål"].delete_rows(1)
            book["Mål"]["E4"] = "Formulering av mål"

        found = changed(change)
        assert said(found) == [("KOL-SAKNAS", "Mål!B4"), ("KOL-EXTRA", "Mål!E4")]
        assert found.findings[1].suggestion == "Målformulering"


class DescribeRows:
    def it_reads_rows_below_inserted_ones_and_between_blank_ones(self, changed, plain):
        def change(book):
            book["Lägesbild"].insert_rows(1, 2)
            book["Lägesbild"].insert_rows(8, 3)
            copy_row(book["Lägesbild"], 11, 40, B="L2")
            book["Ekonomi"].insert_rows(2, 1)

        found = changed(change)
        assert said(found) == []
        assert [record.row for record in found.submission.records("lagesbild")] == [11, 40]
        assert [record.text("id") for record in found.submission.records("lagesbild")] == [
            "L1",
            "L2",
        ]
        assert values(found)["lagesbild"][0] == plain["lagesbild"][0]
        assert str(found.submission.records("ekonomi")[0].ref("utfall")) == "Ekonomi!K7"

    def it_reads_rows_below_the_last_one_that_the_template_prepared(self, changed):
        found = changed(lambda book: copy_row(book["Lägesbild"], 6, 900, B="L2"))
        assert said(found) == []
        assert [record.row for record in found.submission.records("lagesbild")] == [6, 900]

    def it_reads_filtered_rows_and_tells_of_them(self, changed):
        def change(book):
            sheet = book["Ekonomi"]
            copy_row(sheet, 6, 7, B="E2", K=-84500.5, P="Rättelse av E1.")
            copy_row(sheet, 6, 8, B="E3", P="Bokad på nytt.")
            sheet.auto_filter.ref = "B5:P8"
            for row in (7, 8):
                sheet.row_dimensions[row].hidden = True

        found = changed(change)
        assert said(found) == [("RAD-DOLD", "Ekonomi!B7:B8")]
        assert [record.get("utfall") for record in found.submission.records("ekonomi")] == [
            Decimal("84500.5"), Decimal("-84500.5"), Decimal("84500.5"),
        ]  # fmt: skip

    def it_gives_merged_cells_their_value_once_and_tells(self, changed):
        def change(book):
            sheet = book["Lägesbild"]
            copy_row(sheet, 6, 7, B="L2")
            sheet.merge_cells("N6:N7")

        found = changed(change)
        column = (
            changed(lambda book: None)
            .submission.records("lagesbild")[0]
            .ref("analys_funktion")
            .cell
        )
        assert column == "N6"
        assert said(found) == [("FALT-SAMMAN", "Lägesbild!N7")]
        first, second = found.submission.records("lagesbild")
        assert (first.text("analys_funktion"), second.get("analys_funktion")) == (
            "NEJ",
            Missing.BLANK,
        )

    def it_says_nothing_of_merged_cells_outside_the_rows(self, changed, plain):
        def change(book):
            book["Mål"].merge_cells("B2:F2")
            book["Mål"].merge_cells("B100:D102")

        found = changed(change)
        assert (said(found), values(found)) == ([], plain)

    def it_reads_past_a_million_formatted_empty_rows(self, clean, look, plain):
        package = read_package(clean)
        names = [name for name in package if name.startswith("xl/worksheets/sheet")]
        part = next(name for name in names if b'r="K35"' in package[name])
        end = package[part].index(b"</sheetData>")
        rows = "".join(
            f'<row r="{row}" s="3" customFormat="1" ht="{15 + row % 97 / 8}"></row>'
            for row in range(36, 1_000_036)
        )
        package[part] = package[part][:end] + rows.encode() + package[part][end:]
        found = look(write_package(package.items()))
        assert (said(found), values(found)) == ([], plain)

    def it_refuses_a_million_formatted_cells_with_one_finding(self, clean, look):
        package = read_package(clean)
        part = "xl/worksheets/sheet7.xml"
        end = package[part].index(b"</sheetData>")
        rows = "".join(
            f'<row r="{row}"><c r="D{row}" s="{row % 3}"/></row>' for row in range(36, 1_000_036)
        )
        package[part] = package[part][:end] + rows.encode() + package[part][end:]
        assert said(look(write_package(package.items()))) == [("FIL-FARLIG", None)]


class DescribeCodes:
    @pytest.mark.parametrize(
        "value", [1, 1.0, "1", "01", "Stockholms län", "01 – Stockholms län", "01 Stockholms län"]
    )
    def it_knows_a_county_by_code_number_or_name(self, filled, look, edited, value):
        found = look(edited(filled("01"), put(Uppgifter_C5=value)))
        assert said(found) == []
        assert found.submission.county == "01"

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("Mål_D6", 1), ("Mål_D6", "1"), ("Mål_D6", "1 - Ett utökat och verkningsfullt förebyggande arbete mot våld"),
            ("Mål_D6", "Ett utökat och verkningsfullt förebyggande arbete mot våld"), ("Indikatorer_C6", 2.0),
            ("Ekonomi_H6", "köp"), ("Ekonomi_H6", "KÖP –   Köpta  tjänster"), ("Ekonomi_H6", "Köpta tjänster"),
        ],
    )  # fmt: skip
    def it_takes_numbers_labels_or_both(self, changed, plain, cell, value):
        found = changed(put(**{cell: value}))
        assert (said(found), values(found)) == ([], plain)

    def it_suggests_the_code_that_was_probably_meant(self, changed):
        found = changed(put(Ekonomi_H6="Köpta tjenster"))
        assert said(found) == [("FALT-KODLISTA", "Ekonomi!H6")]
        assert found.findings[0].suggestion == "KÖP – Köpta tjänster"


class DescribeNumbersAsText:
    @pytest.mark.parametrize(
        ("text", "value", "code"),
        [
            ("1 234,50 kr", "1234.50", "NOT-TAL"), ("1.234,50", "1234.50", "NOT-TAL"), ("1,234.50", "1234.50", "NOT-TAL"),
            (f"84{NBSP}500,50", "84500.50", "NOT-TAL"), (f"84{THIN}500,50", "84500.50", "NOT-TAL"),
            (f"84{NARROW}500,50", "84500.50", "NOT-TAL"), (f"84{FIGURE}500,50{NBSP}kr", "84500.50", "NOT-TAL"),
            (f"{MINUS}12", "-12", "NOT-TAL"), ("12-", "-12", "NOT-TAL"), ("(12)", "-12", "NOT-TAL"), ("84 500:-", "84500", "NOT-TAL"),
            ("1,234", "1.23", "FALT-TVETYDIGT"), ("1.234", "1234", "FALT-TVETYDIGT"),
        ],
    )  # fmt: skip
    def it_reads_them_and_tells_how(self, changed, text, value, code):
        found = changed(put(Ekonomi_K6=text))
        assert found.submission.records("ekonomi")[0].get("utfall") == Decimal(value)
        assert (code, "Ekonomi!K6") in said(found)

    @pytest.mark.parametrize(
        ("text", "code", "suggestion"),
        [("5 tkr", "FALT-ENHET", "5 000"), ("84,5005 tkr", "FALT-ENHET", "84 500,50"), ("0,0777775 mnkr", "FALT-ENHET", "77 777,50"), ("1,2345678 tkr", "FALT-ENHET", None), ("1,2 mnkr", "FALT-ENHET", "1 200 000"), ("12 %", "FALT-TAL", None),
         ("12 st", "FALT-TAL", None), ("ca 5000", "FALT-TAL", None)],
    )  # fmt: skip
    def it_asks_rather_than_guesses(self, changed, text, code, suggestion):
        found = changed(put(Ekonomi_K6=text))
        assert said(found) == [(code, "Ekonomi!K6")]
        assert found.findings[0].suggestion == (
            suggestion.replace(" ", NBSP) if suggestion else None
        )
        assert found.submission.records("ekonomi")[0].value("utfall")[:2] == (
            text,
            Missing.UNREADABLE,
        )

    @pytest.mark.parametrize(
        ("written", "value", "findings"),
        [("12 %", "12", [("NOT-TAL", "Ekonomi!L6")]), (12, "12", []), ("0,5 %", "0.5", [("NOT-TAL", "Ekonomi!L6")]),
         (0.12, "0.12", [("FALT-ANDEL", "Ekonomi!L6")]), (1, "1", [("FALT-ANDEL", "Ekonomi!L6")])],
    )  # fmt: skip
    def it_asks_about_a_share_that_excel_may_have_divided_by_a_hundred(
        self, changed, written, value, findings
    ):
        found = changed(put(Ekonomi_L6=written, Ekonomi_M6="TID"))
        assert found.submission.records("ekonomi")[0].get("andel") == Decimal(value)
        assert said(found) == findings

    @pytest.mark.parametrize("raw", [84500.504, 84500.495, "84500,5001", 84500.50000001])
    def it_rounds_fractions_of_an_ore_and_tells(self, changed, raw):
        found = changed(put(Ekonomi_K6=raw))
        assert found.submission.records("ekonomi")[0].get("utfall") == Decimal("84500.50")
        assert said(found) == [("NOT-ORE", "Ekonomi!K6")]

    def it_says_nothing_of_binary_noise(self, changed):
        found = changed(put(Ekonomi_K6=84500.1 + 0.2 + 0.2))
        assert found.submission.records("ekonomi")[0].get("utfall") == Decimal("84500.5")
        assert said(found) == []


class DescribeDates:
    @pytest.mark.parametrize(
        "text",
        ["2020-03-10", "20200310", 20200310, "10/3 2020", "10.3.2020", "10/3-2020", "10 mars 2020", "den 10 mars 2020",
         "10 mar. 2020", "2020-03-10 00:00:00", "2020–03–10", "2020/3/10"],
    )  # fmt: skip
    def it_reads_texts_and_tells(self, changed, text):
        found = changed(put(Aktiviteter_T6=text))
        assert found.submission.records("aktiviteter")[0].get("start") == date(2020, 3, 10)
        assert said(found) == [("NOT-DATUM", "Aktiviteter!T6")]

    @pytest.mark.parametrize(
        ("text", "code"),
        [("2020-02-30", "FALT-OMOJLIGT-DATUM"), ("31/4 2020", "FALT-OMOJLIGT-DATUM"), ("2020-13-01", "FALT-OMOJLIGT-DATUM"),
         ("mars 2020", "FALT-DATUM"), ("våren", "FALT-DATUM"), (2020, "FALT-DATUM")],
    )  # fmt: skip
    def it_refuses_what_is_no_date_and_keeps_what_stood_there(self, changed, text, code):
        found = changed(put(Aktiviteter_T6=text))
        assert said(found) == [(code, "Aktiviteter!T6")]
        assert found.submission.records("aktiviteter")[0].get("start") is Missing.UNREADABLE

    @pytest.mark.parametrize(
        ("day", "typed"),
        [(date(1905, 7, 12), 2020), (date(1905, 7, 11), 2019), (date(1905, 7, 13), 2021)],
    )
    def it_sees_a_year_in_a_cell_that_shows_dates(self, changed, day, typed):
        found = changed(put(Aktiviteter_T6=day))
        assert said(found) == [("FALT-DATUM", "Aktiviteter!T6")]
        assert found.findings[0].message == (
            f"I Start står {day}, som en datumcell visar när man bara skriver årtalet {typed}. "
            f"Står bara årtalet {typed}?"
        )

    @pytest.mark.parametrize("day", [date(1930, 5, 1), date(1901, 5, 14), date(1905, 1, 2)])
    def it_says_of_a_day_long_ago_that_it_is_out_of_bounds(self, changed, day):
        found = changed(put(Aktiviteter_T6=day))
        assert said(found) == [("FALT-INTERVALL", "Aktiviteter!T6")]
        assert found.submission.records("aktiviteter")[0].get("start") == day

    def it_asks_about_days_that_can_be_months_where_another_cannot(self, changed):
        found = changed(put(Aktiviteter_T6="01/02/2020", Aktiviteter_U6="02/25/2020"))
        asked = [("FALT-DATUM", "Aktiviteter!U6"), ("FALT-TVETYDIGT", "Aktiviteter!T6")]
        assert said(found) == asked
        assert found.findings[1].message == (
            "I Start står ”01/02/2020”. Vi har läst det som 2020-02-01, men i filen står också "
            "datum med månaden före dagen. Då är det 2020-01-02."
        )
        assert found.submission.records("aktiviteter")[0].get("start") == date(2020, 2, 1)

    @pytest.mark.parametrize(
        "other", ["25/02/2020", "2020-02-25", "03/03/2020", "2020-02-30", "31/4 2020"]
    )
    def it_asks_nothing_more_where_no_month_stands_first(self, changed, other):
        found = changed(put(Aktiviteter_T6="01/02/2020", Aktiviteter_U6=other))
        assert ("NOT-DATUM", "Aktiviteter!T6") in said(found)
        assert "FALT-TVETYDIGT" not in dict(said(found))

    def it_reads_a_workbook_that_counts_from_1904(self, clean, look, edited, plain):
        def change(book):
            book.epoch = CALENDAR_MAC_1904

        data = edited(clean, change)
        assert b'date1904="1"' in read_package(data)["xl/workbook.xml"]
        found = look(data)
        assert (said(found), values(found)) == ([], plain)

    def it_reads_a_bare_number_of_days_from_1904(self, clean, look, edited):
        def change(book):
            book.epoch = CALENDAR_MAC_1904
            book["Aktiviteter"]["T6"].number_format = "General"
            book["Aktiviteter"]["T6"] = (date(2020, 3, 10) - date(1904, 1, 1)).days

        found = look(edited(clean, change))
        assert found.submission.records("aktiviteter")[0].get("start") == date(2020, 3, 10)
        assert said(found) == [("NOT-DATUM", "Aktiviteter!T6")]


class DescribeFormulas:
    def it_does_not_take_a_formula_without_a_value_for_a_blank(self, changed):
        found = changed(put(Ekonomi_J6="=1+1", Ekonomi_K6="=80000+4500.5", Mål_F6="=2021"))
        places = {"Ekonomi!J6", "Ekonomi!K6", "Mål!F6"}
        assert {(code, cell) for code, cell in said(found)} == {
            ("FALT-OBERAKNAD", cell) for cell in places
        }

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("kind", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls:MS Excel 97"])
    def it_reads_the_result_of_a_countys_own_formula(
        self, clean, look, edited, plain, convert, kind
    ):
        text = {} if kind.startswith("xls:") else {"Ekonomi_N6": '="A"&1'}
        data = edited(clean, put(Ekonomi_K6="=80000+4500.5", Mål_F6="=2020+1", **text))
        found = look(convert(data, "in.xlsx", kind))
        assert (said(found), values(found)) == ([], plain)

    @pytest.mark.libreoffice
    def it_does_not_pass_over_a_text_formula_in_xls_that_comes_as_zero(
        self, clean, look, edited, convert
    ):
        """LibreOffice saves it in an xls without the text that it gives."""
        found = look(convert(edited(clean, put(Ekonomi_N6='="A"&1')), "in.xlsx", "xls:MS Excel 97"))
        assert said(found) == [("FALT-OBERAKNAD", "Ekonomi!N6")]

    def it_tells_that_a_computed_cell_was_written_over(self, changed, year):
        found = changed(put(Avstämning_I6=5, Avstämning_M6="84 500", Avstämning_D22=0))
        assert sorted(said(found)) == [
            ("FALT-FORMEL", "Avstämning!D22"),
            ("FALT-FORMEL", "Avstämning!I6"),
            ("FALT-FORMEL", "Avstämning!M6"),
        ]
        assert any("(84 500) i M6" in finding.message for finding in found.findings)
        merged = merge_all(year, [found])
        assert merged.rows("anslag")[0]["disponibelt"] == Decimal(100_000)

    @pytest.mark.parametrize(
        ("error", "in_swedish"),
        [
            ("#REF!", "#REFERENS!"), ("#DIV/0!", "#DIVISION/0!"), ("#N/A", "#SAKNAS!"), ("#VALUE!", "#VÄRDEFEL!"),
            ("#NAME?", "#NAMN?"), ("#NUM!", "#OGILTIGT!"), ("#NULL!", "#SKÄRNING!"),
        ],
    )  # fmt: skip
    def it_names_an_error_value_in_its_cell_as_excel_does_in_swedish(
        self, changed, error, in_swedish
    ):
        found = changed(put(Ekonomi_J6=error, Aktiviteter_K6=error))
        assert said(found) == [("FALT-FELVARDE", "Aktiviteter!K6"), ("FALT-FELVARDE", "Ekonomi!J6")]
        assert all(f" {in_swedish} " in finding.message for finding in found.findings)

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
    def it_names_an_error_value_that_libreoffice_saved(self, clean, look, edited, convert, ending):
        kind = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97"}[
            ending
        ]
        data = edited(clean, put(Ekonomi_J6="=1/0", Ekonomi_P6="=NA()", Aktiviteter_K6="=1/0"))
        found = look(convert(data, "in.xlsx", kind), f"fil.{ending}")
        places = ["Aktiviteter!K6", "Ekonomi!J6", "Ekonomi!P6"]
        assert said(found) == [("FALT-FELVARDE", place) for place in places]
        errors = ["#DIVISION/0!", "#DIVISION/0!", "#SAKNAS!"]
        for finding, error in zip(found.findings, errors, strict=True):
            assert error in finding.message

    def it_reads_the_stored_values_of_links_and_names_the_files(self, changed, plain):
        def change(book):
            for number, target in enumerate(
                ["file:///G:/Ekonomi/Utfall%202020.xlsx", "budget.xlsx"], 1
            ):
                link = ExternalLink(externalBook=ExternalBook(id="rId1"))
                link.file_link = Relationship(
                    type="externalLinkPath", Target=target, TargetMode="External", Id="rId1"
                )
                book._external_links.append(link)
                assert len(book._external_links) == number

        found = changed(change)
        assert said(found) == [("FIL-LANKAR", None)]
        assert "(Utfall 2020.xlsx och budget.xlsx)" in found.findings[0].message
        assert values(found) == plain


class DescribeTheWrongFile:
    def it_reads_an_old_version_and_keeps_its_number(self, changed, plain):
        found = changed(_version("2020.0"))
        assert (said(found), values(found)) == ([("MALL-VERSION", None)], plain)
        assert found.submission.template_version == "2020.0"

    def it_reads_each_year_by_its_own_spec(self, year, clean, plain):
        years = {2020: year, 2021: load_year(ROOT / "templates", 2021)}
        found = judge(clean, "fil.xlsx", years)
        assert (said(found), values(found)) == ([], plain)
        assert found.submission.year == 2020

    def it_asks_about_another_countys_template(self, changed, plain):
        found = changed(put(Uppgifter_C5="05 – Östergötlands län"))
        assert said(found) == [("FIL-ANNAT-LAN", "Uppgifter!C5")]
        assert found.submission.county == "05"
        assert values(found)["ekonomi"] == plain["ekonomi"]

    def it_tells_that_the_template_is_blank(self, year, look):
        county = year.spec.lists["lan"].by_code["12"]
        assert said(look(write_template(year.spec, county, year.texts("mall")))) == [
            ("FIL-TOM", None)
        ]

    def it_tells_once_that_a_year_has_no_template(self, clean, look, edited):
        def change(book):
            book["_lansrapport"]["B1"] = "2019"
            book["Uppgifter"]["C6"] = 2019

        found = look(edited(clean, change))
        assert said(found) == [("FIL-AR", None)]
        assert "2019" in found.findings[0].message

    def it_tells_once_that_a_file_lies_in_another_years_folder(self, clean, tmp_path):
        space = Workspace(tmp_path, 2021)
        (tmp_path / "templates").symlink_to(ROOT / "templates")
        (space.inputs / "submissions").mkdir(parents=True)
        (space.inputs / "submissions/fjol.xlsx").write_bytes(clean)
        year = load_year(space.templates, 2021)
        inputs = Inputs(space)
        one_by_one = check_files(inputs, space.submissions(), lambda: None)
        checked = in_company(inputs, year, one_by_one)
        assert [said(item.found) for item in checked] == [[("FIL-ANNAT-AR", None)]]
        assert all(state.counts is None for state in merge_all(year, found_in(checked)).counties)


def _version(number):
    def change(book):
        assert book["_lansrapport"]["A2"].value == "version"
        book["_lansrapport"]["B2"] = number

    return change
