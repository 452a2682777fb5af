"""Values written into the county's own cells: only what the county has said yes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal

from lxml import etree

from toolkit.annotate.opc import Package
from toolkit.annotate.parts import XmlElement
from toolkit.annotate.xlsx.parts import WORKBOOK, qn, sheet_parts
from toolkit.findings.finding import Cure
from toolkit.read.formats.formulas import moved_formula
from toolkit.words.cells import column_letter, read_cell

_CHAIN = "xl/calcChain.xml"
# Of the children of a workbook those that stand before `calcPr` (ECMA-376-1, 18.2.27).
_BEFORE_CALCULATION = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip


def write_values(package: Package, cures: Iterable[Cure]) -> None:
    """Each value in its cell, in the cell's own format, in place of what stood there."""
    by_sheet: defaultdict[str, list[Cure]] = defaultdict(list)
    for cure in cures:
        by_sheet[cure.ref.sheet].append(cure)
    parts = sheet_parts(package)
    for sheet, own in by_sheet.items():
        _write_on(package.tree(parts[sheet]).find(qn("sheetData")), own)
    if by_sheet:
        _let_calculate(package)


def _write_on(data: XmlElement, cures: Iterable[Cure]) -> None:
    rows = dict(_numbered_rows(data))
    cells: dict[int, dict[int, XmlElement]] = {}
    cures = sorted(cures)
    _let_others_have_formulas(rows, {cure.ref.cell for cure in cures})
    for ref, value, _ in cures:
        row = rows.get(ref.row)
        if row is None:
            row = rows[ref.row] = _placed(data, rows, ref.row, "row", str(ref.row))
        own = cells.setdefault(ref.row, dict(_numbered_cells(row)))
        if ref.column not in own:
            own[ref.column] = _placed(row, own, ref.column, "c", ref.cell)
        _fill(own[ref.column], value)


def _let_others_have_formulas(rows: Mapping[int, XmlElement], written: Set[str]) -> None:
    """A formula that was dragged stands in the first of its cells alone; the others name it (`si`,
    ECMA-376-1, 18.3.1.40). Where the first is written over, each other gets the formula itself:
    without it LibreOffice opens them empty."""
    sharing = list(_sharing(rows))
    firsts = {found.get("si"): (cell, found.text) for cell, found in sharing if found.text}
    for cell, found in sharing:
        origin, formula = firsts.get(found.get("si"), ("", None))
        if origin in written and cell != origin and formula and not found.text:
            found.text = moved_formula(formula, origin, cell)
            for name in ("t", "si", "ref"):
                found.attrib.pop(name, None)


def _sharing(rows: Mapping[int, XmlElement]) -> Iterator[tuple[str, XmlElement]]:
    """The formulas that are shared, with the cells that have them."""
    for row in rows.values():
        if row.find(f"{qn('c')}/{qn('f')}[@t='shared']") is None:
            continue
        for column, cell in _numbered_cells(row):
            found = cell.find(qn("f"))
            if found is not None and found.get("t") == "shared":
                yield f"{column_letter(column)}{row.get('r')}", found


def _numbered_rows(data: XmlElement) -> Iterator[tuple[int, XmlElement]]:
    """Rows by number. One that says no number follows the one before it (ECMA-376-1, 18.3.1.73)."""
    number = 0
    for row in data.iterfind(qn("row")):
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        yield number, row


def _numbered_cells(row: XmlElement) -> Iterator[tuple[int, XmlElement]]:
    column = 0
    for cell in row.iterfind(qn("c")):
        said = cell.get("r")
        column = read_cell("", said).column if said else column + 1
        cell.set("r", f"{column_letter(column)}{row.get('r')}")
        yield column, cell


def _placed(
    parent: XmlElement, others: dict[int, XmlElement], number: int, name: str, place: str
) -> XmlElement:
    """A new row or cell in its order: Excel mends a sheet in which they stand otherwise."""
    made = etree.Element(qn(name), r=place)
    after = [other for other in others if other > number]
    if after:
        others[min(after)].addprevious(made)
    else:
        parent.append(made)
    return made


def _fill(cell: XmlElement, value: Decimal | str) -> None:
    for child in list(cell):
        cell.remove(child)
    # cm and vm point to what a formula or a data type has said of the old value.
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, qn("is")), qn("t"))
        text.text = value
        # Without it Excel drops spaces and line breaks at the ends of a text.
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        etree.SubElement(cell, qn("v")).text = f"{value:f}"


def _let_calculate(package: Package) -> None:
    """Formulas that rest on a changed cell are reckoned anew when the file is opened. A chain that
    names a cell without a formula is an error to Excel; without one it makes its own."""
    if _CHAIN in package.raw:
        package.unrelate(WORKBOOK, _CHAIN)
        package.remove(_CHAIN)
    book = package.tree(WORKBOOK)
    found = book.find(qn("calcPr"))
    if found is None:
        found = etree.Element(qn("calcPr"))
        before = [book.find(qn(name)) for name in _BEFORE_CALCULATION]
        [one for one in before if one is not None][-1].addnext(found)
    found.set("fullCalcOnLoad", "1")
