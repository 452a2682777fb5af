"""Amounts that come to nought together are amounts: a dash says that there are none, and is printed only where there are
none. What each cell is to be is reckoned here from the lines alone (domain.md §6 and §7)."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import chain

import pytest

from tests.export.small import SPEC, results_of, small_dataset, spend
from toolkit.analysis.money_tables import code_table, county_code_table, earmark_table
from toolkit.analysis.states import Nature
from toolkit.analysis.sums import added, is_something
from toolkit.report.countyfacts import compared_fact_table
from toolkit.report.countytables import counties_of
from toolkit.report.figures import county_code_chart
from toolkit.report.money_words import MoneyWords
from toolkit.returns.submission import Missing

PRINTED = SPEC.texts("rapport")
COUNTIES = {"03": "Uppsala", "13": "Halland", "25": "Norrbotten"}
CODES = ("801", "VN", "HR", "VF", "PM")
NBSP = "\N{NO-BREAK SPACE}"


def lines_of(seed):
    """Lines of three counties: (county, code, amount); None is u.s."""
    chance = random.Random(seed)
    found = []
    for county in COUNTIES:
        for code in CODES:
            kind = chance.choice(("none", "nought", "even", "some", "minus", "unknown"))
            amount = chance.choice((100, 2500, 70_000))
            own = {
                "none": [], "nought": [0], "even": [amount, -amount], "some": [amount, 0],
                "minus": [-amount], "unknown": [amount, None],
            }[kind]  # fmt: skip
            own = [abs(one) if seed % 3 == 0 and one else one for one in own]
            found += [(county, code, one) for one in own]
    return found


def data_of(lines):
    rows = []
    for number, (county, code, amount) in enumerate(lines):
        about = {} if amount is not None else {"outcome": Missing.UNKNOWN}
        violence = "PMH" if code == "PM" else "VIN"
        rows.append(spend(county, 6 + number, amount or 0, code=code, violence=violence, **about))
    return small_dataset(*rows, counties=tuple(COUNTIES))


def printed(amounts, *, known=True):
    """What is printed of a sum of amounts."""
    if not known or None in amounts:
        return ".."
    if not any(amounts):
        return "–"
    total = sum(amounts)
    return ("−" if total < 0 else "") + f"{abs(total):,}".replace(",", NBSP)


def of(lines, county=None, code=None):
    return [one[2] for one in lines if county in (None, one[0]) and code in (None, one[1])]


def rows_of(table, stub):
    return [row for row in table.rows if row[: len(stub)] == stub]


def flat(lists):
    return list(chain.from_iterable(lists))


SEEDS = range(40)


class DescribeAmountsThatEvenOut:
    @pytest.mark.parametrize("seed", SEEDS)
    def it_has_a_dash_only_where_there_are_no_amounts(self, seed):
        lines = lines_of(seed)
        table = county_code_table(results_of(data_of(lines)), PRINTED)
        for county, name in COUNTIES.items():
            (row,) = rows_of(table, (name, "Kostnader"))
            cells = [printed(of(lines, county, code)) for code in CODES]
            assert row[2:] == (*cells, printed(of(lines, county)))
        (last,) = rows_of(table, ("Summa", "Kostnader"))
        for place, code in enumerate((*CODES, None), 2):
            whole = [own for one in COUNTIES if None not in (own := of(lines, one, code))]
            assert last[place] == printed(flat(whole), known=bool(whole))

    @pytest.mark.parametrize("seed", SEEDS)
    def it_says_so_of_every_code_and_of_the_own_one(self, seed):
        lines = lines_of(seed)
        results = results_of(data_of(lines))
        by_code = {row[0].split()[0]: row[3] for row in code_table(results, PRINTED).rows}
        for code in CODES:
            known = [own for one in COUNTIES if None not in (own := of(lines, one, code))]
            told = flat(known)
            is_doubt = len(known) < len(COUNTIES)
            assert by_code[code] == (".." if is_doubt and not any(told) else printed(told))
        known = [own for one in COUNTIES if None not in (own := of(lines, one, "PM"))]
        own = MoneyWords(results.verdicts, PRINTED).told("egen", "kr")
        assert bool(own) == any(flat(known))
        table = earmark_table(results, PRINTED)
        (last,) = rows_of(table, ("Summa",))
        assert (last[4] in ("–", "..")) == (not any(flat(known)))
        for county, name in COUNTIES.items():
            (row,) = rows_of(table, (name,))
            if any(of(lines, county, "PM")):
                assert row[4] == printed(of(lines, county, "PM"))

    @pytest.mark.parametrize("seed", SEEDS)
    def it_names_the_counties_that_a_sum_of_all_leaves_out(self, seed):
        lines = lines_of(seed)
        results = results_of(data_of(lines))
        partly = [name for one, name in COUNTIES.items() if None in of(lines, one)]
        (note,) = county_code_table(results, PRINTED).notes
        assert {name for name in COUNTIES.values() if name in note.text} == set(partly)
        assert "18 länsstyrelser, som inte har redovisat." in note.text
        words = MoneyWords(results.verdicts, PRINTED)
        assert [COUNTIES[one] for one in words.partly_known("totalt")] == partly

    @pytest.mark.parametrize("seed", SEEDS)
    def it_never_says_of_a_county_with_amounts_that_it_has_none(self, seed):
        lines = lines_of(seed)
        told = county_code_chart(results_of(data_of(lines)), PRINTED).alternative
        none = told.partition("Inga kostnader har redovisats av ")[2].partition(".")[0]
        for county, name in COUNTIES.items():
            assert (name in none) == (not any(of(lines, county)) and "Det finns inga" not in told)

    def it_says_what_evens_out_between_the_counties(self):
        lines = [("03", "PM", 100), ("13", "PM", -100), ("25", "PM", 0), ("03", "801", 500)]
        results = results_of(data_of(lines))
        assert MoneyWords(results.verdicts, PRINTED).told("egen", "kr") == f"0{NBSP}kr i kostnader"
        (last,) = rows_of(earmark_table(results, PRINTED), ("Summa",))
        assert last[4:] == ("0", f"0,0{NBSP}%")
        texts = SPEC.texts("lansrapport")
        county = next(one for one in counties_of(results, texts) if one.code == "25")
        table = compared_fact_table(county)
        (own,) = [row for row in table.rows if row[0] == texts("fakta.egen", kind="Kostnader")]
        assert own[2] == f"0{NBSP}(2)"

    def it_says_nothing_of_noughts(self):
        results = results_of(data_of([("03", "PM", 0), ("13", "PM", 0), ("25", "801", 0)]))
        assert MoneyWords(results.verdicts, PRINTED).told("egen") == ""
        (last,) = rows_of(earmark_table(results, PRINTED), ("Summa",))
        assert {"0", f"0,0{NBSP}%"}.isdisjoint(last)


class DescribeASum:
    @pytest.mark.parametrize("seed", range(30))
    def it_is_something_where_a_part_is(self, seed):
        chance = random.Random(seed)
        parts = [Decimal(chance.choice((0, 0, 5, -5))) for _ in range(chance.randint(0, 5))]
        halves = [added(parts[:2]), added(parts[2:])]
        for total in (added(parts), added(halves)):
            assert (total, is_something(total)) == (sum(parts), any(parts))

    def it_keeps_the_nature_by_itself(self):
        lines = [("03", "PM", 100), ("03", "PM", -100)]
        (verdict,) = [one for one in results_of(data_of(lines)).verdicts if one.county == "03"]
        assert is_something(verdict.of(Nature.COST).own)
        assert not is_something(verdict.of(Nature.EXPENDITURE).own)
