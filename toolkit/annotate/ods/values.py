"""Values written into the county's own cells: only what the county has said yes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from toolkit.annotate.markup import Node
from toolkit.annotate.ods.cells import single_cells
from toolkit.annotate.ods.parts import Document, paragraphs, put, qn
from toolkit.annotate.ods.plain import show_numbers
from toolkit.findings.finding import Cure
from toolkit.words.celltext import shown

_OF_THE_VALUE = (
    "office:value-type", "office:value", "office:date-value", "office:time-value",
    "office:boolean-value", "office:string-value", "office:currency", "calcext:value-type",
    "table:formula",
)  # fmt: skip


def write_values(document: Document, cures: Iterable[Cure]) -> None:
    """Each value in its cell, in place of what stood there: in the cell's own style, unless that
    would show another number."""
    tables = document.tables()
    by_sheet: defaultdict[str, dict[tuple[int, int], Decimal | str]] = defaultdict(dict)
    for ref, value, _ in cures:
        by_sheet[ref.sheet][ref.row, ref.column] = value
    for sheet, own in by_sheet.items():
        numbers: dict[tuple[int, int], Node] = {}
        for place, cell in single_cells(tables[sheet], own):
            _fill(cell, own[place])
            if isinstance(own[place], Decimal):
                numbers[place] = cell
        show_numbers(document, tables[sheet], numbers)


def _fill(cell: Node, value: Decimal | str) -> None:
    for child in list(cell.each(qn("text:p"))):
        cell.remove(child)
    for name in _OF_THE_VALUE:
        cell.drop(qn(name))
    if isinstance(value, str):
        put(cell, "office:value-type", "string")
        paragraphs(cell, value)
    else:
        put(cell, "office:value-type", "float")
        put(cell, "office:value", f"{value:f}")
        # Only what is seen until the cell is drawn anew: the exact number stands in its attribute.
        paragraphs(cell, shown(float(value)))
