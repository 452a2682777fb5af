"""The cells of a table that the county fills in, looked at row by row or column by column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from toolkit.read.locate import Located
from toolkit.words.celltext import text


class TableCells:
    """The cells of a table that the county fills in, row by row."""

    def __init__(self, place: Located) -> None:
        self.place, self.sheet, self.own = place, place.sheet, place.table.asked
        self.wanted = sorted(place.asked)
        self.first, self.last = place.header_row + 1, min(place.last_row, len(place.sheet.rows))

    def columns(self, wanted: Sequence[int]) -> list[Sequence[object]]:
        """What stands in some of the sheet's columns, from the first row to the last."""
        columns = self.sheet.columns
        there = [number for number in sorted(set(wanted)) if number <= len(columns)]
        return [columns[number - 1][self.first - 1 : self.last] for number in there]

    @cached_property
    def odd(self) -> Mapping[int, set[int]]:
        """By row the columns of cells with an error value or an uncalculated formula."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for row, column in (*self.sheet.errors, *self.sheet.uncalculated):
            if column in self.wanted and self.first <= row <= self.last:
                found[row].add(column)
        return found

    def filled(self, row: int) -> dict[int, object]:
        """What stands in a row by column, where anything does; None for a formula without a
        value."""
        values, odd = self.row(row), self.odd.get(row, set())
        filled: dict[int, object] = {}
        for column in self.wanted:
            if column in odd:
                filled[column] = None
            elif column <= len(values) and text(values[column - 1]):
                filled[column] = values[column - 1]
        return filled

    def row(self, row: int) -> Sequence[object]:
        """All of a row, also beside the table."""
        return self.sheet.rows[row - 1] if row <= len(self.sheet.rows) else ()

    def with_any(self, words: Collection[str]) -> Iterator[list[int]]:
        """Column by column the rows that hold one of some words. Almost no column has any, and one
        look through it says so."""
        for values in self.columns(self.wanted):
            there = set(words).intersection(values)
            if there:
                yield [row for row, value in enumerate(values, self.first) if value in there]
