"""What stands above the headings of an extract may say that its amounts are not kronor; and an
extract all of whose costs come to nothing says nothing of a county."""

from __future__ import annotations

import pytest

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved

HEADS = "Konto;Verksamhetskod;Belopp"


def read(text):
    ledger = read_ledger(text.encode(), "12 a.csv", CHART, YEAR.spec.counties)
    return proved(YEAR, ledger)


class DescribeAUnitAboveTheHeadings:
    @pytest.mark.parametrize(
        "title",
        ["Alla belopp i tkr", "Huvudbok;;(tkr)", "Belopp i tusental kronor", "Mnkr", "Belopp: EUR"],
    )
    def it_is_doubted_when_the_column_does_not_say_it(self, title):
        ledger = read(f"Länsstyrelsen\n{title}\n{HEADS}\n4110;PM;5,00\n")
        assert ledger.doubts == ("enhet",)
        (found,) = ledger_findings(YEAR, "12 a.csv", ledger)
        assert "annan enhet än kronor" in found.message

    def it_is_read_when_the_column_says_it_too(self):
        ledger = read(f"Alla belopp i tkr\n{HEADS} (tkr)\n4110;PM;5,00\n")
        assert (ledger.used, ledger.control) == (True, 5000)

    @pytest.mark.parametrize("title", ["Alla belopp i kr", "Huvudbok Eurovia AB", "Sektkrog"])
    def it_is_none_in_other_words(self, title):
        assert read(f"{title}\n{HEADS}\n4110;PM;5,00\n").used


class DescribeCostsThatComeToNothing:
    def it_is_not_used_when_the_closing_of_the_year_is_in_it(self):
        ledger = read(f"{HEADS}\n4110;PM;50,00\n4110;PM;-50,00\n5411;801;7,00\n5411;801;-7,00\n")
        assert ledger.doubts == ("bara_noll",)

    def it_is_used_when_one_code_comes_to_nothing(self):
        assert read(f"{HEADS}\n4110;PM;50,00\n4110;PM;-50,00\n5411;801;7,00\n").used
