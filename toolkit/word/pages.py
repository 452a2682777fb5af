"""On which page each heading will stand: an estimate of how Word breaks the pages, without any other program.

The contents need page numbers before the document has been opened. Asking LibreOffice would make the file depend on
what is installed; so lines are counted from the widths of the letters, with the rules that move whole blocks: chapters
begin a page, captions, small tables and drawings stay together, notes stand on the page of their mark. The result is
the same everywhere. Where a page is full to the last line it can be one off; Word's own update mends that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.word.drawings import WP
from toolkit.word.looks import Look, changed
from toolkit.word.metrics import leading, width_of
from toolkit.word.xml import Element, W

EMU = 12_700  # to a point
_CELL = 7  # points of a table cell's two margins
_RULE = 0.5  # a table row's line
_SEPARATOR = 4  # the line above the notes with its distances, less what would stand below the last note
_PARAGRAPH, _TABLE = f"{{{W}}}p", f"{{{W}}}tbl"

Looks = Mapping[str, Look]
Notes = Mapping[str, float]  # the height of each note by its id


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room for text on a page, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Piece:
    """What cannot be divided: a line, a table row, a drawing. `gap` is the distance above it, which falls away at the
    top of a page; `keep` ties it to the next; `head` is the height of the heading row that is repeated above it."""

    height: float
    gap: float = 0
    notes: float = 0
    keep: bool = False
    breaks: bool = False
    head: float = 0
    marks: tuple[str, ...] = ()


def find_pages(
    elements: Sequence[Element], notes: Sequence[Element], looks: Looks, sheet: Sheet
) -> tuple[dict[str, int], int]:
    """The page of every bookmark by its name, and how many pages there are."""
    pages: dict[str, int] = {}
    page, used, noted = 1, 0.0, 0.0
    heights = {note.get(f"{{{W}}}id"): _note_height(note, looks, sheet.width) for note in notes}
    for group in _groups(_pieces(elements, heights, looks, sheet.width)):
        height, more = _height(group, at_top=used == 0), sum(piece.notes for piece in group)
        room = sheet.height - noted - (_SEPARATOR if more and not noted else 0) - more
        if group[0].breaks or (used and used + height > room):
            page, used, noted = page + 1, 0.0, 0.0
            height = _height(group, at_top=True) + group[0].head
        while height > sheet.height:
            page, height = page + 1, height - sheet.height
        used += height
        noted += more + (_SEPARATOR if more and not noted else 0)
        pages |= {mark: page for piece in group for mark in piece.marks}
    return pages, page


def _height(group: Sequence[Piece], *, at_top: bool) -> float:
    gap = group[0].gap if at_top and not group[0].breaks else 0
    return sum(piece.height + piece.gap for piece in group) - gap


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that must stand on one page."""
    group: list[Piece] = []
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


def _pieces(elements: Sequence[Element], notes: Notes, looks: Looks, width: float) -> Iterator[Piece]:
    """Between two blocks stands the larger of the distances that they ask for."""
    after, before_style = 0.0, ""
    for element in elements:
        if element.tag == _TABLE:
            yield from _rows(element, notes, looks, after)
            after, before_style = 0.0, ""
        elif element.tag == _PARAGRAPH:
            style, look = _look(element, looks)
            same = look.contextual and style == before_style
            gap = 0.0 if same else max(after, look.before)
            for number, piece in enumerate(_lines(element, notes, looks, width)):
                yield replace(piece, gap=gap if number == 0 else 0.0)
            after, before_style = look.after, style


def _look(element: Element, looks: Looks) -> tuple[str, Look]:
    properties = element.find(f"{{{W}}}pPr")
    style = properties.find(f"{{{W}}}pStyle").get(f"{{{W}}}val")
    return style, changed(looks[style], properties)


