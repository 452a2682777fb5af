"""Notes in cells: annotations of our own, and our lines below those that the county has written."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.annotate.marks import AUTHOR, HEADLINE
from toolkit.annotate.ods.cells import single_cells
from toolkit.annotate.ods.parts import made, paragraphs, qn, take_away, within
from toolkit.annotate.parts import XmlElement
from toolkit.words.cells import CellRef

_NOTE, _PARAGRAPH = qn("office:annotation"), qn("text:p")
_WIDTH = 60  # characters in a line of a note that is as wide as ours


def add_notes(table: XmlElement, notes: Mapping[CellRef, str]) -> None:
    """A note in each of a table's cells, below the county's own where there is one."""
    texts = {(ref.row, ref.column): text for ref, text in notes.items()}
    for place, cell in single_cells(table, texts):
        note = cell.find(_NOTE)
        if note is None:
            note = _note(texts[place])
            # A note stands before the cell's own text (OpenDocument, part 3, 9.1.4).
            cell.insert(0, note)
        paragraphs(note, texts[place])


def strip_notes(table: XmlElement) -> None:
    """Take away what an earlier marking put in: from our first line on."""
    for note in list(table.iter(_NOTE)):
        lines = [child for child in note if child.tag == _PARAGRAPH]
        first = next(
            (n for n, line in enumerate(lines) if "".join(line.itertext()).strip() == HEADLINE),
            None,
        )
        if first == 0:
            take_away(note)
        elif first is not None:
            for line in lines[first:]:
                take_away(line)


def _note(text: str) -> XmlElement:
    height = sum(1 + len(line) // _WIDTH for line in text.split("\n")) * 0.45 + 0.4
    note = made(
        "office:annotation",
        office__display="false",
        svg__x="0cm",
        svg__y="0cm",
        svg__width="9.5cm",
        svg__height=f"{height:.2f}cm",
    )
    within(note, "dc:creator").text = AUTHOR
    return note
