"""Notes in cells: annotations of our own, and our lines below those that the county has written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.annotate.marks import AUTHOR, HEADLINE
from toolkit.annotate.ods.cells import single_cells
from toolkit.annotate.ods.package import XmlElement
from toolkit.annotate.ods.parts import made, paragraphs, qn, take_away, within
from toolkit.spec.marks import NOTE_END
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
    """Take away what an earlier marking put in, from our first line to our last."""
    for note in list(table.iter(_NOTE)):
        lines = [child for child in note if child.tag == _PARAGRAPH]
        if _take_ours(lines) and not any(map(_said_in, note.iterfind(_PARAGRAPH))):
            take_away(note)


def _take_ours(lines: Sequence[XmlElement]) -> bool:
    """Take our lines out of a note; whether there were any."""
    said = [_said_in(line) for line in lines]
    if HEADLINE not in said:
        return False
    first = said.index(HEADLINE)
    ends = (n for n, one in enumerate(said) if n > first and one.startswith(NOTE_END))
    last = next(ends, len(lines) - 1)
    behind = said[last].removeprefix(NOTE_END).strip() if said[last].startswith(NOTE_END) else ""
    for line in lines[first : last + (not behind)]:
        take_away(line)
    if behind:
        _write_anew(lines[last], behind)
    return True


def _said_in(line: XmlElement) -> str:
    return "".join(line.itertext()).strip()


def _write_anew(line: XmlElement, said: str) -> None:
    for child in list(line):
        line.remove(child)
    line.text = said


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
