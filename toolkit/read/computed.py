"""Computed cells of a sheet on which no formula is left, as when all of it was pasted as values, or
saved by a program that keeps only these: what is not what its parts give was written there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.read.formats.shape import SheetShapes
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Remark
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.model import Computed, Field, Spec
from toolkit.words.cells import brief_cells
from toolkit.words.celltext import shown, text

_ROUNDED = Decimal(1)  # kronor: what differs less was pasted as it was shown
_WRITTEN_OVER = "FALT-FORMEL"


def remarks_on_computed(
    spec: Spec, found: Submission, located: Mapping[str, Located], looks: SheetShapes
) -> Iterator[Remark]:
    """The computed cells that hold something else than the toolkit reckons, a field at a time.
    Where formulas are left on the sheet, what has none is told of by that."""
    arithmetic = Arithmetic(spec, found)
    for name, data in found.tables.items():
        place = located[name]
        if place.rows or looks.of(place.sheet.name).has_formulas:
            continue
        for field in place.table.fields:
            if field.computed is not None and _is_whole(spec, name, field.computed, located):
                over = [one for one in data.records if _differs(arithmetic, one, field)]
                yield from _told(place, field, over)


def _is_whole(spec: Spec, name: str, rule: Computed, located: Mapping[str, Located]) -> bool:
    """Whether all columns that a rule adds up are in the file; of one that is reckoned itself, the
    columns that it follows from."""
    wanted = {(name, part) for part in rule.named}
    if rule.sum_of is not None:
        target, _, summed = rule.sum_of.partition(".")
        wanted |= {(target, part) for part in (summed, *rule.where)}
    return all(_is_there(spec, table, part, located) for table, part in wanted)


def _is_there(spec: Spec, table: str, part: str, located: Mapping[str, Located]) -> bool:
    computed = spec.tables[table].by_id[part].computed
    if computed is not None:
        return _is_whole(spec, table, computed, located)
    return table in located and _has_column(located[table], part)


def _has_column(place: Located, field: str) -> bool:
    return bool(place.places.get(field))


def _differs(arithmetic: Arithmetic, record: Record, field: Field) -> bool:
    """Nothing and nought are what a formula that was never calculated leaves."""
    value = record.value(field.id)
    if value.typed in (Missing.BLANK, Decimal(0)) or not text(value.raw):
        return False
    if field.id in arithmetic.unknown(record):
        return False
    if not isinstance(value.typed, Decimal):
        return True
    given = (arithmetic(record)[field.id], _of_its_row(record, field.computed))
    return all(one is None or abs(value.typed - one) >= _ROUNDED for one in given)


def _of_its_row(record: Record, rule: Computed | None) -> Decimal | None:
    """What a rule gives of what stands in its row, also where that was written over: one cell that
    was is told, and not those that followed it."""
    if rule is None or rule.sum_of is not None:
        return None
    plus = sum(map(record.amount, rule.plus), Decimal(0))
    return plus - sum(map(record.amount, rule.minus), Decimal(0))


def _told(place: Located, field: Field, over: list[Record]) -> Iterator[Remark]:
    refs = tuple(record.ref(field.id) for record in over)
    if refs:
        told = {
            "table": place.table.label, "cell": refs[0], "label": field.label,
            "value": shown(over[0].value(field.id).raw), "cells": brief_cells(refs),
        }  # fmt: skip
        yield Remark(_WRITTEN_OVER, Concern.CELL, told, place.table.id, field.id, refs)