def _lines(element: Element, notes: Notes, looks: Looks, width: float) -> list[Piece]:
    """The lines of a paragraph: never one alone at the foot or the top of a page. A drawing is one line."""
    _, look = _look(element, looks)
    drawn = sum(int(extent.get("cy")) / EMU for extent in element.iter(f"{{{WP}}}extent"))
    counts = [0] if drawn else _wrapped(element, look, width - look.left - look.right)
    height = drawn or look.size * leading(look.font) * look.lines
    called = _notes_by_line(element, counts, notes)
    last = len(counts) - 1
    marks = tuple(mark.get(f"{{{W}}}name") for mark in element.iter(f"{{{W}}}bookmarkStart"))
    return [
        Piece(
            height, notes=called[n], keep=look.keep if n == last else n == 0 or n == last - 1,
            breaks=look.breaks and n == 0, marks=marks if n == 0 else (),
        )
        for n in range(len(counts))
    ]  # fmt: skip


def _notes_by_line(element: Element, counts: Sequence[int], notes: Notes) -> list[float]:
    """The height of the notes that each line calls: a mark stands on the line where its place in the text falls."""
    heights = [0.0] * len(counts)
    passed = 0
    for node in element.iter(f"{{{W}}}t", f"{{{W}}}footnoteReference"):
        if node.tag.endswith("}t"):
            passed += len(node.text or "")
            continue
        line = next((n for n in range(len(counts)) if sum(counts[: n + 1]) >= passed), len(counts) - 1)
        heights[line] += notes[node.get(f"{{{W}}}id")]
    return heights


def _note_height(note: Element, looks: Looks, width: float) -> float:
    inner = note.find(_PARAGRAPH)
    return sum(piece.height for piece in _lines(inner, {}, looks, width)) + _look(inner, looks)[1].after


def _wrapped(element: Element, look: Look, width: float) -> list[int]:
    """The number of characters on each line."""
    counts, used, count = [], look.first if look.first > 0 else 0.0, 0
    for word, bold, size in _words(element, look):
        long = width_of(word.rstrip(" "), look.font, size, bold=bold)
        if used and used + long > width:
            counts.append(count)
            used, count = 0.0, 0
        used += width_of(word, look.font, size, bold=bold)
        count += len(word)
    return [*counts, count]


def _words(element: Element, look: Look) -> Iterator[tuple[str, bool, float]]:
    """Words with the space or hyphen that ends them; a note's mark belongs to the word before it."""
    for node in element.iter(f"{{{W}}}r"):
        if node.getparent().tag not in {_PARAGRAPH, f"{{{W}}}hyperlink"}:
            continue
        own = node.find(f"{{{W}}}rPr")
        here = changed(look, own) if own is not None else look
        text = "".join(part.text or "" for part in node.findall(f"{{{W}}}t"))
        text = text.upper() if look.caps else text
        for word in _split(text):
            yield word, here.bold, here.size


def _split(text: str) -> list[str]:
    words, start = [], 0
    for place, letter in enumerate(text):
        if letter in " -–":
            words.append(text[start : place + 1])
            start = place + 1
    return [*words, text[start:]] if start < len(text) else words


def _rows(table: Element, notes: Notes, looks: Looks, after: float) -> Iterator[Piece]:
    """A table's rows, the heading row tied to the first of them."""
    widths = [int(column.get(f"{{{W}}}w")) / 20 for column in table.iter(f"{{{W}}}gridCol")]
    head = 0.0
    for number, row in enumerate(table.findall(f"{{{W}}}tr")):
        cells = [cell.find(_PARAGRAPH) for cell in row.findall(f"{{{W}}}tc")]
        columns = [_lines(cell, notes, looks, width - _CELL) for cell, width in zip(cells, widths, strict=True)]
        look = _look(cells[0], looks)[1]
        height = max(sum(line.height for line in lines) for lines in columns) + look.before + look.after + _RULE
        called = sum(line.notes for lines in columns for line in lines)
        keep = look.keep or number == 0
        yield Piece(height, gap=after if number == 0 else 0.0, notes=called, keep=keep, head=head)
        head = height if number == 0 else head
