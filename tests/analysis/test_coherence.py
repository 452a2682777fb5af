"""The chain from lägesbild to resultat: what is counted, and how it is shown."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.coherence import STEPS, chains
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.results import YearResults
from toolkit.analysis.tables import make_tables
from toolkit.report import write_report
from toolkit.report.blocks import Figure, Heading


@pytest.fixture
def table(year, rows, workbook, look):
    """The matrix's row for Skåne, after a change of its clean rows."""

    def make(change):
        change(rows)
        data = merge(year, [look(workbook(rows))])
        money = YearResults(data, earmark_verdicts(data, year.spec.earmarks[0]), Series(()))
        return make_tables(money, year.texts("rapport"))["sammanhang"]

    return make


def skane(table):
    return next(row for row in table.rows if row[0] == "Skåne")


def another(rows, **changes):
    rows["aktiviteter"].append(
        {**rows["aktiviteter"][0], "id": "A2", "rubrik": "En annan utbildning", **changes}
    )


class DescribeTheMatrix:
    def it_says_yes_when_every_step_is_there(self, table):
        assert skane(table(lambda rows: None)) == ("Skåne", *["Ja (1)"] * 6)

    def it_counts_the_steps_that_each_activity_has(self, table):
        planned = {"status": "P", "resultat": None, "belagg": None, "slut": None}
        row = skane(table(lambda rows: another(rows, **planned)))
        assert dict(zip((*STEPS, "hel"), row[1:], strict=True)) == {
            "lagesbild": "Ja (2)", "mal": "Ja (2)", "aktivitet": "Delvis (1 av 2)", "indikator": "Delvis (1 av 2)",
            "resultat": "Delvis (1 av 2)", "hel": "Delvis (1 av 2)",
        }  # fmt: skip

    def it_sees_a_goal_without_a_picture(self, table):
        row = skane(table(lambda rows: rows["mal"][0].update(lagesbild_id="u.s.")))
        assert (row[1], row[2], row[6]) == ("..", "Ja (1)", "..")

    def it_leaves_out_other_kinds_of_violence(self, table):
        row = skane(
            table(lambda rows: rows["aktiviteter"][0].update(valdsform="VNR", verksamhetskod="VN"))
        )
        assert row == ("Skåne", *["–"] * 6)

    def it_does_not_guess_about_counties_that_have_not_reported(self, table):
        made = table(lambda rows: None)
        assert [row[1] for row in made.rows if row[0] in {"Stockholm", "Gotland"}] == ["..", ".."]
        assert made.rows[-1] == ("Summa", *["Ja (1)"] * 6)

    def it_explains_every_mark_below_it(self, table):
        made = table(lambda rows: None)
        for mark in ("Ja betyder", "Delvis att", "Nej att", "tankstreck (–)", "två punkter (..)"):
            assert mark in made.source

    def it_stands_in_the_appendix(self, example):
        year = example.year
        report = write_report(
            YearResults(
                example, earmark_verdicts(example, year.spec.earmarks[0]), read_series_of_example()
            )
        )
        at = next(
            n
            for n, b in enumerate(report.blocks)
            if isinstance(b, Figure) and b.table.id == "sammanhang"
        )
        before = [block.name for block in report.blocks[:at] if isinstance(block, Heading)]
        assert before[-2:] == ["bilaga", "sammanhangsmatris"]


def read_series_of_example():
    from toolkit.analysis.appropriations import read_series

    return read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")


def it_counts_in_the_text_what_the_matrix_counts(example):
    found = chains(example, example.year.spec.earmarks[0])
    assert len(found) == len(
        [row for row in example.rows("aktiviteter") if row["valdsform"] == "PMH"]
    )
    assert all("aktivitet" in chain.steps for chain in found)
