"""Numbers whose cell shows something else than the number that it holds: in a unit, or not at all.

What is so for one cause is told once, and nothing is told of a cell that is not so of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from toolkit.read.formats.shape import Position
from toolkit.read.formats.shown_formats import CellFormat
from toolkit.read.formats.units import OtherShown, unit_in
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.spec.model import Field
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

_MANY_VALUES = 6  # different values shown in the same way in a column: more than one reads through


class _Cell(NamedTuple):
    """A cell, and its number as a message repeats it."""

    at: Position
    value: str


def shown_otherwise(
    place: Located, field: Field, rows: Sequence[int], formats: Mapping[Position, CellFormat]
) -> Iterator[Remark]:
    """A question for each thing that a column shows and each number under it; where there are many
    numbers, one for them all."""
    by_shown: defaultdict[OtherShown, list[_Cell]] = defaultdict(list)
    for one, cell in _cells(place, field, rows, formats):
        by_shown[one].append(cell)
    for one, cells in by_shown.items():
        by_value: defaultdict[str, list[_Cell]] = defaultdict(list)
        for cell in cells:
            by_value[cell.value].append(cell)
        if len(by_value) >= _MANY_VALUES:
            yield _of_many(place, field, one, cells)
            continue
        for alike in by_value.values():
            yield _remark(place, field, one, alike, alike)


def _cells(
    place: Located, field: Field, rows: Sequence[int], formats: Mapping[Position, CellFormat]
) -> Iterator[tuple[OtherShown, _Cell]]:
    for at in filter(formats.__contains__, product(rows, place.places[field.id])):
        value = place.sheet.at(*at)
        one = formats[at].shows(value) if isinstance(value, int | float) else None
        if one and not _is_own_unit(field, one):
            yield one, _Cell(at, shown(value))


def _is_own_unit(field: Field, one: OtherShown) -> bool:
    """Whether a number is shown in the unit that the column is in: 50 as `50 %` among per cent,
    which is not how Excel shows per cent of its own accord (0.5 as `50 %`)."""
    if not field.unit or not one.said or one.is_percent:
        return False
    return fold(one.said) == fold(field.unit) or bool(one.unit and one.unit == unit_in(field.unit))


def _of_many(place: Located, field: Field, one: OtherShown, cells: Sequence[_Cell]) -> Remark:
    """The first one stands as the example; what all hold belongs to what is answered."""
    values = ", ".join(cell.value for cell in cells)
    many = Phrase("cellformat_flera", {"count": len(cells)})
    return _remark(place, field, one, cells, cells[:1], many=many, values=values)


def _remark(
    place: Located, field: Field, one: OtherShown, cells: Sequence[_Cell], named: Sequence[_Cell],
    **told: object,
) -> Remark:  # fmt: skip
    refs = tuple(CellRef(place.sheet.name, *cell.at) for cell in cells)
    seen = Phrase("citat", {"text": one.said}) if one.said else Phrase("cellformat_inget")
    given = {
        "table": place.table.label, "cell": refs[0], "label": field.label, "unit": seen,
        "value": cells[0].value, "many": Phrase("cellformat_alla"),
        "cells": brief_cells(CellRef(place.sheet.name, *cell.at) for cell in named), **told,
    }  # fmt: skip
    return Remark("FALT-CELLFORMAT", Concern.CELL, given, place.table.id, field.id, refs)
