"""Marks an OOXML workbook: colours that lie over the cells' own formats, a note in each cell, the
feedback sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.annotate.marks import SIGNATURE, SheetMarks, marks_of, with_sheets_named
from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import Package, open_package
from toolkit.annotate.page import NO_SUPPLEMENT, Supplement, page_rows
from toolkit.annotate.xlsx.feedback import add_feedback, strip_feedback
from toolkit.annotate.xlsx.notes import add_notes, strip_notes
from toolkit.annotate.xlsx.own_sheet import keep_own_sheet
from toolkit.annotate.xlsx.parts import WORKBOOK, insert_in_order, qn, sheet_parts
from toolkit.annotate.xlsx.styles import add_looks, add_marks, settle_styles
from toolkit.annotate.xlsx.values import write_values
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.words.cells import CellRef, brief_cells

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_OPEN, _MACROS = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.{}.main+xml",
    "application/vnd.ms-excel.{}.macroEnabled.main+xml",
)
# In small letters: a content type is the same in capital ones (ECMA-376-2, 6.2.4.3).
_OF_OTHER_KINDS = {
    kind.format(other).lower(): kind.format("sheet")
    for kind, other in ((_OPEN, "template"), (_MACROS, "template"), (_MACROS, "addin"))
}
# The children of a worksheet stand in one order (ECMA-376-1, 18.3.1.99). Excel offers to mend a
# sheet in which they do not, and takes away what it finds in the wrong place.
_AFTER_MARKS = (
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def mark(
    data: bytes, findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes | None:
    """The county's own xlsx or xlsm, marked; None for what is no package with sheets of the
    county's own. Raises what a damaged package makes zipfile, zlib and Expat raise."""
    package = _open(data)
    if package is None:
        return None
    _make_workbook(package)
    findings = with_sheets_named(findings, keep_own_sheet(package, texts))
    strip_feedback(package)
    sheets = sheet_parts(package)
    if not sheets or not settle_styles(package):
        return None
    _strip_marks(package, sheets.values())
    write_values(package, (correction.cure for correction in supplement.corrections))
    looks = add_marks(package)
    for number, marks in enumerate(marks_of(findings, texts), 1):
        if marks.sheet in sheets:
            _mark_sheet(package, sheets[marks.sheet], number, marks, looks)
    rows = page_rows(findings, texts, supplement)
    add_feedback(package, rows, add_looks(package), texts("ja"))
    return package.save()


def is_strict(data: bytes) -> bool:
    """Whether a package is a workbook in Strict Open XML, which is not written in. Raises what a
    damaged package makes zipfile and zlib raise."""
    return _STRICT in open_package(data).raw.get(WORKBOOK, b"")


def _make_workbook(package: Package) -> None:
    """A template (.xltx, .xltm) or an add-in (.xlam) becomes a workbook: under the name .xlsx or
    .xlsm Excel refuses to open what says of itself that it is another kind (ECMA-376-1, 12.3.23;
    [MS-OFFMACRO2] 2.2.1 for macros)."""
    for item in package.tree("[Content_Types].xml"):
        kind = (item.get("ContentType") or "").lower()
        if kind in _OF_OTHER_KINDS:
            item.set("ContentType", _OF_OTHER_KINDS[kind])


def _strip_marks(package: Package, parts: Iterable[str]) -> None:
    """Take away what an earlier marking wrote in the sheets."""
    for part in parts:
        if part in package.raw and _may_be_marked(package, part):
            _strip(package, part)


def _open(data: bytes) -> Package | None:
    package = open_package(data)
    wanted = {WORKBOOK, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    if not wanted <= package.raw.keys():
        return None
    # Strict OOXML says the same in other namespaces, and has not the drawings in which notes are
    # shown (ISO/IEC 29500-4, 8.1): it is not written here.
    is_ours = package.tree(WORKBOOK).tag == qn("workbook")
    return package if is_ours and sheet_parts(package) else None


def _mark_sheet(
    package: Package, part: str, number: int, marks: SheetMarks, looks: dict[str, int]
) -> None:
    sheet = package.tree(part)
    # The gravest last: each goes before all that are there, and the first is the one that shows.
    for tone, refs in reversed([*marks.areas.items()]):
        _add_mark(sheet, refs, looks[tone])
    add_notes(package, part, number, marks.notes)


def _add_mark(sheet: Node, refs: Sequence[CellRef], look: int) -> None:
    """A conditional format that is always true lies over the cell's own format and does not replace
    it."""
    # A list of areas is parted by spaces (ECMA-376-1, 18.18.76): with commas Excel mends the file.
    area = brief_cells(refs).replace(", ", " ")
    block = made(qn("conditionalFormatting"), {"sqref": area})
    said = {"type": "expression", "dxfId": str(look), "priority": "1"}
    rule = block.append(made(qn("cfRule"), said))
    rule.append(made(qn("formula"), text=SIGNATURE))
    # The lowest number wins in Excel, so that a mark shows over the template's own colours.
    for other in sheet.each(qn("conditionalFormatting"), qn("cfRule")):
        other.set("priority", str(int(other.get("priority") or 1) + 1))
    insert_in_order(sheet, block, _AFTER_MARKS)


def _may_be_marked(package: Package, part: str) -> bool:
    # Only such a sheet is parsed at all: the others stay the bytes that they were. The first
    # letters are left out, since a program may write ä as a character reference.
    return b"nsrapport" in package.raw[part] or package.related(part, "comments") is not None


def _strip(package: Package, part: str) -> None:
    sheet = package.tree(part)
    rules = list(sheet.each(qn("conditionalFormatting"), qn("cfRule")))
    ours = [rule for rule in rules if "länsrapport" in rule.text_of(qn("formula"))]
    # Back to the numbers that the county's own rules had, so that marking twice is marking once.
    for rule in rules:
        rule.set("priority", str(int(rule.get("priority") or 1) - len(ours)))
    for rule in ours:
        block = rule.parent
        rule.take_away()
        if block is not None and not any(block):
            block.take_away()
    strip_notes(package, part)
