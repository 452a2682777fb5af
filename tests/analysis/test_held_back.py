"""Amounts that may be in thousands are in no sum before the county has answered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.states import ReturnState, TableState, Verdict
from toolkit.findings.finding import Severity

TKR = "RIMLIG-TKR"


@pytest.fixture
def in_thousands(rows, workbook, look):
    line = rows["ekonomi"][0]
    amounts = {"utfall": Decimal(17), "budget": Decimal(17)}
    rows["ekonomi"] = [{**line, "id": f"E{n}", **amounts} for n in range(1, 6)]
    rows["anslag"][0]["utgifter"] = rows["huvudbok"][4]["huvudbok"] = Decimal(85)
    rows["sarredovisning"][0]["belopp"] = Decimal(85)
    return look(workbook(rows))


def answered(found, answer):
    told = [replace(one, explanation=answer) for one in found.findings]
    return replace(found, findings=tuple(told))


class DescribeAReturnThatMayBeInThousands:
    def it_is_asked_and_held_back(self, year, in_thousands):
        (asked,) = in_thousands.findings
        assert (asked.code, asked.severity, asked.blocks) == (TKR, Severity.QUERY, False)
        assert asked.keeps_out
        data = merge(year, [in_thousands])
        state = next(one for one in data.counties if one.code == "12")
        assert (state.spend_state, state.verdict) == (TableState.BLOCKED, ReturnState.QUESTIONS)
        assert list(data.spend) == [] and reconcile(data, {}) == []
        verdict = next(one for one in first_verdicts(data) if one.county == "12")
        assert verdict.verdict is Verdict.NOT_JUDGED

    def it_counts_once_the_county_has_said_that_the_amounts_are_right(self, year, in_thousands):
        data = merge(year, [answered(in_thousands, "Beloppen är i kronor.")])
        assert sum(line.spent for line in data.spend) == 85
        verdict = next(one for one in first_verdicts(data) if one.county == "12")
        assert (verdict.verdict, verdict.own) == (Verdict.APART, 85)
