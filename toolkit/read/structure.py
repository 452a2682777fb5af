"""What is remarked on in a table's place: columns that are gone or extra, and what is hidden,
merged or written over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, product
from typing import Any

from toolkit.read.formats.shape import MergedBlock, Position, Shape, XmlShape
from toolkit.read.heading_rows import Reordered
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.read.rows import RowNumbers
from toolkit.read.shown_otherwise import shown_otherwise
from toolkit.spec.model import NUMERIC, Field
from toolkit.words.cells import CellRef, brief_cells, column_letter
from toolkit.words.celltext import SHOWN, shown, text
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, suggest

_SOMEWHAT_ALIKE = 0.5  # likeness; a column that is gone is suggested for an extra one like it


# ------------------------------------------------------------------------------------------ columns
def remarks_on_columns(place: Located) -> Iterator[Remark]:
    """Columns that are missing, guessed or extra. An extra one that is a little like a missing one
    suggests it."""
    missing = [field for field in place.table.asked if not place.places[field.id]]
    for field in missing:
        yield _missing_column(place, field)
    yield from _other_headings(place, "KOL-GISSAD", place.guessed)
    yield from _other_headings(place, "KOL-OMSKRIVEN", place.rewritten)
    yield from _beside(place)
    for field_id, heading in place.lost:
        yield _lost_column(place, place.table.by_id[field_id], heading)
    yield from _extra_columns(place, [field.label for field in missing])


def _other_headings(
    place: Located, code: str, found: Iterable[tuple[int, str, str]]
) -> Iterator[Remark]:
    """Headings that say something else than the template's; `found` as in Located."""
    for column, said, heading in found:
        at = (place.header_row, column)
        yield _on_column(place, code, at, found=" ".join(said.split()), label=heading)


def _extra_columns(place: Located, missing: Sequence[str]) -> Iterator[Remark]:
    """Columns that are none of the table's; `missing` are the labels that one of them may be."""
    for column, found in place.unknown:
        copied = _copied(place, found)
        if copied is not None:
            yield from _on_copy(place, column, *copied)
            continue
        alike = suggest(found, missing, _SOMEWHAT_ALIKE)
        label = " ".join(mask(found).split())[:SHOWN]
        at = (place.header_row, column)
        yield _on_column(place, "KOL-EXTRA", at, suggestion=alike, label=label)


def _beside(place: Located) -> Iterator[Remark]:
    """Answers of a form that stand in the column after their own, all at once."""
    if not place.beside:
        return
    cells = [(place.rows[name], place.places[name][0]) for name in place.beside]
    read = cells[0][1]
    columns = {"read": column_letter(read), "home": column_letter(read - 1)}
    yield _remark(place, "KOL-BREDVID", Concern.ROW, cells, count=len(cells), **columns)


def _missing_column(place: Located, field: Field) -> Remark:
    """It has no cell of its own: the table's first heading stands for it."""
    code = "KOL-SAKNAS" if place.table.needs(field) else "KOL-SAKNAS-FRIVILLIG"
    at = (_row_before(place, field), min(place.columns, default=1))
    return _on_column(place, code, at, field=field.id, label=field.label, **_lost(place))


def _row_before(place: Located, field: Field) -> int:
    """The row of headings; of a form the last row that is there of those that come before the
    field's own."""
    row = place.header_row
    for one in place.table.fields:
        if one.id == field.id:
            break
        row = place.rows.get(one.id, row)
    return row


def _lost(place: Located) -> dict[str, Any]:
    """A form has a row for each field."""
    kind = "saknas_rad" if place.rows else "saknas_kolumn"
    return {"what": Phrase(kind), "how": Phrase(f"{kind}_gor")}


def _lost_column(place: Located, field: Field, heading: str) -> Remark:
    """One of a field's several columns is gone. The first of them is the one that must be there."""
    is_first = heading == field.headings[0] and place.table.needs(field)
    code = "KOL-SAKNAS" if is_first else "KOL-SAKNAS-FRIVILLIG"
    at = (place.header_row, place.places[field.id][0])
    return _on_column(place, code, at, field=field.id, label=heading, **_lost(place))


