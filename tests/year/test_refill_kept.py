"""What a fresh copy keeps: the question of the county, all rows, answers, and what is told of the rest."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from toolkit.annotate.page import Supplement, page_rows
from toolkit.returns.carried import carried_about
from toolkit.returns.carryover import Left
from toolkit.words.cells import CellRef


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def page(copy):
    return opened(copy.filled.workbook)["Återkoppling"]


class DescribeAnotherCountysTemplate:
    def it_is_asked_about_until_it_is_answered(self, fresh, rows, small_workbook, edited):
        def state(book):
            book["Uppgifter"]["C5"] = "01 – Stockholms län"

        _, copy, again = fresh(edited(small_workbook(rows), state))
        asked = [f for f in again.findings if f.code == "FIL-ANNAT-LAN"]
        assert [str(f.refs[0]) for f in asked] == ["Uppgifter!C5"]
        assert list(copy.placed) == list(again.findings)
        answered = opened(copy.filled.workbook)
        row = next(
            r for r in answered["Återkoppling"].iter_rows() if r[10].value == "FIL-ANNAT-LAN"
        )
        assert row[8].protection.locked  # an error is not explained away


class DescribeALongList:
    def it_has_room_in_the_copy(self, fresh, rows, small_workbook, edited, known):
        count = known[2020].spec.tables["mal"].capacity + 5

        def lengthen(book):
            for number in range(count):
                for column in range(2, 7):
                    book["Mål"].cell(6 + number, column).value = book["Mål"].cell(6, column).value
                book["Mål"].cell(6 + number, 2).value = f"M{number + 1}"

        first, copy, again = fresh(edited(small_workbook(rows), lengthen))
        assert len(first.submission.records("mal")) == count
        assert again.submission.tables["mal"].typed == first.submission.tables["mal"].typed
        assert copy.filled.left == ()


class DescribeAnAnswerAboutTheFileThatWasSent:
    def it_goes_along_to_the_next_copy(self, fresh, rows, small_workbook, edited):
        def add(book):
            book["Mål"]["B4"], book["Mål"]["D4"] = "M2", "2"
            book["Mål"]["E4"], book["Mål"]["F4"] = "Alla skolor ska ha en plan.", 2022

        _, copy, _ = fresh(edited(small_workbook(rows), add))
        (asked,) = [f for f in copy.carried if f.code == "RAD-EXEMPEL"]
        answered = opened(copy.filled.workbook)
        row = next(r for r in answered["Återkoppling"].iter_rows() if r[10].value == asked.code)
        assert carried_about(row[0].value)[1] == "mal"
        assert not row[8].protection.locked
        row[8].value = "Raden ska inte vara med."
        for _ in range(2):
            target = io.BytesIO()
            answered.save(target)
            _, copy, again = fresh(target.getvalue())
            assert [
                (one.code, one.message, one.explanation) for one in again.submission.carried
            ] == [(asked.code, asked.message, "Raden ska inte vara med.")]
            assert again.submission.carried[0] in again.findings
            answered = opened(copy.filled.workbook)


class DescribeAQuestionAboutSeveralCells:
    def it_keeps_all_of_them_over_the_rounds(self, fresh, rows, small_workbook, edited):
        rows["mal"] += [{**rows["mal"][0], "id": f"M{number}"} for number in (2, 3, 4)]

        def strike(book):
            for place in ("B7", "E7", "E8", "B9"):
                book["Mål"][place].font = Font(strike=True)

        _, copy, _ = fresh(edited(small_workbook(rows), strike))
        (asked,) = [f for f in copy.carried if f.code == "RAD-STRUKEN"]
        assert len(asked.refs) > 1
        keys = set()
        for _ in range(3):
            row = next(r for r in page(copy).iter_rows() if r[10].value == asked.code)
            keys.add(row[0].value.partition("#")[0])
            _, copy, again = fresh(copy.filled.workbook)
            (carried,) = again.submission.carried
            assert [ref.cell for ref in carried.refs] == [ref.cell for ref in asked.refs]
        assert len(keys) == 1


class DescribeTheVerdictOfACopy:
    def it_is_never_that_all_is_done_when_cells_of_the_template_are_lost(self, year):
        texts = year.texts("aterkoppling")
        for why, done in (("rad_dubbel", False), ("utanfor", True)):
            left = Left(CellRef("Mål", 6, 2), "M1", "Mål-id", why)
            rows = page_rows((), texts, Supplement("n", "Rätta", left=(left,)))
            said = {row.number: row.cells[0].text for row in rows if row.wide}
            assert (said[3] == texts("klar")) == done
            assert (said[4] == "") == done


class DescribeWhatACountyWroteElsewhere:
    def it_is_listed_cell_by_cell(self, fresh, rows, small_workbook, edited):
        def scribble(book):
            book["Läs mig"]["D5"], book["Kodlistor"]["AD3"] = "ett", "två"
            book["Kontroll"]["J3"], book["Kontroll"]["B2"] = "tre", "Kvar"
            book["Mål"]["G6"] = "x" * 100
            book.create_sheet("Eget")["C4"] = "=B3*2"
            book["Ekonomi"]["K6"] = "=1+1"

        _, copy, _ = fresh(edited(small_workbook(rows), scribble))
        left = {str(one.ref): one.value for one in copy.filled.left}
        assert left == {
            "Läs mig!D5": "ett", "Kodlistor!AD3": "två", "Kontroll!J3": "tre",
            "Mål!G6": "x" * 59 + "…", "Eget!C4": "=B3*2", "Ekonomi!K6": "=1+1",
        }  # fmt: skip

    def it_is_listed_of_the_feedback_too(self, fresh, rows, small_workbook, edited, year):
        def spoil(book):
            book["Mål"]["C6"] = "L9"

        _, copy, _ = fresh(edited(small_workbook(rows), spoil))

        def scribble(book):
            sheet = book["Återkoppling"]
            sheet["I7"], sheet["L7"], sheet["B60"] = "svar", "bredvid", "under"

        _, copy, _ = fresh(edited(copy.filled.workbook, scribble))
        left = {str(one.ref): one.value for one in copy.filled.left}
        assert left == {
            "Återkoppling!I7": "svar", "Återkoppling!L7": "bredvid", "Återkoppling!B60": "under",
        }  # fmt: skip


class DescribeANoteThatLibreOfficeHasSaved:
    def it_is_listed_without_where_its_box_stands(
        self, fresh, rows, small_workbook, edited, convert
    ):
        def note(book):
            book["Mål"]["E6"].comment = Comment("Stäm av med Malmö", "NN")

        data = convert(edited(small_workbook(rows), note), "a.xlsx", "xlsx")
        _, copy, _ = fresh(data)
        assert [(str(one.ref), one.value) for one in copy.filled.left] == [
            ("Mål!E6", "Stäm av med Malmö")
        ]


class DescribeAQuestionThatIsAnsweredByCorrecting:
    """A question about the file that was sent, whose cell the county corrects in the fresh copy."""

    @pytest.fixture
    def copy_of_thousands(self, fresh, rows, small_workbook, edited):
        def show_as_thousands(book):
            book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'

        _, copy, _ = fresh(edited(small_workbook(rows), show_as_thousands))
        assert [one.code for one in copy.carried] == ["FALT-CELLFORMAT"]
        return copy

    @pytest.mark.parametrize(
        ("change", "asked"),
        [
            ({}, ["FALT-CELLFORMAT"]),
            ({"K6": 84000}, []),
            ({"J6": 100}, ["FALT-CELLFORMAT"]),  # another cell
            ({"K6": None}, []),  # blank is asked about as a blank
        ],
    )
    def it_is_closed_when_nothing_of_it_stands_there(self, copy_of_thousands, fresh, change, asked):
        book = opened(copy_of_thousands.filled.workbook)
        for place, value in change.items():
            book["Ekonomi"][place].value = value
        target = io.BytesIO()
        book.save(target)
        _, _, again = fresh(target.getvalue())
        assert [one.code for one in again.submission.carried] == asked

    def it_stays_open_where_the_rows_have_been_sorted(self, copy_of_thousands, fresh):
        book = opened(copy_of_thousands.filled.workbook)
        sheet = book["Ekonomi"]
        for column in range(2, 17):
            sheet.cell(9, column).value = sheet.cell(6, column).value
            sheet.cell(6, column).value = None
        target = io.BytesIO()
        book.save(target)
        _, _, again = fresh(target.getvalue())
        assert [one.code for one in again.submission.carried] == ["FALT-CELLFORMAT"]
