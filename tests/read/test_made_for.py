"""A file whose hidden sheet is gone, as when its sheets are moved to another workbook, and that states another county
than the one whose municipalities are left in it: it is disputed, and takes nobody's place."""

from __future__ import annotations

import pytest

from tests.conftest import said
from toolkit.analysis.precedence import claimed_by, is_disputed

MALMO, HALMSTAD = "1280 – Malmö", "1380 – Halmstad"


def other_county(*, lists=True, told=None, hidden=False, stated="13 – Hallands län"):
    def change(book):
        if not hidden:
            del book["_lansrapport"]
        if not lists:
            del book["Kodlistor"]
        if told:
            book["Indikatorer"]["F6"], book["Indikatorer"]["G6"] = "K – Kommun", told
        book["Uppgifter"]["C5"] = stated

    return change


class DescribeAFileWithoutItsHiddenSheet:
    @pytest.mark.parametrize("county", ["12", "01", "25"])
    def it_is_disputed_where_its_list_is_another_countys(
        self, rows, small_workbook, look, edited, county
    ):
        found = look(edited(small_workbook(rows, county), other_county()))
        assert said(found)[0] == ("FIL-ANNAT-LAN", "Uppgifter!C5")
        assert is_disputed(found)
        assert claimed_by(found) == {"13", county}

    def it_is_disputed_where_its_rows_are_another_countys(self, rows, small_workbook, look, edited):
        found = look(edited(small_workbook(rows), other_county(lists=False, told=MALMO)))
        assert is_disputed(found)

    def it_is_disputed_where_rows_of_another_county_stand_in_the_countys_own_template(
        self, rows, small_workbook, look, edited
    ):
        found = look(edited(small_workbook(rows, "13"), other_county(told=MALMO)))
        assert is_disputed(found)

    @pytest.mark.parametrize(
        "change",
        [
            other_county(stated="12 – Skåne län"),
            other_county(stated="12 – Skåne län", told=MALMO),
            other_county(stated="12 – Skåne län", told=MALMO, lists=False),
            other_county(stated="12 – Skåne län", lists=False),
            other_county(lists=False),  # nothing is left that says whose it is
        ],
    )
    def it_is_not_where_nothing_is_of_another(self, rows, small_workbook, look, edited, change):
        assert not is_disputed(look(edited(small_workbook(rows), change)))

    def it_is_not_where_a_sheet_lists_the_municipalities_of_several(
        self, rows, small_workbook, look, edited
    ):
        def change(book):
            other_county(stated="12 – Skåne län")(book)
            book["Kodlistor"]["S5"] = HALMSTAD

        assert not is_disputed(look(edited(small_workbook(rows), change)))
