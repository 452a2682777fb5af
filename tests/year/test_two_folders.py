"""What is made lies by who may have it: internt/ says so on every page, publicering/ may leave, and
what goes to one county each lies beside them. What an earlier version laid elsewhere is put there."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile

import docx
import openpyxl
import pytest

from tests.conftest import ROOT
from tests.staff.test_saved_where_opened import decide, decided, run  # noqa: F401
from toolkit.year.documents import write_documentation
from toolkit.year.inputs import Inputs
from toolkit.year.layout import put_in_place
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.money import examine_money, write_money
from toolkit.year.report import write_counties, write_report
from toolkit.year.status import publish_status, status_of
from toolkit.year.submissions import check_submissions, found_in, write_returns
from toolkit.year.workspace import Workspace

OLD = (
    "avsteg.xlsx", "data/ekonomi.csv", "data/mal.csv", "dataordbok.xlsx", "ekonomi.xlsx", "filer.xlsx",
    "ifyllnadsanvisning.docx", "rapport (ny).docx", "rapport-2017-2020.docx",
    "rapport-granskning.docx", "rapport-granskning.pdf", "rapport.docx", "rapport.pdf", "redaktion.xlsx",
    "sammanstallning.xlsx", "status.xlsx", "texter.docx", "underlag.xlsx", "12-Skåne-rapport.docx",
)  # fmt: skip
NEWER = {"rapport.docx": "rapport (ny).docx"}
PUBLIC = {name for name in OLD if re.search(r"rapport[^g]*$|dataordbok|ifyllnad", name)}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """All that is made of one county's year but workbooks for all of them."""
    root = tmp_path_factory.mktemp("år")
    shutil.copytree(ROOT / "templates", root / "templates")
    for kind in ("submissions", "ledgers"):
        folder = root / "inputs/2020" / kind
        folder.mkdir(parents=True)
        for path in (ROOT / "inputs/2020" / kind).glob("*Västmanland*"):
            shutil.copy(path, folder / path.name)
    space = Workspace(root, 2020)
    inputs = Inputs(space)
    checked = check_submissions(inputs)
    write_returns(space, inputs.year, checked)
    data = merge_all(inputs.year, found_in(checked))
    write_merge(space, data)
    finance, _ = examine_money(inputs, data)
    write_money(inputs, finance)
    publish_status(inputs, status_of(inputs, data, finance.verdicts))
    write_report(space, finance, review=True)
    write_counties(space, finance, [one for one in inputs.year.spec.counties if one.code == "19"])
    write_documentation(space, inputs.year)
    return space


@pytest.fixture(scope="module")
def made(space):
    return space.outputs


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def texts_of(path):
    """All that a file says, part by part."""
    if not zipfile.is_zipfile(path):
        yield path.read_text("utf-8-sig")
        return
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield re.sub(r"<[^>]+>", " ", package.read(name).decode("utf-8", "replace"))


