"""Rows of the template itself that were deleted: the key row, the headings, or both. What the
county has written is read all the same, and nothing is said of cells that are another table's."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.read.small import FIRST, HEADINGS, KEYS, ROW, SPEC, located, purchases
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.locate import locate
from toolkit.read.rows import find_rows

TOTALS = [
    ["lr:totalt", "slag", "total"],
    ["", "Totalt"],
    ["", "Vad det blev"],
    ["", "Slag", "Total"],
    ["", "T – Tältduk", 1],
    ["", "B – Brokonsult", 2],
]
TOGETHER = [*purchases(ROW).rows, [], *TOTALS]
"""Two tables on a sheet: rows 1–6 and 8–13."""


def located_without(*lost):
    rows = [row for number, row in enumerate(TOGETHER, 1) if number not in lost]
    return locate(RawBook((RawSheet("Köp", rows),)), SPEC)


def records(place):
    """What stands first in each row that is read as one of the table's."""
    return [place.sheet.rows[number - 1][1] for number in find_rows(SPEC, place).records]


class DescribeTwoTablesOnASheet:
    @pytest.mark.parametrize(
        "lost", [(), (1,), (8,), (1, 8), (8, 9), (8, 9, 10), (1, 2, 3, 4), (2,), (9,), (5,), (11,), (5, 11)]
    )  # fmt: skip
    def it_reads_each_ones_own_rows_whatever_row_of_the_template_is_gone(self, lost):
        places = located_without(*lost)
        assert records(places["kop"]) == ["K1"]
        assert records(places["totalt"]) == ["T – Tältduk", "B – Brokonsult"]

    def it_leaves_the_title_of_the_next_table_alone(self):
        assert located_without(8)["kop"].last_row == 7


class DescribeHeadingsThatWereDeleted:
    def it_takes_the_row_above_the_first_answers(self):
        rows = purchases(ROW, ROW).rows
        del rows[4]
        place = located(RawSheet("Köp", rows))
        assert (place.header_row, find_rows(SPEC, place).records) == (4, [5, 6])

    def it_takes_it_also_when_the_example_went_along(self):
        rows = purchases(ROW, ROW).rows
        del rows[3:5]
        place = located(RawSheet("Köp", rows))
        assert (place.header_row, find_rows(SPEC, place).records) == (3, [4, 5])

    def it_reads_a_first_row_that_is_like_the_templates_example(self):
        rows = purchases(ROW, ROW).rows
        rows[3], like = ["Exempel", *ROW[1:]], ["", *ROW[1:]]
        rows[5] = like
        del rows[4]
        place = located(RawSheet("Köp", rows))
        assert find_rows(SPEC, place).records == [5, 6]
        assert find_rows(SPEC, place).headings == ()

    def it_takes_rewritten_headings_for_headings(self):
        other = ["", "Nr", "Sort", "Kr", "Skatt", "När", "Var", "Var annars", "Alltihop"]
        place = located(purchases(ROW, headings=other))
        assert (place.header_row, find_rows(SPEC, place).records) == (5, [FIRST])

    def it_takes_the_templates_place_where_nothing_is_written(self):
        assert located(RawSheet("Köp", [KEYS, ["", "Köp"], [], [], [], []])).header_row == 5


class DescribeATableOfWhichOnlyRowsAreLeft:
    """Keys, title and headings of the lower of two tables are gone."""

    @pytest.mark.parametrize(
        ("lost", "table"), [(range(14, 18), "huvudbok"), (range(25, 29), "sarredovisning")]
    )
    def it_gives_none_of_its_rows_to_the_one_above(self, look, edited, workbook, rows, lost, table):
        def delete(book):
            for number in reversed(lost):
                book["Avstämning"].delete_rows(number)

        found = look(edited(workbook(rows), delete))
        told = {(finding.code, finding.table) for finding in found.findings}
        rest = {one for one in told if one[0] != "RAD-DOLD"}
        assert rest == {("BLAD-SAKNAS", table), ("CELL-UTANFOR", None)}


class DescribeAColumnThatWasDraggedElsewhere:
    def dragged(self, heading="Belopp (kr) *"):
        sheet = purchases(ROW)
        for number in (4, 5):
            row = [*sheet.rows[number], *[""] * 5][:12]
            row[11], row[3] = row[3], ""
            sheet.rows[number] = row
        sheet.rows[4][11] = heading
        return sheet

    def it_is_found_by_its_heading_though_its_key_was_left_behind(self):
        place = located(self.dragged())
        assert place.places["belopp"] == (12,)
        assert place.unknown == ()

    def it_stays_where_its_key_is_when_only_something_like_it_stands_elsewhere(self):
        assert located(self.dragged("Belopp i fjol")).places["belopp"] == (4,)


class DescribeHeadingsThatStandUnderOthersKeys:
    def moved(self, order, headings=HEADINGS):
        """The table with the columns below its keys in another order (counted from 1, 0 is bare)."""
        rows = [*purchases(ROW, headings=headings).rows]
        for number in (4, 5):
            row = [*rows[number], *[""] * 5]
            rows[number] = ["", *(row[place - 1] if place else "" for place in order)]
        return located(RawSheet("Köp", rows))

    @pytest.mark.parametrize("by", range(1, 9))
    def it_reads_a_table_that_was_moved_with_its_headings_and_without_its_keys(self, by):
        place = self.moved([*[0] * by, *range(2, 10)])
        columns = [column for several in place.places.values() for column in several]
        assert columns == list(range(2 + by, 10 + by))
        assert place.unknown == ()

    @pytest.mark.parametrize("order", list(permutations(range(2, 6))))
    def it_reads_columns_that_changed_places(self, order):
        place = self.moved([*order, *range(6, 10)])
        for column, old in enumerate(order, 2):
            assert place.places[KEYS[old - 1]] == (column,)

    def it_has_no_column_for_a_heading_that_another_one_was_written_over(self):
        headings = ["", "Köp-id *", "Slag *", "Belopp (kr) *", "Belopp (kr) *", *HEADINGS[5:]]
        place = self.moved(range(2, 10), headings)
        assert (place.places["belopp"], place.places["moms"]) == ((4,), (5,))
        headings = ["", "Köp-id *", "Belopp (kr) *", "", *HEADINGS[4:]]
        place = self.moved([2, 3, 0, *range(5, 10)], headings)
        assert (place.places["slag"], place.places["belopp"]) == ((), (3,))
        headings = ["", "Köp-id *", "Slag *", "Annat", "Belopp (kr) *", *HEADINGS[5:]]
        place = self.moved(range(2, 10), headings)
        assert (place.places["belopp"], place.places["moms"]) == ((4,), (5,))
