"""A county's differences in the overview: the largest of all cuts, never what is left of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from toolkit.analysis.decisions import verdict_subject
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.states import Dimension, Nature


def line(code, reported, ledger, dimension=Dimension.CODE):
    return Reconciliation("12", "Skåne", code, Decimal(reported), None, ledger, dimension=dimension)


class DescribeTheGap:
    def it_is_the_largest_and_no_net(self, example_money):
        lines = [line("801", 100, Decimal(50)), line("PM", 100, Decimal(150))]
        money = replace(example_money, lines=lines)
        assert (money.gap("12"), money.gaps("12")) == (50, [50, 50])

    def it_counts_every_cut(self, example_money):
        parts = [line("ap.4", 0, Decimal(487403), Dimension.POST)]
        money = replace(example_money, lines=[line("801", 1, Decimal(1))], parts=parts)
        assert money.gap("12") == 487403

    def it_is_nothing_at_all_where_nothing_was_compared(self, example_money):
        money = replace(example_money, lines=[line("801", 1, None)])
        assert (money.gap("12"), money.gap("14")) == (None, None)

    def it_opens_a_decision_when_two_differences_move_each_other_way(self, example_money):
        verdict = next(one for one in example_money.verdicts if one.county == "12")
        before, after = (
            verdict_subject(2020, verdict, (Nature.COST,), gaps)
            for gaps in ([], [Decimal(50), Decimal(50)])
        )
        assert before.figures != after.figures
