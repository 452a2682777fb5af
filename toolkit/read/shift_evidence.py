"""The evidence for a shifted block: where in a list the values fit better one or two columns
beside, how far such a block reaches, and whether there is enough to say that it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, takewhile

from toolkit.spec.model import Field, Limits
from toolkit.words.celltext import text

_SEED = 2  # values in one row that fit beside alone: where a block begins to be looked for


@dataclass(frozen=True, slots=True)
class Shift:
    """A block of a list's cells in which the values stand one or two steps beside their place.

    `step` is how many columns to the right; negative to the left. `lines` are its records, counted
    from 0; `columns` the sheet's columns from the first to the last of the table in which a value
    is missing or wrong. `begins` is the first one's field; under the heading of `odd` stands
    `value`, which belongs to the field `home`."""

    step: int
    lines: range
    columns: range
    begins: Field
    odd: Field
    home: Field
    value: object


@dataclass(frozen=True, slots=True)
class ShiftGrid:
    """A table's columns from left to right. `marks[p][l]` says of the value in line `l` of the p:th
    column: 1 that it fits beside and not where it stands, -1 that it does not fit beside, 0 that it
    tells nothing."""

    limits: Limits
    step: int
    columns: Sequence[int]
    fields: Sequence[Field]
    values: Sequence[Sequence[object]]
    marks: Sequence[Sequence[int]]

    def total(self, place: int, lines: range) -> int:
        """How much more in a column fits beside than does not."""
        return sum(self.marks[place][lines.start : lines.stop])

    def of_line(self, line: int, places: range) -> int:
        """The same of a line."""
        return sum(self.marks[place][line] for place in places)

    def is_blank(self, place: int, lines: range) -> bool:
        """Whether nothing stands in the lines of a column."""
        return not any(map(text, self.values[place][lines.start : lines.stop]))

    def first_beside(self, place: int, lines: range) -> int:
        """The first line in which a column's value fits beside. Raises StopIteration for none."""
        return next(line for line in lines if self.marks[place][line] == 1)

    def is_seed(self, line: int) -> bool:
        """Whether a line has several values that fit beside, and next to nothing between them that
        does not."""
        return _best([column[line] for column in self.marks])[0] >= _SEED


def blocks(grid: ShiftGrid) -> Iterator[Shift]:
    """The blocks that a grid shows, from the top."""
    line, count, before = 0, len(grid.marks[0]) if grid.marks else 0, 0
    while line < count:
        if grid.is_seed(line):
            lines, places = _grown(grid, line, before)
            if shift := _as_shift(grid, lines, places):
                yield shift
            before = lines.stop
        line = max(line + 1, before)


def _grown(grid: ShiftGrid, seed: int, lowest: int) -> tuple[range, range]:
    """The lines and columns of the block that a seed is in: the seeds below it, and lines that tell
    little but say nothing against it. No line before `lowest`, which is another block's."""
    count, end = len(grid.marks[0]), seed + 1
    while end < count and grid.is_seed(end):
        end += 1
    totals = [grid.total(place, range(seed, end)) for place in range(len(grid.marks))]
    _, first, last = _best(totals)
    places = range(first, last + 1)
    end = _lowered(grid, end, places)
    while seed > lowest and grid.of_line(seed - 1, places) > 0:
        seed -= 1
    return range(seed, end), places


def _lowered(grid: ShiftGrid, end: int, places: range) -> int:
    """The end of a block, past lines that say nothing against it to the last that speaks for it."""
    for line in range(end, len(grid.marks[0])):
        told = grid.of_line(line, places)
        if told < 0:
            break
        if told:
            end = line + 1
    return end


def _as_shift(grid: ShiftGrid, lines: range, places: range) -> Shift | None:
    """The block, when there is enough to say that it is one."""
    odd = [place for place in places if grid.total(place, lines) > 0]
    first, last = _beginning(grid, lines, places.start), _ending(grid, lines, places.stop - 1)
    if not _is_enough(grid, lines, places, odd, first if grid.step > 0 else last):
        return None
    line = grid.first_beside(odd[0], lines)
    home = grid.columns.index(grid.columns[odd[0]] - grid.step)
    return Shift(
        step=grid.step,
        lines=lines,
        columns=range(grid.columns[first], grid.columns[last] + 1),
        begins=grid.fields[first],
        odd=grid.fields[odd[0]],
        home=grid.fields[home],
        value=grid.values[odd[0]][line],
    )


def _is_enough(
    grid: ShiftGrid, lines: range, places: range, odd: Sequence[int], empty: int
) -> bool:
    """As many rows and columns, and as little against it, as the spec's limits want. The `empty`
    column, which the move left behind, counts as one when it may not be empty."""
    limits = grid.limits
    parts = (grid.marks[place][lines.start : lines.stop] for place in places)
    marks = list(chain.from_iterable(parts))
    columns = len(odd) + (grid.fields[empty].required and grid.is_blank(empty, lines))
    share = 100 * marks.count(1) / (marks.count(1) + marks.count(-1))
    enough = len(lines) >= limits.shift_rows and columns >= limits.shift_columns
    return enough and share >= limits.shift_percent


def _beginning(grid: ShiftGrid, lines: range, first: int) -> int:
    """A move to the right begins at the column that it left empty: the nearest one, or a required
    one past columns that tell nothing. A move to the left may begin with texts that are also codes,
    dates or numbers."""
    if grid.step < 0:
        moved = takewhile(partial(_is_moved_text, grid, lines), _silent_before(grid, lines, first))
        return min(moved, default=first)
    for place in _silent_before(grid, lines, first):
        is_emptied = place == first - 1 or grid.fields[place].required
        if is_emptied and grid.is_blank(place, lines):
            return _left_behind(grid, lines, place)
    return first


def _silent_before(grid: ShiftGrid, lines: range, first: int) -> Iterator[int]:
    """The columns right before a block, from it to the left, as long as they tell nothing."""
    place = first - 1
    while place >= 0 and _adjoin(grid, place) and not grid.total(place, lines):
        yield place
        place -= 1


def _left_behind(grid: ShiftGrid, lines: range, last: int) -> int:
    """The first of as many empty columns as the block was moved, of which the last is known."""
    first = last
    while (
        first > 0
        and last - first + 1 < grid.step
        and _adjoin(grid, first - 1)
        and grid.is_blank(first - 1, lines)
    ):
        first -= 1
    return first


def _is_moved_text(grid: ShiftGrid, lines: range, place: int) -> bool:
    """Whether what fits in a column and beside it fits as text here, and as something narrower
    there."""
    is_narrower = grid.fields[place].type == "text" != grid.fields[place + 1].type
    return is_narrower and not grid.is_blank(place, lines)


def _ending(grid: ShiftGrid, lines: range, last: int) -> int:
    """A block reaches to the table's last column, or to one whose values clearly stand in their
    place."""
    while last + 1 < len(grid.columns) and _adjoin(grid, last) and grid.total(last + 1, lines) >= 0:
        last += 1
    return last


def _adjoin(grid: ShiftGrid, place: int) -> bool:
    """Whether a column stands right before the next one of the table."""
    return grid.columns[place] + 1 == grid.columns[place + 1]


def _best(totals: Sequence[int]) -> tuple[int, int, int]:
    """The stretch with the greatest sum: the sum, and its first and last place."""
    best, total, start = (0, 0, 0), 0, 0
    for place, value in enumerate(totals):
        if total <= 0:
            total, start = 0, place
        total += value
        best = max(best, (total, start, place), key=lambda found: found[0])
    return best
