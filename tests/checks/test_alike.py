"""One cause, one finding: every cell of it is marked, and what is different is still told apart."""

from __future__ import annotations

import io
from copy import deepcopy

import openpyxl
import pytest

from tests.conftest import said
from toolkit.annotate import mark_workbook
from toolkit.findings.feedback import write_letter

FIRST, COUNT = 7, 12  # the clean row of Ekonomi stands in row 6


def spoiled(values, column="H"):
    """Further spend lines, each with a value of the list in one column."""

    def change(book):
        for number, value in enumerate(values):
            book["Ekonomi"][f"{column}{FIRST + number}"] = value

    return change


@pytest.fixture
def many(rows, workbook):
    for number in range(2, COUNT + 2):
        row = deepcopy(rows["ekonomi"][0]) | {"id": f"E{number}", "utfall": 0, "budget": None}
        rows["ekonomi"].append(row)
    return workbook(rows)


class DescribeOneValueInManyCells:
    def it_is_told_once_with_all_its_cells(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner"] * COUNT)))
        assert said(found) == [("FALT-KODLISTA", f"Ekonomi!H{FIRST}:H{FIRST + COUNT - 1}")]
        assert found.findings[0].message.endswith(f"Så är det i {COUNT} celler i kolumnen.")

    def it_marks_every_one_of_them(self, many, look, edited, year):
        data = edited(many, spoiled(["Löner"] * COUNT))
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        sheet = openpyxl.load_workbook(io.BytesIO(marked))["Ekonomi"]
        notes = [sheet[f"H{row}"].comment for row in range(FIRST, FIRST + COUNT)]
        assert all("Löner" in note.text for note in notes)

    def it_says_of_two_cells_one_by_one(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner"] * 2)))
        assert [cell for _, cell in said(found)] == ["Ekonomi!H7", "Ekonomi!H8"]


class DescribeSeveralValuesInAColumn:
    def it_tells_each_of_a_few_by_itself(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner", "Telefoni"] * 6)))
        assert [finding.message.split("”")[1] for finding in found.findings] == [
            "Löner",
            "Telefoni",
        ]
        assert sum(len(finding.refs) for finding in found.findings) == COUNT

    def it_tells_many_once_and_says_that_they_differ(self, many, look, edited):
        found = look(edited(many, spoiled([f"Slag {number}" for number in range(COUNT)])))
        assert said(found) == [("FALT-KODLISTA", f"Ekonomi!H{FIRST}:H{FIRST + COUNT - 1}")]
        assert "med olika värden, i 12 celler" in found.findings[0].message

    def it_suggests_nothing_that_fits_only_one_of_them(self, many, look, edited):
        found = look(edited(many, spoiled([f"Person{'a' * n}l" for n in range(COUNT)])))
        assert [finding.suggestion for finding in found.findings] == [None]


class DescribeTheLetter:
    def it_is_short_whatever_the_rows_are(self, many, look, edited, year):
        found = look(edited(many, spoiled(["Löner"] * COUNT)))
        letter = write_letter(
            found.findings, year.texts("aterkoppling"), "Skåne", "a.xlsx", "b.xlsx"
        )
        assert letter.count("Löner") == 1
