"""Reading what people really send: understood, told, or refused with one clear finding; never a crash."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from datetime import time
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT, said
from toolkit.checks.file import judge
from toolkit.files.sandbox import run_each
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.preflight import Refused, look_over
from toolkit.read.formats.stream import large_sheets
from toolkit.read.values import read_value
from toolkit.returns.submission import Missing

ODD = ROOT / "tests/workbooks"


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


def crash() -> None:
    import os

    os.abort()


def hang() -> None:
    while True:
        pass


class DescribeAFileThatCannotBeRead:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "FIL-TOM-FIL"),
            (b"Namn;Belopp\n", "FIL-FORMAT"),
            (b"PK\x03\x04 trasig", "FIL-SKADAD"),
            ((ROOT / "templates/2020/rapport.docx").read_bytes(), "FIL-FORMAT"),
            (write_package([("Redovisning.xlsx", b"PK"), ("Bilaga.pdf", b"%PDF")]), "FIL-FORMAT"),
            (
                write_package([("Index/Document.iwa", b"\0"), ("Metadata/Properties.plist", b"")]),
                "FIL-FORMAT",
            ),
        ],
    )
    def it_is_refused_with_one_finding(self, look, data, code):
        assert said(look(data)) == [(code, None)]

    def it_is_told_apart_when_it_has_a_password(self, look):
        data = (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 5000
            + "EncryptedPackage".encode("utf-16-le")
        )
        assert said(look(data)) == [("FIL-LOSENORD", None)]

    def it_is_told_apart_when_it_is_another_workbook(self, look):
        target = io.BytesIO()
        openpyxl.Workbook().save(target)
        assert said(look(target.getvalue())) == [("FIL-EJ-MALL", None)]

    def it_costs_only_itself_when_a_reader_dies_or_hangs(self, year):
        names = ["Simple.xlsb", "oleloop.xls", "Test_git_issue_382_oom.xls", "test-issue-176.xlsx", "54764.xlsx",
                 "SimpleStrict.xlsx", "sheet-name-with-spaces.xls"]  # fmt: skip
        jobs = [((ODD / name).read_bytes(), name, {2020: year}) for name in names]
        outcomes = list(run_each(judge, jobs))
        codes = [o.failure or o.result.findings[0].code for o in outcomes]
        assert codes == [
            "crashed",
            "FIL-SKADAD",
            "FIL-SKADAD",
            "FIL-EJ-MALL",
            "FIL-FARLIG",
            "FIL-EJ-MALL",
            "FIL-EJ-MALL",
        ]

    def it_survives_an_abort_and_an_endless_loop(self, monkeypatch):
        assert [outcome.failure for outcome in run_each(crash, [()])] == ["crashed"]
        monkeypatch.setattr("toolkit.files.sandbox.SECONDS", 2.0)
        assert [outcome.failure for outcome in run_each(hang, [()])] == ["slow"]


def _with_cell(sheet: bytes, cell: bytes) -> bytes:
    """A sheet with one of its cells written anew."""
    start = sheet.index(cell.split(b">")[0].split(b" t=")[0].rstrip(b">"))
    ends = [sheet.find(end, start) + len(end) for end in (b"</c>", b"/>") if end in sheet[start:]]
    return sheet[:start] + cell + sheet[min(ends) :]


WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


class DescribeAVeryLargeWorkbook:
    @pytest.mark.parametrize(
        "name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
    )
    def it_reads_a_part_in_utf_16_as_what_it_is(self, name):
        path = ROOT / "inputs/2020/submissions/Redovisning Skåne 2020.xlsx"
        parts = read_package(path.read_bytes())
        written = (
            parts[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        )
        changed = write_package({**parts, name: written}.items())
        plain, other = (
            [(sheet.name, list(sheet.rows)) for sheet in large_sheets(io.BytesIO(data))]
            for data in (path.read_bytes(), changed)
        )
        assert len(plain) > 5
        assert other == plain


class DescribeThePreflight:
    def it_refuses_an_entity(self):
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(
                write_package([("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')])
            )

    @pytest.mark.parametrize("encoding", WIDE)
    @pytest.mark.parametrize(
        "name", ["content.xml", "styles.xml", "xl/workbook.xml", "customXml/item1.xml"]
    )
    def it_sees_an_entity_in_every_encoding(self, name, encoding):
        written = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(write_package([(name, written)]))

    @pytest.mark.parametrize("encoding", WIDE)
    @pytest.mark.parametrize("name", ["content.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    def it_refuses_what_would_be_read_as_empty(self, name, encoding):
        for head in ("", '<?xml version="1.0"?>', "\n"):
            written = f"{head}<worksheet><c r='A1'><v>1</v></c></worksheet>".encode(encoding)
            with pytest.raises(Refused, match="FIL-SKADAD"):
                look_over(write_package([(name, written)]))

    @pytest.mark.parametrize(
        "encoding", ["iso-8859-1", "windows-1252", "macintosh", "utf-7", "cp037", "x-egen", "zlib"]
    )
    def it_refuses_a_declared_encoding_in_which_letters_would_be_others(self, encoding):
        written = f'<?xml version="1.0" encoding="{encoding}"?><a>'.encode() + b"\xe5\xe4\xf6</a>"
        with pytest.raises(Refused, match="FIL-SKADAD"):
            look_over(write_package([("xl/sharedStrings.xml", written)]))

    @pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "iso-8859-1", "US-ASCII"])
    def it_reads_what_is_the_same_in_utf_8_whatever_it_declares(self, encoding):
        written = f'<?xml version="1.0" encoding="{encoding}"?><a>abc</a>'.encode()
        assert look_over(write_package([("xl/workbook.xml", written)])) == {
            "xl/workbook.xml": written
        }

    def it_leaves_alone_what_no_reader_looks_at(self):
        package = [("customXml/item1.xml", "<DataMashup>åäö</DataMashup>".encode("utf-16"))]
        assert look_over(write_package(package)) == dict(package)

    def it_refuses_two_parts_of_the_same_name(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package, pytest.warns(UserWarning):
            package.writestr("xl/a.xml", b"<a/>")
            package.writestr("xl/a.xml", b"<b/>")
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(target.getvalue())

    def it_refuses_a_path_that_leads_out(self):
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(write_package([("../a.xml", b"<a/>")]))

    def it_refuses_cells_that_would_fill_the_memory(self):
        sheet = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(write_package([("xl/worksheets/sheet1.xml", sheet)]))

    def it_measures_a_sheet_whatever_the_order_and_the_prefix_of_its_cells(self):
        sheet = b'<x:worksheet><x:row r="9"><x:c r="XFD1048576"/></x:row><row r="1"><c r="A1"/></row></x:worksheet>'
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(write_package([("xl/worksheets/sheet1.xml", sheet)]))

    def it_lets_a_tall_sheet_through_that_is_narrow(self):
        sheet = b'<worksheet><row r="1"><c r="A1"/></row><row r="1048576"><c r="D1048576"/></row></worksheet>'
        package = [("xl/worksheets/sheet1.xml", sheet)]
        assert look_over(write_package(package)) == dict(package)

    def it_refuses_what_unpacks_to_a_thousand_times_its_size(self):
        with pytest.raises(Refused, match="FIL-FARLIG"):
            look_over(write_package([("xl/a.xml", b" " * 5_000_000)]))


class DescribeAWorkbookThatWasRearranged:
    def it_is_read_when_sheets_are_renamed_and_moved(self, rows, workbook, look, edited):
        def change(book):
            book["Ekonomi"].title = "Våra pengar"
            book.move_sheet("Mål", 5)
            book.create_sheet("Egna anteckningar", 0)["A1"] = "kom ihåg"

        found = look(edited(workbook(rows), change))
        assert said(found) == [("BLAD-EGET", "Egna anteckningar!A1")]
        assert str(found.submission.records("ekonomi")[0].ref("utfall")) == "Våra pengar!K6"

    def it_is_read_when_rows_are_inserted_above_and_between(self, rows, workbook, look, edited):
        def change(book):
            book["Mål"].insert_rows(1, 3)
            book["Mål"].insert_rows(9, 4)

        found = look(edited(workbook(rows), change))
        assert said(found) == []
        assert str(found.submission.records("mal")[0].ref("id")) == "Mål!B13"

    def it_is_read_when_a_column_is_inserted_and_tells_of_it(self, rows, workbook, look, edited):
        def change(book):
            book["Mål"].insert_cols(4)
            book["Mål"].cell(5, 4, "Vår egen kolumn")

        found = look(edited(workbook(rows), change))
        assert said(found) == [("KOL-EXTRA", "Mål!D5")]
        assert found.submission.records("mal")[0].text("malsattning") == "1"

    def it_is_read_by_headings_when_the_hidden_keys_are_gone(self, rows, workbook, look, edited):
        def change(book):
            book["Mål"].delete_rows(1)
            del book["_lansrapport"]

        found = look(edited(workbook(rows), change))
        assert said(found) == []
        assert str(found.submission.records("mal")[0].ref("id")) == "Mål!B5"

    def it_understands_a_misspelt_heading_and_says_so(self, rows, workbook, look, edited):
        def change(book):
            book["Mål"].delete_rows(1)
            book["Mål"]["E4"] = "Målformulerring"

        assert said(look(edited(workbook(rows), change))) == [("KOL-GISSAD", "Mål!E4")]

    def it_reports_each_of_two_columns_that_are_gone_where_it_can_be_seen(
        self, rows, workbook, look, edited
    ):
        found = look(edited(workbook(rows), lambda book: book["Mål"].delete_cols(5, 2)))
        assert said(found) == [("KOL-SAKNAS", "Mål!B5"), ("KOL-SAKNAS", "Mål!B5")]
        assert ["Målformulering" in finding.message for finding in found.findings] == [True, False]

    @pytest.mark.parametrize(
        ("row", "cell"), [(18, "Avstämning!B22"), (22, "Avstämning!B22"), (29, "Avstämning!B29")]
    )
    def it_misses_a_given_row_that_is_gone(self, rows, workbook, look, edited, row, cell):
        found = look(edited(workbook(rows), lambda book: book["Avstämning"].delete_rows(row)))
        assert ("RAD-BORTA", cell) in said(found)
        assert {code for code, _ in said(found)} == {"RAD-BORTA"}

    def it_finds_given_rows_with_blank_rows_between_them(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), lambda book: book["Avstämning"].insert_rows(20, 2)))
        assert said(found) == []
        assert [record.row for record in found.submission.records("huvudbok")] == [
            18,
            19,
            22,
            23,
            24,
        ]

    def it_knows_which_table_has_nothing_to_report_however_the_answers_are_sorted(
        self, rows, workbook, look, edited
    ):
        rows["anslag"] = []

        def change(book):
            sheet = book["Uppgifter"]
            sheet["B21"], sheet["B26"] = sheet["B26"].value, sheet["B21"].value
            sheet["C21"], sheet["D21"] = "Ja", "Länet har ingen egen anslagspost."

        assert said(look(edited(workbook(rows), change))) == []

    def it_reports_a_sheet_that_is_gone_once(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), lambda book: book.remove(book["Ekonomi"])))
        assert ("BLAD-SAKNAS", None) in said(found)
        assert [code for code, _ in said(found)].count("BLAD-SAKNAS") == 1

    def it_skips_blank_rows_and_keeps_the_row_numbers(self, rows, workbook, look, edited):
        def change(book):
            for column in range(2, 8):
                book["Mål"].cell(20, column, book["Mål"].cell(6, column).value)
            book["Mål"]["B20"] = "M2"

        found = look(edited(workbook(rows), change))
        assert [record.row for record in found.submission.records("mal")] == [6, 20]
        assert said(found) == [("KEDJA-MAL", "Mål!B20")]


class DescribeCellValues:
    @pytest.mark.parametrize(
        ("cell", "value", "said_of_it"),
        [
            ("Ekonomi!K6", "84 500,50 kr", ("NOT-TAL", "Ekonomi!K6")),
            ("Ekonomi!K6", "många", ("FALT-TAL", "Ekonomi!K6")),
            ("Ekonomi!K6", "84 tkr", ("FALT-ENHET", "Ekonomi!K6")),
            ("Ekonomi!K6", "=1/0", ("FALT-OBERAKNAD", "Ekonomi!K6")),
            ("Aktiviteter!T6", "10 mars 2020", ("NOT-DATUM", "Aktiviteter!T6")),
            ("Aktiviteter!T6", "2020-02-30", ("FALT-OMOJLIGT-DATUM", "Aktiviteter!T6")),
            ("Aktiviteter!T6", "i våras", ("FALT-DATUM", "Aktiviteter!T6")),
            ("Mål!D6", "9", ("FALT-KODLISTA", "Mål!D6")),
            ("Mål!F6", 2021.5, ("FALT-HELTAL", "Mål!F6")),
            ("Aktiviteter!D6", "u.s.", ("FALT-EJ-SPECIAL", "Aktiviteter!D6")),
            ("Ekonomi!J6", "1.234", ("FALT-TVETYDIGT", "Ekonomi!J6")),
        ],
    )
    def it_says_what_stands_there_and_where(
        self, rows, workbook, look, edited, cell, value, said_of_it
    ):
        sheet, place = cell.split("!")

        def change(book):
            book[sheet][place] = value

        assert said_of_it in said(look(edited(workbook(rows), change)))

    def it_tells_zero_blank_and_the_special_answers_apart(self, rows, workbook, look):
        line = rows["indikatorer"][0]
        rows["indikatorer"] = [
            {
                **line,
                "id": f"I{n}",
                "alder": age,
                "kon": sex,
                "varde": value,
                "kommentar": "Förklarat.",
            }
            for n, (age, sex, value) in enumerate(
                [("A", "K", 0), ("A", "M", None), ("U", "T", "u.s."), ("Ö", "T", "e.t.")], 1
            )
        ]
        found = look(workbook(rows))
        values = [record.get("varde") for record in found.submission.records("indikatorer")]
        assert values == [0, Missing.BLANK, Missing.UNKNOWN, Missing.NOT_APPLICABLE]
        assert said(found) == [("FALT-SAKNAS", "Indikatorer!J7")]

    def it_reports_an_error_value_instead_of_a_blank(self, rows, workbook, look):
        package = read_package(workbook(rows))
        name = "xl/worksheets/sheet7.xml"
        sheet = package[name]
        start = sheet.index(b'<c r="K6"')
        end = sheet.index(b"</c>", start) + 4
        package[name] = sheet[:start] + b'<c r="K6" t="e"><v>#REF!</v></c>' + sheet[end:]
        found = look(write_package(package.items()))
        assert ("FALT-FELVARDE", "Ekonomi!K6") in said(found)

    def it_sees_error_values_and_uncalculated_formulas_also_where_tags_have_a_prefix(
        self, rows, workbook, look
    ):
        package = read_package(workbook(rows))
        name = "xl/worksheets/sheet7.xml"
        sheet = _with_cell(package[name], b'<c r="K6"><f>1/3</f></c>')
        sheet = _with_cell(sheet, b'<c r="J6" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
        sheet = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", sheet).replace(b"xmlns=", b"xmlns:x=", 1)
        package[name] = sheet
        found = look(write_package(package.items()))
        assert said(found) == [("FALT-FELVARDE", "Ekonomi!J6"), ("FALT-OBERAKNAD", "Ekonomi!K6")]
        assert "#DIVISION/0!" in found.findings[0].message

    def it_takes_a_formula_by_its_stored_value(self, rows, workbook, look):
        package = read_package(workbook(rows))
        name = "xl/worksheets/sheet7.xml"
        package[name] = _with_cell(package[name], b'<c r="K6"><f>84500+0.5</f><v>84500.5</v></c>')
        found = look(write_package(package.items()))
        assert said(found) == []
        assert found.submission.records("ekonomi")[0].get("utfall") == Decimal("84500.5")

    def it_tells_a_truth_value_and_a_one_apart_in_the_same_column(
        self, rows, workbook, look, edited
    ):
        line = rows["ekonomi"][0]
        rows["ekonomi"] = [{**line, "id": f"E{n}"} for n in (1, 2, 3)]

        def change(book):
            book["Ekonomi"]["J6"], book["Ekonomi"]["J7"], book["Ekonomi"]["J8"] = 1, True, 1

        found = look(edited(workbook(rows), change))
        assert ("FALT-TAL", "Ekonomi!J7") in said(found)
        assert [row.get("budget") for row in found.submission.records("ekonomi")] == [
            1,
            Missing.UNREADABLE,
            1,
        ]

    def it_reads_by_its_second_reader_what_the_first_refuses(self, rows, workbook, look):
        package = read_package(workbook(rows))
        sheet = package["xl/worksheets/sheet7.xml"]
        start = sheet.index(b'<c r="K6"')
        end = sheet.index(b"</c>", start) + 4
        package["xl/worksheets/sheet7.xml"] = (
            sheet[:start] + '<c r="K6" t="e"><v>#HITTEPÅ!</v></c>'.encode() + sheet[end:]
        )
        found = look(write_package(package.items()))
        assert said(found) == [("FALT-FELVARDE", "Ekonomi!K6")]
        assert "#HITTEPÅ!" in found.findings[0].message

    def it_takes_code_label_or_both(self, rows, workbook, look, edited):
        def change(book):
            book["Ekonomi"]["C6"] = "pm"
            book["Ekonomi"]["H6"] = "Köpta tjänster"

        assert said(look(edited(workbook(rows), change))) == []

    @pytest.mark.parametrize(
        ("table", "field", "written", "code"),
        [("uppgifter", "lan", written, "01") for written in
         (" 01 ", "01 Stockholm", "01-Stockholms län", "01. Stockholm", "1 Stockholms län", "01: Stockholm", "AB", "ab",
          "Stockholm", "stockholms LÄN", "01\u200b")]
        + [("aktiviteter", "valdsform", written, "PMH") for written in
           ("PMH–Prostitution och människohandel", "PMH: Prostitution", "pmh, prostitution", "PMH ‑ Prostitution och männskohandel")]
        + [("mal", "malsattning", "1. Ett utökat", "1"), ("ekonomi", "anslag", time(3, 1), "3:1")],
    )  # fmt: skip
    def it_takes_a_code_however_its_label_is_joined_to_it(self, year, table, field, written, code):
        spec = year.spec
        assert read_value(spec, spec.tables[table].by_id[field], written).typed == code

    @pytest.mark.parametrize(
        ("table", "field", "written", "code", "suggestion"),
        [
            ("uppgifter", "lan", "01 – Skåne län", "FALT-KOD-NAMN", None),
            ("aktiviteter", "valdsform", "FPS – Våld i nära relationer", "FALT-KOD-NAMN", None),
            ("mal", "malsattning", "1,2", "FALT-FLERA", None), ("aktiviteter", "valdsform", "PMH, VNR", "FALT-FLERA", None),
            ("uppgifter", "lan", "1.0", "FALT-KODLISTA", None),
            ("uppgifter", "lan", "Länsstyrelsen i Skåne län", "FALT-KODLISTA", "12 – Skåne län"),
            ("uppgifter", "lan", "Skane", "FALT-KODLISTA", "12 – Skåne län"),
        ],
    )  # fmt: skip
    def it_takes_no_code_that_its_own_label_speaks_against(
        self, year, table, field, written, code, suggestion
    ):
        spec = year.spec
        found = read_value(spec, spec.tables[table].by_id[field], written)
        assert (found.code, found.suggestion) == (code, suggestion)

    def it_takes_a_county_code_that_lost_its_zero(self, rows, workbook, look, edited):
        def change(book):
            book["Uppgifter"]["C5"] = 1

        found = look(edited(workbook(rows, "01"), change))
        assert found.submission.county == "01"
        assert said(found) == []

    def it_asks_when_the_template_was_made_for_another_county(self, rows, workbook, look, edited):
        def change(book):
            book["Uppgifter"]["C5"] = "01 – Stockholms län"

        assert said(look(edited(workbook(rows), change))) == [("FIL-ANNAT-LAN", "Uppgifter!C5")]


class DescribeATableAsRead:
    def it_gives_the_same_records_whole_and_one_at_a_time(self, rows, workbook, look):
        rows["ekonomi"] += [{**rows["ekonomi"][0], "id": "E2", "utfall": None}]
        table = look(workbook(rows)).submission.tables["ekonomi"]
        assert [table.record(line) for line in range(2)] == list(table.records)
        assert [record.row for record in table.records] == [6, 7]
        assert table.column("utfall") == [record.get("utfall") for record in table.records]
        assert table.distinct("utfall") == {Decimal("84500.5"), Missing.BLANK}

    def it_goes_to_another_process_without_what_follows_from_it(self, rows, workbook, look):
        table = look(workbook(rows)).submission.tables["ekonomi"]
        before = len(pickle.dumps(table))
        assert table.records
        assert table.distinct("utfall")
        assert len(pickle.dumps(table)) == before
        assert pickle.loads(pickle.dumps(table)).records == table.records
