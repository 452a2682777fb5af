"""Paragraphs and table rows as lines with heights: what a page is filled with.

A long table has tens of thousands of cells, so each element is walked once, and looks and words are
remembered."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from toolkit.word.measure.looks import TextLook, changed
from toolkit.word.measure.metrics import EM, leading, letter_widths
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import EMU_POINT, TWIPS, WP, wn

# As the table style of style_template.py has them: twice 70 twentieths of a point, and a rule of 4
# eighths (borders are measured in eighths of a point, ECMA-376 part 1 §17.3.4).
_CELL = 7  # points of a table cell's two margins
_RULE = 0.5  # points of a table row's line
# Words break at spaces, and after hyphens and dashes; spaces may stand outside the margin.
_WORD = re.compile(r"[^ \-–]*[ \-–]|[^ \-–]+")
_PARAGRAPH, _TABLE, _LOOK, _RUN_LOOK = wn("p"), wn("tbl"), wn("pPr"), wn("rPr")
_TEXT, _NOTE, _MARK, _EXTENT = (
    wn("t"),
    wn("footnoteReference"),
    wn("bookmarkStart"),
    f"{{{WP}}}extent",
)
_ID, _NAME, _VALUE = wn("id"), wn("name"), wn("val")

TextLooks = Mapping[str, TextLook]
NoteHeights = Mapping[str, float]  # the height of each note by its id


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """What cannot be divided: a line, a table row, a drawing. `gap` is the distance above it, which
    falls away at the top of a page; `keep` ties it to the next; `head` is the height of the heading
    row that is repeated above it."""

    height: float
    gap: float = 0
    notes: float = 0
    keep: bool = False
    breaks: bool = False
    head: float = 0
    marks: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Face:
    """A paragraph's or a run's look, and the widths of the words that have been written in it, in
    points: without the space that ends them, and with it."""

    style: str
    look: TextLook
    letters: Mapping[str, int]
    words: dict[str, tuple[float, float]] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """The width of a text in points."""
        shown = text.upper() if self.look.caps else text
        return sum(map(self.letters.__getitem__, shown)) * self.look.size / EM

    def measured(self, text: str) -> Iterator[tuple[int, float, float]]:
        """The words of a text: how many letters, and both widths."""
        for word in _WORD.findall(text):
            known = self.words.get(word)
            if known is None:
                known = self.words[word] = (self.width(word.rstrip(" ")), self.width(word))
            yield len(word), *known


@dataclass(slots=True)
class ParagraphContent:
    """What a paragraph holds: texts in their faces, the notes called and after how many letters,
    bookmarks, and the height of a drawing."""

    face: Face
    texts: list[tuple[str, Face]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    drawn: float = 0
    letters: int = 0

    def write(self, text: str, own: Face | None) -> None:
        """Add a text, in a face of its own or in the paragraph's."""
        face = own or self.face
        self.letters += len(text)
        # What is printed of data is a run of its own: a word may go on in the next.
        if self.texts and self.texts[-1][1] is face:
            text = self.texts.pop()[0] + text
        self.texts.append((text, face))

    def hold(self, node: Element) -> None:
        """Add a note's mark, a bookmark, or the height of a drawing."""
        if node.tag == _NOTE:
            self.notes.append((self.letters, node.get(_ID)))
        elif node.tag == _MARK:
            self.marks.append(node.get(_NAME))
        else:
            self.drawn += int(node.get("cy")) / EMU_POINT


