"""Signs that nobody sees, wherever they stand: in keys, headings, labels and sheet names too."""

from __future__ import annotations

import io
import unicodedata

import openpyxl
import pytest

from tests.conftest import CLEAN, said
from tests.year.test_given_answers import ANSWER, questions
from toolkit.annotate import mark_workbook

UNSEEN = ("\u00ad", "\u200b", "\u200e", "\ufeff", "\u2060")


def texts_in(book):
    """The cells with a text in them, but for formulas."""
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            yield from (
                cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] != "="
            )


def with_signs(sign):
    """A sign after the first letter of every text, and in every sheet's name."""

    def change(book):
        for cell in texts_in(book):
            cell.value = cell.value[:1] + sign + cell.value[1:]
        for sheet in book.worksheets[:-1]:
            sheet.title = sheet.title[:2] + sign + sheet.title[2:]

    return change


def taken_apart(book):
    """Every å, ä and ö as two signs."""
    for cell in texts_in(book):
        cell.value = unicodedata.normalize("NFD", cell.value)
    for sheet in book.worksheets:
        sheet.title = unicodedata.normalize("NFD", sheet.title)


class DescribeSignsThatNobodySees:
    @pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
    def it_reads_a_workbook_that_is_full_of_them(self, small_workbook, look, edited, sign):
        found = look(edited(small_workbook(CLEAN), with_signs(sign)))
        assert said(found) == []
        assert found.submission.tables["ekonomi"].record(0).text("id") == "E1"

    def it_reads_letters_that_were_taken_apart(self, small_workbook, look, edited):
        assert said(look(edited(small_workbook(CLEAN), taken_apart))) == []

    @pytest.mark.parametrize("change", [*map(with_signs, UNSEEN), taken_apart])
    def it_finds_an_answer_among_them(self, rows, small_workbook, look, edited, year, change):
        rows["ekonomi"][0]["budget"] = 10
        data = small_workbook(rows)
        first = look(data)
        assert [one.code for one in first.findings] == ["EKON-BUDGET"]

        def answer(book):
            (row,) = questions(book["Återkoppling"])
            book["Återkoppling"].cell(row, ANSWER).value = "Priset blev högre."
            change(book)

        marked = mark_workbook(data, first.findings, year.texts("aterkoppling"))
        found = look(edited(marked, answer))
        assert [(one.code, one.closed) for one in found.findings] == [("EKON-BUDGET", True)]


def test_no_sheet_of_ones_own_is_made_of_the_templates(small_workbook, look, edited):
    """A renamed list of codes in other letters is still the template's."""

    def rename(book):
        book["Kodlistor"].title = "KODLISTOR\u200b"
        book["Läs mig"].title = "läs\u00a0mig"

    data = edited(small_workbook(CLEAN), rename)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[-2] == "KODLISTOR\u200b"
    assert said(look(data)) == []
