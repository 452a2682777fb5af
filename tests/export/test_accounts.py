"""The sheet Anslag: what there was to spend and what is left, item by item; what was moved between
counties comes to nothing, and what was allotted is what was printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.export.small import cells_of, results_of, row_of, small_dataset, spend, written
from toolkit.analysis.accounts import NEGATIVE, OVER, UNDER, account_controls, standing_of
from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.records import AppropriationLine
from toolkit.export.finance.accounts import write_accounts
from toolkit.returns.submission import Missing

SERIES = Series((AppropriationFigure(2020, "anslag", Decimal(1000), "Brev", "", 2),))


def item(county, row, **amounts):
    given = {name: Decimal(amount) for name, amount in amounts.items()}
    return row_of(AppropriationLine, county, row, post="ap.4", **given)


def results(*items):
    rows = (spend("12", 6, 40), *items)
    return results_of(small_dataset(*rows, counties=("12", "14")), series=SERIES)


HELD = (
    item("12", 6, allotted=500, moved=100, available=600, spent=700, closing=-100),
    item("14", 6, allotted=400, moved=-90, available=310, spent=300, closing=10),
)


class DescribeHowAnItemEnds:
    @pytest.mark.parametrize(
        ("available", "closing", "told"),
        [
            (600, -100, OVER),
            (600, 0, ""),
            (600, 10, UNDER),
            (-1, 5, NEGATIVE),
            (-1, -5, NEGATIVE),
            (Missing.UNKNOWN, -5, ""),
            (600, Missing.UNKNOWN, ""),
        ],
    )
    def it_is_told_from_what_there_was_and_what_is_left(self, available, closing, told):
        amounts = [
            one if isinstance(one, Missing) else Decimal(one) for one in (available, closing)
        ]
        row = row_of(AppropriationLine, "12", 6, available=amounts[0], closing=amounts[1])
        (line,) = small_dataset(row, counties=("12",)).appropriations
        assert standing_of(line) == told


class DescribeTheAccountsTogether:
    def it_finds_what_was_moved_and_does_not_come_to_nothing(self):
        moved, allotted = account_controls(results(*HELD).data, SERIES)
        assert (moved.kind, moved.item, moved.amount, moved.ties) == (
            "omdisponerat", "ap.4", 10, False,
        )  # fmt: skip
        assert (allotted.amount, allotted.wanted, allotted.ties) == (900, 1000, False)

    def it_ties_to_within_half_a_krona(self):
        even = item("14", 6, allotted=Decimal("500.50"), moved=-100)
        assert [one.ties for one in account_controls(results(HELD[0], even).data, SERIES)] == [
            True,
            True,
        ]

    def it_has_no_allotment_to_compare_with_where_none_is_printed(self):
        found = account_controls(results(*HELD).data, Series(()))
        assert [one.kind for one in found] == ["omdisponerat"]


class DescribeTheSheet:
    @pytest.fixture(scope="class")
    @classmethod
    def page(cls):
        return written(results(*HELD), write_accounts)["Anslag"]

    def it_has_a_row_for_each_item(self, page):
        assert cells_of(page, 5)[:9] == [
            "12", "Skåne", "ap.4", 500, 100, 600, 700, -100, "Överskridet",
        ]  # fmt: skip
        assert (page["I6"].value, page["I5"].fill.fgColor.rgb[-6:]) == ("Medel kvar", "F8C9C4")
        assert cells_of(page, 7)[3:8] == [f"=SUM({letter}5:{letter}6)" for letter in "DEFGH"]

    def it_has_the_controls_below_as_formulas(self, page):
        assert cells_of(page, 10)[:6] == [
            "Alla län", "Omdisponeringar tar ut varandra", "ap.4",
            '=SUMIFS(Anslag!$E$5:$E$6,Anslag!$C$5:$C$6,"=ap.4")', 0, "=D10-E10",
        ]  # fmt: skip
        assert cells_of(page, 11)[3:6] == ["=SUM(Anslag!$D$5:$D$6)", 1000, "=D11-E11"]
        assert page["F10"].fill.fgColor.rgb[-6:] == "FFE3B3"

    def it_says_how_many_are_over_and_who_is_not_in(self, page):
        assert "negativt disponibelt belopp: 1. Inte med: Stockholm, Uppsala" in page["A2"].value
