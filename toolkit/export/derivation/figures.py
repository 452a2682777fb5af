"""The charts of the report: each number as a formula over the cell of the table that it is drawn
from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from toolkit.analysis.table import NOTHING, Table
from toolkit.export.derivation.grid import either, number_of
from toolkit.export.derivation.place import own_cell
from toolkit.words.cells import quote_sheet

_SCALES = (1, 1_000_000)  # charts of money are drawn in millions
_ROUNDED = Decimal("0.5")  # a table prints whole kronor

Values = tuple[Decimal | None, ...]
_Places = tuple[tuple[int, int], ...]
"""A row and a column of the table for each category, from 0."""


@dataclass(frozen=True)
class PrintedFigure:
    """A chart as it stands in the report: its number there, its caption, the table that holds its
    numbers, its categories, and the series by name."""

    number: int
    caption: str
    table: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, Values], ...]


@dataclass(frozen=True)
class _Way:
    """Where a series stands in the table: in the same column of each category's row, or in the same
    row of its column."""

    places: _Places
    scale: int


def figure_formulas(figure: PrintedFigure, table: Table, sheet: str) -> list[list[str]]:
    """What is counted in each cell of a chart, a line for each category; nothing in a series that
    the table does not hold."""
    ways = [_way_of(name, values, figure.categories, table) for name, values in figure.series]
    return [
        ["", *(_formula(way, line, sheet) for way in ways)]
        for line in range(len(figure.categories))
    ]


def _formula(way: _Way | None, line: int, sheet: str) -> str:
    if way is None:
        return ""
    row, column = way.places[line]
    cell = f"{quote_sheet(sheet)}!{own_cell(column, row)}"
    drawn = cell if way.scale == 1 else f"{cell}/{way.scale}"
    return either(f"ISNUMBER({cell})", drawn, "0")


def _way_of(name: str, values: Values, categories: Sequence[str], table: Table) -> _Way | None:
    """The first of the ways in which the table has the values of a series; one that is headed by
    the series' name before others."""
    fits = [way for way in _ways(categories, table) if _holds(way, values, table)]
    named = (way for way in fits if _is_named(way, name, table))
    return next(named, None) or next(iter(fits), None)


def _ways(categories: Sequence[str], table: Table) -> Iterator[_Way]:
    for places in chain(_downwards(categories, table), _across(categories, table)):
        yield from (_Way(places, scale) for scale in _SCALES)


def _downwards(categories: Sequence[str], table: Table) -> Iterator[_Places]:
    """The categories' rows, column by column. A county has a row for each nature."""
    rows = [[n for n, row in enumerate(table.rows) if row[0] == one] for one in categories]
    for nth in range(min(map(len, rows), default=0)):
        for column in range(1, len(table.columns)):
            yield tuple((own[nth], column) for own in rows)


def _across(categories: Sequence[str], table: Table) -> Iterator[_Places]:
    """The categories' columns, row by row."""
    heads = [column.heading for column in table.columns]
    if not all(one in heads for one in categories):
        return
    columns = [heads.index(one) for one in categories]
    for row in range(len(table.rows)):
        yield tuple((row, column) for column in columns)


def _holds(way: _Way, values: Values, table: Table) -> bool:
    pairs = zip(way.places, values, strict=True)
    return all(_is(table.rows[row][column], value, way.scale) for (row, column), value in pairs)


def _is(printed: str, value: Decimal | None, scale: int) -> bool:
    number = Decimal(0) if printed == NOTHING else number_of(printed)
    if value is None or number is None:
        return value is None and number is None
    return abs(number - value * scale) <= _ROUNDED


def _is_named(way: _Way, name: str, table: Table) -> bool:
    (row, column), *_ = way.places
    words = (table.columns[column].heading, table.rows[row][0])
    return any(name.startswith(one) or one.startswith(name) for one in words)
