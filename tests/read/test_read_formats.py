"""What is seen of an xlsx beside its values is seen of the other formats too: the same codes in the same cells."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.conftest import CLEAN, said
from tests.read.test_reading_list import copy_row, put, values
from tests.sampled import ALL
from toolkit.files.biff12 import Biff12Record, write_record
from toolkit.files.zip import read_package
from toolkit.read import notes_in, read_raw
from toolkit.read.formats import xlsb
from toolkit.read.formats.second_view import SecondView
from toolkit.template import write_template

FORMATS = {"ods": "ods", "xls": "xls:MS Excel 97"}


@pytest.fixture(scope="module")
def clean(year, short_template):
    return write_template(
        short_template, year.spec.lists["lan"].by_code["12"], year.texts("mall"), CLEAN
    )


@pytest.fixture(scope="module", params=list(FORMATS))
def saved(request, clean, edited, convert):
    """A file with a change, as LibreOffice saves it in another format."""
    return lambda change: convert(edited(clean, change), "in.xlsx", FORMATS[request.param])


def hide(book):
    book["Ekonomi"].sheet_state = "hidden"
    book["Avstämning"].sheet_state = "veryHidden"
    for column in ("J", "K"):
        book["Ekonomi"].column_dimensions[column].hidden = True
    copy_row(book["Ekonomi"], 6, 7, B="E2", K=-84500.5, P="Rättelse av E1.")
    copy_row(book["Ekonomi"], 6, 8, B="E3", P="Bokad på nytt.")
    for row in (7, 8):
        book["Ekonomi"].row_dimensions[row].hidden = True


def merge_cells(book):
    copy_row(book["Lägesbild"], 6, 7, B="L2")
    book["Lägesbild"].merge_cells("N6:N7")


def comment(book):
    book["Mål"]["E6"].comment = Comment("Gäller 20121212-1212", "Anna")
    book["Ekonomi"]["K6"].comment = Comment("Stämt av med Bo", "Anna")


def in_thousands(book):
    book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'
    book["Ekonomi"]["J6"].number_format = '#,##0" kr"'


class DescribeAnXlsbOfSheetjs:
    """SheetJS writes no formulas into an xlsb, and the errors that it reads as formulas' results as mere errors."""

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (hide, [("BLAD-DOLT", "Avstämning!B28"), ("BLAD-DOLT", "Ekonomi!B5"), ("RAD-DOLD", "Ekonomi!B7:B8"),
                    ("KOL-DOLD", "Ekonomi!J5"), ("KOL-DOLD", "Ekonomi!K5")]),
            (merge_cells, [("FALT-SAMMAN", "Lägesbild!N7")]),
            (put(Ekonomi_J6="#DIV/0!", Ekonomi_P6="#N/A"),
             [("FALT-FELVARDE", "Ekonomi!J6"), ("FALT-FELVARDE", "Ekonomi!P6")]),
            (in_thousands, [("FALT-CELLFORMAT", "Ekonomi!K6")]),
        ],
        ids=["hidden", "merged", "errors", "units"],
    )  # fmt: skip
    def it_tells_of_what_is_hidden_merged_and_wrong(
        self, clean, edited, saved_by_sheetjs, look, change, told
    ):
        assert sorted(said(look(saved_by_sheetjs(edited(clean, change), "xlsb")))) == sorted(told)

    def it_finds_a_personal_number_in_a_note_and_keeps_the_notes(
        self, clean, edited, saved_by_sheetjs, look
    ):
        data = saved_by_sheetjs(edited(clean, comment), "xlsb")
        assert said(look(data)) == [("PERSON-MISSTANKE", "Mål!E6")]
        notes = {
            (str(note.ref), note.author, note.text.strip()) for note in notes_in(read_raw(data))
        }
        assert ("Ekonomi!K6", "Anna", "Stämt av med Bo") in notes

    def it_has_no_second_view_of_records_that_are_too_short(self, clean, saved_by_sheetjs):
        parts = read_package(saved_by_sheetjs(clean, "xlsb"))
        parts["xl/worksheets/sheet4.bin"] = write_record(Biff12Record(0, bytes(4)))
        assert xlsb.second_view(parts) == SecondView()

    def it_is_seen_or_not_when_a_part_is_cut(self, clean, saved_by_sheetjs):
        whole = read_package(saved_by_sheetjs(clean, "xlsb"))
        for name in (name for name in whole if name.endswith(".bin")):
            for place in range(1, len(whole[name]), max(1, len(whole[name]) // (9 if ALL else 2))):
                cut = {**whole, name: whole[name][:place]}
                assert isinstance(xlsb.second_view(cut), SecondView), (name, place)


@pytest.mark.libreoffice
class DescribeTheSecondView:
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (hide, [("BLAD-DOLT", "Avstämning!B28"), ("BLAD-DOLT", "Ekonomi!B5"), ("RAD-DOLD", "Ekonomi!B7:B8"),
                    ("KOL-DOLD", "Ekonomi!J5"), ("KOL-DOLD", "Ekonomi!K5")]),
            (merge_cells, [("FALT-SAMMAN", "Lägesbild!N7")]),
            (put(Avstämning_I6=5, Avstämning_D22=0), [("FALT-FORMEL", "Avstämning!D22"), ("FALT-FORMEL", "Avstämning!I6")]),
            (put(Ekonomi_J6="=1/0", Ekonomi_P6="=NA()"), [("FALT-FELVARDE", "Ekonomi!J6"), ("FALT-FELVARDE", "Ekonomi!P6")]),
        ],
        ids=["hidden", "merged", "written over", "errors"],
    )  # fmt: skip
    def it_tells_of_what_is_hidden_merged_written_over_and_wrong(self, saved, look, change, told):
        assert sorted(said(look(saved(change)))) == sorted(told)

    def it_reads_a_bare_number_of_days_from_1904(self, clean, edited, convert, look):
        def change(book):
            book.epoch = CALENDAR_MAC_1904
            book["Mål"]["E6"] = "En målformulering som är lång nog."
            book["Aktiviteter"]["T6"].value, book["Aktiviteter"]["T6"].number_format = 42438, "0"

        found = look(convert(edited(clean, change), "in.xlsx", "ods"))
        assert ("NOT-DATUM", "Aktiviteter!T6") in said(found)
        assert found.submission.records("aktiviteter")[0].get("start") == date(2020, 3, 10)

    def it_says_nothing_of_a_clean_file(self, saved, look, clean):
        found = look(saved(lambda book: None))
        assert (said(found), values(found)) == ([], values(look(clean)))

    def it_finds_a_personal_number_in_a_note_and_keeps_the_notes(self, saved, look):
        data = saved(comment)
        assert said(look(data)) == [("PERSON-MISSTANKE", "Mål!E6")]
        notes = {
            (str(note.ref), note.author, note.text.strip()) for note in notes_in(read_raw(data))
        }
        assert ("Ekonomi!K6", "", "Stämt av med Bo") in notes
