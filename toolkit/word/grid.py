"""Tables: header rows that repeat, rows that do not split, caption above and source below kept together."""

from __future__ import annotations

from copy import deepcopy

from toolkit.report.blocks import Text
from toolkit.tables import Column, Table
from toolkit.textclean import clean_text
from toolkit.word.notes import Footnotes
from toolkit.word.xml import Element, inside, paragraph, run, w

WIDTH = 9070  # twentieths of a point between the margins of an A4 page
_KEPT = 12  # a table with at most this many rows is kept on one page


def table_element(table: Table, notes: Footnotes, styles: dict[str, str]) -> Element:
    """The table itself, in the document's own table style. Its last row stays with the source below it, if any."""
    widths = _widths(table)
    look = w("tblLook", val="04A0", firstRow="1", lastRow="1" if table.total else "0", firstColumn="0", noVBand="1")
    properties = inside(
        w("tblPr"), w("tblStyle", val=styles["table"]), w("tblW", w=str(WIDTH), type="dxa"),
        w("tblLayout", type="fixed"), look,
    )  # fmt: skip
    caption = w("tblCaption", val=clean_text(table.caption))
    properties.append(caption)
    grid = inside(w("tblGrid"), *(w("gridCol", w=str(width)) for width in widths))
    element = inside(w("tbl"), properties, grid, _head(table, widths, notes, styles))
    small = len(table.rows) <= _KEPT
    model = _model(table, widths, styles)
    for number, cells in enumerate(table.rows, 1):
        last = number == len(table.rows)
        kept = bool(table.source) if last else small
        element.append(_filled(model, cells, bold=table.total and last, kept=kept))
    return element


def _widths(table: Table) -> list[int]:
    """By the longest words and the amount of text, within bounds."""
    needs = []
    for index, column in enumerate(table.columns):
        texts = [column.heading, *(row[index] for row in table.rows)]
        longest = max(len(word) for text in texts for word in (text.split(" ") or [""]))
        needs.append(max(longest, min(26, max(len(text) for text in texts)), 5) + 2)
    return [WIDTH * need // sum(needs) for need in needs]


def _head(table: Table, widths: list[int], notes: Footnotes, styles: dict[str, str]) -> Element:
    row = inside(w("tr"), inside(w("trPr"), w("cantSplit"), w("tblHeader")))
    for column, width in zip(table.columns, widths, strict=True):
        marks = [notes.call((Text(column.note),))] if column.note else []
        words = paragraph(
            styles["table text"], run(column.heading, bold=True), *marks, properties=_place(column, kept=True)
        )
        row.append(_cell(width, words))
    return row


def _model(table: Table, widths: list[int], styles: dict[str, str]) -> Element:
    """One row, copied for every row of the table."""
    row = inside(w("tr"), inside(w("trPr"), w("cantSplit")))
    for column, width in zip(table.columns, widths, strict=True):
        row.append(_cell(width, paragraph(styles["table text"], run(""), properties=_place(column, kept=False))))
    return row


def _filled(model: Element, cells: tuple[str, ...], *, bold: bool, kept: bool) -> Element:
    row = deepcopy(model)
    tag = model.nsmap["w"]
    for cell, text in zip(row.findall(f"{{{tag}}}tc"), cells, strict=True):
        written = cell.find(f".//{{{tag}}}t")
        written.text = clean_text(text)
        if bold:
            written.getparent().insert(0, inside(w("rPr"), w("b")))
        properties = cell.find(f".//{{{tag}}}pPr")
        if kept:
            properties.insert(1, w("keepNext"))
    return row


def _cell(width: int, *content: Element) -> Element:
    return inside(w("tc"), inside(w("tcPr"), w("tcW", w=str(width), type="dxa")), *content)


def _place(column: Column, *, kept: bool) -> tuple[Element, ...]:
    keep = (w("keepNext"),) if kept else ()
    return (*keep, w("jc", val="right")) if column.number else keep
