"""The report over several years: 2017–2020 of the example, laid beside an oracle that reads the workbooks itself."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from tests.report.oracle_over_years import Oracle
from toolkit.analysis.over_years import SeveralYears
from toolkit.report.blocks import Chart, Figure, Heading, Paragraph, Text
from toolkit.report.over_years import write_years
from toolkit.year.inputs import Inputs
from toolkit.year.money import examine_money
from toolkit.year.run import merged_data
from toolkit.year.secrecy import with_secrecy
from toolkit.year.several import years_there
from toolkit.year.workspace import Workspace

COUNTIES = {
    "Stockholm": "01",
    "Uppsala": "03",
    "Kronoberg": "07",
    "Gotland": "09",
    "Västmanland": "19",
    "Jämtland": "23",
}
YEARS = (2017, 2018, 2019, 2020)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Six counties: Gotland is missing in 2017 and has nothing to report afterwards, Kronoberg is missing in 2019."""
    root = tmp_path_factory.mktemp("flera")
    (root / "templates").symlink_to(ROOT / "templates")
    for year in YEARS:
        (root / f"inputs/{year}/submissions").mkdir(parents=True)
        for name in COUNTIES:
            path = ROOT / f"inputs/{year}/submissions/Redovisning {name} {year}.xlsx"
            if path.exists():
                shutil.copy(path, root / f"inputs/{year}/submissions")
    for name in ("anslagsserie.csv", "pahittat.yaml"):
        shutil.copy(ROOT / "inputs/2020" / name, root / "inputs/2020")
    return root


@pytest.fixture(scope="module")
def several(root):
    inputs = Inputs(Workspace(root, 2020))
    results = []
    for year in YEARS:
        own = inputs.of(year)
        found, _ = examine_money(own, merged_data(own))
        results.append(with_secrecy(own.space, found))
    return SeveralYears(tuple(results))


@pytest.fixture(scope="module")
def report(several):
    return write_years(several)


@pytest.fixture(scope="module")
def oracle(root):
    files = {}
    for year in YEARS:
        paths = (root / f"inputs/{year}/submissions").glob("*.xlsx")
        files[year] = {COUNTIES[path.stem.split()[1]]: path for path in paths}
    return Oracle(files)


@pytest.fixture(scope="module")
def tables(report):
    return {block.table.id: block.table for block in report.blocks if isinstance(block, Figure)}


def said(report):
    """The running text, a line for each paragraph."""
    paragraphs = (block for block in report.blocks if isinstance(block, Paragraph))
    return ["".join(run.text for run in one.runs if isinstance(run, Text)) for one in paragraphs]


class DescribeTheTables:
    def it_counts_the_activities_of_each_year(self, tables, oracle):
        assert [list(row[1:]) for row in tables["omfattning"].rows] == oracle.work()

    def it_counts_them_by_kind(self, tables, oracle):
        *kinds, total = tables["slag_av"].rows
        assert {row[0]: list(row[1:]) for row in kinds} == oracle.kinds()
        assert list(total[1:]) == oracle.work()[1]

    def it_names_who_has_begun_and_who_has_ended(self, tables, oracle):
        codes = COUNTIES

        def counties(cell):
            return {codes[name] for name in cell.replace(" och ", ", ").split(", ") if name != "–"}

        found = {row[0]: (counties(row[1]), counties(row[2])) for row in tables["skifte"].rows}
        assert found == oracle.shifts()
        assert found

    def it_sums_the_indicators(self, tables, oracle):
        expected = oracle.indicators()
        assert [row[0].split("\u00a0")[0] for row in tables["indikator_ar"].rows] == list(expected)
        hidden = 0
        for row in tables["indikator_ar"].rows:
            for cell, (total, counties) in zip(
                row[1:], expected[row[0].split("\u00a0")[0]], strict=True
            ):
                hidden += cell == ".." and bool(total)
                assert cell in {f"{total}\u00a0({counties})", ".."}
        assert hidden <= 8  # sums that would tell how few persons a county has

    @pytest.mark.parametrize("nature", ["U", "K"])
    def it_sums_the_money_by_code(self, tables, oracle, nature):
        label = {"U": "Utgifter", "K": "Kostnader"}[nature]
        rows = {
            row[0].split(" – ")[0]: list(row[2:])
            for row in tables["kod_ar"].rows
            if row[1] == label
        }
        own = rows.pop("PM")
        assert own[:3] == [".", ".", "."]
        assert own[3] == oracle.spent("PM", nature)[3]
        assert rows.pop("Summa") == oracle.spent("", nature)
        assert rows == {code: oracle.spent(code, nature) for code in ("801", "VN", "HR", "VF")}

    @pytest.mark.parametrize("nature", ["U", "K"])
    def it_tells_what_stood_on_other_codes(self, tables, oracle, nature):
        label = {"U": "Utgifter", "K": "Kostnader"}[nature]
        rows = {row[0]: list(row[1:]) for row in tables["sarskilt"].rows}
        assert rows[f"{label} på andra koder, märkta med våldsformen"] == oracle.traced(nature)
        assert rows[f"{label} på den egna koden"] == [".", ".", ".", oracle.spent("PM", nature)[3]]

    def it_counts_the_verdicts_of_all_counties(self, tables):
        rows = {row[0]: list(row[1:]) for row in tables["sarskilt"].rows}
        assert rows["Ej möjligt"] == ["5", "6", "5", "–"]
        assert rows["Inte inkommen"] == ["16", "15", "16", "15"]

    def it_tells_how_many_have_reported(self, tables):
        assert tables["inlamning"].rows == (
            ("Har redovisat", "5", "5", "4", "5"),
            ("Har inget att redovisa", "–", "1", "1", "1"),
            ("Har inte redovisat", "16", "15", "16", "15"),
        )

    def it_shows_the_appropriation_as_printed(self, tables):
        granted, _ = tables["anslag"].rows
        assert granted == (
            "Anslag",
            "60\u00a0000\u00a0000",
            "90\u00a0000\u00a0000",
            "110\u00a0000\u00a0000",
            "110\u00a0000\u00a0000",
        )

    def it_lists_the_periods_of_strategies(self, several, oracle):
        from toolkit.analysis.over_years_tables import period_table

        texts = several.newest.data.year.texts("flerar")
        entries = several.newest.data.year.texts("rapport").entries
        made = period_table(several, type(texts)(texts.name, {**entries, **texts.entries}))
        assert {(row[0], row[1], row[3]) for row in made.rows} == {
            (next(name for name, code in COUNTIES.items() if code == county), title, years)
            for county, title, years in oracle.periods()
        }


