"""Ledgers made to be misread: each is read right to the öre, or refused by name."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.misread import ALL, OWNED
from tests.ledger.test_situations import named, read
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings


class DescribeLedgersMadeToBeMisread:
    @pytest.mark.parametrize("one", [one for one in ALL if one.sums], ids=named)
    def it_reads_them_right_to_the_ore(self, one):
        ledger = read(one)
        assert ledger.doubts == ()
        assert ledger.by_code() == one.kronor
        assert len(ledger.apart) == one.left_out

    @pytest.mark.parametrize("one", [one for one in ALL if one.refused], ids=named)
    def it_refuses_them_by_name_and_tells(self, one):
        ledger = read(one)
        assert one.refused in ledger.doubts
        assert ledger_findings(YEAR, one.file, ledger)

    @pytest.mark.parametrize("name", OWNED)
    def it_knows_whose_they_are_by_what_they_say(self, name):
        one = OWNED[name]
        ledger = read_ledger(one.text.encode(), one.file, CHART, YEAR.spec.counties)
        assert (ledger.county, ledger.county_by) == (one.county, one.by)
