"""Amounts below nought: what is no part of a whole is not printed as a share of it. Skåne has −250 000 on PM in kostnader and
400 000 on 801 (150 000 in all), and −75 000 alone in utgifter; Västra Götaland 30 000 of 60 000 in kostnader."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from tests.export.small import SPEC, results_of, small_dataset, spend, written
from tests.export.test_derivation import without_results
from toolkit.analysis.money_tables import code_table, earmark_table
from toolkit.analysis.part_shares import part_share
from toolkit.export.derivation.workbook import PrintedTable, write_derivation
from toolkit.export.finance.overview import write_overview
from toolkit.report.countyfacts import fact_table
from toolkit.report.countytables import counties_of
from toolkit.report.money_words import MoneyWords

PRINTED = SPEC.texts("rapport")
NBSP = "\u00a0"
WHY = (
    "En punkt (.) betyder att beloppet inte är en andel av summan, eftersom något av dem är mindre än noll eller beloppet är"
    " större än summan."
)


@pytest.fixture(scope="module")
def results():
    rows = (
        spend("12", 6, -250000),
        spend("12", 7, 400000, code="801", violence="VIN"),
        spend("12", 8, -75000, basis="U"),
        spend("14", 6, 30000),
        spend("14", 7, 30000, code="801", violence="VIN"),
    )
    return results_of(small_dataset(*rows, counties=("12", "14")))


def plain(row):
    return [cell.replace(NBSP, " ") for cell in row]


class DescribeAShare:
    @pytest.mark.parametrize(
        ("part", "whole", "printed"),
        [(1, 4, "25,0 %"), (4, 4, "100,0 %"), (5, 4, "."), (-1, 4, "."), (-4, -4, "."), (1, -4, "."), (0, 4, "0,0 %"), (1, 0, "..")],
    )  # fmt: skip
    def it_is_of_a_whole(self, part, whole, printed):
        assert part_share(part, whole).replace(NBSP, " ") == printed


class DescribeTheTables:
    def it_prints_no_share_of_what_is_none_and_says_why(self, results):
        table = earmark_table(results, PRINTED)
        rows = {row[0]: plain(row[2:]) for row in table.rows}
        assert rows["Skåne"] == ["−75 000", ".", "−250 000", "."]
        assert rows["Västra Götaland"] == ["–", "–", "30 000", "50,0 %"]
        assert rows["Summa"] == ["−75 000", ".", "−220 000", "."]
        assert [note.text for note in table.notes].count(WHY) == 1

    def it_prints_none_by_code(self, results):
        table = code_table(results, PRINTED)
        rows = {row[0].split(" ")[0]: plain(row[1:]) for row in table.rows}
        assert rows["PM"] == ["−75 000", ".", "−220 000", "."]
        assert rows["801"] == ["–", "–", "430 000", "."]
        assert rows["Summa"] == ["−75 000", ".", "210 000", "100,0 %"]
        assert [note.text for note in table.notes].count(WHY) == 1

    def it_prints_none_of_a_county_by_itself(self, results):
        texts = SPEC.texts("lansrapport")
        county = next(one for one in counties_of(results, texts) if one.code == "12")
        table = fact_table(county)
        told = dict(table.rows)
        assert (
            told["Utgifter, den egna kodens andel"],
            told["Kostnader, den egna kodens andel"],
        ) == (".", ".")
        assert [note.text for note in table.notes] == [WHY]

    def it_says_none_in_a_sentence(self, results):
        assert MoneyWords(results.verdicts, PRINTED).shares() == ""

    def it_has_none_in_the_workbooks(self, results, convert):
        tables = [make(results, PRINTED) for make in (earmark_table, code_table)]
        book = write_derivation(
            results, [PrintedTable(n, table) for n, table in enumerate(tables, 1)]
        )
        made = convert(without_results(book), "underlag.xlsx", "xlsx")
        counted = openpyxl.load_workbook(io.BytesIO(made), data_only=True)
        tried = 0
        for number, table in enumerate(tables, 1):
            for line, row in enumerate(table.rows):
                for column, told in enumerate(row):
                    value = counted[f"Tabell {number}"].cell(5 + line, column + 1).value
                    if told == ".":
                        tried += 1
                        assert value == ".", (number, row)
                    elif column and re.fullmatch(r"[\d,]+\u00a0%", told):
                        assert round(value * 100, 1) == float(told[:-2].replace(",", "."))
        assert tried == 8
        page = written(results, write_overview)["Översikt"]
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "12")
        assert [cell.value for cell in row[9:11]] != [None, None]
