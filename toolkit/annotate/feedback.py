"""The sheet Återkoppling: the verdict, every finding with a link to its cell, and room for answers."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from toolkit.annotate.parts import RELS, WORKBOOK, Element, Package, qn
from toolkit.cells import column_letter
from toolkit.feedback import tell, verdict
from toolkit.findings import Finding, Severity
from toolkit.keys import FEEDBACK_SHEET
from toolkit.messages import Texts
from toolkit.submission import question_key
from toolkit.textclean import cell_text

_PART = "xl/worksheets/lansrapport.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS = (2, 12, 26, 15, 12, 58, 46, 22, 46, 24)
_COLUMNS = ("allvar", "orsak", "blad", "cell", "vad", "hur", "forslag", "forklaring", "kod")
_FIRST = 7  # the first finding's row


def tone(finding: Finding) -> str:
    """The severity whose colour is used: what is waived is no more than a note."""
    return Severity.NOTE.name if finding.waiver else finding.severity.name


def add_feedback(package: Package, findings: Sequence[Finding], texts: Texts, looks: dict[str, int]) -> None:
    """Put the sheet first in the workbook and open the file on it."""
    package.add(_PART, _sheet(findings, texts, looks), _TYPE)
    relation = package.relate(WORKBOOK, _PART, "worksheet")
    book = package.tree(WORKBOOK)
    sheets = book.find(qn("sheets"))
    number = max(int(sheet.get("sheetId") or 0) for sheet in sheets) + 1
    entry = etree.Element(qn("sheet"), name=FEEDBACK_SHEET, sheetId=str(number))
    entry.set(f"{{{RELS}}}id", relation)
    sheets.insert(0, entry)
    _shift_local_names(book, 1)
    _open_on_first(package, book)


def strip_feedback(package: Package) -> None:
    """Take away the sheet of an earlier marking."""
    part = package.sheets().get(FEEDBACK_SHEET)
    if part is None:
        return
    book = package.tree(WORKBOOK)
    sheets = book.find(qn("sheets"))
    entry = next(sheet for sheet in sheets if sheet.get("name") == FEEDBACK_SHEET)
    position = list(sheets).index(entry)
    sheets.remove(entry)
    package.unrelate(WORKBOOK, part)
    package.remove(part)
    _drop_local_names(book, position)


def _shift_local_names(book: Element, by: int) -> None:
    """Names that belong to a sheet count sheets by position."""
    for name in book.iterfind(f"{qn('definedNames')}/{qn('definedName')}"):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId") or 0) + by))


def _drop_local_names(book: Element, position: int) -> None:
    for name in list(book.iterfind(f"{qn('definedNames')}/{qn('definedName')}")):
        local = name.get("localSheetId")
        if local is not None and int(local) == position:
            name.getparent().remove(name)
        elif local is not None and int(local) > position:
            name.set("localSheetId", str(int(local) - 1))


def _open_on_first(package: Package, book: Element) -> None:
    for view in book.iterfind(f"{qn('bookViews')}/{qn('workbookView')}"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    for part in package.sheets().values():
        if part == _PART or part not in package.raw or b'tabSelected="1"' not in (package.raw[part] or b""):
            continue
        for view in package.tree(part).iterfind(f"{qn('sheetViews')}/{qn('sheetView')}"):
            view.attrib.pop("tabSelected", None)


def _sheet(findings: Sequence[Finding], texts: Texts, looks: dict[str, int]) -> Element:
    root = etree.Element(qn("worksheet"), nsmap={None: qn("")[1:-1], "r": RELS})
    setup = etree.SubElement(etree.SubElement(root, qn("sheetPr")), qn("pageSetUpPr"))
    setup.set("fitToPage", "1")
    views = etree.SubElement(root, qn("sheetViews"))
    view = etree.SubElement(views, qn("sheetView"), showGridLines="0", tabSelected="1", workbookViewId="0")
    top = f"A{_FIRST}"
    etree.SubElement(view, qn("pane"), ySplit=str(_FIRST - 1), topLeftCell=top, activePane="bottomLeft", state="frozen")
    etree.SubElement(root, qn("sheetFormatPr"), defaultRowHeight="15")
    _columns(root)
    data = etree.SubElement(root, qn("sheetData"))
    _head(data, findings, texts, looks)
    for number, finding in enumerate(findings, _FIRST):
        _line(data, number, finding, texts, looks)
    _finish(root, findings)
    return root


def _columns(root: Element) -> None:
    columns = etree.SubElement(root, qn("cols"))
    for number, width in enumerate(_WIDTHS, 1):
        column = etree.SubElement(
            columns, qn("col"), min=str(number), max=str(number), width=str(width), customWidth="1"
        )
        if number == 1:
            column.set("hidden", "1")


def _head(data: Element, findings: Sequence[Finding], texts: Texts, looks: dict[str, int]) -> None:
    keys = _row(data, 1, hidden=True)
    _cell(keys, 1, "lr:key", looks["body"])
    _cell(keys, 9, "lr:answer", looks["body"])
    _cell(_row(data, 2, height=30), 2, texts("rubrik"), looks["title"], wide=True)
    _cell(_row(data, 3, height=24), 2, verdict(findings, texts), looks["verdict"], wide=True)
    _cell(_row(data, 4, height=20), 2, texts("sa_har") if findings else "", looks["body"], wide=True)
    header = _row(data, 6, height=22)
    for column, name in enumerate(_COLUMNS, 2):
        _cell(header, column, texts(name), looks["header"])


def _line(data: Element, number: int, finding: Finding, texts: Texts, looks: dict[str, int]) -> None:
    row, told = _row(data, number, height=_height(finding, finding.waived(texts))), tell(finding, texts)
    asks = finding.severity is Severity.QUERY
    _cell(row, 1, question_key(finding) if asks else "", looks["body"])
    values = (
        told.kind,
        told.cause,
        told.sheet,
        told.cell,
        told.what,
        told.how,
        told.suggestion,
        told.explanation,
        told.code,
    )
    place, answer = "link" if finding.refs else "body", "answer" if asks and not finding.waiver else "body"
    roles = (tone(finding), "body", "body", place, "body", "body", "body", answer, "body")
    for column, (value, role) in enumerate(zip(values, roles, strict=True), 2):
        _cell(row, column, value, looks[role])


def _height(finding: Finding, waiver: str) -> int:
    """Points enough for the longest text in its column."""
    texts = ((finding.title, 26), (finding.message + waiver, 58), (finding.hint, 46), (finding.suggestion or "", 22))
    return 16 * max(1 + len(text) // (width - 2) for text, width in texts)


def _finish(root: Element, findings: Sequence[Finding]) -> None:
    """Merged headline cells, links to the cells, and the page."""
    protection = etree.SubElement(root, qn("sheetProtection"), sheet="1", objects="1", scenarios="1")
    for name in ("formatColumns", "formatRows", "sort", "autoFilter"):
        protection.set(name, "0")
    merged = etree.SubElement(root, qn("mergeCells"), count="3")
    for row in (2, 3, 4):
        etree.SubElement(merged, qn("mergeCell"), ref=f"B{row}:J{row}")
    linked = [(number, finding.refs[0]) for number, finding in enumerate(findings, _FIRST) if finding.refs]
    if linked:
        links = etree.SubElement(root, qn("hyperlinks"))
        for number, ref in linked:
            etree.SubElement(links, qn("hyperlink"), ref=f"E{number}", location=ref.link, display=ref.cell)
    etree.SubElement(
        root, qn("pageMargins"), left="0.5", right="0.5", top="0.75", bottom="0.75", header="0.3", footer="0.3"
    )
    etree.SubElement(root, qn("pageSetup"), paperSize="9", orientation="landscape", fitToHeight="0")


def _row(data: Element, number: int, *, hidden: bool = False, height: int | None = None) -> Element:
    row = etree.SubElement(data, qn("row"), r=str(number))
    if hidden:
        row.set("hidden", "1")
    if height:
        row.set("ht", str(height))
        row.set("customHeight", "1")
    return row


def _cell(row: Element, column: int, text: str, look: int, *, wide: bool = False) -> None:
    place = f"{column_letter(column)}{row.get('r')}"
    cell = etree.SubElement(row, qn("c"), r=place, s=str(look), t="inlineStr")
    written = etree.SubElement(etree.SubElement(cell, qn("is")), qn("t"))
    written.text = cell_text(text)
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for other in range(column + 1, 11) if wide else ():
        etree.SubElement(row, qn("c"), r=f"{column_letter(other)}{row.get('r')}", s=str(look))
