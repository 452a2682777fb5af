"""What is printed for good: the audit reads the files as they lie, and stops what gives a low count away."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.conftest import ROOT, money_of
from toolkit.analysis.merge import merge
from toolkit.analysis.printed import PrintedIndicator, SecrecyState
from toolkit.files.atomic import beside_of
from toolkit.files.errors import CannotBeDone
from toolkit.spec.codelists import Code
from toolkit.spec.roles import INDICATORS
from toolkit.year.disclosure import all_told, find_leaks
from toolkit.year.report import write_counties, write_for_good
from toolkit.year.secrecy import with_secrecy
from toolkit.year.workspace import Workspace

FILLED = """tryckort: {ort: "Göteborg, maj 2021", nummer: "Rapport 2021:14", dnr: "Dnr 2021/1", kontakt: "info@myndigheten.se"}
forord: {ort: "Göteborg den 3 maj 2021", namn: Karin Ek, titel: Generaldirektör}
"""
COUNTS = {"12": 3, "01": 40, "13": 20}


@pytest.fixture
def space(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    space = Workspace(tmp_path, 2020)
    space.inputs.mkdir(parents=True)
    space.issue.write_text(FILLED, encoding="utf-8")
    return space


@pytest.fixture
def results(year, rows, workbook, look):
    returns = []
    for code, value in COUNTS.items():
        rows["indikatorer"][0] |= {"varde": value, "foregaende": 90}
        returns.append(look(workbook(rows, code), f"{code}.xlsx"))
    return money_of(merge(year, returns))


def told_leaks(space, known):
    return all_told(find_leaks(space, known), known)


class DescribeWhatIsPrintedForGood:
    def it_writes_everything_and_keeps_what_was_printed(self, space, results):
        written = write_for_good(space, results).paths
        assert written[0] == space.report
        assert written[-1] == space.printed
        assert written[-2] == space.packaged("datapackage.json")
        assert len(written) == 24
        told = json.loads(space.printed.read_text())["2"]
        assert told == {"tryckta": {}, "dolda": {"01": "40", "12": "3", "13": "20"}, "utelämnad": False}  # fmt: skip

    def it_stops_at_what_somebody_has_written_in_a_report(self, space, results, year):
        known = with_secrecy(space, results)
        counties = [county for county in year.spec.counties if county.code == "12"]
        (own,) = write_counties(space, results, counties)
        assert find_leaks(space, known) == []
        edited = docx.Document(own)
        edited.add_paragraph("Vi har utbildat tre personer. Alla är utbildade.")
        edited.save(own)
        # The sum of the country stands in the report too: what is left of it are the other two.
        told = told_leaks(space, known).split("; ")
        assert told[0] == "Skåne, 2 Utbildade personer 2020"
        assert {one.split(",")[0] for one in told} == {"Skåne", "Halland", "Stockholm"}

    def it_leaves_nothing_behind_that_gives_a_count_away(self, space, results):
        told = FILLED.replace("info@myndigheten.se", "I Skåne finns tre utbildade personer.")
        space.issue.write_text(told, encoding="utf-8")
        with pytest.raises(CannotBeDone) as caught:
            write_for_good(space, results)
        assert caught.value.name == "fel.rojande"
        assert caught.value.values["told"].startswith("Skåne, 2 Utbildade personer 2020; ")
        assert not list(space.outputs.rglob("*rapport*.docx"))
        assert not space.printed.exists()

    def it_reads_the_file_beside_one_that_was_open(self, space, results, year):
        known = with_secrecy(space, results)
        counties = [county for county in year.spec.counties if county.code == "12"]
        (own,) = write_counties(space, results, counties)
        edited = docx.Document(own)
        edited.add_paragraph("Vi har utbildat tre personer. Alla är utbildade.")
        edited.save(beside_of(own))
        assert {leak.county for leak in find_leaks(space, known)} == {"01", "12", "13"}

    def it_sees_this_year_and_the_last_together(self, space, results, year):
        """A number that was hidden is printed as last year's: with the sum it tells the others theirs."""
        write_for_good(space, results)
        later = replace(space, year=2021)
        known = with_secrecy(later, results)
        assert find_leaks(later, known) == []
        stockholm = next(one for one in year.spec.counties if one.code == "01")
        document = docx.Document(space.county_report(stockholm))
        table = next(
            one
            for one in document.tables
            if [cell.text for cell in one.rows[0].cells][2:3] == ["Året före"]
        )
        table.rows[1].cells[2].text = "40"
        later.public.mkdir(parents=True)
        document.save(later.county_report(stockholm))
        leaks = find_leaks(later, known)
        assert ("12", "13", (3,)) in {(one.county, one.reader, one.values) for one in leaks}


class DescribeAnIndicatorThatNoLongerCountsPersons:
    """An agency says in a corrected edition that indicator 2 counts something else."""

    def it_hides_what_the_first_edition_hid(self, space, results, year):
        hidden = {"01": Decimal(40), "12": Decimal(3), "13": Decimal(20)}
        state = SecrecyState(b"nyckel", {"2": PrintedIndicator({}, hidden)})
        code = year.spec.list_of(INDICATORS).by_code["2"]
        attributes = {**code.attributes, "personer": "nej"}
        other = Code(code=code.code, label=code.label, attributes=attributes)
        assert not other.as_indicator.counts_persons
        later, first = replace(results, secrecy=state), results
        assert [name for name in hidden if later.pattern(other).shows(name)] == []
        assert [name for name in hidden if first.pattern(other).shows(name)] == list(hidden)


class DescribeASectionThatIsOlderThanItsData:
    """What was written in Word when the data said something else."""

    @pytest.fixture
    def older(self, space, results):
        written = docx.Document()
        written.add_heading("Samverkan sker med några parter", 2)
        written.add_paragraph("Hela 16 av 20 länsstyrelser samverkar.")
        heading = written.paragraphs[0]._p
        for name, more in (
            ("bookmarkStart", {"w:name": "_lr_samverkan_0000_00000000"}),
            ("bookmarkEnd", {}),
        ):
            element = OxmlElement(f"w:{name}")
            for key, value in {"w:id": "7", **more}.items():
                element.set(qn(key), value)
            heading.append(element)
        space.manuscript.parent.mkdir(parents=True, exist_ok=True)
        written.save(space.manuscript)
        return space

    def it_stops_the_final_print_before_anything_is_written(self, older, results):
        with pytest.raises(CannotBeDone) as stopped:
            write_for_good(older, results)
        assert stopped.value.name == "fel.texter_aldre"
        assert "Samverkan sker med några parter" in stopped.value.values["names"]
        assert not older.report.exists()
        assert not older.printed.exists()
