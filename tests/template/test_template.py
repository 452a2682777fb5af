"""The template: opens, guides, survives, and is the same every time."""

from __future__ import annotations

import io
from copy import deepcopy

import openpyxl
import pytest

from tests.conftest import ROOT, said
from tests.sampled import sampled
from toolkit.spec.load import load_year
from toolkit.template import place_tables, write_template


@pytest.fixture(scope="module")
def blank(workbook):
    return workbook({})


@pytest.fixture(scope="module")
def book(blank):
    return openpyxl.load_workbook(io.BytesIO(blank))


class DescribeTheTemplate:
    def it_has_the_sheets_of_the_spec_and_a_hidden_one(self, book, year):
        assert book.sheetnames == [sheet.label for sheet in year.spec.sheets] + ["_lansrapport"]
        assert book["_lansrapport"].sheet_state == "veryHidden"

    def it_stays_light(self, blank):
        assert len(blank) < 250_000

    def it_is_the_same_bytes_every_time(self, blank, workbook):
        assert workbook({}) == blank

    def it_offers_a_list_for_every_coded_field_by_a_defined_name(self, book, year):
        for table in year.spec.tables.values():
            sheet = book[year.spec.sheet_of[table.id].label]
            sources = {validation.formula1 for validation in sheet.data_validations.dataValidation}
            coded = [
                f
                for f in table.fields
                if f.list and not (table.kind == "fixed" and f is table.fields[0])
            ]
            for field in coded:
                assert f"lista_{field.list}" in sources, field.id
                assert f"lista_{field.list}" in book.defined_names

    def it_offers_only_the_countys_own_municipalities(self, book):
        sheet = book["Kodlistor"]
        column = next(cell.column for cell in sheet[3] if cell.value == "Kommuner")
        shown = [
            sheet.cell(row, column).value for row in range(5, 60) if sheet.cell(row, column).value
        ]
        assert len(shown) == 33
        assert all(text.startswith("12") for text in shown)

    def it_offers_no_code_that_has_been_retired(self, year):
        later = load_year(ROOT / "templates", 2021)
        offered = {}
        for known in (year, later):
            data = write_template(
                known.spec, known.spec.lists["lan"].by_code["12"], known.texts("mall")
            )
            book = openpyxl.load_workbook(io.BytesIO(data))
            name, _, area = book.defined_names["lista_verksamhetskod"].attr_text.partition("!")
            cells = [cell.value for (cell,) in book[name.strip("'")][area.replace("$", "")]]
            offered[known.spec.year] = [text.partition(" ")[0] for text in cells if text]
        assert offered == {2020: ["801", "VN", "HR", "VF", "PM"], 2021: ["801", "VN", "HR", "PM"]}

    def it_offers_the_ids_of_the_table_that_a_column_refers_to(self, book):
        sources = {
            str(v.sqref): v.formula1 for v in book["Aktiviteter"].data_validations.dataValidation
        }
        assert sources["C6:C2005"] == "id_mal"
        assert "Mål!$B$6" in book.defined_names["id_mal"].attr_text

    def it_explains_every_column_and_what_is_wrong_in_whole_sentences(self, book, year):
        for table in year.spec.tables.values():
            rules = book[year.spec.sheet_of[table.id].label].data_validations.dataValidation
            assert len(rules) >= len(table.fields) - 1
            for rule in rules:
                assert 0 < len(rule.promptTitle) <= 32 and rule.prompt.endswith("."), rule.sqref
                assert rule.type is None or (
                    rule.errorStyle == "warning" and rule.error.endswith(".")
                ), rule.sqref

    def it_says_what_each_required_column_is_and_marks_it(self, book, year):
        place = place_tables(year.spec)["ekonomi"]
        sheet = book["Ekonomi"]
        headings = [
            sheet.cell(place.header_row, place.columns[name][0]).value
            for name in ("id", "utfall", "budget")
        ]
        assert headings == ["Rad-id *", "Utfall (kr) *", "Budget (kr)"]

    def it_leaves_the_countys_cells_open_and_the_structure_locked(self, book, year):
        place = place_tables(year.spec)["ekonomi"]
        sheet = book["Ekonomi"]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.cell(place.header_row, 2).protection.locked
        assert not sheet.cell(place.first_row, 2).protection.locked
        assert not sheet.protection.sort
        assert not sheet.protection.autoFilter

    def it_is_told_apart_from_a_filled_in_one(self, blank, look):
        assert said(look(blank)) == [("FIL-TOM", None)]

    def it_never_reads_the_example_row(self, rows, workbook, look):
        found = look(workbook(rows))
        assert [record.text("id") for record in found.submission.records("aktiviteter")] == ["A1"]

    def it_has_nothing_to_remark_on_in_a_clean_file(self, rows, workbook, look):
        assert said(look(workbook(rows))) == []

    def it_says_nothing_of_what_remains_until_a_program_has_counted(self, rows, workbook, year):
        data = workbook(rows)
        live, saved = (
            openpyxl.load_workbook(io.BytesIO(data), data_only=held) for held in (False, True)
        )
        status = {(place.sheet, place.status_column) for place in place_tables(year.spec).values()}
        counted = [
            cell for row in live["Kontroll"].iter_rows() for cell in row if cell.data_type == "f"
        ]
        counted += [
            cell for name, column in status for (cell,) in live[name].iter_rows(min_col=column, max_col=column)
            if cell.data_type == "f"
        ]  # fmt: skip
        assert len(counted) > 5_000
        assert {saved[cell.parent.title][cell.coordinate].value for cell in counted} == {None}

    @pytest.mark.libreoffice
    def it_counts_in_a_libreoffice_that_trusts_what_was_saved(self, convert, small_workbook):
        data = convert(
            small_workbook({}), "tom.xlsx", "xlsx:Calc MS Excel 2007 XML", recalculate=False
        )
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Kontroll"]
        assert (
            sheet["B2"].value
            == "Kvar att göra. Celler att fylla i: 14. Tabeller utan rader eller förklaring: 6. "
        )
        assert [cell.value for cell in sheet[5][1:7]] == [
            "Uppgifter om redovisningen",
            "–",
            7,
            0,
            0,
            "Saknar uppgifter",
        ]

    @pytest.mark.libreoffice
    def it_counts_in_libreoffice_what_remains(self, convert, rows, small_workbook):
        lacking = {**rows, "ekonomi": [{**rows["ekonomi"][0], "kostnadsslag": None}]}
        verdicts = {}
        for name, data in (("ifylld", small_workbook(rows)), ("brist", small_workbook(lacking))):
            saved = convert(data, f"{name}.xlsx", "xlsx:Calc MS Excel 2007 XML")
            verdicts[name] = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)["Kontroll"][
                "B2"
            ].value
        assert verdicts["ifylld"] == "Arbetsboken är klar att skicka in."
        assert verdicts["brist"] == "Kvar att göra. Celler att fylla i: 1. "

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("to", sampled(["ods", "xlsx:Calc MS Excel 2007 XML"]))
    def it_reads_the_same_when_libreoffice_has_saved_it(
        self, convert, rows, small_workbook, look, to
    ):
        rows["aktiviteter"][0]["mal_id"] = "M7"
        data = small_workbook(rows)
        expected = [("REF-SAKNAS", "Aktiviteter!C6")]
        assert said(look(convert(data, "fil.xlsx", to))) == said(look(data)) == expected


