"""Marks a workbook: colours that lie over the cells' own formats, a note in each cell, the feedback sheet."""

from __future__ import annotations

import zipfile
import zlib
from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from toolkit.annotate.feedback import add_feedback, strip_feedback, tone
from toolkit.annotate.notes import add_notes, strip_notes
from toolkit.annotate.parts import WORKBOOK, Element, Package, open_package, qn
from toolkit.annotate.styles import STYLES, add_looks, add_marks
from toolkit.cells import CellRef, brief_cells
from toolkit.feedback import tell
from toolkit.findings import Finding
from toolkit.messages import Texts
from toolkit.textclean import clean_text

SIGNATURE = '"länsrapport"<>""'  # always true; by it a later marking knows the marks of an earlier one
_AFTER_MARKS = (
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_MOST_NOTES = 200  # for one finding
_UNOPENED = {"FIL-SKADAD", "FIL-FORMAT", "FIL-TOM-FIL", "FIL-LOSENORD", "FIL-STOR", "FIL-FARLIG", "FIL-LANGSAM"}
"""Codes of files that no reader could be let loose on, or that stopped it: they are not opened here either."""
_MALFORMED = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, OSError, EOFError, NotImplementedError, ValueError, LookupError,
    TypeError, AttributeError,
)  # fmt: skip
"""What an XML part that is not as it should be ends in. The feedback must reach the county all the same."""
_BLANK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="xl/workbook.xml"/></Relationships>',
    WORKBOOK: '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><bookViews>'
    "<workbookView/></bookViews><sheets/></workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/styles" Target="styles.xml"/></Relationships>',
    STYLES: '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font>'
    '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs '
    'count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs><cellStyles '
    'count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def mark_workbook(data: bytes, findings: Sequence[Finding], texts: Texts) -> bytes:
    """The county's own file with every finding marked where it is.

    Marks of an earlier marking are taken away first, so that marking twice equals marking once. A file that
    is not an xlsx package (xls, ods, xlsb, damaged) gives a workbook with the feedback sheet alone."""
    if any(finding.code in _UNOPENED for finding in findings):
        return _alone(findings, texts)
    try:
        return _marked(data, findings, texts) or _alone(findings, texts)
    except _MALFORMED:
        return _alone(findings, texts)


def _marked(data: bytes, findings: Sequence[Finding], texts: Texts) -> bytes | None:
    """None for what is no package with sheets of the county's own."""
    package = _open(data)
    if package is None:
        return None
    strip_feedback(package)
    sheets = package.sheets()
    if not sheets:
        return None
    for part in sheets.values():
        if part in package.raw and _may_be_marked(package, part):
            _strip(package, part)
    marks = add_marks(package)
    for number, (name, members) in enumerate(_by_sheet(findings).items(), 1):
        marked = sheets.get(name, "")
        if marked in package.raw:
            _mark_sheet(package, marked, number, members, marks, texts)
    add_feedback(package, findings, texts, add_looks(package))
    return package.save()


def _open(data: bytes) -> Package | None:
    package = open_package(data)
    wanted = {WORKBOOK, STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    if not wanted <= package.raw.keys():
        return None
    return package if package.tree(WORKBOOK).tag == qn("workbook") and package.sheets() else None


def _alone(findings: Sequence[Finding], texts: Texts) -> bytes:
    package = Package({name: part.encode() for name, part in _BLANK.items()})
    sheets = package.tree(WORKBOOK).find(qn("sheets"))
    holder = etree.SubElement(sheets, qn("sheet"), sheetId="0")
    add_feedback(package, findings, texts, add_looks(package))
    sheets.remove(holder)
    return package.save()


def _by_sheet(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet is not None:
            grouped[finding.sheet].append(finding)
    return grouped


def _mark_sheet(
    package: Package, part: str, number: int, findings: Sequence[Finding], marks: dict[str, int], texts: Texts
) -> None:
    sheet = package.tree(part)
    cells: dict[str, list[CellRef]] = defaultdict(list)
    notes: dict[CellRef, list[str]] = defaultdict(list)
    for finding in findings:
        own = [ref for ref in finding.refs if ref.sheet == findings[0].sheet]
        cells[tone(finding)] += own
        for ref in _noted(own):
            notes[ref].append(_note(finding, texts))
    for priority, (severity, refs) in enumerate(cells.items(), 1):
        _add_mark(sheet, refs, marks[severity], priority)
    add_notes(package, part, number, {ref: "\n\n".join(said) for ref, said in notes.items()})


def _noted(refs: Sequence[CellRef]) -> Sequence[CellRef]:
    """The cells that get a note: of a block of several rows and columns the first alone."""
    is_block = len({ref.row for ref in refs}) > 1 and len({ref.column for ref in refs}) > 1
    return refs[:1] if is_block else refs[:_MOST_NOTES]


def _note(finding: Finding, texts: Texts) -> str:
    """What, why and how, and the suggestion where there is one."""
    line = tell(finding, texts)
    parts = [f"{line.kind}: {line.cause}", finding.message, finding.waived(texts) or finding.hint]
    suggested = [f"{texts('forslag')}: {line.suggestion}"] if line.suggestion and not finding.waiver else []
    return clean_text("\n".join(parts + suggested))


def _add_mark(sheet: Element, refs: Sequence[CellRef], look: int, priority: int) -> None:
    """A conditional format that is always true lies over the cell's own format and does not replace it."""
    area = brief_cells(refs).replace(", ", " ")
    block = etree.Element(qn("conditionalFormatting"), sqref=area)
    rule = etree.SubElement(block, qn("cfRule"), type="expression", dxfId=str(look), priority=str(priority))
    etree.SubElement(rule, qn("formula")).text = SIGNATURE
    for other in sheet.iterfind(f"{qn('conditionalFormatting')}/{qn('cfRule')}"):
        other.set("priority", str(int(other.get("priority") or 1) + 1))
    after = next((child for child in sheet if etree.QName(child).localname in _AFTER_MARKS), None)
    if after is None:
        sheet.append(block)
    else:
        after.addprevious(block)


def _may_be_marked(package: Package, part: str) -> bool:
    return b"nsrapport" in package.raw[part] or package.related(part, "comments") is not None


def _strip(package: Package, part: str) -> None:
    sheet = package.tree(part)
    rules = list(sheet.iterfind(f"{qn('conditionalFormatting')}/{qn('cfRule')}"))
    ours = [rule for rule in rules if "länsrapport" in (rule.findtext(qn("formula")) or "")]
    for rule in rules:
        rule.set("priority", str(int(rule.get("priority") or 1) - len(ours)))
    for rule in ours:
        block = rule.getparent()
        block.remove(rule)
        if not len(block):
            sheet.remove(block)
    strip_notes(package, part)
