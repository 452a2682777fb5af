"""Values written into the county's own cells: only what the county has said yes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.annotate.markup import Node, made, written
from toolkit.annotate.markup.node import ByteSpan
from toolkit.annotate.opc import Package
from toolkit.annotate.xlsx.parts import WORKBOOK, child_of, kept_text, qn, sheet_parts
from toolkit.annotate.xlsx.plain import PlainNumbers
from toolkit.annotate.xlsx.rows import (
    Edit,
    closed,
    holds,
    numbered_cells,
    numbered_rows,
    opened,
    splice_rows,
)
from toolkit.findings.finding import Cure
from toolkit.read.formats.formulas import moved_formula
from toolkit.words.cells import CellRef, column_letter

_SHARED = b"shared"
_Dragged = Mapping[str | None, tuple[str, str]]
_CHAIN = "xl/calcChain.xml"
# Of the children of a workbook those that stand before `calcPr` (ECMA-376-1, 18.2.27).
_BEFORE_CALCULATION = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip


def write_values(package: Package, cures: Iterable[Cure]) -> None:
    """Each value in its cell, in place of what stood there: in the cell's own format, unless that
    would show another number."""
    by_sheet: defaultdict[str, list[Cure]] = defaultdict(list)
    for cure in cures:
        by_sheet[cure.ref.sheet].append(cure)
    parts, plain = sheet_parts(package), PlainNumbers(package)
    for sheet, own in by_sheet.items():
        _write_on(child_of(package.tree(parts[sheet]), "sheetData"), own, plain)
    if by_sheet:
        _let_calculate(package)


def _write_on(data: Node, cures: Iterable[Cure], plain: PlainNumbers) -> None:
    by_row: defaultdict[int, list[Cure]] = defaultdict(list)
    for cure in sorted(cures):
        by_row[cure.ref.row].append(cure)
    rows = dict(numbered_rows(data))
    dragged = _dragged(rows, by_row)
    edits = list(chain.from_iterable(_row_edits(rows, by_row, dragged, plain)))
    new = sorted(by_row.keys() - rows.keys())
    made_new = [_new_row(data, rows, number, by_row[number], plain) for number in new]
    splice_rows(data, [*made_new, *edits])


def _row_edits(
    rows: Mapping[int, Node],
    by_row: Mapping[int, Sequence[Cure]],
    dragged: _Dragged,
    plain: PlainNumbers,
) -> Iterator[Iterator[Edit]]:
    """What becomes of the rows that are there, one by one."""
    for number, row in rows.items():
        own = by_row.get(number, ())
        if own or (dragged and holds(row, _SHARED)):
            _spread(opened(row), number, dragged)
            _write_in(row, own, plain)
            yield closed(row)


def _dragged(rows: Mapping[int, Node], by_row: Mapping[int, Sequence[Cure]]) -> _Dragged:
    """The formulas that were dragged from a cell that is written over, by their number. Such a
    formula stands in the first of its cells alone; the others name it (`si`, ECMA-376-1,
    18.3.1.40). Where the first is written over, each other gets the formula itself: without it
    LibreOffice opens them empty."""
    if not any(holds(rows[number], _SHARED) for number in by_row.keys() & rows.keys()):
        return {}
    found: dict[str | None, tuple[str, str]] = {}
    for number, row in rows.items():
        for cell, formula in _sharing(opened(row), number) if holds(row, _SHARED) else ():
            if formula.text:
                found[formula.get("si")] = cell, formula.text
        list(closed(row))
    over = {cure.ref.cell for cure in chain.from_iterable(by_row.values())}
    return {number: first for number, first in found.items() if first[0] in over}


def _sharing(row: Node, number: int) -> Iterator[tuple[str, Node]]:
    """The formulas of an unfolded row that are shared, with the cells that have them."""
    for column, cell in numbered_cells(row):
        found = cell.find(qn("f"))
        if found is not None and found.get("t") == "shared":
            yield f"{column_letter(column)}{number}", found


def _spread(row: Node, number: int, dragged: _Dragged) -> None:
    """Give the cells of a row that name a formula the formula itself."""
    for cell, found in _sharing(row, number) if dragged else ():
        origin, formula = dragged.get(found.get("si"), ("", ""))
        if formula and cell != origin and not found.text:
            _give_formula(found, formula, origin, cell)


def _give_formula(found: Node, formula: str, origin: str, cell: str) -> None:
    try:
        found.text = moved_formula(formula, origin, cell)
    except ValueError:
        found.take_away()  # it leads out of the sheet: the value that it had is left
        return
    for name in ("t", "si", "ref"):
        found.drop(name)


def _write_in(row: Node, cures: Iterable[Cure], plain: PlainNumbers) -> None:
    cells = dict(numbered_cells(row))
    for ref, value, _ in cures:
        if ref.column not in cells:
            cells[ref.column] = _placed(row, cells, ref)
        _fill(cells[ref.column], value)
        if isinstance(value, Decimal):
            plain.show(cells[ref.column], value)


def _placed(row: Node, cells: Mapping[int, Node], ref: CellRef) -> Node:
    """A new cell in its order: Excel mends a sheet in which cells stand otherwise."""
    cell = made(qn("c"), {"r": ref.cell})
    after = [column for column in cells if column > ref.column]
    if after:
        row.insert_before(cells[min(after)], cell)
    else:
        row.append(cell)
    return cell


def _new_row(
    data: Node, rows: Mapping[int, Node], number: int, cures: Iterable[Cure], plain: PlainNumbers
) -> Edit:
    """A new row, in its order among those that are there."""
    row = made(qn("row"), {"r": str(number)})
    _write_in(row, cures, plain)
    after = [other for other in rows if other > number]
    at = rows[min(after)].start if after else data.close
    return ByteSpan(at, at), written(row, data.scope)


def _fill(cell: Node, value: Decimal | str) -> None:
    cell.empty()
    # cm and vm point to what a formula or a data type has said of the old value.
    for name in ("t", "cm", "vm"):
        cell.drop(name)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        cell.append(made(qn("is"))).append(kept_text(value))
    else:
        cell.append(made(qn("v"), text=f"{value:f}"))


def _let_calculate(package: Package) -> None:
    """Formulas that rest on a changed cell are reckoned anew when the file is opened. A chain that
    names a cell without a formula is an error to Excel; without one it makes its own."""
    if _CHAIN in package.raw:
        package.unrelate(WORKBOOK, _CHAIN)
        package.remove(_CHAIN)
    book = package.tree(WORKBOOK)
    found = book.find(qn("calcPr"))
    if found is None:
        found = made(qn("calcPr"))
        before = [book.find(qn(name)) for name in _BEFORE_CALCULATION]
        book.insert_after([one for one in before if one is not None][-1], found)
    found.set("fullCalcOnLoad", "1")
