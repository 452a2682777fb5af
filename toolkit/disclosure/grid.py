"""A table's numbers with the names that stand beside and above each: in merged cells, in rows that
are the names of what is below them, in codes that are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile

from toolkit.disclosure.cell_numbers import numbers_in
from toolkit.disclosure.published import PublishedTable, Rows

_YEAR = re.compile(r"\(?20\d\d\)?")
_WORDS_FIRST = re.compile(r"\W*(?:[^\W\d]|\d+\W+[A-ZÅÄÖ])")
_SIGNS = re.compile(
    r"(?:läns?|county|läns?kod|kod|code|nr|indikator|indicator|år|year)\w*|\w*_(?:code|kod|year)",
    re.IGNORECASE,
)
"""Heads of columns whose numbers are names."""
_INDICATOR = re.compile(r"indi[kc]ator\w*(?:\s?(?:kod|code|nr))?", re.IGNORECASE)
_PLACE = re.compile(r"län|county|kommun|^kod$|^code$|^år|^year", re.IGNORECASE)
_BESIDE = ("year", "_code", "valid_from", "valid_to")
"""Endings of the names of columns whose numbers count nobody."""


def without_lines(sheet: PublishedTable) -> PublishedTable:
    """A table, with the lines of text above and below it as what stands around it: a sheet has
    some."""
    above = list(takewhile(is_alone, sheet.rows))
    rows = sheet.rows[len(above) :]
    below = list(takewhile(is_alone, reversed(rows)))
    lines = list(filter(str.strip, chain(*above, *below)))
    kept = rows[: len(rows) - len(below)]
    return PublishedTable(kept, [lines, *sheet.around]) if lines else sheet


def is_alone(row: Sequence[str]) -> bool:
    """Whether a row is a line of text, or nothing. What stands in another column than the first is
    a head."""
    first, filled = "".join(row[:1]).strip(), [cell for cell in row if cell.strip()]
    return not filled or (len(filled) == 1 and bool(first) and not first.isdecimal())


@dataclass(frozen=True, slots=True)
class GridNumber:
    """A number of a table: the `names` beside it, the `heads` above it, and its cell's own text.
    Of the first row, where `is_head`, it may be a name itself."""

    value: int
    names: Sequence[str]
    heads: Sequence[str]
    cell: str
    is_head: bool = False


@dataclass(frozen=True)
class NumberGrid:
    """A table as it is read."""

    rows: Rows

    @cached_property
    def heads(self) -> int:
        """How many rows stand above the numbers."""
        count = 1
        while count < len(self.rows) and _is_head(self.rows[count]):
            count += 1
        return count

    @property
    def corner(self) -> str:
        """The first head, which may say what all numbers are."""
        return self.rows[0][0] if self.rows and self.rows[0] else ""

    def texts(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Every text that has a number in it, with the heads above it and the names beside it."""
        for place, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if not numbers_in(cell) and len(cell.split()) > 1:
                    yield cell, [*self._above(column, place), *self._names(place, column)]

    def numbers(self) -> Iterator[GridNumber]:
        """All of its numbers. The first row holds some where no head stands above it."""
        above, group = "", ""
        for place, row in enumerate(self.rows):
            first = "".join(row[:1])
            if place and first.strip() and not any(map(str.strip, row[1:])):
                group = first
                continue
            above = first if first.strip() else above
            if place == 0 or place >= self.heads:
                more = [group, "" if first.strip() else above]
                yield from self._of_row(place, [one for one in more if one])

    def _of_row(self, place: int, more: Sequence[str]) -> Iterator[GridNumber]:
        row = self.rows[place]
        for column, cell in enumerate(row):
            if not self._is_name(place, column):
                names = [*self._names(place, column), *more]
                heads = self._above(column, place) if place else []
                for value in numbers_in(cell):
                    yield GridNumber(value, names, heads, cell, is_head=place == 0)

    def _names(self, place: int, column: int) -> list[str]:
        """The texts of a row beside a cell, nearest to its beginning first."""
        beside = (other for other in range(len(self.rows[place])) if other != column)
        return list(filter(None, (self._name(place, other) for other in beside)))

    def _name(self, place: int, column: int) -> str:
        """What a cell is as a name: a code in a column of indicators is called one, and codes of
        other things are none."""
        cell, head = self.rows[place][column].strip(), self._head(column)
        if not self._is_name(place, column):
            return ""
        if place and cell.isdecimal() and _INDICATOR.fullmatch(head.strip()):
            return f"indikator {cell}"
        is_known = column == 0 or not cell.isdecimal() or _PLACE.search(head)
        return cell if is_known else ""

    def _is_name(self, place: int, column: int) -> bool:
        head, cell = self._head(column), self.rows[place][column]
        if column == 0:
            return not self._is_first_alone(place)
        is_sign = place and (_SIGNS.fullmatch(head) or head.endswith(_BESIDE))
        return bool(is_sign) or not numbers_in(cell)

    def _is_first_alone(self, place: int) -> bool:
        """Whether the first cell is the only number of its row, and so no name."""
        row = self.rows[place]
        return bool(row[1:]) and bool(numbers_in(row[0])) and not any(map(numbers_in, row[1:]))

    def _head(self, column: int) -> str:
        row = self.rows[self.heads - 1] if self.rows else ()
        return row[column] if column < len(row) else ""

    def _above(self, column: int, place: int) -> list[str]:
        """The heads of a column above a place: those of the table, each as far as it goes (an empty
        one goes on to the left of it, but for the lowest), and of a later row without numbers,
        which may be the head of another table."""
        found = [self._span(row, column) for row in self.rows[: self.heads - 1]]
        found += self.rows[self.heads - 1][column : column + 1]
        later = self._later.get(place)
        found += later[column : column + 1] if later else []
        return [one for one in found if one.strip()]

    @cached_property
    def _later(self) -> dict[int, Sequence[str]]:
        """The nearest row of texts above each row, below the heads."""
        found: dict[int, Sequence[str]] = {}
        last: Sequence[str] = ()
        for place, row in enumerate(self.rows[self.heads :], self.heads):
            found[place] = last
            last = row if _is_text_row(row) else last
        return found

    @staticmethod
    def _span(row: Sequence[str], column: int) -> str:
        left = reversed(row[1 : column + 1])
        return next((one for one in left if one.strip()), "")

    @cached_property
    def axes(self) -> tuple[Sequence[str], Sequence[str]]:
        """The names of the first column and of the lowest head."""
        first = [row[0] for row in self.rows[self.heads :] if row and row[0].strip()]
        last = self.rows[self.heads - 1] if self.rows else ()
        return first, [one for one in last[1:] if one.strip()]


def _is_text_row(row: Sequence[str]) -> bool:
    filled = [one for one in row if one.strip()]
    return len(filled) > 1 and all(map(_is_text, filled))


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row below the first is one more head: without numbers, but for years."""
    rest = [one for one in row[1:] if one.strip()]
    return len(rest) > 1 and all(_YEAR.fullmatch(one.strip()) or _is_text(one) for one in rest)


def _is_text(cell: str) -> bool:
    """Whether a cell begins with a word that is no number, or with a name's code: `23 Mika`."""
    is_worded = bool(numbers_in(cell)) and not any(map(str.isdigit, cell))
    return bool(_WORDS_FIRST.match(cell)) and not is_worded
