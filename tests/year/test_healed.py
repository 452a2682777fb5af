"""An xls or an xlsb comes back as the year's own template, filled with what was read, and marked."""

from __future__ import annotations

import io
import shutil
from copy import deepcopy

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT, said
from toolkit.files.zip import ending_of, read_package
from toolkit.year.inputs import Inputs
from toolkit.year.progress import no_step
from toolkit.year.submissions import check_files, write_returns
from toolkit.year.workspace import Workspace


@pytest.fixture(scope="module")
def spoiled(small_workbook, edited):
    """Skåne's return with an error, a question, a number that can be read in two ways, what is no number, an error
    value, a column, a sheet and a comment of the county's own."""
    rows = deepcopy(CLEAN)
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["ekonomi"].append({**rows["ekonomi"][0], "id": "E2"})

    def change(book):
        economy = book["Ekonomi"]
        economy["J6"] = 40000
        economy["J7"], economy["K7"] = "1.234", "fjorton"
        economy["R5"], economy["R6"] = "Vår kolumn", "ring Polisen"
        book.create_sheet("Eget blad")["B7"] = 12
        book["Mål"]["E6"].comment = openpyxl.comments.Comment("hör efter", "Anna")

    return edited(small_workbook(rows), change)


@pytest.fixture(scope="module", params=["xls", "xlsb"])
def sent(request, spoiled):
    """The same return in each of the formats that come back healed."""
    if request.param == "xls":
        convert = request.getfixturevalue("convert")
        return "12 Skåne.xls", convert(spoiled, "in.xlsx", "xls:MS Excel 97")
    return "12 Skåne.xlsb", request.getfixturevalue("saved_by_sheetjs")(spoiled, "xlsb")


@pytest.fixture(scope="module")
def space(sent, tmp_path_factory):
    root = tmp_path_factory.mktemp("arbete")
    shutil.copytree(ROOT / "templates", root / "templates")
    space = Workspace(root, 2020)
    (space.inputs / "submissions").mkdir(parents=True)
    (space.inputs / "submissions" / sent[0]).write_bytes(sent[1])
    return space


@pytest.fixture(scope="module")
def checked(space):
    return check_files(Inputs(space), space.submissions(), no_step)


@pytest.fixture(scope="module")
def written(space, checked, year):
    return write_returns(space, year, checked)


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(written[0])


def lines_of(book):
    """What stands in each row of the feedback sheet, below its headings."""
    rows = book["Återkoppling"].iter_rows(min_row=7, min_col=2, values_only=True)
    return [[value for value in row if value is not None] for row in rows]


@pytest.mark.libreoffice
class DescribeAHealedReturn:
    def it_is_the_years_own_template_with_all_that_lives_in_it(self, written, book, year):
        assert [path.name for path in written] == ["12-Skåne.xlsx"]
        assert ending_of(written[0].read_bytes()) == ".xlsx"
        assert book.sheetnames == [
            "Återkoppling", *(sheet.label for sheet in year.spec.sheets), "_lansrapport",
        ]  # fmt: skip
        assert len(book["Ekonomi"].data_validations.dataValidation) > 5
        formulas = [cell for row in book["Kontroll"] for cell in row if cell.data_type == "f"]
        assert len(formulas) > 10
        assert str(book["Ekonomi"]["A6"].value).startswith("=rad_")
        assert len(book["Ekonomi"].conditional_formatting) > 5

    def it_holds_what_was_read_and_what_could_not_be_as_it_was_written(self, book):
        sheet = book["Ekonomi"]
        assert [sheet.cell(6, column).value for column in (2, 10, 11)] == ["E1", 40000, 84500.5]
        assert [sheet.cell(7, column).value for column in (2, 10, 11)] == ["E2", "1.234", "fjorton"]

    def it_says_the_same_of_the_same_cells(self, written, checked, look):
        assert said(look(written[0].read_bytes())) == [
            (code, cell)
            for code, cell in said(checked[0].found)
            if not code.startswith("KOL-") and code != "BLAD-EGET"
        ]

    def it_is_marked_in_those_cells(self, written, book):
        assert "fjorton" in book["Ekonomi"]["K7"].comment.text
        assert "ingen rad i Lägesbild har det id:t" in book["Mål"]["C6"].comment.text
        assert (
            "länsrapport"
            in read_package(written[0].read_bytes())["xl/worksheets/sheet7.xml"].decode()
        )

    def it_says_that_it_is_a_fresh_copy_and_why(self, book, sent):
        told = str(book["Återkoppling"]["B5"].value)
        assert "årets mall" in told
        assert sent[0].rpartition(".")[2] in told

    def it_lists_with_cells_what_could_not_move(self, book):
        told = [" | ".join(map(str, line)) for line in lines_of(book)]
        for place, value in (
            ("Ekonomi | R6", "ring Polisen"),
            ("Eget blad | B7", "12"),
            ("Mål | E6", "hör efter"),
        ):
            assert any(place in line and value in line for line in told), place

    def it_carries_over_what_the_copy_cannot_show(self, book):
        (line,) = (line for line in lines_of(book) if "KOL-EXTRA" in line)
        assert line[2:4] == ["Er fil: Ekonomi", "R5"]

    def it_is_an_ordinary_return_when_it_is_sent_in_again(self, written, look, year):
        from toolkit.annotate import mark_workbook

        found = look(written[0].read_bytes())
        texts = year.texts("aterkoppling")
        again = mark_workbook(written[0].read_bytes(), found.findings, texts)
        assert openpyxl.load_workbook(io.BytesIO(again))["Återkoppling"]["B5"].value is None
        assert mark_workbook(again, look(again).findings, texts) == again
