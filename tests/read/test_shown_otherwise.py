"""Cells that show something else than the number that they hold: what is asked, and of which cells."""

from __future__ import annotations

import pytest

from tests.read.small import FIRST, ROW, SPEC, located, purchases
from toolkit.read.formats.shown_beside import format_beside
from toolkit.read.formats.shown_formats import format_of
from toolkit.read.remarks import Phrase
from toolkit.read.shown_otherwise import shown_otherwise

AMOUNT = SPEC.tables["kop"].by_id["belopp"]
COLUMN = 4
SHARE = AMOUNT.model_copy(update={"type": "share", "unit": "procent"})
HOURS = AMOUNT.model_copy(update={"type": "number", "unit": "tkr"})


def asked(cells, field=AMOUNT):
    """What is asked of numbers below each other, each with its format (a code, or what an ods shows): the cells,
    what they show, the number that is told."""
    place = located(purchases(*([*ROW[:3], value, *ROW[4:]] for value, _ in cells)))
    formats = {}
    for row, (value, code) in enumerate(cells, FIRST):
        known = format_beside(code[4:], str(value)) if code.startswith("ods:") else format_of(code)
        if known:
            formats[row, COLUMN] = known
    rows = range(FIRST, FIRST + len(cells))
    return [
        (one.parameters["cells"], one.parameters["unit"].values.get("text", one.parameters["unit"].key), one.parameters["value"])
        for one in shown_otherwise(place, field, rows, formats)
    ]  # fmt: skip


class DescribeAColumnWhoseUnitIsShown:
    @pytest.mark.parametrize(
        "code",
        [
            '0" %"',
            '0.0"%"',
            r"0\ \%",
            '0" procent"',
            "ods:50 %",
            "ods:50%",
            "ods:50 procent",
            '0" PROCENT"',
        ],
    )
    def it_is_not_asked_about(self, code):
        assert asked([(50, code)], SHARE) == []
        assert len(asked([(50, code)], AMOUNT)) == 1

    @pytest.mark.parametrize("code", ["0%", "0.0 %", "ods:25 %", "ods:25,0%"])
    def it_is_asked_about_where_a_hundred_times_the_number_is_shown(self, code):
        assert asked([(0.25, code)], SHARE) == [("D6", "%", "0,25")]

    def it_is_asked_about_in_another_unit(self):
        assert asked([(50, '0" tkr"')], SHARE) == [("D6", "tkr", "50")]
        assert asked([(50, '0" tusen"')], HOURS) == asked([(50, '0" tkr"')], HOURS) == []
        assert asked([(50, '0" mnkr"')], HOURS) == [("D6", "mnkr", "50")]


class DescribeSeveralCells:
    def it_tells_each_number_by_itself(self):
        cells = [(50, '0" tkr"'), (50, '0" tkr"'), (25, '0" tkr"'), (25, '0" tusen"')]
        assert asked(cells) == [("D6:D7", "tkr", "50"), ("D8", "tkr", "25"), ("D9", "tusen", "25")]

    def it_tells_cells_that_contradict_each_other_apart(self):
        cells = [(50, '0" %"'), (0.25, "0%"), (0.25, "ods:25 %"), (0.25, '0.00" %"')]
        assert asked(cells) == [("D6", "%", "50"), ("D9", "%", "0,25"), ("D7:D8", "%", "0,25")]

    def it_tells_many_numbers_with_the_first_as_the_example(self):
        cells = [(number, '0" tkr"') for number in (1, 2, 3, 4, 5, 6, 6)]
        assert asked(cells) == [("D6", "tkr", "1")]
        place = located(purchases(*([*ROW[:3], value, *ROW[4:]] for value, _ in cells)))
        formats = {(FIRST + line, COLUMN): format_of(code) for line, (_, code) in enumerate(cells)}
        (found,) = shown_otherwise(place, AMOUNT, range(FIRST, FIRST + 7), formats)
        assert [ref.cell for ref in found.refs] == [f"D{row}" for row in range(6, 13)]
        assert found.parameters["many"] == Phrase("cellformat_flera", {"count": 7})
        assert found.parameters["values"] == "1, 2, 3, 4, 5, 6, 6"

    def it_says_that_nothing_is_shown(self):
        assert asked([(50, ";;;"), (50, "ods:")]) == [("D6:D7", "cellformat_inget", "50")]
        assert asked([(50, '"u.s."'), (0, '"–"')]) == [("D6", "u.s.", "50")]
