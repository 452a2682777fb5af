"""One stray sign far away never refuses a file: what is empty is passed over, what is not is told with its cell."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.conftest import said
from toolkit.annotate import mark_workbook


def put(**cells):
    def change(book):
        for place, value in cells.items():
            book["Ekonomi"][place] = value

    return change


class DescribeACellFarAway:
    @pytest.mark.parametrize("place", ["C1048576", "XFD6", "XFD1048576", "B900000"])
    def it_is_told_with_its_cell_and_the_file_is_read(self, rows, workbook, look, edited, place):
        found = look(edited(workbook(rows), put(**{place: "x"})))
        assert said(found) == [("CELL-LANGT-BORT", f"Ekonomi!{place}")]
        assert len(found.submission.records("ekonomi")) == 1

    @pytest.mark.parametrize("value", [" ", "\u00a0", ""])
    def it_is_passed_over_when_nothing_can_be_seen_in_it(self, rows, workbook, look, edited, value):
        assert said(look(edited(workbook(rows), put(C1048576=value, XFD3=value)))) == []

    def it_is_told_once_for_a_sheet(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), put(C1048576="x", D1048570=5)))
        assert said(found) == [("CELL-LANGT-BORT", "Ekonomi!C1048576, D1048570")]

    def it_is_marked_where_it_stands(self, rows, workbook, look, edited, year):
        data = edited(workbook(rows), put(C1048576="x"))
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        cell = openpyxl.load_workbook(io.BytesIO(marked))["Ekonomi"]["C1048576"]
        assert (cell.value, "C1048576" in cell.comment.text) == ("x", True)

    def it_is_no_slip_when_there_are_many(self, rows, workbook, look, edited):
        cells = {f"{column}{row}": 1 for column in "BCD" for row in range(1_048_500, 1_048_540)}
        assert said(look(edited(workbook(rows), put(**cells)))) == [("FIL-FARLIG", None)]
