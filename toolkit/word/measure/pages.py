"""On which page each heading will stand: an estimate of how Word breaks the pages, without any
other program.

The contents need page numbers before the document has been opened. Asking LibreOffice would make
the file depend on what is installed; so lines are counted from the widths of the letters, with the
rules that move whole blocks: chapters begin a page, captions, small tables and drawings stay
together, notes stand on the page of their mark, lying pages are wide and low. The result is the
same everywhere. Where a page is full to the last line it can be one off; Word's own update mends
that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.word.measure.lines import Gauge, TextLooks, Unbreakable
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import TWIPS, wn

_SEPARATOR = 4
"""Points for the line above the notes with its distances, less what would stand below the last
note."""


@dataclass(frozen=True, slots=True)
class TextArea:
    """The room for text on a page, in points."""

    width: float
    height: float


@dataclass(slots=True)
class _Book:
    """The pages filled so far: how much of the last one is used by text and by notes."""

    page: int = 1
    used: float = 0
    noted: float = 0
    pages: dict[str, int] = field(default_factory=dict)

    def turn(self) -> None:
        self.page, self.used, self.noted = self.page + 1, 0.0, 0.0

    def place(self, group: Sequence[Unbreakable], area: TextArea) -> None:
        """A group on this page, or on the next where it does not fit. What is higher than a page
        goes on, on as many as it needs."""
        height = _height(group, at_top=self.used == 0)
        if self._turns(group, height, area):
            self.turn()
            # A table's heading row is repeated at the top of the page.
            height = _height(group, at_top=True) + group[0].head
        while height > area.height:
            self.page, height = self.page + 1, height - area.height
        self.used += height
        self.noted += self._notes(group)
        for piece in group:
            self.pages |= dict.fromkeys(piece.marks, self.page)

    def _turns(self, group: Sequence[Unbreakable], height: float, area: TextArea) -> bool:
        """Whether a group begins a page: since it says so, or since it finds no room on this one.
        The first page is the cover, on which nothing else begins."""
        if group[0].breaks:
            return self.used > 0 or self.page == 1
        room = area.height - self.noted - self._notes(group)
        return self.used > 0 and self.used + height > room

    def _notes(self, group: Sequence[Unbreakable]) -> float:
        """The room for a group's notes, with the line above them if they are the page's first."""
        more = sum(piece.notes for piece in group)
        return more + (_SEPARATOR if more and not self.noted else 0)


def find_pages(
    elements: Sequence[Element], notes: Sequence[Element], looks: TextLooks, area: TextArea
) -> tuple[dict[str, int], int]:
    """The page of every bookmark by its name, and how many pages there are. `area` is that of the
    last section; sections before it say their own."""
    book, gauge = _Book(), Gauge(looks)
    for number, (part, own) in enumerate(_sections(elements, area)):
        # Our sections all begin a page: that is what `w:type` means where it is not said.
        if number:
            book.turn()
        heights = {note.get(wn("id")): gauge.note_height(note, own.width) for note in notes}
        for group in _groups(gauge.pieces(part, heights, own.width)):
            book.place(group, own)
    return book.pages, book.page


def _sections(
    elements: Sequence[Element], last: TextArea
) -> Iterator[tuple[list[Element], TextArea]]:
    """The elements up to and with each paragraph that ends a section, and that section's room."""
    part: list[Element] = []
    for element in elements:
        part.append(element)
        end = element.find(wn("pPr/sectPr"))
        if end is not None:
            yield part, text_area(end)
            part = []
    if part:
        yield part, last


def text_area(section: Element) -> TextArea:
    """The room between a section's margins."""
    size, margins = section.find(wn("pgSz")), section.find(wn("pgMar"))

    def room(whole: str, *sides: str) -> float:
        taken = sum(int(margins.get(wn(side))) for side in sides)
        return (int(size.get(wn(whole))) - taken) / TWIPS

    return TextArea(room("w", "left", "right"), room("h", "top", "bottom"))


def _height(group: Sequence[Unbreakable], *, at_top: bool) -> float:
    gap = group[0].gap if at_top and not group[0].breaks else 0
    return sum(piece.height + piece.gap for piece in group) - gap


def _groups(pieces: Iterable[Unbreakable]) -> Iterator[list[Unbreakable]]:
    """Pieces that must stand on one page."""
    group: list[Unbreakable] = []
    for piece in pieces:
        if group and piece.breaks:
            yield group
            group = []
        group.append(piece)
        if not piece.keep:
            yield group
            group = []
    if group:
        yield group