class DescribeWhatIsMade:
    def it_lies_by_who_may_have_it(self, made):
        assert sorted(path.name for path in made.iterdir()) == ["internt", "publicering", "returns"]
        assert sorted(path.name for path in (made / "publicering").iterdir()) == [
            "19-Västmanland-rapport.docx",
            "data",
            "dataordbok.xlsx",
            "ifyllnadsanvisning.docx",
            "rapport.docx",
        ]
        assert {path.name for path in (made / "internt").iterdir()} == {
            *("avsteg.xlsx", "data", "ekonomi.xlsx", "filer.xlsx", "rapport-granskning.docx"),
            *(
                "redaktion.xlsx",
                "sammanstallning.xlsx",
                "status.xlsx",
                "texter.docx",
                "underlag.xlsx",
            ),
        }

    def it_says_on_each_sheet_of_the_house_that_it_is_internal(self, made):
        books = sorted((made / "internt").glob("*.xlsx"))
        assert len(books) == 7
        for path in books:
            for sheet in openpyxl.load_workbook(path).worksheets:
                said = f"{sheet['A2'].value} {sheet['A3'].value}"
                assert "INTERN" in said, (path.name, sheet.title)
                assert "INTERN" in str(sheet.oddHeader.center.text), (path.name, sheet.title)

    @pytest.mark.parametrize("name", ["texter.docx", "rapport-granskning.docx"])
    def it_says_so_above_each_page_of_a_document(self, made, name):
        document = docx.Document(str(made / "internt" / name))
        even = document.settings.odd_and_even_pages_header_footer
        for section in document.sections:
            shown = [section.header, *([section.even_page_header] if even else [])]
            if section.different_first_page_header_footer:
                shown.append(section.first_page_header)
            for header in shown:
                assert [one.text for one in header.paragraphs if "INTERN" in one.text] == [
                    "INTERN – lämnar inte huset."
                ]

    def it_names_no_persons_in_what_may_leave_nor_says_that_it_is_internal(self, space):
        with space.table("uppgifter").open(encoding="utf-8-sig", newline="") as source:
            (told,) = csv.DictReader(source, delimiter=";")
        persons = {told["kontakt_namn"], told["kontakt_epost"], told["godkand_av"]}
        assert all(persons)
        merged = " ".join(texts_of(space.merged))
        assert all(one in merged for one in persons)
        for path in files_in(space.public):
            said = " ".join(texts_of(path))
            assert [one for one in (*persons, "INTERN") if one in said] == [], path.name


class DescribeAFolderOfAnEarlierVersion:
    @pytest.fixture
    def old(self, tmp_path):
        for year in (2019, 2020):
            for name in OLD:
                path = tmp_path / "outputs" / str(year) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{year} {name}", encoding="utf-8")
        return Workspace(tmp_path, 2020)

    def it_is_put_in_place_for_every_year(self, old):
        (old.outputs / "mina egna anteckningar.docx").write_text("x", encoding="utf-8")
        put_in_place(old)
        assert [path.name for path in old.outputs.iterdir() if path.is_file()] == [
            "mina egna anteckningar.docx"
        ]
        for one in (old, old.before):
            assert not (one.outputs / "data").exists()
            for name in OLD:
                folder = one.public if name in PUBLIC else one.internal
                # What could not take its place is newer than what held it.
                newest = NEWER.get(name, name)
                assert (folder / newest.replace(" (ny)", "")).read_text(
                    "utf-8"
                ) == f"{one.year} {newest}"
        put_in_place(old)

    def it_leaves_nothing_stale_where_a_newer_one_lies(self, old):
        old.public.mkdir()
        old.report.write_text("ny", encoding="utf-8")
        put_in_place(old)
        assert old.report.read_text("utf-8") == "ny"
        assert not (old.outputs / "rapport.docx").exists()

    def it_keeps_a_workbook_that_may_hold_decisions_until_they_are_taken_over(self, old):
        old.internal.mkdir()
        old.finance.write_text("ny", encoding="utf-8")
        put_in_place(old)
        assert old.former_finance.read_text("utf-8") == "2020 ekonomi.xlsx"


class DescribeDecisionsSavedWhereTheWorkbookLayBefore:
    @pytest.mark.parametrize("newer", [False, True])
    def it_takes_them_over(self, run, newer):  # noqa: F811
        space, go = run
        go()
        shutil.copy(space.finance, space.former_finance)
        decide(space.former_finance, "Godkänd")
        if not newer:
            space.finance.unlink()
        put_in_place(space)
        assert "BESLUT-HAMTADE" in go()
        assert decided(space) == [("godkand", "c")]
        assert not space.former_finance.exists()

    def it_leaves_them_alone_where_others_have_been_taken_since(self, run):  # noqa: F811
        space, go = run
        go()
        shutil.copy(space.finance, space.former_finance)
        decide(space.former_finance, "Godkänd")
        decide(space.finance, "Utreds")
        shutil.copy(space.finance, space.decisions)
        assert "BESLUT-KROCK" in go()
        assert space.former_finance.exists()
        assert decided(space) == [("utreds", "c")]
