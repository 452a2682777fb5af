"""Rows of a list can be deleted and pasted whole: Excel does neither where a cell of them is locked."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.conftest import CLEAN, said

LISTS = ("Lägesbild", "Mål", "Aktiviteter", "Indikatorer", "Ekonomi")
LAST = 16_384  # XFD


@pytest.fixture(scope="module")
def book(small_workbook):
    return openpyxl.load_workbook(io.BytesIO(small_workbook(CLEAN)))


def locked_columns(sheet):
    """The columns whose empty cells are locked: those that no width is set for, and those set to be so."""
    free: set[int] = set()
    for column in sheet.column_dimensions.values():
        if not column.protection.locked:
            free.update(range(column.min, column.max + 1))
    return set(range(1, LAST + 1)) - free


class DescribeAListsRows:
    @pytest.mark.parametrize("name", LISTS)
    def it_has_no_locked_cell(self, book, name):
        sheet = book[name]
        assert locked_columns(sheet) == set()
        rows = sheet.iter_rows(min_row=6, max_row=sheet.max_row)
        assert [cell.coordinate for cells in rows for cell in cells if cell.protection.locked] == []

    @pytest.mark.parametrize("name", LISTS)
    def it_may_be_deleted_and_put_in_and_its_headings_are_locked(self, book, name):
        rights = book[name].protection
        assert (rights.sheet, rights.deleteRows, rights.insertRows) == (True, False, False)
        assert all(cell.protection.locked for cell in book[name][5] if cell.value)
        assert all(cell.protection.locked for cell in book[name][1] if cell.value)

    def it_keeps_what_is_counted_locked_where_several_tables_stand(self, book):
        assert book["Avstämning"]["D18"].protection.locked
        assert book["Avstämning"]["B18"].protection.locked

    def it_tells_of_words_where_the_state_of_a_row_stands(self, small_workbook, look, edited):
        found = look(
            edited(small_workbook(CLEAN), lambda book: book["Ekonomi"].__setitem__("A6", "Klart?"))
        )
        assert said(found) == [("CELL-UTANFOR", "Ekonomi!A6")]
