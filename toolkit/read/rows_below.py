"""How far down from its headings a table may reach, also in rows that nobody has filled in, and
under which heading a cell stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.read.formats.raw import RawSheet
from toolkit.returns.submission import TableData
from toolkit.spec.model import Spec
from toolkit.words.celltext import shown

_ABOVE_ROWS = 60  # that titles, keys, headings and another table may take


class RowsBelow(NamedTuple):
    """The rows below a table's headings, and these by column."""

    rows: range
    headings: tuple[str, ...]


def rows_below(data: TableData, capacity: int) -> range:
    """The rows in which the template counts, also where none is in use: what stands there is the
    formula's result, never what a county has written."""
    # Of a table without rows it is not known where they begin.
    first = min(data.rows, default=1)
    return range(first, first + capacity + (0 if data.rows else _ABOVE_ROWS))


def headings_on(sheet: RawSheet, tables: Iterable[TableData], spec: Spec) -> Sequence[RowsBelow]:
    """What stands above the first row of each table that has headings, from the top."""
    return sorted(_headings(sheet, tables, spec), key=lambda one: one.rows.start)


def _headings(sheet: RawSheet, tables: Iterable[TableData], spec: Spec) -> Iterator[RowsBelow]:
    for data in tables:
        if data.rows and not data.columns.rows and data.rows[0] > 1:
            headings = tuple(map(shown, sheet.rows[data.rows[0] - 2]))
            yield RowsBelow(range(data.rows[0], _end_of(data, spec)), headings)


def _end_of(data: TableData, spec: Spec) -> int:
    """The first row that is none of a table's: a list may grow, and below given rows one more may
    have been written."""
    table, last = spec.tables[data.id], data.rows[-1]
    if table.kind != "list":
        return last + 2
    return max(rows_below(data, table.capacity).stop, last + 1)


def heading_of(row: int, column: int, headings: Sequence[RowsBelow]) -> str:
    """The heading of a cell, by the table that begins last above it; none where its rows do not
    reach so far. `headings` are from the top."""
    above = [one for one in headings if one.rows.start <= row]
    if not above or row not in above[-1].rows or column > len(above[-1].headings):
        return ""
    return above[-1].headings[column - 1]
