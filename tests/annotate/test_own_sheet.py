"""A county's own sheet that is called Återkoppling: it is told as its own, and it is kept."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.conftest import said
from toolkit.annotate import mark_workbook

OURS, KEPT = "Återkoppling", "Återkoppling (er)"


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def own(rows, workbook, edited):
    """A first submission with such a sheet, and a formula about it."""

    def send(name=OURS):
        def write(book):
            book.create_sheet(name)["B2"] = "Kommunerna var nöjda."
            book[name]["B3"] = 12
            book["Mål"]["Q20"] = f"={name}!B3+1"

        return edited(workbook(rows), write)

    return send


def marked(data, found, year):
    texts = year.texts("aterkoppling")
    return openpyxl.load_workbook(io.BytesIO(mark_workbook(data, found.findings, texts)))


class DescribeAnOwnSheetOfOurName:
    def it_is_told_as_the_countys_own(self, own, look):
        found = look(own())
        (told,) = (one for one in found.findings if one.code == "BLAD-EGET")
        assert told.message == (
            "Bladet Återkoppling hör inte till mallen och har inte lästs. Ifyllda celler: 2. "
            "I filen ni får tillbaka heter det Återkoppling (er), eftersom vårt eget blad heter "
            "Återkoppling."
        )
        assert found.submission.trail is None

    @pytest.mark.parametrize("name", [OURS, "återkoppling"])
    def it_is_kept_under_another_name_with_all_that_is_about_it(self, own, look, year, name):
        data = own(name)
        book = marked(data, look(data), year)
        assert book.sheetnames[0] == OURS
        assert [cell.value for cell in book[KEPT]["B"][1:]] == ["Kommunerna var nöjda.", 12]
        assert book["Mål"]["Q20"].value == f"='{KEPT}'!B3+1"
        rows = book[OURS].iter_rows(min_row=7, values_only=True)
        (told,) = (row for row in rows if row[10] == "BLAD-EGET")
        assert told[3:5] == (KEPT, "B2")

    def it_is_an_own_sheet_as_any_when_that_copy_comes_back(self, own, look, year):
        data = own()
        texts = year.texts("aterkoppling")
        once = mark_workbook(data, look(data).findings, texts)
        again = look(once)
        assert ("BLAD-EGET", f"{KEPT}!B2") in said(again)
        assert again.submission.trail is not None
        assert mark_workbook(once, again.findings, texts) != data
        assert marked(once, again, year).sheetnames == marked(data, look(data), year).sheetnames
