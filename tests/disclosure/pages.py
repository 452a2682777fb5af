"""Published files of a few elements each, as small as a reader takes them: a count put in at each of the places that a
report has for one."""

from __future__ import annotations

import csv
import io
import zipfile
from html import escape

import xlsxwriter

from toolkit.disclosure.datafiles import publication_of_data, rows_of_csv
from toolkit.disclosure.published import PublishedTable
from toolkit.word.read.pages import publication_of
from toolkit.word.read.sheets import sheets_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NEUTRAL = "Tabell 3. Läget i länen 2020."


def said(text, level=None, note=""):
    """A paragraph; a heading where it has a level; with a footnote where it has one."""
    look = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level is not None else ""
    called = '<w:r><w:footnoteReference w:id="2"/></w:r>' if note else ""
    return f"<w:p>{look}<w:r><w:t>{escape(text)}</w:t></w:r>{called}</w:p>"


def laid(rows, spoken=""):
    """A table, with an alternative text."""
    own = f'<w:tblPr><w:tblDescription w:val="{escape(spoken)}"/></w:tblPr>' if spoken else ""
    lines = ("".join(f"<w:tc>{said(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{own}{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def drawn(content="", spoken=""):
    """A drawing in a paragraph."""
    own = f'<wp:docPr id="1" name="" descr="{escape(spoken)}"/>'
    return f"<w:p><w:r><w:drawing><wp:inline>{own}{content}</wp:inline></w:drawing></w:r></w:p>"


def squares(*pairs):
    """A map: a shape for each county, with its letters and what is told of it."""
    boxes = ("".join(said(text) for text in pair) for pair in pairs)
    return drawn("".join(f"<w:txbxContent>{box}</w:txbxContent>" for box in boxes))


def chart(names, series, numbers, title="", axis=""):
    """A chart's part."""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(one)}</c:v></c:pt>' for n, one in enumerate(names)
    )
    values = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(one)}</c:v></c:pt>' for n, one in enumerate(numbers)
    )
    named = f'<c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>{escape(series)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    cat = f"<c:cat><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:cat>"
    val = f"<c:val><c:numRef><c:numCache>{values}</c:numCache></c:numRef></c:val>"
    told = [
        f"<c:title><a:p><a:r><a:t>{escape(one)}</a:t></a:r></a:p></c:title>"
        for one in (title, axis)
    ]
    plot = f"<c:plotArea><c:barChart><c:ser>{named}{cat}{val}</c:ser></c:barChart><c:valAx>{told[1]}</c:valAx></c:plotArea>"
    return f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart>{told[0]}{plot}</c:chart></c:chartSpace>'.encode()


def book(rows, name="Data"):
    """A workbook of one sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(
                    place, column, int(cell) if cell.isdecimal() and cell[0] != "0" else cell
                )
    return target.getvalue()


def document(*elements, note="", part=b"", workbook=b"", county=""):
    """A Word file as a reader sees it."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:c="{C}"'
    parts = {
        "word/document.xml": f"<w:document {spaces}><w:body>{''.join(elements)}</w:body></w:document>"
    }
    if note:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {spaces}><w:footnote w:id="2">{said(note)}</w:footnote></w:footnotes>'
        )
    if part:
        parts["word/charts/chart1.xml"] = part
        parts["word/_rels/document.xml.rels"] = related("rId1", "charts/chart1.xml")
    if workbook:
        parts["word/embeddings/chart1.xlsx"] = workbook
        parts["word/charts/_rels/chart1.xml.rels"] = related("rId1", "../embeddings/chart1.xlsx")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return publication_of(target.getvalue(), 2020, county, "rapport.docx")


def related(name, target):
    one = f'<Relationship Id="{name}" Type="{R}/package" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{one}</Relationships>'


def charted(caption, part, workbook=b""):
    """A chart below its caption."""
    shown = drawn('<c:chart r:id="rId1"/>')
    return document(said(caption), shown, said("Källa: länen."), part=part, workbook=workbook)


def csv_file(rows, house, title="Läget i länen", name="tabell-lan"):
    """A published file of rows."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    table = PublishedTable(rows_of_csv(target.getvalue().encode()), [[title, name]])
    return publication_of_data(2020, "data", [table], [], house)


def sheet_file(rows, house, name="Tabell 1"):
    """A published workbook."""
    return publication_of_data(2020, "data", list(sheets_of(book(rows, name))), [], house)
