"""More ledgers made to be misread: each is read right to the öre, or refused by name."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import YEAR
from tests.ledger.misread_later import ALL
from tests.ledger.test_situations import named, read
from toolkit.ledger.findings import ledger_findings


class DescribeMoreLedgersMadeToBeMisread:
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
