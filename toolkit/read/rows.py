"""Which of a table's rows are its records. Headings that were pasted along, sums, and rows with
next to nothing in them are none: each kind is told once, instead of every cell that they leave
empty."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from toolkit.read.formats.raw import RawSheet
from toolkit.read.locate import Located
from toolkit.read.values import read_value
from toolkit.spec.model import Spec
from toolkit.words.amounts import read_number
from toolkit.words.celltext import text
from toolkit.words.periods import read_date
from toolkit.words.swedish import fold

_EXAMPLE = "exempel"
_FEW = (
    2  # cells; a row with no more filled in than that may be a note, or an id written in beforehand
)
_ABOVE = 4  # rows above the headings in which the example stands
_MUCH = 4  # required cells that are empty in such a row: told one by one, nobody would see why


class RowNumbers(NamedTuple):
    """The numbers of a table's rows: its records, and by kind what stands between and below them.
    `examples` are example rows in which something else stands than the template's example."""

    records: list[int]
    headings: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    stumps: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()


class _Cells:
    """The cells of a table that the county fills in, row by row."""

    def __init__(self, place: Located) -> None:
        own = [field for field in place.table.fields if field.computed is None]
        self.place, self.sheet, self.own = place, place.sheet, own
        self.wanted = sorted({column for field in own for column in place.places[field.id]})
        self.first, self.last = place.header_row + 1, min(place.last_row, len(place.sheet.rows))

    def columns(self, wanted: Sequence[int]) -> list[Sequence[object]]:
        """What stands in some of the sheet's columns, from the first row to the last."""
        return [
            column[self.first - 1 : self.last]
            for number, column in enumerate(self.sheet.columns, 1)
            if number in wanted
        ]

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
        return {
            column: None if column in odd else values[column - 1]
            for column in self.wanted
            if column in odd or (column <= len(values) and text(values[column - 1]))
        }

    def row(self, row: int) -> Sequence[object]:
        """All of a row, also beside the table."""
        return self.sheet.rows[row - 1] if row <= len(self.sheet.rows) else ()


