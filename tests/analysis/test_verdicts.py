"""The verdict on what must be reported apart, stated a second time as a list of cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.datasets import SPEC, row_of, small_dataset
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.money_tables import earmark_kr, earmark_share
from toolkit.analysis.records import Activity, EarmarkStatement, SpendLine
from toolkit.analysis.states import Verdict
from toolkit.files.toolfault import fault_of
from toolkit.returns.submission import Missing, Return

few = settings(deadline=None, max_examples=30)
EARMARK = SPEC.spec.earmarks[0]
kronor = st.integers(-5, 5).map(Decimal)
spend = st.lists(
    st.tuples(st.sampled_from(["PM", "VN"]), st.sampled_from(["PMH", "VNR"]), kronor), max_size=5
)
answer = st.none() | st.tuples(
    st.sampled_from(["SÄR", "NOLL", "EJ", Missing.BLANK]),
    st.sampled_from(["Inget hände", Missing.BLANK]),
)


def fault_of_a_test():
    try:
        raise KeyError("x")
    except KeyError as error:
        return fault_of(error)


def judged(spend, violence=(), said=None, titles=(), sent=("12",), earmark=EARMARK):
    rows = [
        row_of(SpendLine, "12", code=code, violence=kind, outcome=kr) for code, kind, kr in spend
    ]
    rows += [row_of(Activity, "12", violence=kind) for kind in violence]
    rows += [row_of(Activity, "12", violence="VNR", title=title) for title in titles]
    if said is not None:
        rows.append(row_of(EarmarkStatement, "12", area="PM", status=said[0], reason=said[1]))
    data = small_dataset(*rows, counties=sent)
    return next(one for one in earmark_verdicts(data, earmark) if one.county == "12")


def expected(own, traced, work, said):
    """The rules as the review's memo tells them, the first that holds."""
    rules = [
        (own > 0 and traced > 0, "delvis"),
        (own > 0, "sarredovisat"),
        (traced > 0, "sammanslaget"),
        (said is None, "ej_redovisat"),
        (said is not None and said[0] == "NOLL" and bool(said[1]), "noll"),
        (work, "sammanslaget"),
    ]
    return next((verdict for holds, verdict in rules if holds), "ej_redovisat")


class DescribeTheVerdict:
    @few
    @given(spend, st.lists(st.sampled_from(["PMH", "VNR"]), max_size=2), answer)
    def it_follows_from_the_money_first_and_then_from_what_is_said(self, spend, work, said):
        own = traced = total = Decimal(0)
        for code, violence, kr in spend:
            total += kr
            if code == "PM":
                own += kr
            elif violence == "PMH":
                traced += kr
        found = judged(spend, work, said)
        assert (found.own, found.traced, found.total) == (own, traced, total)
        assert found.verdict == expected(own, traced, "PMH" in work, said)

    def it_is_not_sent_without_a_return(self):
        assert judged([], sent=()).verdict is Verdict.NOT_SENT

    def it_is_not_treated_where_our_own_code_failed_on_the_return(self):
        data = small_dataset()
        failed = Return("12.xlsx", "", None, (), fault=fault_of_a_test())
        states = [replace(one, counts=failed) if one.code == "12" else one for one in data.counties]
        verdicts = {
            one.county: one
            for one in earmark_verdicts(replace(data, counties=tuple(states)), EARMARK)
        }
        assert (verdicts["12"].verdict, verdicts["14"].verdict) == (
            Verdict.UNTREATED,
            Verdict.NOT_SENT,
        )
        assert (earmark_kr(verdicts["12"], Decimal(5)), earmark_share(verdicts["12"])) == (
            "..",
            "..",
        )

    def it_was_not_possible_before_the_code(self):
        later = EARMARK.model_copy(update={"valid_from": 2021})
        paid = [("PM", "PMH", Decimal(1))]
        assert judged(paid, earmark=later).verdict is Verdict.NOT_POSSIBLE

    @pytest.mark.parametrize(
        ("title", "verdict"),
        [("Utbildning om människohandel", Verdict.MERGED), ("Hedersförtryck", Verdict.NOT_REPORTED)],
    )  # fmt: skip
    def it_knows_an_activity_by_its_title_too(self, title, verdict):
        found = judged([], said=("SÄR", Missing.BLANK), titles=[title])
        assert (found.verdict, len(found.rows)) == (verdict, int(verdict is Verdict.MERGED))

    def it_rests_on_the_lines_elsewhere_and_then_those_on_the_code(self):
        lines = [("PM", "PMH", Decimal(3)), ("VN", "VNR", Decimal(2)), ("VN", "PMH", Decimal(1))]
        found = judged(lines)
        assert [row.outcome for row in found.rows] == [1, 3]
        assert [str(row.ref("outcome")) for row in found.rows] == ["Ekonomi!J6"] * 2

    def it_gives_the_countys_own_reason(self):
        assert judged([], said=("NOLL", "Inget hände")).reason == "Inget hände"

    def it_ranks_the_worst_first(self):
        assert [one.rank for one in (Verdict.NOT_SENT, Verdict.MERGED, Verdict.APART)] == [0, 2, 4]
