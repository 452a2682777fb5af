"""A table ready for print: texts only."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING, NOT_AVAILABLE = "–", ".."  # as official statistics print them
IMPOSSIBLE = "."
"""What stands where there can be no number: there was nothing to be told of, or the numbers are
none that can be added up."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading. `note` is the text of a footnote to it; numbers stand to the right."""

    heading: str
    note: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class CellNote:
    """The text of a footnote to one cell; row and column are counted from 0, below the headings."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for print: texts only. The first column is the stub; `total` says that the last
    row sums; one that is `wide` needs a page that lies down. `notes` are in reading order, at most
    one to a cell."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    total: bool = False
    notes: tuple[CellNote, ...] = ()
    wide: bool = False

    @property
    def noted(self) -> bool:
        """Whether a heading or a cell has a footnote."""
        return bool(self.notes) or any(column.note for column in self.columns)
