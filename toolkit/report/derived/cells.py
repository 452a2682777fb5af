"""Cells of the files that have come in, as the source of a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.appropriations import AppropriationFigure
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.returns.submission import Missing
from toolkit.words.amounts import format_number, is_whole
from toolkit.words.swedish import join_and

SERIES_FILE = "anslagsserie.csv"


class SourceCell(NamedTuple):
    """A cell: whose it is, file, sheet and place, the heading of its column, and what it holds. In
    a file without sheets the place is a line."""

    county: str
    name: str
    file: str
    sheet: str
    cell: str
    field: str
    value: object

    @property
    def shown(self) -> str:
        """What it holds as a text."""
        return _shown(self.value)

    def as_json(self) -> dict[str, str]:
        """Under Swedish names, as the terminal's other objects have them."""
        return {
            "lan": self.county, "lansnamn": self.name, "fil": self.file, "blad": self.sheet,
            "cell": self.cell, "kolumn": self.field, "varde": self.shown,
        }  # fmt: skip


def cells_of(results: YearResults, rows: Iterable[MergedRow], *fields: str) -> list[SourceCell]:
    """The cells of some fields, named by id or role, of each of the rows; of a row's first field
    where none is named."""
    tables = results.data.year.spec.tables
    found = []
    for row in rows:
        table = tables[row.record.columns.table]
        for name in fields or (row.record.columns.fields[0],):
            if row.asks(name):
                place = row.record.columns.index[name]
                found.append(_cell(row, name, table.fields[place].heading))
    return found


def _cell(row: MergedRow, name: str, heading: str) -> SourceCell:
    ref = row.record.ref(name)
    known = (row.county, row.county_name, row.file, ref.sheet, ref.cell)
    return SourceCell(*known, heading, row.get(name))


def cells_of_series(figures: Iterable[AppropriationFigure | None]) -> Iterator[SourceCell]:
    """The lines of the series of appropriations and spend."""
    for one in figures:
        if one is not None:
            place = f"rad {one.line}"
            yield SourceCell("", "", SERIES_FILE, "", place, f"{one.item} {one.year}", one.amount)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return join_and(map(str, value))
    if isinstance(value, Decimal):
        return format_number(value, 0 if is_whole(value) else 2)
    return "" if isinstance(value, Missing) else str(value)
