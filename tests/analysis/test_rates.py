"""Indicators that are shares or means: the numbers of several counties are none together. Every expected cell is written out by hand."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from tests.export.test_derivation import without_results
from toolkit.analysis.over_years import SeveralYears
from toolkit.analysis.over_years_tables import indicator_table as years_table
from toolkit.analysis.work_tables import indicator_table
from toolkit.export.derivation.workbook import PrintedTable, write_derivation
from toolkit.export.published.tidy import tidy_resources
from toolkit.report.countytables import counties_of, indicator_tables
from toolkit.report.countytables import indicator_table as county_table
from toolkit.report.facts import Facts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code

NO_SUM = "En punkt (.) betyder att talen är andelar eller medelvärden. De går inte att lägga ihop."


def code_of(unit, summed="summa"):
    facts = {"enhet": unit, "personer": "nej", "decimaler": "1", "summering": summed}
    return Code(code="1", label="Något", attributes=facts)


@pytest.fixture(scope="module")
def results(example):
    """Shares (indicator 25) of three counties: 3,5, 4, and two that differ; of Kalmar what is not known; and no others."""
    shares = [("01", "3.5"), ("12", "4"), ("14", "2"), ("14", "6"), ("08", "u.s.")]
    first = next(row for row in example.rows("indikatorer") if row["indikator"] == "1")
    made = []
    for number, (county, value) in enumerate(shares, 6):
        amount = Missing.UNKNOWN if value == "u.s." else Decimal(value)
        made.append(
            mapping_of(example, "indikatorer", first)
            | {"lan": county, "lansnamn": county, "indikator": "25", "varde": amount, "rad": number, "id": f"I{number}",
               "foregaende": None, "malvarde": None, "aktivitet_id": f"A{number}"}
        )  # fmt: skip
    return money_of(with_tables(example, indikatorer=made))


class DescribeAShare:
    @pytest.mark.parametrize(
        ("unit", "is_one"),
        [
            ("procent", True), ("%", True), ("andel %", True), ("procent av kommunerna", True), ("promille", True),
            ("kr i genomsnitt", True), ("medelvärde", True), ("median, dagar", True), ("antal per 1 000 invånare", True),
            ("kr per person", True), ("antal", False), ("antal per år", False), ("personer per dag gånger dagar", False),
            ("antal av länets", False), ("kr", False), ("årsarbetskrafter", False), ("medel", False),
        ],
    )  # fmt: skip
    def it_is_known_by_its_unit(self, unit, is_one):
        assert code_of(unit).as_indicator.is_rate is is_one

    def it_is_one_where_the_list_says_so(self):
        assert code_of("år", "summeras inte").as_indicator.is_rate
        assert not code_of("år").as_indicator.is_rate

    def it_is_none_of_the_examples_but_one(self, year):
        codes = year.spec.lists["indikator"].codes
        assert [one.code for one in codes if one.as_indicator.is_rate] == ["25"]


class DescribeTheTablesOfShares:
    def it_prints_a_full_stop_for_their_sum_and_says_why(self, results):
        table = indicator_table(results, results.data.year.texts("rapport"))
        (row,) = table.rows
        assert row[1:] == ("procent", "3", ".", "1")
        assert [(note.row, note.column, note.text) for note in table.notes] == [(0, 3, NO_SUM)]

    def it_says_nothing_of_it_where_there_are_none(self, example_money):
        table = indicator_table(example_money, example_money.data.year.texts("rapport"))
        assert NO_SUM not in {note.text for note in table.notes}

    def it_prints_each_countys_own_and_no_sum_of_the_country(self, results):
        counties = {
            one.code: one for one in counties_of(results, results.data.year.texts("lansrapport"))
        }
        told = {}
        for code in ("01", "12", "14", "08"):
            table = county_table(counties[code])
            (row,) = table.rows
            told[code] = (row[3], row[5])
            assert [note.text for note in table.notes] == [NO_SUM]
        assert told == {"01": ("3,5", "."), "12": ("4,0", "."), "14": (".", "."), "08": ("..", ".")}

    def it_prints_a_full_stop_for_a_county_with_several(self, results):
        texts = results.data.year.texts("rapport")
        (table,) = indicator_tables(list(counties_of(results, texts)), texts)
        told = {row[0]: row[1] for row in table.rows}
        assert told["Stockholm"] == "3,5" and told["Skåne"] == "4,0" and told["Kalmar"] == ".."
        assert told["Västra Götaland"] == "." and len(table.notes) == 1

    def it_is_not_added_up_in_the_published_files(self, results):
        files = {one.name: one for one in tidy_resources(results)}

        def read(name):
            return list(csv.DictReader(io.StringIO(files[name].data.decode())))

        (total,) = read("indicator-totals")
        assert (total["respondents"], total["total"], total["symbol"]) == ("3", "", ".")
        rows = {row["respondent_code"]: row for row in read("indicators")}
        assert rows["01"]["indicator_value"] == "3.5"
        assert (rows["14"]["indicator_value"], rows["14"]["symbol"]) == ("", ".")

    def it_is_not_added_up_over_years(self, results):
        several = SeveralYears((results,))
        table = years_table(several, results.data.year.texts("flerar"))
        assert table.rows[0][1:] == (".",)
        assert "andelar eller medelvärden" in table.source

    def it_has_no_sum_for_a_sentence(self, results):
        assert Facts(results, results.data.year.texts("rapport")).total_of("25") == ""

    def it_is_counted_alike_in_the_workbook_behind_the_report(self, results, convert):
        texts = results.data.year.texts("rapport")
        by_county = indicator_tables(list(counties_of(results, texts)), texts)
        tables = [indicator_table(results, texts), *by_county]
        printed = [PrintedTable(number, table) for number, table in enumerate(tables, 1)]
        book = write_derivation(results, printed)
        made = convert(without_results(book), "underlag.xlsx", "xlsx")
        counted = openpyxl.load_workbook(io.BytesIO(made), data_only=True)
        assert [counted["Tabell 1"].cell(5, place).value for place in (3, 4, 5)] == [3, ".", 1]
        told = {
            counted["Tabell 2"].cell(line, 1).value: counted["Tabell 2"].cell(line, 2).value
            for line in range(5, 26)
        }
        assert (told["Stockholm"], told["Skåne"], told["Västra Götaland"], told["Kalmar"]) == (
            3.5,
            4,
            ".",
            "..",
        )
