"""What the sheet Kontroll leaves out in a year that does not ask for it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.spec.test_removal import year_without
from toolkit.template import write_template

SUMS = [
    "kontroll.summa_utfall", "kontroll.summa_huvudbok", "kontroll.diff_huvudbok",
    "kontroll.diff_anslag", "kontroll.sarredovisning", "kontroll.sar_lage", "kontroll.oforklarade",
]  # fmt: skip


def control_of(year):
    data = write_template(year.spec, year.spec.counties[0], year.texts("mall"))
    return openpyxl.load_workbook(io.BytesIO(data))["Kontroll"]


def formulas_by_label(sheet):
    """Column B's labels and column C's formulas, in their order."""
    return {row[1].value: row[2].value for row in sheet.iter_rows() if row[1].value}


@pytest.mark.whole
class DescribeKontroll:
    @pytest.mark.parametrize(
        ("address", "gone"),
        [
            ("ekonomi.utfall", {0, 2, 3, 4}),
            ("huvudbok.differens", {2}),
            ("huvudbok.verksamhetskod", {1, 2}),
            ("sarredovisning.status", {5}),
            ("ekonomi.budget", set()),
        ],
    )
    def it_has_the_sums_of_what_is_asked_for(self, address, gone):
        year = year_without(address)
        labels = [year.texts("mall")(name) for name in SUMS]
        told = formulas_by_label(control_of(year))
        assert [number for number, label in enumerate(labels) if label not in told] == sorted(gone)

    def it_counts_no_difference_where_nothing_is_compared(self):
        year = year_without("ekonomi.utfall")
        told = formulas_by_label(control_of(year))
        assert told[year.texts("mall")("kontroll.oforklarade")].text == "=0"

    def it_lets_an_empty_table_be_when_nobody_can_say_that_it_is(self):
        year = year_without("inget.inget")
        sheet = control_of(year)
        states = [cell.value for cell in sheet["G"] if cell.row >= 5 and cell.value]
        empty = year.texts("mall")("kontroll.tom")
        assert [state for state in states if "IF(AND(C" in str(state)] == []
        assert any(empty in str(state) for state in states)
