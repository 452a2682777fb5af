"""What python-calamine does not give of a workbook, whatever its format: error values, formulas
that were never calculated, what is hidden, merged and linked, and the notes in cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import NamedTuple

from toolkit.read.formats.runs import PartKind
from toolkit.read.formats.shape import SheetShapes
from toolkit.words.cells import CellRef


class CellComment(NamedTuple):
    """A comment in a cell, with its author where the file says it."""

    ref: CellRef
    author: str
    text: str


class SheetFigure(NamedTuple):
    """Something that lies over the cells from one on: what stands in a text box, a shape or a
    chart; nothing of a picture."""

    ref: CellRef
    said: str


class CellView(NamedTuple):
    """Of one sheet: error values by (row, column), the cells whose formula has no stored result,
    those in whose place a nought may stand for a text that was not worked out, those with a text of
    which a part is struck out or raised, and the durations that are not among the values."""

    errors: Mapping[tuple[int, int], str]
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    noughts: frozenset[tuple[int, int]] = frozenset()
    parts: Mapping[tuple[int, int], PartKind] = {}
    durations: Mapping[tuple[int, int], time | timedelta] = {}


@dataclass(frozen=True, slots=True)
class SecondView:
    """A workbook's second view. `cells` are by sheet name. `notes`, `texts` and `figures` are given
    for formats that are not read from XML parts; `texts` holds what else a file says of itself: its
    properties (`egenskaper`), defined names (`namn`), text boxes and charts (`figur`)."""

    cells: Mapping[str, CellView] = field(default_factory=dict)
    looks: SheetShapes = field(default_factory=SheetShapes)
    epoch_1904: bool = False
    notes: tuple[CellComment, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: tuple[SheetFigure, ...] = ()
