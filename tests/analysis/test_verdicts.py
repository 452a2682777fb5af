"""The verdict on what must be reported apart, stated a second time as a list of cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.datasets import SPEC, row_of, small_dataset
from toolkit.analysis.earmarks import AreaMoney, earmark_verdicts
from toolkit.analysis.money_tables import earmark_kr, earmark_share
from toolkit.analysis.reconcile import Reconciliation, Rounding
from toolkit.analysis.records import Activity, EarmarkStatement, SpendLine
from toolkit.analysis.states import Verdict
from toolkit.analysis.verdicts import TABLE, Elsewhere, Evidence, Money, Said, Shown, verdict_of
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


def judged(
    spend, violence=(), said=None, titles=(), sent=("12",), earmark=EARMARK, lines=(), area="PM"
):
    rows = [
        row_of(SpendLine, "12", code=code, violence=kind, outcome=kr) for code, kind, kr in spend
    ]
    rows += [row_of(Activity, "12", violence=kind) for kind in violence]
    rows += [row_of(Activity, "12", violence="VNR", title=title) for title in titles]
    if said is not None:
        rows.append(row_of(EarmarkStatement, "12", area=area, status=said[0], reason=said[1]))
    data = small_dataset(*rows, counties=sent)
    return next(one for one in earmark_verdicts(data, earmark, lines) if one.county == "12")


def expected(own, elsewhere, shown, said):
    """The rules as issue 14 and the review tell them, in another order and another way."""
    if own in {"oläst", "uppgift_saknas"}:
        return "kan_inte_bedomas"
    if shown == "motsäger":
        return "motsags"
    if own == "belopp":
        known = {"rader": "delvis", "uppgift_saknas": "kan_inte_bedomas"}
        return known.get(elsewhere, "sarredovisat")
    if elsewhere == "uppgift_saknas":
        return "kan_inte_bedomas"
    if elsewhere == "rader":
        return "sammanslaget"
    answers = {
        "oläst": "kan_inte_bedomas", "noll_med_skäl": "noll", "egen_kod_noll": "noll",
        "ej_med_skäl": "ej_med_skal",
    }  # fmt: skip
    return answers.get(said, "ej_redovisat")


MONEY = ("inget", "belopp", "uppgift_saknas", "oläst")
ELSEWHERE = ("inget", "rader", "uppgift_saknas")
ANSWERS = (
    "inget_svar", "egen_kod", "egen_kod_noll", "noll_med_skäl", "ej_med_skäl", "utan_skäl", "oläst",
)  # fmt: skip


def every_evidence():
    """All combinations."""
    return [Evidence(*found) for found in product(Money, Elsewhere, Shown, Said)]


class DescribeTheTable:
    @pytest.mark.parametrize("own", MONEY)
    @pytest.mark.parametrize("elsewhere", ELSEWHERE)
    @pytest.mark.parametrize("shown", ["inget", "stämmer", "motsäger"])
    @pytest.mark.parametrize("said", ANSWERS)
    def it_agrees_with_the_rules_in_words(self, own, elsewhere, shown, said):
        found = Evidence(Money(own), Elsewhere(elsewhere), Shown(shown), Said(said))
        assert verdict_of(found) == expected(own, elsewhere, shown, said)

    def it_is_asked_of_every_combination(self):
        asked = {tuple(map(str, one)) for one in every_evidence()}
        assert asked == set(product(MONEY, ELSEWHERE, ("inget", "stämmer", "motsäger"), ANSWERS))

    def it_has_no_rule_that_never_decides(self):
        decided = {next(rule for rule in TABLE if rule.fits(one)) for one in every_evidence()}
        assert decided == set(TABLE)

    def it_says_merged_and_partly_only_where_a_row_shows_it(self):
        shown = {
            one.elsewhere
            for one in every_evidence()
            if verdict_of(one) in {"sammanslaget", "delvis"}
        }
        assert shown == {Elsewhere.SOME}


def booked(ledger=None, stated=None):
    return [Reconciliation("12", "Skåne", "PM", Decimal(0), stated, ledger)]


class DescribeAnAreaAnsweredForByItsId:
    @pytest.mark.parametrize(
        "said", [("NOLL", "Inget hände"), ("EJ", "Inget hände"), ("SÄR", Missing.BLANK)]
    )
    def it_is_judged_as_by_its_code(self, said):
        earmark = EARMARK.model_copy(update={"id": "pm_omrade"})
        by_code = judged([], said=said, earmark=earmark)
        assert by_code == judged([], said=said, earmark=earmark, area="pm_omrade")
        assert by_code.verdict != judged([], earmark=earmark).verdict or said[0] == "SÄR"


class DescribeTheVerdict:
    @few
    @given(spend, st.lists(st.sampled_from(["PMH", "VNR"]), max_size=2), answer)
    def it_follows_from_the_money_first_and_then_from_what_is_said(self, spend, work, said):
        own = [kr for code, _, kr in spend if code == "PM"]
        traced = [kr for code, kind, kr in spend if code != "PM" and kind == "PMH"]
        found = judged(spend, work, said)
        assert (found.own, found.traced, found.total) == (
            sum(own), sum(traced), sum(kr for _, _, kr in spend)
        )  # fmt: skip
        word = "inget_svar"
        zero = any(code == "PM" and not kr for code, _, kr in spend)
        if said and isinstance(said[0], str):
            reasoned = "utan_skäl" if said[1] is Missing.BLANK else f"{said[0].lower()}_med_skäl"
            apart = "egen_kod_noll" if zero else "egen_kod"
            word = apart if said[0] == "SÄR" else reasoned
        own_word = "belopp" if any(own) else "inget"
        elsewhere = "rader" if any(traced) else "inget"
        assert found.verdict == expected(own_word, elsewhere, "inget", word)

    @pytest.mark.parametrize("status", ["SÄR", "NOLL", "EJ"])
    @pytest.mark.parametrize("stated", [Decimal(0), Decimal(5), *Missing])
    @pytest.mark.parametrize("line", [None, Decimal(0), Missing.BLANK, Missing.NOT_APPLICABLE])
    @pytest.mark.parametrize("reason", ["Inget hände", Missing.BLANK])
    def it_takes_a_nought_that_is_written_for_a_value(self, status, stated, line, reason):
        """domain.md §6: 0 is "you know there are none"; blank, u.s. and e.t. are not 0."""
        rows = [
            row_of(EarmarkStatement, "12", area="PM", status=status, amount=stated, reason=reason)
        ]
        if line is not None:
            rows.append(row_of(SpendLine, "12", code="PM", violence="PMH", outcome=line))
        (found,) = earmark_verdicts(small_dataset(*rows, counties=("12",)), EARMARK)[9:10]
        written = [one for one in (stated, line) if isinstance(one, Decimal)]
        unknown = stated in (Missing.UNKNOWN, Missing.NOT_APPLICABLE, Missing.UNREADABLE)
        is_nought = bool(written) and not any(written) and not unknown
        if status == "SÄR":
            assert found.verdict == ("noll" if is_nought else "ej_redovisat")
        elif reason is Missing.BLANK:
            assert found.verdict == "ej_redovisat"
        else:
            assert found.verdict == {"NOLL": "noll", "EJ": "ej_med_skal"}[status]
        assert found.county == "12"
        assert earmark_kr(found, found.own) == ("–" if found.verdict != "ej_redovisat" else "..")

    def it_is_no_nought_where_the_ledger_or_a_line_elsewhere_says_otherwise(self):
        said = row_of(EarmarkStatement, "12", area="PM", status="SÄR", amount=Decimal(0))
        other = row_of(SpendLine, "12", code="801", violence="PMH", outcome=Decimal(5))
        data = small_dataset(said, other, counties=("12",))
        assert earmark_verdicts(data, EARMARK)[9].verdict is Verdict.MERGED
        data = small_dataset(said, counties=("12",))
        assert earmark_verdicts(data, EARMARK, booked(ledger=Decimal(9)))[9].verdict is (
            Verdict.CONTRADICTED
        )

    @pytest.mark.parametrize("amounts", [(100, -100), (-5000,)])
    def it_is_apart_also_where_the_own_code_comes_to_nothing_or_less(self, amounts):
        found = judged([("PM", "PMH", Decimal(kr)) for kr in amounts])
        assert (found.verdict, found.own) == (Verdict.APART, sum(amounts))

    def it_cannot_be_judged_where_an_amount_on_the_code_is_not_known(self):
        lines = [("PM", "PMH", Missing.UNKNOWN), ("PM", "PMH", Decimal(5))]
        assert judged(lines).verdict is Verdict.NOT_JUDGED

    @pytest.mark.parametrize("own", [[], [("PM", "PMH", Decimal(5))]])
    def it_cannot_be_judged_where_only_an_unknown_amount_stands_elsewhere(self, own):
        found = judged([*own, ("801", "PMH", Missing.UNKNOWN)])
        assert (found.verdict, found.traced) == (Verdict.NOT_JUDGED, 0)

    def it_is_merged_where_a_known_amount_stands_beside_the_unknown_one(self):
        lines = [("801", "PMH", Missing.UNKNOWN), ("801", "PMH", Decimal(7))]
        assert judged(lines).verdict is Verdict.MERGED

    def it_is_not_contradicted_by_what_roundings_explain(self):
        line = Reconciliation("12", "Skåne", "PM", Decimal(1), None, Decimal(1), Rounding(3))
        assert judged([("PM", "PMH", Decimal(1))], lines=[line]).verdict is Verdict.APART

    @pytest.mark.parametrize("side", ["ledger", "stated"])
    def it_is_contradicted_by_a_ledger_with_nothing_on_the_code(self, side):
        found = judged([("PM", "PMH", Decimal(5))], lines=booked(**{side: Decimal(0)}))
        assert (found.verdict, found.booked) == (Verdict.CONTRADICTED, 0)

    def it_is_contradicted_by_a_ledger_with_something_where_there_is_nothing(self):
        found = judged([], said=("NOLL", "Inget hände"), lines=booked(ledger=Decimal(9)))
        assert found.verdict is Verdict.CONTRADICTED

    def it_takes_the_extract_before_what_the_county_says_of_it(self):
        lines = booked(ledger=Decimal(5), stated=Decimal(0))
        assert judged([("PM", "PMH", Decimal(5))], lines=lines).verdict is Verdict.APART

    def it_is_not_contradicted_by_another_amount(self):
        found = judged([("PM", "PMH", Decimal(5))], lines=booked(ledger=Decimal(7)))
        assert found.verdict is Verdict.APART

    @pytest.mark.parametrize(
        ("reason", "verdict"), [("Kostnaden ryms i 801", "ej_med_skal"), ("-", "ej_redovisat")]
    )
    def it_quotes_a_reason_in_words(self, reason, verdict):
        found = judged([], said=("EJ", reason))
        assert (found.verdict, found.reason) == (verdict, reason)

    def it_does_not_follow_from_a_word_in_a_title(self):
        title = "Utbildning om människohandel för tvångsarbete"
        found = judged([], said=("EJ", "Ryms i 801"), titles=[title])
        assert (found.verdict, found.rows) == (Verdict.EXPLAINED, ())

    @pytest.mark.parametrize(
        ("lines", "said", "kinds"),
        [
            ([("PM", "PMH", Decimal(5))], ("EJ", "Ryms i 801"), ["ej_mot_rader"]),
            ([("PM", "PMH", Decimal(5))], ("NOLL", "Inget hände"), ["noll_mot_rader"]),
            ([("PM", "VNR", Decimal(5))], ("SÄR", Missing.BLANK), ["kod_mot_marke"]),
            ([], ("NOLL", "-"), ["skal_utan_ord"]),
            ([("PM", "PMH", Decimal(5))], ("SÄR", Missing.BLANK), []),
        ],
    )
    def it_tells_what_contradicts_what(self, lines, said, kinds):
        assert [one.kind for one in judged(lines, said=said).against] == kinds

    @pytest.mark.parametrize(
        ("code", "marked", "written", "kinds"),
        [
            ("801", "VNR", {"comment": "Arbete mot prostitution"}, ["ord_mot_kod"]),
            ("801", "VNR", {"recipient": "Mikamottagningen"}, ["ord_mot_kod"]),
            ("801", "VNR", {"comment": "Hyra, ej prostitution"}, []),
            ("PM", "PMH", {"comment": "Arbete mot prostitution"}, []),
            ("801", "PMH", {"comment": "Arbete mot prostitution"}, []),  # traced already
        ],
    )
    def it_asks_of_lines_that_only_words_tell_and_lets_them_decide_nothing(
        self, code, marked, written, kinds
    ):
        line = row_of(SpendLine, "12", code=code, violence=marked, outcome=Decimal(7), **written)
        data = small_dataset(line, counties=("12",))
        found = next(one for one in earmark_verdicts(data, EARMARK) if one.county == "12")
        assert [one.kind for one in found.against] == kinds
        if kinds:
            assert (found.verdict, found.traced) == (Verdict.NOT_REPORTED, 0)

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
        assert (
            earmark_kr(verdicts["12"], Decimal(5)),
            earmark_share(verdicts["12"], AreaMoney()),
        ) == ("..", "..")

    def it_was_not_possible_before_the_code(self):
        later = EARMARK.model_copy(update={"valid_from": 2021})
        paid = [("PM", "PMH", Decimal(1))]
        assert judged(paid, earmark=later).verdict is Verdict.NOT_POSSIBLE

    def it_rests_on_the_lines_elsewhere_and_then_those_on_the_code(self):
        lines = [("PM", "PMH", Decimal(3)), ("VN", "VNR", Decimal(2)), ("VN", "PMH", Decimal(1))]
        found = judged(lines)
        assert [row.outcome for row in found.rows] == [1, 3]
        assert [str(row.ref("outcome")) for row in found.rows] == ["Ekonomi!J6"] * 2

    def it_gives_the_countys_own_reason(self):
        assert judged([], said=("NOLL", "Inget hände")).reason == "Inget hände"

    def it_ranks_the_worst_first(self):
        ranked = [Verdict.NOT_SENT, Verdict.CONTRADICTED, Verdict.NOT_REPORTED, Verdict.APART]
        assert sorted(ranked, key=lambda one: one.rank) == ranked
