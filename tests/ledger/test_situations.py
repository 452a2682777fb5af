"""Ledgers as people have met them: read right to the öre or refused by name."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.situations import ALL, Situation
from toolkit.ledger.files import read_ledger
from toolkit.ledger.proof import proved
from toolkit.read import Unreadable


def read(situation: Situation):
    data = situation.text.encode(situation.encoding)
    return proved(YEAR, read_ledger(data, situation.file, CHART, YEAR.spec.counties))


def named(situation: Situation) -> str:
    return situation.name


class DescribeSituationsThatPeopleHaveMet:
    @pytest.mark.parametrize("one", [one for one in ALL if one.sums], ids=named)
    def it_reads_them_right_to_the_ore(self, one):
        ledger = read(one)
        assert ledger.doubts == ()
        assert ledger.by_code() == one.kronor
        assert len(ledger.apart) == one.left_out

    @pytest.mark.parametrize("one", [one for one in ALL if one.refused], ids=named)
    def it_refuses_them_by_name(self, one):
        try:
            found = read(one).doubts
        except Unreadable as error:
            found = (error.code,)
        assert one.refused in found

    def it_has_at_least_twenty(self):
        assert len(ALL) >= 20
        assert all(bool(one.sums) != bool(one.refused) for one in ALL)
