"""Rows with next to nothing in them stand in a fresh copy as the county wrote them, and say there what they said."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from toolkit.checks.file import judge


@pytest.fixture
def written(fresh, rows, small_workbook, edited):
    """The same of a clean workbook with some cells written anew."""

    def make(cells):
        def write(book):
            for sheet, cell, value in cells:
                book[sheet][cell] = value

        return fresh(edited(small_workbook(rows), write))

    return make


def stumps(found):
    return sorted(str(ref) for one in found.findings if one.code == "RAD-STUMP" for ref in one.refs)


def opened(copy):
    return openpyxl.load_workbook(io.BytesIO(copy.filled.workbook))


CELLS = [
    ("Ekonomi", "B9", "E4"), ("Ekonomi", "K12", 50000), ("Indikatorer", "J12", 33),
    ("Avstämning", "J8", 777), ("Avstämning", "B10", "lösryckt"),
]  # fmt: skip
WHERE = ["Avstämning!B10", "Avstämning!J8", "Ekonomi!B9", "Ekonomi!K12", "Indikatorer!J12"]


class DescribeARowWithNextToNothing:
    def it_is_an_error_in_every_round(self, written):
        first, copy, again = written(CELLS)
        assert stumps(first) == stumps(again) == WHERE
        assert [one.message for one in copy.placed] == [one.message for one in first.findings]
        assert copy.carried == copy.filled.left == ()
        assert list(again.findings) == list(copy.placed)

    @pytest.mark.parametrize("ending", ["xls", "xlsb"])
    def it_is_so_in_the_old_formats(self, fresh, rows, small_workbook, saved_by_sheetjs, ending):
        _, copy, again = fresh(saved_by_sheetjs(small_workbook(rows), ending, CELLS))
        assert stumps(again) == WHERE
        assert copy.carried == copy.filled.left == ()

    def it_stands_in_its_cell_as_it_was_written(self, written):
        _, copy, _ = written(CELLS)
        book = opened(copy)
        values = [book[sheet][cell].value for sheet, cell, _ in CELLS]
        assert values == [value for *_, value in CELLS]
        assert book["Ekonomi"]["B6"].value == "E1"

    def it_keeps_days_codes_and_error_values(self, written):
        cells = [
            ("Aktiviteter", "U9", date(2020, 5, 4)),
            ("Aktiviteter", "L9", "POL – Polismyndigheten"),
            ("Indikatorer", "J8", "#N/A"),
        ]
        first, copy, again = written(cells)
        assert stumps(first) == stumps(again) == ["Aktiviteter!L9", "Indikatorer!J8"]
        book = opened(copy)
        assert book["Aktiviteter"]["U9"].value == datetime(2020, 5, 4)
        assert book["Aktiviteter"]["L9"].value == "POL – Polismyndigheten"
        assert book["Indikatorer"]["J8"].value == "=#N/A"

    def it_stays_between_the_rows_between_which_it_stood(self, written, rows):
        rows["ekonomi"] += [{**rows["ekonomi"][0], "id": f"E{number}"} for number in (2, 3)]
        blank = [("Ekonomi", f"{letter}7", None) for letter in "CDEFGHIJKLMNOP"]
        first, copy, again = written(blank)
        assert stumps(first) == stumps(again) == ["Ekonomi!B7"]
        ids = [opened(copy)["Ekonomi"][f"B{row}"].value for row in (6, 7, 8)]
        assert ids == ["E1", "E2", "E3"]

    def it_lists_a_cell_beside_the_table_as_before(self, written):
        _, copy, again = written([("Ekonomi", "K12", 5), ("Ekonomi", "Q12", "eget")])
        assert stumps(again) == ["Ekonomi!K12"]
        assert [str(one.ref) for one in copy.filled.left] == ["Ekonomi!Q12"]

    def it_stands_next_to_the_others_from_far_below(self, written):
        first, _, again = written([("Ekonomi", "K2000", 5)])
        assert stumps(first) == ["Ekonomi!K2000"]
        assert stumps(again) == ["Ekonomi!K7"]


class DescribeATableOfNothingElse:
    def it_keeps_them_too(self, written, rows):
        rows["indikatorer"] = []
        first, _, again = written([("Indikatorer", "J7", 33), ("Indikatorer", "B9", "I9")])
        assert stumps(first) == ["Indikatorer!B9", "Indikatorer!J7"]
        assert len(stumps(again)) == 2


class DescribeRowsBelowHeadingsInAnotherOrder:
    """They are not in the copy, where they would say what nobody wrote."""

    CELLS = (
        ("Mål", "B9", "Mål-id *"), ("Mål", "C9", "Målår *"), ("Mål", "D9", "Målsättning *"),
        ("Mål", "E9", "Målformulering *"), ("Mål", "F9", "Lägesbild-id *"), ("Mål", "B10", "M2"),
        ("Mål", "C10", 2021), ("Mål", "D10", "4 – Förbättrad kunskap och metodutveckling"),
        ("Mål", "E10", "Alla kommuner i länet ska ha en rutin före målåret."), ("Mål", "F10", "L1"),
    )  # fmt: skip

    def it_keeps_the_table_out_until_it_is_answered(self, written, edited, known):
        first, copy, again = written(self.CELLS)
        for found in (first, again):
            (told,) = [one for one in found.findings if one.code == "RAD-ORDNING"]
            assert (told.table, told.keeps_out) == ("mal", True)
        assert {str(one.ref) for one in copy.filled.left} >= {"Mål!B10", "Mål!F10"}

        def answer(book):
            for row in book["Återkoppling"].iter_rows(min_row=7):
                if row[10].value == "RAD-ORDNING":
                    row[8].value = "Vi har skrivit in raderna."

        closed = judge(edited(copy.filled.workbook, answer), "fil", known)
        (told,) = [one for one in closed.findings if one.code == "RAD-ORDNING"]
        assert (told.explanation, told.keeps_out) == ("Vi har skrivit in raderna.", False)
