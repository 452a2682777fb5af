"""What the report says beside its sums: of what area they are, which counties they leave out, and that what evens out is
there; and the series of appropriations of one year, or with a year of nothing. The report is held against
tests/report/oracle.py, and against oracle_sums.py where it is about what is said of a sum."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from tests.report.oracle import Year, contradictions, number, plain
from tests.report.oracle_left_out import silent_sums, wrong_left_out
from tests.report.oracle_sums import is_within, marked, wrong_scope
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.merge import merge
from toolkit.analysis.states import TableState
from toolkit.report import write_report
from toolkit.report.blocks import Chart, Figure, Paragraph
from toolkit.report.figures import make_figures
from toolkit.returns.submission import Missing

NBSP = "\N{NO-BREAK SPACE}"


def changed(data, table, change):
    """The data with the rows of a table as `change` leaves them."""
    rows = [mapping_of(data, table, row) for row in data.rows(table)]
    # Other amounts would not tie with the ledger of the example.
    others = {"huvudbok": [], "anslag": []} if table == "ekonomi" else {}
    return with_tables(data, **{table: [row for row in map(change, rows) if row]}, **others)


def said_in(report):
    return " ".join(plain(block) for block in report.blocks if isinstance(block, Paragraph))


def of(year, returns, *counties):
    return merge(year, [one for one in returns if one.submission.county in counties])


class DescribeTheAreaOfASum:
    @pytest.mark.parametrize("seed", range(3))
    def it_is_said_where_a_row_is_of_other_work(self, year, example, seed):
        """Each indicator in turn is tied to work of the area alone, or to any."""
        about = {
            (row.county, row["id"])
            for row in example.rows("aktiviteter")
            if row["valdsform"] == "PMH"
        }
        chosen = {"1", "2", "5", "6", "9", "12", "22", "23", "24"}
        kept = {code for place, code in enumerate(sorted(chosen)) if place % 3 == seed}

        def only_about(row):
            is_of_area = (row["lan"], row["aktivitet_id"]) in about
            return row if is_of_area or row["indikator"] not in kept else None

        data = changed(example, "indikatorer", only_about)
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        rows = Year(data, report=report)
        assert all(is_within(rows, code) for code in kept)

    def it_is_said_of_both_halves_of_a_pair(self, year, example):
        """All of one half is of the area, and of the other nothing, both ways."""
        others = {
            row.county: row["id"]
            for row in example.rows("aktiviteter")
            if row["valdsform"] != "PMH"
        }
        about = {
            row.county: row["id"]
            for row in example.rows("aktiviteter")
            if row["valdsform"] == "PMH"
        }
        pairs = (("1", "2"), ("5", "6"), ("23", "24"))
        for flipped in product((about, others), repeat=2):
            held = {code: flipped[n] for pair in pairs for n, code in enumerate(pair)}

            def moved(row, held=held):
                own = held.get(row["indikator"], {}).get(row["lan"])
                return {**row, "aktivitet_id": own} if own else row

            data = changed(example, "indikatorer", moved)
            report = write_report(money_of(data))
            assert contradictions(report, data) == []
            inside = flipped[0] is about and flipped[1] is about
            assert bool(re.search(r"utbildningstillfällen med", said_in(report))) == inside

    def it_is_that_of_the_situation_where_a_row_is_of_a_goal(self, example):
        goals = {row.county: row["id"] for row in example.rows("mal")}

        def of_goal(row):
            about = {"aktivitet_id": Missing.BLANK, "mal_id": goals.get(row["lan"])}
            return {**row, **about} if row["indikator"] == "12" else row

        for area in ("PMH", "VNR"):
            data = changed(example, "indikatorer", of_goal)
            data = changed(data, "lagesbild", lambda row, area=area: {**row, "valdsform": area})
            report = write_report(money_of(data))
            assert contradictions(report, data) == []
            sentence = re.search("I samverkan ingår[^.]*", said_in(report))[0]
            assert ("alla former" in sentence) == (area != "PMH")

    def it_is_seen_by_the_oracle(self, example):
        rows = Year(example)
        true = "I samverkan ingår sammanlagt 62 skolhuvudmän, alla former av våld inräknade, enligt uppgifter från 15 av 20 länsstyrelser."
        assert (marked(true), wrong_scope(true, rows)) == ({"12"}, [])
        assert wrong_scope(true.replace(", alla former av våld inräknade", ""), rows)
        pair = "Länsstyrelserna redovisar sammanlagt 372 utbildningstillfällen med 7 372 utbildade personer."
        assert wrong_scope(pair, rows)
        assert wrong_scope(
            pair.replace("personer.", "personer, alla former av våld inräknade."), rows
        )


class DescribeAmountsThatEvenOut:
    def it_does_not_say_that_there_are_none(self, year, example_returns):
        """The counties' amounts on the own code take each other out, of utgift and of kostnad."""
        data = of(year, example_returns, "03", "13", "25")
        signs = {"03": Decimal(100), "13": Decimal(-100), "25": Decimal(0)}
        seen = set()

        def evened(row):
            if row["verksamhetskod"] != "PM":
                return row
            key = row["lan"], row["slag"]
            first = key not in seen
            seen.add(key)
            return {**row, "utfall": signs[row["lan"]] if first else Decimal(0)}

        data = changed(data, "ekonomi", evened)
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        said = said_in(report).replace(NBSP, " ")
        assert "Inga belopp är redovisade" not in said
        assert "På den egna koden står sammanlagt 0 kr i utgifter och 0 kr i kostnader" in said

    def it_says_so_of_noughts(self, year, example_returns):
        data = of(year, example_returns, "03", "13", "25")

        def nothing(row):
            return {**row, "utfall": Decimal(0)} if row["verksamhetskod"] == "PM" else row

        data = changed(data, "ekonomi", nothing)
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        assert "Inga belopp är redovisade på den egna koden" in said_in(report)


