"""What is remarked on in a table's place: columns that are gone or extra, and what is hidden,
merged or written over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, product
from typing import Any

from toolkit.read.formats.shape import MergedBlock, Position, Shape, SheetShapes, XmlShape
from toolkit.read.heading_rows import Reordered
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.read.rows import RowNumbers
from toolkit.read.shown_otherwise import shown_otherwise
from toolkit.spec.model import NUMERIC, Field, SheetSpec, Spec
from toolkit.words.cells import CellRef, brief_cells, column_letter
from toolkit.words.celltext import SHOWN, shown, text
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, join_and, suggest

_SOMEWHAT_ALIKE = 0.5  # likeness; a column that is gone is suggested for an extra one like it
_SHOWN_LINKS = 3  # linked files that are named; a workbook may have hundreds
_BESIDE_KEYS = 2  # the column where a sheet's own cells begin: the first one holds hidden keys


# ------------------------------------------------------------------------------------------- tables
def remarks_on_missing(
    spec: Spec, located: Mapping[str, Located], names: set[str]
) -> Iterator[Remark]:
    """Sheets of which nothing was found, once for all that stood there; or else tables one by one.
    `names` are the file's own sheets."""
    for sheet in spec.sheets:
        missing = [table for table in sheet.tables if table.id not in located]
        if missing and len(missing) == len(sheet.tables) and sheet.label not in names:
            yield _missing(missing[0].id, _sheet_gone(sheet))
            continue
        for table in missing:
            gone = Phrase("tabell_borta", {"sheet": sheet.label, "table": table.label})
            yield _missing(table.id, gone)


def _missing(table: str, what: Phrase) -> Remark:
    return Remark("BLAD-SAKNAS", Concern.TABLE, {"what": what}, table)


def _sheet_gone(sheet: SheetSpec) -> Phrase:
    """Its tables are named too, unless all it has is one of the same name."""
    if [table.label for table in sheet.tables] == [sheet.label]:
        return Phrase("blad_borta_en", {"sheet": sheet.label})
    quoted = tuple(Phrase("citat", {"text": table.label}) for table in sheet.tables)
    return Phrase("blad_borta", {"sheet": sheet.label, "tables": quoted})


def remarks_on_far_cells(cells: Sequence[CellRef]) -> Iterator[Remark]:
    """Something that stands far from everything else on a sheet, once a sheet."""
    for name, group in groupby(sorted(cells), key=lambda ref: ref.sheet):
        refs = tuple(group)
        told = {"sheet": name, "cells": brief_cells(refs)}
        yield Remark("CELL-LANGT-BORT", Concern.ROW, told, refs=refs)


# ------------------------------------------------------------------------------------------ columns
def remarks_on_columns(place: Located) -> Iterator[Remark]:
    """Columns that are missing, guessed or extra. An extra one that is a little like a missing one
    suggests it."""
    missing = [field for field in place.table.fields if _is_missing(place, field)]
    for field in missing:
        yield _missing_column(place, field)
    for column, found, heading in place.guessed:
        at = (place.header_row, column)
        yield _on_column(place, "KOL-GISSAD", at, found=" ".join(found.split()), label=heading)
    for column, found, heading in place.rewritten:
        at = (place.header_row, column)
        yield _on_column(place, "KOL-OMSKRIVEN", at, found=" ".join(found.split()), label=heading)
    if place.beside:
        yield _beside(place)
    for field_id, heading in place.lost:
        yield _lost_column(place, place.table.by_id[field_id], heading)
    for column, found in place.unknown:
        copied = _copied(place, found)
        if copied is not None:
            yield from _on_copy(place, column, *copied)
            continue
        alike = suggest(found, [field.label for field in missing], _SOMEWHAT_ALIKE)
        label = " ".join(mask(found).split())[:SHOWN]
        at = (place.header_row, column)
        yield _on_column(place, "KOL-EXTRA", at, suggestion=alike, label=label)


def _beside(place: Located) -> Remark:
    cells = [(place.rows[name], place.places[name][0]) for name in place.beside]
    read = cells[0][1]
    columns = {"read": column_letter(read), "home": column_letter(read - 1)}
    return _remark(place, "KOL-BREDVID", Concern.ROW, cells, count=len(cells), **columns)


