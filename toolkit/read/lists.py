"""A list under headings in a workbook that the toolkit wrote and a person has filled in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.read.formats.raw import RawSheet
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text
from toolkit.words.swedish import fold


class ListFault(NamedTuple):
    """Something in a list that could not be used: the finding's code, its cell and what the text
    needs."""

    code: str
    ref: CellRef | None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row of a list. `number` counts from 0; `places` gives each column's id its place from 0."""

    sheet: RawSheet
    number: int
    places: Mapping[str, int]

    def raw(self, column: str) -> object:
        """What stands in a cell; an error value is what stands there. None where the list lacks the
        column."""
        place, values = self.places.get(column), self.sheet.rows[self.number]
        if place is None:
            return None
        return self.sheet.errors.get((self.number + 1, place + 1)) or (
            values[place] if place < len(values) else None
        )

    def text(self, column: str) -> str:
        """The same as text."""
        return text(self.raw(column))

    def ref(self, column: str) -> CellRef:
        """The cell; the row's first one where the list lacks the column."""
        return CellRef(self.sheet.name, self.number + 1, self.places.get(column, 0) + 1)


@dataclass(frozen=True, slots=True)
class HeadedList:
    """The place of a list on a sheet: the row of its headings, from 0, and its columns' places by
    id."""

    sheet: RawSheet
    header: int
    places: Mapping[str, int]

    def __iter__(self) -> Iterator[HeadedRow]:
        return (
            HeadedRow(self.sheet, number, self.places)
            for number in range(self.header + 1, len(self.sheet.rows))
        )

    @property
    def corner(self) -> CellRef:
        """The first cell of the headings' row."""
        return CellRef(self.sheet.name, self.header + 1, 1)


def find_list(
    sheet: RawSheet, labels: Mapping[str, str], is_header: Callable[[Collection[str]], bool]
) -> HeadedList | None:
    """The list whose headings are `labels` (column id → heading). `is_header` says whether the
    columns found on a row make it the row of the headings."""
    names = {fold(label): name for name, label in labels.items()}
    for number, row in enumerate(sheet.top_words):
        if names.keys().isdisjoint(row):
            continue
        found = {names[word]: place for place, word in enumerate(row) if word in names}
        if is_header(found):
            return HeadedList(sheet, number, found)
    return None
