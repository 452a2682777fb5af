"""What of an extract is laid beside a return: the codes and the appropriation that it asks for."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from tests.datasets import SPEC, row_of, small_dataset
from toolkit.analysis.appropriations import Series
from toolkit.analysis.asked import beyond
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.records import SpendLine
from toolkit.analysis.states import Dimension
from toolkit.ledger.entries import Ledger

POSTS = ("ap.4", "AP.4", "3:1 ap.1", "9:9 ap.7", "")
CODES = ("PM", "801", "1000", "1010", "")


def extract(booked):
    total = sum(booked.values(), Decimal(0))
    return Ledger("12.csv", "12", booked, len(booked), total, total=total)


def own_spend():
    return row_of(
        SpendLine, "12", id="E1", code="PM", kind="KÖP", post="ap.4", outcome=Decimal(100)
    )


def off(booked):
    data, ledgers = small_dataset(own_spend(), counties=("12",)), {"12": extract(booked)}
    lines = (*reconcile(data, ledgers), *reconcile_parts(data, ledgers, Series(())))
    return {(line.dimension, line.code): line.difference for line in lines if not line.ties}


class DescribeAnExtractOfAWholeAuthority:
    def it_ties_when_what_is_asked_for_ties(self):
        rest = {(str(1000 + n), "PER", "9:9 ap.7"): Decimal(n) for n in range(60)}
        assert off({("PM", "KÖP", "ap.4"): Decimal(100), **rest}) == {}
        found = beyond(SPEC.spec, extract({("PM", "KÖP", "ap.4"): Decimal(100), **rest}))
        assert (len(found.codes), found.amount) == (60, sum(range(60)))

    def it_is_compared_where_the_code_is_asked_for_and_the_item_is(self):
        booked = {("PM", "KÖP", "ap.4"): Decimal(60), ("PM", "KÖP", "9:9 ap.7"): Decimal(40)}
        assert off(booked)[Dimension.CODE, "PM"] == -40

    def it_has_posts_that_tell_nothing_when_none_is_one_of_the_years(self):
        assert off({("PM", "KÖP", "20 Egen finansiering"): Decimal(100)}) == {}

    def it_shows_what_stands_on_no_code(self):
        booked = {("PM", "KÖP", "ap.4"): Decimal(100), ("", "KÖP", "ap.4"): Decimal(7)}
        assert off(booked) == {
            (Dimension.CODE, ""): 7,
            (Dimension.KIND, "KÖP"): 7,
            (Dimension.POST, "ap.4"): 7,
        }

    @pytest.mark.parametrize(("code", "post"), list(product(CODES, POSTS)))
    def it_is_divided_in_two_without_a_remainder(self, code, post):
        """The rule once more: a known code or none, and a post of the year's or none."""
        booked = {("PM", "KÖP", "ap.4"): Decimal(100), (code, "PER", post): Decimal(7)}
        inside = code in {"PM", "801", ""} and post != "9:9 ap.7"
        assert beyond(SPEC.spec, extract(booked)).amount == (0 if inside else 7)