class DescribeTheText:
    def it_names_the_counties_that_are_missing_in_a_year(self, report):
        told = next(line for line in said(report) if "saknas redovisning" in line)
        assert "För 2019 saknas redovisning från" in told
        assert "Kronoberg" in told.split("För 2019")[1].split(".")[0]
        assert "Länsstyrelsen Gotland hade inget att redovisa 2018, 2019 och 2020." in told

    def it_compares_the_last_year_with_the_first(self, report, oracle):
        _, counts, _ = oracle.work()
        # Gotland is missing in 2017, and has nothing to report in 2020: it is not compared.
        line = (
            f"De fem länsstyrelser vars aktiviteter är kända både 2017 och 2020 redovisade {counts[3]} aktiviteter "
            f"om prostitution och människohandel 2020, mot {counts[0]} 2017."
        )
        assert any(line in one for one in said(report))

    def it_says_how_many_have_begun_and_ended(self, report, oracle):
        words = ["noll", "en", "två", "tre", "fyra", "fem", "sex"]
        begun = set().union(*(one for one, _ in oracle.shifts().values()))
        ended = set().union(*(one for _, one in oracle.shifts().values()))
        line = next(one for one in said(report) if one.startswith("Av de fem länsstyrelser"))
        assert line.startswith(
            f"Av de fem länsstyrelser vars aktiviteter är kända både 2017 och 2020 har {words[len(begun)]} fått"
        )
        assert f" {words[len(ended)].capitalize()} har inte längre" in line

    def it_says_that_the_code_was_not_there(self, report):
        told = next(line for line in said(report) if "ingen egen kod" in line)
        assert told.startswith("Före 2020 fanns ingen egen kod för området.")
        assert "Verksamhetskoden PM fanns inte 2017, 2018 och 2019." in told

    def it_says_for_which_years_the_objectives_are(self, report):
        line = "Den nationella strategins fyra målsättningar gäller från och med 2017 till och med 2023."
        assert any(one.startswith(line) for one in said(report))

    def it_gives_each_example_with_county_and_year(self, report, oracle):
        bullets = [
            block
            for block in report.blocks
            if isinstance(block, Paragraph) and block.style == "bullet"
        ]
        offered = {
            (name, year): text
            for county, year, text in oracle.examples()
            for name, code in COUNTIES.items()
            if code == county
        }
        told = []
        for one in bullets:
            county, year = one.runs[0].text.strip(" .").rsplit(" ", 1)
            told.append(county)
            assert one.runs[1].text in {
                f"Länsstyrelsen {offered[county, year]}",
                f"”{offered[county, year]}”",
            }
        assert len(told) == len(set(told)) >= 4

    def it_draws_a_small_chart_for_what_all_years_have(self, report):
        small = [block for block in report.blocks if isinstance(block, Chart) and block.height]
        for chart in small:
            assert chart.categories == ("2017", "2018", "2019", "2020")
        assert "indikator_9" not in {
            chart.id for chart in small
        }  # Kronoberg's year has four counties

    def it_has_a_text_in_every_heading(self, report):
        assert [block.text for block in report.blocks if isinstance(block, Heading)][:3] == [
            "Underlag och mål", "Vad rapporten bygger på", "Strategier och målsättningar",
        ]  # fmt: skip


class DescribeTheYearsThatAreThere:
    def it_leaves_out_years_without_returns(self, root):
        assert years_there(Workspace(root, 2021), 2015, 2023) == [2017, 2018, 2019, 2020]

    def it_says_which_are_left_out(self, several):
        without = SeveralYears(several.results[::3], (2018, 2019))
        assert any(
            "inga redovisningar för 2018 och 2019" in one for one in said(write_years(without))
        )