class DescribeASumThatLeavesOutACounty:
    @pytest.mark.parametrize("counties", [("03",), ("13",), ("03", "13"), ("03", "13", "25")])
    @pytest.mark.parametrize("code", ["PM", "801"])
    def it_names_it_in_the_sentence(self, year, example_returns, counties, code):
        data = of(year, example_returns, "03", "13", "25")
        seen = set()

        def lost(row):
            if row["lan"] not in counties or row["verksamhetskod"] != code or row["lan"] in seen:
                return row
            seen.add(row["lan"])
            return {**row, "utfall": Missing.UNKNOWN}

        data = changed(data, "ekonomi", lost)
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        names = {state.code: state.name for state in data.counties}
        said = [one for one in said_in(report).split(". ") if "uppgift om alla belopp" in one]
        assert said
        # Every sentence that tells of what is left out names all of them, and no other county.
        for one in said:
            assert {name for name in names.values() if name in one} == {names[c] for c in counties}
        told = said_in(report)
        assert ("Redovisningarna omfattar" in told) == (len(counties) < 3)
        assert "vilket är ." not in told and "vilket är  " not in told

    @pytest.mark.parametrize("held", [(), ("13",), ("13", "25")])
    @pytest.mark.parametrize("lost", [(), ("03",)])
    def it_names_all_whatever_the_reason(self, year, example_returns, held, lost):
        data = of(year, example_returns, "03", "13", "25", "01")
        data = changed(
            data, "ekonomi", lambda row: {**row, "utfall": Missing.UNKNOWN} if row["lan"] in lost else row
        )  # fmt: skip
        states = tuple(
            replace(one, tables={**one.tables, "ekonomi": TableState.BLOCKED}) if one.code in held else one
            for one in data.counties
        )  # fmt: skip
        kept = tuple(row for row in data.merged["ekonomi"] if row.county not in held)
        data = replace(data, counties=states, merged={**data.merged, "ekonomi": kept})
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        told = re.findall(r"Summan omfattar inte ([^.]*)\.", said_in(report))
        names = {state.code: state.name for state in data.counties}
        (only,) = told
        assert {code for code in names if names[code] in only} == {*held, *lost}
        assert "17 länsstyrelser, som inte har redovisat" in only

    def it_is_seen_by_the_oracle_who_is_not_named(self, year, example_returns):
        rows = Year(of(year, example_returns, "03", "13", "25"))
        whole = "Summan omfattar inte 18 länsstyrelser, som inte har redovisat."
        assert wrong_left_out(whole, rows, number) == []
        assert wrong_left_out(whole.replace("18", "17"), rows, number)
        assert wrong_left_out(
            "Summan omfattar inte länsstyrelsen Uppsala, som inte har redovisat.", rows, number
        )
        assert silent_sums("Redovisningarna omfattar 2 mnkr.", rows)

    def it_has_a_note_at_every_sum_whose_rows_come_to_something_else(self, year, example_returns):
        data = of(year, example_returns, "03", "13", "25")

        def lost(row):
            is_lost = row["lan"] == "03" and row["verksamhetskod"] == "PM"
            return {**row, "utfall": Missing.UNKNOWN} if is_lost else row

        data = changed(data, "ekonomi", lost)
        report = write_report(money_of(data))
        tables = {one.table.id: one.table for one in report.blocks if isinstance(one, Figure)}
        for name in ("koder", "lan_koder", "sarredovisning"):
            assert any("Uppsala" in note.text for note in tables[name].notes), name


