"""What the receipt says of the file that this one was made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.returns.made import submission_of
from toolkit.returns.submission import Return
from toolkit.returns.trail import Trail
from toolkit.year.receipt import receipt

FIRST, SECOND = "1" * 64, "2" * 64
SAME = "Uppgifterna är desamma som i r1.xls, som filen är gjord av."


@pytest.fixture
def told(year):
    """The receipt's lines after the first, for a first file and the one made from it, and what is said of both."""

    def make(before, after, *codes):
        sent = [submission_of(year.spec, ekonomi=[row]) for row in (before, after)]
        found = [year.catalogue.finding(code, PARTS, county="12", file="r1.xls") for code in codes]
        made = Trail("12", 2020, ()).after(FIRST)
        old = replace(sent[0], file="r1.xls", sha256=FIRST)
        new = replace(sent[1], file="r2.xlsx", sha256=SECOND, trail=made)
        one = Return("r1.xls", FIRST, old, tuple(found))
        two = Return("r2.xlsx", SECOND, new, ())
        return receipt(year.spec, two, [one, two], year.texts("aterkoppling"))[1:]

    return make


PARTS = {"table": "Ekonomi", "rows": "9", "cell": "K9"}
LINE = {"id": "E1", "verksamhetskod": "PM"}


class DescribeAFileThatHoldsTheSame:
    def it_is_said_to(self, told):
        assert told(LINE, LINE) == [SAME]

    def it_is_not_said_to_where_rows_could_not_be_read(self, told):
        assert told(LINE, LINE, "RAD-STUMP") == []

    def it_is_told_what_differs_all_the_same(self, told):
        lines = told(LINE, {**LINE, "verksamhetskod": "VN"}, "RAD-STUMP")
        assert "ändrade uppgifter 1" in lines[0]