@pytest.mark.libreoffice
class DescribeTheVerdict:
    @pytest.fixture
    def verdict(self, convert, small_workbook):
        def of(content, name):
            data = convert(small_workbook(content), f"{name}.xlsx", "xlsx:Calc MS Excel 2007 XML")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Kontroll"]["B2"].value

        return of

    def it_counts_a_difference_until_it_is_explained_and_rows_that_should_not_be(
        self, verdict, rows
    ):
        off = deepcopy(rows)
        off["huvudbok"][-1]["huvudbok"] = off["anslag"][0]["utgifter"] = off["sarredovisning"][0][
            "belopp"
        ] = 1
        off["inget"] = [{"tabell": "MÅL", "inget": "JA", "skal": "Inga mål i år."}]
        assert verdict(off, "fel") == (
            "Kvar att göra. Tabeller med rader trots Ja i Inget att redovisa: 1. "
            "Differenser att rätta eller förklara: 3. "
        )
        explained = deepcopy(rows)
        explained["huvudbok"][-1] |= {"huvudbok": 1, "kommentar": "Periodiserat till nästa år."}
        assert verdict(explained, "forklarat") == "Arbetsboken är klar att skicka in."


def it_names_cells_for_a_list_without_codes(year, tmp_path):
    """A name that ended above its first cell would offer the heading."""
    codelists = tuple(
        one.model_copy(update={"codes": ()}) if one.id == "belagg" else one
        for one in year.spec.codelists
    )
    spec = year.spec.model_copy(update={"codelists": codelists})
    spec.__dict__.pop("lists", None)
    data = write_template(spec, spec.lists["lan"].by_code["12"], year.texts("mall"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    name, _, area = book.defined_names["lista_belagg"].attr_text.partition("!")
    first, _, last = area.replace("$", "").partition(":")
    assert first == last and book[name.strip("'")][first].value is None
