"""What lies over the cells of a sheet: comments, text boxes, shapes, charts and pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook
from toolkit.read.formats.relations import RawParts, related
from toolkit.read.formats.second_view import SheetFigure
from toolkit.read.formats.xlsx import BOOK, sheet_paths
from toolkit.read.outside_tables import notes_in
from toolkit.returns.carryover import Left
from toolkit.returns.notes import own_part
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.personal import mask

# ECMA-376 part 1, 20.5.2: what is anchored is one shape, group, chart or picture.
_ANCHOR = re.compile(r"<(?:\w+:)?(\w+)Anchor\b.*?</(?:\w+:)?\1Anchor>", re.DOTALL)
_FROM = re.compile(r"<(?:\w+:)?from>(.*?)</(?:\w+:)?from>", re.DOTALL)
_COLUMN, _ROW = (re.compile(rf"<(?:\w+:)?{name}>([0-9]{{1,9}})<") for name in ("col", "row"))
_PARAGRAPH = re.compile(r"<a:p\b[^>]*>(.*?)</a:p>", re.DOTALL)
_TEXT = re.compile(r"<a:t\b[^>]*>([^<]*)</a:t>")


def left_over(book: RawBook, feedback: Texts) -> Iterator[Left]:
    """What the county itself has said in comments, without what a marking wrote below it; text
    boxes with what stands in them, and pictures. The template has none of them. `feedback` are the
    texts of the sheet Återkoppling."""
    for ref, _, said in notes_in(book):
        own = own_part(said).strip()
        if own:
            yield Left(ref, shown(own), "", "kommentar")
    for ref, said in figures_in(book):
        words = shown(said)
        if words:
            yield Left(ref, words, feedback("kopia.kvar_figur"), "figur")
        else:
            yield Left(ref, feedback("kopia.kvar_bild"), "", "bild")


def figures_in(book: RawBook) -> Iterator[SheetFigure]:
    """Each with the cell over which it begins, and what stands in it."""
    yield from book.second.figures
    for sheet, path in _paths(book.parts).items():
        for relation in related(book.parts, path).values():
            if relation.kind == "drawing" and relation.part in book.parts:
                part = book.parts[relation.part].decode("utf-8", "replace")
                yield from _drawn(part, mask(sheet))


def _paths(parts: RawParts) -> Mapping[str, str]:
    """The sheets' parts by name, also of an xlsb, whose records `second_view` has read before."""
    if BOOK in parts or "xl/workbook.bin" not in parts:
        return sheet_paths(parts)
    from toolkit.files.biff12 import BrokenRecord
    from toolkit.read.formats import xlsb_sheets

    try:
        return xlsb_sheets.sheet_paths(parts)
    except BrokenRecord:
        return {}


def _drawn(part: str, sheet: str) -> Iterator[SheetFigure]:
    for anchor in _ANCHOR.finditer(part):
        said = "\n".join(filter(None, map(_said, _PARAGRAPH.findall(anchor[0]))))
        yield SheetFigure(_place(anchor[0], sheet), html.unescape(said))


def _said(paragraph: str) -> str:
    return "".join(_TEXT.findall(paragraph))


def _place(anchor: str, sheet: str) -> CellRef:
    """One that is anchored to the page, and not to a cell, is said to lie on the first."""
    start = _FROM.search(anchor)
    numbers = (one.search(start[1]) if start else None for one in (_ROW, _COLUMN))
    row, column = (1 + int(one[1]) if one else 1 for one in numbers)
    return CellRef(sheet, row, column)
