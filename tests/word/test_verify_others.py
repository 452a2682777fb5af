"""A county's own report, and one over several years, against the data: known by what stands on their covers, and then by
the same rules as the year's report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, money_of
from tests.word.edits import Edited, text_of
from toolkit.analysis.merge import merge
from toolkit.analysis.over_years import SeveralYears
from toolkit.checks.file import judge
from toolkit.report.county import write_county
from toolkit.report.covers import ReportKind, kind_of
from toolkit.report.over_years import write_years
from toolkit.spec.load import load_year
from toolkit.word import render_report
from toolkit.word.verify.disagreement import NUMBER, RETYPED, WORD
from toolkit.word.verify.reading import cover_lines
from toolkit.word.verify.verify import disagreements, unreadable

TEMPLATE = Path(__file__).parents[2] / "templates/2020/rapport.docx"


@pytest.fixture(scope="module")
def county_report(example_money):
    return render_report(write_county(example_money, "08"), TEMPLATE)


class DescribeACountysOwnReport:
    def it_says_nothing_of_one_that_is_as_it_was(self, county_report):
        assert unreadable(county_report) == ""
        assert disagreements(county_report, county_report) == []

    def it_finds_what_has_been_edited(self, county_report):
        report = Edited(county_report)
        table = next(report.main.iter("{*}tbl"))
        row = next(one for one in table.iter("{*}tr") if text_of(one).startswith("Aktiviteter"))
        cell = list(row.iter("{*}tc"))[1]
        was = text_of(cell)
        report.type_in(cell, was, "114")
        found = disagreements(county_report, report.saved())
        assert [(one.kind, one.expected, one.found) for one in found] == [(RETYPED, was, "114")]

    def it_finds_what_has_been_written(self, county_report):
        report = Edited(county_report)
        place = next(one for one in report.main.iter("{*}p") if len(text_of(one)) > 80)
        report.add_sentence(place, " Samtliga kommuner svarade, och 17 av dem har en rutin.")
        found = disagreements(county_report, report.saved())
        assert {(one.kind, one.found) for one in found} == {(WORD, "Samtliga"), (NUMBER, "17")}


@pytest.fixture(scope="module")
def several(example_money):
    earlier = load_year(ROOT / "templates", 2019)
    paths = sorted((ROOT / "inputs/2019/submissions").glob("*.xlsx"))[:4]
    found = [judge(path.read_bytes(), path.name, {2019: earlier}) for path in paths]
    return SeveralYears((money_of(merge(earlier, found)), example_money))


class DescribeAReportOverSeveralYears:
    @pytest.fixture(scope="class")
    def years_report(self, several):
        return render_report(write_years(several), TEMPLATE)

    def it_says_nothing_of_one_that_is_as_it_was(self, years_report):
        assert unreadable(years_report) == ""
        assert disagreements(years_report, years_report) == []

    def it_finds_an_edited_cell(self, years_report):
        report = Edited(years_report)
        cells = (one for table in report.main.iter("{*}tbl") for one in table.iter("{*}tc"))
        tagged = (one for one in cells if next(one.iter("{*}bookmarkStart"), None) is not None)
        cell = next(one for one in tagged if text_of(one).replace("\u00a0", "").isdecimal())
        was = text_of(cell)
        report.type_in(cell, was, "987654")
        found = disagreements(years_report, report.saved())
        assert [(one.kind, one.found) for one in found] == [(RETYPED, "987654")]


class DescribeWhichReportItIs:
    def it_is_known_by_its_cover(self, example_document, county_report, several, year):
        counties = year.spec.counties
        years_report = render_report(write_years(several), TEMPLATE)
        found = [
            kind_of(cover_lines(one), year, counties)
            for one in (example_document, county_report, years_report)
        ]
        assert [one and (one.county, one.years) for one in found] == [
            ("", None), ("08", None), ("", (2019, 2020)),
        ]  # fmt: skip

    @pytest.mark.parametrize("ending", ["", " (utkast)"])
    def it_is_the_years_own_where_the_cover_says_nothing_known(self, year, ending):
        assert kind_of([f"Min rapport{ending}"], year, year.spec.counties) == ReportKind()

    def it_takes_no_county_for_another(self, year):
        västra = ["Länsstyrelsen Västra Götaland"]
        assert kind_of(västra, year, year.spec.counties) == ReportKind(county="14")
