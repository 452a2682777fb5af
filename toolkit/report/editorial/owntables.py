"""A table written in Word as a table of the report: with a caption, a heading row and, if it has
one, a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.analysis.table import CellNote, Column, Table
from toolkit.report.blocks import Block, Figure, Inline, Note, Paragraph
from toolkit.report.editorial.filled import Filler, Unfilled
from toolkit.report.editorial.manuscript import (
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    ManuscriptSection,
    ManuscriptTable,
    named,
    text_of,
)

_NUMBER = re.compile(r"[−-]?[\d\s.,–]*\d[\d\s.,]*( ?%| ?kr| ?tkr| ?mnkr)?")
_LABEL = re.compile(r"^tabell\s*\d*\s*[.:]\s*", re.IGNORECASE)


def own_table(
    section: ManuscriptSection,
    pieces: Sequence[ManuscriptBlock],
    place: ManuscriptPlace,
    filler: Filler,
    source: str,
) -> tuple[int, Block]:
    """The table that the pieces begin with, and how many of them it took: its caption, the table,
    and its source if it has one. Raises Unfilled."""
    caption = pieces[0]
    if not isinstance(caption, Paragraph):
        # Without one the table could not be numbered, listed or referred to.
        raise Unfilled(ManuscriptFault("TEXTER-TABELL", place, (("why", "texter_tabell_rubrik"),)))
    grid = pieces[1]
    assert isinstance(grid, ManuscriptTable)
    at = place._replace(number=place.number + 1)
    below = _source(pieces[2:], source)
    title = _title(filler.text(caption.runs, place))
    told = filler.text(below.runs, at._replace(number=at.number + 1)) if below else ""
    table = _table(_id(section, place), title, grid, at, filler)
    sourced = replace(table, source=told.removeprefix(source.strip()).strip())
    return (3 if below else 2), Figure(sourced)


def _title(caption: str) -> str:
    """Without the number that Word or the person gave it: the report counts its tables itself."""
    return _LABEL.sub("", caption).rstrip(".") + "."


def _id(section: ManuscriptSection, place: ManuscriptPlace) -> str:
    """An id that no table of the templates has, the same in every run."""
    name = section.mark.name if section.mark else named(section.heading)
    return f"egen_{name}_{place.number}"


def _table(
    id_: str, title: str, grid: ManuscriptTable, place: ManuscriptPlace, filler: Filler
) -> Table:
    """The table without its source."""
    heads = _heads(grid, place, filler)
    rows = tuple(_row(grid, row, place, filler) for row in range(1, len(grid.rows)))
    columns = tuple(
        Column(head.heading, head.note, _is_numbers(rows, n)) for n, head in enumerate(heads)
    )
    notes = tuple(_notes(grid, place, filler))
    return Table(id_, title, columns, rows, "", notes=notes)


def _source(after: Sequence[ManuscriptBlock], source: str) -> Paragraph | None:
    """The paragraph below, when it says that it is the source."""
    if not after or not isinstance(after[0], Paragraph):
        return None
    begins = text_of(after[0].runs).casefold().startswith(source.strip().casefold())
    return after[0] if begins else None


def _heads(grid: ManuscriptTable, place: ManuscriptPlace, filler: Filler) -> list[Column]:
    return [_head(cell, place._replace(row=1), filler) for cell in grid.rows[0]]


def _head(cell: Sequence[Inline], place: ManuscriptPlace, filler: Filler) -> Column:
    """A column's heading with its footnote."""
    return Column(filler.text(cell, place), _note(cell, place, filler))


def _note(cell: Sequence[Inline], place: ManuscriptPlace, filler: Filler) -> str:
    """The footnotes of a cell as one; nothing where there is none."""
    notes = [filler.note(run, place) for run in cell if isinstance(run, Note)]
    return " ".join(text_of(note.runs) for note in notes)


def _notes(grid: ManuscriptTable, place: ManuscriptPlace, filler: Filler) -> Iterator[CellNote]:
    """The footnotes of the cells below the heading row, in reading order."""
    for row, cells in enumerate(grid.rows[1:]):
        for column, cell in enumerate(cells):
            text = _note(cell, place._replace(row=row + 2), filler)
            if text:
                yield CellNote(row, column, text)


def _row(
    grid: ManuscriptTable, row: int, place: ManuscriptPlace, filler: Filler
) -> tuple[str, ...]:
    at = place._replace(row=row + 1)
    return tuple(filler.text(cell, at) for cell in grid.rows[row])


def _is_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    # Signs for nothing, hidden and not known stand among numbers too.
    said = [row[column] for row in rows if row[column] not in {"", "–", "..", "."}]
    return bool(said) and all(_NUMBER.fullmatch(text) for text in said)