def _copied(place: Located, found: str) -> tuple[Field, int] | None:
    """The field and the column that were read under the very heading."""
    for field in place.table.fields:
        for read in place.places[field.id]:
            if fold(text(place.sheet.at(place.header_row, read))) == fold(found):
                return field, read
    return None


def _on_copy(place: Located, copy: int, field: Field, read: int) -> Iterator[Remark]:
    """What is remarked on a copied column: a question where it says something else, nothing where
    it says nothing."""
    written, original = _texts_below(place, copy), _texts_below(place, read)
    # An empty cell of the copy says nothing else.
    differ = [(row, copy) for row, said in written.items() if said not in {"", original[row]}]
    if differ:
        told = {"label": field.label, "cells": _brief(place, differ)}
        letters = {"copy": column_letter(copy), "read": column_letter(read)}
        yield _remark(place, "KOL-KOPIA", Concern.ROW, differ, field=field.id, **told, **letters)
    elif any(written.values()):
        yield _on_column(place, "KOL-EXTRA", (place.header_row, copy), label=field.label)


def _texts_below(place: Located, column: int) -> dict[int, str]:
    """What stands below a heading, by row."""
    rows = range(place.header_row + 1, min(place.last_row, len(place.sheet.rows)) + 1)
    return {row: text(place.sheet.at(row, column)) for row in rows}


# --------------------------------------------------------------------------------------------- rows
def remarks_on_rows(place: Located, rows: RowNumbers) -> Iterator[Remark]:
    """Rows that are no records, all of a kind at once."""
    kinds = {
        "RAD-RUBRIK": rows.headings,
        "RAD-SUMMA": rows.totals,
        "RAD-STUMP": rows.stumps,
        "RAD-EXEMPEL": rows.examples,
        "RAD-OVANFOR": rows.above,
    }
    for code, found in kinds.items():
        if found:
            cells = [(row, _first_filled(place, row)) for row in found]
            yield _remark(place, code, Concern.ROW, cells, rows=brief_rows(found))


def remark_on_reordered(place: Located, one: Reordered) -> Remark:
    """Nothing is understood of what stands below headings in another order: its cells are told at
    once, and not one by one."""
    at = list(product((one.row, *one.rows), sorted(place.columns)))
    told: dict[str, Any] = {"row": one.row, "rows": brief_rows(one.rows)}
    told |= {"header": place.header_row, "table": place.table.label}
    told |= {"column": column_letter(one.column)} if one.column else {}
    kind = "ordning_kolumn" if one.column else "ordning_rad"
    how = Phrase(f"{kind}_gor", told)
    remark = _remark(
        place, "RAD-ORDNING", Concern.TABLE, at, **told, where=Phrase(kind, told), how=how
    )
    headings = (CellRef(place.sheet.name, place.header_row, column) for column in place.columns)
    return replace(remark, replaces=frozenset(remark.refs).union(headings if one.column else ()))


def _first_filled(place: Located, row: int) -> int:
    """The first of the columns that the county fills in that holds anything in a row; a formula of
    the template's that no program has calculated is nothing of the county's."""
    own = sorted(place.asked or place.columns)
    odd = {*place.sheet.errors, *place.sheet.uncalculated}
    for column in own:
        if (row, column) in odd or text(place.sheet.at(row, column)):
            return column
    return own[0]


def brief_rows(rows: Sequence[int]) -> str:
    """`7–29, 31`."""
    runs = [list(run) for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0])]
    return ", ".join(_brief_run(run[0][1], run[-1][1]) for run in runs)


def _brief_run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


# -------------------------------------------------------------------------------------------- shape
def remarks_on_shape(
    place: Located, rows: Sequence[int], shape: Shape | XmlShape
) -> Iterator[Remark]:
    """Hidden rows and columns, merged cells, and values over formulas: all of it is read, so the
    county is told in case it did not mean what nobody sees to be sent."""
    if place.rows:
        return
    yield from _hidden_rows(place, rows, shape)
    yield from _hidden_columns(place, rows, shape)
    for block in shape.merged:
        yield from _merged(place, rows, block)
    yield from _written_over(place, rows, shape)
    yield from _formatted(place, rows, shape)


