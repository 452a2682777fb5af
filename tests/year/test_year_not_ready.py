"""A year that is being written, and cannot be read yet, stops no other year. It is told once, and its files are ours to
come back to: nothing is asked of those who sent them."""

from __future__ import annotations

import shutil

import pytest

from tests.collections.folder import run
from tests.conftest import ROOT, shortened
from tests.spec.edits import exchange
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.inputs import Inputs, newest_inputs
from toolkit.year.submissions import check_given, check_submissions
from toolkit.year.workspace import Workspace

NEXT = "2021/arbetsbok.yaml"
SLIPS = {
    "a_field_misspelt": ("rename: aktiviteter.ansvarig", "rename: aktiviteter.ansvrig"),
    "no_yaml": ("changes:\n", "changes: [\n"),
    "a_year_that_is_not_there": ("based_on: 2020", "based_on: 2019"),
    "another_years_number": ("to: {year: 2021,", "to: {year: 2022,"),
}


@pytest.fixture
def templates(tmp_path):
    for number in (2020, 2021):
        shutil.copytree(ROOT / f"templates/{number}", tmp_path / f"templates/{number}")
    return tmp_path / "templates"


@pytest.fixture(scope="module")
def books():
    """A return of 2020 and one of 2021, by year and county."""
    return {(number, code): book_of(number, code) for number, code in ((2020, "12"), (2021, "25"))}


def book_of(number, code):
    year = load_year(ROOT / "templates", number)
    spec = shortened(year.spec)
    county = next(one for one in spec.counties if one.code == code)
    form = {"uppgifter": [{"lan": code, "kontakt_namn": "Anna Ek"}]}
    return write_template(spec, county, year.texts("mall"), form)


@pytest.fixture
def root(templates, books):
    """A folder with a file of each year."""
    for (number, code), book in books.items():
        path = sent(templates.parent, number, code)
        path.parent.mkdir(parents=True)
        path.write_bytes(book)
    return templates.parent


def sent(root, year, code):
    return root / f"inputs/{year}/submissions/{code}.xlsx"


class DescribeAYearThatCannotBeRead:
    @pytest.mark.parametrize("slip", SLIPS)
    def it_is_left_out_and_noted_once(self, templates, slip):
        exchange(templates, *SLIPS[slip], name=NEXT)
        inputs = Inputs(Workspace(templates.parent, 2020))
        assert list(inputs.years) == list(inputs.years) == [2020]
        assert list(inputs.space.log.unready) == [2021]
        assert "templates/2021/arbetsbok.yaml, rad " in inputs.space.log.unready[2021]

    def it_is_not_the_newest_for_files_of_any_year(self, templates):
        exchange(templates, *SLIPS["no_yaml"], name=NEXT)
        assert newest_inputs(templates.parent).space.year == 2020

    def it_stops_its_own_year(self, templates):
        exchange(templates, *SLIPS["no_yaml"], name=NEXT)
        with pytest.raises(SpecError, match="templates/2021"):
            _ = Inputs(Workspace(templates.parent, 2021)).year

    def it_stops_all_where_no_year_can_be_read(self, templates):
        exchange(templates, "year: 2020", "yaer: 2020")
        with pytest.raises(SpecError, match="templates/2020"):
            newest_inputs(templates.parent)
        with pytest.raises(SpecError, match="templates/2020"):
            _ = Inputs(Workspace(templates.parent, 2020)).years

    def it_gives_its_files_as_ours_to_mend(self, root):
        exchange(root / "templates", *SLIPS["a_field_misspelt"], name=NEXT)
        given = [sent(root, 2020, "12"), sent(root, 2021, "25")]
        [checked] = check_given(newest_inputs(root), given)
        of_2020, of_2021 = (one.found for one in checked.files)
        assert "FIL-VERKTYG" not in {one.code for one in of_2020.findings}
        [told] = of_2021.findings
        assert (told.code, told.county, of_2021.year) == ("FIL-VERKTYG", "25", 2021)
        assert of_2021.fault.kind == "SpecError"
        assert not told.blocks

    def it_asks_nothing_of_a_county_whose_file_lies_among_this_years(self, root):
        shutil.move(sent(root, 2021, "25"), sent(root, 2020, "25"))
        exchange(root / "templates", *SLIPS["a_field_misspelt"], name=NEXT)
        found = check_submissions(Inputs(Workspace(root, 2020)))
        told = {one.path.name: {finding.code for finding in one.found.findings} for one in found}
        assert told["25.xlsx"] == {"FIL-VERKTYG"}

    def it_knows_the_year_of_a_file_by_its_form_where_the_hidden_sheet_is_gone(self, root, edited):
        path = sent(root, 2021, "25")
        path.write_bytes(edited(path.read_bytes(), lambda book: book.remove(book["_lansrapport"])))
        exchange(root / "templates", *SLIPS["a_field_misspelt"], name=NEXT)
        [checked] = check_given(newest_inputs(root), [path])
        assert {one.code for one in checked.files[0].found.findings} == {"FIL-VERKTYG"}

    def it_is_told_once_by_a_command_that_goes_on(self, root):
        exchange(root / "templates", *SLIPS["a_field_misspelt"], name=NEXT)
        done = run(root, "status", "2020")
        assert done.returncode == 1
        assert "12 Skåne" in done.stdout
        assert done.stderr.count("templates/2021/arbetsbok.yaml, rad ") == 1
        assert done.stderr.startswith("Året 2021 kan inte läsas och är inte med: templates/2021/")
        assert (root / "outputs/2020/internt/status.xlsx").exists()
