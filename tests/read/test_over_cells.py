"""Text boxes and pictures, which no fresh copy has, and under which heading a cell that could not be moved is told."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from openpyxl.drawing.image import Image

from tests.read.left import left_beside
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.raw import RawBook, read_raw
from toolkit.read.over_cells import figures_in

SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
CORNER = (
    "<xdr:{0}><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{2}</xdr:row>"
    "<xdr:rowOff>0</xdr:rowOff></xdr:{0}>"
)
CORNERS = CORNER.format("from", 2, 9) + CORNER.format("to", 6, 14)
BOX = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Ruta 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    '<xdr:spPr><a:xfrm><a:off x="9" y="9"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>%s</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)


def drawing(*figures):
    anchors = (
        f"<xdr:twoCellAnchor>{CORNERS}{figure}<xdr:clientData/></xdr:twoCellAnchor>"
        for figure in figures
    )
    return f"<xdr:wsDr {SPACES}>{''.join(anchors)}</xdr:wsDr>"


def with_drawing(data, part):
    """The workbook with a drawing on its first sheet."""
    package = read_package(data)
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    package[name] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/>'
        b"</Relationships>"
    )
    return write_package([*package.items(), ("xl/drawings/drawing1.xml", part.encode())])


def png():
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.fixture
def left(look, year):
    """What of a file has no place in a fresh copy, as (why, cell, heading, value)."""

    def find(data):
        texts = year.texts("mall"), year.texts("aterkoppling")
        told = left_beside(data, look(data).submission, year.spec, *texts)
        return [(one.why, str(one.ref), one.field, one.value) for one in told]

    return find


class DescribeATextBox:
    def it_is_left_with_what_stands_in_it(self, rows, small_workbook, left):
        data = with_drawing(small_workbook(rows), drawing(BOX % "Se mejl &amp; bilaga"))
        assert left(data) == [("figur", "Läs mig!C10", "En textruta", "Se mejl & bilaga")]

    def it_hides_a_personal_number(self, rows, small_workbook, left):
        data = with_drawing(small_workbook(rows), drawing(BOX % "fråga 19121212-1212"))
        ((_, _, _, value),) = left(data)
        assert "1212" not in value

    def it_is_seen_by_itself_beside_another(self, rows, small_workbook, left):
        data = with_drawing(small_workbook(rows), drawing(BOX % "ett", BOX % "två"))
        assert [value for *_, value in left(data)] == ["ett", "två"]

    @pytest.mark.parametrize("ending", ["xls", "ods"])
    def it_is_seen_in_other_formats(self, rows, small_workbook, left, convert, ending):
        data = with_drawing(small_workbook(rows), drawing(BOX % "Se mejl"))
        package = read_package(data)
        sheet = package["xl/worksheets/sheet1.xml"].replace(
            b"</worksheet>",
            b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/></worksheet>',
        )
        kinds = package["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/'
            b'vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
        package |= {"xl/worksheets/sheet1.xml": sheet, "[Content_Types].xml": kinds}
        found = convert(write_package(package.items()), "a.xlsx", ending)
        assert left(found) == [("figur", "Läs mig!C10", "En textruta", "Se mejl")]


class DescribeAPicture:
    def it_is_left(self, rows, small_workbook, edited, left):
        def paste(book):
            book["Mål"].add_image(Image(io.BytesIO(png())), "D9")

        assert left(edited(small_workbook(rows), paste)) == [
            ("bild", "Mål!D9", "", "En bild eller figur")
        ]


class DescribeAWorkbookWithout:
    def it_has_no_figures(self, rows, small_workbook):
        assert list(figures_in(read_raw(small_workbook(rows)))) == []
        assert list(figures_in(RawBook(()))) == []


class DescribeTheHeadingOfACell:
    def it_is_that_of_the_table_in_whose_rows_it_stands(self, rows, small_workbook, edited, left):
        def scribble(book):
            sheet = book["Avstämning"]
            for cell in ("P6", "B14", "G18", "G40"):
                sheet[cell] = "eget"
            sheet["P5"], sheet["G17"] = "Vårt", "Egen"
            book["Mål"]["B2"] = "Mål (utkast)"
            book["Uppgifter"]["D9"] = "bredvid"

        told = {
            cell: heading for _, cell, heading, _ in left(edited(small_workbook(rows), scribble))
        }
        assert told == {
            "Uppgifter!D9": "", "Mål!B2": "", "Avstämning!P5": "", "Avstämning!P6": "Vårt", "Avstämning!B14": "",
            "Avstämning!G17": "", "Avstämning!G18": "Egen", "Avstämning!G40": "",
        }  # fmt: skip
