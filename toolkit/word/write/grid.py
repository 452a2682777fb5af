"""Tables: header rows that repeat, rows that do not split, caption above and source below kept
together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import groupby

from toolkit.analysis.table import CellNote, Column, Table
from toolkit.report.blocks import Text
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.xml import Element, W, inside, paragraph, run, w
from toolkit.words.cleantext import clean_text

WIDTH = 9070  # twentieths of a point between the margins of an A4 page
WIDE = 13990  # the same of a page that lies down
_CLOSE = "0"  # above and below the rows of a wide table
_KEPT = 12  # a table with at most this many rows is kept on one page
_TEXT, _CELL, _PARAGRAPH = f"{{{W}}}t", f"{{{W}}}tc", f"{{{W}}}p"


def table_elements(table: Table, notes: Footnotes, styles: Mapping[str, str]) -> Iterator[Element]:
    """The table itself, in the document's own table style. Its last row stays with the source below
    it, if any.

    What asks for it puts the table in its place before it asks on: then the rows are made there. To
    move them takes as long as to make them."""
    widths = _widths(table)
    look = w(
        "tblLook",
        val="04A0",
        firstRow="1",
        lastRow="1" if table.total else "0",
        firstColumn="0",
        noVBand="1",
    )
    properties = inside(
        w("tblPr"),
        w("tblStyle", val=styles["table"]),
        w("tblW", w=str(width_of(table)), type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        w("tblCaption", val=clean_text(table.caption)),
    )
    grid = inside(w("tblGrid"), *(w("gridCol", w=str(width)) for width in widths))
    element = inside(w("tbl"), properties, grid, _head(table, widths, notes, styles))
    yield element
    _add_rows(element, table, widths, notes, styles)


def width_of(table: Table) -> int:
    """Of the whole table, in twentieths of a point."""
    return WIDE if table.wide else WIDTH


def _add_rows(
    element: Element,
    table: Table,
    widths: Sequence[int],
    notes: Footnotes,
    styles: Mapping[str, str],
) -> None:
    """Every row a copy of a model row, with its own texts and notes."""
    small, last = len(table.rows) <= _KEPT, len(table.rows)
    models: dict[tuple[bool, bool], Element] = {}
    noted = _notes_by_row(table)
    for number, texts in enumerate(table.rows, 1):
        kind = (table.total and number == last, bool(table.source) if number == last else small)
        if kind not in models:
            models[kind] = _model(table, widths, styles, *kind)
        row = deepcopy(models[kind])
        for written, text in zip(row.iter(_TEXT), texts, strict=True):
            written.text = clean_text(text)
        for note in noted.get(number - 1, ()):
            row.findall(_CELL)[note.column].find(_PARAGRAPH).append(
                notes.call((Text(clean_text(note.text)),))
            )
        element.append(row)


def _notes_by_row(table: Table) -> dict[int, list[CellNote]]:
    return {row: list(notes) for row, notes in groupby(table.notes, lambda note: note.row)}


def _widths(table: Table) -> list[int]:
    """By the longest words and the amount of text, within bounds. In a wide table the stub stays on
    one line and the headings wrap between words."""
    texts = [
        [column.heading, *(row[index] for row in table.rows)]
        for index, column in enumerate(table.columns)
    ]
    needs = [max(_longest(own), min(26, max(map(len, own))), 5) + 2 for own in texts]
    if table.wide:
        needs = [max(map(len, texts[0])) + 2, *(max(_longest(own), 10) + 3 for own in texts[1:])]
    return [width_of(table) * need // sum(needs) for need in needs]


def _longest(texts: Sequence[str]) -> int:
    return max(len(word) for text in texts for word in (text.split(" ") or [""]))


def _head(
    table: Table, widths: Sequence[int], notes: Footnotes, styles: Mapping[str, str]
) -> Element:
    row = inside(w("tr"), inside(w("trPr"), w("cantSplit"), w("tblHeader")))
    for column, width in zip(table.columns, widths, strict=True):
        marks = [notes.call((Text(column.note),))] if column.note else []
        words = paragraph(
            styles["table text"],
            run(column.heading, bold=True),
            *marks,
            properties=_place(column, table, kept=True),
        )
        row.append(_cell(width, words))
    return row


def _model(
    table: Table, widths: Sequence[int], styles: Mapping[str, str], bold: bool, kept: bool
) -> Element:
    """A row without its texts: in bold where it sums, kept with the next where it must be."""
    row = inside(w("tr"), inside(w("trPr"), w("cantSplit")))
    for column, width in zip(table.columns, widths, strict=True):
        words = paragraph(
            styles["table text"], run("", bold=bold), properties=_place(column, table, kept=kept)
        )
        row.append(_cell(width, words))
    return row


def _cell(width: int, *content: Element) -> Element:
    return inside(w("tc"), inside(w("tcPr"), w("tcW", w=str(width), type="dxa")), *content)


def _place(column: Column, table: Table, *, kept: bool) -> tuple[Element, ...]:
    """Kept with the next, close where the table is wide, and to the right."""
    keep = (w("keepNext"),) if kept else ()
    close = (w("spacing", before=_CLOSE, after=_CLOSE),) if table.wide else ()
    return (*keep, *close, *((w("jc", val="right"),) if column.number else ()))
