"""All amounts in thousands, or all with the sign turned: one cause, with a cure, and nothing that
follows from it. What is to be said is reckoned here from the amounts alone."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, said
from toolkit.annotate import mark_workbook

KR = (Decimal(40000), Decimal("44500.50"))


def lines(amounts):
    """Two lines of spend, while the sums beside them say 84 500,50 kr."""
    rows = deepcopy(CLEAN)
    first = rows["ekonomi"][0]
    rows["ekonomi"] = [
        {**first, "id": f"E{n}", "budget": None, "utfall": amount}
        for n, amount in enumerate(amounts, 1)
    ]
    return rows


@pytest.fixture
def checked(small_workbook, look):
    return lambda *amounts: look(small_workbook(lines(amounts)))


class DescribeAmountsThatAreAllWrongAlike:
    @pytest.mark.parametrize(
        ("factor", "code"), [(Decimal("0.001"), "EKON-TKR"), (Decimal(-1), "EKON-TECKEN")]
    )
    def it_is_one_error_in_every_cell_with_what_each_is_to_be(self, checked, factor, code):
        found = checked(*(amount * factor for amount in KR))
        assert [one for one in said(found) if one[0] != "NOT-ORE"] == [(code, "Ekonomi!K6:K7")]
        assert [(cure.ref.cell, cure.value) for cure in found.findings[0].cures] == [
            ("K6", KR[0]), ("K7", KR[1]),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "amounts",
        [
            KR,
            (KR[0] / 1000, KR[1]),
            (KR[0], -KR[1]),
            (-KR[0] / 1000, -KR[1] / 1000),
            (KR[0] / 100, KR[1] / 100),
            (KR[0] / 1000, KR[1] / 1000 + 1),
        ],
    )
    def it_is_not_said_of_amounts_that_are_not(self, checked, amounts):
        assert {"EKON-TKR", "EKON-TECKEN"}.isdisjoint(code for code, _ in said(checked(*amounts)))

    def it_is_an_error_without_a_cure_where_the_amounts_were_rounded_to_thousands(self, checked):
        found = checked(Decimal(40), Decimal(45))
        assert said(found) == [("EKON-TKR", "Ekonomi!K6:K7")]
        assert found.findings[0].cures == ()

    def it_is_corrected_with_one_yes(self, year, small_workbook, look, edited):
        sent = small_workbook(lines([-amount for amount in KR]))
        marked = mark_workbook(sent, look(sent).findings, year.texts("aterkoppling"))
        found = look(edited(marked, lambda book: book["Återkoppling"].__setitem__("J7", "Ja")))
        assert said(found) == [("FALT-RATTAD", "Ekonomi!K6:K7")]
        spent = [row.get("utfall") for row in found.submission.records("ekonomi")]
        assert spent == list(KR)
        assert found.findings[0].message.endswith(
            "K6: ”-40000” → ”40000”; K7: ”-44500,5” → ”44500,5”."
        )