def _is_missing(place: Located, field: Field) -> bool:
    return field.computed is None and not place.places[field.id]


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
    rows = range(place.header_row + 1, min(place.last_row, len(place.sheet.rows)) + 1)
    written = {row: text(place.sheet.at(row, copy)) for row in rows}
    if not any(written.values()):
        return
    # An empty cell of the copy says nothing else.
    differ = [row for row in rows if written[row] not in {"", text(place.sheet.at(row, read))}]
    at = [(row, copy) for row in differ] or [(place.header_row, copy)]
    cells = brief_cells(CellRef(place.sheet.name, *position) for position in at)
    told = {"label": field.label, "cells": cells}
    if differ:
        letters = {"copy": column_letter(copy), "read": column_letter(read)}
        yield _remark(place, "KOL-KOPIA", Concern.ROW, at, field=field.id, **told, **letters)
    else:
        yield _on_column(place, "KOL-EXTRA", at[0], label=field.label)


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
    own = _asked(place) or sorted(place.columns)
    odd = {*place.sheet.errors, *place.sheet.uncalculated}
    for column in own:
        if (row, column) in odd or text(place.sheet.at(row, column)):
            return column
    return own[0]


def _asked(place: Located) -> list[int]:
    fields = [field for field in place.table.fields if field.computed is None]
    return sorted(chain.from_iterable(place.places[field.id] for field in fields))


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
    has_columns = any(block.left <= column <= block.right for column in place.columns)
    if has_columns and any(block.top <= row <= block.bottom for row in rows):
        corners = ((block.top, block.left), (block.bottom, block.right))
        cells = ":".join(CellRef(place.sheet.name, *corner).cell for corner in corners)
        yield _remark(place, "FALT-SAMMANSLAGEN", Concern.CELL, corners[:1], cells=cells)


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
    for field in place.table.fields:
        if field.type in NUMERIC and field.computed is None:
            yield from shown_otherwise(place, field, rows, shape.units)


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
        cells=brief_cells(CellRef(place.sheet.name, *cell) for cell in over),
    )


# ---------------------------------------------------------------------------------------- the whole
def remarks_on_book(located: Mapping[str, Located], looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files, copies of sheets, hidden sheets."""
    yield from _links(looks)
    yield from _copies(located.values())
    yield from _hidden_sheets(located.values(), looks)


def _links(looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files: what has been read are the values that the workbook stored when it was
    last open beside them, which may be old."""
    if looks.links:
        names = [mask(name)[:SHOWN] for name in looks.links[:_SHOWN_LINKS]]
        if len(looks.links) > _SHOWN_LINKS:
            names.append("…")
        yield Remark("FIL-LANKAR", Concern.FILE, {"names": join_and(names)})


def _hidden_sheets(located: Iterable[Located], looks: SheetShapes) -> Iterator[Remark]:
    """Hidden sheets, each once."""
    for place in {place.sheet.name: place for place in located}.values():
        if looks.of(place.sheet.name).hidden:
            yield _on_sheet(place, "BLAD-DOLT", sheet=place.sheet.name)


def _copies(located: Iterable[Located]) -> Iterator[Remark]:
    """Sheets that are copies of one that has been read, and are not like it: one question for
    each."""
    seen: set[str] = set()
    for place in located:
        for copy in place.copies:
            name = copy.sheet.name
            if name not in seen and _differ(copy, place):
                seen.add(name)
                yield _on_sheet(copy, "BLAD-KOPIA", sheet=name, read=place.sheet.name)


def _differ(copy: Located, place: Located) -> bool:
    return copy.sheet.name != place.sheet.name and copy.sheet.rows != place.sheet.rows


# ------------------------------------------------------------------------------------------ remarks
def _on_sheet(place: Located, code: str, **names: str) -> Remark:
    ref = CellRef(place.sheet.name, place.header_row, _BESIDE_KEYS)
    told = {"table": place.table.label, "cell": ref, **names}
    return Remark(code, Concern.FILE, told, place.table.id, refs=(ref,))


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
