"""Files saved by Google Sheets and by Excel for Mac, which nobody can run here: other people's, and our own return in
the words that those programs use."""

from __future__ import annotations

import io
import re
from datetime import datetime

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator, ValidationSeverity

from tests.conftest import CLEAN, ROOT, said
from tests.read.test_reading_list import values
from toolkit.annotate import mark_workbook
from toolkit.files.zip import read_package, write_package
from toolkit.read import read_raw
from toolkit.template import write_template

REAL = ["google-sheets.xlsx", "excel-mac-2011.xlsx", "excel-mac-16.xlsx"]
NEEDED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?( t="\w+")?>')
WHOLE = re.compile(r'(<c(?: s="\d+")? r="[A-Z]+\d+">(?:<f>[^<]*</f>)?<v>-?\d+)(</v>)')


@pytest.fixture(params=REAL)
def real(request):
    return (ROOT / "tests/workbooks" / request.param).read_bytes()


@pytest.fixture(scope="module")
def clean(year, short_template):
    return write_template(
        short_template, year.spec.lists["lan"].by_code["12"], year.texts("mall"), CLEAN
    )


def plain(value):
    """The same value whichever reader it came from: a whole day is a date, and nothing is nothing."""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return None if value == "" else value


def cells_of(rows):
    found = {
        (r, c): plain(value) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)
    }
    return {place: value for place, value in found.items() if value is not None}


class DescribeARealFile:
    def it_is_read_as_sheetjs_reads_it_cell_by_cell(self, real, saved_by_sheetjs):
        book = openpyxl.load_workbook(io.BytesIO(saved_by_sheetjs(real, "xlsx")), data_only=True)
        other = {sheet.title: cells_of(sheet.iter_rows(values_only=True)) for sheet in book}
        own = {
            sheet.name: cells_of(sheet.rows) | dict(sheet.errors) for sheet in read_raw(real).sheets
        }
        assert own == other
        assert sum(map(len, own.values())) > 10

    def it_ends_in_one_finding_and_comes_back_with_all_else_as_it_was(
        self, real, look, year, tmp_path
    ):
        found = look(real)
        assert said(found) == [("FIL-EJ-MALL", None)]
        marked = mark_workbook(real, found.findings, year.texts("aterkoppling"))
        before, after = read_package(real), read_package(marked)
        shown = {name for name, part in before.items() if b'tabSelected="1"' in part}
        assert {name for name in before if before[name] != after[name]} <= NEEDED | shown
        assert mark_workbook(marked, found.findings, year.texts("aterkoppling")) == marked
        assert faults(marked, tmp_path) <= faults(real, tmp_path)


def faults(data, folder):
    path = folder / "fil.xlsx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path).errors
    return {(f.part_uri, f.description) for f in found if f.severity is ValidationSeverity.ERROR}


def as_google_sheets(data):
    """What Google Sheets makes of a file, as seen in google-sheets.xlsx: no properties, a cell's attributes in another
    order, whole numbers with a decimal, other namespaces on every part, no ranges in rows."""
    real = read_package((ROOT / "tests/workbooks/google-sheets.xlsx").read_bytes())
    head = re.search(r"<worksheet [^>]*>", real["xl/worksheets/sheet1.xml"].decode())[0]
    package = {
        name: part for name, part in read_package(data).items() if not name.startswith("docProps/")
    }
    for name, part in package.items():
        text = part.decode("utf-8", "replace")
        if name.startswith("xl/worksheets/sheet"):
            text = re.sub(r"<worksheet [^>]*>", head, text)
            text = re.sub(
                r' spans="[\d:]+"',
                "",
                CELL.sub(lambda cell: f'<c{cell[3] or ""}{cell[2] or ""} r="{cell[1]}">', text),
            )
            package[name] = WHOLE.sub(r"\1.0\2", text).encode()
        if name in {"_rels/.rels", "[Content_Types].xml"}:
            package[name] = re.sub(
                r"<(?:Relationship|Override) [^>]*docProps/[^>]*/>", "", text
            ).encode()
    return write_package(package.items())


def as_excel(data):
    """What Excel makes of a file on a Mac and on the web, as seen in excel-mac-16.xlsx: its extension namespaces, unique
    names for sheets, heights of text on rows, ranges in rows, its own name."""
    real = read_package((ROOT / "tests/workbooks/excel-mac-16.xlsx").read_bytes())
    head = re.search(r"<worksheet [^>]*>", real["xl/worksheets/sheet1.xml"].decode())[0]
    package = read_package(data)
    for name, part in package.items():
        if name.startswith("xl/worksheets/sheet"):
            text = re.sub(r"<worksheet [^>]*>", head, part.decode())
            package[name] = re.sub(
                r'<row r="(\d+)"', r'<row r="\1" x14ac:dyDescent="0.2"', text
            ).encode()
    package["docProps/app.xml"] = real["docProps/app.xml"].replace(
        b"Microsoft Macintosh Excel", b"Microsoft Excel Online"
    )
    return write_package(package.items())


class DescribeAReturnInTheirWords:
    @pytest.mark.parametrize("dress", [as_google_sheets, as_excel])
    def it_is_read_as_what_it_is(self, clean, look, dress):
        dressed = dress(clean)
        assert dressed != clean
        found = look(dressed)
        assert (said(found), values(found)) == ([], values(look(clean)))

    @pytest.mark.parametrize("dress", [as_google_sheets, as_excel])
    def it_is_marked_in_the_same_cells(self, rows, small_workbook, look, year, dress):
        rows["mal"][0]["lagesbild_id"] = "L9"
        dressed = dress(small_workbook(rows))
        found = look(dressed)
        assert said(found) == [("REF-SAKNAS", "Mål!C6")]
        book = openpyxl.load_workbook(
            io.BytesIO(mark_workbook(dressed, found.findings, year.texts("aterkoppling")))
        )
        assert "ingen rad i Lägesbild har det id:t" in book["Mål"]["C6"].comment.text

    def it_really_changes_what_google_sheets_changes(self, clean):
        part = read_package(as_google_sheets(clean))["xl/worksheets/sheet7.xml"].decode()
        assert 'xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"' in part
        assert re.search(r'<c t="s" s="\d+" r="B6">', part)
        assert re.search(r'<c s="\d+" r="J6"><v>\d+\.0</v>', part)
