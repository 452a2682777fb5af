"""A value that is written into a cell of the county's xlsx leaves what stands in all other cells."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from toolkit.annotate.opc import open_package
from toolkit.annotate.xlsx.values import write_values
from toolkit.findings.finding import Cure
from toolkit.words.cells import CellRef

SHARED = (
    '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1</f><v>4</v></c></row>'
    '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><f t="shared" si="0"/><v>6</v></c></row>'
    '<row r="3"><c r="A3"><v>5</v></c><c r="B3"><f t="shared" si="0"/><v>10</v></c></row>'
)


def workbook_with(rows):
    """A workbook whose sheet holds these rows, as Excel writes them."""
    book = openpyxl.Workbook()
    book.active.title = "Ekonomi"
    made = io.BytesIO()
    book.save(made)
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                whole = f"<sheetData>{rows}</sheetData>".encode()
                data = re.sub(rb"<sheetData\s*/>|<sheetData></sheetData>", whole, data)
            new.writestr(name, data)
    return changed.getvalue()


def written(rows, *cures):
    package = open_package(workbook_with(rows))
    write_values(package, cures)
    return openpyxl.load_workbook(io.BytesIO(package.save()))["Ekonomi"]


class DescribeAValueOverADraggedFormula:
    def it_leaves_the_formula_in_the_other_cells(self):
        sheet = written(SHARED, Cure(CellRef("Ekonomi", 1, 2), "svar"))
        assert [sheet[place].value for place in ("B1", "B2", "B3")] == [
            "svar",
            "=A2*$A$1",
            "=A3*$A$1",
        ]

    @pytest.mark.parametrize("row", [2, 3])
    def it_leaves_the_first_cell_alone_where_another_is_written(self, row):
        sheet = written(SHARED, Cure(CellRef("Ekonomi", row, 2), "svar"))
        assert sheet["B1"].value == "=A1*$A$1"
        assert sheet.cell(row, 2).value == "svar"
        assert sheet.cell(5 - row, 2).value == f"=A{5 - row}*$A$1"

    def it_leaves_the_value_where_the_formula_would_lead_out_of_the_sheet(self):
        rows = (
            '<row r="1"><c r="B1"><f t="shared" si="0"/><v>6</v></c></row>'
            '<row r="2"><c r="B2"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>4</v></c></row>'
            '<row r="3"><c r="B3"><f t="shared" si="0"/><v>10</v></c></row>'
        )
        sheet = written(rows, Cure(CellRef("Ekonomi", 2, 2), "svar"))
        assert [sheet[place].value for place in ("B1", "B2", "B3")] == [6, "svar", "=A2*2"]

    def it_may_write_over_several(self):
        cures = [Cure(CellRef("Ekonomi", row, 2), "svar") for row in (1, 2)]
        sheet = written(SHARED, *cures)
        assert [sheet[place].value for place in ("B1", "B2", "B3")] == ["svar", "svar", "=A3*$A$1"]


class DescribeADrawingOfExcel:
    def it_is_read_though_its_line_breaks_have_no_end(self):
        drawing = (
            b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
            b"<div>Spara<br>nu<BR clear='all'>igen</div></v:textbox></v:shape></xml>"
        )
        package = open_package(workbook_with(SHARED))
        package.raw["xl/drawings/vmlDrawing1.vml"] = drawing
        root = package.tree("xl/drawings/vmlDrawing1.vml")
        [block] = root.descendants("div")
        assert [child.tag for child in block] == ["br", "br"]
        assert (
            zipfile.ZipFile(io.BytesIO(package.save())).read("xl/drawings/vmlDrawing1.vml")
            == drawing
        )
