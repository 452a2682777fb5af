"""What is told of a table's place: columns that are gone or extra, and what is hidden, merged or
written over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from toolkit.read.formats.shape import MergedBlock, Shape, SheetShapes, XmlShape
from toolkit.read.locate import Located
from toolkit.read.rows import RowNumbers
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import SHOWN, shown, text
from toolkit.words.personal import mask
from toolkit.words.swedish import join_and, suggest

_SOMEWHAT_ALIKE = 0.5
_SHOWN_LINKS = 3


class Remark(NamedTuple):
    """A finding's code with the parameters of its text and its place."""

    code: str
    parameters: Mapping[str, object]
    place: Mapping[str, Any]


def told_of_columns(place: Located) -> Iterator[Remark]:
    """Columns that are missing, guessed or extra. An extra one that is a little like a missing one
    suggests it."""
    header = place.header_row
    first = min((column for several in place.places.values() for column in several), default=1)
    missing = [
        field
        for field in place.table.fields
        if field.computed is None and not place.places[field.id]
    ]
    for field in missing:
        code = "KOL-SAKNAS" if place.table.needs(field) else "KOL-SAKNAS-FRIVILLIG"
        yield _remark(place, code, [(header, first)], field=field.id, label=field.label)
    for column, found, heading in place.guessed:
        yield _remark(
            place, "KOL-GISSAD", [(header, column)], found=" ".join(found.split()), label=heading
        )
    for column, found in place.unknown:
        alike = suggest(found, [field.label for field in missing], _SOMEWHAT_ALIKE)
        label = " ".join(mask(found).split())[:SHOWN]
        yield _remark(place, "KOL-EXTRA", [(header, column)], suggestion=alike, label=label)


def told_of_rows(place: Located, rows: RowNumbers) -> Iterator[Remark]:
    """Rows that are no records, all of a kind at once."""
    kinds = {
        "RAD-RUBRIK": rows.headings,
        "RAD-SUMMA": rows.totals,
        "RAD-STUMP": rows.stumps,
        "RAD-EXEMPEL": rows.examples,
    }
    for code, found in kinds.items():
        if found:
            cells = [(row, _first_filled(place, row)) for row in found]
            yield _remark(place, code, cells, rows=_brief_rows(found))


def _first_filled(place: Located, row: int) -> int:
    """The first of the table's own columns that holds anything in a row."""
    own = sorted(column for several in place.places.values() for column in several)
    odd = {*place.sheet.errors, *place.sheet.uncalculated}
    return next(
        (column for column in own if text(_at(place, row, column)) or (row, column) in odd), own[0]
    )


def _brief_rows(rows: Sequence[int]) -> str:
    """`7–29, 31`."""
    runs = [list(run) for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0])]
    ends = ((run[0][1], run[-1][1]) for run in runs)
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ends)


def told_of_shape(place: Located, rows: Sequence[int], shape: Shape | XmlShape) -> Iterator[Remark]:
    """Hidden rows and columns, merged cells, and values over formulas: all of it is read."""
    if place.rows:
        return
    first = place.places[place.table.fields[0].id][:1] or (1,)
    hidden = [row for row in rows if row in shape.rows]
    if hidden:
        yield _remark(place, "RAD-DOLD", [(row, first[0]) for row in hidden], count=len(hidden))
    yield from _hidden_columns(place, rows, shape)
    for block in shape.merged:
        yield from _merged(place, rows, block)
    yield from _written_over(place, rows, shape)


def told_of_book(located: Mapping[str, Located], looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files, copies of sheets, hidden sheets."""
    yield from _links(looks)
    yield from _copies(located)
    yield from _hidden(located, looks)


def _links(looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files: their stored values are what has been read."""
    if looks.links:
        names = [mask(name)[:SHOWN] for name in looks.links[:_SHOWN_LINKS]]
        more = ["…"] if looks.links[_SHOWN_LINKS:] else []
        yield Remark("FIL-LANKAR", {"names": join_and([*names, *more])}, {})


def _hidden(located: Mapping[str, Located], looks: SheetShapes) -> Iterator[Remark]:
    """Hidden sheets, each once."""
    for place in {place.sheet.name: place for place in located.values()}.values():
        if looks.of(place.sheet.name).hidden:
            yield _remark(place, "BLAD-DOLT", [(place.header_row, 2)], sheet=place.sheet.name)


def _copies(located: Mapping[str, Located]) -> Iterator[Remark]:
    """Sheets that are copies of one that has been read, and are not like it: one question for
    each."""
    seen: set[str] = set()
    for place in located.values():
        for copy in place.copies:
            name = copy.sheet.name
            if (
                name not in seen
                and name != place.sheet.name
                and copy.sheet.rows != place.sheet.rows
            ):
                seen.add(name)
                yield _remark(
                    copy, "BLAD-KOPIA", [(copy.header_row, 2)], sheet=name, read=place.sheet.name
                )


def _hidden_columns(
    place: Located, rows: Sequence[int], shape: Shape | XmlShape
) -> Iterator[Remark]:
    for field in place.table.fields:
        for column in place.places[field.id]:
            if column in shape.columns and any(text(_at(place, row, column)) for row in rows):
                yield _remark(
                    place,
                    "KOL-DOLD",
                    [(place.header_row, column)],
                    field=field.id,
                    label=field.label,
                )


def _merged(place: Located, rows: Sequence[int], block: MergedBlock) -> Iterator[Remark]:
    """Cells of the table's rows that are drawn together: the value belongs to the first of them."""
    own = {column for several in place.places.values() for column in several}
    inside = own & set(range(block.left, block.right + 1))
    if (
        inside
        and place.header_row < block.top <= place.last_row
        and set(rows) & set(range(block.top, block.bottom + 1))
    ):
        corners = [
            CellRef(place.sheet.name, block.top, block.left),
            CellRef(place.sheet.name, block.bottom, block.right),
        ]
        cells = ":".join(ref.cell for ref in corners)
        yield _remark(place, "FALT-SAMMANSLAGEN", [(block.top, block.left)], cells=cells)


def _written_over(place: Located, rows: Sequence[int], shape: Shape | XmlShape) -> Iterator[Remark]:
    """Computed cells with a value where the template has a formula: what they should hold is
    computed anyway."""
    computed = [field for field in place.table.fields if field.computed is not None]
    if not computed or shape.formulas is None:
        return
    for field in computed:
        cells = [(row, column) for column in place.places[field.id][:1] for row in rows]
        over = [cell for cell in cells if cell not in shape.formulas and text(_at(place, *cell))]
        if over:
            named = brief_cells(CellRef(place.sheet.name, *cell) for cell in over)
            value = shown(_at(place, *over[0]))
            yield _remark(
                place,
                "FALT-FORMEL",
                over,
                field=field.id,
                label=field.label,
                value=value,
                cells=named,
            )


def _at(place: Located, row: int, column: int) -> object:
    cells = place.sheet.rows[row - 1] if row <= len(place.sheet.rows) else ()
    return cells[column - 1] if column <= len(cells) else None


def _remark(
    place: Located, code: str, at: Sequence[tuple[int, int]], *,
    field: str | None = None, suggestion: str | None = None, **parameters: object,
) -> Remark:  # fmt: skip
    refs = tuple(CellRef(place.sheet.name, row, column) for row, column in at)
    where = {"table": place.table.id, "field": field, "refs": refs, "suggestion": suggestion}
    return Remark(code, {"table": place.table.label, "cell": refs[0], **parameters}, where)
