"""Blocks that were pasted one or two columns beside their place. No workbook is opened."""

from __future__ import annotations

import pytest

from tests.read.small import HEADINGS, ROW, SPEC, located, purchases, rows, seen
from toolkit.read.formats.second_view import SecondView
from toolkit.read.formats.shape import Shape
from toolkit.read.remarks import Concern
from toolkit.read.shift_evidence import ShiftGrid, blocks
from toolkit.read.table import read_table
from toolkit.returns.submission import Missing


def shifted(all_rows, step, lines=None, first=1):
    """The rows with those of some lines moved from a column on (counted from 0)."""
    moved = []
    for line, row in enumerate(all_rows):
        if lines is not None and line not in lines:
            moved.append(row)
        elif step > 0:
            moved.append([*row[:first], *[""] * step, *row[first:]])
        else:
            moved.append([*row[: first + step], *row[first:]])
    return moved


def read(all_rows, headings=HEADINGS, second=None):
    return read_table(
        SPEC, located(purchases(*all_rows, headings=headings)), second or SecondView()
    )


def told(table):
    return [remark for remark in table.remarks if remark.code == "KOL-FORSKJUTEN"]


class DescribeAShiftedBlock:
    @pytest.mark.parametrize("step", [1, 2])
    def it_is_found_from_the_column_that_it_left_empty(self, step):
        (remark,) = told(read(shifted(rows(6), step, range(2, 6), first=2)))
        assert (remark.refs[0].cell, remark.refs[-1].cell) == ("C8", "I11")
        assert (remark.field, remark.parameters["home"]) == ("slag", "Slag")

    def it_says_how_the_cells_are_to_be_moved_back(self):
        (remark,) = told(read(shifted(rows(5), 1, range(1, 5), first=2)))
        suggestion = remark.suggestion
        assert suggestion.key == "flytta"
        assert (suggestion.values["cells"], suggestion.values["to"]) == ("D7:J10", "C7")
        assert suggestion.values["direction"].key == "vanster"

    def it_is_understood_as_nothing_and_kept_as_it_was_written(self):
        data = read(shifted(rows(5), 1, range(1, 5), first=2)).data
        assert [record.get("slag") for record in data.records][:2] == ["T", Missing.UNREADABLE]
        assert data.records[1].value("belopp").raw == "T"
        assert [record.get("id") for record in data.records] == ["K1", "K2", "K3", "K4", "K5"]

    def it_replaces_what_was_told_of_its_cells_and_of_headings_pasted_along(self):
        headings = [*HEADINGS, "Summa"]
        (remark,) = told(read(shifted(rows(4), 1, first=2), headings))
        assert remark.replaces >= set(remark.refs)
        assert {ref.cell for ref in remark.replaces - set(remark.refs)} == {"J5"}

    def it_is_not_said_of_fewer_rows_than_the_spec_wants(self):
        assert told(read(shifted(rows(6), 1, range(2), first=2))) == []

    def it_is_not_looked_for_where_nothing_is_wrong(self):
        table = read(rows(6), second=seen("Köp", Shape(rows=frozenset({7}))))
        assert {remark.concern for remark in table.remarks} == {Concern.ROW, Concern.WRITING}

    def it_is_not_said_of_rows_that_are_wrong_in_another_way(self):
        assert told(read([[*ROW[:2], "?", "?", "?", "?", "?", "?", ""]] * 5)) == []


class DescribeTheEvidence:
    """A grid of marks: 1 fits beside alone, -1 does not fit beside, 0 tells nothing."""

    def found(self, *marks, step=1):
        fields = SPEC.tables["kop"].fields[:4]
        columns = [2, 3, 4, 5]
        values = [["x"] * len(marks[0])] * 4
        return [
            (shift.lines, shift.columns)
            for shift in blocks(ShiftGrid(SPEC.limits, step, columns, fields, values, marks))
        ]

    def it_is_enough_with_three_rows_and_three_columns(self):
        ones = [1, 1, 1]
        assert self.found([0, 0, 0], ones, ones, ones) == [(range(0, 3), range(3, 6))]

    def it_is_not_enough_with_two_rows_or_two_columns(self):
        assert self.found([0, 0], [1, 1], [1, 1], [1, 1]) == []
        assert self.found([0] * 3, [0] * 3, [1] * 3, [1] * 3) == []

    def it_reaches_over_rows_that_say_nothing_to_the_last_that_speaks_for_it(self):
        line = [0, 1, 1, 0, 1, 0, 0]
        assert self.found([0] * 7, line, line, line) == [(range(1, 5), range(3, 6))]

    def it_ends_at_a_row_that_speaks_against_it(self):
        line = [1, 1, 1, -1, 1, 1, 1]
        assert [lines for lines, _ in self.found([0] * 7, line, line, line)] == [
            range(0, 3),
            range(4, 7),
        ]

    def it_is_none_with_too_much_against_it(self):
        assert self.found([0] * 4, [1, -1, 1, -1], [1] * 4, [1, 1, -1, 1]) == []
