"""Återkoppling in print: on one page as long as that can be read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from toolkit.annotate import mark_workbook
from toolkit.words.cells import CellRef


@pytest.fixture
def printed(year, small_workbook, rows):
    """How many pages down the sheet may take, by its number of questions; 0: any number."""

    def pages(count):
        found = [
            year.catalogue.finding(
                "EKON-MINUS",
                {"cell": f"K{row}", "spent": "−1 kr"},
                refs=(CellRef("Ekonomi", row, 11),),
            )
            for row in range(6, 6 + count)
        ]
        marked = mark_workbook(small_workbook(rows), found, year.texts("aterkoppling"))
        setup = openpyxl.load_workbook(io.BytesIO(marked))["Återkoppling"].page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        return setup.fitToHeight

    return pages


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (6, 1), (40, 0)])
def it_is_printed_on_one_page_where_that_can_be_read(printed, count, pages):
    assert printed(count) == pages
