"""The workbook of `lansrapport diff`: a line for each change, and the sums to the öre."""

from __future__ import annotations

from decimal import Decimal

import openpyxl

from toolkit.cli.sayings import TEXTS
from toolkit.export.difference import write_difference
from toolkit.returns.difference import ADDED, CHANGED, Change, ReturnDifference, SumChange
from toolkit.words.cells import CellRef

FOUND = ReturnDifference(
    (
        Change(CHANGED, "Ekonomi", "E1", CellRef("Ekonomi", 6, 11), "Utfall", "10,50", "=1+1"),
        Change(ADDED, "Mål", "M2", CellRef("Mål", 7, 2)),
    ),
    (SumChange("Ekonomi", "Utfall", Decimal("10.50"), Decimal("9.25")),),
)


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


class DescribeTheWorkbook:
    def it_has_a_line_for_each_change_and_no_text_becomes_a_formula(self, tmp_path):
        book = openpyxl.load_workbook(
            write_difference(FOUND, TEXTS.part("skillnad"), tmp_path / "d.xlsx")
        )
        assert rows_of(book["Ändringar"]) == [
            ["Ändring", "Tabell", "Rad", "Cell", "Uppgift", "Före", "Efter"],
            ["Ändrad", "Ekonomi", "E1", "Ekonomi!K6", "Utfall", "10,50", "=1+1"],
            ["Ny rad", "Mål", "M2", "Mål!B7", "", "", ""],
        ]
        assert book["Ändringar"]["G5"].data_type == "s"

    def it_shows_sums_to_the_ore(self, tmp_path):
        book = openpyxl.load_workbook(
            write_difference(FOUND, TEXTS.part("skillnad"), tmp_path / "d.xlsx")
        )
        assert rows_of(book["Summor"])[1] == ["Ekonomi", "Utfall", 10.5, 9.25]
        assert book["Summor"]["C5"].number_format == "#,##0.00"
