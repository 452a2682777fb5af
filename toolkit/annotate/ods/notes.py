"""Notes in cells: annotations of our own, and our lines below those that the county has written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.annotate.marks import AUTHOR, HEADLINE
from toolkit.annotate.markup import Node
from toolkit.annotate.ods.cells import holds, opened, rows_of, single_cells
from toolkit.annotate.ods.parts import made, paragraphs, qn, within
from toolkit.spec.marks import NOTE_END
from toolkit.words.cells import CellRef

_NOTE, _PARAGRAPH = qn("office:annotation"), qn("text:p")
_IN_A_ROW = b"annotation"  # stands in every row that has a note
_WIDTH = 60  # characters in a line of a note that is as wide as ours


def add_notes(table: Node, notes: Mapping[CellRef, str]) -> None:
    """A note in each of a table's cells, below the county's own where there is one."""
    texts = {(ref.row, ref.column): text for ref, text in notes.items()}
    for place, cell in single_cells(table, texts):
        note = cell.find(_NOTE)
        if note is None:
            note = _note(texts[place])
            # A note stands before the cell's own text (OpenDocument, part 3, 9.1.4).
            cell.insert_first(note)
        paragraphs(note, texts[place])


def strip_notes(table: Node) -> None:
    """Take away what an earlier marking put in, from our first line to our last."""
    for row in rows_of(table):
        if holds(row, _IN_A_ROW):
            for note in list(opened(row).descendants(_NOTE)):
                _strip(note)


def _strip(note: Node) -> None:
    if _take_ours(list(note.each(_PARAGRAPH))) and not any(map(_said_in, note.each(_PARAGRAPH))):
        note.take_away()


def _take_ours(lines: Sequence[Node]) -> bool:
    """Take our lines out of a note; whether there were any."""
    said = [_said_in(line) for line in lines]
    if HEADLINE not in said:
        return False
    first = said.index(HEADLINE)
    ends = (n for n, one in enumerate(said) if n > first and one.startswith(NOTE_END))
    last = next(ends, len(lines) - 1)
    behind = said[last].removeprefix(NOTE_END).strip() if said[last].startswith(NOTE_END) else ""
    for line in lines[first : last + (not behind)]:
        line.take_away()
    if behind:
        _write_anew(lines[last], behind)
    return True


def _said_in(line: Node) -> str:
    return line.whole_text.strip()


def _write_anew(line: Node, said: str) -> None:
    line.empty()
    line.text = said


def _note(text: str) -> Node:
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
