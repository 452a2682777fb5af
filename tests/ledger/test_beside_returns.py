"""Extracts that are held against nothing, for what they are beside the county's return."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ledger.layouts import CHART, YEAR
from tests.ledger.test_ledgers import year_of
from toolkit.analysis.doubted import beside_returns
from toolkit.analysis.reconcile import reconcile
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import doubt_findings
from toolkit.ledger.proof import proved

SPENT = {"PM": 300_000, "801": 120_000, "VN": 45_000}


@pytest.fixture
def data(example):
    """A return of Skåne's with an amount on each of three codes."""
    line = {"lan": "12", "kostnadsslag": "PER", "anslagspost": "ap.4"}
    lines = [line | {"verksamhetskod": code, "ore": kr * 100} for code, kr in SPENT.items()]
    return year_of(example, lines)


def ledger_of(amounts):
    rows = "".join(f"4110;{code};{amount}\n" for code, amount in amounts.items())
    text = f"Konto;Verksamhetskod;Belopp\n{rows}"
    return read_ledger(text.encode(), "12 x.csv", CHART, YEAR.spec.counties)


class DescribeAnExtractBesideItsReturn:
    def it_is_used_where_it_has_the_same(self, data):
        ledgers = {"12": ledger_of(SPENT)}
        assert beside_returns(data, ledgers) == ledgers

    def it_is_not_used_where_it_is_of_one_code_and_the_return_has_more(self, data):
        ledger = beside_returns(data, {"12": ledger_of({"801": 120_000})})["12"]
        assert ledger.doubts == ("en_kod",)
        (found,) = doubt_findings(YEAR, ledger)
        assert (found.code, "verksamhetskoden 801" in found.message) == ("HUVUDBOK-OANVAND", True)
        lines = reconcile(data, {"12": ledger})
        assert not any(line.compared for line in lines if line.county == "12")

    def it_is_used_where_the_map_says_that_it_is_whole(self, data):
        ledger = replace(ledger_of({"801": 120_000}), whole_told=True)
        assert beside_returns(data, {"12": ledger})["12"].doubts == ()

    @pytest.mark.parametrize(
        ("times", "doubt"),
        [
            ("0.001", "faktor_storre"),
            ("0.01", "faktor_storre"),
            ("100", "faktor_mindre"),
            ("1000", "faktor_mindre"),
        ],
    )
    def it_is_not_used_in_another_unit(self, data, times, doubt):
        amounts = {
            code: (kr * Decimal(times)).quantize(Decimal("0.1")) for code, kr in SPENT.items()
        }
        ledger = beside_returns(data, {"12": ledger_of(amounts)})["12"]
        assert ledger.doubts == (doubt,)
        assert "enhet" in doubt_findings(YEAR, ledger)[0].message

    @pytest.mark.parametrize("times", ["1", "2", "10", "0.1", "1.25"])
    def it_is_a_difference_in_any_other_proportion(self, data, times):
        amounts = {code: kr * Decimal(times) for code, kr in SPENT.items()}
        assert beside_returns(data, {"12": ledger_of(amounts)})["12"].doubts == ()

    def it_is_a_difference_where_one_code_of_several_is_so(self, data):
        amounts = SPENT | {"PM": 300}
        assert beside_returns(data, {"12": ledger_of(amounts)})["12"].doubts == ()


WRITTEN_OTHERWISE = (
    "801-3809-19",
    "8O1",
    "801/310",
    "801X",
    "KOD801",
    "Våld",
    "081",
    "8001",
    "X801",
    "1801",
)


class DescribeAnExtractWithoutACodeThatTheReturnHas:
    @pytest.mark.parametrize("other", WRITTEN_OTHERWISE)
    def it_is_not_used_where_it_has_a_code_that_nobody_knows(self, data, other):
        ledger = proved(YEAR, ledger_of({"PM": 300_000, "VN": 45_000, other: 120_000, "900": 7}))
        found = beside_returns(data, {"12": ledger})["12"]
        assert found.doubts == ("okanda_koder",)
        (told,) = doubt_findings(YEAR, found)
        assert "på 801," in told.message
        message = told.message.replace("\xa0", " ")
        assert message.index(f"{ledger_code(other)} (120 000 kr)") < message.index("900 (7 kr)")

    def it_is_used_where_the_map_says_that_it_is_whole(self, data):
        ledger = replace(ledger_of({"PM": 300_000, "VN": 45_000, "8O1": 120_000}), whole_told=True)
        assert beside_returns(data, {"12": ledger})["12"].doubts == ()

    def it_is_used_where_it_has_no_other_code(self, data):
        ledger = ledger_of({"PM": 300_000, "VN": 45_000, "": 7})
        assert beside_returns(data, {"12": ledger})["12"].doubts == ()

    def it_is_used_where_it_has_all_codes_and_more(self, data):
        ledger = ledger_of(SPENT | {"900": 84_000_000})
        assert beside_returns(data, {"12": ledger})["12"].doubts == ()

    def it_is_used_where_the_code_is_there_and_comes_to_nothing(self, data):
        ledger = ledger_of(SPENT | {"801": 0, "900": 7})
        assert beside_returns(data, {"12": ledger})["12"].doubts == ()


def ledger_code(written):
    return written.upper()


class DescribeCodesThatAreWrittenOtherwise:
    @pytest.mark.parametrize(
        ("code", "own"),
        [
            ("0801", "801"),
            ("00801", "801"),
            ("(801)", "801"),
            ("[801]", "801"),
            ("801.", "801"),
            ("801-", "801"),
            ("801.0", "801"),
            ("'801", "801"),
            ("0801 Våld", "801"),
            ("(PM)", "PM"),
            ("pm.", "PM"),
            ('"PM"', "PM"),
            ("*PM*", "PM"),
            ("_VN_", "VN"),
        ],
    )
    def they_are_the_years_where_nothing_else_can_be_meant(self, code, own):
        others = {name: kr for name, kr in SPENT.items() if name != own}
        ledger = proved(YEAR, ledger_of({**others, code.replace('"', '""'): SPENT[own]}))
        assert ledger.doubts == ()
        assert ledger.by_code() == SPENT

    def they_are_added_to_the_same_code_written_right(self):
        ledger = proved(YEAR, ledger_of({"PM": 1, "(PM)": 2, "pm.": 4}))
        assert ledger.by_code() == {"PM": 7}

    def it_is_asked_where_one_has_noughts_and_another_none(self):
        ledger = proved(YEAR, ledger_of({"801": 1, "0801": 2, "PM": 4}))
        assert ledger.doubts == ("skrivsatt",)
        (found,) = doubt_findings(YEAR, ledger)
        assert "nollor först: 0801" in found.message

    @pytest.mark.parametrize("code", ["РМ", "801-3809-19", "801/310", "8010", "P M"])
    def others_are_left_as_they_stand(self, code):
        ledger = proved(YEAR, ledger_of({"VN": 1, code: 2}))
        assert ledger.by_code() == {"VN": 1, code: 2}
