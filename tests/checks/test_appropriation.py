"""An item of the appropriation account closes below nothing: asked, whatever the amounts are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import said

AMOUNTS = ("ingaende", "tilldelning", "omdisponerat", "overskridande", "indragning", "inkomster")
ASKED = [("EKON-ANSLAG", "Avstämning!J6")]


def account(rows, **amounts):
    rows["anslag"][0] |= {name: Decimal(amount) for name, amount in amounts.items()}
    return rows


class DescribeTheAppropriationAccount:
    @pytest.mark.parametrize(
        ("amounts", "asked"),
        [
            ({}, False),
            ({"tilldelning": "84500.50"}, False),  # all of it is spent
            ({"tilldelning": "84500"}, False),  # half a krona is rounding
            ({"tilldelning": "84499"}, True),
            ({"tilldelning": "84499", "overskridande": 2}, False),
            ({"tilldelning": "84499", "inkomster": 2}, False),
            ({"omdisponerat": -9_000_000}, True),
            ({"ingaende": -500_000}, True),
            ({"indragning": -20_000}, True),
        ],
    )
    def it_may_not_close_below_nothing_without_a_word(self, amounts, asked, rows, workbook, look):
        found = said(look(workbook(account(rows, **amounts))))
        assert found == (ASKED if asked else [])
        line = rows["anslag"][0]
        closing = sum(line[name] for name in AMOUNTS) - line["utgifter"]
        assert asked == (closing < Decimal("-0.5"))

    def it_is_explained_by_a_comment(self, rows, workbook, look):
        account(rows, tilldelning=50_000)["anslag"][0]["kommentar"] = "Anslagskrediten har använts."
        assert said(look(workbook(rows))) == []

    def it_says_what_there_was_to_spend(self, rows, workbook, look):
        (found,) = look(workbook(account(rows, omdisponerat=-9_000_000))).findings
        assert found.message == (
            "Utgifterna är 84\u00a0500,50\u00a0kr och det disponibla beloppet "
            "−8\u00a0900\u00a0000\u00a0kr. Utgående överföringsbelopp blir −8\u00a0984\u00a0500,50\u00a0kr."
        )
