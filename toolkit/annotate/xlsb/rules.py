"""Marks: conditional formats that are always true lie over the cells' own formats and do not
replace them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from toolkit.annotate.xlsb.records import (
    AFTER_RULES,
    BEGIN_RULE,
    BEGIN_RULES,
    END_RULE,
    END_RULES,
    changed,
    number_at,
    numbers,
    place_after_data,
)
from toolkit.files.biff12 import Biff12Record
from toolkit.words.cells import CellRef, brief_cells, read_cell

_BY_FORMULA, _FORMULA_TEMPLATE = 2, 1  # CFType (2.5.17), CFTemp (2.5.16)
_PRIORITY = 12  # in BrtBeginCFRule (2.4.28)
_NO_TEXT = -1


def _text_token(text: str) -> bytes:
    """PtgStr (2.5.97.80)."""
    return struct.pack("<BH", 0x17, len(text)) + text.encode("utf-16-le")


_FORMULA = _text_token("länsrapport") + _text_token("") + b"\x0e"
"""SIGNATURE as tokens: the two texts and PtgNe (2.5.97.61)."""


def add_marks(
    records: list[Biff12Record], areas: Mapping[str, Sequence[CellRef]], overlays: Mapping[str, int]
) -> None:
    """A rule for each tone, before those of the county's own."""
    raised = [
        Biff12Record(
            BEGIN_RULE, changed(r.content, _PRIORITY, number_at(r.content, _PRIORITY) + len(areas))
        )
        if r.kind == BEGIN_RULE
        else r
        for r in records
    ]
    blocks = [
        record
        for priority, (tone, refs) in enumerate(areas.items(), 1)
        for record in _block(refs, overlays[tone], priority)
    ]
    place = place_after_data(raised, AFTER_RULES | {BEGIN_RULES})
    records[:] = [*raised[:place], *blocks, *raised[place:]]


def strip_marks(records: list[Biff12Record]) -> None:
    """Without the rules of an earlier marking."""
    ours = [
        place for place, r in enumerate(records) if r.kind == BEGIN_RULE and _FORMULA in r.content
    ]
    gone = {
        place + step for place in ours for step in (-1, 0, 1, 2)
    }  # each stands alone in its block
    kept = [record for place, record in enumerate(records) if place not in gone]
    records[:] = [
        Biff12Record(
            BEGIN_RULE, changed(r.content, _PRIORITY, number_at(r.content, _PRIORITY) - len(ours))
        )
        if ours and r.kind == BEGIN_RULE
        else r
        for r in kept
    ]


def _block(refs: Sequence[CellRef], overlay: int, priority: int) -> list[Biff12Record]:
    areas = [_area(area) for area in brief_cells(refs).split(", ")]
    formula = numbers(len(_FORMULA)) + _FORMULA + numbers(0)
    rule = numbers(_BY_FORMULA, _FORMULA_TEMPLATE, overlay, priority, 0, 0, 0) + b"\0\0"
    rule += numbers(len(formula), 0, 0, _NO_TEXT) + formula
    head = numbers(1, 0, len(areas)) + b"".join(areas)
    return [
        Biff12Record(BEGIN_RULES, head),
        Biff12Record(BEGIN_RULE, rule),
        Biff12Record(END_RULE, b""),
        Biff12Record(END_RULES, b""),
    ]


def _area(address: str) -> bytes:
    """An UncheckedRfX (2.5.153): first and last row, first and last column, from 0."""
    first, _, last = address.partition(":")
    top, bottom = read_cell("", first), read_cell("", last or first)
    return numbers(top.row - 1, bottom.row - 1, top.column - 1, bottom.column - 1)
