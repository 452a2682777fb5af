"""Which rows are records, and what stands among them. No workbook is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.read.small import FIRST, HEADINGS, ROW, SPEC, located, purchases, rows, said
from toolkit.read.formats.raw import RawSheet
from toolkit.read.formats.shape import MergedBlock, Shape
from toolkit.read.rows import find_rows
from toolkit.read.structure import remarks_on_shape
from toolkit.read.table import fixed_rows, read_rows


def found(*more, sheet=None):
    return find_rows(SPEC, located(sheet or purchases(*more)))


class DescribeTheRecords:
    def it_is_every_row_with_something_in_it_but_spaces(self):
        assert found(ROW, [], ["", " ", "\u00a0"], ROW).records == [6, 9]

    def it_is_also_a_row_whose_only_values_are_errors(self):
        sheet = replace(
            purchases(ROW, []), errors={(7, 4): "#REF!"}, uncalculated=frozenset({(7, 2), (7, 3)})
        )
        assert found(sheet=sheet).records == [6, 7]

    def it_is_none_of_what_stands_beside_the_table(self):
        assert found(ROW, [*[""] * 12, "Kom ihåg kvittona"]).records == [6]

    def it_is_not_the_example(self):
        sheet = purchases(["Exempel", *ROW[1:]], ROW)
        assert found(sheet=sheet).records == [7]

    @pytest.mark.parametrize("at", [0, 1, 2])
    def it_is_not_the_example_that_was_sorted_away_from_its_mark(self, at):
        rows = [["", "K2", "B", 50], ["", "K3", "B", 60]]
        rows.insert(at, ["", "K1", "T", 10, 2, "2020-01-31"])
        sheet = purchases(*rows)
        sheet.rows[3], sheet.rows[4] = ["Exempel", *HEADINGS[1:]], ["", "K4", "B", 70]
        read = found(sheet=sheet)
        assert read.records == [5, *sorted({6, 7, 8} - {6 + at})]
        assert (read.examples, read.headings, read.above) == ((), (), ())

    def it_is_a_row_that_says_the_same_as_the_example_in_its_place(self):
        sheet = purchases(["", "K1", "T", 10, 2, "2020-01-31"], ["", "K2", "B", 50])
        sheet.rows[3] = ["Exempel", "K1", "T", 10, 2, "2020-01-31"]
        assert found(sheet=sheet).records == [6, 7]

    def it_is_a_row_that_shares_something_with_the_example(self):
        assert found(["", "K1", "T", 10, 2, "2020-02-01"], ["", "K1", "T"]).records == [6, 7]

    def it_is_of_a_fixed_table_each_row_that_names_a_code(self):
        sheet = RawSheet("Totalt", [["lr:totalt", "slag", "total"], [], [], ["", "Slag", "Total"],
                                    ["", "T", 1], ["", "", 2], ["", "B", ""]])  # fmt: skip
        assert find_rows(SPEC, located(sheet, "totalt")).records == [5, 7]


class DescribeWhatStandsAmongThem:
    def it_is_headings_that_were_pasted_along(self):
        assert found(ROW, HEADINGS, ROW)[:2] == ([6, 8], (7,))

    @pytest.mark.parametrize(
        "row",
        [["", "Summa", "", 200], ["Totalt:", "", "", 200], ["", "", "", 200], ["", "", "", "", 50]],
    )
    def it_is_a_sum_that_says_so_or_adds_up_below_the_rest(self, row):
        assert found(ROW, ROW, row).totals == (8,)

    @pytest.mark.parametrize(
        ("row", "totals"),
        [
            (["", "", "Totalt OH", 150], ()), (["", "", "Totalt OH", 200], (8,)), (["", "", "Totalt OH", 100], ()),
            (["", "", "", 150, "", "", "Summa bidrag till Malmö"], ()), (["", "Summa", "", 150], (8,)),
            (["", "Summa 2020", "", 150], (8,)), (["", "Summa:", "", 150], (8,)), (["", "totalt 2020:", "", 150], (8,)),
            (["Summa", "", "", 150], (8,)), (["", "Totalt OH", "", 150], ()), (["", "", "Totalt", 200, 50], (8,)),
            (["", "", "Totalt", 200, 51], ()),
        ],
    )  # fmt: skip
    def it_is_a_sum_by_its_place_or_by_its_amounts(self, row, totals):
        assert found(ROW, ROW, row).totals == totals

    def it_is_a_sum_of_a_part_and_of_the_whole(self):
        part, whole = ["", "", "Summa", 200], ["", "", "Totalt", 400]
        assert found(ROW, ROW, part, ROW, ROW, part, whole).totals == (8, 11, 12)

    def it_is_no_sum_where_the_amount_is_another(self):
        assert found(ROW, ROW, ["", "", "", 201]).stumps == (8,)

    def it_is_no_sum_above_other_rows_unless_it_says_so(self):
        assert (
            found(ROW, ["", "", "", 100], ROW).totals,
            found(ROW, ["", "", "", 100], ROW).stumps,
        ) == ((), (7,))

    def it_is_a_formula_that_was_not_calculated_where_a_word_says_so(self):
        sheet = replace(purchases(ROW, ["Summa"]), uncalculated=frozenset({(7, 4)}))
        assert found(sheet=sheet).totals == (7,)

    def it_is_a_stump_with_an_id_and_nothing_else(self):
        assert found(ROW, ["", "K2"]).stumps == (7,)

    def it_is_no_stump_where_a_row_was_begun(self):
        assert found(ROW, ["", "K2", "T", 10]).records == [6, 7]

    def it_is_an_example_row_that_holds_the_countys_own(self):
        theirs = ["Exempel", "K1", "B", 99, 1, "2020-02-01"]
        sheet = purchases(ROW)
        sheet.rows[3] = theirs
        assert found(sheet=sheet).examples == (4,)
        sheet.rows[3] = [
            "Exempel",
            "K1",
            "T",
            10,
            2,
            43861,
        ]  # the template's own, its day as a number
        assert found(sheet=sheet).examples == ()

    def it_is_no_own_example_where_the_headings_were_moved_away_from_it(self):
        sheet = purchases(ROW)
        sheet.rows[3] = ["Exempel", "K1", "T", 10, 2, "2020-01-31"]
        for number in (4, 5):
            sheet.rows[number] = ["", "", *sheet.rows[number][1:]]
        assert located(sheet).places["id"] == (3,)
        assert found(sheet=sheet).examples == ()

    def it_is_remarked_on_once_for_all_rows_of_a_kind(self):
        sheet = purchases(*rows(2), ["", "K3"], ["", "", "B"], [], ["", "K9"], ["", "Summa", "", 1])
        read = read_rows(SPEC, located(sheet))
        assert said(read.remarks) == [("RAD-SUMMA", "B12"), ("RAD-STUMP", "B8, C9, B11")]
        assert read.remarks[1].parameters["rows"] == "8–9, 11"


class DescribeTheRowsOfAFixedTable:
    @pytest.mark.parametrize(
        ("there", "expected"), [([5], [5, 6]), ([5, 6, 7], [5, 6, 7]), ([], [5, 6])]
    )
    def it_is_also_those_whose_codes_are_gone(self, there, expected):
        sheet = RawSheet("Totalt", [["lr:totalt", "slag", "total"], [], [], ["", "Slag", "Total"]])
        assert fixed_rows(located(sheet, "totalt"), there, 2) == expected

    def it_is_none_of_the_next_table(self):
        sheet = RawSheet("Totalt", [["lr:totalt", "slag", "total"], [], [], ["", "Slag", "Total"], ["", "T"],
                                    KEY_ROW_OF_ANOTHER])  # fmt: skip
        assert fixed_rows(located(sheet, "totalt"), [5], 2) == [5]


KEY_ROW_OF_ANOTHER = ["lr:svar", "", "lr:value"]


class DescribeTheLooksOfATable:
    def remarks(self, **looks):
        place = located(purchases(*rows(3)))
        return said(list(remarks_on_shape(place, [FIRST, FIRST + 1, FIRST + 2], Shape(**looks))))

    def it_is_hidden_rows_at_once_and_hidden_columns_one_by_one(self):
        assert self.remarks(rows=frozenset({1, 7, 8}), columns=frozenset({1, 4, 6})) == [
            ("RAD-DOLD", "B7, B8"), ("KOL-DOLD", "D5"), ("KOL-DOLD", "F5"),
        ]  # fmt: skip

    def it_is_cells_that_are_merged_in_its_rows(self):
        blocks = (MergedBlock(2, 2, 2, 9), MergedBlock(7, 3, 8, 4), MergedBlock(7, 20, 7, 22))
        assert self.remarks(merged=blocks) == [("FALT-SAMMANSLAGEN", "C7")]

    def it_is_a_value_where_the_template_has_a_formula(self):
        assert self.remarks(formulas=frozenset({(6, 9), (8, 9)})) == [("FALT-FORMEL", "I7")]

    def it_is_nothing_where_no_formula_is_known(self):
        assert self.remarks(formulas=None) == []


class DescribeRowsAboveTheHeadings:
    def above(self, *rows, at=4):
        """The sheet with rows put in above the headings, below so many of the template's own."""
        sheet = purchases(ROW)
        return RawSheet("Köp", [*sheet.rows[:at], *rows, *sheet.rows[at:]])

    @pytest.mark.parametrize("at", [1, 2, 3, 4])
    def it_is_a_record_wherever_it_stands(self, at):
        read = found(sheet=self.above(["", "K2", "B", 50], at=at))
        assert read.records == [at + 1, 7]
        assert read.above == (at + 1,)

    def it_is_found_when_the_headings_were_sorted_below_the_rows(self):
        rows = purchases(ROW, ["", "K2", "B", 50], ["", "K3", "B", 60]).rows
        read = found(sheet=RawSheet("Köp", [*rows[:4], *rows[5:], rows[4]]))
        assert read.records == [5, 6, 7]

    @pytest.mark.parametrize(
        "row", [["", "Inköp 2020", "Utkast"], ["", "Se bilaga", "", "", "", "Utkast"]]
    )
    @pytest.mark.parametrize("at", [1, 2])
    def it_is_no_changed_title_with_a_word_beside_it(self, row, at):
        sheet = purchases(ROW)
        sheet.rows[at] = row
        assert found(sheet=sheet).above == ()

    def it_is_neither_title_nor_example(self):
        sheet = purchases(ROW)
        sheet.rows[3] = ["Exempel", "K1", "B", 99]
        assert found(sheet=sheet).above == ()
        sheet.rows[3] = ["", "K1", "T", 10, 2, "2020-01-31"]
        assert found(sheet=sheet).above == ()
