"""The county's own file back: marked where it is wrong, and otherwise its own."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity
from python_calamine import CalamineWorkbook

from tests.conftest import ROOT, said
from toolkit.annotate import mark_workbook
from toolkit.annotate.marks import HEADLINE
from toolkit.annotate.page import LOOKS, WIDTHS
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.xlsx import sheet_paths
from toolkit.year.inputs import Inputs
from toolkit.year.submissions import check_files
from toolkit.year.workspace import Workspace


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture
def spoiled(rows, workbook):
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["ekonomi"][0]["budget"] = 40000
    return workbook(rows)


@pytest.fixture
def marked(spoiled, look, texts):
    return mark_workbook(spoiled, look(spoiled).findings, texts)


def comments_in(data, sheet):
    """Every note of a sheet: its cell, and of its lines the county's own and the one that begins ours."""
    parts = read_package(data)
    path = sheet_paths(
        {name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    )[sheet]
    relations = parts.get(f"xl/worksheets/_rels/{path.rpartition('/')[2]}.rels", b"").decode()
    found = [
        name
        for name in parts
        if name.endswith(".xml") and "omment" in name and name.rpartition("/")[2] in relations
    ]
    told = []
    for comment in (c for name in found for c in etree.fromstring(parts[name]).iter("{*}comment")):
        lines = "".join(comment.itertext()).split("\n")
        own = lines[: lines.index(HEADLINE)] if HEADLINE in lines else lines
        told.append(
            (
                comment.get("ref"),
                [line for line in own if line] + [HEADLINE] * lines.count(HEADLINE),
            )
        )
    return told


@pytest.fixture
def faults(tmp_path):
    """What a validator that knows Excel's own rules finds in a workbook."""
    validator = OpenXmlValidator()

    def find(data):
        path = tmp_path / "fil.xlsx"
        path.write_bytes(data)
        found = validator.validate(path).errors
        wrong = {
            (f.part_uri, f.description) for f in found if f.severity is ValidationSeverity.ERROR
        }
        return {(part, said) for part, said in wrong if "/theme'" not in said}  # Excel needs none

    return find


@pytest.mark.whole
class DescribeAMarkedFile:
    def it_keeps_every_part_that_need_not_change_byte_for_byte(self, spoiled, marked):
        before, after = read_package(spoiled), read_package(marked)
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {
            "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
            "xl/worksheets/sheet1.xml", "xl/worksheets/sheet4.xml", "xl/worksheets/sheet7.xml",
        }  # fmt: skip

    def it_opens_on_the_feedback_sheet_with_a_verdict(self, marked):
        book = openpyxl.load_workbook(io.BytesIO(marked))
        assert book.sheetnames[:2] == ["Återkoppling", "Läs mig"]
        assert book.active.title == "Återkoppling"
        sheet = book["Återkoppling"]
        assert (
            sheet["B3"].value
            == "Redovisningen behöver rättas innan den kan sammanställas: 1 fel och 1 fråga."
        )
        lines = [[sheet.cell(row, column).value for column in (2, 4, 5)] for row in (7, 8)]
        assert lines == [["Fel", "Mål", "C6"], ["Fråga", "Ekonomi", "K6"]]
        assert (
            sheet["E7"].hyperlink.location == "'Mål'!C6"
            or sheet["E7"].hyperlink.location == "Mål!C6"
        )

    def it_puts_a_note_in_the_cell_and_leaves_its_own_format(self, spoiled, marked):
        before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (spoiled, marked))
        cell = after["Mål"]["C6"]
        assert "ingen rad i Lägesbild har det id:t" in cell.comment.text
        own = before["Mål"]["C6"]
        assert (cell.fill.fgColor.rgb, cell.font.name, cell.number_format) == (
            own.fill.fgColor.rgb, own.font.name, own.number_format,
        )  # fmt: skip
        areas = [str(area.sqref) for area in after["Mål"].conditional_formatting]
        assert "C6" in areas

    def it_is_the_same_when_marked_twice(self, marked, look, texts):
        assert mark_workbook(marked, look(marked).findings, texts) == marked

    def it_says_the_same_when_sent_in_again(self, spoiled, marked, look):
        assert said(look(marked)) == said(look(spoiled))

    def it_closes_a_question_that_the_county_has_explained(self, marked, look, edited):
        def answer(book):
            book["Återkoppling"]["I8"] = "Priset steg när utbildningen blev digital."

        found = look(edited(marked, answer))
        question = next(finding for finding in found.findings if finding.code == "EKON-BUDGET")
        assert question.explanation == "Priset steg när utbildningen blev digital."
        assert question.closed

    def it_loses_its_marks_when_all_is_mended(self, marked, look, edited, texts):
        def mend(book):
            book["Mål"]["C6"] = "L1"
            book["Ekonomi"]["J6"] = 90000

        mended = edited(marked, mend)
        found = look(mended)
        assert said(found) == []
        clean = openpyxl.load_workbook(io.BytesIO(mark_workbook(mended, found.findings, texts)))
        assert clean["Återkoppling"]["B3"].value == "Redovisningen är klar. Inget behöver göras."
        assert clean["Mål"]["C6"].comment is None

    def it_gives_the_feedback_alone_for_a_file_that_is_no_package(self, look, texts):
        data = mark_workbook(b"inte en arbetsbok", look(b"inte en arbetsbok").findings, texts)
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert book.sheetnames == ["Återkoppling"]
        assert book.active["F7"].value.startswith("Filen fil.xlsx är inte sparad som en arbetsbok")

    def it_gives_back_something_that_opens_whatever_came_in(self, texts):
        paths = sorted(
            path for path in (ROOT / "tests/workbooks").iterdir() if path.suffix != ".md"
        )
        for item in check_files(Inputs(Workspace(ROOT, 2020)), paths, lambda: None):
            marked = mark_workbook(item.data, item.found.findings, texts)
            book = CalamineWorkbook.from_filelike(io.BytesIO(marked))
            assert (len(item.found.findings), book.sheet_names[0]) == (1, "Återkoppling"), (
                item.path.name
            )
            again = mark_workbook(marked, item.found.findings, texts)
            assert mark_workbook(again, item.found.findings, texts) == again, item.path.name
            said = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[4][1]
            # Where the sheet stands by itself it says why, and that the county's own file is as it was.
            assert bool(said) == (len(book.sheet_names) == 1), item.path.name
            assert said or again == marked, item.path.name
        assert len(paths) == 15

    def it_is_the_same_when_the_feedback_alone_is_sent_in_and_marked(self, look, texts):
        alone = mark_workbook(b"inte en arbetsbok", look(b"inte en arbetsbok").findings, texts)
        found = look(alone)
        assert said(found) == [("FIL-EJ-MALL", None)]
        again = mark_workbook(alone, found.findings, texts)
        assert openpyxl.load_workbook(io.BytesIO(again)).sheetnames == ["Återkoppling"]
        assert mark_workbook(again, found.findings, texts) == again

    @pytest.mark.parametrize(
        "part", ["xl/worksheets/sheet4.xml", "xl/workbook.xml", "xl/styles.xml"]
    )
    def it_gives_the_feedback_alone_for_a_package_with_a_broken_part(
        self, spoiled, look, texts, part
    ):
        package = read_package(spoiled)
        package[part] = package[part][:-200]
        data = mark_workbook(write_package(package.items()), look(spoiled).findings, texts)
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["Återkoppling"]

    def it_does_not_open_what_was_refused(self, look, texts, monkeypatch):
        monkeypatch.setattr("toolkit.annotate.xlsx.book.open_package", None)
        bomb = write_package([("xl/workbook.xml", b" " * 5_000_000)])
        found = look(bomb)
        assert said(found) == [("FIL-FARLIG", None)]
        assert (
            "FIL-FARLIG"
            in read_package(mark_workbook(bomb, found.findings, texts))[
                "xl/worksheets/sheet1.xml"
            ].decode()
        )

    def it_leaves_a_sheet_with_the_countys_own_notes_byte_for_byte(
        self, spoiled, look, edited, texts
    ):
        def change(book):
            book["Aktiviteter"]["D6"].comment = openpyxl.comments.Comment("Vår egen", "Anna")

        data = edited(spoiled, change)
        before, after = (
            read_package(data),
            read_package(mark_workbook(data, look(data).findings, texts)),
        )
        sheets = {name for name in before if name.startswith(("xl/worksheets/", "xl/comments"))}
        assert {name for name in sheets if before[name] != after[name]} == {
            f"xl/worksheets/sheet{number}.xml" for number in (1, 4, 7)
        }

    def it_is_sound_to_the_validator_that_foretells_what_excel_does(
        self, marked, look, edited, texts, faults
    ):
        def answer(book):
            book["Återkoppling"]["I8"] = "Priset steg när utbildningen blev digital."
            book["Aktiviteter"]["D6"].comment = openpyxl.comments.Comment("Vår egen", "Anna")

        answered = edited(marked, answer)
        again = mark_workbook(answered, look(answered).findings, texts)
        alone = mark_workbook(b"inte en arbetsbok", look(b"inte en arbetsbok").findings, texts)
        assert (faults(marked), faults(alone)) == (set(), set())
        assert faults(again) <= faults(answered)

    @pytest.mark.libreoffice
    def it_adds_no_fault_to_what_libreoffice_saved(self, spoiled, look, convert, texts, faults):
        saved = convert(spoiled, "s.xlsx", "xlsx:Calc MS Excel 2007 XML")
        assert faults(mark_workbook(saved, look(saved).findings, texts)) <= faults(saved)

    def it_writes_below_the_countys_own_note_in_a_cell_and_gives_it_back_as_it_was(
        self, spoiled, look, edited, texts, faults
    ):
        def change(book):
            book["Mål"]["C6"].comment = openpyxl.comments.Comment("Fråga Anna om L9.", "Bo")

        own = edited(spoiled, change)
        marked = mark_workbook(own, look(own).findings, texts)
        assert comments_in(marked, "Mål") == [("C6", ["Fråga Anna om L9.", HEADLINE])]
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        assert faults(marked) <= faults(own)
        stripped = openpyxl.load_workbook(io.BytesIO(mark_workbook(marked, [], texts)))["Mål"][
            "C6"
        ].comment
        assert (stripped.text, stripped.author) == ("Fråga Anna om L9.", "Bo")

    def it_keeps_its_notes_out_of_the_drawing_of_the_pages_header(self, spoiled, look, texts):
        package, office = (
            read_package(spoiled),
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        package["xl/worksheets/_rels/sheet4.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId7" Type="{office}/vmlDrawing" Target="../drawings/vmlDrawing9.vml"/></Relationships>'
        ).encode()
        package["xl/drawings/vmlDrawing9.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"/>'
        link = f'<legacyDrawingHF xmlns:r="{office}" r:id="rId7"/></worksheet>'.encode()
        package["xl/worksheets/sheet4.xml"] = package["xl/worksheets/sheet4.xml"].replace(
            b"</worksheet>", link
        )
        data = write_package(package.items())
        marked = mark_workbook(data, look(data).findings, texts)
        after = read_package(marked)
        sheet = after["xl/worksheets/sheet4.xml"]
        assert after["xl/drawings/vmlDrawing9.vml"] == package["xl/drawings/vmlDrawing9.vml"]
        assert 0 < sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF ")
        assert mark_workbook(marked, look(marked).findings, texts) == marked

    @pytest.mark.libreoffice
    def it_knows_its_notes_again_in_what_libreoffice_saved(self, marked, look, convert, texts):
        """LibreOffice keeps no author of a note in an xlsx."""
        saved = convert(marked, "m.xlsx", "xlsx:Calc MS Excel 2007 XML")
        again = mark_workbook(saved, look(saved).findings, texts)
        assert [comments_in(again, sheet) for sheet in ("Mål", "Ekonomi")] == [
            [("C6", [HEADLINE])],
            [("K6", [HEADLINE])],
        ]
        assert comments_in(mark_workbook(saved, [], texts), "Mål") == []

    @pytest.mark.libreoffice
    def it_opens_in_libreoffice_with_its_notes(self, convert, marked):
        content = read_package(convert(marked, "m.xlsx", "ods"))["content.xml"].decode()
        assert "office:annotation" in content
        assert "ingen rad i Lägesbild har det id:t" in content


class DescribeTheSheetInPrint:
    def it_is_read_at_eight_points_on_a_lying_page(self):
        # ECMA-376-1, 18.3.1.13: a column's width in pixels at Calibri 11, 96 to the inch.
        pixels = sum(int((256 * width + 18) / 256 * 7) + 5 for width in WIDTHS[1:])
        page = 297 / 25.4 - 2 * 0.25
        assert min(look.size for look in LOOKS.values()) * page / (pixels / 96) >= 8
