"""A sheet's cells row by row: a row is looked into while it is looked at, and written down as bytes
when it has been changed, so that memory does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.annotate.markup import Node, shallow, unfold, written
from toolkit.annotate.markup.node import ByteSpan
from toolkit.annotate.xlsx.parts import qn
from toolkit.words.cells import read_cell

Edit = tuple[ByteSpan, bytes]
"""What is to stand in place of a span of the sheet's bytes."""


def folded_rows(data: Node) -> Iterator[Node]:
    """The rows, none of them looked into."""
    return (row for row in shallow(data) if row.tag == qn("row"))


def numbered_rows(data: Node) -> Iterator[tuple[int, Node]]:
    """Rows by number. One that says no number follows the one before it (ECMA-376-1, 18.3.1.73)."""
    number = 0
    for row in folded_rows(data):
        number = int(row.get("r") or number + 1)
        yield number, row


def numbered_cells(row: Node) -> Iterator[tuple[int, Node]]:
    """The cells of an unfolded row by column; one that says no place follows the one before it."""
    column = 0
    for cell in row.each(qn("c")):
        said = cell.get("r")
        column = read_cell("", said).column if said else column + 1
        yield column, cell


def holds(row: Node, *written_so: bytes) -> bool:
    """Whether some letters stand in a row's bytes, or may be written there as references."""
    return any(row.source.find(said, row.start, row.end) >= 0 for said in (*written_so, b"&#"))


def opened(row: Node) -> Node:
    """The row with its cells."""
    if not row.children:
        unfold(row)
    return row


def closed(row: Node) -> Iterator[Edit]:
    """The row as bytes, where something has been changed in it. It holds its cells no longer."""
    if row.touched:
        yield ByteSpan(row.start, row.end), written(row, row.scope)
    row.children, row.touched = [], False


def splice_rows(data: Node, edits: Iterable[Edit]) -> None:
    """Put the rows as they have been written down in place of what they were."""
    data.splice(sorted(edits, key=lambda edit: edit[0]))
