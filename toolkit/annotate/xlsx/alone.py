"""The feedback sheet as a workbook of its own, for a file that cannot be marked."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.annotate.markup import made
from toolkit.annotate.opc import PACKAGE_RELS, RELS, TYPES, Package
from toolkit.annotate.page import NO_SUPPLEMENT, Supplement, page_rows
from toolkit.annotate.xlsx.feedback import add_feedback
from toolkit.annotate.xlsx.parts import MAIN, WORKBOOK, child_of, packed, qn
from toolkit.annotate.xlsx.styles import BLANK_STYLES, STYLES, add_looks
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_BLANK = {
    "[Content_Types].xml": f"""
<Types xmlns="{TYPES}">
  <Default Extension="rels" ContentType="{_RELATIONS_TYPE}"/>
  <Default Extension="xml" ContentType="application/xml"/>
  <Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>
  <Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>
</Types>""",
    "_rels/.rels": f"""
<Relationships xmlns="{PACKAGE_RELS}">
  <Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    WORKBOOK: f"""
<workbook xmlns="{MAIN}"><bookViews><workbookView/></bookViews><sheets/></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""
<Relationships xmlns="{PACKAGE_RELS}">
  <Relationship Id="rId1" Type="{RELS}/styles" Target="styles.xml"/>
</Relationships>""",
    STYLES: BLANK_STYLES,
}
"""The least that Excel takes for a workbook, but for a sheet."""


def alone(
    findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes:
    """A workbook with the feedback sheet and nothing else."""
    package = Package({name: packed(part) for name, part in _BLANK.items()})
    sheets = child_of(package.tree(WORKBOOK), "sheets")
    # The feedback sheet is put before another one, and numbered after it: one must be there.
    holder = sheets.append(made(qn("sheet"), {"sheetId": "0"}))
    rows = page_rows(findings, texts, supplement)
    add_feedback(package, rows, add_looks(package), texts("ja"))
    sheets.remove(holder)
    return package.save()
