"""The sheet Återkoppling as a worksheet part."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import RELS, Package
from toolkit.annotate.page import (
    FIRST_ROW,
    LAST_COLUMN,
    WIDTHS,
    YES_COLUMN,
    PageCell,
    PageRow,
    fits_one_page,
)
from toolkit.annotate.xlsx.parts import WORKBOOK, child_of, kept_text, qn, sheet_parts
from toolkit.spec.marks import FEEDBACK_SHEET
from toolkit.words.cells import column_letter

_PART = "xl/worksheets/sheet{}.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# `0` in a sheet's protection: that is not protected (ECMA-376-1, 18.3.1.85).
_UNLOCKED = ("formatColumns", "formatRows", "sort", "autoFilter")


def add_feedback(
    package: Package, rows: Sequence[PageRow], looks: dict[str, int], yes: str
) -> None:
    """Put the sheet first in the workbook and open the file on it. `yes` is the word that the cells
    for a yes offer."""
    part = package.free(_PART)
    package.add(part, _sheet(rows, looks, yes), _TYPE)
    relation = package.relate(WORKBOOK, part, "worksheet")
    book = package.tree(WORKBOOK)
    sheets = child_of(book, "sheets")
    # A sheet's number is its own for ever and says nothing of its place (ECMA-376-1, 18.2.19).
    number = max(int(sheet.get("sheetId") or 0) for sheet in sheets) + 1
    said = {"name": FEEDBACK_SHEET, "sheetId": str(number), f"{{{RELS}}}id": relation}
    sheets.insert_first(made(qn("sheet"), said))
    _shift_local_names(book, 1)
    _open_on_first(package, book, part)


def strip_feedback(package: Package) -> None:
    """Take away the sheet of an earlier marking."""
    part = sheet_parts(package).get(FEEDBACK_SHEET)
    if part is None:
        return
    book = package.tree(WORKBOOK)
    sheets = child_of(book, "sheets")
    entry = next(sheet for sheet in sheets if sheet.get("name") == FEEDBACK_SHEET)
    position = list(sheets).index(entry)
    sheets.remove(entry)
    package.unrelate(WORKBOOK, part)
    package.remove(part)
    _drop_local_names(book, position)


def _shift_local_names(book: Node, by: int) -> None:
    """Names that belong to a sheet count sheets by position."""
    for name in book.each(qn("definedNames"), qn("definedName")):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId") or 0) + by))


def _drop_local_names(book: Node, position: int) -> None:
    for name in list(book.each(qn("definedNames"), qn("definedName"))):
        local = name.get("localSheetId")
        if local is not None and int(local) == position:
            name.take_away()
        elif local is not None and int(local) > position:
            name.set("localSheetId", str(int(local) - 1))


def _open_on_first(package: Package, book: Node, own: str) -> None:
    # Sheets that are selected together are a group in Excel: what is typed in one is typed in all.
    # So the county's selected sheet must not stay selected beside ours.
    for view in book.each(qn("bookViews"), qn("workbookView")):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    for part in sheet_parts(package).values():
        # Asked of the bytes first, so that a sheet without marks need not be parsed.
        if part == own or b'tabSelected="1"' not in (package.raw.get(part) or b""):
            continue
        for view in package.tree(part).each(qn("sheetViews"), qn("sheetView")):
            view.drop("tabSelected")


def _sheet(rows: Sequence[PageRow], looks: dict[str, int], yes: str) -> Node:
    root = made(qn("worksheet"), declared={"": qn("")[1:-1], "r": RELS})
    setup = made(qn("pageSetUpPr"), {"fitToPage": "1"})
    root.append(made(qn("sheetPr"))).append(setup)
    root.append(made(qn("sheetViews"))).append(_view())
    root.append(made(qn("sheetFormatPr"), {"defaultRowHeight": "15"}))
    _columns(root)
    data = root.append(made(qn("sheetData")))
    for row in rows:
        data.append(_row(row, looks))
    _finish(root, rows, yes)
    return root


def _view() -> Node:
    """Shown first, its head frozen."""
    said = {"showGridLines": "0", "tabSelected": "1", "workbookViewId": "0"}
    frozen = {
        "ySplit": str(FIRST_ROW - 1),
        "topLeftCell": f"A{FIRST_ROW}",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    view = made(qn("sheetView"), said)
    view.append(made(qn("pane"), frozen))
    return view


def _columns(root: Node) -> None:
    columns = root.append(made(qn("cols")))
    for number, width in enumerate(WIDTHS, 1):
        place = {"min": str(number), "max": str(number)}
        said = {**place, "width": str(width), "customWidth": "1"}
        columns.append(made(qn("col"), said | ({"hidden": "1"} if number == 1 else {})))


def _finish(root: Node, rows: Sequence[PageRow], yes: str) -> None:
    """Protection, merged headline cells, a drop-down in the cells for a yes, links to the cells,
    and the page, in the order that ECMA-376-1, 18.3.1.99 wants: Excel mends a sheet whose parts
    come in another, and says so."""
    _protect(root)
    _merge(root, [row for row in rows if row.wide])
    _offer_yes(root, rows, yes)
    _link_all(root, rows)
    _set_page(root, rows)


def _protect(root: Node) -> None:
    said = {"sheet": "1", "objects": "1", "scenarios": "1"}
    root.append(made(qn("sheetProtection"), said | dict.fromkeys(_UNLOCKED, "0")))


def _merge(root: Node, wide: Sequence[PageRow]) -> None:
    merged = root.append(made(qn("mergeCells"), {"count": str(len(wide))}))
    for row in wide:
        area = f"{_place(row, row.cells[0].column)}:{_place(row, LAST_COLUMN)}"
        merged.append(made(qn("mergeCell"), {"ref": area}))


def _offer_yes(root: Node, rows: Sequence[PageRow], yes: str) -> None:
    """A drop-down with the one word. Another is not refused: the county may say no as it likes."""
    asked = [row for row in rows if any(cell.is_yes for cell in row.cells)]
    places = [_place(row, YES_COLUMN) for row in asked]
    if not places:
        return
    offers = root.append(made(qn("dataValidations"), {"count": "1"}))
    said = {"type": "list", "allowBlank": "1", "sqref": " ".join(places)}
    offer = offers.append(made(qn("dataValidation"), said))
    offer.append(made(qn("formula1"), text=f'"{yes}"'))


def _link_all(root: Node, rows: Sequence[PageRow]) -> None:
    """Links to the cells; a list of none would not be valid."""
    links = made(qn("hyperlinks"))
    for row in rows:
        for cell in row.cells:
            _link(links, _place(row, cell.column), cell)
    if any(links):
        root.append(links)


def _set_page(root: Node, rows: Sequence[PageRow]) -> None:
    sides = {"left": "0.25", "right": "0.25", "top": "0.5", "bottom": "0.5"}
    root.append(made(qn("pageMargins"), {**sides, "header": "0.3", "footer": "0.3"}))
    # Height 0: as many pages down as there must be.
    down = "1" if fits_one_page(rows) else "0"
    said = {"paperSize": "9", "orientation": "landscape", "fitToHeight": down}
    root.append(made(qn("pageSetup"), said))


def _link(links: Node, place: str, cell: PageCell) -> None:
    if cell.link:
        said = {"ref": place, "location": cell.link.link, "display": cell.link.cell}
        links.append(made(qn("hyperlink"), said))


def _place(row: PageRow, column: int) -> str:
    return f"{column_letter(column)}{row.number}"


def _row(row: PageRow, looks: dict[str, int]) -> Node:
    written = made(qn("row"), {"r": str(row.number)})
    if row.hidden:
        written.set("hidden", "1")
    if row.height:
        written.set("ht", str(row.height))
        written.set("customHeight", "1")
    for cell in row.cells:
        written.append(_cell(_place(row, cell.column), cell.text, looks[cell.role]))
    for column in range(row.cells[0].column + 1, LAST_COLUMN + 1) if row.wide else ():
        look = str(looks[row.cells[0].role])
        written.append(made(qn("c"), {"r": _place(row, column), "s": look}))
    return written


def _cell(place: str, text: str, look: int) -> Node:
    cell = made(qn("c"), {"r": place, "s": str(look), "t": "inlineStr"})
    cell.append(made(qn("is"))).append(kept_text(text))
    return cell
