"""The formula in one cell, as one would read it there."""

from __future__ import annotations

import re
from html import unescape

from toolkit.read.formats.formulas import moved_formula
from toolkit.read.formats.raw import RawBook
from toolkit.read.formats.shape import MergedBlock
from toolkit.read.formats.xlsx import sheet_paths
from toolkit.read.reckoned import in_plain_cells
from toolkit.words.cells import CellRef
from toolkit.words.celltext import SHOWN
from toolkit.words.personal import mask

# Of formulas that were dragged one is written; the others name its group (`si`).
_GROUP = rb'r="%s"[^>/]*><(?:\w+:)?f\s(?:[^>]*\s)?si="(\d+)"'
_FIRST = rb'r="([A-Z]{1,3}\d+)"[^>/]*><(?:\w+:)?f\s(?=[^>]*\bsi="%s")[^>/]*>([^<]+)<'
_UNKNOWN = "=…"


def formula_in(book: RawBook, ref: CellRef) -> str:
    """A cell's formula with its equals sign; `=…` where the file does not write it in words, and
    nothing where there is none."""
    shape = book.second.looks.of(ref.sheet)
    at = (ref.row, ref.column)
    if at not in (shape.formulas or ()):
        return ""
    written = shape.typed_formulas({ref.column}).get(at) or _dragged(book, ref)
    if not written:
        return _UNKNOWN
    return f"={mask(in_plain_cells(written).removeprefix('='))}"[:SHOWN]


def _dragged(book: RawBook, ref: CellRef) -> str:
    part = book.parts.get(sheet_paths(book.parts).get(ref.sheet, ""), b"")
    group = re.search(_GROUP % ref.cell.encode(), part)
    first = re.search(_FIRST % group[1], part) if group else None
    if first is None:
        return ""
    try:
        formula = unescape(first[2].decode("utf-8", "replace"))
        return moved_formula(formula, first[1].decode(), ref.cell)
    except ValueError:
        return ""


def is_in_array(book: RawBook, ref: CellRef) -> bool:
    """Whether a cell is one of several that one formula fills. No value can be put in it alone: a
    program writes over it again, or has no formula left for the others."""
    return any(_holds(block, ref) for block in book.second.looks.of(ref.sheet).arrays)


def _holds(block: MergedBlock, ref: CellRef) -> bool:
    is_in_rows = block.top <= ref.row <= block.bottom
    return is_in_rows and block.left <= ref.column <= block.right