def series_of(*lines):
    heads = "ar;post;belopp;kalla;anmarkning\n"
    return read_series(
        (heads + "".join(f"{one};A 2021;\n" for one in lines)).encode(), "anslagsserie.csv"
    )


def both(year, granted, spent):
    return f"{year};anslag;{granted}", f"{year};utgifter;{spent}"


class DescribeTheSeries:
    @pytest.mark.parametrize(
        "lines",
        [
            both(2020, 110_000_000, 90_600_545),
            both(2020, 0, 90_600_545),
            both(2020, 0, 0),
            both(2020, 5, 90_600_545),
            (*both(2019, 0, 1), *both(2020, 110_000_000, 90_600_545)),
            (*both(2019, 110_000_000, 1), *both(2020, 0, 0)),
            ("2019;anslag;1", *both(2020, 110_000_000, 90_600_545)),
            ("2020;anslag;0",),
            ("2020;utgifter;0",),
        ],
    )
    def it_tells_of_whatever_years_there_are(self, example, lines):
        """No year by year where there is one; nothing divided by nothing; no year named against itself."""
        report = write_report(money_of(example, series_of(*lines)))
        (chart,) = [one for one in report.blocks if isinstance(one, Chart) and one.id == "anslag"]
        said = said_in(report)
        years = {line[:4] for line in lines}
        whole = {one for one in years if sum(line.startswith(one) for line in lines) == 2}
        assert ("år för år" in said) == (len(whole) > 1)
        assert ("–" in chart.caption.split(",")[0]) == (len(years) > 1)
        for one in whole:
            assert len(
                re.findall(rf"\b{one}\b", chart.alternative.partition("Utgifterna var högre")[0])
            ) <= (2 if len(whole) > 1 else 1)
        assert "inget år" not in chart.alternative or len(whole) > 1
        granted = {line[:4]: int(line.rpartition(";")[2]) for line in lines if ";anslag;" in line}
        share = re.search(r"Under (\d{4}) förbrukades", said)
        assert not share or granted[share[1]] > 0

    def it_prints_the_sum_of_noughts_that_are_known(self, example):
        report = write_report(money_of(example, series_of(*both(2020, 0, 0))))
        (table,) = [
            b.table for b in report.blocks if isinstance(b, Figure) and b.table.id == "forbrukning"
        ]
        assert [row[1:] for row in table.rows] == [("0", "0", "0", "..")] * 2


class DescribeTheAlternativeTexts:
    @pytest.mark.parametrize("pair", [("03", "13"), ("13", "25"), ("13",), ("03", "13", "25")])
    @pytest.mark.parametrize("amount", [1000, 2_800_000])
    def it_names_each_county_once_where_all_have_the_same(
        self, year, example_returns, pair, amount
    ):
        data = of(year, example_returns, *pair)
        first = set()

        def same(row):
            key = row["lan"], row["slag"]
            is_first = key not in first
            first.add(key)
            return {**row, "utfall": Decimal(amount if is_first else 0)}

        data = changed(data, "ekonomi", same)
        report = write_report(money_of(data))
        assert contradictions(report, data) == []
        told = make_figures(money_of(data), year.texts("rapport"))["lan_koder"].alternative
        names = [state.name for state in data.counties if state.code in pair]
        before = told.partition("Uppgift saknas")[0]
        assert [before.count(name) for name in names] == [1] * len(names)
        assert ("båda" in told) == (len(pair) == 2)
        assert "Mest har" not in told

    def it_says_alike_where_it_is_printed_alike(self, year, example_returns):
        """2 810 000 and 2 790 000 are both 2,8 mnkr."""
        data = of(year, example_returns, "03", "13")
        first, amounts = set(), {"03": 2_810_000, "13": 2_790_000}

        def nearly(row):
            key = row["lan"], row["slag"]
            is_first = key not in first
            first.add(key)
            return {**row, "utfall": Decimal(amounts[row["lan"]] if is_first else 0)}

        data = changed(data, "ekonomi", nearly)
        assert contradictions(write_report(money_of(data)), data) == []
        told = make_figures(money_of(data), year.texts("rapport"))["lan_koder"].alternative
        assert f"Uppsala och Halland har båda 2,8{NBSP}mnkr." in told

    def it_says_alike_of_the_objectives(self, year, example):
        """One activity for each."""
        aims = {(row.county, row["id"]): row["malsattning"] for row in example.rows("mal")}
        seen = set()

        def one_each(row):
            aim = aims.get((row["lan"], row["mal_id"]))
            if aim is None or aim in seen:
                return None
            seen.add(aim)
            return row

        data = changed(example, "aktiviteter", one_each)
        told = make_figures(money_of(data), year.texts("rapport"))["malsattningar"].alternative
        assert "Till varje målsättning hör lika många aktiviteter, 1." in told
        assert "Minst antal" not in told
