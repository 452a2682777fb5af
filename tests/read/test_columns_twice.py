"""Columns that were copied with their hidden keys, several choices of which one is gone, and tables
that were put side by side."""

from __future__ import annotations

import pytest

from tests.read.small import HEADINGS, KEYS, ROW, SPEC, located, purchases, said
from tests.read.test_lost_rows_of_a_table import TOTALS
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.locate import locate
from toolkit.read.rows import find_rows
from toolkit.read.structure import remarks_on_columns

AMOUNT = 4
OTHER = "belopp"


def full_rows():
    """The sheet's rows, all as wide as the widest."""
    return [[*row, *[""] * (len(KEYS) - len(row))] for row in purchases(ROW).rows]


def with_copy(at, value=None, *, key=True):
    """The sheet with a copy of the column of amounts put in at a column (from 1), which says
    something else where a value is given."""
    rows = []
    for number, row in enumerate(full_rows(), 1):
        copied = row[AMOUNT - 1] if key or number > 1 else ""
        if number == 6 and value is not None:
            copied = value
        rows.append([*row[: at - 1], copied, *row[at - 1 :]])
    return RawSheet("Köp", rows)


class DescribeAColumnThatStandsTwice:
    @pytest.mark.parametrize("key", [True, False])
    @pytest.mark.parametrize("at", [2, 3, 6, 8, 10])
    def it_is_read_where_it_stands_between_its_neighbours(self, at, key):
        place = located(with_copy(at, 999, key=key))
        assert place.places[OTHER] == (AMOUNT + (at <= AMOUNT),)

    def it_is_asked_about_where_the_two_differ(self):
        place = located(with_copy(10, 999))
        [remark] = remarks_on_columns(place)
        assert said([remark]) == [("KOL-KOPIA", "J6")]
        assert (remark.parameters["read"], remark.parameters["copy"]) == ("D", "J")

    @pytest.mark.parametrize("value", [None, 100])
    def it_is_an_extra_column_where_they_say_the_same(self, value):
        assert said(list(remarks_on_columns(located(with_copy(10, value))))) == [
            ("KOL-EXTRA", "J5")
        ]

    def it_is_passed_over_where_it_holds_nothing(self):
        assert said(list(remarks_on_columns(located(with_copy(10, ""))))) == []

    def it_is_the_one_with_answers_where_the_other_was_emptied(self):
        sheet = with_copy(10)
        sheet.rows[5][AMOUNT - 1] = ""
        place = located(sheet)
        assert place.places[OTHER] == (10,)
        assert said(list(remarks_on_columns(place))) == []


class DescribeAChoiceWhoseColumnIsGone:
    def without(self, *columns):
        rows = []
        for row in full_rows():
            rows.append([value for place, value in enumerate(row, 1) if place not in columns])
        return located(RawSheet("Köp", rows))

    def it_is_told_as_a_column_that_must_be_there_when_it_is_the_first(self):
        [remark] = remarks_on_columns(self.without(7))
        assert (remark.code, remark.parameters["label"]) == ("KOL-SAKNAS", "Plats 1")

    def it_is_told_as_one_that_may_be_gone_when_it_is_another(self):
        [remark] = remarks_on_columns(self.without(8))
        assert (remark.code, remark.parameters["label"]) == ("KOL-SAKNAS-FRIVILLIG", "Plats 2")

    def it_is_told_once_when_both_are(self):
        [remark] = remarks_on_columns(self.without(7, 8))
        assert (remark.code, remark.parameters["label"]) == ("KOL-SAKNAS", "Plats")

    def it_is_never_taken_for_the_other_by_likeness(self):
        sheet = purchases(ROW)
        sheet.rows[0] = []
        sheet.rows[4] = [heading for heading in HEADINGS if heading != "Plats 1 *"]
        sheet.rows[5] = [value for place, value in enumerate(ROW) if place != 6]
        place = located(sheet)
        assert (place.places["plats"], place.lost) == ((7,), (("plats", "Plats 1"),))


class DescribeTablesSideBySide:
    def places(self, gap, *, swapped=False):
        left, right = purchases(ROW).rows, [TOTALS[0], [], *TOTALS[1:]]
        if swapped:
            left, right = right, left
        width = max(map(len, left)) + gap
        rows = []
        for number in range(max(len(left), len(right))):
            own = [*left[number]] if number < len(left) else []
            other = [*right[number]] if number < len(right) else []
            rows.append([*own, *[""] * (width - len(own)), *other])
        return locate(RawBook((RawSheet("Köp", rows),)), SPEC)

    @pytest.mark.parametrize("gap", [0, 1, 5])
    @pytest.mark.parametrize("swapped", [False, True])
    def it_reads_each_by_its_own_keys(self, gap, swapped):
        found = self.places(gap, swapped=swapped)
        for name, ids in (("kop", ["K1"]), ("totalt", ["T – Tältduk", "B – Brokonsult"])):
            place = found[name]
            first = place.places[place.table.fields[0].id][0]
            rows = find_rows(SPEC, place)
            assert [place.sheet.at(row, first) for row in rows.records] == ids
            assert (rows.examples, rows.stumps, place.unknown, place.guessed) == ((), (), (), ())

    def it_reads_both_where_a_key_of_one_is_a_key_of_the_other(self):
        found = self.places(1)
        assert found["kop"].places["slag"] == (3,)
        assert found["totalt"].places["slag"] == (12,)


class DescribeAHeadingInTwoRows:
    def it_is_no_row_of_the_table(self):
        headings = [*HEADINGS[:3], "Belopp", *HEADINGS[4:]]
        sheet = purchases(["", "", "", "(kr)"], ROW, headings=headings)
        assert find_rows(SPEC, located(sheet)).records == [7]
        assert find_rows(SPEC, located(sheet)).stumps == ()
