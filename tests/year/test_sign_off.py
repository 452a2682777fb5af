"""A sign-off belongs to content: what was approved is known again in the next round, and what was changed since is not
approved. Seen from outside, by files that are sent, marked, edited and sent again."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.year.season import edited
from toolkit.analysis.merge import merge
from toolkit.analysis.standing import standings
from toolkit.annotate import mark_workbook
from toolkit.annotate.own_copy import supplement_of
from toolkit.checks.file import judge
from toolkit.export.status import write_status
from toolkit.year.receipt import receipt
from toolkit.year.refill import give_back
from toolkit.year.workspace import Workspace

VOID = "FIL-ANDRAD"
APPROVED, APPROVER, AMOUNT, CONTACT = (
    "Uppgifter!C14",
    "Uppgifter!C12",
    "Ekonomi!K6",
    "Uppgifter!C10",
)


@pytest.fixture
def round_of(year, tmp_path):
    """Sends a file, and gives what was found in it and what comes back of it."""

    def play(data, ending="xlsx"):
        found = judge(data, f"Skåne.{ending}", {2020: year})
        space = Workspace(tmp_path, 2020)
        return found, give_back(space, year, data, found, "12-Skåne").workbook

    return play


def void(found):
    return [one for one in found.findings if one.code == VOID]


def answer(data, words):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["Återkoppling"].iter_rows():
        if row[10].value == VOID:
            row[8].value = words
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


class DescribeAnApproval:
    def it_holds_in_a_copy_that_nobody_has_changed(self, round_of, rows, small_workbook):
        _, back = round_of(small_workbook(rows))
        found, _ = round_of(back)
        assert void(found) == [] and found.submission.trail.round == 1

    @pytest.mark.parametrize(
        ("cell", "value"), [(AMOUNT, 500), ("Lägesbild!O6", "Annat"), ("Mål!E6", "")]
    )
    def it_is_void_once_anything_has_been_changed(
        self, round_of, rows, small_workbook, cell, value
    ):
        _, back = round_of(small_workbook(rows))
        found, _ = round_of(edited(back, {cell: value}))
        (said,) = void(found)
        assert (f"{said.sheet}!{said.cell}", said.severity.name) == (APPROVED, "QUERY")
        assert "den 15 februari 2021" in said.message.replace("\xa0", " ")

    def it_stops_no_table_from_being_merged(self, round_of, rows, small_workbook, year):
        rows["huvudbok"][4]["huvudbok"] = rows["sarredovisning"][0]["belopp"] = 500
        _, back = round_of(small_workbook(rows))
        found, _ = round_of(edited(back, {AMOUNT: 500}))
        assert [line.outcome for line in merge(year, [found]).spend] == [500]

    @pytest.mark.parametrize("cell", [{APPROVED: "2021-02-20"}, {APPROVER: "Cecilia Carlsson"}])
    def it_is_another_with_another_day_or_name(self, round_of, rows, small_workbook, cell):
        _, back = round_of(small_workbook(rows))
        found, back = round_of(edited(back, {AMOUNT: 500, **cell}))
        assert void(found) == []
        found, _ = round_of(edited(back, {AMOUNT: 501}))
        assert len(void(found)) == 1

    def it_is_not_given_anew_with_a_day_before_that_of_the_void_one(
        self, round_of, rows, small_workbook
    ):
        _, back = round_of(small_workbook(rows))
        earlier = {APPROVED: "2021-02-10"}
        found, back = round_of(edited(back, {AMOUNT: 500, **earlier}))
        assert len(void(found)) == 1
        found, _ = round_of(edited(back, {APPROVER: "Cecilia Carlsson"}))
        assert len(void(found)) == 1
        found, _ = round_of(edited(back, {APPROVED: "2021-02-16"}))
        assert void(found) == []

    def it_may_have_been_given_on_an_earlier_day_than_was_written(
        self, round_of, rows, small_workbook
    ):
        _, back = round_of(small_workbook(rows))
        found, back = round_of(edited(back, {APPROVED: "2021-02-10"}))
        assert void(found) == []
        found, _ = round_of(edited(back, {AMOUNT: 500, APPROVED: "2021-02-11"}))
        assert void(found) == []

    def it_stays_void_round_after_round_until_it_is_given_anew_or_all_is_as_it_was(
        self, round_of, rows, small_workbook
    ):
        _, back = round_of(small_workbook(rows))
        found, back = round_of(edited(back, {AMOUNT: 500}))
        found, back = round_of(back)
        assert len(void(found)) == 1
        as_it_was, _ = round_of(edited(back, {AMOUNT: 84500.5}))
        anew, _ = round_of(edited(back, {APPROVED: "2021-03-01"}))
        assert (void(as_it_was), void(anew)) == ([], [])

    def it_can_be_answered_for_what_stands_there_and_for_nothing_else(
        self, round_of, rows, small_workbook
    ):
        _, back = round_of(small_workbook(rows))
        _, back = round_of(edited(back, {AMOUNT: 500}))
        found, back = round_of(answer(back, "Bengt Berg har godkänt beloppet samma dag."))
        assert [one.closed for one in void(found)] == [True]
        found, back = round_of(back)
        assert [one.closed for one in void(found)] == [True]
        found, _ = round_of(edited(back, {AMOUNT: 600}))
        assert [one.closed for one in void(found)] == [False]

    def it_is_of_the_data_and_not_of_whom_to_call(self, round_of, rows, small_workbook):
        _, back = round_of(small_workbook(rows))
        found, _ = round_of(edited(back, {CONTACT: "ny@exempel.se"}))
        assert found.submission.form("uppgifter").get("kontakt_epost") == "ny@exempel.se"
        assert void(found) == []

    def it_does_not_hang_on_how_the_data_are_written(self, round_of, rows, small_workbook):
        _, back = round_of(small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(back))
        book["Ekonomi"]["K6"].value = "84 500,50"
        book["Ekonomi"]["K6"].number_format = "@"
        for cell in book["Indikatorer"][6][1:]:  # the row stands further down
            place = book["Indikatorer"].cell(9, cell.column)
            place.value, cell.value = cell.value, None
        saved = io.BytesIO()
        book.save(saved)
        found, _ = round_of(saved.getvalue())
        assert void(found) == []

    def it_holds_when_we_have_corrected_what_the_county_said_yes_to(
        self, round_of, rows, small_workbook
    ):
        found, back = round_of(
            edited(
                small_workbook(rows),
                {"Lägesbild!D6": "Prostitution och människohandell för sexuella ändamål"},
            )
        )
        book = openpyxl.load_workbook(io.BytesIO(back))
        row = next(row for row in book["Återkoppling"].iter_rows() if row[4].value == "D6")
        row[9].value = "Ja"
        saved = io.BytesIO()
        book.save(saved)
        found, back = round_of(saved.getvalue())
        assert len(found.submission.corrections) == 1
        assert void(found) == []
        found, back = round_of(back)
        assert void(found) == []
        found, _ = round_of(edited(back, {AMOUNT: 500}))
        assert len(void(found)) == 1

    def it_holds_in_a_fresh_copy_of_a_file_that_is_not_written_in(
        self, round_of, rows, small_workbook, saved_by_sheetjs
    ):
        _, back = round_of(saved_by_sheetjs(small_workbook(rows), "xls"), "xls")
        found, _ = round_of(back)
        assert void(found) == []
        found, _ = round_of(edited(back, {AMOUNT: 500}))
        assert len(void(found)) == 1

    def it_says_nothing_of_a_file_whose_mark_somebody_has_written_over(
        self, round_of, rows, small_workbook
    ):
        _, back = round_of(small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(back))
        for cell in book["Återkoppling"][1]:
            if str(cell.value).startswith("lr:godkand"):
                cell.value = "lr:godkand x"
        saved = io.BytesIO()
        book.save(saved)
        found, _ = round_of(edited(saved.getvalue(), {AMOUNT: 500}))
        assert void(found) == []


class DescribeWhatIsSaidOfIt:
    def it_stands_in_the_receipt(self, round_of, rows, small_workbook, year):
        def told(found):
            return receipt(year.spec, found, [], year.texts("aterkoppling"))[1].replace("\xa0", " ")

        found, back = round_of(small_workbook(rows))
        assert told(found).startswith(
            "Godkännandet den 15 februari 2021 gäller uppgifterna i filen."
        )
        found, _ = round_of(edited(back, {AMOUNT: 500}))
        assert told(found).startswith("Godkännandet den 15 februari 2021 gäller inte längre")

    def it_stands_in_the_status(self, round_of, rows, small_workbook, year):
        def told(found):
            counties = standings(merge(year, [found]), (), {}, {})
            book = openpyxl.load_workbook(io.BytesIO(write_status(year, counties, [])))
            lines = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
            heads = next(line for line in lines if "Godkännande" in line)
            own = next(line for line in lines if line[0] == "12")
            return str(own[heads.index("Godkännande")]).replace("\xa0", " ")

        found, back = round_of(small_workbook(rows))
        assert told(found) == "15 februari 2021"
        found, back = round_of(edited(back, {AMOUNT: 500}))
        assert told(found) == "Ändrad efter den 15 februari 2021"
        found, _ = round_of(answer(back, "Bengt Berg har godkänt beloppet samma dag."))
        assert told(found) == "Ändrad efter den 15 februari 2021, länet har svarat"

    def it_names_no_person(self, round_of, rows, small_workbook):
        _, back = round_of(small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(back))
        said = " ".join(str(cell.value) for row in book["Återkoppling"].iter_rows() for cell in row)
        assert "lr:godkand" in said and "Berg" not in said


def test_an_approval_is_known_in_every_example(year):
    """What comes back unchanged is never called changed, whatever stands in it."""
    for path in sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))[::7]:
        found = judge(path.read_bytes(), path.name, {2020: year})
        texts = year.texts("aterkoppling")
        back = mark_workbook(path.read_bytes(), found.findings, texts, supplement_of(found, ""))
        again = judge(back, path.name, {2020: year})
        assert again.submission.trail and void(again) == []
        day = again.submission.approved
        assert isinstance(day, date)