@dataclass(eq=False, slots=True)
class Gauge:
    """Measures the elements of one document."""

    looks: TextLooks
    faces: dict[tuple[object, ...], Face] = field(default_factory=dict)

    def pieces(
        self, elements: Sequence[Element], notes: NoteHeights, width: float
    ) -> Iterator[Unbreakable]:
        """Lines and rows, from the top. Between two blocks stands the larger of the distances that
        they ask for, as Word and LibreOffice lay them out."""
        after, style_before = 0.0, ""
        for element in elements:
            if element.tag == _TABLE:
                yield from self._rows(element, notes, after)
                after, style_before = 0.0, ""
            elif element.tag == _PARAGRAPH:
                content = self._contents(element)[0]
                style, look = content.face.style, content.face.look
                close = look.contextual and style == style_before
                first, *others = _lines(content, notes, width)
                yield replace(first, gap=0.0 if close else max(after, look.before))
                yield from others
                after, style_before = look.after, style

    def note_height(self, note: Element, width: float) -> float:
        """The height of a footnote on a page of some width."""
        content = self._contents(note.find(_PARAGRAPH))[0]
        return sum(piece.height for piece in _lines(content, {}, width)) + content.face.look.after

    def _rows(self, table: Element, notes: NoteHeights, after: float) -> Iterator[Unbreakable]:
        """A table's rows, the heading row tied to the first of them."""
        widths = [int(column.get(wn("w"))) / TWIPS - _CELL for column in table.iter(wn("gridCol"))]
        first, *others = table.iterchildren(wn("tr"))
        head = self._row(first, widths, notes)
        yield replace(head, gap=after, keep=True)
        for row in others:
            yield replace(self._row(row, widths, notes), head=head.height)

    def _row(self, row: Element, widths: Sequence[float], notes: NoteHeights) -> Unbreakable:
        """A row, as high as its highest cell."""
        cells = self._contents(row)
        look = cells[0].face.look
        tallest = max(_cell_height(cell, width) for cell, width in zip(cells, widths, strict=True))
        height = tallest + look.before + look.after + _RULE
        called = sum(sum(notes[name] for _, name in cell.notes) for cell in cells)
        return Unbreakable(height, notes=called, keep=look.keep)

    def _contents(self, element: Element) -> list[ParagraphContent]:
        """The paragraphs of an element; what stands in a drawing is not among them."""
        found: list[ParagraphContent] = []
        own: Face | None = None
        for node in element.iter(_LOOK, _RUN_LOOK, _TEXT, _NOTE, _MARK, _EXTENT):
            if node.tag == _LOOK:
                # Its text boxes hold paragraphs, but the drawing's height is all that counts.
                if _ends_in_a_drawing(found):
                    return found
                found.append(ParagraphContent(self._face(node)))
            elif node.tag == _RUN_LOOK:
                own = self._changed(found[-1].face, node)
                continue
            else:
                _take(found[-1], node, own)
            own = None
        return found

    def _face(self, properties: Element) -> Face:
        """The face of a paragraph by its properties."""
        key = (None, *_said(properties))
        if key not in self.faces:
            style = properties.find(wn("pStyle")).get(_VALUE)
            self.faces[key] = _face(style, changed(self.looks[style], properties))
        return self.faces[key]

    def _changed(self, face: Face, properties: Element) -> Face:
        """The face of a run in a paragraph by its own properties; its font is the paragraph's."""
        key = (face, *_said(properties))
        if key not in self.faces:
            # Runs say sizes, bold and capitals here, never another font.
            look = replace(changed(face.look, properties), font=face.look.font)
            self.faces[key] = _face(face.style, look)
        return self.faces[key]


def _ends_in_a_drawing(found: Sequence[ParagraphContent]) -> bool:
    return bool(found) and bool(found[-1].drawn)


def _take(content: ParagraphContent, node: Element, face: Face | None) -> None:
    """What else stands in a paragraph: text, or something that it holds."""
    if node.tag == _TEXT:
        content.write(node.text or "", face)
    else:
        content.hold(node)


def _said(properties: Element) -> Iterator[str]:
    """What the properties say: the same for all that say the same."""
    for node in properties.iterdescendants():
        yield node.tag
        yield from node.values()


def _face(style: str, look: TextLook) -> Face:
    return Face(style, look, letter_widths(look.font, bold=look.bold))


def _cell_height(cell: ParagraphContent, width: float) -> float:
    height = cell.face.look.size * leading(cell.face.look.font) * cell.face.look.lines
    if len(cell.texts) == 1 and cell.texts[0][1].width(cell.texts[0][0]) <= width:
        return height
    return height * len(_wrapped(cell, width))


def _lines(content: ParagraphContent, notes: NoteHeights, width: float) -> list[Unbreakable]:
    """The lines of a paragraph: never one alone at the foot or the top of a page (Word's control of
    widows and orphans, on in its Normal style). A drawing is one line."""
    look = content.face.look
    counts = [0] if content.drawn else _wrapped(content, width - look.left - look.right)
    height = content.drawn or look.size * leading(look.font) * look.lines
    last = len(counts) - 1
    lines = []
    for number, called in enumerate(_notes_by_line(content, counts, notes)):
        keep = look.keep if number == last else number in {0, last - 1}
        lines.append(Unbreakable(height, notes=called, keep=keep))
    lines[0] = replace(lines[0], breaks=look.breaks, marks=tuple(content.marks))
    return lines


def _notes_by_line(
    content: ParagraphContent, counts: Sequence[int], notes: NoteHeights
) -> list[float]:
    """The height of the notes that each line calls: a mark stands on the line where its place in
    the text falls."""
    heights = [0.0] * len(counts)
    ends = list(accumulate(counts))
    for passed, name in content.notes:
        line = min(bisect_left(ends, passed), len(counts) - 1)
        heights[line] += notes[name]
    return heights


def _wrapped(content: ParagraphContent, width: float) -> list[int]:
    """The number of characters on each line."""
    first = content.face.look.first
    counts, used, count = [], max(first, 0.0), 0
    for text, face in content.texts:
        for letters, bare, whole in face.measured(text):
            if used and used + bare > width:
                counts.append(count)
                used, count = 0.0, 0
            used += whole
            count += letters
    return [*counts, count]