def _hidden_rows(place: Located, rows: Sequence[int], shape: Shape | XmlShape) -> Iterator[Remark]:
    first = place.places[place.table.fields[0].id][:1] or (1,)
    hidden = [(row, first[0]) for row in rows if row in shape.rows]
    if hidden:
        yield _remark(place, "RAD-DOLD", Concern.ROW, hidden, count=len(hidden))


def _hidden_columns(
    place: Located, rows: Sequence[int], shape: Shape | XmlShape
) -> Iterator[Remark]:
    for field in place.table.fields:
        for column in place.places[field.id]:
            if column in shape.columns and any(text(place.sheet.at(row, column)) for row in rows):
                at = (place.header_row, column)
                yield _on_column(place, "KOL-DOLD", at, field=field.id, label=field.label)


def _merged(place: Located, rows: Sequence[int], block: MergedBlock) -> Iterator[Remark]:
    """Cells of the table's rows that are drawn together: Excel keeps the value of the first of them
    and throws away the others, so the rest of the block reads as empty."""
    if not place.header_row < block.top <= place.last_row:
        return
    if _holds_any(block, rows, place.columns):
        corners = ((block.top, block.left), (block.bottom, block.right))
        cells = ":".join(CellRef(place.sheet.name, *corner).cell for corner in corners)
        yield _remark(place, "FALT-SAMMANSLAGEN", Concern.CELL, corners[:1], cells=cells)


def _holds_any(block: MergedBlock, rows: Iterable[int], columns: Iterable[int]) -> bool:
    is_among_rows = any(block.top <= row <= block.bottom for row in rows)
    return is_among_rows and any(block.left <= column <= block.right for column in columns)


def _written_over(place: Located, rows: Sequence[int], shape: Shape | XmlShape) -> Iterator[Remark]:
    """Computed cells with a value where the template has a formula: what they should hold is
    computed anyway."""
    computed = [field for field in place.table.fields if field.computed is not None]
    for field in computed:
        formulas = shape.formulas
        over = [] if formulas is None else list(_without_formula(place, field, rows, formulas))
        if over:
            yield _formula_gone(place, field, over)


def _formatted(place: Located, rows: Sequence[int], shape: Shape | XmlShape) -> Iterator[Remark]:
    """Numbers whose cell shows something else: what is stored, and read, is another number than
    what the county sees."""
    if not shape.units:
        return
    for field in place.table.asked:
        if field.type in NUMERIC:
            yield from shown_otherwise(place, field, rows, shape.units)


def _brief(place: Located, cells: Iterable[Position]) -> str:
    """`B7:B29, B31`."""
    return brief_cells(CellRef(place.sheet.name, *cell) for cell in cells)


def _without_formula(
    place: Located, field: Field, rows: Sequence[int], formulas: frozenset[Position]
) -> Iterator[Position]:
    for column in place.places[field.id][:1]:
        for row in rows:
            if (row, column) not in formulas and text(place.sheet.at(row, column)):
                yield row, column


def _formula_gone(place: Located, field: Field, over: Sequence[Position]) -> Remark:
    return _remark(
        place,
        "FALT-FORMEL",
        Concern.CELL,
        over,
        field=field.id,
        label=field.label,
        value=shown(place.sheet.at(*over[0])),
        cells=_brief(place, over),
    )


# ------------------------------------------------------------------------------------------ remarks
def _on_column(
    place: Located, code: str, at: Position, *,
    field: str | None = None, suggestion: str | None = None, **parameters: object,
) -> Remark:  # fmt: skip
    return _remark(
        place, code, Concern.COLUMN, [at], field=field, suggestion=suggestion, **parameters
    )


def _remark(
    place: Located, code: str, concern: Concern, at: Sequence[Position], *,
    field: str | None = None, suggestion: str | None = None, **parameters: object,
) -> Remark:  # fmt: skip
    refs = tuple(CellRef(place.sheet.name, row, column) for row, column in at)
    told = {"table": place.table.label, "cell": refs[0], **parameters}
    return Remark(code, concern, told, place.table.id, field, refs, suggestion)
