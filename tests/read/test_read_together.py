"""A whole column that was written in one way is told once, not once for every cell."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest

from tests.conftest import CLEAN, said


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def many():
    """Twelve activities and twelve lines of spend, all sums in place."""
    rows = deepcopy(CLEAN)
    work, line = rows["aktiviteter"][0], rows["ekonomi"][0]
    rows["aktiviteter"] = [
        {**work, "id": f"A{n}", "rubrik": f"Utbildning {n}", "beskrivning": f"Heldag {n} om upptäckt av människohandel.",
         "start": date(2020, 3, 1) + timedelta(n), "slut": date(2020, 3, 2) + timedelta(n)}
        for n in range(1, 13)
    ]  # fmt: skip
    rows["indikatorer"] = [
        {**rows["indikatorer"][0], "id": f"I{n}", "aktivitet_id": f"A{n}"} for n in range(1, 13)
    ]
    rows["ekonomi"] = [
        {**line, "id": f"E{n}", "budget": 5000, "utfall": 1000 + n} for n in range(1, 13)
    ]
    total = sum(row["utfall"] for row in rows["ekonomi"])
    rows["anslag"][0]["utgifter"] = rows["huvudbok"][4]["huvudbok"] = rows["sarredovisning"][0][
        "belopp"
    ] = total
    return rows


@pytest.fixture
def rewritten(many, workbook, look, edited):
    def write(sheet, column, say, last=17):
        def change(book):
            for row in range(6, last + 1):
                book[sheet][f"{column}{row}"] = say(book[sheet][f"{column}{row}"].value)

        return look(edited(workbook(many), change))

    return write


class DescribeAColumnWrittenInOneWay:
    @pytest.mark.parametrize(
        ("sheet", "column", "say", "code", "text"),
        [
            ("Ekonomi", "K", lambda value: f"{value} kr", "NOT-TAL",
             "12 tal i Utfall står som text. Till exempel har ”1001 kr” i Ekonomi!K6 lästs som 1\u00a0001."),
            ("Ekonomi", "K", lambda value: value + 0.001, "NOT-ORE",
             "12 belopp i Utfall har fler än två decimaler. Till exempel har det i Ekonomi!K6 lästs som 1\u00a0001,00."),
            ("Aktiviteter", "T", lambda value: f"{value:%d/%m %Y}", "NOT-DATUM",
             "12 datum i Start står som text eller tal. Till exempel har ”02/03 2020” i Aktiviteter!T6 lästs som 2020-03-02."),
            ("Ekonomi", "J", lambda value: "5.000", "FALT-TVETYDIGT",
             "12 tal i Budget kan läsas på två sätt. Till exempel har ”5.000” i Ekonomi!J6 lästs som 5\u00a0000."),
            ("Ekonomi", "L", lambda value: 0.5, "FALT-ANDEL",
             "12 värden i Fördelningsandel är högst 1. Till exempel står 0,5, alltså 0,5 procent, i Ekonomi!L6. Det kan vara 50 procent som menas."),
        ],
    )  # fmt: skip
    def it_is_told_once(self, many, rewritten, sheet, column, say, code, text):
        for row in many["ekonomi"]:
            row["grund"] = "TID"
        found = rewritten(sheet, column, say)
        assert said(found) == [(code, f"{sheet}!{column}6:{column}17")]
        assert found.findings[0].message == text

    def it_is_told_cell_by_cell_while_the_cells_are_few(self, rewritten):
        found = rewritten("Ekonomi", "K", lambda value: f"{value} kr", last=7)
        assert said(found) == [("NOT-TAL", "Ekonomi!K6"), ("NOT-TAL", "Ekonomi!K7")]

    def it_is_one_answer_that_closes_it(self, rewritten):
        found = rewritten("Ekonomi", "J", lambda value: "5.000")
        assert [finding.severity.name for finding in found.findings] == ["QUERY"]

    def it_silences_in_each_of_its_cells_what_follows_from_it(self, rewritten):
        found = rewritten("Ekonomi", "K", lambda value: "9.999")
        assert ("EKON-BUDGET", "Ekonomi!K7") not in said(found)
        assert said(found)[-1] == ("FALT-TVETYDIGT", "Ekonomi!K6:K17")


class DescribeAmountsInThousands:
    def it_is_the_cause_and_the_sums_that_differ_follow_from_it(self, rewritten):
        found = rewritten("Ekonomi", "K", lambda value: value / 1000)
        assert said(found)[0] == ("EKON-TKR", "Ekonomi!K6:K17")
        assert {code for code, _ in said(found)} == {"EKON-TKR", "NOT-ORE"}


class DescribeAYearWrittenAsText:
    def it_is_told_as_a_year(self, rewritten):
        found = rewritten("Mål", "F", str, last=6)
        assert found.findings[0].message == "”2021” i Målår har lästs som 2021."
