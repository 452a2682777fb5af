"""The merged workbook, the dictionary and the forms to fill in: exact cells of a small year."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
import xlsxwriter

from tests.export.small import ROWS, SPEC, cells_of, results_of, small_dataset, spend
from toolkit.export.book import sheet_names
from toolkit.export.columns import ColumnList, SheetTable
from toolkit.export.dictionary import FieldRow, limit, write_dictionary
from toolkit.export.editorial_form import CandidateRow, write_edition
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import field_shown, guarded, write_csv, write_merged
from toolkit.export.waiver_form import write_waiver_form
from toolkit.returns.submission import Missing
from toolkit.staff.editorial import Candidate, Choice

CANDIDATE = Candidate("exempel", "12:A1", "Skåne", "Utbildning", "En text. " * 20)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def data():
    return small_dataset(*ROWS, counties=("12", "14"))


@pytest.fixture(scope="module")
def texts():
    return SPEC.texts("export")


class DescribeTheMergedWorkbook:
    @pytest.fixture(scope="class")
    def book(self, data):
        return opened(write_merged(data))

    def it_counts_each_countys_rows_on_the_tables_own_sheet(self, book):
        page = book["Översikt"]
        heads = cells_of(page, 4)
        place = heads.index("Ekonomi") + 1
        rows = {page.cell(row, 1).value: row for row in range(5, 27)}
        skane, dalarna, total = (rows[code] for code in ("12", "20", "Summa"))
        assert page.cell(skane, place).value == f"=COUNTIF('Ekonomi'!$A:$A,$A{skane})"
        assert page.cell(dalarna, place).value == "Saknas"
        letter = page.cell(total, place).column_letter
        assert page.cell(total, place).value == f"=SUM({letter}5:{letter}25)"
        assert cells_of(page, total)[:5] == ["Summa", "", "", "", ""]
        assert (heads[-1], cells_of(page, skane)[-1]) == ("Fil", "12.xlsx")

    def it_shows_codes_with_their_labels(self, book):
        row = cells_of(book["Ekonomi"], 5)
        assert row[:7] == [
            "12", "Skåne", "12.xlsx", "Ekonomi", 6, "E6", "PM – Prostitution och människohandel",
        ]  # fmt: skip

    def it_shows_a_year_as_text_and_a_code_that_is_not_known_as_it_is(self):
        fields = {field.id: field for field in SPEC.spec.tables["mal"].fields}
        assert field_shown(fields["malar"], None, 2021) == "2021"
        assert field_shown(fields["malar"], None, Missing.UNKNOWN) is Missing.UNKNOWN
        money = {field.id: field for field in SPEC.spec.tables["ekonomi"].fields}
        codes = SPEC.spec.lists["verksamhetskod"]
        assert field_shown(money["verksamhetskod"], codes, "XX") == "XX"

    def it_writes_a_csv_that_a_swedish_excel_opens(self, data):
        first, row, *_ = write_csv(data, "ekonomi").decode("utf-8-sig").split("\r\n")
        assert first.startswith("lan;lansnamn;fil;blad;rad;id;verksamhetskod")
        assert row.startswith("12;Skåne;12.xlsx;Ekonomi;6;E6;PM;;ap.4;;PMH;KÖP;K;;100,25;")

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+46", "'+46"),
            ("@x", "'@x"),
            ("-a", "'-a"),
            ("-1,5", "-1,5"),
            ("", ""),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("-1-1", "'-1-1"),
            ("-2(3)", "'-2(3)"),
            ("-2020-12-31", "'-2020-12-31"),
            ("\t=1+1", "'\t=1+1"),
            ("\r=1+1", "\\u000d=1+1"),
            (" =1+1", "' =1+1"),
            ("\uff1d1+1", "'\uff1d1+1"),
            ("\uff0b1", "'\uff0b1"),
            ("\uff0d1", "'\uff0d1"),
            ("\uff20x", "'\uff20x"),
            ("-2,5", "-2,5"),
            ("-15080595", "-15080595"),
            ("-1\u00a0000,50", "-1\u00a0000,50"),
            ("-5 %", "-5 %"),
            ("\u22121", "\u22121"),
            ("a=1", "a=1"),
            ("u.s.", "u.s."),
        ],
    )
    def it_lets_no_text_become_a_formula(self, text, written):
        assert guarded(text) == written

    @pytest.mark.parametrize("sign", ["=", "+", "-1+", "@", "\t=", "\uff1d"])
    def it_writes_a_countys_text_as_a_text_in_every_file(self, sign):
        text = f"{sign}cmd|' /C calc'!A0"
        data = small_dataset(spend("12", 6, -5, recipient=text, id=text), counties=("12",))
        row = write_csv(data, "ekonomi").decode("utf-8-sig")
        values = list(csv.reader(io.StringIO(row, newline=""), delimiter=";"))[1]
        assert (values.count(f"'{text}"), "-5" in values) == (2, True)
        books = [write_merged(data), write_finance(results_of(data))]
        cells = [
            (page.title, cell.data_type)
            for book in map(opened, books)
            for page in book
            for cell in _ending_in(page, "calc'!A0")
        ]
        assert {page for page, _ in cells} >= {"Ekonomi", "Rader"}
        assert {kind for _, kind in cells} == {"s"}


def _ending_in(page, ending):
    """The cells from the first line down that end in a text."""
    rows = page.iter_rows(min_row=5)
    return [cell for row in rows for cell in row if str(cell.value).endswith(ending)]


class DescribeNamesOfSheets:
    LONG = "Samverkan med kommuner och regioner i länet"

    @pytest.fixture
    def book(self, data, monkeypatch):
        labels = ("Lars' mål/medel", self.LONG, f"{self.LONG} [2]", "FYND", "History")
        for table, label in zip(SPEC.spec.tables.values(), labels, strict=False):
            monkeypatch.setitem(table.__dict__, "label", label)
        return opened(write_merged(data))

    def it_writes_a_table_whatever_it_is_called(self, book):
        assert book.sheetnames[:6] == [
            "Översikt", "Lars' mål-medel", "Samverkan med kommuner och regi",
            "Samverkan med kommuner och (2)", "FYND (2)", "History_",
        ]  # fmt: skip

    def it_quotes_the_names_in_formulas(self, book):
        formulas = {
            str(cell.value).split("(", 1)[1].split("!")[0]
            for line in book["Översikt"].iter_rows(min_row=5)
            for cell in line
            if str(cell.value).startswith("=COUNTIF")
        }
        assert formulas >= {"'FYND (2)'", "'Samverkan med kommuner och (2)'"}

    def it_doubles_an_apostrophe(self):
        table = SheetTable("Lars' mål", ColumnList(()), 3, 1)
        assert table.quoted == "'Lars'' mål'"

    @pytest.mark.parametrize("label", ["", "///", "a" * 40, "😀" * 20, "'" * 3, "a\\b:c*d", "x\ty"])
    def it_makes_any_label_one_that_excel_takes(self, label):
        names = sheet_names([label] * 12)
        book = xlsxwriter.Workbook(io.BytesIO())
        for name in names:
            book.add_worksheet(name)
            assert 0 < len(name.encode("utf-16-le")) / 2 <= 31
        book.close()
        assert len(set(names)) == 12


class DescribeTheDictionary:
    @pytest.fixture(scope="class")
    def book(self):
        return opened(write_dictionary(SPEC))

    def it_has_a_row_for_every_field_code_of_the_year_and_finding(self, book):
        spec = SPEC.spec
        counts = [
            sum(len(table.fields) for table in spec.tables.values()),
            sum(len(codelist.valid_in(spec.year)) for codelist in spec.codelists),
            len(SPEC.catalogue.entries),
        ]
        assert [page.max_row - 4 for page in book] == counts

    def it_says_whether_a_field_must_be_filled_in(self):
        texts = SPEC.texts("anvisning")
        table = SPEC.spec.tables["anslag"]
        said = {
            field.id: FieldRow(table, field, SPEC.spec, texts).required for field in table.fields
        }
        assert len(set(said.values())) > 1
        assert said["utgaende"] == texts("raknas")

    def it_gives_limits_as_text(self):
        assert [limit(value) for value in (None, 0, 2.5)] == ["", "0", "2.5"]


class DescribeTheWaiverForm:
    @pytest.fixture(scope="class")
    def book(self):
        return opened(write_waiver_form(SPEC, "inputs/2020/avsteg.xlsx"))

    def it_offers_counties_and_codes(self, book):
        page = book.worksheets[0]
        rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
        assert list(rules) == [f"{letter}5:{letter}204" for letter in "ABCDEFG"]
        assert rules["A5:A204"].formula1.startswith('"Stockholm,')
        last = book["Koder"].max_row
        assert rules["B5:B204"].formula1 == f"'Koder'!$A$5:$A${last}"
        assert rules["C5:C204"].type in {None, "none"}

    def it_leaves_the_cells_empty(self, book):
        page = book.worksheets[0]
        assert {cell.value for row in page.iter_rows(min_row=5) for cell in row} == {None}
        assert page["G5"].number_format == "yyyy-mm-dd"


class DescribeTheEditorialForm:
    def row_of(self, texts, **chosen):
        choice = Choice("exempel", "12:A1", chosen.pop("proof", CANDIDATE.proof), **chosen)
        return CandidateRow(CANDIDATE, choice, texts)

    def it_has_a_sheet_for_each_kind_with_rows_high_enough(self, texts):
        page = opened(write_edition(texts, "Myndigheten", [CANDIDATE], {})).worksheets[0]
        assert cells_of(page, 5)[:3] == ["Skåne", "Utbildning", CANDIDATE.text]
        assert cells_of(page, 5)[7:] == ["exempel:12:A1", CANDIDATE.proof]
        assert page.row_dimensions[5].height == 15 * 3
        assert [page.column_dimensions[letter].hidden for letter in "GH"] == [False, True]

    def it_keeps_words_that_still_stand(self, texts):
        row = self.row_of(texts, wording="Egna ord.", take=False, order=2)
        assert (row.wording, row.take, row.order, row.since.value) == ("Egna ord.", "Nej", 2, "")

    def it_sets_aside_words_for_a_text_that_has_changed(self, texts):
        row = self.row_of(texts, wording="Egna ord.", proof="annat")
        assert (row.wording, row.since.role) == ("", "ask")
        assert "Egna ord." in row.since.value

    def it_leaves_open_what_was_not_chosen(self, texts):
        row = CandidateRow(CANDIDATE, None, texts)
        assert (row.take, row.order, row.wording, row.since.value) == ("", "", "", "")
