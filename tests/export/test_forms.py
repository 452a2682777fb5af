"""The merged workbook, the dictionary and the forms to fill in: exact cells of a small year."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.export.small import ROWS, SPEC, cells_of, small_dataset
from toolkit.export.dictionary import FieldRow, limit, write_dictionary
from toolkit.export.editorial_form import CandidateRow, write_edition
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
        ],
    )
    def it_lets_no_text_become_a_formula(self, text, written):
        assert guarded(text) == written


class DescribeTheDictionary:
    @pytest.fixture(scope="class")
    def book(self):
        return opened(write_dictionary(SPEC))

    def it_has_a_row_for_every_field_code_and_finding(self, book):
        spec = SPEC.spec
        counts = [
            sum(len(table.fields) for table in spec.tables.values()),
            sum(len(codelist.codes) for codelist in spec.codelists),
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
