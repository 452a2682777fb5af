"""More ledgers made to be misread: each is read right to the öre, or refused by name."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.misread import HEADS
from tests.ledger.misread_later import ALL, OWNED, of_costs
from tests.ledger.test_situations import named, read
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved, proved_together
from toolkit.ledger.together import ADDED, together, with_parts_marked


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

    @pytest.mark.parametrize("name", OWNED)
    def it_knows_whose_they_are_by_what_stands_on_every_row(self, name):
        one = OWNED[name]
        ledger = read_ledger(one.text.encode(), one.file, CHART, YEAR.spec.counties)
        assert (ledger.county, ledger.county_by) == (one.county, one.by)


CORRECTIONS = (
    f"{HEADS}\n900;2020-12-30;5411;PM;-50,00;Rättelse\n901;2020-12-30;5411;VN;50,00;Rättelse\n"
)


class DescribeAPartThatIsOfCorrectionsAlone:
    def it_is_used_beside_the_other_part(self):
        texts = {"12 a.csv": of_costs(months=range(1, 12)), "12 b.csv": CORRECTIONS}
        read = [
            read_ledger(text.encode(), name, CHART, YEAR.spec.counties)
            for name, text in texts.items()
        ]
        parts = [proved(YEAR, one) for one in with_parts_marked(read)]
        assert [one.doubts for one in parts] == [(), ()]
        whole, relation = together(parts)
        assert (relation, proved_together(YEAR, whole).doubts) == (ADDED, ())

    def it_is_not_used_alone(self):
        one = read_ledger(CORRECTIONS.encode(), "12 b.csv", CHART, YEAR.spec.counties)
        assert "minuskoder" in proved(YEAR, one).doubts
