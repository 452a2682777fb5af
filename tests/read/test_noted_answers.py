"""Answers that a county writes in notes: they are no answers, they are told, and what stands in a
cell's note stays there."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from toolkit.annotate import mark_workbook
from toolkit.annotate.marks import HEADLINE

SAID = "Eva: Ja, 84,5 kr stämmer"


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture
def marked(rows, workbook, look, texts):
    """A file in which a budget was exceeded, marked."""
    rows["ekonomi"][0]["budget"] = 40000
    data = workbook(rows)
    return mark_workbook(data, look(data).findings, texts)


def behind(book):
    note = book["Ekonomi"]["K6"].comment
    book["Ekonomi"]["K6"].comment = Comment(f"{note.text}\n{SAID}", "Eva")


def between(book):
    note = book["Ekonomi"]["K6"].comment
    book["Ekonomi"]["K6"].comment = Comment(f"Bo: se L9\n{note.text} {SAID}", "Eva")


def on_the_answer(book):
    book["Återkoppling"]["I7"].comment = Comment(SAID, "Eva")


def told(found):
    return [one.message for one in found.findings if one.code == "SVAR-OLAST"]


def note_in(data):
    return openpyxl.load_workbook(io.BytesIO(data))["Ekonomi"]["K6"].comment


class DescribeAnAnswerInANote:
    @pytest.mark.parametrize(
        ("write", "cell", "sheet"),
        [
            (behind, "K6", "Ekonomi"),
            (between, "K6", "Ekonomi"),
            (on_the_answer, "I7", "Återkoppling"),
        ],
    )
    def it_is_told_and_answers_nothing(self, marked, edited, look, write, cell, sheet):
        found = look(edited(marked, write))
        assert told(found) == [
            f"I cellen {cell} på bladet {sheet} har ni skrivit ”{SAID}”. "
            "Det står i en kommentar, och kommentarer läses inte som svar."
        ]
        (asked,) = (one for one in found.findings if one.code == "EKON-BUDGET")
        assert not asked.closed

    def it_says_nothing_of_our_own_notes(self, marked, look):
        assert told(look(marked)) == []

    @pytest.mark.parametrize(("write", "own"), [(behind, SAID), (between, f"Bo: se L9\n {SAID}")])
    def it_stays_in_the_copy_that_goes_back_above_ours(
        self, marked, edited, look, texts, write, own
    ):
        sent = edited(marked, write)
        again = mark_workbook(sent, look(sent).findings, texts)
        assert note_in(again).text.startswith(f"{own}\n\n{HEADLINE}\n")
        assert note_in(again).text.count(HEADLINE) == 1
        assert told(look(again)) == []
        assert note_in(mark_workbook(again, [], texts)).text == own

    def it_is_quoted_where_its_sheet_is_made_anew(self, marked, edited, look, texts):
        sent = edited(marked, on_the_answer)
        again = mark_workbook(sent, look(sent).findings, texts)
        cells = openpyxl.load_workbook(io.BytesIO(again))["Återkoppling"]["F"]
        assert any(SAID in str(cell.value) for cell in cells)


class DescribeAnAnswerThatIsATickedBox:
    def it_is_told_as_excel_shows_it(self, marked, edited, look):
        found = look(edited(marked, lambda book: book["Återkoppling"].__setitem__("J7", True)))
        assert told(found) == [
            "I cellen J7 på bladet Återkoppling har ni skrivit ”SANT”. "
            "Det hör inte till någon fråga och har inte lästs som ett svar."
        ]
