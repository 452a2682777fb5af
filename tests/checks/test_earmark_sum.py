"""A sum over lines of spend is suggested only where nothing that the county states speaks against the lines. What is to
be suggested is reckoned here by itself, from the amounts that the case is made of."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import CLEAN

RIGHT = (Decimal("245300.50"), Decimal(598000))
SUM = sum(RIGHT, Decimal(0))
SPOILT = {
    "thousands": (RIGHT[0], RIGHT[1] / 1000), "all in thousands": tuple(one / 1000 for one in RIGHT),
    "öre": (RIGHT[0], RIGHT[1] * 100), "times a thousand": (RIGHT[0] * 1000, RIGHT[1]), "turned": (-RIGHT[0], RIGHT[1]),
    "figures turned round": (RIGHT[0], Decimal(589000)), "nothing": (RIGHT[0], Decimal(0)), "gone": (RIGHT[0],),
    "not applicable": (RIGHT[0], "e.t."), "not known": (RIGHT[0], "u.s."), "millions": tuple(one / 10**6 for one in RIGHT),
}  # fmt: skip


def told(
    look,
    small_workbook,
    amounts,
    *,
    stated=SUM,
    ledger=SUM,
    account=SUM,
    budgets=RIGHT,
    codes=("PM", "PM"),
):
    content = deepcopy(CLEAN)
    first = content["ekonomi"][0]
    content["ekonomi"] = [
        {
            **first,
            "id": f"E{n}",
            "utfall": amount,
            "budget": budgets[n - 1],
            "verksamhetskod": codes[n - 1],
        }
        for n, amount in enumerate(amounts, 1)
    ]
    content["huvudbok"][4]["huvudbok"] = ledger
    content["anslag"][0] |= {"utgifter": account, "tilldelning": Decimal(10**7)}
    content["sarredovisning"][0]["belopp"] = stated
    return [one for one in look(small_workbook(content)).findings if one.code == "SAR-BELOPP"]


class DescribeWhatIsSuggestedForTheEarmark:
    @pytest.mark.parametrize("amounts", SPOILT.values(), ids=SPOILT)
    @pytest.mark.parametrize("budgets", [RIGHT, (None, None)], ids=["budgets", "no budgets"])
    def it_is_nothing_where_the_lines_are_what_is_wrong(
        self, look, small_workbook, amounts, budgets
    ):
        for one in told(look, small_workbook, amounts, budgets=budgets):
            assert (one.suggestion, one.cures) == (None, ())

    def it_is_nothing_where_a_line_stands_on_another_code(self, look, small_workbook):
        (one,) = told(look, small_workbook, RIGHT, codes=("PM", "VN"))
        assert (one.suggestion, one.cures) == (None, ())

    @pytest.mark.parametrize("ledger", ["u.s.", None])
    def it_is_nothing_where_the_ledger_of_that_code_alone_says_so(
        self, look, small_workbook, ledger
    ):
        (one,) = told(look, small_workbook, RIGHT, codes=("PM", "VN"), ledger=ledger)
        assert (one.suggestion, one.cures) == (None, ())

    @pytest.mark.parametrize("stated", [Decimal(1), SUM / 1000, SUM + 1, SUM - 90000])
    def it_is_the_sum_where_ledger_and_account_say_so_too(self, look, small_workbook, stated):
        (one,) = told(look, small_workbook, RIGHT, stated=stated)
        assert [cure.value for cure in one.cures] == [SUM]

    @pytest.mark.parametrize(
        "against", [{"ledger": SUM + 1}, {"account": SUM - 1}, {"ledger": -SUM}]
    )
    def it_is_nothing_where_either_says_otherwise(self, look, small_workbook, against):
        (one,) = told(look, small_workbook, RIGHT, stated=Decimal(1), **against)
        assert (one.suggestion, one.cures) == (None, ())

    def it_is_nothing_where_nothing_else_is_known(self, look, small_workbook):
        unknown = {"ledger": "u.s.", "account": "u.s."}
        (one,) = told(look, small_workbook, RIGHT, stated=Decimal(1), **unknown)
        assert (one.suggestion, one.cures) == (None, ())

    @pytest.mark.parametrize("far", [{"budgets": (RIGHT[0] * 10, None)}, {"stated": SUM * 1000}])
    def it_is_nothing_where_lines_ledger_and_account_may_all_be_in_thousands(
        self, look, small_workbook, far
    ):
        (one,) = told(look, small_workbook, RIGHT, **{"stated": Decimal(1), **far})
        assert (one.suggestion, one.cures) == (None, ())


class DescribeLinesThatComeToLessThanNothing:
    def it_says_what_can_be_written(self, look, small_workbook):
        (found,) = told(
            look, small_workbook, (Decimal(-250000), Decimal(-75000)), stated=Decimal(5)
        )
        assert found.message.replace("\xa0", " ").endswith("summerar till −325 000 kr.")
        assert found.hint == "Skriv 0 som belopp, för det kan inte vara lägre, eller rätta raderna."
        assert (
            told(look, small_workbook, (Decimal(-250000), Decimal(-75000)), stated=Decimal(0)) == []
        )

    def it_says_as_before_of_others(self, look, small_workbook):
        (found,) = told(look, small_workbook, RIGHT, stated=Decimal(5))
        assert found.hint == "Rätta beloppet eller raderna."
