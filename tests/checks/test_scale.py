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
            (-KR[0] / 1000, -KR[1] / 1000),
            (KR[0] / 10, KR[1] / 10),
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


def stated(rows, where, factor):
    """The same with what stands in a table beside the lines spoilt."""
    for table, row, field in where:
        rows[table][row][field] *= factor
    return rows


LEDGER = ("huvudbok", 4, "huvudbok")
ACCOUNT = ("anslag", 0, "utgifter")
ALLOTTED = ("anslag", 0, "tilldelning")


class DescribeWhereTheRootIs:
    @pytest.mark.parametrize(
        ("amounts", "code", "cells", "after"),
        [
            ((KR[0] / 1000, KR[1]), "EKON-TKR", "Ekonomi!K6", [KR[0]]),
            ((KR[0], KR[1] * 1000), "EKON-TKR", "Ekonomi!K7", [KR[1]]),
            ((KR[0] * 100, KR[1] * 100), "EKON-TKR", "Ekonomi!K6:K7", [*KR]),
            ((KR[0] / 100, KR[1]), "EKON-TKR", "Ekonomi!K6", [KR[0]]),
            ((KR[0] / 10**6, KR[1] / 10**6), "EKON-TKR", "Ekonomi!K6:K7", [*KR]),
            ((KR[0], -KR[1]), "EKON-TECKEN", "Ekonomi!K7", [KR[1]]),
        ],
    )
    def it_is_the_lines_alone_and_nothing_follows(self, checked, amounts, code, cells, after):
        found = checked(*amounts)
        assert [one for one in said(found) if one[0] != "NOT-ORE"] == [(code, cells)]
        assert [cure.value for cure in found.findings[0].cures] == after

    @pytest.mark.parametrize(
        ("where", "factor", "told"),
        [
            ([LEDGER], Decimal("0.001"), ("EKON-TKR", "Avstämning!C22")),
            ([LEDGER], Decimal(-1), ("EKON-TECKEN", "Avstämning!C22")),
            ([ACCOUNT], Decimal("0.001"), ("EKON-TKR", "Avstämning!J6")),
            ([ACCOUNT, ALLOTTED], Decimal("0.001"), ("EKON-TKR", "Avstämning!E6, J6")),
        ],
    )
    def it_is_the_table_beside_them(self, small_workbook, look, where, factor, told):
        found = look(small_workbook(stated(lines(KR), where, factor)))
        assert [one for one in said(found) if one[0] != "NOT-ORE"] == [told]
        # What was allotted follows from nothing: the county writes the row anew.
        assert bool(found.findings[0].cures) == (ALLOTTED not in where)

    @pytest.mark.parametrize(
        ("part", "is_asked"), [("0.001", True), ("0.01", False), ("0.0001", False), ("1", False)]
    )
    def it_asks_of_the_lines_of_a_code_that_only_their_budgets_contradict(
        self, small_workbook, look, part, is_asked
    ):
        rows = lines(KR)
        for row, amount in zip(rows["ekonomi"], KR, strict=True):
            row |= {"utfall": amount * Decimal(part), "budget": amount}
        other = {
            **rows["ekonomi"][0],
            "id": "E3",
            "verksamhetskod": "VN",
            "utfall": Decimal(500000),
            "budget": None,
        }
        rows["ekonomi"].append(other | {"aktivitet_id": "e.t.", "valdsform": "VNR"})
        rows["huvudbok"][1]["huvudbok"] = Decimal(500000)
        small = (sum(KR, Decimal(0)) * Decimal(part)).quantize(Decimal("0.01"))
        rows["huvudbok"][4]["huvudbok"] = rows["sarredovisning"][0]["belopp"] = small
        rows["anslag"][0] |= {"utgifter": small + 500000, "tilldelning": Decimal(700000)}
        found = look(small_workbook(rows))
        told = [one for one in found.findings if one.code == "RIMLIG-TKR"]
        assert [one.cell for one in told] == (["K6:K7"] if is_asked else [])
        assert all(one.keeps_out for one in told)

    def it_asks_of_budgets_in_thousands_once(self, small_workbook, look):
        rows = lines(KR)
        for row, amount in zip(rows["ekonomi"], KR, strict=True):
            row["budget"] = (amount / 1000).quantize(Decimal(1))
        assert said(look(small_workbook(rows))) == [("RIMLIG-TKR", "Ekonomi!J6:J7")]
