"""A table written in Word as a table of the report: with a caption, a heading row and, if it has
one, a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.analysis.table import CellNote, Column, Table
from toolkit.report.blocks import Block, Figure, Inline, Note, Paragraph, Text
from toolkit.report.editorial.filled import Filler, Unfilled
from toolkit.report.editorial.manuscript import (
    Grid,
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    Section,
    named,
)

_NUMBER = re.compile(r"[−-]?[\d\s.,–]*\d[\d\s.,]*( ?%| ?kr| ?tkr| ?mnkr)?")
_LABEL = re.compile(r"^tabell\s*\d*\s*[.:]\s*", re.IGNORECASE)


def own_table(
    section: Section,
    pieces: Sequence[ManuscriptBlock],
    place: ManuscriptPlace,
    filler: Filler,
    source: str,
) -> tuple[int, Block]:
    """The table that the pieces begin with, and how many of them it took. Raises Unfilled."""
    caption = pieces[0] if isinstance(pieces[0], Paragraph) else None
    if caption is None:
        raise Unfilled(ManuscriptFault("TEXTER-TABELL", place, (("why", "texter_tabell_rubrik"),)))
    grid = pieces[1]
    assert isinstance(grid, Grid)
    at = place._replace(number=place.number + 1)
    title = _LABEL.sub("", filler.text(caption.runs, place)).rstrip(".") + "."
    said = _source(pieces[2:], source)
    told = filler.text(said.runs, at._replace(number=at.number + 1)) if said else ""
    heads, rows = (
        _heads(grid, at, filler),
        tuple(_row(grid, row, at, filler) for row in range(1, len(grid.rows))),
    )
    columns = tuple(
        Column(head.heading, head.note, _is_numbers(rows, n)) for n, head in enumerate(heads)
    )
    own = f"egen_{section.mark.name if section.mark else named(section.heading)}_{place.number}"
    notes = tuple(_notes(grid, at, filler))
    table = Table(own, title, columns, rows, told.removeprefix(source.strip()).strip(), notes=notes)
    return (3 if said else 2), Figure(table)


def _source(after: Sequence[ManuscriptBlock], source: str) -> Paragraph | None:
    """The paragraph below, when it says that it is the source."""
    first = after[0] if after else None
    if not isinstance(first, Paragraph):
        return None
    said = "".join(run.text for run in first.runs if isinstance(run, Text))
    return first if said.casefold().startswith(source.strip().casefold()) else None


def _heads(grid: Grid, place: ManuscriptPlace, filler: Filler) -> list[Column]:
    return [_head(cell, place._replace(row=1), filler) for cell in grid.rows[0]]


def _head(cell: Sequence[Inline], place: ManuscriptPlace, filler: Filler) -> Column:
    """A column's heading with its footnote."""
    return Column(filler.text(cell, place), _note(cell, place, filler))


def _note(cell: Sequence[Inline], place: ManuscriptPlace, filler: Filler) -> str:
    """The footnotes of a cell as one; nothing where there is none."""
    notes = [filler.note(run, place) for run in cell if isinstance(run, Note)]
    return " ".join("".join(text.text for text in note.runs) for note in notes)


def _notes(grid: Grid, place: ManuscriptPlace, filler: Filler) -> Iterator[CellNote]:
    """The footnotes of the cells below the heading row, in reading order."""
    for row, cells in enumerate(grid.rows[1:]):
        for column, cell in enumerate(cells):
            text = _note(cell, place._replace(row=row + 2), filler)
            if text:
                yield CellNote(row, column, text)


def _row(grid: Grid, row: int, place: ManuscriptPlace, filler: Filler) -> tuple[str, ...]:
    at = place._replace(row=row + 1)
    return tuple(filler.text(cell, at) for cell in grid.rows[row])


def _is_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    said = [row[column] for row in rows if row[column] not in {"", "–", "..", "."}]
    return bool(said) and all(_NUMBER.fullmatch(text) for text in said)
