"""What is remarked on in how a table's cells are written: formulas whose stored value is not what
they give, values from another workbook, and what is struck out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from toolkit.read.formats.raw import RawSheet
from toolkit.read.formats.shape import Position, Shape, XmlShape
from toolkit.read.formats.written import is_elsewhere
from toolkit.read.joined import joined_text
from toolkit.read.locate import Located
from toolkit.read.reckoned import NOT_KNOWN, ValueAt, referred_to, result_of
from toolkit.read.remarks import Concern, Remark
from toolkit.read.structure import brief_rows
from toolkit.spec.model import NUMERIC, Field
from toolkit.words.amounts import BEYOND, format_number
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import SHOWN, plain, shown, text
from toolkit.words.personal import mask

_LEAST = Decimal("0.005")
"""A difference that rounding to whole öre does not explain."""
_DECIMALS = 2
_SHARE = Decimal("1e-9")  # of the value: a workbook holds fifteen digits


def remarks_on_writing(
    place: Located, rows: Sequence[int], shape: Shape | XmlShape, sheets: Sequence[RawSheet] = ()
) -> Iterator[Remark]:
    """How the cells are written that the county fills in. `sheets` are all of the workbook, from
    which formulas may take values."""
    yield from _on_formulas(place, rows, shape, sheets)
    in_texts = {at for at, kind in place.sheet.parts.items() if kind == "all_struck"}
    if shape.struck or in_texts:
        yield from _on_struck(place, rows, shape.struck | in_texts)


def _on_struck(
    place: Located, rows: Sequence[int], struck: Collection[Position]
) -> Iterator[Remark]:
    """Rows in which anything is struck out."""
    filled: list[Position] = []
    for field in place.table.asked:
        filled += (at for at in _cells(place, field, rows) if _is_struck(place, at, struck))
    if filled:
        last = dict(sorted(filled))  # of each row the last one: what is wrong in it is told apart
        refs = tuple(CellRef(place.sheet.name, *at) for at in sorted(last.items()))
        told = {"table": place.table.label, "rows": brief_rows(sorted(last))}
        yield Remark("RAD-STRUKEN", Concern.ROW, told, place.table.id, refs=refs)


def _is_struck(place: Located, at: Position, struck: Collection[Position]) -> bool:
    return at in struck and bool(text(place.sheet.at(*at)))


def _cells(place: Located, field: Field, rows: Iterable[int]) -> Iterator[Position]:
    at = (place.rows[field.id],) if place.rows and field.id in place.rows else rows
    return product(at, place.places[field.id])


def _on_formulas(
    place: Located, rows: Sequence[int], shape: Shape | XmlShape, sheets: Sequence[RawSheet]
) -> Iterator[Remark]:
    formulas = shape.typed_formulas(place.asked)
    if not formulas:
        return
    for field in place.table.asked:
        own = {at: formulas[at] for at in _cells(place, field, rows) if at in formulas}
        yield from _on_elsewhere(place, field, own)
        yield from _on_stale(place, field, own, sheets)


def _on_elsewhere(
    place: Located, field: Field, formulas: Mapping[Position, str]
) -> Iterator[Remark]:
    """Values that a column takes from another workbook."""
    elsewhere = [at for at, formula in formulas.items() if is_elsewhere(formula)]
    if elsewhere:
        yield _remark(place, "FALT-ANNAN-BOK", field, elsewhere)


def _on_stale(
    place: Located, field: Field, formulas: Mapping[Position, str], sheets: Sequence[RawSheet]
) -> Iterator[Remark]:
    """Once for a column, with the first as the example."""
    stale = {}
    for at, formula in formulas.items():
        result = _given(field, formula, place.sheet, sheets)
        if result is not None and _differs(place.sheet.at(*at), result):
            stale[at] = result
    if stale:
        first = next(iter(stale))
        written = formulas[first].removeprefix("of:").removeprefix("=")
        told = {
            "value": _said(field, place.sheet.at(*first)), "formula": f"={mask(written)}"[:SHOWN],
            "result": _said(field, stale[first]), "first": CellRef(place.sheet.name, *first).cell,
        }  # fmt: skip
        yield _remark(place, "FALT-FORMELVARDE", field, list(stale), **told)


def _given(field: Field, formula: str, own: RawSheet, sheets: Sequence[RawSheet]) -> object:
    """What a formula gives, a number among numbers; None where that is not known."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}

    def other(name: str) -> ValueAt | None:
        sheet = by_name.get(name.casefold())
        return _known_in(sheet) if sheet else None

    if field.type in NUMERIC:
        return result_of(formula, _known_in(own), other)
    given = referred_to(formula, _known_in(own), other)
    if given is None:
        given = joined_text(formula, _known_in(own), other)
    return None if given is NOT_KNOWN else given


def _known_in(sheet: RawSheet) -> ValueAt:
    """The cells of a sheet, but for the results of formulas that no program has calculated."""

    def look(row: int, column: int) -> object:
        is_known = (row, column) not in sheet.uncalculated and (row, column) not in sheet.noughts
        return sheet.at(row, column) if is_known else NOT_KNOWN

    return look


def _said(field: Field, value: object) -> str:
    """A number with as many decimals as it has, up to those of an amount; a year as it is."""
    if field.type not in NUMERIC or field.type == "year":
        return shown(value)
    number = Decimal(str(value))
    if abs(number) >= BEYOND:
        return shown(value)
    exact = round(number, _DECIMALS)
    return format_number(exact, 0 if exact == exact.to_integral_value() else _DECIMALS)


def _differs(stored: object, result: object) -> bool:
    """Whether a stored value is another one of the same kind than a formula's result."""
    if isinstance(stored, str) and isinstance(result, str):
        return bool(plain(result)) and plain(stored) != plain(result)
    if isinstance(stored, date) and isinstance(result, date):
        return stored != result
    if isinstance(result, Decimal):
        return _is_another_number(stored, result)
    return False


def _is_another_number(stored: object, result: Decimal) -> bool:
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        return False
    return abs(Decimal(str(stored)) - result) > max(_LEAST, abs(result) * _SHARE)


def _remark(
    place: Located, code: str, field: Field, cells: Sequence[Position], **told: object
) -> Remark:
    refs = tuple(CellRef(place.sheet.name, *at) for at in sorted(cells))
    given = {"label": field.label, "cells": brief_cells(refs), **told}
    return Remark(code, Concern.CELL, given, place.table.id, field.id, refs)
