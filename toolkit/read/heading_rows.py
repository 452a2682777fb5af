"""Headings that stand again among a table's rows, as when two workbooks were pasted into one: the
rows below them may be in another order than the headings that the table is read by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from toolkit.read.header import headings_of, matches
from toolkit.read.table_cells import TableCells
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_EXAMPLE = "exempel"
_FEW = 2  # cells; a row with fewer words of the headings may be a record that holds one


class Reordered(NamedTuple):
    """Headings in another order than the table's own: their row, and the rows of records below
    it. Where they stand below each other, with a record in each column, `column` is theirs."""

    row: int
    rows: tuple[int, ...]
    column: int = 0


class HeadingRows(NamedTuple):
    """The rows of headings among a table's rows, and those of them that change the order."""

    plain: tuple[int, ...]
    reordered: tuple[Reordered, ...]

    @property
    def all(self) -> set[int]:
        """Every row that holds headings."""
        return {*self.plain, *(one.row for one in self.reordered)}


def heading_rows(cells: TableCells, counts: Collection[int]) -> HeadingRows:
    """The rows in which at least half of what is filled in are headings. `counts` are the rows with
    anything in them."""
    standing = _turned(cells, sorted(counts))
    if standing is not None:
        return HeadingRows((), (standing,))
    header = cells.row(cells.place.header_row)
    if _is_example(cells, header):
        return HeadingRows((), ())
    found = set(_repeated(cells, header))
    if _continues(cells, header):
        found.add(cells.first)
    if not found:
        return HeadingRows((), ())
    reordered = tuple(_reordered(cells, header, sorted(found), sorted(set(counts) - found)))
    return HeadingRows(tuple(sorted(found - {one.row for one in reordered})), reordered)


def _is_example(cells: TableCells, header: Sequence[object]) -> bool:
    """Whether the headings were deleted, so that the template's example stands above the rows."""
    is_marked = bool(header) and fold(text(header[0])) == _EXAMPLE
    return is_marked and not is_header(cells, cells.place.header_row)


def is_header(cells: TableCells, row: int) -> bool:
    """Whether it is the row by which the table is read, and holds headings: the mark of the example
    stands beside them where the rows were sorted and its column was not."""
    if row != cells.place.header_row:
        return False
    return matches(cells.row(row), headings_of(cells.place.table)) >= _FEW


def _turned(cells: TableCells, rows: Sequence[int]) -> Reordered | None:
    """The whole table turned: most of its headings stand below each other in its first column."""
    words = set(map(fold, chain.from_iterable(field.headings for field in cells.own)))
    for column, values in zip(cells.wanted[:1], cells.columns(cells.wanted[:1]), strict=True):
        found = {fold(value) for value in values if isinstance(value, str)} & words
        if len(found) >= max(_FEW + 1, len(cells.own) // 2):
            return Reordered(rows[0], tuple(rows[1:]), column)
    return None


def _repeated(cells: TableCells, header: Sequence[object]) -> Iterator[int]:
    hits = Counter(chain.from_iterable(cells.with_any(_words_of(cells, header))))
    for row, count in hits.items():
        if count >= _FEW and 2 * count >= len(cells.filled(row)):
            yield row


def _words_of(cells: TableCells, header: Sequence[object]) -> set[str]:
    """The table's headings, as they stand and as the template has them."""
    words = {text(header[column - 1]) for column in cells.wanted if column <= len(header)}
    return words.union(*(field.headings for field in cells.own)) - {""}


def _continues(cells: TableCells, header: Sequence[object]) -> bool:
    """Whether the first row holds nothing but what was broken off from the headings above it, such
    as a unit."""
    filled, headings = cells.filled(cells.first), headings_of(cells.place.table)
    for column, value in filled.items():
        above = text(header[column - 1]) if column <= len(header) else ""
        if not above or fold(f"{above} {text(value)}") not in headings:
            return False
    return bool(filled)


def _reordered(
    cells: TableCells, header: Sequence[object], found: Sequence[int], records: Sequence[int]
) -> Iterator[Reordered]:
    """Those headings that stand over other columns than the table's own do, and have rows below
    them, down to the next headings."""
    folded = map(fold, map(text, header))
    own = dict(zip(folded, range(1, len(header) + 1), strict=True))
    for row, following in pairwise([*found, cells.last + 1]):
        below = tuple(one for one in records if row < one < following)
        if below and _is_moved(own, cells.filled(row)):
            yield Reordered(row, below)


def _is_moved(own: Mapping[str, int], filled: Mapping[int, object]) -> bool:
    """Whether any of the headings is another column's."""
    return any(own.get(fold(text(value)), column) != column for column, value in filled.items())