def find_rows(spec: Spec, place: Located) -> RowNumbers:
    """The rows of a list or a fixed table. A fixed table's rows are those that name a code."""
    cells = _Cells(place)
    wanted = list(place.places[cells.own[0].id]) if place.table.kind == "fixed" else cells.wanted
    counts = _counts(cells, wanted)
    named = set(_headings(cells, counts))
    last, enough = max(counts, default=0), max(_FEW, len(wanted) // 3)
    few = sorted(
        row
        for row, count in counts.items()
        if (count <= enough or row == last) and row not in named
    )
    blank, totals, stumps = _told_apart(spec, cells, few, counts)
    records = sorted(counts.keys() - named - blank - totals - stumps)
    kinds = (tuple(sorted(found)) for found in (named, totals, stumps, _own_examples(cells)))
    return RowNumbers(records, *kinds)


def _counts(cells: _Cells, wanted: Sequence[int]) -> dict[int, int]:
    """By row how many of the wanted cells hold something; the example is left out."""
    columns = cells.columns(wanted)
    blank = ("",) * len(columns)
    counts = {
        row: len(values) - values.count("")
        for row, values in enumerate(zip(*columns, strict=True), cells.first)
        if values != blank
    }
    for row, odd in cells.odd.items():
        if not odd.isdisjoint(wanted):
            counts[row] = counts.get(row, 0) + len(odd)
    for row in _example_rows(cells.sheet, cells.first, cells.last):
        counts.pop(row, None)
    return counts


def _example_rows(sheet: RawSheet, first: int, last: int) -> set[int]:
    marks = sheet.columns[0][first - 1 : last] if sheet.columns else ()
    examples = {mark for mark in set(marks) if isinstance(mark, str) and fold(mark) == _EXAMPLE}
    return {row for row, mark in enumerate(marks, first) if mark in examples} if examples else set()


def _own_examples(cells: _Cells) -> Iterator[int]:
    """The example rows, above or below the headings, that a county has filled in with something of
    its own."""
    given = {
        cells.place.places[field.id][0]: fold(field.example)
        for field in cells.own
        if cells.place.places[field.id]
    }
    for row in _example_rows(cells.sheet, max(1, cells.place.header_row - _ABOVE), cells.last):
        filled = cells.filled(row)
        own = [
            column
            for column, value in filled.items()
            if given.get(column, "") not in set(_written(value))
        ]
        if len(own) > _FEW:
            yield row


def _written(value: object) -> Iterator[str]:
    """How a value may be written in the template's example: a day also where only its number is
    left of it."""
    yield fold(value.strftime("%Y-%m-%d") if isinstance(value, date) else text(value))
    day = read_date(value) if isinstance(value, int | float) else None
    if day is not None:
        yield day.value.isoformat()


def _headings(cells: _Cells, counts: dict[int, int]) -> Iterator[int]:
    """The rows in which at least half of what is filled in is the heading of its own column."""
    header = cells.row(cells.place.header_row)
    columns = [
        column for column in cells.wanted if column <= len(header) and text(header[column - 1])
    ]
    hits: dict[int, int] = {}
    for column in columns:
        values, heading = cells.sheet.columns[column - 1], header[column - 1]
        if heading in values[cells.first - 1 : cells.last]:
            for row in (number for number in counts if values[number - 1] == heading):
                hits[row] = hits.get(row, 0) + 1
    return (
        row for row, count in hits.items() if count >= _FEW and 2 * count >= len(cells.filled(row))
    )


def _told_apart(
    spec: Spec, cells: _Cells, few: Sequence[int], counts: Collection[int]
) -> tuple[set[int], set[int], set[int]]:
    """Of the rows with few cells: those with nothing but spaces, the sums, and those with next to
    nothing."""
    blank, totals, stumps = set(), set(), set()
    for row in few:
        filled = cells.filled(row)
        if not filled:
            blank.add(row)
        elif _is_total(spec, cells, row, filled) or (
            row == max(counts) and _adds_up(cells, filled, counts)
        ):
            totals.add(row)
        elif (
            cells.place.table.kind == "list"
            and len(filled) <= _FEW
            and _lacks(cells, filled) >= _MUCH
        ):
            stumps.add(row)
    return blank, totals, stumps


def _lacks(cells: _Cells, filled: Collection[int]) -> int:
    """How many required fields of a row are empty."""
    places = (cells.place.places[field.id] for field in cells.own if field.required)
    return sum(
        bool(columns) and not any(column in filled for column in columns) for columns in places
    )


def _is_total(spec: Spec, cells: _Cells, row: int, filled: Mapping[int, object]) -> bool:
    """Numbers and a word such as `Summa`, here or beside the table, but no code or id of a
    record."""
    texts = [value for value in filled.values() if not _is_number(value)]
    return (
        len(texts) <= 1
        and len(texts) < len(filled)
        and _says_total(spec, cells.row(row))
        and not _has_key(spec, cells, filled)
    )


def _says_total(spec: Spec, values: Sequence[object]) -> bool:
    said = (fold(value).strip(" .:") for value in values if isinstance(value, str) and value)
    return any(
        one in spec.total_words or one.split(" ")[0].strip(":") in spec.total_words for one in said
    )


def _has_key(spec: Spec, cells: _Cells, filled: Mapping[int, object]) -> bool:
    """Whether the row's first field holds a code or an id, as a record's does."""
    first = cells.own[0]
    value = next(
        (filled[column] for column in cells.place.places[first.id] if column in filled), None
    )
    typed = read_value(spec, first, value).typed
    return isinstance(typed, str) and (
        first.pattern is None or re.fullmatch(first.pattern, typed) is not None
    )


def _adds_up(cells: _Cells, filled: Mapping[int, object], counts: Collection[int]) -> bool:
    """Nothing but amounts that are the sums of two rows or more above them."""
    amounts = {
        column
        for field in cells.own
        if field.type == "amount"
        for column in cells.place.places[field.id]
    }
    above = sorted(counts)[:-1]
    return (
        len(above) > 1
        and filled.keys() <= amounts
        and all(
            value is not None
            and _number(value)
            == sum(_number(cells.sheet.columns[column - 1][row - 1]) for row in above)
            for column, value in filled.items()
        )
    )


def _is_number(value: object) -> bool:
    return value is None or read_number(value) is not None


def _number(value: object) -> Decimal:
    number = read_number(value)
    return number.value if number else Decimal(0)
