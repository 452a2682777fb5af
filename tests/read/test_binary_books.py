"""An xlsb in which not every sheet is a worksheet: Excel's own kinds stand beside the return, and nothing of it is lost."""

from __future__ import annotations

import pytest

from tests.conftest import CLEAN
from tests.read.binary_books import (
    binary_book,
    chart_sheet,
    dialog_sheet,
    macro_sheet,
    module_sheet,
    sheets_of,
)
from toolkit.files.zip import read_package
from toolkit.read import read_raw
from toolkit.read.formats.xlsb_sheets import book_of_worksheets

OTHERS = {
    "chart": [chart_sheet("Diagram1")],
    "dialog": [dialog_sheet("Dialog1")],
    "macro": [macro_sheet("Makro1")],
    "international macro": [macro_sheet("Makro1", international=True)],
    "module": [module_sheet("Modul1")],
    "all": [
        chart_sheet("Diagram1"),
        macro_sheet("Makro1"),
        macro_sheet("Makro2", international=True),
        dialog_sheet("Dialog1"),
        module_sheet("Modul1"),
    ],
}


@pytest.fixture(scope="module")
def own(small_workbook):
    return sheets_of(small_workbook(CLEAN))


class DescribeSheetsThatAreNoWorksheets:
    @pytest.mark.parametrize("place", [0, 3, 99])
    @pytest.mark.parametrize("others", OTHERS)
    def it_reads_the_worksheets_as_if_they_were_not_there(self, own, others, place):
        alone = read_raw(binary_book(own))
        beside = read_raw(binary_book([*own[:place], *OTHERS[others], *own[place:]]))
        assert [one.name for one in alone.sheets] == [one.name for one in own]
        assert beside.sheets == alone.sheets
        assert beside.second == alone.second

    def it_tells_of_the_return_as_without_them(self, own, look):
        alone, beside = (
            look(binary_book(sheets), "12.xlsb") for sheets in (own, [*OTHERS["all"], *own])
        )
        assert beside.findings == alone.findings
        assert beside.submission.tables == alone.submission.tables
        assert len(beside.submission.records("ekonomi")) == len(CLEAN["ekonomi"])

    def it_passes_over_none_that_leads_nowhere(self, own):
        """Its file is damaged, and is told to be: no sheet is missed in silence."""
        parts = read_package(binary_book([chart_sheet("Diagram1"), *own]))
        links = "xl/_rels/workbook.bin.rels"
        parts[links] = parts[links].replace(b'Id="rId3"', b'Id="rId333"')
        kept = book_of_worksheets(parts)
        assert "Diagram1".encode("utf-16-le") not in kept
        assert all(one.name.encode("utf-16-le") in kept for one in own)
