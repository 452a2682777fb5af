"""Ledgers made to be misread: each is read right to the öre, or refused by name."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.misread import ALL, OWNED
from tests.ledger.test_layouts import book
from tests.ledger.test_situations import named, read
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved


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


def summed(whole=False):
    """A summary before two months."""
    amount = 112 if whole else 112.4
    return book(
        ("Sammanställning", [["Konto", "Verksamhetskod", "Belopp"], ["4110", "PM", amount]]),
        ("Januari", [["Konto", "Verksamhetskod", "Belopp"], ["4110", "PM", 100.4]]),
        ("Februari", [["Konto", "Verksamhetskod", "Belopp"], ["4110", "PM", 12]]),
    )


class DescribeSheetsThatAreTheSumOfOthers:
    @pytest.mark.parametrize("whole", [True, False])
    def it_is_named_and_nothing_is_compared(self, whole):
        read_one = proved(YEAR, read_ledger(summed(whole), "12 x.xlsx", CHART, YEAR.spec.counties))
        (found,) = ledger_findings(YEAR, "12 x.xlsx", read_one)
        assert (read_one.doubts, found.code) == (("bladsumma",), "HUVUDBOK-OANVAND")
        assert "bladet Sammanställning" in found.message
